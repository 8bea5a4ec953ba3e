/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ticks: which workflows are scheduled, the events that start them, whom those start, and a
 * replay's schedules on the virtual clock. */
#include "wf-engine-fixture.h"
#include "wf-instant.h"
#include "wf-replay.h"
#include "wf-tick.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define W2 "7a1d5b1f-7e1b-4c78-8b66-4a4a7a2c1d22"

#define DAILY "'schedule':{'every':'day','at':'09:00'}"
#define EACH "'for-each':'lead'"
#define RENEWAL                                                                                    \
  "'schedule':{'date':'lead.custom.renewal','at':'09:00','offset':{'amount':3,'unit':'days'}}"
#define TELL_CARLA "[{'id':'a','kind':'notify','recipient':'person:carla','text':'x'}]"
#define CALL_LEAD                                                                                  \
  "[{'id':'a','kind':'create-activity','activity-type':'call','complete-within':"                  \
  "{'amount':1,'unit':'hours'},'notes':'{lead.name}'}]"

static WfWorkflow *
new_scheduled (const char *id, const char *rest, const char *steps, const char *state)
{
  g_autofree char *quoted =
      g_strdup_printf ("{'format':1,'id':'%s','name':'W','state':'%s','version':3,"
                       "'trigger':{'event':'schedule.tick',%s},'steps':%s}",
                       id, state, rest, steps);

  return wf_fixture_new_workflow (quoted);
}

static WfEngine *
new_engine (WfWorkflow *first, WfWorkflow *second, gboolean run_unpublished)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();

  g_ptr_array_add (workflows, first);
  if (second != NULL)
    g_ptr_array_add (workflows, second);
  return wf_engine_new_with_settings (organisation, workflows,
                                      &(WfEngineSettings) { .run_unpublished = run_unpublished });
}

static const struct
{
  const char *state;
  gboolean live, tried;
} states[] = {
  { "live", TRUE, TRUE },
  { "draft", FALSE, TRUE },
  { "paused", FALSE, TRUE },
  { "archived", FALSE, FALSE },
};

static void
test_list_scheduled (void)
{
  g_autoptr (WfWorkflow) other =
      wf_fixture_new_workflow_with (W2, "lead.received", NULL, TELL_CARLA);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (WfWorkflow) workflow = new_scheduled (W1, DAILY, TELL_CARLA, states[i].state);
      g_autoptr (WfEngine) engine = new_engine (other, workflow, FALSE);
      g_autoptr (WfEngine) replay = new_engine (other, workflow, TRUE);
      g_autoptr (GPtrArray) live = wf_engine_list_scheduled (engine);
      g_autoptr (GPtrArray) tried = wf_engine_list_scheduled (replay);

      g_test_message ("%s", states[i].state);
      g_assert_cmpuint (live->len, ==, states[i].live);
      g_assert_cmpuint (tried->len, ==, states[i].tried);
      if (states[i].live)
        g_assert_true (g_ptr_array_index (live, 0) == workflow);
    }
}

static void
assert_instant (WfInstant at, const char *expected)
{
  g_autofree char *text = wf_instant_format_utc (at);

  g_assert_cmpstr (text, ==, expected);
}

/* 09:00 of the office is 12:00Z. */
static void
test_next (void)
{
  g_autoptr (WfWorkflow) daily = new_scheduled (W1, DAILY, TELL_CARLA, "live");
  g_autoptr (WfWorkflow) dated = new_scheduled (W2, RENEWAL, CALL_LEAD, "live");
  g_autoptr (WfWorkflow) plain =
      wf_fixture_new_workflow_with (W2, "lead.received", NULL, TELL_CARLA);
  g_autoptr (WfEngine) engine = new_engine (daily, dated, FALSE);
  g_autoptr (WfJsonDocument) lead =
      wf_fixture_new_json ("{'id':'l1','custom':{'renewal':'2026-12-24'}}");
  g_autoptr (WfJsonDocument) bare = wf_fixture_new_json ("{'id':'l1'}");
  const WfJson *members = wf_json_document_get_root (lead);
  WfInstant now = wf_fixture_instant ("2026-11-20T12:00:00Z");

  assert_instant (wf_tick_get_next (engine, daily, now, now), "2026-11-21T12:00:00Z");
  assert_instant (wf_tick_get_next (engine, dated, now, now), NULL);
  assert_instant (wf_tick_get_next (engine, plain, now, now), NULL);
  assert_instant (wf_tick_get_next_for_lead (engine, dated, members, now), "2026-12-21T12:00:00Z");
  assert_instant (wf_tick_get_next_for_lead (engine, daily, members, now), NULL);
  assert_instant (wf_tick_get_next_for_lead (engine, plain, members, now), NULL);
  assert_instant (wf_tick_get_next_for_lead (engine, dated, NULL, now), NULL);
  assert_instant (wf_tick_get_next_for_lead (engine, dated, wf_json_document_get_root (bare), now),
                  NULL);
}

/* S15, S16: the same everywhere, down to the byte. */
static void
test_event (void)
{
  g_autoptr (WfWorkflow) workflow = new_scheduled (W1, DAILY, TELL_CARLA, "live");
  g_autoptr (WfJsonDocument) lead = wf_fixture_new_json ("{'name':'Sol','owner':'ana'}");
  WfInstant at = wf_fixture_instant ("2026-11-20T12:00:00Z");
  g_autoptr (WfEvent) alone = wf_tick_make_event (workflow, at, NULL, NULL);
  g_autoptr (WfEvent) bare = wf_tick_make_event (workflow, at, "l1", NULL);
  g_autoptr (WfEvent) with_lead =
      wf_tick_make_event (workflow, at, "l1", wf_json_document_get_root (lead));
  g_autoptr (WfEvent) again =
      wf_tick_make_event (workflow, at, "l1", wf_json_document_get_root (lead));
  g_autofree char *text = wf_event_to_text (with_lead);
  g_autofree char *same = wf_event_to_text (again);

  g_assert_cmpstr (wf_event_get_event_type (alone), ==, "schedule.tick");
  g_assert_cmpstr (wf_event_get_source (alone), ==, "/schedule/" W1);
  g_assert_cmpstr (wf_event_get_id (alone), ==, "2026-11-20T12:00:00Z");
  g_assert_cmpint (wf_event_get_time (alone), ==, at);
  g_assert_null (wf_event_get_lead (alone));
  g_assert_cmpstr (wf_event_get_id (bare), ==, "2026-11-20T12:00:00Z/l1");
  g_assert_cmpstr (wf_event_get_lead (bare), ==, "l1");
  g_assert_cmpstr (wf_event_get_lead (with_lead), ==, "l1");
  g_assert_cmpstr (wf_event_get_owner (with_lead), ==, "ana");
  g_assert_cmpuint (wf_event_get_depth (with_lead), ==, 0);
  g_assert_cmpstr (text, ==, same);
}

static const struct
{
  const char *type, *data;
  gboolean first, second;
} starts[] = {
  { "schedule.tick", "'workflow':'" W1 "'", TRUE, FALSE },
  { "schedule.tick", "'workflow':'" W2 "'", FALSE, TRUE },
  { "schedule.tick", "'workflow':'unknown'", FALSE, FALSE },
  { "schedule.tick", "'workflow':7", FALSE, FALSE },
  { "schedule.tick", "'by':'somebody'", FALSE, FALSE }, /* it must name one */
  { "manual.started", "'workflow':'" W2 "'", FALSE, TRUE },
  { "manual.started", "'by':'somebody'", TRUE, TRUE },
  { "lead.received", "'workflow':'" W2 "'", TRUE, TRUE },
};

/* The others get no verdict at all, not even that they were asked. */
static void
test_starts_only_the_named (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      const char *schedule = g_str_equal (starts[i].type, "schedule.tick") ? DAILY : NULL;
      g_autoptr (WfWorkflow) first =
          wf_fixture_new_workflow_with (W1, starts[i].type, schedule, TELL_CARLA);
      g_autoptr (WfWorkflow) second =
          wf_fixture_new_workflow_with (W2, starts[i].type, schedule, TELL_CARLA);
      g_autoptr (WfEngine) engine = new_engine (first, second, FALSE);
      g_autoptr (WfEvent) event = wf_fixture_new_event (
          "e1", starts[i].type, "2026-11-20T12:00:00Z", "'id':'l1'", starts[i].data);
      g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
      guint n = (guint) starts[i].first + (guint) starts[i].second;

      g_test_message ("%s %s", starts[i].type, starts[i].data);
      g_assert_cmpint (wf_tick_is_for (event, first), ==, starts[i].first);
      g_assert_cmpint (wf_tick_is_for (event, second), ==, starts[i].second);
      for (guint all = 0; all < 2; all++)
        {
          g_array_set_size (verdicts, 0);
          wf_engine_evaluate (engine, event, wf_event_get_time (event), NULL, all != 0, verdicts);
          g_assert_cmpuint (verdicts->len, ==, n);
          for (guint j = 0; j < n; j++)
            g_assert_cmpint (g_array_index (verdicts, WfVerdict, j).kind, ==, WF_VERDICT_STARTED);
          if (n == 1)
            g_assert_true (g_array_index (verdicts, WfVerdict, 0).workflow ==
                           (starts[i].first ? first : second));
        }
    }
}

/* What the array held before is another event's. */
static void
test_keeps_earlier_verdicts (void)
{
  g_autoptr (WfWorkflow) first = new_scheduled (W1, DAILY, TELL_CARLA, "live");
  g_autoptr (WfWorkflow) second = new_scheduled (W2, DAILY, TELL_CARLA, "live");
  g_autoptr (WfEngine) engine = new_engine (first, second, FALSE);
  WfInstant at = wf_fixture_instant ("2026-11-20T12:00:00Z");
  g_autoptr (WfEvent) one = wf_tick_make_event (first, at, NULL, NULL);
  g_autoptr (WfEvent) two = wf_tick_make_event (second, at, NULL, NULL);
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));

  wf_engine_evaluate (engine, one, at, NULL, FALSE, verdicts);
  wf_engine_evaluate (engine, two, at, NULL, FALSE, verdicts);
  g_assert_cmpuint (verdicts->len, ==, 2);
  g_assert_true (g_array_index (verdicts, WfVerdict, 0).workflow == first);
  g_assert_true (g_array_index (verdicts, WfVerdict, 1).workflow == second);
}

/* Replay */

#define EVENT(id, type, time, lead)                                                                \
  "{'specversion':'1.0','id':'" id "','source':'/crm/acme','type':'" type                          \
  "','time':'2026-11-" time ":00-03:00','data':{'lead':{" lead "}}}"
#define LEAD(id, rest) "'id':'" id "','name':'" id "','owner':'ana'" rest
#define RENEWS(date) ",'custom':{'renewal':'" date "'}"

static const struct
{
  const char *name, *trigger, *steps;
  const char *events[6];
  const char *until;       /* nullable */
  const char *expected[8]; /* "DDTHH:MM kind lead due" of November 2026, sorted by time then lead */
} replays[] = {
  { "every day, between the first event and until",
    DAILY,
    TELL_CARLA,
    { EVENT ("e1", "lead.received", "20T09:00", LEAD ("l1", "")) },
    "23T09:00",
    { "21T09:00 notify - -", "22T09:00 notify - -", "23T09:00 notify - -" } },
  { "not beyond the last event",
    DAILY,
    TELL_CARLA,
    { EVENT ("e1", "lead.received", "20T08:00", LEAD ("l1", "")),
      EVENT ("e2", "lead.updated", "21T08:00", LEAD ("l1", "")) },
    NULL,
    { "20T09:00 notify - -" } },
  { "intervals count from the first event",
    "'schedule':{'every':'day','interval':2,'at':'09:00'}",
    TELL_CARLA,
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", "")) },
    "26T00:00",
    { "22T09:00 notify - -", "24T09:00 notify - -" } },
  { "cron",
    "'schedule':{'cron':'0 9 * * 1-5'}",
    TELL_CARLA,
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", "")) },
    "24T23:00",
    { "23T09:00 notify - -", "24T09:00 notify - -" } },
  { "for each lead known so far whose conditions hold; deleted ones are gone",
    DAILY "," EACH ",'conditions':{'all':[{'field':'lead.score','op':'ge','value':50}]}",
    CALL_LEAD,
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l2", ",'score':60")),
      EVENT ("e2", "lead.received", "20T10:01", LEAD ("l1", ",'score':50")),
      EVENT ("e3", "lead.received", "20T10:02", LEAD ("l3", ",'score':40")),
      EVENT ("e4", "lead.deleted", "21T10:00", LEAD ("l1", "")),
      EVENT ("e5", "lead.score-changed", "21T11:00", LEAD ("l3", ",'score':70")),
      EVENT ("e6", "lead.received", "22T10:00", LEAD ("l4", ",'score':90")) },
    "22T12:00",
    { "21T09:00 create-activity l1 21T10:00", "21T09:00 create-activity l2 21T10:00",
      "22T09:00 create-activity l2 22T10:00", "22T09:00 create-activity l3 22T10:00",
      /* l1's was cancelled with its lead */
      "21T10:00 became-late l2 21T10:00", "22T10:00 became-late l2 22T10:00",
      "22T10:00 became-late l3 22T10:00" } },
  { "the date of each lead",
    RENEWAL,
    CALL_LEAD,
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", RENEWS ("2026-11-25"))),
      EVENT ("e2", "lead.received", "20T10:00", LEAD ("l2", RENEWS ("2026-11-26"))),
      EVENT ("e3", "lead.received", "20T10:00", LEAD ("l3", "")),
      EVENT ("e4", "lead.received", "20T10:00", LEAD ("l4", RENEWS ("2026-11-22"))) },
    "23T09:30",
    { "22T09:00 create-activity l1 22T10:00", "23T09:00 create-activity l2 23T10:00",
      "22T10:00 became-late l1 22T10:00" } },
  { "a date that moved, back and forth",
    RENEWAL,
    CALL_LEAD,
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", RENEWS ("2026-11-24"))),
      EVENT ("e2", "lead.updated", "20T11:00", LEAD ("l1", RENEWS ("2026-11-27"))),
      EVENT ("e3", "lead.updated", "20T12:00", LEAD ("l1", RENEWS ("2026-11-24"))),
      EVENT ("e4", "lead.received", "20T12:00", LEAD ("l2", RENEWS ("2026-11-24"))),
      EVENT ("e5", "lead.updated", "20T13:00", LEAD ("l2", RENEWS ("2026-11-25"))) },
    "25T09:00",
    { "21T09:00 create-activity l1 21T10:00", "21T10:00 became-late l1 21T10:00",
      "22T09:00 create-activity l2 22T10:00", "22T10:00 became-late l2 22T10:00" } },
  { "a date that went away, with its lead or alone",
    RENEWAL,
    CALL_LEAD,
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", RENEWS ("2026-11-24"))),
      EVENT ("e2", "lead.received", "20T10:00", LEAD ("l2", RENEWS ("2026-11-24"))),
      EVENT ("e3", "lead.deleted", "20T11:00", LEAD ("l1", "")),
      EVENT ("e4", "lead.updated", "20T11:00", LEAD ("l2", ",'custom':{'renewal':null}")) },
    "25T09:00",
    { NULL } },
  { "a date that a workflow moves",
    RENEWAL,
    "[{'id':'a','kind':'set-field','field':'lead.custom.renewal','value':'2026-11-28'}]",
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", RENEWS ("2026-11-24"))) },
    "30T00:00",
    { "21T09:00 set-field l1 -", "25T09:00 set-field l1 -" } },
  { "a lead that a workflow deletes",
    DAILY "," EACH,
    "[{'id':'a','kind':'delete-record','confirmed':true}]",
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", "")) },
    "30T00:00",
    { "21T09:00 delete-record l1 -" } },
  { "re-entry holds for ticks too",
    DAILY "," EACH ",'reentry':'once-per-lead'",
    CALL_LEAD,
    { EVENT ("e1", "lead.received", "20T10:00", LEAD ("l1", "")) },
    "23T00:00",
    { "21T09:00 create-activity l1 21T10:00", "21T10:00 became-late l1 21T10:00" } },
};

static void
on_line (const char *line, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (line));
}

static GPtrArray *
run_replay (guint i, gboolean explain)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) workflow =
      new_scheduled (W1, replays[i].trigger, replays[i].steps, "draft");
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfReplay) replay = NULL;
  g_autofree char *until = NULL;

  g_ptr_array_add (workflows, workflow);
  replay = wf_replay_new (organisation, workflows, explain, on_line, lines);
  for (guint j = 0; j < G_N_ELEMENTS (replays[i].events) && replays[i].events[j] != NULL; j++)
    {
      g_autoptr (WfEvent) event = wf_fixture_new_event_from (replays[i].events[j]);

      wf_replay_add (replay, event);
    }
  if (replays[i].until != NULL)
    until = g_strdup_printf ("2026-11-%s:00-03:00", replays[i].until);
  wf_replay_finish (replay, until != NULL ? wf_fixture_instant (until) : WF_INSTANT_NONE);
  return lines;
}

static char *
summarize (const char *line)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (line, -1, 0, NULL);
  const WfJson *root = wf_json_document_get_root (document);
  const char *time = wf_json_get_member_string (root, "time");
  const char *lead = wf_json_get_member_string (root, "lead");
  const char *due = wf_json_get_member_string (root, "due");
  g_autofree char *short_due = due != NULL ? g_strndup (due + 8, 8) : g_strdup ("-");

  return g_strdup_printf ("%.8s %s %s %s", time + 8, wf_json_get_member_string (root, "kind"),
                          lead != NULL ? lead : "-", short_due);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Effects of one instant are ordered by key; here by their words. */
static char *
join_sorted (GPtrArray *texts)
{
  g_ptr_array_sort (texts, compare);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv ("\n", (char **) texts->pdata);
}

static void
test_replay (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) lines = run_replay (i, FALSE);
  g_autoptr (GPtrArray) again = run_replay (i, FALSE);
  g_autoptr (GPtrArray) got = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autofree char *got_text = NULL, *wanted_text = NULL;

  for (guint j = 0; j < G_N_ELEMENTS (replays[i].expected) && replays[i].expected[j] != NULL; j++)
    g_ptr_array_add (wanted, (gpointer) replays[i].expected[j]);
  g_assert_cmpuint (lines->len, ==, again->len);
  for (guint j = 0; j < lines->len; j++)
    {
      g_assert_cmpstr (g_ptr_array_index (lines, j), ==, g_ptr_array_index (again, j));
      g_ptr_array_add (got, summarize (g_ptr_array_index (lines, j)));
    }
  got_text = join_sorted (got);
  wanted_text = join_sorted (wanted);
  g_assert_cmpstr (got_text, ==, wanted_text);
}

/* B3: why a lead's tick did nothing. */
static void
test_replay_explains (void)
{
  g_autoptr (GPtrArray) lines = run_replay (4, TRUE);
  guint n_failed = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (WfJsonDocument) document =
          wf_json_document_parse (g_ptr_array_index (lines, i), -1, 0, NULL);
      const WfJson *root = wf_json_document_get_root (document);

      if (g_strcmp0 (wf_json_get_member_string (root, "verdict"), "condition-failed") != 0)
        continue;
      g_assert_cmpstr (wf_json_get_member_string (root, "event"), ==, "2026-11-21T12:00:00Z/l3");
      g_assert_cmpfloat (wf_json_get_double (wf_json_get_member (root, "seen"), 0), ==, 40);
      n_failed++;
    }
  g_assert_cmpuint (n_failed, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tick/list-scheduled", test_list_scheduled);
  g_test_add_func ("/tick/next", test_next);
  g_test_add_func ("/tick/event", test_event);
  g_test_add_func ("/tick/starts-only-the-named", test_starts_only_the_named);
  g_test_add_func ("/tick/keeps-earlier-verdicts", test_keeps_earlier_verdicts);
  for (guint i = 0; i < G_N_ELEMENTS (replays); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tick/replay/%s", replays[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_replay);
    }
  g_test_add_func ("/tick/replay-explains", test_replay_explains);
  return g_test_run ();
}
