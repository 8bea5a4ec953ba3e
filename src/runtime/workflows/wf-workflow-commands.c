/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts, publishing, pausing and resuming of workflows (S12, S30). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-workflow-members.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfWorkflow *workflow; /* (owned) (nullable) to be saved */
  char *id;             /* (owned) (nullable) of the one whose state changes */
  WfWorkflowState state;
  gboolean publish;
  WfInFlight in_flight; /* of publish */
  WfResume how;         /* of a state that ends a pause */
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

WfStoredWorkflow *
wf_workflow_find_stored (WfStore *store, const char *id, gboolean draft)
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

gboolean
wf_workflow_queue (WfCommit *self, const WfWorkflow *workflow, const char *etag, GError **error)
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

/* The document without what publishing, pausing and decisions about runs change. */
static char *
get_content (const WfWorkflow *workflow)
{
  g_autoptr (WfWorkflow) copy = wf_workflow_copy (workflow), nothing = wf_workflow_new ("");

  copy->state = WF_WORKFLOW_DRAFT;
  wf_workflow_take_decisions (copy, nothing);
  wf_workflow_set_in_flight (copy, WF_IN_FLIGHT_FINISH);
  wf_workflow_set_note (copy, NULL);
  return wf_workflow_to_text (copy, FALSE);
}

/**
 * wf_workflow_carry_draft:
 * @store: in a transaction
 * @stored: (element-type WfStoredWorkflow): what the store has
 * @incoming: the published version as the CRM has it now
 * @etag: (nullable): its tag
 * @error: return location
 *
 * S30: a draft is based on a tag of the CRM. When only the state of the version that it is based on
 * changed, it is no conflict: the draft is based on the new tag.
 */
gboolean
wf_workflow_carry_draft (WfStore *store, const GPtrArray *stored, const WfWorkflow *incoming,
                         const char *etag, GError **error)
{
  const WfStoredWorkflow *current = NULL, *draft = NULL;
  g_autofree char *before = NULL, *after = NULL;

  for (guint i = 0; i < stored->len; i++)
    {
      const WfStoredWorkflow *item = g_ptr_array_index (stored, i);

      if (g_str_equal (item->workflow->id, incoming->id))
        *(item->is_draft ? &draft : &current) = item;
    }
  if (draft == NULL || current == NULL || draft->etag == NULL ||
      g_strcmp0 (draft->etag, etag) == 0 || g_strcmp0 (draft->etag, current->etag) != 0 ||
      current->workflow->version != incoming->version)
    return TRUE;
  before = get_content (current->workflow);
  after = get_content (incoming);
  return !g_str_equal (before, after) ||
         wf_store_save_workflow (store, draft->workflow, etag, draft->author, draft->saved, error);
}

gboolean
wf_workflow_expect_valid (WfCommit *self, const WfWorkflow *workflow, GError **error)
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

/* R117. before: nullable: there was none. */
static gboolean
log_change (WfCommit *self, const WfWorkflow *before, const WfWorkflow *workflow, const char *title,
            GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", workflow->id);
  wf_json_writer_add_string (writer, "name", workflow->name);
  wf_json_writer_add_int (writer, "version", workflow->version);
  if (before != NULL && before->version != workflow->version)
    wf_json_writer_add_int (writer, "version-before", before->version);
  if (before != NULL && before->state != workflow->state)
    {
      wf_json_writer_add_string (writer, "state-before", wf_workflow_state_names[before->state]);
      wf_json_writer_add_string (writer, "state", wf_workflow_state_names[workflow->state]);
    }
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

/* What is published: the edited document with what was decided about the published one since, and
 * what becomes of its runs (S12). Owned by the caller. */
static WfWorkflow *
make_version (WfCommit *self, const WfStoredWorkflow *current, const WfWorkflow *edited,
              WfInFlight in_flight)
{
  WfWorkflow *next = wf_workflow_copy (edited);

  next->version = MAX (edited->version, current != NULL ? current->workflow->version : 0) +
                  (current != NULL ? 1 : 0);
  next->version = MAX (next->version, 1);
  next->state = current != NULL && current->workflow->state == WF_WORKFLOW_PAUSED
                    ? WF_WORKFLOW_PAUSED
                    : WF_WORKFLOW_LIVE;
  if (current != NULL)
    wf_workflow_take_decisions (next, current->workflow);
  wf_workflow_set_in_flight (next, in_flight);
  if (next->schedule != NULL && wf_workflow_get_schedule_start (next) == WF_INSTANT_NONE)
    wf_workflow_set_schedule_start (next, self->now);
  return next;
}

static const char *
get_publish_title (WfInFlight in_flight)
{
  switch (in_flight)
    {
    case WF_IN_FLIGHT_MOVE:
      return _ ("Workflow published, waiting runs move to it");
    case WF_IN_FLIGHT_STOP:
      return _ ("Workflow published, waiting runs are stopped");
    case WF_IN_FLIGHT_FINISH:
    default:
      return _ ("Workflow published");
    }
}

/* The draft stays until the CRM has taken the version: with the same members, so that it is known
 * as published then. */
static gboolean
publish (WfCommit *self, const WfStoredWorkflow *current, const char *etag,
         const Arguments *arguments, GError **error)
{
  WfWorkflow *edited = arguments->workflow;
  g_autoptr (WfWorkflow) next = make_version (self, current, edited, arguments->in_flight);
  g_autoptr (WfWorkflow) draft = wf_workflow_copy (next);

  draft->version = edited->version;
  return keep_draft (self, draft, etag, error) && wf_workflow_expect_valid (self, next, error) &&
         wf_workflow_queue (self, next, etag, error) &&
         log_change (self, current != NULL ? current->workflow : NULL, next,
                     get_publish_title (arguments->in_flight), error);
}

static gboolean
is_resolved (const WfStoredWorkflow *current, const WfWorkflow *edited, const char *etag)
{
  return current != NULL && wf_workflow_is_based_on (current, edited->version, etag);
}

/* The note of a version is no longer that of what is made of it: who publishes gives a new one. */
static gboolean
save_draft (WfCommit *self, WfWorkflow *edited, const char *etag, GError **error)
{
  wf_workflow_set_note (edited, NULL);
  return keep_draft (self, edited, etag, error) &&
         log_change (self, NULL, edited, _ ("Draft saved"), error);
}

/* S30: what the person did is not lost, and nothing of anybody else's. */
static gboolean
keep_conflict (WfCommit *self, const WfWorkflow *edited, const char *etag, GError **error)
{
  self->changes->conflict = self->changes->workflows = TRUE;
  return keep_draft (self, edited, etag, error) &&
         wf_workflow_tell_conflict (self->store, edited->id,
                                    _ ("Somebody else published the workflow meanwhile."), error);
}

/* It is there already: this person's own publication, which they did not see come through. */
static gboolean
is_published (const WfStoredWorkflow *current, const WfWorkflow *edited)
{
  g_autoptr (WfWorkflow) copy = NULL;
  g_autofree char *ours = NULL, *published = NULL;

  if (current == NULL)
    return FALSE;
  copy = wf_workflow_copy (edited);
  copy->version = current->workflow->version;
  ours = get_content (copy);
  published = get_content (current->workflow);
  return g_str_equal (ours, published);
}

static gpointer
save (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  WfWorkflow *edited = arguments->workflow;
  g_autoptr (WfStoredWorkflow) current = wf_workflow_find_stored (store, edited->id, FALSE);
  g_autoptr (WfStoredWorkflow) draft = wf_workflow_find_stored (store, edited->id, TRUE);
  g_autofree char *etag = wf_workflow_dup_base_etag (store, current, draft, edited);
  gboolean fine;

  self->store = store;
  if (is_resolved (current, edited, etag) && !wf_workflow_end_conflict (store, edited->id, error))
    return NULL;
  if (!arguments->publish)
    fine = save_draft (self, edited, etag, error);
  else if (wf_workflow_is_based_on (current, edited->version, etag))
    fine = publish (self, current, etag, arguments, error);
  else if (is_published (current, edited))
    fine = wf_workflow_end_conflict (store, edited->id, error) &&
           wf_store_delete_draft (store, edited->id, error);
  else
    fine = keep_conflict (self, edited, etag, error);
  return fine ? wf_commit_finish (self, error) : NULL;
}

gboolean
wf_workflow_check_right (WfRuntime *self, GTask **task)
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

static void
on_saved (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const WfChanges *changes = result;

  if (error == NULL && changes->conflict)
    g_task_return_new_error (
        task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT,
        _ ("“%s” was changed by somebody else meanwhile. Your version is kept as a draft."),
        (const char *) g_task_get_task_data (task));
  else
    wf_command_return (self, task, changes, error);
}

static void
run_save (WfRuntime *self, GTask *task, WfWorkflow *workflow, gboolean publish_it,
          WfInFlight in_flight)
{
  Arguments *arguments;
  WfCommit *commit;

  if (!wf_workflow_check_right (self, &task))
    return;
  arguments = g_new0 (Arguments, 1);
  arguments->workflow = wf_workflow_copy (workflow);
  arguments->publish = publish_it;
  arguments->in_flight = in_flight;
  g_task_set_task_data (task, g_strdup (workflow->name), g_free);
  commit = wf_runtime_new_commit (self);
  commit->arguments = arguments;
  commit->arguments_free = (GDestroyNotify) arguments_free;
  wf_runtime_commit (self, save, commit, on_saved, task);
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
 * A workflow with errors cannot be published: WF_RUNTIME_ERROR_INVALID with the first of them. One
 * that is not based on the published version cannot either: WF_RUNTIME_ERROR_CONFLICT; it is kept as
 * a draft (S30).
 */
void
wf_runtime_save_workflow_async (WfRuntime *self, WfWorkflow *workflow, gboolean publish_it,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  run_save (
      self,
      wf_command_begin (self, wf_runtime_save_workflow_async, cancellable, callback, user_data),
      workflow, publish_it, WF_IN_FLIGHT_FINISH);
}

/**
 * wf_runtime_publish_workflow_async:
 * @self: a runtime
 * @workflow: the edited document; not changed
 * @in_flight: what becomes of runs of older versions that wait; it travels with the document, and
 *   every computer does it once the CRM has taken the version (S12)
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_publish_workflow_async (WfRuntime *self, WfWorkflow *workflow, WfInFlight in_flight,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  run_save (
      self,
      wf_command_begin (self, wf_runtime_publish_workflow_async, cancellable, callback, user_data),
      workflow, TRUE, in_flight);
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
      !log_change (self, draft, draft, _ ("Draft deleted"), error))
    return NULL;
  return wf_commit_finish (self, error);
}

/* When the pause began and ended, and what becomes of what it held, goes to every computer. */
static void
note_state (WfCommit *self, const WfWorkflow *before, WfWorkflow *after, WfResume how)
{
  gboolean was = before->state == WF_WORKFLOW_PAUSED, is = after->state == WF_WORKFLOW_PAUSED;

  if (is && !was)
    wf_workflow_set_paused (after, self->now);
  else if (was && !is)
    wf_workflow_set_resume (after, how, self->now);
}

static gpointer
switch_state (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  g_autoptr (WfStoredWorkflow) current = wf_workflow_find_stored (store, arguments->id, FALSE);

  self->store = store;
  if (current == NULL)
    {
      g_autoptr (WfStoredWorkflow) draft = wf_workflow_find_stored (store, arguments->id, TRUE);

      if (draft != NULL && arguments->state == WF_WORKFLOW_ARCHIVED)
        return archive_draft (self, draft->workflow, error);
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                           draft != NULL ? _ ("A draft has to be published first.")
                                         : _ ("There is no such workflow."));
      return NULL;
    }

  g_autoptr (WfWorkflow) next = wf_workflow_copy (current->workflow);
  next->state = arguments->state;
  note_state (self, current->workflow, next, arguments->how);
  if (arguments->state == WF_WORKFLOW_LIVE && !wf_workflow_expect_valid (self, next, error))
    return NULL;
  if (!wf_workflow_queue (self, next, current->etag, error) ||
      !log_change (self, current->workflow, next, get_state_title (next->state), error))
    return NULL;
  return wf_commit_finish (self, error);
}

static void
run_switch (WfRuntime *self, GTask *task, const char *workflow, WfWorkflowState state, WfResume how)
{
  Arguments *arguments;

  if (!wf_workflow_check_right (self, &task))
    return;
  arguments = g_new0 (Arguments, 1);
  arguments->id = g_strdup (workflow);
  arguments->state = state;
  arguments->how = how;
  wf_command_run (self, task, switch_state, arguments, (GDestroyNotify) arguments_free);
}

/**
 * wf_runtime_set_workflow_state_async:
 * @self: a runtime
 * @workflow: its id
 * @state: live, paused or archived; archiving is also how one with waiting runs is deleted: they
 *   finish, and nothing new starts (S12)
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * A paused workflow that becomes live runs at once what came due meanwhile.
 */
void
wf_runtime_set_workflow_state_async (WfRuntime *self, const char *workflow, WfWorkflowState state,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  run_switch (self,
              wf_command_begin (self, wf_runtime_set_workflow_state_async, cancellable, callback,
                                user_data),
              workflow, state, WF_RESUME_RUN_NOW);
}

/**
 * wf_runtime_resume_workflow_async:
 * @self: a runtime
 * @workflow: id of a paused one
 * @resume: what becomes of steps that came due meanwhile, on every computer (S12)
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_resume_workflow_async (WfRuntime *self, const char *workflow, WfResume resume,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  run_switch (
      self,
      wf_command_begin (self, wf_runtime_resume_workflow_async, cancellable, callback, user_data),
      workflow, WF_WORKFLOW_LIVE, resume);
}
