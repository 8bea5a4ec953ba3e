/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An hour without the CRM, worked through (B18, S16): everything that the person did arrives once, in
 * its order, with the time at which it was done. Against the demo CRM over HTTP. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-world.h"
#include "wf-instant.h"
#include "wf-open-crm.h"
#include "wf-runtime-day.h"

#include <string.h>

#define N_LEADS 10
#define MINUTE G_TIME_SPAN_MINUTE

typedef enum
{
  COMMENT,
  RESCHEDULE,
  REASSIGN,
  COMPLETE,
  REOPEN,
  N_KINDS,
} Kind;

typedef struct
{
  WfDemoWorld demo;
  gint64 n_before, n_comments;
  WfCrm *auditor;       /* (owned) sees what the server has */
  char *cursor;         /* (owned) its log, from before the hour */
  char *ids[N_LEADS];   /* (owned) activities */
  char *leads[N_LEADS]; /* (owned) */
  WfInstant done[N_LEADS], due[N_LEADS];
  WfBulkResult *completed; /* (owned) (nullable) */
} World;

/* -- the server's own view --------------------------------------------------------------------- */

static WfEventBatch *
poll_events (World *self, const char *cursor)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfEventBatch *batch;

  wf_crm_poll_events_async (self->auditor, cursor, 500, 0, NULL, wf_fixture_on_result, &result);
  batch = wf_crm_poll_events_finish (self->auditor, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return batch;
}

static WfActivity *
look (World *self, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfActivity *activity;

  wf_crm_get_activity_async (self->auditor, id, NULL, wf_fixture_on_result, &result);
  activity = wf_crm_get_activity_finish (self->auditor, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return activity;
}

static void
remember_cursor (World *self)
{
  for (gboolean more = TRUE; more;)
    {
      g_autoptr (WfEventBatch) batch = poll_events (self, self->cursor);

      more = batch->more;
      g_set_str (&self->cursor, batch->next_cursor);
    }
}

/* Of one lead: "updated completed ...", in the server's order; done: receives what it says of the
 * completion. */
static char *
list_events (World *self, const char *lead, WfInstant *done)
{
  g_autofree char *cursor = g_strdup (self->cursor);
  GString *list = g_string_new (NULL);

  *done = WF_INSTANT_NONE;
  for (gboolean more = TRUE; more;)
    {
      g_autoptr (WfEventBatch) batch = poll_events (self, cursor);

      more = batch->more;
      g_set_str (&cursor, batch->next_cursor);
      for (guint i = 0; i < batch->events->len; i++)
        {
          WfEvent *event = g_ptr_array_index (batch->events, i);
          const char *type = wf_event_get_event_type (event);
          const WfJson *activity = wf_json_get_member (wf_event_get_data (event), "activity");
          const char *completed = wf_json_get_member_string (activity, "completed");

          if (!g_str_has_prefix (type, "activity.") || g_str_equal (type, "activity.became-late") ||
              g_strcmp0 (wf_event_get_lead (event), lead) != 0)
            continue;
          g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "",
                                  type + strlen ("activity."));
          if (g_str_equal (type, "activity.completed"))
            g_assert_true (completed != NULL && wf_instant_parse (completed, done));
        }
    }
  return g_string_free (list, FALSE);
}

/* -- the world --------------------------------------------------------------------------------- */

static gboolean
all_made (gpointer world)
{
  World *self = world;

  return wf_demo_server_count (self->demo.server, "activities") >= self->n_before + N_LEADS &&
         wf_demo_world_is_settled (self);
}

static void
find_activities (World *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL,
                            .now = G_MAXINT64,
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };
  guint n = 0;

  wf_runtime_list_activities_async (self->demo.runtimes[0], &query, NULL, wf_fixture_on_result,
                                    &result);
  list = wf_runtime_list_activities_finish (self->demo.runtimes[0], wf_fixture_wait_for (&result),
                                            NULL, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (list, i);

      if (activity->lead == NULL || !g_str_has_prefix (activity->lead, "t-lead-"))
        continue;
      self->ids[n] = g_strdup (activity->id);
      self->leads[n++] = g_strdup (activity->lead);
    }
  g_assert_cmpuint (n, ==, N_LEADS);
}

static void
set_up (World *self)
{
  g_autoptr (GError) error = NULL;

  *self = (World) { .demo.tokens = { "carla" } };
  wf_demo_world_begin (&self->demo, WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY);
  self->n_before = wf_demo_server_count (self->demo.server, "activities");
  self->auditor =
      wf_open_crm_new (WF_CLOCK (self->demo.clock), wf_demo_server_get_uri (self->demo.server),
                       wf_demo_server_get_token (self->demo.server, WF_DEMO_ENGINE), &error);
  g_assert_no_error (error);
  wf_demo_world_start (&self->demo, 0);
  wf_demo_world_wait (self, wf_demo_world_is_settled);
  for (guint i = 0; i < N_LEADS; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"t-%u\",\"source\":\"/crm/aurora\",\"type\":"
          "\"lead.received\",\"data\":{\"lead\":{\"id\":\"t-lead-%u\",\"name\":\"Padaria\","
          "\"owner\":\"ana\",\"source\":\"marketing-platform\",\"origin\":\"web\",\"stage\":"
          "\"new\"}}}",
          i, i);

      g_assert_true (wf_demo_server_add_event (self->demo.server, json, &error));
    }
  wf_demo_world_wait (self, all_made);
  find_activities (self);
  self->n_comments = wf_demo_server_count (self->demo.server, "comments");
  remember_cursor (self);
}

static void
tear_down (World *self)
{
  g_clear_pointer (&self->completed, wf_bulk_result_free);
  g_clear_object (&self->auditor);
  for (guint i = 0; i < N_LEADS; i++)
    {
      g_free (self->ids[i]);
      g_free (self->leads[i]);
    }
  g_free (self->cursor);
  wf_demo_world_end (&self->demo);
}

/* -- the hour ---------------------------------------------------------------------------------- */

static void
do_one (World *self, Kind kind, guint i)
{
  WfRuntime *runtime = self->demo.runtimes[0];
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = self->ids[i];

  wf_fake_clock_advance (self->demo.clock, 72 * G_TIME_SPAN_SECOND);
  switch (kind)
    {
    case COMMENT:
      wf_runtime_comment_async (runtime, id, "Left a message", NULL, wf_fixture_on_result, &result);
      break;
    case RESCHEDULE:
      self->due[i] = wf_clock_now (WF_CLOCK (self->demo.clock)) + 120 * MINUTE;
      wf_runtime_reschedule_async (runtime, id, self->due[i], "They asked", NULL,
                                   wf_fixture_on_result, &result);
      break;
    case REASSIGN:
      wf_runtime_reassign_async (runtime, id, "bruno", NULL, wf_fixture_on_result, &result);
      break;
    case COMPLETE:
      self->done[i] = wf_clock_now (WF_CLOCK (self->demo.clock));
      wf_runtime_complete_async (runtime, id, "interested", NULL, wf_fixture_on_result, &result);
      break;
    case REOPEN:
      wf_runtime_reopen_async (runtime, id, NULL, wf_fixture_on_result, &result);
      break;
    case N_KINDS:
    default:
      g_assert_not_reached ();
    }
  g_assert_true (wf_runtime_command_finish (runtime, wf_fixture_wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
restart (World *self)
{
  wf_demo_world_stop (&self->demo, 0);
  wf_demo_world_start (&self->demo, 0);
  wf_fake_clock_run_idle ();
}

static gboolean
has_started (gpointer world)
{
  return wf_runtime_get_pending_changes (((World *) world)->demo.runtimes[0]) > 0;
}

static gboolean
all_wait (gpointer world)
{
  return wf_runtime_get_pending_changes (((World *) world)->demo.runtimes[0]) == N_LEADS * N_KINDS;
}

static void
work_an_hour (World *self, gboolean with_restarts)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      for (guint i = 0; i < N_LEADS; i++)
        do_one (self, kind, i);
      if (!with_restarts)
        continue;
      restart (self);
      wf_demo_world_wait (self, has_started);
    }
}

static void
check (World *self)
{
  g_assert_cmpint (wf_demo_server_count (self->demo.server, "comments"), ==,
                   self->n_comments + N_LEADS);
  g_assert_cmpint (wf_demo_server_count (self->demo.server, "activities"), ==,
                   self->n_before + N_LEADS);
  for (guint i = 0; i < N_LEADS; i++)
    {
      g_autoptr (WfActivity) there = look (self, self->ids[i]);
      WfInstant done;
      g_autofree char *events = list_events (self, self->leads[i], &done);

      g_assert_cmpstr (events, ==, "updated updated reassigned completed updated");
      g_assert_cmpint (done, ==, self->done[i]);
      g_assert_cmpint (there->status, ==, WF_ACTIVITY_OPEN);
      g_assert_null (there->outcome);
      g_assert_cmpstr (there->person, ==, "bruno");
      g_assert_cmpint (there->due, ==, self->due[i]);
    }
}

static void
play (gboolean with_restarts, const WfDemoFault *faults, guint n_faults)
{
  World world;

  set_up (&world);
  wf_demo_server_set_refusing (world.demo.server, TRUE);
  work_an_hour (&world, with_restarts);
  wf_demo_world_wait (&world, all_wait);
  for (guint i = 0; i < n_faults; i++)
    wf_demo_server_add_fault (world.demo.server, &faults[i]);
  wf_demo_server_set_refusing (world.demo.server, FALSE);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  check (&world);
  tear_down (&world);
}

static void
test_hour (void)
{
  play (FALSE, NULL, 0);
}

static void
test_restarts (void)
{
  play (TRUE, NULL, 0);
}

/* The server did it, and nobody heard so: it is not done again. */
static void
test_lost_answers (void)
{
  static const WfDemoFault faults[] = {
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 503, .retry_after = 2, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_DROP_BEFORE, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 429, .retry_after = 3, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "GET", .path = "/activities" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
  };

  play (FALSE, faults, G_N_ELEMENTS (faults));
}

static void
test_restarts_and_lost_answers (void)
{
  static const WfDemoFault faults[] = {
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .method = "PATCH" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" },
  };

  play (TRUE, faults, G_N_ELEMENTS (faults));
}

/* -- many at once, and an absence -------------------------------------------------------------- */

static void
change_many (World *self, const WfBulkChange *change)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *ids[N_LEADS + 1] = { NULL };

  for (guint i = 0; i < N_LEADS; i++)
    ids[i] = self->ids[i];
  wf_runtime_change_many_async (self->demo.runtimes[0], ids, change, NULL, wf_fixture_on_result,
                                &result);
  self->completed =
      wf_runtime_change_many_finish (self->demo.runtimes[0], wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->completed->done->len, ==, N_LEADS);
}

static void
test_bulk_and_undo (void)
{
  WfBulkChange complete = { .kind = WF_BULK_COMPLETE, .text = "no-answer", .due = WF_INSTANT_NONE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_left = 99;
  World world;

  set_up (&world);
  wf_demo_server_set_refusing (world.demo.server, TRUE);
  change_many (&world, &complete);
  wf_fake_clock_advance (world.demo.clock, MINUTE);
  wf_runtime_undo_async (world.demo.runtimes[0], world.completed, NULL, wf_fixture_on_result,
                         &result);
  g_assert_true (wf_runtime_undo_finish (world.demo.runtimes[0], wf_fixture_wait_for (&result),
                                         &n_left, &error));
  g_assert_cmpuint (n_left, ==, 0);
  wf_demo_server_set_refusing (world.demo.server, FALSE);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  for (guint i = 0; i < N_LEADS; i++)
    {
      g_autoptr (WfActivity) there = look (&world, world.ids[i]);
      WfInstant done;
      g_autofree char *events = list_events (&world, world.leads[i], &done);

      g_assert_cmpstr (events, ==, "completed updated");
      g_assert_cmpint (there->status, ==, WF_ACTIVITY_OPEN);
      g_assert_null (there->outcome);
    }
  tear_down (&world);
}

/* B10: told while the server is away; then everyone reads it in the organisation. */
static void
test_absence (void)
{
  g_autoptr (GAsyncResult) result = NULL, ended = NULL, read = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfOrganisation) organisation = NULL;
  WfAbsence absence = { .treatment = WF_ABSENCE_COVER, .cover = "bruno", .reason = "Curso" };
  const WfPerson *ana;
  World world;

  set_up (&world);
  absence.from = wf_clock_now (WF_CLOCK (world.demo.clock));
  absence.until = absence.from + G_TIME_SPAN_DAY;
  wf_demo_server_set_refusing (world.demo.server, TRUE);
  wf_runtime_set_absence_async (world.demo.runtimes[0], "ana", &absence, NULL, wf_fixture_on_result,
                                &result);
  g_assert_true (
      wf_runtime_command_finish (world.demo.runtimes[0], wf_fixture_wait_for (&result), &error));
  g_assert_no_error (error);
  restart (&world);
  wf_demo_server_set_refusing (world.demo.server, FALSE);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  for (guint i = 0; i < N_LEADS; i++)
    {
      g_autoptr (WfActivity) there = look (&world, world.ids[i]);

      g_assert_cmpstr (there->person, ==, "bruno");
    }
  wf_crm_get_organisation_async (world.auditor, NULL, wf_fixture_on_result, &read);
  organisation =
      wf_crm_get_organisation_finish (world.auditor, wf_fixture_wait_for (&read), &error);
  g_assert_no_error (error);
  ana = wf_organisation_get_person (organisation, "ana");
  g_assert_cmpuint (ana->n_absences, ==, 1);
  g_assert_cmpstr (ana->absences[0].reason, ==, "Curso");

  wf_runtime_end_absence_async (world.demo.runtimes[0], "ana", ana->absences[0].id, NULL,
                                wf_fixture_on_result, &ended);
  g_assert_true (
      wf_runtime_command_finish (world.demo.runtimes[0], wf_fixture_wait_for (&ended), &error));
  g_assert_no_error (error);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  g_clear_object (&read);
  g_clear_pointer (&organisation, wf_organisation_unref);
  wf_crm_get_organisation_async (world.auditor, NULL, wf_fixture_on_result, &read);
  organisation =
      wf_crm_get_organisation_finish (world.auditor, wf_fixture_wait_for (&read), &error);
  ana = wf_organisation_get_person (organisation, "ana");
  g_assert_null (wf_person_get_absence (ana, wf_clock_now (WF_CLOCK (world.demo.clock)) + MINUTE));
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/offline/hour", test_hour);
  g_test_add_func ("/runtime/offline/restarts", test_restarts);
  g_test_add_func ("/runtime/offline/lost-answers", test_lost_answers);
  g_test_add_func ("/runtime/offline/restarts-and-lost-answers", test_restarts_and_lost_answers);
  g_test_add_func ("/runtime/offline/bulk-and-undo", test_bulk_and_undo);
  g_test_add_func ("/runtime/offline/absence", test_absence);
  return g_test_run ();
}
