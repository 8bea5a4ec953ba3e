/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a whole report costs over a year of activities, some leads having changed before each: for today, 30 days, a quarter
 * and a year, told apart by each dimension, and of one person; and the first one. The reference is one of its questions, the counts by person, as plain SQL over the same rows: in the
 * sqlite3 shell, and in this program. Goal (performance.md): 300 ms from click to drawn.
 * Usage: bench-report [ROWS [FOLDER [plain]]] (1,000,000). A store in a named folder is kept, and used the next time; plain:
 * without the references, which take longest. */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-report-data.h"
#include "wf-bench-store-data.h"
#include "wf-report.h"

#include <gio/gio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 5
#define CHANGED_LEADS 20 /* before each report */

typedef struct
{
  char *folder, *path;          /* (owned) */
  WfStore *store;               /* (owned) */
  WfOrganisation *organisation; /* (owned) */
  GTimeZone *zone;              /* (owned) */
  WfInstant now;
  guint n_rows, n_changes;
  gboolean is_plain;
} Bench;

static void
check (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

static double
get_milliseconds (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Of this program: what the others on this machine take does not count. */
static double
get_processor_milliseconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* ---- the references ---- */

static char *
make_sql (const WfTimeRange *range)
{
  return g_strdup_printf (
      "SELECT person, sum(created >= %1$" G_GINT64_FORMAT " AND created < %2$" G_GINT64_FORMAT
      "), sum(status = 1 AND completed >= %1$" G_GINT64_FORMAT
      " AND completed < %2$" G_GINT64_FORMAT
      " AND completed <= due), sum(status = 1 AND completed >= %1$" G_GINT64_FORMAT
      " AND completed < %2$" G_GINT64_FORMAT
      " AND completed > due) FROM activities GROUP BY person",
      range->from, range->until);
}

/* The statement alone, without starting a program. sum: of everything that was created. */
static double
step_plain (Bench *bench, const char *sql, gint64 *sum)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 start;
  double time;

  if (sqlite3_open_v2 (bench->path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  start = g_get_monotonic_time ();
  *sum = 0;
  while (sqlite3_step (statement) == SQLITE_ROW)
    *sum += sqlite3_column_int64 (statement, 1);
  time = get_milliseconds (start);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return time;
}

/* 0: the shell is not there. */
static double
run_shell (Bench *bench, const char *sql)
{
  g_autofree char *program = g_find_program_in_path ("sqlite3");
  const char *const arguments[] = { program, "-readonly", bench->path, sql, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  gint64 start = g_get_monotonic_time ();

  if (program == NULL)
    return 0;
  check (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &answer, NULL,
                       NULL, &error),
         error);
  return get_milliseconds (start);
}

/* ---- the measurements ---- */

static WfReportQuery *
make_query (Bench *bench, WfPeriodKind period, WfDimension by)
{
  WfReportQuery *query = g_new0 (WfReportQuery, 1);

  query->filter = wf_report_filter_new ();
  query->filter->period.kind = period;
  query->filter->by = by;
  query->organisation = wf_organisation_ref (bench->organisation);
  query->rule = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 3);
  query->now = bench->now;
  query->zone = g_time_zone_ref (bench->zone);
  query->first_weekday = G_DATE_MONDAY;
  return query;
}

/* As every synchronisation does: some leads have moved on. */
static void
change_leads (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (bench->store, &error), error);
  for (guint i = 0; i < CHANGED_LEADS; i++)
    {
      guint n = bench->n_changes++, lead_n = n * 997 % WF_BENCH_LEADS;
      g_autofree char *id = g_strdup_printf ("l-%u", lead_n);
      /* Its origin stays: that is its activities' too. */
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"%s\",\"owner\":\"person-%u\",\"source\":\"fair\",\"origin\":\"%s\","
          "\"stage\":\"filter-%u\",\"value\":%u}",
          id, n % WF_BENCH_PEOPLE, (lead_n * 2 + 1) % 6 < 2 ? "flow" : "web", n % 3, n);
      g_autoptr (WfJsonDocument) lead = wf_json_document_parse (text, -1, 0, NULL);

      check (wf_store_set_lead (bench->store, id, wf_json_document_get_root (lead), bench->now,
                                &error),
             error);
    }
  check (wf_store_commit (bench->store, &error), error);
}

/* When nobody looked at a report yet. */
static void
measure_first (Bench *bench)
{
  g_autoptr (WfReportQuery) query = make_query (bench, WF_PERIOD_THIS_YEAR, WF_DIMENSION_PERSON);
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      WfStore *store = wf_store_open (bench->path, WF_STORE_READ_ONLY, NULL, &error);
      double start = get_processor_milliseconds ();

      check (store != NULL, error);
      wf_report_free (wf_report_compute (store, query, &error));
      check (error == NULL, error);
      times[i] = get_processor_milliseconds () - start;
      wf_store_close (store);
    }
  wf_bench_print ("report/year/first/processor", "ms", wf_bench_get_median (times, ROUNDS), 0);
}

static void
measure (Bench *bench, const char *name, const WfReportQuery *query, gboolean with_references)
{
  g_autofree char *shell_name = g_strconcat (name, "/shell", NULL),
                  *plain_name = g_strconcat (name, "/sqlite", NULL);
  g_autofree char *processor_name = g_strconcat (name, "/processor", NULL);
  double ours[ROUNDS], processor[ROUNDS], shell[ROUNDS], plain[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WfReport) report = NULL;
      g_autofree char *sql = NULL;
      gint64 start, sum;

      change_leads (bench);
      processor[i] = get_processor_milliseconds ();
      start = g_get_monotonic_time ();
      report = wf_report_compute (bench->store, query, &error);
      ours[i] = get_milliseconds (start);
      processor[i] = get_processor_milliseconds () - processor[i];
      check (report != NULL, error);
      if (!with_references)
        continue;
      sql = make_sql (report->range);
      shell[i] = run_shell (bench, sql);
      plain[i] = step_plain (bench, sql, &sum);
      if (sum != report->now.counts[WF_MEASURE_CREATED])
        g_error ("%s: the report does not count what the rows are", name);
    }
  wf_bench_print (processor_name, "ms", wf_bench_get_median (processor, ROUNDS), 0);
  if (!with_references)
    {
      wf_bench_print (name, "ms", wf_bench_get_median (ours, ROUNDS), 0);
      return;
    }
  wf_bench_print (shell_name, "ms", wf_bench_get_median (ours, ROUNDS),
                  wf_bench_get_median (shell, ROUNDS));
  wf_bench_print (plain_name, "ms", wf_bench_get_median (ours, ROUNDS),
                  wf_bench_get_median (plain, ROUNDS));
}

static void
measure_list (Bench *bench)
{
  g_autoptr (WfReportQuery) query = make_query (bench, WF_PERIOD_LAST_YEAR, WF_DIMENSION_PERSON);
  WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_LATE);
  double times[ROUNDS];

  query->filter->period.kind = WF_PERIOD_THIS_YEAR;
  part.row = "person-7";
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) numbers = wf_report_list_numbers (bench->store, query, &part, &error);

      check (numbers != NULL, error);
      times[i] = get_milliseconds (start);
    }
  wf_bench_print ("report/behind-a-number", "ms", wf_bench_get_median (times, ROUNDS), 0);
}

static void
measure_all (Bench *bench)
{
  static const struct
  {
    const char *name;
    WfPeriodKind kind;
  } periods[] = {
    { "report/today", WF_PERIOD_TODAY },
    { "report/30-days", WF_PERIOD_LAST_30_DAYS },
    { "report/quarter", WF_PERIOD_THIS_QUARTER },
    { "report/year", WF_PERIOD_THIS_YEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autoptr (WfReportQuery) query = make_query (bench, periods[i].kind, WF_DIMENSION_PERSON);
      g_autofree char *name = g_strconcat (periods[i].name, "/one-person", NULL);

      measure (bench, periods[i].name, query, !bench->is_plain);
      query->filter->only[WF_DIMENSION_PERSON] =
          g_strdupv ((char **) (const char *const[]) { "person-7", NULL });
      measure (bench, name, query, FALSE);
    }
  for (int by = 0; by < WF_N_DIMENSIONS; by++)
    {
      g_autoptr (WfReportQuery) query = make_query (bench, WF_PERIOD_THIS_YEAR, (WfDimension) by);
      g_autofree char *name = g_strconcat ("report/year/by-", wf_dimension_names[by], NULL);

      measure (bench, name, query, FALSE);
    }
  measure_list (bench);
  measure_first (bench);
}

int
main (int argc, char **argv)
{
  Bench bench = { .folder = argc > 2 ? g_strdup (argv[2])
                                     : g_dir_make_tmp ("bench-report-XXXXXX", NULL),
                  .n_rows = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000000,
                  .is_plain = argc > 3 };

  bench.path = g_build_filename (bench.folder, "account.db", NULL);
  bench.store = wf_bench_report_open (bench.path, bench.n_rows);
  wf_bench_report_save_facts (bench.store);
  bench.organisation = wf_bench_report_make_organisation ();
  bench.zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  bench.now = wf_bench_get_time (bench.n_rows);
  measure_all (&bench);
  wf_store_close (bench.store);
  wf_organisation_unref (bench.organisation);
  g_time_zone_unref (bench.zone);
  if (argc <= 2)
    wf_bench_report_remove_folder (bench.folder);
  g_free (bench.path);
  g_free (bench.folder);
  return 0;
}
