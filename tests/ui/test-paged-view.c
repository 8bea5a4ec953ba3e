/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paged list in views: they are told of many rows a few at a time, and stay at their top. */
#include "wf-fake-clock.h"
#include "wf-paged-selection.h"
#include "wf-top-keeper.h"
#include "wf-window-check.h"

/* A table of numbers in memory. */
typedef struct
{
  guint first; /* its rows are the numbers from this one on */
  guint n;
  WfPagedList *list;
  WfPagedSelection *selection;
  /* Of the selection, in the reach of a view's widgets at its top. */
  guint n_changes, most_added, most_removed;
  guint n_mirrored; /* rows, by what was told */
  guint n_asked;
  GtkWidget *window;
  GtkWidget *view;
} Table;

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  Table *table = source;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);

  for (guint i = offset; i < table->n && rows->len < limit; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", table->first + i);
      g_ptr_array_add (rows, g_ref_string_new (text));
    }
  g_object_set_data (G_OBJECT (task), "total", GUINT_TO_POINTER (table->n));
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
load_finish (gpointer source, GAsyncResult *result, guint *total, GError **error)
{
  *total = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "total"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
get_key (gpointer row)
{
  return row;
}

static gpointer
row_ref (gpointer row)
{
  return g_ref_string_acquire (row);
}

static void
row_unref (gpointer row)
{
  g_ref_string_release (row);
}

static const WfPagedListReader reader = { .n_sections = 1,
                                          .page_size = 100,
                                          .load_async = load_async,
                                          .load_finish = load_finish,
                                          .get_key = get_key,
                                          .row_ref = row_ref,
                                          .row_unref = row_unref };

static guint
count_told (Table *table)
{
  return g_list_model_get_n_items (G_LIST_MODEL (table->selection));
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Table *table)
{
  guint reach = position < 205 ? 205 - position : 0;

  g_assert_cmpuint (position + removed, <=, table->n_mirrored);
  table->n_mirrored += added - removed;
  g_assert_cmpuint (count_told (table), ==, table->n_mirrored);
  table->n_changes++;
  table->most_added = MAX (table->most_added, MIN (added, reach));
  table->most_removed = MAX (table->most_removed, MIN (removed, reach));
}

static void
table_set_up (Table *table, gconstpointer data)
{
  table->list = wf_paged_list_new (&reader, table);
  table->selection = wf_paged_selection_new (table->list);
  g_signal_connect (table->selection, "items-changed", G_CALLBACK (on_items_changed), table);
}

static void
table_tear_down (Table *table, gconstpointer data)
{
  if (table->window != NULL)
    gtk_window_destroy (GTK_WINDOW (table->window));
  wf_paged_list_detach (table->list);
  wf_fake_clock_run_idle (); /* pages that are still being read hold the list */
  g_assert_finalize_object (table->selection);
  g_assert_finalize_object (table->list);
}

/* ---- telling ----------------------------------------------------------------------------------- */

static gboolean
is_any_told (gpointer data)
{
  return count_told (data) > 0;
}

static gboolean
is_all_told (gpointer data)
{
  Table *table = data;

  return count_told (table) == table->n &&
         g_list_model_get_n_items (G_LIST_MODEL (table->list)) == table->n;
}

static gboolean
is_fewer (gpointer data)
{
  return count_told (data) < 900;
}

static void
show (Table *table, guint first, guint n)
{
  table->first = first;
  table->n = n;
  table->n_changes = table->most_added = table->most_removed = 0;
  wf_paged_list_requery (table->list);
}

/* A screenful, some more with each frame, and all at once when a view has its widgets. */
static void
test_told_by_and_by (Table *table, gconstpointer data)
{
  show (table, 0, 100000);
  g_assert_true (wf_window_check_wait (is_any_told, table));
  g_assert_cmpuint (count_told (table), ==, 16);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table->list)), ==, 100000);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (table->selection), 16));
  g_assert_true (wf_window_check_wait (is_all_told, table));
  g_assert_cmpuint (table->most_added, ==, 16);
  g_assert_cmpuint (table->n_changes, >, 10);
  g_assert_cmpuint (table->n_changes, <, 30);

  /* Whoever has the widgets shows others in them: nothing is told by and by. */
  show (table, 500000, 200000);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  g_assert_cmpuint (table->n_changes, ==, 1);

  /* A few: the others go some at a time, from the end. Then many again. */
  show (table, 0, 3);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  g_assert_cmpuint (table->n_changes, >, 5);
  g_assert_cmpuint (table->n_changes, <, 15);
  g_assert_cmpuint (table->most_removed, <, 50);
  show (table, 0, 1000);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  g_assert_cmpuint (table->most_added, ==, 13);
}

/* What is selected, and where a view is to scroll to, may be a row that it does not know of yet. */
static void
test_reached_at_once (Table *table, gconstpointer data)
{
  show (table, 0, 1000);
  g_assert_true (wf_window_check_wait (is_any_told, table));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (table->selection));
  g_assert_cmpuint (wf_paged_selection_get_n (table->selection), ==, 1000);
  wf_paged_selection_reach (table->selection, 10);
  g_assert_cmpuint (count_told (table), <, 205);
  wf_paged_selection_reach (table->selection, 600);
  g_assert_cmpuint (count_told (table), ==, 1000);
}

/* Sections end where the view's rows do. */
static void
test_sections_told (Table *table, gconstpointer data)
{
  guint start, end;

  show (table, 0, 1000);
  g_assert_true (wf_window_check_wait (is_any_told, table));
  gtk_section_model_get_section (GTK_SECTION_MODEL (table->selection), 3, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, count_told (table));
  gtk_section_model_get_section (GTK_SECTION_MODEL (table->selection), count_told (table), &start,
                                 &end);
  g_assert_cmpuint (start, ==, count_told (table));
  g_assert_cmpuint (end, ==, G_MAXUINT);
}

/* A list that grows and shrinks while views are being told of it. */
static void
test_changed_while_told (Table *table, gconstpointer data)
{
  show (table, 0, 1000);
  g_assert_true (wf_window_check_wait (is_any_told, table));
  table->n = 500;
  wf_paged_list_refresh (table->list);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  show (table, 0, 5);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  show (table, 0, 0);
  g_assert_true (wf_window_check_wait (is_all_told, table));
}

/* Whoever asks about a row that is about to be told as gone gets an answer. */
static void
on_dropping (GListModel *model, guint position, guint removed, guint added, Table *table)
{
  guint told = count_told (table), start, end;

  if (table->n == 0 || told <= table->n)
    return;
  g_autoptr (WfPagedItem) last = g_list_model_get_item (model, told - 1);
  g_assert_nonnull (last);
  g_assert_null (wf_paged_item_get_row (last));
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), told - 1));
  gtk_section_model_get_section (GTK_SECTION_MODEL (model), told - 1, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, told);
  table->n_asked++;
}

static void
test_asked_while_dropping (Table *table, gconstpointer data)
{
  show (table, 0, 1000);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  g_signal_connect (table->selection, "items-changed", G_CALLBACK (on_dropping), table);
  show (table, 0, 5);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  g_assert_cmpuint (table->n_asked, >, 5);

  /* Who scrolls somewhere meanwhile finds it as it is. */
  show (table, 0, 1000);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  show (table, 0, 5);
  g_assert_true (wf_window_check_wait (is_fewer, table));
  wf_paged_selection_reach (table->selection, 4);
  g_assert_cmpuint (count_told (table), ==, 5);
}

/* ---- the top ----------------------------------------------------------------------------------- */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new ("Row"));
}

static GtkWidget *
make_list_view (Table *table, GtkListItemFactory *factory)
{
  return gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (table->selection)),
                            g_object_ref (factory));
}

static GtkWidget *
make_column_view (Table *table, GtkListItemFactory *factory)
{
  GtkWidget *view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (table->selection)));
  g_autoptr (GtkColumnViewColumn) column =
      gtk_column_view_column_new ("Name", g_object_ref (factory));

  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  return view;
}

static GtkAdjustment *
get_adjustment (Table *table)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table->view));
}

static gboolean
is_scrollable (gpointer data)
{
  GtkAdjustment *at = get_adjustment (data);

  return is_all_told (data) && gtk_adjustment_get_upper (at) > 3000;
}

static gboolean
is_at_top (gpointer data)
{
  return is_all_told (data) && gtk_adjustment_get_value (get_adjustment (data)) <= 0;
}

static gboolean
is_below_top (gpointer data)
{
  return gtk_adjustment_get_value (get_adjustment (data)) > 500;
}

static gboolean
shows_first (gpointer data)
{
  Table *table = data;
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (table->selection), 0);
  g_autofree char *first = g_strdup_printf ("%u", table->first);

  return item != NULL && g_strcmp0 (wf_paged_item_get_row (item), first) == 0 && is_at_top (data);
}

static void
open_view (Table *table, GtkWidget *(*make) (Table *table, GtkListItemFactory *factory))
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  table->view = make (table, factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), table->view);
  table->window = g_object_new (GTK_TYPE_WINDOW, "default-width", 300, "default-height", 300,
                                "child", scrolled, NULL);
  gtk_window_present (GTK_WINDOW (table->window));
}

/* make: of the view. */
static void
test_top (Table *table, gconstpointer make)
{
  open_view (table, make);
  g_autoptr (WfTopKeeper) keeper = wf_top_keeper_new (table->view, table->selection, table->list);
  show (table, 1000, 1000);
  g_assert_true (wf_window_check_wait (is_scrollable, table));

  /* Rows come in above while it shows its top. */
  table->first = 990;
  table->n += 10;
  wf_paged_list_refresh (table->list);
  g_assert_true (wf_window_check_wait (shows_first, table));

  /* Who is further down stays there. */
  gtk_adjustment_set_value (get_adjustment (table), 1500);
  g_assert_true (wf_window_check_wait (is_below_top, table));
  table->first = 980;
  table->n += 10;
  wf_paged_list_refresh (table->list);
  g_assert_true (wf_window_check_wait (is_all_told, table));
  g_assert_true (is_below_top (table));

  /* What another query finds is shown from the top. */
  show (table, 5000, 800);
  g_assert_true (wf_window_check_wait (shows_first, table));
}

/* Lists of any length, one after the other in a view, before it has been told of all of the one before. */
static void
test_random_lengths (Table *table, gconstpointer make)
{
  static const guint lengths[] = { 0, 1, 3, 16, 40, 60, 150, 204, 205, 206, 230, 1000, 100000 };

  open_view (table, make);
  g_autoptr (WfTopKeeper) keeper = wf_top_keeper_new (table->view, table->selection, table->list);
  for (guint round = 0; round < 150; round++)
    {
      table->first = (guint) g_test_rand_int_range (0, 3) * 1000;
      table->n = lengths[g_test_rand_int_range (0, G_N_ELEMENTS (lengths))];
      if (g_test_rand_bit ())
        wf_paged_list_requery (table->list);
      else
        wf_paged_list_refresh (table->list);
      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        g_main_context_iteration (NULL, FALSE);
      if (g_test_rand_int_range (0, 5) == 0)
        gtk_adjustment_set_value (get_adjustment (table), g_test_rand_int_range (0, 5000));
    }
  g_assert_true (wf_window_check_wait (is_all_told, table));
  show (table, 7000, 300);
  g_assert_true (wf_window_check_wait (shows_first, table));
}

#define ADD(name, func) g_test_add (name, Table, NULL, table_set_up, func, table_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  ADD ("/paged-view/told-by-and-by", test_told_by_and_by);
  ADD ("/paged-view/reached-at-once", test_reached_at_once);
  ADD ("/paged-view/sections-told", test_sections_told);
  ADD ("/paged-view/changed-while-told", test_changed_while_told);
  ADD ("/paged-view/asked-while-dropping", test_asked_while_dropping);
  g_test_add ("/paged-view/random-list", Table, make_list_view, table_set_up, test_random_lengths,
              table_tear_down);
  g_test_add ("/paged-view/random-table", Table, make_column_view, table_set_up,
              test_random_lengths, table_tear_down);
  g_test_add ("/paged-view/top-of-list", Table, make_list_view, table_set_up, test_top,
              table_tear_down);
  g_test_add ("/paged-view/top-of-table", Table, make_column_view, table_set_up, test_top,
              table_tear_down);
  return g_test_run ();
}
