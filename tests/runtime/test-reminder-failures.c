/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reminders where the store cannot be written, nobody shows notifications, the clock was wrong, a deadline moves under a
 * snooze, and what was missed comes one by one (S7, S8, S20, B11, B12). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-reminder-scene.h"

#include "wf-instant.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define at wf_reminder_scene_at
#define begin wf_reminder_scene_begin
#define pass_until wf_reminder_scene_pass_until
#define count wf_reminder_scene_count
#define get_last_line wf_reminder_scene_get_last_line
#define expect_receipts wf_reminder_scene_expect_receipts

static void
put (WfFixture *f, const char *id, const char *due, const char *remind)
{
  wf_reminder_scene_put (f, id, "call", due, remind);
  wf_fixture_settle (f);
}

static void
move_elsewhere (WfFixture *f, const char *id, const char *due)
{
  wf_reminder_scene_change (f, id, WF_ACTIVITY_OPEN, due);
}

static void
jump (WfFixture *f, const char *time)
{
  wf_fake_clock_jump (f->clock, at (time));
  wf_fixture_settle (f);
}

/* -- a store that cannot be written ------------------------------------------------------------ */

typedef struct
{
  guint n_receipts, n_claims, n_shown;
  GLogLevelFlags fatal; /* as they were */
  guint runtime, store;
} Warnings;

static void
on_warning (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  Warnings *warnings = user_data;

  warnings->n_receipts += strstr (message, "What was shown cannot be noted") != NULL;
  warnings->n_claims += strstr (message, "without being claimed") != NULL;
  warnings->n_shown += strstr (message, "could not be shown") != NULL;
}

/* The store's thread has its own to say, to which nobody listens here. */
static void
on_store_warning (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

/* What the program says while something is wrong is expected, and counted. */
static void
expect_warnings (Warnings *self)
{
  self->fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  self->runtime = g_log_set_handler ("wf-runtime", G_LOG_LEVEL_WARNING, on_warning, self);
  self->store = g_log_set_handler ("wf-store", G_LOG_LEVEL_WARNING, on_store_warning, NULL);
}

static void
end_warnings (Warnings *self)
{
  g_log_remove_handler ("wf-runtime", self->runtime);
  g_log_remove_handler ("wf-store", self->store);
  g_log_set_always_fatal (self->fatal);
}

/* As on a full disk: no file can be written any more. */
static void
let_store_grow (gboolean may)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = may ? limit.rlim_max : 1;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_receipt_refused (void)
{
  WfFixture f;
  Warnings warnings = { 0 };

  begin (&f);
  expect_warnings (&warnings);
  put (&f, "a", "14:00:00", "13:50:00");
  put (&f, "b", "15:00:00", "14:20:17");
  pass_until (&f, "13:49:59");
  let_store_grow (FALSE);
  pass_until (&f, "14:20:16");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  /* The next one comes as if nothing were wrong, to the second. */
  pass_until (&f, "14:20:17");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder b");
  pass_until (&f, "14:40:00");
  let_store_grow (TRUE);
  g_assert_cmpuint (warnings.n_receipts, ==, 1);
  /* No pause is longer than a minute. */
  pass_until (&f, "14:41:01");
  expect_receipts (&f, "a", "shown 2026-11-18T13:50:00Z\n");
  expect_receipts (&f, "b", "shown 2026-11-18T14:20:17Z\n");
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (wf_recording_notifier_get_lines (f.notifier)->len, ==, 2);
  wf_fixture_tear_down (&f);
  end_warnings (&warnings);
}

static void
test_claim_refused (void)
{
  WfFixture f;
  Warnings warnings = { 0 };

  begin (&f);
  expect_warnings (&warnings);
  put (&f, "a", "14:00:00", "13:50:00");
  pass_until (&f, "13:30:27");
  let_store_grow (FALSE);
  pass_until (&f, "13:49:59.999999");
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  pass_until (&f, "13:50:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  pass_until (&f, "14:30:00");
  let_store_grow (TRUE);
  pass_until (&f, "14:31:01");
  expect_receipts (&f, "a", "shown 2026-11-18T13:50:00Z\n");
  g_assert_cmpuint (warnings.n_receipts, ==, 1);
  g_assert_cmpuint (warnings.n_claims, <=, 1);
  g_assert_cmpuint (wf_recording_notifier_get_lines (f.notifier)->len, ==, 1);
  /* And it is claimed again as before. */
  put (&f, "b", "16:00:00", "15:30:00");
  pass_until (&f, "15:30:00");
  expect_receipts (&f, "b", "shown 2026-11-18T15:30:00Z\n");
  wf_fixture_tear_down (&f);
  end_warnings (&warnings);
}

/* There is one catch-up, also when the store does not know what it names. */
static void
test_catch_up_refused (void)
{
  WfFixture f;
  Warnings warnings = { 0 };

  begin (&f);
  expect_warnings (&warnings);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);

      put (&f, id, "16:00:00", i < 4 ? "13:50:00" : "14:50:00");
    }
  pass_until (&f, "13:30:27");
  let_store_grow (FALSE);
  pass_until (&f, "13:50:00");
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up a-0 a-1 a-2 a-3");
  pass_until (&f, "14:50:00");
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up a-0 a-1 a-2 a-3 a-4 a-5 a-6 a-7");
  g_assert_cmpuint (count (&f, "catch-up"), ==, 2);
  let_store_grow (TRUE);
  pass_until (&f, "14:52:00");
  expect_receipts (&f, "a-0", "shown 2026-11-18T13:50:00Z\n");
  expect_receipts (&f, "a-7", "shown 2026-11-18T14:50:00Z\n");
  g_assert_cmpuint (wf_recording_notifier_get_lines (f.notifier)->len, ==, 2);
  wf_fixture_tear_down (&f);
  end_warnings (&warnings);
}

/* -- nobody shows notifications ---------------------------------------------------------------- */

static void
test_not_shown_for_long (void)
{
  WfFixture f;
  Warnings warnings = { 0 };

  begin (&f);
  expect_warnings (&warnings);
  wf_fixture_set_reminder_rules (&f, "{\"at-due\":true}");
  put (&f, "a", "14:00:00", "13:30:00");
  wf_recording_notifier_set_failing (f.notifier, TRUE);
  pass_until (&f, "13:40:00");
  g_assert_cmpuint (warnings.n_shown, ==, 1);
  /* Other rules do not lose it: it is not shown yet. */
  wf_fixture_set_reminder_rules (&f, "{}");
  expect_receipts (&f, "a", "next 2026-11-18T13:30:00Z\n");
  wf_recording_notifier_set_failing (f.notifier, FALSE);
  pass_until (&f, "13:41:00");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder a");
  expect_receipts (&f, "a", "late 2026-11-18T13:41:00Z\n");
  /* What went away meanwhile is not tried again. */
  put (&f, "b", "15:00:00", "14:30:00");
  wf_recording_notifier_set_failing (f.notifier, TRUE);
  pass_until (&f, "14:30:10");
  g_assert_cmpuint (warnings.n_shown, ==, 2);
  g_assert_true (wf_fixture_complete (&f, "b", NULL, NULL));
  wf_recording_notifier_set_failing (f.notifier, FALSE);
  pass_until (&f, "16:00:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  wf_fixture_tear_down (&f);
  end_warnings (&warnings);
}

static void
test_message_not_shown (void)
{
  static const char steps[] =
      "[{\"id\":\"n\",\"kind\":\"notify\",\"run\":{\"mode\":\"immediately\"},"
      "\"recipient\":\"responsible\",\"text\":\"A lead came\"}]";
  WfFixture f;
  Warnings warnings = { 0 };

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, steps);
  wf_fixture_start (&f);
  expect_warnings (&warnings);
  wf_recording_notifier_set_failing (f.notifier, TRUE);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (warnings.n_shown, ==, 1);
  g_assert_cmpuint (count (&f, "message"), ==, 0);
  wf_recording_notifier_set_failing (f.notifier, FALSE);
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (count (&f, "message"), ==, 1);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (count (&f, "message"), ==, 1);
  wf_fixture_tear_down (&f);
  end_warnings (&warnings);
}

/* -- a snooze, and a deadline that moves ------------------------------------------------------- */

static void
test_snooze_and_deadline (void)
{
  const struct
  {
    const char *remind; /* nullable */
    const char *snoozed, *moved, *due;
    WfSnooze snooze;
    const char *comes, *nothing_before;
  } cases[] = {
    /* It stays where it is. */
    { "13:30:00", "13:30:00", "13:31:00", "13:55:00", WF_SNOOZE_15_MINUTES, "13:45:00",
      "13:44:59" },
    { "13:30:00", "13:30:00", "13:31:00", "14:00:30", WF_SNOOZE_15_MINUTES, "13:45:00",
      "13:44:59" },
    { "13:30:00", "13:30:00", "13:30:10", "14:00:30", WF_SNOOZE_15_MINUTES, "13:45:00",
      "13:44:59" },
    { "13:30:00", "13:30:00", "13:31:00", "18:00:00", WF_SNOOZE_15_MINUTES, "13:45:00",
      "13:44:59" },
    { NULL, "13:00:00", "13:01:00", "15:00:00", WF_SNOOZE_15_MINUTES, "13:15:00", "13:14:59" },
    /* Never past the deadline. */
    { NULL, "13:00:00", "13:01:00", "13:05:00", WF_SNOOZE_15_MINUTES, "13:05:00", "13:04:59" },
    { "13:30:00", "13:30:00", "13:31:00", "13:40:00", WF_SNOOZE_15_MINUTES, "13:40:00",
      "13:39:59" },
    { "13:30:00", "13:30:00", "13:31:00", "13:50:00", WF_SNOOZE_UNTIL_DUE, "13:50:00", "13:49:59" },
    /* The deadline has passed now. */
    { NULL, "13:00:00", "13:01:00", "12:30:00", WF_SNOOZE_15_MINUTES, "13:01:00", "13:00:59" },
    { NULL, "13:00:00", "13:04:00", "13:02:00", WF_SNOOZE_15_MINUTES, "13:04:00", "13:03:59" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfFixture f;
      guint before;

      g_test_message ("case %u", i);
      begin (&f);
      put (&f, "a", "14:00:00", cases[i].remind);
      pass_until (&f, cases[i].snoozed);
      before = count (&f, "reminder");
      g_assert_cmpuint (before, ==, cases[i].remind != NULL);
      g_assert_cmpint (wf_fixture_snooze (&f, "a", cases[i].snooze, NULL), !=, WF_INSTANT_NONE);
      if (at (cases[i].moved) > at (cases[i].nothing_before))
        pass_until (&f, cases[i].nothing_before);
      pass_until (&f, cases[i].moved);
      g_assert_cmpuint (count (&f, "reminder"), ==, before);
      move_elsewhere (&f, "a", cases[i].due);
      if (at (cases[i].moved) < at (cases[i].nothing_before))
        {
          pass_until (&f, cases[i].nothing_before);
          g_assert_cmpuint (count (&f, "reminder"), ==, before);
        }
      pass_until (&f, cases[i].comes);
      wf_fixture_pass (&f, 1);
      g_assert_cmpuint (count (&f, "reminder"), ==, before + 1);
      wf_fixture_tear_down (&f);
    }
}

/* A snooze that was brought forward is one still: the deadline may move again, over a restart. */
static void
test_snooze_and_deadline_twice (void)
{
  WfFixture f;

  begin (&f);
  put (&f, "a", "14:00:00", "13:30:00");
  pass_until (&f, "13:30:00");
  wf_fixture_snooze (&f, "a", WF_SNOOZE_15_MINUTES, NULL);
  move_elsewhere (&f, "a", "13:42:00");
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  move_elsewhere (&f, "a", "13:40:00");
  expect_receipts (&f, "a",
                   "shown 2026-11-18T13:30:00Z\nsnoozed 2026-11-18T13:45:00Z\n"
                   "snoozed 2026-11-18T13:42:00Z\nsnoozed 2026-11-18T13:40:00Z\n"
                   "next 2026-11-18T13:40:00Z\n");
  move_elsewhere (&f, "a", "17:00:00");
  pass_until (&f, "13:40:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  /* And then the manager's for the deadline as it is now (S7). */
  pass_until (&f, "16:29:59");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  pass_until (&f, "16:30:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 3);
  wf_fixture_tear_down (&f);
}

/* -- a clock that was wrong -------------------------------------------------------------------- */

static void
check_clock_was_ahead (gboolean with_restart)
{
  WfFixture f;

  begin (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"30 minutes\"]},\"at-due\":true}");
  put (&f, "a", "14:00:00", "13:50:00");
  pass_until (&f, "13:20:00");
  jump (&f, "16:20:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  if (with_restart)
    wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, at ("13:21:00"));
  if (with_restart)
    wf_fixture_start (&f);
  wf_fixture_settle (&f);
  /* That of 13:30 was shown, and only that. */
  pass_until (&f, "13:49:59");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  pass_until (&f, "13:50:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  pass_until (&f, "14:00:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 3);
  pass_until (&f, "18:00:00");
  g_assert_cmpuint (count (&f, "reminder"), ==, 3);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_clock_was_ahead (void)
{
  check_clock_was_ahead (FALSE);
}

static void
test_clock_was_ahead_before (void)
{
  check_clock_was_ahead (TRUE);
}

/* -- one by one -------------------------------------------------------------------------------- */

static void
put_missed (WfFixture *f, guint n)
{
  g_autofree char *id = g_strdup_printf ("a-%02u", n);

  put (f, id, "13:30:00", "12:30:00");
}

static void
test_missed_one_by_one (void)
{
  WfFixture f;
  guint n = 0;

  begin (&f);
  while (n < 40)
    put_missed (&f, n++);
  g_assert_cmpuint (count (&f, "reminder"), ==, 3);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 37);
  /* It pops up once. */
  g_assert_cmpuint (count (&f, "catch-up a-03 quietly"), ==, 0);
  g_assert_cmpstr (g_ptr_array_index (wf_recording_notifier_get_lines (f.notifier), 3), ==,
                   "catch-up a-03");
  g_assert_cmpstr (g_ptr_array_index (wf_recording_notifier_get_lines (f.notifier), 4), ==,
                   "catch-up a-03 a-04 quietly");
  g_assert_true (g_str_has_suffix (get_last_line (&f), " a-39 quietly"));
  expect_receipts (&f, "a-39", "late 2026-11-18T13:00:00Z\n");

  /* They keep coming: it pops up once a minute. */
  wf_fixture_pass (&f, 40 * G_TIME_SPAN_SECOND);
  put_missed (&f, n++);
  g_assert_true (g_str_has_suffix (get_last_line (&f), " a-40 quietly"));
  wf_fixture_pass (&f, 40 * G_TIME_SPAN_SECOND);
  put_missed (&f, n++);
  g_assert_true (g_str_has_suffix (get_last_line (&f), " a-41"));

  /* What comes in time is not held up by it. */
  put (&f, "b", "18:00:00", "13:02:00");
  pass_until (&f, "13:02:00");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder b");
  /* Quiet again: one that was missed comes by itself. */
  pass_until (&f, "13:10:00");
  put_missed (&f, n++);
  g_assert_cmpstr (get_last_line (&f), ==, "reminder a-42");
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/reminder-failures/receipt-refused", test_receipt_refused);
  g_test_add_func ("/runtime/reminder-failures/claim-refused", test_claim_refused);
  g_test_add_func ("/runtime/reminder-failures/catch-up-refused", test_catch_up_refused);
  g_test_add_func ("/runtime/reminder-failures/not-shown-for-long", test_not_shown_for_long);
  g_test_add_func ("/runtime/reminder-failures/message-not-shown", test_message_not_shown);
  g_test_add_func ("/runtime/reminder-failures/snooze-and-deadline", test_snooze_and_deadline);
  g_test_add_func ("/runtime/reminder-failures/snooze-and-deadline-twice",
                   test_snooze_and_deadline_twice);
  g_test_add_func ("/runtime/reminder-failures/clock-was-ahead", test_clock_was_ahead);
  g_test_add_func ("/runtime/reminder-failures/clock-was-ahead-before",
                   test_clock_was_ahead_before);
  g_test_add_func ("/runtime/reminder-failures/missed-one-by-one", test_missed_one_by_one);
  return g_test_run ();
}
