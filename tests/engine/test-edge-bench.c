/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edge-case bench (B19): its dates, the events that it makes up, and that its rules can fail. */
#include "wf-edge-bench-private.h"
#include "wf-engine-fixture.h"
#include "wf-instant.h"

#include <string.h>

#define NOW "2026-11-18T12:00:00-03:00" /* a Wednesday */
#define CALL                                                                                       \
  "{'id':'call','kind':'create-activity','activity-type':'call','complete-within':{'amount':30,"   \
  "'unit':'minutes'},'notify':{'amount':10,'unit':'minutes'},'business-hours':true}"
#define TELL "{'id':'tell','kind':'notify','text':'Look','recipient':'person:ana'}"
#define BEFORE                                                                                     \
  "{'id':'call','kind':'create-activity','activity-type':'call','complete-within':{'amount':1,"    \
  "'unit':'days','before':'meeting.start'}}"

static const char berlin[] =
    "{'format':1,'name':'Acme','process':'1','working-hours':{'time-zone':'Europe/Berlin',"
    "'week':{'mon':[['09:00','18:00']],'tue':[['09:00','18:00']],'wed':[['09:00','18:00']],"
    "'thu':[['09:00','18:00']],'fri':[['09:00','18:00']]},"
    "'holidays':[{'every':'12-25','name':'Weihnachten'}]},"
    "'people':[{'id':'ana','name':'Ana','role':'attendant','groups':['inbound']}],"
    "'groups':[{'id':'inbound','name':'Inbound'}],'activity-types':[{'id':'call','name':'Call'}]}";

static WfOrganisation *
new_berlin (void)
{
  g_autoptr (WfJsonDocument) document = wf_fixture_new_json (berlin);

  return wf_organisation_read (wf_json_document_get_root (document), NULL);
}

static WfWorkflow *
new_workflow (const char *event, const char *trigger, const char *steps)
{
  g_autofree char *list = g_strdup_printf ("[%s]", steps);

  return wf_fixture_new_workflow_with ("6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11", event, trigger,
                                       list);
}

static const WfEdgeCase *
find_case (GPtrArray *cases, const char *name)
{
  for (guint i = 0; i < cases->len; i++)
    if (g_str_equal (((WfEdgeCase *) g_ptr_array_index (cases, i))->name, name))
      return g_ptr_array_index (cases, i);
  g_error ("There is no case “%s”", name);
}

static gboolean
has_text (GPtrArray *texts, const char *part)
{
  for (guint i = 0; i < texts->len; i++)
    if (strstr (g_ptr_array_index (texts, i), part) != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_none_failed (GPtrArray *cases)
{
  for (guint i = 0; i < cases->len; i++)
    {
      const WfEdgeCase *edge = g_ptr_array_index (cases, i);

      for (guint j = 0; j < edge->remarks->len; j++)
        g_test_message ("%s: %s", edge->name, (char *) g_ptr_array_index (edge->remarks, j));
      g_assert_cmpstr (edge->text, !=, "");
      g_assert_false (edge->failed);
    }
}

/* ---- cases ---- */

static void
test_cases (void)
{
  static const char *const always[] = {
    "friday-17-59", "friday-18-00",  "saturday", "break",          "holiday",
    "month-end",    "leap-day",      "dst-gap",  "dst-repeated",   "twice",
    "out-of-order", "late-arriving", "no-owner", "inactive-owner", "deleted-lead",
    "left-stage",   "empty-fields",  "import",   "storm",
  };
  static const char *const anchors[] = { "anchor-past", "anchor-moved", "anchor-cancelled" };
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) plain = new_workflow ("lead.received", NULL, CALL);
  g_autoptr (WfWorkflow) anchored = new_workflow ("meeting.scheduled", NULL, BEFORE);
  g_autoptr (GPtrArray) few = wf_edge_bench_run (organisation, plain, wf_fixture_instant (NOW));
  g_autoptr (GPtrArray) all = wf_edge_bench_run (organisation, anchored, wf_fixture_instant (NOW));

  g_assert_cmpuint (few->len, ==, G_N_ELEMENTS (always));
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (always) + G_N_ELEMENTS (anchors));
  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    {
      g_assert_nonnull (find_case (few, always[i]));
      g_assert_nonnull (find_case (all, always[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++)
    g_assert_nonnull (find_case (all, anchors[i]));
  assert_none_failed (few);
  assert_none_failed (all);
}

/* What happens in each: parts of its lines. */
static void
test_lines (void)
{
  static const struct
  {
    const char *name, *line;
  } table[] = {
    { "friday-17-59", "\"time\":\"2026-11-20T17:59:00-03:00\"" },
    { "friday-17-59", "\"due\":\"2026-11-23T09:29:00-03:00\"" }, /* S1 */
    { "friday-18-00", "\"due\":\"2026-11-23T09:30:00-03:00\"" },
    { "saturday", "\"time\":\"2026-11-21T10:00:00-03:00\"" },
    { "break", "\"time\":\"2026-11-19T12:30:00-03:00\"" },
    { "break", "\"due\":\"2026-11-19T13:30:00-03:00\"" },
    { "month-end", "\"time\":\"2027-01-31T10:00:00-03:00\"" },
    { "leap-day", "\"time\":\"2028-02-29T10:00:00-03:00\"" },
    { "twice", "\"verdict\":\"known\"" },
    { "late-arriving", "\"arrived-late\":true" },
    { "no-owner", "\"person\":null" },
    { "inactive-owner", "\"person\":\"bruno\"" }, /* Dora's cover */
    { "import", "\"verdict\":\"held-storm\"" },
    { "storm", "\"verdict\":\"held-storm\"" },
  };
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) workflow = new_workflow ("lead.received", NULL, CALL);
  g_autoptr (GPtrArray) cases =
      wf_edge_bench_run (organisation, workflow, wf_fixture_instant (NOW));

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s: %s", table[i].name, table[i].line);
      g_assert_true (has_text (find_case (cases, table[i].name)->lines, table[i].line));
    }
  g_assert_true (has_text (find_case (cases, "dst-gap")->remarks, "America/Sao_Paulo"));
  g_assert_true (has_text (find_case (cases, "holiday")->remarks, "no holiday"));
}

/* The same input always gives the same. */
static void
test_same (void)
{
  g_autoptr (WfOrganisation) organisation = new_berlin ();
  g_autoptr (WfWorkflow) workflow = new_workflow ("lead.received", NULL, CALL);
  g_autoptr (GPtrArray) one = wf_edge_bench_run (organisation, workflow, wf_fixture_instant (NOW));
  g_autoptr (GPtrArray) two = wf_edge_bench_run (organisation, workflow, wf_fixture_instant (NOW));

  g_assert_cmpuint (one->len, ==, two->len);
  for (guint i = 0; i < one->len; i++)
    {
      const WfEdgeCase *a = g_ptr_array_index (one, i), *b = g_ptr_array_index (two, i);

      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpuint (a->lines->len, ==, b->lines->len);
      for (guint j = 0; j < a->lines->len; j++)
        g_assert_cmpstr (g_ptr_array_index (a->lines, j), ==, g_ptr_array_index (b->lines, j));
    }
}

/* ---- dates ---- */

static void
test_dates (void)
{
  g_autoptr (WfOrganisation) organisation = new_berlin ();
  g_autoptr (WfWorkflow) workflow = new_workflow ("lead.received", NULL, CALL);
  g_autoptr (GPtrArray) cases = NULL;
  const char *holiday = NULL;
  gint64 by = 0;
  WfBench bench;

  wf_bench_init (&bench, organisation, workflow, wf_fixture_instant (NOW));
  g_assert_cmpint (wf_bench_find_week_end (&bench), ==,
                   wf_fixture_instant ("2026-11-20T18:00:00+01:00"));
  g_assert_cmpint (wf_bench_find_saturday (&bench), ==,
                   wf_fixture_instant ("2026-11-21T10:00:00+01:00"));
  g_assert_cmpint (wf_bench_find_break (&bench), ==, WF_INSTANT_NONE);
  g_assert_cmpint (wf_bench_find_holiday_eve (&bench, &holiday), ==,
                   wf_fixture_instant ("2026-12-24T17:59:00+01:00"));
  g_assert_cmpstr (holiday, ==, "Weihnachten");
  g_assert_cmpint (wf_bench_find_transition (&bench, TRUE, &by), ==,
                   wf_fixture_instant ("2027-03-28T01:00:00Z"));
  g_assert_cmpint (by, ==, G_TIME_SPAN_HOUR);
  g_assert_cmpint (wf_bench_find_transition (&bench, FALSE, &by), ==,
                   wf_fixture_instant ("2027-10-31T01:00:00Z"));
  g_assert_cmpint (by, ==, -G_TIME_SPAN_HOUR);
  wf_bench_clear (&bench);

  cases = wf_edge_bench_run (organisation, workflow, wf_fixture_instant (NOW));
  assert_none_failed (cases);
  g_assert_true (has_text (find_case (cases, "dst-gap")->lines, "2027-03-28T03:30:00+02:00"));
  g_assert_true (has_text (find_case (cases, "dst-repeated")->lines, "2027-10-31T02:30:00+02:00"));
  g_assert_true (has_text (find_case (cases, "dst-repeated")->lines, "2027-10-31T02:30:00+01:00"));
}

/* Without an organisation everything is open and in UTC. */
static void
test_alone (void)
{
  g_autoptr (WfWorkflow) workflow = new_workflow ("lead.received", NULL, CALL);
  g_autoptr (GPtrArray) cases = wf_edge_bench_run (NULL, workflow, wf_fixture_instant (NOW));

  assert_none_failed (cases);
  g_assert_true (has_text (find_case (cases, "friday-17-59")->lines, "2026-11-20T17:59:00"));
}

/* ---- events that fulfil conditions ---- */

static const struct
{
  const char *event, *conditions;
  gboolean solved;
} triggers[] = {
  { "lead.received", "{'field':'lead.source','op':'eq','value':'web'}", TRUE },
  { "lead.received", "{'field':'lead.source','op':'ne','value':'web'}", TRUE },
  { "lead.received", "{'field':'lead.source','op':'in','value':['web','fair']}", TRUE },
  { "lead.received", "{'field':'lead.source','op':'not-in','value':['Sample']}", TRUE },
  { "lead.received", "{'field':'lead.source','op':'ne','value':'sample'}", TRUE },
  { "lead.received", "{'field':'lead.score','op':'ge','value':80}", TRUE },
  { "lead.received", "{'field':'lead.score','op':'gt','value':80}", TRUE },
  { "lead.received", "{'field':'lead.score','op':'lt','value':7}", TRUE },
  { "lead.received", "{'field':'lead.score','op':'le','value':7}", TRUE },
  { "lead.received", "{'field':'lead.score','op':'between','value':[80,90]}", TRUE },
  { "lead.received", "{'field':'lead.name','op':'contains','value':'padaria'}", TRUE },
  { "lead.received", "{'field':'lead.name','op':'starts-with','value':'Pad'}", TRUE },
  { "lead.received", "{'field':'lead.tags','op':'contains','value':'vip'}", TRUE },
  { "lead.received", "{'field':'lead.custom.sector','op':'is-set'}", TRUE },
  { "lead.received", "{'field':'lead.email','op':'is-empty'}", TRUE },
  { "lead.received", "{'field':'lead.created','op':'lt','value':'2020-01-01T00:00:00Z'}", TRUE },
  { "lead.received", "{'field':'lead.owner','op':'member-of','value':'outbound'}", TRUE },
  { "lead.received", "{'field':'lead.owner','op':'member-of','value':'nobody'}", FALSE },
  { "lead.updated", "{'field':'lead.custom.sector','op':'changed'}", TRUE },
  { "lead.updated", "{'field':'lead.custom.sector','op':'changed-to','value':'food'}", TRUE },
  { "lead.updated", "{'field':'lead.interest','op':'changed'}", TRUE },
  { "lead.stage-changed", "{'field':'lead.stage','op':'changed-to','value':'filter-2'}", TRUE },
  { "lead.stage-changed", "{'field':'stage_to','op':'eq','value':'filter-2'}", TRUE },
  { "lead.stage-changed", "{'field':'stage_from','op':'eq','value':'filter-1'}", TRUE },
  { "lead.reassigned", "{'field':'owner_to','op':'eq','value':'bruno'}", TRUE },
  { "lead.score-changed", "{'field':'score_to','op':'ge','value':80}", TRUE },
  { "meeting.scheduled", "{'field':'meeting.title','op':'contains','value':'demo'}", TRUE },
  { "activity.completed", "{'field':'activity.type','op':'eq','value':'call'}", TRUE },
  { "deal.won", "{'field':'deal.amount','op':'gt','value':1000}", TRUE },
  { "payment.received", "{'field':'payment.amount','op':'ge','value':10}", TRUE },
  { "crm.own-event", "{'field':'lead.source','op':'eq','value':'web'}", TRUE },
  { "lead.received",
    "{'all':[{'field':'lead.score','op':'ge','value':80},{'field':'lead.score','op':'lt','value':100},"
    "{'any':[{'field':'lead.source','op':'eq','value':'web'},{'field':'lead.owner','op':'member-of',"
    "'value':'nobody'}]}]}",
    TRUE },
  { "lead.received",
    "{'any':[{'field':'lead.owner','op':'member-of','value':'nobody'},"
    "{'field':'lead.source','op':'eq','value':'web'}]}",
    TRUE },
  { "lead.received",
    "{'none':[{'field':'lead.source','op':'eq','value':'Sample'},"
    "{'field':'lead.email','op':'is-empty'},{'field':'lead.custom.x','op':'ne','value':'y'}]}",
    TRUE },
  { "lead.received", "{'none':[{'all':[{'field':'lead.score','op':'ge','value':1}]}]}", TRUE },
  { "lead.received", "{'field':'event.time','op':'matches-hours','value':true}", TRUE },
  { "lead.received",
    "{'all':[{'field':'lead.source','op':'eq','value':'web'},{'field':'lead.source','op':'eq','value':'fair'}]}",
    FALSE },
};

static void
test_solving (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      g_autofree char *rest = g_strdup_printf ("'conditions':%s", triggers[i].conditions);
      g_autoptr (WfWorkflow) workflow = new_workflow (triggers[i].event, rest, CALL);
      WfBench bench;

      wf_bench_init (&bench, organisation, workflow, wf_fixture_instant (NOW));
      g_test_message ("%s %s", triggers[i].event, triggers[i].conditions);
      g_assert_cmpint (bench.solved, ==, triggers[i].solved);
      if (bench.solved)
        {
          const WfBenchEvent spec = { .id = "e", .time = wf_bench_find_open (&bench) };

          g_assert_true (wf_bench_holds (&bench, &spec));
        }
      wf_bench_clear (&bench);
    }
}

/* What it cannot fulfil, it says. */
static void
test_unsolved (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) workflow =
      new_workflow ("lead.received",
                    "'conditions':{'field':'lead.owner','op':'member-of','value':'nobody'}", CALL);
  g_autoptr (GPtrArray) cases =
      wf_edge_bench_run (organisation, workflow, wf_fixture_instant (NOW));
  const WfEdgeCase *edge = find_case (cases, "twice");

  assert_none_failed (cases);
  g_assert_true (has_text (edge->remarks, "No event could be made up"));
  g_assert_true (has_text (edge->remarks, "“Responsible” does not fit"));
}

/* Schedules stand still, and ticks are made at the dates that count; starts by hand name the
 * workflow. */
static void
test_ticks (void)
{
  static const char *const rest[] = {
    "'schedule':{'every':'day','at':'09:00'}",
    "'schedule':{'every':'day','at':'09:00'},'for-each':'lead'",
    "'schedule':{'date':'lead.custom.renewal','direction':'before','offset':{'amount':3,'unit':'days'},"
    "'at':'09:00'}",
  };
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) manual = new_workflow ("manual.started", NULL, CALL);
  g_autoptr (GPtrArray) by_hand =
      wf_edge_bench_run (organisation, manual, wf_fixture_instant (NOW));

  assert_none_failed (by_hand);
  g_assert_true (has_text (find_case (by_hand, "saturday")->lines, "\"kind\":\"create-activity\""));
  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    {
      g_autoptr (WfWorkflow) workflow =
          new_workflow ("schedule.tick", rest[i], i > 0 ? CALL : TELL);
      g_autoptr (GPtrArray) cases =
          wf_edge_bench_run (organisation, workflow, wf_fixture_instant (NOW));
      const WfEdgeCase *saturday = find_case (cases, "saturday");
      guint n = 0;

      assert_none_failed (cases);
      if (i == 2) /* the lead's date is as far away as the schedule says */
        g_assert_nonnull (find_case (cases, "anchor-past"));
      for (guint j = 0; j < saturday->lines->len; j++)
        n += strstr (g_ptr_array_index (saturday->lines, j), "\"verdict\":\"started\"") != NULL;
      g_assert_cmpuint (n, ==, 1);
    }
}

/* ---- the rules can fail ---- */

static const struct
{
  const char *name;
  const char *step;
  const char *base, *due, *remind; /* NULL: none */
  gboolean business_hours, late, fails;
} effects[] = {
  { "fine", "call", "2026-11-20T10:00:00-03:00", "2026-11-20T10:30:00-03:00",
    "2026-11-20T10:20:00-03:00", TRUE, FALSE, FALSE },
  { "less than 30 minutes", "call", "2026-11-20T10:00:00-03:00", "2026-11-20T10:29:00-03:00", NULL,
    TRUE, FALSE, TRUE },
  { "less than 30 open minutes", "call", "2026-11-20T11:50:00-03:00", "2026-11-20T13:10:00-03:00",
    NULL, TRUE, FALSE, TRUE },
  { "without the flag that is enough", "call", "2026-11-20T11:50:00-03:00",
    "2026-11-20T13:10:00-03:00", NULL, FALSE, FALSE, FALSE },
  { "due before it begins", "call", "2026-11-20T10:00:00-03:00", "2026-11-20T09:00:00-03:00", NULL,
    TRUE, FALSE, TRUE },
  { "reminds in the break", "call", "2026-11-20T11:00:00-03:00", "2026-11-20T13:30:00-03:00",
    "2026-11-20T12:30:00-03:00", TRUE, FALSE, TRUE },
  { "reminds at the closing", "call", "2026-11-20T11:00:00-03:00", "2026-11-20T13:30:00-03:00",
    "2026-11-20T12:00:00-03:00", TRUE, FALSE, FALSE },
  /* S6: the next opening would be too late. */
  { "reminds at once in the break", "call", "2026-11-20T12:10:00-03:00",
    "2026-11-20T12:50:00-03:00", "2026-11-20T12:10:00-03:00", TRUE, TRUE, FALSE },
  { "reminds at once although there is time", "call", "2026-11-20T12:10:00-03:00",
    "2026-11-20T13:50:00-03:00", "2026-11-20T12:10:00-03:00", TRUE, FALSE, TRUE },
  { "reminds in the break without the flag", "call", "2026-11-20T11:00:00-03:00",
    "2026-11-20T13:30:00-03:00", "2026-11-20T12:30:00-03:00", FALSE, FALSE, FALSE },
};

static void
add_effect (WfBenchRun *run, guint i, const char *key)
{
  WfBenchEffect effect = {
    .kind = WF_EFFECT_CREATE_ACTIVITY,
    .step = g_strdup (effects[i].step),
    .title = g_strdup (effects[i].step),
    .lead = g_strdup ("lead-1"),
    .at = wf_fixture_instant (effects[i].base),
    .base = wf_fixture_instant (effects[i].base),
    .due = wf_fixture_instant (effects[i].due),
    .remind = effects[i].remind != NULL ? wf_fixture_instant (effects[i].remind) : WF_INSTANT_NONE,
    .activity = TRUE,
    .business_hours = effects[i].business_hours,
    .arrived_late = effects[i].late,
  };

  g_strlcpy (effect.key, key, sizeof effect.key);
  g_array_append_val (run->effects, effect);
}

static void
test_rules (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) workflow = new_workflow ("lead.received", NULL, CALL);
  WfBench bench;

  wf_bench_init (&bench, organisation, workflow, wf_fixture_instant (NOW));
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    {
      WfEdgeCase *edge;
      WfBenchRun run;

      wf_bench_run_init (&run, &bench, effects[i].name, g_strdup (""));
      add_effect (&run, i, "a");
      wf_bench_run_check (&run);
      edge = wf_bench_run_end (&run);
      g_test_message ("%s", effects[i].name);
      g_assert_cmpint (edge->failed, ==, effects[i].fails);
      g_assert_cmpint (edge->remarks->len > 0, >=, effects[i].fails);
      wf_edge_case_free (edge);
    }
  wf_bench_clear (&bench);
}

static void
test_twice (void)
{
  g_autoptr (WfWorkflow) workflow = new_workflow ("lead.received", NULL, CALL);

  for (guint i = 0; i < 2; i++)
    {
      WfEdgeCase *edge;
      WfBenchRun run;
      WfBench bench;

      wf_bench_init (&bench, NULL, workflow, wf_fixture_instant (NOW));
      wf_bench_run_init (&run, &bench, "twice", g_strdup (""));
      add_effect (&run, 0, "a");
      add_effect (&run, 0, i == 0 ? "a" : "b");
      wf_bench_run_check (&run);
      edge = wf_bench_run_end (&run);
      g_assert_cmpint (edge->failed, ==, i == 0);
      wf_edge_case_free (edge);
      wf_bench_clear (&bench);
    }
}

/* S26: nothing may be due before it arrived. */
static void
test_arrival (void)
{
  g_autoptr (WfWorkflow) workflow = new_workflow ("lead.received", NULL, CALL);
  WfEdgeCase *edge;
  WfBenchRun run;
  WfBench bench;

  wf_bench_init (&bench, NULL, workflow, wf_fixture_instant (NOW));
  wf_bench_run_init (&run, &bench, "late", g_strdup (""));
  add_effect (&run, 0, "a");
  run.arrival = wf_fixture_instant ("2026-11-20T11:00:00-03:00");
  wf_bench_run_check (&run);
  edge = wf_bench_run_end (&run);
  g_assert_true (edge->failed);
  wf_edge_case_free (edge);
  wf_bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/edge-bench/cases", test_cases);
  g_test_add_func ("/engine/edge-bench/lines", test_lines);
  g_test_add_func ("/engine/edge-bench/same", test_same);
  g_test_add_func ("/engine/edge-bench/dates", test_dates);
  g_test_add_func ("/engine/edge-bench/alone", test_alone);
  g_test_add_func ("/engine/edge-bench/solving", test_solving);
  g_test_add_func ("/engine/edge-bench/unsolved", test_unsolved);
  g_test_add_func ("/engine/edge-bench/ticks", test_ticks);
  g_test_add_func ("/engine/edge-bench/rules", test_rules);
  g_test_add_func ("/engine/edge-bench/twice", test_twice);
  g_test_add_func ("/engine/edge-bench/arrival", test_arrival);
  return g_test_run ();
}
