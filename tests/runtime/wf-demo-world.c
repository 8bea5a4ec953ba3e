/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM over HTTP, and up to three programs that use it. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-world.h"

#include "wf-open-crm.h"

#define MOST_REAL_SECONDS 60
#define TICK_MILLISECONDS 20

/* -- waiting ----------------------------------------------------------------------------------- */

static gboolean
on_tick (gpointer user_data)
{
  /* Pauses are by the clock; time goes on while the network is waited for. */
  wf_fake_clock_advance (((WfDemoWorld *) user_data)->clock, G_TIME_SPAN_SECOND);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
wf_demo_world_wait (gpointer world, gboolean (*condition) (gpointer world))
{
  gboolean timed_out = FALSE;
  guint tick = g_timeout_add (TICK_MILLISECONDS, on_tick, world);
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  while (!timed_out && !condition (world))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (watchdog);
  g_assert_false (timed_out);
}

gboolean
wf_demo_world_is_settled (gpointer world)
{
  WfDemoWorld *self = world;

  for (guint i = 0; i < WF_DEMO_WORLD_MOST; i++)
    if (self->runtimes[i] != NULL &&
        (wf_runtime_get_sync_status (self->runtimes[i]) != WF_SYNC_STATUS_UP_TO_DATE ||
         !wf_runtime_is_settled (self->runtimes[i]) ||
         wf_runtime_get_pending_changes (self->runtimes[i]) > 0))
      return FALSE;
  return TRUE;
}

/* -- programs ---------------------------------------------------------------------------------- */

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_runtime_start_finish (WF_RUNTIME (source), result, &error));
  g_assert_no_error (error);
}

void
wf_demo_world_start (WfDemoWorld *self, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s-%u.db", self->tokens[index], index);
  g_autofree char *path = wf_test_folder_build (self->folder, name);
  g_autoptr (WfCrm) crm =
      wf_open_crm_new (WF_CLOCK (self->clock), wf_demo_server_get_uri (self->server),
                       wf_demo_server_get_token (self->server, self->tokens[index]), &error);

  g_assert_no_error (error);
  self->runtimes[index] = wf_runtime_new (
      WF_CLOCK (self->clock), crm,
      self->notifiers[index] != NULL ? WF_NOTIFIER (self->notifiers[index]) : NULL, path);
  wf_runtime_start_async (self->runtimes[index], NULL, on_started, NULL);
}

void
wf_demo_world_stop (WfDemoWorld *self, guint index)
{
  if (self->runtimes[index] == NULL)
    return;
  wf_runtime_stop (self->runtimes[index]);
  g_clear_object (&self->runtimes[index]);
}

/* -- the world --------------------------------------------------------------------------------- */

void
wf_demo_world_begin (WfDemoWorld *self, WfDemoFlags flags)
{
  g_autoptr (GError) error = NULL;

  self->clock = wf_fake_clock_new_at (WF_TEST_START);
  self->folder = wf_test_folder_new ();
  self->server = wf_demo_server_new (WF_DEMO_MEMORY, WF_CLOCK (self->clock), flags, &error);
  g_assert_no_error (error);
}

void
wf_demo_world_end (WfDemoWorld *self)
{
  for (guint i = 0; i < WF_DEMO_WORLD_MOST; i++)
    wf_demo_world_stop (self, i);
  wf_demo_server_stop (self->server);
  wf_fake_clock_run_idle ();
  g_clear_object (&self->server);
  for (guint i = 0; i < WF_DEMO_WORLD_MOST; i++)
    g_clear_object (&self->notifiers[i]);
  wf_fake_clock_run_idle ();
  g_clear_object (&self->clock);
  g_clear_pointer (&self->folder, wf_test_folder_free);
}
