/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that can be wrong with a workflow, each with its code and path. */
#include "wf-test-documents.h"

#include <string.h>

#define ID "'id': '6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11'"
#define WORKFLOW(event, steps)                                                                     \
  "{ 'format': 1, " ID                                                                             \
  ", 'name': 'N', 'state': 'live', 'version': 1, 'trigger': { 'event': '" event                    \
  "' }, 'steps': [" steps "] }"
#define MEETING(steps) WORKFLOW ("meeting.scheduled", steps)
#define LEAD(steps) WORKFLOW ("lead.received", steps)
#define ACTIVITY(rest)                                                                             \
  "{ 'id': 'a', 'kind': 'create-activity', 'activity-type': 'filter-1', " rest " }"
#define DAY "'complete-within': { 'amount': 1, 'unit': 'days' }"
#define WAIT "{ 'id': 'w', 'kind': 'wait', 'for': { 'amount': 1, 'unit': 'days' } }"
#define FALLBACK(id)                                                                               \
  "{ 'format': 1, " ID ", 'name': 'N', 'fallback-person': '" id                                    \
  "', 'trigger': { 'event': 'lead.received', 'keep-when-left': true }, 'steps': [" WAIT "] }"

static const struct
{
  const char *text, *problems;
} cases[] = {
  { LEAD (ACTIVITY (DAY)), "" },
  { LEAD (""), "?no-steps /steps" },
  /* the document */
  { "[]", "wrong-type " },
  { "{}", "missing /format\nmissing /id\nmissing /name\nmissing /trigger/event\n?no-steps /steps" },
  { "{ 'format': 2, " ID ", 'name': 'N', 'trigger': { 'event': 'lead.received' }, 'steps': [" WAIT
    "] }",
    "format-newer /format" },
  { "{ 'format': 1, 'id': 'w1', 'name': ' ', 'trigger': { 'event': 'lead.received' }, 'steps': [" WAIT
    "] }",
    "?id-not-uuid /id\nmissing /name" },
  { "{ 'format': 1, 'id': 5, 'name': 5, 'objective': 5, 'state': 'x', 'version': 'x', 'trigger': 5, 'steps': 5 }",
    "wrong-type /id\nwrong-type /name\nwrong-type /objective\nunknown-value /state\nwrong-type /version\nwrong-type /trigger\n"
    "wrong-type /steps" },
  { "{ 'format': 1, " ID
    ", 'name': 'N', 'version': 0, 'trigger': { 'event': 'lead.received', 'reentry': 'x', 'own-events': 1 }, 'steps': [" WAIT
    "] }",
    "unknown-value /trigger/reentry\nwrong-type /trigger/own-events\nout-of-range /version" },
  { "{ 'format': 1, " ID
    ", 'name': 'N', 'fallback-person': 5, 'trigger': { 'event': 'lead.received', 'keep-when-left': 1 }, 'steps': [" WAIT
    "] }",
    "wrong-type /fallback-person\nwrong-type /trigger/keep-when-left" },
  { FALLBACK ("ana"), "" },
  { FALLBACK ("gone"), "unknown-person /fallback-person" },
  { FALLBACK ("leo"), "?inactive-person /fallback-person" },
  { FALLBACK (" "), "missing /fallback-person" },
  { WORKFLOW ("", WAIT), "missing /trigger/event" },
  { WORKFLOW ("moon.rose", WAIT), "?unknown-event /trigger/event" },
  /* steps */
  { LEAD ("5"), "wrong-type /steps/0\nmissing /steps/0/id" },
  { LEAD ("{}"), "missing /steps/0/kind\nmissing /steps/0/id" },
  { LEAD (WAIT ", " WAIT), "duplicate-id /steps/1/id" },
  { LEAD ("{ 'id': 'a', 'kind': 'branch', 'paths': [ { 'name': 'p', 'steps': [" WAIT
          "] } ] }, " WAIT),
    "duplicate-id /steps/1/id" },
  { LEAD ("{ 'id': 'a', 'kind': 'teleport' }"), "step-kind-unsupported /steps/0/kind" },
  /* create-activity */
  { LEAD ("{ 'id': 'a', 'kind': 'create-activity' }"),
    "missing /steps/0/activity-type\nmissing /steps/0/complete-within" },
  { LEAD (
        "{ 'id': 'a', 'kind': 'create-activity', 'activity-type': 5, 'complete-within': 5, 'notify': [], 'permission': 'x',"
        "  'notes': 5, 'business-hours': 'yes', 'keep': 1 }"),
    "wrong-type /steps/0/activity-type\nwrong-type /steps/0/complete-within\nwrong-type /steps/0/notify\n"
    "wrong-type /steps/0/permission\nwrong-type /steps/0/notes\nwrong-type /steps/0/business-hours\nwrong-type /steps/0/keep" },
  { LEAD (ACTIVITY ("'complete-within': { 'amount': 29, 'unit': 'minutes' }")),
    "duration-too-short /steps/0/complete-within/amount" },
  { LEAD (ACTIVITY ("'complete-within': { 'amount': 30, 'unit': 'minutes' }")), "" },
  { LEAD (ACTIVITY ("'complete-within': { 'amount': 0, 'unit': 'days' }")),
    "amount-out-of-range /steps/0/complete-within/amount" },
  { LEAD (ACTIVITY ("'complete-within': { 'amount': -5, 'unit': 'days' }")),
    "amount-out-of-range /steps/0/complete-within/amount" },
  { LEAD (ACTIVITY ("'complete-within': { 'amount': 1.5, 'unit': 'days' }")),
    "wrong-type /steps/0/complete-within/amount" },
  { LEAD (ACTIVITY ("'complete-within': { 'amount': 1, 'unit': 'years' }")),
    "unknown-value /steps/0/complete-within/unit" },
  { LEAD (ACTIVITY ("'complete-within': { 'amount': 1 }")),
    "missing /steps/0/complete-within/unit" },
  { LEAD (ACTIVITY (DAY ", 'notify': { 'amount': 24, 'unit': 'hours' }")),
    "?notify-too-long /steps/0/notify" },
  { LEAD (ACTIVITY (DAY ", 'notify': { 'amount': 23, 'unit': 'hours' }")), "" },
  { LEAD (ACTIVITY (DAY ", 'notify': { 'amount': 0, 'unit': 'hours' }")),
    "amount-out-of-range /steps/0/notify/amount" },
  { LEAD (ACTIVITY (DAY ", 'permission': { 'scope': 'groups' }")),
    "groups-missing /steps/0/permission/groups" },
  { LEAD (ACTIVITY (DAY ", 'permission': { 'scope': 'groups', 'groups': [] }")),
    "groups-missing /steps/0/permission/groups" },
  { LEAD (ACTIVITY (DAY
                    ", 'permission': { 'scope': 'groups', 'groups': [5, '', 'gone', 'inbound'] }")),
    "wrong-type /steps/0/permission/groups/0\nmissing /steps/0/permission/groups/1\nunknown-group /steps/0/permission/groups/2" },
  { LEAD (ACTIVITY (DAY ", 'permission': { 'scope': 'some' }")),
    "unknown-value /steps/0/permission/scope" },
  { LEAD ("{ 'id': 'a', 'kind': 'create-activity', 'activity-type': 'gone', " DAY " }"),
    "unknown-activity-type /steps/0/activity-type" },
  { LEAD (ACTIVITY (DAY ", 'colour': 'red'")), "?unknown-member /steps/0/colour" },
  /* before a date: no minimum, but a date that the event has */
  { MEETING (ACTIVITY (
        "'complete-within': { 'amount': 5, 'unit': 'minutes', 'before': 'meeting.start' }, 'notify': { 'amount': 1, 'unit': 'days' }")),
    "" },
  { LEAD (ACTIVITY (
        "'complete-within': { 'amount': 5, 'unit': 'minutes', 'before': 'meeting.start' }")),
    "field-not-carried /steps/0/complete-within/before" },
  { MEETING (
        ACTIVITY ("'complete-within': { 'amount': 1, 'unit': 'days', 'before': 'meeting.title' }")),
    "not-a-date /steps/0/complete-within/before" },
  { MEETING (
        ACTIVITY ("'complete-within': { 'amount': 1, 'unit': 'days', 'before': 'meeting.dawn' }")),
    "unknown-field /steps/0/complete-within/before" },
  { MEETING (ACTIVITY ("'complete-within': { 'amount': 1, 'unit': 'days', 'before': '' }")),
    "missing /steps/0/complete-within/before" },
  { LEAD (ACTIVITY (
        "'complete-within': { 'amount': 1, 'unit': 'days', 'before': 'lead.custom.renewal' }")),
    "" },
  { WORKFLOW (
        "moon.rose",
        ACTIVITY ("'complete-within': { 'amount': 1, 'unit': 'days', 'before': 'moon.set' }")),
    "?unknown-event /trigger/event" },
  /* when it runs */
  { LEAD (ACTIVITY (DAY ", 'run': { 'mode': 'after-previous' }")),
    "previous-missing /steps/0/run/mode" },
  { LEAD (WAIT ", " ACTIVITY (DAY ", 'run': { 'mode': 'after-previous' }")), "" },
  { LEAD ("{ 'id': 'b', 'kind': 'branch', 'paths': [ { 'name': 'p', 'steps': [" ACTIVITY (
        DAY ", 'run': { 'mode': 'after-previous' }") "] } ] }"),
    "previous-missing /steps/0/paths/0/steps/0/run/mode" },
  { LEAD (ACTIVITY (DAY ", 'run': { 'mode': 'delay' }")), "missing /steps/0/run/delay" },
  { LEAD (ACTIVITY (DAY ", 'run': { 'mode': 'before' }")),
    "missing /steps/0/run/offset\nmissing /steps/0/run/field" },
  { MEETING (ACTIVITY (
        DAY
        ", 'run': { 'mode': 'before', 'field': 'meeting.start', 'offset': { 'amount': 1, 'unit': 'days' } }")),
    "" },
  { LEAD (ACTIVITY (
        DAY
        ", 'run': { 'mode': 'before', 'field': 'lead.score', 'offset': { 'amount': 1, 'unit': 'days' } }")),
    "not-a-date /steps/0/run/field" },
  { LEAD (ACTIVITY (DAY ", 'run': 'now'")), "wrong-type /steps/0/run" },
  { LEAD (ACTIVITY (DAY ", 'run': {}")), "missing /steps/0/run/mode" },
  /* notify */
  { LEAD ("{ 'id': 'a', 'kind': 'notify' }"), "missing /steps/0/text" },
  { LEAD ("{ 'id': 'a', 'kind': 'notify', 'text': 'x', 'recipient': 'boss' }"),
    "unknown-recipient /steps/0/recipient" },
  { LEAD ("{ 'id': 'a', 'kind': 'notify', 'text': 'x', 'recipient': 'person:' }"),
    "unknown-recipient /steps/0/recipient" },
  { LEAD (
        "{ 'id': 'a', 'kind': 'notify', 'text': 'x', 'recipient': 'person:gone', 'sender': 'leo' }"),
    "unknown-person /steps/0/recipient\n?inactive-person /steps/0/sender" },
  { LEAD ("{ 'id': 'a', 'kind': 'notify', 'text': 'x', 'recipient': 'manager', 'sender': 'ana' }"),
    "" },
  /* merge fields */
  { LEAD (
        "{ 'id': 'a', 'kind': 'notify', 'text': '{{ {lead.name} {lead.custom.x} { lead.score }' }"),
    "" },
  { LEAD ("{ 'id': 'a', 'kind': 'notify', 'text': 'Hi {lead.nmae}' }"),
    "unknown-field /steps/0/text" },
  { LEAD ("{ 'id': 'a', 'kind': 'notify', 'text': '{meeting.start} {lead.name' }"),
    "unknown-field /steps/0/text\nunclosed-brace /steps/0/text" },
  { LEAD (ACTIVITY (DAY ", 'notes': '{}'")), "unknown-field /steps/0/notes" },
  { WORKFLOW ("moon.rose", "{ 'id': 'a', 'kind': 'notify', 'text': '{moon.phase}' }"),
    "?unknown-event /trigger/event" },
  /* wait */
  { LEAD ("{ 'id': 'a', 'kind': 'wait' }"), "wait-kind /steps/0" },
  { LEAD (
        "{ 'id': 'a', 'kind': 'wait', 'for': { 'amount': 1, 'unit': 'days' }, 'until': 'lead.created' }"),
    "wait-kind /steps/0/until" },
  { LEAD ("{ 'id': 'a', 'kind': 'wait', 'for': {} }"),
    "missing /steps/0/for/amount\nmissing /steps/0/for/unit" },
  { LEAD ("{ 'id': 'a', 'kind': 'wait', 'until': 'lead.name' }"), "not-a-date /steps/0/until" },
  { LEAD (
        "{ 'id': 'a', 'kind': 'wait', 'until-condition': { 'field': 'lead.score', 'op': 'ge', 'value': 1 } }"),
    "missing /steps/0/time-out" },
  { LEAD (
        "{ 'id': 'a', 'kind': 'wait', 'until-condition': {}, 'time-out': { 'amount': 1, 'unit': 'days' } }"),
    "missing /steps/0/until-condition/field\nmissing /steps/0/until-condition/op" },
  /* branch */
  { LEAD ("{ 'id': 'a', 'kind': 'branch' }"), "branch-empty /steps/0/paths" },
  { LEAD ("{ 'id': 'a', 'kind': 'branch', 'paths': [] }"), "branch-empty /steps/0/paths" },
  { LEAD ("{ 'id': 'a', 'kind': 'branch', 'paths': 5 }"), "wrong-type /steps/0/paths" },
  { LEAD ("{ 'id': 'a', 'kind': 'branch', 'paths': [5, { 'name': 'p', 'if': 5, 'steps': 5 }] }"),
    "wrong-type /steps/0/paths/0\nwrong-type /steps/0/paths/1/if\nwrong-type /steps/0/paths/1/steps\n?path-unreachable /steps/0/paths/1" },
  { LEAD (
        "{ 'id': 'a', 'kind': 'branch', 'paths': [ { 'name': 'p', 'if': { 'all': [] }, 'steps': [] } ] }"),
    "?condition-empty /steps/0/paths/0/if" },
  { LEAD (
        "{ 'id': 'a', 'kind': 'branch', 'paths': [ { 'name': 'p', 'steps': [] }, { 'name': 'q', 'steps': [] } ] }"),
    "?path-unreachable /steps/0/paths/1" },
  { LEAD (
        WAIT
        ", { 'id': 'a', 'kind': 'branch', 'paths': [ { 'name': 'p', 'if': { 'all': [ { 'field': 'meeting.start', 'op': 'is-set' },"
        " { 'field': 'lead.nmae', 'op': 'is-set' } ] }, 'steps': [] } ] }"),
    "?field-not-carried /steps/1/paths/0/if/all/0/field\n?unknown-field /steps/1/paths/0/if/all/1/field" },
  /* ids in conditions */
  { "{ 'format': 1, " ID
    ", 'name': 'N', 'trigger': { 'event': 'lead.received', 'conditions': { 'all': ["
    " { 'field': 'lead.owner', 'op': 'eq', 'value': 'gone' }, { 'field': 'lead.owner', 'op': 'in', 'value': ['ana', 'gone'] },"
    " { 'field': 'lead.owner', 'op': 'member-of', 'value': ['inbound', 'gone'] }, { 'field': 'lead.group', 'op': 'eq', 'value': 'gone' },"
    " { 'field': 'lead.stage', 'op': 'ne', 'value': 'gone' }, { 'field': 'actor', 'op': 'eq', 'value': 'crm' } ] } }, 'steps': [" WAIT
    "] }",
    "?unknown-person /trigger/conditions/all/0/value\n?unknown-person /trigger/conditions/all/1/value/1\n"
    "unknown-group /trigger/conditions/all/2/value/1\n?unknown-group /trigger/conditions/all/3/value\n"
    "?unknown-stage /trigger/conditions/all/4/value" },
};

static void
test_codes (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfProblems) problems = wf_test_check_workflow (cases[i].text, organisation, NULL);
      g_autofree char *shown = wf_test_problems_to_text (problems);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (shown, ==, cases[i].problems);
      for (guint j = 0; j < wf_problems_get_n (problems); j++)
        g_assert_cmpuint (strlen (wf_problems_get (problems, j)->text), >, 0);
    }
}

/* Without an organisation nothing is said about its people and groups. */
static void
test_without_organisation (void)
{
  static const char *const texts[] = {
    LEAD ("{ 'id': 'a', 'kind': 'create-activity', 'activity-type': 'gone', " DAY
          ", 'permission': { 'scope': 'groups', 'groups': ['gone'] } }"),
    LEAD (
        "{ 'id': 'a', 'kind': 'notify', 'text': 'x', 'recipient': 'person:gone', 'sender': 'gone' }"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WfProblems) problems = wf_test_check_workflow (texts[i], NULL, NULL);

      g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
    }
}

static void
test_too_short_text (void)
{
  g_autoptr (WfProblems) problems = wf_test_check_workflow (
      LEAD (ACTIVITY ("'complete-within': { 'amount': 29, 'unit': 'minutes' }")), NULL, NULL);

  g_assert_cmpstr (wf_problems_get (problems, 0)->text, ==,
                   "Complete within must be at least 30 minutes; this is 29 minutes.");
}

/* What an editor makes never went through reading. */
static void
test_built (void)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("N");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autofree char *shown = NULL;
  WfStep *step = wf_step_new (WF_STEP_CREATE_ACTIVITY);

  step->create_activity.complete_within = (WfDuration) { -1, WF_TIME_UNIT_DAYS };
  step->create_activity.notify = (WfDuration) { WF_DURATION_MOST_AMOUNT + 1, WF_TIME_UNIT_DAYS };
  g_free (step->id);
  step->id = g_strdup ("a\nb");
  g_ptr_array_add (workflow->steps, step);
  wf_workflow_validate (workflow, NULL, problems);
  shown = wf_test_problems_to_text (problems);
  g_assert_cmpstr (
      shown, ==,
      "missing /trigger/event\nwrong-text /steps/0/id\nmissing /steps/0/activity-type\n"
      "amount-out-of-range /steps/0/complete-within/amount\namount-out-of-range /steps/0/notify/amount");
  wf_workflow_validate (workflow, NULL, NULL);
}

static void
test_lengths (void)
{
  g_autofree char *name = g_strnfill (201, 'n');
  g_autofree char *objective = g_strnfill (2001, 'o');
  g_autofree char *id = g_strnfill (101, 'i');
  g_autofree char *notes = g_strnfill (10001, 'x');
  g_autofree char *text = g_strdup_printf (
      "{ 'format': 1, " ID
      ", 'name': '%s', 'objective': '%s', 'trigger': { 'event': 'lead.received' }, 'steps': ["
      "{ 'id': '%s', 'kind': 'create-activity', 'activity-type': 't', " DAY ", 'notes': '%s' },"
      "{ 'id': 'b', 'kind': 'branch', 'paths': [ { 'name': '%s', 'steps': [] } ] } ] }",
      name, objective, id, notes, name);
  g_autoptr (WfProblems) problems = wf_test_check_workflow (text, NULL, NULL);
  g_autofree char *shown = wf_test_problems_to_text (problems);

  g_assert_cmpstr (
      shown, ==,
      "too-long /name\ntoo-long /objective\ntoo-long /steps/0/id\ntoo-long /steps/0/notes\n"
      "too-long /steps/1/paths/0/name");
}

static void
test_many_steps (void)
{
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfWorkflow) workflow = NULL;

  for (int i = 0; i < 10001; i++)
    g_string_append_printf (
        steps, "%s{ 'id': 's%d', 'kind': 'wait', 'for': { 'amount': 1, 'unit': 'days' } }",
        i > 0 ? "," : "", i);
  text = g_strdup_printf (LEAD ("%s"), steps->str);
  problems = wf_test_check_workflow (text, NULL, &workflow);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (wf_problems_get (problems, 0)->code, ==, "too-many-steps");
  g_assert_cmpstr (wf_problems_get (problems, 0)->path, ==, "/steps/10000");
  g_assert_cmpuint (workflow->steps->len, ==, 10000);
}

/* groups: the condition has so many of them inside each other. */
static WfCondition *
make_deep_condition (guint groups)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (WfJsonDocument) document = NULL;
  WfJsonCursor cursor;

  for (guint i = 0; i < groups; i++)
    g_string_append (text, "{\"all\":[");
  g_string_append (text, "{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}");
  for (guint i = 0; i < groups; i++)
    g_string_append (text, "]}");
  document = wf_json_document_parse (text->str, -1, 0, NULL);
  cursor = wf_json_cursor_root (wf_json_document_get_root (document), NULL);
  return wf_condition_read (&cursor);
}

/* Branches in each other, with a step that waits for the deepest condition in the innermost. */
static WfWorkflow *
make_deep_workflow (guint depth)
{
  WfWorkflow *workflow = wf_workflow_new ("N");
  GPtrArray *steps = workflow->steps;
  WfStep *last = wf_step_new (WF_STEP_WAIT);

  g_set_str (&workflow->event, "lead.received");
  for (guint i = 0; i < depth; i++)
    {
      WfStep *step = wf_step_new (WF_STEP_BRANCH);
      WfPath *path = wf_path_new ("p");

      g_free (step->id);
      step->id = g_strdup_printf ("b%u", i);
      g_ptr_array_add (step->paths, path);
      g_ptr_array_add (steps, step);
      steps = path->steps;
    }
  g_set_str (&last->id, "last");
  last->wait.kind = WF_WAIT_UNTIL_CONDITION;
  last->wait.condition = make_deep_condition (WF_CONDITION_MOST_DEPTH - 1);
  last->wait.time_out = (WfDuration) { 2, WF_TIME_UNIT_DAYS };
  g_ptr_array_add (steps, last);
  return workflow;
}

static gboolean
has_code (const WfProblems *problems, const char *code)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (g_str_equal (wf_problems_get (problems, i)->code, code))
      return TRUE;
  return FALSE;
}

/* What passes the check is read again as it was; what is refused by one is refused by the other. */
static void
test_deep_branches (void)
{
  for (guint depth = WF_WORKFLOW_MOST_DEPTH - 2; depth <= WF_WORKFLOW_MOST_DEPTH + 2; depth++)
    {
      gboolean fits = depth <= WF_WORKFLOW_MOST_DEPTH;
      g_autoptr (WfWorkflow) workflow = make_deep_workflow (depth), back = NULL;
      g_autoptr (WfProblems) checked = wf_problems_new (NULL), found = wf_problems_new (NULL);
      g_autofree char *text = wf_workflow_to_text (workflow, FALSE), *again = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

      g_test_message ("%u branches", depth);
      wf_workflow_validate (workflow, NULL, checked);
      g_assert_cmpint (has_code (checked, "too-deep"), ==, !fits);
      g_assert_no_error (error);
      back = wf_workflow_read (wf_json_document_get_root (document), found);
      g_assert_cmpint (has_code (found, "too-deep"), ==, !fits);
      if (back != NULL)
        again = wf_workflow_to_text (back, FALSE);
      g_assert_cmpint (g_strcmp0 (again, text) == 0, ==, fits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow-validate/codes", test_codes);
  g_test_add_func ("/workflow-validate/without-organisation", test_without_organisation);
  g_test_add_func ("/workflow-validate/too-short-text", test_too_short_text);
  g_test_add_func ("/workflow-validate/built", test_built);
  g_test_add_func ("/workflow-validate/lengths", test_lengths);
  g_test_add_func ("/workflow-validate/many-steps", test_many_steps);
  g_test_add_func ("/workflow-validate/deep-branches", test_deep_branches);
  return g_test_run ();
}
