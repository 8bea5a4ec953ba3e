/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One attempt at delivering a webhook: look up, check, connect to what was checked, send. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-webhook-delivery.h"

#include "wf-demo-pinned-address.h"
#include "wf-demo-webhook-address.h"
#include "wf-demo-webhook-secret.h"

#include <libsoup/soup.h>
#include <string.h>

#define MOST_RETRY_AFTER 3600

typedef struct
{
  WfClock *clock;           /* (owned) */
  GUri *uri;                /* (owned) */
  char *id, *body, *secret; /* (owned) */
  gboolean allow_private;
  gboolean timed_out;
  GCancellable *cancellable; /* (owned) of this attempt */
  gulong cancelled_id;
  WfAlarm *alarm; /* (owned) ends the attempt */
  WfInstant due;
  SoupSession *session; /* (owned) (nullable) */
  SoupMessage *message; /* (owned) (nullable) */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_clear_pointer (&attempt->alarm, wf_alarm_free);
  if (attempt->session != NULL)
    soup_session_abort (attempt->session);
  g_clear_object (&attempt->session);
  g_clear_object (&attempt->message);
  g_clear_object (&attempt->cancellable);
  g_clear_object (&attempt->clock);
  g_clear_pointer (&attempt->uri, g_uri_unref);
  g_free (attempt->id);
  g_free (attempt->body);
  g_free (attempt->secret);
  g_free (attempt);
}

void
wf_demo_delivery_report_free (WfDemoDeliveryReport *self)
{
  g_free (self->note);
  g_free (self);
}

/* -- ends -------------------------------------------------------------------------------------- */

static void
end_attempt (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);

  g_clear_pointer (&attempt->alarm, wf_alarm_free);
  g_cancellable_disconnect (g_task_get_cancellable (task), attempt->cancelled_id);
  attempt->cancelled_id = 0;
}

/* Takes the task's reference, and note. */
static void
report (GTask *task, WfDemoDeliveryResult result, char *note)
{
  Attempt *attempt = g_task_get_task_data (task);
  WfDemoDeliveryReport *self = g_new0 (WfDemoDeliveryReport, 1);
  const char *retry_after = NULL;
  guint64 seconds = 0;

  end_attempt (task);
  self->result = result;
  self->note = note;
  if (attempt->message != NULL)
    {
      self->status = soup_message_get_status (attempt->message);
      retry_after = soup_message_headers_get_one (
          soup_message_get_response_headers (attempt->message), "Retry-After");
    }
  if (retry_after != NULL &&
      g_ascii_string_to_unsigned (retry_after, 10, 0, G_MAXUINT32, &seconds, NULL))
    self->retry_after = (guint) MIN (seconds, MOST_RETRY_AFTER);
  g_task_return_pointer (task, self, (GDestroyNotify) wf_demo_delivery_report_free);
  g_object_unref (task);
}

/* Takes the task's reference. */
static void
fail (GTask *task, const GError *error)
{
  Attempt *attempt = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  if (outer != NULL && g_cancellable_is_cancelled (outer))
    {
      end_attempt (task);
      g_task_return_error (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                      "The delivery was broken off"));
      g_object_unref (task);
      return;
    }
  report (task, WF_DEMO_DELIVERY_FAILED,
          g_strdup (attempt->timed_out                  ? "timed-out"
                    : error->domain == G_RESOLVER_ERROR ? "unknown-host"
                    : error->domain == G_TLS_ERROR      ? "certificate"
                                                        : "unreachable"));
}

/* Policy: 2xx is received; 429 and 5xx may pass; every other answer is the receiver's last word. */
static void
judge (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);
  guint status = soup_message_get_status (attempt->message);
  char *note = g_strdup_printf ("http-%u", status);

  if (status >= 200 && status < 300)
    {
      g_free (note);
      report (task, WF_DEMO_DELIVERED, NULL);
    }
  else
    report (task,
            status == 429 || status >= 500 ? WF_DEMO_DELIVERY_FAILED : WF_DEMO_DELIVERY_GIVEN_UP,
            note);
}

/* -- sending ----------------------------------------------------------------------------------- */

static void
close_unread (GInputStream *stream)
{
  g_autoptr (GCancellable) at_once = g_cancellable_new ();

  g_cancellable_cancel (at_once);
  g_input_stream_close (stream, at_once, NULL);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
      soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  /* What the receiver says beside its status is not read, nor waited for. */
  close_unread (stream);
  judge (task);
}

static void
add_headers (Attempt *attempt)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (attempt->message);
  gint64 timestamp = wf_clock_now (attempt->clock) / G_TIME_SPAN_SECOND;
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp);
  g_autofree char *signature =
      wf_demo_webhook_sign (attempt->secret, attempt->id, timestamp, attempt->body);
  g_autoptr (GBytes) body = g_bytes_new (attempt->body, strlen (attempt->body));

  soup_message_headers_replace (headers, "webhook-id", attempt->id);
  soup_message_headers_replace (headers, "webhook-timestamp", time);
  soup_message_headers_replace (headers, "webhook-signature", signature);
  soup_message_set_request_body_from_bytes (attempt->message, "application/json", body);
}

static guint16
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return (guint16) port;
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/* addresses: checked. The name is not looked up again. */
static void
send (GTask *task, GList *addresses)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GSocketConnectable) pinned = wf_demo_pinned_address_new (
      g_uri_get_host (attempt->uri), get_port (attempt->uri), addresses);

  attempt->session = soup_session_new_with_options ("user-agent", "Workflow/" WF_VERSION,
                                                    "remote-connectable", pinned, "proxy-resolver",
                                                    NULL, "timeout", 0, "idle-timeout", 0, NULL);
  attempt->message = soup_message_new_from_uri ("POST", attempt->uri);
  soup_message_add_flags (attempt->message, SOUP_MESSAGE_NO_REDIRECT);
  add_headers (attempt);
  soup_session_send_async (attempt->session, attempt->message, G_PRIORITY_DEFAULT,
                           attempt->cancellable, on_sent, task);
}

/* -- the address ------------------------------------------------------------------------------- */

/* One address that is not public is enough to refuse the name: which one a connection takes must
 * not be a matter of luck. */
static gboolean
are_allowed (const Attempt *attempt, GList *addresses)
{
  for (GList *l = addresses; l != NULL && !attempt->allow_private; l = l->next)
    if (!wf_demo_webhook_is_public (l->data))
      return FALSE;
  return TRUE;
}

static void
check_and_send (GTask *task, GList *addresses)
{
  if (are_allowed (g_task_get_task_data (task), addresses))
    send (task, addresses);
  else
    report (task, WF_DEMO_DELIVERY_REFUSED, g_strdup ("private-address"));
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (GInetAddress) addresses =
      g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (error != NULL)
    fail (task, error);
  else
    check_and_send (task, addresses);
}

static void
look_up (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);
  const char *host = g_uri_get_host (attempt->uri);
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);
  g_autoptr (GResolver) resolver = NULL;

  if (literal != NULL)
    {
      GList only = { .data = literal };

      check_and_send (task, &only);
      return;
    }
  resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, host, attempt->cancellable, on_looked_up, task);
}

/* -- public ------------------------------------------------------------------------------------ */

static void
on_time_over (WfAlarmReason reason, gpointer user_data)
{
  Attempt *attempt = user_data;
  WfInstant now = wf_clock_now (attempt->clock);

  /* A clock that was set back must not make the time longer than it was. */
  attempt->due = MIN (attempt->due, now + WF_DEMO_DELIVERY_SECONDS * G_TIME_SPAN_SECOND);
  if (now < attempt->due)
    {
      wf_alarm_set (attempt->alarm, attempt->due);
      return;
    }
  attempt->timed_out = TRUE;
  g_cancellable_cancel (attempt->cancellable);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Attempt *attempt = user_data;

  g_clear_pointer (&attempt->alarm, wf_alarm_free);
  g_cancellable_cancel (attempt->cancellable);
}

void
wf_demo_delivery_async (WfClock *clock, const WfDemoDeliveryRequest *request,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);

  g_task_set_source_tag (task, wf_demo_delivery_async);
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);
  attempt->clock = g_object_ref (clock);
  attempt->id = g_strdup (request->id);
  attempt->body = g_strdup (request->body);
  attempt->secret = g_strdup (request->secret);
  attempt->allow_private = request->allow_private;
  attempt->uri = wf_demo_webhook_parse_url (request->url);
  if (attempt->uri == NULL)
    {
      report (task, WF_DEMO_DELIVERY_REFUSED, g_strdup ("wrong-address"));
      return;
    }
  attempt->cancellable = g_cancellable_new ();
  attempt->due = wf_clock_now (clock) + WF_DEMO_DELIVERY_SECONDS * G_TIME_SPAN_SECOND;
  attempt->alarm = wf_clock_new_alarm (clock, on_time_over, attempt);
  wf_alarm_set (attempt->alarm, attempt->due);
  if (cancellable != NULL)
    attempt->cancelled_id =
        g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), attempt, NULL);
  look_up (task);
}

WfDemoDeliveryReport *
wf_demo_delivery_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
