/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today with 1,000 and 100,000 open activities in a window over the real store and runtime: the first page, a frame of scrolling
 * (layout and rows without what the display does), filters and a search until they are drawn,
 * and one activity less. Prints one JSON line a measure. The reference
 * of scrolling is a bare list of two labels a row in the same run.
 *
 *   bench-today                      all sizes
 *   bench-today NUMBER [MEASURE]...  one of them; only the measures that begin so */
#include "wf-bench-list.h"
#include "wf-bench-store-data.h"
#include "wf-instant.h"
#include "wf-runtime-day.h"
#include "wf-test-folder.h"
#include "wf-today-page-private.h"

#include <stdlib.h>

typedef struct
{
  WfBenchList list; /* must be the first */
  WfTodayPage *page;
} Bench;

/* ---- the store --------------------------------------------------------------------------------- */

/* Over three weeks around the present instant, a tenth of them late. */
static WfInstant
choose_due (guint i, guint n)
{
  WfInstant now = 0;

  if (!wf_instant_parse (WF_BENCH_NOW, &now))
    g_error ("The time cannot be read");
  return now - 2 * G_TIME_SPAN_DAY +
         (WfInstant) ((double) i / (double) n * (double) (20 * G_TIME_SPAN_DAY));
}

static gboolean
put (WfStore *store, guint first, guint end, guint n, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = first; ok && i < end; i++)
    {
      WfBenchItem item;
      wf_bench_item_init (&item, i);
      item.activity->due = item.activity->original_due = choose_due (i, n);
      item.activity->status = WF_ACTIVITY_OPEN;
      if (i % 10 == 0)
        g_set_str (&item.activity->type, "call");
      ok = wf_store_put_activity (store, item.activity, NULL, error);
      wf_bench_item_clear (&item);
    }
  return ok;
}

/* ---- measures ---------------------------------------------------------------------------------- */

/* ---- the limit: a list of two labels a row and nothing else ---- */

static void
on_bare_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
on_bare_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), text);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), text);
}

static GtkWidget *
make_bare (guint n)
{
  GtkStringList *texts = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  for (guint i = 0; i < n; i++)
    gtk_string_list_take (texts, g_strdup_printf ("Activity %u", i));
  g_signal_connect (factory, "setup", G_CALLBACK (on_bare_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bare_bind), NULL);
  return gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (texts))),
                            factory);
}

static void
ask_filter (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  g_autofree char *person = g_strdup_printf ("person-%u", round);

  gtk_widget_activate_action (GTK_WIDGET (self->page), "today.show-person", "s", person);
}

static void
ask_everyone (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  gtk_widget_activate_action (GTK_WIDGET (self->page),
                              round % 2 == 0 ? "today.show-everyone" : "today.show-at-risk", NULL);
}

/* As a choice in the filter's popover does: a type out of two, then every type. */
static void
ask_type (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  wf_activity_filter_set (self->page->filter, WF_FILTER_TYPES, round % 4 < 2 ? "filter-1" : "call",
                          round % 2 == 0);
  wf_today_page_on_filter_changed (self->page);
}

/* A rare word, for which all texts have to be looked at, then none: the rows of a whole view come back. */
static void
ask_search (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  g_autofree char *word = round % 2 == 0 ? g_strdup_printf ("sol 999%u", round) : NULL;

  g_free (self->page->filter->text);
  self->page->filter->text = g_steal_pointer (&word);
  wf_today_page_on_filter_changed (self->page);
}

/* Everyone's open activities again, whatever was asked before. */
static void
show_everyone (Bench *self)
{
  wf_bench_rest ();
  gtk_widget_activate_action (GTK_WIDGET (self->page), "today.show-everyone", NULL);
  wf_bench_rest ();
}

/* Those at risk, whatever was asked before. */
static void
show_at_risk (Bench *self)
{
  wf_bench_rest ();
  gtk_widget_activate_action (GTK_WIDGET (self->page), "today.show-at-risk", NULL);
  wf_bench_rest ();
}

/* What every change brings with it. */
static void
ask_again (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  wf_paged_list_refresh (wf_today_page_get_list (self->page));
}

static void
on_changed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfBulkResult) done =
      wf_runtime_change_many_finish (WF_RUNTIME (object), result, &error);

  wf_bench_check (done != NULL && done->done->len == 1, error);
}

/* The first of the list is completed: until it has gone from the list. */
static void
ask_complete (WfBenchList *list, guint round)
{
  Bench *self = (Bench *) list;
  WfPagedItem *item = wf_paged_list_peek (wf_today_page_get_list (self->page), 0);
  const WfActivity *first = wf_paged_item_get_row (item);
  const char *const ids[] = { first->id, NULL };

  wf_runtime_change_many_async (self->list.window.runtime, ids,
                                &(WfBulkChange) { .kind = WF_BULK_COMPLETE }, NULL, on_changed,
                                NULL);
}

static void
measure_queries (Bench *self)
{
  WfBenchList *list = &self->list;

  wf_bench_list_measure_query (list, "refresh", ask_again);
  wf_bench_list_measure_query (list, "complete-first", ask_complete);
  wf_bench_list_measure_query (list, "filter-person", ask_filter);
  show_at_risk (self);
  wf_bench_list_measure_query (list, "filter-state", ask_everyone);
  show_everyone (self);
  wf_bench_list_measure_query (list, "filter-type", ask_type);
  show_everyone (self);
  wf_bench_list_measure_query (list, "search", ask_search);
}

static void
measure (guint size, char **only)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "store.sqlite");
  Bench self = {
    .list = { .name = "today", .only = only, .size = size, .make_bare = make_bare },
  };
  WfBenchWindow *window = &self.list.window;

  wf_bench_fill (path, size, put);
  wf_bench_window_init (window, path);
  gint64 began = g_get_monotonic_time ();
  self.page = g_object_new (WF_TYPE_TODAY_PAGE, "runtime", window->runtime, NULL);
  self.list.list = GTK_WIDGET (self.page->list);
  wf_bench_list_follow (&self.list, wf_today_page_get_list (self.page));
  wf_bench_window_open (window, GTK_WIDGET (self.page), WF_BENCH_LIST_WIDTH, WF_BENCH_LIST_HEIGHT);
  adw_toggle_group_set_active_name (self.page->people, "everyone");
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
