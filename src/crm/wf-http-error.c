/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From failures of the transport and HTTP statuses to errors that say what the caller can do. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-http-error.h"

#include "wf-crm.h"
#include "wf-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_RETRY_AFTER 3600
#define MOST_PROBLEM_BYTES (256 * 1024)

/* -- transport --------------------------------------------------------------------------------- */

/* Failures of making a connection: nothing was sent. */
static gboolean
is_unreachable (const GError *error)
{
  static const GIOErrorEnum codes[] = {
    G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_HOST_NOT_FOUND,     G_IO_ERROR_PROXY_FAILED,        G_IO_ERROR_PROXY_AUTH_FAILED,
    G_IO_ERROR_PROXY_NEED_AUTH,    G_IO_ERROR_PROXY_NOT_ALLOWED,
  };

  if (error->domain == G_RESOLVER_ERROR)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, (gint) codes[i]))
      return TRUE;
  return FALSE;
}

GError *
wf_http_error_from_transport (const GError *error, const WfHttpProgress *progress)
{
  if (error->domain == WF_CRM_ERROR)
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !progress->timed_out)
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return g_error_new (WF_CRM_ERROR, WF_CRM_ERROR_CERTIFICATE,
                        _ ("The server cannot prove who it is: %s"), error->message);
  if (is_unreachable (error))
    return g_error_new (WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE, _ ("The CRM cannot be reached: %s"),
                        error->message);
  if (error->domain == SOUP_SESSION_ERROR)
    return g_error_new (WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                        _ ("The CRM’s answer cannot be read: %s"), error->message);
  if (progress->is_write && progress->was_sent)
    return g_error_new (WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN,
                        _ ("The change was sent, but the CRM’s answer did not arrive: %s"),
                        progress->timed_out ? _ ("It took too long.") : error->message);
  if (progress->timed_out)
    return g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE,
                                _ ("The CRM does not answer in time."));
  return g_error_new (WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE, _ ("The connection to the CRM broke: %s"),
                      error->message);
}

/* -- statuses ---------------------------------------------------------------------------------- */

guint
wf_http_read_retry_after (SoupMessageHeaders *headers, WfInstant now)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  const char *date_text = soup_message_headers_get_one (headers, "Date");
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    return (guint) MIN (seconds, MOST_RETRY_AFTER);

  g_autoptr (GDateTime) until = soup_date_time_new_from_http_string (text);
  g_autoptr (GDateTime) date = date_text != NULL ? soup_date_time_new_from_http_string (date_text)
                                                 : NULL;
  if (until == NULL)
    return 0;
  gint64 wait = g_date_time_to_unix (until) -
                (date != NULL ? g_date_time_to_unix (date) : now / G_TIME_SPAN_SECOND);
  return (guint) CLAMP (wait, 0, MOST_RETRY_AFTER);
}

static int
find_code (guint status, const char *type)
{
  gboolean exists = type != NULL && g_str_has_suffix (type, "/already-exists");

  switch (status)
    {
    case 401:
      return WF_CRM_ERROR_AUTH;
    case 403:
      return WF_CRM_ERROR_FORBIDDEN;
    case 404:
      return WF_CRM_ERROR_NOT_FOUND;
    case 409:
    case 412:
      return exists ? WF_CRM_ERROR_ALREADY_EXISTS : WF_CRM_ERROR_CONFLICT;
    case 410:
      return WF_CRM_ERROR_CURSOR_EXPIRED;
    case 429:
      return WF_CRM_ERROR_RATE_LIMITED;
    case 408:
      return WF_CRM_ERROR_SERVER;
    default:
      return status >= 500   ? WF_CRM_ERROR_SERVER
             : status >= 400 ? WF_CRM_ERROR_INVALID
                             : WF_CRM_ERROR_PROTOCOL;
    }
}

static const char *
get_default_title (int code)
{
  switch (code)
    {
    case WF_CRM_ERROR_AUTH:
      return _ ("The CRM asks to sign in again.");
    case WF_CRM_ERROR_FORBIDDEN:
      return _ ("Your role in the CRM does not allow this.");
    case WF_CRM_ERROR_NOT_FOUND:
      return _ ("The CRM does not have this.");
    case WF_CRM_ERROR_CONFLICT:
      return _ ("Somebody changed this meanwhile.");
    case WF_CRM_ERROR_ALREADY_EXISTS:
      return _ ("The CRM has this already.");
    case WF_CRM_ERROR_CURSOR_EXPIRED:
      return _ ("The CRM no longer keeps events from that long ago.");
    case WF_CRM_ERROR_RATE_LIMITED:
      return _ ("The CRM asks to wait before the next request.");
    case WF_CRM_ERROR_SERVER:
      return _ ("The CRM has a problem of its own.");
    case WF_CRM_ERROR_PROTOCOL:
      return _ ("The CRM answers from another address; check the address of this account.");
    default:
      return _ ("The CRM refuses this.");
    }
}

GError *
wf_http_error_from_problem (guint status, const char *type, const char *title, const char *detail)
{
  int code = find_code (status, type);

  if (title == NULL || *title == '\0')
    title = get_default_title (code);
  if (detail == NULL || *detail == '\0')
    return g_error_new_literal (WF_CRM_ERROR, code, title);
  return g_error_new (WF_CRM_ERROR, code, "%s %s", title, detail);
}

/* "#/due: This is required." of the first error in the list, or the problem's own detail. */
static char *
make_detail (const WfJson *problem)
{
  const WfJson *first = wf_json_get_element (wf_json_get_member (problem, "errors"), 0);
  const char *pointer = wf_json_get_member_string (first, "pointer"),
             *detail = wf_json_get_member_string (first, "detail");

  if (detail == NULL)
    return g_strdup (wf_json_get_member_string (problem, "detail"));
  return pointer != NULL && *pointer != '\0' ? g_strdup_printf ("%s: %s", pointer, detail)
                                             : g_strdup (detail);
}

static WfJsonDocument *
read_problem (SoupMessageHeaders *headers, GBytes *body)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (type == NULL || !g_str_has_suffix (type, "json") || length == 0 ||
      length > MOST_PROBLEM_BYTES)
    return NULL;
  return wf_json_document_parse (text, (gssize) length, MOST_PROBLEM_BYTES, NULL);
}

GError *
wf_http_error_from_status (guint status, const char *reason, SoupMessageHeaders *headers,
                           GBytes *body, WfInstant now)
{
  if ((status >= 200 && status < 300) || status == 304)
    return NULL;

  g_autoptr (WfJsonDocument) document = read_problem (headers, body);
  const WfJson *problem = document != NULL ? wf_json_document_get_root (document) : NULL;
  g_autofree char *detail = make_detail (problem);
  guint retry_after = wf_http_read_retry_after (headers, now);
  GError *error = wf_http_error_from_problem (status, wf_json_get_member_string (problem, "type"),
                                              wf_json_get_member_string (problem, "title"), detail);

  if (status == 429 || retry_after > 0)
    {
      GError *wait = wf_crm_error_new_retry_after (retry_after, error->message);

      wait->code = error->code;
      g_error_free (error);
      return wait;
    }
  return error;
}
