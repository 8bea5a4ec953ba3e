/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desktop may not carry out: left to another engine, asked for, done once, and shown as stuck
 * only when nobody did it for long (S16, S18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

#define CALL(id, mode)                                                                             \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"" mode "\"},"               \
  "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}"
#define STAGE "{\"id\":\"act\",\"kind\":\"change-stage\",\"stage\":\"filter-1\"}"
#define STEPS "[" STAGE "," CALL ("after", "after-previous") "]"

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Ana's desktop, which may not; and, if asked for, an engine that may, away for now. */
static void
begin (WfFixture *f, WfFixture *engine, const char *steps)
{
  wf_fixture_set_up (f, "ana");
  wf_fixture_put_workflow (f, 1, NULL, steps);
  wf_fixture_start (f);
  wf_scripted_crm_set_may_perform (f->crm, FALSE);
  if (engine != NULL)
    {
      wf_fixture_set_up_peer (engine, f, NULL);
      wf_fixture_start (engine);
      wf_fixture_stop (engine);
    }
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (f);
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

/* How far the action got, by the log. */
static void
assert_state (WfFixture *f, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  guint n = 0;

  wf_runtime_list_log_async (f->runtime, "effect", NULL, 0, 0, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = wf_runtime_list_log_finish (f->runtime, result, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const WfLogEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (WfJsonDocument) details = NULL;

      if (!g_str_equal (entry->title, "perform/change-stage"))
        continue;
      n++;
      details = wf_json_document_parse (entry->details, -1, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (details), "state"), ==,
                       expected);
    }
  g_assert_cmpuint (n, ==, 1);
}

static guint
count_blocked (WfFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint total = 0;

  wf_runtime_list_blocked_async (f->runtime, 0, 10, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  rows = wf_runtime_list_blocked_finish (f->runtime, result, &total, &error);
  g_assert_no_error (error);
  return total;
}

static void
assert_left (WfFixture *f)
{
  assert_state (f, "left");
  g_assert_cmpuint (wf_runtime_get_pending_changes (f->runtime), ==, 0);
  g_assert_cmpint (wf_runtime_get_sync_status (f->runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  g_assert_cmpuint (wf_fixture_count_log (f, "problem"), ==, 0);
  g_assert_cmpuint (count_blocked (f), ==, 0);
  g_assert_cmpuint (wf_recording_notifier_count (f->notifier, "message"), ==, 0);
}

/* -- how it ends -------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  gboolean engine; /* somebody else does it; else it becomes hers to do */
  gboolean event;  /* of which she hears by an event */
  gint64 pause;    /* after which she knows */
} End;

static const End ends[] = {
  { "event", TRUE, TRUE, 0 },
  { "asked", TRUE, FALSE, MINUTE },
  { "hers", FALSE, FALSE, MINUTE },
};

static void
do_it (WfFixture *f, WfFixture *engine, const End *end)
{
  if (!end->engine)
    {
      wf_scripted_crm_set_may_perform (f->crm, TRUE);
      return;
    }
  wf_fixture_start (engine);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f->crm), ==, 1);
  if (end->event)
    wf_scripted_crm_echo_action (f->crm, wf_scripted_crm_get_action_at (f->crm, 0),
                                 "lead.stage-changed", NULL);
  wf_fixture_settle (f);
}

static void
test_end (gconstpointer data)
{
  const End *end = data;
  WfFixture f, engine;

  begin (&f, &engine, STEPS);
  assert_left (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 0);

  do_it (&f, &engine, end);
  if (end->pause > 0)
    {
      assert_left (&f);
      wf_fixture_pass (&f, end->pause);
    }
  assert_state (&f, "done");
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1); /* her chain went on */
  {
    g_autoptr (WfActivity) after = wf_fixture_get_only (&f);

    g_assert_cmpstr (after->step, ==, "after");
  }
  wf_fixture_pass (&f, DAY);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);
  g_assert_cmpuint (count_lines (&f, "forbidden"), ==, 1);
  wf_fixture_tear_down (&engine);
  wf_fixture_tear_down (&f);
}

/* What was left before a restart is asked for after it. */
static void
test_restart (void)
{
  WfFixture f, engine;

  begin (&f, &engine, STEPS);
  wf_fixture_stop (&f);
  wf_fixture_start (&engine);
  wf_fixture_start (&f);
  assert_left (&f);
  wf_fixture_pass (&f, MINUTE);
  assert_state (&f, "done");
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  wf_fixture_tear_down (&engine);
  wf_fixture_tear_down (&f);
}

/* What she does herself with the lead does not wait for the others. */
static void
test_nothing_behind_it (void)
{
  WfFixture f;
  g_autoptr (WfActivity) call = NULL;

  begin (&f, NULL, "[" CALL ("call", "immediately") "," STAGE "]");
  assert_left (&f);
  call = wf_fixture_get_only (&f);
  g_assert_true (wf_fixture_complete (&f, call->id, NULL, NULL));
  wf_fixture_settle (&f);
  g_assert_cmpuint (count_lines (&f, "change"), ==, 1);
  assert_left (&f);
  wf_fixture_tear_down (&f);
}

/* A computer that sees everybody has nobody to leave it to; nor is what she did herself left. */
static void
test_last_word (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (&f, 1, NULL, STEPS);
  wf_fixture_start (&f);
  wf_scripted_crm_set_may_perform (f.crm, FALSE);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  assert_state (&f, "failed");
  g_assert_cmpuint (count_blocked (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_by_hand (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, "[" CALL ("call", "immediately") "]");
  wf_fixture_start (&f);
  wf_scripted_crm_set_may_perform (f.crm, FALSE);
  g_assert_true (wf_fixture_start_workflow (&f, WF_TEST_WORKFLOW, "l-1", &error));
  g_assert_no_error (error);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message refused/"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* Over the longest weekend nobody is alarmed, and few questions are asked; then it is shown. */
static void
test_stuck (void)
{
  WfFixture f;

  begin (&f, NULL, STEPS);
  wf_fixture_pass (&f, 4 * DAY - MINUTE);
  assert_left (&f);
  g_assert_cmpuint (count_lines (&f, "forbidden"), <=, 25);
  wf_fixture_pass (&f, 2 * MINUTE);
  assert_state (&f, "failed");
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpuint (count_blocked (&f), ==, 1);
  g_assert_cmpuint (wf_scripted_crm_get_n_messages (f.crm), ==, 0);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 0);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/left/%s", ends[i].name);

      g_test_add_data_func (path, &ends[i], test_end);
    }
  g_test_add_func ("/runtime/left/restart", test_restart);
  g_test_add_func ("/runtime/left/nothing-behind-it", test_nothing_behind_it);
  g_test_add_func ("/runtime/left/last-word", test_last_word);
  g_test_add_func ("/runtime/left/by-hand", test_by_hand);
  g_test_add_func ("/runtime/left/stuck", test_stuck);
  return g_test_run ();
}
