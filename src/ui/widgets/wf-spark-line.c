/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small row of bars, drawn in the text's colour, so that every style and contrast suits it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-spark-line.h"

#define BAR_WIDTH 2
#define GAP 1
#define HEIGHT 20
#define REST_HEIGHT 1

struct _WfSparkLine
{
  GtkWidget parent_instance;

  GArray *values; /* of guint */
};

G_DEFINE_FINAL_TYPE (WfSparkLine, wf_spark_line, GTK_TYPE_WIDGET)

static guint
get_most (WfSparkLine *self)
{
  guint most = 1;

  for (guint i = 0; i < self->values->len; i++)
    most = MAX (most, g_array_index (self->values, guint, i));
  return most;
}

static void
wf_spark_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfSparkLine *self = WF_SPARK_LINE (widget);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float height = (float) gtk_widget_get_height (widget);
  guint most = get_most (self);
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  for (guint i = 0; i < self->values->len; i++)
    {
      guint value = g_array_index (self->values, guint, i);
      float bar = value == 0 ? REST_HEIGHT : MAX (2.0f, height * (float) value / (float) most);
      guint column = reversed ? self->values->len - 1 - i : i;
      const graphene_rect_t rect =
          GRAPHENE_RECT_INIT ((float) (column * (BAR_WIDTH + GAP)), height - bar, BAR_WIDTH, bar);
      GdkRGBA shade = color;

      shade.alpha *= value == 0 ? 0.3f : 0.8f;
      gtk_snapshot_append_color (snapshot, &shade, &rect);
    }
}

static void
wf_spark_line_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfSparkLine *self = WF_SPARK_LINE (widget);
  int size = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT
                                                     : (int) self->values->len * (BAR_WIDTH + GAP);

  *minimum = size;
  *natural = size;
}

static void
wf_spark_line_finalize (GObject *object)
{
  g_array_unref (WF_SPARK_LINE (object)->values);
  G_OBJECT_CLASS (wf_spark_line_parent_class)->finalize (object);
}

static void
wf_spark_line_class_init (WfSparkLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_spark_line_finalize;
  widget_class->snapshot = wf_spark_line_snapshot;
  widget_class->measure = wf_spark_line_measure;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wf_spark_line_init (WfSparkLine *self)
{
  self->values = g_array_new (FALSE, TRUE, sizeof (guint));
}

GtkWidget *
wf_spark_line_new (void)
{
  return g_object_new (WF_TYPE_SPARK_LINE, NULL);
}

/* values: the oldest first, copied. label: what a screen reader says and a pointer shows, in the user's language. */
void
wf_spark_line_set_values (WfSparkLine *self, const guint *values, guint n, const char *label)
{
  g_array_set_size (self->values, 0);
  g_array_append_vals (self->values, values, n);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
