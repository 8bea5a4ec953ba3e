/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of reports over a million activities in a window, with the real store and runtime: from the choice of another
 * period, person, dimension or number until the frame that shows it is painted; processor time of this thread and of the
 * others; and the longest time for which the main loop was not free. What opening the page takes when nothing was read
 * before, and when the facts are not stored yet, as after an import. Goal (performance.md): 300 ms from click to drawn.
 * Usage: bench-report-window [ROWS [FOLDER [QUESTION...]]] (1,000,000). A store in a named folder is kept, and used the next
 * time; named questions alone are asked. */
#include "wf-bench-report-data.h"
#include "wf-bench-store-data.h"
#include "wf-fake-clock.h"
#include "wf-instant.h"
#include "wf-report-part-page.h"
#include "wf-reports-page-private.h"
#include "wf-runtime.h"
#include "wf-scripted-crm.h"
#include "wf-ui-gresource.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 7
#define WIDTH 1200
#define HEIGHT 900
#define LONGEST_WAIT (120 * G_TIME_SPAN_SECOND)
#define REST (400 * G_TIME_SPAN_MILLISECOND)
#define GOAL 300.0 /* ms, performance.md "Reports" */

typedef struct
{
  guint n_rows;
  char *folder, *path; /* (owned) */
  WfFakeClock *clock;  /* (owned) */
  WfScriptedCrm *crm;  /* (owned) */
  WfRuntime *runtime;  /* (owned) */
  GtkWidget *window;
  WfReportsPage *page;
  guint n_frames, n_reports;
  gboolean was_loading;
} Bench;

static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "It failed");
}

/* ---- stored facts, as the upkeep leaves them, and as an import does ---- */

static void
forget_facts (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
      sqlite3_exec (db, "DELETE FROM fact_zones; DELETE FROM fact_blocks", NULL, NULL, NULL) !=
          SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
}

static void
store_facts (Bench *self)
{
  WfStore *store = wf_bench_report_open (self->path, self->n_rows);

  wf_bench_report_save_facts (store);
  wf_store_close (store);
}

/* ---- times ------------------------------------------------------------------------------------- */

static double
get_time (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* What the main loop did between two looks at what happened: nothing of the person's is seen meanwhile. */
static struct
{
  double busy_from, longest;
} loop;

static int
poll_and_measure (GPollFD *fds, guint n_fds, int timeout)
{
  int n;

  if (loop.busy_from > 0)
    loop.longest = MAX (loop.longest, get_time (CLOCK_THREAD_CPUTIME_ID) - loop.busy_from);
  n = g_poll (fds, n_fds, timeout);
  loop.busy_from = get_time (CLOCK_THREAD_CPUTIME_ID);
  return n;
}

typedef struct
{
  double wall[ROUNDS], own[ROUNDS], others[ROUNDS], longest[ROUNDS];
} Times;

static void
print_times (const char *what, Times *times, guint n)
{
  const struct
  {
    const char *name;
    double *values, goal;
  } all[] = { { "", times->wall, GOAL },
              { "/main-thread", times->own, 0 },
              { "/other-threads", times->others, 0 },
              { "/longest-block", times->longest, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *name = g_strconcat ("report-window/", what, all[i].name, NULL);

      wf_bench_print (name, "ms", wf_bench_get_median (all[i].values, n), all[i].goal);
    }
}

/* ---- the window -------------------------------------------------------------------------------- */

static void
on_painted (Bench *self)
{
  self->n_frames++;
}

static void
on_model_changed (Bench *self)
{
  const GError *error = wf_report_model_get_error (self->page->model);
  gboolean is_loading = wf_report_model_is_loading (self->page->model);

  check (error == NULL, error);
  if (self->was_loading && !is_loading && wf_report_model_get_report (self->page->model) != NULL)
    self->n_reports++;
  self->was_loading = is_loading;
}

static void
wait_until_more (const guint *counter, guint than)
{
  gint64 end = g_get_monotonic_time () + LONGEST_WAIT;

  while (*counter <= than && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  if (*counter <= than)
    g_error ("Nothing came");
}

static void
rest (Bench *self)
{
  gint64 end = g_get_monotonic_time () + REST;

  while (g_get_monotonic_time () < end || self->page->reading_workload)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* Until what is shown now has been painted: nothing waits to be drawn any more. */
static void
wait_for_frame (Bench *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->page));
  wait_until_more (&self->n_frames, self->n_frames);
}

static void
on_started (GObject *object, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  check (wf_runtime_start_finish (WF_RUNTIME (object), result, &error), error);
  *(gboolean *) done = TRUE;
}

static void
start_runtime (Bench *self)
{
  g_autofree char *now = wf_instant_format_utc (wf_bench_get_time (self->n_rows));
  gboolean started = FALSE;

  self->clock = wf_fake_clock_new_at (now);
  self->crm = wf_scripted_crm_new (WF_CLOCK (self->clock), NULL);
  wf_scripted_crm_set_offline (self->crm, TRUE);
  self->runtime = wf_runtime_new (WF_CLOCK (self->clock), WF_CRM (self->crm), NULL, self->path);
  wf_runtime_start_async (self->runtime, NULL, on_started, &started);
  while (!started)
    g_main_context_iteration (NULL, TRUE);
}

static void
stop_runtime (Bench *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_runtime_stop (self->runtime);
  g_clear_object (&self->runtime);
  g_clear_object (&self->crm);
  g_clear_object (&self->clock);
}

static void
open_window (Bench *self)
{
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", WIDTH,
                               "default-height", HEIGHT, NULL);
  self->page = g_object_new (WF_TYPE_REPORTS_PAGE, "runtime", self->runtime, NULL);
  g_signal_connect_data (self->page->model, "changed", G_CALLBACK (on_model_changed), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window),
                                      GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (self->page)), "after-paint",
                            G_CALLBACK (on_painted), self);
}

/* ---- questions --------------------------------------------------------------------------------- */

typedef struct Question Question;
struct Question
{
  const char *name;
  const char *period;
  int by; /* WfDimension; -1: person */
  gboolean one_person;
  gboolean part; /* the activities behind a number of it */
};

static void
ask (Bench *self, const Question *question, const char *person)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new ();

  if (!wf_period_from_text (question->period, &filter->period))
    g_error ("%s is no period", question->period);
  filter->by = question->by >= 0 ? (WfDimension) question->by : WF_DIMENSION_PERSON;
  if (person != NULL)
    filter->only[WF_DIMENSION_PERSON] =
        g_strdupv ((char **) (const char *const[]) { person, NULL });
  wf_reports_page_set_filter (self->page, filter, FALSE);
}

/* Until the rows of the list are there. */
static void
ask_part (Bench *self, guint round)
{
  static const char *const measures[] = { "late", "on-time", "open-late", "created" };
  WfReportPartPage *list;

  gtk_widget_activate_action (GTK_WIDGET (self->page), "reports.show-measure", "s",
                              measures[round % G_N_ELEMENTS (measures)]);
  list = WF_REPORT_PART_PAGE (adw_navigation_view_get_visible_page (self->page->navigation));
  while (wf_report_part_page_get_n_activities (list) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask_and_wait (Bench *self, const Question *question, const char *person)
{
  guint n = self->n_reports;

  ask (self, question, person);
  wait_until_more (&self->n_reports, n);
}

static void
measure_round (Bench *self, const Question *question, guint round, Times *times)
{
  g_autofree char *person = question->one_person ? g_strdup_printf ("person-%u", round + 7) : NULL;
  double process, own;
  gint64 began;

  rest (self);
  loop.longest = 0;
  process = get_time (CLOCK_PROCESS_CPUTIME_ID);
  own = get_time (CLOCK_THREAD_CPUTIME_ID);
  began = g_get_monotonic_time ();
  if (question->part)
    ask_part (self, round);
  else
    ask_and_wait (self, question, person);
  wait_for_frame (self);
  times->wall[round] = (double) (g_get_monotonic_time () - began) / 1000;
  times->own[round] = get_time (CLOCK_THREAD_CPUTIME_ID) - own;
  times->others[round] = get_time (CLOCK_PROCESS_CPUTIME_ID) - process - times->own[round];
  times->longest[round] = loop.longest;
}

static void
measure (Bench *self, const Question *question)
{
  static const Question other = { .period = "last-7-days", .by = -1 };
  Times times;

  for (guint i = 0; i < ROUNDS; i++)
    {
      if (!question->part)
        ask_and_wait (self, &other, NULL);
      else if (i == 0)
        ask_and_wait (self, question, NULL);
      measure_round (self, question, i, &times);
      if (question->part)
        adw_navigation_view_pop (self->page->navigation);
    }
  print_times (question->name, &times, ROUNDS);
}

/* ---- the first time ---------------------------------------------------------------------------- */

/* From the page's making; stored: the facts are there. */
static void
measure_opening (Bench *self, const char *what)
{
  Times times;
  double process = get_time (CLOCK_PROCESS_CPUTIME_ID), own = get_time (CLOCK_THREAD_CPUTIME_ID);
  gint64 began = g_get_monotonic_time ();

  loop.longest = 0;
  self->n_reports = self->n_frames = 0;
  self->was_loading = FALSE;
  open_window (self);
  wait_until_more (&self->n_reports, 0);
  wait_for_frame (self);
  times.wall[0] = (double) (g_get_monotonic_time () - began) / 1000;
  times.own[0] = get_time (CLOCK_THREAD_CPUTIME_ID) - own;
  times.others[0] = get_time (CLOCK_PROCESS_CPUTIME_ID) - process - times.own[0];
  times.longest[0] = loop.longest;
  print_times (what, &times, 1);
}

/* only: names of questions; none: all */
static void
measure_all (Bench *self, const char *const *only)
{
  static const Question questions[] = {
    { .name = "30-days", .period = "last-30-days", .by = -1 },
    { .name = "quarter", .period = "this-quarter", .by = -1 },
    { .name = "year", .period = "this-year", .by = -1 },
    { .name = "today", .period = "today", .by = -1 },
    { .name = "one-person", .period = "this-year", .by = -1, .one_person = TRUE },
    { .name = "year-by-workflow", .period = "this-year", .by = WF_DIMENSION_WORKFLOW },
    { .name = "year-by-stage", .period = "this-year", .by = WF_DIMENSION_STAGE },
    { .name = "behind-a-number", .period = "this-year", .by = -1, .part = TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (only[0] == NULL || g_strv_contains (only, questions[i].name))
      measure (self, &questions[i]);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
set_up (void)
{
  g_setenv ("GSK_RENDERER", "cairo", FALSE); /* as the program does without a graphics card */
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  load_style ();
  g_main_context_set_poll_func (NULL, poll_and_measure);
}

static void
measure_first (Bench *self)
{
  forget_facts (self->path);
  start_runtime (self);
  measure_opening (self, "first-without-stored-facts");
  stop_runtime (self);
  store_facts (self);
}

int
main (int argc, char **argv)
{
  const char *const *only = (const char *const *) argv + MIN (argc, 3);
  Bench bench = { .folder = argc > 2 ? g_strdup (argv[2])
                                     : g_dir_make_tmp ("bench-report-XXXXXX", NULL),
                  .n_rows = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000000 };

  set_up ();
  bench.path = g_build_filename (bench.folder, "account.db", NULL);
  wf_store_close (wf_bench_report_open (bench.path, bench.n_rows));
  if (only[0] == NULL)
    measure_first (&bench);
  start_runtime (&bench);
  measure_opening (&bench, "first");
  measure_all (&bench, only);
  stop_runtime (&bench);
  if (argc <= 2)
    wf_bench_report_remove_folder (bench.folder);
  g_free (bench.path);
  g_free (bench.folder);
  return 0;
}
