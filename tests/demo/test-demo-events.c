/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's event log: cursors, long polls, streams, what a change tells and to whom, and
 * what survives. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"

#include "wf-event.h"
#include "wf-test-folder.h"

#include <string.h>

#define QUIET GINT_TO_POINTER (WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY)
#define CREATE "If-None-Match: *"
#define ANY "If-Match: *"

static void
add_event (WfDemoFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_demo_server_add_event (fixture->server, text, &error));
  g_assert_no_error (error);
}

static char *
poll_path (const char *cursor, guint limit, guint wait)
{
  return g_strdup_printf ("events?limit=%u&wait=%u%s%s", limit, wait,
                          cursor != NULL ? "&after=" : "", cursor != NULL ? cursor : "");
}

static WfDemoAnswer *
poll_events (WfDemoFixture *fixture, const char *person, const char *cursor, guint limit)
{
  g_autofree char *path = poll_path (cursor, limit, 0);
  WfDemoAnswer *answer = wf_demo_fixture_ask (fixture, "GET", path, person, NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (answer->next_cursor);
  g_assert_cmpstr (answer->content_type, ==, "application/cloudevents-batch+json");
  return answer;
}

static char *
get_end (WfDemoFixture *fixture)
{
  g_autoptr (WfDemoAnswer) answer = poll_events (fixture, "carla", "now", 1);

  g_assert_cmpstr (answer->body, ==, "[]");
  return g_strdup (answer->next_cursor);
}

static const WfJson *
get_event (WfDemoAnswer *answer, guint index)
{
  return wf_json_get_element (answer->root, index);
}

static void
assert_type (WfDemoAnswer *answer, guint index, const char *type)
{
  g_assert_cmpstr (wf_json_get_member_string (get_event (answer, index), "type"), ==, type);
}

/* Every event of the server must be one that the application's own reader takes without a
 * problem. */
static void
assert_readable (WfDemoAnswer *answer)
{
  for (guint i = 0; i < wf_json_get_size (answer->root); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfEvent) event =
          wf_event_read (answer->document, get_event (answer, i), 0, problems);

      g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
      g_assert_nonnull (event);
    }
}

/* -- cursors ----------------------------------------------------------------------------------- */

static void
test_cursors (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  guint n = 0;
  gboolean more = TRUE;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"x-%u\",\"type\":\"call.made\",\"time\":\"2026-11-20T17:50:00Z\"}", i);
      add_event (fixture, text);
    }
  while (more)
    {
      g_autoptr (WfDemoAnswer) answer = poll_events (fixture, "carla", cursor, 10);

      assert_readable (answer);
      for (guint i = 0; i < wf_json_get_size (answer->root); i++)
        {
          g_autofree char *id = g_strdup_printf ("x-%u", n++);
          g_assert_cmpstr (wf_json_get_member_string (get_event (answer, i), "id"), ==, id);
        }
      more = g_str_equal (answer->more, "true");
      g_assert_true (more == (n < 25));
      g_set_str (&cursor, answer->next_cursor);
    }
  g_assert_cmpuint (n, ==, 25);

  /* The same cursor always gives the same events. */
  g_autoptr (WfDemoAnswer) again = poll_events (fixture, "carla", cursor, 10);
  g_assert_cmpstr (again->body, ==, "[]");
  g_assert_cmpstr (again->next_cursor, ==, cursor);
  g_autoptr (WfDemoAnswer) all = poll_events (fixture, "carla", NULL, 500);
  g_assert_cmpuint (wf_json_get_size (all->root), ==,
                    wf_demo_server_count (fixture->server, "events"));
  wf_demo_assert_status (fixture, "GET", "events?after=rubbish", "carla", NULL, NULL, 400);
  wf_demo_assert_status (fixture, "GET", "events?limit=501", "carla", NULL, NULL, 400);
  wf_demo_assert_status (fixture, "GET", "events?wait=61", "carla", NULL, NULL, 400);
}

static void
test_types (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  g_autofree char *path = g_strconcat ("events?types=call.made,call.missed&after=", cursor, NULL);

  add_event (fixture, "{\"type\":\"call.made\"}");
  add_event (fixture, "{\"type\":\"email.opened\"}");
  add_event (fixture, "{\"type\":\"call.missed\"}");
  g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_ask (fixture, "GET", path, "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (answer->root), ==, 2);
  assert_type (answer, 1, "call.missed");
}

static void
test_expired (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  g_autofree char *old = poll_path (cursor, 10, 0);

  for (guint i = 0; i < 10; i++)
    add_event (fixture, "{\"type\":\"call.made\"}");
  wf_demo_server_prune_events (fixture->server, 4);
  g_autoptr (WfDemoAnswer) expired = wf_demo_fixture_ask (fixture, "GET", old, "carla", NULL, NULL);
  g_assert_cmpuint (expired->status, ==, 410);
  g_assert_cmpstr (wf_demo_answer_get (expired, "type"), ==, "/problems/cursor-expired");
  g_autoptr (WfDemoAnswer) rest =
      poll_events (fixture, "carla", wf_demo_answer_get (expired, "oldest-cursor"), 10);
  g_assert_cmpuint (wf_json_get_size (rest->root), ==, 4);
  g_autoptr (WfDemoAnswer) oldest = poll_events (fixture, "carla", NULL, 10);
  g_assert_cmpuint (wf_json_get_size (oldest->root), ==, 4);
  /* A cursor of another log is no cursor of this one. */
  wf_demo_assert_status (fixture, "GET", "events?after=deadbeef.3", "carla", NULL, NULL, 410);
}

/* -- waiting ----------------------------------------------------------------------------------- */

static void
let_it_wait (WfDemoFixture *fixture, WfDemoAnswer *answer)
{
  wf_demo_fixture_wait_for_alarm (fixture, 60 * G_TIME_SPAN_SECOND);
  g_assert_false (answer->done);
}

static void
test_long_poll (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  g_autofree char *path = poll_path (cursor, 10, 30);
  g_autoptr (WfDemoAnswer) woken =
      wf_demo_fixture_start (fixture, "GET", path, "carla", NULL, NULL);

  let_it_wait (fixture, woken);
  add_event (fixture, "{\"type\":\"call.made\"}");
  wf_demo_fixture_wait (woken);
  g_assert_cmpuint (woken->status, ==, 200);
  g_assert_cmpuint (wf_json_get_size (woken->root), ==, 1);

  /* Without an event it ends with an empty batch when its time is over. */
  g_autofree char *next = poll_path (woken->next_cursor, 10, 30);
  g_autoptr (WfDemoAnswer) empty =
      wf_demo_fixture_start (fixture, "GET", next, "carla", NULL, NULL);
  let_it_wait (fixture, empty);
  wf_fake_clock_advance (fixture->clock, 29 * G_TIME_SPAN_SECOND);
  g_assert_false (empty->done);
  wf_fake_clock_advance (fixture->clock, 1 * G_TIME_SPAN_SECOND);
  wf_demo_fixture_wait (empty);
  g_assert_cmpuint (empty->status, ==, 200);
  g_assert_cmpstr (empty->body, ==, "[]");
  g_assert_cmpstr (empty->next_cursor, ==, woken->next_cursor);
}

static void
test_poll_of_others (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  g_autofree char *path = poll_path (cursor, 10, 30);
  g_autoptr (WfDemoAnswer) diego =
      wf_demo_fixture_start (fixture, "GET", path, "diego", NULL, NULL);

  let_it_wait (fixture, diego);
  add_event (
      fixture,
      "{\"type\":\"call.made\",\"data\":{\"lead\":{\"id\":\"l-1\",\"name\":\"A\",\"stage\":\"new\",\"owner\":\"ana\"}}}");
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (diego->done);
  add_event (
      fixture,
      "{\"type\":\"call.made\",\"data\":{\"lead\":{\"id\":\"l-2\",\"name\":\"B\",\"stage\":\"new\",\"owner\":\"elisa\"}}}");
  wf_demo_fixture_wait (diego);
  g_assert_cmpuint (wf_json_get_size (diego->root), ==, 1);
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (get_event (diego, 0), "data.lead.id")), ==,
                   "l-2");
}

static void
test_stop_while_waiting (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  g_autofree char *path = poll_path (cursor, 10, 30);
  g_autoptr (WfDemoAnswer) poll_answer =
      wf_demo_fixture_start (fixture, "GET", path, "carla", NULL, NULL);

  let_it_wait (fixture, poll_answer);
  wf_demo_server_stop (fixture->server);
  wf_demo_fixture_wait (poll_answer);
}

static void
test_client_goes_away (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  g_autofree char *path = poll_path (cursor, 10, 30);
  g_autoptr (WfDemoAnswer) gone = wf_demo_fixture_start (fixture, "GET", path, "carla", NULL, NULL);

  let_it_wait (fixture, gone);
  soup_session_abort (fixture->session);
  wf_demo_fixture_wait (gone);
  g_assert_nonnull (gone->error);
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  add_event (fixture, "{\"type\":\"call.made\"}");
  wf_fake_clock_advance (fixture->clock, 60 * G_TIME_SPAN_SECOND);
  wf_demo_assert_status (fixture, "GET", "me", "carla", NULL, NULL, 200);
}

/* -- stream ------------------------------------------------------------------------------------ */

typedef struct
{
  GInputStream *stream;
  GString *text;
  char buffer[4096];
  GCancellable *cancellable;
  gboolean ended;
} Stream;

static void
on_stream_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stream *stream = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      stream->ended = TRUE;
      return;
    }
  g_string_append_len (stream->text, stream->buffer, n);
  g_input_stream_read_async (stream->stream, stream->buffer, sizeof stream->buffer, 0,
                             stream->cancellable, on_stream_read, stream);
}

static void
on_stream (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stream *stream = user_data;
  g_autoptr (GError) error = NULL;

  stream->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  g_input_stream_read_async (stream->stream, stream->buffer, sizeof stream->buffer, 0,
                             stream->cancellable, on_stream_read, stream);
}

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("The test waits for a stream that does not come");
  return G_SOURCE_REMOVE;
}

static void
wait_for_text (Stream *stream, const char *text)
{
  guint watchdog = g_timeout_add_seconds (20, on_watchdog, NULL);

  while (strstr (stream->text->str, text) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static void
open_stream (WfDemoFixture *fixture, Stream *stream, const char *last)
{
  g_autofree char *uri =
      g_strconcat (wf_demo_server_get_uri (fixture->server), "/events/stream", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autofree char *authorization =
      g_strconcat ("Bearer ", wf_demo_server_get_token (fixture->server, "carla"), NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                authorization);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Last-Event-ID", last);
  stream->text = g_string_new (NULL);
  stream->cancellable = g_cancellable_new ();
  soup_session_send_async (fixture->session, message, 0, stream->cancellable, on_stream, stream);
}

static void
close_stream (Stream *stream)
{
  guint watchdog = g_timeout_add_seconds (20, on_watchdog, NULL);

  g_cancellable_cancel (stream->cancellable);
  while (!stream->ended)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_object_unref (stream->cancellable);
  g_object_unref (stream->stream);
  g_string_free (stream->text, TRUE);
}

static void
test_stream (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  Stream stream = { 0 };

  add_event (fixture, "{\"id\":\"s-0\",\"type\":\"call.made\"}");
  open_stream (fixture, &stream, cursor);
  wait_for_text (&stream, "\"s-0\"");
  for (guint i = 1; i <= 250; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"s-%u\",\"type\":\"call.made\"}", i);
      add_event (fixture, text);
    }
  wait_for_text (&stream, "\"s-250\"");
  for (guint i = 0; i <= 250; i++)
    {
      g_autofree char *id = g_strdup_printf ("\"s-%u\"", i);
      g_assert_nonnull (strstr (stream.text->str, id));
    }
  g_assert_nonnull (strstr (stream.text->str, "\nevent: call.made\ndata: {"));
  g_string_truncate (stream.text, 0);
  wf_fake_clock_advance (fixture->clock, 20 * G_TIME_SPAN_SECOND);
  wait_for_text (&stream, ":\n");
  close_stream (&stream);
  wf_demo_assert_status (fixture, "GET", "events/stream?after=deadbeef.1", "carla", NULL, NULL,
                         410);
}

/* -- posting ----------------------------------------------------------------------------------- */

static void
test_post (WfDemoFixture *fixture, gconstpointer data)
{
  static const char batch[] =
      "[{\"specversion\":\"1.0\",\"id\":\"b-1\",\"source\":\"/crm/acme\",\"type\":\"lead.received\",\"time\":\"2026-11-20T17:00:00Z\","
      "\"data\":{\"lead\":{\"id\":\"l-9\",\"name\":\"Padaria Sol\",\"owner\":\"ana\",\"stage\":\"new\",\"score\":35}}},"
      "{\"specversion\":\"1.0\",\"id\":\"b-2\",\"type\":\"lead.updated\",\"time\":\"2026-11-20T17:00:00Z\"},"
      "{\"specversion\":\"1.0\",\"id\":\"b-3\",\"source\":\"/crm/acme\",\"type\":\"com.example.weather\",\"time\":\"2026-11-20T17:00:01Z\"}]";
  g_autofree char *cursor = get_end (fixture);

  wf_demo_assert_status (fixture, "POST", "events", "ana", batch, NULL, 403);
  wf_demo_assert_status (fixture, "POST", "events", WF_DEMO_ENGINE, batch, NULL, 403);
  g_autoptr (WfDemoAnswer) posted =
      wf_demo_fixture_ask (fixture, "POST", "events", WF_DEMO_BRIDGE, batch, NULL);
  g_assert_cmpuint (posted->status, ==, 422);
  g_assert_cmpstr (
      wf_json_get_member_string (
          wf_json_get_element (wf_json_get_member (posted->root, "errors"), 0), "pointer"),
      ==, "#/1/source");
  /* Nothing else is lost. */
  g_autoptr (WfDemoAnswer) log = poll_events (fixture, "carla", cursor, 10);
  g_assert_cmpuint (wf_json_get_size (log->root), ==, 2);
  assert_type (log, 1, "com.example.weather");
  g_assert_cmpstr (wf_json_get_member_string (get_event (log, 0), "source"), ==, "/crm/acme");
  g_autoptr (WfDemoAnswer) again =
      wf_demo_fixture_ask (fixture, "POST", "events", WF_DEMO_BRIDGE, batch, NULL);
  g_assert_cmpuint (again->status, ==, 422);
  g_autoptr (WfDemoAnswer) still = poll_events (fixture, "carla", cursor, 10);
  g_assert_cmpuint (wf_json_get_size (still->root), ==, 2);

  /* An event that shows a lead teaches the server; a part of it changes only that part. */
  wf_demo_assert_status (
      fixture, "POST", "events", "carla",
      "{\"specversion\":\"1.0\",\"id\":\"b-4\",\"source\":\"/crm/acme\",\"type\":\"lead.score-changed\",\"time\":\"2026-11-20T17:01:00Z\","
      "\"data\":{\"lead\":{\"id\":\"l-9\",\"score\":90}}}",
      "Content-Type: application/cloudevents+json", 200);
  g_autoptr (WfDemoAnswer) lead =
      wf_demo_fixture_ask (fixture, "GET", "leads/l-9", "ana", NULL, NULL);
  g_assert_cmpstr (wf_demo_answer_get (lead, "name"), ==, "Padaria Sol");
  g_assert_cmpfloat (wf_json_get_double (wf_json_get_member (lead->root, "score"), 0), ==, 90);
  g_autoptr (WfDemoAnswer) known = wf_demo_fixture_ask (
      fixture, "POST", "events", WF_DEMO_BRIDGE,
      "[{\"specversion\":\"1.0\",\"id\":\"b-1\",\"source\":\"/crm/acme\",\"type\":\"lead.received\",\"time\":\"2026-11-20T17:00:00Z\"}]",
      NULL);
  g_assert_cmpuint (known->status, ==, 200);
  g_assert_cmpstr (known->body, ==, "{\"added\":0,\"known\":1}");
  wf_demo_assert_status (
      fixture, "POST", "events", WF_DEMO_BRIDGE,
      "{\"specversion\":\"1.0\",\"id\":\"b-5\",\"source\":\"/crm/acme\",\"type\":\"lead.deleted\",\"time\":\"2026-11-20T17:02:00Z\",\"subject\":\"lead/l-9\"}",
      NULL, 200);
  wf_demo_assert_status (fixture, "GET", "leads/l-9", "carla", NULL, NULL, 404);
}

/* -- what a change tells ----------------------------------------------------------------------- */

static void
test_lead_events (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);

  wf_demo_assert_status (
      fixture, "PUT", "leads/l-1", WF_DEMO_BRIDGE,
      "{\"name\":\"Padaria Sol\",\"stage\":\"filter-2\",\"owner\":\"ana\",\"source\":\"site\"}",
      CREATE, 201);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "ana",
                         "{\"stage\":\"discarded\",\"reason\":\"no budget\"}",
                         ANY "\nWorkflow-Cause: w/s/e-1,w2/s/e-2", 200);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "carla",
                         "{\"owner\":\"bruno\",\"score\":50}", ANY, 200);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "bruno", "{\"phone\":\"+55 11\"}", ANY,
                         200);
  wf_demo_assert_status (fixture, "DELETE", "leads/l-1", "carla", NULL, ANY, 204);

  g_autoptr (WfDemoAnswer) log = poll_events (fixture, "carla", cursor, 50);
  static const char *const types[] = { "lead.received",   "lead.stage-changed", "lead.discarded",
                                       "lead.reassigned", "lead.score-changed", "lead.updated",
                                       "lead.deleted" };
  g_assert_cmpuint (wf_json_get_size (log->root), ==, G_N_ELEMENTS (types));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    assert_type (log, i, types[i]);
  assert_readable (log);

  const WfJson *discarded = wf_json_get_member (get_event (log, 2), "data");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (discarded, "lead.stage")), ==,
                   "discarded");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (discarded, "lead.name")), ==,
                   "Padaria Sol");
  g_assert_cmpstr (wf_json_get_member_string (discarded, "stage_from"), ==, "filter-2");
  g_assert_cmpstr (wf_json_get_member_string (discarded, "reason"), ==, "no budget");
  g_assert_cmpstr (wf_json_get_member_string (discarded, "actor"), ==, "ana");
  g_assert_cmpstr (wf_json_get_member_string (discarded, "cause"), ==, "w/s/e-1,w2/s/e-2");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (get_event (log, 3), "data.owner_from")),
                   ==, "ana");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (get_event (log, 3), "data.lead.owner")),
                   ==, "bruno");
  g_assert_null (wf_json_get_path (get_event (log, 3), "data.cause"));
}

static void
test_activity_events (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);

  wf_demo_assert_status (
      fixture, "PUT", "activities/a-1", "carla",
      "{\"type\":\"call\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-20T18:20:00Z\",\"cause\":\"w/s/e-1\"}",
      CREATE, 201);
  wf_demo_assert_status (fixture, "PATCH", "activities/a-1", "carla", "{\"person\":\"diego\"}", ANY,
                         200);
  wf_demo_assert_status (fixture, "PATCH", "activities/a-1", "diego", "{\"status\":\"done\"}", ANY,
                         200);

  g_autoptr (WfDemoAnswer) log = poll_events (fixture, "carla", cursor, 50);
  g_assert_cmpuint (wf_json_get_size (log->root), ==, 3);
  assert_readable (log);
  assert_type (log, 0, "activity.created");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (get_event (log, 0), "data.cause")), ==,
                   "w/s/e-1");
  g_assert_cmpstr (
      wf_json_get_string (wf_json_get_path (get_event (log, 0), "data.activity.person")), ==,
      "ana");
  assert_type (log, 1, "activity.reassigned");
  g_assert_cmpstr (
      wf_json_get_string (wf_json_get_path (get_event (log, 1), "data.previous.person")), ==,
      "ana");
  assert_type (log, 2, "activity.completed");
  g_assert_cmpstr (
      wf_json_get_string (wf_json_get_path (get_event (log, 2), "data.activity.status")), ==,
      "done");
  g_assert_null (wf_json_get_path (get_event (log, 2), "data.cause"));

  /* Work of nobody concerns everyone (S11). */
  wf_demo_assert_status (fixture, "PUT", "activities/a-2", "carla",
                         "{\"type\":\"call\",\"title\":\"t\",\"due\":\"2026-11-20T18:20:00Z\"}",
                         CREATE, 201);
  g_autoptr (WfDemoAnswer) unassigned = poll_events (fixture, "hugo", log->next_cursor, 50);
  g_assert_cmpuint (wf_json_get_size (unassigned->root), ==, 1);

  /* Who had it is told that it is gone; who never had it, and is of no common group, is told
   * nothing of it. */
  g_autoptr (WfDemoAnswer) ana = poll_events (fixture, "ana", cursor, 50);
  g_assert_cmpuint (wf_json_get_size (ana->root), ==, 3);
  g_autoptr (WfDemoAnswer) diego = poll_events (fixture, "diego", cursor, 50);
  g_assert_cmpuint (wf_json_get_size (diego->root), ==, 3);
  g_autoptr (WfDemoAnswer) hugo = poll_events (fixture, "hugo", cursor, 50);
  g_assert_cmpuint (wf_json_get_size (hugo->root), ==, 1);
  g_assert_cmpstr (hugo->next_cursor, ==, unassigned->next_cursor);
}

static void
test_late (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  static const char body[] =
      "{\"type\":\"call\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-20T18:20:00Z\"}";

  wf_demo_assert_status (fixture, "PUT", "activities/a-1", "carla", body, CREATE, 201);
  wf_demo_assert_status (fixture, "PUT", "activities/a-2", "carla", body, CREATE, 201);
  wf_demo_assert_status (fixture, "PATCH", "activities/a-2", "ana", "{\"status\":\"done\"}", ANY,
                         200);
  wf_fake_clock_advance (fixture->clock, 30 * G_TIME_SPAN_MINUTE);
  g_autoptr (WfDemoAnswer) before = poll_events (fixture, "ana", cursor, 50);
  g_assert_cmpuint (wf_json_get_size (before->root), ==, 3);
  /* S22: at its deadline it is on time; one instant later it is late, and that is said once. */
  wf_fake_clock_advance (fixture->clock, 1);
  wf_fake_clock_advance (fixture->clock, 3 * G_TIME_SPAN_HOUR);
  g_autoptr (WfDemoAnswer) after = poll_events (fixture, "ana", before->next_cursor, 50);
  g_assert_cmpuint (wf_json_get_size (after->root), ==, 1);
  assert_type (after, 0, "activity.became-late");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (get_event (after, 0), "data.activity.id")),
                   ==, "a-1");
}

static void
test_document_events (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = get_end (fixture);
  g_autoptr (WfDemoAnswer) organisation =
      wf_demo_fixture_ask (fixture, "GET", "organisation", "carla", NULL, NULL);
  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "workflows", "carla", NULL, NULL);
  const WfJson *workflow = wf_json_get_member (wf_json_get_element (list->root, 0), "workflow");
  g_autofree char *path =
      g_strconcat ("workflows/", wf_json_get_member_string (workflow, "id"), NULL);
  g_autofree char *body = wf_json_to_text (workflow, FALSE);

  wf_demo_assert_status (fixture, "PUT", path, "carla", body, ANY, 200);
  wf_demo_assert_status (fixture, "PUT", "organisation", "carla", organisation->body, ANY, 200);
  g_autoptr (WfDemoAnswer) log = poll_events (fixture, "hugo", cursor, 10);
  g_assert_cmpuint (wf_json_get_size (log->root), ==, 2);
  assert_type (log, 0, "workflow.changed");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (get_event (log, 0), "data.workflow.id")),
                   ==, wf_json_get_member_string (workflow, "id"));
  assert_type (log, 1, "organisation.changed");
}

/* -- what survives ----------------------------------------------------------------------------- */

static void
reopen (WfDemoFixture *fixture, const char *folder)
{
  g_autoptr (GError) error = NULL;

  if (fixture->server != NULL)
    wf_demo_server_stop (fixture->server);
  g_clear_object (&fixture->server);
  fixture->server = wf_demo_server_new (folder, WF_CLOCK (fixture->clock),
                                        WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY, &error);
  g_assert_no_error (error);
}

static void
test_reopen (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *state = wf_test_folder_build (folder, "state");
  static const char body[] =
      "{\"type\":\"call\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-23T18:20:00Z\"}";
  g_autoptr (GError) error = NULL;

  reopen (fixture, state);
  g_autofree char *token = g_strdup (wf_demo_server_get_token (fixture->server, "carla"));
  g_autofree char *cursor = get_end (fixture);
  g_autoptr (WfDemoAnswer) made =
      wf_demo_fixture_ask (fixture, "PUT", "activities/a-1", "carla", body, CREATE);
  g_assert_cmpuint (made->status, ==, 201);
  gint64 n_events = wf_demo_server_count (fixture->server, "events");

  /* Nobody else may have the folder meanwhile. */
  g_assert_null (
      wf_demo_server_new (state, WF_CLOCK (fixture->clock), WF_DEMO_NO_GENERATOR, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);

  reopen (fixture, state);
  g_assert_cmpstr (wf_demo_server_get_token (fixture->server, "carla"), ==, token);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n_events);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "workflows"), ==, 5);
  g_autoptr (WfDemoAnswer) after = poll_events (fixture, "carla", cursor, 10);
  g_assert_cmpuint (wf_json_get_size (after->root), ==, 1);
  assert_type (after, 0, "activity.created");
  wf_demo_assert_status (fixture, "PUT", "activities/a-1", "carla", body, CREATE, 412);
  g_autofree char *match = g_strconcat ("If-Match: ", made->etag, NULL);
  g_autoptr (WfDemoAnswer) changed = wf_demo_fixture_ask (fixture, "PATCH", "activities/a-1",
                                                          "carla", "{\"status\":\"done\"}", match);
  g_assert_cmpuint (changed->status, ==, 200);

  /* A tag and a place in the pages are never given twice, even when the newest record is deleted
   * in between. */
  wf_demo_assert_status (fixture, "DELETE", "activities/a-1", "carla", NULL, ANY, 204);
  reopen (fixture, state);
  g_autoptr (WfDemoAnswer) again =
      wf_demo_fixture_ask (fixture, "PUT", "activities/a-1", "carla", body, CREATE);
  g_assert_cmpuint (again->status, ==, 201);
  g_assert_cmpstr (again->etag, !=, made->etag);
  g_assert_cmpstr (again->etag, !=, changed->etag);
  wf_demo_server_stop (fixture->server);
}

/* -- faults ------------------------------------------------------------------------------------ */

static void
test_faults (WfDemoFixture *fixture, gconstpointer data)
{
  static const char body[] =
      "{\"type\":\"call\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-23T18:20:00Z\"}";
  WfDemoFault drop_after = { .kind = WF_DEMO_FAULT_DROP_AFTER,
                             .method = "PATCH",
                             .path = "/activities" };
  WfDemoFault drop_before = { .kind = WF_DEMO_FAULT_DROP_BEFORE, .method = "PATCH" };
  WfDemoFault cut = { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/organisation" };
  WfDemoFault delay = { .kind = WF_DEMO_FAULT_DELAY,
                        .delay = 5 * G_TIME_SPAN_SECOND,
                        .path = "/me" };

  wf_demo_server_fail_next (fixture->server, 2, 503);
  wf_demo_assert_status (fixture, "GET", "me", "carla", NULL, NULL, 503);
  wf_demo_assert_status (fixture, "PUT", "activities/a-1", "carla", body, CREATE, 503);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, 0);
  wf_demo_assert_status (fixture, "PUT", "activities/a-1", "carla", body, CREATE, 201);

  wf_demo_server_add_fault (fixture->server, &drop_before);
  g_autoptr (WfDemoAnswer) before =
      wf_demo_fixture_ask (fixture, "PATCH", "activities/a-1", "ana", "{\"status\":\"done\"}", ANY);
  g_assert_cmpuint (before->status, ==, 0);
  g_autoptr (WfDemoAnswer) open =
      wf_demo_fixture_ask (fixture, "GET", "activities/a-1", "ana", NULL, NULL);
  g_assert_cmpstr (wf_demo_answer_get (open, "status"), ==, "open");

  wf_demo_server_add_fault (fixture->server, &drop_after);
  g_autoptr (WfDemoAnswer) after =
      wf_demo_fixture_ask (fixture, "PATCH", "activities/a-1", "ana", "{\"status\":\"done\"}", ANY);
  g_assert_cmpuint (after->status, ==, 0);
  g_autoptr (WfDemoAnswer) done =
      wf_demo_fixture_ask (fixture, "GET", "activities/a-1", "ana", NULL, NULL);
  g_assert_cmpstr (wf_demo_answer_get (done, "status"), ==, "done");

  wf_demo_server_add_fault (fixture->server, &cut);
  g_autoptr (WfDemoAnswer) half =
      wf_demo_fixture_ask (fixture, "GET", "organisation", "ana", NULL, NULL);
  g_assert_nonnull (half->error);
  wf_demo_assert_status (fixture, "GET", "organisation", "ana", NULL, NULL, 200);

  wf_demo_server_add_fault (fixture->server, &delay);
  g_autoptr (WfDemoAnswer) slow = wf_demo_fixture_start (fixture, "GET", "me", "ana", NULL, NULL);
  let_it_wait (fixture, slow);
  wf_fake_clock_advance (fixture->clock, 5 * G_TIME_SPAN_SECOND);
  wf_demo_fixture_wait (slow);
  g_assert_cmpuint (slow->status, ==, 200);

  wf_demo_server_set_refusing (fixture->server, TRUE);
  g_autoptr (WfDemoAnswer) refused = wf_demo_fixture_ask (fixture, "GET", "me", "ana", NULL, NULL);
  g_assert_error (refused->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  wf_demo_server_set_refusing (fixture->server, FALSE);
  wf_demo_assert_status (fixture, "GET", "me", "ana", NULL, NULL, 200);
}

/* A fault may hit an answer that was held first: a long poll that ends with an event, with nothing,
 * or a stream. */
static void
test_faults_of_waiters (WfDemoFixture *fixture, gconstpointer data)
{
  for (guint with_event = 0; with_event < 2; with_event++)
    {
      WfDemoFault fault = { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/events" };

      wf_demo_server_add_fault (fixture->server, &fault);
      g_autoptr (WfDemoAnswer) held =
          wf_demo_fixture_start (fixture, "GET", "events?after=now&wait=20", "carla", NULL, NULL);
      let_it_wait (fixture, held);
      if (with_event)
        g_assert_true (
            wf_demo_server_add_event (fixture->server, "{\"type\":\"call.made\"}", NULL));
      else
        wf_fake_clock_advance (fixture->clock, 20 * G_TIME_SPAN_SECOND);
      wf_demo_fixture_wait (held);
      g_assert_nonnull (held->error);
      wf_demo_assert_status (fixture, "GET", "events?after=now", "carla", NULL, NULL, 200);
    }

  WfDemoFault cut = { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/events/stream" };
  wf_demo_server_add_fault (fixture->server, &cut);
  g_autoptr (WfDemoAnswer) stream =
      wf_demo_fixture_ask (fixture, "GET", "events/stream?after=now", "carla", NULL, NULL);
  g_assert_nonnull (stream->error);
  wf_demo_assert_status (fixture, "GET", "me", "carla", NULL, NULL, 200);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, WfDemoFixture, QUIET, wf_demo_fixture_set_up, test, wf_demo_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/demo/events/cursors", test_cursors);
  ADD ("/demo/events/types", test_types);
  ADD ("/demo/events/expired", test_expired);
  ADD ("/demo/events/long-poll", test_long_poll);
  ADD ("/demo/events/poll-of-others", test_poll_of_others);
  ADD ("/demo/events/stop-while-waiting", test_stop_while_waiting);
  ADD ("/demo/events/client-goes-away", test_client_goes_away);
  ADD ("/demo/events/stream", test_stream);
  ADD ("/demo/events/post", test_post);
  ADD ("/demo/events/leads", test_lead_events);
  ADD ("/demo/events/activities", test_activity_events);
  ADD ("/demo/events/late", test_late);
  ADD ("/demo/events/documents", test_document_events);
  ADD ("/demo/events/reopen", test_reopen);
  ADD ("/demo/events/faults", test_faults);
  ADD ("/demo/events/faults-of-waiters", test_faults_of_waiters);
  return g_test_run ();
}
