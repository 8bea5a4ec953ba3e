/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reports count, read as columns: a million activities are walked in some milliseconds, while
 * rows would take seconds. Read-only; numbers of names are those of this store. */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

/* What a person did not do shows in the flags; see wf_store_list_holders for the rest. */
typedef enum
{
  WF_FACT_ARRIVED_LATE = 1 << 0, /* S26: the event came late: the system's delay */
  WF_FACT_REASSIGNED = 1 << 1,   /* more than one person held it */
  WF_FACT_REMINDED = 1 << 2,     /* a reminder was shown before the deadline that counts */
  WF_FACT_REMINDER_KNOWN =
      1 << 3, /* this store knows whether it was (B11): a receipt, or the CRM says so */
  WF_FACT_BUSINESS_HOURS = 1 << 4, /* its deadline was computed in business hours */
  WF_FACT_PINNED = 1 << 5,         /* the deadline was moved by hand (S7) */
} WfFactFlags;

/* Activities, one entry of each column an activity, in no order that means something. Names (of
 * person, type, workflow, origin) by number: see wf_store_get_name; 0 is none. */
typedef struct
{
  guint n;
  const gint64 *number; /* for wf_store_get_activity_by_number */
  const WfInstant *created, *due, *original_due;
  /* When it was done, cancelled or retired; WF_INSTANT_NONE while open, or when nobody knows. */
  const WfInstant *closed;
  const guint64 *lead; /* wf_store_hash_lead; 0: none */
  const guint32 *person, *type, *workflow, *origin;
  const guint32 *version; /* of the workflow; 0: none */
  const guint8 *status;   /* WfActivityStatus */
  const guint8 *flags;    /* WfFactFlags */
} WfActivityFacts;

/* FALSE: enough. Of the store it may only use wf_store_dup_name. */
typedef gboolean (*WfActivityFactsFunc) (const WfActivityFacts *facts, gpointer user_data);
/* Hands out every activity of which created, due or closed lies in [from, until), some blocks of many; others may be among
 * them. WF_INSTANT_NONE is no bound. FALSE with error: cancelled, or the store cannot be read. */
gboolean wf_store_foreach_activity_facts (WfStore *self, WfInstant from, WfInstant until,
                                          GCancellable *cancellable, WfActivityFactsFunc func,
                                          gpointer user_data, GError **error);

/* How far a walk is that has to read rows, because they are not stored as facts yet, as after an import: blocks of some thousand
 * activities. Called in the walk's thread, first with n_read 0; never when everything is stored. */
typedef void (*WfFactsProgressFunc) (guint n_read, guint n_to_read, gpointer user_data);
/* The same with it, and in several threads: func is called with each of walkers in a thread of its own, with the first one in
 * this, and which block meets which walker is not known. */
gboolean wf_store_walk_activity_facts (WfStore *self, WfInstant from, WfInstant until,
                                       GCancellable *cancellable, WfActivityFactsFunc func,
                                       WfFactsProgressFunc progress, gpointer const *walkers,
                                       guint n_walkers, GError **error);

/* Who held reassigned activities, in the order of number, then of since (S9). GArray of WfHolder. */
typedef struct
{
  gint64 number;
  guint32 person; /* 0: the queue */
  WfInstant since;
} WfHolder;
GArray *wf_store_list_holders (WfStore *self, GCancellable *cancellable, GError **error);

/* Leads, all that are known, in one array in the order of lead (GArray of WfLeadFacts). */
typedef struct
{
  guint64 lead; /* wf_store_hash_lead of its id */
  gint64 number;
  guint32 stage, owner, source, origin, unit,
      product;       /* names; 0: none. product: the lead's "product", else "interest" */
  WfInstant created; /* the CRM's, else when it was first heard of; WF_INSTANT_NONE: not known */
  WfInstant first_contact; /* WF_INSTANT_NONE: never */
  WfInstant stage_since;   /* when it came into its stage, as far as known */
  double value;            /* of the deal; 0: none */
} WfLeadFacts;
GArray *wf_store_list_lead_facts (WfStore *self, GCancellable *cancellable, GError **error);
/* GArray of guint64, wf_store_hash_lead of leads that have an open activity (R4), some more than once. */
GArray *wf_store_list_leads_with_next (WfStore *self, GCancellable *cancellable, GError **error);
char *wf_store_get_lead_id (WfStore *self, gint64 number); /* owned by the caller */

/* Moves between stages, in the order of lead, then of at; the first of a lead is where it began.
 * GArray of WfStageMove. */
typedef struct
{
  guint64 lead;
  guint32 stage; /* the stage that it came into; 0: none */
  WfInstant at;
} WfStageMove;
GArray *wf_store_list_stage_moves (WfStore *self, GCancellable *cancellable, GError **error);

guint64 wf_store_hash_lead (const char *id);
/* Borrowed until the next call; NULL for 0 and what is unknown. */
const char *wf_store_get_name (WfStore *self, guint32 number);
/* The same for those who walk facts, in any of their threads; owned by the caller. */
char *wf_store_dup_name (WfStore *self, guint32 number);
guint32 wf_store_get_name_number (WfStore *self, const char *name); /* 0: unknown, NULL */
/* The activities behind numbers, in their order; what is gone meanwhile is left out. Of WfActivity. */
GPtrArray *wf_store_list_activities_by_number (WfStore *self, const gint64 *numbers, guint n);

/* Upkeep: stores blocks of facts that changed, at most one a call; *more: call it again. In pauses,
 * by WfStoreThread; what is not stored yet is read from the rows, so nothing waits for it. */
gboolean wf_store_save_facts (WfStore *self, gboolean *more, GError **error);
/* How many blocks were read from their rows since the last call, without the newest one: what to save is urgent. */
guint wf_store_take_missed_facts (WfStore *self);
/* Also the newest block, which the next activity changes: for long pauses. */
gboolean wf_store_save_newest_facts (WfStore *self, gboolean *more, GError **error);

G_END_DECLS
