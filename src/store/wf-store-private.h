/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the store share: the connection, prepared statements, keys, interned names, numbering. */
#pragma once

#include "wf-contact.h"
#include "wf-store-facts.h"
#include "wf-store-keys.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* "WFLO": whose database it is. */
#define WF_STORE_APPLICATION_ID 0x57464c4f

/* An id as it is stored: a UUID in canonical form as 16 bytes, anything else as text. Points into the text. */
typedef struct
{
  const char *text; /* NULL is SQL's NULL */
  gboolean is_uuid;
  guint8 bytes[16];
} WfKey;

typedef struct
{
  gint64 workflow, day; /* days since 1970-01-01, UTC */
  int created, done, on_time;
} WfDayCount;

/* Where a page of the log ended: the next page begins there. */
typedef struct
{
  char *kind, *lead; /* (owned) (nullable) */
  guint offset;
  gint64 number; /* of the last entry shown, with its table */
  int table;
  gint64 newest; /* the newest number at that time: another one moves every offset */
} WfLogAnchor;

/* The event used last in this transaction. A new one is held back: what follows from it goes into the same row. */
typedef struct
{
  gint64 id;      /* 0 = none */
  WfEvent *event; /* (owned) */
  WfInstant received;
  gboolean is_new;     /* added in this transaction: what follows from it was, too */
  gboolean is_held;    /* not yet written */
  char *trace;         /* (owned) (nullable) held */
  WfStoredRun *run;    /* (owned) (nullable) held */
  GPtrArray *run_keys; /* (owned) of all its runs, when it is new; the first is in its row */
  gboolean has_effect; /* its number is taken in the outbox */
  char *activity, *activity_cause,
      *activity_run; /* (owned) (nullable) of the one that has its number */
} WfLastEvent;

/* Counts of the deadlines of one hour (UTC) and origin, not yet written. */
typedef struct
{
  gint64 hour, origin;
  int open, done, done_late, closed;
} WfHourCount;

/* What an activity counts as: its row before or after a change. */
typedef struct
{
  WfInstant due, completed;
  int status;
  gint64 origin;
} WfDueRow;

/* Changes whenever anybody wrote: what was worked out before may not be true any more. */
typedef struct
{
  gint64 version, changes;
} WfStoreState;

/* How many activities each question found; see wf-store-activity-queries.c. */
typedef struct
{
  GHashTable *by_text; /* (owned) (nullable) the question -> number */
  WfStoreState state;
} WfActivityCounts;

/* See wf-store-text.c. */
typedef struct _WfTextMatches WfTextMatches;
/* See wf-store-next.c. */
typedef struct _WfNextLeads WfNextLeads;
/* See wf-store-lead-facts.c. */
typedef struct _WfLeadFactsCache WfLeadFactsCache;
/* The order of a table of leads, kept for its further pages; see wf-store-lead-queries.c. */
typedef struct
{
  char *text;      /* (owned) (nullable) the question */
  GArray *numbers; /* (owned) (nullable) of gint64 */
  WfStoreState state;
  char *count_text; /* (owned) (nullable) the question that was counted last */
  guint count;
  WfStoreState count_state;
} WfLeadList;

struct _WfStore
{
  sqlite3 *db; /* (owned) */
  char *path;  /* (owned) */
  WfStoreMode mode;
  GHashTable *statements; /* (owned) SQL by address -> sqlite3_stmt */
  GHashTable *names;      /* (owned) text -> number */
  GHashTable *name_texts; /* (owned) number -> text, borrowed from names */
  GHashTable *day_counts; /* (owned) set of WfDayCount: not yet written */
  GHashTable
      *starts; /* (owned) number of a workflow -> WfInstant: its last start, not yet written */
  GHashTable *hour_counts; /* (owned) set of WfHourCount: not yet written */
  GArray *changed_blocks; /* (owned) of WfChangedBlock: of facts, not yet written to be stale */
  gboolean leads_changed;  /* what reports count of leads, and their revision not yet */
  GByteArray *changed_leads; /* (owned) ids of those, each with its end */
  guint last_changed_lead;   /* where the last one begins */
  guint n_missed_blocks;   /* of facts, since they were last taken */
  GMutex reading;          /* while facts are walked: who of the walk's threads uses the store */
  WfInstant now;           /* of the transaction, as far as it was told; else WF_INSTANT_NONE */
  WfRecentKeys recent;
  char *organisation_text;      /* (owned) (nullable) what organisation was read from */
  WfOrganisation *organisation; /* (owned) (nullable) */
  WfNextLeads *next_leads;      /* (owned) (nullable) */
  WfTextMatches *text_matches;  /* (owned) (nullable) */
  WfLeadFactsCache *lead_facts; /* (owned) (nullable) */
  WfLeadList lead_list;
  WfActivityCounts counts;
  GHashTable *sort_keys;  /* (owned) of the query under way: number of a name -> char * */
  WfLeadOrder sort_order; /* of the query under way */
  gboolean in_transaction, warned, damaged;
  gint64 next_number; /* 0 = not known in this transaction */
  char *last_run_key; /* (owned) (nullable) the run used last, for what hangs on it */
  gint64 last_run;
  char *last_lead; /* (owned) (nullable) the lead used last and its origin */
  gint64 last_origin;
  char *last_activity; /* (owned) (nullable) the one looked for last in this transaction */
  gint64 last_activity_no;
  WfLastEvent last_event;
  GByteArray *body; /* (owned) space for one */
  gboolean has_watermark;
  WfInstant late_until; /* the watermark of lateness, once read in this transaction */
  guint wal_pages;      /* length of the write-ahead log after the last commit */
  WfLogAnchor anchor;
};

/* A prepared statement in use: reset when it goes out of scope. */
typedef sqlite3_stmt *WfStatement;
void wf_statement_reset (sqlite3_stmt *statement);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (WfStatement, wf_statement_reset, NULL)

/* sql: a string literal; its address is the key. NULL after an error (which is remembered by the connection). */
sqlite3_stmt *wf_store_prepare (WfStore *self, const char *sql);
/* TRUE for a row. FALSE at the end and after an error, which is logged once. */
gboolean wf_store_step (WfStore *self, sqlite3_stmt *statement);
/* As wf_store_step, where an error is told: FALSE after one. */
gboolean wf_store_next_row (WfStore *self, sqlite3_stmt *statement, gboolean *row, GError **error);
/* For statements without rows. */
gboolean wf_store_run (WfStore *self, sqlite3_stmt *statement, GError **error);
gboolean wf_store_execute (WfStore *self, const char *sql, GError **error);
/* Always FALSE, for `return wf_store_fail (…)`. */
gboolean wf_store_fail (WfStore *self, GError **error);
/* A read that failed is never silent: warns once a connection. */
void wf_store_warn (WfStore *self);
/* FALSE with an error unless a transaction is open. */
gboolean wf_store_expect_transaction (WfStore *self, GError **error);

void wf_key_init (WfKey *self, const char *text);
gint64 wf_key_hash (const WfKey *self);
gint64 wf_event_key_hash (const WfKey *event, gint64 source);
guint64 wf_key_hash_lead (const WfKey *self); /* as wf_store_hash_lead */
void wf_bind_key (sqlite3_stmt *statement, int index, const WfKey *key);
/* The key in a column: without its text when it is a UUID. */
void wf_column_init_key (WfKey *self, sqlite3_stmt *statement, int index);
void wf_bind_text (sqlite3_stmt *statement, int index, const char *text);
void wf_bind_instant (sqlite3_stmt *statement, int index, WfInstant instant);
/* number 0 is SQL's NULL. */
void wf_bind_number (sqlite3_stmt *statement, int index, gint64 number);
char *wf_column_dup_key (sqlite3_stmt *statement, int index);
char *wf_value_dup_key (sqlite3_value *value);
char *wf_column_dup_text (sqlite3_stmt *statement, int index);
WfInstant wf_column_instant (sqlite3_stmt *statement, int index);

/* Numbers of names: words that come again and again (people, types, workflows) are kept once. NULL gives 0, as does an
 * unknown one in find; 0 and FALSE after an error in intern. */
gint64 wf_store_find_name (WfStore *self, const char *text);
gboolean wf_store_intern (WfStore *self, const char *text, gint64 *number, GError **error);
char *wf_column_dup_name (WfStore *self, sqlite3_stmt *statement, int index);

/* The next number of the sequence that all tables share. 0 after an error. */
gint64 wf_store_take_number (WfStore *self, GError **error);
gint64 wf_store_get_newest_number (WfStore *self);

/* What is kept back in memory until the commit. */
gboolean wf_store_flush (WfStore *self, GError **error);
gboolean wf_store_flush_event (WfStore *self, GError **error);
/* A read in the middle of a transaction must see the event that is held back. */
void wf_store_show_event (WfStore *self);
void wf_store_show_run (WfStore *self);
gboolean wf_store_flush_day_counts (WfStore *self, GError **error);
gboolean wf_store_flush_starts (WfStore *self, GError **error);
gboolean wf_store_flush_hours (WfStore *self, GError **error);
void wf_store_note_start (WfStore *self, gint64 workflow, WfInstant started);
void wf_store_forget (WfStore *self); /* after a rollback */
void wf_store_forget_event (WfStore *self);
GHashTable *wf_store_day_counts_new (void);
void wf_store_count_day (WfStore *self, gint64 workflow, WfInstant created, int n_created,
                         int n_done, int n_on_time);

GHashTable *wf_store_hour_counts_new (void);
/* One more (sign 1) or less (-1) of this kind. */
void wf_store_count_hour (WfStore *self, const WfDueRow *row, int sign);
void wf_store_add_hours (WfStore *self, const WfActivityQuery *query, WfInstant from,
                         WfInstant until, WfDayFigures *figures);

/* SQL functions that the queries use. */
gboolean wf_store_add_text_functions (WfStore *self, GError **error);
void wf_store_set_search (WfStore *self, const char *text);
void wf_text_matches_free (WfTextMatches *self);

WfStoreState wf_store_get_state (WfStore *self);

/* ---- leads ---- */

typedef struct
{
  const char *name, *company, *phone, *email, *stage, *owner, *source; /* (nullable) borrowed */
  const char *unit, *product;                                          /* (nullable) borrowed */
  gboolean has_score;
  double score, value; /* value 0: none */
  WfInstant created, first_contact, last_contact;
} WfLeadColumns;
void wf_lead_columns_init (WfLeadColumns *self, const WfJson *lead);
char *wf_lead_columns_dup_search (const WfLeadColumns *self);
char *wf_lead_dup_digits (const char *text);

/* The columns of a table of leads, as they are bound. */
typedef struct
{
  WfLeadColumns columns; /* borrowed from the lead */
  char *name, *search;   /* (owned); search: nullable */
  gint64 stage, owner, source, unit, product;
} WfLeadRow;
gboolean wf_lead_row_init (WfLeadRow *self, WfStore *store, const char *id, const WfJson *lead,
                           GError **error);
void wf_lead_row_clear (WfLeadRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfLeadRow, wf_lead_row_clear)

/* See wf-store-lead-local.c. Else nothing of the row is the CRM's. */
#define WF_LEAD_WAS_TOLD "at > -9223372036854775808"
/* With what was changed here over it; NULL when nothing was. told: nullable. Owned by the caller. */
WfJsonDocument *wf_store_dup_shown_lead (WfStore *self, const char *id, const WfJson *told);

gboolean wf_store_note_contact (WfStore *self, const char *lead, WfInstant at, GError **error);
gboolean wf_store_note_contact_event (WfStore *self, const WfEvent *event, GError **error);
WfInstant wf_store_get_last_contact (WfStore *self, const WfKey *lead);

/* For the SQL functions lead_next and lead_has_next: the next open activity of every lead, as of now. */
void wf_store_load_next_leads (WfStore *self);
void wf_next_leads_free (WfNextLeads *self);
gboolean wf_store_add_next_functions (WfStore *self, GError **error);
gboolean wf_store_add_lead_functions (WfStore *self, GError **error);
void wf_store_clear_lead_list (WfStore *self);
void wf_store_clear_counts (WfStore *self);
/* A lead's activities and runs from the places where they are: numbers. Parameter ?2 is the lead. */
#define WF_ACTIVITIES_OF_LEAD                                                                      \
  "FROM (SELECT id AS ref, 0 AS own FROM inbox INDEXED BY inbox_lead WHERE lead = ?2 UNION ALL"    \
  " SELECT no, 1 FROM activities INDEXED BY activities_lead WHERE lead = ?2 AND apart = 1)"        \
  " CROSS JOIN activities ON activities.no = ref AND activities.apart = own WHERE activities.lead = ?2"

gint64 wf_store_find_run (WfStore *self, const char *key);                      /* 0 when unknown */
gint64 wf_store_find_activity (WfStore *self, const WfKey *key);                /* 0 when unknown */
gint64 wf_store_find_event (WfStore *self, const char *source, const char *id); /* 0 when unknown */
/* The event used last when it is this one and new: what follows from it may share its row or number. NULL otherwise. */
WfLastEvent *wf_store_match_new_event (WfStore *self, const char *source, const char *id);
/* A run as a column: its number where that is known already, else its key. */
void wf_bind_run (WfStore *self, sqlite3_stmt *statement, int index, const char *key,
                  WfKey *storage);
char *wf_column_dup_run (WfStore *self, sqlite3_stmt *statement, int index);
WfStoredRun *wf_stored_run_copy (const WfStoredRun *self);
/* A run from a row of these columns; by number: NULL when there is none (or it is held back). */
#define WF_RUN_COLUMNS                                                                             \
  "key, workflow, version, lead, started, due, finished, waits, state, event_source, event_id"
WfStoredRun *wf_store_read_run (WfStore *self, sqlite3_stmt *row);
WfStoredRun *wf_store_get_run_by_number (WfStore *self, gint64 number);
/* The columns of a run, from workflow (parameter 8) to state (14). */
gboolean wf_store_bind_run_columns (WfStore *self, sqlite3_stmt *statement, const WfStoredRun *run,
                                    WfKey *storage, GError **error);
/* From rows of document, etag, author, saved, draft: of WfStoredWorkflow. Owned by the caller. */
GPtrArray *wf_store_read_workflows (WfStore *self, sqlite3_stmt *rows);
/* payload and received, from column on. NULL when it cannot be read any more (which is logged). */
WfEvent *wf_store_read_event (sqlite3_stmt *row, int column, gint64 rowid);
gboolean wf_store_clear_lead_dates (WfStore *self, const char *lead, GError **error);
/* 0 unknown, else the number of the name. */
gint64 wf_store_get_lead_origin (WfStore *self, const char *lead);
/* A reminder follows its activity: person changed, or closed. */
gboolean wf_store_reminder_follow (WfStore *self, gint64 activity, gboolean open, gint64 person,
                                   GError **error);
/* Lateness was told for every open activity whose deadline is before this. */
WfInstant wf_store_get_late_watermark (WfStore *self);
/* One activity from a row of these columns, which begin at the first; NULL (logged) when its body is damaged. */
#define WF_ACTIVITY_COLUMNS                                                                                             \
  "a.id, a.lead, a.lead_name, a.lead_phone, a.lead_email, a.type, a.title, a.person, a.created, a.due, a.visible_from," \
  " a.completed, a.status, a.flags, a.workflow, a.sync, a.sync_error, a.body"
#define WF_ACTIVITY_N_COLUMNS 18
WfActivity *wf_store_read_activity (WfStore *self, sqlite3_stmt *statement);

/* As number; NULL when it is gone, or cannot be read. */
WfActivity *wf_store_get_activity_by_number (WfStore *self, gint64 no);
/* Counts by the indexes alone of what is due in [from, until). Of the query the conditions are looked at, not the bounds. */
void wf_store_count_figures (WfStore *self, const WfActivityQuery *query, WfInstant from,
                             WfInstant until, WfDayFigures *figures);

/* What of an activity no query asks for, packed; see wf-store-body.c. */
gboolean wf_store_body_write (WfStore *self, const WfActivity *activity,
                              GError **error); /* into self->body */
gboolean wf_store_body_read (WfStore *self, const guint8 *data, gsize length, WfActivity *activity);
/* The notes alone: NULL when there are none; owned by the caller. */
char *wf_store_body_dup_notes (const guint8 *data, gsize length);

/* Its beginning alone, for wf-store-facts-rows.c. FALSE: damaged. */
typedef struct
{
  WfInstant original_due, remind;
  gint64 version;
} WfBodyBeginning;
gboolean wf_body_read_beginning (const guint8 *data, gsize length, WfBodyBeginning *beginning);

/* ---- facts: see wf-store-facts.c ---- */

/* Flags of a row that the facts need; see wf-store-activities.c. */
enum
{
  WF_ROW_BUSINESS_HOURS = 1 << 0,
  WF_ROW_ARRIVED_LATE = 1 << 1,
  WF_ROW_PINNED = 1 << 2,
  WF_ROW_CAME_CLOSED = 1 << 6, /* it was over when it was first heard of */
};

/* Something of the activity changed that is in the facts: in the open transaction. */
GArray *wf_store_new_changed_blocks (void);
/* to: the activity as it is now, when its instants may be others; nullable. */
void wf_store_touch_facts (WfStore *self, gint64 activity, const WfActivity *to);
gboolean wf_store_flush_changed_blocks (WfStore *self, GError **error);
void wf_lead_facts_cache_free (WfLeadFactsCache *self);
void wf_store_release_lead_facts (WfStore *self);
/* What the facts about a lead and its moves say has changed: in the open transaction. lead: its id. */
void wf_store_touch_lead_facts (WfStore *self, const char *lead);
void wf_store_forget_changed_leads (WfStore *self);
gboolean wf_store_flush_lead_facts (WfStore *self, GError **error);
gint64 wf_store_get_lead_revision (WfStore *self);
gboolean wf_store_list_changed_leads (WfStore *self, gint64 since, gint64 until, guint most,
                                      GHashTable **ids, GError **error);
/* The person of a known activity changes. person 0: the queue. */
gboolean wf_store_note_holder (WfStore *self, gint64 activity, const WfActivity *before,
                               gint64 person, GError **error);
/* What the CRM told of a lead's stage; before: NULL when that was not told. An empty text is none. */
gboolean wf_store_note_stage (WfStore *self, const char *lead, const char *before,
                              const char *stage, WfInstant at, GError **error);
gboolean wf_store_note_stage_of_lead (WfStore *self, const char *id, const WfJson *lead,
                                      WfInstant at, GError **error);
gboolean wf_store_note_stage_event (WfStore *self, const WfEvent *event, GError **error);
gboolean wf_store_forget_stages (WfStore *self, const char *lead, GError **error);

/* -- wf-store-changes.c -- */

/* A change of this activity was refused and not looked at yet. */
gboolean wf_store_find_refused_change (WfStore *self, const WfKey *activity, char **reason);

G_END_DECLS
