/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime without a CRM: jobs that read a store, which a test fills. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"

typedef struct
{
  WfStore *store; /* nullable */
  guint n_jobs;
} Reports;

static Reports *
get_reports (WfRuntime *runtime)
{
  Reports *self = g_object_get_data (G_OBJECT (runtime), "reports");

  if (self != NULL)
    return self;
  self = g_new0 (Reports, 1);
  g_object_set_data_full (G_OBJECT (runtime), "reports", self, g_free);
  return self;
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
wf_runtime_read_async (WfRuntime *self, WfRight right, WfStoreJob job, gpointer data,
                       GDestroyNotify data_free, GDestroyNotify result_free,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Reports *reports = get_reports (self);
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  GError *error = NULL;
  gpointer result;

  if (task != NULL && !wf_runtime_may (self, right))
    g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                                     "Your role does not include this.");
  else if (task != NULL && reports->store == NULL)
    g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_READY,
                                     "The account is not open yet.");
  else if (task != NULL)
    {
      result = job (reports->store, data, &error);
      reports->n_jobs++;
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_pointer (task, result, result_free);
    }
  if (data_free != NULL)
    data_free (data);
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
