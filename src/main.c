/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composition root: makes the parts and wires them. */
#define G_LOG_DOMAIN "wf-main"

#include "wf-application.h"
#include "wf-caldav-calendars.h"
#include "wf-calendar-kinds.h"
#include "wf-clock.h"
#include "wf-crm-accounts.h"
#include "wf-eds-calendars.h"
#include "wf-renderer.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("WORKFLOW_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : WF_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  wf_renderer_choose ();

  g_autoptr (WfClock) clock = wf_system_clock_new ();
  g_autoptr (WfAccounts) accounts = wf_crm_accounts_new (clock, NULL, NULL);
  g_autoptr (WfCalendars) servers = wf_caldav_calendars_new (clock);
  g_autoptr (WfEdsLink) link = wf_eds_link_new (clock);
  g_autoptr (WfCalendars) desktop = wf_eds_calendars_new (link);
  g_autoptr (WfCalendars) calendars = wf_calendar_kinds_new (servers, desktop);
  g_autoptr (WfApplication) application = wf_application_new (clock, accounts);

  wf_application_set_calendars (application, calendars);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
