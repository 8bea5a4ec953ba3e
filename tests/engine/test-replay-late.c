/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lateness in a replay starts workflows as the CRM's event does, once for each activity, whatever
 * the log tells of it (S22, B1). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-replay-fixture.h"

#include <string.h>

/* W1 gives a call of half an hour for each lead; W2 tells the owner of each one that is late. */
#define WATCH NOTIFY ("{activity.title} of {lead.name}, {activity.person}, {activity.due}")
#define LATE(id, time, activity)                                                                   \
  EVENT (id, "activity.became-late", time, LEAD ("ana"),                                           \
         ",'activity':{'id':'" activity "','type':'call','title':'Ligar','person':'ana',"          \
         "'due':'2026-11-20T10:30:00-03:00'}")

typedef struct
{
  const char *name;
  const char *events[4];
  const char *until;       /* of the 20th */
  const char *expected[6]; /* "HH:MM kind of notices" */
} Case;

static const Case cases[] = {
  { "not told by the log", { RECEIVED ("e1", "20T10:00", "ana") }, "12:00", { "10:30" } },
  { "at the deadline it is on time",
    { RECEIVED ("e1", "20T10:00", "ana"), COMPLETED ("e2", "20T10:30", "{e1/a}") },
    "12:00",
    { NULL } },
  { "not beyond the end", { RECEIVED ("e1", "20T10:00", "ana") }, "10:30", { NULL } },
  { "told by the log, later",
    { RECEIVED ("e1", "20T10:00", "ana"), LATE ("e2", "20T10:31", "{e1/a}") },
    "12:00",
    { "10:30" } },
  { "told by the log, of another deadline",
    { RECEIVED ("e1", "20T10:00", "ana"), LATE ("e2", "20T10:20", "{e1/a}") },
    "12:00",
    { "10:30" } },
  { "told by the log under the CRM's own id",
    { RECEIVED ("e1", "20T10:00", "ana"), LATE ("late-{e1/a}", "20T10:31", "{e1/a}") },
    "12:00",
    { "10:30" } },
  { "told by the log after it was done here",
    { RECEIVED ("e1", "20T10:00", "ana"), COMPLETED ("e2", "20T10:10", "{e1/a}"),
      LATE ("e3", "20T10:31", "{e1/a}") },
    "12:00",
    { NULL } },
  { "of an activity that the replay did not make",
    { RECEIVED ("e1", "20T10:00", "ana"), LATE ("e2", "20T10:20", "a-77") },
    "12:00",
    { "10:20", "10:30" } },
  { "of each activity",
    { RECEIVED ("e1", "20T10:00", "ana"), RECEIVED ("e2", "20T10:05", "ana") },
    "12:00",
    { "10:30", "10:35" } },
};

static char *
insert_key (const char *quoted)
{
  char key[WF_UUID_LENGTH + 1];
  GString *text = g_string_new (quoted);

  wf_effect_make_key (W1, "/crm/acme", "e1", "a", 0, key);
  g_string_replace (text, "{e1/a}", key, 0);
  return g_string_free (text, FALSE);
}

static WfReplay *
new_replay (WfReplayOutput *output)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);

  output->lines = g_ptr_array_new_with_free_func (g_free);
  output->keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (
      workflows, wf_fixture_new_workflow_with (W1, "lead.received", NULL, "[{'id':'a'," CALL "}]"));
  g_ptr_array_add (workflows,
                   wf_fixture_new_workflow_with (
                       W2, "activity.became-late",
                       "'conditions':{'all':[{'field':'activity.type','op':'eq','value':'call'}]}",
                       "[{'id':'n'," WATCH "}]"));
  return wf_replay_new (organisation, workflows, FALSE, wf_fixture_on_line, output);
}

static void
add (WfReplay *replay, const char *quoted)
{
  g_autofree char *text = insert_key (quoted);
  g_autoptr (WfEvent) event = wf_fixture_new_event_from (text);

  wf_replay_add (replay, event);
}

/* "HH:MM" of each notice, with commas. */
static char *
describe (const WfReplayOutput *output)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < output->lines->len; i++)
    {
      g_autoptr (WfJsonDocument) line =
          wf_json_document_parse (g_ptr_array_index (output->lines, i), -1, 0, NULL);
      const WfJson *root = wf_json_document_get_root (line);

      if (g_strcmp0 (wf_json_get_member_string (root, "kind"), "notify") != 0)
        continue;
      g_assert_true (
          g_str_has_prefix (wf_json_get_member_string (root, "text"), "Ligar of Padaria Sol, "));
      g_string_append_printf (text, "%s%.5s", text->len > 0 ? "," : "",
                              strchr (wf_json_get_member_string (root, "time"), 'T') + 1);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  WfReplayOutput output;
  g_autoptr (WfReplay) replay = new_replay (&output);
  g_autofree char *until = g_strdup_printf ("2026-11-20T%s:00-03:00", c->until);
  g_autofree char *expected = g_strjoinv (",", (char **) c->expected);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (c->events) && c->events[i] != NULL; i++)
    add (replay, c->events[i]);
  wf_replay_finish (replay, wf_fixture_instant (until));
  for (guint i = 0; i < output.lines->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (output.lines, i));
  text = describe (&output);
  g_assert_cmpstr (text, ==, expected);
  wf_fixture_output_clear (&output);
}

/* What follows from it has the key that it has live, where the CRM names its event so. */
static void
test_key (void)
{
  WfReplayOutput output;
  g_autoptr (WfReplay) replay = new_replay (&output);
  g_autofree char *id = insert_key ("late-{e1/a}");
  char key[WF_UUID_LENGTH + 1];

  add (replay, RECEIVED ("e1", "20T10:00", "ana"));
  wf_replay_finish (replay, wf_fixture_instant ("2026-11-20T11:00:00-03:00"));
  wf_effect_make_key (W2, "/crm/acme", id, "n", 0, key);
  g_assert_true (g_ptr_array_find_with_equal_func (output.keys, key, g_str_equal, NULL));
  wf_fixture_output_clear (&output);
}

/* An activity that its own lateness creates again and again: each is told once, and S14 ends it. */
static void
test_chain (void)
{
  static const WfReplayCase one = {
    "",         NULL,     "[{'id':'a'," CALL "}]", { LATE ("e1", "20T00:05", "a-77") },
    "20T23:30", { NULL }, "activity.became-late",
  };
  WfReplayOutput output;
  guint n = 0;

  wf_fixture_replay (&one, FALSE, &output);
  for (guint i = 0; i < output.lines->len; i++)
    n += strstr (g_ptr_array_index (output.lines, i), "\"kind\":\"create-activity\"") != NULL;
  g_assert_cmpuint (n, ==, 20);
  wf_fixture_output_clear (&output);
}

/* Also what does not start with it hears of it. */
static const WfReplayCase others[] = {
  { "B9: retires an activity",
    NULL,
    "[{'id':'a'," CALL "},{'id':'b','kind':'create-activity','activity-type':'call',"
    "'complete-within':{'amount':1,'unit':'hours'},'retire-on':['activity.became-late']}]",
    { RECEIVED ("e1", "20T10:00", "ana") },
    "20T12:00",
    { "20T10:00 create-activity a ana due 20T10:30", "20T10:00 create-activity b ana due 20T11:00",
      "20T10:30 became-late a ana due 20T10:30" } },
  { "lets a wait look",
    NULL,
    "[{'id':'w','kind':'wait','until-condition':{'field':'activity.type','op':'eq','value':'call'},"
    "'time-out':{'amount':3,'unit':'hours'}},{'id':'n'," NOTIFY ("late") "}]",
    { RECEIVED ("e1", "20T10:00", "ana"), LATE ("e2", "20T10:40", "a-77") },
    "20T12:00",
    { "20T10:40 notify n ana" } },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/replay-late/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  wf_fixture_add_replays ("/replay-late/others", others, G_N_ELEMENTS (others));
  g_test_add_func ("/replay-late/key", test_key);
  g_test_add_func ("/replay-late/chain", test_chain);
  return g_test_run ();
}
