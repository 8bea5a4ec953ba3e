/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a workflow's file. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-open-file.h"

#include "wf-toast.h"
#include "wf-workflow-file-dialog.h"

#include <glib/gi18n-lib.h>

#define MOST_BYTES ((gsize) 4 * 1024 * 1024)

typedef struct
{
  GtkWindow *window;  /* (owned) */
  WfRuntime *runtime; /* (owned) (nullable) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_clear_object (&opening->runtime);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
show_workflow (const Opening *opening, const char *name, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse (text, (gssize) length, MOST_BYTES, &error);

  if (document == NULL)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("“%s” is no workflow: %s"), name, error->message);
      wf_toast_show (GTK_WIDGET (opening->window), message);
      return;
    }
  AdwDialog *dialog = wf_workflow_file_dialog_new (opening->runtime, name, document);
  adw_dialog_present (dialog, GTK_WIDGET (opening->window));
}

static void
on_file_loaded (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  g_autofree char *name = g_file_get_basename (G_FILE (object));

  if (g_file_load_contents_finish (G_FILE (object), result, &text, &length, NULL, &error))
    show_workflow (opening, name, text, length);
  else
    wf_toast_show (GTK_WIDGET (opening->window), error->message);
}

static void
on_file_chosen (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, &error);

  if (file != NULL)
    g_file_load_contents_async (file, NULL, on_file_loaded, g_steal_pointer (&opening));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    wf_toast_show (GTK_WIDGET (opening->window), error->message);
}

void
wf_open_file_choose (GtkWindow *window, WfRuntime *runtime)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (window);
  g_set_object (&opening->runtime, runtime);
  gtk_file_filter_set_name (filter, _ ("Workflows"));
  gtk_file_filter_add_pattern (filter, "*.workflow.json");
  gtk_file_filter_add_pattern (filter, "*.json");
  gtk_file_dialog_set_title (dialog, _ ("Open a Workflow"));
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, window, NULL, on_file_chosen, opening);
}
