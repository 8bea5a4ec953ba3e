/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM in a thread of its own. */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-server.h"

#define NO_RATE_LIMIT 100000000

static gpointer
serve (gpointer data)
{
  WfBenchServer *self = data;
  g_autoptr (WfClock) clock = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (self->context);
  clock = wf_system_clock_new ();
  self->server =
      wf_demo_server_new (WF_DEMO_MEMORY, clock, WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY, &error);
  if (self->server == NULL)
    g_error ("%s", error->message);
  wf_demo_server_set_rate_limit (self->server, NO_RATE_LIMIT);
  g_mutex_lock (&self->lock);
  self->engine = g_strdup (wf_demo_server_get_token (self->server, WF_DEMO_ENGINE));
  self->manager = g_strdup (wf_demo_server_get_token (self->server, "helena"));
  self->uri = g_strdup (wf_demo_server_get_uri (self->server));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_main_loop_run (self->loop);
  wf_demo_server_stop (self->server);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

void
wf_bench_server_start (WfBenchServer *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_lock (&self->lock);
  self->thread = g_thread_new ("demo-crm", serve, self);
  while (self->uri == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
}

void
wf_bench_server_stop (WfBenchServer *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->uri);
  g_free (self->engine);
  g_free (self->manager);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
}

typedef struct
{
  WfDemoServer *server;
  void (*func) (WfDemoServer *server, gpointer data);
  gpointer data;
  gboolean done; /* atomic */
} Errand;

static gboolean
run_errand (gpointer data)
{
  Errand *errand = data;

  errand->func (errand->server, errand->data);
  g_atomic_int_set (&errand->done, TRUE);
  g_main_context_wakeup (NULL);
  return G_SOURCE_REMOVE;
}

void
wf_bench_server_run (WfBenchServer *self, void (*func) (WfDemoServer *server, gpointer data),
                     gpointer data)
{
  Errand errand = { self->server, func, data, FALSE };

  g_main_context_invoke (self->context, run_errand, &errand);
  while (!g_atomic_int_get (&errand.done))
    g_main_context_iteration (NULL, TRUE);
}
