/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that other people and machines wrote, in rows, groups and pages: none of it is markup. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* title, subtitle: plain text; subtitle: nullable. Floating. */
GtkWidget *wf_plain_row_new (const char *title, const char *subtitle);
/* An error's or a warning's sign before the title. */
void wf_plain_row_add_severity (AdwActionRow *row, gboolean error);
/* rows: of GtkWidget, unowned, each in an AdwPreferencesGroup. Takes them out of it and empties the array. */
void wf_plain_rows_remove (GPtrArray *rows);

/* libadwaita reads these texts as markup; here they are plain. */
void wf_plain_group_set_title (AdwPreferencesGroup *group, const char *text);
void wf_plain_group_set_description (AdwPreferencesGroup *group, const char *text);
void wf_plain_page_set_description (AdwStatusPage *page, const char *text);

G_END_DECLS
