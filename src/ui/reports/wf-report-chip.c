/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter that is active, with a button that removes it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-chip.h"

#include <glib/gi18n-lib.h>

struct _WfReportChip
{
  GtkBox parent_instance;

  WfDimension dimension;
  char *id; /* (owned) */
  GtkLabel *label;
  GtkWidget *remove;
};

enum
{
  SIGNAL_REMOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfReportChip, wf_report_chip, GTK_TYPE_BOX)

static void
on_remove_clicked (WfReportChip *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
wf_report_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REPORT_CHIP);
  G_OBJECT_CLASS (wf_report_chip_parent_class)->dispose (object);
}

static void
wf_report_chip_finalize (GObject *object)
{
  g_free (WF_REPORT_CHIP (object)->id);
  G_OBJECT_CLASS (wf_report_chip_parent_class)->finalize (object);
}

static void
wf_report_chip_class_init (WfReportChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_report_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_report_chip_finalize;
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", WF_TYPE_REPORT_CHIP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-report-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportChip, label);
  gtk_widget_class_bind_template_child (widget_class, WfReportChip, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
wf_report_chip_init (WfReportChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_report_chip_new (WfDimension dimension, const char *id, const char *name)
{
  WfReportChip *self = g_object_new (WF_TYPE_REPORT_CHIP, NULL);
  /* Translators: what a report is narrowed by: “Person: Ana Souza” */
  g_autofree char *whole = g_strdup_printf (_ ("%s: %s"), wf_dimension_get_title (dimension), name);
  g_autofree char *remove = g_strdup_printf (_ ("Remove the filter “%s”"), whole);

  self->dimension = dimension;
  self->id = g_strdup (id);
  gtk_label_set_text (self->label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), whole);
  gtk_widget_set_tooltip_text (self->remove, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  return GTK_WIDGET (self);
}

WfDimension
wf_report_chip_get_dimension (WfReportChip *self)
{
  g_return_val_if_fail (WF_IS_REPORT_CHIP (self), WF_DIMENSION_PERSON);
  return self->dimension;
}

const char *
wf_report_chip_get_id (WfReportChip *self)
{
  g_return_val_if_fail (WF_IS_REPORT_CHIP (self), NULL);
  return self->id;
}
