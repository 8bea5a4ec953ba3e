/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A runtime without store and CRM for tests of the window: what it knows is in memory, and it answers in the next iteration. */
#pragma once

#include "wf-accounts.h"
#include "wf-health.h"
#include "wf-runtime-day.h"
#include "wf-runtime-leads.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* organisation and person: nullable, as while nothing is known yet. */
WfRuntime *wf_fake_runtime_new (WfClock *clock, WfOrganisation *organisation, const char *person);
void wf_fake_runtime_set_account (WfRuntime *self, WfOrganisation *organisation,
                                  const char *person);
void wf_fake_runtime_add (WfRuntime *self, WfActivity *activity); /* takes it; tell when done */
void wf_fake_runtime_add_log (WfRuntime *self,
                              WfLogEntry *entry); /* takes it; newest first: the last added */
void wf_fake_runtime_tell (WfRuntime *self);      /* emits activities-changed and log-changed */
void wf_fake_runtime_set_reading_past (WfRuntime *self, gboolean reading);
void wf_fake_runtime_set_sync (WfRuntime *self, WfSyncStatus status, const char *problem,
                               guint pending, WfInstant last);
/* The next query or command fails with this. */
void wf_fake_runtime_fail_next (WfRuntime *self, const char *message);
/* The next list of activities does. */
void wf_fake_runtime_fail_next_list (WfRuntime *self, const char *message);
/* What was asked, newest last: "complete a-1", "complete a-1 approved", "snooze a-1 1", "list 0 100". Borrowed. */
const char *wf_fake_runtime_get_last_command (WfRuntime *self);
guint wf_fake_runtime_get_n_listed (WfRuntime *self); /* rows handed out so far */

/* What waits for a manager (wf-fake-runtime-manager.c): taken over; shown until it is decided. */
void wf_fake_runtime_add_held (WfRuntime *self, WfHeldStorm *storm);
void wf_fake_runtime_add_blocked (WfRuntime *self, WfBlockedStep *step);
void wf_fake_runtime_add_due_change (WfRuntime *self, WfDueChange *change);
void wf_fake_runtime_add_finding (WfRuntime *self, WfHealthFinding *finding);
void wf_fake_runtime_add_workflow (WfRuntime *self, WfRuntimeWorkflow *workflow);
/* What counting runs that wait answers. */
void wf_fake_runtime_set_in_flight (WfRuntime *self, guint waiting, guint movable, guint overdue);

/* What the builder asks (wf-fake-runtime-builder.c). */
void wf_fake_runtime_set_folder (WfRuntime *self, const char *folder);
/* Taken over; newest first, the draft before them: listed for their workflow in the order in which they were added. */
void wf_fake_runtime_add_version (WfRuntime *self, WfWorkflowVersion *version);
/* step: nullable, as in WfTrafficCount. The answer for every workflow. */
void wf_fake_runtime_add_traffic (WfRuntime *self, const char *step, int path, guint64 count);
/* Takes both; lead: nullable. Newest first. */
void wf_fake_runtime_add_past_event (WfRuntime *self, WfEvent *event, WfJsonDocument *lead);
void wf_fake_runtime_set_field_values (WfRuntime *self, const char *field,
                                       const char *const *values);
/* Takes it; NULL: there is none. As with the real one, publishing what is not based on theirs fails with
 * WF_RUNTIME_ERROR_CONFLICT, and saving what is ends the conflict. */
void wf_fake_runtime_set_conflict (WfRuntime *self, WfWorkflowConflict *conflict);
/* FALSE: it is to fail with the conflict. */
gboolean wf_fake_runtime_allows_saving (WfRuntime *self, WfWorkflow *workflow, gboolean publish);
/* What was saved as a draft or published without an error, oldest first. Borrowed. */
guint wf_fake_runtime_get_n_saved (WfRuntime *self);
WfWorkflow *wf_fake_runtime_get_saved (WfRuntime *self, guint index, gboolean *publish);

/* A person's day (wf-fake-runtime-day.c). Late and soon ones and the queue are counted from the activities, the other figures are
 * as set. */
void wf_fake_runtime_set_exceptions (WfRuntime *self, const WfExceptions *figures);
/* Takes it; its item is its number, from 1. */
void wf_fake_runtime_add_pending (WfRuntime *self, const char *activity, WfPendingChange *change);
void wf_fake_runtime_add_receipt (WfRuntime *self, const char *activity, const WfReceipt *receipt);
/* Every command of several is refused for this one. */
void wf_fake_runtime_refuse (WfRuntime *self, const char *activity, const char *reason);
void wf_fake_runtime_set_workload (WfRuntime *self, WfWorkload *workload); /* takes it */
/* Of WfActivity, without offset and limit. */
GPtrArray *wf_fake_runtime_list (WfRuntime *self, const WfActivityQuery *query);
WfActivity *wf_fake_runtime_find (WfRuntime *self, const char *id); /* a new reference; nullable */
/* A copy in its place, to be changed; borrowed. NULL when it is unknown. */
WfActivity *wf_fake_runtime_change (WfRuntime *self, const char *id);
void wf_fake_runtime_replace (WfRuntime *self, WfActivity *activity); /* takes it */

/* Absence (wf-fake-runtime-absence.c). Takes it; NULL: there is none. */
void wf_fake_runtime_set_briefing (WfRuntime *self, WfBriefing *briefing);

/* Leads (wf-fake-runtime-leads.c): both are taken over; moments: newest first, the last added is the newest. */
void wf_fake_runtime_add_lead (WfRuntime *self, WfLead *lead);
void wf_fake_runtime_add_moment (WfRuntime *self, const char *lead, WfLeadMoment *moment);
WfLeadMoment *wf_fake_moment_new (WfMomentKind kind, WfInstant at);
void wf_fake_runtime_tell_leads (WfRuntime *self); /* emits leads-changed */

/* Reports (wf-fake-runtime-reports.c): jobs of wf_runtime_read_async get this store; borrowed, NULL: there is none, and they
 * fail. The rights are checked as with the real one. */
void wf_fake_runtime_set_store (WfRuntime *self, WfStore *store);
guint wf_fake_runtime_get_n_jobs (WfRuntime *self); /* done so far */
/* TRUE: jobs wait, as long ones do, until it is FALSE. */
void wf_fake_runtime_hold_jobs (WfRuntime *self, gboolean hold);
guint wf_fake_runtime_get_n_held_jobs (WfRuntime *self); /* that wait */
gpointer wf_fake_runtime_get_held_job (WfRuntime *self); /* the data of the newest; borrowed; NULL: none waits */

/* NULL after a failure that was asked for: the task has ended. */
GTask *wf_fake_runtime_make_task (WfRuntime *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
void wf_fake_runtime_remember (WfRuntime *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A company with Ana (attendant, group inbound), Bruno (the same), Carla (coordinator of all) and, with store flow, a unit. */
WfOrganisation *wf_fake_organisation_new (gboolean store_flow);
/* An open activity that somebody made at `created`. */
WfActivity *wf_fake_activity_new (const char *id, const char *title, const char *person,
                                  WfInstant due);
/* What its reminders show on the screen was asked to go. */
gboolean wf_fake_runtime_was_withdrawn (WfRuntime *self);
/* Accounts that connect nothing: the next fails when error is set. */
WfAccounts *wf_fake_accounts_new (void);
void wf_fake_accounts_fail_next (WfAccounts *self, GError *error);

G_END_DECLS
