/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What needs a manager (R6), each line with one thing to do; nothing else. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime-day.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Its buttons activate the actions "today.…" and "win.…". Reads while it is seen. Property: "loaded" (boolean). */
#define WF_TYPE_EXCEPTIONS_VIEW (wf_exceptions_view_get_type ())
G_DECLARE_FINAL_TYPE (WfExceptionsView, wf_exceptions_view, WF, EXCEPTIONS_VIEW, AdwBin)

void wf_exceptions_view_set_up (WfExceptionsView *self, WfRuntime *runtime, WfMinuteClock *minutes);
/* "web", "flow" or NULL for both (R61). */
void wf_exceptions_view_set_origin (WfExceptionsView *self, const char *origin);
gboolean wf_exceptions_view_is_loaded (WfExceptionsView *self);

G_END_DECLS
