/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of calendars: the server apart from the path, and what its answers lead to. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* text: "https://cal.example/dav/ana/", or without the scheme. *origin: "https://cal.example"; *path:
 * "/dav/ana/", encoded, never empty. Both owned by the caller. Errors: WF_CRM_ERROR_INVALID. */
gboolean wf_caldav_address_split (const char *text, char **origin, char **path, GError **error);
/* reference: a path or a whole address, as an answer names it. The path, when it is on the same server: a
 * password is not sent anywhere else; NULL otherwise. Owned by the caller. */
char *wf_caldav_address_follow (const char *origin, const char *path, const char *reference);

G_END_DECLS
