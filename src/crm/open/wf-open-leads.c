/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads and their comments of the open API: reading pages. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-open-crm-private.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE "500"

/* One request for a page. */
typedef struct
{
  char *lead;           /* (owned) (nullable) whose comments are asked for */
  WfHttpAnswer *answer; /* (owned) (nullable) until it is there */
} PageRequest;

static void
page_request_free (PageRequest *self)
{
  g_free (self->lead);
  g_clear_pointer (&self->answer, wf_http_answer_free);
  g_free (self);
}

static gboolean
has_text (const WfJson *object, const char *name)
{
  const char *text = wf_json_get_member_string (object, name);

  return text != NULL && text[0] != '\0';
}

/* As the interface tells it: with its lead, and the time as "at". NULL when it is no comment. */
static WfJsonDocument *
read_comment (const WfJson *item, const char *lead)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const char *time = wf_json_get_member_string (item, "time");
  WfInstant at;

  if (!has_text (item, "id") || !has_text (item, "text") || time == NULL ||
      !wf_instant_parse (time, &at))
    return NULL;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", wf_json_get_member_string (item, "id"));
  wf_json_writer_add_string (writer, "lead", lead);
  wf_json_writer_add_string (writer, "author", wf_json_get_member_string (item, "author"));
  wf_json_writer_add_string (writer, "text", wf_json_get_member_string (item, "text"));
  wf_json_writer_add_string (writer, "at", time);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static WfJsonDocument *
read_lead (const WfJson *item)
{
  return has_text (item, "id") ? wf_json_document_extract (item) : NULL;
}

static void
read_page_in_thread (GTask *task, gpointer source_object, gpointer task_data,
                     GCancellable *cancellable)
{
  const PageRequest *request = task_data;
  GError *error = NULL;
  g_autoptr (WfJsonDocument) document = wf_open_crm_parse (request->answer, &error);
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL, *item;
  WfJsonIter iter;
  guint n_unreadable = 0;

  if (document != NULL && !wf_json_is (root, WF_JSON_ARRAY))
    error = wf_open_crm_make_protocol_error (request->lead != NULL ? _ ("a list of comments")
                                                                   : _ ("a list of leads"));
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  WfDocumentPage *page = g_new0 (WfDocumentPage, 1);
  page->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_json_document_unref);
  page->next_page = g_strdup (request->answer->next_page);
  wf_json_iter_init (&iter, root);
  while (wf_json_iter_next (&iter, NULL, &item))
    {
      WfJsonDocument *read = request->lead != NULL ? read_comment (item, request->lead)
                                                   : read_lead (item);

      if (read != NULL)
        g_ptr_array_add (page->documents, read);
      else
        n_unreadable++;
    }
  if (n_unreadable > 0)
    g_warning ("%u leads or comments of the CRM could not be read", n_unreadable);
  g_task_return_pointer (task, page, (GDestroyNotify) wf_document_page_free);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PageRequest *request = g_task_get_task_data (task);
  GError *error = NULL;

  request->answer = wf_http_send_finish (WF_HTTP (source), result, &error);
  if (request->answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, read_page_in_thread);
}

static void
append_parameter (GString *path, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (path, "&%s=", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

static void
send_request (WfOpenCrm *self, const char *lead, const char *path, gpointer tag,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  PageRequest *page = g_new0 (PageRequest, 1);
  WfHttpRequest request = { .method = "GET", .path = path };

  page->lead = g_strdup (lead);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, page, (GDestroyNotify) page_request_free);
  wf_http_send_async (self->http, &request, cancellable, on_page, task);
}

void
wf_open_crm_list_leads_async (WfCrm *crm, WfInstant updated_after, const char *page,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GString) path = g_string_new ("leads?limit=" PAGE_SIZE);
  g_autofree char *after = updated_after != WF_INSTANT_NONE ? wf_instant_format_utc (updated_after)
                                                            : NULL;

  append_parameter (path, "updated-after", after);
  append_parameter (path, "page", page);
  send_request (WF_OPEN_CRM (crm), NULL, path->str, wf_open_crm_list_leads_async, cancellable,
                callback, user_data);
}

/* A server that does not know the order tells them oldest first: all of them come all the same. */
void
wf_open_crm_list_comments_async (WfCrm *crm, const char *lead, const char *page,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GString) path = g_string_new ("leads/");

  g_string_append_uri_escaped (path, lead, NULL, FALSE);
  g_string_append (path, "/comments?limit=" PAGE_SIZE "&order=newest");
  append_parameter (path, "page", page);
  send_request (WF_OPEN_CRM (crm), lead, path->str, wf_open_crm_list_comments_async, cancellable,
                callback, user_data);
}

WfDocumentPage *
wf_open_crm_list_documents_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
