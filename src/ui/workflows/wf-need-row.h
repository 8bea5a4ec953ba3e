/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a package needs of the company, and what it becomes here: "Group Inbound" -> "Sales". */
#pragma once

#include "wf-package.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_NEED_ROW (wf_need_row_get_type ())
G_DECLARE_FINAL_TYPE (WfNeedRow, wf_need_row, WF, NEED_ROW, AdwComboRow)

/* need: matched; outlives the row. */
WfNeedRow *wf_need_row_new (const WfPackageNeed *need, const WfOrganisation *organisation);
/* The package's name for it: "group:inbound". Owned by the caller. */
char *wf_need_row_dup_key (WfNeedRow *self);
/* NULL while nothing is chosen. */
const char *wf_need_row_get_choice (WfNeedRow *self);

G_END_DECLS
