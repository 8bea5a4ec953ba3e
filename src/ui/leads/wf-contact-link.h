/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls a number and writes to an address with the person's own programs. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where no program opens it, it is copied and that is said. widget: in the window that is told. */
void wf_contact_call (GtkWidget *widget, const char *phone);
void wf_contact_write (GtkWidget *widget, const char *email);
/* An address of the web; anything else is not opened. */
void wf_contact_browse (GtkWidget *widget, const char *url);

G_END_DECLS
