/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would change: two replays side by side (B1). */
#include "wf-compare.h"
#include "wf-engine-fixture.h"

#include <string.h>

#define ID "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"

static WfWorkflow *
new_workflow (const char *conditions, const char *steps)
{
  g_autofree char *quoted = g_strdup_printf (
      "{'format':1,'id':'" ID "','name':'First contact','state':'archived','version':3,"
      "'trigger':{'event':'lead.received'%s%s},'steps':[%s]}",
      conditions[0] != '\0' ? "," : "", conditions, steps);

  return wf_fixture_new_workflow (quoted);
}

#define CALL(amount)                                                                                 \
  "{'id':'call','kind':'create-activity','activity-type':'call','complete-within':{'amount':" amount \
  ",'unit':'hours'}}"
#define MAIL                                                                                       \
  "{'id':'mail','kind':'create-activity','activity-type':'mail','complete-within':{'amount':1,"    \
  "'unit':'days'}}"
#define TELL "{'id':'tell','kind':'notify','text':'Look'}"
#define WEB "'conditions':{'field':'lead.source','op':'eq','value':'web'}"

static void
add (WfCompare *compare, const char *id, const char *time, const char *lead)
{
  g_autoptr (WfEvent) event = wf_fixture_new_event (id, "lead.received", time, lead, NULL);

  wf_compare_add (compare, event);
}

/* Three leads of Ana, one of Bruno, one of nobody. */
static void
add_events (WfCompare *compare)
{
  add (compare, "e-1", "2026-11-20T10:00:00-03:00", "'id':'l-1','owner':'ana','source':'web'");
  add (compare, "e-2", "2026-11-20T10:05:00-03:00", "'id':'l-2','owner':'ana','source':'fair'");
  add (compare, "e-3", "2026-11-20T23:30:00-03:00", "'id':'l-3','owner':'bruno','source':'web'");
  add (compare, "e-4", "2026-11-21T10:00:00-03:00", "'id':'l-4','owner':'ana','source':'fair'");
  add (compare, "e-5", "2026-11-21T11:00:00-03:00", "'id':'l-5','owner':null,'source':'fair'");
}

static WfCompareResult *
compare (const char *conditions_before, const char *before, const char *conditions_after,
         const char *after)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) old = before != NULL ? new_workflow (conditions_before, before) : NULL;
  g_autoptr (WfWorkflow) new = new_workflow (conditions_after, after);
  g_autoptr (WfCompare) self = wf_compare_new (organisation, old, new);

  add_events (self);
  return wf_compare_finish (self, WF_INSTANT_NONE);
}

static void
assert_figure (GPtrArray *figures, const char *id, const char *name, guint before, guint after)
{
  for (guint i = 0; i < figures->len; i++)
    {
      const WfCompareFigure *figure = g_ptr_array_index (figures, i);

      if (!g_str_equal (figure->id, id))
        continue;
      g_assert_cmpstr (figure->name, ==, name);
      g_assert_cmpuint (figure->before, ==, before);
      g_assert_cmpuint (figure->after, ==, after);
      return;
    }
  g_error ("There is no figure “%s”", id);
}

static void
test_counts (void)
{
  g_autoptr (WfCompareResult) result = compare (WEB, CALL ("2"), "", CALL ("2") "," MAIL "," TELL);

  g_assert_cmpuint (result->n_events, ==, 5);
  g_assert_cmpuint (result->total.before, ==, 2);
  g_assert_cmpuint (result->total.after, ==, 10);
  g_assert_cmpuint (result->people->len, ==, 3);
  assert_figure (result->people, "", "Unassigned", 0, 2);
  assert_figure (result->people, "ana", "Ana Souza", 1, 6);
  assert_figure (result->people, "bruno", "Bruno Lima", 1, 2);
  g_assert_cmpuint (result->types->len, ==, 2);
  assert_figure (result->types, "call", "Ligar", 2, 5);
  assert_figure (result->types, "mail", "Escrever", 0, 5);
  /* The local day on which each is due; 23:30 + 2 hours is the next one. */
  g_assert_cmpuint (result->days->len, ==, 3);
  assert_figure (result->days, "2026-11-20", NULL, 1, 2);
  assert_figure (result->days, "2026-11-21", NULL, 1, 6);
  assert_figure (result->days, "2026-11-22", NULL, 0, 2);
  g_assert_cmpuint (result->effects->len, ==, 1);
  assert_figure (result->effects, "notify", NULL, 0, 4); /* nobody is told of the fifth */
  g_assert_cmpuint (result->late_before, ==, 0);
  g_assert_cmpuint (result->late_after, ==, 0);
  g_assert_cmpuint (result->sentences->len, ==, 3);
}

/* A new workflow is compared with nothing. */
static void
test_new (void)
{
  g_autoptr (WfCompareResult) result = compare ("", NULL, WEB, CALL ("2"));
  g_autofree char *sentence = wf_compare_result_to_sentence (result);

  g_assert_cmpuint (result->total.before, ==, 0);
  g_assert_cmpuint (result->total.after, ==, 2);
  g_assert_cmpstr (sentence, ==, "+2 activities: Ana Souza +1, Bruno Lima +1");
  g_assert_cmpstr (g_ptr_array_index (result->sentences, 0), ==, "New workflow “First contact”");
}

/* Delays run out after the last event only as far as somebody asks. */
static void
test_until (void)
{
  static const char delayed[] =
      "{'id':'tell','kind':'notify','text':'Look','run':{'mode':'delay','delay':{'amount':2,'unit':'days'}}}";
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) workflow = new_workflow ("", delayed);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (WfCompare) self = wf_compare_new (organisation, NULL, workflow);
      g_autoptr (WfCompareResult) result = NULL;

      add_events (self);
      result = wf_compare_finish (self, i == 0 ? WF_INSTANT_NONE
                                               : wf_fixture_instant ("2026-11-30T00:00:00-03:00"));
      g_assert_cmpuint (result->effects->len, ==, i);
      if (i > 0)
        assert_figure (result->effects, "notify", NULL, 0, 4); /* nobody is told of the fifth */
    }
}

/* S26: what arrives late. */
static void
test_late (void)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (WfWorkflow) before = new_workflow ("", CALL ("100"));
  g_autoptr (WfWorkflow) after = new_workflow ("", CALL ("1"));
  g_autoptr (WfCompare) self = wf_compare_new (organisation, before, after);
  g_autoptr (WfCompareResult) result = NULL;
  g_autofree char *sentence = NULL;

  add (self, "e-1", "2026-11-20T10:00:00-03:00", "'id':'l-1','owner':'ana'");
  add (self, "e-2", "2026-11-20T07:00:00-03:00", "'id':'l-2','owner':'ana'");
  result = wf_compare_finish (self, WF_INSTANT_NONE);
  g_assert_cmpuint (result->late_before, ==, 0);
  g_assert_cmpuint (result->late_after, ==, 1);
  sentence = wf_compare_result_to_sentence (result);
  g_assert_cmpstr (sentence, ==, "As many activities; 1 would be late at creation");
}

static void
test_sentence (void)
{
  static const struct
  {
    const char *conditions_before, *before, *conditions_after, *after, *sentence;
  } table[] = {
    { "", TELL, "", TELL, "No activities" },
    { "", CALL ("2"), "", CALL ("3"), "As many activities" },
    { WEB, CALL ("2"), "", CALL ("2"), "+3 activities: Ana Souza +2, Unassigned +1" },
    { "", CALL ("2"), WEB, CALL ("2"), "−3 activities: Ana Souza −2, Unassigned −1" },
    { "'conditions':{'field':'lead.owner','op':'eq','value':'bruno'}", CALL ("2"),
      "'conditions':{'field':'lead.owner','op':'is-empty'}", CALL ("2"),
      "As many activities: Unassigned +1, Bruno Lima −1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (WfCompareResult) result = compare (table[i].conditions_before, table[i].before,
                                                    table[i].conditions_after, table[i].after);
      g_autofree char *sentence = wf_compare_result_to_sentence (result);

      g_assert_cmpstr (sentence, ==, table[i].sentence);
    }
}

static void
test_text (void)
{
  g_autoptr (WfCompareResult) result = compare (WEB, CALL ("2"), "", CALL ("1") "," TELL);
  g_autofree char *text = wf_compare_result_to_text (result, FALSE);

  g_assert_cmpstr (
      text, ==,
      "{\"events\":5,\"activities\":{\"before\":2,\"after\":5},\"late\":{\"before\":0,\"after\":0},"
      "\"people\":[{\"person\":null,\"name\":\"Unassigned\",\"before\":0,\"after\":1},"
      "{\"person\":\"ana\",\"name\":\"Ana Souza\",\"before\":1,\"after\":3},"
      "{\"person\":\"bruno\",\"name\":\"Bruno Lima\",\"before\":1,\"after\":1}],"
      "\"days\":[{\"day\":\"2026-11-20\",\"before\":1,\"after\":2},"
      "{\"day\":\"2026-11-21\",\"before\":1,\"after\":3}],"
      "\"activity-types\":[{\"activity-type\":\"call\",\"name\":\"Ligar\",\"before\":2,\"after\":5}],"
      "\"effects\":[{\"kind\":\"notify\",\"before\":0,\"after\":4}],"
      "\"differences\":[\"Condition removed: Source is web\",\"Deadline of “Ligar”: 2 hours → 1 hour\","
      "\"Step added: Tell the responsible: “Look”\"],"
      "\"summary\":\"+3 activities: Ana Souza +2, Unassigned +1\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/compare/counts", test_counts);
  g_test_add_func ("/engine/compare/new", test_new);
  g_test_add_func ("/engine/compare/until", test_until);
  g_test_add_func ("/engine/compare/late", test_late);
  g_test_add_func ("/engine/compare/sentence", test_sentence);
  g_test_add_func ("/engine/compare/text", test_text);
  return g_test_run ();
}
