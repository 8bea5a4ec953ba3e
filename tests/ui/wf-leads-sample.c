/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company with a pipeline and some leads. */
#include "wf-leads-sample.h"

WfOrganisation *
wf_leads_sample_organisation (void)
{
  static const char text[] =
      "{ \"format\": 1, \"name\": \"Padrão Móveis\", \"process\": \"2-with-store-flow\","
      "  \"working-hours\": { \"time-zone\": \"America/Sao_Paulo\", \"week\": {"
      "    \"mon\": [[\"09:00\", \"18:00\"]], \"tue\": [[\"09:00\", \"18:00\"]],"
      "    \"wed\": [[\"09:00\", \"18:00\"]], \"thu\": [[\"09:00\", \"18:00\"]],"
      "    \"fri\": [[\"09:00\", \"18:00\"]], \"sat\": [], \"sun\": [] } },"
      "  \"people\": ["
      "    { \"id\": \"ana\", \"name\": \"Ana Souza\", \"role\": \"attendant\", \"active\": true,"
      "      \"groups\": [], \"teams\": [], \"units\": [] },"
      "    { \"id\": \"bruno\", \"name\": \"Bruno Lima\", \"role\": \"seller\", \"active\": true,"
      "      \"groups\": [], \"teams\": [], \"units\": [\"centro\"] },"
      "    { \"id\": \"carla\", \"name\": \"Carla Mendes\", \"role\": \"administrator\","
      "      \"active\": true, \"groups\": [], \"teams\": [], \"units\": [] },"
      "    { \"id\": \"dora\", \"name\": \"Dora Reis\", \"role\": \"media\", \"active\": true,"
      "      \"groups\": [], \"teams\": [], \"units\": [] } ],"
      "  \"groups\": [], \"teams\": [],"
      "  \"units\": [ { \"id\": \"centro\", \"name\": \"Loja Centro\", \"store-flow\": true },"
      "    { \"id\": \"norte\", \"name\": \"Loja Norte\", \"store-flow\": true },"
      "    { \"id\": \"sul\", \"name\": \"Loja Sul\", \"store-flow\": false } ],"
      "  \"activity-types\": [ { \"id\": \"filter-1\", \"name\": \"Filter 1\", \"icon\": \"call\","
      "    \"outcomes\": [ { \"id\": \"reached\", \"name\": \"Reached\" },"
      "                    { \"id\": \"no-answer\", \"name\": \"No answer\" } ] } ],"
      "  \"pipelines\": [ { \"id\": \"leads\", \"record\": \"lead\", \"stages\": ["
      "    { \"id\": \"new\", \"name\": \"New\" }, { \"id\": \"filter-1\", \"name\": \"Filter 1\" },"
      "    { \"id\": \"meeting\", \"name\": \"Meeting\" }, { \"id\": \"won\", \"name\": \"Won\" },"
      "    { \"id\": \"discarded\", \"name\": \"Discarded\" } ] } ] }";
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (organisation);
  return organisation;
}

static WfLead *
make_lead (const char *text, WfInstant now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  g_assert_no_error (error);
  WfLead *lead = wf_lead_read (NULL, wf_json_document_get_root (document));

  lead->seen = now - G_TIME_SPAN_MINUTE;
  lead->created = now - 3 * G_TIME_SPAN_DAY;
  return lead;
}

static void
add_activity (WfRuntime *runtime, const char *id, const char *title, WfInstant due, WfInstant now)
{
  WfActivity *activity = wf_fake_activity_new (id, title, "ana", due);

  g_set_str (&activity->lead, "l-1");
  activity->created = now - G_TIME_SPAN_HOUR;
  wf_fake_runtime_add (runtime, activity);
}

static void
add_moments (WfRuntime *runtime, WfInstant now)
{
  WfLeadMoment *run = wf_fake_moment_new (WF_MOMENT_RUN, now - 2 * G_TIME_SPAN_DAY);
  WfLeadMoment *comment = wf_fake_moment_new (WF_MOMENT_COMMENT, now - 2 * G_TIME_SPAN_HOUR);

  run->run = g_strdup ("k-1");
  run->workflow = g_strdup ("w-1");
  run->workflow_name = g_strdup ("Filter 1");
  run->version = 3;
  run->finished = TRUE;
  wf_fake_runtime_add_moment (runtime, "l-1", run);
  comment->person = g_strdup ("bruno");
  comment->text = g_strdup ("Wants to pay in ten parts");
  wf_fake_runtime_add_moment (runtime, "l-1", comment);
}

void
wf_leads_sample_fill (WfRuntime *runtime)
{
  WfInstant now = wf_clock_now (wf_runtime_get_clock (runtime));
  WfLead *first = make_lead (
      "{ \"id\": \"l-1\", \"name\": \"Padaria Sol\", \"company\": \"Padaria Sol Ltda\","
      "  \"phone\": \"+55 11 98888-0001\", \"email\": \"contato@padariasol.example\","
      "  \"source\": \"Portal\", \"origin\": \"web\", \"stage\": \"filter-1\", \"owner\": \"ana\","
      "  \"score\": 80, \"city\": \"Campinas\", \"interest\": \"Solar panels\","
      "  \"custom\": { \"sector\": \"food\" } }",
      now);
  WfLead *second = make_lead ("{ \"id\": \"l-2\", \"name\": \"Oficina Norte\", \"stage\": \"new\","
                              "  \"owner\": \"bruno\", \"origin\": \"flow\", \"score\": 20 }",
                              now);
  WfLead *third =
      make_lead ("{ \"id\": \"l-3\", \"name\": \"Clínica Vida\", \"stage\": \"meeting\" }", now);
  WfLead *lost =
      make_lead ("{ \"id\": \"l-4\", \"name\": \"Bar do Zé\", \"stage\": \"discarded\" }", now);

  first->next = now + 25 * G_TIME_SPAN_MINUTE;
  first->next_activity = g_strdup ("a-1");
  first->next_title = g_strdup ("Call back");
  first->n_open = 2;
  first->last_contact = now - 3 * G_TIME_SPAN_HOUR;
  second->next = now - G_TIME_SPAN_HOUR;
  second->next_title = g_strdup ("Filter 1");
  second->n_open = 1;
  third->next = lost->next = WF_INSTANT_NONE;
  wf_fake_runtime_add_lead (runtime, first);
  wf_fake_runtime_add_lead (runtime, second);
  wf_fake_runtime_add_lead (runtime, third);
  wf_fake_runtime_add_lead (runtime, lost);
  add_activity (runtime, "a-1", "Call back", now + 25 * G_TIME_SPAN_MINUTE, now);
  add_activity (runtime, "a-2", "Send the offer", now + 2 * G_TIME_SPAN_DAY, now);
  add_moments (runtime, now);
  wf_fake_runtime_tell (runtime);
  wf_fake_runtime_tell_leads (runtime);
}
