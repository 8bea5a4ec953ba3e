/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks of pages have in common. */
#define G_LOG_DOMAIN "wf-bench"

#include "wf-bench-window.h"

#include "wf-bench-store-data.h"
#include "wf-fake-clock.h"
#include "wf-scripted-crm.h"
#include "wf-ui-gresource.h"

#include <time.h>

#define BATCH 2000
#define LONGEST_WAIT (60 * G_TIME_SPAN_SECOND)
#define REST (300 * G_TIME_SPAN_MILLISECOND)

void
wf_bench_check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "It failed");
}

void
wf_bench_window_start_up (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  g_setenv ("GSK_RENDERER", "cairo", FALSE); /* as the program does without a graphics card */
  adw_init ();
  wf_ui_register_resource ();
  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* ---- the store --------------------------------------------------------------------------------- */

static WfOrganisation *
make_organisation (void)
{
  GString *text = g_string_new (
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{"
      "\"mon\":[[\"09:00\",\"18:00\"]],\"tue\":[[\"09:00\",\"18:00\"]],\"wed\":[[\"09:00\",\"18:00\"]],"
      "\"thu\":[[\"09:00\",\"18:00\"]],\"fri\":[[\"09:00\",\"18:00\"]]}},"
      "\"activity-types\":[{\"id\":\"filter-1\",\"name\":\"Filter 1\"},{\"id\":\"call\",\"name\":\"Call\"}],\"people\":[");
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

static void
put_batch (WfStore *store, guint first, guint end, guint n, WfBenchPut put)
{
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  wf_bench_check (wf_store_begin (store, &error) && put (store, first, end, n, &error) &&
                      wf_store_commit (store, &error),
                  error);
  if (!wf_store_wants_merge (store))
    return;
  wf_bench_check (wf_store_begin (store, &error) &&
                      wf_store_merge_keys (store, FALSE, &more, &error) &&
                      wf_store_commit (store, &error),
                  error);
}

void
wf_bench_fill (const char *path, guint n, WfBenchPut put)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  g_autoptr (WfStore) store = wf_store_open (path, WF_STORE_READ_WRITE, &aside, &error);

  wf_bench_check (store != NULL, error);
  wf_bench_check (
      wf_store_begin (store, &error) && wf_store_set_organisation (store, organisation, &error) &&
          wf_store_set_fact (store, "person", WF_BENCH_PERSON, &error) &&
          wf_store_set_fact (store, "cursor", "seed", &error) && wf_store_commit (store, &error),
      error);
  for (guint i = 0; i < n; i += BATCH)
    put_batch (store, i, MIN (i + BATCH, n), n, put);
  wf_bench_check (wf_store_checkpoint (store, &error), error);
}

/* ---- the window -------------------------------------------------------------------------------- */

static void
on_started (GObject *object, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  wf_bench_check (wf_runtime_start_finish (WF_RUNTIME (object), result, &error), error);
  *(gboolean *) done = TRUE;
}

void
wf_bench_window_init (WfBenchWindow *self, const char *path)
{
  g_autoptr (WfScriptedCrm) crm = NULL;
  gboolean started = FALSE;

  *self = (WfBenchWindow) { .clock = WF_CLOCK (wf_fake_clock_new_at (WF_BENCH_NOW)) };
  crm = wf_scripted_crm_new (self->clock, NULL);
  wf_scripted_crm_set_offline (crm, TRUE);
  self->runtime = wf_runtime_new (self->clock, WF_CRM (crm), NULL, path);
  wf_runtime_start_async (self->runtime, NULL, on_started, &started);
  while (!started)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_before_paint (WfBenchWindow *self)
{
  self->frame_began = g_get_monotonic_time ();
  self->frame_cpu_began = wf_bench_get_processor_time ();
}

static void
on_paint (WfBenchWindow *self)
{
  self->layout_cpu = wf_bench_get_processor_time () - self->frame_cpu_began;
}

static void
on_after_paint (WfBenchWindow *self)
{
  self->frame = g_get_monotonic_time () - self->frame_began;
  self->frame_cpu = wf_bench_get_processor_time () - self->frame_cpu_began;
  self->n_frames++;
}

void
wf_bench_window_watch (WfBenchWindow *self, GtkWidget *widget)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (widget);

  g_signal_connect_swapped (frames, "before-paint", G_CALLBACK (on_before_paint), self);
  g_signal_connect_swapped (frames, "paint", G_CALLBACK (on_paint), self);
  g_signal_connect_swapped (frames, "after-paint", G_CALLBACK (on_after_paint), self);
}

void
wf_bench_window_open (WfBenchWindow *self, GtkWidget *page, int width, int height)
{
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", width,
                               "default-height", height, NULL);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), page);
  gtk_window_present (GTK_WINDOW (self->window));
  wf_bench_window_watch (self, page);
}

void
wf_bench_window_clear (WfBenchWindow *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  wf_runtime_stop (self->runtime);
  g_object_unref (self->runtime);
  g_object_unref (self->clock);
}

/* ---- time -------------------------------------------------------------------------------------- */

gint64
wf_bench_get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

double
wf_bench_to_ms (gint64 microseconds)
{
  return (double) microseconds / 1000;
}

void
wf_bench_wait_until_more (const guint *counter, guint than)
{
  gint64 end = g_get_monotonic_time () + LONGEST_WAIT;

  while (*counter <= than && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  if (*counter <= than)
    g_error ("Nothing came");
}

void
wf_bench_window_wait_frame (WfBenchWindow *self)
{
  wf_bench_wait_until_more (&self->n_frames, self->n_frames);
}

void
wf_bench_rest (void)
{
  gint64 end = g_get_monotonic_time () + REST;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}
