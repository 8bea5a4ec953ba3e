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

typedef struct
{
  GPtrArray *single;   /* (owned) of WfDueReminder: one notification each */
  GPtrArray *catch_up; /* (owned) of WfDueReminder: one for all */
  GPtrArray *ahead;    /* (owned) of WfDueReminder: claimed, their instant is near */
} WfDueReminders;
WfDueReminders *wf_due_reminders_new (void);
void wf_due_reminders_free (WfDueReminders *self);

/* What was shown, and how. */
typedef struct
{
  GPtrArray *single;   /* (owned) of WfDueReminder: each was shown alone */
  GPtrArray *catch_up; /* (owned) of WfDueReminder: shown as one */
  GPtrArray *failed;   /* (owned) of WfDueReminder: could not be shown */
  WfInstant now;
} WfReminderReceipts;
WfReminderReceipts *wf_reminder_receipts_new (WfInstant now);
void wf_reminder_receipts_free (WfReminderReceipts *self);

/* Store jobs; data: a WfCommit with its arguments. */
/* arguments: hash table activity -> WfInstant of what this program has claimed already. ->
 * WfDueReminders */
gpointer wf_reminder_claim_job (WfStore *store, gpointer data, GError **error);
/* Reads only. arguments: array of WfDueReminder, which is emptied. -> WfDueReminders */
gpointer wf_reminder_look_job (WfStore *store, gpointer data, GError **error);
/* arguments: WfReminderReceipts. -> WfChanges */
gpointer wf_reminder_receipts_job (WfStore *store, gpointer data, GError **error);
/* What the catch-up on the screen names and is still open. -> array of WfActivity */
gpointer wf_reminder_catch_up_job (WfStore *store, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDueReminders, wf_due_reminders_free)

G_END_DECLS
