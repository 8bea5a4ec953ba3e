/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime's insides, shared by its files: one struct, and what each part offers to the
 * others. */
#pragma once

#include "wf-commit.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* One direction of the connection: what is wrong with it, and the pause before the next attempt. */
typedef struct
{
  WfSyncStatus status; /* UP_TO_DATE, OFFLINE, NEEDS_SIGN_IN or PROBLEM */
  char *problem;       /* (owned) (nullable) */
  guint attempt;
  gboolean paused;
  WfAlarm *alarm; /* (owned) the end of the pause */
} WfChannel;

/* The reading of what was closed before: see wf-past-intake.c. */
typedef struct
{
  WfChannel channel; /* its own pauses */
  gboolean done;
  gboolean turn;   /* between two of its pages events are asked for */
  WfInstant since; /* from when on it reads; WF_INSTANT_NONE: it was not begun */
  char *person;    /* (owned) (nullable) whose; NULL: everyone's */
  char *page;      /* (owned) (nullable) where to go on */
} WfPast;

typedef struct
{
  WfChannel channel;
  GCancellable *poll; /* (owned) (nullable) the poll under way: a poke ends it */
  gboolean busy;      /* a request or a commit is under way */
  gboolean session, has_cursor, caught_up;
  gboolean need_clock; /* to ask the CRM what time it is: ours was set */
  gboolean unsure;     /* until it answers, or does not */
  gboolean need_organisation, need_workflows, need_activities, read_everything;
  gboolean need_leads, read_all_leads;
  gboolean leads_turn;      /* between two pages of leads events are asked for */
  gboolean tried_workflows; /* since the start they were read, or could not be */
  char *cursor;       /* (owned) (nullable) NULL: from the oldest; meaningful with has_cursor */
  char *fresh_cursor; /* (owned) (nullable) of a first run: kept once the activities are read */
  char *page;         /* (owned) (nullable) of the activities being read */
  char *leads_page;   /* (owned) (nullable) of the leads being read */
  WfInstant leads_since, leads_after; /* when their reading began, and from when on it reads */
  WfInstant reading_since; /* when the reading of activities began, by the server's clock */
  WfEventBatch *batch;     /* (owned) (nullable) being committed piece by piece */
  guint next_event;
  GHashTable *stale; /* (owned) ids of activities to read again */
  /* (owned) the same, one by one only: their changes were refused; made anew at each start from the
   * refused items of the outbox */
  GHashTable *refused;
  WfPast past;
} WfIntake;

typedef struct
{
  WfChannel channel;
  gboolean off; /* for benchmarks: what is decided stays in the outbox */
  gboolean busy, again, hasten;
  gboolean resend;              /* what is marked as sent is not under way any more */
  gboolean whole_batch_refused; /* of the round under way */
  guint most_creations;         /* halved while the CRM refuses whole batches */
  guint in_flight;
} WfDispatch;

typedef struct
{
  WfAlarm *alarm; /* (owned) */
  gboolean busy, again;
  gboolean refused; /* the store has, the last time: the alarm is only the backstop */
} WfScheduler;

typedef struct
{
  gboolean busy, again, messages_busy, messages_again, catch_up_busy;
  WfAlarm *alarm;   /* (owned) (nullable) at the instant of the next one that is claimed */
  GPtrArray *ready; /* (owned) claimed ahead, until their instant; of wf-reminders.c */
  GHashTable *mine; /* (owned) activity -> WfInstant: what this program has claimed */
  guint n_showing;  /* times that what is ready is being looked at again */
  /* What was shown and is not written down yet, and what could not be shown: wf-reminder-show.c. */
  GPtrArray *receipts;     /* (owned) of WfReminderReceipts, oldest first */
  guint n_writing;         /* the first ones of them, on the way to the store */
  guint n_refused;         /* how often the store has refused them since it last took some */
  WfAlarm *receipts_alarm; /* (owned) (nullable) when they are written again */
  GHashTable *failed;    /* (owned) activity -> WfInstant: not shown, nobody was there to take it */
  WfAlarm *failed_alarm; /* (owned) (nullable) when these are shown again */
  gboolean not_shown_told; /* in the log, until it goes well again */
  gboolean not_claimed;    /* in the log, too; until receipts can be written */
  WfInstant popped[3];     /* when what was missed popped up alone, ring */
  guint n_popped;
  WfInstant caught_up;       /* when a catch-up was shown last */
  WfInstant catch_up_popped; /* when it popped up last */
  WfInstant shown_until;     /* the latest receipt that is not known to be of a wrong clock */
  WfInstant rearming;        /* the one that is, while reminders are set anew for it */
  WfReminderRules *rules;    /* (owned) */
  GTimeZone *zone;           /* (owned) of this computer */
  /* Reminders being set anew for other rules. */
  gboolean begun, plan_busy;
  char *planned, *planning; /* (owned) (nullable) what they were, and are being set for */
  GPtrArray *to_plan;       /* (owned) (nullable) of char *: ids of activities */
  guint n_planned;
  GPtrArray *waiting; /* (owned) of GTask: to be answered at the end */
} WfReminders;

/* Where a test may let the program "crash". */
typedef enum
{
  WF_FAULT_BEFORE_COMMIT,
  WF_FAULT_AFTER_COMMIT,
} WfFaultPoint;
/* TRUE: everything stops here, as if the process had died. */
typedef gboolean (*WfFaultHook) (WfFaultPoint point, gpointer user_data);

struct _WfRuntime
{
  GObject parent_instance;

  WfClock *clock;            /* (owned) a WfServerClock: the CRM's time (S16) */
  WfCrm *crm;                /* (owned) */
  WfNotifier *notifier;      /* (owned) (nullable) */
  char *store_path;          /* (owned) */
  char *folder;              /* (owned) beside it: files of this account */
  WfStoreThread *store;      /* (owned) (nullable) until started */
  GCancellable *cancellable; /* (owned) of everything under way */
  gboolean started, stopped;

  WfEngine *engine;             /* (owned) (nullable) until started */
  WfOrganisation *organisation; /* (owned) (nullable) */
  char *person;                 /* (owned) (nullable) */
  gboolean is_machine;

  WfSyncStatus sync_status;
  char *problem; /* (owned) (nullable) */
  WfInstant last_sync;
  gboolean reading_past;
  guint pending_changes, late_count, today_count;
  gboolean figures_busy, figures_again;
  guint n_writes;             /* under way */
  guint n_engines_made;       /* being made in the store's thread */
  GHashTable *comments_asked; /* (owned) lead -> WfInstant: when the CRM was asked for comments */
  GHashTable *gauges;         /* (owned) of wf-storms.c, used in the store's thread */

  WfIntake intake;
  WfDispatch dispatch;
  WfScheduler scheduler;
  WfReminders reminders;

  WfFaultHook fault_hook;
  gpointer fault_data;
};

/* -- wf-runtime.c ------------------------------------------------------------------------------ */

/* A transaction's surroundings as of now. */
WfCommit *wf_runtime_new_commit (WfRuntime *self);
/* Writes what happened to whom it may concern: signals, withdrawn notifications, counters; wakes
 * the other parts. Takes nothing. changes: nullable. */
void wf_runtime_announce (WfRuntime *self, const WfChanges *changes);
/* Recomputes sync-status and problem from both channels. */
void wf_runtime_update_status (WfRuntime *self);
void wf_runtime_set_figures (WfRuntime *self, guint late, guint today, guint pending);
/* The CRM answered just now. */
void wf_runtime_note_sync (WfRuntime *self);
/* In the store's thread: the engine for what the store knows. */
WfEngine *wf_runtime_build_engine (WfStore *store);
void wf_runtime_set_organisation (WfRuntime *self, WfOrganisation *organisation);
void wf_runtime_set_engine (WfRuntime *self, WfEngine *engine);
void wf_runtime_set_person (WfRuntime *self, const char *person, gboolean is_machine);
gboolean wf_runtime_sees_everyone (WfRuntime *self);

/* A writing job. done gets its result (owned by done) or an error (borrowed); always called
 * once, with G_IO_ERROR_CANCELLED after a stop. */
typedef void (*WfWriteDone) (WfRuntime *self, gpointer result, const GError *error,
                             gpointer user_data);
void wf_runtime_write (WfRuntime *self, WfStoreJob job, gpointer data, GDestroyNotify data_free,
                       GDestroyNotify result_free, WfWriteDone done, gpointer user_data);
/* The same with a job that wants a WfCommit as data and answers WfChanges: announced before done
 * is called (with them as the result, borrowed). done: nullable. */
void wf_runtime_commit (WfRuntime *self, WfStoreJob job, WfCommit *commit, WfWriteDone done,
                        gpointer user_data);
/* For tests: nothing is under way but a poll that the CRM holds; only an alarm or the CRM will
 * move it. */
gboolean wf_runtime_is_settled (WfRuntime *self);
/* For tests. */
void wf_runtime_set_fault_hook (WfRuntime *self, WfFaultHook hook, gpointer user_data);
/* Stops without a word, as a crash does: nothing more is written, sent or shown. */
void wf_runtime_abandon (WfRuntime *self);

/* A task for a question, or NULL when the account is not open: the caller was then told. */
GTask *wf_query_begin (WfRuntime *self, gpointer tag, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
/* A reading job that wants a WfCommit as data, to look with and not to write with. result_free:
 * of its result, which the task returns as a pointer. Takes arguments. */
void wf_query_run (WfRuntime *self, gpointer tag, WfStoreJob job, gpointer arguments,
                   GDestroyNotify arguments_free, GDestroyNotify result_free,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* A copy, limited to what the signed-in person may see. Owned by the caller. */
WfActivityQuery *wf_query_copy_activities (WfRuntime *self, const WfActivityQuery *query);
/* Of WfRuntimeWorkflow, in the store's thread. organisation: nullable. Owned by the caller. */
GPtrArray *wf_query_list_workflows (WfStore *store, const WfOrganisation *organisation,
                                    WfInstant now);

/* -- wf-figures.c ------------------------------------------------------------------------------ */

void wf_runtime_update_figures (WfRuntime *self);

/* -- wf-channel.c ------------------------------------------------------------------------------ */

void wf_channel_init (WfChannel *self, WfClock *clock, WfAlarmFunc resume, gpointer user_data);
void wf_channel_clear (WfChannel *self);
void wf_channel_succeed (WfChannel *self);
/* Sets status and problem by the error's kind and arms the pause; AUTH pauses without an end. */
void wf_channel_fail (WfChannel *self, WfClock *clock, const GError *error);
/* Ends the pause now. */
void wf_channel_resume (WfChannel *self);

/* -- the parts --------------------------------------------------------------------------------- */

void wf_intake_init (WfRuntime *self);
void wf_intake_clear (WfRuntime *self);
/* Takes cursor_fact. past_fact: nullable. */
void wf_intake_begin (WfRuntime *self, char *cursor_fact, const char *past_fact);
void wf_intake_poke (WfRuntime *self);
/* Does whatever is next unless something is under way. */
void wf_intake_continue (WfRuntime *self);
/* One step of the way to the first poll; each calls wf_intake_continue or wf_intake_step_failed
 * at its end. */
void wf_intake_open_session (WfRuntime *self);
void wf_intake_read_organisation (WfRuntime *self);
void wf_intake_read_workflows (WfRuntime *self);
void wf_intake_read_cursor (WfRuntime *self);
void wf_intake_read_activities (WfRuntime *self);
void wf_intake_read_leads (WfRuntime *self); /* leads/wf-lead-intake.c */
/* What changed since the instant that this fact of the store keeps, and a little before; WF_INSTANT_NONE: everything. fact: a
 * constant. */
typedef void (*WfIntakeListFunc) (WfRuntime *self, WfInstant updated_after);
void wf_intake_list_since (WfRuntime *self, const char *fact, WfIntakeListFunc list);
void wf_intake_read_stale (WfRuntime *self);
/* ids: of char *: read again what the CRM has of them. */
void wf_intake_note_refused (WfRuntime *self, const GPtrArray *ids);
void wf_intake_read_past (WfRuntime *self);
void wf_intake_step_done (WfRuntime *self);
void wf_intake_note_workflows_tried (WfRuntime *self);
void wf_intake_step_failed (WfRuntime *self, const GError *error);

/* What was closed before this computer was connected. resume: at the end of a pause. */
void wf_past_init (WfRuntime *self, WfAlarmFunc resume);
void wf_past_clear (WfRuntime *self);
void wf_past_begin (WfRuntime *self, const char *fact);
/* There is more of it to be read, now or later. */
gboolean wf_past_is_wanted (WfRuntime *self);
/* The same, and nothing that goes first is left. */
gboolean wf_past_is_next (WfRuntime *self);
/* From the beginning: what was missed is in it. */
void wf_past_read_again (WfRuntime *self);

void wf_dispatch_init (WfRuntime *self);
void wf_dispatch_clear (WfRuntime *self);
void wf_dispatch_kick (WfRuntime *self);
void wf_dispatch_poke (WfRuntime *self);

void wf_scheduler_init (WfRuntime *self);
void wf_scheduler_clear (WfRuntime *self);
/* Runs what is due and arms the alarm for what is next. */
void wf_scheduler_kick (WfRuntime *self);

/* Trials whose time is over. */
gboolean wf_trial_end_due (WfCommit *self, GError **error);
WfInstant wf_trial_get_next_end (WfStore *store);

void wf_reminders_init (WfRuntime *self);
void wf_reminders_init_ready (WfRuntime *self);
void wf_reminders_clear (WfRuntime *self);
void wf_reminders_finalize (WfRuntime *self);
void wf_reminders_begin (WfRuntime *self, const char *rules, const char *planned,
                         WfInstant shown_until);
/* Sets waiting reminders anew when rules, zone, person or working hours are others. */
void wf_reminders_check_plan (WfRuntime *self);
void wf_reminders_check_zone (WfRuntime *self);
/* Activities that are not what they were when their reminder was claimed. */
void wf_reminders_forget (WfRuntime *self, const GPtrArray *ids);
void wf_reminders_update_catch_up (WfRuntime *self);
void wf_reminders_kick (WfRuntime *self);
/* Something could not be shown for this reason (nullable): in the log once, and tried again in a minute. */
void wf_reminders_note_not_shown (WfRuntime *self, const GError *error);
/* Something was shown: the next failure is in the log again. */
void wf_reminders_note_shown (WfRuntime *self);
/* Shows the messages of notify steps that are kept for this person. */
void wf_messages_kick (WfRuntime *self);

G_END_DECLS
