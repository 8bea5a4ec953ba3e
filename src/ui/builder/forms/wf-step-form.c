/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form for any kind of step: rows for each setting that the catalogue describes, and under each what is wrong with it.
 *
 * The form works on the members of the step as they stand in a document. A member changes only when a person changes its row:
 * what the form does not show, and what it cannot understand, stays as it is. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-form.h"

#include "wf-deadline-ruler.h"
#include "wf-run-rows.h"
#include "wf-setting-row.h"
#include "wf-step-dialog-problems.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfSettingRow row;
  WfSettingInfo own;          /* of a question: row.info points at it */
  char **choices;             /* (owned) (nullable) of a question: the settings that answer it */
  WfJsonDocument *shown;      /* (owned) (nullable) the member before the person changed it */
  AdwPreferencesGroup *group; /* (unowned) (nullable) that its rows are in; NULL: in “More” */
  WfStepForm *form;           /* (unowned) */
} Entry;

struct _WfStepForm
{
  AdwBin parent_instance;

  AdwPreferencesGroup *main;
  GtkWidget *whole_group;
  WfProblemRow *whole;
  AdwPreferencesGroup *own_group;
  AdwPreferencesGroup *deadline;
  WfDeadlineRuler *ruler;
  AdwPreferencesGroup *who;
  AdwPreferencesGroup *notes;
  GtkWidget *more_group;
  AdwExpanderRow *more;
  WfRunRows *run;

  WfBuilderContext *builder; /* (owned) */
  WfSettingContext context;
  GPtrArray *entries;      /* (owned) of Entry, in the order of the rows */
  WfJsonDocument *members; /* (owned) (nullable) the step as in a document */
  WfStepKind kind;         /* of the rows; WF_STEP_OTHER: none */
  const char *changed;     /* (nullable) of the catalogue */
  gboolean run_changed;    /* since the step was shown */
  gboolean showing;        /* the rows are being filled: nobody changed anything */
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfStepForm, wf_step_form, ADW_TYPE_BIN)

/* -- members ----------------------------------------------------------------------------------- */

static const WfJson *
get_root (WfJsonDocument *document)
{
  return document != NULL ? wf_json_document_get_root (document) : NULL;
}

static const WfJson *
get_member (WfStepForm *self, const char *name)
{
  return wf_json_get_member (get_root (self->members), name);
}

/* value: nullable; taken */
static void
take_member (WfStepForm *self, const char *name, WfJsonDocument *value)
{
  g_autoptr (WfJsonDocument) taken = value;
  g_autoptr (WfJsonDocument) before = g_steal_pointer (&self->members);

  self->members = wf_setting_with_member (get_root (before), name, get_root (taken));
}

/* What is inside of a value and has no row: it stays. */
static const char *const *
get_known_inside (WfSettingType type)
{
  static const char *const duration[] = { "amount", "unit", NULL };
  static const char *const deadline[] = { "amount", "unit", "before", "business-time", NULL };
  static const char *const permission[] = { "scope", "groups", NULL };

  switch (type)
    {
    case WF_SETTING_DURATION:
      return duration;
    case WF_SETTING_DEADLINE:
      return deadline;
    case WF_SETTING_PERMISSION:
      return permission;
    default:
      return NULL;
    }
}

/* value: taken, nullable */
static WfJsonDocument *
keep_unknown (const WfSettingInfo *info, const WfJson *before, WfJsonDocument *value)
{
  const char *const *known = get_known_inside (info->type);
  const WfJson *inside;
  const char *name;
  WfJsonIter iter;

  if (known == NULL || value == NULL || !wf_json_is (before, WF_JSON_OBJECT))
    return value;
  wf_json_iter_init (&iter, before);
  while (wf_json_iter_next (&iter, &name, &inside))
    if (!g_strv_contains (known, name))
      {
        g_autoptr (WfJsonDocument) less = value;

        value = wf_setting_with_member (get_root (less), name, inside);
      }
  return value;
}

/* What a setting that answers its question has while nothing is filled in, so that the document says which answer it is. */
static WfJsonDocument *
make_empty_answer (const WfSettingInfo *info)
{
  if (info->type == WF_SETTING_DATE_FIELD)
    return wf_json_document_parse ("\"\"", -1, 0, NULL);
  if (info->type == WF_SETTING_CONDITION)
    return wf_json_document_parse ("null", -1, 0, NULL);
  return wf_json_document_parse ("{\"amount\":0,\"unit\":\"minutes\"}", -1, 0, NULL);
}

static void
read_row (WfStepForm *self, Entry *entry)
{
  const WfSettingInfo *info = entry->row.info;
  WfJsonDocument *value = entry->row.get (&entry->row);

  if (value == NULL && info->question != NULL)
    value = make_empty_answer (info);
  take_member (self, info->name, keep_unknown (info, get_root (entry->shown), value));
}

/* -- questions: settings that exclude each other ----------------------------------------------- */

static gboolean
is_question (const Entry *entry)
{
  return entry->choices != NULL;
}

static Entry *
find_entry (WfStepForm *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->row.info->name, name))
        return entry;
    }
  return NULL;
}

/* The setting that answers the question now; the first when none is there. */
static const char *
get_answer (WfStepForm *self, const Entry *question)
{
  for (guint i = 0; question->choices[i] != NULL; i++)
    if (get_member (self, question->choices[i]) != NULL)
      return question->choices[i];
  return question->choices[0];
}

static gboolean
is_shown (WfStepForm *self, const WfSettingInfo *info)
{
  if (info->question != NULL)
    return g_str_equal (get_answer (self, find_entry (self, info->question)), info->name);
  if (info->shown_with != NULL)
    return is_shown (self, find_entry (self, info->shown_with)->row.info);
  return TRUE;
}

/* Rows of several parts know themselves which of them are shown; settings that may be hidden are one part. */
static void
show_visible (WfStepForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      const WfSettingInfo *info = entry->row.info;

      if (info->question == NULL && info->shown_with == NULL)
        continue;
      gtk_widget_set_visible (entry->row.widget, is_shown (self, info));
      if (!is_shown (self, info))
        wf_problem_row_set_text (entry->row.parts[0].problem, NULL, entry->row.widget);
    }
}

/* A setting that was just asked for begins with what is usual. */
static void
begin_row (WfStepForm *self, Entry *entry)
{
  g_autoptr (WfJsonDocument) present = entry->row.get (&entry->row);
  g_autoptr (WfJsonDocument) usual = NULL;

  if (present == NULL && entry->row.info->type == WF_SETTING_DURATION)
    usual = wf_json_document_parse ("{\"amount\":1,\"unit\":\"days\"}", -1, 0, NULL);
  if (present == NULL && entry->row.info->type == WF_SETTING_DATE_FIELD)
    usual = wf_setting_make_text_value (wf_setting_get_usual_date (self->context.event_type));
  if (usual != NULL)
    entry->row.set (&entry->row, get_root (usual));
  read_row (self, entry);
}

static void
answer (WfStepForm *self, const Entry *question)
{
  g_autoptr (WfJsonDocument) chosen = question->row.get ((WfSettingRow *) &question->row);
  const char *name = wf_json_get_string (get_root (chosen));

  for (guint i = 0; question->choices[i] != NULL; i++)
    if (!g_str_equal (question->choices[i], name))
      take_member (self, question->choices[i], NULL);
  begin_row (self, find_entry (self, name));
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->row.info->shown_with == NULL)
        continue;
      if (is_shown (self, entry->row.info))
        begin_row (self, entry);
      else
        take_member (self, entry->row.info->name, NULL);
    }
  show_visible (self);
}

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

static void
on_row_changed (gpointer user_data)
{
  Entry *entry = user_data;
  WfStepForm *self = entry->form;

  if (self->showing)
    return;
  self->showing = TRUE; /* one row may change others */
  if (is_question (entry))
    answer (self, entry);
  else
    read_row (self, entry);
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

/* -- rows -------------------------------------------------------------------------------------- */

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->row.data_free != NULL)
    entry->row.data_free (entry->row.data);
  g_strfreev (entry->choices);
  g_clear_pointer (&entry->shown, wf_json_document_unref);
  g_free (entry);
}

/* NULL: “More”, which has rows inside of a row. */
static AdwPreferencesGroup *
find_group (WfStepForm *self, const Entry *entry)
{
  if (wf_setting_row_is_group (&entry->row))
    return self->own_group;
  switch (entry->row.info->section)
    {
    case WF_SECTION_DEADLINE:
      return self->deadline;
    case WF_SECTION_WHO:
      return self->who;
    case WF_SECTION_NOTES:
      return self->notes;
    case WF_SECTION_MORE:
      return NULL;
    case WF_SECTION_MAIN:
    default:
      return self->main;
    }
}

static void
add_widget (WfStepForm *self, const Entry *entry, GtkWidget *widget)
{
  if (entry->group != NULL)
    adw_preferences_group_add (entry->group, widget);
  else
    adw_expander_row_add_row (self->more, widget);
}

static void
remove_widget (WfStepForm *self, const Entry *entry, GtkWidget *widget)
{
  if (entry->group != NULL)
    adw_preferences_group_remove (entry->group, widget);
  else
    adw_expander_row_remove (self->more, widget);
}

static void
add_entry (WfStepForm *self, Entry *entry)
{
  entry->form = self;
  entry->row.context = &self->context;
  entry->row.changed = on_row_changed;
  entry->row.changed_data = entry;
  wf_setting_row_make (&entry->row);
  entry->group = find_group (self, entry);
  g_ptr_array_add (self->entries, entry);
  for (guint i = 0; i < entry->row.n_parts; i++)
    {
      WfSettingPart *part = &entry->row.parts[i];

      add_widget (self, entry, part->widget);
      if (part->path == NULL)
        continue;
      part->problem = g_object_new (WF_TYPE_PROBLEM_ROW, "visible", FALSE, NULL);
      add_widget (self, entry, GTK_WIDGET (part->problem));
    }
}

/* The row that asks which of several settings it is to be. */
static void
add_question (WfStepForm *self, const WfStepKindInfo *kind, const WfSettingInfo *first)
{
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();
  Entry *entry = g_new0 (Entry, 1);

  for (guint i = 0; i < kind->n_settings; i++)
    if (g_strcmp0 (kind->settings[i].question, first->question) == 0)
      g_strv_builder_add (choices, kind->settings[i].name);
  entry->choices = g_strv_builder_end (choices);
  entry->own = (WfSettingInfo) { .name = first->question,
                                 .type = WF_SETTING_CHOICE,
                                 .label = first->question,
                                 .choices = (const char *const *) entry->choices,
                                 .fallback = first->name,
                                 .section = first->section };
  entry->row.info = &entry->own;
  add_entry (self, entry);
}

static void
add_setting (WfStepForm *self, const WfStepKindInfo *kind, const WfSettingInfo *info)
{
  Entry *entry;

  if (info->question != NULL && find_entry (self, info->question) == NULL)
    add_question (self, kind, info);
  entry = g_new0 (Entry, 1);
  entry->row.info = info;
  add_entry (self, entry);
}

static void
remove_rows (WfStepForm *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      for (guint j = 0; j < entry->row.n_parts; j++)
        {
          remove_widget (self, entry, entry->row.parts[j].widget);
          if (entry->row.parts[j].problem != NULL)
            remove_widget (self, entry, GTK_WIDGET (entry->row.parts[j].problem));
        }
    }
  g_ptr_array_set_size (self->entries, 0);
}

static gboolean
has_section (const WfStepKindInfo *kind, WfSettingSection section)
{
  for (guint i = 0; kind != NULL && i < kind->n_settings; i++)
    if (kind->settings[i].section == section)
      return TRUE;
  return FALSE;
}

static void
show_groups (WfStepForm *self, const WfStepKindInfo *kind)
{
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), has_section (kind, WF_SECTION_DEADLINE));
  gtk_widget_set_visible (GTK_WIDGET (self->who), has_section (kind, WF_SECTION_WHO));
  gtk_widget_set_visible (GTK_WIDGET (self->notes), has_section (kind, WF_SECTION_NOTES));
  gtk_widget_set_visible (self->more_group, has_section (kind, WF_SECTION_MORE));
  adw_expander_row_set_expanded (self->more, FALSE);
}

static void
make_rows (WfStepForm *self, WfStepKind kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_get (kind);

  remove_rows (self);
  self->kind = self->context.kind = kind;
  adw_preferences_group_set_description (self->main, wf_step_kind_to_summary (kind));
  for (guint i = 0; info != NULL && i < info->n_settings; i++)
    add_setting (self, info, &info->settings[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->own_group), FALSE);
  for (guint i = 0; i < self->entries->len; i++)
    if (((Entry *) g_ptr_array_index (self->entries, i))->group == self->own_group)
      gtk_widget_set_visible (GTK_WIDGET (self->own_group), TRUE);
  show_groups (self, info);
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
  self->entries = g_ptr_array_new_with_free_func (entry_free);
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
  make_rows (self, kind);
  g_clear_pointer (&self->members, wf_json_document_unref);
}

static void
remember (WfStepForm *self, Entry *entry)
{
  const WfJson *member = get_member (self, entry->row.info->name);

  g_clear_pointer (&entry->shown, wf_json_document_unref);
  entry->shown = member != NULL ? wf_json_document_extract (member) : NULL;
}

/* Questions come before the settings that answer them. */
static void
fill_rows (WfStepForm *self, const WfJson *before, gboolean all)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      const char *name = entry->row.info->name;

      if (is_question (entry))
        {
          g_autoptr (WfJsonDocument) value = wf_setting_make_text_value (get_answer (self, entry));

          entry->row.set (&entry->row, get_root (value));
        }
      else if (all || !wf_json_equal (get_member (self, name), wf_json_get_member (before, name)))
        {
          entry->row.set (&entry->row, get_member (self, name));
        }
      if (!is_question (entry))
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
  fill_rows (self, get_root (before), all);
  if (all || self->run_changed ||
      !wf_json_equal (get_member (self, "run"), wf_json_get_member (get_root (before), "run")))
    wf_run_rows_set_run (self->run, &step->run);
  self->run_changed = FALSE;
  show_visible (self);
  show_ruler (self);
  self->showing = FALSE;
}

WfStep *
wf_step_form_dup_step (WfStepForm *self)
{
  WfJsonCursor cursor = wf_json_cursor_root (get_root (self->members), NULL);
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
show_part_problem (WfStepForm *self, Entry *entry, const WfSettingPart *part,
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
      Entry *entry = g_ptr_array_index (self->entries, i);

      for (guint j = 0; j < entry->row.n_parts && !is_question (entry); j++)
        if (entry->row.parts[j].path != NULL)
          show_part_problem (self, entry, &entry->row.parts[j],
                             find_problem (problems, base, &entry->row, &entry->row.parts[j]));
    }
  gtk_widget_set_visible (self->whole_group, whole != NULL);
  wf_problem_row_set_text (self->whole, whole != NULL ? whole->text : NULL, self->whole_group);
  wf_run_rows_show_problems (self->run, problems, base);
}

char *
wf_step_form_make_demand (WfStepForm *self, const WfProblems *problems, const char *base)
{
  const WfProblem *first = wf_step_problem_find_error (problems, base);

  if (first == NULL)
    return NULL;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *path = g_strconcat (base, "/", entry->row.info->name, NULL);

      if (g_str_equal (first->path, path) && g_str_equal (first->code, "missing") &&
          !is_question (entry))
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
  const Entry *entry = find_entry (self, setting);

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
get_focusable (const Entry *entry)
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
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (!is_question (entry) && gtk_widget_get_visible (entry->row.widget))
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
