/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kinds of steps have in common when they decide. */
#pragma once

#include "wf-step-kind.h"

G_BEGIN_DECLS

/* The lead's owner as of the event, or to whom the run has given it since; NULL without one.
 * Borrowed. */
const char *wf_decision_find_owner (const WfDecision *self);
/* The field's text, NULL when it is missing, empty or no text. Borrowed. */
const char *wf_decision_get_field (const WfDecision *self, const char *field);
/* The setting of the step with its merge fields filled; NULL when it is not set. Owned by the
 * caller. */
char *wf_decision_expand (const WfDecision *self, const char *setting);
/* The id of the record that the setting "record" means, the lead or the deal; NULL with *reason
 * without one. *deal: whether it is a deal. Borrowed. */
const char *wf_decision_find_record (const WfDecision *self, gboolean *deal, const char **reason);

/* The beginning of an action's members: an open object. */
WfJsonWriter *wf_decision_begin_members (void);
/* writer: taken over. record: of a deal, else NULL. */
WfEffect *wf_decision_finish_action (const WfDecision *self, WfActionKind kind,
                                     WfJsonWriter *writer, const char *record);

G_END_DECLS
