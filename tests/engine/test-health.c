/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The health check across workflows (B16, S14). */
#include "wf-engine-fixture.h"
#include "wf-health.h"

#include <string.h>

#define CALL                                                                                       \
  "{'id':'call','kind':'create-activity','activity-type':'call','complete-within':{'amount':2,"    \
  "'unit':'hours'}}"
#define CALL_OF(group)                                                                             \
  "{'id':'call','kind':'create-activity','activity-type':'call','complete-within':{'amount':2,"    \
  "'unit':'hours'},'permission':{'scope':'groups','groups':['" group "']}}"
#define JOINED                                                                                     \
  "{'id':'call','kind':'create-activity','activity-type':'call','join':true,"                      \
  "'complete-within':{'amount':2,'unit':'hours'}}"
#define STAGE(to) "{'id':'move','kind':'change-stage','stage':'" to "'}"
#define OWN "'own-events':true"
#define IS(field, value) "'conditions':{'field':'" field "','op':'eq','value':'" value "'}"
#define AT_LEAST(n) "'conditions':{'all':[{'field':'lead.score','op':'ge','value':" n "}]}"

/* Up to three workflows "a", "b", "c": event, the rest of the trigger, steps. What is found: "code
 * workflows step", an error with "!", each on a line. */
static const struct
{
  const char *name;
  struct
  {
    const char *event, *trigger, *steps;
  } workflows[3];
  const char *findings;
} vectors[] = {
  { "nothing", { { "lead.received", NULL, CALL } }, "" },

  /* ---- cycles ---- */
  { "starts itself", { { "lead.stage-changed", OWN, STAGE ("filter-1") } }, "!cycle a move\n" },
  { "without own events", { { "lead.stage-changed", NULL, STAGE ("filter-1") } }, "" },
  { "two that start each other",
    { { "lead.stage-changed", OWN,
        "{'id':'x','kind':'set-field','field':'lead.custom.a','value':1}" },
      { "lead.updated", OWN, STAGE ("filter-1") } },
    "!cycle a,b x\n" },
  { "one of them does not listen to own events",
    { { "lead.stage-changed", OWN,
        "{'id':'x','kind':'set-field','field':'lead.custom.a','value':1}" },
      { "lead.updated", NULL, STAGE ("filter-1") } },
    "" },
  { "three in a ring",
    { { "lead.reassigned", OWN, "{'id':'x','kind':'add-score','points':5}" },
      { "lead.score-changed", OWN, STAGE ("filter-2") },
      { "lead.stage-changed", OWN, "{'id':'z','kind':'change-responsible','to':'manager'}" } },
    "!cycle a,b,c x\n" },
  { "the stage does not fit",
    { { "lead.stage-changed", OWN "," IS ("lead.stage", "filter-2"), STAGE ("filter-1") } },
    "" },
  { "the stage fits",
    { { "lead.stage-changed", OWN "," IS ("stage_to", "filter-1"), STAGE ("filter-1") } },
    "!cycle a move\n" },
  { "changed to another stage",
    { { "lead.stage-changed",
        OWN ",'conditions':{'field':'lead.stage','op':'changed-to','value':'new'}",
        STAGE ("filter-1") } },
    "" },
  { "the stage of a deal",
    { { "lead.stage-changed", OWN,
        "{'id':'x','kind':'change-stage','stage':'a','record':'deal'}" } },
    "" },
  { "another field changed",
    { { "lead.updated", OWN ",'conditions':{'field':'lead.custom.b','op':'changed'}",
        "{'id':'x','kind':'set-field','field':'lead.custom.a','value':1}" } },
    "" },
  { "that field changed",
    { { "lead.updated", OWN ",'conditions':{'field':'lead.custom.a','op':'changed'}",
        "{'id':'x','kind':'set-field','field':'lead.custom.a','value':1}" } },
    "!cycle a x\n" },
  { "that field changed to something else",
    { { "lead.updated",
        OWN ",'conditions':{'field':'lead.custom.a','op':'changed-to','value':'no'}",
        "{'id':'x','kind':'set-field','field':'lead.custom.a','value':'yes'}" } },
    "" },
  { "a merge field may be anything",
    { { "lead.updated",
        OWN ",'conditions':{'field':'lead.custom.a','op':'changed-to','value':'no'}",
        "{'id':'x','kind':'set-field','field':'lead.custom.a','value':'{lead.name}'}" } },
    "!cycle a x\n" },
  { "an activity of another type",
    { { "activity.completed", OWN "," IS ("activity.type", "mail"), CALL } },
    "" },
  { "an activity of that type",
    { { "activity.completed", OWN "," IS ("activity.type", "call"), CALL } },
    "!cycle a call\n" },
  { "an activity became late", { { "activity.became-late", OWN, CALL } }, "!cycle a call\n" },
  { "an approval",
    { { "activity.completed", OWN,
        "{'id':'x','kind':'request-approval','text':'A','complete-within':{'amount':1,'unit':'days'}}" } },
    "!cycle a x\n" },
  { "an e-mail that is not watched",
    { { "email.opened", OWN, "{'id':'x','kind':'send-email','subject':'A','text':'B'}" } },
    "" },
  { "an e-mail that is watched",
    { { "email.opened", OWN,
        "{'id':'x','kind':'send-email','subject':'A','text':'B','track-opening':true}" } },
    "!cycle a x\n" },
  { "an e-mail that is answered",
    { { "email.replied", OWN, "{'id':'x','kind':'send-email','subject':'A','text':'B'}" } },
    "!cycle a x\n" },
  { "a deletion",
    { { "lead.deleted", OWN, "{'id':'x','kind':'delete-record','confirmed':true}" } },
    "!cycle a x\n" },
  { "one of two conditions is enough",
    { { "lead.stage-changed",
        OWN ",'conditions':{'any':[{'field':'lead.stage','op':'eq','value':'new'},"
            "{'field':'lead.score','op':'ge','value':5}]}",
        STAGE ("filter-1") } },
    "!cycle a move\n" },
  { "in a branch",
    { { "lead.stage-changed", OWN,
        "{'id':'way','kind':'branch','paths':[{'name':'x','steps':[" STAGE ("filter-1") "]}]}" } },
    "!cycle a move\n" },
  { "notifications bring nothing back",
    { { "activity.created", OWN, "{'id':'x','kind':'notify','text':'A'}" } },
    "" },

  /* ---- the same twice ---- */
  { "both always",
    { { "lead.received", NULL, CALL }, { "lead.received", NULL, CALL } },
    "same-activity a,b call\n" },
  { "other events", { { "lead.received", NULL, CALL }, { "lead.updated", NULL, CALL } }, "" },
  { "one always",
    { { "lead.received", NULL, CALL }, { "lead.received", IS ("lead.source", "web"), CALL } },
    "same-activity a,b call\n" },
  { "other sources",
    { { "lead.received", IS ("lead.source", "fair"), CALL },
      { "lead.received", IS ("lead.source", "web"), CALL } },
    "" },
  { "the same source",
    { { "lead.received", IS ("lead.source", "web"), CALL },
      { "lead.received", IS ("lead.source", "web"), CALL } },
    "same-activity a,b call\n" },
  { "one is wider",
    { { "lead.received", AT_LEAST ("90"), CALL }, { "lead.received", AT_LEAST ("80"), CALL } },
    "same-activity a,b call\n" },
  { "one of several",
    { { "lead.received", IS ("lead.source", "web"), CALL },
      { "lead.received", "'conditions':{'field':'lead.source','op':'in','value':['fair','web']}",
        CALL } },
    "same-activity a,b call\n" },
  { "not certain",
    { { "lead.received", IS ("lead.source", "web"), CALL },
      { "lead.received", AT_LEAST ("80"), CALL } },
    "" },
  { "other groups",
    { { "lead.received", NULL, CALL_OF ("inbound") },
      { "lead.received", NULL, CALL_OF ("outbound") } },
    "" },
  { "both join", { { "lead.received", NULL, JOINED }, { "lead.received", NULL, JOINED } }, "" },
  { "one joins",
    { { "lead.received", NULL, JOINED }, { "lead.received", NULL, CALL } },
    "same-activity a,b call\n" },
  { "each pair once",
    { { "lead.received", NULL, CALL },
      { "lead.received", NULL, CALL },
      { "lead.received", NULL, CALL } },
    "same-activity a,b call\nsame-activity a,c call\nsame-activity b,c call\n" },
  { "by hand only one is started",
    { { "manual.started", NULL, CALL }, { "manual.started", NULL, CALL } },
    "" },

  /* ---- people and the like ---- */
  { "somebody who left",
    { { "lead.received", NULL,
        "{'id':'x','kind':'notify','text':'A','recipient':'person:fabio'}" } },
    "inactive-person a x\n" },
  { "somebody whom nobody knows",
    { { "lead.received", NULL, "{'id':'x','kind':'notify','text':'A','recipient':'person:zoe'}" } },
    "!unknown-person a x\n" },
  { "sender",
    { { "lead.received", NULL, "{'id':'x','kind':'notify','text':'A','sender':'eva'}" } },
    "inactive-person a x\n" },
  { "in a condition it is no error",
    { { "lead.received", IS ("lead.owner", "zoe"), CALL } },
    "unknown-person a -\n" },
  { "in a rule",
    { { "lead.received", NULL,
        "{'id':'x','kind':'change-responsible','to':'manager','rules':[{'if':{'field':'lead.score',"
        "'op':'ge','value':1},'to':'person:fabio'}]}" } },
    "inactive-person a x\n" },
  { "an empty group", { { "lead.received", NULL, CALL_OF ("empty") } }, "empty-group a call\n" },
  { "a group of people who left",
    { { "lead.received", NULL, CALL_OF ("gone") } },
    "empty-group a call\n" },
  { "a group that is not there",
    { { "lead.received", NULL, "{'id':'x','kind':'change-responsible','to':'round-robin:moon'}" } },
    "!unknown-group a x\n" },
  { "a stage", { { "lead.received", NULL, STAGE ("moon") } }, "!unknown-stage a move\n" },
  { "a stage in a condition",
    { { "lead.received", IS ("lead.stage", "moon"), CALL } },
    "unknown-stage a -\n" },
  { "a type",
    { { "lead.received", NULL,
        "{'id':'x','kind':'close-activities','activity-types':['dance']}" } },
    "!unknown-activity-type a x\n" },
  { "a field that is there",
    { { "lead.received", NULL,
        "{'id':'x','kind':'set-field','field':'lead.custom.known','value':1}" } },
    "" },
  { "a field that is written",
    { { "lead.received", NULL,
        "{'id':'x','kind':'set-field','field':'lead.custom.lost','value':1}" } },
    "unknown-field a x\n" },
  { "a field that is only read",
    { { "lead.received", NULL,
        "{'id':'x','kind':'notify','text':'{lead.custom.lost} {lead.name}'}" } },
    "unknown-field a x\n" },
};

static const char organisation_text[] =
    "{'format':1,'name':'Acme','process':'1','working-hours':{'time-zone':'America/Sao_Paulo',"
    "'week':{'mon':[['09:00','18:00']]}},"
    "'people':[{'id':'ana','name':'Ana','role':'attendant','groups':['inbound','outbound']},"
    "{'id':'eva','name':'Eva','role':'attendant','active':false,'groups':['gone'],'cover':'ana'},"
    "{'id':'fabio','name':'Fabio','role':'attendant','active':false,'groups':['gone']}],"
    "'groups':[{'id':'inbound','name':'Inbound'},{'id':'outbound','name':'Outbound'},"
    "{'id':'empty','name':'Empty'},{'id':'gone','name':'Gone'}],"
    "'activity-types':[{'id':'call','name':'Ligar'},{'id':'mail','name':'Escrever'}],"
    "'pipelines':[{'id':'leads','record':'lead','stages':[{'id':'new','name':'Novo'},"
    "{'id':'filter-1','name':'Filtro 1'},{'id':'filter-2','name':'Filtro 2'}]},"
    "{'id':'deals','record':'deal','stages':[{'id':'a','name':'A'}]}]}";

static WfOrganisation *
new_organisation (const char *quoted)
{
  g_autoptr (WfJsonDocument) document = wf_fixture_new_json (quoted);
  WfOrganisation *organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);

  g_assert_nonnull (organisation);
  return organisation;
}

static WfWorkflow *
new_workflow (const char *id, const char *event, const char *trigger, const char *steps)
{
  g_autofree char *list = g_strdup_printf ("[%s]", steps);

  return wf_fixture_new_workflow_with (id, event, trigger, list);
}

static GPtrArray *
new_workflows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
}

static char *
tell (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const WfHealthFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *ids = NULL;

      g_ptr_array_add (finding->workflows, NULL);
      ids = g_strjoinv (",", (char **) finding->workflows->pdata);
      g_string_append_printf (text, "%s%s %s %s\n", finding->error ? "!" : "", finding->code, ids,
                              finding->step != NULL ? finding->step : "-");
      g_assert_cmpstr (finding->text, !=, "");
      g_test_message ("%s", finding->text);
      if (finding->step != NULL)
        g_assert_true (g_str_has_prefix (finding->path, "/steps/"));
    }
  return g_string_free_and_steal (text);
}

static const char *const known_fields[] = { "lead.custom.known", "custom.a", "b", NULL };

static void
test_vectors (void)
{
  g_autoptr (WfOrganisation) organisation = new_organisation (organisation_text);
  const WfHealthFacts facts = { .known_fields = known_fields };
  const char *const ids[] = { "a", "b", "c" };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GPtrArray) workflows = new_workflows ();
      g_autoptr (GPtrArray) findings = NULL;
      g_autofree char *text = NULL;

      for (guint j = 0; j < 3 && vectors[i].workflows[j].event != NULL; j++)
        g_ptr_array_insert (workflows, 0, /* the order in which they come does not count */
                            new_workflow (ids[j], vectors[i].workflows[j].event,
                                          vectors[i].workflows[j].trigger,
                                          vectors[i].workflows[j].steps));
      findings = wf_health_check (workflows, organisation, &facts);
      text = tell (findings);
      g_test_message ("%s: %s", vectors[i].name, text);
      g_assert_cmpstr (text, ==, vectors[i].findings);
    }
}

static void
test_archived (void)
{
  g_autoptr (GPtrArray) workflows = new_workflows ();
  g_autoptr (GPtrArray) findings = NULL;

  g_ptr_array_add (workflows, new_workflow ("a", "lead.received", NULL, CALL));
  g_ptr_array_add (workflows, new_workflow ("b", "lead.received", NULL, CALL));
  ((WfWorkflow *) g_ptr_array_index (workflows, 1))->state = WF_WORKFLOW_ARCHIVED;
  findings = wf_health_check (workflows, NULL, NULL);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* Without the organisation and facts only what the documents tell. */
static void
test_alone (void)
{
  g_autoptr (GPtrArray) workflows = new_workflows ();
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (workflows,
                   new_workflow ("a", "lead.stage-changed", OWN,
                                 STAGE ("moon") ",{'id':'x','kind':'notify',"
                                                "'text':'{lead.custom.lost}','recipient':"
                                                "'person:zoe'}"));
  findings = wf_health_check (workflows, NULL, NULL);
  text = tell (findings);
  g_assert_cmpstr (text, ==, "!cycle a move\n");
}

/* S3 */
static void
test_no_hours (void)
{
  static const struct
  {
    const char *step;
    gboolean found;
  } table[] = {
    { CALL, FALSE },
    { "{'id':'x','kind':'create-activity','activity-type':'call','business-hours':true,"
      "'complete-within':{'amount':2,'unit':'hours'}}",
      TRUE },
    { "{'id':'x','kind':'wait','for':{'amount':2,'unit':'hours'},'business-hours':true}", TRUE },
    { "{'id':'x','kind':'control','at-most':{'amount':2,'unit':'hours'},'business-hours':true}",
      TRUE },
    { "{'id':'x','kind':'wait','for':{'amount':2,'unit':'hours'}}", FALSE },
  };
  g_autoptr (WfOrganisation) open =
      new_organisation ("{'format':1,'name':'Acme','process':'1','activity-types':[]}");
  g_autoptr (WfOrganisation) hours = new_organisation (organisation_text);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) workflows = new_workflows ();
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GPtrArray) none = NULL;
      g_autofree char *text = NULL;

      g_ptr_array_add (workflows, new_workflow ("a", "lead.received", NULL, table[i].step));
      findings = wf_health_check (workflows, open, NULL);
      text = tell (findings);
      g_assert_cmpstr (text, ==, table[i].found ? "no-hours a x\n" : "");
      none = wf_health_check (workflows, hours, NULL);
      g_assert_cmpuint (none->len, ==, 0);
    }
}

/* ---- what never happens ---- */

typedef struct
{
  WfInstant last, since;
} Past;

static WfInstant
get_last_run (const char *workflow, WfInstant *since, gpointer user_data)
{
  const Past *past = user_data;

  g_assert_cmpstr (workflow, ==, "a");
  *since = past->since;
  return past->last;
}

static void
test_quiet (void)
{
  const WfInstant now = wf_fixture_instant ("2026-11-20T12:00:00Z");
  const gint64 day = G_TIME_SPAN_DAY;
  const struct
  {
    Past past;
    WfWorkflowState state;
    const char *findings;
  } table[] = {
    { { now - 89 * day, now - 400 * day }, WF_WORKFLOW_LIVE, "" },
    { { now - 91 * day, now - 400 * day }, WF_WORKFLOW_LIVE, "never-fired a -\n" },
    { { WF_INSTANT_NONE, now - 91 * day }, WF_WORKFLOW_LIVE, "never-fired a -\n" },
    { { WF_INSTANT_NONE, now - 89 * day }, WF_WORKFLOW_LIVE, "" },
    { { WF_INSTANT_NONE, WF_INSTANT_NONE }, WF_WORKFLOW_LIVE, "" },
    { { now - 91 * day, now - 400 * day }, WF_WORKFLOW_PAUSED, "paused a -\n" },
    { { now - 10 * day, now - 400 * day }, WF_WORKFLOW_PAUSED, "" },
    { { WF_INSTANT_NONE, now - 91 * day }, WF_WORKFLOW_DRAFT, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) workflows = new_workflows ();
      Past past = table[i].past;
      const WfHealthFacts facts = { &past, now, get_last_run, NULL };
      g_autoptr (GPtrArray) findings = NULL;
      g_autofree char *text = NULL;

      g_ptr_array_add (workflows, new_workflow ("a", "lead.received", NULL, CALL));
      ((WfWorkflow *) g_ptr_array_index (workflows, 0))->state = table[i].state;
      findings = wf_health_check (workflows, NULL, &facts);
      text = tell (findings);
      g_assert_cmpstr (text, ==, table[i].findings);
    }
}

/* The text names all of them, with what starts the next. */
static void
test_text (void)
{
  g_autoptr (GPtrArray) workflows = new_workflows ();
  g_autoptr (GPtrArray) findings = NULL;
  const WfHealthFinding *finding;

  g_ptr_array_add (workflows, new_workflow ("a", "lead.reassigned", OWN,
                                            "{'id':'x','kind':'add-score','points':5}"));
  g_ptr_array_add (workflows,
                   new_workflow ("b", "lead.score-changed", OWN,
                                 "{'id':'y','kind':'change-responsible','to':'manager'}"));
  findings = wf_health_check (workflows, NULL, NULL);
  g_assert_cmpuint (findings->len, ==, 1);
  finding = g_ptr_array_index (findings, 0);
  g_assert_nonnull (strstr (finding->text,
                            "“Workflow a” (Add to the score) → “Workflow b” (Change the "
                            "responsible) → “Workflow a”"));
  g_assert_cmpstr (finding->path, ==, "/steps/0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/health/vectors", test_vectors);
  g_test_add_func ("/engine/health/archived", test_archived);
  g_test_add_func ("/engine/health/alone", test_alone);
  g_test_add_func ("/engine/health/no-hours", test_no_hours);
  g_test_add_func ("/engine/health/quiet", test_quiet);
  g_test_add_func ("/engine/health/text", test_text);
  return g_test_run ();
}
