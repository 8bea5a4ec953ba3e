/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's actions that put the workflow into a file or on paper (B22,
 * B24). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-workflow-file-name.h"
#include "wf-workflow-print.h"
#include "wf-workflow-save.h"

#include <glib/gi18n-lib.h>

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
  else if (wf_workflow_print_to_pdf (wf_workflow_editor_get_workflow (self),
                                     wf_builder_context_get_organisation (self->context), path,
                                     &error))
    wf_workflow_editor_say (self, _ ("Saved as PDF"));
  else
    wf_workflow_editor_say (self, error->message);
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
