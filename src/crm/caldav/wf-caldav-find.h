/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the calendars of a person on a CalDAV server (RFC 6764, RFC 4791). */
#pragma once

#include "wf-calendar-store.h"
#include "wf-http.h"

G_BEGIN_DECLS

/* http: of the server, without a path, signed in. origin: "https://cal.example"; path: where to begin: of a
 * calendar, of a person's calendars, "/" when nothing is known. user: of the targets. */
void wf_caldav_find_async (WfHttp *http, const char *origin, const char *path, const char *user,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
/* Of WfCalendarTarget (owned), never empty. */
GPtrArray *wf_caldav_find_finish (WfHttp *http, GAsyncResult *result, GError **error);

G_END_DECLS
