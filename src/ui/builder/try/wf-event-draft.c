/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A written event: a tree of members to begin with, and the fields that are laid over it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-event-draft.h"

#include "wf-event-sample.h"
#include "wf-lead-view.h"
#include "wf-reference.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _WfEventDraft
{
  char *type;                   /* (owned) */
  char *id, *source;            /* (owned) of the event */
  char *workflow;               /* (owned) (nullable) whose own tick or start by hand it is */
  WfJsonDocument *data;         /* (owned) (nullable) members that no field shows */
  WfOrganisation *organisation; /* (owned) (nullable) */
  GPtrArray *fields;            /* (owned) of WfDraftField */
};

/* -- tree of members --------------------------------------------------------------------------- */

typedef struct
{
  char *name;            /* (owned) */
  WfJsonDocument *value; /* (owned) (nullable) of a leaf */
  GPtrArray *children;   /* (owned) (nullable) of Node */
} Node;

static void
node_free (Node *self)
{
  g_free (self->name);
  g_clear_pointer (&self->value, wf_json_document_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Node, node_free)

static Node *
node_new (const char *name, gsize length)
{
  Node *self = g_new0 (Node, 1);

  self->name = g_strndup (name, length);
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  return self;
}

static Node *
node_find (const Node *self, const char *name, gsize length, guint *index)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      Node *child = g_ptr_array_index (self->children, i);

      if (strlen (child->name) == length && strncmp (child->name, name, length) == 0)
        {
          *index = i;
          return child;
        }
    }
  return NULL;
}

static void
node_take_members (Node *self, const WfJson *object)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  if (!wf_json_is (object, WF_JSON_OBJECT))
    return;
  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      Node *child = node_new (name, strlen (name));

      if (wf_json_is (value, WF_JSON_OBJECT))
        node_take_members (child, value);
      else
        child->value = wf_json_document_extract (value);
      g_ptr_array_add (self->children, child);
    }
}

/* value: (nullable): the member goes. */
static void
node_set (Node *self, const char *dotted, const WfJson *value)
{
  const char *dot = strchr (dotted, '.');
  gsize length = dot != NULL ? (gsize) (dot - dotted) : strlen (dotted);
  guint index = 0;
  Node *child = node_find (self, dotted, length, &index);

  if (child == NULL && value == NULL)
    return;
  if (child == NULL)
    g_ptr_array_add (self->children, child = node_new (dotted, length));
  if (dot != NULL)
    {
      g_clear_pointer (&child->value, wf_json_document_unref);
      node_set (child, dot + 1, value);
    }
  else if (value == NULL)
    g_ptr_array_remove_index (self->children, index);
  else
    {
      g_ptr_array_set_size (child->children, 0);
      g_clear_pointer (&child->value, wf_json_document_unref);
      child->value = wf_json_document_extract (value);
    }
}

static void
node_write (const Node *self, WfJsonWriter *writer)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      const Node *child = g_ptr_array_index (self->children, i);

      if (child->value != NULL)
        {
          wf_json_writer_add_value (writer, child->name, wf_json_document_get_root (child->value));
          continue;
        }
      wf_json_writer_begin_object (writer, child->name);
      node_write (child, writer);
      wf_json_writer_end (writer);
    }
}

/* -- fields ------------------------------------------------------------------------------------ */

static void
field_free (WfDraftField *self)
{
  g_free (self->id);
  g_free (self->value);
  g_free (self);
}

/* Made by the machine, or told by the event's own members. */
static gboolean
is_shown (const char *id)
{
  return g_str_equal (id, "event.time") ||
         (!g_str_has_prefix (id, "event.") && !g_str_has_suffix (id, ".id") &&
          !g_str_equal (id, "workflow"));
}

/* What a person knows of: not the envelope, and what a run finds out itself. */
static gboolean
can_be_carried (const char *id)
{
  return is_shown (id) && !g_str_has_prefix (id, "approval.");
}

typedef struct
{
  WfEventDraft *draft;
  const WfWorkflow *workflow;
} Build;

static WfFieldType
guess_type (const char *id, const WfJson *value)
{
  const WfFieldInfo *info = wf_field_find (id);

  if (info != NULL)
    return info->type;
  switch (wf_json_get_type (value))
    {
    case WF_JSON_NUMBER:
      return WF_FIELD_NUMBER;
    case WF_JSON_BOOLEAN:
      return WF_FIELD_BOOLEAN;
    case WF_JSON_ARRAY:
      return WF_FIELD_LIST;
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
    case WF_JSON_STRING:
    case WF_JSON_OBJECT:
    default:
      return WF_FIELD_TEXT;
    }
}

static WfDraftField *
add_field (WfEventDraft *self, const char *id, WfFieldType type, WfDraftGroup group)
{
  WfDraftField *field = g_new0 (WfDraftField, 1);

  field->id = g_strdup (id);
  field->type = type;
  field->group = group;
  g_ptr_array_add (self->fields, field);
  return field;
}

static WfDraftField *
find_field (const WfEventDraft *self, const char *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      WfDraftField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->id, id))
        return field;
    }
  return NULL;
}

static void
add_catalogue_fields (WfEventDraft *self)
{
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (self->type, &n);

  for (guint i = 0; i < n; i++)
    if (is_shown (fields[i].id))
      add_field (self, fields[i].id, fields[i].type,
                 g_str_has_prefix (fields[i].id, "lead.") ? WF_DRAFT_GROUP_LEAD
                                                          : WF_DRAFT_GROUP_EVENT);
}

static const char *
on_reference (const WfReference *reference, gpointer user_data)
{
  const Build *build = user_data;
  WfDraftField *field;

  if (reference->kind != WF_REFERENCE_FIELD || !can_be_carried (reference->id))
    return NULL;
  field = find_field (build->draft, reference->id);
  if (field != NULL)
    field->group = WF_DRAFT_GROUP_LOOKED_AT;
  else if (wf_event_catalogue_carries (build->draft->type, reference->id))
    {
      g_autofree char *sample =
          wf_event_sample_for_condition (build->workflow->conditions, reference->id);
      g_autoptr (WfJsonDocument) value =
          sample != NULL ? wf_json_document_parse (sample, -1, 0, NULL) : NULL;

      add_field (
          build->draft, reference->id,
          guess_type (reference->id, value != NULL ? wf_json_document_get_root (value) : NULL),
          WF_DRAFT_GROUP_LOOKED_AT);
    }
  return NULL;
}

/* Custom fields that this lead has. */
static void
add_custom_fields (WfEventDraft *self)
{
  const WfJson *root = self->data != NULL ? wf_json_document_get_root (self->data) : NULL;
  const WfJson *custom = wf_json_get_path (root, "lead.custom"), *value;
  const char *name;
  WfJsonIter iter;

  if (!wf_json_is (custom, WF_JSON_OBJECT))
    return;
  wf_json_iter_init (&iter, custom);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      g_autofree char *id = g_strconcat ("lead.custom.", name, NULL);
      WfDraftField *field = find_field (self, id);

      if (wf_json_is (value, WF_JSON_OBJECT) || strchr (name, '.') != NULL)
        continue; /* kept as it is */
      if (field == NULL)
        field = add_field (self, id, guess_type (id, value), WF_DRAFT_GROUP_LEAD);
      field->type = guess_type (id, value);
    }
}

static int
compare_fields (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WfDraftField *x = *(WfDraftField *const *) a, *y = *(WfDraftField *const *) b;

  return (int) x->group - (int) y->group;
}

static void
fill_from_base (WfEventDraft *self, const WfEvent *base)
{
  const WfJson *root = wf_json_document_get_root (self->data);

  for (guint i = 0; i < self->fields->len; i++)
    {
      WfDraftField *field = g_ptr_array_index (self->fields, i);
      const WfJson *value = g_str_equal (field->id, "event.time")
                                ? wf_event_get_field (base, field->id)
                                : wf_json_get_path (root, field->id);

      if (value != NULL && !wf_json_is (value, WF_JSON_NULL))
        field->value = wf_json_to_text (value, FALSE);
    }
}

static void
fill_empty (WfEventDraft *self, const WfWorkflow *workflow, const char *person, WfInstant now,
            gboolean with_lead)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      WfDraftField *field = g_ptr_array_index (self->fields, i);

      if (field->value != NULL || (with_lead && g_str_has_prefix (field->id, "lead.")))
        continue;
      field->value = wf_event_sample_for_condition (workflow->conditions, field->id);
      if (field->value == NULL)
        field->value = wf_event_sample_value (field->id, self->organisation, person, now);
    }
}

/* -- what the past has ------------------------------------------------------------------------- */

static void
add_lead (WfJsonWriter *writer, const WfEvent *base, const WfJson *lead)
{
  const WfJson *carried = wf_event_get_lead_members (base);
  g_autoptr (WfJsonDocument) merged =
      carried != NULL && lead != NULL ? wf_lead_view_merge (lead, carried) : NULL;
  const WfJson *members = carried != NULL ? carried : lead;

  if (merged != NULL)
    members = wf_json_document_get_root (merged);
  wf_json_writer_begin_object (writer, "lead");
  if (wf_json_get_member (members, "id") == NULL)
    wf_json_writer_add_string (writer, "id", wf_event_get_lead (base));
  if (members != NULL)
    wf_json_writer_add_members (writer, members);
  wf_json_writer_end (writer);
}

/* Not where it came from: a test is nobody's effect. */
static gboolean
is_taken_over (const char *name)
{
  return !g_str_equal (name, "lead") && !g_str_equal (name, "snapshot") &&
         !g_str_equal (name, "cause") && !g_str_equal (name, "depth");
}

static WfJsonDocument *
make_data (const WfEvent *base, const WfJson *lead, gboolean same_type)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfJson *data = wf_event_get_data (base), *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  if (wf_event_get_lead (base) != NULL || lead != NULL)
    add_lead (writer, base, lead);
  if (same_type && wf_json_is (data, WF_JSON_OBJECT))
    {
      wf_json_iter_init (&iter, data);
      while (wf_json_iter_next (&iter, &name, &value))
        if (is_taken_over (name))
          wf_json_writer_add_value (writer, name, value);
    }
  return wf_json_writer_finish_document (writer);
}

static void
set_envelope (WfEventDraft *self, const WfWorkflow *workflow, const WfEvent *same)
{
  gboolean tick = g_str_equal (self->type, "schedule.tick");

  if (tick || g_str_equal (self->type, "manual.started"))
    self->workflow = g_strdup (workflow->id);
  self->id = g_strdup (same != NULL ? wf_event_get_id (same) : "test");
  if (tick)
    self->source = g_strconcat ("/schedule/", workflow->id, NULL);
  else
    self->source = g_strdup (same != NULL ? wf_event_get_source (same) : "/test");
}

/**
 * wf_event_draft_new:
 * @workflow: whose trigger the event is for
 * @organisation: (nullable): for samples of people and stages, and its time zone
 * @person: (nullable): id of whose lead a sample is
 * @base: (nullable): an event of the past
 * @lead: (nullable): the lead as it is cached
 * @now: the present
 *
 * Returns: (transfer full): the draft
 */
WfEventDraft *
wf_event_draft_new (const WfWorkflow *workflow, const WfOrganisation *organisation,
                    const char *person, const WfEvent *base, const WfJson *lead, WfInstant now)
{
  WfEventDraft *self = g_new0 (WfEventDraft, 1);
  gboolean same = base != NULL && g_strcmp0 (wf_event_get_event_type (base), workflow->event) == 0;
  Build build = { self, workflow };

  self->type = g_strdup (workflow->event != NULL ? workflow->event : "");
  self->organisation = organisation != NULL ? wf_organisation_ref ((WfOrganisation *) organisation)
                                            : NULL;
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  set_envelope (self, workflow, same ? base : NULL);
  if (base != NULL)
    self->data = make_data (base, lead, same);
  add_catalogue_fields (self);
  wf_workflow_foreach_reference (workflow, on_reference, &build);
  add_custom_fields (self);
  g_ptr_array_sort_with_data (self->fields, compare_fields, NULL);
  if (same)
    fill_from_base (self, base);
  else
    {
      if (base != NULL)
        fill_from_base (self, base);
      wf_event_draft_set (self, "event.time", NULL);
      fill_empty (self, workflow, person, now, base != NULL);
    }
  return self;
}

void
wf_event_draft_free (WfEventDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->id);
  g_free (self->source);
  g_free (self->workflow);
  g_clear_pointer (&self->data, wf_json_document_unref);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

guint
wf_event_draft_get_n (const WfEventDraft *self)
{
  return self->fields->len;
}

const WfDraftField *
wf_event_draft_get (const WfEventDraft *self, guint index)
{
  return g_ptr_array_index (self->fields, index);
}

/**
 * wf_event_draft_set:
 * @self: a draft
 * @id: one of its fields; others are ignored
 * @json: (nullable): the value as JSON text; %NULL: the event has no such field
 */
void
wf_event_draft_set (WfEventDraft *self, const char *id, const char *json)
{
  WfDraftField *field = find_field (self, id);

  if (field == NULL || g_strcmp0 (field->value, json) == 0)
    return;
  g_free (field->value);
  field->value = g_strdup (json);
}

/* -- the event --------------------------------------------------------------------------------- */

/* Records need numbers, or nothing could be about them. */
static void
add_ids (const WfEventDraft *self, Node *data)
{
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (self->type, &n);
  const WfJson *root = self->data != NULL ? wf_json_document_get_root (self->data) : NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sample = NULL;
      g_autoptr (WfJsonDocument) value = NULL;

      if (!g_str_has_suffix (fields[i].id, ".id") || g_str_has_prefix (fields[i].id, "event.") ||
          wf_json_get_path (root, fields[i].id) != NULL)
        continue;
      sample = wf_event_sample_value (fields[i].id, NULL, NULL, 0);
      value = wf_json_document_parse (sample, -1, 0, NULL);
      node_set (data, fields[i].id, wf_json_document_get_root (value));
    }
  if (self->workflow != NULL)
    {
      g_autofree char *quoted = wf_event_sample_quote (self->workflow);
      g_autoptr (WfJsonDocument) value = wf_json_document_parse (quoted, -1, 0, NULL);

      node_set (data, "workflow", wf_json_document_get_root (value));
    }
}

static gboolean
lay_fields (const WfEventDraft *self, Node *data, GError **error)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const WfDraftField *field = g_ptr_array_index (self->fields, i);
      g_autoptr (WfJsonDocument) value = NULL;

      if (g_str_has_prefix (field->id, "event."))
        continue;
      if (field->value != NULL)
        {
          value = wf_json_document_parse (field->value, -1, 0, error);
          if (value == NULL)
            {
              g_prefix_error (error, "%s: ", wf_field_to_text (field->id));
              return FALSE;
            }
        }
      node_set (data, field->id, value != NULL ? wf_json_document_get_root (value) : NULL);
    }
  return TRUE;
}

static WfEvent *
read_event (WfJsonDocument *document, GError **error)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfEvent *event =
      wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, problems);

  if (event == NULL || wf_problems_has_errors (problems))
    {
      const WfProblem *problem = wf_problems_get_n (problems) > 0 ? wf_problems_get (problems, 0)
                                                                  : NULL;

      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           problem != NULL ? problem->text : _ ("This cannot be an event."));
      g_clear_pointer (&event, wf_event_unref);
    }
  return event;
}

/**
 * wf_event_draft_make:
 * @self: a draft
 * @error: %G_IO_ERROR_INVALID_DATA with a message for people
 *
 * Returns: (transfer full): the event as it is written; %NULL when it cannot be one
 */
WfEvent *
wf_event_draft_make (const WfEventDraft *self, GError **error)
{
  const WfDraftField *time = find_field (self, "event.time");
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (Node) data = node_new ("", 0);
  g_autoptr (WfJsonDocument) time_value = NULL, document = NULL;

  if (time == NULL || time->value == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The event needs a time."));
      return NULL;
    }
  time_value = wf_json_document_parse (time->value, -1, 0, error);
  if (time_value == NULL)
    return NULL;
  if (self->data != NULL)
    node_take_members (data, wf_json_document_get_root (self->data));
  if (!lay_fields (self, data, error))
    return NULL;
  add_ids (self, data);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", self->id);
  wf_json_writer_add_string (writer, "source", self->source);
  wf_json_writer_add_string (writer, "type", self->type);
  wf_json_writer_add_value (writer, "time", wf_json_document_get_root (time_value));
  wf_json_writer_begin_object (writer, "data");
  node_write (data, writer);
  wf_json_writer_end (writer);
  document = wf_json_writer_finish_document (writer);
  return read_event (document, error);
}
