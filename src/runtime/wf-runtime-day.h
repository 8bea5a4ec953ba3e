/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime for a person's day: calendar, what needs a manager, many activities at once, absence,
 * reminders. Same rules as wf-runtime.h: durable here first, then sent (B18). */
#pragma once

#include "wf-reminder-rules.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* ---- calendar ---- */

/* The days of a calendar; bounds: n_days + 1 instants. Off the main loop. */
void wf_runtime_list_days_async (WfRuntime *self, const WfActivityQuery *query,
                                 const WfInstant *bounds, guint n_days, guint per_day,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
WfCalendarDays *wf_runtime_list_days_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* B6: workload of people and days. certain: open activities; committed: those that steps now waiting
 * will create; expected: by the events of the last four weeks through the live workflows, on the
 * same weekday. capacity: 0 on closed days and while away. */
typedef struct
{
  double certain, committed, expected;
  guint capacity;
  gboolean away;
} WfDayLoad;
typedef struct
{
  guint n_people, n_days;
  char **people;    /* (owned) n_people ids, NULL-terminated */
  WfDayLoad *loads; /* (owned) n_people * n_days, a person's days one after the other */
} WfWorkload;
void wf_workload_free (WfWorkload *self);
/* people NULL: everyone that the person may see and who works activities. */
void wf_runtime_get_workload_async (WfRuntime *self, const char *const *people,
                                    const WfInstant *bounds, guint n_days,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
WfWorkload *wf_runtime_get_workload_finish (WfRuntime *self, GAsyncResult *result, GError **error);

/* ---- what needs a manager (R6) ---- */

typedef struct
{
  GPtrArray *people;  /* (owned) of WfPersonCount, those with late or soon ones, the most late first */
  guint unassigned;   /* in the queue (S11) */
  guint without_next; /* open leads without a next activity (R4) */
  guint failing;      /* steps that block a run */
  guint held;         /* matches that a storm or an import holds back */
  guint conflicts;    /* workflows with a publish conflict (S30) */
  guint problems;     /* workflows with errors */
  guint refused;      /* changes that the CRM refused for good */
} WfExceptions;
void wf_exceptions_free (WfExceptions *self);
void wf_runtime_get_exceptions_async (WfRuntime *self, const char *origin,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
WfExceptions *wf_runtime_get_exceptions_finish (WfRuntime *self, GAsyncResult *result,
                                                GError **error);

/* ---- many at once, and back ---- */

typedef enum
{
  WF_BULK_COMPLETE,
  WF_BULK_DISMISS,
  WF_BULK_RESCHEDULE, /* to due */
  WF_BULK_REASSIGN,
  WF_BULK_SNOOZE,
  WF_BULK_REOPEN,
  WF_BULK_SET_LENGTH, /* of calls and meetings: how long they last; the beginning stays */
} WfBulkKind;
typedef struct
{
  WfBulkKind kind;
  const char *text; /* outcome or reason */
  const char *person;
  WfInstant due;
  WfSnooze snooze;
  gint64 length; /* of WF_BULK_SET_LENGTH: microseconds, WF_LENGTH_LEAST to WF_LENGTH_MOST */
} WfBulkChange;
#define WF_LENGTH_LEAST (5 * G_TIME_SPAN_MINUTE)
#define WF_LENGTH_MOST G_TIME_SPAN_DAY
/* What a command did to one activity, to be taken back. */
typedef struct
{
  WfActivity *before; /* (owned) */
  WfActivity *after;  /* (owned) */
  WfInstant reminder_before, reminder_after; /* when it was to remind here; WF_INSTANT_NONE: not */
} WfDone;
void wf_done_free (WfDone *self);
typedef struct
{
  WfBulkKind kind;
  GPtrArray *done;    /* (owned) of WfDone */
  GPtrArray *refused; /* (owned) of char *: a reason in words each, in the order of the ids left out */
} WfBulkResult;
void wf_bulk_result_free (WfBulkResult *self);
/* Each in the same transaction as the others; one that does not apply is left out and named. */
void wf_runtime_change_many_async (WfRuntime *self, const char *const *activities,
                                   const WfBulkChange *change, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
WfBulkResult *wf_runtime_change_many_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* Puts the activities back as they were before: open again, the deadline with its pin, the length, the
 * person, the reminder. Those that changed meanwhile are left and counted. result: of change_many. */
void wf_runtime_undo_async (WfRuntime *self, const WfBulkResult *result, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_runtime_undo_finish (WfRuntime *self, GAsyncResult *result, guint *n_left,
                                 GError **error);

/* ---- when the CRM says otherwise (B18) ---- */

/* What waits or was refused for one activity, oldest first; of WfPendingChange. */
typedef struct
{
  gint64 item;   /* outbox id */
  char *what;    /* (owned) in words: "Completed with “reached”" */
  char *problem; /* (owned) (nullable) why it was refused, or what is tried again */
  WfOutboxState state;
  WfInstant at;
} WfPendingChange;
void wf_pending_change_free (WfPendingChange *self);
/* subject NULL: all, at most most. */
void wf_runtime_list_pending_async (WfRuntime *self, const char *subject, guint most,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *wf_runtime_list_pending_finish (WfRuntime *self, GAsyncResult *result, GError **error);
/* Of a refused change: send it again, or let the CRM's state count. */
void wf_runtime_retry_change_async (WfRuntime *self, gint64 item, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
void wf_runtime_drop_change_async (WfRuntime *self, gint64 item, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/* ---- absence (B10) ---- */

/* How many open activities of the person each treatment would touch; of WfAbsenceEffect. */
typedef struct
{
  char *type; /* (owned) activity type */
  guint n;    /* open ones whose deadline lies in the absence */
  WfAbsenceTreatment treatment;
} WfAbsenceEffect;
void wf_absence_effect_free (WfAbsenceEffect *self);
void wf_runtime_preview_absence_async (WfRuntime *self, const char *person,
                                       const WfAbsence *absence, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_runtime_preview_absence_finish (WfRuntime *self, GAsyncResult *result,
                                              GError **error);
/* absence->id: known: replaced. Oneself, or whom one may see. Told to the CRM for everyone. */
void wf_runtime_set_absence_async (WfRuntime *self, const char *person, const WfAbsence *absence,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Ends it now, or removes it when it has not begun. */
void wf_runtime_end_absence_async (WfRuntime *self, const char *person, const char *id,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* On return: what happened meanwhile. NULL without an error: there was no absence that ended in the
 * last seven days, or the person has read it. */
typedef struct
{
  char *absence; /* (owned) its id */
  WfInstant from, until;
  guint created;    /* for the person, meanwhile */
  guint late;       /* open and late now */
  guint today;      /* due until the end of today */
  guint shifted;    /* moved to the return */
  guint covered;    /* given to the cover */
  guint completed;  /* of those by the cover */
  char *cover;      /* (owned) (nullable) person */
  GPtrArray *first; /* (owned) of WfActivity: what can still be saved, most urgent first, at most 5 */
} WfBriefing;
void wf_briefing_free (WfBriefing *self);
void wf_runtime_get_briefing_async (WfRuntime *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
WfBriefing *wf_runtime_get_briefing_finish (WfRuntime *self, GAsyncResult *result, GError **error);
void wf_runtime_dismiss_briefing_async (WfRuntime *self, const char *absence,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);

/* ---- reminders (B11, B23) ---- */

/* Borrowed; never NULL once started. */
WfReminderRules *wf_runtime_get_reminder_rules (WfRuntime *self);
/* Open activities' reminders are set anew by them. */
void wf_runtime_set_reminder_rules_async (WfRuntime *self, WfReminderRules *rules,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
/* What is known of an activity's reminders; of WfReceipt, oldest first. *next: the one that waits,
 * or WF_INSTANT_NONE. */
void wf_runtime_list_receipts_async (WfRuntime *self, const char *activity,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GArray *wf_runtime_list_receipts_finish (WfRuntime *self, GAsyncResult *result, WfInstant *next,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfWorkload, wf_workload_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfExceptions, wf_exceptions_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDone, wf_done_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfBulkResult, wf_bulk_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPendingChange, wf_pending_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAbsenceEffect, wf_absence_effect_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfBriefing, wf_briefing_free)

G_END_DECLS
