/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's threads: order, transactions, cancelling, priority, reading beside writing, closing. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"
#include "wf-store-private.h"
#include "wf-store-thread.h"

#include <glib/gstdio.h>

typedef struct
{
  WfTestFolder *folder;  /* (owned) */
  char *path;            /* (owned) */
  WfStoreThread *thread; /* (owned) */
  GMutex gate;           /* jobs may be made to wait at it */
  GAsyncQueue *arrived;  /* (owned) they say so when they are there */
  GString *done;         /* (owned) names of the finished jobs, in the order of their callbacks */
} Fixture;

static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  f->folder = wf_test_folder_new ();
  f->path = wf_test_folder_build (f->folder, "account.db");
  f->thread = wf_store_thread_new (f->path, NULL, &error);
  g_assert_no_error (error);
  g_mutex_init (&f->gate);
  f->arrived = g_async_queue_new ();
  f->done = g_string_new (NULL);
  return f;
}

static void
fixture_free (Fixture *f)
{
  g_clear_object (&f->thread);
  wf_test_folder_free (f->folder);
  g_free (f->path);
  g_mutex_clear (&f->gate);
  g_async_queue_unref (f->arrived);
  g_string_free (f->done, TRUE);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* ---- jobs: each named by a text ---- */

typedef struct
{
  Fixture *fixture;
  char *name;    /* (owned) */
  char *result;  /* (owned) (nullable) */
  GError *error; /* (owned) (nullable) */
  gboolean finished;
} Call;

static Call *
call_new (Fixture *f, const char *name)
{
  Call *call = g_new0 (Call, 1);

  call->fixture = f;
  call->name = g_strdup (name);
  return call;
}

static void
call_free (Call *call)
{
  g_free (call->name);
  g_free (call->result);
  g_clear_error (&call->error);
  g_free (call);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  call->result = wf_store_thread_finish (WF_STORE_THREAD (source), result, &call->error);
  call->finished = TRUE;
  g_string_append_printf (call->fixture->done, "%s ", call->name);
}

static void
wait_for (Call *call)
{
  while (!call->finished)
    g_main_context_iteration (NULL, TRUE);
}

/* Sets the fact of its name, and gives the name back. */
static gpointer
set_fact (WfStore *store, gpointer data, GError **error)
{
  return wf_store_set_fact (store, data, "1", error) ? g_strdup (data) : NULL;
}

static gpointer
set_fact_and_fail (WfStore *store, gpointer data, GError **error)
{
  wf_store_set_fact (store, data, "1", error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "as asked");
  return g_strdup ("freed by the thread");
}

static gpointer
get_fact (WfStore *store, gpointer data, GError **error)
{
  return wf_store_get_fact (store, data);
}

static gpointer
wait_at_gate (WfStore *store, gpointer data, GError **error)
{
  Fixture *f = data;

  g_async_queue_push (f->arrived, f);
  g_mutex_lock (&f->gate);
  g_mutex_unlock (&f->gate);
  return NULL;
}

static Call *
write_fact (Fixture *f, const char *name)
{
  Call *call = call_new (f, name);

  wf_store_thread_write_async (f->thread, set_fact, g_strdup (name), g_free, g_free, NULL, on_done,
                               call);
  return call;
}

static Call *
read_fact (Fixture *f, const char *name)
{
  Call *call = call_new (f, name);

  wf_store_thread_read_async (f->thread, get_fact, g_strdup (name), g_free, g_free, NULL, on_done,
                              call);
  return call;
}

/* ---- tests ---- */

static void
test_write_and_read (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) write = write_fact (f, "a"), read = NULL, none = NULL;

  wait_for (write);
  g_assert_no_error (write->error);
  g_assert_cmpstr (write->result, ==, "a");
  read = read_fact (f, "a");
  none = read_fact (f, "b");
  wait_for (read);
  wait_for (none);
  g_assert_cmpstr (read->result, ==, "1");
  g_assert_null (none->result);
  g_assert_no_error (none->error);
}

static void
test_error_rolls_back (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) call = call_new (f, "bad"), read = NULL;

  wf_store_thread_write_async (f->thread, set_fact_and_fail, g_strdup ("bad"), g_free, g_free, NULL,
                               on_done, call);
  wait_for (call);
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_null (call->result);
  read = read_fact (f, "bad");
  wait_for (read);
  g_assert_null (read->result);
}

static void
test_order (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) gate = call_new (f, "gate");
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);

  g_mutex_lock (&f->gate);
  wf_store_thread_write_async (f->thread, wait_at_gate, f, NULL, NULL, NULL, on_done, gate);
  g_async_queue_pop (f->arrived);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_ptr_array_add (calls, write_fact (f, name));
    }
  g_mutex_unlock (&f->gate);
  wait_for (g_ptr_array_index (calls, 4));
  g_assert_cmpstr (f->done->str, ==, "gate 0 1 2 3 4 ");
}

/* A person's command overtakes an import that is waiting. */
static void
test_priority (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) gate = call_new (f, "gate"), command = NULL;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);

  g_mutex_lock (&f->gate);
  wf_store_thread_import_async (f->thread, wait_at_gate, f, NULL, NULL, NULL, on_done, gate);
  g_async_queue_pop (f->arrived);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("import-%u", i);
      Call *call = call_new (f, name);

      g_ptr_array_add (calls, call);
      wf_store_thread_import_async (f->thread, set_fact, g_strdup (name), g_free, g_free, NULL,
                                    on_done, call);
    }
  command = write_fact (f, "command");
  g_mutex_unlock (&f->gate);
  wait_for (g_ptr_array_index (calls, 4));
  g_assert_cmpstr (f->done->str, ==, "gate command import-0 import-1 import-2 import-3 import-4 ");
}

static void
test_cancel (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) gate = call_new (f, "gate"), call = call_new (f, "cancelled"), read = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_mutex_lock (&f->gate);
  wf_store_thread_write_async (f->thread, wait_at_gate, f, NULL, NULL, NULL, on_done, gate);
  g_async_queue_pop (f->arrived);
  wf_store_thread_write_async (f->thread, set_fact, g_strdup ("cancelled"), g_free, g_free,
                               cancellable, on_done, call);
  g_cancellable_cancel (cancellable);
  g_mutex_unlock (&f->gate);
  wait_for (call);
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  read = read_fact (f, "cancelled");
  wait_for (read);
  g_assert_null (read->result);
}

static gpointer
set_fact_then_wait (WfStore *store, gpointer data, GError **error)
{
  Fixture *f = data;

  wf_store_set_fact (store, "half", "1", error);
  g_async_queue_push (f->arrived, f);
  g_mutex_lock (&f->gate);
  g_mutex_unlock (&f->gate);
  return NULL;
}

/* Reading goes on while a transaction is open, and does not see the half of it. */
static void
test_read_beside_write (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) first = write_fact (f, "first"), write = call_new (f, "write"), read = NULL,
                   half = NULL, whole = NULL;

  wait_for (first);
  g_mutex_lock (&f->gate);
  wf_store_thread_write_async (f->thread, set_fact_then_wait, f, NULL, NULL, NULL, on_done, write);
  g_async_queue_pop (f->arrived);
  for (guint i = 0; i < 50; i++)
    {
      g_clear_pointer (&read, call_free);
      g_clear_pointer (&half, call_free);
      read = read_fact (f, "first");
      half = read_fact (f, "half");
      wait_for (half);
      g_assert_cmpstr (read->result, ==, "1");
      g_assert_null (half->result);
    }
  g_assert_false (write->finished);
  g_mutex_unlock (&f->gate);
  wait_for (write);
  whole = read_fact (f, "half");
  wait_for (whole);
  g_assert_cmpstr (whole->result, ==, "1");
}

static void
test_close (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (Call) late = NULL;
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL), *fact = NULL;
  WfStore *store;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_ptr_array_add (calls, write_fact (f, name));
    }
  wf_store_thread_close (f->thread);
  /* What was given was done, and written back. */
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  late = write_fact (f, "late");
  wait_for (late);
  g_assert_error (late->error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  for (guint i = 0; i < 20; i++)
    {
      wait_for (g_ptr_array_index (calls, i));
      g_assert_no_error (((Call *) g_ptr_array_index (calls, i))->error);
    }
  wf_store_thread_close (f->thread);
  store = wf_store_open (f->path, WF_STORE_READ_WRITE, NULL, &error);
  g_assert_no_error (error);
  fact = wf_store_get_fact (store, "19");
  g_assert_cmpstr (fact, ==, "1");
  g_assert_null (wf_store_get_fact (store, "late"));
  wf_store_close (store);
}

/* Not closed by anybody: the last reference does. */
static void
test_dropped (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) call = write_fact (f, "a");

  wait_for (call);
  g_assert_finalize_object (g_steal_pointer (&f->thread));
}

static gpointer
set_big_fact (WfStore *store, gpointer data, GError **error)
{
  g_autofree char *big = g_strnfill (400000, 'x');

  wf_store_set_fact (store, "big", big, error);
  return NULL;
}

static gint64
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* In a pause the log is written back into the database, without anybody asking. */
static void
test_written_back_in_pause (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) call = call_new (f, "big");
  guint tick = g_timeout_add (20, on_tick, NULL);
  gint64 before = get_size (f->path);

  wf_store_thread_write_async (f->thread, set_big_fact, NULL, NULL, NULL, NULL, on_done, call);
  wait_for (call);
  g_assert_no_error (call->error);
  for (guint i = 0; i < 1000 && get_size (f->path) < before + 400000; i++)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_cmpint (get_size (f->path), >=, before + 400000);
}

static gpointer
add_activity (WfStore *store, gpointer data, GError **error)
{
  g_autoptr (WfActivity) activity = wf_test_activity ("a-1", NOW);

  wf_store_put_activity (store, activity, NULL, error);
  for (guint i = 0; i < 9000; i++)
    wf_store_add_log (store, NOW, "problem", "p", NULL, NULL, error);
  return NULL;
}

static gpointer
count_blocks (WfStore *store, gpointer data, GError **error)
{
  sqlite3_stmt *count = NULL;
  gint n = -1;

  if (sqlite3_prepare_v2 (store->db, "SELECT count(*) FROM fact_blocks", -1, &count, NULL) ==
          SQLITE_OK &&
      sqlite3_step (count) == SQLITE_ROW)
    n = sqlite3_column_int (count, 0);
  sqlite3_finalize (count);
  return g_strdup_printf ("%d", n);
}

/* In a pause a full block of facts is stored; the newest one is not. */
static void
test_facts_in_pause (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) call = call_new (f, "activity");
  g_autofree char *n = NULL;
  guint tick = g_timeout_add (20, on_tick, NULL);

  wf_store_thread_write_async (f->thread, add_activity, NULL, NULL, NULL, NULL, on_done, call);
  wait_for (call);
  g_assert_no_error (call->error);
  for (guint i = 0; i < 1000 && g_strcmp0 (n, "1") != 0; i++)
    {
      g_autoptr (Call) ask = call_new (f, "blocks");

      wf_store_thread_read_async (f->thread, count_blocks, NULL, NULL, g_free, NULL, on_done, ask);
      wait_for (ask);
      g_set_str (&n, ask->result);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
  g_assert_cmpstr (n, ==, "1");
}

/* What the last program left is stored without anybody writing. */
static void
test_facts_after_opening (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Call) call = call_new (f, "activity");
  g_autoptr (GError) error = NULL;
  g_autofree char *n = NULL;
  guint tick = g_timeout_add (20, on_tick, NULL);

  wf_store_thread_write_async (f->thread, add_activity, NULL, NULL, NULL, NULL, on_done, call);
  wait_for (call);
  g_assert_no_error (call->error);
  wf_store_thread_close (f->thread);
  g_clear_object (&f->thread);
  f->thread = wf_store_thread_new (f->path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 1000 && g_strcmp0 (n, "1") != 0; i++)
    {
      g_autoptr (Call) ask = call_new (f, "blocks");

      wf_store_thread_read_async (f->thread, count_blocks, NULL, NULL, g_free, NULL, on_done, ask);
      wait_for (ask);
      g_set_str (&n, ask->result);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
  g_assert_cmpstr (n, ==, "1");
}

static void
test_kept_aside (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_write (folder, "account.db", "no database at all", -1),
                  *aside = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfStoreThread) thread = NULL;

  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*kept aside*");
  thread = wf_store_thread_new (path, &aside, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_nonnull (thread);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/thread/write-and-read", test_write_and_read);
  g_test_add_func ("/store/thread/error-rolls-back", test_error_rolls_back);
  g_test_add_func ("/store/thread/order", test_order);
  g_test_add_func ("/store/thread/priority", test_priority);
  g_test_add_func ("/store/thread/cancel", test_cancel);
  g_test_add_func ("/store/thread/read-beside-write", test_read_beside_write);
  g_test_add_func ("/store/thread/close", test_close);
  g_test_add_func ("/store/thread/dropped", test_dropped);
  g_test_add_func ("/store/thread/written-back-in-pause", test_written_back_in_pause);
  g_test_add_func ("/store/thread/facts-in-pause", test_facts_in_pause);
  g_test_add_func ("/store/thread/facts-after-opening", test_facts_after_opening);
  g_test_add_func ("/store/thread/kept-aside", test_kept_aside);
  return g_test_run ();
}
