/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences: reminders without a window, start at login, and the accounts. */
#pragma once

#include "wf-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_PREFERENCES_DIALOG (wf_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfPreferencesDialog, wf_preferences_dialog, WF, PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

AdwDialog *wf_preferences_dialog_new (GApplication *application, WfAccounts *accounts,
                                      WfSession *session);

G_END_DECLS
