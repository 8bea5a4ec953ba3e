/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values to begin with in a written event. Needs no display. */
#pragma once

#include "wf-event-catalogue.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

/* A sensible value of the field as JSON text; NULL: better left empty. Owned by the caller. person,
 * organisation: nullable. */
char *wf_event_sample_value (const char *field, const WfOrganisation *organisation,
                             const char *person, WfInstant now);
/* A value that lets the tests of the condition on the field hold, where that is plain; else NULL.
 * Owned by the caller. */
char *wf_event_sample_for_condition (const WfCondition *condition, const char *field);
/* A text as a JSON string. Owned by the caller. */
char *wf_event_sample_quote (const char *text);

G_END_DECLS
