/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of Today's page, for its buttons, menus and keys. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page-private.h"

#include "wf-activity-commands.h"
#include "wf-people-dialog.h"
#include "wf-reschedule-dialog.h"
#include "wf-toast.h"
#include "wf-workflows-dialog.h"

#include <glib/gi18n-lib.h>

/* R104: whoever works on leads may start what a manager has published. */
static gboolean
may_start (WfTodayPage *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES) ||
         wf_runtime_may (self->runtime, WF_RIGHT_EDIT_WORKFLOWS);
}

void
wf_today_page_update_actions (WfTodayPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const WfActivity *current = wf_today_page_get_current (self);
  gboolean open = current != NULL && current->status == WF_ACTIVITY_OPEN;
  gboolean own = current != NULL &&
                 g_strcmp0 (current->person, wf_runtime_get_person (self->runtime)) == 0;
  gboolean works = open && (wf_today_page_sees_everyone (self) ||
                            (own && wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES)));
  gboolean unassigned = open && current->person == NULL;

  gtk_widget_action_set_enabled (widget, "today.complete", works);
  gtk_widget_action_set_enabled (widget, "today.reschedule", works);
  gtk_widget_action_set_enabled (widget, "today.dismiss", works);
  gtk_widget_action_set_enabled (widget, "today.snooze", open && own);
  gtk_widget_action_set_enabled (widget, "today.snooze-menu", open && own);
  gtk_widget_action_set_enabled (widget, "today.reassign",
                                 open && wf_today_page_sees_everyone (self));
  gtk_widget_action_set_enabled (widget, "today.claim",
                                 unassigned &&
                                     wf_runtime_may (self->runtime, WF_RIGHT_CLAIM_UNASSIGNED));
  gtk_widget_action_set_enabled (widget, "today.start-workflow",
                                 current != NULL && current->lead != NULL && may_start (self));
  gtk_widget_action_set_enabled (widget, "today.follow",
                                 current != NULL && current->lead != NULL &&
                                     wf_runtime_may (self->runtime, WF_RIGHT_SEE_LOG));
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

/* After a step that takes the row away, the next one is selected, so that the list can be worked through by keyboard. */
static void
select_next (WfTodayPage *self)
{
  guint at = gtk_single_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (at == GTK_INVALID_LIST_POSITION || n < 2)
    {
      adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
      return;
    }
  guint next = at + 1 < n ? at + 1 : at - 1;
  gtk_list_view_scroll_to (self->list, next, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
}

/* An approval may have been asked about for a while: the list may have moved on. */
static void
on_completing (GtkWidget *widget, WfActivity *activity)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  const WfActivity *selected = wf_today_page_get_selected (self);

  if (selected != NULL && g_str_equal (activity->id, selected->id))
    select_next (self);
  leave_details (self);
}

static void
complete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = wf_today_page_get_current (self);

  if (current != NULL)
    wf_activity_command_complete (widget, self->runtime, current, on_completing, on_command_failed);
}

static void
complete_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  guint position =
      wf_paged_list_find (wf_today_page_get_list (self), g_variant_get_string (parameter, NULL));
  g_autoptr (WfPagedItem) item =
      g_list_model_get_item (G_LIST_MODEL (wf_today_page_get_list (self)), position);
  WfActivity *activity = item != NULL ? wf_paged_item_get_row (item) : NULL;

  if (activity != NULL)
    wf_activity_command_complete (widget, self->runtime, activity, NULL, on_command_failed);
}

static void
dismiss_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = wf_today_page_get_current (self);

  if (current == NULL)
    return;
  wf_activity_command_dismiss (widget, self->runtime, current, on_command_failed);
  if (current == wf_today_page_get_selected (self))
    select_next (self);
  leave_details (self);
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
  gtk_single_selection_set_selected (self->selection, position);
  wf_today_page_on_list_activated (self, position);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_overlay_split_view_set_show_sidebar (WF_TODAY_PAGE (widget)->split, FALSE);
}

/* In the order of WfSnooze; named in the menu. */
static const char *const snooze_choices[] = { "5-minutes", "15-minutes",   "1-hour",
                                              "until-due", "next-morning", NULL };

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = wf_today_page_get_current (self);

  for (guint i = 0; current != NULL && snooze_choices[i] != NULL; i++)
    {
      if (g_str_equal (snooze_choices[i], g_variant_get_string (parameter, NULL)))
        wf_activity_command_snooze (widget, self->runtime, current, (WfSnooze) i);
    }
}

static void
on_popover_closed (GtkWidget *popover)
{
  g_idle_add_once ((GSourceOnceFunc) gtk_widget_unparent, popover); /* its action runs first */
}

/* Opens the menu at what has the focus: a row of the list, or the details. */
static void
snooze_menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return;
  GtkWidget *popover =
      gtk_popover_menu_new_from_model (wf_activity_details_get_snooze_menu (self->details));
  const GdkRectangle at = { (int) (bounds.origin.x + bounds.size.width / 2), (int) bounds.origin.y,
                            1, (int) bounds.size.height };
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_rescheduled (WfTodayPage *self, gint64 due, const char *reason, AdwDialog *dialog)
{
  wf_activity_command_reschedule (GTK_WIDGET (self), self->runtime,
                                  g_object_get_data (G_OBJECT (dialog), "activity"), due, reason);
}

static void
reschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = wf_today_page_get_current (self);
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (current == NULL)
    return;
  const WfPerson *person = organisation != NULL && current->person != NULL
                               ? wf_organisation_get_person (organisation, current->person)
                               : NULL;
  WfWorkingHours *hours = person != NULL ? wf_organisation_get_hours_for (organisation, person)
                                         : NULL;
  AdwDialog *dialog = wf_reschedule_dialog_new (current->due, self->minutes, hours);
  g_object_set_data_full (G_OBJECT (dialog), "activity", wf_activity_ref (current),
                          (GDestroyNotify) wf_activity_unref);
  g_signal_connect_object (dialog, "rescheduled", G_CALLBACK (on_rescheduled), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static gboolean
works_activities (const WfOrganisation *organisation, const WfPerson *person)
{
  return wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES);
}

static void
on_receiver_chosen (WfTodayPage *self, const char *person, AdwDialog *dialog)
{
  wf_activity_command_reassign (GTK_WIDGET (self), self->runtime,
                                g_object_get_data (G_OBJECT (dialog), "activity"), person);
}

static void
reassign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = wf_today_page_get_current (self);
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (current == NULL || organisation == NULL)
    return;
  AdwDialog *dialog = wf_people_dialog_new (organisation, _ ("Give to Another Person"),
                                            current->person, works_activities);
  g_object_set_data_full (G_OBJECT (dialog), "activity", wf_activity_ref (current),
                          (GDestroyNotify) wf_activity_unref);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_receiver_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
claim_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = wf_today_page_get_current (self);
  const char *person = wf_runtime_get_person (self->runtime);

  if (current != NULL && person != NULL)
    wf_activity_command_reassign (widget, self->runtime, current, person);
}

static void
on_workflow_chosen (WfTodayPage *self, const char *workflow, const char *name, AdwDialog *dialog)
{
  wf_activity_command_start_workflow (GTK_WIDGET (self), self->runtime,
                                      g_object_get_data (G_OBJECT (dialog), "activity"), workflow,
                                      name);
}

static void
start_workflow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = wf_today_page_get_current (self);

  if (current == NULL || current->lead == NULL)
    return;
  AdwDialog *dialog = wf_workflows_dialog_new (self->runtime);
  g_object_set_data_full (G_OBJECT (dialog), "activity", wf_activity_ref (current),
                          (GDestroyNotify) wf_activity_unref);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_workflow_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
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
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_paged_list_refresh (wf_today_page_get_list (WF_TODAY_PAGE (widget)));
}

static void
on_comment_kept (GtkWidget *widget)
{
  wf_activity_details_clear_comment (WF_TODAY_PAGE (widget)->details);
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
  gtk_widget_class_install_action (widget_class, "today.dismiss", NULL, dismiss_action);
  gtk_widget_class_install_action (widget_class, "today.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "today.open-one", "s", open_one_action);
  gtk_widget_class_install_action (widget_class, "today.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "today.snooze", "s", snooze_action);
  gtk_widget_class_install_action (widget_class, "today.snooze-menu", NULL, snooze_menu_action);
  gtk_widget_class_install_action (widget_class, "today.reschedule", NULL, reschedule_action);
  gtk_widget_class_install_action (widget_class, "today.reassign", NULL, reassign_action);
  gtk_widget_class_install_action (widget_class, "today.claim", NULL, claim_action);
  gtk_widget_class_install_action (widget_class, "today.start-workflow", NULL,
                                   start_workflow_action);
  gtk_widget_class_install_action (widget_class, "today.follow", NULL, follow_action);
  gtk_widget_class_install_action (widget_class, "today.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "today.reload", NULL, reload_action);
}
