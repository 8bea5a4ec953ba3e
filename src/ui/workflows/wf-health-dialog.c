/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The health check across workflows (B16). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-health-dialog.h"

#include "wf-health.h"
#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

struct _WfHealthDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkListBox *list;
  GPtrArray *findings; /* (owned) (nullable) of WfHealthFinding, in the order of the rows */
  GCancellable *cancellable;
};

static guint open_signal;

G_DEFINE_FINAL_TYPE (WfHealthDialog, wf_health_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
create_row (const WfHealthFinding *finding)
{
  GtkWidget *row = wf_plain_row_new (finding->text, NULL);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  wf_plain_row_add_severity (ADW_ACTION_ROW (row), finding->error);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), finding->workflows->len > 0);
  return row;
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfHealthDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = wf_runtime_check_health_finish (WF_RUNTIME (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&findings, g_ptr_array_unref);
      return;
    }
  if (findings == NULL)
    {
      wf_plain_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  self->findings = findings;
  for (guint i = 0; i < findings->len; i++)
    gtk_list_box_append (self->list, create_row (g_ptr_array_index (findings, i)));
  gtk_stack_set_visible_child_name (self->stack, findings->len > 0 ? "findings" : "fine");
}

static void
on_row_activated (WfHealthDialog *self, GtkListBoxRow *row)
{
  g_autoptr (WfHealthDialog) alive = g_object_ref (self);
  const WfHealthFinding *finding =
      g_ptr_array_index (self->findings, (guint) gtk_list_box_row_get_index (row));
  g_autofree char *workflow = g_strdup (g_ptr_array_index (finding->workflows, 0));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, open_signal, 0, workflow);
}

static void
wf_health_dialog_dispose (GObject *object)
{
  WfHealthDialog *self = WF_HEALTH_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_HEALTH_DIALOG);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (wf_health_dialog_parent_class)->dispose (object);
}

static void
wf_health_dialog_finalize (GObject *object)
{
  g_clear_object (&WF_HEALTH_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (wf_health_dialog_parent_class)->finalize (object);
}

static void
wf_health_dialog_class_init (WfHealthDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_health_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_health_dialog_finalize;
  open_signal = g_signal_new ("open", WF_TYPE_HEALTH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "workflows/wf-health-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfHealthDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WfHealthDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, WfHealthDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
wf_health_dialog_init (WfHealthDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

WfHealthDialog *
wf_health_dialog_new (WfRuntime *runtime)
{
  WfHealthDialog *self = g_object_new (WF_TYPE_HEALTH_DIALOG, NULL);

  wf_runtime_check_health_async (runtime, self->cancellable, on_checked, g_object_ref (self));
  return self;
}
