/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up of one path of a branch. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-path-dialog.h"

#include "wf-path-form.h"

#include <glib/gi18n-lib.h>

struct _WfPathDialog
{
  AdwDialog parent_instance;

  WfPathForm *form;
};

static guint saved_signal;

G_DEFINE_FINAL_TYPE (WfPathDialog, wf_path_dialog, ADW_TYPE_DIALOG)

/* A line that is not finished says so itself, but is not in the condition: saving would lose it. */
static void
on_changed (WfPathDialog *self)
{
  gboolean named = *wf_path_form_get_name (self->form) != '\0';

  wf_path_form_set_problem (self->form, named ? NULL : _ ("A path needs a name."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "path.save",
                                 named && wf_path_form_is_complete (self->form));
}

static void
on_cancel_clicked (WfPathDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *target)
{
  g_signal_emit (widget, saved_signal, 0);
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
wf_path_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PATH_DIALOG);
  G_OBJECT_CLASS (wf_path_dialog_parent_class)->dispose (object);
}

static void
wf_path_dialog_class_init (WfPathDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_path_dialog_dispose;
  saved_signal = g_signal_new ("saved", WF_TYPE_PATH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  g_type_ensure (WF_TYPE_PATH_FORM);
  gtk_widget_class_install_action (widget_class, "path.save", NULL, on_save);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-path-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPathDialog, form);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
wf_path_dialog_init (WfPathDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wf_path_dialog_new:
 * @context: (nullable): of the builder whose CRM gives the values that are suggested
 * @event_type: of the trigger
 * @organisation: (nullable): for names
 * @name: of the path
 * @condition: (nullable): when it is taken; %NULL: always
 *
 * Returns: (transfer floating): the dialog; it emits saved
 */
WfPathDialog *
wf_path_dialog_new (WfBuilderContext *context, const char *event_type, WfOrganisation *organisation,
                    const char *name, WfCondition *condition)
{
  WfPathDialog *self = g_object_new (WF_TYPE_PATH_DIALOG, NULL);

  wf_path_form_set_context (self->form, context);
  wf_path_form_set_event (self->form, event_type, organisation);
  wf_path_form_show (self->form, name, condition);
  on_changed (self);
  adw_dialog_set_focus (ADW_DIALOG (self), wf_path_form_get_first (self->form));
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
