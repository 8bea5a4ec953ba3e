/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the builder asks of the past: versions of a workflow, events of a type, values of a field. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include <string.h>

/* Limits, so that an answer comes while a person waits for it. */
#define MOST_EVENTS_LOOKED_AT 200000
#define MOST_LEADS_LOOKED_AT 20000

/* -- versions ---------------------------------------------------------------------------------- */

/**
 * wf_workflow_version_free:
 * @self: (nullable) (transfer full): a version
 */
void
wf_workflow_version_free (WfWorkflowVersion *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_free (self->author);
  g_free (self->note);
  g_free (self);
}

static gpointer
list_versions (WfStore *store, gpointer data, GError **error)
{
  const WfCommit *self = data;
  g_autoptr (GPtrArray) stored = wf_store_list_versions (store, self->arguments);
  GPtrArray *versions = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_version_free);

  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (stored, i);
      WfWorkflowVersion *version = g_new0 (WfWorkflowVersion, 1);

      version->workflow = wf_workflow_ref (item->workflow);
      version->author = g_strdup (item->author);
      version->note = g_strdup (wf_workflow_get_note (item->workflow));
      version->saved = item->saved;
      version->is_draft = item->is_draft;
      g_ptr_array_add (versions, version);
    }
  return versions;
}

/**
 * wf_runtime_list_versions_async:
 * @self: a runtime
 * @workflow: its id
 * @cancellable: (nullable): gives up waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Those that this computer has seen: what was published while it knew nothing of the account stays
 * with the CRM.
 */
void
wf_runtime_list_versions_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_list_versions_async, list_versions, g_strdup (workflow), g_free,
                (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
wf_runtime_list_versions_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- past events ------------------------------------------------------------------------------- */

/**
 * wf_past_event_free:
 * @self: (nullable) (transfer full): a past event
 */
void
wf_past_event_free (WfPastEvent *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->event, wf_event_unref);
  wf_json_document_unref (self->lead);
  g_free (self);
}

typedef struct
{
  char *name; /* (owned) a type of events, or a field */
  guint limit;
  GCancellable *cancellable; /* (owned) (nullable) */
} Question;

static Question *
question_new (const char *name, guint limit, GCancellable *cancellable)
{
  Question *self = g_new0 (Question, 1);

  self->name = g_strdup (name);
  self->limit = limit;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return self;
}

static void
question_free (Question *self)
{
  g_free (self->name);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gpointer
list_past_events (WfStore *store, gpointer data, GError **error)
{
  const WfCommit *self = data;
  const Question *question = self->arguments;
  g_autoptr (GPtrArray) stored =
      wf_store_list_latest_events (store, question->name, question->limit, MOST_EVENTS_LOOKED_AT);
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_past_event_free);

  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredEvent *item = g_ptr_array_index (stored, i);
      const char *lead = wf_event_get_lead (item->event);
      WfPastEvent *past = g_new0 (WfPastEvent, 1);

      past->event = wf_event_ref (item->event);
      past->lead = lead != NULL ? wf_store_get_lead (store, lead) : NULL;
      g_ptr_array_add (events, past);
    }
  return events;
}

/**
 * wf_runtime_list_past_events_async:
 * @self: a runtime
 * @type: of the events
 * @limit: at most so many
 * @cancellable: (nullable): gives up waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * A type that is rarer than one in a large number of events is not looked for any further back.
 */
void
wf_runtime_list_past_events_async (WfRuntime *self, const char *type, guint limit,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  wf_query_run (self, wf_runtime_list_past_events_async, list_past_events,
                question_new (type, limit, cancellable), (GDestroyNotify) question_free,
                (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
wf_runtime_list_past_events_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- values of a field ------------------------------------------------------------------------- */

typedef struct
{
  const Question *question;
  const char *path;   /* in the lead */
  GHashTable *counts; /* (owned) text -> number */
} Values;

static void
count_value (Values *self, const WfJson *value)
{
  g_autofree char *text = NULL;
  gpointer key, n = NULL;

  switch (wf_json_get_type (value))
    {
    case WF_JSON_STRING:
      text = g_strdup (wf_json_get_string (value));
      break;
    case WF_JSON_NUMBER:
    case WF_JSON_BOOLEAN:
      text = wf_json_to_text (value, FALSE);
      break;
    case WF_JSON_ARRAY:
      for (guint i = 0; i < wf_json_get_size (value); i++)
        if (!wf_json_is (wf_json_get_element (value, i), WF_JSON_ARRAY))
          count_value (self, wf_json_get_element (value, i));
      return;
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
    case WF_JSON_OBJECT:
      return;
    }
  if (text[0] == '\0')
    return;
  if (g_hash_table_steal_extended (self->counts, text, &key, &n))
    g_free (key);
  g_hash_table_insert (self->counts, g_steal_pointer (&text),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
}

static gboolean
on_lead (const WfJson *lead, gpointer user_data)
{
  Values *self = user_data;

  count_value (self, wf_json_get_path (lead, self->path));
  return !g_cancellable_is_cancelled (self->question->cancellable);
}

static int
compare_values (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GHashTable *counts = user_data;
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  guint m = GPOINTER_TO_UINT (g_hash_table_lookup (counts, x));
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, y));

  return m != n ? (m < n ? 1 : -1) : strcmp (x, y);
}

static char **
list_most_frequent (const Values *self)
{
  guint n = 0;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (self->counts, &n);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  g_sort_array (keys, n, sizeof *keys, compare_values, self->counts);
  for (guint i = 0; i < n && i < self->question->limit; i++)
    g_strv_builder_add (values, keys[i]);
  return g_strv_builder_end (values);
}

/* Only what is a lead's own is there: dates of meetings and the like are in events. */
static gpointer
list_field_values (WfStore *store, gpointer data, GError **error)
{
  const WfCommit *self = data;
  Values values = { .question = self->arguments };
  const char *field = values.question->name;
  char **answer;

  values.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_str_has_prefix (field, "lead."))
    {
      values.path = field + strlen ("lead.");
      wf_store_foreach_latest_lead (store, MOST_LEADS_LOOKED_AT, on_lead, &values);
    }
  answer = list_most_frequent (&values);
  g_hash_table_unref (values.counts);
  return answer;
}

/**
 * wf_runtime_list_field_values_async:
 * @self: a runtime
 * @field: "lead.custom.sector"; of other records nothing is known
 * @limit: at most so many values
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Of the leads that became known last. Values of equal frequency come in the order of their bytes.
 */
void
wf_runtime_list_field_values_async (WfRuntime *self, const char *field, guint limit,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  wf_query_run (self, wf_runtime_list_field_values_async, list_field_values,
                question_new (field, limit, cancellable), (GDestroyNotify) question_free,
                (GDestroyNotify) g_strfreev, cancellable, callback, user_data);
}

char **
wf_runtime_list_field_values_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
