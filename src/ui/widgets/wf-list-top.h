/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a list from its very top: the first heading stands above the first row. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For the next frames, until the rows are laid out; or until it is let go. */
void wf_list_top_show (GtkListView *list);
void wf_list_top_let_go (GtkListView *list);

G_END_DECLS
