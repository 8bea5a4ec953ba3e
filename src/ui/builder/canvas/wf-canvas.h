/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canvas: the workflow as a structured flow on a surface that scrolls and zooms. Cards in view
 * are widgets, recycled, each an accessible object with name, role, position in its set and what it
 * flows to; the rest is only geometry. */
#pragma once

#include "wf-builder-context.h"
#include "wf-flow-marks.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_CANVAS_MIN_ZOOM 0.002 /* 2,000 steps fit into 500 pixels */
#define WF_CANVAS_MAX_ZOOM 2.0

/* Implements GtkScrollable: its place is a GtkScrolledWindow, which scrolls it by wheel, touch and
 * scroll bars. Properties: zoom (double). Signals: open (WfTarget *): Enter or a double click on a
 * card, the "+" of an edge is activated (kind PLACE), or "/" typed (PLACE after the focus). menu
 * (WfTarget *, double x, double y): the secondary button, a long press, Menu or Shift+F10; a point
 * of the canvas. view-changed (): zoom, scroll position, size or layout, for a minimap. Actions:
 * canvas.zoom-in, canvas.zoom-out, canvas.zoom-100, canvas.zoom-fit. */
#define WF_TYPE_CANVAS (wf_canvas_get_type ())
G_DECLARE_FINAL_TYPE (WfCanvas, wf_canvas, WF, CANVAS, GtkWidget)

/* Once, before it is shown. A read-only context only shows. */
void wf_canvas_set_context (WfCanvas *self, WfBuilderContext *context);
double wf_canvas_get_zoom (WfCanvas *self);
/* About a point of the widget that stays where it is (the pointer); NAN, NAN: the middle. Animated
 * unless animations are off. */
void wf_canvas_zoom_to (WfCanvas *self, double zoom, double x, double y);
/* The card that has the focus is in view afterwards. */
void wf_canvas_zoom_to_focus (WfCanvas *self, double factor);
void wf_canvas_zoom_to_fit (WfCanvas *self);
/* Scrolls the target into view, animated. */
void wf_canvas_reveal (WfCanvas *self, const WfTarget *target);
/* The card or "+" of the target, in the widget: where a popover points to. FALSE when there is
 * none. */
gboolean wf_canvas_get_target_rect (WfCanvas *self, const WfTarget *target, GdkRectangle *rect);
/* Traffic, the path of a test, differences; NULL: none. Referenced. */
void wf_canvas_set_marks (WfCanvas *self, WfFlowMarks *marks);
/* How many card widgets there are now, and microseconds of own work of the last frame; for tests
 * and benchmarks. */
guint wf_canvas_get_n_widgets (WfCanvas *self);
gint64 wf_canvas_get_frame_time (WfCanvas *self);
/* In canvas coordinates: what a minimap draws. */
void wf_canvas_get_view (WfCanvas *self, graphene_rect_t *view);
struct _WfFlowLayout *wf_canvas_get_layout (WfCanvas *self); /* borrowed; NULL without a context */

/* Shown in a corner when the workflow does not fit; drag scrolls the canvas. Put it over the
 * scrolled window in a GtkOverlay. */
#define WF_TYPE_CANVAS_MINIMAP (wf_canvas_minimap_get_type ())
G_DECLARE_FINAL_TYPE (WfCanvasMinimap, wf_canvas_minimap, WF, CANVAS_MINIMAP, GtkWidget)
void wf_canvas_minimap_set_canvas (WfCanvasMinimap *self, WfCanvas *canvas);

G_END_DECLS
