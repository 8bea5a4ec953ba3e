/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a workflow's document refers to. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-reference.h"

#include "wf-event-catalogue.h"
#include "wf-merge-text.h"
#include "wf-step-catalogue.h"

#include <string.h>

/* The document is copied value by value; wherever the catalogue says that a value names something,
 * the function is asked what is to stand there. What is of another type than expected is copied:
 * to find mistakes is the business of wf_workflow_validate(). Recursion is bounded by the depth of
 * documents. */

const char *const wf_reference_kind_names[] = { "activity-type", "group",   "person", "stage",
                                                "field",         "address", NULL };

typedef struct
{
  WfJsonWriter *writer; /* borrowed */
  WfReferenceFunc func;
  gpointer user_data;
  GString *path;              /* (owned) of the value at hand */
  const WfJson *step;         /* the step at hand; NULL in the trigger */
  const WfStepKindInfo *kind; /* its kind; NULL when the catalogue does not know it */
  const WfJson *test;         /* the condition's test at hand */
  gboolean condition;
} Walk;

/* name: NULL inside arrays. */
typedef void (*ValueFunc) (Walk *self, const char *name, const WfJson *value);

static void map_steps (Walk *self, const char *name, const WfJson *value);
static void map_condition (Walk *self, const char *name, const WfJson *value);

static void
copy (Walk *self, const char *name, const WfJson *value)
{
  wf_json_writer_add_value (self->writer, name, value);
}

/* RFC 6901: "~" and "/" in names are written "~0" and "~1". */
static void
push (Walk *self, const char *name, guint index)
{
  g_string_append_c (self->path, '/');
  if (name == NULL)
    g_string_append_printf (self->path, "%u", index);
  for (; name != NULL && *name != '\0'; name++)
    {
      if (*name == '~' || *name == '/')
        g_string_append (self->path, *name == '~' ? "~0" : "~1");
      else
        g_string_append_c (self->path, *name);
    }
}

/* Each member or element through func; anything but the expected type is copied. */
static void
map_container (Walk *self, const char *name, const WfJson *value, WfJsonType type, ValueFunc func)
{
  gsize length = self->path->len;
  const WfJson *inner;
  const char *member;
  WfJsonIter iter;

  if (!wf_json_is (value, type))
    {
      copy (self, name, value);
      return;
    }
  if (type == WF_JSON_OBJECT)
    wf_json_writer_begin_object (self->writer, name);
  else
    wf_json_writer_begin_array (self->writer, name);
  wf_json_iter_init (&iter, value);
  for (guint i = 0; wf_json_iter_next (&iter, &member, &inner); i++)
    {
      push (self, member, i);
      func (self, member, inner);
      g_string_truncate (self->path, length);
    }
  wf_json_writer_end (self->writer);
}

static const char *
ask (Walk *self, WfReferenceKind kind, const char *id)
{
  const WfReference reference = {
    .kind = kind,
    .id = id,
    .step = wf_json_get_member_string (self->step, "id"),
    .path = self->path->str,
    .condition = self->condition,
  };
  const char *other = self->func (&reference, self->user_data);

  return other != NULL ? other : id;
}

static void
map_id (Walk *self, const char *name, const WfJson *value, WfReferenceKind kind)
{
  const char *id = wf_json_get_string (value);

  if (id != NULL && id[0] != '\0')
    wf_json_writer_add_string (self->writer, name, ask (self, kind, id));
  else
    copy (self, name, value);
}

static void
map_field (Walk *self, const char *name, const WfJson *value)
{
  map_id (self, name, value, WF_REFERENCE_FIELD);
}

static void
map_activity_type (Walk *self, const char *name, const WfJson *value)
{
  map_id (self, name, value, WF_REFERENCE_ACTIVITY_TYPE);
}

static void
map_group (Walk *self, const char *name, const WfJson *value)
{
  map_id (self, name, value, WF_REFERENCE_GROUP);
}

/* "person:ID", "group:ID", "round-robin:GROUP", "least-loaded:GROUP"; other words stay. */
static void
map_recipient (Walk *self, const char *name, const WfJson *value)
{
  static const struct
  {
    const char *prefix;
    WfReferenceKind kind;
  } prefixes[] = {
    { "person:", WF_REFERENCE_PERSON },
    { "group:", WF_REFERENCE_GROUP },
    { "round-robin:", WF_REFERENCE_GROUP },
    { "least-loaded:", WF_REFERENCE_GROUP },
  };
  const char *text = wf_json_get_string (value);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *mapped = NULL;
      const char *id = text + strlen (prefixes[i].prefix);

      if (!g_str_has_prefix (text, prefixes[i].prefix) || id[0] == '\0')
        continue;
      mapped = g_strconcat (prefixes[i].prefix, ask (self, prefixes[i].kind, id), NULL);
      wf_json_writer_add_string (self->writer, name, mapped);
      return;
    }
  copy (self, name, value);
}

static const char *
on_merge_field (const char *field, gpointer user_data)
{
  return ask (user_data, WF_REFERENCE_FIELD, field);
}

static void
map_text (Walk *self, const char *name, const WfJson *value)
{
  g_autofree char *mapped = NULL;

  if (wf_json_get_string (value) == NULL)
    {
      copy (self, name, value);
      return;
    }
  mapped = wf_merge_text_map (wf_json_get_string (value), on_merge_field, self);
  wf_json_writer_add_string (self->writer, name, mapped);
}

static void
map_url (Walk *self, const char *name, const WfJson *value)
{
  g_autofree char *mapped = NULL;

  if (wf_json_get_string (value) == NULL)
    {
      copy (self, name, value);
      return;
    }
  mapped = wf_merge_text_map (wf_json_get_string (value), on_merge_field, self);
  wf_json_writer_add_string (self->writer, name, ask (self, WF_REFERENCE_ADDRESS, mapped));
}

/* What a field's value names. FALSE when it names nothing. */
static gboolean
find_kind_of_field (const char *field, WfReferenceKind *kind)
{
  const WfFieldInfo *info = field != NULL ? wf_field_find (field) : NULL;

  if (g_strcmp0 (field, "activity.type") == 0)
    *kind = WF_REFERENCE_ACTIVITY_TYPE;
  else if (info == NULL)
    return FALSE;
  else if (info->type == WF_FIELD_PERSON)
    *kind = WF_REFERENCE_PERSON;
  else if (info->type == WF_FIELD_GROUP)
    *kind = WF_REFERENCE_GROUP;
  else if (info->type == WF_FIELD_STAGE)
    *kind = WF_REFERENCE_STAGE;
  else
    return FALSE;
  return TRUE;
}

/* What a step writes into its field. */
static void
map_value (Walk *self, const char *name, const WfJson *value)
{
  const char *text = wf_json_get_string (value);
  WfReferenceKind kind;

  if (text != NULL && strchr (text, '{') == NULL &&
      find_kind_of_field (wf_json_get_member_string (self->step, "field"), &kind))
    map_id (self, name, value, kind);
  else
    map_text (self, name, value);
}

/* ---- conditions ---- */

/* What a test compares with; parts of texts are no ids. */
static gboolean
find_kind_of_test (const Walk *self, WfReferenceKind *kind)
{
  const char *op = wf_json_get_member_string (self->test, "op");

  if (g_strcmp0 (op, wf_operator_names[WF_OP_MEMBER_OF]) == 0)
    {
      *kind = WF_REFERENCE_GROUP;
      return TRUE;
    }
  return g_strcmp0 (op, wf_operator_names[WF_OP_CONTAINS]) != 0 &&
         g_strcmp0 (op, wf_operator_names[WF_OP_STARTS_WITH]) != 0 &&
         find_kind_of_field (wf_json_get_member_string (self->test, "field"), kind);
}

static void
map_compared (Walk *self, const char *name, const WfJson *value)
{
  WfReferenceKind kind;

  if (find_kind_of_test (self, &kind))
    map_id (self, name, value, kind);
  else
    copy (self, name, value);
}

static void
map_condition_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "field"))
    map_field (self, name, value);
  else if (g_str_equal (name, "value") && wf_json_is (value, WF_JSON_ARRAY))
    map_container (self, name, value, WF_JSON_ARRAY, map_compared);
  else if (g_str_equal (name, "value"))
    map_compared (self, name, value);
  else if (g_str_equal (name, "all") || g_str_equal (name, "any") || g_str_equal (name, "none"))
    map_container (self, name, value, WF_JSON_ARRAY, map_condition);
  else
    copy (self, name, value);
}

static void
map_condition (Walk *self, const char *name, const WfJson *value)
{
  const WfJson *outer = self->test;
  gboolean inside = self->condition;

  self->test = value;
  self->condition = TRUE;
  map_container (self, name, value, WF_JSON_OBJECT, map_condition_member);
  self->test = outer;
  self->condition = inside;
}

/* ---- steps ---- */

static void
map_deadline_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "before"))
    map_field (self, name, value);
  else
    copy (self, name, value);
}

static void
map_permission_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "groups"))
    map_container (self, name, value, WF_JSON_ARRAY, map_group);
  else
    copy (self, name, value);
}

static void
map_rule_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "if"))
    map_condition (self, name, value);
  else if (g_str_equal (name, "to"))
    map_recipient (self, name, value);
  else
    copy (self, name, value);
}

static void
map_rule (Walk *self, const char *name, const WfJson *value)
{
  map_container (self, name, value, WF_JSON_OBJECT, map_rule_member);
}

static void
map_path_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "if"))
    map_condition (self, name, value);
  else if (g_str_equal (name, "steps"))
    map_steps (self, name, value);
  else
    copy (self, name, value);
}

static void
map_path (Walk *self, const char *name, const WfJson *value)
{
  map_container (self, name, value, WF_JSON_OBJECT, map_path_member);
}

static void
map_setting (Walk *self, const WfSettingInfo *setting, const WfJson *value)
{
  const char *name = setting->name;

  switch (setting->type)
    {
    case WF_SETTING_TEXT:
    case WF_SETTING_LONG_TEXT:
      map_text (self, name, value);
      break;
    case WF_SETTING_VALUE:
      map_value (self, name, value);
      break;
    case WF_SETTING_URL:
      map_url (self, name, value);
      break;
    case WF_SETTING_DEADLINE:
      map_container (self, name, value, WF_JSON_OBJECT, map_deadline_member);
      break;
    case WF_SETTING_DATE_FIELD:
    case WF_SETTING_FIELD:
      map_field (self, name, value);
      break;
    case WF_SETTING_STAGE:
      map_id (self, name, value, WF_REFERENCE_STAGE);
      break;
    case WF_SETTING_PERSON:
      map_id (self, name, value, WF_REFERENCE_PERSON);
      break;
    case WF_SETTING_RECIPIENT:
    case WF_SETTING_ASSIGNEE:
      map_recipient (self, name, value);
      break;
    case WF_SETTING_RECIPIENTS:
      map_container (self, name, value, WF_JSON_ARRAY, map_recipient);
      break;
    case WF_SETTING_RULES:
      map_container (self, name, value, WF_JSON_ARRAY, map_rule);
      break;
    case WF_SETTING_ACTIVITY_TYPE:
      map_activity_type (self, name, value);
      break;
    case WF_SETTING_ACTIVITY_TYPES:
      map_container (self, name, value, WF_JSON_ARRAY, map_activity_type);
      break;
    case WF_SETTING_PERMISSION:
      map_container (self, name, value, WF_JSON_OBJECT, map_permission_member);
      break;
    case WF_SETTING_CONDITION:
      map_condition (self, name, value);
      break;
    case WF_SETTING_PATHS:
      map_container (self, name, value, WF_JSON_ARRAY, map_path);
      break;
    case WF_SETTING_WORD:
    case WF_SETTING_CHOICE:
    case WF_SETTING_BOOLEAN:
    case WF_SETTING_NUMBER:
    case WF_SETTING_DURATION:
    case WF_SETTING_EVENT_TYPES:
      copy (self, name, value);
      break;
    }
}

static void
map_run_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "field"))
    map_field (self, name, value);
  else
    copy (self, name, value);
}

static void
map_step_member (Walk *self, const char *name, const WfJson *value)
{
  const WfSettingInfo *setting =
      self->kind != NULL ? wf_step_kind_info_get_setting (self->kind, name) : NULL;

  if (g_str_equal (name, "run"))
    map_container (self, name, value, WF_JSON_OBJECT, map_run_member);
  else if (setting != NULL)
    map_setting (self, setting, value);
  else
    copy (self, name, value);
}

static void
map_step (Walk *self, const char *name, const WfJson *value)
{
  const WfStepKindInfo *outer_kind = self->kind;
  const WfJson *outer = self->step;

  self->step = value;
  self->kind = wf_step_catalogue_find (wf_json_get_member_string (value, "kind"));
  map_container (self, name, value, WF_JSON_OBJECT, map_step_member);
  self->step = outer;
  self->kind = outer_kind;
}

static void
map_steps (Walk *self, const char *name, const WfJson *value)
{
  map_container (self, name, value, WF_JSON_ARRAY, map_step);
}

/* ---- the whole ---- */

static void
map_schedule_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "date"))
    map_field (self, name, value);
  else
    copy (self, name, value);
}

static void
map_trigger_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "conditions"))
    map_condition (self, name, value);
  else if (g_str_equal (name, "schedule"))
    map_container (self, name, value, WF_JSON_OBJECT, map_schedule_member);
  else
    copy (self, name, value);
}

static void
map_root_member (Walk *self, const char *name, const WfJson *value)
{
  if (g_str_equal (name, "trigger"))
    map_container (self, name, value, WF_JSON_OBJECT, map_trigger_member);
  else if (g_str_equal (name, "steps"))
    map_steps (self, name, value);
  else if (g_str_equal (name, "fallback-person"))
    map_id (self, name, value, WF_REFERENCE_PERSON);
  else
    copy (self, name, value);
}

/**
 * wf_reference_map:
 * @workflow: a workflow's document
 * @func: asked for each reference, in the order of the document
 * @user_data: for @func
 *
 * Returns: (transfer full): the document with what @func put there
 */
WfJsonDocument *
wf_reference_map (const WfJson *workflow, WfReferenceFunc func, gpointer user_data)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GString) path = g_string_new (NULL);
  Walk self = { .writer = writer, .func = func, .user_data = user_data, .path = path };

  map_container (&self, NULL, workflow, WF_JSON_OBJECT, map_root_member);
  return wf_json_writer_finish_document (writer);
}

/**
 * wf_workflow_foreach_reference:
 * @self: a workflow
 * @func: called for each reference
 * @user_data: for @func
 */
void
wf_workflow_foreach_reference (const WfWorkflow *self, WfReferenceFunc func, gpointer user_data)
{
  g_autofree char *text = wf_workflow_to_text (self, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfJsonDocument) mapped = NULL;

  /* A document of an editor may be nested deeper than documents may be; it cannot run either. */
  if (document != NULL)
    mapped = wf_reference_map (wf_json_document_get_root (document), func, user_data);
}
