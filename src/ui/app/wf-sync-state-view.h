/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The foot of the sidebar: how far the data is, in words, and what to do when it is not up to date (B18). */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_SYNC_STATE_VIEW (wf_sync_state_view_get_type ())
G_DECLARE_FINAL_TYPE (WfSyncStateView, wf_sync_state_view, WF, SYNC_STATE_VIEW, AdwBin)

void wf_sync_state_view_set_runtime (WfSyncStateView *self, WfRuntime *runtime); /* nullable */

G_END_DECLS
