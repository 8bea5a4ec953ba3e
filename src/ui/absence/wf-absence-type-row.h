/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of one type of activity while somebody is away (B10). */
#pragma once

#include "wf-organisation.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (). */
#define WF_TYPE_ABSENCE_TYPE_ROW (wf_absence_type_row_get_type ())
G_DECLARE_FINAL_TYPE (WfAbsenceTypeRow, wf_absence_type_row, WF, ABSENCE_TYPE_ROW, AdwComboRow)

GtkWidget *wf_absence_type_row_new (const WfEntry *type);
const char *wf_absence_type_row_get_activity_type (WfAbsenceTypeRow *self);
/* FALSE: as all others. */
gboolean wf_absence_type_row_get_treatment (WfAbsenceTypeRow *self, WfAbsenceTreatment *treatment);
void wf_absence_type_row_set_treatment (WfAbsenceTypeRow *self, gboolean own,
                                        WfAbsenceTreatment treatment);

G_END_DECLS
