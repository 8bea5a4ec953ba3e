/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar of a CalDAV server. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-caldav-store.h"

#include "wf-caldav-error.h"
#include "wf-dav-answer.h"

#include <glib/gi18n-lib.h>

/* A server that tells no state, or only a weak one, which nothing can be compared with (RFC 9110,
 * 8.8.3.2): whatever is there. */
#define ANY_STATE "*"

struct _WfCaldavStore
{
  GObject parent_instance;

  WfHttp *http; /* (owned) */
  char *path;   /* (owned) without a slash at the beginning, with one at the end */
};

static void store_init (WfCalendarStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfCaldavStore, wf_caldav_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_CALENDAR_STORE, store_init))

/* What a task is about. */
typedef struct
{
  char *path; /* (owned) of the entry */
  gboolean is_new;
  gboolean was_put; /* only its state is asked for any more */
} Request;

static void
request_free (gpointer data)
{
  g_free (((Request *) data)->path);
  g_free (data);
}

/* Takes a reference for the callback. */
static GTask *
make_task (WfCaldavStore *self, const char *uid, gboolean is_new, gpointer tag,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = g_uri_escape_string (uid, NULL, FALSE);
  Request *request = g_new0 (Request, 1);

  request->path = g_strconcat (self->path, name, ".ics", NULL);
  request->is_new = is_new;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, request_free);
  return task;
}

/* NULL: the task was answered. */
static WfHttpAnswer *
receive (GTask *task, GObject *http, GAsyncResult *result)
{
  GError *error = NULL;
  WfHttpAnswer *answer = wf_http_send_finish (WF_HTTP (http), result, &error);

  if (answer == NULL)
    g_task_return_error (task, wf_caldav_error_from_transport (error));
  return answer;
}

/* ---- find -------------------------------------------------------------------------------------- */

static char *
choose_state (const char *etag)
{
  return g_strdup (etag != NULL && *etag != '\0' && !g_str_has_prefix (etag, "W/") ? etag
                                                                                   : ANY_STATE);
}

static void
on_state (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Request *request = g_task_get_task_data (task);
  g_autoptr (WfHttpAnswer) answer = receive (task, object, result);
  g_autoptr (GPtrArray) resources = NULL;
  GError *error = NULL;

  if (answer == NULL)
    return;
  if (answer->status == 404 || answer->status == 410)
    {
      /* Put, asked for, and gone already: any state is another one. */
      g_task_return_pointer (task, request->was_put ? g_strdup (ANY_STATE) : NULL, g_free);
      return;
    }
  error = wf_caldav_error_from_answer (answer, FALSE);
  if (error == NULL)
    resources = wf_dav_answer_read (answer->body, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (
        task,
        choose_state (resources->len > 0 ? ((WfDavResource *) resources->pdata[0])->etag : NULL),
        g_free);
}

/* Takes the task. */
static void
ask_state (WfCaldavStore *self, GTask *task)
{
  const Request *request = g_task_get_task_data (task);
  const WfHttpRequest ask = {
    .method = "PROPFIND",
    .path = request->path,
    .body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            "<propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>",
    .content_type = "application/xml; charset=utf-8",
    .accept = "application/xml, text/xml",
    .depth = "0",
    .is_read = TRUE,
    .answers_all = TRUE,
  };

  wf_http_send_async (self->http, &ask, g_task_get_cancellable (task), on_state, task);
}

static void
find_async (WfCalendarStore *store, const char *uid, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  WfCaldavStore *self = WF_CALDAV_STORE (store);

  ask_state (self, make_task (self, uid, FALSE, find_async, cancellable, callback, user_data));
}

/* ---- put --------------------------------------------------------------------------------------- */

static void
on_put (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  WfCaldavStore *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  g_autoptr (WfHttpAnswer) answer = receive (task, object, result);
  GError *error;

  if (answer == NULL)
    return;
  /* Some servers say so when the entry that is to be replaced is gone. */
  if (answer->status == 404 && !request->is_new)
    answer->status = 412;
  error = wf_caldav_error_from_answer (answer, request->is_new);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (answer->etag != NULL && *answer->etag != '\0' && !g_str_has_prefix (answer->etag, "W/"))
    g_task_return_pointer (task, g_strdup (answer->etag), g_free);
  else /* RFC 4791, 5.3.4: a server that keeps something else than it was sent tells no state */
    {
      request->was_put = TRUE;
      ask_state (self, g_steal_pointer (&task));
    }
}

static void
put_async (WfCalendarStore *store, const char *uid, const char *text, const char *etag,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  WfCaldavStore *self = WF_CALDAV_STORE (store);
  GTask *task = make_task (self, uid, etag == NULL, put_async, cancellable, callback, user_data);
  const Request *request = g_task_get_task_data (task);
  const WfHttpRequest put = {
    .method = "PUT",
    .path = request->path,
    .body = text,
    .content_type = "text/calendar; charset=utf-8",
    .accept = "*/*",
    .if_match = etag,
    .if_none_match = etag == NULL ? "*" : NULL,
    .answers_all = TRUE,
  };

  wf_http_send_async (self->http, &put, cancellable, on_put, task);
}

/* ---- remove ------------------------------------------------------------------------------------ */

static void
on_removed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (WfHttpAnswer) answer = receive (task, object, result);
  GError *error;

  if (answer == NULL)
    return;
  error = answer->status == 404 || answer->status == 410
              ? NULL
              : wf_caldav_error_from_answer (answer, FALSE);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
remove_async (WfCalendarStore *store, const char *uid, const char *etag, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  WfCaldavStore *self = WF_CALDAV_STORE (store);
  GTask *task = make_task (self, uid, FALSE, remove_async, cancellable, callback, user_data);
  const Request *request = g_task_get_task_data (task);
  const WfHttpRequest ask = {
    .method = "DELETE",
    .path = request->path,
    .accept = "*/*",
    .if_match = etag,
    .answers_all = TRUE,
  };

  wf_http_send_async (self->http, &ask, cancellable, on_removed, task);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
store_init (WfCalendarStoreInterface *iface)
{
  iface->put_async = put_async;
  iface->remove_async = remove_async;
  iface->find_async = find_async;
}

static void
wf_caldav_store_finalize (GObject *object)
{
  WfCaldavStore *self = WF_CALDAV_STORE (object);

  g_clear_object (&self->http);
  g_free (self->path);
  G_OBJECT_CLASS (wf_caldav_store_parent_class)->finalize (object);
}

static void
wf_caldav_store_class_init (WfCaldavStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_caldav_store_finalize;
}

static void
wf_caldav_store_init (WfCaldavStore *self)
{
}

/**
 * wf_caldav_store_new:
 * @http: of the server, without a path, signed in
 * @path: of the calendar, encoded
 *
 * Returns: (transfer full): the calendar; nothing is asked of it yet
 */
WfCalendarStore *
wf_caldav_store_new (WfHttp *http, const char *path)
{
  WfCaldavStore *self = g_object_new (WF_TYPE_CALDAV_STORE, NULL);

  while (*path == '/')
    path++;
  self->http = g_object_ref (http);
  self->path = *path == '\0' || g_str_has_suffix (path, "/") ? g_strdup (path)
                                                             : g_strconcat (path, "/", NULL);
  return WF_CALENDAR_STORE (self);
}
