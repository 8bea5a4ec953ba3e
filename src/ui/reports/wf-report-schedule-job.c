/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One scheduled report, once: its numbers and the table in the reading thread, the paper in slices, the files in a thread. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-schedule-job.h"

#include "wf-report-asking.h"
#include "wf-report-schedule-file.h"
#include "wf-report-sheet.h"

#include <gio/gio.h>

typedef struct
{
  WfReportSchedule *schedule; /* (owned) */
  WfReportQuery *query;       /* (owned) */
  GPtrArray *before;          /* (owned) of WfReportMade */
  GPtrArray *made;            /* (owned) of WfReportMade */
  GBytes *files[2];           /* (owned) (nullable) CSV, PDF */
} Job;

static const char *const extensions[] = { "csv", "pdf" };
G_STATIC_ASSERT (WF_REPORT_FILE_CSV == 1 && WF_REPORT_FILE_PDF == 2);

static void
job_free (gpointer data)
{
  Job *job = data;

  wf_report_schedule_free (job->schedule);
  wf_report_query_free (job->query);
  g_ptr_array_unref (job->before);
  g_clear_pointer (&job->made, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (job->files); i++)
    g_clear_pointer (&job->files[i], g_bytes_unref);
  g_free (job);
}

static WfReportMade *
made_new (const char *uri, const char *checksum)
{
  WfReportMade *made = g_new0 (WfReportMade, 1);

  made->uri = g_strdup (uri);
  made->checksum = g_strdup (checksum);
  return made;
}

/* ---- files ---- */

static gboolean
write_file (Job *job, GFile *folder, const char *stem, guint kind, GError **error)
{
  g_autofree char *uri = wf_report_schedule_write_file (folder, stem, extensions[kind],
                                                        job->files[kind], job->before, error);
  g_autofree char *checksum = NULL;

  if (uri == NULL)
    return FALSE;
  checksum = wf_report_schedule_get_checksum (job->files[kind]);
  g_ptr_array_add (job->made, made_new (uri, checksum));
  return TRUE;
}

/* Called by the day on which it is made, because its numbers are of then. */
static char *
make_stem (const Job *job)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (job->query->now);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, job->query->zone);
  int year, month, day;
  GDate date;

  g_date_time_get_ymd (local, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return wf_report_schedule_make_stem (job->schedule->name, &date);
}

static void
write_files (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GFile) folder = g_file_new_for_uri (job->schedule->folder);
  g_autofree char *stem = make_stem (job);
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (job->files) && error == NULL; i++)
    if (job->files[i] != NULL)
      write_file (job, folder, stem, i, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* ---- numbers ---- */

typedef struct
{
  WfReport *report; /* (owned) */
  char *csv;        /* (owned) (nullable) */
} Numbers;

static void
numbers_free (gpointer data)
{
  Numbers *numbers = data;

  wf_report_free (numbers->report);
  g_free (numbers->csv);
  g_free (numbers);
}

typedef struct
{
  WfReportQuery *query; /* (owned) */
  gboolean csv;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  wf_report_query_free (question->query);
  g_free (question);
}

static gpointer
compute (WfStore *store, gpointer data, GError **error)
{
  const Question *question = data;
  WfReport *report = wf_report_compute (store, question->query, error);
  Numbers *numbers;

  if (report == NULL)
    return NULL;
  numbers = g_new0 (Numbers, 1);
  numbers->report = report;
  if (question->csv)
    numbers->csv = wf_report_to_csv (report, question->query->filter, question->query->rule);
  return numbers;
}

static void
on_paper_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->files[1] = wf_report_sheet_make_finish (result, &error);
  if (job->files[1] == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, write_files);
}

static void
on_computed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  Numbers *numbers = wf_runtime_read_finish (WF_RUNTIME (object), result, &error);

  if (numbers == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (numbers->csv != NULL)
    job->files[0] = g_bytes_new_take (numbers->csv, strlen (numbers->csv));
  numbers->csv = NULL;
  if (job->schedule->files & WF_REPORT_FILE_PDF)
    wf_report_sheet_make_async (numbers->report, job->query, job->schedule->name, NULL,
                                g_task_get_cancellable (task), on_paper_made, g_object_ref (task));
  else
    g_task_run_in_thread (task, write_files);
  numbers_free (numbers);
}

/* ---- the whole ---- */

void
wf_report_schedule_job_async (WfRuntime *runtime, const WfReportSchedule *schedule,
                              const WfReportFilter *filter, const WfCommissionRule *rule,
                              const WfReportScheduleRun *run, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);
  Question *question = g_new0 (Question, 1);

  job->schedule = wf_report_schedule_copy (schedule);
  job->query = wf_report_make_query (runtime, filter, rule, NULL, cancellable);
  job->before = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_report_made_free);
  job->made = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_report_made_free);
  for (guint i = 0; i < run->made->len; i++)
    {
      const WfReportMade *made = run->made->pdata[i];
      g_ptr_array_add (job->before, made_new (made->uri, made->checksum));
    }
  g_task_set_source_tag (task, wf_report_schedule_job_async);
  g_task_set_task_data (task, job, job_free);
  question->query = wf_report_query_copy (job->query);
  question->csv = (schedule->files & WF_REPORT_FILE_CSV) != 0;
  wf_runtime_read_async (runtime, WF_RIGHT_SEE_REPORTS, compute, question, question_free,
                         numbers_free, cancellable, on_computed, task);
}

GPtrArray *
wf_report_schedule_job_finish (GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  GPtrArray *made = g_steal_pointer (&job->made);

  g_task_propagate_boolean (G_TASK (result), error);
  return made;
}
