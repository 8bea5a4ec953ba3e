/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses a stage of the pipelines of leads. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-stage-choice-dialog.h"

#include "wf-plain-text.h"

struct _WfStageChoiceDialog
{
  AdwDialog parent_instance;

  GtkListBox *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfStageChoiceDialog, wf_stage_choice_dialog, ADW_TYPE_DIALOG)

static void
on_row_activated (WfStageChoiceDialog *self, GtkListBoxRow *row)
{
  g_autofree char *stage = g_strdup (g_object_get_data (G_OBJECT (row), "stage"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, stage);
}

static void
add_stage (WfStageChoiceDialog *self, const WfEntry *stage)
{
  GtkWidget *row = wf_plain_row_new (stage->name, NULL);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "stage", g_strdup (stage->id), g_free);
  gtk_list_box_append (self->list, row);
}

static void
wf_stage_choice_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STAGE_CHOICE_DIALOG);
  G_OBJECT_CLASS (wf_stage_choice_dialog_parent_class)->dispose (object);
}

static void
wf_stage_choice_dialog_class_init (WfStageChoiceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_stage_choice_dialog_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", WF_TYPE_STAGE_CHOICE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-stage-choice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfStageChoiceDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
wf_stage_choice_dialog_init (WfStageChoiceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_stage_choice_dialog_new (WfOrganisation *organisation)
{
  WfStageChoiceDialog *self = g_object_new (WF_TYPE_STAGE_CHOICE_DIALOG, NULL);
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; g_str_equal (pipelines[i].record, "lead") && j < pipelines[i].n_stages; j++)
        add_stage (self, &pipelines[i].stages[j]);
    }
  return ADW_DIALOG (self);
}
