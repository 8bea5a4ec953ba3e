/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the strip of workload, for each other. Everybody else: wf-calendar-views.h. */
#pragma once

#include "wf-calendar-views.h"

G_BEGIN_DECLS

/* ---- words and figures (wf-load-text.c); need no display ---- */

typedef enum
{
  WF_LOAD_OPEN,
  WF_LOAD_CLOSED, /* no working day */
  WF_LOAD_HOLIDAY,
  WF_LOAD_AWAY,
} WfLoadDay;

/* As a cell shows it: whole numbers, whose sum is what is written. */
typedef struct
{
  guint certain, committed, expected, capacity;
  gboolean over; /* more than the capacity */
  WfLoadDay day;
} WfLoadFigures;
void wf_load_figures_init (WfLoadFigures *self, const WfDayLoad *load, gboolean holiday);
guint wf_load_figures_get_total (const WfLoadFigures *self);
/* "14/20"; "12" where there is no capacity; "Away", "Holiday" or "" when there is nothing. Owned by the
 * caller. */
char *wf_load_figures_to_text (const WfLoadFigures *self);
/* "Ana Souza, Monday, 23 November: 14 of 20. 10 certain, 3 committed, 1 expected. Over capacity by 2".
 * holiday: nullable, its name. Owned by the caller. */
char *wf_load_figures_describe (const WfLoadFigures *self, const char *person, const GDate *date,
                                const char *holiday);

/* ---- drawing (wf-load-paint.c) ---- */

typedef enum
{
  WF_LOAD_CERTAIN,
  WF_LOAD_COMMITTED,
  WF_LOAD_EXPECTED,
  WF_LOAD_OVER,
} WfLoadPart;
/* Filled, hatched, outlined: told apart without colour. */
void wf_load_paint_part (GtkWidget *widget, GtkSnapshot *snapshot, WfLoadPart part,
                         const graphene_rect_t *area);
/* A day without capacity. */
void wf_load_paint_closed (GtkWidget *widget, GtkSnapshot *snapshot, const graphene_rect_t *area);

/* A sample of a part for the legend. Property "part" (int). CSS name: wf-load-swatch. */
#define WF_TYPE_LOAD_SWATCH (wf_load_swatch_get_type ())
G_DECLARE_FINAL_TYPE (WfLoadSwatch, wf_load_swatch, WF, LOAD_SWATCH, GtkWidget)

/* ---- a person's day (wf-load-cell.c) ---- */

/* CSS name: wf-load-cell. Accessible role: grid cell, with its sentence as name. Action:
 * "cell.activate". */
#define WF_TYPE_LOAD_CELL (wf_load_cell_get_type ())
G_DECLARE_FINAL_TYPE (WfLoadCell, wf_load_cell, WF, LOAD_CELL, GtkWidget)
/* Signal: activated (). */
GtkWidget *wf_load_cell_new (void);
void wf_load_cell_bind (WfLoadCell *self, guint row, guint day, const WfLoadFigures *figures,
                        const char *description);
void wf_load_cell_get_place (WfLoadCell *self, guint *row, guint *day);
const char *wf_load_cell_get_description (WfLoadCell *self);

/* ---- all of them (wf-load-grid.c) ---- */

/* Widgets only for the rows that are seen. CSS name: wf-load-grid. Accessible role: grid. Signal:
 * activated (const char *person, guint day). */
#define WF_TYPE_LOAD_GRID (wf_load_grid_get_type ())
G_DECLARE_FINAL_TYPE (WfLoadGrid, wf_load_grid, WF, LOAD_GRID, GtkWidget)
void wf_load_grid_set_adjustments (WfLoadGrid *self, GtkAdjustment *horizontal,
                                   GtkAdjustment *vertical);
/* Takes both over: span's bounds, workload (nullable: nothing is shown). */
void wf_load_grid_take (WfLoadGrid *self, WfOrganisation *organisation, WfCalendarSpan *span,
                        WfWorkload *workload);
const WfCalendarSpan *wf_load_grid_get_span (WfLoadGrid *self);
guint wf_load_grid_get_n_people (WfLoadGrid *self);
int wf_load_grid_get_row_height (WfLoadGrid *self);
gboolean wf_load_grid_is_dense (WfLoadGrid *self); /* a month: low rows, bars without numbers */
/* The names stay at their side of what is seen. */
int wf_load_grid_get_name_width (WfLoadGrid *self);
/* Where the column of a day is, in the grid. */
void wf_load_grid_get_column (WfLoadGrid *self, guint day, int *x, int *width);
void wf_load_grid_reveal_day (WfLoadGrid *self, guint day);
/* The cell of a person and day when it has a widget now. Borrowed; nullable. */
GtkWidget *wf_load_grid_find_cell (WfLoadGrid *self, guint row, guint day);

/* The days above the cells. CSS name: wf-load-days. */
#define WF_TYPE_LOAD_DAYS (wf_load_days_get_type ())
G_DECLARE_FINAL_TYPE (WfLoadDays, wf_load_days, WF, LOAD_DAYS, GtkWidget)
void wf_load_days_set_up (WfLoadDays *self, GtkAdjustment *horizontal, WfLoadGrid *grid);

WfLoadGrid *wf_load_strip_get_grid (WfLoadStrip *self); /* for tests */

G_END_DECLS
