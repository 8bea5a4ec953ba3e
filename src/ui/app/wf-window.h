/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: welcome, or sidebar and pages of the connected account. */
#pragma once

#include "wf-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_WINDOW (wf_window_get_type ())
G_DECLARE_FINAL_TYPE (WfWindow, wf_window, WF, WINDOW, AdwApplicationWindow)

/* first_page: nullable; NULL = the one shown last. */
WfWindow *wf_window_new (GtkApplication *application, WfSession *session, WfAccounts *accounts,
                         const char *first_page);
/* FALSE when there is no such page, or this person may not see it. */
gboolean wf_window_show_page (WfWindow *self, const char *name);
/* The page that is shown; NULL without an account. Borrowed. */
GtkWidget *wf_window_get_page (WfWindow *self, const char **name);
/* TRUE once what is shown has its content: nothing is being connected, read or faded in. */
gboolean wf_window_is_ready (WfWindow *self);
/* Page of the help about what is shown. */
const char *wf_window_get_help_page (WfWindow *self);

G_END_DECLS
