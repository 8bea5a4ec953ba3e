/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reminders: at the right time, once, durable, and calm after an absence (S6-S8, S20, S22, B11,
 * B12). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-reminder-scene.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define at wf_reminder_scene_at
#define count wf_reminder_scene_count

/* n activities of an hour for ana, each a minute after the other. */
static void
begin (WfFixture *f, guint n)
{
  wf_fixture_set_up (f, "ana");
  wf_fixture_put_simple_workflow (f);
  wf_fixture_start (f);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      if (i > 0)
        wf_fixture_pass (f, MINUTE);
      wf_fixture_add_event (f, id, "lead.received", lead, "ana", NULL);
      wf_fixture_settle (f);
    }
}

static void
test_before_the_deadline (void)
{
  WfFixture f;

  begin (&f, 1);
  wf_fixture_pass (&f, 50 * MINUTE - 1);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  wf_fixture_pass (&f, 1);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  g_assert_cmpuint (wf_runtime_get_late_count (f.runtime), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_restart_in_between (void)
{
  WfFixture f;

  begin (&f, 1);
  wf_fixture_stop (&f);
  wf_fixture_pass (&f, 40 * MINUTE);
  wf_fixture_start (&f);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_missed_one (void)
{
  WfFixture f;

  begin (&f, 1);
  wf_fixture_stop (&f);
  wf_fixture_pass (&f, 5 * HOUR);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_missed_five (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GString) expected = g_string_new ("catch-up");

  begin (&f, 5);
  wf_fixture_stop (&f);
  wf_fixture_pass (&f, 20 * HOUR);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 1);
  /* All are late: what became so last can best be saved. */
  all = wf_fixture_list (&f, "ana");
  for (guint i = all->len; i-- > 0;)
    g_string_append_printf (expected, " %s", ((WfActivity *) g_ptr_array_index (all, i))->id);
  g_assert_cmpstr (g_ptr_array_index (wf_recording_notifier_get_lines (f.notifier), 0), ==,
                   expected->str);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_many_at_once (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, id, "lead.received", lead, "ana", NULL);
    }
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 51 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_jump_forward (void)
{
  WfFixture f;

  begin (&f, 2);
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) + 3 * HOUR);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_jump_back (void)
{
  WfFixture f;

  begin (&f, 1);
  wf_fixture_pass (&f, 30 * MINUTE);
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) - HOUR);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, HOUR + 19 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);

  /* Back again over a reminder that was shown: it is not shown twice. */
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) - HOUR);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 2 * HOUR);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_completion_withdraws (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;

  begin (&f, 1);
  activity = wf_fixture_get_only (&f);
  g_assert_true (wf_fixture_complete (&f, activity->id, NULL, NULL));
  wf_fixture_pass (&f, 2 * HOUR);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  g_assert_cmpuint (count (&f, "withdraw"), >=, 1);
  g_assert_cmpuint (wf_runtime_get_late_count (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_completion_elsewhere_withdraws (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL, done = NULL;

  begin (&f, 1);
  wf_fixture_pass (&f, 51 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  activity = wf_fixture_get_only (&f);
  done = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, activity->id));
  done->status = WF_ACTIVITY_DONE;
  done->completed = wf_fixture_now (&f);
  wf_scripted_crm_put_activity (f.crm, done);
  wf_fixture_settle (&f);
  g_assert_cmpuint (count (&f, "withdraw"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_snooze (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;
  g_autoptr (GError) error = NULL;
  WfInstant now;

  begin (&f, 1);
  activity = wf_fixture_get_only (&f);
  wf_fixture_pass (&f, 50 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  now = wf_fixture_now (&f);
  g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_5_MINUTES, &error), ==,
                   now + 5 * MINUTE);
  g_assert_no_error (error);

  /* Durable, and only the reminder moved. */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 4 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, activity->id)->due, ==, activity->due);

  /* Never silently past the deadline: five minutes are left. */
  now = wf_fixture_now (&f);
  g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_1_HOUR, &error), ==,
                   activity->due);
  g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_UNTIL_DUE, &error), ==,
                   activity->due);
  g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_NEXT_MORNING, &error), ==,
                   activity->due);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 3);

  /* After it: as asked, and "until due" makes no sense any more. Wednesday 11:00 in São Paulo. */
  g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_NEXT_MORNING, &error), ==,
                   at ("2026-11-19T12:00:00Z"));
  g_assert_no_error (error);
  g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_UNTIL_DUE, &error), ==,
                   WF_INSTANT_NONE);
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  wf_fixture_tear_down (&f);
}

static void
test_snooze_over_the_weekend (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;

  begin (&f, 1);
  activity = wf_fixture_get_only (&f);
  wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, at ("2026-11-20T20:00:00Z")); /* Friday 17:00 */
  wf_fixture_start (&f);
  g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_NEXT_MORNING, NULL), ==,
                   at ("2026-11-23T12:00:00Z"));
  wf_fixture_tear_down (&f);
}

static void
test_reschedule_moves_the_reminder (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  begin (&f, 1);
  activity = wf_fixture_get_only (&f);
  g_assert_false (wf_fixture_reschedule (&f, activity->id, activity->due + HOUR, "  ", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_assert_true (
      wf_fixture_reschedule (&f, activity->id, activity->due + HOUR, "The client asked", NULL));
  after = wf_fixture_get_only (&f);
  g_assert_cmpint (after->due, ==, activity->due + HOUR);
  g_assert_cmpint (after->original_due, ==, activity->due);
  g_assert_cmpint (after->remind, ==, activity->remind + HOUR);
  g_assert_true (after->pinned);
  wf_fixture_pass (&f, HOUR + 49 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);

  /* A sent one fires again only when its new time is ahead (S7). */
  g_assert_true (
      wf_fixture_reschedule (&f, activity->id, wf_fixture_now (&f) + 5 * MINUTE, "Sooner", NULL));
  wf_fixture_pass (&f, 4 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  g_assert_true (
      wf_fixture_reschedule (&f, activity->id, wf_fixture_now (&f) + HOUR, "Later", NULL));
  wf_fixture_pass (&f, 50 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_not_shown_is_not_marked (void)
{
  WfFixture f;

  begin (&f, 1);
  wf_recording_notifier_set_failing (f.notifier, TRUE);
  g_test_expect_message ("wf-runtime", G_LOG_LEVEL_WARNING, "*could not be shown*");
  wf_fixture_pass (&f, 50 * MINUTE);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  wf_recording_notifier_set_failing (f.notifier, FALSE);
  wf_fixture_pass (&f, 2 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
crash (gpointer user_data)
{
  wf_runtime_abandon (user_data);
}

static void
test_crash_while_showing (void)
{
  WfFixture f;

  begin (&f, 1);
  /* It is shown, and before the receipt is written the program dies. */
  wf_recording_notifier_set_hook (f.notifier, crash, f.runtime);
  wf_fixture_pass (&f, 50 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_recording_notifier_set_hook (f.notifier, NULL, NULL);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1); /* no second pop-up */
  g_assert_cmpuint (count (&f, "catch-up"), ==, 1); /* but not lost, had it not been seen */
  wf_fixture_tear_down (&f);
}

static void
test_reassigned_reminds_the_other (void)
{
  WfFixture f;
  g_autoptr (WfActivity) activity = NULL;

  begin (&f, 1);
  activity = wf_fixture_get_only (&f);
  wf_fixture_add_event (&f, "e-moved", "lead.reassigned", "l-0", "bruno",
                        ",\"previous\":{\"owner\":\"ana\"}");
  wf_fixture_settle (&f);
  g_assert_cmpstr (wf_scripted_crm_get_activity (f.crm, activity->id)->person, ==, "bruno");
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, activity->id)->due, ==, activity->due);
  g_assert_cmpuint (count (&f, "message reassigned/"), ==, 1);
  wf_fixture_pass (&f, 2 * HOUR);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);

  /* And the other way round: it becomes hers. */
  g_autoptr (WfActivity) given =
      wf_activity_copy (wf_scripted_crm_get_activity (f.crm, activity->id));
  g_set_str (&given->person, "ana");
  given->due = wf_fixture_now (&f) + HOUR;
  given->remind = wf_fixture_now (&f) + 50 * MINUTE;
  wf_scripted_crm_put_activity (f.crm, given);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 50 * MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_late_once (void)
{
  WfFixture f;
  guint before;

  begin (&f, 1);
  before = wf_fixture_count_log (&f, "change");
  wf_fixture_pass (&f, HOUR + 1);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, before + 1);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, before + 1);
  g_assert_cmpuint (wf_runtime_get_late_count (f.runtime), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_headless_reminds_nobody (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, NULL);
  wf_fixture_put_simple_workflow (&f);
  g_clear_object (&f.notifier);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 2 * HOUR);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpuint (wf_runtime_get_late_count (f.runtime), ==, 1);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/reminders/before-the-deadline", test_before_the_deadline);
  g_test_add_func ("/runtime/reminders/restart", test_restart_in_between);
  g_test_add_func ("/runtime/reminders/missed-one", test_missed_one);
  g_test_add_func ("/runtime/reminders/missed-five", test_missed_five);
  g_test_add_func ("/runtime/reminders/many-at-once", test_many_at_once);
  g_test_add_func ("/runtime/reminders/jump-forward", test_jump_forward);
  g_test_add_func ("/runtime/reminders/jump-back", test_jump_back);
  g_test_add_func ("/runtime/reminders/completion", test_completion_withdraws);
  g_test_add_func ("/runtime/reminders/completion-elsewhere", test_completion_elsewhere_withdraws);
  g_test_add_func ("/runtime/reminders/snooze", test_snooze);
  g_test_add_func ("/runtime/reminders/snooze-weekend", test_snooze_over_the_weekend);
  g_test_add_func ("/runtime/reminders/reschedule", test_reschedule_moves_the_reminder);
  g_test_add_func ("/runtime/reminders/not-shown", test_not_shown_is_not_marked);
  g_test_add_func ("/runtime/reminders/crash-while-showing", test_crash_while_showing);
  g_test_add_func ("/runtime/reminders/reassigned", test_reassigned_reminds_the_other);
  g_test_add_func ("/runtime/reminders/late-once", test_late_once);
  g_test_add_func ("/runtime/reminders/headless", test_headless_reminds_nobody);
  return g_test_run ();
}
