/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggests merge fields while somebody types "{" in a text (R140). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* text: a GtkEditable or a GtkTextView; the suggestions live and die with it. */
void wf_merge_suggest_add (GtkWidget *text, const char *event_type);

G_END_DECLS
