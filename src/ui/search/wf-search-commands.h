/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that can be found: those of the one table of actions that can be done at a place now. */
#pragma once

#include "wf-runtime.h"
#include "wf-search-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* place: the widget that would do them, such as the one that has the keyboard. What is disabled there, what nobody does there, and
 * pages that the person may not see are left out. Of WfSearchItem, owned by the caller. */
GPtrArray *wf_search_commands_list (GtkWidget *place, WfRuntime *runtime);
/* Those of them whose words begin with the words of the text, best first; all of them for an empty text. Owned by the caller. */
GPtrArray *wf_search_commands_find (GPtrArray *commands, const char *text);

G_END_DECLS
