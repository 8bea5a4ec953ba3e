/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who look at blocks of facts, one thread each: the one that reads them, and others that help it. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-fact-walkers.h"

/* Policy. To look at a block takes about ten times as long as to read it. So the thread that reads hands blocks to the others
 * while less than one a thread waits, and looks at one itself when there are: all are busy until the end, whoever is the
 * slowest. The others are started with the first block; where no thread can be had, the caller does it all. The database is
 * used by the reading thread alone. */

typedef struct
{
  WfFactWalkers *walkers;
  gpointer user_data;
  WfFactBlock *facts; /* (owned) (nullable) until its first block */
  GThread *thread;    /* (owned) (nullable) */
} Walker;

typedef struct
{
  gint64 block;
  GByteArray *columns; /* (owned) (nullable) NULL: there are no more */
} Task;

struct _WfFactWalkers
{
  WfActivityFactsFunc func;
  Walker *walkers; /* (owned) the caller's own is the first one */
  guint n;
  guint n_threads; /* that run */
  gboolean started;
  GAsyncQueue *tasks; /* (owned) of Task, for the others */
  GMutex lock;
  GArray *damaged; /* (owned) (nullable) of gint64; under the lock */
  int enough;      /* atomic */
};

static Task *
task_new (gint64 block, GByteArray *columns)
{
  Task *self = g_new (Task, 1);

  *self = (Task) { block, columns };
  return self;
}

static void
task_free (gpointer data)
{
  Task *self = data;

  g_clear_pointer (&self->columns, g_byte_array_unref);
  g_free (self);
}

static WfFactBlock *
get_block (Walker *walker)
{
  if (walker->facts == NULL)
    walker->facts = g_new (WfFactBlock, 1);
  return walker->facts;
}

static void
show (WfFactWalkers *self, Walker *walker)
{
  const WfFactBlock *b = walker->facts;
  WfActivityFacts facts = { .n = b->n,
                            .number = b->number,
                            .created = b->created,
                            .due = b->due,
                            .original_due = b->original_due,
                            .closed = b->closed,
                            .lead = b->lead,
                            .person = b->person,
                            .type = b->type,
                            .workflow = b->workflow,
                            .origin = b->origin,
                            .version = b->version,
                            .status = b->status,
                            .flags = b->flags };

  if (b->n > 0 && !self->func (&facts, walker->user_data))
    g_atomic_int_set (&self->enough, TRUE);
}

static void
carry_out (WfFactWalkers *self, Walker *walker, const Task *task)
{
  if (wf_fact_walkers_have_enough (self))
    return;
  if (wf_fact_block_unpack (get_block (walker), task->columns->data, task->columns->len))
    {
      show (self, walker);
      return;
    }
  g_mutex_lock (&self->lock);
  g_array_append_val (self->damaged, task->block);
  g_mutex_unlock (&self->lock);
}

static gpointer
run (gpointer data)
{
  Walker *walker = data;
  gboolean more = TRUE;

  while (more)
    {
      Task *task = g_async_queue_pop (walker->walkers->tasks);

      more = task->columns != NULL;
      if (more)
        carry_out (walker->walkers, walker, task);
      task_free (task);
    }
  return NULL;
}

static void
start_threads (WfFactWalkers *self)
{
  self->started = TRUE;
  while (self->n_threads + 1 < self->n)
    {
      Walker *walker = &self->walkers[self->n_threads + 1];

      walker->thread = g_thread_try_new ("facts", run, walker, NULL);
      if (walker->thread == NULL)
        return;
      self->n_threads++;
    }
}

WfFactWalkers *
wf_fact_walkers_new (WfActivityFactsFunc func, gpointer const *walkers, guint n)
{
  WfFactWalkers *self = g_new0 (WfFactWalkers, 1);

  self->func = func;
  self->n = n;
  self->walkers = g_new0 (Walker, n);
  self->tasks = g_async_queue_new_full (task_free);
  self->damaged = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_mutex_init (&self->lock);
  for (guint i = 0; i < n; i++)
    self->walkers[i] = (Walker) { .walkers = self, .user_data = walkers[i] };
  return self;
}

void
wf_fact_walkers_free (WfFactWalkers *self)
{
  g_clear_pointer (&self->damaged, g_array_unref);
  for (guint i = 0; i < self->n; i++)
    g_free (self->walkers[i].facts);
  g_async_queue_unref (self->tasks);
  g_mutex_clear (&self->lock);
  g_free (self->walkers);
  g_free (self);
}

WfFactBlock *
wf_fact_walkers_get_own_block (WfFactWalkers *self)
{
  return get_block (&self->walkers[0]);
}

void
wf_fact_walkers_show_own_block (WfFactWalkers *self)
{
  show (self, &self->walkers[0]);
}

void
wf_fact_walkers_take (WfFactWalkers *self, gint64 block, GByteArray *columns)
{
  Task *task = task_new (block, columns);

  if (!self->started)
    start_threads (self);
  if (g_async_queue_length (self->tasks) < (int) self->n_threads)
    {
      g_async_queue_push (self->tasks, task);
      return;
    }
  carry_out (self, &self->walkers[0], task);
  task_free (task);
}

gboolean
wf_fact_walkers_have_enough (WfFactWalkers *self)
{
  return g_atomic_int_get (&self->enough);
}

GArray *
wf_fact_walkers_finish (WfFactWalkers *self)
{
  for (guint i = 0; i < self->n_threads; i++)
    g_async_queue_push (self->tasks, task_new (0, NULL));
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->walkers[i + 1].thread);
  self->n_threads = 0;
  return g_steal_pointer (&self->damaged);
}
