/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing on a row with a list chooses what is typed, without opening the list. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The row has an expression for its items' names. */
void wf_type_ahead_add (AdwComboRow *row);
/* The position that somebody means who types this: the best match, after that the first. G_MAXUINT:
 * none. */
guint wf_type_ahead_find (AdwComboRow *row, const char *typed);

G_END_DECLS
