/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The imperative shell around the engine for one account: intake, transaction, dispatch, wall-
 * clock scheduler, reminders; and the commands and queries of the window. Lives in the main
 * context that made it; nothing here blocks. */
#pragma once

#include "wf-crm.h"
#include "wf-notifier.h"
#include "wf-store-thread.h"

G_BEGIN_DECLS

typedef enum
{
  WF_SYNC_STATUS_STARTING,
  WF_SYNC_STATUS_UP_TO_DATE,
  WF_SYNC_STATUS_SYNCING,
  WF_SYNC_STATUS_OFFLINE,
  WF_SYNC_STATUS_NEEDS_SIGN_IN, /* 401 */
  WF_SYNC_STATUS_PROBLEM,       /* see the property problem */
} WfSyncStatus;

/* Errors of the commands; the messages are for people. */
#define WF_RUNTIME_ERROR (wf_runtime_error_quark ())
typedef enum
{
  WF_RUNTIME_ERROR_NOT_ALLOWED,       /* the person may not */
  WF_RUNTIME_ERROR_NOT_FOUND,         /* there is no such activity or workflow here */
  WF_RUNTIME_ERROR_NO_LONGER_APPLIES, /* it was done, closed or moved on meanwhile */
  WF_RUNTIME_ERROR_INVALID,           /* an argument or a workflow that cannot be used */
  WF_RUNTIME_ERROR_NOT_READY,         /* nothing is known of the account yet */
} WfRuntimeError;
GQuark wf_runtime_error_quark (void);

#define WF_TYPE_RUNTIME (wf_runtime_get_type ())
G_DECLARE_FINAL_TYPE (WfRuntime, wf_runtime, WF, RUNTIME, GObject)

/* Properties, read-only, notified: sync-status (WfSyncStatus as int), problem (string, nullable:
 * what is wrong, for people), last-sync (int64 WfInstant), pending-changes (uint: changes that
 * are only on this computer, B18), person (string: id of who is signed in), organisation
 * (WfOrganisation pointer, nullable until known), late-count, today-count (uint, sidebar).
 * Signals, in the main context, after the commit: activities-changed (), workflows-changed (),
 * log-changed (), activity-closed (const char *id) */

/* store_path: file of the account's store; its folder is made. notifier: nullable (headless
 * engine). */
WfRuntime *wf_runtime_new (WfClock *clock, WfCrm *crm, WfNotifier *notifier,
                           const char *store_path);
/* Opens the store and begins; what the store knows is readable once it returns, also offline. */
void wf_runtime_start_async (WfRuntime *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_runtime_start_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* Stops intake and timers, lets the running job end, closes the store. */
void wf_runtime_stop (WfRuntime *self);
/* The network came back, the computer woke up, the person asks: try now instead of at the end of
 * the pause. */
void wf_runtime_poke (WfRuntime *self);

WfClock *wf_runtime_get_clock (WfRuntime *self);
WfSyncStatus wf_runtime_get_sync_status (WfRuntime *self);
const char *wf_runtime_get_problem (WfRuntime *self);
WfInstant wf_runtime_get_last_sync (WfRuntime *self);
guint wf_runtime_get_pending_changes (WfRuntime *self);
WfOrganisation *wf_runtime_get_organisation (WfRuntime *self); /* borrowed; NULL until known */
const char *wf_runtime_get_person (WfRuntime *self);           /* NULL until known */
gboolean wf_runtime_may (WfRuntime *self,
                         WfRight right); /* of the signed-in person; FALSE until known */
guint wf_runtime_get_late_count (WfRuntime *self);
guint wf_runtime_get_today_count (WfRuntime *self);

/* Queries: off the main loop. */
void wf_runtime_list_activities_async (WfRuntime *self, const WfActivityQuery *query,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *wf_runtime_list_activities_finish (WfRuntime *self, GAsyncResult *result, guint *total,
                                              GError **error);
void wf_runtime_get_activity_async (WfRuntime *self, const char *id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
WfActivity *wf_runtime_get_activity_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* Of WfRuntimeWorkflow. */
typedef struct
{
  WfWorkflow *workflow; /* (owned) the published version, or the draft when there is no other */
  WfWorkflow *draft;    /* (owned) (nullable) */
  WfWorkflowFigures figures;
  char *author; /* (owned) (nullable) */
  WfInstant saved;
  WfSyncState sync;
  guint n_errors; /* problems found with the present organisation */
} WfRuntimeWorkflow;
void wf_runtime_workflow_free (WfRuntimeWorkflow *self);
void wf_runtime_list_workflows_async (WfRuntime *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_runtime_list_workflows_finish (WfRuntime *self, GAsyncResult *result, GError **error);
void wf_runtime_list_log_async (WfRuntime *self, const char *kind, const char *lead, guint offset,
                                guint limit, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_runtime_list_log_finish (WfRuntime *self, GAsyncResult *result, guint *total,
                                       GError **error);

/* Commands: durable here first, then sent (B18). FALSE with an error when the person may not, or
 * it no longer applies. */
/* outcome: nullable. */
void wf_runtime_complete_async (WfRuntime *self, const char *activity, const char *outcome,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
/* Undo of complete and of no longer needed: open again with the same deadline. */
void wf_runtime_reopen_async (WfRuntime *self, const char *activity, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
void wf_runtime_dismiss_async (WfRuntime *self, const char *activity, const char *reason,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data); /* no longer needed */
typedef enum
{
  WF_SNOOZE_5_MINUTES,
  WF_SNOOZE_15_MINUTES,
  WF_SNOOZE_1_HOUR,
  WF_SNOOZE_UNTIL_DUE,
  WF_SNOOZE_NEXT_MORNING,
} WfSnooze;
/* S8. *at of finish: when it will remind. */
void wf_runtime_snooze_async (WfRuntime *self, const char *activity, WfSnooze snooze,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
WfInstant wf_runtime_snooze_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* S7; reason: required text. */
void wf_runtime_reschedule_async (WfRuntime *self, const char *activity, WfInstant due,
                                  const char *reason, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
void wf_runtime_reassign_async (WfRuntime *self, const char *activity, const char *person,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
void wf_runtime_comment_async (WfRuntime *self, const char *activity, const char *text,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
/* publish FALSE: keeps it as this person's draft. TRUE: must have no errors; the version is
 * counted up, live unless paused. */
void wf_runtime_save_workflow_async (WfRuntime *self, WfWorkflow *workflow, gboolean publish,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
void wf_runtime_set_workflow_state_async (WfRuntime *self, const char *workflow,
                                          WfWorkflowState state, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* For every command but snooze. */
gboolean wf_runtime_command_finish (WfRuntime *self, GAsyncResult *result, GError **error);

G_END_DECLS
