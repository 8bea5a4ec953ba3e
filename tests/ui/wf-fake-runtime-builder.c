/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime without store and CRM: what the builder asks. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"

/* What a test has set, on the runtime object. */
typedef struct
{
  char *folder;                 /* (owned) (nullable) */
  GPtrArray *versions;          /* (owned) of WfWorkflowVersion */
  GPtrArray *traffic;           /* (owned) of WfTrafficCount */
  GPtrArray *past_events;       /* (owned) of WfPastEvent */
  GHashTable *field_values;     /* (owned) field -> strv */
  WfWorkflowConflict *conflict; /* (owned) (nullable) */
  GPtrArray *saved;             /* (owned) of Saved, newest last */
} Builder;

typedef struct
{
  WfWorkflow *workflow; /* (owned) */
  gboolean publish;
} Saved;

static void
saved_free (gpointer data)
{
  Saved *self = data;

  wf_workflow_unref (self->workflow);
  g_free (self);
}

static void
builder_free (gpointer data)
{
  Builder *self = data;

  g_free (self->folder);
  g_ptr_array_unref (self->versions);
  g_ptr_array_unref (self->traffic);
  g_ptr_array_unref (self->past_events);
  g_hash_table_unref (self->field_values);
  wf_workflow_conflict_free (self->conflict);
  g_ptr_array_unref (self->saved);
  g_free (self);
}

static Builder *
get_builder (WfRuntime *runtime)
{
  Builder *self = g_object_get_data (G_OBJECT (runtime), "builder");

  if (self != NULL)
    return self;
  self = g_new0 (Builder, 1);
  self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_version_free);
  self->traffic = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_traffic_count_free);
  self->past_events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_past_event_free);
  self->field_values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->saved = g_ptr_array_new_with_free_func (saved_free);
  g_object_set_data_full (G_OBJECT (runtime), "builder", self, builder_free);
  return self;
}

/* ---- values ---- */

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

void
wf_traffic_count_free (WfTrafficCount *self)
{
  if (self == NULL)
    return;
  g_free (self->step);
  g_free (self);
}

void
wf_past_event_free (WfPastEvent *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->event, wf_event_unref);
  wf_json_document_unref (self->lead);
  g_free (self);
}

void
wf_workflow_conflict_free (WfWorkflowConflict *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->base, wf_workflow_unref);
  g_clear_pointer (&self->mine, wf_workflow_unref);
  g_clear_pointer (&self->theirs, wf_workflow_unref);
  g_free (self->author);
  g_free (self);
}

/* ---- what a test sets ---- */

void
wf_fake_runtime_set_folder (WfRuntime *self, const char *folder)
{
  g_set_str (&get_builder (self)->folder, folder);
}

void
wf_fake_runtime_add_version (WfRuntime *self, WfWorkflowVersion *version)
{
  g_ptr_array_add (get_builder (self)->versions, version);
}

void
wf_fake_runtime_add_traffic (WfRuntime *self, const char *step, int path, guint64 count)
{
  WfTrafficCount *traffic = g_new (WfTrafficCount, 1);

  *traffic = (WfTrafficCount) { g_strdup (step), path, count };
  g_ptr_array_add (get_builder (self)->traffic, traffic);
}

void
wf_fake_runtime_add_past_event (WfRuntime *self, WfEvent *event, WfJsonDocument *lead)
{
  WfPastEvent *past = g_new (WfPastEvent, 1);

  *past = (WfPastEvent) { event, lead };
  g_ptr_array_add (get_builder (self)->past_events, past);
}

void
wf_fake_runtime_set_field_values (WfRuntime *self, const char *field, const char *const *values)
{
  g_hash_table_replace (get_builder (self)->field_values, g_strdup (field),
                        g_strdupv ((char **) values));
}

void
wf_fake_runtime_set_conflict (WfRuntime *self, WfWorkflowConflict *conflict)
{
  Builder *builder = get_builder (self);

  wf_workflow_conflict_free (builder->conflict);
  builder->conflict = conflict;
}

static gboolean
is_allowed (WfRuntime *self, const WfWorkflow *workflow, gboolean publish)
{
  const WfWorkflowConflict *conflict = get_builder (self)->conflict;

  if (conflict == NULL || !g_str_equal (conflict->theirs->id, workflow->id))
    return TRUE;
  if (workflow->version < conflict->theirs->version)
    return !publish;
  wf_fake_runtime_set_conflict (self, NULL);
  return TRUE;
}

gboolean
wf_fake_runtime_allows_saving (WfRuntime *self, WfWorkflow *workflow, gboolean publish)
{
  Saved *saved;

  if (!is_allowed (self, workflow, publish))
    return FALSE;
  saved = g_new (Saved, 1);
  *saved = (Saved) { wf_workflow_ref (workflow), publish };
  g_ptr_array_add (get_builder (self)->saved, saved);
  return TRUE;
}

guint
wf_fake_runtime_get_n_saved (WfRuntime *self)
{
  return get_builder (self)->saved->len;
}

WfWorkflow *
wf_fake_runtime_get_saved (WfRuntime *self, guint index, gboolean *publish)
{
  const GPtrArray *all = get_builder (self)->saved;
  const Saved *saved;

  g_assert_cmpuint (index, <, all->len);
  saved = g_ptr_array_index (all, index);
  *publish = saved->publish;
  return saved->workflow;
}

/* ---- questions ---- */

const char *
wf_runtime_get_folder (WfRuntime *self)
{
  const char *folder = get_builder (self)->folder;

  return folder != NULL ? folder : g_get_tmp_dir ();
}

void
wf_runtime_list_versions_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  const GPtrArray *versions = get_builder (self)->versions;
  GPtrArray *copy;

  if (task == NULL)
    return;
  copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_version_free);
  for (guint i = 0; i < versions->len; i++)
    {
      const WfWorkflowVersion *version = g_ptr_array_index (versions, i);
      WfWorkflowVersion *own;

      if (!g_str_equal (version->workflow->id, workflow))
        continue;
      own = g_memdup2 (version, sizeof *version);
      wf_workflow_ref (own->workflow);
      own->author = g_strdup (version->author);
      own->note = g_strdup (version->note);
      g_ptr_array_add (copy, own);
    }
  g_task_return_pointer (task, copy, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_versions_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_count_traffic_async (WfRuntime *self, const char *workflow, WfInstant since,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  const GPtrArray *traffic = get_builder (self)->traffic;
  GPtrArray *copy;

  wf_fake_runtime_remember (self, "traffic %s %" G_GINT64_FORMAT, workflow, since);
  if (task == NULL)
    return;
  copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_traffic_count_free);
  for (guint i = 0; i < traffic->len; i++)
    {
      const WfTrafficCount *count = g_ptr_array_index (traffic, i);
      WfTrafficCount *own = g_memdup2 (count, sizeof *count);

      own->step = g_strdup (count->step);
      g_ptr_array_add (copy, own);
    }
  g_task_return_pointer (task, copy, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_count_traffic_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_list_past_events_async (WfRuntime *self, const char *type, guint limit,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  const GPtrArray *events = get_builder (self)->past_events;
  GPtrArray *copy;

  if (task == NULL)
    return;
  copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_past_event_free);
  for (guint i = 0; i < events->len && copy->len < limit; i++)
    {
      const WfPastEvent *past = g_ptr_array_index (events, i);
      WfPastEvent *own;

      if (!g_str_equal (wf_event_get_event_type (past->event), type))
        continue;
      own = g_new (WfPastEvent, 1);
      *own = (WfPastEvent) { wf_event_ref (past->event),
                             past->lead != NULL ? wf_json_document_ref (past->lead) : NULL };
      g_ptr_array_add (copy, own);
    }
  g_task_return_pointer (task, copy, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_past_events_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_list_field_values_async (WfRuntime *self, const char *field, guint limit,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  char **values = g_hash_table_lookup (get_builder (self)->field_values, field);
  g_autoptr (GStrvBuilder) copy = g_strv_builder_new ();

  for (guint i = 0; values != NULL && values[i] != NULL && i < limit; i++)
    g_strv_builder_add (copy, values[i]);
  if (task != NULL)
    g_task_return_pointer (task, g_strv_builder_end (copy), (GDestroyNotify) g_strfreev);
}

char **
wf_runtime_list_field_values_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_get_conflict_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  const WfWorkflowConflict *conflict = get_builder (self)->conflict;
  WfWorkflowConflict *own = NULL;

  if (task == NULL)
    return;
  if (conflict != NULL && g_str_equal (conflict->theirs->id, workflow))
    {
      own = g_memdup2 (conflict, sizeof *conflict);
      own->base = conflict->base != NULL ? wf_workflow_ref (conflict->base) : NULL;
      wf_workflow_ref (own->mine);
      wf_workflow_ref (own->theirs);
      own->author = g_strdup (conflict->author);
    }
  g_task_return_pointer (task, own, (GDestroyNotify) wf_workflow_conflict_free);
}

WfWorkflowConflict *
wf_runtime_get_conflict_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
