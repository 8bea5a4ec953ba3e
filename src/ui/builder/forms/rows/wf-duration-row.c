/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row with a number and a unit of time; what is wrong with them is said in the row itself. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-duration-row.h"

struct _WfDurationRow
{
  AdwPreferencesRow parent_instance;

  GtkSpinButton *amount;
  GtkDropDown *unit;
  GtkLabel *problem;
  GtkBox *controls;
  gboolean setting; /* while set_duration runs, nothing changed by the person */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfDurationRow, wf_duration_row, ADW_TYPE_PREFERENCES_ROW)

static void
on_value_changed (WfDurationRow *self)
{
  if (!self->setting)
    g_signal_emit (self, changed_signal, 0);
}

static void
on_unit_changed (WfDurationRow *self)
{
  if (!self->setting)
    g_signal_emit (self, changed_signal, 0);
}

static void
on_title_clicked (WfDurationRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

/* A screen reader says the row's title when the number gets the focus. */
static void
on_title_changed (WfDurationRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

/* What is filled in is the number. */
static gboolean
wf_duration_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WF_DURATION_ROW (widget)->amount));
}

static void
wf_duration_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_DURATION_ROW);
  G_OBJECT_CLASS (wf_duration_row_parent_class)->dispose (object);
}

static void
wf_duration_row_class_init (WfDurationRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_duration_row_dispose;
  widget_class->grab_focus = wf_duration_row_grab_focus;
  changed_signal = g_signal_new ("changed", WF_TYPE_DURATION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/forms/rows/wf-duration-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfDurationRow, amount);
  gtk_widget_class_bind_template_child (widget_class, WfDurationRow, unit);
  gtk_widget_class_bind_template_child (widget_class, WfDurationRow, problem);
  gtk_widget_class_bind_template_child (widget_class, WfDurationRow, controls);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_changed);
}

static void
wf_duration_row_init (WfDurationRow *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->setting = FALSE;
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL);
}

/* What is typed, also before it is committed; amount 0 = not set. */
WfDuration
wf_duration_row_get_duration (WfDurationRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->amount));
  WfDuration duration = WF_DURATION_NONE;

  duration.amount = CLAMP (g_ascii_strtoll (text, NULL, 10), 0, WF_DURATION_MOST_AMOUNT);
  duration.unit = (WfTimeUnit) gtk_drop_down_get_selected (self->unit);
  return duration;
}

void
wf_duration_row_set_duration (WfDurationRow *self, WfDuration duration)
{
  self->setting = TRUE;
  gtk_spin_button_set_value (self->amount, (double) duration.amount);
  gtk_drop_down_set_selected (self->unit, duration.unit);
  self->setting = FALSE;
}

GtkWidget *
wf_duration_row_get_entry (WfDurationRow *self)
{
  return GTK_WIDGET (self->amount);
}

/* text: what is wrong, shown under the title; NULL when all is well. */
void
wf_duration_row_set_problem (WfDurationRow *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_STATE_INVALID,
      text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                  -1);
}

/**
 * wf_duration_row_add_suffix:
 * @self: the row
 * @widget: (transfer floating): stands behind the unit, such as a button that removes the row
 */
void
wf_duration_row_add_suffix (WfDurationRow *self, GtkWidget *widget)
{
  gtk_box_append (self->controls, widget);
}
