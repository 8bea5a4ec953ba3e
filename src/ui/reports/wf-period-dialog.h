/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the first and the last day of a report. */
#pragma once

#include "wf-period.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: chosen (const char *text): of wf_period_to_text(); the dialog closes itself. */
#define WF_TYPE_PERIOD_DIALOG (wf_period_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfPeriodDialog, wf_period_dialog, WF, PERIOD_DIALOG, AdwDialog)

/* The days that are proposed. */
AdwDialog *wf_period_dialog_new (const GDate *first, const GDate *last);

G_END_DECLS
