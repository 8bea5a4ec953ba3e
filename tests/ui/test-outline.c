/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outline in a window: lines, what of them changes, the selection that it shares, where steps are dropped, and that a thousand
 * steps have few widgets. Its sample is "a b(b1 b2(c1|)||b3) d e". */
#include "wf-builder-commands.h"
#include "wf-builder-sample.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-outline-landing.h"
#include "wf-outline-row.h"
#include "wf-outline-selection.h"
#include "wf-outline-view.h"
#include "wf-step-menu.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfFakeClock *clock;
  WfRuntime *runtime;
  WfBuilderContext *context;
  WfWorkflowDocument *document;
  WfStepSelection *selection;
  GtkWidget *window;
  WfOutlineView *view;
  GtkListView *list;
} Fixture;

static gboolean
is_shown (gpointer data)
{
  return gtk_widget_get_width (data) > 0 && gtk_widget_get_first_child (data) != NULL;
}

static void
show (Fixture *self, WfWorkflow *workflow, gboolean editable)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);

  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), organisation, "carla");
  self->document = wf_workflow_document_new (workflow, organisation);
  wf_workflow_unref (workflow);
  self->context = wf_builder_context_new (self->runtime, self->document, editable);
  self->selection = wf_builder_context_get_selection (self->context);
  self->view = g_object_new (WF_TYPE_OUTLINE_VIEW, NULL);
  wf_outline_view_set_context (self->view, self->context);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 900);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  while (self->list == NULL)
    {
      self->list = GTK_LIST_VIEW (wf_window_check_find (self->window, GTK_TYPE_LIST_VIEW, NULL));
      if (self->list == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_true (wf_window_check_wait (is_shown, self->list));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  show (self, wf_builder_sample_new (), TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->context);
  g_assert_finalize_object (self->document);
  g_assert_finalize_object (self->runtime);
  g_object_unref (self->clock);
}

static GListModel *
get_model (Fixture *self)
{
  return G_LIST_MODEL (gtk_list_view_get_model (self->list));
}

/* "trigger|step a|step b|path b 0|..." */
static char *
describe_lines (GListModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WfOutlineItem) item = g_list_model_get_item (model, i);
      g_autofree char *target = wf_builder_sample_target (wf_outline_item_get_target (item));

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", target);
    }
  return g_string_free_and_steal (text);
}

static void
assert_lines (Fixture *self, const char *expected)
{
  g_autofree char *lines = describe_lines (get_model (self));

  g_assert_cmpstr (lines, ==, expected);
}

static guint
find (Fixture *self, const WfTarget *target)
{
  return wf_outline_selection_find (WF_OUTLINE_SELECTION (get_model (self)), target);
}

static guint
find_step (Fixture *self, const char *id)
{
  g_autoptr (WfTarget) target = wf_target_new_step (id);

  return find (self, target);
}

/* The list's own widget around the row of a step; NULL when it has none now. */
static GtkWidget *
find_widget (Fixture *self, const char *id)
{
  g_autoptr (WfTarget) target = wf_target_new_step (id);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      WfOutlineItem *item = WF_IS_OUTLINE_ROW (row) ? wf_outline_row_get_item (WF_OUTLINE_ROW (row))
                                                    : NULL;

      if (item != NULL && wf_target_equal (wf_outline_item_get_target (item), target))
        return child;
    }
  return NULL;
}

/* ---- lines ---- */

#define LINES                                                                                      \
  "trigger|step a|step b|path b 0|step b1|step b2|path b2 0|step c1|path b2 1|path b 1|path b 2|"  \
  "step b3|step d|step e"

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *text)
{
  g_string_append_printf (text, "%u -%u +%u;", position, removed, added);
}

/* Only what came, went or moved is told. */
static void
test_minimal (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (WfOutlineItem) first = g_list_model_get_item (get_model (self), 1);
  WfWorkflow *next;

  assert_lines (self, LINES);
  g_signal_connect (get_model (self), "items-changed", G_CALLBACK (on_items_changed), told);
  /* what a line says is no change of the list */
  next = wf_workflow_copy (wf_workflow_document_get_workflow (self->document));
  g_set_str (&wf_workflow_find_step (next, "a")->notify.text, "Other words");
  wf_workflow_document_change (self->document, next, NULL);
  g_assert_cmpstr (told->str, ==, "");
  g_assert_nonnull (strstr (wf_outline_item_get_title (first), "Other words"));
  wf_builder_sample_select (self->selection, "d");
  g_assert_true (wf_builder_delete (self->selection));
  g_assert_cmpstr (told->str, ==, "12 -1 +0;");
  g_string_truncate (told, 0);
  wf_workflow_document_undo (self->document);
  g_assert_cmpstr (told->str, ==, "12 -0 +1;");
  g_string_truncate (told, 0);
  wf_builder_sample_select (self->selection, "e");
  g_assert_true (wf_builder_move (self->selection, -1));
  g_assert_cmpstr (told->str, ==, "12 -2 +2;");
  g_string_truncate (told, 0);
  g_assert_true (wf_builder_add_path (self->selection, "b"));
  g_assert_cmpstr (told->str, ==, "11 -0 +1;");
}

/* Each problem at its own line, and the worst one there. */
static void
test_problems (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_builder_sample_new_damaged ();
  g_autoptr (WfWorkflowDocument) document = wf_workflow_document_new (workflow, NULL);
  g_autoptr (GListStore) store = g_list_store_new (WF_TYPE_OUTLINE_ITEM);
  const WfProblems *problems = wf_workflow_document_get_problems (document);
  const struct
  {
    guint line;
    const char *path; /* of a problem that is about it, NULL: none is */
  } rows[] = {
    { 0, "/trigger" },
    { 1, "/steps/0" },
    { 2, "/steps/1" },
    { 3, "/steps/2" },
    { 4, "/steps/3" },
    { 5, NULL },
    { 6, "/steps/4/paths/0/if" },
    { 7, "/steps/4/paths/0/steps/0" },
    { 9, "/steps/4/paths/1/steps/0" },
  };

  wf_outline_fill (store, document);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfOutlineItem) item = g_list_model_get_item (G_LIST_MODEL (store), rows[i].line);
      const WfProblem *expected =
          rows[i].path != NULL ? wf_problems_find_below (problems, rows[i].path) : NULL;
      gboolean is_error;

      g_test_message ("line %u", rows[i].line);
      g_assert_cmpstr (wf_outline_item_get_problem (item, &is_error), ==,
                       expected != NULL ? expected->text : NULL);
      g_assert_cmpint (is_error, ==, expected != NULL);
    }
}

/* ---- selection ---- */

static void
test_shared_selection (Fixture *self, gconstpointer data)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);
  g_autoptr (WfTarget) path = wf_target_new_path ("b", 1);
  g_autofree char *selected = NULL;

  wf_builder_sample_select (self->selection, "a c1");
  g_assert_true (gtk_selection_model_is_selected (model, find_step (self, "a")));
  g_assert_true (gtk_selection_model_is_selected (model, find_step (self, "c1")));
  g_assert_false (gtk_selection_model_is_selected (model, find_step (self, "b")));
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (set), ==, 2);

  gtk_selection_model_select_item (model, find_step (self, "d"), FALSE);
  gtk_selection_model_unselect_item (model, find_step (self, "a"));
  selected = wf_builder_sample_selected (self->selection);
  g_assert_cmpstr (selected, ==, "c1 d");
  gtk_selection_model_select_range (model, 0, 5, TRUE);
  g_free (selected);
  selected = wf_builder_sample_selected (self->selection);
  g_assert_cmpstr (selected, ==, "a b b1");
  gtk_selection_model_select_all (model);
  g_assert_cmpuint (wf_step_selection_get_n (self->selection), ==, 8);
  /* a path looks selected while it has the focus and nothing is selected */
  gtk_selection_model_select_item (model, find (self, path), TRUE);
  g_assert_cmpuint (wf_step_selection_get_n (self->selection), ==, 0);
  g_assert_true (wf_target_equal (wf_step_selection_get_focus (self->selection), path));
  g_assert_true (gtk_selection_model_is_selected (model, find (self, path)));
  gtk_selection_model_select_item (model, find_step (self, "e"), FALSE);
  g_assert_false (gtk_selection_model_is_selected (model, find (self, path)));
}

typedef struct
{
  Fixture *fixture;
  const char *id;
} Wanted;

static gboolean
has_focus (gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget *widget = find_widget (wanted->fixture, wanted->id);

  return widget != NULL && gtk_widget_is_focus (widget);
}

/* The focus stays with its step when that moves, and goes to the neighbour of one that is deleted. */
static void
test_focus_follows (Fixture *self, gconstpointer data)
{
  g_autoptr (WfTarget) target = wf_target_new_step ("d");
  GtkWidget *before;

  wf_step_selection_focus (self->selection, target, WF_SELECT_REPLACE);
  wf_outline_view_reveal (self->view, target);
  g_assert_true (wf_window_check_wait (has_focus, &(Wanted) { self, "d" }));
  before = find_widget (self, "d");
  for (guint i = 0; i < 4; i++)
    g_assert_true (wf_builder_move (self->selection, -1));
  g_assert_true (wf_window_check_wait (has_focus, &(Wanted) { self, "d" }));
  g_assert_true (before == find_widget (self, "d"));
  g_assert_true (wf_builder_delete (self->selection));
  wf_workflow_document_undo (self->document);
  g_assert_true (wf_window_check_wait (has_focus, &(Wanted) { self, "d" }));
  g_assert_true (wf_target_equal (wf_step_selection_get_focus (self->selection), target));
}

/* Whoever types elsewhere keeps the focus. */
static void
test_focus_is_not_stolen (Fixture *self, gconstpointer data)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_object_ref (self->view);
  adw_window_set_content (ADW_WINDOW (self->window), box);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  g_object_unref (self->view);
  gtk_widget_grab_focus (entry);
  wf_builder_sample_select (self->selection, "e");
  g_assert_true (wf_builder_duplicate (self->selection));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (self->window)), entry));
}

/* ---- accessibility ---- */

static void
test_accessible (Fixture *self, gconstpointer data)
{
  GtkAccessible *row = GTK_ACCESSIBLE (find_widget (self, "b1"));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Outline of the workflow");
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "step, 1 of 2");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LEVEL, 3);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 1);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_SET_SIZE, 2);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
  wf_builder_sample_select (self->selection, "b1");
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  g_assert_true (wf_builder_move (self->selection, -1));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_widget (self, "b1")),
                                       GTK_ACCESSIBLE_PROPERTY_LEVEL, 1);
  g_assert_cmpuint (wf_window_check_count_nameless (self->window), ==, 0);
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  show (self, wf_builder_sample_new (), FALSE);
  g_assert_null (wf_window_check_find (GTK_WIDGET (self->list), GTK_TYPE_BUTTON, NULL));
}

/* ---- many steps ---- */

static guint
count_widgets (Fixture *self)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static void
test_large (Fixture *self, gconstpointer data)
{
  g_autoptr (WfTarget) target = wf_target_new_step ("s900");
  gint64 began;
  WfWorkflow *next;

  show (self, wf_builder_sample_new_large (1000), TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (get_model (self)), >, 1000);
  g_assert_cmpuint (count_widgets (self), <, 300);
  wf_outline_view_reveal (self->view, target);
  g_assert_true (wf_window_check_wait (has_focus, &(Wanted) { self, "s900" }));
  g_assert_cmpuint (count_widgets (self), <, 300);
  next = wf_workflow_copy (wf_workflow_document_get_workflow (self->document));
  g_set_str (&wf_workflow_find_step (next, "s900")->create_activity.notes, "Other words");
  began = g_get_monotonic_time ();
  wf_workflow_document_change (self->document, next, NULL);
  g_test_message ("an edit with the outline: %.1f ms",
                  (double) (g_get_monotonic_time () - began) / 1000);
}

/* ---- dropping ---- */

static void
test_landing (Fixture *self, gconstpointer data)
{
  const struct
  {
    guint line;
    gboolean lower;
    guint depth;
    const char *place;
    guint row;
    gboolean below;
    guint shown_depth;
  } rows[] = {
    { 0, FALSE, 0, "place - 0 0", 0, TRUE, 0 },
    { 1, FALSE, 0, "place - 0 0", 1, FALSE, 0 },
    { 1, TRUE, 9, "place - 0 1", 1, TRUE, 0 },
    { 2, FALSE, 0, "place - 0 1", 2, FALSE, 0 },
    { 2, TRUE, 0, "place b 0 0", 3, TRUE, 2 }, /* the branch's first path */
    { 3, FALSE, 0, "place b 0 0", 3, TRUE, 2 },
    { 4, TRUE, 0, "place b 0 1", 4, TRUE, 2 },  /* not the last one of its path */
    { 7, TRUE, 9, "place b2 0 1", 7, TRUE, 4 }, /* not the last path */
    { 7, TRUE, 0, "place b2 0 1", 7, TRUE, 4 },
    { 8, TRUE, 9, "place b2 1 0", 8, TRUE, 4 }, /* empty: its end is that of the branch */
    { 8, TRUE, 2, "place b 0 2", 8, TRUE, 2 },
    { 8, TRUE, 0, "place b 0 2", 8, TRUE, 2 },
    { 8, FALSE, 0, "place b2 1 0", 8, TRUE, 4 },
    { 9, TRUE, 0, "place b 1 0", 9, TRUE, 2 },
    { 11, TRUE, 3, "place b 2 1", 11, TRUE, 2 },
    { 11, TRUE, 1, "place b 2 1", 11, TRUE, 2 },
    { 11, TRUE, 0, "place - 0 2", 11, TRUE, 0 },
    { 11, FALSE, 0, "place b 2 0", 11, FALSE, 2 },
    { 13, TRUE, 0, "place - 0 4", 13, TRUE, 0 },
    { G_MAXUINT, TRUE, 0, "place - 0 end", 13, TRUE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (WfOutlineSpot) spot = { 0 };
      g_autofree char *place = NULL;

      g_assert_true (wf_outline_find_spot (get_model (self),
                                           wf_workflow_document_get_workflow (self->document),
                                           rows[i].line, rows[i].lower, rows[i].depth, &spot));
      place = wf_builder_sample_target (spot.place);
      g_test_message ("%u %d %u", rows[i].line, rows[i].lower, rows[i].depth);
      g_assert_cmpstr (place, ==, rows[i].place);
      g_assert_cmpuint (spot.row, ==, rows[i].row);
      g_assert_cmpint (spot.below, ==, rows[i].below);
      g_assert_cmpuint (spot.depth, ==, rows[i].shown_depth);
    }
}

/* ---- the menu ---- */

static void
append_actions (GString *text, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;

      if (section != NULL)
        append_actions (text, section);
      else if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_string_append_printf (text, "%s ", action + strlen ("editor."));
    }
}

static void
assert_menu (Fixture *self, const char *expected)
{
  g_autoptr (GMenuModel) menu = wf_step_menu_new (self->context);
  g_autoptr (GString) text = g_string_new (NULL);

  append_actions (text, menu);
  g_assert_cmpstr (text->str, ==, expected);
}

#define CLIPBOARD "cut copy paste duplicate "
#define PLACE "move-up move-down wrap "

static void
test_menu (Fixture *self, gconstpointer data)
{
  g_autoptr (WfTarget) path = wf_target_new_path ("b", 1);

  assert_menu (self, "edit add-step paste ");
  wf_builder_sample_select (self->selection, "a");
  assert_menu (self, "edit add-step " CLIPBOARD PLACE "delete ");
  wf_builder_sample_select (self->selection, "b");
  assert_menu (self, "edit add-step add-path " CLIPBOARD PLACE "delete ");
  wf_builder_sample_select (self->selection, "a b");
  assert_menu (self, CLIPBOARD PLACE "delete ");
  wf_step_selection_focus (self->selection, path, WF_SELECT_REPLACE);
  assert_menu (self, "edit add-step paste add-path move-path-left move-path-right remove-path ");
}

static void
test_menu_read_only (Fixture *self, gconstpointer data)
{
  show (self, wf_builder_sample_new (), FALSE);
  assert_menu (self, "edit ");
  wf_builder_sample_select (self->selection, "a");
  assert_menu (self, "edit copy ");
}

#define ADD(name, set, func) g_test_add ("/ui/outline/" name, Fixture, NULL, set, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  ADD ("minimal", set_up, test_minimal);
  ADD ("problems", set_up, test_problems);
  ADD ("shared-selection", set_up, test_shared_selection);
  ADD ("focus-follows", set_up, test_focus_follows);
  ADD ("focus-is-not-stolen", set_up, test_focus_is_not_stolen);
  ADD ("accessible", set_up, test_accessible);
  ADD ("read-only", NULL, test_read_only);
  ADD ("large", NULL, test_large);
  ADD ("landing", set_up, test_landing);
  ADD ("menu", set_up, test_menu);
  ADD ("menu-read-only", NULL, test_menu_read_only);
  return g_test_run ();
}
