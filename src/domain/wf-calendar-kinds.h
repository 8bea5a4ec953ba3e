/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars on servers and of this computer as one. */
#pragma once

#include "wf-calendar-store.h"

G_BEGIN_DECLS

#define WF_TYPE_CALENDAR_KINDS (wf_calendar_kinds_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarKinds, wf_calendar_kinds, WF, CALENDAR_KINDS, GObject)

/* desktop: those of this computer, of WF_CALENDAR_KIND_DESKTOP; all others are servers'. Owned by
 * the caller. */
WfCalendars *wf_calendar_kinds_new (WfCalendars *servers, WfCalendars *desktop);

G_END_DECLS
