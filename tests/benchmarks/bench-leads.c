/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads' table with 1,000 and 100,000 leads, each with activities, in a window over the real store and runtime: the first page,
 * a frame of scrolling (layout and rows without what the display does), another order, a filter and a search until they are drawn.
 * Prints one JSON line a measure. The reference of scrolling is a table of as many columns with a bare label a cell in the same run.
 *
 *   bench-leads                all sizes
 *   bench-leads NUMBER         one of them */
#include "wf-bench-store-data.h"
#include "wf-fake-clock.h"
#include "wf-instant.h"
#include "wf-leads-page-private.h"
#include "wf-scripted-crm.h"
#include "wf-test-folder.h"
#include "wf-ui-gresource.h"

#include <stdlib.h>
#include <time.h>

#define NOW "2026-11-18T12:00:00Z"
#define PERSON "person-7"
#define BATCH 2000
#define FRAMES 240
#define STEP 180.0 /* pixels a frame: a quick wheel */
#define ROUNDS 9
#define WIDTH 1024
#define HEIGHT 720
#define LONGEST_WAIT (60 * G_TIME_SPAN_SECOND)

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
get_now (void)
{
  WfInstant now = 0;

  if (!wf_instant_parse (NOW, &now))
    g_error ("The time cannot be read");
  return now;
}

static gboolean
put_lead (WfStore *store, guint i, guint n, GError **error)
{
  g_autofree char *id = g_strdup_printf ("l-%u", i);
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"Padaria São João %u\",\"company\":\"Companhia %u Ltda.\",\"phone\":\"+55 11 9%07u\","
      "\"email\":\"contato%u@padaria.example\",\"stage\":\"stage-%u\",\"owner\":\"person-%u\",\"source\":\"source-%u\","
      "\"origin\":\"web\",\"score\":%u,\"created\":\"2026-0%u-11T10:00:00Z\",\"custom\":{\"sector\":\"food\"}}",
      id, (guint) ((guint64) i * 7919 % n), i, i, i, i % 7, i % WF_BENCH_PEOPLE, i % 5, i % 101,
      i % 9 + 1);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, error);

  return document != NULL &&
         wf_store_set_lead (store, id, wf_json_document_get_root (document),
                            get_now () - (WfInstant) i * G_TIME_SPAN_SECOND, error);
}

/* The next activity of nine leads out of ten. */
static gboolean
put_activity (WfStore *store, guint i, guint n, GError **error)
{
  WfBenchItem item;
  g_autofree char *lead = g_strdup_printf ("l-%u", i);

  if (i % 10 == 0)
    return TRUE;
  wf_bench_item_init (&item, i);
  g_set_str (&item.activity->lead, lead);
  item.activity->due = item.activity->original_due =
      get_now () + (WfInstant) ((guint64) i * 7907 % n) * G_TIME_SPAN_MINUTE;
  item.activity->status = WF_ACTIVITY_OPEN;
  gboolean ok = wf_store_put_activity (store, item.activity, NULL, error);
  wf_bench_item_clear (&item);
  return ok;
}

static void
put_batch (WfStore *store, guint first, guint end, guint n)
{
  g_autoptr (GError) error = NULL;

  check (wf_store_begin (store, &error), error);
  for (guint i = first; i < end; i++)
    check (put_lead (store, i, n, &error) && put_activity (store, i, n, &error), error);
  check (wf_store_commit (store, &error), error);
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
    put_batch (store, i, MIN (i + BATCH, n), n);
  check (wf_store_checkpoint (store, &error), error);
}

/* ---- the window -------------------------------------------------------------------------------- */

typedef struct
{
  WfRuntime *runtime;
  GtkWidget *window;
  WfLeadsPage *page;
  gint64 layout_began, layout; /* µs: from the frame's beginning until it is to be painted */
  guint n_frames, n_refreshed;
} Bench;

/* Of this thread, so that a busy computer does not count. */
static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

static void
on_update (Bench *self)
{
  self->layout_began = get_cpu_time ();
}

static void
on_paint (Bench *self)
{
  self->layout = get_cpu_time () - self->layout_began;
}

static void
on_after (Bench *self)
{
  self->n_frames++;
}

static void
on_refreshed (Bench *self)
{
  self->n_refreshed++;
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
rest (void)
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
watch_frames (Bench *self, GtkWidget *window)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (window);

  g_signal_connect_swapped (frames, "before-paint", G_CALLBACK (on_update), self);
  g_signal_connect_swapped (frames, "paint", G_CALLBACK (on_paint), self);
  g_signal_connect_swapped (frames, "after-paint", G_CALLBACK (on_after), self);
}

static void
open_window (Bench *self)
{
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", WIDTH,
                               "default-height", HEIGHT, NULL);
  self->page = g_object_new (WF_TYPE_LEADS_PAGE, "runtime", self->runtime, NULL);
  g_signal_connect_swapped (wf_leads_page_get_list (self->page), "refreshed",
                            G_CALLBACK (on_refreshed), self);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window),
                                      GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  watch_frames (self, GTK_WIDGET (self->page));
}

/* ---- measures ---------------------------------------------------------------------------------- */

static double
to_ms (gint64 microseconds)
{
  return (double) microseconds / 1000;
}

static void
print (guint size, const char *what, double value, double reference)
{
  g_autofree char *name = g_strdup_printf ("leads/%u/%s", size, what);

  wf_bench_print (name, "ms", value, reference);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* ---- the limit: a table of as many columns with a label a cell and nothing else ---- */

static void
on_bare_setup (GtkListItemFactory *factory, GtkColumnViewCell *cell)
{
  gtk_column_view_cell_set_child (cell, gtk_label_new (NULL));
}

static void
on_bare_bind (GtkListItemFactory *factory, GtkColumnViewCell *cell)
{
  gtk_label_set_text (GTK_LABEL (gtk_column_view_cell_get_child (cell)),
                      gtk_string_object_get_string (gtk_column_view_cell_get_item (cell)));
}

static GtkWidget *
make_bare (guint n)
{
  GtkStringList *texts = gtk_string_list_new (NULL);
  GtkWidget *table;

  for (guint i = 0; i < n; i++)
    gtk_string_list_take (texts, g_strdup_printf ("Lead %u", i));
  table =
      gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (texts))));
  for (guint i = WF_LEAD_COLUMN_NAME; i < WF_N_LEAD_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_signal_connect (factory, "setup", G_CALLBACK (on_bare_setup), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bare_bind), NULL);
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new ("Lead", factory);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (table), column);
    }
  return table;
}

/* jump: pixels in place of a wheel's step, so that each frame shows rows that were not read before. */
static void
scroll (Bench *self, GtkWidget *list, double step, double own[FRAMES])
{
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  for (guint i = 0; i < FRAMES; i++)
    {
      double last = gtk_adjustment_get_upper (at) - gtk_adjustment_get_page_size (at);
      double next = gtk_adjustment_get_value (at) + step;
      gint64 began = get_cpu_time ();
      gtk_adjustment_set_value (at, next > last ? 0 : next);
      gint64 moved = get_cpu_time () - began;
      guint n = self->n_frames;
      gtk_widget_queue_draw (list);
      wait_until_more (&self->n_frames, n);
      own[i] = to_ms (moved + self->layout);
    }
  qsort (own, FRAMES, sizeof (double), compare_doubles);
}

static void
measure_bare (guint size, double step, double own[FRAMES])
{
  Bench self = { 0 };
  GtkWidget *list = make_bare (size);
  GtkWidget *window =
      g_object_new (GTK_TYPE_WINDOW, "default-width", WIDTH, "default-height", HEIGHT, NULL);

  gtk_window_set_child (GTK_WINDOW (window),
                        g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", list, NULL));
  gtk_window_present (GTK_WINDOW (window));
  watch_frames (&self, window);
  rest ();
  scroll (&self, list, step, own);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
measure_scroll (Bench *self, guint size, const char *what, double step)
{
  double own[FRAMES], bare[FRAMES];
  g_autofree char *worst = g_strconcat (what, "-p95", NULL);

  measure_bare (size, step, bare);
  rest ();
  scroll (self, GTK_WIDGET (self->page->table), step, own);
  print (size, what, own[FRAMES / 2], bare[FRAMES / 2]);
  print (size, worst, own[FRAMES * 95 / 100], bare[FRAMES * 95 / 100]);
}

/* From the command until the frame with the rows of the query has been painted. */
static void
measure_query (Bench *self, guint size, const char *what, void (*ask) (Bench *self, guint round))
{
  double times[ROUNDS];
  g_autofree char *first = g_strconcat (what, "-first", NULL);

  for (guint i = 0; i < ROUNDS; i++)
    {
      rest ();
      guint n = self->n_refreshed;
      gint64 began = g_get_monotonic_time ();
      ask (self, i);
      wait_until_more (&self->n_refreshed, n);
      gtk_widget_queue_draw (GTK_WIDGET (self->page));
      wait_until_more (&self->n_frames, self->n_frames);
      times[i] = to_ms (g_get_monotonic_time () - began);
    }
  print (size, first, times[0], 0);
  print (size, what, wf_bench_get_median (times + 1, ROUNDS - 1), 0);
}

static void
ask_order (Bench *self, guint round)
{
  static const char *const orders[] = { "name", "score", "owner", "stage", "contact" };

  gtk_widget_activate_action (GTK_WIDGET (self->page), "leads.sort", "s",
                              orders[round % G_N_ELEMENTS (orders)]);
}

/* As a choice in the filter's popover does. */
static void
ask_owner (Bench *self, guint round)
{
  g_autofree char *person = g_strdup_printf ("person-%u", round);
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_new ();

  wf_lead_filter_set_in (&filter->owners, person, TRUE);
  wf_lead_filter_popover_set_filter (self->page->filter, filter);
  g_signal_emit_by_name (self->page->filter, "changed");
}

static void
ask_stage (Bench *self, guint round)
{
  g_autofree char *stage = g_strdup_printf ("stage-%u", round % 7);
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_new ();

  wf_lead_filter_set_in (&filter->stages, stage, TRUE);
  wf_lead_filter_popover_set_filter (self->page->filter, filter);
  g_signal_emit_by_name (self->page->filter, "changed");
}

static void
ask_all (Bench *self)
{
  g_autoptr (WfLeadFilter) all = wf_lead_filter_new ();
  guint n = self->n_refreshed;

  wf_lead_filter_popover_set_filter (self->page->filter, all);
  g_signal_emit_by_name (self->page->filter, "changed");
  wait_until_more (&self->n_refreshed, n);
}

/* A rare word: all texts have to be looked at. The entry's own delay for typing is left out. */
static void
ask_search (Bench *self, guint round)
{
  g_autofree char *word = g_strdup_printf ("joão 99%u", round);

  gtk_editable_set_text (self->page->search, word);
  g_signal_emit_by_name (self->page->search, "search-changed");
}

static void
ask_again (Bench *self, guint round)
{
  wf_paged_list_refresh (wf_leads_page_get_list (self->page));
}

static void
measure (guint size)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "store.sqlite");
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at (NOW);
  g_autoptr (WfScriptedCrm) crm = wf_scripted_crm_new (WF_CLOCK (clock), NULL);
  Bench self = { 0 };
  gboolean started = FALSE;

  fill (path, size);
  wf_scripted_crm_set_offline (crm, TRUE);
  self.runtime = wf_runtime_new (WF_CLOCK (clock), WF_CRM (crm), NULL, path);
  wf_runtime_start_async (self.runtime, NULL, on_started, &started);
  while (!started)
    g_main_context_iteration (NULL, TRUE);
  gint64 began = g_get_monotonic_time ();
  open_window (&self);
  wait_until_more (&self.n_refreshed, 0);
  wait_until_more (&self.n_frames, self.n_frames);
  print (size, "first-page", to_ms (g_get_monotonic_time () - began), 0);
  rest ();
  measure_scroll (&self, size, "scroll", STEP);
  measure_scroll (&self, size, "jump", 50 * STEP);
  measure_query (&self, size, "refresh", ask_again);
  measure_query (&self, size, "sort", ask_order);
  measure_query (&self, size, "filter-owner", ask_owner);
  measure_query (&self, size, "filter-stage", ask_stage);
  ask_all (&self);
  measure_query (&self, size, "search", ask_search);
  gtk_window_destroy (GTK_WINDOW (self.window));
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
  static const guint sizes[] = { 1000, 100000 };

  g_setenv ("GSK_RENDERER", "cairo", FALSE); /* as the program does without a graphics card */
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  load_style ();
  if (argc > 1)
    measure ((guint) strtoul (argv[1], NULL, 10));
  for (guint i = 0; argc == 1 && i < G_N_ELEMENTS (sizes); i++)
    measure (sizes[i]);
  return 0;
}
