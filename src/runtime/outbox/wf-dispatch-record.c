/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a round of the outbox, written in one transaction. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-dispatch.h"

#include "wf-absence-effects.h"
#include "wf-backoff.h"
#include "wf-command.h"
#include "wf-lead-changes.h"
#include "wf-pending-text.h"
#include "wf-reminder-plan.h"

#include <glib/gi18n-lib.h>

static WfDeliveryVerdict
judge_error (const WfDelivery *delivery)
{
  WfOutboxKind kind = delivery->item->kind;

  if (delivery->error->domain != WF_CRM_ERROR)
    return WF_DELIVERY_LATER;
  switch ((WfCrmError) delivery->error->code)
    {
    case WF_CRM_ERROR_ALREADY_EXISTS:
      return WF_DELIVERY_DONE;
    case WF_CRM_ERROR_CONFLICT:
      /* An action's key makes a conflict somebody else's change of the record: once more. */
      if (kind == WF_OUTBOX_CREATE_ACTIVITY || kind == WF_OUTBOX_SEND_MESSAGE)
        return WF_DELIVERY_DONE;
      return kind == WF_OUTBOX_SAVE_WORKFLOW ? WF_DELIVERY_REFUSED : WF_DELIVERY_LATER;
    case WF_CRM_ERROR_AUTH:
    case WF_CRM_ERROR_RATE_LIMITED:
    case WF_CRM_ERROR_SERVER:
    case WF_CRM_ERROR_OFFLINE:
    case WF_CRM_ERROR_UNCERTAIN:
    case WF_CRM_ERROR_CERTIFICATE:
    case WF_CRM_ERROR_PROTOCOL:
    case WF_CRM_ERROR_CURSOR_EXPIRED:
      return WF_DELIVERY_LATER;
    case WF_CRM_ERROR_NOT_FOUND:
      /* Who wanted it gone has it so. */
      if (delivery->action != NULL && delivery->action->kind == WF_ACTION_DELETE_RECORD)
        return WF_DELIVERY_DONE;
      return delivery->together ? WF_DELIVERY_SPLIT : WF_DELIVERY_REFUSED;
    case WF_CRM_ERROR_FORBIDDEN:
    case WF_CRM_ERROR_INVALID:
    case WF_CRM_ERROR_NOT_SUPPORTED:
    default:
      return delivery->together ? WF_DELIVERY_SPLIT : WF_DELIVERY_REFUSED;
    }
}

static WfDeliveryVerdict
judge (const WfDelivery *delivery)
{
  if (delivery->error != NULL)
    return judge_error (delivery);
  return delivery->overrun ? WF_DELIVERY_OVERRUN : WF_DELIVERY_DONE;
}

/* -- one outcome each -------------------------------------------------------------------------- */

static gboolean
record_workflow (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  g_autofree char *fact = g_strconcat (WF_FACT_WORKFLOW_SYNC, delivery->workflow->id, NULL);
  g_autoptr (GPtrArray) stored = wf_store_list_workflows (self->store);
  g_autofree char *base = NULL;
  g_autoptr (WfWorkflow) sent = wf_workflow_payload_read (delivery->item->payload, &base, error);

  self->changes->workflows = self->changes->reload_workflows = TRUE;
  return sent != NULL &&
         wf_workflow_carry_draft (self->store, stored, delivery->workflow, delivery->etag, error) &&
         wf_store_save_workflow (self->store, delivery->workflow, delivery->etag, self->person,
                                 self->now, error) &&
         wf_workflow_rebase_draft (self->store, sent, base, delivery->etag, error) &&
         wf_store_set_fact (self->store, fact, NULL, error);
}

/* The same once more by hand, and the CRM took it: what it refused then is not asked for any more. */
static gboolean
settle_refused (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const char *status = delivery->change != NULL ? delivery->change->change.status : NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (status == NULL)
    return TRUE;
  items = wf_store_list_changes (self->store, delivery->item->subject, G_MAXINT32);
  for (guint i = 0; i < items->len; i++)
    {
      const WfOutboxItem *item = g_ptr_array_index (items, i);
      g_autoptr (WfChangePayload) refused = NULL;

      if (item->state != WF_OUTBOX_FAILED || item->kind != WF_OUTBOX_CHANGE_ACTIVITY)
        continue;
      refused = wf_change_payload_read (item->payload, NULL);
      if (refused != NULL && g_strcmp0 (refused->change.status, status) == 0 &&
          !wf_store_set_outbox_state (self->store, item->id, WF_OUTBOX_DONE, WF_INSTANT_NONE,
                                      item->error, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
record_done (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const WfOutboxItem *item = delivery->item;

  /* First: the store keeps what still waits against the CRM's state. */
  if (!wf_store_set_outbox_state (self->store, item->id, WF_OUTBOX_DONE, WF_INSTANT_NONE, NULL,
                                  error))
    return FALSE;
  switch (item->kind)
    {
    case WF_OUTBOX_CREATE_ACTIVITY:
      return TRUE;
    case WF_OUTBOX_CHANGE_ACTIVITY:
      if (!settle_refused (self, delivery, error))
        return FALSE;
      if (delivery->answer != NULL)
        return wf_commit_store_activity (self, delivery->answer, error);
      g_ptr_array_add (self->changes->refused, g_strdup (item->subject));
      return TRUE;
    case WF_OUTBOX_SEND_MESSAGE:
      return item->run_key == NULL || wf_commit_tell_run (self, item->run_key, item->lead,
                                                          item->subject, self->now, NULL, error);
    case WF_OUTBOX_SAVE_WORKFLOW:
      return record_workflow (self, delivery, error);
    case WF_OUTBOX_PERFORM:
      return wf_dispatch_record_action (self, delivery, error);
    default:
      g_return_val_if_reached (TRUE);
    }
}

/* B18: what the CRM has is what counts, and is shown; the person's change stays to be seen as
 * refused, with the reason, until they try it again or drop it. */
static gboolean
refuse_change (WfCommit *self, const WfDelivery *delivery, const char *reason, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  gboolean automatic = delivery->change != NULL && delivery->change->automatic;

  return wf_store_set_outbox_state (self->store, item->id,
                                    automatic ? WF_OUTBOX_DONE : WF_OUTBOX_FAILED, WF_INSTANT_NONE,
                                    reason, error);
}

static gboolean
record_overrun (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  g_autofree char *reason = wf_pending_describe_conflict (self, delivery->change, delivery->answer);
  g_autofree char *text =
      /* Translators: the reason, a sentence */
      g_strdup_printf (_ ("Your change was not made: somebody else was faster. %s"), reason);
  g_autofree char *id = g_strconcat ("overrun/", delivery->item->subject, NULL);

  if (!refuse_change (self, delivery, reason, error) ||
      !wf_commit_store_activity (self, delivery->answer, error))
    return FALSE;
  if (delivery->change->automatic)
    return TRUE;
  if (!wf_commit_log (self, "problem", text, delivery->item->lead, NULL, error))
    return FALSE;
  return !self->reminds || wf_commit_keep_message (self, id, delivery->answer->title, text, error);
}

/* The activity is not there any more, or was taken out of sight: what we know of it is void. */
static gboolean
forget_activity (WfCommit *self, const char *id, GError **error)
{
  g_autoptr (WfActivity) after = wf_store_get_activity (self->store, id);

  if (after == NULL || after->status == WF_ACTIVITY_CANCELLED)
    return TRUE;
  after->status = WF_ACTIVITY_CANCELLED;
  after->completed = self->now;
  return wf_commit_store_activity (self, after, error);
}

static gboolean
follow_refused_change (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const char *id = delivery->item->subject;

  if (g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND))
    return forget_activity (self, id, error);
  g_ptr_array_add (self->changes->refused, g_strdup (id));
  return TRUE;
}

static gboolean
record_later (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  gboolean at_once = delivery->verdict == WF_DELIVERY_SPLIT ||
                     g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH);
  guint retry_after =
      delivery->error->domain == WF_CRM_ERROR ? wf_crm_error_get_retry_after (delivery->error) : 0;
  guint attempt = item->attempts > 0 ? item->attempts - 1 : 0;
  WfInstant not_before = at_once ? WF_INSTANT_NONE
                                 : self->now +
                                       wf_backoff_delay (attempt, retry_after, g_random_double ());

  return wf_store_set_outbox_state (self->store, item->id, WF_OUTBOX_PENDING, not_before,
                                    delivery->error->message, error) &&
         wf_lead_changes_mark (self->store, item, delivery->action, WF_SYNC_LOCAL,
                               &self->changes->leads, error);
}

static gboolean
refuse_workflow (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  g_autofree char *fact = g_strconcat (WF_FACT_WORKFLOW_SYNC, delivery->workflow->id, NULL);
  g_autofree char *value = g_strconcat ("refused\n", delivery->error->message, NULL);

  self->changes->workflows = self->changes->reload_workflows = TRUE;
  if (g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT))
    return wf_workflow_tell_conflict (self->store, delivery->workflow->id, delivery->error->message,
                                      error);
  return wf_store_set_fact (self->store, fact, value, error);
}

static gboolean
record_refused (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  const char *reason = delivery->error->message;

  if (!wf_store_set_outbox_state (self->store, item->id, WF_OUTBOX_FAILED, WF_INSTANT_NONE, reason,
                                  error) ||
      !wf_dispatch_log_refusal (self, delivery, error))
    return FALSE;
  switch (item->kind)
    {
    case WF_OUTBOX_CREATE_ACTIVITY:
      /* It exists nowhere but here: nobody is to be reminded of it. */
      if (delivery->activity != NULL && wf_commit_keeps (self, delivery->activity->person) &&
          !wf_reminder_drop (self, item->subject, error))
        return FALSE;
      return wf_commit_tell_run (self, item->run_key, item->lead, item->subject, self->now, reason,
                                 error);
    case WF_OUTBOX_PERFORM:
      if (delivery->action != NULL &&
          (!wf_lead_changes_refuse (self, item, delivery->action, reason, error) ||
           !wf_absence_refused (self, delivery->action, error)))
        return FALSE;
      G_GNUC_FALLTHROUGH;
    case WF_OUTBOX_SEND_MESSAGE:
      return item->run_key == NULL || wf_commit_tell_run (self, item->run_key, item->lead,
                                                          item->subject, self->now, reason, error);
    case WF_OUTBOX_SAVE_WORKFLOW:
      return delivery->workflow == NULL || refuse_workflow (self, delivery, error);
    case WF_OUTBOX_CHANGE_ACTIVITY:
      return follow_refused_change (self, delivery, error);
    default:
      return TRUE;
    }
}

static gboolean
record_one (WfCommit *self, WfDelivery *delivery, GError **error)
{
  delivery->verdict = judge (delivery);
  if (delivery->verdict == WF_DELIVERY_REFUSED)
    delivery->verdict = wf_dispatch_judge_left (self, delivery);
  switch (delivery->verdict)
    {
    case WF_DELIVERY_DONE:
      return record_done (self, delivery, error);
    case WF_DELIVERY_OVERRUN:
      return record_overrun (self, delivery, error);
    case WF_DELIVERY_LATER:
    case WF_DELIVERY_SPLIT:
      return record_later (self, delivery, error);
    case WF_DELIVERY_LEFT:
      return wf_dispatch_record_left (self, delivery, error);
    case WF_DELIVERY_REFUSED:
      return record_refused (self, delivery, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

gpointer
wf_dispatch_record (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  GPtrArray *deliveries = self->arguments;

  self->store = store;
  self->changes->activities = self->changes->log = TRUE;
  for (guint i = 0; i < deliveries->len; i++)
    if (!record_one (self, g_ptr_array_index (deliveries, i), error))
      return NULL;
  return wf_commit_finish (self, error);
}
