/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The condition editor on a display: roles, names, keyboard, values, and what it leaves alone. */
#include "wf-condition-editor.h"
#include "wf-condition-row.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-field-chooser.h"
#include "wf-suggestions.h"
#include "wf-ui-gresource.h"
#include "wf-value-chip.h"
#include "wf-window-check.h"

#define SCORE "{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}"
#define SOURCE "{\"field\":\"lead.source\",\"op\":\"in\",\"value\":[\"web\",\"fair\"]}"
#define OWNER "{\"field\":\"lead.owner\",\"op\":\"eq\",\"value\":\"ana\"}"
#define KEPT "{\"field\":\"lead.source\",\"op\":\"ne\",\"value\":null}"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  GtkWidget *window;
  WfConditionEditor *editor;
  GtkWidget *list;
  guint n_changed;
} Fixture;

static void
on_changed (Fixture *self)
{
  self->n_changed++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 700);
  self->editor = g_object_new (WF_TYPE_CONDITION_EDITOR, "title", "Conditions", NULL);
  wf_condition_editor_set_event (self->editor, "lead.received");
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (on_changed), self);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->editor));
  gtk_window_present (GTK_WINDOW (self->window));
  self->list = wf_window_check_find (GTK_WIDGET (self->editor), GTK_TYPE_LIST_BOX, "list");
  g_assert_nonnull (self->list);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

static WfCondition *
read_condition (const char *text)
{
  g_autoptr (WfJsonDocument) json = wf_json_document_parse (text, -1, 0, NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (json), NULL);

  return wf_condition_read_unfinished (&cursor);
}

static void
show (Fixture *self, const char *text)
{
  g_autoptr (WfCondition) condition = read_condition (text);

  g_assert_nonnull (condition);
  wf_condition_editor_set_condition (self->editor, condition, self->organisation);
}

static void
assert_condition (Fixture *self, const char *expected)
{
  g_autoptr (WfCondition) condition = wf_condition_editor_dup_condition (self->editor);
  g_autoptr (WfCondition) wanted = expected != NULL ? read_condition (expected) : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new (), other = wf_json_writer_new ();
  g_autofree char *text = NULL, *wanted_text = NULL;

  if (condition != NULL)
    wf_condition_write (condition, writer, NULL);
  if (wanted != NULL)
    wf_condition_write (wanted, other, NULL);
  text = wf_json_writer_finish (writer, FALSE);
  wanted_text = wf_json_writer_finish (other, FALSE);
  g_assert_cmpstr (text, ==, wanted_text);
}

static GtkWidget *
get_row (Fixture *self, int line)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), line));
}

static void
act (Fixture *self, int line, const char *action)
{
  if (!gtk_widget_activate_action (get_row (self, line), action, NULL))
    g_error ("%s is not there", action);
}

/* What the widget's own shortcuts do for a key. */
static gboolean
press (GtkWidget *widget, const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                    ? g_list_model_get_n_items (G_LIST_MODEL (controller))
                    : 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger =
              gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, key))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_error ("%s has no shortcut %s", G_OBJECT_TYPE_NAME (widget), key);
}

static gboolean
press_in (GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

/* ---- tests ---- */

static void
test_accessible (Fixture *self, gconstpointer data)
{
  show (self, "{\"all\":[" SCORE ",{\"none\":[" SOURCE "," KEPT "]}," OWNER "]}");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (self->list)), ==,
                   GTK_ACCESSIBLE_ROLE_LIST);
  for (int line = 0; line < 6; line++)
    {
      GtkWidget *row = get_row (self, line);

      g_assert_nonnull (row);
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      g_assert_true (
          gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LEVEL));
    }
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_row (self, 1)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Score is at least 80");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_row (self, 2)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "None of these");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_row (self, 3)),
                                       GTK_ACCESSIBLE_PROPERTY_LEVEL, 3);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (get_row (self, 5)),
                                       GTK_ACCESSIBLE_RELATION_POS_IN_SET, 3);
  g_assert_null (get_row (self, 6));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->editor)), ==, 0);
  g_assert_true (wf_window_check_has_text (
      GTK_WIDGET (self->editor),
      "Score is at least 80 and not (Source is one of web, fair or Source is not nothing) and "
      "Responsible is Ana Souza"));
  g_assert_true (wf_window_check_has_text (get_row (self, 4), "Source is not nothing"));
}

/* Showing changes nothing and tells nobody, whatever is in it. */
static void
test_untouched (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = {
    SCORE,
    "{\"any\":[]}",
    "{\"all\":[" KEPT "],\"x-note\":\"kept\"}",
    "{\"any\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":\"80\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      show (self, rows[i]);
      assert_condition (self, rows[i]);
    }
  wf_condition_editor_set_condition (self->editor, NULL, NULL);
  assert_condition (self, NULL);
  g_assert_cmpuint (self->n_changed, ==, 0);
}

static void
test_keyboard (Fixture *self, gconstpointer data)
{
  GtkWidget *row;

  show (self, "{\"all\":[" SCORE "," OWNER "]}");
  row = get_row (self, 2);
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (press (row, "<Alt>Up"));
  assert_condition (self, "{\"all\":[" OWNER "," SCORE "]}");
  g_assert_true (get_row (self, 1) == row); /* the same widget, elsewhere */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == row);
  press (row, "<Alt>Right"); /* a group of its own */
  assert_condition (self, "{\"all\":[{\"any\":[" OWNER "]}," SCORE "]}");
  press (row, "<Alt>Down");
  assert_condition (self, "{\"all\":[{\"any\":[]}," OWNER "," SCORE "]}");
  g_assert_true (wf_window_check_has_text (
      get_row (self, 1), "This group is empty and never holds. Add a condition, or remove it."));
  press (row, "<Alt>Up");
  press (row, "<Alt>Left");
  assert_condition (self, "{\"all\":[{\"any\":[]}," OWNER "," SCORE "]}");
  press (get_row (self, 1), "Delete");
  assert_condition (self, "{\"all\":[" OWNER "," SCORE "]}");
  press (get_row (self, 1), "<Control>d");
  assert_condition (self, "{\"all\":[" OWNER "," OWNER "," SCORE "]}");
}

/* Right to left, in is where the text goes on. */
static void
test_mirrored (Fixture *self, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  show (self, "{\"all\":[" SCORE "]}");
  press (get_row (self, 1), "<Alt>Left");
  assert_condition (self, "{\"all\":[{\"any\":[" SCORE "]}]}");
  press (get_row (self, 2), "<Alt>Right");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  assert_condition (self, "{\"all\":[{\"any\":[]}," SCORE "]}");
}

static void
test_build (Fixture *self, gconstpointer data)
{
  WfFieldChooser *chooser;
  GtkWidget *entry, *operator;

  g_assert_true (wf_condition_editor_is_complete (self->editor));
  act (self, 0, "condition.add-test");
  assert_condition (self, NULL);
  g_assert_false (wf_condition_editor_is_complete (self->editor));
  g_assert_true (wf_window_check_has_text (get_row (self, 1), "Choose a field."));
  chooser =
      WF_FIELD_CHOOSER (wf_window_check_find (get_row (self, 1), WF_TYPE_FIELD_CHOOSER, NULL));
  wf_field_chooser_set_field (chooser, "lead.score");
  g_signal_emit_by_name (chooser, "changed");
  g_assert_true (wf_window_check_has_text (get_row (self, 1), "The value is missing."));
  operator= wf_window_check_find (get_row (self, 1), GTK_TYPE_DROP_DOWN, "operator");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (operator), 1);
  entry = wf_window_check_find (get_row (self, 1), GTK_TYPE_ENTRY, "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "many");
  g_assert_true (wf_window_check_has_text (get_row (self, 1), "“many” is no number."));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "80");
  assert_condition (self, "{\"all\":[{\"field\":\"lead.score\",\"op\":\"le\",\"value\":80}]}");
  g_assert_true (wf_condition_editor_is_complete (self->editor));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (self->editor), "Score is at most 80"));
  act (self, 0, "condition.add-group");
  g_assert_nonnull (get_row (self, 3)); /* with a first line, which means nothing yet */
  assert_condition (self, "{\"all\":[{\"field\":\"lead.score\",\"op\":\"le\",\"value\":80}]}");
  act (self, 2, "condition.remove");
  act (self, 1, "condition.remove");
  assert_condition (self, NULL);
}

/* What somebody is in the middle of writing survives that the form shows the document again. */
static void
test_shown_again (Fixture *self, gconstpointer data)
{
  GtkWidget *row;
  g_autoptr (WfCondition) condition = NULL;

  show (self, "{\"all\":[" SCORE "]}");
  act (self, 0, "condition.add-test");
  row = get_row (self, 2);
  condition = wf_condition_editor_dup_condition (self->editor);
  wf_condition_editor_set_condition (self->editor, condition, self->organisation);
  g_assert_true (get_row (self, 2) == row);
  show (self, "{\"any\":[" OWNER "]}");
  g_assert_null (get_row (self, 2));
}

static void
test_lists (Fixture *self, gconstpointer data)
{
  GtkWidget *chip, *entry;

  show (self, "{\"all\":[" SOURCE "]}");
  chip = wf_window_check_find (get_row (self, 1), WF_TYPE_VALUE_CHIP, NULL);
  g_assert_cmpstr (wf_value_chip_get_value (WF_VALUE_CHIP (chip)), ==, "web");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, "web");
  g_signal_emit_by_name (chip, "removed");
  assert_condition (self,
                    "{\"all\":[{\"field\":\"lead.source\",\"op\":\"in\",\"value\":[\"fair\"]}]}");
  entry = wf_window_check_find (get_row (self, 1), GTK_TYPE_ENTRY, "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "a shop,");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  gtk_editable_set_text (GTK_EDITABLE (entry), "fair");
  g_signal_emit_by_name (entry, "activate"); /* it is there already */
  assert_condition (self, "{\"all\":[{\"field\":\"lead.source\",\"op\":\"in\",\"value\":[\"fair\","
                          "\"a shop\"]}]}");
}

static gboolean
has_suggestions (gpointer data)
{
  GtkWidget *found = wf_window_check_find (data, WF_TYPE_SUGGESTIONS, NULL);

  return found != NULL && wf_suggestions_get_n (WF_SUGGESTIONS (found)) > 0;
}

/* Values of the CRM, below what is typed. */
static void
test_suggestions (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("Test");
  g_autoptr (WfWorkflowDocument) document = wf_workflow_document_new (workflow, self->organisation);
  g_autoptr (WfBuilderContext) context = wf_builder_context_new (self->runtime, document, TRUE);
  GtkWidget *entry, *text, *row;

  wf_fake_runtime_set_field_values (self->runtime, "lead.source",
                                    (const char *const[]) { "web", "web-chat", "fair", NULL });
  wf_condition_editor_set_context (self->editor, context);
  show (self, "{\"all\":[{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"x\"}]}");
  row = get_row (self, 1);
  entry = wf_window_check_find (row, GTK_TYPE_ENTRY, "entry");
  text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
  g_assert_true (gtk_widget_grab_focus (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "we");
  g_assert_true (wf_window_check_wait (has_suggestions, row));
  g_assert_true (press_in (text, GDK_KEY_Down));
  g_assert_true (press_in (text, GDK_KEY_Down));
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (text),
                                                   GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT));
  g_assert_true (press_in (text, GDK_KEY_Return));
  assert_condition (self,
                    "{\"all\":[{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"web-chat\"}]}");
  g_assert_false (has_suggestions (row));
  gtk_editable_set_text (GTK_EDITABLE (entry), "fa");
  g_assert_true (wf_window_check_wait (has_suggestions, row));
  g_assert_true (press_in (text, GDK_KEY_Escape));
  g_assert_false (has_suggestions (row));
  g_assert_false (press_in (text, GDK_KEY_Escape)); /* the dialog's */
}

/* Who may not edit sees everything and changes nothing. */
static void
test_not_editable (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("Test");
  g_autoptr (WfWorkflowDocument) document = wf_workflow_document_new (workflow, self->organisation);
  g_autoptr (WfBuilderContext) context = wf_builder_context_new (self->runtime, document, FALSE);

  wf_condition_editor_set_context (self->editor, context);
  show (self, "{\"all\":[" SCORE "]}");
  g_assert_false (gtk_widget_is_sensitive (get_row (self, 1)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  wf_ui_register_resource ();
  adw_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/ui/conditions/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("accessible", test_accessible);
  ADD ("untouched", test_untouched);
  ADD ("keyboard", test_keyboard);
  ADD ("mirrored", test_mirrored);
  ADD ("build", test_build);
  ADD ("shown-again", test_shown_again);
  ADD ("lists", test_lists);
  ADD ("suggestions", test_suggestions);
  ADD ("not-editable", test_not_editable);
  return g_test_run ();
}
