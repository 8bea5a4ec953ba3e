/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that put a report on paper share. Lengths are points (1/72 inch). Main thread. */
#pragma once

#include "wf-chart.h"
#include "wf-report-sheet.h"

G_BEGIN_DECLS

/* ---- wf-report-sheet-content.c: what stands on it, kept apart from the report, which may go ---- */

typedef enum
{
  WF_SHEET_LINES,
  WF_SHEET_BARS,
  WF_SHEET_HEAT,
  WF_SHEET_FUNNEL,
} WfSheetChart;

typedef struct
{
  char *label, *value; /* (owned) */
  char *difference;    /* (owned) (nullable) against the time before */
} WfSheetCard;

typedef struct
{
  WfSheetChart kind;
  WfChartData *chart, *table; /* (owned) */
  char *note;                 /* (owned) (nullable) */
  char *bottleneck;           /* (owned) (nullable) of a funnel: id */
} WfSheetPart;

typedef struct
{
  char *title, *period, *before, *people; /* (owned) people: the filter in words */
  char *company, *date;                   /* (owned) */
  GArray *cards;                          /* (owned) of WfSheetCard */
  GPtrArray *parts;                       /* (owned) of WfSheetPart */
  /*< private >*/
  gatomicrefcount ref_count;
} WfSheetContent;

/* title: nullable: "Report". */
WfSheetContent *wf_sheet_content_new (const WfReport *report, const WfReportQuery *query,
                                      const char *title);
WfSheetContent *wf_sheet_content_ref (WfSheetContent *self);
void wf_sheet_content_unref (WfSheetContent *self);
/* The filter in words: "Person: Ana, Bruno · Origin: Web", or that it is about everything. Owned by the caller. */
char *wf_sheet_content_describe_filter (const WfReport *report, const WfReportQuery *query);

/* ---- wf-report-sheet-text.c: texts on paper ---- */

/* Glyphs stand where they are on paper, not on the pixels of a screen. */
void wf_sheet_text_prepare (PangoContext *context);
/* width 0: one line as long as it is. Owned by the caller. */
PangoLayout *wf_sheet_text_new (PangoContext *context, const char *text, double size, gboolean bold,
                                double width);
/* Names of the other direction still begin where the language's lines begin, or end where they end. */
void wf_sheet_text_align (PangoLayout *text, gboolean at_end);
/* At most so many lines, the last one cut where it must be. */
void wf_sheet_text_limit (PangoLayout *text, int lines);
double wf_sheet_text_get_width (PangoLayout *text);
double wf_sheet_text_get_height (PangoLayout *text);
/* ink: 0 black to 1 white. */
void wf_sheet_text_draw (cairo_t *cr, PangoLayout *text, double x, double y, double ink);
gboolean wf_sheet_text_is_mirrored (PangoContext *context);

/* ---- wf-report-sheet-table.c: rows that may be drawn one by one ---- */

typedef struct _WfSheetTable WfSheetTable;
WfSheetTable *wf_sheet_table_new (PangoContext *context, WfChartData *data, double width);
void wf_sheet_table_free (WfSheetTable *self);
guint wf_sheet_table_get_n_rows (const WfSheetTable *self);
double wf_sheet_table_get_head_height (const WfSheetTable *self);
double wf_sheet_table_get_row_height (const WfSheetTable *self, guint row);
void wf_sheet_table_draw_head (const WfSheetTable *self, cairo_t *cr, double y);
void wf_sheet_table_draw_row (const WfSheetTable *self, cairo_t *cr, guint row, double y);

/* ---- wf-report-sheet-figure.c: a chart with its legend ---- */

typedef struct _WfSheetFigure WfSheetFigure;
/* most: how high it may be. */
WfSheetFigure *wf_sheet_figure_new (const WfSheetPart *part, double width, double most);
void wf_sheet_figure_free (WfSheetFigure *self);
double wf_sheet_figure_get_height (const WfSheetFigure *self);
void wf_sheet_figure_draw (WfSheetFigure *self, cairo_t *cr, double y);

/* ---- wf-report-sheet-pages.c ---- */

typedef struct _WfSheetPages WfSheetPages;
/* context: of the paper, prepared; width, height: what can be printed on. */
WfSheetPages *wf_sheet_pages_new (WfSheetContent *content, PangoContext *context, double width,
                                  double height);
void wf_sheet_pages_free (WfSheetPages *self);
/* Goes on with breaking it into pages until g_get_monotonic_time() is past the deadline. TRUE: all are there. */
gboolean wf_sheet_pages_make (WfSheetPages *self, gint64 deadline);
guint wf_sheet_pages_get_n (const WfSheetPages *self);
/* Draws a page at the origin, from its part *next on (0 the first), until the deadline. TRUE: it is whole. */
gboolean wf_sheet_pages_draw (WfSheetPages *self, cairo_t *cr, guint page, guint *next,
                              gint64 deadline);

/* ---- wf-report-sheet.c ---- */

/* The print operation that wf_report_sheet_print() runs. Owned by the caller. */
GtkPrintOperation *wf_sheet_print_new (GtkWidget *over, WfSheetContent *content,
                                       WfReportSayFunc say);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSheetContent, wf_sheet_content_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSheetTable, wf_sheet_table_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSheetFigure, wf_sheet_figure_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSheetPages, wf_sheet_pages_free)

G_END_DECLS
