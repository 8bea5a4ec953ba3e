/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with a few activities whose figures are known. */
#include "wf-report-sample.h"

WfOrganisation *
wf_report_sample_organisation (void)
{
  static const char text[] =
      "{ \"format\": 1, \"name\": \"Padrão Móveis\", \"process\": \"2-with-store-flow\","
      "  \"working-hours\": { \"time-zone\": \"America/Sao_Paulo\", \"week\": {"
      "    \"mon\": [[\"09:00\", \"18:00\"]], \"tue\": [[\"09:00\", \"18:00\"]],"
      "    \"wed\": [[\"09:00\", \"18:00\"]], \"thu\": [[\"09:00\", \"18:00\"]],"
      "    \"fri\": [[\"09:00\", \"18:00\"]], \"sat\": [], \"sun\": [] } },"
      "  \"people\": ["
      "    { \"id\": \"ana\", \"name\": \"Ana Souza\", \"role\": \"attendant\", \"active\": true,"
      "      \"groups\": [\"inbound\"], \"teams\": [\"sp\"], \"units\": [\"centro\"] },"
      "    { \"id\": \"bruno\", \"name\": \"Bruno Lima\", \"role\": \"attendant\", \"active\": true,"
      "      \"groups\": [\"inbound\"], \"teams\": [\"sp\"], \"units\": [] },"
      "    { \"id\": \"carla\", \"name\": \"Carla Mendes\", \"role\": \"administrator\","
      "      \"active\": true, \"groups\": [], \"teams\": [], \"units\": [] },"
      "    { \"id\": \"dora\", \"name\": \"Dora Reis\", \"role\": \"media\", \"active\": true,"
      "      \"groups\": [], \"teams\": [], \"units\": [] } ],"
      "  \"groups\": [ { \"id\": \"inbound\", \"name\": \"Inbound\", \"coordinator\": \"carla\" } ],"
      "  \"teams\": [ { \"id\": \"sp\", \"name\": \"São Paulo\" } ],"
      "  \"units\": [ { \"id\": \"centro\", \"name\": \"Loja Centro\", \"store-flow\": true } ],"
      "  \"activity-types\": [ { \"id\": \"filter-1\", \"name\": \"Filter 1\", \"icon\": \"call\" },"
      "    { \"id\": \"visit\", \"name\": \"Visit\" } ],"
      "  \"pipelines\": [ { \"id\": \"leads\", \"record\": \"lead\", \"stages\": ["
      "    { \"id\": \"new\", \"name\": \"New\" }, { \"id\": \"filter-1\", \"name\": \"Filter 1\" },"
      "    { \"id\": \"won\", \"name\": \"Won\", \"closes\": \"finalized\" } ] } ] }";
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (organisation);
  return organisation;
}

static WfInstant
parse (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL)
    return WF_INSTANT_NONE;
  time = g_date_time_new_from_iso8601 (text, utc);
  g_assert_nonnull (time);
  return g_date_time_to_unix_usec (time);
}

/* In UTC; São Paulo is three hours behind. */
typedef struct
{
  const char *id, *person, *type, *lead, *created, *due;
  WfActivityStatus status;
  const char *completed;
} Sample;

static const Sample samples[] = {
  { "a-1", "ana", "filter-1", "l-1", "2026-11-12T13:00:00Z", "2026-11-13T14:00:00Z",
    WF_ACTIVITY_DONE, "2026-11-13T13:00:00Z" },
  { "a-2", "ana", "filter-1", "l-2", "2026-11-12T13:00:00Z", "2026-11-13T14:00:00Z",
    WF_ACTIVITY_DONE, "2026-11-13T16:00:00Z" },
  { "a-3", "bruno", "visit", "l-1", "2026-11-12T15:00:00Z", "2026-11-16T14:00:00Z",
    WF_ACTIVITY_DONE, "2026-11-16T13:30:00Z" },
  { "a-4", "bruno", "filter-1", "l-2", "2026-11-13T13:00:00Z", "2026-11-17T14:00:00Z",
    WF_ACTIVITY_OPEN, NULL },
  { "a-5", "ana", "visit", "l-1", "2026-11-17T13:00:00Z", "2026-11-20T14:00:00Z", WF_ACTIVITY_OPEN,
    NULL },
  { "a-6", "bruno", "visit", "l-1", "2026-11-16T13:00:00Z", "2026-11-20T14:00:00Z",
    WF_ACTIVITY_CANCELLED, "2026-11-17T14:00:00Z" },
  { "a-7", "ana", "filter-1", "l-1", "2026-11-09T13:00:00Z", "2026-11-09T14:00:00Z",
    WF_ACTIVITY_DONE, "2026-11-10T14:00:00Z" },
  { "a-8", "ana", "filter-1", "l-1", "2026-10-08T13:00:00Z", "2026-10-09T14:00:00Z",
    WF_ACTIVITY_DONE, "2026-10-09T13:00:00Z" }, /* before the last 30 days */
};

static WfActivity *
make_activity (const Sample *sample)
{
  WfActivity *activity = wf_activity_new (sample->id);

  g_set_str (&activity->title, sample->id);
  g_set_str (&activity->type, sample->type);
  activity->person = g_strdup (sample->person);
  activity->lead = g_strdup (sample->lead);
  activity->lead_name = g_strdup (sample->lead);
  activity->created = parse (sample->created);
  activity->due = activity->original_due = parse (sample->due);
  activity->remind = activity->visible_from = WF_INSTANT_NONE;
  activity->completed = parse (sample->completed);
  activity->status = sample->status;
  activity->sync = WF_SYNC_CONFIRMED;
  activity->business_hours = TRUE;
  activity->workflow = g_strdup ("w-1");
  activity->workflow_name = g_strdup ("First contact");
  activity->workflow_version = 1;
  return activity;
}

static void
put (WfStore *store, const Sample *sample)
{
  g_autoptr (WfActivity) activity = make_activity (sample);
  g_autoptr (GError) error = NULL;

  wf_store_put_activity (store, activity, NULL, &error);
  g_assert_no_error (error);
}

static void
put_lead (WfStore *store, const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  wf_store_set_lead (store, id, wf_json_document_get_root (document),
                     parse ("2026-11-12T13:00:00Z"), &error);
  g_assert_no_error (error);
}

WfStore *
wf_report_sample_open (const char *path, WfOrganisation *organisation)
{
  g_autoptr (GError) error = NULL;
  WfStore *store = wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error);

  g_assert_no_error (error);
  wf_store_begin (store, &error);
  g_assert_no_error (error);
  wf_store_set_organisation (store, organisation, &error);
  g_assert_no_error (error);
  put_lead (store, "l-1",
            "{ \"id\": \"l-1\", \"name\": \"Padaria Sol\", \"stage\": \"filter-1\","
            "  \"owner\": \"ana\", \"origin\": \"web\", \"source\": \"site\","
            "  \"created\": \"2026-11-12T12:00:00Z\" }");
  put_lead (store, "l-2",
            "{ \"id\": \"l-2\", \"name\": \"Bar do Zé\", \"stage\": \"new\","
            "  \"owner\": \"bruno\", \"origin\": \"flow\", \"source\": \"walk-in\","
            "  \"created\": \"2026-11-12T12:00:00Z\" }");
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    put (store, &samples[i]);
  wf_store_commit (store, &error);
  g_assert_no_error (error);
  return store;
}

void
wf_report_sample_add (WfStore *store, const char *id)
{
  const Sample sample = {
    id,  "ana", "visit", "l-1", "2026-11-18T12:00:00Z", "2026-11-20T14:00:00Z", WF_ACTIVITY_OPEN,
    NULL
  };
  g_autoptr (GError) error = NULL;

  wf_store_begin (store, &error);
  g_assert_no_error (error);
  put (store, &sample);
  wf_store_commit (store, &error);
  g_assert_no_error (error);
}
