/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities as JSON of the open API. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-open-activity.h"

#include "wf-activity-members.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

/* An activity that no engine gave its chain of causes still names the step that made it (S14). */
static char *
make_cause (const WfActivity *activity)
{
  if (activity->cause != NULL)
    return NULL;
  if (activity->workflow == NULL || activity->step == NULL || activity->event_id == NULL)
    return NULL;
  return g_strdup_printf ("%s/%s/%s", activity->workflow, activity->step, activity->event_id);
}

static void
add_explanation (WfJsonWriter *writer, const char *explanation)
{
  g_autoptr (WfJsonDocument) document =
      explanation != NULL ? wf_json_document_parse (explanation, -1, 0, NULL) : NULL;

  if (document != NULL && wf_json_is (wf_json_document_get_root (document), WF_JSON_OBJECT))
    wf_json_writer_add_value (writer, "explanation", wf_json_document_get_root (document));
}

void
wf_open_activity_write (WfJsonWriter *writer, const WfActivity *activity)
{
  g_autofree char *cause = make_cause (activity);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", activity->id);
  wf_activity_write_members (activity, writer);
  wf_json_writer_add_string (writer, "kind", wf_activity_kind_names[activity->kind]);
  wf_json_writer_add_string (writer, "cause", cause);
  if (activity->workflow != NULL)
    wf_json_writer_add_int (writer, "workflow-version", activity->workflow_version);
  add_explanation (writer, activity->explanation);
  wf_json_writer_end (writer);
}

/* -- reading ----------------------------------------------------------------------------------- */

static gboolean
is_absent (const WfJsonCursor *cursor)
{
  return cursor->value == NULL || wf_json_is (cursor->value, WF_JSON_NULL);
}

static void
read_texts (const WfJsonCursor *cursor, WfActivity *activity)
{
  for (guint i = 0; i < WF_N_ACTIVITY_TEXTS; i++)
    {
      WfJsonCursor member = wf_json_cursor_member (cursor, wf_activity_texts[i].name);
      char **text = G_STRUCT_MEMBER_P (activity, wf_activity_texts[i].offset);

      if (!is_absent (&member))
        g_set_str (text, wf_json_cursor_get_string (&member, FALSE));
    }
}

static void
read_instants (const WfJsonCursor *cursor, WfActivity *activity)
{
  for (guint i = 0; i < WF_N_ACTIVITY_INSTANTS; i++)
    {
      WfJsonCursor member = wf_json_cursor_member (cursor, wf_activity_instants[i].name);
      WfInstant *instant = G_STRUCT_MEMBER_P (activity, wf_activity_instants[i].offset);
      const char *text = is_absent (&member) ? NULL : wf_json_cursor_get_string (&member, FALSE);

      if (text != NULL && !wf_instant_parse (text, instant))
        wf_json_cursor_problem (&member, "bad-time", "%s", _ ("This is not a time."));
    }
  if (activity->original_due == WF_INSTANT_NONE)
    activity->original_due = activity->due;
}

static gboolean
read_flag (const WfJsonCursor *cursor, const char *name)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);

  return !is_absent (&member) && wf_json_cursor_get_boolean (&member, FALSE, FALSE);
}

/* A kind that only a later version knows is a task like any other. */
static WfActivityKind
read_kind (const WfJsonCursor *cursor)
{
  const char *name = wf_json_get_member_string (cursor->value, "kind");

  for (guint i = 0; name != NULL && wf_activity_kind_names[i] != NULL; i++)
    if (g_str_equal (name, wf_activity_kind_names[i]))
      return (WfActivityKind) i;
  return WF_ACTIVITY_TASK;
}

static void
read_rest (const WfJsonCursor *cursor, WfActivity *activity)
{
  WfJsonCursor status = wf_json_cursor_member (cursor, "status");
  const WfJson *explanation = wf_json_get_member (cursor->value, "explanation");
  int index = is_absent (&status)
                  ? WF_ACTIVITY_OPEN
                  : wf_json_cursor_get_enum (&status, wf_activity_status_names, FALSE);

  activity->status = index >= 0 ? (WfActivityStatus) index : WF_ACTIVITY_OPEN;
  activity->kind = read_kind (cursor);
  activity->business_hours = read_flag (cursor, "business-hours");
  activity->arrived_late = read_flag (cursor, "arrived-late");
  activity->pinned = read_flag (cursor, "pinned");
  wf_json_get_int64 (wf_json_get_member (cursor->value, "workflow-version"),
                     &activity->workflow_version);
  if (wf_json_is (explanation, WF_JSON_OBJECT))
    activity->explanation = wf_json_to_text (explanation, FALSE);
  activity->etag = g_strdup (wf_json_get_member_string (cursor->value, "etag"));
  activity->sync = WF_SYNC_CONFIRMED;
}

WfActivity *
wf_open_activity_read (const WfJsonCursor *cursor)
{
  WfJsonCursor id_cursor = wf_json_cursor_member (cursor, "id"),
               type = wf_json_cursor_member (cursor, "type"),
               due = wf_json_cursor_member (cursor, "due");
  const char *id;
  g_autoptr (WfActivity) activity = NULL;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return NULL;
  id = wf_json_cursor_get_string (&id_cursor, TRUE);
  if (id == NULL || wf_json_cursor_get_string (&type, TRUE) == NULL ||
      wf_json_cursor_get_string (&due, TRUE) == NULL)
    return NULL;
  activity = wf_activity_new (id);
  read_texts (cursor, activity);
  read_instants (cursor, activity);
  if (activity->due == WF_INSTANT_NONE)
    return NULL;
  read_rest (cursor, activity);
  return g_steal_pointer (&activity);
}

char *
wf_open_activity_make_patch (const WfActivityChange *change)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_activity_change_write_members (change, writer);
  if (change->comment != NULL)
    wf_json_writer_add_string (writer, "comment-id", change->comment_key);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}
