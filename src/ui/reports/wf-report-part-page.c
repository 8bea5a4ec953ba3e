/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activities behind a number of a report, read a page at a time. They are those of the report that was shown when
 * the number was activated, so that their count is that number, and they follow it when it changes. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-part-page.h"

#include "wf-gradual-list.h"
#include "wf-plain-text.h"
#include "wf-report-activity-row.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100

struct _WfReportPartPage
{
  AdwNavigationPage parent_instance;

  WfReportModel *model;   /* (owned) */
  WfMinuteClock *minutes; /* (owned) */
  WfReportPart part;      /* (owned) its texts */
  WfPagedList *items;     /* (owned) (nullable) */
  AdwWindowTitle *heading;
  GtkStack *states;
  GtkListView *list;
  AdwStatusPage *error;
};

G_DEFINE_FINAL_TYPE (WfReportPartPage, wf_report_part_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- reader ------------------------------------------------------------------------------------ */

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfReportPartPage *self = source;

  wf_report_model_list_part_async (self->model, &self->part, offset, limit, cancellable, callback,
                                   user_data);
}

static GPtrArray *
load_finish (gpointer source, GAsyncResult *result, guint *total, GError **error)
{
  return wf_report_model_list_part_finish (WF_REPORT_PART_PAGE (source)->model, result, total,
                                           error);
}

static const char *
get_key (gpointer row)
{
  return ((WfActivity *) row)->id;
}

static gpointer
row_ref (gpointer row)
{
  return wf_activity_ref (row);
}

static void
row_unref (gpointer row)
{
  wf_activity_unref (row);
}

static const WfPagedListReader reader = {
  .n_sections = 1,
  .page_size = PAGE_SIZE,
  .load_async = load_async,
  .load_finish = load_finish,
  .get_key = get_key,
  .row_ref = row_ref,
  .row_unref = row_unref,
};

/* ---- states ------------------------------------------------------------------------------------ */

static const char *
choose_state (WfReportPartPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0)
    return "list";
  if (wf_paged_list_get_error (self->items) != NULL)
    return "error";
  return wf_paged_list_is_loaded (self->items) ? "empty" : "loading";
}

static void
show_state (WfReportPartPage *self)
{
  const GError *error;
  guint n;
  g_autofree char *count = NULL;

  if (self->items == NULL)
    return;
  error = wf_paged_list_get_error (self->items);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  if (error != NULL)
    wf_plain_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->states, choose_state (self));
  if (wf_paged_list_is_loaded (self->items))
    count = g_strdup_printf (ngettext ("%'u activity", "%'u activities", n), n);
  adw_window_title_set_subtitle (self->heading, count != NULL ? count : "");
}

static void
on_report_changed (WfReportPartPage *self)
{
  if (self->items != NULL && !wf_report_model_is_loading (self->model))
    wf_paged_list_refresh (self->items);
}

static void
on_try_again (WfReportPartPage *self)
{
  wf_paged_list_refresh (self->items);
}

static void
on_activated (WfReportPartPage *self, guint position)
{
  WfPagedItem *item = wf_paged_list_peek (self->items, position);
  const WfActivity *activity = item != NULL ? wf_paged_item_get_row (item) : NULL;

  if (activity != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-activity", "s", activity->id);
}

/* ---- rows -------------------------------------------------------------------------------------- */

static void
on_setup (WfReportPartPage *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (
      list_item,
      wf_report_activity_row_new (wf_report_model_get_runtime (self->model), self->minutes));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  wf_report_activity_row_bind (WF_REPORT_ACTIVITY_ROW (gtk_list_item_get_child (list_item)),
                               list_item);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  wf_report_activity_row_unbind (WF_REPORT_ACTIVITY_ROW (gtk_list_item_get_child (list_item)));
}

static void
set_up_list (WfReportPartPage *self)
{
  static const char *const changes[] = { "refreshed", "notify::loaded", "notify::error",
                                         "notify::n-items" };
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) none = NULL;
  WfGradualList *told;

  self->items = wf_paged_list_new (&reader, self);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (self->items, changes[i], G_CALLBACK (show_state), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (rows, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect (rows, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (self->list, rows);
  told = wf_gradual_list_new (self->items);
  none = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (told)));
  gtk_list_view_set_model (self->list, none);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_report_part_page_showing (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (WF_REPORT_PART_PAGE (page)->list));
}

static void
wf_report_part_page_dispose (GObject *object)
{
  WfReportPartPage *self = WF_REPORT_PART_PAGE (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->items != NULL)
    wf_paged_list_detach (self->items);
  g_clear_object (&self->items);
  g_clear_object (&self->model);
  g_clear_object (&self->minutes);
  self->list = NULL;
  G_OBJECT_CLASS (wf_report_part_page_parent_class)->dispose (object);
}

static void
wf_report_part_page_finalize (GObject *object)
{
  WfReportPartPage *self = WF_REPORT_PART_PAGE (object);

  g_free ((char *) self->part.row);
  g_free ((char *) self->part.workflow);
  G_OBJECT_CLASS (wf_report_part_page_parent_class)->finalize (object);
}

static void
wf_report_part_page_class_init (WfReportPartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_report_part_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_report_part_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = wf_report_part_page_showing;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-report-part-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportPartPage, heading);
  gtk_widget_class_bind_template_child (widget_class, WfReportPartPage, states);
  gtk_widget_class_bind_template_child (widget_class, WfReportPartPage, list);
  gtk_widget_class_bind_template_child (widget_class, WfReportPartPage, error);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
}

static void
wf_report_part_page_init (WfReportPartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
wf_report_part_page_new (WfReportModel *model, WfMinuteClock *minutes, const WfReportPart *part,
                         const char *title)
{
  WfReportPartPage *self = g_object_new (WF_TYPE_REPORT_PART_PAGE, "title", title, NULL);

  self->model = g_object_ref (model);
  self->minutes = g_object_ref (minutes);
  self->part = *part;
  self->part.row = g_strdup (part->row);
  self->part.workflow = g_strdup (part->workflow);
  adw_window_title_set_title (self->heading, title);
  g_signal_connect_object (model, "changed", G_CALLBACK (on_report_changed), self,
                           G_CONNECT_SWAPPED);
  set_up_list (self);
  wf_paged_list_refresh (self->items);
  show_state (self);
  return ADW_NAVIGATION_PAGE (self);
}

guint
wf_report_part_page_get_n_activities (WfReportPartPage *self)
{
  g_return_val_if_fail (WF_IS_REPORT_PART_PAGE (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}
