/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an event says of a date that something is counted back from (S5). Pure. */
#pragma once

#include "wf-deadline.h"
#include "wf-event.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

typedef enum
{
  WF_ANCHOR_STAYS,
  WF_ANCHOR_MOVED, /* the event carries the new date */
  WF_ANCHOR_GONE,
} WfAnchorChange;

WfAnchorChange wf_anchor_judge (const WfEvent *event, const char *field);
/* The id of the meeting, payment or deal that the date belongs to; NULL when the event does not
 * say. Borrowed. */
const char *wf_anchor_get_record (const WfEvent *event, const char *field);
/* Of several meetings of a lead only the one that is meant; what does not say is taken as it. */
gboolean wf_anchor_is_same_record (const char *a, const char *b);

/* The date that the step's deadline counts back from, or NULL. Borrowed. */
const char *wf_anchor_get_deadline_field (const WfStep *step);
/* What the step asks for, counted back from this date. */
WfDeadlineRequest wf_anchor_make_request (const WfStep *step, WfInstant date, WfInstant now);

G_END_DECLS
