/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars of this computer: what GNOME Calendar and Evolution show (evolution-data-server). */
#pragma once

#include "wf-calendar-store.h"
#include "wf-eds-link.h"

G_BEGIN_DECLS

#define WF_TYPE_EDS_CALENDARS (wf_eds_calendars_get_type ())
G_DECLARE_FINAL_TYPE (WfEdsCalendars, wf_eds_calendars, WF, EDS_CALENDARS, GObject)

/* link: also asked by its stores. Owned by the caller. */
WfCalendars *wf_eds_calendars_new (WfEdsLink *link);

G_END_DECLS
