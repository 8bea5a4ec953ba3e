/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hours beside the columns. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#define GAP 6 /* between the hours and the columns */
#define START 9
#define FAINT 0.65f

struct _WfDaysScale
{
  GtkWidget parent_instance;

  GtkAdjustment *adjustment; /* (owned) */
  WfDaysGrid *grid;          /* (owned) */
};

G_DEFINE_FINAL_TYPE (WfDaysScale, wf_days_scale, GTK_TYPE_WIDGET)

static void
paint_hour (WfDaysScale *self, GtkSnapshot *snapshot, PangoLayout *layout, int hour, float y,
            const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *text = g_strdup_printf ("%02d:00", hour);
  int width, height, x;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
          ? GAP
          : gtk_widget_get_width (widget) - GAP - width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, y - (float) height / 2));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
wf_days_scale_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfDaysScale *self = WF_DAYS_SCALE (widget);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  int hour_height, height = gtk_widget_get_height (widget);
  GdkRGBA color;

  if (self->grid == NULL)
    return;
  hour_height = wf_days_grid_get_hour_height (self->grid);
  gtk_widget_get_color (widget, &color);
  if (!adw_style_manager_get_high_contrast (manager))
    color.alpha *= FAINT;
  for (int i = 1; i < WF_DAYS_HOURS; i++)
    {
      double y = i * hour_height - gtk_adjustment_get_value (self->adjustment);

      if (y > -hour_height && y < height + hour_height)
        paint_hour (self, snapshot, layout, i, (float) y, &color);
    }
}

static void
wf_days_scale_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = NULL;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  layout = gtk_widget_create_pango_layout (widget, "00:00");
  pango_layout_get_pixel_size (layout, natural, NULL);
  *natural += START + GAP;
  *minimum = *natural;
}

static void
wf_days_scale_dispose (GObject *object)
{
  WfDaysScale *self = WF_DAYS_SCALE (object);

  g_clear_object (&self->adjustment);
  g_clear_object (&self->grid);
  G_OBJECT_CLASS (wf_days_scale_parent_class)->dispose (object);
}

static void
wf_days_scale_class_init (WfDaysScaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_days_scale_dispose;
  widget_class->snapshot = wf_days_scale_snapshot;
  widget_class->measure = wf_days_scale_measure;
  gtk_widget_class_set_css_name (widget_class, "wf-days-scale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wf_days_scale_init (WfDaysScale *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
wf_days_scale_set_up (WfDaysScale *self, GtkAdjustment *vertical, WfDaysGrid *grid)
{
  g_set_object (&self->adjustment, vertical);
  g_set_object (&self->grid, grid);
  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}
