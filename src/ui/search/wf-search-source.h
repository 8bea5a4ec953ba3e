/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the search over everything finds: leads, activities, workflows and commands, read off the main loop (ui.md "Frame"). */
#pragma once

#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: changed (): something was found, or all have answered. */
#define WF_TYPE_SEARCH_SOURCE (wf_search_source_get_type ())
G_DECLARE_FINAL_TYPE (WfSearchSource, wf_search_source, WF, SEARCH_SOURCE, GObject)

/* place: see wf_search_commands_list. */
WfSearchSource *wf_search_source_new (WfRuntime *runtime, GtkWidget *place);
/* Of WfSearchItem, one section a kind. Borrowed. */
GListModel *wf_search_source_get_model (WfSearchSource *self);
/* Takes the place of the search before. FALSE: it is the same. */
gboolean wf_search_source_set_text (WfSearchSource *self, const char *text);
/* Some have not answered yet. */
gboolean wf_search_source_is_pending (WfSearchSource *self);
/* How many there are in all, also those that are not listed. */
guint wf_search_source_get_total (WfSearchSource *self);
/* What went wrong; borrowed, nullable. */
const char *wf_search_source_get_error (WfSearchSource *self);

G_END_DECLS
