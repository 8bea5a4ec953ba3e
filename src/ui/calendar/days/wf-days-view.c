/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day or a week as columns of time: the names of the days above, the hours beside, both staying in
 * place while the columns scroll. The height of the hours is remembered. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-actions.h"
#include "wf-days-private.h"

#define ZOOM_KEY "calendar-hour-height" /* per cent of the usual */
#define ZOOM_STEP 1.25
#define WHEEL_STEP 1.1

struct _WfDaysView
{
  GtkWidget parent_instance;

  WfCalendarModel *model; /* (owned) */
  GSettings *settings;    /* (owned) */
  gboolean is_placed;     /* it has been scrolled to the working hours */
  GtkScrolledWindow *scroller;
  WfDaysHead *head;
  WfDaysScale *scale;
  WfDaysGrid *grid;
};

G_DEFINE_FINAL_TYPE (WfDaysView, wf_days_view, GTK_TYPE_WIDGET)

/* ---- the first place --------------------------------------------------------------------------- */

/* Once the hours are known; then everybody scrolls as they like. */
static void
place_first (WfDaysView *self)
{
  if (self->is_placed || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      self->grid->span.n_days == 0 || wf_calendar_model_get_days (self->model) == NULL)
    return;
  self->is_placed = TRUE;
  wf_days_grid_scroll_to_work (self->grid);
}

/* In a narrow window the day that was asked for is the first that is seen of its week. */
static void
show_date (WfDaysView *self)
{
  GtkAdjustment *horizontal = gtk_scrolled_window_get_hadjustment (self->scroller);
  const WfCalendarSpan *span = &self->grid->span;
  int day, x, width;

  if (span->n_days == 0 || gtk_adjustment_get_page_size (horizontal) <= 0)
    return;
  day = g_date_days_between (&span->first, wf_calendar_model_get_date (self->model));
  if (day < 0 || day >= (int) span->n_days)
    return;
  wf_days_grid_get_column (self->grid, (guint) day, &x, &width);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x += width - (int) gtk_adjustment_get_page_size (horizontal);
  gtk_adjustment_set_value (horizontal, x);
}

static void
on_model_changed (WfDaysView *self)
{
  wf_days_grid_refresh (self->grid);
  if (wf_days_grid_is_current (self->grid))
    wf_days_head_refresh (self->head);
  place_first (self);
}

static void
on_sideways_adjusted (WfDaysView *self)
{
  show_date (self);
}

/* ---- zoom -------------------------------------------------------------------------------------- */

static void
zoom_to (WfDaysView *self, double zoom, double anchor)
{
  wf_days_grid_set_zoom (self->grid, zoom, anchor);
  gtk_widget_queue_draw (GTK_WIDGET (self->scale));
  g_settings_set_int (self->settings, ZOOM_KEY, (int) (self->grid->zoom * 100 + 0.5));
}

static double
get_middle (WfDaysView *self)
{
  return gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller)) / 2;
}

static void
zoom_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WfDaysView *self = WF_DAYS_VIEW (widget);

  zoom_to (self, self->grid->zoom * ZOOM_STEP, get_middle (self));
}

static void
zoom_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WfDaysView *self = WF_DAYS_VIEW (widget);

  zoom_to (self, self->grid->zoom / ZOOM_STEP, get_middle (self));
}

static void
zoom_reset (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WfDaysView *self = WF_DAYS_VIEW (widget);

  zoom_to (self, 1, get_middle (self));
}

/* Around what is below the pointer. */
static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, WfDaysView *self)
{
  GtkEventController *events = GTK_EVENT_CONTROLLER (controller);
  GdkEvent *event = gtk_event_controller_get_current_event (events);
  double x, y, factor = dy > 0 ? 1 / WHEEL_STEP : WHEEL_STEP;
  graphene_point_t point;

  if ((gtk_event_controller_get_current_event_state (events) & GDK_CONTROL_MASK) == 0 || dy == 0)
    return GDK_EVENT_PROPAGATE;
  y = get_middle (self);
  if (event != NULL && gdk_event_get_position (event, &x, &y) &&
      gtk_widget_compute_point (GTK_WIDGET (gtk_widget_get_native (GTK_WIDGET (self))),
                                GTK_WIDGET (self->scroller),
                                &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    y = (double) point.y;
  zoom_to (self, self->grid->zoom * factor, y);
  return GDK_EVENT_STOP;
}

/* ---- the keyboard's moves, as actions too ------------------------------------------------------ */

static void
move_earlier (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_days_drag_step (WF_DAYS_VIEW (widget)->grid, 0, -1);
}

static void
move_later (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_days_drag_step (WF_DAYS_VIEW (widget)->grid, 0, 1);
}

static void
set_shorter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_days_drag_step_length (WF_DAYS_VIEW (widget)->grid, -1);
}

static void
set_longer (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_days_drag_step_length (WF_DAYS_VIEW (widget)->grid, 1);
}

static void
move_day_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_days_drag_step (WF_DAYS_VIEW (widget)->grid, -1, 0);
}

static void
move_day_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_days_drag_step (WF_DAYS_VIEW (widget)->grid, 1, 0);
}

/* ---- the widget -------------------------------------------------------------------------------- */

static void
wf_days_view_map (GtkWidget *widget)
{
  WfDaysView *self = WF_DAYS_VIEW (widget);

  GTK_WIDGET_CLASS (wf_days_view_parent_class)->map (widget);
  if (self->model != NULL)
    on_model_changed (self);
}

static gboolean
goes_back (GtkDirectionType direction)
{
  return direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
}

/* From one part to the next. GTK's own way ends with grab_focus(), which would never let Tab out. */
static gboolean
wf_days_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = goes_back (direction);
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL)
    child = back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  for (; child != NULL;
       child = back ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_child_focus (child, direction))
        return TRUE;
    }
  return FALSE;
}

/* The activities, not the names of the days. */
static gboolean
wf_days_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (WF_DAYS_VIEW (widget)->grid), GTK_DIR_TAB_FORWARD);
}

static void
wf_days_view_dispose (GObject *object)
{
  WfDaysView *self = WF_DAYS_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_DAYS_VIEW);
  g_clear_object (&self->settings);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wf_days_view_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "days.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action (widget_class, "days.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action (widget_class, "days.zoom-reset", NULL, zoom_reset);
  gtk_widget_class_install_action (widget_class, "days.move-earlier", NULL, move_earlier);
  gtk_widget_class_install_action (widget_class, "days.move-later", NULL, move_later);
  gtk_widget_class_install_action (widget_class, "days.set-shorter", NULL, set_shorter);
  gtk_widget_class_install_action (widget_class, "days.set-longer", NULL, set_longer);
  gtk_widget_class_install_action (widget_class, "days.move-day-back", NULL, move_day_back);
  gtk_widget_class_install_action (widget_class, "days.move-day-on", NULL, move_day_on);
}

static void
wf_days_view_class_init (WfDaysViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_days_view_dispose;
  widget_class->map = wf_days_view_map;
  widget_class->focus = wf_days_view_focus;
  widget_class->grab_focus = wf_days_view_grab_focus;
  g_type_ensure (WF_TYPE_DAYS_HEAD);
  g_type_ensure (WF_TYPE_DAYS_SCALE);
  g_type_ensure (WF_TYPE_DAYS_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/days/wf-days-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfDaysView, scroller);
  gtk_widget_class_bind_template_child (widget_class, WfDaysView, head);
  gtk_widget_class_bind_template_child (widget_class, WfDaysView, scale);
  gtk_widget_class_bind_template_child (widget_class, WfDaysView, grid);
  gtk_widget_class_set_css_name (widget_class, "wf-days-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  install_actions (widget_class);
}

static void
wf_days_view_init (WfDaysView *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkAdjustment *horizontal, *vertical;

  gtk_widget_init_template (GTK_WIDGET (self));
  horizontal = gtk_scrolled_window_get_hadjustment (self->scroller);
  vertical = gtk_scrolled_window_get_vadjustment (self->scroller);
  wf_days_grid_set_adjustments (self->grid, horizontal, vertical);
  wf_days_head_set_up (self->head, horizontal, self->grid);
  wf_days_scale_set_up (self->scale, vertical, self->grid);
  g_signal_connect_object (horizontal, "notify::page-size", G_CALLBACK (on_sideways_adjusted), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  wf_actions_add_shortcuts (GTK_WIDGET (self), WF_SHORTCUT_CALENDAR);
  self->settings = g_settings_new (WF_APPLICATION_ID);
}

/**
 * wf_days_view_new:
 * @model: the calendar; a day or a week of it is shown
 *
 * Scrolls by itself, in both directions.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
wf_days_view_new (WfCalendarModel *model)
{
  WfDaysView *self = g_object_new (WF_TYPE_DAYS_VIEW, NULL);

  self->model = g_object_ref (model);
  wf_days_grid_set_model (self->grid, model);
  wf_days_grid_set_zoom (self->grid, g_settings_get_int (self->settings, ZOOM_KEY) / 100.0, 0);
  g_signal_connect_object (model, "changed", G_CALLBACK (on_model_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::date", G_CALLBACK (show_date), self, G_CONNECT_SWAPPED);
  on_model_changed (self);
  return GTK_WIDGET (self);
}

WfDaysGrid *
wf_days_view_get_grid (WfDaysView *self)
{
  return self->grid;
}
