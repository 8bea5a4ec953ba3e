/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The month in a window: cells and chips, how many widgets there are, the keyboard, moving to another day, and what a screen
 * reader gets. */
#include "wf-calendar-reschedule.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-month-private.h"
#include "wf-reschedule-popover.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  WfMinuteClock *minutes;
  WfCalendarModel *model;
  GtkWidget *window;
  WfMonthView *view;
  char *last; /* what the last action was about */
} Fixture;

static void
remember (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Fixture *self = data;
  g_autofree char *target = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_free (self->last);
  self->last = g_strdup_printf ("%s %s", g_action_get_name (G_ACTION (action)), target);
}

static void
insert_actions (Fixture *self, GtkWidget *widget)
{
  static const GActionEntry entries[] = {
    { .name = "open", .activate = remember, .parameter_type = "s" },
    { .name = "show-day", .activate = remember, .parameter_type = "s" },
    { .name = "step", .activate = remember, .parameter_type = "i" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (widget, "calendar", G_ACTION_GROUP (group));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  self->minutes = wf_minute_clock_new (WF_CLOCK (self->clock));
  self->model = wf_calendar_model_new (self->runtime, self->minutes);
  wf_calendar_model_set_filter (self->model, &(WfCalendarFilter) { .everyone = TRUE });
}

static void
open_window (Fixture *self, int width, int height)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", width,
                               "default-height", height, NULL);
  self->view = WF_MONTH_VIEW (wf_month_view_new (self->model));
  insert_actions (self, GTK_WIDGET (self->view));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (self->view));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->model);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->minutes);
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
  g_free (self->last);
}

static WfActivity *
add (Fixture *self, const char *id, gint64 hours)
{
  WfActivity *activity = wf_fake_activity_new (
      id, id, "ana", wf_clock_now (WF_CLOCK (self->clock)) + hours * G_TIME_SPAN_HOUR);

  wf_fake_runtime_add (self->runtime, activity);
  return activity;
}

static gboolean
is_settled (gpointer data)
{
  Fixture *self = data;
  gboolean loaded;

  g_object_get (self->model, "loaded", &loaded, NULL);
  return loaded && gtk_widget_get_mapped (GTK_WIDGET (self->view)) &&
         gtk_widget_get_width (GTK_WIDGET (self->view)) > 0 && g_date_valid (&self->view->first);
}

static void
settle (Fixture *self)
{
  wf_fake_clock_run_idle ();
  g_assert_true (wf_window_check_wait (is_settled, self));
  wf_fake_clock_run_idle ();
}

typedef struct
{
  WfMonthCell *cell;
  guint n_chips;
} Chips;

static gboolean
has_chips (gpointer data)
{
  return wf_month_cell_get_n_chips (((Chips *) data)->cell) == ((Chips *) data)->n_chips;
}

static void
assert_chips (WfMonthCell *cell, guint n)
{
  if (!wf_window_check_wait (has_chips, &(Chips) { cell, n }))
    g_error ("%u chips, not %u", wf_month_cell_get_n_chips (cell), n);
}

/* 18 November is the 18th cell: the month begins with a Sunday. */
#define TODAY 17

static guint
count_widgets (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);
  return n;
}

/* ---- what is there ---- */

static void
test_cells (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint day;
    const char *label;
  } labels[] = {
    { TODAY - 2, "Monday, 16 November, no activities" },
    { TODAY, "Wednesday, 18 November, today, 3 activities, 1 late" },
    { TODAY + 1, "Thursday, 19 November, 1 activity" },
    { 30, "Tuesday, 1 December, no activities" },
  };

  add (self, "a-1", -2);
  add (self, "a-2", 1);
  add (self, "a-3", 2);
  add (self, "a-4", 24);
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, 700);
  settle (self);
  g_assert_cmpuint (self->view->n_cells, ==, 35);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      WfMonthCell *cell = wf_month_view_get_cell (self->view, labels[i].day);
      g_assert_cmpstr (wf_month_cell_get_label (cell), ==, labels[i].label);
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_ROLE_GRID_CELL);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           labels[i].label);
    }
  WfMonthCell *today = wf_month_view_get_cell (self->view, TODAY);
  assert_chips (today, 3);
  g_assert_cmpuint (wf_month_cell_get_n_more (today), ==, 0);
  GtkWidget *chip = wf_month_cell_get_part (today, 0);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "a-1, Padaria Sol, 08:00, 2 hours late, Ana Souza");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "November 2026");
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (today)), ==, "wf-month-cell");
  g_assert_cmpstr (gtk_widget_get_css_name (chip), ==, "wf-calendar-chip");
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (self->view)), ==, "wf-month-view");
}

/* However many there are, the widgets are those that fit, and the same ones in the next month. */
static void
test_pool (Fixture *self, gconstpointer data)
{
  guint n_widgets;
  GtkWidget *chip;

  for (guint day = 0; day < 60; day++)
    {
      for (guint i = 0; i < 300; i++)
        {
          g_autofree char *id = g_strdup_printf ("a-%02u-%03u", day, i);
          add (self, id, ((gint64) day - 17) * 24);
        }
    }
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, 700);
  settle (self);
  WfMonthCell *cell = wf_month_view_get_cell (self->view, 20);
  g_assert_cmpuint (wf_month_cell_get_n_chips (cell), >, 1);
  g_assert_cmpuint (wf_month_cell_get_n_more (cell), ==, 300 - wf_month_cell_get_n_chips (cell));
  n_widgets = count_widgets (GTK_WIDGET (self->view));
  g_assert_cmpuint (n_widgets, <, 400);
  chip = wf_month_cell_get_part (cell, 0);
  wf_calendar_model_step (self->model, 1);
  settle (self);
  g_assert_true (wf_month_cell_get_part (wf_month_view_get_cell (self->view, 20), 0) == chip);
  wf_calendar_model_step (self->model, -1);
  settle (self);
  g_assert_cmpuint (count_widgets (GTK_WIDGET (self->view)), ==, n_widgets);
}

/* Where few rows fit, "+N more" does not take one of them: it is beside the number of the day. */
static void
test_low (Fixture *self, gconstpointer data)
{
  static const struct
  {
    int height;
    gboolean beside;
  } windows[] = { { 500, TRUE }, { 900, FALSE } };
  graphene_rect_t more, chip;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%02u", i);
      add (self, id, 24);
    }
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, windows[GPOINTER_TO_UINT (data)].height);
  settle (self);
  WfMonthCell *cell = wf_month_view_get_cell (self->view, TODAY + 1);
  guint n = wf_month_cell_get_n_chips (cell);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (wf_month_cell_get_n_more (cell), ==, 20 - n);
  g_assert_true (
      gtk_widget_compute_bounds (wf_month_cell_get_part (cell, n), GTK_WIDGET (cell), &more));
  g_assert_true (
      gtk_widget_compute_bounds (wf_month_cell_get_part (cell, 0), GTK_WIDGET (cell), &chip));
  g_assert_cmpint (more.origin.y < chip.origin.y, ==, windows[GPOINTER_TO_UINT (data)].beside);
  g_assert_cmpfloat (more.size.width, >, 0);
  g_assert_cmpfloat (more.origin.x + more.size.width, <=,
                     (float) gtk_widget_get_width (GTK_WIDGET (cell)));
}

typedef struct
{
  GtkWidget *widget;
  char *text; /* (owned) (nullable) its render nodes */
} Drawing;

/* There are none while it waits to be drawn. */
static gboolean
is_drawn (gpointer data)
{
  Drawing *self = data;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (self->widget),
                          gtk_widget_get_height (self->widget));
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  g_autoptr (GBytes) bytes = gsk_render_node_serialize (node);
  self->text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return TRUE;
}

/* In high contrast a chip has an outline, and no line of what is behind it runs through its text. */
static void
test_outline (Fixture *self, gconstpointer data)
{
  gboolean high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  add (self, "a-1", 24);
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, 700);
  settle (self);
  WfMonthCell *cell = wf_month_view_get_cell (self->view, TODAY + 1);
  assert_chips (cell, 1);
  Drawing drawing = { .widget = wf_month_cell_get_part (cell, 0) };
  g_assert_true (wf_window_check_wait (is_drawn, &drawing));
  g_assert_cmpint (strstr (drawing.text, "border {") != NULL, ==, high);
  g_assert_cmpint (strstr (drawing.text, "rgb(255,255,255)") != NULL, ==, high);
  g_assert_cmpint (high, ==, g_test_subprocess ());
  g_free (drawing.text);
}

static void
test_high_contrast (void)
{
  g_auto (GStrv) environment =
      g_environ_setenv (g_get_environ (), "ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);

  g_test_trap_subprocess_with_envp ("/month-view/outline/subprocess/high",
                                    (const char *const *) environment, 0,
                                    G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* No text is cut after three letters: a narrow month has dots and numbers. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  add (self, "a-1", 1);
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 360, 640);
  settle (self);
  g_assert_true (self->view->room.narrow);
  assert_chips (wf_month_view_get_cell (self->view, TODAY), 0);
  g_assert_null (wf_month_cell_get_part (wf_month_view_get_cell (self->view, TODAY), 0));
  gtk_widget_activate_action (GTK_WIDGET (wf_month_view_get_cell (self->view, TODAY)), "cell.open",
                              NULL);
  g_assert_cmpstr (self->last, ==, "show-day '2026-11-18'");
}

/* What was done goes, what came is there, and the cells are told. */
static void
test_changes (Fixture *self, gconstpointer data)
{
  WfActivity *activity;

  add (self, "a-1", 1);
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, 700);
  settle (self);
  WfMonthCell *today = wf_month_view_get_cell (self->view, TODAY);
  assert_chips (today, 1);
  add (self, "a-2", 2);
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  assert_chips (today, 2);
  activity = wf_fake_runtime_change (self->runtime, "a-1");
  activity->status = WF_ACTIVITY_DONE;
  activity->completed = activity->due;
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  assert_chips (today, 1);
  g_assert_cmpstr (wf_month_cell_get_label (today), ==,
                   "Wednesday, 18 November, today, 1 activity");
}

/* ---- the keyboard ---- */

static void
press (Fixture *self, GtkDirectionType direction)
{
  gtk_widget_child_focus (GTK_WIDGET (self->view), direction);
  wf_fake_clock_run_idle ();
}

static void
assert_at (Fixture *self, guint day, int part)
{
  WfMonthCell *cell = wf_month_view_get_focused_cell (self->view);

  g_assert_nonnull (cell);
  g_assert_cmpuint (wf_month_cell_get_day (cell), ==, day);
  g_assert_cmpint (wf_month_cell_get_focused_part (cell), ==, part);
}

static void
test_keyboard (Fixture *self, gconstpointer data)
{
  add (self, "a-1", 1);
  add (self, "a-2", 2);
  add (self, "a-3", 25);
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, 700);
  settle (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  assert_at (self, TODAY, -1);
  press (self, GTK_DIR_RIGHT);
  assert_at (self, TODAY + 1, -1);
  press (self, GTK_DIR_UP);
  assert_at (self, TODAY - 6, -1);
  press (self, GTK_DIR_DOWN);
  press (self, GTK_DIR_LEFT);
  assert_at (self, TODAY, -1);
  g_assert_null (wf_calendar_model_get_selected (self->model));
  /* into the day, and out again */
  press (self, GTK_DIR_TAB_FORWARD);
  assert_at (self, TODAY, 0);
  press (self, GTK_DIR_DOWN);
  assert_at (self, TODAY, 1);
  g_assert_true (gtk_widget_activate_action (
      wf_month_cell_get_part (wf_month_view_get_cell (self->view, TODAY), 1), "chip.open", NULL));
  g_assert_cmpstr (self->last, ==, "open 'a-2'");
  g_assert_cmpstr (wf_calendar_model_get_selected (self->model), ==, "a-2");
  press (self, GTK_DIR_UP);
  press (self, GTK_DIR_RIGHT); /* to the neighbour's first */
  assert_at (self, TODAY + 1, 0);
  press (self, GTK_DIR_UP);
  assert_at (self, TODAY + 1, -1);
  press (self, GTK_DIR_TAB_FORWARD);
  press (self, GTK_DIR_TAB_BACKWARD);
  assert_at (self, TODAY + 1, -1);
  gtk_widget_activate_action (GTK_WIDGET (wf_month_view_get_cell (self->view, TODAY + 1)),
                              "cell.open", NULL);
  g_assert_cmpstr (self->last, ==, "show-day '2026-11-19'");
}

/* Past its ends the next month comes, and the keyboard is where it went. */
static void
test_next_month (Fixture *self, gconstpointer data)
{
  const GDate *date;

  open_window (self, 1000, 700);
  settle (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  for (guint i = 0; i < 3; i++)
    {
      press (self, GTK_DIR_DOWN);
      settle (self);
    }
  date = wf_calendar_model_get_date (self->model);
  g_assert_cmpint (g_date_get_month (date), ==, 12);
  g_assert_cmpint (g_date_get_day (date), ==, 9);
  assert_at (self, 10, -1); /* December begins on a Tuesday */
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "December 2026");
}

static void
test_mirrored (Fixture *self, gconstpointer data)
{
  graphene_rect_t first, second;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  open_window (self, 1000, 700);
  settle (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  press (self, GTK_DIR_LEFT);
  assert_at (self, TODAY + 1, -1);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (wf_month_view_get_cell (self->view, 0)),
                                            GTK_WIDGET (self->view), &first));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (wf_month_view_get_cell (self->view, 1)),
                                            GTK_WIDGET (self->view), &second));
  g_assert_cmpfloat (first.origin.x, >, second.origin.x);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* The activity that has the focus keeps it when others come and go; when it is gone, the next one gets
 * it: a day can be worked through. */
static void
test_focus_stays (Fixture *self, gconstpointer data)
{
  WfActivity *activity;

  add (self, "a-1", 1);
  add (self, "a-2", 2);
  add (self, "a-3", 3);
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, 700);
  settle (self);
  WfMonthCell *today = wf_month_view_get_cell (self->view, TODAY);
  assert_chips (today, 3);
  gtk_widget_grab_focus (wf_month_cell_get_part (today, 1));
  activity = wf_fake_runtime_change (self->runtime, "a-1");
  activity->status = WF_ACTIVITY_DONE;
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  assert_at (self, TODAY, 0);
  g_assert_cmpstr (wf_calendar_model_get_selected (self->model), ==, "a-2");
  activity = wf_fake_runtime_change (self->runtime, "a-2");
  activity->status = WF_ACTIVITY_DONE;
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  assert_at (self, TODAY, 0);
  g_assert_cmpstr (wf_calendar_model_get_selected (self->model), ==, "a-3");
  activity = wf_fake_runtime_change (self->runtime, "a-3");
  activity->status = WF_ACTIVITY_DONE;
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  assert_at (self, TODAY, -1);
}

/* ---- moving ---- */

static void
test_move (Fixture *self, gconstpointer data)
{
  WfActivity *activity = add (self, "a-1", 1);
  WfActivity *done = add (self, "a-2", 2);
  GtkWidget *popover;

  done->status = WF_ACTIVITY_DONE;
  wf_fake_runtime_tell (self->runtime);
  open_window (self, 1000, 700);
  settle (self);
  WfMonthCell *today = wf_month_view_get_cell (self->view, TODAY);
  g_assert_false (wf_month_drag_move (self->view, today, done, 1));
  g_assert_true (wf_month_drag_move (self->view, today, activity, 1));
  wf_fake_clock_run_idle ();
  popover = wf_window_check_find (self->window, WF_TYPE_RESCHEDULE_POPOVER, NULL);
  g_assert_nonnull (popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  wf_fake_clock_run_idle ();
}

#define ADD(name) g_test_add ("/month-view/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  ADD (cells);
  ADD (pool);
  g_test_add ("/month-view/low", Fixture, GUINT_TO_POINTER (0), set_up, test_low, tear_down);
  g_test_add ("/month-view/high", Fixture, GUINT_TO_POINTER (1), set_up, test_low, tear_down);
  ADD (outline);
  g_test_add ("/month-view/outline/subprocess/high", Fixture, NULL, set_up, test_outline,
              tear_down);
  g_test_add_func ("/month-view/high-contrast", test_high_contrast);
  ADD (narrow);
  ADD (changes);
  ADD (keyboard);
  ADD (next_month);
  ADD (mirrored);
  ADD (focus_stays);
  ADD (move);
  return g_test_run ();
}
