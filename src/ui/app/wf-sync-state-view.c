/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The foot of the sidebar: how far the data is. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-sync-state-view.h"

#include "wf-minute-clock.h"
#include "wf-sync-text.h"

#include <glib/gi18n-lib.h>

struct _WfSyncStateView
{
  AdwBin parent_instance;

  WfRuntime *runtime;     /* (owned) (nullable) */
  WfMinuteClock *minutes; /* (owned) (nullable) */
  GtkImage *icon;
  GtkLabel *status;
  GtkLabel *problem;
  GtkWidget *retry;
  GtkWidget *sign_in;
};

G_DEFINE_FINAL_TYPE (WfSyncStateView, wf_sync_state_view, ADW_TYPE_BIN)

static void
show_state (WfSyncStateView *self)
{
  if (self->runtime == NULL)
    return;
  WfSyncStatus status = wf_runtime_get_sync_status (self->runtime);
  const char *problem = wf_runtime_get_problem (self->runtime);
  g_autofree char *text = wf_sync_text (status, wf_runtime_get_pending_changes (self->runtime),
                                        wf_runtime_get_last_sync (self->runtime),
                                        wf_minute_clock_get_now (self->minutes),
                                        wf_minute_clock_get_zone (self->minutes));

  gtk_image_set_from_icon_name (self->icon, wf_sync_icon (status));
  gtk_label_set_text (self->status, text);
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_visible (self->retry,
                          status == WF_SYNC_STATUS_OFFLINE || status == WF_SYNC_STATUS_PROBLEM);
  gtk_widget_set_visible (self->sign_in, status == WF_SYNC_STATUS_NEEDS_SIGN_IN);
}

static void
wf_sync_state_view_map (GtkWidget *widget)
{
  WfSyncStateView *self = WF_SYNC_STATE_VIEW (widget);

  if (self->minutes != NULL)
    wf_minute_clock_start (self->minutes);
  GTK_WIDGET_CLASS (wf_sync_state_view_parent_class)->map (widget);
}

static void
wf_sync_state_view_unmap (GtkWidget *widget)
{
  WfSyncStateView *self = WF_SYNC_STATE_VIEW (widget);

  if (self->minutes != NULL)
    wf_minute_clock_stop (self->minutes);
  GTK_WIDGET_CLASS (wf_sync_state_view_parent_class)->unmap (widget);
}

static void
wf_sync_state_view_dispose (GObject *object)
{
  WfSyncStateView *self = WF_SYNC_STATE_VIEW (object);

  wf_sync_state_view_set_runtime (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SYNC_STATE_VIEW);
  G_OBJECT_CLASS (wf_sync_state_view_parent_class)->dispose (object);
}

static void
wf_sync_state_view_class_init (WfSyncStateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_sync_state_view_dispose;
  widget_class->map = wf_sync_state_view_map;
  widget_class->unmap = wf_sync_state_view_unmap;
  gtk_widget_class_set_css_name (widget_class, "wf-sync-state-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-sync-state-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSyncStateView, icon);
  gtk_widget_class_bind_template_child (widget_class, WfSyncStateView, status);
  gtk_widget_class_bind_template_child (widget_class, WfSyncStateView, problem);
  gtk_widget_class_bind_template_child (widget_class, WfSyncStateView, retry);
  gtk_widget_class_bind_template_child (widget_class, WfSyncStateView, sign_in);
}

static void
wf_sync_state_view_init (WfSyncStateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
watch_runtime (WfSyncStateView *self)
{
  static const char *const watched[] = { "notify::sync-status", "notify::problem",
                                         "notify::last-sync", "notify::pending-changes" };

  self->minutes = wf_minute_clock_new (wf_runtime_get_clock (self->runtime));
  g_signal_connect_swapped (self->minutes, "notify::now", G_CALLBACK (show_state), self);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_swapped (self->runtime, watched[i], G_CALLBACK (show_state), self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wf_minute_clock_start (self->minutes);
}

void
wf_sync_state_view_set_runtime (WfSyncStateView *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_SYNC_STATE_VIEW (self));

  if (self->runtime == runtime)
    return;
  if (self->runtime != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->runtime, self);
      g_signal_handlers_disconnect_by_data (self->minutes, self);
      g_clear_object (&self->minutes);
    }
  g_set_object (&self->runtime, runtime);
  if (runtime != NULL)
    {
      watch_runtime (self);
      show_state (self);
    }
}
