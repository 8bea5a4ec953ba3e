/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads: reading them, which stages close one, who may move one where, who may create one. */
#include "wf-test-documents.h"

#include "wf-instant.h"
#include "wf-lead.h"

#include <string.h>

/* ---- reading ---- */

static WfLead *
read_lead (const char *id, const char *json)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (json);

  return wf_lead_read (id, wf_json_document_get_root (document));
}

static void
test_read (void)
{
  g_autoptr (WfLead) lead = read_lead (
      "other", "{'id':'l-1','name':'Padaria Sol','company':'Sol Ltda','phone':'+55 11 90000-0001',"
               "'email':'a@sol.example','source':'site','city':'Santos','url':'https://crm/l-1',"
               "'origin':'flow','stage':'filter-1','owner':'ana','group':'inbound','unit':'centro',"
               "'score':35.5,'created':'2026-11-20T10:00:00-03:00','custom':{'sector':'food'}}");
  WfInstant created = WF_INSTANT_NONE;

  g_assert_cmpstr (lead->id, ==, "l-1");
  g_assert_cmpstr (lead->name, ==, "Padaria Sol");
  g_assert_cmpstr (lead->company, ==, "Sol Ltda");
  g_assert_cmpstr (lead->phone, ==, "+55 11 90000-0001");
  g_assert_cmpstr (lead->email, ==, "a@sol.example");
  g_assert_cmpstr (lead->source, ==, "site");
  g_assert_cmpstr (lead->city, ==, "Santos");
  g_assert_cmpstr (lead->url, ==, "https://crm/l-1");
  g_assert_cmpstr (lead->origin, ==, "flow");
  g_assert_cmpstr (lead->stage, ==, "filter-1");
  g_assert_cmpstr (lead->owner, ==, "ana");
  g_assert_cmpstr (lead->group, ==, "inbound");
  g_assert_cmpstr (lead->unit, ==, "centro");
  g_assert_true (lead->has_score);
  g_assert_cmpfloat (lead->score, ==, 35.5);
  g_assert_true (wf_instant_parse ("2026-11-20T13:00:00Z", &created));
  g_assert_cmpint (lead->created, ==, created);
  g_assert_cmpint (lead->next, ==, WF_INSTANT_NONE);
  g_assert_cmpint (lead->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (wf_json_document_get_root (lead->document),
                                                         "custom.sector")),
                   ==, "food");
}

/* What is missing, null, empty or of a wrong type counts as not told. */
static void
test_read_little (void)
{
  static const struct
  {
    const char *json, *id, *name;
    gboolean has_score;
    double score;
  } cases[] = {
    { "{}", "given", "given", FALSE, 0 },
    { "{'id':'','name':''}", "given", "given", FALSE, 0 },
    { "{'id':7,'name':[],'owner':{},'created':'yesterday','score':[]}", "given", "given", FALSE,
      0 },
    { "{'id':'l-1'}", "l-1", "l-1", FALSE, 0 },
    { "{'id':'l-1','name':null,'owner':null,'score':null}", "l-1", "l-1", FALSE, 0 },
    { "{'id':'l-1','score':'12.5'}", "l-1", "l-1", TRUE, 12.5 },
    { "{'id':'l-1','score':'12 points'}", "l-1", "l-1", FALSE, 0 },
    { "{'id':'l-1','score':''}", "l-1", "l-1", FALSE, 0 },
    { "{'id':'l-1','score':0}", "l-1", "l-1", TRUE, 0 },
    { "[]", "given", "given", FALSE, 0 },
    { "null", "given", "given", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfLead) lead = read_lead ("given", cases[i].json);

      g_test_message ("%s", cases[i].json);
      g_assert_cmpstr (lead->id, ==, cases[i].id);
      g_assert_cmpstr (lead->name, ==, cases[i].name);
      g_assert_null (lead->owner);
      g_assert_cmpint (lead->has_score, ==, cases[i].has_score);
      g_assert_cmpfloat (lead->score, ==, cases[i].score);
      g_assert_cmpint (lead->created, ==, WF_INSTANT_NONE);
    }
  g_autoptr (WfLead) nothing = wf_lead_read (NULL, NULL);
  g_assert_cmpstr (nothing->id, ==, "");
  g_autoptr (WfLead) shared = wf_lead_ref (nothing);
  g_assert_true (shared == nothing);
  wf_lead_unref (NULL);
}

/* ---- stages ---- */

#define PEOPLE                                                                                     \
  "'people':["                                                                                     \
  "{'id':'ana','name':'Ana','role':'attendant','teams':['sp']},"                                   \
  "{'id':'carla','name':'Carla','role':'coordinator','teams':['sp']},"                             \
  "{'id':'davi','name':'Davi','role':'seller','units':['centro']},"                                \
  "{'id':'helena','name':'Helena','role':'media'},"                                                \
  "{'id':'leo','name':'Leo','role':'attendant','active':false,'teams':['sp']},"                    \
  "{'id':'julia','name':'Julia','role':'administrator'}],"                                         \
  "'teams':[{'id':'sp','name':'SP'}],"                                                             \
  "'units':[{'id':'centro','name':'Centro','store-flow':true}]"

#define STAGES                                                                                     \
  "'pipelines':[{'id':'leads','record':'lead','stages':[{'id':'new','name':'Novo'},"               \
  "{'id':'filter','name':'Filtro'},{'id':'offer','name':'Proposta'},{'id':'won','name':'Ganho'},"  \
  "{'id':'discarded','name':'Descartado'}]},"                                                      \
  "{'id':'partners','record':'lead','stages':[{'id':'asked','name':'Convidado'},"                  \
  "{'id':'signed','name':'Assinado'}]},"                                                           \
  "{'id':'deals','record':'deal','stages':[{'id':'open','name':'Aberto'}]}]"

#define WORDS                                                                                      \
  "'pipelines':[{'id':'leads','record':'lead','stages':[{'id':'in','name':'In'},"                  \
  "{'id':'won','name':'Won once'},{'id':'sold','name':'Sold','closes':'finalized'},"               \
  "{'id':'lost','name':'Lost','closes':'discarded'}]}]"

static WfOrganisation *
make_organisation (const char *process, const char *pipelines)
{
  g_autofree char *text =
      g_strdup_printf ("{'format':1,'process':'%s'," PEOPLE ",%s}", process, pipelines);
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (organisation);
  return organisation;
}

static void
test_closing (void)
{
  g_autoptr (WfOrganisation) plain = make_organisation ("1", STAGES);
  g_autoptr (WfOrganisation) words = make_organisation ("1", WORDS);
  const struct
  {
    const WfOrganisation *organisation;
    const char *stage, *event;
  } cases[] = {
    { NULL, "won", "lead.finalized" },
    { NULL, "discarded", "lead.discarded" },
    { NULL, "offer", NULL },
    { NULL, NULL, NULL },
    { plain, "won", "lead.finalized" },
    { plain, "discarded", "lead.discarded" },
    { plain, "signed", NULL },
    { plain, NULL, NULL },
    { words, "sold", "lead.finalized" },
    { words, "lost", "lead.discarded" },
    { words, "won", NULL }, /* the pipeline has its own word */
    { words, "discarded", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u %s", i, cases[i].stage);
      g_assert_cmpstr (wf_stage_get_closing_event (cases[i].organisation, cases[i].stage), ==,
                       cases[i].event);
      g_assert_cmpint (wf_stage_is_closing (cases[i].organisation, cases[i].stage), ==,
                       cases[i].event != NULL);
    }
  g_assert_cmpstr (wf_organisation_get_first_stage (plain), ==, "new");
  g_assert_cmpstr (wf_organisation_get_first_stage (words), ==, "in");
}

/* A word that is none is told. */
static void
test_closing_word (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (
      "{'format':1,'process':'1','people':[],'pipelines':[{'id':'l','record':'lead','stages':["
      "{'id':'a','name':'A','closes':'maybe'},{'id':'b','name':'B','closes':null}]}]}");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfOrganisation) organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  g_autofree char *text = wf_test_problems_to_text (problems);

  g_assert_nonnull (strstr (text, "/pipelines/0/stages/0/closes"));
  g_assert_null (strstr (text, "/pipelines/0/stages/1/closes"));
}

/* ---- R52, A6, B25, S17 ---- */

static const struct
{
  const char *process, *person, *owner, *from, *to;
  const char *refusal; /* a part of it; NULL: allowed */
  gboolean needs_reason;
} moves[] = {
  { "1", "ana", "ana", "new", "filter", NULL, FALSE },
  { "1", "ana", "ana", "new", "new", NULL, FALSE },
  { "1", "ana", "ana", NULL, "offer", NULL, FALSE },
  { "1", "ana", NULL, "new", "offer", NULL, FALSE },
  /* S17: back only with a reason; also out of a closed stage, or one that is gone. */
  { "1", "ana", "ana", "offer", "new", NULL, TRUE },
  { "1", "ana", "ana", "won", "offer", NULL, TRUE },
  { "1", "ana", "ana", "forgotten", "offer", NULL, TRUE },
  { "1", "ana", "ana", "new", "nowhere", "“nowhere”", FALSE },
  { "1", "ana", "ana", "new", NULL, "“”", FALSE },
  { "1", "ana", "ana", "new", "open", "“open”", FALSE }, /* of deals */
  { "1", "ana", "ana", "new", "signed", "another pipeline", FALSE },
  { "1", "ana", "ana", "asked", "new", "another pipeline", FALSE },
  { "1", "ana", "ana", "asked", "signed", NULL, FALSE },
  /* R37, R39, R52, R54, A6: who closes a lead. */
  { "1", "ana", "ana", "offer", "won", NULL, FALSE },
  { "1", "ana", "ana", "new", "discarded", NULL, FALSE },
  { "1", "carla", "ana", "offer", "won", "Coordinator", FALSE },
  { "1", "julia", "ana", "offer", "won", NULL, FALSE },
  { "2-without-store-flow", "davi", "davi", "offer", "won", "Without store flow", FALSE },
  { "2-with-store-flow", "davi", "davi", "offer", "won", NULL, FALSE },
  { "2-without-store-flow", "davi", "davi", "new", "offer", NULL, FALSE },
  { "2-without-store-flow", "davi", "davi", "discarded", "won", "Without store flow", FALSE },
  { "1", "davi", "davi", "new", "offer", "no role", FALSE },
  /* Whose lead it is. */
  { "1", "ana", "leo", "new", "offer", "Leo is responsible", FALSE },
  { "1", "carla", "leo", "new", "offer", NULL, FALSE },
  { "1", "helena", NULL, "new", "offer", "Media", FALSE },
  { "1", "leo", "leo", "new", "offer", "not active", FALSE },
  { "1", "nobody", "ana", "new", "offer", "not among", FALSE },
};

static void
test_moves (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (WfOrganisation) organisation = make_organisation (moves[i].process, STAGES);
      g_autoptr (WfLead) lead = wf_lead_new ("l-1");
      gboolean needs_reason = !moves[i].needs_reason;
      g_autofree char *refusal = NULL;

      lead->stage = g_strdup (moves[i].from);
      lead->owner = g_strdup (moves[i].owner);
      refusal = wf_lead_explain_stage (lead, organisation,
                                       wf_organisation_get_person (organisation, moves[i].person),
                                       moves[i].to, &needs_reason);
      g_test_message ("%u %s %s -> %s: %s", i, moves[i].person, moves[i].from, moves[i].to,
                      refusal);
      g_assert_cmpint (refusal != NULL, ==, moves[i].refusal != NULL);
      if (refusal != NULL)
        g_assert_nonnull (strstr (refusal, moves[i].refusal));
      g_assert_cmpint (needs_reason, ==, moves[i].needs_reason);
    }
  g_autoptr (WfLead) lead = wf_lead_new ("l-1");
  g_autofree char *unknown = wf_lead_explain_stage (lead, NULL, NULL, "new", NULL);
  g_assert_nonnull (unknown);
}

/* ---- R58, R60, R64 ---- */

#define UNITS                                                                                      \
  "'units':[{'id':'centro','name':'Centro','store-flow':true},{'id':'norte','name':'Norte'},"      \
  "{'id':'sul','name':'Sul','store-flow':true}]"

static const struct
{
  const char *process, *person, *unit, *refusal, *chosen;
} creations[] = {
  { "2-with-store-flow", "davi", NULL, NULL, "centro" },
  { "2-with-store-flow", "davi", "centro", NULL, "centro" },
  { "2-with-store-flow", "davi", "sul", "Sul", NULL },     /* not hers */
  { "2-with-store-flow", "davi", "norte", "Norte", NULL }, /* no store flow */
  { "2-with-store-flow", "davi", "moon", "moon", NULL },
  { "2-with-store-flow", "eva", NULL, "not switched on", NULL },
  { "2-with-store-flow", "both", NULL, "Choose", NULL },
  { "2-with-store-flow", "both", "sul", NULL, "sul" },
  { "2-with-store-flow", "julia", NULL, "Choose", NULL },
  { "2-with-store-flow", "julia", "sul", NULL, "sul" },
  { "2-with-store-flow", "julia", "norte", "Norte", NULL },
  { "2-with-store-flow", "ana", "centro", "process", NULL },
  { "2-without-store-flow", "davi", NULL, "process", NULL },
  { "3", "ana", "centro", NULL, "centro" },
  { "3", "ana", NULL, "Choose", NULL },
  { "3", "bia", NULL, "permitted", NULL },
};

static void
test_creations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (creations); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'format':1,'process':'%s','people':["
          "{'id':'ana','name':'Ana','role':'attendant','may':['create-flow-leads']},"
          "{'id':'bia','name':'Bia','role':'attendant'},"
          "{'id':'davi','name':'Davi','role':'seller','units':['centro','norte']},"
          "{'id':'eva','name':'Eva','role':'seller','units':['norte']},"
          "{'id':'both','name':'Both','role':'seller','units':['centro','sul']},"
          "{'id':'julia','name':'Julia','role':'administrator'}]," UNITS "," STAGES "}",
          creations[i].process);
      g_autoptr (WfJsonDocument) document = wf_test_json (text);
      g_autoptr (WfOrganisation) organisation =
          wf_organisation_read (wf_json_document_get_root (document), NULL);
      const char *unit = creations[i].unit;
      g_autofree char *refusal = wf_organisation_explain_new_lead (
          organisation, wf_organisation_get_person (organisation, creations[i].person), &unit);

      g_test_message ("%u %s %s: %s", i, creations[i].person, creations[i].unit, refusal);
      g_assert_cmpint (refusal != NULL, ==, creations[i].refusal != NULL);
      if (refusal != NULL)
        g_assert_nonnull (strstr (refusal, creations[i].refusal));
      else
        g_assert_cmpstr (unit, ==, creations[i].chosen);
    }
}

static void
test_owner_of_new (void)
{
  g_autoptr (WfOrganisation) organisation = make_organisation ("2-with-store-flow", STAGES);

  g_assert_true (wf_person_owns_new_leads (wf_organisation_get_person (organisation, "ana")));
  g_assert_true (wf_person_owns_new_leads (wf_organisation_get_person (organisation, "davi")));
  g_assert_false (wf_person_owns_new_leads (wf_organisation_get_person (organisation, "julia")));
  g_assert_false (wf_person_owns_new_leads (wf_organisation_get_person (organisation, "helena")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead/read", test_read);
  g_test_add_func ("/lead/read-little", test_read_little);
  g_test_add_func ("/lead/closing", test_closing);
  g_test_add_func ("/lead/closing-word", test_closing_word);
  g_test_add_func ("/lead/moves", test_moves);
  g_test_add_func ("/lead/creations", test_creations);
  g_test_add_func ("/lead/owner-of-new", test_owner_of_new);
  return g_test_run ();
}
