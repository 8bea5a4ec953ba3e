/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the workflow of a file as sentences, and the problems in it with their places. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-file-dialog.h"

#include "wf-sentence.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfWorkflowFileDialog
{
  AdwDialog parent_instance;

  WfRuntime *runtime;   /* (owned) (nullable) */
  WfWorkflow *workflow; /* (owned) (nullable) */
  GtkWidget *import_button;
  GtkLabel *sentences;
  AdwPreferencesGroup *problems;
};

G_DEFINE_FINAL_TYPE (WfWorkflowFileDialog, wf_workflow_file_dialog, ADW_TYPE_DIALOG)

static void
add_problem (WfWorkflowFileDialog *self, const WfProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean is_error = problem->severity == WF_PROBLEM_ERROR;
  GtkWidget *icon =
      gtk_image_new_from_icon_name (is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, is_error ? "error" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_error ? _ ("Error") : _ ("Warning"), -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), problem->path);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (self->problems, row);
}

static void
show_problems (WfWorkflowFileDialog *self, const WfProblems *problems)
{
  guint n = wf_problems_get_n (problems);
  g_autofree char *title = g_strdup_printf (ngettext ("%u Problem", "%u Problems", n), n);

  gtk_widget_set_visible (GTK_WIDGET (self->problems), n > 0);
  adw_preferences_group_set_title (self->problems, title);
  for (guint i = 0; i < n; i++)
    add_problem (self, wf_problems_get (problems, i));
}

static void
on_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowFileDialog) self = WF_WORKFLOW_FILE_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean saved = wf_runtime_command_finish (WF_RUNTIME (object), result, &error);

  if (window != NULL)
    wf_toast_show (window, saved ? _ ("Kept as a draft") : error->message);
  if (self->import_button != NULL)
    adw_dialog_close (ADW_DIALOG (self));
}

/* A new id: the file's own may be that of a workflow which is already there. */
static void
on_import_clicked (WfWorkflowFileDialog *self)
{
  g_autoptr (WfWorkflow) draft = wf_workflow_copy (self->workflow);
  g_autoptr (WfWorkflow) fresh = wf_workflow_new (draft->name);

  g_free (draft->id);
  draft->id = g_strdup (fresh->id);
  draft->state = WF_WORKFLOW_DRAFT;
  draft->version = 1;
  gtk_widget_set_sensitive (self->import_button, FALSE);
  wf_runtime_save_workflow_async (self->runtime, draft, FALSE, NULL, on_saved, g_object_ref (self));
}

static void
wf_workflow_file_dialog_dispose (GObject *object)
{
  WfWorkflowFileDialog *self = WF_WORKFLOW_FILE_DIALOG (object);

  g_clear_object (&self->runtime);
  g_clear_pointer (&self->workflow, wf_workflow_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_WORKFLOW_FILE_DIALOG);
  G_OBJECT_CLASS (wf_workflow_file_dialog_parent_class)->dispose (object);
}

static void
wf_workflow_file_dialog_class_init (WfWorkflowFileDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_workflow_file_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-workflow-file-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowFileDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowFileDialog, sentences);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowFileDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
}

static void
wf_workflow_file_dialog_init (WfWorkflowFileDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_workflow_file_dialog_new (WfRuntime *runtime, const char *name, WfJsonDocument *document)
{
  WfWorkflowFileDialog *self = g_object_new (WF_TYPE_WORKFLOW_FILE_DIALOG, "title", name, NULL);
  WfOrganisation *organisation = runtime != NULL ? wf_runtime_get_organisation (runtime) : NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  g_set_object (&self->runtime, runtime);
  self->workflow = wf_workflow_read (wf_json_document_get_root (document), problems);
  if (self->workflow != NULL)
    {
      wf_workflow_validate (self->workflow, organisation, problems);
      g_autofree char *text = wf_sentence_for_workflow (self->workflow, organisation);
      adw_dialog_set_title (ADW_DIALOG (self), self->workflow->name);
      gtk_label_set_text (self->sentences, text);
      gtk_widget_set_visible (GTK_WIDGET (self->sentences), TRUE);
    }
  show_problems (self, problems);
  gtk_widget_set_visible (self->import_button,
                          self->workflow != NULL && runtime != NULL &&
                              wf_runtime_may (runtime, WF_RIGHT_EDIT_WORKFLOWS));
  return ADW_DIALOG (self);
}
