/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars on CalDAV servers, their passwords in the secret service. */
#pragma once

#include "wf-calendar-store.h"

G_BEGIN_DECLS

#define WF_TYPE_CALDAV_CALENDARS (wf_caldav_calendars_get_type ())
G_DECLARE_FINAL_TYPE (WfCaldavCalendars, wf_caldav_calendars, WF, CALDAV_CALENDARS, GObject)

WfCalendars *wf_caldav_calendars_new (WfClock *clock);

G_END_DECLS
