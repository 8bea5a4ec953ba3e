/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar as a month. However many activities there are, it has no more widgets than fit: a cell a
 * day with a few chips each, made once and bound to what the model says. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-month-private.h"

#include <glib/gi18n-lib.h>

#define NARROW_CELL 88 /* below it a text would be cut after a few letters */
#define LEAST_CELL_WIDTH 36
#define LEAST_CELL_HEIGHT 40
#define LEAST_WEEKS 5
#define CELL_GAP 2

G_DEFINE_FINAL_TYPE (WfMonthView, wf_month_view, GTK_TYPE_WIDGET)

static guint
get_n_weeks (WfMonthView *self)
{
  return MAX (self->n_cells / WF_MONTH_COLUMNS, LEAST_WEEKS);
}

WfMonthCell *
wf_month_view_get_cell (WfMonthView *self, guint day)
{
  return day < self->n_cells ? self->cells->pdata[day] : NULL;
}

WfMonthCell *
wf_month_view_get_cell_at (WfMonthView *self, double x, double y)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      graphene_rect_t bounds;
      if (gtk_widget_compute_bounds (self->cells->pdata[i], GTK_WIDGET (self), &bounds) &&
          graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        return self->cells->pdata[i];
    }
  return NULL;
}

WfMonthCell *
wf_month_view_get_focused_cell (WfMonthView *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return child != NULL && WF_IS_MONTH_CELL (child) ? WF_MONTH_CELL (child) : NULL;
}

/* ---- what is shown ----------------------------------------------------------------------------- */

static void
make_cells (WfMonthView *self, guint n)
{
  while (self->cells->len < n)
    {
      GtkWidget *cell = wf_month_cell_new (self->model);
      guint index = self->cells->len;
      wf_month_cell_set_room (WF_MONTH_CELL (cell), &self->room);
      gtk_widget_set_parent (cell, GTK_WIDGET (self));
      gtk_accessible_update_relation (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_RELATION_ROW_INDEX,
                                      (int) (index / WF_MONTH_COLUMNS) + 1,
                                      GTK_ACCESSIBLE_RELATION_COL_INDEX,
                                      (int) (index % WF_MONTH_COLUMNS) + 1, -1);
      g_ptr_array_add (self->cells, cell);
    }
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_set_child_visible (self->cells->pdata[i], i < n);
  self->n_cells = n;
}

static gboolean
is_closed_all_day (const GArray *stretches, WfInstant from, WfInstant until)
{
  const WfCalendarStretch *first =
      stretches->len == 1 ? &g_array_index (stretches, WfCalendarStretch, 0) : NULL;

  return first != NULL && first->from <= from && first->until >= until;
}

static void
bind_cell (WfMonthView *self, const WfCalendarSpan *span, guint day)
{
  WfInstant from = span->bounds[day], until = span->bounds[day + 1];
  g_autofree char *holiday = NULL;
  g_autoptr (GArray) closed =
      wf_calendar_list_closed (wf_calendar_model_get_hours (self->model), from, until, &holiday);

  wf_month_cell_bind (self->cells->pdata[day], day, is_closed_all_day (closed, from, until),
                      holiday);
}

static void
update_label (WfMonthView *self)
{
  g_autofree char *title = wf_calendar_model_describe_span (self->model);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
refresh (WfMonthView *self)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);
  gint64 began = g_get_monotonic_time ();
  gboolean other;

  if (span->view != WF_CALENDAR_MONTH)
    return;
  other = !g_date_valid (&self->first) || g_date_compare (&self->first, &span->first) != 0;
  self->first = span->first;
  if (self->n_cells != span->n_days)
    {
      make_cells (self, span->n_days);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  for (guint i = 0; i < self->n_cells; i++)
    bind_cell (self, span, i);
  if (other)
    {
      update_label (self);
      wf_month_keys_follow (self);
      gtk_widget_queue_draw (GTK_WIDGET (self)); /* the weeks' numbers */
    }
  self->work = g_get_monotonic_time () - began;
}

/* ---- geometry ---------------------------------------------------------------------------------- */

static int
measure_chip (WfMonthView *self)
{
  g_autoptr (GtkWidget) chip = g_object_ref_sink (wf_calendar_chip_new ());
  int height;

  gtk_widget_set_parent (chip, GTK_WIDGET (self)); /* for its style */
  gtk_widget_measure (chip, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  gtk_widget_unparent (chip);
  return height;
}

static void
measure_lines (WfMonthView *self)
{
  int line = wf_calendar_get_line_height (GTK_WIDGET (self));

  if (self->room.chip_height == 0)
    self->room.chip_height = measure_chip (self);
  self->head = line + 8;
  self->room.head = line + 6;
  self->gutter = wf_calendar_counts_weeks () ? 2 * line : 0;
}

static int
get_edge (int length, guint index, guint n)
{
  return (int) ((gint64) length * index / n);
}

static void
give_room (WfMonthView *self, int cell_width, int cell_height)
{
  WfMonthRoom room = self->room;
  int line = room.chip_height + CELL_GAP;

  room.narrow = cell_width < NARROW_CELL;
  room.rows = (guint) MAX ((cell_height - room.head) / MAX (line, 1), 0);
  self->room = room;
  for (guint i = 0; i < self->n_cells; i++)
    wf_month_cell_set_room (self->cells->pdata[i], &room);
  if (!room.narrow && room.rows > 0)
    wf_calendar_model_set_per_day (self->model, room.rows);
}

static void
wf_month_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WfMonthView *self = WF_MONTH_VIEW (widget);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int inner = width - self->gutter, below = height - self->head;
  guint n_weeks = get_n_weeks (self);

  give_room (self, inner / WF_MONTH_COLUMNS, below / (int) n_weeks);
  for (guint i = 0; i < self->n_cells; i++)
    {
      guint column = i % WF_MONTH_COLUMNS, week = i / WF_MONTH_COLUMNS;
      int left = get_edge (inner, column, WF_MONTH_COLUMNS);
      int right = get_edge (inner, column + 1, WF_MONTH_COLUMNS);
      int top = get_edge (below, week, n_weeks), bottom = get_edge (below, week + 1, n_weeks);
      int x = reversed ? inner - right : self->gutter + left;
      const GtkAllocation place = { x, self->head + top + 1, right - left - 1,
                                    MAX (bottom - top - 1, 1) };
      gtk_widget_size_allocate (self->cells->pdata[i], &place, -1);
    }
}

static void
wf_month_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfMonthView *self = WF_MONTH_VIEW (widget);
  int ignored;

  measure_lines (self);
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_measure (self->cells->pdata[i], orientation, -1, &ignored, NULL, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL
                 ? self->gutter + WF_MONTH_COLUMNS * LEAST_CELL_WIDTH
                 : self->head + (int) get_n_weeks (self) * LEAST_CELL_HEIGHT;
  *natural = *minimum;
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static void
draw_centred (WfMonthView *self, GtkSnapshot *snapshot, const char *text, const GdkRGBA *color,
              int x, int y, int width, int height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int text_width, text_height;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) (y + (height - text_height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static char *
name_weekday (const GDate *date)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (g_date_get_year (date), g_date_get_month (date),
                                                    g_date_get_day (date), 0, 0, 0);

  return time != NULL ? g_date_time_format (time, "%a") : g_strdup ("");
}

static void
draw_weekdays (WfMonthView *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette,
               int inner, gboolean reversed)
{
  GDate date = self->first;

  for (guint i = 0; i < WF_MONTH_COLUMNS; i++)
    {
      g_autofree char *name = name_weekday (&date);
      int left = get_edge (inner, i, WF_MONTH_COLUMNS);
      int right = get_edge (inner, i + 1, WF_MONTH_COLUMNS);
      draw_centred (self, snapshot, name, &palette->dim,
                    reversed ? inner - right : self->gutter + left, 0, right - left, self->head);
      g_date_add_days (&date, 1);
    }
}

static void
draw_week_numbers (WfMonthView *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette,
                   int inner, int below, gboolean reversed)
{
  guint n_weeks = get_n_weeks (self);
  GDate date = self->first;

  for (guint i = 0; self->gutter > 0 && i < n_weeks; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", wf_calendar_get_week (&date));
      draw_centred (self, snapshot, number, &palette->dim, reversed ? inner : 0,
                    self->head + get_edge (below, i, n_weeks), self->gutter, self->room.head);
      g_date_add_days (&date, WF_MONTH_COLUMNS);
    }
}

static void
draw_lines (WfMonthView *self, GtkSnapshot *snapshot, const WfCalendarPalette *palette, int inner,
            int width, int below, gboolean reversed)
{
  guint n_weeks = get_n_weeks (self);

  for (guint i = 0; i < n_weeks; i++)
    {
      float y = (float) (self->head + get_edge (below, i, n_weeks));
      gtk_snapshot_append_color (snapshot, &palette->line,
                                 &GRAPHENE_RECT_INIT (0, y, (float) width, 1));
    }
  for (guint i = 1; i < WF_MONTH_COLUMNS; i++)
    {
      int edge = get_edge (inner, i, WF_MONTH_COLUMNS);
      float x = (float) (reversed ? inner - edge : self->gutter + edge - 1);
      gtk_snapshot_append_color (snapshot, &palette->line,
                                 &GRAPHENE_RECT_INIT (x, (float) self->head, 1, (float) below));
    }
}

static void
wf_month_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfMonthView *self = WF_MONTH_VIEW (widget);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget), below = gtk_widget_get_height (widget) - self->head;
  int inner = width - self->gutter;
  WfCalendarPalette palette;

  if (!g_date_valid (&self->first))
    return;
  wf_calendar_palette_init (&palette, widget);
  draw_weekdays (self, snapshot, &palette, inner, reversed);
  draw_week_numbers (self, snapshot, &palette, inner, below, reversed);
  draw_lines (self, snapshot, &palette, inner, width, below, reversed);
  GTK_WIDGET_CLASS (wf_month_view_parent_class)->snapshot (widget, snapshot);
}

/* ---- object ------------------------------------------------------------------------------------ */

static gboolean
wf_month_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return wf_month_keys_focus (WF_MONTH_VIEW (widget), direction);
}

static gboolean
wf_month_view_grab_focus (GtkWidget *widget)
{
  return wf_month_view_get_focused_cell (WF_MONTH_VIEW (widget)) != NULL ||
         wf_month_keys_focus (WF_MONTH_VIEW (widget), GTK_DIR_TAB_FORWARD);
}

static void
wf_month_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wf_month_view_parent_class)->css_changed (widget, change);
  WF_MONTH_VIEW (widget)->room.chip_height = 0; /* a larger text, perhaps */
  gtk_widget_queue_resize (widget);
}

static void
wf_month_view_dispose (GObject *object)
{
  WfMonthView *self = WF_MONTH_VIEW (object);

  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (self->cells->pdata[i]);
  g_ptr_array_set_size (self->cells, 0);
  self->n_cells = 0;
  self->target = NULL;
  g_clear_pointer (&self->dragged, wf_activity_unref);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  G_OBJECT_CLASS (wf_month_view_parent_class)->dispose (object);
}

static void
wf_month_view_finalize (GObject *object)
{
  WfMonthView *self = WF_MONTH_VIEW (object);

  g_ptr_array_unref (self->cells);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wf_month_view_parent_class)->finalize (object);
}

static void
wf_month_view_class_init (WfMonthViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wf_month_view_dispose;
  object_class->finalize = wf_month_view_finalize;
  widget_class->measure = wf_month_view_measure;
  widget_class->size_allocate = wf_month_view_size_allocate;
  widget_class->snapshot = wf_month_view_snapshot;
  widget_class->focus = wf_month_view_focus;
  widget_class->grab_focus = wf_month_view_grab_focus;
  widget_class->css_changed = wf_month_view_css_changed;
  wf_month_keys_install (widget_class);
  gtk_widget_class_set_css_name (widget_class, "wf-month-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
wf_month_view_init (WfMonthView *self)
{
  self->cells = g_ptr_array_new ();
  g_date_clear (&self->first, 1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  wf_month_drag_init (self);
}

/**
 * wf_month_view_new:
 * @model: what it shows
 *
 * Returns: (transfer floating): the calendar as a month
 */
GtkWidget *
wf_month_view_new (WfCalendarModel *model)
{
  WfMonthView *self = g_object_new (WF_TYPE_MONTH_VIEW, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
