/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of Today's page, for its buttons, menus and keys. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page-private.h"

#include "wf-absence-dialog.h"
#include "wf-activity-commands.h"
#include "wf-activity-rights.h"
#include "wf-toast.h"

/* R104: whoever works on leads may start what a manager has published. */
static gboolean
may_start (WfTodayPage *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES) ||
         wf_runtime_may (self->runtime, WF_RIGHT_EDIT_WORKFLOWS);
}

/* What one selected or shown activity allows, or all of several. */
static void
update_commands (WfTodayPage *self)
{
  g_autoptr (GPtrArray) targets = wf_today_page_list_targets (self);
  const WfActivityRights rights =
      wf_activity_rights_of (self->runtime, targets, wf_minute_clock_get_now (self->minutes));
  const struct
  {
    const char *name;
    gboolean enabled;
  } commands[] = {
    { "today.complete", rights.change },    { "today.reschedule", rights.change },
    { "today.dismiss", rights.change },     { "today.reassign", rights.change },
    { "today.reopen", rights.reopen },      { "today.snooze", rights.snooze },
    { "today.snooze-menu", rights.snooze }, { "today.snooze-until-due", rights.until_due },
    { "today.claim", rights.claim },
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), commands[i].name, commands[i].enabled);
}

/* current NULL: none, or several. */
static void
update_for_one (WfTodayPage *self, const WfActivity *current)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_lead = current != NULL && current->lead != NULL;

  gtk_widget_action_set_enabled (widget, "today.add-comment", current != NULL);
  gtk_widget_action_set_enabled (widget, "today.open-lead", has_lead);
  gtk_widget_action_set_enabled (widget, "today.start-workflow", has_lead && may_start (self));
  gtk_widget_action_set_enabled (widget, "today.follow",
                                 has_lead && wf_runtime_may (self->runtime, WF_RIGHT_SEE_LOG));
}

void
wf_today_page_update_actions (WfTodayPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "today.away",
                                 wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES));
  update_commands (self);
  update_for_one (self, wf_today_page_has_several (self) ? NULL : wf_today_page_get_current (self));
}

static void
on_command_failed (GtkWidget *widget)
{
  wf_paged_list_refresh (wf_today_page_get_list (WF_TODAY_PAGE (widget)));
}

static void
leave_details (WfTodayPage *self)
{
  if (adw_overlay_split_view_get_collapsed (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
}

static gboolean
is_among (GPtrArray *targets, const WfActivity *activity)
{
  for (guint i = 0; i < targets->len; i++)
    {
      if (g_str_equal (((const WfActivity *) targets->pdata[i])->id, activity->id))
        return TRUE;
    }
  return FALSE;
}

/* The rows go away now: the keyboard goes on to the next one, and a selection of several has served. */
static void
move_on (WfTodayPage *self, GPtrArray *targets)
{
  const WfActivity *selected = wf_today_page_get_selected (self);
  gboolean several = wf_today_page_has_several (self);

  if (several || (selected != NULL && is_among (targets, selected)))
    wf_today_page_select_next (self);
  if (several)
    wf_today_page_set_selecting (self, FALSE);
  leave_details (self);
}

/* An outcome may have been asked about for a while: the list may have moved on. */
static void
on_completing (GtkWidget *widget, WfActivity *activity)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, activity);
  move_on (self, one);
}

static void
complete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  g_autoptr (GPtrArray) targets = wf_today_page_list_targets (self);

  if (targets->len == 1)
    wf_activity_command_complete (widget, self->runtime, targets->pdata[0], on_completing,
                                  on_command_failed);
  else if (targets->len > 1)
    wf_activities_command_complete (widget, self->runtime, targets, on_completing,
                                    on_command_failed);
}

/* Of the list, by its key; NULL when it left it. A new reference. */
static WfActivity *
find_row (WfTodayPage *self, GVariant *key)
{
  WfPagedList *list = wf_today_page_get_list (self);
  guint position = wf_paged_list_find (list, g_variant_get_string (key, NULL));
  WfPagedItem *item = position != GTK_INVALID_LIST_POSITION ? wf_paged_list_peek (list, position)
                                                            : NULL;
  WfActivity *activity = item != NULL ? wf_paged_item_get_row (item) : NULL;

  return activity != NULL ? wf_activity_ref (activity) : NULL;
}

/* Before anything is asked: an outcome and a note that are refused afterwards would be lost. */
static gboolean
is_allowed (WfTodayPage *self, const WfActivity *activity)
{
  const char *refusal = wf_activity_explain_refusal (self->runtime, activity);

  if (refusal == NULL)
    return TRUE;
  wf_toast_show (GTK_WIDGET (self), refusal);
  on_command_failed (GTK_WIDGET (self)); /* the tick comes off */
  return FALSE;
}

static void
complete_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  g_autoptr (WfActivity) activity = find_row (self, parameter);

  if (activity != NULL && is_allowed (self, activity))
    wf_activity_command_complete (widget, self->runtime, activity, on_completing,
                                  on_command_failed);
}

static void
reopen_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  g_autoptr (WfActivity) activity = find_row (self, parameter);

  if (activity != NULL && is_allowed (self, activity))
    wf_activity_command_reopen (widget, self->runtime, activity, on_command_failed);
}

static void
change_targets (WfTodayPage *self, const WfBulkChange *change, gboolean rows_go)
{
  g_autoptr (GPtrArray) targets = wf_today_page_list_targets (self);

  if (targets->len == 0)
    return;
  wf_activities_command_change (GTK_WIDGET (self), self->runtime, targets, change,
                                on_command_failed);
  if (rows_go)
    move_on (self, targets);
}

static void
reopen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change_targets (WF_TODAY_PAGE (widget), &(WfBulkChange) { .kind = WF_BULK_REOPEN }, FALSE);
}

static void
dismiss_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change_targets (WF_TODAY_PAGE (widget), &(WfBulkChange) { .kind = WF_BULK_DISMISS }, TRUE);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_today_page_on_list_activated (WF_TODAY_PAGE (widget), 0);
}

static void
open_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  guint position =
      wf_paged_list_find (wf_today_page_get_list (self), g_variant_get_string (parameter, NULL));

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  wf_today_page_on_list_activated (self, position);
}

static void
toggle_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  guint position =
      wf_paged_list_find (wf_today_page_get_list (self), g_variant_get_string (parameter, NULL));

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  self->selecting = TRUE;
  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
  wf_today_page_set_selecting (self, TRUE);
}

static void
select_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_today_page_set_selecting (WF_TODAY_PAGE (widget), !WF_TODAY_PAGE (widget)->selecting);
}

/* One thing at a time: the details, then the selection, then the search. */
static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);

  if (wf_today_page_shows_details (self))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  else if (self->selecting || wf_today_page_has_several (self))
    wf_today_page_set_selecting (self, FALSE);
  else
    gtk_toggle_button_set_active (self->search_button, FALSE);
}

/* In the order of WfSnooze; named in the menu. */
static const char *const snooze_choices[] = { "5-minutes", "15-minutes",   "1-hour",
                                              "until-due", "next-morning", NULL };

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; snooze_choices[i] != NULL; i++)
    {
      const WfBulkChange change = { .kind = WF_BULK_SNOOZE, .snooze = (WfSnooze) i };
      if (g_str_equal (snooze_choices[i], g_variant_get_string (parameter, NULL)))
        change_targets (WF_TODAY_PAGE (widget), &change, FALSE);
    }
}

static void
snooze_until_due_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfBulkChange change = { .kind = WF_BULK_SNOOZE, .snooze = WF_SNOOZE_UNTIL_DUE };

  change_targets (WF_TODAY_PAGE (widget), &change, FALSE);
}

static void
claim_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  const WfBulkChange change = { .kind = WF_BULK_REASSIGN,
                                .person = wf_runtime_get_person (self->runtime) };

  if (change.person != NULL)
    change_targets (self, &change, self->filter->whose == WF_WHOSE_UNASSIGNED);
}

static void
snooze_menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_today_page_snooze_menu (WF_TODAY_PAGE (widget));
}

static void
reschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_today_page_reschedule (WF_TODAY_PAGE (widget));
}

static void
reassign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_today_page_reassign (WF_TODAY_PAGE (widget));
}

static void
start_workflow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_today_page_start_workflow (WF_TODAY_PAGE (widget));
}

static void
add_comment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);

  if (!wf_today_page_shows_details (self))
    wf_today_page_on_list_activated (self, 0);
  wf_activity_details_focus_comment (self->details);
}

static void
open_lead_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfActivity *current = wf_today_page_get_current (WF_TODAY_PAGE (widget));

  if (current != NULL && current->lead != NULL)
    gtk_widget_activate_action (widget, "win.show-lead", "s", current->lead);
}

static void
follow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfActivity *current = wf_today_page_get_current (WF_TODAY_PAGE (widget));

  if (current != NULL && current->lead != NULL)
    gtk_widget_activate_action (widget, "win.follow-lead", "s", current->lead);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!wf_toast_undo_last (widget))
    gtk_widget_error_bell (widget);
}

static void
away_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (wf_absence_dialog_new (WF_TODAY_PAGE (widget)->runtime, NULL), widget);
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_paged_list_refresh (wf_today_page_get_list (WF_TODAY_PAGE (widget)));
}

static void
on_comment_kept (GtkWidget *widget, WfActivity *activity)
{
  wf_activity_details_clear_comment (WF_TODAY_PAGE (widget)->details, activity->id);
}

void
wf_today_page_on_comment (WfTodayPage *self, const char *text)
{
  WfActivity *activity = wf_activity_details_get_activity (self->details);

  wf_activity_command_comment (GTK_WIDGET (self), self->runtime, activity, text, on_comment_kept);
}

void
wf_today_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "today.complete", NULL, complete_action);
  gtk_widget_class_install_action (widget_class, "today.complete-one", "s", complete_one_action);
  gtk_widget_class_install_action (widget_class, "today.reopen", NULL, reopen_action);
  gtk_widget_class_install_action (widget_class, "today.reopen-one", "s", reopen_one_action);
  gtk_widget_class_install_action (widget_class, "today.toggle-one", "s", toggle_one_action);
  gtk_widget_class_install_action (widget_class, "today.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "today.add-comment", NULL, add_comment_action);
  gtk_widget_class_install_action (widget_class, "today.open-lead", NULL, open_lead_action);
  gtk_widget_class_install_action (widget_class, "today.dismiss", NULL, dismiss_action);
  gtk_widget_class_install_action (widget_class, "today.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "today.open-one", "s", open_one_action);
  gtk_widget_class_install_action (widget_class, "today.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "today.snooze", "s", snooze_action);
  gtk_widget_class_install_action (widget_class, "today.snooze-until-due", NULL,
                                   snooze_until_due_action);
  gtk_widget_class_install_action (widget_class, "today.snooze-menu", NULL, snooze_menu_action);
  gtk_widget_class_install_action (widget_class, "today.reschedule", NULL, reschedule_action);
  gtk_widget_class_install_action (widget_class, "today.reassign", NULL, reassign_action);
  gtk_widget_class_install_action (widget_class, "today.claim", NULL, claim_action);
  gtk_widget_class_install_action (widget_class, "today.start-workflow", NULL,
                                   start_workflow_action);
  gtk_widget_class_install_action (widget_class, "today.follow", NULL, follow_action);
  gtk_widget_class_install_action (widget_class, "today.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "today.away", NULL, away_action);
  gtk_widget_class_install_action (widget_class, "today.reload", NULL, reload_action);
}
