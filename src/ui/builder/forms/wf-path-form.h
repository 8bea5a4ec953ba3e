/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a path of a branch: its name and when it is taken. The pop-up and the inspector show
 * the same form. */
#pragma once

#include "wf-builder-context.h"
#include "wf-condition.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: name-changed (), condition-changed (): the person changed something. */
#define WF_TYPE_PATH_FORM (wf_path_form_get_type ())
G_DECLARE_FINAL_TYPE (WfPathForm, wf_path_form, WF, PATH_FORM, AdwBin)

/* Once, before the others; again when the event is another one. organisation: nullable. */
void wf_path_form_set_event (WfPathForm *self, const char *event_type,
                             WfOrganisation *organisation);
/* Whose runtime gives the values that are suggested; who may not edit only looks. nullable. */
void wf_path_form_set_context (WfPathForm *self, WfBuilderContext *context);
/* condition: nullable. What does not change is left alone. */
void wf_path_form_show (WfPathForm *self, const char *name, WfCondition *condition);
const char *wf_path_form_get_name (WfPathForm *self);       /* borrowed */
WfCondition *wf_path_form_dup_condition (WfPathForm *self); /* NULL: always taken */
/* FALSE: a line of its condition is not finished, which the condition does not show. */
gboolean wf_path_form_is_complete (WfPathForm *self);
/* What is wrong with it; nullable. */
void wf_path_form_set_problem (WfPathForm *self, const char *text);
void wf_path_form_set_condition_problem (WfPathForm *self, const char *text); /* nullable */
/* R7: who may not change can still look and scroll. */
void wf_path_form_set_editable (WfPathForm *self, gboolean editable);
GtkWidget *wf_path_form_get_first (WfPathForm *self); /* what waits for keys first; borrowed */
void wf_path_form_focus_first (WfPathForm *self);

G_END_DECLS
