/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scheduled reports without a display: when they are due, and what becomes of them, with a clock that a test moves. */
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-instant.h"
#include "wf-report-sample.h"
#include "wf-report-schedule-file.h"
#include "wf-report-schedule-runner.h"
#include "wf-test-folder.h"

#include <glib/gstdio.h>

/* ---- when ---- */

static WfInstant
parse (const char *text)
{
  WfInstant instant = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

typedef struct
{
  const char *zone;
  WfReportEvery every;
  guint weekday, day, minute;
  const char *since, *now; /* carried out at now */
  const char *first, *next;
} When;

static const When whens[] = {
  { "America/Sao_Paulo", WF_REPORT_EVERY_DAY, 0, 1, 480, "2026-11-18T10:00:00-03:00",
    "2026-11-19T08:00:00-03:00", "2026-11-19T08:00:00-03:00", "2026-11-20T08:00:00-03:00" },
  { "America/Sao_Paulo", WF_REPORT_EVERY_DAY, 0, 1, 480, "2026-11-18T07:59:00-03:00",
    "2026-11-18T08:00:00-03:00", "2026-11-18T08:00:00-03:00", "2026-11-19T08:00:00-03:00" },
  /* Four days off: once, then on. */
  { "America/Sao_Paulo", WF_REPORT_EVERY_DAY, 0, 1, 480, "2026-11-18T10:00:00-03:00",
    "2026-11-22T15:00:00-03:00", "2026-11-19T08:00:00-03:00", "2026-11-23T08:00:00-03:00" },
  { "America/Sao_Paulo", WF_REPORT_EVERY_WEEK, 0, 1, 540, "2026-11-18T10:00:00-03:00",
    "2026-11-25T15:00:00-03:00", "2026-11-23T09:00:00-03:00", "2026-11-30T09:00:00-03:00" },
  /* S4: the 31st, in a month without one, and the one after. */
  { "America/Sao_Paulo", WF_REPORT_EVERY_MONTH, 0, 31, 480, "2027-01-31T09:00:00-03:00",
    "2027-02-28T08:00:00-03:00", "2027-02-28T08:00:00-03:00", "2027-03-31T08:00:00-03:00" },
  { "America/Sao_Paulo", WF_REPORT_EVERY_MONTH, 0, 29, 480, "2027-01-30T09:00:00-03:00",
    "2027-02-28T08:00:00-03:00", "2027-02-28T08:00:00-03:00", "2027-03-29T08:00:00-03:00" },
  { "America/Sao_Paulo", WF_REPORT_EVERY_MONTH, 0, 30, 480, "2028-02-01T09:00:00-03:00",
    "2028-02-29T08:00:00-03:00", "2028-02-29T08:00:00-03:00", "2028-03-30T08:00:00-03:00" },
  /* S21: a wall time that does not exist, and one that is there twice. */
  { "Europe/Berlin", WF_REPORT_EVERY_DAY, 0, 1, 150, "2026-03-28T12:00:00+01:00",
    "2026-03-29T03:30:00+02:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00" },
  { "Europe/Berlin", WF_REPORT_EVERY_DAY, 0, 1, 150, "2026-10-24T12:00:00+02:00",
    "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T02:30:00+01:00" },
};

static void
test_when (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (whens); i++)
    {
      const When *when = &whens[i];
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (when->zone);
      g_autoptr (WfReportSchedule) schedule = wf_report_schedule_new (parse (when->since));
      g_autoptr (WfReportScheduleRun) run = wf_report_schedule_run_new ();
      WfInstant now = parse (when->now);

      schedule->every = when->every;
      schedule->weekday = when->weekday;
      schedule->day = when->day;
      schedule->minute = when->minute;
      g_assert_cmpint (wf_report_schedule_get_next (schedule, run, now, zone), ==,
                       parse (when->first));
      run->day = wf_report_schedule_get_last_day (schedule, now, zone);
      run->covered = now;
      g_assert_cmpint (wf_report_schedule_get_next (schedule, run, now, zone), ==,
                       parse (when->next));
    }
}

/* One day once, whichever way somebody flies; a clock that was years ahead stops nothing. */
static void
test_zone (void)
{
  g_autoptr (GTimeZone) east = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GTimeZone) west = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (WfReportSchedule) schedule =
      wf_report_schedule_new (parse ("2026-11-18T10:00:00+09:00"));
  g_autoptr (WfReportScheduleRun) run = wf_report_schedule_run_new ();
  WfInstant now = parse ("2026-11-19T08:00:00+09:00");

  run->day = wf_report_schedule_get_last_day (schedule, now, east);
  run->covered = now;
  g_assert_cmpint (wf_report_schedule_get_next (schedule, run, now, west), ==,
                   parse ("2026-11-20T08:00:00-03:00"));
  now = parse ("2026-11-20T08:00:00-03:00");
  run->day = wf_report_schedule_get_last_day (schedule, now, west);
  g_assert_cmpint (wf_report_schedule_get_next (schedule, run, now, east), ==,
                   parse ("2026-11-21T08:00:00+09:00"));
  run->day += 2000;
  g_assert_cmpint (wf_report_schedule_get_next (schedule, run, now, west), <=,
                   parse ("2026-11-22T08:00:00-03:00"));
}

/* Changed to a later time of the same day, it comes that day too. */
static void
test_changed (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (WfReportSchedule) schedule = wf_report_schedule_new (parse ("2026-11-18T07:00:00Z"));
  g_autoptr (WfReportScheduleRun) run = wf_report_schedule_run_new ();
  WfInstant now = parse ("2026-11-18T08:00:00Z");

  run->day = wf_report_schedule_get_last_day (schedule, now, zone);
  run->covered = now;
  schedule->minute = 17 * 60;
  schedule->since = parse ("2026-11-18T09:00:00Z");
  g_assert_cmpint (wf_report_schedule_get_next (schedule, run, schedule->since, zone), ==,
                   parse ("2026-11-18T17:00:00Z"));
}

static void
test_text (void)
{
  g_autoptr (WfReportSchedule) schedule = wf_report_schedule_new (12345);
  g_autoptr (WfReportSchedule) copy = NULL;
  g_autofree char *text = NULL, *again = NULL, *words = NULL;

  g_set_str (&schedule->name, "Board");
  g_set_str (&schedule->folder, "file:///tmp/a%20b");
  schedule->filter = wf_report_filter_new ();
  schedule->files = WF_REPORT_FILE_CSV | WF_REPORT_FILE_PDF;
  schedule->every = WF_REPORT_EVERY_WEEK;
  schedule->weekday = 6;
  text = wf_report_schedule_to_text (schedule);
  copy = wf_report_schedule_read (schedule->id, text);
  g_assert_nonnull (copy);
  again = wf_report_schedule_to_text (copy);
  g_assert_cmpstr (text, ==, again);
  words = wf_report_schedule_describe (copy);
  g_assert_cmpstr (words, ==, "Every Sunday at 08:00");
  g_assert_null (wf_report_schedule_read ("x", "{}"));
  g_assert_null (wf_report_schedule_read ("x", "none"));
}

/* ---- files ---- */

static void
test_stem (void)
{
  static const char *const names[][2] = {
    { "Sales", "Sales 2026-11-22" },
    { "a/b: c?", "a-b- c- 2026-11-22" },
    { "..", ". 2026-11-22" },
    { "  ", "Report 2026-11-22" },
  };
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 22, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *stem = wf_report_schedule_make_stem (names[i][0], &date);
      g_assert_false (stem[0] == '.' && stem[1] == '.');
      if (i != 2)
        g_assert_cmpstr (stem, ==, names[i][1]);
    }
}

/* ---- carrying out ---- */

typedef struct
{
  WfTestFolder *folder;
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfStore *store;
  WfRuntime *runtime;
  WfReportScheduleRunner *runner;
  char *target; /* of the files */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL, *account = NULL;

  self->folder = wf_test_folder_new ();
  path = wf_test_folder_build (self->folder, "store.db");
  account = wf_test_folder_build (self->folder, "account");
  self->target = wf_test_folder_build (self->folder, "reports");
  g_assert_cmpint (g_mkdir (self->target, 0700), ==, 0);
  self->clock = wf_fake_clock_new_at (WF_REPORT_SAMPLE_NOW);
  self->organisation = wf_report_sample_organisation ();
  self->store = wf_report_sample_open (path, self->organisation);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  wf_fake_runtime_set_store (self->runtime, self->store);
  wf_fake_runtime_set_folder (self->runtime, account);
  self->runner = wf_report_schedule_runner_new (self->runtime, NULL);
  wf_fake_clock_run_idle ();
}

static gboolean
is_any_running (WfReportScheduleRunner *runner)
{
  for (guint i = 0; i < wf_report_schedule_runner_get_n (runner); i++)
    if (wf_report_schedule_runner_is_running (runner, i))
      return TRUE;
  return FALSE;
}

/* Files are written in a thread; after one schedule's the next one begins. */
static void
settle (WfReportScheduleRunner *runner)
{
  wf_fake_clock_run_idle ();
  for (guint i = 0; i < 10000 && is_any_running (runner); i++)
    {
      g_main_context_iteration (NULL, TRUE);
      if (!is_any_running (runner))
        wf_fake_clock_run_idle ();
    }
  g_assert_false (is_any_running (runner));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_report_schedule_runner_stop (self->runner);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->runner);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  g_object_unref (self->runtime);
  wf_store_close (self->store);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
  g_free (self->target);
  wf_test_folder_free (self->folder);
}

/* Every day at 14:00 UTC as a table. */
static WfReportSchedule *
make_schedule (Fixture *self)
{
  WfReportSchedule *schedule = wf_report_schedule_new (wf_clock_now (WF_CLOCK (self->clock)));
  g_autoptr (GFile) folder = g_file_new_for_path (self->target);
  g_autofree char *uri = g_file_get_uri (folder);

  g_set_str (&schedule->name, "Board");
  g_set_str (&schedule->folder, uri);
  schedule->files = WF_REPORT_FILE_CSV;
  schedule->filter = wf_report_filter_new ();
  schedule->minute = 14 * 60;
  return schedule;
}

static void
save (Fixture *self)
{
  g_autoptr (WfReportSchedule) schedule = make_schedule (self);

  wf_report_schedule_runner_save (self->runner, schedule, NULL);
  settle (self->runner);
  g_assert_cmpuint (wf_report_schedule_runner_get_n (self->runner), ==, 1);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->target, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
has_file (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->target, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
put_file (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->target, name, NULL);

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
}

static void
go_to (Fixture *self, const char *at)
{
  wf_fake_clock_advance_to (self->clock, parse (at));
  settle (self->runner);
}

static const char *
get_error (Fixture *self)
{
  return wf_report_schedule_runner_get_run (self->runner, 0)->error;
}

static void
test_daily (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL, *content = NULL;

  save (self);
  g_assert_cmpuint (count_files (self), ==, 0);
  g_assert_cmpint (wf_fake_clock_get_next_alarm (self->clock), ==, parse ("2026-11-18T14:00:00Z"));
  go_to (self, "2026-11-18T14:00:00Z");
  g_assert_null (get_error (self));
  g_assert_true (has_file (self, "Board 2026-11-18.csv"));
  path = g_build_filename (self->target, "Board 2026-11-18.csv", NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "Ana Souza"));
  go_to (self, "2026-11-19T13:59:00Z");
  g_assert_cmpuint (count_files (self), ==, 1);
  go_to (self, "2026-11-19T14:00:00Z");
  g_assert_true (has_file (self, "Board 2026-11-19.csv"));
  g_assert_cmpuint (count_files (self), ==, 2);
}

/* The program was off for three days: one, late, and then as ever. */
static void
test_missed (Fixture *self, gconstpointer data)
{
  save (self);
  wf_report_schedule_runner_stop (self->runner);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->runner);
  wf_fake_clock_jump (self->clock, parse ("2026-11-21T09:00:00Z"));
  self->runner = wf_report_schedule_runner_new (self->runtime, NULL);
  wf_fake_clock_run_idle ();
  settle (self->runner);
  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_true (has_file (self, "Board 2026-11-21.csv"));
  go_to (self, "2026-11-21T13:59:00Z");
  g_assert_cmpuint (count_files (self), ==, 1);
}

/* The computer slept over it. */
static void
test_slept (Fixture *self, gconstpointer data)
{
  save (self);
  wf_fake_clock_jump (self->clock, parse ("2026-11-18T20:00:00Z"));
  settle (self->runner);
  g_assert_cmpuint (count_files (self), ==, 1);
}

/* A person's file is never lost; ours is replaced while it is as we left it. */
static void
test_names (Fixture *self, gconstpointer data)
{
  const char *id;

  put_file (self, "Board 2026-11-18.csv");
  save (self);
  id = wf_report_schedule_runner_get (self->runner, 0)->id;
  wf_report_schedule_runner_run_now (self->runner, id);
  settle (self->runner);
  g_assert_true (has_file (self, "Board 2026-11-18 (2).csv"));
  wf_report_schedule_runner_run_now (self->runner,
                                     wf_report_schedule_runner_get (self->runner, 0)->id);
  settle (self->runner);
  g_assert_cmpuint (count_files (self), ==, 2);
  put_file (self, "Board 2026-11-18 (2).csv"); /* somebody works in it */
  wf_report_schedule_runner_run_now (self->runner,
                                     wf_report_schedule_runner_get (self->runner, 0)->id);
  settle (self->runner);
  g_assert_cmpuint (count_files (self), ==, 3);
  g_assert_true (has_file (self, "Board 2026-11-18 (3).csv"));
  /* by hand does not stand for the day's own */
  go_to (self, "2026-11-18T14:00:00Z");
  g_assert_cmpuint (count_files (self), ==, 3);
  g_assert_cmpint (wf_report_schedule_runner_get_next (self->runner, 0), ==,
                   parse ("2026-11-19T14:00:00Z"));
}

static void
test_folder_gone (Fixture *self, gconstpointer data)
{
  save (self);
  g_assert_cmpint (g_rmdir (self->target), ==, 0);
  go_to (self, "2026-11-18T14:00:00Z");
  g_assert_nonnull (get_error (self));
  g_assert_nonnull (strstr (get_error (self), "is not there"));
  g_assert_false (g_file_test (self->target, G_FILE_TEST_EXISTS)); /* it may be a disk */
  g_assert_cmpuint (wf_report_schedule_runner_get_n_failed (self->runner), ==, 1);
  g_assert_cmpint (g_mkdir (self->target, 0700), ==, 0);
  go_to (self, "2026-11-19T14:00:00Z");
  g_assert_null (get_error (self));
  g_assert_true (has_file (self, "Board 2026-11-19.csv"));
}

/* ---- what is told of a failure ---- */

#define TYPE_DESKTOP (desktop_get_type ())
G_DECLARE_FINAL_TYPE (Desktop, desktop, TEST, DESKTOP, GObject)
struct _Desktop
{
  GObject parent_instance;

  guint n_shown, n_withdrawn, n_problems;
  char *text; /* (owned) (nullable) the last one */
};

static gboolean
show_message (WfNotifier *notifier, const char *id, const char *title, const char *text,
              gboolean quiet, GError **error)
{
  Desktop *self = TEST_DESKTOP (notifier);

  g_assert_true (quiet);
  g_assert_cmpstr (id, ==, "report-schedules");
  g_set_str (&self->text, text);
  self->n_shown++;
  return TRUE;
}

static void
withdraw (WfNotifier *notifier, const char *id)
{
  g_assert_cmpstr (id, ==, "report-schedules");
  TEST_DESKTOP (notifier)->n_withdrawn++;
}

static void
notifier_init (WfNotifierInterface *iface)
{
  iface->show_message = show_message;
  iface->withdraw = withdraw;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (Desktop, desktop, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_NOTIFIER, notifier_init))

static void
desktop_finalize (GObject *object)
{
  g_free (TEST_DESKTOP (object)->text);
  G_OBJECT_CLASS (desktop_parent_class)->finalize (object);
}

static void
desktop_class_init (DesktopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desktop_finalize;
}

static void
desktop_init (Desktop *self)
{
}

static void
on_problem (Desktop *self, const char *text)
{
  self->n_problems++;
}

static void
watch_with (Fixture *self, Desktop *desktop)
{
  wf_report_schedule_runner_stop (self->runner);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->runner);
  self->runner = wf_report_schedule_runner_new (self->runtime, WF_NOTIFIER (desktop));
  g_signal_connect_object (self->runner, "problem", G_CALLBACK (on_problem), desktop,
                           G_CONNECT_SWAPPED);
  wf_fake_clock_run_idle ();
}

/* Two schedules into a folder that is gone, for days: one quiet notification of both, a word each in the window, nothing anew,
 * and it goes with the failures. */
static void
test_told_once (Fixture *self, gconstpointer data)
{
  Desktop *desktop = g_object_new (TYPE_DESKTOP, NULL);
  g_autoptr (WfReportSchedule) second = make_schedule (self);

  save (self);
  g_set_str (&second->name, "Second");
  watch_with (self, desktop);
  wf_report_schedule_runner_save (self->runner, second, NULL);
  wf_fake_clock_run_idle ();
  g_assert_cmpint (g_rmdir (self->target), ==, 0);
  go_to (self, "2026-11-18T14:00:00Z");
  g_assert_cmpuint (wf_report_schedule_runner_get_n_failed (self->runner), ==, 2);
  g_assert_cmpuint (desktop->n_shown, ==, 2); /* the second replaces the first */
  g_assert_cmpuint (desktop->n_problems, ==, 2);
  g_assert_nonnull (strstr (desktop->text, "Board: "));
  g_assert_nonnull (strstr (desktop->text, "\nSecond: "));
  go_to (self, "2026-11-19T14:00:00Z");
  go_to (self, "2026-11-20T14:00:00Z");
  g_assert_cmpuint (desktop->n_shown, ==, 2);
  g_assert_cmpuint (desktop->n_problems, ==, 2);
  g_assert_cmpuint (desktop->n_withdrawn, ==, 0);
  g_assert_cmpint (g_mkdir (self->target, 0700), ==, 0);
  go_to (self, "2026-11-21T14:00:00Z");
  g_assert_cmpuint (wf_report_schedule_runner_get_n_failed (self->runner), ==, 0);
  g_assert_cmpuint (desktop->n_withdrawn, ==, 1);
  g_assert_cmpuint (desktop->n_problems, ==, 2);
  g_object_unref (desktop);
}

/* Of two programs with the same account one makes it. */
static void
test_two (Fixture *self, gconstpointer data)
{
  WfReportScheduleRunner *other;

  save (self);
  other = wf_report_schedule_runner_new (self->runtime, NULL);
  wf_fake_clock_run_idle ();
  wf_fake_clock_advance_to (self->clock, parse ("2026-11-18T14:00:00Z"));
  settle (self->runner);
  settle (other);
  wf_fake_clock_advance_to (self->clock, parse ("2026-11-18T14:05:00Z"));
  settle (self->runner);
  settle (other);
  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_cmpint (wf_report_schedule_runner_get_next (other, 0), ==,
                   parse ("2026-11-19T14:00:00Z"));
  wf_report_schedule_runner_stop (other);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (other);
}

/* A saved report is as it is then; one that is gone is said. */
static void
test_saved (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportSchedule) schedule = make_schedule (self);

  schedule->saved = g_strdup ("Mine");
  g_clear_pointer (&schedule->filter, wf_report_filter_free);
  wf_report_schedule_runner_save (self->runner, schedule, NULL);
  settle (self->runner);
  go_to (self, "2026-11-18T14:00:00Z");
  g_assert_nonnull (strstr (get_error (self), "“Mine” is not there any more"));
  wf_runtime_save_filter_async (self->runtime, "reports", "Mine", "{\"period\":\"last-7-days\"}",
                                NULL, NULL, NULL);
  wf_fake_clock_run_idle ();
  go_to (self, "2026-11-19T14:00:00Z");
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_not_allowed (Fixture *self, gconstpointer data)
{
  save (self);
  wf_fake_runtime_set_account (self->runtime, self->organisation, "ana");
  go_to (self, "2026-11-18T14:00:00Z");
  g_assert_nonnull (get_error (self));
  g_assert_cmpuint (count_files (self), ==, 0);
}

static void
test_remove (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportSchedule) schedule = NULL;
  g_autoptr (WfReportScheduleRun) run = NULL;
  g_autofree char *text = NULL;

  save (self);
  go_to (self, "2026-11-18T14:00:00Z");
  schedule = wf_report_schedule_copy (wf_report_schedule_runner_get (self->runner, 0));
  text = wf_report_schedule_run_to_text (wf_report_schedule_runner_get_run (self->runner, 0));
  run = wf_report_schedule_run_read (text);
  wf_report_schedule_runner_remove (self->runner, schedule->id);
  settle (self->runner);
  g_assert_cmpuint (wf_report_schedule_runner_get_n (self->runner), ==, 0);
  g_assert_cmpint (wf_fake_clock_get_next_alarm (self->clock), ==, WF_INSTANT_NONE);
  wf_report_schedule_runner_save (self->runner, schedule, run); /* undo */
  settle (self->runner);
  g_assert_cmpuint (count_files (self), ==, 1); /* the day was carried out */
  g_assert_cmpint (wf_report_schedule_runner_get_next (self->runner, 0), ==,
                   parse ("2026-11-19T14:00:00Z"));
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/report-schedule/when", test_when);
  g_test_add_func ("/ui/report-schedule/zone", test_zone);
  g_test_add_func ("/ui/report-schedule/changed", test_changed);
  g_test_add_func ("/ui/report-schedule/text", test_text);
  g_test_add_func ("/ui/report-schedule/stem", test_stem);
  add ("/ui/report-schedule/daily", test_daily);
  add ("/ui/report-schedule/missed", test_missed);
  add ("/ui/report-schedule/slept", test_slept);
  add ("/ui/report-schedule/names", test_names);
  add ("/ui/report-schedule/folder-gone", test_folder_gone);
  add ("/ui/report-schedule/told-once", test_told_once);
  add ("/ui/report-schedule/two", test_two);
  add ("/ui/report-schedule/saved", test_saved);
  add ("/ui/report-schedule/not-allowed", test_not_allowed);
  add ("/ui/report-schedule/remove", test_remove);
  return g_test_run ();
}
