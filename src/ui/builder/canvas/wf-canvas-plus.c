/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The "+" on an edge: a button that says where the new step goes. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"
#include "wf-flow-painter-private.h"

#include <glib/gi18n-lib.h>

#define ARM 4.5f
#define LINE_WIDTH 2.0f

G_DEFINE_FINAL_TYPE (WfCanvasPlus, wf_canvas_plus, GTK_TYPE_BUTTON)

static const WfFlowCard *
find_card (WfCanvasPlus *self, const WfTarget *target)
{
  guint index = wf_flow_layout_find_card (self->canvas->layout, target);

  return index == G_MAXUINT ? NULL : wf_flow_layout_get_card (self->canvas->layout, index);
}

/* The step before the place, in its own sequence: the edge may begin at the end of a branch's path.
 * NULL: it is the first. */
static const WfFlowCard *
find_step_before (WfCanvasPlus *self)
{
  const WfStepPlace place = { self->place->step, self->place->path, self->place->position };
  const GPtrArray *steps = wf_workflow_edit_get_sequence (self->canvas->laid_out, &place);
  guint position;

  if (steps == NULL || steps->len == 0 || place.position == 0)
    return NULL;
  position = MIN (place.position, steps->len) - 1;
  return find_card (self, &(WfTarget) {
                              .kind = WF_TARGET_STEP,
                              .step = ((WfStep *) g_ptr_array_index (steps, position))->id,
                          });
}

static char *
make_label (WfCanvasPlus *self)
{
  const WfFlowCard *before = find_step_before (self), *path;

  if (before != NULL)
    return g_strdup_printf (_ ("Add a step after “%s”"), before->title);
  if (self->place->step == NULL)
    return g_strdup (_ ("Add the first step"));
  path = find_card (self, &(WfTarget) {
                              .kind = WF_TARGET_PATH,
                              .step = self->place->step,
                              .path = self->place->path,
                          });
  return g_strdup_printf (_ ("Add a step to “%s”"), path != NULL ? path->title : "");
}

void
wf_canvas_plus_bind (WfCanvasPlus *self, guint edge)
{
  gboolean is_used = edge != G_MAXUINT;

  g_clear_pointer (&self->place, wf_target_free);
  self->edge = edge;
  if (is_used)
    {
      g_autofree char *label = NULL;

      self->place = wf_target_copy (&wf_flow_layout_get_edge (self->canvas->layout, edge)->place);
      label = make_label (self);
      if (g_set_str (&self->label, label))
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                        -1);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN);
    }
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_child_visible (GTK_WIDGET (self), is_used);
}

static void
wf_canvas_plus_clicked (GtkButton *button)
{
  WfCanvasPlus *self = WF_CANVAS_PLUS (button);
  g_autoptr (WfTarget) place = wf_target_copy (self->place);

  if (place != NULL)
    wf_canvas_emit_open (self->canvas, place);
}

/* A disc with a ring, which the style would draw as a background and a shadow at twice the cost,
 * and there are many of them. While it is pointed to or has the focus, the style draws it. */
static void
draw_disc (WfCanvasPlus *self, GtkSnapshot *snapshot, float x, float y)
{
  const WfFlowPalette *palette = &self->canvas->palette;
  float radius = MIN (x, y);
  graphene_rect_t disc = GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius);

  wf_flow_fill_framed (snapshot, &disc, radius, 1, &palette->window, &palette->border);
}

static void
wf_canvas_plus_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const GtkStateFlags styled = GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_ACTIVE |
                               GTK_STATE_FLAG_FOCUS_VISIBLE;
  float x = (float) gtk_widget_get_width (widget) / 2,
        y = (float) gtk_widget_get_height (widget) / 2;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE_WIDTH);
  g_autoptr (GskPath) path = NULL;
  GdkRGBA color;

  WF_CANVAS_PLUS (widget)->stamp.drawn++;
  if ((gtk_widget_get_state_flags (widget) & styled) == 0)
    draw_disc (WF_CANVAS_PLUS (widget), snapshot, x, y);
  gsk_path_builder_move_to (builder, x - ARM, y);
  gsk_path_builder_line_to (builder, x + ARM, y);
  gsk_path_builder_move_to (builder, x, y - ARM);
  gsk_path_builder_line_to (builder, x, y + ARM);
  path = gsk_path_builder_to_path (builder);
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
}

static void
wf_canvas_plus_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 0; /* the canvas knows */
  *natural = 0;
}

static void
wf_canvas_plus_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
}

static void
wf_canvas_plus_finalize (GObject *object)
{
  WfCanvasPlus *self = WF_CANVAS_PLUS (object);

  g_clear_pointer (&self->place, wf_target_free);
  wf_canvas_stamp_clear (&self->stamp);
  g_free (self->label);
  G_OBJECT_CLASS (wf_canvas_plus_parent_class)->finalize (object);
}

static void
wf_canvas_plus_class_init (WfCanvasPlusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_canvas_plus_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = wf_canvas_plus_clicked;
  widget_class->snapshot = wf_canvas_plus_snapshot;
  widget_class->measure = wf_canvas_plus_measure;
  widget_class->size_allocate = wf_canvas_plus_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "wf-plus");
}

static void
wf_canvas_plus_init (WfCanvasPlus *self)
{
  self->edge = G_MAXUINT;
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
}

/* canvas: its parent, not referenced. */
GtkWidget *
wf_canvas_plus_new (WfCanvas *canvas)
{
  WfCanvasPlus *self = g_object_new (WF_TYPE_CANVAS_PLUS, NULL);

  self->canvas = canvas;
  return GTK_WIDGET (self);
}
