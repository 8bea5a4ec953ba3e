/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts, publishing and pausing of workflows (S12, S30). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfWorkflow *workflow; /* (owned) (nullable) to be saved */
  char *id;             /* (owned) (nullable) of the one whose state changes */
  WfWorkflowState state;
  gboolean publish;
} Arguments;

static void
arguments_free (Arguments *self)
{
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_free (self->id);
  g_free (self);
}

/* Publishing policy (S30, B18). What is published goes to the CRM with the tag of the version
 * that it is based on, and counts from the moment the CRM has taken it: until then, and when
 * somebody else was faster, it is this person's draft. So no computer runs a version that the
 * others will never get. */

static WfStoredWorkflow *
find (WfStore *store, const char *id, gboolean draft)
{
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (store);

  for (guint i = 0; i < stored->len; i++)
    {
      WfStoredWorkflow *item = g_ptr_array_index (stored, i);

      if (item->is_draft == draft && g_str_equal (item->workflow->id, id))
        return g_ptr_array_steal_index (stored, i);
    }
  return NULL;
}

static gboolean
queue (WfCommit *self, const WfWorkflow *workflow, const char *etag, GError **error)
{
  g_autofree char *payload = wf_workflow_payload_write (workflow, etag);
  g_autofree char *fact = g_strconcat (WF_FACT_WORKFLOW_SYNC, workflow->id, NULL);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_SAVE_WORKFLOW,
    .subject = workflow->id,
    .payload = payload,
    .not_before = WF_INSTANT_NONE,
  };

  self->changes->outbox = TRUE;
  return wf_store_add_outbox (self->store, &item, self->now, error) &&
         wf_store_set_fact (self->store, fact, "local", error);
}

static gboolean
validate (WfCommit *self, const WfWorkflow *workflow, GError **error)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  wf_workflow_validate (workflow, wf_commit_get_organisation (self), problems);
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      if (problem->severity != WF_PROBLEM_ERROR)
        continue;
      g_set_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                   _ ("The workflow cannot be published: %s"), problem->text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
log_change (WfCommit *self, const WfWorkflow *workflow, const char *title, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", workflow->id);
  wf_json_writer_add_string (writer, "name", workflow->name);
  wf_json_writer_add_int (writer, "version", workflow->version);
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  self->changes->workflows = TRUE;
  return wf_commit_log (self, "change", title, NULL, details, error);
}

static gboolean
keep_draft (WfCommit *self, const WfWorkflow *workflow, const char *etag, GError **error)
{
  g_autoptr (WfWorkflow) draft = wf_workflow_copy (workflow);

  draft->state = WF_WORKFLOW_DRAFT;
  return wf_store_save_workflow (self->store, draft, etag, self->person, self->now, error);
}

/* Whether the CRM refused this person's version before, so that they know of the other one. */
static gboolean
was_told (WfStore *store, const char *id)
{
  g_autofree char *name = g_strconcat (WF_FACT_WORKFLOW_SYNC, id, NULL);
  g_autofree char *value = wf_store_get_fact (store, name);

  return value != NULL && g_str_has_prefix (value, "refused");
}

/* The tag of the version that the person began to edit: kept with the draft, so that a version
 * that came meanwhile is a conflict and not overwritten (S30). Who was told of the conflict and
 * saves again means it. */
static char *
dup_base_etag (WfStore *store, const WfStoredWorkflow *current, const WfStoredWorkflow *draft,
               const WfWorkflow *edited)
{
  if (current == NULL)
    return NULL;
  if (draft != NULL && draft->etag != NULL && draft->workflow->version == edited->version &&
      !was_told (store, edited->id))
    return g_strdup (draft->etag);
  return g_strdup (current->etag);
}

static gboolean
is_behind (const WfStoredWorkflow *current, const WfWorkflow *edited)
{
  return current != NULL && edited->version < current->workflow->version;
}

static gboolean
publish (WfCommit *self, const WfStoredWorkflow *current, const char *etag, WfWorkflow *edited,
         GError **error)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (edited);

  next->version = MAX (edited->version, current != NULL ? current->workflow->version : 0) +
                  (current != NULL ? 1 : 0);
  next->version = MAX (next->version, 1);
  next->state = current != NULL && current->workflow->state == WF_WORKFLOW_PAUSED
                    ? WF_WORKFLOW_PAUSED
                    : WF_WORKFLOW_LIVE;
  return validate (self, next, error) && queue (self, next, etag, error) &&
         log_change (self, next, _ ("Workflow published"), error);
}

static gpointer
save (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  WfWorkflow *edited = arguments->workflow;
  g_autoptr (WfStoredWorkflow) current = find (store, edited->id, FALSE);
  g_autoptr (WfStoredWorkflow) draft = find (store, edited->id, TRUE);
  g_autofree char *etag = dup_base_etag (store, current, draft, edited);

  self->store = store;
  if (arguments->publish && is_behind (current, edited))
    {
      g_set_error (
          error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
          _ ("“%s” was changed by somebody else meanwhile. Your version is kept as a draft."),
          edited->name);
      return NULL;
    }
  if (!keep_draft (self, edited, etag, error))
    return NULL;
  if (arguments->publish ? !publish (self, current, etag, edited, error)
                         : !log_change (self, edited, _ ("Draft saved"), error))
    return NULL;
  return wf_commit_finish (self, error);
}

static gboolean
check_right (WfRuntime *self, GTask **task)
{
  if (*task == NULL)
    return FALSE;
  if (wf_runtime_may (self, WF_RIGHT_EDIT_WORKFLOWS))
    return TRUE;
  g_task_return_new_error_literal (*task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                                   _ ("Your role does not allow you to edit workflows."));
  g_clear_object (task);
  return FALSE;
}

/**
 * wf_runtime_save_workflow_async:
 * @self: a runtime
 * @workflow: the edited document; not changed
 * @publish: %FALSE keeps it as this person's draft, %TRUE sends it to the CRM as the next version
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * A workflow with errors cannot be published: WF_RUNTIME_ERROR_INVALID with the first of them.
 */
void
wf_runtime_save_workflow_async (WfRuntime *self, WfWorkflow *workflow, gboolean publish_it,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_save_workflow_async, cancellable, callback, user_data);

  if (!check_right (self, &task))
    return;

  Arguments *arguments = g_new0 (Arguments, 1);
  arguments->workflow = wf_workflow_copy (workflow);
  arguments->publish = publish_it;
  wf_command_run (self, task, save, arguments, (GDestroyNotify) arguments_free);
}

static const char *
get_state_title (WfWorkflowState state)
{
  switch (state)
    {
    case WF_WORKFLOW_LIVE:
      return _ ("Workflow resumed");
    case WF_WORKFLOW_PAUSED:
      return _ ("Workflow paused");
    case WF_WORKFLOW_ARCHIVED:
      return _ ("Workflow archived");
    case WF_WORKFLOW_DRAFT:
    default:
      return _ ("Workflow withdrawn");
    }
}

/* A workflow that was never published exists here only: archiving it removes the draft. */
static gpointer
archive_draft (WfCommit *self, const WfWorkflow *draft, GError **error)
{
  if (!wf_store_delete_draft (self->store, draft->id, error) ||
      !log_change (self, draft, _ ("Draft deleted"), error))
    return NULL;
  return wf_commit_finish (self, error);
}

static gpointer
switch_state (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  g_autoptr (WfStoredWorkflow) current = find (store, arguments->id, FALSE);

  self->store = store;
  if (current == NULL)
    {
      g_autoptr (WfStoredWorkflow) draft = find (store, arguments->id, TRUE);

      if (draft != NULL && arguments->state == WF_WORKFLOW_ARCHIVED)
        return archive_draft (self, draft->workflow, error);
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                           draft != NULL ? _ ("A draft has to be published first.")
                                         : _ ("There is no such workflow."));
      return NULL;
    }

  g_autoptr (WfWorkflow) next = wf_workflow_copy (current->workflow);
  next->state = arguments->state;
  if (arguments->state == WF_WORKFLOW_LIVE && !validate (self, next, error))
    return NULL;
  if (!queue (self, next, current->etag, error) ||
      !log_change (self, next, get_state_title (next->state), error))
    return NULL;
  return wf_commit_finish (self, error);
}

void
wf_runtime_set_workflow_state_async (WfRuntime *self, const char *workflow, WfWorkflowState state,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = wf_command_begin (self, wf_runtime_set_workflow_state_async, cancellable, callback,
                                  user_data);

  if (!check_right (self, &task))
    return;

  Arguments *arguments = g_new0 (Arguments, 1);
  arguments->id = g_strdup (workflow);
  arguments->state = state;
  wf_command_run (self, task, switch_state, arguments, (GDestroyNotify) arguments_free);
}
