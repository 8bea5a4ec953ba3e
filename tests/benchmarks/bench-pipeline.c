/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The durable pipeline: HTTP, parse, decide, commit; against a bare batch insert of the same run
 * (performance.md). */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-server.h"
#include "wf-bench-store-data.h"
#include "wf-instant.h"
#include "wf-open-crm.h"
#include "wf-runtime-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define N_EVENTS 40000
#define N_WORKFLOWS 1000 /* about one matches an event */
#define BATCH 1000
#define N_SINGLE 60
#define APART (20 * G_TIME_SPAN_SECOND)

typedef struct
{
  WfBenchServer crm;
  guint n_types; /* of events: the workflows are spread over them */
} Server;

/* -- what happens in the demo CRM -------------------------------------------------------------- */

typedef struct
{
  guint from, n, n_types;
  gint64 apart;
} Feed;

static void
feed_in_thread (WfDemoServer *server, gpointer data)
{
  Feed *feed = data;
  gint64 now = g_get_real_time ();

  for (guint i = feed->from; i < feed->from + feed->n; i++)
    {
      g_autofree char *time =
          wf_instant_format_utc (now - (gint64) (feed->from + feed->n - i) * feed->apart);
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"b-%u\",\"source\":\"/crm/bench\",\"type\":\"bench.type-%u\",\"time\":\"%s\","
          "\"subject\":\"lead/bl-%u\",\"data\":{\"lead\":{\"id\":\"bl-%u\",\"name\":\"Padaria Sol %u\",\"owner\":\"ana\","
          "\"source\":\"marketing-platform\",\"origin\":\"web\",\"stage\":\"new\",\"score\":%u,"
          "\"email\":\"contato@padaria-%u.example\",\"custom\":{\"sector\":\"food\"}},\"actor\":\"crm\"}}",
          i, i % feed->n_types, time, i % 20000, i % 20000, i,
          (i / feed->n_types) % (N_WORKFLOWS / feed->n_types), i);
      g_autoptr (GError) error = NULL;

      if (!wf_demo_server_add_event (server, json, &error))
        g_error ("%s", error->message);
    }
}

static void
feed_events (Server *server, guint from, guint n, gint64 apart)
{
  Feed feed = { from, n, server->n_types, apart };

  wf_bench_server_run (&server->crm, feed_in_thread, &feed);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *etag = wf_crm_save_workflow_finish (WF_CRM (source), result, &error);

  if (etag == NULL)
    g_error ("%s", error->message);
  (*(guint *) user_data)++;
}

static void
put_workflows (Server *server, WfClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrm) manager = wf_open_crm_new (clock, server->crm.uri, server->crm.manager, &error);
  guint n_saved = 0;

  for (guint i = 0; i < N_WORKFLOWS; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"format\":1,\"id\":\"%08x-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Rule %u\",\"state\":\"live\",\"version\":1,"
          "\"trigger\":{\"event\":\"bench.type-%u\",\"conditions\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"eq\","
          "\"value\":%u},{\"field\":\"lead.origin\",\"op\":\"eq\",\"value\":\"web\"}]}},\"steps\":[{\"id\":\"call\","
          "\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"call\","
          "\"complete-within\":{\"amount\":2,\"unit\":\"days\"},\"notify\":{\"amount\":1,\"unit\":\"hours\"},"
          "\"notes\":\"Call {lead.name}\",\"business-hours\":true}]}",
          i + 1, i, i % server->n_types, i / server->n_types);
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, NULL);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow =
          wf_workflow_read (wf_json_document_get_root (document), problems);

      wf_crm_save_workflow_async (manager, workflow, NULL, NULL, on_saved, &n_saved);
      while (n_saved <= i)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* -- the program ------------------------------------------------------------------------------- */

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_start_finish (WF_RUNTIME (source), result, &error))
    g_error ("%s", error->message);
}

/* dispatch FALSE: what is decided waits in the outbox. */
static WfRuntime *
start (Server *server, WfClock *clock, const char *path, gboolean dispatch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrm) crm = wf_open_crm_new (clock, server->crm.uri, server->crm.engine, &error);
  WfRuntime *runtime = wf_runtime_new (clock, crm, NULL, path);

  runtime->dispatch.off = !dispatch;
  wf_runtime_start_async (runtime, NULL, on_started, NULL);
  return runtime;
}

static void
settle (WfRuntime *runtime)
{
  while (!wf_runtime_is_settled (runtime))
    g_main_context_iteration (NULL, TRUE);
}

static void
stop (WfRuntime *runtime)
{
  wf_runtime_stop (runtime);
  g_object_unref (runtime);
}

/* -- the references ---------------------------------------------------------------------------- */

static void
execute (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

/* One table, a unique random key of 16 bytes and two indexes, one transaction a batch, the
 * cursor with it. Events/s. */
static double
time_raw_inserts (const char *path)
{
  sqlite3 *db;
  sqlite3_stmt *insert;
  gint64 began, spent = 0;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  execute (
      db,
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
      "PRAGMA cache_size = -32768;"
      "CREATE TABLE activities (id BLOB NOT NULL UNIQUE, lead TEXT, person TEXT, due INT, title TEXT, notes TEXT);"
      "CREATE INDEX activities_due ON activities (person, due); CREATE INDEX activities_lead ON activities (lead);"
      "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT)");
  sqlite3_prepare_v2 (db, "INSERT INTO activities VALUES (?, ?, 'ana', ?, 'Call', ?)", -1, &insert,
                      NULL);
  for (guint i = 0; i < N_EVENTS; i += BATCH)
    {
      began = g_get_monotonic_time ();
      execute (db, "BEGIN IMMEDIATE");
      for (guint j = i; j < i + BATCH; j++)
        {
          guint32 key[4] = { g_random_int (), g_random_int (), g_random_int (), g_random_int () };
          char lead[32], notes[64];

          g_snprintf (lead, sizeof lead, "bl-%u", j % 20000);
          g_snprintf (notes, sizeof notes, "Call Padaria Sol %u", j);
          sqlite3_bind_blob (insert, 1, key, sizeof key, SQLITE_STATIC);
          sqlite3_bind_text (insert, 2, lead, -1, SQLITE_STATIC);
          sqlite3_bind_int64 (insert, 3, g_get_real_time () + j);
          sqlite3_bind_text (insert, 4, notes, -1, SQLITE_STATIC);
          if (sqlite3_step (insert) != SQLITE_DONE)
            g_error ("%s", sqlite3_errmsg (db));
          sqlite3_reset (insert);
        }
      execute (db, "INSERT OR REPLACE INTO facts VALUES ('cursor', 'c'); COMMIT");
      spent += g_get_monotonic_time () - began;
      sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
  sqlite3_finalize (insert);
  sqlite3_close (db);
  return (double) N_EVENTS / ((double) spent / G_TIME_SPAN_SECOND);
}

static double
time_append (const char *path)
{
  char block[1024] = { 0 };
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gint64 began = g_get_monotonic_time ();

  if (write (fd, block, sizeof block) != sizeof block || fdatasync (fd) != 0)
    g_error ("%s cannot be written", path);
  close (fd);
  return (double) (g_get_monotonic_time () - began) / 1000;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrmSession) session = wf_crm_open_finish (WF_CRM (source), result, &error);

  if (session == NULL)
    g_error ("%s", error->message);
  *(gboolean *) user_data = TRUE;
}

static double
time_round_trip (WfCrm *crm)
{
  gint64 began = g_get_monotonic_time ();
  gboolean done = FALSE;

  wf_crm_open_async (crm, NULL, on_opened, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  return (double) (g_get_monotonic_time () - began) / 1000;
}

/* -- where the time goes ----------------------------------------------------------------------- */

#define N_THREADS 4
static const char *const thread_names[N_THREADS] = { "demo-crm", "bench-pipeline", "store-writer",
                                                     "store-reader" };

/* utime and stime are the twelfth and thirteenth number behind the name in parentheses, see proc(5). */
static double
read_seconds (const char *task)
{
  g_autofree char *path = g_strconcat ("/proc/self/task/", task, "/stat", NULL);
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;
  const char *rest;

  if (!g_file_get_contents (path, &stat, NULL, NULL) || (rest = strrchr (stat, ')')) == NULL)
    return 0; /* the thread has just ended */
  fields = g_strsplit (rest + 2, " ", -1);
  if (g_strv_length (fields) < 13)
    return 0;
  return (g_ascii_strtod (fields[11], NULL) + g_ascii_strtod (fields[12], NULL)) /
         (double) sysconf (_SC_CLK_TCK);
}

/* Processor time of the threads by name; of several with one name the sum. */
static void
read_threads (double seconds[N_THREADS])
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  memset (seconds, 0, N_THREADS * sizeof *seconds);
  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/proc/self/task/", task, "/comm", NULL);
      g_autofree char *name = NULL;

      if (!g_file_get_contents (path, &name, NULL, NULL))
        continue;
      g_strchomp (name);
      for (guint i = 0; i < N_THREADS; i++)
        if (g_str_equal (name, thread_names[i]))
          seconds[i] += read_seconds (task);
    }
}

static void
print_threads (const double before[N_THREADS], guint n_listening)
{
  double after[N_THREADS];

  read_threads (after);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *name = g_strdup_printf ("pipeline/processor/%s/%u-listen",
                                               i == 1 ? "main" : thread_names[i], n_listening);

      wf_bench_print (name, "us/event", (after[i] - before[i]) * G_USEC_PER_SEC / N_EVENTS, 0);
    }
}

/* -- the measures ------------------------------------------------------------------------------ */

static char *
get_cursor (WfRuntime *runtime)
{
  return runtime->intake.cursor;
}

static void
measure_stream (Server *server, WfClock *clock, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "stream.db", NULL);
  g_autofree char *raw_path = g_build_filename (folder, "raw.db", NULL);
  WfRuntime *runtime = start (server, clock, path, FALSE);
  g_autofree char *name = NULL;
  double raw, spent, threads[N_THREADS];
  gint64 began;

  settle (runtime); /* the first run: from now on */
  stop (runtime);
  feed_events (server, 0, N_EVENTS, APART);
  raw = time_raw_inserts (raw_path);

  read_threads (threads);
  began = g_get_monotonic_time ();
  runtime = start (server, clock, path, FALSE);
  while (!runtime->intake.caught_up || get_cursor (runtime) == NULL ||
         !wf_runtime_is_settled (runtime))
    g_main_context_iteration (NULL, TRUE);
  spent = (double) (g_get_monotonic_time () - began) / G_TIME_SPAN_SECOND;
  name = g_strdup_printf ("pipeline/http-to-commit/%u-listen", N_WORKFLOWS / server->n_types);
  wf_bench_print (name, "events/s", N_EVENTS / spent, raw);
  print_threads (threads, N_WORKFLOWS / server->n_types);
  if (wf_runtime_get_pending_changes (runtime) != N_EVENTS)
    g_printerr ("%u activities instead of %d\n", wf_runtime_get_pending_changes (runtime),
                N_EVENTS);

  began = g_get_monotonic_time ();
  runtime->dispatch.off = FALSE;
  wf_runtime_poke (runtime);
  while (wf_runtime_get_pending_changes (runtime) > 0)
    g_main_context_iteration (NULL, TRUE);
  spent = (double) (g_get_monotonic_time () - began) / G_TIME_SPAN_SECOND;
  g_free (name);
  name = g_strdup_printf ("pipeline/outbox-to-confirmed/%u-listen", N_WORKFLOWS / server->n_types);
  wf_bench_print (name, "activities/s", N_EVENTS / spent, 0);
  stop (runtime);
}

static void
on_activities_changed (WfRuntime *runtime, gpointer user_data)
{
  *(gint64 *) user_data = g_get_monotonic_time ();
}

static void
measure_single (Server *server, WfClock *clock, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "single.db", NULL);
  g_autofree char *append_path = g_build_filename (folder, "append", NULL);
  g_autoptr (WfCrm) crm = wf_open_crm_new (clock, server->crm.uri, server->crm.engine, NULL);
  WfRuntime *runtime = start (server, clock, path, FALSE);
  g_autofree char *single_name =
      g_strdup_printf ("pipeline/single-event/%u-listen", N_WORKFLOWS / server->n_types);
  double ours[N_SINGLE], reference[N_SINGLE];

  settle (runtime);
  for (guint i = 0; i < N_SINGLE; i++)
    {
      gint64 seen = 0, began;
      gulong handler = g_signal_connect (runtime, "activities-changed",
                                         G_CALLBACK (on_activities_changed), &seen);

      reference[i] = time_append (append_path) + time_round_trip (crm);
      began = g_get_monotonic_time ();
      feed_events (server, N_EVENTS + i, 1, APART);
      while (seen == 0)
        g_main_context_iteration (NULL, TRUE);
      ours[i] = (double) (seen - began) / 1000;
      g_signal_handler_disconnect (runtime, handler);
      settle (runtime);
    }
  wf_bench_print (single_name, "ms", wf_bench_get_median (ours, N_SINGLE),
                  wf_bench_get_median (reference, N_SINGLE));
  stop (runtime);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* n_types: 50 lets twenty workflows listen to each event, whose verdicts are all kept (B3); 1000 one. */
static void
run (guint n_types)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("wf-bench-XXXXXX", &error);
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  Server server = { .n_types = n_types };

  if (folder == NULL)
    g_error ("%s", error->message);
  wf_bench_server_start (&server.crm);
  put_workflows (&server, clock);
  measure_stream (&server, clock, folder);
  measure_single (&server, clock, folder);
  wf_bench_server_stop (&server.crm);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    run ((guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), 1, N_WORKFLOWS));
  else
    {
      run (50);
      run (N_WORKFLOWS);
    }
  return 0;
}
