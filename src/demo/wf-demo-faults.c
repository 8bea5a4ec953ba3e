/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults that tests ask the demo CRM for: what goes wrong with which request. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-faults.h"

#include "wf-demo-request.h"

#include <string.h>

typedef struct
{
  WfDemoFaults *faults;       /* (unowned) */
  SoupServerMessage *message; /* (owned) */
  WfAlarm *alarm;             /* (owned) */
  WfInstant at;
} Delay;

struct _WfDemoFaults
{
  WfClock *clock;    /* (owned) */
  GQueue queue;      /* of WfDemoFault, owned */
  GPtrArray *delays; /* (owned) of Delay */
};

static void
fault_free (WfDemoFault *fault)
{
  g_free ((char *) fault->method);
  g_free ((char *) fault->path);
  g_free (fault);
}

static void
delay_free (Delay *delay)
{
  g_signal_handlers_disconnect_by_data (delay->message, delay);
  g_object_unref (delay->message);
  wf_alarm_free (delay->alarm);
  g_free (delay);
}

WfDemoFaults *
wf_demo_faults_new (WfClock *clock)
{
  WfDemoFaults *self = g_new0 (WfDemoFaults, 1);

  self->clock = g_object_ref (clock);
  g_queue_init (&self->queue);
  self->delays = g_ptr_array_new_with_free_func ((GDestroyNotify) delay_free);
  return self;
}

void
wf_demo_faults_free (WfDemoFaults *self)
{
  for (guint i = 0; i < self->delays->len; i++)
    soup_server_message_unpause (((Delay *) self->delays->pdata[i])->message);
  g_ptr_array_unref (self->delays);
  g_queue_clear_full (&self->queue, (GDestroyNotify) fault_free);
  g_object_unref (self->clock);
  g_free (self);
}

void
wf_demo_faults_add (WfDemoFaults *self, const WfDemoFault *fault)
{
  WfDemoFault *copy = g_memdup2 (fault, sizeof *fault);

  copy->method = g_strdup (fault->method);
  copy->path = g_strdup (fault->path);
  g_queue_push_tail (&self->queue, copy);
}

static gboolean
fits (const WfDemoFault *fault, SoupServerMessage *message, const char *path)
{
  return (fault->method == NULL ||
          g_str_equal (fault->method, soup_server_message_get_method (message))) &&
         (fault->path == NULL || g_str_has_prefix (path, fault->path));
}

static void
drop (SoupServerMessage *message)
{
  g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

gboolean
wf_demo_faults_before (WfDemoFaults *self, SoupServerMessage *message, const char *path,
                       WfDemoFault *taken)
{
  *taken = (WfDemoFault) { 0 };
  taken->kind = (WfDemoFaultKind) -1;
  for (GList *l = self->queue.head; l != NULL; l = l->next)
    {
      WfDemoFault *fault = l->data;

      if (!fits (fault, message, path))
        continue;
      *taken = *fault;
      taken->method = taken->path = NULL;
      fault_free (fault);
      g_queue_delete_link (&self->queue, l);
      if (taken->kind == WF_DEMO_FAULT_STATUS)
        wf_demo_request_set_problem (message, taken->status, "injected", "Injected fault",
                                     taken->retry_after);
      else if (taken->kind == WF_DEMO_FAULT_DROP_BEFORE)
        {
          soup_server_message_set_status (message, 500, NULL);
          drop (message);
        }
      return taken->kind == WF_DEMO_FAULT_STATUS || taken->kind == WF_DEMO_FAULT_DROP_BEFORE;
    }
  return FALSE;
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  Delay *delay = user_data;
  SoupServerMessage *message = delay->message;

  if (wf_clock_now (delay->faults->clock) < delay->at)
    return;
  g_object_ref (message);
  g_ptr_array_remove_fast (delay->faults->delays, delay);
  soup_server_message_unpause (message);
  g_object_unref (message);
}

static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  Delay *delay = user_data;

  g_ptr_array_remove_fast (delay->faults->delays, delay);
}

static void
start_delay (WfDemoFaults *self, SoupServerMessage *message, gint64 time)
{
  Delay *delay = g_new0 (Delay, 1);

  delay->faults = self;
  delay->message = g_object_ref (message);
  delay->at = wf_clock_now (self->clock) + time;
  delay->alarm = wf_clock_new_alarm (self->clock, on_alarm, delay);
  g_ptr_array_add (self->delays, delay);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), delay);
  soup_server_message_pause (message);
  wf_alarm_set (delay->alarm, delay->at);
}

static void
on_wrote_half (SoupServerMessage *message, gpointer user_data)
{
  drop (message);
}

/* Half of the answer under the head of the whole. FALSE when there is nothing to cut. */
static gboolean
halve (SoupMessageBody *body)
{
  g_autoptr (GBytes) whole = soup_message_body_flatten (body);
  gsize length = g_bytes_get_size (whole);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, length / 2);

  if (length < 2)
    return FALSE;
  soup_message_body_truncate (body);
  soup_message_body_append_bytes (body, half);
  return TRUE;
}

/* The body is cut when the head is on its way: only then it is whole, also where the answer was
 * held for long. A stream's pieces stand for themselves: it breaks after the first one. */
static void
on_wrote_headers (SoupServerMessage *message, gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
      halve (soup_server_message_get_response_body (message)))
    g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_half), NULL);
  else
    drop (message);
}

void
wf_demo_faults_after (WfDemoFaults *self, SoupServerMessage *message, const WfDemoFault *taken)
{
  switch ((int) taken->kind)
    {
    case WF_DEMO_FAULT_DROP_AFTER:
      drop (message);
      break;
    case WF_DEMO_FAULT_CUT_BODY:
      g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_headers), NULL);
      break;
    case WF_DEMO_FAULT_DELAY:
      start_delay (self, message, taken->delay);
      break;
    default:
      break;
    }
}
