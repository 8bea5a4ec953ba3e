/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a step's dialog that say when it runs (R72-R77). */
#pragma once

#include "wf-workflow.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (). */
#define WF_TYPE_RUN_ROWS (wf_run_rows_get_type ())
G_DECLARE_FINAL_TYPE (WfRunRows, wf_run_rows, WF, RUN_ROWS, AdwPreferencesGroup)

void wf_run_rows_set_event (WfRunRows *self, const char *event_type);
void wf_run_rows_set_run (WfRunRows *self, const WfRunSettings *run);
/* run: its earlier content is freed. */
void wf_run_rows_get_run (WfRunRows *self, WfRunSettings *run);
/* problems of a validated step; base: the step's path. */
void wf_run_rows_show_problems (WfRunRows *self, const WfProblems *problems, const char *base);

G_END_DECLS
