/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The imperative shell around the engine for one account: intake, transaction, dispatch, wall-
 * clock scheduler, reminders; and the commands and queries of the window. Lives in the main
 * context that made it; nothing here blocks. */
#pragma once

#include "wf-compare.h"
#include "wf-crm.h"
#include "wf-notifier.h"
#include "wf-run.h"
#include "wf-store-audit.h"
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
  WF_RUNTIME_ERROR_CONFLICT,          /* somebody else published meanwhile (S30) */
  WF_RUNTIME_ERROR_OUTCOME_NEEDED,    /* it ends with one of its type's outcomes: ask for it */
} WfRuntimeError;
GQuark wf_runtime_error_quark (void);

#define WF_TYPE_RUNTIME (wf_runtime_get_type ())
G_DECLARE_FINAL_TYPE (WfRuntime, wf_runtime, WF, RUNTIME, GObject)

/* Properties, read-only, notified: sync-status (WfSyncStatus as int), problem (string, nullable:
 * what is wrong, for people), last-sync (int64 WfInstant), pending-changes (uint: changes that
 * are only on this computer, B18), person (string: id of who is signed in), organisation
 * (WfOrganisation pointer, nullable until known), late-count, today-count (uint, sidebar),
 * reading-past (boolean: what was closed before this computer was connected is not all here yet,
 * so reports are about less than there was).
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
/* Before it: the account is left for good or for another one. What its reminders show on the screen goes. */
void wf_runtime_withdraw_all (WfRuntime *self);
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
gboolean wf_runtime_get_reading_past (WfRuntime *self);

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
  /* Somebody else published since the draft was begun (S30): see wf_runtime_get_conflict_async */
  gboolean in_conflict;
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

/* R117: who changed what, newest first; for those who see the log. *total: without offset and limit. Of WfLogEntry. */
void wf_runtime_list_audit_async (WfRuntime *self, const WfAuditQuery *query,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *wf_runtime_list_audit_finish (WfRuntime *self, GAsyncResult *result, guint *total,
                                         GError **error);

/* For whoever reads the store with a job of its own, as reports do: in the reading thread, for those who have the right. data:
 * given to the job and freed; result_free: of a result that nobody fetches. */
void wf_runtime_read_async (WfRuntime *self, WfRight right, WfStoreJob job, gpointer data,
                            GDestroyNotify data_free, GDestroyNotify result_free,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gpointer wf_runtime_read_finish (WfRuntime *self, GAsyncResult *result, GError **error);

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
/* S12: what happens to the runs that wait when a new version is published. */
typedef enum
{
  WF_IN_FLIGHT_FINISH, /* on their own version */
  WF_IN_FLIGHT_MOVE,   /* to the new one, where the waiting step still exists; else they finish */
  WF_IN_FLIGHT_STOP,
} WfInFlight;
/* publish TRUE of save_workflow, with the choice. */
void wf_runtime_publish_workflow_async (WfRuntime *self, WfWorkflow *workflow, WfInFlight in_flight,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
/* S12: resuming a paused workflow: what becomes of steps that came due meanwhile. */
typedef enum
{
  WF_RESUME_RUN_NOW,
  WF_RESUME_RESCHEDULE,
  WF_RESUME_SKIP,
} WfResume;
void wf_runtime_resume_workflow_async (WfRuntime *self, const char *workflow, WfResume resume,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
/* B15: how many runs wait in which version, and how many of them would move to the workflow given
 * (nullable). */
typedef struct
{
  guint waiting; /* all versions */
  guint overdue; /* came due while paused */
  guint movable;
  GArray *versions; /* (owned) of WfVersionCount */
} WfInFlightCount;
void wf_in_flight_count_free (WfInFlightCount *self);
void wf_runtime_count_in_flight_async (WfRuntime *self, const char *workflow, WfWorkflow *newer,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
WfInFlightCount *wf_runtime_count_in_flight_finish (WfRuntime *self, GAsyncResult *result,
                                                    GError **error);

/* S18: a step that failed for good blocks its chain: what the manager decides. */
void wf_runtime_resolve_step_async (WfRuntime *self, const char *run_key, const char *step,
                                    WfResolve resolve, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* Of WfBlockedStep, newest first. */
typedef struct
{
  char *run_key, *workflow, *workflow_name, *step, *lead, *reason; /* (owned) lead nullable */
  char *sentence;                                                  /* (owned) what the step does */
  gint64 version;
  WfInstant at; /* when the run began */
} WfBlockedStep;
void wf_blocked_step_free (WfBlockedStep *self);
void wf_runtime_list_blocked_async (WfRuntime *self, guint offset, guint limit,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *wf_runtime_list_blocked_finish (WfRuntime *self, GAsyncResult *result, guint *total,
                                           GError **error);

/* S13, B7: what a storm or an import holds back. */
typedef struct
{
  char *workflow, *workflow_name, *reason; /* (owned) */
  guint n;
  WfInstant first, last;
} WfHeldStorm;
void wf_held_storm_free (WfHeldStorm *self);
void wf_runtime_list_held_async (WfRuntime *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_runtime_list_held_finish (WfRuntime *self, GAsyncResult *result, GError **error);
typedef enum
{
  WF_RELEASE_CREATE, /* all at once, deadlines from now */
  WF_RELEASE_SPREAD, /* over working days, at most so many a person and day */
  WF_RELEASE_DROP,   /* nothing is created; the trace says who decided */
} WfRelease;
/* capacity: of SPREAD: matches a working day and person; 0: 20. */
void wf_runtime_release_held_async (WfRuntime *self, const char *workflow, WfRelease release,
                                    guint capacity, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/* R104: starts a workflow for a lead by hand; its trigger need not be "manual.started". */
void wf_runtime_start_workflow_async (WfRuntime *self, const char *workflow, const char *lead,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);

/* B13: withdraws the untouched activities that a workflow created; touched ones are listed. */
typedef struct
{
  GPtrArray *withdrawn; /* (owned) of WfActivity: with preview those that would be */
  GPtrArray
      *touched; /* (owned) of WfActivity: done, rescheduled, commented, reassigned by somebody */
} WfTakeBack;
void wf_take_back_free (WfTakeBack *self);
/* version 0: any. preview: nothing is changed. */
void wf_runtime_take_back_async (WfRuntime *self, const char *workflow, gint64 version,
                                 WfInstant from, WfInstant until, gboolean preview,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
WfTakeBack *wf_runtime_take_back_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* B1, B14: past events of this account through the live version and through an edited one; also
 * the result of a trial (B21). */
void wf_runtime_compare_async (WfRuntime *self, WfWorkflow *edited, WfInstant from, WfInstant until,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
WfCompareResult *wf_runtime_compare_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* B21: a trial beside live: the draft runs in shadow on what comes in, creates nothing, and is kept
 * through restarts. Its result is a comparison from its beginning until now. until WF_INSTANT_NONE:
 * a week. */
void wf_runtime_start_trial_async (WfRuntime *self, WfWorkflow *draft, WfInstant until,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
void wf_runtime_stop_trial_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
typedef struct
{
  WfWorkflow *draft; /* (owned) */
  WfInstant began, until;
  WfCompareResult *result; /* (owned) */
} WfTrial;
void wf_trial_free (WfTrial *self);
/* NULL without an error: there is no trial. */
void wf_runtime_get_trial_async (WfRuntime *self, const char *workflow, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
WfTrial *wf_runtime_get_trial_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* B16 with the facts of this account; of WfHealthFinding. */
void wf_runtime_check_health_async (WfRuntime *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_runtime_check_health_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* S25: the company's working hours changed: open, not pinned activities whose deadline would be
 * another; old -> new. Of WfDueChange; nothing changes before apply. */
typedef struct
{
  WfActivity *activity; /* (owned) as it is */
  WfInstant due, remind;
} WfDueChange;
void wf_due_change_free (WfDueChange *self);
void wf_runtime_list_due_changes_async (WfRuntime *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_runtime_list_due_changes_finish (WfRuntime *self, GAsyncResult *result,
                                               GError **error);
void wf_runtime_apply_due_changes_async (WfRuntime *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);

/* ---- for the builder ---- */

/* A folder beside the account's store: for files that belong to the account on this computer. Who
 * writes there makes it. Borrowed. */
const char *wf_runtime_get_folder (WfRuntime *self);

/* R132: every published version that is known here, newest first, and the draft before them. Of WfWorkflowVersion. */
typedef struct
{
  WfWorkflow *workflow; /* (owned) */
  char *author;         /* (owned) (nullable) person id */
  char *note;           /* (owned) (nullable) what the author wrote when publishing */
  WfInstant saved;
  gboolean is_draft;
} WfWorkflowVersion;
void wf_workflow_version_free (WfWorkflowVersion *self);
void wf_runtime_list_versions_async (WfRuntime *self, const char *workflow,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *wf_runtime_list_versions_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* How many runs of the workflow (all versions) that began since an instant reached each step and each path: Traffic. Of
 * WfTrafficCount; steps that none reached are left out. */
typedef struct
{
  char *step; /* (owned) (nullable) NULL: the trigger, that is all runs */
  int path;   /* of a branch; -1: the step itself */
  guint64 count;
} WfTrafficCount;
void wf_traffic_count_free (WfTrafficCount *self);
void wf_runtime_count_traffic_async (WfRuntime *self, const char *workflow, WfInstant since,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *wf_runtime_count_traffic_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* Past events of a type, newest first, with the lead as it is cached. Of WfPastEvent. */
typedef struct
{
  WfEvent *event;       /* (owned) */
  WfJsonDocument *lead; /* (owned) (nullable) */
} WfPastEvent;
void wf_past_event_free (WfPastEvent *self);
void wf_runtime_list_past_events_async (WfRuntime *self, const char *type, guint limit,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *wf_runtime_list_past_events_finish (WfRuntime *self, GAsyncResult *result,
                                               GError **error);

/* Values that a field of leads has now, the most frequent first: what the condition editor offers. NULL-terminated, owned by the
 * caller. */
void wf_runtime_list_field_values_async (WfRuntime *self, const char *field, guint limit,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data);
char **wf_runtime_list_field_values_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* S30: a draft of this person whose base is no longer the published version, or a publication that the CRM refused because
 * somebody had published before. NULL without an error: there is none. Publishing it fails with WF_RUNTIME_ERROR_CONFLICT until
 * it is saved on the other's version. */
typedef struct
{
  WfWorkflow *base;   /* (owned) (nullable) what both began with, when it is known */
  WfWorkflow *mine;   /* (owned) */
  WfWorkflow *theirs; /* (owned) */
  char *author;       /* (owned) (nullable) of theirs: person id */
  WfInstant at;       /* when theirs was saved */
} WfWorkflowConflict;
void wf_workflow_conflict_free (WfWorkflowConflict *self);
void wf_runtime_get_conflict_async (WfRuntime *self, const char *workflow,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
WfWorkflowConflict *wf_runtime_get_conflict_finish (WfRuntime *self, GAsyncResult *result,
                                                    GError **error);

/* For every command that has no finish of its own. */
gboolean wf_runtime_command_finish (WfRuntime *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfInFlightCount, wf_in_flight_count_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTakeBack, wf_take_back_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTrial, wf_trial_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfWorkflowConflict, wf_workflow_conflict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfWorkflowVersion, wf_workflow_version_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTrafficCount, wf_traffic_count_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPastEvent, wf_past_event_free)

G_END_DECLS
