/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open API's connector against the demo CRM, and against answers that are JSON but wrong. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-open-fixture.h"

#include "wf-instant.h"

#include <string.h>

#define UUID "33333333-3333-4333-8333-333333333333"

static WfCrm *
sign_in_as (WfOpenFixture *fixture, const char *person)
{
  WfCrm *crm = wf_open_fixture_sign_in_as (fixture, person);

  wf_open_crm_set_most_retries (WF_OPEN_CRM (crm), 0);
  return crm;
}

static void
set_up (WfOpenFixture *fixture, gconstpointer data)
{
  if (data != NULL)
    wf_open_fixture_set_up_scripted (fixture);
  else
    wf_open_fixture_set_up_demo (fixture, "carla");
  wf_open_crm_set_most_retries (WF_OPEN_CRM (fixture->crm), 0);
}

/* -- reading ----------------------------------------------------------------------------------- */

static void
test_open (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfCrmSession) session = CALL (fixture, fixture->crm, open);

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (session->person, ==, "carla");
  g_assert_cmpstr (session->server_name, ==, "Aurora Energia Solar");
  g_assert_cmpstr (session->roles[0], ==, "manager");
  g_assert_cmpint (session->clock_offset, ==, 0);

  g_autoptr (WfCrm) machine = sign_in_as (fixture, WF_DEMO_ENGINE);
  g_autoptr (WfCrmSession) engine = CALL (fixture, machine, open);
  g_assert_no_error (fixture->error);
  g_assert_null (engine->person);
  g_assert_cmpstr (engine->roles[0], ==, "engine");

  g_autoptr (WfCrm) nobody =
      wf_open_fixture_sign_in (fixture, wf_demo_server_get_uri (fixture->server), "wrong");
  g_assert_null (CALL (fixture, nobody, open));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);

  /* The address may be given without the API's path. */
  g_autofree char *short_url =
      g_strdup_printf ("http://127.0.0.1:%u/", wf_demo_server_get_port (fixture->server));
  g_autoptr (WfCrm) by_host = wf_open_fixture_sign_in (
      fixture, short_url, wf_demo_server_get_token (fixture->server, "ana"));
  g_autoptr (WfCrmSession) ana = CALL (fixture, by_host, open);
  g_assert_cmpstr (ana->person, ==, "ana");
}

static void
test_organisation (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfOrganisation) first = CALL (fixture, fixture->crm, get_organisation);
  g_assert_no_error (fixture->error);
  g_autoptr (WfOrganisation) second = CALL (fixture, fixture->crm, get_organisation);
  g_assert_no_error (fixture->error);
  /* 304: nothing is read twice. */
  g_assert_true (first == second);
  g_assert_nonnull (wf_organisation_get_person (first, "carla"));
}

static void
test_events (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfEventBatch) start = CALL (fixture, fixture->crm, poll_events, "now", 10, 0);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (start->events->len, ==, 0);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"x-%u\",\"type\":\"lead.received\",\"data\":{\"lead\":{\"id\":\"l-%u\",\"name\":\"P\",\"stage\":\"new\","
          "\"owner\":\"ana\"}}}",
          i, i);
      g_assert_true (wf_demo_server_add_event (fixture->server, text, NULL));
    }
  g_autoptr (WfEventBatch) two =
      CALL (fixture, fixture->crm, poll_events, start->next_cursor, 2, 0);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (two->events->len, ==, 2);
  g_assert_true (two->more);
  g_assert_cmpuint (wf_problems_get_n (two->problems), ==, 0);
  g_assert_cmpstr (wf_event_get_owner (two->events->pdata[0]), ==, "ana");
  g_autoptr (WfEventBatch) one = CALL (fixture, fixture->crm, poll_events, two->next_cursor, 2, 0);
  g_assert_cmpuint (one->events->len, ==, 1);
  g_assert_false (one->more);
  g_assert_cmpstr (wf_event_get_id (one->events->pdata[0]), ==, "x-2");

  g_autoptr (WfEventBatch) all = CALL (fixture, fixture->crm, poll_events, NULL, 500, 0);
  g_assert_cmpuint (all->events->len, ==, wf_demo_server_count (fixture->server, "events"));
  g_assert_null (CALL (fixture, fixture->crm, poll_events, "deadbeef.1", 10, 0));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_CURSOR_EXPIRED);
}

static void
test_long_poll (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (WfEventBatch) start = CALL (fixture, fixture->crm, poll_events, "now", 10, 0);

  wf_crm_poll_events_async (fixture->crm, start->next_cursor, 10, 30, NULL,
                            wf_open_fixture_on_result, fixture);
  for (guint i = 0; i < 5000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (fixture->result);
  g_assert_true (wf_demo_server_add_event (fixture->server, "{\"type\":\"call.made\"}", NULL));
  g_autoptr (GAsyncResult) result = wf_open_fixture_wait (fixture);
  g_autoptr (WfEventBatch) batch =
      wf_crm_poll_events_finish (fixture->crm, result, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (batch->events->len, ==, 1);
}

/* -- activities -------------------------------------------------------------------------------- */

static WfInstant
at (const char *text)
{
  WfInstant instant = 0;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static WfActivity *
make_activity (const char *id, const char *person)
{
  WfActivity *activity = wf_activity_new (id);

  g_set_str (&activity->type, "filter-1");
  g_set_str (&activity->title, "Realizar Filtro 1");
  g_set_str (&activity->person, person);
  g_set_str (&activity->lead, "l-1");
  g_set_str (&activity->lead_name, "Padaria Sol");
  g_set_str (&activity->lead_phone, "+55 11");
  g_set_str (&activity->lead_email, "a@b.example");
  g_set_str (&activity->notes, "“Ligar”\n\\ \"agora\"");
  g_set_str (&activity->zone, "America/Sao_Paulo");
  g_set_str (&activity->workflow, UUID);
  g_set_str (&activity->workflow_name, "Primeiro contato");
  g_set_str (&activity->step, "filter1");
  g_set_str (&activity->event_source, "/crm/x");
  g_set_str (&activity->event_id, "e-1");
  g_set_str (&activity->event_type, "lead.received");
  g_set_str (&activity->explanation, "{\"why\":[1,\"two\"]}");
  g_set_str (&activity->cause, "w/s/e-0," UUID "/filter1/e-1");
  activity->workflow_version = 3;
  activity->created = at ("2026-11-20T17:50:00.123456Z");
  activity->due = activity->original_due = at ("2026-11-20T18:20:00Z");
  activity->remind = at ("2026-11-20T18:10:00Z");
  activity->visible_from = at ("2026-11-20T17:50:00Z");
  activity->business_hours = TRUE;
  activity->arrived_late = TRUE;
  return activity;
}

static void
assert_same (const WfActivity *a, const WfActivity *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->lead, ==, b->lead);
  g_assert_cmpstr (a->lead_name, ==, b->lead_name);
  g_assert_cmpstr (a->lead_phone, ==, b->lead_phone);
  g_assert_cmpstr (a->lead_email, ==, b->lead_email);
  g_assert_cmpstr (a->type, ==, b->type);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->notes, ==, b->notes);
  g_assert_cmpstr (a->person, ==, b->person);
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpstr (a->workflow, ==, b->workflow);
  g_assert_cmpstr (a->workflow_name, ==, b->workflow_name);
  g_assert_cmpstr (a->step, ==, b->step);
  g_assert_cmpstr (a->event_source, ==, b->event_source);
  g_assert_cmpstr (a->event_id, ==, b->event_id);
  g_assert_cmpstr (a->event_type, ==, b->event_type);
  g_assert_cmpstr (a->explanation, ==, b->explanation);
  g_assert_cmpstr (a->cause, ==, b->cause);
  g_assert_cmpint (a->workflow_version, ==, b->workflow_version);
  g_assert_cmpint (a->created, ==, b->created);
  g_assert_cmpint (a->due, ==, b->due);
  g_assert_cmpint (a->original_due, ==, b->original_due);
  g_assert_cmpint (a->remind, ==, b->remind);
  g_assert_cmpint (a->visible_from, ==, b->visible_from);
  g_assert_cmpint (a->completed, ==, b->completed);
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_true (a->business_hours == b->business_hours);
  g_assert_true (a->arrived_late == b->arrived_late);
  g_assert_true (a->pinned == b->pinned);
}

static void
test_activity_round_trip (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  g_ptr_array_add (activities, make_activity ("a-1", "ana"));
  g_autoptr (GPtrArray) results = CALL (fixture, fixture->crm, create_activities, activities);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (results->len, ==, 1);
  g_assert_null (results->pdata[0]);
  g_autoptr (WfActivity) read = CALL (fixture, fixture->crm, get_activity, "a-1");
  g_assert_no_error (fixture->error);
  assert_same (read, activities->pdata[0]);
  g_assert_nonnull (read->etag);
  g_assert_cmpint (read->sync, ==, WF_SYNC_CONFIRMED);

  g_assert_null (CALL (fixture, fixture->crm, get_activity, "no such/one?"));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND);
}

static void
test_create_many (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < 1203; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i % 1200);
      g_ptr_array_add (activities, make_activity (id, i == 700 ? "nobody" : "ana"));
    }
  g_autoptr (GPtrArray) results = CALL (fixture, fixture->crm, create_activities, activities);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (results->len, ==, 1203);
  for (guint i = 0; i < results->len; i++)
    if (i != 700)
      g_assert_null (results->pdata[i]);
  g_assert_error ((GError *) results->pdata[700], WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
  g_assert_nonnull (strstr (((GError *) results->pdata[700])->message, "/person"));
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, 1199);

  /* B4: again and by somebody else: nothing is made twice, and nobody hears of an error. */
  g_autoptr (WfCrm) engine = sign_in_as (fixture, WF_DEMO_ENGINE);
  g_autoptr (GPtrArray) again = CALL (fixture, engine, create_activities, activities);
  g_assert_no_error (fixture->error);
  g_assert_null (again->pdata[0]);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, 1199);

  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) empty = CALL (fixture, fixture->crm, create_activities, none);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (empty->len, ==, 0);

  guint n = 0;
  g_autofree char *page = NULL;
  do
    {
      WfCrmActivityQuery query = {
        .person = "ana", .updated_after = WF_INSTANT_NONE, .only_open = TRUE, .page = page
      };
      g_autoptr (WfActivityPage) got = CALL (fixture, fixture->crm, list_activities, &query);

      g_assert_no_error (fixture->error);
      n += got->activities->len;
      g_free (page);
      page = g_steal_pointer (&got->next_page);
    }
  while (page != NULL);
  g_assert_cmpuint (n, ==, 1199);
}

static void
test_create_broken_off (WfOpenFixture *fixture, gconstpointer data)
{
  WfDemoFault fault = { .kind = WF_DEMO_FAULT_DROP_AFTER, .method = "POST" };
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_ptr_array_add (activities, make_activity (id, "ana"));
    }
  wf_demo_server_add_fault (fixture->server, &fault);
  g_assert_null (CALL (fixture, fixture->crm, create_activities, activities));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, 500);

  /* The second part fails: what the first one did is known, the rest is to be repeated. */
  g_autoptr (GPtrArray) whole = CALL (fixture, fixture->crm, create_activities, activities);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, 700);
  for (guint i = 0; i < whole->len; i++)
    g_assert_null (whole->pdata[i]);
}

static void
test_change_activity (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  WfActivityChange done = { .status = "done",
                            .outcome = "ok",
                            .due = WF_INSTANT_NONE,
                            .remind = WF_INSTANT_NONE,
                            .completed = at ("2026-11-20T17:40:00Z") };
  WfActivityChange move = { .due = at ("2026-11-24T12:00:00Z"),
                            .remind = at ("2026-11-24T11:30:00Z"),
                            .completed = WF_INSTANT_NONE,
                            .reason = "travelling",
                            .comment = "called" };

  g_ptr_array_add (activities, make_activity ("a-1", "ana"));
  g_autoptr (GPtrArray) results = CALL (fixture, fixture->crm, create_activities, activities);
  g_autoptr (WfActivity) made = CALL (fixture, fixture->crm, get_activity, "a-1");
  g_autoptr (WfActivity) moved =
      CALL (fixture, fixture->crm, change_activity, "a-1", made->etag, &move);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (moved->due, ==, move.due);
  g_assert_cmpint (moved->remind, ==, move.remind);
  g_assert_cmpint (moved->original_due, ==, made->due);
  g_assert_true (moved->pinned);
  g_assert_cmpstr (moved->etag, !=, made->etag);

  g_assert_null (CALL (fixture, fixture->crm, change_activity, "a-1", made->etag, &done));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);
  g_autoptr (WfActivity) ended =
      CALL (fixture, fixture->crm, change_activity, "a-1", moved->etag, &done);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (ended->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (ended->completed, ==, done.completed);
  g_assert_cmpstr (ended->outcome, ==, "ok");

  g_autoptr (WfCrm) reader = sign_in_as (fixture, "joao");
  g_assert_null (CALL (fixture, reader, change_activity, "a-1", ended->etag, &move));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
}

/* -- messages and workflows -------------------------------------------------------------------- */

static void
test_message (WfOpenFixture *fixture, gconstpointer data)
{
  WfCrmMessage message = {
    .key = UUID, .person = "ana", .title = "Hi", .text = "Call {x}", .lead = "l-1", .cause = "w/s/e"
  };

  for (guint i = 0; i < 2; i++)
    {
      gboolean sent = CALL (fixture, fixture->crm, send_message, &message);

      g_assert_no_error (fixture->error);
      g_assert_true (sent);
    }
  g_assert_cmpint (wf_demo_server_count (fixture->server, "messages"), ==, 1);
  message.key = "44444444-4444-4444-8444-444444444444";
  message.person = "nobody";
  g_assert_false (CALL (fixture, fixture->crm, send_message, &message));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
}

static void
test_workflows (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = CALL (fixture, fixture->crm, list_workflows);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (list->len, ==, 5);
  WfCrmWorkflow *entry = list->pdata[0];
  g_assert_cmpstr (entry->author, ==, "carla");
  g_assert_cmpint (entry->saved, ==, wf_clock_now (WF_CLOCK (fixture->clock)));

  g_autoptr (WfWorkflow) changed = wf_workflow_copy (entry->workflow);
  g_set_str (&changed->name, "Outro nome");
  changed->version++;
  g_autofree char *etag = CALL (fixture, fixture->crm, save_workflow, changed, entry->etag);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (etag, !=, entry->etag);
  g_assert_null (CALL (fixture, fixture->crm, save_workflow, changed, entry->etag));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);

  /* A new one: a repeat of the same creation is a success, another one under its id is not. */
  g_autoptr (WfWorkflow) draft = wf_workflow_new ("Rascunho");
  g_autofree char *created = CALL (fixture, fixture->crm, save_workflow, draft, NULL);
  g_assert_no_error (fixture->error);
  g_autofree char *again = CALL (fixture, fixture->crm, save_workflow, draft, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (again, ==, created);
  g_set_str (&draft->name, "Outro rascunho");
  g_assert_null (CALL (fixture, fixture->crm, save_workflow, draft, NULL));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);

  g_autoptr (WfCrm) ana = sign_in_as (fixture, "ana");
  g_assert_null (CALL (fixture, ana, save_workflow, changed, etag));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
}

/* -- wrong answers ----------------------------------------------------------------------------- */

static void
answer (WfOpenFixture *fixture, const char *body)
{
  WfScriptedAnswer scripted = { .body = body, .headers = { "Next-Cursor", "c.1" } };

  wf_scripted_server_add (fixture->scripted, &scripted);
}

static const char *const wrong_bodies[] = { "",        "{",        "not json",
                                            "[1,2",    "\"text\"", "{}",
                                            "[null]",  "null",     "{\"roles\":1,\"server\":[]}",
                                            "\xff\xfe" };

static void
test_wrong_answers (WfOpenFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  WfCrmActivityQuery query = { .updated_after = WF_INSTANT_NONE };

  g_ptr_array_add (activities, make_activity ("a-1", "ana"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong_bodies); i++)
    {
      gboolean is_list = g_str_has_prefix (wrong_bodies[i], "[null");

      g_test_message ("%u", i);
      answer (fixture, wrong_bodies[i]);
      g_assert_null (CALL (fixture, fixture->crm, open));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
      answer (fixture, wrong_bodies[i]);
      g_assert_null (CALL (fixture, fixture->crm, get_organisation));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
      answer (fixture, wrong_bodies[i]);
      g_assert_null (CALL (fixture, fixture->crm, get_activity, "a-1"));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
      if (is_list)
        continue;
      answer (fixture, wrong_bodies[i]);
      g_assert_null (CALL (fixture, fixture->crm, poll_events, NULL, 10, 0));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
      answer (fixture, wrong_bodies[i]);
      g_assert_null (CALL (fixture, fixture->crm, list_activities, &query));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
      answer (fixture, wrong_bodies[i]);
      g_assert_null (CALL (fixture, fixture->crm, list_workflows));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
      answer (fixture, wrong_bodies[i]);
      g_assert_null (CALL (fixture, fixture->crm, create_activities, activities));
      g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
    }
}

static void
test_one_bad_event (WfOpenFixture *fixture, gconstpointer data)
{
  answer (
      fixture,
      "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"call.made\",\"time\":\"2026-11-20T17:00:00Z\"},"
      "{\"id\":2},"
      "{\"specversion\":\"1.0\",\"id\":\"3\",\"source\":\"/s\",\"type\":\"call.made\",\"time\":\"2026-11-20T17:00:00Z\"}]");
  g_autoptr (WfEventBatch) batch = CALL (fixture, fixture->crm, poll_events, "c.0", 10, 0);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (batch->events->len, ==, 2);
  g_assert_cmpuint (wf_problems_get_n (batch->problems), >, 0);
  g_assert_true (g_str_has_prefix (wf_problems_get (batch->problems, 0)->path, "/1"));
  g_assert_cmpstr (batch->next_cursor, ==, "c.1");
  g_assert_cmpstr (wf_scripted_server_get_request (fixture->scripted, 0), ==,
                   "GET /wfcrm/v1/events?limit=10&wait=0&after=c.0");
}

static void
test_missing_cursor (WfOpenFixture *fixture, gconstpointer data)
{
  wf_scripted_server_add_status (fixture->scripted, 200, "[]");
  g_assert_null (CALL (fixture, fixture->crm, poll_events, NULL, 10, 0));
  g_assert_error (fixture->error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
}

static void
test_other_results (WfOpenFixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = { "[{\"id\":\"other\",\"status\":201}]",
                                        "[{\"id\":\"a-1\",\"status\":\"201\"}]",
                                        "[{\"id\":\"a-1\"}]", "[null]" };
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  g_ptr_array_add (activities, make_activity ("a-1", "ana"));
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      wf_scripted_server_add_status (fixture->scripted, 200, bodies[i]);
      g_autoptr (GPtrArray) results = CALL (fixture, fixture->crm, create_activities, activities);
      g_assert_no_error (fixture->error);
      /* What is not said to be there is not taken to be there. */
      g_assert_error ((GError *) results->pdata[0], WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL);
    }
  static const struct
  {
    const char *body;
    int code;
  } refusals[] = {
    { "[{\"id\":\"a-1\",\"status\":403,\"problem\":{\"title\":\"No\"}}]", WF_CRM_ERROR_FORBIDDEN },
    { "[{\"id\":\"a-1\",\"status\":412,\"problem\":{\"type\":\"/problems/changed\"}}]",
      WF_CRM_ERROR_CONFLICT },
    { "[{\"id\":\"a-1\",\"status\":500}]", WF_CRM_ERROR_SERVER },
  };
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      wf_scripted_server_add_status (fixture->scripted, 200, refusals[i].body);
      g_autoptr (GPtrArray) results = CALL (fixture, fixture->crm, create_activities, activities);
      g_assert_no_error (fixture->error);
      g_assert_error ((GError *) results->pdata[0], WF_CRM_ERROR, refusals[i].code);
    }
}

static void
test_clock_offset (WfOpenFixture *fixture, gconstpointer data)
{
  wf_scripted_server_add_status (
      fixture->scripted, 200,
      "{\"name\":\"x\",\"roles\":[],\"server\":{\"name\":\"s\",\"time\":\"2026-11-20T17:55:00Z\"}}");
  g_autoptr (WfCrmSession) session = CALL (fixture, fixture->crm, open);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (session->clock_offset, ==, 5 * G_TIME_SPAN_MINUTE);
}

#define DEMO(path, test)                                                                           \
  g_test_add (path, WfOpenFixture, NULL, set_up, test, wf_open_fixture_tear_down)
#define SCRIPT(path, test)                                                                         \
  g_test_add (path, WfOpenFixture, GINT_TO_POINTER (1), set_up, test, wf_open_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  DEMO ("/crm/open/open", test_open);
  DEMO ("/crm/open/organisation", test_organisation);
  DEMO ("/crm/open/events", test_events);
  DEMO ("/crm/open/long-poll", test_long_poll);
  DEMO ("/crm/open/activity-round-trip", test_activity_round_trip);
  DEMO ("/crm/open/create-many", test_create_many);
  DEMO ("/crm/open/create-broken-off", test_create_broken_off);
  DEMO ("/crm/open/change-activity", test_change_activity);
  DEMO ("/crm/open/message", test_message);
  DEMO ("/crm/open/workflows", test_workflows);
  SCRIPT ("/crm/open/wrong-answers", test_wrong_answers);
  SCRIPT ("/crm/open/one-bad-event", test_one_bad_event);
  SCRIPT ("/crm/open/missing-cursor", test_missing_cursor);
  SCRIPT ("/crm/open/other-results", test_other_results);
  SCRIPT ("/crm/open/clock-offset", test_clock_offset);
  return g_test_run ();
}
