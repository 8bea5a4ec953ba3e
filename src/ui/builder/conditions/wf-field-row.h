/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that chooses a field of an event, searchable, by its translated name. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_FIELD_ROW (wf_field_row_get_type ())
G_DECLARE_FINAL_TYPE (WfFieldRow, wf_field_row, WF, FIELD_ROW, AdwComboRow)

/* only_dates: the date fields alone. */
void wf_field_row_set_event (WfFieldRow *self, const char *event_type, gboolean only_dates);
/* A field that the event does not carry is added to the list, so that nothing of a document is
 * lost. */
void wf_field_row_set_field (WfFieldRow *self, const char *field);
const char *wf_field_row_get_field (WfFieldRow *self);

G_END_DECLS
