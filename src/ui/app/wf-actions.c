/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every action with its shortcut in one table. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-actions.h"

#include <glib/gi18n-lib.h>

static const WfShortcutInfo shortcuts[] = {
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::today", "<Alt>1", N_ ("Show Today") },
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::calendar", "<Alt>2", N_ ("Show the calendar") },
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::leads", "<Alt>3", N_ ("Show the leads") },
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::workflows", "<Alt>4", N_ ("Show Workflows") },
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::reports", "<Alt>5", N_ ("Show the reports") },
  { WF_SHORTCUT_EVERYWHERE, "win.show-page::log", "<Alt>7", N_ ("Show the log") },
  { WF_SHORTCUT_EVERYWHERE, "win.search", "<Control>k", N_ ("Search over everything") },
  { WF_SHORTCUT_EVERYWHERE, "win.refresh", "F5", N_ ("Update now") },
  { WF_SHORTCUT_EVERYWHERE, "app.preferences", "<Control>comma", N_ ("Preferences") },
  { WF_SHORTCUT_EVERYWHERE, "win.shortcuts", "<Control>question", N_ ("Keyboard shortcuts") },
  { WF_SHORTCUT_EVERYWHERE, "app.help", "F1", N_ ("Help about this page") },
  { WF_SHORTCUT_EVERYWHERE, "window.close", "<Control>w", N_ ("Close the window") },
  { WF_SHORTCUT_EVERYWHERE, "app.quit", "<Control>q", N_ ("Quit") },
  { WF_SHORTCUT_EVERYWHERE, "win.connect", NULL, N_ ("Connect a CRM") },
  { WF_SHORTCUT_EVERYWHERE, "win.sign-in-as", NULL, N_ ("Sign in as somebody else") },
  { WF_SHORTCUT_EVERYWHERE, "win.leave-account", NULL, N_ ("Leave this account") },
  { WF_SHORTCUT_EVERYWHERE, "app.about", NULL, N_ ("About Workflow") },
  { WF_SHORTCUT_TODAY, "today.complete", "space", N_ ("Complete the activity") },
  { WF_SHORTCUT_TODAY, "today.open", "Return KP_Enter", N_ ("Show the details") },
  { WF_SHORTCUT_TODAY, "today.close", "Escape", N_ ("Back to the list") },
  { WF_SHORTCUT_TODAY, "today.snooze-menu", "s", N_ ("Snooze the reminder") },
  { WF_SHORTCUT_TODAY, "today.reschedule", "r", N_ ("Change the deadline") },
  { WF_SHORTCUT_TODAY, "today.reassign", "a", N_ ("Give to another person") },
  { WF_SHORTCUT_TODAY, "today.start-workflow", "w", N_ ("Start a workflow for the lead") },
  { WF_SHORTCUT_TODAY, "today.dismiss", "Delete", N_ ("No longer needed") },
  { WF_SHORTCUT_TODAY, "today.reopen", "o", N_ ("Open again") },
  { WF_SHORTCUT_TODAY, "today.claim", "t", N_ ("Take it from the queue") },
  { WF_SHORTCUT_TODAY, "today.add-comment", "c", N_ ("Add a comment") },
  { WF_SHORTCUT_TODAY, "today.open-lead", "l", N_ ("Show the lead") },
  { WF_SHORTCUT_TODAY, "today.search", "<Control>f slash", N_ ("Search the activities") },
  { WF_SHORTCUT_TODAY, "today.filter", "f", N_ ("Filter the activities") },
  { WF_SHORTCUT_TODAY, "today.select", "m", N_ ("Select several") },
  { WF_SHORTCUT_TODAY, "today.undo", "<Control>z", N_ ("Undo the last step") },
  { WF_SHORTCUT_CALENDAR, "calendar.turn(-1)", "<Alt>Left", N_ ("One page back") },
  { WF_SHORTCUT_CALENDAR, "calendar.turn(1)", "<Alt>Right", N_ ("One page on") },
  { WF_SHORTCUT_CALENDAR, "calendar.today", "t", N_ ("Show today") },
  { WF_SHORTCUT_CALENDAR, "calendar.choose-date", "g", N_ ("Choose a date") },
  { WF_SHORTCUT_CALENDAR, "calendar.view::day", "1 KP_1", N_ ("Show a day") },
  { WF_SHORTCUT_CALENDAR, "calendar.view::week", "2 KP_2", N_ ("Show a week") },
  { WF_SHORTCUT_CALENDAR, "calendar.view::month", "3 KP_3", N_ ("Show a month") },
  { WF_SHORTCUT_CALENDAR, "calendar.view::agenda", "4 KP_4", N_ ("Show the agenda") },
  { WF_SHORTCUT_CALENDAR, "calendar.zoom(-1)", "<Alt>Up", N_ ("Show fewer days") },
  { WF_SHORTCUT_CALENDAR, "calendar.zoom(1)", "<Alt>Down", N_ ("Show more days") },
  { WF_SHORTCUT_CALENDAR, "calendar.filter", "f", N_ ("Filter the activities") },
  { WF_SHORTCUT_CALENDAR, "calendar.export", "<Control>s", N_ ("Save what is shown") },
  { WF_SHORTCUT_CALENDAR, "today.complete", "space", N_ ("Complete the activity") },
  { WF_SHORTCUT_CALENDAR, "today.close", "Escape", N_ ("Close the details") },
  { WF_SHORTCUT_CALENDAR, "today.snooze-menu", "s", N_ ("Snooze the reminder") },
  { WF_SHORTCUT_CALENDAR, "today.reschedule", "r", N_ ("Change the deadline") },
  { WF_SHORTCUT_CALENDAR, "today.reassign", "a", N_ ("Give to another person") },
  { WF_SHORTCUT_CALENDAR, "today.start-workflow", "w", N_ ("Start a workflow for the lead") },
  { WF_SHORTCUT_CALENDAR, "today.dismiss", "Delete", N_ ("No longer needed") },
  { WF_SHORTCUT_CALENDAR, "today.reopen", "o", N_ ("Open again") },
  { WF_SHORTCUT_CALENDAR, "today.add-comment", "c", N_ ("Add a comment") },
  { WF_SHORTCUT_CALENDAR, "today.open-lead", "l", N_ ("Show the lead") },
  { WF_SHORTCUT_CALENDAR, "today.undo", "<Control>z", N_ ("Undo the last step") },
  { WF_SHORTCUT_CALENDAR, "days.move-earlier", "<Control>Up",
    N_ ("Move the activity a quarter of an hour earlier") },
  { WF_SHORTCUT_CALENDAR, "days.move-later", "<Control>Down",
    N_ ("Move the activity a quarter of an hour later") },
  { WF_SHORTCUT_CALENDAR, "days.move-day-back", "<Control>Left",
    N_ ("Move the activity to the day before") },
  { WF_SHORTCUT_CALENDAR, "days.move-day-on", "<Control>Right",
    N_ ("Move the activity to the next day") },
  { WF_SHORTCUT_CALENDAR, "days.set-shorter", "<Control><Shift>Up",
    N_ ("Make a meeting a quarter of an hour shorter") },
  { WF_SHORTCUT_CALENDAR, "days.set-longer", "<Control><Shift>Down",
    N_ ("Make a meeting a quarter of an hour longer") },
  { WF_SHORTCUT_CALENDAR, "days.zoom-in", "<Control>plus <Control>equal <Control>KP_Add",
    N_ ("Higher hours") },
  { WF_SHORTCUT_CALENDAR, "days.zoom-out", "<Control>minus <Control>KP_Subtract",
    N_ ("Lower hours") },
  { WF_SHORTCUT_CALENDAR, "days.zoom-reset", "<Control>0", N_ ("Usual height of the hours") },
  { WF_SHORTCUT_LEADS, "leads.search", "<Control>f", N_ ("Find a lead") },
  { WF_SHORTCUT_LEADS, "leads.add", "<Control>n", N_ ("New store lead") },
  { WF_SHORTCUT_LEADS, "leads.next-lead", "<Alt>Down", N_ ("Next lead of the table") },
  { WF_SHORTCUT_LEADS, "leads.previous-lead", "<Alt>Up", N_ ("Previous lead of the table") },
  { WF_SHORTCUT_LEADS, "leads.export", "<Control>s", N_ ("Save what is shown") },
  { WF_SHORTCUT_LEADS, "leads.undo", "<Control>z", N_ ("Undo the last step") },
  { WF_SHORTCUT_LEAD, "lead.forward", "<Control>period", N_ ("To the next stage") },
  { WF_SHORTCUT_LEAD, "lead.comment", "<Control>m", N_ ("Write a comment") },
  { WF_SHORTCUT_LEAD, "lead.post", "<Control>Return <Control>KP_Enter",
    N_ ("Post the comment") },
  { WF_SHORTCUT_LEAD, "lead.direct", "<Control>g", N_ ("Give to another person") },
  { WF_SHORTCUT_LEAD, "lead.start-workflow", "<Control><Shift>n",
    N_ ("Start a workflow for the lead") },
  { WF_SHORTCUT_REPORTS, "reports.choose-period", "p", N_ ("Choose the period") },
  { WF_SHORTCUT_REPORTS, "reports.choose-days", "g", N_ ("Choose the days") },
  { WF_SHORTCUT_REPORTS, "reports.filter", "f", N_ ("Filter the report") },
  { WF_SHORTCUT_REPORTS, "reports.back", "<Alt>Left", N_ ("Back to the filter before") },
  { WF_SHORTCUT_REPORTS, "reports.export", "<Control>s", N_ ("Save the report as a table") },
  { WF_SHORTCUT_REPORTS, "reports.print", "<Control>p", N_ ("Print the report") },
  { WF_SHORTCUT_REPORTS, "reports.pdf", NULL, N_ ("Save the report as PDF") },
  { WF_SHORTCUT_REPORTS, "reports.ranking", NULL, N_ ("Show the ranking on the wall") },
  { WF_SHORTCUT_REPORTS, "reports.schedule", NULL, N_ ("Scheduled reports") },
  { WF_SHORTCUT_REPORTS, "reports.reload", NULL, N_ ("Count again") },
  { WF_SHORTCUT_REPORTS, "reports.edit-rule", NULL, N_ ("Rule for commissions") },
  { WF_SHORTCUT_LOG, "log.search", "<Control>f", N_ ("Search the log") },
  { WF_SHORTCUT_LOG, "log.export", "<Control>s", N_ ("Save what is shown") },
  { WF_SHORTCUT_LOG, "log.follow", "l", N_ ("Follow the lead of the selected entry") },
  { WF_SHORTCUT_LOG, "log.copy", "<Control>c", N_ ("Copy the selected entry") },
  { WF_SHORTCUT_WORKFLOWS, "workflows.add", "<Control>n", N_ ("Add a workflow") },
  { WF_SHORTCUT_WORKFLOWS, "workflows.search", "<Control>f", N_ ("Search the workflows") },
  { WF_SHORTCUT_BUILDER, "editor.add-step", "slash Insert", N_ ("Add a step after this one") },
  { WF_SHORTCUT_BUILDER, "editor.add-action", "<Control>n",
    N_ ("Add an activity after this step") },
  { WF_SHORTCUT_BUILDER, "editor.edit", "<Control>e", N_ ("Change the step") },
  { WF_SHORTCUT_STEPS, "editor.delete", "Delete BackSpace", N_ ("Delete what is selected") },
  { WF_SHORTCUT_STEPS, "editor.duplicate", "<Control>d", N_ ("Duplicate what is selected") },
  { WF_SHORTCUT_STEPS, "editor.cut", "<Control>x", N_ ("Cut") },
  { WF_SHORTCUT_STEPS, "editor.copy", "<Control>c", N_ ("Copy") },
  { WF_SHORTCUT_STEPS, "editor.paste", "<Control>v", N_ ("Paste") },
  { WF_SHORTCUT_STEPS, "editor.select-all", "<Control>a", N_ ("Select all steps") },
  { WF_SHORTCUT_BUILDER, "editor.move-up", "<Alt>Up", N_ ("Move up") },
  { WF_SHORTCUT_BUILDER, "editor.move-down", "<Alt>Down", N_ ("Move down") },
  { WF_SHORTCUT_BUILDER, "editor.wrap", "<Control>b", N_ ("Put into a branch") },
  { WF_SHORTCUT_BUILDER, "editor.add-path", "<Control><Shift>b", N_ ("Add a path to the branch") },
  { WF_SHORTCUT_BUILDER, "editor.remove-path", "<Shift>Delete", N_ ("Delete the path") },
  { WF_SHORTCUT_BUILDER, "editor.move-path-left", "<Alt><Shift>Left",
    N_ ("Move the path to the left") },
  { WF_SHORTCUT_BUILDER, "editor.move-path-right", "<Alt><Shift>Right",
    N_ ("Move the path to the right") },
  { WF_SHORTCUT_BUILDER, "editor.undo", "<Control>z", N_ ("Undo") },
  { WF_SHORTCUT_BUILDER, "editor.redo", "<Control><Shift>z <Control>y", N_ ("Redo") },
  { WF_SHORTCUT_BUILDER, "editor.inspector", "F4", N_ ("To the settings and back") },
  { WF_SHORTCUT_BUILDER, "editor.view::canvas", "<Control>1", N_ ("Show the canvas") },
  { WF_SHORTCUT_BUILDER, "editor.view::outline", "<Control>2", N_ ("Show the outline") },
  { WF_SHORTCUT_BUILDER, "editor.zoom-in", "<Control>plus <Control>equal <Control>KP_Add",
    N_ ("Zoom in") },
  { WF_SHORTCUT_BUILDER, "editor.zoom-out", "<Control>minus <Control>KP_Subtract",
    N_ ("Zoom out") },
  { WF_SHORTCUT_BUILDER, "editor.zoom-100", "<Control>0", N_ ("Original size") },
  { WF_SHORTCUT_BUILDER, "editor.zoom-fit", "<Control>9", N_ ("Show the whole workflow") },
  { WF_SHORTCUT_BUILDER, "editor.traffic", "<Control>l", N_ ("Show how many leads passed") },
  { WF_SHORTCUT_BUILDER, "editor.test", "<Control>t", N_ ("Test without any effect") },
  { WF_SHORTCUT_BUILDER, "editor.show-problems", "<Control>m", N_ ("Show the problems") },
  { WF_SHORTCUT_BUILDER, "editor.close-panel", "Escape", N_ ("Close the panel at the foot") },
  { WF_SHORTCUT_BUILDER, "editor.compare", "<Control>r", N_ ("Try on past events") },
  { WF_SHORTCUT_BUILDER, "editor.trial", "<Control><Shift>r", N_ ("Try beside live") },
  { WF_SHORTCUT_BUILDER, "editor.edge-bench", "<Control><Shift>t", N_ ("Try on edge cases") },
  { WF_SHORTCUT_BUILDER, "editor.take-back", "<Control><Alt>z",
    N_ ("Take back what a version created") },
  { WF_SHORTCUT_BUILDER, "editor.versions", "<Control>h", N_ ("Versions") },
  { WF_SHORTCUT_BUILDER, "editor.print", "<Control>p", N_ ("Print") },
  { WF_SHORTCUT_BUILDER, "editor.export-pdf", "<Control><Shift>p", N_ ("Save as PDF") },
  { WF_SHORTCUT_BUILDER, "editor.export", "<Control><Shift>s", N_ ("Save to a file") },
  { WF_SHORTCUT_BUILDER, "editor.save-draft", "<Control>s", N_ ("Keep as a draft") },
  { WF_SHORTCUT_BUILDER, "editor.publish", "<Control>Return <Control>KP_Enter", N_ ("Publish") },
};

const WfShortcutInfo *
wf_actions_get_shortcuts (guint *n)
{
  *n = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

/* "Return KP_Enter" -> "Return". The second one is the same key elsewhere on the keyboard. */
char *
wf_shortcut_dup_label (const WfShortcutInfo *info)
{
  g_auto (GStrv) words = NULL;
  guint key;
  GdkModifierType modifiers;

  if (info->accels == NULL)
    return NULL;
  words = g_strsplit (info->accels, " ", 2);
  if (!gtk_accelerator_parse (words[0], &key, &modifiers))
    return g_strdup (words[0]);
  return gtk_accelerator_get_label (key, modifiers);
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
    case WF_SHORTCUT_CALENDAR:
      return _ ("Calendar");
    case WF_SHORTCUT_LEADS:
      return _ ("Leads");
    case WF_SHORTCUT_LEAD:
      return _ ("Lead");
    case WF_SHORTCUT_REPORTS:
      return _ ("Reports");
    case WF_SHORTCUT_LOG:
      return _ ("Log");
    case WF_SHORTCUT_WORKFLOWS:
      return _ ("Workflows");
    case WF_SHORTCUT_BUILDER:
      return _ ("Workflow editor");
    case WF_SHORTCUT_STEPS:
      return _ ("Steps of a workflow");
    default:
      g_return_val_if_reached ("");
    }
}

void
wf_actions_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].scope != WF_SHORTCUT_EVERYWHERE || shortcuts[i].accels == NULL)
        continue;
      g_auto (GStrv) accels = g_strsplit (shortcuts[i].accels, " ", -1);
      gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                             (const char *const *) accels);
    }
}

/* action: detailed, it may have a target. */
static GtkShortcut *
make_shortcut (const char *trigger, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkShortcut *shortcut;

  g_action_parse_detailed_name (action, &name, &target, NULL);
  shortcut =
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_named_action_new (name));
  gtk_shortcut_set_arguments (shortcut, target);
  return shortcut;
}

void
wf_actions_add_shortcuts (GtkWidget *widget, WfShortcutScope scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* A list view takes Space and Enter for itself, so we must be asked before
   * it. */
  if (GTK_IS_LIST_VIEW (widget))
    gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].scope != scope || shortcuts[i].accels == NULL)
        continue;
      g_autofree char *trigger = g_strdelimit (g_strdup (shortcuts[i].accels), " ", '|');
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            make_shortcut (trigger, shortcuts[i].action));
    }
  gtk_widget_add_controller (widget, controller);
}
