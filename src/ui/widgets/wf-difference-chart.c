/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars before and after. Each entry is a widget of its own, so that a screen reader finds it in a list. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-difference-chart.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define GAP 6.0f /* between a bar and its number */
#define BAR_SPACING 2.0f
#define BAR_SHARE 0.7f /* of the height of a line */
#define RADIUS 3.0f
#define LEAST_WIDTH 180 /* of an entry */

/* -- one entry --------------------------------------------------------------------------------- */

#define WF_TYPE_DIFFERENCE_BAR (wf_difference_bar_get_type ())
G_DECLARE_FINAL_TYPE (WfDifferenceBar, wf_difference_bar, WF, DIFFERENCE_BAR, GtkWidget)

struct _WfDifferenceBar
{
  GtkWidget parent_instance;

  char *name;          /* (owned) */
  guint before, after; /* how many */
  guint most;          /* of the whole chart: a full bar */
};

G_DEFINE_FINAL_TYPE (WfDifferenceBar, wf_difference_bar, GTK_TYPE_WIDGET)

typedef struct
{
  PangoLayout *name, *difference, *before, *after; /* (owned) */
} Texts;

static void
texts_clear (Texts *self)
{
  g_object_unref (self->name);
  g_object_unref (self->difference);
  g_object_unref (self->before);
  g_object_unref (self->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static void
texts_init (Texts *self, WfDifferenceBar *bar)
{
  gint64 by = (gint64) bar->after - bar->before;
  /* Translators: a number of things before a change */
  g_autofree char *before = g_strdup_printf (_ ("%u before"), bar->before);
  /* Translators: a number of things after a change */
  g_autofree char *after = g_strdup_printf (_ ("%u after"), bar->after);
  g_autofree char *difference =
      by == 0 ? g_strdup ("±0")
              /* The mark keeps the sign before the number in every direction of writing. */
              : g_strdup_printf ("\u200e%s%" G_GINT64_FORMAT, by > 0 ? "+" : "−", ABS (by));

  self->name = gtk_widget_create_pango_layout (GTK_WIDGET (bar), bar->name);
  self->difference = gtk_widget_create_pango_layout (GTK_WIDGET (bar), difference);
  self->before = gtk_widget_create_pango_layout (GTK_WIDGET (bar), before);
  self->after = gtk_widget_create_pango_layout (GTK_WIDGET (bar), after);
  pango_layout_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
}

static float
get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return (float) width;
}

static float
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return (float) height;
}

/* x: from the side on which the language begins. */
static void
draw_text (GtkWidget *widget, GtkSnapshot *snapshot, PangoLayout *layout, float x, float y)
{
  float left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
                   ? (float) gtk_widget_get_width (widget) - x - get_width (layout)
                   : x;
  PangoRectangle logical;
  GdkRGBA color;

  /* A text of the other direction stands at the far end of a layout that is wider than it. */
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left - (float) logical.x, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
get_fill (GtkWidget *widget, GdkRGBA *color)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (manager);

  gtk_widget_get_color (widget, color);
  if (!adw_style_manager_get_high_contrast (manager))
    *color = *accent;
}

static void
draw_bar (GtkWidget *widget, GtkSnapshot *snapshot, float y, float width, float height,
          gboolean filled)
{
  float left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
                   ? (float) gtk_widget_get_width (widget) - width
                   : 0;
  const float border[] = { 1, 1, 1, 1 };
  GskRoundedRect outline;
  GdkRGBA color;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (left, y, width, height),
                                   MIN (RADIUS, width / 2));
  if (filled)
    {
      get_fill (widget, &color);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
      gtk_snapshot_pop (snapshot);
      return;
    }
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_append_border (snapshot, &outline, border,
                              (const GdkRGBA[]) { color, color, color, color });
}

static void
draw_line (WfDifferenceBar *self, GtkSnapshot *snapshot, PangoLayout *text, float y, float room,
           guint value, gboolean filled)
{
  float height = get_height (text);
  float width = value > 0 ? MAX (2.0f, room * (float) value / (float) self->most) : 1.0f;

  draw_bar (GTK_WIDGET (self), snapshot, y + height * (1 - BAR_SHARE) / 2, width,
            height * BAR_SHARE, filled);
  draw_text (GTK_WIDGET (self), snapshot, text, width + GAP, y);
}

static void
wf_difference_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfDifferenceBar *self = WF_DIFFERENCE_BAR (widget);
  float width = (float) gtk_widget_get_width (widget), room, y = 0;
  g_auto (Texts) texts = { 0 };

  texts_init (&texts, self);
  room = MAX (1.0f, width - GAP - MAX (get_width (texts.before), get_width (texts.after)));
  pango_layout_set_width (texts.name,
                          (int) MAX (0, width - GAP - get_width (texts.difference)) * PANGO_SCALE);
  draw_text (widget, snapshot, texts.difference, width - get_width (texts.difference), y);
  pango_layout_set_alignment (texts.name, PANGO_ALIGN_LEFT);
  draw_text (widget, snapshot, texts.name, 0, y);
  y += get_height (texts.name) + BAR_SPACING;
  draw_line (self, snapshot, texts.before, y, room, self->before, FALSE);
  y += get_height (texts.before) + BAR_SPACING;
  draw_line (self, snapshot, texts.after, y, room, self->after, TRUE);
}

static void
wf_difference_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  g_auto (Texts) texts = { 0 };

  texts_init (&texts, WF_DIFFERENCE_BAR (widget));
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural =
        MAX (LEAST_WIDTH, (int) (get_width (texts.before) + get_width (texts.after) + 4 * GAP));
  else
    *minimum = *natural = (int) (get_height (texts.name) + get_height (texts.before) +
                                 get_height (texts.after) + 2 * BAR_SPACING);
}

static void
wf_difference_bar_finalize (GObject *object)
{
  g_free (WF_DIFFERENCE_BAR (object)->name);
  G_OBJECT_CLASS (wf_difference_bar_parent_class)->finalize (object);
}

static void
wf_difference_bar_class_init (WfDifferenceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_difference_bar_finalize;
  widget_class->snapshot = wf_difference_bar_snapshot;
  widget_class->measure = wf_difference_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "differencebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
wf_difference_bar_init (WfDifferenceBar *self)
{
}

static GtkWidget *
wf_difference_bar_new (const WfDifferenceEntry *entry, guint most)
{
  WfDifferenceBar *self = g_object_new (WF_TYPE_DIFFERENCE_BAR, NULL);
  g_autofree char *text = wf_difference_entry_to_text (entry);

  self->name = g_strdup (entry->name);
  self->before = entry->before;
  self->after = entry->after;
  self->most = most;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  return GTK_WIDGET (self);
}

/* -- the chart --------------------------------------------------------------------------------- */

struct _WfDifferenceChart
{
  GtkWidget parent_instance;

  guint n;
};

G_DEFINE_FINAL_TYPE (WfDifferenceChart, wf_difference_chart, GTK_TYPE_WIDGET)

static void
remove_bars (WfDifferenceChart *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->n = 0;
}

static void
wf_difference_chart_dispose (GObject *object)
{
  remove_bars (WF_DIFFERENCE_CHART (object));
  G_OBJECT_CLASS (wf_difference_chart_parent_class)->dispose (object);
}

static void
wf_difference_chart_class_init (WfDifferenceChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_difference_chart_dispose;
  gtk_widget_class_set_css_name (widget_class, "differencechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
wf_difference_chart_init (WfDifferenceChart *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
}

GtkWidget *
wf_difference_chart_new (void)
{
  return g_object_new (WF_TYPE_DIFFERENCE_CHART, NULL);
}

/**
 * wf_difference_chart_set_entries:
 * @self: a chart
 * @entries: (array length=n): what is shown, in this order
 * @n: how many
 * @label: what is counted, in the user's language
 */
void
wf_difference_chart_set_entries (WfDifferenceChart *self, const WfDifferenceEntry *entries, guint n,
                                 const char *label)
{
  guint most = 1;

  g_return_if_fail (WF_IS_DIFFERENCE_CHART (self));
  remove_bars (self);
  for (guint i = 0; i < n; i++)
    most = MAX (most, MAX (entries[i].before, entries[i].after));
  for (guint i = 0; i < n; i++)
    gtk_widget_set_parent (wf_difference_bar_new (&entries[i], most), GTK_WIDGET (self));
  self->n = n;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

guint
wf_difference_chart_get_n (WfDifferenceChart *self)
{
  g_return_val_if_fail (WF_IS_DIFFERENCE_CHART (self), 0);
  return self->n;
}

char *
wf_difference_entry_to_text (const WfDifferenceEntry *self)
{
  /* Translators: a name, and numbers of activities before and after a change: "Ana: 12 before, 24 after" */
  return g_strdup_printf (_ ("%s: %u before, %u after"), self->name, self->before, self->after);
}
