/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Organisations: reading, look-ups, what is wrong. */
#include "wf-test-documents.h"

static void
test_look_ups (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  const WfPerson *ana = wf_organisation_get_person (organisation, "ana");
  const WfPipeline *pipelines;
  const WfEntry *units;
  guint n = 0;

  g_assert_cmpstr (wf_organisation_get_name (organisation), ==, "Acme");
  g_assert_cmpint (wf_organisation_get_process (organisation), ==, WF_PROCESS_2_WITH_STORE_FLOW);
  g_assert_cmpuint (wf_organisation_get_n_people (organisation), ==, 12);
  g_assert_true (wf_organisation_get_person_at (organisation, 0) == ana);
  g_assert_null (wf_organisation_get_person_at (organisation, 12));
  g_assert_cmpstr (ana->name, ==, "Ana Souza");
  g_assert_cmpint (ana->role, ==, WF_ROLE_ATTENDANT);
  g_assert_true (ana->active);
  g_assert_true (wf_person_in_group (ana, "inbound"));
  g_assert_false (wf_person_in_group (ana, "outbound"));
  g_assert_cmpstr (ana->may[1], ==, "create-flow-leads");
  g_assert_null (ana->may[2]);
  g_assert_null (ana->cover);
  g_assert_cmpstr (wf_organisation_get_person (organisation, "bruno")->cover, ==, "ana");
  g_assert_false (wf_organisation_get_person (organisation, "leo")->active);
  g_assert_null (wf_organisation_get_person (organisation, "nobody"));
  g_assert_null (wf_organisation_get_person (organisation, NULL));
  units = wf_organisation_get_entries (organisation, WF_ENTRY_UNIT, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (units[0].store_flow);
  g_assert_false (units[1].store_flow);
  g_assert_cmpstr (wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, "inbound")->coordinator,
                   ==, "carla");
  g_assert_cmpstr (
      wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, "filter-1")->icon, ==,
      "call");
  g_assert_null (wf_organisation_get_entry (organisation, WF_ENTRY_TEAM, "inbound"));
  pipelines = wf_organisation_get_pipelines (organisation, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (pipelines[0].record, ==, "lead");
  g_assert_cmpuint (pipelines[0].n_stages, ==, 3);
  g_assert_cmpstr (pipelines[0].stages[2].id, ==, "filter-2");
  g_assert_cmpstr (wf_organisation_get_stage (organisation, "filter-1")->name, ==, "Filtro 1");
  g_assert_null (wf_organisation_get_stage (organisation, "x"));
  g_assert_cmpstr (wf_role_get_name (WF_ROLE_PRE_SELLER), ==, "pre-seller");
  g_assert_cmpstr (wf_process_get_name (WF_PROCESS_3), ==, "3");
}

/* S3: unit before group before company. */
static void
test_hours (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  WfWorkingHours *company = wf_organisation_get_hours (organisation);
  const WfPerson *bruno = wf_organisation_get_person (organisation, "bruno");
  GTimeZone *zone = wf_working_hours_get_zone (wf_organisation_get_hours_for (organisation, bruno));

  g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, "America/Manaus");
  g_assert_true (wf_organisation_get_hours_for (
                     organisation, wf_organisation_get_person (organisation, "ana")) == company);
  g_assert_true (wf_organisation_get_hours_for (organisation, NULL) == company);
}

static void
test_text (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (
      "{ 'format': 1, 'name': 'A', 'process': '1', 'colour': 'red', 'people': [ { 'id': 'a', 'name': 'A', 'role': "
      "'administrator', 'born': 1990 } ] }");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfOrganisation) organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  g_autofree char *text = wf_organisation_to_text (organisation, FALSE);
  g_autofree char *shown = wf_test_problems_to_text (problems);

  g_assert_cmpstr (
      text, ==,
      "{\"format\":1,\"name\":\"A\",\"process\":\"1\",\"colour\":\"red\",\"people\":[{\"id\":\"a\",\"name\":\"A\","
      "\"role\":\"administrator\",\"born\":1990}]}");
  g_assert_cmpstr (
      shown, ==,
      "?missing-hours /working-hours\n?unknown-member /people/0/born\n?unknown-member /colour");
  g_assert_true (wf_working_hours_is_always_open (wf_organisation_get_hours (organisation)));
}

#define HOURS "'working-hours': { 'time-zone': 'UTC', 'week': { 'mon': [['09:00','18:00']] } }"
#define HEAD "{ 'format': 1, 'name': 'A', 'process': '2-with-store-flow', " HOURS

static const struct
{
  const char *text, *problems;
  gboolean usable;
} cases[] = {
  { "[]", "wrong-type ", FALSE },
  { "{}", "missing /format", FALSE },
  { "{ 'format': 2, 'name': 'A', 'process': '1' }", "format-newer /format", FALSE },
  { "{ 'format': '1' }", "wrong-type /format", FALSE },
  { "{ 'format': 1, " HOURS " }", "missing /name\nmissing /process", TRUE },
  { HEAD ", 'people': {} }", "wrong-type /people", TRUE },
  { HEAD ", 'people': [ 7 ] }", "wrong-type /people/0", TRUE },
  { HEAD ", 'people': [ {} ] }", "missing /people/0/id", TRUE },
  { HEAD ", 'people': [ { 'id': '' } ] }", "missing /people/0/id", TRUE },
  { HEAD ", 'people': [ { 'id': 'a' } ] }", "missing /people/0/name\nmissing /people/0/role",
    TRUE },
  { HEAD ", 'people': [ { 'id': 'a', 'name': 'A', 'role': 'boss' } ] }",
    "unknown-value /people/0/role", TRUE },
  { HEAD
    ", 'people': [ { 'id': 'a', 'name': 'A', 'role': 'media', 'active': 'yes', 'cover': 5 } ] }",
    "wrong-type /people/0/active\nwrong-type /people/0/cover", TRUE },
  { HEAD ", 'people': [ { 'id': 'a', 'name': 'A', 'role': 'media', 'cover': null } ] }", "", TRUE },
  { HEAD
    ", 'people': [ { 'id': 'a', 'name': 'A', 'role': 'media', 'groups': ['g'], 'teams': [5], 'units': 'u' } ] }",
    "unknown-reference /people/0/groups/0\nwrong-type /people/0/teams/0\nwrong-type /people/0/units",
    TRUE },
  { HEAD ", 'people': [ { 'id': 'a', 'name': 'A', 'role': 'media', 'cover': 'b' } ] }",
    "unknown-reference /people/0/cover", TRUE },
  { HEAD
    ", 'people': [ { 'id': 'a', 'name': 'A', 'role': 'media' }, { 'id': 'a', 'name': 'B', 'role': 'media' } ] }",
    "duplicate-id /people/1/id", TRUE },
  { HEAD
    ", 'people': [ { 'id': 'a', 'name': 'A', 'role': 'seller' }, { 'id': 'b', 'name': 'B', 'role': 'attendant' } ] }",
    "?unit-missing /people/0\n?team-missing /people/1", TRUE },
  { HEAD ", 'groups': [ { 'id': 'g', 'name': 'G', 'coordinator': 'x' } ] }",
    "unknown-reference /groups/0/coordinator", TRUE },
  { HEAD ", 'groups': [ { 'id': 'g', 'name': 'G', 'store-flow': true } ] }",
    "?unknown-member /groups/0/store-flow", TRUE },
  { HEAD ", 'units': [ { 'id': 'u', 'name': 'U', 'store-flow': 'yes' }, 5 ] }",
    "wrong-type /units/0/store-flow\nwrong-type /units/1", TRUE },
  { HEAD ", 'activity-types': [ { 'id': 't', 'name': 'T' }, { 'id': 't', 'name': 'T' } ] }",
    "duplicate-id /activity-types/1/id", TRUE },
  { HEAD
    ", 'pipelines': [ { 'id': 'p', 'record': 'order', 'stages': [ { 'id': 's', 'name': 'S' }, { 'id': 's', 'name': 'S' }, 9 ] } ] }",
    "unknown-value /pipelines/0/record\nduplicate-id /pipelines/0/stages/1/id\nwrong-type /pipelines/0/stages/2",
    TRUE },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_test_json (cases[i].text);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfOrganisation) organisation =
          wf_organisation_read (wf_json_document_get_root (document), problems);
      g_autofree char *shown = wf_test_problems_to_text (problems);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (shown, ==, cases[i].problems);
      g_assert_cmpint (organisation != NULL, ==, cases[i].usable);
    }
}

/* Without hours every deadline would be wrong: the whole cannot be used. */
static void
test_unreadable_hours (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (
      "{ 'format': 1, 'name': 'A', 'process': '1', 'working-hours': { 'time-zone': 'Mars/Olympus' } }");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  g_assert_null (wf_organisation_read (wf_json_document_get_root (document), problems));
  g_assert_nonnull (wf_problems_find_below (problems, "/working-hours"));
}

static void
test_empty (void)
{
  g_autoptr (WfOrganisation) organisation = wf_organisation_new_empty ();
  WfOrganisation *again = wf_organisation_ref (organisation);

  g_assert_cmpstr (wf_organisation_get_name (organisation), ==, "");
  g_assert_cmpuint (wf_organisation_get_n_people (organisation), ==, 0);
  wf_organisation_unref (again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/organisation/look-ups", test_look_ups);
  g_test_add_func ("/organisation/hours", test_hours);
  g_test_add_func ("/organisation/text", test_text);
  g_test_add_func ("/organisation/problems", test_problems);
  g_test_add_func ("/organisation/unreadable-hours", test_unreadable_hours);
  g_test_add_func ("/organisation/empty", test_empty);
  return g_test_run ();
}
