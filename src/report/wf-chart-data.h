/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with their names, for a chart, its table and a file: whatever draws or writes them knows
 * nothing of where they come from. Needs no display. Immutable once it is handed out, atomic
 * reference count. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  WF_VALUE_COUNT,
  WF_VALUE_DURATION, /* microseconds */
  WF_VALUE_PERCENT,  /* 0-100 */
  WF_VALUE_MONEY,
} WfValueKind;

/* What a series means, for its colour: never the only sign of it. */
typedef enum
{
  WF_SERIES_PLAIN, /* the next colour of the palette */
  WF_SERIES_CREATED,
  WF_SERIES_ON_TIME,
  WF_SERIES_LATE,
  WF_SERIES_OPEN_LATE,
  WF_SERIES_CLOSED, /* cancelled, no longer needed */
  WF_SERIES_BEFORE, /* the period before, for comparison */
} WfSeriesRole;

typedef struct
{
  char *id;       /* (owned) for what a click leads to */
  char *name;     /* (owned) translated */
  WfSeriesRole role;
  WfValueKind kind;
  double *values; /* (owned) one a category; NAN: there is none */
} WfSeries;

typedef struct
{
  char *id;    /* (owned) (nullable) of what it stands for: a person's id, "" for none */
  char *label; /* (owned) short, translated */
  char *name;  /* (owned) (nullable) whole, where label is shortened: "Monday, 3 November" */
} WfCategory;

typedef struct
{
  char *title;      /* (owned) "Activities by Person" */
  char *head;       /* (owned) what categories are: "Person" */
  guint n_categories, n_series;
  WfCategory *categories; /* (owned) */
  WfSeries *series;       /* (owned) */
  /*< private >*/
  gatomicrefcount ref_count;
} WfChartData;

#define WF_TYPE_CHART_DATA (wf_chart_data_get_type ())
GType wf_chart_data_get_type (void);
/* With all values 0 and no names. */
WfChartData *wf_chart_data_new (const char *title, const char *head, guint n_categories,
                                guint n_series);
WfChartData *wf_chart_data_ref (WfChartData *self);
void wf_chart_data_unref (WfChartData *self);
/* While it is being made; id, name: nullable. */
void wf_chart_data_set_category (WfChartData *self, guint category, const char *id,
                                 const char *label, const char *name);
void wf_chart_data_set_series (WfChartData *self, guint series, const char *id, const char *name,
                               WfSeriesRole role, WfValueKind kind);
gboolean wf_chart_data_is_empty (const WfChartData *self); /* nothing but 0 and NAN */
/* Of a category, over all series: what a stacked bar reaches. */
double wf_chart_data_get_sum (const WfChartData *self, guint category);

/* "12", "2 h 15 min", "83 %", "1,240.50": as the person's language writes it. Owned by the caller. */
char *wf_value_to_text (WfValueKind kind, double value);
/* For spreadsheets: "12", "2.25" (hours), "83.3"; point as decimal sign. Owned by the caller. */
char *wf_value_to_csv (WfValueKind kind, double value);
/* The table as comma-separated values (RFC 4180), with heads. Owned by the caller. */
char *wf_chart_data_to_csv (const WfChartData *self);

/* An axis from 0: round steps, at most so many labels. step: between ticks; top: n_ticks * step. */
typedef struct
{
  double step, top;
  guint n_ticks; /* without the one at 0 */
} WfAxis;
void wf_axis_init (WfAxis *self, WfValueKind kind, double most, guint most_ticks);
/* The words at a tick, 0 the first: money without cents where they are all 0. Owned by the caller. */
char *wf_axis_get_text (const WfAxis *self, WfValueKind kind, guint tick);
/* Which of n labels are shown when at most most fit: every nth, the first always. */
guint wf_axis_get_label_stride (guint n, guint most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfChartData, wf_chart_data_unref)

G_END_DECLS
