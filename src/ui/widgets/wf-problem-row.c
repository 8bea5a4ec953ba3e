/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says under a field of a form what is wrong with it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-problem-row.h"

struct _WfProblemRow
{
  AdwPreferencesRow parent_instance;

  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (WfProblemRow, wf_problem_row, ADW_TYPE_PREFERENCES_ROW)

static void
wf_problem_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PROBLEM_ROW);
  G_OBJECT_CLASS (wf_problem_row_parent_class)->dispose (object);
}

/* A list leaves off at a row that takes no focus; Tab and the arrows go on to the row after it. */
static gboolean
wf_problem_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *next = widget;

  do
    next = back ? gtk_widget_get_prev_sibling (next) : gtk_widget_get_next_sibling (next);
  while (next != NULL && !gtk_widget_get_visible (next));
  return next != NULL && gtk_widget_child_focus (next, direction);
}

static void
wf_problem_row_class_init (WfProblemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_problem_row_dispose;
  widget_class->focus = wf_problem_row_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "widgets/wf-problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfProblemRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfProblemRow, label);
}

static void
wf_problem_row_init (WfProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* css_class: of what is wrong; nullable. */
static void
set_css_class (GtkWidget *widget, const char *css_class)
{
  static const char *const css_classes[] = { "error", "warning" };

  for (guint i = 0; i < G_N_ELEMENTS (css_classes); i++)
    {
      if (g_strcmp0 (css_class, css_classes[i]) == 0)
        gtk_widget_add_css_class (widget, css_classes[i]);
      else
        gtk_widget_remove_css_class (widget, css_classes[i]);
    }
}

static void
say (WfProblemRow *self, const char *text, GtkWidget *field, gboolean is_error)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (field);
  const char *css_class = is_error ? "error" : "warning";

  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->icon,
                                is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  set_css_class (GTK_WIDGET (self), css_class);
  set_css_class (field, text != NULL ? css_class : NULL);
  gtk_accessible_update_state (
      accessible, GTK_ACCESSIBLE_STATE_INVALID,
      text != NULL && is_error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (text != NULL && is_error)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->label,
                                    NULL, -1);
  else
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
  if (text != NULL && !is_error)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

void
wf_problem_row_set_text (WfProblemRow *self, const char *text, GtkWidget *field)
{
  g_return_if_fail (WF_IS_PROBLEM_ROW (self) && GTK_IS_WIDGET (field));
  say (self, text, field, TRUE);
}

void
wf_problem_row_set_warning (WfProblemRow *self, const char *text, GtkWidget *field)
{
  g_return_if_fail (WF_IS_PROBLEM_ROW (self) && GTK_IS_WIDGET (field));
  say (self, text, field, FALSE);
}

const char *
wf_problem_row_get_text (WfProblemRow *self)
{
  g_return_val_if_fail (WF_IS_PROBLEM_ROW (self), NULL);
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (self->label) : NULL;
}
