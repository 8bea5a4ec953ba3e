/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that offers the fields of an event, for texts with merge fields (R140). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*WfFieldChosen) (const char *field, gpointer user_data);
/* filter: nullable; which fields are offered. */
GtkWidget *wf_field_menu_new (const char *event_type, gboolean (*filter) (const char *field),
                              WfFieldChosen chosen, gpointer user_data);

G_END_DECLS
