/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deadline ruler (B5): a small time-line with night, lunch, weekend and holiday, and the
 * instants that a deadline gives for sample events: now, Friday 17:50, Saturday, the eve of a
 * holiday, the end of a month. */
#pragma once

#include "wf-workflow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Accessible: each sample is a list item with its sentence. */
#define WF_TYPE_DEADLINE_RULER (wf_deadline_ruler_get_type ())
G_DECLARE_FINAL_TYPE (WfDeadlineRuler, wf_deadline_ruler, WF, DEADLINE_RULER, GtkWidget)

/* organisation: nullable (clock time). action: copied. */
void wf_deadline_ruler_set (WfDeadlineRuler *self, const WfCreateActivity *action,
                            const WfOrganisation *organisation, WfInstant now);

G_END_DECLS
