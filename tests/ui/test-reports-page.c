/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of reports: figures as the report has them, filters, what is behind a number, saved reports, states. */
#include "wf-chart.h"
#include "wf-pages.h"
#include "wf-report-card.h"
#include "wf-report-chip.h"
#include "wf-report-part-page.h"
#include "wf-report-sample.h"
#include "wf-report-schedule-runner.h"
#include "wf-report-window.h"
#include "wf-reports-page.h"
#include "wf-runtime-leads.h"
#include "wf-saved-reports.h"
#include "wf-window-check.h"

typedef struct
{
  WfReportWindow in;
  GtkWidget *page;
} Fixture;

static void
open_page (Fixture *self)
{
  self->page = g_object_new (WF_TYPE_REPORTS_PAGE, "runtime", self->in.runtime, NULL);
  adw_toast_overlay_set_child (self->in.overlay, self->page);
  gtk_window_present (GTK_WINDOW (self->in.window));
}

static void
set_up (Fixture *self, gconstpointer width)
{
  wf_report_window_set_up (&self->in, width != NULL ? GPOINTER_TO_INT (width) : 1100, 900);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_report_window_tear_down (&self->in);
}

/* ---- looking ----------------------------------------------------------------------------------- */

typedef struct
{
  Fixture *fixture;
  GType type;
  const char *id, *text;
} Wanted;

static gboolean
card_shows (gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget *card = wf_window_check_find (wanted->fixture->page, WF_TYPE_REPORT_CARD, wanted->id);

  return card != NULL &&
         g_str_equal (wf_report_card_get_value (WF_REPORT_CARD (card)), wanted->text);
}

static void
assert_card (Fixture *self, const char *id, const char *value)
{
  if (!wf_window_check_wait (card_shows, &(Wanted) { self, 0, id, value }))
    g_error ("The card “%s” does not show “%s”", id, value);
}

static void
assert_count (Fixture *self, const char *id, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  assert_card (self, id, text);
}

static gboolean
is_there (gpointer data)
{
  const Wanted *wanted = data;

  return wf_window_check_find (wanted->fixture->page, wanted->type, wanted->id) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

static GtkWidget *
find (Fixture *self, GType type, const char *id)
{
  return wf_report_window_find (self->page, type, id);
}

static void
assert_shows (Fixture *self, const char *text)
{
  wf_report_window_assert_shows (self->page, text);
}

static WfChartView *
find_chart (Fixture *self, const char *place)
{
  return WF_CHART_VIEW (gtk_widget_get_first_child (find (self, GTK_TYPE_BOX, place)));
}

static void
activate (Fixture *self, const char *action, const char *target)
{
  g_assert_true (
      gtk_widget_activate_action (self->page, action, target != NULL ? "s" : NULL, target));
}

static gboolean
has_all (gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget *page = wf_window_check_find (wanted->fixture->page, WF_TYPE_REPORT_PART_PAGE, NULL);

  return page != NULL && wf_report_part_page_get_n_activities (WF_REPORT_PART_PAGE (page)) ==
                             GPOINTER_TO_UINT (wanted->text);
}

static void
assert_part (Fixture *self, const char *title, guint n)
{
  GtkWidget *page = find (self, WF_TYPE_REPORT_PART_PAGE, NULL);

  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)), ==, title);
  if (!wf_window_check_wait (has_all, &(Wanted) { self, 0, NULL, GUINT_TO_POINTER (n) }))
    g_error ("There are not %u activities behind “%s”", n, title);
}

static guint
find_category (const WfChartData *data, const char *id)
{
  for (guint i = 0; i < data->n_categories; i++)
    {
      if (g_strcmp0 (data->categories[i].id, id) == 0)
        return i;
    }
  g_error ("There is no category “%s”", id);
}

static guint
find_series (const WfChartData *data, const char *id)
{
  for (guint i = 0; i < data->n_series; i++)
    {
      if (g_strcmp0 (data->series[i].id, id) == 0)
        return i;
    }
  g_error ("There is no series “%s”", id);
}

/* series NULL: the whole category. */
static void
activate_mark (WfChartView *view, const char *series, const char *category)
{
  WfChart *chart = wf_chart_view_get_chart (view);
  const WfChartData *data = wf_chart_get_data (chart);

  g_assert_true (wf_chart_get_activatable (chart));
  g_signal_emit_by_name (chart, "activated",
                         series != NULL ? find_series (data, series) : G_MAXUINT,
                         find_category (data, category));
}

/* ---- figures ----------------------------------------------------------------------------------- */

static void
test_cards (Fixture *self, gconstpointer data)
{
  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  assert_count (self, "on_time", WF_REPORT_SAMPLE_ON_TIME);
  assert_count (self, "late", WF_REPORT_SAMPLE_LATE);
  assert_count (self, "open_late", WF_REPORT_SAMPLE_OPEN_LATE);
  /* a-8 was created and done on time in the period before */
  g_assert_cmpstr (
      wf_report_card_get_difference (WF_REPORT_CARD (find (self, WF_TYPE_REPORT_CARD, "created"))),
      ==, "+6");
  g_assert_cmpstr (
      wf_report_card_get_difference (WF_REPORT_CARD (find (self, WF_TYPE_REPORT_CARD, "on_time"))),
      ==, "+1, better");
  g_assert_cmpstr (
      wf_report_card_get_difference (WF_REPORT_CARD (find (self, WF_TYPE_REPORT_CARD, "late"))), ==,
      "+2, worse");
  g_assert_cmpuint (wf_window_check_count_nameless (self->in.window), ==, 0);
}

static void
test_charts (Fixture *self, gconstpointer data)
{
  static const char *const places[] = { "trend_place",  "breakdown_place", "heat_place",
                                        "funnel_place", "causes_place",    "effects_place" };
  const WfChartData *people, *table;

  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_nonnull (wf_chart_get_data (wf_chart_view_get_chart (find_chart (self, places[i]))));
  people = wf_chart_get_data (wf_chart_view_get_chart (find_chart (self, "breakdown_place")));
  g_assert_cmpfloat (
      people->series[find_series (people, "late")].values[find_category (people, "ana")], ==, 2);
  g_assert_cmpfloat (
      people->series[find_series (people, "open-late")].values[find_category (people, "bruno")], ==,
      1);
  table = wf_chart_view_get_table (find_chart (self, "breakdown_place"));
  g_assert_cmpfloat (
      table->series[find_series (table, "created")].values[find_category (table, "ana")], ==, 4);
}

static void
test_period (Fixture *self, gconstpointer data)
{
  g_autofree char *period = NULL;

  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  activate (self, "reports.period", "last-7-days");
  assert_count (self, "created", 6); /* a-7 is older */
  activate (self, "reports.period", "2026-10-08/2026-10-09");
  assert_count (self, "created", 1);
  g_object_get (self->page, "period", &period, NULL);
  g_assert_cmpstr (period, ==, "2026-10-08/2026-10-09");
  activate (self, "reports.back", NULL);
  assert_count (self, "created", 6);
}

/* ---- clicks ------------------------------------------------------------------------------------ */

static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *chip;

  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  activate_mark (find_chart (self, "breakdown_place"), NULL, "bruno");
  assert_count (self, "created", 3);
  chip = find (self, WF_TYPE_REPORT_CHIP, NULL);
  g_assert_cmpint (wf_report_chip_get_dimension (WF_REPORT_CHIP (chip)), ==, WF_DIMENSION_PERSON);
  g_assert_cmpstr (wf_report_chip_get_id (WF_REPORT_CHIP (chip)), ==, "bruno");
  assert_shows (self, "Bruno Lima");
  activate (self, "reports.back", NULL);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  g_assert_true (
      wf_window_check_wait (is_gone, &(Wanted) { self, WF_TYPE_REPORT_CHIP, NULL, NULL }));
  activate_mark (find_chart (self, "breakdown_place"), NULL, "bruno");
  assert_count (self, "created", 3);
  g_signal_emit_by_name (find (self, WF_TYPE_REPORT_CHIP, NULL), "removed");
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
}

static void
test_behind (Fixture *self, gconstpointer data)
{
  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  activate (self, "reports.show-measure", "created");
  assert_part (self, "Created", WF_REPORT_SAMPLE_CREATED);
  assert_shows (self, "7 activities");
  activate (self, "reports.back", NULL);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  activate_mark (find_chart (self, "breakdown_place"), "late", "ana");
  assert_part (self, "Done Late · Ana Souza", 2);
  activate (self, "reports.back", NULL);
  find (self, WF_TYPE_REPORT_CARD, "created");
  activate_mark (find_chart (self, "heat_place"), "4", "10"); /* Friday, 10:00 in São Paulo */
  assert_part (self, "Done · Friday · 10:00", 1);
  activate (self, "reports.back", NULL);
  find (self, WF_TYPE_REPORT_CARD, "created");
  activate_mark (find_chart (self, "effects_place"), "on-time", "w-1");
  find (self, WF_TYPE_REPORT_PART_PAGE, NULL);
}

/* ---- saved ones -------------------------------------------------------------------------------- */

static void
test_saved (Fixture *self, gconstpointer data)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();
  g_autofree char *text = NULL;
  GtkWidget *saved;

  filter->period.kind = WF_PERIOD_LAST_7_DAYS;
  text = wf_report_filter_to_text (filter);
  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  saved = GTK_WIDGET (gtk_widget_get_template_child (self->page, WF_TYPE_REPORTS_PAGE, "saved"));
  g_signal_emit_by_name (saved, "applied", "Weekly", text);
  assert_count (self, "created", 6);
  g_signal_emit_by_name (saved, "applied", "Broken", "{");
  assert_count (self, "created", 6);
}

/* The page is opened again, as after a restart. */
static void
test_remembered (Fixture *self, gconstpointer data)
{
  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  activate (self, "reports.period", "last-7-days");
  assert_count (self, "created", 6);
  open_page (self);
  assert_count (self, "created", 6);
}

/* ---- states ------------------------------------------------------------------------------------ */

static void
test_empty (Fixture *self, gconstpointer data)
{
  open_page (self);
  activate (self, "reports.period", "2020-01-01/2020-01-02");
  assert_shows (self, "Nothing in This Period");
  activate (self, "reports.period", "this-year");
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED + 1);
}

static void
test_error (Fixture *self, gconstpointer data)
{
  wf_fake_runtime_set_store (self->in.runtime, NULL);
  open_page (self);
  assert_shows (self, "The Report Cannot Be Computed");
  wf_fake_runtime_set_store (self->in.runtime, self->in.store);
  activate (self, "reports.reload", NULL);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  wf_fake_runtime_set_store (self->in.runtime, NULL);
  activate (self, "reports.reload", NULL);
  assert_shows (self, "These numbers are not the latest: The account is not open yet.");
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED); /* they stay */
}

/* R62: Dora (media) sees numbers, but not whose activities they are: no card is a button, only bars that narrow lead on. */
static void
test_limited (Fixture *self, gconstpointer data)
{
  static const char *const nowhere[] = { "trend_place", "heat_place", "causes_place",
                                         "effects_place" };
  WfChartView *people;

  wf_fake_runtime_set_account (self->in.runtime, self->in.organisation, "dora");
  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    g_assert_false (
        wf_chart_get_activatable (wf_chart_view_get_chart (find_chart (self, nowhere[i]))));
  g_assert_cmpint (gtk_accessible_get_accessible_role (
                       GTK_ACCESSIBLE (find (self, WF_TYPE_REPORT_CARD, "late"))),
                   ==, GTK_ACCESSIBLE_ROLE_GROUP);
  g_assert_true (gtk_widget_is_sensitive (find (self, WF_TYPE_REPORT_CARD, "late")));
  gtk_widget_activate (find (self, WF_TYPE_REPORT_CARD, "late"));
  people = find_chart (self, "breakdown_place");
  activate_mark (people, "late", "ana");
  assert_count (self, "created", 4); /* narrowed, not listed */
  g_assert_null (wf_window_check_find (self->page, WF_TYPE_REPORT_PART_PAGE, NULL));
}

/* A cell of the table says as much as a mark of the chart. */
static void
test_table (Fixture *self, gconstpointer data)
{
  WfChartView *people;
  const WfChartData *table;

  open_page (self);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  people = find_chart (self, "breakdown_place");
  wf_chart_view_set_show_table (people, TRUE);
  table = wf_chart_view_get_table (people);
  g_signal_emit_by_name (people, "activated", table, find_series (table, "late"),
                         find_category (table, "ana"));
  assert_part (self, "Done Late · Ana Souza", 2);
  activate (self, "reports.back", NULL);
  find (self, WF_TYPE_REPORT_CARD, "created");
  g_signal_emit_by_name (people, "activated", table, find_series (table, "median"),
                         find_category (table, "ana"));
  assert_part (self, "Done Late · Ana Souza", 2);
}

static gboolean
tells_failure (gpointer data)
{
  Fixture *self = data;

  return adw_banner_get_revealed (
      ADW_BANNER (gtk_widget_get_template_child (self->page, WF_TYPE_REPORTS_PAGE, "failed")));
}

static gboolean
tells_none (gpointer data)
{
  return !tells_failure (data);
}

/* A schedule whose folder is gone is told until somebody has looked, also after a restart. */
static void
test_failed_schedule (Fixture *self, gconstpointer data)
{
  WfReportScheduleRunner *runner = wf_report_schedule_runner_new (self->in.runtime, NULL);
  g_autoptr (WfReportSchedule) schedule =
      wf_report_schedule_new (wf_clock_now (WF_CLOCK (self->in.clock)));
  g_autofree char *told = NULL;

  wf_fake_clock_run_idle ();
  g_set_str (&schedule->name, "Board");
  g_set_str (&schedule->folder, "file:///nowhere/at/all");
  schedule->files = WF_REPORT_FILE_CSV;
  schedule->filter = wf_report_filter_new ();
  wf_report_schedule_runner_save (runner, schedule, NULL);
  wf_fake_clock_run_idle ();
  open_page (self);
  wf_reports_page_set_schedules (WF_REPORTS_PAGE (self->page), runner);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  g_assert_false (tells_failure (self));
  wf_report_schedule_runner_run_now (runner, schedule->id);
  g_assert_true (wf_window_check_wait (tells_failure, self));
  told = g_strdup_printf ("Board: %s",
                          wf_report_schedule_runner_get_run (runner, 0)->error); /* in a toast */
  wf_report_window_assert_shows (self->in.window, told);
  g_assert_false (wf_window_check_has_text (self->page, told));
  assert_shows (self, "1 scheduled report could not be saved");
  activate (self, "reports.schedule", NULL);
  g_assert_true (wf_window_check_wait (tells_none, self));
  adw_dialog_force_close (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->in.window)));
  open_page (self);
  wf_reports_page_set_schedules (WF_REPORTS_PAGE (self->page), runner);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  g_assert_false (tells_failure (self));
  wf_reports_page_set_schedules (WF_REPORTS_PAGE (self->page), NULL);
  wf_report_schedule_runner_stop (runner);
  wf_fake_clock_run_idle ();
  g_object_unref (runner);
}

/* The first job reads ahead what every report needs. */
static gboolean
is_counting (gpointer data)
{
  Fixture *self = data;

  return wf_fake_runtime_get_n_held_jobs (self->in.runtime) == 2;
}

static GtkProgressBar *
get_progress (Fixture *self)
{
  return GTK_PROGRESS_BAR (
      gtk_widget_get_template_child (self->page, WF_TYPE_REPORTS_PAGE, "progress"));
}

static gboolean
shows_quarter (gpointer data)
{
  GtkProgressBar *progress = get_progress (data);

  return gtk_widget_get_mapped (GTK_WIDGET (progress)) &&
         gtk_progress_bar_get_fraction (progress) == 0.25;
}

static gboolean
shows_half (gpointer data)
{
  return gtk_progress_bar_get_fraction (get_progress (data)) == 0.5;
}

/* The first report after an import shows how far it is; one that takes no time does not, and afterwards the bar is gone. */
static void
test_progress (Fixture *self, gconstpointer data)
{
  const WfReportQuery *asked;

  wf_fake_runtime_hold_jobs (self->in.runtime, TRUE);
  open_page (self);
  g_assert_true (wf_window_check_wait (is_counting, self));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_progress (self))));
  asked = wf_fake_runtime_get_held_job (self->in.runtime);
  g_assert_nonnull (asked->progress);
  wf_report_progress_set (asked->progress, 250000, 1000000);
  g_assert_true (wf_window_check_wait (shows_quarter, self));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_progress (self)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Counting");
  wf_report_progress_set (asked->progress, 500000, 1000000);
  g_assert_true (wf_window_check_wait (shows_half, self));
  wf_fake_runtime_hold_jobs (self->in.runtime, FALSE);
  assert_count (self, "created", WF_REPORT_SAMPLE_CREATED);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_progress (self))));
}

/* Who connects a CRM knows that not all is there yet. */
static void
test_past (Fixture *self, gconstpointer data)
{
  open_page (self);
  wf_fake_runtime_set_reading_past (self->in.runtime, TRUE);
  assert_shows (self,
                "Activities of the past are still being read from the CRM. The numbers will grow.");
  wf_fake_runtime_set_reading_past (self->in.runtime, FALSE);
}

static void
test_roles (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *person;
    gboolean allowed;
  } people[] = { { "ana", FALSE }, { "bruno", FALSE }, { "carla", TRUE }, { "dora", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      wf_fake_runtime_set_account (self->in.runtime, self->in.organisation, people[i].person);
      g_assert_cmpint (wf_page_is_allowed (wf_pages_find ("reports"), self->in.runtime), ==,
                       people[i].allowed);
      g_assert_cmpstr (wf_pages_get_first (self->in.runtime), ==,
                       g_str_equal (people[i].person, "dora") ? "reports" : "today");
    }
}

#define ADD(path, width, test)                                                                     \
  g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  wf_report_window_init (&argc, &argv);
  ADD ("/reports-page/cards", 0, test_cards);
  ADD ("/reports-page/cards-narrow", 360, test_cards);
  ADD ("/reports-page/charts", 0, test_charts);
  ADD ("/reports-page/period", 0, test_period);
  ADD ("/reports-page/narrow", 0, test_narrow);
  ADD ("/reports-page/behind", 0, test_behind);
  ADD ("/reports-page/saved", 0, test_saved);
  ADD ("/reports-page/remembered", 0, test_remembered);
  ADD ("/reports-page/empty", 0, test_empty);
  ADD ("/reports-page/error", 0, test_error);
  ADD ("/reports-page/past", 0, test_past);
  ADD ("/reports-page/progress", 0, test_progress);
  ADD ("/reports-page/roles", 0, test_roles);
  ADD ("/reports-page/limited", 0, test_limited);
  ADD ("/reports-page/table", 0, test_table);
  ADD ("/reports-page/failed-schedule", 0, test_failed_schedule);
  return g_test_run ();
}
