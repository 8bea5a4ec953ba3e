/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days above the strip of workload; a screen reader hears them in each cell's name. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-load-private.h"

#define FAINT 0.65f

struct _WfLoadDays
{
  GtkWidget parent_instance;

  GtkAdjustment *adjustment; /* (owned) */
  WfLoadGrid *grid;          /* (owned) */
};

G_DEFINE_FINAL_TYPE (WfLoadDays, wf_load_days, GTK_TYPE_WIDGET)

static char *
format_day (WfLoadDays *self, guint day, const char *pattern)
{
  GDate date = wf_load_grid_get_span (self->grid)->first;

  g_date_add_days (&date, day);
  g_autoptr (GDateTime) time = g_date_time_new_utc (
      g_date_get_year (&date), (int) g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);
  return g_date_time_format (time, pattern);
}

static gboolean
fits (WfLoadDays *self, PangoLayout *layout, const char *pattern)
{
  for (guint i = 0; i < wf_load_grid_get_span (self->grid)->n_days; i++)
    {
      g_autofree char *text = format_day (self, i, pattern);
      int x, width, text_width;

      wf_load_grid_get_column (self->grid, i, &x, &width);
      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &text_width, NULL);
      if (text_width > width)
        return FALSE;
    }
  return TRUE;
}

/* The longest for which all days have room; NULL: none. */
static const char *
choose_pattern (WfLoadDays *self, PangoLayout *layout)
{
  static const char *const patterns[] = { "%A, %-d", "%a %-d", "%-d" };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      if (fits (self, layout, patterns[i]))
        return patterns[i];
    }
  return NULL;
}

static void
paint_day (WfLoadDays *self, GtkSnapshot *snapshot, PangoLayout *layout, guint day,
           const char *pattern, const GdkRGBA *color)
{
  g_autofree char *text = format_day (self, day, pattern);
  int x, width, text_width;

  wf_load_grid_get_column (self->grid, day, &x, &width);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  x += (width - text_width) / 2 - (int) gtk_adjustment_get_value (self->adjustment);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, 0));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
wf_load_days_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfLoadDays *self = WF_LOAD_DAYS (widget);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  const char *pattern = self->grid != NULL ? choose_pattern (self, layout) : NULL;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget), names;
  GdkRGBA color;

  if (pattern == NULL)
    return;
  gtk_widget_get_color (widget, &color);
  if (!adw_style_manager_get_high_contrast (manager))
    color.alpha *= FAINT;
  /* The days that have scrolled below the names are not seen either. */
  names = (float) wf_load_grid_get_name_width (self->grid);
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (mirrored ? 0 : names, 0, MAX (width - names, 0),
                                               (float) gtk_widget_get_height (widget)));
  for (guint i = 0; i < wf_load_grid_get_span (self->grid)->n_days; i++)
    paint_day (self, snapshot, layout, i, pattern, &color);
  gtk_snapshot_pop (snapshot);
}

static void
wf_load_days_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      pango_layout_get_pixel_size (layout, NULL, natural);
      *minimum = *natural;
    }
}

static void
wf_load_days_dispose (GObject *object)
{
  WfLoadDays *self = WF_LOAD_DAYS (object);

  g_clear_object (&self->adjustment);
  g_clear_object (&self->grid);
  G_OBJECT_CLASS (wf_load_days_parent_class)->dispose (object);
}

static void
wf_load_days_class_init (WfLoadDaysClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_load_days_dispose;
  widget_class->snapshot = wf_load_days_snapshot;
  widget_class->measure = wf_load_days_measure;
  gtk_widget_class_set_css_name (widget_class, "wf-load-days");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wf_load_days_init (WfLoadDays *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
wf_load_days_set_up (WfLoadDays *self, GtkAdjustment *horizontal, WfLoadGrid *grid)
{
  g_set_object (&self->adjustment, horizontal);
  g_set_object (&self->grid, grid);
  g_signal_connect_object (horizontal, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (horizontal, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}
