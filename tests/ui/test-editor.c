/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor's commands: that each shortcut has its action, when it can be used, what it does, and that canvas, outline and undo
 * agree about it. The sample is "a b(b1 b2(c1|)||b3) d e". */
#include "wf-actions.h"
#include "wf-builder-sample.h"
#include "wf-canvas-private.h"
#include "wf-condition-editor-private.h"
#include "wf-editor-window.h"
#include "wf-outline-selection.h"
#include "wf-path-dialog.h"
#include "wf-step-dialog.h"
#include "wf-step-form.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

static void
set_up (WfEditorWindow *self, gconstpointer data)
{
  wf_editor_window_init (self, data != NULL ? data : "carla");
  wf_editor_window_open (self, wf_builder_sample_new (), NULL);
}

static void
tear_down (WfEditorWindow *self, gconstpointer data)
{
  wf_editor_window_clear (self);
}

/* ---- the table of shortcuts ---- */

/* Each accelerator of a scope, in the one way in which GTK writes it, to the action. */
static void
collect_accels (GHashTable *accels, WfShortcutScope scope)
{
  guint n;
  const WfShortcutInfo *table = wf_actions_get_shortcuts (&n);

  for (guint i = 0; i < n; i++)
    {
      if (table[i].scope != scope || table[i].accels == NULL)
        continue;
      g_auto (GStrv) list = g_strsplit (table[i].accels, " ", -1);

      for (guint j = 0; list[j] != NULL; j++)
        {
          g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (list[j]);
          char *text;

          if (trigger == NULL)
            g_error ("%s: “%s” is no accelerator", table[i].action, list[j]);
          text = gtk_shortcut_trigger_to_string (trigger);
          if (g_hash_table_contains (accels, text))
            g_error ("%s is used by %s and by %s", text, table[i].action,
                     (const char *) g_hash_table_lookup (accels, text));
          g_hash_table_insert (accels, text, (gpointer) table[i].action);
        }
    }
}

/* What works everywhere works in each scope, too. */
static void
test_accels (void)
{
  static const WfShortcutScope scopes[] = { WF_SHORTCUT_TODAY, WF_SHORTCUT_LOG,
                                            WF_SHORTCUT_WORKFLOWS, WF_SHORTCUT_BUILDER,
                                            WF_SHORTCUT_STEPS };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (GHashTable) accels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      collect_accels (accels, WF_SHORTCUT_EVERYWHERE);
      collect_accels (accels, scopes[i]);
      g_assert_cmpuint (g_hash_table_size (accels), >, 9);
    }
}

static const char *
find_parameter_type (const char *name, gboolean *is_there)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (WF_TYPE_WORKFLOW_EDITOR);
  const GVariantType *parameter;
  const char *action, *property;
  GType owner;

  *is_there = TRUE;
  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_CLASS ((gpointer) klass), i, &owner,
                                                   &action, &parameter, &property);
       i++)
    if (g_str_equal (action, name))
      return parameter != NULL ? g_variant_type_peek_string (parameter) : NULL;
  *is_there = FALSE;
  return NULL;
}

static void
test_shortcuts_have_actions (void)
{
  guint n, n_found = 0;
  const WfShortcutInfo *table = wf_actions_get_shortcuts (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      gboolean is_there;
      const char *type;

      if (table[i].scope != WF_SHORTCUT_BUILDER && table[i].scope != WF_SHORTCUT_STEPS)
        continue;
      g_assert_true (g_action_parse_detailed_name (table[i].action, &name, &target, NULL));
      type = find_parameter_type (name, &is_there);
      if (!is_there)
        g_error ("the editor has no action %s", name);
      g_assert_cmpstr (type, ==, target != NULL ? g_variant_get_type_string (target) : NULL);
      n_found++;
    }
  g_assert_cmpuint (n_found, >, 30);
}

/* ---- which can be used ---- */

static const char *const watched[] = {
  "add-step",       "add-action",      "edit", "delete",  "duplicate", "cut",        "copy",
  "paste",          "select-all",      "wrap", "move-up", "move-down", "add-path",   "remove-path",
  "move-path-left", "move-path-right", "undo", "redo",    "publish",   "save-draft",
};

static char *
list_enabled (WfEditorWindow *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    {
      g_autofree char *action = g_strconcat ("editor.", watched[i], NULL);

      if (wf_editor_window_can (self, action))
        g_strv_builder_add (names, watched[i]);
    }
  list = g_strv_builder_end (names);
  return g_strjoinv (" ", list);
}

typedef struct
{
  const char *focus, *enabled;
} Situation;

static void
assert_enabled (WfEditorWindow *self, const Situation *situations, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *enabled = NULL;

      g_test_message ("%s", situations[i].focus);
      wf_editor_window_point_at (self, situations[i].focus);
      enabled = list_enabled (self);
      g_assert_cmpstr (enabled, ==, situations[i].enabled);
    }
}

#define ON_STEPS "add-step add-action edit delete duplicate cut copy paste select-all wrap"

static void
test_enabled (WfEditorWindow *self, gconstpointer data)
{
  static const Situation situations[] = {
    { "trigger", "add-step add-action edit paste select-all publish" },
    { "", "add-step add-action edit paste select-all publish" },
    { "a", ON_STEPS " move-down publish" },
    { "e", ON_STEPS " move-up publish" },
    { "b", ON_STEPS " move-up move-down add-path publish" },
    { "a d", ON_STEPS " move-up move-down publish" },
    { "path b 0", "add-step add-action edit paste select-all add-path remove-path "
                  "move-path-right publish" },
    { "path b 1", "add-step add-action edit paste select-all add-path remove-path "
                  "move-path-left move-path-right publish" },
    { "path b 2", "add-step add-action edit paste select-all add-path remove-path "
                  "move-path-left publish" },
  };
  static const char *const always[] = {
    "editor.inspector",  "editor.view::outline", "editor.zoom-in", "editor.traffic",
    "editor.test",       "editor.show-problems", "editor.compare", "editor.trial",
    "editor.edge-bench", "editor.versions",      "editor.export",  "editor.print",
    "editor.export-pdf",
  };

  assert_enabled (self, situations, G_N_ELEMENTS (situations));
  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_true (wf_editor_window_can (self, always[i]));
  g_assert_false (wf_editor_window_can (self, "editor.take-back")); /* never published */
  wf_editor_window_activate (self, "editor.delete");
}

/* R7: who may only look can look at all of it, and copy. */
static void
test_read_only (WfEditorWindow *self, gconstpointer data)
{
  static const Situation situations[] = {
    { "trigger", "select-all" },  { "a", "copy select-all" },   { "b", "copy select-all" },
    { "a d", "copy select-all" }, { "path b 1", "select-all" },
  };
  g_autofree char *before = wf_editor_window_describe (self), *after = NULL;

  assert_enabled (self, situations, G_N_ELEMENTS (situations));
  g_assert_true (wf_editor_window_can (self, "editor.versions"));
  g_assert_true (wf_editor_window_can (self, "editor.test"));
  g_assert_true (wf_editor_window_can (self, "editor.inspector"));
  wf_editor_window_point_at (self, "a");
  gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.delete", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.paste", NULL);
  wf_fake_clock_run_idle ();
  after = wf_editor_window_describe (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (wf_workflow_document_is_modified (self->editor->document));
  g_assert_null (self->editor->recovery);
}

/* ---- what each does ---- */

static void
undo_and_check (WfEditorWindow *self, const char *before, const char *after)
{
  g_autofree char *undone = NULL, *redone = NULL, *again = NULL;

  wf_editor_window_activate (self, "editor.undo");
  undone = wf_editor_window_describe (self);
  g_assert_cmpstr (undone, ==, before);
  g_assert_false (wf_workflow_document_is_modified (self->editor->document));
  wf_editor_window_activate (self, "editor.redo");
  redone = wf_editor_window_describe (self);
  g_assert_cmpstr (redone, ==, after);
  wf_editor_window_activate (self, "editor.undo");
  again = wf_editor_window_describe (self);
  g_assert_cmpstr (again, ==, before);
}

static void
test_commands (WfEditorWindow *self, gconstpointer data)
{
  /* Ids of new steps are made up: they are shown as “?”. */
  static const struct
  {
    const char *focus, *action, *after, *selected;
  } commands[] = {
    { "d", "editor.delete", "a b(b1 b2(c1|)||b3) e", "e" },
    { "a d", "editor.delete", "b(b1 b2(c1|)||b3) e", "e" },
    { "b", "editor.delete", "a d e", "d" },
    { "a", "editor.duplicate", "a ? b(b1 b2(c1|)||b3) d e", "?" },
    { "d e", "editor.cut", "a b(b1 b2(c1|)||b3)", "b" },
    { "e", "editor.move-up", "a b(b1 b2(c1|)||b3) e d", "e" },
    { "d", "editor.move-down", "a b(b1 b2(c1|)||b3) e d", "d" },
    { "d e", "editor.wrap", "a b(b1 b2(c1|)||b3) ?(d e|)", "?" },
    { "b", "editor.add-path", "a b(b1 b2(c1|)|||b3) d e", "" },
    { "path b 1", "editor.add-path", "a b(b1 b2(c1|)|||b3) d e", "" },
    { "path b 0", "editor.move-path-right", "a b(|b1 b2(c1|)|b3) d e", "" },
    { "path b 2", "editor.move-path-left", "a b(b1 b2(c1|)|b3|) d e", "" },
    { "path b 2", "editor.remove-path", "a b(b1 b2(c1|)|) d e", "" },
  };
  g_autofree char *before = wf_editor_window_describe (self);
  g_autoptr (GRegex) made_up = g_regex_new ("\\bstep-[0-9]+\\b", 0, 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *after = NULL, *plain = NULL, *selected = NULL, *ids = NULL;

      g_test_message ("%s on “%s”", commands[i].action, commands[i].focus);
      wf_editor_window_point_at (self, commands[i].focus);
      wf_editor_window_activate (self, commands[i].action);
      after = wf_editor_window_describe (self);
      plain = g_regex_replace_literal (made_up, after, -1, 0, "?", 0, NULL);
      g_assert_cmpstr (plain, ==, commands[i].after);
      selected = wf_builder_sample_selected (self->editor->selection);
      ids = g_regex_replace_literal (made_up, selected, -1, 0, "?", 0, NULL);
      g_assert_cmpstr (ids, ==, commands[i].selected);
      undo_and_check (self, before, after);
    }
}

/* B17: one selection, whichever of the two is shown. */
static void
test_shared_selection (WfEditorWindow *self, gconstpointer data)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (
      wf_editor_window_find (GTK_WIDGET (self->editor->outline), GTK_TYPE_LIST_VIEW)));
  g_autoptr (WfTarget) step = wf_target_new_step ("c1");
  g_autofree char *selected = NULL, *all = NULL;

  wf_editor_window_point_at (self, "b1 e");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (WfOutlineItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);
      const WfTarget *target = wf_outline_item_get_target (item);
      gboolean wanted = target->kind == WF_TARGET_STEP &&
                        (g_str_equal (target->step, "b1") || g_str_equal (target->step, "e"));

      g_assert_cmpint (gtk_selection_model_is_selected (model, i), ==, wanted);
    }
  gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.view", "s", "outline");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->editor->stack), ==, "outline");
  g_assert_false (wf_editor_window_can (self, "editor.zoom-in"));
  gtk_selection_model_select_item (
      model, wf_outline_selection_find (WF_OUTLINE_SELECTION (model), step), TRUE);
  selected = wf_builder_sample_selected (self->editor->selection);
  g_assert_cmpstr (selected, ==, "c1");
  gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.view", "s", "canvas");
  g_assert_true (wf_editor_window_can (self, "editor.zoom-in"));
  wf_editor_window_activate (self, "editor.select-all");
  all = wf_builder_sample_selected (self->editor->selection);
  g_assert_cmpstr (all, ==, "a b b1 b2 c1 b3 d e");
}

static gboolean
has_no_dialog (gpointer window)
{
  return adw_window_get_visible_dialog (window) == NULL;
}

/* R13: a new activity and a step that is there are the same pop-up. */
static void
test_pop_ups (WfEditorWindow *self, gconstpointer data)
{
  GtkWidget *dialog;
  g_autofree char *before = NULL, *after = NULL;

  wf_editor_window_point_at (self, "a");
  wf_editor_window_activate (self, "editor.add-action");
  dialog = wf_editor_window_wait_for (self, WF_TYPE_STEP_DIALOG, NULL);
  g_assert_true (gtk_widget_activate_action (dialog, "step.save", NULL));
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
  before = wf_editor_window_describe (self);
  g_assert_true (g_str_has_prefix (before, "a "));
  g_assert_true (g_str_has_suffix (before, " b(b1 b2(c1|)||b3) d e"));
  wf_editor_window_activate (self, "editor.edit");
  dialog = wf_editor_window_wait_for (self, WF_TYPE_STEP_DIALOG, NULL);
  adw_dialog_close (ADW_DIALOG (dialog));
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
  wf_editor_window_activate (self, "editor.undo");
  after = wf_editor_window_describe (self);
  g_assert_cmpstr (after, ==, "a b(b1 b2(c1|)||b3) d e");
}

static void
test_chooser (WfEditorWindow *self, gconstpointer data)
{
  g_autofree char *after = NULL;

  wf_editor_window_point_at (self, "path b 1");
  wf_editor_window_activate (self, "editor.add-step");
  g_assert_nonnull (self->editor->chooser);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->editor->chooser)));
  g_signal_emit_by_name (self->editor->chooser, "chosen", WF_STEP_BRANCH);
  gtk_popover_popdown (GTK_POPOVER (self->editor->chooser));
  after = wf_editor_window_describe (self);
  g_assert_nonnull (strstr (after, "(|)|b3)"));
  wf_editor_window_activate (self, "editor.undo");
  g_assert_false (wf_workflow_document_is_modified (self->editor->document));
}

/* ---- conditions ---- */

static WfConditionEditor *
find_conditions (WfEditorWindow *self, const char *page)
{
  GtkStack *stack =
      self->editor->inspector != NULL
          ? GTK_STACK (wf_editor_window_find (GTK_WIDGET (self->editor->inspector), GTK_TYPE_STACK))
          : NULL;
  GtkWidget *child = gtk_stack_get_child_by_name (stack, page);

  g_assert_nonnull (child);
  return WF_CONDITION_EDITOR (wf_editor_window_find (child, WF_TYPE_CONDITION_EDITOR));
}

static void
add_wait (WfEditorWindow *self)
{
  g_autoptr (WfWorkflow) wait = wf_builder_sample_read (
      "{\"id\":\"w\",\"kind\":\"wait\",\"until-condition\":{\"all\":[{\"field\":\"lead.score\","
      "\"op\":\"ge\",\"value\":80}]},\"time-out\":{\"amount\":1,\"unit\":\"days\"}}");
  WfWorkflow *next = wf_workflow_copy (wf_workflow_editor_get_workflow (self->editor));

  g_ptr_array_add (next->steps, wf_step_copy (g_ptr_array_index (wait->steps, 0)));
  wf_workflow_document_change (self->editor->document, next, NULL);
}

static gboolean
has_conditions_of_step (gpointer data)
{
  return find_conditions (data, "step") != NULL;
}

/* Every editor of conditions can ask the CRM for values. */
static void
test_conditions_know_context (WfEditorWindow *self, gconstpointer data)
{
  add_wait (self);
  wf_editor_window_point_at (self, "w");
  g_assert_true (wf_window_check_wait (has_conditions_of_step, self));
  g_assert_true (find_conditions (self, "step")->context == self->editor->context);
  g_assert_true (find_conditions (self, "trigger")->context == self->editor->context);
  g_assert_true (find_conditions (self, "path")->context == self->editor->context);
}

static void
test_conditions_read_only (WfEditorWindow *self, gconstpointer data)
{
  static const char *const pages[] = { "trigger", "path" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (find_conditions (self, pages[i])->list)));
}

static void
add_test (GtkWidget *dialog)
{
  WfConditionEditor *conditions =
      WF_CONDITION_EDITOR (wf_editor_window_find (dialog, WF_TYPE_CONDITION_EDITOR));
  GtkListBoxRow *root = gtk_list_box_get_row_at_index (conditions->list, 0);

  g_assert_true (conditions->context != NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (root), "condition.add-test", NULL));
}

static void
remove_test (GtkWidget *dialog)
{
  WfConditionEditor *conditions =
      WF_CONDITION_EDITOR (wf_editor_window_find (dialog, WF_TYPE_CONDITION_EDITOR));
  GtkListBoxRow *last = NULL;

  for (int i = 0; gtk_list_box_get_row_at_index (conditions->list, i) != NULL; i++)
    last = gtk_list_box_get_row_at_index (conditions->list, i);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (last), "condition.remove", NULL));
}

static gboolean
can_save (GtkWidget *dialog)
{
  return gtk_widget_get_sensitive (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "save"));
}

/* A line that is begun and not finished is not in the condition: it must not be lost by saving. */
static void
test_unfinished_path (WfEditorWindow *self, gconstpointer data)
{
  GtkWidget *dialog = GTK_WIDGET (wf_path_dialog_new (
      self->editor->context, "lead.received",
      wf_builder_context_get_organisation (self->editor->context), "New", NULL));

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->editor));
  wf_editor_window_wait_for (self, GTK_TYPE_BUTTON, "save");
  g_assert_true (can_save (dialog)); /* without a condition: always taken */
  add_test (dialog);
  g_assert_false (can_save (dialog));
  gtk_widget_activate_action (dialog, "path.save", NULL);
  g_assert_false (wf_workflow_document_is_modified (self->editor->document));
  remove_test (dialog);
  g_assert_true (can_save (dialog));
  adw_dialog_close (ADW_DIALOG (dialog));
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
}

static void
test_unfinished_wait (WfEditorWindow *self, gconstpointer data)
{
  GtkWidget *dialog;

  add_wait (self);
  wf_editor_window_point_at (self, "w");
  wf_editor_window_activate (self, "editor.edit");
  dialog = wf_editor_window_wait_for (self, WF_TYPE_STEP_DIALOG, NULL);
  wf_editor_window_wait_for (self, GTK_TYPE_BUTTON, "save");
  g_assert_true (can_save (dialog));
  add_test (dialog);
  g_assert_false (can_save (dialog));
  remove_test (dialog);
  g_assert_true (can_save (dialog));
  adw_dialog_close (ADW_DIALOG (dialog));
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
}

/* ---- traffic ---- */

static gboolean
has_marks (gpointer canvas)
{
  return WF_CANVAS (canvas)->marks != NULL;
}

static gboolean
is_off (gpointer editor)
{
  return !WF_WORKFLOW_EDITOR (editor)->traffic_wanted;
}

static void
test_traffic (WfEditorWindow *self, gconstpointer data)
{
  g_autoptr (WfTarget) step = wf_target_new_step ("a"), trigger = wf_target_new_trigger ();
  g_autoptr (WfTarget) path = wf_target_new_path ("b", 1), unknown = wf_target_new_step ("e");
  const WfFlowMarks *marks;

  wf_fake_runtime_add_traffic (self->runtime, NULL, -1, 12);
  wf_fake_runtime_add_traffic (self->runtime, "a", -1, 11);
  wf_fake_runtime_add_traffic (self->runtime, "b", 1, 4);
  wf_editor_window_activate (self, "editor.traffic");
  g_assert_true (wf_window_check_wait (has_marks, self->editor->canvas));
  marks = self->editor->canvas->marks;
  g_assert_cmpuint (wf_flow_marks_get_count (marks, trigger), ==, 12);
  g_assert_cmpuint (wf_flow_marks_get_count (marks, step), ==, 11);
  g_assert_cmpuint (wf_flow_marks_get_count (marks, path), ==, 4);
  g_assert_cmpuint (wf_flow_marks_get_count (marks, unknown), ==, G_MAXUINT64);
  wf_editor_window_activate (self, "editor.traffic");
  g_assert_null (self->editor->canvas->marks);
  /* Asked for twice before the first answer. */
  wf_editor_window_activate (self, "editor.traffic");
  wf_editor_window_activate (self, "editor.traffic");
  wf_editor_window_activate (self, "editor.traffic");
  g_assert_true (wf_window_check_wait (has_marks, self->editor->canvas));
  wf_fake_clock_run_idle ();
  wf_editor_window_activate (self, "editor.traffic");
  wf_fake_runtime_fail_next (self->runtime, "The figures are gone");
  wf_editor_window_activate (self, "editor.traffic");
  wf_editor_window_assert_shows (self, "The figures are gone");
  g_assert_true (wf_window_check_wait (is_off, self->editor));
  g_assert_null (self->editor->canvas->marks);
}

/* ---- panels ---- */

static void
test_panels (WfEditorWindow *self, gconstpointer data)
{
  GtkWidget *focus;

  wf_editor_window_activate (self, "editor.show-problems");
  g_assert_true (gtk_revealer_get_reveal_child (self->editor->panel_revealer));
  wf_editor_window_activate (self, "editor.test");
  g_assert_true (gtk_revealer_get_reveal_child (self->editor->panel_revealer));
  wf_editor_window_activate (self, "editor.close-panel");
  g_assert_false (gtk_revealer_get_reveal_child (self->editor->panel_revealer));
  wf_editor_window_activate (self, "editor.inspector");
  focus = gtk_root_get_focus (GTK_ROOT (self->window));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->editor->inspector)));
  wf_editor_window_activate (self, "editor.inspector");
  focus = gtk_root_get_focus (GTK_ROOT (self->window));
  g_assert_true (focus == GTK_WIDGET (self->editor->canvas) ||
                 gtk_widget_is_ancestor (focus, GTK_WIDGET (self->editor->canvas)));
  g_assert_cmpuint (wf_window_check_count_nameless (self->window), ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (WfEditorWindow *, gconstpointer);
    const char *person;
  } tests[] = {
    { "/ui/editor/enabled", test_enabled, NULL },
    { "/ui/editor/read-only", test_read_only, "ana" },
    { "/ui/editor/commands", test_commands, NULL },
    { "/ui/editor/shared-selection", test_shared_selection, NULL },
    { "/ui/editor/pop-ups", test_pop_ups, NULL },
    { "/ui/editor/chooser", test_chooser, NULL },
    { "/ui/editor/conditions-know-context", test_conditions_know_context, NULL },
    { "/ui/editor/conditions-read-only", test_conditions_read_only, "ana" },
    { "/ui/editor/unfinished-path", test_unfinished_path, NULL },
    { "/ui/editor/unfinished-wait", test_unfinished_wait, NULL },
    { "/ui/editor/traffic", test_traffic, NULL },
    { "/ui/editor/panels", test_panels, NULL },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  g_test_add_func ("/ui/editor/accels", test_accels);
  g_test_add_func ("/ui/editor/shortcuts-have-actions", test_shortcuts_have_actions);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WfEditorWindow, tests[i].person, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
