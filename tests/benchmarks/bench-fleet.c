/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many engines on one server: events a second until every engine has seen and done everything,
 * beside bare HTTP requests to the same server in the same run (performance.md). */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-server.h"
#include "wf-bench-store-data.h"
#include "wf-instant.h"
#include "wf-open-crm.h"
#include "wf-runtime-private.h"

#include <glib/gstdio.h>

#define N_EVENTS 600
#define N_IN_FLIGHT 8 /* of the bare requests */

/* -- what happens in the demo CRM -------------------------------------------------------------- */

static void
feed (WfDemoServer *server, gpointer data)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *time = wf_instant_format_utc (now);
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"b-%u\",\"source\":\"/crm/bench\",\"type\":\"%s\","
          "\"time\":\"%s\",\"data\":{\"lead\":{\"id\":\"bl-%u\",\"name\":\"Padaria Sol\",\"owner\":"
          "\"ana\",\"origin\":\"web\",\"stage\":\"new\",\"score\":%u}}}",
          i, i % 5 == 0 ? "form.submitted" : "webhook.received", time, i, i % 100);
      g_autoptr (GError) error = NULL;

      if (!wf_demo_server_add_event (server, json, &error))
        g_error ("%s", error->message);
    }
}

static void
count_activities (WfDemoServer *server, gpointer result)
{
  *(gint64 *) result = wf_demo_server_count (server, "activities");
}

static void
count_actions (WfDemoServer *server, gpointer result)
{
  *(gint64 *) result = wf_demo_server_count (server, "actions");
}

static void
count_events (WfDemoServer *server, gpointer result)
{
  *(gint64 *) result = wf_demo_server_count (server, "events");
}

static gint64
ask_server (WfBenchServer *server, void (*func) (WfDemoServer *server, gpointer result))
{
  gint64 result = 0;

  wf_bench_server_run (server, func, &result);
  return result;
}

/* -- workflows --------------------------------------------------------------------------------- */

#define ACTIVITY                                                                                   \
  "{\"id\":\"call\",\"kind\":\"create-activity\",\"activity-type\":\"call\",\"complete-within\":"  \
  "{\"amount\":2,\"unit\":\"days\"},\"notes\":\"Call {lead.name}\"}"
#define WORKFLOW(number, event, steps)                                                             \
  "{\"format\":1,\"id\":\"be7c0000-6d0a-4b67-9a55-00000000000" number                              \
  "\",\"name\":\"Bench\",\"state\":\"live\",\"version\":1,\"storm-limit\":0,\"trigger\":{"         \
  "\"event\":\"" event "\"},\"steps\":[" steps "]}"

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *etag = wf_crm_save_workflow_finish (WF_CRM (source), result, &error);

  if (etag == NULL)
    g_error ("%s", error->message);
  ++*(guint *) user_data;
}

static void
put_workflows (WfBenchServer *server, WfClock *clock)
{
  static const char *const documents[] = {
    WORKFLOW ("1", "webhook.received", ACTIVITY),
    WORKFLOW ("2", "form.submitted",
              ACTIVITY ",{\"id\":\"points\",\"kind\":\"add-score\",\"points\":5}"),
  };
  g_autoptr (WfCrm) manager = wf_open_crm_new (clock, server->uri, server->manager, NULL);
  guint n_saved = 0;

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (documents[i], -1, 0, NULL);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow =
          wf_workflow_read (wf_json_document_get_root (document), problems);

      wf_crm_save_workflow_async (manager, workflow, NULL, NULL, on_saved, &n_saved);
      while (n_saved <= i)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* -- bare requests ----------------------------------------------------------------------------- */

typedef struct
{
  WfCrm *crm;
  guint n_sent, n_done;
} Bare;

static void on_answered (GObject *source, GAsyncResult *result, gpointer user_data);

static void
send_next (Bare *self)
{
  if (self->n_sent == N_EVENTS)
    return;
  self->n_sent++;
  wf_crm_open_async (self->crm, NULL, on_answered, self);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bare *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrmSession) session = wf_crm_open_finish (WF_CRM (source), result, &error);

  if (session == NULL)
    g_error ("%s", error->message);
  self->n_done++;
  send_next (self);
}

/* As many requests as there are events, of the smallest kind. Requests/s. */
static double
time_bare_requests (WfBenchServer *server, WfClock *clock)
{
  g_autoptr (WfCrm) crm = wf_open_crm_new (clock, server->uri, server->engine, NULL);
  Bare bare = { .crm = crm };
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < N_IN_FLIGHT; i++)
    send_next (&bare);
  while (bare.n_done < N_EVENTS)
    g_main_context_iteration (NULL, TRUE);
  return N_EVENTS / ((double) (g_get_monotonic_time () - began) / G_TIME_SPAN_SECOND);
}

/* -- the fleet --------------------------------------------------------------------------------- */

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_start_finish (WF_RUNTIME (source), result, &error))
    g_error ("%s", error->message);
}

static GPtrArray *
start_fleet (WfBenchServer *server, WfClock *clock, const char *folder, guint n)
{
  GPtrArray *fleet = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.db", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (WfCrm) crm = wf_open_crm_new (clock, server->uri, server->engine, NULL);
      WfRuntime *runtime = wf_runtime_new (clock, crm, NULL, path);

      wf_open_crm_set_timeout (WF_OPEN_CRM (crm), 600);
      wf_runtime_start_async (runtime, NULL, on_started, NULL);
      g_ptr_array_add (fleet, runtime);
    }
  return fleet;
}

static gint64
get_place (const WfRuntime *runtime)
{
  const char *point = runtime->intake.cursor != NULL ? strrchr (runtime->intake.cursor, '.') : NULL;

  return point != NULL ? g_ascii_strtoll (point + 1, NULL, 10) : -1;
}

static gboolean
is_done (const GPtrArray *fleet, gint64 end)
{
  for (guint i = 0; i < fleet->len; i++)
    {
      WfRuntime *runtime = g_ptr_array_index (fleet, i);

      if (get_place (runtime) < end || !wf_runtime_is_settled (runtime) ||
          wf_runtime_get_pending_changes (runtime) > 0)
        return FALSE;
    }
  return TRUE;
}

/* Until nothing more happens: what one engine does is an event for the others. base: of the log's
 * numbers, less how many there are. */
static void
wait_until_done (WfBenchServer *server, const GPtrArray *fleet, gint64 base)
{
  gint64 end;

  do
    {
      end = base + ask_server (server, count_events);
      while (!is_done (fleet, end))
        g_main_context_iteration (NULL, TRUE);
    }
  while (base + ask_server (server, count_events) != end);
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

static void
stop_fleet (GPtrArray *fleet)
{
  for (guint i = 0; i < fleet->len; i++)
    wf_runtime_stop (g_ptr_array_index (fleet, i));
  g_ptr_array_unref (fleet);
}

/* A server and stores of its own for each number of engines, so that all of them do the same. */
static void
measure (guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("wf-bench-XXXXXX", &error);
  g_autofree char *name = g_strdup_printf ("fleet/%u-engines", n);
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  WfBenchServer server = { NULL };
  GPtrArray *fleet;
  gint64 before, base, began, made, acted;
  double bare, spent;

  if (folder == NULL)
    g_error ("%s", error->message);
  wf_bench_server_start (&server);
  put_workflows (&server, clock);
  before = ask_server (&server, count_activities);
  fleet = start_fleet (&server, clock, folder, n);
  while (!is_done (fleet, 0))
    g_main_context_iteration (NULL, TRUE);
  base = get_place (g_ptr_array_index (fleet, 0)) - ask_server (&server, count_events);
  bare = time_bare_requests (&server, clock);

  began = g_get_monotonic_time ();
  wf_bench_server_run (&server, feed, NULL);
  wait_until_done (&server, fleet, base);
  spent = (double) (g_get_monotonic_time () - began) / G_TIME_SPAN_SECOND;
  wf_bench_print (name, "events/s", N_EVENTS / spent, bare);

  made = ask_server (&server, count_activities) - before;
  acted = ask_server (&server, count_actions);
  if (made != N_EVENTS || acted != N_EVENTS / 5)
    g_error ("%" G_GINT64_FORMAT " activities and %" G_GINT64_FORMAT " actions of %d events", made,
             acted, N_EVENTS);
  stop_fleet (fleet);
  wf_bench_server_stop (&server);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    measure ((guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), 1, 200));
  else
    {
      measure (1);
      measure (10);
      measure (50);
    }
  return 0;
}
