/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outcomes, capacity and absences of the organisation's document (B10). */
#include "wf-absence.h"
#include "wf-instant.h"
#include "wf-outcome.h"
#include "wf-test-documents.h"

#include <string.h>

#define HEAD                                                                                       \
  "{ 'format': 1, 'name': 'A', 'process': '1', 'working-hours': { 'time-zone': "                   \
  "'America/Sao_Paulo', 'week': { 'mon': [['09:00','18:00']] } }, "                                \
  "'activity-types': [ { 'id': 'call', 'name': 'Call' }, { 'id': 'visit', 'name': 'Visit' } ], "

static WfInstant
instant (const char *text)
{
  WfInstant at = 0;

  g_assert_true (wf_instant_parse (text, &at));
  return at;
}

static WfOrganisation *
read_organisation (const char *rest, char **problems_text)
{
  g_autofree char *text = g_strconcat (HEAD, rest, " }", NULL);
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (organisation);
  if (problems_text != NULL)
    *problems_text = wf_test_problems_to_text (problems);
  else
    g_assert_false (wf_problems_has_errors (problems));
  return organisation;
}

#define PEOPLE                                                                                     \
  "'groups': [ { 'id': 'g', 'name': 'G', 'coordinator': 'gil' } ], 'teams': [ { 'id': 't', "       \
  "'name': 'T' }, { 'id': 'u', 'name': 'U' } ], 'people': [ "                                      \
  "{ 'id': 'ana', 'name': 'Ana', 'role': 'attendant', 'cover': 'bo', 'capacity': 5, 'groups': "    \
  "['g'], 'teams': ['t'], 'absences': [ "                                                          \
  "{ 'id': 'a2', 'from': '2026-12-21T00:00:00-03:00', 'until': '2027-01-04T00:00:00-03:00', "      \
  "'treatment': 'cover', 'rules': [ { 'type': 'visit', 'treatment': 'shift' } ], 'reason': "       \
  "'Holidays', 'seen': true }, "                                                                   \
  "{ 'id': 'a1', 'from': '2026-11-02T00:00:00-03:00', 'until': '2026-11-03T00:00:00-03:00', "      \
  "'treatment': 'hold', 'cover': 'cai', 'rules': [ { 'type': 'call', 'treatment': 'cover' } ] } "  \
  "] }, "                                                                                          \
  "{ 'id': 'bo', 'name': 'Bo', 'role': 'attendant', 'teams': ['t'] }, "                            \
  "{ 'id': 'cai', 'name': 'Cai', 'role': 'coordinator', 'teams': ['t'] }, "                        \
  "{ 'id': 'dea', 'name': 'Dea', 'role': 'media' }, "                                              \
  "{ 'id': 'edu', 'name': 'Edu', 'role': 'coordinator', 'teams': ['u'] }, "                        \
  "{ 'id': 'flo', 'name': 'Flo', 'role': 'administrator', 'teams': ['u'] }, "                      \
  "{ 'id': 'gil', 'name': 'Gil', 'role': 'attendant', 'teams': ['u'] }, "                          \
  "{ 'id': 'hal', 'name': 'Hal', 'role': 'attendant', 'teams': ['u'], 'active': false } ]"

static void
test_look_ups (void)
{
  g_autoptr (WfOrganisation) organisation = read_organisation (PEOPLE, NULL);
  const WfPerson *ana = wf_organisation_get_person (organisation, "ana");
  const WfPerson *bo = wf_organisation_get_person (organisation, "bo");
  static const struct
  {
    const char *at, *type, *absence, *cover;
  } cases[] = {
    { "2026-11-01T23:59:59-03:00", "call", NULL, NULL },
    { "2026-11-02T00:00:00-03:00", "call", "a1", "cai" },
    { "2026-11-02T12:00:00-03:00", "visit", "a1", NULL },
    { "2026-11-02T12:00:00-03:00", NULL, "a1", NULL },
    { "2026-11-02T23:59:59-03:00", "call", "a1", "cai" },
    { "2026-11-03T00:00:00-03:00", "call", NULL, NULL },
    { "2026-12-21T00:00:00-03:00", "call", "a2", "bo" },
    { "2026-12-25T00:00:00-03:00", NULL, "a2", "bo" },
    { "2026-12-25T00:00:00-03:00", "visit", "a2", NULL },
    { "2027-01-03T23:59:59-03:00", "call", "a2", "bo" },
    { "2027-01-04T00:00:00-03:00", "call", NULL, NULL },
  };

  g_assert_cmpuint (ana->capacity, ==, 5);
  g_assert_cmpuint (bo->capacity, ==, WF_DEFAULT_CAPACITY);
  g_assert_cmpuint (ana->n_absences, ==, 2);
  g_assert_cmpstr (ana->absences[0].id, ==, "a1");
  g_assert_cmpstr (ana->absences[1].reason, ==, "Holidays");
  g_assert_cmpuint (bo->n_absences, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfInstant at = instant (cases[i].at);
      const WfAbsence *absence = wf_person_get_absence (ana, at);

      g_test_message ("%s %s", cases[i].at, cases[i].type);
      g_assert_cmpstr (absence != NULL ? absence->id : NULL, ==, cases[i].absence);
      g_assert_cmpstr (wf_person_get_cover_at (ana, at, cases[i].type), ==, cases[i].cover);
      g_assert_null (wf_person_get_cover_at (bo, at, cases[i].type));
    }
  g_assert_cmpint (wf_absence_get_treatment (&ana->absences[1], "visit"), ==, WF_ABSENCE_SHIFT);
  g_assert_cmpint (wf_absence_get_treatment (&ana->absences[1], "else"), ==, WF_ABSENCE_COVER);
}

static const struct
{
  const char *person; /* members of a person beside id, name, role */
  const char *problems;
  guint n;
} wrong[] = {
  { "'capacity': 0", "out-of-range /people/0/capacity", 0 },
  { "'capacity': 1001", "out-of-range /people/0/capacity", 0 },
  { "'capacity': 'many'", "wrong-type /people/0/capacity", 0 },
  { "'absences': {}", "wrong-type /people/0/absences", 0 },
  { "'absences': [ 5 ]", "wrong-type /people/0/absences/0", 0 },
  { "'absences': [ {} ]",
    "missing /people/0/absences/0/id\nmissing /people/0/absences/0/from\nmissing "
    "/people/0/absences/0/until\nmissing /people/0/absences/0/treatment",
    0 },
  { "'absences': [ { 'id': '', 'from': '2026-11-02T00:00:00Z', 'until': '2026-11-03T00:00:00Z', "
    "'treatment': 'hold' } ]",
    "missing /people/0/absences/0/id", 0 },
  { "'absences': [ { 'id': 'a', 'from': '2026-11-02', 'until': '2026-11-03T00:00:00Z', "
    "'treatment': 'forget' } ]",
    "wrong-time /people/0/absences/0/from\nunknown-value /people/0/absences/0/treatment", 0 },
  { "'absences': [ { 'id': 'a', 'from': '2026-11-03T00:00:00Z', 'until': '2026-11-03T00:00:00Z', "
    "'treatment': 'hold' } ]",
    "reversed-span /people/0/absences/0/until", 0 },
  { "'absences': [ { 'id': 'a', 'from': '2026-11-03T00:00:00Z', 'until': '2026-11-09T00:00:00Z', "
    "'treatment': 'hold', 'cover': 'nobody', 'rules': [ { 'type': 'x', 'treatment': 'hold' }, { "
    "'type': 'call', 'treatment': 'x' }, { 'type': 'call', 'treatment': 'shift' }, { 'type': "
    "'call', 'treatment': 'cover' }, 9 ] } ]",
    "unknown-reference /people/0/absences/0/rules/0/type\nunknown-value "
    "/people/0/absences/0/rules/1/treatment\nduplicate-id "
    "/people/0/absences/0/rules/3/type\nwrong-type /people/0/absences/0/rules/4\nunknown-reference "
    "/people/0/absences/0/cover",
    1 },
  { "'absences': [ { 'id': 'b', 'from': '2026-11-05T00:00:00Z', 'until': '2026-11-09T00:00:00Z', "
    "'treatment': 'hold' }, { 'id': 'a', 'from': '2026-11-03T00:00:00Z', 'until': "
    "'2026-11-06T00:00:00Z', 'treatment': 'hold' }, { 'id': 'c', 'from': '2026-11-06T00:00:00Z', "
    "'until': '2026-11-07T00:00:00Z', 'treatment': 'hold' }, { 'id': 'c', 'from': "
    "'2027-11-06T00:00:00Z', 'until': '2027-11-07T00:00:00Z', 'treatment': 'hold' } ]",
    "duplicate-id /people/0/absences/3/id\noverlapping-spans /people/0/absences/0", 2 },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "'people': [ { 'id': 'a', 'name': 'A', 'role': 'administrator', %s } ]", wrong[i].person);
      g_autofree char *problems = NULL;
      g_autoptr (WfOrganisation) organisation = read_organisation (text, &problems);
      const WfPerson *person = wf_organisation_get_person_at (organisation, 0);

      g_test_message ("%s", wrong[i].person);
      g_assert_cmpstr (problems, ==, wrong[i].problems);
      g_assert_cmpuint (person->n_absences, ==, wrong[i].n);
      g_assert_cmpuint (person->capacity, ==, WF_DEFAULT_CAPACITY);
    }
}

static void
test_outcomes (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (
      "{ 'format': 1, 'name': 'A', 'process': '1', 'activity-types': [ { 'id': 'call', 'name': "
      "'Call', 'outcomes': [ { 'id': 'reached', 'name': 'Reached' }, { 'id': 'busy', 'name': '' }, "
      "{ 'id': 'busy', 'name': 'B' }, { 'name': 'C' }, { 'id': '', 'name': 'D' }, 7, { 'id': 'x', "
      "'name': 'X', 'colour': 1 } ] }, { 'id': 'visit', 'name': 'Visit', 'outcomes': null }, { "
      "'id': 'mail', 'name': 'Mail', 'outcomes': 'y' } ] }");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfOrganisation) organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  g_autofree char *shown = wf_test_problems_to_text (problems);
  const WfEntry *call = wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, "call");
  const WfEntry *mail = wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, "mail");
  g_autofree char *list = wf_entry_list_outcomes (call);
  g_autofree char *none = wf_entry_list_outcomes (mail);

  g_assert_cmpstr (shown, ==,
                   "?missing-hours /working-hours\n"
                   "duplicate-id /activity-types/0/outcomes/2/id\n"
                   "missing /activity-types/0/outcomes/3/id\n"
                   "missing /activity-types/0/outcomes/4/id\n"
                   "wrong-type /activity-types/0/outcomes/5\n"
                   "?unknown-member /activity-types/0/outcomes/6/colour\n"
                   "wrong-type /activity-types/2/outcomes");
  g_assert_cmpuint (call->n_outcomes, ==, 3);
  g_assert_cmpstr (call->outcomes[0].id, ==, "reached");
  g_assert_cmpstr (call->outcomes[1].name, ==, "busy");
  g_assert_cmpstr (list, ==, "“Reached”, “busy”, “X”");
  g_assert_cmpstr (none, ==, "");
  g_assert_true (wf_entry_find_outcome (call, "busy") == &call->outcomes[1]);
  g_assert_null (wf_entry_find_outcome (call, "Reached"));
  g_assert_null (wf_entry_find_outcome (call, NULL));
  g_assert_cmpstr (wf_organisation_get_outcome_name (organisation, "call", "reached"), ==,
                   "Reached");
  g_assert_cmpstr (wf_organisation_get_outcome_name (organisation, "mail", "reached"), ==,
                   "reached");
  g_assert_cmpstr (wf_organisation_get_outcome_name (NULL, "mail", "reached"), ==, "reached");
  g_assert_null (wf_organisation_get_outcome_name (organisation, NULL, NULL));
}

static void
test_value (void)
{
  static const WfAbsenceRule rules[] = { { "call", WF_ABSENCE_COVER } };
  WfAbsence absence = { .id = "a1",
                        .from = instant ("2026-11-02T00:00:00-03:00"),
                        .until = instant ("2026-11-03T12:30:00-03:00"),
                        .treatment = WF_ABSENCE_SHIFT,
                        .rules = rules,
                        .n_rules = 1,
                        .cover = "bo",
                        .reason = "Course" };
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");

  wf_absence_write (&absence, writer, NULL, zone);
  g_autofree char *text = wf_json_writer_finish (writer, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"id\":\"a1\",\"from\":\"2026-11-02T00:00:00-03:00\",\"until\":\"2026-11-03T"
                   "12:30:00-03:00\",\"treatment\":\"shift\",\"rules\":[{\"type\":\"call\","
                   "\"treatment\":\"cover\"}],\"cover\":\"bo\",\"reason\":\"Course\"}");
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  g_autoptr (WfAbsence) again = wf_absence_read (wf_json_document_get_root (document), NULL);
  g_assert_nonnull (again);
  g_assert_true (wf_absence_equal (&absence, again));
  again->treatment = WF_ABSENCE_HOLD;
  g_assert_false (wf_absence_equal (&absence, again));
  g_assert_true (wf_absence_uses (&absence, WF_ABSENCE_COVER));
  g_assert_true (wf_absence_uses (&absence, WF_ABSENCE_SHIFT));
  g_assert_false (wf_absence_uses (&absence, WF_ABSENCE_HOLD));
}

static void
test_explain (void)
{
  g_autoptr (WfOrganisation) organisation = read_organisation (PEOPLE, NULL);
  static const struct
  {
    const char *person, *id, *from, *until;
    WfAbsenceTreatment treatment;
    const char *cover;
    const char *part; /* of the reason; NULL: fine */
  } cases[] = {
    { "ana", "n", "2026-11-03T03:00:00Z", "2026-11-05T03:00:00Z", WF_ABSENCE_HOLD, NULL, NULL },
    { "ana", "n", "2026-11-03T02:00:00Z", "2026-11-05T03:00:00Z", WF_ABSENCE_HOLD, NULL,
      "away already" },
    { "ana", "a1", "2026-11-03T02:00:00Z", "2026-11-05T03:00:00Z", WF_ABSENCE_HOLD, NULL, NULL },
    { "ana", "a1", "2026-11-03T02:00:00Z", "2027-11-05T03:00:00Z", WF_ABSENCE_HOLD, NULL,
      "away already" },
    { "ana", "n", "2026-11-05T03:00:00Z", "2026-11-05T03:00:00Z", WF_ABSENCE_HOLD, NULL, "ends" },
    { "zoe", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_HOLD, NULL,
      "no such person" },
    { "ana", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_COVER, NULL, NULL },
    { "bo", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_COVER, NULL, "Choose" },
    { "bo", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_COVER, "bo",
      "themselves" },
    { "bo", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_COVER, "hal",
      "no such active" },
    { "bo", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_COVER, "dea", "Dea" },
    { "bo", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_COVER, "ana", NULL },
    { "bo", "n", "2026-11-05T03:00:00Z", "2026-11-06T03:00:00Z", WF_ABSENCE_SHIFT, "dea", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfAbsence absence = { .id = cases[i].id,
                            .from = instant (cases[i].from),
                            .until = instant (cases[i].until),
                            .treatment = cases[i].treatment,
                            .cover = cases[i].cover };
      g_autofree char *reason =
          wf_organisation_explain_absence (organisation, cases[i].person, &absence);

      g_test_message ("%u: %s", i, reason);
      if (cases[i].part == NULL)
        g_assert_null (reason);
      else
        g_assert_nonnull (strstr (reason, cases[i].part));
    }
}

static void
test_right (void)
{
  g_autoptr (WfOrganisation) organisation = read_organisation (PEOPLE, NULL);
  static const struct
  {
    const char *who, *person;
    gboolean allowed;
  } cases[] = {
    { "ana", "ana", TRUE },  { "ana", "bo", FALSE },  { "cai", "ana", TRUE },
    { "edu", "ana", FALSE }, /* of another team */
    { "flo", "ana", TRUE },  /* administrator */
    { "gil", "ana", FALSE }, /* coordinates a group of hers, but sees nobody else's work */
    { "gil", "bo", FALSE },  { "hal", "hal", FALSE }, { "zoe", "ana", FALSE },
    { "ana", "zoe", FALSE }, { "dea", "ana", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *reason = wf_organisation_explain_absence_right (
          organisation, wf_organisation_get_person (organisation, cases[i].who), cases[i].person);

      g_test_message ("%s for %s: %s", cases[i].who, cases[i].person, reason);
      g_assert_cmpint (reason == NULL, ==, cases[i].allowed);
    }
}

/* S11: whoever covers in the end; a circle ends with nobody. */
static void
test_cover_chain (void)
{
#define AWAY(id, cover)                                                                            \
  "'absences': [ { 'id': '" id "', 'from': '2026-11-02T00:00:00Z', 'until': "                      \
  "'2026-11-05T00:00:00Z', 'treatment': 'cover', 'cover': '" cover "' } ]"
#define MAN(id) "{ 'id': '" id "', 'name': '" id "', 'role': 'administrator', "
  g_autoptr (WfOrganisation) organisation = read_organisation (
      "'people': [ " MAN ("a") AWAY ("1", "b") "}, " MAN ("b") AWAY ("2", "c") "}, " MAN (
          "c") "'active': false, 'cover': 'd' }, " MAN ("d") "'active': true }, " MAN ("e")
          AWAY ("3", "f") "}, " MAN ("f") AWAY ("4", "g") "}, " MAN ("g") AWAY ("5", "f") "}, " MAN (
              "h") "'absences': [ { 'id': '6', 'from': '2026-11-02T00:00:00Z', 'until': "
                   "'2026-11-05T00:00:00Z', 'treatment': 'cover', 'cover': 'i' } ] }, " MAN (
                       "i") "'absences': [ { 'id': '7', 'from': '2026-11-03T00:00:00Z', 'until': "
                            "'2026-11-04T00:00:00Z', 'treatment': 'hold' } ] } ]",
      NULL);
  static const struct
  {
    const char *person, *at, *cover;
  } cases[] = {
    { "a", "2026-11-02T12:00:00Z", "d" },  { "b", "2026-11-02T12:00:00Z", "d" },
    { "e", "2026-11-02T12:00:00Z", NULL }, { "f", "2026-11-02T12:00:00Z", NULL },
    { "h", "2026-11-02T12:00:00Z", "i" },  { "h", "2026-11-03T12:00:00Z", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WfPerson *person = wf_organisation_get_person (organisation, cases[i].person);

      g_assert_cmpstr (wf_organisation_find_cover (organisation, person, &person->absences[0],
                                                   instant (cases[i].at), "call"),
                       ==, cases[i].cover);
    }
}

/* Everything else in the document stays, also what nobody knows. */
static void
test_change (void)
{
  g_autoptr (WfOrganisation) organisation = read_organisation (PEOPLE ", 'colour': 'red'", NULL);
  WfAbsence absence = { .id = "a1",
                        .from = instant ("2026-11-09T00:00:00-03:00"),
                        .until = instant ("2026-11-11T00:00:00-03:00"),
                        .treatment = WF_ABSENCE_SHIFT };
  g_autoptr (WfOrganisation) replaced =
      wf_organisation_with_absence (organisation, "ana", &absence);
  g_autoptr (WfOrganisation) added = NULL, ended = NULL, removed = NULL, late = NULL;
  const WfPerson *ana = wf_organisation_get_person (replaced, "ana");
  g_autofree char *text = wf_organisation_to_text (replaced, FALSE);

  g_assert_cmpuint (ana->n_absences, ==, 2);
  g_assert_true (wf_absence_equal (&ana->absences[0], &absence));
  g_assert_cmpstr (ana->absences[1].id, ==, "a2");
  g_assert_nonnull (strstr (text, "\"seen\":true"));
  g_assert_nonnull (strstr (text, "\"colour\":\"red\""));
  g_assert_nonnull (strstr (text, "2026-11-09T00:00:00-03:00"));
  added = wf_organisation_with_absence (replaced, "bo", &absence);
  g_assert_cmpuint (wf_organisation_get_person (added, "bo")->n_absences, ==, 1);
  g_assert_cmpuint (wf_organisation_get_person (added, "ana")->n_absences, ==, 2);
  ended = wf_organisation_end_absence (added, "bo", "a1", instant ("2026-11-10T12:00:00-03:00"));
  g_assert_cmpint (wf_organisation_get_person (ended, "bo")->absences[0].until, ==,
                   instant ("2026-11-10T12:00:00-03:00"));
  late = wf_organisation_end_absence (added, "bo", "a1", instant ("2026-12-10T12:00:00-03:00"));
  g_assert_cmpint (wf_organisation_get_person (late, "bo")->absences[0].until, ==, absence.until);
  removed = wf_organisation_end_absence (added, "bo", "a1", absence.from);
  g_assert_cmpuint (wf_organisation_get_person (removed, "bo")->n_absences, ==, 0);
  g_assert_cmpuint (wf_organisation_get_person (removed, "ana")->n_absences, ==, 2);
  g_assert_null (wf_organisation_end_absence (added, "bo", "a9", absence.from));
  g_assert_null (wf_organisation_end_absence (added, "zoe", "a1", absence.from));
  g_assert_null (wf_organisation_with_absence (added, "zoe", &absence));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/absence/look-ups", test_look_ups);
  g_test_add_func ("/absence/problems", test_problems);
  g_test_add_func ("/absence/outcomes", test_outcomes);
  g_test_add_func ("/absence/value", test_value);
  g_test_add_func ("/absence/explain", test_explain);
  g_test_add_func ("/absence/right", test_right);
  g_test_add_func ("/absence/cover-chain", test_cover_chain);
  g_test_add_func ("/absence/change", test_change);
  return g_test_run ();
}
