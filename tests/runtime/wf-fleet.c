/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many engines at once on one demo CRM over HTTP, each with a store and a clock of its own. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fleet.h"

#include "wf-http.h"
#include "wf-open-crm.h"

#define START "2026-11-18T13:00:00Z"
#define MOST_REAL_SECONDS 40
#define TICK_MILLISECONDS 20

static const char *const tables[] = { "activities", "actions", "messages", "leads" };

/* -- the engines ------------------------------------------------------------------------------- */

WfFleetEngine *
wf_fleet_get (WfFleet *self, guint index)
{
  return &g_array_index (self->engines, WfFleetEngine, index);
}

WfRuntime *
wf_fleet_find (WfFleet *self, const char *account)
{
  for (guint i = 0; i < self->engines->len; i++)
    if (g_str_equal (wf_fleet_get (self, i)->account, account))
      return wf_fleet_get (self, i)->runtime;
  return NULL;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_start_finish (WF_RUNTIME (source), result, &error))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED); /* it crashed meanwhile */
}

void
wf_fleet_start (WfFleet *self, guint index)
{
  WfFleetEngine *engine = wf_fleet_get (self, index);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrm) crm =
      wf_open_crm_new (WF_CLOCK (engine->clock), wf_demo_server_get_uri (self->server),
                       wf_demo_server_get_token (self->server, engine->account), &error);

  g_assert_no_error (error);
  g_assert_null (engine->runtime);
  /* The fleet's time is not the network's: no request is given up, and who tries again is the
   * runtime, which can be seen to wait. */
  wf_open_crm_set_timeout (WF_OPEN_CRM (crm), 1000000);
  wf_open_crm_set_most_retries (WF_OPEN_CRM (crm), 0);
  engine->runtime = wf_runtime_new (WF_CLOCK (engine->clock), crm, NULL, engine->store_path);
  wf_runtime_start_async (engine->runtime, NULL, on_started, NULL);
}

void
wf_fleet_crash (WfFleet *self, guint index)
{
  WfFleetEngine *engine = wf_fleet_get (self, index);

  wf_runtime_abandon (engine->runtime);
  wf_runtime_stop (engine->runtime);
  g_clear_object (&engine->runtime);
}

static void
add_engine (WfFleet *self, guint index, const char *account)
{
  WfFleetEngine engine = { .account = account };
  g_autofree char *name = g_strdup_printf ("%02u.db", index);

  engine.sees_all = g_str_equal (account, WF_DEMO_ENGINE) || g_str_equal (account, "helena");
  engine.ahead = ((gint64) (index * 7) % 13 - 6) * G_TIME_SPAN_HOUR +
                 (gint64) (index * 11 % 17) * G_TIME_SPAN_MINUTE;
  engine.clock = wf_fake_clock_new (wf_fleet_now (self) + engine.ahead);
  engine.store_path = wf_test_folder_build (self->folder, name);
  g_array_append_val (self->engines, engine);
}

WfInstant
wf_fleet_now (WfFleet *self)
{
  return wf_clock_now (WF_CLOCK (self->clock));
}

void
wf_fleet_pass (WfFleet *self, gint64 microseconds)
{
  wf_fake_clock_pass_over (self->clock, microseconds);
  for (guint i = 0; i < self->engines->len; i++)
    wf_fake_clock_pass_over (wf_fleet_get (self, i)->clock, microseconds);
}

void
wf_fleet_set_clock (WfFleet *self, guint index, gint64 ahead)
{
  WfFleetEngine *engine = wf_fleet_get (self, index);

  engine->ahead = ahead;
  wf_fake_clock_jump (engine->clock, wf_fleet_now (self) + ahead);
}

/* -- waiting ----------------------------------------------------------------------------------- */

/* Only its clock can move it on: a pause after a failure, of a direction or of one item. */
static gboolean
waits_for_time (WfRuntime *runtime)
{
  return runtime->intake.channel.paused || runtime->dispatch.channel.paused ||
         (wf_runtime_is_settled (runtime) && wf_runtime_get_pending_changes (runtime) > 0);
}

static gboolean
on_tick (gpointer user_data)
{
  WfFleet *self = user_data;
  gboolean waits = FALSE;

  for (guint i = 0; i < self->engines->len; i++)
    waits |= wf_fleet_get (self, i)->runtime != NULL &&
             waits_for_time (wf_fleet_get (self, i)->runtime);
  if (waits)
    wf_fleet_pass (self, G_TIME_SPAN_SECOND);
  return G_SOURCE_CONTINUE;
}

static gint64
get_end_of_log (WfFleet *self)
{
  return self->sequence + wf_demo_server_count (self->server, "events");
}

static gint64
get_place (WfRuntime *runtime)
{
  const char *cursor = runtime->intake.cursor,
             *point = cursor != NULL ? strrchr (cursor, '.') : NULL;
  gint64 place = -1;

  if (point != NULL)
    g_assert_true (g_ascii_string_to_signed (point + 1, 10, 0, G_MAXINT64, &place, NULL));
  return place;
}

static gboolean
is_quiet (WfFleet *self, const WfFleetEngine *engine, gint64 end)
{
  WfRuntime *runtime = engine->runtime;

  if (runtime == NULL)
    return TRUE;
  return wf_runtime_get_sync_status (runtime) == WF_SYNC_STATUS_UP_TO_DATE &&
         wf_runtime_is_settled (runtime) && wf_runtime_get_pending_changes (runtime) == 0 &&
         !runtime->scheduler.again && !runtime->dispatch.again &&
         (!engine->sees_all || get_place (runtime) == end);
}

static gboolean
all_quiet (WfFleet *self, gint64 end)
{
  for (guint i = 0; i < self->engines->len; i++)
    if (!is_quiet (self, wf_fleet_get (self, i), end))
      return FALSE;
  return TRUE;
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
print_busy (WfFleet *self)
{
  for (guint i = 0; i < self->engines->len; i++)
    {
      const WfFleetEngine *engine = wf_fleet_get (self, i);

      if (!is_quiet (self, engine, get_end_of_log (self)))
        g_test_message (
            "%u (%s): status %d (%s), settled %d, unsure %d, pending %u, at %" G_GINT64_FORMAT
            " of %" G_GINT64_FORMAT,
            i, engine->account, wf_runtime_get_sync_status (engine->runtime),
            wf_runtime_get_problem (engine->runtime), wf_runtime_is_settled (engine->runtime),
            engine->runtime->intake.unsure, wf_runtime_get_pending_changes (engine->runtime),
            get_place (engine->runtime), get_end_of_log (self));
    }
}

static void
wait_until_quiet (WfFleet *self)
{
  gboolean timed_out = FALSE;
  guint tick = g_timeout_add (TICK_MILLISECONDS, on_tick, self);
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  while (!timed_out && !all_quiet (self, get_end_of_log (self)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (watchdog);
  if (timed_out)
    print_busy (self);
  g_assert_false (timed_out);
}

/* A person's engine does not see every event, so that its place in the log tells nothing: it is
 * asked to look again. */
static void
look_again (WfFleet *self)
{
  for (guint i = 0; i < self->engines->len; i++)
    {
      const WfFleetEngine *engine = wf_fleet_get (self, i);

      if (engine->runtime != NULL && !engine->sees_all)
        wf_runtime_poke (engine->runtime);
    }
}

void
wf_fleet_settle (WfFleet *self)
{
  gint64 end;

  do
    {
      wait_until_quiet (self);
      end = get_end_of_log (self);
      look_again (self);
      wait_until_quiet (self);
    }
  while (get_end_of_log (self) != end);
}

void
wf_fleet_work (WfFleet *self, guint rounds)
{
  for (guint i = 0; i < rounds; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* -- the CRM ----------------------------------------------------------------------------------- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  gboolean timed_out = FALSE;
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  while (*result == NULL && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_false (timed_out);
}

static void
put_workflow (WfFleet *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrm) manager =
      wf_open_crm_new (WF_CLOCK (self->clock), wf_demo_server_get_uri (self->server),
                       wf_demo_server_get_token (self->server, "helena"), &error);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *etag = NULL;

  g_assert_no_error (error);
  workflow = wf_workflow_read (wf_json_document_get_root (document), problems);
  g_assert_false (wf_problems_has_errors (problems));
  wf_crm_save_workflow_async (manager, workflow, NULL, NULL, on_result, &result);
  wait_for (&result);
  etag = wf_crm_save_workflow_finish (manager, result, &error);
  g_assert_no_error (error);
}

void
wf_fleet_happen (WfFleet *self, const char *event)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_demo_server_add_event (self->server, event, &error));
  g_assert_no_error (error);
}

gint64
wf_fleet_count (WfFleet *self, WfFleetTable table)
{
  return wf_demo_server_count (self->server, tables[table]) - self->n_before[table];
}

GPtrArray *
wf_fleet_read (WfFleet *self, const char *path)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_json_document_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfHttp) http =
      wf_http_new (WF_CLOCK (self->clock), wf_demo_server_get_uri (self->server), NULL,
                   wf_demo_server_get_token (self->server, WF_DEMO_ENGINE), &error);
  g_autofree char *next = g_strdup ("0");

  g_assert_no_error (error);
  while (next != NULL)
    {
      g_autofree char *page = g_strdup_printf ("%s?limit=1000&page=%s", path, next);
      WfHttpRequest request = { .method = "GET", .path = page };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (WfHttpAnswer) answer = NULL;
      gsize size;

      wf_http_send_async (http, &request, NULL, on_result, &result);
      wait_for (&result);
      answer = wf_http_send_finish (http, result, &error);
      g_assert_no_error (error);
      const char *text = g_bytes_get_data (answer->body, &size);
      g_ptr_array_add (pages, wf_json_document_parse (text, (gssize) size, 0, &error));
      g_assert_no_error (error);
      g_free (next);
      next = g_strdup (answer->next_page);
    }
  return pages;
}

GPtrArray *
wf_fleet_list_activities (WfRuntime *runtime)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *activities;
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .now = wf_clock_now (wf_runtime_get_clock (runtime)),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  wf_runtime_list_activities_async (runtime, &query, NULL, on_result, &result);
  wait_for (&result);
  activities = wf_runtime_list_activities_finish (runtime, result, NULL, &error);
  g_assert_no_error (error);
  return activities;
}

/* -- all of it --------------------------------------------------------------------------------- */

void
wf_fleet_set_up (WfFleet *self, guint n, const char *const *accounts, const char *const *workflows)
{
  g_autoptr (GError) error = NULL;

  *self = (WfFleet) { .clock = wf_fake_clock_new_at (START) };
  self->folder = wf_test_folder_new ();
  self->engines = g_array_new (FALSE, FALSE, sizeof (WfFleetEngine));
  self->server = wf_demo_server_new (WF_DEMO_MEMORY, WF_CLOCK (self->clock),
                                     WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY, &error);
  g_assert_no_error (error);
  wf_demo_server_set_rate_limit (self->server, 100000000);
  for (guint i = 0; workflows[i] != NULL; i++)
    put_workflow (self, workflows[i]);
  for (guint i = 0; i < n; i++)
    {
      add_engine (self, i, accounts[0] != NULL ? accounts[0] : WF_DEMO_ENGINE);
      accounts += accounts[0] != NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    self->n_before[i] = wf_demo_server_count (self->server, tables[i]);
  /* The last one sees everything; at the end of its start it is at the end of the log. */
  g_assert_true (wf_fleet_get (self, n - 1)->sees_all);
  self->sequence = -1 - wf_demo_server_count (self->server, "events");
  for (guint i = 0; i < n; i++)
    wf_fleet_start (self, i);
  while (get_place (wf_fleet_get (self, n - 1)->runtime) < 0)
    g_main_context_iteration (NULL, TRUE);
  self->sequence = get_place (wf_fleet_get (self, n - 1)->runtime) -
                   wf_demo_server_count (self->server, "events");
  wf_fleet_settle (self);
}

void
wf_fleet_tear_down (WfFleet *self)
{
  for (guint i = 0; i < self->engines->len; i++)
    {
      WfFleetEngine *engine = wf_fleet_get (self, i);

      if (engine->runtime != NULL)
        wf_runtime_stop (engine->runtime);
      g_clear_object (&engine->runtime);
    }
  wf_demo_server_stop (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < self->engines->len; i++)
    {
      g_clear_object (&wf_fleet_get (self, i)->clock);
      g_free (wf_fleet_get (self, i)->store_path);
    }
  g_array_unref (self->engines);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->folder, wf_test_folder_free);
}
