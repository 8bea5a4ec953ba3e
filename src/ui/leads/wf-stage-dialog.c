/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks why a lead goes back, or why it is lost. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-stage-dialog.h"

#include <glib/gi18n-lib.h>

struct _WfStageDialog
{
  AdwAlertDialog parent_instance;

  GtkEditable *reason;
};

enum
{
  ANSWERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfStageDialog, wf_stage_dialog, ADW_TYPE_ALERT_DIALOG)

static char *
dup_reason (WfStageDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
}

static void
on_reason_changed (WfStageDialog *self)
{
  g_autofree char *reason = dup_reason (self);

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "change", *reason != '\0');
}

static void
on_response (WfStageDialog *self, const char *response)
{
  g_autofree char *reason = dup_reason (self);

  if (g_str_equal (response, "change") && *reason != '\0')
    g_signal_emit (self, signals[ANSWERED], 0, reason);
}

static void
wf_stage_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STAGE_DIALOG);
  G_OBJECT_CLASS (wf_stage_dialog_parent_class)->dispose (object);
}

static void
wf_stage_dialog_class_init (WfStageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_stage_dialog_dispose;
  signals[ANSWERED] = g_signal_new ("answered", WF_TYPE_STAGE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-stage-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfStageDialog, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
wf_stage_dialog_init (WfStageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_stage_dialog_new (const char *lead, const char *stage)
{
  WfStageDialog *self = g_object_new (WF_TYPE_STAGE_DIALOG, NULL);
  g_autofree char *heading = g_strdup_printf (_ ("Why “%s”?"), stage);
  /* Translators: a lead, or a number of leads, and a stage */
  g_autofree char *body =
      g_strdup_printf (_ ("%s goes to “%s”. The reason is kept with the lead."), lead, stage);

  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), heading);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  return ADW_DIALOG (self);
}
