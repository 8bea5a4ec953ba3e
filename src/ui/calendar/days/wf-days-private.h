/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a day or a week as columns of time, for each other. Everybody else:
 * wf-calendar-views.h. */
#pragma once

#include "wf-calendar-reschedule.h"
#include "wf-calendar-views.h"
#include "wf-days-layout.h"

G_BEGIN_DECLS

#define WF_DAYS_HOURS 24

/* ---- the columns (wf-days-grid.c) ---- */

/* All of the day's height; a viewport shows a part of it, so that scrolling draws nothing anew. CSS name:
 * wf-days-grid. Accessible role: group. */
#define WF_TYPE_DAYS_GRID (wf_days_grid_get_type ())
G_DECLARE_FINAL_TYPE (WfDaysGrid, wf_days_grid, WF, DAYS_GRID, GtkWidget)

/* A chip or a "+N" in use. */
typedef struct
{
  GtkWidget *widget;        /* a child of the grid */
  const WfDaysBlock *block; /* of the present layout */
} WfDaysItem;

typedef enum
{
  WF_DAYS_MOVE_NONE,
  WF_DAYS_MOVE_PRESSED, /* the pointer is down and has not moved yet */
  WF_DAYS_MOVE_POINTER,
  WF_DAYS_MOVE_KEYS,  /* shown until Enter or Esc */
  WF_DAYS_MOVE_ASKED, /* the reason is asked */
} WfDaysMoveKind;

/* A move that is not done yet. */
typedef struct
{
  WfDaysMoveKind kind;
  WfActivity *activity; /* (owned) */
  WfInstant due;        /* where it would land */
  gboolean is_length;   /* its lower edge is moved: how long it lasts */
  WfInstant ends;       /* then: its end */
  WfMoveVerdict verdict;
  char *note;            /* (owned) (nullable) */
  GDate date;            /* that was shown when it began */
  double x, y;           /* of the pointer, in the grid */
  double grab;           /* how far below its top the block was taken */
  int snap;              /* minutes */
  gboolean pressed_long; /* by a finger */
  guint tick;            /* scrolls at the edges */
  gint64 ticked_at;
} WfDaysMove;

struct _WfDaysGrid
{
  GtkWidget parent_instance;

  WfCalendarModel *model;     /* (owned) (nullable) until it is set */
  WfCalendarSpan span;        /* (owned) the days that are drawn; none until they are known */
  WfZoneTable *zone;          /* (owned) (nullable) of the viewer */
  GtkAdjustment *hadjustment; /* (owned) */
  GtkAdjustment *vadjustment; /* (owned) */
  WfDaysMetrics metrics;
  int min_column;
  int line_height;      /* of the small text */
  double zoom;          /* of the hours */
  WfDaysLayout *layout; /* (owned) (nullable) */
  GPtrArray *closed;    /* (owned) of GArray of WfCalendarStretch, wall times, one a day */
  GArray *items;        /* (owned) of WfDaysItem in use */
  GPtrArray *spare_chips, *spare_more; /* (owned) of GtkWidget that wait */
  int covered_from, covered_until;     /* for which part there are items */
  char *focused;                       /* (owned) (nullable) the activity that has the focus */
  gboolean is_stale;
  gboolean follows;   /* the activity that had the focus gets it when its days are read */
  GtkWidget *popover; /* (nullable) the list of a "+N" */
  WfDaysMove move;
  gint64 work, frame; /* own time in this frame, for the benchmark */
};

void wf_days_grid_set_model (WfDaysGrid *self, WfCalendarModel *model);
void wf_days_grid_set_adjustments (WfDaysGrid *self, GtkAdjustment *horizontal,
                                   GtkAdjustment *vertical);
void wf_days_grid_set_zoom (WfDaysGrid *self, double zoom, double anchor_y);
const WfZoneTable *wf_days_grid_get_zone (WfDaysGrid *self);
int wf_days_grid_get_hour_height (WfDaysGrid *self);
void wf_days_grid_refresh (WfDaysGrid *self);
gboolean wf_days_grid_is_current (WfDaysGrid *self);
void wf_days_grid_scroll_to_work (WfDaysGrid *self);
void wf_days_grid_relayout (WfDaysGrid *self);
gint64 wf_days_grid_begin_work (WfDaysGrid *self);
void wf_days_grid_end_work (WfDaysGrid *self, gint64 began);

/* Where a day's column is, in the grid's own coordinates: mirrored when the language is. */
void wf_days_grid_get_column (WfDaysGrid *self, guint day, int *x, int *width);
guint wf_days_grid_get_day_at (WfDaysGrid *self, double x);
void wf_days_grid_get_bounds (WfDaysGrid *self, const WfDaysBlock *block, GdkRectangle *bounds);
int wf_days_grid_get_y (WfDaysGrid *self, gint64 wall_time);
/* Scrolls so that it is seen. */
void wf_days_grid_reveal (WfDaysGrid *self, const GdkRectangle *place);

/* ---- what is in the columns (wf-days-items.c) ---- */

void wf_days_items_init (WfDaysGrid *self);
void wf_days_items_dispose (WfDaysGrid *self);
/* Binds widgets to the blocks in view; force: the layout is another. */
void wf_days_items_cover (WfDaysGrid *self, gboolean force);
void wf_days_items_allocate (WfDaysGrid *self);
void wf_days_items_rebind (WfDaysGrid *self);
const WfDaysBlock *wf_days_items_get_block (WfDaysGrid *self, GtkWidget *widget);
GtkWidget *wf_days_items_find (WfDaysGrid *self, const WfDaysBlock *block);
void wf_days_items_close_list (WfDaysGrid *self);
int wf_days_items_get_line (WfDaysGrid *self);

/* ---- the keyboard (wf-days-keys.c) ---- */

void wf_days_keys_init (WfDaysGrid *self);
gboolean wf_days_keys_focus (WfDaysGrid *self, GtkDirectionType direction);
/* Scrolls to it, too. */
void wf_days_keys_focus_block (WfDaysGrid *self, const WfDaysBlock *block);
void wf_days_keys_focus_activity (WfDaysGrid *self, const char *activity);
const WfDaysBlock *wf_days_keys_get_focus (WfDaysGrid *self);

/* ---- moving (wf-days-drag.c) ---- */

void wf_days_drag_init (WfDaysGrid *self);
void wf_days_drag_dispose (WfDaysGrid *self);
/* A step by the keyboard. FALSE: nothing that could be moved has the focus. */
gboolean wf_days_drag_step (WfDaysGrid *self, int days, int quarters);
/* Likewise of its end. */
gboolean wf_days_drag_step_length (WfDaysGrid *self, int quarters);
/* Asks the reason. FALSE: nothing is moved. */
gboolean wf_days_drag_commit (WfDaysGrid *self);
gboolean wf_days_drag_cancel (WfDaysGrid *self);
void wf_days_drag_end (WfDaysGrid *self);
gboolean wf_days_drag_is_moving (WfDaysGrid *self, const WfActivity *activity);
/* FALSE: it would land in no day that is shown. */
gboolean wf_days_drag_get_landing (WfDaysGrid *self, GdkRectangle *place);

/* ---- painting (wf-days-paint.c) ---- */

void wf_days_paint_back (WfDaysGrid *self, GtkSnapshot *snapshot);
void wf_days_paint_front (WfDaysGrid *self, GtkSnapshot *snapshot);

/* ---- beside and above the columns ---- */

/* The hours. CSS name: wf-days-scale. Says nothing to a screen reader: the chips say their time. */
#define WF_TYPE_DAYS_SCALE (wf_days_scale_get_type ())
G_DECLARE_FINAL_TYPE (WfDaysScale, wf_days_scale, WF, DAYS_SCALE, GtkWidget)
void wf_days_scale_set_up (WfDaysScale *self, GtkAdjustment *vertical, WfDaysGrid *grid);

/* The days' names, with holidays and who is away; below them what lasts all day. CSS name:
 * wf-days-head. */
#define WF_TYPE_DAYS_HEAD (wf_days_head_get_type ())
G_DECLARE_FINAL_TYPE (WfDaysHead, wf_days_head, WF, DAYS_HEAD, GtkWidget)
void wf_days_head_set_up (WfDaysHead *self, GtkAdjustment *horizontal, WfDaysGrid *grid);
void wf_days_head_refresh (WfDaysHead *self);

/* One day's name: a button that shows the day. */
#define WF_TYPE_DAYS_HEADING (wf_days_heading_get_type ())
G_DECLARE_FINAL_TYPE (WfDaysHeading, wf_days_heading, WF, DAYS_HEADING, GtkButton)
void wf_days_heading_bind (WfDaysHeading *self, WfCalendarModel *model, const WfZoneTable *zone,
                           guint day);

/* "+3": opens the list of an hour that has more than fits. Signal: clicked (). CSS name: wf-days-more.
 * Accessible role: button. */
#define WF_TYPE_DAYS_MORE (wf_days_more_get_type ())
G_DECLARE_FINAL_TYPE (WfDaysMore, wf_days_more, WF, DAYS_MORE, GtkWidget)
GtkWidget *wf_days_more_new (void);
void wf_days_more_bind (WfDaysMore *self, guint n, guint hour);

/* The list of an hour that has more than fits. */
#define WF_TYPE_DAYS_LIST (wf_days_list_get_type ())
G_DECLARE_FINAL_TYPE (WfDaysList, wf_days_list, WF, DAYS_LIST, GtkPopover)
/* slot: of WfActivity, referenced. */
GtkWidget *wf_days_list_new (WfCalendarModel *model, const char *title, GPtrArray *slot);

/* For tests. */
WfDaysGrid *wf_days_view_get_grid (WfDaysView *self);

G_END_DECLS
