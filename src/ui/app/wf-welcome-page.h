/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown without an account: the three ways in, the progress of connecting, and why it failed. */
#pragma once

#include "wf-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_WELCOME_PAGE (wf_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (WfWelcomePage, wf_welcome_page, WF, WELCOME_PAGE, AdwBin)

GtkWidget *wf_welcome_page_new (WfSession *session);

G_END_DECLS
