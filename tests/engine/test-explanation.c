/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why did I get this? What the engine writes reads back as sentences, and damaged text is an
 * error. */
#include "wf-engine-fixture.h"
#include "wf-explanation.h"
#include "wf-run.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define CALL                                                                                       \
  "'kind':'create-activity','activity-type':'call','complete-within':{'amount':30,'unit':'minutes'}"

typedef struct
{
  const char *name, *trigger, *steps, *lead;
  const char *path[8];
  const char *responsible, *reminder;
} Case;

static const Case cases[] = {
  { "plain",
    NULL,
    "[{'id':'a'," CALL "}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Ana Souza owns the lead.",
    NULL },
  { "group and reminder",
    NULL,
    "[{'id':'a'," CALL
    ",'permission':{'scope':'groups','groups':['inbound']},'notify':{'amount':10,'unit':'minutes'}}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Ana Souza owns the lead and belongs to the group Inbound.",
    "10 minutes before the deadline: Fri 20 Nov 2026 18:10." },
  { "reminder at once",
    NULL,
    "[{'id':'a'," CALL ",'notify':{'amount':2,'unit':'hours'}}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Ana Souza owns the lead.",
    "2 hours before the deadline had passed already: at once, Fri 20 Nov 2026 17:50." },
  { "conditions and values seen",
    "'conditions':{'all':[{'field':'lead.score','op':'ge','value':80},{'any':["
    "{'field':'lead.source','op':'eq','value':'fair'},{'field':'lead.source','op':'eq','value':'web'}]},{'none':["
    "{'field':'lead.stage','op':'eq','value':'filter-2'}]}]}",
    "[{'id':'a'," CALL "}]",
    "'id':'l1','owner':'ana','score':85,'source':'Web','stage':'new'",
    { "Score is at least 80. It was 85.", "Source is web. It was “Web”.",
      "Not: Stage is filter-2. It was “new”." },
    "Ana Souza owns the lead.",
    NULL },
  { "branch, wait and delay",
    NULL,
    "[{'id':'w','kind':'wait','for':{'amount':0,'unit':'minutes'}},{'id':'s','kind':'branch','paths':[{'name':'Hot','if':"
    "{'field':'lead.score','op':'gt','value':80},'steps':[{'id':'a'," CALL
    ",'run':{'mode':'after-previous'}}]}]}]",
    "'id':'l1','owner':'ana','score':85",
    { "It waited until Fri 20 Nov 2026 17:50.", "The path “Hot” was taken.",
      "Score is more than 80. It was 85.", "The previous step succeeded: Fri 20 Nov 2026 17:50." },
    "Ana Souza owns the lead.",
    NULL },
  { "no owner",
    NULL,
    "[{'id':'a'," CALL "}]",
    "'id':'l1','name':'x'",
    { NULL },
    "Nobody owned the lead; whoever may can claim the activity.",
    NULL },
  { "unknown owner",
    NULL,
    "[{'id':'a'," CALL "}]",
    "'id':'l1','owner':'zoe'",
    { NULL },
    "The organisation did not know the owner, zoe; whoever may can claim the activity.",
    NULL },
  { "cover",
    NULL,
    "[{'id':'a'," CALL "}]",
    "'id':'l1','owner':'dora'",
    { NULL },
    "Dora Dias owns the lead and is not active; Bruno Lima covers.",
    NULL },
  { "coordinator",
    NULL,
    "[{'id':'a'," CALL "}]",
    "'id':'l1','owner':'eva'",
    { NULL },
    "Eva Melo owns the lead and is not active; Carla Reis coordinates the group Inbound.",
    NULL },
  { "assigned to a person",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'person:bruno'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "The workflow names Bruno Lima.",
    NULL },
  { "assigned to a person who is away",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'person:dora'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Dora Dias was to get it and is not active; Bruno Lima covers.",
    NULL },
  { "assigned to a person whose coordinator stands in",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'person:eva'}]",
    "'id':'l1','owner':'bruno'",
    { NULL },
    "Eva Melo was to get it and is not active; Carla Reis coordinates the group Inbound.",
    NULL },
  { "assigned to a person, and nobody stands in",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'person:fabio'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Fabio Alves was to get it and is not active, and nobody stands in; whoever may can claim the "
    "activity.",
    NULL },
  { "assigned to an unknown person",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'person:zoe'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "The organisation did not know zoe, whom the workflow names; whoever may can claim the "
    "activity.",
    NULL },
  { "assigned to the manager",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'manager'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Carla Reis coordinates the people of Ana Souza.",
    NULL },
  { "assigned to a manager whom there is not",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'manager'}]",
    "'id':'l1','owner':'bruno'",
    { NULL },
    "Nobody coordinates the people of Bruno Lima; whoever may can claim the activity.",
    NULL },
  { "by turns",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'round-robin:inbound'}]",
    "'id':'l1','owner':'bruno'",
    { NULL },
    "By turns, Ana Souza was chosen among the active people of the group Inbound.",
    NULL },
  { "by turns in a group of one",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'round-robin:outbound'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "By turns, Bruno Lima is the only active person of the group Outbound.",
    NULL },
  { "the least busy",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'least-loaded:inbound'}]",
    "'id':'l1','owner':'bruno'",
    { NULL },
    "For the least busy, Ana Souza was proposed among the active people of the group Inbound.",
    NULL },
  { "a group without people",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'round-robin:weekend'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Bruno Lima coordinates the group Weekend.",
    NULL },
  { "a group without anybody",
    NULL,
    "[{'id':'a'," CALL ",'assignee':'round-robin:night'}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Nobody of the group Night is active; whoever may can claim the activity.",
    NULL },
  { "an approval",
    NULL,
    "[{'id':'a','kind':'request-approval','text':'ok?','complete-within':{'amount':30,'unit':"
    "'minutes'}}]",
    "'id':'l1','owner':'ana'",
    { NULL },
    "Carla Reis coordinates the people of Ana Souza.",
    NULL },
};

/* The wait of no time cannot be in a valid document; here it stands for one that has ended. */
static char *
make_explanation (const Case *one, WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  g_autoptr (GString) text = g_string_new (one->steps);
  g_autoptr (WfEvent) event =
      wf_fixture_new_event ("e1", "lead.received", "2026-11-20T17:50:00-03:00", one->lead, NULL);
  g_autoptr (WfEngine) engine = NULL;
  g_autoptr (WfRun) run = NULL;
  WfWorkflow *workflow;

  g_string_replace (text, "'for':{'amount':0,'unit':'minutes'}", "'until':'event.time'", 0);
  workflow = wf_fixture_new_workflow_with (W1, "lead.received", one->trigger, text->str);
  g_ptr_array_add (workflows, workflow);
  engine = wf_engine_new (organisation, workflows);
  run = wf_run_start (engine, workflow, event, NULL, wf_event_get_time (event), effects);
  g_assert_cmpuint (effects->len, ==, 1);
  return g_strdup (((WfEffect *) g_ptr_array_index (effects, 0))->activity->explanation);
}

static void
test_sentences (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autofree char *text = make_explanation (one, organisation);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfExplanation) explanation = wf_explanation_parse (text, &error);
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (explanation->event_type, ==, "lead.received");
  g_assert_cmpstr (explanation->event_id, ==, "e1");
  g_assert_cmpint (explanation->event_time, ==, wf_fixture_instant ("2026-11-20T20:50:00Z"));
  g_assert_cmpstr (explanation->workflow, ==, W1);
  g_assert_cmpstr (explanation->workflow_name, ==, "Workflow " W1);
  g_assert_cmpint (explanation->version, ==, 3);
  for (; one->path[n] != NULL; n++)
    {
      g_assert_cmpuint (explanation->path->len, >, n);
      g_assert_cmpstr (g_ptr_array_index (explanation->path, n), ==, one->path[n]);
    }
  g_assert_cmpuint (explanation->path->len, ==, n);
  g_assert_cmpstr (explanation->responsible, ==, one->responsible);
  g_assert_cmpstr (explanation->reminder, ==, one->reminder);
  g_assert_cmpuint (explanation->deadline->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (explanation->deadline, 0), ==,
                   "Counted from Fri 20 Nov 2026 17:50");
  g_assert_cmpstr (g_ptr_array_index (explanation->deadline, 1), ==, "30 minutes later");
  g_assert_cmpstr (g_ptr_array_index (explanation->deadline, 2), ==, "Due Fri 20 Nov 2026 18:20");
}

/* With the organisation the sum is told in full; with other hours, that give another deadline,
 * plainly. */
static void
test_full_sum (void)
{
  static const Case one = { "", NULL, "[{'id':'a'," CALL ",'business-hours':true}]",
                            "'id':'l1','owner':'ana'" };
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfOrganisation) other = wf_organisation_new_empty ();
  g_autofree char *text = make_explanation (&one, organisation);
  g_autoptr (WfExplanation) full = wf_explanation_parse_with_hours (text, organisation, NULL);
  g_autoptr (WfExplanation) plain = wf_explanation_parse_with_hours (text, other, NULL);

  g_assert_cmpuint (full->deadline->len, >, 3);
  g_assert_nonnull (strstr (g_ptr_array_index (full->deadline, full->deadline->len - 1), "23 Nov"));
  g_assert_cmpuint (plain->deadline->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (plain->deadline, 1), ==, "30 minutes in business hours");
  g_assert_cmpstr (g_ptr_array_index (plain->deadline, 2), ==, "Due Mon 23 Nov 2026 09:20");
}

/* Two reasons for one activity (B8): each once, in their order, however they come together. */
static void
test_join (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autofree char *first = make_explanation (&cases[0], organisation);
  g_autofree char *second = g_strdup (first), *third = NULL, *joined = NULL, *all = NULL,
                  *again = NULL;
  g_autoptr (WfExplanation) alone = wf_explanation_parse (first, NULL);
  g_autoptr (WfExplanation) explanation = NULL;
  g_autoptr (GString) other = g_string_new (first);

  g_string_replace (other, "\"e1\"", "\"e2\"", 0);
  g_string_replace (other, "lead.received", "meeting.scheduled", 0);
  third = g_strdup (other->str);
  g_assert_cmpuint (alone->also->len, ==, 0);
  joined = wf_explanation_join (first, third);
  all = wf_explanation_join (second, joined); /* its own reason, and one of the other's */
  g_assert_cmpstr (all, ==, joined);
  again = wf_explanation_join (joined, third);
  g_assert_cmpstr (again, ==, joined);
  explanation = wf_explanation_parse (joined, NULL);
  g_assert_cmpstr (explanation->event_id, ==, "e1");
  g_assert_cmpuint (explanation->also->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (explanation->also, 0), ==,
                   "Meeting scheduled, Fri 20 Nov 2026 17:50: the workflow “Workflow " W1
                   "” asked for the same.");
}

/* What is missing or damaged does not spoil the other. */
static void
test_join_damaged (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autofree char *good = make_explanation (&cases[0], organisation);
  static const char *const bad[] = { NULL, "", "{", "[]", "{\"format\":1}" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *before = wf_explanation_join (good, bad[i]),
                      *after = wf_explanation_join (bad[i], good),
                      *neither = wf_explanation_join (bad[i], NULL);

      g_assert_cmpstr (before, ==, good);
      g_assert_cmpstr (after, ==, good);
      g_assert_cmpstr (neither, ==, bad[i]);
    }
}

/* A month of repeats leaves a list that a person can read. */
static void
test_join_many (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autofree char *first = make_explanation (&cases[0], organisation), *all = g_strdup (first);
  g_autoptr (WfExplanation) explanation = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GString) other = g_string_new (first);
      g_autofree char *id = g_strdup_printf ("\"x%u\"", i), *joined = NULL;

      g_string_replace (other, "\"e1\"", id, 0);
      joined = wf_explanation_join (all, other->str);
      g_free (all);
      all = g_steal_pointer (&joined);
    }
  explanation = wf_explanation_parse (all, NULL);
  g_assert_cmpuint (explanation->also->len, ==, 50);
}

static void
assert_damaged (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfExplanation) explanation = wf_explanation_parse (text, &error);

  g_assert_null (explanation);
  g_assert_nonnull (error);
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "",
    "{",
    "null",
    "[]",
    "{}",
    "{\"format\":1}",
    "{\"format\":2}",
    "\"x\"",
    "{\"format\":1,\"event\":[],\"workflow\":3}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_damaged (texts[i]);
}

/* Every cut, and every byte changed: an error or an explanation, and never a crash. */
static void
test_mutations (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autofree char *text = make_explanation (&cases[3], organisation);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *cut = g_strndup (text, i);

      assert_damaged (cut);
    }
  for (gsize i = 0; i < length; i++)
    for (const char *c = "0\"{}[]x-:,"; *c != '\0'; c++)
      {
        g_autofree char *changed = g_strdup (text);
        g_autoptr (WfExplanation) explanation = NULL;
        g_autoptr (GError) error = NULL;

        changed[i] = *c;
        explanation = wf_explanation_parse_with_hours (changed, organisation, &error);
        g_assert_true ((explanation == NULL) == (error != NULL));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/explanation/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_sentences);
    }
  g_test_add_func ("/explanation/full-sum", test_full_sum);
  g_test_add_func ("/explanation/join", test_join);
  g_test_add_func ("/explanation/join-damaged", test_join_damaged);
  g_test_add_func ("/explanation/join-many", test_join_many);
  g_test_add_func ("/explanation/damaged", test_damaged);
  g_test_add_func ("/explanation/mutations", test_mutations);
  return g_test_run ();
}
