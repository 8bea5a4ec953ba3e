/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was decided here reaches the CRM exactly once and in order, through every kind of failure
 * (S16, B18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE

/* A runtime with one activity of ana's that the CRM has. */
static char *
begin (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_simple_workflow (f);
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f->crm), ==, 1);
  return g_strdup (wf_scripted_crm_get_activity_at (f->crm, 0)->id);
}

static guint
count_lines (WfFixture *f, const char *prefix)
{
  GPtrArray *journal = wf_scripted_crm_get_journal (f->crm);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (journal, i), prefix);
  return n;
}

/* -- creation ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  WfCrmError code;
  guint retry_after;
} Failure;

static const Failure transient[] = {
  { "rate-limited", WF_CRM_ERROR_RATE_LIMITED, 120 },
  { "server", WF_CRM_ERROR_SERVER, 0 },
  { "offline", WF_CRM_ERROR_OFFLINE, 0 },
  { "uncertain", WF_CRM_ERROR_UNCERTAIN, 0 },
  { "certificate", WF_CRM_ERROR_CERTIFICATE, 0 },
  { "protocol", WF_CRM_ERROR_PROTOCOL, 0 },
};

static void
test_creation_later (gconstpointer data)
{
  const Failure *failure = data;
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CREATE, 2, failure->code, failure->retry_after);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);

  activity = wf_fixture_get_only (&f);
  g_assert_cmpint (activity->sync, !=, WF_SYNC_CONFIRMED);
  g_assert_cmpint (activity->sync, !=, WF_SYNC_REFUSED);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 1);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), !=, WF_SYNC_STATUS_UP_TO_DATE);
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_CREATE), ==, 1);

  if (failure->retry_after > 0)
    {
      wf_fixture_pass (&f, (failure->retry_after - 1) * G_TIME_SPAN_SECOND);
      g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_CREATE), ==, 1);
    }
  /* Intake goes on meanwhile. */
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 2);

  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  wf_fixture_tear_down (&f);
}

static void
test_answer_lost (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_scripted_crm_lose_answer (f.crm, WF_SCRIPTED_CREATE, 1);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 5 * MINUTE);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpuint (count_lines (&f, "create"), ==, 1);
  g_assert_cmpuint (count_lines (&f, "exists"), ==, 1);
  activity = wf_fixture_get_only (&f);
  g_assert_cmpint (activity->sync, ==, WF_SYNC_CONFIRMED);
  wf_fixture_tear_down (&f);
}

static void
test_one_is_refused (gconstpointer data)
{
  const Failure *failure = data;
  WfFixture f;
  guint n_refused = 0, n_confirmed = 0;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"call\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}},"
      "{\"id\":\"visit\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"visit\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}},"
      "{\"id\":\"after\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"after-previous\"},\"activity-type\":\"call\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]");
  wf_fixture_start (&f);
  wf_scripted_crm_refuse_type (f.crm, "visit", failure->code);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_settle (&f);

  g_autoptr (GPtrArray) all = wf_fixture_list (&f, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (all, i);

      n_refused += activity->sync == WF_SYNC_REFUSED;
      n_confirmed += activity->sync == WF_SYNC_CONFIRMED;
      if (activity->sync == WF_SYNC_REFUSED)
        g_assert_nonnull (activity->sync_error);
    }
  g_assert_cmpuint (n_refused, ==, 2);
  g_assert_cmpuint (n_confirmed, ==, 2);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 2);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  wf_fixture_tear_down (&f);
}

static void
test_batch_is_refused_as_a_whole (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[{\"id\":\"hot\",\"kind\":\"branch\",\"paths\":["
      "{\"name\":\"A\",\"if\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":50}]},\"steps\":["
      "{\"id\":\"visit\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"visit\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]},"
      "{\"name\":\"B\",\"steps\":["
      "{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"call\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]}]}]");
  wf_fixture_start (&f);
  wf_scripted_crm_choke_on_type (f.crm, "visit");
  wf_scripted_crm_set_offline (f.crm, TRUE);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"e-%u\",\"source\":\"/crm/test\",\"type\":\"lead.received\","
          "\"time\":\"2026-11-18T13:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-%u\",\"owner\":\"ana\",\"score\":%d}}}",
          i, i, i == 17 ? 80 : 10);

      wf_scripted_crm_add_event (f.crm, json);
    }
  wf_fixture_settle (&f);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 3 * MINUTE);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 39);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_sign_in_keeps_everything (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CREATE, 1, WF_CRM_ERROR_AUTH, 0);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_NEEDS_SIGN_IN);
  wf_fixture_pass (&f, 20 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_CREATE), ==, 1);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 1);
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  wf_fixture_tear_down (&f);
}

/* -- changes ----------------------------------------------------------------------------------- */

static void
test_change_later (gconstpointer data)
{
  const Failure *failure = data;
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity = NULL;

  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 2, failure->code, failure->retry_after);
  g_assert_true (wf_fixture_complete (&f, id, "Reached", &error));
  g_assert_no_error (error);
  activity = wf_fixture_get_only (&f);
  g_assert_cmpint (activity->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (activity->sync, !=, WF_SYNC_CONFIRMED);

  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, id)->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpstr (wf_scripted_crm_get_activity (f.crm, id)->outcome, ==, "Reached");
  g_assert_cmpuint (count_lines (&f, "change"), ==, 1);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_change_answer_lost (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");

  wf_scripted_crm_lose_answer (f.crm, WF_SCRIPTED_CHANGE, 1);
  g_assert_true (wf_fixture_complete (&f, id, NULL, NULL));
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (count_lines (&f, "change"), ==, 1);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_change_refused (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  g_autoptr (WfActivity) activity = NULL;

  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CHANGE, 1, WF_CRM_ERROR_FORBIDDEN, 0);
  g_assert_true (wf_fixture_complete (&f, id, NULL, NULL));
  activity = wf_fixture_get_only (&f);
  g_assert_cmpint (activity->sync, ==, WF_SYNC_REFUSED);
  g_assert_nonnull (activity->sync_error);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_conflict_applies_what_still_makes_sense (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  WfInstant due;

  /* Somebody writes a note while this computer is offline: completing still makes sense. */
  wf_scripted_crm_set_offline (f.crm, TRUE);
  g_autoptr (WfActivity) noted = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, id));
  g_set_str (&noted->notes, "Call after lunch");
  wf_scripted_crm_put_activity (f.crm, noted);
  g_assert_true (wf_fixture_complete (&f, id, "Reached", NULL));
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 5 * MINUTE);
  due = wf_scripted_crm_get_activity (f.crm, id)->due;
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, id)->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpstr (wf_scripted_crm_get_activity (f.crm, id)->notes, ==, "Call after lunch");
  g_assert_cmpint (due, !=, WF_INSTANT_NONE);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_conflict_tells_when_overrun (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  g_autoptr (WfActivity) moved = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, id));
  g_autoptr (WfActivity) activity = NULL;

  wf_scripted_crm_set_offline (f.crm, TRUE);
  moved->due += 3 * 60 * MINUTE;
  wf_scripted_crm_put_activity (f.crm, moved);
  g_assert_true (
      wf_fixture_reschedule (&f, id, moved->due + 60 * MINUTE, "The client asked", NULL));
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 5 * MINUTE);

  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, id)->due, ==, moved->due);
  activity = wf_fixture_get_only (&f);
  g_assert_cmpint (activity->due, ==, moved->due);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message overrun/"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* A meeting that is moved keeps its length, here and in the CRM, and so it does when it is moved back. */
static void
test_end_moves_along (void)
{
  WfFixture f;
  g_autoptr (WfActivity) before = NULL, after = NULL;
  const WfActivity *there;
  WfInstant due;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL,
                           "[{\"id\":\"a\",\"kind\":\"schedule-meeting\","
                           "\"complete-within\":{\"amount\":2,\"unit\":\"hours\"},"
                           "\"lasts\":{\"amount\":45,\"unit\":\"minutes\"}}]");
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  before = wf_fixture_get_only (&f);
  g_assert_cmpint (before->ends, ==, before->due + 45 * MINUTE);

  due = before->due + 24 * 60 * MINUTE;
  g_assert_true (wf_fixture_reschedule (&f, before->id, due, "The client asked", NULL));
  wf_fixture_pass (&f, 5 * MINUTE);
  there = wf_scripted_crm_get_activity (f.crm, before->id);
  g_assert_cmpint (there->due, ==, due);
  g_assert_cmpint (there->ends, ==, due + 45 * MINUTE);
  after = wf_fixture_get_only (&f);
  g_assert_cmpint (after->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpint (after->due, ==, due);
  g_assert_cmpint (after->ends, ==, due + 45 * MINUTE);
  wf_fixture_tear_down (&f);
}

static void
test_offline_hour_is_sent_in_order (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  GPtrArray *journal = wf_scripted_crm_get_journal (f.crm);
  const char *expected[] = { " due", " comment", " done", " open", " done" };
  guint n = 0;

  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_settle (&f);
  g_ptr_array_set_size (journal, 0);
  g_assert_true (
      wf_fixture_reschedule (&f, id, wf_fixture_now (&f) + 5 * 60 * MINUTE, "Later", NULL));
  wf_fixture_pass (&f, 15 * MINUTE);
  g_assert_true (wf_fixture_comment (&f, id, "Tried twice", NULL));
  wf_fixture_pass (&f, 15 * MINUTE);
  g_assert_true (wf_fixture_complete (&f, id, NULL, NULL));
  g_assert_true (wf_fixture_reopen (&f, id, NULL));
  wf_fixture_pass (&f, 30 * MINUTE);
  g_assert_true (wf_fixture_complete (&f, id, "Reached", NULL));
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 5);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_OFFLINE);

  /* And the program is closed and opened in between. */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 5);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 2 * MINUTE);

  for (guint i = 0; i < journal->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (journal, i), "change"))
      {
        g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
        g_assert_nonnull (strstr (g_ptr_array_index (journal, i), expected[n]));
        n++;
      }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (wf_scripted_crm_get_n_comments (f.crm), ==, 1);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, id)->status, ==, WF_ACTIVITY_DONE);
  wf_fixture_tear_down (&f);
}

/* -- messages ---------------------------------------------------------------------------------- */

static const char notify_steps[] =
    "[{\"id\":\"tell\",\"kind\":\"notify\",\"run\":{\"mode\":\"immediately\"},\"text\":\"Call {lead.name}\","
    "\"recipient\":\"responsible\"},"
    "{\"id\":\"after\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"after-previous\"},\"activity-type\":\"call\","
    "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]";

static void
test_message_once (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, notify_steps);
  wf_fixture_start (&f);
  wf_scripted_crm_lose_answer (f.crm, WF_SCRIPTED_MESSAGE, 1);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==,
                    0); /* nobody knows yet whether it was sent */
  wf_fixture_pass (&f, 5 * MINUTE);

  g_assert_cmpuint (wf_scripted_crm_get_n_messages (f.crm), ==, 1);
  g_assert_cmpuint (count_lines (&f, "message"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1); /* after previous */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_message_refused_blocks_the_chain (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, notify_steps);
  wf_fixture_start (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_MESSAGE, 1, WF_CRM_ERROR_INVALID, 0);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 0);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  static const Failure permanent[] = {
    { "invalid", WF_CRM_ERROR_INVALID, 0 },
    { "forbidden", WF_CRM_ERROR_FORBIDDEN, 0 },
    { "not-found", WF_CRM_ERROR_NOT_FOUND, 0 },
    { "not-supported", WF_CRM_ERROR_NOT_SUPPORTED, 0 },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (transient); i++)
    {
      g_autofree char *creation =
          g_strdup_printf ("/runtime/dispatch/creation-later/%s", transient[i].name);
      g_autofree char *change =
          g_strdup_printf ("/runtime/dispatch/change-later/%s", transient[i].name);

      g_test_add_data_func (creation, &transient[i], test_creation_later);
      g_test_add_data_func (change, &transient[i], test_change_later);
    }
  for (guint i = 0; i < G_N_ELEMENTS (permanent); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/runtime/dispatch/one-is-refused/%s", permanent[i].name);

      g_test_add_data_func (path, &permanent[i], test_one_is_refused);
    }
  g_test_add_func ("/runtime/dispatch/answer-lost", test_answer_lost);
  g_test_add_func ("/runtime/dispatch/batch-refused", test_batch_is_refused_as_a_whole);
  g_test_add_func ("/runtime/dispatch/sign-in", test_sign_in_keeps_everything);
  g_test_add_func ("/runtime/dispatch/change-answer-lost", test_change_answer_lost);
  g_test_add_func ("/runtime/dispatch/change-refused", test_change_refused);
  g_test_add_func ("/runtime/dispatch/conflict-applies",
                   test_conflict_applies_what_still_makes_sense);
  g_test_add_func ("/runtime/dispatch/conflict-overrun", test_conflict_tells_when_overrun);
  g_test_add_func ("/runtime/dispatch/end-moves-along", test_end_moves_along);
  g_test_add_func ("/runtime/dispatch/offline-hour", test_offline_hour_is_sent_in_order);
  g_test_add_func ("/runtime/dispatch/message-once", test_message_once);
  g_test_add_func ("/runtime/dispatch/message-refused", test_message_refused_blocks_the_chain);
  return g_test_run ();
}
