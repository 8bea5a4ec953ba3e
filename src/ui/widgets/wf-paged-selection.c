/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a paged list are selected. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-paged-selection.h"

#include <glib/gi18n-lib.h>

/* Policy: what is selected is an item with its key. GTK's own selections look for a selected item in everything that a change
 * brings, which would read the whole table; and they lose what a refresh has forgotten. */
struct _WfPagedSelection
{
  GObject parent_instance;

  WfPagedList *list;   /* (owned) */
  GHashTable *by_key;  /* (owned) key -> WfPagedItem (owned) */
  GHashTable *waiting; /* (owned) WfPagedItem (owned) whose row is being read */
  WfGradualList *told; /* (owned) the list as views know it */
};

enum
{
  PROP_N_SELECTED = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return WF_TYPE_PAGED_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (WF_PAGED_SELECTION (model)->told));
}

/* Of the list itself. */
static guint
count_all (WfPagedSelection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (WF_PAGED_SELECTION (model)->told), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  gtk_section_model_get_section (GTK_SECTION_MODEL (WF_PAGED_SELECTION (model)->told), position,
                                 start, end);
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

/* ---- what is selected -------------------------------------------------------------------------- */

static gboolean
has_item (WfPagedSelection *self, WfPagedItem *item)
{
  const char *key = item != NULL ? wf_paged_list_get_key (self->list, item) : NULL;

  return item != NULL && (key != NULL ? g_hash_table_contains (self->by_key, key)
                                      : g_hash_table_contains (self->waiting, item));
}

/* NULL when the item stands for another row by now. */
static gpointer
get_row (WfPagedSelection *self, const char *key, WfPagedItem *item)
{
  return g_strcmp0 (wf_paged_list_get_key (self->list, item), key) == 0
             ? wf_paged_item_get_row (item)
             : NULL;
}

static void on_row_read (WfPagedSelection *self, GParamSpec *pspec, WfPagedItem *item);

static void
wait_for (WfPagedSelection *self, WfPagedItem *item)
{
  if (g_hash_table_add (self->waiting, g_object_ref (item)))
    g_signal_connect_object (item, "notify::row", G_CALLBACK (on_row_read), self,
                             G_CONNECT_SWAPPED);
}

static void
stop_waiting (WfPagedSelection *self, WfPagedItem *item)
{
  g_signal_handlers_disconnect_by_func (item, on_row_read, self);
  g_hash_table_remove (self->waiting, item);
}

static void
add (WfPagedSelection *self, guint position)
{
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  const char *key = item != NULL ? wf_paged_list_get_key (self->list, item) : NULL;

  if (key != NULL)
    g_hash_table_replace (self->by_key, g_strdup (key), g_object_ref (item));
  else if (item != NULL)
    wait_for (self, item);
}

static void
on_row_read (WfPagedSelection *self, GParamSpec *pspec, WfPagedItem *item)
{
  g_autoptr (WfPagedItem) held = g_object_ref (item);
  const char *key = wf_paged_list_get_key (self->list, item);

  if (key == NULL)
    return;
  stop_waiting (self, item);
  g_hash_table_replace (self->by_key, g_strdup (key), g_object_ref (item));
}

static void
drop (WfPagedSelection *self, guint position)
{
  WfPagedItem *item = wf_paged_list_peek (self->list, position);
  const char *key = item != NULL ? wf_paged_list_get_key (self->list, item) : NULL;

  if (key != NULL)
    g_hash_table_remove (self->by_key, key);
  else if (item != NULL && g_hash_table_contains (self->waiting, item))
    stop_waiting (self, item);
}

static void
drop_all (WfPagedSelection *self)
{
  g_autoptr (GPtrArray) waiting = g_hash_table_get_keys_as_ptr_array (self->waiting);

  for (guint i = 0; i < waiting->len; i++)
    stop_waiting (self, waiting->pdata[i]);
  g_hash_table_remove_all (self->by_key);
}

static void
tell (WfPagedSelection *self, guint position, guint n)
{
  guint n_items = get_n_items (G_LIST_MODEL (self));

  if (position < n_items && n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position,
                                           MIN (n, n_items - position));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_SELECTED]);
}

/* ---- GtkSelectionModel ------------------------------------------------------------------------- */

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  WfPagedSelection *self = WF_PAGED_SELECTION (model);

  return has_item (self, wf_paged_list_peek (self->list, position));
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n)
{
  WfPagedSelection *self = WF_PAGED_SELECTION (model);
  GtkBitset *selected = gtk_bitset_new_empty ();
  guint end = MIN (position + n, get_n_items (G_LIST_MODEL (model)));

  if (wf_paged_selection_get_n (self) == 0)
    return selected;
  for (guint i = position; i < end; i++)
    {
      if (is_selected (model, i))
        gtk_bitset_add (selected, i);
    }
  return selected;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  WfPagedSelection *self = WF_PAGED_SELECTION (model);

  if (position >= get_n_items (G_LIST_MODEL (model)))
    return FALSE;
  if (unselect_rest && wf_paged_selection_get_n (self) == 1 && is_selected (model, position))
    return TRUE;
  if (unselect_rest)
    drop_all (self);
  add (self, position);
  tell (self, unselect_rest ? 0 : position, unselect_rest ? G_MAXUINT : 1);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  drop (WF_PAGED_SELECTION (model), position);
  tell (WF_PAGED_SELECTION (model), position, 1);
  return TRUE;
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n, gboolean unselect_rest)
{
  WfPagedSelection *self = WF_PAGED_SELECTION (model);
  guint end = MIN (position + MIN (n, WF_MOST_SELECTED), count_all (self));

  if (unselect_rest)
    drop_all (self);
  for (guint i = position; i < end; i++)
    add (self, i);
  tell (self, unselect_rest ? 0 : position, unselect_rest ? G_MAXUINT : n);
  return TRUE;
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n)
{
  WfPagedSelection *self = WF_PAGED_SELECTION (model);
  guint end = MIN (position + n, get_n_items (G_LIST_MODEL (model)));

  for (guint i = position; i < end; i++)
    drop (self, i);
  tell (self, position, n);
  return TRUE;
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return select_range (model, 0, count_all (WF_PAGED_SELECTION (model)), TRUE);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  if (wf_paged_selection_get_n (WF_PAGED_SELECTION (model)) == 0)
    return TRUE;
  drop_all (WF_PAGED_SELECTION (model));
  tell (WF_PAGED_SELECTION (model), 0, G_MAXUINT);
  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  WfPagedSelection *self = WF_PAGED_SELECTION (model);
  guint n_items = get_n_items (G_LIST_MODEL (model));
  GtkBitsetIter iter;
  guint position;

  for (gboolean on = gtk_bitset_iter_init_first (&iter, mask, &position); on && position < n_items;
       on = gtk_bitset_iter_next (&iter, &position))
    {
      if (!gtk_bitset_contains (selected, position))
        drop (self, position);
      else if (wf_paged_selection_get_n (self) < WF_MOST_SELECTED)
        add (self, position);
    }
  tell (self, 0, G_MAXUINT);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WfPagedSelection, wf_paged_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL,
                                                          section_model_init)
                                       G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                              selection_model_init))

/* ---- the list underneath ----------------------------------------------------------------------- */

/* A page came back with rows that had been selected before it was forgotten. */
static void
on_filled (WfPagedSelection *self, guint position, guint n)
{
  if (wf_paged_selection_get_n (self) > 0)
    tell (self, position, n);
}

/* TRUE when nothing of the list is unread: then a row that is not found has left it. */
static gboolean
is_all_read (WfPagedSelection *self)
{
  guint n = count_all (self);

  for (guint i = 0; i < n; i++)
    {
      if (wf_paged_list_peek (self->list, i) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* A page that was being read when the list was read anew has other places now: none of them is taken for what was meant. */
static gboolean
drop_lost (WfPagedSelection *self)
{
  g_autoptr (GPtrArray) waiting = g_hash_table_get_keys_as_ptr_array (self->waiting);
  gboolean dropped = FALSE;

  for (guint i = 0; i < waiting->len; i++)
    {
      if (wf_paged_list_find_item (self->list, waiting->pdata[i]) != GTK_INVALID_LIST_POSITION)
        continue;
      stop_waiting (self, waiting->pdata[i]);
      dropped = TRUE;
    }
  return dropped;
}

/* Takes the newest state of each selected row, and lets go of those that have left the list. */
static void
on_refreshed (WfPagedSelection *self)
{
  GHashTableIter iter;
  gpointer key, value;
  gboolean all_read = is_all_read (self), changed = drop_lost (self);

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint position = wf_paged_list_find (self->list, key);
      if (position != GTK_INVALID_LIST_POSITION)
        g_hash_table_iter_replace (&iter, g_object_ref (wf_paged_list_peek (self->list, position)));
      else if (all_read)
        {
          g_hash_table_iter_remove (&iter);
          changed = TRUE;
        }
    }
  if (changed)
    tell (self, 0, G_MAXUINT);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_paged_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, wf_paged_selection_get_n (WF_PAGED_SELECTION (object)));
}

static void
wf_paged_selection_finalize (GObject *object)
{
  WfPagedSelection *self = WF_PAGED_SELECTION (object);

  g_object_unref (self->told);
  g_object_unref (self->list);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->waiting);
  G_OBJECT_CLASS (wf_paged_selection_parent_class)->finalize (object);
}

static void
wf_paged_selection_class_init (WfPagedSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_paged_selection_get_property;
  object_class->finalize = wf_paged_selection_finalize;
  props[PROP_N_SELECTED] =
      g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_paged_selection_init (WfPagedSelection *self)
{
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->waiting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * wf_paged_selection_new:
 * @list: the rows
 *
 * Returns: (transfer full): a selection of any number of them, none at first
 */
WfPagedSelection *
wf_paged_selection_new (WfPagedList *list)
{
  WfPagedSelection *self = g_object_new (WF_TYPE_PAGED_SELECTION, NULL);

  self->list = g_object_ref (list);
  self->told = wf_gradual_list_new (list);
  g_signal_connect_object (self->told, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->told, "sections-changed",
                           G_CALLBACK (gtk_section_model_sections_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "filled", G_CALLBACK (on_filled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "refreshed", G_CALLBACK (on_refreshed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wf_paged_selection_reach:
 * @self: a selection
 * @position: of the list
 *
 * Tells views of the row there, if they do not know of it yet: before they are to scroll to it.
 */
void
wf_paged_selection_reach (WfPagedSelection *self, guint position)
{
  g_return_if_fail (WF_IS_PAGED_SELECTION (self));
  wf_gradual_list_reach (self->told, position);
}

guint
wf_paged_selection_get_n (WfPagedSelection *self)
{
  g_return_val_if_fail (WF_IS_PAGED_SELECTION (self), 0);
  return g_hash_table_size (self->by_key) + g_hash_table_size (self->waiting);
}

char *
wf_paged_selection_to_text (WfPagedSelection *self)
{
  guint n = wf_paged_selection_get_n (self), n_all = count_all (self);

  if (n >= WF_MOST_SELECTED && n < n_all)
    /* Translators: how many of how many rows; no more can be selected at one go */
    return g_strdup_printf (_ ("%'u of %'u selected"), n, n_all);
  return g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
}

gpointer
wf_paged_selection_get_only (WfPagedSelection *self)
{
  g_return_val_if_fail (WF_IS_PAGED_SELECTION (self), NULL);
  GHashTableIter iter;
  gpointer key, item;

  if (wf_paged_selection_get_n (self) != 1)
    return NULL;
  g_hash_table_iter_init (&iter, self->by_key);
  return g_hash_table_iter_next (&iter, &key, &item) ? get_row (self, key, item) : NULL;
}

guint
wf_paged_selection_get_last (WfPagedSelection *self)
{
  g_return_val_if_fail (WF_IS_PAGED_SELECTION (self), GTK_INVALID_LIST_POSITION);
  guint last = GTK_INVALID_LIST_POSITION;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position = wf_paged_list_find (self->list, key);
      if (position != GTK_INVALID_LIST_POSITION &&
          (last == GTK_INVALID_LIST_POSITION || position > last))
        last = position;
    }
  return last;
}

GPtrArray *
wf_paged_selection_list_rows (WfPagedSelection *self)
{
  g_return_val_if_fail (WF_IS_PAGED_SELECTION (self), NULL);
  GPtrArray *rows = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, item;

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, &item))
    {
      gpointer row = get_row (self, key, item);
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return rows;
}

gboolean
wf_paged_selection_has_key (WfPagedSelection *self, const char *key)
{
  g_return_val_if_fail (WF_IS_PAGED_SELECTION (self), FALSE);
  return g_hash_table_contains (self->by_key, key);
}
