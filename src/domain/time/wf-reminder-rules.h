/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own rules for reminders (B23), above the manager's floor: more of them, earlier ones,
 * and hours without pop-ups. Never later than the manager's reminder, never fewer. Immutable,
 * atomic reference count. */
#pragma once

#include "wf-activity.h"
#include "wf-duration.h"
#include "wf-json-writer.h"
#include "wf-problem.h"
#include "wf-working-hours.h"

G_BEGIN_DECLS

typedef struct _WfReminderRules WfReminderRules;

/* Nothing but the manager's reminder. */
WfReminderRules *wf_reminder_rules_new_default (void);
/* {"at-due": bool, "lead-times": {"*" or type: ["1 day", "10 minutes"]}, "quiet": {"from": "19:00",
 * "until": "08:00", "days": ["saturday", "sunday"]}}; NULL with problems when it cannot be used. */
WfReminderRules *wf_reminder_rules_read (const WfJson *root, WfProblems *problems);
char *wf_reminder_rules_to_text (const WfReminderRules *self);
WfReminderRules *wf_reminder_rules_ref (WfReminderRules *self);
void wf_reminder_rules_unref (WfReminderRules *self);

#define WF_MOST_LEAD_TIMES 5
/* type NULL: of all types that have none of their own. Array of WfDuration, the longest first;
 * borrowed. */
const WfDuration *wf_reminder_rules_get_lead_times (const WfReminderRules *self, const char *type,
                                                    guint *n);
/* FALSE: there are no other reminders than the manager's. */
gboolean wf_reminder_rules_adds_reminders (const WfReminderRules *self);
gboolean wf_reminder_rules_get_at_due (const WfReminderRules *self);
/* Minutes of the local day; FALSE: no quiet hours. days: bits of GDateWeekday that are quiet
 * altogether. */
gboolean wf_reminder_rules_get_quiet (const WfReminderRules *self, int *from, int *until,
                                      guint *days);
/* A changed copy; lead_times: taken over as they are, checked by the caller's form too. */
WfReminderRules *wf_reminder_rules_with (const WfReminderRules *self, const char *type,
                                         const WfDuration *lead_times, guint n);
WfReminderRules *wf_reminder_rules_with_at_due (const WfReminderRules *self, gboolean at_due);
WfReminderRules *wf_reminder_rules_with_quiet (const WfReminderRules *self, gboolean quiet,
                                               int from, int until, guint days);

/* The next reminder of an open activity after an instant: the earliest of the manager's (activity->
 * remind), the person's own lead times before the deadline, and the deadline itself. A lead time of
 * its own that falls into quiet hours comes before them; the manager's stays where it is.
 * WF_INSTANT_NONE: there is none. hours: of the person, for their zone and, with the activity's
 * flag, business time (S6). */
WfInstant wf_reminder_rules_get_next (const WfReminderRules *self, const WfActivity *activity,
                                      WfInstant after, WfWorkingHours *hours, GTimeZone *zone);
/* In quiet hours a notification comes without a sound or a pop-up. zone: the person's. */
gboolean wf_reminder_rules_is_quiet (const WfReminderRules *self, WfInstant at, GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReminderRules, wf_reminder_rules_unref)

G_END_DECLS
