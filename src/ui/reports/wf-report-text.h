/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of reports says in words, and charts that are not of the report itself. Needs no display. */
#pragma once

#include "wf-report-choices.h"
#include "wf-report.h"
#include "wf-runtime-day.h"

G_BEGIN_DECLS

typedef enum
{
  WF_GOOD_NEITHER,
  WF_GOOD_MORE,
  WF_GOOD_LESS,
} WfGood;

typedef enum
{
  WF_TREND_SAME,
  WF_TREND_OTHER, /* neither good nor bad */
  WF_TREND_BETTER,
  WF_TREND_WORSE,
} WfTrend;
WfTrend wf_report_compare (double now, double before, WfGood good);
/* "+12, better", "−3, worse", "the same". Owned by the caller. */
char *wf_report_difference_to_text (WfValueKind kind, double now, double before, WfGood good);

/* What the activities behind a number are: "Done Late · Ana Souza · 3 Nov". The report is that of the part. Owned by the
 * caller. */
char *wf_report_part_to_text (const WfReportPart *part, const WfReport *report,
                              const WfReportFilter *filter, WfReportChoices *choices);

/* The first so many series of a chart's data: what is drawn of a wider table. */
WfChartData *wf_chart_data_take_series (const WfChartData *data, guint first, guint n);
/* As many of its values as copy has categories, in the place of its series number to. */
void wf_chart_data_copy_series (WfChartData *copy, guint to, const WfSeries *series);
/* B6: by person: certain, committed, expected, and what is free of the capacity; as_table: the capacity and how much is used. */
WfChartData *wf_report_get_workload (const WfWorkload *workload, const WfOrganisation *organisation,
                                     gboolean as_table);

G_END_DECLS
