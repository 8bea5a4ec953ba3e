/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of this computer's calendars. */
#pragma once

#include "wf-calendar-store.h"
#include "wf-eds-link.h"

G_BEGIN_DECLS

#define WF_TYPE_EDS_STORE (wf_eds_store_get_type ())
G_DECLARE_FINAL_TYPE (WfEdsStore, wf_eds_store, WF, EDS_STORE, GObject)

/* id: of the calendar. Owned by the caller. */
WfCalendarStore *wf_eds_store_new (WfEdsLink *link, const char *id);

G_END_DECLS
