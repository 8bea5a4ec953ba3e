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

/* What the file gets when that takes a while: made when the file was chosen, for the widget that it is saved from. */
typedef void (*WfSaveMakeAsync) (GtkWidget *over, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/* Owned by the caller; NULL with the error. */
typedef GBytes *(*WfSaveMakeFinish) (GtkWidget *over, GAsyncResult *result, GError **error);

/* The same for what takes a while to make. over: is kept until the end. cancellable: cancelled, nothing is made or said any
 * more. How it ended is said at the foot of the window. */
void wf_save_file_made (GtkWidget *over, const char *title, const char *name, const char *saved,
                        WfSaveMakeAsync make, WfSaveMakeFinish finish, GCancellable *cancellable);

G_END_DECLS
