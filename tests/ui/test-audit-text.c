/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail in words (R117): who, what, from what to what. */
#include "wf-audit-text.h"
#include "wf-fake-runtime.h"

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
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_organisation_unref (self->organisation);
  g_time_zone_unref (self->names.zone);
}

typedef struct
{
  const char *name, *lead, *lead_name, *details;
  const char *who, *on, *before, *after, *why;
} Case;

static const Case cases[] = {
  { "moved", "l-1", "Padaria Sol",
    "{\"activity\":\"a\",\"title\":\"Call\",\"by\":\"ana\",\"text\":\"Asked for it\","
    "\"due-before\":\"2026-11-20T12:00:00Z\",\"due\":\"2026-11-21T13:30:00Z\"}",
    NULL, "Call · Padaria Sol", "Deadline: Friday, 20 November 2026, 12:00",
    "Deadline: Saturday, 21 November 2026, 13:30", "Asked for it" },
  { "completed", "l-1", NULL,
    "{\"activity\":\"a\",\"title\":\"Call\",\"by\":\"ana\",\"status-before\":\"open\",\"status\":\"done\","
    "\"outcome-before\":\"\",\"outcome\":\"reached\"}",
    NULL, "Call · l-1", "State: Open", "State: Done\nOutcome: reached", NULL },
  { "given", NULL, NULL,
    "{\"activity\":\"a\",\"title\":\"Call\",\"by\":\"ana\",\"person-before\":\"\",\"person\":\"nobody-known\"}",
    NULL, "Call", "Person: Nobody", "Person: nobody-known", NULL },
  { "published", NULL, NULL,
    "{\"workflow\":\"w\",\"name\":\"First contact\",\"version\":4,\"version-before\":3,\"by\":\"ana\","
    "\"state-before\":\"paused\",\"state\":\"live\"}",
    NULL, "First contact", "State: Paused\nVersion: 3", "State: Live\nVersion: 4", NULL },
  { "snoozed", "l-1", NULL,
    "{\"activity\":\"a\",\"title\":\"Call\",\"by\":\"ana\",\"remind-before\":\"\","
    "\"remind\":\"2026-11-21T13:30:00Z\"}",
    NULL, "Call · l-1", NULL, "Reminder: Saturday, 21 November 2026, 13:30", NULL },
  { "back", NULL, NULL,
    "{\"person\":\"ana\",\"absence\":\"x\",\"by\":\"ana\",\"until-before\":\"2026-11-21T13:30:00Z\","
    "\"until\":\"2026-11-20T12:00:00Z\"}",
    NULL, "Ana Souza", "Until: Saturday, 21 November 2026, 13:30",
    "Until: Friday, 20 November 2026, 12:00", NULL },
  { "by-itself", "l-1", NULL, "{\"activity\":\"a\",\"due\":\"not a time\"}", "No person", "l-1",
    NULL, "Deadline: not a time", NULL },
  { "nothing-known", NULL, NULL, NULL, "No person", NULL, NULL, NULL, NULL },
  { "broken", NULL, NULL, "{\"by\":", "No person", NULL, NULL, NULL, NULL },
};

static void
test_case (Fixture *self, gconstpointer data)
{
  const Case *c = data;
  WfLogEntry entry = { .id = 1,
                       .kind = (char *) "change",
                       .title = (char *) "Something changed",
                       .lead = (char *) c->lead,
                       .details = (char *) c->details };
  g_autoptr (WfAuditText) text = wf_audit_text_new (&entry, &self->names, c->lead_name);
  const char *ana = wf_organisation_get_person_name (self->organisation, "ana");

  g_assert_cmpstr (text->what, ==, "Something changed");
  g_assert_cmpstr (text->who, ==, c->who != NULL ? c->who : ana);
  g_assert_cmpstr (text->on, ==, c->on);
  g_assert_cmpstr (text->before, ==, c->before);
  g_assert_cmpstr (text->after, ==, c->after);
  g_assert_cmpstr (text->why, ==, c->why);
}

static void
test_csv (Fixture *self, gconstpointer data)
{
  WfLogEntry entry = { .id = 1,
                       .at = G_GINT64_CONSTANT (1795262400000000),
                       .kind = (char *) "change",
                       .title = (char *) "=Title",
                       .details = (char *) cases[0].details };
  g_autoptr (GString) csv = g_string_new (NULL);

  wf_audit_append_csv_head (csv);
  wf_audit_append_csv (csv, &entry, &self->names);
  g_auto (GStrv) lines = g_strsplit (csv->str, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==,
                   "\"Time\",\"Person\",\"Change\",\"Subject\",\"Before\",\"After\",\"Reason\"");
  g_assert_true (g_str_has_prefix (lines[1], "\"2026-11-21T12:00:00"));
  g_assert_nonnull (strstr (lines[1], "\"'=Title\"")); /* no formula for a spreadsheet */
  g_assert_nonnull (strstr (lines[1], "\"Asked for it\""));
  g_assert_cmpstr (lines[2], ==, "");
}

static void
test_subjects (Fixture *self, gconstpointer data)
{
  WfLogEntry activity = { .details = (char *) cases[0].details };
  WfLogEntry workflow = { .details = (char *) cases[3].details };
  g_autofree char *a = wf_audit_dup_activity (&activity);
  g_autofree char *w = wf_audit_dup_workflow (&workflow);
  g_autofree char *none = wf_audit_dup_activity (&workflow);

  g_assert_cmpstr (a, ==, "a");
  g_assert_cmpstr (w, ==, "w");
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/audit-text/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_case, tear_down);
    }
  g_test_add ("/audit-text/csv", Fixture, NULL, set_up, test_csv, tear_down);
  g_test_add ("/audit-text/subjects", Fixture, NULL, set_up, test_subjects, tear_down);
  return g_test_run ();
}
