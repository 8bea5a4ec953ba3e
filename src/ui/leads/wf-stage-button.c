/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stage of a stepper. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-stage-button.h"

struct _WfStageButton
{
  GtkButton parent_instance;

  const WfStageStep *step; /* borrowed */
  GtkImage *mark;
  GtkLabel *name;
};

G_DEFINE_FINAL_TYPE (WfStageButton, wf_stage_button, GTK_TYPE_BUTTON)

static void
set_css_class (WfStageButton *self, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/* A mark says what the colour says, too. */
static const char *
get_mark (const WfStageStep *step)
{
  if (step->place == WF_STEP_PASSED)
    return "object-select-symbolic";
  if (step->place == WF_STEP_CURRENT)
    return "mark-location-symbolic";
  return step->refusal != NULL ? "changes-prevent-symbolic" : NULL;
}

static void
wf_stage_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STAGE_BUTTON);
  G_OBJECT_CLASS (wf_stage_button_parent_class)->dispose (object);
}

static void
wf_stage_button_class_init (WfStageButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_stage_button_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-stage-button.ui");
  gtk_widget_class_bind_template_child (widget_class, WfStageButton, mark);
  gtk_widget_class_bind_template_child (widget_class, WfStageButton, name);
}

static void
wf_stage_button_init (WfStageButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_stage_button_new (void)
{
  return g_object_new (WF_TYPE_STAGE_BUTTON, NULL);
}

static void
tell_reader (WfStageButton *self, const char *description, guint position, guint n_steps)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self);
  const WfStageStep *step = self->step;

  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, step->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_CHECKED,
                               step->place == WF_STEP_CURRENT ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                              : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               GTK_ACCESSIBLE_STATE_DISABLED, step->refusal != NULL, -1);
  gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) position + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) n_steps, -1);
}

void
wf_stage_button_set_step (WfStageButton *self, const WfStageStep *step, guint position,
                          guint n_steps)
{
  g_return_if_fail (WF_IS_STAGE_BUTTON (self));
  g_autofree char *description = wf_stage_step_describe (step);
  const char *mark = get_mark (step);

  self->step = step;
  gtk_label_set_text (self->name, step->name);
  gtk_image_set_from_icon_name (self->mark, mark);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), mark != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), description);
  set_css_class (self, "done", step->place == WF_STEP_PASSED);
  set_css_class (self, "current", step->place == WF_STEP_CURRENT);
  set_css_class (self, "refused", step->refusal != NULL);
  tell_reader (self, description, position, n_steps);
}

const WfStageStep *
wf_stage_button_get_step (WfStageButton *self)
{
  g_return_val_if_fail (WF_IS_STAGE_BUTTON (self), NULL);
  return self->step;
}
