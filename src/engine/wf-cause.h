/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S14: the chain of causes that each effect carries, "workflow/step/event-id" parts, outermost
 * first. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WF_CAUSE_MOST_DEPTH 8

/* before: the event's own chain, nullable. Owned by the caller. */
char *wf_cause_append (const char *before, const char *workflow, const char *step,
                       const char *event);
/* TRUE when a part of the chain was made by the workflow. chain: nullable. */
gboolean wf_cause_names_workflow (const char *chain, const char *workflow);

G_END_DECLS
