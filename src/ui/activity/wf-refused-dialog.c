/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the CRM refused for good, to be decided. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-refused-dialog.h"

#include "wf-activity-changes.h"

struct _WfRefusedDialog
{
  AdwDialog parent_instance;

  GtkStack *states;
  WfActivityChanges *changes;
};

G_DEFINE_FINAL_TYPE (WfRefusedDialog, wf_refused_dialog, ADW_TYPE_DIALOG)

static void
on_n_changes (WfRefusedDialog *self)
{
  guint n;

  g_object_get (self->changes, "n-changes", &n, NULL);
  gtk_stack_set_visible_child_name (self->states, n > 0 ? "list" : "empty");
}

static void
wf_refused_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_REFUSED_DIALOG);
  G_OBJECT_CLASS (wf_refused_dialog_parent_class)->dispose (object);
}

static void
wf_refused_dialog_class_init (WfRefusedDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_refused_dialog_dispose;
  g_type_ensure (WF_TYPE_ACTIVITY_CHANGES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-refused-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfRefusedDialog, states);
  gtk_widget_class_bind_template_child (widget_class, WfRefusedDialog, changes);
  gtk_widget_class_bind_template_callback (widget_class, on_n_changes);
}

static void
wf_refused_dialog_init (WfRefusedDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_refused_dialog_new (WfRuntime *runtime, WfMinuteClock *minutes)
{
  WfRefusedDialog *self = g_object_new (WF_TYPE_REFUSED_DIALOG, NULL);

  wf_activity_changes_set_up (self->changes, runtime, minutes);
  wf_activity_changes_show (self->changes, NULL);
  return ADW_DIALOG (self);
}
