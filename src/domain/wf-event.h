/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something that happened in the CRM: a CloudEvents 1.0 event. Immutable, atomic reference
 * count. */
#pragma once

#include "wf-clock.h"
#include "wf-json-cursor.h"

G_BEGIN_DECLS

typedef struct _WfEvent WfEvent;

/* root: the event object; the event keeps a reference on document, whose value it is. Problems:
 * missing or wrong specversion, id (made from type, lead, time and payload when missing, S15),
 * source, type, time. received: used as time, with a warning, when the event has none. NULL
 * after an error. */
WfEvent *wf_event_read (WfJsonDocument *document, const WfJson *root, WfInstant received,
                        WfProblems *problems);
/* One event, or an array of them: those that could be read, in order; problems with paths such
 * as "/3/time". Array of WfEvent. */
GPtrArray *wf_events_read (WfJsonDocument *document, WfInstant received, WfProblems *problems);
WfEvent *wf_event_ref (WfEvent *self);
void wf_event_unref (WfEvent *self);

const char *wf_event_get_id (const WfEvent *self);
const char *wf_event_get_source (const WfEvent *self);
const char *wf_event_get_event_type (const WfEvent *self);
WfInstant wf_event_get_time (const WfEvent *self);
/* Id of the lead from data.lead.id, data.lead (text) or subject "lead/ID" or "leads/ID"; NULL
 * without one. */
const char *wf_event_get_lead (const WfEvent *self);
/* The lead as the event carries it: data.lead, or data.snapshot beside a bare id. NULL when it
 * carries no members. Borrowed. */
const WfJson *wf_event_get_lead_members (const WfEvent *self);
/* data.lead.owner, or NULL (nobody). */
const char *wf_event_get_owner (const WfEvent *self);
gboolean wf_event_is_import (const WfEvent *self); /* S13 */
/* S14: chain of causes, outermost first, from data.cause: "workflow/step/event-id" parts; NULL
 * when it came from outside. */
const char *wf_event_get_cause (const WfEvent *self);
guint wf_event_get_depth (const WfEvent *self); /* 0 from outside */
const WfJson *wf_event_get_data (const WfEvent *self);
const WfJson *wf_event_get_root (const WfEvent *self);
/* A field by its dotted name as in conditions and merge fields: "lead.score", "meeting.start",
 * "lead.custom.sector", "event.type", "event.time", "actor". NULL when missing. Borrowed. */
const WfJson *wf_event_get_field (const WfEvent *self, const char *field);
/* A date field as an instant ("meeting.start", "event.time"); a bare date is local midnight in
 * zone. */
gboolean wf_event_get_instant (const WfEvent *self, const char *field, GTimeZone *zone,
                               WfInstant *instant);
/* The event as compact JSON. Owned by the caller. */
char *wf_event_to_text (const WfEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEvent, wf_event_unref)

G_END_DECLS
