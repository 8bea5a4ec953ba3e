/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is still to be done for a lead. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-activities.h"

#include "wf-lead-activity-row.h"

#include <glib/gi18n-lib.h>

#define MOST_ROWS 20

struct _WfLeadActivities
{
  AdwBin parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  char *lead;                /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the reading under way */
  GtkListBox *list;
  GtkLabel *nothing;
  GtkWidget *start;
};

G_DEFINE_FINAL_TYPE (WfLeadActivities, wf_lead_activities, ADW_TYPE_BIN)

static WfLeadActivityRow *
get_row (WfLeadActivities *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) index);

  return row != NULL ? WF_LEAD_ACTIVITY_ROW (row) : NULL;
}

/* The store hands out new values after each change: what looks the same stays, with its focus. */
static gboolean
shows_same (WfLeadActivities *self, guint index, const WfActivity *activity)
{
  WfLeadActivityRow *row = get_row (self, index);
  const WfActivity *shown = row != NULL ? wf_lead_activity_row_get_activity (row) : NULL;

  return shown != NULL && g_str_equal (shown->id, activity->id) && shown->due == activity->due &&
         g_strcmp0 (shown->person, activity->person) == 0 &&
         g_strcmp0 (shown->title, activity->title) == 0 && shown->sync == activity->sync;
}

/* gtk_list_box_remove_all() would take the placeholder, too. */
static void
remove_rows_from (WfLeadActivities *self, guint index)
{
  for (WfLeadActivityRow *row; (row = get_row (self, index)) != NULL;)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
show_activities (WfLeadActivities *self, GPtrArray *activities)
{
  guint same = 0;

  while (same < activities->len && shows_same (self, same, activities->pdata[same]))
    same++;
  remove_rows_from (self, same);
  for (guint i = same; i < activities->len; i++)
    gtk_list_box_append (
        self->list, wf_lead_activity_row_new (self->runtime, self->minutes, activities->pdata[i]));
  gtk_label_set_text (self->nothing, _ ("No next activity"));
  gtk_widget_set_visible (self->start, TRUE);
}

static void
on_activities_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfLeadActivities) self = WF_LEAD_ACTIVITIES (user_data);
  g_autoptr (GError) error = NULL;
  guint total;
  g_autoptr (GPtrArray) activities =
      wf_runtime_list_activities_finish (WF_RUNTIME (object), result, &total, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (activities != NULL)
    {
      show_activities (self, activities);
      return;
    }
  remove_rows_from (self, 0);
  gtk_label_set_text (self->nothing, error->message);
  gtk_widget_set_visible (self->start, FALSE);
}

static void
read_activities (WfLeadActivities *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->lead == NULL)
    return;
  const WfActivityQuery query = {
    .scope = WF_ACTIVITIES_OPEN,
    .lead = self->lead,
    .now = wf_minute_clock_get_now (self->minutes),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
    .also_hidden = TRUE,
    .limit = MOST_ROWS,
  };
  self->cancellable = g_cancellable_new ();
  wf_runtime_list_activities_async (self->runtime, &query, self->cancellable, on_activities_read,
                                    g_object_ref (self));
}

static void
on_row_activated (WfLeadActivities *self, WfLeadActivityRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-activity", "s",
                              wf_lead_activity_row_get_activity (row)->id);
}

static void
wf_lead_activities_dispose (GObject *object)
{
  WfLeadActivities *self = WF_LEAD_ACTIVITIES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_clear_object (&self->runtime);
  g_clear_object (&self->minutes);
  g_clear_pointer (&self->lead, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEAD_ACTIVITIES);
  G_OBJECT_CLASS (wf_lead_activities_parent_class)->dispose (object);
}

static void
wf_lead_activities_class_init (WfLeadActivitiesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_lead_activities_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-activities.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLeadActivities, list);
  gtk_widget_class_bind_template_child (widget_class, WfLeadActivities, nothing);
  gtk_widget_class_bind_template_child (widget_class, WfLeadActivities, start);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
wf_lead_activities_init (WfLeadActivities *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_lead_activities_set_up (WfLeadActivities *self, WfRuntime *runtime, WfMinuteClock *minutes)
{
  g_return_if_fail (WF_IS_LEAD_ACTIVITIES (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  g_signal_connect_swapped (runtime, "activities-changed", G_CALLBACK (read_activities), self);
}

void
wf_lead_activities_set_lead (WfLeadActivities *self, const char *lead)
{
  g_return_if_fail (WF_IS_LEAD_ACTIVITIES (self));
  if (g_strcmp0 (lead, self->lead) != 0)
    remove_rows_from (self, 0);
  g_set_str (&self->lead, lead);
  read_activities (self);
}
