/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: reading, building and writing. What can be prepared is prepared here, because
 * evaluation happens millions of times. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-condition-private.h"

#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-text-fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDEXED_FROM 9 /* elements; shorter lists are searched one by one */

static const char *const kind_names[] = { "all", "any", "none", NULL };
static const char *const group_members[] = { "all", "any", "none", NULL };
static const char *const test_members[] = { "field", "op", "value", NULL };

const char *const wf_operator_names[WF_N_OPERATORS + 1] = {
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "contains",
  "starts-with",
  "in",
  "not-in",
  "is-set",
  "is-empty",
  "changed",
  "changed-to",
  "member-of",
  "between",
  "matches-hours",
  NULL,
};

gboolean
wf_operand_parse_number (const char *text, double *number)
{
  char *end;

  if (text[0] == '\0' || strspn (text, "0123456789+-.eE") != strlen (text) ||
      strpbrk (text, "0123456789") == NULL)
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0';
}

const char *
wf_operand_value_to_text (const WfJson *value, char buffer[64])
{
  gint64 whole;

  switch (wf_json_get_type (value))
    {
    case WF_JSON_STRING:
      return wf_json_get_string (value);
    case WF_JSON_BOOLEAN:
      return wf_json_get_boolean (value, FALSE) ? "true" : "false";
    case WF_JSON_NUMBER:
      if (!wf_json_get_int64 (value, &whole))
        return g_ascii_formatd (buffer, 64, "%.15g", wf_json_get_double (value, 0));
      g_snprintf (buffer, 64, "%" G_GINT64_FORMAT, whole);
      return buffer;
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
    case WF_JSON_ARRAY:
    case WF_JSON_OBJECT:
      return NULL;
    }
  g_assert_not_reached ();
}

static void
prepare_operand (WfOperand *operand, const WfJson *value)
{
  char buffer[64];
  const char *text = wf_operand_value_to_text (value, buffer);
  int year, month, day;

  operand->json = wf_json_get_type (value);
  operand->folded = wf_text_fold (text != NULL ? text : "");
  if (text == NULL)
    return;
  operand->is_number = operand->json == WF_JSON_NUMBER ||
                       wf_operand_parse_number (text, &operand->number);
  if (operand->json == WF_JSON_NUMBER)
    operand->number = wf_json_get_double (value, 0);
  operand->boolean = g_str_equal (operand->folded, "true");
  operand->is_boolean = operand->boolean || g_str_equal (operand->folded, "false");
  if (wf_instant_parse (text, &operand->instant))
    {
      operand->date = WF_OPERAND_INSTANT;
    }
  else if (wf_instant_parse_date (text, &year, &month, &day))
    {
      operand->date = WF_OPERAND_DAY;
      operand->day =
          wf_civil_date_to_day ((WfCivilDate) { .year = year, .month = month, .day = day });
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
index_operands (WfCondition *self)
{
  self->texts = g_ptr_array_sized_new (self->n_operands);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < self->n_operands; i++)
    {
      g_ptr_array_add (self->texts, self->operands[i].folded);
      if (self->operands[i].is_number)
        g_array_append_val (self->numbers, self->operands[i].number);
    }
  g_ptr_array_sort (self->texts, compare_texts);
  g_array_sort (self->numbers, compare_numbers);
}

static void
prepare_test (WfCondition *self)
{
  const WfFieldInfo *info = wf_field_find (self->field);
  const WfJson *value = wf_condition_get_value (self), *element;
  WfJsonIter iter;

  self->typed = info != NULL;
  self->type = info != NULL ? info->type : WF_FIELD_TEXT;
  self->list = wf_json_is (value, WF_JSON_ARRAY);
  self->n_operands = self->list ? wf_json_get_size (value) : (value != NULL ? 1 : 0);
  self->operands = g_new0 (WfOperand, self->n_operands);
  if (!self->list)
    {
      if (value != NULL)
        prepare_operand (&self->operands[0], value);
      return;
    }
  wf_json_iter_init (&iter, value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &element); i++)
    prepare_operand (&self->operands[i], element);
  if (self->n_operands >= INDEXED_FROM)
    index_operands (self);
}

static WfCondition *
condition_new (WfConditionKind kind)
{
  WfCondition *self = g_new0 (WfCondition, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  return self;
}

WfCondition *
wf_condition_ref (WfCondition *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_condition_unref (WfCondition *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  for (guint i = 0; i < self->n_operands; i++)
    g_free (self->operands[i].folded);
  g_free (self->operands);
  g_free (self->field);
  wf_json_document_unref (self->value);
  wf_json_document_unref (self->extra);
  g_free (self);
}

static gboolean
is_scalar (const WfJson *value)
{
  return value != NULL && !wf_json_is (value, WF_JSON_ARRAY) && !wf_json_is (value, WF_JSON_OBJECT);
}

static gboolean
is_list_of_scalars (const WfJson *value)
{
  const WfJson *element;
  WfJsonIter iter;

  if (!wf_json_is (value, WF_JSON_ARRAY))
    return FALSE;
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    if (!is_scalar (element))
      return FALSE;
  return TRUE;
}

/* A field whose type is known refuses what can never be equal to it. */
static gboolean
check_operand_type (const WfCondition *self, const WfJsonCursor *cursor, const WfOperand *operand)
{
  const char *name = wf_field_to_text (self->field);

  if (operand->json == WF_JSON_NULL || !self->typed)
    return TRUE;
  if (self->type == WF_FIELD_NUMBER && !operand->is_number)
    wf_json_cursor_problem (cursor, "wrong-type",
                            _ ("“%s” is a number and can only be compared with numbers."), name);
  else if (self->type == WF_FIELD_DATE_TIME && operand->date == WF_OPERAND_NO_DATE)
    wf_json_cursor_problem (cursor, "wrong-type",
                            _ ("“%s” is a date and can only be compared with dates."), name);
  else if (self->type == WF_FIELD_BOOLEAN && !operand->is_boolean)
    wf_json_cursor_problem (cursor, "wrong-type",
                            _ ("“%s” can only be compared with true or false."), name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_operand_types (const WfCondition *self, const WfJsonCursor *cursor)
{
  gboolean right = TRUE;

  for (guint i = 0; i < self->n_operands; i++)
    {
      WfJsonCursor element = self->list ? wf_json_cursor_element (cursor, i) : *cursor;

      right &= check_operand_type (self, &element, &self->operands[i]);
    }
  return right;
}

static gboolean
expect_value (const WfJsonCursor *cursor, gboolean right, const char *reason)
{
  if (right)
    return TRUE;
  if (cursor->value == NULL)
    wf_json_cursor_problem (cursor, "missing", "%s", _ ("This comparison needs a value."));
  else
    wf_json_cursor_problem (cursor, "wrong-type", "%s", reason);
  return FALSE;
}

/* Whether the value is of the shape that the operator needs. */
static gboolean
check_value (const WfCondition *self, const WfJsonCursor *cursor)
{
  const WfJson *value = cursor->value;

  switch (self->op)
    {
    case WF_OP_EQ:
    case WF_OP_NE:
    case WF_OP_CHANGED_TO:
      return expect_value (
                 cursor, is_scalar (value) || is_list_of_scalars (value),
                 _ ("This must be a text, a number, true or false, or a list of them.")) &&
             check_operand_types (self, cursor);
    case WF_OP_LT:
    case WF_OP_LE:
    case WF_OP_GT:
    case WF_OP_GE:
      return expect_value (cursor, is_scalar (value) && !wf_json_is (value, WF_JSON_NULL),
                           _ ("This must be a text or a number.")) &&
             check_operand_types (self, cursor);
    case WF_OP_CONTAINS:
    case WF_OP_STARTS_WITH:
      return expect_value (cursor, is_scalar (value) && !wf_json_is (value, WF_JSON_NULL),
                           _ ("This must be a text or a number."));
    case WF_OP_IN:
    case WF_OP_NOT_IN:
      return expect_value (cursor, is_list_of_scalars (value),
                           _ ("This must be a list of texts or numbers.")) &&
             check_operand_types (self, cursor);
    case WF_OP_BETWEEN:
      return expect_value (cursor, is_list_of_scalars (value) && self->n_operands == 2,
                           _ ("This must be a list of two values: the lowest and the highest.")) &&
             check_operand_types (self, cursor);
    case WF_OP_MEMBER_OF:
      return expect_value (cursor, wf_json_is (value, WF_JSON_STRING) || is_list_of_scalars (value),
                           _ ("This must be a group or a list of groups."));
    case WF_OP_MATCHES_HOURS:
      if (value == NULL || wf_json_is (value, WF_JSON_BOOLEAN))
        return TRUE;
      wf_json_cursor_problem (cursor, "wrong-type", "%s", _ ("This must be true or false."));
      return FALSE;
    case WF_OP_IS_SET:
    case WF_OP_IS_EMPTY:
    case WF_OP_CHANGED:
      return TRUE;
    }
  g_assert_not_reached ();
}

/* unfinished: a value that does not fit is a problem, and the comparison is kept all the same. */
static WfCondition *
read_test (const WfJsonCursor *cursor, gboolean unfinished)
{
  g_autoptr (WfCondition) self = condition_new (WF_CONDITION_TEST);
  WfJsonCursor field = wf_json_cursor_member (cursor, "field");
  WfJsonCursor op_cursor = wf_json_cursor_member (cursor, "op");
  WfJsonCursor value = wf_json_cursor_member (cursor, "value");
  const char *name = wf_json_cursor_get_string (&field, TRUE);
  int op = wf_json_cursor_get_enum (&op_cursor, wf_operator_names, TRUE);

  self->extra = wf_json_cursor_dup_unknown (cursor, test_members);
  if (name != NULL && name[0] == '\0')
    wf_json_cursor_problem (&field, "missing", "%s", _ ("This is empty."));
  if (name == NULL || name[0] == '\0' || op < 0)
    return NULL;
  self->field = g_strdup (name);
  self->op = (WfOperator) op;
  self->value = value.value != NULL ? wf_json_document_extract (value.value) : NULL;
  prepare_test (self);
  return check_value (self, &value) || unfinished ? g_steal_pointer (&self) : NULL;
}

static WfCondition *read_condition (const WfJsonCursor *cursor, guint depth, gboolean unfinished);

static WfCondition *
read_group (const WfJsonCursor *cursor, WfConditionKind kind, guint depth, gboolean unfinished)
{
  g_autoptr (WfCondition) self = condition_new (kind);
  WfJsonCursor list = wf_json_cursor_member (cursor, kind_names[kind]);
  gboolean complete = TRUE;
  const WfJson *value;
  WfJsonIter iter;

  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_condition_unref);
  self->extra = wf_json_cursor_dup_unknown (cursor, group_members);
  if (!wf_json_cursor_expect (&list, WF_JSON_ARRAY))
    return NULL;
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &list, .index = i, .value = value, .problems = cursor->problems
      };
      WfCondition *child = read_condition (&element, depth + 1, unfinished);

      if (child != NULL)
        g_ptr_array_add (self->children, child);
      else
        complete = FALSE;
    }
  return complete ? g_steal_pointer (&self) : NULL;
}

static WfCondition *
read_condition (const WfJsonCursor *cursor, guint depth, gboolean unfinished)
{
  int kind = -1;
  guint n = 0;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return NULL;
  if (depth > WF_CONDITION_MOST_DEPTH)
    {
      wf_json_cursor_problem (cursor, "too-deep",
                              _ ("Conditions can be nested %d levels deep at most."),
                              WF_CONDITION_MOST_DEPTH);
      return NULL;
    }
  for (int i = 0; kind_names[i] != NULL; i++)
    if (wf_json_get_member (cursor->value, kind_names[i]) != NULL)
      {
        kind = kind < 0 ? i : kind;
        n++;
      }
  n += wf_json_get_member (cursor->value, "field") != NULL ? 1 : 0;
  if (n > 1)
    {
      wf_json_cursor_problem (
          cursor, "condition-kind", "%s",
          _ ("A condition is one of “all”, “any”, “none” or a comparison of a field, not several."));
      return NULL;
    }
  return kind < 0 ? read_test (cursor, unfinished)
                  : read_group (cursor, (WfConditionKind) kind, depth, unfinished);
}

/**
 * wf_condition_read:
 * @cursor: the condition
 *
 * Returns: (transfer full) (nullable): the condition, NULL after an error
 */
WfCondition *
wf_condition_read (const WfJsonCursor *cursor)
{
  return read_condition (cursor, 1, FALSE);
}

/**
 * wf_condition_read_unfinished:
 * @cursor: the condition
 *
 * As wf_condition_read(), but a comparison whose value is missing or does not fit is kept: a draft
 * that was saved while somebody was still writing it. The problems are the same.
 *
 * Returns: (transfer full) (nullable): the condition, NULL when it is none
 */
WfCondition *
wf_condition_read_unfinished (const WfJsonCursor *cursor)
{
  return read_condition (cursor, 1, TRUE);
}

/**
 * wf_condition_check_value:
 * @self: a test
 * @cursor: the place of its value; what is there is not looked at
 *
 * Adds a problem when the test's value is missing or does not fit its operator and field.
 *
 * Returns: whether it fits
 */
gboolean
wf_condition_check_value (const WfCondition *self, const WfJsonCursor *cursor)
{
  WfJsonCursor value = *cursor;

  value.value = wf_condition_get_value (self);
  return check_value (self, &value);
}

void
wf_condition_write (const WfCondition *self, WfJsonWriter *writer, const char *name)
{
  wf_json_writer_begin_object (writer, name);
  if (self->kind == WF_CONDITION_TEST)
    {
      wf_json_writer_add_string (writer, "field", self->field);
      wf_json_writer_add_string (writer, "op", wf_operator_names[self->op]);
      wf_json_writer_add_value (writer, "value", wf_condition_get_value (self));
    }
  else
    {
      wf_json_writer_begin_array (writer, kind_names[self->kind]);
      for (guint i = 0; i < self->children->len; i++)
        wf_condition_write (g_ptr_array_index (self->children, i), writer, NULL);
      wf_json_writer_end (writer);
    }
  if (self->extra != NULL)
    wf_json_writer_add_members (writer, wf_json_document_get_root (self->extra));
  wf_json_writer_end (writer);
}

WfCondition *
wf_condition_new_group (WfConditionKind kind, GPtrArray *children)
{
  WfCondition *self;

  g_return_val_if_fail (kind != WF_CONDITION_TEST, NULL);
  self = condition_new (kind);
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_condition_unref);
  for (guint i = 0; children != NULL && i < children->len; i++)
    g_ptr_array_add (self->children, wf_condition_ref (g_ptr_array_index (children, i)));
  return self;
}

/* value_json that is no JSON is taken as a text: what somebody types into a field. */
WfCondition *
wf_condition_new_test (const char *field, WfOperator op, const char *value_json)
{
  WfCondition *self = condition_new (WF_CONDITION_TEST);

  self->field = g_strdup (field);
  self->op = op;
  if (value_json != NULL)
    {
      self->value = wf_json_document_parse (value_json, -1, 0, NULL);
      if (self->value == NULL)
        {
          g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

          wf_json_writer_add_string (writer, NULL, value_json);
          self->value = wf_json_writer_finish_document (writer);
        }
    }
  prepare_test (self);
  return self;
}

/* Members that nobody here knows, besides: for a condition that is not shared yet. extra: nullable
 * object, copied. */
void
wf_condition_set_extra (WfCondition *self, const WfJson *extra)
{
  g_clear_pointer (&self->extra, wf_json_document_unref);
  if (wf_json_get_size (extra) > 0)
    self->extra = wf_json_document_extract (extra);
}

const WfJson *
wf_condition_get_extra (const WfCondition *self)
{
  return self->extra != NULL ? wf_json_document_get_root (self->extra) : NULL;
}

WfConditionKind
wf_condition_get_kind (const WfCondition *self)
{
  return self->kind;
}

guint
wf_condition_get_n_children (const WfCondition *self)
{
  return self->children != NULL ? self->children->len : 0;
}

const WfCondition *
wf_condition_get_child (const WfCondition *self, guint index)
{
  return index < wf_condition_get_n_children (self) ? g_ptr_array_index (self->children, index)
                                                    : NULL;
}

const char *
wf_condition_get_field (const WfCondition *self)
{
  return self->field;
}

WfOperator
wf_condition_get_operator (const WfCondition *self)
{
  return self->op;
}

const WfJson *
wf_condition_get_value (const WfCondition *self)
{
  return self->value != NULL ? wf_json_document_get_root (self->value) : NULL;
}
