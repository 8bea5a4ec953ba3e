/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses to what a report is narrowed: a searchable list with a section a dimension. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-filter-popover.h"

#include "wf-check-list.h"
#include "wf-list-top.h"

struct _WfReportFilterPopover
{
  GtkPopover parent_instance;

  WfReportChoices *choices; /* (owned) (nullable) until it is set */
  GListModel *shown;        /* (owned) (nullable) */
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

static void
show_state (WfReportFilterPopover *self)
{
  gboolean any = self->shown != NULL && g_list_model_get_n_items (self->shown) > 0;

  gtk_stack_set_visible_child_name (self->states, any ? "list" : "nothing");
}

static void
on_search_changed (WfReportFilterPopover *self)
{
  if (self->shown != NULL)
    wf_check_list_search (self->list, gtk_editable_get_text (self->search));
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

static const char *
get_name (gpointer item)
{
  return wf_report_choice_get_name (item);
}

static const char *
get_whole (gpointer item)
{
  return wf_report_choice_get_whole (item);
}

/* A version of a workflow. */
static gboolean
is_below (gpointer item)
{
  return wf_report_choice_get_dimension (item) == WF_DIMENSION_VERSION;
}

static const WfCheckListClass list_class = { .get_name = get_name,
                                             .get_whole = get_whole,
                                             .is_below = is_below,
                                             .get_heading = get_heading,
                                             .compare_sections = compare_sections,
                                             .compare_items = compare_orders };

/* Escape in the entry is for the popover. */
static void
on_stop_search (WfReportFilterPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
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
  wf_list_top_show (GTK_WIDGET (self->list));
}

static void
wf_report_filter_popover_dispose (GObject *object)
{
  WfReportFilterPopover *self = WF_REPORT_FILTER_POPOVER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->choices);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REPORT_FILTER_POPOVER);
  G_OBJECT_CLASS (wf_report_filter_popover_parent_class)->dispose (object);
}

static void
wf_report_filter_popover_class_init (WfReportFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_report_filter_popover_dispose;
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
wf_report_filter_popover_init (WfReportFilterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_report_filter_popover_set_choices (WfReportFilterPopover *self, WfReportChoices *choices)
{
  g_return_if_fail (WF_IS_REPORT_FILTER_POPOVER (self) && self->choices == NULL);
  GListModel *shown =
      wf_check_list_set_up (self->list, wf_report_choices_get_list (choices), &list_class);

  self->choices = g_object_ref (choices);
  self->shown = g_object_ref (shown);
  g_signal_connect_object (shown, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}

void
wf_report_filter_popover_set_narrow (WfReportFilterPopover *self, gboolean narrow)
{
  g_return_if_fail (WF_IS_REPORT_FILTER_POPOVER (self));
  gtk_widget_set_sensitive (self->clear, narrow);
}
