/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of this computer's calendars. */
#pragma once

#include "wf-eds-sources.h"

G_BEGIN_DECLS

/* calendar: an id. -> the entry's state, "" when there is none, NULL: an error. Owned by the caller. */
char *wf_eds_entries_find (WfEdsSources *sources, const char *calendar, const char *uid,
                           GError **error);
/* etag: "" when there must be none yet, else the state that is replaced. -> the new state. Owned by the
 * caller. */
char *wf_eds_entries_put (WfEdsSources *sources, const char *calendar, const char *uid,
                          const char *text, const char *etag, GError **error);
/* What is not there any more is removed. */
gboolean wf_eds_entries_remove (WfEdsSources *sources, const char *calendar, const char *uid,
                                const char *etag, GError **error);

G_END_DECLS
