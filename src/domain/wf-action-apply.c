/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an action makes of a lead (S17, R81, R82, R109, R110). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-action-apply.h"

#include "wf-event-catalogue.h"
#include "wf-json-writer.h"

#include <math.h>
#include <string.h>

#define LEAD_PREFIX "lead."

typedef struct
{
  const WfJson *lead; /* (nullable) */
  const WfOrganisation *organisation;
  WfJsonDocument **after;
} Change;

/* Missing, null, "" and [] are all the same: empty. */
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

static void write_members (WfJsonWriter *writer, const WfJson *object, const char *const *path,
                           const WfJson *value);

static void
write_at (WfJsonWriter *writer, const WfJson *object, const char *const *path, const WfJson *value)
{
  if (path[1] == NULL)
    {
      wf_json_writer_add_value (writer, path[0], value);
      return;
    }
  wf_json_writer_begin_object (writer, path[0]);
  write_members (writer, wf_json_get_member (object, path[0]), path + 1, value);
  wf_json_writer_end (writer);
}

/* The members of an object, with value at the path. */
static void
write_members (WfJsonWriter *writer, const WfJson *object, const char *const *path,
               const WfJson *value)
{
  gboolean done = FALSE;
  const WfJson *other;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &name, &other))
    {
      if (strcmp (name, path[0]) != 0)
        wf_json_writer_add_value (writer, name, other);
      else if (!done)
        write_at (writer, object, path, value);
      done |= strcmp (name, path[0]) == 0;
    }
  if (!done)
    write_at (writer, object, path, value);
}

/* FALSE where the path would go through a value that is no object, which would be lost. */
static gboolean
can_write (const WfJson *object, const char *const *path)
{
  for (; *path != NULL; path++)
    {
      if (path[0][0] == '\0' || (object != NULL && !wf_json_is (object, WF_JSON_OBJECT) &&
                                 !wf_json_is (object, WF_JSON_NULL)))
        return FALSE;
      object = wf_json_get_member (object, path[0]);
    }
  return TRUE;
}

static WfApplyOutcome
write_member (const Change *change, const char *member, const WfJson *value)
{
  const WfJson *before = wf_json_get_path (change->lead, member);
  g_autoptr (WfJsonWriter) writer = NULL;
  g_auto (GStrv) path = g_strsplit (member, ".", -1);

  if (!can_write (change->lead, (const char *const *) path))
    return WF_APPLY_UNKNOWN;
  if (is_empty (before) ? is_empty (value) : wf_json_equal (before, value))
    return WF_APPLY_SAME;
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  write_members (writer, change->lead, (const char *const *) path, value);
  wf_json_writer_end (writer);
  *change->after = wf_json_writer_finish_document (writer);
  return WF_APPLY_CHANGED;
}

static WfApplyOutcome
write_text (const Change *change, const char *member, const char *text)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) value = NULL;

  wf_json_writer_add_string (writer, NULL, text);
  value = wf_json_writer_finish_document (writer);
  return write_member (change, member, wf_json_document_get_root (value));
}

static WfApplyOutcome
write_number (const Change *change, const char *member, double number)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) value = NULL;

  /* Up to 2^53 every whole number is exact, and is written as one. */
  if (number == floor (number) && fabs (number) <= 9007199254740992.0)
    wf_json_writer_add_int (writer, NULL, (gint64) number);
  else
    wf_json_writer_add_double (writer, NULL, number);
  value = wf_json_writer_finish_document (writer);
  return write_member (change, member, wf_json_document_get_root (value));
}

/* A number, or a text that is wholly one: merge fields give texts. */
static gboolean
get_number (const WfJson *value, double *number)
{
  const char *text = wf_json_get_string (value);
  char *end;

  if (text == NULL)
    {
      *number = wf_json_get_double (value, 0);
      return wf_json_is (value, WF_JSON_NUMBER);
    }
  if (text[0] == '\0' || strspn (text, "0123456789+-.eE") != strlen (text))
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

/* ---- stages ---- */

/* -1 when the pipeline does not have it. */
static int
find_stage (const WfPipeline *pipeline, const char *id)
{
  for (guint i = 0; id != NULL && i < pipeline->n_stages; i++)
    if (strcmp (pipeline->stages[i].id, id) == 0)
      return (int) i;
  return -1;
}

static gboolean
has_stage (const WfOrganisation *organisation, const char *record, const char *id)
{
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (pipelines[i].record, record) == 0 && find_stage (&pipelines[i], id) >= 0)
      return TRUE;
  return FALSE;
}

/**
 * wf_organisation_is_forward:
 * @self: an organisation
 * @from: (nullable): the stage in which a record is; %NULL or "" when it is in none
 * @to: the stage into which it would be moved
 *
 * S17: a record moves on in the order of its pipeline.
 *
 * Returns: %TRUE when @to comes after @from in a pipeline that has both, and from nothing into any
 *   stage that is known. A stage of another pipeline or one that nobody knows is not forward.
 */
gboolean
wf_organisation_is_forward (const WfOrganisation *self, const char *from, const char *to)
{
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (self, &n);

  if (from == NULL || from[0] == '\0')
    return wf_organisation_get_stage (self, to) != NULL;
  for (guint i = 0; i < n; i++)
    {
      int here = find_stage (&pipelines[i], from), there = find_stage (&pipelines[i], to);

      if (here >= 0 && there > here)
        return TRUE;
    }
  return FALSE;
}

/* S17. The stage of a deal is no member of the lead. */
static WfApplyOutcome
change_stage (const WfAction *action, const Change *change)
{
  const char *stage = wf_action_get_text (action, "stage");
  const char *present = wf_json_get_member_string (change->lead, "stage");
  gboolean back = wf_json_get_boolean (wf_action_get_member (action, "allow-back"), FALSE);

  if (action->record != NULL)
    return WF_APPLY_NOTHING;
  if (stage == NULL || stage[0] == '\0' ||
      (change->organisation != NULL && !has_stage (change->organisation, "lead", stage)))
    return WF_APPLY_UNKNOWN;
  if (g_strcmp0 (present, stage) != 0 && !back && change->organisation != NULL &&
      !wf_organisation_is_forward (change->organisation, present, stage))
    return WF_APPLY_FURTHER;
  return write_text (change, "stage", stage);
}

/* ---- fields ---- */

/* S11: null gives the lead back to the queue. */
static WfApplyOutcome
change_responsible (const WfAction *action, const Change *change)
{
  const WfJson *member = wf_action_get_member (action, "owner");
  const char *owner = wf_json_get_string (member);

  if (wf_json_is (member, WF_JSON_NULL))
    return write_member (change, "owner", member);
  if (owner == NULL || owner[0] == '\0' ||
      (change->organisation != NULL &&
       wf_organisation_get_person (change->organisation, owner) == NULL))
    return WF_APPLY_UNKNOWN;
  return write_text (change, "owner", owner);
}

/* "vip, hot" becomes two tags. */
static WfApplyOutcome
write_tags (const Change *change, const char *text)
{
  g_auto (GStrv) tags = g_strsplit (text, ",", -1);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) list = NULL;

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; tags[i] != NULL; i++)
    if (g_strstrip (tags[i])[0] != '\0')
      wf_json_writer_add_string (writer, NULL, tags[i]);
  wf_json_writer_end (writer);
  list = wf_json_writer_finish_document (writer);
  return write_member (change, "tags", wf_json_document_get_root (list));
}

/* A field of the catalogue keeps its type, whatever the value is written as. */
static WfApplyOutcome
write_typed (const Change *change, const WfFieldInfo *info, const WfJson *value)
{
  const char *member = info->id + strlen (LEAD_PREFIX);
  g_autofree char *text = NULL;
  double number;

  if (is_empty (value))
    return write_member (change, member, value);
  if (info->type == WF_FIELD_NUMBER)
    return get_number (value, &number) ? write_number (change, member, number) : WF_APPLY_UNKNOWN;
  if (info->type == WF_FIELD_LIST && wf_json_is (value, WF_JSON_STRING))
    return write_tags (change, wf_json_get_string (value));
  if (info->type == WF_FIELD_LIST || wf_json_is (value, WF_JSON_STRING))
    return wf_json_is (value, WF_JSON_OBJECT) ? WF_APPLY_UNKNOWN
                                              : write_member (change, member, value);
  if (!wf_json_is (value, WF_JSON_NUMBER) && !wf_json_is (value, WF_JSON_BOOLEAN))
    return WF_APPLY_UNKNOWN;
  text = wf_json_to_text (value, FALSE);
  return write_text (change, member, text);
}

static WfApplyOutcome
set_field (const WfAction *action, const Change *change)
{
  const char *field = wf_action_get_text (action, "field");
  const WfJson *value = wf_action_get_member (action, "value");
  const WfFieldInfo *info = wf_field_find (field);

  if (value == NULL || !wf_field_can_be_written (field))
    return WF_APPLY_UNKNOWN;
  return info != NULL ? write_typed (change, info, value)
                      : write_member (change, field + strlen (LEAD_PREFIX), value);
}

/* A lead without a score has 0; one whose score is no number is left alone. */
static WfApplyOutcome
add_score (const WfAction *action, const Change *change)
{
  const WfJson *present = wf_json_get_member (change->lead, "score");
  double points, score = 0;

  if (!get_number (wf_action_get_member (action, "points"), &points) ||
      (!is_empty (present) && !get_number (present, &score)) || !isfinite (score + points))
    return WF_APPLY_UNKNOWN;
  return points == 0 ? WF_APPLY_SAME : write_number (change, "score", score + points);
}

/**
 * wf_action_apply:
 * @action: what is asked for
 * @lead: (nullable): the lead's members; %NULL is a lead without any
 * @organisation: (nullable): whose stages and people are known; without one everything may be
 * @after: (out) (transfer full): the lead as it is then; only set when the lead is changed
 *
 * Returns: what became of it
 */
WfApplyOutcome
wf_action_apply (const WfAction *action, const WfJson *lead, const WfOrganisation *organisation,
                 WfJsonDocument **after)
{
  Change change = { lead, organisation, after };

  switch (action->kind)
    {
    case WF_ACTION_CHANGE_STAGE:
      return change_stage (action, &change);
    case WF_ACTION_CHANGE_RESPONSIBLE:
      return change_responsible (action, &change);
    case WF_ACTION_SET_FIELD:
      return set_field (action, &change);
    case WF_ACTION_ADD_SCORE:
      return add_score (action, &change);
    case WF_ACTION_POST_TO_STREAM:
    case WF_ACTION_SEND_EMAIL:
    case WF_ACTION_SEND_MESSAGE:
    case WF_ACTION_ADD_TO_AUDIENCE:
    case WF_ACTION_WEBHOOK:
    case WF_ACTION_DELETE_RECORD:
    case WF_ACTION_CLOSE_ACTIVITIES:
    case WF_ACTION_START_WORKFLOW:
    case WF_ACTION_CREATE_LEAD:
    case WF_ACTION_SET_ABSENCE:
    case WF_ACTION_END_ABSENCE:
      return WF_APPLY_NOTHING;
    }
  g_assert_not_reached ();
}
