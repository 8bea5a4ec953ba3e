/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads: a table, and a page for each. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-leads-page-private.h"

#include "wf-actions.h"
#include "wf-lead-text.h"
#include "wf-new-lead-dialog.h"
#include "wf-plain-text.h"
#include "wf-save-file.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_NARROW = 1,
  PROP_SELECTING,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfLeadsPage, wf_leads_page, WF_TYPE_PAGE)

WfPagedList *
wf_leads_page_get_list (WfLeadsPage *self)
{
  return wf_lead_source_get_list (self->source);
}

static gboolean
shows_lead (WfLeadsPage *self)
{
  return adw_navigation_view_get_visible_page (self->navigation) ==
         ADW_NAVIGATION_PAGE (self->lead_page);
}

/* ---- states ------------------------------------------------------------------------------------ */

static gboolean
is_filtered (WfLeadsPage *self)
{
  return *gtk_editable_get_text (self->search) != '\0' ||
         !wf_lead_filter_is_empty (wf_lead_filter_popover_get_filter (self->filter));
}

/* Nothing is in the store before the first answer: that is no news yet. */
static gboolean
is_first_sync (WfLeadsPage *self)
{
  WfSyncStatus status = wf_runtime_get_sync_status (self->runtime);

  return wf_runtime_get_last_sync (self->runtime) == WF_INSTANT_NONE &&
         (status == WF_SYNC_STATUS_STARTING || status == WF_SYNC_STATUS_SYNCING);
}

static const char *
choose_state (WfLeadsPage *self)
{
  WfPagedList *list = wf_leads_page_get_list (self);

  if (!wf_lead_source_is_answered (self->source) && wf_paged_list_get_error (list) != NULL)
    return "error"; /* the rows are those of another question */
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    return "table";
  if (wf_paged_list_get_error (list) != NULL)
    return "error";
  if (!wf_paged_list_is_loaded (list) || is_first_sync (self))
    return "loading";
  return is_filtered (self) ? "nothing-found" : "empty";
}

static void
show_banner (WfLeadsPage *self)
{
  WfSyncStatus status = wf_runtime_get_sync_status (self->runtime);
  gboolean offline = status == WF_SYNC_STATUS_OFFLINE || status == WF_SYNC_STATUS_PROBLEM;

  adw_banner_set_title (self->banner,
                        status == WF_SYNC_STATUS_OFFLINE
                            ? _ ("Offline. The leads are shown as they were last seen.")
                            : _ ("The CRM has a problem. The leads are shown as last seen."));
  adw_banner_set_revealed (self->banner, offline);
}

/* How many, and by what they were chosen, in words. */
static void
show_count (WfLeadsPage *self, gboolean loaded)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (wf_leads_page_get_list (self)));
  g_autofree char *count = wf_leads_count_text (n);
  g_autofree char *words =
      wf_lead_filter_to_words (wf_lead_filter_popover_get_filter (self->filter),
                               wf_runtime_get_organisation (self->runtime));
  g_autofree char *both = words != NULL ? g_strdup_printf ("%s · %s", count, words) : NULL;

  if (!loaded)
    gtk_label_set_text (self->count, "");
  else if (wf_lead_source_is_answered (self->source))
    gtk_label_set_text (self->count, both != NULL ? both : count);
  gtk_widget_set_visible (self->clear, is_filtered (self));
  if (words != NULL)
    gtk_widget_add_css_class (self->filter_button, "accent");
  else
    gtk_widget_remove_css_class (self->filter_button, "accent");
}

/* When the table comes into view, the arrow keys work at once. */
static void
focus_table (WfLeadsPage *self)
{
  if (wf_page_is_ready (WF_PAGE (self)) && gtk_widget_get_mapped (GTK_WIDGET (self->table)) &&
      !gtk_search_bar_get_search_mode (self->search_bar) &&
      gtk_widget_get_focus_child (GTK_WIDGET (self->table)) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
update_ready (WfLeadsPage *self)
{
  const char *state = gtk_stack_get_visible_child_name (self->states);
  gboolean ready = shows_lead (self) ? wf_lead_page_is_ready (self->lead_page)
                                     : g_strcmp0 (state, "loading") != 0;

  if (wf_page_set_ready (WF_PAGE (self), ready))
    focus_table (self);
}

static void
show_state (WfLeadsPage *self)
{
  if (self->source == NULL)
    return;
  const char *state = choose_state (self);
  const GError *error = wf_paged_list_get_error (wf_leads_page_get_list (self));

  if (error != NULL)
    wf_plain_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->states, state);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "leads.export", g_str_equal (state, "table"));
  show_banner (self);
  show_count (self, !g_str_equal (state, "loading"));
  update_ready (self);
}

static void
on_lead_ready (WfLeadsPage *self)
{
  if (self->source != NULL)
    update_ready (self);
}

/* R58, R60: who may not at all does not see the button; who may, but not in this unit now, is told why. */
static void
on_person_changed (WfLeadsPage *self)
{
  g_autofree char *refusal = wf_new_lead_explain (self->runtime);
  gboolean may = wf_runtime_may (self->runtime, WF_RIGHT_CREATE_FLOW_LEAD);

  gtk_widget_set_visible (self->add, may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "leads.add", may && refusal == NULL);
  gtk_widget_set_tooltip_text (self->add, refusal != NULL ? refusal : _ ("New Store Lead"));
  wf_leads_bulk_update (self);
  show_state (self);
}

/* ---- query ------------------------------------------------------------------------------------- */

static void
on_filter_changed (WfLeadsPage *self)
{
  gboolean descending;

  if (self->source == NULL)
    return;
  WfLeadOrder order = wf_lead_columns_get_order (self, &descending);
  wf_lead_source_set_query (self->source, wf_lead_filter_popover_get_filter (self->filter),
                            gtk_editable_get_text (self->search),
                            wf_origin_switch_get_origin (self->origin), order, descending);
  show_state (self);
}

static void
set_room (WfLeadsPage *self, WfLeadsRoom room)
{
  gboolean was_narrow = self->room == WF_LEADS_ROOM_ONE_COLUMN;
  gboolean narrow = room == WF_LEADS_ROOM_ONE_COLUMN;

  if (room == self->room)
    return;
  self->room = room;
  wf_lead_columns_shown_update (self);
  if (narrow != was_narrow)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
}

static void
on_narrow (WfLeadsPage *self)
{
  set_room (self, WF_LEADS_ROOM_ONE_COLUMN);
}

static void
on_half_wide (WfLeadsPage *self)
{
  set_room (self, WF_LEADS_ROOM_HALF);
}

static void
on_less_wide (WfLeadsPage *self)
{
  set_room (self, WF_LEADS_ROOM_MOST);
}

static void
on_wide (WfLeadsPage *self)
{
  set_room (self, WF_LEADS_ROOM_ALL);
}

/* Enter in the search goes on in the table, at the first that was found. */
static void
on_search_activate (WfLeadsPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
  gtk_column_view_scroll_to (self->table, 0, NULL, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT,
                             NULL);
}

static void
clear_filters_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);
  g_autoptr (WfLeadFilter) all = wf_lead_filter_new ();

  wf_lead_filter_popover_set_filter (self->filter, all);
  gtk_editable_set_text (self->search, "");
  on_filter_changed (self);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);

  if (shows_lead (self))
    adw_navigation_view_pop (self->navigation);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
sort_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_lead_columns_sort (WF_LEADS_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_paged_list_refresh (wf_leads_page_get_list (WF_LEADS_PAGE (widget)));
}

/* ---- one lead ---------------------------------------------------------------------------------- */

void
wf_leads_page_show_lead (WfLeadsPage *self, const char *lead)
{
  g_return_if_fail (WF_IS_LEADS_PAGE (self) && lead != NULL);
  wf_lead_page_show (self->lead_page, lead);
  if (!shows_lead (self))
    adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->lead_page));
  update_ready (self);
}

/* The table with another filter and another search. */
static void
show_table (WfLeadsPage *self, const WfLeadFilter *filter, const char *text)
{
  if (shows_lead (self))
    adw_navigation_view_pop (self->navigation);
  wf_lead_filter_popover_set_filter (self->filter, filter);
  gtk_editable_set_text (self->search, text);
  on_filter_changed (self);
}

void
wf_leads_page_show_without_next (WfLeadsPage *self)
{
  g_return_if_fail (WF_IS_LEADS_PAGE (self));
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_new ();

  filter->without_next = TRUE;
  show_table (self, filter, "");
}

void
wf_leads_page_find (WfLeadsPage *self, const char *text)
{
  g_return_if_fail (WF_IS_LEADS_PAGE (self));
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_new ();

  filter->also_closed = TRUE;
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  wf_origin_switch_set_all (self->origin);
  show_table (self, filter, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_popped (WfLeadsPage *self)
{
  wf_lead_page_show (self->lead_page, NULL);
  update_ready (self);
  focus_table (self);
}

static void
open_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_leads_page_show_lead (WF_LEADS_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
on_table_activated (WfLeadsPage *self, guint position)
{
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const WfLead *lead = item != NULL ? wf_paged_item_get_row (item) : NULL;

  if (lead != NULL)
    wf_leads_page_show_lead (self, lead->id);
}

/* Goes along the table from the lead that is shown, or from the selected one. */
static void
go_by (WfLeadsPage *self, int step)
{
  WfPagedList *list = wf_leads_page_get_list (self);
  const char *shown = shows_lead (self) ? wf_lead_page_get_lead (self->lead_page) : NULL;
  guint position = shown != NULL ? wf_paged_list_find (list, shown)
                                 : wf_paged_selection_get_last (self->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (position == GTK_INVALID_LIST_POSITION || (step < 0 && position == 0) ||
      (step > 0 && position + 1 >= n))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  guint next = step > 0 ? position + 1 : position - 1;
  wf_paged_selection_reach (self->selection, next);
  gtk_column_view_scroll_to (self->table, next, NULL, GTK_LIST_SCROLL_SELECT, NULL);
  if (shown != NULL)
    on_table_activated (self, next);
}

static void
next_lead_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_by (WF_LEADS_PAGE (widget), 1);
}

static void
previous_lead_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_by (WF_LEADS_PAGE (widget), -1);
}

static void
on_lead_created (WfLeadsPage *self, const char *id)
{
  wf_leads_page_show_lead (self, id);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);
  AdwDialog *dialog = wf_new_lead_dialog_new (self->runtime);

  g_signal_connect_object (dialog, "created", G_CALLBACK (on_lead_created), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!wf_toast_undo_last (widget))
    gtk_widget_error_bell (widget);
}

/* ---- export ------------------------------------------------------------------------------------ */

static void
make_csv (GtkWidget *widget, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer user_data)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);
  g_autoptr (GArray) columns = wf_lead_columns_shown_list (self);

  wf_lead_source_export_async (self->source, columns, cancellable, callback, user_data);
}

static GBytes *
finish_csv (GtkWidget *widget, GAsyncResult *result, GError **error)
{
  return wf_lead_source_export_finish (WF_LEADS_PAGE (widget)->source, result, error);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* Translators: name of a file */
  wf_save_file_made (widget, _ ("Save the Leads"), _ ("leads.csv"), _ ("The leads were saved"),
                     make_csv, finish_csv, WF_LEADS_PAGE (widget)->cancellable);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
on_selection_changed (WfLeadsPage *self)
{
  wf_leads_bulk_update (self);
}

static void
watch_runtime (WfLeadsPage *self)
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
watch_list (WfLeadsPage *self)
{
  static const char *const states[] = { "notify::loaded", "notify::error", "notify::n-items" };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_signal_connect_object (wf_leads_page_get_list (self), states[i], G_CALLBACK (show_state),
                             self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wf_leads_page_get_list (self), "refreshed", G_CALLBACK (show_state),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::n-selected", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
}

static void
wf_leads_page_constructed (GObject *object)
{
  WfLeadsPage *self = WF_LEADS_PAGE (object);

  G_OBJECT_CLASS (wf_leads_page_parent_class)->constructed (object);
  self->runtime = wf_page_get_runtime (WF_PAGE (self));
  self->minutes = wf_page_get_minutes (WF_PAGE (self));
  self->source = wf_lead_source_new (self->runtime);
  self->selection = wf_paged_selection_new (wf_leads_page_get_list (self));
  wf_origin_switch_set_runtime (self->origin, self->runtime);
  wf_lead_filter_popover_set_up (self->filter, self->runtime);
  wf_lead_page_set_up (self->lead_page, self->runtime, self->minutes);
  wf_lead_columns_set_up (self);
  wf_lead_columns_shown_set_up (self);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  gtk_column_view_sort_by_column (self->table, self->columns[WF_LEAD_COLUMN_NEXT],
                                  GTK_SORT_ASCENDING);
  self->top =
      wf_top_keeper_new (GTK_WIDGET (self->table), self->selection, wf_leads_page_get_list (self));
  watch_list (self);
  watch_runtime (self);
  on_person_changed (self);
  on_filter_changed (self);
}

static void
wf_leads_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_leads_page_parent_class)->map (widget);
  focus_table (WF_LEADS_PAGE (widget));
}

static void
wf_leads_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfLeadsPage *self = WF_LEADS_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->room == WF_LEADS_ROOM_ONE_COLUMN);
      break;
    case PROP_SELECTING:
      g_value_set_boolean (value, self->selecting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_selecting (WfLeadsPage *self, gboolean selecting)
{
  if (selecting == self->selecting)
    return;
  self->selecting = selecting;
  wf_leads_bulk_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTING]);
}

static void
wf_leads_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SELECTING:
      set_selecting (WF_LEADS_PAGE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_leads_page_dispose (GObject *object)
{
  WfLeadsPage *self = WF_LEADS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->source != NULL)
    gtk_column_view_set_model (self->table, NULL);
  g_clear_object (&self->top);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->source, wf_lead_source_free);
  self->minutes = NULL;
  g_clear_object (&self->settings);
  g_clear_object (&self->shown);
  self->runtime = NULL;
  G_OBJECT_CLASS (wf_leads_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags notified = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | notified);
  props[PROP_SELECTING] =
      g_param_spec_boolean ("selecting", NULL, NULL, FALSE, G_PARAM_READWRITE | notified);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "leads.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "leads.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "leads.clear-filters", NULL, clear_filters_action);
  gtk_widget_class_install_action (widget_class, "leads.sort", "s", sort_action);
  gtk_widget_class_install_action (widget_class, "leads.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "leads.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "leads.open-one", "s", open_one_action);
  gtk_widget_class_install_action (widget_class, "leads.next-lead", NULL, next_lead_action);
  gtk_widget_class_install_action (widget_class, "leads.previous-lead", NULL, previous_lead_action);
  gtk_widget_class_install_action (widget_class, "leads.undo", NULL, undo_action);
  gtk_widget_class_install_property_action (widget_class, "leads.selecting", "selecting");
  wf_leads_bulk_install_actions (widget_class);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfLeadsPage, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const char *const columns[WF_N_LEAD_COLUMNS] = {
    "check_column", "name_column",   "stage_column", "owner_column",
    "score_column", "origin_column", "next_column",  "contact_column",
  };

  BIND (navigation);
  BIND (table_page);
  BIND (lead_page);
  BIND (banner);
  BIND (add);
  BIND (search_bar);
  BIND (search);
  BIND (origin);
  BIND (filter_button);
  BIND (filter);
  BIND (count);
  BIND (clear);
  BIND (states);
  BIND (table);
  BIND (bulk_bar);
  BIND (selected);
  BIND (empty);
  BIND (error);
  for (guint i = 0; i < WF_N_LEAD_COLUMNS; i++)
    gtk_widget_class_bind_template_child_full (
        widget_class, columns[i], FALSE,
        (gssize) (G_STRUCT_OFFSET (WfLeadsPage, columns) + i * sizeof (GtkColumnViewColumn *)));
}

static void
wf_leads_page_class_init (WfLeadsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wf_leads_page_constructed;
  object_class->get_property = wf_leads_page_get_property;
  object_class->set_property = wf_leads_page_set_property;
  object_class->dispose = wf_leads_page_dispose;
  widget_class->map = wf_leads_page_map;
  install_properties (object_class);
  g_type_ensure (WF_TYPE_ORIGIN_SWITCH);
  g_type_ensure (WF_TYPE_LEAD_FILTER_POPOVER);
  g_type_ensure (WF_TYPE_LEAD_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-leads-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_table_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_popped);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_half_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_less_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_lead_ready);
  install_actions (widget_class);
}

static void
wf_leads_page_init (WfLeadsPage *self)
{
  self->cancellable = wf_page_get_cancellable (WF_PAGE (self));
  self->room = WF_LEADS_ROOM_ALL;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->table));
  wf_actions_add_shortcuts (GTK_WIDGET (self), WF_SHORTCUT_LEADS);
  wf_actions_add_shortcuts (GTK_WIDGET (self->lead_page), WF_SHORTCUT_LEAD);
}
