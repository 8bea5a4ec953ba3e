/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up of a step of any kind. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-dialog.h"

#include "wf-builder-commands.h"
#include "wf-step-defaults.h"
#include "wf-step-dialog-problems.h"
#include "wf-step-form.h"
#include "wf-step-settings.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfStepDialog
{
  AdwDialog parent_instance;

  WfStepForm *form;
  GtkRevealer *demand_revealer;
  GtkLabel *demand;

  WfBuilderContext *context; /* (owned) */
  char *branch;              /* (owned) (nullable) of the place */
  WfStepPlace place;
  gboolean saved;
};

G_DEFINE_FINAL_TYPE (WfStepDialog, wf_step_dialog, ADW_TYPE_DIALOG)

static void
show_demand (WfStepDialog *self, const char *text)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "step.save", text == NULL);
  if (text != NULL)
    gtk_label_set_text (self->demand, text);
  gtk_revealer_set_reveal_child (self->demand_revealer, text != NULL);
}

static void
on_changed (WfStepDialog *self)
{
  g_autoptr (WfStep) step = wf_step_form_dup_step (self->form);
  g_autofree char *base = NULL, *demand = NULL;
  g_autoptr (WfProblems) problems = wf_workflow_document_try_step (
      wf_builder_context_get_document (self->context), &self->place, step, &base);

  wf_step_form_show_problems (self->form, problems, base);
  demand = wf_step_form_make_demand (self->form, problems, base);
  show_demand (self, demand);
}

static void
on_cancel_clicked (WfStepDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* R25: the person is told that it was configured. */
static void
tell_saved (WfStepDialog *self, const WfStep *step)
{
  g_autofree char *text =
      g_strdup_printf (_ ("“%s” is configured"), wf_step_kind_to_text (step->kind));

  wf_toast_show (GTK_WIDGET (self), text);
}

static gboolean
is_there (WfStepDialog *self, const WfStep *step)
{
  return wf_workflow_edit_has_id (step) &&
         wf_workflow_find_step (wf_builder_context_get_workflow (self->context), step->id) != NULL;
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *target)
{
  WfStepDialog *self = WF_STEP_DIALOG (widget);
  g_autoptr (WfStepDialog) kept = NULL;
  g_autoptr (WfBuilderContext) context = g_object_ref (self->context);
  WfStepSelection *selection = wf_builder_context_get_selection (context);
  g_autoptr (WfStep) step = wf_step_form_dup_step (self->form);
  gboolean there = is_there (self, step);

  if (self->saved) /* the dialog is on its way out */
    return;
  self->saved = TRUE;
  kept = g_object_ref (self);
  tell_saved (self, step);
  /* First, because the focus goes back to the step where it was, and then on to the one that is
   * added. */
  adw_dialog_close (ADW_DIALOG (self));
  if (there)
    wf_builder_replace (selection, step, NULL);
  else
    wf_builder_add (selection, &self->place, wf_step_copy (step));
}

/* On a narrow window the dialog is a sheet, which goes to its first widget by itself: that would be
 * Cancel. */
static gboolean
wf_step_dialog_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *first = wf_step_form_get_first (WF_STEP_DIALOG (widget)->form);

  if (direction == GTK_DIR_TAB_FORWARD && gtk_widget_get_focus_child (widget) == NULL &&
      first != NULL && gtk_widget_grab_focus (first))
    return TRUE;
  return GTK_WIDGET_CLASS (wf_step_dialog_parent_class)->focus (widget, direction);
}

static void
wf_step_dialog_dispose (GObject *object)
{
  WfStepDialog *self = WF_STEP_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STEP_DIALOG);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wf_step_dialog_parent_class)->dispose (object);
}

static void
wf_step_dialog_finalize (GObject *object)
{
  g_free (WF_STEP_DIALOG (object)->branch);
  G_OBJECT_CLASS (wf_step_dialog_parent_class)->finalize (object);
}

static void
wf_step_dialog_class_init (WfStepDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_step_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_step_dialog_finalize;
  widget_class->focus = wf_step_dialog_focus;
  g_type_ensure (WF_TYPE_STEP_FORM);
  gtk_widget_class_install_action (widget_class, "step.save", NULL, on_save);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-step-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, form);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, demand_revealer);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, demand);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
wf_step_dialog_init (WfStepDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wf_step_dialog_new:
 * @context: the builder's
 * @place: where a new step goes
 * @step: copied; without an id, or with one that is not there, it is a new one
 *
 * A new step has what most people set; saving changes the document.
 *
 * Returns: (transfer floating): the dialog
 */
WfStepDialog *
wf_step_dialog_new (WfBuilderContext *context, const WfStepPlace *place, const WfStep *step)
{
  WfStepDialog *self = g_object_new (WF_TYPE_STEP_DIALOG, NULL);
  g_autoptr (WfStep) begun = wf_step_copy (step);

  self->context = g_object_ref (context);
  self->branch = g_strdup (place->branch);
  self->place = *place;
  self->place.branch = self->branch;
  if (!wf_workflow_edit_has_id (step))
    wf_step_set_usual (begun, wf_builder_context_get_organisation (context));
  adw_dialog_set_title (ADW_DIALOG (self), wf_step_kind_to_text (step->kind));
  wf_step_form_set_context (self->form, context);
  wf_step_form_show_step (self->form, begun);
  on_changed (self);
  /* The first field is waiting for keys when the dialog is there. */
  adw_dialog_set_focus (ADW_DIALOG (self), wf_step_form_get_first (self->form));
  return self;
}
