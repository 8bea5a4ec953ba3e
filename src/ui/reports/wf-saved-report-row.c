/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved report in its menu. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-saved-report-row.h"

#include <glib/gi18n-lib.h>

struct _WfSavedReportRow
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkWidget *rename, *remove;
};

enum
{
  SIGNAL_APPLIED,
  SIGNAL_RENAMED,
  SIGNAL_REMOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfSavedReportRow, wf_saved_report_row, GTK_TYPE_BOX)

static void
on_apply_clicked (WfSavedReportRow *self)
{
  g_signal_emit (self, signals[SIGNAL_APPLIED], 0);
}

static void
on_rename_clicked (WfSavedReportRow *self)
{
  g_signal_emit (self, signals[SIGNAL_RENAMED], 0);
}

static void
on_remove_clicked (WfSavedReportRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
wf_saved_report_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SAVED_REPORT_ROW);
  G_OBJECT_CLASS (wf_saved_report_row_parent_class)->dispose (object);
}

static void
wf_saved_report_row_class_init (WfSavedReportRowClass *klass)
{
  static const char *const names[N_SIGNALS] = { "applied", "renamed", "removed" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_saved_report_row_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], WF_TYPE_SAVED_REPORT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-saved-report-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSavedReportRow, label);
  gtk_widget_class_bind_template_child (widget_class, WfSavedReportRow, rename);
  gtk_widget_class_bind_template_child (widget_class, WfSavedReportRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_rename_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
wf_saved_report_row_init (WfSavedReportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_saved_report_row_new (void)
{
  return g_object_new (WF_TYPE_SAVED_REPORT_ROW, NULL);
}

void
wf_saved_report_row_set_name (WfSavedReportRow *self, const char *name)
{
  g_return_if_fail (WF_IS_SAVED_REPORT_ROW (self));
  /* Translators: %s is the name of a saved report */
  g_autofree char *rename = g_strdup_printf (_ ("Rename “%s”"), name);
  g_autofree char *remove = g_strdup_printf (_ ("Delete “%s”"), name);

  gtk_label_set_text (self->label, name);
  gtk_widget_set_tooltip_text (self->rename, rename);
  gtk_widget_set_tooltip_text (self->remove, remove);
}

const char *
wf_saved_report_row_get_name (WfSavedReportRow *self)
{
  g_return_val_if_fail (WF_IS_SAVED_REPORT_ROW (self), NULL);
  return gtk_label_get_text (self->label);
}
