/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "+3" in an hour that has more than fits. A GtkButton would measure the window anew with each number, and a
 * full week has hundreds of them. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#include <glib/gi18n-lib.h>

struct _WfDaysMore
{
  GtkWidget parent_instance;

  guint n, hour;
  PangoLayout *layout; /* (owned) (nullable) */
};

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfDaysMore, wf_days_more, GTK_TYPE_WIDGET)

static char *
describe (WfDaysMore *self)
{
  return g_strdup_printf (
      ngettext ("%u more activity at %02u:00", "%u more activities at %02u:00", self->n), self->n,
      self->hour);
}

static void
drop_layout (WfDaysMore *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
wf_days_more_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfDaysMore *self = WF_DAYS_MORE (widget);
  int width, height;
  GdkRGBA color;

  if (self->layout == NULL)
    {
      /* The mark keeps the sign before the number in every direction of writing. */
      g_autofree char *text = g_strdup_printf ("\u200e+%u", self->n);
      self->layout = gtk_widget_create_pango_layout (widget, text);
    }
  pango_layout_get_pixel_size (self->layout, &width, &height);
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) ((gtk_widget_get_width (widget) - width) / 2),
                                      (float) ((gtk_widget_get_height (widget) - height) / 2)));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
}

static void
wf_days_more_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wf_days_more_parent_class)->css_changed (widget, change);
  drop_layout (WF_DAYS_MORE (widget));
}

static void
wf_days_more_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (wf_days_more_parent_class)->direction_changed (widget, previous);
  drop_layout (WF_DAYS_MORE (widget));
}

static gboolean
wf_days_more_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard,
                            GtkTooltip *tooltip)
{
  g_autofree char *text = describe (WF_DAYS_MORE (widget));

  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLICKED], 0);
}

static void
on_released (WfDaysMore *self, int n_press, double x, double y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
wf_days_more_finalize (GObject *object)
{
  g_clear_object (&WF_DAYS_MORE (object)->layout);
  G_OBJECT_CLASS (wf_days_more_parent_class)->finalize (object);
}

static void
wf_days_more_class_init (WfDaysMoreClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter,
                                GDK_KEY_space };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_days_more_finalize;
  widget_class->snapshot = wf_days_more_snapshot;
  widget_class->css_changed = wf_days_more_css_changed;
  widget_class->direction_changed = wf_days_more_direction_changed;
  widget_class->query_tooltip = wf_days_more_query_tooltip;
  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", WF_TYPE_DAYS_MORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "more.open", NULL, open_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "more.open", NULL);
  gtk_widget_class_set_css_name (widget_class, "wf-days-more");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
wf_days_more_init (WfDaysMore *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wf_days_more_new (void)
{
  return g_object_new (WF_TYPE_DAYS_MORE, NULL);
}

void
wf_days_more_bind (WfDaysMore *self, guint n, guint hour)
{
  if (n == self->n && hour == self->hour)
    return;
  self->n = n;
  self->hour = hour;
  g_autofree char *label = describe (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  drop_layout (self);
}
