/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today: what now (R2). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page-private.h"

#include "wf-actions.h"
#include "wf-plain-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WfTodayPage, wf_today_page, WF_TYPE_PAGE)

gboolean
wf_today_page_shows_details (WfTodayPage *self)
{
  return adw_overlay_split_view_get_show_sidebar (self->split);
}

gboolean
wf_today_page_sees_everyone (WfTodayPage *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);
}

/* ---- states ------------------------------------------------------------------------------------ */

/* Nothing is in the store before the first answer: that is no good news yet. */
static gboolean
is_first_sync (WfTodayPage *self)
{
  WfSyncStatus status = wf_runtime_get_sync_status (self->runtime);

  return wf_runtime_get_last_sync (self->runtime) == WF_INSTANT_NONE &&
         (status == WF_SYNC_STATUS_STARTING || status == WF_SYNC_STATUS_SYNCING);
}

/* Before that, no exceptions would be no good news either. */
static gboolean
knows_something (WfTodayPage *self)
{
  return !is_first_sync (self) && wf_runtime_get_last_sync (self->runtime) != WF_INSTANT_NONE;
}

static void
show_empty_text (WfTodayPage *self)
{
  const char *whose = adw_toggle_group_get_active_name (self->people);

  if (wf_runtime_get_last_sync (self->runtime) == WF_INSTANT_NONE)
    {
      adw_status_page_set_icon_name (self->empty, "network-offline-symbolic");
      adw_status_page_set_title (self->empty, _ ("Nothing Here Yet"));
      adw_status_page_set_description (self->empty,
                                       _ ("The activities appear when the CRM can be reached."));
      return;
    }
  adw_status_page_set_icon_name (self->empty, "object-select-symbolic");
  if (g_strcmp0 (whose, "unassigned") == 0)
    {
      adw_status_page_set_title (self->empty, _ ("Everything Is Assigned"));
      adw_status_page_set_description (self->empty,
                                       _ ("Activities without a responsible person appear here."));
      return;
    }
  adw_status_page_set_title (self->empty, _ ("All Done"));
  adw_status_page_set_description (
      self->empty, _ ("Nothing is waiting. New activities appear here by themselves."));
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
      adw_banner_set_title (
          self->banner, status == WF_SYNC_STATUS_OFFLINE
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
  WfPagedList *list = wf_today_page_get_list (self);
  const GError *error = wf_paged_list_get_error (list);

  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    return "list";
  if (error != NULL)
    return "error";
  if (!wf_paged_list_is_loaded (list) || is_first_sync (self))
    return "loading";
  return wf_activity_filter_is_narrow (self->filter) ? "nothing-found" : "empty";
}

void
wf_today_page_show_state (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  const char *state = choose_state (self);
  const GError *error = wf_paged_list_get_error (wf_today_page_get_list (self));
  gboolean exceptions = wf_today_page_shows_exceptions (self) && knows_something (self);
  gboolean ready = exceptions ? wf_exceptions_view_is_loaded (self->exceptions)
                              : !g_str_equal (state, "loading");

  if (error != NULL)
    wf_plain_page_set_description (self->error, error->message);
  show_empty_text (self);
  show_banner (self);
  gtk_stack_set_visible_child_name (self->states, state);
  gtk_stack_set_visible_child_name (self->views, exceptions ? "exceptions" : "list");
  if (wf_page_set_ready (WF_PAGE (self), ready))
    wf_today_page_focus_list (self);
}

/* ---- details ----------------------------------------------------------------------------------- */

void
wf_today_page_show_details (WfTodayPage *self, WfActivity *activity)
{
  wf_activity_details_set_activity (self->details, activity);
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  wf_today_page_update_actions (self);
}

void
wf_today_page_on_list_activated (WfTodayPage *self, guint position)
{
  WfActivity *selected = wf_today_page_get_selected (self);

  if (selected != NULL)
    wf_today_page_show_details (self, selected);
}

/* Beside the details, and in a narrow window, the two groups of toggles do not fit side by side. */
static void
on_collapsed_changed (WfTodayPage *self)
{
  gboolean narrow = adw_overlay_split_view_get_collapsed (self->split) ||
                    wf_today_page_shows_details (self);

  if (self->filters != NULL)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filters),
                                    narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
on_show_details_changed (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  on_collapsed_changed (self);
  wf_today_page_update_actions (self);
  if (!wf_today_page_shows_details (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* The activity whose details are shown, read again. */
static void
on_shown_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfTodayPage) self = WF_TODAY_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity =
      wf_runtime_get_activity_finish (WF_RUNTIME (object), result, &error);
  WfActivity *shown = self->source != NULL ? wf_activity_details_get_activity (self->details)
                                           : NULL;

  if (shown == NULL || !wf_today_page_shows_details (self) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (activity == NULL)
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  else if (g_str_equal (activity->id, shown->id))
    {
      wf_activity_details_set_activity (self->details, activity);
      wf_today_page_update_actions (self);
    }
}

static void
on_activity_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfTodayPage) self = WF_TODAY_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity =
      wf_runtime_get_activity_finish (WF_RUNTIME (object), result, &error);

  if (self->source == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (activity != NULL)
    wf_today_page_show_details (self, activity);
  else
    wf_toast_show (GTK_WIDGET (self), error->message);
}

/* Keeps what is shown in step with the store, also when it left the list. */
static void
on_refreshed (WfTodayPage *self)
{
  WfActivity *shown =
      wf_today_page_shows_details (self) ? wf_activity_details_get_activity (self->details) : NULL;

  wf_today_page_show_state (self);
  wf_today_page_fill_rows (self);
  if (shown != NULL)
    wf_runtime_get_activity_async (self->runtime, shown->id, self->cancellable, on_shown_read,
                                   g_object_ref (self));
  else
    wf_today_page_update_actions (self);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
watch_runtime (WfTodayPage *self)
{
  static const char *const watched[] = { "notify::organisation", "notify::person" };
  static const char *const states[] = { "notify::sync-status", "notify::last-sync" };

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->runtime, watched[i], G_CALLBACK (wf_today_page_offer_people),
                             self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_signal_connect_object (self->runtime, states[i], G_CALLBACK (wf_today_page_show_state), self,
                             G_CONNECT_SWAPPED);
}

static void
wf_today_page_constructed (GObject *object)
{
  WfTodayPage *self = WF_TODAY_PAGE (object);

  G_OBJECT_CLASS (wf_today_page_parent_class)->constructed (object);
  self->runtime = wf_page_get_runtime (WF_PAGE (self));
  self->minutes = wf_page_get_minutes (WF_PAGE (self));
  self->source = wf_activity_source_new (self->runtime, self->minutes);
  wf_today_page_set_up_list (self);
  g_signal_connect_object (wf_today_page_get_list (self), "refreshed", G_CALLBACK (on_refreshed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wf_today_page_get_list (self), "notify::loaded",
                           G_CALLBACK (wf_today_page_show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wf_today_page_get_list (self), "notify::error",
                           G_CALLBACK (wf_today_page_show_state), self, G_CONNECT_SWAPPED);
  wf_activity_details_set_up (self->details, self->runtime, self->minutes);
  g_signal_connect_object (self->minutes, "notify::now", G_CALLBACK (wf_today_page_update_actions),
                           self, G_CONNECT_SWAPPED); /* what is late allows less */
  wf_briefing_banner_set_runtime (self->briefing, self->runtime);
  wf_today_page_set_up_filters (self);
  watch_runtime (self);
  wf_today_page_offer_people (self);
  wf_today_page_update_actions (self);
}

static void
wf_today_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_today_page_parent_class)->map (widget);
  wf_today_page_focus_list (WF_TODAY_PAGE (widget));
}

static void
wf_today_page_dispose (GObject *object)
{
  WfTodayPage *self = WF_TODAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->filling, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->popover != NULL)
    wf_filter_popover_set_filter (self->popover, NULL);
  g_clear_object (&self->top);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->source, wf_activity_source_free);
  self->minutes = NULL;
  self->runtime = NULL;
  G_OBJECT_CLASS (wf_today_page_parent_class)->dispose (object);
}

static void
wf_today_page_finalize (GObject *object)
{
  WfTodayPage *self = WF_TODAY_PAGE (object);

  g_object_unref (self->settings);
  wf_activity_filter_free (self->filter);
  g_free (self->offered);
  G_OBJECT_CLASS (wf_today_page_parent_class)->finalize (object);
}

static void
on_select_clicked (WfTodayPage *self)
{
  wf_today_page_set_selecting (self, gtk_toggle_button_get_active (self->select_button));
}

/* Enter in the search goes to what was found. */
static void
on_search_activated (WfTodayPage *self)
{
  wf_today_page_focus_list (self);
}

static void
on_other_opened (WfTodayPage *self, const char *activity)
{
  wf_today_page_open (self, activity);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfTodayPage, child)
#define BIND_CALLBACK(name)                                                                        \
  gtk_widget_class_bind_template_callback_full (widget_class, #name,                               \
                                                G_CALLBACK (wf_today_page_##name))

static void
bind_template (GtkWidgetClass *widget_class)
{
  BIND (split);
  BIND (toolbars);
  BIND (banner);
  BIND (briefing);
  BIND (search_button);
  BIND (filter_button);
  BIND (select_button);
  BIND (search_bar);
  BIND (search);
  BIND (filters);
  BIND (people_box);
  BIND (people);
  BIND (origin);
  BIND (chips);
  BIND (popover);
  BIND (views);
  BIND (exceptions);
  BIND (states);
  BIND (list);
  BIND (empty);
  BIND (error);
  BIND (n_selected);
  BIND (details);
  BIND_CALLBACK (on_filter_changed);
  BIND_CALLBACK (on_search_changed);
  BIND_CALLBACK (on_list_activated);
  BIND_CALLBACK (on_comment);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_loaded",
                                                G_CALLBACK (wf_today_page_show_state));
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_select_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_other_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_collapsed_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_details_changed);
}

static void
wf_today_page_class_init (WfTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wf_today_page_constructed;
  object_class->dispose = wf_today_page_dispose;
  object_class->finalize = wf_today_page_finalize;
  widget_class->map = wf_today_page_map;
  g_type_ensure (WF_TYPE_ACTIVITY_DETAILS);
  g_type_ensure (WF_TYPE_BRIEFING_BANNER);
  g_type_ensure (WF_TYPE_EXCEPTIONS_VIEW);
  g_type_ensure (WF_TYPE_FILTER_POPOVER);
  g_type_ensure (WF_TYPE_ORIGIN_SWITCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "today/wf-today-page.ui");
  bind_template (widget_class);
  wf_today_page_install_actions (widget_class);
  wf_today_page_install_filter_actions (widget_class);
}

static void
wf_today_page_init (WfTodayPage *self)
{
  self->cancellable = wf_page_get_cancellable (WF_PAGE (self));
  self->filter = wf_activity_filter_new ();
  self->settings = g_settings_new (WF_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), self->search);
  wf_actions_add_shortcuts (GTK_WIDGET (self->list), WF_SHORTCUT_TODAY);
  wf_actions_add_shortcuts (GTK_WIDGET (self), WF_SHORTCUT_TODAY);
}

void
wf_today_page_open (WfTodayPage *self, const char *activity)
{
  g_return_if_fail (WF_IS_TODAY_PAGE (self));
  guint position = wf_paged_list_find (wf_today_page_get_list (self), activity);

  if (position != GTK_INVALID_LIST_POSITION)
    {
      wf_paged_selection_reach (self->selection, position);
      gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS,
                               NULL);
    }
  wf_runtime_get_activity_async (self->runtime, activity, self->cancellable, on_activity_read,
                                 g_object_ref (self));
}
