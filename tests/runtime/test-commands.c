/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people may do with activities, and what events of leads and meetings do to them (S5,
 * S7-S10, B18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

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

static void
test_complete_and_undo (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  g_autoptr (GError) error = NULL;
  const WfActivity *there = wf_scripted_crm_get_activity (f.crm, id);

  g_assert_true (wf_fixture_complete (&f, id, "Reached", &error));
  g_assert_cmpint (there->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpstr (there->outcome, ==, "Reached");
  g_assert_false (wf_fixture_complete (&f, id, NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  g_clear_error (&error);

  g_assert_true (wf_fixture_reopen (&f, id, &error));
  g_assert_cmpint (there->status, ==, WF_ACTIVITY_OPEN);
  g_assert_false (wf_fixture_reopen (&f, id, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  g_clear_error (&error);
  wf_fixture_pass (&f, 50 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==,
                    1); /* it reminds again */

  g_assert_true (wf_fixture_dismiss (&f, id, "The client closed the shop", &error));
  g_assert_cmpint (there->status, ==, WF_ACTIVITY_NO_LONGER_NEEDED);
  g_assert_false (wf_fixture_complete (&f, "nonsense", NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 3);
  wf_fixture_tear_down (&f);
}

static void
test_rights (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "carla");
  g_autoptr (GError) error = NULL;

  /* The coordinator sees everyone and may help; a snooze is the responsible's own affair. */
  g_assert_cmpint (wf_fixture_snooze (&f, id, WF_SNOOZE_5_MINUTES, &error), ==, WF_INSTANT_NONE);
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (wf_fixture_reassign (&f, id, "nobody", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (wf_fixture_reassign (&f, id, "bruno", &error));
  g_assert_cmpstr (wf_scripted_crm_get_activity (f.crm, id)->person, ==, "bruno");
  g_assert_true (wf_fixture_complete (&f, id, NULL, &error));
  wf_fixture_tear_down (&f);
}

/* R7: one's own may be given to somebody else, without the right to see everyone. */
static void
test_give_away (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_fixture_reassign (&f, id, "bruno", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (wf_scripted_crm_get_activity (f.crm, id)->person, ==, "bruno");
  wf_fixture_tear_down (&f);
}

/* S7: what does not move is neither pinned nor audited; what would be late at once is refused. */
static void
test_no_new_deadline (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  const WfActivity *there = wf_scripted_crm_get_activity (f.crm, id);
  WfInstant due = there->due;
  g_autoptr (GError) error = NULL;

  g_assert_false (wf_fixture_reschedule (&f, id, due, "They asked", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  g_assert_cmpstr (error->message, ==, "It is due then already.");
  g_clear_error (&error);
  g_assert_false (
      wf_fixture_reschedule (&f, id, wf_fixture_now (&f) - MINUTE, "They asked", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wf_fixture_reschedule (&f, id, wf_fixture_now (&f), "They asked", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "This time has passed.");
  g_clear_error (&error);
  g_assert_cmpint (there->due, ==, due);
  g_assert_false (there->pinned);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 0);
  g_assert_true (
      wf_fixture_reschedule (&f, id, wf_fixture_now (&f) + MINUTE, "They asked", &error));
  g_assert_no_error (error);
  g_assert_true (wf_scripted_crm_get_activity (f.crm, id)->pinned);
  wf_fixture_tear_down (&f);
}

static WfInstant
at (const char *text)
{
  WfInstant instant = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static void
set_hours (WfFixture *f, const char *day)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"working-hours\":{\"time-zone\":"
      "\"America/Sao_Paulo\",\"week\":{\"mon\":%s,\"tue\":%s,\"wed\":%s,\"thu\":%s,\"fri\":%s,"
      "\"sat\":[],\"sun\":[]}},\"people\":["
      "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"active\":true,\"groups\":[],"
      "\"teams\":[],\"units\":[]}],\"groups\":[],\"teams\":[],\"units\":[],"
      "\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"}],\"pipelines\":[]}",
      day, day, day, day, day);

  wf_scripted_crm_set_organisation (f->crm, json);
}

/* S8: today's opening while it is ahead, else the next working day's; never midnight where it is open at nine. */
static void
test_next_morning (void)
{
  static const char office[] = "[[\"09:00\",\"18:00\"]]", early[] = "[[\"06:00\",\"14:00\"]]";
  static const char around[] = "[[\"00:00\",\"24:00\"]]", night[] = "[[\"00:00\",\"08:00\"]]";
  static const struct
  {
    const char *hours, *now, *morning;
  } vectors[] = {
    { office, "2026-11-23T00:30:00-03:00", "2026-11-23T09:00:00-03:00" }, /* a Monday */
    { office, "2026-11-23T07:30:00-03:00", "2026-11-23T09:00:00-03:00" },
    { office, "2026-11-23T09:00:00-03:00", "2026-11-24T09:00:00-03:00" },
    { office, "2026-11-23T23:59:00-03:00", "2026-11-24T09:00:00-03:00" },
    { office, "2026-11-27T10:00:00-03:00", "2026-11-30T09:00:00-03:00" },
    { office, "2026-11-28T07:30:00-03:00", "2026-11-30T09:00:00-03:00" },
    { early, "2026-11-23T05:00:00-03:00", "2026-11-23T06:00:00-03:00" },
    { around, "2026-11-23T00:30:00-03:00", "2026-11-23T09:00:00-03:00" },
    { around, "2026-11-23T09:30:00-03:00", "2026-11-24T09:00:00-03:00" },
    { around, "2026-11-28T10:00:00-03:00", "2026-11-30T09:00:00-03:00" },
    { night, "2026-11-23T00:30:00-03:00", "2026-11-24T00:00:00-03:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      WfFixture f;
      g_autoptr (WfActivity) activity = NULL;

      g_test_message ("%s", vectors[i].now);
      wf_fixture_set_up (&f, "ana");
      set_hours (&f, vectors[i].hours);
      wf_fixture_put_simple_workflow (&f);
      wf_fixture_start (&f);
      wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
      wf_fixture_settle (&f);
      activity = wf_fixture_get_only (&f);
      wf_fixture_stop (&f);
      wf_fake_clock_jump (f.clock, at (vectors[i].now));
      wf_fixture_start (&f);
      g_assert_cmpint (wf_fixture_snooze (&f, activity->id, WF_SNOOZE_NEXT_MORNING, NULL), ==,
                       at (vectors[i].morning));
      wf_fixture_tear_down (&f);
    }
}

static void
test_claim (void)
{
  WfFixture f;
  WfActivity *there;
  g_autoptr (GError) error = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", NULL, NULL);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "bruno", NULL);
  wf_fixture_settle (&f);
  there = wf_scripted_crm_get_activity_at (f.crm, 0);
  g_assert_null (there->person);

  g_assert_false (wf_fixture_complete (&f, there->id, NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_assert_cmpstr (error->message, ==, "Nobody is responsible yet. Take it first.");
  g_clear_error (&error);
  g_assert_false (wf_fixture_reassign (&f, there->id, "bruno", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_true (wf_fixture_reassign (&f, there->id, "ana", &error));
  g_assert_cmpstr (there->person, ==, "ana");
  wf_fixture_pass (&f, 50 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 1);

  g_assert_false (
      wf_fixture_complete (&f, wf_scripted_crm_get_activity_at (f.crm, 1)->id, NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR,
                  WF_RUNTIME_ERROR_NOT_FOUND); /* bruno's are not for her eyes */
  wf_fixture_tear_down (&f);
}

static void
test_not_ready (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  wf_fixture_set_up (&f, "ana");
  f.runtime = wf_runtime_new (WF_CLOCK (f.clock), WF_CRM (f.crm), NULL, f.store_path);
  wf_runtime_stop (f.runtime);
  g_assert_false (wf_fixture_complete (&f, "x", NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_READY);
  wf_fixture_tear_down (&f);
}

/* -- S10 --------------------------------------------------------------------------------------- */

static void
test_lead_deleted (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");

  wf_fixture_add_event (&f, "e-2", "lead.deleted", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpint (wf_scripted_crm_get_activity (f.crm, id)->status, ==, WF_ACTIVITY_CANCELLED);
  wf_fixture_pass (&f, 2 * HOUR);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 0);
  g_assert_cmpuint (wf_runtime_get_late_count (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_lead_discarded (void)
{
  WfFixture f;
  g_autofree char *id = NULL;
  guint n_open = 0;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_simple_workflow (&f);
  /* R28: what is made by the discard itself stays; and what its action keeps. */
  wf_scripted_crm_put_workflow (
      f.crm,
      "{\"format\":1,\"id\":\"7f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c12\",\"name\":\"Recover\",\"state\":\"live\","
      "\"version\":1,\"trigger\":{\"event\":\"lead.discarded\"},\"steps\":[{\"id\":\"recover\","
      "\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"visit\","
      "\"complete-within\":{\"amount\":3,\"unit\":\"months\"}}]}");
  wf_scripted_crm_put_workflow (
      f.crm,
      "{\"format\":1,\"id\":\"8f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c13\",\"name\":\"Kept\",\"state\":\"live\","
      "\"version\":1,\"trigger\":{\"event\":\"lead.received\"},\"steps\":[{\"id\":\"kept\",\"keep\":true,"
      "\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"visit\","
      "\"complete-within\":{\"amount\":2,\"unit\":\"hours\"}}]}");
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2);
  wf_fixture_pass (&f, MINUTE);
  wf_fixture_add_event (&f, "e-2", "lead.discarded", "l-1", "ana", NULL);
  wf_fixture_settle (&f);

  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const WfActivity *activity = wf_scripted_crm_get_activity_at (f.crm, i);

      n_open += activity->status == WF_ACTIVITY_OPEN;
      if (g_str_equal (activity->type, "call"))
        g_assert_cmpint (activity->status, ==, WF_ACTIVITY_NO_LONGER_NEEDED);
    }
  g_assert_cmpuint (n_open, ==, 2);
  wf_fixture_tear_down (&f);
}

/* -- S5: anchor moved or cancelled ------------------------------------------------------------- */

static void
begin_meeting (WfFixture *f)
{
  wf_fixture_set_up (f, "ana");
  wf_scripted_crm_put_workflow (
      f->crm,
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
      "\",\"name\":\"Confirm\",\"state\":\"live\",\"version\":1,"
      "\"trigger\":{\"event\":\"meeting.scheduled\"},\"steps\":[{\"id\":\"confirm\",\"kind\":\"create-activity\","
      "\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"call\",\"complete-within\":{\"amount\":120,"
      "\"unit\":\"minutes\",\"before\":\"meeting.start\"},\"notify\":{\"amount\":30,\"unit\":\"minutes\"}}]}");
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "meeting.scheduled", "l-1", "ana",
                        ",\"meeting\":{\"id\":\"m-1\",\"start\":\"2026-11-19T18:00:00Z\"}");
  wf_fixture_settle (f);
}

static void
test_meeting_moves (void)
{
  WfFixture f;
  const WfActivity *there;

  begin_meeting (&f);
  there = wf_scripted_crm_get_activity_at (f.crm, 0);
  g_assert_cmpint (there->due, ==, at ("2026-11-19T16:00:00Z"));
  wf_fixture_add_event (&f, "e-2", "meeting.rescheduled", "l-1", "ana",
                        ",\"meeting\":{\"id\":\"m-2\",\"start\":\"2026-11-25T18:00:00Z\"}");
  wf_fixture_settle (&f);
  g_assert_cmpint (there->due, ==, at ("2026-11-19T16:00:00Z")); /* another meeting */

  wf_fixture_add_event (&f, "e-3", "meeting.rescheduled", "l-1", "ana",
                        ",\"meeting\":{\"id\":\"m-1\",\"start\":\"2026-11-20T18:00:00Z\"}");
  wf_fixture_settle (&f);
  g_assert_cmpint (there->due, ==, at ("2026-11-20T16:00:00Z"));
  g_assert_cmpint (there->remind, ==, at ("2026-11-20T15:30:00Z"));
  g_assert_false (there->pinned);
  wf_fixture_add_event (&f, "e-3b", "meeting.rescheduled", "l-1", "ana",
                        ",\"meeting\":{\"id\":\"m-1\",\"start\":\"2026-11-20T19:00:00Z\"}");
  wf_fixture_settle (&f);
  g_assert_cmpint (there->due, ==, at ("2026-11-20T17:00:00Z")); /* as often as it moves */

  /* What a person set by hand stays (S7). */
  g_assert_true (
      wf_fixture_reschedule (&f, there->id, at ("2026-11-20T14:00:00Z"), "Earlier", NULL));
  wf_fixture_add_event (&f, "e-4", "meeting.rescheduled", "l-1", "ana",
                        ",\"meeting\":{\"id\":\"m-1\",\"start\":\"2026-11-23T18:00:00Z\"}");
  wf_fixture_settle (&f);
  g_assert_cmpint (there->due, ==, at ("2026-11-20T14:00:00Z"));

  wf_fixture_add_event (&f, "e-5", "meeting.cancelled", "l-1", "ana",
                        ",\"meeting\":{\"id\":\"m-1\"}");
  wf_fixture_settle (&f);
  g_assert_cmpint (there->status, ==, WF_ACTIVITY_NO_LONGER_NEEDED);
  wf_fixture_tear_down (&f);
}

/* -- what a person sees ------------------------------------------------------------------------ */

static void
on_count (gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_signals_and_counts (void)
{
  WfFixture f;
  g_autofree char *id = begin (&f, "ana");
  guint n_activities = 0, n_closed = 0, n_log = 0;

  g_signal_connect_swapped (f.runtime, "activities-changed", G_CALLBACK (on_count), &n_activities);
  g_signal_connect_swapped (f.runtime, "activity-closed", G_CALLBACK (on_count), &n_closed);
  g_signal_connect_swapped (f.runtime, "log-changed", G_CALLBACK (on_count), &n_log);
  g_assert_cmpuint (wf_runtime_get_today_count (f.runtime), ==, 1);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  g_assert_true (wf_fixture_complete (&f, id, NULL, NULL));
  g_assert_cmpuint (n_activities, >=, 1);
  g_assert_cmpuint (n_closed, ==, 1);
  g_assert_cmpuint (n_log, >=, 1);
  g_assert_cmpuint (wf_runtime_get_today_count (f.runtime), ==, 0);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 1);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/commands/complete-and-undo", test_complete_and_undo);
  g_test_add_func ("/runtime/commands/rights", test_rights);
  g_test_add_func ("/runtime/commands/claim", test_claim);
  g_test_add_func ("/runtime/commands/give-away", test_give_away);
  g_test_add_func ("/runtime/commands/no-new-deadline", test_no_new_deadline);
  g_test_add_func ("/runtime/commands/next-morning", test_next_morning);
  g_test_add_func ("/runtime/commands/not-ready", test_not_ready);
  g_test_add_func ("/runtime/commands/lead-deleted", test_lead_deleted);
  g_test_add_func ("/runtime/commands/lead-discarded", test_lead_discarded);
  g_test_add_func ("/runtime/commands/meeting", test_meeting_moves);
  g_test_add_func ("/runtime/commands/signals", test_signals_and_counts);
  return g_test_run ();
}
