/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A version in the list: its number, who published it when, and the note. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: toggled (): it was chosen for the comparison, or no longer; restore (). */
#define WF_TYPE_VERSION_ROW (wf_version_row_get_type ())
G_DECLARE_FINAL_TYPE (WfVersionRow, wf_version_row, WF, VERSION_ROW, AdwActionRow)

/* What is shown is copied; the workflow is referenced. is_current: the version that people work
 * with now. organisation: nullable, for the author's name. */
WfVersionRow *wf_version_row_new (const WfWorkflowVersion *version, gboolean is_current,
                                  gboolean can_restore, const WfOrganisation *organisation,
                                  WfInstant now);
WfWorkflow *wf_version_row_get_workflow (WfVersionRow *self); /* borrowed */
/* "Version 4", "Draft". Borrowed. */
const char *wf_version_row_get_name (WfVersionRow *self);
gboolean wf_version_row_is_chosen (WfVersionRow *self);
void wf_version_row_choose (WfVersionRow *self, gboolean chosen);

G_END_DECLS
