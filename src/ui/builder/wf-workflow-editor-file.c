/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's actions that put the workflow into a file or on paper (B22,
 * B24). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-workflow-file-name.h"
#include "wf-workflow-print.h"
#include "wf-workflow-save.h"

#include <glib/gi18n-lib.h>

#define PAGES_WITHOUT_PROGRESS 20

/* ---- as a package ---- */

static void
say (GtkWidget *editor, const char *text)
{
  wf_workflow_editor_say (WF_WORKFLOW_EDITOR (editor), text);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  wf_workflow_save_to_file (widget, wf_workflow_editor_get_workflow (self),
                            wf_builder_context_get_organisation (self->context), say);
}

/* ---- on paper ---- */

static void
on_print_failed (const char *text, gpointer user_data)
{
  wf_workflow_editor_say (WF_WORKFLOW_EDITOR (user_data), text);
}

static void
on_print (GtkWidget *widget, const char *action, GVariant *target)
{
  /* The main loop runs while the person prints. */
  g_autoptr (WfWorkflowEditor) self = g_object_ref (WF_WORKFLOW_EDITOR (widget));
  GtkRoot *root = gtk_widget_get_root (widget);

  wf_workflow_print (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                     wf_workflow_editor_get_workflow (self),
                     wf_builder_context_get_organisation (self->context), on_print_failed, self);
}

/* A PDF on its way: told once it has more pages than are written before anybody looks. */
typedef struct
{
  WfWorkflowEditor *editor;  /* (owned) */
  GCancellable *cancellable; /* (owned) */
  AdwToast *toast;           /* (owned) (nullable) */
} Pdf;

static void
pdf_free (Pdf *self)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  g_object_unref (self->cancellable);
  g_object_unref (self->editor);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pdf, pdf_free)

static void
show_pdf_toast (Pdf *self)
{
  self->toast = g_object_ref_sink (adw_toast_new (""));
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_button_label (self->toast, _ ("_Cancel"));
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (g_cancellable_cancel),
                           self->cancellable, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->editor->toasts, g_object_ref (self->toast));
}

static void
on_pdf_progress (guint page, guint n_pages, gpointer user_data)
{
  Pdf *self = user_data;
  g_autofree char *text = NULL;

  if (n_pages < PAGES_WITHOUT_PROGRESS)
    return;
  if (self->toast == NULL)
    show_pdf_toast (self);
  text = g_strdup_printf (_ ("Saving as PDF: page %1$u of %2$u"), page, n_pages);
  adw_toast_set_title (self->toast, text);
}

static void
on_pdf_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pdf) pdf = user_data;
  g_autoptr (GError) error = NULL;

  if (wf_workflow_print_to_pdf_finish (result, &error))
    wf_workflow_editor_say (pdf->editor, _ ("Saved as PDF"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wf_workflow_editor_say (pdf->editor, error->message);
}

static void
write_pdf (WfWorkflowEditor *self, const char *path)
{
  Pdf *pdf = g_new0 (Pdf, 1);

  pdf->editor = g_object_ref (self);
  pdf->cancellable = g_cancellable_new ();
  wf_workflow_print_to_pdf_async (wf_workflow_editor_get_workflow (self),
                                  wf_builder_context_get_organisation (self->context), path,
                                  on_pdf_progress, pdf, pdf->cancellable, on_pdf_written, pdf);
}

static void
on_pdf_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autofree char *path = NULL;

  if (file == NULL)
    {
      if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_FAILED))
        wf_workflow_editor_say (self, error->message);
      return; /* else the person changed their mind */
    }
  path = g_file_get_path (file);
  if (path == NULL)
    wf_workflow_editor_say (self, _ ("A PDF can be written to a folder of this computer only"));
  else
    write_pdf (self, path);
}

static void
choose_pdf_file (WfWorkflowEditor *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name =
      wf_workflow_make_file_name (wf_workflow_editor_get_workflow (self), ".pdf");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable,
                        on_pdf_file_chosen, g_object_ref (self));
}

static void
on_export_pdf (GtkWidget *widget, const char *action, GVariant *target)
{
  choose_pdf_file (WF_WORKFLOW_EDITOR (widget));
}

void
wf_workflow_editor_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.export", NULL, on_export);
  gtk_widget_class_install_action (widget_class, "editor.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "editor.export-pdf", NULL, on_export_pdf);
}
