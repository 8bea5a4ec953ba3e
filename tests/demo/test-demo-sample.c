/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample company: its documents are sound, its past is plausible and repeatable, and the
 * examples happen. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"
#include "wf-demo-sample.h"

#include "wf-deadline.h"
#include "wf-event.h"
#include "wf-instant.h"
#include "wf-workflow.h"

#include <string.h>

static const char *const workflow_files[] = {
  "marketing-leads.workflow.json",  "recover-discarded.workflow.json",
  "confirm-meetings.workflow.json", "opened-mail.workflow.json",
  "follow-proposals.workflow.json",
};

static void
assert_no_problems (const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      g_autofree char *text = wf_problem_to_text (wf_problems_get (problems, i));
      g_test_message ("%s", text);
    }
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
}

static WfOrganisation *
load_organisation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_demo_sample_load ("organisation.json", &error);
  g_autoptr (WfProblems) problems = wf_problems_new ("organisation.json");

  g_assert_no_error (error);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  assert_no_problems (problems);
  g_assert_nonnull (organisation);
  return organisation;
}

static WfWorkflow *
load_workflow (const char *name, WfProblems *problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_demo_sample_load (name, &error);

  g_assert_no_error (error);
  return wf_workflow_read (wf_json_document_get_root (document), problems);
}

static void
test_documents (void)
{
  g_autoptr (WfOrganisation) organisation = load_organisation ();
  const WfPerson *carla = wf_organisation_get_person (organisation, "carla");

  g_assert_cmpint (wf_organisation_get_process (organisation), ==, WF_PROCESS_2_WITH_STORE_FLOW);
  g_assert_cmpuint (wf_organisation_get_n_people (organisation), >=, 12);
  g_assert_nonnull (carla);
  g_assert_true (wf_organisation_person_may (organisation, carla, WF_RIGHT_EDIT_WORKFLOWS));
  g_assert_true (wf_organisation_person_may (organisation, carla, WF_RIGHT_WORK_ACTIVITIES));
  g_assert_true (wf_person_in_group (carla, "inbound"));
  for (guint i = 0; i < G_N_ELEMENTS (workflow_files); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (workflow_files[i]);
      g_autoptr (WfWorkflow) workflow = load_workflow (workflow_files[i], problems);

      g_assert_nonnull (workflow);
      wf_workflow_validate (workflow, organisation, problems);
      assert_no_problems (problems);
      g_assert_cmpint (workflow->state, ==, i < 4 ? WF_WORKFLOW_LIVE : WF_WORKFLOW_DRAFT);
    }
}

static void
test_holidays (void)
{
  g_autoptr (WfOrganisation) organisation = load_organisation ();
  WfWorkingHours *hours = wf_organisation_get_hours (organisation);
  static const char *const closed[] = {
    "2026-02-17T13:00:00Z", "2026-04-03T13:00:00Z", "2026-06-04T13:00:00Z",
    "2027-02-09T13:00:00Z", "2027-03-26T13:00:00Z", "2027-12-25T13:00:00Z",
    "2028-06-15T13:00:00Z", "2026-11-20T13:00:00Z", "2026-10-12T13:00:00Z",
  };
  WfInstant at;

  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      g_assert_true (wf_instant_parse (closed[i], &at));
      g_assert_nonnull (wf_working_hours_get_holiday (hours, at));
      g_assert_false (wf_working_hours_is_open (hours, at));
    }
  g_assert_true (wf_instant_parse ("2026-11-23T13:00:00Z", &at));
  g_assert_true (wf_working_hours_is_open (hours, at));
}

/* -- past -------------------------------------------------------------------------------------- */

static WfDemoServer *
start_server (WfFakeClock *clock, guint seed)
{
  g_autoptr (GError) error = NULL;
  WfDemoServer *server = wf_demo_server_new_full (WF_DEMO_MEMORY, WF_CLOCK (clock),
                                                  WF_DEMO_NO_GENERATOR, 0, seed, &error);

  g_assert_no_error (error);
  return server;
}

static void
assert_ordered (WfDemoAnswer *answer, WfInstant *last)
{
  for (guint i = 0; i < wf_json_get_size (answer->root); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfEvent) event =
          wf_event_read (answer->document, wf_json_get_element (answer->root, i), 0, problems);

      assert_no_problems (problems);
      g_assert_cmpint (wf_event_get_time (event), >=, *last);
      *last = wf_event_get_time (event);
    }
}

static guint
read_log (WfDemoFixture *fixture, GChecksum *checksum, GHashTable *types)
{
  g_autofree char *cursor = NULL;
  WfInstant last = G_MININT64;
  gboolean more = TRUE;
  guint n = 0;

  while (more)
    {
      g_autofree char *path = g_strdup_printf (
          "events?limit=500%s%s", cursor != NULL ? "&after=" : "", cursor != NULL ? cursor : "");
      g_autoptr (WfDemoAnswer) answer =
          wf_demo_fixture_ask (fixture, "GET", path, "carla", NULL, NULL);

      g_assert_cmpuint (answer->status, ==, 200);
      assert_ordered (answer, &last);
      n += wf_json_get_size (answer->root);
      g_checksum_update (checksum, (const guchar *) answer->body, -1);
      for (guint i = 0; i < wf_json_get_size (answer->root); i++)
        g_hash_table_add (types, g_strdup (wf_json_get_member_string (
                                     wf_json_get_element (answer->root, i), "type")));
      more = g_strcmp0 (answer->more, "true") == 0;
      g_set_str (&cursor, answer->next_cursor);
    }
  g_assert_cmpint (last, <=, wf_clock_now (WF_CLOCK (fixture->clock)));
  return n;
}

static char *
summarise (guint seed, guint *n_events)
{
  WfDemoFixture fixture = { .clock = wf_fake_clock_new_at (WF_DEMO_FIXTURE_START),
                            .session = soup_session_new () };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const char *const expected[] = {
    "lead.received",      "lead.created-manually",
    "lead.stage-changed", "lead.discarded",
    "lead.finalized",     "lead.score-changed",
    "meeting.scheduled",  "meeting.rescheduled",
    "meeting.cancelled",  "meeting.held",
    "email.opened",       "call.made",
    "call.missed",        "deal.won",
    "activity.created",   "activity.completed",
  };

  fixture.server = start_server (fixture.clock, seed);
  *n_events = read_log (&fixture, checksum, types);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_true (g_hash_table_contains (types, expected[i]));
  wf_demo_fixture_tear_down (&fixture, NULL);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_past (void)
{
  guint n, n_again, n_other;
  g_autofree char *first = summarise (7, &n);
  g_autofree char *again = summarise (7, &n_again);
  g_autofree char *other = summarise (8, &n_other);

  g_assert_cmpuint (n, >, 3000);
  g_assert_cmpuint (n, <, 20000);
  g_assert_cmpuint (n_again, ==, n);
  g_assert_cmpstr (again, ==, first);
  g_assert_cmpstr (other, !=, first);
}

/* On whichever day somebody starts it first: weekends, holidays, the night, the end of a year. */
static void
test_past_of_any_day (void)
{
  static const char *const starts[] = { "2026-11-22T03:00:00Z", "2026-12-31T23:59:59Z",
                                        "2028-02-29T12:00:00Z", "2031-06-15T20:00:00Z" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at (starts[i]);
      g_autoptr (WfDemoServer) server = start_server (clock, 7);

      g_assert_cmpint (wf_demo_server_count (server, "events"), >, 3000);
      g_assert_cmpint (wf_demo_server_count (server, "activities"), >, 500);
      wf_demo_server_stop (server);
    }
}

static void
test_past_activities (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) done = wf_demo_fixture_ask (
      fixture, "GET", "activities?status=done&limit=1000", "carla", NULL, NULL);
  g_autoptr (WfDemoAnswer) open = wf_demo_fixture_ask (
      fixture, "GET", "activities?status=open&person=carla&limit=1000", "carla", NULL, NULL);
  guint n_late = 0, n = wf_json_get_size (done->root);

  for (guint i = 0; i < n; i++)
    {
      const WfJson *activity = wf_json_get_element (done->root, i);
      WfInstant due = 0, completed = 0;

      g_assert_true (wf_instant_parse (wf_json_get_member_string (activity, "due"), &due));
      g_assert_true (
          wf_instant_parse (wf_json_get_member_string (activity, "completed"), &completed));
      n_late += completed > due;
      g_assert_nonnull (wf_json_get_member_string (activity, "workflow"));
    }
  g_assert_cmpuint (n, >, 300);
  g_assert_cmpuint (n_late, >, n / 20);
  g_assert_cmpuint (n_late, <, n / 2);
  g_assert_cmpuint (wf_json_get_size (open->root), >, 3);
}

/* -- what happens ------------------------------------------------------------------------------ */

typedef struct
{
  const char *path;
  const char *start;
} MomentCase;

/* At any time of day and week. */
static const MomentCase moments[] = {
  { "/demo/sample/examples/office", "2026-11-24T14:00:00Z" },
  { "/demo/sample/examples/lunch", "2026-11-24T15:30:00Z" },
  { "/demo/sample/examples/night", "2026-11-25T03:10:00Z" },
  { "/demo/sample/examples/weekend", "2026-11-22T06:00:00Z" },
  { "/demo/sample/examples/year", "2027-01-01T02:59:00Z" },
};

typedef struct
{
  gboolean found;
  WfInstant due, remind;
} Example;

/* What a workflow of the sample makes of an event, by the application's own arithmetic. */
static void
try_workflow (const char *file, const WfOrganisation *organisation, WfEvent *event, WfInstant now,
              Example *example)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow = load_workflow (file, problems);
  const WfStep *step = workflow->steps->pdata[0];
  WfConditionContext context = { .event = event, .organisation = organisation, .now = now };
  WfDeadlineRequest request = {
    .from = wf_event_get_time (event),
    .now = now,
    .within = step->create_activity.complete_within,
    .before = step->create_activity.before != NULL,
    .business_hours = step->create_activity.business_hours,
    .notify = step->create_activity.notify,
  };
  WfWorkingHours *hours = wf_organisation_get_hours (organisation);

  if (!g_str_equal (workflow->event, wf_event_get_event_type (event)) ||
      g_strcmp0 (wf_event_get_owner (event), "carla") != 0 ||
      (workflow->conditions != NULL && !wf_condition_holds (workflow->conditions, &context, NULL)))
    return;
  if (request.before)
    g_assert_true (wf_event_get_instant (event, step->create_activity.before,
                                         wf_working_hours_get_zone (hours), &request.from));
  WfDeadline deadline = wf_deadline_compute (&request, hours, NULL);
  g_assert_cmpint (deadline.outcome, ==, WF_DEADLINE_OK);
  *example = (Example) { TRUE, deadline.due, deadline.remind };
}

static void
test_examples (gconstpointer data)
{
  const MomentCase *moment = data;
  g_autoptr (WfOrganisation) organisation = load_organisation ();
  g_autoptr (GError) error = NULL;
  WfDemoFixture fixture = { .clock = wf_fake_clock_new_at (moment->start),
                            .session = soup_session_new () };
  WfInstant start = wf_clock_now (WF_CLOCK (fixture.clock));
  Example examples[4] = { 0 };

  fixture.server =
      wf_demo_server_new (WF_DEMO_MEMORY, WF_CLOCK (fixture.clock), WF_DEMO_NO_HISTORY, &error);
  g_assert_no_error (error);
  wf_fake_clock_advance (fixture.clock, 90 * G_TIME_SPAN_SECOND);
  g_autoptr (WfDemoAnswer) log =
      wf_demo_fixture_ask (&fixture, "GET", "events?limit=500", "carla", NULL, NULL);
  for (guint i = 0; i < wf_json_get_size (log->root); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfEvent) event =
          wf_event_read (log->document, wf_json_get_element (log->root, i), 0, problems);

      assert_no_problems (problems);
      for (guint j = 0; j < G_N_ELEMENTS (examples); j++)
        if (!examples[j].found)
          try_workflow (workflow_files[j], organisation, event, wf_event_get_time (event),
                        &examples[j]);
    }
  for (guint j = 0; j < G_N_ELEMENTS (examples); j++)
    {
      g_test_message ("%s", workflow_files[j]);
      g_assert_true (examples[j].found);
    }
  /* First contact and the mail's call stand in today's list; the meeting's confirmation is due
   * soon and reminds at once. */
  g_assert_cmpint (examples[0].due, <=, start + 35 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (examples[3].due, <=, start + 35 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (examples[2].due, <=, start + 30 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (examples[2].remind, <=, start + 2 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (examples[1].due, >, start + 80 * G_TIME_SPAN_DAY);
  wf_demo_fixture_tear_down (&fixture, NULL);
}

static void
test_goes_on (WfDemoFixture *fixture, gconstpointer data)
{
  gint64 n_first, n_later, n_activities;

  wf_fake_clock_advance (fixture->clock, 2 * G_TIME_SPAN_MINUTE);
  n_first = wf_demo_server_count (fixture->server, "events");
  wf_fake_clock_advance (fixture->clock, 20 * G_TIME_SPAN_MINUTE);
  n_later = wf_demo_server_count (fixture->server, "events");
  /* One to a few events every ten to forty seconds. */
  g_assert_cmpint (n_later - n_first, >, 20);
  g_assert_cmpint (n_later - n_first, <, 400);

  /* Simulated colleagues do their work; who sits at the screen, and whoever signed in, does it
   * oneself. */
  static const char *const people[] = { "ana", "bruno", "carla" };
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"type\":\"call\",\"title\":\"t\",\"person\":\"%s\",\"due\":\"2026-11-20T18:20:00Z\"}",
          people[i]);
      g_autofree char *path = g_strdup_printf ("activities/a-%s", people[i]);

      wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_ENGINE, body, "If-None-Match: *", 201);
    }
  wf_demo_assert_status (fixture, "GET", "me", "bruno", NULL, NULL, 200);
  n_activities = wf_demo_server_count (fixture->server, "activities");
  wf_fake_clock_advance (fixture->clock, 30 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "activities"), ==, n_activities);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *path = g_strdup_printf ("activities/a-%s", people[i]);
      g_autoptr (WfDemoAnswer) answer =
          wf_demo_fixture_ask (fixture, "GET", path, WF_DEMO_ENGINE, NULL, NULL);

      g_assert_cmpstr (wf_demo_answer_get (answer, "status"), ==, i == 0 ? "done" : "open");
    }
}

/* Leads open and answer what workflows send them; approvals wait for who is asked. */
static void
test_answers (WfDemoFixture *fixture, gconstpointer data)
{
  guint n_opened = 0, n_replied = 0;

  wf_fake_clock_advance (fixture->clock, 2 * G_TIME_SPAN_MINUTE);
  g_autoptr (WfDemoAnswer) leads =
      wf_demo_fixture_ask (fixture, "GET", "leads?limit=1", WF_DEMO_ENGINE, NULL, NULL);
  const char *lead = wf_json_get_member_string (wf_json_get_element (leads->root, 0), "id");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *path = g_strdup_printf ("actions/00000000-0000-4000-8000-%012u", i);
      g_autofree char *body = g_strdup_printf (
          "{\"kind\":\"send-email\",\"lead\":\"%s\",\"to\":[\"a@b.example\"],\"subject\":\"s%u\","
          "\"text\":\"t\",\"track-opening\":true}",
          lead, i);

      wf_demo_assert_status (fixture, "PUT", path, WF_DEMO_ENGINE, body, "If-None-Match: *", 201);
    }
  wf_demo_assert_status (
      fixture, "PUT", "activities/a-approval", WF_DEMO_ENGINE,
      "{\"type\":\"proposal\",\"title\":\"t\",\"person\":\"ana\",\"kind\":\"approval\","
      "\"due\":\"2026-11-20T18:20:00Z\"}",
      "If-None-Match: *", 201);
  wf_fake_clock_advance (fixture->clock, 30 * G_TIME_SPAN_MINUTE);
  g_autoptr (WfDemoAnswer) mails = wf_demo_fixture_ask (
      fixture, "GET", "messages?kind=e-mail&limit=100", WF_DEMO_ENGINE, NULL, NULL);
  for (guint i = 0; i < wf_json_get_size (mails->root); i++)
    {
      const char *state = wf_json_get_member_string (wf_json_get_element (mails->root, i), "state");

      n_opened += g_str_equal (state, "opened");
      n_replied += g_str_equal (state, "replied");
    }
  g_assert_cmpuint (n_opened, >, 0);
  g_assert_cmpuint (n_replied, >, 0);
  g_autoptr (WfDemoAnswer) approval =
      wf_demo_fixture_ask (fixture, "GET", "activities/a-approval", WF_DEMO_ENGINE, NULL, NULL);
  const char *outcome = wf_demo_answer_get (approval, "outcome");
  g_assert_cmpstr (wf_demo_answer_get (approval, "status"), ==, "done");
  g_assert_true (g_str_equal (outcome, "approved") || g_str_equal (outcome, "rejected"));
}

static void
test_approvals_wait (WfDemoFixture *fixture, gconstpointer data)
{
  g_autoptr (WfDemoAnswer) open = wf_demo_fixture_ask (
      fixture, "GET", "activities?status=open&person=carla&limit=1000", "carla", NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < wf_json_get_size (open->root); i++)
    n += g_strcmp0 (wf_json_get_member_string (wf_json_get_element (open->root, i), "kind"),
                    "approval") == 0;
  g_assert_cmpuint (n, ==, 2);
}

static void
test_sleep (WfDemoFixture *fixture, gconstpointer data)
{
  gint64 n;

  wf_fake_clock_advance (fixture->clock, 2 * G_TIME_SPAN_MINUTE);
  n = wf_demo_server_count (fixture->server, "events");
  /* The computer slept a week: the stream goes on, it does not make up for it. */
  wf_fake_clock_jump (fixture->clock,
                      wf_clock_now (WF_CLOCK (fixture->clock)) + 7 * G_TIME_SPAN_DAY);
  wf_fake_clock_run_idle ();
  wf_fake_clock_advance (fixture->clock, G_TIME_SPAN_MINUTE);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events") - n, <, 30);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events") - n, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/sample/documents", test_documents);
  g_test_add_func ("/demo/sample/holidays", test_holidays);
  g_test_add_func ("/demo/sample/past", test_past);
  g_test_add_func ("/demo/sample/past-of-any-day", test_past_of_any_day);
  g_test_add ("/demo/sample/past-activities", WfDemoFixture, GINT_TO_POINTER (WF_DEMO_NO_GENERATOR),
              wf_demo_fixture_set_up, test_past_activities, wf_demo_fixture_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    g_test_add_data_func (moments[i].path, &moments[i], test_examples);
  g_test_add ("/demo/sample/goes-on", WfDemoFixture, GINT_TO_POINTER (WF_DEMO_NO_HISTORY),
              wf_demo_fixture_set_up, test_goes_on, wf_demo_fixture_tear_down);
  g_test_add ("/demo/sample/answers", WfDemoFixture, GINT_TO_POINTER (WF_DEMO_NO_HISTORY),
              wf_demo_fixture_set_up, test_answers, wf_demo_fixture_tear_down);
  g_test_add ("/demo/sample/approvals-wait", WfDemoFixture, GINT_TO_POINTER (WF_DEMO_NO_GENERATOR),
              wf_demo_fixture_set_up, test_approvals_wait, wf_demo_fixture_tear_down);
  g_test_add ("/demo/sample/sleep", WfDemoFixture, GINT_TO_POINTER (WF_DEMO_NO_HISTORY),
              wf_demo_fixture_set_up, test_sleep, wf_demo_fixture_tear_down);
  return g_test_run ();
}
