/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On return from an absence (B10): what happened meanwhile, what to begin with. Not there unless there
 * is something to say. */
#pragma once

#include "wf-runtime-day.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_BRIEFING_BANNER (wf_briefing_banner_get_type ())
G_DECLARE_FINAL_TYPE (WfBriefingBanner, wf_briefing_banner, WF, BRIEFING_BANNER, GtkWidget)

GtkWidget *wf_briefing_banner_new (void);
/* runtime: nullable. */
void wf_briefing_banner_set_runtime (WfBriefingBanner *self, WfRuntime *runtime);

G_END_DECLS
