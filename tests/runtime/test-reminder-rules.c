/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reminders by the person's own rules, through absence, and what of them stays on the screen (B10,
 * B11, B12, B23). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-reminder-scene.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

/* Ana, Bruno and Carla, and ana away as said. */
#define COMPANY                                                                                    \
  "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"working-hours\":{\"time-zone\":"            \
  "\"America/Sao_Paulo\",\"week\":{\"mon\":[[\"09:00\",\"18:00\"]],\"tue\":[],\"wed\":[],"         \
  "\"thu\":[],\"fri\":[],\"sat\":[],\"sun\":[]}},\"groups\":[],\"teams\":[],\"units\":[],"         \
  "\"pipelines\":[],\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"},"                      \
  "{\"id\":\"visit\",\"name\":\"Visit\"}],\"people\":[{\"id\":\"ana\",\"name\":\"Ana\","           \
  "\"role\":\"attendant\",\"active\":true,\"groups\":[],\"teams\":[],\"units\":[],"                \
  "\"absences\":[%s]}]}"
#define AWAY                                                                                       \
  "{\"id\":\"0b1f6c1e-0000-4000-8000-000000000001\",\"from\":\"2026-11-18T14:00:00Z\","            \
  "\"until\":\"2026-11-18T18:00:00Z\",\"treatment\":\"hold\","                                     \
  "\"rules\":[{\"type\":\"visit\",\"treatment\":\"cover\"}]}"

#define at wf_reminder_scene_at
#define begin wf_reminder_scene_begin
#define pass_until wf_reminder_scene_pass_until
#define put wf_reminder_scene_put
#define change_elsewhere wf_reminder_scene_change
#define count wf_reminder_scene_count
#define get_last_line wf_reminder_scene_get_last_line
#define expect_receipts wf_reminder_scene_expect_receipts

/* -- more of them ------------------------------------------------------------------------------ */

static void
test_own_lead_times (void)
{
  WfFixture f;

  begin (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"30 minutes\",\"5 minutes\"]},"
                                     "\"at-due\":true}");
  put (&f, "a", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:50:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:29:59Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  pass_until (&f, "2026-11-18T13:30:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  expect_receipts (&f, "a", "shown 2026-11-18T13:30:00Z\nnext 2026-11-18T13:50:00Z\n");

  /* The next of them are durable too. */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  pass_until (&f, "2026-11-18T13:50:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  pass_until (&f, "2026-11-18T13:55:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 3);
  pass_until (&f, "2026-11-18T14:00:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 4);
  pass_until (&f, "2026-11-18T20:00:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 4);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_rules_change (void)
{
  WfFixture f;

  begin (&f);
  put (&f, "a", "call", "2026-11-18T15:00:00Z", "2026-11-18T14:50:00Z");
  put (&f, "b", "visit", "2026-11-18T15:00:00Z", NULL);
  put (&f, "late", "call", "2026-11-18T12:00:00Z", NULL);
  wf_fixture_settle (&f);
  expect_receipts (&f, "a", "next 2026-11-18T14:50:00Z\n");
  expect_receipts (&f, "b", "");
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"call\":[\"1 hour\"]},\"at-due\":true}");
  expect_receipts (&f, "a", "next 2026-11-18T14:00:00Z\n");
  expect_receipts (&f, "b", "next 2026-11-18T15:00:00Z\n");
  expect_receipts (&f, "late", "");
  wf_fixture_set_reminder_rules (&f, "{}");
  expect_receipts (&f, "a", "next 2026-11-18T14:50:00Z\n");
  expect_receipts (&f, "b", "");

  /* They are kept. */
  wf_fixture_set_reminder_rules (&f, "{\"at-due\":true}");
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  g_assert_true (wf_reminder_rules_get_at_due (wf_runtime_get_reminder_rules (f.runtime)));
  expect_receipts (&f, "b", "next 2026-11-18T15:00:00Z\n");
  wf_fixture_tear_down (&f);
}

/* More open activities than one portion has. */
static void
test_rules_change_for_many (void)
{
  WfFixture f;
  const guint n = 450;

  begin (&f);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);

      put (&f, id, "call", "2026-11-20T15:00:00Z", "2026-11-20T14:50:00Z");
    }
  wf_fixture_settle (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"1 day\"]}}");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);

      expect_receipts (&f, id, "next 2026-11-19T15:00:00Z\n");
    }
  wf_fixture_tear_down (&f);
}

static void
test_snooze_among_others (void)
{
  WfFixture f;

  begin (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"30 minutes\",\"20 minutes\"]},"
                                     "\"at-due\":true}");
  put (&f, "a", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:50:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:30:00Z");
  g_assert_cmpint (wf_fixture_snooze (&f, "a", WF_SNOOZE_15_MINUTES, NULL), ==,
                   at ("2026-11-18T13:45:00Z"));
  g_assert_cmpstr (get_last_line (&f), ==, "withdraw a");

  /* Other rules leave it where it is. */
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"25 minutes\"]},\"at-due\":true}");
  expect_receipts (&f, "a",
                   "shown 2026-11-18T13:30:00Z\nsnoozed 2026-11-18T13:45:00Z\n"
                   "next 2026-11-18T13:45:00Z\n");
  pass_until (&f, "2026-11-18T13:45:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  /* What the rules say comes after it. */
  pass_until (&f, "2026-11-18T13:50:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 3);
  pass_until (&f, "2026-11-18T14:00:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 4);
  expect_receipts (&f, "a",
                   "shown 2026-11-18T13:30:00Z\nsnoozed 2026-11-18T13:45:00Z\n"
                   "shown 2026-11-18T13:45:00Z\nshown 2026-11-18T13:50:00Z\n"
                   "shown 2026-11-18T14:00:00Z\n");
  wf_fixture_tear_down (&f);
}

static void
test_deadline_moves (void)
{
  WfFixture f;

  begin (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"30 minutes\"]}}");
  put (&f, "a", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:50:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:30:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder a");
  /* What stands on the screen tells of a deadline that is not true any more. */
  change_elsewhere (&f, "a", WF_ACTIVITY_OPEN, "2026-11-18T16:00:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "withdraw a");
  expect_receipts (&f, "a", "shown 2026-11-18T13:30:00Z\nnext 2026-11-18T15:30:00Z\n");

  /* Done, and opened again. */
  g_assert_true (wf_fixture_complete (&f, "a", NULL, NULL));
  expect_receipts (&f, "a", "shown 2026-11-18T13:30:00Z\n");
  pass_until (&f, "2026-11-18T15:40:00Z");
  g_assert_true (wf_fixture_reopen (&f, "a", NULL));
  /* Opened again: only what is ahead. */
  expect_receipts (&f, "a", "shown 2026-11-18T13:30:00Z\nnext 2026-11-18T15:50:00Z\n");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_clock_back_and_rules (void)
{
  WfFixture f;

  begin (&f);
  put (&f, "a", "call", "2026-11-18T15:00:00Z", "2026-11-18T14:00:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T14:00:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fake_clock_jump (f.clock, at ("2026-11-18T13:30:00Z"));
  wf_fixture_settle (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"5 minutes\"]}}");
  pass_until (&f, "2026-11-18T14:54:59Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1); /* not a second time */
  pass_until (&f, "2026-11-18T14:55:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  wf_fixture_tear_down (&f);
}

/* -- quiet hours ------------------------------------------------------------------------------- */

static void
test_quiet_hours (void)
{
  WfFixture f;

  begin (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"10 minutes\"]},"
                                     "\"quiet\":{\"from\":\"19:00\",\"until\":\"20:00\"}}");
  put (&f, "a", "call", "2026-11-18T19:40:00Z", "2026-11-18T19:35:00Z");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("b-%u", i);

      put (&f, id, "visit", "2026-11-18T23:00:00Z", "2026-11-18T19:50:00Z");
    }
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T18:59:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder a");
  pass_until (&f, "2026-11-18T19:35:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder a quietly");
  pass_until (&f, "2026-11-18T19:50:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up b-0 b-1 b-2 b-3 quietly");
  wf_fixture_tear_down (&f);
}

static void
set_zone (const char *zone)
{
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
}

/* A workflow's own message comes at once, too, but pops up outside of quiet hours only. */
static void
test_quiet_message (void)
{
  static const char steps[] =
      "[{\"id\":\"n\",\"kind\":\"notify\",\"run\":{\"mode\":\"immediately\"},"
      "\"recipient\":\"responsible\",\"text\":\"A lead came\"}]";
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, steps);
  wf_fixture_start (&f);
  wf_fixture_set_reminder_rules (&f, "{\"quiet\":{\"from\":\"19:00\",\"until\":\"20:00\"}}");
  pass_until (&f, "2026-11-18T18:55:00Z");
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (count (&f, "message"), ==, 1);
  g_assert_false (g_str_has_suffix (get_last_line (&f), " quietly"));
  pass_until (&f, "2026-11-18T19:10:00Z");
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (count (&f, "message"), ==, 2);
  g_assert_true (g_str_has_suffix (get_last_line (&f), " quietly"));
  pass_until (&f, "2026-11-18T20:00:00Z");
  wf_fixture_add_event (&f, "e-3", "lead.received", "l-3", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (count (&f, "message"), ==, 3);
  g_assert_false (g_str_has_suffix (get_last_line (&f), " quietly"));
  wf_fixture_tear_down (&f);
}

/* The person goes to another country: their quiet hours go with them. */
static void
test_zone_change (void)
{
  WfFixture f;
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  set_zone ("Etc/UTC");
  begin (&f);
  wf_fixture_set_reminder_rules (&f, "{\"lead-times\":{\"*\":[\"10 minutes\"]},"
                                     "\"quiet\":{\"from\":\"19:00\",\"until\":\"20:00\"}}");
  put (&f, "a", "call", "2026-11-18T19:40:00Z", NULL);
  wf_fixture_settle (&f);
  expect_receipts (&f, "a", "next 2026-11-18T18:59:00Z\n");
  set_zone ("Europe/Berlin"); /* an hour ahead */
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  expect_receipts (&f, "a", "next 2026-11-18T19:30:00Z\n");

  /* Also while the program is not running, and without anybody saying so. */
  wf_fixture_stop (&f);
  set_zone ("Etc/UTC");
  wf_fixture_start (&f);
  expect_receipts (&f, "a", "next 2026-11-18T18:59:00Z\n");
  set_zone ("Europe/Berlin");
  wf_fixture_pass (&f, MINUTE);
  expect_receipts (&f, "a", "next 2026-11-18T19:30:00Z\n");
  wf_fixture_tear_down (&f);
  set_zone (before);
}

/* -- absence ----------------------------------------------------------------------------------- */

static void
set_absence (WfFixture *f, const char *absence)
{
  g_autofree char *json = g_strdup_printf (COMPANY, absence);

  wf_scripted_crm_set_organisation (f->crm, json);
  wf_fixture_settle (f);
}

static void
test_held_while_away (void)
{
  WfFixture f;

  begin (&f);
  set_absence (&f, AWAY);
  put (&f, "before", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:50:00Z");
  put (&f, "held", "call", "2026-11-18T15:00:00Z", "2026-11-18T14:30:00Z");
  put (&f, "held-too", "call", "2026-11-18T19:00:00Z", "2026-11-18T17:30:00Z");
  put (&f, "another", "visit", "2026-11-18T17:00:00Z", "2026-11-18T16:40:03Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T16:40:02Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  g_assert_cmpuint (count (&f, "reminder before"), ==, 1);
  /* To the second, behind what is held. */
  pass_until (&f, "2026-11-18T16:40:03Z");
  g_assert_cmpuint (count (&f, "reminder another"), ==, 1);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  pass_until (&f, "2026-11-18T17:59:59Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  pass_until (&f, "2026-11-18T18:00:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up held-too held");
  expect_receipts (&f, "held", "late 2026-11-18T18:00:00Z\n");
  wf_fixture_tear_down (&f);
}

static void
test_back_early (void)
{
  WfFixture f;

  begin (&f);
  set_absence (&f, AWAY);
  put (&f, "held", "call", "2026-11-18T15:00:00Z", "2026-11-18T14:30:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T15:30:00Z");
  g_assert_cmpuint (count (&f, "reminder") + count (&f, "catch-up"), ==, 0);
  set_absence (&f, "");
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up held");
  wf_fixture_tear_down (&f);
}

/* -- on the screen ----------------------------------------------------------------------------- */

static void
miss (WfFixture *f, guint n)
{
  begin (f);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autofree char *due = g_strdup_printf ("2026-11-18T1%u:0%u:00Z", 4 + i % 1000 / 10, i % 10);

      put (f, id, "call", due, "2026-11-18T13:30:00Z");
    }
  wf_fixture_settle (f);
  wf_fixture_stop (f);
  pass_until (f, "2026-11-18T13:45:00Z");
  wf_fixture_start (f);
}

static void
test_catch_up_shrinks (void)
{
  WfFixture f;

  miss (&f, 3);
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up a-0 a-1 a-2");
  /* Somebody else closes one: it says so, without popping up again. */
  change_elsewhere (&f, "a-0", WF_ACTIVITY_DONE, NULL);
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up a-1 a-2 quietly");
  /* The person closes one here: it is in front of them. */
  g_assert_true (wf_fixture_complete (&f, "a-1", NULL, NULL));
  g_assert_cmpstr (get_last_line (&f), ==, "withdraw a-1");
  g_assert_cmpuint (count (&f, "catch-up"), ==, 2);
  g_assert_cmpuint (count (&f, "withdraw " WF_NOTIFIER_CATCH_UP), ==, 0);
  /* Nothing is left. */
  change_elsewhere (&f, "a-2", WF_ACTIVITY_CANCELLED, NULL);
  g_assert_cmpuint (count (&f, "withdraw " WF_NOTIFIER_CATCH_UP), ==, 1);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 2);
  wf_fixture_tear_down (&f);
}

/* There is never a second one: what the first still says goes into it. */
static void
test_catch_up_grows (void)
{
  WfFixture f;

  miss (&f, 2);
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up a-0 a-1");
  put (&f, "b-0", "call", "2026-11-18T16:00:00Z", "2026-11-18T14:30:00Z");
  put (&f, "b-1", "call", "2026-11-18T16:30:00Z", "2026-11-18T14:30:00Z");
  wf_fixture_settle (&f);
  g_assert_true (wf_fixture_complete (&f, "a-0", NULL, NULL));
  wf_fixture_stop (&f);
  pass_until (&f, "2026-11-18T15:00:00Z");
  wf_fixture_start (&f);
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up b-0 b-1 a-1");
  expect_receipts (&f, "a-1", "late 2026-11-18T13:45:00Z\n");
  wf_fixture_tear_down (&f);
}

/* What was closed while the program was not running is taken down by the next one. */
static void
test_taken_down_after_restart (void)
{
  WfFixture f;
  g_autoptr (WfActivity) done = NULL;

  begin (&f);
  put (&f, "a", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:30:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:31:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder a");
  wf_fixture_stop (&f);
  done = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, "a"));
  done->due = at ("2026-11-18T20:00:00Z");
  done->remind = at ("2026-11-18T19:30:00Z");
  wf_scripted_crm_put_activity (f.crm, done);
  wf_fixture_start (&f);
  g_assert_cmpstr (get_last_line (&f), ==, "withdraw a");
  wf_fixture_tear_down (&f);
}

/* -- the last moment --------------------------------------------------------------------------- */

/* It is claimed a second ahead; what happens in that second still counts. */
static void
test_in_the_last_second (void)
{
  WfFixture f;

  begin (&f);
  put (&f, "done", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:30:00Z");
  put (&f, "moved", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:30:00Z");
  put (&f, "kept", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:30:00.5Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:29:59.8Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  change_elsewhere (&f, "done", WF_ACTIVITY_DONE, NULL);
  change_elsewhere (&f, "moved", WF_ACTIVITY_OPEN, "2026-11-18T15:00:00Z");
  pass_until (&f, "2026-11-18T13:30:00.499999Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  pass_until (&f, "2026-11-18T13:30:00.5Z");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder kept");
  pass_until (&f, "2026-11-18T14:30:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder moved");
  g_assert_cmpuint (count (&f, "reminder"), ==, 2);
  g_assert_cmpuint (count (&f, "catch-up"), ==, 0);
  wf_fixture_tear_down (&f);
}

/* The next program finds it claimed, and knows that it cannot have been seen yet. */
static void
test_ends_in_the_last_second (void)
{
  WfFixture f;

  begin (&f);
  put (&f, "a", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:30:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:29:59.2Z");
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  pass_until (&f, "2026-11-18T13:30:00Z");
  g_assert_cmpstr (get_last_line (&f), ==, "reminder a");
  expect_receipts (&f, "a", "shown 2026-11-18T13:30:00Z\n");
  wf_fixture_tear_down (&f);
}

/* The clock is put ahead over what was claimed and over what was not. */
static void
test_clock_jumps_over_claimed (void)
{
  WfFixture f;

  begin (&f);
  put (&f, "a", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:30:00Z");
  put (&f, "b", "call", "2026-11-18T14:30:00Z", "2026-11-18T13:40:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:29:59.5Z");
  wf_fake_clock_jump (f.clock, at ("2026-11-18T16:00:00Z"));
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  g_assert_cmpstr (get_last_line (&f), ==, "catch-up b a");
  wf_fixture_tear_down (&f);
}

/* The clock is put back: what was claimed waits for its instant. */
static void
test_clock_back_before_claimed (void)
{
  WfFixture f;

  begin (&f);
  put (&f, "a", "call", "2026-11-18T14:00:00Z", "2026-11-18T13:30:00Z");
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:29:59.5Z");
  wf_fake_clock_jump (f.clock, at ("2026-11-18T13:00:00Z"));
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-18T13:29:59.9Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 0);
  pass_until (&f, "2026-11-18T13:30:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  pass_until (&f, "2026-11-18T13:59:00Z");
  g_assert_cmpuint (count (&f, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_thousand_are_one (void)
{
  WfFixture f;
  GPtrArray *lines;

  begin (&f);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%03u", i);

      put (&f, id, "call", "2026-11-21T14:00:00Z", "2026-11-21T13:30:00Z");
    }
  wf_fixture_settle (&f);
  wf_fixture_stop (&f);
  pass_until (&f, "2026-11-23T12:00:00Z");
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 5 * MINUTE);
  lines = wf_recording_notifier_get_lines (f.notifier);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpuint (count (&f, "catch-up a-000 a-001"), ==, 1);
  expect_receipts (&f, "a-999", "late 2026-11-23T12:00:00Z\n");
  wf_fixture_tear_down (&f);
}

static void
test_damaged_rules (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  WfStore *store;

  begin (&f);
  wf_fixture_stop (&f);
  store = wf_store_open (f.store_path, WF_STORE_READ_WRITE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wf_store_begin (store, &error));
  g_assert_true (wf_store_set_fact (store, WF_FACT_REMINDER_RULES, "{\"at-due\":7}", &error));
  g_assert_true (wf_store_commit (store, &error));
  wf_store_close (store);
  g_test_expect_message ("wf-runtime", G_LOG_LEVEL_WARNING, "*only the manager's count*");
  wf_fixture_start (&f);
  g_test_assert_expected_messages ();
  g_assert_false (wf_reminder_rules_get_at_due (wf_runtime_get_reminder_rules (f.runtime)));
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/reminder-rules/own-lead-times", test_own_lead_times);
  g_test_add_func ("/runtime/reminder-rules/change", test_rules_change);
  g_test_add_func ("/runtime/reminder-rules/change-for-many", test_rules_change_for_many);
  g_test_add_func ("/runtime/reminder-rules/snooze", test_snooze_among_others);
  g_test_add_func ("/runtime/reminder-rules/deadline-moves", test_deadline_moves);
  g_test_add_func ("/runtime/reminder-rules/clock-back", test_clock_back_and_rules);
  g_test_add_func ("/runtime/reminder-rules/quiet-hours", test_quiet_hours);
  g_test_add_func ("/runtime/reminder-rules/quiet-message", test_quiet_message);
  g_test_add_func ("/runtime/reminder-rules/zone-change", test_zone_change);
  g_test_add_func ("/runtime/reminder-rules/held-while-away", test_held_while_away);
  g_test_add_func ("/runtime/reminder-rules/back-early", test_back_early);
  g_test_add_func ("/runtime/reminder-rules/catch-up-shrinks", test_catch_up_shrinks);
  g_test_add_func ("/runtime/reminder-rules/catch-up-grows", test_catch_up_grows);
  g_test_add_func ("/runtime/reminder-rules/taken-down-after-restart",
                   test_taken_down_after_restart);
  g_test_add_func ("/runtime/reminder-rules/last-second", test_in_the_last_second);
  g_test_add_func ("/runtime/reminder-rules/ends-in-the-last-second", test_ends_in_the_last_second);
  g_test_add_func ("/runtime/reminder-rules/clock-over-claimed", test_clock_jumps_over_claimed);
  g_test_add_func ("/runtime/reminder-rules/clock-before-claimed", test_clock_back_before_claimed);
  g_test_add_func ("/runtime/reminder-rules/thousand", test_thousand_are_one);
  g_test_add_func ("/runtime/reminder-rules/damaged", test_damaged_rules);
  return g_test_run ();
}
