/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the workflows of a file as sentences, what they need of the company, and the problems in them with their places (B22). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-file-dialog.h"

#include "wf-need-row.h"
#include "wf-package.h"
#include "wf-plain-text.h"
#include "wf-sentence.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfWorkflowFileDialog
{
  AdwDialog parent_instance;

  WfRuntime *runtime; /* (owned) (nullable) */
  WfPackage *package; /* (owned) (nullable) */
  GPtrArray *rows;    /* of WfNeedRow, borrowed from the group */
  GPtrArray *drafts;  /* (owned) (nullable) of WfWorkflow: still to be saved, the next one last */
  guint n_saved;
  GtkWidget *
      window; /* (weak) (nullable) that it was in when the import began: who closes the dialog is told there */
  GtkWidget *import_button;
  GtkLabel *sentences;
  AdwPreferencesGroup *needs;
  AdwPreferencesGroup *problems;
};

G_DEFINE_FINAL_TYPE (WfWorkflowFileDialog, wf_workflow_file_dialog, ADW_TYPE_DIALOG)

static void
add_problem (WfWorkflowFileDialog *self, const WfProblem *problem)
{
  GtkWidget *row = wf_plain_row_new (problem->text, problem->path);

  wf_plain_row_add_severity (ADW_ACTION_ROW (row), problem->severity == WF_PROBLEM_ERROR);
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

/* ---- keeping ---- */

static void save_next (WfWorkflowFileDialog *self);

static void
say (WfWorkflowFileDialog *self, const char *text)
{
  if (self->window != NULL)
    wf_toast_show (self->window, text);
}

static void
on_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowFileDialog) self = WF_WORKFLOW_FILE_DIALOG (user_data);
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    {
      self->n_saved++;
      save_next (self);
      return;
    }
  say (self, error->message);
  if (self->import_button != NULL)
    gtk_widget_set_sensitive (self->import_button, TRUE);
}

/* One after the other: what was kept stays when a later one fails. */
static void
save_next (WfWorkflowFileDialog *self)
{
  g_autoptr (WfWorkflow) draft = NULL;
  g_autofree char *text = NULL;

  if (self->drafts->len > 0)
    {
      draft = g_ptr_array_steal_index (self->drafts, self->drafts->len - 1);
      wf_runtime_save_workflow_async (self->runtime, draft, FALSE, NULL, on_saved,
                                      g_object_ref (self));
      return;
    }
  text = g_strdup_printf (
      ngettext ("%u workflow kept as a draft", "%u workflows kept as drafts", self->n_saved),
      self->n_saved);
  say (self, text);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL) /* nobody closed it meanwhile */
    adw_dialog_close (ADW_DIALOG (self));
}

static GHashTable *
make_map (WfWorkflowFileDialog *self)
{
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      WfNeedRow *row = g_ptr_array_index (self->rows, i);
      const char *choice = wf_need_row_get_choice (row);

      g_hash_table_insert (map, wf_need_row_dup_key (row), g_strdup (choice != NULL ? choice : ""));
    }
  return map;
}

static void
on_present_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowFileDialog) self = WF_WORKFLOW_FILE_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
      wf_runtime_list_workflows_finish (WF_RUNTIME (object), result, &error);
  g_autoptr (GPtrArray) present = g_ptr_array_new ();
  g_autoptr (GHashTable) map = make_map (self);

  if (entries == NULL)
    {
      say (self, error->message);
      if (self->import_button != NULL)
        gtk_widget_set_sensitive (self->import_button, TRUE);
      return;
    }
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (present, ((WfRuntimeWorkflow *) g_ptr_array_index (entries, i))->workflow);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  self->drafts = wf_package_import (self->package, map, present, NULL);
  save_next (self);
}

/* A draft may be incomplete: what has no answer is a problem that its editor shows. */
static void
on_import_clicked (WfWorkflowFileDialog *self)
{
  g_set_weak_pointer (&self->window, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_widget_set_sensitive (self->import_button, FALSE);
  wf_runtime_list_workflows_async (self->runtime, NULL, on_present_listed, g_object_ref (self));
}

/* ---- object ---- */

static void
wf_workflow_file_dialog_dispose (GObject *object)
{
  WfWorkflowFileDialog *self = WF_WORKFLOW_FILE_DIALOG (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_WORKFLOW_FILE_DIALOG);
  g_clear_pointer (&self->package, wf_package_free); /* the rows look into it */
  G_OBJECT_CLASS (wf_workflow_file_dialog_parent_class)->dispose (object);
}

static void
wf_workflow_file_dialog_class_init (WfWorkflowFileDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_workflow_file_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "workflows/wf-workflow-file-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowFileDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowFileDialog, sentences);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowFileDialog, needs);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowFileDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
}

static void
wf_workflow_file_dialog_init (WfWorkflowFileDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

static void
show_needs (WfWorkflowFileDialog *self, const WfOrganisation *organisation)
{
  wf_package_match (self->package, organisation);
  for (guint i = 0; i < self->package->needs->len; i++)
    {
      const WfPackageNeed *need = g_ptr_array_index (self->package->needs, i);
      WfNeedRow *row;

      if (g_str_equal (need->kind, "field"))
        continue; /* becomes itself: an organisation does not list the fields of its CRM */
      row = wf_need_row_new (need, organisation);
      adw_preferences_group_add (self->needs, GTK_WIDGET (row));
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->needs), self->rows->len > 0);
}

static void
show_workflows (WfWorkflowFileDialog *self, const WfOrganisation *organisation,
                WfProblems *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->package->workflows->len; i++)
    {
      const WfWorkflow *workflow = g_ptr_array_index (self->package->workflows, i);
      g_autofree char *sentences = wf_sentence_for_workflow (workflow, organisation);

      if (i == 0)
        adw_dialog_set_title (ADW_DIALOG (self), workflow->name);
      else
        g_string_append (text, "\n\n");
      if (self->package->workflows->len > 1)
        g_string_append_printf (text, "%s\n", workflow->name);
      g_string_append (text, sentences);
      wf_workflow_validate (workflow, organisation, problems);
    }
  gtk_label_set_text (self->sentences, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->sentences), text->len > 0);
}

AdwDialog *
wf_workflow_file_dialog_new (WfRuntime *runtime, const char *name, WfJsonDocument *document)
{
  WfWorkflowFileDialog *self = g_object_new (WF_TYPE_WORKFLOW_FILE_DIALOG, "title", name, NULL);
  WfOrganisation *organisation = runtime != NULL ? wf_runtime_get_organisation (runtime) : NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  g_set_object (&self->runtime, runtime);
  self->package = wf_package_read (wf_json_document_get_root (document), problems);
  if (self->package != NULL)
    {
      if (organisation != NULL)
        show_needs (self, organisation);
      show_workflows (self, organisation, problems);
    }
  show_problems (self, problems);
  gtk_widget_set_visible (self->import_button,
                          self->package != NULL && self->package->workflows->len > 0 &&
                              runtime != NULL && wf_runtime_may (runtime, WF_RIGHT_EDIT_WORKFLOWS));
  return ADW_DIALOG (self);
}
