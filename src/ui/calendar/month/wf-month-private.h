/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the month share: the view itself, its keyboard and its drag. Everybody else:
 * wf-calendar-views.h. */
#pragma once

#include "wf-month-cell.h"

G_BEGIN_DECLS

#define WF_MONTH_COLUMNS 7

struct _WfMonthView
{
  GtkWidget parent_instance;

  WfCalendarModel *model; /* (owned) */
  GPtrArray *cells;       /* of GtkWidget, children; as many as the longest month had */
  guint n_cells;          /* in use */
  GDate first;            /* of the span that is shown */
  int head;               /* height of the weekdays' names */
  int gutter;             /* width of the weeks' numbers, 0: there are none */
  WfMonthRoom room;
  WfActivity *dragged; /* (owned) (nullable) */
  WfMonthCell *target; /* (nullable) where it would land */
  gint64 work;         /* own time of the last refresh, µs; for the benchmark */
};

/* wf-month-view.c */
WfMonthCell *wf_month_view_get_cell (WfMonthView *self, guint day); /* NULL: not in use */
WfMonthCell *wf_month_view_get_cell_at (WfMonthView *self, double x, double y);
WfMonthCell *wf_month_view_get_focused_cell (WfMonthView *self);

/* wf-month-keys.c */
void wf_month_keys_install (GtkWidgetClass *widget_class);
gboolean wf_month_keys_focus (WfMonthView *self, GtkDirectionType direction);
/* After the span became another one: the date has the focus again. */
void wf_month_keys_follow (WfMonthView *self);

/* wf-month-drag.c */
void wf_month_drag_init (WfMonthView *self);
/* So many days later or earlier; the reason is asked at the place where it is now. FALSE: it cannot be moved. */
gboolean wf_month_drag_move (WfMonthView *self, WfMonthCell *from, WfActivity *activity, int days);

G_END_DECLS
