/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headings of a list in sections. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The heading above the section that begins with the item; borrowed. NULL: the section has none. */
typedef const char *(*WfHeadingFunc) (gpointer item);
/* Owned by the caller. */
GtkListItemFactory *wf_heading_factory_new (WfHeadingFunc get_text);

G_END_DECLS
