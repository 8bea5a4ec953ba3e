/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the first and the last day of a report. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-period-dialog.h"

#include <glib/gi18n-lib.h>

struct _WfPeriodDialog
{
  AdwDialog parent_instance;

  GtkCalendar *first, *last;
  GtkLabel *words;
  GtkWidget *apply;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfPeriodDialog, wf_period_dialog, ADW_TYPE_DIALOG)

static void
read_day (GtkCalendar *calendar, GDate *day)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);

  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (date),
                  (GDateMonth) g_date_time_get_month (date),
                  (GDateYear) g_date_time_get_year (date));
}

static void
show_day (GtkCalendar *calendar, const GDate *day)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (g_date_get_year (day), g_date_get_month (day),
                                                      g_date_get_day (day), 12, 0, 0);

  if (noon != NULL)
    gtk_calendar_select_day (calendar, noon);
}

/* What was chosen in words, or why it is no period. */
static void
on_day_changed (WfPeriodDialog *self)
{
  GDate first, last;
  int n;
  gboolean valid;

  read_day (self->first, &first);
  read_day (self->last, &last);
  n = g_date_days_between (&first, &last) + 1;
  valid = n > 0;
  gtk_widget_set_sensitive (self->apply, valid);
  if (valid)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n), n);
      gtk_label_set_text (self->words, text);
      gtk_widget_remove_css_class (GTK_WIDGET (self->words), "error");
      return;
    }
  gtk_label_set_text (self->words, _ ("The last day is before the first."));
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "error");
}

static void
on_cancel_clicked (WfPeriodDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_apply_clicked (WfPeriodDialog *self)
{
  WfPeriod period = { .kind = WF_PERIOD_FIXED };
  g_autofree char *text = NULL;

  read_day (self->first, &period.first);
  read_day (self->last, &period.last);
  text = wf_period_to_text (&period);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, text);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
wf_period_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PERIOD_DIALOG);
  G_OBJECT_CLASS (wf_period_dialog_parent_class)->dispose (object);
}

static void
wf_period_dialog_class_init (WfPeriodDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_period_dialog_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WF_TYPE_PERIOD_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-period-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPeriodDialog, first);
  gtk_widget_class_bind_template_child (widget_class, WfPeriodDialog, last);
  gtk_widget_class_bind_template_child (widget_class, WfPeriodDialog, words);
  gtk_widget_class_bind_template_child (widget_class, WfPeriodDialog, apply);
  gtk_widget_class_bind_template_callback (widget_class, on_day_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_clicked);
}

static void
wf_period_dialog_init (WfPeriodDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_period_dialog_new (const GDate *first, const GDate *last)
{
  WfPeriodDialog *self = g_object_new (WF_TYPE_PERIOD_DIALOG, NULL);

  show_day (self->first, first);
  show_day (self->last, last);
  on_day_changed (self);
  return ADW_DIALOG (self);
}
