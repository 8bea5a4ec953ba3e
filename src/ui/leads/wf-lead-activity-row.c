/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open activity on the page of its lead. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-activity-row.h"

#include "wf-activity-commands.h"
#include "wf-activity-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfLeadActivityRow
{
  AdwActionRow parent_instance;

  WfRuntime *runtime;     /* (owned) */
  WfMinuteClock *minutes; /* (owned) */
  WfActivity *activity;   /* (owned) */
  GtkImage *icon;
  GtkLabel *left;
  GtkWidget *complete;
};

G_DEFINE_FINAL_TYPE (WfLeadActivityRow, wf_lead_activity_row, ADW_TYPE_ACTION_ROW)

static void
show_urgency (WfLeadActivityRow *self, WfInstant now)
{
  static const char *const classes[] = { "dimmed", "warning", "error" };
  WfUrgency urgency = wf_activity_urgency (self->activity, now);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->left), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->left), classes[urgency]);
}

static void
show_time (WfLeadActivityRow *self)
{
  WfInstant now = wf_minute_clock_get_now (self->minutes);
  GTimeZone *zone = wf_minute_clock_get_zone (self->minutes);
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const char *kind = wf_activity_kind_to_text (self->activity->kind);
  g_autofree char *left = wf_time_left_to_text (self->activity->due, now);
  g_autofree char *due = wf_time_text_day_and_time (self->activity->due, now, zone);
  g_autofree char *full = wf_time_text_full (self->activity->due, zone);
  g_autofree char *subtitle =
      g_strdup_printf ("%s%s%s · %s", kind != NULL ? kind : "", kind != NULL ? " · " : "", due,
                       wf_activity_person_name (self->activity, organisation));

  gtk_label_set_text (self->left, left);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->left), full);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  show_urgency (self, now);
}

static gboolean
may_complete (WfLeadActivityRow *self)
{
  const char *person = wf_runtime_get_person (self->runtime);

  return wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE) ||
         (g_strcmp0 (self->activity->person, person) == 0 &&
          wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES));
}

static void
on_complete_clicked (WfLeadActivityRow *self)
{
  wf_activity_command_complete (GTK_WIDGET (self), self->runtime, self->activity, NULL, NULL);
}

static void
wf_lead_activity_row_dispose (GObject *object)
{
  WfLeadActivityRow *self = WF_LEAD_ACTIVITY_ROW (object);

  if (self->minutes != NULL)
    g_signal_handlers_disconnect_by_data (self->minutes, self);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->activity, wf_activity_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEAD_ACTIVITY_ROW);
  G_OBJECT_CLASS (wf_lead_activity_row_parent_class)->dispose (object);
}

static void
wf_lead_activity_row_class_init (WfLeadActivityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_lead_activity_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-activity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLeadActivityRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfLeadActivityRow, left);
  gtk_widget_class_bind_template_child (widget_class, WfLeadActivityRow, complete);
  gtk_widget_class_bind_template_callback (widget_class, on_complete_clicked);
}

static void
wf_lead_activity_row_init (WfLeadActivityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_lead_activity_row_new (WfRuntime *runtime, WfMinuteClock *minutes, WfActivity *activity)
{
  WfLeadActivityRow *self = g_object_new (WF_TYPE_LEAD_ACTIVITY_ROW, NULL);
  g_autofree char *complete = g_strdup_printf (_ ("Complete “%s”"), activity->title);

  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  self->activity = wf_activity_ref (activity);
  g_signal_connect_swapped (minutes, "notify::now", G_CALLBACK (show_time), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), activity->title);
  gtk_image_set_from_icon_name (self->icon,
                                wf_activity_icon (activity, wf_runtime_get_organisation (runtime)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->complete), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  complete, -1);
  gtk_widget_set_visible (self->complete, may_complete (self));
  show_time (self);
  return GTK_WIDGET (self);
}

WfActivity *
wf_lead_activity_row_get_activity (WfLeadActivityRow *self)
{
  g_return_val_if_fail (WF_IS_LEAD_ACTIVITY_ROW (self), NULL);
  return self->activity;
}
