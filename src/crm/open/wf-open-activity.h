/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities as JSON of the open API. */
#pragma once

#include "wf-crm.h"

G_BEGIN_DECLS

/* Adds the activity as an object. Members without a value are left out. */
void wf_open_activity_write (WfJsonWriter *writer, const WfActivity *activity);
/* NULL with a problem when id, type or due cannot be read. Safe in any thread. */
WfActivity *wf_open_activity_read (const WfJsonCursor *cursor);
/* The change as a merge patch. Owned by the caller. */
char *wf_open_activity_make_patch (const WfActivityChange *change);

G_END_DECLS
