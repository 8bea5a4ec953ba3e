/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would have done with the events of this account (B1, B14), and the
 * health check with what this account knows (B16). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-comparison.h"

#include "wf-health.h"

#include <glib/gi18n-lib.h>

#define PAGE 500
#define MOST_LEADS 2000  /* that are looked at for the CRM's own fields */
#define FEWEST_LEADS 100 /* from which on a field that none has is gone */

/* Policy. The events are read and replayed page by page in the store's reading thread: the main
 * loop is never blocked, other questions of the window come between two pages, and a question that
 * is not wanted any more ends with its page. */

/* -- pages ------------------------------------------------------------------------------------- */

/* Shared by the main context and the job under way, which may outlive the question. */
typedef struct
{
  WfCompare *compare; /* (owned) used by one job at a time */
  WfInstant from, until;
  WfInstant after_time;
  gint64 after_rowid;
} Comparison;

static void
comparison_clear (gpointer data)
{
  Comparison *self = data;

  g_clear_pointer (&self->compare, wf_compare_free);
}

static void
comparison_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, comparison_clear);
}

typedef struct
{
  WfRuntime *runtime;     /* (owned) */
  Comparison *comparison; /* (owned) */
  GTask *task;            /* (owned) */
  WfComparisonDone done;
} Request;

static void
request_free (Request *self)
{
  comparison_unref (self->comparison);
  g_object_unref (self->runtime);
  g_free (self);
}

/* NULL without an error: there is another page. */
static gpointer
replay_page (WfStore *store, gpointer data, GError **error)
{
  Comparison *self = data;
  g_autoptr (GPtrArray) events = wf_store_list_events (store, self->from, self->until,
                                                       self->after_time, self->after_rowid, PAGE);

  for (guint i = 0; i < events->len; i++)
    {
      const WfStoredEvent *stored = g_ptr_array_index (events, i);

      wf_compare_add (self->compare, stored->event);
      self->after_time = wf_event_get_time (stored->event);
      self->after_rowid = stored->rowid;
    }
  return events->len < PAGE ? wf_compare_finish (self->compare, self->until) : NULL;
}

static void ask_for_page (Request *request);

static void
on_page_replayed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  GError *error = NULL;
  WfCompareResult *compared = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (error == NULL && compared == NULL && request->runtime->store == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The runtime was stopped");
  if (error == NULL && compared == NULL)
    {
      ask_for_page (request);
      return;
    }
  request->done (g_steal_pointer (&request->task), compared, error);
  request_free (request);
}

static void
ask_for_page (Request *request)
{
  wf_store_thread_read_async (request->runtime->store, replay_page,
                              g_atomic_rc_box_acquire (request->comparison), comparison_unref,
                              (GDestroyNotify) wf_compare_result_free,
                              g_task_get_cancellable (request->task), on_page_replayed, request);
}

void
wf_comparison_run (WfRuntime *self, WfWorkflow *edited, WfInstant from, WfInstant until,
                   GTask *task, WfComparisonDone done)
{
  WfWorkflow *live = wf_engine_get_workflow (self->engine, edited->id);
  WfInstant now = wf_clock_now (self->clock);
  Request *request = g_new0 (Request, 1);
  Comparison *comparison = g_atomic_rc_box_new0 (Comparison);

  comparison->compare = wf_compare_new (self->organisation, live, edited);
  comparison->from = from;
  /* What would happen tomorrow is not known today. */
  comparison->until = until == WF_INSTANT_NONE ? now : MIN (until, now);
  comparison->after_time = WF_INSTANT_NONE;
  request->runtime = g_object_ref (self);
  request->comparison = comparison;
  request->task = task;
  request->done = done;
  ask_for_page (request);
}

static void
return_result (GTask *task, WfCompareResult *result, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify) wf_compare_result_free);
  g_object_unref (task);
}

/**
 * wf_runtime_compare_async:
 * @self: a runtime
 * @edited: a document, valid or not; a copy is taken
 * @from: events from here; WF_INSTANT_NONE: from the oldest that is kept
 * @until: until here; WF_INSTANT_NONE: now
 * @cancellable: (nullable): ends it with the page under way
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_compare_async (WfRuntime *self, WfWorkflow *edited, WfInstant from, WfInstant until,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = wf_query_begin (self, wf_runtime_compare_async, cancellable, callback, user_data);
  g_autoptr (WfWorkflow) copy = NULL;

  if (task == NULL)
    return;
  copy = wf_workflow_copy (edited);
  wf_comparison_run (self, copy, from, until, task, return_result);
}

WfCompareResult *
wf_runtime_compare_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- health ------------------------------------------------------------------------------------ */

static WfInstant
get_last_run (const char *workflow, WfInstant *since, gpointer user_data)
{
  WfCommit *self = user_data;

  return wf_store_get_last_run (self->store, workflow, since);
}

/* The own fields of the CRM, as its leads have them. Few leads are no proof that a field is gone:
 * NULL then. "lead.custom.NAME", NULL-terminated; owned by the caller. */
static GStrv
list_fields (WfStore *store)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) leads = wf_store_list_leads (store, NULL, MOST_LEADS);
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();
  GHashTableIter names;
  gpointer name;
  guint n = 0;

  for (guint i = 0; i < leads->len; i++)
    {
      const WfStoredLead *stored = g_ptr_array_index (leads, i);
      const WfJson *custom =
          wf_json_get_member (wf_json_document_get_root (stored->lead), "custom");
      WfJsonIter iter;
      const char *field;

      if (!wf_json_is (custom, WF_JSON_OBJECT))
        continue;
      n++;
      wf_json_iter_init (&iter, custom);
      while (wf_json_iter_next (&iter, &field, NULL))
        g_hash_table_add (known, g_strconcat ("lead.custom.", field, NULL));
    }
  g_hash_table_iter_init (&names, known);
  while (g_hash_table_iter_next (&names, &name, NULL))
    g_strv_builder_add (fields, name);
  return n >= FEWEST_LEADS ? g_strv_builder_end (fields) : NULL;
}

/* The transaction is only read with. */
static gpointer
check_health (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (store);
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_auto (GStrv) fields = list_fields (store);
  WfHealthFacts facts = {
    .user_data = self,
    .now = self->now,
    .get_last_run = get_last_run,
    .known_fields = (const char *const *) fields,
  };

  self->store = store;
  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (stored, i);

      if (!item->is_draft)
        g_ptr_array_add (workflows, wf_workflow_ref (item->workflow));
    }
  return wf_health_check (workflows, wf_commit_get_organisation (self), &facts);
}

void
wf_runtime_check_health_async (WfRuntime *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_check_health_async, check_health, NULL, NULL,
                (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
wf_runtime_check_health_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
