/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample of the deadline ruler: its name, its line of time and the result in words. */
#pragma once

#include "wf-deadline-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Accessible: a list item whose label is the whole sentence. */
#define WF_TYPE_DEADLINE_ROW (wf_deadline_row_get_type ())
G_DECLARE_FINAL_TYPE (WfDeadlineRow, wf_deadline_row, WF, DEADLINE_ROW, GtkWidget)

/* line: nullable, taken over. */
void wf_deadline_row_show (WfDeadlineRow *self, const WfDeadlineSample *sample,
                           WfDeadlineLine *line);

G_END_DECLS
