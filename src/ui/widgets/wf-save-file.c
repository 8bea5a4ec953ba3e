/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts something into a file that the person chooses. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-save-file.h"

#include "wf-toast.h"

/* ---- asking and writing ------------------------------------------------------------------------ */

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

/* Takes self. */
static void
write_file (Save *self, GFile *file, GBytes *bytes)
{
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       on_written, self);
}

/* The chosen file, owned by the caller; NULL: none. That the person changed their mind is no error. */
static GFile *
finish_choice (GObject *dialog, GAsyncResult *result, Save *self)
{
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, &error);

  if (file == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    self->say (self->data, error->message);
  return file;
}

static void
ask (GtkWidget *over, const char *title, const char *name, GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (over);

  if (title != NULL)
    gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, callback,
                        user_data);
}

/* ---- what is made at once ---------------------------------------------------------------------- */

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) self = user_data;
  g_autoptr (GFile) file = finish_choice (source, result, self);
  g_autoptr (GBytes) bytes = file != NULL ? self->make (self->data) : NULL;

  if (bytes != NULL)
    write_file (g_steal_pointer (&self), file, bytes);
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
  Save *self = g_new (Save, 1);

  *self = (Save) { g_strdup (saved), make, say, data, data_free };
  ask (over, title, name, on_chosen, self);
}

/* ---- what takes a while to make ---------------------------------------------------------------- */

typedef struct
{
  GtkWidget *over; /* (owned) */
  WfSaveMakeAsync make;
  WfSaveMakeFinish finish;
  GCancellable *cancellable; /* (owned) */
  GFile *file;               /* (owned) (nullable) until it was chosen */
} Making;

static void
making_free (gpointer data)
{
  Making *self = data;

  g_object_unref (self->over);
  g_object_unref (self->cancellable);
  g_clear_object (&self->file);
  g_free (self);
}

/* A page that was closed has no window that could say it. */
static void
say (gpointer data, const char *text)
{
  const Making *self = data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    wf_toast_show (self->over, text);
}

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) self = user_data;
  const Making *making = self->data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = making->finish (making->over, result, &error);

  if (bytes == NULL)
    say (self->data, error->message);
  else
    write_file (g_steal_pointer (&self), making->file, bytes);
}

static void
on_place_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) self = user_data;
  Making *making = self->data;

  making->file = finish_choice (source, result, self);
  if (making->file != NULL && !g_cancellable_is_cancelled (making->cancellable))
    making->make (making->over, making->cancellable, on_made, g_steal_pointer (&self));
}

/**
 * wf_save_file_made:
 * @over: what is saved from; it is kept until the end, and its window owns the dialog
 * @title: (nullable): of the dialog
 * @name: proposed for the file
 * @saved: said when the file is there
 * @make: begins to make what the file gets, once it was chosen
 * @finish: what was made
 * @cancellable: of the page: once it is cancelled nothing is made or said any more
 *
 * Like wf_save_file() for what takes a while to make. How it ended is said at the foot of the window.
 */
void
wf_save_file_made (GtkWidget *over, const char *title, const char *name, const char *saved,
                   WfSaveMakeAsync make, WfSaveMakeFinish finish, GCancellable *cancellable)
{
  Making *making = g_new0 (Making, 1);
  Save *self = g_new0 (Save, 1);

  *making = (Making) {
    .over = g_object_ref (over),
    .make = make,
    .finish = finish,
    .cancellable = g_object_ref (cancellable),
  };
  *self =
      (Save) { .saved = g_strdup (saved), .say = say, .data = making, .data_free = making_free };
  ask (over, title, name, on_place_chosen, self);
}
