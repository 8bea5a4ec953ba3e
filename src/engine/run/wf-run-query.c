/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run says of itself: what it waits for, and whether it has ended. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

/**
 * wf_run_get_next_due:
 * @self: a run
 *
 * Returns: the earliest instant at which wf_run_wake() has something to do, or WF_INSTANT_NONE
 */
WfInstant
wf_run_get_next_due (const WfRun *self)
{
  WfInstant next = WF_INSTANT_NONE;

  for (guint i = 0; i < self->n_steps; i++)
    if (self->steps[i].status == WF_STEP_WAITING && self->steps[i].at != WF_INSTANT_NONE &&
        (next == WF_INSTANT_NONE || self->steps[i].at < next))
      next = self->steps[i].at;
  return next;
}

/**
 * wf_run_is_finished:
 * @self: a run
 *
 * Returns: %TRUE when every step has ended; an open activity keeps its run unfinished
 */
gboolean
wf_run_is_finished (const WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (!wf_step_status_is_final (self->steps[i].status))
      return FALSE;
  return TRUE;
}

/**
 * wf_run_has_waiting_steps:
 * @self: a run
 *
 * Returns: %TRUE when a step is still to run, now or after something else
 */
gboolean
wf_run_has_waiting_steps (const WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (self->steps[i].status == WF_STEP_PENDING || self->steps[i].status == WF_STEP_WAITING)
      return TRUE;
  return FALSE;
}

/**
 * wf_run_waits_for_event:
 * @self: a run
 *
 * Returns: %TRUE when events of its lead must be given to wf_run_event()
 */
gboolean
wf_run_waits_for_event (const WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      const WfRunStep *step = &self->steps[i];

      if (wf_run_waits_for_date (step))
        return TRUE;
      if (step->begun && step->step->kind == WF_STEP_CONTROL &&
          !wf_step_status_is_final (step->status))
        return TRUE;
      if (step->begun && step->status == WF_STEP_WAITING && step->step->kind == WF_STEP_WAIT &&
          step->step->wait.kind == WF_WAIT_UNTIL_CONDITION)
        return TRUE;
    }
  return self->stage != NULL && !self->keep_when_left && wf_run_has_waiting_steps (self);
}

/**
 * wf_run_get_key:
 * @self: a run
 *
 * Returns: the run's id (S15)
 */
const char *
wf_run_get_key (const WfRun *self)
{
  char *key = ((WfRun *) self)->key; /* made here, once: a run belongs to one thread */

  if (*key == '\0')
    wf_run_make_key (self->workflow->id, wf_event_get_source (self->event),
                     wf_event_get_id (self->event), key);
  return key;
}

/**
 * wf_run_get_workflow:
 * @self: a run
 *
 * Returns: (transfer none): the version that it is pinned to
 */
WfWorkflow *
wf_run_get_workflow (const WfRun *self)
{
  return self->workflow;
}

/**
 * wf_run_get_event:
 * @self: a run
 *
 * Returns: (transfer none): the event that started it
 */
WfEvent *
wf_run_get_event (const WfRun *self)
{
  return self->event;
}

/**
 * wf_run_get_cancel_reason:
 * @event: an event of a lead
 *
 * S10: a lead that is deleted, discarded or finalized ends the waiting steps of the runs that began
 * before this event.
 *
 * Returns: (nullable): the reason for wf_run_cancel(), or %NULL when this event closes no lead
 */
const char *
wf_run_get_cancel_reason (const WfEvent *event)
{
  const char *type = wf_event_get_event_type (event);

  if (g_str_equal (type, "lead.deleted"))
    return "lead-deleted";
  if (g_str_equal (type, "lead.discarded"))
    return "lead-discarded";
  if (g_str_equal (type, "lead.finalized"))
    return "lead-finalized";
  return NULL;
}
