/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events that a workflow can start on as the list of a row, in groups (R10). */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Fills the row's list; nothing is chosen. */
void wf_event_list_fill (AdwComboRow *row);
/* event: nullable; one that nobody knows here is added. */
void wf_event_list_set (AdwComboRow *row, const char *event);
/* "" when none is chosen. Borrowed. */
const char *wf_event_list_get (AdwComboRow *row);

G_END_DECLS
