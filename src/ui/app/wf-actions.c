/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every action with its shortcut in one table. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-actions.h"

#include <glib/gi18n-lib.h>

static const WfShortcutInfo shortcuts[] = {
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::today", "<Alt>1", N_ ("Show Today") },
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::workflows", "<Alt>2", N_ ("Show Workflows") },
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::log", "<Alt>3", N_ ("Show the log") },
  { WF_SHORTCUT_EVERYWHERE, "win.refresh", "F5", N_ ("Update now") },
  { WF_SHORTCUT_EVERYWHERE, "app.preferences", "<Control>comma", N_ ("Preferences") },
  { WF_SHORTCUT_EVERYWHERE, "win.shortcuts", "<Control>question", N_ ("Keyboard shortcuts") },
  { WF_SHORTCUT_EVERYWHERE, "app.help", "F1", N_ ("Help about this page") },
  { WF_SHORTCUT_EVERYWHERE, "window.close", "<Control>w", N_ ("Close the window") },
  { WF_SHORTCUT_EVERYWHERE, "app.quit", "<Control>q", N_ ("Quit") },
  { WF_SHORTCUT_TODAY, "today.complete", "space", N_ ("Complete the activity") },
  { WF_SHORTCUT_TODAY, "today.open", "Return KP_Enter", N_ ("Show the details") },
  { WF_SHORTCUT_TODAY, "today.close", "Escape", N_ ("Back to the list") },
  { WF_SHORTCUT_TODAY, "today.snooze-menu", "s", N_ ("Snooze the reminder") },
  { WF_SHORTCUT_TODAY, "today.reschedule", "r", N_ ("Change the deadline") },
  { WF_SHORTCUT_TODAY, "today.reassign", "a", N_ ("Give to another person") },
  { WF_SHORTCUT_TODAY, "today.start-workflow", "w", N_ ("Start a workflow for the lead") },
  { WF_SHORTCUT_TODAY, "today.dismiss", "Delete", N_ ("No longer needed") },
  { WF_SHORTCUT_TODAY, "today.undo", "<Control>z", N_ ("Undo the last step") },
  { WF_SHORTCUT_LOG, "log.search", "<Control>f", N_ ("Search the log") },
  { WF_SHORTCUT_LOG, "log.export", "<Control>s", N_ ("Save what is shown") },
  { WF_SHORTCUT_LOG, "log.follow", "l", N_ ("Follow the lead of the selected entry") },
  { WF_SHORTCUT_LOG, "log.copy", "<Control>c", N_ ("Copy the selected entry") },
};

const WfShortcutInfo *
wf_actions_get_shortcuts (guint *n)
{
  *n = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

const char *
wf_shortcut_scope_to_text (WfShortcutScope scope)
{
  switch (scope)
    {
    case WF_SHORTCUT_EVERYWHERE:
      return _ ("Everywhere");
    case WF_SHORTCUT_TODAY:
      return _ ("Today");
    case WF_SHORTCUT_LOG:
      return _ ("Log");
    default:
      g_return_val_if_reached ("");
    }
}

void
wf_actions_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].scope != WF_SHORTCUT_EVERYWHERE)
        continue;
      g_auto (GStrv) accels = g_strsplit (shortcuts[i].accels, " ", -1);
      gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                             (const char *const *) accels);
    }
}

void
wf_actions_add_shortcuts (GtkWidget *widget, WfShortcutScope scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* A list view takes Space and Enter for itself, so we must be asked before it. */
  if (GTK_IS_LIST_VIEW (widget))
    gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].scope != scope)
        continue;
      g_autofree char *trigger = g_strdelimit (g_strdup (shortcuts[i].accels), " ", '|');
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                            gtk_named_action_new (shortcuts[i].action)));
    }
  gtk_widget_add_controller (widget, controller);
}
