/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a lead's history. */
#pragma once

#include "wf-moment-text.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: open (): the person wants to see what it is about. */
#define WF_TYPE_MOMENT_ROW (wf_moment_row_get_type ())
G_DECLARE_FINAL_TYPE (WfMomentRow, wf_moment_row, WF, MOMENT_ROW, GtkListBoxRow)

GtkWidget *wf_moment_row_new (void);
/* open: what the row's button says that it does; NULL: there is nothing to open. */
void wf_moment_row_show (WfMomentRow *self, WfLeadMoment *moment, const WfMomentReader *reader,
                         const char *open);
/* The words that move with the clock. */
void wf_moment_row_show_time (WfMomentRow *self, const WfMomentReader *reader);
WfLeadMoment *wf_moment_row_get_moment (WfMomentRow *self); /* borrowed */
const char *wf_moment_row_get_key (WfMomentRow *self);      /* wf_moment_key(); borrowed */

G_END_DECLS
