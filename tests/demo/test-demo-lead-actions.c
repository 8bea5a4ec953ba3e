/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with leads in the demo CRM: actions without a workflow, clients registered in a store, comments. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"

#include <string.h>

#define QUIET GINT_TO_POINTER (WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY)
#define CREATE "If-None-Match: *"

/* -- by hand (R66, R155) ----------------------------------------------------------------------- */

static void
test_by_hand (WfDemoFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *person, *members;
    guint status;
  } cases[] = {
    { "bruno", "\"kind\":\"post-to-stream\",\"text\":\"Oi\"", 201 },
    { "bruno", "\"kind\":\"post-to-stream\",\"text\":\"Oi\",\"cause\":\"w/a/e-1\"", 403 },
    { "joao", "\"kind\":\"post-to-stream\",\"text\":\"Oi\"", 403 },  /* media reads only */
    { "diego", "\"kind\":\"post-to-stream\",\"text\":\"Oi\"", 404 }, /* does not see her */
    { "bruno", "\"kind\":\"change-stage\",\"stage\":\"filter-2\"", 403 },
    { "gabriela", "\"kind\":\"change-responsible\",\"owner\":\"hugo\"", 404 },
    { "isabel", "\"kind\":\"change-responsible\",\"owner\":\"hugo\",\"cause\":\"w/a/e-1\"", 403 },
    { "isabel", "\"kind\":\"change-responsible\",\"owner\":\"hugo\"", 201 },
    { "isabel", "\"kind\":\"change-responsible\",\"owner\":null,\"strategy\":\"round-robin\"",
      422 },
  };

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{%s,\"lead\":\"l-1\"}", cases[i].members);
      g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, i, cases[i].person, body);

      g_test_message ("%s: %s", cases[i].person, cases[i].members);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
    }
}

/* S11: the event says that nobody is responsible any more. */
static void
test_to_queue (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = NULL;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  cursor = wf_demo_fixture_get_cursor (fixture);
  g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (
      fixture, 1, "isabel", "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":null}");
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "carla");
  g_autofree char *types = wf_demo_events_join_types (events);

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_null (wf_demo_answer_get (answer, "lead.owner"));
  g_assert_cmpstr (types, ==, "lead.reassigned");
  g_assert_true (wf_json_is (
      wf_json_get_element (wf_demo_events_get_data (events, 0, "changes.owner"), 1), WF_JSON_NULL));
  wf_demo_assert_status (fixture, "GET", "leads/l-1", "diego", NULL, NULL, 200);
}

/* -- a client in the store (R58) --------------------------------------------------------------- */

#define CLIENT "\"kind\":\"create-lead\",\"name\":\"Padaria Sol\",\"phone\":\"+55 11 90000-0001\""

static void
test_creation (WfDemoFixture *fixture, gconstpointer data)
{
  static const char body[] = "{" CLIENT
                             ",\"lead\":\"n-1\",\"email\":\"a@sol.example\",\"interest\":\"solar\","
                             "\"notes\":\"Volta sexta\"}";
  g_autofree char *cursor = wf_demo_fixture_get_cursor (fixture);
  g_autoptr (WfDemoAnswer) made = wf_demo_fixture_act (fixture, 1, "gabriela", body);
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "carla");
  g_autofree char *types = wf_demo_events_join_types (events);

  g_assert_cmpuint (made->status, ==, 201);
  g_assert_cmpstr (wf_demo_answer_get (made, "lead.id"), ==, "n-1");
  g_assert_cmpstr (wf_demo_answer_get (made, "lead.name"), ==, "Padaria Sol");
  g_assert_cmpstr (wf_demo_answer_get (made, "lead.interest"), ==, "solar");
  g_assert_cmpstr (wf_demo_answer_get (made, "lead.origin"), ==, "flow");
  g_assert_cmpstr (wf_demo_answer_get (made, "lead.stage"), ==, "new");
  g_assert_cmpstr (wf_demo_answer_get (made, "lead.owner"), ==, "gabriela");
  g_assert_cmpstr (wf_demo_answer_get (made, "lead.unit"), ==, "centro");
  g_assert_cmpstr (types, ==, "lead.created-manually lead.received comment.added");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 1, "lead.name")), ==,
                   "Padaria Sol");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 2, "comment.text")), ==,
                   "Volta sexta");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 2, "comment.author")), ==,
                   "gabriela");

  /* S16: once for its key, and the first time's answer again. */
  g_autoptr (WfDemoAnswer) again = wf_demo_fixture_act (fixture, 1, "gabriela", body);
  g_assert_cmpuint (again->status, ==, 412);
  g_assert_cmpstr (wf_demo_answer_get (again, "lead.id"), ==, "n-1");
  g_assert_cmpint (wf_demo_server_count (fixture->server, "leads"), ==, 1);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "comments"), ==, 1);
  /* Under another key it is another lead, which needs another id. */
  g_autoptr (WfDemoAnswer) other = wf_demo_fixture_act (fixture, 2, "gabriela", body);
  g_assert_cmpuint (other->status, ==, 422);
}

static const struct
{
  const char *person, *members;
  guint status;
} creations[] = {
  { "gabriela", CLIENT, 201 },
  { "gabriela", CLIENT ",\"unit\":\"centro\",\"origin\":\"flow\"", 201 },
  { "gabriela", CLIENT ",\"unit\":\"norte\"", 403 }, /* not hers */
  { "gabriela", CLIENT ",\"unit\":\"moon\"", 422 },
  { "gabriela", CLIENT ",\"origin\":\"web\"", 422 },
  { "gabriela", "\"kind\":\"create-lead\",\"name\":\"\"", 422 },
  { "gabriela", "\"kind\":\"create-lead\"", 422 },
  { "helena", CLIENT, 422 }, /* which unit? */
  { "helena", CLIENT ",\"unit\":\"norte\"", 201 },
  { "ana", CLIENT, 403 },   /* R60 */
  { "carla", CLIENT, 403 }, /* R58: whoever serves clients */
  { "isabel", CLIENT, 403 },
  { "joao", CLIENT, 403 },
  { WF_DEMO_BRIDGE, CLIENT ",\"unit\":\"norte\"", 201 },
};

static void
test_creation_rights (WfDemoFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (creations); i++)
    {
      g_autofree char *body = g_strdup_printf ("{%s,\"lead\":\"n-%u\"}", creations[i].members, i);
      g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, i, creations[i].person, body);

      g_test_message ("%s: %s", creations[i].person, creations[i].members);
      g_assert_cmpuint (answer->status, ==, creations[i].status);
      /* Who does not serve the client leaves it to the queue. */
      if (answer->status == 201)
        g_assert_cmpstr (wf_demo_answer_get (answer, "lead.owner"), ==,
                         g_str_equal (creations[i].person, "gabriela") ? "gabriela" : NULL);
    }
  g_autoptr (WfDemoAnswer) without = wf_demo_fixture_act (fixture, 100, "gabriela", "{" CLIENT "}");
  g_assert_cmpuint (without->status, ==, 422);
}

/* -- comments, newest first -------------------------------------------------------------------- */

static void
test_comment_order (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"kind\":\"post-to-stream\",\"lead\":\"l-1\",\"text\":\"c%u\",\"sender\":\"ana\"}", i);
      g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, i, "ana", body);

      g_assert_cmpuint (answer->status, ==, 201);
    }
  g_autoptr (WfDemoAnswer) oldest =
      wf_demo_fixture_ask (fixture, "GET", "leads/l-1/comments", "ana", NULL, NULL);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (oldest->root, 0), "text"), ==,
                   "c1");
  g_autoptr (WfDemoAnswer) newest = wf_demo_fixture_ask (
      fixture, "GET", "leads/l-1/comments?order=newest&limit=2", "ana", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (newest->root), ==, 2);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (newest->root, 0), "text"), ==,
                   "c3");
  g_autofree char *path =
      g_strconcat ("leads/l-1/comments?order=newest&limit=2&page=", newest->next_page, NULL);
  g_autoptr (WfDemoAnswer) rest = wf_demo_fixture_ask (fixture, "GET", path, "ana", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (rest->root), ==, 1);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (rest->root, 0), "text"), ==,
                   "c1");
  g_assert_null (rest->next_page);
  wf_demo_assert_status (fixture, "GET", "leads/l-1/comments?order=random", "ana", NULL, NULL, 400);
}

/* -- which stages close a lead ----------------------------------------------------------------- */

/* The company's own word counts, not the id. */
static void
test_closing_word (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) organisation =
      wf_demo_fixture_ask (fixture, "GET", "organisation", "helena", NULL, NULL);
  g_autoptr (GString) changed = g_string_new (organisation->body);
  g_autofree char *cursor = NULL;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  g_assert_cmpuint (g_string_replace (changed, "\"name\":\"Filtro 2\"",
                                      "\"closes\":\"finalized\",\"name\":\"Filtro 2\"", 1),
                    ==, 1);
  wf_demo_assert_status (fixture, "PUT", "organisation", "helena", changed->str, "If-Match: *",
                         200);
  cursor = wf_demo_fixture_get_cursor (fixture);
  g_autoptr (WfDemoAnswer) closed = wf_demo_fixture_act (
      fixture, 1, "ana", "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"filter-2\"}");
  g_autoptr (WfDemoAnswer) opened = wf_demo_fixture_act (
      fixture, 2, "ana", "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"won\"}");
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "carla");
  g_autofree char *types = wf_demo_events_join_types (events);

  g_assert_cmpuint (closed->status, ==, 201);
  g_assert_cmpuint (opened->status, ==, 201);
  g_assert_cmpstr (types, ==, "lead.stage-changed lead.finalized lead.stage-changed");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/demo/lead-actions/" name, WfDemoFixture, QUIET, wf_demo_fixture_set_up, func,      \
              wf_demo_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("by-hand", test_by_hand);
  ADD ("to-queue", test_to_queue);
  ADD ("creation", test_creation);
  ADD ("creation-rights", test_creation_rights);
  ADD ("comment-order", test_comment_order);
  ADD ("closing-word", test_closing_word);
  return g_test_run ();
}
