/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open activities of a replay: who waits for them, and what ends them. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay-private.h"

#include "wf-anchor.h"
#include "wf-responsible.h"
#include "wf-step-kind.h"

/* An activity that joins an open one (B8) is not created: the open one gets the nearer deadline,
 * and whatever ends it ends it for every step that waits for it. So an activity has claims, and
 * every claim is found under its own key. */

static void
activity_clear (gpointer data)
{
  WfReplayActivity *self = data;

  wf_workflow_unref (self->workflow);
  g_free (self->lead);
  g_free (self->person);
  g_free (self->title);
  g_free (self->record);
}

void
wf_replay_activity_release (gpointer activity)
{
  g_rc_box_release_full (activity, activity_clear);
}

void
wf_replay_claim_free (gpointer data)
{
  WfReplayClaim *self = data;

  wf_replay_activity_release (self->activity);
  wf_replay_run_release (self->run);
  g_free (self);
}

static void
add_claim (WfReplay *self, WfReplayActivity *activity, WfReplayRun *run, const char *key)
{
  WfReplayClaim *claim = g_new (WfReplayClaim, 1);

  g_strlcpy (claim->key, key, sizeof claim->key);
  claim->activity = g_rc_box_acquire (activity);
  claim->run = g_rc_box_acquire (run);
  claim->next = activity->claims;
  activity->claims = claim;
  g_hash_table_insert (self->claims, claim->key, claim);
  g_ptr_array_add (run->activities, g_rc_box_acquire (activity));
}

static void
enter_times (WfReplay *self, WfReplayActivity *activity)
{
  if (activity->remind != WF_INSTANT_NONE)
    wf_replay_enter (self, activity->remind, WF_REPLAY_REMIND, activity);
  wf_replay_enter (self, activity->due, WF_REPLAY_LATE, activity);
}

static void
create (WfReplay *self, WfReplayRun *run, const WfEffect *effect, const WfStep *step)
{
  const char *date = wf_anchor_get_deadline_field (step);
  WfReplayActivity *activity = g_rc_box_new0 (WfReplayActivity);

  g_strlcpy (activity->key, effect->key, sizeof activity->key);
  activity->workflow = wf_workflow_ref (effect->workflow);
  activity->step = step;
  activity->type = wf_step_get_activity_type (step);
  activity->lead = g_strdup (effect->lead);
  activity->person = g_strdup (effect->person);
  activity->title = g_strdup (effect->activity->title);
  activity->due = effect->activity->due;
  activity->remind = effect->activity->remind;
  if (date != NULL && run->run != NULL)
    activity->record = g_strdup (wf_anchor_get_record (wf_run_get_event (run->run), date));
  activity->open = TRUE;
  if (self->tells_late)
    wf_replay_memory_add_activity (self->memory, activity->key);
  enter_times (self, activity);
  add_claim (self, activity, run, effect->key);
  wf_replay_activity_release (activity);
  wf_replay_note_effect (self, effect);
  wf_replay_lines_add_effect (self->lines, self->clock, effect);
}

/* The nearer deadline counts (B8, S15). */
static gboolean
bring_nearer (WfReplay *self, WfReplayActivity *activity, const WfActivity *wanted)
{
  if (wanted->due >= activity->due)
    return FALSE;
  activity->due = wanted->due;
  activity->remind = wanted->remind;
  enter_times (self, activity);
  return TRUE;
}

/* The oldest open activity of the type, of any workflow. */
static WfReplayActivity *
find_open (WfReplay *self, const char *lead, const char *type)
{
  GPtrArray *runs = lead != NULL ? g_hash_table_lookup (self->runs, lead) : NULL;

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const WfReplayRun *run = g_ptr_array_index (runs, i);

      for (guint j = 0; j < run->activities->len; j++)
        {
          WfReplayActivity *activity = g_ptr_array_index (run->activities, j);

          if (g_strcmp0 (activity->type, type) == 0)
            return activity;
        }
    }
  return NULL;
}

void
wf_replay_open_activity (WfReplay *self, WfReplayRun *run, const WfEffect *effect)
{
  const WfStep *step = wf_workflow_find_step (effect->workflow, effect->step);
  WfReplayActivity *present = wf_step_kind_is_activity (step->kind) && step->create_activity.join
                                  ? find_open (self, effect->lead, effect->activity->type)
                                  : NULL;

  if (present == NULL)
    {
      create (self, run, effect, step);
      return;
    }
  bring_nearer (self, present, effect->activity);
  add_claim (self, present, run, effect->key);
  wf_replay_lines_add_joined (self->lines, self->clock, effect, present);
  if (self->watch != NULL && self->watch->joined != NULL)
    self->watch->joined (run, effect, present, self->watch_data);
}

static WfReplayActivity *
find_open_of_step (WfReplay *self, const WfEffect *effect)
{
  GPtrArray *runs = g_hash_table_lookup (self->runs, effect->lead);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const WfReplayRun *run = g_ptr_array_index (runs, i);

      for (guint j = 0; j < run->activities->len; j++)
        {
          WfReplayActivity *activity = g_ptr_array_index (run->activities, j);

          if (activity->workflow == effect->workflow &&
              g_str_equal (activity->step->id, effect->step))
            return activity;
        }
    }
  return NULL;
}

/* The run that would begin is only asked what it would create now. */
void
wf_replay_join_open (WfReplay *self, WfWorkflow *workflow, WfEvent *event)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  const char *lead = wf_event_get_lead (event);
  g_autoptr (WfRun) run = NULL;

  if (lead == NULL)
    return;
  run = wf_run_start (self->engine, workflow, event, wf_replay_memory_get_lead (self->memory, lead),
                      self->clock, effects);
  for (guint i = 0; i < effects->len; i++)
    {
      const WfEffect *effect = g_ptr_array_index (effects, i);
      WfReplayActivity *present =
          effect->kind == WF_EFFECT_CREATE_ACTIVITY ? find_open_of_step (self, effect) : NULL;

      if (present != NULL && bring_nearer (self, present, effect->activity))
        wf_replay_lines_add_joined (self->lines, self->clock, effect, present);
    }
}

WfReplayActivity *
wf_replay_find_activity (WfReplay *self, const char *key)
{
  const WfReplayClaim *claim = g_hash_table_lookup (self->claims, key);

  return claim != NULL ? claim->activity : NULL;
}

/* It is open no more. Its claims belong to the caller. */
static WfReplayClaim *
take_out (WfReplay *self, WfReplayActivity *activity)
{
  WfReplayClaim *claims = g_steal_pointer (&activity->claims);

  activity->open = FALSE;
  for (WfReplayClaim *claim = claims; claim != NULL; claim = claim->next)
    {
      g_hash_table_steal (self->claims, claim->key);
      g_ptr_array_remove (claim->run->activities, activity);
    }
  return claims;
}

static void
claims_free (WfReplayClaim *claims)
{
  while (claims != NULL)
    {
      WfReplayClaim *next = claims->next;

      wf_replay_claim_free (claims);
      claims = next;
    }
}

void
wf_replay_complete (WfReplay *self, WfReplayActivity *activity, const char *outcome, WfInstant at)
{
  WfReplayClaim *claims = take_out (self, activity);

  for (const WfReplayClaim *claim = claims; claim != NULL; claim = claim->next)
    {
      g_autoptr (GPtrArray) effects =
          g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
      WfReplayRun *run = claim->run;

      if (run->run != NULL)
        wf_run_activity_done (run->run, self->engine, wf_replay_get_lead (self, run), claim->key,
                              outcome, at, self->clock, effects);
      wf_replay_carry_out (self, run, effects);
    }
  claims_free (claims);
}

/* It is no longer needed: what runs after it is blocked. current: settled by the caller. */
static void
withdraw (WfReplay *self, WfReplayActivity *activity, const WfReplayRun *current)
{
  WfReplayClaim *claims = take_out (self, activity);

  for (const WfReplayClaim *claim = claims; claim != NULL; claim = claim->next)
    {
      if (claim->run->run != NULL)
        wf_run_effect_cancelled (claim->run->run, claim->key, "no-longer-needed");
      if (claim->run != current)
        wf_replay_settle_run (self, claim->run);
    }
  claims_free (claims);
}

void
wf_replay_follow_owner (WfReplay *self, GPtrArray *runs, const char *previous, const char *owner)
{
  if (previous == NULL || owner == NULL)
    return;
  for (guint i = 0; i < runs->len; i++)
    {
      WfReplayRun *run = g_ptr_array_index (runs, i);

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

/* S5, S7: a reminder that was there already comes again only at a time that is ahead. */
static void
move_deadline (WfReplay *self, WfReplayActivity *activity, const WfDeadline *deadline)
{
  gboolean reminded = activity->remind != WF_INSTANT_NONE && activity->remind <= self->clock;

  activity->due = deadline->due;
  activity->remind = reminded && deadline->remind_at_once ? WF_INSTANT_NONE : deadline->remind;
  enter_times (self, activity);
}

/* What was cut short once is not stretched by each event that tells of the same date. */
static void
recompute (WfReplay *self, WfReplayActivity *activity, const WfEvent *event, const char *field)
{
  WfOrganisation *organisation = wf_engine_get_organisation (self->engine);
  const WfPerson *person = organisation != NULL && activity->person != NULL
                               ? wf_organisation_get_person (organisation, activity->person)
                               : NULL;
  WfWorkingHours *hours = person != NULL ? wf_organisation_get_hours_for (organisation, person)
                                         : wf_engine_get_hours (self->engine);
  WfDeadlineRequest request;
  WfDeadline deadline;
  WfInstant date;

  if (!wf_event_get_instant (event, field, wf_working_hours_get_zone (hours), &date))
    return;
  request = wf_anchor_make_request (activity->step, date, self->clock);
  deadline = wf_deadline_compute (&request, hours, NULL);
  if (deadline.outcome == WF_DEADLINE_ANCHOR_PAST)
    withdraw (self, activity, NULL);
  else if (deadline.outcome == WF_DEADLINE_OK && deadline.due != activity->due &&
           (!deadline.shortened || deadline.due < activity->due))
    move_deadline (self, activity, &deadline);
}

static void
follow_date (WfReplay *self, WfReplayActivity *activity, const WfEvent *event)
{
  const char *field = wf_anchor_get_deadline_field (activity->step);
  WfAnchorChange change = field != NULL ? wf_anchor_judge (event, field) : WF_ANCHOR_STAYS;

  if (change == WF_ANCHOR_STAYS ||
      !wf_anchor_is_same_record (activity->record, wf_anchor_get_record (event, field)))
    return;
  if (change == WF_ANCHOR_MOVED)
    recompute (self, activity, event, field);
  else
    withdraw (self, activity, NULL);
}

void
wf_replay_follow_dates (WfReplay *self, const WfEvent *event, GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      WfReplayRun *run = g_ptr_array_index (runs, i);

      for (guint j = run->activities->len; j > 0; j--)
        follow_date (self, g_ptr_array_index (run->activities, j - 1), event);
    }
}

static gboolean
is_retired_by (const WfReplayActivity *activity, const char *event_type)
{
  char **types = wf_step_kind_is_activity (activity->step->kind)
                     ? activity->step->create_activity.retire_on
                     : NULL;

  return types != NULL && g_strv_contains ((const char *const *) types, event_type);
}

void
wf_replay_retire (WfReplay *self, const WfEvent *event, GPtrArray *runs)
{
  const char *type = wf_event_get_event_type (event);

  for (guint i = 0; i < runs->len; i++)
    {
      WfReplayRun *run = g_ptr_array_index (runs, i);

      for (guint j = run->activities->len; j > 0; j--)
        {
          WfReplayActivity *activity = g_ptr_array_index (run->activities, j - 1);

          if (is_retired_by (activity, type))
            withdraw (self, activity, NULL);
        }
    }
}

void
wf_replay_drop_activities (WfReplay *self, WfReplayRun *run, gboolean deleted)
{
  for (guint i = run->activities->len; i > 0; i--)
    {
      WfReplayActivity *activity = g_ptr_array_index (run->activities, i - 1);
      gboolean kept = wf_step_kind_is_activity (activity->step->kind) &&
                      activity->step->create_activity.keep_when_closed;

      if (deleted || !kept)
        claims_free (take_out (self, activity));
    }
}

/* Actions */

static gboolean
has_type (const WfJson *types, const char *type)
{
  const WfJson *value;
  WfJsonIter iter;

  if (wf_json_get_size (types) == 0)
    return TRUE;
  wf_json_iter_init (&iter, types);
  while (wf_json_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (wf_json_get_string (value), type) == 0)
      return TRUE;
  return FALSE;
}

static void
close_activities (WfReplay *self, const WfReplayRun *current, const WfAction *action)
{
  g_autoptr (GPtrArray) runs = wf_replay_copy_runs (self, action->lead);
  const WfJson *types = wf_action_get_member (action, "activity-types");
  const char *workflow = wf_action_get_text (action, "workflow");

  for (guint i = 0; i < runs->len; i++)
    {
      WfReplayRun *run = g_ptr_array_index (runs, i);

      for (guint j = run->activities->len; j > 0; j--)
        {
          WfReplayActivity *activity = g_ptr_array_index (run->activities, j - 1);

          if (has_type (types, activity->type) &&
              (workflow == NULL || g_str_equal (workflow, activity->workflow->id)))
            withdraw (self, activity, current);
        }
    }
}

static WfApplyOutcome
apply (WfReplay *self, const WfAction *action)
{
  const WfJson *lead = wf_replay_memory_get_lead (self->memory, action->lead);
  g_autofree char *previous = g_strdup (wf_json_get_member_string (lead, "owner"));
  g_autoptr (GPtrArray) runs = NULL;
  WfJsonDocument *after = NULL;
  WfApplyOutcome outcome =
      wf_action_apply (action, lead, wf_engine_get_organisation (self->engine), &after);

  if (outcome != WF_APPLY_CHANGED)
    return outcome;
  wf_replay_memory_set_lead (self->memory, action->lead, after, self->clock);
  wf_replay_schedule_set_lead (self->schedule, action->lead,
                               wf_replay_memory_get_lead (self->memory, action->lead), self->clock);
  if (action->kind != WF_ACTION_CHANGE_RESPONSIBLE)
    return outcome;
  runs = wf_replay_copy_runs (self, action->lead);
  wf_replay_follow_owner (self, runs, previous, wf_action_get_text (action, "owner"));
  return outcome;
}

WfApplyOutcome
wf_replay_perform (WfReplay *self, WfReplayRun *current, const WfAction *action)
{
  g_autoptr (GPtrArray) runs = NULL;

  if (action->lead == NULL || action->record != NULL) /* of deals nothing is known here */
    return WF_APPLY_NOTHING;
  switch (action->kind)
    {
    case WF_ACTION_CLOSE_ACTIVITIES:
      close_activities (self, current, action);
      return WF_APPLY_NOTHING;
    case WF_ACTION_DELETE_RECORD:
      runs = wf_replay_copy_runs (self, action->lead);
      wf_replay_close_runs (self, runs, "lead-deleted", current);
      wf_replay_schedule_set_lead (self->schedule, action->lead, NULL, self->clock);
      return WF_APPLY_NOTHING;
    default:
      return apply (self, action);
    }
}
