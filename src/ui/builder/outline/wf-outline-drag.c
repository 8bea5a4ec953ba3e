/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dragging steps within the outline. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-drag.h"

#include "wf-builder-commands.h"
#include "wf-outline-landing.h"

#define EDGE_PIXELS 48 /* near the top and the bottom the list scrolls by itself */
#define SCROLL_PER_SECOND 600.0

typedef struct
{
  GtkListView *list; /* borrowed: it owns this */
  WfBuilderContext *context;
  GtkDropTarget *target; /* borrowed */
  WfOutlineRow *marked;  /* (nullable) borrowed, a weak pointer */
  double x, y;
  guint tick;
  gint64 last_frame;
} Landing;

static WfStepSelection *
get_selection (WfBuilderContext *context)
{
  return wf_builder_context_get_selection (context);
}

/* ---- source ---- */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, WfBuilderContext *context)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  WfOutlineItem *item = wf_outline_row_get_item (WF_OUTLINE_ROW (row));
  const WfTarget *target = item != NULL ? wf_outline_item_get_target (item) : NULL;

  if (target == NULL || target->kind != WF_TARGET_STEP)
    return NULL;
  if (!wf_step_selection_is_selected (get_selection (context), target->step))
    wf_step_selection_focus (get_selection (context), target, WF_SELECT_REPLACE);
  return gdk_content_provider_new_typed (WF_TYPE_STEP_SELECTION, get_selection (context));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, WfBuilderContext *context)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

void
wf_outline_drag_add_source (WfOutlineRow *row, WfBuilderContext *context)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), context, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), context, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
}

/* ---- where ---- */

/* The first row that ends below the point: there may be a gap between two. */
WfOutlineRow *
wf_outline_drag_pick_row (GtkListView *list, double y)
{
  WfOutlineRow *found = NULL;
  double end = G_MAXDOUBLE;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      graphene_rect_t bounds;
      double bottom;

      if (!WF_IS_OUTLINE_ROW (row) || !gtk_widget_get_mapped (row) ||
          !gtk_widget_compute_bounds (row, GTK_WIDGET (list), &bounds))
        continue;
      bottom = (double) bounds.origin.y + (double) bounds.size.height;
      if (bottom <= y || bottom >= end)
        continue;
      found = WF_OUTLINE_ROW (row);
      end = bottom;
    }
  return found;
}

static guint
find_position (GtkListView *list, WfOutlineRow *row)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (list));
  WfOutlineItem *item = wf_outline_row_get_item (row);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfOutlineItem) there = g_list_model_get_item (model, i);

      if (there == item)
        return i;
    }
  return G_MAXUINT;
}

static WfOutlineRow *
find_row (GtkListView *list, guint position)
{
  g_autoptr (WfOutlineItem) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (WF_IS_OUTLINE_ROW (row) && wf_outline_row_get_item (WF_OUTLINE_ROW (row)) == item)
        return WF_OUTLINE_ROW (row);
    }
  return NULL;
}

static gboolean
find_spot (Landing *self, WfOutlineSpot *spot)
{
  WfOutlineRow *row = wf_outline_drag_pick_row (self->list, self->y);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  graphene_point_t point = GRAPHENE_POINT_INIT (0, 0);
  guint position = G_MAXUINT;

  if (row != NULL &&
      gtk_widget_compute_point (GTK_WIDGET (self->list), GTK_WIDGET (row),
                                &GRAPHENE_POINT_INIT ((float) self->x, (float) self->y), &point))
    position = find_position (self->list, row);
  return wf_outline_find_spot (
      model, wf_builder_context_get_workflow (self->context), position,
      row != NULL && point.y > (float) gtk_widget_get_height (GTK_WIDGET (row)) / 2,
      row != NULL ? wf_outline_row_get_depth_at (row, (double) point.x) : 0, spot);
}

static void
mark (Landing *self, WfOutlineRow *row, WfOutlineLanding landing, guint depth)
{
  if (self->marked != NULL && self->marked != row)
    wf_outline_row_set_landing (self->marked, WF_OUTLINE_LANDING_NONE, 0);
  g_set_weak_pointer (&self->marked, row);
  if (row != NULL)
    wf_outline_row_set_landing (row, landing, depth);
}

static gboolean
wants_copy (Landing *self)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (self->target);

  if (drop == NULL)
    return FALSE;
  if ((gdk_drop_get_actions (drop) & GDK_ACTION_MOVE) == 0)
    return TRUE;
  return (gdk_device_get_modifier_state (gdk_drop_get_device (drop)) & GDK_CONTROL_MASK) != 0;
}

static WfStepPlace
to_place (const WfTarget *target)
{
  return (WfStepPlace) { target->step, target->path, target->position };
}

/* What can be done here, shown by the line; none without it. */
static GdkDragAction
show_spot (Landing *self)
{
  g_auto (WfOutlineSpot) spot = { 0 };
  gboolean copy = wants_copy (self);
  WfStepPlace place;

  if (!find_spot (self, &spot))
    return 0;
  place = to_place (spot.place);
  if (!copy && !wf_builder_can_move_to (get_selection (self->context), &place))
    {
      mark (self, NULL, WF_OUTLINE_LANDING_NONE, 0);
      return 0;
    }
  mark (self, find_row (self->list, spot.row),
        spot.below ? WF_OUTLINE_LANDING_BELOW : WF_OUTLINE_LANDING_ABOVE, spot.depth);
  return copy ? GDK_ACTION_COPY : GDK_ACTION_MOVE;
}

/* ---- scrolling ---- */

/* Pixels of scrolling that each second of this position is worth; below 0 upwards. */
static double
get_speed (Landing *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);
  graphene_point_t point;
  double height;

  if (scrolled == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (self->list), scrolled,
                                 &GRAPHENE_POINT_INIT ((float) self->x, (float) self->y), &point))
    return 0;
  height = gtk_widget_get_height (scrolled);
  if ((double) point.y < EDGE_PIXELS)
    return -SCROLL_PER_SECOND;
  return (double) point.y > height - EDGE_PIXELS ? SCROLL_PER_SECOND : 0;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *frames, gpointer user_data)
{
  Landing *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  gint64 now = gdk_frame_clock_get_frame_time (frames);
  double seconds = self->last_frame > 0 ? (double) (now - self->last_frame) / G_USEC_PER_SEC : 0;
  double speed = get_speed (self);

  self->last_frame = now;
  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + speed * MIN (seconds, 0.1));
  if (speed < 0 || speed > 0)
    show_spot (self);
  return G_SOURCE_CONTINUE;
}

static void
start (Landing *self)
{
  if (self->tick != 0)
    return;
  self->last_frame = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), on_tick, self, NULL);
}

static void
stop (Landing *self)
{
  mark (self, NULL, WF_OUTLINE_LANDING_NONE, 0);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick);
  self->tick = 0;
}

/* ---- target ---- */

static GdkDragAction
on_motion (GtkDropTarget *target, double x, double y, Landing *self)
{
  self->x = x;
  self->y = y;
  start (self);
  return show_spot (self);
}

static void
on_leave (GtkDropTarget *target, Landing *self)
{
  stop (self);
}

/* Steps of another workflow's outline are theirs: they travel by the clipboard. */
static gboolean
on_accept (GtkDropTarget *target, GdkDrop *drop, Landing *self)
{
  return gdk_drop_get_drag (drop) != NULL &&
         gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), WF_TYPE_STEP_SELECTION);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, Landing *self)
{
  WfStepSelection *selection = get_selection (self->context);
  g_auto (WfOutlineSpot) spot = { 0 };
  gboolean copy = wants_copy (self);
  WfStepPlace place;

  self->x = x;
  self->y = y;
  stop (self);
  if (g_value_get_object (value) != selection || !find_spot (self, &spot))
    return FALSE;
  place = to_place (spot.place);
  return copy ? wf_builder_copy_to (selection, &place) : wf_builder_move_to (selection, &place);
}

static void
landing_free (gpointer data)
{
  Landing *self = data;

  g_clear_weak_pointer (&self->marked);
  g_object_unref (self->context);
  g_free (self);
}

void
wf_outline_drag_add_target (GtkListView *list, WfBuilderContext *context)
{
  Landing *self = g_new0 (Landing, 1);

  self->list = list;
  self->context = g_object_ref (context);
  self->target = gtk_drop_target_new (WF_TYPE_STEP_SELECTION, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (self->target, "accept", G_CALLBACK (on_accept), self);
  g_signal_connect (self->target, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (self->target, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (self->target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (self->target, "drop", G_CALLBACK (on_drop), self);
  g_object_set_data_full (G_OBJECT (list), "wf-outline-landing", self, landing_free);
  gtk_widget_add_controller (GTK_WIDGET (list), GTK_EVENT_CONTROLLER (self->target));
}
