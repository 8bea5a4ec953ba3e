/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a calendar on a CalDAV server. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-caldav-make.h"

#include "wf-caldav-error.h"
#include "wf-crm.h"

#include <glib/gi18n-lib.h>

#define FORMAT                                                                                     \
  "<?xml version=\"1.0\" encoding=\"utf-8\"?>"                                                     \
  "<c:mkcalendar xmlns=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><set><prop>"             \
  "<displayname>%s</displayname><c:supported-calendar-component-set>"                              \
  "<c:comp name=\"VEVENT\"/><c:comp name=\"VTODO\"/></c:supported-calendar-component-set>"         \
  "</prop></set></c:mkcalendar>"

/* What a server says that makes no calendars, or has something at this address already. */
static gboolean
is_refused (guint status)
{
  return status == 403 || status == 404 || status == 405 || status == 409 || status == 501;
}

static void
on_answer (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) answer = wf_http_send_finish (WF_HTTP (object), result, &error);

  if (answer == NULL)
    error = wf_caldav_error_from_transport (error);
  else if (is_refused (answer->status))
    error = g_error_new_literal (
        WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN,
        _ ("The server does not make a calendar. Make one there and look again."));
  else
    error = wf_caldav_error_from_answer (answer, TRUE);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * wf_caldav_make_async:
 * @http: of the server, signed in
 * @path: of the calendar that is to be, encoded
 * @name: as people see it
 * @cancellable: (nullable)
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
wf_caldav_make_async (WfHttp *http, const char *path, const char *name, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (http, cancellable, callback, user_data);
  g_autofree char *body = g_markup_printf_escaped (FORMAT, name);
  const WfHttpRequest request = {
    .method = "MKCALENDAR",
    .path = *path == '/' ? path + 1 : path,
    .body = body,
    .content_type = "application/xml; charset=utf-8",
    .accept = "*/*",
    .answers_all = TRUE,
  };

  g_task_set_source_tag (task, wf_caldav_make_async);
  wf_http_send_async (http, &request, cancellable, on_answer, task);
}

gboolean
wf_caldav_make_finish (WfHttp *http, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, http), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
