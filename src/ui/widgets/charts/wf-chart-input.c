/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keyboard and pointer on a chart: the focus goes from mark to mark, both show the crosshair and the words of a mark. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-instance.h"

#define PRIVATE(self) (wf_chart_get_private (self))

void
wf_chart_activate (WfChart *self, guint mark)
{
  WfChartPrivate *priv = PRIVATE (self);

  if (priv->activatable && mark < priv->marks->len)
    wf_chart_emit_activated (self, wf_chart_get_series_of (self, mark),
                             wf_chart_get_category_of (self, mark));
}

static gboolean
go_to (WfChart *self, int mark)
{
  WfChartPrivate *priv = PRIVATE (self);

  if (mark < 0 || (guint) mark >= priv->marks->len)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return TRUE; /* at an end the focus stays */
    }
  return gtk_widget_grab_focus (priv->marks->pdata[mark]);
}

/* A heat map's rows do not run into each other. */
static gboolean
leaves_row (WfChart *self, int step)
{
  WfChartPrivate *priv = PRIVATE (self);
  guint n = priv->data->n_categories;

  if (!WF_CHART_GET_CLASS (self)->has_cells || ABS (step) != 1)
    return FALSE;
  return step < 0 ? priv->current % n == 0 : priv->current % n == n - 1;
}

/* Tab comes to the mark that had the focus last, and out again; arrows stay inside. */
static gboolean
wf_chart_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WfChart *self = WF_CHART (widget);
  WfChartPrivate *priv = PRIVATE (self);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int step;

  if (priv->marks->len == 0)
    return FALSE;
  if (gtk_widget_get_focus_child (widget) == NULL)
    return gtk_widget_grab_focus (priv->marks->pdata[priv->current]);
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;
  step = WF_CHART_GET_CLASS (self)->get_step (self, direction);
  if (mirrored && (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT))
    step = -step;
  if (step == 0)
    return FALSE;
  return go_to (self, leaves_row (self, step) ? -1 : (int) priv->current + step);
}

static gboolean
wf_chart_grab_focus (GtkWidget *widget)
{
  WfChartPrivate *priv = PRIVATE (WF_CHART (widget));

  return priv->marks->len > 0 && gtk_widget_grab_focus (priv->marks->pdata[priv->current]);
}

static void
wf_chart_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  WfChartPrivate *priv = PRIVATE (WF_CHART (widget));

  if (WF_IS_CHART_MARK (child))
    priv->current = wf_chart_mark_get_index (WF_CHART_MARK (child));
  gtk_widget_queue_draw (widget); /* the crosshair */
  GTK_WIDGET_CLASS (g_type_class_peek_parent (g_type_class_peek (WF_TYPE_CHART)))
      ->set_focus_child (widget, child);
}

static gboolean
on_end_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WfChartPrivate *priv = PRIVATE (WF_CHART (widget));

  if (priv->marks->len == 0)
    return FALSE;
  return go_to (WF_CHART (widget), g_variant_get_boolean (args) ? (int) priv->marks->len - 1 : 0);
}

static void
set_pointed (WfChart *self, int mark)
{
  WfChartPrivate *priv = PRIVATE (self);

  if (priv->pointed == mark)
    return;
  priv->pointed = mark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, WfChart *self)
{
  set_pointed (self, wf_chart_find_mark (self, x, y));
}

static void
on_leave (GtkEventControllerMotion *controller, WfChart *self)
{
  set_pointed (self, -1);
}

/* The part of a bar that was hit; a mark of one series stands for it. */
static guint
find_series (WfChart *self, guint mark, double x, double y)
{
  WfChartClass *klass = WF_CHART_GET_CLASS (self);
  WfChartPrivate *priv = PRIVATE (self);
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  g_auto (WfChartCanvas) canvas = { 0 };

  if (klass->has_cells || klass->find_series == NULL)
    return wf_chart_get_series_of (self, mark);
  wf_chart_init_canvas (self, &canvas, width, (float) gtk_widget_get_height (GTK_WIDGET (self)));
  canvas.top = priv->top;
  return klass->find_series (self, &canvas, mark, canvas.mirrored ? width - (float) x : (float) x,
                             (float) y);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, WfChart *self)
{
  WfChartPrivate *priv = PRIVATE (self);
  int mark = wf_chart_find_mark (self, x, y);

  if (mark < 0)
    return;
  gtk_widget_grab_focus (priv->marks->pdata[mark]);
  if (priv->activatable)
    wf_chart_emit_activated (self, find_series (self, (guint) mark, x, y),
                             wf_chart_get_category_of (self, (guint) mark));
}

static gboolean
wf_chart_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  WfChart *self = WF_CHART (widget);
  WfChartPrivate *priv = PRIVATE (self);
  int mark = keyboard ? (int) priv->current : wf_chart_find_mark (self, x, y);
  g_autofree char *markup = NULL;
  graphene_rect_t *place;

  if (mark < 0 || (guint) mark >= priv->marks->len)
    return FALSE;
  place = &priv->places[mark];
  markup = wf_chart_words_get_markup (priv->data, wf_chart_get_series_of (self, (guint) mark),
                                      wf_chart_get_category_of (self, (guint) mark),
                                      wf_chart_get_remark (self, (guint) mark));
  gtk_tooltip_set_markup (tooltip, markup);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { (int) place->origin.x, (int) place->origin.y,
                                                       (int) MAX (place->size.width, 1),
                                                       (int) MAX (place->size.height, 1) });
  return TRUE;
}

void
wf_chart_add_controllers (WfChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
wf_chart_install_input (GtkWidgetClass *widget_class)
{
  widget_class->focus = wf_chart_focus;
  widget_class->grab_focus = wf_chart_grab_focus;
  widget_class->set_focus_child = wf_chart_set_focus_child;
  widget_class->query_tooltip = wf_chart_query_tooltip;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_end_key, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Home, 0, on_end_key, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, on_end_key, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_End, 0, on_end_key, "b", TRUE);
}
