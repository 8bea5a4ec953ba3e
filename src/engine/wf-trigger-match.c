/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the trigger index. The hot path of the engine: nothing here allocates but the list of verdicts as it grows. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-trigger-index.h"

#include "wf-text-fold.h"

#include <string.h>

#define FIELDS_ON_STACK 48

typedef enum
{
  SLOT_UNKNOWN, /* not looked up yet */
  SLOT_EMPTY,   /* missing, null, "", [] or {} */
  SLOT_TEXT,
  SLOT_NUMBER,
  SLOT_OTHER,
} SlotKind;

/* What the event says of a field. */
typedef struct
{
  SlotKind kind;
  guint32 id; /* of its value among those that rules compare with */
  double number;
  const WfJson *value;
} Slot;

typedef struct
{
  const WfTriggerType *type;
  const WfConditionContext *context;
  Slot *slots;
  GArray *verdicts;
} Match;

static guint32
find_text_id (const WfTriggerField *field, const char *text)
{
  guint32 hash, id;

  if (field->n_texts == 0)
    return WF_TRIGGER_NO_ID;
  hash = wf_text_hash (text);
  for (guint place = hash & field->mask; (id = field->table[place]) != WF_TRIGGER_NO_ID; place = (place + 1) & field->mask)
    if (field->hashes[id] == hash && wf_text_compare_folded (text, field->texts[id]) == 0)
      return id;
  return WF_TRIGGER_NO_ID;
}

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

static void
look_up (const Match *self, guint32 index, Slot *slot)
{
  const WfTriggerField *field = &self->type->fields[index];

  slot->value = wf_condition_context_get_field (self->context, field->name);
  slot->id = WF_TRIGGER_NO_ID;
  switch (wf_json_get_type (slot->value))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      slot->kind = SLOT_EMPTY;
      break;
    case WF_JSON_STRING:
      slot->kind = wf_json_get_string_length (slot->value) == 0 ? SLOT_EMPTY : SLOT_TEXT;
      if (slot->kind == SLOT_TEXT)
        slot->id = find_text_id (field, wf_json_get_string (slot->value));
      break;
    case WF_JSON_NUMBER:
      slot->kind = SLOT_NUMBER;
      slot->number = wf_json_get_double (slot->value, 0);
      slot->id = find_number_id (field, slot->number);
      break;
    case WF_JSON_BOOLEAN:
      slot->kind = SLOT_OTHER;
      break;
    case WF_JSON_ARRAY:
    case WF_JSON_OBJECT:
      slot->kind = wf_json_get_size (slot->value) == 0 ? SLOT_EMPTY : SLOT_OTHER;
      break;
    }
}

static inline const Slot *
get_slot (const Match *self, guint32 index)
{
  Slot *slot = &self->slots[index];

  if (slot->kind == SLOT_UNKNOWN)
    look_up (self, index, slot);
  return slot;
}

/* failed: receives the test that decided, for what is no plain test itself. */
static inline gboolean
test_holds (const Match *self, const WfTriggerTest *test, const WfCondition **failed)
{
  SlotKind kind = test->kind == WF_TRIGGER_TEXT_IS ? SLOT_TEXT : SLOT_NUMBER;
  const Slot *slot;

  *failed = test->condition;
  if (test->kind == WF_TRIGGER_OTHER)
    return wf_condition_holds (test->condition, self->context, failed);
  slot = get_slot (self, test->field);
  if (slot->kind != kind)
    return slot->kind != SLOT_EMPTY && wf_condition_holds (test->condition, self->context, NULL);
  switch (test->kind)
    {
    case WF_TRIGGER_TEXT_IS:
    case WF_TRIGGER_NUMBER_IS:
      return slot->id == test->id && test->id != WF_TRIGGER_NO_ID;
    case WF_TRIGGER_GE:
      return slot->number >= test->number;
    case WF_TRIGGER_GT:
      return slot->number > test->number;
    case WF_TRIGGER_LE:
      return slot->number <= test->number;
    case WF_TRIGGER_LT:
      return slot->number < test->number;
    case WF_TRIGGER_OTHER:
      break;
    }
  g_return_val_if_reached (FALSE);
}

/* The first test that fails, or NULL when the rule matches. */
static const WfTriggerTest *
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

/* Everything below, tested one by one: the event's value is of a kind that the tree does not know. */
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

/* How many of the range's rules the number fulfils: a binary search for the end of the beginning. */
static guint
count_in_range (const WfTriggerRange *range, double number)
{
  guint low = 0, high = range->n;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      double threshold = range->thresholds[middle];
      gboolean fulfilled = range->kind == WF_TRIGGER_GE   ? number >= threshold
                           : range->kind == WF_TRIGGER_GT ? number > threshold
                           : range->kind == WF_TRIGGER_LE ? number <= threshold
                                                          : number < threshold;

      if (fulfilled)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
match_range (const Match *self, const WfTriggerRange *range)
{
  const Slot *slot = get_slot (self, range->field);
  guint n = range->n;

  if (slot->kind == SLOT_EMPTY)
    return;
  if (slot->kind == SLOT_NUMBER)
    n = count_in_range (range, slot->number);
  if (slot->kind == SLOT_NUMBER && range->verdicts != NULL)
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

  if (slot->kind == SLOT_EMPTY)
    return;
  if (slot->kind != (split->kind == WF_TRIGGER_TEXT_IS ? SLOT_TEXT : SLOT_NUMBER))
    {
      for (guint i = 0; i <= split->mask; i++)
        if (split->children[i] != NULL)
          match_singly (self, split->children[i]);
      return;
    }
  if (slot->id == WF_TRIGGER_NO_ID)
    return;
  for (guint place = wf_trigger_hash_id (slot->id) & split->mask; split->ids[place] != WF_TRIGGER_NO_ID;
       place = (place + 1) & split->mask)
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
      const WfCondition *failed;
      const WfTriggerTest *test = find_failing (self, i, &failed);

      verdicts[i] = type->verdicts[i];
      if (test == NULL)
        continue;
      verdicts[i].kind = WF_VERDICT_CONDITION_FAILED;
      verdicts[i].failed = failed;
      verdicts[i].reason = NULL;
      if (test->kind != WF_TRIGGER_OTHER)
        verdicts[i].seen = self->slots[test->field].value;
      else if (failed != NULL)
        verdicts[i].seen = wf_condition_context_get_field (self->context, wf_condition_get_field (failed));
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
wf_trigger_type_match (const WfTriggerType *self, const WfConditionContext *context, gboolean all, GArray *verdicts)
{
  Slot on_stack[FIELDS_ON_STACK];
  g_autofree Slot *on_heap = NULL;
  Match match = { self, context, on_stack, verdicts };

  if (self->n_fields > FIELDS_ON_STACK)
    match.slots = on_heap = g_new (Slot, self->n_fields);
  for (guint i = 0; i < self->n_fields; i++)
    match.slots[i].kind = SLOT_UNKNOWN;
  if (all)
    match_all (&match);
  else
    match_node (&match, self->root);
}
