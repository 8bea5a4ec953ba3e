/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule of "by criteria": a condition and who gets the lead when it holds. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-rule-dialog.h"

#include "wf-condition-editor.h"

#include <glib/gi18n-lib.h>

struct _WfRuleDialog
{
  AdwDialog parent_instance;

  GtkWidget *save;
  WfConditionEditor *condition;
  AdwPreferencesGroup *group;

  WfSettingRow to;
  char *chosen; /* (owned) (nullable) */
};

static guint saved_signal;

G_DEFINE_FINAL_TYPE (WfRuleDialog, wf_rule_dialog, ADW_TYPE_DIALOG)

static const WfSettingInfo to_info = {
  .name = "to",
  .type = WF_SETTING_ASSIGNEE,
  .flags = WF_SETTING_REQUIRED,
  .label = NC_ ("step setting", "New responsible"),
};

static void
on_changed (WfRuleDialog *self)
{
  g_autoptr (WfJsonDocument) value = NULL;
  g_autoptr (WfCondition) condition = NULL;

  if (self->to.get == NULL)
    return;
  value = self->to.get (&self->to);
  g_set_str (&self->chosen,
             value != NULL ? wf_json_get_string (wf_json_document_get_root (value)) : NULL);
  condition = wf_rule_dialog_dup_condition (self);
  gtk_widget_set_sensitive (self->save, self->chosen != NULL && condition != NULL &&
                                            wf_condition_editor_is_complete (self->condition));
}

static void
on_cancel_clicked (WfRuleDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfRuleDialog *self)
{
  g_signal_emit (self, saved_signal, 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
wf_rule_dialog_dispose (GObject *object)
{
  WF_RULE_DIALOG (object)->to.changed = NULL; /* rows emit while they go */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_RULE_DIALOG);
  G_OBJECT_CLASS (wf_rule_dialog_parent_class)->dispose (object);
}

static void
wf_rule_dialog_finalize (GObject *object)
{
  g_free (WF_RULE_DIALOG (object)->chosen);
  G_OBJECT_CLASS (wf_rule_dialog_parent_class)->finalize (object);
}

static void
wf_rule_dialog_class_init (WfRuleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_rule_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_rule_dialog_finalize;
  saved_signal = g_signal_new ("saved", WF_TYPE_RULE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  g_type_ensure (WF_TYPE_CONDITION_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-rule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfRuleDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WfRuleDialog, condition);
  gtk_widget_class_bind_template_child (widget_class, WfRuleDialog, group);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
wf_rule_dialog_init (WfRuleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

WfRuleDialog *
wf_rule_dialog_new (const WfSettingContext *context, WfCondition *condition, const char *to)
{
  WfRuleDialog *self = g_object_new (WF_TYPE_RULE_DIALOG, NULL);
  g_autoptr (WfJsonDocument) value = wf_setting_make_text_value (to);

  self->to = (WfSettingRow) { .info = &to_info, .context = context };
  wf_setting_row_make_choice (&self->to);
  adw_preferences_group_add (self->group, self->to.widget);
  wf_condition_editor_set_context (self->condition, context->builder);
  wf_condition_editor_set_event (self->condition, context->event_type);
  wf_condition_editor_set_condition (self->condition, condition, context->organisation);
  self->to.set (&self->to, value != NULL ? wf_json_document_get_root (value) : NULL);
  self->to.changed = (void (*) (gpointer)) on_changed;
  self->to.changed_data = self;
  on_changed (self);
  return self;
}

WfCondition *
wf_rule_dialog_dup_condition (WfRuleDialog *self)
{
  return wf_condition_editor_dup_condition (self->condition);
}

const char *
wf_rule_dialog_get_to (WfRuleDialog *self)
{
  return self->chosen;
}
