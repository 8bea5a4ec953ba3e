/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks how an activity ended, where its type has outcomes: one key each. */
#pragma once

#include "wf-organisation.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_OUTCOME_DIALOG (wf_outcome_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfOutcomeDialog, wf_outcome_dialog, WF, OUTCOME_DIALOG, AdwDialog)

/* outcome: an id of the type's, or NULL when the person gave no answer. note: nullable. */
typedef void (*WfOutcomeAnswer) (const char *outcome, const char *note, gpointer user_data);

/* TRUE when activities of this type are asked about. organisation, type: nullable. */
gboolean wf_outcome_is_asked (const WfOrganisation *organisation, const char *type);
/* subtitle: what it is about, "Realizar Filtro 1 · Padaria Sol" or "3 activities". answer is called once; free_data after it. */
void wf_outcome_ask (GtkWidget *parent, WfOrganisation *organisation, const char *type,
                     const char *subtitle, WfOutcomeAnswer answer, gpointer user_data,
                     GDestroyNotify free_data);

G_END_DECLS
