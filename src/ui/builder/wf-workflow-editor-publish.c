/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's actions that keep a draft, publish it, try it without effect, and take back what it created. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-compare-dialog.h"
#include "wf-publish-question.h"
#include "wf-take-back-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfWorkflowEditor *editor; /* (owned) */
  WfWorkflow *workflow;     /* (owned) what was saved */
  gboolean publish;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->editor);
  wf_workflow_unref (save->workflow);
  g_free (save);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
go_back_with_toast (WfWorkflowEditor *self)
{
  GtkWidget *overlay =
      gtk_widget_get_ancestor (gtk_widget_get_parent (GTK_WIDGET (self)), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text =
      g_strdup_printf (_ ("“%s” is live"), wf_workflow_editor_get_workflow (self)->name);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (overlay != NULL ? ADW_TOAST_OVERLAY (overlay) : self->toasts, toast);
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  WfWorkflowEditor *self = save->editor;
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    {
      wf_workflow_document_mark_saved (self->document, save->workflow);
      if (save->publish)
        go_back_with_toast (self);
      else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        wf_workflow_editor_say (self, _ ("Kept as a draft"));
      wf_workflow_editor_show_document (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = g_strdup_printf (_ ("Not saved: %s"), error->message);

      wf_workflow_editor_say (self, text);
    }
}

static Save *
new_save (WfWorkflowEditor *self, gboolean publish)
{
  Save *request = g_new0 (Save, 1);

  request->editor = g_object_ref (self);
  request->workflow = wf_workflow_ref (wf_workflow_editor_get_workflow (self));
  request->publish = publish;
  return request;
}

void
wf_workflow_editor_save_draft (WfWorkflowEditor *self)
{
  Save *request = new_save (self, FALSE);

  wf_runtime_save_workflow_async (self->runtime, request->workflow, FALSE, NULL, on_saved, request);
}

static void
publish (WfInFlight in_flight, gpointer user_data)
{
  WfWorkflowEditor *self = user_data;
  Save *request = new_save (self, TRUE);

  wf_runtime_publish_workflow_async (self->runtime, request->workflow, in_flight, NULL, on_saved,
                                     request);
}

static void
on_publish (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  wf_publish_ask (widget, self->runtime, wf_workflow_editor_get_workflow (self), self->published,
                  publish, g_object_ref (self), g_object_unref);
}

static void
on_compare (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  adw_dialog_present (
      ADW_DIALOG (wf_compare_dialog_new (self->runtime, wf_workflow_editor_get_workflow (self))),
      widget);
}

static void
on_trial (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  adw_dialog_present (ADW_DIALOG (wf_compare_dialog_new_for_trial (
                          self->runtime, wf_workflow_editor_get_workflow (self))),
                      widget);
}

static void
on_take_back (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  if (self->published != NULL)
    adw_dialog_present (ADW_DIALOG (wf_take_back_dialog_new (self->runtime, self->published)),
                        widget);
}

static void
on_save_draft (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_workflow_editor_save_draft (WF_WORKFLOW_EDITOR (widget));
}

void
wf_workflow_editor_install_publish_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.publish", NULL, on_publish);
  gtk_widget_class_install_action (widget_class, "editor.save-draft", NULL, on_save_draft);
  gtk_widget_class_install_action (widget_class, "editor.compare", NULL, on_compare);
  gtk_widget_class_install_action (widget_class, "editor.trial", NULL, on_trial);
  gtk_widget_class_install_action (widget_class, "editor.take-back", NULL, on_take_back);
}
