/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a calendar on a CalDAV server (RFC 4791, 5.3.1). */
#pragma once

#include "wf-http.h"

G_BEGIN_DECLS

/* http: of the server, without a path, signed in. path: of the calendar, encoded. name: as people see it. */
void wf_caldav_make_async (WfHttp *http, const char *path, const char *name,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean wf_caldav_make_finish (WfHttp *http, GAsyncResult *result, GError **error);

G_END_DECLS
