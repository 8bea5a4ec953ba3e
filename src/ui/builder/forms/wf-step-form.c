/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form for any kind of step: rows for each setting that the catalogue describes, and under each
 * what is wrong with it.
 *
 * The form works on the members of the step as they stand in a document. A member changes only when
 * a person changes its row: what the form does not show, and what it cannot understand, stays as it
 * is. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-form-private.h"

#include "wf-step-dialog-problems.h"

#include <glib/gi18n-lib.h>

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfStepForm, wf_step_form, ADW_TYPE_BIN)

/* -- what the person does ---------------------------------------------------------------------- */

static void
show_ruler (WfStepForm *self)
{
  g_autoptr (WfStep) step = NULL;
  WfClock *clock = wf_builder_context_get_clock (self->builder);

  gtk_widget_set_visible (GTK_WIDGET (self->ruler), wf_step_kind_is_activity (self->kind));
  if (!wf_step_kind_is_activity (self->kind))
    return;
  step = wf_step_form_dup_step (self);
  wf_deadline_ruler_set (self->ruler, &step->create_activity, self->context.organisation,
                         wf_clock_now (clock));
}

void
wf_step_form_on_row_changed (gpointer user_data)
{
  WfStepEntry *entry = user_data;
  WfStepForm *self = entry->form;

  if (self->showing)
    return;
  self->showing = TRUE; /* one row may change others */
  if (wf_step_entry_is_question (entry))
    wf_step_form_answer (self, entry);
  else
    wf_step_form_read_row (self, entry);
  self->showing = FALSE;
  self->changed = entry->row.info->name;
  show_ruler (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_run_changed (WfStepForm *self)
{
  if (self->showing || self->members == NULL)
    return;
  self->run_changed = TRUE;
  self->changed = "run";
  g_signal_emit (self, signals[CHANGED], 0);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_step_form_dispose (GObject *object)
{
  WfStepForm *self = WF_STEP_FORM (object);

  self->showing = TRUE; /* rows emit while they go */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STEP_FORM);
  g_clear_object (&self->builder);
  G_OBJECT_CLASS (wf_step_form_parent_class)->dispose (object);
}

static void
wf_step_form_finalize (GObject *object)
{
  WfStepForm *self = WF_STEP_FORM (object);

  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->members, wf_json_document_unref);
  wf_organisation_unref (self->context.organisation);
  g_free (self->context.event_type);
  G_OBJECT_CLASS (wf_step_form_parent_class)->finalize (object);
}

static void
wf_step_form_class_init (WfStepFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_step_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_step_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_STEP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  g_type_ensure (WF_TYPE_DEADLINE_RULER);
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  g_type_ensure (WF_TYPE_RUN_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-step-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, main);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, whole_group);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, whole);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, own_group);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, deadline);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, ruler);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, who);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, notes);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, more_group);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, more);
  gtk_widget_class_bind_template_child (widget_class, WfStepForm, run);
  gtk_widget_class_bind_template_callback (widget_class, on_run_changed);
}

static void
wf_step_form_init (WfStepForm *self)
{
  self->entries = g_ptr_array_new_with_free_func (wf_step_entry_free);
  self->kind = WF_STEP_OTHER;
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;
}

/* -- public ------------------------------------------------------------------------------------ */

/* R7: who may look but not change can still scroll. */
static void
show_rights (WfStepForm *self)
{
  GtkWidget *const parts[] = { GTK_WIDGET (self->main),     GTK_WIDGET (self->own_group),
                               GTK_WIDGET (self->deadline), GTK_WIDGET (self->who),
                               GTK_WIDGET (self->notes),    self->more_group,
                               GTK_WIDGET (self->run) };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_sensitive (parts[i], wf_builder_context_is_editable (self->builder));
}

void
wf_step_form_set_context (WfStepForm *self, WfBuilderContext *context)
{
  g_return_if_fail (WF_IS_STEP_FORM (self) && self->builder == NULL);
  self->builder = g_object_ref (context);
  self->context.builder = self->builder;
  show_rights (self);
}

/* Fields and people may be others since the form was made. */
static gboolean
is_out_of_date (WfStepForm *self, WfStepKind kind)
{
  return self->members == NULL || kind != self->kind ||
         self->context.organisation != wf_builder_context_get_organisation (self->builder) ||
         g_strcmp0 (self->context.event_type,
                    wf_builder_context_get_workflow (self->builder)->event) != 0;
}

static void
remake_rows (WfStepForm *self, WfStepKind kind)
{
  WfOrganisation *organisation = wf_builder_context_get_organisation (self->builder);

  wf_organisation_unref (self->context.organisation);
  self->context.organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  g_set_str (&self->context.event_type, wf_builder_context_get_workflow (self->builder)->event);
  wf_run_rows_set_event (self->run, self->context.event_type);
  wf_step_form_make_rows (self, kind);
  g_clear_pointer (&self->members, wf_json_document_unref);
}

static void
remember (WfStepForm *self, WfStepEntry *entry)
{
  const WfJson *member = wf_step_form_get_member (self, entry->row.info->name);

  g_clear_pointer (&entry->shown, wf_json_document_unref);
  entry->shown = member != NULL ? wf_json_document_extract (member) : NULL;
}

/* Questions come before the settings that answer them. */
static void
fill_rows (WfStepForm *self, const WfJson *before, gboolean all)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      WfStepEntry *entry = g_ptr_array_index (self->entries, i);
      const char *name = entry->row.info->name;

      if (wf_step_entry_is_question (entry))
        {
          g_autoptr (WfJsonDocument) value =
              wf_setting_make_text_value (wf_step_form_get_answer (self, entry));

          entry->row.set (&entry->row, wf_step_form_get_root (value));
        }
      else if (all || !wf_json_equal (wf_step_form_get_member (self, name),
                                      wf_json_get_member (before, name)))
        {
          entry->row.set (&entry->row, wf_step_form_get_member (self, name));
        }
      if (!wf_step_entry_is_question (entry))
        remember (self, entry);
    }
}

void
wf_step_form_show_step (WfStepForm *self, const WfStep *step)
{
  g_autoptr (WfJsonDocument) before = NULL;
  g_autofree char *text = wf_step_to_text (step);
  gboolean all;

  g_return_if_fail (self->builder != NULL);
  self->showing = TRUE;
  all = is_out_of_date (self, step->kind);
  if (all)
    remake_rows (self, step->kind);
  before = g_steal_pointer (&self->members);
  self->members = wf_json_document_parse (text, -1, 0, NULL);
  fill_rows (self, wf_step_form_get_root (before), all);
  if (all || self->run_changed ||
      !wf_json_equal (wf_step_form_get_member (self, "run"),
                      wf_json_get_member (wf_step_form_get_root (before), "run")))
    wf_run_rows_set_run (self->run, &step->run);
  self->run_changed = FALSE;
  wf_step_form_show_visible (self);
  show_ruler (self);
  self->showing = FALSE;
}

WfStep *
wf_step_form_dup_step (WfStepForm *self)
{
  WfJsonCursor cursor = wf_json_cursor_root (wf_step_form_get_root (self->members), NULL);
  WfStep *step = wf_step_read (&cursor);

  if (self->run_changed && step != NULL)
    wf_run_rows_get_run (self->run, &step->run);
  return step;
}

/* The parts of a setting that show their own problems: what the others do not show. */
static const WfProblem *
find_problem (const WfProblems *problems, const char *base, const WfSettingRow *row,
              const WfSettingPart *part)
{
  const char *others[WF_SETTING_MOST_PARTS + 1] = { NULL };
  g_autofree char *member = NULL;
  guint n = 0;

  if (*part->path != '\0')
    {
      member = g_strconcat (row->info->name, "/", part->path, NULL);
      return wf_step_problem_find_in (problems, base, member, NULL);
    }
  for (guint i = 0; i < row->n_parts; i++)
    if (row->parts[i].path != NULL && *row->parts[i].path != '\0')
      others[n++] = row->parts[i].path;
  return wf_step_problem_find_in (problems, base, row->info->name, others);
}

static void
show_part_problem (WfStepForm *self, WfStepEntry *entry, const WfSettingPart *part,
                   const WfProblem *problem)
{
  gboolean visible = problem != NULL && gtk_widget_get_visible (part->widget);

  if (visible && problem->severity == WF_PROBLEM_WARNING)
    wf_problem_row_set_warning (part->problem, problem->text, part->widget);
  else
    wf_problem_row_set_text (part->problem, visible ? problem->text : NULL, part->widget);
  if (visible && entry->group == NULL && problem->severity == WF_PROBLEM_ERROR)
    adw_expander_row_set_expanded (self->more, TRUE);
}

void
wf_step_form_show_problems (WfStepForm *self, const WfProblems *problems, const char *base)
{
  const WfProblem *whole = wf_step_problem_find_own (problems, base);

  for (guint i = 0; i < self->entries->len; i++)
    {
      WfStepEntry *entry = g_ptr_array_index (self->entries, i);

      for (guint j = 0; j < entry->row.n_parts && !wf_step_entry_is_question (entry); j++)
        if (entry->row.parts[j].path != NULL)
          show_part_problem (self, entry, &entry->row.parts[j],
                             find_problem (problems, base, &entry->row, &entry->row.parts[j]));
    }
  gtk_widget_set_visible (self->whole_group, whole != NULL);
  wf_problem_row_set_text (self->whole, whole != NULL ? whole->text : NULL, self->whole_group);
  wf_run_rows_show_problems (self->run, problems, base);
}

/* A line of a condition that is not finished is not in the step, so no validation finds it. NULL:
 * all are. */
static char *
demand_complete (WfStepForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      WfStepEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->row.is_complete != NULL && wf_step_form_is_shown (self, entry->row.info) &&
          !entry->row.is_complete (&entry->row))
        /* Translators: %s is the label of a field that is only half filled in */
        return g_strdup_printf (_ ("To save it, finish “%s”."),
                                wf_setting_to_text (entry->row.info));
    }
  return NULL;
}

char *
wf_step_form_make_demand (WfStepForm *self, const WfProblems *problems, const char *base)
{
  const WfProblem *first = wf_step_problem_find_error (problems, base);

  if (first == NULL)
    return demand_complete (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const WfStepEntry *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *path = g_strconcat (base, "/", entry->row.info->name, NULL);

      if (g_str_equal (first->path, path) && g_str_equal (first->code, "missing") &&
          !wf_step_entry_is_question (entry))
        /* Translators: %s is the label of a field that has to be filled in */
        return g_strdup_printf (_ ("To save it, fill in “%s”."),
                                wf_setting_to_text (entry->row.info));
    }
  return g_strdup (first->text);
}

const char *
wf_step_form_get_changed (WfStepForm *self)
{
  return self->changed;
}

/* -- finding rows ------------------------------------------------------------------------------ */

static const WfSettingPart *
find_part (WfStepForm *self, const char *setting, guint row)
{
  const WfStepEntry *entry = wf_step_form_find_entry (self, setting);

  return entry != NULL && row < entry->row.n_parts ? &entry->row.parts[row] : NULL;
}

GtkWidget *
wf_step_form_get_row (WfStepForm *self, const char *setting, guint row)
{
  const WfSettingPart *part = find_part (self, setting, row);

  return part != NULL ? part->widget : NULL;
}

const char *
wf_step_form_get_problem (WfStepForm *self, const char *setting, guint row)
{
  const WfSettingPart *part = find_part (self, setting, row);

  return part != NULL && part->problem != NULL ? wf_problem_row_get_text (part->problem) : NULL;
}

static GtkWidget *
get_focusable (const WfStepEntry *entry)
{
  GtkWidget *widget = entry->row.focus != NULL ? entry->row.focus : entry->row.widget;

  return GTK_IS_EDITABLE (widget) ? GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (widget)))
                                  : widget;
}

/* A question is answered well already. A group has something to add to it. */
GtkWidget *
wf_step_form_get_first (WfStepForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const WfStepEntry *entry = g_ptr_array_index (self->entries, i);

      if (!wf_step_entry_is_question (entry) && gtk_widget_get_visible (entry->row.widget))
        return get_focusable (entry);
    }
  return NULL;
}

void
wf_step_form_focus_first (WfStepForm *self)
{
  GtkWidget *first = wf_step_form_get_first (self);

  if (first != NULL && !gtk_widget_grab_focus (first))
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
}
