/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a lead side by side. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-stage-stepper.h"

#include "wf-stage-button.h"

struct _WfStageStepper
{
  GtkWidget parent_instance;

  GPtrArray *steps;   /* (owned) (nullable) of WfStageStep */
  GPtrArray *buttons; /* (owned) of WfStageButton, children of box */
  AdwWrapBox *box;
};

enum
{
  CHOSEN,
  REFUSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfStageStepper, wf_stage_stepper, GTK_TYPE_WIDGET)

/* ---- choosing ---------------------------------------------------------------------------------- */

static void
on_button_clicked (GtkWidget *button, WfStageStepper *self)
{
  const WfStageStep *step = wf_stage_button_get_step (WF_STAGE_BUTTON (button));

  if (step->refusal != NULL)
    {
      g_autofree char *refusal = g_strdup (step->refusal);
      gtk_widget_error_bell (button);
      g_signal_emit (self, signals[REFUSED], 0, refusal);
    }
  else if (step->place != WF_STEP_CURRENT)
    {
      g_autofree char *stage = g_strdup (step->id);
      g_signal_emit (self, signals[CHOSEN], 0, stage, step->needs_reason);
    }
}

/* ---- keyboard ---------------------------------------------------------------------------------- */

/* The step with the focus, -1: none. */
static int
get_focused (WfStageStepper *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      if (gtk_widget_is_focus (self->buttons->pdata[i]))
        return (int) i;
    }
  return -1;
}

/* Where Tab enters: the present stage, else the first. */
static int
get_entrance (WfStageStepper *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      if (wf_stage_button_get_step (self->buttons->pdata[i])->place == WF_STEP_CURRENT)
        return (int) i;
    }
  return 0;
}

static gboolean
focus_step (WfStageStepper *self, int index)
{
  if (index < 0 || index >= (int) self->buttons->len)
    return FALSE;
  return gtk_widget_grab_focus (self->buttons->pdata[index]);
}

/* The steps run in the direction of reading, also where they stand in several lines. */
static gboolean
wf_stage_stepper_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WfStageStepper *self = WF_STAGE_STEPPER (widget);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int focused = get_focused (self);

  if (focused < 0)
    return focus_step (self, get_entrance (self));
  switch (direction)
    {
    case GTK_DIR_LEFT:
      return focus_step (self, reversed ? focused + 1 : focused - 1) || TRUE;
    case GTK_DIR_RIGHT:
      return focus_step (self, reversed ? focused - 1 : focused + 1) || TRUE;
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    case GTK_DIR_UP:
    case GTK_DIR_DOWN:
    default:
      return FALSE;
    }
}

static gboolean
wf_stage_stepper_grab_focus (GtkWidget *widget)
{
  return focus_step (WF_STAGE_STEPPER (widget), get_entrance (WF_STAGE_STEPPER (widget)));
}

static gboolean
on_home_or_end (GtkWidget *widget, GVariant *end, gpointer user_data)
{
  WfStageStepper *self = WF_STAGE_STEPPER (widget);

  return focus_step (self, g_variant_get_boolean (end) ? (int) self->buttons->len - 1 : 0);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_stage_stepper_dispose (GObject *object)
{
  WfStageStepper *self = WF_STAGE_STEPPER (object);

  g_ptr_array_set_size (self->buttons, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STAGE_STEPPER);
  G_OBJECT_CLASS (wf_stage_stepper_parent_class)->dispose (object);
}

static void
wf_stage_stepper_finalize (GObject *object)
{
  WfStageStepper *self = WF_STAGE_STEPPER (object);

  g_ptr_array_unref (self->buttons);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  G_OBJECT_CLASS (wf_stage_stepper_parent_class)->finalize (object);
}

static void
wf_stage_stepper_class_init (WfStageStepperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wf_stage_stepper_dispose;
  object_class->finalize = wf_stage_stepper_finalize;
  widget_class->focus = wf_stage_stepper_focus;
  widget_class->grab_focus = wf_stage_stepper_grab_focus;
  signals[CHOSEN] = g_signal_new ("chosen", WF_TYPE_STAGE_STEPPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[REFUSED] = g_signal_new ("refused", WF_TYPE_STAGE_STEPPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "wf-stage-stepper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_home_or_end, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, on_home_or_end, "b", TRUE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-stage-stepper.ui");
  gtk_widget_class_bind_template_child (widget_class, WfStageStepper, box);
}

static void
wf_stage_stepper_init (WfStageStepper *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_stage_stepper_new (void)
{
  return g_object_new (WF_TYPE_STAGE_STEPPER, NULL);
}

/* The buttons stay as they are while only the stage changes: so does the focus. */
static void
match_buttons (WfStageStepper *self, guint n)
{
  while (self->buttons->len > n)
    adw_wrap_box_remove (self->box,
                         g_ptr_array_steal_index (self->buttons, self->buttons->len - 1));
  while (self->buttons->len < n)
    {
      GtkWidget *button = wf_stage_button_new ();
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_button_clicked), self, 0);
      g_ptr_array_add (self->buttons, button);
      adw_wrap_box_append (self->box, button);
    }
}

void
wf_stage_stepper_set_steps (WfStageStepper *self, GPtrArray *steps)
{
  g_return_if_fail (WF_IS_STAGE_STEPPER (self));
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->steps);

  self->steps = g_ptr_array_ref (steps);
  match_buttons (self, steps->len);
  for (guint i = 0; i < steps->len; i++)
    wf_stage_button_set_step (self->buttons->pdata[i], steps->pdata[i], i, steps->len);
}
