/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the trigger index. The hot path of the engine: nothing here allocates but the list of
 * verdicts as it grows. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-trigger-index.h"

#include <string.h>

#define FIELDS_ON_STACK 48

typedef struct
{
  double number;
  guint32 id; /* of its value among those that rules compare with */
  WfTriggerSlot kind;
  const WfJson *value;
} Slot;

typedef struct
{
  const WfTriggerType *type;
  const WfConditionContext *context;
  const WfJson *lead; /* as the event carries it; nullable */
  Slot *slots;
  GArray *verdicts;
} Match;

static guint32
find_number_id (const WfTriggerField *field, double number)
{
  guint low = 0, high = field->n_numbers;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (field->numbers[middle] < number)
        low = middle + 1;
      else
        high = middle;
    }
  return low < field->n_numbers && field->numbers[low] == number ? low : WF_TRIGGER_NO_ID;
}

static const WfJson *
get_value (const Match *self, const WfTriggerField *field)
{
  const WfJson *value;

  if (field->member == NULL)
    return wf_condition_context_get_field (self->context, field->name);
  value = wf_json_get_member_n (self->lead, field->member, field->member_length);
  if (value == NULL && self->context->lead != NULL)
    value = wf_json_get_member_n (self->context->lead, field->member, field->member_length);
  return value;
}

static void
look_up_text (const WfTriggerField *field, Slot *slot)
{
  const char *text = wf_json_get_string (slot->value);

  slot->kind = wf_json_get_string_length (slot->value) == 0 ? WF_TRIGGER_SLOT_EMPTY
                                                            : WF_TRIGGER_SLOT_TEXT;
  if (field->texts != NULL)
    slot->id = wf_text_ids_find (field->texts, text, strlen (text));
}

static void
look_up (const Match *self, guint index, Slot *slot)
{
  const WfTriggerField *field = &self->type->fields[index];

  slot->value = get_value (self, field);
  slot->id = WF_TRIGGER_NO_ID;
  switch (wf_json_get_type (slot->value))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      slot->kind = WF_TRIGGER_SLOT_EMPTY;
      break;
    case WF_JSON_STRING:
      look_up_text (field, slot);
      break;
    case WF_JSON_NUMBER:
      slot->kind = WF_TRIGGER_SLOT_NUMBER;
      slot->number = wf_json_get_double (slot->value, 0);
      if (field->n_numbers > 0)
        slot->id = find_number_id (field, slot->number);
      break;
    case WF_JSON_BOOLEAN:
      slot->kind = WF_TRIGGER_SLOT_OTHER;
      break;
    case WF_JSON_ARRAY:
    case WF_JSON_OBJECT:
      slot->kind = wf_json_get_size (slot->value) == 0 ? WF_TRIGGER_SLOT_EMPTY
                                                       : WF_TRIGGER_SLOT_OTHER;
      break;
    }
}

static inline const Slot *
get_slot (const Match *self, guint index)
{
  Slot *slot = &self->slots[index];

  if (slot->kind == WF_TRIGGER_SLOT_UNKNOWN)
    look_up (self, index, slot);
  return slot;
}

/* For what the prepared tests cannot tell. failed: receives the test that decided. */
static gboolean
condition_holds (const Match *self, const WfTriggerTest *test, const WfCondition **failed)
{
  return wf_condition_holds (self->type->conditions[test - self->type->tests], self->context,
                             failed);
}

static inline gboolean
is_reached (WfTriggerTestKind kind, double threshold, double number)
{
  switch (kind)
    {
    case WF_TRIGGER_GE:
      return number >= threshold;
    case WF_TRIGGER_GT:
      return number > threshold;
    case WF_TRIGGER_LE:
      return number <= threshold;
    default:
      return number < threshold;
    }
}

static inline gboolean
test_holds (const Match *self, const WfTriggerTest *test, const WfCondition **failed)
{
  const Slot *slot;

  if (test->kind == WF_TRIGGER_OTHER)
    return condition_holds (self, test, failed);
  slot = get_slot (self, test->field);
  if (slot->kind != test->slot)
    return slot->kind != WF_TRIGGER_SLOT_EMPTY && condition_holds (self, test, failed);
  if (test->kind == WF_TRIGGER_TEXT_IS || test->kind == WF_TRIGGER_NUMBER_IS)
    return slot->id == test->id && test->id != WF_TRIGGER_NO_ID;
  return is_reached ((WfTriggerTestKind) test->kind, test->number, slot->number);
}

/* The first test that fails, or NULL when the rule matches. *failed: what wf_condition_holds()
 * says of it, where it was asked. */
static inline const WfTriggerTest *
find_failing (const Match *self, guint32 rule, const WfCondition **failed)
{
  const WfTriggerTest *test = &self->type->tests[self->type->rules[rule].first_test];
  const WfTriggerTest *end = test + self->type->rules[rule].n_tests;

  for (; test < end; test++)
    if (!test_holds (self, test, failed))
      return test;
  return NULL;
}

static void
add_if_matches (const Match *self, guint32 rule)
{
  const WfCondition *failed;

  if (find_failing (self, rule, &failed) == NULL)
    g_array_append_val (self->verdicts, self->type->verdicts[rule]);
}

/* Everything below, tested one by one: the event's value is of a kind that the tree does not
 * know. */
static void
match_singly (const Match *self, const WfTriggerNode *node)
{
  for (guint i = 0; i < node->n_matches; i++)
    add_if_matches (self, node->match_rules[i]);
  for (guint i = 0; i < node->n_rest; i++)
    add_if_matches (self, node->rest[i]);
  for (guint i = 0; i < node->n_ranges; i++)
    for (guint j = 0; j < node->ranges[i].n; j++)
      add_if_matches (self, node->ranges[i].rules[j]);
  for (guint i = 0; i < node->n_splits; i++)
    for (guint j = 0; j <= node->splits[i].mask; j++)
      if (node->splits[i].children[j] != NULL)
        match_singly (self, node->splits[i].children[j]);
}

/* How many thresholds the number reaches: they are the first ones. A binary search without
 * branches that depend on the number, because no processor can foresee them. */
static inline guint
count_reached (const double *thresholds, guint n, WfTriggerTestKind kind, double number)
{
  guint reached = 0;

  while (n > 1)
    {
      guint half = n / 2;

      reached += half & -(guint) is_reached (kind, thresholds[reached + half - 1], number);
      n -= half;
    }
  return n == 1 ? reached + (guint) is_reached (kind, thresholds[reached], number) : reached;
}

static guint
count_in_range (const WfTriggerRange *range, double number)
{
  switch (range->kind) /* a loop for each kind, made by the compiler */
    {
    case WF_TRIGGER_GE:
      return count_reached (range->thresholds, range->n, WF_TRIGGER_GE, number);
    case WF_TRIGGER_GT:
      return count_reached (range->thresholds, range->n, WF_TRIGGER_GT, number);
    case WF_TRIGGER_LE:
      return count_reached (range->thresholds, range->n, WF_TRIGGER_LE, number);
    default:
      return count_reached (range->thresholds, range->n, WF_TRIGGER_LT, number);
    }
}

static void
match_range (const Match *self, const WfTriggerRange *range)
{
  const Slot *slot = get_slot (self, range->field);
  guint n = range->n;

  if (slot->kind == WF_TRIGGER_SLOT_EMPTY)
    return;
  if (slot->kind == WF_TRIGGER_SLOT_NUMBER)
    n = count_in_range (range, slot->number);
  if (slot->kind == WF_TRIGGER_SLOT_NUMBER && range->verdicts != NULL)
    {
      if (n > 0)
        g_array_append_vals (self->verdicts, range->verdicts, n);
      return;
    }
  for (guint i = 0; i < n; i++)
    add_if_matches (self, range->rules[i]);
}

static void match_node (const Match *self, const WfTriggerNode *node);

/* Recursion is bounded by the number of equalities in a rule, and by the builder. */
static void
match_split (const Match *self, const WfTriggerSplit *split)
{
  const Slot *slot = get_slot (self, split->field);

  if (slot->kind == WF_TRIGGER_SLOT_EMPTY)
    return;
  if (slot->kind !=
      (split->kind == WF_TRIGGER_TEXT_IS ? WF_TRIGGER_SLOT_TEXT : WF_TRIGGER_SLOT_NUMBER))
    {
      for (guint i = 0; i <= split->mask; i++)
        if (split->children[i] != NULL)
          match_singly (self, split->children[i]);
      return;
    }
  if (slot->id == WF_TRIGGER_NO_ID)
    return;
  for (guint place = wf_trigger_hash_id (slot->id) & split->mask;
       split->ids[place] != WF_TRIGGER_NO_ID; place = (place + 1) & split->mask)
    if (split->ids[place] == slot->id)
      {
        match_node (self, split->children[place]);
        return;
      }
}

static void
match_node (const Match *self, const WfTriggerNode *node)
{
  if (node->n_matches > 0)
    g_array_append_vals (self->verdicts, node->matches, node->n_matches);
  for (guint i = 0; i < node->n_splits; i++)
    match_split (self, &node->splits[i]);
  for (guint i = 0; i < node->n_ranges; i++)
    match_range (self, &node->ranges[i]);
  for (guint i = 0; i < node->n_rest; i++)
    add_if_matches (self, node->rest[i]);
}

static void
set_failed (const Match *self, const WfTriggerTest *test, const WfCondition *failed,
            WfVerdict *verdict)
{
  verdict->kind = WF_VERDICT_CONDITION_FAILED;
  verdict->reason = NULL;
  if (test->kind != WF_TRIGGER_OTHER)
    {
      verdict->failed = self->type->conditions[test - self->type->tests];
      verdict->seen = self->slots[test->field].value;
      return;
    }
  verdict->failed = failed;
  verdict->seen = failed != NULL ? wf_condition_context_get_field (self->context,
                                                                   wf_condition_get_field (failed))
                                 : NULL;
}

/* Every rule, with the reason of those that do not match (B3). */
static void
match_all (const Match *self)
{
  const WfTriggerType *type = self->type;
  guint first = self->verdicts->len;
  WfVerdict *verdicts;

  g_array_set_size (self->verdicts, first + type->n_rules);
  verdicts = &g_array_index (self->verdicts, WfVerdict, first);
  for (guint32 i = 0; i < type->n_rules; i++)
    {
      const WfCondition *failed = NULL;
      const WfTriggerTest *test = find_failing (self, i, &failed);

      verdicts[i] = type->verdicts[i];
      if (test != NULL)
        set_failed (self, test, failed, &verdicts[i]);
    }
}

/**
 * wf_trigger_type_match:
 * @self: the index of the event's type
 * @context: event, lead, organisation and instant
 * @all: also those that do not match
 * @verdicts: (element-type WfVerdict): is appended to
 */
void
wf_trigger_type_match (const WfTriggerType *self, const WfConditionContext *context, gboolean all,
                       GArray *verdicts)
{
  Slot on_stack[FIELDS_ON_STACK];
  g_autofree Slot *on_heap = NULL;
  Match match = { .type = self,
                  .context = context,
                  .lead = wf_event_get_lead_members (context->event),
                  .slots = on_stack,
                  .verdicts = verdicts };

  if (self->n_fields > FIELDS_ON_STACK)
    match.slots = on_heap = g_new (Slot, self->n_fields);
  for (guint i = 0; i < self->n_fields; i++)
    match.slots[i].kind = WF_TRIGGER_SLOT_UNKNOWN;
  if (all)
    match_all (&match);
  else
    match_node (&match, self->root);
}
