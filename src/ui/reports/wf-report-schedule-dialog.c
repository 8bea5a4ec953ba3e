/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schedules of reports. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-schedule-dialog.h"

#include "wf-report-schedule-form.h"
#include "wf-report-schedule-row.h"
#include "wf-runtime-leads.h"
#include "wf-saved-reports.h"

#include <glib/gi18n-lib.h>

struct _WfReportScheduleDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  AdwNavigationView *pages;
  GtkStack *states;
  GtkListBox *list;

  WfReportScheduleRunner *runner; /* (owned) */
  WfReportFilter *present;        /* (owned) */
  GStrv saved;                    /* (owned) names of saved reports */
};

G_DEFINE_FINAL_TYPE (WfReportScheduleDialog, wf_report_schedule_dialog, ADW_TYPE_DIALOG)

static WfInstant
get_now (WfReportScheduleDialog *self)
{
  return wf_clock_now (wf_runtime_get_clock (wf_report_schedule_runner_get_runtime (self->runner)));
}

/* Index in the runner; -1: it is gone. */
static int
find (WfReportScheduleDialog *self, const char *id)
{
  for (guint i = 0; i < wf_report_schedule_runner_get_n (self->runner); i++)
    if (g_strcmp0 (wf_report_schedule_runner_get (self->runner, i)->id, id) == 0)
      return (int) i;
  return -1;
}

static void
say (WfReportScheduleDialog *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* ---- form ---- */

static void
on_form_saved (WfReportScheduleDialog *self, WfReportScheduleForm *form)
{
  g_autoptr (WfReportSchedule) schedule = wf_report_schedule_form_make (form, get_now (self));

  wf_report_schedule_runner_save (self->runner, schedule, NULL);
  adw_navigation_view_pop_to_tag (self->pages, "list");
}

static void
open_form (WfReportScheduleDialog *self, const WfReportSchedule *schedule)
{
  AdwNavigationPage *form =
      wf_report_schedule_form_new (schedule, (const char *const *) self->saved, self->present);

  g_signal_connect_object (form, "saved", G_CALLBACK (on_form_saved), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->pages, form);
}

static void
on_add_clicked (WfReportScheduleDialog *self)
{
  g_autoptr (WfReportSchedule) schedule = wf_report_schedule_new (get_now (self));

  g_set_str (&schedule->name, _ ("Report"));
  open_form (self, schedule);
}

/* ---- rows ---- */

static void
on_edit (WfReportScheduleDialog *self, WfReportScheduleRow *row)
{
  int index = find (self, wf_report_schedule_row_get_id (row));

  if (index >= 0)
    open_form (self, wf_report_schedule_runner_get (self->runner, (guint) index));
}

static void
on_run (WfReportScheduleDialog *self, WfReportScheduleRow *row)
{
  wf_report_schedule_runner_run_now (self->runner, wf_report_schedule_row_get_id (row));
}

typedef struct
{
  WfReportScheduleRunner *runner; /* (owned) */
  WfReportSchedule *schedule;     /* (owned) */
  char *run;                      /* (owned) */
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->runner);
  wf_report_schedule_free (undo->schedule);
  g_free (undo->run);
  g_free (undo);
}

static void
on_undo (AdwToast *toast, Undo *undo)
{
  g_autoptr (WfReportScheduleRun) run = wf_report_schedule_run_read (undo->run);

  wf_report_schedule_runner_save (undo->runner, undo->schedule, run);
}

static void
on_remove (WfReportScheduleDialog *self, WfReportScheduleRow *row)
{
  int index = find (self, wf_report_schedule_row_get_id (row));
  g_autofree char *text = NULL;
  AdwToast *toast;
  Undo *undo;

  if (index < 0)
    return;
  undo = g_new0 (Undo, 1);
  undo->runner = g_object_ref (self->runner);
  undo->schedule =
      wf_report_schedule_copy (wf_report_schedule_runner_get (self->runner, (guint) index));
  undo->run = wf_report_schedule_run_to_text (
      wf_report_schedule_runner_get_run (self->runner, (guint) index));
  text = g_strdup_printf (_ ("“%s” is not saved any more"), undo->schedule->name);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), undo, undo_free, 0);
  wf_report_schedule_runner_remove (self->runner, undo->schedule->id);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static GtkWidget *
add_row (WfReportScheduleDialog *self)
{
  GtkWidget *row = wf_report_schedule_row_new ();

  g_signal_connect_object (row, "edit", G_CALLBACK (on_edit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "run", G_CALLBACK (on_run), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  return row;
}

/* Rows are kept, so that the focus stays. */
static void
show_all (WfReportScheduleDialog *self)
{
  guint n = wf_report_schedule_runner_get_n (self->runner);
  GtkListBoxRow *left;

  for (guint i = 0; i < n; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (row == NULL)
        row = GTK_LIST_BOX_ROW (add_row (self));
      wf_report_schedule_row_set (
          WF_REPORT_SCHEDULE_ROW (row), wf_report_schedule_runner_get (self->runner, i),
          wf_report_schedule_runner_get_run (self->runner, i),
          wf_report_schedule_runner_is_running (self->runner, i),
          wf_report_schedule_runner_get_next (self->runner, i), get_now (self));
    }
  while ((left = gtk_list_box_get_row_at_index (self->list, (int) n)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (left));
  gtk_stack_set_visible_child_name (self->states, n > 0 ? "list" : "none");
}

static void
on_saved_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportScheduleDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports =
      wf_runtime_list_filters_finish (WF_RUNTIME (object), result, &error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (reports == NULL)
    {
      say (self, error->message);
      return;
    }
  for (guint i = 0; i < reports->len; i++)
    g_strv_builder_add (names, ((const WfSavedFilter *) reports->pdata[i])->name);
  g_strfreev (self->saved);
  self->saved = g_strv_builder_end (names);
}

/* ---- object ---- */

static void
wf_report_schedule_dialog_dispose (GObject *object)
{
  WfReportScheduleDialog *self = WF_REPORT_SCHEDULE_DIALOG (object);

  if (self->runner != NULL)
    g_signal_handlers_disconnect_by_data (self->runner, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), WF_TYPE_REPORT_SCHEDULE_DIALOG);
  g_clear_object (&self->runner);
  g_clear_pointer (&self->present, wf_report_filter_free);
  g_clear_pointer (&self->saved, g_strfreev);
  G_OBJECT_CLASS (wf_report_schedule_dialog_parent_class)->dispose (object);
}

static void
wf_report_schedule_dialog_class_init (WfReportScheduleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_report_schedule_dialog_dispose;
  g_type_ensure (WF_TYPE_REPORT_SCHEDULE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "reports/wf-report-schedule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleDialog, states);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
}

static void
wf_report_schedule_dialog_init (WfReportScheduleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->saved = g_new0 (char *, 1);
}

AdwDialog *
wf_report_schedule_dialog_new (WfReportScheduleRunner *runner, const WfReportFilter *present)
{
  WfReportScheduleDialog *self = g_object_new (WF_TYPE_REPORT_SCHEDULE_DIALOG, NULL);

  self->runner = g_object_ref (runner);
  self->present = wf_report_filter_copy (present);
  g_signal_connect_object (runner, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "problem", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  wf_runtime_list_filters_async (wf_report_schedule_runner_get_runtime (runner),
                                 WF_SAVED_REPORTS_PAGE, NULL, on_saved_listed, g_object_ref (self));
  show_all (self);
  wf_report_schedule_runner_look (runner);
  return ADW_DIALOG (self);
}
