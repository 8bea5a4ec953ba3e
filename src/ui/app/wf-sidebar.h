/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar: who is signed in where, the pages, and how far the data is. */
#pragma once

#include "wf-pages.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: page-chosen (const char *name). */
#define WF_TYPE_SIDEBAR (wf_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (WfSidebar, wf_sidebar, WF, SIDEBAR, AdwNavigationPage)

void wf_sidebar_set_runtime (WfSidebar *self, WfRuntime *runtime); /* nullable */
/* Marks the page that is shown. */
void wf_sidebar_select (WfSidebar *self, const char *page);

G_END_DECLS
