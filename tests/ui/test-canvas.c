/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canvas in a window: what it makes widgets of, keyboard, selection, zoom, scrolling, and dragged steps. */
#include "wf-canvas-fixture.h"
#include "wf-canvas-private.h"
#include "wf-step-remove.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

/* Of a window of this size, with the spare ones. */
#define MOST_WIDGETS 120

typedef struct
{
  WfCanvasFixture base;
  WfStepSelection *selection;
  WfCanvas *canvas;
  GString *told; /* by signals */
} Fixture;

static void
on_open (WfCanvas *canvas, const WfTarget *target, Fixture *self)
{
  g_string_append_printf (self->told, "open %d %s %u %u;", target->kind,
                          target->step != NULL ? target->step : "-", target->path,
                          target->position);
}

static void
on_menu (WfCanvas *canvas, const WfTarget *target, double x, double y, Fixture *self)
{
  g_string_append_printf (self->told, "menu %d %s;", target->kind,
                          target->step != NULL ? target->step : "-");
}

static void
assert_told (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_set_size (self->told, 0);
}

static void
set_animations (gboolean are_on)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", are_on, NULL);
}

static void
wait_for_frame (Fixture *self)
{
  wf_canvas_fixture_wait_for_frame (&self->base);
}

static void
set_up_with (Fixture *self, WfWorkflow *workflow, gboolean is_editable)
{
  wf_canvas_fixture_set_up (&self->base, workflow, is_editable);
  self->selection = wf_builder_context_get_selection (self->base.context);
  self->told = g_string_new (NULL);
  self->canvas = self->base.view.canvas;
  g_signal_connect (self->canvas, "open", G_CALLBACK (on_open), self);
  g_signal_connect (self->canvas, "menu", G_CALLBACK (on_menu), self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new ();

  set_up_with (self, workflow, TRUE);
}

static void
set_up_read_only (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new ();

  set_up_with (self, workflow, FALSE);
}

static void
set_up_large (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new_large (1000);

  set_up_with (self, workflow, TRUE);
}

static void
set_up_mirrored (Fixture *self, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (self, data);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_canvas_fixture_tear_down (&self->base);
  g_string_free (self->told, TRUE);
}

static guint
find (Fixture *self, const char *id)
{
  g_autoptr (WfTarget) target = wf_target_new_step (id);
  guint index = wf_flow_layout_find_card (wf_canvas_get_layout (self->canvas), target);

  g_assert_cmpuint (index, !=, G_MAXUINT);
  return index;
}

static GtkAccessible *
find_card (Fixture *self, const char *id)
{
  WfCanvasCard *card = wf_canvas_find_widget (self->canvas, find (self, id));

  g_assert_nonnull (card);
  return GTK_ACCESSIBLE (card);
}

/* Middle of the card, in the widget. */
static void
find_middle (Fixture *self, const char *id, double *x, double *y)
{
  g_autoptr (WfTarget) target = wf_target_new_step (id);
  GdkRectangle rect;

  g_assert_true (wf_canvas_get_target_rect (self->canvas, target, &rect));
  *x = rect.x + rect.width / 2.0;
  *y = rect.y + rect.height / 2.0;
}

static void
find_plus (Fixture *self, const char *branch, guint path, guint position, double *x, double *y)
{
  g_autoptr (WfTarget) target = wf_target_new_place (branch, path, position);
  GdkRectangle rect;

  g_assert_true (wf_canvas_get_target_rect (self->canvas, target, &rect));
  *x = rect.x + rect.width / 2.0;
  *y = rect.y + rect.height / 2.0;
}

static gpointer
find_controller (Fixture *self, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->canvas));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) == type)
        return controller;
    }
  g_assert_not_reached ();
}

static gboolean
press (Fixture *self, guint key, GdkModifierType state)
{
  gboolean is_done = FALSE;

  g_signal_emit_by_name (find_controller (self, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", key,
                         0, state, &is_done);
  return is_done;
}

static void
assert_focus (Fixture *self, WfTargetKind kind, const char *step)
{
  const WfTarget *focus = wf_step_selection_get_focus (self->selection);

  g_assert_cmpint (focus->kind, ==, kind);
  g_assert_cmpstr (focus->step, ==, step);
}

static void
assert_selected (Fixture *self, const char *expected)
{
  g_auto (GStrv) ids = wf_step_selection_dup_ids (self->selection, FALSE);
  g_autofree char *all = g_strjoinv (" ", ids);

  g_assert_cmpstr (all, ==, expected);
}

static void
append_id (WfStep *step, gpointer data)
{
  GString *text = data;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, step->id);
}

static void
assert_steps (Fixture *self, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  wf_workflow_foreach_step (wf_workflow_document_get_workflow (self->base.document), append_id,
                            text);
  g_assert_cmpstr (text->str, ==, expected);
}

/* ---- what it makes widgets of ---- */

static void
test_cards (Fixture *self, gconstpointer data)
{
  GtkAccessible *trigger = GTK_ACCESSIBLE (wf_canvas_find_widget (self->canvas, 0));
  GtkAccessible *a = find_card (self, "a"), *b = find_card (self, "b"), *c = find_card (self, "c");

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (a, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Workflow");
  gtk_test_accessible_assert_property (trigger, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "When a lead is received");
  gtk_test_accessible_assert_property (trigger, GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION,
                                       "trigger");
  gtk_test_accessible_assert_property (a, GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION, "step");
  gtk_test_accessible_assert_property (b, GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION, "branch");
  gtk_test_accessible_assert_property (a, GTK_ACCESSIBLE_PROPERTY_LEVEL, 1);
  gtk_test_accessible_assert_relation (a, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 1);
  gtk_test_accessible_assert_relation (a, GTK_ACCESSIBLE_RELATION_SET_SIZE, 4);
  gtk_test_accessible_assert_relation (b, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 2);
  gtk_test_accessible_assert_property (b, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "branch, 2 of 4");
  gtk_test_accessible_assert_relation (trigger, GTK_ACCESSIBLE_RELATION_FLOW_TO, a, NULL);
  gtk_test_accessible_assert_relation (a, GTK_ACCESSIBLE_RELATION_FLOW_TO, b, NULL);
  gtk_test_accessible_assert_relation (c, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 1);
  gtk_test_accessible_assert_relation (c, GTK_ACCESSIBLE_RELATION_SET_SIZE, 2);
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->canvas)), ==, 0);
}

/* Children are in the order in which one reads them. */
static void
test_reading_order (Fixture *self, gconstpointer data)
{
  guint last = 0, n = 0;

  wf_canvas_zoom_to (self->canvas, 0.5, (double) NAN, (double) NAN);
  wait_for_frame (self);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!WF_IS_CANVAS_CARD (child) || WF_CANVAS_CARD (child)->index == G_MAXUINT)
        continue;
      g_assert_cmpuint (WF_CANVAS_CARD (child)->index + 1, >, last);
      last = WF_CANVAS_CARD (child)->index + 1;
      n++;
    }
  g_assert_cmpuint (n, ==, wf_flow_layout_get_n_cards (self->canvas->layout) - 1); /* not the end */
}

static void
test_problem (Fixture *self, gconstpointer data)
{
  WfStep *step = wf_step_new (WF_STEP_CREATE_ACTIVITY);
  const WfStepPlace place = { NULL, 0, 0 };
  GtkAccessible *card;

  g_set_str (&step->create_activity.activity_type, "gone");
  g_assert_true (wf_builder_add (self->selection, &place, step));
  wait_for_frame (self);
  card = GTK_ACCESSIBLE (wf_canvas_find_widget (self->canvas, 1));
  g_assert_nonnull (strstr (WF_CANVAS_CARD (card)->description, "Error: "));
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       WF_CANVAS_CARD (card)->description);
}

static void
test_marks (Fixture *self, gconstpointer data)
{
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new ();
  g_autoptr (WfTarget) target = wf_target_new_step ("a");
  g_autofree char *plain = g_strdup (WF_CANVAS_CARD (find_card (self, "a"))->label);
  g_autofree char *expected = g_strconcat (plain, ", Passed, Mon 09:30, 31 leads", NULL);

  wf_flow_marks_set (marks, target, WF_MARK_PASSED, "Mon 09:30");
  wf_flow_marks_set_count (marks, target, 31);
  wf_canvas_set_marks (self->canvas, marks);
  wait_for_frame (self);
  gtk_test_accessible_assert_property (find_card (self, "a"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       expected);
  wf_canvas_set_marks (self->canvas, NULL);
  gtk_test_accessible_assert_property (find_card (self, "a"), GTK_ACCESSIBLE_PROPERTY_LABEL, plain);
}

static const char *
find_plus_label (Fixture *self, const char *branch, guint path, guint position)
{
  g_autoptr (WfTarget) place = wf_target_new_place (branch, path, position);

  for (guint i = 0; i < self->canvas->pluses->len; i++)
    {
      const WfCanvasPlus *plus = g_ptr_array_index (self->canvas->pluses, i);

      if (wf_target_equal (plus->place, place))
        return plus->label;
    }
  return NULL;
}

static void
test_pluses (Fixture *self, gconstpointer data)
{
  g_autofree char *after = NULL;

  wf_canvas_zoom_to (self->canvas, 0.5, (double) NAN, (double) NAN);
  wait_for_frame (self);
  after = g_strdup_printf ("Add a step after “%s”",
                           wf_flow_layout_get_card (self->canvas->layout, find (self, "a"))->title);
  g_assert_cmpstr (find_plus_label (self, NULL, 0, 0), ==, "Add the first step");
  g_assert_cmpstr (find_plus_label (self, NULL, 0, 1), ==, after);
  g_assert_cmpstr (find_plus_label (self, "b", 1, 0), ==, "Add a step to “Otherwise”");
  for (guint i = 0; i < self->canvas->pluses->len; i++)
    {
      GtkAccessible *plus = g_ptr_array_index (self->canvas->pluses, i);

      gtk_test_accessible_assert_role (plus, GTK_ACCESSIBLE_ROLE_BUTTON);
      gtk_test_accessible_assert_property (plus, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           WF_CANVAS_PLUS (plus)->label);
    }
  g_signal_emit_by_name (g_ptr_array_index (self->canvas->pluses, 0), "clicked");
  g_assert_true (g_str_has_prefix (self->told->str, "open 4 "));
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  double x, y;

  g_assert_cmpuint (self->canvas->pluses->len, ==, 0);
  find_middle (self, "a", &x, &y);
  g_assert_false (wf_canvas_begin_drag (self->canvas, x, y, FALSE, FALSE));
  g_assert_false (press (self, GDK_KEY_slash, 0));
  assert_told (self, "");
}

/* ---- a thousand steps ---- */

static void
test_bounded (Fixture *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->base.view.scrolled);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  graphene_rect_t view;
  float width, height;

  g_assert_cmpfloat (end, >, 10000);
  for (double at = 0; at < 10000; at += 400)
    {
      gtk_adjustment_set_value (adjustment, at);
      wait_for_frame (self);
      g_assert_cmpuint (self->canvas->cards->len, >, 3);
      g_assert_cmpuint (wf_canvas_get_n_widgets (self->canvas), <, MOST_WIDGETS);
    }
  gtk_adjustment_set_value (adjustment, end);
  wait_for_frame (self);
  g_assert_nonnull (
      wf_canvas_find_widget (self->canvas, wf_flow_layout_get_n_cards (self->canvas->layout) - 2));
  /* The one with the focus keeps its widget. */
  g_assert_nonnull (wf_canvas_find_widget (self->canvas, 0));
  wf_canvas_zoom_to_fit (self->canvas);
  wait_for_frame (self);
  wf_canvas_get_view (self->canvas, &view);
  wf_flow_layout_get_size (self->canvas->layout, &width, &height);
  g_assert_cmpfloat (view.size.width, >=, width);
  g_assert_cmpfloat (view.size.height, >=, height);
  g_assert_cmpuint (self->canvas->cards->len, ==, 1);
}

static void
test_minimap (Fixture *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->base.view.scrolled);
  gboolean fits = data != NULL;

  if (fits)
    wf_canvas_zoom_to_fit (self->canvas);
  wait_for_frame (self);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->base.view.minimap)) == !fits);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (self->base.view.minimap),
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION);
  if (fits)
    return;
  gtk_adjustment_set_value (adjustment, 300);
  wait_for_frame (self);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->base.view.minimap)));
}

static void
test_reveal (Fixture *self, gconstpointer data)
{
  g_autoptr (WfTarget) target = wf_target_new_step ("s900");
  graphene_rect_t view;

  wf_canvas_reveal (self->canvas, target);
  wait_for_frame (self);
  wf_canvas_get_view (self->canvas, &view);
  g_assert_true (graphene_rect_contains_rect (
      &view, &wf_flow_layout_get_card (self->canvas->layout, find (self, "s900"))->bounds));
  /* Somebody else moves the focus: the canvas follows. */
  g_clear_pointer (&target, wf_target_free);
  target = wf_target_new_step ("s400");
  wf_step_selection_focus (self->selection, target, WF_SELECT_REPLACE);
  wait_for_frame (self);
  wf_canvas_get_view (self->canvas, &view);
  g_assert_true (graphene_rect_contains_rect (
      &view, &wf_flow_layout_get_card (self->canvas->layout, find (self, "s400"))->bounds));
  g_assert_nonnull (wf_canvas_find_widget (self->canvas, find (self, "s400")));
}

/* ---- zoom ---- */

static void
test_zoom_about_point (Fixture *self, gconstpointer data)
{
  static const double factors[] = { 1.3, 0.9, 2, 1.1 };
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->base.view.scrolled);
  double least;

  gtk_adjustment_set_value (adjustment, 5000);
  wait_for_frame (self);
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      graphene_point_t before, after;

      wf_canvas_to_canvas (self->canvas, 450, 200, &before);
      wf_canvas_zoom_to (self->canvas, factors[i], 450, 200);
      wait_for_frame (self);
      g_assert_cmpfloat_with_epsilon (wf_canvas_get_zoom (self->canvas), factors[i], 1e-9);
      wf_canvas_to_canvas (self->canvas, 450, 200, &after);
      g_assert_cmpfloat_with_epsilon (after.y, before.y, 1.0f); /* whole pixels */
    }
  wf_canvas_zoom_to (self->canvas, 99, (double) NAN, (double) NAN);
  g_assert_cmpfloat (wf_canvas_get_zoom (self->canvas), ==, WF_CANVAS_MAX_ZOOM);
  wf_canvas_zoom_to (self->canvas, 0, (double) NAN, (double) NAN);
  /* A quarter, or what the whole workflow needs: never lost from sight. */
  least = wf_canvas_get_zoom (self->canvas);
  wf_canvas_zoom_to_fit (self->canvas);
  g_assert_cmpfloat_with_epsilon (least, MIN (0.25, wf_canvas_get_zoom (self->canvas)), 1e-9);
}

/* After Original Size the card with the focus is wholly in view, wherever it was before. */
static void
test_zoom_to_focus (Fixture *self, gconstpointer data)
{
  static const char *const steps[] = { "s0", "s2", "s500", "s997" };
  WfStepSelection *selection = wf_builder_context_get_selection (self->base.context);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (WfTarget) target = wf_target_new_step (steps[i]);
      guint index = wf_flow_layout_find_card (self->canvas->layout, target);
      graphene_rect_t view;

      g_test_message ("%s", steps[i]);
      g_assert_cmpuint (index, !=, G_MAXUINT);
      wf_step_selection_focus (selection, target, WF_SELECT_REPLACE);
      wf_canvas_zoom_to_fit (self->canvas);
      wait_for_frame (self);
      g_assert_true (
          gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.zoom-100", NULL));
      wait_for_frame (self);
      g_assert_cmpfloat_with_epsilon (wf_canvas_get_zoom (self->canvas), 1, 1e-9);
      wf_canvas_get_view (self->canvas, &view);
      g_assert_true (graphene_rect_contains_rect (
          &view, &wf_flow_layout_get_card (self->canvas->layout, index)->bounds));
    }
}

static void
test_zoom_actions (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *action;
    double zoom;
  } cases[] = {
    { "canvas.zoom-in", 1.25 }, { "canvas.zoom-in", 1.5625 }, { "canvas.zoom-out", 1.25 },
    { "canvas.zoom-100", 1 },   { "canvas.zoom-out", 0.8 },   { "canvas.zoom-out", 0.64 },
    { "canvas.zoom-in", 0.8 },  { "canvas.zoom-100", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->canvas), cases[i].action, NULL));
      g_assert_cmpfloat_with_epsilon (wf_canvas_get_zoom (self->canvas), cases[i].zoom, 1e-9);
    }
  /* Everything is seen, in the middle. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.zoom-fit", NULL));
  wait_for_frame (self);
  {
    graphene_rect_t view;
    float width, height;

    wf_canvas_get_view (self->canvas, &view);
    wf_flow_layout_get_size (self->canvas->layout, &width, &height);
    g_assert_cmpfloat (view.size.width + 1, >=, width);
    g_assert_cmpfloat (view.size.height + 1, >=, height);
    g_assert_cmpfloat_with_epsilon (view.origin.x + view.size.width / 2, width / 2, 2.0f);
  }
}

static void
test_animations (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (adw_animation_get_state (self->canvas->motion), !=, ADW_ANIMATION_PLAYING);
  wf_canvas_zoom_to (self->canvas, 0.5, (double) NAN, (double) NAN);
  g_assert_cmpfloat (wf_canvas_get_zoom (self->canvas), ==, 0.5);
  g_assert_cmpint (adw_animation_get_state (self->canvas->motion), !=, ADW_ANIMATION_PLAYING);
  g_assert_true (wf_step_selection_get_n (self->selection) == 0);
  wf_step_selection_set_ids (self->selection, (const char *[]) { "a", NULL });
  g_assert_true (wf_builder_delete (self->selection));
  g_assert_cmpint (adw_animation_get_state (self->canvas->glide), !=, ADW_ANIMATION_PLAYING);
  g_assert_cmpfloat (self->canvas->progress, ==, 1);

  set_animations (TRUE);
  wf_canvas_zoom_to (self->canvas, 1, (double) NAN, (double) NAN);
  g_assert_cmpint (adw_animation_get_state (self->canvas->motion), ==, ADW_ANIMATION_PLAYING);
  wf_workflow_document_undo (self->base.document);
  g_assert_cmpint (adw_animation_get_state (self->canvas->glide), ==, ADW_ANIMATION_PLAYING);
  /* The next edit takes over. */
  wf_workflow_document_redo (self->base.document);
  g_assert_cmpint (adw_animation_get_state (self->canvas->glide), ==, ADW_ANIMATION_PLAYING);
}

/* ---- keyboard ---- */

static void
test_keyboard (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint key;
    WfTargetKind kind;
    const char *step;
  } cases[] = {
    { GDK_KEY_Down, WF_TARGET_STEP, "a" },     { GDK_KEY_Down, WF_TARGET_STEP, "b" },
    { GDK_KEY_Down, WF_TARGET_PATH, "b" },     { GDK_KEY_Down, WF_TARGET_STEP, "c" },
    { GDK_KEY_Right, WF_TARGET_STEP, "e" },    { GDK_KEY_Left, WF_TARGET_STEP, "c" },
    { GDK_KEY_End, WF_TARGET_STEP, "g" },      { GDK_KEY_Up, WF_TARGET_STEP, "f" },
    { GDK_KEY_Home, WF_TARGET_TRIGGER, NULL },
  };

  g_assert_true (gtk_widget_child_focus (self->base.view.window, GTK_DIR_TAB_FORWARD));
  g_assert_true (WF_IS_CANVAS_CARD (gtk_window_get_focus (GTK_WINDOW (self->base.view.window))));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfCanvasCard *card;
      graphene_rect_t view;

      g_assert_true (press (self, cases[i].key, 0));
      assert_focus (self, cases[i].kind, cases[i].step);
      wait_for_frame (self);
      card = wf_canvas_find_widget (self->canvas, wf_canvas_get_focus_card (self->canvas));
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->base.view.window)) ==
                     GTK_WIDGET (card));
      wf_canvas_get_view (self->canvas, &view);
      g_assert_true (graphene_rect_contains_rect (
          &view, &wf_flow_layout_get_card (self->canvas->layout, card->index)->bounds));
    }
  /* Its "+" comes after the card, and nothing of the canvas after that. */
  g_assert_true (gtk_widget_child_focus (self->base.view.window, GTK_DIR_TAB_FORWARD));
  g_assert_cmpstr (
      WF_CANVAS_PLUS (gtk_window_get_focus (GTK_WINDOW (self->base.view.window)))->label, ==,
      "Add the first step");
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (self->canvas), GTK_DIR_TAB_BACKWARD));
  g_assert_true (WF_IS_CANVAS_CARD (gtk_window_get_focus (GTK_WINDOW (self->base.view.window))));
}

static void
test_commands (Fixture *self, gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  g_assert_true (press (self, GDK_KEY_Down, 0));
  g_assert_true (press (self, GDK_KEY_Return, 0));
  assert_told (self, "open 2 a 0 0;");
  g_assert_true (press (self, GDK_KEY_Menu, 0));
  g_assert_true (press (self, GDK_KEY_F10, GDK_SHIFT_MASK));
  assert_told (self, "menu 2 a;menu 2 a;");
  g_assert_true (press (self, GDK_KEY_slash, 0));
  assert_told (self, "open 4 - 0 1;");
  g_assert_true (press (self, GDK_KEY_Down, GDK_SHIFT_MASK));
  assert_selected (self, "a b");
  g_assert_true (press (self, GDK_KEY_space, GDK_CONTROL_MASK));
  assert_selected (self, "a");
  g_assert_true (press (self, GDK_KEY_a, GDK_CONTROL_MASK));
  assert_selected (self, "a b c d e f g");
  g_assert_true (press (self, GDK_KEY_Escape, 0));
  assert_selected (self, "");
  g_assert_false (press (self, GDK_KEY_Escape, 0)); /* the editor's */
  g_assert_false (press (self, GDK_KEY_x, 0));      /* typing does nothing else */
  g_assert_false (press (self, GDK_KEY_Up, GDK_ALT_MASK));
  assert_told (self, "");
}

/* What the accessibility bus offers, and the keyboard that comes to a card without a key of the canvas. */
static void
test_card_actions (Fixture *self, gconstpointer data)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (find_card (self, "a")), "card.open", NULL));
  assert_told (self, "open 2 a 0 0;");
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (find_card (self, "b"))));
  assert_focus (self, WF_TARGET_STEP, "b");
  assert_selected (self, "b");
}

/* ---- pointer ---- */

static void
test_band (Fixture *self, gconstpointer data)
{
  double left, top, right, bottom;

  wf_canvas_zoom_to_fit (self->canvas);
  wait_for_frame (self);
  find_middle (self, "c", &left, &top);
  find_middle (self, "e", &right, &bottom);
  g_assert_true (wf_canvas_begin_drag (self->canvas, 3, top, FALSE, FALSE));
  wf_canvas_update_drag (self->canvas, right, bottom + 1, FALSE);
  assert_selected (self, "c e");
  wf_canvas_update_drag (self->canvas, left, top + 1, FALSE);
  assert_selected (self, "c");
  wf_canvas_drop (self->canvas);
  assert_selected (self, "c");
  /* Added to what was selected. */
  g_assert_true (
      wf_canvas_begin_drag (self->canvas, WF_CANVAS_FIXTURE_WIDTH - 20, bottom, FALSE, TRUE));
  wf_canvas_update_drag (self->canvas, right, bottom + 1, FALSE);
  assert_selected (self, "c e");
  g_assert_true (press (self, GDK_KEY_Escape, 0));
  g_assert_false (wf_canvas_is_dragging (self->canvas));
}

static void
test_drop (Fixture *self, gconstpointer data)
{
  double x, y, to_x, to_y;

  wf_canvas_zoom_to_fit (self->canvas);
  wait_for_frame (self);
  find_middle (self, "a", &x, &y);
  find_plus (self, "b", 1, 0, &to_x, &to_y);
  g_assert_true (wf_canvas_begin_drag (self->canvas, x, y, FALSE, FALSE));
  wf_canvas_update_drag (self->canvas, to_x + 5, to_y - 5, FALSE);
  g_assert_true (wf_canvas_is_dragging (self->canvas));
  g_assert_true (wf_canvas_drop (self->canvas));
  assert_steps (self, "b c d a e f g");
  wf_workflow_document_undo (self->base.document);
  assert_steps (self, "a b c d e f g");
  wait_for_frame (self);

  /* Esc leaves everything as it was. */
  g_assert_true (wf_canvas_begin_drag (self->canvas, x, y, FALSE, FALSE));
  wf_canvas_update_drag (self->canvas, to_x, to_y, FALSE);
  g_assert_true (press (self, GDK_KEY_Escape, 0));
  g_assert_false (wf_canvas_drop (self->canvas));
  assert_steps (self, "a b c d e f g");

  /* Ctrl: a copy. */
  g_assert_true (wf_canvas_begin_drag (self->canvas, x, y, FALSE, FALSE));
  wf_canvas_update_drag (self->canvas, to_x, to_y, TRUE);
  g_assert_true (wf_canvas_drop (self->canvas));
  g_assert_cmpuint (wf_flow_layout_find_card (self->canvas->layout,
                                              &(WfTarget) { WF_TARGET_STEP, (char *) "a", 0, 0 }),
                    ==, 1);
  g_assert_cmpuint (wf_workflow_document_get_workflow (self->base.document)->steps->len, ==, 4);
}

/* A branch may not go into itself: the nearest place that is allowed is taken instead. */
static void
test_forbidden (Fixture *self, gconstpointer data)
{
  double x, y, to_x, to_y;

  wf_canvas_zoom_to_fit (self->canvas);
  wait_for_frame (self);
  find_middle (self, "b", &x, &y);
  find_plus (self, "b", 0, 1, &to_x, &to_y);
  g_assert_true (wf_canvas_begin_drag (self->canvas, x, y, FALSE, FALSE));
  wf_canvas_update_drag (self->canvas, to_x, to_y, FALSE);
  g_assert_true (wf_canvas_is_carried (self->canvas, find (self, "b")));
  g_assert_true (wf_canvas_is_carried (self->canvas, find (self, "d")));
  g_assert_false (wf_canvas_is_carried (self->canvas, find (self, "a")));
  if (self->canvas->drag.landing != G_MAXUINT)
    g_assert_null (
        wf_flow_layout_get_edge (self->canvas->layout, self->canvas->drag.landing)->place.step);
  wf_canvas_cancel_drag (self->canvas);
  assert_steps (self, "a b c d e f g");
}

static void
test_pan (Fixture *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->base.view.scrolled);

  g_assert_true (wf_canvas_begin_drag (self->canvas, 400, 400, TRUE, FALSE));
  wf_canvas_update_drag (self->canvas, 400, 250, FALSE);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 150);
  wf_canvas_drop (self->canvas);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 150);
  assert_selected (self, "");
}

static void
test_selected (Fixture *self, gconstpointer data)
{
  wf_step_selection_set_ids (self->selection, (const char *[]) { "a", "b", NULL });
  gtk_test_accessible_assert_state (find_card (self, "a"), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  wf_step_selection_clear (self->selection);
  gtk_test_accessible_assert_state (find_card (self, "a"), GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
}

/* What changes above the view does not move what is seen. */
static void
test_edit_keeps_view (Fixture *self, gconstpointer data)
{
  g_autoptr (WfTarget) target = wf_target_new_step ("s500");
  GdkRectangle before, after;

  wf_canvas_reveal (self->canvas, target);
  wait_for_frame (self);
  g_assert_true (wf_canvas_get_target_rect (self->canvas, target, &before));
  {
    WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (self->base.document));

    g_assert_true (wf_step_remove (next, "s3"));
    wf_workflow_document_change (self->base.document, next, NULL);
  }
  wait_for_frame (self);
  g_assert_true (wf_canvas_get_target_rect (self->canvas, target, &after));
  g_assert_cmpint (ABS (after.y - before.y), <=, 1);
  g_assert_cmpint (ABS (after.x - before.x), <=, 1);
}

static void
test_mirrored (Fixture *self, gconstpointer data)
{
  const WfFlowCard *c, *e;

  c = wf_flow_layout_get_card (self->canvas->layout, find (self, "c"));
  e = wf_flow_layout_get_card (self->canvas->layout, find (self, "e"));
  g_assert_cmpfloat (c->bounds.origin.x, >, e->bounds.origin.x);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  wf_step_selection_set_ids (self->selection, (const char *[]) { "c", NULL });
  g_assert_true (press (self, GDK_KEY_Left, 0));
  assert_focus (self, WF_TARGET_STEP, "e");
}

/* A larger font makes larger cards; the canvas follows at once. */
static void
test_large_text (Fixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  float before = wf_flow_layout_get_card (self->canvas->layout, 0)->bounds.size.width;
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  wait_for_frame (self);
  g_assert_cmpfloat (wf_flow_layout_get_card (self->canvas->layout, 0)->bounds.size.width, >,
                     before);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  wait_for_frame (self);
  g_assert_cmpfloat_with_epsilon (
      wf_flow_layout_get_card (self->canvas->layout, 0)->bounds.size.width, before, 0.5f);
}

static void
test_dark (Fixture *self, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GdkRGBA light = self->canvas->palette.text;

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  wait_for_frame (self);
  g_assert_false (gdk_rgba_equal (&light, &self->canvas->palette.text));
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  wait_for_frame (self);
  g_assert_true (gdk_rgba_equal (&light, &self->canvas->palette.text));
}

#define ADD(path, start, func)                                                                     \
  g_test_add ("/ui/canvas/" path, Fixture, NULL, start, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  ADD ("cards", set_up, test_cards);
  ADD ("reading-order", set_up, test_reading_order);
  ADD ("problem", set_up, test_problem);
  ADD ("marks", set_up, test_marks);
  ADD ("pluses", set_up, test_pluses);
  ADD ("read-only", set_up_read_only, test_read_only);
  ADD ("bounded", set_up_large, test_bounded);
  ADD ("minimap", set_up, test_minimap);
  g_test_add ("/ui/canvas/minimap-fits", Fixture, "fits", set_up, test_minimap, tear_down);
  ADD ("reveal", set_up_large, test_reveal);
  ADD ("zoom-about-point", set_up_large, test_zoom_about_point);
  ADD ("zoom-to-focus", set_up_large, test_zoom_to_focus);
  ADD ("zoom-actions", set_up, test_zoom_actions);
  ADD ("animations", set_up, test_animations);
  ADD ("keyboard", set_up, test_keyboard);
  ADD ("commands", set_up, test_commands);
  ADD ("card-actions", set_up, test_card_actions);
  ADD ("band", set_up, test_band);
  ADD ("drop", set_up, test_drop);
  ADD ("forbidden", set_up, test_forbidden);
  ADD ("pan", set_up, test_pan);
  ADD ("selected-state", set_up, test_selected);
  ADD ("edit-keeps-view", set_up_large, test_edit_keeps_view);
  ADD ("mirrored", set_up_mirrored, test_mirrored);
  ADD ("large-text", set_up, test_large_text);
  ADD ("dark", set_up, test_dark);
  return g_test_run ();
}
