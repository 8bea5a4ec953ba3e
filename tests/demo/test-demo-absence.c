/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absences in the demo CRM (B10): who may tell of them, what is refused, and that everyone reads them;
 * and that what somebody gave away may be taken back. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-fixture.h"

#include "wf-absence.h"

#include <string.h>

#define QUIET GINT_TO_POINTER (WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY)
#define CREATE "If-None-Match: *"

#define ABSENCE(id, from, until, rest)                                                             \
  "{\"id\":\"" id "\",\"from\":\"2027-01-" from "T00:00:00-03:00\",\"until\":\"2027-01-" until     \
  "T00:00:00-03:00\",\"treatment\":\"cover\"" rest "}"
#define SET(person, absence)                                                                       \
  "{\"kind\":\"set-absence\",\"person\":\"" person "\",\"absence\":" absence "}"
#define END(person, id)                                                                            \
  "{\"kind\":\"end-absence\",\"person\":\"" person "\",\"absence\":\"" id "\"}"

static guint
act (WfDemoFixture *fixture, guint key, const char *person, const char *body)
{
  g_autofree char *path = g_strdup_printf ("actions/00000000-0000-4000-8000-%012u", key);
  g_autoptr (WfDemoAnswer) answer =
      wf_demo_fixture_ask (fixture, "PUT", path, person, body, CREATE);

  return answer->status;
}

static WfOrganisation *
read_organisation (WfDemoFixture *fixture)
{
  g_autoptr (WfDemoAnswer) answer =
      wf_demo_fixture_ask (fixture, "GET", "organisation", "bruno", NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  return wf_organisation_read (answer->root, NULL);
}

static void
test_rights (WfDemoFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who, *body;
    guint status;
  } cases[] = {
    { "ana", SET ("ana", ABSENCE ("a", "04", "06", ",\"cover\":\"bruno\"")), 201 },
    { "ana", SET ("ana", ABSENCE ("a", "04", "08", ",\"cover\":\"bruno\"")), 201 }, /* replaced */
    { "ana", SET ("ana", ABSENCE ("b", "07", "09", "")), 422 },                     /* overlaps */
    { "ana", SET ("bruno", ABSENCE ("b", "07", "09", "")), 403 },
    { "diego", SET ("ana", ABSENCE ("b", "17", "19", "")), 403 },
    { "carla", SET ("bruno", ABSENCE ("b", "07", "09", "")), 201 }, /* his own cover */
    { "helena", SET ("bruno", ABSENCE ("c", "17", "19", "")), 201 },
    { "joao", SET ("joao", ABSENCE ("c", "17", "19", "")), 403 }, /* reads only */
    { WF_DEMO_ENGINE, SET ("ana", ABSENCE ("c", "17", "19", "")), 201 },
    { "ana", SET ("nobody", ABSENCE ("b", "17", "19", "")), 422 },
    { "diego", SET ("diego", ABSENCE ("b", "17", "19", "")), 422 }, /* nobody covers */
    { "diego", SET ("diego", ABSENCE ("b", "19", "17", ",\"cover\":\"ana\"")), 422 },
    { "diego",
      SET ("diego", ABSENCE ("b", "17", "19",
                             ",\"cover\":\"ana\",\"rules\":[{\"type\":\"x\",\"treatment\":"
                             "\"hold\"}]")),
      422 },
    { "diego", SET ("diego", "{}"), 422 },
    { "bruno", END ("ana", "a"), 403 },
    { "ana", END ("ana", "a"), 201 },
    { "ana", END ("ana", "a"), 201 }, /* it is so already */
  };
  g_autoptr (WfOrganisation) organisation = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u: %s %s", i, cases[i].who, cases[i].body);
      g_assert_cmpuint (act (fixture, i, cases[i].who, cases[i].body), ==, cases[i].status);
    }
  organisation = read_organisation (fixture);
  g_assert_cmpuint (wf_organisation_get_person (organisation, "ana")->n_absences, ==, 1);
  g_assert_cmpuint (wf_organisation_get_person (organisation, "bruno")->n_absences, ==, 2);
  g_assert_cmpuint (wf_organisation_get_person (organisation, "diego")->n_absences, ==, 0);
}

/* One event; a repetition under the same key makes none; the rest of the document stays. */
static void
test_told (WfDemoFixture *fixture, gconstpointer data)
{
  const char *body = SET ("ana", ABSENCE ("a", "04", "06", ",\"reason\":\"Férias\""));
  g_autoptr (WfOrganisation) before = read_organisation (fixture), after = NULL;
  gint64 n = wf_demo_server_count (fixture->server, "events");
  guint n_before = 0, n_after = 0;

  g_assert_cmpuint (act (fixture, 1, "ana", body), ==, 201);
  g_assert_cmpuint (act (fixture, 1, "ana", body), ==, 412);
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n + 1);
  g_assert_cmpuint (act (fixture, 2, "ana", body), ==, 201); /* already so */
  g_assert_cmpint (wf_demo_server_count (fixture->server, "events"), ==, n + 1);
  after = read_organisation (fixture);
  g_assert_cmpstr (wf_organisation_get_person (after, "ana")->absences[0].reason, ==, "Férias");
  g_assert_cmpuint (wf_organisation_get_n_people (after), ==,
                    wf_organisation_get_n_people (before));
  wf_organisation_get_entries (before, WF_ENTRY_ACTIVITY_TYPE, &n_before);
  wf_organisation_get_entries (after, WF_ENTRY_ACTIVITY_TYPE, &n_after);
  g_assert_cmpuint (n_after, ==, n_before);
}

static guint
give (WfDemoFixture *fixture, const char *who, const char *to)
{
  g_autofree char *body = g_strdup_printf ("{\"person\":\"%s\"}", to);
  g_autoptr (WfDemoAnswer) answer =
      wf_demo_fixture_ask (fixture, "PATCH", "activities/00000000-0000-4000-8000-0000000000aa", who,
                           body, "If-Match: *");

  return answer->status;
}

/* An undo, or the end of an absence: who gave it away last may take it back, and nobody else. */
static void
test_taken_back (WfDemoFixture *fixture, gconstpointer data)
{
  wf_demo_assert_status (fixture, "PUT", "activities/00000000-0000-4000-8000-0000000000aa",
                         WF_DEMO_ENGINE,
                         "{\"type\":\"call\",\"title\":\"Ligar\",\"person\":\"ana\",\"due\":"
                         "\"2027-01-04T12:00:00Z\"}",
                         CREATE, 201);
  g_assert_cmpuint (give (fixture, "bruno", "bruno"), ==, 403);
  g_assert_cmpuint (give (fixture, "ana", "bruno"), ==, 200);
  g_assert_cmpuint (give (fixture, "elisa", "elisa"), ==, 403);
  g_assert_cmpuint (give (fixture, "ana", "ana"), ==, 200);
  g_assert_cmpuint (give (fixture, "ana", "bruno"), ==, 200);
  g_assert_cmpuint (give (fixture, "carla", "elisa"), ==, 200);
  g_assert_cmpuint (give (fixture, "ana", "ana"), ==, 403); /* carla gave it on */
}

#define ADD(name, func)                                                                            \
  g_test_add ("/demo/absence/" name, WfDemoFixture, QUIET, wf_demo_fixture_set_up, func,           \
              wf_demo_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rights", test_rights);
  ADD ("told", test_told);
  ADD ("taken-back", test_taken_back);
  return g_test_run ();
}
