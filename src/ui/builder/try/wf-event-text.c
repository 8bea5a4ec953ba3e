/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in a line what an event of the past carries. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-event-text.h"

#include "wf-event-catalogue.h"
#include "wf-instant.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of a lead, in this order; the rest of a lead says little at a glance. */
static const char *const lead_fields[] = { "lead.source", "lead.stage", "lead.score",
                                           "lead.owner",  "lead.city",  "lead.interest" };
#define MOST_PARTS 6

static const WfJson *
get_field (const WfEvent *event, const WfJson *lead, const char *field)
{
  const WfJson *value = wf_event_get_field (event, field);
  const char *prefix = "lead.";

  if (value == NULL && g_str_has_prefix (field, prefix))
    value = wf_json_get_path (lead, field + strlen (prefix));
  return value;
}

char *
wf_event_text_lead (const WfEvent *event, const WfJson *lead)
{
  const char *name = wf_json_get_string (get_field (event, lead, "lead.name"));

  if (name == NULL || *name == '\0')
    name = wf_event_get_lead (event);
  return g_strdup (name != NULL ? name : _ ("No lead"));
}

static char *
string_to_text (const char *field, const char *text, const WfOrganisation *organisation,
                WfInstant now, GTimeZone *zone)
{
  const WfFieldInfo *info = wf_field_find (field);
  WfInstant at;

  if (*text == '\0')
    return NULL;
  if (info != NULL && info->type == WF_FIELD_DATE_TIME && wf_instant_parse (text, &at))
    return wf_time_text_day_and_time (at, now, zone);
  return g_strdup (wf_organisation_get_name_in_field (organisation, field, text));
}

static char *
list_to_text (const WfJson *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const WfJson *element = wf_json_get_element (list, i);
      g_autofree char *part = wf_json_is (element, WF_JSON_STRING)
                                  ? g_strdup (wf_json_get_string (element))
                                  : wf_json_to_text (element, FALSE);

      g_string_append_printf (text, "%s%s", i > 0 ? C_ ("separator of a list", ", ") : "", part);
    }
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

char *
wf_event_text_value (const char *field, const WfJson *value, const WfOrganisation *organisation,
                     WfInstant now, GTimeZone *zone)
{
  switch (wf_json_get_type (value))
    {
    case WF_JSON_STRING:
      return string_to_text (field, wf_json_get_string (value), organisation, now, zone);
    case WF_JSON_BOOLEAN:
      return g_strdup (wf_json_get_boolean (value, FALSE) ? _ ("yes") : _ ("no"));
    case WF_JSON_NUMBER:
      return wf_json_to_text (value, FALSE);
    case WF_JSON_ARRAY:
      return list_to_text (value);
    case WF_JSON_OBJECT:
      return wf_json_to_text (value, FALSE);
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
    default:
      return NULL;
    }
}

typedef struct
{
  const WfEvent *event;
  const WfJson *lead;
  const WfOrganisation *organisation;
  WfInstant now;
  GTimeZone *zone;
  GString *text;
  guint n;
} Line;

static void
append_field (Line *self, const char *field)
{
  g_autofree char *value = NULL;

  if (self->n >= MOST_PARTS)
    return;
  value = wf_event_text_value (field, get_field (self->event, self->lead, field),
                               self->organisation, self->now, self->zone);
  if (value == NULL)
    return;
  if (self->n++ > 0)
    g_string_append (self->text, " · ");
  /* Translators: a field and its value: "Score: 35" */
  g_string_append_printf (self->text, _ ("%s: %s"), wf_field_to_text (field), value);
}

/* Neither of every event nor of every lead: what this type adds. Numbers of records say nothing. */
static gboolean
is_of_type (const char *field)
{
  return strchr (field, '.') == NULL
             ? !g_str_equal (field, "actor") && !g_str_equal (field, "import") &&
                   !g_str_equal (field, "workflow")
             : !g_str_has_prefix (field, "lead.") && !g_str_has_prefix (field, "event.") &&
                   !g_str_has_suffix (field, ".id");
}

char *
wf_event_text_line (const WfEvent *event, const WfJson *lead, const WfOrganisation *organisation,
                    WfInstant now, GTimeZone *zone)
{
  Line line = { event, lead, organisation, now, zone, g_string_new (NULL), 0 };
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (wf_event_get_event_type (event), &n);

  for (guint i = 0; i < n; i++)
    if (is_of_type (fields[i].id))
      append_field (&line, fields[i].id);
  for (guint i = 0; i < G_N_ELEMENTS (lead_fields); i++)
    append_field (&line, lead_fields[i]);
  return g_string_free_and_steal (line.text);
}
