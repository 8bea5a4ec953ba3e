/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading events. */
#include "wf-instant.h"
#include "wf-test-documents.h"
#include "wf-uuid.h"

#include <string.h>

#define EXAMPLE                                                                                                \
  "{ 'specversion': '1.0', 'id': 'e-1001', 'source': '/crm/acme', 'type': 'lead.received',"                    \
  "  'time': '2026-11-20T17:50:00-03:00', 'subject': 'lead/l-77',"                                             \
  "  'data': { 'lead': { 'id': 'l-77', 'name': 'Padaria Sol', 'owner': 'ana', 'source': 'marketing-platform'," \
  "                      'origin': 'web', 'stage': 'filter-1', 'score': 35, 'custom': { 'sector': 'food' } }," \
  "            'meeting': { 'start': '2026-11-23T09:30:00-03:00', 'end': 'soon', 'day': '2026-11-24' },"       \
  "            'actor': 'crm', 'import': false } }"

static void
test_example (void)
{
  g_autoptr (WfEvent) event = wf_test_event (EXAMPLE);
  WfEvent *again = wf_event_ref (event);

  g_assert_cmpstr (wf_event_get_id (event), ==, "e-1001");
  g_assert_cmpstr (wf_event_get_source (event), ==, "/crm/acme");
  g_assert_cmpstr (wf_event_get_event_type (event), ==, "lead.received");
  g_assert_cmpint (wf_event_get_time (event), ==, G_GINT64_CONSTANT (1795207800000000));
  g_assert_cmpstr (wf_event_get_lead (event), ==, "l-77");
  g_assert_cmpstr (wf_event_get_owner (event), ==, "ana");
  g_assert_false (wf_event_is_import (event));
  g_assert_null (wf_event_get_cause (event));
  g_assert_cmpuint (wf_event_get_depth (event), ==, 0);
  wf_event_unref (again);
}

static void
test_fields (void)
{
  static const struct
  {
    const char *field, *text;
  } fields[] = {
    { "lead.name", "\"Padaria Sol\"" },
    { "lead.score", "35" },
    { "lead.custom.sector", "\"food\"" },
    { "lead.id", "\"l-77\"" },
    { "event.type", "\"lead.received\"" },
    { "event.subject", "\"lead/l-77\"" },
    { "event.time", "\"2026-11-20T17:50:00-03:00\"" },
    { "actor", "\"crm\"" },
    { "import", "false" },
    { "meeting.end", "\"soon\"" },
    { "lead.phone", NULL },
    { "lead.custom.none", NULL },
    { "lead.name.x", NULL },
    { "event.none", NULL },
    { "nothing", NULL },
    { "", NULL },
    { ".", NULL },
    { "lead.", NULL },
  };
  g_autoptr (WfEvent) event = wf_test_event (EXAMPLE);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = wf_json_to_text (wf_event_get_field (event, fields[i].field), FALSE);

      g_test_message ("%s", fields[i].field);
      g_assert_cmpstr (text, ==, fields[i].text);
    }
}

static void
test_instants (void)
{
  g_autoptr (WfEvent) event = wf_test_event (EXAMPLE);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autofree char *text = NULL;
  WfInstant instant = 0;

  g_assert_true (wf_event_get_instant (event, "meeting.start", zone, &instant));
  text = wf_instant_format_utc (instant);
  g_assert_cmpstr (text, ==, "2026-11-23T12:30:00Z");
  g_clear_pointer (&text, g_free);
  g_assert_true (wf_event_get_instant (event, "meeting.day", zone, &instant));
  text = wf_instant_format_zone (instant, zone);
  g_assert_cmpstr (text, ==, "2026-11-24T00:00:00-03:00");
  g_assert_true (wf_event_get_instant (event, "event.time", zone, &instant));
  g_assert_cmpint (instant, ==, wf_event_get_time (event));
  g_assert_false (wf_event_get_instant (event, "meeting.end", zone, &instant));
  g_assert_false (wf_event_get_instant (event, "meeting.none", zone, &instant));
  g_assert_false (wf_event_get_instant (event, "lead.score", zone, &instant));
}

#define HEAD                                                                                       \
  "{ 'specversion': '1.0', 'id': 'e', 'source': '/crm', 'type': 'lead.updated', 'time': '2026-11-20T17:50:00Z'"

/* Where the lead and its owner are found. */
static void
test_lead (void)
{
  static const struct
  {
    const char *rest, *lead, *owner, *name;
  } leads[] = {
    { ", 'data': { 'lead': { 'id': 'a', 'owner': 'ana', 'name': 'N' } } }", "a", "ana", "N" },
    { ", 'subject': 'lead/b', 'data': { 'lead': { 'id': 'a' } } }", "a", NULL, NULL },
    { ", 'subject': 'lead/b', 'data': { 'lead': { 'name': 'N' } } }", "b", NULL, "N" },
    { ", 'subject': 'lead/b' }", "b", NULL, NULL },
    { ", 'subject': 'leads/b/c' }", "b/c", NULL, NULL },
    { ", 'subject': 'lead/' }", NULL, NULL, NULL },
    { ", 'subject': 'deal/b' }", NULL, NULL, NULL },
    { ", 'subject': 5 }", NULL, NULL, NULL },
    { ", 'data': { 'lead': 'a' } }", "a", NULL, NULL },
    { ", 'data': { 'lead': 17 } }", "17", NULL, NULL },
    { ", 'data': { 'lead': { 'id': 17 } } }", "17", NULL, NULL },
    { ", 'data': { 'lead': 'a', 'snapshot': { 'name': 'N', 'owner': 'ana' } } }", "a", "ana", "N" },
    { ", 'data': { 'lead': { 'id': 'a', 'owner': null } } }", "a", NULL, NULL },
    { ", 'data': { 'lead': { 'id': '', 'owner': '' } } }", NULL, NULL, NULL },
    { ", 'data': { 'lead': [1] } }", NULL, NULL, NULL },
    { ", 'data': { } }", NULL, NULL, NULL },
    { " }", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    {
      g_autofree char *text = g_strconcat (HEAD, leads[i].rest, NULL);
      g_autoptr (WfEvent) event = wf_test_event (text);
      const WfJson *id = wf_event_get_field (event, "lead.id");

      g_test_message ("%s", leads[i].rest);
      g_assert_cmpstr (wf_event_get_lead (event), ==, leads[i].lead);
      g_assert_cmpstr (wf_event_get_owner (event), ==, leads[i].owner);
      g_assert_cmpstr (wf_json_get_string (wf_event_get_field (event, "lead.name")), ==,
                       leads[i].name);
      if (leads[i].lead != NULL)
        g_assert_nonnull (id);
      else
        g_assert_null (wf_json_get_string (id) != NULL && *wf_json_get_string (id) != '\0' ? id
                                                                                           : NULL);
    }
}

static void
test_cause (void)
{
  static const struct
  {
    const char *cause;
    guint depth;
  } causes[] = {
    { "'wf/step/e-1'", 1 },
    { "'wf/step/e-1,wf2/step/e-2'", 2 },
    { "'a/b/c, d/e/f ,g/h/i'", 3 },
    { "' , '", 0 },
    { "''", 0 },
    { "5", 0 },
    { "null", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_autofree char *text =
          g_strdup_printf (HEAD ", 'data': { 'cause': %s, 'import': true } }", causes[i].cause);
      g_autoptr (WfEvent) event = wf_test_event (text);

      g_assert_cmpuint (wf_event_get_depth (event), ==, causes[i].depth);
      g_assert_true (wf_event_is_import (event));
    }
}

static const struct
{
  const char *text, *problems;
  gboolean usable;
} read_cases[] = {
  { "5", "wrong-type ", FALSE },
  { "{}", "missing /specversion\nmissing /source\nmissing /type\nmissing /time", FALSE },
  { "{ 'specversion': '0.3', 'id': 'e', 'source': '/crm', 'type': 't', 'time': '2026-11-20T17:50:00Z' }",
    "wrong-specversion /specversion", FALSE },
  { "{ 'specversion': 1.0, 'id': 'e', 'source': '/crm', 'type': 't', 'time': '2026-11-20T17:50:00Z' }",
    "wrong-type /specversion", FALSE },
  { "{ 'specversion': '1.0', 'id': 5, 'source': '', 'type': null, 'time': '2026-11-20' }",
    "missing /source\nwrong-type /type\nwrong-time /time\nwrong-type /id", FALSE },
  { HEAD ", 'data': [] }", "wrong-type /data", FALSE },
  { HEAD ", 'data': { 'import': 'yes' } }", "wrong-type /data/import", FALSE },
  { HEAD ", 'data': { 'import': null } }", "", TRUE },
  { "{ 'specversion': '1.0', 'source': '/crm', 'type': 't', 'time': '2026-11-20T17:50:00Z' }",
    "?missing-id /id", TRUE },
  { HEAD ", 'traceparent': 'x' }", "", TRUE },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (read_cases); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_test_json (read_cases[i].text);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfEvent) event =
          wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, problems);
      g_autofree char *text = wf_test_problems_to_text (problems);

      g_assert_cmpstr (text, ==, read_cases[i].problems);
      g_assert_cmpint (event != NULL, ==, read_cases[i].usable);
      g_assert_cmpint (wf_problems_has_errors (problems), ==, !read_cases[i].usable);
    }
}

static WfEvent *
read_received (const char *text, WfInstant received)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);

  return wf_event_read (document, wf_json_document_get_root (document), received, NULL);
}

/* S15: the same content gives the same id, anything else another one. */
static void
test_made_id (void)
{
  static const char *const texts[] = {
    "{ 'specversion': '1.0', 'source': '/a', 'type': 't', 'time': '2026-11-20T17:50:00Z', 'data': { 'lead': 'l' } }",
    "{ 'specversion': '1.0', 'source': '/b', 'type': 't', 'time': '2026-11-20T17:50:00Z', 'data': { 'lead': 'l' } }",
    "{ 'specversion': '1.0', 'source': '/a', 'type': 'u', 'time': '2026-11-20T17:50:00Z', 'data': { 'lead': 'l' } }",
    "{ 'specversion': '1.0', 'source': '/a', 'type': 't', 'time': '2026-11-20T17:51:00Z', 'data': { 'lead': 'l' } }",
    "{ 'specversion': '1.0', 'source': '/a', 'type': 't', 'time': '2026-11-20T17:50:00Z', 'data': { 'lead': 'm' } }",
    "{ 'specversion': '1.0', 'source': '/a', 'type': 't', 'time': '2026-11-20T17:50:00Z', 'data': { 'lead': 'l', 'x': 1 } }",
    "{ 'specversion': '1.0', 'source': '/a', 'type': 't', 'data': { 'lead': 'l' } }",
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WfEvent) one = read_received (texts[i], 1);
      g_autoptr (WfEvent) two = read_received (texts[i], 2);

      g_assert_true (wf_uuid_is_valid (wf_event_get_id (one)));
      g_assert_cmpstr (wf_event_get_id (one), ==, wf_event_get_id (two));
      g_assert_cmpstr (wf_json_get_string (wf_event_get_field (one, "event.id")), ==,
                       wf_event_get_id (one));
      g_assert_true (g_hash_table_add (seen, g_strdup (wf_event_get_id (one))));
    }
}

/* What was made up is kept when the event is written and read again later. */
static void
test_text (void)
{
  g_autoptr (WfEvent) event = wf_test_event (EXAMPLE);
  g_autoptr (WfEvent) bare =
      read_received ("{ 'specversion': '1.0', 'source': '/a', 'type': 't', 'x': [1] }", 1000000);
  g_autofree char *text = wf_event_to_text (event);
  g_autofree char *bare_text = wf_event_to_text (bare);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfEvent) again = read_received (bare_text, 99);

  g_assert_true (wf_json_equal (wf_json_document_get_root (document), wf_event_get_root (event)));
  g_assert_cmpstr (wf_event_get_id (again), ==, wf_event_get_id (bare));
  g_assert_cmpint (wf_event_get_time (again), ==, 1000000);
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (wf_event_get_root (again), "x")), ==, 1);
}

static void
test_batch (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (
      "[ { 'specversion': '1.0', 'id': 'a', 'source': '/s', 'type': 't', 'time': '2026-11-20T17:50:00Z' },"
      "  { 'specversion': '1.0', 'id': 'b', 'source': '/s', 'type': 't', 'time': 'now' }, 7,"
      "  { 'specversion': '1.0', 'id': 'c', 'source': '/s', 'type': 't' } ]");
  g_autoptr (WfJsonDocument) single = wf_test_json (
      "{ 'specversion': '1.0', 'id': 'a', 'source': '/s', 'type': 't', 'time': '2026-11-20T17:50:00Z' }");
  g_autoptr (WfJsonDocument) none = wf_test_json ("[]");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (GPtrArray) events = wf_events_read (document, 5, problems);
  g_autoptr (GPtrArray) one = wf_events_read (single, 5, problems);
  g_autoptr (GPtrArray) empty = wf_events_read (none, 5, problems);
  g_autofree char *text = wf_test_problems_to_text (problems);

  g_assert_cmpstr (text, ==, "wrong-time /1/time\nwrong-type /2\n?missing-time /3/time");
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpstr (wf_event_get_id (g_ptr_array_index (events, 0)), ==, "a");
  g_assert_cmpstr (wf_event_get_id (g_ptr_array_index (events, 1)), ==, "c");
  g_assert_cmpint (wf_event_get_time (g_ptr_array_index (events, 1)), ==, 5);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (empty->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/example", test_example);
  g_test_add_func ("/event/fields", test_fields);
  g_test_add_func ("/event/instants", test_instants);
  g_test_add_func ("/event/lead", test_lead);
  g_test_add_func ("/event/cause", test_cause);
  g_test_add_func ("/event/problems", test_problems);
  g_test_add_func ("/event/made-id", test_made_id);
  g_test_add_func ("/event/text", test_text);
  g_test_add_func ("/event/batch", test_batch);
  return g_test_run ();
}
