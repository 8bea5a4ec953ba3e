/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the connection in words (B18). Needs no display. */
#pragma once

#include "wf-runtime.h"

G_BEGIN_DECLS

/* "Up to date, 2 min ago", "Offline, 3 changes on this computer", "Sign in again". Owned by the caller. */
char *wf_sync_text (WfSyncStatus status, guint pending_changes, WfInstant last_sync, WfInstant now,
                    GTimeZone *zone);
/* Name of the icon that goes with it. */
const char *wf_sync_icon (WfSyncStatus status);
/* What a change's state means: "On this computer only", "Sent, not confirmed yet"; NULL when it is confirmed. error:
 * nullable. Owned by the caller. */
char *wf_sync_change_text (WfSyncState state, const char *error);
/* Name of the icon that goes with it; NULL when it is confirmed. */
const char *wf_sync_change_icon (WfSyncState state);

G_END_DECLS
