/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connected account: from choosing it until its runtime works, and back. */
#pragma once

#include "wf-accounts.h"
#include "wf-calendar-publisher.h"
#include "wf-report-schedule-runner.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

typedef enum
{
  WF_SESSION_CLOSED,
  WF_SESSION_CONNECTING,
  WF_SESSION_OPEN,
  WF_SESSION_FAILED, /* see wf_session_get_error */
} WfSessionState;

/* Properties, read-only, notified: state (WfSessionState as int; also when it fails once more), runtime (WfRuntime,
 * nullable). */
#define WF_TYPE_SESSION (wf_session_get_type ())
G_DECLARE_FINAL_TYPE (WfSession, wf_session, WF, SESSION, GObject)

/* notifier: nullable. */
WfSession *wf_session_new (WfClock *clock, WfAccounts *accounts, WfNotifier *notifier);
/* Before an account is opened: where activities may be published to; NULL: nowhere. */
void wf_session_set_calendars (WfSession *self, WfCalendars *calendars);
WfCalendars *wf_session_get_calendars (WfSession *self);         /* borrowed; nullable */
WfCalendarPublisher *wf_session_get_publisher (WfSession *self); /* borrowed; NULL unless open */
WfReportScheduleRunner *wf_session_get_report_runner (
    WfSession *self); /* borrowed; NULL unless open */
/* Leaves the account that is open, then connects this one. state_dir: NULL = the user's own. */
void wf_session_open (WfSession *self, const WfAccount *account, const char *state_dir);
/* Tries once more, at once, what failed; while it is tried the state stays FAILED. Nothing when it did not fail. */
void wf_session_retry (WfSession *self);
/* It failed and is not, or not soon, going to open by itself: somebody has to do something. */
gboolean wf_session_needs_person (WfSession *self);
/* Ends the runtime, or the attempt. */
void wf_session_close (WfSession *self);
/* The same, for good or for another account: what its reminders show on the screen goes. After a mere end it stays, since
 * reminders outlive the program. */
void wf_session_leave (WfSession *self);
WfSessionState wf_session_get_state (WfSession *self);
WfRuntime *wf_session_get_runtime (WfSession *self); /* borrowed; NULL unless open */
const WfAccount *wf_session_get_account (
    WfSession *self); /* borrowed; the one being or last opened; nullable */
const GError *wf_session_get_error (WfSession *self);
/* Where an account's store is kept. Owned by the caller. */
char *wf_session_make_store_path (const WfAccount *account, const char *state_dir);
/* The same, beside the store of the account that is or was open. Owned by the caller. */
char *wf_session_dup_store_path (WfSession *self, const WfAccount *account);

G_END_DECLS
