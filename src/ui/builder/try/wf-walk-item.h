/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stop of a test in the list, and the texts of the whole walk. Needs no display. */
#pragma once

#include "wf-flow-marks.h"
#include "wf-walk.h"

G_BEGIN_DECLS

/* Properties, read-only: time, icon, outcome, place, text, tests, spoken (strings; tests: one line
 * each, "" without any), css-classes (strings: of the icon). */
#define WF_TYPE_WALK_ITEM (wf_walk_item_get_type ())
G_DECLARE_FINAL_TYPE (WfWalkItem, wf_walk_item, WF, WALK_ITEM, GObject)

/* stop: borrowed for the time of the call. began: of the walk. */
WfWalkItem *wf_walk_item_new (const WfWalkStop *stop, const WfWorkflow *workflow,
                              const WfOrganisation *organisation, WfInstant began, GTimeZone *zone);
const WfTarget *wf_walk_item_get_target (WfWalkItem *self);
const char *wf_walk_item_get_spoken (WfWalkItem *self);
/* Puts it on top of the marks. */
void wf_walk_item_mark (WfWalkItem *self, WfFlowMarks *marks);

/* "3 activities would be created and 1 other step would run.", from the stops. Owned by the
 * caller. */
char *wf_walk_sum (const GPtrArray *stops, const WfWorkflow *workflow);

G_END_DECLS
