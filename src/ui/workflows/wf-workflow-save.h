/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow as a package in a file that the person chooses (B22). */
#pragma once

#include "wf-save-file.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

/* over: in the window that the dialog belongs to. organisation: nullable, for what the package needs of it. say: tells the person
 * how it ended; widget: what it is called with, kept until then. */
void wf_workflow_save_to_file (GtkWidget *over, WfWorkflow *workflow, WfOrganisation *organisation,
                               void (*say) (GtkWidget *over, const char *text));

G_END_DECLS
