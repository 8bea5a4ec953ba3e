/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs inside a transaction: loading, saving, and carrying out what they decide. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-reminder-plan.h"

/* -- loading and saving ------------------------------------------------------------------------ */

WfWorkflow *
wf_commit_dup_version (WfCommit *self, const char *id, gint64 version)
{
  WfWorkflow *current = wf_engine_get_workflow (self->engine, id);

  if (current != NULL && current->version == version)
    return wf_workflow_ref (current);
  return wf_store_get_workflow_version (self->store, id, version);
}

WfRun *
wf_commit_load_run (WfCommit *self, const WfStoredRun *stored, GError **error)
{
  g_autoptr (WfWorkflow) workflow = wf_commit_dup_version (self, stored->workflow, stored->version);
  g_autoptr (WfEvent) event =
      wf_store_get_event (self->store, stored->event_source, stored->event_id);

  if (workflow == NULL || event == NULL)
    return NULL;
  return wf_run_load (stored->state, workflow, event, error);
}

gboolean
wf_commit_save_run (WfCommit *self, const WfRun *run, GError **error)
{
  WfEvent *event = wf_run_get_event (run);
  WfWorkflow *workflow = wf_run_get_workflow (run);
  g_autofree char *state = wf_run_save (run);
  g_auto (GStrv) failed = wf_run_list_failed (run);
  WfStoredRun stored = {
    .key = (char *) wf_run_get_key (run),
    .workflow = workflow->id,
    .version = workflow->version,
    .lead = (char *) wf_event_get_lead (event),
    .event_source = (char *) wf_event_get_source (event),
    .event_id = (char *) wf_event_get_id (event),
    /* The event's time, not ours: every computer counts storms and days alike (S13, S14, S16). */
    .started = wf_event_get_time (event),
    .next_due = wf_run_get_next_due (run),
    .finished = wf_run_is_finished (run),
    .waits_for_event = wf_run_waits_for_event (run),
    .has_waiting = wf_run_has_waiting_steps (run),
    .has_failed = failed != NULL && failed[0] != NULL,
    .state = state,
  };

  return wf_store_save_run (self->store, &stored, error);
}

/* -- effects ----------------------------------------------------------------------------------- */

static gboolean
queue_creation (WfCommit *self, const WfActivity *activity, const char *run_key, gboolean kept,
                GError **error)
{
  g_autofree char *payload = kept ? NULL : wf_activity_payload_write (activity);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_CREATE_ACTIVITY,
    .subject = activity->id,
    .lead = activity->lead,
    .payload = payload,
    .cause = activity->cause,
    .run_key = (char *) run_key,
    .not_before = WF_INSTANT_NONE,
  };

  self->changes->outbox = TRUE;
  return wf_store_add_outbox (self->store, &item, self->now, error);
}

/* The same activity may be here already: another computer was faster and its creation came
 * first. What the CRM has counts; if the person has finished it, the run hears so at once. */
static gboolean
adopt_activity (WfCommit *self, WfRun *run, const WfActivity *present, gboolean kept,
                GPtrArray *effects, GError **error)
{
  WfEvent *event = wf_run_get_event (run);
  gboolean moved = FALSE;

  if (kept && !wf_store_put_activity (self->store, present, wf_run_get_key (run), error))
    return FALSE;
  self->changes->activities |= kept;
  if (present->status == WF_ACTIVITY_DONE)
    moved = wf_run_activity_done (run, self->engine,
                                  wf_commit_get_lead (self, wf_event_get_lead (event)), present->id,
                                  present->outcome, present->completed, self->now, effects);
  else if (present->status != WF_ACTIVITY_OPEN)
    moved = wf_run_effect_cancelled (run, present->id, wf_activity_status_names[present->status]);
  return !moved || wf_commit_save_run (self, run, error);
}

static gboolean
put_new_activity (WfCommit *self, WfRun *run, const WfEffect *effect, GError **error)
{
  WfActivity *activity = effect->activity;
  gboolean kept = wf_commit_keeps (self, activity->person);

  g_set_str (&activity->cause, effect->cause);
  activity->sync = WF_SYNC_LOCAL;
  if (kept)
    {
      self->changes->activities = TRUE;
      if (!wf_store_put_activity (self->store, activity, wf_run_get_key (run), error) ||
          !wf_reminder_plan_first (self, activity, error) ||
          !wf_commit_watch (self, activity, error))
        return FALSE;
      wf_commit_note_new_activity (self, activity);
    }
  return queue_creation (self, activity, wf_run_get_key (run), kept, error);
}

/* A person lets a step that failed be tried again (S18): what the CRM refused goes out once more
 * under the same key; what was answered with no, or put away, is open again. */
static gboolean
revive_activity (WfCommit *self, WfRun *run, const WfActivity *present, const WfEffect *effect,
                 GError **error)
{
  g_autoptr (WfActivity) after = NULL;
  WfActivityChange change = {
    .status = wf_activity_status_names[WF_ACTIVITY_OPEN],
    .due = WF_INSTANT_NONE,
    .remind = WF_INSTANT_NONE,
    .completed = WF_INSTANT_NONE,
  };

  if (present->sync == WF_SYNC_REFUSED && present->etag == NULL)
    return put_new_activity (self, run, effect, error);
  if (present->status == WF_ACTIVITY_OPEN)
    return TRUE;
  after = wf_activity_copy (present);
  after->status = WF_ACTIVITY_OPEN;
  after->completed = WF_INSTANT_NONE;
  g_clear_pointer (&after->outcome, g_free);
  return wf_commit_change_activity (self, present, after, &change, error);
}

static gboolean
join (WfCommit *self, WfRun *run, const WfActivity *open, const WfEffect *effect, GError **error)
{
  return wf_commit_join_activity (self, open, effect->activity, error) &&
         wf_commit_follow_activity (self, run, effect->key, open->id, error);
}

/* What another computer made and a person ended before this one came to make it. What begins with
 * the event of just now cannot be over. Owned by the caller; NULL when nothing tells of it. */
static WfActivity *
find_ended (WfCommit *self, const WfRun *run, const WfEffect *effect)
{
  g_auto (WfActivityEnd) end = { 0 };
  WfActivity *ended;

  if (self->starts_now || self->again ||
      !wf_commit_find_end (self, wf_run_get_event (run), effect->activity->id, &end))
    return NULL;
  ended = wf_activity_copy (effect->activity);
  g_set_str (&ended->cause, effect->cause);
  ended->status = end.status;
  ended->completed = end.at;
  ended->outcome = g_steal_pointer (&end.outcome);
  ended->sync = WF_SYNC_CONFIRMED;
  return ended;
}

static gboolean
create_activity (WfCommit *self, WfRun *run, const WfEffect *effect, GPtrArray *effects,
                 GError **error)
{
  g_autoptr (WfActivity) present = wf_store_get_activity (self->store, effect->activity->id);
  g_autoptr (WfActivity) ended = present == NULL ? find_ended (self, run, effect) : NULL;
  g_autoptr (WfActivity) open = NULL;

  if (present != NULL)
    return self->again ? revive_activity (self, run, present, effect, error)
                       : adopt_activity (self, run, present, TRUE, effects, error);
  if (ended != NULL)
    return adopt_activity (self, run, ended, wf_commit_keeps (self, ended->person), effects, error);
  open = wf_commit_find_joinable (self, effect);
  if (open != NULL)
    return join (self, run, open, effect, error);
  return put_new_activity (self, run, effect, error);
}

static gboolean
perform (WfCommit *self, WfRun *run, const WfEffect *effect, GError **error)
{
  g_autofree char *payload = wf_action_to_text (effect->action, TRUE);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_PERFORM,
    .subject = (char *) effect->key,
    .lead = effect->lead,
    .payload = payload,
    .cause = effect->cause,
    .run_key = (char *) wf_run_get_key (run),
    .not_before = WF_INSTANT_NONE,
  };

  self->changes->outbox = TRUE;
  return wf_store_add_outbox (self->store, &item, self->now, error);
}

/* Whether the message is also for the person in front of this computer. */
static gboolean
is_for_own_person (WfCommit *self, const WfEffect *effect)
{
  if (wf_commit_is_own (self, effect->person))
    return TRUE;
  return effect->people != NULL && self->person != NULL &&
         g_strv_contains ((const char *const *) effect->people, self->person);
}

static gboolean
send_message (WfCommit *self, WfRun *run, const WfEffect *effect, GError **error)
{
  WfCrmMessage message = {
    .key = effect->key,
    .person = effect->person,
    .people = (const char *const *) effect->people,
    .sender = effect->sender,
    .title = effect->title,
    .text = effect->text,
    .lead = effect->lead,
    .cause = effect->cause,
  };
  g_autofree char *payload = wf_message_payload_write (&message);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_SEND_MESSAGE,
    .subject = (char *) effect->key,
    .lead = effect->lead,
    .payload = payload,
    .cause = effect->cause,
    .run_key = (char *) wf_run_get_key (run),
    .not_before = WF_INSTANT_NONE,
  };

  if (self->reminds && is_for_own_person (self, effect) &&
      !wf_commit_keep_message (self, effect->key, effect->title, effect->text, error))
    return FALSE;
  self->changes->outbox = TRUE;
  return wf_store_add_outbox (self->store, &item, self->now, error);
}

gboolean
wf_commit_effects (WfCommit *self, WfRun *run, GPtrArray *effects, GError **error)
{
  /* Before what hangs on it: the store keeps both cheaper in this order. */
  if (!wf_commit_save_run (self, run, error))
    return FALSE;
  /* The array may grow on the way: an adopted activity that is done starts the steps after it. */
  for (guint i = 0; i < effects->len; i++)
    {
      const WfEffect *effect = g_ptr_array_index (effects, i);
      gboolean carried_out = FALSE;

      switch (effect->kind)
        {
        case WF_EFFECT_CREATE_ACTIVITY:
          carried_out = create_activity (self, run, effect, effects, error);
          break;
        case WF_EFFECT_NOTIFY:
          carried_out = send_message (self, run, effect, error);
          break;
        case WF_EFFECT_ACTION:
          carried_out = perform (self, run, effect, error);
          break;
        default:
          g_assert_not_reached ();
        }
      if (!carried_out)
        return FALSE;
    }
  return TRUE;
}

/* -- where an effect comes from ---------------------------------------------------------------- */

void
wf_effect_origin_clear (WfEffectOrigin *self)
{
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_clear_pointer (&self->step, g_free);
}

/* The step whose key it is, by the run's state, which names every step that was reached. */
static char *
find_step (const WfStoredRun *run, const char *key)
{
  g_autoptr (WfJsonDocument) state = wf_json_document_parse (run->state, -1, 0, NULL);
  const WfJson *steps =
      state != NULL ? wf_json_get_member (wf_json_document_get_root (state), "steps") : NULL;

  for (guint i = 0; i < wf_json_get_size (steps); i++)
    {
      const WfJson *entry = wf_json_get_element (steps, i);
      const char *id = wf_json_get_member_string (entry, "id");
      char own[WF_UUID_LENGTH + 1];
      gint64 iteration = 0;

      if (id == NULL)
        continue;
      wf_json_get_int64 (wf_json_get_member (entry, "iteration"), &iteration);
      wf_effect_make_key (run->workflow, run->event_source, run->event_id, id, (guint) iteration,
                          own);
      if (g_ascii_strcasecmp (own, key) == 0)
        return g_strdup (id);
    }
  return NULL;
}

gboolean
wf_commit_find_origin (WfCommit *self, const char *run_key, const char *key, WfEffectOrigin *origin)
{
  g_autoptr (WfStoredRun) run = run_key != NULL ? wf_store_get_run (self->store, run_key) : NULL;

  *origin = (WfEffectOrigin) { NULL };
  if (run == NULL)
    return FALSE;
  origin->workflow = wf_commit_dup_version (self, run->workflow, run->version);
  origin->step = find_step (run, key);
  return origin->workflow != NULL && origin->step != NULL;
}

/* -- what became of an effect ------------------------------------------------------------------ */

typedef enum
{
  SUCCEEDED,
  DONE_BY_PERSON,
  FAILED,
  CANCELLED,
} OutcomeKind;

typedef struct
{
  OutcomeKind kind;
  const char *key;
  WfInstant at;
  const char *text; /* (nullable) the reason, or what a person answered */
} Outcome;

static gboolean
apply_outcome (WfCommit *self, WfRun *run, const char *lead, const Outcome *outcome,
               GPtrArray *effects)
{
  switch (outcome->kind)
    {
    case SUCCEEDED:
      return wf_run_effect_succeeded (run, self->engine, wf_commit_get_lead (self, lead),
                                      outcome->key, outcome->at, self->now, effects);
    case DONE_BY_PERSON:
      return wf_run_activity_done (run, self->engine, wf_commit_get_lead (self, lead), outcome->key,
                                   outcome->text, outcome->at, self->now, effects);
    case FAILED:
      return wf_run_effect_failed (run, outcome->key, outcome->text);
    case CANCELLED:
      return wf_run_effect_cancelled (run, outcome->key, outcome->text);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
tell_stored_run (WfCommit *self, const WfStoredRun *stored, const Outcome *outcome, gboolean *told,
                 GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autoptr (WfRun) run = wf_commit_load_run (self, stored, &damage);
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);

  *told = FALSE;
  if (run == NULL)
    {
      if (damage != NULL)
        g_warning ("A stored run cannot be read: %s", damage->message);
      return TRUE;
    }
  *told = apply_outcome (self, run, stored->lead, outcome, effects);
  return !*told || wf_commit_effects (self, run, effects, error);
}

static gboolean
tell (WfCommit *self, const char *run_key, const char *lead, const Outcome *outcome, GError **error)
{
  gboolean told = FALSE;

  if (run_key != NULL)
    {
      g_autoptr (WfStoredRun) stored = wf_store_get_run (self->store, run_key);

      return stored == NULL || tell_stored_run (self, stored, outcome, &told, error);
    }
  if (lead == NULL)
    return TRUE;

  /* An activity that is not kept here, because it is somebody else's: its run is one of its
   * lead's. */
  g_autoptr (GPtrArray) runs = wf_store_list_runs_of_lead (self->store, lead, TRUE, 200);
  for (guint i = 0; i < runs->len && !told; i++)
    if (!tell_stored_run (self, g_ptr_array_index (runs, i), outcome, &told, error))
      return FALSE;
  return TRUE;
}

gboolean
wf_commit_tell_run (WfCommit *self, const char *run_key, const char *lead, const char *key,
                    WfInstant at, const char *reason, GError **error)
{
  OutcomeKind kind = reason == NULL ? SUCCEEDED : FAILED;

  return tell (self, run_key, lead, &(Outcome) { kind, key, at, reason }, error);
}

gboolean
wf_commit_activity_done (WfCommit *self, const char *run_key, const char *lead, const char *key,
                         const char *outcome, WfInstant at, GError **error)
{
  return tell (self, run_key, lead, &(Outcome) { DONE_BY_PERSON, key, at, outcome }, error);
}

gboolean
wf_commit_cancel_in_run (WfCommit *self, const char *run_key, const char *lead, const char *key,
                         const char *reason, GError **error)
{
  return tell (self, run_key, lead, &(Outcome) { CANCELLED, key, self->now, reason }, error);
}
