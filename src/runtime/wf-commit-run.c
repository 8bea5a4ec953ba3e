/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs inside a transaction: loading, saving, and carrying out what they decide. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

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

static gboolean
set_first_reminder (WfCommit *self, const WfActivity *activity, GError **error)
{
  if (!self->reminds || activity->remind == WF_INSTANT_NONE ||
      !wf_commit_is_own (self, activity->person))
    return TRUE;
  return wf_store_set_reminder (self->store, activity->id, activity->remind, error);
}

/* The same activity may be here already: another computer was faster and its creation came
 * first. What the CRM has counts; if the person has finished it, the run hears so at once. */
static gboolean
adopt_activity (WfCommit *self, WfRun *run, const WfActivity *present, GPtrArray *effects,
                GError **error)
{
  WfEvent *event = wf_run_get_event (run);
  gboolean moved = FALSE;

  if (!wf_store_put_activity (self->store, present, wf_run_get_key (run), error))
    return FALSE;
  if (present->status == WF_ACTIVITY_DONE)
    moved = wf_run_effect_succeeded (run, self->engine,
                                     wf_commit_get_lead (self, wf_event_get_lead (event)),
                                     present->id, present->completed, self->now, effects);
  else if (present->status != WF_ACTIVITY_OPEN)
    moved = wf_run_effect_cancelled (run, present->id, wf_activity_status_names[present->status]);
  return !moved || wf_commit_save_run (self, run, error);
}

static gboolean
create_activity (WfCommit *self, WfRun *run, const WfEffect *effect, GPtrArray *effects,
                 GError **error)
{
  WfActivity *activity = effect->activity;
  gboolean kept = wf_commit_keeps (self, activity->person);
  g_autoptr (WfActivity) present = wf_store_get_activity (self->store, activity->id);

  if (present != NULL)
    return adopt_activity (self, run, present, effects, error);

  g_set_str (&activity->cause, effect->cause);
  activity->sync = WF_SYNC_LOCAL;
  if (kept)
    {
      self->changes->activities = TRUE;
      if (!wf_store_put_activity (self->store, activity, wf_run_get_key (run), error) ||
          !set_first_reminder (self, activity, error))
        return FALSE;
    }
  return queue_creation (self, activity, wf_run_get_key (run), kept, error);
}

static gboolean
send_message (WfCommit *self, WfRun *run, const WfEffect *effect, GError **error)
{
  WfCrmMessage message = {
    .key = effect->key,
    .person = effect->person,
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

  if (self->reminds && wf_commit_is_own (self, effect->person) &&
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
        default:
          g_assert_not_reached ();
        }
      if (!carried_out)
        return FALSE;
    }
  return TRUE;
}

/* -- what became of an effect ------------------------------------------------------------------ */

typedef struct
{
  const char *key;
  WfInstant at;
  const char *reason; /* nullable */
  gboolean cancelled;
} Outcome;

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
  if (outcome->reason == NULL)
    *told = wf_run_effect_succeeded (run, self->engine, wf_commit_get_lead (self, stored->lead),
                                     outcome->key, outcome->at, self->now, effects);
  else if (outcome->cancelled)
    *told = wf_run_effect_cancelled (run, outcome->key, outcome->reason);
  else
    *told = wf_run_effect_failed (run, outcome->key, outcome->reason);
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
  return tell (self, run_key, lead, &(Outcome) { .key = key, .at = at, .reason = reason }, error);
}

gboolean
wf_commit_cancel_in_run (WfCommit *self, const char *run_key, const char *lead, const char *key,
                         const char *reason, GError **error)
{
  return tell (self, run_key, lead, &(Outcome) { .key = key, .reason = reason, .cancelled = TRUE },
               error);
}
