/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an activity reminds next, and what of it is on the screen: every change of a reminder in a
 * transaction goes through here (S6-S9, B11, B23). */
#pragma once

#include "wf-commit.h"
#include "wf-reminder-rules.h"

G_BEGIN_DECLS

/* The next reminder after an instant by the person's rules; none of an activity that is closed or
 * somebody else's. What is due already stays as it is only when it is asked for with its instant. */
gboolean wf_reminder_plan (WfCommit *self, const WfActivity *activity, WfInstant after,
                           GError **error);
/* At an instant that is known; WF_INSTANT_NONE: none. */
gboolean wf_reminder_set (WfCommit *self, const char *activity, WfInstant at, GError **error);
/* The first one of an activity that is new here: at once when its instant has passed (S6). */
gboolean wf_reminder_plan_first (WfCommit *self, const WfActivity *activity, GError **error);
/* An activity became another one: its reminder follows, and what is on the screen goes when it is
 * not true any more. before: NULL: it is new here. elsewhere: nobody at this computer did it. */
gboolean wf_reminder_follow (WfCommit *self, const WfActivity *before, const WfActivity *after,
                             gboolean elsewhere, GError **error);
/* S8: only the next reminder moves, with a receipt; what is on the screen goes. */
gboolean wf_reminder_snooze (WfCommit *self, const WfActivity *activity, WfInstant at,
                             GError **error);
/* It does not remind any more, for instance since it exists nowhere but here. */
gboolean wf_reminder_drop (WfCommit *self, const char *activity, GError **error);
/* The same rules, or others, count anew: what was snoozed or is due stays. */
gboolean wf_reminder_plan_again (WfCommit *self, const WfActivity *activity, GError **error);
/* B10: the person is away, and activities of this type wait for the return. */
gboolean wf_reminder_is_held (WfCommit *self, const WfActivity *activity);
/* A reminder is claimed so long before its instant. */
#define WF_REMINDER_CLAIM_AHEAD G_TIME_SPAN_SECOND
/* When to look at the reminders next: the next one is to be claimed, or the absence that now lies in
 * ends. Those to be claimed by now are not waited for. */
WfInstant wf_reminder_get_next_look (WfCommit *self);

/* -- what is on the screen: wf-on-screen.c ----------------------------------------------------- */

typedef struct _WfOnScreen WfOnScreen;
void wf_on_screen_free (WfOnScreen *self);
/* A notification of its own stands there now. */
void wf_on_screen_add (WfCommit *self, const char *activity);
/* These and no others are named by the catch-up that stands there now. ids: of char *. */
void wf_on_screen_set_catch_up (WfCommit *self, const GPtrArray *ids);
/* It is named by a catch-up now. TRUE: it had a notification of its own, which the caller withdraws. */
gboolean wf_on_screen_join_catch_up (WfCommit *self, const char *activity);
/* Ids that the catch-up names; of char *. Owned by the caller. */
GPtrArray *wf_on_screen_dup_catch_up (WfCommit *self);
/* It is out of date: out of the catch-up that stands there. TRUE: it had a notification of its own, which the caller
 * withdraws. */
gboolean wf_on_screen_take_down (WfCommit *self, const char *activity, gboolean elsewhere);
/* All of it is out of date. Ids of char *, the catch-up's among them; the caller withdraws them. Owned by the caller. */
GPtrArray *wf_on_screen_take_all (WfCommit *self);
/* At the end of the transaction. */
gboolean wf_on_screen_save (WfCommit *self, GError **error);

G_END_DECLS
