/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the view is within the whole: slim marks at the edges while it moves, and scroll bars to
 * drag when the pointer comes to them. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

#include <math.h>

/* Policy. A scroll bar of GTK that moves has the whole window laid out anew in each frame, which
 * costs about as much as all that the canvas draws. So where bars lie above what they scroll (the
 * desktop's setting), the canvas draws the marks of their position itself, looking as those do that
 * are not pointed to, and the bars come when the pointer is near their edge: to be dragged and
 * clicked as everywhere. Where bars have a place of their own, they stay. */

/* Pixels from the edge at which the bars come, and at which they go. */
#define NEAR 20.0
#define FAR 40.0
/* Milliseconds. */
#define SHOWN 1000
#define FADE 400
/* As the style has them, in pixels. */
#define BAR_WIDTH 3.0f
#define BAR_MARGIN 4.0f
#define BAR_END 9.0
#define LEAST_LENGTH 40.0
#define BAR_ALPHA 0.2f
#define BAR_ALPHA_HIGH_CONTRAST 0.4f
#define OUTLINE_ALPHA 0.35f
#define OUTLINE_ALPHA_HIGH_CONTRAST 0.6f
#define BUTTONS (GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK)

static gboolean
lie_above (WfCanvas *self)
{
  gboolean overlay;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-overlay-scrolling", &overlay,
                NULL);
  return overlay && gtk_scrolled_window_get_overlay_scrolling (self->scrolled);
}

static void
update_policy (WfCanvas *self)
{
  GtkPolicyType policy = self->is_near_bars || !lie_above (self) ? GTK_POLICY_AUTOMATIC
                                                                 : GTK_POLICY_EXTERNAL;

  gtk_scrolled_window_set_policy (self->scrolled, policy, policy);
  self->draws_bars = policy == GTK_POLICY_EXTERNAL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_shown_long_enough (gpointer data)
{
  WfCanvas *self = data;

  self->bars_shown = 0;
  adw_animation_play (self->bars_fade);
  return G_SOURCE_REMOVE;
}

/* The view moves, or did so just now. */
void
wf_canvas_show_bars (WfCanvas *self)
{
  if (!self->draws_bars)
    return;
  g_clear_handle_id (&self->bars_shown, g_source_remove);
  if (adw_animation_get_state (self->bars_fade) != ADW_ANIMATION_IDLE)
    adw_animation_reset (self->bars_fade);
  self->bars_opacity = 1;
  self->bars_shown = g_timeout_add (SHOWN, on_shown_long_enough, self);
}

static void
set_near (WfCanvas *self, gboolean is_near)
{
  if (is_near == self->is_near_bars)
    return;
  self->is_near_bars = is_near;
  update_policy (self);
  wf_canvas_show_bars (self);
}

/* The vertical bar is at the end of a line of text. */
static gboolean
is_near (WfCanvas *self, double x, double y)
{
  GtkWidget *widget = GTK_WIDGET (self->scrolled);
  double reach = self->is_near_bars ? FAR : NEAR;
  double right =
      gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? x : gtk_widget_get_width (widget) - x;

  return right < reach || gtk_widget_get_height (widget) - y < reach;
}

/* Whoever drags something goes where he likes. */
static gboolean
is_pressed (GtkEventController *controller)
{
  return (gtk_event_controller_get_current_event_state (controller) & BUTTONS) != 0;
}

static void
on_pointer_motion (GtkEventController *controller, double x, double y, WfCanvas *self)
{
  if (!is_pressed (controller))
    set_near (self, is_near (self, x, y));
}

static void
on_pointer_leave (GtkEventController *controller, WfCanvas *self)
{
  if (!is_pressed (controller))
    set_near (self, FALSE);
}

static void
on_overlay_scrolling_changed (GObject *object, GParamSpec *pspec, WfCanvas *self)
{
  if (self->scrolled != NULL)
    update_policy (self);
}

/* The canvas counts from the left in every language, and so must the bar. */
static void
keep_from_flipping (GtkScrolledWindow *scrolled)
{
  GtkWidget *bar = gtk_scrolled_window_get_hscrollbar (scrolled);
  GtkWidget *range = gtk_widget_get_first_child (bar);

  if (GTK_IS_RANGE (range))
    gtk_range_set_flippable (GTK_RANGE (range), FALSE);
}

/* It came into a window; there its place is a scrolled window, if it has one. */
void
wf_canvas_adopt_bars (WfCanvas *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  if (scrolled == NULL)
    return;
  self->scrolled = GTK_SCROLLED_WINDOW (scrolled);
  self->pointer = gtk_event_controller_motion_new ();
  gtk_event_controller_set_propagation_phase (self->pointer, GTK_PHASE_CAPTURE);
  g_signal_connect (self->pointer, "enter", G_CALLBACK (on_pointer_motion), self);
  g_signal_connect (self->pointer, "motion", G_CALLBACK (on_pointer_motion), self);
  g_signal_connect (self->pointer, "leave", G_CALLBACK (on_pointer_leave), self);
  gtk_widget_add_controller (scrolled, self->pointer);
  g_signal_connect_object (gtk_widget_get_settings (scrolled), "notify::gtk-overlay-scrolling",
                           G_CALLBACK (on_overlay_scrolling_changed), self, 0);
  g_signal_connect_object (scrolled, "notify::overlay-scrolling",
                           G_CALLBACK (on_overlay_scrolling_changed), self, 0);
  keep_from_flipping (self->scrolled);
  update_policy (self);
}

void
wf_canvas_leave_bars (WfCanvas *self)
{
  if (self->scrolled == NULL)
    return;
  gtk_widget_remove_controller (GTK_WIDGET (self->scrolled), g_steal_pointer (&self->pointer));
  g_signal_handlers_disconnect_by_func (gtk_widget_get_settings (GTK_WIDGET (self)),
                                        on_overlay_scrolling_changed, self);
  g_signal_handlers_disconnect_by_func (self->scrolled, on_overlay_scrolling_changed, self);
  self->scrolled = NULL;
  self->is_near_bars = FALSE;
  self->draws_bars = FALSE;
}

/* FALSE: there is nowhere to scroll to. */
static gboolean
find_slider (GtkAdjustment *adjustment, double length, float *start, float *size)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment), trough = length - 2 * BAR_END, slider;

  if (upper <= page || trough <= LEAST_LENGTH)
    return FALSE;
  slider = MAX (LEAST_LENGTH, trough * page / upper);
  *size = (float) round (slider);
  *start = (float) round (BAR_END + (trough - slider) * gtk_adjustment_get_value (adjustment) /
                                        (upper - page));
  return TRUE;
}

static void
append_bar (WfCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bar)
{
  gboolean is_strong = self->palette.high_contrast;
  GdkRGBA line = self->palette.window, fill = self->palette.text;
  graphene_rect_t around = *bar;
  GskRoundedRect outline;

  line.alpha = (is_strong ? OUTLINE_ALPHA_HIGH_CONTRAST : OUTLINE_ALPHA) *
               (float) self->bars_opacity;
  fill.alpha = (is_strong ? BAR_ALPHA_HIGH_CONTRAST : BAR_ALPHA) * (float) self->bars_opacity;
  graphene_rect_inset (&around, -1, -1);
  gsk_rounded_rect_init_from_rect (&outline, &around, BAR_WIDTH / 2 + 1);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { line, line, line, line });
  gsk_rounded_rect_init_from_rect (&outline, bar, BAR_WIDTH / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, bar);
  gtk_snapshot_pop (snapshot);
}

void
wf_canvas_snapshot_bars (WfCanvas *self, GtkSnapshot *snapshot)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  graphene_rect_t bar;

  if (!self->draws_bars || self->bars_opacity <= 0)
    return;
  graphene_rect_init (&bar, is_mirrored ? BAR_MARGIN : width - BAR_MARGIN - BAR_WIDTH, 0, BAR_WIDTH,
                      0);
  if (find_slider (self->vadjustment, (double) height, &bar.origin.y, &bar.size.height))
    append_bar (self, snapshot, &bar);
  graphene_rect_init (&bar, 0, height - BAR_MARGIN - BAR_WIDTH, 0, BAR_WIDTH);
  if (find_slider (self->hadjustment, (double) width, &bar.origin.x, &bar.size.width))
    append_bar (self, snapshot, &bar);
}

static void
on_fade (double value, gpointer data)
{
  WfCanvas *self = data;

  self->bars_opacity = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wf_canvas_init_bars (WfCanvas *self)
{
  self->bars_fade = adw_timed_animation_new (
      GTK_WIDGET (self), 1, 0, FADE, adw_callback_animation_target_new (on_fade, self, NULL));
}

void
wf_canvas_dispose_bars (WfCanvas *self)
{
  g_clear_handle_id (&self->bars_shown, g_source_remove);
  if (self->bars_fade != NULL)
    adw_animation_pause (self->bars_fade);
  g_clear_object (&self->bars_fade);
}
