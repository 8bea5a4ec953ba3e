/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an activity's reminders came, were snoozed, and will come (B11). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-reminders.h"

#include "wf-receipt-text.h"

struct _WfActivityReminders
{
  AdwExpanderRow parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  AdwActionRow *all;
};

G_DEFINE_FINAL_TYPE (WfActivityReminders, wf_activity_reminders, ADW_TYPE_EXPANDER_ROW)

/* The newest stands in the row itself, the way there below it. */
static void
show_lines (WfActivityReminders *self, GPtrArray *lines)
{
  gtk_widget_set_visible (GTK_WIDGET (self), lines->len > 0);
  if (lines->len == 0)
    return;
  g_autofree char *text = NULL;
  g_ptr_array_add (lines, NULL);
  text = g_strjoinv ("\n", (char **) lines->pdata);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), lines->pdata[lines->len - 2]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->all), text);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), lines->len > 2);
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfActivityReminders) self = WF_ACTIVITY_REMINDERS (user_data);
  g_autoptr (GError) error = NULL;
  WfInstant next = WF_INSTANT_NONE;
  g_autoptr (GArray) receipts =
      wf_runtime_list_receipts_finish (WF_RUNTIME (object), result, &next, &error);

  if (receipts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Reminders cannot be listed: %s", error->message);
      return;
    }
  if (self->runtime == NULL)
    return;
  WfInstant now = wf_minute_clock_get_now (self->minutes);
  GTimeZone *zone = wf_minute_clock_get_zone (self->minutes);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < receipts->len; i++)
    g_ptr_array_add (lines,
                     wf_receipt_to_text (&g_array_index (receipts, WfReceipt, i), now, zone));
  char *ahead = wf_next_reminder_to_text (next, now, zone);
  if (ahead != NULL)
    g_ptr_array_add (lines, ahead);
  show_lines (self, lines);
}

void
wf_activity_reminders_show (WfActivityReminders *self, WfActivity *activity)
{
  g_return_if_fail (WF_IS_ACTIVITY_REMINDERS (self) && self->runtime != NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wf_runtime_list_receipts_async (self->runtime, activity->id, self->cancellable, on_listed,
                                  g_object_ref (self));
}

static void
wf_activity_reminders_dispose (GObject *object)
{
  WfActivityReminders *self = WF_ACTIVITY_REMINDERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->runtime);
  g_clear_object (&self->minutes);
  G_OBJECT_CLASS (wf_activity_reminders_parent_class)->dispose (object);
}

static void
wf_activity_reminders_class_init (WfActivityRemindersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_activity_reminders_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-activity-reminders.ui");
  gtk_widget_class_bind_template_child (widget_class, WfActivityReminders, all);
}

static void
wf_activity_reminders_init (WfActivityReminders *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_activity_reminders_set_up (WfActivityReminders *self, WfRuntime *runtime, WfMinuteClock *minutes)
{
  g_return_if_fail (WF_IS_ACTIVITY_REMINDERS (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
}
