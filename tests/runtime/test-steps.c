/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that people have a say in: approvals, blocked chains, calls, activities that retire or
 * join (S9, S10, S18, B8, B9, R86). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-explanation.h"
#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define WITHIN(hours) "\"complete-within\":{\"amount\":" hours ",\"unit\":\"hours\"}"
#define CALL(id, more)                                                                             \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"activity-type\":\"call\"," WITHIN ("1") more  \
      "}"
#define AFTER(id) CALL (id, ",\"run\":{\"mode\":\"after-previous\"}")
#define STAGE(id) "{\"id\":\"" id "\",\"kind\":\"change-stage\",\"stage\":\"filter-1\"}"
#define APPROVAL(more)                                                                             \
  "{\"id\":\"ask\",\"kind\":\"request-approval\",\"text\":\"A discount for {lead.name}\","         \
  "\"approver\":\"person:carla\"," WITHIN ("2") more "}"

static void
begin (WfFixture *f, const char *person, const char *steps)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, NULL, steps);
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (f);
}

static guint
n_there (WfFixture *f)
{
  return wf_scripted_crm_get_n_activities (f->crm);
}

static WfActivity *
get_there (WfFixture *f, const char *step)
{
  for (guint i = 0; i < n_there (f); i++)
    {
      WfActivity *activity = wf_scripted_crm_get_activity_at (f->crm, i);

      if (g_str_equal (activity->step, step))
        return activity;
    }
  return NULL;
}

/* -- commands ---------------------------------------------------------------------------------- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
resolve (WfFixture *f, const char *event, const char *step, WfResolve decision, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  char run[WF_UUID_LENGTH + 1];
  gboolean done;

  wf_run_make_key (WF_TEST_WORKFLOW, "/crm/test", event, run);
  wf_runtime_resolve_step_async (f->runtime, run, step, decision, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = wf_runtime_command_finish (f->runtime, result, error);
  wf_fixture_settle (f);
  return done;
}

/* Of WfBlockedStep. */
static GPtrArray *
list_blocked (WfFixture *f, guint offset, guint limit, guint *total)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  wf_runtime_list_blocked_async (f->runtime, offset, limit, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  rows = wf_runtime_list_blocked_finish (f->runtime, result, total, &error);
  g_assert_no_error (error);
  return rows;
}

static guint
count_blocked (WfFixture *f)
{
  guint total = 0;
  g_autoptr (GPtrArray) rows = list_blocked (f, 0, 0, &total);

  g_assert_cmpuint (rows->len, ==, total);
  return total;
}

/* -- approvals --------------------------------------------------------------------------------- */

static void
test_approved (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  const WfActivity *ask;

  begin (&f, "carla", "[" APPROVAL ("") "," AFTER ("then") "]");
  ask = get_there (&f, "ask");
  g_assert_nonnull (ask);
  g_assert_cmpint (ask->kind, ==, WF_ACTIVITY_APPROVAL);
  g_assert_cmpstr (ask->person, ==, "carla");
  g_assert_false (wf_fixture_complete (&f, ask->id, NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wf_fixture_complete (&f, ask->id, "Perhaps", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (n_there (&f), ==, 1);

  g_assert_true (wf_fixture_complete (&f, ask->id, WF_OUTCOME_APPROVED, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_there (&f), ==, 2);
  g_assert_cmpuint (count_blocked (&f), ==, 0);
  wf_fixture_tear_down (&f);
}

/* A no blocks the chain visibly; tried again, it is asked again. */
static void
test_rejected (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  const WfActivity *ask;

  begin (&f, "carla", "[" APPROVAL ("") "," AFTER ("then") "]");
  ask = get_there (&f, "ask");
  g_assert_true (wf_fixture_complete (&f, ask->id, WF_OUTCOME_REJECTED, &error));
  g_assert_cmpuint (n_there (&f), ==, 1);

  g_autoptr (GPtrArray) blocked = list_blocked (&f, 0, 0, NULL);
  g_assert_cmpuint (blocked->len, ==, 1);
  const WfBlockedStep *row = g_ptr_array_index (blocked, 0);
  g_assert_cmpstr (row->step, ==, "ask");
  g_assert_cmpstr (row->lead, ==, "l-1");
  g_assert_cmpstr (row->workflow_name, ==, "First contact");
  g_assert_cmpstr (row->reason, !=, "rejected"); /* a sentence */
  g_assert_nonnull (row->sentence);
  g_assert_cmpint (row->version, ==, 1);

  g_assert_true (resolve (&f, "e-1", "ask", WF_RESOLVE_RETRY, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask->status, ==, WF_ACTIVITY_OPEN);
  g_assert_cmpuint (count_blocked (&f), ==, 0);
  g_assert_true (wf_fixture_complete (&f, ask->id, WF_OUTCOME_APPROVED, &error));
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_rejected_goes_on (void)
{
  WfFixture f;

  begin (
      &f, "carla",
      "[" APPROVAL (
          ",\"on-rejection\":\"continue\"") ",{\"id\":\"which\",\"kind\":\"branch\","
                                            "\"run\":{\"mode\":\"after-previous\"},\"paths\":[{\"name\":\"No\",\"if\":{\"all\":[{"
                                            "\"field\":\"approval.outcome\",\"op\":\"eq\",\"value\":\"rejected\"}]},\"steps\":[" CALL (
                                                "no",
                                                "") "]},{\"name\":\"Yes\",\"steps\":[" CALL ("yes",
                                                                                             "") "]}]}]");
  g_assert_true (wf_fixture_complete (&f, get_there (&f, "ask")->id, WF_OUTCOME_REJECTED, NULL));
  g_assert_nonnull (get_there (&f, "no"));
  g_assert_null (get_there (&f, "yes"));
  g_assert_cmpuint (count_blocked (&f), ==, 0);
  wf_fixture_tear_down (&f);
}

/* Answered in the CRM, by somebody whose activities are not kept here. */
static void
test_approved_elsewhere (gconstpointer data)
{
  const char *person = data;
  WfFixture f;
  g_autoptr (WfActivity) answered = NULL;

  begin (&f, person, "[" APPROVAL ("") "," AFTER ("then") "]");
  answered = wf_activity_copy (get_there (&f, "ask"));
  answered->status = WF_ACTIVITY_DONE;
  answered->completed = wf_fixture_now (&f);
  g_set_str (&answered->outcome, WF_OUTCOME_APPROVED);
  wf_scripted_crm_put_activity (f.crm, answered);
  wf_fixture_settle (&f);
  g_assert_nonnull (get_there (&f, "then"));
  wf_fixture_tear_down (&f);
}

/* Another computer was faster, and the answer came before this one got to the step: what follows is
 * the same, by what was answered. */
static void
test_adopted_answer (gconstpointer data)
{
  const char *outcome = data;
  char key[WF_UUID_LENGTH + 1];
  g_autoptr (WfActivity) theirs = NULL;
  WfFixture f;

  begin (
      &f, "carla",
      "[" APPROVAL (",\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":30,\"unit\":\"minutes\"}}") "," AFTER (
          "then") "]");
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_effect_make_key (WF_TEST_WORKFLOW, "/crm/test", "e-1", "ask", 0, key);
  theirs = wf_activity_new (key);
  theirs->kind = WF_ACTIVITY_APPROVAL;
  g_set_str (&theirs->type, "call");
  g_set_str (&theirs->title, "A discount");
  theirs->person = g_strdup ("carla");
  theirs->lead = g_strdup ("l-1");
  theirs->workflow = g_strdup (WF_TEST_WORKFLOW);
  theirs->event_source = g_strdup ("/crm/test");
  theirs->event_id = g_strdup ("e-1");
  theirs->step = g_strdup ("ask");
  theirs->due = wf_fixture_now (&f) + 2 * HOUR;
  theirs->status = WF_ACTIVITY_DONE;
  theirs->completed = wf_fixture_now (&f);
  theirs->outcome = g_strdup (outcome);
  wf_scripted_crm_put_activity (f.crm, theirs);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_pass (&f, 31 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, g_str_equal (outcome, WF_OUTCOME_APPROVED) ? 2 : 1);

  g_autoptr (GPtrArray) blocked = list_blocked (&f, 0, 0, NULL);
  g_assert_cmpuint (blocked->len, ==, g_str_equal (outcome, WF_OUTCOME_APPROVED) ? 0 : 1);
  if (blocked->len > 0)
    g_assert_cmpstr (((WfBlockedStep *) g_ptr_array_index (blocked, 0))->reason, ==,
                     "The approval was rejected.");
  wf_fixture_tear_down (&f);
}

/* -- blocked chains ---------------------------------------------------------------------------- */

static void
begin_blocked (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, NULL, "[" STAGE ("act") "," AFTER ("then") "]");
  wf_fixture_start (f);
  wf_scripted_crm_refuse_action (f->crm, WF_ACTION_CHANGE_STAGE, WF_CRM_ERROR_INVALID);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (f);
  g_assert_cmpuint (n_there (f), ==, 0);
}

static void
test_retry (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin_blocked (&f, "carla");
  g_assert_cmpuint (count_blocked (&f), ==, 1);
  /* Still refused: blocked again, and told so. */
  g_assert_true (resolve (&f, "e-1", "act", WF_RESOLVE_RETRY, &error));
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_PERFORM), ==, 2);
  g_assert_cmpuint (count_blocked (&f), ==, 1);

  wf_scripted_crm_accept_actions (f.crm);
  g_assert_true (resolve (&f, "e-1", "act", WF_RESOLVE_RETRY, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  g_assert_nonnull (get_there (&f, "then"));
  g_assert_cmpuint (count_blocked (&f), ==, 0);
  g_assert_false (resolve (&f, "e-1", "act", WF_RESOLVE_RETRY, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 2); /* audited */
  wf_fixture_tear_down (&f);
}

/* An activity that the CRM refused goes out again under its key. */
static void
test_retry_activity (void)
{
  WfFixture f;
  g_autoptr (WfActivity) refused = NULL, confirmed = NULL;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (&f, 1, NULL, "[" CALL ("first", "") "," AFTER ("then") "]");
  wf_fixture_start (&f);
  wf_scripted_crm_refuse_type (f.crm, "call", WF_CRM_ERROR_INVALID);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  refused = wf_fixture_get_only (&f);
  g_assert_cmpint (refused->sync, ==, WF_SYNC_REFUSED);
  g_assert_cmpuint (count_blocked (&f), ==, 1);

  wf_scripted_crm_refuse_type (f.crm, NULL, WF_CRM_ERROR_INVALID);
  g_assert_true (resolve (&f, "e-1", "first", WF_RESOLVE_RETRY, NULL));
  confirmed = wf_fixture_get_only (&f);
  g_assert_cmpstr (confirmed->id, ==, refused->id);
  g_assert_cmpint (confirmed->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_true (wf_fixture_complete (&f, confirmed->id, NULL, NULL));
  g_assert_nonnull (get_there (&f, "then"));
  wf_fixture_tear_down (&f);
}

static void
test_skip (void)
{
  WfFixture f;

  begin_blocked (&f, "carla");
  g_assert_true (resolve (&f, "e-1", "act", WF_RESOLVE_SKIP, NULL));
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  g_assert_nonnull (get_there (&f, "then"));
  g_assert_cmpuint (count_blocked (&f), ==, 0);
  wf_fixture_tear_down (&f);
}

/* What exists nowhere but here goes off the list with the decision. */
static void
test_skip_activity (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) all = NULL;
  guint n_open = 0;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[" CALL ("first",
                "") ",{\"id\":\"then\",\"kind\":\"create-activity\","
                    "\"run\":{\"mode\":\"after-previous\"},\"activity-type\":\"visit\"," WITHIN (
                        "1") "}]");
  wf_fixture_start (&f);
  wf_scripted_crm_refuse_type (f.crm, "call", WF_CRM_ERROR_INVALID);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_true (resolve (&f, "e-1", "first", WF_RESOLVE_SKIP, NULL));
  all = wf_fixture_list (&f, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++)
    n_open += ((WfActivity *) g_ptr_array_index (all, i))->status == WF_ACTIVITY_OPEN;
  g_assert_cmpuint (n_open, ==, 1);
  g_assert_nonnull (get_there (&f, "then"));
  wf_fixture_tear_down (&f);
}

static void
test_stop (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin_blocked (&f, "carla");
  g_assert_true (resolve (&f, "e-1", "act", WF_RESOLVE_STOP, &error));
  g_assert_cmpuint (count_blocked (&f), ==, 0);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 0);
  for (int how = WF_RESOLVE_RETRY; how <= WF_RESOLVE_STOP; how++)
    {
      g_assert_false (resolve (&f, "e-1", "act", (WfResolve) how, &error));
      g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
      g_clear_error (&error);
    }
  g_assert_cmpuint (n_there (&f), ==, 0);
  g_assert_false (resolve (&f, "e-9", "act", WF_RESOLVE_STOP, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND);
  wf_fixture_tear_down (&f);
}

static void
test_only_managers_decide (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin_blocked (&f, "ana");
  g_assert_false (resolve (&f, "e-1", "act", WF_RESOLVE_SKIP, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_pages (void)
{
  WfFixture f;
  guint total = 0;

  begin_blocked (&f, "carla");
  for (guint i = 2; i <= 5; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, event, "lead.received", lead, "ana", NULL);
      wf_fixture_settle (&f);
    }
  g_autoptr (GPtrArray) first = list_blocked (&f, 0, 2, &total);
  g_assert_cmpuint (total, ==, 5);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_cmpstr (((WfBlockedStep *) g_ptr_array_index (first, 0))->lead, ==, "l-5");
  g_autoptr (GPtrArray) last = list_blocked (&f, 4, 2, &total);
  g_assert_cmpuint (last->len, ==, 1);
  g_assert_cmpstr (((WfBlockedStep *) g_ptr_array_index (last, 0))->lead, ==, "l-1");
  wf_fixture_tear_down (&f);
}

/* -- calls (R86) ------------------------------------------------------------------------------- */

#define SCHEDULE(id, kind)                                                                         \
  "{\"id\":\"" id "\",\"kind\":\"schedule-" kind "\",\"activity-type\":\"call\"," WITHIN ("1") "}"

static void
test_calls_are_announced (void)
{
  WfFixture f;

  begin (&f, "ana", "[" SCHEDULE ("ring", "call") "," SCHEDULE ("meet", "meeting") "]");
  g_assert_cmpint (get_there (&f, "ring")->kind, ==, WF_ACTIVITY_CALL);
  g_assert_cmpint (get_there (&f, "meet")->kind, ==, WF_ACTIVITY_MEETING);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message call/"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 1);

  /* Many at once come as one. */
  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_settle (&f);
  for (guint i = 2; i <= 6; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, event, "lead.received", lead, "ana", NULL);
    }
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message call/"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message calls/"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* Scheduled on another computer; not what is there when the account is opened the first time. */
static void
test_calls_from_elsewhere (void)
{
  WfFixture f;
  g_autoptr (WfActivity) call = wf_activity_new ("c-1");
  g_autoptr (WfActivity) old = NULL;

  wf_fixture_set_up (&f, "ana");
  call->kind = WF_ACTIVITY_CALL;
  g_set_str (&call->type, "call");
  g_set_str (&call->title, "Call");
  g_set_str (&call->person, "ana");
  g_set_str (&call->lead, "l-1");
  call->created = wf_fixture_now (&f);
  call->due = call->created + HOUR;
  old = wf_activity_copy (call);
  g_set_str (&old->id, "c-0");
  wf_scripted_crm_put_activity (f.crm, old);
  wf_fixture_start (&f);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 0);
  wf_scripted_crm_put_activity (f.crm, call);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message call/c-1"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* -- B9 ---------------------------------------------------------------------------------------- */

static void
test_retires (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  const WfActivity *there;

  begin (&f, "ana",
         "[" CALL ("reach", ",\"retire-on\":[\"email.replied\"]") "," CALL ("other", "") "]");
  there = get_there (&f, "reach");
  wf_fixture_pass (&f, MINUTE);
  wf_fixture_add_event (&f, "e-2", "email.opened", "l-1", "ana", NULL);
  wf_fixture_add_event (&f, "e-3", "email.replied", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (there->status, ==, WF_ACTIVITY_OPEN);

  wf_fixture_add_event (&f, "e-4", "email.replied", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (there->status, ==, WF_ACTIVITY_NO_LONGER_NEEDED);
  g_assert_cmpstr (there->outcome, ==, "The lead replied");
  g_assert_cmpint (get_there (&f, "other")->status, ==, WF_ACTIVITY_OPEN);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 1);

  /* And back. */
  g_assert_true (wf_fixture_reopen (&f, there->id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (there->status, ==, WF_ACTIVITY_OPEN);
  wf_fixture_tear_down (&f);
}

/* What came before, and arrives late, says nothing about it. */
static void
test_earlier_events_do_not_retire (void)
{
  WfFixture f;

  begin (&f, "ana", "[" CALL ("reach", ",\"retire-on\":[\"email.replied\"]") "]");
  wf_fixture_add_event_at (&f, wf_fixture_now (&f) - HOUR, "e-2", "email.replied", "l-1", "ana",
                           NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (get_there (&f, "reach")->status, ==, WF_ACTIVITY_OPEN);
  wf_fixture_tear_down (&f);
}

/* -- B8 ---------------------------------------------------------------------------------------- */

/* The second event joins: nearer deadline, both reasons, and both runs go on when it is done. */
static void
test_joins (void)
{
  WfFixture f;
  g_autoptr (WfActivity) here = NULL;
  g_autoptr (WfExplanation) why = NULL;
  g_autoptr (GError) error = NULL;
  WfInstant due;

  begin (&f, "ana",
         "[" CALL (
             "reach",
             ",\"join\":true") ",{\"id\":\"then\","
                               "\"kind\":\"create-activity\",\"run\":{\"mode\":\"after-previous\"},"
                               "\"activity-type\":\"visit\"," WITHIN ("1") "}]");
  due = get_there (&f, "reach")->due;
  wf_fixture_pass (&f, MINUTE);
  wf_fixture_add_event_at (&f, wf_fixture_now (&f) - 20 * MINUTE, "e-2", "lead.received", "l-1",
                           "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpint (get_there (&f, "reach")->due, ==, due - 19 * MINUTE);
  here = wf_fixture_get_only (&f);
  why = wf_explanation_parse (here->explanation, &error);
  g_assert_no_error (error);
  g_assert_nonnull (why->also);
  g_assert_cmpuint (why->also->len, ==, 1);

  /* A later one adds its reason only. */
  wf_fixture_add_event (&f, "e-3", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpint (get_there (&f, "reach")->due, ==, due - 19 * MINUTE);

  g_assert_true (wf_fixture_complete (&f, here->id, "Reached", NULL));
  g_assert_cmpuint (n_there (&f), ==, 4); /* one "then" a run */
  wf_fixture_tear_down (&f);
}

/* What a person set stays; another lead's, another type's and another person's are not joined. */
static void
test_does_not_join (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  WfInstant due;

  begin (&f, "carla", "[" CALL ("reach", ",\"join\":true") "]");
  due = wf_fixture_now (&f) + 5 * HOUR;
  g_assert_true (wf_fixture_reschedule (&f, get_there (&f, "reach")->id, due, "Later", &error));
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpint (get_there (&f, "reach")->due, ==, due);

  wf_fixture_add_event (&f, "e-3", "lead.received", "l-2", "ana", NULL);
  wf_fixture_add_event (&f, "e-4", "lead.received", "l-1", "bruno", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 3);
  wf_fixture_tear_down (&f);
}

/* In doubt it creates: nothing is joined that the CRM has not confirmed. */
static void
test_joins_only_confirmed (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, "[" CALL ("reach", ",\"join\":true") "]");
  wf_fixture_start (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CREATE, 1, WF_CRM_ERROR_SERVER, 0);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

/* -- S9, S10 ----------------------------------------------------------------------------------- */

static void
test_reassigned_lead (void)
{
  WfFixture f;

  begin (&f, "carla",
         "[" CALL ("follows", "") "," CALL ("stays",
                                            ",\"assignee\":\"person:ana\"") "," APPROVAL ("") "]");
  wf_fixture_add_event (&f, "e-2", "lead.reassigned", "l-1", "bruno",
                        ",\"previous\":{\"owner\":\"ana\"}");
  wf_fixture_settle (&f);
  g_assert_cmpstr (get_there (&f, "follows")->person, ==, "bruno");
  g_assert_cmpstr (get_there (&f, "stays")->person, ==, "ana");
  g_assert_cmpstr (get_there (&f, "ask")->person, ==, "carla");
  wf_fixture_tear_down (&f);
}

/* The new owner, who sees nobody else's, is told once a lead. */
static void
test_new_owner_is_told (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "bruno");
  wf_fixture_start (&f);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autoptr (WfActivity) activity = wf_activity_new (id);

      g_set_str (&activity->type, "call");
      g_set_str (&activity->title, "Call");
      g_set_str (&activity->lead, "l-1");
      g_set_str (&activity->person, "ana");
      activity->due = wf_fixture_now (&f) + HOUR;
      wf_scripted_crm_put_activity (f.crm, activity);
      wf_fixture_settle (&f);
      g_set_str (&activity->person, "bruno");
      wf_scripted_crm_put_activity (f.crm, activity);
      wf_fixture_settle (&f);
    }
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message given/l-1"), >=, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message given/l-1"), <=, 2);
  wf_fixture_tear_down (&f);
}

static void
test_merged_leads (void)
{
  WfFixture f;
  g_autoptr (WfActivity) moved = NULL, there = NULL;

  begin (&f, "ana", "[" CALL ("reach", "") "]");
  there = wf_activity_copy (get_there (&f, "reach"));
  g_set_str (&there->lead, "l-2");
  wf_scripted_crm_put_activity (f.crm, there);
  wf_fixture_add_event (&f, "e-2", "lead.deleted", "l-1", "ana", ",\"merged-into\":\"l-2\"");
  wf_fixture_settle (&f);
  moved = wf_fixture_get_only (&f);
  g_assert_cmpint (moved->status, ==, WF_ACTIVITY_OPEN);
  g_assert_cmpstr (moved->lead, ==, "l-2");
  g_assert_cmpint (get_there (&f, "reach")->status, ==, WF_ACTIVITY_OPEN);

  /* From then on it belongs to the one that stays. */
  wf_fixture_add_event (&f, "e-3", "lead.discarded", "l-2", "ana", NULL);
  wf_fixture_pass (&f, MINUTE);
  wf_fixture_add_event (&f, "e-4", "lead.discarded", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (get_there (&f, "reach")->status, ==, WF_ACTIVITY_NO_LONGER_NEEDED);
  wf_fixture_tear_down (&f);
}

/* -- S5 ---------------------------------------------------------------------------------------- */

static WfInstant
at (const char *text)
{
  WfInstant instant = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

/* A date of the lead itself moves with any event that carries it. */
static void
test_lead_date_moves (void)
{
  WfFixture f;
  const WfActivity *there;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[{\"id\":\"renew\",\"kind\":\"create-activity\",\"activity-type\":\"call\","
      "\"complete-within\":{\"amount\":2,\"unit\":\"hours\",\"before\":\"lead.custom.renewal\"}}]");
  wf_fixture_start (&f);
  for (guint i = 0; i < 3; i++)
    {
      static const struct
      {
        const char *event, *type, *date, *due;
      } moves[] = {
        { "e-1", "lead.received", "2026-11-20T18:00:00Z", "2026-11-20T16:00:00Z" },
        { "e-2", "lead.updated", "2026-11-24T18:00:00Z", "2026-11-24T16:00:00Z" },
        { "e-3", "lead.updated", "2026-11-24T18:00:00Z", "2026-11-24T16:00:00Z" },
      };
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/crm/test\",\"type\":\"%s\","
          "\"time\":\"2026-11-18T13:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-1\",\"owner\":\"ana\","
          "\"custom\":{\"renewal\":\"%s\"}}}}",
          moves[i].event, moves[i].type, moves[i].date);

      wf_scripted_crm_add_event (f.crm, json);
      wf_fixture_settle (&f);
      there = get_there (&f, "renew");
      g_assert_nonnull (there);
      g_assert_cmpint (there->due, ==, at (moves[i].due));
    }
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/steps/approved", test_approved);
  g_test_add_func ("/runtime/steps/rejected", test_rejected);
  g_test_add_func ("/runtime/steps/rejected-goes-on", test_rejected_goes_on);
  g_test_add_data_func ("/runtime/steps/approved-elsewhere/manager", "carla",
                        test_approved_elsewhere);
  g_test_add_data_func ("/runtime/steps/approved-elsewhere/attendant", "ana",
                        test_approved_elsewhere);
  g_test_add_data_func ("/runtime/steps/adopted-answer/approved", WF_OUTCOME_APPROVED,
                        test_adopted_answer);
  g_test_add_data_func ("/runtime/steps/adopted-answer/rejected", WF_OUTCOME_REJECTED,
                        test_adopted_answer);
  g_test_add_func ("/runtime/steps/retry", test_retry);
  g_test_add_func ("/runtime/steps/retry-activity", test_retry_activity);
  g_test_add_func ("/runtime/steps/skip", test_skip);
  g_test_add_func ("/runtime/steps/skip-activity", test_skip_activity);
  g_test_add_func ("/runtime/steps/stop", test_stop);
  g_test_add_func ("/runtime/steps/only-managers", test_only_managers_decide);
  g_test_add_func ("/runtime/steps/pages", test_pages);
  g_test_add_func ("/runtime/steps/calls", test_calls_are_announced);
  g_test_add_func ("/runtime/steps/calls-from-elsewhere", test_calls_from_elsewhere);
  g_test_add_func ("/runtime/steps/retires", test_retires);
  g_test_add_func ("/runtime/steps/earlier-events", test_earlier_events_do_not_retire);
  g_test_add_func ("/runtime/steps/joins", test_joins);
  g_test_add_func ("/runtime/steps/does-not-join", test_does_not_join);
  g_test_add_func ("/runtime/steps/joins-only-confirmed", test_joins_only_confirmed);
  g_test_add_func ("/runtime/steps/reassigned-lead", test_reassigned_lead);
  g_test_add_func ("/runtime/steps/new-owner", test_new_owner_is_told);
  g_test_add_func ("/runtime/steps/merged-leads", test_merged_leads);
  g_test_add_func ("/runtime/steps/lead-date", test_lead_date_moves);
  return g_test_run ();
}
