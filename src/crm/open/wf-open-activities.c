/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities of the open API: reading pages, conditional creation of many (S16), changes with
 * tags. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-http-error.h"
#include "wf-open-activity.h"
#include "wf-open-crm-private.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 500
/* What one request creates at most. */
#define MOST_ITEMS 500
#define MOST_ITEM_BYTES ((gsize) 4 * 1024 * 1024)

/* -- pages ------------------------------------------------------------------------------------- */

static void
read_page_in_thread (GTask *task, gpointer source_object, gpointer task_data,
                     GCancellable *cancellable)
{
  WfHttpAnswer *answer = task_data;
  GError *error = NULL;
  g_autoptr (WfJsonDocument) document = wf_open_crm_parse (answer, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  WfJsonCursor root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  if (!wf_json_is (root.value, WF_JSON_ARRAY))
    {
      g_task_return_error (task, wf_open_crm_make_protocol_error (_ ("a list of activities")));
      return;
    }
  WfActivityPage *page = g_new0 (WfActivityPage, 1);
  page->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  page->next_page = g_strdup (answer->next_page);
  for (guint i = 0; i < wf_json_get_size (root.value); i++)
    {
      WfJsonCursor element = wf_json_cursor_element (&root, i);
      WfActivity *activity = wf_open_activity_read (&element);

      if (activity != NULL)
        g_ptr_array_add (page->activities, activity);
    }
  if (wf_problems_get_n (problems) > 0)
    g_warning ("%u activities of the CRM could not be read wholly", wf_problems_get_n (problems));
  g_task_return_pointer (task, page, (GDestroyNotify) wf_activity_page_free);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WfHttpAnswer *answer = wf_http_send_finish (WF_HTTP (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, answer, (GDestroyNotify) wf_http_answer_free);
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

void
wf_open_crm_list_activities_async (WfCrm *crm, const WfCrmActivityQuery *query,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GString) path = g_string_new ("activities?limit=" G_STRINGIFY (PAGE_SIZE));
  g_autofree char *after =
      query->updated_after != WF_INSTANT_NONE ? wf_instant_format_utc (query->updated_after) : NULL;
  WfHttpRequest request = { .method = "GET" };

  append_parameter (path, "person", query->person);
  append_parameter (path, "status",
                    query->only_open ? wf_activity_status_names[WF_ACTIVITY_OPEN] : NULL);
  append_parameter (path, "updated-after", after);
  append_parameter (path, "page", query->page);
  request.path = path->str;
  g_task_set_source_tag (task, wf_open_crm_list_activities_async);
  wf_http_send_async (self->http, &request, cancellable, on_page, task);
}

WfActivityPage *
wf_open_crm_list_activities_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- creation ---------------------------------------------------------------------------------- */

/* All the activities go in parts; each has its own result. */
typedef struct
{
  GPtrArray *activities; /* (owned) of WfActivity */
  GPtrArray *results;    /* (owned) of GError or NULL, of those already sent */
  guint n_sent;          /* in the part that is on its way */
} Creation;

static void send_part (GTask *task);

static void
free_error (gpointer error)
{
  g_clear_error ((GError **) &error);
}

static void
creation_free (Creation *creation)
{
  g_ptr_array_unref (creation->activities);
  g_clear_pointer (&creation->results, g_ptr_array_unref);
  g_free (creation);
}

static GError *
read_result (const WfJson *item, const char *id)
{
  const WfJson *problem = wf_json_get_member (item, "problem");
  const WfJson *first = wf_json_get_element (wf_json_get_member (problem, "errors"), 0);
  const char *pointer = wf_json_get_member_string (first, "pointer"),
             *text = wf_json_get_member_string (first, "detail");
  g_autofree char *detail =
      text != NULL && pointer != NULL ? g_strdup_printf ("%s: %s", pointer, text) : NULL;
  gint64 status = 0;

  if (!wf_json_get_int64 (wf_json_get_member (item, "status"), &status) || status < 100 ||
      status > 599 || g_strcmp0 (wf_json_get_member_string (item, "id"), id) != 0)
    return wf_open_crm_make_protocol_error (_ ("a result for each activity"));
  if (status >= 200 && status < 300)
    return NULL;

  GError *error = wf_http_error_from_problem ((guint) status,
                                              wf_json_get_member_string (problem, "type"),
                                              wf_json_get_member_string (problem, "title"), detail);
  /* S16: made before, by us or by another computer, is made. */
  if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS))
    g_clear_error (&error);
  return error;
}

static void
read_results (Creation *creation, const WfJson *list)
{
  guint first = creation->results->len;

  for (guint i = 0; i < creation->n_sent; i++)
    {
      WfActivity *activity = creation->activities->pdata[first + i];

      g_ptr_array_add (creation->results,
                       read_result (wf_json_get_element (list, i), activity->id));
    }
}

/* Nothing more is sent after a failure: what was not sent has the same error, so that the caller
 * repeats exactly that. */
static void
end_with_error (GTask *task, GError *error)
{
  Creation *creation = g_task_get_task_data (task);

  if (creation->results->len == 0)
    {
      g_task_return_error (task, error);
      return;
    }
  while (creation->results->len < creation->activities->len)
    g_ptr_array_add (creation->results, g_error_copy (error));
  g_error_free (error);
  g_task_return_pointer (task, g_steal_pointer (&creation->results),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
on_part (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Creation *creation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) answer = wf_http_send_finish (WF_HTTP (source), result, &error);
  g_autoptr (WfJsonDocument) document = answer != NULL ? wf_open_crm_parse (answer, &error) : NULL;

  if (document == NULL)
    {
      end_with_error (task, error);
      return;
    }
  if (wf_json_get_size (wf_json_document_get_root (document)) != creation->n_sent)
    {
      end_with_error (task, wf_open_crm_make_protocol_error (_ ("a result for each activity")));
      return;
    }
  read_results (creation, wf_json_document_get_root (document));
  send_part (g_steal_pointer (&task));
}

static char *
write_part (Creation *creation)
{
  g_autoptr (GString) body = g_string_new ("[");
  guint first = creation->results->len;

  creation->n_sent = 0;
  while (first + creation->n_sent < creation->activities->len && creation->n_sent < MOST_ITEMS &&
         body->len < MOST_ITEM_BYTES)
    {
      g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

      wf_open_activity_write (writer, creation->activities->pdata[first + creation->n_sent]);
      g_autofree char *item = wf_json_writer_finish (writer, FALSE);
      g_string_append_printf (body, "%s%s", creation->n_sent++ > 0 ? "," : "", item);
    }
  g_string_append_c (body, ']');
  return g_string_free (g_steal_pointer (&body), FALSE);
}

/* Takes the task's reference. */
static void
send_part (GTask *task)
{
  WfOpenCrm *self = g_task_get_source_object (task);
  Creation *creation = g_task_get_task_data (task);

  if (creation->results->len == creation->activities->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&creation->results),
                             (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  g_autofree char *body = write_part (creation);
  WfHttpRequest request = { .method = "POST", .path = "activities", .body = body };
  wf_http_send_async (self->http, &request, g_task_get_cancellable (task), on_part, task);
}

void
wf_open_crm_create_activities_async (WfCrm *crm, GPtrArray *activities, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (crm, cancellable, callback, user_data);
  Creation *creation = g_new0 (Creation, 1);

  g_task_set_source_tag (task, wf_open_crm_create_activities_async);
  creation->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  for (guint i = 0; i < activities->len; i++)
    g_ptr_array_add (creation->activities, wf_activity_ref (activities->pdata[i]));
  creation->results = g_ptr_array_new_with_free_func (free_error);
  g_task_set_task_data (task, creation, (GDestroyNotify) creation_free);
  send_part (task);
}

GPtrArray *
wf_open_crm_create_activities_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- one activity ------------------------------------------------------------------------------ */

static void
on_activity (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) answer = wf_http_send_finish (WF_HTTP (source), result, &error);
  g_autoptr (WfJsonDocument) document = answer != NULL ? wf_open_crm_parse (answer, &error) : NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  WfJsonCursor root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  g_autoptr (WfActivity) activity = wf_open_activity_read (&root);
  if (activity == NULL)
    {
      g_task_return_error (task, wf_open_crm_make_error (problems));
      return;
    }
  if (answer->etag != NULL)
    g_set_str (&activity->etag, answer->etag);
  g_task_return_pointer (task, g_steal_pointer (&activity), (GDestroyNotify) wf_activity_unref);
}

static char *
make_path (const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat ("activities/", escaped, NULL);
}

void
wf_open_crm_change_activity_async (WfCrm *crm, const char *id, const char *etag,
                                   const WfActivityChange *change, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = make_path (id);
  g_autofree char *body = wf_open_activity_make_patch (change);
  WfHttpRequest request = {
    .method = "PATCH",
    .path = path,
    .body = body,
    .content_type = "application/merge-patch+json",
    .if_match = etag != NULL ? etag : "*",
  };

  g_task_set_source_tag (task, wf_open_crm_change_activity_async);
  wf_http_send_async (self->http, &request, cancellable, on_activity, task);
}

void
wf_open_crm_get_activity_async (WfCrm *crm, const char *id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  WfOpenCrm *self = WF_OPEN_CRM (crm);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = make_path (id);
  WfHttpRequest request = { .method = "GET", .path = path };

  g_task_set_source_tag (task, wf_open_crm_get_activity_async);
  wf_http_send_async (self->http, &request, cancellable, on_activity, task);
}

WfActivity *
wf_open_crm_get_activity_finish (WfCrm *crm, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, crm), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
