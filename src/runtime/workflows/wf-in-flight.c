/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that wait while their workflow is published again, paused or resumed (S12, B15). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-backlog.h"
#include "wf-runtime-private.h"
#include "wf-workflow-members.h"

#include "wf-instant.h"

/* Policy. Every computer holds the same runs, so every computer must do the same with them: what
 * the manager decides is a member of the published document, and each computer carries it out when
 * it learns of the document from the CRM, the manager's own too: nothing happens to runs for a
 * publication that the CRM refuses. A fact names what was carried out last, so that reading the
 * document again does nothing.
 *
 * A computer that was off sees only the last document. Runs that a version in between would have
 * moved or stopped finish there on their own version: at worst later than elsewhere, never twice,
 * because the keys of their effects do not depend on the version (S15).
 *
 * A paused workflow starts no runs, and its waiting steps are held: the engine does not fire them,
 * and a run that came due is put aside without an instant, so that any number of them costs
 * nothing. Resuming gives each its instant back. */

static gboolean
add_work (WfStore *store, WfWorkKind kind, const WfWorkflow *workflow, GError **error)
{
  WfWork *work = wf_work_new (kind, workflow->id);

  work->version = workflow->version;
  return wf_backlog_add (store, work, error);
}

static gboolean
note_version (WfStore *store, const WfWorkflow *workflow, GError **error)
{
  WfInFlight in_flight = wf_workflow_get_in_flight (workflow);
  g_autofree char *name = g_strconcat (WF_FACT_IN_FLIGHT, workflow->id, NULL);
  g_autofree char *done = wf_store_get_fact (store, name);
  g_autofree char *version = NULL;

  if (in_flight == WF_IN_FLIGHT_FINISH ||
      (done != NULL && g_ascii_strtoll (done, NULL, 10) >= workflow->version))
    return TRUE;
  version = g_strdup_printf ("%" G_GINT64_FORMAT, workflow->version);
  return add_work (store, in_flight == WF_IN_FLIGHT_MOVE ? WF_WORK_MOVE : WF_WORK_STOP, workflow,
                   error) &&
         wf_store_set_fact (store, name, version, error);
}

static gboolean
note_pause (WfStore *store, const WfWorkflow *workflow, WfInstant now, GError **error)
{
  g_autofree char *name = g_strconcat (WF_FACT_PAUSED, workflow->id, NULL);
  g_autofree char *since = wf_store_get_fact (store, name);
  g_autofree char *text = NULL;

  if (since != NULL)
    return TRUE;
  text = wf_instant_format_utc (now);
  return wf_store_set_fact (store, name, text, error);
}

/* Resumed, by us or by somebody whose program does not tell how, or archived while paused: then
 * what was held runs now. */
static gboolean
note_end_of_pause (WfStore *store, const WfWorkflow *workflow, WfInstant now, GError **error)
{
  WfResumeDecision decision;
  gboolean told = wf_workflow_get_resume (workflow, &decision);
  g_autofree char *paused_name = g_strconcat (WF_FACT_PAUSED, workflow->id, NULL);
  g_autofree char *resumed_name = g_strconcat (WF_FACT_RESUMED, workflow->id, NULL);
  g_autofree char *since = wf_store_get_fact (store, paused_name);
  g_autofree char *done = wf_store_get_fact (store, resumed_name);
  g_autofree char *resumed = told ? wf_instant_format_utc (decision.resumed) : NULL;
  gboolean is_new = told && g_strcmp0 (done, resumed) != 0;
  WfInstant seen = WF_INSTANT_NONE;

  if (since == NULL && !is_new)
    return TRUE;
  if (since != NULL)
    wf_instant_parse (since, &seen);

  WfWork *work = wf_work_new (WF_WORK_RESUME, workflow->id);
  work->choice = (int) (is_new ? decision.choice : WF_RESUME_RUN_NOW);
  work->from = is_new && decision.paused != WF_INSTANT_NONE ? decision.paused : seen;
  work->until = is_new ? decision.resumed : now;
  return wf_backlog_add (store, work, error) &&
         wf_store_set_fact (store, paused_name, NULL, error) &&
         (!is_new || wf_store_set_fact (store, resumed_name, resumed, error));
}

/**
 * wf_in_flight_note:
 * @store: in a transaction
 * @workflow: as the CRM has it
 * @now: the transaction's instant
 * @error: return location
 *
 * Writes down what this document means for the runs that wait here.
 */
gboolean
wf_in_flight_note (WfStore *store, const WfWorkflow *workflow, WfInstant now, GError **error)
{
  if (!note_version (store, workflow, error))
    return FALSE;
  return workflow->state == WF_WORKFLOW_PAUSED ? note_pause (store, workflow, now, error)
                                               : note_end_of_pause (store, workflow, now, error);
}

gboolean
wf_in_flight_is_held (const WfEngine *engine, const char *workflow)
{
  const WfWorkflow *current = wf_engine_get_workflow (engine, workflow);

  return current != NULL && current->state == WF_WORKFLOW_PAUSED;
}

/* -- carrying it out --------------------------------------------------------------------------- */

static gboolean
finish_resumed (WfCommit *self, WfRun *run, const WfWork *work, const WfStoredRun *stored,
                GError **error)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  const WfJson *lead = wf_commit_get_lead (self, stored->lead);

  /* What began after the pause was never held. */
  if (stored->started < work->until)
    switch ((WfResume) work->choice)
      {
      case WF_RESUME_RESCHEDULE:
        if (work->from != WF_INSTANT_NONE)
          wf_run_reschedule (run, work->from, work->until);
        break;
      case WF_RESUME_SKIP:
        wf_run_skip_overdue (run, self->engine, lead, work->until, effects);
        break;
      case WF_RESUME_RUN_NOW:
      default:
        break;
      }
  wf_run_wake (run, self->engine, lead, self->now, effects);
  return wf_commit_effects (self, run, effects, error);
}

/* What cannot move finishes on its own version. */
static gboolean
move_run (WfCommit *self, const WfRun *run, WfWorkflow *newer, const WfStoredRun *stored,
          GError **error)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  g_autoptr (WfRun) moved = wf_run_move (run, newer);

  if (moved == NULL)
    return TRUE;
  /* A step that is new in it may be due already. */
  wf_run_wake (moved, self->engine, wf_commit_get_lead (self, stored->lead), self->now, effects);
  return wf_commit_effects (self, moved, effects, error);
}

static gboolean
stop_run (WfCommit *self, WfRun *run, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  wf_run_cancel (run, "version-stopped");
  return wf_commit_effects (self, run, none, error);
}

static gboolean
treat_run (WfCommit *self, const WfWork *work, WfWorkflow *newer, const WfStoredRun *stored,
           GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autoptr (WfRun) run = wf_commit_load_run (self, stored, &damage);

  if (run == NULL)
    {
      if (damage != NULL)
        g_warning ("A stored run cannot be read: %s", damage->message);
      return TRUE;
    }
  if (!wf_run_has_waiting_steps (run))
    return TRUE;
  switch (work->kind)
    {
    case WF_WORK_MOVE:
      return newer == NULL || move_run (self, run, newer, stored, error);
    case WF_WORK_STOP:
      return stop_run (self, run, error);
    case WF_WORK_RESUME:
      return finish_resumed (self, run, work, stored, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
wf_in_flight_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error)
{
  gint64 before = work->kind == WF_WORK_RESUME ? 0 : work->version;
  g_autoptr (WfWorkflow) newer = work->kind == WF_WORK_MOVE
                                     ? wf_commit_dup_version (self, work->workflow, work->version)
                                     : NULL;
  g_autoptr (GPtrArray) runs =
      wf_store_list_runs_of_workflow (self->store, work->workflow, before, work->after, WF_PORTION);

  for (guint i = 0; i < runs->len; i++)
    {
      const WfStoredRun *stored = g_ptr_array_index (runs, i);

      if (!treat_run (self, work, newer, stored, error))
        return FALSE;
      g_set_str (&work->after, stored->key);
    }
  self->changes->log |= runs->len > 0;
  *finished = runs->len < WF_PORTION;
  return TRUE;
}

/* -- how many (B15) ---------------------------------------------------------------------------- */

void
wf_in_flight_count_free (WfInFlightCount *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->versions, g_array_unref);
  g_free (self);
}

typedef struct
{
  char *workflow;    /* (owned) */
  WfWorkflow *newer; /* (owned) (nullable) */
} CountQuery;

static void
count_query_free (CountQuery *self)
{
  g_free (self->workflow);
  g_clear_pointer (&self->newer, wf_workflow_unref);
  g_free (self);
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const WfVersionCount *first = a, *second = b;

  return first->version < second->version ? -1 : first->version > second->version;
}

static void
count_version (GArray *versions, gint64 version)
{
  for (guint i = 0; i < versions->len; i++)
    {
      WfVersionCount *count = &g_array_index (versions, WfVersionCount, i);

      if (count->version != version)
        continue;
      count->waiting++;
      return;
    }
  g_array_append_val (versions, ((WfVersionCount) { version, 1 }));
}

static void
count_run (WfCommit *self, const CountQuery *query, const WfStoredRun *stored,
           WfInFlightCount *counts)
{
  g_autoptr (WfRun) run = wf_commit_load_run (self, stored, NULL);
  g_autoptr (WfRun) moved = NULL;
  WfInstant due;

  if (run == NULL || !wf_run_has_waiting_steps (run))
    return;
  due = wf_run_get_next_due (run);
  counts->waiting++;
  counts->overdue += due != WF_INSTANT_NONE && due <= self->now;
  moved = query->newer != NULL ? wf_run_move (run, query->newer) : NULL;
  counts->movable += moved != NULL;
  count_version (counts->versions, stored->version);
}

/* The transaction is only read with. */
static gpointer
count_in_flight (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const CountQuery *query = self->arguments;
  WfInFlightCount *counts = g_new0 (WfInFlightCount, 1);
  g_autofree char *after = NULL;
  guint n;

  self->store = store;
  counts->versions = g_array_new (FALSE, FALSE, sizeof (WfVersionCount));
  do
    {
      g_autoptr (GPtrArray) runs =
          wf_store_list_runs_of_workflow (store, query->workflow, 0, after, WF_PORTION);

      n = runs->len;
      for (guint i = 0; i < n; i++)
        count_run (self, query, g_ptr_array_index (runs, i), counts);
      if (n > 0)
        g_set_str (&after, ((const WfStoredRun *) g_ptr_array_index (runs, n - 1))->key);
    }
  while (n == WF_PORTION);
  g_array_sort (counts->versions, compare_versions);
  return counts;
}

/**
 * wf_runtime_count_in_flight_async:
 * @self: a runtime
 * @workflow: its id
 * @newer: (nullable): the version that may be published: how many would move to it
 * @cancellable: (nullable): for an answer that is not wanted any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_count_in_flight_async (WfRuntime *self, const char *workflow, WfWorkflow *newer,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  CountQuery *query = g_new0 (CountQuery, 1);

  query->workflow = g_strdup (workflow);
  query->newer = newer != NULL ? wf_workflow_copy (newer) : NULL;
  wf_query_run (self, wf_runtime_count_in_flight_async, count_in_flight, query,
                (GDestroyNotify) count_query_free, (GDestroyNotify) wf_in_flight_count_free,
                cancellable, callback, user_data);
}

WfInFlightCount *
wf_runtime_count_in_flight_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
