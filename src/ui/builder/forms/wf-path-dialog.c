/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up of one path of a branch. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-path-dialog.h"

#include "wf-builder-commands.h"
#include "wf-path-form.h"

#include <glib/gi18n-lib.h>

struct _WfPathDialog
{
  AdwDialog parent_instance;

  WfPathForm *form;

  WfBuilderContext *context; /* (owned) (nullable) NULL: the path is in no document */
  char *branch;              /* (owned) (nullable) step id */
  guint path;
};

static guint saved_signal;

G_DEFINE_FINAL_TYPE (WfPathDialog, wf_path_dialog, ADW_TYPE_DIALOG)

static void
on_name_changed (WfPathDialog *self)
{
  gboolean named = *wf_path_form_get_name (self->form) != '\0';

  wf_path_form_set_problem (self->form, named ? NULL : _ ("A path needs a name."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "path.save", named);
}

static void
on_cancel_clicked (WfPathDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *target)
{
  WfPathDialog *self = WF_PATH_DIALOG (widget);
  g_autoptr (WfCondition) condition = wf_path_dialog_dup_condition (self);

  if (self->context != NULL)
    wf_builder_set_path (wf_builder_context_get_selection (self->context), self->branch, self->path,
                         wf_path_dialog_get_name (self), condition, NULL);
  g_signal_emit (self, saved_signal, 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
wf_path_dialog_dispose (GObject *object)
{
  g_clear_object (&WF_PATH_DIALOG (object)->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PATH_DIALOG);
  G_OBJECT_CLASS (wf_path_dialog_parent_class)->dispose (object);
}

static void
wf_path_dialog_finalize (GObject *object)
{
  g_free (WF_PATH_DIALOG (object)->branch);
  G_OBJECT_CLASS (wf_path_dialog_parent_class)->finalize (object);
}

static void
wf_path_dialog_class_init (WfPathDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_path_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_path_dialog_finalize;
  saved_signal = g_signal_new ("saved", WF_TYPE_PATH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  g_type_ensure (WF_TYPE_PATH_FORM);
  gtk_widget_class_install_action (widget_class, "path.save", NULL, on_save);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-path-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPathDialog, form);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
}

static void
wf_path_dialog_init (WfPathDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wf_path_dialog_new_for:
 * @event_type: of the trigger
 * @organisation: (nullable): for names
 * @name: of the path
 * @condition: (nullable): when it is taken; %NULL: always
 *
 * Returns: (transfer floating): the dialog; it emits saved
 */
WfPathDialog *
wf_path_dialog_new_for (const char *event_type, WfOrganisation *organisation, const char *name,
                        WfCondition *condition)
{
  WfPathDialog *self = g_object_new (WF_TYPE_PATH_DIALOG, NULL);

  wf_path_form_set_event (self->form, event_type, organisation);
  wf_path_form_show (self->form, name, condition);
  on_name_changed (self);
  adw_dialog_set_focus (ADW_DIALOG (self), wf_path_form_get_first (self->form));
  return self;
}

/* NULL when the branch or its path is gone. */
static WfPath *
find_path (WfWorkflow *workflow, const char *branch, guint index)
{
  WfStep *step = wf_workflow_find_step (workflow, branch);

  if (step == NULL || step->kind != WF_STEP_BRANCH || index >= step->paths->len)
    return NULL;
  return g_ptr_array_index (step->paths, index);
}

/**
 * wf_path_dialog_new:
 * @context: the builder's
 * @branch: step id
 * @path: index of one of its paths
 *
 * Returns: (transfer floating): the dialog; saving changes the document
 */
WfPathDialog *
wf_path_dialog_new (WfBuilderContext *context, const char *branch, guint path)
{
  WfWorkflow *workflow = wf_builder_context_get_workflow (context);
  const WfPath *found = find_path (workflow, branch, path);
  WfPathDialog *self = wf_path_dialog_new_for (
      workflow->event, wf_builder_context_get_organisation (context),
      found != NULL ? found->name : NULL, found != NULL ? found->condition : NULL);

  self->context = g_object_ref (context);
  self->branch = g_strdup (branch);
  self->path = path;
  return self;
}

const char *
wf_path_dialog_get_name (WfPathDialog *self)
{
  return wf_path_form_get_name (self->form);
}

WfCondition *
wf_path_dialog_dup_condition (WfPathDialog *self)
{
  return wf_path_form_dup_condition (self->form);
}
