/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clocks that are set forward and back, nights in which the clock changes, a computer that slept:
 * nothing fires twice, nothing not at all; and once with the real clock (S20-S22, S26). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

#define WITHIN_AN_HOUR                                                                             \
  "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}"
#define NOW "\"run\":{\"mode\":\"immediately\"},"
#define DELAY(amount, unit)                                                                        \
  "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":" amount ",\"unit\":\"" unit "\"}},"
#define CREATE(id, rest) "{\"id\":\"" id "\",\"kind\":\"create-activity\"," rest WITHIN_AN_HOUR "}"

static WfInstant
parse (const char *text)
{
  WfInstant at = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (text, &at));
  return at;
}

static void
put_schedule (WfFixture *f, const char *at)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\":1,\"id\":\"711e0000-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Daily\",\"state\":"
      "\"live\",\"version\":1,\"trigger\":{\"event\":\"schedule.tick\",\"schedule\":{\"every\":"
      "\"day\",\"at\":\"%s\"}},\"steps\":[" CREATE ("tick",
                                                    NOW "\"assignee\":\"person:ana\",") "]}",
      at);

  wf_scripted_crm_put_workflow (f->crm, json);
}

/* The CRM's only activity of the step, which must be there. */
static WfActivity *
find_only (WfFixture *f, const char *step)
{
  WfActivity *found = NULL;

  for (guint i = 0; i < wf_scripted_crm_get_n_activities (f->crm); i++)
    {
      WfActivity *activity = wf_scripted_crm_get_activity_at (f->crm, i);

      if (!g_str_equal (activity->step, step))
        continue;
      g_assert_null (found);
      found = activity;
    }
  g_assert_nonnull (found);
  return found;
}

/* -- clocks that are set ----------------------------------------------------------------------- */

/* What the clock does, one after the other; all of them go beyond 19:30Z. */
typedef struct
{
  enum
  {
    END,
    PASS,
    JUMP,
  } kind;
  gint64 by;
} Move;

#define MOST_MOVES 24
static const struct
{
  const char *name;
  Move moves[MOST_MOVES];
} courses[] = {
  { "steady", { { PASS, 7 * HOUR } } },
  { "forward-and-back",
    { { PASS, 10 * MINUTE }, { JUMP, 3 * HOUR }, { JUMP, -1 * HOUR }, { PASS, 6 * HOUR } } },
  { "wholly-back",
    { { PASS, 10 * MINUTE },
      { JUMP, 3 * HOUR },
      { PASS, 5 * MINUTE },
      { JUMP, -3 * HOUR },
      { PASS, 7 * HOUR } } },
  { "back-first", { { PASS, 30 * MINUTE }, { JUMP, -1 * HOUR }, { PASS, 8 * HOUR } } },
  { "slept-over-all", { { PASS, 10 * MINUTE }, { JUMP, 6 * HOUR + 50 * MINUTE } } },
  { "slept-twice",
    { { JUMP, 55 * MINUTE }, { PASS, 30 * MINUTE }, { JUMP, 4 * HOUR }, { PASS, 2 * HOUR } } },
  { "restless",
    { { JUMP, 40 * MINUTE },
      { JUMP, -20 * MINUTE },
      { JUMP, 40 * MINUTE },
      { JUMP, -20 * MINUTE },
      { JUMP, 90 * MINUTE },
      { JUMP, -20 * MINUTE },
      { JUMP, 90 * MINUTE },
      { JUMP, -20 * MINUTE },
      { JUMP, 90 * MINUTE },
      { JUMP, -20 * MINUTE },
      { PASS, 5 * HOUR } } },
  { "back-over-a-reminder", { { PASS, 50 * MINUTE }, { JUMP, -1 * HOUR }, { PASS, 8 * HOUR } } },
  { "back-over-a-delay", { { PASS, 2 * HOUR + MINUTE }, { JUMP, -1 * HOUR }, { PASS, 7 * HOUR } } },
  { "back-over-a-tick", { { PASS, 4 * HOUR + 1 }, { JUMP, -1 * HOUR }, { PASS, 4 * HOUR } } },
};

/* A reminder at 13:50, a delayed step at 15:00, a wait's end at 16:00, a tick at 17:00. */
static void
begin (WfFixture *f)
{
  wf_fixture_set_up (f, "ana");
  put_schedule (f, "14:00");
  wf_fixture_put_workflow (
      f, 1, NULL,
      "[" CREATE ("now", NOW "\"notify\":{\"amount\":10,\"unit\":\"minutes\"},") "," CREATE (
          "later", DELAY ("2", "hours")) ","
                                         "{\"id\":\"wait\",\"kind\":\"wait\"," NOW
                                         "\"for\":{\"amount\":3,\"unit\":\"hours\"}}," CREATE (
                                             "below", NOW) "]");
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (f);
}

static void
move (WfFixture *f, const Move *move, gboolean restart)
{
  if (move->kind == PASS)
    wf_fixture_pass (f, move->by);
  else
    wf_fake_clock_jump (f->clock, wf_fixture_now (f) + move->by);
  wf_fixture_settle (f);
  if (!restart)
    return;
  wf_fixture_stop (f);
  wf_fixture_start (f);
}

/* Its own deadline; or, when it could be made only after that, half an hour from then (S26). */
static void
check_due (WfFixture *f, const char *step, WfInstant due)
{
  const WfActivity *activity = find_only (f, step);
  WfInstant grace = (activity->created + 30 * MINUTE + MINUTE - 1) / MINUTE * MINUTE;

  g_assert_cmpint (activity->arrived_late, ==, activity->created > due);
  g_assert_cmpint (activity->due, ==, activity->arrived_late ? grace : due);
}

static guint
count_named (WfFixture *f, const char *prefix, const char *id)
{
  GPtrArray *lines = wf_recording_notifier_get_lines (f->notifier);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      n += g_str_has_prefix (line, prefix) && strstr (line, id) != NULL;
    }
  return n;
}

static void
check_course (gconstpointer user_data, gboolean restart)
{
  guint index = GPOINTER_TO_UINT (user_data);
  WfFixture f;

  begin (&f);
  for (const Move *each = courses[index].moves; each->kind != END; each++)
    move (&f, each, restart);
  g_assert_cmpint (wf_fixture_now (&f), >=, parse ("2026-11-18T19:30:00Z"));
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 4);
  check_due (&f, "now", parse ("2026-11-18T14:00:00Z"));
  check_due (&f, "later", parse ("2026-11-18T16:00:00Z"));
  check_due (&f, "below", parse ("2026-11-18T17:00:00Z"));
  check_due (&f, "tick", parse ("2026-11-18T18:00:00Z"));

  /* Shown once, by itself or with what else was missed. */
  const char *id = find_only (&f, "now")->id;
  guint n_single = count_named (&f, "reminder", id), n_grouped = count_named (&f, "catch-up", id);
  if (restart) /* a catch-up after each start names what is still open, but nothing pops up twice */
    g_assert_cmpuint (n_single, <=, 1);
  else
    g_assert_cmpuint (n_single + n_grouped, ==, 1);
  g_assert_cmpuint (n_single + n_grouped, >=, 1);

  wf_fixture_pass (&f, DAY);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 5); /* the next tick */
  g_assert_cmpuint (wf_fixture_count_titles (&f, "An activity became late"), ==, 5);
  wf_fixture_tear_down (&f);
}

static void
test_course (gconstpointer user_data)
{
  check_course (user_data, FALSE);
}

static void
test_course_with_restarts (gconstpointer user_data)
{
  check_course (user_data, TRUE);
}

/* -- nights in which the clock changes --------------------------------------------------------- */

static const char berlin[] =
    "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"working-hours\":{\"time-zone\":"
    "\"Europe/Berlin\",\"week\":{\"mon\":[],\"tue\":[],\"wed\":[],\"thu\":[],\"fri\":[],\"sat\":"
    "[],\"sun\":[[\"00:00\",\"24:00\"]]}},\"people\":[{\"id\":\"ana\",\"name\":\"Ana\",\"role\":"
    "\"attendant\",\"active\":true,\"groups\":[],\"teams\":[],\"units\":[]}],\"groups\":[],"
    "\"teams\":[],\"units\":[],\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\",\"icon\":"
    "\"call\"}],\"pipelines\":[]}";

typedef struct
{
  const char *name, *start;
  const char *ticks[3]; /* of 02:30, three days on end */
  const char *event, *day, *hours;
} Night;

static const Night nights[] = {
  { "gap",
    "2027-03-26T23:00:00Z",
    { "2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z" },
    "2027-03-27T11:00:00Z",
    "2027-03-28T10:00:00Z",
    "2027-03-28T11:00:00Z" },
  { "repeated-hour",
    "2027-10-29T22:00:00Z",
    { "2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z" },
    "2027-10-30T10:00:00Z",
    "2027-10-31T11:00:00Z",
    "2027-10-31T10:00:00Z" },
};

static void
pass_until (WfFixture *f, WfInstant at)
{
  wf_fixture_pass (f, at - wf_fixture_now (f));
}

/* A tick a day at a wall time that one day has not, or twice; a day of wall time and twenty-four
 * hours over it. */
static void
check_night (gconstpointer user_data, gboolean asleep)
{
  const Night *night = user_data;
  WfInstant start = parse (night->start);
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fake_clock_jump (f.clock, start);
  wf_scripted_crm_set_organisation (f.crm, berlin);
  put_schedule (&f, "02:30");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[" CREATE ("day", DELAY ("1", "days")) "," CREATE ("hours", DELAY ("24", "hours")) "]");
  wf_fixture_start (&f);
  pass_until (&f, parse (night->event));
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  if (asleep)
    {
      wf_fake_clock_jump (f.clock, parse (night->hours) + 30 * MINUTE);
      wf_fixture_settle (&f);
    }
  pass_until (&f, start + 3 * DAY);

  check_due (&f, "day", parse (night->day) + HOUR);
  check_due (&f, "hours", parse (night->hours) + HOUR);
  guint n = 0;
  for (guint i = 0; i < wf_scripted_crm_get_n_activities (f.crm); i++)
    {
      const WfActivity *activity = wf_scripted_crm_get_activity_at (f.crm, i);

      if (!g_str_equal (activity->step, "tick"))
        continue;
      g_assert_cmpuint (n, <, G_N_ELEMENTS (night->ticks));
      /* The one that was slept through is late, but it is its own. */
      if (!activity->arrived_late)
        g_assert_cmpint (activity->due, ==, parse (night->ticks[n]) + HOUR);
      g_assert_cmpint (activity->arrived_late, ==, asleep && n == 1);
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (night->ticks));
  wf_fixture_tear_down (&f);
}

static void
test_night (gconstpointer user_data)
{
  check_night (user_data, FALSE);
}

static void
test_night_asleep (gconstpointer user_data)
{
  check_night (user_data, TRUE);
}

/* -- a computer that slept --------------------------------------------------------------------- */

#define N_SLEPT 12

/* Reminders, delayed steps, deadlines and a tick, all of them in one sleep; half of the leads have
 * their delayed step after it. */
static void
test_slept (void)
{
  WfFixture f;
  GPtrArray *lines;

  wf_fixture_set_up (&f, "ana");
  put_schedule (&f, "12:00");
  wf_fixture_put_workflow (
      &f, 1, NULL,
      "[" CREATE ("now", NOW "\"notify\":{\"amount\":10,\"unit\":\"minutes\"},") "," CREATE (
          "later", DELAY ("2", "hours")) "]");
  wf_fixture_start (&f);
  for (guint i = 0; i < N_SLEPT; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, event, "lead.received", lead, "ana", NULL);
      wf_fixture_pass (&f, MINUTE);
    }
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) + 2 * HOUR - N_SLEPT / 2 * MINUTE - 1);
  wf_fixture_settle (&f);
  /* Those of the first ones, at half a minute less than the rest of it; and the tick. */
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, N_SLEPT + N_SLEPT / 2 + 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 0);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "catch-up"), ==, 1);
  lines = wf_recording_notifier_get_lines (f.notifier);
  for (guint i = 0; i < wf_scripted_crm_get_n_activities (f.crm); i++)
    {
      const WfActivity *activity = wf_scripted_crm_get_activity_at (f.crm, i);

      if (g_str_equal (activity->step, "now"))
        g_assert_nonnull (strstr (g_ptr_array_index (lines, 0), activity->id));
    }
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 2 * N_SLEPT + 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "catch-up"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 0);
  g_assert_cmpuint (wf_fixture_count_titles (&f, "An activity became late"), ==, N_SLEPT);
  wf_fixture_tear_down (&f);
}

/* -- the real clock ---------------------------------------------------------------------------- */

#define N_REAL 5
#define REAL_APART (200 * G_TIME_SPAN_MILLISECOND)
/* Generous: it is about "does it fire", on whatever machine. */
#define MOST_LATENESS (10 * G_TIME_SPAN_SECOND)

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_runtime_start_finish (WF_RUNTIME (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
on_time_out (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
add_real_event (WfScriptedCrm *crm, guint number, WfInstant at)
{
  g_autofree char *time = wf_instant_format_utc (at);
  g_autofree char *json = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"e-%u\",\"source\":\"/crm/test\",\"type\":\"lead.received\","
      "\"time\":\"%s\",\"data\":{\"lead\":{\"id\":\"l-%u\",\"owner\":\"ana\"}}}",
      number, time, number);

  wf_scripted_crm_add_event (crm, json);
}

/* Steps that are due in 200, 400, ... milliseconds, by the kernel's timer. */
static void
test_real (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "store.db");
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  g_autoptr (WfScriptedCrm) crm = wf_scripted_crm_new (clock, "ana");
  WfRuntime *runtime = wf_runtime_new (clock, WF_CRM (crm), NULL, path);
  gboolean started = FALSE, timed_out = FALSE;
  WfInstant first;
  gint64 latest = 0;

  wf_scripted_crm_put_workflow (
      crm, "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW "\",\"name\":\"Soon\",\"state\":\"live\","
           "\"version\":1,\"trigger\":{\"event\":\"lead.received\"},\"steps\":[" CREATE (
               "soon", DELAY ("1", "minutes")) "]}");
  wf_runtime_start_async (runtime, NULL, on_started, &started);
  while (!started)
    g_main_context_iteration (NULL, TRUE);
  wf_runtime_settle (runtime);
  first = wf_clock_now (clock) + REAL_APART;
  for (guint i = 0; i < N_REAL; i++)
    add_real_event (crm, i, first + (gint64) i * REAL_APART - MINUTE);

  guint watchdog = g_timeout_add_seconds (30, on_time_out, &timed_out);
  while (wf_scripted_crm_get_n_activities (crm) < N_REAL && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_false (timed_out);
  wf_runtime_settle (runtime);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (crm), ==, N_REAL);
  for (guint i = 0; i < N_REAL; i++)
    {
      const WfActivity *activity = wf_scripted_crm_get_activity_at (crm, i);
      gint64 late = activity->created - (first + (gint64) i * REAL_APART);

      /* In their order, none of them early. */
      g_assert_cmpint (activity->event_id[2] - '0', ==, i);
      g_assert_cmpint (late, >=, 0);
      latest = MAX (latest, late);
    }
  g_test_message ("latest by %.1f ms", (double) latest / G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (latest, <, MOST_LATENESS);
  wf_runtime_stop (runtime);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (runtime);
}

static void
add_tests (const char *name, gconstpointer data, GTestDataFunc func, const char *group)
{
  g_autofree char *path = g_strdup_printf ("/runtime/time/%s/%s", group, name);

  g_test_add_data_func (path, data, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (courses); i++)
    {
      add_tests (courses[i].name, GUINT_TO_POINTER (i), test_course, "set");
      add_tests (courses[i].name, GUINT_TO_POINTER (i), test_course_with_restarts, "restarted");
    }
  for (guint i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      add_tests (nights[i].name, &nights[i], test_night, "night");
      add_tests (nights[i].name, &nights[i], test_night_asleep, "asleep");
    }
  g_test_add_func ("/runtime/time/slept", test_slept);
  g_test_add_func ("/runtime/time/real", test_real);
  return g_test_run ();
}
