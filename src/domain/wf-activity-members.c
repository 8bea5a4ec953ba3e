/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of an activity and of its changes in JSON. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-activity-members.h"

#include "wf-instant.h"

const WfActivityMember wf_activity_texts[WF_N_ACTIVITY_TEXTS] = {
  { "lead", G_STRUCT_OFFSET (WfActivity, lead) },
  { "lead-name", G_STRUCT_OFFSET (WfActivity, lead_name) },
  { "lead-phone", G_STRUCT_OFFSET (WfActivity, lead_phone) },
  { "lead-email", G_STRUCT_OFFSET (WfActivity, lead_email) },
  { "type", G_STRUCT_OFFSET (WfActivity, type) },
  { "title", G_STRUCT_OFFSET (WfActivity, title) },
  { "notes", G_STRUCT_OFFSET (WfActivity, notes) },
  { "person", G_STRUCT_OFFSET (WfActivity, person) },
  { "place", G_STRUCT_OFFSET (WfActivity, place) },
  { "zone", G_STRUCT_OFFSET (WfActivity, zone) },
  { "outcome", G_STRUCT_OFFSET (WfActivity, outcome) },
  { "workflow", G_STRUCT_OFFSET (WfActivity, workflow) },
  { "workflow-name", G_STRUCT_OFFSET (WfActivity, workflow_name) },
  { "step", G_STRUCT_OFFSET (WfActivity, step) },
  { "event-source", G_STRUCT_OFFSET (WfActivity, event_source) },
  { "event-id", G_STRUCT_OFFSET (WfActivity, event_id) },
  { "event-type", G_STRUCT_OFFSET (WfActivity, event_type) },
  { "cause", G_STRUCT_OFFSET (WfActivity, cause) },
};

const WfActivityMember wf_activity_instants[WF_N_ACTIVITY_INSTANTS] = {
  { "created", G_STRUCT_OFFSET (WfActivity, created) },
  { "due", G_STRUCT_OFFSET (WfActivity, due) },
  { "original-due", G_STRUCT_OFFSET (WfActivity, original_due) },
  { "remind", G_STRUCT_OFFSET (WfActivity, remind) },
  { "visible-from", G_STRUCT_OFFSET (WfActivity, visible_from) },
  { "completed", G_STRUCT_OFFSET (WfActivity, completed) },
  { "ends", G_STRUCT_OFFSET (WfActivity, ends) },
};

void
wf_activity_write_instant (WfJsonWriter *writer, const char *name, WfInstant instant)
{
  g_autofree char *text = instant != WF_INSTANT_NONE ? wf_instant_format_utc (instant) : NULL;

  wf_json_writer_add_string (writer, name, text);
}

/**
 * wf_activity_write_members:
 * @self: an activity
 * @writer: in an object
 *
 * Writes what both sides name alike and have in one way.
 */
void
wf_activity_write_members (const WfActivity *self, WfJsonWriter *writer)
{
  for (guint i = 0; i < WF_N_ACTIVITY_TEXTS; i++)
    wf_json_writer_add_string (writer, wf_activity_texts[i].name,
                               G_STRUCT_MEMBER (char *, self, wf_activity_texts[i].offset));
  for (guint i = 0; i < WF_N_ACTIVITY_INSTANTS; i++)
    wf_activity_write_instant (writer, wf_activity_instants[i].name,
                               G_STRUCT_MEMBER (WfInstant, self, wf_activity_instants[i].offset));
  wf_json_writer_add_string (writer, "status", wf_activity_status_names[self->status]);
  wf_json_writer_add_boolean (writer, "business-hours", self->business_hours);
  wf_json_writer_add_boolean (writer, "arrived-late", self->arrived_late);
  wf_json_writer_add_boolean (writer, "pinned", self->pinned);
}

/* Empty is taken away. */
static void
write_text (WfJsonWriter *writer, const char *name, const char *text)
{
  if (text != NULL && *text == '\0')
    wf_json_writer_add_null (writer, name);
  else
    wf_json_writer_add_string (writer, name, text);
}

/**
 * wf_activity_change_write_members:
 * @self: what is to be another
 * @writer: in an object
 *
 * The key of a comment is named differently by both sides and left to them.
 */
void
wf_activity_change_write_members (const WfActivityChange *self, WfJsonWriter *writer)
{
  wf_json_writer_add_string (writer, "status", self->status);
  write_text (writer, "outcome", self->outcome);
  write_text (writer, "person", self->person);
  if (self->pin != WF_PIN_LEAVE)
    wf_json_writer_add_boolean (writer, "pinned", self->pin == WF_PIN_SET);
  wf_activity_write_instant (writer, "due", self->due);
  if (self->ends != 0)
    wf_activity_write_instant (writer, "ends", self->ends);
  wf_activity_write_instant (writer, "remind", self->remind);
  wf_activity_write_instant (writer, "completed", self->completed);
  wf_json_writer_add_string (writer, "reason", self->reason);
  wf_json_writer_add_string (writer, "comment", self->comment);
}
