/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay: the engine on a virtual clock over past events, without any effect (B1). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay.h"

#include "wf-replay-private.h"

/* The clock stands at an instant until something later is to happen. While it stands, its lines
 * are kept; when it moves on, they are given out. What falls due at an instant comes before an
 * event of the same instant, and lateness after it: done exactly at the deadline is on time
 * (S22).
 *
 * A run whose steps have all run, and that only waits for people to do their activities, is let
 * go at once: what it began with (the event, the largest part) is not needed any more. */

/* What an agenda entry is about: the kinds of subject are told apart by the entry, so the
 * reference is kept in a box. */
typedef struct
{
  gpointer subject; /* (owned) */
  GDestroyNotify release;
} Subject;

static void
subject_free (gpointer data)
{
  Subject *self = data;

  self->release (self->subject);
  g_free (self);
}

static GDestroyNotify
get_release (WfReplayDue due)
{
  switch (due)
    {
    case WF_REPLAY_WAKE:
      return wf_replay_run_release;
    case WF_REPLAY_REMIND:
    case WF_REPLAY_LATE:
      return wf_replay_activity_release;
    case WF_REPLAY_TICK:
      return wf_replay_tick_release;
    }
  g_return_val_if_reached (NULL);
}

void
wf_replay_enter (WfReplay *self, WfInstant at, WfReplayDue due, gpointer subject)
{
  Subject *boxed = g_new (Subject, 1);

  boxed->subject = g_rc_box_acquire (subject);
  boxed->release = get_release (due);
  wf_agenda_add (self->agenda, at, due == WF_REPLAY_LATE ? WF_AGENDA_PASSED : WF_AGENDA_DUE,
                 (int) due, boxed);
}

static void
enter_tick (WfInstant at, WfReplayTick *tick, gpointer user_data)
{
  wf_replay_enter (user_data, at, WF_REPLAY_TICK, tick);
}

static const WfJson *
get_lead_by_id (const char *lead, gpointer user_data)
{
  WfReplay *self = user_data;

  return wf_replay_memory_get_lead (self->memory, lead);
}

/**
 * wf_replay_new_with_settings:
 * @organisation: (nullable): people, groups and working hours
 * @workflows: (element-type WfWorkflow): what is tried
 * @settings: of the engine, for instance to hold storms as a live one does
 * @explain: also a line for each pair of event and workflow (B3)
 * @func: receives the lines
 * @user_data: for @func
 *
 * Returns: (transfer full): a replay at the beginning of time
 */
WfReplay *
wf_replay_new_with_settings (WfOrganisation *organisation, GPtrArray *workflows,
                             const WfEngineSettings *settings, gboolean explain,
                             WfReplayLineFunc func, gpointer user_data)
{
  WfReplay *self = g_new0 (WfReplay, 1);

  self->engine = wf_engine_new_with_settings (organisation, workflows, settings);
  self->memory = wf_replay_memory_new (settings->storm_most_runs > 0);
  self->lines = wf_replay_lines_new (wf_working_hours_get_zone (wf_engine_get_hours (self->engine)),
                                     func, user_data);
  self->agenda = wf_agenda_new (subject_free);
  self->schedule = wf_replay_schedule_new (self->engine, enter_tick, get_lead_by_id, self);
  self->runs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->claims = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, wf_replay_claim_free);
  self->verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
  self->explain = explain;
  self->tells_late = wf_replay_is_lateness_heard (workflows);
  return self;
}

/**
 * wf_replay_new:
 * @organisation: (nullable): people, groups and working hours
 * @workflows: (element-type WfWorkflow): what is tried: live ones, drafts and paused ones
 * @explain: also a line for each pair of event and workflow (B3)
 * @func: receives the lines
 * @user_data: for @func
 *
 * Storms and imports are not held.
 *
 * Returns: (transfer full): a replay at the beginning of time
 */
WfReplay *
wf_replay_new (WfOrganisation *organisation, GPtrArray *workflows, gboolean explain,
               WfReplayLineFunc func, gpointer user_data)
{
  return wf_replay_new_with_settings (organisation, workflows,
                                      &(WfEngineSettings) { 0, FALSE, TRUE, TRUE }, explain, func,
                                      user_data);
}

/**
 * wf_replay_set_effect_func:
 * @self: a replay that has not begun
 * @func: (nullable): called for each effect
 * @user_data: for @func
 */
void
wf_replay_set_effect_func (WfReplay *self, WfReplayEffectFunc func, gpointer user_data)
{
  self->effect_func = func;
  self->effect_data = user_data;
}

/**
 * wf_replay_free:
 * @self: (nullable) (transfer full): a replay
 */
void
wf_replay_free (WfReplay *self)
{
  if (self == NULL)
    return;
  wf_agenda_free (self->agenda);
  wf_replay_schedule_free (self->schedule);
  g_hash_table_unref (self->claims);
  g_hash_table_unref (self->runs);
  g_array_unref (self->verdicts);
  wf_replay_lines_free (self->lines);
  wf_replay_memory_free (self->memory);
  wf_engine_unref (self->engine);
  g_free (self->source);
  g_free (self);
}

/* The clock */

static void
fire_wake (WfReplay *self, WfReplayRun *run, WfInstant at)
{
  g_autoptr (GPtrArray) effects = NULL;

  if (run->run == NULL || wf_run_get_next_due (run->run) != at)
    return; /* it has moved on since this was entered */
  effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  wf_run_wake (run->run, self->engine, wf_replay_get_lead (self, run), self->clock, effects);
  wf_replay_carry_out (self, run, effects);
}

static void handle (WfReplay *self, WfEvent *event);

/* The schedules' own events, as if they had come now. */
static void
fire_tick (WfReplay *self, const WfReplayTick *tick)
{
  g_autoptr (GPtrArray) events = wf_replay_schedule_fire (self->schedule, tick, self->clock);

  for (guint i = 0; i < events->len; i++)
    if (wf_replay_memory_add_event (self->memory, g_ptr_array_index (events, i)))
      handle (self, g_ptr_array_index (events, i));
}

/* Told once of each activity, also when its deadline moves and passes again (S22). */
static void
fire_late (WfReplay *self, const WfReplayActivity *activity)
{
  g_autoptr (WfEvent) event = NULL;

  wf_replay_lines_add_late (self->lines, self->clock, activity);
  if (!self->tells_late)
    return;
  event = wf_replay_make_late_event (self, activity);
  if (wf_replay_memory_add_event (self->memory, event))
    handle (self, event);
}

/* What was entered for a deadline that has moved since does nothing. */
static void
fire (WfReplay *self, const WfAgendaEntry *entry)
{
  Subject *subject = entry->subject;
  const WfReplayActivity *activity = subject->subject;

  switch ((WfReplayDue) entry->kind)
    {
    case WF_REPLAY_WAKE:
      fire_wake (self, subject->subject, entry->at);
      break;
    case WF_REPLAY_REMIND:
      if (activity->open && activity->remind == entry->at)
        wf_replay_lines_add_reminder (self->lines, self->clock, activity);
      break;
    case WF_REPLAY_LATE:
      if (activity->open && activity->due == entry->at)
        fire_late (self, activity);
      break;
    case WF_REPLAY_TICK:
      fire_tick (self, subject->subject);
      break;
    }
  subject_free (subject);
}

static void
set_clock (WfReplay *self, WfInstant to)
{
  if (to <= self->clock)
    return;
  wf_replay_lines_flush (self->lines);
  self->clock = to;
}

static void
advance (WfReplay *self, WfInstant to)
{
  WfAgendaEntry entry;

  while (wf_agenda_take (self->agenda, to, &entry))
    {
      set_clock (self, entry.at);
      fire (self, &entry);
    }
  set_clock (self, to);
}

/* Events */

static void
tell_runs (WfReplay *self, WfEvent *event, GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      g_autoptr (GPtrArray) effects = NULL;
      WfReplayRun *run = g_ptr_array_index (runs, i);

      if (run->run == NULL || !wf_run_waits_for_event (run->run))
        continue;
      effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
      wf_run_event (run->run, self->engine, event, wf_replay_get_lead (self, run), self->clock,
                    effects);
      wf_replay_carry_out (self, run, effects);
    }
}

static void
complete_activity (WfReplay *self, const WfEvent *event)
{
  const WfJson *told = wf_json_get_member (wf_event_get_data (event), "activity");
  static const char *const names[] = { "key", "id" };
  WfReplayActivity *activity = NULL;

  if (!g_str_equal (wf_event_get_event_type (event), "activity.completed"))
    return;
  for (guint i = 0; activity == NULL && i < G_N_ELEMENTS (names); i++)
    {
      const char *key = wf_json_get_member_string (told, names[i]);

      activity = key != NULL ? wf_replay_find_activity (self, key) : NULL;
    }
  if (activity != NULL)
    wf_replay_complete (self, activity, wf_json_get_member_string (told, "outcome"),
                        wf_event_get_time (event));
}

/* S15: a newer run starts over. */
static void
cancel_earlier (WfReplay *self, const WfWorkflow *workflow, const char *lead)
{
  g_autoptr (GPtrArray) runs = wf_replay_copy_runs (self, lead);

  for (guint i = 0; i < runs->len; i++)
    {
      WfReplayRun *run = g_ptr_array_index (runs, i);

      if (run->run == NULL || !g_str_equal (run->workflow->id, workflow->id))
        continue;
      wf_run_cancel (run->run, "restarted");
      wf_replay_settle_run (self, run);
    }
}

static void
evaluate (WfReplay *self, WfEvent *event)
{
  g_array_set_size (self->verdicts, 0);
  wf_engine_evaluate (self->engine, event, self->clock, wf_replay_memory_get (self->memory),
                      self->explain, self->verdicts);
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      const WfVerdict *verdict = &g_array_index (self->verdicts, WfVerdict, i);

      if (self->explain)
        wf_replay_lines_add_verdict (self->lines, self->clock, verdict, event);
      if (verdict->kind == WF_VERDICT_REENTRY &&
          verdict->workflow->reentry == WF_REENTRY_ONCE_WHILE_OPEN)
        wf_replay_join_open (self, verdict->workflow, event);
      if (verdict->kind != WF_VERDICT_STARTED)
        continue;
      if (wf_verdict_cancels_earlier (verdict))
        cancel_earlier (self, verdict->workflow, wf_event_get_lead (event));
      wf_replay_start_run (self, verdict->workflow, event);
    }
}

static void
explain_known (WfReplay *self, const WfEvent *event)
{
  g_array_set_size (self->verdicts, 0);
  wf_engine_evaluate (self->engine, event, self->clock, NULL, TRUE, self->verdicts);
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      WfVerdict verdict = { .kind = WF_VERDICT_KNOWN,
                            .workflow = g_array_index (self->verdicts, WfVerdict, i).workflow };

      wf_replay_lines_add_verdict (self->lines, self->clock, &verdict, event);
    }
}

static void
handle (WfReplay *self, WfEvent *event)
{
  g_autoptr (GPtrArray) runs = wf_replay_copy_runs (self, wf_event_get_lead (event));
  const WfJson *lead = wf_replay_memory_get_lead (self->memory, wf_event_get_lead (event));
  g_autofree char *previous = g_strdup (wf_json_get_member_string (lead, "owner"));
  const char *reason = wf_run_get_cancel_reason (event);

  wf_replay_memory_update_lead (self->memory, event);
  wf_replay_schedule_tell (self->schedule, event, self->clock);
  if (reason != NULL)
    wf_replay_close_runs (self, runs, reason, NULL);
  if (g_str_equal (wf_event_get_event_type (event), "lead.reassigned"))
    wf_replay_follow_owner (self, runs, previous, wf_event_get_owner (event));
  complete_activity (self, event);
  wf_replay_follow_dates (self, event, runs);
  wf_replay_retire (self, event, runs);
  tell_runs (self, event, runs);
  evaluate (self, event);
}

/**
 * wf_replay_add:
 * @self: a replay
 * @event: the next of the log
 *
 * Moves the clock to the event's time, firing what falls due until then. An event that comes again
 * is left out, and so is one that tells of the lateness of what the replay has made.
 */
void
wf_replay_add (WfReplay *self, WfEvent *event)
{
  WfInstant time = wf_event_get_time (event);

  if (!self->begun)
    {
      self->clock = self->latest = time;
      wf_replay_schedule_begin (self->schedule, time);
    }
  self->begun = TRUE;
  self->latest = MAX (self->latest, time);
  advance (self, MAX (time, self->clock));
  g_set_str (&self->source, wf_event_get_source (event));
  if (!wf_replay_is_own_lateness (self, event) && wf_replay_memory_add_event (self->memory, event))
    handle (self, event);
  else if (self->explain)
    explain_known (self, event);
  advance (self, self->clock);
}

/**
 * wf_replay_finish:
 * @self: a replay
 * @until: how far the clock goes on; WF_INSTANT_NONE: not beyond the last event's time
 *
 * Gives out the last lines.
 */
void
wf_replay_finish (WfReplay *self, WfInstant until)
{
  if (self->begun)
    advance (self, until != WF_INSTANT_NONE ? MAX (until, self->clock) : self->clock);
  wf_replay_lines_flush (self->lines);
}
