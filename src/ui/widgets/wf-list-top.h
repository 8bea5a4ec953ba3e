/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a list from its very top: the first heading stands above the first row. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For the next frames, until the rows are laid out; or until it is let go. list: a GtkListView or a GtkColumnView. */
void wf_list_top_show (GtkWidget *list);
void wf_list_top_let_go (GtkWidget *list);

G_END_DECLS
