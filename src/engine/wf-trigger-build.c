/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building the trigger index of one event type. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-trigger-index.h"

#include "wf-event-catalogue.h"
#include "wf-instant.h"

#include <math.h>
#include <string.h>

#define MOST_SPLITS 4 /* levels; what a rule demands beyond is tested one by one */

typedef struct
{
  WfTriggerField field;
  GArray *numbers; /* (owned) of double */
  guint n_equal;   /* how many rules split by it: the most popular field goes first */
} BuildField;

typedef struct
{
  WfTriggerType *type;
  GHashTable *by_name;   /* (owned) field name -> index + 1 */
  GPtrArray *fields;     /* (owned) of BuildField */
  GArray *tests;         /* (owned) of WfTriggerTest */
  GPtrArray *conditions; /* (owned) beside tests */
} Build;

/* A rule on its way down the tree: which of its tests are still to be made. */
typedef struct
{
  guint32 rule;
  guint n;
  guint32 left[]; /* indices of tests */
} Item;

/* Preparing the tests */

static void
build_field_free (gpointer data)
{
  BuildField *self = data;

  g_clear_pointer (&self->field.texts, wf_text_ids_free);
  g_array_unref (self->numbers);
  g_free (self);
}

/* "lead.score" is looked up among the lead's members; "lead.custom.sector", "lead.id" (which may
 * stand elsewhere) and others in full. */
static void
prepare_field (WfTriggerField *field, const char *name)
{
  field->name = name;
  if (!g_str_has_prefix (name, "lead.") || strrchr (name, '.') != name + strlen ("lead") ||
      g_str_equal (name, "lead.id"))
    return;
  field->member = name + strlen ("lead.");
  field->member_length = strlen (field->member);
}

static guint16
find_field (Build *self, const char *name)
{
  gpointer index = g_hash_table_lookup (self->by_name, name);
  BuildField *field;

  if (index != NULL)
    return (guint16) (GPOINTER_TO_UINT (index) - 1);
  field = g_new0 (BuildField, 1);
  prepare_field (&field->field, name);
  field->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->fields, field);
  g_hash_table_insert (self->by_name, (gpointer) name, GUINT_TO_POINTER (self->fields->len));
  return (guint16) (self->fields->len - 1);
}

static guint32
find_text (BuildField *field, const char *text)
{
  if (field->field.texts == NULL)
    field->field.texts = wf_text_ids_new (TRUE);
  return wf_text_ids_add (field->field.texts, text);
}

/* Text that could also be read as a number, a date or a truth value is compared in other ways
 * too unless the catalogue says that the field holds text. */
static gboolean
is_plain_text (const char *text)
{
  WfInstant instant;
  int year, month, day;

  return *text != '\0' && strspn (text, "0123456789+-.eE") != strlen (text) &&
         !wf_instant_parse (text, &instant) && !wf_instant_parse_date (text, &year, &month, &day) &&
         g_ascii_strcasecmp (text, "true") != 0 && g_ascii_strcasecmp (text, "false") != 0;
}

static gboolean
holds_text (const WfFieldInfo *info)
{
  return info != NULL && (info->type == WF_FIELD_TEXT || info->type == WF_FIELD_PERSON ||
                          info->type == WF_FIELD_GROUP || info->type == WF_FIELD_STAGE);
}

static gboolean
is_text_test (const WfCondition *condition)
{
  const char *text = wf_json_get_string (wf_condition_get_value (condition));
  const WfFieldInfo *info = wf_field_find (wf_condition_get_field (condition));

  if (text == NULL || *text == '\0' || wf_condition_get_operator (condition) != WF_OP_EQ)
    return FALSE;
  return holds_text (info) || (info == NULL && is_plain_text (text));
}

static gboolean
is_number_test (const WfCondition *condition, WfTriggerTestKind *kind)
{
  const WfFieldInfo *info = wf_field_find (wf_condition_get_field (condition));

  if (!wf_json_is (wf_condition_get_value (condition), WF_JSON_NUMBER) ||
      (info != NULL && info->type != WF_FIELD_NUMBER))
    return FALSE;
  switch ((int) wf_condition_get_operator (condition))
    {
    case WF_OP_EQ:
      *kind = WF_TRIGGER_NUMBER_IS;
      return TRUE;
    case WF_OP_GE:
      *kind = WF_TRIGGER_GE;
      return TRUE;
    case WF_OP_GT:
      *kind = WF_TRIGGER_GT;
      return TRUE;
    case WF_OP_LE:
      *kind = WF_TRIGGER_LE;
      return TRUE;
    case WF_OP_LT:
      *kind = WF_TRIGGER_LT;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Tests of fields beyond those that a number of sixteen bits can name are left to the conditions
 * themselves. */
static WfTriggerTest
make_test (Build *self, const WfCondition *condition)
{
  WfTriggerTest test = { .kind = WF_TRIGGER_OTHER, .id = WF_TRIGGER_NO_ID };
  WfTriggerTestKind kind;
  BuildField *field;

  if (wf_condition_get_kind (condition) != WF_CONDITION_TEST || self->fields->len >= G_MAXUINT16)
    return test;
  if (is_text_test (condition))
    {
      test.field = find_field (self, wf_condition_get_field (condition));
      field = g_ptr_array_index (self->fields, test.field);
      test.kind = WF_TRIGGER_TEXT_IS;
      test.slot = WF_TRIGGER_SLOT_TEXT;
      test.id = find_text (field, wf_json_get_string (wf_condition_get_value (condition)));
      field->n_equal++;
    }
  else if (is_number_test (condition, &kind))
    {
      test.field = find_field (self, wf_condition_get_field (condition));
      field = g_ptr_array_index (self->fields, test.field);
      test.kind = (guint8) kind;
      test.slot = WF_TRIGGER_SLOT_NUMBER;
      test.number = wf_json_get_double (wf_condition_get_value (condition), 0);
      if (kind == WF_TRIGGER_NUMBER_IS)
        {
          g_array_append_val (field->numbers, test.number);
          field->n_equal++;
        }
    }
  return test;
}

static void
add_test (Build *self, const WfCondition *condition)
{
  WfTriggerTest test = make_test (self, condition);

  g_array_append_val (self->tests, test);
  g_ptr_array_add (self->conditions, (gpointer) condition);
}

/* "All" inside "all" is one list; recursion is bounded by reading. */
static void
add_tests (Build *self, const WfCondition *condition)
{
  if (condition == NULL)
    return;
  if (wf_condition_get_kind (condition) != WF_CONDITION_ALL)
    {
      add_test (self, condition);
      return;
    }
  for (guint i = 0; i < wf_condition_get_n_children (condition); i++)
    add_tests (self, wf_condition_get_child (condition, i));
}

/* The fields' tables of values */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
finish_numbers (BuildField *build, WfTriggerField *field)
{
  guint n = 0;

  g_array_sort (build->numbers, compare_numbers);
  field->numbers = g_new (double, build->numbers->len);
  for (guint i = 0; i < build->numbers->len; i++)
    {
      double number = g_array_index (build->numbers, double, i);

      if (n == 0 || field->numbers[n - 1] < number)
        field->numbers[n++] = number;
    }
  field->n_numbers = n;
}

static guint32
find_number (const WfTriggerField *field, double number)
{
  const double *found =
      bsearch (&number, field->numbers, field->n_numbers, sizeof (double), compare_numbers);

  return found != NULL ? (guint32) (found - field->numbers) : WF_TRIGGER_NO_ID;
}

static void
finish_fields (Build *self)
{
  WfTriggerType *type = self->type;

  type->n_fields = self->fields->len;
  type->fields = g_new0 (WfTriggerField, type->n_fields);
  for (guint i = 0; i < type->n_fields; i++)
    {
      BuildField *build = g_ptr_array_index (self->fields, i);

      type->fields[i] = build->field;
      build->field.texts = NULL;
      finish_numbers (build, &type->fields[i]);
    }
  for (guint i = 0; i < self->tests->len; i++)
    {
      WfTriggerTest *test = &g_array_index (self->tests, WfTriggerTest, i);

      if (test->kind == WF_TRIGGER_NUMBER_IS)
        test->id = find_number (&type->fields[test->field], test->number);
    }
}

/* The tree */

static gboolean
is_equality (const WfTriggerTest *test)
{
  return test->kind == WF_TRIGGER_TEXT_IS ||
         (test->kind == WF_TRIGGER_NUMBER_IS && test->id != WF_TRIGGER_NO_ID);
}

static gboolean
is_threshold (const WfTriggerTest *test)
{
  return test->kind >= WF_TRIGGER_GE && test->kind <= WF_TRIGGER_LT && !isnan (test->number);
}

/* The place in item->left of the test by which its rule is split off, or -1. */
static int
choose_equality (const Build *self, const Item *item)
{
  guint most = 0;
  int best = -1;

  for (guint i = 0; i < item->n; i++)
    {
      const WfTriggerTest *test = &self->type->tests[item->left[i]];
      guint n = 0;

      if (is_equality (test)) /* only these have a field for sure */
        n = ((BuildField *) g_ptr_array_index (self->fields, test->field))->n_equal;
      if (n > most)
        {
          most = n;
          best = (int) i;
        }
    }
  return best;
}

static int
choose_threshold (const Build *self, const Item *item)
{
  for (guint i = 0; i < item->n; i++)
    if (is_threshold (&self->type->tests[item->left[i]]))
      return (int) i;
  return -1;
}

static Item *
item_new_without (const Item *self, int place)
{
  Item *item = g_malloc (sizeof (Item) + self->n * sizeof (guint32));

  item->rule = self->rule;
  item->n = 0;
  for (guint i = 0; i < self->n; i++)
    if ((int) i != place)
      item->left[item->n++] = self->left[i];
  return item;
}

/* The rules of one split or range: key is the field and the kind of test. */
typedef struct
{
  guint32 field;
  WfTriggerTestKind kind;
  gboolean complete; /* ranges: nothing is left after the threshold */
  GArray *tests;     /* (owned) index of the test, beside items */
  GPtrArray *items;  /* (owned) of Item: without that test */
} Heap;

static void
heap_free (gpointer data)
{
  Heap *self = data;

  g_array_unref (self->tests);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
heap_up (Build *self, GPtrArray *heaps, const Item *item, int place)
{
  guint32 index = item->left[place];
  const WfTriggerTest *test = &self->type->tests[index];
  gboolean complete = is_threshold (test) && item->n == 1;
  Heap *heap = NULL;

  for (guint i = 0; i < heaps->len && heap == NULL; i++)
    {
      Heap *one = g_ptr_array_index (heaps, i);

      if (one->field == test->field && one->kind == test->kind && one->complete == complete)
        heap = one;
    }
  if (heap == NULL)
    {
      heap = g_new0 (Heap, 1);
      heap->field = test->field;
      heap->kind = test->kind;
      heap->complete = complete;
      heap->tests = g_array_new (FALSE, FALSE, sizeof (guint32));
      heap->items = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (heaps, heap);
    }
  g_array_append_val (heap->tests, index);
  g_ptr_array_add (heap->items, item_new_without (item, place));
}

static WfTriggerNode *build_node (Build *self, const GPtrArray *items, guint depth);

static void
insert_child (WfTriggerSplit *split, guint32 id, WfTriggerNode *child)
{
  guint place = wf_trigger_hash_id (id) & split->mask;

  while (split->ids[place] != WF_TRIGGER_NO_ID)
    place = (place + 1) & split->mask;
  split->ids[place] = id;
  split->children[place] = child;
}

/* The heap's items by the id of their value, children in the order of first appearance. */
static void
build_split (Build *self, const Heap *heap, guint depth, WfTriggerSplit *split)
{
  g_autoptr (GHashTable) by_id =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint size = 2;

  for (guint i = 0; i < heap->items->len; i++)
    {
      guint32 id = self->type->tests[g_array_index (heap->tests, guint32, i)].id;
      GPtrArray *items = g_hash_table_lookup (by_id, GUINT_TO_POINTER (id));

      if (items == NULL)
        {
          items = g_ptr_array_new ();
          g_hash_table_insert (by_id, GUINT_TO_POINTER (id), items);
          g_array_append_val (ids, id);
        }
      g_ptr_array_add (items, g_ptr_array_index (heap->items, i));
    }
  while (size < ids->len * 2)
    size *= 2;
  *split = (WfTriggerSplit) { .field = heap->field, .kind = heap->kind, .mask = size - 1 };
  split->ids = g_new (guint32, size);
  memset (split->ids, 0xff, size * sizeof (guint32));
  split->children = g_new0 (WfTriggerNode *, size);
  for (guint i = 0; i < ids->len; i++)
    {
      guint32 id = g_array_index (ids, guint32, i);

      insert_child (
          split, id,
          build_node (self, g_hash_table_lookup (by_id, GUINT_TO_POINTER (id)), depth + 1));
    }
}

typedef struct
{
  double threshold;
  guint32 rule;
} Step;

static int
compare_rising (gconstpointer a, gconstpointer b)
{
  const Step *x = a, *y = b;

  if (x->threshold != y->threshold)
    return x->threshold < y->threshold ? -1 : 1;
  return (x->rule > y->rule) - (x->rule < y->rule);
}

static int
compare_falling (gconstpointer a, gconstpointer b)
{
  const Step *x = a, *y = b;

  if (x->threshold != y->threshold)
    return x->threshold > y->threshold ? -1 : 1;
  return (x->rule > y->rule) - (x->rule < y->rule);
}

static void
build_range (Build *self, const Heap *heap, WfTriggerRange *range)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint i = 0; i < heap->items->len; i++)
    {
      const Item *item = g_ptr_array_index (heap->items, i);
      Step step = { self->type->tests[g_array_index (heap->tests, guint32, i)].number, item->rule };

      g_array_append_val (steps, step);
    }
  g_array_sort (steps, heap->kind == WF_TRIGGER_GE || heap->kind == WF_TRIGGER_GT
                           ? compare_rising
                           : compare_falling);
  *range = (WfTriggerRange) { .field = heap->field, .kind = heap->kind, .n = steps->len };
  range->thresholds = g_new (double, range->n);
  range->rules = g_new (guint32, range->n);
  range->verdicts = heap->complete ? g_new (WfVerdict, range->n) : NULL;
  for (guint i = 0; i < range->n; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      range->thresholds[i] = step->threshold;
      range->rules[i] = step->rule;
      if (heap->complete)
        range->verdicts[i] = self->type->verdicts[step->rule];
    }
}

static WfTriggerNode *
node_finish (Build *self, GArray *matches, GArray *rest, const GPtrArray *splits,
             const GPtrArray *ranges, guint depth)
{
  WfTriggerNode *node = g_new0 (WfTriggerNode, 1);

  node->n_matches = matches->len;
  node->match_rules = (guint32 *) (gpointer) g_array_free (matches, FALSE);
  node->matches = g_new (WfVerdict, node->n_matches);
  for (guint i = 0; i < node->n_matches; i++)
    node->matches[i] = self->type->verdicts[node->match_rules[i]];
  node->n_rest = rest->len;
  node->rest = (guint32 *) (gpointer) g_array_free (rest, FALSE);
  node->n_splits = splits->len;
  node->splits = g_new0 (WfTriggerSplit, splits->len);
  for (guint i = 0; i < splits->len; i++)
    build_split (self, g_ptr_array_index (splits, i), depth, &node->splits[i]);
  node->n_ranges = ranges->len;
  node->ranges = g_new0 (WfTriggerRange, ranges->len);
  for (guint i = 0; i < ranges->len; i++)
    build_range (self, g_ptr_array_index (ranges, i), &node->ranges[i]);
  return node;
}

static WfTriggerNode *
build_node (Build *self, const GPtrArray *items, guint depth)
{
  g_autoptr (GPtrArray) splits = g_ptr_array_new_with_free_func (heap_free);
  g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func (heap_free);
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (guint32));
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);
      int place = depth < MOST_SPLITS ? choose_equality (self, item) : -1;

      if (item->n == 0)
        g_array_append_val (matches, item->rule);
      else if (place >= 0)
        heap_up (self, splits, item, place);
      else if ((place = choose_threshold (self, item)) >= 0)
        heap_up (self, ranges, item, place);
      else
        g_array_append_val (rest, item->rule);
    }
  return node_finish (self, matches, rest, splits, ranges, depth);
}

static void
node_free (WfTriggerNode *self)
{
  for (guint i = 0; i < self->n_splits; i++)
    {
      WfTriggerSplit *split = &self->splits[i];

      for (guint j = 0; j <= split->mask; j++)
        g_clear_pointer (&split->children[j], node_free);
      g_free (split->ids);
      g_free (split->children);
    }
  for (guint i = 0; i < self->n_ranges; i++)
    {
      g_free (self->ranges[i].thresholds);
      g_free (self->ranges[i].rules);
      g_free (self->ranges[i].verdicts);
    }
  g_free (self->matches);
  g_free (self->match_rules);
  g_free (self->rest);
  g_free (self->splits);
  g_free (self->ranges);
  g_free (self);
}

static WfTriggerNode *
build_root (Build *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (guint32 i = 0; i < self->type->n_rules; i++)
    {
      const WfTriggerRule *rule = &self->type->rules[i];
      Item *item = g_malloc (sizeof (Item) + rule->n_tests * sizeof (guint32));

      item->rule = i;
      item->n = rule->n_tests;
      for (guint32 j = 0; j < rule->n_tests; j++)
        item->left[j] = rule->first_test + j;
      g_ptr_array_add (items, item);
    }
  return build_node (self, items, 0);
}

static void
prepare_rules (Build *self)
{
  for (guint i = 0; i < self->type->n_rules; i++)
    {
      WfTriggerRule *rule = &self->type->rules[i];

      rule->first_test = self->tests->len;
      add_tests (self, self->type->verdicts[i].workflow->conditions);
      rule->n_tests = self->tests->len - rule->first_test;
    }
}

/**
 * wf_trigger_type_new:
 * @verdicts: (transfer full) (element-type WfVerdict): what a match of each rule is answered with
 *
 * Returns: (transfer full): the index
 */
WfTriggerType *
wf_trigger_type_new (GArray *verdicts)
{
  WfTriggerType *type = g_new0 (WfTriggerType, 1);
  Build self = { .type = type };

  self.by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self.fields = g_ptr_array_new_with_free_func (build_field_free);
  self.tests = g_array_new (FALSE, FALSE, sizeof (WfTriggerTest));
  self.conditions = g_ptr_array_new ();
  type->n_rules = verdicts->len;
  type->verdicts = (WfVerdict *) (gpointer) g_array_free (verdicts, FALSE);
  type->rules = g_new0 (WfTriggerRule, type->n_rules);
  prepare_rules (&self);
  finish_fields (&self);
  type->tests = (WfTriggerTest *) (gpointer) g_array_free (self.tests, FALSE);
  type->conditions = (const WfCondition **) g_ptr_array_free (self.conditions, FALSE);
  type->root = build_root (&self);
  g_ptr_array_unref (self.fields);
  g_hash_table_unref (self.by_name);
  return type;
}

/**
 * wf_trigger_type_free:
 * @self: (nullable) (transfer full): an index
 */
void
wf_trigger_type_free (WfTriggerType *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_fields; i++)
    {
      g_clear_pointer (&self->fields[i].texts, wf_text_ids_free);
      g_free (self->fields[i].numbers);
    }
  node_free (self->root);
  g_free (self->rules);
  g_free (self->verdicts);
  g_free (self->tests);
  g_free (self->conditions);
  g_free (self->fields);
  g_free (self);
}
