/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Webhooks that go out: the queue in the database, a few deliveries at a time, retries. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-webhooks.h"

#include "wf-demo-webhook-delivery.h"

#include "wf-backoff.h"
#include "wf-json-writer.h"

/* After the first attempt that failed. */
#define MOST_RETRIES 8
#define MOST_RUNNING 4
/* No pause is longer than this (wf_backoff_delay: an hour and a tenth), whatever happened to the
 * clock meanwhile. */
#define LONGEST_PAUSE (66 * G_TIME_SPAN_MINUTE)
/* When what became of a delivery cannot be stored: not at once, lest it is sent without end. */
#define PAUSE_OF_DATABASE G_TIME_SPAN_MINUTE

typedef struct
{
  WfDemoWebhooks *webhooks; /* (unowned) (nullable) after its end */
  char *key;                /* (owned) */
  gint64 attempts;          /* with this one */
} Delivery;

struct _WfDemoWebhooks
{
  WfDemoCrm *crm; /* (unowned) */
  WfClock *clock; /* (owned) */
  WfAlarm *alarm; /* (owned) */
  gboolean allow_private;
  GPtrArray *running;        /* of Delivery (unowned): each is its callback's */
  GCancellable *cancellable; /* (owned) */
};

static gboolean
is_running (WfDemoWebhooks *self, const char *key)
{
  for (guint i = 0; i < self->running->len; i++)
    if (g_str_equal (((Delivery *) self->running->pdata[i])->key, key))
      return TRUE;
  return FALSE;
}

/* -- one delivery ------------------------------------------------------------------------------ */

/* FALSE when the database refuses: the delivery then waits as it did before. */
static gboolean
record (WfDemoWebhooks *self, const Delivery *delivery, const char *state, const char *note,
        WfInstant next)
{
  wf_demo_crm_begin (self->crm);
  wf_demo_database_run (
      wf_demo_crm_get_database (self->crm),
      "UPDATE actions SET state = ?1, note = ?2, attempts = ?3, next = iif (?1 = 'pending', ?4, NULL)"
      " WHERE key = ?5",
      "ssiis", state, note, delivery->attempts, next, delivery->key);
  return wf_demo_crm_commit (self->crm, NULL);
}

static gboolean
record_failure (WfDemoWebhooks *self, const Delivery *delivery, const WfDemoDeliveryReport *report)
{
  WfInstant next = wf_clock_now (self->clock) + wf_backoff_delay ((guint) delivery->attempts - 1,
                                                                  report->retry_after,
                                                                  g_random_double ());

  if (delivery->attempts > MOST_RETRIES)
    return record (self, delivery, WF_DEMO_ACTION_FAILED, report->note, WF_INSTANT_NONE);
  return record (self, delivery, WF_DEMO_ACTION_PENDING, report->note, next);
}

static gboolean
record_report (WfDemoWebhooks *self, const Delivery *delivery, const WfDemoDeliveryReport *report)
{
  switch (report->result)
    {
    case WF_DEMO_DELIVERED:
      return record (self, delivery, WF_DEMO_ACTION_DONE, NULL, WF_INSTANT_NONE);
    case WF_DEMO_DELIVERY_GIVEN_UP:
      return record (self, delivery, WF_DEMO_ACTION_FAILED, report->note, WF_INSTANT_NONE);
    case WF_DEMO_DELIVERY_REFUSED:
      return record (self, delivery, WF_DEMO_ACTION_REFUSED, report->note, WF_INSTANT_NONE);
    case WF_DEMO_DELIVERY_FAILED:
      return record_failure (self, delivery, report);
    default:
      g_assert_not_reached ();
    }
}

static void
on_delivered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Delivery *delivery = user_data;
  WfDemoWebhooks *self = delivery->webhooks;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfDemoDeliveryReport) report = wf_demo_delivery_finish (result, &error);

  if (self != NULL)
    {
      g_ptr_array_remove_fast (self->running, delivery);
      if (report == NULL || record_report (self, delivery, report))
        wf_demo_webhooks_wake (self);
      else
        wf_alarm_set (self->alarm, wf_clock_now (self->clock) + PAUSE_OF_DATABASE);
    }
  g_free (delivery->key);
  g_free (delivery);
}

static void
start (WfDemoWebhooks *self, const char *key, gint64 attempts, const char *action_text)
{
  g_autoptr (WfJsonDocument) action = wf_json_document_parse (action_text, -1, 0, NULL);
  const WfJson *root = wf_json_document_get_root (action);
  g_autofree char *secret = wf_demo_crm_dup_webhook_secret (self->crm);
  g_autofree char *body = wf_json_to_text (wf_json_get_member (root, "payload"), FALSE);
  Delivery *delivery = g_new0 (Delivery, 1);
  WfDemoDeliveryRequest request = {
    .url = wf_json_get_member_string (root, "url"),
    .id = key,
    .body = body,
    .secret = secret,
    .allow_private = self->allow_private &&
                     wf_json_get_boolean (wf_json_get_member (root, "allow-private"), FALSE),
  };

  delivery->webhooks = self;
  delivery->key = g_strdup (key);
  delivery->attempts = attempts;
  g_ptr_array_add (self->running, delivery);
  wf_demo_delivery_async (self->clock, &request, self->cancellable, on_delivered, delivery);
}

/* -- the queue --------------------------------------------------------------------------------- */

typedef struct
{
  char *key, *action;
  gint64 attempts;
} Due;

static void
due_clear (Due *due)
{
  g_free (due->key);
  g_free (due->action);
}

/* What is to be sent now; *next: when the one after that is. */
static GArray *
find_due (WfDemoWebhooks *self, WfInstant *next)
{
  WfInstant now = wf_clock_now (self->clock);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Due));
  sqlite3_stmt *row = wf_demo_database_query (
      wf_demo_crm_get_database (self->crm),
      "SELECT key, next, attempts, body FROM actions WHERE state = 'pending' AND next IS NOT NULL"
      " ORDER BY next, revision",
      "");

  g_array_set_clear_func (list, (GDestroyNotify) due_clear);
  *next = WF_INSTANT_NONE;
  while (wf_demo_database_step (wf_demo_crm_get_database (self->crm), row))
    {
      WfInstant at = sqlite3_column_int64 (row, 1);
      Due due = { .attempts = sqlite3_column_int64 (row, 2) + 1 };

      if (is_running (self, wf_demo_column_text (row, 0)))
        continue;
      /* Each end of a delivery looks again: nothing that is due needs the alarm. */
      if (at > now || self->running->len + list->len >= MOST_RUNNING)
        {
          *next = at > now ? at : WF_INSTANT_NONE;
          wf_demo_database_end (row);
          break;
        }
      due.key = g_strdup (wf_demo_column_text (row, 0));
      due.action = g_strdup (wf_demo_column_text (row, 3));
      g_array_append_val (list, due);
    }
  return list;
}

void
wf_demo_webhooks_wake (WfDemoWebhooks *self)
{
  WfInstant next;
  g_autoptr (GArray) list = find_due (self, &next);

  wf_alarm_set (self->alarm, next);
  for (guint i = 0; i < list->len; i++)
    {
      const Due *due = &g_array_index (list, Due, i);

      start (self, due->key, due->attempts, due->action);
    }
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfDemoWebhooks *self = user_data;

  /* The clock was set back: a pause is no longer than it could have been. */
  if (reason == WF_ALARM_CLOCK_CHANGED)
    wf_demo_database_run (wf_demo_crm_get_database (self->crm),
                          "UPDATE actions SET next = ?1 WHERE state = 'pending' AND next > ?1", "i",
                          wf_clock_now (self->clock) + LONGEST_PAUSE);
  wf_demo_webhooks_wake (self);
}

WfDemoWebhooks *
wf_demo_webhooks_new (WfDemoCrm *crm, WfClock *clock, gboolean allow_private)
{
  WfDemoWebhooks *self = g_new0 (WfDemoWebhooks, 1);

  self->crm = crm;
  self->clock = g_object_ref (clock);
  self->allow_private = allow_private;
  self->running = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->alarm = wf_clock_new_alarm (clock, on_alarm, self);
  wf_demo_webhooks_wake (self);
  return self;
}

void
wf_demo_webhooks_free (WfDemoWebhooks *self)
{
  for (guint i = 0; i < self->running->len; i++)
    ((Delivery *) self->running->pdata[i])->webhooks = NULL;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  wf_alarm_free (self->alarm);
  g_ptr_array_unref (self->running);
  g_object_unref (self->clock);
  g_free (self);
}
