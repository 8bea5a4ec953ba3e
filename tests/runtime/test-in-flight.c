/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishing, pausing and resuming while runs wait (S12, B15), on several computers and over
 * crashes. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define CREATE(id, type, run)                                                                      \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"run\":" run ",\"activity-type\":\"" type      \
  "\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}"
#define NOW "{\"mode\":\"immediately\"}"
#define AFTER "{\"mode\":\"after-previous\"}"
#define DELAY(hours) "{\"mode\":\"delay\",\"delay\":{\"amount\":" hours ",\"unit\":\"hours\"}}"

static void
begin (WfFixture *f, const char *steps)
{
  wf_fixture_set_up (f, "carla");
  wf_fixture_put_workflow (f, 1, NULL, steps);
  wf_fixture_start (f);
}

static void
add_leads (WfFixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      /* Far apart: no storm. */
      wf_fixture_add_event_at (f, wf_fixture_now (f) - (gint64) i * G_TIME_SPAN_SECOND * 10, id,
                               "lead.received", lead, "ana", NULL);
    }
  wf_fixture_settle (f);
}

static guint
n_there (WfFixture *f)
{
  return wf_scripted_crm_get_n_activities (f->crm);
}

static guint
count_type (WfFixture *f, const char *type)
{
  guint n = 0;

  for (guint i = 0; i < n_there (f); i++)
    n += g_str_equal (wf_scripted_crm_get_activity_at (f->crm, i)->type, type);
  return n;
}

/* The published version with other steps. */
static WfWorkflow *
edit (WfFixture *f, const char *steps)
{
  WfWorkflow *published = wf_scripted_crm_get_workflow (f->crm, WF_TEST_WORKFLOW);
  g_autofree char *json = g_strdup_printf (
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
      "\",\"name\":\"First contact\",\"state\":\"live\",\"version\":%" G_GINT64_FORMAT
      ",\"trigger\":{\"event\":\"lead.received\"},\"steps\":%s}",
      published->version, steps);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfWorkflow *edited = wf_workflow_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (edited);
  return edited;
}

#define OLD "[" CREATE ("a", "call", DELAY ("2")) "]"
#define NEW "[" CREATE ("a", "visit", DELAY ("2")) "]"
#define WITHOUT "[" CREATE ("b", "visit", DELAY ("2")) "]"

static void
test_finish (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;

  begin (&f, OLD);
  add_leads (&f, 3);
  edited = edit (&f, NEW);
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_FINISH, NULL));
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_cmpuint (count_type (&f, "call"), ==, 3);
  g_assert_cmpuint (count_type (&f, "visit"), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_move (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  begin (&f, OLD);
  add_leads (&f, 450); /* several portions */
  edited = edit (&f, NEW);
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_MOVE, NULL));
  rows = wf_fixture_list_workflows (&f);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_null (((WfRuntimeWorkflow *) g_ptr_array_index (rows, 0))->draft);
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_cmpuint (count_type (&f, "visit"), ==, 450);
  g_assert_cmpuint (count_type (&f, "call"), ==, 0);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->workflow_version, ==, 2);
  wf_fixture_tear_down (&f);
}

/* The waiting step is not there any more: that run finishes on its version. */
static void
test_cannot_move (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;

  begin (&f, OLD);
  add_leads (&f, 2);
  edited = edit (&f, WITHOUT);
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_MOVE, NULL));
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_cmpuint (count_type (&f, "call"), ==, 2);
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_stop (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;

  begin (&f, "[" CREATE ("first", "call", NOW) "," CREATE ("a", "call", DELAY ("2")) "]");
  add_leads (&f, 3);
  g_assert_cmpuint (n_there (&f), ==, 3);
  edited = edit (&f, NEW);
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_STOP, NULL));
  wf_fixture_pass (&f, 3 * HOUR);
  /* What was created is never rewritten. */
  g_assert_cmpuint (n_there (&f), ==, 3);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->status, ==, WF_ACTIVITY_OPEN);
  wf_fixture_add_event (&f, "e-9", "lead.received", "l-9", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_cmpuint (count_type (&f, "visit"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* Somebody else published meanwhile: nothing happens to the runs for a version that nobody has. */
static void
test_refused (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL, theirs = NULL;
  g_autofree char *text = NULL;

  begin (&f, OLD);
  add_leads (&f, 2);
  edited = edit (&f, NEW);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_STOP, NULL));
  theirs = edit (&f, OLD);
  theirs->version = 2;
  text = wf_workflow_to_text (theirs, FALSE);
  wf_scripted_crm_put_workflow (f.crm, text);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_cmpuint (count_type (&f, "call"), ==, 2);
  wf_fixture_tear_down (&f);
}

/* A computer that is off does the same when it comes back, before it wakes what is due. */
static void
test_other_computer (void)
{
  WfFixture f, other;
  g_autoptr (WfWorkflow) edited = NULL;

  begin (&f, OLD);
  wf_fixture_set_up_peer (&other, &f, "ana");
  wf_fixture_start (&other);
  add_leads (&f, 3);
  wf_fixture_stop (&other);
  edited = edit (&f, NEW);
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_STOP, NULL));
  wf_fixture_pass (&f, 3 * HOUR);
  wf_fixture_start (&other);
  wf_fixture_pass (&other, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_tear_down (&other);
  wf_fixture_tear_down (&f);
}

/* The program dies after each of its transactions in turn. */
static void
test_crashes (void)
{
  for (guint at = 1; at <= 6; at++)
    {
      WfFixture f;
      WfCommitCrash crash = { 0, at };
      g_autoptr (WfWorkflow) edited = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      begin (&f, OLD);
      add_leads (&f, 250);
      edited = edit (&f, NEW);
      wf_runtime_set_fault_hook (f.runtime, wf_commit_crash, &crash);
      wf_fixture_publish (&f, edited, WF_IN_FLIGHT_MOVE, NULL);
      wf_fixture_stop (&f);
      wf_fixture_start (&f);
      wf_fixture_pass (&f, 3 * HOUR);
      g_assert_cmpuint (count_type (&f, "visit"), ==, 250);
      g_assert_cmpuint (n_there (&f), ==, 250);
      wf_fixture_tear_down (&f);
    }
}

static void
test_count (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) newer = NULL, without = NULL, edited = NULL;
  WfInFlightCount *count;

  begin (&f, OLD);
  add_leads (&f, 3);
  newer = edit (&f, NEW);
  without = edit (&f, WITHOUT);
  count = wf_fixture_count_in_flight (&f, newer);
  g_assert_cmpuint (count->waiting, ==, 3);
  g_assert_cmpuint (count->movable, ==, 3);
  g_assert_cmpuint (count->overdue, ==, 0);
  g_assert_cmpuint (count->versions->len, ==, 1);
  wf_in_flight_count_free (count);
  count = wf_fixture_count_in_flight (&f, without);
  g_assert_cmpuint (count->movable, ==, 0);
  wf_in_flight_count_free (count);

  g_assert_true (wf_fixture_publish (&f, newer, WF_IN_FLIGHT_FINISH, NULL));
  wf_fixture_add_event (&f, "e-9", "lead.received", "l-9", "ana", NULL);
  wf_fixture_settle (&f);
  count = wf_fixture_count_in_flight (&f, NULL);
  g_assert_cmpuint (count->waiting, ==, 4);
  g_assert_cmpuint (count->versions->len, ==, 2);
  g_assert_cmpint (g_array_index (count->versions, WfVersionCount, 0).version, ==, 1);
  g_assert_cmpuint (g_array_index (count->versions, WfVersionCount, 0).waiting, ==, 3);
  g_assert_cmpuint (g_array_index (count->versions, WfVersionCount, 1).waiting, ==, 1);
  wf_in_flight_count_free (count);

  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  wf_fixture_pass (&f, 3 * HOUR);
  count = wf_fixture_count_in_flight (&f, NULL);
  g_assert_cmpuint (count->overdue, ==, 4);
  wf_in_flight_count_free (count);
  wf_fixture_tear_down (&f);
}

/* -- pausing ----------------------------------------------------------------------------------- */

static void
pause_for (WfFixture *f, gint64 length)
{
  g_assert_true (wf_fixture_set_workflow_state (f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  wf_fixture_pass (f, length);
}

/* Whatever moves a run on, a paused one's steps wait. */
static void
test_pause_holds_chains (void)
{
  WfFixture f;

  begin (&f, "[" CREATE ("a", "call", NOW) "," CREATE ("b", "visit", AFTER) "]");
  add_leads (&f, 1);
  pause_for (&f, MINUTE);
  g_assert_true (
      wf_fixture_complete (&f, wf_scripted_crm_get_activity_at (f.crm, 0)->id, NULL, NULL));
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_RUN_NOW, NULL));
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (count_type (&f, "visit"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_run_now (void)
{
  WfFixture f;

  begin (&f, OLD);
  add_leads (&f, 250);
  pause_for (&f, 4 * HOUR);
  g_assert_cmpuint (n_there (&f), ==, 0);
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_RUN_NOW, NULL));
  g_assert_cmpuint (n_there (&f), ==, 250);
  wf_fixture_tear_down (&f);
}

static void
test_reschedule (void)
{
  WfFixture f;
  WfInstant began;

  begin (&f, OLD);
  began = wf_fixture_now (&f);
  add_leads (&f, 1);
  wf_fixture_pass (&f, HOUR);
  pause_for (&f, 4 * HOUR);
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_RESCHEDULE, NULL));
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_pass (&f, HOUR - MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_pass (&f, 2 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->due, ==, began + 7 * HOUR);
  wf_fixture_tear_down (&f);
}

static void
test_skip (void)
{
  WfFixture f;

  begin (&f, "[" CREATE ("a", "call", DELAY ("2")) "," CREATE ("b", "visit", DELAY ("12")) "]");
  add_leads (&f, 2);
  pause_for (&f, 4 * HOUR);
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_SKIP, NULL));
  wf_fixture_pass (&f, 12 * HOUR);
  g_assert_cmpuint (count_type (&f, "call"), ==, 0);
  g_assert_cmpuint (count_type (&f, "visit"), ==, 2);
  wf_fixture_tear_down (&f);
}

/* It was off during the whole pause, and what came due then is skipped there too. */
static void
test_skip_elsewhere (void)
{
  WfFixture f, other;

  begin (&f, OLD);
  wf_fixture_set_up_peer (&other, &f, "ana");
  wf_fixture_start (&other);
  add_leads (&f, 2);
  wf_fixture_stop (&other);
  pause_for (&f, 4 * HOUR);
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_SKIP, NULL));
  wf_fixture_start (&other);
  wf_fixture_pass (&other, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_tear_down (&other);
  wf_fixture_tear_down (&f);
}

/* Rescheduled once, however often the program dies on the way. */
static void
test_resume_crashes (void)
{
  for (guint at = 1; at <= 6; at++)
    {
      WfFixture f;
      WfCommitCrash crash = { 0, at };

      begin (&f, OLD);
      add_leads (&f, 250);
      pause_for (&f, 4 * HOUR);
      wf_runtime_set_fault_hook (f.runtime, wf_commit_crash, &crash);
      wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_RESCHEDULE, NULL);
      wf_fixture_stop (&f);
      wf_fixture_start (&f);
      wf_fixture_settle (&f);
      g_assert_cmpuint (n_there (&f), ==, 0);
      wf_fixture_pass (&f, HOUR);
      g_assert_cmpuint (n_there (&f), ==, 0);
      wf_fixture_pass (&f, HOUR + MINUTE);
      g_assert_cmpuint (n_there (&f), ==, 250);
      wf_fixture_tear_down (&f);
    }
}

/* Deleted while runs wait: they finish, nothing new starts. Paused before that: they go on. */
static void
test_archive (void)
{
  for (guint paused = 0; paused <= 1; paused++)
    {
      WfFixture f;

      begin (&f, OLD);
      add_leads (&f, 2);
      if (paused)
        pause_for (&f, 4 * HOUR);
      g_assert_true (
          wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_ARCHIVED, NULL));
      wf_fixture_add_event (&f, "e-9", "lead.received", "l-9", "ana", NULL);
      wf_fixture_settle (&f);
      wf_fixture_pass (&f, 4 * HOUR);
      g_assert_cmpuint (n_there (&f), ==, 2);
      wf_fixture_tear_down (&f);
    }
}

/* Pausing is no other version: who edits meanwhile is not told of a conflict (S30). */
static void
test_pause_keeps_draft (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;
  g_autoptr (GError) error = NULL;

  begin (&f, OLD);
  edited = edit (&f, NEW);
  g_assert_true (wf_fixture_save_workflow (&f, edited, FALSE, NULL));
  pause_for (&f, MINUTE);
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_RUN_NOW, NULL));
  g_assert_true (wf_fixture_save_workflow (&f, edited, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)->version, ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_rights (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;
  g_autoptr (GError) error = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, OLD);
  wf_fixture_start (&f);
  edited = edit (&f, NEW);
  g_assert_false (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_STOP, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_SKIP, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/in-flight/finish", test_finish);
  g_test_add_func ("/runtime/in-flight/move", test_move);
  g_test_add_func ("/runtime/in-flight/cannot-move", test_cannot_move);
  g_test_add_func ("/runtime/in-flight/stop", test_stop);
  g_test_add_func ("/runtime/in-flight/refused", test_refused);
  g_test_add_func ("/runtime/in-flight/other-computer", test_other_computer);
  g_test_add_func ("/runtime/in-flight/crashes", test_crashes);
  g_test_add_func ("/runtime/in-flight/count", test_count);
  g_test_add_func ("/runtime/in-flight/pause-holds-chains", test_pause_holds_chains);
  g_test_add_func ("/runtime/in-flight/run-now", test_run_now);
  g_test_add_func ("/runtime/in-flight/reschedule", test_reschedule);
  g_test_add_func ("/runtime/in-flight/skip", test_skip);
  g_test_add_func ("/runtime/in-flight/skip-elsewhere", test_skip_elsewhere);
  g_test_add_func ("/runtime/in-flight/resume-crashes", test_resume_crashes);
  g_test_add_func ("/runtime/in-flight/archive", test_archive);
  g_test_add_func ("/runtime/in-flight/pause-keeps-draft", test_pause_keeps_draft);
  g_test_add_func ("/runtime/in-flight/rights", test_rights);
  return g_test_run ();
}
