/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a run has come, from its saved state alone: for counting many of them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* step: its id; path: the one that a branch took, or -1 for the step itself. step is borrowed. */
typedef void (*WfRunReachedFunc) (const char *step, int path, gpointer user_data);

/* state: from wf_run_save(). Calls func for every step that the run has reached, that is whose time
 * came, whatever became of it then; and for every path that a branch took. FALSE when the text is
 * damaged. */
gboolean wf_run_foreach_reached (const char *state, WfRunReachedFunc func, gpointer user_data);

G_END_DECLS
