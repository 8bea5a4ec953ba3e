/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions of the open API: asked for under their key, so that a repetition changes nothing (S16). */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-http-error.h"
#include "wf-open-crm-private.h"

#include <glib/gi18n-lib.h>

static WfCrmActionResult *
read_result (const WfJson *root)
{
  WfCrmActionResult *self = g_new0 (WfCrmActionResult, 1);
  const WfJson *lead = wf_json_get_member (root, "lead");

  if (wf_json_is (lead, WF_JSON_OBJECT))
    self->lead = wf_json_document_extract (lead);
  self->note = g_strdup (wf_json_get_member_string (root, "note"));
  return self;
}

/* 412 with "already exists" is the first time's success, told again: ours whose answer was lost,
 * or another computer's (S16). Any other 412 is a conflict. */
static GError *
check_repetition (const WfHttpAnswer *answer, const WfJson *root)
{
  GError *error = NULL;

  if (answer->status != 412)
    return NULL;
  error = wf_http_error_from_problem (answer->status, wf_json_get_member_string (root, "type"),
                                      wf_json_get_member_string (root, "title"),
                                      wf_json_get_member_string (root, "detail"));
  if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS))
    g_clear_error (&error);
  return error;
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WfAction *action = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) answer = wf_http_send_finish (WF_HTTP (source), result, &error);
  g_autoptr (WfJsonDocument) document = answer != NULL ? wf_open_crm_parse (answer, &error) : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;

  if (root != NULL)
    error = check_repetition (answer, root);
  if (error == NULL &&
      g_strcmp0 (wf_json_get_member_string (root, "kind"), wf_action_kind_names[action->kind]) != 0)
    error = wf_open_crm_make_protocol_error (_ ("what became of an action"));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, read_result (root), (GDestroyNotify) wf_crm_action_result_free);
}

void
wf_open_crm_perform_async (WfCrm *crm, WfAction *action, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_strconcat ("actions/", action->key, NULL);
  g_autofree char *body = wf_action_to_text (action, FALSE);
  WfHttpRequest request = {
    .method = "PUT",
    .path = path,
    .body = body,
    .if_none_match = "*",
    .cause = action->cause,
    .answers_412 = TRUE,
  };

  g_task_set_source_tag (task, wf_open_crm_perform_async);
  g_task_set_task_data (task, wf_action_ref (action), (GDestroyNotify) wf_action_unref);
  wf_http_send_async (self->http, &request, cancellable, on_performed, task);
}

WfCrmActionResult *
wf_open_crm_perform_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
