/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: every operator with every type of field, and with missing ones. */
#include "wf-test-documents.h"

#include <string.h>

/* Friday 17:50 in São Paulo is open, Saturday closed. */
static const char event_text[] =
    "{ 'specversion': '1.0', 'id': 'e', 'source': '/crm', 'type': 'lead.updated', 'time': '2026-11-20T17:50:00-03:00',"
    "  'data': { 'actor': 'bruno', 'import': true,"
    "    'lead': { 'id': 'l-77', 'name': 'Padaria São João', 'score': 35, 'owner': 'ana', 'stage': 'filter-1', 'email': '',"
    "      'phone': null, 'company': '100', 'source': 'Web', 'tags': ['Hot', 'VIP'], 'created': '2026-11-20T23:30:00-03:00',"
    "      'updated': '2026-11-20', 'group': 'inbound',"
    "      'custom': { 'text': 'Ótica 10', 'number': 7.5, 'digits': '9', 'yes': true, 'list': [1, 2], 'empty': [], 'holes': [null, {}, 'x'],"
    "        'one': ['x'], 'object': { 'a': 1 }, 'date': '2026-11-20T12:00:00Z', 'people': ['bruno', 'ana'], 'big': 1e300 } },"
    "    'meeting': { 'start': '2026-11-21T10:00:00-03:00', 'end': '2026-11-20T16:00:00-03:00', 'title': 'Visita' },"
    "    'stage_from': 'new', 'stage_to': 'filter-1', 'owner_from': null, 'owner_to': 'ana',"
    "    'changes': { 'lead.score': [20, 35], 'name': ['Padaria', 'Padaria São João'], 'phone': ['1', null], 'source': ['Web', 'Web'],"
    "      'email': [null, ''], 'company': 'x', 'custom.text': ['', 'Ótica 10'], 'interest': [1] } } }";

static const struct
{
  const char *condition;
  gboolean holds;
} tests[] = {
  /* text, without regard to case and accents */
  { "{'field':'lead.name','op':'eq','value':'padaria sao joao'}", TRUE },
  { "{'field':'lead.name','op':'eq','value':'PADARIA SÃO JOÃO'}", TRUE },
  { "{'field':'lead.name','op':'eq','value':'Padaria'}", FALSE },
  { "{'field':'lead.name','op':'ne','value':'Padaria'}", TRUE },
  { "{'field':'lead.name','op':'ne','value':'padaria são joão'}", FALSE },
  { "{'field':'lead.name','op':'lt','value':'q'}", TRUE },
  { "{'field':'lead.name','op':'gt','value':'q'}", FALSE },
  { "{'field':'lead.name','op':'le','value':'padaria sao joao'}", TRUE },
  { "{'field':'lead.name','op':'ge','value':'padaria sao joao'}", TRUE },
  { "{'field':'lead.name','op':'contains','value':'SAO'}", TRUE },
  { "{'field':'lead.name','op':'contains','value':'sol'}", FALSE },
  { "{'field':'lead.name','op':'starts-with','value':'padaria s'}", TRUE },
  { "{'field':'lead.name','op':'starts-with','value':'joao'}", FALSE },
  { "{'field':'lead.name','op':'in','value':['x','padaria sao joao']}", TRUE },
  { "{'field':'lead.name','op':'in','value':['x']}", FALSE },
  { "{'field':'lead.name','op':'in','value':[]}", FALSE },
  { "{'field':'lead.name','op':'not-in','value':['x']}", TRUE },
  { "{'field':'lead.name','op':'not-in','value':['padaria sao joao']}", FALSE },
  { "{'field':'lead.name','op':'between','value':['a','z']}", TRUE },
  { "{'field':'lead.name','op':'between','value':['q','z']}", FALSE },
  { "{'field':'lead.company','op':'eq','value':100}", TRUE },
  { "{'field':'lead.company','op':'lt','value':'9'}",
    TRUE }, /* text order, as the field is a text */
  { "{'field':'lead.name','op':'is-set'}", TRUE },
  { "{'field':'lead.name','op':'is-empty'}", FALSE },
  /* numbers, also when they are written as text */
  { "{'field':'lead.score','op':'eq','value':35}", TRUE },
  { "{'field':'lead.score','op':'eq','value':35.0}", TRUE },
  { "{'field':'lead.score','op':'eq','value':'35'}", TRUE },
  { "{'field':'lead.score','op':'ne','value':'35.0'}", FALSE },
  { "{'field':'lead.score','op':'lt','value':100}", TRUE },
  { "{'field':'lead.score','op':'lt','value':'100'}", TRUE },
  { "{'field':'lead.score','op':'lt','value':35}", FALSE },
  { "{'field':'lead.score','op':'le','value':35}", TRUE },
  { "{'field':'lead.score','op':'gt','value':34.9}", TRUE },
  { "{'field':'lead.score','op':'gt','value':35}", FALSE },
  { "{'field':'lead.score','op':'ge','value':35}", TRUE },
  { "{'field':'lead.score','op':'ge','value':80}", FALSE },
  { "{'field':'lead.score','op':'in','value':[1,35]}", TRUE },
  { "{'field':'lead.score','op':'in','value':['35']}", TRUE },
  { "{'field':'lead.score','op':'not-in','value':[1,2]}", TRUE },
  { "{'field':'lead.score','op':'between','value':[35,35]}", TRUE },
  { "{'field':'lead.score','op':'between','value':[0,34]}", FALSE },
  { "{'field':'lead.score','op':'between','value':[36,99]}", FALSE },
  { "{'field':'lead.score','op':'contains','value':3}", TRUE },
  { "{'field':'lead.score','op':'starts-with','value':'3'}", TRUE },
  { "{'field':'lead.score','op':'is-set'}", TRUE },
  /* fields that the catalogue does not know: the type of the value counts */
  { "{'field':'lead.custom.text','op':'eq','value':'otica 10'}", TRUE },
  { "{'field':'lead.custom.number','op':'gt','value':7}", TRUE },
  { "{'field':'lead.custom.number','op':'gt','value':'7'}", TRUE },
  { "{'field':'lead.custom.number','op':'eq','value':'abc'}", FALSE },
  { "{'field':'lead.custom.number','op':'ne','value':'abc'}", TRUE },
  { "{'field':'lead.custom.number','op':'lt','value':'abc'}", FALSE },
  { "{'field':'lead.custom.digits','op':'lt','value':10}", TRUE },
  { "{'field':'lead.custom.digits','op':'lt','value':'10'}", FALSE },
  { "{'field':'lead.custom.digits','op':'in','value':[8,9.0]}", TRUE },
  { "{'field':'lead.custom.big','op':'gt','value':5}", TRUE },
  { "{'field':'lead.custom.yes','op':'eq','value':true}", TRUE },
  { "{'field':'lead.custom.yes','op':'eq','value':'true'}", TRUE },
  { "{'field':'lead.custom.yes','op':'ne','value':false}", TRUE },
  { "{'field':'lead.custom.yes','op':'eq','value':1}", FALSE },
  { "{'field':'lead.custom.object','op':'eq','value':'a'}", FALSE },
  { "{'field':'lead.custom.object','op':'ne','value':'a'}", TRUE },
  { "{'field':'lead.custom.object','op':'is-set'}", TRUE },
  { "{'field':'lead.custom.object.a','op':'eq','value':1}", TRUE },
  { "{'field':'lead.custom.date','op':'lt','value':'2026-11-20T09:30:00-03:00'}", TRUE },
  { "{'field':'lead.custom.date','op':'eq','value':'2026-11-20T09:00:00-03:00'}", TRUE },
  /* booleans */
  { "{'field':'import','op':'eq','value':true}", TRUE },
  { "{'field':'import','op':'eq','value':false}", FALSE },
  { "{'field':'import','op':'in','value':[true]}", TRUE },
  /* dates: instants; a bare date is the whole local day */
  { "{'field':'lead.created','op':'eq','value':'2026-11-21T02:30:00Z'}", TRUE },
  { "{'field':'lead.created','op':'lt','value':'2026-11-21T02:30:01Z'}", TRUE },
  { "{'field':'lead.created','op':'ge','value':'2026-11-21T02:30:01Z'}", FALSE },
  { "{'field':'lead.created','op':'eq','value':'2026-11-20'}", TRUE },
  { "{'field':'lead.created','op':'le','value':'2026-11-20'}", TRUE },
  { "{'field':'lead.created','op':'lt','value':'2026-11-20'}", FALSE },
  { "{'field':'lead.created','op':'lt','value':'2026-11-21'}", TRUE },
  { "{'field':'lead.created','op':'gt','value':'2026-11-19'}", TRUE },
  { "{'field':'lead.created','op':'between','value':['2026-11-01','2026-11-20']}", TRUE },
  { "{'field':'lead.created','op':'between','value':['2026-11-21','2026-11-30']}", FALSE },
  { "{'field':'lead.created','op':'in','value':['2026-11-20']}", TRUE },
  { "{'field':'lead.updated','op':'eq','value':'2026-11-20'}", TRUE },
  { "{'field':'lead.updated','op':'lt','value':'2026-11-21T12:00:00Z'}", TRUE },
  { "{'field':'event.time','op':'ge','value':'2026-11-20T20:50:00Z'}", TRUE },
  /* lists: contains is about an element */
  { "{'field':'lead.tags','op':'contains','value':'vip'}", TRUE },
  { "{'field':'lead.tags','op':'contains','value':'vi'}", FALSE },
  { "{'field':'lead.tags','op':'eq','value':['hot','vip']}", TRUE },
  { "{'field':'lead.tags','op':'eq','value':['vip','hot']}", FALSE },
  { "{'field':'lead.tags','op':'eq','value':'hot'}", FALSE },
  { "{'field':'lead.tags','op':'ne','value':'hot'}", TRUE },
  { "{'field':'lead.tags','op':'in','value':['cold','hot']}", TRUE },
  { "{'field':'lead.tags','op':'not-in','value':['cold']}", TRUE },
  { "{'field':'lead.tags','op':'not-in','value':['hot']}", FALSE },
  { "{'field':'lead.tags','op':'gt','value':'a'}", FALSE },
  { "{'field':'lead.tags','op':'starts-with','value':'h'}", FALSE },
  { "{'field':'lead.tags','op':'is-set'}", TRUE },
  { "{'field':'lead.custom.list','op':'contains','value':2}", TRUE },
  { "{'field':'lead.custom.list','op':'contains','value':3}", FALSE },
  { "{'field':'lead.custom.one','op':'eq','value':'X'}", TRUE },
  { "{'field':'lead.custom.empty','op':'is-empty'}", TRUE },
  { "{'field':'lead.custom.holes','op':'in','value':[1,2,3,4,5,6,7,8,9,null]}", FALSE },
  { "{'field':'lead.custom.holes','op':'in','value':[1,2,3,4,5,6,7,8,9,'X']}", TRUE },
  { "{'field':'lead.custom.holes','op':'in','value':[null]}", FALSE },
  { "{'field':'lead.custom.holes','op':'not-in','value':[null,'y']}", TRUE },
  /* empty: missing, null, "" */
  { "{'field':'lead.email','op':'is-empty'}", TRUE },
  { "{'field':'lead.phone','op':'is-empty'}", TRUE },
  { "{'field':'lead.interest','op':'is-empty'}", TRUE },
  { "{'field':'lead.custom.none','op':'is-empty'}", TRUE },
  { "{'field':'lead.email','op':'is-set'}", FALSE },
  { "{'field':'lead.phone','op':'is-set'}", FALSE },
  { "{'field':'lead.interest','op':'is-set'}", FALSE },
  { "{'field':'lead.email','op':'ne','value':'x'}", TRUE },
  { "{'field':'lead.phone','op':'ne','value':'x'}", TRUE },
  { "{'field':'lead.interest','op':'ne','value':'x'}", TRUE },
  { "{'field':'lead.interest','op':'not-in','value':['x']}", TRUE },
  { "{'field':'lead.interest','op':'eq','value':'x'}", FALSE },
  { "{'field':'lead.interest','op':'eq','value':''}", FALSE },
  { "{'field':'lead.interest','op':'lt','value':'x'}", FALSE },
  { "{'field':'lead.interest','op':'le','value':'x'}", FALSE },
  { "{'field':'lead.interest','op':'gt','value':''}", FALSE },
  { "{'field':'lead.interest','op':'ge','value':''}", FALSE },
  { "{'field':'lead.interest','op':'contains','value':''}", FALSE },
  { "{'field':'lead.interest','op':'starts-with','value':''}", FALSE },
  { "{'field':'lead.interest','op':'in','value':['']}", FALSE },
  { "{'field':'lead.interest','op':'between','value':['','z']}", FALSE },
  { "{'field':'lead.interest','op':'changed'}", FALSE },
  { "{'field':'lead.interest','op':'changed-to','value':'x'}", FALSE },
  { "{'field':'lead.interest','op':'member-of','value':'inbound'}", FALSE },
  { "{'field':'meeting.place','op':'matches-hours'}", FALSE },
  /* changes */
  { "{'field':'lead.score','op':'changed'}", TRUE },
  { "{'field':'lead.name','op':'changed'}", TRUE },
  { "{'field':'lead.phone','op':'changed'}", TRUE },
  { "{'field':'lead.custom.text','op':'changed'}", TRUE },
  { "{'field':'lead.source','op':'changed'}", FALSE },
  { "{'field':'lead.email','op':'changed'}", FALSE },
  { "{'field':'lead.company','op':'changed'}", FALSE },
  { "{'field':'lead.stage','op':'changed'}", TRUE },
  { "{'field':'lead.owner','op':'changed'}", TRUE },
  { "{'field':'lead.score','op':'changed-to','value':35}", TRUE },
  { "{'field':'lead.score','op':'changed-to','value':20}", FALSE },
  { "{'field':'lead.score','op':'changed-to','value':[1,35]}", TRUE },
  { "{'field':'lead.stage','op':'changed-to','value':'FILTER-1'}", TRUE },
  { "{'field':'lead.stage','op':'changed-to','value':'new'}", FALSE },
  { "{'field':'lead.owner','op':'changed-to','value':'ana'}", TRUE },
  { "{'field':'lead.phone','op':'changed-to','value':''}", TRUE },
  { "{'field':'lead.phone','op':'changed-to','value':null}", TRUE },
  { "{'field':'lead.phone','op':'changed-to','value':'1'}", FALSE },
  /* people in groups */
  { "{'field':'lead.owner','op':'member-of','value':'inbound'}", TRUE },
  { "{'field':'lead.owner','op':'member-of','value':'outbound'}", FALSE },
  { "{'field':'lead.owner','op':'member-of','value':['outbound','inbound']}", TRUE },
  { "{'field':'actor','op':'member-of','value':'outbound'}", TRUE },
  { "{'field':'lead.custom.people','op':'member-of','value':'inbound'}", TRUE },
  { "{'field':'lead.name','op':'member-of','value':'inbound'}", FALSE },
  { "{'field':'lead.score','op':'member-of','value':'inbound'}", FALSE },
  /* working hours */
  { "{'field':'event.time','op':'matches-hours'}", TRUE },
  { "{'field':'meeting.start','op':'matches-hours'}", FALSE },
  { "{'field':'meeting.start','op':'matches-hours','value':false}", TRUE },
  { "{'field':'meeting.end','op':'matches-hours','value':true}", TRUE },
  { "{'field':'meeting.title','op':'matches-hours'}", FALSE },
  { "{'field':'meeting.title','op':'matches-hours','value':false}", FALSE },
  /* groups of conditions */
  { "{'all':[]}", TRUE },
  { "{'none':[]}", TRUE },
  { "{'any':[]}", FALSE },
  { "{'all':[{'any':[]},{'all':[]}]}", FALSE },
  { "{'none':[{'any':[]}]}", TRUE },
  { "{'all':[{'field':'lead.score','op':'ge','value':30},{'field':'lead.source','op':'eq','value':'web'}]}",
    TRUE },
  { "{'all':[{'field':'lead.score','op':'ge','value':30},{'field':'lead.source','op':'eq','value':'shop'}]}",
    FALSE },
  { "{'any':[{'field':'lead.score','op':'ge','value':80},{'field':'lead.source','op':'eq','value':'web'}]}",
    TRUE },
  { "{'none':[{'field':'lead.score','op':'ge','value':80},{'field':'lead.source','op':'eq','value':'shop'}]}",
    TRUE },
  { "{'none':[{'field':'lead.score','op':'ge','value':30}]}", FALSE },
};

static WfCondition *
read_condition (const char *text, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);

  return wf_condition_read (&cursor);
}

static void
test_holds (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autoptr (WfEvent) event = wf_test_event (event_text);
  WfConditionContext context = { .event = event,
                                 .organisation = organisation,
                                 .now = wf_event_get_time (event) };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfCondition) condition = read_condition (tests[i].condition, problems);
      const WfCondition *failed = condition;

      g_test_message ("%s", tests[i].condition);
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
      g_assert_nonnull (condition);
      g_assert_cmpint (wf_condition_holds (condition, &context, &failed), ==, tests[i].holds);
      g_assert_cmpint (wf_condition_holds (condition, &context, NULL), ==, tests[i].holds);
      if (tests[i].holds)
        g_assert_null (failed);
      else if (wf_condition_get_kind (condition) == WF_CONDITION_TEST)
        g_assert_true (failed == condition);
    }
}

/* Long lists are searched by halves: the same answers. */
static void
test_long_list (void)
{
  g_autoptr (WfEvent) event = wf_test_event (event_text);
  WfConditionContext context = { .event = event };

  for (guint n = 1; n < 40; n++)
    for (guint position = 0; position <= n; position++)
      {
        g_autoptr (GString) names = g_string_new ("{'field':'lead.source','op':'in','value':[");
        g_autoptr (GString) scores = g_string_new ("{'field':'lead.score','op':'in','value':[");
        g_autoptr (GString) digits =
            g_string_new ("{'field':'lead.custom.digits','op':'in','value':[");
        g_autoptr (WfCondition) by_name = NULL;
        g_autoptr (WfCondition) by_score = NULL;
        g_autoptr (WfCondition) by_digits = NULL;

        for (guint i = 0; i < n; i++)
          {
            const char *comma = i > 0 ? "," : "";

            g_string_append_printf (names, i == position ? "%s'WEB'" : "%s'x%u'", comma, n - i);
            g_string_append_printf (scores, "%s%u", comma, i == position ? 35 : 100 + n - i);
            g_string_append_printf (digits, "%s%u", comma, i == position ? 9 : 100 + n - i);
          }
        g_string_append (names, "]}");
        g_string_append (scores, "]}");
        g_string_append (digits, "]}");
        by_name = read_condition (names->str, NULL);
        by_score = read_condition (scores->str, NULL);
        by_digits = read_condition (digits->str, NULL);
        g_assert_cmpint (wf_condition_holds (by_name, &context, NULL), ==, position < n);
        g_assert_cmpint (wf_condition_holds (by_score, &context, NULL), ==, position < n);
        g_assert_cmpint (wf_condition_holds (by_digits, &context, NULL), ==, position < n);
      }
}

static void
test_failed (void)
{
  static const struct
  {
    const char *condition, *field;
  } cases[] = {
    { "{'all':[{'field':'lead.source','op':'eq','value':'web'},{'field':'lead.score','op':'ge','value':80}]}",
      "lead.score" },
    { "{'any':[{'field':'lead.score','op':'ge','value':80},{'field':'lead.name','op':'eq','value':'x'}]}",
      "lead.score" },
    { "{'any':[{'any':[]},{'field':'lead.name','op':'eq','value':'x'}]}", "lead.name" },
    { "{'none':[{'field':'lead.name','op':'eq','value':'x'},{'field':'lead.score','op':'ge','value':1}]}",
      "lead.score" },
    { "{'all':[{'none':[{'all':[{'field':'lead.stage','op':'is-set'}]}]}]}", "lead.stage" },
    { "{'any':[]}", NULL },
    { "{'none':[{'all':[]}]}", NULL },
  };
  g_autoptr (WfEvent) event = wf_test_event (event_text);
  WfConditionContext context = { .event = event };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfCondition) condition = read_condition (cases[i].condition, NULL);
      const WfCondition *failed = NULL;

      g_test_message ("%s", cases[i].condition);
      g_assert_false (wf_condition_holds (condition, &context, &failed));
      g_assert_cmpstr (failed != NULL ? wf_condition_get_field (failed) : NULL, ==, cases[i].field);
    }
}

/* Fields of the lead that the event does not carry come from the cache; the event's own win. */
static void
test_cached_lead (void)
{
  g_autoptr (WfEvent) event = wf_test_event (event_text);
  g_autoptr (WfJsonDocument) lead =
      wf_test_json ("{ 'interest': 'Pão', 'score': 99, 'custom': { 'more': 1 } }");
  WfConditionContext context = { .event = event, .lead = wf_json_document_get_root (lead) };
  g_autoptr (WfCondition) interest = wf_condition_new_test ("lead.interest", WF_OP_EQ, "\"pao\"");
  g_autoptr (WfCondition) score = wf_condition_new_test ("lead.score", WF_OP_EQ, "35");
  g_autoptr (WfCondition) more = wf_condition_new_test ("lead.custom.more", WF_OP_EQ, "1");
  g_autoptr (WfCondition) meeting = wf_condition_new_test ("interest", WF_OP_IS_SET, NULL);
  WfConditionContext nothing = { NULL };

  g_assert_true (wf_condition_holds (interest, &context, NULL));
  g_assert_true (wf_condition_holds (score, &context, NULL));
  g_assert_true (wf_condition_holds (more, &context, NULL));
  g_assert_false (wf_condition_holds (meeting, &context, NULL));
  context.lead = NULL;
  g_assert_false (wf_condition_holds (interest, &context, NULL));
  g_assert_false (wf_condition_holds (score, &nothing, NULL));
}

/* Some types of event say by themselves that a field changed. */
static void
test_implied_changes (void)
{
  static const char *const format =
      "{ 'specversion': '1.0', 'id': 'e', 'source': '/crm', 'type': '%s', 'time': '2026-11-20T17:50:00-03:00',"
      "  'data': { 'lead': { 'id': 'a', 'stage': 'filter-2', 'owner': 'ana', 'score': 80 } } }";
  static const struct
  {
    const char *type, *condition;
    gboolean holds;
  } cases[] = {
    { "lead.stage-changed", "{'field':'lead.stage','op':'changed'}", TRUE },
    { "lead.stage-changed", "{'field':'lead.stage','op':'changed-to','value':'filter-2'}", TRUE },
    { "lead.stage-changed", "{'field':'lead.stage','op':'changed-to','value':'filter-1'}", FALSE },
    { "lead.stage-changed", "{'field':'lead.owner','op':'changed'}", FALSE },
    { "lead.reassigned", "{'field':'lead.owner','op':'changed-to','value':'ana'}", TRUE },
    { "lead.score-changed", "{'field':'lead.score','op':'changed-to','value':80}", TRUE },
    { "lead.updated", "{'field':'lead.stage','op':'changed'}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (format, cases[i].type);
      g_autoptr (WfEvent) event = wf_test_event (text);
      g_autoptr (WfCondition) condition = read_condition (cases[i].condition, NULL);
      WfConditionContext context = { .event = event };

      g_test_message ("%s %s", cases[i].type, cases[i].condition);
      g_assert_cmpint (wf_condition_holds (condition, &context, NULL), ==, cases[i].holds);
    }
}

static void
test_problems (void)
{
  static const char *const cases[][2] = {
    { "5", "wrong-type " },
    { "{}", "missing /field\nmissing /op" },
    { "{'field':5,'op':'eq','value':1}", "wrong-type /field" },
    { "{'field':'','op':'eq','value':1}", "missing /field" },
    { "{'field':'lead.score','op':'like','value':1}", "unknown-value /op" },
    { "{'field':'lead.score','op':'eq'}", "missing /value" },
    { "{'field':'lead.score','op':'eq','value':{}}", "wrong-type /value" },
    { "{'field':'lead.score','op':'eq','value':'many'}", "wrong-type /value" },
    { "{'field':'lead.score','op':'lt','value':[1]}", "wrong-type /value" },
    { "{'field':'lead.score','op':'lt','value':null}", "wrong-type /value" },
    { "{'field':'lead.score','op':'in','value':5}", "wrong-type /value" },
    { "{'field':'lead.score','op':'in','value':[1,'x']}", "wrong-type /value/1" },
    { "{'field':'lead.score','op':'in','value':[[1]]}", "wrong-type /value" },
    { "{'field':'lead.score','op':'between','value':[1]}", "wrong-type /value" },
    { "{'field':'lead.score','op':'between','value':[1,2,3]}", "wrong-type /value" },
    { "{'field':'lead.created','op':'lt','value':'soon'}", "wrong-type /value" },
    { "{'field':'import','op':'eq','value':7}", "wrong-type /value" },
    { "{'field':'lead.name','op':'contains','value':[1]}", "wrong-type /value" },
    { "{'field':'lead.owner','op':'member-of','value':5}", "wrong-type /value" },
    { "{'field':'event.time','op':'matches-hours','value':'x'}", "wrong-type /value" },
    { "{'all':5}", "wrong-type /all" },
    { "{'all':[5,{'any':[{'field':'a'}]}]}", "wrong-type /all/0\nmissing /all/1/any/0/op" },
    { "{'all':[],'any':[]}", "condition-kind " },
    { "{'all':[],'field':'x'}", "condition-kind " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autofree char *text = NULL;

      g_assert_null (read_condition (cases[i][0], problems));
      text = wf_test_problems_to_text (problems);
      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("{'field':'a','op':'is-set'}");
  g_autoptr (WfCondition) deepest = NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  for (guint i = 0; i < 15; i++)
    {
      g_string_prepend (text, "{'all':[");
      g_string_append (text, "]}");
    }
  deepest = read_condition (text->str, problems);
  g_assert_nonnull (deepest);
  g_string_prepend (text, "{'all':[");
  g_string_append (text, "]}");
  g_assert_null (read_condition (text->str, problems));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (wf_problems_get (problems, 0)->code, ==, "too-deep");
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}",
    "{\"field\":\"lead.name\",\"op\":\"is-set\"}",
    "{\"all\":[{\"any\":[{\"field\":\"a\",\"op\":\"in\",\"value\":[1,\"x\",null]}]},{\"none\":[]}]}",
    "{\"field\":\"a\",\"op\":\"eq\",\"value\":1.5,\"comment\":{\"by\":[\"ana\"]}}",
    "{\"all\":[],\"comment\":1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfCondition) condition = read_condition (texts[i], problems);
      g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
      g_autofree char *text = NULL;

      wf_condition_write (condition, writer, NULL);
      text = wf_json_writer_finish (writer, FALSE);
      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpuint (wf_problems_get_n (problems), ==, i >= 3 ? 1 : 0);
      if (i >= 3)
        g_assert_cmpstr (wf_problems_get (problems, 0)->path, ==, "/comment");
    }
}

static void
test_build (void)
{
  g_autoptr (GPtrArray) children =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_condition_unref);
  g_autoptr (WfCondition) group = NULL;
  g_autoptr (WfCondition) typed = wf_condition_new_test ("lead.name", WF_OP_EQ, "not json");
  g_autofree char *text = NULL;

  g_ptr_array_add (children, wf_condition_new_test ("lead.score", WF_OP_GE, "80"));
  g_ptr_array_add (children, wf_condition_ref (typed));
  group = wf_condition_new_group (WF_CONDITION_ANY, children);
  g_assert_cmpint (wf_condition_get_kind (group), ==, WF_CONDITION_ANY);
  g_assert_cmpuint (wf_condition_get_n_children (group), ==, 2);
  g_assert_true (wf_condition_get_child (group, 1) == typed);
  g_assert_null (wf_condition_get_child (group, 2));
  g_assert_cmpint (wf_condition_get_operator (typed), ==, WF_OP_EQ);
  text = wf_json_to_text (wf_condition_get_value (typed), FALSE);
  g_assert_cmpstr (text, ==, "\"not json\"");
}

static void
test_text (void)
{
  static const char *const cases[][2] = {
    { "{'field':'lead.score','op':'ge','value':80}", "Score is at least 80" },
    { "{'field':'lead.owner','op':'eq','value':'ana'}", "Responsible is Ana Souza" },
    { "{'field':'lead.stage','op':'changed-to','value':'filter-2'}", "Stage changed to Filtro 2" },
    { "{'field':'lead.owner','op':'member-of','value':['inbound','gone']}",
      "Responsible is in the group Inbound, gone" },
    { "{'field':'lead.source','op':'in','value':['a','b']}", "Source is one of a, b" },
    { "{'field':'lead.score','op':'between','value':[1,2.5]}", "Score is between 1 and 2.5" },
    { "{'field':'lead.created','op':'lt','value':'2026-11-20'}",
      "Lead’s creation is before 2026-11-20" },
    { "{'field':'lead.custom.sector','op':'is-empty'}", "sector is empty" },
    { "{'field':'import','op':'eq','value':true}", "Imported is yes" },
    { "{'field':'event.time','op':'matches-hours'}", "Event’s time is in working hours" },
    { "{'field':'event.time','op':'matches-hours','value':false}",
      "Event’s time is outside working hours" },
    { "{'field':'lead.name','op':'eq','value':''}", "Name is nothing" },
    { "{'all':[{'field':'lead.score','op':'ge','value':80},{'field':'lead.source','op':'eq','value':'marketing-platform'}]}",
      "Score is at least 80 and Source is marketing-platform" },
    { "{'all':[{'field':'lead.score','op':'gt','value':1},{'any':[{'field':'lead.name','op':'is-set'},{'field':'lead.email','op':'is-set'}]}]}",
      "Score is more than 1 and (Name is filled in or E-mail address is filled in)" },
    { "{'none':[{'field':'lead.score','op':'lt','value':1},{'field':'lead.name','op':'is-empty'}]}",
      "not (Score is less than 1 or Name is empty)" },
    { "{'all':[]}", "always" },
    { "{'any':[]}", "never" },
  };
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfCondition) condition = read_condition (cases[i][0], NULL);
      g_autofree char *text = wf_condition_to_text (condition, organisation);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
  for (int op = 0; op < WF_N_OPERATORS; op++)
    {
      g_autoptr (WfCondition) condition =
          wf_condition_new_test ("lead.name", (WfOperator) op, "[1, 2]");
      g_autofree char *text = wf_condition_to_text (condition, NULL);

      g_assert_true (g_str_has_prefix (text, "Name "));
      g_assert_cmpuint (strlen (wf_operator_to_text ((WfOperator) op)), >, 0);
    }
}

/* What a field had, as the sentence beside it names it. */
static void
test_value_text (void)
{
  static const struct
  {
    const char *test, *value, *text;
  } cases[] = {
    { "{'field':'lead.owner','op':'eq','value':'bruno'}", "'ana'", "Ana Souza" },
    { "{'field':'lead.owner','op':'eq','value':'bruno'}", "'nobody'", "nobody" },
    { "{'field':'lead.score','op':'ge','value':80}", "35", "35" },
    { "{'field':'lead.name','op':'is-set'}", "''", NULL },
    { "{'field':'lead.name','op':'is-set'}", "null", NULL },
    { "{'field':'import','op':'eq','value':true}", "false", "no" },
    { "{'field':'lead.custom.tags','op':'contains','value':'a'}", "['x','y']", "x, y" },
    { "{'field':'lead.custom.tags','op':'contains','value':'a'}", "[]", NULL },
    { "{'field':'lead.custom.tags','op':'contains','value':'a'}", "{'a':1}", "{\"a\":1}" },
  };
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfCondition) condition = read_condition (cases[i].test, NULL);
      g_autoptr (WfJsonDocument) value = wf_test_json (cases[i].value);
      g_autofree char *text =
          wf_condition_value_to_text (condition, wf_json_document_get_root (value), organisation);
      g_autofree char *missing = wf_condition_value_to_text (condition, NULL, organisation);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_null (missing);
    }
}

/* What a run found out itself is looked up last: an event that has the field wins. */
static void
test_results (void)
{
  g_autoptr (WfJsonDocument) results = wf_test_json ("{ 'approval': { 'outcome': 'approved' } }");
  g_autoptr (WfCondition) approved =
      read_condition ("{'field':'approval.outcome','op':'eq','value':'approved'}", NULL);
  g_autoptr (WfEvent) event = wf_test_event (event_text);
  g_autoptr (WfEvent) with_own = wf_test_event (
      "{ 'specversion': '1.0', 'id': 'e', 'source': '/crm', 'type': 'moon.rose', 'time': '2026-11-20T17:50:00-03:00',"
      "  'data': { 'approval': { 'outcome': 'rejected' } } }");
  WfConditionContext context = { .event = event };

  g_assert_false (wf_condition_holds (approved, &context, NULL));
  context.results = wf_json_document_get_root (results);
  g_assert_true (wf_condition_holds (approved, &context, NULL));
  g_assert_null (wf_condition_context_get_field (&context, "approval.gone"));
  context.event = with_own;
  g_assert_false (wf_condition_holds (approved, &context, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/condition/holds", test_holds);
  g_test_add_func ("/condition/long-list", test_long_list);
  g_test_add_func ("/condition/value-text", test_value_text);
  g_test_add_func ("/condition/failed", test_failed);
  g_test_add_func ("/condition/cached-lead", test_cached_lead);
  g_test_add_func ("/condition/implied-changes", test_implied_changes);
  g_test_add_func ("/condition/problems", test_problems);
  g_test_add_func ("/condition/depth", test_depth);
  g_test_add_func ("/condition/round-trip", test_round_trip);
  g_test_add_func ("/condition/build", test_build);
  g_test_add_func ("/condition/text", test_text);
  g_test_add_func ("/condition/results", test_results);
  return g_test_run ();
}
