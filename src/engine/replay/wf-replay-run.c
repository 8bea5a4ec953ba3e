/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a replay: started, moved on, let go. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay-private.h"

static void
run_clear (gpointer data)
{
  WfReplayRun *self = data;

  wf_run_free (self->run);
  wf_workflow_unref (self->workflow);
  g_free (self->lead);
  g_ptr_array_unref (self->activities);
}

void
wf_replay_run_release (gpointer run)
{
  g_rc_box_release_full (run, run_clear);
}

const WfJson *
wf_replay_get_lead (WfReplay *self, const WfReplayRun *run)
{
  return wf_replay_memory_get_lead (self->memory, run->lead);
}

static void
forget_run (WfReplay *self, WfReplayRun *run)
{
  GPtrArray *runs = run->lead != NULL ? g_hash_table_lookup (self->runs, run->lead) : NULL;

  if (runs == NULL)
    return;
  g_ptr_array_remove (runs, run);
  if (runs->len == 0)
    g_hash_table_remove (self->runs, run->lead);
}

static void
note_move (WfReplay *self, WfReplayRun *run, const GPtrArray *effects)
{
  if (self->watch != NULL && self->watch->moved != NULL && run->run != NULL)
    self->watch->moved (run, effects, self->watch_data);
}

void
wf_replay_settle_run (WfReplay *self, WfReplayRun *run)
{
  WfInstant next;

  note_move (self, run, NULL);
  if (run->run != NULL && !wf_run_has_waiting_steps (run->run))
    g_clear_pointer (&run->run, wf_run_free);
  if (run->run != NULL && (next = wf_run_get_next_due (run->run)) != WF_INSTANT_NONE)
    wf_replay_enter (self, next, WF_REPLAY_WAKE, run);
  if (run->run != NULL || run->activities->len > 0 || run->ended)
    return;
  run->ended = TRUE;
  wf_replay_memory_end_run (self->memory, run->workflow, run->lead);
  forget_run (self, run);
}

void
wf_replay_note_effect (WfReplay *self, const WfEffect *effect)
{
  if (self->effect_func != NULL)
    self->effect_func (effect, self->clock, self->effect_data);
}

/* The CRM answers at once. What it cannot know how to do it refuses (S16); what is further already
 * it leaves as it is, and that is fine too (S17). */
static void
carry_out_action (WfReplay *self, WfReplayRun *run, const WfEffect *effect, GPtrArray *effects)
{
  WfApplyOutcome outcome = wf_replay_perform (self, run, effect->action);

  wf_replay_note_effect (self, effect);
  wf_replay_lines_add_action (self->lines, self->clock, effect, outcome);
  if (self->watch != NULL && self->watch->acted != NULL)
    self->watch->acted (run, effect, outcome, self->watch_data);
  if (outcome == WF_APPLY_UNKNOWN)
    wf_run_effect_failed (run->run, effect->key, "unknown");
  else
    wf_run_effect_succeeded (run->run, self->engine, wf_replay_get_lead (self, run), effect->key,
                             self->clock, self->clock, effects);
}

void
wf_replay_carry_out (WfReplay *self, WfReplayRun *run, GPtrArray *effects)
{
  note_move (self, run, effects);
  for (guint i = 0; i < effects->len; i++) /* grows while the machine's own steps succeed */
    {
      const WfEffect *effect = g_ptr_array_index (effects, i);

      switch (effect->kind)
        {
        case WF_EFFECT_CREATE_ACTIVITY:
          wf_replay_open_activity (self, run, effect);
          break;
        case WF_EFFECT_NOTIFY:
          wf_replay_note_effect (self, effect);
          wf_replay_lines_add_effect (self->lines, self->clock, effect);
          wf_run_effect_succeeded (run->run, self->engine, wf_replay_get_lead (self, run),
                                   effect->key, self->clock, self->clock, effects);
          break;
        case WF_EFFECT_ACTION:
          carry_out_action (self, run, effect, effects);
          break;
        }
      note_move (self, run, effects);
    }
  wf_replay_settle_run (self, run);
}

void
wf_replay_start_run (WfReplay *self, WfWorkflow *workflow, WfEvent *event)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  const char *lead = wf_event_get_lead (event);
  WfReplayRun *run = g_rc_box_new0 (WfReplayRun);
  GPtrArray *runs;

  run->workflow = wf_workflow_ref (workflow);
  run->lead = g_strdup (lead);
  run->activities = g_ptr_array_new_with_free_func (wf_replay_activity_release);
  wf_replay_memory_add_run (self->memory, workflow, lead, self->clock);
  if (lead != NULL)
    {
      runs = g_hash_table_lookup (self->runs, lead);
      if (runs == NULL)
        g_hash_table_insert (self->runs, g_strdup (lead),
                             runs = g_ptr_array_new_with_free_func (wf_replay_run_release));
      g_ptr_array_add (runs, g_rc_box_acquire (run));
    }
  run->run = wf_run_start (self->engine, workflow, event, wf_replay_get_lead (self, run),
                           self->clock, effects);
  wf_replay_carry_out (self, run, effects);
  wf_replay_run_release (run);
}

GPtrArray *
wf_replay_copy_runs (WfReplay *self, const char *lead)
{
  GPtrArray *runs = lead != NULL ? g_hash_table_lookup (self->runs, lead) : NULL;
  GPtrArray *copy = g_ptr_array_new_with_free_func (wf_replay_run_release);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    g_ptr_array_add (copy, g_rc_box_acquire (g_ptr_array_index (runs, i)));
  return copy;
}

void
wf_replay_close_runs (WfReplay *self, GPtrArray *runs, const char *reason,
                      const WfReplayRun *current)
{
  for (guint i = 0; i < runs->len; i++)
    {
      WfReplayRun *run = g_ptr_array_index (runs, i);

      if (run->run != NULL)
        wf_run_cancel (run->run, reason);
      wf_replay_drop_activities (self, run, g_str_equal (reason, "lead-deleted"));
    }
  for (guint i = 0; i < runs->len; i++)
    if (g_ptr_array_index (runs, i) != current)
      wf_replay_settle_run (self, g_ptr_array_index (runs, i));
}
