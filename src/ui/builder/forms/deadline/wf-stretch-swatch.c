/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample of a pattern or mark. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-stretch-swatch.h"

#include "wf-deadline-paint.h"

#define WIDTH 20
#define HEIGHT 12

struct _WfStretchSwatch
{
  GtkWidget parent_instance;

  int part;
};

typedef enum
{
  PROP_PART = 1,
} WfStretchSwatchProperty;
static GParamSpec *properties[PROP_PART + 1];

G_DEFINE_FINAL_TYPE (WfStretchSwatch, wf_stretch_swatch, GTK_TYPE_WIDGET)

static void
wf_stretch_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfStretchSwatch *self = WF_STRETCH_SWATCH (widget);
  float width = (float) gtk_widget_get_width (widget);
  const graphene_rect_t area =
      GRAPHENE_RECT_INIT (0, 0, width, (float) gtk_widget_get_height (widget));
  gboolean to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  WfDeadlineColors colors;

  wf_deadline_colors_init (&colors, widget);
  if (self->part < WF_N_STRETCH_KINDS)
    wf_deadline_paint_stretch (snapshot, (WfStretchKind) self->part, &area, &colors);
  else
    wf_deadline_paint_mark (snapshot, (WfDeadlineMark) (self->part - WF_N_STRETCH_KINDS), width / 2,
                            &area, to_left, &colors);
}

static void
wf_stretch_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
wf_stretch_swatch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((WfStretchSwatchProperty) id)
    {
    case PROP_PART:
      g_value_set_int (value, WF_STRETCH_SWATCH (object)->part);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_stretch_swatch_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((WfStretchSwatchProperty) id)
    {
    case PROP_PART:
      WF_STRETCH_SWATCH (object)->part = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_stretch_swatch_class_init (WfStretchSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = wf_stretch_swatch_get_property;
  G_OBJECT_CLASS (klass)->set_property = wf_stretch_swatch_set_property;
  widget_class->snapshot = wf_stretch_swatch_snapshot;
  widget_class->measure = wf_stretch_swatch_measure;
  properties[PROP_PART] =
      g_param_spec_int ("part", NULL, NULL, 0, WF_N_STRETCH_KINDS + WF_MARK_DEADLINE, 0,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_css_name (widget_class, "stretchswatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wf_stretch_swatch_init (WfStretchSwatch *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}
