/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flat list of tests as people edit it, to and from a condition. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-draft.h"

#include "wf-event-catalogue.h"

void
wf_test_draft_free (WfTestDraft *self)
{
  g_free (self->field);
  g_free (self->value);
  g_free (self);
}

gboolean
wf_operator_takes_value (WfOperator op)
{
  return op != WF_OP_IS_SET && op != WF_OP_IS_EMPTY && op != WF_OP_CHANGED &&
         op != WF_OP_MATCHES_HOURS;
}

static gboolean
takes_list (WfOperator op)
{
  return op == WF_OP_IN || op == WF_OP_NOT_IN || op == WF_OP_BETWEEN;
}

/* ---- from a condition ---- */

static char *
value_to_typed_text (const WfJson *value)
{
  if (wf_json_is (value, WF_JSON_STRING))
    return g_strdup (wf_json_get_string (value));
  if (wf_json_is (value, WF_JSON_MISSING) || wf_json_is (value, WF_JSON_NULL))
    return g_strdup ("");
  if (wf_json_is (value, WF_JSON_ARRAY))
    {
      g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
      g_auto (GStrv) texts = NULL;

      for (guint i = 0; i < wf_json_get_size (value); i++)
        g_strv_builder_take (parts, value_to_typed_text (wf_json_get_element (value, i)));
      texts = g_strv_builder_end (parts);
      return g_strjoinv (", ", texts);
    }
  return wf_json_to_text (value, FALSE);
}

static gboolean
read_test (const WfCondition *test, GPtrArray *tests)
{
  WfTestDraft *draft;

  if (wf_condition_get_kind (test) != WF_CONDITION_TEST)
    return FALSE;
  draft = g_new0 (WfTestDraft, 1);
  draft->field = g_strdup (wf_condition_get_field (test));
  draft->op = wf_condition_get_operator (test);
  draft->value = value_to_typed_text (wf_condition_get_value (test));
  g_ptr_array_add (tests, draft);
  return TRUE;
}

/* condition: nullable. tests: receives WfTestDraft. FALSE when it is nested and so has no flat form. */
gboolean
wf_condition_draft_read (const WfCondition *condition, WfConditionKind *kind, GPtrArray *tests)
{
  *kind = WF_CONDITION_ALL;
  if (condition == NULL)
    return TRUE;
  if (wf_condition_get_kind (condition) == WF_CONDITION_TEST)
    return read_test (condition, tests);
  *kind = wf_condition_get_kind (condition);
  for (guint i = 0; i < wf_condition_get_n_children (condition); i++)
    if (!read_test (wf_condition_get_child (condition, i), tests))
      return FALSE;
  return TRUE;
}

/* ---- to a condition ---- */

static gboolean
is_whole_number (const char *text, double *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

/* Typed by the field's type: a number stays text when it is none, and the validation then says so. */
static void
write_value (WfJsonWriter *writer, const char *text, WfFieldType type, gboolean type_known)
{
  double number;

  if (type == WF_FIELD_BOOLEAN && type_known &&
      (g_str_equal (text, "true") || g_str_equal (text, "false")))
    wf_json_writer_add_boolean (writer, NULL, g_str_equal (text, "true"));
  else if ((type == WF_FIELD_NUMBER || !type_known) && is_whole_number (text, &number))
    wf_json_writer_add_double (writer, NULL, number);
  else
    wf_json_writer_add_string (writer, NULL, text);
}

static char *
make_value_json (const WfTestDraft *draft)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfFieldInfo *info = wf_field_find (draft->field);
  WfFieldType type = info != NULL ? info->type : WF_FIELD_TEXT;

  if (!wf_operator_takes_value (draft->op))
    return NULL;
  if (!takes_list (draft->op))
    {
      write_value (writer, g_strstrip (draft->value), type, info != NULL);
      return wf_json_writer_finish (writer, FALSE);
    }
  g_auto (GStrv) parts = g_strsplit (draft->value, ",", -1);
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      write_value (writer, parts[i], type, info != NULL);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

/* NULL when there are no tests. Owned by the caller. */
WfCondition *
wf_condition_draft_build (WfConditionKind kind, GPtrArray *tests)
{
  g_autoptr (GPtrArray) children =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_condition_unref);

  for (guint i = 0; i < tests->len; i++)
    {
      WfTestDraft *draft = g_ptr_array_index (tests, i);
      g_autofree char *value = make_value_json (draft);

      g_ptr_array_add (children, wf_condition_new_test (draft->field, draft->op, value));
    }
  return children->len > 0 ? wf_condition_new_group (kind, children) : NULL;
}
