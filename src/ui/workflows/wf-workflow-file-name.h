/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of a file for a workflow. Needs no display. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* The workflow's name, without what file systems refuse, and the suffix (".pdf"). Owned by the caller. */
char *wf_workflow_make_file_name (const WfWorkflow *workflow, const char *suffix);

G_END_DECLS
