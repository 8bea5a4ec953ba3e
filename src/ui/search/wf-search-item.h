/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that the search over everything found. Needs no display. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WF_SEARCH_COMMANDS,
  WF_SEARCH_LEADS,
  WF_SEARCH_ACTIVITIES,
  WF_SEARCH_WORKFLOWS,
} WfSearchSection;
#define WF_N_SEARCH_SECTIONS 4

#define WF_TYPE_SEARCH_ITEM (wf_search_item_get_type ())
G_DECLARE_FINAL_TYPE (WfSearchItem, wf_search_item, WF, SEARCH_ITEM, GObject)

/* All are copied. detail: nullable. action: what opening does, without its target; target: nullable, sunk. */
WfSearchItem *wf_search_item_new (WfSearchSection section, const char *icon, const char *title,
                                  const char *detail, const char *action, GVariant *target);
WfSearchSection wf_search_item_get_section (WfSearchItem *self);
/* Borrowed, all of them. */
const char *wf_search_item_get_icon (WfSearchItem *self);
const char *wf_search_item_get_title (WfSearchItem *self);
const char *wf_search_item_get_detail (WfSearchItem *self); /* nullable */
const char *wf_search_item_get_action (WfSearchItem *self);
GVariant *wf_search_item_get_target (WfSearchItem *self); /* nullable */
/* The keys of a command, as they are shown; nullable. */
const char *wf_search_item_get_keys (WfSearchItem *self);
void wf_search_item_set_keys (WfSearchItem *self, const char *keys);
/* The whole row for a screen reader: "Lead: Padaria Sol, Filter 1". Owned by the caller. */
char *wf_search_item_dup_spoken (WfSearchItem *self);

/* Heading of a section, in the user's language. */
const char *wf_search_section_to_text (WfSearchSection section);

G_END_DECLS
