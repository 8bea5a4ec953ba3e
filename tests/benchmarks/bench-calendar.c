/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the month takes to the next one in a window, with ten thousand activities in each of them, out of 30,000 to a
 * million that are stored; over the real store and runtime. Prints one JSON line a measure.
 *
 *   bench-calendar                all sizes
 *   bench-calendar NUMBER         one of them */
#include "wf-bench-store-data.h"
#include "wf-bench-window.h"
#include "wf-month-private.h"
#include "wf-test-folder.h"

#include <stdlib.h>

#define A_MONTH 10000
#define MONTHS 3 /* the present one and those beside it are full */
#define STEPS 21
#define JUMPS 9
#define FAR_MONTHS 4 /* with those beside them more than are kept */
#define WIDTH 1200
#define HEIGHT 900
#define LONGEST_WAIT (60 * G_TIME_SPAN_SECOND)
#define GOAL 50.0 /* ms, performance.md "Window" */

/* ---- the store --------------------------------------------------------------------------------- */

static WfInstant
parse_month (int month, int year)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, 1, 3, 0, 0);

  return g_date_time_to_unix_usec (time);
}

/* The first go to the three months, the others to the five years before. */
static WfInstant
choose_due (guint n)
{
  WfInstant from = parse_month (10, 2026), until = parse_month (1, 2027);

  if (n >= A_MONTH * MONTHS)
    {
      until = from;
      from = parse_month (10, 2021);
    }
  return from + (WfInstant) (g_random_double () * (double) (until - from));
}

/* Nearly all of the past is done, as it is where people work. */
static void
settle_past (WfActivity *activity, guint n, WfInstant now)
{
  if (activity->due >= now || n % 50 == 0)
    return;
  activity->status = WF_ACTIVITY_DONE;
  activity->completed = activity->due - G_TIME_SPAN_HOUR;
}

static gboolean
put (WfStore *store, guint first, guint end, guint n, GError **error)
{
  WfInstant now = parse_month (11, 2026) + 17 * G_TIME_SPAN_DAY;
  gboolean ok = TRUE;

  for (guint i = first; ok && i < end; i++)
    {
      WfBenchItem item;
      wf_bench_item_init (&item, i);
      item.activity->due = item.activity->original_due = choose_due (i);
      settle_past (item.activity, i, now);
      ok = wf_store_put_activity (store, item.activity, NULL, error);
      wf_bench_item_clear (&item);
    }
  return ok;
}

/* ---- the window -------------------------------------------------------------------------------- */

typedef struct
{
  WfBenchWindow window;
  WfMinuteClock *minutes;
  WfCalendarModel *model;
  GtkWidget *view;
} Bench;

static gboolean
is_loaded (Bench *self)
{
  gboolean loaded;

  g_object_get (self->model, "loaded", &loaded, NULL);
  return loaded;
}

/* Until the days shown are as the store. */
static void
wait_loaded (Bench *self)
{
  gint64 end = g_get_monotonic_time () + LONGEST_WAIT;

  while (!is_loaded (self) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  if (!is_loaded (self))
    g_error ("The days were not read");
}

/* ---- measures ---------------------------------------------------------------------------------- */

static void
print (guint size, const char *what, const char *unit, double value, double reference)
{
  g_autofree char *name = g_strdup_printf ("calendar/%u/%s", size, what);

  wf_bench_print (name, unit, value, reference);
}

static guint
count_widgets (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);
  return n;
}

/* From the command until the display has the other month, without waiting for the next refresh of the screen: our own work,
 * then the frame. The months beside the present one have been read ahead, as they are when a person looks at one first. */
static void
measure_steps (Bench *self, guint size)
{
  double whole[STEPS], own[STEPS], cpu[STEPS];

  for (guint i = 0; i < STEPS; i++)
    {
      wf_bench_rest ();
      GDate before = WF_MONTH_VIEW (self->view)->first;
      gint64 began = g_get_monotonic_time ();
      wf_calendar_model_step (self->model,
                              i % 4 < 2 ? (i % 2 == 0 ? 1 : -1) : (i % 2 == 0 ? -1 : 1));
      gint64 work = g_get_monotonic_time () - began;
      if (g_date_compare (&before, &WF_MONTH_VIEW (self->view)->first) == 0 ||
          wf_calendar_model_get_days (self->model) == NULL)
        g_error ("The month was not shown at once");
      wf_bench_window_wait_frame (&self->window);
      own[i] = wf_bench_to_ms (work);
      whole[i] = wf_bench_to_ms (work + self->window.frame);
      cpu[i] = wf_bench_to_ms (work + self->window.frame_cpu);
    }
  print (size, "month-switch", "ms", wf_bench_get_median (whole, STEPS), GOAL);
  print (size, "month-switch-processor", "ms", wf_bench_get_median (cpu, STEPS), GOAL);
  print (size, "month-switch-own-work", "ms", wf_bench_get_median (own, STEPS), 0);
}

/* Elsewhere, for so long that the full months are not kept any more. */
static void
go_away (Bench *self)
{
  for (guint i = 0; i < FAR_MONTHS; i++)
    {
      GDate date;
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, 15, G_DATE_JUNE, (GDateYear) (1980 + i));
      wf_calendar_model_set_date (self->model, &date);
      wait_loaded (self);
      wf_bench_rest ();
    }
}

/* A full month that nobody expected: from the command until it is drawn, and until it is read. It is as full however many
 * others are stored. */
static void
measure_jump (Bench *self, guint size)
{
  static const GDateMonth months[] = { G_DATE_NOVEMBER, G_DATE_OCTOBER, G_DATE_DECEMBER };
  double times[JUMPS], reads[JUMPS], cpu[JUMPS];

  for (guint i = 0; i < JUMPS; i++)
    {
      GDate date;
      go_away (self);
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, 15, months[i % G_N_ELEMENTS (months)], 2026);
      gint64 began = g_get_monotonic_time (), cpu_began = wf_bench_get_processor_time ();
      wf_calendar_model_set_date (self->model, &date);
      if (is_loaded (self))
        g_error ("The month was known already");
      wait_loaded (self);
      reads[i] = wf_bench_to_ms (g_get_monotonic_time () - began);
      wf_bench_window_wait_frame (&self->window);
      times[i] = wf_bench_to_ms (g_get_monotonic_time () - began);
      cpu[i] = wf_bench_to_ms (wf_bench_get_processor_time () - cpu_began);
    }
  print (size, "unexpected-month", "ms", wf_bench_get_median (times, JUMPS), GOAL);
  print (size, "unexpected-month-read", "ms", wf_bench_get_median (reads, JUMPS), 0);
  print (size, "unexpected-month-processor", "ms", wf_bench_get_median (cpu, JUMPS), 0);
}

static double
read_memory (void)
{
  g_autofree char *text = NULL;
  const char *found;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  found = strstr (text, "\nPss:");
  return found != NULL ? strtod (found + 5, NULL) / 1024 : 0;
}

static void
run (guint size)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "store");
  Bench self = { 0 };
  WfBenchWindow *window = &self.window;

  wf_bench_fill (path, size, put);
  wf_bench_window_init (window, path);
  self.minutes = wf_minute_clock_new (window->clock);
  gint64 began = g_get_monotonic_time ();
  self.model = wf_calendar_model_new (window->runtime, self.minutes);
  wf_calendar_model_set_filter (self.model,
                                &(WfCalendarFilter) { .everyone = TRUE, .closed = TRUE });
  self.view = wf_month_view_new (self.model);
  wf_bench_window_open (window, self.view, WIDTH, HEIGHT);
  wait_loaded (&self);
  wf_bench_window_wait_frame (window);
  print (size, "first-month", "ms", wf_bench_to_ms (g_get_monotonic_time () - began), 0);
  measure_steps (&self, size);
  print (size, "widgets", "1", count_widgets (self.view), 0);
  measure_jump (&self, size);
  print (size, "memory", "MB", read_memory (), 0);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&window->window)));
  g_object_unref (self.model);
  g_object_unref (self.minutes);
  wf_bench_window_clear (window);
}

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 30000, 100000, 1000000 };

  wf_bench_window_start_up ();
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (argc < 2 || strtoul (argv[1], NULL, 10) == sizes[i])
        run (sizes[i]);
    }
  return 0;
}
