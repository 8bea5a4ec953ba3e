/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks whether reminders go on without a window, and after the next login. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-background-question.h"

#include "wf-background.h"

/* Policy. Nobody is asked at the first start, when nothing is known of reminders yet, and nothing runs on
 * unseen without having been asked. Who sets one of the switches in Preferences has answered. */

struct _WfBackgroundQuestion
{
  AdwAlertDialog parent_instance;

  GApplication *application; /* (owned) */
  GSettings *settings;       /* (owned) */
  GtkWindow *window;         /* (owned) (nullable) until it is closed */
  GtkCheckButton *autostart;
  gboolean answered, is_closed;
};

G_DEFINE_FINAL_TYPE (WfBackgroundQuestion, wf_background_question, ADW_TYPE_ALERT_DIALOG)

/* The window is gone by then: a refusal shows in Preferences. */
static void
on_autostart_set (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSettings) settings = G_SETTINGS (user_data);
  g_autoptr (GError) error = NULL;
  gboolean autostart = FALSE;

  if (!wf_background_set_autostart_finish (result, &autostart, &error))
    g_warning ("Starting at login was not possible: %s", error->message);
  g_settings_set_boolean (settings, "autostart", autostart);
  g_application_release (G_APPLICATION (object));
}

static void
close_window (gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;

  gtk_window_close (window);
}

/* Which of answer and closing comes first is the dialog's affair. Not before both, and not within: a window with a dialog in
 * it closes that instead. */
static void
close_when_done (WfBackgroundQuestion *self)
{
  if (self->answered && self->is_closed && self->window != NULL)
    g_idle_add_once (close_window, g_steal_pointer (&self->window));
}

static void
wf_background_question_response (AdwAlertDialog *dialog, const char *response)
{
  WfBackgroundQuestion *self = WF_BACKGROUND_QUESTION (dialog);
  gboolean keep = g_str_equal (response, "keep");

  if (!keep && !g_str_equal (response, "quit"))
    return;
  self->answered = TRUE;
  g_settings_set_boolean (self->settings, "run-in-background", keep);
  g_settings_set_boolean (self->settings, "background-asked", TRUE);
  if (keep && gtk_check_button_get_active (self->autostart))
    {
      g_application_hold (self->application); /* until the desktop has answered */
      wf_background_set_autostart_async (self->application, TRUE, NULL, on_autostart_set,
                                         g_object_ref (self->settings));
    }
  close_when_done (self);
}

static void
wf_background_question_closed (AdwDialog *dialog)
{
  WF_BACKGROUND_QUESTION (dialog)->is_closed = TRUE;
  close_when_done (WF_BACKGROUND_QUESTION (dialog));
}

static void
wf_background_question_dispose (GObject *object)
{
  WfBackgroundQuestion *self = WF_BACKGROUND_QUESTION (object);

  g_clear_object (&self->application);
  g_clear_object (&self->settings);
  g_clear_object (&self->window);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_BACKGROUND_QUESTION);
  G_OBJECT_CLASS (wf_background_question_parent_class)->dispose (object);
}

static void
wf_background_question_class_init (WfBackgroundQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_background_question_dispose;
  ADW_DIALOG_CLASS (klass)->closed = wf_background_question_closed;
  ADW_ALERT_DIALOG_CLASS (klass)->response = wf_background_question_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-background-question.ui");
  gtk_widget_class_bind_template_child (widget_class, WfBackgroundQuestion, autostart);
}

static void
wf_background_question_init (WfBackgroundQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
wf_background_question_is_open (GSettings *settings)
{
  return !g_settings_get_boolean (settings, "background-asked") &&
         g_settings_get_boolean (settings, "run-in-background") &&
         !g_settings_get_boolean (settings, "autostart");
}

void
wf_background_question_ask (GApplication *application, GSettings *settings, GtkWindow *window)
{
  WfBackgroundQuestion *self = g_object_new (WF_TYPE_BACKGROUND_QUESTION, NULL);

  self->application = g_object_ref (application);
  self->settings = g_object_ref (settings);
  self->window = g_object_ref (window);
  adw_dialog_present (ADW_DIALOG (self), GTK_WIDGET (window));
}
