/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQLite store of one account: inbox, runs, activities, outbox, reminders, traces, workflow versions, audit. A connection
 * belongs to one thread at a time; see WfStoreThread for how the rest of the program reaches it. */
#pragma once

#include "wf-activity.h"
#include "wf-event.h"
#include "wf-lead.h"
#include "wf-organisation.h"
#include "wf-workflow.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WF_STORE_ERROR (wf_store_error_quark ())
typedef enum
{
  WF_STORE_ERROR_DAMAGED, /* the file is no usable database; it was kept aside, a new one is used */
  WF_STORE_ERROR_NEWER,   /* made by a newer version: refused, untouched */
  WF_STORE_ERROR_FULL,    /* no room on the disk */
  WF_STORE_ERROR_LOCKED,  /* another program holds it */
  WF_STORE_ERROR_FAILED,
} WfStoreError;
GQuark wf_store_error_quark (void);

typedef struct _WfStore WfStore;

typedef enum
{
  WF_STORE_READ_WRITE,
  WF_STORE_READ_ONLY,
} WfStoreMode;

/* Opens and migrates. kept_aside: receives the path of a damaged file that was moved away, else NULL (owned by the caller). */
WfStore *wf_store_open (const char *path, WfStoreMode mode, char **kept_aside, GError **error);
void wf_store_close (WfStore *self);

/* Every change belongs to a transaction (BEGIN IMMEDIATE). */
gboolean wf_store_begin (WfStore *self, GError **error);
gboolean wf_store_commit (WfStore *self, GError **error);
void wf_store_rollback (WfStore *self);
/* When the open transaction happens: what it changes is noted with this time (who holds an activity since when, S9). Else
 * the time of its event, or of what is known. */
void wf_store_set_now (WfStore *self, WfInstant now);

/* Upkeep. WfStoreThread does all of it; programs without a thread call it themselves. */
void wf_store_set_patience (WfStore *self,
                            guint milliseconds); /* how long to wait for another program */
void wf_store_set_most_pages (WfStore *self,
                              guint pages);   /* the database's size at most; beyond it is FULL */
guint wf_store_get_log_pages (WfStore *self); /* length of the write-ahead log */
gboolean wf_store_checkpoint (WfStore *self,
                              GError **error); /* TRUE when the whole log was written back */
void wf_store_release_memory (WfStore *self);
/* The newest keys go into their index many at a time: a short transaction of its own, between two others when many wait,
 * or in a pause. *more: call it again. */
gboolean wf_store_merge_keys (WfStore *self, gboolean in_pause, gboolean *more, GError **error);
gboolean wf_store_wants_merge (WfStore *self); /* so many that it should not wait for a pause */
gboolean wf_store_check (WfStore *self, GCancellable *cancellable,
                         GError **error); /* reads everything; DAMAGED */

/* Small facts: cursor, person, organisation's ETag. NULL value deletes. Result owned by the caller. */
char *wf_store_get_fact (WfStore *self, const char *name);
gboolean wf_store_set_fact (WfStore *self, const char *name, const char *value, GError **error);

/* inbox: FALSE in *is_new for an event that is known by (source, id). rowid: for traces. */
gboolean wf_store_add_event (WfStore *self, WfEvent *event, WfInstant received, gint64 *rowid,
                             gboolean *is_new, GError **error);
WfEvent *wf_store_get_event (WfStore *self, const char *source, const char *id);

/* organisation and leads as last seen */
gboolean wf_store_set_organisation (WfStore *self, WfOrganisation *organisation, GError **error);
WfOrganisation *wf_store_get_organisation (WfStore *self); /* NULL when there is none yet */
gboolean wf_store_set_lead (WfStore *self, const char *id, const WfJson *lead, WfInstant at,
                            GError **error);
WfJsonDocument *wf_store_get_lead (WfStore *self, const char *id);
WfJsonDocument *wf_store_get_lead_at (WfStore *self, const char *id, WfInstant *at);

/* workflow versions: every published one is kept for ever (S12) */
typedef struct
{
  WfWorkflow *workflow; /* (owned) */
  char *etag;           /* (owned) (nullable) */
  char *author;         /* (owned) (nullable) */
  WfInstant saved;
  gboolean is_draft; /* saved here, not published */
} WfStoredWorkflow;
void wf_stored_workflow_free (WfStoredWorkflow *self);
gboolean wf_store_save_workflow (WfStore *self, WfWorkflow *workflow, const char *etag,
                                 const char *author, WfInstant at, GError **error);
GPtrArray *wf_store_list_workflows (
    WfStore *self); /* of WfStoredWorkflow: of each the current version, and its draft */
/* A draft goes by itself once a version with the same content is saved as published; else by this. */
gboolean wf_store_delete_draft (WfStore *self, const char *id, GError **error);
WfWorkflow *wf_store_get_workflow_version (WfStore *self, const char *id,
                                           gint64 version); /* NULL when unknown */
/* R132: this computer's draft, then every published version, newest first; of WfStoredWorkflow. */
GPtrArray *wf_store_list_versions (WfStore *self, const char *id);

/* runs */
typedef struct
{
  char *key;      /* (owned) */
  char *workflow; /* (owned) */
  gint64 version;
  char *lead;                    /* (owned) (nullable) */
  char *event_source, *event_id; /* (owned) */
  WfInstant started, next_due;   /* next_due WF_INSTANT_NONE: nothing waits for time */
  gboolean finished, waits_for_event;
  gboolean
      has_waiting; /* wf_run_has_waiting_steps; known by itself where next_due or waits_for_event say so */
  gboolean has_failed; /* a failed step blocks something (S18) */
  char *state;         /* (owned) text of wf_run_save */
} WfStoredRun;
void wf_stored_run_free (WfStoredRun *self);
gboolean wf_store_save_run (WfStore *self, const WfStoredRun *run,
                            GError **error); /* inserts or replaces */
WfStoredRun *wf_store_get_run (WfStore *self, const char *key);
GPtrArray *wf_store_list_runs_due (WfStore *self, WfInstant until,
                                   guint most); /* of WfStoredRun, earliest first */
/* The same a page each time, for looking ahead. place: all zero for the first page. */
typedef struct
{
  gboolean begun;
  WfInstant due;
  gint64 number;
} WfRunsPlace;
GPtrArray *wf_store_list_runs_ahead (WfStore *self, WfInstant until, WfRunsPlace *place,
                                     guint most);
GPtrArray *wf_store_list_runs_of_lead (WfStore *self, const char *lead, gboolean only_unfinished,
                                       guint most);
guint wf_store_count_runs (WfStore *self, const char *workflow, const char *lead,
                           gboolean only_open);
guint wf_store_count_runs_between (WfStore *self, const char *workflow, const char *lead,
                                   WfInstant from, WfInstant until);

/* For every event of a lead: narrow, by partial indexes. Unfinished runs that wait for an event, in the order in which they
 * started here; of WfStoredRun. */
GPtrArray *wf_store_list_waiting_runs_of_lead (WfStore *self, const char *lead, guint most);
gboolean wf_store_has_unfinished_runs (WfStore *self, const char *lead);

/* S12: unfinished runs of a workflow that wait for more than an open activity (has_waiting) or are blocked (has_failed), of
 * versions before this (0: all); of WfStoredRun, in the order in which they started
 * here, after the one with the key (NULL: from the first; it may have been finished meanwhile). */
GPtrArray *wf_store_list_runs_of_workflow (WfStore *self, const char *workflow,
                                           gint64 before_version, const char *after, guint most);
/* Unfinished runs that still have waiting steps (has_waiting), by version: GArray of WfVersionCount, oldest first. */
typedef struct
{
  gint64 version;
  guint waiting;
} WfVersionCount;
GArray *wf_store_count_waiting_runs (WfStore *self, const char *workflow);
/* Runs that something blocks (a failed step): WfStoredRun has_failed, set by save_run; newest first. */
GPtrArray *wf_store_list_failed_runs (WfStore *self, guint offset, guint most);
guint wf_store_count_failed_runs (WfStore *self);
/* When the workflow last started (WF_INSTANT_NONE: no run is known), and from when the store knows anything at all (nullable;
 * WF_INSTANT_NONE: nothing). */
WfInstant wf_store_get_last_run (WfStore *self, const char *workflow, WfInstant *since);

/* The states of a workflow's runs that began at or after an instant, a page each time, for counting
 * how far they came; FALSE: there are no more. place: all zero for the first page. */
typedef struct
{
  gboolean apart;
  WfInstant time;
  gint64 number;
} WfRunStatesPlace;
typedef void (*WfRunStateFunc) (gint64 version, const char *state, gpointer user_data);
gboolean wf_store_list_run_states (WfStore *self, const char *workflow, WfInstant since,
                                   WfRunStatesPlace *place, guint most, WfRunStateFunc func,
                                   gpointer user_data);

/* The inbox read again (B1, B21): events that happened in [from, until), WF_INSTANT_NONE is no bound, in
 * the order of their time, then of arrival; after: the rowid of the last one of the page before (0: from the
 * first) and its time. Of WfStoredEvent. */
typedef struct
{
  gint64 rowid;
  WfEvent *event; /* (owned) */
} WfStoredEvent;
void wf_stored_event_free (WfStoredEvent *self);
GPtrArray *wf_store_list_events (WfStore *self, WfInstant from, WfInstant until,
                                 WfInstant after_time, gint64 after_rowid, guint most);
/* Of one type, newest first, among the newest look_at of all types. Of WfStoredEvent. */
GPtrArray *wf_store_list_latest_events (WfStore *self, const char *type, guint most, guint look_at);
/* The leads that became known last; FALSE of func: enough. */
typedef gboolean (*WfLeadFunc) (const WfJson *lead, gpointer user_data);
void wf_store_foreach_latest_lead (WfStore *self, guint most, WfLeadFunc func, gpointer user_data);
/* Leads as last seen, by id; after: NULL from the first. Of WfStoredLead. */
typedef struct
{
  char *id;             /* (owned) */
  WfJsonDocument *lead; /* (owned) */
} WfStoredLead;
void wf_stored_lead_free (WfStoredLead *self);
GPtrArray *wf_store_list_leads (WfStore *self, const char *after, guint most);
/* With its dates; its events, runs and activities stay. */
gboolean wf_store_delete_lead (WfStore *self, const char *id, GError **error);

/* What people changed here of a lead and the CRM has not confirmed (B18): members ("stage", "owner"; null is none; of a lead
 * that was made here all of them) that lie over what the CRM told, in what query_leads, count_leads and get_lead_card say,
 * with their sync and sync_error. What the CRM tells meanwhile (wf_store_set_lead) goes beneath and takes nothing away;
 * wf_store_get_lead, list_leads and foreach_latest_lead give what the CRM told, without it. members NULL with CONFIRMED:
 * nothing was changed here; NULL with REFUSED: the CRM's state counts, and the refusal is shown. A lead that the CRM never
 * told and of which nothing is left here is gone. */
gboolean wf_store_set_lead_local (WfStore *self, const char *id, const WfJson *members,
                                  WfSyncState sync, const char *sync_error, GError **error);
/* The members; NULL: none. sync: CONFIRMED without any, nullable. Owned by the caller. */
WfJsonDocument *wf_store_get_lead_local (WfStore *self, const char *id, WfSyncState *sync);

/* Leads as a table (ui.md "Leads"). */
typedef enum
{
  WF_LEADS_BY_NAME,
  WF_LEADS_BY_STAGE, /* in the pipelines' order */
  WF_LEADS_BY_OWNER,
  WF_LEADS_BY_SCORE,
  WF_LEADS_BY_ORIGIN,
  WF_LEADS_BY_NEXT, /* without a next activity: last */
  WF_LEADS_BY_LAST_CONTACT,
  WF_LEADS_BY_CREATED,
} WfLeadOrder;
typedef struct
{
  /* Each nullable; lists are NULL-terminated and mean any of them. */
  const char
      *text; /* found in name, company, phone or e-mail, without regard to case and accents */
  const char *const *stages, *const *sources;
  const char *const *owners; /* "" among them: also nobody's */
  const char *origin;        /* "web", "flow" or NULL (R61) */
  gboolean without_owner;    /* only nobody's */
  gboolean without_next;     /* R4: only those without an open activity */
  gboolean only_open;        /* not in a closing stage */
  WfLeadOrder order;
  gboolean descending;
  WfInstant now;
  guint offset, limit; /* limit 0 = all */
} WfLeadQuery;
/* Of WfLead, without document; names break ties. */
GPtrArray *wf_store_query_leads (WfStore *self, const WfLeadQuery *query);
guint wf_store_count_leads (WfStore *self, const WfLeadQuery *query);
/* With everything, also document; NULL when it is unknown. */
WfLead *wf_store_get_lead_card (WfStore *self, const char *id, WfInstant now);

/* What happened to a lead, newest first (ui.md "Leads"): events, activities (created, completed, closed), comments, runs. Of
 * WfLeadMoment. */
typedef enum
{
  WF_MOMENT_EVENT,
  WF_MOMENT_COMMENT,
  WF_MOMENT_ACTIVITY_CREATED,
  WF_MOMENT_ACTIVITY_DONE,
  WF_MOMENT_ACTIVITY_CLOSED,
  WF_MOMENT_RUN,
  WF_MOMENT_CHANGE, /* of a person, here (R117) */
} WfMomentKind;
typedef struct
{
  WfMomentKind kind;
  WfInstant at;
  WfEvent *event;                       /* (owned) (nullable) of EVENT and COMMENT */
  WfActivity *activity;                 /* (owned) (nullable) of ACTIVITY_... */
  char *person;                         /* (owned) (nullable) who did it */
  char *text;                           /* (owned) (nullable) of COMMENT, CHANGE */
  char *run, *workflow, *workflow_name; /* (owned) (nullable) of RUN: its key */
  gint64 version;                       /* of RUN */
  gboolean finished, failed;            /* of RUN */
  WfSyncState sync;                     /* of a comment that was written here */
  /*< private >*/
  gatomicrefcount ref_count;
} WfLeadMoment;
WfLeadMoment *wf_lead_moment_ref (WfLeadMoment *self);
void wf_lead_moment_unref (WfLeadMoment *self);
GPtrArray *wf_store_list_moments (WfStore *self, const char *lead, guint offset, guint most);
/* A comment that is known, from the CRM or written here; id: its UUID; known: no change but of sync. */
gboolean wf_store_add_comment (WfStore *self, const char *id, const char *lead, const char *person,
                               const char *text, WfInstant at, WfSyncState sync, GError **error);

/* Dates of leads that start a workflow (R127): one row a workflow and lead; at WF_INSTANT_NONE
 * removes it. */
gboolean wf_store_set_date (WfStore *self, const char *workflow, const char *lead, WfInstant at,
                            GError **error);
typedef struct
{
  char *workflow, *lead; /* (owned) */
  WfInstant at;
} WfStoredDate;
void wf_stored_date_free (WfStoredDate *self);
GPtrArray *wf_store_list_dates_due (WfStore *self, WfInstant until,
                                    guint most); /* earliest first */
WfInstant wf_store_get_next_date (WfStore *self);
gboolean wf_store_clear_dates (WfStore *self, const char *workflow, GError **error);

/* S13: matches that are held before their effects, until a person decides. release WF_INSTANT_NONE:
 * held; else when it starts ("create", "spread"). */
typedef struct
{
  gint64 id;
  char *workflow;                /* (owned) */
  char *lead;                    /* (owned) (nullable) */
  char *event_source, *event_id; /* (owned) */
  char *reason;                  /* (owned) "storm", "import" */
  WfInstant at;                  /* the event's time */
  WfInstant release;
} WfHeldMatch;
void wf_held_match_free (WfHeldMatch *self);
gboolean wf_store_add_held (WfStore *self, const WfHeldMatch *match,
                            GError **error); /* known (workflow, event): no change */
/* Of WfHeldMatch, oldest first; workflow NULL: of all; only_undecided: without a release. */
GPtrArray *wf_store_list_held (WfStore *self, const char *workflow, gboolean only_undecided,
                               gint64 after, guint most);
/* Those without a release. workflow NULL: of all. */
guint wf_store_count_held (WfStore *self, const char *workflow);
/* FALSE with an error also when it is not there any more: somebody else decided. */
gboolean wf_store_set_held_release (WfStore *self, gint64 id, WfInstant release, GError **error);
gboolean wf_store_remove_held (WfStore *self, gint64 id, GError **error);
GPtrArray *wf_store_list_held_due (WfStore *self, WfInstant until, guint most);
WfInstant wf_store_get_next_release (WfStore *self);

/* B13: what a workflow created in [from, until) (its version; 0: any); of WfActivity, by creation, after the one with the id. */
GPtrArray *wf_store_list_created_by (WfStore *self, const char *workflow, gint64 version,
                                     WfInstant from, WfInstant until, const char *after,
                                     guint most);
/* S29: bytes that the database takes, without its free pages; for pruning by size. */
gint64 wf_store_get_size (WfStore *self);

/* activities */
typedef enum
{
  WF_ACTIVITIES_OPEN, /* open and visible (visible_from <= now) */
  WF_ACTIVITIES_CLOSED,
  WF_ACTIVITIES_ALL,
} WfActivityScope;
typedef struct
{
  WfActivityScope scope;
  const char *person;  /* NULL = everyone */
  gboolean unassigned; /* only the queue */
  const char *lead;    /* nullable */
  const char
      *origin; /* "web", "flow" or NULL (R61); a lead whose origin is unknown counts as "web" */
  WfInstant now;
  WfInstant due_from, due_until; /* half-open; WF_INSTANT_NONE = no bound */
  guint offset, limit;           /* limit 0 = all */
  /* Further conditions, each nullable; lists are NULL-terminated and mean any of them. */
  const char *const *people; /* beside person */
  const char *const *types;
  const char *const *workflows;
  const char *text; /* found in title, lead's name or notes, without regard to case and accents */
  gboolean also_hidden; /* also open ones whose visible_from is still ahead */
  gboolean only_late;   /* open, and due before now */
} WfActivityQuery;
/* With all that it points to, for another thread. */
WfActivityQuery *wf_activity_query_copy (const WfActivityQuery *self);
void wf_activity_query_free (WfActivityQuery *self); /* of a copy */
/* Inserts or replaces. What a person changed here (sync LOCAL or SENT) and what is still in the outbox is kept when the
 * CRM's state (sync CONFIRMED) comes in: so mark the outbox item done first, then put the CRM's answer. Closing an activity
 * removes its reminder, another person takes it along. run_key: the run it came from; NULL keeps the known one. */
gboolean wf_store_put_activity (WfStore *self, const WfActivity *activity, const char *run_key,
                                GError **error);
WfActivity *wf_store_get_activity (WfStore *self, const char *id);
char *wf_store_get_activity_run (
    WfStore *self, const char *id); /* key of its run; owned by the caller; NULL from elsewhere */
GPtrArray *wf_store_list_activities (
    WfStore *self, const WfActivityQuery *query); /* of WfActivity, by due, ties in a fixed order */
guint wf_store_count_activities (WfStore *self, const WfActivityQuery *query);
/* The calendar: counts of each day by an index alone, and of each the first few by due. bounds: n_days + 1 instants, the
 * days' beginnings and the last one's end. due_from, due_until, offset and limit of the query are not looked at. What
 * begins before a day and ends in it is counted where it begins. */
typedef struct
{
  guint open, late, done, done_late,
      closed; /* late: of open; closed: cancelled, no longer needed */
} WfDayFigures;
typedef struct
{
  guint n_days;
  WfDayFigures *counts; /* (owned) n_days */
  GPtrArray **first;    /* (owned) n_days arrays of WfActivity */
} WfCalendarDays;
void wf_calendar_days_free (WfCalendarDays *self);
WfCalendarDays *wf_store_list_days (WfStore *self, const WfActivityQuery *query,
                                    const WfInstant *bounds, guint n_days, guint per_day);
/* Open ones of each person and day (B6): n_days counts for each person, in the order of people. */
void wf_store_count_load (WfStore *self, const char *const *people, const WfInstant *bounds,
                          guint n_days, guint *counts);
/* R6: late open ones, and those due in [now, soon), of each person; person NULL: nobody's. Of WfPersonCount. */
typedef struct
{
  char *person; /* (owned) (nullable) */
  guint open, late, soon;
  WfInstant oldest; /* the earliest deadline of the late ones; WF_INSTANT_NONE without */
} WfPersonCount;
void wf_person_count_free (WfPersonCount *self);
GPtrArray *wf_store_count_people (WfStore *self, WfInstant now, WfInstant soon, const char *origin);
/* Late and due before the end of the local day, in one query for the sidebar (ui.md). */
void wf_store_count_today (WfStore *self, const char *person, WfInstant now, WfInstant end_of_day,
                           guint *late, guint *today);

/* outbox: what has still to be told to the CRM, in order per lead (S16) */
typedef enum
{
  WF_OUTBOX_CREATE_ACTIVITY, /* subject: activity id */
  WF_OUTBOX_CHANGE_ACTIVITY, /* subject: activity id; payload: JSON of the change */
  WF_OUTBOX_SEND_MESSAGE,    /* subject: effect key; payload: JSON of the message */
  WF_OUTBOX_SAVE_WORKFLOW,   /* subject: workflow id */
  WF_OUTBOX_PERFORM,         /* subject: effect key; payload: wf_action_to_text with its key */
} WfOutboxKind;
typedef enum
{
  WF_OUTBOX_PENDING,
  WF_OUTBOX_SENT, /* given to the network: after a crash it is uncertain */
  WF_OUTBOX_DONE,
  WF_OUTBOX_FAILED, /* refused for good; shown with retry */
  WF_OUTBOX_LEFT, /* not for this computer to do: left to another engine, asked for from time to time */
} WfOutboxState;
typedef struct
{
  gint64 id;
  WfOutboxKind kind;
  WfOutboxState state;
  char *subject; /* (owned) */
  char *lead;    /* (owned) (nullable) */
  char *payload; /* (owned) (nullable) */
  char *cause;   /* (owned) (nullable) */
  char *run_key; /* (owned) (nullable) */
  guint attempts;
  WfInstant not_before;
  char *error;  /* (owned) (nullable) the last one's text */
  WfInstant at; /* when it was put in; not looked at by add_outbox */
} WfOutboxItem;
void wf_outbox_item_free (WfOutboxItem *self);
gboolean wf_store_add_outbox (WfStore *self, const WfOutboxItem *item, WfInstant at,
                              GError **error);
/* Those ready at now, oldest first, one kind and at most one per lead unless creations, of WfOutboxItem. */
GPtrArray *wf_store_list_outbox_ready (WfStore *self, WfInstant now, guint most);
/* Given to the network when the program ended: look before repeating (UNCERTAIN), then set their state. Of WfOutboxItem. */
GPtrArray *wf_store_list_outbox_sent (WfStore *self);
WfOutboxItem *wf_store_get_outbox_item (WfStore *self, gint64 id);
/* Also sets the sync state of the activity that it is about: SENT, CONFIRMED once nothing else waits, REFUSED (B18). SENT
 * counts an attempt. PENDING with WF_INSTANT_NONE: at once. LEFT needs an instant: when to ask again. */
gboolean wf_store_set_outbox_state (WfStore *self, gint64 id, WfOutboxState state,
                                    WfInstant not_before, const char *error_text, GError **error);
guint wf_store_count_outbox (WfStore *self); /* pending and sent */
/* B18: people's changes that wait or were refused, oldest first; subject: an activity's or a lead's id, NULL: all. Of
 * WfOutboxItem. */
GPtrArray *wf_store_list_changes (WfStore *self, const char *subject, guint most);
guint wf_store_count_refused (WfStore *self); /* of them, the refused ones */
/* Ids (char *) of the activities of which a change was refused. Owned by the caller. */
GPtrArray *wf_store_list_refused_activities (WfStore *self);
WfInstant wf_store_get_outbox_next (
    WfStore *self); /* earliest not_before of pending and left ones */
/* Pending ones that wait for another try are ready at once. */
gboolean wf_store_hasten_outbox (WfStore *self, GError **error);
/* Left ones with this cause are ready at that instant at the latest. *n: how many there are. */
gboolean wf_store_hasten_left (WfStore *self, const char *cause, WfInstant at, guint *n,
                               GError **error);

/* reminders (S6-S8, S20): one row an activity and offset */
typedef struct
{
  char *activity; /* (owned) */
  WfInstant at;   /* when it is (next) due; a snooze moves it */
  gboolean
      claimed; /* a program began to show it and did not say that it was shown: after a crash uncertain */
} WfReminder;
void wf_reminder_free (WfReminder *self);
/* person NULL below: nobody's, nothing is found. Claimed ones are listed, so that a start after a crash finds them, but are
 * not "next": set the reminder again when it could not be shown. */
/* Replaces the activity's unsent reminder, also a claimed one; WF_INSTANT_NONE removes it. Not for closed activities. */
gboolean wf_store_set_reminder (WfStore *self, const char *activity, WfInstant at, GError **error);
GPtrArray *wf_store_list_reminders_due (WfStore *self, const char *person, WfInstant until,
                                        guint most); /* of WfReminder */
gboolean wf_store_claim_reminder (WfStore *self, const char *activity, WfInstant at,
                                  GError **error);
/* B11: when this activity's reminders were shown; of WfReceipt, oldest first. */
typedef enum
{
  WF_RECEIPT_SHOWN,
  WF_RECEIPT_SHOWN_LATE, /* in a catch-up: the computer was off, asleep or busy at that time */
  WF_RECEIPT_SNOOZED,
  WF_RECEIPT_NOT_NEEDED,
} WfReceiptKind;
typedef struct
{
  WfInstant at;    /* when it was due; SNOOZED: when the person said so */
  WfInstant shown; /* NOT_NEEDED: WF_INSTANT_NONE; SNOOZED: when it will remind again */
  WfReceiptKind kind;
} WfReceipt;
/* A receipt: shown at (B11), or with WF_INSTANT_NONE not needed any more. The reminder is over. */
gboolean wf_store_finish_reminder (WfStore *self, const char *activity, WfInstant shown,
                                   GError **error);
/* The same as another kind than SHOWN and NOT_NEEDED. */
gboolean wf_store_finish_reminder_as (WfStore *self, const char *activity, WfReceiptKind kind,
                                      WfInstant shown, GError **error);
/* A receipt alone: the reminder stays as it is (a snooze also sets it anew). */
gboolean wf_store_add_receipt (WfStore *self, const char *activity, const WfReceipt *receipt,
                               GError **error);
GArray *wf_store_list_receipts (WfStore *self, const char *activity);
WfInstant wf_store_get_next_reminder (WfStore *self, const char *person);
/* The activity's reminder that waits, also a claimed one; WF_INSTANT_NONE: there is none. */
WfInstant wf_store_get_reminder (WfStore *self, const char *activity);

/* The earliest instant at which something is due: run, date, release of a held match, reminder of this person, lateness,
 * visible_from, outbox. */
WfInstant wf_store_get_next_due (WfStore *self, const char *person);
/* Open activities whose deadline passed and whose "became late" was not told yet (S22); marks them told. Of WfActivity,
 * earliest deadline first; NULL after an error. Call it at each wake-up, again while it gives as many as asked for: it also
 * passes the visible_from instants up to now, so that get_next_due goes on to later ones. */
GPtrArray *wf_store_take_became_late (WfStore *self, WfInstant now, guint most, GError **error);

/* traces (B3): the verdicts of one event as JSON array text */
gboolean wf_store_add_trace (WfStore *self, gint64 event_rowid, const char *verdicts,
                             GError **error);

/* S29: removes traces and events received before this that no unfinished run and no held match needs, finished runs and
 * outbox items likewise;
 * at most so many of each, so that it stays short: call it again while *removed is not 0, once in a transaction. A log entry
 * tells of it. */
gboolean wf_store_prune (WfStore *self, WfInstant before, WfInstant now, guint most, guint *removed,
                         GError **error);

/* log page: newest first. details: of an event {"source","id","time","verdicts"}, of an effect {"item","kind","state",
 * "subject","attempts","cause","error","not-before"} (item: outbox id, for retry), else as given to add_log. Effects have
 * the titles "create-activity", "change-activity", "send-message", "save-workflow" and "perform/KIND" with the action's kind
 * ("perform/change-stage"), which is also the kind in their details. kind NULL and lead NULL: all. */
typedef struct
{
  gint64 id;
  WfInstant at;
  char *kind;    /* (owned) "event", "effect", "problem", "change" */
  char *title;   /* (owned) event type, effect kind or problem text */
  char *lead;    /* (owned) (nullable) */
  char *details; /* (owned) JSON: verdicts, delivery state, error */
} WfLogEntry;
void wf_log_entry_free (WfLogEntry *self);
GPtrArray *wf_store_list_log (WfStore *self, const char *kind, const char *lead, guint offset,
                              guint limit); /* of WfLogEntry */
guint wf_store_count_log (WfStore *self, const char *kind, const char *lead);
/* A problem or a person's change (R117) for the log. details: JSON or NULL. */
gboolean wf_store_add_log (WfStore *self, WfInstant at, const char *kind, const char *title,
                           const char *lead, const char *details, GError **error);

/* figures of the Workflows list */
typedef struct
{
  guint created, done_on_time, done,
      per_day[30]; /* created in the last 30 days (UTC), oldest first; today is the last */
  WfInstant last_run;
} WfWorkflowFigures;
void wf_store_get_workflow_figures (WfStore *self, const char *workflow, WfInstant now,
                                    WfWorkflowFigures *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStore, wf_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfActivityQuery, wf_activity_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCalendarDays, wf_calendar_days_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPersonCount, wf_person_count_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfLeadMoment, wf_lead_moment_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStoredWorkflow, wf_stored_workflow_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStoredRun, wf_stored_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfOutboxItem, wf_outbox_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfHeldMatch, wf_held_match_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStoredEvent, wf_stored_event_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStoredLead, wf_stored_lead_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStoredDate, wf_stored_date_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReminder, wf_reminder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfLogEntry, wf_log_entry_free)

G_END_DECLS
