/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's actions that keep a draft, publish it, try it without effect, go
 * back to an earlier version, settle a conflict, and take back what it created.
 */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-compare-dialog.h"
#include "wf-conflict-dialog.h"
#include "wf-edge-bench-dialog.h"
#include "wf-publish-question.h"
#include "wf-take-back-dialog.h"
#include "wf-versions-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfWorkflowEditor *editor; /* (owned) */
  WfWorkflow *workflow;     /* (owned) what is saved */
  WfWorkflow *edited; /* (owned) (nullable) what the editor had then; NULL: it is another one */
  WfWorkflow *then;   /* (owned) (nullable) what the editor goes on with */
  gboolean publish;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->editor);
  wf_workflow_unref (save->workflow);
  g_clear_pointer (&save->edited, wf_workflow_unref);
  g_clear_pointer (&save->then, wf_workflow_unref);
  g_free (save);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
go_back_with_toast (WfWorkflowEditor *self)
{
  g_autofree char *text =
      g_strdup_printf (_ ("“%s” is live"), wf_workflow_editor_get_workflow (self)->name);

  wf_workflow_editor_say_outside (self, text);
  /* The person may have gone back before the answer was there. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

static void
go_on_with (WfWorkflowEditor *self, WfWorkflow *workflow)
{
  wf_workflow_document_change_named (self->document, wf_workflow_ref (workflow), NULL,
                                     _ ("Resolve Conflict"));
  wf_workflow_editor_save_draft (self);
}

static void
finish_save (WfWorkflowEditor *self, const Save *save)
{
  if (save->edited != NULL)
    wf_workflow_document_mark_saved (self->document, save->edited);
  if (save->then != NULL)
    go_on_with (self, save->then);
  else if (save->publish)
    go_back_with_toast (self);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wf_workflow_editor_say (self, _ ("Kept as a draft"));
  if (self->conflict != NULL)
    wf_workflow_editor_look_for_conflict (self);
  wf_workflow_editor_show_document (self);
}

/* Nothing is lost: the work is in the editor, in its recovery file, and as a draft when the page
 * has gone meanwhile. */
static void
fail_save (WfWorkflowEditor *self, const Save *save, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("Not saved: %s"), error->message);

  if (!g_error_matches (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT))
    wf_workflow_editor_say (self, text);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wf_workflow_editor_look_for_conflict (self);
  else
    wf_workflow_editor_say (self, text); /* its banner is out of sight */
  if (save->publish && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    wf_workflow_editor_save_draft (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  WfWorkflowEditor *self = save->editor;
  g_autoptr (GError) error = NULL;

  if (save->publish)
    self->n_publishing--;
  if (wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    finish_save (self, save);
  else
    fail_save (self, save, error);
}

static Save *
new_save (WfWorkflowEditor *self, WfWorkflow *workflow, gboolean publish)
{
  Save *request = g_new0 (Save, 1);

  request->editor = g_object_ref (self);
  request->workflow = wf_workflow_ref (workflow);
  if (g_str_equal (workflow->id, wf_workflow_editor_get_workflow (self)->id))
    request->edited = wf_workflow_ref (wf_workflow_editor_get_workflow (self));
  request->publish = publish;
  return request;
}

void
wf_workflow_editor_save_draft (WfWorkflowEditor *self)
{
  Save *request = new_save (self, wf_workflow_editor_get_workflow (self), FALSE);

  wf_runtime_save_workflow_async (self->runtime, request->workflow, FALSE, NULL, on_saved, request);
}

/* workflow: as it is edited, with the note. */
static void
publish (WfWorkflow *workflow, WfInFlight in_flight, gpointer user_data)
{
  WfWorkflowEditor *self = user_data;
  Save *request = new_save (self, workflow, TRUE);

  self->n_publishing++;
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

/* But for problems: is there anything to publish, and may this person? */
static gboolean
can_publish (WfWorkflowEditor *self)
{
  gboolean is_new = self->published == NULL ||
                    wf_workflow_editor_get_workflow (self)->state == WF_WORKFLOW_DRAFT;

  return self->editable && (is_new || wf_workflow_document_is_modified (self->document));
}

/* ---- without any effect ---- */

static void
on_publish_wanted (WfWorkflowEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.publish", NULL);
}

/* Publishing is offered there where it can be done: not when nothing is different. */
static void
present_comparison (WfWorkflowEditor *self, WfCompareDialog *dialog)
{
  if (can_publish (self))
    g_signal_connect_object (dialog, "publish", G_CALLBACK (on_publish_wanted), self,
                             G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_compare (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  present_comparison (
      self, wf_compare_dialog_new (self->runtime, wf_workflow_editor_get_workflow (self)));
}

static void
on_trial (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  present_comparison (self, wf_compare_dialog_new_for_trial (
                                self->runtime, wf_workflow_editor_get_workflow (self)));
}

static void
on_edge_bench (GtkWidget *widget, const char *action, GVariant *target)
{
  adw_dialog_present (ADW_DIALOG (wf_edge_bench_dialog_new (WF_WORKFLOW_EDITOR (widget)->context)),
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

/* ---- versions ---- */

/* What another version says, with the version number and state that the editor
 * is at: a change like any other. */
static void
take_content (WfWorkflowEditor *self, const WfWorkflow *content, gint64 version, const char *name)
{
  WfWorkflow *next = wf_workflow_copy (content);

  next->version = version;
  next->state = wf_workflow_editor_get_workflow (self)->state;
  wf_workflow_document_change_named (self->document, next, NULL, name);
}

static void
on_restored (WfWorkflowEditor *self, WfWorkflow *version)
{
  g_autofree char *text =
      g_strdup_printf (_ ("Version %d is in the editor as a draft"), (int) version->version);

  take_content (self, version, wf_workflow_editor_get_workflow (self)->version,
                _ ("Restore Version"));
  wf_workflow_editor_say (self, text);
}

static void
on_versions (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfVersionsDialog *dialog = wf_versions_dialog_new (self->context);

  g_signal_connect_object (dialog, "restored", G_CALLBACK (on_restored), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* ---- somebody else published meanwhile (S30) ---- */

/* Owned by the caller. */
static char *
describe_conflict (WfWorkflowEditor *self)
{
  const char *author = wf_organisation_get_person_name (
      wf_builder_context_get_organisation (self->context), self->conflict->author);
  int version = (int) self->conflict->theirs->version;

  if (author != NULL)
    /* Translators: a person, and the number of a version */
    return g_strdup_printf (_ ("%1$s published version %2$d while you were editing"), author,
                            version);
  return g_strdup_printf (_ ("Somebody else published version %d while you were editing"), version);
}

static void
show_conflict (WfWorkflowEditor *self)
{
  g_autofree char *text = self->conflict != NULL ? describe_conflict (self) : NULL;

  adw_banner_set_title (self->banner, text != NULL ? text : "");
  adw_banner_set_button_label (self->banner, text != NULL ? _ ("_Resolve…") : NULL);
  adw_banner_set_revealed (self->banner, text != NULL);
}

static void
on_conflict_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  WfWorkflowConflict *conflict =
      wf_runtime_get_conflict_finish (WF_RUNTIME (source), result, &error);

  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("the conflicts of a workflow cannot be read: %s", error->message);
      return; /* what was known before still holds */
    }
  g_clear_pointer (&self->conflict, wf_workflow_conflict_free);
  self->conflict = conflict;
  show_conflict (self);
}

void
wf_workflow_editor_look_for_conflict (WfWorkflowEditor *self)
{
  if (self->editable)
    wf_runtime_get_conflict_async (self->runtime, wf_workflow_editor_get_workflow (self)->id,
                                   self->cancellable, on_conflict_found, g_object_ref (self));
}

/* Mine goes on under a name of its own; only once it is kept, the editor shows theirs. theirs:
 * nullable. */
static void
keep_as_copy (WfWorkflowEditor *self, WfWorkflow *copy, WfWorkflow *theirs)
{
  Save *request = new_save (self, copy, FALSE);

  request->then = theirs != NULL ? wf_workflow_ref (theirs) : NULL;
  wf_runtime_save_workflow_async (self->runtime, request->workflow, FALSE, NULL, on_saved, request);
}

static void
on_resolved (WfWorkflowEditor *self, WfWorkflow *result)
{
  WfWorkflow *theirs = self->conflict != NULL ? self->conflict->theirs : NULL;

  if (theirs != NULL)
    {
      /* What a publication is compared with from now on. */
      g_clear_pointer (&self->published, wf_workflow_unref);
      self->published = wf_workflow_ref (theirs);
    }
  if (!g_str_equal (result->id, wf_workflow_editor_get_workflow (self)->id))
    keep_as_copy (self, result, theirs);
  else
    go_on_with (self, result);
}

void
wf_workflow_editor_resolve_conflict (WfWorkflowEditor *self)
{
  WfConflictDialog *dialog;

  if (self->conflict == NULL)
    return;
  dialog = wf_conflict_dialog_new (self->context, self->conflict->base,
                                   wf_workflow_editor_get_workflow (self), self->conflict->theirs,
                                   self->conflict->author);
  g_signal_connect_object (dialog, "resolved", G_CALLBACK (on_resolved), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* ---- actions ---- */

static void
on_save_draft (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_workflow_editor_save_draft (WF_WORKFLOW_EDITOR (widget));
}

void
wf_workflow_editor_update_publish_actions (WfWorkflowEditor *self, guint n_errors)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean modified = wf_workflow_document_is_modified (self->document);

  gtk_widget_action_set_enabled (widget, "editor.publish", n_errors == 0 && can_publish (self));
  gtk_widget_action_set_enabled (widget, "editor.save-draft", self->editable && modified);
  gtk_widget_action_set_enabled (widget, "editor.compare", n_errors == 0);
  gtk_widget_action_set_enabled (widget, "editor.trial", n_errors == 0);
  gtk_widget_action_set_enabled (widget, "editor.edge-bench", n_errors == 0);
  gtk_widget_action_set_enabled (widget, "editor.take-back",
                                 self->editable && self->published != NULL);
}

void
wf_workflow_editor_install_publish_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.publish", NULL, on_publish);
  gtk_widget_class_install_action (widget_class, "editor.save-draft", NULL, on_save_draft);
  gtk_widget_class_install_action (widget_class, "editor.compare", NULL, on_compare);
  gtk_widget_class_install_action (widget_class, "editor.trial", NULL, on_trial);
  gtk_widget_class_install_action (widget_class, "editor.edge-bench", NULL, on_edge_bench);
  gtk_widget_class_install_action (widget_class, "editor.versions", NULL, on_versions);
  gtk_widget_class_install_action (widget_class, "editor.take-back", NULL, on_take_back);
}
