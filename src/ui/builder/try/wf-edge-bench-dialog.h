/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edge-case bench (B19) in the window: the edited workflow against generated dates and orders
 * of events. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_EDGE_BENCH_DIALOG (wf_edge_bench_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfEdgeBenchDialog, wf_edge_bench_dialog, WF, EDGE_BENCH_DIALOG, AdwDialog)

WfEdgeBenchDialog *wf_edge_bench_dialog_new (WfBuilderContext *context);

G_END_DECLS
