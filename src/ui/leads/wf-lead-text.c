/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead's texts. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-text.h"

#include "wf-csv.h"
#include "wf-event-catalogue.h"
#include "wf-instant.h"
#include "wf-sync-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
wf_lead_stage_name (const WfLead *lead, const WfOrganisation *organisation)
{
  return lead->stage != NULL ? wf_organisation_get_stage_name (organisation, lead->stage) : "";
}

const char *
wf_lead_owner_name (const WfLead *lead, const WfOrganisation *organisation)
{
  return lead->owner != NULL ? wf_organisation_get_person_name (organisation, lead->owner)
                             : C_ ("owner", "Nobody");
}

const char *
wf_lead_origin_name (const WfLead *lead)
{
  return g_strcmp0 (lead->origin, "flow") == 0 ? C_ ("origin", "Store") : C_ ("origin", "Web");
}

char *
wf_lead_score_text (const WfLead *lead)
{
  return lead->has_score ? g_strdup_printf ("%.0f", lead->score) : g_strdup ("");
}

char *
wf_lead_next_text (const WfLead *lead, WfInstant now, GTimeZone *zone)
{
  if (lead->next == WF_INSTANT_NONE)
    return g_strdup (_ ("No next activity"));
  g_autofree char *when = wf_lead_is_next_late (lead, now)
                              ? wf_time_left_to_text (lead->next, now)
                              : wf_time_text_day_and_time (lead->next, now, zone);
  if (lead->next_title == NULL)
    return g_steal_pointer (&when);
  /* when first: a narrow column cuts the end */
  return g_strdup_printf ("%s · %s", when, lead->next_title);
}

gboolean
wf_lead_is_next_late (const WfLead *lead, WfInstant now)
{
  return lead->next != WF_INSTANT_NONE && lead->next < now;
}

char *
wf_lead_contact_text (const WfLead *lead, WfInstant now, GTimeZone *zone)
{
  if (lead->last_contact == WF_INSTANT_NONE)
    return g_strdup (C_ ("contact", "Never"));
  return wf_time_text_ago (lead->last_contact, now, zone);
}

static gboolean
is_same_day (WfInstant a, WfInstant b, GTimeZone *zone)
{
  g_autoptr (GDateTime) x = wf_instant_to_date_time (a, zone);
  g_autoptr (GDateTime) y = wf_instant_to_date_time (b, zone);

  return x != NULL && y != NULL && g_date_time_get_year (x) == g_date_time_get_year (y) &&
         g_date_time_get_day_of_year (x) == g_date_time_get_day_of_year (y);
}

char *
wf_lead_freshness_text (const WfLead *lead, WfInstant synced, WfInstant now, GTimeZone *zone)
{
  WfInstant at = synced != WF_INSTANT_NONE && synced > lead->seen ? synced : lead->seen;

  if (lead->seen == WF_INSTANT_NONE)
    return g_strdup ("");
  g_autofree char *when = is_same_day (at, now, zone) ? wf_time_text_clock (at, zone)
                                                      : wf_time_text_day_and_time (at, now, zone);
  /* Translators: how fresh the data is; %s is "14:02" or "Yesterday, 14:02" */
  return g_strdup_printf (_ ("As of %s"), when);
}

char *
wf_lead_subtitle (const WfLead *lead, const WfOrganisation *organisation, WfInstant now,
                  GTimeZone *zone)
{
  const char *stage = wf_lead_stage_name (lead, organisation);
  g_autofree char *next = wf_lead_next_text (lead, now, zone);

  return *stage != '\0' ? g_strdup_printf ("%s · %s", stage, next) : g_steal_pointer (&next);
}

static void
append_named (GString *text, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, ", %s: %s", name, value);
}

char *
wf_lead_spoken (const WfLead *lead, const WfOrganisation *organisation, WfInstant now,
                GTimeZone *zone)
{
  GString *text = g_string_new (lead->name);
  g_autofree char *score = wf_lead_score_text (lead);
  g_autofree char *next = wf_lead_next_text (lead, now, zone);
  g_autofree char *contact = wf_lead_contact_text (lead, now, zone);
  g_autofree char *sync = wf_sync_change_text (lead->sync, lead->sync_error);

  append_named (text, _ ("Stage"), wf_lead_stage_name (lead, organisation));
  append_named (text, _ ("Owner"), wf_lead_owner_name (lead, organisation));
  append_named (text, _ ("Score"), score);
  append_named (text, _ ("Next activity"), next);
  append_named (text, _ ("Last contact"), contact);
  if (sync != NULL)
    g_string_append_printf (text, ", %s", sync);
  return g_string_free_and_steal (text);
}

char *
wf_leads_count_text (guint n)
{
  return n > 0 ? g_strdup_printf (ngettext ("%u lead", "%u leads", n), n)
               : g_strdup (_ ("No leads"));
}

/* ---- the CRM's own fields ---------------------------------------------------------------------- */

void
wf_lead_field_text_free (WfLeadFieldText *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

/* What the page shows in a place of its own, and what is no information for people. */
static gboolean
is_shown_elsewhere (const char *name)
{
  static const char *const others[] = { "id",       "name",   "company", "phone",   "email",
                                        "source",   "origin", "stage",   "owner",   "group",
                                        "unit",     "city",   "score",   "url",     "interest",
                                        "notes",    "custom", "etag",    "created", "last-contact",
                                        "revision", NULL };

  return g_strv_contains (others, name);
}

static char *
list_to_text (const WfJson *value)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < wf_json_get_size (value); i++)
    {
      const WfJson *element = wf_json_get_element (value, i);
      const char *word = wf_json_get_string (element);
      g_autofree char *other = word == NULL ? wf_json_to_text (element, FALSE) : NULL;
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", word != NULL ? word : other);
    }
  return g_string_free_and_steal (text);
}

/* A whole date and time is shown in the viewer's zone; anything else stays as it is. */
static char *
value_to_text (const WfJson *value, WfInstant now, GTimeZone *zone)
{
  const char *text = wf_json_get_string (value);
  WfInstant at;

  if (text != NULL && strlen (text) > strlen ("2026-11-20T") && text[10] == 'T' &&
      wf_instant_parse (text, &at))
    return wf_time_text_day_and_time (at, now, zone);
  if (text != NULL)
    return g_strdup (text);
  if (wf_json_is (value, WF_JSON_BOOLEAN))
    return g_strdup (wf_json_get_boolean (value, FALSE) ? _ ("Yes") : _ ("No"));
  if (wf_json_is (value, WF_JSON_ARRAY))
    return list_to_text (value);
  return wf_json_is (value, WF_JSON_NULL) ? NULL : wf_json_to_text (value, FALSE);
}

static void
add_field (GPtrArray *fields, const char *id, const WfJson *value, WfInstant now, GTimeZone *zone)
{
  g_autofree char *text = value_to_text (value, now, zone);

  if (text == NULL || *text == '\0')
    return;
  WfLeadFieldText *field = g_new0 (WfLeadFieldText, 1);
  field->name = g_strdup (wf_field_to_text (id));
  field->value = g_steal_pointer (&text);
  g_ptr_array_add (fields, field);
}

GPtrArray *
wf_lead_list_fields (const WfLead *lead, const WfOrganisation *organisation, WfInstant now,
                     GTimeZone *zone)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_field_text_free);
  const WfJson *root = lead->document != NULL ? wf_json_document_get_root (lead->document) : NULL;
  const WfJson *sources[] = { wf_json_get_member (root, "custom"), root };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      WfJsonIter iter;
      const char *name;
      const WfJson *value;

      wf_json_iter_init (&iter, sources[i]);
      while (wf_json_iter_next (&iter, &name, &value))
        {
          if (name == NULL || (i == 1 && is_shown_elsewhere (name)))
            continue;
          g_autofree char *id = g_strconcat (i == 0 ? "lead.custom." : "lead.", name, NULL);
          add_field (fields, id, value, now, zone);
        }
    }
  return fields;
}

/* ---- CSV --------------------------------------------------------------------------------------- */

/* The next activity is two columns of the file: what it is, and when. */
static void
append_heads (GString *csv, WfLeadColumn column)
{
  static const char *const heads[WF_N_LEAD_COLUMNS] = {
    [WF_LEAD_COLUMN_NAME] = N_ ("Lead"),           [WF_LEAD_COLUMN_STAGE] = N_ ("Stage"),
    [WF_LEAD_COLUMN_OWNER] = N_ ("Owner"),         [WF_LEAD_COLUMN_SCORE] = N_ ("Score"),
    [WF_LEAD_COLUMN_ORIGIN] = N_ ("Origin"),       [WF_LEAD_COLUMN_NEXT] = N_ ("Next activity"),
    [WF_LEAD_COLUMN_CONTACT] = N_ ("Last contact")
  };

  g_return_if_fail (column < WF_N_LEAD_COLUMNS && heads[column] != NULL);
  wf_csv_append_field (csv, gettext (heads[column]), FALSE);
  if (column == WF_LEAD_COLUMN_NEXT)
    wf_csv_append_field (csv, _ ("Due"), FALSE);
}

/* Who it is and where from: no columns of the table, and in every file. */
static void
append_strings (GString *csv, const char *const *values, guint n)
{
  for (guint i = 0; i < n; i++)
    wf_csv_append_field (csv, values[i], i + 1 == n);
}

void
wf_leads_append_csv_head (GString *csv, const GArray *columns)
{
  const char *const others[] = { _ ("Company"), _ ("Phone"), _ ("E-mail"), _ ("Source") };

  wf_csv_append_field (csv, "id", FALSE); /* the CRM's own word, in every language */
  for (guint i = 0; i < columns->len; i++)
    append_heads (csv, g_array_index (columns, WfLeadColumn, i));
  append_strings (csv, others, G_N_ELEMENTS (others));
}

static void
append_instant (GString *csv, WfInstant instant, GTimeZone *zone)
{
  g_autofree char *text = instant != WF_INSTANT_NONE ? wf_instant_format_zone (instant, zone)
                                                     : NULL;

  wf_csv_append_field (csv, text, FALSE);
}

static void
append_values (GString *csv, const WfLead *lead, const WfOrganisation *organisation,
               GTimeZone *zone, WfLeadColumn column)
{
  g_autofree char *score = wf_lead_score_text (lead);

  switch (column)
    {
    case WF_LEAD_COLUMN_NAME:
      wf_csv_append_field (csv, lead->name, FALSE);
      break;
    case WF_LEAD_COLUMN_STAGE:
      wf_csv_append_field (csv, wf_lead_stage_name (lead, organisation), FALSE);
      break;
    case WF_LEAD_COLUMN_OWNER:
      wf_csv_append_field (csv, lead->owner != NULL ? wf_lead_owner_name (lead, organisation) : "",
                           FALSE);
      break;
    case WF_LEAD_COLUMN_SCORE:
      wf_csv_append_field (csv, score, FALSE);
      break;
    case WF_LEAD_COLUMN_ORIGIN:
      wf_csv_append_field (csv, wf_lead_origin_name (lead), FALSE);
      break;
    case WF_LEAD_COLUMN_NEXT:
      wf_csv_append_field (csv, lead->next_title, FALSE);
      append_instant (csv, lead->next, zone);
      break;
    case WF_LEAD_COLUMN_CONTACT:
      append_instant (csv, lead->last_contact, zone);
      break;
    case WF_LEAD_COLUMN_CHECK:
    case WF_N_LEAD_COLUMNS:
    default:
      g_return_if_reached ();
    }
}

void
wf_lead_append_csv (GString *csv, const WfLead *lead, const WfOrganisation *organisation,
                    GTimeZone *zone, const GArray *columns)
{
  const char *const others[] = { lead->company, lead->phone, lead->email, lead->source };

  wf_csv_append_field (csv, lead->id, FALSE);
  for (guint i = 0; i < columns->len; i++)
    append_values (csv, lead, organisation, zone, g_array_index (columns, WfLeadColumn, i));
  append_strings (csv, others, G_N_ELEMENTS (others));
}
