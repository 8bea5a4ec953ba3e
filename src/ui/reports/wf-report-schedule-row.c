/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule of reports in its list. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-schedule-row.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfReportScheduleRow
{
  AdwActionRow parent_instance;

  GtkWidget *sign, *edit, *run, *remove;
  char *id; /* (owned) (nullable) */
};

enum
{
  SIGNAL_EDIT,
  SIGNAL_RUN,
  SIGNAL_REMOVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfReportScheduleRow, wf_report_schedule_row, ADW_TYPE_ACTION_ROW)

static void
on_edit_clicked (WfReportScheduleRow *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0);
}

static void
on_run_clicked (WfReportScheduleRow *self)
{
  g_signal_emit (self, signals[SIGNAL_RUN], 0);
}

static void
on_remove_clicked (WfReportScheduleRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
wf_report_schedule_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REPORT_SCHEDULE_ROW);
  G_OBJECT_CLASS (wf_report_schedule_row_parent_class)->dispose (object);
}

static void
wf_report_schedule_row_finalize (GObject *object)
{
  g_free (WF_REPORT_SCHEDULE_ROW (object)->id);
  G_OBJECT_CLASS (wf_report_schedule_row_parent_class)->finalize (object);
}

static void
wf_report_schedule_row_class_init (WfReportScheduleRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[] = { "edit", "run", "remove" };

  object_class->dispose = wf_report_schedule_row_dispose;
  object_class->finalize = wf_report_schedule_row_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-report-schedule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleRow, sign);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleRow, edit);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleRow, run);
  gtk_widget_class_bind_template_child (widget_class, WfReportScheduleRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_run_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
wf_report_schedule_row_init (WfReportScheduleRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_report_schedule_row_new (void)
{
  return g_object_new (WF_TYPE_REPORT_SCHEDULE_ROW, NULL);
}

char *
wf_report_schedule_get_folder_name (const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  return g_file_get_parse_name (file);
}

static const char *
get_files_text (WfReportFiles files)
{
  return files == (WF_REPORT_FILE_CSV | WF_REPORT_FILE_PDF) ? _ ("Table (CSV) and PDF")
         : files == WF_REPORT_FILE_CSV                      ? _ ("Table (CSV)")
                                                            : _ ("PDF");
}

/* What became of it the last time, and when the next one is. */
static char *
describe_state (const WfReportScheduleRun *run, gboolean running, WfInstant next, WfInstant now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *last =
      run->at != WF_INSTANT_NONE ? wf_time_text_day_and_time (run->at, now, zone) : NULL;
  g_autofree char *coming = next != WF_INSTANT_NONE ? wf_time_text_day_and_time (next, now, zone)
                                                    : g_strdup ("–");

  if (running)
    return g_strdup (_ ("Is being saved…"));
  if (last == NULL)
    return g_strdup_printf (_ ("Next: %s"), coming);
  if (run->error != NULL)
    /* Translators: a day and time, what went wrong then, and the next day and time */
    return g_strdup_printf (_ ("%1$s: could not be saved. %2$s Tried again: %3$s"), last,
                            run->error, coming);
  return g_strdup_printf (_ ("Saved: %1$s · Next: %2$s"), last, coming);
}

static void
name_button (GtkWidget *button, const char *tooltip, const char *pattern, const char *name)
{
  g_autofree char *label = g_strdup_printf (pattern, name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

void
wf_report_schedule_row_set (WfReportScheduleRow *self, const WfReportSchedule *schedule,
                            const WfReportScheduleRun *run, gboolean running, WfInstant next,
                            WfInstant now)
{
  g_autofree char *when = wf_report_schedule_describe (schedule);
  g_autofree char *folder = wf_report_schedule_get_folder_name (schedule->folder);
  g_autofree char *state = describe_state (run, running, next, now);
  g_autofree char *text =
      g_strdup_printf ("%s · %s · %s\n%s", when, get_files_text (schedule->files), folder, state);

  g_set_str (&self->id, schedule->id);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), schedule->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_widget_set_visible (self->sign, run->error != NULL && !running);
  gtk_widget_set_sensitive (self->run, !running);
  name_button (self->edit, C_ ("button", "Change"), _ ("Change “%s”"), schedule->name);
  name_button (self->run, _ ("Save Now"), _ ("Save “%s” now"), schedule->name);
  name_button (self->remove, _ ("Remove"), _ ("Remove “%s”"), schedule->name);
}

const char *
wf_report_schedule_row_get_id (WfReportScheduleRow *self)
{
  return self->id;
}
