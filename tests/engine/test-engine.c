/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which workflows an event starts: states, guards of the past, and that the trigger index says
 * what the conditions say. */
#include "wf-engine-fixture.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define KEY_VECTOR "49fe287d-62ef-52df-b110-7a8b62575545"
#define STEPS "[{'id':'a','kind':'notify','text':'x'}]"
#define RECEIVED(rest)                                                                             \
  wf_fixture_new_event ("e1", "lead.received", "2026-11-20T12:00:00Z", "'id':'l1','owner':'ana'",  \
                        rest)

typedef struct
{
  guint runs, open, today, recent;
} Past;

static guint
count_runs (const char *workflow, const char *lead, gboolean only_open, gpointer user_data)
{
  const Past *past = user_data;

  g_assert_cmpstr (workflow, ==, W1);
  g_assert_cmpstr (lead, ==, "l1");
  return only_open ? past->open : past->runs;
}

static guint
count_runs_on_day (const char *workflow, const char *lead, WfInstant at, gpointer user_data)
{
  return ((const Past *) user_data)->today;
}

static guint
count_recent_runs (const char *workflow, WfInstant at, gpointer user_data)
{
  return ((const Past *) user_data)->recent;
}

static const struct
{
  const char *name, *trigger, *data;
  Past past;
  WfVerdictKind verdict;
  const char *reason;
} guards[] = {
  { "nothing in the way", NULL, NULL, { 99, 99, 19, 99 }, WF_VERDICT_STARTED, NULL },
  { "S15 once per lead, first",
    "'reentry':'once-per-lead'",
    NULL,
    { 0, 0, 0, 0 },
    WF_VERDICT_STARTED,
    NULL },
  { "S15 once per lead, again",
    "'reentry':'once-per-lead'",
    NULL,
    { 1, 0, 0, 0 },
    WF_VERDICT_REENTRY,
    NULL },
  { "S15 once while open, closed",
    "'reentry':'once-while-open'",
    NULL,
    { 5, 0, 0, 0 },
    WF_VERDICT_STARTED,
    NULL },
  { "S15 once while open, open",
    "'reentry':'once-while-open'",
    NULL,
    { 5, 1, 0, 0 },
    WF_VERDICT_REENTRY,
    NULL },
  { "S15 restart", "'reentry':'restart'", NULL, { 5, 1, 0, 0 }, WF_VERDICT_STARTED, NULL },
  { "S14 twenty a day", NULL, NULL, { 0, 0, 20, 0 }, WF_VERDICT_LOOP, "daily-limit" },
  { "S14 own event", NULL, "'cause':'x/y/z'", { 0, 0, 0, 0 }, WF_VERDICT_OWN_EVENT, NULL },
  { "S14 own event wanted",
    "'own-events':true",
    "'cause':'x/y/z'",
    { 0, 0, 0, 0 },
    WF_VERDICT_STARTED,
    NULL },
  { "S14 chain, separated by blanks",
    "'own-events':true",
    "'cause':'x/y/z " W1 "/a/e0 x/y/z'",
    { 0, 0, 0, 0 },
    WF_VERDICT_LOOP,
    "chain" },
  { "S14 another workflow whose id begins alike",
    "'own-events':true",
    "'cause':'" W1 "2/a/e0'",
    { 0, 0, 0, 0 },
    WF_VERDICT_STARTED,
    NULL },
  { "S14 depth",
    "'own-events':true",
    "'cause':'1/s/e,2/s/e,3/s/e,4/s/e,5/s/e,6/s/e,7/s/e,8/s/e'",
    { 0, 0, 0, 0 },
    WF_VERDICT_LOOP,
    "depth" },
  { "S13 the hundredth", NULL, NULL, { 0, 0, 0, 99 }, WF_VERDICT_STARTED, NULL },
  { "S13 storm", NULL, NULL, { 0, 0, 0, 100 }, WF_VERDICT_HELD_STORM, "storm" },
  { "S13 import", NULL, "'import':true", { 0, 0, 0, 0 }, WF_VERDICT_HELD_STORM, "import" },
};

static WfEngine *
new_engine (WfWorkflow *workflow)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();

  g_ptr_array_add (workflows, workflow);
  return wf_engine_new (organisation, workflows);
}

static void
test_guard (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (WfWorkflow) workflow =
      wf_fixture_new_workflow_with (W1, "lead.received", guards[i].trigger, STEPS);
  g_autoptr (WfEngine) engine = new_engine (workflow);
  g_autoptr (WfEvent) event = RECEIVED (guards[i].data);
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
  WfEngineMemory memory = { (gpointer) &guards[i].past, count_runs, count_runs_on_day,
                            count_recent_runs, NULL };
  const WfVerdict *verdict;

  wf_engine_evaluate (engine, event, wf_event_get_time (event), &memory, FALSE, verdicts);
  g_assert_cmpuint (verdicts->len, ==, 1);
  verdict = &g_array_index (verdicts, WfVerdict, 0);
  g_assert_cmpstr (wf_verdict_names[verdict->kind], ==, wf_verdict_names[guards[i].verdict]);
  g_assert_cmpstr (verdict->reason, ==, guards[i].reason);
  g_assert_true (verdict->workflow == workflow);
  g_assert_cmpint (wf_verdict_cancels_earlier (verdict), ==,
                   workflow->reentry == WF_REENTRY_RESTART);
}

#define DOCUMENT(state, steps)                                                                     \
  "{'format':1,'id':'" W1 "','name':'N','state':'" state                                           \
  "','version':3,'trigger':{'event':'lead.received',"                                              \
  "'conditions':{'field':'lead.owner','op':'eq','value':'ANA'}},'steps':" steps "}"

/* What a workflow's own state answers: to live evaluation and to a replay. */
static const struct
{
  const char *name, *document, *verdict, *in_replay; /* NULL: it does not listen */
} states[] = {
  { "live", DOCUMENT ("live", STEPS), "started", "started" },
  { "draft", DOCUMENT ("draft", STEPS), NULL, "started" },
  { "paused", DOCUMENT ("paused", STEPS), "paused", "started" },
  { "archived", DOCUMENT ("archived", STEPS), NULL, NULL },
  { "a kind that this version cannot carry out",
    DOCUMENT ("live", "[{'id':'a','kind':'send-fax','to':'x'}]"), "held-problem", "held-problem" },
  { "R78: nobody confirmed the deletion", DOCUMENT ("live", "[{'id':'a','kind':'delete-record'}]"),
    "held-problem", "held-problem" },
  { "a text that is missing", DOCUMENT ("live", "[{'id':'a','kind':'send-email','subject':'x'}]"),
    "held-problem", "held-problem" },
  { "a kind of the catalogue",
    DOCUMENT ("live", "[{'id':'a','kind':'send-email','subject':'x','text':'y'}]"), "started",
    "started" },
  { "such a kind deep inside",
    DOCUMENT (
        "live",
        "[{'id':'b','kind':'branch','paths':[{'name':'p','steps':[{'id':'a','kind':'fax'}]}]}]"),
    "held-problem", "held-problem" },
  { "R16: 29 minutes",
    DOCUMENT ("live",
              "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':"
              "{'amount':29,'unit':'minutes'}}]"),
    "held-problem", "held-problem" },
};

static void
assert_answer (WfWorkflow *workflow, gboolean replay, const char *expected)
{
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
  g_autoptr (WfEvent) event = RECEIVED (NULL);
  g_autoptr (WfEngine) engine = NULL;

  g_ptr_array_add (workflows, workflow);
  engine = wf_engine_new_with_settings (NULL, workflows, &(WfEngineSettings) { 0, FALSE, replay });
  wf_engine_evaluate (engine, event, wf_event_get_time (event), NULL, FALSE, verdicts);
  g_assert_cmpuint (verdicts->len, ==, expected != NULL ? 1 : 0);
  if (expected == NULL)
    return;
  g_assert_cmpstr (wf_verdict_names[g_array_index (verdicts, WfVerdict, 0).kind], ==, expected);
  if (g_str_equal (expected, "held-problem"))
    g_assert_nonnull (g_array_index (verdicts, WfVerdict, 0).reason);
}

static void
test_state (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (WfWorkflow) workflow = wf_fixture_new_workflow (states[i].document);

  assert_answer (workflow, FALSE, states[i].verdict);
  assert_answer (workflow, TRUE, states[i].in_replay);
}

/* What cannot be read must not run without it. */
static void
test_unreadable_condition (void)
{
  g_autoptr (WfJsonDocument) document = wf_fixture_new_json (
      "{'format':1,'id':'" W1
      "','name':'N','state':'live','version':1,'trigger':{'event':'lead.received',"
      "'conditions':{'field':'lead.score','op':'roughly','value':3}},'steps':" STEPS "}");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow =
      wf_workflow_read (wf_json_document_get_root (document), problems);

  g_assert_true (wf_problems_has_errors (problems));
  assert_answer (workflow, FALSE, "held-problem");
}

/* The index against the conditions themselves. */

#define N_ROUNDS 60
#define N_RULES 120
#define N_EVENTS 60

static const char *const fields[] = {
  "lead.source", "lead.score",       "lead.custom.sector", "lead.custom.size",
  "lead.owner",  "lead.stage",       "lead.missing",       "meeting.start",
  "actor",       "lead.custom.flag",
};
static const char *const values[] = {
  "\"web\"",
  "\"WEB\"",
  "\"São Paulo\"",
  "\"sao paulo\"",
  "\"\"",
  "\"80\"",
  "80",
  "79.5",
  "80.0",
  "-1",
  "true",
  "false",
  "\"true\"",
  "null",
  "[]",
  "[\"web\"]",
  "[\"web\",80]",
  "{}",
  "{\"a\":1}",
  "\"2026-11-20T12:00:00Z\"",
  "\"2026-11-20\"",
  "1e300",
  "\"ana\"",
  "\"inbound\"",
  "\"new\"",
};

static const char *
pick (GRand *rand, const char *const *from, guint n)
{
  return from[g_rand_int_range (rand, 0, (gint32) n)];
}

static WfCondition *make_condition (GRand *rand, guint depth);

static WfCondition *
make_any_test (GRand *rand)
{
  /* Mostly what the index knows, and everything else too. */
  static const WfOperator common[] = { WF_OP_EQ, WF_OP_EQ, WF_OP_EQ, WF_OP_GE,
                                       WF_OP_GT, WF_OP_LE, WF_OP_LT, WF_OP_IN };
  WfOperator op = g_rand_boolean (rand) ? common[g_rand_int_range (rand, 0, G_N_ELEMENTS (common))]
                                        : (WfOperator) g_rand_int_range (rand, 0, WF_N_OPERATORS);
  const char *value = pick (rand, values, G_N_ELEMENTS (values));
  g_autofree char *list = NULL;

  if (op == WF_OP_IN || op == WF_OP_NOT_IN || op == WF_OP_BETWEEN)
    value = list = g_strdup_printf ("[%s,%s]", value, pick (rand, values, G_N_ELEMENTS (values)));
  return wf_condition_new_test (pick (rand, fields, G_N_ELEMENTS (fields)), op, value);
}

/* One that a published workflow can have: with another value the whole workflow is held. */
static WfCondition *
make_test (GRand *rand)
{
  while (TRUE)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfCondition) test = make_any_test (rand);
      const WfJsonCursor place = { .problems = problems };

      if (wf_condition_check_value (test, &place))
        return g_steal_pointer (&test);
    }
}

static WfCondition *
make_group (GRand *rand, guint depth)
{
  g_autoptr (GPtrArray) children =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_condition_unref);
  guint n = (guint) g_rand_int_range (rand, 0, 4);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (children, make_condition (rand, depth + 1));
  return wf_condition_new_group (g_rand_int_range (rand, 0, 3) > 0
                                     ? WF_CONDITION_ALL
                                     : (WfConditionKind) g_rand_int_range (rand, 0, 3),
                                 children);
}

static WfCondition *
make_condition (GRand *rand, guint depth)
{
  return depth < 3 && g_rand_boolean (rand) ? make_group (rand, depth) : make_test (rand);
}

static WfEvent *
make_event (GRand *rand, guint number)
{
  g_autofree char *text = NULL;
  g_autoptr (WfJsonDocument) document = NULL;
  const char *v[9];

  for (guint i = 0; i < G_N_ELEMENTS (v); i++)
    v[i] = pick (rand, values, G_N_ELEMENTS (values));
  text = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"e%u\",\"source\":\"s\",\"type\":\"lead.received\","
      "\"time\":\"2026-11-20T12:00:00Z\",\"data\":{\"lead\":{\"id\":\"l1\",\"source\":%s,\"score\":%s,"
      "\"stage\":%s,\"owner\":%s,\"custom\":{\"sector\":%s,\"size\":%s,\"flag\":%s}},\"actor\":%s,"
      "\"meeting\":{\"start\":%s}}}",
      number, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]);
  document = wf_json_document_parse (text, -1, 0, NULL);
  return wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, NULL);
}

static const WfVerdict *
find_verdict (GArray *verdicts, const WfWorkflow *workflow)
{
  const WfVerdict *found = NULL;

  for (guint i = 0; i < verdicts->len; i++)
    if (g_array_index (verdicts, WfVerdict, i).workflow == workflow)
      {
        g_assert_null (found); /* once at most */
        found = &g_array_index (verdicts, WfVerdict, i);
      }
  return found;
}

static void
assert_same_verdicts (WfEngine *engine, GPtrArray *workflows, const WfEvent *event)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
  WfConditionContext context = { event, NULL, wf_engine_get_organisation (engine),
                                 wf_event_get_time (event) };

  wf_engine_evaluate (engine, event, context.now, NULL, FALSE, matches);
  wf_engine_evaluate (engine, event, context.now, NULL, TRUE, all);
  g_assert_cmpuint (all->len, ==, workflows->len);
  for (guint i = 0; i < workflows->len; i++)
    {
      const WfWorkflow *workflow = g_ptr_array_index (workflows, i);
      const WfVerdict *verdict = &g_array_index (all, WfVerdict, i);
      const WfCondition *failed;
      gboolean holds = wf_condition_holds (workflow->conditions, &context, &failed);

      g_assert_true (verdict->workflow == workflow);
      g_assert_cmpint (verdict->kind, ==, holds ? WF_VERDICT_STARTED : WF_VERDICT_CONDITION_FAILED);
      g_assert_cmpint (find_verdict (matches, workflow) != NULL, ==, holds);
      g_assert_true (verdict->failed == (holds ? NULL : failed));
      if (!holds && failed != NULL)
        g_assert_true (verdict->seen ==
                       wf_condition_context_get_field (&context, wf_condition_get_field (failed)));
    }
}

static void
test_index (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();

  for (guint32 seed = 1; seed <= N_ROUNDS; seed++)
    {
      GRand *rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) workflows =
          g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
      g_autoptr (WfEngine) engine = NULL;

      g_test_message ("seed %u", seed);
      for (guint i = 0; i < N_RULES; i++)
        {
          WfWorkflow *workflow = wf_fixture_new_workflow_with (W1, "lead.received", NULL, STEPS);

          workflow->conditions = make_condition (rand, 0);
          g_ptr_array_add (workflows, workflow);
        }
      engine = wf_engine_new (organisation, workflows);
      for (guint i = 0; i < N_EVENTS; i++)
        {
          g_autoptr (WfEvent) event = make_event (rand, i);

          assert_same_verdicts (engine, workflows, event);
        }
      g_rand_free (rand);
    }
}

/* A lead's cached members stand in for what the event does not carry. */
static const WfJson *
get_lead (const char *lead, gpointer user_data)
{
  g_assert_cmpstr (lead, ==, "l1");
  return wf_json_document_get_root (user_data);
}

static void
test_cached_lead (void)
{
  g_autoptr (WfWorkflow) workflow = wf_fixture_new_workflow_with (
      W1, "lead.received", "'conditions':{'all':[{'field':'lead.source','op':'eq','value':'web'}]}",
      STEPS);
  g_autoptr (WfEngine) engine = new_engine (workflow);
  g_autoptr (WfEvent) event = RECEIVED (NULL);
  g_autoptr (WfJsonDocument) lead = wf_fixture_new_json ("{'id':'l1','source':'Web'}");
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
  WfEngineMemory memory = { lead, NULL, NULL, NULL, get_lead };

  wf_engine_evaluate (engine, event, wf_event_get_time (event), NULL, FALSE, verdicts);
  g_assert_cmpuint (verdicts->len, ==, 0);
  wf_engine_evaluate (engine, event, wf_event_get_time (event), &memory, FALSE, verdicts);
  g_assert_cmpuint (verdicts->len, ==, 1);
}

static void
test_lookup (void)
{
  g_autoptr (WfWorkflow) workflow = wf_fixture_new_workflow_with (W1, "lead.received", NULL, STEPS);
  g_autoptr (WfEngine) engine = new_engine (workflow);
  g_autoptr (WfEngine) same = wf_engine_ref (engine);
  g_autoptr (WfEvent) other =
      wf_fixture_new_event ("e1", "deal.won", "2026-11-20T12:00:00Z", NULL, NULL);
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));

  g_assert_true (wf_engine_get_workflow (same, W1) == workflow);
  g_assert_null (wf_engine_get_workflow (same, "x"));
  wf_engine_evaluate (engine, other, 0, NULL, TRUE, verdicts);
  g_assert_cmpuint (verdicts->len, ==, 0);
}

/* S15: the vector of a version 5 UUID, computed independently. */
static void
test_keys (void)
{
  char key[WF_UUID_LENGTH + 1], again[WF_UUID_LENGTH + 1], run[WF_UUID_LENGTH + 1];
  g_autofree char *long_id = g_strnfill (2000, 'x');

  wf_effect_make_key (W1, "/crm/acme", "e-1001", "filter1", 0, key);
  g_assert_cmpstr (key, ==, KEY_VECTOR);
  wf_effect_make_key (W1, "/crm/acme", "e-1001", "filter1", 1, again);
  g_assert_cmpstr (key, !=, again);
  wf_effect_make_key (W1, "/crm/acme", long_id, "filter1", G_MAXUINT, run);
  g_assert_true (wf_uuid_is_valid (run));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/guard/%s", guards[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_guard);
    }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/state/%s", states[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_state);
    }
  g_test_add_func ("/engine/unreadable-condition", test_unreadable_condition);
  g_test_add_func ("/engine/index", test_index);
  g_test_add_func ("/engine/cached-lead", test_cached_lead);
  g_test_add_func ("/engine/lookup", test_lookup);
  g_test_add_func ("/engine/keys", test_keys);
  return g_test_run ();
}
