/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One deadline drawn as a line of time, from the event to the deadline. */
#pragma once

#include "wf-deadline-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_DEADLINE_TRACK (wf_deadline_track_get_type ())
G_DECLARE_FINAL_TYPE (WfDeadlineTrack, wf_deadline_track, WF, DEADLINE_TRACK, GtkWidget)

/* line: nullable, taken over. */
void wf_deadline_track_take_line (WfDeadlineTrack *self, WfDeadlineLine *line);
/* Borrowed; nullable. */
const WfDeadlineLine *wf_deadline_track_get_line (WfDeadlineTrack *self);

G_END_DECLS
