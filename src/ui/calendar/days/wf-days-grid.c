/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of time as a widget: sizes, layout, and what follows from a change of the model. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#include <math.h>

#define LEAST_ZOOM 0.5
#define MOST_ZOOM 5.0
#define LINES_AN_HOUR 2.4 /* at the usual zoom: two chips of a line, and room between them */
#define LEAST_LINE 16
#define LEAST_COLUMN 100
/* Widths in heights of a chip, so that they grow with the text. */
#define COLUMN_LINES 5
#define LANE_LINES 3
#define MORE_LINES 3   /* halves */
#define COLUMN_START 2 /* beside the line between two days */
#define COLUMN_END 5   /* stays free, so that one can click beside the blocks */
#define FIRST_HOUR 8   /* without working hours */
#define SCROLL_MARGIN 24

G_DEFINE_FINAL_TYPE (WfDaysGrid, wf_days_grid, GTK_TYPE_WIDGET)

gint64
wf_days_grid_begin_work (WfDaysGrid *self)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  gint64 frame = frames != NULL ? gdk_frame_clock_get_frame_counter (frames) : 0;

  if (frame != self->frame)
    {
      self->frame = frame;
      self->work = 0;
    }
  return g_get_monotonic_time ();
}

void
wf_days_grid_end_work (WfDaysGrid *self, gint64 began)
{
  self->work += g_get_monotonic_time () - began;
}

/* Made once for a zone: it takes longer than all that it is asked. */
const WfZoneTable *
wf_days_grid_get_zone (WfDaysGrid *self)
{
  GTimeZone *zone = wf_calendar_model_get_zone (self->model);

  if (self->zone != NULL && wf_zone_table_get_zone (self->zone) != zone)
    g_clear_pointer (&self->zone, wf_zone_table_free);
  if (self->zone == NULL)
    self->zone = wf_zone_table_new (zone);
  return self->zone;
}

/* ---- geometry ---------------------------------------------------------------------------------- */

static guint
get_n_days (WfDaysGrid *self)
{
  return MAX (self->span.n_days, 1);
}

static gboolean
is_mirrored (WfDaysGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

void
wf_days_grid_get_column (WfDaysGrid *self, guint day, int *x, int *width)
{
  int whole = gtk_widget_get_width (GTK_WIDGET (self)), n = (int) get_n_days (self);
  int from = whole * (int) day / n, until = whole * ((int) day + 1) / n;

  *width = until - from;
  *x = is_mirrored (self) ? whole - until : from;
}

guint
wf_days_grid_get_day_at (WfDaysGrid *self, double x)
{
  double whole = MAX (1, gtk_widget_get_width (GTK_WIDGET (self)));
  double n = get_n_days (self);

  if (is_mirrored (self))
    x = whole - x;
  return (guint) CLAMP (x * n / whole, 0, n - 1);
}

void
wf_days_grid_get_bounds (WfDaysGrid *self, const WfDaysBlock *block, GdkRectangle *bounds)
{
  int x, width;

  wf_days_grid_get_column (self, block->day, &x, &width);
  bounds->x = is_mirrored (self) ? x + width - COLUMN_START - block->x - block->width
                                 : x + COLUMN_START + block->x;
  bounds->y = block->y;
  bounds->width = block->width;
  bounds->height = block->height;
}

int
wf_days_grid_get_y (WfDaysGrid *self, gint64 wall_time)
{
  double hours = (double) wall_time / G_TIME_SPAN_HOUR;

  return (int) round (CLAMP (hours, 0, WF_DAYS_HOURS) * self->metrics.hour_height);
}

int
wf_days_grid_get_hour_height (WfDaysGrid *self)
{
  return self->metrics.hour_height;
}

static void
reveal_in (GtkAdjustment *adjustment, double from, double size)
{
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  double margin = CLAMP ((page - size) / 2, 0, SCROLL_MARGIN);

  if (page <= 0)
    return;
  if (from - margin < value || size > page)
    gtk_adjustment_set_value (adjustment, from - margin);
  else if (from + size + margin > value + page)
    gtk_adjustment_set_value (adjustment, from + size + margin - page);
}

void
wf_days_grid_reveal (WfDaysGrid *self, const GdkRectangle *place)
{
  if (self->vadjustment == NULL)
    return;
  reveal_in (self->vadjustment, place->y, place->height);
  reveal_in (self->hadjustment, place->x, place->width);
}

/* ---- sizes ------------------------------------------------------------------------------------- */

static void
update_metrics (WfDaysGrid *self)
{
  int n = (int) get_n_days (self);

  self->line_height = MAX (wf_days_items_get_line (self), LEAST_LINE);
  self->min_column = MAX (LEAST_COLUMN, COLUMN_LINES * self->line_height);
  self->metrics.hour_height =
      MAX (self->line_height + 2, (int) round (LINES_AN_HOUR * self->line_height * self->zoom));
  self->metrics.min_height = self->line_height;
  self->metrics.min_lane = LANE_LINES * self->line_height;
  self->metrics.more_width = MORE_LINES * self->line_height / 2;
  self->metrics.column_width =
      MAX (1, gtk_widget_get_width (GTK_WIDGET (self)) / n - COLUMN_START - COLUMN_END);
}

static void
free_stretches (gpointer data)
{
  g_array_unref (data);
}

/* By wall time, as everything in the columns. */
static void
update_closed (WfDaysGrid *self)
{
  const WfCalendarSpan *span = &self->span;
  WfWorkingHours *hours = wf_calendar_model_get_hours (self->model);
  const WfZoneTable *zone = wf_days_grid_get_zone (self);

  g_ptr_array_set_size (self->closed, 0);
  for (guint i = 0; i < span->n_days; i++)
    {
      GArray *closed = wf_calendar_list_closed (hours, span->bounds[i], span->bounds[i + 1], NULL);

      for (guint j = 0; j < closed->len; j++)
        {
          WfCalendarStretch *stretch = &g_array_index (closed, WfCalendarStretch, j);

          stretch->from = stretch->from == span->bounds[i]
                              ? 0
                              : wf_days_get_wall_time (span, i, stretch->from, zone);
          stretch->until = stretch->until == span->bounds[i + 1]
                               ? G_TIME_SPAN_DAY
                               : wf_days_get_wall_time (span, i, stretch->until, zone);
        }
      g_ptr_array_add (self->closed, closed);
    }
}

static gboolean
is_shown (WfDaysGrid *self)
{
  return self->span.n_days > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         gtk_widget_get_width (GTK_WIDGET (self)) > 0;
}

/* While the model still shows the days of another view, the picture stays as it was. */
static gboolean
take_span (WfDaysGrid *self)
{
  const WfCalendarSpan *span = self->model != NULL ? wf_calendar_model_get_span (self->model)
                                                   : NULL;

  if (span == NULL || (span->view != WF_CALENDAR_DAY && span->view != WF_CALENDAR_WEEK))
    return FALSE;
  wf_calendar_span_clear (&self->span);
  self->span = *span;
  self->span.bounds = g_memdup2 (span->bounds, (span->n_days + 1) * sizeof *span->bounds);
  return TRUE;
}

/* The model shows the days that are drawn here, and not those of another view. */
gboolean
wf_days_grid_is_current (WfDaysGrid *self)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);

  return span != NULL && self->span.n_days > 0 && span->view == self->span.view &&
         span->n_days == self->span.n_days && g_date_compare (&span->first, &self->span.first) == 0;
}

/* Lays everything out anew; what has a widget already keeps it, with the focus. */
void
wf_days_grid_relayout (WfDaysGrid *self)
{
  gint64 began = wf_days_grid_begin_work (self);
  g_autoptr (WfDaysLayout) previous = NULL;

  update_metrics (self);
  if (!wf_days_grid_is_current (self))
    return;
  previous = g_steal_pointer (&self->layout);
  update_closed (self);
  self->layout = wf_days_layout_new (&self->span, wf_calendar_model_get_days (self->model),
                                     wf_days_grid_get_zone (self), &self->metrics);
  self->is_stale = FALSE;
  wf_days_items_cover (self, TRUE);
  wf_days_grid_end_work (self, began);
}

static void
update_label (WfDaysGrid *self)
{
  g_autofree char *label = wf_calendar_model_describe_span (self->model);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

/* A move that the pointer makes ends with the days that it was about. */
static void
check_move (WfDaysGrid *self)
{
  if ((self->move.kind == WF_DAYS_MOVE_POINTER || self->move.kind == WF_DAYS_MOVE_PRESSED) &&
      wf_calendar_span_find (&self->span, self->move.activity->due) < 0)
    wf_days_drag_cancel (self);
}

/* What was moved into days that were not read yet gets the focus back with them, unless somebody went on
 * to something else meanwhile. */
static void
follow (WfDaysGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!self->follows || self->focused == NULL ||
      wf_days_layout_find (self->layout, self->focused) == NULL)
    return;
  self->follows = FALSE;
  if (focus == NULL || focus == GTK_WIDGET (self) ||
      gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    wf_days_keys_focus_activity (self, self->focused);
}

/**
 * wf_days_grid_refresh:
 * @self: the columns
 *
 * The model is another one than before: shows it, now or when somebody looks.
 */
void
wf_days_grid_refresh (WfDaysGrid *self)
{
  GdkRectangle place;

  if (!take_span (self))
    return;
  update_label (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (!is_shown (self))
    {
      self->is_stale = TRUE;
      return;
    }
  check_move (self);
  wf_days_grid_relayout (self);
  follow (self);
  if (self->move.kind == WF_DAYS_MOVE_KEYS && wf_days_drag_get_landing (self, &place))
    wf_days_grid_reveal (self, &place);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- scrolling and zoom ------------------------------------------------------------------------ */

/* When the first of the shown days opens. */
static gint64
find_opening (WfDaysGrid *self)
{
  gint64 earliest = G_TIME_SPAN_DAY;

  for (guint i = 0; i < self->closed->len; i++)
    {
      const GArray *closed = self->closed->pdata[i];
      const WfCalendarStretch *first =
          closed->len > 0 ? &g_array_index (closed, WfCalendarStretch, 0) : NULL;

      if (first != NULL && first->from == 0)
        earliest = MIN (earliest, first->until);
    }
  return earliest < G_TIME_SPAN_DAY ? earliest : FIRST_HOUR * G_TIME_SPAN_HOUR;
}

static void
set_height (WfDaysGrid *self, double value)
{
  double height = WF_DAYS_HOURS * self->metrics.hour_height;
  double page = gtk_adjustment_get_page_size (self->vadjustment);

  gtk_adjustment_configure (self->vadjustment, CLAMP (value, 0, MAX (0, height - page)), 0,
                            MAX (height, page),
                            gtk_adjustment_get_step_increment (self->vadjustment),
                            gtk_adjustment_get_page_increment (self->vadjustment), page);
}

/* A little before the opening, so that one sees that it is closed. */
void
wf_days_grid_scroll_to_work (WfDaysGrid *self)
{
  if (self->vadjustment == NULL || self->span.n_days == 0 || !wf_days_grid_is_current (self))
    return;
  update_metrics (self);
  update_closed (self);
  set_height (self, wf_days_grid_get_y (self, find_opening (self) - G_TIME_SPAN_HOUR / 2));
}

/**
 * wf_days_grid_set_zoom:
 * @self: the columns
 * @zoom: of the hours' height, 1: as usual
 * @anchor_y: what stays where it is, from the top of what is seen
 */
void
wf_days_grid_set_zoom (WfDaysGrid *self, double zoom, double anchor_y)
{
  double value = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
  double before;

  update_metrics (self);
  before = self->metrics.hour_height;
  zoom = CLAMP (zoom, LEAST_ZOOM, MOST_ZOOM);
  if (zoom == self->zoom)
    return;
  self->zoom = zoom;
  update_metrics (self);
  if (self->layout != NULL)
    wf_days_grid_relayout (self);
  if (self->vadjustment != NULL && gtk_adjustment_get_page_size (self->vadjustment) > 0)
    set_height (self, (value + anchor_y) * self->metrics.hour_height / before - anchor_y);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_scrolled (GtkAdjustment *adjustment, WfDaysGrid *self)
{
  gint64 began = wf_days_grid_begin_work (self);

  if (self->layout != NULL)
    wf_days_items_cover (self, FALSE);
  wf_days_grid_end_work (self, began);
}

void
wf_days_grid_set_adjustments (WfDaysGrid *self, GtkAdjustment *horizontal, GtkAdjustment *vertical)
{
  g_set_object (&self->hadjustment, horizontal);
  g_set_object (&self->vadjustment, vertical);
  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (on_scrolled), self, 0);
  g_signal_connect_object (vertical, "notify::page-size", G_CALLBACK (gtk_widget_queue_allocate),
                           self, G_CONNECT_SWAPPED);
}

/* ---- the widget -------------------------------------------------------------------------------- */

static void
wf_days_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfDaysGrid *self = WF_DAYS_GRID (widget);

  update_metrics (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = (int) get_n_days (self) * self->min_column;
  else
    *minimum = *natural = WF_DAYS_HOURS * self->metrics.hour_height;
}

static void
wf_days_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfDaysGrid *self = WF_DAYS_GRID (widget);
  gint64 began = wf_days_grid_begin_work (self);
  int before = self->metrics.column_width;

  update_metrics (self);
  if (self->span.n_days == 0)
    return;
  if (self->layout == NULL || self->is_stale || before != self->metrics.column_width ||
      self->layout->n_days != get_n_days (self))
    wf_days_grid_relayout (self);
  else
    wf_days_items_cover (self, FALSE);
  if (self->layout != NULL)
    wf_days_items_allocate (self);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
  wf_days_grid_end_work (self, began);
}

static void
wf_days_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfDaysGrid *self = WF_DAYS_GRID (widget);
  gint64 began = wf_days_grid_begin_work (self);

  if (self->layout != NULL)
    {
      wf_days_paint_back (self, snapshot);
      GTK_WIDGET_CLASS (wf_days_grid_parent_class)->snapshot (widget, snapshot);
      wf_days_paint_front (self, snapshot);
    }
  wf_days_grid_end_work (self, began);
}

static void
wf_days_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wf_days_grid_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
relayout_for_style (WfDaysGrid *self)
{
  self->is_stale = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
wf_days_grid_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (wf_days_grid_parent_class)->system_setting_changed (widget, setting);
  if (setting != GTK_SYSTEM_SETTING_DISPLAY)
    relayout_for_style (WF_DAYS_GRID (widget));
}

static void
wf_days_grid_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  relayout_for_style (WF_DAYS_GRID (widget));
}

static void
wf_days_grid_map (GtkWidget *widget)
{
  WfDaysGrid *self = WF_DAYS_GRID (widget);

  GTK_WIDGET_CLASS (wf_days_grid_parent_class)->map (widget);
  if (self->model != NULL)
    wf_days_grid_refresh (self);
}

static void
wf_days_grid_unmap (GtkWidget *widget)
{
  wf_days_items_close_list (WF_DAYS_GRID (widget));
  wf_days_drag_end (WF_DAYS_GRID (widget));
  GTK_WIDGET_CLASS (wf_days_grid_parent_class)->unmap (widget);
}

static gboolean
wf_days_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return wf_days_keys_focus (WF_DAYS_GRID (widget), direction);
}

static void
wf_days_grid_dispose (GObject *object)
{
  WfDaysGrid *self = WF_DAYS_GRID (object);

  wf_days_drag_dispose (self);
  wf_days_items_dispose (self);
  g_clear_pointer (&self->layout, wf_days_layout_free);
  g_clear_pointer (&self->closed, g_ptr_array_unref);
  g_clear_pointer (&self->focused, g_free);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->model);
  g_clear_pointer (&self->zone, wf_zone_table_free);
  wf_calendar_span_clear (&self->span);
  G_OBJECT_CLASS (wf_days_grid_parent_class)->dispose (object);
}

static void
wf_days_grid_class_init (WfDaysGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_days_grid_dispose;
  widget_class->measure = wf_days_grid_measure;
  widget_class->size_allocate = wf_days_grid_size_allocate;
  widget_class->snapshot = wf_days_grid_snapshot;
  widget_class->css_changed = wf_days_grid_css_changed;
  widget_class->system_setting_changed = wf_days_grid_system_setting_changed;
  widget_class->direction_changed = wf_days_grid_direction_changed;
  widget_class->map = wf_days_grid_map;
  widget_class->unmap = wf_days_grid_unmap;
  widget_class->focus = wf_days_grid_focus;
  gtk_widget_class_set_css_name (widget_class, "wf-days-grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wf_days_grid_init (WfDaysGrid *self)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  self->zoom = 1;
  self->is_stale = TRUE;
  self->closed = g_ptr_array_new_with_free_func (free_stretches);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  wf_days_items_init (self);
  wf_days_keys_init (self);
  wf_days_drag_init (self);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::accent-color", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

void
wf_days_grid_set_model (WfDaysGrid *self, WfCalendarModel *model)
{
  g_set_object (&self->model, model);
}
