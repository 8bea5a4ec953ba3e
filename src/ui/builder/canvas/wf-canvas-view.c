/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of the canvas is seen and how large: zoom, scrolling, and how both move. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

#define ZOOM_STEP 1.25
#define LEAST_ZOOM 0.25
#define SCROLL_STEP 48.0
/* What stays visible around a target that was scrolled to, in pixels of the widget. */
#define REVEAL_MARGIN 24.0
/* A zoom that moves goes through sizes of this factor, too near to each other to be told apart:
 * letters have to be rasterised for each size, which is half of a frame's cost, and so those of an
 * earlier zoom are found again. */
#define MOTION_STEP 1.0145 /* 48 of them double the size */
/* Milliseconds without a change of the zoom, after which it rests. */
#define REST 80
/* Milliseconds after which GTK learns that the view has moved. */
#define SETTLE 200

gboolean
wf_canvas_is_overview (WfCanvas *self)
{
  return self->zoom < WF_CANVAS_OVERVIEW_ZOOM;
}

static gboolean
is_whole (WfCanvas *self)
{
  return self->zoom < WF_CANVAS_WHOLE_ZOOM;
}

/* Size of the whole at the present zoom. */
static void
get_extent (WfCanvas *self, double *width, double *height)
{
  float w = 0, h = 0;

  if (self->layout != NULL)
    wf_flow_layout_get_size (self->layout, &w, &h);
  *width = ceil ((double) w * self->zoom);
  *height = ceil ((double) h * self->zoom);
}

/* What is smaller than the widget is in its middle. Whole pixels, so that text stays sharp. */
void
wf_canvas_get_origin (WfCanvas *self, double *x, double *y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double w, h;

  get_extent (self, &w, &h);
  *x = w < width ? floor ((width - w) / 2) : -round (gtk_adjustment_get_value (self->hadjustment));
  *y = h < height ? floor ((height - h) / 2)
                  : -round (gtk_adjustment_get_value (self->vadjustment));
}

void
wf_canvas_to_canvas (WfCanvas *self, double x, double y, graphene_point_t *point)
{
  double left, top;

  wf_canvas_get_origin (self, &left, &top);
  graphene_point_init (point, (float) ((x - left) / self->zoom), (float) ((y - top) / self->zoom));
}

GskTransform *
wf_canvas_make_transform (WfCanvas *self)
{
  double x, y;

  wf_canvas_get_origin (self, &x, &y);
  return gsk_transform_scale (
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y)),
      (float) self->zoom, (float) self->zoom);
}

void
wf_canvas_get_view (WfCanvas *self, graphene_rect_t *view)
{
  graphene_point_t corner;

  wf_canvas_to_canvas (self, 0, 0, &corner);
  graphene_rect_init (view, corner.x, corner.y,
                      (float) (gtk_widget_get_width (GTK_WIDGET (self)) / self->zoom),
                      (float) (gtk_widget_get_height (GTK_WIDGET (self)) / self->zoom));
}

static void
configure (GtkAdjustment *adjustment, double extent, double page)
{
  double upper = MAX (extent, page);

  gtk_adjustment_configure (adjustment,
                            CLAMP (gtk_adjustment_get_value (adjustment), 0, upper - page), 0,
                            upper, SCROLL_STEP, page * 0.9, page);
}

void
wf_canvas_configure_adjustments (WfCanvas *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double before = gtk_adjustment_get_page_size (self->hadjustment), w, h;

  get_extent (self, &w, &h);
  self->is_setting = TRUE;
  configure (self->vadjustment, h, height);
  configure (self->hadjustment, w, width);
  /* A panel that slides in beside the canvas takes as much from the left as from the right. */
  if (self->is_placed && before > 0 && before != width)
    gtk_adjustment_set_value (self->hadjustment,
                              gtk_adjustment_get_value (self->hadjustment) + (before - width) / 2);
  self->is_setting = FALSE;
}

static gboolean
on_settling (gpointer data)
{
  WfCanvas *self = data;

  self->settling = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Policy of a view that moves: the children get their new places at once and by the canvas alone, so
 * that the window is not laid out anew in each frame, which costs as much as drawing it. But only
 * a layout has GTK look again for what lies under a pointer that rests: one follows now and then,
 * and after the last move. */
static void
note_move (WfCanvas *self)
{
  if (self->settling == 0)
    self->settling = g_timeout_add (SETTLE, on_settling, self);
}

static void
show_view (WfCanvas *self)
{
  wf_canvas_cover (self, FALSE);
  wf_canvas_allocate_children (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  note_move (self);
  wf_canvas_show_bars (self);
  wf_canvas_emit_view_changed (self);
}

static void
on_value_changed (GtkAdjustment *adjustment, WfCanvas *self)
{
  gint64 began;

  if (self->is_setting)
    return;
  began = wf_canvas_begin_work (self);
  wf_canvas_stop_motion (self); /* somebody scrolls */
  show_view (self);
  wf_canvas_end_work (self, began);
}

void
wf_canvas_set_adjustment (WfCanvas *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **place = orientation == GTK_ORIENTATION_HORIZONTAL ? &self->hadjustment
                                                                    : &self->vadjustment;

  if (*place == adjustment && adjustment != NULL)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, on_value_changed, self);
  g_clear_object (place);
  *place =
      g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect (*place, "value-changed", G_CALLBACK (on_value_changed), self);
  if (self->hadjustment != NULL && self->vadjustment != NULL)
    wf_canvas_configure_adjustments (self);
  g_object_notify (G_OBJECT (self),
                   orientation == GTK_ORIENTATION_HORIZONTAL ? "hadjustment" : "vadjustment");
}

/* What is out of range is clamped by the adjustments. */
void
wf_canvas_set_values (WfCanvas *self, double x, double y)
{
  self->is_setting = TRUE;
  gtk_adjustment_set_value (self->hadjustment, x);
  gtk_adjustment_set_value (self->vadjustment, y);
  self->is_setting = FALSE;
}

void
wf_canvas_set_offset (WfCanvas *self, double x, double y)
{
  wf_canvas_set_values (self, x, y);
  show_view (self);
}

static gboolean
on_resting (gpointer data)
{
  WfCanvas *self = data;

  self->resting = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* While the zoom moves, sharpness is not worth its time. */
static void
note_zoom (WfCanvas *self)
{
  g_clear_handle_id (&self->resting, g_source_remove);
  self->resting = g_timeout_add (REST, on_resting, self);
}

static void
show_position (WfCanvas *self, const WfCanvasPosition *position)
{
  gboolean was_overview = wf_canvas_is_overview (self), was_whole = is_whole (self);

  if (position->zoom != self->zoom)
    {
      self->zoom = position->zoom;
      note_zoom (self);
      wf_canvas_configure_adjustments (self);
      if (was_overview != wf_canvas_is_overview (self))
        {
          self->is_covered = FALSE;
          wf_canvas_redraw_cards (self); /* the one with the focus stays a widget */
        }
      if (was_whole != is_whole (self))
        self->is_covered = FALSE;
      g_object_notify (G_OBJECT (self), "zoom");
    }
  wf_canvas_set_offset (self, position->x * self->zoom - self->anchor_x,
                        position->y * self->zoom - self->anchor_y);
}

static double
get_motion_zoom (double from, double to, double value)
{
  double factor = log (MOTION_STEP), zoom;

  if (value >= 1 || from == to)
    return to;
  zoom = exp (round (log (from * pow (to / from, value)) / factor) * factor);
  return CLAMP (zoom, MIN (from, to), MAX (from, to));
}

/* Between two zooms it goes by equal factors, so that it looks even. */
static void
on_motion (double value, gpointer data)
{
  WfCanvas *self = data;
  const WfCanvasPosition *from = &self->motion_from, *to = &self->motion_to;
  gint64 began = wf_canvas_begin_work (self);
  const WfCanvasPosition now = {
    .zoom = get_motion_zoom (from->zoom, to->zoom, value),
    .x = from->x + (to->x - from->x) * value,
    .y = from->y + (to->y - from->y) * value,
  };

  show_position (self, &now);
  wf_canvas_end_work (self, began);
}

void
wf_canvas_stop_motion (WfCanvas *self)
{
  if (adw_animation_get_state (self->motion) == ADW_ANIMATION_PLAYING)
    adw_animation_pause (self->motion);
  self->target_zoom = self->zoom;
}

/* The point of the canvas comes to the anchor of the widget. */
void
wf_canvas_move_to (WfCanvas *self, const WfCanvasPosition *position, double anchor_x,
                   double anchor_y, gboolean animate)
{
  graphene_point_t now;

  wf_canvas_stop_motion (self);
  wf_canvas_to_canvas (self, anchor_x, anchor_y, &now);
  self->anchor_x = anchor_x;
  self->anchor_y = anchor_y;
  self->motion_from =
      (WfCanvasPosition) { .zoom = self->zoom, .x = (double) now.x, .y = (double) now.y };
  self->motion_to = *position;
  self->target_zoom = position->zoom;
  if (animate)
    {
      adw_animation_reset (self->motion);
      adw_animation_play (self->motion);
    }
  else
    show_position (self, position);
}

/* At which the whole workflow is in view. */
static double
get_fit (WfCanvas *self)
{
  float w, h;

  wf_flow_layout_get_size (self->layout, &w, &h);
  return MIN (gtk_widget_get_width (GTK_WIDGET (self)) / (double) w,
              gtk_widget_get_height (GTK_WIDGET (self)) / (double) h);
}

/* A quarter; less only where the whole workflow needs it, so that a short one is not lost from
 * sight. */
static double
get_least_zoom (WfCanvas *self)
{
  return self->layout != NULL ? CLAMP (get_fit (self), WF_CANVAS_MIN_ZOOM, LEAST_ZOOM) : LEAST_ZOOM;
}

static void
zoom (WfCanvas *self, double zoom, double x, double y, gboolean animate)
{
  graphene_point_t point;

  if (isnan (x) || isnan (y))
    {
      x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
      y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
    }
  wf_canvas_to_canvas (self, x, y, &point);
  wf_canvas_move_to (self,
                     &(WfCanvasPosition) {
                         .zoom = CLAMP (zoom, get_least_zoom (self), WF_CANVAS_MAX_ZOOM),
                         .x = (double) point.x,
                         .y = (double) point.y,
                     },
                     x, y, animate);
}

double
wf_canvas_get_zoom (WfCanvas *self)
{
  return self->zoom;
}

void
wf_canvas_zoom_to (WfCanvas *self, double factor, double x, double y)
{
  zoom (self, factor, x, y, TRUE);
}

void
wf_canvas_zoom_to_fit (WfCanvas *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_point_t middle;
  double fit;
  float w, h;

  if (wf_canvas_get_layout (self) == NULL || width == 0 || height == 0)
    return;
  wf_flow_layout_get_size (self->layout, &w, &h);
  fit = get_fit (self);
  wf_canvas_to_canvas (self, width / 2.0, height / 2.0, &middle);
  /* Never larger than usual: a short workflow is not blown up. One that is too long even so stays
   * where it is. */
  wf_canvas_move_to (self,
                     &(WfCanvasPosition) {
                         .zoom = CLAMP (fit, WF_CANVAS_MIN_ZOOM, 1.0),
                         .x = fit < WF_CANVAS_MIN_ZOOM ? (double) middle.x : (double) w / 2,
                         .y = fit < WF_CANVAS_MIN_ZOOM ? (double) middle.y : (double) h / 2,
                     },
                     width / 2.0, height / 2.0, TRUE);
}

/* How far to scroll so that [start, end] is within [0, page]; its start comes first when it is
 * longer than the page. */
static double
get_distance (double start, double end, double page)
{
  double margin = CLAMP ((page - (end - start)) / 2, 0, REVEAL_MARGIN);

  if (start < margin || end - start > page)
    return start - margin;
  if (end > page - margin)
    return end - (page - margin);
  return 0;
}

/* rect: of the canvas. */
void
wf_canvas_reveal_rect (WfCanvas *self, const graphene_rect_t *rect, gboolean animate)
{
  double x, y, dx, dy, left, top;
  graphene_point_t corner;

  wf_canvas_get_origin (self, &x, &y);
  left = x + (double) rect->origin.x * self->zoom;
  top = y + (double) rect->origin.y * self->zoom;
  dx = get_distance (left, left + (double) rect->size.width * self->zoom,
                     gtk_widget_get_width (GTK_WIDGET (self)));
  dy = get_distance (top, top + (double) rect->size.height * self->zoom,
                     gtk_widget_get_height (GTK_WIDGET (self)));
  if (dx == 0 && dy == 0)
    return;
  wf_canvas_to_canvas (self, dx, dy, &corner);
  wf_canvas_move_to (
      self,
      &(WfCanvasPosition) { .zoom = self->zoom, .x = (double) corner.x, .y = (double) corner.y }, 0,
      0, animate);
}

/* The bounds of its card, or a place's "+". */
static gboolean
find_bounds (WfCanvas *self, const WfTarget *target, graphene_rect_t *bounds)
{
  guint index;

  if (wf_canvas_get_layout (self) == NULL || target == NULL)
    return FALSE;
  if (target->kind == WF_TARGET_PLACE)
    {
      const WfFlowEdge *edge;
      float half = self->metrics.plus_size / 2;

      index = wf_flow_layout_find_edge (self->layout, target);
      if (index == G_MAXUINT)
        return FALSE;
      edge = wf_flow_layout_get_edge (self->layout, index);
      graphene_rect_init (bounds, edge->plus.x - half, edge->plus.y - half, 2 * half, 2 * half);
      return TRUE;
    }
  index = wf_flow_layout_find_card (self->layout, target);
  if (index == G_MAXUINT)
    return FALSE;
  *bounds = wf_flow_layout_get_card (self->layout, index)->bounds;
  return TRUE;
}

/* Where the middle of something so long stays, that it is wholly seen; the middle of the page when
 * it is longer than that. */
static double
keep_inside (double middle, double length, double page)
{
  double least = length / 2 + REVEAL_MARGIN;

  return least <= page / 2 ? CLAMP (middle, least, page - least) : page / 2;
}

/**
 * wf_canvas_zoom_to_focus:
 * @self: the canvas
 * @factor: the zoom; 1 = original size
 *
 * Zooms about the card that has the focus, which is in view afterwards; about the middle when none
 * has it.
 */
void
wf_canvas_zoom_to_focus (WfCanvas *self, double factor)
{
  const WfTarget *focus =
      self->context != NULL
          ? wf_step_selection_get_focus (wf_builder_context_get_selection (self->context))
          : NULL;
  WfCanvasPosition position = { .zoom = CLAMP (factor, get_least_zoom (self), WF_CANVAS_MAX_ZOOM) };
  graphene_rect_t bounds;
  graphene_point_t middle;
  double x, y;

  if (!find_bounds (self, focus, &bounds))
    {
      wf_canvas_zoom_to (self, factor, (double) NAN, (double) NAN);
      return;
    }
  graphene_rect_get_center (&bounds, &middle);
  position.x = (double) middle.x;
  position.y = (double) middle.y;
  wf_canvas_get_origin (self, &x, &y);
  x = keep_inside (x + position.x * self->zoom, (double) bounds.size.width * position.zoom,
                   gtk_widget_get_width (GTK_WIDGET (self)));
  y = keep_inside (y + position.y * self->zoom, (double) bounds.size.height * position.zoom,
                   gtk_widget_get_height (GTK_WIDGET (self)));
  wf_canvas_move_to (self, &position, x, y, TRUE);
}

void
wf_canvas_reveal (WfCanvas *self, const WfTarget *target)
{
  graphene_rect_t bounds;

  if (find_bounds (self, target, &bounds))
    wf_canvas_reveal_rect (self, &bounds, TRUE);
}

gboolean
wf_canvas_get_target_rect (WfCanvas *self, const WfTarget *target, GdkRectangle *rect)
{
  graphene_rect_t bounds;
  double x, y;

  if (!find_bounds (self, target, &bounds))
    return FALSE;
  wf_canvas_get_origin (self, &x, &y);
  rect->x = (int) (x + (double) bounds.origin.x * self->zoom);
  rect->y = (int) (y + (double) bounds.origin.y * self->zoom);
  rect->width = (int) ceil ((double) bounds.size.width * self->zoom);
  rect->height = (int) ceil ((double) bounds.size.height * self->zoom);
  return TRUE;
}

void
wf_canvas_place_first (WfCanvas *self)
{
  const WfFlowCard *trigger;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->is_placed || width == 0 || self->layout == NULL)
    return;
  self->is_placed = TRUE;
  trigger = wf_flow_layout_get_card (self->layout, 0);
  wf_canvas_set_offset (
      self,
      ((double) trigger->bounds.origin.x + (double) trigger->bounds.size.width / 2) * self->zoom -
          width / 2.0,
      0);
}

static void
zoom_by (WfCanvas *self, double factor)
{
  double next = self->target_zoom * factor;

  /* On the way past the usual size it stops there. */
  if ((self->target_zoom - 1) * (next - 1) < 0 && fabs (self->target_zoom - 1) > 0.01)
    next = 1;
  wf_canvas_zoom_to (self, next, (double) NAN, (double) NAN);
}

static void
on_zoom_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zoom_by (WF_CANVAS (widget), ZOOM_STEP);
}

static void
on_zoom_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zoom_by (WF_CANVAS (widget), 1 / ZOOM_STEP);
}

static void
on_zoom_100 (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_canvas_zoom_to_focus (WF_CANVAS (widget), 1);
}

static void
on_zoom_fit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_canvas_zoom_to_fit (WF_CANVAS (widget));
}

void
wf_canvas_install_view_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } bindings[] = {
    { GDK_KEY_plus, "canvas.zoom-in" },         { GDK_KEY_equal, "canvas.zoom-in" },
    { GDK_KEY_KP_Add, "canvas.zoom-in" },       { GDK_KEY_minus, "canvas.zoom-out" },
    { GDK_KEY_KP_Subtract, "canvas.zoom-out" }, { GDK_KEY_0, "canvas.zoom-100" },
    { GDK_KEY_KP_0, "canvas.zoom-100" },
  };

  gtk_widget_class_install_action (widget_class, "canvas.zoom-in", NULL, on_zoom_in);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-out", NULL, on_zoom_out);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-100", NULL, on_zoom_100);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-fit", NULL, on_zoom_fit);
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (widget_class, bindings[i].key, GDK_CONTROL_MASK,
                                         bindings[i].action, NULL);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, WfCanvas *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean is_smooth = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE;
  double x = (double) NAN, y = (double) NAN;

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE; /* the scrolled window's */
  if (event != NULL && gdk_event_get_position (event, &x, &y))
    {
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
      graphene_point_t point;
      double left, top;

      gtk_native_get_surface_transform (native, &left, &top);
      if (gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self),
                                    &GRAPHENE_POINT_INIT ((float) (x - left), (float) (y - top)),
                                    &point))
        {
          x = (double) point.x;
          y = (double) point.y;
        }
    }
  /* A touchpad moves in small steps by itself; a wheel's notch is one that has to be smoothed. */
  zoom (self, self->target_zoom * pow (ZOOM_STEP, -dy * (is_smooth ? 0.05 : 1)), x, y, !is_smooth);
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, WfCanvas *self)
{
  self->pinch_zoom = self->zoom;
  wf_canvas_cancel_drag (self);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pinch_changed (GtkGestureZoom *gesture, double scale, WfCanvas *self)
{
  double x = (double) NAN, y = (double) NAN;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  zoom (self, self->pinch_zoom * scale, x, y, FALSE);
}

void
wf_canvas_init_view (WfCanvas *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  self->zoom = 1;
  self->target_zoom = 1;
  self->motion =
      adw_timed_animation_new (GTK_WIDGET (self), 0, 1, WF_CANVAS_MOTION,
                               adw_callback_animation_target_new (on_motion, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->motion), ADW_EASE_OUT_CUBIC);
  wf_canvas_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  wf_canvas_set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch_changed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

void
wf_canvas_dispose_view (WfCanvas *self)
{
  g_clear_handle_id (&self->resting, g_source_remove);
  g_clear_handle_id (&self->sharpening, g_source_remove);
  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->motion != NULL)
    adw_animation_pause (self->motion);
  g_clear_object (&self->motion);
  if (self->hadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->hadjustment, on_value_changed, self);
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->vadjustment, on_value_changed, self);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
}
