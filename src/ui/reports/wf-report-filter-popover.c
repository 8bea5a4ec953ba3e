/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses to what a report is narrowed: a searchable list with a section a dimension. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-filter-popover.h"

#include "wf-heading-factory.h"
#include "wf-list-top.h"
#include "wf-text-fold.h"

#define INDENT 24 /* of a version below its workflow */

struct _WfReportFilterPopover
{
  GtkPopover parent_instance;

  WfReportChoices *choices; /* (owned) (nullable) until it is set */
  GtkFilter *matching;      /* (owned) */
  GListModel *shown;        /* (owned) (nullable) */
  char *wanted;             /* (owned) (nullable) folded */
  GtkEditable *search;
  GtkStack *states;
  GtkListView *list;
  GtkWidget *clear;
};

enum
{
  SIGNAL_CLEAR,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfReportFilterPopover, wf_report_filter_popover, GTK_TYPE_POPOVER)

static gboolean
is_wanted (gpointer item, gpointer user_data)
{
  WfReportFilterPopover *self = user_data;

  return self->wanted == NULL ||
         wf_text_contains_folded (wf_report_choice_get_whole (item), self->wanted);
}

static void
show_state (WfReportFilterPopover *self)
{
  gboolean any = self->shown != NULL && g_list_model_get_n_items (self->shown) > 0;

  gtk_stack_set_visible_child_name (self->states, any ? "list" : "nothing");
}

static void
on_search_changed (WfReportFilterPopover *self)
{
  const char *text = gtk_editable_get_text (self->search);

  g_free (self->wanted);
  self->wanted = *text != '\0' ? wf_text_fold (text) : NULL;
  if (self->matching != NULL)
    gtk_filter_changed (self->matching, GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

static void
on_clear_clicked (WfReportFilterPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static int
compare_sections (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return (int) wf_report_choice_get_section ((WfReportChoice *) a) -
         (int) wf_report_choice_get_section ((WfReportChoice *) b);
}

static int
compare_orders (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_strcmp0 (wf_report_choice_get_order ((WfReportChoice *) a),
                    wf_report_choice_get_order ((WfReportChoice *) b));
}

static const char *
get_heading (gpointer item)
{
  return wf_dimension_get_title (wf_report_choice_get_section (item));
}

/* ---- rows -------------------------------------------------------------------------------------- */

/* Escape in the entry is for the popover. */
static void
on_stop_search (WfReportFilterPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_list_item_set_focusable (list_item, FALSE);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, check);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  WfReportChoice *choice = gtk_list_item_get_item (list_item);
  GtkWidget *check = gtk_list_item_get_child (list_item);
  gboolean indented = wf_report_choice_get_dimension (choice) == WF_DIMENSION_VERSION;

  gtk_label_set_text (GTK_LABEL (gtk_check_button_get_child (GTK_CHECK_BUTTON (check))),
                      wf_report_choice_get_name (choice));
  gtk_widget_set_margin_start (check, indented ? INDENT : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wf_report_choice_get_whole (choice), -1);
  g_object_set_data_full (
      G_OBJECT (check), "binding",
      g_object_ref (g_object_bind_property (choice, "active", check, "active",
                                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL)),
      g_object_unref);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GObject *check = G_OBJECT (gtk_list_item_get_child (list_item));

  g_binding_unbind (g_object_get_data (check, "binding"));
  g_object_set_data (check, "binding", NULL);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_report_filter_popover_map (GtkWidget *widget)
{
  WfReportFilterPopover *self = WF_REPORT_FILTER_POPOVER (widget);

  gtk_editable_set_text (self->search, "");
  if (self->choices != NULL)
    wf_report_choices_reload (self->choices);
  GTK_WIDGET_CLASS (wf_report_filter_popover_parent_class)->map (widget);
  wf_list_top_show (self->list);
}

static void
wf_report_filter_popover_dispose (GObject *object)
{
  WfReportFilterPopover *self = WF_REPORT_FILTER_POPOVER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->choices);
  g_clear_object (&self->matching);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REPORT_FILTER_POPOVER);
  G_OBJECT_CLASS (wf_report_filter_popover_parent_class)->dispose (object);
}

static void
wf_report_filter_popover_finalize (GObject *object)
{
  g_free (WF_REPORT_FILTER_POPOVER (object)->wanted);
  G_OBJECT_CLASS (wf_report_filter_popover_parent_class)->finalize (object);
}

static void
wf_report_filter_popover_class_init (WfReportFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_report_filter_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_report_filter_popover_finalize;
  widget_class->map = wf_report_filter_popover_map;
  signals[SIGNAL_CLEAR] = g_signal_new ("clear", WF_TYPE_REPORT_FILTER_POPOVER, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "reports/wf-report-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportFilterPopover, search);
  gtk_widget_class_bind_template_child (widget_class, WfReportFilterPopover, states);
  gtk_widget_class_bind_template_child (widget_class, WfReportFilterPopover, list);
  gtk_widget_class_bind_template_child (widget_class, WfReportFilterPopover, clear);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
set_up_list (WfReportFilterPopover *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headings = wf_heading_factory_new (get_heading);

  g_signal_connect (rows, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headings);
}

static void
wf_report_filter_popover_init (WfReportFilterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_list (self);
}

void
wf_report_filter_popover_set_choices (WfReportFilterPopover *self, WfReportChoices *choices)
{
  g_return_if_fail (WF_IS_REPORT_FILTER_POPOVER (self) && self->choices == NULL);
  g_autoptr (GtkSorter) by_section =
      GTK_SORTER (gtk_custom_sorter_new (compare_sections, NULL, NULL));
  GtkSorter *by_order = GTK_SORTER (gtk_custom_sorter_new (compare_orders, NULL, NULL));
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  g_autoptr (GtkSelectionModel) none = NULL;

  self->choices = g_object_ref (choices);
  self->matching = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (wf_report_choices_get_list (choices)),
                                        g_object_ref (self->matching));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), by_order);
  gtk_sort_list_model_set_section_sorter (sorted, by_section);
  self->shown = g_object_ref (G_LIST_MODEL (sorted));
  g_signal_connect_object (sorted, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  none = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (sorted)));
  gtk_list_view_set_model (self->list, none);
  show_state (self);
}

void
wf_report_filter_popover_set_narrow (WfReportFilterPopover *self, gboolean narrow)
{
  g_return_if_fail (WF_IS_REPORT_FILTER_POPOVER (self));
  gtk_widget_set_sensitive (self->clear, narrow);
}
