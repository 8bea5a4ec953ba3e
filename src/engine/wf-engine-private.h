/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the engine know of each other. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

/* The company's hours; always open in UTC without an organisation. Borrowed. */
WfWorkingHours *wf_engine_get_hours (const WfEngine *self);
const WfEngineSettings *wf_engine_get_settings (const WfEngine *self);

/* Adds "event", "workflow", "version", "verdict", "field", "op", "value", "seen" to the open
 * object. */
void wf_verdict_write (const WfVerdict *self, const WfEvent *event, WfJsonWriter *writer);

/* A date field ("meeting.start") of the event, else of the cached lead; a bare date is local
 * midnight in the zone. */
gboolean wf_context_get_instant (const WfConditionContext *context, const char *field,
                                 GTimeZone *zone, WfInstant *instant);

G_END_DECLS
