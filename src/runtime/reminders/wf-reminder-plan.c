/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an activity reminds next (S6-S9, B23). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-reminder-plan.h"

/* Reminder policy.
 *   - A reminder exists only for an open activity of the signed-in person, on a computer where
 *     somebody is there to be reminded. The store keeps the next one of each.
 *   - Once one was shown, the next by the person's rules (B23) is set in the same transaction as its
 *     receipt: never fewer than the manager asks for, never later.
 *   - It moves when the deadline moves; a manager's that was due already is set again only if its
 *     new time is ahead (S7). One that is opened again reminds only of what is ahead; but one that
 *     is open again since the CRM refused our closing of it reminds at once: its notification went
 *     when the person believed it done.
 *   - A snooze is the next reminder, moved by hand: it stays until it came, and what the rules say
 *     comes after it (S8). When the deadline moves before it, it comes at the deadline, and at once
 *     when that has passed: never silently past it.
 *   - What was already past when this computer first saw the account reminds of nothing: the list
 *     shows it. */

static gboolean
can_remind (WfCommit *self, const WfActivity *activity)
{
  return self->reminds && activity->status == WF_ACTIVITY_OPEN &&
         wf_commit_is_own (self, activity->person);
}

gboolean
wf_reminder_set (WfCommit *self, const char *activity, WfInstant at, GError **error)
{
  g_ptr_array_add (self->changes->reminders, g_strdup (activity));
  return wf_store_set_reminder (self->store, activity, at, error);
}

gboolean
wf_reminder_plan (WfCommit *self, const WfActivity *activity, WfInstant after, GError **error)
{
  g_autoptr (WfWorkingHours) hours = NULL;

  if (!can_remind (self, activity))
    return wf_reminder_set (self, activity->id, WF_INSTANT_NONE, error);
  hours = wf_commit_dup_hours (self, activity->person);
  return wf_reminder_set (
      self, activity->id,
      wf_reminder_rules_get_next (self->rules, activity, after, hours, self->zone), error);
}

gboolean
wf_reminder_plan_first (WfCommit *self, const WfActivity *activity, GError **error)
{
  if (!can_remind (self, activity))
    return TRUE;
  if (activity->remind != WF_INSTANT_NONE && activity->remind <= self->now && !self->silent)
    return wf_reminder_set (self, activity->id, activity->remind, error);
  /* There is none to be removed: most activities of a batch have no reminder at all. */
  if (activity->remind == WF_INSTANT_NONE && !wf_reminder_rules_adds_reminders (self->rules))
    return TRUE;
  return wf_reminder_plan (self, activity, self->now, error);
}

static gboolean
stop_reminding (WfCommit *self, const WfActivity *after, gboolean elsewhere, GError **error)
{
  if (after->status == WF_ACTIVITY_OPEN)
    g_ptr_array_add (self->changes->withdrawn, g_strdup (after->id));
  wf_on_screen_take_down (self, after->id, elsewhere);
  return wf_store_finish_reminder (self->store, after->id, WF_INSTANT_NONE, error);
}

static gboolean
is_snoozed (const GArray *receipts, WfInstant waits)
{
  for (guint i = 0; waits != WF_INSTANT_NONE && i < receipts->len; i++)
    {
      const WfReceipt *receipt = &g_array_index (receipts, WfReceipt, i);

      if (receipt->kind == WF_RECEIPT_SNOOZED && receipt->shown == waits)
        return TRUE;
    }
  return FALSE;
}

/* It comes earlier than the person asked: said with a receipt, by which it stays one. */
static gboolean
bring_snooze_forward (WfCommit *self, const WfActivity *activity, WfInstant at, GError **error)
{
  const WfReceipt receipt = { .at = self->now, .shown = at, .kind = WF_RECEIPT_SNOOZED };

  return wf_store_add_receipt (self->store, activity->id, &receipt, error) &&
         wf_reminder_set (self, activity->id, at, error);
}

/* waits: the snooze. One made for an activity that was late already stays where it is. */
static gboolean
move_snooze (WfCommit *self, const WfActivity *before, const WfActivity *after, WfInstant waits,
             GError **error)
{
  if (after->due == WF_INSTANT_NONE || after->due >= waits)
    return TRUE;
  if (after->due > self->now)
    return bring_snooze_forward (self, after, after->due, error);
  return before->due <= self->now || wf_reminder_set (self, after->id, self->now, error);
}

/* The manager's that has passed comes at once only when it was still ahead before. */
static gboolean
move (WfCommit *self, const WfActivity *before, const WfActivity *after, gboolean elsewhere,
      GError **error)
{
  WfInstant waits = wf_store_get_reminder (self->store, after->id);

  if (before->due != after->due && wf_on_screen_take_down (self, after->id, elsewhere))
    g_ptr_array_add (self->changes->withdrawn, g_strdup (after->id));
  if (waits != WF_INSTANT_NONE)
    {
      g_autoptr (GArray) receipts = wf_store_list_receipts (self->store, after->id);

      if (is_snoozed (receipts, waits))
        return move_snooze (self, before, after, waits, error);
    }
  if (before->remind != WF_INSTANT_NONE && before->remind <= self->now)
    return wf_reminder_plan (self, after, self->now, error);
  return wf_reminder_plan_first (self, after, error);
}

/* B18: closed here only, and the CRM did not take it. */
static gboolean
was_refused (const WfActivity *before)
{
  return before->sync == WF_SYNC_REFUSED;
}

gboolean
wf_reminder_follow (WfCommit *self, const WfActivity *before, const WfActivity *after,
                    gboolean elsewhere, GError **error)
{
  gboolean could = before != NULL && can_remind (self, before);

  if (!can_remind (self, after))
    return !could || stop_reminding (self, after, elsewhere, error);
  if (!could)
    return before != NULL && before->status != WF_ACTIVITY_OPEN &&
                   !(elsewhere && was_refused (before))
               ? wf_reminder_plan (self, after, self->now, error)
               : wf_reminder_plan_first (self, after, error);
  if (before->remind != after->remind || before->due != after->due)
    return move (self, before, after, elsewhere, error);
  return (before->business_hours == after->business_hours &&
          g_strcmp0 (before->type, after->type) == 0) ||
         wf_reminder_plan_again (self, after, error);
}

gboolean
wf_reminder_snooze (WfCommit *self, const WfActivity *activity, WfInstant at, GError **error)
{
  const WfReceipt receipt = { .at = self->now, .shown = at, .kind = WF_RECEIPT_SNOOZED };

  wf_on_screen_take_down (self, activity->id, FALSE);
  g_ptr_array_add (self->changes->withdrawn, g_strdup (activity->id));
  return wf_store_add_receipt (self->store, activity->id, &receipt, error) &&
         wf_reminder_set (self, activity->id, at, error);
}

gboolean
wf_reminder_drop (WfCommit *self, const char *activity, GError **error)
{
  if (wf_on_screen_take_down (self, activity, TRUE))
    g_ptr_array_add (self->changes->withdrawn, g_strdup (activity));
  return wf_reminder_set (self, activity, WF_INSTANT_NONE, error);
}

/* -- rules that changed ------------------------------------------------------------------------ */

gboolean
wf_reminder_plan_again (WfCommit *self, const WfActivity *activity, GError **error)
{
  g_autoptr (GArray) receipts = wf_store_list_receipts (self->store, activity->id);
  WfInstant waits = wf_store_get_reminder (self->store, activity->id);
  WfInstant after = self->now;

  if ((waits != WF_INSTANT_NONE && waits <= self->now) || is_snoozed (receipts, waits))
    return TRUE;
  for (guint i = 0; i < receipts->len; i++)
    {
      const WfReceipt *receipt = &g_array_index (receipts, WfReceipt, i);

      /* After the clock was put back, what was shown is ahead once more. */
      if (receipt->kind == WF_RECEIPT_SHOWN || receipt->kind == WF_RECEIPT_SHOWN_LATE)
        after = MAX (after, receipt->at);
    }
  return wf_reminder_plan (self, activity, after, error);
}

/* -- absence (B10) ----------------------------------------------------------------------------- */

static const WfAbsence *
get_absence (WfCommit *self)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *person = organisation != NULL && self->person != NULL
                               ? wf_organisation_get_person (organisation, self->person)
                               : NULL;

  return person != NULL ? wf_person_get_absence (person, self->now) : NULL;
}

gboolean
wf_reminder_is_held (WfCommit *self, const WfActivity *activity)
{
  const WfAbsence *absence = get_absence (self);

  return absence != NULL && wf_absence_get_treatment (absence, activity->type) == WF_ABSENCE_HOLD;
}

static WfInstant
get_next_claim (WfCommit *self)
{
  WfInstant next = self->reminds ? wf_store_get_next_reminder (self->store, self->person)
                                 : WF_INSTANT_NONE;

  return next != WF_INSTANT_NONE && next - WF_REMINDER_CLAIM_AHEAD > self->now
             ? next - WF_REMINDER_CLAIM_AHEAD
             : WF_INSTANT_NONE;
}

WfInstant
wf_reminder_get_next_look (WfCommit *self)
{
  const WfAbsence *absence = get_absence (self);
  WfInstant claim = get_next_claim (self);

  if (absence == NULL)
    return claim;
  return claim != WF_INSTANT_NONE ? MIN (claim, absence->until) : absence->until;
}
