/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value of a list. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-value-chip.h"

#include <glib/gi18n-lib.h>

struct _WfValueChip
{
  GtkWidget parent_instance;

  GtkLabel *label;
  GtkButton *button;
  char *value;
};

static guint removed_signal;

G_DEFINE_FINAL_TYPE (WfValueChip, wf_value_chip, GTK_TYPE_WIDGET)

static void
on_clicked (WfValueChip *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static gboolean
on_key_pressed (WfValueChip *self, guint keyval)
{
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, removed_signal, 0);
  return GDK_EVENT_STOP;
}

static void
wf_value_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_VALUE_CHIP);
  G_OBJECT_CLASS (wf_value_chip_parent_class)->dispose (object);
}

static void
wf_value_chip_finalize (GObject *object)
{
  g_free (WF_VALUE_CHIP (object)->value);
  G_OBJECT_CLASS (wf_value_chip_parent_class)->finalize (object);
}

static gboolean
wf_value_chip_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WF_VALUE_CHIP (widget)->button));
}

static void
wf_value_chip_class_init (WfValueChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_value_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_value_chip_finalize;
  widget_class->grab_focus = wf_value_chip_grab_focus;
  removed_signal = g_signal_new ("removed", WF_TYPE_VALUE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-value-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, WfValueChip, label);
  gtk_widget_class_bind_template_child (widget_class, WfValueChip, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_set_css_name (widget_class, "valuechip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wf_value_chip_init (WfValueChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_value_chip_new (const char *value, const char *name)
{
  WfValueChip *self = g_object_new (WF_TYPE_VALUE_CHIP, NULL);
  /* Translators: %s is one of several values */
  g_autofree char *remove = g_strdup_printf (_ ("Remove “%s”"), name);

  self->value = g_strdup (value);
  gtk_label_set_text (self->label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const char *
wf_value_chip_get_value (WfValueChip *self)
{
  return self->value;
}
