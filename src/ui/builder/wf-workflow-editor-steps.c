/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's actions that change steps and paths: each makes a new version of the document. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-action-dialog.h"
#include "wf-path-dialog.h"
#include "wf-settings-dialog.h"
#include "wf-step-dialog.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>

static WfWorkflow *
copy_workflow (WfWorkflowEditor *self)
{
  return wf_workflow_copy (wf_workflow_editor_get_workflow (self));
}

static void
present_step_dialog (WfWorkflowEditor *self, const WfStepPlace *place, const WfStep *step)
{
  AdwDialog *dialog;

  if (wf_step_kind_is_activity (step->kind))
    dialog = ADW_DIALOG (
        wf_action_dialog_new (self->document, place, step, wf_runtime_get_clock (self->runtime)));
  else if (wf_step_kind_has_settings (step->kind))
    dialog = ADW_DIALOG (wf_settings_dialog_new (self->document, place, step));
  else
    dialog = ADW_DIALOG (wf_step_dialog_new (self->document, place, step));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
wf_workflow_editor_open_item (WfWorkflowEditor *self, WfOutlineItem *item)
{
  if (!self->editable)
    return;
  if (wf_outline_item_is_path (item))
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.edit-path", "(su)",
                                wf_outline_item_get_step (item), wf_outline_item_get_path (item));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.edit-step", "s",
                                wf_outline_item_get_step (item));
}

static WfStep *
make_branch (WfWorkflow *workflow)
{
  WfStep *step = wf_step_new (WF_STEP_BRANCH);
  const char *const names[] = { _ ("Path 1"), _ ("Otherwise") };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (step->paths, wf_path_new (names[i]));
  return step;
}

static void
add_step (WfWorkflowEditor *self, const char *kind, const WfStepPlace *place)
{
  g_autoptr (WfStep) step = NULL;
  const WfStepKindInfo *info;

  if (g_str_equal (kind, "branch"))
    {
      WfWorkflow *next = copy_workflow (self);

      if (wf_workflow_edit_insert (next, place, make_branch (next)))
        wf_workflow_document_change (self->document, next, NULL);
      else
        wf_workflow_unref (next);
      return;
    }
  info = wf_step_catalogue_find (kind);
  g_return_if_fail (info != NULL);
  step = wf_step_new (info->kind);
  present_step_dialog (self, place, step);
}

static void
on_add_step (GtkWidget *widget, const char *action, GVariant *target)
{
  const char *kind, *branch;
  WfStepPlace place = { .position = G_MAXUINT };

  g_variant_get (target, "(&s&su)", &kind, &branch, &place.path);
  place.branch = *branch != '\0' ? branch : NULL;
  add_step (WF_WORKFLOW_EDITOR (widget), kind, &place);
}

static void
on_add_action (GtkWidget *widget, const char *action, GVariant *target)
{
  const WfStepPlace place = { .position = G_MAXUINT };

  add_step (WF_WORKFLOW_EDITOR (widget), "create-activity", &place);
}

static void
on_edit_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  const WfStepPlace place = { .position = G_MAXUINT };
  const WfStep *step = wf_workflow_find_step (wf_workflow_editor_get_workflow (self),
                                              g_variant_get_string (target, NULL));

  if (step != NULL && step->kind != WF_STEP_BRANCH && step->kind != WF_STEP_OTHER)
    present_step_dialog (self, &place, step);
}

static void
change_or_drop (WfWorkflowEditor *self, WfWorkflow *next, gboolean changed)
{
  if (changed)
    wf_workflow_document_change (self->document, next, NULL);
  else
    wf_workflow_unref (next);
}

static void
on_remove_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  AdwToast *toast;

  change_or_drop (self, next, wf_workflow_edit_remove (next, g_variant_get_string (target, NULL)));
  toast = adw_toast_new (_ ("Step deleted"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "editor.undo");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_move_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  int by = g_str_equal (action, "editor.move-up") ? -1 : 1;

  change_or_drop (self, next,
                  wf_workflow_edit_move (next, g_variant_get_string (target, NULL), by));
}

static void
on_duplicate_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);

  change_or_drop (self, next,
                  wf_workflow_edit_duplicate (next, g_variant_get_string (target, NULL)));
}

/* ---- paths of a branch ---- */

static void
on_add_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  WfStep *branch = wf_workflow_find_step (next, g_variant_get_string (target, NULL));
  gboolean found = branch != NULL && branch->kind == WF_STEP_BRANCH;

  if (found)
    {
      /* Before the last one, which usually is "otherwise". */
      g_autofree char *name = g_strdup_printf (_ ("Path %u"), branch->paths->len);

      g_ptr_array_insert (branch->paths, branch->paths->len > 0 ? (int) branch->paths->len - 1 : 0,
                          wf_path_new (name));
    }
  change_or_drop (self, next, found);
}

static void
on_edit_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  const char *branch;
  guint path;

  g_variant_get (target, "(&su)", &branch, &path);
  adw_dialog_present (ADW_DIALOG (wf_path_dialog_new (self->document, branch, path)), widget);
}

static void
on_remove_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  const char *id;
  guint path;

  g_variant_get (target, "(&su)", &id, &path);
  WfStep *branch = wf_workflow_find_step (next, id);
  gboolean found = branch != NULL && branch->kind == WF_STEP_BRANCH && path < branch->paths->len;

  if (found)
    g_ptr_array_remove_index (branch->paths, path);
  change_or_drop (self, next, found);
}

void
wf_workflow_editor_install_step_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.add-action", NULL, on_add_action);
  gtk_widget_class_install_action (widget_class, "editor.add-step", "(ssu)", on_add_step);
  gtk_widget_class_install_action (widget_class, "editor.edit-step", "s", on_edit_step);
  gtk_widget_class_install_action (widget_class, "editor.remove-step", "s", on_remove_step);
  gtk_widget_class_install_action (widget_class, "editor.move-up", "s", on_move_step);
  gtk_widget_class_install_action (widget_class, "editor.move-down", "s", on_move_step);
  gtk_widget_class_install_action (widget_class, "editor.duplicate", "s", on_duplicate_step);
  gtk_widget_class_install_action (widget_class, "editor.add-path", "s", on_add_path);
  gtk_widget_class_install_action (widget_class, "editor.edit-path", "(su)", on_edit_path);
  gtk_widget_class_install_action (widget_class, "editor.remove-path", "(su)", on_remove_path);
}
