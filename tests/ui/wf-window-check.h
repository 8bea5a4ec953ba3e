/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks through a window's widgets, for tests that need a display. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The first mapped widget below root with this type; name: template name or NULL. */
GtkWidget *wf_window_check_find (GtkWidget *root, GType type, const char *buildable_id);
/* Runs the main loop until the condition holds, at most some seconds. */
gboolean wf_window_check_wait (gboolean (*condition) (gpointer), gpointer data);
/* Every mapped control below root has a name for a screen reader; prints those that have none. Result: how many have none. */
guint wf_window_check_count_nameless (GtkWidget *root);
/* TRUE when a mapped label below root shows the text. */
gboolean wf_window_check_has_text (GtkWidget *root, const char *text);

G_END_DECLS
