/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place in a paged list, as the list itself fills it. Everybody else: wf-paged-list.h. */
#pragma once

#include "wf-paged-list.h"

G_BEGIN_DECLS

WfPagedItem *wf_paged_item_new (const WfPagedListReader *reader, guint section);
void wf_paged_item_set_row (WfPagedItem *self, gpointer row); /* takes its own reference */
void wf_paged_item_set_section (WfPagedItem *self, guint section);

G_END_DECLS
