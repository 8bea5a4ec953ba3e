/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the reports, as its parts share it. */
#pragma once

#include "wf-chart.h"
#include "wf-minute-clock.h"
#include "wf-origin-switch.h"
#include "wf-report-card.h"
#include "wf-report-filter-popover.h"
#include "wf-report-model.h"
#include "wf-report-schedule-runner.h"
#include "wf-reports-page.h"
#include "wf-saved-reports.h"

G_BEGIN_DECLS

/* Of what is kept beside the saved reports: the filter, the rule for commissions, which failures were seen. */
#define WF_REPORTS_STATE_PAGE "reports-state"
#define WF_REPORTS_SEEN_NAME "schedules-seen"

typedef enum
{
  WF_REPORT_CHART_TREND,
  WF_REPORT_CHART_BREAKDOWN,
  WF_REPORT_CHART_HEAT,
  WF_REPORT_CHART_FUNNEL,
  WF_REPORT_CHART_CAUSES,
  WF_REPORT_CHART_EFFECTS,
  WF_REPORT_CHART_COMMISSIONS,
  WF_REPORT_CHART_WORKLOAD,
} WfReportChart;
#define WF_N_REPORT_CHARTS (WF_REPORT_CHART_WORKLOAD + 1)

typedef enum
{
  WF_REPORT_CARD_CREATED, /* as WfMeasure, until OPEN_LATE */
  WF_REPORT_CARD_ON_TIME,
  WF_REPORT_CARD_LATE,
  WF_REPORT_CARD_OPEN_LATE,
  WF_REPORT_CARD_MEDIAN,
  WF_REPORT_CARD_PERCENTILE,
  WF_REPORT_CARD_CONTACT,
  WF_REPORT_CARD_WITHOUT_NEXT,
} WfReportCardKind;
#define WF_N_REPORT_CARDS (WF_REPORT_CARD_WITHOUT_NEXT + 1)

struct _WfReportsPage
{
  WfPage parent_instance;

  WfRuntime *runtime;                /* of the page; NULL when it is disposed of */
  WfMinuteClock *minutes;            /* of the page */
  WfReportModel *model;              /* (owned) */
  WfReportChoices *choices;          /* (owned) */
  GCancellable *cancellable;         /* of the page */
  GPtrArray *history;                /* (owned) of WfReportFilter: before clicks narrowed them */
  const WfReport *shown;             /* whose numbers are shown; only compared */
  WfReportScheduleRunner *schedules; /* (owned) (nullable) until the page is in a window */
  WfInstant seen;                    /* failures of schedules until then were looked at */
  gboolean restored;                 /* what was looked at last time is known */
  gboolean filling;                  /* the widgets are being filled in */
  gboolean reading_workload;
  AdwNavigationView *navigation;
  GtkWidget *spinner;
  GtkProgressBar *progress;
  guint watch; /* source: how far the numbers are */
  AdwBanner *banner;
  AdwBanner *past;
  AdwBanner *stale;
  AdwBanner *failed;
  GtkWidget *ranking_button;
  GtkMenuButton *period_button;
  GtkDropDown *by;
  GtkMenuButton *filter_button;
  WfReportFilterPopover *filter_popover;
  WfSavedReports *saved;
  WfOriginSwitch *origin;
  AdwWrapBox *chips;
  GtkLabel *range;
  GtkStack *states;
  GtkStack *charts;
  AdwStatusPage *error;
  GtkWidget *empty_clear;
  WfReportCard *cards[WF_N_REPORT_CARDS];
  GtkBox *places[WF_N_REPORT_CHARTS];
  WfChartView *views[WF_N_REPORT_CHARTS];
  AdwToggleGroup *heat_kind;
};

/* wf-reports-page.c */
/* remember: so that one can go back to what was before. */
void wf_reports_page_set_filter (WfReportsPage *self, const WfReportFilter *filter,
                                 gboolean remember);
gboolean wf_reports_page_go_back (WfReportsPage *self); /* FALSE: there is nothing */

/* wf-reports-page-charts.c */
void wf_reports_page_add_charts (WfReportsPage *self);
void wf_reports_page_show_report (WfReportsPage *self);
void wf_reports_page_show_heat_map (WfReportsPage *self);
void wf_reports_page_read_workload (WfReportsPage *self);

/* wf-reports-page-commands.c */
void wf_reports_page_install_actions (GtkWidgetClass *widget_class);
void wf_reports_page_update_actions (WfReportsPage *self);
void wf_reports_page_show_part (WfReportsPage *self, const WfReportPart *part);
/* A mark of a chart or a cell of its table. */
void wf_reports_page_activate_mark (WfReportsPage *self, WfReportChart chart,
                                    const WfChartData *data, guint series, guint category);

/* Whether the person may see the activities behind a number. */
gboolean wf_reports_page_may_show_parts (WfReportsPage *self);

/* wf-reports-page-share.c */
void wf_reports_page_install_sharing (GtkWidgetClass *widget_class);
/* The schedules of the window's account: what went wrong with them is told on the page until somebody has looked. */
void wf_reports_page_find_schedules (WfReportsPage *self);
void wf_reports_page_drop_schedules (WfReportsPage *self);
/* text: what was kept of it. */
void wf_reports_page_restore_seen (WfReportsPage *self, const char *text);

G_END_DECLS
