/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What starts the workflow. The form shows the document and changes it at once; typing in one field
 * is undone as one. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-trigger-form.h"

#include "wf-condition-editor.h"
#include "wf-event-catalogue.h"
#include "wf-event-list.h"
#include "wf-schedule-dialog.h"
#include "wf-setting-row.h"

#include <glib/gi18n-lib.h>

#define SCHEDULE "schedule.tick"
#define STORM_LIMIT "storm-limit"
#define USUAL_STORM 100 /* S13 */

/* The rows of the combo. */
enum
{
  STORM_OF_COMPANY,
  STORM_OWN,
  STORM_NEVER,
};

struct _WfTriggerForm
{
  AdwBin parent_instance;

  GtkWidget *names;
  AdwEntryRow *name;
  WfProblemRow *name_problem;
  AdwEntryRow *objective;
  GtkWidget *when;
  AdwComboRow *event;
  WfProblemRow *event_problem;
  AdwActionRow *schedule;
  WfProblemRow *schedule_problem;
  AdwComboRow *reentry;
  WfConditionEditor *conditions;
  GtkWidget *conditions_group;
  WfProblemRow *conditions_problem;
  GtkWidget *more_group;
  AdwExpanderRow *more;
  AdwSwitchRow *for_each;
  AdwSwitchRow *own_events;
  AdwSwitchRow *keep_when_left;
  AdwComboRow *storm;
  AdwSpinRow *storm_limit;

  WfBuilderContext *builder; /* (owned) (nullable) */
  WfSettingContext context;
  WfSettingRow fallback;          /* the person who steps in (S11) */
  WfProblemRow *fallback_problem; /* (unowned) */
  char *shown_conditions;         /* (owned) (nullable) as text */
  gboolean showing;               /* the rows are being filled: nobody changed anything */
};

G_DEFINE_FINAL_TYPE (WfTriggerForm, wf_trigger_form, ADW_TYPE_BIN)

static const WfSettingInfo fallback_info = {
  .name = "fallback-person",
  .type = WF_SETTING_PERSON,
  .label = NC_ ("step setting", "Steps in when nobody else can"),
};

static WfWorkflow *
get_workflow (WfTriggerForm *self)
{
  return wf_builder_context_get_workflow (self->builder);
}

/* -- document to rows -------------------------------------------------------------------------- */

static void
show_entry (AdwEntryRow *row, const char *text)
{
  if (text == NULL)
    text = "";
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
is_scheduled (const WfWorkflow *workflow)
{
  return g_strcmp0 (workflow->event, SCHEDULE) == 0;
}

static void
show_schedule (WfTriggerForm *self)
{
  const WfWorkflow *workflow = get_workflow (self);
  g_autofree char *text = workflow->schedule != NULL ? wf_schedule_to_text (workflow->schedule)
                                                     : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->schedule), is_scheduled (workflow));
  adw_action_row_set_subtitle (self->schedule,
                               text != NULL ? text : _ ("Choose when the workflow starts"));
  /* One that follows a date of each lead starts for each lead anyway. */
  gtk_widget_set_visible (GTK_WIDGET (self->for_each),
                          is_scheduled (workflow) &&
                              (workflow->schedule == NULL ||
                               wf_schedule_get_kind (workflow->schedule) != WF_SCHEDULE_DATE));
  adw_switch_row_set_active (self->for_each, workflow->for_each_lead);
}

/* The editor keeps its cursor when it shows the conditions already. */
static void
show_conditions (WfTriggerForm *self)
{
  const WfWorkflow *workflow = get_workflow (self);
  WfOrganisation *organisation = wf_builder_context_get_organisation (self->builder);
  g_autofree char *text = wf_condition_to_json (workflow->conditions);

  if (g_strcmp0 (self->context.event_type, workflow->event) != 0)
    {
      g_set_str (&self->context.event_type, workflow->event);
      wf_condition_editor_set_event (self->conditions, workflow->event);
    }
  if (g_strcmp0 (self->shown_conditions, text) == 0)
    return;
  g_set_str (&self->shown_conditions, text);
  wf_condition_editor_set_condition (self->conditions, workflow->conditions, organisation);
}

static void
show_storm (WfTriggerForm *self)
{
  WfJsonDocument *extra = get_workflow (self)->extra;
  const WfJson *root = extra != NULL ? wf_json_document_get_root (extra) : NULL;
  gint64 limit = 0;
  gboolean own = wf_json_get_int64 (wf_json_get_member (root, STORM_LIMIT), &limit);

  if (own && limit > 0)
    adw_spin_row_set_value (self->storm_limit, (double) limit);
  if (!own)
    adw_combo_row_set_selected (self->storm, STORM_OF_COMPANY);
  else
    adw_combo_row_set_selected (self->storm, limit > 0 ? STORM_OWN : STORM_NEVER);
  gtk_widget_set_visible (GTK_WIDGET (self->storm_limit), own && limit > 0);
}

static void
show_fallback (WfTriggerForm *self)
{
  g_autoptr (WfJsonDocument) value =
      wf_setting_make_text_value (get_workflow (self)->fallback_person);

  self->fallback.set (&self->fallback, value != NULL ? wf_json_document_get_root (value) : NULL);
}

static void
show_problem (WfTriggerForm *self, WfProblemRow *row, const char *path, GtkWidget *field)
{
  const WfProblem *problem = wf_problems_find_below (
      wf_workflow_document_get_problems (wf_builder_context_get_document (self->builder)), path);

  wf_problem_row_set_text (row, problem != NULL ? problem->text : NULL, field);
}

static void
show_problems (WfTriggerForm *self)
{
  show_problem (self, self->name_problem, "/name", GTK_WIDGET (self->name));
  show_problem (self, self->event_problem, "/trigger/event", GTK_WIDGET (self->event));
  show_problem (self, self->schedule_problem, "/trigger/schedule", GTK_WIDGET (self->schedule));
  show_problem (self, self->conditions_problem, "/trigger/conditions", self->conditions_group);
  gtk_widget_set_visible (self->conditions_group,
                          wf_problem_row_get_text (self->conditions_problem) != NULL);
  show_problem (self, self->fallback_problem, "/fallback-person", self->fallback.widget);
  if (wf_problem_row_get_text (self->fallback_problem) != NULL)
    adw_expander_row_set_expanded (self->more, TRUE);
}

static void
show_document (WfTriggerForm *self)
{
  const WfWorkflow *workflow = get_workflow (self);

  self->showing = TRUE;
  show_entry (self->name, workflow->name);
  show_entry (self->objective, workflow->objective);
  wf_event_list_set (self->event, workflow->event);
  show_schedule (self);
  adw_combo_row_set_selected (self->reentry, workflow->reentry);
  show_conditions (self);
  adw_switch_row_set_active (self->own_events, workflow->own_events);
  adw_switch_row_set_active (self->keep_when_left, workflow->keep_when_left);
  show_fallback (self);
  show_storm (self);
  show_problems (self);
  self->showing = FALSE;
}

/* -- rows to document -------------------------------------------------------------------------- */

/* NULL while the rows are only filled. */
static WfWorkflow *
begin_change (WfTriggerForm *self)
{
  return self->showing || self->builder == NULL ? NULL : wf_workflow_copy (get_workflow (self));
}

static void
end_change (WfTriggerForm *self, WfWorkflow *next, const char *merge, const char *name)
{
  wf_workflow_document_change_named (wf_builder_context_get_document (self->builder), next, merge,
                                     name);
}

static void
on_name_changed (WfTriggerForm *self)
{
  WfWorkflow *next = begin_change (self);

  if (next == NULL)
    return;
  g_set_str (&next->name, gtk_editable_get_text (GTK_EDITABLE (self->name)));
  end_change (self, next, "name", _ ("Change Name"));
}

static void
on_objective_changed (WfTriggerForm *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->objective));
  WfWorkflow *next = begin_change (self);

  if (next == NULL)
    return;
  g_set_str (&next->objective, *text != '\0' ? text : NULL);
  end_change (self, next, "objective", _ ("Change Objective"));
}

/* A workflow is called as its event until somebody calls it otherwise: so it can be published
 * without typing a name. */
static void
name_after_event (WfWorkflow *next, const char *before)
{
  gboolean named = next->name != NULL && *next->name != '\0';
  gboolean by_hand = named && (before == NULL || *before == '\0' ||
                               !g_str_equal (next->name, wf_event_type_to_text (before)));

  if (!by_hand && *next->event != '\0')
    g_set_str (&next->name, wf_event_type_to_text (next->event));
}

static void
on_event_changed (WfTriggerForm *self)
{
  WfWorkflow *next = begin_change (self);
  g_autofree char *before = NULL;

  if (next == NULL)
    return;
  before = g_strdup (next->event);
  g_set_str (&next->event, wf_event_list_get (self->event));
  name_after_event (next, before);
  if (!is_scheduled (next))
    {
      g_clear_pointer (&next->schedule, wf_schedule_unref);
      next->for_each_lead = FALSE;
    }
  end_change (self, next, "event", _ ("Change Event"));
}

static void
on_reentry_changed (WfTriggerForm *self)
{
  WfWorkflow *next = begin_change (self);

  if (next == NULL)
    return;
  next->reentry = (WfReentry) adw_combo_row_get_selected (self->reentry);
  end_change (self, next, "reentry", _ ("Change How Often It Starts"));
}

static void
on_conditions_changed (WfTriggerForm *self)
{
  WfWorkflow *next = begin_change (self);

  if (next == NULL)
    return;
  g_clear_pointer (&next->conditions, wf_condition_unref);
  next->conditions = wf_condition_editor_dup_condition (self->conditions);
  g_free (self->shown_conditions);
  self->shown_conditions = wf_condition_to_json (next->conditions);
  end_change (self, next, "conditions", _ ("Change Conditions"));
}

static void
on_switch_changed (WfTriggerForm *self)
{
  WfWorkflow *next = begin_change (self);

  if (next == NULL)
    return;
  next->own_events = adw_switch_row_get_active (self->own_events);
  next->keep_when_left = adw_switch_row_get_active (self->keep_when_left);
  next->for_each_lead = adw_switch_row_get_active (self->for_each);
  end_change (self, next, NULL, _ ("Change Settings"));
}

static void
on_fallback_changed (gpointer user_data)
{
  WfTriggerForm *self = user_data;
  g_autoptr (WfJsonDocument) value = NULL;
  WfWorkflow *next = begin_change (self);

  if (next == NULL)
    return;
  value = self->fallback.get (&self->fallback);
  g_set_str (&next->fallback_person,
             value != NULL ? wf_json_get_string (wf_json_document_get_root (value)) : NULL);
  end_change (self, next, "fallback", _ ("Change Settings"));
}

/* The limit is no member that the workflow knows: it is kept beside the others. NULL: as in the
 * whole company. */
static void
set_storm_limit (WfWorkflow *next, const char *limit)
{
  g_autoptr (WfJsonDocument) value = limit != NULL ? wf_json_document_parse (limit, -1, 0, NULL)
                                                   : NULL;
  g_autoptr (WfJsonDocument) before = g_steal_pointer (&next->extra);

  next->extra = wf_setting_with_member (before != NULL ? wf_json_document_get_root (before) : NULL,
                                        STORM_LIMIT,
                                        value != NULL ? wf_json_document_get_root (value) : NULL);
}

static void
on_storm_changed (WfTriggerForm *self)
{
  guint choice = adw_combo_row_get_selected (self->storm);
  g_autofree char *limit = NULL;
  WfWorkflow *next = begin_change (self);

  if (next == NULL)
    return;
  if (choice == STORM_OWN)
    limit = g_strdup_printf ("%d", (int) adw_spin_row_get_value (self->storm_limit));
  else if (choice == STORM_NEVER)
    limit = g_strdup ("0");
  set_storm_limit (next, limit);
  end_change (self, next, "storm", _ ("Change Settings"));
}

static void
on_schedule_activated (WfTriggerForm *self)
{
  WfScheduleDialog *dialog =
      wf_schedule_dialog_new (wf_builder_context_get_document (self->builder),
                              wf_builder_context_get_clock (self->builder));

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_trigger_form_dispose (GObject *object)
{
  WfTriggerForm *self = WF_TRIGGER_FORM (object);

  self->showing = TRUE; /* rows emit while they go */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_TRIGGER_FORM);
  g_clear_object (&self->builder);
  G_OBJECT_CLASS (wf_trigger_form_parent_class)->dispose (object);
}

static void
wf_trigger_form_finalize (GObject *object)
{
  WfTriggerForm *self = WF_TRIGGER_FORM (object);

  wf_organisation_unref (self->context.organisation);
  g_free (self->context.event_type);
  g_free (self->shown_conditions);
  G_OBJECT_CLASS (wf_trigger_form_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, names);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, name);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, name_problem);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, objective);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, when);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, event);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, event_problem);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, schedule);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, schedule_problem);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, reentry);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, conditions);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, conditions_group);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, conditions_problem);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, more_group);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, more);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, for_each);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, own_events);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, keep_when_left);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, storm);
  gtk_widget_class_bind_template_child (widget_class, WfTriggerForm, storm_limit);
}

static void
wf_trigger_form_class_init (WfTriggerFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_trigger_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_trigger_form_finalize;
  g_type_ensure (WF_TYPE_CONDITION_EDITOR);
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-trigger-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_objective_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_event_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_schedule_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_reentry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_conditions_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_switch_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_storm_changed);
}

static void
wf_trigger_form_init (WfTriggerForm *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_event_list_fill (self->event);
  adw_spin_row_set_value (self->storm_limit, USUAL_STORM);
  self->showing = FALSE;
}

static void
make_fallback (WfTriggerForm *self)
{
  self->fallback = (WfSettingRow) { .info = &fallback_info, .context = &self->context };
  wf_setting_row_make (&self->fallback);
  self->fallback.changed = on_fallback_changed;
  self->fallback.changed_data = self;
  self->fallback_problem = g_object_new (WF_TYPE_PROBLEM_ROW, "visible", FALSE, NULL);
  adw_expander_row_add_row (self->more, self->fallback.widget);
  adw_expander_row_add_row (self->more, GTK_WIDGET (self->fallback_problem));
}

/* R7: who may look but not change can still scroll. */
static void
show_rights (WfTriggerForm *self)
{
  GtkWidget *const parts[] = { self->names, self->when, GTK_WIDGET (self->conditions),
                               self->more_group };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_sensitive (parts[i], wf_builder_context_is_editable (self->builder));
}

/**
 * wf_trigger_form_set_context:
 * @self: a form
 * @context: the builder's; to be given once
 */
void
wf_trigger_form_set_context (WfTriggerForm *self, WfBuilderContext *context)
{
  WfOrganisation *organisation = wf_builder_context_get_organisation (context);

  g_return_if_fail (WF_IS_TRIGGER_FORM (self) && self->builder == NULL);
  self->builder = self->context.builder = g_object_ref (context);
  wf_condition_editor_set_context (self->conditions, context);
  self->context.organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  make_fallback (self);
  show_rights (self);
  g_signal_connect_object (wf_builder_context_get_document (context), "changed",
                           G_CALLBACK (show_document), self, G_CONNECT_SWAPPED);
  show_document (self);
}

void
wf_trigger_form_focus_first (WfTriggerForm *self)
{
  gboolean chosen = *wf_event_list_get (self->event) != '\0';

  gtk_widget_grab_focus (chosen ? GTK_WIDGET (self->name) : GTK_WIDGET (self->event));
}
