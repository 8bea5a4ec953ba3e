/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts something into a file that the person chooses. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the file gets, made when it was chosen. NULL: there is nothing any more. Owned by the caller. */
typedef GBytes *(*WfSaveFunc) (gpointer data);
/* Tells the person in one sentence; data: that of wf_save_file(). */
typedef void (*WfSaveSayFunc) (gpointer data, const char *text);

/* over: in the window that the dialog belongs to. title: nullable. name: proposed for the file. saved: said when it is there;
 * what went wrong is said otherwise, and nothing when the person changes their mind. data: freed at the end in any case. */
void wf_save_file (GtkWidget *over, const char *title, const char *name, const char *saved,
                   WfSaveFunc make, WfSaveSayFunc say, gpointer data, GDestroyNotify data_free);

G_END_DECLS
