/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calm, paged list model over an asynchronous query. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-paged-list-private.h"

#include <gtk/gtk.h>

/* Items that are freed at one go: a millisecond or so. */
#define FORGOTTEN_AT_ONCE 500

/* One reading of a page. */
typedef struct
{
  WfPagedList *list;       /* (owned) */
  WfPagedRefresh *refresh; /* (nullable) */
  guint64 generation;
  WfPagedPlace place;
} Reading;

enum
{
  PROP_LOADED = 1,
  PROP_ERROR,
  PROP_N_ITEMS,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  REPLACING,
  REFRESHED,
  FILLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void read_page (WfPagedList *self, WfPagedPlace place, WfPagedRefresh *refresh);

static void
answer_free (WfPagedAnswer *answer)
{
  g_ptr_array_unref (answer->rows);
  g_free (answer);
}

static void
refresh_free (WfPagedRefresh *refresh)
{
  g_ptr_array_unref (refresh->answers);
  g_free (refresh->totals);
  g_clear_error (&refresh->error);
  g_free (refresh);
}

void
wf_paged_sections_free (GPtrArray **sections, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < sections[i]->len; j++)
        g_clear_object ((GObject **) &sections[i]->pdata[j]);
      g_ptr_array_unref (sections[i]);
    }
  g_free (sections);
}

static gboolean
forget_some (gpointer user_data)
{
  WfPagedList *self = user_data;

  g_ptr_array_set_size (self->forgotten, (int) (self->forgotten->len -
                                                MIN (self->forgotten->len, FORGOTTEN_AT_ONCE)));
  if (self->forgotten->len > 0)
    return G_SOURCE_CONTINUE;
  self->forgetting = 0;
  return G_SOURCE_REMOVE;
}

void
wf_paged_list_forget (WfPagedList *self, GPtrArray **sections)
{
  for (guint i = 0; i < self->reader->n_sections; i++)
    for (guint j = 0; j < sections[i]->len; j++)
      {
        GObject *item = sections[i]->pdata[j];
        if (item == NULL || item->ref_count > 1)
          continue;
        g_ptr_array_add (self->forgotten, item);
        sections[i]->pdata[j] = NULL;
      }
  wf_paged_sections_free (sections, self->reader->n_sections);
  if (self->forgotten->len > 0 && self->forgetting == 0)
    self->forgetting = g_idle_add_full (G_PRIORITY_LOW, forget_some, self, NULL);
}

static guint
count_items (WfPagedList *self)
{
  guint n = 0;

  for (guint i = 0; i < self->reader->n_sections; i++)
    n += self->sections[i]->len;
  return n;
}

static guint
get_start (WfPagedList *self, guint section)
{
  guint start = 0;

  for (guint i = 0; i < section; i++)
    start += self->sections[i]->len;
  return start;
}

/* Finds the section of a position and makes it the position inside of it. */
static gboolean
locate (WfPagedList *self, guint *position, guint *section, guint *start)
{
  *start = 0;
  for (*section = 0; *section < self->reader->n_sections; (*section)++)
    {
      guint size = self->sections[*section]->len;
      if (*position < size)
        return TRUE;
      *position -= size;
      *start += size;
    }
  return FALSE;
}

static void
touch (WfPagedList *self, WfPagedPlace place)
{
  guint at = 0;

  if (place.page == 0) /* read by every refresh */
    return;
  while (at < self->n_recent &&
         (self->recent[at].section != place.section || self->recent[at].page != place.page))
    at++;
  if (at == self->n_recent && self->n_recent < WF_PAGED_N_RECENT)
    self->n_recent++;
  for (guint i = MIN (at, WF_PAGED_N_RECENT - 1); i > 0; i--)
    self->recent[i] = self->recent[i - 1];
  self->recent[0] = place;
}

/* Creates what stands for the rows of an unread page, and reads it. */
static void
open_page (WfPagedList *self, WfPagedPlace place)
{
  GPtrArray *slots = self->sections[place.section];
  guint first = place.page * self->reader->page_size;
  guint end = MIN (first + self->reader->page_size, slots->len);

  for (guint i = first; i < end; i++)
    {
      if (slots->pdata[i] == NULL)
        slots->pdata[i] = wf_paged_item_new (self->reader, place.section);
    }
  if (self->source != NULL)
    read_page (self, place, NULL);
}

static GType
wf_paged_list_get_item_type (GListModel *model)
{
  return WF_TYPE_PAGED_ITEM;
}

static guint
wf_paged_list_get_n_items (GListModel *model)
{
  return count_items (WF_PAGED_LIST (model));
}

static gpointer
wf_paged_list_get_item (GListModel *model, guint position)
{
  WfPagedList *self = WF_PAGED_LIST (model);
  WfPagedPlace place;
  guint start;

  if (!locate (self, &position, &place.section, &start))
    return NULL;
  place.page = position / self->reader->page_size;
  touch (self, place);
  if (self->sections[place.section]->pdata[position] == NULL)
    open_page (self, place);
  return g_object_ref (self->sections[place.section]->pdata[position]);
}

static void
wf_paged_list_get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  WfPagedList *self = WF_PAGED_LIST (model);
  guint section;

  if (locate (self, &position, &section, start))
    {
      *end = *start + self->sections[section]->len;
      return;
    }
  *end = G_MAXUINT;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wf_paged_list_get_item_type;
  iface->get_n_items = wf_paged_list_get_n_items;
  iface->get_item = wf_paged_list_get_item;
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = wf_paged_list_get_section;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WfPagedList, wf_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL,
                                                          section_model_init))

/* ---- answers ----------------------------------------------------------------------------------- */

static void
set_error (WfPagedList *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static void
put_row (WfPagedList *self, WfPagedItem *item, gpointer row)
{
  const char *key = self->reader->get_key (row);
  gpointer before = wf_paged_item_get_row (item);

  if (before != NULL)
    {
      const char *old = self->reader->get_key (before);
      if (strcmp (old, key) != 0 && g_hash_table_lookup (self->by_key, old) == item)
        g_hash_table_remove (self->by_key, old);
    }
  wf_paged_item_set_row (item, row);
  g_hash_table_replace (self->by_key, g_strdup (key), item);
}

/* A page outside a refresh: fills the places that wait for it. */
static void
take_page (WfPagedList *self, WfPagedPlace place, GPtrArray *rows, guint total)
{
  GPtrArray *slots = self->sections[place.section];
  guint first = place.page * self->reader->page_size;

  for (guint i = 0; i < rows->len && first + i < slots->len; i++)
    {
      if (slots->pdata[first + i] == NULL)
        slots->pdata[first + i] = wf_paged_item_new (self->reader, place.section);
      put_row (self, slots->pdata[first + i], rows->pdata[i]);
    }
  if (first < slots->len)
    g_signal_emit (self, signals[FILLED], 0, get_start (self, place.section) + first,
                   MIN (rows->len, slots->len - first));
  if (total != slots->len)
    wf_paged_list_refresh (self);
}

static void
set_loaded (WfPagedList *self, gboolean loaded)
{
  if (self->loaded == loaded)
    return;
  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
}

static void
take_refresh (WfPagedList *self, WfPagedRefresh *refresh)
{
  gboolean other_query = self->other_query;

  if (other_query)
    g_signal_emit (self, signals[REPLACING], 0);
  self->handed_over = other_query;
  g_autoptr (GArray) again = wf_paged_list_take_answers (self, refresh);
  if (self->handed_over && count_items (self) > 0) /* other rows may be selected */
    g_signal_emit (self, signals[FILLED], 0, 0, count_items (self));
  set_error (self, NULL);
  set_loaded (self, TRUE);
  for (guint i = 0; i < again->len && self->source != NULL; i++)
    {
      touch (self, g_array_index (again, WfPagedPlace, i));
      read_page (self, g_array_index (again, WfPagedPlace, i), NULL);
    }
  g_signal_emit (self, signals[REFRESHED], 0);
}

static void
end_refresh (WfPagedList *self, WfPagedRefresh *refresh, gboolean current)
{
  if (current)
    {
      self->refresh = NULL;
      if (refresh->error == NULL)
        take_refresh (self, refresh);
      else
        set_error (self, refresh->error);
    }
  refresh_free (refresh);
  if (current && self->refresh_again)
    {
      self->refresh_again = FALSE;
      wf_paged_list_refresh (self);
    }
}

static void
on_page_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  WfPagedList *self = reading->list;
  WfPagedRefresh *refresh = reading->refresh;
  gboolean current = reading->generation == self->generation && self->source != NULL;
  g_autoptr (GError) error = NULL;
  guint total = 0;
  g_autoptr (GPtrArray) rows =
      self->source != NULL ? self->reader->load_finish (self->source, result, &total, &error)
                           : NULL;

  if (refresh != NULL)
    {
      if (rows != NULL)
        {
          WfPagedAnswer *answer = g_new0 (WfPagedAnswer, 1);
          answer->place = reading->place;
          answer->rows = g_ptr_array_ref (rows);
          g_ptr_array_add (refresh->answers, answer);
          refresh->totals[reading->place.section] = total;
        }
      else if (refresh->error == NULL && error != NULL)
        refresh->error = g_steal_pointer (&error);
      if (--refresh->n_pending == 0)
        end_refresh (self, refresh, current);
    }
  else if (current && rows != NULL)
    take_page (self, reading->place, rows, total);
  else if (current && error != NULL)
    set_error (self, error);
  g_object_unref (reading->list);
  g_free (reading);
}

static void
read_page (WfPagedList *self, WfPagedPlace place, WfPagedRefresh *refresh)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->list = g_object_ref (self);
  reading->refresh = refresh;
  reading->generation = self->generation;
  reading->place = place;
  if (refresh != NULL)
    refresh->n_pending++;
  self->reader->load_async (self->source, place.section, place.page * self->reader->page_size,
                            self->reader->page_size, self->cancellable, on_page_read, reading);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_paged_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfPagedList *self = WF_PAGED_LIST (object);

  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, count_items (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_paged_list_finalize (GObject *object)
{
  WfPagedList *self = WF_PAGED_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->forgetting, g_source_remove);
  g_ptr_array_unref (self->forgotten);
  wf_paged_sections_free (self->sections, self->reader->n_sections);
  g_hash_table_unref (self->by_key);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wf_paged_list_parent_class)->finalize (object);
}

static void
wf_paged_list_class_init (WfPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wf_paged_list_get_property;
  object_class->finalize = wf_paged_list_finalize;
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[REPLACING] = g_signal_new ("replacing", WF_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[REFRESHED] = g_signal_new ("refreshed", WF_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[FILLED] = g_signal_new ("filled", WF_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
wf_paged_list_init (WfPagedList *self)
{
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  self->forgotten = g_ptr_array_new_with_free_func (g_object_unref);
}

static GPtrArray **
make_empty_sections (guint n)
{
  GPtrArray **sections = g_new0 (GPtrArray *, n);

  for (guint i = 0; i < n; i++)
    sections[i] = g_ptr_array_new ();
  return sections;
}

/* An empty list; wf_paged_list_refresh fills it. */
WfPagedList *
wf_paged_list_new (const WfPagedListReader *reader, gpointer source)
{
  WfPagedList *self = g_object_new (WF_TYPE_PAGED_LIST, NULL);

  self->reader = reader;
  self->source = source;
  self->sections = make_empty_sections (reader->n_sections);
  return self;
}

void
wf_paged_list_refresh (WfPagedList *self)
{
  g_return_if_fail (WF_IS_PAGED_LIST (self));
  if (self->source == NULL)
    return;
  if (self->refresh != NULL)
    {
      self->refresh_again = TRUE;
      return;
    }
  WfPagedRefresh *refresh = g_new0 (WfPagedRefresh, 1);
  refresh->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  refresh->totals = g_new0 (guint, self->reader->n_sections);
  self->refresh = refresh;
  self->generation++;
  if (self->reader->begin_refresh != NULL)
    self->reader->begin_refresh (self->source);
  refresh->n_pending = 1; /* held until every reading has been asked for */
  for (guint i = 0; i < self->reader->n_sections; i++)
    read_page (self, (WfPagedPlace) { i, 0 }, refresh);
  g_autoptr (GArray) further = self->other_query ? g_array_new (FALSE, FALSE, sizeof (WfPagedPlace))
                                                 : wf_paged_list_list_further (self);
  for (guint i = 0; i < further->len; i++)
    read_page (self, g_array_index (further, WfPagedPlace, i), refresh);
  if (--refresh->n_pending == 0)
    end_refresh (self, refresh, TRUE);
}

void
wf_paged_list_reset (WfPagedList *self)
{
  g_return_if_fail (WF_IS_PAGED_LIST (self));
  guint n = count_items (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wf_paged_sections_free (self->sections, self->reader->n_sections);
  self->sections = make_empty_sections (self->reader->n_sections);
  g_hash_table_remove_all (self->by_key);
  self->n_recent = 0;
  self->refresh = NULL;
  self->refresh_again = FALSE;
  self->other_query = FALSE;
  self->generation++;
  if (n > 0)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
    }
  set_error (self, NULL);
  set_loaded (self, FALSE);
  wf_paged_list_refresh (self);
}

void
wf_paged_list_requery (WfPagedList *self)
{
  g_return_if_fail (WF_IS_PAGED_LIST (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->n_recent = 0;
  self->refresh = NULL;
  self->refresh_again = FALSE;
  self->other_query = TRUE;
  self->generation++;
  wf_paged_list_refresh (self);
}

void
wf_paged_list_detach (WfPagedList *self)
{
  g_return_if_fail (WF_IS_PAGED_LIST (self));
  g_cancellable_cancel (self->cancellable);
  self->source = NULL;
}

gboolean
wf_paged_list_is_loaded (WfPagedList *self)
{
  g_return_val_if_fail (WF_IS_PAGED_LIST (self), FALSE);
  return self->loaded;
}

const GError *
wf_paged_list_get_error (WfPagedList *self)
{
  g_return_val_if_fail (WF_IS_PAGED_LIST (self), NULL);
  return self->error;
}

guint
wf_paged_list_get_section_size (WfPagedList *self, guint section)
{
  g_return_val_if_fail (WF_IS_PAGED_LIST (self) && section < self->reader->n_sections, 0);
  return self->sections[section]->len;
}

guint
wf_paged_list_find (WfPagedList *self, const char *key)
{
  g_return_val_if_fail (WF_IS_PAGED_LIST (self), GTK_INVALID_LIST_POSITION);
  WfPagedItem *item = g_hash_table_lookup (self->by_key, key);

  return item != NULL ? wf_paged_list_find_item (self, item) : GTK_INVALID_LIST_POSITION;
}

WfPagedItem *
wf_paged_list_peek (WfPagedList *self, guint position)
{
  g_return_val_if_fail (WF_IS_PAGED_LIST (self), NULL);
  guint section, start;

  return locate (self, &position, &section, &start) ? self->sections[section]->pdata[position]
                                                    : NULL;
}

guint
wf_paged_list_find_item (WfPagedList *self, WfPagedItem *item)
{
  g_return_val_if_fail (WF_IS_PAGED_LIST (self), GTK_INVALID_LIST_POSITION);
  guint section = wf_paged_item_get_section (item), position;

  if (section >= self->reader->n_sections ||
      !g_ptr_array_find (self->sections[section], item, &position))
    return GTK_INVALID_LIST_POSITION;
  return get_start (self, section) + position;
}

const char *
wf_paged_list_get_key (WfPagedList *self, WfPagedItem *item)
{
  g_return_val_if_fail (WF_IS_PAGED_LIST (self), NULL);
  gpointer row = wf_paged_item_get_row (item);

  return row != NULL ? self->reader->get_key (row) : NULL;
}
