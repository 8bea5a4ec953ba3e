/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How activities of a type may end: what is asked when one is completed. */
#pragma once

#include "wf-json-cursor.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

/* "outcomes" of an activity type in the document; what is wrong is left out, with a problem. Texts
 * are borrowed, the array is owned by the caller. */
const WfOutcome *wf_outcomes_read (const WfJsonCursor *type, guint *n);
/* NULL when the type has none with this id. Borrowed. */
const WfOutcome *wf_entry_find_outcome (const WfEntry *type, const char *id);
/* “Reached”, “No answer”: for a message. Owned by the caller. */
char *wf_entry_list_outcomes (const WfEntry *type);
/* The name of an activity's outcome; the outcome itself when it is a text of a person. self, type,
 * outcome: nullable. Borrowed. */
const char *wf_organisation_get_outcome_name (const WfOrganisation *self, const char *type,
                                              const char *outcome);

G_END_DECLS
