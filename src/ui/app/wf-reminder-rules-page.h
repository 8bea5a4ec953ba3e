/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences of reminders: without a window, the person's own lead times, quiet hours (B23). */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_REMINDER_RULES_PAGE (wf_reminder_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (WfReminderRulesPage, wf_reminder_rules_page, WF, REMINDER_RULES_PAGE,
                      AdwPreferencesPage)

/* For asking the desktop to start at login; without one the switch does nothing. */
void wf_reminder_rules_page_set_application (WfReminderRulesPage *self, GApplication *application);
/* Whose rules; NULL: no account is open, and they are not shown. */
void wf_reminder_rules_page_set_runtime (WfReminderRulesPage *self, WfRuntime *runtime);

G_END_DECLS
