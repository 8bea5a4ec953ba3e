/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value of a condition: a text with suggestions, a number, a date, or something that is chosen
 * by its name. */
#pragma once

#include "wf-condition-words.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: changed (); entered (): Enter was pressed or something chosen from a list. */
#define WF_TYPE_VALUE_INPUT (wf_value_input_get_type ())
G_DECLARE_FINAL_TYPE (WfValueInput, wf_value_input, WF, VALUE_INPUT, AdwBin)

/* How it is entered. label: for screen readers. adds: the input is for one more value of a list:
 * chosen, it is empty again. */
void wf_value_input_set_kind (WfValueInput *self, WfValueKind kind, gboolean adds,
                              const char *label, const WfOrganisation *organisation);
/* Nothing is done to a text that means the same. */
void wf_value_input_set_value (WfValueInput *self, const char *value);
/* As it is kept. Owned by the caller. */
char *wf_value_input_dup_value (WfValueInput *self);
/* What is suggested while a text is typed; nullable. */
void wf_value_input_set_suggestions (WfValueInput *self, const char *const *values);
void wf_value_input_set_problem (WfValueInput *self, gboolean wrong);

G_END_DECLS
