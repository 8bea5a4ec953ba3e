/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the canvas share. */
#pragma once

#include "wf-builder-commands.h"
#include "wf-canvas-stamp.h"
#include "wf-canvas.h"
#include "wf-flow-painter.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Below it cards are plain boxes with an icon, drawn by the canvas, and only the card with the
 * focus is a widget. */
#define WF_CANVAS_OVERVIEW_ZOOM 0.4
/* Below it the cards are nothing but a few paths. */
#define WF_CANVAS_WHOLE_ZOOM 0.2
/* Milliseconds of everything that moves by itself. */
#define WF_CANVAS_MOTION 200

/* wf-canvas-card.c: a step, path or the trigger in view; draws itself and is what a screen reader
 * meets. */
#define WF_TYPE_CANVAS_CARD (wf_canvas_card_get_type ())
G_DECLARE_FINAL_TYPE (WfCanvasCard, wf_canvas_card, WF, CANVAS_CARD, GtkWidget)

struct _WfCanvasCard
{
  GtkWidget parent_instance;

  WfCanvas *canvas;
  guint index;      /* of the layout; G_MAXUINT while it waits for its next use */
  WfTarget *target; /* (owned) (nullable) */
  WfCardFlags flags;
  GPtrArray *next; /* of the widgets that it flows to, not referenced: only compared */
  char *label;     /* (owned) (nullable) what a screen reader was told */
  char *description;
  gboolean was_selected;
  /* How far it is from its place while the cards glide there, in canvas pixels. */
  graphene_point_t offset;
  gboolean is_new; /* it fades in */
  WfCanvasStamp stamp;
};

GtkWidget *wf_canvas_card_new (WfCanvas *canvas);
/* index: G_MAXUINT: none; it is hidden from everybody until its next use. */
void wf_canvas_card_bind (WfCanvasCard *self, guint index);
/* The layout is another one in which the card has this index. redraw: it looks different there. */
void wf_canvas_card_rebind (WfCanvasCard *self, guint index, gboolean redraw);
/* Selection, focus, pointer or marks changed. */
void wf_canvas_card_update_flags (WfCanvasCard *self);
void wf_canvas_card_update_label (WfCanvasCard *self);
/* next: widgets of the cards in view that follow it. Not owned. */
void wf_canvas_card_set_next (WfCanvasCard *self, GtkWidget **next, guint n);

/* wf-canvas-plus.c: the "+" on an edge in view. */
#define WF_TYPE_CANVAS_PLUS (wf_canvas_plus_get_type ())
G_DECLARE_FINAL_TYPE (WfCanvasPlus, wf_canvas_plus, WF, CANVAS_PLUS, GtkButton)

struct _WfCanvasPlus
{
  GtkButton parent_instance;

  WfCanvas *canvas;
  guint edge;      /* of the layout; G_MAXUINT while it waits for its next use */
  WfTarget *place; /* (owned) (nullable) */
  char *label;     /* (owned) (nullable) */
  WfCanvasStamp stamp;
};

GtkWidget *wf_canvas_plus_new (WfCanvas *canvas);
void wf_canvas_plus_bind (WfCanvasPlus *self, guint edge);

/* Where the view is: a point of the canvas lies at a point of the widget. */
typedef struct
{
  double zoom;
  double x, y; /* canvas */
} WfCanvasPosition;

typedef enum
{
  WF_CANVAS_DRAG_NONE,
  WF_CANVAS_DRAG_PAN,
  WF_CANVAS_DRAG_BAND,
  WF_CANVAS_DRAG_STEPS,
  WF_CANVAS_DRAG_TEXT, /* from another window or application */
} WfCanvasDragKind;

typedef struct
{
  WfCanvasDragKind kind;
  gboolean is_started;      /* the pointer went further than a click does */
  guint card;               /* grabbed; STEPS */
  graphene_point_t pointer; /* in the widget */
  graphene_point_t start;   /* canvas; BAND: a corner; STEPS: within the card */
  double pan_x, pan_y;      /* PAN: offsets of the view when it began */
  gboolean copy;
  GHashTable *ids; /* (owned) (nullable) STEPS: of the dragged steps; BAND: selected before */
  GHashTable
      *landings; /* (owned) (nullable) edge to whether the steps may go there (1) or not (2) */
  guint landing; /* edge; G_MAXUINT: none */
  guint tick;    /* scrolls while the pointer is near an edge */
  gint64 ticked_at;
} WfCanvasDrag;

struct _WfCanvas
{
  GtkWidget parent_instance;

  WfBuilderContext *context; /* (owned) (nullable) */
  WfFlowMarks *marks;        /* (owned) (nullable) */
  WfFlowPainter *painter;    /* (owned) (nullable) */
  WfFlowPalette palette;
  WfFlowMetrics metrics;
  WfFlowLayout *layout;     /* (owned) (nullable) */
  WfWorkflow *laid_out;     /* (owned) (nullable) whose layout it is */
  gboolean is_layout_stale; /* it changed while nobody saw it */

  /* wf-canvas-view.c */
  GtkAdjustment *hadjustment, *vadjustment;
  guint hscroll_policy, vscroll_policy;
  double zoom;
  gboolean is_placed;   /* the first view was chosen */
  gboolean is_setting;  /* the adjustments are set by the canvas */
  AdwAnimation *motion; /* (owned) of the view */
  WfCanvasPosition motion_from, motion_to;
  double anchor_x, anchor_y; /* point of the widget that both positions are about */
  double target_zoom;
  guint resting;    /* source: the zoom has not moved for a moment */
  guint sharpening; /* source: the next frame has pictures to make anew */
  guint settling;   /* source: GTK has not been told yet that what is under the pointer moved */
  double pinch_zoom;

  /* wf-canvas-cards.c */
  GPtrArray *cards;        /* of WfCanvasCard in use, in reading order */
  GPtrArray *spare_cards;  /* children too */
  GHashTable *card_of;     /* index to card */
  GPtrArray *pluses;       /* of WfCanvasPlus in use */
  GPtrArray *spare_pluses; /* children too */
  graphene_rect_t covered; /* what the widgets and edges_node are made for */
  gboolean is_covered;
  GskRenderNode *edges_node; /* (owned) (nullable) */
  GskRenderNode *old_edges;  /* (owned) (nullable) fading out after an edit */
  graphene_point_t old_shift;
  AdwAnimation *glide; /* (owned) of the cards after an edit */
  double progress;     /* of it; 1: they are in their places */

  /* wf-canvas-bars.c */
  GtkScrolledWindow *scrolled; /* (nullable) whose child it is, while it is in a window */
  GtkEventController *pointer; /* (nullable) of that */
  gboolean is_near_bars;       /* the pointer */
  gboolean draws_bars;
  guint bars_shown;        /* source: they fade when they were shown long enough */
  AdwAnimation *bars_fade; /* (owned) */
  double bars_opacity;

  /* wf-canvas-input.c */
  gboolean is_space_held;
  guint hovered; /* card */
  gboolean is_reveal_pending;
  gboolean is_pointing; /* the selection changes because of the pointer: nothing scrolls */
  guint pressed;        /* card whose selection waits for the release */

  WfCanvasDrag drag;

  guint resized;     /* source: tells the minimap once the layout of the window is done */
  int width, height; /* of the last allocation */
  gint64 work, frame;
  gboolean draws_plainly; /* without stamps, for the tests that compare */
};

/* wf-canvas-minimap.c */
struct _WfCanvasMinimap
{
  GtkWidget parent_instance;

  WfCanvas *canvas;              /* (owned) (nullable) */
  double grab_x, grab_y;         /* from the corner of the view's rectangle */
  GdkTexture *picture;           /* (owned) (nullable) of a part of the workflow, with these: */
  graphene_rect_t pictured_part; /* of the canvas */
  double pictured_scale;
  WfFlowLayout *pictured;      /* (owned) (nullable) */
  WfFlowMarks *pictured_marks; /* (owned) (nullable) */
  WfFlowPalette pictured_palette;
};

/* wf-canvas.c */
WfStepSelection *wf_canvas_get_selection (WfCanvas *self);
gboolean wf_canvas_is_editable (WfCanvas *self);
void wf_canvas_relayout (WfCanvas *self, gboolean animate, gboolean reuse);
/* Own work of the present frame is measured between the two. */
gint64 wf_canvas_begin_work (WfCanvas *self);
void wf_canvas_end_work (WfCanvas *self, gint64 began);
void wf_canvas_emit_open (WfCanvas *self, const WfTarget *target);
void wf_canvas_emit_menu (WfCanvas *self, const WfTarget *target, double x, double y);
void wf_canvas_emit_view_changed (WfCanvas *self);
/* Card of the selection's focus; G_MAXUINT: it is not there (yet). */
guint wf_canvas_get_focus_card (WfCanvas *self);
WfCardFlags wf_canvas_get_card_flags (WfCanvas *self, guint card);

/* wf-canvas-view.c */
void wf_canvas_install_view_actions (GtkWidgetClass *widget_class);
void wf_canvas_init_view (WfCanvas *self);
void wf_canvas_dispose_view (WfCanvas *self);
void wf_canvas_set_adjustment (WfCanvas *self, GtkOrientation orientation,
                               GtkAdjustment *adjustment);
/* After the size of the widget, the layout or the zoom changed. */
void wf_canvas_configure_adjustments (WfCanvas *self);
/* Left upper corner of the canvas in the widget. */
void wf_canvas_get_origin (WfCanvas *self, double *x, double *y);
void wf_canvas_to_canvas (WfCanvas *self, double x, double y, graphene_point_t *point);
/* The adjustments alone; and with everything that follows from them. */
void wf_canvas_set_values (WfCanvas *self, double x, double y);
void wf_canvas_set_offset (WfCanvas *self, double x, double y);
void wf_canvas_stop_motion (WfCanvas *self);
void wf_canvas_move_to (WfCanvas *self, const WfCanvasPosition *position, double anchor_x,
                        double anchor_y, gboolean animate);
void wf_canvas_reveal_rect (WfCanvas *self, const graphene_rect_t *rect, gboolean animate);
/* The first view: the trigger at the top, in the middle. */
void wf_canvas_place_first (WfCanvas *self);
gboolean wf_canvas_is_overview (WfCanvas *self);
GskTransform *wf_canvas_make_transform (WfCanvas *self);

/* wf-canvas-cards.c */
void wf_canvas_init_cards (WfCanvas *self);
void wf_canvas_dispose_cards (WfCanvas *self);
/* Widgets for what is in view now; does nothing while the view stays within what they were made
 * for. */
void wf_canvas_cover (WfCanvas *self, gboolean force);
void wf_canvas_allocate_children (WfCanvas *self);
WfCanvasCard *wf_canvas_find_widget (WfCanvas *self, guint card); /* nullable */
/* The card has a widget from now on. */
WfCanvasCard *wf_canvas_ensure_widget (WfCanvas *self, guint card);
void wf_canvas_update_flags (WfCanvas *self);
void wf_canvas_redraw_cards (WfCanvas *self);
/* Everything is drawn anew: palette or marks changed. */
void wf_canvas_redraw (WfCanvas *self);
/* The layout was replaced: previous ones' cards go from where they are to their places. shift: how
 * far a point of the old canvas is from the same point of the widget in the new one. */
void wf_canvas_adopt_layout (WfCanvas *self, const WfFlowLayout *previous,
                             const graphene_point_t *shift, gboolean animate);
/* Whether there are widgets for it at all. */
gboolean wf_canvas_is_widget_kind (WfCanvas *self, guint card);
double wf_canvas_get_plus_zoom (WfCanvas *self);
/* Where they lie in the widget when the canvas begins at the origin. */
void wf_canvas_get_card_rect (WfCanvas *self, const WfCanvasCard *card,
                              const graphene_point_t *origin, graphene_rect_t *rect);
void wf_canvas_get_plus_rect (WfCanvas *self, const WfCanvasPlus *plus,
                              const graphene_point_t *origin, graphene_rect_t *rect);

/* wf-canvas-paint.c */
void wf_canvas_snapshot_flow (WfCanvas *self, GtkSnapshot *snapshot);

/* wf-canvas-bars.c */
void wf_canvas_init_bars (WfCanvas *self);
void wf_canvas_dispose_bars (WfCanvas *self);
/* Those of the scrolled window that it is in. */
void wf_canvas_adopt_bars (WfCanvas *self);
void wf_canvas_leave_bars (WfCanvas *self);
void wf_canvas_show_bars (WfCanvas *self);
void wf_canvas_snapshot_bars (WfCanvas *self, GtkSnapshot *snapshot);

/* wf-canvas-input.c */
void wf_canvas_init_input (WfCanvas *self);
void wf_canvas_move_focus (WfCanvas *self, guint card, WfSelectMode mode);
/* The selection's focus is elsewhere: its card gets the keyboard when the canvas has it. */
void wf_canvas_follow_focus (WfCanvas *self);
gboolean wf_canvas_focus (GtkWidget *widget, GtkDirectionType direction);
gboolean wf_canvas_grab_focus (GtkWidget *widget);
/* Of a card, by the keyboard, a screen reader or the pointer. */
void wf_canvas_open_card (WfCanvas *self, guint card);
void wf_canvas_menu_of_card (WfCanvas *self, guint card);
void wf_canvas_toggle_card (WfCanvas *self, guint card);

/* wf-canvas-drag.c; points of the widget. */
void wf_canvas_init_drag (WfCanvas *self);
void wf_canvas_dispose_drag (WfCanvas *self);
gboolean wf_canvas_begin_drag (WfCanvas *self, double x, double y, gboolean pan, gboolean add);
void wf_canvas_update_drag (WfCanvas *self, double x, double y, gboolean copy);
/* The steps go to the landing place. FALSE: nothing changed. */
gboolean wf_canvas_drop (WfCanvas *self);
void wf_canvas_cancel_drag (WfCanvas *self);
gboolean wf_canvas_is_dragging (WfCanvas *self);
gboolean wf_canvas_shows_landings (WfCanvas *self);
/* Whether what is dragged may go to the place of the edge. */
gboolean wf_canvas_may_land (WfCanvas *self, guint edge);
gboolean wf_canvas_is_carried (WfCanvas *self, guint card);
/* Of the canvas. */
void wf_canvas_get_band (WfCanvas *self, graphene_rect_t *band);
/* wf-canvas-drag-paint.c: above the cards: band, landing places, what is carried. */
void wf_canvas_snapshot_drag (WfCanvas *self, GtkSnapshot *snapshot);

G_END_DECLS
