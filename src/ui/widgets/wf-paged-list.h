/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list model over a query: rows are read a page at a time when somebody looks at them, never the whole table. It has
 * sections, and stays calm on a refresh: a row that is still there keeps its item, with selection and focus. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As many rows as a list view keeps alive. */
#define WF_PAGED_MOST_ALIVE 205

/* A place in the list. Property "row" (pointer, nullable): what the query answered, NULL while it is read. */
#define WF_TYPE_PAGED_ITEM (wf_paged_item_get_type ())
G_DECLARE_FINAL_TYPE (WfPagedItem, wf_paged_item, WF, PAGED_ITEM, GObject)

gpointer wf_paged_item_get_row (WfPagedItem *self); /* borrowed */
guint wf_paged_item_get_section (WfPagedItem *self);

/* How the list reads. Rows are reference counted values with an unique key. */
typedef struct
{
  guint n_sections;
  guint page_size;
  void (*load_async) (gpointer source, guint section, guint offset, guint limit,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  /* An array of rows with ref'd elements, and the section's total. */
  GPtrArray *(*load_finish) (gpointer source, GAsyncResult *result, guint *total, GError **error);
  void (*begin_refresh) (gpointer source); /* nullable: the sections are about to be read anew */
  const char *(*get_key) (gpointer row);
  gpointer (*row_ref) (gpointer row);
  void (*row_unref) (gpointer row);
} WfPagedListReader;

/* Properties: "loaded" (boolean: an answer has come since the last reset), "error" (boxed GError, nullable: of the last
 * reading), "n-items". Implements GListModel and GtkSectionModel. Signals: replacing (): the rows of another query are about to
 * take the places of those that are there; refreshed (): the list is as the query; filled (guint position, guint n): a page that
 * was looked at has its rows. */
#define WF_TYPE_PAGED_LIST (wf_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (WfPagedList, wf_paged_list, WF, PAGED_LIST, GObject)

/* reader: static. source: handed to the reader; borrowed, it owns the list. */
WfPagedList *wf_paged_list_new (const WfPagedListReader *reader, gpointer source);
/* Reads again what has been looked at; several calls before the answer make one more reading. */
void wf_paged_list_refresh (WfPagedList *self);
/* Another query: forgets everything, then reads. */
void wf_paged_list_reset (WfPagedList *self);
/* Another query of the same table, such as a longer word to look for: what is shown stays until the answer has come. */
void wf_paged_list_requery (WfPagedList *self);
/* The source goes away: nothing is read any more. */
void wf_paged_list_detach (WfPagedList *self);
gboolean wf_paged_list_is_loaded (WfPagedList *self);
const GError *wf_paged_list_get_error (WfPagedList *self);
guint wf_paged_list_get_section_size (WfPagedList *self, guint section);
/* Position of the row with this key among those read; GTK_INVALID_LIST_POSITION when it is not. */
guint wf_paged_list_find (WfPagedList *self, const char *key);
guint wf_paged_list_find_item (WfPagedList *self, WfPagedItem *item);
/* What stands there, without reading it: NULL when nobody has looked at it yet. Borrowed. */
WfPagedItem *wf_paged_list_peek (WfPagedList *self, guint position);
/* The key of an item's row; NULL while it is read. Borrowed. */
const char *wf_paged_list_get_key (WfPagedList *self, WfPagedItem *item);

G_END_DECLS
