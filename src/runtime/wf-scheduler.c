/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due: waiting steps, deadlines that pass, reminders; one wall-clock alarm for all of it
 * (S20). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-backlog.h"
#include "wf-reminder-plan.h"
#include "wf-runtime-private.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define BACKSTOP G_TIME_SPAN_MINUTE
#define MOST_RUNS 200
#define MOST_LATE 500

/* Scheduling policy (S20). Everything that waits for time has its absolute instant in the
 * database, or can be computed from it (the next tick of a schedule). One alarm stands at the
 * earliest of them, and never further away than a minute, as a backstop for clocks that jump
 * unnoticed. Each alarm, clock change, resume and poke does the same: whatever is due by now is
 * carried out, in portions, each one a transaction; then the alarm is set from the database again.
 *
 * After a start what waits is not woken before the workflows were read, or could not be read: a
 * pause, a stop or a release that was decided while this computer was off counts for what came due
 * meanwhile (S12). After a clock change it waits until the CRM was asked what time it is: a clock
 * that somebody set wrong must not fire what is due in three hours (S16). Reminders do not wait: a
 * computer that wakes up has perhaps no network yet. */

typedef struct
{
  gboolean decides; /* also what depends on the workflows as they are now */
} Round;

/* -- waiting steps ----------------------------------------------------------------------------- */

static gboolean
put_aside (WfCommit *self, WfStoredRun *stored, GError **error)
{
  stored->next_due = WF_INSTANT_NONE;
  return wf_store_save_run (self->store, stored, error);
}

static gboolean
wake (WfCommit *self, WfStoredRun *stored, GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);

  /* A paused workflow's waiting steps are held (S12) until it goes on. */
  if (wf_in_flight_is_held (self->engine, stored->workflow))
    return put_aside (self, stored, error);

  g_autoptr (WfRun) run = wf_commit_load_run (self, stored, &damage);
  if (run == NULL)
    {
      stored->finished = TRUE;
      return wf_commit_log (self, "problem",
                            _ ("A waiting workflow could not go on: its data is damaged."),
                            stored->lead, NULL, error) &&
             put_aside (self, stored, error);
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
  self->changes->more |= runs->len == MOST_RUNS;
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

/* -- the round --------------------------------------------------------------------------------- */

static WfInstant
earlier (WfInstant a, WfInstant b)
{
  if (a == WF_INSTANT_NONE || b == WF_INSTANT_NONE)
    return a == WF_INSTANT_NONE ? b : a;
  return MIN (a, b);
}

static gboolean
run_what_decides (WfCommit *self, GError **error)
{
  return wf_backlog_run (self, error) && wf_ticks_run_due (self, error) &&
         wf_storm_start_due (self, error) && wake_runs (self, error) &&
         wf_trial_end_due (self, error);
}

static gpointer
run_due (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Round *round = self->arguments;

  self->store = store;
  self->automatic = TRUE;
  if ((round->decides && !run_what_decides (self, error)) || !note_late (self, error) ||
      !wf_retention_run (self, error))
    return NULL;
  self->changes->instant =
      earlier (wf_store_get_next_due (store, NULL),
               earlier (wf_ticks_get_next (self),
                        earlier (wf_trial_get_next_end (store), wf_reminder_get_next_look (self))));
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
  self->scheduler.refused = error != NULL;
  arm (self, changes != NULL ? changes->instant : WF_INSTANT_NONE);
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
  /* While a new engine is being made, the store is ahead of the old one. */
  self->scheduler.again = self->scheduler.busy || self->n_engines_made > 0;
  if (self->scheduler.again)
    return;

  WfCommit *commit = wf_runtime_new_commit (self);
  Round *round = g_new0 (Round, 1);
  round->decides = self->intake.tried_workflows && !self->intake.unsure;
  commit->arguments = round;
  commit->arguments_free = g_free;
  self->scheduler.busy = TRUE;
  wf_runtime_commit (self, run_due, commit, on_due_run, NULL);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfRuntime *self = user_data;

  wf_reminders_check_zone (self);
  /* Who waits for a reminder does not wait for the rest. */
  wf_reminders_kick (self);
  if (reason != WF_ALARM_CLOCK_CHANGED)
    {
      wf_scheduler_kick (self);
      return;
    }
  self->intake.need_clock = self->intake.unsure = TRUE;
  wf_intake_poke (self);
  wf_scheduler_kick (self);
  /* The outbox waits by the wall clock too. */
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
