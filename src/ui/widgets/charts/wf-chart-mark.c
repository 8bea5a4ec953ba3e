/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mark of a chart, drawn by the chart: this is what has the focus there, and what a screen reader and a switch find. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-private.h"

struct _WfChartMark
{
  GtkWidget parent_instance;

  guint index;
  guint n;     /* of the set, as it was said */
  char *words; /* (owned) (nullable) as they were said */
};

G_DEFINE_FINAL_TYPE (WfChartMark, wf_chart_mark, GTK_TYPE_WIDGET)

static void
activate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WfChartMark *self = WF_CHART_MARK (widget);

  wf_chart_activate (WF_CHART (gtk_widget_get_parent (widget)), self->index);
}

static void
wf_chart_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0; /* the chart says where it is */
}

static void
wf_chart_mark_finalize (GObject *object)
{
  g_free (WF_CHART_MARK (object)->words);
  G_OBJECT_CLASS (wf_chart_mark_parent_class)->finalize (object);
}

static void
wf_chart_mark_class_init (WfChartMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space,
                                GDK_KEY_KP_Space };

  G_OBJECT_CLASS (klass)->finalize = wf_chart_mark_finalize;
  widget_class->measure = wf_chart_mark_measure;
  gtk_widget_class_install_action (widget_class, "mark.activate", NULL, activate);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "mark.activate", NULL);
  gtk_widget_class_set_css_name (widget_class, "chartmark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
wf_chart_mark_init (WfChartMark *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wf_chart_mark_new (guint index)
{
  WfChartMark *self = g_object_new (WF_TYPE_CHART_MARK, NULL);

  self->index = index;
  return GTK_WIDGET (self);
}

guint
wf_chart_mark_get_index (WfChartMark *self)
{
  return self->index;
}

const char *
wf_chart_mark_get_words (WfChartMark *self)
{
  return self->words;
}

/**
 * wf_chart_mark_set:
 * @self: a mark
 * @words: what is drawn there
 * @n: how many marks there are
 * @activatable: whether something happens on a click
 */
void
wf_chart_mark_set (WfChartMark *self, const char *words, guint n, gboolean activatable)
{
  if (g_set_str (&self->words, words))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                    -1);
  if (self->n != n)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                    (int) self->index + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                    (int) n, -1);
  self->n = n;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "mark.activate", activatable);
  if (activatable)
    gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "activatable");
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), activatable ? "pointer" : NULL);
}
