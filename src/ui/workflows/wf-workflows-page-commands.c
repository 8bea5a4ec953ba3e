/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a workflow of the list: duplicate it, put it into a file, archive it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflows-page-private.h"

#include "wf-health-dialog.h"
#include "wf-workflow-save.h"

#include <glib/gi18n-lib.h>

/* ---- duplicating ---- */

static void
on_duplicate (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowsPage *self = WF_WORKFLOWS_PAGE (widget);
  WfWorkflowItem *item = wf_workflows_page_find_item (self, g_variant_get_string (target, NULL));
  g_autoptr (WfWorkflow) copy = NULL;

  if (item == NULL || self->runtime == NULL)
    return;
  copy = wf_workflow_duplicate (wf_workflow_item_get_latest (item));
  wf_workflows_page_edit (self, copy);
}

/* ---- to a file ---- */

static void
say (GtkWidget *page, const char *text)
{
  wf_workflows_page_say (WF_WORKFLOWS_PAGE (page), text);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowsPage *self = WF_WORKFLOWS_PAGE (widget);
  WfWorkflowItem *item = wf_workflows_page_find_item (self, g_variant_get_string (target, NULL));

  if (item != NULL && self->runtime != NULL)
    wf_workflow_save_to_file (widget, wf_workflow_item_get_latest (item),
                              wf_runtime_get_organisation (self->runtime), say);
}

/* ---- the archive ---- */

typedef struct
{
  WfWorkflowsPage *page; /* (owned) */
  char *workflow;        /* (owned) id */
  WfWorkflowState state; /* that it gets */
} Switch;

static void
switch_free (Switch *self)
{
  g_object_unref (self->page);
  g_free (self->workflow);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Switch, switch_free)

static void
on_switched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Switch) change = user_data;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  if (!wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    {
      wf_workflows_page_say (change->page, error->message);
      return;
    }
  if (change->state != WF_WORKFLOW_ARCHIVED)
    {
      wf_workflows_page_say (change->page, _ ("Out of the archive, paused"));
      return;
    }
  toast = adw_toast_new (_ ("Archived: what waits is finished, nothing new starts"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "workflows.unarchive");
  adw_toast_set_action_target (toast, "s", change->workflow);
  adw_toast_overlay_add_toast (change->page->toasts, toast);
}

static void
switch_state (WfWorkflowsPage *self, const char *workflow, WfWorkflowState state)
{
  Switch *change = g_new (Switch, 1);

  *change = (Switch) { g_object_ref (self), g_strdup (workflow), state };
  wf_runtime_set_workflow_state_async (self->runtime, workflow, state, NULL, on_switched, change);
}

static void
on_archive (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowsPage *self = WF_WORKFLOWS_PAGE (widget);

  if (self->runtime != NULL)
    switch_state (self, g_variant_get_string (target, NULL), WF_WORKFLOW_ARCHIVED);
}

/* It comes back paused: the person decides when it goes on. */
static void
on_unarchive (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowsPage *self = WF_WORKFLOWS_PAGE (widget);

  if (self->runtime != NULL)
    switch_state (self, g_variant_get_string (target, NULL), WF_WORKFLOW_PAUSED);
}

/* ---- the check of all ---- */

static void
on_finding_opened (WfWorkflowsPage *self, const char *workflow)
{
  WfWorkflowItem *item = wf_workflows_page_find_item (self, workflow);

  if (item != NULL)
    wf_workflows_page_open_item (self, item, NULL);
}

static void
on_check (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowsPage *self = WF_WORKFLOWS_PAGE (widget);
  WfHealthDialog *dialog;

  if (self->runtime == NULL)
    return;
  dialog = wf_health_dialog_new (self->runtime);
  g_signal_connect_object (dialog, "open", G_CALLBACK (on_finding_opened), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

void
wf_workflows_page_install_commands (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "workflows.duplicate", "s", on_duplicate);
  gtk_widget_class_install_action (widget_class, "workflows.check", NULL, on_check);
  gtk_widget_class_install_action (widget_class, "workflows.export", "s", on_export);
  gtk_widget_class_install_action (widget_class, "workflows.archive", "s", on_archive);
  gtk_widget_class_install_action (widget_class, "workflows.unarchive", "s", on_unarchive);
}
