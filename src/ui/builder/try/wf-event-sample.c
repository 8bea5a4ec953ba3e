/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sample values for a written event. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-event-sample.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define DAY G_TIME_SPAN_DAY
#define HOUR G_TIME_SPAN_HOUR

/* Addresses and numbers are of those that are kept for examples. */
static const struct
{
  const char *field;
  const char *text;
} texts[] = {
  { "lead.id", "sample-1" },
  { "lead.name", N_ ("Sample Lead") },
  { "lead.company", N_ ("Sample Company") },
  { "lead.email", "lead@example.com" },
  { "lead.phone", "+55 11 5550-0100" },
  { "lead.source", "web" },
  { "lead.origin", "web" },
  { "meeting.id", "sample-1" },
  { "meeting.title", N_ ("Sample meeting") },
  { "email.id", "sample-1" },
  { "email.subject", N_ ("Sample subject") },
  { "email.link", "https://example.com/" },
  { "message.id", "sample-1" },
  { "message.channel", "whatsapp" },
  { "message.text", N_ ("Sample message") },
  { "call.id", "sample-1" },
  { "call.direction", "in" },
  { "call.phone", "+55 11 5550-0100" },
  { "form.id", "sample-1" },
  { "form.name", N_ ("Sample form") },
  { "ticket.id", "sample-1" },
  { "ticket.subject", N_ ("Sample subject") },
  { "activity.id", "sample-1" },
  { "activity.title", N_ ("Sample activity") },
  { "deal.id", "sample-1" },
  { "deal.name", N_ ("Sample deal") },
  { "payment.id", "sample-1" },
  { "webhook.name", "sample" },
};

static const struct
{
  const char *field;
  const char *json;
} numbers[] = {
  { "lead.score", "50" },     { "score_from", "40" },    { "score_to", "50" },
  { "call.duration", "120" }, { "deal.amount", "1000" }, { "payment.amount", "1000" },
  { "import", "false" },
};

/* From now. */
static const struct
{
  const char *field;
  gint64 offset;
} times[] = {
  { "event.time", 0 },          { "lead.created", -DAY },          { "lead.updated", 0 },
  { "meeting.start", 2 * DAY }, { "meeting.end", 2 * DAY + HOUR }, { "activity.due", DAY },
  { "deal.close", 30 * DAY },   { "payment.due", 7 * DAY },
};

char *
wf_event_sample_quote (const char *text)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_add_string (writer, NULL, text);
  return wf_json_writer_finish (writer, FALSE);
}

static char *
quote_instant (WfInstant at, const WfOrganisation *organisation)
{
  GTimeZone *zone = organisation != NULL
                        ? wf_working_hours_get_zone (wf_organisation_get_hours (organisation))
                        : NULL;
  g_autofree char *text = zone != NULL ? wf_instant_format_zone (at, zone)
                                       : wf_instant_format_utc (at);

  return text != NULL ? wf_event_sample_quote (text) : NULL;
}

/* Who is given, when leads can be theirs; else the first who is active. */
static const WfPerson *
choose_person (const WfOrganisation *organisation, const char *person)
{
  const WfPerson *given = person != NULL ? wf_organisation_get_person (organisation, person) : NULL;

  if (given != NULL && given->active && given->groups != NULL && given->groups[0] != NULL)
    return given;
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *other = wf_organisation_get_person_at (organisation, i);

      if (other->active && other->groups != NULL && other->groups[0] != NULL)
        return other;
    }
  return given;
}

/* n: the first stage, or the one after it for where something has moved to. */
static const WfEntry *
choose_stage (const WfOrganisation *organisation, const char *record, guint n)
{
  guint n_pipelines = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n_pipelines);

  for (guint i = 0; i < n_pipelines; i++)
    if (g_strcmp0 (pipelines[i].record, record) == 0 && pipelines[i].n_stages > 0)
      return &pipelines[i].stages[MIN (n, pipelines[i].n_stages - 1)];
  return NULL;
}

static char *
sample_of_organisation (const char *field, const WfOrganisation *organisation, const char *person)
{
  const WfFieldInfo *info = wf_field_find (field);
  const WfPerson *who = choose_person (organisation, person);
  const char *record = g_str_has_prefix (field, "deal.") ? "deal" : "lead";
  const WfEntry *entry = NULL;
  guint n_types = 0;

  if (g_str_equal (field, "activity.type"))
    {
      entry = wf_organisation_get_entries (organisation, WF_ENTRY_ACTIVITY_TYPE, &n_types);
      return n_types > 0 ? wf_event_sample_quote (entry->id) : NULL;
    }
  if (info == NULL)
    return NULL;
  if (info->type == WF_FIELD_STAGE)
    entry = choose_stage (organisation, record, g_str_equal (field, "stage_from") ? 0 : 1);
  else if (info->type == WF_FIELD_PERSON && who != NULL)
    return wf_event_sample_quote (who->id);
  else if (info->type == WF_FIELD_GROUP && who != NULL && who->groups != NULL &&
           who->groups[0] != NULL)
    return wf_event_sample_quote (who->groups[0]);
  return entry != NULL ? wf_event_sample_quote (entry->id) : NULL;
}

char *
wf_event_sample_value (const char *field, const WfOrganisation *organisation, const char *person,
                       WfInstant now)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].field, field))
      return wf_event_sample_quote (gettext (texts[i].text));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (numbers[i].field, field))
      return g_strdup (numbers[i].json);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (g_str_equal (times[i].field, field))
      return quote_instant (now + times[i].offset, organisation);
  return organisation != NULL ? sample_of_organisation (field, organisation, person) : NULL;
}

static char *
sample_for_test (const WfCondition *test)
{
  const WfJson *value = wf_condition_get_value (test);

  switch (wf_condition_get_operator (test))
    {
    case WF_OP_EQ:
    case WF_OP_LE:
    case WF_OP_GE:
    case WF_OP_CONTAINS:
    case WF_OP_STARTS_WITH:
    case WF_OP_CHANGED_TO:
      return value != NULL ? wf_json_to_text (value, FALSE) : NULL;
    case WF_OP_IN:
    case WF_OP_BETWEEN:
      value = wf_json_get_element (value, 0);
      return value != NULL ? wf_json_to_text (value, FALSE) : NULL;
    case WF_OP_NE:
    case WF_OP_LT:
    case WF_OP_GT:
    case WF_OP_NOT_IN:
    case WF_OP_IS_SET:
    case WF_OP_IS_EMPTY:
    case WF_OP_CHANGED:
    case WF_OP_MEMBER_OF:
    case WF_OP_MATCHES_HOURS:
      break;
    }
  return NULL;
}

char *
wf_event_sample_for_condition (const WfCondition *condition, const char *field)
{
  if (condition == NULL)
    return NULL;
  switch (wf_condition_get_kind (condition))
    {
    case WF_CONDITION_TEST:
      return g_str_equal (wf_condition_get_field (condition), field) ? sample_for_test (condition)
                                                                     : NULL;
    case WF_CONDITION_ALL:
    case WF_CONDITION_ANY:
      for (guint i = 0; i < wf_condition_get_n_children (condition); i++)
        {
          char *found =
              wf_event_sample_for_condition (wf_condition_get_child (condition, i), field);

          if (found != NULL)
            return found;
        }
      break;
    case WF_CONDITION_NONE:
      break;
    }
  return NULL;
}
