/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions, messages to several people and comments through the open API's connector: against the
 * demo CRM, and against answers that are late, broken or wrong. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-open-fixture.h"

#include "wf-instant.h"

#include <string.h>

#define KEY "00000000-0000-4000-8000-000000000001"
#define OTHER_KEY "00000000-0000-4000-8000-000000000002"

static void
set_up (WfOpenFixture *fixture, gconstpointer data)
{
  wf_open_fixture_set_up_demo (fixture, "ana");
  g_assert_true (wf_demo_server_add_event (
      fixture->server,
      "{\"type\":\"lead.received\",\"data\":{\"lead\":{\"id\":\"l-1\",\"name\":\"P\",\"stage\":\"filter-1\","
      "\"owner\":\"ana\",\"score\":10}}}",
      NULL));
}

static void
set_up_scripted (WfOpenFixture *fixture, gconstpointer data)
{
  wf_open_fixture_set_up_scripted (fixture);
}

static WfAction *
make_action (const char *key, const char *json)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfAction *action = wf_action_read (wf_json_document_get_root (document), key, problems);

  g_assert_nonnull (action);
  return action;
}

/* -- against the demo CRM ---------------------------------------------------------------------- */

static void
test_perform (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfAction) stage =
      make_action (KEY, "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"filter-2\","
                        "\"cause\":\"w/s/e-1\"}");
  g_autoptr (WfAction) back =
      make_action (OTHER_KEY, "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"new\"}");
  g_autoptr (WfEventBatch) start = CALL (fixture, fixture->crm, poll_events, "now", 10, 0);

  for (guint i = 0; i < 2; i++)
    {
      /* The second time it is a repetition: the same answer, nothing done. */
      g_autoptr (WfCrmActionResult) result = CALL (fixture, fixture->crm, perform, stage);
      g_assert_no_error (fixture->error);
      g_assert_null (result->note);
      g_assert_cmpstr (
          wf_json_get_member_string (wf_json_document_get_root (result->lead), "stage"), ==,
          "filter-2");
      g_assert_cmpint (wf_demo_server_count (fixture->server, "actions"), ==, 1);
    }
  g_autoptr (WfCrmActionResult) further = CALL (fixture, fixture->crm, perform, back);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (further->note, ==, "already-further");
  g_assert_nonnull (further->lead);
  g_autoptr (WfEventBatch) batch =
      CALL (fixture, fixture->crm, poll_events, start->next_cursor, 10, 0);
  g_assert_cmpuint (batch->events->len, ==, 1);
  g_assert_cmpstr (wf_json_get_member_string (wf_event_get_data (batch->events->pdata[0]), "cause"),
                   ==, "w/s/e-1");
}

static void
test_perform_refused (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfAction) unknown =
      make_action (KEY, "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"nowhere\"}");
  g_autoptr (WfAction) gone =
      make_action (KEY, "{\"kind\":\"add-score\",\"lead\":\"l-9\",\"points\":1}");
  g_autoptr (WfAction) deletion =
      make_action (KEY, "{\"kind\":\"delete-record\",\"lead\":\"l-1\"}");

  g_assert_null (CALL (fixture, fixture->crm, perform, unknown));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
  g_assert_nonnull (strstr (fixture->error->message, "/stage"));
  g_assert_null (CALL (fixture, fixture->crm, perform, gone));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND);
  g_assert_null (CALL (fixture, fixture->crm, perform, deletion));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "actions"), ==, 0);
}

/* The answer is lost after the action was done: the repetition succeeds and does nothing. */
static void
test_perform_lost_answer (WfOpenFixture *fixture, gconstpointer data)
{
  static const WfDemoFaultKind kinds[] = { WF_DEMO_FAULT_DROP_AFTER, WF_DEMO_FAULT_CUT_BODY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      WfDemoFault fault = { .kind = kinds[i], .method = "PUT", .path = "/actions" };
      g_autoptr (WfAction) score = make_action (
          i == 0 ? KEY : OTHER_KEY, "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":5}");

      wf_demo_server_add_fault (fixture->server, &fault);
      g_assert_null (CALL (fixture, fixture->crm, perform, score));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN);
      g_autoptr (WfCrmActionResult) again = CALL (fixture, fixture->crm, perform, score);
      g_assert_no_error (fixture->error);
      g_assert_cmpfloat (
          wf_json_get_double (wf_json_get_member (wf_json_document_get_root (again->lead), "score"),
                              0),
          ==, 15 + 5 * i);
    }
}

/* -- messages and comments --------------------------------------------------------------------- */

static void
test_people (WfOpenFixture *fixture, gconstpointer data)
{
  static const char *const people[] = { "ana", "bruno", NULL };
  WfCrmMessage message = { .key = KEY, .people = people, .title = "t", .text = "x" };
  g_autoptr (WfEventBatch) start = CALL (fixture, fixture->crm, poll_events, "now", 10, 0);

  g_assert_true (CALL (fixture, fixture->crm, send_message, &message));
  g_assert_true (CALL (fixture, fixture->crm, send_message, &message));
  g_assert_cmpint (wf_demo_server_count (fixture->server, "messages"), ==, 1);
  g_autoptr (WfEventBatch) batch =
      CALL (fixture, fixture->crm, poll_events, start->next_cursor, 10, 0);
  const WfJson *list =
      wf_json_get_path (wf_event_get_data (batch->events->pdata[0]), "message.people");
  g_assert_cmpuint (batch->events->len, ==, 1);
  g_assert_cmpstr (wf_json_get_string (wf_json_get_element (list, 1)), ==, "bruno");
}

static WfActivity *
make_activity (WfActivityKind kind)
{
  WfActivity *activity = wf_activity_new ("a-1");

  g_set_str (&activity->type, "visit");
  g_set_str (&activity->title, "Visita");
  g_set_str (&activity->person, "ana");
  g_set_str (&activity->lead, "l-1");
  activity->kind = kind;
  g_assert_true (wf_instant_parse ("2026-11-23T12:00:00Z", &activity->due));
  return activity;
}

static void
create (WfOpenFixture *fixture, WfActivity *activity)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  g_ptr_array_add (list, activity);
  g_autoptr (GPtrArray) results = CALL (fixture, fixture->crm, create_activities, list);
  g_assert_no_error (fixture->error);
  g_assert_null (results->pdata[0]);
}

static void
test_meeting (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfActivity) meeting = make_activity (WF_ACTIVITY_MEETING);
  g_autoptr (WfActivityPage) page = NULL;
  WfCrmActivityQuery query = { .person = "ana", .updated_after = WF_INSTANT_NONE };

  g_set_str (&meeting->place, "Loja Centro");
  g_assert_true (wf_instant_parse ("2026-11-23T13:00:00Z", &meeting->ends));
  create (fixture, meeting);
  g_autoptr (WfActivity) read = CALL (fixture, fixture->crm, get_activity, "a-1");
  g_assert_no_error (fixture->error);
  page = CALL (fixture, fixture->crm, list_activities, &query);
  g_assert_cmpuint (page->activities->len, ==, 1);
  const WfActivity *both[] = { read, page->activities->pdata[0] };
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_assert_cmpint (both[i]->kind, ==, WF_ACTIVITY_MEETING);
      g_assert_cmpstr (both[i]->place, ==, "Loja Centro");
      g_assert_cmpint (both[i]->ends, ==, meeting->ends);
    }
}

static void
test_approval (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfActivity) approval = make_activity (WF_ACTIVITY_APPROVAL);
  WfActivityChange bare = { .status = "done",
                            .due = WF_INSTANT_NONE,
                            .remind = WF_INSTANT_NONE,
                            .completed = WF_INSTANT_NONE };
  WfActivityChange decided = bare;

  create (fixture, approval);
  g_assert_null (CALL (fixture, fixture->crm, change_activity, "a-1", NULL, &bare));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
  decided.outcome = WF_OUTCOME_APPROVED;
  g_autoptr (WfActivity) done =
      CALL (fixture, fixture->crm, change_activity, "a-1", NULL, &decided);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (done->kind, ==, WF_ACTIVITY_APPROVAL);
  g_assert_cmpstr (done->outcome, ==, WF_OUTCOME_APPROVED);
}

static void
test_comment_once (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfActivity) activity = make_activity (WF_ACTIVITY_TASK);
  WfDemoFault fault = { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "PATCH" };
  WfActivityChange change = { .due = WF_INSTANT_NONE,
                              .remind = WF_INSTANT_NONE,
                              .completed = WF_INSTANT_NONE,
                              .comment = "Sem resposta",
                              .comment_key = KEY };

  create (fixture, activity);
  wf_demo_server_add_fault (fixture->server, &fault);
  g_assert_null (CALL (fixture, fixture->crm, change_activity, "a-1", NULL, &change));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "comments"), ==, 1);
  g_autoptr (WfActivity) again =
      CALL (fixture, fixture->crm, change_activity, "a-1", NULL, &change);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (again);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "comments"), ==, 1);
}

/* -- against a script -------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  WfScriptedAnswer answer;
  int code; /* of the error; -1: success */
  guint retry_after;
} AnswerCase;

#define BODY(state, more)                                                                          \
  "{\"key\":\"" KEY "\",\"kind\":\"add-score\",\"state\":\"" state "\"" more "}"
#define PROBLEM(type, status, more)                                                                \
  "{\"type\":\"/problems/" type "\",\"title\":\"T\",\"status\":" #status more "}"

static const AnswerCase answer_cases[] = {
  { "created", { .status = 201, .body = BODY ("done", "") }, -1 },
  { "known",
    { .status = 412,
      .body = PROBLEM ("already-exists", 412,
                       ",\"same-content\":true,\"kind\":\"add-score\",\"state\":\"done\"") },
    -1 },
  /* An edited workflow asks for something else under the same key (S15): nothing is doubled. */
  { "known-other",
    { .status = 412,
      .body = PROBLEM ("already-exists", 412,
                       ",\"same-content\":false,\"kind\":\"add-score\",\"state\":\"done\"") },
    -1 },
  { "changed", { .status = 412, .body = PROBLEM ("changed", 412, "") }, WF_CRM_ERROR_CONFLICT },
  { "auth", { .status = 401, .body = PROBLEM ("unauthorized", 401, "") }, WF_CRM_ERROR_AUTH },
  { "forbidden",
    { .status = 403, .body = PROBLEM ("forbidden", 403, "") },
    WF_CRM_ERROR_FORBIDDEN },
  { "not-found",
    { .status = 404, .body = PROBLEM ("not-found", 404, "") },
    WF_CRM_ERROR_NOT_FOUND },
  { "invalid", { .status = 422, .body = PROBLEM ("validation", 422, "") }, WF_CRM_ERROR_INVALID },
  { "payment", { .status = 402, .body = "" }, WF_CRM_ERROR_INVALID },
  { "busy",
    { .status = 429, .body = PROBLEM ("rate-limited", 429, ""), .headers = { "Retry-After", "7" } },
    WF_CRM_ERROR_RATE_LIMITED,
    7 },
  { "server", { .status = 500, .body = "oops" }, WF_CRM_ERROR_SERVER },
  { "unavailable",
    { .status = 503, .body = "", .headers = { "Retry-After", "9" } },
    WF_CRM_ERROR_SERVER,
    9 },
  { "bad-json", { .status = 201, .body = "{\"kind\":" }, WF_CRM_ERROR_PROTOCOL },
  { "no-json", { .status = 200, .body = "<html>" }, WF_CRM_ERROR_PROTOCOL },
  { "other-json", { .status = 201, .body = "[]" }, WF_CRM_ERROR_PROTOCOL },
  { "other-kind",
    { .status = 201, .body = "{\"kind\":\"webhook\",\"state\":\"done\"}" },
    WF_CRM_ERROR_PROTOCOL },
  { "redirect",
    { .status = 302, .headers = { "Location", "http://127.0.0.1:1/" } },
    WF_CRM_ERROR_PROTOCOL },
  { "cut", { .manner = WF_SCRIPTED_CUT }, WF_CRM_ERROR_UNCERTAIN },
  { "cut-body",
    { .status = 201,
      .body = BODY ("done", ",\"lead\":{\"id\":\"l-1\"}"),
      .manner = WF_SCRIPTED_CUT_BODY },
    WF_CRM_ERROR_UNCERTAIN },
};

static void
test_answer (WfOpenFixture *fixture, gconstpointer data)
{
  const AnswerCase *expected = data;
  WfScriptedAnswer answer = expected->answer;
  g_autoptr (WfAction) action = make_action (
      KEY, "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":5,\"cause\":\"w/s/e-1\"}");

  if (answer.status >= 400)
    answer.content_type = "application/problem+json";
  wf_scripted_server_add (fixture->scripted, &answer);
  g_autoptr (WfCrmActionResult) result = CALL (fixture, fixture->crm, perform, action);
  if (expected->code < 0)
    g_assert_no_error (fixture->error);
  else
    g_assert_error (fixture->error, WF_CRM_ERROR, expected->code);
  g_assert_true ((result != NULL) == (expected->code < 0));
  if (expected->code >= 0)
    g_assert_cmpuint (wf_crm_error_get_retry_after (fixture->error), ==, expected->retry_after);

  /* A write is never repeated by the transport: the outbox does that. */
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->scripted), ==, 1);
  g_assert_cmpstr (wf_scripted_server_get_request (fixture->scripted, 0), ==,
                   "PUT /wfcrm/v1/actions/" KEY);
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->scripted, 0, "If-None-Match"), ==, "*");
  g_assert_cmpstr (wf_scripted_server_get_header (fixture->scripted, 0, "Workflow-Cause"), ==,
                   "w/s/e-1");
  g_assert_cmpstr (wf_scripted_server_get_body (fixture->scripted, 0), ==,
                   "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"cause\":\"w/s/e-1\",\"points\":5}");
}

static void
test_result (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfAction) action =
      make_action (KEY, "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":5}");

  wf_scripted_server_add_status (
      fixture->scripted, 201,
      BODY ("done", ",\"note\":\"already-so\",\"lead\":{\"id\":\"l-1\",\"score\":5}"));
  g_autoptr (WfCrmActionResult) result = CALL (fixture, fixture->crm, perform, action);
  g_assert_cmpstr (result->note, ==, "already-so");
  g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (result->lead), "id"), ==,
                   "l-1");
  g_assert_null (wf_scripted_server_get_header (fixture->scripted, 0, "Workflow-Cause"));
}

static void
test_slow (WfOpenFixture *fixture, gconstpointer data)
{
  WfScriptedAnswer hold = { .manner = WF_SCRIPTED_HOLD };
  g_autoptr (WfAction) action =
      make_action (KEY, "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":5}");

  wf_scripted_server_add (fixture->scripted, &hold);
  wf_crm_perform_async (fixture->crm, action, NULL, wf_open_fixture_on_result, fixture);
  wf_open_fixture_wait_held (fixture);
  wf_fake_clock_advance (fixture->clock, 31 * G_TIME_SPAN_SECOND);
  g_autoptr (GAsyncResult) result = wf_open_fixture_wait (fixture);
  g_assert_null (wf_crm_perform_finish (fixture->crm, result, &fixture->error));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN);
}

static void
test_cancelled (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (WfAction) action =
      make_action (KEY, "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":5}");

  g_cancellable_cancel (cancellable);
  wf_crm_perform_async (fixture->crm, action, cancellable, wf_open_fixture_on_result, fixture);
  g_autoptr (GAsyncResult) result = wf_open_fixture_wait (fixture);
  g_assert_null (wf_crm_perform_finish (fixture->crm, result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (wf_scripted_server_get_n_requests (fixture->scripted), ==, 0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/crm/open-actions/" name, WfOpenFixture, NULL, set_up, func,                        \
              wf_open_fixture_tear_down)
#define ADD_SCRIPTED(name, func)                                                                   \
  g_test_add ("/crm/open-actions/" name, WfOpenFixture, NULL, set_up_scripted, func,               \
              wf_open_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("perform", test_perform);
  ADD ("perform-refused", test_perform_refused);
  ADD ("perform-lost-answer", test_perform_lost_answer);
  ADD ("people", test_people);
  ADD ("meeting", test_meeting);
  ADD ("approval", test_approval);
  ADD ("comment-once", test_comment_once);
  for (guint i = 0; i < G_N_ELEMENTS (answer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/crm/open-actions/answer/", answer_cases[i].name, NULL);

      g_test_add (path, WfOpenFixture, &answer_cases[i], set_up_scripted, test_answer,
                  wf_open_fixture_tear_down);
    }
  ADD_SCRIPTED ("result", test_result);
  ADD_SCRIPTED ("slow", test_slow);
  ADD_SCRIPTED ("cancelled", test_cancelled);
  return g_test_run ();
}
