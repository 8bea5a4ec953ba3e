/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store against plain SQLite in the same run: batches into an empty and into a full database, and the window's queries.
 * Usage: bench-store [ROWS]; ROWS is how many activities are stored before the second part (1,000,000). */
#define G_LOG_DOMAIN "wf-bench"

#include "bench-store-window.h"
#include "wf-bench-store-data.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

#define BATCH 1000
#define ROUNDS 30

/* ---- the references ---- */

/* Raw: one table, a unique random 16-byte key and two indexes, a small row, nothing else. Same: a row with all the text that
 * the store keeps of an event. Naive: raw with the key as text, and with SQLite's own cache and checkpoints. */
typedef enum
{
  PLAIN_RAW,
  PLAIN_SAME,
  PLAIN_NAIVE,
  N_PLAIN,
} PlainKind;

static const char *const plain_names[] = { "raw", "same", "naive" };

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *insert, *cursor;
  PlainKind kind;
} Plain;

static void
plain_exec (Plain *self, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (self->db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static void
plain_open (Plain *self, const char *path, PlainKind kind)
{
  gboolean naive = kind == PLAIN_NAIVE;

  self->kind = kind;
  if (sqlite3_open (path, &self->db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (self->db));
  plain_exec (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  if (!naive)
    plain_exec (self, "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32768");
  plain_exec (
      self,
      naive
          ? "CREATE TABLE activities (id TEXT PRIMARY KEY, lead TEXT, person TEXT, due INT, status INT, title TEXT,"
            " notes TEXT, created INT, workflow TEXT, step TEXT, event TEXT);"
          : "CREATE TABLE activities (id BLOB NOT NULL UNIQUE, lead TEXT, person TEXT, due INT, status INT,"
            " title TEXT, notes TEXT, created INT, workflow TEXT, step TEXT, event TEXT);");
  plain_exec (
      self,
      "CREATE INDEX activities_due ON activities (person, due); CREATE INDEX activities_lead ON activities (lead);"
      "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT)");
  sqlite3_prepare_v2 (self->db, "INSERT INTO activities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      -1, &self->insert, NULL);
  sqlite3_prepare_v2 (self->db, "INSERT OR REPLACE INTO facts VALUES ('cursor', ?)", -1,
                      &self->cursor, NULL);
}

static void
plain_close (Plain *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_finalize (self->cursor);
  sqlite3_close (self->db);
}

static void
plain_insert (Plain *self, const WfBenchItem *item)
{
  const WfActivity *a = item->activity;
  guint8 key[16];

  if (self->kind == PLAIN_NAIVE)
    sqlite3_bind_text (self->insert, 1, a->id, -1, SQLITE_STATIC);
  else
    {
      for (guint i = 0, n = 0; n < 16; n++, i += 2)
        {
          i += a->id[i] == '-';
          key[n] =
              (guint8) (g_ascii_xdigit_value (a->id[i]) << 4 | g_ascii_xdigit_value (a->id[i + 1]));
        }
      sqlite3_bind_blob (self->insert, 1, key, sizeof key, SQLITE_STATIC);
    }
  sqlite3_bind_text (self->insert, 2, a->lead, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->insert, 3, a->person, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (self->insert, 4, a->due);
  sqlite3_bind_int (self->insert, 5, a->status);
  sqlite3_bind_text (self->insert, 6, a->title, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->insert, 7, self->kind == PLAIN_SAME ? item->content : a->notes, -1,
                     SQLITE_STATIC);
  sqlite3_bind_int64 (self->insert, 8, a->created);
  sqlite3_bind_text (self->insert, 9, a->workflow, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->insert, 10, a->step, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->insert, 11, a->event_id, -1, SQLITE_STATIC);
  if (sqlite3_step (self->insert) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (self->db));
  sqlite3_reset (self->insert);
}

static double
plain_batch (Plain *self, const WfBenchItem *items, guint n_items)
{
  gint64 start = g_get_monotonic_time ();

  plain_exec (self, "BEGIN IMMEDIATE");
  for (guint i = 0; i < n_items; i++)
    plain_insert (self, &items[i]);
  sqlite3_bind_text (self->cursor, 1, items[n_items - 1].activity->event_id, -1, SQLITE_STATIC);
  sqlite3_step (self->cursor);
  sqlite3_reset (self->cursor);
  plain_exec (self, "COMMIT");
  return (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
}

/* ---- the measurements ---- */

typedef struct
{
  char *folder; /* (owned) */
  WfStore *store;
  Plain plain[N_PLAIN];
  guint next;
} Bench;

static void
bench_open (Bench *bench, const char *suffix)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = g_strconcat (bench->folder, "/ours-", suffix, NULL);

  bench->next = 0;
  bench->store = wf_store_open (ours, WF_STORE_READ_WRITE, NULL, &error);
  if (bench->store == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < N_PLAIN; i++)
    {
      g_autofree char *path = g_strconcat (bench->folder, "/", plain_names[i], "-", suffix, NULL);

      plain_open (&bench->plain[i], path, (PlainKind) i);
    }
}

static void
bench_close (Bench *bench)
{
  wf_store_close (bench->store);
  for (guint i = 0; i < N_PLAIN; i++)
    plain_close (&bench->plain[i]);
}

static WfBenchItem *
make_batch (Bench *bench)
{
  WfBenchItem *items = g_new (WfBenchItem, BATCH);

  for (guint i = 0; i < BATCH; i++)
    wf_bench_item_init (&items[i], bench->next++);
  return items;
}

static void
free_batch (WfBenchItem *items)
{
  for (guint i = 0; i < BATCH; i++)
    wf_bench_item_clear (&items[i]);
  g_free (items);
}

/* Off the hot path, as WfStoreThread does it; for the raw reference just so. Result: seconds for ours. */
static double
checkpoint (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double ours;

  if (!wf_store_checkpoint (bench->store, &error) && error != NULL)
    g_error ("%s", error->message);
  ours = (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
  for (guint i = 0; i < PLAIN_NAIVE; i++)
    sqlite3_wal_checkpoint_v2 (bench->plain[i].db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  return ours;
}

/* Between the batches, as WfStoreThread does it: a transaction of its own. Result: seconds; 0: nothing was to do. */
static double
merge_keys (WfStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean more;

  if (!wf_store_wants_merge (store))
    return 0;
  if (!wf_store_begin (store, &error) || !wf_store_merge_keys (store, FALSE, &more, &error) ||
      !wf_store_commit (store, &error))
    g_error ("%s", error->message);
  return (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
}

/* All that a batch costs in the long run, also what is done beside it: ours with its share of merging keys and writing
 * back, the naive one as it is. */
static void
print_sustained (const char *state, double ours, double naive)
{
  g_autofree char *name = g_strconcat ("store/batch/", state, "/sustained", NULL);

  wf_bench_print (name, "events/s", ROUNDS * BATCH / ours, ROUNDS * BATCH / naive);
}

static void
measure_batches (Bench *bench, const char *state)
{
  double ours[ROUNDS], plain[N_PLAIN][ROUNDS], longest = 0, all = 0, all_naive = 0, median;
  g_autofree char *longest_name = g_strconcat ("store/batch/", state, "/longest", NULL);

  for (guint i = 0; i < ROUNDS; i++)
    {
      WfBenchItem *items = make_batch (bench);
      double merging;

      ours[i] = wf_bench_store_batch (bench->store, items, BATCH);
      merging = merge_keys (bench->store);
      for (guint k = 0; k < N_PLAIN; k++)
        plain[k][i] = plain_batch (&bench->plain[k], items, BATCH);
      longest = MAX (longest, MAX (ours[i], merging));
      all += ours[i] + merging;
      all_naive += plain[PLAIN_NAIVE][i];
      if (i % 10 == 9)
        all += checkpoint (bench);
      free_batch (items);
    }
  print_sustained (state, all, all_naive);
  median = wf_bench_get_median (ours, ROUNDS);
  for (guint k = 0; k < N_PLAIN; k++)
    {
      g_autofree char *name = g_strconcat ("store/batch/", state, "/", plain_names[k], NULL);

      wf_bench_print (name, "events/s", BATCH / median,
                      BATCH / wf_bench_get_median (plain[k], ROUNDS));
    }
  wf_bench_print (longest_name, "ms", longest * 1000, 0);
}

static void
fill (Bench *bench, guint n_rows)
{
  for (guint k = 0; k < N_PLAIN; k++)
    plain_exec (
        &bench->plain[k],
        "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA wal_autocheckpoint = 100000");
  while (bench->next < n_rows)
    {
      WfBenchItem *items = make_batch (bench);

      wf_bench_store_batch (bench->store, items, BATCH);
      merge_keys (bench->store);
      for (guint k = 0; k < N_PLAIN; k++)
        plain_batch (&bench->plain[k], items, BATCH);
      if (bench->next % (50 * BATCH) == 0)
        checkpoint (bench);
      free_batch (items);
    }
  checkpoint (bench);
  for (guint k = 0; k < N_PLAIN; k++)
    {
      sqlite3_wal_checkpoint_v2 (bench->plain[k].db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
      plain_exec (&bench->plain[k], k == PLAIN_NAIVE
                                        ? "PRAGMA synchronous = FULL; PRAGMA cache_size = -2000;"
                                          "PRAGMA wal_autocheckpoint = 1000"
                                        : "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
                                          "PRAGMA wal_autocheckpoint = 0");
    }
}

static void
measure_single (Bench *bench)
{
  double ours[100], raw[100];

  for (guint i = 0; i < 100; i++)
    {
      WfBenchItem item;

      wf_bench_item_init (&item, bench->next++);
      ours[i] = wf_bench_store_batch (bench->store, &item, 1) * 1000;
      raw[i] = plain_batch (&bench->plain[PLAIN_RAW], &item, 1) * 1000;
      wf_bench_item_clear (&item);
    }
  wf_bench_print ("store/single-event", "ms", wf_bench_get_median (ours, 100),
                  wf_bench_get_median (raw, 100));
}

/* ---- queries ---- */

static double
time_plain_query (Plain *plain, const char *sql)
{
  gint64 start = g_get_monotonic_time ();

  plain_exec (plain, sql);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static void
measure_queries (Bench *bench)
{
  WfInstant now = wf_bench_get_time (bench->next);
  WfActivityQuery month = {
    .scope = WF_ACTIVITIES_ALL, .now = now, .due_from = now - 30 * G_TIME_SPAN_DAY, .due_until = now
  };
  WfActivityQuery first = { .scope = WF_ACTIVITIES_OPEN,
                            .person = "person-7",
                            .now = now,
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE,
                            .limit = 200 };
  WfActivityQuery deep = first;
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM activities WHERE due >= %" G_GINT64_FORMAT
                       " AND due < %" G_GINT64_FORMAT,
                       month.due_from, month.due_until);
  guint late, today;
  gint64 start;

  deep.offset = wf_store_count_activities (bench->store, &first) - 200;
  plain_exec (&bench->plain[PLAIN_RAW], "CREATE INDEX activities_by_due ON activities (due)");
  for (guint warm = 0; warm < 2; warm++)
    {
      gboolean print = warm == 1;
#define MEASURE(name, code, reference)                                                             \
  start = g_get_monotonic_time ();                                                                 \
  code;                                                                                            \
  if (print)                                                                                       \
  wf_bench_print (name, "ms", (double) (g_get_monotonic_time () - start) / 1000, reference)

      MEASURE ("store/query/month-count", wf_store_count_activities (bench->store, &month),
               time_plain_query (&bench->plain[PLAIN_RAW], sql));
      MEASURE ("store/query/first-200",
               g_ptr_array_unref (wf_store_list_activities (bench->store, &first)), 0);
      MEASURE ("store/query/last-200",
               g_ptr_array_unref (wf_store_list_activities (bench->store, &deep)), 0);
      MEASURE ("store/query/today-of-person",
               wf_store_count_today (bench->store, "person-7", now, now + G_TIME_SPAN_DAY, &late,
                                     &today),
               0);
      MEASURE ("store/query/next-due", wf_store_get_next_due (bench->store, "person-7"), 0);
      MEASURE ("store/query/outbox-ready",
               g_ptr_array_unref (wf_store_list_outbox_ready (bench->store, now, 1000)), 0);
      MEASURE ("store/query/log-first-100",
               g_ptr_array_unref (wf_store_list_log (bench->store, NULL, NULL, 0, 100)), 0);
      MEASURE ("store/query/log-at-100000",
               g_ptr_array_unref (wf_store_list_log (bench->store, NULL, NULL, 100000, 100)), 0);
      MEASURE ("store/query/log-next-100",
               g_ptr_array_unref (wf_store_list_log (bench->store, NULL, NULL, 100100, 100)), 0);
    }
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
  guint n_rows = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000000;
  Bench bench = { .folder = g_dir_make_tmp ("bench-store-XXXXXX", NULL) };

  bench_open (&bench, "empty");
  measure_batches (&bench, "empty");
  measure_single (&bench);
  bench_close (&bench);

  bench_open (&bench, "full");
  fill (&bench, n_rows);
  measure_batches (&bench, "full");
  measure_queries (&bench);
  bench_close (&bench);
  bench_store_window (bench.folder, n_rows);
  remove_folder (bench.folder);
  g_free (bench.folder);
  return 0;
}
