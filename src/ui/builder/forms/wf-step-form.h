/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a step of any kind, made from the catalogue's description of its settings, with when
 * it runs, and the deadline ruler for activities (B5). The pop-up and the inspector show the same
 * form. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): the person changed something. */
#define WF_TYPE_STEP_FORM (wf_step_form_get_type ())
G_DECLARE_FINAL_TYPE (WfStepForm, wf_step_form, WF, STEP_FORM, AdwBin)

/* Once, before the others. */
void wf_step_form_set_context (WfStepForm *self, WfBuilderContext *context);
/* The form becomes that of the step's kind when it was another. What the form does not show stays
 * in the step. The cursor of a field whose text does not change is left alone. */
void wf_step_form_show_step (WfStepForm *self, const WfStep *step);
/* Owned by the caller. */
WfStep *wf_step_form_dup_step (WfStepForm *self);
/* problems of a validated workflow under the rows that they are about; base: the step's pointer
 * ("/steps/1"). */
void wf_step_form_show_problems (WfStepForm *self, const WfProblems *problems, const char *base);
/* The first row that a person fills in. */
void wf_step_form_focus_first (WfStepForm *self);
/* The same as a widget that can have the focus; nullable. Borrowed. */
GtkWidget *wf_step_form_get_first (WfStepForm *self);

/* What is to be done before the step can be saved, as problems say: one sentence. NULL: nothing.
 * Owned by the caller. */
char *wf_step_form_make_demand (WfStepForm *self, const WfProblems *problems, const char *base);
/* The setting that the last "changed" was about: "notes", or "run". Borrowed; NULL before any. */
const char *wf_step_form_get_changed (WfStepForm *self);
/* The rows that show a setting; the first one is row 0. NULL when the form has none. For tests.
 * Borrowed. */
GtkWidget *wf_step_form_get_row (WfStepForm *self, const char *setting, guint row);
/* What is said under that row; NULL when all is well. Borrowed. */
const char *wf_step_form_get_problem (WfStepForm *self, const char *setting, guint row);

G_END_DECLS
