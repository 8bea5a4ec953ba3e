/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a path of a branch. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-path-form.h"

#include "wf-condition-editor.h"
#include "wf-problem-row.h"

struct _WfPathForm
{
  AdwBin parent_instance;

  AdwEntryRow *name;
  WfProblemRow *problem;
  WfConditionEditor *condition;
  GtkWidget *condition_group;
  WfProblemRow *condition_problem;

  WfOrganisation *organisation; /* (owned) (nullable) */
  char *shown;                  /* (owned) (nullable) the condition in the editor, as text */
  gboolean showing;             /* the rows are being filled: nobody changed anything */
};

enum
{
  NAME_CHANGED,
  CONDITION_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfPathForm, wf_path_form, ADW_TYPE_BIN)

static void
on_name_changed (WfPathForm *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[NAME_CHANGED], 0);
}

static void
on_condition_changed (WfPathForm *self)
{
  g_autoptr (WfCondition) condition = NULL;

  if (self->showing)
    return;
  condition = wf_path_form_dup_condition (self);
  g_free (self->shown);
  self->shown = wf_condition_to_json (condition);
  g_signal_emit (self, signals[CONDITION_CHANGED], 0);
}

static void
wf_path_form_dispose (GObject *object)
{
  WF_PATH_FORM (object)->showing = TRUE; /* rows emit while they go */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PATH_FORM);
  G_OBJECT_CLASS (wf_path_form_parent_class)->dispose (object);
}

static void
wf_path_form_finalize (GObject *object)
{
  WfPathForm *self = WF_PATH_FORM (object);

  wf_organisation_unref (self->organisation);
  g_free (self->shown);
  G_OBJECT_CLASS (wf_path_form_parent_class)->finalize (object);
}

static void
wf_path_form_class_init (WfPathFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_path_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_path_form_finalize;
  signals[NAME_CHANGED] = g_signal_new ("name-changed", WF_TYPE_PATH_FORM, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONDITION_CHANGED] = g_signal_new ("condition-changed", WF_TYPE_PATH_FORM,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             0);
  g_type_ensure (WF_TYPE_CONDITION_EDITOR);
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-path-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPathForm, name);
  gtk_widget_class_bind_template_child (widget_class, WfPathForm, problem);
  gtk_widget_class_bind_template_child (widget_class, WfPathForm, condition);
  gtk_widget_class_bind_template_child (widget_class, WfPathForm, condition_group);
  gtk_widget_class_bind_template_child (widget_class, WfPathForm, condition_problem);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_condition_changed);
}

static void
wf_path_form_init (WfPathForm *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;
}

void
wf_path_form_set_event (WfPathForm *self, const char *event_type, WfOrganisation *organisation)
{
  g_autoptr (WfOrganisation) before = self->organisation;

  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  wf_condition_editor_set_event (self->condition, event_type);
}

void
wf_path_form_set_context (WfPathForm *self, WfBuilderContext *context)
{
  wf_condition_editor_set_context (self->condition, context);
}

void
wf_path_form_show (WfPathForm *self, const char *name, WfCondition *condition)
{
  g_autofree char *text = wf_condition_to_json (condition);

  if (name == NULL)
    name = "";
  self->showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->name)), name))
    gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  if (g_strcmp0 (text, self->shown) != 0)
    {
      wf_condition_editor_set_condition (self->condition, condition, self->organisation);
      g_set_str (&self->shown, text);
    }
  self->showing = FALSE;
}

const char *
wf_path_form_get_name (WfPathForm *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->name));
}

WfCondition *
wf_path_form_dup_condition (WfPathForm *self)
{
  return wf_condition_editor_dup_condition (self->condition);
}

gboolean
wf_path_form_is_complete (WfPathForm *self)
{
  return wf_condition_editor_is_complete (self->condition);
}

void
wf_path_form_set_problem (WfPathForm *self, const char *text)
{
  wf_problem_row_set_text (self->problem, text, GTK_WIDGET (self->name));
}

/* What a line of the editor says itself is not said twice. */
void
wf_path_form_set_condition_problem (WfPathForm *self, const char *text)
{
  gboolean shown = text != NULL && wf_condition_editor_is_complete (self->condition);

  wf_problem_row_set_text (self->condition_problem, shown ? text : NULL,
                           GTK_WIDGET (self->condition));
  gtk_widget_set_visible (self->condition_group, shown);
}

void
wf_path_form_set_editable (WfPathForm *self, gboolean editable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->name), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->condition), editable);
}

/* A path that has a name, as every new one, wants conditions. */
GtkWidget *
wf_path_form_get_first (WfPathForm *self)
{
  return *wf_path_form_get_name (self) != '\0' ? GTK_WIDGET (self->condition)
                                               : GTK_WIDGET (self->name);
}

void
wf_path_form_focus_first (WfPathForm *self)
{
  gtk_widget_grab_focus (wf_path_form_get_first (self));
}
