/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks of long lists measure. */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-list.h"

#include "wf-bench-store-data.h"

#include <stdlib.h>

#define FRAMES 120
#define STEP 180.0 /* pixels a frame: a quick wheel */
#define ROUNDS 9

static void
on_refreshed (WfBenchList *self)
{
  self->n_refreshed++;
}

void
wf_bench_list_follow (WfBenchList *self, WfPagedList *rows)
{
  g_signal_connect_swapped (rows, "refreshed", G_CALLBACK (on_refreshed), self);
}

void
wf_bench_list_print (WfBenchList *self, const char *what, double value, double reference)
{
  g_autofree char *name = g_strdup_printf ("%s/%u/%s", self->name, self->size, what);

  wf_bench_print (name, "ms", value, reference);
}

static gboolean
is_wanted (WfBenchList *self, const char *what)
{
  for (guint i = 0; self->only != NULL && self->only[i] != NULL; i++)
    if (g_str_has_prefix (what, self->only[i]))
      return TRUE;
  return self->only == NULL || self->only[0] == NULL;
}

/* ---- scrolling --------------------------------------------------------------------------------- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Our own work of each frame: layout and rows, without what the display does. */
static void
scroll (WfBenchWindow *window, GtkWidget *list, double step, double own[FRAMES])
{
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  for (guint i = 0; i < FRAMES; i++)
    {
      double last = gtk_adjustment_get_upper (at) - gtk_adjustment_get_page_size (at);
      double next = gtk_adjustment_get_value (at) + step;
      gint64 began = wf_bench_get_processor_time ();
      gtk_adjustment_set_value (at, next > last ? 0 : next);
      gint64 moved = wf_bench_get_processor_time () - began;
      gtk_widget_queue_draw (list);
      wf_bench_window_wait_frame (window);
      own[i] = wf_bench_to_ms (moved + window->layout_cpu);
    }
  qsort (own, FRAMES, sizeof (double), compare_doubles);
}

static void
scroll_bare (WfBenchList *self, double step, double own[FRAMES])
{
  WfBenchWindow window = { 0 };
  GtkWidget *list = self->make_bare (self->size);

  window.window = g_object_new (GTK_TYPE_WINDOW, "default-width", WF_BENCH_LIST_WIDTH,
                                "default-height", WF_BENCH_LIST_HEIGHT, NULL);
  gtk_window_set_child (GTK_WINDOW (window.window),
                        g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", list, NULL));
  gtk_window_present (GTK_WINDOW (window.window));
  wf_bench_window_watch (&window, window.window);
  wf_bench_rest ();
  scroll (&window, list, step, own);
  gtk_window_destroy (GTK_WINDOW (window.window));
}

static void
measure_scroll (WfBenchList *self, const char *what, double step)
{
  double own[FRAMES], bare[FRAMES];
  g_autofree char *worst = g_strconcat (what, "-p95", NULL);

  if (!is_wanted (self, what))
    return;
  scroll_bare (self, step, bare);
  wf_bench_rest ();
  scroll (&self->window, self->list, step, own);
  wf_bench_list_print (self, what, own[FRAMES / 2], bare[FRAMES / 2]);
  wf_bench_list_print (self, worst, own[FRAMES * 95 / 100], bare[FRAMES * 95 / 100]);
}

void
wf_bench_list_measure_scroll (WfBenchList *self)
{
  measure_scroll (self, "scroll", STEP);
  measure_scroll (self, "jump", 50 * STEP);
}

/* ---- queries ----------------------------------------------------------------------------------- */

/* The longest the main loop was busy at one go, by this thread's processor time, until the counter is above. */
static gint64
run_until_more (const guint *counter, guint than)
{
  gint64 longest = 0, end = g_get_monotonic_time () + G_TIME_SPAN_MINUTE;

  while (*counter <= than)
    {
      gint64 began = wf_bench_get_processor_time ();

      if (g_get_monotonic_time () > end)
        g_error ("Nothing came");
      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, wf_bench_get_processor_time () - began);
    }
  return longest;
}

static double
ask_once (WfBenchList *self, WfBenchAsk ask, guint round, double *longest)
{
  guint n = self->n_refreshed;
  gint64 began = g_get_monotonic_time (), cpu_began = wf_bench_get_processor_time ();

  ask (self, round);
  gint64 asking = wf_bench_get_processor_time () - cpu_began;
  gint64 reading = run_until_more (&self->n_refreshed, n);
  gtk_widget_queue_draw (self->window.window);
  gint64 drawing = run_until_more (&self->window.n_frames, self->window.n_frames);
  *longest = wf_bench_to_ms (MAX (MAX (asking, reading), drawing));
  return wf_bench_to_ms (g_get_monotonic_time () - began);
}

void
wf_bench_list_measure_query (WfBenchList *self, const char *what, WfBenchAsk ask)
{
  double times[ROUNDS], longest[ROUNDS];
  g_autofree char *first = g_strconcat (what, "-first", NULL);
  g_autofree char *block = g_strconcat (what, "-longest-block", NULL);
  g_autofree char *worst = g_strconcat (what, "-worst-block", NULL);

  if (!is_wanted (self, what))
    return;
  for (guint i = 0; i < ROUNDS; i++)
    {
      wf_bench_rest ();
      times[i] = ask_once (self, ask, i, &longest[i]);
    }
  wf_bench_list_print (self, first, times[0], 0);
  wf_bench_list_print (self, what, wf_bench_get_median (times + 1, ROUNDS - 1), 0);
  wf_bench_list_print (self, block, wf_bench_get_median (longest, ROUNDS), 0);
  qsort (longest, ROUNDS, sizeof (double), compare_doubles);
  wf_bench_list_print (self, worst, longest[ROUNDS - 1], 0);
}
