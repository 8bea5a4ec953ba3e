/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar of a CalDAV server (RFC 4791): each entry is a resource named by its UID. */
#pragma once

#include "wf-calendar-store.h"
#include "wf-http.h"

G_BEGIN_DECLS

#define WF_TYPE_CALDAV_STORE (wf_caldav_store_get_type ())
G_DECLARE_FINAL_TYPE (WfCaldavStore, wf_caldav_store, WF, CALDAV_STORE, GObject)

/* http: of the server, without a path. path: of the calendar, encoded. */
WfCalendarStore *wf_caldav_store_new (WfHttp *http, const char *path);

G_END_DECLS
