/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change that is not confirmed by the CRM (B18). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-pending-row.h"

#include "wf-time-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfPendingRow
{
  AdwActionRow parent_instance;

  WfRuntime *runtime; /* (owned) */
  gint64 item;
  GtkImage *icon;
  GtkWidget *buttons;
  GtkWidget *retry;
  GtkWidget *drop;
};

G_DEFINE_FINAL_TYPE (WfPendingRow, wf_pending_row, ADW_TYPE_ACTION_ROW)

static void
on_decided (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfPendingRow) self = WF_PENDING_ROW (user_data);
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    return;
  gtk_widget_set_sensitive (self->buttons, TRUE);
  wf_toast_show (GTK_WIDGET (self), error->message);
}

static void
on_retry_clicked (WfPendingRow *self)
{
  gtk_widget_set_sensitive (self->buttons, FALSE);
  wf_runtime_retry_change_async (self->runtime, self->item, NULL, on_decided, g_object_ref (self));
}

static void
on_drop_clicked (WfPendingRow *self)
{
  gtk_widget_set_sensitive (self->buttons, FALSE);
  wf_runtime_drop_change_async (self->runtime, self->item, NULL, on_decided, g_object_ref (self));
}

static void
wf_pending_row_dispose (GObject *object)
{
  g_clear_object (&WF_PENDING_ROW (object)->runtime);
  G_OBJECT_CLASS (wf_pending_row_parent_class)->dispose (object);
}

static void
wf_pending_row_class_init (WfPendingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_pending_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-pending-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPendingRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfPendingRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, WfPendingRow, retry);
  gtk_widget_class_bind_template_child (widget_class, WfPendingRow, drop);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_clicked);
}

static void
wf_pending_row_init (WfPendingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
state_to_text (const WfPendingChange *change)
{
  if (change->problem != NULL)
    return change->problem;
  switch (change->state)
    {
    case WF_OUTBOX_SENT:
      return _ ("Sent, not confirmed yet");
    case WF_OUTBOX_FAILED:
      return _ ("Refused by the CRM");
    case WF_OUTBOX_LEFT:
      return _ ("Left to another computer");
    case WF_OUTBOX_PENDING:
    case WF_OUTBOX_DONE:
    default:
      return _ ("On this computer only, not sent yet");
    }
}

GtkWidget *
wf_pending_row_new (WfRuntime *runtime, const WfPendingChange *change, WfInstant now,
                    GTimeZone *zone)
{
  WfPendingRow *self = g_object_new (WF_TYPE_PENDING_ROW, NULL);
  gboolean refused = change->state == WF_OUTBOX_FAILED;
  g_autofree char *when = wf_time_text_ago (change->at, now, zone);
  g_autofree char *text = g_strdup_printf ("%s · %s", state_to_text (change), when);

  self->runtime = g_object_ref (runtime);
  self->item = change->item;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), change->what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_image_set_from_icon_name (self->icon,
                                refused ? "dialog-warning-symbolic" : "view-refresh-symbolic");
  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
  gtk_widget_set_visible (self->buttons, refused);
  return GTK_WIDGET (self);
}
