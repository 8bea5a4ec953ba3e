/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's records over HTTP: conditional creation, tags, roles, pages, problems, limits. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"

#include "wf-instant.h"
#include "wf-json-writer.h"

#include <string.h>

#define QUIET GINT_TO_POINTER (WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY)
#define CREATE "If-None-Match: *"
#define UUID_1 "11111111-1111-4111-8111-111111111111"
#define UUID_2 "22222222-2222-4222-8222-222222222222"

static const char activity_body[] =
    "{\"lead\":\"l-1\",\"type\":\"filter-1\",\"title\":\"Realizar Filtro 1\",\"person\":\"ana\","
    "\"due\":\"2026-11-20T18:20:00Z\",\"workflow\":\"w\",\"step\":\"s\",\"event-id\":\"e-1\","
    "\"event-source\":\"/crm/x\",\"cause\":\"w/s/e-1\",\"explanation\":{\"why\":[1]}}";

static char *
join (const char *a, const char *b)
{
  return g_strconcat (a, b, NULL);
}

/* -- signing in -------------------------------------------------------------------------------- */

static void
test_me (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) me = wf_demo_fixture_ask (fixture, "GET", "me", "carla", NULL, NULL);
  g_autoptr (WfDemoAnswer) bridge =
      wf_demo_fixture_ask (fixture, "GET", "me", WF_DEMO_BRIDGE, NULL, NULL);
  g_autoptr (WfDemoAnswer) nobody = wf_demo_fixture_ask (fixture, "GET", "me", NULL, NULL, NULL);
  WfInstant time = 0;

  g_assert_cmpuint (me->status, ==, 200);
  g_assert_cmpstr (wf_demo_answer_get (me, "person"), ==, "carla");
  g_assert_cmpstr (
      wf_json_get_string (wf_json_get_element (wf_json_get_member (me->root, "roles"), 0)), ==,
      "manager");
  g_assert_true (wf_instant_parse (wf_demo_answer_get (me, "server.time"), &time));
  g_assert_cmpint (time, ==, wf_clock_now (WF_CLOCK (fixture->clock)));
  g_assert_null (wf_demo_answer_get (bridge, "person"));
  g_assert_cmpuint (nobody->status, ==, 401);
  g_assert_cmpstr (nobody->content_type, ==, "application/problem+json");
  g_assert_cmpstr (wf_demo_answer_get (nobody, "type"), ==, "/problems/unauthorized");
  wf_demo_assert_status (fixture, "GET", "me", "not-a-token", NULL, NULL, 401);
  wf_demo_assert_status (fixture, "GET", "organisation", NULL, NULL, NULL, 401);
}

static void
test_rate_limit (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_server_set_rate_limit (fixture->server, 3);
  for (guint i = 0; i < 3; i++)
    wf_demo_assert_status (fixture, "GET", "me", "ana", NULL, NULL, 200);
  g_autoptr (WfDemoAnswer) limited = wf_demo_fixture_ask (fixture, "GET", "me", "ana", NULL, NULL);
  g_assert_cmpuint (limited->status, ==, 429);
  g_assert_cmpstr (limited->retry_after, ==, "10");
  /* Each token for itself, and not for ever. */
  wf_demo_assert_status (fixture, "GET", "me", "bruno", NULL, NULL, 200);
  wf_fake_clock_advance (fixture->clock, 10 * G_TIME_SPAN_SECOND);
  wf_demo_assert_status (fixture, "GET", "me", "ana", NULL, NULL, 200);
}

/* -- activities -------------------------------------------------------------------------------- */

static void
test_create_once (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) first =
      wf_demo_fixture_ask (fixture, "PUT", "activities/" UUID_1, "carla", activity_body, CREATE);
  gint64 n_events = wf_demo_server_count (fixture->server, "events");
  g_autoptr (WfDemoAnswer) second =
      wf_demo_fixture_ask (fixture, "PUT", "activities/" UUID_1, "carla", activity_body, CREATE);
  g_autofree char *other_body = g_strdup (activity_body);

  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpstr (wf_demo_answer_get (first, "status"), ==, "open");
  g_assert_cmpstr (wf_demo_answer_get (first, "original-due"), ==, "2026-11-20T18:20:00Z");
  g_assert_cmpstr (wf_demo_answer_get (first, "etag"), ==, first->etag);
  g_assert_cmpuint (second->status, ==, 412);
  g_assert_cmpstr (wf_demo_answer_get (second, "type"), ==, "/problems/already-exists");
  g_assert_true (wf_json_get_boolean (wf_json_get_member (second->root, "same-content"), FALSE));
  g_assert_cmpstr (second->etag, ==, first->etag);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, 1);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n_events);

  /* Another activity under the same id is told apart. */
  memcpy (strstr (other_body, "e-1"), "e-2", 3);
  g_autoptr (WfDemoAnswer) other =
      wf_demo_fixture_ask (fixture, "PUT", "activities/" UUID_1, "carla", other_body, CREATE);
  g_assert_cmpuint (other->status, ==, 412);
  g_assert_false (wf_json_get_boolean (wf_json_get_member (other->root, "same-content"), TRUE));
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_2, "carla", activity_body, NULL, 428);
}

static void
test_batch (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("[");
  guint n_created = 0;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (
        body,
        "%s{\"id\":\"a-%u\",\"type\":\"call\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-23T12:00:00Z\"}",
        i > 0 ? "," : "", i);
  g_string_append (
      body,
      ",{\"id\":\"a-7\",\"type\":\"call\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-23T12:00:00Z\"}"
      ",{\"id\":\"bad\",\"type\":\"call\",\"title\":\"t\",\"due\":\"tomorrow\"}"
      ",{\"id\":\"who\",\"type\":\"call\",\"title\":\"t\",\"person\":\"nobody\",\"due\":\"2026-11-23T12:00:00Z\"}"
      ",{\"title\":\"no id\"},42]");
  g_autoptr (WfDemoAnswer) answer =
      wf_demo_fixture_ask (fixture, "POST", "activities", WF_DEMO_ENGINE, body->str, NULL);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (wf_json_get_size (answer->root), ==, 1005);
  for (guint i = 0; i < 1005; i++)
    {
      const WfJson *item = wf_json_get_element (answer->root, i);
      gint64 status = 0;

      g_assert_true (wf_json_get_int64 (wf_json_get_member (item, "status"), &status));
      n_created += status == 201;
      g_assert_cmpint (status, ==, i < 1000 ? 201 : i == 1000 ? 412 : 422);
    }
  g_assert_cmpuint (n_created, ==, 1000);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, 1000);
  g_assert_cmpstr (
      wf_json_get_string (wf_json_get_path (
          wf_json_get_element (
              wf_json_get_path (wf_json_get_element (answer->root, 1001), "problem.errors"), 0),
          "pointer")),
      ==, "#/1001/due");
  wf_demo_assert_status (fixture, "POST", "activities", WF_DEMO_ENGINE, "{}", NULL, 422);
}

static void
test_change (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) made =
      wf_demo_fixture_ask (fixture, "PUT", "activities/" UUID_1, "carla", activity_body, CREATE);
  g_autofree char *match = join ("If-Match: ", made->etag);

  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "ana", "{\"status\":\"done\"}",
                         NULL, 428);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "ana", "{\"status\":\"finished\"}",
                         match, 422);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "ana", "{\"type\":\"call\"}",
                         match, 422);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "ana", "{}", match, 422);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "ana", "[]", match, 422);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "ana", "{\"due\":null}", match,
                         422);

  /* A deadline moved by a person is pinned, and the first one is kept (S7). */
  g_autoptr (WfDemoAnswer) moved = wf_demo_fixture_ask (
      fixture, "PATCH", "activities/" UUID_1, "ana",
      "{\"due\":\"2026-11-23T12:00:00Z\",\"reason\":\"client is travelling\",\"comment\":\"called twice\"}",
      match);
  g_assert_cmpuint (moved->status, ==, 200);
  g_assert_cmpstr (wf_demo_answer_get (moved, "due"), ==, "2026-11-23T12:00:00Z");
  g_assert_cmpstr (wf_demo_answer_get (moved, "original-due"), ==, "2026-11-20T18:20:00Z");
  g_assert_true (wf_json_get_boolean (wf_json_get_member (moved->root, "pinned"), FALSE));
  g_assert_null (wf_json_get_member (moved->root, "reason"));
  g_assert_cmpint (wf_demo_server_count (fixture->server, "comments"), ==, 1);

  g_autoptr (WfDemoAnswer) stale = wf_demo_fixture_ask (fixture, "PATCH", "activities/" UUID_1,
                                                        "ana", "{\"status\":\"done\"}", match);
  g_assert_cmpuint (stale->status, ==, 412);
  g_assert_cmpstr (wf_demo_answer_get (stale, "type"), ==, "/problems/changed");
  g_assert_cmpstr (stale->etag, ==, moved->etag);

  g_autofree char *now = join ("If-Match: ", moved->etag);
  g_autoptr (WfDemoAnswer) done = wf_demo_fixture_ask (
      fixture, "PATCH", "activities/" UUID_1, "ana",
      "{\"status\":\"done\",\"outcome\":\"ok\",\"completed\":\"2026-11-20T17:00:00Z\"}", now);
  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpstr (wf_demo_answer_get (done, "completed"), ==, "2026-11-20T17:00:00Z");
  g_autofree char *last = join ("If-Match: ", done->etag);
  g_autoptr (WfDemoAnswer) opened = wf_demo_fixture_ask (fixture, "PATCH", "activities/" UUID_1,
                                                         "ana", "{\"status\":\"open\"}", last);
  g_assert_null (wf_json_get_member (opened->root, "completed"));

  g_autoptr (WfDemoAnswer) audit =
      wf_demo_fixture_ask (fixture, "GET", "audit?limit=1", "carla", NULL, NULL);
  const WfJson *entry = wf_json_get_element (audit->root, 0);
  g_assert_cmpstr (wf_json_get_member_string (entry, "action"), ==, "activity.rescheduled");
  g_assert_cmpstr (wf_json_get_member_string (entry, "person"), ==, "ana");
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (entry, "detail.reason")), ==,
                   "client is travelling");
}

static void
test_replace_and_delete (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) made =
      wf_demo_fixture_ask (fixture, "PUT", "activities/" UUID_1, "carla", activity_body, CREATE);
  g_autofree char *match = join ("If-Match: ", made->etag);
  g_autoptr (WfDemoAnswer) replaced = wf_demo_fixture_ask (
      fixture, "PUT", "activities/" UUID_1, "carla",
      "{\"type\":\"call\",\"title\":\"Other\",\"person\":\"bruno\",\"due\":\"2026-11-23T12:00:00Z\"}",
      match);
  g_assert_cmpuint (replaced->status, ==, 200);
  g_assert_cmpstr (wf_demo_answer_get (replaced, "title"), ==, "Other");
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_1, "carla", activity_body, match, 412);
  wf_demo_assert_status (fixture, "DELETE", "activities/" UUID_1, "ana", NULL, match, 403);
  wf_demo_assert_status (fixture, "DELETE", "activities/" UUID_1, "carla", NULL, match, 412);
  g_autofree char *now = join ("If-Match: ", replaced->etag);
  wf_demo_assert_status (fixture, "DELETE", "activities/" UUID_1, "carla", NULL, now, 204);
  wf_demo_assert_status (fixture, "DELETE", "activities/" UUID_1, "carla", NULL, now, 204);
  wf_demo_assert_status (fixture, "GET", "activities/" UUID_1, "carla", NULL, NULL, 404);
}

static void
test_pages (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *page = NULL;
  guint n = 0, n_pages = 0;

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *path = g_strdup_printf ("activities/a-%u", i);

      wf_demo_assert_status (fixture, "PUT", path, "carla", activity_body, CREATE, 201);
      wf_fake_clock_advance (fixture->clock, G_TIME_SPAN_SECOND);
    }
  do
    {
      g_autofree char *path = g_strdup_printf ("activities?person=ana&status=open&limit=3%s%s",
                                               page != NULL ? "&page=" : "",
                                               page != NULL ? page : "");
      g_autoptr (WfDemoAnswer) answer =
          wf_demo_fixture_ask (fixture, "GET", path, "carla", NULL, NULL);

      for (guint i = 0; i < wf_json_get_size (answer->root); i++)
        {
          g_autofree char *id = g_strdup_printf ("a-%u", n++);
          g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (answer->root, i), "id"),
                           ==, id);
        }
      n_pages++;
      g_set_str (&page, answer->next_page);
    }
  while (page != NULL);
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpuint (n_pages, ==, 3);

  g_autoptr (WfDemoAnswer) late = wf_demo_fixture_ask (
      fixture, "GET", "activities?updated-after=2026-11-20T17:50:04.5Z", "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (late->root), ==, 2);
  g_autoptr (WfDemoAnswer) none =
      wf_demo_fixture_ask (fixture, "GET", "activities?status=done", "carla", NULL, NULL);
  g_assert_cmpstr (none->body, ==, "[]");
  wf_demo_assert_status (fixture, "GET", "activities?limit=0", "carla", NULL, NULL, 400);
  wf_demo_assert_status (fixture, "GET", "activities?page=x", "carla", NULL, NULL, 400);
  wf_demo_assert_status (fixture, "GET", "activities?updated-after=x", "carla", NULL, NULL, 400);
}

/* -- who may ----------------------------------------------------------------------------------- */

static void
test_roles (WfDemoFixture *fixture, gconstpointer data)
{
  /* ana and bruno are in one group, diego is in another; joao and painel only read (A7). */
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_1, "bruno", activity_body, CREATE, 201);
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_2, "diego", activity_body, CREATE, 403);
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_2, "joao", activity_body, CREATE, 403);
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_2, "painel", activity_body, CREATE,
                         403);
  /* That somebody else has done it everybody is told: what is left to others ends so (S16). */
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_1, "diego", activity_body, CREATE, 412);
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_1, "joao", activity_body, CREATE, 412);
  wf_demo_assert_status (fixture, "GET", "activities/" UUID_1, "bruno", NULL, NULL, 200);
  wf_demo_assert_status (fixture, "GET", "activities/" UUID_1, "diego", NULL, NULL, 404);
  wf_demo_assert_status (fixture, "GET", "activities/" UUID_1, "joao", NULL, NULL, 200);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "bruno", "{\"status\":\"done\"}",
                         "If-Match: *", 403);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "diego", "{\"status\":\"done\"}",
                         "If-Match: *", 404);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "painel", "{\"status\":\"done\"}",
                         "If-Match: *", 403);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "ana", "{\"status\":\"done\"}",
                         "If-Match: *", 200);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_1, "carla", "{\"status\":\"open\"}",
                         "If-Match: *", 200);

  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "activities", "diego", NULL, NULL);
  g_assert_cmpstr (list->body, ==, "[]");
  wf_demo_assert_status (fixture, "GET", "audit", "ana", NULL, NULL, 403);
  wf_demo_assert_status (fixture, "GET", "audit", "carla", NULL, NULL, 200);

  /* The queue of nobody's work: who may claim takes it (S11). */
  wf_demo_assert_status (fixture, "PUT", "activities/" UUID_2, "carla",
                         "{\"type\":\"call\",\"title\":\"t\",\"due\":\"2026-11-23T12:00:00Z\"}",
                         CREATE, 201);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_2, "joao", "{\"person\":\"joao\"}",
                         "If-Match: *", 403);
  g_autoptr (WfDemoAnswer) claimed = wf_demo_fixture_ask (
      fixture, "PATCH", "activities/" UUID_2, "diego", "{\"person\":\"diego\"}", "If-Match: *");
  g_assert_cmpuint (claimed->status, ==, 200);
  wf_demo_assert_status (fixture, "PATCH", "activities/" UUID_2, "diego", "{\"person\":\"xyz\"}",
                         "If-Match: *", 422);
}

static void
test_workflows (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "workflows", "ana", NULL, NULL);
  const WfJson *first = wf_json_get_element (list->root, 0);
  const WfJson *document = wf_json_get_member (first, "workflow");
  g_autofree char *path = join ("workflows/", wf_json_get_member_string (document, "id"));
  g_autofree char *body = wf_json_to_text (document, FALSE);
  g_autofree char *match = join ("If-Match: ", wf_json_get_member_string (first, "etag"));
  g_autofree char *known = join ("If-None-Match: ", list->etag);

  g_assert_cmpuint (wf_json_get_size (list->root), ==, 5);
  g_assert_cmpstr (wf_json_get_member_string (first, "author"), ==, "carla");
  wf_demo_assert_status (fixture, "GET", "workflows", "ana", NULL, known, 304);

  /* R7: whatever an interface offers, only these roles write. */
  static const char *const refused[] = { "ana",  "elisa",  "gabriela",     "isabel",
                                         "joao", "painel", WF_DEMO_BRIDGE, WF_DEMO_ENGINE };
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    wf_demo_assert_status (fixture, "PUT", path, refused[i], body, match, 403);
  wf_demo_assert_status (fixture, "PUT", path, "carla", body, NULL, 428);
  g_autoptr (WfDemoAnswer) saved = wf_demo_fixture_ask (fixture, "PUT", path, "carla", body, match);
  g_assert_cmpuint (saved->status, ==, 200);
  wf_demo_assert_status (fixture, "PUT", path, "renato", body, match, 412);
  g_autofree char *now = join ("If-Match: ", saved->etag);
  wf_demo_assert_status (fixture, "PUT", path, "renato", body, now, 200);
  g_autoptr (WfDemoAnswer) exists =
      wf_demo_fixture_ask (fixture, "PUT", path, "helena", body, CREATE);
  g_assert_cmpuint (exists->status, ==, 412);
  g_assert_true (wf_json_get_boolean (wf_json_get_member (exists->root, "same-content"), FALSE));
  wf_demo_assert_status (fixture, "GET", "workflows", "ana", NULL, known, 200);

  /* What runs must be sound; R16's half hour too. */
  g_autofree char *broken = g_strdup (body);
  memcpy (strstr (broken, "\"amount\":30"), "\"amount\":29", 11);
  g_autoptr (WfDemoAnswer) invalid =
      wf_demo_fixture_ask (fixture, "PUT", path, "carla", broken, "If-Match: *");
  g_assert_cmpuint (invalid->status, ==, 422);
  g_assert_true (g_str_has_prefix (
      wf_json_get_member_string (
          wf_json_get_element (wf_json_get_member (invalid->root, "errors"), 0), "pointer"),
      "#/steps/0/complete-within"));
  wf_demo_assert_status (fixture, "PUT", "workflows/" UUID_1, "carla", body, CREATE, 422);
  wf_demo_assert_status (fixture, "PUT", "workflows/" UUID_1, "carla", body, "If-Match: *", 404);
}

static void
test_organisation (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) organisation =
      wf_demo_fixture_ask (fixture, "GET", "organisation", "ana", NULL, NULL);
  g_autofree char *known = join ("If-None-Match: ", organisation->etag);
  g_autofree char *match = join ("If-Match: ", organisation->etag);
  g_autofree char *changed = g_strdup (organisation->body);

  wf_demo_assert_status (fixture, "GET", "organisation", "ana", NULL, known, 304);
  wf_demo_assert_status (fixture, "PUT", "organisation", "ana", changed, match, 403);
  wf_demo_assert_status (fixture, "PUT", "organisation", "helena",
                         "{\"format\":1,\"process\":\"9\"}", match, 422);
  memcpy (strstr (changed, "Aurora Energia"), "Brilho Energia", 14);
  wf_demo_assert_status (fixture, "PUT", "organisation", "helena", changed, match, 200);
  wf_demo_assert_status (fixture, "PUT", "organisation", "helena", changed, match, 412);
  wf_demo_assert_status (fixture, "GET", "organisation", "ana", NULL, known, 200);
  g_autoptr (WfDemoAnswer) me = wf_demo_fixture_ask (fixture, "GET", "me", "ana", NULL, NULL);
  g_assert_true (g_str_has_prefix (wf_demo_answer_get (me, "server.name"), "Brilho"));
}

/* -- leads ------------------------------------------------------------------------------------- */

static const char lead_body[] =
    "{\"name\":\"Padaria Sol\",\"stage\":\"filter-2\",\"owner\":\"ana\",\"source\":\"site\",\"origin\":\"web\","
    "\"score\":35,\"custom\":{\"sector\":\"food\",\"size\":3},\"x-unknown\":1}";

static void
test_leads (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_assert_status (fixture, "PUT", "leads/l-1", "ana", lead_body, CREATE, 403);
  g_autoptr (WfDemoAnswer) made =
      wf_demo_fixture_ask (fixture, "PUT", "leads/l-1", WF_DEMO_BRIDGE, lead_body, CREATE);
  g_assert_cmpuint (made->status, ==, 201);
  g_assert_null (wf_json_get_member (made->root, "x-unknown"));
  wf_demo_assert_status (fixture, "PUT", "leads/l-1", WF_DEMO_BRIDGE, lead_body, CREATE, 412);
  wf_demo_assert_status (fixture, "GET", "leads/l-1", "ana", NULL, NULL, 200);
  wf_demo_assert_status (fixture, "GET", "leads/l-1", "diego", NULL, NULL, 404);
  wf_demo_assert_status (fixture, "GET", "leads?q=padaria%20sol", "ana", NULL, NULL, 200);

  g_autofree char *match = join ("If-Match: ", made->etag);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "bruno", "{\"score\":80}", match, 403);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "ana", "{\"owner\":\"nobody\"}", match,
                         422);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "ana",
                         "{\"created\":\"2020-01-01T00:00:00Z\"}", match, 422);
  g_autoptr (WfDemoAnswer) patched =
      wf_demo_fixture_ask (fixture, "PATCH", "leads/l-1", "ana",
                           "{\"score\":80,\"custom\":{\"size\":null,\"city\":\"Santos\"}}", match);
  g_assert_cmpuint (patched->status, ==, 200);
  g_assert_cmpstr (wf_demo_answer_get (patched, "custom.sector"), ==, "food");
  g_assert_cmpstr (wf_demo_answer_get (patched, "custom.city"), ==, "Santos");
  g_assert_null (wf_json_get_path (patched->root, "custom.size"));
  g_assert_cmpstr (wf_demo_answer_get (patched, "created"), ==,
                   wf_demo_answer_get (made, "created"));
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "ana", "{\"score\":81}", match, 412);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "ana", "{\"score\":81}", NULL, 428);

  wf_demo_assert_status (fixture, "PUT", "leads/l-1/comments/" UUID_1, "ana",
                         "{\"text\":\"Hello\"}", CREATE, 201);
  wf_demo_assert_status (fixture, "PUT", "leads/l-1/comments/" UUID_1, "ana",
                         "{\"text\":\"Hello\"}", CREATE, 412);
  wf_demo_assert_status (fixture, "PUT", "leads/l-1/comments/" UUID_2, "joao",
                         "{\"text\":\"Hello\"}", CREATE, 403);
  wf_demo_assert_status (fixture, "PUT", "leads/l-1/comments/" UUID_2, "ana", "{\"text\":\"\"}",
                         CREATE, 422);
  wf_demo_assert_status (fixture, "DELETE", "leads/l-1", "ana", NULL, "If-Match: *", 403);
  wf_demo_assert_status (fixture, "DELETE", "leads/l-1", "carla", NULL, "If-Match: *", 204);
  wf_demo_assert_status (fixture, "DELETE", "leads/l-1", "carla", NULL, "If-Match: *", 204);
  wf_demo_assert_status (fixture, "GET", "leads/l-1", "ana", NULL, NULL, 404);
}

static void
test_lead_roles (WfDemoFixture *fixture, gconstpointer data)
{
  static const char flow[] =
      "{\"name\":\"Walk-in\",\"stage\":\"new\",\"owner\":\"gabriela\",\"origin\":\"flow\"}";

  /* R58: sellers of a unit with store flow register who walks in; others do not (R52-R57). */
  wf_demo_assert_status (fixture, "PUT", "leads/f-1", "gabriela", flow, CREATE, 201);
  wf_demo_assert_status (fixture, "PUT", "leads/f-2", "ana", flow, CREATE, 403);
  wf_demo_assert_status (fixture, "PUT", "leads/f-3", "gabriela", lead_body, CREATE, 403);
  wf_demo_assert_status (fixture, "PATCH", "leads/f-1", "gabriela", "{\"stage\":\"won\"}",
                         "If-Match: *", 200);
  /* R66: reception directs leads, and no more. */
  wf_demo_assert_status (fixture, "PUT", "leads/l-1", WF_DEMO_BRIDGE, lead_body, CREATE, 201);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "isabel", "{\"stage\":\"won\"}",
                         "If-Match: *", 403);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "isabel", "{\"score\":1}", "If-Match: *",
                         403);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "isabel", "{\"owner\":\"hugo\"}",
                         "If-Match: *", 200);
  wf_demo_assert_status (fixture, "PATCH", "leads/l-1", "joao", "{\"owner\":\"hugo\"}",
                         "If-Match: *", 403);
}

/* -- messages ---------------------------------------------------------------------------------- */

static void
test_messages (WfDemoFixture *fixture, gconstpointer data)
{
  static const char note[] =
      "{\"kind\":\"notification\",\"person\":\"ana\",\"title\":\"Hi\",\"text\":\"Call back\",\"cause\":\"w/s/e\"}";

  wf_demo_assert_status (fixture, "PUT", "messages/" UUID_1, "bruno", note, NULL, 428);
  wf_demo_assert_status (fixture, "PUT", "messages/" UUID_1, "bruno", note, CREATE, 201);
  g_autoptr (WfDemoAnswer) again =
      wf_demo_fixture_ask (fixture, "PUT", "messages/" UUID_1, "bruno", note, CREATE);
  g_assert_cmpuint (again->status, ==, 412);
  g_assert_true (wf_json_get_boolean (wf_json_get_member (again->root, "same-content"), FALSE));
  g_assert_cmpint (wf_demo_server_count (fixture->server, "messages"), ==, 1);
  wf_demo_assert_status (fixture, "GET", "messages/" UUID_1, "ana", NULL, NULL, 200);
  wf_demo_assert_status (fixture, "GET", "messages/" UUID_1, "diego", NULL, NULL, 404);
  wf_demo_assert_status (fixture, "PUT", "messages/" UUID_2, "bruno",
                         "{\"kind\":\"fax\",\"text\":\"x\"}", CREATE, 422);
  wf_demo_assert_status (fixture, "PUT", "messages/" UUID_2, "bruno",
                         "{\"kind\":\"e-mail\",\"text\":\"x\"}", CREATE, 422);
  wf_demo_assert_status (fixture, "PUT", "messages/" UUID_2, "joao", note, CREATE, 403);
  wf_demo_assert_status (fixture, "PUT", "messages/" UUID_1, "joao", note, CREATE, 412);
  wf_demo_assert_status (fixture, "PUT", "messages/not-a-uuid", "bruno", note, CREATE, 404);
}

/* -- bad requests ------------------------------------------------------------------------------ */

static void
test_bad_requests (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (9 * 1024 * 1024, ' ');
  g_autoptr (WfDemoAnswer) json =
      wf_demo_fixture_ask (fixture, "POST", "activities", "carla", "[{\n  \"id\": }]", NULL);

  g_assert_cmpuint (json->status, ==, 400);
  g_assert_cmpstr (json->content_type, ==, "application/problem+json");
  g_assert_nonnull (strstr (wf_demo_answer_get (json, "title"), "2"));
  wf_demo_assert_status (fixture, "POST", "activities", "carla", "", NULL, 400);
  wf_demo_assert_status (fixture, "POST", "activities", "carla", large, NULL, 413);
  wf_demo_assert_status (fixture, "POST", "activities", "carla", "[]", "Content-Type: text/plain",
                         415);
  wf_demo_assert_status (fixture, "GET", "nothing", "carla", NULL, NULL, 404);
  wf_demo_assert_status (fixture, "GET", "workflows/not-a-uuid", "carla", NULL, NULL, 404);
  wf_demo_assert_status (fixture, "DELETE", "me", "carla", NULL, NULL, 405);
  wf_demo_assert_status (fixture, "GET", "leads/%ff", "carla", NULL, NULL, 404);
  wf_demo_assert_status (fixture, "GET", "leads/a%2Fb", "carla", NULL, NULL, 404);
  /* Afterwards everything goes on. */
  wf_demo_assert_status (fixture, "GET", "me", "carla", NULL, NULL, 200);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, WfDemoFixture, QUIET, wf_demo_fixture_set_up, test, wf_demo_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/demo/records/me", test_me);
  ADD ("/demo/records/rate-limit", test_rate_limit);
  ADD ("/demo/records/create-once", test_create_once);
  ADD ("/demo/records/batch", test_batch);
  ADD ("/demo/records/change", test_change);
  ADD ("/demo/records/replace-and-delete", test_replace_and_delete);
  ADD ("/demo/records/pages", test_pages);
  ADD ("/demo/records/roles", test_roles);
  ADD ("/demo/records/workflows", test_workflows);
  ADD ("/demo/records/organisation", test_organisation);
  ADD ("/demo/records/leads", test_leads);
  ADD ("/demo/records/lead-roles", test_lead_roles);
  ADD ("/demo/records/messages", test_messages);
  ADD ("/demo/records/bad-requests", test_bad_requests);
  return g_test_run ();
}
