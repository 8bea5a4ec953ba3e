/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A larger company's month: 64 people, 1,600 activities, 200 leads, all from one arithmetic. */
#include "wf-report-company.h"

#include "wf-instant.h"
#include "wf-json-writer.h"

#define N_ACTIVITIES 1600u
#define N_LEADS 200u

static const char *const first_names[] = { "Ana",     "Bruno", "Carla",    "Diego",
                                           "Elisa",   "Fábio", "Gabriela", "Hugo",
                                           "Isadora", "João",  "Karen",    "Lucas",
                                           "Márcia",  "Nuno",  "Olívia",   "Paulo" };
static const char *const last_names[] = { "Souza", "Lima", "Mendes de Albuquerque", "Reis" };
static const char *const stages[] = { "new", "filter-1", "filter-2", "proposal", "won" };

WfOrganisation *
wf_report_company_organisation (void)
{
  g_autoptr (GString) text = g_string_new (
      "{\"format\":1,\"name\":\"Padrão Móveis Planejados\",\"process\":\"2-with-store-flow\","
      "\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{"
      "\"mon\":[[\"09:00\",\"18:00\"]],\"tue\":[[\"09:00\",\"18:00\"]],"
      "\"wed\":[[\"09:00\",\"18:00\"]],\"thu\":[[\"09:00\",\"18:00\"]],"
      "\"fri\":[[\"09:00\",\"18:00\"]],\"sat\":[],\"sun\":[]}},"
      "\"groups\":[{\"id\":\"inbound\",\"name\":\"Inbound\"}],"
      "\"teams\":[{\"id\":\"sp\",\"name\":\"São Paulo\"}],\"units\":[],"
      "\"activity-types\":[{\"id\":\"filter-1\",\"name\":\"Filter 1\"},"
      "{\"id\":\"visit\",\"name\":\"Visit to the shop\"},{\"id\":\"call\",\"name\":\"Call\"}],"
      "\"pipelines\":[{\"id\":\"leads\",\"record\":\"lead\",\"stages\":["
      "{\"id\":\"new\",\"name\":\"New\"},{\"id\":\"filter-1\",\"name\":\"Filter 1\"},"
      "{\"id\":\"filter-2\",\"name\":\"Filter 2\"},{\"id\":\"proposal\",\"name\":\"Proposal\"},"
      "{\"id\":\"won\",\"name\":\"Won\",\"closes\":\"finalized\"}]}],\"people\":["
      "{\"id\":\"boss\",\"name\":\"Carla Mendes\",\"role\":\"administrator\",\"active\":true},"
      "{\"id\":\"wall\",\"name\":\"Wall\",\"role\":\"ranking\",\"active\":true}");
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation;

  for (guint i = 0; i < WF_REPORT_COMPANY_PEOPLE; i++)
    g_string_append_printf (text,
                            ",{\"id\":\"p%02u\",\"name\":\"%s %s\",\"role\":\"attendant\","
                            "\"active\":true,\"groups\":[\"inbound\"],\"teams\":[\"sp\"]}",
                            i, first_names[i % 16], last_names[i / 16]);
  g_string_append (text, "]}");
  document = wf_json_document_parse (text->str, -1, 0, NULL);
  organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (organisation);
  return organisation;
}

static WfInstant
get_now (void)
{
  WfInstant now = 0;

  g_assert_true (wf_instant_parse (WF_REPORT_COMPANY_NOW, &now));
  return now;
}

/* The same numbers each time, without a pattern that can be seen. */
static guint
mix (guint i, guint salt, guint n)
{
  guint64 x = (guint64) i * 2654435761u + salt * 40503u + 12345;

  x ^= x >> 13;
  x *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint) (x >> 33) % n;
}

static void
put_activity (WfStore *store, guint i)
{
  g_autofree char *id = g_strdup_printf ("a-%u", i);
  g_autoptr (WfActivity) activity = wf_activity_new (id);
  g_autoptr (GError) error = NULL;
  guint person = MIN (mix (i, 1, 64), mix (i, 2, 64)), state = mix (i, 3, 100);
  guint workflow = mix (i, 8, 4);
  static const char *const types[] = { "filter-1", "visit", "call" };
  static const char *const names[] = { "First contact", "Second filter", "Follow up a proposal",
                                       "Marketing platform: hot leads of the fair" };

  g_set_str (&activity->title, "Call");
  g_set_str (&activity->type, types[mix (i, 4, 3)]);
  activity->person = g_strdup_printf ("p%02u", person);
  activity->lead = g_strdup_printf ("l-%u", mix (i, 5, N_LEADS));
  activity->lead_name = g_strdup (activity->lead);
  activity->created = get_now () - (gint64) mix (i, 6, 55 * 24 * 60) * G_TIME_SPAN_MINUTE;
  activity->due = activity->original_due = activity->created +
                                           (gint64) (60 + mix (i, 7, 2000)) * G_TIME_SPAN_MINUTE;
  activity->remind = activity->visible_from = activity->completed = WF_INSTANT_NONE;
  activity->status = state < 88 ? WF_ACTIVITY_DONE : WF_ACTIVITY_OPEN;
  if (activity->status == WF_ACTIVITY_DONE)
    activity->completed = activity->due +
                          (gint64) ((int) mix (i, 9, 1200) - 900) * G_TIME_SPAN_MINUTE;
  if (activity->completed > get_now () || activity->completed <= activity->created)
    {
      activity->status = WF_ACTIVITY_OPEN;
      activity->completed = WF_INSTANT_NONE;
    }
  activity->sync = WF_SYNC_CONFIRMED;
  activity->business_hours = TRUE;
  activity->workflow = g_strdup_printf ("w-%u", workflow);
  activity->workflow_name = g_strdup (names[workflow]);
  activity->workflow_version = 1;
  wf_store_put_activity (store, activity, NULL, &error);
  g_assert_no_error (error);
}

static void
put_lead (WfStore *store, guint i)
{
  WfInstant created = get_now () - (gint64) mix (i, 11, 40 * 24 * 60) * G_TIME_SPAN_MINUTE;
  g_autofree char *id = g_strdup_printf ("l-%u", i);
  g_autofree char *at = wf_instant_format_utc (created);
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"Padaria %u\",\"stage\":\"%s\",\"owner\":\"p%02u\","
      "\"origin\":\"%s\",\"source\":\"site\",\"created\":\"%s\",\"value\":%u}",
      id, i, stages[mix (i, 12, 5)], mix (i, 13, 64), i % 3 == 0 ? "flow" : "web", at,
      1000 + mix (i, 14, 9000));
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  wf_store_set_lead (store, id, wf_json_document_get_root (document), created, &error);
  g_assert_no_error (error);
}

WfStore *
wf_report_company_open (const char *path, WfOrganisation *organisation)
{
  g_autoptr (GError) error = NULL;
  WfStore *store = wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error);

  g_assert_no_error (error);
  wf_store_begin (store, &error);
  wf_store_set_organisation (store, organisation, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_LEADS; i++)
    put_lead (store, i);
  for (guint i = 0; i < N_ACTIVITIES; i++)
    put_activity (store, i);
  wf_store_commit (store, &error);
  g_assert_no_error (error);
  return store;
}

WfReportQuery *
wf_report_company_query (WfOrganisation *organisation, WfDimension by)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (WfCommissionRule) rule = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 3);
  const WfReportQuery query = {
    .filter = filter,
    .organisation = organisation,
    .rule = rule,
    .now = get_now (),
    .zone = zone,
    .first_weekday = G_DATE_MONDAY,
  };

  filter->by = by;
  return wf_report_query_copy (&query);
}
