/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of the runtime share: a clock, a CRM in memory, a notifier that remembers, a store,
 * and a runtime on them. */
#pragma once

#include "wf-fake-clock.h"
#include "wf-notifier.h"
#include "wf-runtime-day.h"
#include "wf-runtime-private.h"
#include "wf-scripted-crm.h"
#include "wf-test-folder.h"

G_BEGIN_DECLS

#define WF_TYPE_RECORDING_NOTIFIER (wf_recording_notifier_get_type ())
G_DECLARE_FINAL_TYPE (WfRecordingNotifier, wf_recording_notifier, WF, RECORDING_NOTIFIER, GObject)

WfRecordingNotifier *wf_recording_notifier_new (void);
/* While failing nothing is shown. */
void wf_recording_notifier_set_failing (WfRecordingNotifier *self, gboolean failing);
/* Lines "reminder ID", "catch-up ID ID", "message ID TITLE", all with " quietly" behind in quiet hours,
 * "withdraw ID", oldest first.
 * Borrowed. */
GPtrArray *wf_recording_notifier_get_lines (WfRecordingNotifier *self);
/* Lines that begin with this. */
guint wf_recording_notifier_count (WfRecordingNotifier *self, const char *prefix);
/* Called before anything is shown. */
void wf_recording_notifier_set_hook (WfRecordingNotifier *self, void (*hook) (gpointer),
                                     gpointer user_data);

#define WF_TEST_WORKFLOW "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define WF_TEST_START "2026-11-18T13:00:00Z" /* a Wednesday, 10:00 in São Paulo */

typedef struct _WfFixture WfFixture;
struct _WfFixture
{
  WfFakeClock *clock;
  WfTestFolder *folder;
  WfScriptedCrm *crm;
  WfRecordingNotifier *notifier;
  WfRuntime *runtime; /* NULL while stopped */
  char *store_path;
  guint n_events;
  WfFixture *peer; /* (unowned) (nullable) another computer: settles with this one */
};

/* person: who signs in; NULL = a machine account. Nothing runs yet. */
void wf_fixture_set_up (WfFixture *self, const char *person);
/* Another computer on the same CRM, with the same clock and a store of its own. */
void wf_fixture_set_up_peer (WfFixture *self, WfFixture *other, const char *person);
void wf_fixture_tear_down (WfFixture *self);
void wf_fixture_start (WfFixture *self);
void wf_fixture_stop (WfFixture *self);
/* A callback that keeps the result, and waiting for it; it is kept in *result. */
void wf_fixture_on_result (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *wf_fixture_wait_for (GAsyncResult **result);
/* Until nothing is under way any more; a test that hangs ends after some seconds of real time. */
void wf_fixture_settle (WfFixture *self);
void wf_runtime_settle (WfRuntime *runtime);
/* Time passes, and everything that is due on the way is done on the way. */
void wf_fixture_pass (WfFixture *self, gint64 microseconds);
WfInstant wf_fixture_now (WfFixture *self);

/* A workflow on "lead.received" with these steps (JSON array), put into the CRM. extra: members
 * such as "\"reentry\":\"restart\"" of the trigger, or NULL. */
void wf_fixture_put_workflow (WfFixture *self, guint version, const char *extra, const char *steps);
/* The usual one: an activity of an hour, reminder ten minutes before. */
void wf_fixture_put_simple_workflow (WfFixture *self);
/* An event of now; owner NULL: nobody. data: further members of data with a leading comma, or
 * NULL. */
void wf_fixture_add_event (WfFixture *self, const char *id, const char *type, const char *lead,
                           const char *owner, const char *data);
/* The same at some other time. */
void wf_fixture_add_event_at (WfFixture *self, WfInstant at, const char *id, const char *type,
                              const char *lead, const char *owner, const char *data);

/* Everything in the runtime's store, by due. Owned by the caller. */
GPtrArray *wf_fixture_list (WfFixture *self, const char *person);
WfActivity *wf_fixture_get_only (WfFixture *self); /* the only activity; owned by the caller */
guint wf_fixture_count_log (WfFixture *self, const char *kind);
/* Commands, run to their end. */
gboolean wf_fixture_complete (WfFixture *self, const char *activity, const char *outcome,
                              GError **error);
gboolean wf_fixture_reopen (WfFixture *self, const char *activity, GError **error);
gboolean wf_fixture_dismiss (WfFixture *self, const char *activity, const char *reason,
                             GError **error);
WfInstant wf_fixture_snooze (WfFixture *self, const char *activity, WfSnooze snooze,
                             GError **error);
gboolean wf_fixture_reschedule (WfFixture *self, const char *activity, WfInstant due,
                                const char *reason, GError **error);
gboolean wf_fixture_reassign (WfFixture *self, const char *activity, const char *person,
                              GError **error);
gboolean wf_fixture_comment (WfFixture *self, const char *activity, const char *text,
                             GError **error);
gboolean wf_fixture_save_workflow (WfFixture *self, WfWorkflow *workflow, gboolean publish,
                                   GError **error);
gboolean wf_fixture_set_workflow_state (WfFixture *self, const char *id, WfWorkflowState state,
                                        GError **error);
GPtrArray *wf_fixture_list_workflows (WfFixture *self);
gboolean wf_fixture_publish (WfFixture *self, WfWorkflow *workflow, WfInFlight in_flight,
                             GError **error);
gboolean wf_fixture_resume (WfFixture *self, const char *id, WfResume resume, GError **error);
WfInFlightCount *wf_fixture_count_in_flight (WfFixture *self, WfWorkflow *newer);
/* Held matches of the usual workflow; *storm: nullable, receives what is known of them. */
guint wf_fixture_count_held (WfFixture *self, WfHeldStorm **storm);
gboolean wf_fixture_release (WfFixture *self, WfRelease release, guint capacity, GError **error);
gboolean wf_fixture_start_workflow (WfFixture *self, const char *id, const char *lead,
                                    GError **error);
WfTakeBack *wf_fixture_take_back (WfFixture *self, gint64 version, WfInstant from, WfInstant until,
                                  gboolean preview, GError **error);
WfCompareResult *wf_fixture_compare (WfFixture *self, WfWorkflow *edited, WfInstant from,
                                     WfInstant until, GCancellable *cancellable, GError **error);
gboolean wf_fixture_start_trial (WfFixture *self, WfWorkflow *draft, WfInstant until,
                                 GError **error);
gboolean wf_fixture_stop_trial (WfFixture *self, GError **error);
WfTrial *wf_fixture_get_trial (WfFixture *self);
GPtrArray *wf_fixture_check_health (WfFixture *self);
/* rules: JSON. */
void wf_fixture_set_reminder_rules (WfFixture *self, const char *rules);
/* What became of an activity's reminders, as "shown 2026-11-18T13:50:00Z" a line, with the instant when it was shown or, snoozed,
 * will be; "next ..." behind when one waits. Owned by the caller. */
char *wf_fixture_describe_receipts (WfFixture *self, const char *activity);
/* How many entries of the log have this title (in English). */
char *wf_fixture_dup_details (WfFixture *self, const char *title);
guint wf_fixture_count_titles (WfFixture *self, const char *title);

/* The program dies after the transaction of this number: the fault hook and its data. */
typedef struct
{
  guint n; /* transactions so far */
  guint at;
} WfCommitCrash;
gboolean wf_commit_crash (WfFaultPoint point, gpointer crash);

G_END_DECLS
