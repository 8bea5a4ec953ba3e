/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks: answered from the store, off the main loop. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A page of rows with the number of all. */
typedef struct
{
  GPtrArray *rows; /* (owned) */
  guint total;
} Page;

static void
page_free (Page *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer page = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, page, (GDestroyNotify) page_free);
}

static GPtrArray *
finish_page (GAsyncResult *result, guint *total, GError **error)
{
  Page *page = g_task_propagate_pointer (G_TASK (result), error);

  if (page == NULL)
    return NULL;

  GPtrArray *rows = g_steal_pointer (&page->rows);
  if (total != NULL)
    *total = page->total;
  page_free (page);
  return rows;
}

GTask *
wf_query_begin (WfRuntime *self, gpointer tag, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (self->store != NULL && self->engine != NULL && !self->stopped)
    return g_steal_pointer (&task);
  g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_READY,
                                   _ ("The account is not open yet."));
  return NULL;
}

/* -- queries of the other parts ---------------------------------------------------------------- */

typedef struct
{
  GTask *task; /* (owned) */
  GDestroyNotify result_free;
} Query;

static void
on_queried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Query *query = user_data;
  g_autoptr (GTask) task = query->task;
  GError *error = NULL;
  gpointer answer = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, query->result_free);
}

void
wf_query_run (WfRuntime *self, gpointer tag, WfStoreJob job, gpointer arguments,
              GDestroyNotify arguments_free, GDestroyNotify result_free, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = wf_query_begin (self, tag, cancellable, callback, user_data);

  if (task == NULL)
    {
      if (arguments_free != NULL)
        arguments_free (arguments);
      return;
    }

  WfCommit *commit = wf_runtime_new_commit (self);
  Query *query = g_new0 (Query, 1);
  commit->arguments = arguments;
  commit->arguments_free = arguments_free;
  query->task = task;
  query->result_free = result_free;
  wf_store_thread_read_async (self->store, job, commit, (GDestroyNotify) wf_commit_free,
                              result_free, cancellable, on_queried, query);
}

/* Owned by the caller; NULL: it is allowed. */
static char *
explain_right (WfRuntime *self, WfRight right)
{
  const WfPerson *person = self->organisation != NULL && self->person != NULL
                               ? wf_organisation_get_person (self->organisation, self->person)
                               : NULL;

  if (self->organisation == NULL)
    return g_strdup (_ ("The account is not open yet."));
  return wf_organisation_explain_right (self->organisation, person, right);
}

/**
 * wf_runtime_read_async:
 * @self: a runtime
 * @right: who has it not gets WF_RUNTIME_ERROR_NOT_ALLOWED
 * @job: called in the store's reading thread
 * @data: for @job
 * @data_free: (nullable): called with @data, also when the job never runs
 * @result_free: (nullable): for a result that nobody fetches
 * @cancellable: (nullable): a job that waits is not begun any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_read_async (WfRuntime *self, WfRight right, WfStoreJob job, gpointer data,
                       GDestroyNotify data_free, GDestroyNotify result_free,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = wf_query_begin (self, wf_runtime_read_async, cancellable, callback, user_data);

  g_autofree char *refusal = explain_right (self, right);

  if (!wf_command_require (self, &task, right, refusal))
    {
      if (data_free != NULL)
        data_free (data);
      return;
    }

  Query *query = g_new0 (Query, 1);
  query->task = task;
  query->result_free = result_free;
  wf_store_thread_read_async (self->store, job, data, data_free, result_free, cancellable,
                              on_queried, query);
}

/**
 * wf_runtime_read_finish:
 *
 * Returns: (transfer full) (nullable): what the job gave; NULL with @error, or when it gave NULL
 */
gpointer
wf_runtime_read_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- activities -------------------------------------------------------------------------------- */

static gpointer
list_activities (WfStore *store, gpointer data, GError **error)
{
  const WfActivityQuery *query = data;
  Page *page = g_new0 (Page, 1);

  page->rows = wf_store_list_activities (store, query);
  page->total = wf_store_count_activities (store, query);
  return page;
}

/* Who does not see everyone gets the own ones and the queue, whatever is asked: activities that
 * only pass through here on their way to the CRM are nobody's business. */
WfActivityQuery *
wf_query_copy_activities (WfRuntime *self, const WfActivityQuery *query)
{
  WfActivityQuery *copy = wf_activity_query_copy (query);

  if (!wf_runtime_sees_everyone (self) && !query->unassigned)
    {
      g_free ((char *) copy->person);
      copy->person = g_strdup (self->person != NULL ? self->person : "");
    }
  return copy;
}

/**
 * wf_runtime_list_activities_async:
 * @self: a runtime
 * @query: copied; a person who does not see everyone gets only the own ones and the queue
 * @cancellable: (nullable): for a page that is not wanted any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_list_activities_async (WfRuntime *self, const WfActivityQuery *query,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_list_activities_async, cancellable, callback, user_data);

  if (task == NULL)
    return;

  wf_store_thread_read_async (self->store, list_activities, wf_query_copy_activities (self, query),
                              (GDestroyNotify) wf_activity_query_free, (GDestroyNotify) page_free,
                              cancellable, on_page_read, task);
}

GPtrArray *
wf_runtime_list_activities_finish (WfRuntime *self, GAsyncResult *result, guint *total,
                                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return finish_page (result, total, error);
}

static gpointer
get_activity (WfStore *store, gpointer data, GError **error)
{
  WfActivity *activity = wf_store_get_activity (store, data);

  if (activity == NULL)
    g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                         _ ("There is no such activity."));
  return activity;
}

static void
on_activity_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WfRuntime *self = g_task_get_source_object (task);
  GError *error = NULL;
  WfActivity *activity = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (activity != NULL && activity->person != NULL && !wf_runtime_sees_everyone (self) &&
      g_strcmp0 (activity->person, self->person) != 0)
    {
      g_clear_pointer (&activity, wf_activity_unref);
      g_set_error_literal (&error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                           _ ("There is no such activity."));
    }
  if (activity == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, activity, (GDestroyNotify) wf_activity_unref);
}

void
wf_runtime_get_activity_async (WfRuntime *self, const char *id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_get_activity_async, cancellable, callback, user_data);

  if (task != NULL)
    wf_store_thread_read_async (self->store, get_activity, g_strdup (id), g_free,
                                (GDestroyNotify) wf_activity_unref, cancellable, on_activity_read,
                                task);
}

WfActivity *
wf_runtime_get_activity_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- workflows --------------------------------------------------------------------------------- */

void
wf_runtime_workflow_free (WfRuntimeWorkflow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_clear_pointer (&self->draft, wf_workflow_unref);
  g_free (self->author);
  g_free (self);
}

typedef struct
{
  WfOrganisation *organisation; /* (owned) (nullable) */
  WfInstant now;
} WorkflowQuery;

static void
workflow_query_free (WorkflowQuery *self)
{
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_free (self);
}

static guint
count_errors (const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  guint n = 0;

  wf_workflow_validate (workflow, organisation, problems);
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    n += wf_problems_get (problems, i)->severity == WF_PROBLEM_ERROR;
  return n;
}

static WfSyncState
get_sync (WfStore *store, const char *id, gboolean published)
{
  g_autofree char *name = g_strconcat (WF_FACT_WORKFLOW_SYNC, id, NULL);
  g_autofree char *value = wf_store_get_fact (store, name);

  if (value == NULL)
    return published ? WF_SYNC_CONFIRMED : WF_SYNC_LOCAL;
  return g_str_has_prefix (value, "refused") ? WF_SYNC_REFUSED : WF_SYNC_LOCAL;
}

/* One row for a published workflow with its draft, or for a draft alone. */
static WfRuntimeWorkflow *
find_row (GHashTable *by_id, GPtrArray *rows, const char *id)
{
  WfRuntimeWorkflow *row = g_hash_table_lookup (by_id, id);

  if (row == NULL)
    {
      row = g_new0 (WfRuntimeWorkflow, 1);
      g_ptr_array_add (rows, row);
      g_hash_table_insert (by_id, g_strdup (id), row);
    }
  return row;
}

/* Drafts come behind the version that is published: see wf_store_list_workflows. */
static gboolean
is_in_conflict (const GPtrArray *stored, guint draft)
{
  const WfStoredWorkflow *item = g_ptr_array_index (stored, draft);
  const WfStoredWorkflow *before = draft > 0 ? g_ptr_array_index (stored, draft - 1) : NULL;

  if (!item->is_draft || before == NULL || !g_str_equal (before->workflow->id, item->workflow->id))
    return FALSE;
  return !wf_workflow_is_based_on (before, item->workflow->version, item->etag);
}

static void
fill_row (WfRuntimeWorkflow *row, const WfStoredWorkflow *item)
{
  if (item->is_draft)
    row->draft = wf_workflow_ref (item->workflow);
  else
    row->workflow = wf_workflow_ref (item->workflow);
  if (!item->is_draft || row->author == NULL)
    {
      g_set_str (&row->author, item->author);
      row->saved = item->saved;
    }
}

GPtrArray *
wf_query_list_workflows (WfStore *store, const WfOrganisation *organisation, WfInstant now)
{
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (store);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_runtime_workflow_free);

  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (stored, i);

      WfRuntimeWorkflow *row = find_row (by_id, rows, item->workflow->id);

      fill_row (row, item);
      row->in_conflict |= is_in_conflict (stored, i);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      WfRuntimeWorkflow *row = g_ptr_array_index (rows, i);
      gboolean published = row->workflow != NULL;

      if (!published)
        row->workflow = wf_workflow_ref (row->draft);
      row->sync = get_sync (store, row->workflow->id, published);
      row->n_errors = count_errors (row->workflow, organisation);
      wf_store_get_workflow_figures (store, row->workflow->id, now, &row->figures);
    }
  return rows;
}

static gpointer
list_workflows (WfStore *store, gpointer data, GError **error)
{
  const WorkflowQuery *query = data;
  Page *page = g_new0 (Page, 1);

  page->rows = wf_query_list_workflows (store, query->organisation, query->now);
  page->total = page->rows->len;
  return page;
}

void
wf_runtime_list_workflows_async (WfRuntime *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_list_workflows_async, cancellable, callback, user_data);

  if (task == NULL)
    return;

  WorkflowQuery *query = g_new0 (WorkflowQuery, 1);
  query->organisation = self->organisation != NULL ? wf_organisation_ref (self->organisation)
                                                   : NULL;
  query->now = wf_clock_now (self->clock);
  wf_store_thread_read_async (self->store, list_workflows, query,
                              (GDestroyNotify) workflow_query_free, (GDestroyNotify) page_free,
                              cancellable, on_page_read, task);
}

GPtrArray *
wf_runtime_list_workflows_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return finish_page (result, NULL, error);
}

/* -- log --------------------------------------------------------------------------------------- */

typedef struct
{
  char *kind, *lead; /* (owned) (nullable) */
  guint offset, limit;
} LogQuery;

static void
log_query_free (LogQuery *self)
{
  g_free (self->kind);
  g_free (self->lead);
  g_free (self);
}

static gpointer
list_log (WfStore *store, gpointer data, GError **error)
{
  const LogQuery *query = data;
  Page *page = g_new0 (Page, 1);

  page->rows = wf_store_list_log (store, query->kind, query->lead, query->offset, query->limit);
  page->total = wf_store_count_log (store, query->kind, query->lead);
  return page;
}

void
wf_runtime_list_log_async (WfRuntime *self, const char *kind, const char *lead, guint offset,
                           guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = wf_query_begin (self, wf_runtime_list_log_async, cancellable, callback, user_data);

  if (task == NULL)
    return;

  LogQuery *query = g_new0 (LogQuery, 1);
  query->kind = g_strdup (kind);
  query->lead = g_strdup (lead);
  query->offset = offset;
  query->limit = limit;
  wf_store_thread_read_async (self->store, list_log, query, (GDestroyNotify) log_query_free,
                              (GDestroyNotify) page_free, cancellable, on_page_read, task);
}

GPtrArray *
wf_runtime_list_log_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return finish_page (result, total, error);
}

static gpointer
list_audit (WfStore *store, gpointer data, GError **error)
{
  const WfAuditQuery *query = data;
  Page *page = g_new0 (Page, 1);

  page->rows = wf_store_list_audit (store, query);
  page->total = wf_store_count_audit (store, query);
  return page;
}

/**
 * wf_runtime_list_audit_async:
 * @self: a runtime
 * @query: what is asked for; copied
 * @cancellable: (nullable): for a page that is not looked at any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_list_audit_async (WfRuntime *self, const WfAuditQuery *query, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  wf_runtime_read_async (self, WF_RIGHT_SEE_LOG, list_audit, wf_audit_query_copy (query),
                         (GDestroyNotify) wf_audit_query_free, (GDestroyNotify) page_free,
                         cancellable, callback, user_data);
}

/**
 * wf_runtime_list_audit_finish:
 * @total: (out) (optional): how many there are of all
 *
 * Returns: (transfer full) (element-type WfLogEntry) (nullable): the entries; NULL with @error
 */
GPtrArray *
wf_runtime_list_audit_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return finish_page (result, total, error);
}
