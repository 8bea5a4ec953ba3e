/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two people edited the same workflow, and one of them published first (S30). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"

/* Conflict policy (S30). A draft is based on a version, by its number and the CRM's tag. While both
 * are those of the published version, it can be published. Once another one is there, publishing
 * fails here already; and when only the CRM knew of it, the CRM refuses, because the document goes
 * there with the tag. Either way nothing is overwritten: the person's version stays their draft, on
 * the base that it had, until they save one that is based on the published version.
 *
 * What is saved carries the number of the version that it is based on. Where somebody changed a
 * version in the CRM and kept its number, that does not tell the two apart: then who was told of the
 * conflict and saves again means it. */

#define TOLD "refused-conflict"

/**
 * wf_workflow_conflict_free:
 * @self: (nullable) (transfer full): a conflict
 */
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

/* -- bases ------------------------------------------------------------------------------------- */

gboolean
wf_workflow_is_based_on (const WfStoredWorkflow *current, gint64 version, const char *etag)
{
  return current == NULL ||
         (version >= current->workflow->version && g_strcmp0 (etag, current->etag) == 0);
}

static char *
get_fact_name (const char *id)
{
  return g_strconcat (WF_FACT_WORKFLOW_SYNC, id, NULL);
}

static gboolean
was_told (WfStore *store, const char *id)
{
  g_autofree char *name = get_fact_name (id);
  g_autofree char *value = wf_store_get_fact (store, name);

  return value != NULL && g_str_has_prefix (value, TOLD);
}

gboolean
wf_workflow_tell_conflict (WfStore *store, const char *id, const char *reason, GError **error)
{
  g_autofree char *name = get_fact_name (id);
  g_autofree char *value = g_strconcat (TOLD "\n", reason, NULL);

  return wf_store_set_fact (store, name, value, error);
}

gboolean
wf_workflow_end_conflict (WfStore *store, const char *id, GError **error)
{
  g_autofree char *name = get_fact_name (id);

  return !was_told (store, id) || wf_store_set_fact (store, name, NULL, error);
}

/* Of a published version that was current once. */
static char *
dup_etag_of_version (WfStore *store, const char *id, gint64 version)
{
  g_autoptr (GPtrArray) versions = wf_store_list_versions (store, id);

  for (guint i = 0; i < versions->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (versions, i);

      if (!item->is_draft && item->workflow->version == version)
        return g_strdup (item->etag);
    }
  return NULL;
}

char *
wf_workflow_dup_base_etag (WfStore *store, const WfStoredWorkflow *current,
                           const WfStoredWorkflow *draft, const WfWorkflow *edited)
{
  gboolean goes_on = draft != NULL && draft->workflow->version == edited->version;

  if (current == NULL)
    return NULL;
  if (goes_on && (edited->version < current->workflow->version || !was_told (store, edited->id)))
    return g_strdup (draft->etag);
  return edited->version < current->workflow->version
             ? dup_etag_of_version (store, edited->id, edited->version)
             : g_strdup (current->etag);
}

/**
 * wf_workflow_rebase_draft:
 * @store: in a transaction
 * @published: what was published from here, stored already
 * @base_etag: (nullable): the tag that it was based on
 * @etag: (nullable): its own
 * @error: return location
 *
 * What the person went on editing while it was on its way is based on it.
 */
gboolean
wf_workflow_rebase_draft (WfStore *store, const WfWorkflow *published, const char *base_etag,
                          const char *etag, GError **error)
{
  g_autoptr (WfStoredWorkflow) draft = wf_workflow_find_stored (store, published->id, TRUE);
  g_autoptr (WfWorkflow) rebased = NULL;

  if (draft == NULL || draft->workflow->version > published->version ||
      g_strcmp0 (draft->etag, base_etag) != 0)
    return TRUE;
  rebased = wf_workflow_copy (draft->workflow);
  rebased->version = published->version;
  return wf_store_save_workflow (store, rebased, etag, draft->author, draft->saved, error);
}

/* -- asking ------------------------------------------------------------------------------------ */

/* base: what this computer has seen of it; the version that somebody changed under its number is
 * gone. */
static gpointer
get_conflict (WfStore *store, gpointer data, GError **error)
{
  const WfCommit *self = data;
  const char *id = self->arguments;
  g_autoptr (WfStoredWorkflow) current = wf_workflow_find_stored (store, id, FALSE);
  g_autoptr (WfStoredWorkflow) draft = wf_workflow_find_stored (store, id, TRUE);
  WfWorkflowConflict *conflict;

  if (draft == NULL || wf_workflow_is_based_on (current, draft->workflow->version, draft->etag))
    return NULL;
  conflict = g_new0 (WfWorkflowConflict, 1);
  if (draft->workflow->version < current->workflow->version)
    conflict->base = wf_store_get_workflow_version (store, id, draft->workflow->version);
  conflict->mine = wf_workflow_ref (draft->workflow);
  conflict->theirs = wf_workflow_ref (current->workflow);
  conflict->author = g_strdup (current->author);
  conflict->at = current->saved;
  return conflict;
}

/**
 * wf_runtime_get_conflict_async:
 * @self: a runtime
 * @workflow: its id
 * @cancellable: (nullable): gives up waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * The answer is %NULL without an error when there is none. It ends when a document with the number
 * of the other's version is saved, as a draft or published.
 */
void
wf_runtime_get_conflict_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_get_conflict_async, get_conflict, g_strdup (workflow), g_free,
                (GDestroyNotify) wf_workflow_conflict_free, cancellable, callback, user_data);
}

WfWorkflowConflict *
wf_runtime_get_conflict_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
