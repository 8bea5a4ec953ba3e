/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Showing what reminds now, and its receipts, also where nothing can be shown or written. The policy
 * stands in wf-reminders.c. */
#pragma once

#include "wf-reminder-jobs.h"
#include "wf-runtime-private.h"

G_BEGIN_DECLS

/* This program has claimed them, or is to show them. items: of WfDueReminder. */
void wf_reminders_remember (WfRuntime *self, const GPtrArray *items);
/* It is not this program's affair any more, when it was for that instant. */
void wf_reminders_release (WfRuntime *self, const char *activity, WfInstant at);
/* Shows what is due, once in this program, and writes the receipts. Empties due. */
void wf_reminders_show (WfRuntime *self, WfDueReminders *due);
/* What this program knows, for the store's thread. Owned by the caller. */
WfReminderClaim *wf_reminders_new_claim (WfRuntime *self);
/* The activity is another one: what could not be shown of it is not tried again. */
void wf_reminders_forget_failed (WfRuntime *self, const char *activity);
void wf_reminders_init_show (WfRuntime *self);
void wf_reminders_clear_show (WfRuntime *self);

G_END_DECLS
