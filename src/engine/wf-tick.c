/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What starts workflows without an event of the CRM: schedules, dates of leads, starts by hand. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-tick.h"

#include "wf-engine-private.h"
#include "wf-instant.h"

#include <string.h>

#define TICK_EVENT "schedule.tick"
#define MANUAL_EVENT "manual.started"

/* Which runs: as with events. */
static gboolean
is_live (const WfEngine *self, const WfWorkflow *workflow)
{
  switch (workflow->state)
    {
    case WF_WORKFLOW_LIVE:
      return TRUE;
    case WF_WORKFLOW_DRAFT:
    case WF_WORKFLOW_PAUSED:
      return wf_engine_get_settings (self)->run_unpublished;
    case WF_WORKFLOW_ARCHIVED:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/**
 * wf_engine_list_scheduled:
 * @self: an engine
 *
 * Returns: (transfer container) (element-type WfWorkflow): the workflows that start by themselves
 *   and may run now, in the order in which the engine got them
 */
GPtrArray *
wf_engine_list_scheduled (const WfEngine *self)
{
  const GPtrArray *workflows = wf_engine_get_workflows (self);
  GPtrArray *scheduled = g_ptr_array_new ();

  for (guint i = 0; i < workflows->len; i++)
    {
      WfWorkflow *workflow = g_ptr_array_index (workflows, i);

      if (workflow->schedule != NULL && g_strcmp0 (workflow->event, TICK_EVENT) == 0 &&
          is_live (self, workflow))
        g_ptr_array_add (scheduled, workflow);
    }
  return scheduled;
}

/**
 * wf_tick_get_next:
 * @self: an engine
 * @workflow: one of wf_engine_list_scheduled()
 * @after: an instant
 * @start: from when its intervals count
 *
 * Returns: the first tick later than @after; WF_INSTANT_NONE without one, and for schedules about
 *   dates of leads
 */
WfInstant
wf_tick_get_next (const WfEngine *self, const WfWorkflow *workflow, WfInstant after,
                  WfInstant start)
{
  if (workflow->schedule == NULL)
    return WF_INSTANT_NONE;
  return wf_schedule_next (workflow->schedule, after, start, wf_engine_get_hours (self));
}

/**
 * wf_tick_get_next_for_lead:
 * @self: an engine
 * @workflow: one of wf_engine_list_scheduled(), about a date of leads
 * @lead: (nullable): the lead's members
 * @after: an instant
 *
 * Returns: when the lead's date falls due, the first time after @after; WF_INSTANT_NONE when it has
 *   no such date, or none that is still to come
 */
WfInstant
wf_tick_get_next_for_lead (const WfEngine *self, const WfWorkflow *workflow, const WfJson *lead,
                           WfInstant after)
{
  const char *field = workflow->schedule != NULL ? wf_schedule_get_date_field (workflow->schedule)
                                                 : NULL;
  const char *prefix = "lead.";

  if (field == NULL || lead == NULL)
    return WF_INSTANT_NONE;
  if (g_str_has_prefix (field, prefix))
    field += strlen (prefix);
  return wf_schedule_next_for_date (workflow->schedule,
                                    wf_json_get_string (wf_json_get_path (lead, field)), after,
                                    wf_engine_get_hours (self));
}

static void
write_lead (WfJsonWriter *writer, const char *lead_id, const WfJson *lead)
{
  wf_json_writer_begin_object (writer, "lead");
  if (wf_json_get_member (lead, "id") == NULL)
    wf_json_writer_add_string (writer, "id", lead_id);
  if (lead != NULL)
    wf_json_writer_add_members (writer, lead);
  wf_json_writer_end (writer);
}

static WfJsonDocument *
make_document (const WfWorkflow *workflow, const char *time, const char *lead_id,
               const WfJson *lead)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *source = g_strconcat ("/schedule/", workflow->id, NULL);
  g_autofree char *id = lead_id != NULL ? g_strconcat (time, "/", lead_id, NULL) : g_strdup (time);
  g_autofree char *subject = lead_id != NULL ? g_strconcat ("lead/", lead_id, NULL) : NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "source", source);
  wf_json_writer_add_string (writer, "type", TICK_EVENT);
  wf_json_writer_add_string (writer, "time", time);
  wf_json_writer_add_string (writer, "subject", subject);
  wf_json_writer_begin_object (writer, "data");
  wf_json_writer_add_string (writer, "workflow", workflow->id);
  if (lead_id != NULL)
    write_lead (writer, lead_id, lead);
  return wf_json_writer_finish_document (writer);
}

/**
 * wf_tick_make_event:
 * @workflow: which is started
 * @at: when
 * @lead_id: (nullable): for which lead
 * @lead: (nullable): its members
 *
 * Every computer makes the same source and id, so that a tick starts one run however many of them
 * make it (S15, S16).
 *
 * Returns: (transfer full): the event "schedule.tick"
 */
WfEvent *
wf_tick_make_event (const WfWorkflow *workflow, WfInstant at, const char *lead_id,
                    const WfJson *lead)
{
  g_autofree char *time = wf_instant_format_utc (at);
  g_autoptr (WfJsonDocument) document = NULL;
  WfEvent *event;

  g_return_val_if_fail (time != NULL, NULL);
  document = make_document (workflow, time, lead_id, lead);
  event = wf_event_read (document, wf_json_document_get_root (document), at, NULL);
  g_assert (event != NULL); /* it has all that an event needs */
  return event;
}

gboolean
wf_tick_names_workflow (const WfEvent *event)
{
  const char *type = wf_event_get_event_type (event);

  return strcmp (type, TICK_EVENT) == 0 ||
         (strcmp (type, MANUAL_EVENT) == 0 &&
          wf_json_get_member (wf_event_get_data (event), "workflow") != NULL);
}

/**
 * wf_tick_is_for:
 * @event: an event of any type
 * @workflow: a workflow that listens to its type
 *
 * A tick always names the workflow that it starts. A start by hand may: one that a CRM tells of
 * without a name starts every workflow that listens to it.
 *
 * Returns: whether the event may start this workflow
 */
gboolean
wf_tick_is_for (const WfEvent *event, const WfWorkflow *workflow)
{
  if (!wf_tick_names_workflow (event))
    return TRUE;
  return g_strcmp0 (wf_json_get_member_string (wf_event_get_data (event), "workflow"),
                    workflow->id) == 0;
}
