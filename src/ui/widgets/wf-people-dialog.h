/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses a person of the organisation by searching. */
#pragma once

#include "wf-organisation.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: chosen (const char *id); the dialog closes itself. */
#define WF_TYPE_PEOPLE_DIALOG (wf_people_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfPeopleDialog, wf_people_dialog, WF, PEOPLE_DIALOG, AdwDialog)

typedef gboolean (*WfPersonFilter) (const WfOrganisation *organisation, const WfPerson *person);

/* Active people, without current (id, nullable). filter: nullable. */
AdwDialog *wf_people_dialog_new (WfOrganisation *organisation, const char *title,
                                 const char *current, WfPersonFilter filter);

G_END_DECLS
