/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How late reminders come with the real clock, and what a million pending ones cost; against a bare
 * timer of the kernel in the same run (performance.md "Scheduler"). */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-server.h"
#include "wf-bench-store-data.h"
#include "wf-instant.h"
#include "wf-open-crm.h"
#include "wf-runtime-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define N_REMINDERS 200
#define APART (20 * G_TIME_SPAN_MILLISECOND)
#define AHEAD (3 * G_TIME_SPAN_SECOND)      /* the start is over then */
#define FAR_AHEAD (12 * G_TIME_SPAN_SECOND) /* also that of a large store */
#define IMPORT_AHEAD G_TIME_SPAN_SECOND     /* the import has just begun */
#define N_PENDING 1000000
#define N_EVENTS 250000 /* the import goes on longer than the reminders do */
#define BATCH 5000
#define N_ITERATIONS 20000
#define PERSON "helena" /* whose token the server gives for a manager */

/* -- a notifier that looks at the clock -------------------------------------------------------- */

#define BENCH_TYPE_NOTIFIER (bench_notifier_get_type ())
G_DECLARE_FINAL_TYPE (BenchNotifier, bench_notifier, BENCH, NOTIFIER, GObject)

struct _BenchNotifier
{
  GObject parent_instance;

  double late[N_REMINDERS]; /* milliseconds */
  guint n, n_together;
  WfRuntime *runtime; /* (unowned) */
  guint n_importing;  /* shown while an import went on */
};

static void notifier_init (WfNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchNotifier, bench_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_NOTIFIER, notifier_init))

static void
note (BenchNotifier *self, const WfActivity *activity)
{
  if (self->n < N_REMINDERS)
    {
      self->late[self->n++] = (double) (g_get_real_time () - activity->remind) / 1000;
      self->n_importing += !self->runtime->intake.caught_up;
    }
}

static gboolean
show_reminder (WfNotifier *notifier, WfActivity *activity, WfInstant now, gboolean quiet,
               GError **error)
{
  note (BENCH_NOTIFIER (notifier), activity);
  return TRUE;
}

/* So many were due at once that they came together: each counts as late as it was. */
static gboolean
show_catch_up (WfNotifier *notifier, GPtrArray *activities, WfInstant now, gboolean quiet,
               GError **error)
{
  for (guint i = 0; i < activities->len; i++)
    note (BENCH_NOTIFIER (notifier), g_ptr_array_index (activities, i));
  BENCH_NOTIFIER (notifier)->n_together++;
  return TRUE;
}

static gboolean
show_message (WfNotifier *notifier, const char *id, const char *title, const char *text,
              gboolean quiet, GError **error)
{
  return TRUE;
}

static void
withdraw (WfNotifier *notifier, const char *id)
{
}

static void
notifier_init (WfNotifierInterface *iface)
{
  iface->show_reminder = show_reminder;
  iface->show_catch_up = show_catch_up;
  iface->show_message = show_message;
  iface->withdraw = withdraw;
}

static void
bench_notifier_class_init (BenchNotifierClass *class)
{
}

static void
bench_notifier_init (BenchNotifier *self)
{
}

/* -- figures ----------------------------------------------------------------------------------- */

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* Sorts the values. */
static double
get_quantile (double *values, guint n, guint percent)
{
  qsort (values, n, sizeof *values, compare);
  return n > 0 ? values[MIN (n * percent / 100, n - 1)] : 0;
}

static void
print_lateness (const char *name, double *late, guint n, double *reference)
{
  g_autofree char *median = g_strconcat ("scheduler/", name, "/lateness-median", NULL);
  g_autofree char *p95 = g_strconcat ("scheduler/", name, "/lateness-p95", NULL);

  wf_bench_print (median, "ms", get_quantile (late, n, 50),
                  reference != NULL ? get_quantile (reference, N_REMINDERS, 50) : 0);
  wf_bench_print (p95, "ms", get_quantile (late, n, 95),
                  reference != NULL ? get_quantile (reference, N_REMINDERS, 95) : 0);
}

static void
measure_bare_timer (double late[N_REMINDERS])
{
  int fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC);
  gint64 at = g_get_real_time () + APART;

  for (guint i = 0; i < N_REMINDERS; i++, at += APART)
    {
      struct itimerspec spec = { .it_value = { at / G_USEC_PER_SEC, at % G_USEC_PER_SEC * 1000 } };
      guint64 expirations;

      if (timerfd_settime (fd, TFD_TIMER_ABSTIME, &spec, NULL) != 0 ||
          read (fd, &expirations, sizeof expirations) != sizeof expirations)
        g_error ("The timer does not work");
      late[i] = (double) (g_get_real_time () - at) / 1000;
    }
  close (fd);
}

/* -- the program ------------------------------------------------------------------------------- */

typedef struct
{
  WfBenchServer crm;
  WfClock *clock;
  char *folder;
} Bench;

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_start_finish (WF_RUNTIME (source), result, &error))
    g_error ("%s", error->message);
}

static WfRuntime *
start (Bench *self, const char *path, BenchNotifier *notifier)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrm) crm = wf_open_crm_new (self->clock, self->crm.uri, self->crm.manager, &error);
  WfRuntime *runtime = wf_runtime_new (self->clock, crm, WF_NOTIFIER (notifier), path);

  wf_runtime_start_async (runtime, NULL, on_started, NULL);
  return runtime;
}

static void
settle (WfRuntime *runtime)
{
  while (!wf_runtime_is_settled (runtime))
    g_main_context_iteration (NULL, TRUE);
}

static void
stop (WfRuntime *runtime)
{
  wf_runtime_stop (runtime);
  g_object_unref (runtime);
}

static void
check (gboolean fine, const GError *error)
{
  if (!fine)
    g_error ("%s", error != NULL ? error->message : "It failed");
}

/* Activities, the first reminder at an instant. remind FALSE: without them. */
static void
seed (WfStore *store, const char *prefix, guint n, WfInstant first, gint64 apart, gboolean remind)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i += BATCH)
    {
      check (wf_store_begin (store, &error), error);
      for (guint j = i; j < MIN (i + BATCH, n); j++)
        {
          g_autofree char *id = g_strdup_printf ("%s-%u", prefix, j);
          g_autofree char *lead = g_strdup_printf ("l-%u", j % WF_BENCH_LEADS);
          g_autoptr (WfActivity) activity = wf_activity_new (id);

          g_set_str (&activity->lead, lead);
          g_set_str (&activity->type, "filter-1");
          g_set_str (&activity->title, "Call");
          g_set_str (&activity->person, PERSON);
          activity->created = first - G_TIME_SPAN_DAY;
          activity->remind = first + (gint64) j * apart;
          activity->due = activity->remind + G_TIME_SPAN_HOUR;
          activity->sync = WF_SYNC_CONFIRMED;
          check (wf_store_put_activity (store, activity, NULL, &error) &&
                     (!remind || wf_store_set_reminder (store, id, activity->remind, &error)),
                 error);
        }
      check (wf_store_commit (store, &error), error);
    }
}

static WfStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  WfStore *store = wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error);

  check (store != NULL, error);
  return store;
}

/* What the runtime would know after its first run. */
static char *
make_store (Bench *self, const char *name, guint n_activities, gboolean remind)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (BenchNotifier) notifier = g_object_new (BENCH_TYPE_NOTIFIER, NULL);
  WfRuntime *runtime = start (self, path, notifier);

  settle (runtime);
  stop (runtime);
  if (n_activities > 0)
    {
      WfStore *store = open_store (path);

      seed (store, "pending", n_activities, g_get_real_time () + 365 * G_TIME_SPAN_DAY,
            G_TIME_SPAN_SECOND, remind);
      check (wf_store_checkpoint (store, NULL), NULL);
      wf_store_close (store);
    }
  return path;
}

/* Starts the program with reminders close ahead, and waits for the last one. */
static void
measure_reminders (Bench *self, const char *name, const char *path, gint64 ahead, double *reference)
{
  g_autoptr (BenchNotifier) notifier = g_object_new (BENCH_TYPE_NOTIFIER, NULL);
  WfStore *store = open_store (path);
  WfRuntime *runtime;

  seed (store, name, N_REMINDERS, g_get_real_time () + ahead, APART, TRUE);
  wf_store_close (store);
  notifier->runtime = runtime = start (self, path, notifier);
  while (notifier->n < N_REMINDERS)
    g_main_context_iteration (NULL, TRUE);
  print_lateness (name, notifier->late, notifier->n, reference);
  g_autofree char *importing = g_strconcat ("scheduler/", name, "/during-import", NULL);
  wf_bench_print (importing, "%", notifier->n_importing * 100.0 / N_REMINDERS, 0);
  settle (runtime);
  stop (runtime);
}

/* -- while importing --------------------------------------------------------------------------- */

static void
feed_in_thread (WfDemoServer *server, gpointer data)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *time = wf_instant_format_utc (now - (N_EVENTS - i) * G_TIME_SPAN_SECOND);
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"b-%u\",\"source\":\"/crm/bench\",\"type\":\"lead.updated\",\"time\":\"%s\","
          "\"subject\":\"lead/bl-%u\",\"data\":{\"lead\":{\"id\":\"bl-%u\",\"name\":\"Padaria Sol %u\",\"owner\":\"ana\","
          "\"source\":\"marketing-platform\",\"origin\":\"web\",\"stage\":\"new\",\"score\":%u},\"actor\":\"crm\","
          "\"import\":true}}",
          i, time, i % 20000, i % 20000, i, i % 100);
      g_autoptr (GError) error = NULL;

      if (!wf_demo_server_add_event (server, json, &error))
        g_error ("%s", error->message);
    }
}

static void
measure_import (Bench *self, const char *path, double *reference)
{
  gint64 began;
  double left;

  wf_bench_server_run (&self->crm, feed_in_thread, NULL);
  began = g_get_monotonic_time ();
  measure_reminders (self, "importing", path, IMPORT_AHEAD, reference);
  left = (double) (g_get_monotonic_time () - began) / G_TIME_SPAN_SECOND;
  wf_bench_print ("scheduler/importing/events", "events/s", N_EVENTS / left, 0);
}

/* -- a million ahead --------------------------------------------------------------------------- */

static double
read_memory (void)
{
  g_autofree char *text = NULL;
  long size, resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) ||
      sscanf (text, "%ld %ld", &size, &resident) != 2)
    g_error ("The memory is not known");
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1024;
}

typedef struct
{
  double memory;    /* kB */
  double iteration; /* microseconds */
} Cost;

static Cost
measure_cost (Bench *self, const char *path)
{
  g_autoptr (BenchNotifier) notifier = g_object_new (BENCH_TYPE_NOTIFIER, NULL);
  double before = read_memory ();
  WfRuntime *runtime = start (self, path, notifier);
  gint64 began;
  Cost cost;

  settle (runtime);
  cost.memory = read_memory () - before;
  began = g_get_monotonic_time ();
  for (guint i = 0; i < N_ITERATIONS; i++)
    g_main_context_iteration (NULL, FALSE);
  cost.iteration = (double) (g_get_monotonic_time () - began) / N_ITERATIONS;
  stop (runtime);
  return cost;
}

/* In a program of its own, which has used no memory before. */
static Cost
measure_cost_apart (Bench *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", &error);
  char *const command[] = {
    program, "cost", (char *) path, self->crm.uri, self->crm.manager, NULL
  };
  g_autofree char *output = NULL;
  Cost cost;

  check (program != NULL && g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL,
                                          NULL, &output, NULL, NULL, &error),
         error);
  if (sscanf (output, "%lf %lf", &cost.memory, &cost.iteration) != 2)
    g_error ("No answer from the program apart: %s", output);
  return cost;
}

static int
run_apart (char **arguments)
{
  Bench bench = { .crm = { .uri = arguments[1], .manager = arguments[2] },
                  .clock = wf_system_clock_new () };
  Cost cost = measure_cost (&bench, arguments[0]);

  printf ("%f %f\n", cost.memory, cost.iteration);
  g_object_unref (bench.clock);
  return 0;
}

static void
measure_pending (Bench *self, guint n_pending, double *reference)
{
  g_autofree char *none = make_store (self, "none.db", n_pending, FALSE);
  g_autofree char *many = make_store (self, "many.db", n_pending, TRUE);
  /* The same activities, with reminders and without. */
  Cost without = measure_cost_apart (self, none), with = measure_cost_apart (self, many);
  WfStore *store = open_store (many);
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < 1000; i++)
    wf_store_get_next_due (store, PERSON);
  wf_bench_print ("scheduler/pending/next-due", "us",
                  (double) (g_get_monotonic_time () - began) / 1000, 0);
  wf_store_close (store);
  wf_bench_print ("scheduler/pending/reminders", "reminders", n_pending, 0);
  wf_bench_print ("scheduler/pending/memory", "kB", with.memory, without.memory);
  wf_bench_print ("scheduler/pending/iteration", "us", with.iteration, without.iteration);
  measure_reminders (self, "pending", many, FAR_AHEAD, reference);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* The number of pending reminders may be given: a million takes a minute to make. */
int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  double bare[N_REMINDERS];
  g_autofree char *idle = NULL;

  if (argc == 5 && g_str_equal (argv[1], "cost"))
    return run_apart (argv + 2);
  bench.folder = g_dir_make_tmp ("bench-scheduler-XXXXXX", NULL);
  bench.clock = wf_system_clock_new ();
  wf_bench_server_start (&bench.crm);
  measure_bare_timer (bare);
  print_lateness ("bare-timer", bare, N_REMINDERS, NULL);
  idle = make_store (&bench, "idle.db", 0, FALSE);
  measure_reminders (&bench, "idle", idle, AHEAD, bare);
  measure_import (&bench, idle, bare);
  measure_pending (&bench, argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : N_PENDING, bare);
  wf_bench_server_stop (&bench.crm);
  g_object_unref (bench.clock);
  remove_folder (bench.folder);
  g_free (bench.folder);
  return 0;
}
