/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands for one activity as a group of actions. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-actions.h"

#include "wf-activity-commands.h"
#include "wf-activity-rights.h"
#include "wf-people-dialog.h"
#include "wf-reschedule-dialog.h"
#include "wf-toast.h"
#include "wf-workflows-dialog.h"

#include <glib/gi18n-lib.h>

#define STATE "wf-activity-actions"
#define TARGET "wf-target"

typedef struct
{
  GtkWidget *widget;          /* the page, which owns the group */
  WfActivityDetails *details; /* in the page */
  WfRuntime *runtime;         /* (owned) */
  WfMinuteClock *minutes;     /* (owned) */
  const WfActivityActionsPage *page;
  GActionMap *map; /* the group that owns this */
} State;

static void
state_free (gpointer data)
{
  State *self = data;

  g_object_unref (self->runtime);
  g_object_unref (self->minutes);
  g_free (self);
}

static WfActivity *
get_current (State *self)
{
  return self->page->get_current (self->widget);
}

/* ---- what may be done -------------------------------------------------------------------------- */

static void
enable (State *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (self->map, name)),
                               enabled);
}

/* R104: whoever works on leads may start what a manager has published. */
static gboolean
may_start (State *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES) ||
         wf_runtime_may (self->runtime, WF_RIGHT_EDIT_WORKFLOWS);
}

void
wf_activity_actions_update (GActionGroup *group)
{
  State *self = g_object_get_data (G_OBJECT (group), STATE);
  const WfActivity *current = get_current (self);
  const WfActivityRights rights =
      wf_activity_rights_of_one (self->runtime, current, wf_minute_clock_get_now (self->minutes));
  gboolean has_lead = current != NULL && current->lead != NULL;

  enable (self, "complete", rights.change);
  enable (self, "reschedule", rights.change);
  enable (self, "dismiss", rights.change);
  enable (self, "reassign", rights.change);
  enable (self, "reopen", rights.reopen);
  enable (self, "snooze", rights.snooze);
  enable (self, "snooze-menu", rights.snooze);
  enable (self, "snooze-until-due", rights.until_due);
  enable (self, "claim", rights.claim);
  enable (self, "open", current != NULL);
  enable (self, "add-comment", current != NULL);
  enable (self, "open-lead", has_lead);
  enable (self, "start-workflow", has_lead && may_start (self));
  enable (self, "follow", has_lead && wf_runtime_may (self->runtime, WF_RIGHT_SEE_LOG));
}

/* ---- done at once ------------------------------------------------------------------------------ */

static void
on_completing (GtkWidget *widget, WfActivity *activity)
{
  GActionGroup *group = g_object_get_data (G_OBJECT (widget), STATE);
  State *self = group != NULL ? g_object_get_data (G_OBJECT (group), STATE) : NULL;

  if (self != NULL && self->page->leave != NULL)
    self->page->leave (widget);
}

static void
on_complete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);

  if (current != NULL)
    wf_activity_command_complete (self->widget, self->runtime, current, on_completing,
                                  self->page->reload);
}

static void
on_reopen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);

  if (current != NULL)
    wf_activity_command_reopen (self->widget, self->runtime, current, self->page->reload);
}

static void
on_dismiss (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);

  if (current == NULL)
    return;
  wf_activity_command_dismiss (self->widget, self->runtime, current, self->page->reload);
  if (self->page->leave != NULL)
    self->page->leave (self->widget);
}

/* In the order of WfSnooze; named in the menu. */
static const char *const snooze_choices[] = { "5-minutes", "15-minutes",   "1-hour",
                                              "until-due", "next-morning", NULL };

static void
on_snooze (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);

  for (guint i = 0; current != NULL && snooze_choices[i] != NULL; i++)
    {
      if (g_str_equal (snooze_choices[i], g_variant_get_string (parameter, NULL)))
        wf_activity_command_snooze (self->widget, self->runtime, current, (WfSnooze) i);
    }
}

static void
on_snooze_until_due (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);

  if (current != NULL)
    wf_activity_command_snooze (self->widget, self->runtime, current, WF_SNOOZE_UNTIL_DUE);
}

static void
on_claim (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);
  const char *person = wf_runtime_get_person (self->runtime);

  if (current != NULL && person != NULL)
    wf_activity_command_reassign (self->widget, self->runtime, current, person);
}

static void
on_open_lead (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  const WfActivity *current = get_current (self);

  if (current != NULL && current->lead != NULL)
    gtk_widget_activate_action (self->widget, "win.show-lead", "s", current->lead);
}

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  const WfActivity *current = get_current (self);

  if (current != NULL && current->lead != NULL)
    gtk_widget_activate_action (self->widget, "win.follow-lead", "s", current->lead);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;

  self->page->open (self->widget);
}

static void
on_close (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;

  self->page->close (self->widget);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;

  if (!wf_toast_undo_last (self->widget))
    gtk_widget_error_bell (self->widget);
}

static void
on_reload (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;

  self->page->reload (self->widget);
}

/* ---- asked first ------------------------------------------------------------------------------- */

/* What a dialog is about stays what it was when it was opened. */
static void
present (State *self, AdwDialog *dialog, WfActivity *activity, const char *signal,
         GCallback answered)
{
  g_object_set_data_full (G_OBJECT (dialog), TARGET, wf_activity_ref (activity),
                          (GDestroyNotify) wf_activity_unref);
  g_signal_connect_object (dialog, signal, answered, self->map, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, self->widget);
}

static State *
get_state (gpointer map)
{
  return g_object_get_data (G_OBJECT (map), STATE);
}

static void
on_rescheduled (gpointer map, gint64 due, const char *reason, AdwDialog *dialog)
{
  State *self = get_state (map);

  wf_activity_command_reschedule (self->widget, self->runtime,
                                  g_object_get_data (G_OBJECT (dialog), TARGET), due, reason);
}

static void
on_reschedule (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);

  if (current == NULL)
    return;
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_ptr_array_add (one, wf_activity_ref (current));
  present (self, wf_reschedule_dialog_new (self->runtime, self->minutes, one), current,
           "rescheduled", G_CALLBACK (on_rescheduled));
}

static gboolean
works_activities (const WfOrganisation *organisation, const WfPerson *person)
{
  return wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES);
}

static void
on_receiver_chosen (gpointer map, const char *person, AdwDialog *dialog)
{
  State *self = get_state (map);

  wf_activity_command_reassign (self->widget, self->runtime,
                                g_object_get_data (G_OBJECT (dialog), TARGET), person);
}

static void
on_reassign (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (current != NULL && organisation != NULL)
    present (self,
             wf_people_dialog_new (organisation, _ ("Give to Another Person"), current->person,
                                   works_activities),
             current, "chosen", G_CALLBACK (on_receiver_chosen));
}

static void
on_workflow_chosen (gpointer map, const char *workflow, const char *name, AdwDialog *dialog)
{
  State *self = get_state (map);

  wf_activity_command_start_workflow (
      self->widget, self->runtime, g_object_get_data (G_OBJECT (dialog), TARGET), workflow, name);
}

static void
on_start_workflow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  WfActivity *current = get_current (self);

  if (current != NULL && current->lead != NULL)
    present (self, wf_workflows_dialog_new (self->runtime), current, "chosen",
             G_CALLBACK (on_workflow_chosen));
}

static void
on_add_comment (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;

  self->page->open (self->widget);
  wf_activity_details_focus_comment (self->details);
}

static void
on_popover_closed (GtkWidget *popover)
{
  g_idle_add_once ((GSourceOnceFunc) gtk_widget_unparent, popover); /* its action runs first */
}

/* Opens the menu at what has the focus. */
static void
on_snooze_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  State *self = data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (self->widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, self->widget, &bounds))
    return;
  GtkWidget *popover =
      gtk_popover_menu_new_from_model (wf_activity_details_get_snooze_menu (self->details));
  const GdkRectangle at = { (int) (bounds.origin.x + bounds.size.width / 2), (int) bounds.origin.y,
                            1, (int) bounds.size.height };
  gtk_widget_set_parent (popover, self->widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* ---- comments ---------------------------------------------------------------------------------- */

static void
on_comment_kept (GtkWidget *widget, WfActivity *activity)
{
  GActionGroup *group = g_object_get_data (G_OBJECT (widget), STATE);
  State *self = group != NULL ? get_state (group) : NULL;

  if (self != NULL)
    wf_activity_details_clear_comment (self->details, activity->id);
}

void
wf_activity_actions_comment (GActionGroup *group, const char *text)
{
  State *self = get_state (group);
  WfActivity *activity = wf_activity_details_get_activity (self->details);

  if (activity != NULL)
    wf_activity_command_comment (self->widget, self->runtime, activity, text, on_comment_kept);
}

/* ---- the group --------------------------------------------------------------------------------- */

static const GActionEntry entries[] = {
  { .name = "complete", .activate = on_complete },
  { .name = "reopen", .activate = on_reopen },
  { .name = "dismiss", .activate = on_dismiss },
  { .name = "snooze", .activate = on_snooze, .parameter_type = "s" },
  { .name = "snooze-until-due", .activate = on_snooze_until_due },
  { .name = "snooze-menu", .activate = on_snooze_menu },
  { .name = "reschedule", .activate = on_reschedule },
  { .name = "reassign", .activate = on_reassign },
  { .name = "claim", .activate = on_claim },
  { .name = "start-workflow", .activate = on_start_workflow },
  { .name = "add-comment", .activate = on_add_comment },
  { .name = "open-lead", .activate = on_open_lead },
  { .name = "follow", .activate = on_follow },
  { .name = "open", .activate = on_open },
  { .name = "close", .activate = on_close },
  { .name = "undo", .activate = on_undo },
  { .name = "reload", .activate = on_reload },
};

/**
 * wf_activity_actions_new:
 * @widget: the page that inserts the group; it outlives it
 * @runtime: does the commands
 * @minutes: the window's time
 * @details: where the current activity is shown
 * @page: what the page answers; static
 *
 * Returns: (transfer full): the group
 */
GActionGroup *
wf_activity_actions_new (GtkWidget *widget, WfRuntime *runtime, WfMinuteClock *minutes,
                         WfActivityDetails *details, const WfActivityActionsPage *page)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  State *self = g_new0 (State, 1);

  self->widget = widget;
  self->details = details;
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  self->page = page;
  self->map = G_ACTION_MAP (group);
  g_object_set_data_full (G_OBJECT (group), STATE, self, state_free);
  g_object_set_data (G_OBJECT (widget), STATE, group); /* callbacks of commands get the widget */
  g_action_map_add_action_entries (self->map, entries, G_N_ELEMENTS (entries), self);
  return G_ACTION_GROUP (group);
}
