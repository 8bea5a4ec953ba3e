/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime without a CRM: jobs that read a store, which a test fills. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"

typedef struct
{
  GTask *task; /* (owned) */
  WfStoreJob job;
  gpointer data;
  GDestroyNotify data_free, result_free;
} Job;

typedef struct
{
  WfStore *store; /* nullable */
  guint n_jobs;
  gboolean hold;
  GPtrArray *held; /* (owned) of Job */
} Reports;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL)
    job->data_free (job->data);
  g_object_unref (job->task);
  g_free (job);
}

static void
reports_free (gpointer data)
{
  Reports *self = data;

  g_ptr_array_unref (self->held);
  g_free (self);
}

static Reports *
get_reports (WfRuntime *runtime)
{
  Reports *self = g_object_get_data (G_OBJECT (runtime), "reports");

  if (self != NULL)
    return self;
  self = g_new0 (Reports, 1);
  self->held = g_ptr_array_new_with_free_func (job_free);
  g_object_set_data_full (G_OBJECT (runtime), "reports", self, reports_free);
  return self;
}

static void
run (Reports *self, Job *job)
{
  GError *error = NULL;
  gpointer result;

  if (self->store == NULL)
    {
      g_task_return_new_error_literal (job->task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_READY,
                                       "The account is not open yet.");
      return;
    }
  result = job->job (self->store, job->data, &error);
  self->n_jobs++;
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, result, job->result_free);
}

void
wf_fake_runtime_set_store (WfRuntime *self, WfStore *store)
{
  get_reports (self)->store = store;
}

guint
wf_fake_runtime_get_n_jobs (WfRuntime *self)
{
  return get_reports (self)->n_jobs;
}

void
wf_fake_runtime_hold_jobs (WfRuntime *self, gboolean hold)
{
  Reports *reports = get_reports (self);

  reports->hold = hold;
  for (guint i = 0; !hold && i < reports->held->len; i++)
    run (reports, reports->held->pdata[i]);
  if (!hold)
    g_ptr_array_set_size (reports->held, 0);
}

guint
wf_fake_runtime_get_n_held_jobs (WfRuntime *self)
{
  return get_reports (self)->held->len;
}

gpointer
wf_fake_runtime_get_held_job (WfRuntime *self)
{
  GPtrArray *held = get_reports (self)->held;

  return held->len > 0 ? ((Job *) held->pdata[held->len - 1])->data : NULL;
}

void
wf_runtime_read_async (WfRuntime *self, WfRight right, WfStoreJob job, gpointer data,
                       GDestroyNotify data_free, GDestroyNotify result_free,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Reports *reports = get_reports (self);
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  Job *asked;

  if (task == NULL || !wf_runtime_may (self, right))
    {
      if (task != NULL)
        g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                                         "Your role does not include this.");
      if (data_free != NULL)
        data_free (data);
      return;
    }
  asked = g_new0 (Job, 1);
  *asked = (Job) { g_steal_pointer (&task), job, data, data_free, result_free };
  if (reports->hold)
    {
      g_ptr_array_add (reports->held, asked);
      return;
    }
  run (reports, asked);
  job_free (asked);
}

gpointer
wf_runtime_read_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What the store knows, or nothing without one. */
void
wf_runtime_list_audit_async (WfRuntime *self, const WfAuditQuery *query, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Reports *reports = get_reports (self);
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  if (task == NULL)
    return;
  GPtrArray *rows = reports->store != NULL
                        ? wf_store_list_audit (reports->store, query)
                        : g_ptr_array_new_with_free_func ((GDestroyNotify) wf_log_entry_free);
  guint total = reports->store != NULL ? wf_store_count_audit (reports->store, query) : 0;

  g_object_set_data (G_OBJECT (task), "total", GUINT_TO_POINTER (total));
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_audit_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  *total = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "total"));
  return g_task_propagate_pointer (G_TASK (result), error);
}
