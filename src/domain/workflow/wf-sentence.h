/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow in sentences, in the user's language (B24). */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* "When a lead is received and Source is marketing-platform". organisation: for names, nullable.
 * Owned by the caller. */
char *wf_sentence_for_trigger (const WfWorkflow *workflow, const WfOrganisation *organisation);
/* "Create “Realizar Filtro 1” for the responsible, due in 30 minutes (business hours), remind 10
 * minutes before". */
char *wf_sentence_for_step (const WfStep *step, const WfOrganisation *organisation);
/* "Immediately", "After the previous step", "1 day later". */
char *wf_sentence_for_run (const WfRunSettings *run);
/* What holds for the workflow as a whole: how often a lead starts it, who gets the work of nobody.
 * NULL-terminated, owned by the caller. */
char **wf_sentence_for_rules (const WfWorkflow *workflow, const WfOrganisation *organisation);
/* The whole, one line a step, indented by two spaces a level. Owned by the caller. */
char *wf_sentence_for_workflow (const WfWorkflow *workflow, const WfOrganisation *organisation);

G_END_DECLS
