/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one comment for several leads. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-comment-dialog.h"

#include "wf-comment-box.h"

struct _WfLeadCommentDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle *heading;
  WfCommentBox *comment;
};

enum
{
  WRITTEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfLeadCommentDialog, wf_lead_comment_dialog, ADW_TYPE_DIALOG)

static void
on_posted (WfLeadCommentDialog *self, const char *text, GStrv mentions)
{
  g_signal_emit (self, signals[WRITTEN], 0, text, mentions);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
wf_lead_comment_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEAD_COMMENT_DIALOG);
  G_OBJECT_CLASS (wf_lead_comment_dialog_parent_class)->dispose (object);
}

static void
wf_lead_comment_dialog_class_init (WfLeadCommentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_lead_comment_dialog_dispose;
  signals[WRITTEN] = g_signal_new ("written", WF_TYPE_LEAD_COMMENT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRV);
  g_type_ensure (WF_TYPE_COMMENT_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-comment-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLeadCommentDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, WfLeadCommentDialog, comment);
  gtk_widget_class_bind_template_callback (widget_class, on_posted);
}

static void
wf_lead_comment_dialog_init (WfLeadCommentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_lead_comment_dialog_new (WfRuntime *runtime, const char *about)
{
  WfLeadCommentDialog *self = g_object_new (WF_TYPE_LEAD_COMMENT_DIALOG, NULL);

  adw_window_title_set_subtitle (self->heading, about);
  wf_comment_box_set_runtime (self->comment, runtime);
  return ADW_DIALOG (self);
}
