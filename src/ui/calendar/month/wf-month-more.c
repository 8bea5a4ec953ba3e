/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "+12 more" in a day of the month, or "+12" where there is less room. A GtkButton would measure the window anew with each number. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-month-more.h"

#include "wf-calendar-paint.h"

#include <glib/gi18n-lib.h>

#define PADDING 5

struct _WfMonthMore
{
  GtkWidget parent_instance;

  guint n;
  gboolean brief;
  char *day;           /* (owned) (nullable) the action's parameter */
  PangoLayout *layout; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WfMonthMore, wf_month_more, GTK_TYPE_WIDGET)

static void
drop_layout (WfMonthMore *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static PangoLayout *
get_layout (WfMonthMore *self)
{
  if (self->layout == NULL)
    {
      /* Translators: in a day of the calendar, so many activities do not fit */
      const char *format = self->brief ? "+%u" : ngettext ("+%u more", "+%u more", self->n);
      g_autofree char *text = g_strdup_printf (format, self->n);
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
    }
  return self->layout;
}

static void
wf_month_more_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), text_height;
  PangoLayout *layout = get_layout (WF_MONTH_MORE (widget));
  WfCalendarPalette palette;

  wf_calendar_palette_init (&palette, widget);
  pango_layout_set_width (layout, MAX (width - 2 * PADDING, 0) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (PADDING, (float) ((height - text_height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &palette.dim);
  gtk_snapshot_restore (snapshot);
}

static void
wf_month_more_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wf_month_more_parent_class)->css_changed (widget, change);
  drop_layout (WF_MONTH_MORE (widget));
}

static void
wf_month_more_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (wf_month_more_parent_class)->direction_changed (widget, previous);
  drop_layout (WF_MONTH_MORE (widget));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfMonthMore *self = WF_MONTH_MORE (widget);

  if (self->day != NULL)
    gtk_widget_activate_action (widget, "calendar.show-day", "s", self->day);
}

static void
on_released (WfMonthMore *self, int n_press, double x, double y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    open_action (GTK_WIDGET (self), "more.open", NULL);
}

static void
wf_month_more_finalize (GObject *object)
{
  WfMonthMore *self = WF_MONTH_MORE (object);

  g_clear_object (&self->layout);
  g_free (self->day);
  G_OBJECT_CLASS (wf_month_more_parent_class)->finalize (object);
}

static void
wf_month_more_class_init (WfMonthMoreClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter,
                                GDK_KEY_space };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_month_more_finalize;
  widget_class->snapshot = wf_month_more_snapshot;
  widget_class->css_changed = wf_month_more_css_changed;
  widget_class->direction_changed = wf_month_more_direction_changed;
  gtk_widget_class_install_action (widget_class, "more.open", NULL, open_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "more.open", NULL);
  gtk_widget_class_set_css_name (widget_class, "wf-month-more");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
wf_month_more_init (WfMonthMore *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wf_month_more_new (void)
{
  return g_object_new (WF_TYPE_MONTH_MORE, NULL);
}

void
wf_month_more_bind (WfMonthMore *self, guint n, const GDate *date)
{
  g_return_if_fail (WF_IS_MONTH_MORE (self));
  g_autofree char *label = g_strdup_printf (
      ngettext ("%u more activity, show the day", "%u more activities, show the day", n), n);
  char day[32];

  g_snprintf (day, sizeof day, "%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date),
              g_date_get_day (date));
  g_set_str (&self->day, day);
  if (n == self->n)
    return;
  self->n = n;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  drop_layout (self);
}

void
wf_month_more_set_brief (WfMonthMore *self, gboolean brief)
{
  g_return_if_fail (WF_IS_MONTH_MORE (self));
  if (brief == self->brief)
    return;
  self->brief = brief;
  drop_layout (self);
}

int
wf_month_more_get_width (WfMonthMore *self)
{
  g_return_val_if_fail (WF_IS_MONTH_MORE (self), 0);
  PangoLayout *layout = get_layout (self);
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + 2 * PADDING;
}
