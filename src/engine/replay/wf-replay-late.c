/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lateness as an event: what starts workflows on "activity.became-late" in a replay. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay-private.h"

#include "wf-instant.h"

/* Policy (S22). A CRM tells once of each activity that it became late, and workflows may start with
 * it. In a replay the deadlines are those that the replay has given, and the activities are done
 * when its events say so: of what it has made itself it tells the lateness itself, at its own
 * instant, and the log is not listened to about them, whether it tells of it earlier, later or at
 * the same time. Of every other activity, whoever made it, the log tells. So nothing is told twice,
 * and an edited deadline starts what it would start.
 *
 * The event has the source and the id that the CRM gives it, as far as that can be foreseen, so
 * that what follows from it has the keys that it has live (S15). It has no cause: it follows from
 * what a person did not do. Where nobody listens it is not made: a month of a large company has
 * many. */

#define LATE_EVENT "activity.became-late"
#define OWN_SOURCE "/replay"

static gboolean is_heard_in (const GPtrArray *steps);

static gboolean
is_heard_by (const WfStep *step)
{
  char **retire_on = wf_step_kind_is_activity (step->kind) ? step->create_activity.retire_on : NULL;

  if (retire_on != NULL && g_strv_contains ((const char *const *) retire_on, LATE_EVENT))
    return TRUE;
  /* Any event of the lead lets it look. */
  if (step->kind == WF_STEP_WAIT && step->wait.kind == WF_WAIT_UNTIL_CONDITION)
    return TRUE;
  for (guint i = 0; step->kind == WF_STEP_BRANCH && step->paths != NULL && i < step->paths->len;
       i++)
    if (is_heard_in (((const WfPath *) g_ptr_array_index (step->paths, i))->steps))
      return TRUE;
  return FALSE;
}

/* Recursion is bounded by the document's depth. */
static gboolean
is_heard_in (const GPtrArray *steps)
{
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    if (is_heard_by (g_ptr_array_index (steps, i)))
      return TRUE;
  return FALSE;
}

gboolean
wf_replay_is_lateness_heard (const GPtrArray *workflows)
{
  for (guint i = 0; i < workflows->len; i++)
    {
      const WfWorkflow *workflow = g_ptr_array_index (workflows, i);

      if (g_strcmp0 (workflow->event, LATE_EVENT) == 0 || is_heard_in (workflow->steps))
        return TRUE;
    }
  return FALSE;
}

static void
write_lead (WfReplay *self, WfJsonWriter *writer, const char *id)
{
  const WfJson *lead = wf_replay_memory_get_lead (self->memory, id);

  wf_json_writer_begin_object (writer, "lead");
  if (wf_json_get_member (lead, "id") == NULL)
    wf_json_writer_add_string (writer, "id", id);
  if (lead != NULL)
    wf_json_writer_add_members (writer, lead);
  wf_json_writer_end (writer);
}

static void
write_activity (WfJsonWriter *writer, const WfReplayActivity *activity)
{
  g_autofree char *due = wf_instant_format_utc (activity->due);

  wf_json_writer_begin_object (writer, "activity");
  wf_json_writer_add_string (writer, "id", activity->key);
  wf_json_writer_add_string (writer, "type", activity->type);
  wf_json_writer_add_string (writer, "title", activity->title);
  wf_json_writer_add_string (writer, "lead", activity->lead);
  wf_json_writer_add_string (writer, "person", activity->person);
  wf_json_writer_add_string (writer, "status", wf_activity_status_names[WF_ACTIVITY_OPEN]);
  wf_json_writer_add_string (writer, "due", due);
  wf_json_writer_add_string (writer, "workflow", activity->workflow->id);
  wf_json_writer_add_string (writer, "step", activity->step->id);
  wf_json_writer_end (writer);
}

static WfJsonDocument *
make_document (WfReplay *self, const WfReplayActivity *activity)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *id = g_strconcat ("late-", activity->key, NULL);
  g_autofree char *time = wf_instant_format_utc (self->clock);
  g_autofree char *subject = activity->lead != NULL ? g_strconcat ("lead/", activity->lead, NULL)
                                                    : NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "source", self->source != NULL ? self->source : OWN_SOURCE);
  wf_json_writer_add_string (writer, "type", LATE_EVENT);
  wf_json_writer_add_string (writer, "time", time);
  wf_json_writer_add_string (writer, "subject", subject);
  wf_json_writer_begin_object (writer, "data");
  if (activity->lead != NULL)
    write_lead (self, writer, activity->lead);
  wf_json_writer_add_string (writer, "actor", "crm");
  write_activity (writer, activity);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

WfEvent *
wf_replay_make_late_event (WfReplay *self, const WfReplayActivity *activity)
{
  g_autoptr (WfJsonDocument) document = make_document (self, activity);
  WfEvent *event =
      wf_event_read (document, wf_json_document_get_root (document), self->clock, NULL);

  g_assert (event != NULL); /* it has all that an event needs */
  return event;
}

gboolean
wf_replay_is_own_lateness (WfReplay *self, const WfEvent *event)
{
  static const char *const names[] = { "key", "id" };
  const WfJson *told;

  if (!self->tells_late || !g_str_equal (wf_event_get_event_type (event), LATE_EVENT))
    return FALSE;
  told = wf_json_get_member (wf_event_get_data (event), "activity");
  if (wf_json_is (told, WF_JSON_STRING))
    return wf_replay_memory_has_activity (self->memory, wf_json_get_string (told));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *key = wf_json_get_member_string (told, names[i]);

      if (key != NULL && wf_replay_memory_has_activity (self->memory, key))
        return TRUE;
    }
  return FALSE;
}
