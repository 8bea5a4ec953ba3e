/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a report share: the question worked out into tables, so that nothing is looked up
 * by text, nor allocated, for an activity. */
#pragma once

#include "wf-local-hours.h"
#include "wf-report-lead-index.h"
#include "wf-report-map.h"
#include "wf-report.h"

G_BEGIN_DECLS

/* -- business time: wf-report-lateness.c ------------------------------------------------------- */

/* A calendar as a table of open time by day. */
typedef struct _WfOpenTable WfOpenTable;
/* Quick between from and until, right everywhere. hours: borrowed. */
WfOpenTable *wf_open_table_new (const WfWorkingHours *hours, WfInstant from, WfInstant until);
void wf_open_table_free (WfOpenTable *self);
/* As wf_working_hours_open_time_between. */
gint64 wf_open_table_get_time_between (const WfOpenTable *self, WfInstant from, WfInstant until);

/* The lower of the two middle ones, and nearest rank; 0 without any. samples: of gint64, reordered. */
void wf_report_get_percentiles (GArray *samples, gint64 *median, gint64 *percentile_95);

/* -- what several threads counted, added up ---------------------------------------------------- */

static inline void
wf_report_add_counts (guint *to, const guint *from, guint n)
{
  for (guint i = 0; i < n; i++)
    to[i] += from[i];
}

/* Both of gint64, in any order. */
static inline void
wf_report_add_samples (GArray *to, const GArray *from)
{
  g_array_append_vals (to, from->data, from->len);
}

/* -- rows: wf-report-rows.c -------------------------------------------------------------------- */

typedef struct
{
  char *id; /* (owned) */
  WfReportFigures figures;
  GArray *samples; /* (owned) of gint64: business latenesses */
} WfRowTally;

typedef struct
{
  GPtrArray *tallies; /* (owned) of WfRowTally */
  GHashTable *by_id;  /* (owned) id -> index + 1 */
} WfRowTable;
void wf_row_table_init (WfRowTable *self);
void wf_row_table_clear (WfRowTable *self);
guint wf_row_table_get (WfRowTable *self, const char *id); /* adds it */
void wf_row_table_merge (WfRowTable *self, const WfRowTable *other);

/* -- the question: wf-report-scope.c ----------------------------------------------------------- */

/* A person, or nobody; rows: when the break-down is about people. */
typedef struct
{
  const WfPerson *person; /* NULL: nobody, or unknown */
  const WfOpenTable *open;
  gboolean allowed;
  guint n_rows;
  guint *rows; /* (owned) */
} WfScopePerson;

/* Any other name. */
typedef struct
{
  gboolean known, allowed;
  guint row; /* when the break-down is about it */
} WfScopeName;

/* What an activity needs of its lead, in so few bytes that those of all leads stay in the processor's cache. */
typedef struct
{
  guint32 row; /* when the break-down is about leads */
  guint8 known, allowed;
} WfScopeLead;

/* Leads by number: first those that are known, in the order of facts, then those that only activities know:
 * wf-report-leads.c */
typedef struct
{
  GArray *facts;           /* (owned) of WfLeadFacts */
  WfReportLeadIndex index; /* of those */
  /* Of each thread: */
  GArray *others;           /* (owned) of guint64: the others' hashes */
  WfReportMap others_index; /* hash -> number */
  GArray *answers;          /* (owned) of WfScopeLead, by number */
  guint32 *numbers;         /* (owned) of the activities of the block under way */
  guint n_numbers;          /* how many there is room for */
} WfScopeLeads;

/* The question, and what is worked out of it while activities are walked. When several threads walk them each has one of its
 * own, which shares what does not change. */
typedef struct
{
  WfStore *store;
  const WfReportQuery *query;
  GHashTable *only[WF_N_DIMENSIONS]; /* (owned) (nullable) sets of ids */
  WfTimeRange *range, *previous;     /* (owned) */
  WfZoneTable *zone;                 /* (owned) */
  const WfPerson *viewer;            /* NULL: sees everyone */
  WfScopeLeads leads;
  gboolean looks_at_leads; /* of each activity: the filter or the break-down is about them */
  GArray *holders;         /* (owned) of WfHolder */
  GArray *moves;    /* (owned) (nullable) of WfStageMove, as the leads are: of a whole report */
  gboolean is_copy; /* what is above is another one's, but for what leads say is of each thread */
  GHashTable *open_tables;        /* (owned) WfWorkingHours -> WfOpenTable */
  GPtrArray *people;              /* (owned) by number of the name: WfScopePerson, or NULL */
  GArray *names[WF_N_DIMENSIONS]; /* (owned) by number of the name: WfScopeName */
  WfReportMap versions;           /* of workflows: index in names[WF_DIMENSION_VERSION] */
  WfRowTable rows;
} WfReportScope;

/* of_activities: those behind a number are asked for, which takes more than the right to see reports. */
gboolean wf_report_scope_init (WfReportScope *self, WfStore *store, const WfReportQuery *query,
                               gboolean of_activities, GError **error);
/* For another thread. of: stays as long, and works nothing out meanwhile that it shares. */
void wf_report_scope_init_copy (WfReportScope *self, const WfReportScope *of);
void wf_report_scope_clear (WfReportScope *self);
gboolean wf_report_scope_may_show (const WfReportQuery *query, gboolean of_activities,
                                   GError **error);
/* An id is wanted; "" is none. */
gboolean wf_report_scope_wants (const WfReportScope *self, WfDimension dimension, const char *id);
/* What has this number, "" when nothing has; owned by the caller. */
char *wf_report_scope_dup_id (WfReportScope *self, guint32 number);
WfScopeName *wf_report_scope_add_name (WfReportScope *self, WfDimension dimension, guint32 number);
guint wf_report_scope_add_version (WfReportScope *self, guint32 workflow, guint32 version);
/* wf-report-people.c */
WfScopePerson *wf_report_scope_add_person (WfReportScope *self, guint32 number);
gboolean wf_dimension_is_of_people (WfDimension dimension);
/* wf-report-leads.c */
/* all: else none is known. */
gboolean wf_report_leads_load (WfReportScope *self, gboolean all, GError **error);
void wf_report_leads_init_copy (WfScopeLeads *self);
void wf_report_leads_clear (WfScopeLeads *self, gboolean is_copy);
/* Finds the leads of a block's activities, all at once: look-ups that do not wait for one another take a third of the time. */
void wf_report_leads_find_all (WfReportScope *self, const WfActivityFacts *facts);
guint32 wf_report_leads_find (WfReportScope *self, guint64 lead); /* adds it */
/* How many there are, with those that only activities know. */
guint wf_report_leads_get_n (const WfReportScope *self);
guint64 wf_report_leads_get_hash (const WfReportScope *self, guint32 number);
const WfScopeLead *wf_report_scope_answer_lead (WfReportScope *self, guint32 number);
gboolean wf_report_scope_wants_lead (WfReportScope *self, const WfLeadFacts *lead);
/* The first stage that is known of a lead is where it began, and not only where it was when it was heard
 * of. */
gboolean wf_report_lead_began_with (const WfLeadFacts *lead, const WfStageMove *first);
void wf_report_add_contacts (WfReportScope *self, WfReport *report);
gboolean wf_report_count_without_next (WfReportScope *self, WfReport *report, GError **error);

static inline const WfScopePerson *
wf_report_scope_get_person (WfReportScope *self, guint32 number)
{
  WfScopePerson *person = number < self->people->len ? self->people->pdata[number] : NULL;

  return G_LIKELY (person != NULL) ? person : wf_report_scope_add_person (self, number);
}

static inline const WfScopeName *
wf_report_scope_get_name (WfReportScope *self, WfDimension dimension, guint32 number)
{
  GArray *names = self->names[dimension];

  if (G_LIKELY (number < names->len && g_array_index (names, WfScopeName, number).known))
    return &g_array_index (names, WfScopeName, number);
  return wf_report_scope_add_name (self, dimension, number);
}

static inline const WfScopeLead *
wf_report_scope_get_lead (WfReportScope *self, guint32 number)
{
  GArray *answers = self->leads.answers;

  if (G_LIKELY (number < answers->len && g_array_index (answers, WfScopeLead, number).known))
    return &g_array_index (answers, WfScopeLead, number);
  return wf_report_scope_answer_lead (self, number);
}

/* An activity of the block comes soon: the memory may come meanwhile. */
static inline void
wf_report_scope_prepare_lead (const WfReportScope *self, guint activity)
{
  GArray *answers = self->leads.answers;
  guint32 number = self->leads.numbers[activity];

  if (number < answers->len)
    __builtin_prefetch (&g_array_index (answers, WfScopeLead, number));
}

static inline const WfScopeName *
wf_report_scope_get_version (WfReportScope *self, guint32 workflow, guint32 version)
{
  guint32 index;

  if (!wf_report_map_find (&self->versions, (guint64) workflow << 32 | version, &index))
    index = wf_report_scope_add_version (self, workflow, version);
  return &g_array_index (self->names[WF_DIMENSION_VERSION], WfScopeName, index);
}

/* -- one activity: wf-report-item.c ------------------------------------------------------------ */

typedef struct
{
  const WfActivityFacts *facts;
  guint index;
  int outcome;  /* WfMeasure beside CREATED; -1: none */
  WfInstant at; /* when it counts as that */
  guint32 lead; /* its number, when activities are told apart by it */
  const WfScopePerson *person;
  guint row;               /* when the break-down is not about people */
  const WfHolder *holders; /* of a late one that several held */
  guint n_holders;
} WfReportItem;

/* TRUE when the filter wants it, whoever its person is. Looks at what lies in [from, until). When the scope looks at leads,
 * those of the block have been found. */
gboolean wf_report_item_init (WfReportItem *self, WfReportScope *scope,
                              const WfActivityFacts *facts, guint index, WfInstant from,
                              WfInstant until);
/* The business time by which the holders that the filter wants were late; FALSE: none of them was. */
gboolean wf_report_item_get_lateness (const WfReportItem *self, WfReportScope *scope,
                                      gint64 *lateness);
/* The same of one holder, the n-th of n_holders, or the person when there are none. */
gboolean wf_report_item_get_lateness_of_holder (const WfReportItem *self, WfReportScope *scope,
                                                guint holder, const WfScopePerson **person,
                                                gint64 *lateness);
gboolean wf_report_item_is_in_row (const WfReportItem *self, const WfReportScope *scope, guint row);
/* wf-report-causes.c */
WfCause wf_report_item_get_cause (const WfReportItem *self);

/* -- the parts of the walk --------------------------------------------------------------------- */

/* wf-report-causes.c */
typedef struct
{
  guint n[WF_N_CAUSES];
  GArray *samples[WF_N_CAUSES]; /* (owned) of gint64 */
} WfCauseTally;
void wf_cause_tally_init (WfCauseTally *self);
void wf_cause_tally_clear (WfCauseTally *self);
void wf_cause_tally_merge (WfCauseTally *self, const WfCauseTally *other);
GArray *wf_cause_tally_finish (WfCauseTally *self); /* of WfCauseRow */

/* wf-report-effects.c */
typedef struct _WfEffectTally WfEffectTally;
WfEffectTally *wf_effect_tally_new (void);
void wf_effect_tally_free (WfEffectTally *self);
void wf_effect_tally_add_created (WfEffectTally *self, WfReportScope *scope,
                                  const WfReportItem *item);
void wf_effect_tally_add_outcome (WfEffectTally *self, const WfReportItem *item,
                                  const gint64 *lateness);
/* Adds what another thread counted. */
void wf_effect_tally_merge (WfEffectTally *self, WfReportScope *scope, const WfEffectTally *other,
                            const WfReportScope *other_scope);
/* Finishing takes two steps, and what lies between them may last: moves: of WfStageMove. */
void wf_effect_tally_begin_to_finish (WfEffectTally *self, WfReportScope *scope,
                                      const GArray *moves);
void wf_effect_tally_finish (WfEffectTally *self, WfReportScope *scope, GHashTable *workflow_names,
                             WfReport *report);

/* -- the walk: wf-report-walk.c ---------------------------------------------------------------- */

typedef struct
{
  WfReportScope *scope;
  WfReport *report;
  GArray *samples, *samples_before; /* (owned) of gint64: business latenesses of everything */
  WfCauseTally causes;
  WfEffectTally *effects; /* (owned) */
  gint64 *row_sums;       /* (owned) by row: lateness of the activity under way */
  GArray *row_order;      /* (owned) of guint: the rows that have one */
  guint n_row_sums;
  WfInstant from, until;
  guint point, point_before; /* where the last one was counted */
  WfLocalHours local_hours;
} WfReportWalk;
void wf_report_walk_init (WfReportWalk *self, WfReportScope *scope, WfReport *report);
void wf_report_walk_clear (WfReportWalk *self);
/* Counts all activities into its report, its tallies and the rows of its scope. */
gboolean wf_report_walk_run (WfReportWalk *self, GError **error);

/* -- the report: wf-report.c ------------------------------------------------------------------- */

WfReport *wf_report_new (const WfReportScope *scope);

/* wf-report-funnel.c, wf-report-commissions.c; moves: of WfStageMove */
void wf_report_add_funnel (WfReportScope *self, const GArray *moves, WfReport *report);
void wf_report_add_commissions (WfReportScope *self, const GArray *moves, WfReport *report);
void wf_effect_row_free (gpointer row);
void wf_funnel_row_free (gpointer row);
void wf_commission_row_free (gpointer row);
void wf_report_row_free (gpointer row);

/* wf-report-names.c: id -> name. Owned by the caller. */
GHashTable *wf_report_list_workflow_names (WfStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfOpenTable, wf_open_table_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEffectTally, wf_effect_tally_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfReportScope, wf_report_scope_clear)

G_END_DECLS
