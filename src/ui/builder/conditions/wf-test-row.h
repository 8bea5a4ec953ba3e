/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One condition: field, operator, value. */
#pragma once

#include "wf-condition-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: changed (), removed (). */
#define WF_TYPE_TEST_ROW (wf_test_row_get_type ())
G_DECLARE_FINAL_TYPE (WfTestRow, wf_test_row, WF, TEST_ROW, AdwPreferencesRow)

WfTestRow *wf_test_row_new (const char *event_type, const WfTestDraft *draft);
WfTestDraft *wf_test_row_dup_draft (WfTestRow *self);

G_END_DECLS
