/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing a copy of an activity, and the same for the CRM. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-activity-command.h"

#include "wf-deadline.h"
#include "wf-instant.h"

void
wf_activity_change_init (WfActivityChange *change)
{
  *change = (WfActivityChange) { .due = WF_INSTANT_NONE,
                                 .remind = WF_INSTANT_NONE,
                                 .completed = WF_INSTANT_NONE };
}

void
wf_activity_set_status (WfCommit *self, WfActivity *after, WfActivityChange *change,
                        WfActivityStatus status, const char *outcome)
{
  after->status = status;
  after->completed = status == WF_ACTIVITY_OPEN ? WF_INSTANT_NONE : self->now;
  g_set_str (&after->outcome, outcome);
  change->status = wf_activity_status_names[status];
  change->outcome = status == WF_ACTIVITY_OPEN ? "" : outcome;
  change->completed = after->completed;
}

/* S7: the reminder keeps its distance from the deadline, counted as it was made (S6); without
 * the step that made it, in elapsed time. */
static WfInstant
move_reminder (WfCommit *self, const WfActivity *activity, WfInstant due)
{
  g_auto (WfActivityStep) step = { NULL };

  if (activity->remind == WF_INSTANT_NONE)
    return WF_INSTANT_NONE;
  if (!wf_commit_find_step (self, activity, &step) || !wf_duration_is_set (step.notify))
    return due - MAX (activity->due - activity->remind, 0);

  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, activity->person);
  return wf_deadline_subtract (due, step.notify, step.business_hours, step.business_hours, hours);
}

void
wf_activity_set_due (WfCommit *self, WfActivity *after, WfActivityChange *change, WfInstant due,
                     const char *reason)
{
  after->remind = move_reminder (self, after, due);
  if (after->original_due == WF_INSTANT_NONE)
    after->original_due = after->due;
  if (after->ends != WF_INSTANT_NONE)
    after->ends += due - after->due;
  after->due = due;
  after->pinned = TRUE;
  if (after->visible_from != WF_INSTANT_NONE && after->visible_from > self->now)
    after->visible_from = MIN (after->visible_from, due);
  change->due = after->due;
  change->ends = after->ends;
  change->remind = after->remind;
  change->reason = reason;
}

void
wf_activity_set_ends (WfActivity *after, WfActivityChange *change, WfInstant ends)
{
  after->ends = change->ends = ends;
}

void
wf_activity_set_person (WfActivity *after, WfActivityChange *change, const char *person)
{
  g_set_str (&after->person, person);
  change->person = person != NULL ? person : "";
}

/* R117: what it was and what it is; nothing is an empty text. */
static void
add_pair (WfJsonWriter *writer, const char *name, const char *before, const char *after)
{
  g_autofree char *name_before = g_strconcat (name, "-before", NULL);

  wf_json_writer_add_string (writer, name_before, before != NULL ? before : "");
  wf_json_writer_add_string (writer, name, after != NULL ? after : "");
}

void
wf_change_write_instants (WfJsonWriter *writer, const char *name, WfInstant before, WfInstant after)
{
  g_autofree char *text_before = before != WF_INSTANT_NONE ? wf_instant_format_utc (before) : NULL;
  g_autofree char *text = after != WF_INSTANT_NONE ? wf_instant_format_utc (after) : NULL;

  if (before != after)
    add_pair (writer, name, text_before, text);
}

static WfJsonWriter *
begin_details (WfCommit *self, const WfActivity *activity, const char *text)
{
  WfJsonWriter *writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "activity", activity->id);
  wf_json_writer_add_string (writer, "title", activity->title);
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_add_string (writer, "text", text);
  return writer;
}

static gboolean
finish_details (WfCommit *self, WfJsonWriter *writer, const char *title, const WfActivity *activity,
                GError **error)
{
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", title, activity->lead, details, error);
}

gboolean
wf_activity_log_change (WfCommit *self, const char *title, const WfActivity *before,
                        const WfActivity *after, const char *text, GError **error)
{
  g_autoptr (WfJsonWriter) writer = begin_details (self, before, text);

  if (g_strcmp0 (before->person, after->person) != 0)
    add_pair (writer, "person", before->person, after->person);
  if (before->status != after->status)
    add_pair (writer, "status", wf_activity_status_names[before->status],
              wf_activity_status_names[after->status]);
  if (g_strcmp0 (before->outcome, after->outcome) != 0)
    add_pair (writer, "outcome", before->outcome, after->outcome);
  wf_change_write_instants (writer, "due", before->due, after->due);
  wf_change_write_instants (writer, "ends", before->ends, after->ends);
  return finish_details (self, writer, title, before, error);
}

gboolean
wf_activity_log_reminder (WfCommit *self, const char *title, const WfActivity *activity,
                          WfInstant before, WfInstant after, GError **error)
{
  g_autoptr (WfJsonWriter) writer = begin_details (self, activity, NULL);

  wf_change_write_instants (writer, "remind", before, after);
  return finish_details (self, writer, title, activity, error);
}
