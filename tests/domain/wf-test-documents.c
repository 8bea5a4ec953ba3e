/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that several tests of the domain read. */
#include "wf-test-documents.h"

#include <string.h>

/* %s: the process */
static const char organisation_text[] =
    "{ 'format': 1, 'name': 'Acme', 'process': '%s',"
    "  'working-hours': { 'time-zone': 'America/Sao_Paulo',"
    "    'week': { 'mon': [['09:00','12:00'],['13:00','18:00']], 'tue': [['09:00','12:00'],['13:00','18:00']],"
    "              'wed': [['09:00','12:00'],['13:00','18:00']], 'thu': [['09:00','12:00'],['13:00','18:00']],"
    "              'fri': [['09:00','12:00'],['13:00','18:00']], 'sat': [], 'sun': [] } },"
    "  'people': ["
    "    { 'id': 'ana', 'name': 'Ana Souza', 'role': 'attendant', 'active': true, 'groups': ['inbound'], 'teams': ['sp'],"
    "      'may': ['receive-web-leads', 'create-flow-leads'] },"
    "    { 'id': 'bruno', 'name': 'Bruno Lima', 'role': 'pre-seller', 'groups': ['outbound'], 'cover': 'ana' },"
    "    { 'id': 'carla', 'name': 'Carla Dias', 'role': 'coordinator', 'teams': ['sp'] },"
    "    { 'id': 'davi', 'name': 'Davi Reis', 'role': 'seller', 'units': ['centro'] },"
    "    { 'id': 'eva', 'name': 'Eva Nunes', 'role': 'seller', 'units': ['norte'] },"
    "    { 'id': 'fabio', 'name': 'Fábio Melo', 'role': 'manager', 'units': ['centro', 'norte'] },"
    "    { 'id': 'gil', 'name': 'Gil Rocha', 'role': 'reception' },"
    "    { 'id': 'helena', 'name': 'Helena Cruz', 'role': 'media' },"
    "    { 'id': 'igor', 'name': 'Igor Alves', 'role': 'ranking' },"
    "    { 'id': 'julia', 'name': 'Júlia Prado', 'role': 'administrator' },"
    "    { 'id': 'leo', 'name': 'Léo Braga', 'role': 'attendant', 'active': false, 'groups': ['inbound'], 'teams': ['sp'] },"
    "    { 'id': 'mia', 'name': 'Mia Porto', 'role': 'attendant', 'teams': ['sp'] } ],"
    "  'groups': [ { 'id': 'inbound', 'name': 'Inbound', 'coordinator': 'carla' },"
    "              { 'id': 'outbound', 'name': 'Outbound', 'working-hours': { 'time-zone': 'America/Manaus', 'week': {"
    "                'mon': [['08:00','16:00']], 'tue': [], 'wed': [], 'thu': [], 'fri': [], 'sat': [], 'sun': [] } } } ],"
    "  'teams': [ { 'id': 'sp', 'name': 'São Paulo' } ],"
    "  'units': [ { 'id': 'centro', 'name': 'Loja Centro', 'store-flow': true }, { 'id': 'norte', 'name': 'Loja Norte' } ],"
    "  'activity-types': [ { 'id': 'filter-1', 'name': 'Realizar Filtro 1', 'icon': 'call' },"
    "                      { 'id': 'recover', 'name': 'Recuperar lead' } ],"
    "  'pipelines': [ { 'id': 'leads', 'record': 'lead', 'stages': [ { 'id': 'new', 'name': 'Novo' },"
    "    { 'id': 'filter-1', 'name': 'Filtro 1' }, { 'id': 'filter-2', 'name': 'Filtro 2' } ] } ] }";

const char wf_test_workflow_text[] =
    "{\n"
    "  \"format\": 1,\n"
    "  \"id\": \"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\n"
    "  \"name\": \"First contact for marketing leads\",\n"
    "  \"objective\": \"Nobody waits more than half an hour for Filter 1\",\n"
    "  \"state\": \"live\",\n"
    "  \"version\": 3,\n"
    "  \"trigger\": {\n"
    "    \"event\": \"lead.received\",\n"
    "    \"conditions\": { \"all\": [ { \"field\": \"lead.source\", \"op\": \"eq\", \"value\": \"marketing-platform\" } ] },\n"
    "    \"reentry\": \"every-event\"\n"
    "  },\n"
    "  \"steps\": [\n"
    "    { \"id\": \"filter1\", \"kind\": \"create-activity\", \"run\": { \"mode\": \"immediately\" },\n"
    "      \"activity-type\": \"filter-1\",\n"
    "      \"complete-within\": { \"amount\": 30, \"unit\": \"minutes\" },\n"
    "      \"notify\": { \"amount\": 10, \"unit\": \"minutes\" },\n"
    "      \"permission\": { \"scope\": \"groups\", \"groups\": [\"inbound\"] },\n"
    "      \"notes\": \"Call {lead.name} about {lead.interest}\",\n"
    "      \"business-hours\": true },\n"
    "    { \"id\": \"hot\", \"kind\": \"branch\", \"paths\": [\n"
    "        { \"name\": \"Score 80 or more\", \"if\": { \"all\": [ { \"field\": \"lead.score\", \"op\": \"ge\", \"value\": 80 } ] }, \"steps\": [] },\n"
    "        { \"name\": \"Otherwise\", \"steps\": [] } ] }\n"
    "  ]\n"
    "}\n";

WfJsonDocument *
wf_test_json (const char *text)
{
  g_autofree char *json = g_strdup (text);
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document;

  if (strchr (json, '"') == NULL)
    g_strdelimit (json, "'", '"');
  document = wf_json_document_parse (json, -1, 0, &error);
  g_assert_no_error (error);
  return document;
}

WfOrganisation *
wf_test_organisation_new_with_process (const char *process)
{
  g_autofree char *text = g_strdup_printf (organisation_text, process);
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  g_autofree char *shown = wf_test_problems_to_text (problems);

  g_assert_nonnull (organisation);
  g_assert_false (wf_problems_has_errors (problems));
  return organisation;
}

WfOrganisation *
wf_test_organisation_new (void)
{
  return wf_test_organisation_new_with_process ("2-with-store-flow");
}

WfEvent *
wf_test_event (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfEvent *event =
      wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, problems);

  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_nonnull (event);
  return event;
}

WfProblems *
wf_test_check_workflow (const char *text, const WfOrganisation *organisation, WfWorkflow **workflow)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  WfProblems *problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) self = wf_workflow_read (wf_json_document_get_root (document), problems);

  if (self != NULL)
    wf_workflow_validate (self, organisation, problems);
  if (workflow != NULL)
    *workflow = g_steal_pointer (&self);
  return problems;
}

char *
wf_test_problems_to_text (const WfProblems *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      g_string_append_printf (text, "%s%s%s %s", i > 0 ? "\n" : "",
                              problem->severity == WF_PROBLEM_WARNING ? "?" : "", problem->code,
                              problem->path);
    }
  return g_string_free_and_steal (text);
}
