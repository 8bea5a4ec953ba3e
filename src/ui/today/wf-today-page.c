/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today: what now (R2). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page.h"

#include "wf-actions.h"
#include "wf-activity-commands.h"
#include "wf-activity-details.h"
#include "wf-activity-row.h"
#include "wf-activity-source.h"
#include "wf-day-sections.h"
#include "wf-origin-switch.h"
#include "wf-people-dialog.h"
#include "wf-reschedule-dialog.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfTodayPage
{
  AdwNavigationPage parent_instance;

  WfRuntime *runtime;           /* (owned) */
  WfMinuteClock *minutes;       /* (owned) */
  WfActivitySource *source;     /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  GCancellable *cancellable;    /* (owned) of reading one activity */
  gboolean filter_chosen;       /* the default of the role was set */
  gboolean ready;
  AdwOverlaySplitView *split;
  AdwBanner *banner;
  GtkWidget *filters;
  AdwToggleGroup *people;
  AdwToggle *everyone;
  WfOriginSwitch *origin;
  GtkStack *states;
  GtkListView *list;
  AdwStatusPage *empty;
  AdwStatusPage *error;
  WfActivityDetails *details;
};

enum
{
  PROP_RUNTIME = 1,
  PROP_READY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfTodayPage, wf_today_page, ADW_TYPE_NAVIGATION_PAGE)

static void show_state (WfTodayPage *self);

static WfPagedList *
get_list (WfTodayPage *self)
{
  return wf_activity_source_get_list (self->source);
}

static WfActivity *
get_selected (WfTodayPage *self)
{
  WfPagedItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? wf_paged_item_get_row (item) : NULL;
}

static gboolean
is_details_shown (WfTodayPage *self)
{
  return adw_overlay_split_view_get_show_sidebar (self->split);
}

/* What a command is about: the details when they are shown, else the selected row. */
static WfActivity *
get_current (WfTodayPage *self)
{
  return is_details_shown (self) ? wf_activity_details_get_activity (self->details) : get_selected (self);
}

/* ---- filter ------------------------------------------------------------------------------------ */

static gboolean
sees_everyone (WfTodayPage *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);
}

static gboolean
shows_several_people (WfTodayPage *self)
{
  return sees_everyone (self) && g_strcmp0 (adw_toggle_group_get_active_name (self->people), "mine") != 0;
}

static void
on_filter_changed (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  const char *whose = adw_toggle_group_get_active_name (self->people);
  gboolean unassigned = g_strcmp0 (whose, "unassigned") == 0;
  gboolean mine = !unassigned && !shows_several_people (self);

  wf_activity_source_set_filter (self->source, mine ? wf_runtime_get_person (self->runtime) : NULL, unassigned,
                                 wf_origin_switch_get_origin (self->origin));
}

/* Policy: who works in a group begins with the own activities; a manager without one begins with everyone's. */
static void
choose_default_filter (WfTodayPage *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const char *id = wf_runtime_get_person (self->runtime);
  const WfPerson *person = organisation != NULL && id != NULL ? wf_organisation_get_person (organisation, id) : NULL;

  if (self->filter_chosen || person == NULL)
    return;
  self->filter_chosen = TRUE;
  gboolean everyone = sees_everyone (self) && (person->groups == NULL || person->groups[0] == NULL);
  adw_toggle_group_set_active_name (self->people, everyone ? "everyone" : "mine");
}

/* Who sees nobody else's activities may still take some from the queue (S11). */
static gboolean
sees_queue (WfTodayPage *self)
{
  return sees_everyone (self) || wf_runtime_may (self->runtime, WF_RIGHT_CLAIM_UNASSIGNED);
}

static void
on_person_changed (WfTodayPage *self)
{
  adw_toggle_set_enabled (self->everyone, sees_everyone (self));
  gtk_widget_set_visible (GTK_WIDGET (self->people), sees_queue (self));
  choose_default_filter (self);
  gtk_widget_set_visible (self->filters, sees_queue (self) || gtk_widget_get_visible (GTK_WIDGET (self->origin)));
  on_filter_changed (self);
  show_state (self);
}

/* ---- states ------------------------------------------------------------------------------------ */

/* Nothing is in the store before the first answer: that is no good news yet. */
static gboolean
is_first_sync (WfTodayPage *self)
{
  WfSyncStatus status = wf_runtime_get_sync_status (self->runtime);

  return wf_runtime_get_last_sync (self->runtime) == WF_INSTANT_NONE
         && (status == WF_SYNC_STATUS_STARTING || status == WF_SYNC_STATUS_SYNCING);
}

static void
show_empty_text (WfTodayPage *self)
{
  const char *whose = adw_toggle_group_get_active_name (self->people);

  if (wf_runtime_get_last_sync (self->runtime) == WF_INSTANT_NONE)
    {
      adw_status_page_set_icon_name (self->empty, "network-offline-symbolic");
      adw_status_page_set_title (self->empty, _ ("Nothing Here Yet"));
      adw_status_page_set_description (self->empty, _ ("The activities appear when the CRM can be reached."));
      return;
    }
  adw_status_page_set_icon_name (self->empty, "object-select-symbolic");
  if (g_strcmp0 (whose, "unassigned") == 0)
    {
      adw_status_page_set_title (self->empty, _ ("Everything Is Assigned"));
      adw_status_page_set_description (self->empty, _ ("Activities without a responsible person appear here."));
      return;
    }
  adw_status_page_set_title (self->empty, _ ("All Done"));
  adw_status_page_set_description (self->empty, _ ("Nothing is waiting. New activities appear here by themselves."));
}

static void
show_banner (WfTodayPage *self)
{
  WfSyncStatus status = wf_runtime_get_sync_status (self->runtime);
  gboolean offline = status == WF_SYNC_STATUS_OFFLINE || status == WF_SYNC_STATUS_PROBLEM;

  if (status == WF_SYNC_STATUS_NEEDS_SIGN_IN)
    {
      adw_banner_set_title (self->banner, _ ("The CRM asks you to sign in again."));
      adw_banner_set_button_label (self->banner, _ ("Sign In…"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), "win.sign-in-again");
    }
  else if (offline)
    {
      adw_banner_set_title (self->banner, status == WF_SYNC_STATUS_OFFLINE
                                              ? _ ("Offline. What you do here is sent when the CRM can be reached.")
                                              : _ ("The CRM has a problem. What you do here is sent later."));
      adw_banner_set_button_label (self->banner, _ ("Try Again"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), "win.refresh");
    }
  adw_banner_set_revealed (self->banner, offline || status == WF_SYNC_STATUS_NEEDS_SIGN_IN);
}

static const char *
choose_state (WfTodayPage *self)
{
  WfPagedList *list = get_list (self);
  const GError *error = wf_paged_list_get_error (list);

  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    return "list";
  if (error != NULL)
    return "error";
  return !wf_paged_list_is_loaded (list) || is_first_sync (self) ? "loading" : "empty";
}

static void
show_state (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  const char *state = choose_state (self);
  const GError *error = wf_paged_list_get_error (get_list (self));
  gboolean ready = !g_str_equal (state, "loading");

  if (error != NULL)
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->error, text);
    }
  show_empty_text (self);
  show_banner (self);
  gtk_stack_set_visible_child_name (self->states, state);
  if (ready == self->ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
}

/* ---- list -------------------------------------------------------------------------------------- */

static void
on_row_setup (GtkListItemFactory *factory, GtkListItem *list_item, WfTodayPage *self)
{
  gtk_list_item_set_child (list_item, wf_activity_row_new (self->runtime, self->minutes));
}

static void
on_row_bind (GtkListItemFactory *factory, GtkListItem *list_item, WfTodayPage *self)
{
  wf_activity_row_bind (WF_ACTIVITY_ROW (gtk_list_item_get_child (list_item)), list_item, shows_several_people (self));
}

static void
on_row_unbind (GtkListItemFactory *factory, GtkListItem *list_item, WfTodayPage *self)
{
  wf_activity_row_unbind (WF_ACTIVITY_ROW (gtk_list_item_get_child (list_item)));
}

static void
on_header_setup (GtkListItemFactory *factory, GtkListHeader *header, WfTodayPage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_header_set_child (header, label);
}

static void
on_header_bind (GtkListItemFactory *factory, GtkListHeader *header, WfTodayPage *self)
{
  WfPagedItem *item = gtk_list_header_get_item (header);
  WfDaySection section = wf_paged_item_get_section (item);
  GtkWidget *label = gtk_list_header_get_child (header);
  /* Translators: a part of the day and the number of activities in it: "Late · 3" */
  g_autofree char *text = g_strdup_printf (_ ("%s · %u"), wf_day_section_to_text (section),
                                           wf_paged_list_get_section_size (get_list (self), section));

  gtk_label_set_text (GTK_LABEL (label), text);
  if (section == WF_DAY_SECTION_LATE)
    gtk_widget_add_css_class (label, "error");
  else
    gtk_widget_remove_css_class (label, "error");
}

static void
set_up_list (WfTodayPage *self)
{
  GtkListItemFactory *rows = gtk_signal_list_item_factory_new ();
  GtkListItemFactory *headers = gtk_signal_list_item_factory_new ();

  g_signal_connect (rows, "setup", G_CALLBACK (on_row_setup), self);
  g_signal_connect (rows, "bind", G_CALLBACK (on_row_bind), self);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_row_unbind), self);
  g_signal_connect (headers, "setup", G_CALLBACK (on_header_setup), self);
  g_signal_connect (headers, "bind", G_CALLBACK (on_header_bind), self);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (rows);
  g_object_unref (headers);
}

/* ---- details ----------------------------------------------------------------------------------- */

static void
update_actions (WfTodayPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const WfActivity *current = get_current (self);
  gboolean open = current != NULL && current->status == WF_ACTIVITY_OPEN;
  gboolean own = current != NULL && g_strcmp0 (current->person, wf_runtime_get_person (self->runtime)) == 0;
  gboolean works = open && (sees_everyone (self) || (own && wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES)));
  gboolean unassigned = open && current->person == NULL;

  gtk_widget_action_set_enabled (widget, "today.complete", works);
  gtk_widget_action_set_enabled (widget, "today.reschedule", works);
  gtk_widget_action_set_enabled (widget, "today.dismiss", works);
  gtk_widget_action_set_enabled (widget, "today.snooze", open && own);
  gtk_widget_action_set_enabled (widget, "today.snooze-menu", open && own);
  gtk_widget_action_set_enabled (widget, "today.reassign", open && sees_everyone (self));
  gtk_widget_action_set_enabled (widget, "today.claim",
                                 unassigned && wf_runtime_may (self->runtime, WF_RIGHT_CLAIM_UNASSIGNED));
  gtk_widget_action_set_enabled (widget, "today.follow", current != NULL && current->lead != NULL
                                                             && wf_runtime_may (self->runtime, WF_RIGHT_SEE_LOG));
}

static void
show_details (WfTodayPage *self, WfActivity *activity)
{
  wf_activity_details_set_activity (self->details, activity);
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  update_actions (self);
}

static void
on_selection_changed (WfTodayPage *self)
{
  WfActivity *selected = get_selected (self);

  if (is_details_shown (self) && selected != NULL && !adw_overlay_split_view_get_collapsed (self->split))
    wf_activity_details_set_activity (self->details, selected);
  update_actions (self);
}

static void
on_list_activated (WfTodayPage *self, guint position)
{
  WfActivity *selected = get_selected (self);

  if (selected != NULL)
    show_details (self, selected);
}

static void
on_show_details_changed (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  update_actions (self);
  if (!is_details_shown (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_activity_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfTodayPage) self = WF_TODAY_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity = wf_runtime_get_activity_finish (WF_RUNTIME (object), result, &error);

  if (self->source == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (activity != NULL)
    show_details (self, activity);
  else
    {
      wf_toast_show (GTK_WIDGET (self), error != NULL ? error->message : _ ("This activity is not there any more."));
      adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
    }
}

/* Keeps what is shown in step with the store, also when it left the list. */
static void
on_refreshed (WfTodayPage *self)
{
  WfActivity *shown = is_details_shown (self) ? wf_activity_details_get_activity (self->details) : NULL;

  show_state (self);
  if (shown != NULL)
    wf_runtime_get_activity_async (self->runtime, shown->id, self->cancellable, on_activity_read, g_object_ref (self));
  else
    update_actions (self);
}

/* ---- actions ----------------------------------------------------------------------------------- */

static void
on_command_failed (GtkWidget *widget)
{
  wf_paged_list_refresh (get_list (WF_TODAY_PAGE (widget)));
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

static void
complete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = get_current (self);

  if (current == NULL)
    return;
  wf_activity_command_complete (widget, self->runtime, current, on_command_failed);
  if (current == get_selected (self))
    select_next (self);
  leave_details (self);
}

static void
complete_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  guint position = wf_paged_list_find (get_list (self), g_variant_get_string (parameter, NULL));
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (get_list (self)), position);
  WfActivity *activity = item != NULL ? wf_paged_item_get_row (item) : NULL;

  if (activity != NULL)
    wf_activity_command_complete (widget, self->runtime, activity, on_command_failed);
}

static void
dismiss_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = get_current (self);

  if (current == NULL)
    return;
  wf_activity_command_dismiss (widget, self->runtime, current, on_command_failed);
  if (current == get_selected (self))
    select_next (self);
  leave_details (self);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_list_activated (WF_TODAY_PAGE (widget), 0);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_overlay_split_view_set_show_sidebar (WF_TODAY_PAGE (widget)->split, FALSE);
}

/* In the order of WfSnooze; named in the menu. */
static const char *const snooze_choices[] = { "5-minutes", "15-minutes", "1-hour", "until-due", "next-morning", NULL };

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = get_current (self);

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
  GtkWidget *popover = gtk_popover_menu_new_from_model (wf_activity_details_get_snooze_menu (self->details));
  const GdkRectangle at = { (int) (bounds.origin.x + bounds.size.width / 2), (int) bounds.origin.y, 1,
                            (int) bounds.size.height };
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_rescheduled (WfTodayPage *self, gint64 due, const char *reason, AdwDialog *dialog)
{
  wf_activity_command_reschedule (GTK_WIDGET (self), self->runtime, g_object_get_data (G_OBJECT (dialog), "activity"), due,
                                  reason);
}

static void
reschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = get_current (self);
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (current == NULL)
    return;
  const WfPerson *person
      = organisation != NULL && current->person != NULL ? wf_organisation_get_person (organisation, current->person) : NULL;
  WfWorkingHours *hours = person != NULL ? wf_organisation_get_hours_for (organisation, person) : NULL;
  AdwDialog *dialog = wf_reschedule_dialog_new (current->due, self->minutes, hours);
  g_object_set_data_full (G_OBJECT (dialog), "activity", wf_activity_ref (current), (GDestroyNotify) wf_activity_unref);
  g_signal_connect_object (dialog, "rescheduled", G_CALLBACK (on_rescheduled), self, G_CONNECT_SWAPPED);
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
  wf_activity_command_reassign (GTK_WIDGET (self), self->runtime, g_object_get_data (G_OBJECT (dialog), "activity"), person);
}

static void
reassign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = get_current (self);
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (current == NULL || organisation == NULL)
    return;
  AdwDialog *dialog = wf_people_dialog_new (organisation, _ ("Give to Another Person"), current->person, works_activities);
  g_object_set_data_full (G_OBJECT (dialog), "activity", wf_activity_ref (current), (GDestroyNotify) wf_activity_unref);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_receiver_chosen), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
claim_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);
  WfActivity *current = get_current (self);
  const char *person = wf_runtime_get_person (self->runtime);

  if (current != NULL && person != NULL)
    wf_activity_command_reassign (widget, self->runtime, current, person);
}

static void
follow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfActivity *current = get_current (WF_TODAY_PAGE (widget));

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
  wf_paged_list_refresh (get_list (WF_TODAY_PAGE (widget)));
}

static void
on_comment_kept (GtkWidget *widget)
{
  wf_activity_details_clear_comment (WF_TODAY_PAGE (widget)->details);
}

static void
on_comment (WfTodayPage *self, const char *text)
{
  WfActivity *activity = wf_activity_details_get_activity (self->details);

  wf_activity_command_comment (GTK_WIDGET (self), self->runtime, activity, text, on_comment_kept);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
watch_runtime (WfTodayPage *self)
{
  static const char *const watched[] = { "notify::organisation", "notify::person" };
  static const char *const states[] = { "notify::sync-status", "notify::last-sync" };

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->runtime, watched[i], G_CALLBACK (on_person_changed), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_signal_connect_object (self->runtime, states[i], G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
}

static void
wf_today_page_constructed (GObject *object)
{
  WfTodayPage *self = WF_TODAY_PAGE (object);

  G_OBJECT_CLASS (wf_today_page_parent_class)->constructed (object);
  self->minutes = wf_minute_clock_new (wf_runtime_get_clock (self->runtime));
  self->source = wf_activity_source_new (self->runtime, self->minutes);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (get_list (self))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_list (self), "refreshed", G_CALLBACK (on_refreshed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_list (self), "notify::loaded", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_list (self), "notify::error", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  wf_activity_details_set_up (self->details, self->runtime, self->minutes);
  wf_origin_switch_set_runtime (self->origin, self->runtime);
  set_up_list (self);
  watch_runtime (self);
  on_person_changed (self);
  update_actions (self);
}

static void
wf_today_page_map (GtkWidget *widget)
{
  wf_minute_clock_start (WF_TODAY_PAGE (widget)->minutes);
  GTK_WIDGET_CLASS (wf_today_page_parent_class)->map (widget);
}

static void
wf_today_page_unmap (GtkWidget *widget)
{
  wf_minute_clock_stop (WF_TODAY_PAGE (widget)->minutes);
  GTK_WIDGET_CLASS (wf_today_page_parent_class)->unmap (widget);
}

static void
wf_today_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfTodayPage *self = WF_TODAY_PAGE (object);

  switch (id)
    {
    case PROP_RUNTIME:
      g_value_set_object (value, self->runtime);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_today_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUNTIME:
      WF_TODAY_PAGE (object)->runtime = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_today_page_dispose (GObject *object)
{
  WfTodayPage *self = WF_TODAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_TODAY_PAGE);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->source, wf_activity_source_free);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  G_OBJECT_CLASS (wf_today_page_parent_class)->dispose (object);
}

static void
wf_today_page_finalize (GObject *object)
{
  g_object_unref (WF_TODAY_PAGE (object)->cancellable);
  G_OBJECT_CLASS (wf_today_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "today.complete", NULL, complete_action);
  gtk_widget_class_install_action (widget_class, "today.complete-one", "s", complete_one_action);
  gtk_widget_class_install_action (widget_class, "today.dismiss", NULL, dismiss_action);
  gtk_widget_class_install_action (widget_class, "today.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "today.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "today.snooze", "s", snooze_action);
  gtk_widget_class_install_action (widget_class, "today.snooze-menu", NULL, snooze_menu_action);
  gtk_widget_class_install_action (widget_class, "today.reschedule", NULL, reschedule_action);
  gtk_widget_class_install_action (widget_class, "today.reassign", NULL, reassign_action);
  gtk_widget_class_install_action (widget_class, "today.claim", NULL, claim_action);
  gtk_widget_class_install_action (widget_class, "today.follow", NULL, follow_action);
  gtk_widget_class_install_action (widget_class, "today.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "today.reload", NULL, reload_action);
}

static void
wf_today_page_class_init (WfTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wf_today_page_constructed;
  object_class->get_property = wf_today_page_get_property;
  object_class->set_property = wf_today_page_set_property;
  object_class->dispose = wf_today_page_dispose;
  object_class->finalize = wf_today_page_finalize;
  widget_class->map = wf_today_page_map;
  widget_class->unmap = wf_today_page_unmap;
  props[PROP_RUNTIME] = g_param_spec_object ("runtime", NULL, NULL, WF_TYPE_RUNTIME,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (WF_TYPE_ACTIVITY_DETAILS);
  g_type_ensure (WF_TYPE_ORIGIN_SWITCH);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES "today/wf-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, split);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, banner);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, filters);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, people);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, everyone);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, origin);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, states);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, list);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, empty);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, error);
  gtk_widget_class_bind_template_child (widget_class, WfTodayPage, details);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_show_details_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_comment);
  install_actions (widget_class);
}

static void
wf_today_page_init (WfTodayPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_actions_add_shortcuts (GTK_WIDGET (self->list), WF_SHORTCUT_TODAY);
  wf_actions_add_shortcuts (GTK_WIDGET (self->details), WF_SHORTCUT_TODAY);
}

void
wf_today_page_open (WfTodayPage *self, const char *activity)
{
  g_return_if_fail (WF_IS_TODAY_PAGE (self));
  guint position = wf_paged_list_find (get_list (self), activity);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
  wf_runtime_get_activity_async (self->runtime, activity, self->cancellable, on_activity_read, g_object_ref (self));
}
