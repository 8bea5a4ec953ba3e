/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses a live workflow by searching. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflows-dialog.h"

#include "wf-event-catalogue.h"
#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

/* More rows than anybody reads would only make the dialog slow; the search finds the others. */
#define MOST_ROWS 100

struct _WfWorkflowsDialog
{
  AdwDialog parent_instance;

  GCancellable *cancellable; /* (owned) of reading them */
  GPtrArray *workflows;      /* (owned) (nullable) of WfRuntimeWorkflow, live ones by name */
  GtkEditable *search;
  GtkStack *states;
  GtkListBox *list;
  AdwStatusPage *error;
};

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfWorkflowsDialog, wf_workflows_dialog, ADW_TYPE_DIALOG)

static const WfWorkflow *
get_workflow (WfWorkflowsDialog *self, guint index)
{
  return ((const WfRuntimeWorkflow *) g_ptr_array_index (self->workflows, index))->workflow;
}

static void
add_row (WfWorkflowsDialog *self, guint index)
{
  const WfWorkflow *workflow = get_workflow (self, index);
  const char *trigger = wf_event_type_to_sentence (workflow->event);
  GtkWidget *row = wf_plain_row_new (workflow->name, trigger != NULL ? trigger : workflow->event);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  gtk_list_box_append (self->list, row);
}

static void
fill (WfWorkflowsDialog *self)
{
  const char *text = gtk_editable_get_text (self->search);
  guint shown = 0;

  if (self->workflows == NULL)
    return;
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->workflows->len && shown < MOST_ROWS; i++)
    {
      if (!g_str_match_string (text, get_workflow (self, i)->name, TRUE) && *text != '\0')
        continue;
      add_row (self, i);
      shown++;
    }
  gtk_stack_set_visible_child_name (self->states, shown > 0                  ? "list"
                                                  : self->workflows->len > 0 ? "nothing-found"
                                                                             : "empty");
}

static void
choose (WfWorkflowsDialog *self, GtkListBoxRow *row)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
  const WfWorkflow *workflow = get_workflow (self, index);

  g_signal_emit (self, signals[CHOSEN], 0, workflow->id, workflow->name);
  adw_dialog_close (ADW_DIALOG (self));
}

/* -- reading them ------------------------------------------------------------------------------ */

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  const WfRuntimeWorkflow *x = *(WfRuntimeWorkflow *const *) a,
                          *y = *(WfRuntimeWorkflow *const *) b;

  return g_utf8_collate (x->workflow->name, y->workflow->name);
}

static void
keep_live (GPtrArray *workflows)
{
  for (guint i = workflows->len; i > 0; i--)
    {
      const WfRuntimeWorkflow *row = g_ptr_array_index (workflows, i - 1);

      if (row->workflow == NULL || row->workflow->state != WF_WORKFLOW_LIVE)
        g_ptr_array_remove_index (workflows, i - 1);
    }
  g_ptr_array_sort (workflows, compare_names);
}

static void
on_workflows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *workflows = wf_runtime_list_workflows_finish (WF_RUNTIME (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (workflows == NULL)
    {
      wf_plain_page_set_description (self->error, error->message);
      gtk_stack_set_visible_child_name (self->states, "error");
      return;
    }
  keep_live (workflows);
  self->workflows = workflows;
  fill (self);
}

/* -- callbacks --------------------------------------------------------------------------------- */

static void
on_search_changed (WfWorkflowsDialog *self)
{
  fill (self);
}

/* Enter in the search takes the only match. */
static void
on_search_activate (WfWorkflowsDialog *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL && gtk_list_box_get_row_at_index (self->list, 1) == NULL)
    choose (self, first);
}

static void
on_stop_search (WfWorkflowsDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_row_activated (WfWorkflowsDialog *self, GtkListBoxRow *row)
{
  choose (self, row);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_workflows_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (WF_WORKFLOWS_DIALOG (dialog)->cancellable);
}

static void
wf_workflows_dialog_dispose (GObject *object)
{
  WfWorkflowsDialog *self = WF_WORKFLOWS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->workflows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_WORKFLOWS_DIALOG);
  G_OBJECT_CLASS (wf_workflows_dialog_parent_class)->dispose (object);
}

static void
wf_workflows_dialog_class_init (WfWorkflowsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_workflows_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = wf_workflows_dialog_closed;
  signals[CHOSEN] = g_signal_new ("chosen", WF_TYPE_WORKFLOWS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "widgets/wf-workflows-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsDialog, search);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsDialog, states);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsDialog, list);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}

static void
wf_workflows_dialog_init (WfWorkflowsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_workflows_dialog_new (WfRuntime *runtime)
{
  WfWorkflowsDialog *self = g_object_new (WF_TYPE_WORKFLOWS_DIALOG, NULL);

  wf_runtime_list_workflows_async (runtime, self->cancellable, on_workflows_listed,
                                   g_object_ref (self));
  return ADW_DIALOG (self);
}
