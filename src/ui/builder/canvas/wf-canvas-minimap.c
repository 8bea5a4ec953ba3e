/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole workflow in a corner, with the part that is seen. A pointer's convenience: who uses a
 * keyboard or a screen reader has the arrow keys and the outline, so it is presentation to them. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

#define MOST_WIDTH 168
#define MOST_HEIGHT 132
#define LEAST_SIDE 48
#define INSET 6.0
/* A long workflow is not shrunk below this; the map scrolls along with the canvas instead. */
#define LEAST_SCALE 0.025

G_DEFINE_FINAL_TYPE (WfCanvasMinimap, wf_canvas_minimap, GTK_TYPE_WIDGET)

/* One direction: the canvas is `whole` long, of which [at, at + seen] is seen; it begins at start
 * in the map of `length`. */
typedef struct
{
  double whole, at, seen;
  double length, scale, start;
} Axis;

static void
axis_init (Axis *self, double whole, double at, double seen, double length, double scale)
{
  double spare = length - whole * scale;
  double hidden = whole - seen;

  *self = (Axis) { whole, at, seen, length, scale, spare / 2 };
  if (spare < 0) /* it scrolls: its beginning is seen at the beginning, its end at the end */
    self->start = hidden > 0 ? spare * CLAMP (at / hidden, 0, 1) : 0;
}

/* Where the canvas has to be for the view's rectangle to begin at `position` of the map. */
static double
axis_find (const Axis *self, double position)
{
  double spare = self->length - self->whole * self->scale, hidden = self->whole - self->seen;

  if (spare >= 0 || hidden <= 0)
    return (position - self->start) / self->scale;
  return position / (self->scale + spare / hidden);
}

static gboolean
get_axes (WfCanvasMinimap *self, Axis *x, Axis *y)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * INSET;
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * INSET, scale;
  graphene_rect_t view;
  float w, h;

  if (self->canvas == NULL || self->canvas->layout == NULL || width <= 0 || height <= 0)
    return FALSE;
  wf_flow_layout_get_size (self->canvas->layout, &w, &h);
  wf_canvas_get_view (self->canvas, &view);
  scale = MAX (MIN (width / (double) w, height / (double) h), LEAST_SCALE);
  axis_init (x, (double) w, (double) view.origin.x, (double) view.size.width, width, scale);
  axis_init (y, (double) h, (double) view.origin.y, (double) view.size.height, height, scale);
  return TRUE;
}

static void
get_view_rect (const Axis *x, const Axis *y, graphene_rect_t *rect)
{
  const graphene_rect_t all =
      GRAPHENE_RECT_INIT ((float) INSET, (float) INSET, (float) x->length, (float) y->length);

  graphene_rect_init (rect, (float) (INSET + x->start + x->at * x->scale),
                      (float) (INSET + y->start + y->at * y->scale), (float) (x->seen * x->scale),
                      (float) (y->seen * y->scale));
  if (!graphene_rect_intersection (rect, &all, rect))
    *rect = all;
}

/* ---- the picture of the workflow ---- */

/* Policy. What is drawn of the workflow is kept as a picture, for a page more at each side where the
 * map scrolls, until the workflow, its marks, the colours or a size change: while the view moves it
 * is only laid down anew. */

static void
forget_picture (WfCanvasMinimap *self)
{
  g_clear_object (&self->picture);
  g_clear_pointer (&self->pictured, wf_flow_layout_unref);
  g_clear_pointer (&self->pictured_marks, wf_flow_marks_unref);
}

/* shown: of the canvas. */
static gboolean
is_pictured (const WfCanvasMinimap *self, const graphene_rect_t *shown, double scale)
{
  const WfCanvas *canvas = self->canvas;

  return self->pictured == canvas->layout && self->pictured_marks == canvas->marks &&
         memcmp (&self->pictured_palette, &canvas->palette, sizeof canvas->palette) == 0 &&
         self->pictured_scale == scale && graphene_rect_contains_rect (&self->pictured_part, shown);
}

/* scale: device pixels to a pixel of the canvas. */
static void
take_picture (WfCanvasMinimap *self, GskRenderer *renderer, double scale)
{
  const graphene_rect_t *part = &self->pictured_part;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) all = NULL, scaled = NULL;
  WfCanvas *canvas = self->canvas;

  self->pictured = wf_flow_layout_ref (canvas->layout);
  self->pictured_marks = canvas->marks != NULL ? wf_flow_marks_ref (canvas->marks) : NULL;
  self->pictured_palette = canvas->palette;
  self->pictured_scale = scale;
  all = wf_flow_painter_make_overview_of (canvas->painter, canvas->layout, canvas->marks, part);
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-part->origin.x, -part->origin.y));
  if (all != NULL)
    gtk_snapshot_append_node (snapshot, all);
  scaled = gtk_snapshot_free_to_node (snapshot);
  if (scaled == NULL)
    return;
  self->picture = gsk_renderer_render_texture (
      renderer, scaled,
      &GRAPHENE_RECT_INIT (0, 0, ceilf (part->size.width * (float) scale),
                           ceilf (part->size.height * (float) scale)));
}

static gboolean
scrolls (const Axis *axis)
{
  return axis->whole * axis->scale > axis->length;
}

static void
append_picture (WfCanvasMinimap *self, GtkSnapshot *snapshot, const Axis *x, const Axis *y)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  double device = gtk_widget_get_scale_factor (GTK_WIDGET (self)), scale = x->scale * device;
  graphene_rect_t shown, place;

  graphene_rect_init (&shown, (float) (-x->start / x->scale), (float) (-y->start / y->scale),
                      (float) (x->length / x->scale), (float) (y->length / y->scale));
  if (!is_pictured (self, &shown, scale))
    {
      forget_picture (self);
      self->pictured_part = shown;
      graphene_rect_inset (&self->pictured_part, scrolls (x) ? -shown.size.width : 0,
                           scrolls (y) ? -shown.size.height : 0);
      take_picture (self, gtk_native_get_renderer (native), scale);
    }
  if (self->picture == NULL)
    return;
  /* Whole pixels, so that it stays sharp. */
  graphene_rect_init (
      &place,
      (float) (round ((INSET + x->start + (double) self->pictured_part.origin.x * x->scale) *
                      device) /
               device),
      (float) (round ((INSET + y->start + (double) self->pictured_part.origin.y * y->scale) *
                      device) /
               device),
      (float) (gdk_texture_get_width (self->picture) / device),
      (float) (gdk_texture_get_height (self->picture) / device));
  gtk_snapshot_append_texture (snapshot, self->picture, &place);
}

static void
wf_canvas_minimap_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfCanvasMinimap *self = WF_CANVAS_MINIMAP (widget);
  graphene_rect_t rect;
  GskRoundedRect outline;
  Axis x, y;

  if (!get_axes (self, &x, &y))
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) INSET, (float) INSET,
                                                         (float) x.length, (float) y.length));
  append_picture (self, snapshot, &x, &y);
  gtk_snapshot_pop (snapshot);
  get_view_rect (&x, &y, &rect);
  {
    const GdkRGBA line = self->canvas->palette.accent;
    GdkRGBA fill = line;

    fill.alpha *= 0.15f;
    gtk_snapshot_append_color (snapshot, &fill, &rect);
    gsk_rounded_rect_init_from_rect (&outline, &rect, 2);
    gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1.5f, 1.5f, 1.5f, 1.5f },
                                (GdkRGBA[4]) { line, line, line, line });
  }
}

/* As large as the workflow's shape asks for, and never more than a part of the canvas. */
static void
get_size (WfCanvasMinimap *self, int *width, int *height)
{
  float w = MOST_WIDTH, h = MOST_HEIGHT;
  int most_width = MOST_WIDTH, most_height = MOST_HEIGHT;
  double scale;

  if (self->canvas != NULL && self->canvas->layout != NULL)
    wf_flow_layout_get_size (self->canvas->layout, &w, &h);
  if (self->canvas != NULL && self->canvas->width > 0)
    {
      most_width = CLAMP (self->canvas->width / 4, LEAST_SIDE, MOST_WIDTH);
      most_height = CLAMP (self->canvas->height / 4, LEAST_SIDE, MOST_HEIGHT);
    }
  scale = MAX (MIN (most_width / (double) w, most_height / (double) h), LEAST_SCALE);
  *width = (int) CLAMP (ceil ((double) w * scale + 2 * INSET), LEAST_SIDE, most_width);
  *height = (int) CLAMP (ceil ((double) h * scale + 2 * INSET), LEAST_SIDE, most_height);
}

static void
wf_canvas_minimap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  int width, height;

  get_size (WF_CANVAS_MINIMAP (widget), &width, &height);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
  *minimum = *natural;
}

/* Only while some of the workflow is out of view. */
static void
update (WfCanvasMinimap *self)
{
  gboolean is_wanted = FALSE;
  graphene_rect_t view;
  int width, height;
  float w, h;

  if (self->canvas != NULL && self->canvas->layout != NULL)
    {
      wf_flow_layout_get_size (self->canvas->layout, &w, &h);
      wf_canvas_get_view (self->canvas, &view);
      is_wanted = view.size.width > 0 &&
                  (view.size.width + 1 < w || view.size.height + 1 < h); /* a pixel of rounding */
    }
  get_size (self, &width, &height);
  if (width != gtk_widget_get_width (GTK_WIDGET (self)) ||
      height != gtk_widget_get_height (GTK_WIDGET (self)))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), is_wanted);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_view_changed (WfCanvas *canvas, WfCanvasMinimap *self)
{
  update (self);
}

static void
scroll_to (WfCanvasMinimap *self, double x, double y)
{
  WfCanvas *canvas = self->canvas;
  Axis across, down;

  if (!get_axes (self, &across, &down))
    return;
  wf_canvas_stop_motion (canvas);
  wf_canvas_set_offset (canvas, axis_find (&across, x - self->grab_x - INSET) * canvas->zoom,
                        axis_find (&down, y - self->grab_y - INSET) * canvas->zoom);
}

/* Outside of the view's rectangle, that one comes to the pointer first. */
static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, WfCanvasMinimap *self)
{
  graphene_rect_t rect;
  Axis across, down;

  if (!get_axes (self, &across, &down))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  get_view_rect (&across, &down, &rect);
  if (graphene_rect_contains_point (&rect, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    {
      self->grab_x = x - (double) rect.origin.x;
      self->grab_y = y - (double) rect.origin.y;
      return;
    }
  self->grab_x = (double) rect.size.width / 2;
  self->grab_y = (double) rect.size.height / 2;
  scroll_to (self, x, y);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, WfCanvasMinimap *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    scroll_to (self, x + dx, y + dy);
}

/* Another surface may have another renderer. */
static void
wf_canvas_minimap_unrealize (GtkWidget *widget)
{
  forget_picture (WF_CANVAS_MINIMAP (widget));
  GTK_WIDGET_CLASS (wf_canvas_minimap_parent_class)->unrealize (widget);
}

static void
wf_canvas_minimap_dispose (GObject *object)
{
  forget_picture (WF_CANVAS_MINIMAP (object));
  g_clear_object (&WF_CANVAS_MINIMAP (object)->canvas);
  G_OBJECT_CLASS (wf_canvas_minimap_parent_class)->dispose (object);
}

static void
wf_canvas_minimap_class_init (WfCanvasMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_canvas_minimap_dispose;
  widget_class->unrealize = wf_canvas_minimap_unrealize;
  widget_class->snapshot = wf_canvas_minimap_snapshot;
  widget_class->measure = wf_canvas_minimap_measure;
  gtk_widget_class_set_css_name (widget_class, "wf-minimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wf_canvas_minimap_init (WfCanvasMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
wf_canvas_minimap_set_canvas (WfCanvasMinimap *self, WfCanvas *canvas)
{
  if (!g_set_object (&self->canvas, canvas))
    return;
  g_signal_connect_object (canvas, "view-changed", G_CALLBACK (on_view_changed), self, 0);
  update (self);
}
