/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions in words (B24). Each comparison is one whole phrase for translators. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-condition-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
wf_operator_to_text (WfOperator op)
{
  static const char *const texts[WF_N_OPERATORS] = {
    [WF_OP_EQ] = NC_ ("operator", "is"),
    [WF_OP_NE] = NC_ ("operator", "is not"),
    [WF_OP_LT] = NC_ ("operator", "is less than"),
    [WF_OP_LE] = NC_ ("operator", "is at most"),
    [WF_OP_GT] = NC_ ("operator", "is more than"),
    [WF_OP_GE] = NC_ ("operator", "is at least"),
    [WF_OP_CONTAINS] = NC_ ("operator", "contains"),
    [WF_OP_STARTS_WITH] = NC_ ("operator", "starts with"),
    [WF_OP_IN] = NC_ ("operator", "is one of"),
    [WF_OP_NOT_IN] = NC_ ("operator", "is none of"),
    [WF_OP_IS_SET] = NC_ ("operator", "is filled in"),
    [WF_OP_IS_EMPTY] = NC_ ("operator", "is empty"),
    [WF_OP_CHANGED] = NC_ ("operator", "changed"),
    [WF_OP_CHANGED_TO] = NC_ ("operator", "changed to"),
    [WF_OP_MEMBER_OF] = NC_ ("operator", "is in the group"),
    [WF_OP_BETWEEN] = NC_ ("operator", "is between"),
    [WF_OP_MATCHES_HOURS] = NC_ ("operator", "is in working hours"),
  };

  return g_dpgettext2 (NULL, "operator", texts[op]);
}

/* first: the field; second: the value; third: the other end of a range */
static const char *const phrases[WF_N_OPERATORS] = {
  [WF_OP_EQ] = N_ ("%1$s is %2$s"),
  [WF_OP_NE] = N_ ("%1$s is not %2$s"),
  [WF_OP_LT] = N_ ("%1$s is less than %2$s"),
  [WF_OP_LE] = N_ ("%1$s is at most %2$s"),
  [WF_OP_GT] = N_ ("%1$s is more than %2$s"),
  [WF_OP_GE] = N_ ("%1$s is at least %2$s"),
  [WF_OP_CONTAINS] = N_ ("%1$s contains %2$s"),
  [WF_OP_STARTS_WITH] = N_ ("%1$s starts with %2$s"),
  [WF_OP_IN] = N_ ("%1$s is one of %2$s"),
  [WF_OP_NOT_IN] = N_ ("%1$s is none of %2$s"),
  [WF_OP_IS_SET] = N_ ("%1$s is filled in"),
  [WF_OP_IS_EMPTY] = N_ ("%1$s is empty"),
  [WF_OP_CHANGED] = N_ ("%1$s changed"),
  [WF_OP_CHANGED_TO] = N_ ("%1$s changed to %2$s"),
  [WF_OP_MEMBER_OF] = N_ ("%1$s is in the group %2$s"),
  [WF_OP_BETWEEN] = N_ ("%1$s is between %2$s and %3$s"),
  [WF_OP_MATCHES_HOURS] = N_ ("%1$s is in working hours"),
};

static const char *
get_phrase (const WfCondition *self)
{
  if (self->op == WF_OP_MATCHES_HOURS && !wf_json_get_boolean (wf_condition_get_value (self), TRUE))
    return _ ("%1$s is outside working hours");
  if (!self->typed || self->type != WF_FIELD_DATE_TIME)
    return _ (phrases[self->op]);
  switch (self->op)
    {
    case WF_OP_LT:
      return _ ("%1$s is before %2$s");
    case WF_OP_LE:
      return _ ("%1$s is %2$s or before");
    case WF_OP_GT:
      return _ ("%1$s is after %2$s");
    case WF_OP_GE:
      return _ ("%1$s is %2$s or after");
    default:
      return _ (phrases[self->op]);
    }
}

/* Ids of people, groups and stages are shown by their names. */
static const char *
find_name (const WfCondition *self, const char *id, const WfOrganisation *organisation)
{
  const WfPerson *person;
  const WfEntry *entry = NULL;

  if (organisation == NULL)
    return NULL;
  if (self->op == WF_OP_MEMBER_OF || (self->typed && self->type == WF_FIELD_GROUP))
    entry = wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, id);
  else if (self->typed && self->type == WF_FIELD_STAGE)
    entry = wf_organisation_get_stage (organisation, id);
  else if (strcmp (self->field, "activity.type") == 0)
    entry = wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, id);
  if (entry != NULL)
    return entry->name;
  person = self->typed && self->type == WF_FIELD_PERSON
               ? wf_organisation_get_person (organisation, id)
               : NULL;
  return person != NULL ? person->name : NULL;
}

static char *
value_to_text (const WfCondition *self, const WfJson *value, const WfOrganisation *organisation)
{
  char buffer[64];
  const char *text, *name;

  switch (wf_json_get_type (value))
    {
    case WF_JSON_BOOLEAN:
      return g_strdup (wf_json_get_boolean (value, FALSE) ? C_ ("value", "yes")
                                                          : C_ ("value", "no"));
    case WF_JSON_STRING:
    case WF_JSON_NUMBER:
      text = wf_operand_value_to_text (value, buffer);
      name = find_name (self, text, organisation);
      if (name == NULL && text[0] == '\0')
        name = C_ ("value", "nothing");
      return g_strdup (name != NULL ? name : text);
    default:
      return g_strdup (C_ ("value", "nothing"));
    }
}

static char *
elements_to_text (const WfCondition *self, const WfJson *list, const WfOrganisation *organisation)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const WfJson *element;
  WfJsonIter iter;

  wf_json_iter_init (&iter, list);
  while (wf_json_iter_next (&iter, NULL, &element))
    {
      g_autofree char *one = value_to_text (self, element, organisation);

      if (text->len > 0)
        g_string_append (text, C_ ("separator of a list", ", "));
      g_string_append (text, one);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The formats come from the tables above and from translators, whose placeholders msgfmt checks. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
test_to_text (const WfCondition *self, const WfOrganisation *organisation)
{
  const WfJson *value = wf_condition_get_value (self);
  const char *field = wf_field_to_text (self->field);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (self->op == WF_OP_BETWEEN)
    {
      first = value_to_text (self, wf_json_get_element (value, 0), organisation);
      second = value_to_text (self, wf_json_get_element (value, 1), organisation);
    }
  else
    {
      first = self->list ? elements_to_text (self, value, organisation)
                         : value_to_text (self, value, organisation);
    }
  return g_strdup_printf (get_phrase (self), field, first, second);
}
#pragma GCC diagnostic pop

static char *to_text (const WfCondition *self, const WfOrganisation *organisation, gboolean inside);

static char *
join (const WfCondition *self, const WfOrganisation *organisation)
{
  gboolean alone = self->children->len == 1;
  g_autofree char *text = to_text (g_ptr_array_index (self->children, 0), organisation, !alone);

  for (guint i = 1; i < self->children->len; i++)
    {
      g_autofree char *before = g_steal_pointer (&text);
      g_autofree char *next = to_text (g_ptr_array_index (self->children, i), organisation, TRUE);

      /* Translators: two conditions */
      text = g_strdup_printf (
          self->kind == WF_CONDITION_ALL ? _ ("%1$s and %2$s") : _ ("%1$s or %2$s"), before, next);
    }
  return g_steal_pointer (&text);
}

/* inside: part of a longer condition, so that a mixture of "and" and "or" needs parentheses. */
static char *
to_text (const WfCondition *self, const WfOrganisation *organisation, gboolean inside)
{
  g_autofree char *text = NULL;

  if (self->kind == WF_CONDITION_TEST)
    return test_to_text (self, organisation);
  if (self->children->len == 0)
    return g_strdup (self->kind == WF_CONDITION_ANY ? C_ ("condition", "never")
                                                    : C_ ("condition", "always"));
  text = join (self, organisation);
  if (self->kind == WF_CONDITION_NONE)
    /* Translators: a condition that must not hold */
    return g_strdup_printf (_ ("not (%s)"), text);
  if (inside && self->children->len > 1)
    /* Translators: a part of a longer condition */
    return g_strdup_printf (_ ("(%s)"), text);
  return g_steal_pointer (&text);
}

char *
wf_condition_to_text (const WfCondition *self, const WfOrganisation *organisation)
{
  return to_text (self, organisation, FALSE);
}

/**
 * wf_condition_value_to_text:
 * @self: a test
 * @value: (nullable): what its field had
 * @organisation: (nullable): for names
 *
 * Returns: (transfer full) (nullable): the value as the test's sentence would name it; %NULL for
 *   nothing
 */
char *
wf_condition_value_to_text (const WfCondition *self, const WfJson *value,
                            const WfOrganisation *organisation)
{
  g_return_val_if_fail (self->kind == WF_CONDITION_TEST, NULL);
  switch (wf_json_get_type (value))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return NULL;
    case WF_JSON_ARRAY:
      return wf_json_get_size (value) > 0 ? elements_to_text (self, value, organisation) : NULL;
    case WF_JSON_OBJECT:
      return wf_json_to_text (value, FALSE);
    case WF_JSON_STRING:
      if (wf_json_get_string_length (value) == 0)
        return NULL;
      return value_to_text (self, value, organisation);
    case WF_JSON_BOOLEAN:
    case WF_JSON_NUMBER:
      return value_to_text (self, value, organisation);
    }
  g_return_val_if_reached (NULL);
}
