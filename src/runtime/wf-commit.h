/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One transaction of the runtime, in the store's thread: what engine and people decide becomes
 * rows, all or nothing (S16). */
#pragma once

#include "wf-change-payload.h"
#include "wf-run.h"
#include "wf-store.h"

G_BEGIN_DECLS

/* What a transaction changed, for the main context. */
typedef struct
{
  gboolean activities, workflows, log, outbox, messages;
  gboolean reload_workflows, reload_organisation;
  guint n_done;         /* rows handled, for loops that work in portions */
  gboolean more;        /* the portion was full */
  WfInstant instant;    /* a command's answer, or what is due next */
  GPtrArray *closed;    /* (owned) ids of activities that are not open any more */
  GPtrArray *withdrawn; /* (owned) ids whose notification is of no use any more */
  GPtrArray *stale;     /* (owned) ids of activities to read again from the CRM */
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
  char *person;       /* (owned) (nullable) who is signed in */
  gboolean everyone;  /* everybody's activities are cached, not only the person's */
  gboolean reminds;   /* somebody is there to be reminded */
  gboolean silent;    /* a first reading: nothing of the past reminds */
  gboolean import;    /* one of many: other transactions go first */
  gboolean automatic; /* changes follow from an event: nobody waits for an answer */
  GHashTable *leads;  /* (owned) lead id -> WfCommitLead, read or changed in this transaction */
  GHashTable *held;   /* (owned) workflow -> how many matches a storm holds back (S13) */
  WfChanges *changes; /* (owned) */
  gpointer arguments; /* (owned) (nullable) of the job */
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
void wf_commit_learn_lead (WfCommit *self, const char *lead, const WfJson *seen, WfInstant at);

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
/* The same for one that was cancelled or is no longer needed. */
gboolean wf_commit_cancel_in_run (WfCommit *self, const char *run_key, const char *lead,
                                  const char *key, const char *reason, GError **error);
/* The version of a workflow that a run or an activity comes from. NULL when it is not known any
 * more. */
WfWorkflow *wf_commit_dup_version (WfCommit *self, const char *id, gint64 version);

/* Events. What an event from the CRM means: known ones are skipped, the rest is evaluated and
 * carried out. */
gboolean wf_commit_event (WfCommit *self, WfEvent *event, GError **error);
/* What it means for records that are there already, before workflows see it (S5, S9, S10).
 * before: the lead's owner until now, nullable. */
gboolean wf_commit_lead_event (WfCommit *self, WfEvent *event, const char *owner_before,
                               GError **error);
/* activity.* (another computer's work, or our own that comes back). */
gboolean wf_commit_activity_event (WfCommit *self, WfEvent *event, GError **error);

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
#define WF_FACT_MESSAGES "messages"     /* JSON: messages to be shown */
#define WF_FACT_ACTIVITIES "activities" /* instant up to which activities were read from the CRM */
#define WF_FACT_WORKFLOW_SYNC "workflow-sync/" /* + id: "local" or "refused LF reason" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCommit, wf_commit_free)

G_END_DECLS
