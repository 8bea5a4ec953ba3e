/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log: why something happened, and why nothing did (B3). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-log-page.h"

#include "wf-actions.h"
#include "wf-attention-dialog.h"
#include "wf-audit-view.h"
#include "wf-gradual-list.h"
#include "wf-log-row-view.h"
#include "wf-log-source.h"
#include "wf-minute-clock.h"
#include "wf-plain-text.h"
#include "wf-save-file.h"
#include "wf-time-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfLogPage
{
  WfPage parent_instance;

  WfRuntime *runtime;            /* of the page; NULL when it is disposed of */
  WfMinuteClock *minutes;        /* of the page */
  WfLogSource *source;           /* (owned) */
  WfLeadNames *leads;            /* (owned) */
  WfAttention *attention;        /* (owned) what waits for a decision */
  GtkSingleSelection *selection; /* (owned) */
  GCancellable *cancellable;     /* of the page */
  char *lead;                    /* (owned) (nullable) the one that is followed */
  AdwViewStack *pages;
  WfAuditView *audit;
  GtkSearchBar *search_bar;
  GtkEditable *search;
  GtkWidget *search_button;
  GtkDropDown *kind;
  GtkWidget *lead_button;
  AdwButtonContent *lead_label;
  AdwBanner *attention_banner;
  AdwBanner *older;
  GtkStack *states;
  GtkListView *list;
  AdwStatusPage *error;
};

G_DEFINE_FINAL_TYPE (WfLogPage, wf_log_page, WF_TYPE_PAGE)

/* In the order of the drop-down. */
static const char *const kinds[] = { NULL, "event", "effect", "problem", "change" };

static WfPagedList *
get_list (WfLogPage *self)
{
  return wf_log_source_get_list (self->source);
}

static const char *
get_kind (WfLogPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind);

  return selected < G_N_ELEMENTS (kinds) ? kinds[selected] : NULL;
}

static gboolean
is_filtered (WfLogPage *self)
{
  return get_kind (self) != NULL || self->lead != NULL ||
         *gtk_editable_get_text (self->search) != '\0';
}

/* ---- states ------------------------------------------------------------------------------------ */

static const char *
choose_state (WfLogPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (get_list (self))) > 0)
    return "list";
  if (wf_paged_list_get_error (get_list (self)) != NULL)
    return "error";
  if (!wf_paged_list_is_loaded (get_list (self)))
    return "loading";
  return is_filtered (self) ? "nothing-found" : "empty";
}

static void
show_older (WfLogPage *self)
{
  guint n;
  gboolean has_older = wf_log_source_has_older (self->source, &n);
  g_autofree char *text = g_strdup_printf (
      ngettext ("The newest %u entry was searched.", "The newest %u entries were searched.", n), n);

  adw_banner_set_title (self->older, text);
  adw_banner_set_revealed (self->older, has_older);
}

static gboolean
shows_audit (WfLogPage *self)
{
  return adw_view_stack_get_visible_child (self->pages) == GTK_WIDGET (self->audit);
}

/* When the list comes into view, the arrow keys work at once. */
static void
focus_list (WfLogPage *self)
{
  if (shows_audit (self))
    wf_audit_view_focus (self->audit);
  else if (wf_page_is_ready (WF_PAGE (self)) && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
           !gtk_search_bar_get_search_mode (self->search_bar))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
show_state (WfLogPage *self)
{
  if (self->source == NULL)
    return;
  const char *state = choose_state (self);
  const GError *error = wf_paged_list_get_error (get_list (self));
  gboolean ready = !g_str_equal (state, "loading");

  if (error != NULL)
    wf_plain_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->states, state);
  show_older (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.export",
                                 shows_audit (self) || g_str_equal (state, "list"));
  if (wf_page_set_ready (WF_PAGE (self), ready))
    focus_list (self);
}

/* What follows a lead, copies and searches further is about the entries. */
static void
on_view_changed (WfLogPage *self)
{
  gboolean audit = shows_audit (self);

  gtk_widget_set_visible (self->search_button, !audit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.follow", !audit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", !audit);
  show_state (self);
}

static void
show_attention (WfLogPage *self)
{
  g_autofree char *text = wf_attention_to_text (self->attention);

  adw_banner_set_title (self->attention_banner, text != NULL ? text : "");
  adw_banner_set_revealed (self->attention_banner, text != NULL);
}

static void
on_filter_changed (WfLogPage *self)
{
  if (self->source != NULL)
    wf_log_source_set_filter (self->source, get_kind (self), self->lead,
                              gtk_editable_get_text (self->search));
}

/* ---- list -------------------------------------------------------------------------------------- */

static WfLogRow *
get_selected (WfLogPage *self)
{
  WfPagedItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? wf_paged_item_get_row (item) : NULL;
}

static void
on_row_setup (GtkListItemFactory *factory, GtkListItem *list_item, WfLogPage *self)
{
  gtk_list_item_set_child (list_item, wf_log_row_view_new (self->minutes, self->leads));
}

static void
on_row_bind (GtkListItemFactory *factory, GtkListItem *list_item, WfLogPage *self)
{
  wf_log_row_view_bind (WF_LOG_ROW_VIEW (gtk_list_item_get_child (list_item)), list_item,
                        wf_log_source_get_names (self->source));
}

static void
on_row_unbind (GtkListItemFactory *factory, GtkListItem *list_item, WfLogPage *self)
{
  wf_log_row_view_unbind (WF_LOG_ROW_VIEW (gtk_list_item_get_child (list_item)));
}

static void
set_up_list (WfLogPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_row_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_row_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_row_unbind), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

/* Enter or a double click shows all lines of an entry, or the first ones again. */
static void
on_list_activated (WfLogPage *self, guint position)
{
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  WfLogRow *row = item != NULL ? wf_paged_item_get_row (item) : NULL;

  if (row == NULL)
    return;
  row->expanded = !row->expanded;
  g_object_notify (G_OBJECT (item), "row");
}

/* ---- actions ----------------------------------------------------------------------------------- */

void
wf_log_page_follow (WfLogPage *self, const char *lead)
{
  g_return_if_fail (WF_IS_LOG_PAGE (self));
  g_set_str (&self->lead, lead);
  gtk_widget_set_visible (self->lead_button, lead != NULL);
  if (lead != NULL)
    {
      const char *lead_name = wf_lead_names_get (self->leads, lead);
      g_autofree char *label =
          g_strdup_printf (_ ("Lead %s"), lead_name != NULL ? lead_name : lead);
      adw_button_content_set_label (self->lead_label, label);
    }
  on_filter_changed (self);
}

static void
follow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfLogRow *row = get_selected (WF_LOG_PAGE (widget));

  if (row != NULL && row->entry->lead != NULL)
    wf_log_page_follow (WF_LOG_PAGE (widget), row->entry->lead);
  else
    gtk_widget_error_bell (widget);
}

static void
unfollow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_log_page_follow (WF_LOG_PAGE (widget), NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLogPage *self = WF_LOG_PAGE (widget);

  if (shows_audit (self))
    {
      wf_audit_view_search (self->audit);
      return;
    }
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
search_further_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_log_source_search_further (WF_LOG_PAGE (widget)->source);
}

static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLogPage *self = WF_LOG_PAGE (widget);

  wf_attention_reload (self->attention); /* what was done meanwhile needs no decision */
  adw_dialog_present (ADW_DIALOG (wf_attention_dialog_new (self->attention)), widget);
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_paged_list_refresh (get_list (WF_LOG_PAGE (widget)));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLogPage *self = WF_LOG_PAGE (widget);
  const WfLogRow *row = get_selected (self);

  if (row == NULL)
    return;
  g_autofree char *title = wf_log_title (row->entry);
  g_autofree char *time =
      wf_time_text_full (row->entry->at, wf_minute_clock_get_zone (self->minutes));
  g_autoptr (GPtrArray) lines = wf_log_lines (row->entry, wf_log_source_get_names (self->source));
  g_ptr_array_add (lines, NULL);
  g_autofree char *details = g_strjoinv ("\n", (char **) lines->pdata);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", time, title, details);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  wf_toast_show (widget, _ ("Copied"));
}

static void
make_csv (GtkWidget *widget, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer user_data)
{
  wf_log_source_export_async (WF_LOG_PAGE (widget)->source, cancellable, callback, user_data);
}

static GBytes *
finish_csv (GtkWidget *widget, GAsyncResult *result, GError **error)
{
  return wf_log_source_export_finish (WF_LOG_PAGE (widget)->source, result, error);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLogPage *self = WF_LOG_PAGE (widget);

  if (shows_audit (self))
    wf_audit_view_export (self->audit);
  else
    /* Translators: name of a file */
    wf_save_file_made (widget, _ ("Save the Log"), _ ("workflow-log.csv"), _ ("The log was saved"),
                       make_csv, finish_csv, self->cancellable);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_log_page_constructed (GObject *object)
{
  WfLogPage *self = WF_LOG_PAGE (object);

  G_OBJECT_CLASS (wf_log_page_parent_class)->constructed (object);
  self->runtime = wf_page_get_runtime (WF_PAGE (self));
  self->minutes = wf_page_get_minutes (WF_PAGE (self));
  self->source = wf_log_source_new (self->runtime, G_CALLBACK (show_state), self);
  self->leads = wf_lead_names_new (self->runtime);
  self->attention = wf_attention_new (self->runtime);
  g_signal_connect_object (self->attention, "changed", G_CALLBACK (show_attention), self,
                           G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (wf_gradual_list_new (get_list (self))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (get_list (self), "refreshed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_list (self), "notify::loaded", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_list (self), "notify::error", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  set_up_list (self);
  wf_audit_view_open (self->audit, self->runtime, wf_log_source_get_names (self->source),
                      self->leads, self->minutes);
  on_filter_changed (self);
  show_state (self);
}

static void
wf_log_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_log_page_parent_class)->map (widget);
  focus_list (WF_LOG_PAGE (widget));
}

static void
wf_log_page_dispose (GObject *object)
{
  WfLogPage *self = WF_LOG_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->audit != NULL)
    wf_audit_view_close (self->audit); /* it knows the source's names */
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->source, wf_log_source_free);
  g_clear_object (&self->leads);
  g_clear_object (&self->attention);
  self->minutes = NULL;
  self->runtime = NULL;
  G_OBJECT_CLASS (wf_log_page_parent_class)->dispose (object);
}

static void
wf_log_page_finalize (GObject *object)
{
  WfLogPage *self = WF_LOG_PAGE (object);

  g_free (self->lead);
  G_OBJECT_CLASS (wf_log_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "log.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "log.search-further", NULL, search_further_action);
  gtk_widget_class_install_action (widget_class, "log.decide", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "log.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "log.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "log.follow", NULL, follow_action);
  gtk_widget_class_install_action (widget_class, "log.unfollow", NULL, unfollow_action);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy_action);
}

static void
wf_log_page_class_init (WfLogPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wf_log_page_constructed;
  object_class->dispose = wf_log_page_dispose;
  object_class->finalize = wf_log_page_finalize;
  widget_class->map = wf_log_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES "log/wf-log-page.ui");
  g_type_ensure (WF_TYPE_AUDIT_VIEW);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, pages);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, audit);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, search);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, kind);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, lead_button);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, lead_label);
  gtk_widget_class_bind_template_child_full (widget_class, "attention", FALSE,
                                             G_STRUCT_OFFSET (WfLogPage, attention_banner));
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, older);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, states);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, list);
  gtk_widget_class_bind_template_child (widget_class, WfLogPage, error);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  install_actions (widget_class);
}

static void
wf_log_page_init (WfLogPage *self)
{
  self->cancellable = wf_page_get_cancellable (WF_PAGE (self));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search);
  wf_actions_add_shortcuts (GTK_WIDGET (self), WF_SHORTCUT_LOG);
}
