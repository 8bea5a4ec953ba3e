/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a paged list are selected: kept by the rows' keys, so that it outlives every refresh and costs nothing for the
 * rows that nobody has looked at. */
#pragma once

#include "wf-gradual-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Implements GListModel and GtkSectionModel as a gradual list does, and GtkSelectionModel. Property: "n-selected" (uint). */
#define WF_TYPE_PAGED_SELECTION (wf_paged_selection_get_type ())
G_DECLARE_FINAL_TYPE (WfPagedSelection, wf_paged_selection, WF, PAGED_SELECTION, GObject)

/* Reaching over rows that are not read yet reads them; a selection by hand reaches over so many at most. */
#define WF_MOST_SELECTED 5000

WfPagedSelection *wf_paged_selection_new (WfPagedList *list);
/* Before a view is to scroll to a position of the list. */
void wf_paged_selection_reach (WfPagedSelection *self, guint position);
guint wf_paged_selection_get_n (WfPagedSelection *self);
/* "12 selected"; where no more can be selected at one go, "5,000 of 81,234 selected". Owned by the caller. */
char *wf_paged_selection_to_text (WfPagedSelection *self);
/* The row of the only one; NULL when none or several are selected. Borrowed. */
gpointer wf_paged_selection_get_only (WfPagedSelection *self);
/* Where the selected rows end, or GTK_INVALID_LIST_POSITION: the row from which work goes on. */
guint wf_paged_selection_get_last (WfPagedSelection *self);
/* The rows, in no order; those that are still being read are left out. Elements are borrowed from the selection. */
GPtrArray *wf_paged_selection_list_rows (WfPagedSelection *self);
gboolean wf_paged_selection_has_key (WfPagedSelection *self, const char *key);

G_END_DECLS
