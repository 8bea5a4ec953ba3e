/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What starts workflows without an event of the CRM: schedules, dates of leads, starts by hand.
 * Each becomes an event with an id that every computer makes alike, so that it starts a run once
 * (S15, S16). Pure. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

/* Live workflows that have a schedule. Of WfWorkflow, borrowed; the array belongs to the caller. */
GPtrArray *wf_engine_list_scheduled (const WfEngine *self);
/* EVERY and CRON: the first tick after `after`; WF_INSTANT_NONE without one. start: from when the
 * workflow counts (its publication). */
WfInstant wf_tick_get_next (const WfEngine *self, const WfWorkflow *workflow, WfInstant after,
                            WfInstant start);
/* DATE: when the lead's date falls due, the first after `after`; WF_INSTANT_NONE without one. */
WfInstant wf_tick_get_next_for_lead (const WfEngine *self, const WfWorkflow *workflow,
                                     const WfJson *lead, WfInstant after);
/* The event "schedule.tick": source "/schedule/WORKFLOW", id "INSTANT" or "INSTANT/LEAD", time at,
 * data {"workflow", "lead": its members}. lead_id, lead: nullable. Only the workflow that it names
 * is started by it. */
WfEvent *wf_tick_make_event (const WfWorkflow *workflow, WfInstant at, const char *lead_id,
                             const WfJson *lead);
/* TRUE when the event may start this workflow: a tick or a start by hand ("manual.started" with
 * data.workflow) names one. A start by hand starts it whatever its own trigger is. */
gboolean wf_tick_is_for (const WfEvent *event, const WfWorkflow *workflow);

G_END_DECLS
