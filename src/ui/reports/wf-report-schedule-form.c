/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page on which a schedule of reports is filled in. What is missing or wrong is shown where it is, and cannot be saved. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-schedule-form.h"

#include "wf-report-schedule-row.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfReportScheduleForm
{
  AdwNavigationPage parent_instance;

  AdwEntryRow *name, *time;
  AdwComboRow *report, *every, *weekday;
  AdwSwitchRow *csv, *pdf;
  AdwSpinRow *day;
  AdwActionRow *folder;
  GtkWidget *save_button;

  WfReportSchedule *schedule; /* (owned) as it was */
  WfReportFilter *present;    /* (owned) (nullable) */
  char *uri;                  /* (owned) of the folder; "" none */
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfReportScheduleForm, wf_report_schedule_form, ADW_TYPE_NAVIGATION_PAGE)

static void
mark (gpointer row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static gboolean
get_time (WfReportScheduleForm *self, int *hour, int *minute)
{
  return wf_time_text_parse_clock (gtk_editable_get_text (GTK_EDITABLE (self->time)), hour, minute);
}

static void
update (WfReportScheduleForm *self)
{
  guint every = adw_combo_row_get_selected (self->every);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  gboolean files = adw_switch_row_get_active (self->csv) || adw_switch_row_get_active (self->pdf);
  int hour, minute;
  gboolean time = get_time (self, &hour, &minute);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->report),
                               adw_combo_row_get_selected (self->report) > 0
                                   ? _ ("With leads of every origin, unless it is narrowed to one")
                                   : "");
  mark (self->name, name[0] == '\0');
  mark (self->folder, self->uri[0] == '\0');
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->csv),
                               files ? _ ("For a spreadsheet")
                                     : _ ("At least one of them is needed"));
  gtk_widget_set_visible (GTK_WIDGET (self->weekday), every == WF_REPORT_EVERY_WEEK);
  gtk_widget_set_visible (GTK_WIDGET (self->day), every == WF_REPORT_EVERY_MONTH);
  mark (self->time, !time);
  gtk_widget_set_sensitive (self->save_button,
                            name[0] != '\0' && files && time && self->uri[0] != '\0');
}

static void
on_changed (WfReportScheduleForm *self)
{
  if (self->uri != NULL) /* not while the template is built */
    update (self);
}

static void
on_save_clicked (WfReportScheduleForm *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVED], 0);
}

static void
show_folder (WfReportScheduleForm *self)
{
  g_autofree char *name = self->uri[0] != '\0' ? wf_report_schedule_get_folder_name (self->uri)
                                               : g_strdup (_ ("None is chosen yet"));

  adw_action_row_set_subtitle (self->folder, name);
}

static void
on_folder_chosen (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportScheduleForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, &error);

  if (folder != NULL)
    wf_report_schedule_form_set_folder (self, folder);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    adw_action_row_set_subtitle (self->folder, error->message);
}

static void
on_folder_clicked (WfReportScheduleForm *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _ ("Folder for the Reports"));
  if (self->uri[0] != '\0')
    {
      g_autoptr (GFile) folder = g_file_new_for_uri (self->uri);
      gtk_file_dialog_set_initial_folder (dialog, folder);
    }
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                                 on_folder_chosen, g_object_ref (self));
}

static void
wf_report_schedule_form_finalize (GObject *object)
{
  WfReportScheduleForm *self = WF_REPORT_SCHEDULE_FORM (object);

  wf_report_schedule_free (self->schedule);
  g_clear_pointer (&self->present, wf_report_filter_free);
  g_free (self->uri);
  G_OBJECT_CLASS (wf_report_schedule_form_parent_class)->finalize (object);
}

static void
wf_report_schedule_form_class_init (WfReportScheduleFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_report_schedule_form_finalize;
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "reports/wf-report-schedule-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, name);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, time);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, report);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, every);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, weekday);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, csv);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, pdf);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, day);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, folder);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleForm, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_folder_clicked);
}

static void
wf_report_schedule_form_init (WfReportScheduleForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A saved report that is gone stays in the list, so that opening the form does not choose another. */
static void
fill_reports (WfReportScheduleForm *self, const char *const *saved)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, self->present != NULL ? _ ("The Report as It Is Now")
                                                       : _ ("The Report as It Was Then"));
  for (guint i = 0; saved[i] != NULL; i++)
    {
      gtk_string_list_append (names, saved[i]);
      if (g_strcmp0 (saved[i], self->schedule->saved) == 0)
        selected = i + 1;
    }
  if (selected == 0 && self->schedule->saved != NULL)
    {
      gtk_string_list_append (names, self->schedule->saved);
      selected = g_list_model_get_n_items (G_LIST_MODEL (names)) - 1;
    }
  adw_combo_row_set_model (self->report, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->report, selected);
}

AdwNavigationPage *
wf_report_schedule_form_new (const WfReportSchedule *schedule, const char *const *saved,
                             const WfReportFilter *present)
{
  WfReportScheduleForm *self = g_object_new (WF_TYPE_REPORT_SCHEDULE_FORM, NULL);
  g_autofree char *time =
      g_strdup_printf ("%02u:%02u", schedule->minute / 60, schedule->minute % 60);

  self->schedule = wf_report_schedule_copy (schedule);
  /* What the schedule has of its own is not replaced by what is looked at just now. */
  if (schedule->filter == NULL && present != NULL)
    self->present = wf_report_filter_copy (present);
  gtk_editable_set_text (GTK_EDITABLE (self->name), schedule->name);
  gtk_editable_set_text (GTK_EDITABLE (self->time), time);
  adw_switch_row_set_active (self->csv, (schedule->files & WF_REPORT_FILE_CSV) != 0);
  adw_switch_row_set_active (self->pdf, (schedule->files & WF_REPORT_FILE_PDF) != 0);
  adw_combo_row_set_selected (self->every, schedule->every);
  adw_combo_row_set_selected (self->weekday, schedule->weekday);
  adw_spin_row_set_value (self->day, schedule->day);
  fill_reports (self, saved);
  self->uri = g_strdup (schedule->folder);
  show_folder (self);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}

void
wf_report_schedule_form_set_folder (WfReportScheduleForm *self, GFile *folder)
{
  g_autofree char *uri = g_file_get_uri (folder);

  g_set_str (&self->uri, uri);
  show_folder (self);
  update (self);
}

static void
take_report (WfReportScheduleForm *self, WfReportSchedule *schedule)
{
  guint selected = adw_combo_row_get_selected (self->report);
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (self->report));

  g_clear_pointer (&schedule->saved, g_free);
  if (selected > 0)
    {
      schedule->saved = g_strdup (gtk_string_list_get_string (names, selected));
      g_clear_pointer (&schedule->filter, wf_report_filter_free);
    }
  else if (self->present != NULL)
    {
      g_clear_pointer (&schedule->filter, wf_report_filter_free);
      schedule->filter = wf_report_filter_copy (self->present);
    }
  else if (schedule->filter == NULL)
    schedule->filter = wf_report_filter_new ();
}

WfReportSchedule *
wf_report_schedule_form_make (WfReportScheduleForm *self, WfInstant since)
{
  WfReportSchedule *schedule = wf_report_schedule_copy (self->schedule);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  int hour = 8, minute = 0;

  g_set_str (&schedule->name, name);
  g_set_str (&schedule->folder, self->uri);
  take_report (self, schedule);
  schedule->files = (adw_switch_row_get_active (self->csv) ? WF_REPORT_FILE_CSV : 0) |
                    (adw_switch_row_get_active (self->pdf) ? WF_REPORT_FILE_PDF : 0);
  schedule->every = (WfReportEvery) adw_combo_row_get_selected (self->every);
  schedule->weekday = adw_combo_row_get_selected (self->weekday);
  schedule->day = (guint) adw_spin_row_get_value (self->day);
  if (get_time (self, &hour, &minute))
    schedule->minute = (guint) (hour * 60 + minute);
  schedule->since = since;
  return schedule;
}
