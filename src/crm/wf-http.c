/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one HTTP transport of the connectors. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-http.h"

#include "wf-backoff.h"
#include "wf-crm.h"
#include "wf-http-error.h"
#include "wf-redact.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define CHUNK_BYTES (64 * 1024)
#define MOST_CONNECTIONS 6
/* Pauses longer than this are the caller's: it shows that it waits. */
#define LONGEST_PAUSE (60 * G_TIME_SPAN_SECOND)

struct _WfHttp
{
  GObject parent_instance;

  WfClock *clock;       /* (owned) */
  SoupSession *session; /* (owned) */
  char *base;           /* (owned) without a slash at its end */
  char *authorization;  /* (owned) (nullable) */
  guint timeout;        /* seconds */
  guint most_retries;
  gsize most_bytes;
};

G_DEFINE_FINAL_TYPE (WfHttp, wf_http, G_TYPE_OBJECT)

/* One request with all its tries. */
typedef struct
{
  char *method, *path, *content_type, *if_match, *if_none_match, *cause; /* (owned) (nullable) */
  char *accept, *depth;                                                  /* (owned) (nullable) */
  GBytes *body;                                                          /* (owned) (nullable) */
  guint wait;
  guint most_retries;
  gboolean answers_412, answers_all;

  guint n_tries;
  SoupMessage *message;      /* (owned) (nullable) of the present try, as are the next */
  GCancellable *cancellable; /* (owned) (nullable) */
  GInputStream *stream;      /* (owned) (nullable) */
  GByteArray *bytes;         /* (owned) (nullable) */
  WfAlarm *alarm;            /* (owned) (nullable) ends the try, or the pause before the next */
  WfInstant due;
  WfInstant sent;
  gulong cancelled_id;
  WfHttpProgress progress;
} Exchange;

static void start_try (GTask *task);

void
wf_http_answer_free (WfHttpAnswer *self)
{
  g_bytes_unref (self->body);
  g_free (self->etag);
  g_free (self->next_page);
  g_free (self->next_cursor);
  g_free (self->location);
  g_free (self);
}

static void
end_try (Exchange *exchange, GCancellable *outer)
{
  if (exchange->cancelled_id != 0)
    g_cancellable_disconnect (outer, exchange->cancelled_id);
  exchange->cancelled_id = 0;
  g_clear_pointer (&exchange->alarm, wf_alarm_free);
  if (exchange->message != NULL)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->cancellable);
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->bytes, g_byte_array_unref);
}

static void
exchange_free (Exchange *exchange)
{
  end_try (exchange, NULL);
  g_free (exchange->method);
  g_free (exchange->path);
  g_free (exchange->content_type);
  g_free (exchange->if_match);
  g_free (exchange->if_none_match);
  g_free (exchange->cause);
  g_free (exchange->accept);
  g_free (exchange->depth);
  g_clear_pointer (&exchange->body, g_bytes_unref);
  g_free (exchange);
}

/* -- the address ------------------------------------------------------------------------------- */

static gboolean
is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* The base address, or NULL: a token must not travel in the clear, nor be sent somewhere by
 * mistake. */
static char *
check_address (const char *text, const char *default_path, GError **error)
{
  g_autoptr (GUri) uri =
      g_uri_parse (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;
  gboolean is_https = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https");

  if (host == NULL || *host == '\0' || (!is_https && !g_str_equal (g_uri_get_scheme (uri), "http")))
    g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                         _ ("The address must begin with https:// and the name of the server."));
  else if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
           g_uri_get_fragment (uri) != NULL)
    g_set_error_literal (
        error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
        _ ("The address must have no password, no question mark and no number sign."));
  else if (!is_https && !is_this_computer (host))
    g_set_error_literal (
        error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
        _ ("The address must begin with https://. Without it, everybody on the way could read your data."));
  else
    {
      gboolean no_path = *path == '\0' || g_str_equal (path, "/");
      g_autofree char *whole = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host,
                                           g_uri_get_port (uri), no_path ? default_path : path,
                                           NULL, NULL);

      while (g_str_has_suffix (whole, "/"))
        whole[strlen (whole) - 1] = '\0';
      return g_steal_pointer (&whole);
    }
  return NULL;
}

/* -- ends -------------------------------------------------------------------------------------- */

static void
log_result (WfHttp *self, Exchange *exchange, const char *result)
{
  g_autofree char *address = wf_redact_uri (self->base);

  g_debug ("%s %s: %s", exchange->method, address, result);
}

static void
on_pause_alarm (WfAlarmReason reason, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  WfHttp *self = g_task_get_source_object (task);

  if (reason == WF_ALARM_CLOCK_CHANGED && wf_clock_now (self->clock) < exchange->due)
    exchange->due = MIN (exchange->due, wf_clock_now (self->clock) + LONGEST_PAUSE);
  if (wf_clock_now (self->clock) < exchange->due)
    {
      wf_alarm_set (exchange->alarm, exchange->due);
      return;
    }
  end_try (exchange, g_task_get_cancellable (task));
  start_try (task);
  g_object_unref (task);
}

static gboolean
cancel_pause (gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->alarm == NULL || exchange->message != NULL || g_task_get_completed (task))
    return G_SOURCE_REMOVE;
  end_try (exchange, g_task_get_cancellable (task));
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* May be called in any thread, and inside g_cancellable_connect: so it only passes the word on. */
static void
on_pause_cancelled (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  GSource *source = g_idle_source_new ();

  g_source_set_callback (source, cancel_pause, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  g_source_unref (source);
}

/* Policy of retries: only reads, only after what may pass, only a few, and not when the pause
 * would be long: then the caller shows that it waits and comes back. Writes are repeated by the
 * outbox, which looks first (S16). */
static gboolean
may_retry (Exchange *exchange, const GError *error, gint64 *pause)
{
  if (exchange->progress.is_write || exchange->n_tries > exchange->most_retries ||
      !wf_crm_error_is_transient (error) ||
      (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE) && !exchange->progress.was_sent))
    return FALSE;
  *pause = wf_backoff_delay (exchange->n_tries - 1, wf_crm_error_get_retry_after (error),
                             g_random_double ());
  return *pause <= LONGEST_PAUSE;
}

/* Takes the task's reference and the error. */
static void
fail (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  WfHttp *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64 pause;

  log_result (self, exchange, g_quark_to_string (error->domain));
  end_try (exchange, cancellable);
  if ((cancellable != NULL && g_cancellable_is_cancelled (cancellable)) ||
      !may_retry (exchange, error, &pause))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_error_free (error);
  exchange->due = wf_clock_now (self->clock) + pause;
  exchange->alarm = wf_clock_new_alarm (self->clock, on_pause_alarm, task);
  wf_alarm_set (exchange->alarm, exchange->due);
  if (cancellable != NULL)
    exchange->cancelled_id =
        g_cancellable_connect (cancellable, G_CALLBACK (on_pause_cancelled), task, NULL);
}

static void
fail_transport (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  GError *own = wf_http_error_from_transport (error, &exchange->progress);

  g_error_free (error);
  fail (task, own);
}

static void
succeed (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  WfHttp *self = g_task_get_source_object (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  guint status = soup_message_get_status (exchange->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->bytes));
  GError *error = NULL;

  if (!exchange->answers_all && !(status == 412 && exchange->answers_412))
    error = wf_http_error_from_status (status, soup_message_get_reason_phrase (exchange->message),
                                       headers, body, wf_clock_now (self->clock));
  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  WfHttpAnswer *answer = g_new0 (WfHttpAnswer, 1);
  answer->status = status;
  answer->body = g_steal_pointer (&body);
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->next_page = g_strdup (soup_message_headers_get_one (headers, "Next-Page"));
  answer->next_cursor = g_strdup (soup_message_headers_get_one (headers, "Next-Cursor"));
  answer->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  answer->retry_after = wf_http_read_retry_after (headers, wf_clock_now (self->clock));
  answer->more = g_strcmp0 (soup_message_headers_get_one (headers, "Events-More"), "true") == 0;
  answer->sent = exchange->sent;
  log_result (self, exchange, "answered");
  end_try (exchange, g_task_get_cancellable (task));
  g_task_return_pointer (task, answer, (GDestroyNotify) wf_http_answer_free);
  g_object_unref (task);
}

/* -- one try ----------------------------------------------------------------------------------- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  WfHttp *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      fail_transport (task, g_steal_pointer (&error));
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      succeed (task);
      return;
    }
  if (exchange->bytes->len + g_bytes_get_size (chunk) > self->most_bytes)
    {
      g_cancellable_cancel (exchange->cancellable);
      fail (task, g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                                       _ ("The CRM’s answer is too large.")));
      return;
    }
  g_byte_array_append (exchange->bytes, g_bytes_get_data (chunk, NULL),
                       (guint) g_bytes_get_size (chunk));
  g_input_stream_read_bytes_async (exchange->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   exchange->cancellable, on_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  WfHttp *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      fail_transport (task, g_steal_pointer (&error));
      return;
    }

  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      (guint64) soup_message_headers_get_content_length (headers) > self->most_bytes)
    {
      g_cancellable_cancel (exchange->cancellable);
      fail (task, g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                                       _ ("The CRM’s answer is too large.")));
      return;
    }
  exchange->bytes = g_byte_array_new ();
  g_input_stream_read_bytes_async (exchange->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   exchange->cancellable, on_read, task);
}

static void
on_wrote_headers (SoupMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->progress.was_sent = TRUE;
}

static void
on_time_over (WfAlarmReason reason, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  WfHttp *self = g_task_get_source_object (task);
  WfInstant now = wf_clock_now (self->clock);

  /* A clock that was set back must not make the time longer than it was. */
  exchange->due =
      MIN (exchange->due, now + (gint64) (self->timeout + exchange->wait) * G_TIME_SPAN_SECOND);
  if (now < exchange->due)
    {
      wf_alarm_set (exchange->alarm, exchange->due);
      return;
    }
  exchange->progress.timed_out = TRUE;
  g_cancellable_cancel (exchange->cancellable);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* A line break in a value would begin another header. */
static void
add_header (SoupMessageHeaders *headers, const char *name, const char *value)
{
  if (value != NULL && strpbrk (value, "\r\n") == NULL)
    soup_message_headers_replace (headers, name, value);
}

static void
set_body (SoupMessage *message, Exchange *exchange)
{
  if (exchange->body != NULL)
    soup_message_set_request_body_from_bytes (
        message, exchange->content_type != NULL ? exchange->content_type : "application/json",
        exchange->body);
}

/* The server had closed a connection that was kept open: the request goes out on another one, by
 * itself, and without this with an empty body. */
static void
on_restarted (SoupMessage *message, gpointer user_data)
{
  set_body (message, user_data);
}

static SoupMessage *
make_message (WfHttp *self, Exchange *exchange)
{
  g_autofree char *address = g_strdup_printf ("%s/%s", self->base, exchange->path);
  SoupMessage *message = soup_message_new (exchange->method, address);

  if (message == NULL)
    return NULL;
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  add_header (headers, "Accept", exchange->accept != NULL ? exchange->accept : "application/json");
  add_header (headers, "Depth", exchange->depth);
  add_header (headers, "Authorization", self->authorization);
  add_header (headers, "If-Match", exchange->if_match);
  add_header (headers, "If-None-Match", exchange->if_none_match);
  add_header (headers, "Workflow-Cause", exchange->cause);
  set_body (message, exchange);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_headers), exchange);
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), exchange);
  return message;
}

/* Takes the task's reference. */
static void
start_try (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  WfHttp *self = g_task_get_source_object (task);
  GCancellable *outer = g_task_get_cancellable (task);

  exchange->n_tries++;
  exchange->progress.was_sent = exchange->progress.timed_out = FALSE;
  exchange->sent = wf_clock_now (self->clock);
  exchange->message = make_message (self, exchange);
  g_object_ref (task);
  if (exchange->message == NULL)
    {
      fail (task, g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                                       _ ("The address of the request is not valid.")));
      return;
    }
  exchange->cancellable = g_cancellable_new ();
  if (outer != NULL)
    exchange->cancelled_id = g_cancellable_connect (
        outer, G_CALLBACK (on_cancelled), g_object_ref (exchange->cancellable), g_object_unref);
  exchange->due = exchange->sent + (gint64) (self->timeout + exchange->wait) * G_TIME_SPAN_SECOND;
  exchange->alarm = wf_clock_new_alarm (self->clock, on_time_over, task);
  wf_alarm_set (exchange->alarm, exchange->due);
  soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT,
                           exchange->cancellable, on_sent, task);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_http_finalize (GObject *object)
{
  WfHttp *self = WF_HTTP (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_free (self->base);
  if (self->authorization != NULL)
    explicit_bzero (self->authorization, strlen (self->authorization));
  g_free (self->authorization);
  G_OBJECT_CLASS (wf_http_parent_class)->finalize (object);
}

static void
wf_http_class_init (WfHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_http_finalize;
}

static void
wf_http_init (WfHttp *self)
{
  self->timeout = WF_HTTP_TIMEOUT_SECONDS;
  self->most_retries = WF_HTTP_MOST_RETRIES;
  self->most_bytes = WF_HTTP_MOST_BYTES;
}

WfHttp *
wf_http_new (WfClock *clock, const char *url, const char *default_path, const char *token,
             GError **error)
{
  g_autofree char *base = check_address (url, default_path, error);

  if (base == NULL)
    return NULL;
  if (token != NULL && (*token == '\0' || strpbrk (token, "\r\n") != NULL))
    {
      g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH,
                           _ ("The access token is not valid."));
      return NULL;
    }
  WfHttp *self = g_object_new (WF_TYPE_HTTP, NULL);
  self->clock = g_object_ref (clock);
  self->base = g_steal_pointer (&base);
  self->authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  self->session = soup_session_new_with_options ("user-agent", "Workflow/" WF_VERSION,
                                                 "max-conns-per-host", MOST_CONNECTIONS, "timeout",
                                                 0, NULL);
  return self;
}

/**
 * wf_http_set_user:
 * @self: a transport without a token
 * @user: who signs in
 * @password: never logged
 * @error: %WF_CRM_ERROR_AUTH
 *
 * Returns: FALSE when one of them has characters that a header cannot have, or the user a colon
 */
gboolean
wf_http_set_user (WfHttp *self, const char *user, const char *password, GError **error)
{
  char *both, *code;

  if (*user == '\0' || strpbrk (user, ":\r\n") != NULL || strpbrk (password, "\r\n") != NULL)
    {
      g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH,
                           _ ("The user name or the password is not valid."));
      return FALSE;
    }
  both = g_strconcat (user, ":", password, NULL);
  code = g_base64_encode ((const guchar *) both, strlen (both));
  g_free (self->authorization);
  self->authorization = g_strconcat ("Basic ", code, NULL);
  explicit_bzero (both, strlen (both));
  explicit_bzero (code, strlen (code));
  g_free (both);
  g_free (code);
  return TRUE;
}

void
wf_http_set_timeout (WfHttp *self, guint seconds)
{
  self->timeout = seconds;
}

void
wf_http_set_most_retries (WfHttp *self, guint most_retries)
{
  self->most_retries = most_retries;
}

void
wf_http_set_most_bytes (WfHttp *self, gsize most_bytes)
{
  self->most_bytes = most_bytes;
}

void
wf_http_send_async (WfHttp *self, const WfHttpRequest *request, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->method = g_strdup (request->method);
  exchange->path = g_strdup (request->path);
  exchange->content_type = g_strdup (request->content_type);
  exchange->if_match = g_strdup (request->if_match);
  exchange->if_none_match = g_strdup (request->if_none_match);
  exchange->cause = g_strdup (request->cause);
  exchange->accept = g_strdup (request->accept);
  exchange->depth = g_strdup (request->depth);
  exchange->body = request->body != NULL ? g_bytes_new (request->body, strlen (request->body))
                                         : NULL;
  exchange->wait = request->wait;
  exchange->most_retries = request->only_once ? 0 : self->most_retries;
  exchange->answers_412 = request->answers_412;
  exchange->answers_all = request->answers_all;
  exchange->progress.is_write = !request->is_read && !g_str_equal (request->method, "GET");
  g_task_set_source_tag (task, wf_http_send_async);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  if (!g_task_return_error_if_cancelled (task))
    start_try (task);
}

WfHttpAnswer *
wf_http_send_finish (WfHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
