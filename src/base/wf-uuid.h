/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Version 5 UUIDs (RFC 9562, section 5.5): the same name always gives the same id. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WF_UUID_LENGTH 36
/* space: a UUID in text form, any case; a text that is none is first hashed into the URL
 * namespace. */
void wf_uuid_v5 (const char *space, const char *name, gssize name_length,
                 char uuid[WF_UUID_LENGTH + 1]);
gboolean wf_uuid_is_valid (const char *text);
/* A random one (version 4). Owned by the caller. */
char *wf_uuid_new (void);

G_END_DECLS
