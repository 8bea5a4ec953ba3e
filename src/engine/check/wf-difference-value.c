/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is set in a step, in words: for differences (B14). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-difference-private.h"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_CHARACTERS 60

/* One element of a list. Owned by the caller. */
typedef char *(*ElementFunc) (const WfJson *value, const WfOrganisation *organisation);

char *
wf_difference_quote (const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n\r\t", ' ');
  g_autofree char *start = NULL;

  if (g_utf8_strlen (line, -1) <= MOST_CHARACTERS)
    return g_strdup_printf (C_ ("difference", "“%s”"), line);
  start = g_utf8_substring (line, 0, MOST_CHARACTERS);
  return g_strdup_printf (C_ ("difference", "“%s…”"), g_strchomp (start));
}

char *
wf_difference_condition_to_json (const WfCondition *condition)
{
  return condition != NULL ? wf_condition_to_json (condition) : g_strdup ("");
}

static char *
make_nothing (void)
{
  return g_strdup (C_ ("difference", "none"));
}

static char *
make_boolean (gboolean value)
{
  return g_strdup (value ? C_ ("difference", "yes") : C_ ("difference", "no"));
}

static char *
quote_name (const char *name)
{
  return g_strdup_printf (C_ ("difference", "“%s”"), name);
}

static char *
make_group (const WfJson *value, const WfOrganisation *organisation)
{
  return quote_name (
      wf_organisation_get_entry_name (organisation, WF_ENTRY_GROUP, wf_json_get_string (value)));
}

static char *
make_activity_type (const WfJson *value, const WfOrganisation *organisation)
{
  return quote_name (wf_organisation_get_entry_name (organisation, WF_ENTRY_ACTIVITY_TYPE,
                                                     wf_json_get_string (value)));
}

static char *
make_event_type (const WfJson *value, G_GNUC_UNUSED const WfOrganisation *organisation)
{
  return quote_name (wf_event_type_to_text (wf_json_get_string (value)));
}

static char *
make_stage (const WfJson *value, const WfOrganisation *organisation)
{
  const WfEntry *stage = organisation != NULL
                             ? wf_organisation_get_stage (organisation, wf_json_get_string (value))
                             : NULL;

  return quote_name (stage != NULL ? stage->name : wf_json_get_string (value));
}

/* "responsible", "person:ID", "group:ID", "round-robin:GROUP", "least-loaded:GROUP" */
static char *
make_assignee (const WfJson *value, const WfOrganisation *organisation)
{
  const char *text = wf_json_get_string (value), *colon = strchr (text, ':');
  const char *id = colon != NULL ? colon + 1 : NULL;

  if (id == NULL)
    return g_strdup (wf_setting_choice_to_text (NULL, text));
  if (g_str_has_prefix (text, "person:"))
    return quote_name (wf_organisation_get_person_name (organisation, id));
  id = wf_organisation_get_entry_name (organisation, WF_ENTRY_GROUP, id);
  if (g_str_has_prefix (text, "round-robin:"))
    return g_strdup_printf (_ ("in turn in the group “%s”"), id);
  if (g_str_has_prefix (text, "least-loaded:"))
    return g_strdup_printf (_ ("who has least to do in the group “%s”"), id);
  if (g_str_has_prefix (text, "group:"))
    return g_strdup_printf (_ ("the group “%s”"), id);
  return quote_name (text);
}

/* An unreadable condition is shown as it stands. */
static char *
make_condition (const WfJson *value, const WfOrganisation *organisation)
{
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);
  g_autoptr (WfCondition) condition = wf_condition_read (&cursor);

  return condition != NULL ? wf_condition_to_text (condition, organisation)
                           : wf_json_to_text (value, FALSE);
}

static char *
make_rule (const WfJson *value, const WfOrganisation *organisation)
{
  const WfJson *to = wf_json_get_member (value, "to");
  g_autofree char *condition = NULL;
  g_autofree char *assignee = NULL;

  if (!wf_json_is (to, WF_JSON_STRING) || wf_json_get_member (value, "if") == NULL)
    return wf_json_to_text (value, FALSE);
  condition = make_condition (wf_json_get_member (value, "if"), organisation);
  assignee = make_assignee (to, organisation);
  /* Translators: a condition such as “Score is at least 80”, and a person */
  return g_strdup_printf (_ ("if %1$s: %2$s"), condition, assignee);
}

static char *
join (const WfJson *list, ElementFunc func, WfJsonType type, const WfOrganisation *organisation)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, list);
  while (wf_json_iter_next (&iter, NULL, &value))
    {
      g_autofree char *element = wf_json_is (value, type) ? func (value, organisation)
                                                          : wf_json_to_text (value, FALSE);

      if (text->len > 0)
        g_string_append (text, C_ ("separator of a list", ", "));
      g_string_append (text, element);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
make_duration (const WfJson *value)
{
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);
  WfDuration duration = wf_duration_read (&cursor, FALSE);

  return wf_duration_is_set (duration) ? wf_duration_to_text (duration) : make_nothing ();
}

static char *
make_deadline (const WfJson *value)
{
  g_autofree char *duration = make_duration (value);
  const char *before = wf_json_get_member_string (value, "before");

  if (before == NULL)
    return g_steal_pointer (&duration);
  if (wf_json_get_boolean (wf_json_get_member (value, "business-time"), FALSE))
    /* Translators: an amount of time, and a date such as “Meeting’s start” */
    return g_strdup_printf (_ ("%1$s of business hours before “%2$s”"), duration,
                            wf_field_to_text (before));
  return g_strdup_printf (_ ("%1$s before “%2$s”"), duration, wf_field_to_text (before));
}

static char *
make_permission (const WfJson *value, const WfOrganisation *organisation)
{
  const WfJson *groups = wf_json_get_member (value, "groups");

  if (g_strcmp0 (wf_json_get_member_string (value, "scope"), "groups") != 0)
    return g_strdup (C_ ("difference", "all"));
  return wf_json_get_size (groups) > 0 ? join (groups, make_group, WF_JSON_STRING, organisation)
                                       : make_nothing ();
}

static char *
make_of_text (const WfSettingInfo *setting, const WfJson *value, const WfOrganisation *organisation)
{
  const char *text = wf_json_get_string (value);

  switch (setting->type)
    {
    case WF_SETTING_CHOICE:
      return g_strdup (wf_setting_choice_to_text (setting, text));
    case WF_SETTING_DATE_FIELD:
    case WF_SETTING_FIELD:
      return quote_name (wf_field_to_text (text));
    case WF_SETTING_STAGE:
      return make_stage (value, organisation);
    case WF_SETTING_PERSON:
      return quote_name (wf_organisation_get_person_name (organisation, text));
    case WF_SETTING_RECIPIENT:
    case WF_SETTING_ASSIGNEE:
      return make_assignee (value, organisation);
    case WF_SETTING_ACTIVITY_TYPE:
      return make_activity_type (value, organisation);
    default:
      return wf_difference_quote (text);
    }
}

static char *
make_of_list (const WfSettingInfo *setting, const WfJson *value, const WfOrganisation *organisation)
{
  if (wf_json_get_size (value) == 0)
    return setting->type == WF_SETTING_ACTIVITY_TYPES ? g_strdup (C_ ("difference", "all"))
                                                      : make_nothing ();
  switch (setting->type)
    {
    case WF_SETTING_RECIPIENTS:
      return join (value, make_assignee, WF_JSON_STRING, organisation);
    case WF_SETTING_RULES:
      return join (value, make_rule, WF_JSON_OBJECT, organisation);
    case WF_SETTING_ACTIVITY_TYPES:
      return join (value, make_activity_type, WF_JSON_STRING, organisation);
    case WF_SETTING_EVENT_TYPES:
      return join (value, make_event_type, WF_JSON_STRING, organisation);
    default:
      return wf_json_to_text (value, FALSE);
    }
}

static char *
make_of_object (const WfSettingInfo *setting, const WfJson *value,
                const WfOrganisation *organisation)
{
  switch (setting->type)
    {
    case WF_SETTING_DURATION:
      return make_duration (value);
    case WF_SETTING_DEADLINE:
      return make_deadline (value);
    case WF_SETTING_PERMISSION:
      return make_permission (value, organisation);
    case WF_SETTING_CONDITION:
      return make_condition (value, organisation);
    default:
      return wf_json_to_text (value, FALSE);
    }
}

static char *
make_missing (const WfSettingInfo *setting)
{
  switch (setting->type)
    {
    case WF_SETTING_BOOLEAN:
      return make_boolean (FALSE);
    case WF_SETTING_PERMISSION:
    case WF_SETTING_ACTIVITY_TYPES:
      return g_strdup (C_ ("difference", "all"));
    default:
      return setting->fallback != NULL
                 ? g_strdup (wf_setting_choice_to_text (setting, setting->fallback))
                 : make_nothing ();
    }
}

char *
wf_difference_value_to_text (const WfSettingInfo *setting, const WfJson *value,
                             const WfOrganisation *organisation)
{
  switch (wf_json_get_type (value))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return make_missing (setting);
    case WF_JSON_BOOLEAN:
      return make_boolean (wf_json_get_boolean (value, FALSE));
    case WF_JSON_STRING:
      return make_of_text (setting, value, organisation);
    case WF_JSON_ARRAY:
      return make_of_list (setting, value, organisation);
    case WF_JSON_OBJECT:
      return make_of_object (setting, value, organisation);
    case WF_JSON_NUMBER:
      break;
    }
  return wf_json_to_text (value, FALSE);
}

/* What is written as it is when it is not set. */
static gboolean
is_default (const WfSettingInfo *setting, const WfJson *value)
{
  switch (wf_json_get_type (value))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return TRUE;
    case WF_JSON_BOOLEAN:
      return setting->type == WF_SETTING_BOOLEAN && !wf_json_get_boolean (value, TRUE);
    case WF_JSON_STRING:
      return setting->fallback != NULL ? strcmp (wf_json_get_string (value), setting->fallback) == 0
                                       : wf_json_get_string_length (value) == 0;
    case WF_JSON_ARRAY:
      return wf_json_get_size (value) == 0;
    case WF_JSON_OBJECT:
      return setting->type == WF_SETTING_PERMISSION &&
             g_strcmp0 (wf_json_get_member_string (value, "scope"), "groups") != 0;
    case WF_JSON_NUMBER:
      break;
    }
  return FALSE;
}

gboolean
wf_difference_is_same (const WfSettingInfo *setting, const WfJson *a, const WfJson *b)
{
  if (a != NULL && b != NULL && wf_json_equal (a, b))
    return TRUE;
  return is_default (setting, a) && is_default (setting, b);
}
