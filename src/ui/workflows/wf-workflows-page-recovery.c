/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that an earlier process left unsaved, because it ended in the middle: offered above the list, never thrown away by itself. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflows-page-private.h"

#include "wf-draft-recovery.h"
#include "wf-workflow-editor.h"

#include <glib/gi18n-lib.h>

static WfRecoveredDraft *
get_newest (WfWorkflowsPage *self)
{
  return self->left_behind != NULL && self->left_behind->len > 0
             ? g_ptr_array_index (self->left_behind, 0)
             : NULL;
}

static void
show_banner (WfWorkflowsPage *self)
{
  const WfRecoveredDraft *newest = get_newest (self);
  g_autofree char *text = NULL;

  if (newest != NULL)
    text = g_strdup_printf (_ ("“%s” has changes that were not saved"),
                            newest->workflow->name != NULL && *newest->workflow->name != '\0'
                                ? newest->workflow->name
                                : _ ("New Workflow"));
  adw_banner_set_title (self->recovered, text != NULL ? text : "");
  adw_banner_set_revealed (self->recovered, text != NULL);
}

/* Told once: it was set aside, and is not met again. */
static void
tell_damaged (WfWorkflowsPage *self, guint n)
{
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  text = g_strdup_printf (
      ngettext ("Unsaved work on %u workflow is damaged and could not be brought back",
                "Unsaved work on %u workflows is damaged and could not be brought back", n),
      n);
  wf_workflows_page_say (self, text);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *drafts = wf_draft_recovery_list_finish (result, &error);

  if (drafts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        wf_workflows_page_say (self, error->message);
      return;
    }
  g_clear_pointer (&self->left_behind, g_ptr_array_unref);
  self->left_behind = drafts;
  show_banner (self);
  tell_damaged (self, wf_draft_recovery_list_get_n_damaged (result));
}

void
wf_workflows_page_forget_unsaved (WfWorkflowsPage *self)
{
  g_cancellable_cancel (self->looking_for_unsaved);
  g_clear_object (&self->looking_for_unsaved);
  g_clear_pointer (&self->left_behind, g_ptr_array_unref);
  show_banner (self);
}

/* Once, when the list is there for the first time: what this process leaves there itself is no news. */
void
wf_workflows_page_look_for_unsaved (WfWorkflowsPage *self)
{
  if (self->looking_for_unsaved != NULL || !wf_runtime_may (self->runtime, WF_RIGHT_EDIT_WORKFLOWS))
    return;
  self->looking_for_unsaved = g_cancellable_new ();
  wf_draft_recovery_list_async (wf_runtime_get_folder (self->runtime), self->looking_for_unsaved,
                                on_listed, g_object_ref (self));
}

/* It was never saved, or only in a way that this list does not show. */
static void
open_unknown (WfWorkflowsPage *self, WfRecoveredDraft *draft)
{
  g_autoptr (WfWorkflow) base = draft->base != NULL ? wf_workflow_ref (draft->base)
                                                    : wf_workflow_new ("");
  WfWorkflowEditor *editor = wf_workflow_editor_new (self->runtime, base, NULL);

  wf_workflow_editor_bring_back (editor, draft->workflow);
  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (editor));
}

/* The editor goes on where the other process ended; its own recovery then takes over the file. */
void
wf_workflows_page_bring_back (WfWorkflowsPage *self)
{
  WfRecoveredDraft *newest = get_newest (self);
  WfWorkflowItem *item;

  if (newest == NULL || self->runtime == NULL)
    return;
  item = wf_workflows_page_find_item (self, newest->workflow->id);
  if (item != NULL)
    wf_workflows_page_open_item (self, item, newest->workflow);
  else
    open_unknown (self, newest);
  g_ptr_array_remove_index (self->left_behind, 0);
  show_banner (self);
}
