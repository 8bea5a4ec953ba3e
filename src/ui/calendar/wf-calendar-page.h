/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar of activities: day, week, month, agenda. */
#pragma once

#include "wf-page.h"

G_BEGIN_DECLS

#define WF_TYPE_CALENDAR_PAGE (wf_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarPage, wf_calendar_page, WF, CALENDAR_PAGE, WfPage)

G_END_DECLS
