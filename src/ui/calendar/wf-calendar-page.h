/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar of activities: day, week, month, agenda. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "runtime" (construct only), "ready" (boolean). */
#define WF_TYPE_CALENDAR_PAGE (wf_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarPage, wf_calendar_page, WF, CALENDAR_PAGE, AdwNavigationPage)

G_END_DECLS
