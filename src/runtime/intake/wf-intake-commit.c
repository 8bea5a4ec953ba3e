/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an event from the CRM means, inside the transaction that makes it known: runs,
 * activities, outbox, trace (S16). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"
#include "wf-lead-intake.h"

#include <glib/gi18n-lib.h>

#define MOST_RUNS_OF_LEAD 200

/* -- what the engine asks about the past ------------------------------------------------------- */

/* Limits are counted by the events' own times, not by ours: every computer must come to the same
 * answer, today and when it catches up (S13, S14, S16). */
typedef struct
{
  WfCommit *commit;
  WfInstant at;         /* the event's time */
  gboolean is_new_lead; /* never heard of before: nothing ran for it */
} Past;

/* Not shortened for a new lead: one that was deleted and is restored was there before. */
static guint
count_runs (const char *workflow, const char *lead, gboolean only_open, gpointer user_data)
{
  const Past *past = user_data;

  return wf_store_count_runs (past->commit->store, workflow, lead, only_open);
}

static guint
count_runs_on_day (const char *workflow, const char *lead, WfInstant now, gpointer user_data)
{
  const Past *past = user_data;
  WfInstant rest = past->at % G_TIME_SPAN_DAY;
  WfInstant midnight = past->at - (rest < 0 ? rest + G_TIME_SPAN_DAY : rest);

  if (past->is_new_lead)
    return 0;
  return wf_store_count_runs_between (past->commit->store, workflow, lead, midnight,
                                      midnight + G_TIME_SPAN_DAY);
}

static guint
count_recent_runs (const char *workflow, WfInstant now, gpointer user_data)
{
  const Past *past = user_data;

  return wf_storm_count_recent (past->commit, workflow, past->at);
}

static const WfJson *
get_lead (const char *lead, gpointer user_data)
{
  const Past *past = user_data;

  return wf_commit_get_lead (past->commit, lead);
}

/* -- runs that wait ---------------------------------------------------------------------------- */

static GPtrArray *
new_effects (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
}

/* Runs that began before this event: it ends those whose lead is closed (S10), and is shown to
 * those that wait for it. */
static gboolean
move_run (WfCommit *self, const WfStoredRun *stored, WfEvent *event, const char *cancel_reason,
          GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autoptr (GPtrArray) effects = new_effects ();
  g_autoptr (WfRun) run = wf_commit_load_run (self, stored, &damage);

  if (run == NULL)
    {
      if (damage != NULL)
        g_warning ("A stored run cannot be read: %s", damage->message);
      return TRUE;
    }
  if (cancel_reason != NULL)
    wf_run_cancel (run, cancel_reason);
  else
    wf_run_event (run, self->engine, event, wf_commit_get_lead (self, stored->lead), self->now,
                  effects);
  return wf_commit_effects (self, run, effects, error);
}

static gboolean
move_runs (WfCommit *self, WfEvent *event, GError **error)
{
  const char *lead = wf_event_get_lead (event);
  const char *cancel_reason = wf_run_get_cancel_reason (event);
  g_autoptr (GPtrArray) runs =
      cancel_reason != NULL
          ? wf_store_list_runs_of_lead (self->store, lead, TRUE, MOST_RUNS_OF_LEAD)
          : wf_store_list_waiting_runs_of_lead (self->store, lead, MOST_RUNS_OF_LEAD);

  for (guint i = 0; i < runs->len; i++)
    {
      const WfStoredRun *stored = g_ptr_array_index (runs, i);

      /* What began after the lead was closed, of which is heard only now, goes on. */
      if (cancel_reason != NULL && stored->started > wf_event_get_time (event))
        continue;
      if (!move_run (self, stored, event, cancel_reason, error))
        return FALSE;
    }
  return TRUE;
}

/* -- re-entry (S15) ---------------------------------------------------------------------------- */

static gboolean
cancel_earlier_runs (WfCommit *self, const WfWorkflow *workflow, WfEvent *event, GError **error)
{
  const char *lead = wf_event_get_lead (event);

  if (workflow->reentry != WF_REENTRY_RESTART || lead == NULL)
    return TRUE;

  g_autoptr (GPtrArray) runs =
      wf_store_list_runs_of_lead (self->store, lead, TRUE, MOST_RUNS_OF_LEAD);
  for (guint i = 0; i < runs->len; i++)
    {
      const WfStoredRun *stored = g_ptr_array_index (runs, i);

      if (g_str_equal (stored->workflow, workflow->id) &&
          !move_run (self, stored, event, "restarted", error))
        return FALSE;
    }
  return TRUE;
}

static WfActivity *
find_open_twin (WfCommit *self, const WfEffect *effect)
{
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .lead = effect->lead,
    .now = self->now,
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };
  g_autoptr (GPtrArray) activities =
      effect->lead != NULL ? wf_store_list_activities (self->store, &query) : NULL;

  for (guint i = 0; activities != NULL && i < activities->len; i++)
    {
      WfActivity *activity = g_ptr_array_index (activities, i);

      if (activity->status == WF_ACTIVITY_OPEN &&
          g_strcmp0 (activity->workflow, effect->workflow->id) == 0 &&
          g_strcmp0 (activity->step, effect->step) == 0)
        return wf_activity_ref (activity);
    }
  return NULL;
}

static gboolean
join_open_run (WfCommit *self, WfWorkflow *workflow, WfEvent *event, GError **error)
{
  g_autoptr (GPtrArray) effects = new_effects ();

  if (workflow->reentry != WF_REENTRY_ONCE_WHILE_OPEN)
    return TRUE;

  /* What this event would have made; the run itself is dropped. */
  g_autoptr (WfRun) run = wf_run_start (self->engine, workflow, event,
                                        wf_commit_get_lead (self, wf_event_get_lead (event)),
                                        self->now, effects);
  for (guint i = 0; i < effects->len; i++)
    {
      const WfEffect *effect = g_ptr_array_index (effects, i);
      g_autoptr (WfActivity) open =
          effect->kind == WF_EFFECT_CREATE_ACTIVITY ? find_open_twin (self, effect) : NULL;

      if (open != NULL && !wf_commit_join_activity (self, open, effect->activity, error))
        return FALSE;
    }
  return TRUE;
}

/* -- evaluation -------------------------------------------------------------------------------- */

/* A lead that no event ever described is known from now on: something runs for it. */
static void
note_lead (WfCommit *self, WfEvent *event)
{
  const char *lead = wf_event_get_lead (event);

  if (lead == NULL || wf_commit_get_lead (self, lead) != NULL)
    return;

  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", lead);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) document = wf_json_writer_finish_document (writer);
  wf_commit_learn_lead (self, lead, wf_json_document_get_root (document),
                        wf_event_get_time (event));
}

gboolean
wf_commit_start_run (WfCommit *self, WfWorkflow *workflow, WfEvent *event, WfInstant base,
                     GError **error)
{
  g_autoptr (GPtrArray) effects = new_effects ();
  g_autoptr (WfRun) run = NULL;
  const WfJson *lead;

  if (!cancel_earlier_runs (self, workflow, event, error))
    return FALSE;
  note_lead (self, event);
  lead = wf_commit_get_lead (self, wf_event_get_lead (event));
  run = base == WF_INSTANT_NONE
            ? wf_run_start (self->engine, workflow, event, lead, self->now, effects)
            : wf_run_start_from (self->engine, workflow, event, lead, base, self->now, effects);
  wf_storm_note_start (self, workflow->id);
  return wf_commit_effects (self, run, effects, error);
}

static gboolean
start_now (WfCommit *self, WfWorkflow *workflow, WfEvent *event, GError **error)
{
  gboolean started;

  self->starts_now = TRUE;
  started = wf_commit_start_run (self, workflow, event, WF_INSTANT_NONE, error);
  self->starts_now = FALSE;
  return started;
}

static gboolean
log_loop (WfCommit *self, const WfVerdict *verdict, WfEvent *event, GError **error)
{
  g_autofree char *details = wf_verdict_to_text (verdict, event);

  return wf_commit_log (self, "problem",
                        _ ("A workflow was stopped because it would start itself again and again."),
                        wf_event_get_lead (event), details, error);
}

/* An event that comes after a later one of its lead, which closed it: in order, what it started
 * would have ended then (S10). */
static gboolean
was_closed_since (WfCommit *self, WfEvent *event)
{
  return wf_storm_was_closed_since (self, wf_event_get_lead (event), wf_event_get_time (event),
                                    wf_event_get_id (event), wf_event_get_source (event));
}

static gboolean
log_too_late (WfCommit *self, const WfVerdict *verdict, WfEvent *event, GError **error)
{
  g_autofree char *details = wf_verdict_to_text (verdict, event);

  return wf_commit_log (self, "change",
                        _ ("An event that came late starts nothing: its lead was closed since."),
                        wf_event_get_lead (event), details, error);
}

static gboolean
follow_verdict (WfCommit *self, const WfVerdict *verdict, WfEvent *event, GError **error)
{
  switch (verdict->kind)
    {
    case WF_VERDICT_STARTED:
      if (self->comes_late && was_closed_since (self, event))
        return log_too_late (self, verdict, event, error);
      return start_now (self, verdict->workflow, event, error);
    case WF_VERDICT_REENTRY:
      return join_open_run (self, verdict->workflow, event, error);
    case WF_VERDICT_LOOP:
      return log_loop (self, verdict, event, error);
    case WF_VERDICT_HELD_STORM:
      return wf_storm_hold (self, verdict->workflow, event, verdict->reason, error);
    case WF_VERDICT_CONDITION_FAILED:
    case WF_VERDICT_PAUSED:
    case WF_VERDICT_HELD_PROBLEM:
    case WF_VERDICT_OWN_EVENT:
    case WF_VERDICT_KNOWN:
      return TRUE;
    default:
      g_return_val_if_reached (TRUE);
    }
}

static gboolean
write_trace (WfCommit *self, const GArray *verdicts, WfEvent *event, gint64 rowid, GError **error)
{
  g_autofree char *text = verdicts->len > 0 ? wf_verdicts_to_text (verdicts, event) : NULL;

  return text == NULL || wf_store_add_trace (self->store, rowid, text, error);
}

static gboolean
evaluate (WfCommit *self, WfEvent *event, gboolean is_new_lead, gint64 rowid, GError **error)
{
  Past past = { self, wf_event_get_time (event), is_new_lead };
  WfEngineMemory memory = {
    .user_data = &past,
    .count_runs = count_runs,
    .count_runs_on_day = count_runs_on_day,
    .count_recent_runs = count_recent_runs,
    .get_lead = get_lead,
  };
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));

  wf_engine_evaluate (self->engine, event, self->now, &memory, TRUE, verdicts);
  /* The trace first: a verdict may borrow the value that it saw from the lead, which a run's
   * effects can move on. */
  if (!write_trace (self, verdicts, event, rowid, error))
    return FALSE;
  for (guint i = 0; i < verdicts->len; i++)
    if (!follow_verdict (self, &g_array_index (verdicts, WfVerdict, i), event, error))
      return FALSE;
  return TRUE;
}

/* -- one event --------------------------------------------------------------------------------- */

static void
note_reload (WfCommit *self, const char *type)
{
  if (g_str_has_prefix (type, "workflow."))
    self->changes->reload_workflows = TRUE;
  else if (g_str_has_prefix (type, "organisation."))
    self->changes->reload_organisation = TRUE;
}

gboolean
wf_commit_event (WfCommit *self, WfEvent *event, GError **error)
{
  const char *type = wf_event_get_event_type (event);
  const char *lead = wf_event_get_lead (event);
  gint64 rowid = 0;
  gboolean is_new = FALSE;

  if (!wf_store_add_event (self->store, event, self->now, &rowid, &is_new, error))
    return FALSE;
  note_reload (self, type);
  if (!is_new)
    return TRUE;

  const WfJson *known = wf_commit_get_lead (self, lead);
  const WfJson *seen = wf_json_get_member (wf_event_get_data (event), "lead");
  gboolean is_new_lead = known == NULL;
  g_autofree char *owner_before = g_strdup (wf_json_get_member_string (known, "owner"));
  self->changes->n_done++;
  self->changes->log = TRUE;
  self->automatic = TRUE;
  self->comes_late = wf_event_get_time (event) < wf_commit_get_lead_time (self, lead);
  wf_commit_learn_lead (self, lead, seen, wf_event_get_time (event));
  return wf_lead_intake_event (self, event, error) && wf_commit_ask_for_left (self, event, error) &&
         wf_commit_lead_event (self, event, owner_before, error) &&
         wf_commit_activity_event (self, event, error) &&
         (!wf_json_is (seen, WF_JSON_OBJECT) ||
          wf_ticks_note_lead (self, lead, wf_event_get_time (event), error)) &&
         (is_new_lead || move_runs (self, event, error)) &&
         evaluate (self, event, is_new_lead, rowid, error);
}
