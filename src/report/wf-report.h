/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports (R3, R59, R101, R115, R129, R144, B11, B20): all numbers of one filter, computed in one
 * walk over the facts. Pure reading: in the store's reading thread, cancellable; no display.
 *
 * What is counted when: created by its creation; done (on time, late), cancelled and no longer needed
 * by the instant it was closed; open late by its deadline, if it lies in the period, has passed and
 * the activity is still open. So every number is the number of activities that wf_report_list_numbers
 * gives for it.
 *
 * Groups, teams and units are those of the activity's person, as they are now; who is in two groups
 * counts in both, and only once in what is about everything. S9: what was done late is the lateness of
 * everyone who held it while it was late, each for that time; the count is the last holder's. */
#pragma once

#include "wf-chart-data.h"
#include "wf-commission.h"
#include "wf-organisation.h"
#include "wf-report-filter.h"
#include "wf-store-facts.h"

G_BEGIN_DECLS

/* What an activity may count as. */
typedef enum
{
  WF_MEASURE_CREATED,
  WF_MEASURE_ON_TIME,
  WF_MEASURE_LATE,      /* done late */
  WF_MEASURE_OPEN_LATE, /* S22 */
  WF_MEASURE_CANCELLED,
  WF_MEASURE_NOT_NEEDED,
} WfMeasure;
#define WF_N_MEASURES (WF_MEASURE_NOT_NEEDED + 1)
extern const char
    *const wf_measure_names[]; /* "created", "on-time", "late", "open-late", ..., NULL */
const char *wf_measure_get_title (WfMeasure measure); /* translated: "Done on Time" */

/* B20: why something was late, the first of these that holds. */
typedef enum
{
  WF_CAUSE_SYSTEM,     /* the event came late (S26) */
  WF_CAUSE_ABSENCE,    /* its person was away at the deadline */
  WF_CAUSE_REASSIGNED, /* the last holder got it after the deadline, or less than 30 minutes before */
  WF_CAUSE_NEVER_REMINDED, /* B11: known that no reminder was shown before the deadline */
  WF_CAUSE_REMINDED,       /* late although reminded: the person */
  WF_CAUSE_UNKNOWN,        /* nobody told this computer about reminders of it */
} WfCause;
#define WF_N_CAUSES (WF_CAUSE_UNKNOWN + 1)
const char *wf_cause_get_title (WfCause cause); /* translated */

typedef struct
{
  guint counts[WF_N_MEASURES];
  /* Business time by which done late ones missed their deadline (the calendar of the person, S3);
   * microseconds, 0 without any. */
  gint64 median, percentile_95;
} WfReportFigures;
/* FALSE: nothing was late, so there is no lateness to tell of. S9: somebody may have held late what another finished. */
gboolean wf_report_figures_know_lateness (const WfReportFigures *self);

typedef struct
{
  char *id;   /* (owned) "" for none */
  char *name; /* (owned) */
  WfReportFigures figures;
} WfReportRow;

typedef struct
{
  WfCause cause;
  guint n;
  gint64 total, median; /* business lateness */
} WfCauseRow;

/* Leads that were in a stage in the period, in the pipeline's order. */
typedef struct
{
  char *stage, *name;           /* (owned) */
  guint entered, left;          /* moves in the period */
  guint here;                   /* there now */
  gint64 median, percentile_95; /* time spent there by those who left in the period, microseconds */
  gboolean
      bottleneck; /* the longest median among those that three or more left, at least twice the middle one */
} WfFunnelRow;

typedef struct
{
  char *workflow, *name; /* (owned) */
  guint created, on_time, late, open_late, not_needed;
  guint leads; /* different ones that it created something for */
  guint
      advanced; /* of them, those that moved forward after its first activity for them, in the period */
  gint64 median; /* business lateness of the late ones */
} WfEffectRow;

typedef struct
{
  char *id, *name; /* (owned) origin, product or person */
  guint deals;
  double value, percent, commission;
} WfCommissionRow;

typedef struct
{
  WfTimeRange *range, *previous; /* (owned) */
  WfInstant at;                  /* when it was asked: what is later has no numbers yet */
  GDateWeekday first_weekday;
  WfReportFigures now, before; /* of everything in the filter */
  guint *trend[WF_N_MEASURES],
      *trend_before
          [WF_N_MEASURES]; /* (owned) range->n points; of the period before: its first range->n */
  guint hours[7][24];      /* done ones by weekday (0: Monday) and local hour of completion */
  guint due_hours[7][24];  /* created ones by the hour of their deadline */
  GPtrArray *rows;         /* (owned) of WfReportRow, most created first; by filter->by */
  GArray *causes;          /* (owned) of WfCauseRow, all WF_N_CAUSES of them */
  GPtrArray *funnel;       /* (owned) of WfFunnelRow */
  GPtrArray *effects;      /* (owned) of WfEffectRow, most created first */
  GPtrArray
      *commissions;  /* (owned) of WfCommissionRow, most first: deals finalized in the period */
  double commission; /* all of them */
  GPtrArray *
      earners; /* (owned) of WfCommissionRow, by the leads' owners, whatever the rule depends on; most commission first */
  /* Time from a lead's creation to the first contact with it, of leads created in the period. */
  guint contacted, not_contacted;
  gint64 contact_median, contact_percentile_95;
  guint without_next; /* R4: open leads without an open activity, now */
} WfReport;
void wf_report_free (WfReport *self);

/* How far a report is that has to read many rows, as the first one after an import has: set in the store's thread, looked at in
 * any. */
typedef struct _WfReportProgress WfReportProgress;
WfReportProgress *wf_report_progress_new (void);
WfReportProgress *wf_report_progress_ref (WfReportProgress *self);
void wf_report_progress_unref (WfReportProgress *self);
void wf_report_progress_set (WfReportProgress *self, guint n_read, guint n_to_read);
/* From 0 to 1; -1: it need not, or it is not known yet. */
double wf_report_progress_get (const WfReportProgress *self);

/* What a report is computed with, whole and copied, for another thread. */
typedef struct
{
  WfReportFilter *filter;       /* (owned) */
  WfOrganisation *organisation; /* (owned) */
  WfCommissionRule *rule;       /* (owned) (nullable) */
  char *
      viewer; /* (owned) (nullable) person: limits to those whom that person may see; NULL: everyone */
  const char *origin; /* the window's web/flow switch (R61): "web", "flow" or NULL; static */
  WfInstant now;
  GTimeZone *zone; /* (owned) in which days begin */
  GDateWeekday first_weekday;
  GCancellable *cancellable;  /* (owned) (nullable) */
  WfReportProgress *progress; /* (owned) (nullable) told how far it is; copies share it */
} WfReportQuery;
WfReportQuery *wf_report_query_copy (const WfReportQuery *self);
void wf_report_query_free (WfReportQuery *self);

/* In the store's thread. NULL with error: cancelled, the viewer may not see reports
 * (G_IO_ERROR_PERMISSION_DENIED), or the store's. */
WfReport *wf_report_compute (WfStore *store, const WfReportQuery *query, GError **error);

/* Reads what all whole reports need and the store keeps: the first one takes half as long then. In the store's thread. FALSE with
 * error: cancelled, or the store's. */
gboolean wf_report_prepare (WfStore *store, GCancellable *cancellable, GError **error);

/* What a person, a group, a version of a workflow … is called in the user's language. workflow_names: nullable: id -> name. Owned by
 * the caller. */
char *wf_report_name_entry (const WfOrganisation *organisation, WfDimension dimension,
                            const char *id, GHashTable *workflow_names);

/* The activities behind a number: of a measure, narrowed to a row (id of filter->by, NULL: all), a
 * point of the range (-1: all), a weekday and hour (-1: all; of done ones: of completion, of created
 * ones: of the deadline), a cause (-1: all), a workflow (NULL: all). */
typedef struct
{
  WfMeasure measure;
  const char *row;
  int point, weekday, hour, cause;
  const char *workflow;
  gboolean
      all_done; /* with ON_TIME: also what was done late, as the hours of what was done count it */
} WfReportPart;
#define WF_REPORT_PART_ALL(MEASURE)                                                                \
  { .measure = (MEASURE), .point = -1, .weekday = -1, .hour = -1, .cause = -1 }
/* GArray of gint64 for wf_store_list_activities_by_number, the latest first. */
GArray *wf_report_list_numbers (WfStore *store, const WfReportQuery *query,
                                const WfReportPart *part, GError **error);

/* ---- as charts and tables: wf-report-charts.c ---- */

WfChartData *wf_report_get_trend (
    const WfReport *self); /* created, on time, late; created before */
/* By row: on time, late, open late, stacked; ids of the rows. at most most rows, the rest in one
 * "Others" without id (NULL). */
WfChartData *wf_report_get_breakdown (const WfReport *self, const WfReportFilter *filter,
                                      guint most);
/* All columns of the break-down: counts, median and 95th percentile. */
WfChartData *wf_report_get_breakdown_table (const WfReport *self, const WfReportFilter *filter);
WfChartData *wf_report_get_heat_map (
    const WfReport *self,
    gboolean of_deadlines); /* categories: 24 hours; series: weekdays from first_weekday */
WfChartData *wf_report_get_causes (const WfReport *self);
WfChartData *wf_report_get_funnel (
    const WfReport *self); /* entered, left, here, median time, 95th percentile */
WfChartData *wf_report_get_effects (const WfReport *self);
WfChartData *wf_report_get_commissions (const WfReport *self, const WfCommissionRule *rule);
/* Everything as one file of several tables, each under its title. Owned by the caller. */
char *wf_report_to_csv (const WfReport *self, const WfReportFilter *filter,
                        const WfCommissionRule *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReport, wf_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReportQuery, wf_report_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReportProgress, wf_report_progress_unref)

G_END_DECLS
