/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paged list: reads only what is looked at, and stays calm on a refresh. Then Today's and the log's use of it. */
#include "wf-activity-source.h"
#include "wf-day-sections.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-log-source.h"
#include "wf-paged-list.h"

#include <gtk/gtk.h>

/* A table in memory: rows are reference counted strings. */
typedef struct
{
  GPtrArray *sections[2]; /* of GRefString */
  WfPagedList *list;
  guint n_reads, n_changes, n_removed, n_added;
  guint position; /* of the last change */
  gboolean fail;
} Table;

static void
load_async (gpointer source, guint section, guint offset, guint limit, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  Table *table = source;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);

  table->n_reads++;
  for (guint i = offset; i < table->sections[section]->len && rows->len < limit; i++)
    g_ptr_array_add (rows, g_ref_string_acquire (table->sections[section]->pdata[i]));
  g_object_set_data (G_OBJECT (task), "total", GUINT_TO_POINTER (table->sections[section]->len));
  if (table->fail)
    {
      g_ptr_array_unref (rows);
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The table is away");
      return;
    }
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

static const WfPagedListReader reader = { .n_sections = 2,
                                          .page_size = 10,
                                          .load_async = load_async,
                                          .load_finish = load_finish,
                                          .get_key = get_key,
                                          .row_ref = row_ref,
                                          .row_unref = row_unref };

static void
run (void)
{
  wf_fake_clock_run_idle ();
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Table *table)
{
  table->n_changes++;
  table->position = position;
  table->n_removed += removed;
  table->n_added += added;
}

static void
add_rows (Table *table, guint section, guint n, const char *prefix)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%04u", prefix, i);
      g_ptr_array_add (table->sections[section], g_ref_string_new (text));
    }
}

static void
table_set_up (Table *table, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    table->sections[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  table->list = wf_paged_list_new (&reader, table);
  g_signal_connect (table->list, "items-changed", G_CALLBACK (on_items_changed), table);
}

static void
table_tear_down (Table *table, gconstpointer data)
{
  wf_paged_list_detach (table->list);
  g_assert_finalize_object (table->list);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_unref (table->sections[i]);
}

static void
insert_row (Table *table, guint index, guint n)
{
  g_autofree char *text = g_strdup_printf ("new%04u", n);

  g_ptr_array_insert (table->sections[0], (int) index, g_ref_string_new (text));
}

static const char *
get_text (Table *table, guint position)
{
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (table->list), position);

  return item != NULL ? wf_paged_item_get_row (item) : "nothing there";
}

static void
refresh (Table *table)
{
  table->n_changes = table->n_removed = table->n_added = table->n_reads = 0;
  wf_paged_list_refresh (table->list);
  run ();
}

static void
test_reads_pages (Table *table, gconstpointer data)
{
  add_rows (table, 0, 3, "a");
  add_rows (table, 1, 100000, "b");
  g_assert_false (wf_paged_list_is_loaded (table->list));
  refresh (table);
  g_assert_true (wf_paged_list_is_loaded (table->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table->list)), ==, 100003);
  g_assert_cmpuint (table->n_reads, ==, 2); /* the first page of each section */
  g_assert_cmpstr (get_text (table, 0), ==, "a0000");
  g_assert_cmpstr (get_text (table, 12), ==, "b0009");
  g_assert_cmpuint (table->n_reads, ==, 2);

  g_assert_null (get_text (table, 50000)); /* being read */
  g_assert_null (get_text (table, 50001));
  g_assert_cmpuint (table->n_reads, ==, 3);
  run ();
  g_assert_cmpstr (get_text (table, 50000), ==, "b49997");
  g_assert_cmpuint (table->n_reads, ==, 3);
  g_assert_cmpstr (get_text (table, 100003), ==, "nothing there");
}

static void
test_sections (Table *table, gconstpointer data)
{
  guint start, end;

  add_rows (table, 0, 3, "a");
  add_rows (table, 1, 2, "b");
  refresh (table);
  gtk_section_model_get_section (GTK_SECTION_MODEL (table->list), 1, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 3);
  gtk_section_model_get_section (GTK_SECTION_MODEL (table->list), 4, &start, &end);
  g_assert_cmpuint (start, ==, 3);
  g_assert_cmpuint (end, ==, 5);
  gtk_section_model_get_section (GTK_SECTION_MODEL (table->list), 5, &start, &end);
  g_assert_cmpuint (start, ==, 5);
  g_assert_cmpuint (end, ==, G_MAXUINT);
}

static void
test_refresh_without_change (Table *table, gconstpointer data)
{
  add_rows (table, 0, 25, "a");
  refresh (table);
  refresh (table);
  g_assert_cmpuint (table->n_changes, ==, 0);
}

/* One row goes: one row is announced, and the others keep their items. */
static void
test_refresh_keeps_items (Table *table, gconstpointer data)
{
  add_rows (table, 0, 8, "a");
  refresh (table);
  g_autoptr (WfPagedItem) kept = g_list_model_get_item (G_LIST_MODEL (table->list), 5);
  g_ptr_array_remove_index (table->sections[0], 2);
  refresh (table);
  g_assert_cmpuint (table->n_removed, ==, 1);
  g_assert_cmpuint (table->n_added, ==, 0);
  g_autoptr (WfPagedItem) same = g_list_model_get_item (G_LIST_MODEL (table->list), 4);
  g_assert_true (kept == same);
  g_assert_cmpuint (wf_paged_list_find (table->list, "a0005"), ==, 4);
}

/* Of a long list in which far rows were read, too, one row less is still one change: what nobody has seen does not count. */
static void
test_far_rows_stay (Table *table, gconstpointer data)
{
  add_rows (table, 0, 1000, "a");
  refresh (table);
  get_text (table, 500);
  run ();
  g_autoptr (WfPagedItem) kept = g_list_model_get_item (G_LIST_MODEL (table->list), 505);
  g_ptr_array_remove_index (table->sections[0], 2);
  refresh (table);
  g_assert_cmpuint (table->n_removed, ==, 1);
  g_assert_cmpuint (table->n_added, ==, 0);
  g_assert_true (wf_paged_list_peek (table->list, 504) == kept);
  g_assert_null (wf_paged_list_peek (table->list, 300)); /* and nothing was read for it */
}

/* What a list view has of rows 505 to 534, whose pages are the four that are read again, is announced as little as the rest when the
 * list moves, though rows move over the edges of those pages; and it is the right one afterwards. */
static void
test_rows_move_over_edges (Table *table, gconstpointer data)
{
  static const int moves[] = { -1, 1, -7, 7, 3, -10 };
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = 500;

  add_rows (table, 0, 1000, "a");
  refresh (table);
  for (guint i = 500; i < 540; i++)
    g_ptr_array_add (held, g_list_model_get_item (G_LIST_MODEL (table->list), i));
  run ();
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      guint n = (guint) ABS (moves[i]);
      for (guint j = 0; j < n && moves[i] < 0; j++)
        g_ptr_array_remove_index (table->sections[0], 2);
      for (guint j = 0; j < n && moves[i] > 0; j++)
        insert_row (table, 2, i * 100 + j);
      first = (guint) ((int) first + moves[i]);
      refresh (table);
      for (guint j = 0; j < held->len; j++)
        {
          WfPagedItem *item = held->pdata[j];
          g_autofree char *text = g_strdup_printf ("a%04u", 500 + j);
          g_assert_cmpstr (wf_paged_item_get_row (item), ==, text);
          g_assert_true (wf_paged_list_peek (table->list, first + j) == item);
          g_assert_cmpuint (wf_paged_list_find (table->list, text), ==, first + j);
        }
      g_assert_cmpuint (table->n_changes, ==, 1);
      g_assert_cmpint ((int) table->n_added - (int) table->n_removed, ==, moves[i]);
      g_assert_cmpuint (MIN (table->n_added, table->n_removed), ==, 0);
    }
}

/* The row at the edge itself has gone: what is put in its place until its page is read is right afterwards. */
static void
test_edge_row_goes (Table *table, gconstpointer data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  add_rows (table, 0, 1000, "a");
  refresh (table);
  for (guint i = 500; i < 540; i++)
    g_ptr_array_add (held, g_list_model_get_item (G_LIST_MODEL (table->list), i));
  run ();
  g_ptr_array_remove_index (table->sections[0], 500);
  refresh (table);
  g_assert_cmpuint (wf_paged_list_find (table->list, "a0500"), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table->list)), ==, 999);
  for (guint i = 490; i < 545; i++)
    {
      get_text (table, i);
      run ();
      g_assert_cmpstr (get_text (table, i), ==, table->sections[0]->pdata[i]);
    }
}

/* What somebody has had for long, such as the focused row, is read again and stays, whatever was looked at since. */
static void
test_held_row_stays (Table *table, gconstpointer data)
{
  add_rows (table, 1, 1000, "b");
  refresh (table);
  g_autoptr (WfPagedItem) held = g_list_model_get_item (G_LIST_MODEL (table->list), 55);
  for (guint page = 20; page < 29; page++)
    get_text (table, page * 10);
  run ();
  refresh (table);
  g_assert_cmpuint (table->n_reads, ==, 2 + 4 + 1);
  g_assert_cmpuint (table->n_changes, ==, 0);
  g_assert_true (wf_paged_list_peek (table->list, 55) == held);
}

/* Who waits for a row gets it, also when the list is read again meanwhile. */
static void
test_waiting_outlives_refresh (Table *table, gconstpointer data)
{
  add_rows (table, 0, 1000, "a");
  refresh (table);
  wf_paged_list_refresh (table->list);
  g_autoptr (WfPagedItem) waiting = g_list_model_get_item (G_LIST_MODEL (table->list), 700);
  g_assert_null (wf_paged_item_get_row (waiting));
  wf_paged_list_refresh (table->list);
  run ();
  g_assert_cmpstr (wf_paged_item_get_row (waiting), ==, "a0700");
  g_assert_cmpuint (wf_paged_list_find_item (table->list, waiting), ==, 700);
}

/* Another query: what is shown stays until the answer has come. */
static void
test_requery (Table *table, gconstpointer data)
{
  add_rows (table, 0, 30, "a");
  refresh (table);
  g_ptr_array_set_size (table->sections[0], 0);
  add_rows (table, 0, 4, "b");
  wf_paged_list_requery (table->list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table->list)), ==, 30);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table->list)), ==, 4);
  g_assert_cmpstr (get_text (table, 0), ==, "b0000");
}

static void
on_row_changed (guint *counter)
{
  (*counter)++;
}

/* The rows of another query come into the items that are there, also those that stand where the answer has nothing yet: a list view
 * would make new widgets for new items. */
static void
test_requery_keeps_items (Table *table, gconstpointer data)
{
  guint n_first = 0, n_later = 0;

  add_rows (table, 0, 40, "a");
  refresh (table);
  g_autoptr (WfPagedItem) first = g_list_model_get_item (G_LIST_MODEL (table->list), 0);
  g_autoptr (WfPagedItem) later = g_list_model_get_item (G_LIST_MODEL (table->list), 15);
  run ();
  g_assert_cmpstr (wf_paged_item_get_row (later), ==, "a0015");
  g_signal_connect_swapped (first, "notify::row", G_CALLBACK (on_row_changed), &n_first);
  g_signal_connect_swapped (later, "notify::row", G_CALLBACK (on_row_changed), &n_later);
  g_ptr_array_set_size (table->sections[0], 0);
  add_rows (table, 0, 30, "b");
  table->n_changes = table->n_removed = table->n_added = 0;
  wf_paged_list_requery (table->list);
  g_assert_cmpstr (wf_paged_item_get_row (first), ==, "a0000");
  run ();
  g_assert_cmpstr (wf_paged_item_get_row (first), ==, "b0000");
  g_assert_cmpstr (wf_paged_item_get_row (later), ==, "b0015");
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (n_later, ==, 2); /* it waited in between */
  g_assert_cmpuint (wf_paged_list_find (table->list, "b0015"), ==, 15);
  g_assert_cmpuint (wf_paged_list_find (table->list, "a0015"), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (table->n_changes, ==, 1); /* the ten at the end */
  g_assert_cmpuint (table->n_removed, ==, 10);
  g_assert_cmpuint (table->n_added, ==, 0);

  /* Afterwards items go with their rows again. */
  g_ptr_array_remove_index (table->sections[0], 0);
  refresh (table);
  g_assert_cmpuint (wf_paged_list_find_item (table->list, later), ==, 14);
}

/* Each place of the whole list keeps its item, also when another section is there by now. */
static void
test_requery_over_sections (Table *table, gconstpointer data)
{
  add_rows (table, 1, 8, "a");
  refresh (table);
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (table->list), 2);
  g_assert_cmpuint (wf_paged_item_get_section (item), ==, 1);
  g_ptr_array_set_size (table->sections[1], 0);
  add_rows (table, 0, 5, "b");
  add_rows (table, 1, 25, "c");
  table->n_changes = table->n_removed = table->n_added = 0;
  wf_paged_list_requery (table->list);
  run ();
  g_assert_cmpstr (wf_paged_item_get_row (item), ==, "b0002");
  g_assert_cmpuint (wf_paged_item_get_section (item), ==, 0);
  g_assert_cmpuint (wf_paged_list_find_item (table->list, item), ==, 2);
  g_assert_cmpstr (get_text (table, 7), ==, "c0002");
  g_assert_cmpuint (table->n_changes, ==, 1); /* those at the end */
  g_assert_cmpuint (table->n_removed, ==, 0);
  g_assert_cmpuint (table->n_added, ==, 22);
}

/* Where a row has gone that somebody has, the next one takes its item, and those on the screen far below are not touched: a list view
 * keeps the first row for the focus. */
static void
test_gone_row_hands_over (Table *table, gconstpointer data)
{
  guint n_filled = 0;

  add_rows (table, 0, 1000, "a");
  refresh (table);
  g_autoptr (WfPagedItem) first = g_list_model_get_item (G_LIST_MODEL (table->list), 0);
  g_autoptr (WfPagedItem) far = g_list_model_get_item (G_LIST_MODEL (table->list), 705);
  run ();
  g_signal_connect_swapped (table->list, "filled", G_CALLBACK (on_row_changed), &n_filled);
  g_ptr_array_remove_index (table->sections[0], 0);
  refresh (table);
  g_assert_cmpstr (wf_paged_item_get_row (first), ==, "a0001");
  g_assert_cmpuint (wf_paged_list_find (table->list, "a0001"), ==, 0);
  g_assert_cmpuint (wf_paged_list_find_item (table->list, first), ==, 0);
  g_assert_cmpuint (wf_paged_list_find_item (table->list, far), ==, 704);
  g_assert_cmpstr (wf_paged_item_get_row (far), ==, "a0705");
  g_assert_cmpuint (table->n_changes, ==, 1);
  g_assert_cmpuint (table->n_removed, ==, 1);
  g_assert_cmpuint (table->n_added, ==, 0);
  g_assert_cmpuint (table->position, ==, 1); /* above both */
  g_assert_cmpuint (n_filled, >, 0);         /* what is selected may have changed */
}

/* But each row that somebody has keeps its item. */
static void
test_gone_row_beside_held (Table *table, gconstpointer data)
{
  add_rows (table, 0, 30, "a");
  refresh (table);
  g_autoptr (WfPagedItem) first = g_list_model_get_item (G_LIST_MODEL (table->list), 0);
  g_autoptr (WfPagedItem) second = g_list_model_get_item (G_LIST_MODEL (table->list), 1);
  g_ptr_array_remove_index (table->sections[0], 0);
  refresh (table);
  g_assert_cmpuint (wf_paged_list_find_item (table->list, second), ==, 0);
  g_assert_cmpuint (wf_paged_list_find_item (table->list, first), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (table->n_removed, ==, 1);
  g_assert_cmpuint (table->position, ==, 0);
}

/* A selection survives that its row moves into another section and to another place. */
static void
test_refresh_keeps_selection (Table *table, gconstpointer data)
{
  add_rows (table, 0, 4, "a");
  add_rows (table, 1, 4, "b");
  refresh (table);
  g_autoptr (GtkSingleSelection) selection =
      gtk_single_selection_new (g_object_ref (G_LIST_MODEL (table->list)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_selected (selection, 5);
  g_autoptr (WfPagedItem) selected =
      g_object_ref (gtk_single_selection_get_selected_item (selection));
  g_assert_cmpstr (wf_paged_item_get_row (selected), ==, "b0001");

  gpointer row = g_ref_string_acquire (table->sections[1]->pdata[1]);
  g_ptr_array_remove_index (table->sections[1], 1);
  g_ptr_array_insert (table->sections[0], 0, row);
  refresh (table);
  g_assert_true (gtk_single_selection_get_selected_item (selection) == selected);
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 0);
  g_assert_cmpuint (wf_paged_item_get_section (selected), ==, 0);
}

/* Only what was looked at last is read again. */
static void
test_refresh_reads_recent (Table *table, gconstpointer data)
{
  add_rows (table, 1, 1000, "b");
  refresh (table);
  for (guint page = 1; page < 10; page++)
    get_text (table, page * 10);
  run ();
  refresh (table);
  g_assert_cmpuint (table->n_reads, ==, 2 + 4);
}

static void
test_error (Table *table, gconstpointer data)
{
  add_rows (table, 0, 4, "a");
  refresh (table);
  table->fail = TRUE;
  refresh (table);
  g_assert_error (wf_paged_list_get_error (table->list), G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table->list)), ==,
                    4); /* what was known stays */
  table->fail = FALSE;
  refresh (table);
  g_assert_null (wf_paged_list_get_error (table->list));
}

static void
test_reset_drops_answers (Table *table, gconstpointer data)
{
  add_rows (table, 0, 4, "a");
  wf_paged_list_refresh (table->list);
  g_ptr_array_set_size (table->sections[0], 0);
  add_rows (table, 0, 2, "c");
  wf_paged_list_reset (table->list);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table->list)), ==, 2);
  g_assert_cmpstr (get_text (table, 0), ==, "c0000");
}

/* ---- Today ---- */

static guint
size (WfActivitySource *source, WfDaySection section)
{
  return wf_paged_list_get_section_size (wf_activity_source_get_list (source), section);
}

static void
set_whose (WfActivitySource *source, WfWhose whose)
{
  g_autoptr (WfActivityFilter) filter = wf_activity_filter_new ();

  filter->whose = whose;
  wf_activity_source_set_filter (source, filter);
}

static void
test_today (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfRuntime) runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "ana");
  g_autoptr (WfMinuteClock) minutes = wf_minute_clock_new (WF_CLOCK (clock));
  WfInstant now = wf_clock_now (WF_CLOCK (clock));

  wf_fake_runtime_add (runtime,
                       wf_fake_activity_new ("late", "Late", "ana", now - G_TIME_SPAN_HOUR));
  wf_fake_runtime_add (runtime,
                       wf_fake_activity_new ("now", "Now", "ana", now + 30 * G_TIME_SPAN_SECOND));
  wf_fake_runtime_add (runtime, wf_fake_activity_new ("other", "Other", "bruno", now));
  wf_fake_runtime_add (runtime, wf_fake_activity_new ("queue", "Queue", NULL, now));
  wf_fake_runtime_tell (runtime);
  g_autoptr (WfActivitySource) source = wf_activity_source_new (runtime, minutes);
  set_whose (source, WF_WHOSE_MINE);
  run ();
  g_assert_cmpuint (size (source, WF_DAY_SECTION_LATE), ==, 1);
  g_assert_cmpuint (size (source, WF_DAY_SECTION_NOW), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wf_activity_source_get_list (source))),
                    ==, 2);

  /* The deadline passes: nobody tells, the minute does. */
  wf_minute_clock_start (minutes);
  wf_fake_clock_advance (clock, 2 * G_TIME_SPAN_MINUTE);
  run ();
  g_assert_cmpuint (size (source, WF_DAY_SECTION_LATE), ==, 2);
  g_assert_cmpuint (size (source, WF_DAY_SECTION_NOW), ==, 0);
  wf_minute_clock_stop (minutes);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (clock), ==,
                    0); /* nothing wakes up when nobody looks */

  set_whose (source, WF_WHOSE_EVERYONE);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wf_activity_source_get_list (source))),
                    ==, 4);
  set_whose (source, WF_WHOSE_UNASSIGNED);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wf_activity_source_get_list (source))),
                    ==, 1);
}

static void
test_today_of_100000 (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfRuntime) runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
  g_autoptr (WfMinuteClock) minutes = wf_minute_clock_new (WF_CLOCK (clock));
  WfInstant now = wf_clock_now (WF_CLOCK (clock));

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      wf_fake_runtime_add (runtime,
                           wf_fake_activity_new (id, "Call", "ana", now + i * G_TIME_SPAN_MINUTE));
    }
  wf_fake_runtime_tell (runtime);
  g_autoptr (WfActivitySource) source = wf_activity_source_new (runtime, minutes);
  set_whose (source, WF_WHOSE_EVERYONE);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wf_activity_source_get_list (source))),
                    ==, 100000);
  g_assert_cmpuint (wf_fake_runtime_get_n_listed (runtime), <=, 100 * WF_N_DAY_SECTIONS);
}

/* ---- log ---- */

static void
nothing (gpointer data)
{
}

static void
add_entry (WfRuntime *runtime, const char *kind, const char *title, const char *lead)
{
  WfLogEntry *entry = g_new0 (WfLogEntry, 1);

  entry->kind = g_strdup (kind);
  entry->title = g_strdup (title);
  entry->lead = g_strdup (lead);
  wf_fake_runtime_add_log (runtime, entry);
}

static void
on_exported (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static guint
count_lines (WfLogSource *source)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  wf_log_source_export_async (source, NULL, on_exported, &result);
  run ();
  g_assert_nonnull (result);
  g_autoptr (GBytes) csv = wf_log_source_export_finish (source, result, &error);
  g_assert_no_error (error);
  gsize length;
  const char *text = g_bytes_get_data (csv, &length);
  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n';
  return n;
}

static void
test_log (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfRuntime) runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
  guint n;

  for (guint i = 0; i < 6000; i++)
    add_entry (runtime, i % 2 ? "problem" : "change", i == 10 || i == 5990 ? "A needle" : "Hay",
               i % 3 ? "l-1" : "l-2");
  g_autoptr (WfLogSource) source = wf_log_source_new (runtime, G_CALLBACK (nothing), NULL);
  GListModel *list = G_LIST_MODEL (wf_log_source_get_list (source));
  wf_log_source_set_filter (source, NULL, NULL, NULL);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 6000);
  g_assert_cmpuint (wf_fake_runtime_get_n_listed (runtime), <=,
                    200); /* one page, again when the names are known */
  wf_log_source_set_filter (source, "problem", "l-2", NULL);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1000);
  g_assert_cmpuint (count_lines (source), ==, 1 + 1000);

  wf_log_source_set_filter (source, NULL, NULL, "needle");
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (list), ==,
                    1); /* among the newest only, and it says so */
  g_assert_true (wf_log_source_has_older (source, &n));
  g_assert_cmpuint (n, ==, 5000);
  wf_log_source_search_further (source);
  run ();
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_false (wf_log_source_has_older (source, &n));
  g_assert_cmpuint (count_lines (source), ==, 1 + 2);
}

#define ADD(name, func) g_test_add (name, Table, NULL, table_set_up, func, table_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/paged-list/far-rows-stay", test_far_rows_stay);
  ADD ("/paged-list/rows-move-over-edges", test_rows_move_over_edges);
  ADD ("/paged-list/edge-row-goes", test_edge_row_goes);
  ADD ("/paged-list/held-row-stays", test_held_row_stays);
  ADD ("/paged-list/waiting-outlives-refresh", test_waiting_outlives_refresh);
  ADD ("/paged-list/requery", test_requery);
  ADD ("/paged-list/requery/keeps-items", test_requery_keeps_items);
  ADD ("/paged-list/requery/over-sections", test_requery_over_sections);
  ADD ("/paged-list/gone-row-hands-over", test_gone_row_hands_over);
  ADD ("/paged-list/gone-row-beside-held", test_gone_row_beside_held);
  ADD ("/paged-list/reads-pages", test_reads_pages);
  ADD ("/paged-list/sections", test_sections);
  ADD ("/paged-list/refresh-without-change", test_refresh_without_change);
  ADD ("/paged-list/refresh-keeps-items", test_refresh_keeps_items);
  ADD ("/paged-list/refresh-keeps-selection", test_refresh_keeps_selection);
  ADD ("/paged-list/refresh-reads-recent", test_refresh_reads_recent);
  ADD ("/paged-list/error", test_error);
  ADD ("/paged-list/reset-drops-answers", test_reset_drops_answers);
  g_test_add_func ("/today/sections-move-with-time", test_today);
  g_test_add_func ("/today/100000-activities", test_today_of_100000);
  g_test_add_func ("/log/filter-search-export", test_log);
  return g_test_run ();
}
