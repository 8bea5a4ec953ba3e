/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who held an activity, and since when (S9). */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* Most activities stay with one person: there are rows only of those that did not, and the first change writes two. Who had
 * one from its creation on counts as its first holder. */

/* By the CRM's own word, where an event tells that somebody else got something; else by the clock of the transaction. */
static WfInstant
get_time_of_change (WfStore *self, const WfActivity *before)
{
  const WfLastEvent *last = &self->last_event;

  if (last->id != 0 && g_str_has_suffix (wf_event_get_event_type (last->event), ".reassigned"))
    return wf_event_get_time (last->event);
  if (self->now != WF_INSTANT_NONE)
    return self->now;
  return last->id != 0 ? last->received : before->created;
}

/* *since WF_INSTANT_NONE: nobody was noted yet. */
static gboolean
read_last (WfStore *self, gint64 activity, WfInstant *since, GError **error)
{
  gboolean row = FALSE;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT max(since) FROM holders WHERE activity = ?");

  sqlite3_bind_int64 (select, 1, activity);
  if (!wf_store_next_row (self, select, &row, error))
    return FALSE;
  *since = wf_column_instant (select, 0);
  return TRUE;
}

/* Two at one instant: the later word counts. */
static gboolean
write_holder (WfStore *self, gint64 activity, gint64 person, WfInstant since, GError **error)
{
  g_auto (WfStatement) write = wf_store_prepare (
      self, "INSERT OR REPLACE INTO holders (activity, since, person) VALUES (?, ?, ?)");

  sqlite3_bind_int64 (write, 1, activity);
  sqlite3_bind_int64 (write, 2, since);
  wf_bind_number (write, 3, person);
  return wf_store_run (self, write, error);
}

gboolean
wf_store_note_holder (WfStore *self, gint64 activity, const WfActivity *before, gint64 person,
                      GError **error)
{
  WfInstant at = get_time_of_change (self, before), last;

  if (!read_last (self, activity, &last, error))
    return FALSE;
  if (last == WF_INSTANT_NONE)
    {
      last = before->created != WF_INSTANT_NONE ? before->created : MAX (at, G_MININT64 + 2) - 1;
      if (!write_holder (self, activity, wf_store_find_name (self, before->person), last, error))
        return FALSE;
    }
  /* A clock that goes wrong does not change their order. */
  return write_holder (self, activity, person, MAX (MAX (at, last), G_MININT64 + 1), error);
}

/**
 * wf_store_list_holders:
 * @cancellable: (nullable): looked at now and then
 *
 * Result: (nullable): of WfHolder, in the order of number, then of since; owned by the caller. NULL with an error.
 */
GArray *
wf_store_list_holders (WfStore *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) holders = g_array_new (FALSE, FALSE, sizeof (WfHolder));
  gboolean row = FALSE;
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT activity, person, since FROM holders ORDER BY activity, since");

  while (wf_store_next_row (self, walk, &row, error))
    {
      WfHolder holder;

      if (!row)
        return g_steal_pointer (&holders);
      if ((holders->len & 4095) == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      holder = (WfHolder) { .number = sqlite3_column_int64 (walk, 0),
                            .person = (guint32) sqlite3_column_int64 (walk, 1),
                            .since = sqlite3_column_int64 (walk, 2) };
      g_array_append_val (holders, holder);
    }
  return NULL;
}
