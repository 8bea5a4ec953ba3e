/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A past event in the list of those that a test can be run with. */
#pragma once

#include "wf-runtime.h"

G_BEGIN_DECLS

/* Properties, read-only: lead, line, time, spoken (strings). */
#define WF_TYPE_PAST_EVENT_ITEM (wf_past_event_item_get_type ())
G_DECLARE_FINAL_TYPE (WfPastEventItem, wf_past_event_item, WF, PAST_EVENT_ITEM, GObject)

WfPastEventItem *wf_past_event_item_new (const WfPastEvent *past,
                                         const WfOrganisation *organisation, WfInstant now,
                                         GTimeZone *zone);
WfEvent *wf_past_event_item_get_event (WfPastEventItem *self); /* borrowed */
WfJsonDocument *wf_past_event_item_get_document (
    WfPastEventItem *self); /* the lead; nullable, borrowed */
const char *wf_past_event_item_get_lead (WfPastEventItem *self);
const char *wf_past_event_item_get_time (WfPastEventItem *self);
/* folded: what is searched, from wf_text_fold(). */
gboolean wf_past_event_item_matches (WfPastEventItem *self, const char *folded);

G_END_DECLS
