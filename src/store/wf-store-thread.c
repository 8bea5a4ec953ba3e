/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite off the main loop: one thread with the writing connection, one with a reading connection. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-thread.h"

#include "wf-store-facts.h"

#include <glib/gi18n-lib.h>

/* Policy. Each thread does its jobs in the order in which they came; of the writing ones, imports wait for all others, so
 * that a person's command waits for one job at most. The write-ahead log is written back (checkpoint) by the reading thread,
 * beside the next transactions: when nothing was written for a moment, and in a long import now and then. Only when the log
 * grows without end, because the transactions never pause, the writing thread does the rest itself between two jobs. The
 * newest keys are put into their index (wf-store-keys.c) by the writing thread, a portion at a time: in its pauses, and in a
 * long import after each job. Blocks of facts (wf-store-fact-blocks.c) follow when nothing was written for some seconds, so
 * that a person who works does not make one anew with each click; where the pause does not come, as in a busy company or a
 * long import, one after each job from some time on; and at once when somebody had to read many from their rows. Opening
 * counts as writing, because the last program may have left some. In a longer pause so does the newest of them, cached
 * pages are given back, and the whole database is checked once, which stops when a job comes. */
#define PAUSE_USEC (200 * G_TIME_SPAN_MILLISECOND)
#define FACTS_PAUSE_USEC (2 * G_TIME_SPAN_SECOND)
#define FACTS_LATEST_USEC (20 * G_TIME_SPAN_SECOND)
#define FACTS_MISSED 4
#define LONG_PAUSE_USEC (20 * G_TIME_SPAN_SECOND)
#define CHECKPOINT_PAGES 8000
#define CHECKPOINT_PAGES_MOST 65000

typedef struct
{
  WfStoreJob func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gpointer result; /* until it is given to the task */
  GError *error;   /* (owned) (nullable) */
} Job;

/* One thread with its connection. */
typedef struct
{
  WfStore *store; /* (owned) */
  GThread *thread;
  GMutex lock;
  GCond changed;
  GQueue jobs, imports; /* of GTask (owned) */
  gboolean closing, woken;
  GCancellable *upkeep; /* (owned) cancelled when a job comes */
} Worker;

struct _WfStoreThread
{
  GObject parent_instance;

  Worker writer, reader;
  gint log_pages;    /* atomic: length of the write-ahead log */
  gint facts_missed; /* atomic: many blocks of facts were read from rows */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (WfStoreThread, wf_store_thread, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job);
}

/* ---- doing a job ---- */

static void
do_write (WfStore *store, Job *job)
{
  if (!wf_store_begin (store, &job->error))
    return;
  job->result = job->func (store, job->data, &job->error);
  if (job->error != NULL || !wf_store_commit (store, &job->error))
    wf_store_rollback (store);
}

static void
do_read (WfStore *store, Job *job)
{
  job->result = job->func (store, job->data, &job->error);
}

static gboolean
on_job_done (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (job->error == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&job->result), job->result_free);
      return G_SOURCE_REMOVE;
    }
  if (job->result != NULL && job->result_free != NULL)
    job->result_free (job->result);
  g_task_return_error (task, g_steal_pointer (&job->error));
  return G_SOURCE_REMOVE;
}

/* The task goes back to the context that it came from, which drops the last reference to it, and may so drop that to the
 * object: a thread of the object could not, since it cannot wait for its own end. */
static void
give_back (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "store-job-done");
  g_source_set_callback (source, on_job_done, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* ---- the queues ---- */

static void
worker_push (Worker *worker, GTask *task, gboolean is_import)
{
  g_mutex_lock (&worker->lock);
  g_queue_push_tail (is_import ? &worker->imports : &worker->jobs, task);
  g_cancellable_cancel (worker->upkeep);
  g_cond_signal (&worker->changed);
  g_mutex_unlock (&worker->lock);
}

/* Waits for a job until the deadline (0: for ever). NULL: the deadline passed, woken, or closing and nothing left to do. */
static GTask *
worker_pop (Worker *worker, gint64 deadline)
{
  GTask *task = NULL;
  gboolean in_time = TRUE;

  g_mutex_lock (&worker->lock);
  while (in_time && g_queue_is_empty (&worker->jobs) && g_queue_is_empty (&worker->imports) &&
         !worker->closing && !worker->woken)
    if (deadline == 0)
      g_cond_wait (&worker->changed, &worker->lock);
    else
      in_time = g_cond_wait_until (&worker->changed, &worker->lock, deadline);
  worker->woken = FALSE;
  task = g_queue_pop_head (&worker->jobs);
  if (task == NULL)
    task = g_queue_pop_head (&worker->imports);
  g_cancellable_reset (worker->upkeep);
  g_mutex_unlock (&worker->lock);
  return task;
}

static gboolean
worker_is_closing (Worker *worker)
{
  gboolean closing;

  g_mutex_lock (&worker->lock);
  closing = worker->closing;
  g_mutex_unlock (&worker->lock);
  return closing;
}

static void
worker_wake (Worker *worker)
{
  g_mutex_lock (&worker->lock);
  worker->woken = TRUE;
  g_cond_signal (&worker->changed);
  g_mutex_unlock (&worker->lock);
}

static void
worker_init (Worker *worker)
{
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->changed);
  g_queue_init (&worker->jobs);
  g_queue_init (&worker->imports);
  worker->upkeep = g_cancellable_new ();
}

/* The jobs that were given are done first. */
static void
worker_stop (Worker *worker)
{
  GThread *thread;

  g_mutex_lock (&worker->lock);
  worker->closing = TRUE;
  g_cancellable_cancel (worker->upkeep);
  g_cond_signal (&worker->changed);
  g_mutex_unlock (&worker->lock);
  thread = g_steal_pointer (&worker->thread);
  if (thread != NULL)
    g_thread_join (thread);
}

static void
worker_clear (Worker *worker)
{
  g_clear_pointer (&worker->store, wf_store_close);
  g_clear_object (&worker->upkeep);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->changed);
}

/* ---- the threads ---- */

static void
write_back (WfStoreThread *self, WfStore *store)
{
  g_autoptr (GError) error = NULL;

  if (wf_store_checkpoint (store, &error))
    g_atomic_int_set (&self->log_pages, 0);
  else if (error != NULL)
    g_warning ("The write-ahead log could not be written back: %s", error->message);
}

static void
run_job (Worker *worker, GTask *task, void (*run) (WfStore *, Job *))
{
  Job *job = g_task_get_task_data (task);

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
    run (worker->store, job);
  give_back (task);
}

static void
after_write (WfStoreThread *self)
{
  guint pages = wf_store_get_log_pages (self->writer.store);

  g_atomic_int_set (&self->log_pages, (gint) pages);
  if (pages > CHECKPOINT_PAGES_MOST)
    write_back (self, self->writer.store);
  if (pages > 0)
    worker_wake (&self->reader);
}

/* One portion. Result: whether there is more to merge. */
static gboolean
merge_keys (WfStoreThread *self, gboolean in_pause)
{
  WfStore *store = self->writer.store;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  if (wf_store_begin (store, &error) && wf_store_merge_keys (store, in_pause, &more, &error) &&
      wf_store_commit (store, &error))
    {
      after_write (self);
      return more;
    }
  wf_store_rollback (store);
  g_warning ("New keys could not be put into their index: %s", error->message);
  return FALSE;
}

/* One block. Result: whether there is another one. */
static gboolean
save_facts (WfStoreThread *self, gboolean with_newest)
{
  WfStore *store = self->writer.store;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  if (wf_store_begin (store, &error) &&
      (with_newest ? wf_store_save_newest_facts (store, &more, &error)
                   : wf_store_save_facts (store, &more, &error)) &&
      wf_store_commit (store, &error))
    {
      after_write (self);
      return more;
    }
  wf_store_rollback (store);
  g_warning ("Facts for reports could not be stored: %s", error->message);
  return FALSE;
}

/* What the writing thread does in its pauses, in monotonic time, one after the other; 0: nothing. */
typedef struct
{
  gint64 merge_at, facts_at, release_at;
  gint64 facts_latest; /* when facts do not wait for a pause any more */
} WriterUpkeep;

/* Something was written. */
static void
upkeep_writer_note (WriterUpkeep *upkeep)
{
  gint64 now = g_get_monotonic_time ();

  upkeep->merge_at = now + PAUSE_USEC;
  if (upkeep->facts_latest == 0)
    upkeep->facts_latest = now + FACTS_LATEST_USEC;
  upkeep->facts_at = MIN (upkeep->merge_at + FACTS_PAUSE_USEC, upkeep->facts_latest);
  upkeep->release_at = upkeep->merge_at + LONG_PAUSE_USEC;
}

static gint64
upkeep_writer_get_deadline (const WriterUpkeep *upkeep)
{
  if (upkeep->merge_at != 0)
    return upkeep->merge_at;
  return upkeep->facts_at != 0 ? upkeep->facts_at : upkeep->release_at;
}

static void
upkeep_facts (WriterUpkeep *upkeep, WfStoreThread *self)
{
  if (!save_facts (self, FALSE))
    upkeep->facts_at = upkeep->facts_latest = 0;
}

static void
upkeep_writer (WriterUpkeep *upkeep, WfStoreThread *self)
{
  if (upkeep->merge_at != 0)
    {
      if (!merge_keys (self, TRUE))
        upkeep->merge_at = 0;
      return;
    }
  if (upkeep->facts_at != 0)
    {
      upkeep_facts (upkeep, self);
      return;
    }
  if (save_facts (self, TRUE))
    return;
  wf_store_release_memory (self->writer.store);
  upkeep->release_at = 0;
}

static gpointer
write_thread (gpointer data)
{
  WfStoreThread *self = data;
  Worker *worker = &self->writer;
  WriterUpkeep upkeep = { 0 };

  upkeep_writer_note (&upkeep);
  upkeep.merge_at = 0; /* nothing is new */
  for (;;)
    {
      gint64 deadline = upkeep_writer_get_deadline (&upkeep);
      GTask *task = worker_pop (worker, deadline);

      if (task != NULL)
        {
          run_job (worker, task, do_write);
          after_write (self);
          if (wf_store_wants_merge (worker->store))
            merge_keys (self, FALSE);
          if (upkeep.facts_latest != 0 && g_get_monotonic_time () >= upkeep.facts_latest)
            upkeep_facts (&upkeep, self);
          upkeep_writer_note (&upkeep);
        }
      else if (worker_is_closing (worker))
        break;
      else if (g_atomic_int_compare_and_exchange (&self->facts_missed, TRUE, FALSE))
        upkeep.facts_at = g_get_monotonic_time ();
      else if (deadline != 0 && g_get_monotonic_time () >= deadline)
        upkeep_writer (&upkeep, self);
    }
  g_clear_pointer (&worker->store, wf_store_close);
  return NULL;
}

/* TRUE once the whole database was read. */
static gboolean
check_database (Worker *worker)
{
  g_autoptr (GError) error = NULL;

  if (wf_store_check (worker->store, worker->upkeep, &error))
    return TRUE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  g_warning ("The store was checked: %s", error->message);
  return TRUE;
}

/* What the reading thread knows of its pauses, in monotonic time. */
typedef struct
{
  gint64 read_at, written_at; /* the last time */
  gint
      pages_written_back; /* length of the log when it was last written back and could not begin anew */
  gboolean is_checked, has_read;
} Upkeep;

static void
upkeep_write_back (Upkeep *upkeep, WfStoreThread *self)
{
  write_back (self, self->reader.store);
  upkeep->pages_written_back = g_atomic_int_get (&self->log_pages);
  upkeep->written_at = g_get_monotonic_time ();
}

/* A transaction was made. */
static void
upkeep_note_write (Upkeep *upkeep, WfStoreThread *self)
{
  gint pages = g_atomic_int_get (&self->log_pages);

  upkeep->written_at = g_get_monotonic_time ();
  if (pages < upkeep->pages_written_back)
    upkeep->pages_written_back = 0;
  if (pages > upkeep->pages_written_back + CHECKPOINT_PAGES)
    upkeep_write_back (upkeep, self);
}

static gint64
upkeep_get_deadline (const Upkeep *upkeep, WfStoreThread *self)
{
  if (g_atomic_int_get (&self->log_pages) > 0)
    return upkeep->written_at + PAUSE_USEC;
  return upkeep->is_checked && !upkeep->has_read ? 0 : upkeep->read_at + LONG_PAUSE_USEC;
}

/* A job was done. Who reads whole reports out of rows does so again. */
static void
upkeep_note_read (Upkeep *upkeep, WfStoreThread *self)
{
  upkeep->read_at = g_get_monotonic_time ();
  upkeep->has_read = TRUE;
  if (wf_store_take_missed_facts (self->reader.store) < FACTS_MISSED)
    return;
  g_atomic_int_set (&self->facts_missed, TRUE);
  worker_wake (&self->writer);
}

/* Nobody read for a while. */
static void
upkeep_rest (Upkeep *upkeep, Worker *worker)
{
  if (!upkeep->is_checked)
    upkeep->is_checked = check_database (worker);
  upkeep->has_read = FALSE;
  wf_store_release_memory (worker->store);
}

static gpointer
read_thread (gpointer data)
{
  WfStoreThread *self = data;
  Worker *worker = &self->reader;
  Upkeep upkeep = { .read_at = g_get_monotonic_time () };

  for (;;)
    {
      gint64 deadline = upkeep_get_deadline (&upkeep, self);
      GTask *task = worker_pop (worker, deadline);

      if (task != NULL)
        {
          run_job (worker, task, do_read);
          upkeep_note_read (&upkeep, self);
        }
      else if (worker_is_closing (worker))
        break;
      else if (deadline == 0 || g_get_monotonic_time () < deadline)
        upkeep_note_write (&upkeep, self);
      else if (g_atomic_int_get (&self->log_pages) > 0)
        upkeep_write_back (&upkeep, self);
      else
        upkeep_rest (&upkeep, worker);
    }
  g_clear_pointer (&worker->store, wf_store_close);
  return NULL;
}

/* ---- the object ---- */

static void
wf_store_thread_dispose (GObject *object)
{
  wf_store_thread_close (WF_STORE_THREAD (object));

  G_OBJECT_CLASS (wf_store_thread_parent_class)->dispose (object);
}

static void
wf_store_thread_finalize (GObject *object)
{
  WfStoreThread *self = WF_STORE_THREAD (object);

  worker_clear (&self->reader);
  worker_clear (&self->writer);

  G_OBJECT_CLASS (wf_store_thread_parent_class)->finalize (object);
}

static void
wf_store_thread_class_init (WfStoreThreadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wf_store_thread_dispose;
  object_class->finalize = wf_store_thread_finalize;
}

static void
wf_store_thread_init (WfStoreThread *self)
{
  worker_init (&self->writer);
  worker_init (&self->reader);
}

/**
 * wf_store_thread_new:
 *
 * Errors: those of wf_store_open.
 */
WfStoreThread *
wf_store_thread_new (const char *path, char **kept_aside, GError **error)
{
  g_autoptr (WfStoreThread) self = g_object_new (WF_TYPE_STORE_THREAD, NULL);
  self->writer.store = wf_store_open (path, WF_STORE_READ_WRITE, kept_aside, error);
  if (self->writer.store == NULL)
    return NULL;
  self->reader.store = wf_store_open (path, WF_STORE_READ_ONLY, NULL, error);
  if (self->reader.store == NULL)
    {
      if (kept_aside != NULL)
        g_clear_pointer (kept_aside, g_free);
      return NULL;
    }
  self->writer.thread = g_thread_new ("store-writer", write_thread, self);
  self->reader.thread = g_thread_new ("store-reader", read_thread, self);
  return g_steal_pointer (&self);
}

static void
start (WfStoreThread *self, Worker *worker, gboolean is_import, Job job, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, g_memdup2 (&job, sizeof job), job_free);
  if (!self->closed)
    {
      worker_push (worker, task, is_import);
      return;
    }
  g_task_return_new_error (task, WF_STORE_ERROR, WF_STORE_ERROR_FAILED, "%s",
                           _ ("The data of this account is closed."));
  g_object_unref (task);
}

void
wf_store_thread_write_async (WfStoreThread *self, WfStoreJob job, gpointer data,
                             GDestroyNotify data_free, GDestroyNotify result_free,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  start (self, &self->writer, FALSE, (Job) { job, data, data_free, result_free, NULL, NULL },
         cancellable, callback, user_data);
}

/**
 * wf_store_thread_import_async:
 *
 * As wf_store_thread_write_async, for batches of a long import: waits until no other writing job does.
 */
void
wf_store_thread_import_async (WfStoreThread *self, WfStoreJob job, gpointer data,
                              GDestroyNotify data_free, GDestroyNotify result_free,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  start (self, &self->writer, TRUE, (Job) { job, data, data_free, result_free, NULL, NULL },
         cancellable, callback, user_data);
}

void
wf_store_thread_read_async (WfStoreThread *self, WfStoreJob job, gpointer data,
                            GDestroyNotify data_free, GDestroyNotify result_free,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  start (self, &self->reader, FALSE, (Job) { job, data, data_free, result_free, NULL, NULL },
         cancellable, callback, user_data);
}

/**
 * wf_store_thread_finish:
 *
 * Result: the job's result, owned by the caller as the job says.
 */
gpointer
wf_store_thread_finish (WfStoreThread *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wf_store_thread_close:
 *
 * Does the jobs that were given, writes the log back, closes. Blocks meanwhile. Later jobs fail.
 */
void
wf_store_thread_close (WfStoreThread *self)
{
  if (self->closed)
    return;
  self->closed = TRUE;
  worker_stop (&self->writer);
  worker_stop (&self->reader);
}
