/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day of the month: a cell of the grid with its number, what is special about it, and as many chips
 * as fit. Everybody else: wf-calendar-views.h. */
#pragma once

#include "wf-calendar-paint.h"
#include "wf-calendar-views.h"

G_BEGIN_DECLS

/* How much a cell has room for. */
typedef struct
{
  int head; /* height of the line with the number */
  int chip_height;
  guint rows;      /* chips one below the other */
  gboolean narrow; /* texts would be cut: dots and a number instead */
} WfMonthRoom;

/* CSS name: wf-month-cell. Accessible role: grid cell. */
#define WF_TYPE_MONTH_CELL (wf_month_cell_get_type ())
G_DECLARE_FINAL_TYPE (WfMonthCell, wf_month_cell, WF, MONTH_CELL, GtkWidget)

GtkWidget *wf_month_cell_new (WfCalendarModel *model);
/* day: of the model's span. Reads what is to be shown there; closed, holiday: of the office. */
void wf_month_cell_bind (WfMonthCell *self, guint day, gboolean closed, const char *holiday);
/* Binds chips to as many as fit; keeps the focus on the activity that has it. */
void wf_month_cell_set_room (WfMonthCell *self, const WfMonthRoom *room);
guint wf_month_cell_get_day (WfMonthCell *self);
const char *wf_month_cell_get_label (WfMonthCell *self);
guint wf_month_cell_get_n_chips (WfMonthCell *self); /* those in use */
guint wf_month_cell_get_n_more (WfMonthCell *self);  /* that "+N more" says; 0: it is not there */
/* The keyboard's places: chips, then "+N more". NULL: there is none at the index. */
GtkWidget *wf_month_cell_get_part (WfMonthCell *self, guint index);
/* The part that has the focus, -1: none. */
int wf_month_cell_get_focused_part (WfMonthCell *self);
WfCalendarChip *wf_month_cell_find_chip (WfMonthCell *self, const char *activity);
/* Something that is dragged would land here. */
void wf_month_cell_set_target (WfMonthCell *self, gboolean target);

G_END_DECLS
