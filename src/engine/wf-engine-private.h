/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the engine know of each other. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

/* The company's hours; always open in UTC without an organisation. Borrowed. */
WfWorkingHours *wf_engine_get_hours (const WfEngine *self);
const WfEngineSettings *wf_engine_get_settings (const WfEngine *self);
/* All that it was made with, of WfWorkflow. Borrowed. */
const GPtrArray *wf_engine_get_workflows (const WfEngine *self);

/* TRUE when the event starts only one workflow, whose id is data.workflow (wf_tick_is_for). */
gboolean wf_tick_names_workflow (const WfEvent *event);

/* Adds "event", "workflow", "version", "verdict", "field", "op", "value", "seen" to the open
 * object. */
void wf_verdict_write (const WfVerdict *self, const WfEvent *event, WfJsonWriter *writer);

/* A date field ("meeting.start") of the event, else of the cached lead; a bare date is local
 * midnight in the zone. */
gboolean wf_context_get_instant (const WfConditionContext *context, const char *field,
                                 GTimeZone *zone, WfInstant *instant);

G_END_DECLS
