/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that several tests of the domain read. */
#pragma once

#include "wf-event.h"
#include "wf-organisation.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

/* The company of the format's description, with a few people more. */
WfOrganisation *wf_test_organisation_new (void);
/* Its process changed, as in "3". */
WfOrganisation *wf_test_organisation_new_with_process (const char *process);
/* From JSON that is written with ' for ", so that it reads well in C. It must be right. */
WfJsonDocument *wf_test_json (const char *text);
WfEvent *wf_test_event (const char *text);
/* The format's example. */
extern const char wf_test_workflow_text[];
/* Problems of reading and checking. workflow: receives it, nullable. */
WfProblems *wf_test_check_workflow (const char *text, const WfOrganisation *organisation,
                                    WfWorkflow **workflow);
/* All problems as "code path" lines, warnings with "?" before; for messages of tests. */
char *wf_test_problems_to_text (const WfProblems *problems);

G_END_DECLS
