/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a written event: a row for each field, with an editor of its type. */
#pragma once

#include "wf-event-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): of what the draft says. */
#define WF_TYPE_EVENT_FORM (wf_event_form_get_type ())
G_DECLARE_FINAL_TYPE (WfEventForm, wf_event_form, WF, EVENT_FORM, AdwBin)

/* draft: taken; changed by what is typed. organisation: nullable. */
void wf_event_form_take_draft (WfEventForm *self, WfEventDraft *draft,
                               WfOrganisation *organisation);
/* Borrowed; NULL before. */
const WfEventDraft *wf_event_form_get_draft (WfEventForm *self);
/* What a row cannot take as it is typed: "Score: not a number"; NULL when all fit. Owned by the
 * caller. */
char *wf_event_form_dup_problem (WfEventForm *self);
/* The row of a field; NULL when there is none. For tests. */
GtkWidget *wf_event_form_get_row (WfEventForm *self, const char *field);

G_END_DECLS
