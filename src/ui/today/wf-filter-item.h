/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that Today's list can be narrowed by: a type, a workflow, a group, a person, a state. */
#pragma once

#include "wf-activity-filter.h"

G_BEGIN_DECLS

/* Beside the kinds of ids: what is shown of which state. */
#define WF_FILTER_ITEM_STATE WF_N_FILTER_KINDS
#define WF_N_FILTER_ITEM_KINDS (WF_N_FILTER_KINDS + 1)

/* Property: "active" (boolean). */
#define WF_TYPE_FILTER_ITEM (wf_filter_item_get_type ())
G_DECLARE_FINAL_TYPE (WfFilterItem, wf_filter_item, WF, FILTER_ITEM, GObject)

WfFilterItem *wf_filter_item_new (guint kind, const char *id, const char *name);
guint wf_filter_item_get_kind (WfFilterItem *self);
const char *wf_filter_item_get_name (WfFilterItem *self); /* borrowed */
gboolean wf_filter_item_is_active (WfFilterItem *self);
void wf_filter_item_set_active (WfFilterItem *self, gboolean active);
/* From and into a filter. */
void wf_filter_item_read (WfFilterItem *self, const WfActivityFilter *filter);
void wf_filter_item_write (WfFilterItem *self, WfActivityFilter *filter, gboolean active);
/* "Type", "Show": the heading above items of a kind; translated, borrowed. */
const char *wf_filter_item_kind_to_text (guint kind);
/* The states that can be shown, with their ids and names: NULL after the last. Borrowed. */
const char *wf_filter_state_get_id (guint index);
const char *wf_filter_state_get_name (guint index);

G_END_DECLS
