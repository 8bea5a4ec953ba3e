/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The working hours change: what would be due otherwise is listed, and moved when somebody says
 * so (S25). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

/* The test begins on Wednesday 2026-11-18 at 10:00 in São Paulo; the office is open from 09:00 to
 * 12:00 and from 13:00 to 18:00. */
#define TASK(id, within, more)                                                                     \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"activity-type\":\"call\","                    \
  "\"business-hours\":true,\"complete-within\":" within more "}"
#define HOURS(n) "{\"amount\":" n ",\"unit\":\"hours\"}"

static void
set_hours (WfFixture *f, const char *day)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"working-hours\":{\"time-zone\":"
      "\"America/Sao_Paulo\",\"week\":{\"mon\":%s,\"tue\":%s,\"wed\":%s,\"thu\":%s,\"fri\":%s,"
      "\"sat\":[],\"sun\":[]}},\"people\":["
      "{\"id\":\"carla\",\"name\":\"Carla\",\"role\":\"coordinator\",\"active\":true,\"groups\":[],"
      "\"teams\":[],\"units\":[]},{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\","
      "\"active\":true,\"groups\":[],\"teams\":[],\"units\":[]}],\"groups\":[],\"teams\":[],"
      "\"units\":[],\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"},{\"id\":\"visit\","
      "\"name\":\"Visit\"}],\"pipelines\":[]}",
      day, day, day, day, day);
  g_autofree char *event =
      g_strdup_printf ("{\"specversion\":\"1.0\",\"id\":\"o-%u\",\"source\":\"/crm/test\",\"type\":"
                       "\"organisation.changed\",\"time\":\"2026-11-18T13:00:00Z\",\"data\":{}}",
                       ++f->n_events);

  wf_scripted_crm_set_organisation (f->crm, json);
  wf_scripted_crm_add_event (f->crm, event);
  wf_fixture_settle (f);
}

static void
begin (WfFixture *f, const char *person, const char *steps)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, NULL, steps);
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (f);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Of WfDueChange. */
static GPtrArray *
list_changes (WfFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *changes;

  wf_runtime_list_due_changes_async (f->runtime, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  changes = wf_runtime_list_due_changes_finish (f->runtime, result, &error);
  g_assert_no_error (error);
  return changes;
}

static gboolean
apply_changes (WfFixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done;

  wf_runtime_apply_due_changes_async (f->runtime, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = wf_runtime_command_finish (f->runtime, result, error);
  wf_fixture_settle (f);
  return done;
}

static WfInstant
at (const char *text)
{
  WfInstant instant = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

/* -- the table --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *step;
  const char *due;   /* by the hours of before */
  gint64 pass;       /* minutes until the hours change */
  const char *hours; /* of each day, from then on */
  const char *moved; /* NULL: it stays */
} Case;

static const Case cases[] = {
  /* Wed 10:00 + 4 h = Wed 15:00; without the break 14:00. */
  { "no-break", TASK ("a", HOURS ("4"), ""), "2026-11-18T18:00:00Z", 0, "[[\"09:00\",\"18:00\"]]",
    "2026-11-18T17:00:00Z" },
  /* Half days: 10:00-12:00 and Thu 09:00-11:00. */
  { "half-days", TASK ("a", HOURS ("4"), ""), "2026-11-18T18:00:00Z", 0, "[[\"09:00\",\"12:00\"]]",
    "2026-11-19T14:00:00Z" },
  { "same", TASK ("a", HOURS ("4"), ""), "2026-11-18T18:00:00Z", 0,
    "[[\"09:00\",\"12:00\"],[\"13:00\",\"17:00\"]]", NULL },
  /* At 14:50 the break never was: 14:00 has passed, and half an hour is longer than what is left
   * until 15:00: it stays. */
  { "not-late-at-once", TASK ("a", HOURS ("4"), ""), "2026-11-18T18:00:00Z", 290,
    "[[\"09:00\",\"18:00\"]]", NULL },
  /* At 14:10: 14:40 instead of a deadline that has passed. */
  { "half-an-hour", TASK ("a", HOURS ("4"), ""), "2026-11-18T18:00:00Z", 250,
    "[[\"09:00\",\"18:00\"]]", "2026-11-18T17:40:00Z" },
  /* Late since 15:00, and by the new hours not yet. */
  { "not-late-any-more", TASK ("a", HOURS ("4"), ""), "2026-11-18T18:00:00Z", 320,
    "[[\"09:00\",\"12:00\"]]", "2026-11-19T14:00:00Z" },
  /* Late before and after: nothing to say. */
  { "late-anyway", TASK ("a", HOURS ("4"), ""), "2026-11-18T18:00:00Z", 320,
    "[[\"09:00\",\"18:00\"]]", NULL },
  { "without-the-flag",
    "{\"id\":\"a\",\"kind\":\"create-activity\",\"activity-type\":\"call\",\"complete-within\":"
    "{\"amount\":4,\"unit\":\"hours\"}}",
    "2026-11-18T17:00:00Z", 0, "[[\"09:00\",\"12:00\"]]", NULL },
  /* A working day is a day whatever its length. */
  { "days", TASK ("a", "{\"amount\":1,\"unit\":\"days\"}", ""), "2026-11-19T13:00:00Z", 0,
    "[[\"14:00\",\"18:00\"]]", "2026-11-19T17:00:00Z" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  WfFixture f;
  g_autofree char *steps = g_strdup_printf ("[%s]", c->step);
  g_autoptr (GPtrArray) changes = NULL, left = NULL;
  g_autoptr (GError) error = NULL;
  const WfActivity *there;

  begin (&f, "carla", steps);
  there = wf_scripted_crm_get_activity_at (f.crm, 0);
  g_assert_cmpint (there->due, ==, at (c->due));
  wf_fixture_pass (&f, c->pass * MINUTE);
  set_hours (&f, c->hours);
  g_assert_cmpint (there->due, ==, at (c->due)); /* nothing by itself */

  changes = list_changes (&f);
  g_assert_cmpuint (changes->len, ==, c->moved != NULL ? 1 : 0);
  if (c->moved != NULL)
    {
      const WfDueChange *change = g_ptr_array_index (changes, 0);

      g_assert_cmpint (change->activity->due, ==, at (c->due));
      g_assert_cmpint (change->due, ==, at (c->moved));
    }
  g_assert_true (apply_changes (&f, &error));
  g_assert_no_error (error);
  g_assert_cmpint (there->due, ==, at (c->moved != NULL ? c->moved : c->due));
  g_assert_false (there->pinned);
  left = list_changes (&f);
  g_assert_cmpuint (left->len, ==, 0);
  wf_fixture_tear_down (&f);
}

/* -- more -------------------------------------------------------------------------------------- */

/* The other way round again: the sum is still known after a move. */
static void
test_back_again (void)
{
  WfFixture f;
  const WfActivity *there;
  WfInstant due;

  begin (&f, "carla",
         "[" TASK ("a", HOURS ("4"), ",\"notify\":{\"amount\":30,\"unit\":\"minutes\"}") "]");
  there = wf_scripted_crm_get_activity_at (f.crm, 0);
  due = there->due;
  set_hours (&f, "[[\"09:00\",\"12:00\"]]");
  g_assert_true (apply_changes (&f, NULL));
  g_assert_cmpint (there->due, ==, at ("2026-11-19T14:00:00Z"));
  g_assert_cmpint (there->remind, ==, at ("2026-11-19T13:30:00Z"));
  set_hours (&f, "[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]]");
  g_assert_true (apply_changes (&f, NULL));
  g_assert_cmpint (there->due, ==, due);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 2); /* audited */
  wf_fixture_tear_down (&f);
}

/* Her reminder moves with it. */
static void
test_reminder_moves (void)
{
  WfFixture f;

  begin (&f, "carla",
         "[{\"id\":\"a\",\"kind\":\"create-activity\",\"activity-type\":\"call\","
         "\"business-hours\":true,\"assignee\":\"person:carla\",\"complete-within\":" HOURS (
             "4") ",\"notify\":{\"amount\":30,\"unit\":\"minutes\"}}]");
  set_hours (&f, "[[\"09:00\",\"18:00\"]]"); /* 14:00, reminder at 13:30 */
  g_assert_true (apply_changes (&f, NULL));
  wf_fixture_pass (&f, 209 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 0);
  wf_fixture_pass (&f, 2 * MINUTE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "reminder"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* What a person set, what is done and what comes from elsewhere stays. */
static void
test_left_alone (void)
{
  WfFixture f;
  g_autoptr (WfActivity) foreign = wf_activity_new ("x-1");
  g_autoptr (GPtrArray) changes = NULL;

  begin (&f, "carla", "[" TASK ("a", HOURS ("4"), "") "," TASK ("b", HOURS ("4"), "") "]");
  g_set_str (&foreign->type, "call");
  g_set_str (&foreign->title, "By hand");
  g_set_str (&foreign->lead, "l-1");
  g_set_str (&foreign->person, "ana");
  foreign->business_hours = TRUE;
  foreign->due = wf_fixture_now (&f) + 6 * HOUR;
  wf_scripted_crm_put_activity (f.crm, foreign);
  wf_fixture_settle (&f);
  g_assert_true (wf_fixture_reschedule (&f, wf_scripted_crm_get_activity_at (f.crm, 0)->id,
                                        wf_fixture_now (&f) + 7 * HOUR, "Asked for", NULL));
  g_assert_true (
      wf_fixture_complete (&f, wf_scripted_crm_get_activity_at (f.crm, 1)->id, NULL, NULL));
  set_hours (&f, "[[\"09:00\",\"18:00\"]]");
  changes = list_changes (&f);
  g_assert_cmpuint (changes->len, ==, 0);
  wf_fixture_tear_down (&f);
}

static void
test_rights (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  WfInstant due;

  begin (&f, "ana", "[" TASK ("a", HOURS ("4"), "") "]");
  due = wf_scripted_crm_get_activity_at (f.crm, 0)->due;
  set_hours (&f, "[[\"09:00\",\"18:00\"]]");
  changes = list_changes (&f);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_false (apply_changes (&f, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->due, ==, due);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/due-changes/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/runtime/due-changes/back-again", test_back_again);
  g_test_add_func ("/runtime/due-changes/reminder", test_reminder_moves);
  g_test_add_func ("/runtime/due-changes/left-alone", test_left_alone);
  g_test_add_func ("/runtime/due-changes/rights", test_rights);
  return g_test_run ();
}
