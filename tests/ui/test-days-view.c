/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day and a week as columns of time: widgets only for what is seen, moves with their reason and the way back, what is refused,
 * zoom and place, narrow and mirrored windows, a screen reader's view. */
#include "wf-days-sample.h"
#include "wf-reschedule-popover.h"
#include "wf-toast.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#include "wf-instant.h"

#include <locale.h>

#define NOW "2026-11-18T10:20:00-03:00"
#define ZONE "America/Sao_Paulo"

static WfInstant
at (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static void
set_up (WfDaysSample *s, const char *person, WfCalendarView view, int width)
{
  wf_days_sample_init (s, ZONE, NOW, person);
  wf_days_sample_fill (s);
  wf_days_sample_show (s, view, width, 700, FALSE);
}

static GtkWidget *
find_chip (WfDaysSample *s, const char *id)
{
  for (guint i = 0; i < s->grid->items->len; i++)
    {
      const WfDaysItem *item = &g_array_index (s->grid->items, WfDaysItem, i);

      if (item->block->activity != NULL && g_str_equal (item->block->activity->id, id))
        return item->widget;
    }
  return NULL;
}

static void
focus (WfDaysSample *s, const char *id)
{
  wf_days_keys_focus_activity (s->grid, id);
  g_assert_nonnull (find_chip (s, id));
  g_assert_true (gtk_widget_is_focus (find_chip (s, id)));
}

static void
act (WfDaysSample *s, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (s->view), action, NULL));
}

/* ---- what is shown ----------------------------------------------------------------------------- */

static void
test_show (void)
{
  WfDaysSample s;
  GtkWidget *chip;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  chip = find_chip (&s, "w-2");
  g_assert_nonnull (chip);
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (s.view)), ==, "wf-days-view");
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (s.grid)), ==, "wf-days-grid");
  gtk_test_accessible_assert_role (GTK_WIDGET (s.grid), GTK_ACCESSIBLE_ROLE_GROUP);
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (s.grid), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_RELATION_POS_IN_SET));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (s.view)), ==, 0);
  /* a heading for each day, of which one is today's */
  g_assert_nonnull (wf_window_check_find (s.window, WF_TYPE_DAYS_HEADING, NULL));
  g_assert_true (wf_window_check_has_text (s.window, "18"));
  wf_days_sample_clear (&s);
}

static void
test_first_place (void)
{
  WfDaysSample s;
  double value;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  value = gtk_adjustment_get_value (s.grid->vadjustment);
  g_assert_cmpint ((int) value, ==,
                   s.grid->metrics.hour_height * 17 / 2); /* half an hour before nine */
  gtk_adjustment_set_value (s.grid->vadjustment, 100);
  wf_days_sample_add (&s, "new", "New", "2026-11-18T12:00:00-03:00");
  wf_days_sample_tell (&s);
  g_assert_cmpint ((int) gtk_adjustment_get_value (s.grid->vadjustment), ==, 100);
  g_assert_nonnull (wf_days_layout_find (s.grid->layout, "new"));
  wf_days_sample_clear (&s);
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

/* A week of 2,000: no more widgets than around what is seen, also after scrolling through all of it. */
static void
test_recycling (void)
{
  WfDaysSample s;
  guint n;

  wf_days_sample_init (&s, ZONE, NOW, "ana");
  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%d", i);
      g_autofree char *time =
          g_strdup_printf ("2026-11-%02dT%02d:%02d:00-03:00", 16 + i % 5, i / 5 % 24, i * 7 % 60);
      wf_days_sample_add (&s, id, "Follow up", time);
    }
  wf_days_sample_show (&s, WF_CALENDAR_WEEK, 1000, 500, FALSE);
  n = count_children (GTK_WIDGET (s.grid));
  g_assert_cmpuint (n, <, 400);
  for (double value = 0; value < gtk_adjustment_get_upper (s.grid->vadjustment); value += 60)
    gtk_adjustment_set_value (s.grid->vadjustment, value);
  wf_days_sample_settle (&s);
  g_assert_cmpuint (count_children (GTK_WIDGET (s.grid)), <, n * 3 / 2);
  wf_days_sample_clear (&s);
}

static void
test_more (void)
{
  WfDaysSample s;
  GtkWidget *button = NULL, *list;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 800);
  for (guint i = 0; i < s.grid->items->len; i++)
    {
      const WfDaysItem *item = &g_array_index (s.grid->items, WfDaysItem, i);
      if (item->block->activity == NULL)
        button = item->widget;
    }
  g_assert_nonnull (button);
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_signal_emit_by_name (button, "clicked");
  wf_days_sample_settle (&s);
  list = wf_window_check_find (s.window, WF_TYPE_DAYS_LIST, NULL);
  g_assert_nonnull (list);
  g_assert_nonnull (wf_window_check_find (list, WF_TYPE_CALENDAR_CHIP, NULL));
  wf_days_sample_clear (&s);
}

static void
test_narrow (void)
{
  WfDaysSample s;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 360);
  g_assert_cmpint (gtk_widget_get_width (s.window), <=, 360);
  /* three days are seen, the one that was asked for first */
  g_assert_cmpint ((int) (gtk_adjustment_get_page_size (s.grid->hadjustment) / s.grid->min_column),
                   >=, 2);
  int x, width;
  wf_days_grid_get_column (s.grid, 3, &x, &width);
  g_assert_cmpint ((int) gtk_adjustment_get_value (s.grid->hadjustment), ==, x);
  wf_days_sample_clear (&s);
}

static void
test_mirrored (void)
{
  WfDaysSample s;
  graphene_rect_t left, right;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  g_assert_true (gtk_widget_compute_bounds (find_chip (&s, "h-1"), GTK_WIDGET (s.grid), &left));
  g_assert_true (gtk_widget_compute_bounds (find_chip (&s, "m-1"), GTK_WIDGET (s.grid), &right));
  g_assert_cmpfloat (left.origin.x, <, right.origin.x);
  wf_days_sample_clear (&s);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_zoom (void)
{
  WfDaysSample s;
  int before;
  double value;

  set_up (&s, "ana", WF_CALENDAR_DAY, 600);
  before = s.grid->metrics.hour_height;
  value = gtk_adjustment_get_value (s.grid->vadjustment);
  act (&s, "days.zoom-in");
  g_assert_cmpint (s.grid->metrics.hour_height, >, before);
  g_assert_cmpfloat (gtk_adjustment_get_value (s.grid->vadjustment), >, value);
  wf_days_sample_clear (&s);
  set_up (&s, "ana", WF_CALENDAR_DAY, 600); /* remembered */
  g_assert_cmpint (s.grid->metrics.hour_height, >, before);
  act (&s, "days.zoom-reset");
  g_assert_cmpint (s.grid->metrics.hour_height, ==, before);
  act (&s, "days.zoom-out");
  g_assert_cmpint (s.grid->metrics.hour_height, <, before);
  act (&s, "days.zoom-reset");
  wf_days_sample_clear (&s);
}

/* While the model shows a month, the picture of the week stays. */
static void
test_other_view (void)
{
  WfDaysSample s;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  wf_calendar_model_set_view (s.model, WF_CALENDAR_MONTH);
  wf_days_sample_tell (&s);
  g_assert_cmpuint (s.grid->span.n_days, ==, 7);
  g_assert_nonnull (find_chip (&s, "w-2"));
  wf_calendar_model_set_view (s.model, WF_CALENDAR_DAY);
  wf_days_sample_tell (&s);
  g_assert_cmpuint (s.grid->span.n_days, ==, 1);
  wf_days_sample_clear (&s);
}

/* ---- moving ------------------------------------------------------------------------------------ */

static gboolean
has_popover (gpointer data)
{
  const WfDaysSample *s = data;

  return wf_window_check_find (s->window, WF_TYPE_RESCHEDULE_POPOVER, NULL) != NULL;
}

static gboolean
has_no_popover (gpointer data)
{
  return !has_popover (data);
}

static void
answer (WfDaysSample *s, const char *reason)
{
  GtkWidget *entry, *button;

  g_assert_true (wf_window_check_wait (has_popover, s));
  wf_days_sample_settle (s);
  entry = wf_window_check_find (s->window, GTK_TYPE_ENTRY, "reason");
  button = wf_window_check_find (s->window, GTK_TYPE_BUTTON, "move");
  g_assert_nonnull (entry);
  g_assert_false (gtk_widget_get_sensitive (button)); /* not without a reason */
  g_assert_cmpuint (wf_window_check_count_nameless (gtk_widget_get_parent (button)), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), reason);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wf_window_check_wait (has_no_popover, s));
  wf_days_sample_settle (s);
}

static void
assert_last_command (WfDaysSample *s, const char *id, const char *due, const char *reason)
{
  g_autofree char *expected =
      g_strdup_printf ("reschedule %s %" G_GINT64_FORMAT " %s", id, at (due), reason);

  g_assert_cmpstr (wf_fake_runtime_get_last_command (s->runtime), ==, expected);
}

/* By keys: it only shows where it would land until it is confirmed; then the reason, and Undo. */
static void
test_move (void)
{
  WfDaysSample s;
  GdkRectangle place;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  focus (&s, "w-2");
  act (&s, "days.move-day-on");
  act (&s, "days.move-day-on");
  act (&s, "days.move-later");
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_KEYS);
  g_assert_cmpint (s.grid->move.due, ==, at ("2026-11-20T11:00:00-03:00"));
  g_assert_cmpint (s.grid->move.verdict, ==, WF_MOVE_FINE);
  g_assert_true (wf_days_drag_get_landing (s.grid, &place));
  g_assert_cmpint (place.y, ==, wf_days_grid_get_y (s.grid, 43 * 15 * G_TIME_SPAN_MINUTE));
  g_assert_null (wf_fake_runtime_get_last_command (s.runtime));
  g_assert_true (wf_days_drag_commit (s.grid));
  answer (&s, "  The client asked ");
  assert_last_command (&s, "w-2", "2026-11-20T11:00:00-03:00", "The client asked");
  wf_days_sample_tell (&s);
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_NONE);
  g_assert_cmpuint (wf_days_layout_find (s.grid->layout, "w-2")->day, ==, 5);
  g_assert_true (gtk_widget_is_focus (find_chip (&s, "w-2")));
  g_assert_true (wf_toast_undo_last (s.window));
  wf_days_sample_tell (&s);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (s.runtime), ==, "undo w-2");
  g_assert_cmpuint (wf_days_layout_find (s.grid->layout, "w-2")->day, ==, 3);
  wf_days_sample_clear (&s);
}

/* ---- how long it lasts ------------------------------------------------------------------------- */

/* By keys: shown until it is confirmed, without a reason, and back. */
static void
test_length (void)
{
  WfDaysSample s;
  GdkRectangle place;
  int quarter;

  set_up (&s, "ana", WF_CALENDAR_DAY, 600);
  focus (&s, "w-3"); /* a call at 11:30, of which no end is known */
  quarter = wf_days_grid_get_y (s.grid, 15 * G_TIME_SPAN_MINUTE);
  act (&s, "days.set-longer");
  act (&s, "days.set-longer");
  act (&s, "days.set-shorter");
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_KEYS);
  g_assert_cmpint (s.grid->move.ends, ==, at ("2026-11-18T12:15:00-03:00"));
  g_assert_cmpint (s.grid->move.due, ==, at ("2026-11-18T11:30:00-03:00"));
  g_assert_cmpint (s.grid->move.verdict, ==, WF_MOVE_CLOSED);
  g_assert_cmpstr (s.grid->move.note, ==, "This is outside of the working hours.");
  g_assert_true (wf_days_drag_get_landing (s.grid, &place));
  g_assert_cmpint (ABS (place.height - 3 * quarter), <=, 2);
  act (&s, "days.move-later"); /* still of its end */
  g_assert_cmpint (s.grid->move.ends, ==, at ("2026-11-18T12:30:00-03:00"));
  for (guint i = 0; i < 10; i++)
    act (&s, "days.set-shorter"); /* never to nothing */
  g_assert_cmpint (s.grid->move.ends, ==, at ("2026-11-18T11:45:00-03:00"));
  g_assert_null (wf_fake_runtime_get_last_command (s.runtime));
  g_assert_true (wf_days_drag_commit (s.grid));
  wf_days_sample_tell (&s);
  g_assert_false (has_popover (&s));
  g_assert_cmpstr (wf_fake_runtime_get_last_command (s.runtime), ==, "length w-3 15");
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_NONE);
  g_assert_true (gtk_widget_is_focus (find_chip (&s, "w-3")));
  g_assert_true (wf_toast_undo_last (s.window));
  wf_days_sample_tell (&s);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (s.runtime), ==, "undo w-3");
  /* as it was: nothing is to be done, and Esc leaves it */
  act (&s, "days.set-longer");
  act (&s, "days.set-shorter");
  g_assert_cmpint (s.grid->move.verdict, ==, WF_MOVE_SAME);
  g_assert_true (wf_days_drag_cancel (s.grid));
  g_assert_cmpstr (wf_fake_runtime_get_last_command (s.runtime), ==, "undo w-3");
  wf_days_sample_clear (&s);
}

/* A task has no length; what is closed or another's keeps its own. */
static void
test_length_verdicts (void)
{
  static const struct
  {
    const char *id, *ends;
    WfMoveVerdict verdict;
    const char *note;
  } vectors[] = {
    { "w-3", "2026-11-18T12:00:00-03:00", WF_MOVE_SAME, NULL },
    { "w-3", "2026-11-18T11:45:00-03:00", WF_MOVE_FINE, NULL },
    { "w-3", "2026-11-18T12:15:00-03:00", WF_MOVE_CLOSED, "This is outside of the working hours." },
    { "w-3", "2026-11-18T11:34:00-03:00", WF_MOVE_REFUSED, "It lasts from five minutes to a day." },
    { "w-3", "2026-11-18T11:00:00-03:00", WF_MOVE_REFUSED, "It lasts from five minutes to a day." },
    { "w-3", "2026-11-19T11:31:00-03:00", WF_MOVE_REFUSED, "It lasts from five minutes to a day." },
    { "w-2", "2026-11-18T12:00:00-03:00", WF_MOVE_REFUSED,
      "Only calls and meetings last a while." },
    { "m-1", "2026-11-18T12:00:00-03:00", WF_MOVE_REFUSED, "The activity is closed already." },
    { "bruno", "2026-11-18T16:00:00-03:00", WF_MOVE_REFUSED,
      "Somebody else is responsible for this activity." },
  };
  WfDaysSample s;
  WfActivity *others;

  wf_days_sample_init (&s, ZONE, NOW, "ana");
  wf_days_sample_fill (&s);
  others = wf_days_sample_add (&s, "bruno", "Call", "2026-11-18T15:00:00-03:00");
  g_set_str (&others->person, "bruno");
  others->kind = WF_ACTIVITY_CALL;
  wf_days_sample_show (&s, WF_CALENDAR_DAY, 600, 600, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfActivity) activity = wf_fake_runtime_find (s.runtime, vectors[i].id);
      g_autofree char *note = NULL;

      g_assert_cmpint (wf_calendar_check_length (s.model, activity, at (vectors[i].ends), &note),
                       ==, vectors[i].verdict);
      g_assert_cmpstr (note, ==, vectors[i].note);
      g_assert_cmpint (wf_calendar_can_set_length (s.model, activity), ==,
                       g_str_equal (vectors[i].id, "w-3"));
    }
  focus (&s, "w-2");
  g_assert_false (wf_days_drag_step_length (s.grid, 1));
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_NONE);
  wf_days_sample_clear (&s);
}

/* The reason is offered again. */
static void
test_recent (void)
{
  WfDaysSample s;
  GtkWidget *recent, *button;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  focus (&s, "w-3");
  act (&s, "days.move-day-on");
  wf_days_drag_commit (s.grid);
  g_assert_true (wf_window_check_wait (has_popover, &s));
  wf_days_sample_settle (&s);
  recent = wf_window_check_find (s.window, ADW_TYPE_WRAP_BOX, "recent");
  g_assert_nonnull (recent);
  button = wf_window_check_find (recent, GTK_TYPE_BUTTON, NULL);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "The client asked");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wf_window_check_wait (has_no_popover, &s));
  assert_last_command (&s, "w-3", "2026-11-19T11:30:00-03:00", "The client asked");
  wf_days_sample_clear (&s);
}

static void
test_cancel (void)
{
  WfDaysSample s;
  GDate date;

  set_up (&s, "ana", WF_CALENDAR_DAY, 600);
  date = *wf_calendar_model_get_date (s.model);
  focus (&s, "w-3");
  act (&s, "days.move-day-on"); /* takes the calendar along */
  g_assert_cmpint (g_date_days_between (&date, wf_calendar_model_get_date (s.model)), ==, 1);
  wf_days_sample_tell (&s);
  g_assert_true (wf_days_drag_cancel (s.grid));
  g_assert_cmpint (g_date_compare (&date, wf_calendar_model_get_date (s.model)), ==, 0);
  wf_days_sample_tell (&s);
  g_assert_true (gtk_widget_is_focus (find_chip (&s, "w-3")));
  g_assert_null (wf_fake_runtime_get_last_command (s.runtime));
  g_assert_false (wf_days_drag_cancel (s.grid));
  /* the question can be left, too */
  act (&s, "days.move-later");
  g_assert_true (wf_days_drag_commit (s.grid));
  g_assert_true (wf_window_check_wait (has_popover, &s));
  gtk_popover_popdown (
      GTK_POPOVER (wf_window_check_find (s.window, WF_TYPE_RESCHEDULE_POPOVER, NULL)));
  g_assert_true (wf_window_check_wait (has_no_popover, &s));
  wf_days_sample_settle (&s);
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_NONE);
  g_assert_null (wf_fake_runtime_get_last_command (s.runtime));
  wf_days_sample_clear (&s);
}

/* Into another week in one go; the calendar goes along and the focus, too. */
static void
test_next_week (void)
{
  WfDaysSample s;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  focus (&s, "f-1");
  act (&s, "days.move-day-on");
  act (&s, "days.move-day-on");
  act (&s, "days.move-day-on");
  wf_days_sample_tell (&s);
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_KEYS);
  g_assert_true (wf_days_drag_commit (s.grid));
  answer (&s, "Next week");
  assert_last_command (&s, "f-1", "2026-11-23T17:45:00-03:00", "Next week");
  wf_days_sample_tell (&s);
  g_assert_nonnull (find_chip (&s, "f-1"));
  g_assert_true (gtk_widget_is_focus (find_chip (&s, "f-1")));
  wf_days_sample_clear (&s);
}

static void
test_past (void)
{
  WfDaysSample s;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  focus (&s, "w-2");
  act (&s, "days.move-day-back");
  g_assert_cmpint (s.grid->move.verdict, ==, WF_MOVE_REFUSED);
  g_assert_cmpstr (s.grid->move.note, ==, "This time has passed.");
  g_assert_true (wf_days_drag_commit (s.grid));
  g_assert_false (has_popover (&s));
  g_assert_null (wf_fake_runtime_get_last_command (s.runtime));
  g_assert_cmpint (s.grid->move.kind, ==, WF_DAYS_MOVE_NONE);
  wf_days_sample_clear (&s);
}

static void
test_refused (void)
{
  WfDaysSample s;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  wf_fake_runtime_refuse (s.runtime, "w-3", "It was done meanwhile.");
  focus (&s, "w-3");
  act (&s, "days.move-later");
  wf_days_drag_commit (s.grid);
  answer (&s, "Later");
  wf_days_sample_tell (&s);
  g_assert_cmpuint (wf_days_layout_find (s.grid->layout, "w-3")->day, ==, 3);
  g_assert_false (wf_toast_undo_last (s.window));
  wf_days_sample_clear (&s);
}

static void
test_verdicts (void)
{
  static const struct
  {
    const char *id, *due;
    WfMoveVerdict verdict;
    const char *note;
  } vectors[] = {
    { "w-3", "2026-11-18T11:30:00-03:00", WF_MOVE_SAME, NULL },
    { "w-3", "2026-11-19T11:30:00-03:00", WF_MOVE_FINE, NULL },
    { "w-3", "2026-11-18T10:20:00-03:00", WF_MOVE_REFUSED, "This time has passed." },
    { "w-3", "2026-11-19T12:30:00-03:00", WF_MOVE_CLOSED, "This is outside of the working hours." },
    { "w-3", "2026-11-21T11:30:00-03:00", WF_MOVE_CLOSED, "This is outside of the working hours." },
    /* a task may be due as the office closes, a call does not begin then */
    { "w-2", "2026-11-19T18:00:00-03:00", WF_MOVE_FINE, NULL },
    { "w-3", "2026-11-19T18:00:00-03:00", WF_MOVE_CLOSED, "This is outside of the working hours." },
    { "m-1", "2026-11-19T11:30:00-03:00", WF_MOVE_REFUSED, "The activity is closed already." },
    { "bruno", "2026-11-19T11:30:00-03:00", WF_MOVE_REFUSED,
      "Somebody else is responsible for this activity." },
  };
  WfDaysSample s;
  WfActivity *others;

  wf_days_sample_init (&s, ZONE, NOW, "ana");
  wf_days_sample_fill (&s);
  others = wf_days_sample_add (&s, "bruno", "Call", "2026-11-18T15:00:00-03:00");
  g_set_str (&others->person, "bruno");
  wf_days_sample_show (&s, WF_CALENDAR_WEEK, 1000, 600, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfActivity) activity = wf_fake_runtime_find (s.runtime, vectors[i].id);
      g_autofree char *note = NULL;

      g_assert_cmpint (wf_calendar_check_move (s.model, activity, at (vectors[i].due), &note), ==,
                       vectors[i].verdict);
      g_assert_cmpstr (note, ==, vectors[i].note);
      g_assert_cmpint (wf_calendar_can_move (s.model, activity), ==,
                       vectors[i].verdict != WF_MOVE_REFUSED ||
                           g_strcmp0 (vectors[i].note, "This time has passed.") == 0);
    }
  wf_days_sample_clear (&s);
}

/* S21: a day on is the same time of day. */
static void
test_move_days (void)
{
  static const struct
  {
    const char *due;
    int days;
    const char *moved;
  } vectors[] = {
    { "2026-03-28T09:00:00+01:00", 1, "2026-03-29T07:00:00Z" },
    { "2026-03-28T02:30:00+01:00", 1, "2026-03-29T01:30:00Z" },
    { "2026-10-24T02:30:00+02:00", 1, "2026-10-25T00:30:00Z" },
    { "2026-10-26T09:00:00+01:00", -1, "2026-10-25T08:00:00Z" },
    { "2026-10-24T09:00:00+02:00", 2, "2026-10-26T08:00:00Z" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = wf_instant_format_utc (
          wf_calendar_move_days (at (vectors[i].due), vectors[i].days, zone));
      g_assert_cmpstr (text, ==, vectors[i].moved);
    }
}

/* Through the hour that comes twice: each step goes on. */
static void
test_steps_through_change (void)
{
  WfDaysSample s;
  WfInstant before;

  wf_days_sample_init (&s, "Europe/Berlin", "2026-10-24T12:00:00+02:00", "ana");
  wf_days_sample_add (&s, "a", "Night", "2026-10-25T01:30:00+02:00");
  wf_days_sample_show (&s, WF_CALENDAR_WEEK, 1000, 600, FALSE);
  wf_calendar_model_set_view (s.model, WF_CALENDAR_DAY);
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 25, G_DATE_OCTOBER, 2026);
  wf_calendar_model_set_date (s.model, &date);
  wf_days_sample_tell (&s);
  focus (&s, "a");
  before = at ("2026-10-25T01:30:00+02:00");
  for (int i = 1; i <= 10; i++)
    {
      act (&s, "days.move-later");
      g_assert_cmpint (s.grid->move.due, ==, before + i * 15 * G_TIME_SPAN_MINUTE);
    }
  for (int i = 9; i >= 0; i--)
    {
      act (&s, "days.move-earlier");
      g_assert_cmpint (s.grid->move.due, ==, before + i * 15 * G_TIME_SPAN_MINUTE);
    }
  wf_days_sample_clear (&s);
}

/* The day's own button. */
static void
test_heading (void)
{
  WfDaysSample s;
  GtkWidget *heading;

  set_up (&s, "ana", WF_CALENDAR_WEEK, 1000);
  heading = wf_window_check_find (s.window, WF_TYPE_DAYS_HEADING, NULL);
  g_signal_emit_by_name (heading, "clicked");
  g_assert_cmpstr (s.opened->str, ==, "show-day 2026-11-15\n");
  wf_days_sample_clear (&s);
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_func ("/days-view/show", test_show);
  g_test_add_func ("/days-view/first-place", test_first_place);
  g_test_add_func ("/days-view/recycling", test_recycling);
  g_test_add_func ("/days-view/more", test_more);
  g_test_add_func ("/days-view/narrow", test_narrow);
  g_test_add_func ("/days-view/mirrored", test_mirrored);
  g_test_add_func ("/days-view/zoom", test_zoom);
  g_test_add_func ("/days-view/other-view", test_other_view);
  g_test_add_func ("/days-view/heading", test_heading);
  g_test_add_func ("/days-view/move", test_move);
  g_test_add_func ("/days-view/recent", test_recent);
  g_test_add_func ("/days-view/length", test_length);
  g_test_add_func ("/days-view/length-verdicts", test_length_verdicts);
  g_test_add_func ("/days-view/cancel", test_cancel);
  g_test_add_func ("/days-view/next-week", test_next_week);
  g_test_add_func ("/days-view/past", test_past);
  g_test_add_func ("/days-view/refused", test_refused);
  g_test_add_func ("/days-view/verdicts", test_verdicts);
  g_test_add_func ("/days-view/move-days", test_move_days);
  g_test_add_func ("/days-view/steps-through-change", test_steps_through_change);
  return g_test_run ();
}
