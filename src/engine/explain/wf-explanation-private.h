/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the explanation that is stored with an activity (B2). */
#pragma once

#include "wf-activity-plan.h"

G_BEGIN_DECLS

#define WF_EXPLANATION_FORMAT 1

/* Compact JSON of machine words, values seen and names as of the decision; sentences are made
 * when a person reads it, in that person's language. Owned by the caller. */
char *wf_explanation_make (const WfDecision *decision, const WfActivityPlan *plan,
                           const WfDeadlineRequest *request, const WfDeadline *deadline,
                           const char *zone);

/* The member "responsible" as a sentence; NULL when it is damaged. Owned by the caller. */
char *wf_explanation_describe_responsible (const WfJson *responsible);
/* B10: that the person is away, and what follows; NULL when it plays no part. Owned by the
 * caller. */
char *wf_explanation_describe_absence (const WfJson *responsible, GTimeZone *zone);
/* "Fri 20 Nov 2026 17:50" in the user's language. Owned by the caller. */
char *wf_explanation_format_instant (WfInstant at, GTimeZone *zone);

G_END_DECLS
