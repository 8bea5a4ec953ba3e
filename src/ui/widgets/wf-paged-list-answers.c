/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the answers of a refresh become the list: what is known keeps its item, and only what somebody sees is told as changed. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-paged-list-private.h"

#include <gtk/gtk.h>

/* Pages that a refresh reads beside the first ones: with those of rows that somebody has had for longer, the focused one and those
 * selected. */
#define MOST_READ 8

/* ---- the sections that were answered ---- */

/* A place in a section and in the whole list. */
typedef struct
{
  guint section;
  guint index;
  guint position;
} WfPagedIndex;

static guint
get_start (GPtrArray **sections, guint section)
{
  guint start = 0;

  for (guint i = 0; i < section; i++)
    start += sections[i]->len;
  return start;
}

/* Who waits there for a row; NULL when nobody does. */
static WfPagedItem *
get_waiting (WfPagedList *self, guint section, guint index)
{
  GPtrArray *slots = self->sections[section];
  WfPagedItem *item = index < slots->len ? slots->pdata[index] : NULL;

  return item != NULL && wf_paged_item_get_row (item) == NULL ? item : NULL;
}

/* Policy. After a refresh a row that is known keeps its item, so that what is on the screen moves with it. The rows of another query
 * are others: there each place of the whole list keeps its item and gets another row, whatever the section, because a list view makes
 * new widgets for new items, and that takes twenty times as long as showing other texts in those that it has. old: all places. */
static WfPagedItem *
choose_item (WfPagedList *self, GPtrArray *old, WfPagedIndex at, const char *key)
{
  WfPagedItem *item = NULL;

  if (self->other_query)
    return at.position < old->len ? old->pdata[at.position] : NULL;
  item = g_hash_table_lookup (self->by_key, key);
  return item != NULL ? item : get_waiting (self, at.section, at.index);
}

/* The sections as the refresh found them. old: all places as they were. */
static GPtrArray **
make_sections (WfPagedList *self, WfPagedRefresh *refresh, GPtrArray *old, GHashTable *by_key)
{
  guint n = self->reader->n_sections;
  GPtrArray **sections = g_new0 (GPtrArray *, n);

  for (guint i = 0; i < n; i++)
    {
      sections[i] = g_ptr_array_sized_new (refresh->totals[i]);
      g_ptr_array_set_size (sections[i], (int) refresh->totals[i]);
    }
  for (guint i = 0; i < refresh->answers->len; i++)
    {
      const WfPagedAnswer *answer = refresh->answers->pdata[i];
      GPtrArray *slots = sections[answer->place.section];
      guint first = answer->place.page * self->reader->page_size;
      guint start = get_start (sections, answer->place.section);
      for (guint j = 0; j < answer->rows->len && first + j < slots->len; j++)
        {
          gpointer row = answer->rows->pdata[j];
          const char *key = self->reader->get_key (row);
          WfPagedItem *item;
          if (slots->pdata[first + j] != NULL || g_hash_table_contains (by_key, key))
            continue; /* the table changed between two pages: the next refresh puts it right */
          item = choose_item (
              self, old, (WfPagedIndex) { answer->place.section, first + j, start + first + j },
              key);
          slots->pdata[first + j] = item != NULL
                                        ? g_object_ref (item)
                                        : wf_paged_item_new (self->reader, answer->place.section);
          item = slots->pdata[first + j];
          wf_paged_item_set_section (item, answer->place.section);
          wf_paged_item_set_row (item, row);
          g_hash_table_replace (by_key, g_strdup (key), item);
        }
    }
  return sections;
}

/* All places in one array, borrowed. */
static GPtrArray *
flatten (GPtrArray **sections, guint n)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_extend (all, sections[i], NULL, NULL);
  return all;
}

static void
add_place (GArray *places, WfPagedPlace place)
{
  for (guint i = 0; i < places->len; i++)
    {
      const WfPagedPlace *known = &g_array_index (places, WfPagedPlace, i);
      if (known->section == place.section && known->page == place.page)
        return;
    }
  g_array_append_val (places, place);
}

/* Only the list itself has it: no row on the screen shows it, and nothing is selected there. */
static gboolean
is_unseen (WfPagedItem *item)
{
  return G_OBJECT (item)->ref_count == 1;
}

GArray *
wf_paged_list_list_further (WfPagedList *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (WfPagedPlace));

  g_array_append_vals (places, self->recent, self->n_recent);
  for (guint i = 0; i < self->reader->n_sections; i++)
    {
      GPtrArray *slots = self->sections[i];
      for (guint j = self->reader->page_size; j < slots->len && places->len < MOST_READ; j++)
        if (slots->pdata[j] != NULL && !is_unseen (slots->pdata[j]))
          add_place (places, (WfPagedPlace) { i, j / self->reader->page_size });
    }
  return places;
}

/* Those that anybody else has, before the sections of a refresh have them too. */
static GHashTable *
list_seen (WfPagedList *self)
{
  GHashTable *seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->reader->n_sections; i++)
    {
      GPtrArray *slots = self->sections[i];
      for (guint j = 0; j < slots->len; j++)
        if (slots->pdata[j] != NULL && !is_unseen (slots->pdata[j]))
          g_hash_table_add (seen, slots->pdata[j]);
    }
  return seen;
}

static gboolean
is_nobodys (GHashTable *seen, gpointer item)
{
  return item == NULL || !g_hash_table_contains (seen, item);
}

/* A place that nobody has seen may be anything now, but what somebody has. So a row less at the top of a long list is one change there,
 * and no row that was read further down is taken for another one: at the edges of the pages that are read again, rows move out of
 * them. */
static gboolean
looks_the_same (GHashTable *seen, gpointer before, gpointer now)
{
  return before == now || (is_nobodys (seen, before) && is_nobodys (seen, now));
}

/* How many places of the head, or the tail, are the same; no more than most. */
static guint
count_same (GHashTable *seen, GPtrArray *old, GPtrArray *now, gboolean tail, guint most)
{
  guint n = 0;

  while (n < most && looks_the_same (seen, old->pdata[tail ? old->len - 1 - n : n],
                                     now->pdata[tail ? now->len - 1 - n : n]))
    n++;
  return n;
}

/* Tells what differs as one change between the equal head and the equal tail. The tail first: at a row less above, those on the screen
 * are equal from the end and moved from the beginning. But the places of another query are equal from the beginning. */
static void
announce (WfPagedList *self, GHashTable *seen, GPtrArray *old, GPtrArray *now, gboolean tail_first,
          gboolean sections_moved)
{
  guint most = MIN (old->len, now->len);
  guint first = count_same (seen, old, now, tail_first, most);
  guint second = count_same (seen, old, now, !tail_first, most - first);
  guint position = tail_first ? second : first;
  guint removed = old->len - first - second, added = now->len - first - second;

  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify (G_OBJECT (self), "n-items");
  if (sections_moved && now->len > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, now->len);
}

/* What is seen of the query before, where the answer has nothing yet, waits for the row of the other one. */
static void
keep_places (WfPagedList *self, GHashTable *seen, GPtrArray *old, GArray *pages)
{
  guint position = 0;

  for (guint i = 0; i < self->reader->n_sections; i++)
    {
      GPtrArray *now = self->sections[i];
      for (guint j = 0; j < now->len && position < old->len; j++, position++)
        {
          WfPagedItem *item = old->pdata[position];
          if (now->pdata[j] != NULL || is_nobodys (seen, item))
            continue;
          now->pdata[j] = g_object_ref (item);
          wf_paged_item_set_section (item, i);
          wf_paged_item_set_row (item, NULL);
          add_place (pages, (WfPagedPlace) { i, j / self->reader->page_size });
        }
    }
}

/* Policy. Where a row has gone that somebody has, the row that stands there now takes its item, unless somebody has that one too: the
 * list view's focus stays at its place, and its row is not made anew. */
static void
hand_over (WfPagedList *self, GHashTable *seen, GHashTable *by_key, GPtrArray **old_sections)
{
  for (guint i = 0; i < self->reader->n_sections; i++)
    {
      GPtrArray *old = old_sections[i], *now = self->sections[i];
      for (guint j = 0; j < old->len && j < now->len; j++)
        {
          WfPagedItem *gone = old->pdata[j], *next = now->pdata[j];
          const char *key = is_nobodys (seen, gone) ? NULL : wf_paged_list_get_key (self, gone);
          gpointer row = next != NULL && next != gone ? wf_paged_item_get_row (next) : NULL;
          if (key == NULL || row == NULL || !is_nobodys (seen, next) ||
              g_hash_table_contains (by_key, key))
            continue;
          now->pdata[j] = g_object_ref (gone);
          wf_paged_item_set_row (gone, row);
          g_hash_table_replace (by_key, g_strdup (self->reader->get_key (row)), gone);
          g_object_unref (next);
          self->handed_over = TRUE;
        }
    }
}

/* Who waits for a row goes on waiting for the one that stands there now. Afterwards the pages are read again: an answer from before
 * the refresh is dropped. */
static void
keep_waiting (WfPagedList *self, GPtrArray **old_sections, GArray *pages)
{
  for (guint i = 0; i < self->reader->n_sections; i++)
    {
      GPtrArray *old = old_sections[i], *now = self->sections[i];
      guint last = G_MAXUINT;
      for (guint j = 0; j < old->len && j < now->len; j++)
        {
          const WfPagedPlace place = { i, j / self->reader->page_size };
          if (old->pdata[j] == NULL || now->pdata[j] != NULL ||
              wf_paged_item_get_row (old->pdata[j]) != NULL)
            continue;
          now->pdata[j] = g_object_ref (old->pdata[j]);
          if (place.page != last)
            add_place (pages, place);
          last = place.page;
        }
    }
}

/* ---- rows beside those that were read again ---- */

/* What a refresh did to one section. */
typedef struct
{
  WfPagedList *self;
  GHashTable *seen;   /* borrowed */
  GHashTable *by_key; /* borrowed: of all that is placed */
  GHashTable *places; /* (owned) item of the old ones that was placed -> its index + 1 */
  GPtrArray *old, *now;
  GArray *pages; /* borrowed: to be read again */
  guint section;
} Beside;

/* Somebody has it, and no page that was read again says where it is now. */
static gboolean
is_lost (Beside *beside, WfPagedItem *item)
{
  gpointer row = item != NULL ? wf_paged_item_get_row (item) : NULL;

  return row != NULL && g_hash_table_contains (beside->seen, item) &&
         !g_hash_table_contains (beside->by_key, beside->self->reader->get_key (row));
}

/* index: of a row in the old section; place: where its neighbour stands now. FALSE: it has no place there. */
static gboolean
keep_beside (Beside *beside, guint index, guint place, int direction)
{
  WfPagedItem *item = beside->old->pdata[index];

  if ((direction < 0 && place == 0) || (direction > 0 && place + 1 >= beside->now->len))
    return FALSE;
  place += (guint) direction;
  if (beside->now->pdata[place] != NULL || !is_lost (beside, item))
    return FALSE;
  beside->now->pdata[place] = g_object_ref (item);
  g_hash_table_insert (beside->places, item, GUINT_TO_POINTER (place + 1));
  g_hash_table_replace (beside->by_key, g_strdup (wf_paged_list_get_key (beside->self, item)),
                        item);
  add_place (beside->pages,
             (WfPagedPlace) { beside->section, place / beside->self->reader->page_size });
  return TRUE;
}

static void
walk_beside (Beside *beside, int direction)
{
  guint before = 0, n_kept = 0; /* before: where the last one stands now, + 1 */

  for (guint i = 0; i < beside->old->len; i++)
    {
      guint index = direction > 0 ? i : beside->old->len - 1 - i;
      gpointer item = beside->old->pdata[index];
      guint place = item != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (beside->places, item))
                                 : 0;

      if (place != 0)
        n_kept = 0;
      else if (before != 0 && n_kept < WF_PAGED_MOST_ALIVE &&
               keep_beside (beside, index, before - 1, direction))
        {
          place = before + (guint) direction;
          n_kept++;
        }
      before = place;
    }
}

/* Policy. When the list moves by some rows, those on the screen move over the edges of the pages that are read again. What somebody
 * has, beside a row that was read, goes with it, and its page is read next: else a list view would make all of its rows anew. */
static void
keep_neighbours (WfPagedList *self, GHashTable *seen, GHashTable *by_key, GPtrArray **old_sections,
                 GArray *pages)
{
  for (guint i = 0; i < self->reader->n_sections; i++)
    {
      g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
      Beside beside = { self, seen, by_key, places, old_sections[i], self->sections[i], pages, i };

      for (guint j = 0; j < beside.now->len; j++)
        if (beside.now->pdata[j] != NULL)
          g_hash_table_insert (places, beside.now->pdata[j], GUINT_TO_POINTER (j + 1));
      walk_beside (&beside, 1);
      walk_beside (&beside, -1);
    }
}

GArray *
wf_paged_list_take_answers (WfPagedList *self, WfPagedRefresh *refresh)
{
  guint n = self->reader->n_sections;
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray **old_sections = self->sections;
  g_autoptr (GPtrArray) old = flatten (old_sections, n);
  g_autoptr (GHashTable) seen = list_seen (self);
  GArray *again = g_array_new (FALSE, FALSE, sizeof (WfPagedPlace));
  gboolean other_query = self->other_query, moved = FALSE;

  self->sections = make_sections (self, refresh, old, by_key);
  if (other_query)
    keep_places (self, seen, old, again);
  else
    {
      keep_neighbours (self, seen, by_key, old_sections, again);
      hand_over (self, seen, by_key, old_sections);
      keep_waiting (self, old_sections, again);
    }
  self->other_query = FALSE; /* whoever is told may ask for another one */
  g_autoptr (GPtrArray) new_items = flatten (self->sections, n);
  for (guint i = 0; i < n; i++)
    moved = moved || old_sections[i]->len != self->sections[i]->len;
  g_hash_table_unref (self->by_key);
  self->by_key = g_steal_pointer (&by_key);
  announce (self, seen, old, new_items, !other_query, moved);
  wf_paged_list_forget (self, old_sections);
  return again;
}
