/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paged list as views are told of it: of many rows a few at a time. */
#pragma once

#include "wf-paged-list.h"

G_BEGIN_DECLS

/* Implements GListModel and GtkSectionModel; for some frames it may be shorter than the paged one, so that a view need not make all
 * of its widgets in one of them. */
#define WF_TYPE_GRADUAL_LIST (wf_gradual_list_get_type ())
G_DECLARE_FINAL_TYPE (WfGradualList, wf_gradual_list, WF, GRADUAL_LIST, GObject)

WfGradualList *wf_gradual_list_new (WfPagedList *list);
/* Before a view is to scroll to a position of the list. */
void wf_gradual_list_reach (WfGradualList *self, guint position);

G_END_DECLS
