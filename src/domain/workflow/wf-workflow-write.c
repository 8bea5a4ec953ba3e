/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing workflow documents, in the order in which the format describes them; unknown members
 * come last in their object. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-private.h"

static const WfJson *
get_root (WfJsonDocument *document)
{
  return document != NULL ? wf_json_document_get_root (document) : NULL;
}

/* The members of extra that this object's writer does not know; those of known objects inside
 * are written there. */
static void
write_extra (WfJsonWriter *writer, const WfJson *extra, WfKnown known)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, extra);
  while (wf_json_iter_next (&iter, &name, &value))
    if (!wf_known_find (known, name, NULL))
      wf_json_writer_add_value (writer, name, value);
}

/* The members inside a known object that are not known. */
static WfKnown
get_inner (WfKnown known, const char *name)
{
  WfKnown inner;

  wf_known_find (known, name, &inner);
  return inner;
}

static void
begin_duration (WfJsonWriter *writer, const char *name, WfDuration duration)
{
  wf_json_writer_begin_object (writer, name);
  wf_json_writer_add_int (writer, "amount", duration.amount);
  wf_json_writer_add_string (writer, "unit", wf_time_unit_names[duration.unit]);
}

/* outer, known: of the object that the duration is a member of. */
static void
write_duration (WfJsonWriter *writer, const char *name, WfDuration duration, const WfJson *outer,
                WfKnown known)
{
  if (!wf_duration_is_set (duration))
    return;
  begin_duration (writer, name, duration);
  write_extra (writer, wf_json_get_member (outer, name), get_inner (known, name));
  wf_json_writer_end (writer);
}

static void
write_true (WfJsonWriter *writer, const char *name, gboolean value)
{
  if (value)
    wf_json_writer_add_boolean (writer, name, TRUE);
}

/* A condition, or what stood there when it could not be read. */
static void
write_condition (WfJsonWriter *writer, const char *name, const WfCondition *condition,
                 const WfJson *extra)
{
  if (condition != NULL)
    wf_condition_write (condition, writer, name);
  else
    wf_json_writer_add_value (writer, name, wf_json_get_member (extra, name));
}

static void
write_run (WfJsonWriter *writer, const WfRunSettings *run, const WfJson *extra, WfKnown known)
{
  const WfJson *inside = wf_json_get_member (extra, "run");
  WfKnown known_run = get_inner (known, "run");

  if (!run->explicit && run->mode == WF_RUN_IMMEDIATELY)
    return;
  wf_json_writer_begin_object (writer, "run");
  wf_json_writer_add_string (writer, "mode", wf_run_mode_names[run->mode]);
  write_duration (writer, "delay", run->delay, inside, known_run);
  wf_json_writer_add_string (writer, "field", run->field);
  write_duration (writer, "offset", run->offset, inside, known_run);
  write_extra (writer, inside, known_run);
  wf_json_writer_end (writer);
}

static void
write_list (WfJsonWriter *writer, const char *name, char **list)
{
  if (list == NULL)
    return;
  wf_json_writer_begin_array (writer, name);
  for (guint i = 0; list[i] != NULL; i++)
    wf_json_writer_add_string (writer, NULL, list[i]);
  wf_json_writer_end (writer);
}

static void
write_permission (WfJsonWriter *writer, const WfCreateActivity *self, const WfJson *extra,
                  WfKnown known)
{
  wf_json_writer_begin_object (writer, "permission");
  wf_json_writer_add_string (writer, "scope", wf_permission_scope_names[self->scope]);
  write_list (writer, "groups", self->groups);
  write_extra (writer, wf_json_get_member (extra, "permission"), get_inner (known, "permission"));
  wf_json_writer_end (writer);
}

static void
write_create_activity (WfJsonWriter *writer, const WfStep *step, const WfJson *extra, WfKnown known)
{
  const WfCreateActivity *self = &step->create_activity;

  if (self->activity_type[0] != '\0' || step->kind == WF_STEP_CREATE_ACTIVITY)
    wf_json_writer_add_string (writer, "activity-type", self->activity_type);
  if (wf_duration_is_set (self->complete_within))
    {
      begin_duration (writer, "complete-within", self->complete_within);
      wf_json_writer_add_string (writer, "before", self->before);
      write_true (writer, "business-time", self->business_time);
      write_extra (writer, wf_json_get_member (extra, "complete-within"),
                   get_inner (known, "complete-within"));
      wf_json_writer_end (writer);
    }
  write_duration (writer, "notify", self->notify, extra, known);
  write_permission (writer, self, extra, known);
  wf_json_writer_add_string (writer, "notes", self->notes);
  write_true (writer, "business-hours", self->business_hours);
  write_true (writer, "keep", self->keep_when_closed);
  wf_json_writer_add_string (writer, "assignee", self->assignee);
  write_list (writer, "retire-on", self->retire_on);
  write_true (writer, "join", self->join);
  if (wf_known_find (known, "lasts", NULL))
    write_duration (writer, "lasts", self->lasts, extra, known);
  if (wf_known_find (known, "place", NULL))
    wf_json_writer_add_string (writer, "place", self->place);
}

static void
write_wait (WfJsonWriter *writer, const WfWait *self, const WfJson *extra, WfKnown known)
{
  write_duration (writer, "for", self->duration, extra, known);
  wf_json_writer_add_string (writer, "until", self->until);
  write_condition (writer, "until-condition", self->condition, extra);
  write_duration (writer, "time-out", self->time_out, extra, known);
  write_true (writer, "business-hours", self->business_hours);
}

static void write_steps (WfJsonWriter *writer, GPtrArray *steps);

static void
write_paths (WfJsonWriter *writer, GPtrArray *paths)
{
  wf_json_writer_begin_array (writer, "paths");
  for (guint i = 0; i < paths->len; i++)
    {
      const WfPath *path = g_ptr_array_index (paths, i);
      const WfJson *extra = get_root (path->extra);

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "name", path->name);
      write_condition (writer, "if", path->condition, extra);
      write_steps (writer, path->steps);
      write_extra (writer, extra, wf_known_path);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

static void
write_step (WfJsonWriter *writer, const WfStep *step)
{
  const WfJson *extra = get_root (step->extra);
  WfKnown known = wf_known_step (step->kind);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", step->id);
  wf_json_writer_add_string (writer, "kind", step->kind_name);
  write_run (writer, &step->run, extra, known);
  switch (step->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      write_create_activity (writer, step, extra, known);
      break;
    case WF_STEP_NOTIFY:
      wf_json_writer_add_string (writer, "text", step->notify.text);
      wf_json_writer_add_string (writer, "recipient", step->notify.recipient);
      wf_json_writer_add_string (writer, "sender", step->notify.sender);
      break;
    case WF_STEP_WAIT:
      write_wait (writer, &step->wait, extra, known);
      break;
    case WF_STEP_BRANCH:
      write_paths (writer, step->paths);
      break;
    case WF_STEP_OTHER:
      break;
    default:
      wf_json_writer_add_members (writer, get_root (step->settings));
      break;
    }
  write_extra (writer, extra, known);
  wf_json_writer_end (writer);
}

static void
write_steps (WfJsonWriter *writer, GPtrArray *steps)
{
  wf_json_writer_begin_array (writer, "steps");
  for (guint i = 0; i < steps->len; i++)
    write_step (writer, g_ptr_array_index (steps, i));
  wf_json_writer_end (writer);
}

/**
 * wf_step_to_text:
 * @self: a step
 *
 * Returns: (transfer full): the step as in a document, in one line; the same step always gives the
 *   same bytes
 */
char *
wf_step_to_text (const WfStep *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  write_step (writer, self);
  return wf_json_writer_finish (writer, FALSE);
}

static void
write_trigger (WfJsonWriter *writer, const WfWorkflow *self)
{
  const WfJson *extra = get_root (self->trigger_extra);

  wf_json_writer_begin_object (writer, "trigger");
  wf_json_writer_add_string (writer, "event", self->event);
  write_condition (writer, "conditions", self->conditions, extra);
  wf_json_writer_add_string (writer, "reentry", wf_reentry_names[self->reentry]);
  write_true (writer, "own-events", self->own_events);
  write_true (writer, "keep-when-left", self->keep_when_left);
  if (self->schedule != NULL)
    wf_schedule_write (self->schedule, writer, "schedule");
  else
    wf_json_writer_add_value (writer, "schedule", wf_json_get_member (extra, "schedule"));
  if (self->for_each_lead)
    wf_json_writer_add_string (writer, "for-each", "lead");
  else
    wf_json_writer_add_value (writer, "for-each", wf_json_get_member (extra, "for-each"));
  write_extra (writer, extra, wf_known_trigger);
  wf_json_writer_end (writer);
}

/**
 * wf_workflow_to_text:
 * @self: the workflow
 * @pretty: indented, for files that people read
 *
 * Returns: (transfer full): the document; the same workflow always gives the same bytes
 */
char *
wf_workflow_to_text (const WfWorkflow *self, gboolean pretty)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "format", self->format);
  wf_json_writer_add_string (writer, "id", self->id);
  wf_json_writer_add_string (writer, "name", self->name);
  wf_json_writer_add_string (writer, "objective", self->objective);
  wf_json_writer_add_string (writer, "fallback-person", self->fallback_person);
  wf_json_writer_add_string (writer, "state", wf_workflow_state_names[self->state]);
  wf_json_writer_add_int (writer, "version", self->version);
  write_trigger (writer, self);
  write_steps (writer, self->steps);
  write_extra (writer, get_root (self->extra), wf_known_workflow);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, pretty);
}
