/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which rule commissions are computed (R59, R166): so many per cent of a deal by origin, product or person. */
#pragma once

#include "wf-commission.h"
#include "wf-report-choices.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: saved (WfCommissionRule *rule): borrowed; the dialog closes itself. */
#define WF_TYPE_COMMISSION_DIALOG (wf_commission_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfCommissionDialog, wf_commission_dialog, WF, COMMISSION_DIALOG, AdwDialog)

AdwDialog *wf_commission_dialog_new (WfRuntime *runtime, const WfCommissionRule *rule);

G_END_DECLS
