/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox goes out: what was decided and changed here is told to the CRM, in order per lead,
 * exactly once (S16). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-dispatch.h"
#include "wf-lead-changes.h"

#include <glib/gi18n-lib.h>

#define MOST_CREATIONS 500
#define MOST_IN_FLIGHT 8

/* Dispatch policy. A round takes what is ready, of one kind, marks it as sent and tells the CRM:
 * creations many at once, everything else side by side, one of each lead. After the answers one
 * transaction writes what became of each.
 *   - Already there is success: somebody was faster, or our own answer was lost.
 *   - Later (offline, server, rate limit, no answer): the item waits by its number of attempts,
 *     Retry-After wins; when nothing of the round got through, the whole direction pauses. No
 *     answer is the same: creation, message and action carry a key and a change its tag, so that
 *     the repetition cannot double anything.
 *   - Not by this person, but by another engine: see wf-dispatch-left.c.
 *   - Never (invalid, forbidden, not found, not supported): that item alone has failed; it is
 *     logged and shown on the activity, its run hears of it and its managers, and the rest goes
 *     on. A batch that is refused as a whole is tried in halves to find the culprit.
 *   - Sign in again: everything waits, nothing has failed.
 *   - Somebody asks for it now, or the network is back: what waits for another try is ready at
 *     once, all of it, in its order. What fails again waits again. */

/* -- taking a round ---------------------------------------------------------------------------- */

void
wf_delivery_free (WfDelivery *self)
{
  g_clear_pointer (&self->item, wf_outbox_item_free);
  g_clear_pointer (&self->activity, wf_activity_unref);
  g_clear_pointer (&self->change, wf_change_payload_free);
  g_clear_pointer (&self->message, wf_message_payload_free);
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_clear_pointer (&self->action, wf_action_unref);
  g_clear_pointer (&self->result, wf_crm_action_result_free);
  g_clear_pointer (&self->answer, wf_activity_unref);
  g_clear_pointer (&self->etag, g_free);
  g_clear_error (&self->error);
  g_free (self);
}

typedef struct
{
  GPtrArray *deliveries; /* (owned) of WfDelivery */
  WfInstant next;        /* when the next one is ready, if there are none */
  gboolean leads;        /* how far changes of leads got is shown */
} Round;

static void
round_free (Round *self)
{
  g_ptr_array_unref (self->deliveries);
  g_free (self);
}

typedef struct
{
  WfInstant now; /* what is ready at this instant */
  guint most_creations;
  gboolean resend, hasten;
} RoundArguments;

/* What cannot be read will never be sent: an error of the delivery, which then fails like a
 * refusal. */
static void
load_subject (WfStore *store, WfDelivery *delivery)
{
  const WfOutboxItem *item = delivery->item;

  switch (item->kind)
    {
    case WF_OUTBOX_CREATE_ACTIVITY:
      delivery->activity = item->payload != NULL
                               ? wf_activity_payload_read (item->payload, &delivery->error)
                               : wf_store_get_activity (store, item->subject);
      break;
    case WF_OUTBOX_CHANGE_ACTIVITY:
      delivery->change = wf_change_payload_read (item->payload, &delivery->error);
      break;
    case WF_OUTBOX_SEND_MESSAGE:
      delivery->message = wf_message_payload_read (item->payload, &delivery->error);
      break;
    case WF_OUTBOX_SAVE_WORKFLOW:
      delivery->workflow =
          wf_workflow_payload_read (item->payload, &delivery->etag, &delivery->error);
      break;
    case WF_OUTBOX_PERFORM:
      delivery->action = wf_action_payload_read (item->payload, &delivery->error);
      break;
    default:
      break;
    }
  if (delivery->activity != NULL || delivery->change != NULL || delivery->message != NULL ||
      delivery->workflow != NULL || delivery->action != NULL)
    return;
  g_clear_error (&delivery->error);
  delivery->error = g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                                         _ ("The change that waits here is damaged."));
}

/* When there will be something to send, while nothing is ready: what stands behind an item that
 * waits for another try is itself in no hurry, so that only the first of each line counts. */
static WfInstant
find_next (WfStore *store, WfInstant now)
{
  WfInstant next = wf_store_get_outbox_next (store);

  if (next == WF_INSTANT_NONE || next > now)
    return next;

  g_autoptr (GPtrArray) heads = wf_store_list_outbox_ready (store, G_MAXINT64, MOST_CREATIONS);
  next = now + G_TIME_SPAN_MINUTE;
  for (guint i = 0; i < heads->len; i++)
    {
      const WfOutboxItem *item = g_ptr_array_index (heads, i);

      if (item->not_before > now)
        next = MIN (next, item->not_before);
    }
  return next;
}

static guint
get_most (const WfOutboxItem *item, const RoundArguments *arguments)
{
  return item->kind == WF_OUTBOX_CREATE_ACTIVITY ? arguments->most_creations : MOST_IN_FLIGHT;
}

/* After a crash what was being sent is uncertain; creations are conditional, changes carry a
 * tag: it is sent again (S16). */
static gboolean
resend (WfStore *store, GError **error)
{
  g_autoptr (GPtrArray) sent = wf_store_list_outbox_sent (store);

  for (guint i = 0; i < sent->len; i++)
    {
      const WfOutboxItem *item = g_ptr_array_index (sent, i);

      if (!wf_store_set_outbox_state (store, item->id, WF_OUTBOX_PENDING, WF_INSTANT_NONE, NULL,
                                      error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
take_round (WfStore *store, gpointer data, GError **error)
{
  const RoundArguments *arguments = data;

  if ((arguments->resend && !resend (store, error)) ||
      (arguments->hasten && !wf_store_hasten_outbox (store, error)))
    return NULL;

  g_autoptr (GPtrArray) items =
      wf_store_list_outbox_ready (store, arguments->now, arguments->most_creations);
  Round *round = g_new0 (Round, 1);
  round->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_delivery_free);
  for (guint i = 0; i < items->len; i++)
    {
      WfOutboxItem *item = g_ptr_array_index (items, i);
      WfDelivery *delivery;

      if (i >= get_most (item, arguments))
        break;
      if (!wf_store_set_outbox_state (store, item->id, WF_OUTBOX_SENT, WF_INSTANT_NONE, NULL,
                                      error))
        {
          round_free (round);
          return NULL;
        }
      delivery = g_new0 (WfDelivery, 1);
      delivery->item = item;
      g_ptr_array_index (items, i) = NULL; /* taken */
      delivery->item->attempts++;
      load_subject (store, delivery);
      g_ptr_array_add (round->deliveries, delivery);
      if (!wf_lead_changes_mark (store, delivery->item, delivery->action, WF_SYNC_SENT,
                                 &round->leads, error))
        {
          round_free (round);
          return NULL;
        }
    }
  round->next = round->deliveries->len == 0 ? find_next (store, arguments->now) : WF_INSTANT_NONE;
  return round;
}

/* -- sending ----------------------------------------------------------------------------------- */

typedef struct
{
  WfRuntime *runtime;    /* (owned) */
  GPtrArray *deliveries; /* (owned) of WfDelivery, all of one kind */
} Sending;

static void
sending_free (Sending *self)
{
  g_ptr_array_unref (self->deliveries);
  g_object_unref (self->runtime);
  g_free (self);
}

static void on_round_recorded (WfRuntime *self, gpointer result, const GError *error,
                               gpointer user_data);

static void
record (WfRuntime *self, GPtrArray *deliveries)
{
  WfCommit *commit = wf_runtime_new_commit (self);

  commit->automatic = TRUE;
  commit->arguments = g_ptr_array_ref (deliveries);
  commit->arguments_free = (GDestroyNotify) g_ptr_array_unref;
  wf_runtime_commit (self, wf_dispatch_record, commit, on_round_recorded,
                     g_ptr_array_ref (deliveries));
}

static void
finish_one (Sending *sending)
{
  WfRuntime *self = sending->runtime;

  if (--self->dispatch.in_flight > 0)
    return;
  if (!self->stopped)
    record (self, sending->deliveries);
  sending_free (sending);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = wf_crm_create_activities_finish (WF_CRM (source), result, &error);
  guint n = 0;

  for (guint i = 0; i < sending->deliveries->len; i++)
    {
      WfDelivery *delivery = g_ptr_array_index (sending->deliveries, i);

      if (delivery->error != NULL)
        continue;
      if (answers == NULL)
        {
          delivery->error = g_error_copy (error);
          delivery->together = sending->deliveries->len > 1;
        }
      else if (n < answers->len && g_ptr_array_index (answers, n) != NULL)
        delivery->error = g_error_copy (g_ptr_array_index (answers, n));
      else if (n >= answers->len)
        delivery->error = g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL,
                                               _ ("The CRM’s answer is incomplete."));
      n++;
    }
  sending->runtime->dispatch.whole_batch_refused = answers == NULL;
  finish_one (sending);
}

static void
create (Sending *sending)
{
  WfRuntime *self = sending->runtime;
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < sending->deliveries->len; i++)
    {
      const WfDelivery *delivery = g_ptr_array_index (sending->deliveries, i);

      if (delivery->error == NULL)
        g_ptr_array_add (activities, wf_activity_ref (delivery->activity));
    }
  self->dispatch.in_flight = 1;
  if (activities->len > 0)
    wf_crm_create_activities_async (self->crm, activities, self->cancellable, on_created, sending);
  else
    finish_one (sending);
}

static void
send_one_by_one (Sending *sending)
{
  WfRuntime *self = sending->runtime;
  guint n = sending->deliveries->len;

  /* One more than there are, so that none that ends at once ends the round. */
  self->dispatch.in_flight = n + 1;
  for (guint i = 0; i < n; i++)
    {
      WfDelivery *delivery = g_ptr_array_index (sending->deliveries, i);

      if (delivery->error != NULL)
        self->dispatch.in_flight--;
      else
        wf_delivery_send (delivery, self, (WfDeliveryDone) finish_one, sending);
    }
  finish_one (sending);
}

static void
on_round_taken (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  Round *round = result;

  if (self->stopped)
    return;
  if (error == NULL)
    self->dispatch.resend = FALSE;
  if (error != NULL || round->deliveries->len == 0)
    {
      self->dispatch.busy = FALSE;
      if (error != NULL)
        wf_channel_fail (&self->dispatch.channel, self->clock, error);
      else if (!self->dispatch.channel.paused)
        wf_alarm_set (self->dispatch.channel.alarm, round->next);
      g_clear_pointer (&round, round_free);
      wf_runtime_update_status (self);
      if (self->dispatch.again)
        wf_dispatch_kick (self);
      return;
    }

  Sending *sending = g_new0 (Sending, 1);
  sending->runtime = g_object_ref (self);
  sending->deliveries = g_ptr_array_ref (round->deliveries);
  g_autoptr (WfChanges) sent = wf_changes_new ();
  sent->activities = TRUE;
  sent->leads = round->leads;
  round_free (round);
  wf_runtime_update_status (self);
  wf_runtime_announce (self, sent);
  self->dispatch.whole_batch_refused = FALSE;
  if (((WfDelivery *) g_ptr_array_index (sending->deliveries, 0))->item->kind ==
      WF_OUTBOX_CREATE_ACTIVITY)
    create (sending);
  else
    send_one_by_one (sending);
}

/* -- after a round ----------------------------------------------------------------------------- */

/* The error for which the whole direction has to pause, or NULL: nothing got through, or
 * somebody has to sign in. */
static const GError *
find_pause (const GPtrArray *deliveries)
{
  const GError *transient = NULL;
  gboolean some_through = FALSE;

  for (guint i = 0; i < deliveries->len; i++)
    {
      const WfDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (delivery->error != NULL &&
          g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH))
        return delivery->error;
      if (delivery->verdict == WF_DELIVERY_LATER)
        transient = delivery->error;
      else
        some_through = TRUE;
    }
  return some_through ? NULL : transient;
}

static void
adapt_batch_size (WfRuntime *self, const GPtrArray *deliveries)
{
  WfDispatch *dispatch = &self->dispatch;

  if (dispatch->whole_batch_refused && deliveries->len > 1 &&
      ((WfDelivery *) g_ptr_array_index (deliveries, 0))->verdict == WF_DELIVERY_SPLIT)
    dispatch->most_creations = MAX (deliveries->len / 2, 1);
  else if (!dispatch->whole_batch_refused)
    dispatch->most_creations = MIN (dispatch->most_creations * 2, MOST_CREATIONS);
}

/* What an action of ours changed in the CRM is looked at now, not when its event comes. */
static void
read_again (WfRuntime *self, const WfChanges *changes)
{
  for (guint i = 0; i < changes->stale->len; i++)
    g_hash_table_add (self->intake.stale, g_strdup (g_ptr_array_index (changes->stale, i)));
  wf_intake_note_refused (self, changes->refused);
  if (changes->stale->len + changes->refused->len > 0 && !self->intake.channel.paused)
    wf_intake_poke (self);
}

static void
on_round_recorded (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GPtrArray) deliveries = user_data;
  const WfChanges *changes = result;
  WfDispatch *dispatch = &self->dispatch;

  if (self->stopped)
    return;
  dispatch->busy = FALSE;
  adapt_batch_size (self, deliveries);
  if (error != NULL)
    /* Still marked as sent: it is sent again at the end of the pause. */
    dispatch->resend = TRUE;
  else
    read_again (self, changes);
  if (error == NULL && changes->reload_workflows)
    {
      self->intake.need_workflows = TRUE;
      wf_intake_continue (self);
    }
  if (error == NULL && changes->reload_organisation)
    {
      self->intake.need_organisation = TRUE;
      wf_intake_poke (self);
    }

  const GError *pause = error != NULL ? error : find_pause (deliveries);
  if (pause == NULL)
    {
      wf_channel_succeed (&dispatch->channel);
      wf_dispatch_kick (self);
    }
  else
    wf_channel_fail (&dispatch->channel, self->clock, pause);
  wf_runtime_update_status (self);
}

/* -- when -------------------------------------------------------------------------------------- */

void
wf_dispatch_kick (WfRuntime *self)
{
  WfDispatch *dispatch = &self->dispatch;

  if (self->stopped || !self->intake.session || dispatch->channel.paused || dispatch->off)
    return;
  dispatch->again = dispatch->busy;
  if (dispatch->busy)
    return;

  RoundArguments *arguments = g_new0 (RoundArguments, 1);
  arguments->now = wf_clock_now (self->clock);
  arguments->most_creations = dispatch->most_creations;
  arguments->resend = dispatch->resend;
  arguments->hasten = dispatch->hasten;
  dispatch->hasten = FALSE;
  dispatch->busy = TRUE;
  wf_runtime_write (self, take_round, arguments, g_free, (GDestroyNotify) round_free,
                    on_round_taken, NULL);
}

void
wf_dispatch_poke (WfRuntime *self)
{
  WfDispatch *dispatch = &self->dispatch;

  dispatch->hasten = TRUE;
  if (dispatch->channel.paused)
    {
      dispatch->channel.attempt = 0;
      wf_channel_resume (&dispatch->channel);
    }
  wf_dispatch_kick (self);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfRuntime *self = user_data;
  WfDispatch *dispatch = &self->dispatch;

  if (dispatch->channel.paused && dispatch->channel.status == WF_SYNC_STATUS_NEEDS_SIGN_IN)
    return;
  dispatch->channel.paused = FALSE;
  wf_dispatch_kick (self);
}

void
wf_dispatch_init (WfRuntime *self)
{
  wf_channel_init (&self->dispatch.channel, self->clock, on_alarm, self);
  self->dispatch.most_creations = MOST_CREATIONS;
  self->dispatch.resend = TRUE;
}

void
wf_dispatch_clear (WfRuntime *self)
{
  wf_channel_clear (&self->dispatch.channel);
}
