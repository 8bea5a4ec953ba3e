/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due: waiting steps, deadlines that pass, reminders; one wall-clock alarm for all of it
 * (S20). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define BACKSTOP G_TIME_SPAN_MINUTE
#define MOST_RUNS 200
#define MOST_LATE 500
#define MOST_PRUNED 2000
#define FACT_PRUNED "pruned"
#define RETENTION (400 * G_TIME_SPAN_DAY) /* S29: 13 months and a little */

/* Scheduling policy (S20). Everything that waits for time has its absolute instant in the
 * database. One alarm stands at the earliest of them, and never further away than a minute, as a
 * backstop for clocks that jump unnoticed. Each alarm, clock change, resume and poke does the
 * same: whatever is due by now is carried out, in portions, each one a transaction; then the
 * alarm is set from the database again. */

/* -- waiting steps ----------------------------------------------------------------------------- */

/* A paused workflow's waiting steps are held (S12): looked at again at the next backstop, their
 * own instants stay. */
static gboolean
is_held (WfCommit *self, const WfStoredRun *stored)
{
  const WfWorkflow *current = wf_engine_get_workflow (self->engine, stored->workflow);

  return current != NULL && current->state == WF_WORKFLOW_PAUSED;
}

static gboolean
postpone (WfCommit *self, WfStoredRun *stored, WfInstant until, GError **error)
{
  stored->next_due = until;
  return wf_store_save_run (self->store, stored, error);
}

static gboolean
wake (WfCommit *self, WfStoredRun *stored, GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);

  if (is_held (self, stored))
    return postpone (self, stored, self->now + BACKSTOP, error);

  g_autoptr (WfRun) run = wf_commit_load_run (self, stored, &damage);
  if (run == NULL)
    {
      stored->finished = TRUE;
      return wf_commit_log (self, "problem",
                            _ ("A waiting workflow could not go on: its data is damaged."),
                            stored->lead, NULL, error) &&
             postpone (self, stored, WF_INSTANT_NONE, error);
    }
  wf_run_wake (run, self->engine, wf_commit_get_lead (self, stored->lead), self->now, effects);
  return wf_commit_effects (self, run, effects, error);
}

static gboolean
wake_runs (WfCommit *self, GError **error)
{
  g_autoptr (GPtrArray) runs = wf_store_list_runs_due (self->store, self->now, MOST_RUNS);

  for (guint i = 0; i < runs->len; i++)
    if (!wake (self, g_ptr_array_index (runs, i), error))
      return FALSE;
  self->changes->n_done += runs->len;
  self->changes->more = runs->len == MOST_RUNS;
  self->changes->log |= runs->len > 0;
  return TRUE;
}

/* -- deadlines that passed (S22) --------------------------------------------------------------- */

static gboolean
log_late (WfCommit *self, const WfActivity *activity, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *due = wf_instant_format_utc (activity->due);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "activity", activity->id);
  wf_json_writer_add_string (writer, "due", due);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", _ ("An activity became late"), activity->lead, details,
                        error);
}

static gboolean
note_late (WfCommit *self, GError **error)
{
  g_autoptr (GPtrArray) late = wf_store_take_became_late (self->store, self->now, MOST_LATE, error);

  if (late == NULL)
    return FALSE;
  for (guint i = 0; i < late->len; i++)
    if (!log_late (self, g_ptr_array_index (late, i), error))
      return FALSE;
  self->changes->n_done += late->len;
  self->changes->more |= late->len == MOST_LATE;
  self->changes->activities |= late->len > 0;
  return TRUE;
}

/* -- once a day (S29) -------------------------------------------------------------------------- */

static gboolean
prune (WfCommit *self, GError **error)
{
  g_autofree char *last_text = wf_store_get_fact (self->store, FACT_PRUNED);
  g_autofree char *now_text = wf_instant_format_utc (self->now);
  WfInstant last = WF_INSTANT_NONE;
  guint removed = 0;

  if (last_text != NULL && wf_instant_parse (last_text, &last) && self->now >= last &&
      self->now - last < G_TIME_SPAN_DAY)
    return TRUE;
  if (!wf_store_prune (self->store, self->now - RETENTION, self->now, MOST_PRUNED, &removed, error))
    return FALSE;
  if (removed > 0)
    {
      self->changes->more = TRUE;
      return TRUE;
    }
  return wf_store_set_fact (self->store, FACT_PRUNED, now_text, error);
}

/* -- the round --------------------------------------------------------------------------------- */

static gpointer
run_due (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;

  self->store = store;
  self->automatic = TRUE;
  if (!wake_runs (self, error) || !note_late (self, error) || !prune (self, error))
    return NULL;
  self->changes->instant = wf_store_get_next_due (store, self->reminds ? self->person : NULL);
  return wf_commit_finish (self, error);
}

/* What is due at an instant that has passed although everything was done is not ours to do (an
 * item of the outbox that waits for the network): the backstop looks again, instead of a loop
 * that never rests. */
static void
arm (WfRuntime *self, WfInstant next)
{
  WfInstant now = wf_clock_now (self->clock);
  WfInstant backstop = now + BACKSTOP;

  wf_alarm_set (self->scheduler.alarm,
                next == WF_INSTANT_NONE || next <= now || next > backstop ? backstop : next);
}

static void
on_due_run (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  const WfChanges *changes = result;
  gboolean again = self->scheduler.again || (changes != NULL && changes->more);

  self->scheduler.busy = FALSE;
  if (self->stopped)
    return;
  arm (self, changes != NULL ? changes->instant : WF_INSTANT_NONE);
  if (changes != NULL)
    wf_reminders_kick (self);
  wf_runtime_update_figures (self);
  if (again)
    wf_scheduler_kick (self);
}

void
wf_scheduler_kick (WfRuntime *self)
{
  if (self->stopped || !self->started)
    return;
  self->scheduler.again = self->scheduler.busy;
  if (self->scheduler.busy)
    return;
  self->scheduler.busy = TRUE;
  wf_runtime_commit (self, run_due, wf_runtime_new_commit (self), on_due_run, NULL);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfRuntime *self = user_data;

  wf_scheduler_kick (self);
  /* The outbox waits by the wall clock too. */
  if (reason == WF_ALARM_CLOCK_CHANGED)
    wf_dispatch_kick (self);
}

void
wf_scheduler_init (WfRuntime *self)
{
  self->scheduler.alarm = wf_clock_new_alarm (self->clock, on_alarm, self);
}

void
wf_scheduler_clear (WfRuntime *self)
{
  g_clear_pointer (&self->scheduler.alarm, wf_alarm_free);
}
