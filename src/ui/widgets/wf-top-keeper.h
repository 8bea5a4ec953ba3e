/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a paged list at its top for whoever is there. */
#pragma once

#include "wf-paged-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_TOP_KEEPER (wf_top_keeper_get_type ())
G_DECLARE_FINAL_TYPE (WfTopKeeper, wf_top_keeper, WF, TOP_KEEPER, GObject)

/* view: a GtkListView or GtkColumnView of the selection; it outlives the keeper, or takes it with it. */
WfTopKeeper *wf_top_keeper_new (GtkWidget *view, WfPagedSelection *selection, WfPagedList *list);

G_END_DECLS
