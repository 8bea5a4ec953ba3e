/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connector to a CRM that speaks the open API: session, organisation, workflows, messages. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-open-crm-private.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_PATH "/wfcrm/v1"

static void wf_open_crm_iface_init (WfCrmInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfOpenCrm, wf_open_crm, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CRM, wf_open_crm_iface_init))

/* -- shared by the parts ----------------------------------------------------------------------- */

WfJsonDocument *
wf_open_crm_parse (const WfHttpAnswer *answer, GError **error)
{
  g_autoptr (GError) own = NULL;
  gsize length;
  const char *text = g_bytes_get_data (answer->body, &length);
  WfJsonDocument *document =
      wf_json_document_parse (text != NULL ? text : "", (gssize) length, WF_HTTP_MOST_BYTES, &own);

  if (document == NULL)
    g_set_error (error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL, _ ("The CRM’s answer is not JSON: %s"),
                 own->message);
  return document;
}

GError *
wf_open_crm_make_error (const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (wf_problems_get (problems, i)->severity == WF_PROBLEM_ERROR)
      {
        g_autofree char *text = wf_problem_to_text (wf_problems_get (problems, i));

        return g_error_new (WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                            _ ("The CRM’s answer cannot be used: %s"), text);
      }
  return g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                              _ ("The CRM’s answer cannot be used."));
}

GError *
wf_open_crm_make_protocol_error (const char *what)
{
  return g_error_new (WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                      _ ("The CRM’s answer is not what was expected: %s."), what);
}

/* The answer and its JSON, or the task has its error. */
static WfHttpAnswer *
finish_answer (GObject *source, GAsyncResult *result, GTask *task, gboolean conditional,
               WfJsonDocument **document)
{
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) answer = wf_http_send_finish (WF_HTTP (source), result, &error);
  gboolean unchanged = conditional && answer != NULL && answer->status == 304;

  if (answer != NULL && !unchanged)
    *document = wf_open_crm_parse (answer, &error);
  if (answer == NULL || (!unchanged && *document == NULL))
    {
      g_task_return_error (task, error);
      return NULL;
    }
  return g_steal_pointer (&answer);
}

/* -- session ----------------------------------------------------------------------------------- */

static char **
read_roles (const WfJson *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < wf_json_get_size (list); i++)
    if (wf_json_get_string (wf_json_get_element (list, i)) != NULL)
      g_strv_builder_add (builder, wf_json_get_string (wf_json_get_element (list, i)));
  return g_strv_builder_end (builder);
}

static void
on_me (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WfOpenCrm *self = g_task_get_source_object (task);
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfHttpAnswer) answer = finish_answer (source, result, task, FALSE, &document);
  WfInstant server_time;

  if (answer == NULL)
    return;
  const WfJson *root = wf_json_document_get_root (document),
               *server = wf_json_get_member (root, "server");
  const char *name = wf_json_get_member_string (server, "name"),
             *time = wf_json_get_member_string (server, "time");
  if (name == NULL || !wf_json_is (wf_json_get_member (root, "roles"), WF_JSON_ARRAY))
    {
      g_task_return_error (task, wf_open_crm_make_protocol_error (_ ("who signed in")));
      return;
    }
  WfCrmSession *session = g_new0 (WfCrmSession, 1);
  session->server_name = g_strdup (name);
  session->person = g_strdup (wf_json_get_member_string (root, "person"));
  session->roles = read_roles (wf_json_get_member (root, "roles"));
  /* The server wrote its time about half-way between question and answer. */
  if (time != NULL && wf_instant_parse (time, &server_time))
    session->clock_offset = server_time - (answer->sent + wf_clock_now (self->clock)) / 2;
  g_task_return_pointer (task, session, (GDestroyNotify) wf_crm_session_free);
}

static void
wf_open_crm_open_async (WfCrm *crm, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WfHttpRequest request = { .method = "GET", .path = "me" };

  g_task_set_source_tag (task, wf_open_crm_open_async);
  wf_http_send_async (self->http, &request, cancellable, on_me, task);
}

static WfCrmSession *
wf_open_crm_open_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- organisation ------------------------------------------------------------------------------ */

static void
on_organisation (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WfOpenCrm *self = g_task_get_source_object (task);
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfHttpAnswer) answer = finish_answer (source, result, task, TRUE, &document);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  if (answer == NULL)
    return;
  if (answer->status != 304)
    {
      WfOrganisation *organisation =
          wf_organisation_read (wf_json_document_get_root (document), problems);

      if (organisation == NULL)
        {
          g_task_return_error (task, wf_open_crm_make_error (problems));
          return;
        }
      g_clear_pointer (&self->organisation, wf_organisation_unref);
      self->organisation = organisation;
      g_set_str (&self->organisation_etag, answer->etag);
    }
  if (self->organisation == NULL)
    {
      g_task_return_error (task, wf_open_crm_make_protocol_error (_ ("an organisation")));
      return;
    }
  g_task_return_pointer (task, wf_organisation_ref (self->organisation),
                         (GDestroyNotify) wf_organisation_unref);
}

static void
wf_open_crm_get_organisation_async (WfCrm *crm, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WfHttpRequest request = { .method = "GET",
                            .path = "organisation",
                            .if_none_match = self->organisation_etag };

  g_task_set_source_tag (task, wf_open_crm_get_organisation_async);
  wf_http_send_async (self->http, &request, cancellable, on_organisation, task);
}

static WfOrganisation *
wf_open_crm_get_organisation_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- workflows --------------------------------------------------------------------------------- */

static WfCrmWorkflow *
read_workflow (const WfJson *item, WfProblems *problems)
{
  WfWorkflow *workflow = wf_workflow_read (wf_json_get_member (item, "workflow"), problems);
  const char *saved = wf_json_get_member_string (item, "saved");

  if (workflow == NULL)
    return NULL;
  WfCrmWorkflow *entry = g_new0 (WfCrmWorkflow, 1);
  entry->workflow = workflow;
  entry->etag = g_strdup (wf_json_get_member_string (item, "etag"));
  entry->author = g_strdup (wf_json_get_member_string (item, "author"));
  entry->saved = WF_INSTANT_NONE;
  if (saved != NULL)
    wf_instant_parse (saved, &entry->saved);
  return entry;
}

static void
on_workflows (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfHttpAnswer) answer = finish_answer (source, result, task, FALSE, &document);
  WfJsonIter iter;
  const WfJson *item;

  if (answer == NULL)
    return;
  if (!wf_json_is (wf_json_document_get_root (document), WF_JSON_ARRAY))
    {
      g_task_return_error (task, wf_open_crm_make_protocol_error (_ ("a list of workflows")));
      return;
    }
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_crm_workflow_free);
  wf_json_iter_init (&iter, wf_json_document_get_root (document));
  while (wf_json_iter_next (&iter, NULL, &item))
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      WfCrmWorkflow *entry = read_workflow (item, problems);

      if (entry != NULL)
        g_ptr_array_add (list, entry);
      else
        g_warning ("A workflow of the CRM cannot be read");
    }
  g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

static void
wf_open_crm_list_workflows_async (WfCrm *crm, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WfHttpRequest request = { .method = "GET", .path = "workflows" };

  g_task_set_source_tag (task, wf_open_crm_list_workflows_async);
  wf_http_send_async (self->http, &request, cancellable, on_workflows, task);
}

static GPtrArray *
wf_open_crm_list_workflows_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_workflow_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfHttpAnswer) answer = finish_answer (source, result, task, FALSE, &document);

  if (answer == NULL)
    return;
  /* A repeat of our own creation, whose answer was lost, is a success. */
  if (answer->status == 412 &&
      !wf_json_get_boolean (
          wf_json_get_member (wf_json_document_get_root (document), "same-content"), FALSE))
    g_task_return_new_error_literal (task, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT,
                                     _ ("Somebody saved this workflow meanwhile."));
  else if (answer->etag == NULL)
    g_task_return_error (task, wf_open_crm_make_protocol_error (_ ("the tag of the workflow")));
  else
    g_task_return_pointer (task, g_strdup (answer->etag), g_free);
}

static void
wf_open_crm_save_workflow_async (WfCrm *crm, WfWorkflow *workflow, const char *etag,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_strconcat ("workflows/", workflow->id, NULL);
  g_autofree char *body = wf_workflow_to_text (workflow, FALSE);
  WfHttpRequest request = {
    .method = "PUT",
    .path = path,
    .body = body,
    .if_match = etag,
    .if_none_match = etag == NULL ? "*" : NULL,
    .answers_412 = TRUE,
  };

  g_task_set_source_tag (task, wf_open_crm_save_workflow_async);
  wf_http_send_async (self->http, &request, cancellable, on_workflow_saved, task);
}

static char *
wf_open_crm_save_workflow_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- messages ---------------------------------------------------------------------------------- */

static void
on_message (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) answer = wf_http_send_finish (WF_HTTP (source), result, &error);

  if (answer == NULL && g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS))
    g_clear_error (&error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
add_people (WfJsonWriter *writer, const char *const *people)
{
  if (people == NULL || people[0] == NULL)
    return;
  wf_json_writer_begin_array (writer, "people");
  for (guint i = 0; people[i] != NULL; i++)
    wf_json_writer_add_string (writer, NULL, people[i]);
  wf_json_writer_end (writer);
}

static char *
write_message (const WfCrmMessage *message)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "kind", "notification");
  wf_json_writer_add_string (writer, "person", message->person);
  add_people (writer, message->people);
  wf_json_writer_add_string (writer, "sender", message->sender);
  wf_json_writer_add_string (writer, "title", message->title);
  wf_json_writer_add_string (writer, "text", message->text);
  wf_json_writer_add_string (writer, "lead", message->lead);
  wf_json_writer_add_string (writer, "cause", message->cause);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

static void
wf_open_crm_send_message_async (WfCrm *crm, const WfCrmMessage *message, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = g_uri_escape_string (message->key, NULL, FALSE);
  g_autofree char *path = g_strconcat ("messages/", key, NULL);
  g_autofree char *body = write_message (message);
  WfHttpRequest request = {
    .method = "PUT", .path = path, .body = body, .if_none_match = "*", .cause = message->cause
  };

  g_task_set_source_tag (task, wf_open_crm_send_message_async);
  wf_http_send_async (self->http, &request, cancellable, on_message, task);
}

static gboolean
wf_open_crm_send_message_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_open_crm_iface_init (WfCrmInterface *iface)
{
  iface->open_async = wf_open_crm_open_async;
  iface->open_finish = wf_open_crm_open_finish;
  iface->get_organisation_async = wf_open_crm_get_organisation_async;
  iface->get_organisation_finish = wf_open_crm_get_organisation_finish;
  iface->poll_events_async = wf_open_crm_poll_events_async;
  iface->poll_events_finish = wf_open_crm_poll_events_finish;
  iface->list_activities_async = wf_open_crm_list_activities_async;
  iface->list_activities_finish = wf_open_crm_list_activities_finish;
  iface->create_activities_async = wf_open_crm_create_activities_async;
  iface->create_activities_finish = wf_open_crm_create_activities_finish;
  iface->change_activity_async = wf_open_crm_change_activity_async;
  iface->change_activity_finish = wf_open_crm_get_activity_finish;
  iface->get_activity_async = wf_open_crm_get_activity_async;
  iface->get_activity_finish = wf_open_crm_get_activity_finish;
  iface->list_leads_async = wf_open_crm_list_leads_async;
  iface->list_leads_finish = wf_open_crm_list_documents_finish;
  iface->list_comments_async = wf_open_crm_list_comments_async;
  iface->list_comments_finish = wf_open_crm_list_documents_finish;
  iface->send_message_async = wf_open_crm_send_message_async;
  iface->send_message_finish = wf_open_crm_send_message_finish;
  iface->perform_async = wf_open_crm_perform_async;
  iface->perform_finish = wf_open_crm_perform_finish;
  iface->list_workflows_async = wf_open_crm_list_workflows_async;
  iface->list_workflows_finish = wf_open_crm_list_workflows_finish;
  iface->save_workflow_async = wf_open_crm_save_workflow_async;
  iface->save_workflow_finish = wf_open_crm_save_workflow_finish;
}

static void
wf_open_crm_dispose (GObject *object)
{
  WfOpenCrm *self = WF_OPEN_CRM (object);

  g_clear_object (&self->http);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->organisation_etag, g_free);
  G_OBJECT_CLASS (wf_open_crm_parent_class)->dispose (object);
}

static void
wf_open_crm_class_init (WfOpenCrmClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_open_crm_dispose;
}

static void
wf_open_crm_init (WfOpenCrm *self)
{
}

WfCrm *
wf_open_crm_new (WfClock *clock, const char *url, const char *token, GError **error)
{
  g_autoptr (WfHttp) http = wf_http_new (clock, url, DEFAULT_PATH, token, error);

  if (http == NULL)
    return NULL;
  WfOpenCrm *self = g_object_new (WF_TYPE_OPEN_CRM, NULL);
  self->clock = g_object_ref (clock);
  self->http = g_steal_pointer (&http);
  return WF_CRM (self);
}

void
wf_open_crm_set_most_retries (WfOpenCrm *self, guint most_retries)
{
  wf_http_set_most_retries (self->http, most_retries);
}

void
wf_open_crm_set_timeout (WfOpenCrm *self, guint seconds)
{
  wf_http_set_timeout (self->http, seconds);
}
