/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What most people set in a new step. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-defaults.h"

#include "wf-step-settings.h"
#include "wf-workflow-edit.h"

#define USUAL_POINTS 10

static const WfDuration half_an_hour = { 30, WF_TIME_UNIT_MINUTES };
static const WfDuration ten_minutes = { 10, WF_TIME_UNIT_MINUTES };
static const WfDuration one_hour = { 1, WF_TIME_UNIT_HOURS };
static const WfDuration one_day = { 1, WF_TIME_UNIT_DAYS };

/* The type is left to the person, who types it first, but for the only one that there is. */
static void
set_activity (WfStep *self, const WfOrganisation *organisation)
{
  WfCreateActivity *activity = &self->create_activity;
  guint n = 0;
  const WfEntry *types =
      organisation != NULL ? wf_organisation_get_entries (organisation, WF_ENTRY_ACTIVITY_TYPE, &n)
                           : NULL;

  activity->complete_within = half_an_hour;
  activity->notify = ten_minutes;
  activity->business_hours = TRUE;
  if (self->kind == WF_STEP_CREATE_ACTIVITY && n == 1)
    g_set_str (&activity->activity_type, types[0].id);
  if (self->kind == WF_STEP_SCHEDULE_MEETING)
    activity->lasts = one_hour;
}

static void
take_duration (WfStep *self, const char *name, WfDuration duration)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_duration_write (duration, writer, NULL);
  wf_step_take_setting (self, name, wf_json_writer_finish_document (writer));
}

static void
take_number (WfStep *self, const char *name, gint64 number)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_add_int (writer, NULL, number);
  wf_step_take_setting (self, name, wf_json_writer_finish_document (writer));
}

static void
set_approval (WfStep *self)
{
  take_duration (self, "complete-within", one_day);
  take_duration (self, "notify", one_hour);
  wf_step_take_setting (self, "business-hours", wf_json_document_parse ("true", -1, 0, NULL));
}

/**
 * wf_step_set_usual:
 * @self: a new step, not shared
 * @organisation: (nullable): whose activity types there are
 *
 * Fills in what most people would.
 */
void
wf_step_set_usual (WfStep *self, const WfOrganisation *organisation)
{
  switch (self->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      set_activity (self, organisation);
      break;
    case WF_STEP_WAIT:
      self->wait.duration = one_day;
      break;
    case WF_STEP_BRANCH:
      wf_workflow_edit_add_usual_paths (self);
      break;
    case WF_STEP_ADD_SCORE:
      take_number (self, "points", USUAL_POINTS);
      break;
    case WF_STEP_CONTROL:
      take_duration (self, "at-most", one_day);
      break;
    case WF_STEP_REQUEST_APPROVAL:
      set_approval (self);
      break;
    default:
      break;
    }
}
