/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is dragged on the canvas: the view, a band around cards, steps to another place, and text
 * from elsewhere. The steps are carried by a gesture, not by the desktop's drag and drop: so the
 * places light up, Ctrl copies, and the view scrolls, the same on every desktop; other windows take
 * the steps over the clipboard. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"
#include "wf-toast.h"

/* Pixels of the widget from its edge where a drag scrolls, and how fast at the edge (pixels a
 * second). */
#define SCROLL_ZONE 56.0
#define SCROLL_SPEED 1100.0
/* How near the pointer comes to a landing place for it to be taken, in pixels of the canvas. */
#define LANDING_REACH 260.0f
#define ALLOWED 1
#define FORBIDDEN 2

/* While something looks for its place, only places where it may go are shown. */
gboolean
wf_canvas_shows_landings (WfCanvas *self)
{
  return wf_canvas_is_dragging (self) &&
         (self->drag.kind == WF_CANVAS_DRAG_STEPS || self->drag.kind == WF_CANVAS_DRAG_TEXT);
}

gboolean
wf_canvas_is_dragging (WfCanvas *self)
{
  return self->drag.kind != WF_CANVAS_DRAG_NONE && self->drag.is_started;
}

/* The card of a dragged step, and everything in a dragged branch. */
gboolean
wf_canvas_is_carried (WfCanvas *self, guint card)
{
  if (self->drag.kind != WF_CANVAS_DRAG_STEPS || self->drag.ids == NULL || self->drag.copy)
    return FALSE;
  while (card != G_MAXUINT)
    {
      const WfFlowCard *shown = wf_flow_layout_get_card (self->layout, card);

      if (shown->target.step != NULL && g_hash_table_contains (self->drag.ids, shown->target.step))
        return TRUE;
      card = shown->parent;
    }
  return FALSE;
}

static void
remember_ids (WfCanvas *self, gboolean only_roots)
{
  g_auto (GStrv) ids = wf_step_selection_dup_ids (wf_canvas_get_selection (self), only_roots);

  self->drag.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (self->drag.ids, g_strdup (ids[i]));
}

static void
stop_scrolling (WfCanvas *self)
{
  if (self->drag.tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->drag.tick);
  self->drag.tick = 0;
}

static void
end_drag (WfCanvas *self)
{
  stop_scrolling (self);
  g_clear_pointer (&self->drag.ids, g_hash_table_unref);
  g_clear_pointer (&self->drag.landings, g_hash_table_unref);
  self->drag.kind = WF_CANVAS_DRAG_NONE;
  self->drag.is_started = FALSE;
  self->drag.landing = G_MAXUINT;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  wf_canvas_update_flags (self);
}

void
wf_canvas_cancel_drag (WfCanvas *self)
{
  if (self->drag.kind != WF_CANVAS_DRAG_NONE)
    end_drag (self);
}

static void
get_place (const WfFlowEdge *edge, WfStepPlace *place)
{
  *place = (WfStepPlace) { edge->place.step, edge->place.path, edge->place.position };
}

/* Asked once a drag for each place that comes into view. */
gboolean
wf_canvas_may_land (WfCanvas *self, guint edge)
{
  gpointer known = g_hash_table_lookup (self->drag.landings, GUINT_TO_POINTER (edge));
  const WfFlowEdge *shown = wf_flow_layout_get_edge (self->layout, edge);
  gboolean may;

  if (shown->place.kind == WF_TARGET_NONE)
    return FALSE;
  if (self->drag.kind == WF_CANVAS_DRAG_TEXT || self->drag.copy)
    return TRUE;
  if (known == NULL)
    {
      WfStepPlace place;

      get_place (shown, &place);
      may = wf_builder_can_move_to (wf_canvas_get_selection (self), &place);
      known = GUINT_TO_POINTER (may ? ALLOWED : FORBIDDEN);
      g_hash_table_insert (self->drag.landings, GUINT_TO_POINTER (edge), known);
    }
  return GPOINTER_TO_UINT (known) == ALLOWED;
}

static void
find_landing (WfCanvas *self)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  graphene_point_t point;
  graphene_rect_t around;
  float nearest = LANDING_REACH;

  self->drag.landing = G_MAXUINT;
  wf_canvas_to_canvas (self, (double) self->drag.pointer.x, (double) self->drag.pointer.y, &point);
  graphene_rect_init (&around, point.x - LANDING_REACH, point.y - LANDING_REACH, 2 * LANDING_REACH,
                      2 * LANDING_REACH);
  wf_flow_layout_list_edges_in (self->layout, &around, edges);
  for (guint i = 0; i < edges->len; i++)
    {
      guint index = g_array_index (edges, guint, i);
      const WfFlowEdge *edge = wf_flow_layout_get_edge (self->layout, index);
      float distance = graphene_point_distance (&point, &edge->plus, NULL, NULL);

      if (distance < nearest && wf_canvas_may_land (self, index))
        {
          nearest = distance;
          self->drag.landing = index;
        }
    }
}

void
wf_canvas_get_band (WfCanvas *self, graphene_rect_t *band)
{
  graphene_point_t now;

  wf_canvas_to_canvas (self, (double) self->drag.pointer.x, (double) self->drag.pointer.y, &now);
  graphene_rect_init (band, self->drag.start.x, self->drag.start.y, now.x - self->drag.start.x,
                      now.y - self->drag.start.y);
  graphene_rect_normalize (band);
}

/* The steps within the band, with those that were selected before when Ctrl or Shift was held. */
static void
select_in_band (WfCanvas *self)
{
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree const char **ids = NULL;
  WfStepSelection *selection = wf_canvas_get_selection (self);
  graphene_rect_t band;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->drag.ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (wanted, id);
  wf_canvas_get_band (self, &band);
  wf_flow_layout_list_cards_in (self->layout, &band, cards);
  for (guint i = 0; i < cards->len; i++)
    {
      const WfFlowCard *card =
          wf_flow_layout_get_card (self->layout, g_array_index (cards, guint, i));

      if (card->target.kind == WF_TARGET_STEP)
        g_hash_table_add (wanted, card->target.step);
    }
  ids = (const char **) g_hash_table_get_keys_as_array (wanted, NULL);
  self->is_pointing = TRUE;
  if (ids[0] == NULL)
    wf_step_selection_clear (selection);
  else
    wf_step_selection_set_ids (selection, ids);
  self->is_pointing = FALSE;
}

static double
get_speed (double at, double size)
{
  double zone = MIN (SCROLL_ZONE, size / 4);

  if (at < zone)
    return -SCROLL_SPEED * MIN (1, (zone - at) / zone);
  if (at > size - zone)
    return SCROLL_SPEED * MIN (1, (at - (size - zone)) / zone);
  return 0;
}

static void
follow_pointer (WfCanvas *self)
{
  if (self->drag.kind == WF_CANVAS_DRAG_BAND)
    select_in_band (self);
  else
    find_landing (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *frames, gpointer data)
{
  WfCanvas *self = WF_CANVAS (widget);
  gint64 now = gdk_frame_clock_get_frame_time (frames);
  double seconds = (double) (now - self->drag.ticked_at) / G_USEC_PER_SEC;
  double x = get_speed ((double) self->drag.pointer.x, gtk_widget_get_width (widget));
  double y = get_speed ((double) self->drag.pointer.y, gtk_widget_get_height (widget));

  self->drag.ticked_at = now;
  if (x == 0 && y == 0)
    {
      self->drag.tick = 0;
      return G_SOURCE_REMOVE;
    }
  wf_canvas_set_offset (self, gtk_adjustment_get_value (self->hadjustment) + x * seconds,
                        gtk_adjustment_get_value (self->vadjustment) + y * seconds);
  follow_pointer (self);
  return G_SOURCE_CONTINUE;
}

static void
scroll_at_edges (WfCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkFrameClock *frames = gtk_widget_get_frame_clock (widget);

  if (self->drag.tick != 0 || frames == NULL ||
      (get_speed ((double) self->drag.pointer.x, gtk_widget_get_width (widget)) == 0 &&
       get_speed ((double) self->drag.pointer.y, gtk_widget_get_height (widget)) == 0))
    return;
  self->drag.ticked_at = gdk_frame_clock_get_frame_time (frames);
  self->drag.tick = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
}

static gboolean
begin_steps (WfCanvas *self, guint card, double x, double y)
{
  const WfFlowCard *shown = wf_flow_layout_get_card (self->layout, card);
  graphene_point_t point;

  if (!wf_canvas_is_editable (self) || shown->target.kind != WF_TARGET_STEP)
    return FALSE;
  self->drag.kind = WF_CANVAS_DRAG_STEPS;
  self->drag.card = card;
  self->drag.landings = g_hash_table_new (NULL, NULL);
  wf_canvas_to_canvas (self, x, y, &point);
  graphene_point_init (&self->drag.start, point.x - shown->bounds.origin.x,
                       point.y - shown->bounds.origin.y);
  return TRUE;
}

/* pan: by the middle button or with Space. add: the band adds to what is selected. FALSE: there is
 * nothing to drag. */
gboolean
wf_canvas_begin_drag (WfCanvas *self, double x, double y, gboolean do_pan, gboolean add)
{
  graphene_point_t point;
  guint card;

  if (self->layout == NULL)
    return FALSE;
  wf_canvas_cancel_drag (self);
  wf_canvas_stop_motion (self);
  graphene_point_init (&self->drag.pointer, (float) x, (float) y);
  self->drag.copy = FALSE;
  wf_canvas_to_canvas (self, x, y, &point);
  card = wf_flow_layout_find_card_at (self->layout, point.x, point.y);
  if (do_pan)
    {
      self->drag.kind = WF_CANVAS_DRAG_PAN;
      self->drag.pan_x = gtk_adjustment_get_value (self->hadjustment) + x;
      self->drag.pan_y = gtk_adjustment_get_value (self->vadjustment) + y;
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
      return TRUE;
    }
  if (card != G_MAXUINT)
    return begin_steps (self, card, x, y);
  self->drag.kind = WF_CANVAS_DRAG_BAND;
  self->drag.start = point;
  if (add)
    remember_ids (self, FALSE);
  else
    self->drag.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return TRUE;
}

/* A step that was not selected when the drag began is the only one that is dragged. */
static void
start_steps (WfCanvas *self)
{
  const WfFlowCard *card = wf_flow_layout_get_card (self->layout, self->drag.card);
  WfStepSelection *selection = wf_canvas_get_selection (self);

  self->pressed = G_MAXUINT;
  if (!wf_step_selection_is_selected (selection, card->target.step))
    {
      self->is_pointing = TRUE;
      wf_canvas_move_focus (self, self->drag.card, WF_SELECT_REPLACE);
      self->is_pointing = FALSE;
    }
  remember_ids (self, TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

void
wf_canvas_update_drag (WfCanvas *self, double x, double y, gboolean copy)
{
  gboolean is_first = !self->drag.is_started;

  if (self->drag.kind == WF_CANVAS_DRAG_NONE)
    return;
  self->drag.is_started = TRUE;
  graphene_point_init (&self->drag.pointer, (float) x, (float) y);
  if (self->drag.kind == WF_CANVAS_DRAG_PAN)
    {
      wf_canvas_set_offset (self, self->drag.pan_x - x, self->drag.pan_y - y);
      return;
    }
  if (self->drag.kind == WF_CANVAS_DRAG_STEPS)
    {
      gboolean is_other = is_first || copy != self->drag.copy;

      if (is_first)
        start_steps (self);
      self->drag.copy = copy;
      if (is_other)
        wf_canvas_update_flags (self);
    }
  follow_pointer (self);
  scroll_at_edges (self);
}

gboolean
wf_canvas_drop (WfCanvas *self)
{
  WfStepSelection *selection = wf_canvas_get_selection (self);
  gboolean is_done = FALSE;

  if (self->drag.kind == WF_CANVAS_DRAG_STEPS && self->drag.is_started &&
      self->drag.landing != G_MAXUINT)
    {
      g_autoptr (WfTarget) target =
          wf_target_copy (&wf_flow_layout_get_edge (self->layout, self->drag.landing)->place);
      const WfStepPlace place = { target->step, target->path, target->position };
      gboolean copy = self->drag.copy;

      end_drag (self);
      is_done = copy ? wf_builder_copy_to (selection, &place)
                     : wf_builder_move_to (selection, &place);
    }
  else
    wf_canvas_cancel_drag (self);
  return is_done;
}

static gboolean
is_on_plus (WfCanvas *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked != NULL && WF_IS_CANVAS_PLUS (picked);
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device =
      gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

/* Touch is left to the scrolled window, which scrolls. */
static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, WfCanvas *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  gboolean do_pan = button == GDK_BUTTON_MIDDLE || self->is_space_held;

  if ((button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE) ||
      is_touch (GTK_GESTURE (gesture)) || (!do_pan && is_on_plus (self, x, y)) ||
      !wf_canvas_begin_drag (self, x, y, do_pan,
                             (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, WfCanvas *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double x, y;

  if (self->drag.kind == WF_CANVAS_DRAG_NONE) /* Esc */
    return;
  if (!self->drag.is_started &&
      !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  wf_canvas_update_drag (self, x + dx, y + dy, (state & GDK_CONTROL_MASK) != 0);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, WfCanvas *self)
{
  wf_canvas_drop (self);
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, WfCanvas *self)
{
  wf_canvas_cancel_drag (self);
}

static GdkDragAction
on_text_motion (GtkDropTarget *target, double x, double y, WfCanvas *self)
{
  if (self->layout == NULL || !wf_canvas_is_editable (self))
    return 0;
  if (self->drag.kind != WF_CANVAS_DRAG_TEXT)
    {
      wf_canvas_cancel_drag (self);
      self->drag.kind = WF_CANVAS_DRAG_TEXT;
      self->drag.landings = g_hash_table_new (NULL, NULL);
    }
  wf_canvas_update_drag (self, x, y, TRUE);
  return self->drag.landing != G_MAXUINT ? GDK_ACTION_COPY : 0;
}

static void
on_text_leave (GtkDropTarget *target, WfCanvas *self)
{
  if (self->drag.kind == WF_CANVAS_DRAG_TEXT)
    wf_canvas_cancel_drag (self);
}

static gboolean
on_text_drop (GtkDropTarget *target, const GValue *value, double x, double y, WfCanvas *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfTarget) landing = NULL;
  WfStepPlace place;

  if (on_text_motion (target, x, y, self) == 0)
    {
      on_text_leave (target, self);
      return FALSE;
    }
  landing = wf_target_copy (&wf_flow_layout_get_edge (self->layout, self->drag.landing)->place);
  place = (WfStepPlace) { landing->step, landing->path, landing->position };
  wf_canvas_cancel_drag (self);
  if (wf_builder_paste_text (wf_canvas_get_selection (self), g_value_get_string (value), &place,
                             &error))
    return TRUE;
  if (error != NULL)
    wf_toast_show (GTK_WIDGET (self), error->message);
  return FALSE;
}

void
wf_canvas_init_drag (WfCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  self->drag.landing = G_MAXUINT;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (target, "motion", G_CALLBACK (on_text_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_text_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_text_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
wf_canvas_dispose_drag (WfCanvas *self)
{
  stop_scrolling (self);
  g_clear_pointer (&self->drag.ids, g_hash_table_unref);
  g_clear_pointer (&self->drag.landings, g_hash_table_unref);
  self->drag.kind = WF_CANVAS_DRAG_NONE;
}
