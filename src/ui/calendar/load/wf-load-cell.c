/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's day in the strip of workload: its number above a bar as long as the capacity; where the
 * two have no room the bar stands upright instead. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-load-private.h"

#include <math.h>

#define BAR_HEIGHT 6.0f
#define INSET 2.0f
#define MARK 5.0f /* the corner of what is over */
#define TRACK_ALPHA 0.1f
#define TRACK_ALPHA_HIGH 0.25f /* in high contrast */

struct _WfLoadCell
{
  GtkWidget parent_instance;

  guint row, day;
  WfLoadFigures figures;
  char *description; /* (owned) (nullable) */
};

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfLoadCell, wf_load_cell, GTK_TYPE_WIDGET)

/* ---- drawing ----------------------------------------------------------------------------------- */

/* A share of the area from its beginning, or from its foot. */
static graphene_rect_t
get_share (GtkWidget *widget, const graphene_rect_t *area, float from, float until,
           gboolean upright)
{
  graphene_rect_t share = *area;

  if (upright)
    {
      share.origin.y = area->origin.y + area->size.height * (1 - until);
      share.size.height = area->size.height * (until - from);
    }
  else
    {
      gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

      share.origin.x = area->origin.x + area->size.width * (mirrored ? 1 - until : from);
      share.size.width = area->size.width * (until - from);
    }
  return share;
}

static void
paint_bar (WfLoadCell *self, GtkSnapshot *snapshot, const graphene_rect_t *area, gboolean upright)
{
  const WfLoadFigures *figures = &self->figures;
  const guint amounts[] = { figures->certain, figures->committed, figures->expected };
  guint total = wf_load_figures_get_total (figures);
  float whole = (float) MAX (MAX (total, figures->capacity), 1), from = 0;
  GdkRGBA track;

  gtk_widget_get_color (GTK_WIDGET (self), &track);
  track.alpha *= adw_style_manager_get_high_contrast (
                     adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))))
                     ? TRACK_ALPHA_HIGH
                     : TRACK_ALPHA;
  if (figures->capacity > 0)
    gtk_snapshot_append_color (snapshot, &track, area);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      float until = from + (float) amounts[i] / whole;
      const graphene_rect_t share = get_share (GTK_WIDGET (self), area, from, until, upright);

      wf_load_paint_part (GTK_WIDGET (self), snapshot, (WfLoadPart) i, &share);
      from = until;
    }
}

/* A corner and an outline: over the capacity. */
static void
paint_over (WfLoadCell *self, GtkSnapshot *snapshot, float width, float height)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GdkRGBA color;

  wf_load_paint_part (GTK_WIDGET (self), snapshot, WF_LOAD_OVER,
                      &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_rgba_parse (&color, adw_style_manager_get_dark (adw_style_manager_get_for_display (
                              gtk_widget_get_display (GTK_WIDGET (self))))
                              ? "#ff7b63"
                              : "#c01c28");
  gsk_path_builder_move_to (builder, width, 0);
  gsk_path_builder_line_to (builder, width - MARK - 2, 0);
  gsk_path_builder_line_to (builder, width, MARK + 2);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

static void
wf_load_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfLoadCell *self = WF_LOAD_CELL (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  g_autofree char *text = wf_load_figures_to_text (&self->figures);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  const graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, width, height);
  int text_width, text_height;
  GdkRGBA color;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if (self->figures.day != WF_LOAD_OPEN)
    wf_load_paint_closed (widget, snapshot, &whole);
  if ((float) text_width + 2 * INSET > width ||
      (float) text_height + BAR_HEIGHT + 2 * INSET + 1 > height)
    {
      paint_bar (self, snapshot,
                 &GRAPHENE_RECT_INIT (INSET, INSET, width - 2 * INSET, height - 2 * INSET), TRUE);
    }
  else
    {
      gtk_widget_get_color (widget, &color);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
          snapshot, &GRAPHENE_POINT_INIT (floorf ((width - (float) text_width) / 2), INSET));
      gtk_snapshot_append_layout (snapshot, layout, &color);
      gtk_snapshot_restore (snapshot);
      paint_bar (self, snapshot,
                 &GRAPHENE_RECT_INIT (INSET + 1, height - INSET - 1 - BAR_HEIGHT,
                                      width - 2 * INSET - 2, BAR_HEIGHT),
                 FALSE);
    }
  if (self->figures.over)
    paint_over (self, snapshot, width, height);
}

static void
wf_load_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 1; /* the grid says how large it is */
}

/* ---- what is done with it ---------------------------------------------------------------------- */

static void
activate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_ACTIVATED], 0);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, WfLoadCell *self)
{
  if (!gtk_widget_contains (GTK_WIDGET (self), x, y))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
wf_load_cell_finalize (GObject *object)
{
  g_free (WF_LOAD_CELL (object)->description);
  G_OBJECT_CLASS (wf_load_cell_parent_class)->finalize (object);
}

static void
wf_load_cell_class_init (WfLoadCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_load_cell_finalize;
  widget_class->snapshot = wf_load_cell_snapshot;
  widget_class->measure = wf_load_cell_measure;
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", WF_TYPE_LOAD_CELL, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "cell.activate", NULL, activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "cell.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "cell.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "cell.activate", NULL);
  gtk_widget_class_set_css_name (widget_class, "wf-load-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
wf_load_cell_init (WfLoadCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
wf_load_cell_new (void)
{
  return g_object_new (WF_TYPE_LOAD_CELL, NULL);
}

void
wf_load_cell_bind (WfLoadCell *self, guint row, guint day, const WfLoadFigures *figures,
                   const char *description)
{
  self->row = row;
  self->day = day;
  self->figures = *figures;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_INDEX,
                                  (int) row + 1, GTK_ACCESSIBLE_RELATION_COL_INDEX, (int) day + 1,
                                  -1);
  if (g_set_str (&self->description, description))
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      description, -1);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), description);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wf_load_cell_get_place (WfLoadCell *self, guint *row, guint *day)
{
  *row = self->row;
  *day = self->day;
}

const char *
wf_load_cell_get_description (WfLoadCell *self)
{
  return self->description;
}
