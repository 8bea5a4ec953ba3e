/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A demo CRM in the test's own process, on a fake clock, and a plain HTTP client for it. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"

#include <string.h>

#define LONGEST_REAL_WAIT 30

void
wf_demo_fixture_set_up (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->clock = wf_fake_clock_new_at (WF_DEMO_FIXTURE_START);
  fixture->server = wf_demo_server_new (WF_DEMO_MEMORY, WF_CLOCK (fixture->clock),
                                        (WfDemoFlags) GPOINTER_TO_INT (data), &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new_with_options ("max-conns-per-host", 10, NULL);
}

void
wf_demo_fixture_tear_down (WfDemoFixture *fixture, gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_clear_object (&fixture->session);
  if (fixture->server != NULL)
    wf_demo_server_stop (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->server);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (fixture->clock), ==, 0);
  g_clear_object (&fixture->clock);
}

static void
take_header (SoupMessage *message, const char *name, char **value)
{
  *value =
      g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), name));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WfDemoAnswer *answer = user_data;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &answer->error);

  answer->done = TRUE;
  if (bytes == NULL)
    return;
  answer->status = soup_message_get_status (answer->message);
  answer->body = g_bytes_get_size (bytes) > 0
                     ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                     : g_strdup ("");
  take_header (answer->message, "ETag", &answer->etag);
  take_header (answer->message, "Next-Page", &answer->next_page);
  take_header (answer->message, "Next-Cursor", &answer->next_cursor);
  take_header (answer->message, "Events-More", &answer->more);
  take_header (answer->message, "Retry-After", &answer->retry_after);
  take_header (answer->message, "Content-Type", &answer->content_type);
  answer->document = wf_json_document_parse (answer->body, -1, 0, NULL);
  answer->root = answer->document != NULL ? wf_json_document_get_root (answer->document) : NULL;
}

static void
add_headers (SoupMessage *message, const char *headers)
{
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ": ", 2);

      soup_message_headers_replace (soup_message_get_request_headers (message), parts[0], parts[1]);
    }
}

WfDemoAnswer *
wf_demo_fixture_start (WfDemoFixture *fixture, const char *method, const char *path,
                       const char *person, const char *body, const char *headers)
{
  WfDemoAnswer *answer = g_new0 (WfDemoAnswer, 1);
  g_autofree char *uri = g_strdup_printf ("%s/%s", wf_demo_server_get_uri (fixture->server), path);

  answer->message = soup_message_new (method, uri);
  if (person != NULL)
    {
      const char *token = wf_demo_server_get_token (fixture->server, person);
      g_autofree char *authorization =
          g_strconcat ("Bearer ", token != NULL ? token : person, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (answer->message),
                                    "Authorization", authorization);
    }
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (answer->message, "application/json", bytes);
    }
  add_headers (answer->message, headers);
  soup_session_send_and_read_async (fixture->session, answer->message, G_PRIORITY_DEFAULT, NULL,
                                    on_answer, answer);
  return answer;
}

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("The test waits for an answer that does not come");
  return G_SOURCE_REMOVE;
}

void
wf_demo_fixture_wait (WfDemoAnswer *answer)
{
  guint watchdog = g_timeout_add_seconds (LONGEST_REAL_WAIT, on_watchdog, NULL);

  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

/* However long the request takes: a thread that asks for proxies goes before it, and on a busy
 * computer that is not done within any number of rounds of the main loop. */
void
wf_demo_fixture_wait_for_alarm (WfDemoFixture *fixture, gint64 microseconds)
{
  guint watchdog = g_timeout_add_seconds (LONGEST_REAL_WAIT, on_watchdog, NULL);
  WfInstant latest = wf_clock_now (WF_CLOCK (fixture->clock)) + microseconds;
  WfInstant next;

  while ((next = wf_fake_clock_get_next_alarm (fixture->clock)) == WF_INSTANT_NONE || next > latest)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

WfDemoAnswer *
wf_demo_fixture_ask (WfDemoFixture *fixture, const char *method, const char *path,
                     const char *person, const char *body, const char *headers)
{
  WfDemoAnswer *answer = wf_demo_fixture_start (fixture, method, path, person, body, headers);

  wf_demo_fixture_wait (answer);
  return answer;
}

void
wf_demo_answer_free (WfDemoAnswer *self)
{
  wf_demo_fixture_wait (self);
  g_free (self->body);
  g_free (self->etag);
  g_free (self->next_page);
  g_free (self->next_cursor);
  g_free (self->more);
  g_free (self->retry_after);
  g_free (self->content_type);
  g_clear_pointer (&self->document, wf_json_document_unref);
  g_clear_error (&self->error);
  g_object_unref (self->message);
  g_free (self);
}

const char *
wf_demo_answer_get (WfDemoAnswer *self, const char *dotted)
{
  return wf_json_get_string (wf_json_get_path (self->root, dotted));
}

/* -- actions and what follows ------------------------------------------------------------------- */

char *
wf_demo_make_key (guint n)
{
  return g_strdup_printf ("00000000-0000-4000-8000-%012u", n);
}

WfDemoAnswer *
wf_demo_fixture_act (WfDemoFixture *fixture, guint key, const char *person, const char *body)
{
  g_autofree char *text = wf_demo_make_key (key);
  g_autofree char *path = g_strconcat ("actions/", text, NULL);

  return wf_demo_fixture_ask (fixture, "PUT", path, person, body, "If-None-Match: *");
}

void
wf_demo_fixture_put_lead (WfDemoFixture *fixture, const char *id, const char *owner,
                          const char *stage)
{
  g_autofree char *path = g_strconcat ("leads/", id, NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"name\":\"Padaria Sol\",\"stage\":\"%s\",\"owner\":\"%s\",\"score\":35,"
      "\"email\":\"contato@sol.example\",\"phone\":\"+55 (11) 90000-0001\",\"custom\":{\"sector\":\"food\"}}",
      stage, owner);

  wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_BRIDGE, body, "If-None-Match: *", 201);
}

char *
wf_demo_fixture_get_cursor (WfDemoFixture *fixture)
{
  g_autoptr (WfDemoAnswer) answer =
      wf_demo_fixture_ask (fixture, "GET", "events?after=now", "carla", NULL, NULL);

  return g_strdup (answer->next_cursor);
}

WfDemoAnswer *
wf_demo_fixture_read_events (WfDemoFixture *fixture, const char *cursor, const char *person)
{
  g_autofree char *path = g_strconcat ("events?after=", cursor, NULL);

  return wf_demo_fixture_ask (fixture, "GET", path, person, NULL, NULL);
}

char *
wf_demo_events_join_types (WfDemoAnswer *events)
{
  g_autoptr (GString) types = g_string_new (NULL);

  for (guint i = 0; i < wf_json_get_size (events->root); i++)
    g_string_append_printf (
        types, "%s%s", i > 0 ? " " : "",
        wf_json_get_member_string (wf_json_get_element (events->root, i), "type"));
  return g_string_free (g_steal_pointer (&types), FALSE);
}

const WfJson *
wf_demo_events_get_data (WfDemoAnswer *events, guint index, const char *dotted)
{
  return wf_json_get_path (wf_json_get_member (wf_json_get_element (events->root, index), "data"),
                           dotted);
}
