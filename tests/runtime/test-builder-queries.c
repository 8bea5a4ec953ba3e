/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the builder asks of the past: versions with their notes, traffic, past events, values of a
 * field. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE

/* -- versions ---------------------------------------------------------------------------------- */

/* "version name author note", a "*" before the draft. */
static char *
describe_versions (WfFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  GString *text = g_string_new (NULL);

  wf_runtime_list_versions_async (f->runtime, WF_TEST_WORKFLOW, NULL, wf_fixture_on_result,
                                  &result);
  versions = wf_runtime_list_versions_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < versions->len; i++)
    {
      const WfWorkflowVersion *version = g_ptr_array_index (versions, i);

      g_assert_cmpint (version->saved, !=, WF_INSTANT_NONE);
      g_string_append_printf (text, "%s%d %s %s %s\n", version->is_draft ? "*" : "",
                              (int) version->workflow->version, version->workflow->name,
                              version->author != NULL ? version->author : "-",
                              version->note != NULL ? version->note : "-");
    }
  return g_string_free_and_steal (text);
}

static void
assert_versions (WfFixture *f, const char *expected)
{
  g_autofree char *text = describe_versions (f);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_versions (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  edited = wf_workflow_copy (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW));
  g_set_str (&edited->name, "Second");
  wf_workflow_set_note (edited, "Two hours");
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_FINISH, NULL));
  wf_fixture_settle (&f);
  g_assert_cmpstr (wf_workflow_get_note (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW)),
                   ==, "Two hours");

  /* The note is that of its version: what is made of it begins without one. */
  g_clear_pointer (&edited, wf_workflow_unref);
  edited = wf_workflow_copy (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW));
  g_set_str (&edited->name, "Third");
  g_assert_true (wf_fixture_save_workflow (&f, edited, FALSE, NULL));
  assert_versions (&f, "*2 Third carla -\n2 Second carla Two hours\n1 First contact carla -\n");

  /* A pause makes no version. */
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  wf_fixture_settle (&f);
  assert_versions (&f, "*2 Third carla -\n2 Second carla Two hours\n1 First contact carla -\n");
  wf_fixture_tear_down (&f);
}

static void
test_folder (void)
{
  WfFixture f;
  g_autofree char *folder = NULL;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_start (&f);
  folder = g_path_get_dirname (wf_runtime_get_folder (f.runtime));
  g_assert_true (g_str_has_prefix (f.store_path, folder));
  g_assert_cmpstr (wf_runtime_get_folder (f.runtime), !=, f.store_path);
  wf_fixture_tear_down (&f);
}

/* -- traffic ----------------------------------------------------------------------------------- */

#define STEPS                                                                                      \
  "[{\"id\":\"hot\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Hot\",\"if\":{\"field\":"           \
  "\"lead.score\",\"op\":\"ge\",\"value\":80},\"steps\":[{\"id\":\"a\",\"kind\":"                  \
  "\"create-activity\",\"activity-type\":\"call\",\"complete-within\":{\"amount\":1,\"unit\":"     \
  "\"hours\"}},{\"id\":\"b\",\"kind\":\"notify\",\"run\":{\"mode\":\"after-previous\"},\"text\":"  \
  "\"x\",\"recipient\":\"responsible\"}]},{\"name\":\"Otherwise\",\"steps\":[]}]},"                \
  "{\"id\":\"w\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"days\"}},"                     \
  "{\"id\":\"c\",\"kind\":\"notify\",\"text\":\"y\",\"recipient\":\"responsible\"}]"
/* The paths the other way round, and one with another name. */
#define OTHER_STEPS                                                                                \
  "[{\"id\":\"hot\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Cold\",\"if\":{\"any\":[]},"        \
  "\"steps\":[]},{\"name\":\"Hot\",\"steps\":[]}]}]"

static char *
describe_traffic (WfFixture *f, const char *workflow, WfInstant since)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  GString *text = g_string_new (NULL);

  wf_runtime_count_traffic_async (f->runtime, workflow, since, NULL, wf_fixture_on_result, &result);
  counts = wf_runtime_count_traffic_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < counts->len; i++)
    {
      const WfTrafficCount *count = g_ptr_array_index (counts, i);

      g_string_append_printf (text, "%s", count->step != NULL ? count->step : "runs");
      if (count->path >= 0)
        g_string_append_printf (text, "/%d", count->path);
      g_string_append_printf (text, " %d\n", (int) count->count);
    }
  return g_string_free_and_steal (text);
}

static void
assert_traffic (WfFixture *f, WfInstant since, const char *expected)
{
  g_autofree char *text = describe_traffic (f, WF_TEST_WORKFLOW, since);

  g_assert_cmpstr (text, ==, expected);
}

static void
receive (WfFixture *f, guint n, gboolean hot)
{
  g_autofree char *event = g_strdup_printf ("e-%u", n);
  g_autofree char *lead = g_strdup_printf ("l-%u", n);
  g_autofree char *text = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/crm/test\",\"type\":\"lead.received\","
      "\"time\":\"%s\",\"data\":{\"lead\":{\"id\":\"%s\",\"name\":\"N\",\"owner\":\"ana\",\"score\":%d,"
      "\"source\":\"%s\",\"custom\":{\"sector\":\"%s\",\"size\":%u,\"tags\":[\"x\",\"y%u\"]}}}}",
      event, WF_TEST_START, lead, hot ? 90 : 10, hot ? "web" : "fair", n % 3 == 0 ? "food" : "toys",
      n % 2, n);

  wf_scripted_crm_add_event (f->crm, text);
}

static void
test_traffic (void)
{
  WfFixture f;
  g_autoptr (GPtrArray) activities = NULL;
  g_autofree char *unknown = NULL;
  WfInstant begin;

  wf_fixture_set_up (&f, NULL);
  wf_fixture_put_workflow (&f, 1, "\"reentry\":\"every-event\"", STEPS);
  wf_fixture_start (&f);
  begin = wf_fixture_now (&f);
  assert_traffic (&f, WF_INSTANT_NONE, "");
  for (guint i = 0; i < 5; i++)
    receive (&f, i, i < 3);
  wf_fixture_settle (&f);
  assert_traffic (&f, WF_INSTANT_NONE, "runs 5\na 3\nhot 5\nhot/0 3\nhot/1 2\nw 5\n");
  assert_traffic (&f, begin + MINUTE, "");

  /* A step further for one of them; then for all. */
  activities = wf_fixture_list (&f, NULL);
  g_assert_true (
      wf_fixture_complete (&f, ((WfActivity *) g_ptr_array_index (activities, 0))->id, NULL, NULL));
  wf_fixture_settle (&f);
  assert_traffic (&f, begin, "runs 5\na 3\nb 1\nhot 5\nhot/0 3\nhot/1 2\nw 5\n");
  wf_fixture_pass (&f, 2 * G_TIME_SPAN_DAY);
  assert_traffic (&f, begin, "runs 5\na 3\nb 1\nc 5\nhot 5\nhot/0 3\nhot/1 2\nw 5\n");

  /* Paths are those of the present version. */
  wf_fixture_put_workflow (&f, 2, "\"reentry\":\"every-event\"", OTHER_STEPS);
  wf_fixture_settle (&f);
  assert_traffic (&f, begin, "runs 5\na 3\nb 1\nc 5\nhot 5\nhot/1 3\nw 5\n");
  unknown = describe_traffic (&f, "nobody knows it", WF_INSTANT_NONE);
  g_assert_cmpstr (unknown, ==, "");
  wf_fixture_tear_down (&f);
}

static void
test_cancelled (void)
{
  WfFixture f;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = NULL;

  wf_fixture_set_up (&f, NULL);
  wf_fixture_start (&f);
  g_cancellable_cancel (cancellable);
  wf_runtime_count_traffic_async (f.runtime, WF_TEST_WORKFLOW, WF_INSTANT_NONE, cancellable,
                                  wf_fixture_on_result, &result);
  counts = wf_runtime_count_traffic_finish (f.runtime, wf_fixture_wait_for (&result), &error);
  g_assert_null (counts);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  wf_fixture_tear_down (&f);
}

/* -- past events and values -------------------------------------------------------------------- */

static void
test_past_events (void)
{
  WfFixture f;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;

  wf_fixture_set_up (&f, NULL);
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);

      wf_fixture_pass (&f, MINUTE);
      wf_fixture_add_event (&f, id, i == 1 ? "lead.updated" : "lead.received", "l-1", "ana", NULL);
      wf_fixture_settle (&f);
    }
  wf_runtime_list_past_events_async (f.runtime, "lead.received", 10, NULL, wf_fixture_on_result,
                                     &result);
  events = wf_runtime_list_past_events_finish (f.runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 2);
  for (guint i = 0; i < events->len; i++)
    {
      const WfPastEvent *past = g_ptr_array_index (events, i);

      g_assert_cmpstr (wf_event_get_id (past->event), ==, i == 0 ? "e-2" : "e-0");
      g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (past->lead), "id"), ==,
                       "l-1");
    }
  g_clear_object (&result);
  wf_fixture_tear_down (&f);
}

static char *
list_values (WfFixture *f, const char *field, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) values = NULL;

  wf_runtime_list_field_values_async (f->runtime, field, limit, NULL, wf_fixture_on_result,
                                      &result);
  values = wf_runtime_list_field_values_finish (f->runtime, wf_fixture_wait_for (&result), &error);
  g_assert_no_error (error);
  return g_strjoinv (" ", values);
}

static void
test_field_values (void)
{
  static const struct
  {
    const char *field;
    guint limit;
    const char *values;
  } cases[] = {
    { "lead.source", 10, "web fair" }, { "lead.custom.sector", 10, "toys food" },
    { "lead.custom.size", 10, "0 1" }, { "lead.custom.tags", 2, "x y0" },
    { "lead.custom.unknown", 10, "" }, { "meeting.start", 10, "" },
    { "lead.source", 1, "web" },       { "lead.source", 0, "" },
  };
  WfFixture f;

  wf_fixture_set_up (&f, NULL);
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  for (guint i = 0; i < 5; i++)
    receive (&f, i, i < 3);
  wf_fixture_settle (&f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *values = list_values (&f, cases[i].field, cases[i].limit);

      g_assert_cmpstr (values, ==, cases[i].values);
    }
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/builder-queries/versions", test_versions);
  g_test_add_func ("/runtime/builder-queries/folder", test_folder);
  g_test_add_func ("/runtime/builder-queries/traffic", test_traffic);
  g_test_add_func ("/runtime/builder-queries/cancelled", test_cancelled);
  g_test_add_func ("/runtime/builder-queries/past-events", test_past_events);
  g_test_add_func ("/runtime/builder-queries/field-values", test_field_values);
  return g_test_run ();
}
