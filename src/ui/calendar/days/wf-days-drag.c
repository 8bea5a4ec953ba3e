/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving an activity to another time, by pointer, finger or keyboard. Until it is dropped, or Enter is
 * pressed, it only shows where it would land and what is to be said of that; then the reason is asked
 * (S7). Its length stays: what follows a drop is a new deadline, and an end moves along with it. At its
 * lower edge a call or a meeting is taken to last longer or shorter; that needs no reason. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SNAP 15     /* minutes */
#define FINE_SNAP 5 /* with Shift */
#define EDGE 7      /* pixels at the foot of a block that are its edge, at most a third of it */
#define SCROLL_ZONE 40.0
#define SCROLL_SPEED 700.0 /* pixels a second, at the edge */

gboolean
wf_days_drag_is_moving (WfDaysGrid *self, const WfActivity *activity)
{
  return self->move.kind > WF_DAYS_MOVE_PRESSED &&
         g_str_equal (self->move.activity->id, activity->id);
}

static void
stop_scrolling (WfDaysGrid *self)
{
  if (self->move.tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->move.tick);
  self->move.tick = 0;
}

/* Shows nothing of it any more, whatever it was. */
void
wf_days_drag_end (WfDaysGrid *self)
{
  if (self->move.kind == WF_DAYS_MOVE_NONE)
    return;
  stop_scrolling (self);
  self->move.kind = WF_DAYS_MOVE_NONE;
  self->move.pressed_long = FALSE;
  self->move.is_length = FALSE;
  g_clear_pointer (&self->move.activity, wf_activity_unref);
  g_clear_pointer (&self->move.note, g_free);
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  if (self->layout != NULL)
    wf_days_items_rebind (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- where it would land ----------------------------------------------------------------------- */

gboolean
wf_days_drag_get_landing (WfDaysGrid *self, GdkRectangle *place)
{
  const WfCalendarSpan *span = &self->span;
  const WfZoneTable *zone = wf_days_grid_get_zone (self);
  g_autoptr (WfActivity) moved = NULL;
  gint64 from, until;
  WfInstant starts, ends;
  int day, x, width;

  if (self->move.kind < WF_DAYS_MOVE_POINTER || self->span.n_days == 0)
    return FALSE;
  day = wf_calendar_span_find (span, self->move.due);
  if (day < 0)
    return FALSE;
  moved = wf_activity_copy (self->move.activity);
  if (moved->ends != WF_INSTANT_NONE)
    moved->ends += self->move.due - moved->due;
  moved->due = self->move.due;
  if (self->move.is_length)
    moved->ends = self->move.ends;
  wf_calendar_get_extent (moved, &starts, &ends);
  from = wf_days_get_wall_time (span, (guint) day, starts, zone);
  until = from + (ends - starts);
  wf_days_grid_get_column (self, (guint) day, &x, &width);
  place->x = x + 1;
  place->width = MAX (1, width - 2);
  place->y = wf_days_grid_get_y (self, from);
  place->height = MAX (wf_days_grid_get_y (self, until) - place->y, self->metrics.min_height);
  return TRUE;
}

static void
set_landing (WfDaysGrid *self, WfInstant due)
{
  if (due == self->move.due && self->move.kind == WF_DAYS_MOVE_POINTER)
    return;
  self->move.due = due;
  g_clear_pointer (&self->move.note, g_free);
  self->move.verdict =
      wf_calendar_check_move (self->model, self->move.activity, due, &self->move.note);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_end (WfDaysGrid *self, WfInstant ends)
{
  if (ends == self->move.ends && self->move.kind == WF_DAYS_MOVE_POINTER)
    return;
  self->move.ends = ends;
  g_clear_pointer (&self->move.note, g_free);
  self->move.verdict =
      wf_calendar_check_length (self->model, self->move.activity, ends, &self->move.note);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- by the pointer ---------------------------------------------------------------------------- */

/* From where the block begins to the deadline: a task ends with it. */
static gint64
get_lead (const WfActivity *activity)
{
  WfInstant from, until;

  wf_calendar_get_extent (activity, &from, &until);
  return activity->due - from;
}

/* The edge stays under the pointer, on its own day: at the least one step below the beginning. */
static void
follow_pointer_with_end (WfDaysGrid *self)
{
  const WfZoneTable *zone = wf_days_grid_get_zone (self);
  int day = wf_calendar_span_find (&self->span, self->move.activity->due);
  gint64 begin, wall_time;

  if (day < 0)
    return;
  begin = wf_days_get_wall_time (&self->span, (guint) day, self->move.activity->due, zone);
  wall_time =
      (gint64) ((self->move.y - self->move.grab) * G_TIME_SPAN_HOUR / self->metrics.hour_height);
  wall_time = wf_days_snap (wall_time, self->move.snap, 0);
  wall_time = MAX (wall_time, wf_days_snap (begin + WF_LENGTH_LEAST - 1, self->move.snap, 1));
  wall_time = MIN (wall_time, G_TIME_SPAN_DAY);
  set_end (self, wf_days_get_instant (&self->span, (guint) day, wall_time, zone));
}

static void
follow_pointer (WfDaysGrid *self)
{
  const WfCalendarSpan *span = &self->span;
  guint day = wf_days_grid_get_day_at (self, self->move.x);
  double top = self->move.y - self->move.grab;
  gint64 wall_time = (gint64) (top * G_TIME_SPAN_HOUR / self->metrics.hour_height) +
                     get_lead (self->move.activity);

  if (self->move.is_length)
    {
      follow_pointer_with_end (self);
      return;
    }
  wall_time = wf_days_snap (wall_time, self->move.snap, 0);
  wall_time = CLAMP (wall_time, 0, G_TIME_SPAN_DAY - self->move.snap * G_TIME_SPAN_MINUTE);
  set_landing (self, wf_days_get_instant (span, day, wall_time, wf_days_grid_get_zone (self)));
}

static double
get_speed (GtkAdjustment *adjustment, double at)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double zone = MIN (SCROLL_ZONE, page / 4);

  at -= gtk_adjustment_get_value (adjustment);
  if (zone <= 0)
    return 0;
  if (at < zone)
    return -SCROLL_SPEED * MIN (1, (zone - at) / zone);
  if (at > page - zone)
    return SCROLL_SPEED * MIN (1, (at - (page - zone)) / zone);
  return 0;
}

/* Scrolls, and the pointer is above another time then. FALSE: there is nothing more to see there. */
static gboolean
scroll (GtkAdjustment *adjustment, double *at, double seconds)
{
  double before = gtk_adjustment_get_value (adjustment), moved;

  gtk_adjustment_set_value (adjustment, before + get_speed (adjustment, *at) * seconds);
  moved = gtk_adjustment_get_value (adjustment) - before;
  *at += moved;
  return moved != 0;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *frames, gpointer data)
{
  WfDaysGrid *self = WF_DAYS_GRID (widget);
  gint64 now = gdk_frame_clock_get_frame_time (frames);
  double seconds = (double) (now - self->move.ticked_at) / G_USEC_PER_SEC;
  gboolean down, across;

  self->move.ticked_at = now;
  down = scroll (self->vadjustment, &self->move.y, seconds);
  across = scroll (self->hadjustment, &self->move.x, seconds);
  if (seconds > 0 && !down && !across)
    {
      self->move.tick = 0;
      return G_SOURCE_REMOVE;
    }
  follow_pointer (self);
  return G_SOURCE_CONTINUE;
}

static void
scroll_at_edges (WfDaysGrid *self)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->move.tick != 0 || frames == NULL || self->vadjustment == NULL ||
      (get_speed (self->vadjustment, self->move.y) == 0 &&
       get_speed (self->hadjustment, self->move.x) == 0))
    return;
  self->move.ticked_at = gdk_frame_clock_get_frame_time (frames);
  self->move.tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static const WfDaysBlock *
find_block_at (WfDaysGrid *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  while (picked != NULL && gtk_widget_get_parent (picked) != GTK_WIDGET (self))
    picked = gtk_widget_get_parent (picked);
  return picked != NULL ? wf_days_items_get_block (self, picked) : NULL;
}

static void
begin_move (WfDaysGrid *self, WfActivity *activity, WfDaysMoveKind kind)
{
  WfInstant from;

  wf_activity_ref (activity);
  wf_days_drag_cancel (self);
  self->move.kind = kind;
  self->move.activity = activity;
  self->move.due = activity->due;
  wf_calendar_get_extent (activity, &from, &self->move.ends);
  self->move.is_length = FALSE;
  self->move.verdict = WF_MOVE_SAME;
  self->move.date = *wf_calendar_model_get_date (self->model);
  self->move.snap = SNAP;
}

/* The foot of what has a length and may be changed. */
static gboolean
is_edge (WfDaysGrid *self, const WfDaysBlock *block, double y)
{
  int edge = block != NULL ? MIN (EDGE, block->height / 3) : 0;

  return block != NULL && block->activity != NULL && y >= block->y + block->height - edge &&
         wf_calendar_can_set_length (self->model, block->activity);
}

/* The edge was taken where the pointer is: how far that is from where it really ends. */
static void
take_edge (WfDaysGrid *self, guint day)
{
  gint64 wall_time =
      wf_days_get_wall_time (&self->span, day, self->move.ends, wf_days_grid_get_zone (self));

  self->move.is_length = TRUE;
  self->move.grab = self->move.y - wf_days_grid_get_y (self, MIN (wall_time, G_TIME_SPAN_DAY));
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, WfDaysGrid *self)
{
  if (self->move.kind != WF_DAYS_MOVE_NONE || self->layout == NULL)
    return;
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), is_edge (self, find_block_at (self, x, y), y) ? "ns-resize" : NULL);
}

static void
on_leave (GtkEventControllerMotion *motion, WfDaysGrid *self)
{
  if (self->move.kind == WF_DAYS_MOVE_NONE)
    gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device =
      gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, WfDaysGrid *self)
{
  const WfDaysBlock *block = find_block_at (self, x, y);

  if (block == NULL || block->activity == NULL || self->move.kind == WF_DAYS_MOVE_ASKED ||
      !wf_calendar_can_move (self->model, block->activity))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  begin_move (self, block->activity, WF_DAYS_MOVE_PRESSED);
  self->move.x = x;
  self->move.y = y;
  self->move.grab = y - block->y;
  if (is_edge (self, block, y))
    take_edge (self, block->day);
}

/* A finger scrolls, unless it stayed on the activity for a while. */
static gboolean
starts (WfDaysGrid *self, GtkGestureDrag *gesture, double dx, double dy)
{
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
    return FALSE;
  if (is_touch (GTK_GESTURE (gesture)) && !self->move.pressed_long)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return FALSE;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->move.kind = WF_DAYS_MOVE_POINTER;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->move.is_length ? "ns-resize" : "grabbing");
  wf_days_items_rebind (self);
  return TRUE;
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, WfDaysGrid *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double x, y;

  if (self->move.kind != WF_DAYS_MOVE_PRESSED && self->move.kind != WF_DAYS_MOVE_POINTER) /* Esc */
    return;
  if (self->move.kind == WF_DAYS_MOVE_PRESSED && !starts (self, gesture, dx, dy))
    return;
  /* The gesture counts in what scrolls away below it; the pointer's own place does not. */
  if (!gtk_gesture_get_point (GTK_GESTURE (gesture), NULL, &x, &y))
    return;
  self->move.x = x;
  self->move.y = y;
  self->move.snap = (state & GDK_SHIFT_MASK) != 0 ? FINE_SNAP : SNAP;
  follow_pointer (self);
  scroll_at_edges (self);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, WfDaysGrid *self)
{
  if (self->move.kind == WF_DAYS_MOVE_POINTER)
    wf_days_drag_commit (self);
  else if (self->move.kind == WF_DAYS_MOVE_PRESSED)
    wf_days_drag_end (self);
}

static void
on_drag_cancelled (GtkGesture *gesture, GdkEventSequence *sequence, WfDaysGrid *self)
{
  if (self->move.kind == WF_DAYS_MOVE_POINTER || self->move.kind == WF_DAYS_MOVE_PRESSED)
    wf_days_drag_end (self);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, WfDaysGrid *self)
{
  self->move.pressed_long = self->move.kind == WF_DAYS_MOVE_PRESSED;
}

/* ---- by the keyboard --------------------------------------------------------------------------- */

static void
announce_landing (WfDaysGrid *self)
{
  g_autofree char *when =
      self->move.is_length
          ? wf_calendar_describe_length (self->model, self->move.due, self->move.ends)
          : wf_calendar_describe_move (self->model, self->move.due);
  g_autofree char *text =
      self->move.note != NULL ? g_strdup_printf ("%s. %s", when, self->move.note) : NULL;

  gtk_accessible_announce (GTK_ACCESSIBLE (self), text != NULL ? text : when,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* A quarter of an hour on the clock. In the hour that comes twice the clock shows the earlier one, so
 * a step that would not go on goes by elapsed time. */
static WfInstant
step_quarters (WfDaysGrid *self, WfInstant due, int quarters)
{
  const WfCalendarSpan *span = &self->span;
  const WfZoneTable *zone = wf_days_grid_get_zone (self);
  gint64 wall_time = wf_days_snap (wf_days_get_wall_time (span, 0, due, zone), SNAP, quarters);
  WfInstant next = wf_days_get_instant (span, 0, wall_time, zone);

  if ((quarters > 0 && next > due && next - due <= SNAP * G_TIME_SPAN_MINUTE) ||
      (quarters < 0 && next < due && due - next <= SNAP * G_TIME_SPAN_MINUTE))
    return next;
  return due + quarters * SNAP * G_TIME_SPAN_MINUTE;
}

/* What leaves the days that are shown takes them along. */
static void
show_landing (WfDaysGrid *self)
{
  GdkRectangle place;

  if (wf_calendar_span_find (&self->span, self->move.due) < 0)
    {
      g_autoptr (GDateTime) local =
          wf_instant_to_date_time (self->move.due, wf_calendar_model_get_zone (self->model));
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local),
                      (GDateMonth) g_date_time_get_month (local),
                      (GDateYear) g_date_time_get_year (local));
      gtk_widget_grab_focus (GTK_WIDGET (self)); /* the chip will not be there */
      wf_calendar_model_set_date (self->model, &date);
    }
  if (wf_days_drag_get_landing (self, &place))
    wf_days_grid_reveal (self, &place);
}

/* What is seen of it is its foot. */
static void
show_end (WfDaysGrid *self)
{
  GdkRectangle place;

  if (!wf_days_drag_get_landing (self, &place))
    return;
  int foot = MIN (place.height, self->metrics.min_height);
  place.y += place.height - foot;
  place.height = foot;
  wf_days_grid_reveal (self, &place);
}

gboolean
wf_days_drag_step_length (WfDaysGrid *self, int quarters)
{
  const WfDaysBlock *block = wf_days_keys_get_focus (self);
  WfInstant ends;

  if (self->move.kind == WF_DAYS_MOVE_NONE)
    {
      if (block == NULL || block->activity == NULL ||
          !wf_calendar_can_set_length (self->model, block->activity))
        return FALSE;
      begin_move (self, block->activity, WF_DAYS_MOVE_KEYS);
      self->move.is_length = TRUE;
      wf_days_items_rebind (self);
    }
  if (self->move.kind != WF_DAYS_MOVE_KEYS)
    return FALSE;
  if (!self->move.is_length)
    return TRUE;
  ends = step_quarters (self, self->move.ends, quarters);
  if (ends - self->move.due >= WF_LENGTH_LEAST && ends - self->move.due <= WF_LENGTH_MOST)
    set_end (self, ends);
  show_end (self);
  announce_landing (self);
  return TRUE;
}

gboolean
wf_days_drag_step (WfDaysGrid *self, int days, int quarters)
{
  const WfDaysBlock *block = wf_days_keys_get_focus (self);
  WfInstant due;

  if (self->move.kind == WF_DAYS_MOVE_NONE)
    {
      if (block == NULL || block->activity == NULL)
        return FALSE;
      begin_move (self, block->activity, WF_DAYS_MOVE_KEYS);
      wf_days_items_rebind (self);
    }
  if (self->move.kind != WF_DAYS_MOVE_KEYS)
    return FALSE;
  if (self->move.is_length) /* one thing after the other */
    return days != 0 || wf_days_drag_step_length (self, quarters);
  due = days != 0
            ? wf_calendar_move_days (self->move.due, days, wf_calendar_model_get_zone (self->model))
            : step_quarters (self, self->move.due, quarters);
  set_landing (self, due);
  show_landing (self);
  announce_landing (self);
  return TRUE;
}

/* ---- the end of both --------------------------------------------------------------------------- */

static void
go_back (WfDaysGrid *self, const char *activity)
{
  g_autofree char *id = g_strdup (activity);

  g_set_str (&self->focused, id);
  if (wf_days_layout_find (self->layout, id) != NULL)
    wf_days_keys_focus_activity (self, id);
  else
    self->follows = TRUE; /* once its days are read again */
}

static void
on_answered (gboolean moved, gpointer data)
{
  WfDaysGrid *self = WF_DAYS_GRID (data);
  g_autoptr (WfActivity) activity = NULL;
  GDate date = self->move.date;

  if (self->move.kind != WF_DAYS_MOVE_ASKED)
    return;
  activity = wf_activity_ref (self->move.activity);
  wf_days_drag_end (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wf_calendar_model_select (self->model, activity->id);
  if (!moved && g_date_compare (&date, wf_calendar_model_get_date (self->model)) != 0)
    wf_calendar_model_set_date (self->model, &date);
  go_back (self, activity->id);
}

gboolean
wf_days_drag_commit (WfDaysGrid *self)
{
  GdkRectangle place;
  gboolean is_placed;

  if (self->move.kind != WF_DAYS_MOVE_POINTER && self->move.kind != WF_DAYS_MOVE_KEYS)
    return FALSE;
  is_placed = wf_days_drag_get_landing (self, &place);
  stop_scrolling (self);
  self->move.kind = WF_DAYS_MOVE_ASKED;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  if (self->move.is_length)
    wf_calendar_set_length (GTK_WIDGET (self), self->model, self->move.activity, self->move.ends,
                            on_answered, self);
  else
    wf_calendar_reschedule (GTK_WIDGET (self), is_placed ? &place : NULL, self->model,
                            self->move.activity, self->move.due, on_answered, self);
  return TRUE;
}

gboolean
wf_days_drag_cancel (WfDaysGrid *self)
{
  gboolean by_keys = self->move.kind == WF_DAYS_MOVE_KEYS;
  g_autoptr (WfActivity) activity = NULL;
  GDate date = self->move.date;

  if (self->move.kind == WF_DAYS_MOVE_NONE || self->move.kind == WF_DAYS_MOVE_ASKED)
    return FALSE;
  activity = wf_activity_ref (self->move.activity);
  wf_days_drag_end (self);
  if (!by_keys || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return TRUE;
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Stays as it was"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  if (g_date_compare (&date, wf_calendar_model_get_date (self->model)) != 0)
    wf_calendar_model_set_date (self->model, &date);
  go_back (self, activity->id);
  return TRUE;
}

void
wf_days_drag_init (WfDaysGrid *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancelled), self);
  gtk_gesture_long_press_set_delay_factor (GTK_GESTURE_LONG_PRESS (press), 1);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  gtk_gesture_group (press, drag);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

void
wf_days_drag_dispose (WfDaysGrid *self)
{
  stop_scrolling (self);
  self->move.kind = WF_DAYS_MOVE_NONE;
  g_clear_pointer (&self->move.activity, wf_activity_unref);
  g_clear_pointer (&self->move.note, g_free);
}
