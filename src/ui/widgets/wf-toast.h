/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short messages at the foot of the window that a widget belongs to. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The window's content is an AdwToastOverlay; widget: the window or anything in it. text is plain. Nothing is shown when the
 * widget is in no such window. */
void wf_toast_show (GtkWidget *widget, const char *text);
/* With an Undo button. undo: called at most once; data is freed in any case. */
typedef void (*WfUndoFunc) (gpointer data);
void wf_toast_show_undo (GtkWidget *widget, const char *text, WfUndoFunc undo, gpointer data,
                         GDestroyNotify data_free);
/* With another button, for what is more to be said. */
void wf_toast_show_button (GtkWidget *widget, const char *text, const char *label, WfUndoFunc func,
                           gpointer data, GDestroyNotify data_free);
/* Takes the newest step back that was not yet, also when its toast is gone; FALSE when there is none. */
gboolean wf_toast_undo_last (GtkWidget *widget);
/* Another account: nothing of before can be taken back. */
void wf_toast_forget_undo (GtkWidget *widget);

G_END_DECLS
