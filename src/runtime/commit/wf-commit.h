/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One transaction of the runtime, in the store's thread: what engine and people decide becomes
 * rows, all or nothing (S16). */
#pragma once

#include "wf-change-payload.h"
#include "wf-deadline.h"
#include "wf-reminder-rules.h"
#include "wf-run.h"
#include "wf-store.h"

G_BEGIN_DECLS

/* What a transaction changed, for the main context. */
typedef struct
{
  gboolean activities, leads, workflows, log, outbox, messages;
  gboolean reload_workflows, reload_organisation;
  gboolean catch_up;    /* the one on the screen names what is not open any more */
  gboolean conflict;    /* S30: what was to be published is kept as a draft only */
  guint n_done;         /* rows handled, for loops that work in portions */
  gboolean more;        /* the portion was full */
  WfInstant instant;    /* a command's answer, or what is due next */
  GPtrArray *closed;    /* (owned) ids of activities that are not open any more */
  GPtrArray *withdrawn; /* (owned) ids whose notification is of no use any more */
  GPtrArray *reminders; /* (owned) ids of activities whose reminder was set anew */
  GPtrArray *stale;     /* (owned) ids of activities to read again from the CRM */
  /* (owned) the same, of activities that did not change there: the CRM refused our change, and no
   * list of what changed since names them */
  GPtrArray *refused;
} WfChanges;

WfChanges *wf_changes_new (void);
void wf_changes_free (WfChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfChanges, wf_changes_free)

typedef struct _WfCommit WfCommit;

struct _WfCommit
{
  WfStore *store;   /* (unowned) set by the job */
  WfEngine *engine; /* (owned) */
  WfInstant now;
  char *person;                  /* (owned) (nullable) who is signed in */
  WfReminderRules *rules;        /* (owned) of the person */
  GTimeZone *zone;               /* (owned) of this computer: where quiet hours count */
  struct _WfOnScreen *on_screen; /* (owned) (nullable) of wf-on-screen.c */
  gboolean everyone;             /* everybody's activities are cached, not only the person's */
  gboolean reminds;              /* somebody is there to be reminded */
  gboolean silent;               /* a first reading: nothing of the past reminds */
  gboolean import;               /* one of many: other transactions go first */
  gboolean automatic;            /* changes follow from an event: nobody waits for an answer */
  gboolean comes_late;           /* the event: a later one of its lead was here before */
  gboolean again;                /* effects are given once more, by a person's decision (S18) */
  gboolean starts_now; /* the effects are those of a run that the event of just now starts */
  GHashTable *leads;   /* (owned) lead id -> WfCommitLead, read or changed in this transaction */
  GHashTable *held;    /* (owned) workflow -> how many matches a storm holds back (S13) */
  GHashTable *gauges;  /* (owned) of wf-storms.c; kept between transactions */
  GPtrArray *dated;    /* (owned) (nullable) of WfWorkflow, borrowed: of wf-ticks.c */
  gboolean knows_storm_limit;
  guint storm_limit;   /* of the account, once it is known */
  GPtrArray *calls;    /* (owned) of WfActivity: new ones to be announced (R86) */
  GHashTable *given;   /* (owned) lead -> how many activities came to the person (S9) */
  GHashTable *watched; /* (owned) (nullable) of wf-commit-watch.c */
  GHashTable *failing; /* (owned) workflow id -> what was refused of it in this transaction */
  WfChanges *changes;  /* (owned) */
  gpointer arguments;  /* (owned) (nullable) of the job */
  GDestroyNotify arguments_free;
};

/* engine: taken with a new reference. */
WfCommit *wf_commit_new (WfEngine *engine, const char *person, gboolean everyone, gboolean reminds,
                         WfInstant now);
void wf_commit_free (WfCommit *self);
/* The result of the job: the changes, after what was kept back is written. NULL with an error. */
WfChanges *wf_commit_finish (WfCommit *self, GError **error);

WfOrganisation *wf_commit_get_organisation (WfCommit *self); /* (nullable) */
/* Whether this computer keeps a copy of the person's activities; person NULL: the queue. */
gboolean wf_commit_keeps (WfCommit *self, const char *person);
gboolean wf_commit_is_own (WfCommit *self, const char *person);

/* Leads: read once a transaction, written once at its end. */
const WfJson *wf_commit_get_lead (WfCommit *self, const char *lead);
/* The time of the last event that showed it; WF_INSTANT_NONE: none did. */
WfInstant wf_commit_get_lead_time (WfCommit *self, const char *lead);
void wf_commit_learn_lead (WfCommit *self, const char *lead, const WfJson *seen, WfInstant at);
/* It is gone from the CRM: removed at the end of the transaction. */
void wf_commit_forget_lead (WfCommit *self, const char *lead);

/* Runs. */
gboolean wf_commit_save_run (WfCommit *self, const WfRun *run, GError **error);
/* NULL without an error when its event or its version is not known any more. */
WfRun *wf_commit_load_run (WfCommit *self, const WfStoredRun *stored, GError **error);
/* Carries out what a run decided and saves the run. */
gboolean wf_commit_effects (WfCommit *self, WfRun *run, GPtrArray *effects, GError **error);
/* Tells the run of an activity or message what became of it; a key that no run knows is no
 * error. reason NULL: it succeeded at that instant; else it failed. run_key, lead: where to
 * look, nullable. */
gboolean wf_commit_tell_run (WfCommit *self, const char *run_key, const char *lead, const char *key,
                             WfInstant at, const char *reason, GError **error);
/* The same for an activity that a person has done. outcome: what came out of it; the answer to an
 * approval; nullable. */
gboolean wf_commit_activity_done (WfCommit *self, const char *run_key, const char *lead,
                                  const char *key, const char *outcome, WfInstant at,
                                  GError **error);
/* The same for one that was cancelled or is no longer needed. */
gboolean wf_commit_cancel_in_run (WfCommit *self, const char *run_key, const char *lead,
                                  const char *key, const char *reason, GError **error);
/* The version of a workflow that a run or an activity comes from. NULL when it is not known any
 * more. */
WfWorkflow *wf_commit_dup_version (WfCommit *self, const char *id, gint64 version);

/* The workflow and the step that gave an effect. */
typedef struct
{
  WfWorkflow *workflow; /* (owned) (nullable) the version that decided */
  char *step;           /* (owned) (nullable) */
} WfEffectOrigin;
void wf_effect_origin_clear (WfEffectOrigin *self);
/* FALSE when it is not known any more. run_key: nullable. */
gboolean wf_commit_find_origin (WfCommit *self, const char *run_key, const char *key,
                                WfEffectOrigin *origin);

/* Events. What an event from the CRM means: known ones are skipped, the rest is evaluated and
 * carried out. */
gboolean wf_commit_event (WfCommit *self, WfEvent *event, GError **error);
/* What it means for records that are there already, before workflows see it (S5, S9, S10).
 * before: the lead's owner until now, nullable. */
gboolean wf_commit_lead_event (WfCommit *self, WfEvent *event, const char *owner_before,
                               GError **error);
/* S9: open activities of the previous owner follow the lead; both are told. before, owner:
 * nullable; owner "": the queue (S11). id: of what made it so, for the message. */
gboolean wf_commit_follow_owner (WfCommit *self, const char *lead, const char *before,
                                 const char *owner, const char *id, GError **error);
/* activity.* (another computer's work, or our own that comes back). */
gboolean wf_commit_activity_event (WfCommit *self, WfEvent *event, GError **error);
/* How an activity ended that another computer made, and that was over before this one came to make
 * it: by the events that came after the one that began its run. */
typedef struct
{
  WfActivityStatus status;
  WfInstant at;
  char *outcome; /* (owned) (nullable) */
} WfActivityEnd;
void wf_activity_end_clear (WfActivityEnd *self);
/* FALSE when none of them tells of its end. */
gboolean wf_commit_find_end (WfCommit *self, const WfEvent *began, const char *id,
                             WfActivityEnd *end);

/* Activities. Writes an activity that comes from the CRM, with its reminder. */
gboolean wf_commit_store_activity (WfCommit *self, WfActivity *activity, GError **error);
/* The same for one changed here, and queues the change for the CRM. before: its state before the
 * change. */
gboolean wf_commit_change_activity (WfCommit *self, const WfActivity *before, WfActivity *after,
                                    const WfActivityChange *change, GError **error);
/* Closes one that is open because of something that happened, and queues that; the reason is
 * kept as its outcome. */
gboolean wf_commit_close_activity (WfCommit *self, const WfActivity *activity,
                                   WfActivityStatus status, const char *reason, GError **error);
/* Open ones of a lead that are kept here, visible or not yet. Of WfActivity. */
GPtrArray *wf_commit_list_open (WfCommit *self, const char *lead);

/* -- wf-dispatch-left.c ------------------------------------------------------------------------ */

/* An event may tell that another engine has done what is left to it. */
gboolean wf_commit_ask_for_left (WfCommit *self, const WfEvent *event, GError **error);

/* -- wf-commit-step.c -------------------------------------------------------------------------- */

/* What the step that made an activity says about it. */
typedef struct
{
  WfWorkflow *workflow; /* (owned) (nullable) the rest is borrowed from it */
  WfDuration within, notify;
  const char *before;           /* (nullable) the date from which the deadline counts back */
  const char *assignee;         /* (nullable) as in WfCreateActivity; of an approval its approver */
  const char *const *retire_on; /* (nullable) */
  gboolean business_hours, business_time, keep_when_closed;
} WfActivityStep;
void wf_activity_step_clear (WfActivityStep *self);
/* FALSE when it comes from elsewhere or from a version that is not known any more. */
gboolean wf_commit_find_step (WfCommit *self, const WfActivity *activity, WfActivityStep *found);

/* -- wf-commit-watch.c ------------------------------------------------------------------------- */

/* An activity that is new here: events that concern it are looked at from now on. */
gboolean wf_commit_watch (WfCommit *self, const WfActivity *activity, GError **error);
/* FALSE: an event of this type retires no activity and moves no deadline (B9, S5). */
gboolean wf_commit_is_watched (WfCommit *self, const char *type);

/* -- wf-commit-deadline.c ---------------------------------------------------------------------- */

/* The sum that gave the present deadline, from the explanation (B2), and whose calendar counted
 * (owned by the caller). FALSE when the deadline comes from elsewhere. */
gboolean wf_commit_read_deadline (const WfActivity *activity, WfDeadlineRequest *request,
                                  char **hours_of);
/* A rule moves the deadline, with reminder, end and explanation. title: for the log. */
gboolean wf_commit_move_deadline (WfCommit *self, const WfActivity *activity,
                                  const WfDeadlineRequest *request, const WfDeadline *deadline,
                                  const char *title, GError **error);

/* -- wf-commit-join.c -------------------------------------------------------------------------- */

/* B8: the open activity that the effect may join instead of creating another, or NULL. Owned by
 * the caller. */
WfActivity *wf_commit_find_joinable (WfCommit *self, const WfEffect *effect);
/* S15, B8: the open one takes the nearer deadline, unless a person set it (S7), and both reasons. */
gboolean wf_commit_join_activity (WfCommit *self, const WfActivity *open, const WfActivity *wanted,
                                  GError **error);
/* The run's step ends with that activity instead of with one of its own. key: of its effect. */
gboolean wf_commit_follow_activity (WfCommit *self, const WfRun *run, const char *key,
                                    const char *activity, GError **error);
/* Tells the runs that follow an activity what became of it: it is not open any more. */
gboolean wf_commit_tell_followers (WfCommit *self, const WfActivity *activity, GError **error);

/* -- wf-commit-announce.c ---------------------------------------------------------------------- */

/* An activity that is new here: the person is told of calls at once (R86). */
void wf_commit_note_new_activity (WfCommit *self, const WfActivity *activity);
/* An activity of this lead became the signed-in person's (S9). */
void wf_commit_note_given (WfCommit *self, const char *lead);
/* Something of this workflow was refused for good: its managers hear of it. FALSE: there were so
 * many that it goes into the summary instead of being logged by itself. */
gboolean wf_commit_note_failure (WfCommit *self, WfWorkflow *workflow, const char *reason);
/* At the end of the transaction: says what was noted. */
gboolean wf_commit_announce (WfCommit *self, GError **error);

/* -- wf-intake-commit.c ------------------------------------------------------------------------ */

/* base: from when its steps count; WF_INSTANT_NONE: from the event's time. */
gboolean wf_commit_start_run (WfCommit *self, WfWorkflow *workflow, WfEvent *event, WfInstant base,
                              GError **error);

/* -- wf-workflow-commands.c -------------------------------------------------------------------- */

/* S30: keeps this computer's draft based on the CRM's present tag when only the state of the
 * version under it changed. Before that version is stored. */
gboolean wf_workflow_carry_draft (WfStore *store, const GPtrArray *stored,
                                  const WfWorkflow *incoming, const char *etag, GError **error);

/* -- wf-in-flight.c ---------------------------------------------------------------------------- */

/* What a published document means for the runs that wait here (S12). */
gboolean wf_in_flight_note (WfStore *store, const WfWorkflow *workflow, WfInstant now,
                            GError **error);
/* Paused: its waiting steps are held. */
gboolean wf_in_flight_is_held (const WfEngine *engine, const char *workflow);

/* -- wf-storms.c, wf-storm-release.c ----------------------------------------------------------- */

GHashTable *wf_storm_gauges_new (void);
/* For WfEngineMemory: 0 or more than any limit. at: the event's time. */
guint wf_storm_count_recent (WfCommit *self, const char *workflow, WfInstant at);
void wf_storm_note_start (WfCommit *self, const char *workflow);
gboolean wf_storm_hold (WfCommit *self, WfWorkflow *workflow, WfEvent *event, const char *reason,
                        GError **error);
gboolean wf_storm_announce (WfCommit *self, GError **error);
/* Starts what was held. base WF_INSTANT_NONE: its steps count from the event's own time. */
gboolean wf_storm_start_match (WfCommit *self, const WfHeldMatch *match, WfInstant base,
                               GError **error);
/* Released ones whose time has come. */
gboolean wf_storm_start_due (WfCommit *self, GError **error);
/* S10: the lead was closed after what happened then; event: its id and source, which does not count
 * itself. */
gboolean wf_storm_was_closed_since (WfCommit *self, const char *lead, WfInstant at,
                                    const char *event_id, const char *event_source);
gboolean wf_storm_note (WfStore *store, const WfWorkflow *workflow, GError **error);
gboolean wf_storm_follow_decision (WfCommit *self, const WfWorkflow *workflow, const WfEvent *event,
                                   gboolean *decided, GError **error);
WfInstant wf_storm_find_place (WfWorkingHours *hours, WfInstant from, guint place, guint capacity);

/* -- wf-ticks.c -------------------------------------------------------------------------------- */

/* Schedules and dates that are due. */
gboolean wf_ticks_run_due (WfCommit *self, GError **error);
WfInstant wf_ticks_get_next (WfCommit *self);
/* An event showed the lead: its dates may have moved. */
gboolean wf_ticks_note_lead (WfCommit *self, const char *lead, WfInstant at, GError **error);
/* As the CRM has it: from when its schedule counts, and the dates that it needs. */
gboolean wf_ticks_note_workflow (WfStore *store, const WfWorkflow *workflow, WfInstant saved,
                                 WfInstant now, GError **error);

/* -- wf-retention.c ---------------------------------------------------------------------------- */

#define WF_RETENTION_KEPT (400 * G_TIME_SPAN_DAY) /* 13 months and a little (S29) */
#define WF_RETENTION_MOST_BYTES (512 * G_GINT64_CONSTANT (1024) * 1024)
/* Part of each round of the scheduler: removes a portion of what is too old, when it is time. */
gboolean wf_retention_run (WfCommit *self, GError **error);

/* The working hours that count for a person, nullable. Owned by the caller; open all the time
 * when nothing is known. */
WfWorkingHours *wf_commit_dup_hours (WfCommit *self, const char *person);

/* A message for the signed-in person, shown after the commit and kept until then. */
gboolean wf_commit_keep_message (WfCommit *self, const char *id, const char *title,
                                 const char *text, GError **error);
gboolean wf_commit_log (WfCommit *self, const char *kind, const char *title, const char *lead,
                        const char *details, GError **error);

/* Names of facts. */
#define WF_FACT_CURSOR "cursor" /* "": from the oldest kept event */
#define WF_FACT_PERSON "person"
#define WF_FACT_MACHINE "machine"
#define WF_FACT_CLOCK_OFFSET "clock-offset" /* the CRM's time minus ours, microseconds; none: 0 */
#define WF_FACT_MESSAGES "messages"         /* JSON: messages to be shown */
#define WF_FACT_REMINDER_RULES "reminder-rules" /* JSON: the person's own (B23) */
#define WF_FACT_REMINDERS_PLANNED                                                                  \
  "reminders-planned"                             /* for what the reminders were set; none: {} */
#define WF_FACT_REMINDERS_SHOWN "reminders-shown" /* instant of the latest receipt */
#define WF_FACT_ON_SCREEN "on-screen"             /* JSON: what notifications there are */
#define WF_FACT_ACTIVITIES "activities" /* instant up to which activities were read from the CRM */
#define WF_FACT_PAST "past"             /* JSON: how far the past was read from the CRM */
#define WF_FACT_WORKFLOW_SYNC "workflow-sync/" /* + id: "local" or "refused LF reason" */
#define WF_FACT_STORM_LIMIT "storm-limit"      /* of the account; 0: none */
#define WF_FACT_IN_FLIGHT "in-flight/"         /* + workflow id: the last version carried out */
#define WF_FACT_PAUSED "paused/"               /* + workflow id: since when it is paused here */
#define WF_FACT_RESUMED "resumed/"             /* + workflow id: the last resuming carried out */
#define WF_FACT_RELEASED "released/"           /* + workflow id: the last release carried out */
#define WF_FACT_TICK "tick/"                   /* + workflow id: the last tick that was looked at */
#define WF_FACT_TICKS_SINCE "ticks-since"      /* when this computer began to look at schedules */
#define WF_FACT_DATES "dates/"                 /* + workflow id: what its dates were made for */
#define WF_FACT_TRIALS "trials"                /* JSON: trials beside live (B21) */
#define WF_FACT_MOST_BYTES "most-bytes"        /* instead of WF_RETENTION_MOST_BYTES (S29) */
#define WF_FACT_FOLLOWED "followed/"           /* + activity id: JSON: runs that follow it (B8) */
#define WF_FACT_FAILURES "failures/"           /* + workflow id: hour when its managers were told */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCommit, wf_commit_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfEffectOrigin, wf_effect_origin_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfActivityStep, wf_activity_step_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfActivityEnd, wf_activity_end_clear)

G_END_DECLS
