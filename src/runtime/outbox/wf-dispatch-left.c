/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this computer may not carry out is left to another engine, and asked for until it is there
 * (S16, S18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-dispatch.h"

#include <glib/gi18n-lib.h>

#define FIRST_ASKED (G_TIME_SPAN_MINUTE)
#define ASKED_AT_LEAST (8 * G_TIME_SPAN_HOUR)
#define LEFT_AT_MOST (4 * G_TIME_SPAN_DAY)

/* Policy. Every computer that sees an event decides the same, and would carry out the same effects
 * under the same keys. Not every one may: a desktop that also sees its colleagues' leads is refused
 * what is theirs to do. That is no failure, since the colleague's own desktop, a manager's or an
 * always-on engine does it.
 *   - What is left to them: an effect of a run, on a computer that does not see everybody, when the
 *     CRM answers that this person may not, or, of an action, that it knows no such record (it may
 *     only be out of sight). Who may is not guessed here: the CRM says so, each by its own rules.
 *     Where everybody is seen there is nobody else to leave it to: it is refused.
 *   - Meanwhile it holds back nothing of its lead, it is no change that waits to be sent, and
 *     nobody is alarmed; its step is under way, what comes after it waits, and the log says that it
 *     is left to another computer.
 *   - The question what became of it is to send it again under its key. Somebody has done it: then
 *     it is there already, which is success, and the run goes on. Nobody has: it is left on, or,
 *     where the lead has become this person's meanwhile, done now. Either way it is done once (S16).
 *   - It is asked for as soon as an event comes whose cause is this effect's; besides, since not
 *     everything that is done makes an event that is seen here, whenever its age has doubled, from a
 *     minute to eight hours: about twenty questions in all.
 *   - After four days nobody will: nobody's computer is off for longer in the ordinary course of
 *     things, since from Friday evening to Tuesday morning, over a long weekend, it is 87 hours. It
 *     has failed then, blocks its chain visibly, and a person decides (S18). Tried again, it is left
 *     to the others once more. */

static gboolean
is_refused_to_person (const WfDelivery *delivery)
{
  switch (delivery->item->kind)
    {
    case WF_OUTBOX_PERFORM:
      return g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN) ||
             g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND);
    case WF_OUTBOX_CREATE_ACTIVITY:
    case WF_OUTBOX_SEND_MESSAGE:
      return g_error_matches (delivery->error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
    case WF_OUTBOX_CHANGE_ACTIVITY:
    case WF_OUTBOX_SAVE_WORKFLOW:
    default:
      return FALSE;
    }
}

/**
 * wf_dispatch_judge_left:
 * @self: a transaction
 * @delivery: what the CRM refuses for good
 *
 * Returns: %WF_DELIVERY_LEFT while another engine may carry it out, else %WF_DELIVERY_REFUSED, with
 *   the reason that nobody did
 */
WfDeliveryVerdict
wf_dispatch_judge_left (WfCommit *self, WfDelivery *delivery)
{
  GError *error = delivery->error;

  if (self->everyone || delivery->item->run_key == NULL || !is_refused_to_person (delivery))
    return WF_DELIVERY_REFUSED;
  if (self->now - delivery->item->at < LEFT_AT_MOST)
    return WF_DELIVERY_LEFT;
  delivery->error = g_error_new (error->domain, error->code,
                                 _ ("No other computer has carried it out for four days. %s"),
                                 error->message);
  g_error_free (error);
  return WF_DELIVERY_REFUSED;
}

/**
 * wf_dispatch_record_left:
 * @self: a transaction
 * @delivery: what another engine is to carry out
 * @error: return location
 */
gboolean
wf_dispatch_record_left (WfCommit *self, const WfDelivery *delivery, GError **error)
{
  const WfOutboxItem *item = delivery->item;
  gint64 age = self->now - item->at;
  WfInstant next = self->now + CLAMP (age, FIRST_ASKED, ASKED_AT_LEAST);

  return wf_store_set_outbox_state (self->store, item->id, WF_OUTBOX_LEFT,
                                    MIN (next, item->at + LEFT_AT_MOST), delivery->error->message,
                                    error);
}

/**
 * wf_commit_ask_for_left:
 * @self: a transaction
 * @event: new here
 * @error: return location
 *
 * The event may come from what is left to another engine: it is asked for.
 */
gboolean
wf_commit_ask_for_left (WfCommit *self, const WfEvent *event, GError **error)
{
  const char *cause = wf_event_get_cause (event);
  guint n = 0;

  if (cause == NULL || self->everyone)
    return TRUE;
  if (!wf_store_hasten_left (self->store, cause, self->now, &n, error))
    return FALSE;
  self->changes->outbox |= n > 0;
  return TRUE;
}
