/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the month takes to the next one in a window, with ten thousand activities in each of them, out of 30,000 to a
 * million that are stored; over the real store and runtime. Prints one JSON line a measure.
 *
 *   bench-calendar                all sizes
 *   bench-calendar NUMBER         one of them */
#include "wf-bench-store-data.h"
#include "wf-fake-clock.h"
#include "wf-month-private.h"
#include "wf-runtime.h"
#include "wf-scripted-crm.h"
#include "wf-test-folder.h"
#include "wf-ui-gresource.h"

#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

#define NOW "2026-11-18T12:00:00Z"
#define PERSON "person-7"
#define A_MONTH 10000
#define MONTHS 3 /* the present one and those beside it are full */
#define BATCH 2000
#define STEPS 21
#define JUMPS 9
#define FAR_MONTHS 4 /* with those beside them more than are kept */
#define WIDTH 1200
#define HEIGHT 900
#define LONGEST_WAIT (60 * G_TIME_SPAN_SECOND)
#define GOAL 50.0 /* ms, performance.md "Window" */

static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "It failed");
}

/* ---- the store --------------------------------------------------------------------------------- */

static WfOrganisation *
make_organisation (void)
{
  GString *text = g_string_new (
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{"
      "\"mon\":[[\"09:00\",\"18:00\"]],\"tue\":[[\"09:00\",\"18:00\"]],\"wed\":[[\"09:00\",\"18:00\"]],"
      "\"thu\":[[\"09:00\",\"18:00\"]],\"fri\":[[\"09:00\",\"18:00\"]]}},"
      "\"activity-types\":[{\"id\":\"filter-1\",\"name\":\"Filter 1\"}],\"people\":[");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  for (guint i = 0; i < WF_BENCH_PEOPLE; i++)
    g_string_append_printf (
        text,
        "%s{\"id\":\"person-%u\",\"name\":\"Person %u\",\"role\":\"administrator\",\"active\":true}",
        i > 0 ? "," : "", i, i);
  g_string_append (text, "]}");
  g_autofree char *json = g_string_free_and_steal (text);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, NULL);
  WfOrganisation *organisation =
      wf_organisation_read (wf_json_document_get_root (document), problems);
  if (organisation == NULL)
    g_error ("The organisation cannot be used");
  return organisation;
}

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

static void
put_batch (WfStore *store, guint first, guint n)
{
  g_autoptr (GError) error = NULL;
  WfInstant now = parse_month (11, 2026) + 17 * G_TIME_SPAN_DAY;
  gboolean more = TRUE;

  check (wf_store_begin (store, &error), error);
  for (guint i = first; i < first + n; i++)
    {
      WfBenchItem item;
      wf_bench_item_init (&item, i);
      item.activity->due = item.activity->original_due = choose_due (i);
      settle_past (item.activity, i, now);
      check (wf_store_put_activity (store, item.activity, NULL, &error), error);
      wf_bench_item_clear (&item);
    }
  check (wf_store_commit (store, &error), error);
  if (!wf_store_wants_merge (store))
    return;
  check (wf_store_begin (store, &error) && wf_store_merge_keys (store, FALSE, &more, &error) &&
             wf_store_commit (store, &error),
         error);
}

static void
fill (const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  g_autoptr (WfStore) store = wf_store_open (path, WF_STORE_READ_WRITE, &aside, &error);

  check (store != NULL, error);
  check (wf_store_begin (store, &error) &&
             wf_store_set_organisation (store, organisation, &error) &&
             wf_store_set_fact (store, "person", PERSON, &error) &&
             wf_store_set_fact (store, "cursor", "seed", &error) && wf_store_commit (store, &error),
         error);
  for (guint i = 0; i < n; i += BATCH)
    put_batch (store, i, MIN (BATCH, n - i));
  check (wf_store_checkpoint (store, &error), error);
}

/* ---- the window -------------------------------------------------------------------------------- */

typedef struct
{
  WfRuntime *runtime;
  WfMinuteClock *minutes;
  WfCalendarModel *model;
  GtkWidget *window;
  GtkWidget *view;
  gint64 frame_began, frame;         /* µs: of the last one */
  gint64 frame_cpu_began, frame_cpu; /* the same of the processor */
  guint n_frames;
} Bench;

/* What this thread had of the processor, µs: other programs do not count. */
static gint64
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

static void
on_before (Bench *self)
{
  self->frame_began = g_get_monotonic_time ();
  self->frame_cpu_began = get_processor_time ();
}

static void
on_after (Bench *self)
{
  self->frame = g_get_monotonic_time () - self->frame_began;
  self->frame_cpu = get_processor_time () - self->frame_cpu_began;
  self->n_frames++;
}

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

static void
wait_frame (Bench *self)
{
  guint n = self->n_frames;
  gint64 end = g_get_monotonic_time () + LONGEST_WAIT;

  while (self->n_frames == n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  if (self->n_frames == n)
    g_error ("There was no frame");
}

static void
rest (Bench *self)
{
  gint64 end = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
on_started (GObject *object, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  check (wf_runtime_start_finish (WF_RUNTIME (object), result, &error), error);
  *(gboolean *) done = TRUE;
}

static void
open_window (Bench *self)
{
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", WIDTH,
                               "default-height", HEIGHT, NULL);
  self->view = wf_month_view_new (self->model);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), self->view);
  gtk_window_present (GTK_WINDOW (self->window));
  GdkFrameClock *frames = gtk_widget_get_frame_clock (self->view);
  g_signal_connect_swapped (frames, "before-paint", G_CALLBACK (on_before), self);
  g_signal_connect_swapped (frames, "after-paint", G_CALLBACK (on_after), self);
}

/* ---- measures ---------------------------------------------------------------------------------- */

static double
to_ms (gint64 microseconds)
{
  return (double) microseconds / 1000;
}

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
      rest (self);
      GDate before = WF_MONTH_VIEW (self->view)->first;
      gint64 began = g_get_monotonic_time ();
      wf_calendar_model_step (self->model,
                              i % 4 < 2 ? (i % 2 == 0 ? 1 : -1) : (i % 2 == 0 ? -1 : 1));
      gint64 work = g_get_monotonic_time () - began;
      if (g_date_compare (&before, &WF_MONTH_VIEW (self->view)->first) == 0 ||
          wf_calendar_model_get_days (self->model) == NULL)
        g_error ("The month was not shown at once");
      wait_frame (self);
      own[i] = to_ms (work);
      whole[i] = to_ms (work + self->frame);
      cpu[i] = to_ms (work + self->frame_cpu);
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
      rest (self);
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
      gint64 began = g_get_monotonic_time (), cpu_began = get_processor_time ();
      wf_calendar_model_set_date (self->model, &date);
      if (is_loaded (self))
        g_error ("The month was known already");
      wait_loaded (self);
      reads[i] = to_ms (g_get_monotonic_time () - began);
      wait_frame (self);
      times[i] = to_ms (g_get_monotonic_time () - began);
      cpu[i] = to_ms (get_processor_time () - cpu_began);
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
  g_autofree char *path = g_build_filename (wf_test_folder_get_path (folder), "store", NULL);
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at (NOW);
  g_autoptr (WfScriptedCrm) crm = wf_scripted_crm_new (WF_CLOCK (clock), NULL);
  Bench self = { 0 };
  gboolean started = FALSE;
  gint64 began;

  fill (path, size);
  wf_scripted_crm_set_offline (crm, TRUE);
  self.runtime = wf_runtime_new (WF_CLOCK (clock), WF_CRM (crm), NULL, path);
  wf_runtime_start_async (self.runtime, NULL, on_started, &started);
  while (!started)
    g_main_context_iteration (NULL, TRUE);
  self.minutes = wf_minute_clock_new (WF_CLOCK (clock));
  began = g_get_monotonic_time ();
  self.model = wf_calendar_model_new (self.runtime, self.minutes);
  wf_calendar_model_set_filter (self.model,
                                &(WfCalendarFilter) { .everyone = TRUE, .closed = TRUE });
  open_window (&self);
  wait_loaded (&self);
  wait_frame (&self);
  print (size, "first-month", "ms", to_ms (g_get_monotonic_time () - began), 0);
  measure_steps (&self, size);
  print (size, "widgets", "1", count_widgets (self.view), 0);
  measure_jump (&self, size);
  print (size, "memory", "MB", read_memory (), 0);
  gtk_window_destroy (GTK_WINDOW (self.window));
  g_object_unref (self.model);
  g_object_unref (self.minutes);
  wf_runtime_stop (self.runtime);
  g_object_unref (self.runtime);
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

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 30000, 100000, 1000000 };

  g_setenv ("GSK_RENDERER", "cairo", FALSE); /* as the program does without a graphics card */
  adw_init ();
  wf_ui_register_resource ();
  load_style ();
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (argc < 2 || strtoul (argv[1], NULL, 10) == sizes[i])
        run (sizes[i]);
    }
  return 0;
}
