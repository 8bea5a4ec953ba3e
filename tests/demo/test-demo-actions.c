/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's actions over HTTP: what each kind does and tells, once for its key, and for whom. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-database.h"
#include "wf-demo-fixture.h"
#include "wf-test-folder.h"

#include <string.h>

#define QUIET GINT_TO_POINTER (WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY)
#define CREATE "If-None-Match: *"
#define HASH "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"
#define CAUSE "w/s/e-1"

/* -- each kind --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *members; /* beside lead and cause */
  const char *note;    /* NULL: something is done */
  const char *types;   /* of the events that follow */
  const char *member;  /* of the lead afterwards; NULL: not looked at */
  const char *value;   /* as JSON; NULL: not there */
} KindCase;

static const KindCase kind_cases[] = {
  { "stage", "\"kind\":\"change-stage\",\"stage\":\"filter-2\"", NULL, "lead.stage-changed",
    "stage", "\"filter-2\"" },
  { "stage/won", "\"kind\":\"change-stage\",\"stage\":\"won\"", NULL,
    "lead.stage-changed lead.finalized", "stage", "\"won\"" },
  { "stage/discarded", "\"kind\":\"change-stage\",\"stage\":\"discarded\",\"reason\":\"no budget\"",
    NULL, "lead.stage-changed lead.discarded", "stage", "\"discarded\"" },
  { "stage/back", "\"kind\":\"change-stage\",\"stage\":\"new\"", "already-further", "", "stage",
    "\"filter-1\"" },
  { "stage/back-allowed", "\"kind\":\"change-stage\",\"stage\":\"new\",\"allow-back\":true", NULL,
    "lead.stage-changed", "stage", "\"new\"" },
  { "stage/same", "\"kind\":\"change-stage\",\"stage\":\"filter-1\"", "already-so", "", "stage",
    "\"filter-1\"" },
  { "responsible", "\"kind\":\"change-responsible\",\"owner\":\"bruno\"", NULL, "lead.reassigned",
    "owner", "\"bruno\"" },
  { "responsible/queue", "\"kind\":\"change-responsible\",\"owner\":null", NULL, "lead.reassigned",
    "owner", "null" },
  { "responsible/same", "\"kind\":\"change-responsible\",\"owner\":\"ana\"", "already-so", "",
    "owner", "\"ana\"" },
  { "field", "\"kind\":\"set-field\",\"field\":\"lead.interest\",\"value\":\"solar\"", NULL,
    "lead.updated", "interest", "\"solar\"" },
  { "field/custom", "\"kind\":\"set-field\",\"field\":\"lead.custom.sector\",\"value\":\"retail\"",
    NULL, "lead.updated", "custom", "{\"sector\":\"retail\"}" },
  { "field/same", "\"kind\":\"set-field\",\"field\":\"lead.custom.sector\",\"value\":\"food\"",
    "already-so", "", NULL, NULL },
  { "field/tags", "\"kind\":\"set-field\",\"field\":\"lead.tags\",\"value\":[\"vip\",\"hot\"]",
    NULL, "lead.updated", "tags", "[\"vip\",\"hot\"]" },
  { "score", "\"kind\":\"add-score\",\"points\":10", NULL, "lead.score-changed", "score", "45" },
  { "score/down", "\"kind\":\"add-score\",\"points\":-5", NULL, "lead.score-changed", "score",
    "30" },
  { "score/none", "\"kind\":\"add-score\",\"points\":0", "already-so", "", "score", "35" },
  { "post", "\"kind\":\"post-to-stream\",\"text\":\"Olá\",\"sender\":\"carla\"", NULL,
    "comment.added", NULL, NULL },
  { "post/mentions",
    "\"kind\":\"post-to-stream\",\"text\":\"Olá\",\"mentions\":[\"bruno\",\"ana\",\"bruno\"]", NULL,
    "comment.added notification.sent", NULL, NULL },
  { "email",
    "\"kind\":\"send-email\",\"to\":[\"a@b.example\",\"c@d.example\"],\"subject\":\"s\",\"text\":\"t\"",
    NULL, "email.sent", NULL, NULL },
  { "message/sms",
    "\"kind\":\"send-message\",\"channel\":\"sms\",\"to\":\"+55 11 90000-0001\",\"text\":\"t\"",
    NULL, "message.sent", NULL, NULL },
  { "message/template",
    "\"kind\":\"send-message\",\"channel\":\"whatsapp\",\"to\":\"+5511900000001\","
    "\"template\":\"hello\",\"variables\":{\"1\":\"Sol\"}",
    NULL, "message.sent", NULL, NULL },
  { "audience",
    "\"kind\":\"add-to-audience\",\"platform\":\"ads\",\"audience\":\"warm\",\"email-sha256\":\"" HASH
    "\"",
    NULL, "", NULL, NULL },
  { "delete", "\"kind\":\"delete-record\"", NULL, "lead.deleted", NULL, NULL },
  { "closing/none", "\"kind\":\"close-activities\",\"reason\":\"won\"", "already-so", "", NULL,
    NULL },
};

static void
test_kind (WfDemoFixture *fixture, gconstpointer data)
{
  const KindCase *kind = data;
  g_autofree char *cursor = NULL, *types = NULL, *value = NULL, *body = NULL;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  cursor = wf_demo_fixture_get_cursor (fixture);
  body = g_strdup_printf ("{%s,\"lead\":\"l-1\",\"cause\":\"" CAUSE "\"}", kind->members);
  g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, 1, WF_DEMO_ENGINE, body);
  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_cmpstr (wf_demo_answer_get (answer, "state"), ==, "done");
  g_assert_cmpstr (wf_demo_answer_get (answer, "note"), ==, kind->note);
  g_assert_nonnull (strstr (body, wf_demo_answer_get (answer, "kind")));

  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, WF_DEMO_ENGINE);
  types = wf_demo_events_join_types (events);
  g_assert_cmpstr (types, ==, kind->types);
  for (guint i = 0; i < wf_json_get_size (events->root); i++)
    {
      /* S14: everything that follows names its cause, and the lead as it is then. */
      g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, i, "cause")), ==,
                       CAUSE);
      g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, i, "lead.id")), ==,
                       "l-1");
      g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, i, "actor")), ==,
                       "engine");
    }
  if (kind->member != NULL)
    {
      value = wf_json_to_text (
          wf_json_get_member (wf_json_get_member (answer->root, "lead"), kind->member), FALSE);
      g_assert_cmpstr (value, ==, kind->value);
    }

  /* A repetition does nothing more and tells the same (S16). */
  gint64 n_events = wf_demo_server_count (fixture->server, "events");
  g_autoptr (WfDemoAnswer) again = wf_demo_fixture_act (fixture, 1, WF_DEMO_ENGINE, body);
  g_assert_cmpuint (again->status, ==, 412);
  g_assert_cmpstr (wf_demo_answer_get (again, "type"), ==, "/problems/already-exists");
  g_assert_true (wf_json_get_boolean (wf_json_get_member (again->root, "same-content"), FALSE));
  g_assert_cmpstr (wf_demo_answer_get (again, "state"), ==, "done");
  g_assert_cmpstr (wf_demo_answer_get (again, "note"), ==, kind->note);
  g_assert_true (wf_json_equal (wf_json_get_member (again->root, "lead"),
                                wf_json_get_member (answer->root, "lead")) ||
                 wf_json_get_member (answer->root, "lead") == NULL);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n_events);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "actions"), ==, 1);
}

static void
test_sides (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = NULL;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  cursor = wf_demo_fixture_get_cursor (fixture);
  g_autoptr (WfDemoAnswer) score = wf_demo_fixture_act (
      fixture, 1, WF_DEMO_ENGINE, "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":7.5}");
  g_autoptr (WfDemoAnswer) stage = wf_demo_fixture_act (
      fixture, 2, WF_DEMO_ENGINE,
      "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"filter-2\",\"reason\":\"spoke\"}");
  g_autoptr (WfDemoAnswer) field = wf_demo_fixture_act (
      fixture, 3, WF_DEMO_ENGINE,
      "{\"kind\":\"set-field\",\"lead\":\"l-1\",\"field\":\"lead.city\",\"value\":\"Santos\"}");
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "carla");

  g_assert_cmpuint (wf_json_get_size (events->root), ==, 3);
  g_assert_cmpfloat (wf_json_get_double (wf_demo_events_get_data (events, 0, "score_from"), 0), ==,
                     35);
  g_assert_cmpfloat (wf_json_get_double (wf_demo_events_get_data (events, 0, "score_to"), 0), ==,
                     42.5);
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 1, "stage_from")), ==,
                   "filter-1");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 1, "stage_to")), ==,
                   "filter-2");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 1, "reason")), ==, "spoke");
  g_autofree char *changes =
      wf_json_to_text (wf_demo_events_get_data (events, 2, "changes"), FALSE);
  g_assert_cmpstr (changes, ==, "{\"city\":[null,\"Santos\"]}");
  g_assert_null (wf_demo_events_get_data (events, 2, "cause"));
}

/* -- refusals ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *body;
  guint status;
  const char *pointer; /* of a 422; NULL: another status */
} RefusalCase;

static const RefusalCase refusals[] = {
  { "[]", 422, "#" },
  { "{}", 422, "#/kind" },
  { "{\"kind\":\"dance\"}", 422, "#/kind" },
  { "{\"kind\":\"add-score\",\"points\":1}", 422, "#/lead" },
  { "{\"kind\":\"add-score\",\"record\":\"d-1\",\"points\":1}", 422, "#/lead" },
  { "{\"kind\":\"add-score\",\"lead\":\"l-1\"}", 422, "#/points" },
  { "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":\"1\"}", 422, "#/points" },
  { "{\"kind\":\"add-score\",\"lead\":\"nowhere\",\"points\":1}", 404, NULL },
  { "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"unknown\"}", 422, "#/stage" },
  { "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"deal-won\"}", 422, "#/stage" },
  { "{\"kind\":\"change-stage\",\"record\":\"d-1\",\"stage\":\"won\"}", 422, "#/stage" },
  { "{\"kind\":\"change-stage\",\"record\":\"d-1\",\"stage\":\"deal-won\"}", 404, NULL },
  { "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":\"nobody\"}", 422, "#/owner" },
  { "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":\"ana\",\"strategy\":\"dice\"}",
    422, "#/strategy" },
  { "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":\"ana\",\"strategy\":\"round-robin\","
    "\"group\":\"none\"}",
    422, "#/group" },
  { "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":\"ana\",\"candidates\":[\"x\"]}",
    422, "#/candidates/0" },
  { "{\"kind\":\"set-field\",\"lead\":\"l-1\",\"field\":\"lead.id\",\"value\":\"x\"}", 422,
    "#/value" },
  { "{\"kind\":\"set-field\",\"lead\":\"l-1\",\"field\":\"meeting.start\",\"value\":\"x\"}", 422,
    "#/field" },
  { "{\"kind\":\"set-field\",\"lead\":\"l-1\",\"field\":\"lead.name\",\"value\":\"\"}", 422,
    "#/value" },
  { "{\"kind\":\"post-to-stream\",\"lead\":\"l-1\",\"text\":\"\"}", 422, "#/text" },
  { "{\"kind\":\"post-to-stream\",\"lead\":\"l-1\",\"text\":\"t\",\"mentions\":[\"x\"]}", 422,
    "#/mentions/0" },
  { "{\"kind\":\"post-to-stream\",\"lead\":\"l-1\",\"text\":\"t\",\"sender\":\"x\"}", 422,
    "#/sender" },
  { "{\"kind\":\"send-email\",\"lead\":\"l-1\",\"to\":[],\"subject\":\"s\",\"text\":\"t\"}", 422,
    "#/to" },
  { "{\"kind\":\"send-email\",\"lead\":\"l-1\",\"to\":[\"a@b.example\",\"nobody\"],\"subject\":\"s\","
    "\"text\":\"t\"}",
    422, "#/to/1" },
  { "{\"kind\":\"send-email\",\"lead\":\"l-1\",\"to\":[\"a@b.example\\r\\nBcc: x@y.example\"],"
    "\"subject\":\"s\",\"text\":\"t\"}",
    422, "#/to/0" },
  { "{\"kind\":\"send-message\",\"lead\":\"l-1\",\"channel\":\"pigeon\",\"to\":\"12345\",\"text\":\"t\"}",
    422, "#/channel" },
  { "{\"kind\":\"send-message\",\"lead\":\"l-1\",\"channel\":\"sms\",\"to\":\"ana\",\"text\":\"t\"}",
    422, "#/to" },
  { "{\"kind\":\"send-message\",\"lead\":\"l-1\",\"channel\":\"sms\",\"to\":\"12345\"}", 422,
    "#/text" },
  { "{\"kind\":\"add-to-audience\",\"lead\":\"l-1\",\"platform\":\"p\",\"audience\":\"a\"}", 422,
    "#/email-sha256" },
  { "{\"kind\":\"add-to-audience\",\"lead\":\"l-1\",\"platform\":\"p\",\"audience\":\"a\","
    "\"email-sha256\":\"contato@sol.example\"}",
    422, "#/email-sha256" },
  { "{\"kind\":\"add-to-audience\",\"lead\":\"l-1\",\"platform\":\"p\",\"audience\":\"a\","
    "\"phone-sha256\":\"" HASH "0\"}",
    422, "#/phone-sha256" },
  { "{\"kind\":\"add-to-audience\",\"lead\":\"l-1\",\"platform\":\"p\",\"audience\":\"a\","
    "\"email-sha256\":\"" HASH "\",\"email\":\"contato@sol.example\"}",
    422, "#/email" },
  { "{\"kind\":\"webhook\",\"lead\":\"l-1\",\"url\":\"ftp://a.example\",\"payload\":{}}", 422,
    "#/url" },
  { "{\"kind\":\"webhook\",\"lead\":\"l-1\",\"url\":\"https://u:p@a.example\",\"payload\":{}}", 422,
    "#/url" },
  { "{\"kind\":\"webhook\",\"lead\":\"l-1\",\"url\":\"a.example\",\"payload\":{}}", 422, "#/url" },
  { "{\"kind\":\"webhook\",\"lead\":\"l-1\",\"url\":\"https://a.example\"}", 422, "#/payload" },
  { "{\"kind\":\"close-activities\",\"lead\":\"l-1\",\"activity-types\":\"call\"}", 422,
    "#/activity-types" },
  { "{\"kind\":\"start-workflow\",\"lead\":\"l-1\",\"workflow\":\"nothing\"}", 422, "#/workflow" },
};

static void
test_refusals (WfDemoFixture *fixture, gconstpointer data)
{
  gint64 n_events, n_messages;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  n_events = wf_demo_server_count (fixture->server, "events");
  n_messages = wf_demo_server_count (fixture->server, "messages");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (WfDemoAnswer) answer =
          wf_demo_fixture_act (fixture, 1, WF_DEMO_ENGINE, refusals[i].body);
      const WfJson *first = wf_json_get_element (wf_json_get_member (answer->root, "errors"), 0);

      g_test_message ("%s", refusals[i].body);
      g_assert_cmpuint (answer->status, ==, refusals[i].status);
      g_assert_cmpstr (wf_json_get_member_string (first, "pointer"), ==, refusals[i].pointer);
    }
  /* Nothing of it is left: no action, no event, no hash, and the key is free. */
  g_assert_cmpint (wf_demo_server_count (fixture->server, "actions"), ==, 0);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "audiences"), ==, 0);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "messages"), ==, n_messages);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n_events);

  g_autofree char *key = wf_demo_make_key (1);
  g_autofree char *path = g_strconcat ("actions/", key, NULL);
  wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_ENGINE,
                         "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":1}", NULL, 428);
  wf_demo_assert_status (fixture, "PUT", "actions/no-uuid", WF_DEMO_ENGINE, "{}", CREATE, 404);
  wf_demo_assert_status (fixture, "GET", path, WF_DEMO_ENGINE, NULL, NULL, 404);
}

typedef struct
{
  const char *person, *members;
  guint status;
} RightCase;

#define SCORE "\"kind\":\"add-score\",\"points\":1"
#define DELETE "\"kind\":\"delete-record\""
#define WIN "\"kind\":\"change-stage\",\"stage\":\"won\""
#define EMAIL "\"kind\":\"send-email\",\"to\":[\"a@b.example\"],\"subject\":\"s\",\"text\":\"t\""

/* On a lead of ana, a pre-seller of the group inbound. */
static const RightCase rights[] = {
  { WF_DEMO_ENGINE, SCORE, 201 },  { WF_DEMO_BRIDGE, SCORE, 201 },
  { "carla", SCORE, 201 },  /* manager */
  { "helena", SCORE, 201 }, /* administrator */
  { "ana", SCORE, 201 },    /* hers */
  { "bruno", SCORE, 403 },  /* of her group: sees it */
  { "diego", SCORE, 404 },  /* of another: does not */
  { "joao", SCORE, 403 },   /* media reads only */
  { "painel", SCORE, 403 },        { "nobody", SCORE, 401 },
  { "ana", DELETE, 403 },          { "carla", DELETE, 201 },
  { WF_DEMO_ENGINE, DELETE, 201 }, { "ana", WIN, 201 },
  { "carla", WIN, 403 }, /* R52: managers do not finalize */
  { WF_DEMO_ENGINE, WIN, 201 },    { "ana", EMAIL, 201 },
  { "bruno", EMAIL, 403 },
};

static void
test_rights (WfDemoFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autofree char *id = g_strdup_printf ("l-%u", i);
      g_autofree char *body = g_strdup_printf ("{%s,\"lead\":\"%s\"}", rights[i].members, id);

      wf_demo_fixture_put_lead (fixture, id, "ana", "filter-1");
      g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, i, rights[i].person, body);
      g_test_message ("%s: %s", rights[i].person, rights[i].members);
      g_assert_cmpuint (answer->status, ==, rights[i].status);
    }
  /* Without a lead there is nobody's own: managers and machines only. */
  g_autoptr (WfDemoAnswer) own = wf_demo_fixture_act (fixture, 100, "ana", "{" EMAIL "}");
  g_assert_cmpuint (own->status, ==, 403);
  g_autoptr (WfDemoAnswer) manager = wf_demo_fixture_act (fixture, 101, "carla", "{" EMAIL "}");
  g_assert_cmpuint (manager->status, ==, 201);
}

/* The steps after the one that gave the lead away belong to the same run. */
static void
test_run_goes_on (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  g_autoptr (WfDemoAnswer) give = wf_demo_fixture_act (
      fixture, 1, "ana",
      "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":\"bruno\",\"cause\":\"w/a/e-1\"}");
  g_assert_cmpuint (give->status, ==, 201);
  g_autoptr (WfDemoAnswer) next =
      wf_demo_fixture_act (fixture, 2, "ana", "{" SCORE ",\"lead\":\"l-1\",\"cause\":\"w/b/e-1\"}");
  g_assert_cmpuint (next->status, ==, 201);
  g_autoptr (WfDemoAnswer) other_run =
      wf_demo_fixture_act (fixture, 3, "ana", "{" SCORE ",\"lead\":\"l-1\",\"cause\":\"w/b/e-2\"}");
  g_assert_cmpuint (other_run->status, ==, 403);
  g_autoptr (WfDemoAnswer) no_run =
      wf_demo_fixture_act (fixture, 4, "ana", "{" SCORE ",\"lead\":\"l-1\"}");
  g_assert_cmpuint (no_run->status, ==, 403);
}

/* -- once -------------------------------------------------------------------------------------- */

static void
test_together (WfDemoFixture *fixture, gconstpointer data)
{
  WfDemoAnswer *answers[50];
  guint n_created = 0;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *key = wf_demo_make_key (1);
      g_autofree char *path = g_strconcat ("actions/", key, NULL);

      answers[i] = wf_demo_fixture_start (fixture, "PUT", path, WF_DEMO_ENGINE,
                                          "{" SCORE ",\"lead\":\"l-1\"}", CREATE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      wf_demo_fixture_wait (answers[i]);
      g_assert_true (answers[i]->status == 201 || answers[i]->status == 412);
      n_created += answers[i]->status == 201;
      wf_demo_answer_free (answers[i]);
    }
  g_assert_cmpuint (n_created, ==, 1);
  g_autoptr (WfDemoAnswer) lead =
      wf_demo_fixture_ask (fixture, "GET", "leads/l-1", "carla", NULL, NULL);
  g_assert_cmpfloat (wf_json_get_double (wf_json_get_member (lead->root, "score"), 0), ==, 36);
}

static void
test_conflict (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  g_autoptr (WfDemoAnswer) first =
      wf_demo_fixture_act (fixture, 1, "ana", "{" SCORE ",\"lead\":\"l-1\"}");
  g_assert_cmpuint (first->status, ==, 201);
  g_autoptr (WfDemoAnswer) other = wf_demo_fixture_act (
      fixture, 1, "ana", "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":2}");
  g_assert_cmpuint (other->status, ==, 412);
  g_assert_false (wf_json_get_boolean (wf_json_get_member (other->root, "same-content"), TRUE));
  /* Who may not see the lead hears only that the key is used. */
  g_autoptr (WfDemoAnswer) stranger =
      wf_demo_fixture_act (fixture, 1, "diego", "{" SCORE ",\"lead\":\"l-1\"}");
  g_assert_cmpuint (stranger->status, ==, 412);
  g_assert_cmpstr (wf_demo_answer_get (stranger, "state"), ==, "done");
  g_assert_null (wf_json_get_member (stranger->root, "lead"));
  g_assert_null (wf_json_get_member (stranger->root, "action"));
}

static void
test_reading (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  wf_demo_fixture_put_lead (fixture, "l-2", "diego", "filter-1");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{%s,\"lead\":\"l-%u\"}", i == 4 ? EMAIL : SCORE, 1 + i % 2);
      g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, i, WF_DEMO_ENGINE, body);
      g_assert_cmpuint (answer->status, ==, 201);
    }
  g_autoptr (WfDemoAnswer) all =
      wf_demo_fixture_ask (fixture, "GET", "actions", "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (all->root), ==, 5);
  g_assert_cmpstr (
      wf_json_get_string (wf_json_get_path (wf_json_get_element (all->root, 0), "action.lead")), ==,
      "l-1");
  g_autoptr (WfDemoAnswer) of_lead =
      wf_demo_fixture_ask (fixture, "GET", "actions?lead=l-1&kind=add-score", "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (of_lead->root), ==, 2);
  g_autoptr (WfDemoAnswer) page =
      wf_demo_fixture_ask (fixture, "GET", "actions?limit=3", "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (page->root), ==, 3);
  g_autofree char *next = g_strconcat ("actions?limit=3&page=", page->next_page, NULL);
  g_autoptr (WfDemoAnswer) rest = wf_demo_fixture_ask (fixture, "GET", next, "carla", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (rest->root), ==, 2);
  g_assert_null (rest->next_page);
  g_autoptr (WfDemoAnswer) ana = wf_demo_fixture_ask (fixture, "GET", "actions", "ana", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (ana->root), ==, 3);
  g_autofree char *key = wf_demo_make_key (1);
  g_autofree char *path = g_strconcat ("actions/", key, NULL);
  wf_demo_assert_status (fixture, "GET", path, "diego", NULL, NULL, 200);
  wf_demo_assert_status (fixture, "GET", path, "ana", NULL, NULL, 404);
}

/* -- who gets it ------------------------------------------------------------------------------- */

static const char *
assign (WfDemoFixture *fixture, guint key, const char *members, WfDemoAnswer **answer)
{
  g_autofree char *id = g_strdup_printf ("l-%u", key);
  g_autofree char *body = g_strdup_printf (
      "{\"kind\":\"change-responsible\",\"lead\":\"%s\",\"owner\":\"elisa\",%s}", id, members);

  wf_demo_fixture_put_lead (fixture, id, "diego", "new");
  *answer = wf_demo_fixture_act (fixture, key, WF_DEMO_ENGINE, body);
  g_assert_cmpuint ((*answer)->status, ==, 201);
  return wf_demo_answer_get (*answer, "lead.owner");
}

static void
test_turns (WfDemoFixture *fixture, gconstpointer data)
{
  static const char *const group = "\"strategy\":\"round-robin\",\"group\":\"inbound\"";
  static const char *const expected[] = { "carla", "ana", "bruno", "elisa", "carla", "ana" };
  static const char *const named =
      "\"strategy\":\"round-robin\",\"group\":\"outbound\",\"candidates\":[\"bruno\",\"ana\"]";

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (WfDemoAnswer) answer = NULL;

      g_assert_cmpstr (assign (fixture, i, group, &answer), ==, expected[i]);
      /* A repetition does not move the turn. */
      g_autofree char *body = g_strdup_printf (
          "{\"kind\":\"change-responsible\",\"lead\":\"l-%u\",\"owner\":\"elisa\",%s}", i, group);
      g_autoptr (WfDemoAnswer) again = wf_demo_fixture_act (fixture, i, WF_DEMO_ENGINE, body);
      g_assert_cmpuint (again->status, ==, 412);
    }
  /* Another group has its own turn; candidates are taken in their order. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (WfDemoAnswer) answer = NULL;
      g_assert_cmpstr (assign (fixture, 100 + i, named, &answer), ==, i % 2 == 0 ? "bruno" : "ana");
    }
  g_autoptr (WfDemoAnswer) proposal = NULL;
  g_assert_cmpstr (assign (fixture, 200, "\"group\":\"inbound\"", &proposal), ==, "elisa");
}

static void
test_load (WfDemoFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *person;
    guint n;
  } load[] = { { "ana", 2 }, { "bruno", 1 }, { "carla", 3 }, { "elisa", 4 } };
  static const char *const members = "\"strategy\":\"least-loaded\",\"group\":\"inbound\"";

  for (guint i = 0; i < G_N_ELEMENTS (load); i++)
    for (guint j = 0; j < load[i].n; j++)
      {
        g_autofree char *path = g_strdup_printf ("activities/a-%u-%u", i, j);
        g_autofree char *body = g_strdup_printf (
            "{\"type\":\"call\",\"title\":\"t\",\"person\":\"%s\",\"due\":\"2026-11-23T12:00:00Z\"}",
            load[i].person);

        wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_ENGINE, body, CREATE, 201);
      }
  g_autoptr (WfDemoAnswer) first = NULL;
  g_assert_cmpstr (assign (fixture, 1, members, &first), ==, "bruno");
  /* Closed ones do not count. */
  wf_demo_assert_status (fixture, "PATCH", "activities/a-0-0", "ana", "{\"status\":\"done\"}",
                         "If-Match: *", 200);
  wf_demo_assert_status (fixture, "PATCH", "activities/a-0-1", "ana", "{\"status\":\"done\"}",
                         "If-Match: *", 200);
  g_autoptr (WfDemoAnswer) second = NULL;
  g_assert_cmpstr (assign (fixture, 2, members, &second), ==, "ana");
}

/* -- deals ------------------------------------------------------------------------------------- */

typedef struct
{
  const char *stage;
  gboolean allow_back;
  const char *note, *types;
} DealCase;

/* One after the other. */
static const DealCase deal_cases[] = {
  { "deal-contract", FALSE, NULL, "deal.stage-changed" },
  { "deal-open", FALSE, "already-further", "" },
  { "deal-contract", FALSE, "already-so", "" },
  { "deal-won", FALSE, NULL, "deal.stage-changed deal.won" },
  { "deal-contract", TRUE, NULL, "deal.stage-changed" },
  { "deal-lost", FALSE, NULL, "deal.stage-changed deal.lost" },
};

static void
test_deals (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "proposal");
  g_assert_true (wf_demo_server_add_event (
      fixture->server,
      "{\"type\":\"deal.stage-changed\",\"data\":{\"lead\":{\"id\":\"l-1\"},"
      "\"deal\":{\"id\":\"d-1\",\"stage\":\"deal-open\",\"amount\":1000,\"owner\":\"ana\"}}}",
      NULL));
  g_assert_cmpint (wf_demo_server_count (fixture->server, "deals"), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (deal_cases); i++)
    {
      const DealCase *deal = &deal_cases[i];
      g_autofree char *cursor = wf_demo_fixture_get_cursor (fixture);
      g_autofree char *body = g_strdup_printf (
          "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"record\":\"d-1\",\"stage\":\"%s\",\"allow-back\":%s}",
          deal->stage, deal->allow_back ? "true" : "false");
      g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, i, "ana", body);
      g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "ana");
      g_autofree char *types = wf_demo_events_join_types (events);

      g_assert_cmpuint (answer->status, ==, 201);
      g_assert_cmpstr (wf_demo_answer_get (answer, "note"), ==, deal->note);
      g_assert_cmpstr (types, ==, deal->types);
      if (deal->note == NULL)
        {
          g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "deal.stage")),
                           ==, deal->stage);
          g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "stage_to")), ==,
                           deal->stage);
          g_assert_cmpfloat (
              wf_json_get_double (wf_demo_events_get_data (events, 0, "deal.amount"), 0), ==, 1000);
        }
    }
  /* The lead's own stage is another matter. */
  g_autoptr (WfDemoAnswer) lead =
      wf_demo_fixture_ask (fixture, "GET", "leads/l-1", "ana", NULL, NULL);
  g_assert_cmpstr (wf_demo_answer_get (lead, "stage"), ==, "proposal");
  g_autoptr (WfDemoAnswer) gone = wf_demo_fixture_act (
      fixture, 50, "carla", "{\"kind\":\"delete-record\",\"lead\":\"l-1\",\"record\":\"d-1\"}");
  g_assert_cmpuint (gone->status, ==, 201);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "deals"), ==, 0);
}

/* -- what is said ------------------------------------------------------------------------------ */

static void
test_stream (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = NULL;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  cursor = wf_demo_fixture_get_cursor (fixture);
  g_autoptr (WfDemoAnswer) post = wf_demo_fixture_act (
      fixture, 1, WF_DEMO_ENGINE,
      "{\"kind\":\"post-to-stream\",\"lead\":\"l-1\",\"text\":\"Ligue hoje\",\"sender\":\"carla\","
      "\"mentions\":[\"diego\"]}");
  g_assert_cmpuint (post->status, ==, 201);
  g_autoptr (WfDemoAnswer) comments =
      wf_demo_fixture_ask (fixture, "GET", "leads/l-1/comments", "ana", NULL, NULL);
  const WfJson *first = wf_json_get_element (comments->root, 0);
  g_assert_cmpuint (wf_json_get_size (comments->root), ==, 1);
  g_assert_cmpstr (wf_json_get_member_string (first, "text"), ==, "Ligue hoje");
  g_assert_cmpstr (wf_json_get_member_string (first, "author"), ==, "carla");
  g_assert_cmpstr (
      wf_json_get_string (wf_json_get_element (wf_json_get_member (first, "mentions"), 0)), ==,
      "diego");

  /* Who is mentioned is told, even where the lead is not to be seen. */
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "diego");
  g_autofree char *types = wf_demo_events_join_types (events);
  g_assert_cmpstr (types, ==, "comment.added notification.sent");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 1, "message.text")), ==,
                   "Ligue hoje");
  g_autoptr (WfDemoAnswer) messages =
      wf_demo_fixture_ask (fixture, "GET", "messages?kind=notification", "diego", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (messages->root), ==, 1);
  wf_demo_assert_status (fixture, "GET", "leads/l-1/comments", "diego", NULL, NULL, 404);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *key = wf_demo_make_key (10 + i);
      g_autofree char *path = g_strconcat ("leads/l-1/comments/", key, NULL);
      wf_demo_assert_status (fixture, "PUT", path, "ana", "{\"text\":\"x\"}", CREATE, 201);
    }
  g_autoptr (WfDemoAnswer) page =
      wf_demo_fixture_ask (fixture, "GET", "leads/l-1/comments?limit=3", "ana", NULL, NULL);
  g_autofree char *next = g_strconcat ("leads/l-1/comments?page=", page->next_page, NULL);
  g_autoptr (WfDemoAnswer) rest = wf_demo_fixture_ask (fixture, "GET", next, "ana", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (page->root), ==, 3);
  g_assert_cmpuint (wf_json_get_size (rest->root), ==, 1);
}

static void
test_email (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = NULL, *key = wf_demo_make_key (1);

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  cursor = wf_demo_fixture_get_cursor (fixture);
  g_autoptr (WfDemoAnswer) send = wf_demo_fixture_act (
      fixture, 1, WF_DEMO_ENGINE,
      "{\"kind\":\"send-email\",\"lead\":\"l-1\",\"to\":[\"a@b.example\",\"c@d.example\"],"
      "\"subject\":\"Proposta\",\"text\":\"t\",\"sender\":\"ana\",\"track-opening\":true}");
  g_assert_cmpuint (send->status, ==, 201);
  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "messages?lead=l-1&kind=e-mail", "ana", NULL, NULL);
  const WfJson *mail = wf_json_get_element (list->root, 0);
  g_assert_cmpuint (wf_json_get_size (list->root), ==, 1);
  g_assert_cmpstr (wf_json_get_member_string (mail, "id"), ==, key);
  g_assert_cmpstr (wf_json_get_member_string (mail, "state"), ==, "sent");
  g_assert_cmpstr (wf_json_get_member_string (mail, "to"), ==, "a@b.example, c@d.example");
  g_assert_true (wf_json_get_boolean (wf_json_get_member (mail, "track-opening"), FALSE));
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "ana");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "email.id")), ==, key);
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "email.subject")), ==,
                   "Proposta");
  /* The lead is not of diego's groups. */
  g_autoptr (WfDemoAnswer) other =
      wf_demo_fixture_ask (fixture, "GET", "messages", "diego", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (other->root), ==, 0);
}

/* A message to several people is one message, and one event for all of them. */
static void
test_people (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = wf_demo_fixture_get_cursor (fixture), *key = wf_demo_make_key (1);
  g_autofree char *path = g_strconcat ("messages/", key, NULL);

  wf_demo_assert_status (
      fixture, "PUT", path, WF_DEMO_ENGINE,
      "{\"kind\":\"notification\",\"people\":[\"ana\",\"diego\"],\"text\":\"t\"}", CREATE, 201);
  static const char *const people[] = { "ana", "diego" };
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, people[i]);
      g_autofree char *types = wf_demo_events_join_types (events);
      g_assert_cmpstr (types, ==, "notification.sent");
    }
  g_autoptr (WfDemoAnswer) other = wf_demo_fixture_read_events (fixture, cursor, "fabio");
  g_assert_cmpuint (wf_json_get_size (other->root), ==, 0);
  g_autoptr (WfDemoAnswer) wrong = wf_demo_fixture_ask (
      fixture, "PUT", path, WF_DEMO_ENGINE,
      "{\"kind\":\"notification\",\"people\":[\"ana\",\"x\"],\"text\":\"t\"}", CREATE);
  g_assert_cmpuint (wrong->status, ==, 422);
  wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_ENGINE,
                         "{\"kind\":\"notification\",\"people\":[],\"text\":\"t\"}", CREATE, 422);
}

static void
test_audience (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  g_autoptr (WfDemoAnswer) first = wf_demo_fixture_act (
      fixture, 1, WF_DEMO_ENGINE,
      "{\"kind\":\"add-to-audience\",\"lead\":\"l-1\",\"platform\":\"ads\",\"audience\":\"warm\","
      "\"email-sha256\":\"" HASH "\",\"phone-sha256\":\"" HASH "\"}");
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "audiences"), ==, 2);
  g_autofree char *upper = g_ascii_strup (HASH, -1);
  g_autofree char *body = g_strdup_printf (
      "{\"kind\":\"add-to-audience\",\"lead\":\"l-1\",\"platform\":\"ads\",\"audience\":\"warm\","
      "\"email-sha256\":\"%s\"}",
      upper);
  g_autoptr (WfDemoAnswer) second = wf_demo_fixture_act (fixture, 2, WF_DEMO_ENGINE, body);
  g_assert_cmpuint (second->status, ==, 201);
  g_assert_cmpstr (wf_demo_answer_get (second, "note"), ==, "already-so");
  g_assert_cmpint (wf_demo_server_count (fixture->server, "audiences"), ==, 2);
}

/* -- activities and workflows ------------------------------------------------------------------ */

static void
test_closing (WfDemoFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *id, *type, *workflow, *lead;
  } activities[] = {
    { "a-1", "call", "w-1", "l-1" },
    { "a-2", "visit", "w-1", "l-1" },
    { "a-3", "call", "w-2", "l-1" },
    { "a-4", "call", "w-1", "l-2" },
  };
  g_autofree char *cursor = NULL;

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  wf_demo_fixture_put_lead (fixture, "l-2", "ana", "filter-1");
  for (guint i = 0; i < G_N_ELEMENTS (activities); i++)
    {
      g_autofree char *path = g_strconcat ("activities/", activities[i].id, NULL);
      g_autofree char *body = g_strdup_printf (
          "{\"type\":\"%s\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-23T12:00:00Z\","
          "\"workflow\":\"%s\",\"lead\":\"%s\"}",
          activities[i].type, activities[i].workflow, activities[i].lead);
      wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_ENGINE, body, CREATE, 201);
    }
  cursor = wf_demo_fixture_get_cursor (fixture);
  g_autoptr (WfDemoAnswer) close = wf_demo_fixture_act (
      fixture, 1, WF_DEMO_ENGINE,
      "{\"kind\":\"close-activities\",\"lead\":\"l-1\",\"activity-types\":[\"call\"],"
      "\"workflow\":\"w-1\",\"reason\":\"Ganho\",\"cause\":\"" CAUSE "\"}");
  g_assert_cmpuint (close->status, ==, 201);
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "ana");
  g_assert_cmpuint (wf_json_get_size (events->root), ==, 1);
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "activity.id")), ==,
                   "a-1");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "activity.status")), ==,
                   "no-longer-needed");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "reason")), ==, "Ganho");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "cause")), ==, CAUSE);

  g_autoptr (WfDemoAnswer) all = wf_demo_fixture_act (
      fixture, 2, WF_DEMO_ENGINE, "{\"kind\":\"close-activities\",\"lead\":\"l-1\"}");
  g_assert_cmpuint (all->status, ==, 201);
  g_autoptr (WfDemoAnswer) open =
      wf_demo_fixture_ask (fixture, "GET", "activities?status=open&person=ana", "ana", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (open->root), ==, 1);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (open->root, 0), "id"), ==,
                   "a-4");
}

static char *
find_live_workflow (WfDemoFixture *fixture)
{
  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "workflows", "carla", NULL, NULL);

  for (guint i = 0; i < wf_json_get_size (list->root); i++)
    {
      const WfJson *workflow = wf_json_get_member (wf_json_get_element (list->root, i), "workflow");

      if (g_strcmp0 (wf_json_get_member_string (workflow, "state"), "live") == 0)
        return g_strdup (wf_json_get_member_string (workflow, "id"));
    }
  g_assert_not_reached ();
}

static void
test_start (WfDemoFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *person;
    guint status;
  } starters[] = {
    { "ana", 201 },   { "bruno", 201 },  { "carla", 201 }, { "isabel", 201 },
    { "diego", 404 }, { "painel", 403 }, { "joao", 403 },
  };
  g_autofree char *workflow = find_live_workflow (fixture);
  g_autofree char *body = g_strdup_printf (
      "{\"kind\":\"start-workflow\",\"lead\":\"l-1\",\"workflow\":\"%s\"}", workflow);

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  for (guint i = 0; i < G_N_ELEMENTS (starters); i++)
    {
      g_autofree char *cursor = wf_demo_fixture_get_cursor (fixture);
      g_autoptr (WfDemoAnswer) answer = wf_demo_fixture_act (fixture, i, starters[i].person, body);
      g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "carla");

      g_test_message ("%s", starters[i].person);
      g_assert_cmpuint (answer->status, ==, starters[i].status);
      g_assert_cmpuint (wf_json_get_size (events->root), ==, answer->status == 201);
      if (answer->status != 201)
        continue;
      g_assert_cmpstr (wf_json_get_member_string (wf_json_get_element (events->root, 0), "type"),
                       ==, "manual.started");
      g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "workflow")), ==,
                       workflow);
      g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "lead.id")), ==,
                       "l-1");
      g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "actor")), ==,
                       starters[i].person);
    }
}

/* Calls, meetings and approvals: what they are is kept, and an approval says how it ended. */
static void
test_activity_kinds (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_assert_status (
      fixture, "PUT", "activities/m", WF_DEMO_ENGINE,
      "{\"type\":\"visit\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-23T12:00:00Z\","
      "\"kind\":\"meeting\",\"ends\":\"2026-11-23T13:00:00Z\",\"place\":\"Loja\"}",
      CREATE, 201);
  g_autoptr (WfDemoAnswer) meeting =
      wf_demo_fixture_ask (fixture, "PATCH", "activities/m", "ana",
                           "{\"ends\":\"2026-11-23T14:00:00Z\",\"place\":\"Obra\"}", "If-Match: *");
  g_assert_cmpuint (meeting->status, ==, 200);
  g_assert_cmpstr (wf_demo_answer_get (meeting, "kind"), ==, "meeting");
  g_assert_cmpstr (wf_demo_answer_get (meeting, "ends"), ==, "2026-11-23T14:00:00Z");
  g_assert_cmpstr (wf_demo_answer_get (meeting, "place"), ==, "Obra");
  wf_demo_assert_status (fixture, "PATCH", "activities/m", "ana", "{\"kind\":\"call\"}",
                         "If-Match: *", 422);
  wf_demo_assert_status (fixture, "PUT", "activities/x", WF_DEMO_ENGINE,
                         "{\"type\":\"visit\",\"title\":\"t\",\"due\":\"2026-11-23T12:00:00Z\","
                         "\"kind\":\"dance\"}",
                         CREATE, 422);

  wf_demo_assert_status (fixture, "PUT", "activities/p", WF_DEMO_ENGINE,
                         "{\"type\":\"proposal\",\"title\":\"Desconto\",\"person\":\"ana\","
                         "\"due\":\"2026-11-23T12:00:00Z\",\"kind\":\"approval\"}",
                         CREATE, 201);
  wf_demo_assert_status (fixture, "PATCH", "activities/p", "ana", "{\"status\":\"done\"}",
                         "If-Match: *", 422);
  wf_demo_assert_status (fixture, "PATCH", "activities/p", "ana",
                         "{\"status\":\"done\",\"outcome\":\"perhaps\"}", "If-Match: *", 422);
  g_autofree char *cursor = wf_demo_fixture_get_cursor (fixture);
  wf_demo_assert_status (fixture, "PATCH", "activities/p", "ana",
                         "{\"status\":\"done\",\"outcome\":\"rejected\"}", "If-Match: *", 200);
  g_autoptr (WfDemoAnswer) events = wf_demo_fixture_read_events (fixture, cursor, "ana");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "activity.kind")), ==,
                   "approval");
  g_assert_cmpstr (wf_json_get_string (wf_demo_events_get_data (events, 0, "activity.outcome")), ==,
                   "rejected");
}

/* A comment whose answer was lost is sent again under its id, and is there once. */
static void
test_comment_once (WfDemoFixture *fixture, gconstpointer data)
{
  g_autofree char *key = wf_demo_make_key (1);
  g_autofree char *body =
      g_strdup_printf ("{\"comment\":\"Sem resposta\",\"comment-id\":\"%s\"}", key);

  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  wf_demo_assert_status (
      fixture, "PUT", "activities/a", WF_DEMO_ENGINE,
      "{\"type\":\"call\",\"title\":\"t\",\"person\":\"ana\",\"due\":\"2026-11-23T12:00:00Z\",\"lead\":\"l-1\"}",
      CREATE, 201);
  g_autoptr (WfDemoAnswer) first =
      wf_demo_fixture_ask (fixture, "PATCH", "activities/a", "ana", body, "If-Match: *");
  gint64 n_events = wf_demo_server_count (fixture->server, "events");
  g_autoptr (WfDemoAnswer) again =
      wf_demo_fixture_ask (fixture, "PATCH", "activities/a", "ana", body, "If-Match: *");
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->etag, ==, first->etag);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "comments"), ==, 1);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n_events);
  /* The same words under another id, or without one, are another comment. */
  wf_demo_assert_status (fixture, "PATCH", "activities/a", "ana", "{\"comment\":\"Sem resposta\"}",
                         "If-Match: *", 200);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "comments"), ==, 2);
  wf_demo_assert_status (fixture, "PATCH", "activities/a", "ana",
                         "{\"comment\":\"x\",\"comment-id\":\"y\"}", "If-Match: *", 422);
  /* With a change of the activity beside it, the change is made all the same. */
  g_autofree char *both = g_strdup_printf (
      "{\"status\":\"done\",\"comment\":\"Sem resposta\",\"comment-id\":\"%s\"}", key);
  g_autoptr (WfDemoAnswer) done =
      wf_demo_fixture_ask (fixture, "PATCH", "activities/a", "ana", both, "If-Match: *");
  g_assert_cmpstr (wf_demo_answer_get (done, "status"), ==, "done");
  g_assert_cmpint (wf_demo_server_count (fixture->server, "comments"), ==, 2);
}

/* S27 through the API: half an hour is the least that anybody is given. */
static void
test_minimum (WfDemoFixture *fixture, gconstpointer data)
{
  static const char document[] =
      "{\"format\":1,\"id\":\"77777777-7777-4777-8777-777777777777\",\"name\":\"n\",\"state\":\"%s\","
      "\"version\":1,\"trigger\":{\"event\":\"lead.received\"},\"steps\":[{\"id\":\"a\","
      "\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"call\","
      "\"complete-within\":{\"amount\":%u,\"unit\":\"minutes\"},\"permission\":{\"scope\":\"all\"}}]}";
  static const char *const states[] = { "live", "paused", "draft" };
  g_autofree char *long_one = g_strdup_printf (document, "live", 30u);
  const char *path = "workflows/77777777-7777-4777-8777-777777777777";

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *short_one = g_strdup_printf (document, states[i], 29u);
      g_autoptr (WfDemoAnswer) refused =
          wf_demo_fixture_ask (fixture, "PUT", path, "carla", short_one, CREATE);
      const WfJson *error = wf_json_get_element (wf_json_get_member (refused->root, "errors"), 0);

      g_assert_cmpuint (refused->status, ==, 422);
      g_assert_cmpstr (wf_json_get_member_string (error, "code"), ==, "duration-too-short");
      g_assert_cmpstr (wf_json_get_member_string (error, "pointer"), ==,
                       "#/steps/0/complete-within/amount");
    }
  wf_demo_assert_status (fixture, "PUT", path, "carla", long_one, CREATE, 201);
}

/* -- what is kept ------------------------------------------------------------------------------ */

static void
reopen (WfDemoFixture *fixture, WfTestFolder *folder)
{
  g_autoptr (GError) error = NULL;

  if (fixture->server != NULL)
    wf_demo_server_stop (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->server);
  fixture->server = wf_demo_server_new (wf_test_folder_get_path (folder), WF_CLOCK (fixture->clock),
                                        (WfDemoFlags) GPOINTER_TO_INT (QUIET), &error);
  g_assert_no_error (error);
}

static void
test_kept (WfDemoFixture *fixture, gconstpointer data)
{
  static const char *const group = "\"strategy\":\"round-robin\",\"group\":\"inbound\"";
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autoptr (WfDemoAnswer) first = NULL, second = NULL;

  reopen (fixture, folder);
  g_assert_cmpstr (assign (fixture, 1, group, &first), ==, "carla");
  reopen (fixture, folder);
  /* The key is known, and the turn goes on where it was. */
  g_autofree char *body = g_strdup_printf (
      "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":\"elisa\",%s}", group);
  g_autoptr (WfDemoAnswer) again = wf_demo_fixture_act (fixture, 1, WF_DEMO_ENGINE, body);
  g_assert_cmpuint (again->status, ==, 412);
  g_assert_true (wf_json_get_boolean (wf_json_get_member (again->root, "same-content"), FALSE));
  g_assert_cmpstr (assign (fixture, 2, group, &second), ==, "ana");
}

/* A sample company that an earlier version made is brought up to date. */
static void
test_migration (WfDemoFixture *fixture, gconstpointer data)
{
  static const char *const undo[] = {
    "DROP TABLE actions",
    "DROP TABLE deals",
    "DROP TABLE audiences",
    "DROP INDEX messages_lead",
    "ALTER TABLE comments DROP COLUMN mentions",
    "ALTER TABLE messages DROP COLUMN kind",
    "ALTER TABLE messages DROP COLUMN lead",
    "ALTER TABLE messages DROP COLUMN state",
    "DROP TABLE contacts",
    "PRAGMA user_version = 1",
  };
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "crm.sqlite");
  g_autofree char *key = wf_demo_make_key (1);
  g_autofree char *message = g_strconcat ("messages/", key, NULL);
  g_autoptr (GError) error = NULL;

  reopen (fixture, folder);
  wf_demo_fixture_put_lead (fixture, "l-1", "ana", "filter-1");
  wf_demo_assert_status (
      fixture, "PUT", message, "ana",
      "{\"kind\":\"e-mail\",\"to\":\"a@b.example\",\"text\":\"t\",\"lead\":\"l-1\"}", CREATE, 201);
  wf_demo_server_stop (fixture->server);
  g_clear_object (&fixture->server);
  WfDemoDatabase *database = wf_demo_database_open (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (undo); i++)
    g_assert_true (wf_demo_database_run (database, undo[i], ""));
  wf_demo_database_free (database);

  reopen (fixture, folder);
  g_autoptr (WfDemoAnswer) list =
      wf_demo_fixture_ask (fixture, "GET", "messages?lead=l-1&kind=e-mail", "ana", NULL, NULL);
  g_assert_cmpuint (wf_json_get_size (list->root), ==, 1);
  g_autoptr (WfDemoAnswer) answer =
      wf_demo_fixture_act (fixture, 1, "ana", "{" SCORE ",\"lead\":\"l-1\"}");
  g_assert_cmpuint (answer->status, ==, 201);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/demo/actions/" name, WfDemoFixture, QUIET, wf_demo_fixture_set_up, func,           \
              wf_demo_fixture_tear_down)

/* g_test_add gives set-up and test the same data: the server of these is always the quiet one. */
static void
set_up_quiet (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_fixture_set_up (fixture, QUIET);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/actions/kind/", kind_cases[i].name, NULL);

      g_test_add (path, WfDemoFixture, &kind_cases[i], set_up_quiet, test_kind,
                  wf_demo_fixture_tear_down);
    }
  ADD ("sides", test_sides);
  ADD ("refusals", test_refusals);
  ADD ("rights", test_rights);
  ADD ("run-goes-on", test_run_goes_on);
  ADD ("together", test_together);
  ADD ("conflict", test_conflict);
  ADD ("reading", test_reading);
  ADD ("turns", test_turns);
  ADD ("load", test_load);
  ADD ("deals", test_deals);
  ADD ("stream", test_stream);
  ADD ("email", test_email);
  ADD ("people", test_people);
  ADD ("audience", test_audience);
  ADD ("closing", test_closing);
  ADD ("start", test_start);
  ADD ("activity-kinds", test_activity_kinds);
  ADD ("comment-once", test_comment_once);
  ADD ("minimum", test_minimum);
  ADD ("kept", test_kept);
  ADD ("migration", test_migration);
  return g_test_run ();
}
