/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks once, when the window is closed for the first time, whether reminders go on without one. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_BACKGROUND_QUESTION (wf_background_question_get_type ())
G_DECLARE_FINAL_TYPE (WfBackgroundQuestion, wf_background_question, WF, BACKGROUND_QUESTION,
                      AdwAlertDialog)

/* The person has not said anything yet, here or in Preferences. */
gboolean wf_background_question_is_open (GSettings *settings);
/* The answer is kept in the settings "run-in-background", "autostart" and "background-asked"; then the
 * window is closed, unless the person thought better of it. */
void wf_background_question_ask (GApplication *application, GSettings *settings, GtkWindow *window);

G_END_DECLS
