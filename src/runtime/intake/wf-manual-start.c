/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting a workflow for a lead by hand (R104). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"

#include "wf-action.h"

#include <glib/gi18n-lib.h>

/* The CRM is asked to tell everybody, so that the run starts on every computer as any other does:
 * by an event, "manual.started", with an id. Nothing starts here before that event comes back. */

typedef struct
{
  char *workflow, *lead; /* (owned) */
} Arguments;

static void
arguments_free (Arguments *self)
{
  g_free (self->workflow);
  g_free (self->lead);
  g_free (self);
}

static const WfWorkflow *
find_live (WfCommit *self, const char *id, GError **error)
{
  const WfWorkflow *workflow = wf_engine_get_workflow (self->engine, id);

  if (workflow == NULL)
    g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                         _ ("There is no such workflow."));
  else if (workflow->state != WF_WORKFLOW_LIVE)
    g_set_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                 _ ("“%s” is not live: it starts nothing now."), workflow->name);
  else
    return workflow;
  return NULL;
}

static WfAction *
make_action (const Arguments *arguments)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *key = wf_uuid_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", arguments->workflow);
  wf_json_writer_end (writer);
  return wf_action_new (WF_ACTION_START_WORKFLOW, key, arguments->lead,
                        wf_json_writer_finish_document (writer));
}

static gboolean
log_start (WfCommit *self, const WfWorkflow *workflow, const char *lead, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", workflow->id);
  wf_json_writer_add_string (writer, "name", workflow->name);
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", _ ("Workflow started by hand"), lead, details, error);
}

static gpointer
start (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  const WfWorkflow *workflow = find_live (self, arguments->workflow, error);

  self->store = store;
  if (workflow == NULL)
    return NULL;

  g_autoptr (WfAction) action = make_action (arguments);
  g_autofree char *payload = wf_action_to_text (action, TRUE);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_PERFORM,
    .subject = action->key,
    .lead = arguments->lead,
    .payload = payload,
    .not_before = WF_INSTANT_NONE,
  };
  self->changes->outbox = TRUE;
  if (!wf_store_add_outbox (store, &item, self->now, error) ||
      !log_start (self, workflow, arguments->lead, error))
    return NULL;
  return wf_commit_finish (self, error);
}

/* Whoever works on leads may start what a manager has published. */
static gboolean
check_right (WfRuntime *self, GTask **task)
{
  if (*task == NULL)
    return FALSE;
  if (wf_runtime_may (self, WF_RIGHT_WORK_ACTIVITIES) ||
      wf_runtime_may (self, WF_RIGHT_EDIT_WORKFLOWS))
    return TRUE;
  g_task_return_new_error_literal (*task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                                   _ ("Your role does not allow you to start workflows."));
  g_clear_object (task);
  return FALSE;
}

/**
 * wf_runtime_start_workflow_async:
 * @self: a runtime
 * @workflow: id of a live one, whatever its trigger is
 * @lead: id of the lead
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_start_workflow_async (WfRuntime *self, const char *workflow, const char *lead,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_start_workflow_async, cancellable, callback, user_data);
  Arguments *arguments;

  if (!check_right (self, &task))
    return;
  arguments = g_new0 (Arguments, 1);
  arguments->workflow = g_strdup (workflow);
  arguments->lead = g_strdup (lead);
  wf_command_run (self, task, start, arguments, (GDestroyNotify) arguments_free);
}
