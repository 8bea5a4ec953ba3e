/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of which several answers can be chosen: it says which, and opens a searchable list of
 * checks. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): the person checked or unchecked one. */
#define WF_TYPE_IDS_ROW (wf_ids_row_get_type ())
G_DECLARE_FINAL_TYPE (WfIdsRow, wf_ids_row, WF, IDS_ROW, AdwActionRow)

/* What the row says when nothing is chosen. */
void wf_ids_row_set_empty_text (WfIdsRow *self, const char *text);
/* One that can be chosen, after those that are there. */
void wf_ids_row_add (WfIdsRow *self, const char *id, const char *name);
gboolean wf_ids_row_has (WfIdsRow *self, const char *id);
/* ids: nullable; those that are not there are left out. */
void wf_ids_row_set_chosen (WfIdsRow *self, const char *const *ids);
/* As if the person did it. */
void wf_ids_row_toggle (WfIdsRow *self, const char *id);
/* In the order of the list. NULL-terminated, owned by the caller. */
char **wf_ids_row_dup_chosen (WfIdsRow *self);

G_END_DECLS
