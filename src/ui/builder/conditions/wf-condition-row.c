/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the condition editor. The row changes its own draft; edits of the tree are the
 * editor's. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-row.h"

#include "wf-condition-value.h"
#include "wf-condition-words.h"
#include "wf-field-chooser.h"
#include "wf-line-layout.h"

#include <glib/gi18n-lib.h>

#define EDGE 12
#define LEVELS_WITH_REMOVE 2 /* likewise; their menu has it, too */
#define INDENT 16
#define LEVELS_INDENTED 5 /* deeper ones would leave no room on a narrow window */

struct _WfConditionRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *line;
  GtkWidget *handle;
  GtkDropDown *group;
  GtkWidget *add_test;
  GtkWidget *add_group;
  WfFieldChooser *field;
  GtkDropDown *operator;
  WfConditionValue *value;
  GtkLabel *sentence;
  GtkWidget *menu_button;
  GtkWidget *remove;
  GtkLabel *problem;

  WfConditionDraft *node; /* (unowned) */
  GtkStringList *operator_names;
  GArray *operators;   /* of WfOperator, in the order of their names */
  char *operators_for; /* (nullable) field */
  gboolean setting;
};

enum
{
  CHANGED,
  COMMAND,
  SUGGEST,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfConditionRow, wf_condition_row, ADW_TYPE_PREFERENCES_ROW)

static const struct
{
  const char *name;
  WfConditionCommand command;
} actions[] = {
  { "condition.add-test", WF_CONDITION_ADD_TEST },
  { "condition.add-group", WF_CONDITION_ADD_GROUP },
  { "condition.duplicate", WF_CONDITION_DUPLICATE },
  { "condition.remove", WF_CONDITION_REMOVE },
  { "condition.move-up", WF_CONDITION_MOVE_UP },
  { "condition.move-down", WF_CONDITION_MOVE_DOWN },
  { "condition.outdent", WF_CONDITION_OUTDENT },
  { "condition.indent", WF_CONDITION_INDENT },
};

/* ---- what the person does ---- */

static void
on_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      {
        g_signal_emit (widget, signals[COMMAND], 0, (int) actions[i].command);
        return;
      }
}

/* Right to left, in and out are the other way round. */
static gboolean
on_sideways (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gboolean right = g_variant_get_boolean (arguments);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return gtk_widget_activate_action_variant (
      widget, right != mirrored ? "condition.indent" : "condition.outdent", NULL);
}

static void
on_group_changed (WfConditionRow *self)
{
  if (!self->setting && wf_condition_draft_set_group (
                            self->node, (WfConditionKind) gtk_drop_down_get_selected (self->group)))
    g_signal_emit (self, signals[CHANGED], 0);
}

/* The comparison stays when it makes sense for the field, else it is the field's most usual. */
static void
on_field_changed (WfConditionRow *self)
{
  const char *field = wf_field_chooser_get_field (self->field);
  gboolean first = self->node->field == NULL, fits = FALSE;
  guint n;
  const WfOperator *operators = wf_condition_get_operators (field, &n);

  if (self->setting || !wf_condition_draft_set_field (self->node, field))
    return;
  for (guint i = 0; i < n && !first; i++)
    fits |= operators[i] == self->node->op;
  if (!fits)
    wf_condition_draft_set_operator (self->node, operators[0]);
  g_signal_emit (self, signals[CHANGED], 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->value));
}

static void
on_operator_changed (WfConditionRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->operator);

  if (!self->setting && selected < self->operators->len &&
      wf_condition_draft_set_operator (self->node,
                                       g_array_index (self->operators, WfOperator, selected)))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_value_changed (WfConditionRow *self)
{
  g_auto (GStrv) values = NULL;

  if (self->setting)
    return;
  values = wf_condition_value_dup_values (self->value);
  if (wf_condition_draft_set_values (self->node, (const char *const *) values))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_value_focused (WfConditionRow *self)
{
  if (self->node->field != NULL)
    g_signal_emit (self, signals[SUGGEST], 0, self->node->field);
}

/* ---- the widget ---- */

static void
wf_condition_row_dispose (GObject *object)
{
  g_clear_object (&WF_CONDITION_ROW (object)->operator_names);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CONDITION_ROW);
  G_OBJECT_CLASS (wf_condition_row_parent_class)->dispose (object);
}

static void
wf_condition_row_finalize (GObject *object)
{
  WfConditionRow *self = WF_CONDITION_ROW (object);

  g_clear_pointer (&self->operators, g_array_unref);
  g_free (self->operators_for);
  G_OBJECT_CLASS (wf_condition_row_parent_class)->finalize (object);
}

static void
add_shortcuts (GtkWidgetClass *widget_class)
{
  static const guint lefts[] = { GDK_KEY_Left, GDK_KEY_KP_Left };
  static const guint rights[] = { GDK_KEY_Right, GDK_KEY_KP_Right };

  for (guint i = 0; i < G_N_ELEMENTS (lefts); i++)
    {
      gtk_widget_class_add_binding (widget_class, lefts[i], GDK_ALT_MASK, on_sideways, "b", FALSE);
      gtk_widget_class_add_binding (widget_class, rights[i], GDK_ALT_MASK, on_sideways, "b", TRUE);
    }
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "condition.move-up",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK,
                                       "condition.move-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "condition.duplicate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "condition.remove", NULL);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, line);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, handle);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, group);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, add_test);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, add_group);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, field);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, operator);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, value);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, remove);
  gtk_widget_class_bind_template_child (widget_class, WfConditionRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_group_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_field_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_operator_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_value_focused);
}

static void
wf_condition_row_class_init (WfConditionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WF_TYPE_FIELD_CHOOSER);
  g_type_ensure (WF_TYPE_CONDITION_VALUE);
  g_type_ensure (WF_TYPE_LINE_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = wf_condition_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_condition_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMAND] = g_signal_new ("command", WF_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SUGGEST] = g_signal_new ("suggest", WF_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, on_action);
  add_shortcuts (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-condition-row.ui");
  bind_children (widget_class);
}

static void
wf_condition_row_init (WfConditionRow *self)
{
  self->setting = TRUE;
  self->operators = g_array_new (FALSE, FALSE, sizeof (WfOperator));
  self->operator_names = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->operator, G_LIST_MODEL (self->operator_names));
  self->setting = FALSE;
}

GtkWidget *
wf_condition_row_new (WfConditionDraft *node, const char *event_type)
{
  WfConditionRow *self = g_object_new (WF_TYPE_CONDITION_ROW, NULL);

  self->node = node;
  wf_field_chooser_set_event (self->field, event_type);
  return GTK_WIDGET (self);
}

WfConditionDraft *
wf_condition_row_get_node (WfConditionRow *self)
{
  return self->node;
}

void
wf_condition_row_set_event (WfConditionRow *self, const char *event_type)
{
  wf_field_chooser_set_event (self->field, event_type);
}

/* ---- showing the node ---- */

/* One that makes no sense for the field, but that the document has, is offered besides. */
static void
fill_operators (WfConditionRow *self)
{
  WfOperator own = self->node->op;
  guint n, before = g_list_model_get_n_items (G_LIST_MODEL (self->operator_names));
  const WfOperator *operators = wf_condition_get_operators (self->node->field, &n);

  g_array_set_size (self->operators, 0);
  g_array_append_vals (self->operators, operators, n);
  for (guint i = 0; i < n; i++)
    if (operators[i] == own)
      own = operators[0];
  if (own != operators[0])
    g_array_append_val (self->operators, own);
  gtk_string_list_splice (self->operator_names, 0, before, NULL);
  for (guint i = 0; i < self->operators->len; i++)
    gtk_string_list_append (self->operator_names,
                            wf_condition_operator_to_text (
                                self->node->field, g_array_index (self->operators, WfOperator, i)));
}

static gboolean
select_operator (WfConditionRow *self)
{
  for (guint i = 0; i < self->operators->len; i++)
    if (g_array_index (self->operators, WfOperator, i) == self->node->op)
      {
        gtk_drop_down_set_selected (self->operator, i);
        return TRUE;
      }
  return FALSE;
}

static void
show_test (WfConditionRow *self, const WfOrganisation *organisation)
{
  gboolean chosen = self->node->field != NULL;

  wf_field_chooser_set_field (self->field, self->node->field);
  gtk_widget_set_visible (GTK_WIDGET (self->field), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->operator), chosen);
  if (!chosen)
    return;
  if (g_set_str (&self->operators_for, self->node->field) || !select_operator (self))
    fill_operators (self);
  select_operator (self);
  wf_condition_value_show (self->value, self->node, organisation);
}

static void
show_problem (WfConditionRow *self)
{
  g_autofree char *problem = wf_condition_draft_find_problem (self->node);

  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  wf_condition_value_set_problem (self->value, problem != NULL && self->node->field != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
}

static void
show_place (WfConditionRow *self)
{
  guint level = wf_condition_draft_get_level (self->node);
  int start = wf_condition_row_get_indent (level);
  WfConditionDraft *parent = self->node->parent;

  gtk_widget_set_margin_start (self->line, start);
  gtk_widget_set_margin_start (GTK_WIDGET (self->problem), start + 22);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int) level + 1, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) wf_condition_draft_get_position (self->node) + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  parent != NULL ? (int) parent->children->len : 1, -1);
}

static void
show_actions (WfConditionRow *self)
{
  WfConditionDraft *node = self->node, *parent = node->parent;
  gboolean root = parent == NULL, nested = !root && parent->parent != NULL;
  guint place = wf_condition_draft_get_position (node);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_visible (self->handle, !root);
  gtk_widget_set_visible (self->menu_button, !root);
  gtk_widget_set_visible (self->remove,
                          !root && wf_condition_draft_get_level (node) <= LEVELS_WITH_REMOVE);
  gtk_widget_action_set_enabled (widget, "condition.remove", !root);
  gtk_widget_action_set_enabled (widget, "condition.duplicate", !root);
  gtk_widget_action_set_enabled (widget, "condition.move-up", nested || place > 0);
  gtk_widget_action_set_enabled (widget, "condition.move-down",
                                 nested || (!root && place + 1 < parent->children->len));
  gtk_widget_action_set_enabled (widget, "condition.outdent", nested);
  gtk_widget_action_set_enabled (widget, "condition.indent", !root);
}

void
wf_condition_row_update (WfConditionRow *self, const WfOrganisation *organisation)
{
  g_autofree char *text = wf_condition_draft_to_text (self->node, organisation);
  gboolean group = self->node->kind == WF_DRAFT_GROUP;
  guint n = group ? self->node->children->len : 0;

  self->setting = TRUE;
  gtk_widget_set_visible (self->add_test, group);
  gtk_widget_set_visible (self->add_group, group);
  gtk_widget_set_visible (
      GTK_WIDGET (self->group),
      group && (self->node->parent != NULL || n > 0 || self->node->group != WF_CONDITION_ALL));
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), self->node->kind == WF_DRAFT_KEPT);
  gtk_widget_set_tooltip_text (self->remove, group ? _ ("Remove Group") : _ ("Remove Condition"));
  gtk_label_set_text (self->sentence, text);
  if (group)
    gtk_drop_down_set_selected (self->group, self->node->group);
  else if (self->node->kind == WF_DRAFT_TEST)
    show_test (self, organisation);
  show_problem (self);
  show_place (self);
  show_actions (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  self->setting = FALSE;
}

/* values: nullable. Those of another field than the row's are not for it. */
void
wf_condition_row_set_suggestions (WfConditionRow *self, const char *field,
                                  const char *const *values)
{
  if (self->node->kind == WF_DRAFT_TEST && g_strcmp0 (self->node->field, field) == 0)
    wf_condition_value_set_suggestions (self->value, values);
}

void
wf_condition_row_focus_first (WfConditionRow *self)
{
  if (self->node->kind == WF_DRAFT_TEST && self->node->field == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->field));
  else if (self->node->kind == WF_DRAFT_TEST && gtk_widget_get_visible (GTK_WIDGET (self->value)))
    gtk_widget_grab_focus (GTK_WIDGET (self->value));
  else if (self->node->kind == WF_DRAFT_GROUP && self->node->children->len == 0)
    gtk_widget_grab_focus (self->add_test);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

GtkWidget *
wf_condition_row_get_handle (WfConditionRow *self)
{
  return self->handle;
}

int
wf_condition_row_get_indent (guint level)
{
  return EDGE + (int) MIN (level, LEVELS_INDENTED) * INDENT;
}
