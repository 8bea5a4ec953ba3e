/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a report leaves the page: printed, as PDF, on the wall, by itself into a folder. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reports-page-private.h"

#include "wf-application.h"
#include "wf-ranking-board.h"
#include "wf-report-schedule-dialog.h"
#include "wf-report-sheet.h"
#include "wf-runtime-leads.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

/* The switch's word may go with it. */
static const char *
get_origin (WfReportsPage *self)
{
  const char *origin = wf_origin_switch_get_origin (self->origin);

  if (origin == NULL)
    return NULL;
  return g_str_equal (origin, "web") ? "web" : "flow";
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_report_sheet_print (widget, WF_REPORTS_PAGE (widget)->model, NULL, wf_toast_show);
}

static void
on_exported (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (wf_report_sheet_export_finish (result, &error))
    wf_toast_show (page, _ ("The report was saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wf_toast_show (page, error->message);
}

static void
on_file_chosen (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);

  if (file != NULL)
    wf_report_sheet_export_async (WF_REPORTS_PAGE (page)->model, NULL, file,
                                  WF_REPORTS_PAGE (page)->cancellable, on_exported,
                                  g_object_ref (page));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    wf_toast_show (page, error->message);
}

static void
pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_dialog_set_title (dialog, _ ("Save the Report"));
  /* Translators: name of a file */
  gtk_file_dialog_set_initial_name (dialog, _ ("report.pdf"));
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                        on_file_chosen, g_object_ref (widget));
}

static GtkApplication *
get_application (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;
}

static void
ranking_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfReportsPage *self = WF_REPORTS_PAGE (widget);
  WfRankingBoard *board = wf_ranking_board_new (get_application (widget), self->runtime,
                                                wf_report_model_get_filter (self->model),
                                                get_origin (self));

  wf_ranking_board_set_rule (board, wf_report_model_get_rule (self->model));
  gtk_window_present (GTK_WINDOW (board));
}

/* ---- schedules ---- */

/* The latest of what went wrong; WF_INSTANT_NONE: nothing did. */
static WfInstant
find_last_failure (WfReportsPage *self)
{
  WfInstant last = WF_INSTANT_NONE;

  for (guint i = 0; i < wf_report_schedule_runner_get_n (self->schedules); i++)
    {
      const WfReportScheduleRun *run = wf_report_schedule_runner_get_run (self->schedules, i);
      if (run->error != NULL)
        last = MAX (last, run->at);
    }
  return last;
}

static void
show_failed (WfReportsPage *self)
{
  guint n = self->schedules != NULL ? wf_report_schedule_runner_get_n_failed (self->schedules) : 0;
  g_autofree char *text =
      n > 0 ? g_strdup_printf (ngettext ("%u scheduled report could not be saved",
                                         "%u scheduled reports could not be saved", n),
                               n)
            : NULL;

  if (text != NULL)
    adw_banner_set_title (self->failed, text);
  adw_banner_set_revealed (self->failed,
                           text != NULL && self->restored && find_last_failure (self) > self->seen);
}

static void
on_seen_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    g_warning ("It cannot be kept that failures were seen: %s", error->message);
}

/* In the list of schedules everything is told. */
static void
take_as_seen (WfReportsPage *self)
{
  WfInstant last = find_last_failure (self);
  g_autofree char *text = NULL;

  if (last <= self->seen)
    return;
  self->seen = last;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  wf_runtime_save_filter_async (self->runtime, WF_REPORTS_STATE_PAGE, WF_REPORTS_SEEN_NAME, text,
                                NULL, on_seen_kept, NULL);
  show_failed (self);
}

void
wf_reports_page_restore_seen (WfReportsPage *self, const char *text)
{
  gint64 seen;

  if (g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &seen, NULL))
    self->seen = seen;
}

/* What the list of schedules tells itself while it is open. */
static void
on_problem (WfReportsPage *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && !(ADW_IS_APPLICATION_WINDOW (root) &&
                        adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root))))
    wf_toast_show (GTK_WIDGET (self), text);
}

void
wf_reports_page_set_schedules (WfReportsPage *self, WfReportScheduleRunner *schedules)
{
  if (self->schedules == schedules)
    return;
  wf_reports_page_drop_schedules (self);
  self->schedules = schedules != NULL ? g_object_ref (schedules) : NULL;
  if (schedules != NULL)
    {
      g_signal_connect_object (schedules, "changed", G_CALLBACK (show_failed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (schedules, "problem", G_CALLBACK (on_problem), self,
                               G_CONNECT_SWAPPED);
    }
  show_failed (self);
}

void
wf_reports_page_drop_schedules (WfReportsPage *self)
{
  if (self->schedules != NULL)
    g_signal_handlers_disconnect_by_data (self->schedules, self);
  g_clear_object (&self->schedules);
}

void
wf_reports_page_find_schedules (WfReportsPage *self)
{
  GtkApplication *application = get_application (GTK_WIDGET (self));

  if (WF_IS_APPLICATION (application))
    wf_reports_page_set_schedules (self,
                                   wf_application_get_report_runner (WF_APPLICATION (application)));
  show_failed (self);
}

/* What is looked at now, with what the window's switch leaves of it (R61): the switch may stand elsewhere when it is saved. */
static WfReportFilter *
make_present (WfReportsPage *self)
{
  WfReportFilter *filter = wf_report_filter_copy (wf_report_model_get_filter (self->model));
  const char *const only[] = { get_origin (self), NULL };

  if (only[0] != NULL && filter->only[WF_DIMENSION_ORIGIN] == NULL)
    filter->only[WF_DIMENSION_ORIGIN] = g_strdupv ((char **) only);
  return filter;
}

static void
schedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfReportsPage *self = WF_REPORTS_PAGE (widget);
  g_autoptr (WfReportFilter) present = make_present (self);

  wf_reports_page_find_schedules (self);
  if (self->schedules == NULL)
    {
      wf_toast_show (widget, _ ("The account is not open yet."));
      return;
    }
  take_as_seen (self);
  adw_dialog_present (wf_report_schedule_dialog_new (self->schedules, present), widget);
}

void
wf_reports_page_install_sharing (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reports.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "reports.pdf", NULL, pdf_action);
  gtk_widget_class_install_action (widget_class, "reports.ranking", NULL, ranking_action);
  gtk_widget_class_install_action (widget_class, "reports.schedule", NULL, schedule_action);
}
