/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reminds now, in the store's thread: claiming it, looking at it again, its receipts. The policy
 * stands in wf-reminders.c. */
#pragma once

#include "wf-commit.h"

G_BEGIN_DECLS

#define WF_REMINDER_MISSED_AFTER (2 * G_TIME_SPAN_MINUTE)
#define WF_REMINDER_MOST_AT_ONCE 3 /* notifications of their own */

typedef struct
{
  WfActivity *activity; /* (owned) */
  WfInstant at;         /* when it was due; WF_INSTANT_NONE: it is in the catch-up on the screen */
  gboolean uncertain;   /* claimed before: it may have been seen, or it was held */
} WfDueReminder;
void wf_due_reminder_free (WfDueReminder *self);
/* Of WfDueReminder. */
GPtrArray *wf_due_reminders_list_new (void);
/* Of WfActivity. */
GPtrArray *wf_due_reminders_list_activities (const GPtrArray *items);
/* The most urgent first: see the policy. */
void wf_due_reminders_sort (GPtrArray *items, WfInstant now);
/* Its instant has long passed, or it may have been seen already. */
gboolean wf_due_reminder_is_missed (const WfDueReminder *self, WfInstant now);

typedef struct
{
  GPtrArray *single;   /* (owned) of WfDueReminder: one notification each */
  GPtrArray *catch_up; /* (owned) of WfDueReminder: one for all */
  GPtrArray *ahead;    /* (owned) of WfDueReminder: claimed, their instant is near */
} WfDueReminders;
WfDueReminders *wf_due_reminders_new (void);
void wf_due_reminders_free (WfDueReminders *self);

/* What was shown, and how. It is filled once, then only read. */
typedef struct
{
  gatomicrefcount ref_count;
  GPtrArray *single;   /* (owned) of WfDueReminder: each was shown alone */
  GPtrArray *catch_up; /* (owned) of WfDueReminder: shown as one */
  WfInstant now;
} WfReminderReceipts;
WfReminderReceipts *wf_reminder_receipts_new (WfInstant now);
WfReminderReceipts *wf_reminder_receipts_ref (WfReminderReceipts *self);
void wf_reminder_receipts_unref (WfReminderReceipts *self);

/* What this program knows when it claims. */
typedef struct
{
  GHashTable *mine;   /* (owned) activity -> WfInstant: claimed already, or shown */
  GHashTable *failed; /* (owned) activity -> WfInstant: claimed, and certainly not seen */
  gboolean together;  /* what was missed joins the catch-up, even one alone */
} WfReminderClaim;
void wf_reminder_claim_free (WfReminderClaim *self);

/* Store jobs; data: a WfCommit with its arguments. */
/* arguments: WfReminderClaim. -> WfDueReminders */
gpointer wf_reminder_claim_job (WfStore *store, gpointer data, GError **error);
/* Reads only: what there would be to claim in a store that cannot be written. arguments:
 * WfReminderClaim. -> WfDueReminders, with those ahead up to the next look */
gpointer wf_reminder_find_job (WfStore *store, gpointer data, GError **error);
/* Reads only. arguments: array of WfDueReminder, which is emptied. -> WfDueReminders */
gpointer wf_reminder_look_job (WfStore *store, gpointer data, GError **error);
/* arguments: array of WfReminderReceipts, oldest first. -> WfChanges */
gpointer wf_reminder_receipts_job (WfStore *store, gpointer data, GError **error);
/* Of the latest receipt that was written by a clock which was not put back since; WF_INSTANT_NONE: none. */
WfInstant wf_reminder_get_shown_until (WfStore *store);
gboolean wf_reminder_set_shown_until (WfStore *store, WfInstant at, GError **error);
/* What the catch-up on the screen names and is still open. -> array of WfActivity */
gpointer wf_reminder_catch_up_job (WfStore *store, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDueReminders, wf_due_reminders_free)

G_END_DECLS
