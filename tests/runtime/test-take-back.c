/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what a workflow created: what nobody touched (B13). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

static void
begin (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_simple_workflow (f);
  wf_fixture_start (f);
}

/* The id of what was created for it; owned by the caller. */
static char *
add_lead (WfFixture *f, const char *lead)
{
  guint n = wf_scripted_crm_get_n_activities (f->crm);
  g_autofree char *id = g_strconcat ("e-", lead, NULL);

  wf_fixture_add_event (f, id, "lead.received", lead, "carla", NULL);
  wf_fixture_settle (f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f->crm), ==, n + 1);
  return g_strdup (wf_scripted_crm_get_activity_at (f->crm, n)->id);
}

static WfActivityStatus
get_status (WfFixture *f, const char *id)
{
  return wf_scripted_crm_get_activity (f->crm, id)->status;
}

static gboolean
has (const GPtrArray *activities, const char *id)
{
  for (guint i = 0; i < activities->len; i++)
    if (g_str_equal (((const WfActivity *) g_ptr_array_index (activities, i))->id, id))
      return TRUE;
  return FALSE;
}

static void
test_touched (void)
{
  WfFixture f;
  g_autofree char *untouched = NULL, *done = NULL, *moved = NULL, *given = NULL;
  g_autofree char *commented = NULL, *snoozed = NULL;
  WfTakeBack *found;

  begin (&f, "carla");
  untouched = add_lead (&f, "l-1");
  done = add_lead (&f, "l-2");
  moved = add_lead (&f, "l-3");
  given = add_lead (&f, "l-4");
  commented = add_lead (&f, "l-5");
  snoozed = add_lead (&f, "l-6");
  g_assert_true (wf_fixture_complete (&f, done, NULL, NULL));
  g_assert_true (
      wf_fixture_reschedule (&f, moved, wf_fixture_now (&f) + 5 * HOUR, "They asked", NULL));
  g_assert_true (wf_fixture_reassign (&f, given, "ana", NULL));
  g_assert_true (wf_fixture_comment (&f, commented, "Not at home", NULL));
  g_assert_cmpint (wf_fixture_snooze (&f, snoozed, WF_SNOOZE_5_MINUTES, NULL), !=, WF_INSTANT_NONE);

  found = wf_fixture_take_back (&f, 0, WF_INSTANT_NONE, WF_INSTANT_NONE, TRUE, NULL);
  g_assert_cmpuint (found->withdrawn->len, ==, 1);
  g_assert_cmpuint (found->touched->len, ==, 5);
  g_assert_true (has (found->withdrawn, untouched));
  g_assert_cmpint (get_status (&f, untouched), ==, WF_ACTIVITY_OPEN);
  wf_take_back_free (found);

  found = wf_fixture_take_back (&f, 0, WF_INSTANT_NONE, WF_INSTANT_NONE, FALSE, NULL);
  g_assert_cmpuint (found->withdrawn->len, ==, 1);
  g_assert_cmpint (get_status (&f, untouched), ==, WF_ACTIVITY_CANCELLED);
  g_assert_cmpint (get_status (&f, done), ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (get_status (&f, moved), ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (get_status (&f, given), ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (get_status (&f, commented), ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (get_status (&f, snoozed), ==, WF_ACTIVITY_OPEN);
  g_assert_cmpuint (wf_fixture_count_titles (&f, "Created activities taken back"), ==, 1);
  wf_take_back_free (found);
  wf_fixture_tear_down (&f);
}

/* Somebody else gave it away, or moved it, on another computer. */
static void
test_touched_elsewhere (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  WfTakeBack *found;

  begin (&f, "carla");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *lead = g_strdup_printf ("l-%u", i);
      g_autoptr (WfActivity) changed = NULL;

      g_ptr_array_add (ids, add_lead (&f, lead));
      changed = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, g_ptr_array_index (ids, i)));
      if (i == 0)
        g_set_str (&changed->person, "bruno");
      else
        changed->due += HOUR;
      wf_scripted_crm_put_activity (f.crm, changed);
      wf_fixture_settle (&f);
    }
  found = wf_fixture_take_back (&f, 0, WF_INSTANT_NONE, WF_INSTANT_NONE, FALSE, NULL);
  g_assert_cmpuint (found->withdrawn->len, ==, 0);
  g_assert_true (has (found->touched, g_ptr_array_index (ids, 0)));
  g_assert_true (has (found->touched, g_ptr_array_index (ids, 1)));
  wf_take_back_free (found);
  wf_fixture_tear_down (&f);
}

static void
test_period_and_version (void)
{
  WfFixture f;
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  WfInstant middle;
  WfTakeBack *found;

  begin (&f, "carla");
  first = add_lead (&f, "l-1");
  wf_fixture_pass (&f, 10 * MINUTE);
  middle = wf_fixture_now (&f);
  second = add_lead (&f, "l-2");
  wf_fixture_put_workflow (
      &f, 2, NULL,
      "[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"
      "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]");
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 10 * MINUTE);
  third = add_lead (&f, "l-3");

  found = wf_fixture_take_back (&f, 1, middle, WF_INSTANT_NONE, TRUE, NULL);
  g_assert_cmpuint (found->withdrawn->len, ==, 1);
  g_assert_true (has (found->withdrawn, second));
  wf_take_back_free (found);
  found = wf_fixture_take_back (&f, 0, WF_INSTANT_NONE, middle, TRUE, NULL);
  g_assert_cmpuint (found->withdrawn->len, ==, 1);
  g_assert_true (has (found->withdrawn, first));
  wf_take_back_free (found);
  found = wf_fixture_take_back (&f, 2, WF_INSTANT_NONE, WF_INSTANT_NONE, FALSE, NULL);
  g_assert_true (has (found->withdrawn, third));
  wf_take_back_free (found);
  g_assert_cmpint (get_status (&f, first), ==, WF_ACTIVITY_OPEN);
  g_assert_cmpint (get_status (&f, third), ==, WF_ACTIVITY_CANCELLED);
  wf_fixture_tear_down (&f);
}

/* What was never sent is withdrawn too, and the CRM hears of both in order. */
static void
test_offline (void)
{
  WfFixture f;
  WfTakeBack *found;

  begin (&f, "carla");
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_CREATE, 1, WF_CRM_ERROR_SERVER, 0);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 0);
  found = wf_fixture_take_back (&f, 0, WF_INSTANT_NONE, WF_INSTANT_NONE, FALSE, NULL);
  g_assert_cmpuint (found->withdrawn->len, ==, 1);
  wf_take_back_free (found);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->status, ==, WF_ACTIVITY_CANCELLED);
  wf_fixture_tear_down (&f);
}

static void
test_crashes (void)
{
  for (guint at = 1; at <= 4; at++)
    {
      WfFixture f;
      WfCommitCrash crash = { 0, at };
      WfTakeBack *found;

      begin (&f, "carla");
      for (guint i = 0; i < 450; i++)
        {
          g_autofree char *id = g_strdup_printf ("e-%u", i);
          g_autofree char *lead = g_strdup_printf ("l-%u", i);

          wf_fixture_add_event_at (&f, wf_fixture_now (&f) - (gint64) i * 10 * G_TIME_SPAN_SECOND,
                                   id, "lead.received", lead, "ana", NULL);
        }
      wf_fixture_settle (&f);
      wf_runtime_set_fault_hook (f.runtime, wf_commit_crash, &crash);
      found = wf_fixture_take_back (&f, 0, WF_INSTANT_NONE, WF_INSTANT_NONE, FALSE, NULL);
      g_clear_pointer (&found, wf_take_back_free);
      wf_fixture_stop (&f);
      wf_fixture_start (&f);
      wf_fixture_pass (&f, 2 * MINUTE);
      for (guint i = 0; i < 450; i++)
        g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, i)->status, ==,
                         WF_ACTIVITY_CANCELLED);
      wf_fixture_tear_down (&f);
    }
}

static void
test_rights (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  g_assert_null (wf_fixture_take_back (&f, 0, WF_INSTANT_NONE, WF_INSTANT_NONE, TRUE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/take-back/touched", test_touched);
  g_test_add_func ("/runtime/take-back/touched-elsewhere", test_touched_elsewhere);
  g_test_add_func ("/runtime/take-back/period-and-version", test_period_and_version);
  g_test_add_func ("/runtime/take-back/offline", test_offline);
  g_test_add_func ("/runtime/take-back/crashes", test_crashes);
  g_test_add_func ("/runtime/take-back/rights", test_rights);
  return g_test_run ();
}
