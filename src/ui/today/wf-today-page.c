/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today: what now (R2). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page-private.h"

#include "wf-actions.h"
#include "wf-activity-row.h"
#include "wf-day-sections.h"
#include "wf-plain-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_RUNTIME = 1,
  PROP_READY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfTodayPage, wf_today_page, ADW_TYPE_NAVIGATION_PAGE)

static void show_state (WfTodayPage *self);

WfPagedList *
wf_today_page_get_list (WfTodayPage *self)
{
  return wf_activity_source_get_list (self->source);
}

WfActivity *
wf_today_page_get_selected (WfTodayPage *self)
{
  WfPagedItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? wf_paged_item_get_row (item) : NULL;
}

static guint
get_selected_position (WfTodayPage *self)
{
  guint selected = gtk_single_selection_get_selected (self->selection);

  return selected != GTK_INVALID_LIST_POSITION ? selected : 0;
}

static gboolean
is_details_shown (WfTodayPage *self)
{
  return adw_overlay_split_view_get_show_sidebar (self->split);
}

WfActivity *
wf_today_page_get_current (WfTodayPage *self)
{
  return is_details_shown (self) ? wf_activity_details_get_activity (self->details)
                                 : wf_today_page_get_selected (self);
}

/* ---- filter ------------------------------------------------------------------------------------ */

gboolean
wf_today_page_sees_everyone (WfTodayPage *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);
}

static gboolean
shows_several_people (WfTodayPage *self)
{
  return wf_today_page_sees_everyone (self) &&
         g_strcmp0 (adw_toggle_group_get_active_name (self->people), "mine") != 0;
}

static void
on_filter_changed (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  const char *whose = adw_toggle_group_get_active_name (self->people);
  gboolean unassigned = g_strcmp0 (whose, "unassigned") == 0;
  gboolean mine = !unassigned && !shows_several_people (self);

  wf_activity_source_set_filter (self->source, mine ? wf_runtime_get_person (self->runtime) : NULL,
                                 unassigned, wf_origin_switch_get_origin (self->origin));
}

/* Policy: who leads others begins with everyone's activities, the others know only their own. */
static void
choose_default_filter (WfTodayPage *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const char *id = wf_runtime_get_person (self->runtime);
  const WfPerson *person =
      organisation != NULL && id != NULL ? wf_organisation_get_person (organisation, id) : NULL;

  if (self->filter_chosen || person == NULL)
    return;
  self->filter_chosen = TRUE;
  adw_toggle_group_set_active_name (self->people,
                                    wf_today_page_sees_everyone (self) ? "everyone" : "mine");
}

/* Who sees nobody else's activities may still take some from the queue (S11). */
static gboolean
sees_queue (WfTodayPage *self)
{
  return wf_today_page_sees_everyone (self) ||
         wf_runtime_may (self->runtime, WF_RIGHT_CLAIM_UNASSIGNED);
}

static void
on_person_changed (WfTodayPage *self)
{
  adw_toggle_set_enabled (self->everyone, wf_today_page_sees_everyone (self));
  gtk_widget_set_visible (GTK_WIDGET (self->people), sees_queue (self));
  choose_default_filter (self);
  gtk_widget_set_visible (self->filters,
                          sees_queue (self) || gtk_widget_get_visible (GTK_WIDGET (self->origin)));
  on_filter_changed (self);
  show_state (self);
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
  return !wf_paged_list_is_loaded (list) || is_first_sync (self) ? "loading" : "empty";
}

/* When the list comes into view, the arrow keys work at once. */
static void
focus_list (WfTodayPage *self)
{
  if (self->ready && gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_details_shown (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
show_state (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  const char *state = choose_state (self);
  const GError *error = wf_paged_list_get_error (wf_today_page_get_list (self));
  gboolean ready = !g_str_equal (state, "loading");

  if (error != NULL)
    wf_plain_page_set_description (self->error, error->message);
  show_empty_text (self);
  show_banner (self);
  gtk_stack_set_visible_child_name (self->states, state);
  if (ready == self->ready)
    return;
  self->ready = ready;
  focus_list (self);
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
  wf_activity_row_bind (WF_ACTIVITY_ROW (gtk_list_item_get_child (list_item)), list_item,
                        shows_several_people (self));
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
  g_autofree char *text =
      g_strdup_printf (_ ("%s · %u"), wf_day_section_to_text (section),
                       wf_paged_list_get_section_size (wf_today_page_get_list (self), section));

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
show_details (WfTodayPage *self, WfActivity *activity)
{
  wf_activity_details_set_activity (self->details, activity);
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  wf_today_page_update_actions (self);
}

static void
on_selection_changed (WfTodayPage *self)
{
  WfActivity *selected = wf_today_page_get_selected (self);

  if (is_details_shown (self) && selected != NULL &&
      !adw_overlay_split_view_get_collapsed (self->split))
    wf_activity_details_set_activity (self->details, selected);
  wf_today_page_update_actions (self);
}

void
wf_today_page_on_list_activated (WfTodayPage *self, guint position)
{
  WfActivity *selected = wf_today_page_get_selected (self);

  if (selected != NULL)
    show_details (self, selected);
}

static void
on_show_details_changed (WfTodayPage *self)
{
  if (self->source == NULL)
    return;
  wf_today_page_update_actions (self);
  if (!is_details_shown (self))
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

  if (shown == NULL || !is_details_shown (self) ||
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
    show_details (self, activity);
  else
    wf_toast_show (GTK_WIDGET (self), error->message);
}

/* Whoever is at the top of the list stays there when something more urgent comes in above. */
static void
keep_at_top (WfTodayPage *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  gboolean in_list = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL &&
                     get_selected_position (self) > 0;

  if (adjustment != NULL && gtk_adjustment_get_value (adjustment) <= 0 && !in_list &&
      g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
}

/* Keeps what is shown in step with the store, also when it left the list. */
static void
on_refreshed (WfTodayPage *self)
{
  WfActivity *shown = is_details_shown (self) ? wf_activity_details_get_activity (self->details)
                                              : NULL;

  show_state (self);
  keep_at_top (self);
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
    g_signal_connect_object (self->runtime, watched[i], G_CALLBACK (on_person_changed), self,
                             G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_signal_connect_object (self->runtime, states[i], G_CALLBACK (show_state), self,
                             G_CONNECT_SWAPPED);
}

static void
wf_today_page_constructed (GObject *object)
{
  WfTodayPage *self = WF_TODAY_PAGE (object);

  G_OBJECT_CLASS (wf_today_page_parent_class)->constructed (object);
  self->minutes = wf_minute_clock_new (wf_runtime_get_clock (self->runtime));
  self->source = wf_activity_source_new (self->runtime, self->minutes);
  self->selection =
      gtk_single_selection_new (g_object_ref (G_LIST_MODEL (wf_today_page_get_list (self))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wf_today_page_get_list (self), "refreshed", G_CALLBACK (on_refreshed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wf_today_page_get_list (self), "notify::loaded", G_CALLBACK (show_state),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wf_today_page_get_list (self), "notify::error", G_CALLBACK (show_state),
                           self, G_CONNECT_SWAPPED);
  wf_activity_details_set_up (self->details, self->runtime, self->minutes);
  wf_origin_switch_set_runtime (self->origin, self->runtime);
  set_up_list (self);
  watch_runtime (self);
  on_person_changed (self);
  wf_today_page_update_actions (self);
}

static void
wf_today_page_map (GtkWidget *widget)
{
  wf_minute_clock_start (WF_TODAY_PAGE (widget)->minutes);
  GTK_WIDGET_CLASS (wf_today_page_parent_class)->map (widget);
  focus_list (WF_TODAY_PAGE (widget));
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
  props[PROP_RUNTIME] =
      g_param_spec_object ("runtime", NULL, NULL, WF_TYPE_RUNTIME,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_READY] =
      g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (WF_TYPE_ACTIVITY_DETAILS);
  g_type_ensure (WF_TYPE_ORIGIN_SWITCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "today/wf-today-page.ui");
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
  gtk_widget_class_bind_template_callback_full (widget_class, "on_list_activated",
                                                G_CALLBACK (wf_today_page_on_list_activated));
  gtk_widget_class_bind_template_callback (widget_class, on_show_details_changed);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_comment",
                                                G_CALLBACK (wf_today_page_on_comment));
  wf_today_page_install_actions (widget_class);
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
  guint position = wf_paged_list_find (wf_today_page_get_list (self), activity);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS,
                             NULL);
  wf_runtime_get_activity_async (self->runtime, activity, self->cancellable, on_activity_read,
                                 g_object_ref (self));
}
