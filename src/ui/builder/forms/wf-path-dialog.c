/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog of one path of a branch. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-path-dialog.h"

#include "wf-condition-editor.h"

struct _WfPathDialog
{
  AdwDialog parent_instance;

  AdwEntryRow *name;
  WfConditionEditor *condition;

  WfWorkflowDocument *document;
  char *branch;
  guint path;
};

G_DEFINE_FINAL_TYPE (WfPathDialog, wf_path_dialog, ADW_TYPE_DIALOG)

/* NULL when the branch or its path is gone. */
static WfPath *
find_path (WfWorkflow *workflow, const char *branch, guint index)
{
  WfStep *step = wf_workflow_find_step (workflow, branch);

  if (step == NULL || step->kind != WF_STEP_BRANCH || index >= step->paths->len)
    return NULL;
  return g_ptr_array_index (step->paths, index);
}

static void
on_cancel_clicked (WfPathDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfPathDialog *self)
{
  g_autoptr (WfWorkflow) next =
      wf_workflow_copy (wf_workflow_document_get_workflow (self->document));
  WfPath *path = find_path (next, self->branch, self->path);

  if (path != NULL)
    {
      g_free (path->name);
      path->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
      g_clear_pointer (&path->condition, wf_condition_unref);
      path->condition = wf_condition_editor_dup_condition (self->condition);
      wf_workflow_document_change (self->document, g_steal_pointer (&next), NULL);
    }
  adw_dialog_close (ADW_DIALOG (self));
}

static void
wf_path_dialog_dispose (GObject *object)
{
  WfPathDialog *self = WF_PATH_DIALOG (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->branch, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PATH_DIALOG);
  G_OBJECT_CLASS (wf_path_dialog_parent_class)->dispose (object);
}

static void
wf_path_dialog_class_init (WfPathDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_path_dialog_dispose;
  g_type_ensure (WF_TYPE_CONDITION_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-path-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPathDialog, name);
  gtk_widget_class_bind_template_child (widget_class, WfPathDialog, condition);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
wf_path_dialog_init (WfPathDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* branch: step id; path: index of one of its paths. Saving changes the document. */
WfPathDialog *
wf_path_dialog_new (WfWorkflowDocument *document, const char *branch, guint path)
{
  WfPathDialog *self = g_object_new (WF_TYPE_PATH_DIALOG, NULL);
  WfWorkflow *workflow = wf_workflow_document_get_workflow (document);
  const WfPath *found = find_path (workflow, branch, path);

  self->document = g_object_ref (document);
  self->branch = g_strdup (branch);
  self->path = path;
  wf_condition_editor_set_event (self->condition, workflow->event);
  if (found != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name), found->name != NULL ? found->name : "");
      wf_condition_editor_set_condition (self->condition, found->condition,
                                         wf_workflow_document_get_organisation (document));
    }
  return self;
}
