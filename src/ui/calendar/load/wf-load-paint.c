/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the parts of a workload look, and their samples in the legend: what is certain is filled, what is
 * committed is hatched, what is expected is an outline. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-load-private.h"

#include "wf-calendar-paint.h"

#define TILE 4.0f /* of the pattern */
#define STROKE 1.4f
#define SWATCH_WIDTH 18
#define SWATCH_HEIGHT 10
#define CLOSED_ALPHA 0.10f

/* ---- parts ------------------------------------------------------------------------------------- */

static void
get_color (GtkWidget *widget, GdkRGBA *color)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  if (adw_style_manager_get_high_contrast (manager))
    gtk_widget_get_color (widget, color);
  else
    adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager),
                                         adw_style_manager_get_dark (manager), color);
}

static void
get_warning_color (GtkWidget *widget, GdkRGBA *color)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  gdk_rgba_parse (color, adw_style_manager_get_dark (manager) ? "#ff7b63" : "#c01c28");
}

static void
paint_outline (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color,
               float width)
{
  const float widths[] = { width, width, width, width };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths,
                              (const GdkRGBA[]) { *color, *color, *color, *color });
}

void
wf_load_paint_part (GtkWidget *widget, GtkSnapshot *snapshot, WfLoadPart part,
                    const graphene_rect_t *area)
{
  GdkRGBA color;

  if (area->size.width <= 0 || area->size.height <= 0)
    return;
  get_color (widget, &color);
  switch (part)
    {
    case WF_LOAD_CERTAIN:
      gtk_snapshot_append_color (snapshot, &color, area);
      break;
    case WF_LOAD_COMMITTED:
      wf_calendar_draw_hatch (snapshot, area, &color, TILE, STROKE);
      paint_outline (snapshot, area, &color, 1);
      break;
    case WF_LOAD_EXPECTED:
      paint_outline (snapshot, area, &color, 1);
      break;
    case WF_LOAD_OVER:
    default:
      get_warning_color (widget, &color);
      paint_outline (snapshot, area, &color, 2);
      break;
    }
}

void
wf_load_paint_closed (GtkWidget *widget, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  color.alpha *= adw_style_manager_get_high_contrast (manager) ? 3 * CLOSED_ALPHA : CLOSED_ALPHA;
  wf_calendar_draw_hatch (snapshot, area, &color, TILE, STROKE);
}

/* ---- samples ----------------------------------------------------------------------------------- */

struct _WfLoadSwatch
{
  GtkWidget parent_instance;

  WfLoadPart part;
};

enum
{
  PROP_PART = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfLoadSwatch, wf_load_swatch, GTK_TYPE_WIDGET)

static void
wf_load_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float y = (float) (gtk_widget_get_height (widget) - SWATCH_HEIGHT) / 2;

  wf_load_paint_part (widget, snapshot, WF_LOAD_SWATCH (widget)->part,
                      &GRAPHENE_RECT_INIT (0, y, SWATCH_WIDTH, SWATCH_HEIGHT));
}

static void
wf_load_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? SWATCH_WIDTH : SWATCH_HEIGHT;
}

static void
wf_load_swatch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, (int) WF_LOAD_SWATCH (object)->part);
}

static void
wf_load_swatch_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WF_LOAD_SWATCH (object)->part = (WfLoadPart) g_value_get_int (value);
  gtk_widget_queue_draw (GTK_WIDGET (object));
}

static void
wf_load_swatch_class_init (WfLoadSwatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_load_swatch_get_property;
  object_class->set_property = wf_load_swatch_set_property;
  widget_class->snapshot = wf_load_swatch_snapshot;
  widget_class->measure = wf_load_swatch_measure;
  props[PROP_PART] = g_param_spec_int ("part", NULL, NULL, WF_LOAD_CERTAIN, WF_LOAD_OVER,
                                       WF_LOAD_CERTAIN, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "wf-load-swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wf_load_swatch_init (WfLoadSwatch *self)
{
}
