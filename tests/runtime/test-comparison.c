/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would have done, trials beside live, and the health check (B1, B14, B16,
 * B21). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-health.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

#define CREATE(id)                                                                                 \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"            \
  "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}"

static void
begin (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, NULL, "[" CREATE ("a") "]");
  wf_fixture_start (f);
}

/* The published version with another step. */
static WfWorkflow *
edit (void)
{
  const char *json =
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
      "\",\"name\":\"First contact\",\"state\":\"draft\",\"version\":1,"
      "\"trigger\":{\"event\":\"lead.received\"},\"steps\":[" CREATE ("a") "," CREATE ("b") "]}";
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfWorkflow *edited = wf_workflow_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (edited);
  return edited;
}

static void
add_leads (WfFixture *f, const char *prefix, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, i);
      g_autofree char *lead = g_strdup_printf ("l-%s-%u", prefix, i);

      wf_fixture_add_event_at (f, wf_fixture_now (f) - (gint64) (n - i) * 10 * G_TIME_SPAN_SECOND,
                               id, "lead.received", lead, i % 3 == 0 ? "bruno" : "ana", NULL);
    }
  wf_fixture_settle (f);
}

static void
test_compare (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = edit ();
  g_autoptr (WfCompareResult) result = NULL;
  guint n_there;

  begin (&f, "carla");
  add_leads (&f, "a", 900); /* several pages */
  n_there = wf_scripted_crm_get_n_activities (f.crm);
  result = wf_fixture_compare (&f, edited, WF_INSTANT_NONE, WF_INSTANT_NONE, NULL, NULL);
  g_assert_nonnull (result);
  g_assert_cmpuint (result->total.before, ==, 900);
  g_assert_cmpuint (result->total.after, ==, 1800);
  g_assert_cmpuint (result->people->len, ==, 2);
  g_assert_cmpuint (result->sentences->len, ==, 1);
  /* Nothing was done. */
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, n_there);
  wf_fixture_tear_down (&f);
}

static void
test_period (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = edit ();
  g_autoptr (WfCompareResult) result = NULL;
  WfInstant middle;

  begin (&f, "carla");
  add_leads (&f, "a", 10);
  wf_fixture_pass (&f, DAY);
  middle = wf_fixture_now (&f) - HOUR;
  add_leads (&f, "b", 4);
  result = wf_fixture_compare (&f, edited, middle, WF_INSTANT_NONE, NULL, NULL);
  g_assert_cmpuint (result->total.before, ==, 4);
  g_assert_cmpuint (result->total.after, ==, 8);
  wf_fixture_tear_down (&f);
}

static void
test_cancelled (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = edit ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  begin (&f, "carla");
  add_leads (&f, "a", 20);
  g_cancellable_cancel (cancellable);
  g_assert_null (
      wf_fixture_compare (&f, edited, WF_INSTANT_NONE, WF_INSTANT_NONE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wf_fixture_tear_down (&f);
}

/* -- trials ------------------------------------------------------------------------------------ */

static void
test_trial (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = edit ();
  WfTrial *trial;
  WfInstant began;

  begin (&f, "carla");
  g_assert_null (wf_fixture_get_trial (&f));
  add_leads (&f, "a", 5); /* before it */
  wf_fixture_pass (&f, HOUR);
  began = wf_fixture_now (&f);
  g_assert_true (wf_fixture_start_trial (&f, edited, WF_INSTANT_NONE, NULL));
  wf_fixture_pass (&f, HOUR);
  add_leads (&f, "b", 7);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  trial = wf_fixture_get_trial (&f);
  g_assert_nonnull (trial);
  g_assert_cmpint (trial->began, ==, began);
  g_assert_cmpint (trial->until, ==, began + 7 * DAY);
  g_assert_cmpuint (trial->draft->steps->len, ==, 2);
  g_assert_cmpuint (trial->result->total.before, ==, 7);
  g_assert_cmpuint (trial->result->total.after, ==, 14);
  wf_trial_free (trial);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 12);

  wf_fixture_pass (&f, 8 * DAY);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message trial/"), ==, 1);
  g_assert_cmpuint (wf_fixture_count_titles (&f, "Trial ended"), ==, 1);
  add_leads (&f, "c", 3); /* after it */
  trial = wf_fixture_get_trial (&f);
  g_assert_cmpuint (trial->result->total.after, ==, 14);
  wf_trial_free (trial);
  g_assert_true (wf_fixture_stop_trial (&f, NULL));
  g_assert_null (wf_fixture_get_trial (&f));
  wf_fixture_tear_down (&f);
}

static void
test_trial_refused (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = edit (), empty = wf_workflow_new ("Empty");
  g_autoptr (GError) error = NULL;

  begin (&f, "carla");
  g_assert_false (wf_fixture_start_trial (&f, empty, WF_INSTANT_NONE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wf_fixture_start_trial (&f, edited, wf_fixture_now (&f), &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wf_fixture_stop_trial (&f, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  wf_fixture_tear_down (&f);
}

static void
test_rights (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = edit ();
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  g_assert_false (wf_fixture_start_trial (&f, edited, WF_INSTANT_NONE, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  wf_fixture_tear_down (&f);
}

/* -- health ------------------------------------------------------------------------------------ */

static guint
count_code (const GPtrArray *findings, const char *code)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += g_str_equal (((const WfHealthFinding *) g_ptr_array_index (findings, i))->code, code);
  return n;
}

static void
test_health (void)
{
  WfFixture f;
  GPtrArray *findings;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (
      &f, 1, "\"conditions\":{\"all\":[{\"field\":\"lead.custom.gone\",\"op\":\"is-set\"}]}",
      "[" CREATE ("a") "]");
  wf_fixture_start (&f);
  findings = wf_fixture_check_health (&f);
  g_assert_cmpuint (count_code (findings, "unknown-field"), ==, 0); /* nothing is known yet */
  g_assert_cmpuint (count_code (findings, "never-fired"), ==, 0);
  g_ptr_array_unref (findings);

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"e-%u\",\"source\":\"/crm/test\",\"type\":\"lead.updated\","
          "\"time\":\"2026-11-18T13:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-%u\",\"owner\":\"ana\","
          "\"custom\":{\"sector\":\"food\"}}}}",
          i, i);

      wf_scripted_crm_add_event (f.crm, json);
    }
  wf_fixture_settle (&f);
  wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) + 100 * DAY);
  wf_fixture_start (&f);
  findings = wf_fixture_check_health (&f);
  g_assert_cmpuint (count_code (findings, "unknown-field"), ==, 1);
  g_assert_cmpuint (count_code (findings, "never-fired"), ==, 1);
  g_ptr_array_unref (findings);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/comparison/compare", test_compare);
  g_test_add_func ("/runtime/comparison/period", test_period);
  g_test_add_func ("/runtime/comparison/cancelled", test_cancelled);
  g_test_add_func ("/runtime/comparison/trial", test_trial);
  g_test_add_func ("/runtime/comparison/trial-refused", test_trial_refused);
  g_test_add_func ("/runtime/comparison/rights", test_rights);
  g_test_add_func ("/runtime/comparison/health", test_health);
  return g_test_run ();
}
