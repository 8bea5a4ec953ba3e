/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an event says of a date that something is counted back from (S5). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-anchor.h"

#include "wf-step-kind.h"
#include "wf-step-settings.h"

#include <string.h>

/* Meetings and payments have events that are made for it; of the record itself any event that
 * carries the date tells it. */
static const struct
{
  const char *group, *moved, *gone;
} anchor_events[] = {
  { "meeting", "meeting.rescheduled", "meeting.cancelled" },
  { "payment", "payment.due-changed", "payment.received" },
};

/**
 * wf_anchor_judge:
 * @event: an event of the same lead
 * @field: a date field, such as "meeting.start"
 *
 * Returns: what has become of the date
 */
WfAnchorChange
wf_anchor_judge (const WfEvent *event, const char *field)
{
  const char *type = wf_event_get_event_type (event), *dot = strchr (field, '.');
  const WfJson *value;

  /* "meeting." before both */
  if (dot == NULL || strncmp (type, field, (gsize) (dot + 1 - field)) != 0)
    return WF_ANCHOR_STAYS;
  value = wf_event_get_field (event, field);
  for (guint i = 0; i < G_N_ELEMENTS (anchor_events); i++)
    if (strlen (anchor_events[i].group) == (gsize) (dot - field) &&
        g_str_has_prefix (field, anchor_events[i].group))
      {
        if (g_str_equal (type, anchor_events[i].gone))
          return WF_ANCHOR_GONE;
        return g_str_equal (type, anchor_events[i].moved) && value != NULL ? WF_ANCHOR_MOVED
                                                                           : WF_ANCHOR_STAYS;
      }
  if (value == NULL)
    return WF_ANCHOR_STAYS;
  return wf_json_is (value, WF_JSON_NULL) ? WF_ANCHOR_GONE : WF_ANCHOR_MOVED;
}

/**
 * wf_anchor_get_record:
 * @event: an event
 * @field: a date field, such as "meeting.start"
 *
 * Returns: (transfer none) (nullable): the id of what the date belongs to
 */
const char *
wf_anchor_get_record (const WfEvent *event, const char *field)
{
  const char *dot = strchr (field, '.');
  g_autofree char *id = NULL;

  if (dot == NULL)
    return NULL;
  id = g_strdup_printf ("%.*s.id", (int) (dot - field), field);
  return wf_json_get_string (wf_event_get_field (event, id));
}

/**
 * wf_anchor_is_same_record:
 * @a: (nullable): an id
 * @b: (nullable): an id
 *
 * Returns: %FALSE when both are known and differ
 */
gboolean
wf_anchor_is_same_record (const char *a, const char *b)
{
  return a == NULL || b == NULL || g_str_equal (a, b);
}

/**
 * wf_anchor_get_deadline_field:
 * @step: a step
 *
 * Returns: (transfer none) (nullable): the date that its deadline counts back from
 */
const char *
wf_anchor_get_deadline_field (const WfStep *step)
{
  if (wf_step_kind_is_activity (step->kind))
    return step->create_activity.before;
  if (step->kind == WF_STEP_REQUEST_APPROVAL)
    return wf_json_get_member_string (wf_step_get_setting (step, "complete-within"), "before");
  return NULL;
}

/**
 * wf_anchor_make_request:
 * @step: a step for which wf_anchor_get_deadline_field() is not %NULL
 * @date: where its date is now
 * @now: the instant of processing
 *
 * Returns: what to give to wf_deadline_compute()
 */
WfDeadlineRequest
wf_anchor_make_request (const WfStep *step, WfInstant date, WfInstant now)
{
  WfDeadlineRequest request = { .from = date, .now = now, .before = TRUE };
  const WfJson *within;

  if (wf_step_kind_is_activity (step->kind))
    {
      request.within = step->create_activity.complete_within;
      request.business_hours = step->create_activity.business_hours;
      request.business_time = step->create_activity.business_time;
      request.notify = step->create_activity.notify;
      return request;
    }
  within = wf_step_get_setting (step, "complete-within");
  request.within = wf_step_get_duration (step, "complete-within");
  request.business_hours = wf_step_get_flag (step, "business-hours");
  request.business_time = wf_json_get_boolean (wf_json_get_member (within, "business-time"), FALSE);
  request.notify = wf_step_get_duration (step, "notify");
  return request;
}
