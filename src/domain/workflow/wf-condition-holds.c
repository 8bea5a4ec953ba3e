/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluating conditions. The hot path of the engine: numbers and ASCII text are compared without
 * allocation. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-condition-private.h"

#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-text-fold.h"

#include <string.h>

#define MICROSECONDS_A_DAY (24 * G_TIME_SPAN_HOUR)

/* In which way a value is compared. */
typedef enum
{
  AS_NOTHING, /* objects */
  AS_NUMBER,
  AS_TEXT,
  AS_DATE,
  AS_BOOLEAN,
  AS_LIST,
} Comparison;

/* The order of a value and an operand; DIFFERENT when neither is the greater. */
typedef enum
{
  DIFFERENT,
  LESS,
  EQUAL,
  GREATER,
} Order;

static Order
order_from_sign (int sign)
{
  return sign < 0 ? LESS : (sign > 0 ? GREATER : EQUAL);
}

/* Missing, null, "", [] and {} are all the same: empty. */
static gboolean
is_empty (const WfJson *value)
{
  switch (wf_json_get_type (value))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return TRUE;
    case WF_JSON_STRING:
      return wf_json_get_string_length (value) == 0;
    case WF_JSON_ARRAY:
    case WF_JSON_OBJECT:
      return wf_json_get_size (value) == 0;
    case WF_JSON_BOOLEAN:
    case WF_JSON_NUMBER:
      return FALSE;
    }
  g_assert_not_reached ();
}

static Comparison
get_comparison (const WfCondition *self, const WfJson *value)
{
  WfJsonType json = wf_json_get_type (value);

  if (json == WF_JSON_ARRAY)
    return AS_LIST;
  if (json == WF_JSON_OBJECT)
    return AS_NOTHING;
  if (self->typed)
    switch (self->type)
      {
      case WF_FIELD_NUMBER:
        return AS_NUMBER;
      case WF_FIELD_BOOLEAN:
        return AS_BOOLEAN;
      case WF_FIELD_DATE_TIME:
        return AS_DATE;
      case WF_FIELD_TEXT:
      case WF_FIELD_PERSON:
      case WF_FIELD_GROUP:
      case WF_FIELD_STAGE:
        return AS_TEXT;
      case WF_FIELD_LIST:
        break;
      }
  return json == WF_JSON_NUMBER ? AS_NUMBER : (json == WF_JSON_BOOLEAN ? AS_BOOLEAN : AS_TEXT);
}

static gboolean
get_number (const WfJson *value, double *number)
{
  if (wf_json_is (value, WF_JSON_STRING))
    return wf_operand_parse_number (wf_json_get_string (value), number);
  *number = wf_json_get_double (value, 0);
  return wf_json_is (value, WF_JSON_NUMBER);
}

static Order
compare_number (const WfJson *value, const WfOperand *operand)
{
  double number;

  if (!operand->is_number || !get_number (value, &number))
    return DIFFERENT;
  return order_from_sign ((number > operand->number) - (number < operand->number));
}

static Order
compare_text (const WfJson *value, const WfOperand *operand)
{
  char buffer[64];
  const char *text = wf_operand_value_to_text (value, buffer);

  return text != NULL ? order_from_sign (wf_text_compare_folded (text, operand->folded))
                      : DIFFERENT;
}

static Order
compare_boolean (const WfJson *value, const WfOperand *operand)
{
  char buffer[64];
  const char *text = wf_operand_value_to_text (value, buffer);
  gboolean truth = text != NULL && wf_text_compare_folded (text, "true") == 0;

  if (!operand->is_boolean || text == NULL ||
      (!truth && wf_text_compare_folded (text, "false") != 0))
    return DIFFERENT;
  return order_from_sign (truth - operand->boolean);
}

static GTimeZone *
get_zone (const WfConditionContext *context)
{
  return context->organisation != NULL
             ? wf_working_hours_get_zone (wf_organisation_get_hours (context->organisation))
             : NULL;
}

/* The local day of an instant; zone NULL is UTC. */
static gint64
get_local_day (WfInstant instant, GTimeZone *zone)
{
  gint64 day;

  if (zone != NULL)
    {
      int interval =
          g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant / G_USEC_PER_SEC);

      instant += g_time_zone_get_offset (zone, interval) * (gint64) G_USEC_PER_SEC;
    }
  day = instant / MICROSECONDS_A_DAY;
  return instant % MICROSECONDS_A_DAY < 0 ? day - 1 : day;
}

/* A bare date stands for the whole local day: "until 30 November" includes that evening. So days
 * are compared as soon as one side is a bare date. */
static Order
compare_date (const WfJson *value, const WfOperand *operand, const WfConditionContext *context)
{
  const char *text = wf_json_get_string (value);
  gboolean timed;
  WfInstant instant;
  gint64 own_day, day;
  int year, month, date;

  if (text == NULL || operand->date == WF_OPERAND_NO_DATE)
    return DIFFERENT;
  timed = wf_instant_parse (text, &instant);
  if (!timed && !wf_instant_parse_date (text, &year, &month, &date))
    return DIFFERENT;
  if (timed && operand->date == WF_OPERAND_INSTANT)
    return order_from_sign ((instant > operand->instant) - (instant < operand->instant));
  own_day =
      timed ? get_local_day (instant, get_zone (context))
            : wf_civil_date_to_day ((WfCivilDate) { .year = year, .month = month, .day = date });
  day = operand->date == WF_OPERAND_DAY ? operand->day
                                        : get_local_day (operand->instant, get_zone (context));
  return order_from_sign ((own_day > day) - (own_day < day));
}

/* A field of no known type is compared as what both sides are: texts that are dates as dates,
 * and with a number a text that is one as a number. */
static Order
compare_unknown_text (const WfJson *value, const WfOperand *operand,
                      const WfConditionContext *context)
{
  Order order = DIFFERENT;

  if (operand->json == WF_JSON_NUMBER)
    order = compare_number (value, operand);
  else if (operand->date != WF_OPERAND_NO_DATE)
    order = compare_date (value, operand, context);
  return order != DIFFERENT ? order : compare_text (value, operand);
}

static Order
compare (const WfCondition *self, const WfJson *value, const WfOperand *operand,
         const WfConditionContext *context)
{
  switch (get_comparison (self, value))
    {
    case AS_NUMBER:
      return compare_number (value, operand);
    case AS_DATE:
      return compare_date (value, operand, context);
    case AS_BOOLEAN:
      return compare_boolean (value, operand);
    case AS_TEXT:
      return self->typed && self->type != WF_FIELD_LIST
                 ? compare_text (value, operand)
                 : compare_unknown_text (value, operand, context);
    case AS_NOTHING:
    case AS_LIST:
      return DIFFERENT;
    }
  g_assert_not_reached ();
}

static int
find_text (gconstpointer text, gconstpointer element)
{
  return wf_text_compare_folded (text, *(const char *const *) element);
}

static int
find_number (gconstpointer number, gconstpointer element)
{
  double x = *(const double *) number, y = *(const double *) element;

  return (x > y) - (x < y);
}

/* Long lists are sorted: a binary search decides for the two most common types. */
static gboolean
is_in_index (const WfCondition *self, const WfJson *value, Comparison comparison, gboolean *found)
{
  char buffer[64];
  const char *text;
  double number;

  *found = FALSE;
  if (self->texts == NULL || (comparison != AS_NUMBER && comparison != AS_TEXT))
    return FALSE;
  if (comparison == AS_NUMBER)
    {
      *found = get_number (value, &number) &&
               bsearch (&number, self->numbers->data, self->numbers->len, sizeof (double),
                        find_number) != NULL;
      return TRUE;
    }
  text = wf_operand_value_to_text (value, buffer);
  if (text == NULL) /* an element of a list that is null */
    return TRUE;
  *found = bsearch (text, self->texts->pdata, self->texts->len, sizeof (gpointer), find_text) !=
           NULL;
  return *found || (self->typed && self->type != WF_FIELD_LIST);
}

static gboolean
is_among (const WfCondition *self, const WfJson *value, const WfConditionContext *context)
{
  gboolean found;

  if (is_in_index (self, value, get_comparison (self, value), &found))
    return found;
  for (guint i = 0; i < self->n_operands; i++)
    if (compare (self, value, &self->operands[i], context) == EQUAL)
      return TRUE;
  return FALSE;
}

/* Some element of a list, or the value itself. */
static gboolean
any_is_among (const WfCondition *self, const WfJson *value, const WfConditionContext *context)
{
  const WfJson *element;
  WfJsonIter iter;

  if (!wf_json_is (value, WF_JSON_ARRAY))
    return is_among (self, value, context);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    if (is_among (self, element, context))
      return TRUE;
  return FALSE;
}

/* A list equals a list with equal elements in the same order, and a single value when it has
 * just that one. */
static gboolean
list_equals (const WfCondition *self, const WfJson *list, const WfConditionContext *context)
{
  const WfJson *element;
  WfJsonIter iter;

  if (wf_json_get_size (list) != self->n_operands)
    return FALSE;
  wf_json_iter_init (&iter, list);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &element); i++)
    if (compare (self, element, &self->operands[i], context) != EQUAL)
      return FALSE;
  return TRUE;
}

static gboolean
equals (const WfCondition *self, const WfJson *value, const WfConditionContext *context)
{
  if (wf_json_is (value, WF_JSON_ARRAY))
    return list_equals (self, value, context);
  return self->n_operands == 1 && compare (self, value, &self->operands[0], context) == EQUAL;
}

static gboolean
text_matches (const WfJson *value, const WfOperand *operand,
              gboolean (*match) (const char *, const char *))
{
  char buffer[64];
  const char *text = wf_operand_value_to_text (value, buffer);

  return text != NULL && match (text, operand->folded);
}

static gboolean
contains (const WfCondition *self, const WfJson *value, const WfConditionContext *context)
{
  if (wf_json_is (value, WF_JSON_ARRAY))
    return any_is_among (self, value, context);
  return self->n_operands == 1 && text_matches (value, &self->operands[0], wf_text_contains_folded);
}

static gboolean
is_between (const WfCondition *self, const WfJson *value, const WfConditionContext *context)
{
  Order low, high;

  if (self->n_operands != 2)
    return FALSE;
  low = compare (self, value, &self->operands[0], context);
  high = compare (self, value, &self->operands[1], context);
  return (low == GREATER || low == EQUAL) && (high == LESS || high == EQUAL);
}

static gboolean
person_is_member (const WfJson *person_id, const WfJson *groups, const WfOrganisation *organisation)
{
  const char *id = wf_json_get_string (person_id);
  const WfPerson *person = id != NULL ? wf_organisation_get_person (organisation, id) : NULL;
  const WfJson *group;
  WfJsonIter iter;

  if (person == NULL)
    return FALSE;
  if (wf_json_is (groups, WF_JSON_STRING))
    return wf_person_in_group (person, wf_json_get_string (groups));
  wf_json_iter_init (&iter, groups);
  while (wf_json_iter_next (&iter, NULL, &group))
    if (wf_json_is (group, WF_JSON_STRING) &&
        wf_person_in_group (person, wf_json_get_string (group)))
      return TRUE;
  return FALSE;
}

static gboolean
is_member (const WfCondition *self, const WfJson *value, const WfOrganisation *organisation)
{
  const WfJson *groups = wf_condition_get_value (self), *person;
  WfJsonIter iter;

  if (organisation == NULL)
    return FALSE;
  if (!wf_json_is (value, WF_JSON_ARRAY))
    return person_is_member (value, groups, organisation);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &person))
    if (person_is_member (person, groups, organisation))
      return TRUE;
  return FALSE;
}

static gboolean
matches_hours (const WfCondition *self, const WfJson *value, const WfOrganisation *organisation)
{
  gboolean wanted = wf_json_get_boolean (wf_condition_get_value (self), TRUE);
  WfInstant instant;

  if (!wf_instant_parse (wf_json_get_string (value), &instant))
    return FALSE;
  if (organisation == NULL)
    return wanted;
  return wf_working_hours_is_open (wf_organisation_get_hours (organisation), instant) == wanted;
}

static const char *
without_record (const char *field)
{
  return g_str_has_prefix (field, "lead.") ? field + strlen ("lead.") : field;
}

/* Where an event says that a field changed: data.changes names it; stages, owners and scores
 * have members of their own; and some types of event say it by themselves. */
static const struct
{
  const char *field, *type, *from, *to;
} known_changes[] = {
  { "lead.stage", "lead.stage-changed", "stage_from", "stage_to" },
  { "lead.owner", "lead.reassigned", "owner_from", "owner_to" },
  { "lead.score", "lead.score-changed", "score_from", "score_to" },
  { "deal.stage", "deal.stage-changed", "stage_from", "stage_to" },
};

static gboolean
find_listed_change (const WfCondition *self, const WfConditionContext *context, const WfJson **from,
                    const WfJson **to)
{
  const WfJson *changes = wf_json_get_member (wf_event_get_data (context->event), "changes");
  const WfJson *change = wf_json_get_member (changes, self->field);

  if (change == NULL)
    change = wf_json_get_member (changes, without_record (self->field));
  if (!wf_json_is (change, WF_JSON_ARRAY) || wf_json_get_size (change) != 2)
    return FALSE;
  *from = wf_json_get_element (change, 0);
  *to = wf_json_get_element (change, 1);
  return TRUE;
}

/* TRUE when the field changed with this event; *to is its new value. */
static gboolean
find_change (const WfCondition *self, const WfConditionContext *context, const WfJson **to)
{
  const WfJson *data = wf_event_get_data (context->event), *from = NULL;

  *to = NULL;
  if (find_listed_change (self, context, &from, to))
    return is_empty (from) ? !is_empty (*to) : !wf_json_equal (from, *to);
  for (guint i = 0; i < G_N_ELEMENTS (known_changes); i++)
    {
      if (strcmp (known_changes[i].field, self->field) != 0)
        continue;
      from = wf_json_get_member (data, known_changes[i].from);
      *to = wf_json_get_member (data, known_changes[i].to);
      if (from != NULL && *to != NULL)
        return is_empty (from) ? !is_empty (*to) : !wf_json_equal (from, *to);
      if (strcmp (wf_event_get_event_type (context->event), known_changes[i].type) != 0)
        return FALSE;
      if (*to == NULL)
        *to = wf_condition_context_get_field (context, self->field);
      return TRUE;
    }
  return FALSE;
}

static gboolean
changed_to (const WfCondition *self, const WfConditionContext *context)
{
  const WfJson *to;

  if (!find_change (self, context, &to))
    return FALSE;
  if (is_empty (to))
    return self->n_operands == 1 && self->operands[0].folded[0] == '\0';
  return any_is_among (self, to, context);
}

static gboolean
test_value (const WfCondition *self, const WfJson *value, const WfConditionContext *context)
{
  const WfOperand *operand = self->n_operands > 0 ? &self->operands[0] : NULL;
  Order order;

  switch (self->op)
    {
    case WF_OP_EQ:
      return equals (self, value, context);
    case WF_OP_NE:
      return !equals (self, value, context);
    case WF_OP_LT:
      return operand != NULL && compare (self, value, operand, context) == LESS;
    case WF_OP_LE:
      order = operand != NULL ? compare (self, value, operand, context) : DIFFERENT;
      return order == LESS || order == EQUAL;
    case WF_OP_GT:
      return operand != NULL && compare (self, value, operand, context) == GREATER;
    case WF_OP_GE:
      order = operand != NULL ? compare (self, value, operand, context) : DIFFERENT;
      return order == GREATER || order == EQUAL;
    case WF_OP_CONTAINS:
      return contains (self, value, context);
    case WF_OP_STARTS_WITH:
      return operand != NULL && text_matches (value, operand, wf_text_starts_with_folded);
    case WF_OP_IN:
      return any_is_among (self, value, context);
    case WF_OP_NOT_IN:
      return !any_is_among (self, value, context);
    case WF_OP_MEMBER_OF:
      return is_member (self, value, context->organisation);
    case WF_OP_BETWEEN:
      return is_between (self, value, context);
    case WF_OP_MATCHES_HOURS:
      return matches_hours (self, value, context->organisation);
    case WF_OP_IS_SET:
    case WF_OP_IS_EMPTY:
    case WF_OP_CHANGED:
    case WF_OP_CHANGED_TO:
      break;
    }
  g_assert_not_reached ();
}

static gboolean
test_holds (const WfCondition *self, const WfConditionContext *context)
{
  const WfJson *value;

  if (self->op == WF_OP_CHANGED)
    return find_change (self, context, &value);
  if (self->op == WF_OP_CHANGED_TO)
    return changed_to (self, context);
  value = wf_condition_context_get_field (context, self->field);
  if (is_empty (value))
    return self->op == WF_OP_IS_EMPTY || self->op == WF_OP_NE || self->op == WF_OP_NOT_IN;
  if (self->op == WF_OP_IS_SET || self->op == WF_OP_IS_EMPTY)
    return self->op == WF_OP_IS_SET;
  return test_value (self, value, context);
}

static const WfCondition *
get_first_test (const WfCondition *self)
{
  if (self->kind == WF_CONDITION_TEST)
    return self;
  for (guint i = 0; i < self->children->len; i++)
    {
      const WfCondition *test = get_first_test (g_ptr_array_index (self->children, i));

      if (test != NULL)
        return test;
    }
  return NULL;
}

static gboolean
all_hold (const WfCondition *self, const WfConditionContext *context, const WfCondition **failed)
{
  for (guint i = 0; i < self->children->len; i++)
    if (!wf_condition_holds (g_ptr_array_index (self->children, i), context, failed))
      return FALSE;
  return TRUE;
}

static gboolean
any_holds (const WfCondition *self, const WfConditionContext *context, const WfCondition **failed)
{
  const WfCondition *first = NULL;

  for (guint i = 0; i < self->children->len; i++)
    {
      const WfCondition *one = NULL;

      if (wf_condition_holds (g_ptr_array_index (self->children, i), context, &one))
        return TRUE;
      first = first != NULL ? first : one;
    }
  if (failed != NULL)
    *failed = first;
  return FALSE;
}

static gboolean
none_holds (const WfCondition *self, const WfConditionContext *context, const WfCondition **failed)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      const WfCondition *child = g_ptr_array_index (self->children, i);

      if (!wf_condition_holds (child, context, NULL))
        continue;
      if (failed != NULL)
        *failed = get_first_test (child);
      return FALSE;
    }
  return TRUE;
}

/**
 * wf_condition_holds:
 * @self: the condition
 * @context: what it is about
 * @failed: (out) (optional) (nullable): the first test that decided a FALSE; under "none" the one
 *   that should not have held
 *
 * An empty "all" or "none" holds, an empty "any" does not.
 *
 * Returns: whether it holds
 */
gboolean
wf_condition_holds (const WfCondition *self, const WfConditionContext *context,
                    const WfCondition **failed)
{
  gboolean holds = FALSE;

  if (failed != NULL)
    *failed = NULL;
  switch (self->kind)
    {
    case WF_CONDITION_ALL:
      return all_hold (self, context, failed);
    case WF_CONDITION_ANY:
      return any_holds (self, context, failed);
    case WF_CONDITION_NONE:
      return none_holds (self, context, failed);
    case WF_CONDITION_TEST:
      holds = test_holds (self, context);
      if (!holds && failed != NULL)
        *failed = self;
      return holds;
    }
  g_assert_not_reached ();
}

const WfJson *
wf_condition_context_get_field (const WfConditionContext *context, const char *field)
{
  const WfJson *value = context->dates != NULL ? wf_json_get_member (context->dates, field) : NULL;

  if (value == NULL && context->event != NULL)
    value = wf_event_get_field (context->event, field);
  if (value == NULL && context->lead != NULL && g_str_has_prefix (field, "lead."))
    value = wf_json_get_path (context->lead, field + strlen ("lead."));
  if (value == NULL && context->results != NULL)
    value = wf_json_get_path (context->results, field);
  return value;
}
