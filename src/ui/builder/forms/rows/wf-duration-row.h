/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row with a number and a unit of time (R15-R19). */
#pragma once

#include "wf-duration.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (). */
#define WF_TYPE_DURATION_ROW (wf_duration_row_get_type ())
G_DECLARE_FINAL_TYPE (WfDurationRow, wf_duration_row, WF, DURATION_ROW, AdwPreferencesRow)

WfDuration wf_duration_row_get_duration (WfDurationRow *self);
void wf_duration_row_set_duration (WfDurationRow *self, WfDuration duration);
GtkWidget *wf_duration_row_get_entry (WfDurationRow *self); /* of the number; borrowed */
void wf_duration_row_set_problem (WfDurationRow *self, const char *text);
/* Behind the unit. */
void wf_duration_row_add_suffix (WfDurationRow *self, GtkWidget *widget);

G_END_DECLS
