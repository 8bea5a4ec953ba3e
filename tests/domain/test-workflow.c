/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflow documents: reading, writing without loss, copying, searching. */
#include "wf-test-documents.h"
#include "wf-uuid.h"

#include <string.h>

static WfWorkflow *
read_workflow (const char *text, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);

  return wf_workflow_read (wf_json_document_get_root (document), problems);
}

static void
test_example (void)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow = read_workflow (wf_test_workflow_text, problems);
  const WfStep *step = g_ptr_array_index (workflow->steps, 0);
  const WfStep *branch = g_ptr_array_index (workflow->steps, 1);

  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_cmpstr (workflow->name, ==, "First contact for marketing leads");
  g_assert_cmpint (workflow->state, ==, WF_WORKFLOW_LIVE);
  g_assert_cmpint (workflow->version, ==, 3);
  g_assert_cmpstr (workflow->event, ==, "lead.received");
  g_assert_cmpint (workflow->reentry, ==, WF_REENTRY_EVERY_EVENT);
  g_assert_cmpuint (workflow->steps->len, ==, 2);
  g_assert_cmpint (step->kind, ==, WF_STEP_CREATE_ACTIVITY);
  g_assert_cmpstr (step->create_activity.activity_type, ==, "filter-1");
  g_assert_cmpint (step->create_activity.complete_within.amount, ==, 30);
  g_assert_cmpint (step->create_activity.notify.amount, ==, 10);
  g_assert_cmpint (step->create_activity.scope, ==, WF_PERMISSION_GROUPS);
  g_assert_cmpstr (step->create_activity.groups[0], ==, "inbound");
  g_assert_true (step->create_activity.business_hours);
  g_assert_cmpuint (branch->paths->len, ==, 2);
  g_assert_nonnull (((WfPath *) g_ptr_array_index (branch->paths, 0))->condition);
  g_assert_null (((WfPath *) g_ptr_array_index (branch->paths, 1))->condition);
}

#define DOCUMENT(steps)                                                                                             \
  "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"N\",\"state\":\"draft\",\"version\":1," \
  "\"trigger\":{\"event\":\"lead.received\",\"reentry\":\"restart\"},\"steps\":[" steps "]}"

/* In the order in which we write, nothing may change by reading and writing. */
static const struct
{
  const char *text;
  guint n_problems;
} canonical[] = {
  { DOCUMENT (""), 0 },
  { DOCUMENT (
        "{\"id\":\"a\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":1,\"unit\":\"days\"}},"
        "\"activity-type\":\"t\",\"complete-within\":{\"amount\":2,\"unit\":\"hours\",\"before\":\"meeting.start\","
        "\"business-time\":true},\"notify\":{\"amount\":1,\"unit\":\"weeks\"},\"permission\":{\"scope\":\"groups\","
        "\"groups\":[\"a\",\"b\"]},\"notes\":\"x\",\"business-hours\":true,\"keep\":true}"),
    0 },
  { DOCUMENT (
        "{\"id\":\"a\",\"kind\":\"notify\",\"run\":{\"mode\":\"before\",\"field\":\"meeting.start\",\"offset\":{\"amount\":1,"
        "\"unit\":\"months\"}},\"text\":\"x\",\"recipient\":\"person:ana\",\"sender\":\"bruno\"}"),
    0 },
  { DOCUMENT (
        "{\"id\":\"a\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"days\"},\"business-hours\":true},"
        "{\"id\":\"b\",\"kind\":\"wait\",\"until\":\"meeting.start\"},"
        "{\"id\":\"c\",\"kind\":\"wait\",\"run\":{\"mode\":\"after-previous\"},\"until-condition\":{\"field\":\"lead.score\","
        "\"op\":\"ge\",\"value\":1},\"time-out\":{\"amount\":1,\"unit\":\"days\"}}"),
    0 },
  { DOCUMENT (
        "{\"id\":\"a\",\"kind\":\"branch\",\"run\":{\"mode\":\"immediately\"},\"paths\":[{\"name\":\"p\",\"if\":{\"any\":[]},"
        "\"steps\":[{\"id\":\"b\",\"kind\":\"branch\",\"paths\":[]}]},{\"name\":\"q\",\"steps\":[]}]}"),
    0 },
  /* members of a known kind that nobody knows, and a kind that nobody knows */
  { DOCUMENT (
        "{\"id\":\"a\",\"kind\":\"webhook\",\"run\":{\"mode\":\"immediately\"},\"url\":\"https://x.example\",\"headers\":{\"a\":[1,null]}},"
        "{\"id\":\"b\",\"kind\":\"teleport\",\"run\":{\"mode\":\"after-previous\"},\"paths\":5,\"text\":{}},"
        "{\"id\":\"c\",\"kind\":\"send-email\"}"),
    1 },
  /* members of the whole and of its trigger (S11, S14, S19); decisions, which are kept as they are */
  { "{\"format\":1,\"id\":\"i\",\"name\":\"N\",\"fallback-person\":\"ana\",\"state\":\"live\",\"version\":7,"
    "\"trigger\":{\"event\":\"e\",\"reentry\":\"every-event\",\"own-events\":true,\"keep-when-left\":true},\"steps\":[],"
    "\"in-flight\":\"move\",\"paused\":\"2026-11-20T10:00:00Z\",\"storm-limit\":5}",
    0 },
  /* what its author noted of a version */
  { "{\"format\":1,\"id\":\"i\",\"name\":\"N\",\"state\":\"live\",\"version\":7,\"trigger\":{\"event\":\"e\","
    "\"reentry\":\"every-event\"},\"steps\":[],\"note\":\"Nearer {deadlines\"}",
    0 },
  /* unknown members everywhere */
  { "{\"format\":1,\"id\":\"i\",\"name\":\"N\",\"objective\":\"O\",\"state\":\"paused\",\"version\":7,\"trigger\":{\"event\":\"e\","
    "\"conditions\":{\"all\":[{\"field\":\"a\",\"op\":\"is-set\",\"u\":1}],\"v\":2},\"reentry\":\"every-event\",\"own-events\":true,\"w\":3},"
    "\"steps\":[{\"id\":\"s\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":1,\"unit\":\"days\",\"u\":1},"
    "\"v\":2},\"activity-type\":\"t\",\"complete-within\":{\"amount\":1,\"unit\":\"days\",\"u\":[1]},\"notify\":{\"amount\":1,"
    "\"unit\":\"hours\",\"u\":{}},\"permission\":{\"scope\":\"all\",\"u\":null},\"w\":{\"x\":[1,2.5,\"y\"]}},"
    "{\"id\":\"b\",\"kind\":\"branch\",\"paths\":[{\"name\":\"p\",\"steps\":[],\"u\":1}],\"v\":1},"
    "{\"id\":\"o\",\"kind\":\"other\",\"run\":{\"mode\":\"immediately\",\"u\":1},\"v\":1}],\"z\":123456789012345678901234567890}",
    13 },
};

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (canonical); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow = read_workflow (canonical[i].text, problems);
      g_autoptr (WfWorkflow) copy = wf_workflow_copy (workflow);
      g_autofree char *text = wf_workflow_to_text (workflow, FALSE);
      g_autofree char *copied = wf_workflow_to_text (copy, FALSE);
      g_autofree char *shown = wf_test_problems_to_text (problems);

      g_test_message ("%s", shown);
      g_assert_cmpstr (text, ==, canonical[i].text);
      g_assert_cmpstr (copied, ==, canonical[i].text);
      g_assert_cmpuint (wf_problems_get_n (problems), ==, canonical[i].n_problems);
      g_assert_false (wf_problems_has_errors (problems));
    }
}

static void
test_example_is_kept (void)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (wf_test_workflow_text, NULL);
  g_autofree char *text = wf_workflow_to_text (workflow, TRUE);
  g_autoptr (WfJsonDocument) before = wf_json_document_parse (wf_test_workflow_text, -1, 0, NULL);
  g_autoptr (WfJsonDocument) after = wf_json_document_parse (text, -1, 0, NULL);

  g_assert_true (
      wf_json_equal (wf_json_document_get_root (before), wf_json_document_get_root (after)));
}

static void
test_unknown_members (void)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow =
      read_workflow (canonical[G_N_ELEMENTS (canonical) - 1].text, problems);
  g_autofree char *shown = wf_test_problems_to_text (problems);

  g_assert_nonnull (workflow);
  g_assert_cmpstr (shown, ==,
                   "?unknown-member /trigger/conditions/v\n"
                   "?unknown-member /trigger/conditions/all/0/u\n"
                   "?unknown-member /trigger/w\n"
                   "?unknown-member /steps/0/run/delay/u\n"
                   "?unknown-member /steps/0/run/v\n"
                   "?unknown-member /steps/0/complete-within/u\n"
                   "?unknown-member /steps/0/notify/u\n"
                   "?unknown-member /steps/0/permission/u\n"
                   "?unknown-member /steps/0/w\n"
                   "?unknown-member /steps/1/paths/0/u\n"
                   "?unknown-member /steps/1/v\n"
                   "?unknown-member /steps/2/run/u\n"
                   "?unknown-member /z");
}

/* A condition that cannot be read is kept, and is never taken for no condition. */
static void
test_unreadable_conditions (void)
{
  static const char *const texts[] = {
    "{\"format\":1,\"id\":\"i\",\"name\":\"N\",\"state\":\"draft\",\"version\":1,\"trigger\":{\"event\":\"e\",\"conditions\":"
    "{\"field\":\"a\",\"op\":\"sounds-like\",\"value\":1},\"reentry\":\"restart\"},\"steps\":[]}",
    DOCUMENT (
        "{\"id\":\"a\",\"kind\":\"wait\",\"until-condition\":5,\"time-out\":{\"amount\":1,\"unit\":\"days\"}}"),
    DOCUMENT (
        "{\"id\":\"a\",\"kind\":\"branch\",\"paths\":[{\"name\":\"p\",\"if\":{\"all\":5},\"steps\":[]}]}"),
  };
  static const char *const paths[] = { "/trigger/conditions", "/steps/0/until-condition",
                                       "/steps/0/paths/0/if" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WfProblems) reading = wf_problems_new (NULL);
      g_autoptr (WfProblems) checking = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow = read_workflow (texts[i], reading);
      g_autofree char *text = wf_workflow_to_text (workflow, FALSE);

      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_nonnull (wf_problems_find_below (reading, paths[i]));
      wf_workflow_validate (workflow, NULL, checking);
      g_assert_cmpstr (wf_problems_find (checking, paths[i])->code, ==, "condition-unreadable");
    }
}

static void
test_new (void)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("Novo");
  g_autoptr (WfWorkflow) other = wf_workflow_new ("Novo");
  g_autofree char *first = wf_workflow_make_step_id (workflow);
  g_autofree char *text = NULL;
  WfWorkflow *again = wf_workflow_ref (workflow);

  g_assert_true (wf_uuid_is_valid (workflow->id));
  g_assert_cmpstr (workflow->id, !=, other->id);
  g_assert_cmpint (workflow->state, ==, WF_WORKFLOW_DRAFT);
  g_assert_cmpstr (first, ==, "step-1");
  for (int kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      WfStep *step = wf_step_new ((WfStepKind) kind);

      g_free (step->id);
      step->id = wf_workflow_make_step_id (workflow);
      g_ptr_array_add (workflow->steps, step);
    }
  text = wf_workflow_to_text (workflow, FALSE);
  g_assert_nonnull (strstr (
      text,
      "{\"id\":\"step-1\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":"
      "\"\",\"permission\":{\"scope\":\"all\"}}"));
  g_assert_nonnull (strstr (text, "{\"id\":\"step-2\",\"kind\":\"schedule-call\",\"run\":{\"mode\":"
                                  "\"immediately\"},\"permission\":{\"scope\":\"all\"}}"));
  g_assert_nonnull (strstr (text, "{\"id\":\"step-6\",\"kind\":\"branch\",\"paths\":[]}"));
  g_assert_nonnull (strstr (
      text, "{\"id\":\"step-15\",\"kind\":\"webhook\",\"run\":{\"mode\":\"immediately\"}}"));
  wf_workflow_unref (again);
}

static void
count_step (WfStep *step, gpointer user_data)
{
  g_string_append (user_data, step->id);
}

static void
test_find (void)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (
      DOCUMENT (
          "{\"id\":\"a\",\"kind\":\"branch\",\"paths\":[{\"steps\":[{\"id\":\"b\",\"kind\":\"x\"}]},{\"steps\":[{\"id\":\"c\","
          "\"kind\":\"x\"}]}]},{\"id\":\"d\",\"kind\":\"x\"},{\"id\":\"step-5\",\"kind\":\"x\"}"),
      NULL);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *id = wf_workflow_make_step_id (workflow);

  wf_workflow_foreach_step (workflow, count_step, ids);
  g_assert_cmpstr (ids->str, ==, "abcdstep-5");
  g_assert_cmpstr (wf_workflow_find_step (workflow, "c")->id, ==, "c");
  g_assert_null (wf_workflow_find_step (workflow, "z"));
  g_assert_cmpstr (id, ==, "step-6");
}

/* A copy has nothing in common with its original that can change. */
static void
test_copy (void)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (wf_test_workflow_text, NULL);
  g_autofree char *before = wf_workflow_to_text (workflow, FALSE);
  g_autofree char *after = NULL;

  {
    g_autoptr (WfWorkflow) copy = wf_workflow_copy (workflow);
    WfStep *step = g_ptr_array_index (copy->steps, 0);
    WfStep *branch = g_ptr_array_index (copy->steps, 1);

    step->create_activity.notes[0] = 'X';
    step->create_activity.groups[0][0] = 'X';
    g_ptr_array_set_size (branch->paths, 1);
    copy->name[0] = 'X';
  }
  after = wf_workflow_to_text (workflow, FALSE);
  g_assert_cmpstr (after, ==, before);
}

/* Steps as they are in documents, also with what nobody knows. */
static const char *const step_texts[] = {
  "{\"id\":\"a\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"after-previous\",\"u\":1},\"activity-type\":\"t\","
  "\"complete-within\":{\"amount\":30,\"unit\":\"minutes\"},\"permission\":{\"scope\":\"all\"},\"v\":{\"x\":[]}}",
  "{\"id\":\"b\",\"kind\":\"branch\",\"paths\":[{\"name\":\"p\",\"if\":{\"field\":\"lead.score\",\"op\":\"ge\","
  "\"value\":80},\"steps\":[{\"id\":\"c\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"days\"}}]},"
  "{\"name\":\"q\",\"steps\":[]}]}",
  "{\"id\":\"w\",\"kind\":\"webhook\",\"url\":\"https://x.example\"}",
  "{\"id\":\"t\",\"kind\":\"teleport\",\"to\":\"mars\"}",
};

static WfStep *
read_step_text (const char *text, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);

  return wf_step_read (&cursor);
}

static void
test_step_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (step_texts); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfStep) step = read_step_text (step_texts[i], problems);
      g_autoptr (WfStep) copy = wf_step_copy (step);
      g_autofree char *text = wf_step_to_text (step);
      g_autofree char *copied = wf_step_to_text (copy);

      g_assert_cmpstr (text, ==, step_texts[i]);
      g_assert_cmpstr (copied, ==, step_texts[i]);
      g_assert_false (wf_problems_has_errors (problems));
    }
}

static void
test_step_problems (void)
{
  static const struct
  {
    const char *text;
    const char *problems; /* NULL: it is no step at all */
  } cases[] = {
    { "5", NULL },
    { "[]", NULL },
    { "{\"id\":\"a\"}", "missing /kind" },
    { "{\"id\":\"a\",\"kind\":\"wait\",\"for\":{\"amount\":0,\"unit\":\"days\"}}",
      "amount-out-of-range /for/amount" },
    { "{\"id\":\"a\",\"kind\":\"branch\",\"paths\":[{\"name\":\"p\",\"steps\":[3]}]}",
      "wrong-type /paths/0/steps/0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfStep) step = read_step_text (cases[i].text, problems);
      g_autofree char *shown = wf_test_problems_to_text (problems);

      g_assert_cmpint (step != NULL, ==, cases[i].problems != NULL);
      g_assert_true (wf_problems_has_errors (problems));
      if (cases[i].problems != NULL)
        g_assert_cmpstr (shown, ==, cases[i].problems);
    }
}

static void
test_note (void)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("N");
  g_autoptr (WfWorkflow) kept = NULL;
  g_autoptr (WfWorkflow) odd = NULL;

  g_assert_null (wf_workflow_get_note (workflow));
  wf_workflow_set_note (workflow, NULL);
  g_assert_null (workflow->extra);
  wf_workflow_set_note (workflow, "  Two hours instead of one\n");
  g_assert_cmpstr (wf_workflow_get_note (workflow), ==, "Two hours instead of one");
  wf_workflow_set_note (workflow, "Other words");
  kept = wf_workflow_copy (workflow);
  wf_workflow_set_note (workflow, " ");
  g_assert_null (wf_workflow_get_note (workflow));
  g_assert_null (workflow->extra);
  g_assert_cmpstr (wf_workflow_get_note (kept), ==, "Other words");

  odd = read_workflow ("{\"format\":1,\"id\":\"i\",\"name\":\"N\",\"trigger\":{\"event\":\"e\"},"
                       "\"steps\":[],\"note\":5,\"z\":1}",
                       NULL);
  g_assert_null (wf_workflow_get_note (odd));
  wf_workflow_set_note (odd, "x");
  g_autofree char *others = wf_json_to_text (wf_json_document_get_root (odd->extra), FALSE);
  g_assert_cmpstr (others, ==, "{\"z\":1,\"note\":\"x\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/example", test_example);
  g_test_add_func ("/workflow/round-trip", test_round_trip);
  g_test_add_func ("/workflow/example-is-kept", test_example_is_kept);
  g_test_add_func ("/workflow/unknown-members", test_unknown_members);
  g_test_add_func ("/workflow/unreadable-conditions", test_unreadable_conditions);
  g_test_add_func ("/workflow/new", test_new);
  g_test_add_func ("/workflow/find", test_find);
  g_test_add_func ("/workflow/copy", test_copy);
  g_test_add_func ("/workflow/step-text", test_step_text);
  g_test_add_func ("/workflow/step-problems", test_step_problems);
  g_test_add_func ("/workflow/note", test_note);
  return g_test_run ();
}
