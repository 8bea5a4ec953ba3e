/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events become activities exactly once, whatever the CRM's answers are like (S14-S16, S20). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE

static void
test_creates_once (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;
  WfActivity *there;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  there = wf_scripted_crm_get_activity_at (f.crm, 0);
  activity = wf_fixture_get_only (&f);
  g_assert_cmpstr (activity->id, ==, there->id);
  g_assert_cmpstr (activity->person, ==, "ana");
  g_assert_cmpint (activity->due, ==, wf_fixture_now (&f) + 60 * MINUTE);
  g_assert_cmpint (activity->remind, ==, wf_fixture_now (&f) + 50 * MINUTE);
  g_assert_cmpint (activity->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_nonnull (activity->explanation);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  g_assert_cmpint (wf_runtime_get_last_sync (f.runtime), ==, wf_fixture_now (&f));

  /* It goes on from where it was: what the CRM has forgotten since is not missed. */
  wf_fixture_stop (&f);
  wf_scripted_crm_expire_events (f.crm);
  wf_fixture_start (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_first_run_fires_nothing (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) all = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *id = g_strdup_printf ("old-%u", i);
      g_autoptr (WfActivity) activity = wf_activity_new (id);

      g_set_str (&activity->type, "call");
      g_set_str (&activity->title, "Old");
      g_set_str (&activity->lead, "l-9");
      g_set_str (&activity->person, i == 6 ? "bruno" : "ana");
      activity->created = wf_fixture_now (&f) - 60 * MINUTE;
      activity->due = wf_fixture_now (&f) + 30 * MINUTE;
      activity->remind = wf_fixture_now (&f) - 5 * MINUTE;
      wf_scripted_crm_put_activity (f.crm, activity);
    }
  wf_fixture_start (&f);

  all = wf_fixture_list (&f, NULL);
  g_assert_cmpuint (all->len, ==, 6); /* several pages, only her own */
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 7);
  g_assert_cmpuint (wf_recording_notifier_get_lines (f.notifier)->len, ==, 0);
  g_assert_cmpuint (wf_runtime_get_today_count (f.runtime), ==, 6);
  wf_fixture_tear_down (&f);
}

static void
test_duplicates_and_disorder (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_add_event_at (&f, wf_fixture_now (&f) - 20 * MINUTE, "e-0", "lead.received", "l-2",
                           "ana", NULL);
  wf_scripted_crm_add_malformed_event (f.crm);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-3", "bruno", NULL);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 3);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  /* Each event once, and the three activity.created that came back. */
  g_assert_cmpuint (wf_fixture_count_log (&f, "event"), ==, 6);
  wf_fixture_tear_down (&f);
}

static void
test_others_activities_are_made_but_not_kept (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) all = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "bruno", NULL);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", NULL, NULL);
  wf_fixture_settle (&f);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->person, ==, "bruno");
  g_assert_null (wf_scripted_crm_get_activity_at (f.crm, 1)->person);
  all = wf_fixture_list (&f, NULL);
  g_assert_cmpuint (all->len, ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_big_batches_are_split (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_scripted_crm_set_ignores_limit (f.crm, TRUE);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_POLL, 1, WF_CRM_ERROR_SERVER, 0);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  for (guint i = 0; i < 2500; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      /* Spread over days: a hundred in ten minutes would be a storm (S13). */
      wf_fixture_add_event_at (&f, wf_fixture_now (&f) - (gint64) (2500 - i) * MINUTE, id,
                               "lead.received", lead, "ana", NULL);
    }
  wf_fixture_settle (&f);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 5 * MINUTE);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2500);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_storm_is_held (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, id, "lead.received", lead, "ana", NULL);
    }
  wf_fixture_settle (&f);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 100);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), >=, 1);
  wf_fixture_tear_down (&f);
}

static void
test_own_events_start_nothing (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_scripted_crm_put_workflow (
      f.crm,
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
      "\",\"name\":\"Echo\",\"state\":\"live\",\"version\":1,"
      "\"trigger\":{\"event\":\"activity.created\"},\"steps\":[{\"id\":\"again\",\"kind\":\"create-activity\","
      "\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"call\","
      "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]}");
  wf_fixture_start (&f);

  g_autoptr (WfActivity) activity = wf_activity_new ("by-hand");
  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, "By hand");
  g_set_str (&activity->lead, "l-1");
  g_set_str (&activity->person, "ana");
  activity->created = wf_fixture_now (&f);
  activity->due = wf_fixture_now (&f) + 60 * MINUTE;
  wf_scripted_crm_put_activity (f.crm, activity);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 2 * MINUTE);

  /* The one by hand and the one that it caused; that one's own event ends there (S14). */
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_new_version_judges_what_follows (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_settle (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_put_workflow (
      &f, 2, NULL,
      "[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"
      "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]");
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 2 * MINUTE);

  /* One batch: the first event before the change, the second after it. */
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->type, ==, "call");
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 1)->type, ==, "visit");
  wf_fixture_tear_down (&f);
}

/* -- failures of polling ----------------------------------------------------------------------- */

typedef struct
{
  WfCrmError code;
  guint retry_after;
  WfSyncStatus status;
} PollFailure;

static void
test_poll_failure (gconstpointer data)
{
  const PollFailure *failure = data;
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_POLL, 3, failure->code, failure->retry_after);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);

  /* The held poll gave the first event; the next poll fails. */
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, failure->status);
  g_assert_nonnull (wf_runtime_get_problem (f.runtime));
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1); /* sending goes on */

  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  if (failure->retry_after > 0)
    {
      guint n = wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_POLL);

      wf_fixture_pass (&f, (failure->retry_after - 1) * G_TIME_SPAN_SECOND);
      g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_POLL), ==, n);
    }
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  g_assert_null (wf_runtime_get_problem (f.runtime));
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_sign_in (void)
{
  WfFixture f;
  guint n;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_POLL, 1, WF_CRM_ERROR_AUTH, 0);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_NEEDS_SIGN_IN);

  n = wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_ANY);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_pass (&f, 30 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_ANY), ==,
                    n); /* nobody guesses passwords */

  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_offline_start (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_stop (&f);

  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_start (&f);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_OFFLINE);
  g_assert_cmpstr (wf_runtime_get_person (f.runtime), ==, "ana");
  g_assert_nonnull (wf_runtime_get_organisation (f.runtime));
  g_assert_true (wf_runtime_may (f.runtime, WF_RIGHT_WORK_ACTIVITIES));
  g_assert_false (wf_runtime_may (f.runtime, WF_RIGHT_EDIT_WORKFLOWS));
  activity = wf_fixture_get_only (&f);
  wf_fixture_pass (&f, 51 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_expired_cursor (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_stop (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_scripted_crm_expire_events (f.crm);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);

  g_autoptr (WfActivity) missed = wf_activity_new ("missed");
  g_set_str (&missed->type, "call");
  g_set_str (&missed->title, "Made while away");
  g_set_str (&missed->person, "ana");
  missed->created = wf_fixture_now (&f);
  missed->due = wf_fixture_now (&f) + 60 * MINUTE;
  wf_scripted_crm_put_activity (f.crm, missed);
  wf_scripted_crm_expire_events (f.crm);
  wf_fixture_add_event (&f, "e-3", "lead.received", "l-3", "ana", NULL);
  wf_fixture_start (&f);

  g_autoptr (GPtrArray) all = wf_fixture_list (&f, NULL);
  g_assert_cmpuint (all->len, ==, 2); /* the one that was read, and e-3's */
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  wf_fixture_tear_down (&f);
}

/* A commit that fails: nothing of the batch is kept, and it comes again. */
static gboolean
fail_second_commit (WfFaultPoint point, gpointer user_data)
{
  guint *n = user_data;

  return point == WF_FAULT_BEFORE_COMMIT && ++*n == 2;
}

static void
test_abandoned_batch_comes_again (void)
{
  WfFixture f;
  guint n = 0;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_runtime_set_fault_hook (f.runtime, fail_second_commit, &n);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  wf_fixture_tear_down (&f);
}

/* -- other computers' work --------------------------------------------------------------------- */

static void
test_changes_from_elsewhere (void)
{
  WfFixture f;
  g_autoptr (WfActivity) before = NULL, after = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  before = wf_fixture_get_only (&f);

  g_autoptr (WfActivity) moved =
      wf_activity_copy (wf_scripted_crm_get_activity (f.crm, before->id));
  moved->due += 30 * MINUTE;
  moved->remind += 30 * MINUTE;
  wf_scripted_crm_put_activity (f.crm, moved);
  wf_fixture_settle (&f);
  after = wf_fixture_get_only (&f);
  g_assert_cmpint (after->due, ==, moved->due);
  g_assert_cmpint (after->original_due, ==, before->due);
  g_assert_nonnull (after->explanation); /* which the CRM does not know */

  wf_fixture_pass (&f, 55 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 0);
  wf_fixture_pass (&f, 30 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  static const PollFailure failures[] = {
    { WF_CRM_ERROR_FORBIDDEN, 0, WF_SYNC_STATUS_PROBLEM },
    { WF_CRM_ERROR_CONFLICT, 0, WF_SYNC_STATUS_PROBLEM },
    { WF_CRM_ERROR_NOT_FOUND, 0, WF_SYNC_STATUS_PROBLEM },
    { WF_CRM_ERROR_INVALID, 0, WF_SYNC_STATUS_PROBLEM },
    { WF_CRM_ERROR_RATE_LIMITED, 90, WF_SYNC_STATUS_PROBLEM },
    { WF_CRM_ERROR_SERVER, 0, WF_SYNC_STATUS_PROBLEM },
    { WF_CRM_ERROR_OFFLINE, 0, WF_SYNC_STATUS_OFFLINE },
    { WF_CRM_ERROR_UNCERTAIN, 0, WF_SYNC_STATUS_OFFLINE },
    { WF_CRM_ERROR_CERTIFICATE, 0, WF_SYNC_STATUS_PROBLEM },
    { WF_CRM_ERROR_PROTOCOL, 0, WF_SYNC_STATUS_PROBLEM },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/intake/creates-once", test_creates_once);
  g_test_add_func ("/runtime/intake/first-run-fires-nothing", test_first_run_fires_nothing);
  g_test_add_func ("/runtime/intake/duplicates-and-disorder", test_duplicates_and_disorder);
  g_test_add_func ("/runtime/intake/others-activities",
                   test_others_activities_are_made_but_not_kept);
  g_test_add_func ("/runtime/intake/big-batches", test_big_batches_are_split);
  g_test_add_func ("/runtime/intake/storm", test_storm_is_held);
  g_test_add_func ("/runtime/intake/own-events", test_own_events_start_nothing);
  g_test_add_func ("/runtime/intake/new-version", test_new_version_judges_what_follows);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/intake/poll-failure/%d", failures[i].code);

      g_test_add_data_func (path, &failures[i], test_poll_failure);
    }
  g_test_add_func ("/runtime/intake/sign-in", test_sign_in);
  g_test_add_func ("/runtime/intake/offline-start", test_offline_start);
  g_test_add_func ("/runtime/intake/expired-cursor", test_expired_cursor);
  g_test_add_func ("/runtime/intake/abandoned-batch", test_abandoned_batch_comes_again);
  g_test_add_func ("/runtime/intake/changes-from-elsewhere", test_changes_from_elsewhere);
  return g_test_run ();
}
