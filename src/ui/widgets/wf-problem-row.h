/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says under a field of a form what is wrong with it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_PROBLEM_ROW (wf_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (WfProblemRow, wf_problem_row, WF, PROBLEM_ROW, AdwPreferencesRow)

/* text: NULL when nothing is wrong. field: the row above, which is marked and, for a screen reader, tied to the text. */
void wf_problem_row_set_text (WfProblemRow *self, const char *text, GtkWidget *field);
/* The same for what a person should know and may leave as it is. */
void wf_problem_row_set_warning (WfProblemRow *self, const char *text, GtkWidget *field);
const char *wf_problem_row_get_text (WfProblemRow *self); /* NULL when nothing is wrong; borrowed */

G_END_DECLS
