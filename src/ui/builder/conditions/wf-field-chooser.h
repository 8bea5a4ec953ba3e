/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that shows a field by its name and opens a searchable list of fields; a CRM's own field
 * can be typed. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): the person chose another. */
#define WF_TYPE_FIELD_CHOOSER (wf_field_chooser_get_type ())
G_DECLARE_FINAL_TYPE (WfFieldChooser, wf_field_chooser, WF, FIELD_CHOOSER, AdwBin)

void wf_field_chooser_set_event (WfFieldChooser *self, const char *event_type);
/* field: nullable: none yet. */
void wf_field_chooser_set_field (WfFieldChooser *self, const char *field);
const char *wf_field_chooser_get_field (WfFieldChooser *self);

G_END_DECLS
