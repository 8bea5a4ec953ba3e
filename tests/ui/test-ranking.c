/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranking on the wall: order, ties, movement; the window with its list, words and keys. */
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-ranking-board.h"
#include "wf-ranking-list.h"
#include "wf-report-company.h"
#include "wf-test-folder.h"
#include "wf-ui-gresource.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>

typedef struct
{
  WfTestFolder *folder;
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfStore *store;
  WfRuntime *runtime;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  self->folder = wf_test_folder_new ();
  path = wf_test_folder_build (self->folder, "store.db");
  self->clock = wf_fake_clock_new_at (WF_REPORT_COMPANY_NOW);
  self->organisation = wf_report_company_organisation ();
  self->store = wf_report_company_open (path, self->organisation);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "wall");
  wf_fake_runtime_set_store (self->runtime, self->store);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->runtime);
  wf_store_close (self->store);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
  wf_test_folder_free (self->folder);
}

/* Against a plain count of who stands above; equal values, equal places, by name. */
static void
check_order (const GPtrArray *rankings)
{
  for (guint i = 0; i < rankings->len; i++)
    {
      const WfRanking *ranking = rankings->pdata[i];
      guint above = 0;

      for (guint j = 0; j < rankings->len; j++)
        above += ((const WfRanking *) rankings->pdata[j])->value > ranking->value;
      g_assert_cmpuint (ranking->place, ==, above + 1);
      g_assert_cmpfloat (ranking->share, <=, 1);
      if (i > 0 && ((const WfRanking *) rankings->pdata[i - 1])->value == ranking->value)
        g_assert_cmpint (
            g_utf8_collate (((const WfRanking *) rankings->pdata[i - 1])->name, ranking->name), <=,
            0);
    }
}

static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportQuery) query =
      wf_report_company_query (self->organisation, WF_DIMENSION_PERSON);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfReport) report = wf_report_compute (self->store, query, &error);
  gboolean ties = FALSE;

  g_assert_no_error (error);
  g_assert_cmpuint (report->earners->len, >, 5);
  for (WfRankingBy by = 0; by < WF_N_RANKINGS; by++)
    {
      g_autoptr (GPtrArray) rankings = wf_ranking_order (report, by, NULL);

      g_assert_cmpuint (rankings->len, >, by < WF_RANKING_DEALS ? 30 : 5);
      check_order (rankings);
      for (guint i = 1; i < rankings->len; i++)
        ties |= ((WfRanking *) rankings->pdata[i])->place != i + 1;
    }
  g_assert_true (ties); /* the sample has some */
}

static void
test_moved (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportQuery) query =
      wf_report_company_query (self->organisation, WF_DIMENSION_PERSON);
  g_autoptr (WfReport) report = wf_report_compute (self->store, query, NULL);
  g_autoptr (GPtrArray) before = wf_ranking_order (report, WF_RANKING_DONE, NULL);
  g_autoptr (GPtrArray) after = NULL;
  WfRanking *second = before->pdata[1], *first = before->pdata[0];
  g_autofree char *words = NULL, *id = g_strdup (second->id);

  first->place = 4;
  second->place = 1;
  g_set_str (&((WfRanking *) before->pdata[2])->id, "nobody");
  after = wf_ranking_order (report, WF_RANKING_DONE, before);
  g_assert_cmpint (((WfRanking *) after->pdata[0])->moved, ==, 3);
  g_assert_cmpstr (((WfRanking *) after->pdata[1])->id, ==, id);
  g_assert_cmpint (((WfRanking *) after->pdata[1])->moved, ==,
                   1 - (int) ((WfRanking *) after->pdata[1])->place);
  g_assert_true (((WfRanking *) after->pdata[2])->is_new);
  words = wf_ranking_to_words (after->pdata[0], WF_RANKING_DONE);
  g_assert_true (g_str_has_prefix (words, "1: "));
  g_assert_true (g_str_has_suffix (words, ", up 3"));
}

static void
settle (void)
{
  for (guint i = 0; i < 200; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000); /* frames of the display */
    }
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  if (WF_IS_RANKING_LIST (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_list (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_board (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  WfRankingBoard *board = wf_ranking_board_new (NULL, self->runtime, filter, NULL);
  GtkWidget *list = find_list (GTK_WIDGET (board)), *row;
  GPtrArray *rankings;
  g_autofree char *words = NULL;
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_window_set_default_size (GTK_WINDOW (board), 1280, 960);
  gtk_css_provider_load_from_resource (style, "/org/example/Workflow/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_window_present (GTK_WINDOW (board));
  settle ();
  rankings = wf_ranking_board_get_rankings (board);
  g_assert_nonnull (rankings);
  g_assert_cmpuint (rankings->len, >, WF_RANKING_MOST_ROWS);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (list)), ==,
                   GTK_ACCESSIBLE_ROLE_LIST);
  row = gtk_widget_get_first_child (list);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)), ==,
                   GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  words = wf_ranking_to_words (rankings->pdata[0], WF_RANKING_ON_TIME);
  g_assert_cmpstr (wf_ranking_row_get_words (WF_RANKING_ROW (row)), ==, words);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (board), "board.turn", "i", 1));
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 1);
  wf_ranking_board_turn (board, -2); /* round */
  g_assert_cmpuint (wf_ranking_board_get_page (board), >, 1);
  wf_ranking_board_set_by (board, WF_RANKING_RATE);
  settle ();
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 0);
  check_order (wf_ranking_board_get_rankings (board));
  if (g_getenv ("WF_RANKING_PICTURE") != NULL)
    {
      const char *arguments[] = { "import", "-window", "root", g_getenv ("WF_RANKING_PICTURE"),
                                  NULL };
      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                    NULL, NULL);
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (board), "board.leave", NULL));
  settle ();
  g_assert_null (gtk_window_list_toplevels ());
}

/* What the owners of deals get is in all what the rule pays, whatever it depends on. */
static void
test_earners (Fixture *self, gconstpointer data)
{
  for (WfCommissionBy by = 0; by <= WF_COMMISSION_BY_PERSON; by++)
    {
      g_autoptr (WfReportQuery) query =
          wf_report_company_query (self->organisation, WF_DIMENSION_PERSON);
      g_autoptr (WfReport) report = NULL;
      double sum = 0;
      guint deals = 0, all = 0;

      wf_commission_rule_free (query->rule);
      query->rule = wf_commission_rule_new (by, 2);
      wf_commission_rule_set (query->rule, "flow", 7);
      wf_commission_rule_set (query->rule, "p03", 11);
      report = wf_report_compute (self->store, query, NULL);
      for (guint i = 0; i < report->earners->len; i++)
        {
          const WfCommissionRow *row = report->earners->pdata[i];
          sum += row->commission;
          deals += row->deals;
        }
      for (guint i = 0; i < report->commissions->len; i++)
        all += ((const WfCommissionRow *) report->commissions->pdata[i])->deals;
      g_assert_cmpuint (deals, ==, all);
      g_assert_cmpuint (deals, >, 0);
      g_assert_cmpfloat_with_epsilon (sum, report->commission, 0.01);
    }
}

static GtkDropDown *
find_choice (GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget))
    return GTK_DROP_DOWN (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkDropDown *found = find_choice (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count_choices (WfRankingBoard *board)
{
  return g_list_model_get_n_items (gtk_drop_down_get_model (find_choice (GTK_WIDGET (board))));
}

/* Commissions are a choice only while a rule pays any. */
static void
test_commission (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  g_autoptr (WfCommissionRule) rule = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 0);
  WfRankingBoard *board = wf_ranking_board_new (NULL, self->runtime, filter, NULL);

  wf_ranking_board_set_rule (board, rule);
  g_assert_cmpuint (count_choices (board), ==, WF_RANKING_COMMISSION);
  wf_commission_rule_set (rule, "web", 3);
  wf_ranking_board_set_rule (board, rule);
  g_assert_cmpuint (count_choices (board), ==, WF_N_RANKINGS);
  wf_ranking_board_set_by (board, WF_RANKING_COMMISSION);
  settle ();
  g_assert_cmpuint (wf_ranking_board_get_rankings (board)->len, >, 0);
  check_order (wf_ranking_board_get_rankings (board));
  gtk_window_destroy (GTK_WINDOW (board));
  settle ();
}

/* Timers follow the clock: a turn after twenty seconds, a reading each minute, none when it is closed. */
static void
test_timers (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  WfRankingBoard *board = wf_ranking_board_new (NULL, self->runtime, filter, NULL);
  guint jobs;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (board), 900, 600);
  gtk_window_present (GTK_WINDOW (board));
  settle ();
  jobs = wf_fake_runtime_get_n_jobs (self->runtime);
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 0);
  wf_fake_clock_advance (self->clock, 20 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 1);
  wf_fake_clock_advance (self->clock, 39 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 2);
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), ==, jobs);
  wf_fake_clock_advance (self->clock, G_TIME_SPAN_SECOND);
  settle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), ==, jobs + 1);
  g_signal_emit_by_name (self->runtime, "activities-changed");
  g_signal_emit_by_name (self->runtime, "activities-changed");
  wf_fake_clock_advance (self->clock, 2 * G_TIME_SPAN_SECOND);
  settle ();
  g_assert_cmpuint (wf_fake_runtime_get_n_jobs (self->runtime), ==, jobs + 2);
  gtk_window_destroy (GTK_WINDOW (board));
  settle ();
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
}

static void
press (const char *key)
{
  const char *arguments[] = { "xdotool", "key", key, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  settle ();
}

/* No window manager gives it the keyboard here. */
static void
take_keyboard (void)
{
  const char *arguments[] = { "xdotool",     "search", "--onlyvisible", "--name", "^Ranking$",
                              "windowfocus", NULL };

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  settle ();
}

/* Real keys, in both directions of writing, on a screen as narrow as a telephone's. */
static void
test_keys (Fixture *self, gconstpointer mirrored)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  WfRankingBoard *board;
  const char *on = mirrored != NULL ? "Left" : "Right", *back = mirrored != NULL ? "Right" : "Left";
  int least;

  gtk_widget_set_default_direction (mirrored != NULL ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  board = wf_ranking_board_new (NULL, self->runtime, filter, NULL);
  gtk_window_set_default_size (GTK_WINDOW (board), 360, 640);
  gtk_window_present (GTK_WINDOW (board));
  settle ();
  gtk_widget_measure (GTK_WIDGET (board), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (board)), <=, 360);
  take_keyboard ();
  press (on);
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 1);
  press ("Next");
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 2);
  press ("Prior");
  press (back);
  g_assert_cmpuint (wf_ranking_board_get_page (board), ==, 0);
  press ("Escape");
  g_assert_null (gtk_window_list_toplevels ());
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* On the whole screen the pointer and the bar go when nobody moves it, and Escape leads back to the window instead of closing it. */
static void
test_full_screen (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  WfRankingBoard *board = wf_ranking_board_new (NULL, self->runtime, filter, NULL);
  g_autoptr (GList) windows = NULL;
  AdwToolbarView *bars;

  gtk_window_fullscreen (GTK_WINDOW (board));
  gtk_window_present (GTK_WINDOW (board));
  settle ();
  g_assert_true (gtk_window_is_fullscreen (GTK_WINDOW (board)));
  bars = ADW_TOOLBAR_VIEW (adw_window_get_content (ADW_WINDOW (board)));
  g_assert_true (adw_toolbar_view_get_reveal_top_bars (bars));
  wf_fake_clock_advance (self->clock, 3 * G_TIME_SPAN_SECOND);
  g_assert_false (adw_toolbar_view_get_reveal_top_bars (bars));
  g_assert_nonnull (gtk_widget_get_cursor (GTK_WIDGET (board)));
  take_keyboard ();
  press ("Escape");
  windows = gtk_window_list_toplevels ();
  g_assert_nonnull (g_list_find (windows, board));
  gtk_window_destroy (GTK_WINDOW (board));
  settle ();
}

/* What a window manager does for a window that asks for the whole screen, or for its place back: its state says so then. */
static guint
grant_states (Display *display)
{
  Atom state = XInternAtom (display, "_NET_WM_STATE", False);
  Atom full = XInternAtom (display, "_NET_WM_STATE_FULLSCREEN", False);
  XEvent event;
  guint n = 0;

  XSync (display, False);
  while (XPending (display) > 0)
    {
      XNextEvent (display, &event);
      if (event.type != ClientMessage || event.xclient.message_type != state ||
          ((Atom) event.xclient.data.l[1] != full && (Atom) event.xclient.data.l[2] != full))
        continue;
      XChangeProperty (display, event.xclient.window, state, XA_ATOM, 32, PropModeReplace,
                       (const unsigned char *) &full, event.xclient.data.l[0] != 0 ? 1 : 0);
      n++;
    }
  XSync (display, False);
  settle ();
  return n;
}

static void
assert_full (WfRankingBoard *board, Display *display, gboolean full)
{
  g_assert_cmpuint (grant_states (display), ==, 1); /* it asked */
  g_assert_cmpint (gtk_window_is_fullscreen (GTK_WINDOW (board)), ==, full);
}

/* F11 and the action fill the screen and leave it again; Escape leaves it first. */
static void
test_full_screen_key (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  WfRankingBoard *board = wf_ranking_board_new (NULL, self->runtime, filter, NULL);
  Display *display = XOpenDisplay (NULL);

  g_assert_nonnull (display);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  gtk_window_present (GTK_WINDOW (board));
  settle ();
  grant_states (display);
  g_assert_false (gtk_window_is_fullscreen (GTK_WINDOW (board)));
  take_keyboard ();
  press ("F11");
  assert_full (board, display, TRUE);
  press ("F11");
  assert_full (board, display, FALSE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (board), "board.full-screen", NULL));
  settle ();
  assert_full (board, display, TRUE);
  press ("Escape");
  assert_full (board, display, FALSE);
  press ("Escape");
  g_assert_null (gtk_window_list_toplevels ());
  XCloseDisplay (display);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  g_test_add ("/ui/ranking/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/ui/ranking/moved", Fixture, NULL, set_up, test_moved, tear_down);
  g_test_add ("/ui/ranking/board", Fixture, NULL, set_up, test_board, tear_down);
  g_test_add ("/ui/ranking/earners", Fixture, NULL, set_up, test_earners, tear_down);
  g_test_add ("/ui/ranking/commission", Fixture, NULL, set_up, test_commission, tear_down);
  g_test_add ("/ui/ranking/timers", Fixture, NULL, set_up, test_timers, tear_down);
  g_test_add ("/ui/ranking/full-screen", Fixture, NULL, set_up, test_full_screen, tear_down);
  g_test_add ("/ui/ranking/full-screen-key", Fixture, NULL, set_up, test_full_screen_key,
              tear_down);
  g_test_add ("/ui/ranking/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/ui/ranking/keys-right-to-left", Fixture, GINT_TO_POINTER (1), set_up, test_keys,
              tear_down);
  return g_test_run ();
}
