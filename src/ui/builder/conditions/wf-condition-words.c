/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields, comparisons and values go together, and what each is called. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-words.h"

#include "wf-condition-draft-private.h"
#include "wf-event-catalogue.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* ---- comparisons ---- */

#define PRESENCE WF_OP_IS_SET, WF_OP_IS_EMPTY
#define CHANGES WF_OP_CHANGED, WF_OP_CHANGED_TO

static const WfOperator text_operators[] = { WF_OP_EQ,          WF_OP_NE, WF_OP_CONTAINS,
                                             WF_OP_STARTS_WITH, WF_OP_IN, WF_OP_NOT_IN,
                                             PRESENCE,          CHANGES };
static const WfOperator number_operators[] = { WF_OP_GE,     WF_OP_LE, WF_OP_GT,      WF_OP_LT,
                                               WF_OP_EQ,     WF_OP_NE, WF_OP_BETWEEN, WF_OP_IN,
                                               WF_OP_NOT_IN, PRESENCE, CHANGES };
static const WfOperator boolean_operators[] = { WF_OP_EQ, PRESENCE, CHANGES };
static const WfOperator date_operators[] = {
  WF_OP_GE, WF_OP_LE,     WF_OP_GT, WF_OP_LT, WF_OP_EQ, WF_OP_BETWEEN, WF_OP_MATCHES_HOURS,
  PRESENCE, WF_OP_CHANGED
};
static const WfOperator list_operators[] = { WF_OP_CONTAINS, WF_OP_IN, WF_OP_NOT_IN, PRESENCE,
                                             WF_OP_CHANGED };
static const WfOperator person_operators[] = { WF_OP_EQ,        WF_OP_NE, WF_OP_IN, WF_OP_NOT_IN,
                                               WF_OP_MEMBER_OF, PRESENCE, CHANGES };
static const WfOperator choice_operators[] = { WF_OP_EQ,     WF_OP_NE, WF_OP_IN,
                                               WF_OP_NOT_IN, PRESENCE, CHANGES };
/* A CRM's own field may be anything. */
static const WfOperator all_operators[] = {
  WF_OP_EQ,      WF_OP_NE, WF_OP_CONTAINS, WF_OP_STARTS_WITH, WF_OP_IN,
  WF_OP_NOT_IN,  WF_OP_GE, WF_OP_LE,       WF_OP_GT,          WF_OP_LT,
  WF_OP_BETWEEN, PRESENCE, CHANGES,        WF_OP_MEMBER_OF,   WF_OP_MATCHES_HOURS,
};
G_STATIC_ASSERT (G_N_ELEMENTS (all_operators) == WF_N_OPERATORS);

#define SOME(array) (*n = G_N_ELEMENTS (array), array)

const WfOperator *
wf_condition_get_operators (const char *field, guint *n)
{
  const WfFieldInfo *info = wf_field_find (field);

  if (info == NULL)
    return SOME (all_operators);
  switch (info->type)
    {
    case WF_FIELD_TEXT:
      return SOME (text_operators);
    case WF_FIELD_NUMBER:
      return SOME (number_operators);
    case WF_FIELD_BOOLEAN:
      return SOME (boolean_operators);
    case WF_FIELD_DATE_TIME:
      return SOME (date_operators);
    case WF_FIELD_LIST:
      return SOME (list_operators);
    case WF_FIELD_PERSON:
      return SOME (person_operators);
    case WF_FIELD_GROUP:
    case WF_FIELD_STAGE:
      return SOME (choice_operators);
    }
  g_assert_not_reached ();
}

const char *
wf_condition_operator_to_text (const char *field, WfOperator op)
{
  const WfFieldInfo *info = wf_field_find (field);

  if (info == NULL || info->type != WF_FIELD_DATE_TIME)
    return wf_operator_to_text (op);
  switch (op)
    {
    case WF_OP_LT:
      return C_ ("operator", "is before");
    case WF_OP_LE:
      return C_ ("operator", "is at or before");
    case WF_OP_GT:
      return C_ ("operator", "is after");
    case WF_OP_GE:
      return C_ ("operator", "is at or after");
    default:
      return wf_operator_to_text (op);
    }
}

const char *
wf_condition_kind_to_text (WfConditionKind kind)
{
  switch (kind)
    {
    case WF_CONDITION_ANY:
      return _ ("Any of these");
    case WF_CONDITION_NONE:
      return _ ("None of these");
    case WF_CONDITION_ALL:
    case WF_CONDITION_TEST:
      return _ ("All of these");
    }
  g_assert_not_reached ();
}

/* ---- values ---- */

WfValueKind
wf_condition_get_value_kind (const char *field, WfOperator op)
{
  const WfFieldInfo *info = wf_field_find (field);

  if (op == WF_OP_MATCHES_HOURS)
    return WF_VALUE_BOOLEAN;
  if (op == WF_OP_MEMBER_OF)
    return WF_VALUE_GROUP;
  if (op == WF_OP_CONTAINS || op == WF_OP_STARTS_WITH || info == NULL)
    return WF_VALUE_TEXT;
  if (g_str_equal (field, "activity.type"))
    return WF_VALUE_ACTIVITY_TYPE;
  switch (info->type)
    {
    case WF_FIELD_TEXT:
    case WF_FIELD_LIST:
      return WF_VALUE_TEXT;
    case WF_FIELD_NUMBER:
      return WF_VALUE_NUMBER;
    case WF_FIELD_BOOLEAN:
      return WF_VALUE_BOOLEAN;
    case WF_FIELD_DATE_TIME:
      return WF_VALUE_DATE;
    case WF_FIELD_PERSON:
      return WF_VALUE_PERSON;
    case WF_FIELD_GROUP:
      return WF_VALUE_GROUP;
    case WF_FIELD_STAGE:
      return WF_VALUE_STAGE;
    }
  g_assert_not_reached ();
}

static GTimeZone *
get_zone (const WfOrganisation *organisation)
{
  return organisation != NULL ? wf_working_hours_get_zone (wf_organisation_get_hours (organisation))
                              : NULL;
}

/* "2026-11-20 17:50" in the company's zone; a bare date stays one. */
static char *
date_to_text (const char *value, const WfOrganisation *organisation)
{
  GTimeZone *zone = get_zone (organisation);
  g_autoptr (GDateTime) local = NULL;
  WfInstant instant;

  if (zone == NULL || !wf_instant_parse (value, &instant) || instant % G_TIME_SPAN_MINUTE != 0)
    return g_strdup (value);
  local = wf_instant_to_date_time (instant, zone);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static char *
date_from_text (const char *text, const WfOrganisation *organisation)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  GTimeZone *zone = get_zone (organisation);
  g_autoptr (GDateTime) local = NULL;
  int year, month, day, hour, minute, read = 0;

  if (zone != NULL &&
      sscanf (plain, "%4d-%2d-%2d%*[ T]%2d:%2d%n", &year, &month, &day, &hour, &minute, &read) ==
          5 &&
      plain[read] == '\0')
    local = g_date_time_new (zone, year, month, day, hour, minute, 0);
  if (local == NULL)
    return g_steal_pointer (&plain);
  return wf_instant_format_zone (g_date_time_to_unix_usec (local), zone);
}

static const char *
find_name (WfValueKind kind, const char *id, const WfOrganisation *organisation)
{
  if (kind == WF_VALUE_PERSON)
    return wf_organisation_get_person_name (organisation, id);
  if (kind == WF_VALUE_STAGE)
    return wf_organisation_get_stage_name (organisation, id);
  return wf_organisation_get_entry_name (
      organisation, kind == WF_VALUE_GROUP ? WF_ENTRY_GROUP : WF_ENTRY_ACTIVITY_TYPE, id);
}

char *
wf_typed_value_to_text (WfValueKind kind, const char *value, const WfOrganisation *organisation)
{
  if (kind == WF_VALUE_DATE)
    return date_to_text (value, organisation);
  if (kind == WF_VALUE_BOOLEAN)
    return g_strdup (g_str_equal (value, "true")    ? C_ ("value", "yes")
                     : g_str_equal (value, "false") ? C_ ("value", "no")
                                                    : value);
  if (kind < WF_VALUE_PERSON || organisation == NULL)
    return g_strdup (value);
  return g_strdup (find_name (kind, value, organisation));
}

char *
wf_typed_value_from_text (WfValueKind kind, const char *text, const WfOrganisation *organisation)
{
  return kind == WF_VALUE_DATE ? date_from_text (text, organisation) : g_strdup (text);
}

static void
add_entries (GPtrArray *ids, const WfEntry *entries, guint n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, g_strdup (entries[i].id));
}

static void
add_people (GPtrArray *ids, const WfOrganisation *organisation)
{
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    g_ptr_array_add (ids, g_strdup (wf_organisation_get_person_at (organisation, i)->id));
}

/* Stages stay in the order of their pipelines. */
static void
add_stages (GPtrArray *ids, const WfOrganisation *organisation)
{
  guint n;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    add_entries (ids, pipelines[i].stages, pipelines[i].n_stages);
}

typedef struct
{
  WfValueKind kind;
  const WfOrganisation *organisation;
} Naming;

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  const Naming *naming = data;

  return g_utf8_collate (find_name (naming->kind, *(const char *const *) a, naming->organisation),
                         find_name (naming->kind, *(const char *const *) b, naming->organisation));
}

static char **
take_strv (GPtrArray *ids)
{
  char **strv = (char **) g_ptr_array_steal (ids, NULL);

  return strv != NULL ? strv : g_new0 (char *, 1);
}

char **
wf_condition_list_choices (WfValueKind kind, const WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  WfEntryKind entries = kind == WF_VALUE_GROUP ? WF_ENTRY_GROUP : WF_ENTRY_ACTIVITY_TYPE;
  const WfEntry *found;
  guint n;

  if (kind == WF_VALUE_BOOLEAN)
    {
      g_ptr_array_add (ids, g_strdup ("true"));
      g_ptr_array_add (ids, g_strdup ("false"));
    }
  if (kind < WF_VALUE_PERSON || organisation == NULL)
    return take_strv (ids);
  if (kind == WF_VALUE_PERSON)
    add_people (ids, organisation);
  else if (kind == WF_VALUE_STAGE)
    add_stages (ids, organisation);
  else
    {
      found = wf_organisation_get_entries (organisation, entries, &n);
      add_entries (ids, found, n);
    }
  if (kind != WF_VALUE_STAGE)
    g_ptr_array_sort_with_data (ids, compare_names, &(Naming) { kind, organisation });
  return take_strv (ids);
}

/* ---- what is missing or wrong ---- */

static char *
find_group_problem (const WfConditionDraft *self)
{
  if (self->parent == NULL || self->children->len > 0)
    return NULL;
  return g_strdup (
      self->group == WF_CONDITION_ANY
          ? _ ("This group is empty and never holds. Add a condition, or remove it.")
          : _ ("This group is empty and always holds. Add a condition, or remove it."));
}

static char *
find_value_problem (WfValueKind kind, const char *value)
{
  int year, month, day;
  WfInstant instant;
  double number;

  if (kind == WF_VALUE_NUMBER && !wf_draft_parse_number (value, &number))
    return g_strdup_printf (_ ("“%s” is no number."), value);
  if (kind == WF_VALUE_DATE && !wf_instant_parse (value, &instant) &&
      !wf_instant_parse_date (value, &year, &month, &day))
    /* Translators: the dates are examples; keep this order of year, month and day */
    return g_strdup_printf (
        _ ("“%s” is no date. Write one such as 2026-11-20 or 2026-11-20 17:50."), value);
  return NULL;
}

static char *
find_range_problem (const WfConditionDraft *self, WfValueKind kind)
{
  double low, high;

  if (*wf_condition_draft_get_value (self, 0) == '\0' ||
      *wf_condition_draft_get_value (self, 1) == '\0')
    return g_strdup (_ ("Give the lowest and the highest value."));
  if (kind == WF_VALUE_NUMBER &&
      wf_draft_parse_number (wf_condition_draft_get_value (self, 0), &low) &&
      wf_draft_parse_number (wf_condition_draft_get_value (self, 1), &high) && low > high)
    return g_strdup (_ ("The first value is higher than the second: nothing is between them."));
  return NULL;
}

static char *
find_test_problem (const WfConditionDraft *self)
{
  WfValueKind kind = wf_condition_get_value_kind (self->field, self->op);
  WfValueShape shape = wf_condition_draft_get_shape (self);
  guint n = wf_condition_draft_get_n_values (self);
  char *problem = NULL;

  if (self->field == NULL)
    return g_strdup (_ ("Choose a field."));
  if (shape == WF_VALUES_NONE || (self->op == WF_OP_MATCHES_HOURS && n == 0))
    return NULL;
  if (n == 0 || (shape == WF_VALUES_ONE && *wf_condition_draft_get_value (self, 0) == '\0' &&
                 ((const WfDraftValue *) g_ptr_array_index (self->values, 0))->json == NULL))
    return g_strdup (shape == WF_VALUES_LIST    ? _ ("Add at least one value.")
                     : shape == WF_VALUES_RANGE ? _ ("Give the lowest and the highest value.")
                                                : _ ("The value is missing."));
  if (shape == WF_VALUES_RANGE)
    problem = find_range_problem (self, kind);
  for (guint i = 0; problem == NULL && i < n; i++)
    problem = find_value_problem (kind, wf_condition_draft_get_value (self, i));
  return problem;
}

char *
wf_condition_draft_find_problem (const WfConditionDraft *self)
{
  switch (self->kind)
    {
    case WF_DRAFT_GROUP:
      return find_group_problem (self);
    case WF_DRAFT_TEST:
      return find_test_problem (self);
    case WF_DRAFT_KEPT:
      return NULL;
    }
  g_assert_not_reached ();
}

char *
wf_condition_draft_to_text (const WfConditionDraft *self, const WfOrganisation *organisation)
{
  g_autoptr (WfCondition) condition = NULL;

  if (self->kind == WF_DRAFT_GROUP)
    return g_strdup (wf_condition_kind_to_text (self->group));
  if (wf_condition_draft_is_blank (self))
    return g_strdup (_ ("New condition"));
  condition = wf_condition_draft_build_node (self);
  return wf_condition_to_text (condition, organisation);
}
