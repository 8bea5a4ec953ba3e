/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs to walk through the facts that the reports count: all of them, stored and not, and those of a month; and
 * those of leads. The reference is plain SQL over the same rows: in the sqlite3 shell, and in this program.
 * Usage: bench-facts [ROWS] (1,000,000). */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-store-data.h"
#include "wf-store-facts.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

#define BATCH 1000
#define ROUNDS 5
#define SQL                                                                                        \
  "SELECT count(*), sum(due >> 20), sum(created >> 20), sum(status) FROM activities" /* no overflow */

typedef struct
{
  guint64 n, due, created, status;
} Sum;

typedef struct
{
  char *folder, *path; /* (owned) */
  WfStore *store;      /* (owned) */
  guint n_rows;
} Bench;

static void
check (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

static gboolean
add_facts (const WfActivityFacts *facts, gpointer user_data)
{
  Sum *sum = user_data;

  sum->n += facts->n;
  for (guint i = 0; i < facts->n; i++)
    {
      sum->due += (guint64) (facts->due[i] >> 20);
      sum->created += (guint64) (facts->created[i] >> 20);
      sum->status += facts->status[i];
    }
  return TRUE;
}

static double
get_milliseconds (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static double
walk (WfStore *store, WfInstant from, Sum *sum)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  *sum = (Sum) { 0 };
  check (
      wf_store_foreach_activity_facts (store, from, WF_INSTANT_NONE, NULL, add_facts, sum, &error),
      error);
  return get_milliseconds (start);
}

/* ---- the references ---- */

/* The statement alone, without starting a program. */
static double
step_plain (Bench *bench, Sum *sum)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 start;
  double time;

  if (sqlite3_open_v2 (bench->path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (db, SQL, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  start = g_get_monotonic_time ();
  if (sqlite3_step (statement) != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (db));
  time = get_milliseconds (start);
  *sum = (Sum) { (guint64) sqlite3_column_int64 (statement, 0),
                 (guint64) sqlite3_column_int64 (statement, 1),
                 (guint64) sqlite3_column_int64 (statement, 2),
                 (guint64) sqlite3_column_int64 (statement, 3) };
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return time;
}

/* 0: the shell is not there. */
static double
run_shell (Bench *bench)
{
  g_autofree char *program = g_find_program_in_path ("sqlite3");
  const char *const arguments[] = { program, "-readonly", bench->path, SQL, NULL };
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

static void
fill (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  for (guint next = 0; next < bench->n_rows; next += BATCH)
    {
      WfBenchItem items[BATCH];
      gboolean more;

      for (guint i = 0; i < BATCH; i++)
        wf_bench_item_init (&items[i], next + i);
      wf_bench_store_batch (bench->store, items, BATCH);
      for (guint i = 0; i < BATCH; i++)
        wf_bench_item_clear (&items[i]);
      if (wf_store_wants_merge (bench->store))
        check (wf_store_begin (bench->store, &error) &&
                   wf_store_merge_keys (bench->store, FALSE, &more, &error) &&
                   wf_store_commit (bench->store, &error),
               error);
      if (next % (50 * BATCH) == 0)
        check (wf_store_checkpoint (bench->store, &error) || error == NULL, error);
    }
  check (wf_store_checkpoint (bench->store, &error) || error == NULL, error);
}

static void
add_leads (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (bench->store, &error), error);
  for (guint i = 0; i < WF_BENCH_LEADS; i++)
    {
      g_autofree char *id = g_strdup_printf ("l-%u", i);
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"%s\",\"name\":\"Padaria Sol %u\",\"owner\":\"person-%u\",\"source\":\"fair\",\"origin\":\"web\","
          "\"stage\":\"filter-%u\",\"interest\":\"bread\",\"value\":%u,\"last-contact\":\"2026-01-01T10:00:00Z\"}",
          id, i, i % WF_BENCH_PEOPLE, i % 4, i);
      g_autoptr (WfJsonDocument) lead = wf_json_document_parse (text, -1, 0, NULL);

      check (wf_store_set_lead (bench->store, id, wf_json_document_get_root (lead),
                                wf_bench_get_time (i), &error),
             error);
    }
  check (wf_store_commit (bench->store, &error) &&
             (wf_store_checkpoint (bench->store, &error) || error == NULL),
         error);
}

/* The longest of the transactions counts. */
static void
save (Bench *bench)
{
  gboolean more = TRUE;
  double all = 0, longest = 0;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      double time;

      check (wf_store_begin (bench->store, &error) &&
                 wf_store_save_newest_facts (bench->store, &more, &error) &&
                 wf_store_commit (bench->store, &error),
             error);
      time = get_milliseconds (start);
      all += time;
      longest = MAX (longest, time);
      check (wf_store_checkpoint (bench->store, &error) || error == NULL, error);
    }
  wf_bench_print ("facts/save/all", "ms", all, 0);
  wf_bench_print ("facts/save/longest", "ms", longest, 0);
}

static void
measure (Bench *bench, const char *name, WfInstant from, gboolean with_references)
{
  g_autofree char *shell_name = g_strconcat (name, "/shell", NULL),
                  *plain_name = g_strconcat (name, "/sqlite", NULL);
  double ours[ROUNDS], shell[ROUNDS], plain[ROUNDS];
  Sum sum, expected;

  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = walk (bench->store, from, &sum);
      if (!with_references)
        continue;
      shell[i] = run_shell (bench);
      plain[i] = step_plain (bench, &expected);
      if (sum.n != expected.n || sum.due != expected.due || sum.created != expected.created ||
          sum.status != expected.status)
        g_error ("%s: the facts are not those of the rows", name);
    }
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
measure_leads (Bench *bench)
{
  double leads[ROUNDS], moves[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      g_array_unref (wf_store_list_lead_facts (bench->store, NULL, &error));
      leads[i] = get_milliseconds (start);
      start = g_get_monotonic_time ();
      g_array_unref (wf_store_list_stage_moves (bench->store, NULL, &error));
      moves[i] = get_milliseconds (start);
    }
  wf_bench_print ("facts/leads", "ms", wf_bench_get_median (leads, ROUNDS), 0);
  wf_bench_print ("facts/stage-moves", "ms", wf_bench_get_median (moves, ROUNDS), 0);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

int
main (int argc, char **argv)
{
  Bench bench = { .folder = g_dir_make_tmp ("bench-facts-XXXXXX", NULL),
                  .n_rows = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000000 };
  g_autoptr (GError) error = NULL;
  WfInstant month = wf_bench_get_time (bench.n_rows) - 30 * G_TIME_SPAN_DAY;

  bench.path = g_build_filename (bench.folder, "account.db", NULL);
  bench.store = wf_store_open (bench.path, WF_STORE_READ_WRITE, NULL, &error);
  check (bench.store != NULL, error);
  fill (&bench);
  add_leads (&bench);
  measure (&bench, "facts/walk/rows", WF_INSTANT_NONE, TRUE);
  save (&bench);
  measure (&bench, "facts/walk/stored", WF_INSTANT_NONE, TRUE);
  measure (&bench, "facts/walk/stored-30-days", month, FALSE);
  measure_leads (&bench);
  wf_store_close (bench.store);
  remove_folder (bench.folder);
  g_free (bench.path);
  g_free (bench.folder);
  return 0;
}
