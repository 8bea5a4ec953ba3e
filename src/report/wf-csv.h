/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as comma-separated values (RFC 4180), for a spreadsheet. Needs no display. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds a field, quoted, and what stands behind it: a comma, or after the last one of a line its end. text: nullable. A text that a
 * spreadsheet would take for a formula is defused by an apostrophe; phone and other numbers stay as they are. */
void wf_csv_append_field (GString *csv, const char *text, gboolean last);

G_END_DECLS
