/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a condition: none, one, a list as chips, or the two ends of a range. */
#pragma once

#include "wf-condition-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (). */
#define WF_TYPE_CONDITION_VALUE (wf_condition_value_get_type ())
G_DECLARE_FINAL_TYPE (WfConditionValue, wf_condition_value, WF, CONDITION_VALUE, AdwBin)

/* test: its field, operator and values are shown; what is shown so already is left alone. */
void wf_condition_value_show (WfConditionValue *self, const WfConditionDraft *test,
                              const WfOrganisation *organisation);
/* NULL-terminated, owned by the caller. */
char **wf_condition_value_dup_values (WfConditionValue *self);
void wf_condition_value_set_suggestions (WfConditionValue *self, const char *const *values);
void wf_condition_value_set_problem (WfConditionValue *self, gboolean wrong);

G_END_DECLS
