/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates that move while a run waits for them (S5): meetings, payments, dates of the record. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include "wf-anchor.h"
#include "wf-json-writer.h"

#include <string.h>

/* The run keeps what was told last of each date that a step of its hangs on; everything that the
 * run decides later sees it instead of what its own event said: {"meeting.start": TIME or null}. */

#define MOST_FIELDS 3

/* What the step hangs on, now or once it runs: at most MOST_FIELDS fields. */
static guint
list_fields (const WfStep *step, const char *fields[MOST_FIELDS])
{
  const char *deadline = wf_anchor_get_deadline_field (step);
  guint n = 0;

  if (step->run.mode == WF_RUN_BEFORE && step->run.field != NULL)
    fields[n++] = step->run.field;
  if (step->kind == WF_STEP_WAIT && step->wait.kind == WF_WAIT_UNTIL && step->wait.until != NULL)
    fields[n++] = step->wait.until;
  if (deadline != NULL)
    fields[n++] = deadline;
  return n;
}

static gboolean
is_still_to_run (const WfRunStep *step)
{
  return step->status == WF_STEP_PENDING || step->status == WF_STEP_WAITING;
}

gboolean
wf_run_waits_for_date (const WfRunStep *step)
{
  const char *fields[MOST_FIELDS];

  return is_still_to_run (step) && list_fields (step->step, fields) > 0;
}

static WfAnchorChange
judge (const WfRun *self, const WfEvent *event, const char *field)
{
  WfAnchorChange change = wf_anchor_judge (event, field);

  if (change == WF_ANCHOR_STAYS ||
      !wf_anchor_is_same_record (wf_anchor_get_record (self->event, field),
                                 wf_anchor_get_record (event, field)))
    return WF_ANCHOR_STAYS;
  return change;
}

/* An event that tells the date once more changes nothing. */
static gboolean
is_known (const WfRun *self, const char *field, const WfJson *value)
{
  const WfJson *known = self->dates != NULL
                            ? wf_json_get_member (wf_json_document_get_root (self->dates), field)
                            : NULL;

  if (known == NULL)
    known = wf_event_get_field (self->event, field);
  return known != NULL && value != NULL && wf_json_equal (known, value);
}

/* value: NULL when the date is gone. */
static void
keep_date (WfRun *self, const char *field, const WfJson *value)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfJson *dates = self->dates != NULL ? wf_json_document_get_root (self->dates) : NULL;
  const WfJson *kept;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, dates);
  while (dates != NULL && wf_json_iter_next (&iter, &name, &kept))
    if (!g_str_equal (name, field))
      wf_json_writer_add_value (writer, name, kept);
  if (value != NULL)
    wf_json_writer_add_value (writer, field, value);
  else
    wf_json_writer_add_null (writer, field);
  wf_json_writer_end (writer);
  g_clear_pointer (&self->dates, wf_json_document_unref);
  self->dates = wf_json_writer_finish_document (writer);
}

static gboolean
learn_dates (WfRun *self, const WfEvent *event)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->n_steps; i++)
    {
      const char *fields[MOST_FIELDS];
      guint n = is_still_to_run (&self->steps[i]) ? list_fields (self->steps[i].step, fields) : 0;

      for (guint j = 0; j < n; j++)
        {
          WfAnchorChange change = judge (self, event, fields[j]);
          const WfJson *value = change == WF_ANCHOR_MOVED ? wf_event_get_field (event, fields[j])
                                                          : NULL;

          if (change == WF_ANCHOR_STAYS || is_known (self, fields[j], value))
            continue;
          keep_date (self, fields[j], value);
          changed = TRUE;
        }
    }
  return changed;
}

/* A wait that has begun ends at the new date, or never. */
static void
move_wait (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  WfWorkingHours *hours = wf_engine_get_hours (move->engine);
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self, move, step->base, &view);
  WfInstant end;

  if (wf_context_get_instant (&context, step->step->wait.until, wf_working_hours_get_zone (hours),
                              &end))
    step->at = MAX (end, step->base);
  else
    wf_run_step_finish (step, WF_STEP_SKIPPED, "anchor-missing");
}

/* Steps that are scheduled before a date are scheduled anew by wf_run_settle(). */
void
wf_run_follow_dates (WfRun *self, const WfEvent *event, const WfRunMove *move)
{
  if (!learn_dates (self, event))
    return;
  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];

      if (step->status != WF_STEP_WAITING)
        continue;
      if (step->begun)
        {
          if (step->step->kind == WF_STEP_WAIT && step->step->wait.kind == WF_WAIT_UNTIL &&
              judge (self, event, step->step->wait.until) != WF_ANCHOR_STAYS)
            move_wait (self, move, step);
        }
      else if (step->step->run.mode == WF_RUN_BEFORE &&
               judge (self, event, step->step->run.field) != WF_ANCHOR_STAYS)
        {
          step->status = WF_STEP_PENDING;
          step->at = step->base = WF_INSTANT_NONE;
        }
    }
}
