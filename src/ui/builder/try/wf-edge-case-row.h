/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case of the edge-case bench: what was tried, what a manager should look at, and, opened, what
 * happened. */
#pragma once

#include "wf-edge-bench.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_EDGE_CASE_ROW (wf_edge_case_row_get_type ())
G_DECLARE_FINAL_TYPE (WfEdgeCaseRow, wf_edge_case_row, WF, EDGE_CASE_ROW, AdwExpanderRow)

/* The strings are copied. */
WfEdgeCaseRow *wf_edge_case_row_new (const WfEdgeCase *edge, const WfWorkflow *workflow,
                                     const WfOrganisation *organisation, GTimeZone *zone);
/* "Passed", "Look at it", "A rule was broken". */
const char *wf_edge_case_to_verdict (const WfEdgeCase *edge);

G_END_DECLS
