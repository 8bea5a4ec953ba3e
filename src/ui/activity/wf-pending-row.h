/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change that is not confirmed by the CRM (B18): it waits, or was refused and can be sent again or given up. */
#pragma once

#include "wf-runtime-day.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_PENDING_ROW (wf_pending_row_get_type ())
G_DECLARE_FINAL_TYPE (WfPendingRow, wf_pending_row, WF, PENDING_ROW, AdwActionRow)

/* now and zone: for its time. Floating. */
GtkWidget *wf_pending_row_new (WfRuntime *runtime, const WfPendingChange *change, WfInstant now,
                               GTimeZone *zone);

G_END_DECLS
