/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own calendar in step with their activities: nothing twice, nothing left behind, whatever fails. */
#include "wf-calendar-publisher.h"
#include "wf-icalendar.h"
#include "wf-memory-calendar.h"
#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define SECOND G_TIME_SPAN_SECOND

typedef struct
{
  WfFixture fixture;
  WfMemoryCalendar *calendar;
  WfCalendarPublisher *publisher;
} Scene;

static void
on_timeout (gpointer user_data)
{
  g_error ("The publisher does not come to an end");
}

static void
settle (Scene *self)
{
  guint watchdog = g_timeout_add_seconds_once (60, on_timeout, NULL);

  wf_fixture_settle (&self->fixture);
  while (wf_calendar_publisher_is_busy (self->publisher))
    {
      g_main_context_iteration (NULL, TRUE);
      wf_fake_clock_run_idle ();
    }
  wf_fixture_settle (&self->fixture);
  g_source_remove (watchdog);
}

/* Time passes, and what is due on the way is done on the way. */
static void
pass (Scene *self, gint64 time)
{
  WfInstant until = wf_fixture_now (&self->fixture) + time;

  while (wf_fixture_now (&self->fixture) < until)
    {
      WfInstant next = wf_fake_clock_get_next_alarm (self->fixture.clock);
      wf_fixture_pass (&self->fixture, next == WF_INSTANT_NONE || next > until
                                           ? until - wf_fixture_now (&self->fixture)
                                           : MAX (next - wf_fixture_now (&self->fixture), 1));
      settle (self);
    }
}

static void
make_publisher (Scene *self)
{
  self->publisher =
      wf_calendar_publisher_new (self->fixture.runtime, WF_CALENDARS (self->calendar));
}

static void
begin (Scene *self, gboolean only_meetings)
{
  g_autoptr (WfCalendarTarget) target = wf_calendar_target_new (
      WF_CALENDAR_KIND_CALDAV, "https://cal.example/ana/", "ana", "Work", TRUE);

  wf_calendar_publisher_begin (self->publisher, target, only_meetings);
  settle (self);
}

static void
set_up (Scene *self, gconstpointer data)
{
  wf_fixture_set_up (&self->fixture, "ana");
  self->calendar = wf_memory_calendar_new ();
  wf_fixture_start (&self->fixture);
  make_publisher (self);
}

/* As the end of the program: what was under way is cut off. */
static void
stop (Scene *self)
{
  guint watchdog = g_timeout_add_seconds_once (60, on_timeout, NULL);

  wf_calendar_publisher_stop (self->publisher);
  while (wf_calendar_publisher_is_busy (self->publisher))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_finalize_object (g_steal_pointer (&self->publisher));
}

static void
restart (Scene *self)
{
  stop (self);
  make_publisher (self);
  settle (self);
}

static void
tear_down (Scene *self, gconstpointer data)
{
  stop (self);
  wf_fixture_tear_down (&self->fixture);
  g_assert_finalize_object (self->calendar);
}

static void
add (Scene *self, const char *id, WfActivityKind kind, gint64 ahead)
{
  g_autoptr (WfActivity) activity = wf_activity_new (id);

  activity->kind = kind;
  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, id);
  g_set_str (&activity->person, "ana");
  g_set_str (&activity->lead, "l-1");
  activity->created = wf_fixture_now (&self->fixture);
  activity->due = wf_fixture_now (&self->fixture) + ahead;
  wf_scripted_crm_put_activity (self->fixture.crm, activity);
  wf_fixture_settle (&self->fixture);
}

/* NULL: it is not in the calendar. */
static const char *
get_text (Scene *self, const char *id)
{
  g_autofree char *uid = wf_icalendar_make_uid (id);

  return wf_memory_calendar_get_text (self->calendar, uid);
}

static void
reschedule (Scene *self, const char *id, gint64 ahead)
{
  g_autoptr (GError) error = NULL;

  wf_fixture_reschedule (&self->fixture, id, wf_fixture_now (&self->fixture) + ahead, "Asked",
                         &error);
  g_assert_no_error (error);
}

static void
complete (Scene *self, const char *id)
{
  g_autoptr (GError) error = NULL;

  wf_fixture_complete (&self->fixture, id, NULL, &error);
  g_assert_no_error (error);
}

static guint
count_journal (Scene *self, const char *prefix)
{
  GPtrArray *journal = wf_memory_calendar_get_journal (self->calendar);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    n += g_str_has_prefix (journal->pdata[i], prefix);
  return n;
}

static void
check_state (Scene *self, WfPublisherState state, guint n)
{
  g_assert_cmpint (wf_calendar_publisher_get_state (self->publisher), ==, state);
  g_assert_cmpuint (wf_calendar_publisher_get_n_published (self->publisher), ==, n);
}

/* ---- what is there ----------------------------------------------------------------------------- */

/* R87: the workflow's step puts the meeting into the person's own calendar. */
static void
test_meeting_of_workflow (Scene *self, gconstpointer data)
{
  wf_fixture_put_workflow (
      &self->fixture, 1, NULL,
      "[{\"id\":\"meet\",\"kind\":\"schedule-meeting\",\"place\":\"Shop\",\"complete-within\":{\"amount\":2,\"unit\":\"hours\"}}]");
  begin (self, TRUE);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 0);
  wf_fixture_add_event (&self->fixture, "e-1", "lead.received", "l-1", "ana", NULL);
  settle (self);
  pass (self, 3 * SECOND);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
  g_autoptr (WfActivity) meeting = wf_fixture_get_only (&self->fixture);
  g_assert_nonnull (strstr (get_text (self, meeting->id), "\r\nDTSTART:20261118T150000Z\r\n"));
  g_assert_nonnull (strstr (get_text (self, meeting->id), "\r\nLOCATION:Shop\r\n"));
  complete (self, meeting->id);
  pass (self, 3 * SECOND);
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 0);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 0);
}

static void
test_which (Scene *self, gconstpointer data)
{
  add (self, "task", WF_ACTIVITY_TASK, HOUR);
  add (self, "call", WF_ACTIVITY_CALL, 2 * HOUR);
  add (self, "meeting", WF_ACTIVITY_MEETING, 89 * 24 * HOUR);
  add (self, "far", WF_ACTIVITY_MEETING, 95 * 24 * HOUR);
  begin (self, FALSE);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 3);
  g_assert_null (get_text (self, "far"));
  wf_calendar_publisher_set_only_meetings (self->publisher, TRUE);
  settle (self);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 2);
  g_assert_null (get_text (self, "task"));
  restart (self);
  g_assert_true (wf_calendar_publisher_get_only_meetings (self->publisher));
  pass (self, 6 * 24 * HOUR);
  g_assert_nonnull (get_text (self, "far"));
}

static void
test_changes (Scene *self, gconstpointer data)
{
  add (self, "a", WF_ACTIVITY_CALL, HOUR);
  begin (self, FALSE);
  g_assert_nonnull (strstr (get_text (self, "a"), "\r\nSEQUENCE:0\r\n"));
  reschedule (self, "a", 4 * HOUR);
  pass (self, 3 * SECOND);
  g_assert_nonnull (strstr (get_text (self, "a"), "\r\nSEQUENCE:1\r\n"));
  g_assert_nonnull (strstr (get_text (self, "a"), "\r\nDTSTART:20261118T170000Z\r\n"));
  /* Whoever has it now publishes it. */
  wf_fixture_reassign (&self->fixture, "a", "bruno", NULL);
  pass (self, 3 * SECOND);
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 0);
}

/* Nothing is asked when nothing changed. */
static void
test_calm (Scene *self, gconstpointer data)
{
  guint n;

  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  begin (self, FALSE);
  n = wf_memory_calendar_get_journal (self->calendar)->len;
  pass (self, 5 * HOUR);
  restart (self);
  g_assert_cmpuint (wf_memory_calendar_get_journal (self->calendar)->len, ==, n + 1); /* open */
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
}

/* ---- its owner --------------------------------------------------------------------------------- */

static void
test_deleted_there (Scene *self, gconstpointer data)
{
  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  add (self, "b", WF_ACTIVITY_CALL, 9 * HOUR);
  begin (self, FALSE);
  wf_memory_calendar_delete (self->calendar, "a@workflow.example.org");
  wf_memory_calendar_delete (self->calendar, "b@workflow.example.org");
  pass (self, 2 * HOUR);
  restart (self);
  g_assert_null (get_text (self, "a"));
  reschedule (self, "a", 9 * HOUR);
  complete (self, "b");
  pass (self, 3 * SECOND);
  g_assert_nonnull (get_text (self, "a"));
  g_assert_null (get_text (self, "b"));
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
}

static void
test_edited_there (Scene *self, gconstpointer data)
{
  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  add (self, "b", WF_ACTIVITY_CALL, 9 * HOUR);
  begin (self, FALSE);
  wf_memory_calendar_edit (self->calendar, "a@workflow.example.org");
  wf_memory_calendar_edit (self->calendar, "b@workflow.example.org");
  pass (self, 2 * HOUR);
  g_assert_cmpstr (get_text (self, "a"), ==, "edited");
  reschedule (self, "a", 9 * HOUR);
  complete (self, "b");
  pass (self, 3 * SECOND);
  g_assert_nonnull (strstr (get_text (self, "a"), "\r\nSEQUENCE:1\r\n"));
  g_assert_null (get_text (self, "b"));
}

/* ---- failures ---------------------------------------------------------------------------------- */

static void
test_waits_and_tries_again (Scene *self, gconstpointer data)
{
  static const WfCrmError codes[] = { WF_CRM_ERROR_OFFLINE, WF_CRM_ERROR_SERVER,
                                      WF_CRM_ERROR_RATE_LIMITED, WF_CRM_ERROR_UNCERTAIN };

  begin (self, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      wf_memory_calendar_fail (self->calendar, 2, codes[i]);
      add (self, id, WF_ACTIVITY_CALL, 10 * 24 * HOUR);
      for (guint n = 0;
           n < 50 && wf_calendar_publisher_get_state (self->publisher) != WF_PUBLISHER_WAITING; n++)
        pass (self, SECOND / 10);
      check_state (self, WF_PUBLISHER_WAITING, i);
      g_assert_nonnull (wf_calendar_publisher_get_problem (self->publisher));
      pass (self, MINUTE);
      check_state (self, WF_PUBLISHER_UP_TO_DATE, i + 1);
      g_assert_null (wf_calendar_publisher_get_problem (self->publisher));
    }
}

static void
test_asks_for_help (Scene *self, gconstpointer data)
{
  guint n;

  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  wf_memory_calendar_fail (self->calendar, 2, WF_CRM_ERROR_AUTH);
  begin (self, FALSE);
  check_state (self, WF_PUBLISHER_PROBLEM, 0);
  n = wf_memory_calendar_get_journal (self->calendar)->len;
  add (self, "b", WF_ACTIVITY_CALL, 8 * HOUR);
  pass (self, 10 * MINUTE); /* a wrong password is not tried over and over */
  g_assert_cmpuint (wf_memory_calendar_get_journal (self->calendar)->len, ==, n);
  wf_calendar_publisher_poke (self->publisher);
  settle (self);
  check_state (self, WF_PUBLISHER_PROBLEM, 0);
  restart (self);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 2);
}

static void
test_refused (Scene *self, gconstpointer data)
{
  add (self, "bad", WF_ACTIVITY_CALL, HOUR);
  add (self, "good", WF_ACTIVITY_CALL, 2 * HOUR);
  wf_memory_calendar_refuse (self->calendar, "SUMMARY:bad");
  begin (self, FALSE);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
  g_assert_cmpuint (wf_calendar_publisher_get_n_refused (self->publisher), ==, 1);
  pass (self, 3 * HOUR / 2);
  g_assert_cmpuint (count_journal (self, "put bad@"), ==, 1);
  wf_memory_calendar_refuse (self->calendar, NULL);
  reschedule (self, "bad", 5 * HOUR);
  pass (self, 3 * SECOND);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 2);
  g_assert_cmpuint (wf_calendar_publisher_get_n_refused (self->publisher), ==, 0);
}

/* The calendar took it, nobody heard so, and the program ended. */
static void
test_lost_answer (Scene *self, gconstpointer data)
{
  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  wf_memory_calendar_lose_answer (self->calendar);
  begin (self, FALSE);
  check_state (self, WF_PUBLISHER_WAITING, 0);
  g_assert_nonnull (get_text (self, "a"));
  restart (self);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 1);
  /* The same, and the activity was closed before the program came back. */
  add (self, "b", WF_ACTIVITY_CALL, 8 * HOUR);
  wf_memory_calendar_lose_answer (self->calendar);
  wf_calendar_publisher_poke (self->publisher);
  settle (self);
  g_assert_nonnull (get_text (self, "b"));
  stop (self);
  complete (self, "b");
  make_publisher (self);
  settle (self);
  g_assert_null (get_text (self, "b"));
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
}

/* The program ends after each number of requests, and is started again. */
static void
test_cut_off (Scene *self, gconstpointer data)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      add (self, id, WF_ACTIVITY_CALL, (8 + i) * HOUR);
    }
  for (guint n = 1; n <= 8; n++)
    {
      g_autoptr (WfCalendarTarget) target = wf_calendar_target_new (
          WF_CALENDAR_KIND_CALDAV, "https://cal.example/ana/", "ana", "Work", TRUE);
      guint before = count_journal (self, "put");
      wf_calendar_publisher_begin (self->publisher, target, FALSE);
      while (count_journal (self, "put") < before + n)
        g_main_context_iteration (NULL, TRUE);
      restart (self);
      check_state (self, WF_PUBLISHER_UP_TO_DATE, 8);
      g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 8);
      wf_calendar_publisher_leave (self->publisher);
      settle (self);
      g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 0);
    }
}

/* ---- leaving ----------------------------------------------------------------------------------- */

static void
test_leave (Scene *self, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (wf_runtime_get_folder (self->fixture.runtime), "calendar.json", NULL);

  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  add (self, "b", WF_ACTIVITY_TASK, 9 * HOUR);
  begin (self, FALSE);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  wf_memory_calendar_fail (self->calendar, 1, WF_CRM_ERROR_OFFLINE);
  wf_calendar_publisher_leave (self->publisher);
  settle (self);
  check_state (self, WF_PUBLISHER_WAITING, 2);
  restart (self);
  check_state (self, WF_PUBLISHER_OFF, 0);
  g_assert_null (wf_calendar_publisher_get_target (self->publisher));
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 0);
  g_assert_cmpuint (count_journal (self, "forget"), ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  pass (self, 2 * HOUR);
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 0);
}

static void
test_forget (Scene *self, gconstpointer data)
{
  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  begin (self, FALSE);
  wf_calendar_publisher_poke (self->publisher);
  wf_calendar_publisher_forget (self->publisher); /* in the middle of a pass */
  settle (self);
  check_state (self, WF_PUBLISHER_OFF, 0);
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 1);
  /* Chosen again, the entry is taken over: nothing is there twice. */
  begin (self, FALSE);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 1);
}

static void
test_damaged_file (Scene *self, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (wf_runtime_get_folder (self->fixture.runtime), "calendar.json", NULL);

  add (self, "a", WF_ACTIVITY_CALL, 8 * HOUR);
  begin (self, FALSE);
  stop (self);
  g_assert_true (g_file_set_contents (path, "{\"format\":", -1, NULL));
  g_test_expect_message ("wf-icalendar", G_LOG_LEVEL_WARNING, "*cannot be read*");
  make_publisher (self);
  g_test_assert_expected_messages ();
  check_state (self, WF_PUBLISHER_OFF, 0);
  g_assert_nonnull (wf_calendar_publisher_get_problem (self->publisher));
  begin (self, FALSE);
  check_state (self, WF_PUBLISHER_UP_TO_DATE, 1);
  g_assert_cmpuint (wf_memory_calendar_get_n (self->calendar), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/calendar-publisher/" name, Scene, NULL, set_up, func, tear_down)
  ADD ("meeting-of-workflow", test_meeting_of_workflow);
  ADD ("which", test_which);
  ADD ("changes", test_changes);
  ADD ("calm", test_calm);
  ADD ("deleted-there", test_deleted_there);
  ADD ("edited-there", test_edited_there);
  ADD ("waits-and-tries-again", test_waits_and_tries_again);
  ADD ("asks-for-help", test_asks_for_help);
  ADD ("refused", test_refused);
  ADD ("lost-answer", test_lost_answer);
  ADD ("cut-off", test_cut_off);
  ADD ("leave", test_leave);
  ADD ("forget", test_forget);
  ADD ("damaged-file", test_damaged_file);
#undef ADD
  return g_test_run ();
}
