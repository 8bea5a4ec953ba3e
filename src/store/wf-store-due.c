/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes due: reminders with their receipts, lateness, and the next instant of all. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#define FACT_LATE_UNTIL "late-until"
#define FACT_VISIBLE_UNTIL "visible-until"

void
wf_reminder_free (WfReminder *self)
{
  if (self == NULL)
    return;
  g_free (self->activity);
  g_free (self);
}

/* ---- reminders (S6-S8, S20) ---- */

typedef struct
{
  gint64 no, person;
  gboolean open;
} ActivityRow;

static gboolean
find_activity (WfStore *self, const char *id, ActivityRow *row, GError **error)
{
  WfKey key;
  g_auto (WfStatement) find =
      wf_store_prepare (self, "SELECT no, person, status FROM activities WHERE no = ?");

  wf_key_init (&key, id);
  sqlite3_bind_int64 (find, 1, wf_store_find_activity (self, &key));
  if (wf_store_step (self, find))
    {
      row->no = sqlite3_column_int64 (find, 0);
      row->person = sqlite3_column_int64 (find, 1);
      row->open = sqlite3_column_int (find, 2) == WF_ACTIVITY_OPEN;
      return TRUE;
    }
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED, "There is no such activity");
  return FALSE;
}

static gboolean
remove_reminder (WfStore *self, gint64 activity, GError **error)
{
  g_auto (WfStatement) remove = wf_store_prepare (self, "DELETE FROM reminders WHERE activity = ?");

  sqlite3_bind_int64 (remove, 1, activity);
  return wf_store_run (self, remove, error);
}

gboolean
wf_store_reminder_follow (WfStore *self, gint64 activity, gboolean open, gint64 person,
                          GError **error)
{
  if (!open)
    return remove_reminder (self, activity, error);
  g_auto (WfStatement) update = wf_store_prepare (
      self, "UPDATE reminders SET person = ?1 WHERE activity = ?2 AND person IS NOT ?1");

  wf_bind_number (update, 1, person);
  sqlite3_bind_int64 (update, 2, activity);
  return wf_store_run (self, update, error);
}

gboolean
wf_store_set_reminder (WfStore *self, const char *activity, WfInstant at, GError **error)
{
  ActivityRow row;

  if (!wf_store_expect_transaction (self, error) || !find_activity (self, activity, &row, error))
    return FALSE;
  if (at == WF_INSTANT_NONE || !row.open)
    return remove_reminder (self, row.no, error);
  g_auto (WfStatement) set = wf_store_prepare (
      self, "INSERT OR REPLACE INTO reminders (activity, person, at, claimed) VALUES (?, ?, ?, 0)");

  sqlite3_bind_int64 (set, 1, row.no);
  wf_bind_number (set, 2, row.person);
  sqlite3_bind_int64 (set, 3, at);
  return wf_store_run (self, set, error);
}

GPtrArray *
wf_store_list_reminders_due (WfStore *self, const char *person, WfInstant until, guint most)
{
  GPtrArray *reminders = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_reminder_free);
  gint64 number = wf_store_find_name (self, person);
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT a.id, at, claimed FROM (SELECT activity, at, claimed FROM reminders INDEXED BY reminders_person"
      " WHERE person = ?1 AND claimed = 0 AND at <= ?2 UNION ALL"
      " SELECT activity, at, claimed FROM reminders INDEXED BY reminders_person"
      " WHERE person = ?1 AND claimed = 1 AND at <= ?2 ORDER BY at, activity LIMIT ?3)"
      " CROSS JOIN activities a ON a.no = activity ORDER BY at, activity");

  sqlite3_bind_int64 (select, 1, number);
  sqlite3_bind_int64 (select, 2, until);
  sqlite3_bind_int64 (select, 3, most);
  while (number != 0 && wf_store_step (self, select))
    {
      WfReminder *reminder = g_new0 (WfReminder, 1);

      reminder->activity = wf_column_dup_key (select, 0);
      reminder->at = wf_column_instant (select, 1);
      reminder->claimed = sqlite3_column_int (select, 2) != 0;
      g_ptr_array_add (reminders, reminder);
    }
  return reminders;
}

/**
 * wf_store_claim_reminder:
 * @at: the instant that was listed: a reminder that was moved meanwhile is not claimed
 *
 * Notes that it is going to be shown, so that after a crash it is known to be uncertain. FALSE with an error when there is
 * no such reminder.
 */
gboolean
wf_store_claim_reminder (WfStore *self, const char *activity, WfInstant at, GError **error)
{
  ActivityRow row;

  if (!wf_store_expect_transaction (self, error) || !find_activity (self, activity, &row, error))
    return FALSE;
  g_auto (WfStatement) claim =
      wf_store_prepare (self, "UPDATE reminders SET claimed = 1 WHERE activity = ? AND at = ?");

  sqlite3_bind_int64 (claim, 1, row.no);
  sqlite3_bind_int64 (claim, 2, at);
  if (!wf_store_run (self, claim, error))
    return FALSE;
  if (sqlite3_changes (self->db) == 1)
    return TRUE;
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED, "There is no such reminder any more");
  return FALSE;
}

/**
 * wf_store_finish_reminder:
 * @shown: when it was shown; WF_INSTANT_NONE: it was not needed any more
 */
gboolean
wf_store_finish_reminder (WfStore *self, const char *activity, WfInstant shown, GError **error)
{
  return wf_store_finish_reminder_as (
      self, activity, shown == WF_INSTANT_NONE ? WF_RECEIPT_NOT_NEEDED : WF_RECEIPT_SHOWN, shown,
      error);
}

/**
 * wf_store_finish_reminder_as:
 * @kind: what became of the waiting reminder
 * @shown: when it was shown, or, snoozed, when it comes again; WF_INSTANT_NONE: it was not needed any more
 *
 * The waiting reminder is over, and a receipt with its instant tells so; without a waiting one nothing is changed. FALSE
 * with an error when there is no such activity.
 */
gboolean
wf_store_finish_reminder_as (WfStore *self, const char *activity, WfReceiptKind kind,
                             WfInstant shown, GError **error)
{
  ActivityRow row;

  if (!wf_store_expect_transaction (self, error) || !find_activity (self, activity, &row, error))
    return FALSE;
  g_auto (WfStatement) receipt = wf_store_prepare (
      self,
      "INSERT INTO receipts (activity, at, shown, kind) SELECT activity, at, ?, ? FROM reminders WHERE activity = ?");

  wf_bind_instant (receipt, 1, shown);
  sqlite3_bind_int (receipt, 2, kind);
  sqlite3_bind_int64 (receipt, 3, row.no);
  wf_store_touch_facts (self, row.no, NULL);
  return wf_store_run (self, receipt, error) && remove_reminder (self, row.no, error);
}

/**
 * wf_store_add_receipt:
 *
 * Notes what happened to a reminder (B11) and leaves the waiting one as it is. FALSE with an error when there is no such
 * activity.
 */
gboolean
wf_store_add_receipt (WfStore *self, const char *activity, const WfReceipt *receipt, GError **error)
{
  ActivityRow row;

  if (!wf_store_expect_transaction (self, error) || !find_activity (self, activity, &row, error))
    return FALSE;
  g_auto (WfStatement) insert = wf_store_prepare (
      self, "INSERT INTO receipts (activity, at, shown, kind) VALUES (?, ?, ?, ?)");

  sqlite3_bind_int64 (insert, 1, row.no);
  sqlite3_bind_int64 (insert, 2, receipt->at);
  wf_bind_instant (insert, 3, receipt->shown);
  sqlite3_bind_int (insert, 4, receipt->kind);
  wf_store_touch_facts (self, row.no, NULL);
  return wf_store_run (self, insert, error);
}

/**
 * wf_store_list_receipts:
 *
 * Result: of WfReceipt; owned by the caller.
 */
GArray *
wf_store_list_receipts (WfStore *self, const char *activity)
{
  GArray *receipts = g_array_new (FALSE, FALSE, sizeof (WfReceipt));
  WfKey key;
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT at, shown, kind FROM receipts WHERE activity = ? ORDER BY no");

  wf_key_init (&key, activity);
  sqlite3_bind_int64 (select, 1, wf_store_find_activity (self, &key));
  while (wf_store_step (self, select))
    {
      WfReceipt receipt = { wf_column_instant (select, 0), wf_column_instant (select, 1),
                            (WfReceiptKind) sqlite3_column_int (select, 2) };

      g_array_append_val (receipts, receipt);
    }
  return receipts;
}

WfInstant
wf_store_get_reminder (WfStore *self, const char *activity)
{
  WfKey key;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT at FROM reminders WHERE activity = ?");

  wf_key_init (&key, activity);
  sqlite3_bind_int64 (select, 1, wf_store_find_activity (self, &key));
  return wf_store_step (self, select) ? wf_column_instant (select, 0) : WF_INSTANT_NONE;
}

WfInstant
wf_store_get_next_reminder (WfStore *self, const char *person)
{
  gint64 number = wf_store_find_name (self, person);
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT at FROM reminders INDEXED BY reminders_person WHERE person = ? AND claimed = 0 ORDER BY at LIMIT 1");

  sqlite3_bind_int64 (select, 1, number);
  return number != 0 && wf_store_step (self, select) ? wf_column_instant (select, 0)
                                                     : WF_INSTANT_NONE;
}

/* ---- lateness (S22) ---- */

/* Policy. "Became late" is told once an activity. Instead of a mark in each row there is a watermark: all open activities
 * with a deadline before it were told. What an activity's change means for that is decided in wf_store_put_activity. */

static WfInstant
read_instant (WfStore *self, const char *fact)
{
  g_autofree char *text = wf_store_get_fact (self, fact);

  return text == NULL ? WF_INSTANT_NONE : g_ascii_strtoll (text, NULL, 10);
}

static gboolean
write_instant (WfStore *self, const char *fact, WfInstant instant, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, instant);

  return wf_store_set_fact (self, fact, text, error);
}

WfInstant
wf_store_get_late_watermark (WfStore *self)
{
  if (!self->has_watermark || !self->in_transaction)
    self->late_until = read_instant (self, FACT_LATE_UNTIL);
  self->has_watermark = TRUE;
  return self->late_until;
}

static gboolean
mark_told (WfStore *self, gint64 activity, GError **error)
{
  g_auto (WfStatement) update =
      wf_store_prepare (self, "UPDATE activities SET late = 2 WHERE no = ?");

  sqlite3_bind_int64 (update, 1, activity);
  return wf_store_run (self, update, error);
}

/* Appends what became late, and the numbers of its rows: those watched one by one, then those by the watermark. */
static void
find_late (WfStore *self, WfInstant now, guint most, GPtrArray *activities, GArray *numbers)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT " WF_ACTIVITY_COLUMNS
      ", a.no, a.late FROM (SELECT no AS number, due AS d FROM activities"
      " INDEXED BY activities_watched WHERE late = 1 AND due < ?1 AND status = 0 UNION ALL"
      " SELECT no, due FROM activities INDEXED BY activities_open WHERE status = 0 AND due >= ?2 AND due < ?1"
      " AND +late = 0 ORDER BY d, number LIMIT ?3) CROSS JOIN activities a ON a.no = number ORDER BY d, number");

  sqlite3_bind_int64 (select, 1, now);
  sqlite3_bind_int64 (select, 2, MAX (wf_store_get_late_watermark (self), G_MININT64 + 1));
  sqlite3_bind_int64 (select, 3, most);
  while (wf_store_step (self, select))
    {
      WfActivity *activity = wf_store_read_activity (self, select);
      gint64 no = sqlite3_column_int64 (select, WF_ACTIVITY_N_COLUMNS);

      if (activity == NULL)
        continue;
      g_ptr_array_add (activities, activity);
      g_array_append_val (numbers, no);
    }
}

/* The watermark goes to now when all were taken; else to the last one taken, and those exactly there are marked. */
static gboolean
tell (WfStore *self, WfInstant now, guint most, GPtrArray *activities, GArray *numbers,
      GError **error)
{
  WfInstant told = wf_store_get_late_watermark (self), until = now;

  if (activities->len == most && most > 0)
    until = ((WfActivity *) g_ptr_array_index (activities, most - 1))->due;
  for (guint i = 0; i < activities->len; i++)
    {
      WfInstant due = ((WfActivity *) g_ptr_array_index (activities, i))->due;

      if ((due < told || due >= until) &&
          !mark_told (self, g_array_index (numbers, gint64, i), error))
        return FALSE;
    }
  if (activities->len == 0 || (told != WF_INSTANT_NONE && until <= told))
    return TRUE;
  self->late_until = until;
  return write_instant (self, FACT_LATE_UNTIL, until, error);
}

/* ---- the next instant ---- */

static WfInstant
earlier (WfInstant a, WfInstant b)
{
  if (a == WF_INSTANT_NONE || b == WF_INSTANT_NONE)
    return a == WF_INSTANT_NONE ? b : a;
  return MIN (a, b);
}

static WfInstant
first_after (WfStore *self, const char *sql, WfInstant from)
{
  g_auto (WfStatement) select = wf_store_prepare (self, sql);

  sqlite3_bind_int64 (select, 1, MAX (from, G_MININT64 + 1));
  return wf_store_step (self, select) ? wf_column_instant (select, 0) : WF_INSTANT_NONE;
}

/* An activity is late from the first microsecond after its deadline (S22). */
static WfInstant
get_next_lateness (WfStore *self)
{
  WfInstant due = earlier (
      first_after (
          self,
          "SELECT due FROM activities INDEXED BY activities_watched WHERE late = 1 AND status = 0 AND due > ?"
          " ORDER BY due LIMIT 1",
          WF_INSTANT_NONE),
      first_after (
          self,
          "SELECT due FROM activities INDEXED BY activities_open WHERE status = 0 AND due >= ? AND +late = 0"
          " ORDER BY due LIMIT 1",
          wf_store_get_late_watermark (self)));

  return due == WF_INSTANT_NONE ? due : due + 1;
}

static WfInstant
get_next_visible (WfStore *self)
{
  return first_after (
      self,
      "SELECT visible_from FROM activities INDEXED BY activities_visible WHERE status = 0"
      " AND visible_from IS NOT NULL AND visible_from > ? ORDER BY visible_from LIMIT 1",
      read_instant (self, FACT_VISIBLE_UNTIL));
}

/* Activities that became visible need no telling, but are not "next" any more. */
static gboolean
pass_visible (WfStore *self, WfInstant now, GError **error)
{
  WfInstant next = get_next_visible (self);

  return next == WF_INSTANT_NONE || next > now ||
         write_instant (self, FACT_VISIBLE_UNTIL, now, error);
}

GPtrArray *
wf_store_take_became_late (WfStore *self, WfInstant now, guint most, GError **error)
{
  g_autoptr (GPtrArray) activities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!wf_store_expect_transaction (self, error))
    return NULL;
  find_late (self, now, most, activities, numbers);
  if (!tell (self, now, most, activities, numbers, error) || !pass_visible (self, now, error))
    return NULL;
  return g_steal_pointer (&activities);
}

/**
 * wf_store_get_next_due:
 * @person: (nullable): whose reminders count; NULL: nobody's
 */
WfInstant
wf_store_get_next_due (WfStore *self, const char *person)
{
  WfInstant event_run, run;

  wf_store_show_run (self);
  event_run = first_after (
      self,
      "SELECT run_due FROM inbox INDEXED BY inbox_due WHERE run_due IS NOT NULL AND run_finished = 0"
      " AND run_due > ? ORDER BY run_due LIMIT 1",
      WF_INSTANT_NONE);
  run = earlier (
      event_run,
      first_after (self,
                   "SELECT due FROM runs INDEXED BY runs_due WHERE due IS NOT NULL AND finished = 0"
                   " AND due > ? ORDER BY due LIMIT 1",
                   WF_INSTANT_NONE));
  run = earlier (run, earlier (wf_store_get_next_date (self), wf_store_get_next_release (self)));
  return earlier (earlier (run, get_next_visible (self)),
                  earlier (earlier (get_next_lateness (self), wf_store_get_outbox_next (self)),
                           wf_store_get_next_reminder (self, person)));
}
