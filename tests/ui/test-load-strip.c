/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workload above the calendar: for whom it is there, what its cells say, the keyboard, and what a cell does. */
#include "wf-days-sample.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#define NOW "2026-11-18T10:20:00-03:00"
#define ZONE "America/Sao_Paulo"

static gboolean
has_people (gpointer data)
{
  return wf_load_grid_get_n_people (wf_load_strip_get_grid (((WfDaysSample *) data)->strip)) > 0;
}

static void
set_up (WfDaysSample *s, const char *person, guint n_people)
{
  wf_days_sample_init (s, ZONE, NOW, person);
  wf_days_sample_fill (s);
  wf_days_sample_set_workload (s, n_people, 7);
  wf_days_sample_show (s, WF_CALENDAR_WEEK, 1000, 700, TRUE);
}

static WfLoadCell *
get_cell (WfDaysSample *s, guint row, guint day)
{
  return WF_LOAD_CELL (wf_load_grid_find_cell (wf_load_strip_get_grid (s->strip), row, day));
}

static void
test_cells (void)
{
  WfDaysSample s;
  WfLoadCell *cell;

  set_up (&s, "carla", 3);
  g_assert_true (wf_window_check_wait (has_people, &s));
  wf_days_sample_settle (&s);
  cell = get_cell (&s, 0, 1);
  g_assert_cmpstr (wf_load_cell_get_description (cell), ==,
                   "Ana Souza, Monday, 16 November: 9 of 20. 7 certain, 1 committed, 1 expected");
  g_assert_cmpstr (wf_load_cell_get_description (get_cell (&s, 1, 3)), ==,
                   "Bruno Lima, Wednesday, 18 November: 0 activities. Away");
  g_assert_cmpstr (wf_load_cell_get_description (get_cell (&s, 2, 0)), ==,
                   "Carla Mendes, Sunday, 15 November: 0 activities. Closed day");
  g_assert_nonnull (
      strstr (wf_load_cell_get_description (get_cell (&s, 0, 2)), "3 more than the capacity"));
  gtk_test_accessible_assert_role (GTK_WIDGET (cell), GTK_ACCESSIBLE_ROLE_GRID_CELL);
  gtk_test_accessible_assert_role (GTK_WIDGET (wf_load_strip_get_grid (s.strip)),
                                   GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_property (GTK_WIDGET (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       wf_load_cell_get_description (cell));
  g_assert_true (
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_RELATION_ROW_INDEX));
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (cell)), ==, "wf-load-cell");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (s.strip)), ==, 0);
  g_assert_true (wf_window_check_has_text (s.window, "Committed"));
  wf_days_sample_clear (&s);
}

/* Who may see only their own has no strip. */
static void
test_hidden (void)
{
  WfDaysSample s;

  set_up (&s, "ana", 3);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (s.strip)));
  wf_days_sample_clear (&s);
}

/* A cell asks for its person's day, by the filter of whoever has one. */
static void
test_activate (void)
{
  WfDaysSample s;

  set_up (&s, "carla", 3);
  g_assert_true (wf_window_check_wait (has_people, &s));
  wf_days_sample_settle (&s);
  gtk_widget_activate_action (GTK_WIDGET (get_cell (&s, 1, 4)), "cell.activate", NULL);
  g_assert_cmpstr (s.opened->str, ==, "show-person bruno 2026-11-19\n");
  wf_days_sample_clear (&s);
}

/* One stop of the Tab key; the focus stays on its person and day when the rows scroll below it. */
static void
test_focus (void)
{
  WfDaysSample s;
  WfLoadGrid *grid;
  guint n = 0;

  set_up (&s, "carla", 40);
  g_assert_true (wf_window_check_wait (has_people, &s));
  wf_days_sample_settle (&s);
  grid = wf_load_strip_get_grid (s.strip);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += WF_IS_LOAD_CELL (child);
  g_assert_cmpuint (n, <, 16 * 7); /* not for 40 people */
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (get_cell (&s, 0, 0))));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (grid), GTK_DIR_TAB_FORWARD));
  wf_days_sample_clear (&s);
}

static gboolean
has_message (gpointer data)
{
  return wf_window_check_has_text (((WfDaysSample *) data)->window, "The store is busy.");
}

static void
test_failure (void)
{
  WfDaysSample s;

  set_up (&s, "carla", 3);
  g_assert_true (wf_window_check_wait (has_people, &s));
  wf_days_sample_settle (&s);
  gtk_widget_set_visible (GTK_WIDGET (s.strip), FALSE);
  wf_fake_runtime_fail_next (s.runtime, "The store is busy.");
  gtk_widget_set_visible (GTK_WIDGET (s.strip), TRUE); /* reads anew */
  g_assert_true (wf_window_check_wait (has_message, &s));
  g_assert_true (has_people (&s)); /* what was known stays */
  wf_days_sample_clear (&s);
}

static void
test_collapse (void)
{
  WfDaysSample s;
  GtkWidget *toggle;

  set_up (&s, "carla", 3);
  g_assert_true (wf_window_check_wait (has_people, &s));
  wf_days_sample_settle (&s);
  toggle = wf_window_check_find (s.window, GTK_TYPE_TOGGLE_BUTTON, "toggle");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  wf_days_sample_settle (&s);
  g_assert_null (wf_window_check_find (s.window, WF_TYPE_LOAD_CELL, NULL));
  wf_days_sample_clear (&s);
  set_up (&s, "carla", 3); /* remembered */
  g_assert_false (has_people (&s));
  toggle = wf_window_check_find (s.window, GTK_TYPE_TOGGLE_BUTTON, "toggle");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  g_assert_true (wf_window_check_wait (has_people, &s));
  wf_days_sample_clear (&s);
}

static gboolean
is_month_there (gpointer data)
{
  return wf_load_grid_get_span (wf_load_strip_get_grid (((WfDaysSample *) data)->strip))->n_days ==
         35;
}

/* A month in a narrow window scrolls to its day; the names stay at their side. In low rows there are bars alone. */
static void
test_month (void)
{
  WfDaysSample s;
  WfLoadGrid *grid;
  GtkWidget *scroller, *name = NULL;
  graphene_rect_t bounds;
  int of_week;

  wf_days_sample_init (&s, ZONE, NOW, "carla");
  wf_days_sample_fill (&s);
  wf_days_sample_set_workload (&s, 3, 35);
  wf_days_sample_show (&s, WF_CALENDAR_WEEK, 360, 700, TRUE);
  grid = wf_load_strip_get_grid (s.strip);
  of_week = wf_load_grid_get_row_height (grid);
  wf_calendar_model_set_view (s.model, WF_CALENDAR_MONTH);
  g_assert_true (wf_window_check_wait (is_month_there, &s));
  wf_days_sample_settle (&s);
  g_assert_true (wf_load_grid_is_dense (grid));
  g_assert_cmpint (wf_load_grid_get_row_height (grid), <, of_week);
  scroller = wf_window_check_find (s.window, GTK_TYPE_SCROLLED_WINDOW, "scroller");
  g_assert_cmpfloat (gtk_adjustment_get_value (
                         gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller))),
                     >, 0);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grid));
       child != NULL && name == NULL; child = gtk_widget_get_next_sibling (child))
    name = GTK_IS_LABEL (child) ? child : NULL;
  g_assert_true (gtk_widget_compute_bounds (name, scroller, &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.origin.x, 0, 1);
  g_assert_true (
      gtk_widget_compute_bounds (GTK_WIDGET (get_cell (&s, 0, 17)), scroller, &bounds)); /* today */
  g_assert_cmpfloat (bounds.origin.x, >=, (float) wf_load_grid_get_name_width (grid));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=,
                     (float) gtk_widget_get_width (scroller) + 1);
  wf_days_sample_clear (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  g_test_add_func ("/load-strip/cells", test_cells);
  g_test_add_func ("/load-strip/hidden", test_hidden);
  g_test_add_func ("/load-strip/activate", test_activate);
  g_test_add_func ("/load-strip/focus", test_focus);
  g_test_add_func ("/load-strip/failure", test_failure);
  g_test_add_func ("/load-strip/collapse", test_collapse);
  g_test_add_func ("/load-strip/month", test_month);
  return g_test_run ();
}
