/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that failed for good and block what comes after them: the list, and what a manager
 * decides (S18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"

#include "wf-run-reason.h"
#include "wf-sentence.h"

#include <glib/gi18n-lib.h>

#define PORTION 200

/* -- deciding ---------------------------------------------------------------------------------- */

/* Policy. Retry gives the effect out again under its own key, so that a CRM that has carried it
 * out meanwhile does nothing twice; an activity that was refused goes out again, an approval that
 * was rejected is asked again. Skip and stop leave the refused effect as it is; an activity that
 * exists nowhere but here goes off the list. */
typedef struct
{
  char *run_key, *step; /* (owned) */
  WfResolve resolve;
} Decision;

static void
decision_free (Decision *self)
{
  g_free (self->run_key);
  g_free (self->step);
  g_free (self);
}

static const char *
get_title (WfResolve resolve)
{
  switch (resolve)
    {
    case WF_RESOLVE_RETRY:
      return _ ("Blocked step tried again");
    case WF_RESOLVE_SKIP:
      return _ ("Blocked step skipped");
    case WF_RESOLVE_STOP:
      return _ ("Blocked workflow stopped");
    default:
      g_return_val_if_reached ("");
    }
}

static const char *
get_decision_name (WfResolve resolve)
{
  static const char *const names[] = { "retry", "skip", "stop" };

  return (guint) resolve < G_N_ELEMENTS (names) ? names[resolve] : NULL;
}

static gboolean
log_decision (WfCommit *self, const Decision *decision, const WfStoredRun *stored, const WfRun *run,
              GError **error)
{
  WfWorkflow *workflow = wf_run_get_workflow (run);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "run", decision->run_key);
  wf_json_writer_add_string (writer, "step", decision->step);
  wf_json_writer_add_string (writer, "workflow", workflow->id);
  wf_json_writer_add_string (writer, "name", workflow->name);
  wf_json_writer_add_string (writer, "decision", get_decision_name (decision->resolve));
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", get_title (decision->resolve), stored->lead, details,
                        error);
}

/* Nobody has to do what is skipped. */
static gboolean
put_away (WfCommit *self, const Decision *decision, const WfStoredRun *stored, GError **error)
{
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (stored->workflow, stored->event_source, stored->event_id, decision->step, 0,
                      key);
  g_autoptr (WfActivity) present = wf_store_get_activity (self->store, key);
  if (present == NULL || present->sync != WF_SYNC_REFUSED || present->etag != NULL ||
      present->status != WF_ACTIVITY_OPEN)
    return TRUE;

  g_autoptr (WfActivity) after = wf_activity_copy (present);
  after->status = WF_ACTIVITY_CANCELLED;
  after->completed = self->now;
  g_set_str (&after->outcome, get_title (decision->resolve));
  self->changes->activities = TRUE;
  g_ptr_array_add (self->changes->closed, g_strdup (after->id));
  return wf_store_put_activity (self->store, after, NULL, error);
}

static WfRun *
load_run (WfCommit *self, const char *key, WfStoredRun **stored, GError **error)
{
  g_autoptr (GError) damage = NULL;
  WfRun *run;

  *stored = wf_store_get_run (self->store, key);
  run = *stored != NULL ? wf_commit_load_run (self, *stored, &damage) : NULL;
  if (run == NULL)
    g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                         _ ("Nothing is known any more of this run of the workflow."));
  return run;
}

static gpointer
resolve_step (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Decision *decision = self->arguments;
  g_autoptr (WfStoredRun) stored = NULL;
  g_autoptr (WfRun) run = NULL;
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);

  self->store = store;
  run = load_run (self, decision->run_key, &stored, error);
  if (run == NULL)
    return NULL;
  if (!wf_run_resolve (run, self->engine, wf_commit_get_lead (self, stored->lead), decision->step,
                       decision->resolve, self->now, effects))
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("The step does not block anything any more."));
      return NULL;
    }
  self->again = decision->resolve == WF_RESOLVE_RETRY;
  if (!self->again && !put_away (self, decision, stored, error))
    return NULL;
  if (!wf_commit_effects (self, run, effects, error) ||
      !log_decision (self, decision, stored, run, error))
    return NULL;
  return wf_commit_finish (self, error);
}

/**
 * wf_runtime_resolve_step_async:
 * @self: a runtime
 * @run_key: of a run in the list of blocked steps
 * @step: id of the step that failed
 * @resolve: what is to become of it
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * Only who may edit workflows. Audited (R117).
 */
void
wf_runtime_resolve_step_async (WfRuntime *self, const char *run_key, const char *step,
                               WfResolve resolve, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_resolve_step_async, cancellable, callback, user_data);

  if (!wf_command_require (self, &task, WF_RIGHT_EDIT_WORKFLOWS,
                           _ ("Your role does not allow you to edit workflows.")))
    return;

  Decision *decision = g_new0 (Decision, 1);
  decision->run_key = g_strdup (run_key);
  decision->step = g_strdup (step);
  decision->resolve = resolve;
  wf_command_run (self, task, resolve_step, decision, (GDestroyNotify) decision_free);
}

/* -- the list ---------------------------------------------------------------------------------- */

void
wf_blocked_step_free (WfBlockedStep *self)
{
  if (self == NULL)
    return;
  g_free (self->run_key);
  g_free (self->workflow);
  g_free (self->workflow_name);
  g_free (self->step);
  g_free (self->lead);
  g_free (self->reason);
  g_free (self->sentence);
  g_free (self);
}

typedef struct
{
  WfEngine *engine; /* (owned) */
  guint offset, limit;
} Query;

static void
query_free (Query *self)
{
  wf_engine_unref (self->engine);
  g_free (self);
}

typedef struct
{
  GPtrArray *rows; /* (owned) (nullable) of WfBlockedStep */
  guint total;
} Page;

static void
page_free (Page *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* Why the step failed, as the run's state tells: machine words become sentences. */
static char *
find_reason (const WfStoredRun *stored, const char *step)
{
  g_autoptr (WfJsonDocument) state = wf_json_document_parse (stored->state, -1, 0, NULL);
  const WfJson *steps =
      state != NULL ? wf_json_get_member (wf_json_document_get_root (state), "steps") : NULL;
  const char *reason = NULL;

  for (guint i = 0; i < wf_json_get_size (steps) && reason == NULL; i++)
    {
      const WfJson *entry = wf_json_get_element (steps, i);

      if (g_strcmp0 (wf_json_get_member_string (entry, "id"), step) == 0)
        reason = wf_json_get_member_string (entry, "reason");
    }
  return g_strdup (wf_run_reason_to_text (reason));
}

static WfBlockedStep *
make_row (WfCommit *self, const WfStoredRun *stored, const WfRun *run, const char *step)
{
  WfWorkflow *workflow = wf_run_get_workflow (run);
  const WfStep *found = wf_workflow_find_step (workflow, step);
  WfBlockedStep *row = g_new0 (WfBlockedStep, 1);

  row->run_key = g_strdup (stored->key);
  row->workflow = g_strdup (stored->workflow);
  row->workflow_name = g_strdup (workflow->name);
  row->step = g_strdup (step);
  row->lead = g_strdup (stored->lead);
  row->reason = find_reason (stored, step);
  row->sentence = found != NULL ? wf_sentence_for_step (found, wf_commit_get_organisation (self))
                                : g_strdup (step);
  row->version = stored->version;
  row->at = stored->started;
  return row;
}

/* A run may have several: so that pages and the total fit together, they are counted step by
 * step. Those that are blocked wait for a person, so that there are never very many. */
static void
add_steps (WfCommit *self, const Query *query, const WfStoredRun *stored, Page *page)
{
  g_autoptr (WfRun) run = wf_commit_load_run (self, stored, NULL);
  g_auto (GStrv) failed = run != NULL ? wf_run_list_failed (run) : NULL;

  for (guint i = 0; failed != NULL && failed[i] != NULL; i++)
    {
      if (page->total >= query->offset && (query->limit == 0 || page->rows->len < query->limit))
        g_ptr_array_add (page->rows, make_row (self, stored, run, failed[i]));
      page->total++;
    }
}

static gpointer
list_blocked (WfStore *store, gpointer data, GError **error)
{
  const Query *query = data;
  g_autoptr (WfCommit) self = wf_commit_new (query->engine, NULL, TRUE, FALSE, WF_INSTANT_NONE);
  Page *page = g_new0 (Page, 1);
  guint n_read = 0, n;

  self->store = store; /* read only: nothing is finished */
  page->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_blocked_step_free);
  do
    {
      g_autoptr (GPtrArray) runs = wf_store_list_failed_runs (store, n_read, PORTION);

      n = runs->len;
      n_read += n;
      for (guint i = 0; i < n; i++)
        add_steps (self, query, g_ptr_array_index (runs, i), page);
    }
  while (n == PORTION);
  return page;
}

static void
on_blocked_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer page = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, page, (GDestroyNotify) page_free);
}

/**
 * wf_runtime_list_blocked_async:
 * @self: a runtime
 * @offset: how many to leave out
 * @limit: how many at most; 0: all
 * @cancellable: (nullable): for a page that is not wanted any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_list_blocked_async (WfRuntime *self, guint offset, guint limit,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_list_blocked_async, cancellable, callback, user_data);

  if (task == NULL)
    return;

  Query *query = g_new0 (Query, 1);
  query->engine = wf_engine_ref (self->engine);
  query->offset = offset;
  query->limit = limit;
  wf_store_thread_read_async (self->store, list_blocked, query, (GDestroyNotify) query_free,
                              (GDestroyNotify) page_free, cancellable, on_blocked_read, task);
}

GPtrArray *
wf_runtime_list_blocked_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  Page *page = g_task_propagate_pointer (G_TASK (result), error);
  if (page == NULL)
    return NULL;

  GPtrArray *rows = g_steal_pointer (&page->rows);
  if (total != NULL)
    *total = page->total;
  page_free (page);
  return rows;
}
