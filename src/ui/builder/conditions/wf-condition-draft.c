/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition as people edit it, to and from a WfCondition. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-draft-private.h"

#include "wf-event-catalogue.h"

#include <math.h>
#include <string.h>

#define MOST_WHOLE 9007199254740992.0 /* 2^53: above it doubles skip whole numbers */

/* ---- nodes and values ---- */

static void
value_free (gpointer data)
{
  WfDraftValue *value = data;

  g_free (value->text);
  wf_json_document_unref (value->json);
  g_free (value);
}

WfDraftValue *
wf_draft_value_new (const char *text, const WfJson *json)
{
  WfDraftValue *value = g_new0 (WfDraftValue, 1);

  value->text = g_strdup (text);
  value->json = json != NULL ? wf_json_document_extract (json) : NULL;
  return value;
}

GPtrArray *
wf_draft_values_new (void)
{
  return g_ptr_array_new_with_free_func (value_free);
}

WfConditionDraft *
wf_condition_draft_new_node (WfDraftKind kind)
{
  WfConditionDraft *self = g_new0 (WfConditionDraft, 1);

  self->kind = kind;
  if (kind == WF_DRAFT_GROUP)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_condition_draft_free);
  else if (kind == WF_DRAFT_TEST)
    self->values = wf_draft_values_new ();
  return self;
}

void
wf_condition_draft_free (WfConditionDraft *self)
{
  if (self == NULL)
    return;
  wf_json_document_unref (self->extra);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->field);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  wf_condition_unref (self->kept);
  g_free (self);
}

/* Both an eq and an ne may stand before a list; then they are shown with one. */
WfValueShape
wf_condition_draft_get_shape (const WfConditionDraft *self)
{
  switch (self->op)
    {
    case WF_OP_IS_SET:
    case WF_OP_IS_EMPTY:
    case WF_OP_CHANGED:
      return WF_VALUES_NONE;
    case WF_OP_EQ:
    case WF_OP_NE:
    case WF_OP_CHANGED_TO:
      return self->list ? WF_VALUES_LIST : WF_VALUES_ONE;
    case WF_OP_LT:
    case WF_OP_LE:
    case WF_OP_GT:
    case WF_OP_GE:
    case WF_OP_CONTAINS:
    case WF_OP_STARTS_WITH:
    case WF_OP_MATCHES_HOURS:
      return WF_VALUES_ONE;
    case WF_OP_IN:
    case WF_OP_NOT_IN:
    case WF_OP_MEMBER_OF:
      return WF_VALUES_LIST;
    case WF_OP_BETWEEN:
      return WF_VALUES_RANGE;
    }
  g_assert_not_reached ();
}

guint
wf_condition_draft_get_n_values (const WfConditionDraft *self)
{
  return self->values != NULL ? self->values->len : 0;
}

const char *
wf_condition_draft_get_value (const WfConditionDraft *self, guint index)
{
  const WfDraftValue *value;

  if (index >= wf_condition_draft_get_n_values (self))
    return "";
  value = g_ptr_array_index (self->values, index);
  return value->text;
}

/* ---- from a condition ---- */

static gboolean
read_value (WfConditionDraft *self, const WfJson *json)
{
  g_autofree char *text = NULL;

  if (wf_json_is (json, WF_JSON_STRING))
    text = g_strdup (wf_json_get_string (json));
  else if (wf_json_is (json, WF_JSON_NUMBER) || wf_json_is (json, WF_JSON_BOOLEAN))
    text = wf_json_to_text (json, FALSE);
  else
    return FALSE;
  g_ptr_array_add (self->values, wf_draft_value_new (text, json));
  return TRUE;
}

static gboolean
read_values (WfConditionDraft *self, const WfJson *json)
{
  const WfJson *element;
  WfJsonIter iter;

  if (json == NULL)
    return TRUE;
  self->list = wf_json_is (json, WF_JSON_ARRAY);
  if (!self->list)
    return read_value (self, json);
  wf_json_iter_init (&iter, json);
  while (wf_json_iter_next (&iter, NULL, &element))
    if (!read_value (self, element))
      return FALSE;
  return TRUE;
}

/* Whether rows can show it and would write the same again. */
static gboolean
fits_shape (const WfConditionDraft *self, const WfJson *json)
{
  switch (wf_condition_draft_get_shape (self))
    {
    case WF_VALUES_NONE:
      return json == NULL;
    case WF_VALUES_ONE:
      return !self->list;
    case WF_VALUES_LIST:
      return self->list || self->op == WF_OP_MEMBER_OF || json == NULL;
    case WF_VALUES_RANGE:
      return json == NULL || (self->list && self->values->len == 2);
    }
  g_assert_not_reached ();
}

static WfConditionDraft *
read_test (const WfCondition *test)
{
  WfConditionDraft *self = wf_condition_draft_new_node (WF_DRAFT_TEST);
  const WfJson *value = wf_condition_get_value (test);

  self->field = g_strdup (wf_condition_get_field (test));
  self->op = wf_condition_get_operator (test);
  if (read_values (self, value) && fits_shape (self, value))
    return self;
  wf_condition_draft_free (self);
  self = wf_condition_draft_new_node (WF_DRAFT_KEPT);
  self->kept = wf_condition_ref ((WfCondition *) test);
  return self;
}

static WfConditionDraft *
read_node (const WfCondition *condition)
{
  const WfJson *extra = wf_condition_get_extra (condition);
  WfConditionDraft *self;

  if (wf_condition_get_kind (condition) == WF_CONDITION_TEST)
    {
      self = read_test (condition);
    }
  else
    {
      self = wf_condition_draft_new_node (WF_DRAFT_GROUP);
      self->group = wf_condition_get_kind (condition);
      for (guint i = 0; i < wf_condition_get_n_children (condition); i++)
        wf_condition_draft_take (self, G_MAXUINT,
                                 read_node (wf_condition_get_child (condition, i)));
    }
  self->extra = extra != NULL ? wf_json_document_extract (extra) : NULL;
  return self;
}

WfConditionDraft *
wf_condition_draft_new (const WfCondition *condition)
{
  WfConditionDraft *root;

  if (condition != NULL && wf_condition_get_kind (condition) != WF_CONDITION_TEST)
    return read_node (condition);
  root = wf_condition_draft_new_node (WF_DRAFT_GROUP);
  root->group = WF_CONDITION_ALL;
  if (condition != NULL)
    wf_condition_draft_take (root, 0, read_node (condition));
  root->bare = condition != NULL;
  return root;
}

/* ---- to a condition ---- */

/* As people write it in either notation: "80", "80.5", "80,5". */
gboolean
wf_draft_parse_number (const char *text, double *number)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  char *end;

  if (strchr (plain, '.') == NULL)
    g_strdelimit (plain, ",", '.');
  if (*plain == '\0' || strspn (plain, "0123456789+-.eE") != strlen (plain))
    return FALSE;
  *number = g_ascii_strtod (plain, &end);
  return end != plain && *end == '\0' && isfinite (*number);
}

static void
write_number (WfJsonWriter *writer, double number)
{
  if (number == floor (number) && fabs (number) < MOST_WHOLE)
    wf_json_writer_add_int (writer, NULL, (gint64) number);
  else
    wf_json_writer_add_double (writer, NULL, number);
}

/* Of a field of unknown type only what a computer would write so is a number: "80", but neither
 * "007" nor "+55 11". */
static gboolean
is_plain_number (const char *text, double *number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return wf_draft_parse_number (text, number) &&
         g_str_equal (g_ascii_formatd (buffer, sizeof buffer, "%.15g", *number), text);
}

static gboolean
is_about_text (WfOperator op)
{
  return op == WF_OP_CONTAINS || op == WF_OP_STARTS_WITH || op == WF_OP_MEMBER_OF;
}

static gboolean
write_as_number (const WfConditionDraft *self, const char *text, WfJsonWriter *writer)
{
  const WfFieldInfo *info = wf_field_find (self->field);
  double number;

  if (is_about_text (self->op))
    return FALSE;
  if (info != NULL ? info->type != WF_FIELD_NUMBER || !wf_draft_parse_number (text, &number)
                   : !is_plain_number (text, &number))
    return FALSE;
  write_number (writer, number);
  return TRUE;
}

static gboolean
is_truth (const WfConditionDraft *self)
{
  const WfFieldInfo *info = wf_field_find (self->field);

  return self->op == WF_OP_MATCHES_HOURS || (info != NULL && info->type == WF_FIELD_BOOLEAN);
}

/* Typed by the field's type: a number stays text when it is none, and the validation then says
 * so. */
static void
write_value (const WfConditionDraft *self, const WfDraftValue *value, WfJsonWriter *writer)
{
  const WfJson *json = value->json != NULL ? wf_json_document_get_root (value->json) : NULL;
  const WfFieldInfo *info = wf_field_find (self->field);
  gboolean number = info != NULL && info->type == WF_FIELD_NUMBER && !is_about_text (self->op);

  if (json != NULL && !(number && wf_json_is (json, WF_JSON_STRING)))
    wf_json_writer_add_value (writer, NULL, json);
  else if (is_truth (self) &&
           (g_str_equal (value->text, "true") || g_str_equal (value->text, "false")))
    wf_json_writer_add_boolean (writer, NULL, g_str_equal (value->text, "true"));
  else if (!write_as_number (self, value->text, writer))
    wf_json_writer_add_string (writer, NULL, value->text);
}

/* A list's empty entries are none; one value that is empty is missing, unless the document has it
 * so. */
static gboolean
is_there (const WfDraftValue *value)
{
  return value->json != NULL || *value->text != '\0';
}

static char *
make_value (const WfConditionDraft *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  WfValueShape shape = wf_condition_draft_get_shape (self);
  guint n = 0;

  for (guint i = 0; i < self->values->len; i++)
    n += is_there (g_ptr_array_index (self->values, i)) ? 1 : 0;
  if (shape == WF_VALUES_NONE || (n == 0 && !(shape == WF_VALUES_LIST && self->list)))
    return NULL;
  if (shape == WF_VALUES_ONE || (self->op == WF_OP_MEMBER_OF && n == 1 && !self->list))
    {
      write_value (self, g_ptr_array_index (self->values, 0), writer);
      return wf_json_writer_finish (writer, FALSE);
    }
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < self->values->len; i++)
    if (shape == WF_VALUES_RANGE || is_there (g_ptr_array_index (self->values, i)))
      write_value (self, g_ptr_array_index (self->values, i), writer);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

WfCondition *
wf_condition_draft_build_node (const WfConditionDraft *self)
{
  g_autofree char *value = NULL;
  g_autoptr (GPtrArray) children = NULL;
  WfCondition *condition;

  if (self->kind == WF_DRAFT_KEPT)
    return wf_condition_ref (self->kept);
  if (self->kind == WF_DRAFT_TEST)
    {
      value = make_value (self);
      condition = wf_condition_new_test (self->field, self->op, value);
    }
  else
    {
      children = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_condition_unref);
      for (guint i = 0; i < self->children->len; i++)
        if (!wf_condition_draft_is_blank (g_ptr_array_index (self->children, i)))
          g_ptr_array_add (children,
                           wf_condition_draft_build_node (g_ptr_array_index (self->children, i)));
      condition = wf_condition_new_group (self->group, children);
    }
  if (self->extra != NULL)
    wf_condition_set_extra (condition, wf_json_document_get_root (self->extra));
  return condition;
}

gboolean
wf_condition_draft_is_blank (const WfConditionDraft *self)
{
  if (self->kind != WF_DRAFT_GROUP)
    return self->kind == WF_DRAFT_TEST && self->field == NULL;
  for (guint i = 0; i < self->children->len; i++)
    if (!wf_condition_draft_is_blank (g_ptr_array_index (self->children, i)))
      return FALSE;
  return self->children->len > 0;
}

/**
 * wf_condition_draft_build:
 * @self: a root
 *
 * An empty group inside another one means something ("never" for any) and stays; an empty root is
 * no condition at all.
 *
 * Returns: (transfer full) (nullable): the condition
 */
WfCondition *
wf_condition_draft_build (const WfConditionDraft *self)
{
  if (self->children->len == 0 || wf_condition_draft_is_blank (self))
    return NULL;
  if (self->bare && self->children->len == 1 && self->group == WF_CONDITION_ALL)
    return wf_condition_draft_build_node (g_ptr_array_index (self->children, 0));
  return wf_condition_draft_build_node (self);
}
