/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Organisations, workflows and events for the engine's tests. */
#include "wf-engine-fixture.h"

#include "wf-instant.h"

const char wf_fixture_organisation[] =
    "{'format':1,'name':'Acme','process':'1',"
    "'working-hours':{'time-zone':'America/Sao_Paulo','week':{"
    "'mon':[['09:00','12:00'],['13:00','18:00']],'tue':[['09:00','12:00'],['13:00','18:00']],"
    "'wed':[['09:00','12:00'],['13:00','18:00']],'thu':[['09:00','12:00'],['13:00','18:00']],"
    "'fri':[['09:00','12:00'],['13:00','18:00']],'sat':[],'sun':[]}},"
    "'people':["
    "{'id':'ana','name':'Ana Souza','role':'attendant','active':true,'groups':['inbound'],'teams':['sp']},"
    "{'id':'bruno','name':'Bruno Lima','role':'attendant','active':true,'groups':['outbound'],'teams':['sp']},"
    "{'id':'carla','name':'Carla Reis','role':'coordinator','active':true,'groups':['inbound'],'teams':['sp']},"
    "{'id':'dora','name':'Dora Dias','role':'attendant','active':false,'groups':['inbound'],'teams':['sp'],'cover':'bruno'},"
    "{'id':'eva','name':'Eva Melo','role':'attendant','active':false,'groups':['inbound'],'teams':['sp']},"
    "{'id':'fabio','name':'Fabio Alves','role':'attendant','active':false,'groups':[],'teams':['sp']}],"
    "'groups':[{'id':'inbound','name':'Inbound','coordinator':'carla'},{'id':'outbound','name':'Outbound'},"
    "{'id':'night','name':'Night'},{'id':'weekend','name':'Weekend','coordinator':'bruno'}],"
    "'teams':[{'id':'sp','name':'Sao Paulo'}],'units':[],"
    "'activity-types':[{'id':'call','name':'Ligar','icon':'call'},{'id':'mail','name':'Escrever','icon':'mail'}],"
    "'pipelines':[{'id':'leads','record':'lead','stages':[{'id':'new','name':'Novo'},{'id':'filter-1','name':'Filtro 1'},"
    "{'id':'filter-2','name':'Filtro 2'}]},"
    "{'id':'deals','record':'deal','stages':[{'id':'offer','name':'Proposta'},{'id':'closing','name':'Fechamento'}]}]}";

static char *
unquote (const char *quoted)
{
  return g_strdelimit (g_strdup (quoted), "'", '"');
}

WfJsonDocument *
wf_fixture_new_json (const char *quoted)
{
  g_autofree char *text = unquote (quoted);
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return document;
}

static void
assert_no_errors (const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      if (problem->severity == WF_PROBLEM_ERROR)
        g_error ("%s: %s", problem->path, problem->text);
    }
}

WfOrganisation *
wf_fixture_new_organisation (void)
{
  g_autoptr (WfJsonDocument) document = wf_fixture_new_json (wf_fixture_organisation);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);

  assert_no_errors (problems);
  g_assert_nonnull (organisation);
  return organisation;
}

WfWorkflow *
wf_fixture_new_workflow (const char *quoted)
{
  g_autoptr (WfJsonDocument) document = wf_fixture_new_json (quoted);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfWorkflow *workflow = wf_workflow_read (wf_json_document_get_root (document), problems);

  assert_no_errors (problems);
  g_assert_nonnull (workflow);
  return workflow;
}

WfWorkflow *
wf_fixture_new_workflow_with (const char *id, const char *event, const char *trigger_rest,
                              const char *steps)
{
  g_autofree char *quoted =
      g_strdup_printf ("{'format':1,'id':'%s','name':'Workflow %s','state':'live','version':3,"
                       "'trigger':{'event':'%s'%s%s},'steps':%s}",
                       id, id, event, trigger_rest != NULL ? "," : "",
                       trigger_rest != NULL ? trigger_rest : "", steps);

  return wf_fixture_new_workflow (quoted);
}

WfEvent *
wf_fixture_new_event_from (const char *quoted)
{
  g_autoptr (WfJsonDocument) document = wf_fixture_new_json (quoted);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfEvent *event =
      wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, problems);

  assert_no_errors (problems);
  g_assert_nonnull (event);
  return event;
}

WfEvent *
wf_fixture_new_event (const char *id, const char *type, const char *time, const char *lead,
                      const char *data_rest)
{
  g_autofree char *carried = lead != NULL ? g_strdup_printf ("'lead':{%s}", lead) : g_strdup ("");
  g_autofree char *quoted = g_strdup_printf (
      "{'specversion':'1.0','id':'%s','source':'/crm/acme','type':'%s','time':'%s',"
      "'data':{%s%s%s}}",
      id, type, time, carried, lead != NULL && data_rest != NULL ? "," : "",
      data_rest != NULL ? data_rest : "");

  return wf_fixture_new_event_from (quoted);
}

WfInstant
wf_fixture_instant (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}
