/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On return from an absence (B10). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-briefing-banner.h"

#include "wf-absence-text.h"
#include "wf-time-left.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfBriefingBanner
{
  GtkWidget parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  GSignalGroup *signals;     /* (owned) of the runtime */
  GCancellable *cancellable; /* (owned) (nullable) of the question under way */
  char *absence;             /* (owned) (nullable) of what is shown */
  GtkWidget *card;
  GtkLabel *title;
  GtkLabel *text;
  GtkListBox *first;
  GtkWidget *dismiss;
};

G_DEFINE_FINAL_TYPE (WfBriefingBanner, wf_briefing_banner, GTK_TYPE_WIDGET)

static void
on_row_activated (WfBriefingBanner *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-activity", "s",
                              gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
fill_first (WfBriefingBanner *self, const GPtrArray *activities, WfInstant now)
{
  gtk_list_box_remove_all (self->first);
  for (guint i = 0; i < activities->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (activities, i);
      g_autofree char *left = wf_time_left_to_text (activity->due, now);
      g_autofree char *subtitle = activity->lead_name != NULL
                                      ? g_strdup_printf ("%s · %s", activity->lead_name, left)
                                      : g_strdup (left);
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", activity->title, "subtitle",
                                     subtitle, "use-markup", FALSE, "activatable", TRUE, "name",
                                     activity->id, NULL);

      gtk_list_box_append (self->first, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->first), activities->len > 0);
}

static void
show_briefing (WfBriefingBanner *self, const WfBriefing *briefing)
{
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  g_autofree char *text = wf_briefing_text (briefing, organisation);
  gboolean is_new = g_strcmp0 (self->absence, briefing->absence) != 0;

  g_set_str (&self->absence, briefing->absence);
  gtk_label_set_text (self->text, text);
  fill_first (self, briefing->first, wf_clock_now (wf_runtime_get_clock (self->runtime)));
  gtk_widget_set_sensitive (self->dismiss, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (is_new)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
hide_briefing (WfBriefingBanner *self)
{
  g_clear_pointer (&self->absence, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
on_briefing (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfBriefingBanner) self = WF_BRIEFING_BANNER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfBriefing) briefing =
      wf_runtime_get_briefing_finish (WF_RUNTIME (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->runtime == NULL)
    return;
  if (error != NULL && !g_error_matches (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_READY))
    g_warning ("The briefing cannot be read: %s", error->message);
  if (briefing != NULL)
    show_briefing (self, briefing);
  else
    hide_briefing (self);
}

static void
refresh (WfBriefingBanner *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->runtime == NULL)
    {
      hide_briefing (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  wf_runtime_get_briefing_async (self->runtime, self->cancellable, on_briefing,
                                 g_object_ref (self));
}

static void
on_dismissed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfBriefingBanner) self = WF_BRIEFING_BANNER (user_data);
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    {
      hide_briefing (self);
      return;
    }
  gtk_widget_set_sensitive (self->dismiss, TRUE);
  wf_toast_show (GTK_WIDGET (self), error->message);
}

static void
on_dismiss_clicked (WfBriefingBanner *self)
{
  if (self->runtime == NULL || self->absence == NULL)
    return;
  gtk_widget_set_sensitive (self->dismiss, FALSE);
  wf_runtime_dismiss_briefing_async (self->runtime, self->absence, NULL, on_dismissed,
                                     g_object_ref (self));
}

static void
wf_briefing_banner_dispose (GObject *object)
{
  WfBriefingBanner *self = WF_BRIEFING_BANNER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->signals);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->absence, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_BRIEFING_BANNER);
  G_OBJECT_CLASS (wf_briefing_banner_parent_class)->dispose (object);
}

static void
wf_briefing_banner_class_init (WfBriefingBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_briefing_banner_dispose;
  gtk_widget_class_set_css_name (widget_class, "briefing");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "absence/wf-briefing-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, WfBriefingBanner, card);
  gtk_widget_class_bind_template_child (widget_class, WfBriefingBanner, title);
  gtk_widget_class_bind_template_child (widget_class, WfBriefingBanner, text);
  gtk_widget_class_bind_template_child (widget_class, WfBriefingBanner, first);
  gtk_widget_class_bind_template_child (widget_class, WfBriefingBanner, dismiss);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
wf_briefing_banner_init (WfBriefingBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, NULL, -1);
  self->signals = g_signal_group_new (WF_TYPE_RUNTIME);
  g_signal_group_connect_swapped (self->signals, "activities-changed", G_CALLBACK (refresh), self);
  g_signal_group_connect_swapped (self->signals, "notify::organisation", G_CALLBACK (refresh),
                                  self);
}

GtkWidget *
wf_briefing_banner_new (void)
{
  return g_object_new (WF_TYPE_BRIEFING_BANNER, NULL);
}

/**
 * wf_briefing_banner_set_runtime:
 * @self: a banner
 * @runtime: (nullable): whose briefing is shown, while there is one
 */
void
wf_briefing_banner_set_runtime (WfBriefingBanner *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_BRIEFING_BANNER (self));

  if (!g_set_object (&self->runtime, runtime))
    return;
  g_signal_group_set_target (self->signals, runtime);
  refresh (self);
}
