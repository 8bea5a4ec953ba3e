/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving what takes a while to make: asked for, made, written and said, and what comes in between. */
#include "wf-save-file.h"
#include "wf-test-folder.h"
#include "wf-window-check.h"

#include <glib/gstdio.h>

typedef struct
{
  char *path; /* (owned) of the file that is chosen */
  GtkWidget *window;
  GtkWidget *page;
  GCancellable *cancellable;
} Fixture;

/* The folder is the same for all tests: the dialog begins where it was last. */
static void
set_up (Fixture *self, gconstpointer folder)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->path = g_build_filename (folder, "leads.csv", NULL);
  self->cancellable = g_cancellable_new ();
  self->page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 600, 400);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
is_last_reference (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

/* Whatever happened, nothing keeps the page or its cancellable. */
static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_true (wf_window_check_wait (is_last_reference, self->cancellable));
  g_object_ref (self->page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_true (wf_window_check_wait (is_last_reference, self->page));
  g_object_unref (self->page);
  g_object_unref (self->cancellable);
  g_remove (self->path);
  g_free (self->path);
}

/* ---- what is made ------------------------------------------------------------------------------ */

static gboolean
on_idle (gpointer data)
{
  GTask *task = G_TASK (data);
  const char *fails = g_object_get_data (g_task_get_source_object (task), "fails");

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (fails != NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_FAILED, fails);
  else
    g_task_return_pointer (task, g_bytes_new_static ("name\nMaria\n", 11),
                           (GDestroyNotify) g_bytes_unref);
  return G_SOURCE_REMOVE;
}

static void
make (GtkWidget *over, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (over, cancellable, callback, user_data);

  g_object_set_data (G_OBJECT (over), "made", GINT_TO_POINTER (TRUE));
  g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, task, g_object_unref);
  if (g_object_get_data (G_OBJECT (over), "closes") != NULL)
    g_cancellable_cancel (cancellable);
}

static GBytes *
finish (GtkWidget *over, GAsyncResult *result, GError **error)
{
  g_assert_true (g_task_is_valid (result, over));
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
was_made (Fixture *self)
{
  return g_object_get_data (G_OBJECT (self->page), "made") != NULL;
}

/* ---- the dialog -------------------------------------------------------------------------------- */

#define TITLE "Save the Leads"

/* By its title: GTK complains in a window of its own when a dialog is closed while it still reads its folder. */
static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), TITLE) == 0 &&
          gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  GtkWindow *dialog = find_dialog ();
  GtkWidget *entry =
      dialog != NULL ? wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT, NULL) : NULL;

  return entry != NULL && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "leads.csv");
}

static gboolean
has_no_dialog (gpointer data)
{
  return find_dialog () == NULL;
}

static GtkWindow *
ask (Fixture *self)
{
  wf_save_file_made (self->page, TITLE, "leads.csv", "The leads were saved", make, finish,
                     self->cancellable);
  g_assert_true (wf_window_check_wait (has_dialog, self));
  g_assert_false (was_made (self));
  return find_dialog ();
}

static gboolean
is_sensitive (gpointer data)
{
  return gtk_widget_is_sensitive (gtk_window_get_default_widget (GTK_WINDOW (data)));
}

static void
choose (Fixture *self, GtkWindow *dialog, const char *path)
{
  GtkWidget *entry = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), path);
  g_assert_true (wf_window_check_wait (is_sensitive, dialog));
  gtk_widget_activate_default (GTK_WIDGET (dialog));
  g_assert_true (wf_window_check_wait (has_no_dialog, self));
}

typedef struct
{
  Fixture *fixture;
  const char *text;
} Expected;

static gboolean
is_said (gpointer data)
{
  const Expected *expected = data;

  return wf_window_check_has_text (expected->fixture->window, expected->text);
}

static void
expect (Fixture *self, const char *text)
{
  Expected expected = { self, text };

  g_assert_true (wf_window_check_wait (is_said, &expected));
}

static void
assert_says_nothing (Fixture *self)
{
  g_assert_true (wf_window_check_wait (is_last_reference, self->cancellable));
  g_assert_null (wf_window_check_find (self->window, GTK_TYPE_LABEL, NULL));
}

/* ---- tests ------------------------------------------------------------------------------------- */

static void
test_saved (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  choose (self, ask (self), self->path);
  expect (self, "The leads were saved");
  g_file_get_contents (self->path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "name\nMaria\n");
}

static void
test_dismissed (Fixture *self, gconstpointer data)
{
  gtk_window_close (ask (self));
  assert_says_nothing (self);
  g_assert_false (was_made (self));
}

static void
test_cannot_be_made (Fixture *self, gconstpointer data)
{
  g_object_set_data (G_OBJECT (self->page), "fails", (gpointer) "The store is full");
  choose (self, ask (self), self->path);
  expect (self, "The store is full");
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

/* The page is closed while the dialog is open: nothing is read for a file that nobody waits for. */
static void
test_closed_before (Fixture *self, gconstpointer data)
{
  GtkWindow *dialog = ask (self);

  g_cancellable_cancel (self->cancellable);
  choose (self, dialog, self->path);
  assert_says_nothing (self);
  g_assert_false (was_made (self));
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

/* The page is closed while the file's content is made. */
static void
test_closed_meanwhile (Fixture *self, gconstpointer data)
{
  g_object_set_data (G_OBJECT (self->page), "closes", GINT_TO_POINTER (TRUE));
  choose (self, ask (self), self->path);
  assert_says_nothing (self);
  g_assert_true (was_made (self));
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

#define ADD(name, func) g_test_add ("/save-file/" name, Fixture, path, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  WfTestFolder *folder;
  int status;

  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  folder = wf_test_folder_new ();
  path = wf_test_folder_build (folder, "");
  ADD ("saved", test_saved);
  ADD ("dismissed", test_dismissed);
  ADD ("cannot-be-made", test_cannot_be_made);
  ADD ("closed-before", test_closed_before);
  ADD ("closed-meanwhile", test_closed_meanwhile);
  status = g_test_run ();
  wf_test_folder_free (folder);
  return status;
}
