/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field of an event as people choose it: by its name, below the heading of its group. Needs no
 * display. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Properties, read-only: id, name, group, example. */
#define WF_TYPE_FIELD_ITEM (wf_field_item_get_type ())
G_DECLARE_FINAL_TYPE (WfFieldItem, wf_field_item, WF, FIELD_ITEM, GObject)

/* Of a field, also one of a CRM's own. */
WfFieldItem *wf_field_item_new (const char *id);
const char *wf_field_item_get_id (WfFieldItem *self);
const char *wf_field_item_get_name (WfFieldItem *self);  /* translated */
const char *wf_field_item_get_group (WfFieldItem *self); /* translated heading */
/* What such a field may hold: "Padaria Sol". */
const char *wf_field_item_get_example (WfFieldItem *self);
/* How well the field answers what is typed: a WfWordMatch of its name, else of its group or id. */
guint wf_field_item_match (WfFieldItem *self, const char *query);

/* The fields of the event, in the catalogue's order. filter: nullable; which of them. Of
 * WfFieldItem. Owned by the caller. */
GListModel *wf_field_item_list (const char *event_type, gboolean (*filter) (const char *field));
/* The field that somebody means who types a name that the catalogue does not have:
 * "lead.custom.sector" for "sector". NULL when it can be none. Owned by the caller. */
char *wf_field_item_make_custom_id (const char *typed);

G_END_DECLS
