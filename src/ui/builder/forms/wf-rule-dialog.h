/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule of "by criteria" (R82, R126): when a condition holds, somebody gets the lead. */
#pragma once

#include "wf-condition.h"
#include "wf-setting-row.h"

G_BEGIN_DECLS

/* Signal: saved (). */
#define WF_TYPE_RULE_DIALOG (wf_rule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfRuleDialog, wf_rule_dialog, WF, RULE_DIALOG, AdwDialog)

/* context: must live as long as the dialog; condition, to: nullable, a new rule. */
WfRuleDialog *wf_rule_dialog_new (const WfSettingContext *context, WfCondition *condition,
                                  const char *to);
WfCondition *wf_rule_dialog_dup_condition (WfRuleDialog *self);
const char *wf_rule_dialog_get_to (WfRuleDialog *self); /* NULL while nobody is chosen; borrowed */

G_END_DECLS
