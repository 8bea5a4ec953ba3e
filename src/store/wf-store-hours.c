/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many deadlines lie in each hour: kept up to date with the activities, for the calendar. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* Hours, because days begin elsewhere in each zone; where a zone is half an hour off, the rest is counted in the indexes of
 * the activities. */

static guint
hour_count_hash (gconstpointer key)
{
  const WfHourCount *count = key;

  return (guint) (count->hour * 31 + count->origin);
}

static gboolean
hour_count_equal (gconstpointer a, gconstpointer b)
{
  const WfHourCount *x = a, *y = b;

  return x->hour == y->hour && x->origin == y->origin;
}

GHashTable *
wf_store_hour_counts_new (void)
{
  return g_hash_table_new_full (hour_count_hash, hour_count_equal, g_free, NULL);
}

static gint64
get_hour (WfInstant at)
{
  return at / G_TIME_SPAN_HOUR - (at % G_TIME_SPAN_HOUR < 0);
}

void
wf_store_count_hour (WfStore *self, const WfDueRow *row, int sign)
{
  WfHourCount key = { .origin = row->origin };
  WfHourCount *count;

  if (row->due == WF_INSTANT_NONE)
    return;
  key.hour = get_hour (row->due);
  count = g_hash_table_lookup (self->hour_counts, &key);
  if (count == NULL)
    {
      count = g_new0 (WfHourCount, 1);
      *count = key;
      g_hash_table_add (self->hour_counts, count);
    }
  if (row->status == WF_ACTIVITY_OPEN)
    count->open += sign;
  else if (row->status != WF_ACTIVITY_DONE)
    count->closed += sign;
  else
    {
      count->done += sign;
      if (row->completed != WF_INSTANT_NONE && row->completed > row->due)
        count->done_late += sign;
    }
}

static gboolean
write_hour_count (WfStore *self, const WfHourCount *count, GError **error)
{
  g_auto (WfStatement) add = wf_store_prepare (
      self,
      "INSERT INTO due_hours (hour, origin, open, done, done_late, closed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (hour, origin) DO UPDATE SET open = open + ?3, done = done + ?4, done_late = done_late + ?5,"
      " closed = closed + ?6");

  sqlite3_bind_int64 (add, 1, count->hour);
  sqlite3_bind_int64 (add, 2, count->origin);
  sqlite3_bind_int (add, 3, count->open);
  sqlite3_bind_int (add, 4, count->done);
  sqlite3_bind_int (add, 5, count->done_late);
  sqlite3_bind_int (add, 6, count->closed);
  return wf_store_run (self, add, error);
}

gboolean
wf_store_flush_hours (WfStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->hour_counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const WfHourCount *count = key;

      if ((count->open != 0 || count->done != 0 || count->done_late != 0 || count->closed != 0) &&
          !write_hour_count (self, count, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->hour_counts);
  return TRUE;
}

static void
add_hours (WfStore *self, const WfActivityQuery *query, gint64 from, gint64 until,
           WfDayFigures *figures)
{
  gint64 origin = query->origin != NULL ? wf_store_find_name (self, query->origin) : 0;
  g_auto (WfStatement) sum = wf_store_prepare (
      self,
      "SELECT sum(open), sum(done), sum(done_late), sum(closed) FROM due_hours WHERE hour >= ?1 AND hour < ?2"
      " AND (?3 = 0 OR origin = ?4 OR (origin = 0 AND ?3 = 2))");

  sqlite3_bind_int64 (sum, 1, from);
  sqlite3_bind_int64 (sum, 2, until);
  sqlite3_bind_int (sum, 3, query->origin == NULL ? 0 : g_str_equal (query->origin, "web") ? 2 : 1);
  sqlite3_bind_int64 (sum, 4, origin != 0 ? origin : -1);
  if (!wf_store_step (self, sum))
    return;
  figures->open += (guint) sqlite3_column_int64 (sum, 0);
  figures->done += (guint) sqlite3_column_int64 (sum, 1);
  figures->done_late += (guint) sqlite3_column_int64 (sum, 2);
  figures->closed += (guint) sqlite3_column_int64 (sum, 3);
}

/* Adds what is due in [from, until): whole hours from the table, the rest from the indexes. Of the query the origin counts;
 * open ones whose time to be seen is still ahead are among them. */
void
wf_store_add_hours (WfStore *self, const WfActivityQuery *query, WfInstant from, WfInstant until,
                    WfDayFigures *figures)
{
  WfActivityQuery all = { .scope = WF_ACTIVITIES_ALL, .origin = query->origin, .now = query->now };
  gint64 first = get_hour (from - 1) + 1, last = get_hour (until);

  if (from >= until)
    return;
  if (first >= last)
    {
      wf_store_count_figures (self, &all, from, until, figures);
      return;
    }
  wf_store_count_figures (self, &all, from, first * G_TIME_SPAN_HOUR, figures);
  add_hours (self, query, first, last, figures);
  wf_store_count_figures (self, &all, last * G_TIME_SPAN_HOUR, until, figures);
}
