/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay: the engine on a virtual clock over past events, without any effect (B1). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay.h"

#include "wf-engine-private.h"
#include "wf-replay-agenda.h"
#include "wf-replay-lines.h"
#include "wf-replay-memory.h"
#include "wf-responsible.h"

/* The clock stands at an instant until something later is to happen. While it stands, its lines
 * are kept; when it moves on, they are given out. What falls due at an instant comes before an
 * event of the same instant, and lateness after it: done exactly at the deadline is on time
 * (S22).
 *
 * A run whose steps have all run, and that only waits for people to do their activities, is let
 * go at once: what it began with (the event, the largest part) is not needed any more. */

/* A run in the replay: kept while a step waits or an activity is open. */
typedef struct
{
  WfRun *run;            /* (owned) (nullable) NULL once no step waits any more */
  WfWorkflow *workflow;  /* (owned) */
  char *lead;            /* (owned) (nullable) */
  GPtrArray *activities; /* (owned) of WfReplayActivity (a reference each): the open ones */
  gboolean ended;
} ReplayRun;

typedef enum
{
  AGENDA_WAKE,   /* subject: ReplayRun */
  AGENDA_REMIND, /* subject: WfReplayActivity */
  AGENDA_LATE,   /* subject: WfReplayActivity */
} AgendaKind;

struct _WfReplay
{
  WfEngine *engine;       /* (owned) */
  WfReplayMemory *memory; /* (owned) */
  WfReplayLines *lines;   /* (owned) */
  WfAgenda *agenda;       /* (owned) */
  GHashTable *runs; /* (owned) lead -> GPtrArray of ReplayRun, in the order in which they began */
  GHashTable *activities; /* (owned) key -> Place; the key is the activity's own */
  GArray *verdicts;       /* (owned) of WfVerdict, reused */
  gboolean explain, begun;
  WfInstant clock, latest; /* latest: of the events */
};

/* Where an open activity belongs. */
typedef struct
{
  WfReplayActivity *activity; /* (owned) a reference */
  ReplayRun *run;             /* (owned) a reference */
} Place;

static void
activity_clear (gpointer data)
{
  WfReplayActivity *self = data;

  wf_workflow_unref (self->workflow);
  g_free (self->lead);
  g_free (self->person);
}

static void
activity_release (gpointer activity)
{
  g_rc_box_release_full (activity, activity_clear);
}

static void
run_clear (gpointer data)
{
  ReplayRun *self = data;

  wf_run_free (self->run);
  wf_workflow_unref (self->workflow);
  g_free (self->lead);
  g_ptr_array_unref (self->activities);
}

static void
run_release (gpointer run)
{
  g_rc_box_release_full (run, run_clear);
}

static void
place_free (gpointer data)
{
  Place *self = data;

  activity_release (self->activity);
  run_release (self->run);
  g_free (self);
}

/* What an agenda entry is about: the two kinds of subject are told apart by the entry, so the
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

static void
enter (WfReplay *self, WfInstant at, AgendaKind kind, gpointer subject)
{
  Subject *boxed = g_new (Subject, 1);

  boxed->subject = g_rc_box_acquire (subject);
  boxed->release = kind == AGENDA_WAKE ? run_release : activity_release;
  wf_agenda_add (self->agenda, at, kind == AGENDA_LATE ? WF_AGENDA_PASSED : WF_AGENDA_DUE,
                 (int) kind, boxed);
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
  self->runs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->activities = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, place_free);
  self->verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
  self->explain = explain;
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
 * wf_replay_free:
 * @self: (nullable) (transfer full): a replay
 */
void
wf_replay_free (WfReplay *self)
{
  if (self == NULL)
    return;
  wf_agenda_free (self->agenda);
  g_hash_table_unref (self->activities);
  g_hash_table_unref (self->runs);
  g_array_unref (self->verdicts);
  wf_replay_lines_free (self->lines);
  wf_replay_memory_free (self->memory);
  wf_engine_unref (self->engine);
  g_free (self);
}

static const WfJson *
get_lead (WfReplay *self, const ReplayRun *run)
{
  return wf_replay_memory_get_lead (self->memory, run->lead);
}

/* Runs and activities */

static void
forget_run (WfReplay *self, ReplayRun *run)
{
  GPtrArray *runs = run->lead != NULL ? g_hash_table_lookup (self->runs, run->lead) : NULL;

  if (runs == NULL)
    return;
  g_ptr_array_remove (runs, run);
  if (runs->len == 0)
    g_hash_table_remove (self->runs, run->lead);
}

/* After each change: enters when the run is next due, lets go of what is not needed any more. */
static void
settle_run (WfReplay *self, ReplayRun *run)
{
  WfInstant next;

  if (run->run != NULL && !wf_run_has_waiting_steps (run->run))
    g_clear_pointer (&run->run, wf_run_free);
  if (run->run != NULL && (next = wf_run_get_next_due (run->run)) != WF_INSTANT_NONE)
    enter (self, next, AGENDA_WAKE, run);
  if (run->run != NULL || run->activities->len > 0 || run->ended)
    return;
  run->ended = TRUE;
  wf_replay_memory_end_run (self->memory, run->workflow, run->lead);
  forget_run (self, run);
}

static void
open_activity (WfReplay *self, ReplayRun *run, const WfEffect *effect)
{
  WfReplayActivity *activity = g_rc_box_new0 (WfReplayActivity);
  Place *place = g_new (Place, 1);

  g_strlcpy (activity->key, effect->key, sizeof activity->key);
  activity->workflow = wf_workflow_ref (effect->workflow);
  activity->step = wf_workflow_find_step (effect->workflow, effect->step);
  activity->lead = g_strdup (effect->lead);
  activity->person = g_strdup (effect->person);
  activity->due = effect->activity->due;
  activity->open = TRUE;
  if (effect->activity->remind != WF_INSTANT_NONE)
    enter (self, effect->activity->remind, AGENDA_REMIND, activity);
  enter (self, activity->due, AGENDA_LATE, activity);
  *place = (Place) { g_rc_box_acquire (activity), g_rc_box_acquire (run) };
  g_hash_table_insert (self->activities, activity->key, place);
  g_ptr_array_add (run->activities, activity);
}

static void
carry_out (WfReplay *self, ReplayRun *run, GPtrArray *effects)
{
  for (guint i = 0; i < effects->len; i++) /* grows while the machine's own steps succeed */
    {
      const WfEffect *effect = g_ptr_array_index (effects, i);

      wf_replay_lines_add_effect (self->lines, self->clock, effect);
      switch (effect->kind)
        {
        case WF_EFFECT_CREATE_ACTIVITY:
          open_activity (self, run, effect);
          break;
        case WF_EFFECT_NOTIFY:
          wf_run_effect_succeeded (run->run, self->engine, get_lead (self, run), effect->key,
                                   self->clock, self->clock, effects);
          break;
        }
    }
  settle_run (self, run);
}

/* run: a reference is held by the caller. */
static void
close_activity (WfReplay *self, ReplayRun *run, WfReplayActivity *activity)
{
  activity->open = FALSE;
  g_hash_table_remove (self->activities, activity->key);
  g_ptr_array_remove (run->activities, activity);
}

static void
start_run (WfReplay *self, WfWorkflow *workflow, WfEvent *event)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  const char *lead = wf_event_get_lead (event);
  ReplayRun *run = g_rc_box_new0 (ReplayRun);
  GPtrArray *runs;

  run->workflow = wf_workflow_ref (workflow);
  run->lead = g_strdup (lead);
  run->activities = g_ptr_array_new_with_free_func (activity_release);
  wf_replay_memory_add_run (self->memory, workflow, lead, self->clock);
  if (lead != NULL)
    {
      runs = g_hash_table_lookup (self->runs, lead);
      if (runs == NULL)
        g_hash_table_insert (self->runs, g_strdup (lead),
                             runs = g_ptr_array_new_with_free_func (run_release));
      g_ptr_array_add (runs, g_rc_box_acquire (run));
    }
  run->run =
      wf_run_start (self->engine, workflow, event, get_lead (self, run), self->clock, effects);
  carry_out (self, run, effects);
  run_release (run);
}

/* The clock */

static void
fire_wake (WfReplay *self, ReplayRun *run, WfInstant at)
{
  g_autoptr (GPtrArray) effects = NULL;

  if (run->run == NULL || wf_run_get_next_due (run->run) != at)
    return; /* it has moved on since this was entered */
  effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  wf_run_wake (run->run, self->engine, get_lead (self, run), self->clock, effects);
  carry_out (self, run, effects);
}

static void
fire (WfReplay *self, const WfAgendaEntry *entry)
{
  Subject *subject = entry->subject;
  const WfReplayActivity *activity = subject->subject;

  switch ((AgendaKind) entry->kind)
    {
    case AGENDA_WAKE:
      fire_wake (self, subject->subject, entry->at);
      break;
    case AGENDA_REMIND:
      if (activity->open)
        wf_replay_lines_add_reminder (self->lines, self->clock, activity);
      break;
    case AGENDA_LATE:
      if (activity->open)
        wf_replay_lines_add_late (self->lines, self->clock, activity);
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

/* The lead's runs, safe against what happens to the list meanwhile. Owned by the caller. */
static GPtrArray *
copy_runs (WfReplay *self, const char *lead)
{
  GPtrArray *runs = lead != NULL ? g_hash_table_lookup (self->runs, lead) : NULL;
  GPtrArray *copy = g_ptr_array_new_with_free_func (run_release);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    g_ptr_array_add (copy, g_rc_box_acquire (g_ptr_array_index (runs, i)));
  return copy;
}

/* S10: what is kept when a lead is discarded or finalized; nothing when it is deleted. */
static void
retire_activities (WfReplay *self, ReplayRun *run, gboolean deleted)
{
  for (guint i = run->activities->len; i > 0; i--)
    {
      WfReplayActivity *activity = g_ptr_array_index (run->activities, i - 1);

      if (deleted || !activity->step->create_activity.keep_when_closed)
        close_activity (self, run, activity);
    }
}

static void
close_lead (WfReplay *self, const WfEvent *event, GPtrArray *runs)
{
  const char *reason = wf_run_get_cancel_reason (event);

  for (guint i = 0; reason != NULL && i < runs->len; i++)
    {
      ReplayRun *run = g_ptr_array_index (runs, i);

      if (run->run != NULL)
        wf_run_cancel (run->run, reason);
      retire_activities (self, run, g_str_equal (reason, "lead-deleted"));
      settle_run (self, run);
    }
}

/* S9: open activities of the previous owner follow the lead. */
static void
follow_owner (WfReplay *self, const WfEvent *event, GPtrArray *runs, const char *previous)
{
  const char *owner = wf_event_get_owner (event);

  if (!g_str_equal (wf_event_get_event_type (event), "lead.reassigned") || previous == NULL ||
      owner == NULL)
    return;
  for (guint i = 0; i < runs->len; i++)
    {
      ReplayRun *run = g_ptr_array_index (runs, i);

      for (guint j = 0; j < run->activities->len; j++)
        {
          WfReplayActivity *activity = g_ptr_array_index (run->activities, j);

          if (g_strcmp0 (activity->person, previous) == 0)
            g_set_str (&activity->person,
                       wf_responsible_resolve (wf_engine_get_organisation (self->engine),
                                               run->workflow, owner)
                           .person);
        }
    }
}

static void
tell_runs (WfReplay *self, WfEvent *event, GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      g_autoptr (GPtrArray) effects = NULL;
      ReplayRun *run = g_ptr_array_index (runs, i);

      if (run->run == NULL || !wf_run_waits_for_event (run->run))
        continue;
      effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
      wf_run_event (run->run, self->engine, event, get_lead (self, run), self->clock, effects);
      carry_out (self, run, effects);
    }
}

static Place *
find_completed (WfReplay *self, const WfEvent *event)
{
  const WfJson *activity = wf_json_get_member (wf_event_get_data (event), "activity");
  static const char *const names[] = { "key", "id" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *key = wf_json_get_member_string (activity, names[i]);
      Place *place = key != NULL ? g_hash_table_lookup (self->activities, key) : NULL;

      if (place != NULL)
        return place;
    }
  return NULL;
}

static void
complete_activity (WfReplay *self, const WfEvent *event)
{
  gboolean completed = g_str_equal (wf_event_get_event_type (event), "activity.completed");
  Place *place = completed ? find_completed (self, event) : NULL;
  g_autoptr (GPtrArray) effects = NULL;
  char key[WF_UUID_LENGTH + 1];
  ReplayRun *run;

  if (place == NULL)
    return;
  run = g_rc_box_acquire (place->run);
  g_strlcpy (key, place->activity->key, sizeof key);
  close_activity (self, run, place->activity);
  effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  if (run->run != NULL)
    wf_run_effect_succeeded (run->run, self->engine, get_lead (self, run), key,
                             wf_event_get_time (event), self->clock, effects);
  carry_out (self, run, effects);
  run_release (run);
}

/* S15: a newer run starts over. */
static void
cancel_earlier (WfReplay *self, const WfWorkflow *workflow, const char *lead)
{
  g_autoptr (GPtrArray) runs = copy_runs (self, lead);

  for (guint i = 0; i < runs->len; i++)
    {
      ReplayRun *run = g_ptr_array_index (runs, i);

      if (run->run == NULL || !g_str_equal (run->workflow->id, workflow->id))
        continue;
      wf_run_cancel (run->run, "restarted");
      settle_run (self, run);
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
      if (verdict->kind != WF_VERDICT_STARTED)
        continue;
      if (wf_verdict_cancels_earlier (verdict))
        cancel_earlier (self, verdict->workflow, wf_event_get_lead (event));
      start_run (self, verdict->workflow, event);
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
  g_autoptr (GPtrArray) runs = copy_runs (self, wf_event_get_lead (event));
  const WfJson *lead = wf_replay_memory_get_lead (self->memory, wf_event_get_lead (event));
  g_autofree char *previous = g_strdup (wf_json_get_member_string (lead, "owner"));

  wf_replay_memory_update_lead (self->memory, event);
  close_lead (self, event, runs);
  follow_owner (self, event, runs, previous);
  complete_activity (self, event);
  tell_runs (self, event, runs);
  evaluate (self, event);
}

/**
 * wf_replay_add:
 * @self: a replay
 * @event: the next of the log
 *
 * Moves the clock to the event's time, firing what falls due until then. An event that comes again
 * is left out.
 */
void
wf_replay_add (WfReplay *self, WfEvent *event)
{
  WfInstant time = wf_event_get_time (event);

  if (!self->begun)
    self->clock = self->latest = time;
  self->begun = TRUE;
  self->latest = MAX (self->latest, time);
  advance (self, MAX (time, self->clock));
  if (wf_replay_memory_add_event (self->memory, event))
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
