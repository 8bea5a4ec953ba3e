/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving an activity to another day of the month; it keeps its time of day. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-reschedule.h"
#include "wf-month-private.h"

static WfCalendarChip *
pick_chip (WfMonthView *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (picked != NULL && !WF_IS_CALENDAR_CHIP (picked))
    picked = gtk_widget_get_ancestor (picked, WF_TYPE_CALENDAR_CHIP);
  return picked != NULL ? WF_CALENDAR_CHIP (picked) : NULL;
}

static void
set_target (WfMonthView *self, WfMonthCell *target)
{
  if (target == self->target)
    return;
  if (self->target != NULL)
    wf_month_cell_set_target (self->target, FALSE);
  self->target = target;
  if (target != NULL)
    wf_month_cell_set_target (target, TRUE);
}

gboolean
wf_month_drag_move (WfMonthView *self, WfMonthCell *from, WfActivity *activity, int days)
{
  WfInstant due;

  if (!wf_calendar_can_move (self->model, activity))
    return FALSE;
  due = wf_calendar_move_days (activity->due, days, wf_calendar_model_get_zone (self->model));
  wf_calendar_reschedule (GTK_WIDGET (from), NULL, self->model, activity, due, NULL, NULL);
  return TRUE;
}

/* ---- the chip ---------------------------------------------------------------------------------- */

/* What is dragged is offered as the view itself: no other program, and no other view, can take it. */
static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, WfMonthView *self)
{
  WfCalendarChip *chip = pick_chip (self, x, y);
  WfActivity *activity = chip != NULL ? wf_calendar_chip_get_activity (chip) : NULL;
  g_autoptr (GdkPaintable) picture = NULL;

  if (activity == NULL || !wf_calendar_can_move (self->model, activity))
    return NULL;
  picture = gtk_widget_paintable_new (GTK_WIDGET (chip));
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (picture);
  gtk_drag_source_set_icon (source, still, 8, 8);
  g_clear_pointer (&self->dragged, wf_activity_unref);
  self->dragged = wf_activity_ref (activity);
  return gdk_content_provider_new_typed (WF_TYPE_MONTH_VIEW, self);
}

static void
on_drag_end (WfMonthView *self)
{
  set_target (self, NULL);
  g_clear_pointer (&self->dragged, wf_activity_unref);
}

/* ---- the day ----------------------------------------------------------------------------------- */

static GdkDragAction
on_motion (WfMonthView *self, double x, double y)
{
  set_target (self, self->dragged != NULL ? wf_month_view_get_cell_at (self, x, y) : NULL);
  return self->target != NULL ? GDK_ACTION_MOVE : 0;
}

static gboolean
on_drop (WfMonthView *self, const GValue *value, double x, double y)
{
  WfMonthCell *cell = wf_month_view_get_cell_at (self, x, y);
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);
  g_autoptr (WfActivity) dragged = g_steal_pointer (&self->dragged);
  int from = dragged != NULL ? wf_calendar_span_find (span, dragged->due) : -1;
  WfInstant due;

  set_target (self, NULL);
  if (cell == NULL || from < 0 || g_value_get_object (value) != self)
    return FALSE;
  due = wf_calendar_move_days (dragged->due, (int) wf_month_cell_get_day (cell) - from,
                               wf_calendar_model_get_zone (self->model));
  wf_calendar_reschedule (GTK_WIDGET (cell), NULL, self->model, dragged, due, NULL, NULL);
  return TRUE;
}

static void
on_leave (WfMonthView *self)
{
  set_target (self, NULL);
}

void
wf_month_drag_init (WfMonthView *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (WF_TYPE_MONTH_VIEW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect_swapped (source, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_swapped (target, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (target, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
