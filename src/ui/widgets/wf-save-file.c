/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts something into a file that the person chooses. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-save-file.h"

typedef struct
{
  char *saved; /* (owned) */
  WfSaveFunc make;
  WfSaveSayFunc say;
  gpointer data;
  GDestroyNotify data_free; /* (nullable) */
} Save;

static void
save_free (Save *self)
{
  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self->saved);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  self->say (self->data, saved ? self->saved : error->message);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (GBytes) bytes = file != NULL ? self->make (self->data) : NULL;

  if (bytes != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         on_written, g_steal_pointer (&self));
  else if (error != NULL &&
           !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
           !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    self->say (self->data, error->message);
}

/**
 * wf_save_file:
 * @over: in the window that the dialog belongs to
 * @title: (nullable): of the dialog
 * @name: proposed for the file
 * @saved: said when the file is there
 * @make: makes what the file gets, once it was chosen
 * @say: tells the person that it is there, or what went wrong
 * @data: for @make and @say
 * @data_free: (nullable): frees @data at the end, in any case
 *
 * When the person changes their mind, nothing is said.
 */
void
wf_save_file (GtkWidget *over, const char *title, const char *name, const char *saved,
              WfSaveFunc make, WfSaveSayFunc say, gpointer data, GDestroyNotify data_free)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (over);
  Save *self = g_new (Save, 1);

  *self = (Save) { g_strdup (saved), make, say, data, data_free };
  if (title != NULL)
    gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_chosen,
                        self);
}
