/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log in words: above all why nothing happened (B3), and as a table. */
#include "wf-action.h"
#include "wf-fake-runtime.h"
#include "wf-log-text.h"
#include "wf-step-catalogue.h"

typedef struct
{
  WfOrganisation *organisation;
  WfLogNames names;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->organisation = wf_fake_organisation_new (FALSE);
  self->names.organisation = self->organisation;
  self->names.zone = g_time_zone_new_utc ();
  self->names.workflows = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (self->names.workflows, (gpointer) "w-1", (gpointer) "First contact");
  g_hash_table_insert (self->names.workflows, (gpointer) "w-2", (gpointer) "Hot lead");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_organisation_unref (self->organisation);
  g_time_zone_unref (self->names.zone);
  g_hash_table_unref (self->names.workflows);
}

static WfLogEntry
make_entry (const char *kind, const char *title, const char *details)
{
  return (WfLogEntry) { .id = 1,
                        .at = 0,
                        .kind = (char *) kind,
                        .title = (char *) title,
                        .lead = (char *) "l-77",
                        .details = (char *) details };
}

static void
assert_lines (const WfLogEntry *entry, const WfLogNames *names, const char *expected)
{
  g_autoptr (GPtrArray) lines = wf_log_lines (entry, names);

  g_ptr_array_add (lines, NULL);
  g_autofree char *text = g_strjoinv ("\n", (char **) lines->pdata);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_verdicts (Fixture *self, gconstpointer data)
{
  WfLogEntry entry = make_entry (
      "event", "lead.received",
      "{\"source\":\"/crm\",\"id\":\"e-1\",\"verdicts\":["
      "{\"workflow\":\"w-1\",\"version\":3,\"verdict\":\"started\"},"
      "{\"workflow\":\"w-2\",\"version\":1,\"verdict\":\"condition-failed\",\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80,\"seen\":35},"
      "{\"workflow\":\"w-2\",\"version\":1,\"verdict\":\"condition-failed\",\"field\":\"lead.owner\",\"op\":\"is-set\",\"seen\":null},"
      "{\"workflow\":\"w-9\",\"version\":1,\"verdict\":\"paused\"}]}");
  g_autofree char *title = wf_log_title (&entry);

  g_assert_cmpstr (title, ==, "Lead received");
  g_autoptr (GPtrArray) lines = wf_log_lines (&entry, &self->names);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpstr (lines->pdata[0], ==, "First contact: started");
  g_assert_cmpstr (lines->pdata[1], ==, "Hot lead: Score is at least 80: was 35");
  g_assert_true (g_str_has_suffix (lines->pdata[2], ": was empty"));
  g_assert_cmpstr (lines->pdata[3], ==, "A deleted workflow: not started: it is paused");
  g_assert_true (wf_log_matches (&entry, &self->names, "hot"));
  g_assert_true (wf_log_matches (&entry, &self->names, "l-77"));
  g_assert_false (wf_log_matches (&entry, &self->names, "discarded"));
}

static void
test_nobody_listens (Fixture *self, gconstpointer data)
{
  WfLogEntry entry = make_entry ("event", "lead.received", "{\"verdicts\":[]}");

  assert_lines (&entry, &self->names, "No workflow listens to this event.");
}

static void
test_effects (Fixture *self, gconstpointer data)
{
  WfLogEntry done = make_entry ("effect", "create-activity",
                                "{\"state\":\"done\",\"attempts\":1,\"error\":\"old\"}");
  WfLogEntry failed =
      make_entry ("effect", "create-activity",
                  "{\"state\":\"failed\",\"attempts\":3,\"error\":\"No such lead\"}");
  g_autofree char *done_title = wf_log_title (&done);
  g_autofree char *failed_title = wf_log_title (&failed);

  g_assert_cmpstr (done_title, ==, "Activity created: confirmed by the CRM");
  g_assert_cmpstr (failed_title, ==, "Activity created: refused by the CRM");
  g_assert_false (wf_log_is_problem (&done));
  g_assert_true (wf_log_is_problem (&failed));
  assert_lines (&done, &self->names, "");
  assert_lines (&failed, &self->names, "Tried 3 times\nNo such lead");
}

static void
test_changes (Fixture *self, gconstpointer data)
{
  WfLogEntry entry = make_entry (
      "change", "The deadline was changed",
      "{\"activity\":\"a-1\",\"by\":\"ana\",\"text\":\"Lead asked\",\"due\":\"2026-11-23T12:20:00Z\"}");

  assert_lines (&entry, &self->names,
                "By Ana Souza\nDeadline: Monday, 23 November 2026, 12:20\nLead asked");
}

/* Every effect that the store writes is named in words. */
static void
test_effect_titles (Fixture *self, gconstpointer data)
{
  static const char *const known[] = { "create-activity", "change-activity", "send-message",
                                       "save-workflow" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      WfLogEntry entry = make_entry ("effect", known[i], "{}");
      g_autofree char *title = wf_log_title (&entry);

      g_assert_cmpstr (title, !=, known[i]);
    }
  for (guint i = 0; wf_action_kind_names[i] != NULL; i++)
    {
      g_autofree char *effect = g_strconcat ("perform/", wf_action_kind_names[i], NULL);
      WfLogEntry entry = make_entry ("effect", effect, "{\"state\":\"done\"}");
      g_autofree char *title = wf_log_title (&entry);

      g_test_message ("%s: %s", effect, title);
      g_assert_false (g_str_has_prefix (title, wf_action_kind_names[i]));
      g_assert_null (strchr (title, '/'));
      g_assert_true (g_str_has_suffix (title, ": confirmed by the CRM"));
    }
  WfLogEntry stage = make_entry ("effect", "perform/change-stage", "{\"state\":\"pending\"}");
  WfLogEntry start = make_entry ("effect", "perform/start-workflow", NULL);
  WfLogEntry newer = make_entry ("effect", "perform/sing-a-song", NULL);
  g_autofree char *stage_title = wf_log_title (&stage);
  g_autofree char *start_title = wf_log_title (&start);
  g_autofree char *newer_title = wf_log_title (&newer);
  g_assert_true (g_str_has_prefix (stage_title, wf_step_kind_to_text (WF_STEP_CHANGE_STAGE)));
  g_assert_cmpstr (start_title, ==, "Start a workflow");
  g_assert_cmpstr (newer_title, ==, "sing-a-song");
}

/* The details as the runtime writes them. */
static void
test_decisions (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *title, *details, *lines;
  } cases[] = {
    { "Held events spread over working days",
      "{\"workflow\":\"w-1\",\"name\":\"First contact\",\"held\":120,\"capacity\":20,\"by\":\"ana\"}",
      "First contact\n120 events\nAt most 20 for a person and working day\nBy Ana Souza" },
    { "Held events dropped", "{\"workflow\":\"w-1\",\"name\":null,\"held\":1,\"by\":\"ana\"}",
      "First contact\n1 event\nBy Ana Souza" },
    { "A held event starts nothing any more",
      "{\"workflow\":\"w-2\",\"event\":\"e-1\",\"reason\":\"lead-closed\"}",
      "Hot lead\nReason: the lead was closed meanwhile" },
    { "Blocked step skipped",
      "{\"run\":\"r\",\"step\":\"s\",\"workflow\":\"w-1\",\"name\":\"First contact\",\"decision\":\"skip\",\"by\":\"ana\"}",
      "First contact\nBy Ana Souza" },
    { "Workflow published",
      "{\"workflow\":\"w-1\",\"name\":\"First contact\",\"version\":4,\"by\":\"ana\"}",
      "First contact, version 4\nBy Ana Souza" },
    { "Created activities taken back",
      "{\"workflow\":\"w-1\",\"name\":\"First contact\",\"from\":\"2026-11-22T12:00:00Z\",\"until\":\"2026-11-23T12:20:00Z\",\"withdrawn\":7,\"touched\":1,\"by\":\"ana\"}",
      "First contact\n7 activities withdrawn\n1 activity that somebody worked on stays\nBy Ana Souza\n"
      "From: Sunday, 22 November 2026, 12:00\nUntil: Monday, 23 November 2026, 12:20" },
    { "Trial ended",
      "{\"workflow\":\"w-2\",\"name\":\"Hot lead\",\"until\":\"2026-11-23T12:20:00Z\",\"by\":null}",
      "Hot lead\nUntil: Monday, 23 November 2026, 12:20" },
    { "Ignored: the record is already further",
      "{\"item\":7,\"action\":\"change-stage\",\"record\":\"d-9\",\"note\":\"already-further\",\"workflow\":\"w-1\",\"name\":\"First contact\"}",
      "First contact\nChange the stage\nDeal d-9\nWorkflows move a record forward only." },
    { "Activity completed", "{\"activity\":\"a-1\",\"by\":\"ana\",\"text\":\"rejected\"}",
      "By Ana Souza\nRejected" },
    { "Workflow started by hand",
      "{\"workflow\":\"w-1\",\"name\":\"First contact\",\"by\":\"ana\"}",
      "First contact\nBy Ana Souza" },
    { "The CRM refuses an action: No such lead",
      "{\"item\":7,\"subject\":\"x\",\"workflow\":\"w-1\",\"name\":\"First contact\",\"error\":\"No such lead\"}",
      "First contact" },
    { "A workflow was stopped because it would start itself again and again.",
      "{\"event\":\"e-1\",\"workflow\":\"w-2\",\"version\":2,\"verdict\":\"loop\",\"reason\":\"depth\"}",
      "Hot lead, version 2\nReason: too many workflows caused each other" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfLogEntry entry = make_entry ("change", cases[i].title, cases[i].details);

      assert_lines (&entry, &self->names, cases[i].lines);
    }
}

static void
test_verdict_reasons (Fixture *self, gconstpointer data)
{
  WfLogEntry entry =
      make_entry ("event", "lead.received",
                  "{\"verdicts\":["
                  "{\"workflow\":\"w-1\",\"verdict\":\"held-storm\",\"reason\":\"import\"},"
                  "{\"workflow\":\"w-1\",\"verdict\":\"loop\",\"reason\":\"daily-limit\"},"
                  "{\"workflow\":\"w-1\",\"verdict\":\"reentry\",\"reason\":null}]}");

  assert_lines (
      &entry, &self->names,
      "First contact: held back: the event comes from an import\n"
      "First contact: stopped: it would start itself again and again (it ran for this lead "
      "too often on this day)\n"
      "First contact: not started: it ran for this lead already");
}

/* Damaged details cost the lines, not the program. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = { "",
                                       "{",
                                       "[]",
                                       "null",
                                       "{\"verdicts\":7}",
                                       "{\"verdicts\":[null,3,{}]}",
                                       "{\"by\":[]}",
                                       "{\"held\":-1,\"version\":\"x\",\"note\":7}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      WfLogEntry event = make_entry ("event", "lead.received", texts[i]);
      WfLogEntry change = make_entry ("change", "Changed", texts[i]);
      g_autofree char *title = wf_log_title (&event);
      g_autoptr (GPtrArray) lines = wf_log_lines (&event, &self->names);
      g_autoptr (GPtrArray) change_lines = wf_log_lines (&change, &self->names);
      g_assert_cmpstr (title, ==, "Lead received");
      g_assert_cmpuint (lines->len, <=, 3);
      g_assert_cmpuint (change_lines->len, ==, 0);
    }
}

static void
test_csv (Fixture *self, gconstpointer data)
{
  WfLogEntry entry = make_entry ("problem", "=HYPERLINK(\"x\")", "{\"text\":\"two\\nlines\"}");
  g_autoptr (GString) csv = g_string_new (NULL);

  wf_log_append_csv_head (csv);
  wf_log_append_csv (csv, &entry, &self->names, self->names.zone);
  g_assert_cmpstr (
      csv->str, ==,
      "\"Time\",\"Kind\",\"What\",\"Lead\",\"Details\"\r\n"
      "\"1970-01-01T00:00:00+00:00\",\"problem\",\"'=HYPERLINK(\"\"x\"\")\",\"l-77\",\"two\nlines\"\r\n");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/log-text/verdicts", test_verdicts);
  ADD ("/log-text/nobody-listens", test_nobody_listens);
  ADD ("/log-text/effects", test_effects);
  ADD ("/log-text/changes", test_changes);
  ADD ("/log-text/effect-titles", test_effect_titles);
  ADD ("/log-text/decisions", test_decisions);
  ADD ("/log-text/verdict-reasons", test_verdict_reasons);
  ADD ("/log-text/damaged", test_damaged);
  ADD ("/log-text/csv", test_csv);
  return g_test_run ();
}
