/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface to a CRM: errors, values, dispatch, and answers for what a connector cannot do. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>

G_DEFINE_INTERFACE (WfCrm, wf_crm, G_TYPE_OBJECT)

/* The error domain carries the seconds of Retry-After, and whether the CRM was asked at all. */
typedef struct
{
  guint retry_after;
  gboolean token_unread;
} WfCrmErrorPrivate;

static void
wf_crm_error_private_init (WfCrmErrorPrivate *priv)
{
}

static void
wf_crm_error_private_copy (const WfCrmErrorPrivate *from, WfCrmErrorPrivate *to)
{
  to->retry_after = from->retry_after;
  to->token_unread = from->token_unread;
}

static void
wf_crm_error_private_clear (WfCrmErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (WfCrmError, wf_crm_error)

/**
 * wf_crm_error_new_retry_after:
 * @seconds: what the server asked to wait, 0 when it did not say
 * @message: for people
 *
 * Returns: (transfer full): a WF_CRM_ERROR_RATE_LIMITED; its code may be changed to another
 *   transient one
 */
GError *
wf_crm_error_new_retry_after (guint seconds, const char *message)
{
  GError *error = g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_RATE_LIMITED, message);

  wf_crm_error_get_private (error)->retry_after = seconds;
  return error;
}

guint
wf_crm_error_get_retry_after (const GError *error)
{
  return error != NULL && error->domain == WF_CRM_ERROR
             ? wf_crm_error_get_private (error)->retry_after
             : 0;
}

/**
 * wf_crm_error_new_token_unread:
 * @message: for people
 *
 * Returns: (transfer full): a WF_CRM_ERROR_AUTH that says nothing about the token: where it is kept
 *   cannot be read now, and perhaps can be soon, since a login's services start in any order
 */
GError *
wf_crm_error_new_token_unread (const char *message)
{
  GError *error = g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_AUTH, message);

  wf_crm_error_get_private (error)->token_unread = TRUE;
  return error;
}

gboolean
wf_crm_error_is_token_unread (const GError *error)
{
  return error != NULL && error->domain == WF_CRM_ERROR &&
         wf_crm_error_get_private (error)->token_unread;
}

gboolean
wf_crm_error_is_transient (const GError *error)
{
  return g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_RATE_LIMITED) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_SERVER) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN);
}

void
wf_crm_action_result_free (WfCrmActionResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->lead, wf_json_document_unref);
  g_free (self->note);
  g_free (self);
}

void
wf_crm_session_free (WfCrmSession *self)
{
  if (self == NULL)
    return;
  g_free (self->server_name);
  g_free (self->person);
  g_strfreev (self->roles);
  g_free (self);
}

void
wf_event_batch_free (WfEventBatch *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self->next_cursor);
  wf_problems_free (self->problems);
  g_free (self);
}

void
wf_activity_page_free (WfActivityPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  g_free (self->next_page);
  g_free (self);
}

void
wf_document_page_free (WfDocumentPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_free (self->next_page);
  g_free (self);
}

void
wf_crm_workflow_free (WfCrmWorkflow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_free (self->etag);
  g_free (self->author);
  g_free (self);
}

/* Answers for what a connector does not carry out. Each pair belongs together, so a connector
 * that replaces the one replaces the other. */
static void
refuse (WfCrm *self, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED,
                                   _ ("This CRM cannot do that."));
}

static gpointer
refuse_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
refuse_open_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data)
{
  refuse (self, wf_crm_open_async, cancellable, callback, user_data);
}

static WfCrmSession *
refuse_open_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_get_organisation_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  refuse (self, wf_crm_get_organisation_async, cancellable, callback, user_data);
}

static WfOrganisation *
refuse_get_organisation_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_poll_events_async (WfCrm *self, const char *cursor, guint limit, guint wait,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  refuse (self, wf_crm_poll_events_async, cancellable, callback, user_data);
}

static WfEventBatch *
refuse_poll_events_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_list_activities_async (WfCrm *self, const WfCrmActivityQuery *query,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  refuse (self, wf_crm_list_activities_async, cancellable, callback, user_data);
}

static WfActivityPage *
refuse_list_activities_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_create_activities_async (WfCrm *self, GPtrArray *activities, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  refuse (self, wf_crm_create_activities_async, cancellable, callback, user_data);
}

static GPtrArray *
refuse_create_activities_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_change_activity_async (WfCrm *self, const char *id, const char *etag,
                              const WfActivityChange *change, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  refuse (self, wf_crm_change_activity_async, cancellable, callback, user_data);
}

static void
refuse_get_activity_async (WfCrm *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  refuse (self, wf_crm_get_activity_async, cancellable, callback, user_data);
}

static WfActivity *
refuse_activity_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_list_leads_async (WfCrm *self, WfInstant updated_after, const char *page,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  refuse (self, wf_crm_list_leads_async, cancellable, callback, user_data);
}

static void
refuse_list_comments_async (WfCrm *self, const char *lead, const char *page,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  refuse (self, wf_crm_list_comments_async, cancellable, callback, user_data);
}

static WfDocumentPage *
refuse_documents_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_send_message_async (WfCrm *self, const WfCrmMessage *message, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  refuse (self, wf_crm_send_message_async, cancellable, callback, user_data);
}

static gboolean
refuse_send_message_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error) != NULL;
}

static void
refuse_perform_async (WfCrm *self, WfAction *action, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  refuse (self, wf_crm_perform_async, cancellable, callback, user_data);
}

static WfCrmActionResult *
refuse_perform_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
refuse_list_workflows_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  refuse (self, wf_crm_list_workflows_async, cancellable, callback, user_data);
}

static GPtrArray *
refuse_list_workflows_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
refuse_save_workflow_async (WfCrm *self, WfWorkflow *workflow, const char *etag,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  refuse (self, wf_crm_save_workflow_async, cancellable, callback, user_data);
}

static char *
refuse_save_workflow_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  return refuse_finish (self, result, error);
}

static void
wf_crm_default_init (WfCrmInterface *iface)
{
  iface->open_async = refuse_open_async;
  iface->open_finish = refuse_open_finish;
  iface->get_organisation_async = refuse_get_organisation_async;
  iface->get_organisation_finish = refuse_get_organisation_finish;
  iface->poll_events_async = refuse_poll_events_async;
  iface->poll_events_finish = refuse_poll_events_finish;
  iface->list_activities_async = refuse_list_activities_async;
  iface->list_activities_finish = refuse_list_activities_finish;
  iface->create_activities_async = refuse_create_activities_async;
  iface->create_activities_finish = refuse_create_activities_finish;
  iface->change_activity_async = refuse_change_activity_async;
  iface->change_activity_finish = refuse_activity_finish;
  iface->get_activity_async = refuse_get_activity_async;
  iface->get_activity_finish = refuse_activity_finish;
  iface->list_leads_async = refuse_list_leads_async;
  iface->list_leads_finish = refuse_documents_finish;
  iface->list_comments_async = refuse_list_comments_async;
  iface->list_comments_finish = refuse_documents_finish;
  iface->send_message_async = refuse_send_message_async;
  iface->send_message_finish = refuse_send_message_finish;
  iface->perform_async = refuse_perform_async;
  iface->perform_finish = refuse_perform_finish;
  iface->list_workflows_async = refuse_list_workflows_async;
  iface->list_workflows_finish = refuse_list_workflows_finish;
  iface->save_workflow_async = refuse_save_workflow_async;
  iface->save_workflow_finish = refuse_save_workflow_finish;
}

/* The public functions only find the connector's own; the header says what each does. */
void
wf_crm_open_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->open_async (self, cancellable, callback, user_data);
}

WfCrmSession *
wf_crm_open_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->open_finish (self, result, error);
}

void
wf_crm_get_organisation_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->get_organisation_async (self, cancellable, callback, user_data);
}

WfOrganisation *
wf_crm_get_organisation_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->get_organisation_finish (self, result, error);
}

void
wf_crm_poll_events_async (WfCrm *self, const char *cursor, guint limit, guint wait,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->poll_events_async (self, cursor, limit, wait, cancellable, callback,
                                              user_data);
}

WfEventBatch *
wf_crm_poll_events_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->poll_events_finish (self, result, error);
}

void
wf_crm_list_activities_async (WfCrm *self, const WfCrmActivityQuery *query,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->list_activities_async (self, query, cancellable, callback, user_data);
}

WfActivityPage *
wf_crm_list_activities_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->list_activities_finish (self, result, error);
}

void
wf_crm_create_activities_async (WfCrm *self, GPtrArray *activities, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->create_activities_async (self, activities, cancellable, callback,
                                                    user_data);
}

GPtrArray *
wf_crm_create_activities_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->create_activities_finish (self, result, error);
}

void
wf_crm_change_activity_async (WfCrm *self, const char *id, const char *etag,
                              const WfActivityChange *change, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->change_activity_async (self, id, etag, change, cancellable, callback,
                                                  user_data);
}

WfActivity *
wf_crm_change_activity_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->change_activity_finish (self, result, error);
}

void
wf_crm_get_activity_async (WfCrm *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->get_activity_async (self, id, cancellable, callback, user_data);
}

WfActivity *
wf_crm_get_activity_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->get_activity_finish (self, result, error);
}

void
wf_crm_list_leads_async (WfCrm *self, WfInstant updated_after, const char *page,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->list_leads_async (self, updated_after, page, cancellable, callback,
                                             user_data);
}

WfDocumentPage *
wf_crm_list_leads_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->list_leads_finish (self, result, error);
}

void
wf_crm_list_comments_async (WfCrm *self, const char *lead, const char *page,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->list_comments_async (self, lead, page, cancellable, callback, user_data);
}

WfDocumentPage *
wf_crm_list_comments_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->list_comments_finish (self, result, error);
}

void
wf_crm_send_message_async (WfCrm *self, const WfCrmMessage *message, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->send_message_async (self, message, cancellable, callback, user_data);
}

gboolean
wf_crm_send_message_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), FALSE);
  return WF_CRM_GET_IFACE (self)->send_message_finish (self, result, error);
}

void
wf_crm_perform_async (WfCrm *self, WfAction *action, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->perform_async (self, action, cancellable, callback, user_data);
}

WfCrmActionResult *
wf_crm_perform_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->perform_finish (self, result, error);
}

void
wf_crm_list_workflows_async (WfCrm *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->list_workflows_async (self, cancellable, callback, user_data);
}

GPtrArray *
wf_crm_list_workflows_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->list_workflows_finish (self, result, error);
}

void
wf_crm_save_workflow_async (WfCrm *self, WfWorkflow *workflow, const char *etag,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (WF_IS_CRM (self));
  WF_CRM_GET_IFACE (self)->save_workflow_async (self, workflow, etag, cancellable, callback,
                                                user_data);
}

char *
wf_crm_save_workflow_finish (WfCrm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WF_IS_CRM (self), NULL);
  return WF_CRM_GET_IFACE (self)->save_workflow_finish (self, result, error);
}
