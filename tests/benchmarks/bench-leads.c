/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads' table with 1,000 and 100,000 leads, each with activities, in a window over the real store and runtime: the first page,
 * a frame of scrolling (layout and rows without what the display does), another order, a filter and a search until they are drawn.
 * Prints one JSON line a measure. The reference of scrolling is a table of as many columns with a bare label a cell in the same run.
 *
 *   bench-leads                      all sizes
 *   bench-leads NUMBER [MEASURE]...  one of them; only the measures that begin so */
#include "wf-bench-list.h"
#include "wf-bench-store-data.h"
#include "wf-instant.h"
#include "wf-leads-page-private.h"
#include "wf-test-folder.h"

#include <stdlib.h>

typedef struct
{
  WfBenchList list; /* must be the first */
  WfLeadsPage *page;
} Bench;

/* ---- the store --------------------------------------------------------------------------------- */

static WfInstant
get_now (void)
{
  WfInstant now = 0;

  if (!wf_instant_parse (WF_BENCH_NOW, &now))
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

static gboolean
put (WfStore *store, guint first, guint end, guint n, GError **error)
{
  for (guint i = first; i < end; i++)
    if (!put_lead (store, i, n, error) || !put_activity (store, i, n, error))
      return FALSE;
  return TRUE;
}

/* ---- measures ---------------------------------------------------------------------------------- */

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

static void
ask_order (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  static const char *const orders[] = { "name", "score", "owner", "stage", "contact" };

  gtk_widget_activate_action (GTK_WIDGET (self->page), "leads.sort", "s",
                              orders[round % G_N_ELEMENTS (orders)]);
}

/* As a choice in the filter's popover does. */
static void
ask_owner (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  g_autofree char *person = g_strdup_printf ("person-%u", round);
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_new ();

  wf_lead_filter_set_in (&filter->owners, person, TRUE);
  wf_lead_filter_popover_set_filter (self->page->filter, filter);
  g_signal_emit_by_name (self->page->filter, "changed");
}

static void
ask_stage (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  g_autofree char *stage = g_strdup_printf ("stage-%u", round % 7);
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_new ();

  wf_lead_filter_set_in (&filter->stages, stage, TRUE);
  wf_lead_filter_popover_set_filter (self->page->filter, filter);
  g_signal_emit_by_name (self->page->filter, "changed");
}

/* Every lead again, whatever was asked before. */
static void
ask_all (Bench *self)
{
  g_autoptr (WfLeadFilter) all = wf_lead_filter_new ();

  wf_lead_filter_popover_set_filter (self->page->filter, all);
  g_signal_emit_by_name (self->page->filter, "changed");
  wf_bench_rest ();
}

/* A rare word: all texts have to be looked at. The entry's own delay for typing is left out. */
static void
ask_search (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  g_autofree char *word = g_strdup_printf ("joão 99%u", round);

  gtk_editable_set_text (self->page->search, word);
  g_signal_emit_by_name (self->page->search, "search-changed");
}

static void
ask_again (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  wf_paged_list_refresh (wf_leads_page_get_list (self->page));
}

static void
measure_queries (Bench *self)
{
  WfBenchList *list = &self->list;

  wf_bench_list_measure_query (list, "refresh", ask_again);
  wf_bench_list_measure_query (list, "sort", ask_order);
  wf_bench_list_measure_query (list, "filter-owner", ask_owner);
  wf_bench_list_measure_query (list, "filter-stage", ask_stage);
  ask_all (self);
  wf_bench_list_measure_query (list, "search", ask_search);
}

static void
measure (guint size, char **only)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "store.sqlite");
  Bench self = {
    .list = { .name = "leads", .only = only, .size = size, .make_bare = make_bare },
  };
  WfBenchWindow *window = &self.list.window;

  wf_bench_fill (path, size, put);
  wf_bench_window_init (window, path);
  gint64 began = g_get_monotonic_time ();
  self.page = g_object_new (WF_TYPE_LEADS_PAGE, "runtime", window->runtime, NULL);
  self.list.list = GTK_WIDGET (self.page->table);
  wf_bench_list_follow (&self.list, wf_leads_page_get_list (self.page));
  wf_bench_window_open (window, GTK_WIDGET (self.page), WF_BENCH_LIST_WIDTH, WF_BENCH_LIST_HEIGHT);
  wf_bench_wait_until_more (&self.list.n_refreshed, 0);
  wf_bench_window_wait_frame (window);
  wf_bench_list_print (&self.list, "first-page", wf_bench_to_ms (g_get_monotonic_time () - began),
                       0);
  wf_bench_rest ();
  wf_bench_list_measure_scroll (&self.list);
  measure_queries (&self);
  wf_bench_window_clear (window);
}

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 1000, 100000 };

  wf_bench_window_start_up ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (argc > 1)
    measure ((guint) strtoul (argv[1], NULL, 10), argv + 2);
  for (guint i = 0; argc == 1 && i < G_N_ELEMENTS (sizes); i++)
    measure (sizes[i], NULL);
  return 0;
}
