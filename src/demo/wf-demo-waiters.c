/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients that wait for events: long polls that are held, and streams. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-waiters.h"

#include <string.h>

/* A comment line goes to silent streams, so that both ends and what lies between see that the
 * connection lives. */
#define STREAM_PULSE (15 * G_TIME_SPAN_SECOND)
#define STREAM_BATCH 100
/* Pieces that a slow reader may leave unread before it gets no more. */
#define MOST_UNREAD 8

typedef struct
{
  WfDemoWaiters *waiters;     /* (unowned) */
  SoupServerMessage *message; /* (owned) */
  WfDemoCallerKind kind;
  char *person; /* (owned) (nullable) */
  gint64 after;
  guint limit;
  char **types; /* (owned) (nullable) */
  gboolean is_stream;
  WfInstant deadline; /* of a poll: the answer; of a stream: the next pulse */
  guint unread;       /* pieces of a stream on their way */
} Waiter;

struct _WfDemoWaiters
{
  WfDemoCrm *crm;  /* (unowned) */
  WfClock *clock;  /* (owned) */
  WfAlarm *alarm;  /* (owned) */
  GPtrArray *list; /* (owned) of Waiter */
};

static void
waiter_free (Waiter *waiter)
{
  g_signal_handlers_disconnect_by_data (waiter->message, waiter);
  g_object_unref (waiter->message);
  g_free (waiter->person);
  g_strfreev (waiter->types);
  g_free (waiter);
}

static void
arm (WfDemoWaiters *self)
{
  WfInstant next = WF_INSTANT_NONE;

  for (guint i = 0; i < self->list->len; i++)
    {
      Waiter *waiter = self->list->pdata[i];

      if (next == WF_INSTANT_NONE || waiter->deadline < next)
        next = waiter->deadline;
    }
  wf_alarm_set (self->alarm, next);
}

static WfDemoWait
get_wait (Waiter *waiter)
{
  return (WfDemoWait) {
    .message = waiter->message,
    .kind = waiter->kind,
    .person = waiter->person,
    .after = waiter->after,
    .limit = waiter->limit,
    .types = waiter->types,
  };
}

/* -- polls ------------------------------------------------------------------------------------- */

static void
append_to_batch (gint64 sequence, const char *type, const char *body, gpointer user_data)
{
  GString *batch = user_data;

  if (batch->len > 1)
    g_string_append_c (batch, ',');
  g_string_append (batch, body);
}

guint
wf_demo_waiters_answer (WfDemoCrm *crm, const WfDemoCaller *caller, const WfDemoWait *wait,
                        gboolean even_empty, gint64 *next)
{
  WfDemoEventQuery query = { .after = wait->after, .limit = wait->limit, .types = wait->types };
  g_autoptr (GString) batch = g_string_new ("[");
  gboolean more;
  guint n = wf_demo_crm_read_events (crm, caller, &query, next, &more, append_to_batch, batch);

  if (n == 0 && !more && !even_empty)
    return 0;

  SoupMessageHeaders *headers = soup_server_message_get_response_headers (wait->message);
  g_autofree char *cursor = wf_demo_crm_make_cursor (crm, *next);
  g_string_append_c (batch, ']');
  soup_message_headers_replace (headers, "Next-Cursor", cursor);
  soup_message_headers_replace (headers, "Events-More", more ? "true" : "false");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (wait->message, 200, NULL);
  gsize length = batch->len;
  soup_server_message_set_response (wait->message, "application/cloudevents-batch+json",
                                    SOUP_MEMORY_TAKE,
                                    g_string_free (g_steal_pointer (&batch), FALSE), length);
  return MAX (n, 1);
}

/* TRUE when it was answered. */
static gboolean
try_poll (WfDemoWaiters *self, Waiter *waiter, gboolean even_empty)
{
  WfDemoWait wait = get_wait (waiter);
  g_auto (WfDemoCaller) caller = { 0 };

  wf_demo_crm_init_caller (self->crm, &caller, waiter->kind, waiter->person);
  if (wf_demo_waiters_answer (self->crm, &caller, &wait, even_empty, &waiter->after) == 0)
    return FALSE;
  g_signal_handlers_disconnect_by_data (waiter->message, waiter);
  soup_server_message_unpause (waiter->message);
  return TRUE;
}

/* -- streams ----------------------------------------------------------------------------------- */

static void
send_piece (Waiter *waiter, const char *text, gsize length)
{
  soup_message_body_append (soup_server_message_get_response_body (waiter->message),
                            SOUP_MEMORY_COPY, text, length);
  waiter->unread++;
  soup_server_message_unpause (waiter->message);
}

typedef struct
{
  WfDemoCrm *crm;
  GString *text;
} Piece;

static void
append_to_stream (gint64 sequence, const char *type, const char *body, gpointer user_data)
{
  Piece *piece = user_data;
  g_autofree char *cursor = wf_demo_crm_make_cursor (piece->crm, sequence);

  g_string_append_printf (piece->text, "id: %s\nevent: %s\ndata: %s\n\n", cursor, type, body);
}

static void
try_stream (WfDemoWaiters *self, Waiter *waiter)
{
  WfDemoEventQuery query = { .after = waiter->after,
                             .limit = STREAM_BATCH,
                             .types = waiter->types };
  gboolean more = TRUE;
  g_auto (WfDemoCaller) caller = { 0 };

  wf_demo_crm_init_caller (self->crm, &caller, waiter->kind, waiter->person);
  while (more && waiter->unread < MOST_UNREAD)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      Piece piece = { .crm = self->crm, .text = text };

      query.after = waiter->after;
      wf_demo_crm_read_events (self->crm, &caller, &query, &waiter->after, &more, append_to_stream,
                               &piece);
      if (text->len > 0)
        {
          send_piece (waiter, text->str, text->len);
          waiter->deadline = wf_clock_now (self->clock) + STREAM_PULSE;
        }
    }
}

static void
on_wrote_chunk (SoupServerMessage *message, gpointer user_data)
{
  Waiter *waiter = user_data;

  if (waiter->unread > 0)
    waiter->unread--;
  if (waiter->unread == 0)
    try_stream (waiter->waiters, waiter);
}

/* -- the list ---------------------------------------------------------------------------------- */

static void
on_message_finished (SoupServerMessage *message, gpointer user_data)
{
  Waiter *waiter = user_data;
  WfDemoWaiters *self = waiter->waiters;

  g_ptr_array_remove_fast (self->list, waiter);
  arm (self);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfDemoWaiters *self = user_data;
  WfInstant now = wf_clock_now (self->clock);

  for (guint i = self->list->len; i-- > 0;)
    {
      Waiter *waiter = self->list->pdata[i];

      if (waiter->deadline > now)
        continue;
      if (!waiter->is_stream)
        {
          try_poll (self, waiter, TRUE);
          g_ptr_array_remove_index_fast (self->list, i);
        }
      else
        {
          waiter->deadline = now + STREAM_PULSE;
          if (waiter->unread == 0)
            send_piece (waiter, ":\n\n", 3);
        }
    }
  arm (self);
}

WfDemoWaiters *
wf_demo_waiters_new (WfDemoCrm *crm, WfClock *clock)
{
  WfDemoWaiters *self = g_new0 (WfDemoWaiters, 1);

  self->crm = crm;
  self->clock = g_object_ref (clock);
  self->alarm = wf_clock_new_alarm (clock, on_alarm, self);
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  return self;
}

void
wf_demo_waiters_free (WfDemoWaiters *self)
{
  for (guint i = self->list->len; i-- > 0;)
    {
      Waiter *waiter = self->list->pdata[i];

      if (!waiter->is_stream)
        try_poll (self, waiter, TRUE);
      else
        {
          g_signal_handlers_disconnect_by_data (waiter->message, waiter);
          soup_message_body_complete (soup_server_message_get_response_body (waiter->message));
          soup_server_message_unpause (waiter->message);
        }
    }
  g_ptr_array_unref (self->list);
  wf_alarm_free (self->alarm);
  g_object_unref (self->clock);
  g_free (self);
}

static Waiter *
add (WfDemoWaiters *self, const WfDemoWait *wait)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->waiters = self;
  waiter->message = g_object_ref (wait->message);
  waiter->kind = wait->kind;
  waiter->person = g_strdup (wait->person);
  waiter->after = wait->after;
  waiter->limit = wait->limit;
  waiter->types = g_strdupv (wait->types);
  g_ptr_array_add (self->list, waiter);
  g_signal_connect (wait->message, "finished", G_CALLBACK (on_message_finished), waiter);
  return waiter;
}

void
wf_demo_waiters_hold (WfDemoWaiters *self, const WfDemoWait *wait, guint seconds)
{
  Waiter *waiter = add (self, wait);

  waiter->deadline = wf_clock_now (self->clock) + (gint64) seconds * G_TIME_SPAN_SECOND;
  soup_server_message_pause (wait->message);
  arm (self);
}

void
wf_demo_waiters_stream (WfDemoWaiters *self, const WfDemoWait *wait)
{
  Waiter *waiter = add (self, wait);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (wait->message);

  waiter->is_stream = TRUE;
  waiter->deadline = wf_clock_now (self->clock) + STREAM_PULSE;
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_body_set_accumulate (soup_server_message_get_response_body (wait->message), FALSE);
  soup_server_message_set_status (wait->message, 200, NULL);
  g_signal_connect (wait->message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), waiter);
  soup_message_body_append (soup_server_message_get_response_body (wait->message),
                            SOUP_MEMORY_STATIC, ":\n\n", 3);
  waiter->unread = 1;
  try_stream (self, waiter);
  arm (self);
}

void
wf_demo_waiters_wake (WfDemoWaiters *self)
{
  for (guint i = self->list->len; i-- > 0;)
    {
      Waiter *waiter = self->list->pdata[i];

      if (waiter->is_stream)
        try_stream (self, waiter);
      else if (try_poll (self, waiter, FALSE))
        g_ptr_array_remove_index_fast (self->list, i);
    }
  arm (self);
}

guint
wf_demo_waiters_get_n (WfDemoWaiters *self)
{
  return self->list->len;
}
