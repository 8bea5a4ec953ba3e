/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Showing what reminds now, and its receipts, also where nothing can be shown or written (S20, B11,
 * B12). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-reminder-show.h"

#include "wf-backoff.h"

#include <stdlib.h>

#define SHOW_AGAIN_AFTER G_TIME_SPAN_MINUTE
#define BURST G_TIME_SPAN_MINUTE

/* -- what this program has claimed ------------------------------------------------------------- */

static void
set_instant (GHashTable *table, const char *activity, WfInstant at)
{
  g_hash_table_replace (table, g_strdup (activity), g_memdup2 (&at, sizeof at));
}

static gboolean
remove_instant (GHashTable *table, const char *activity, WfInstant at)
{
  const WfInstant *known = g_hash_table_lookup (table, activity);

  return known != NULL && *known == at && g_hash_table_remove (table, activity);
}

void
wf_reminders_remember (WfRuntime *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (items, i);

      if (item->at != WF_INSTANT_NONE)
        set_instant (self->reminders.mine, item->activity->id, item->at);
    }
}

void
wf_reminders_release (WfRuntime *self, const char *activity, WfInstant at)
{
  remove_instant (self->reminders.mine, activity, at);
}

static GHashTable *
copy_instants (GHashTable *table)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id, at;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &id, &at))
    set_instant (copy, id, *(const WfInstant *) at);
  return copy;
}

/* -- many, one after the other ----------------------------------------------------------------- */

static gboolean
was_just_now (WfInstant at, WfInstant now)
{
  return at != WF_INSTANT_NONE && llabs (now - at) < BURST;
}

static void
note_popped (WfRuntime *self, WfInstant now)
{
  WfReminders *reminders = &self->reminders;

  reminders->popped[reminders->n_popped++ % G_N_ELEMENTS (reminders->popped)] = now;
}

static gboolean
is_burst (WfRuntime *self, WfInstant now)
{
  const WfReminders *reminders = &self->reminders;

  if (was_just_now (reminders->caught_up, now))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (reminders->popped); i++)
    if (!was_just_now (reminders->popped[i], now))
      return FALSE;
  return TRUE;
}

WfReminderClaim *
wf_reminders_new_claim (WfRuntime *self)
{
  WfReminderClaim *claim = g_new0 (WfReminderClaim, 1);

  claim->mine = copy_instants (self->reminders.mine);
  claim->failed = copy_instants (self->reminders.failed);
  claim->together = is_burst (self, wf_clock_now (self->clock));
  return claim;
}

/* -- what could not be shown ------------------------------------------------------------------- */

static void
on_show_again (WfAlarmReason reason, gpointer user_data)
{
  WfRuntime *self = user_data;
  GHashTableIter iter;
  gpointer id, at;

  g_hash_table_iter_init (&iter, self->reminders.failed);
  while (g_hash_table_iter_next (&iter, &id, &at))
    wf_reminders_release (self, id, *(const WfInstant *) at);
  wf_messages_kick (self);
  wf_reminders_kick (self);
}

void
wf_reminders_note_not_shown (WfRuntime *self, const GError *error)
{
  WfReminders *reminders = &self->reminders;

  if (!reminders->not_shown_told)
    g_warning ("A notification could not be shown, and is tried again: %s",
               error != NULL ? error->message : "no reason given");
  reminders->not_shown_told = TRUE;
  if (self->stopped)
    return;
  if (reminders->failed_alarm == NULL)
    reminders->failed_alarm = wf_clock_new_alarm (self->clock, on_show_again, self);
  wf_alarm_set (reminders->failed_alarm, wf_clock_now (self->clock) + SHOW_AGAIN_AFTER);
}

void
wf_reminders_note_shown (WfRuntime *self)
{
  self->reminders.not_shown_told = FALSE;
}

void
wf_reminders_forget_failed (WfRuntime *self, const char *activity)
{
  const WfInstant *at = g_hash_table_lookup (self->reminders.failed, activity);

  if (at == NULL)
    return;
  wf_reminders_release (self, activity, *at);
  g_hash_table_remove (self->reminders.failed, activity);
}

/* They stay claimed, so that a next program knows of them, and this program's until they are tried
 * again. */
static void
note_failed (WfRuntime *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (items, i);

      if (item->at != WF_INSTANT_NONE)
        set_instant (self->reminders.failed, item->activity->id, item->at);
    }
}

static void
note_not_failed (WfRuntime *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (items, i);

      g_hash_table_remove (self->reminders.failed, item->activity->id);
    }
}

/* -- receipts ---------------------------------------------------------------------------------- */

static void write_receipts (WfRuntime *self);

static void
on_write_again (WfAlarmReason reason, gpointer user_data)
{
  write_receipts (user_data);
}

static void
refuse (WfRuntime *self, const GError *error)
{
  WfReminders *reminders = &self->reminders;

  if (reminders->n_refused == 0)
    g_warning ("What was shown cannot be noted, and is tried again: %s", error->message);
  if (reminders->receipts_alarm == NULL)
    reminders->receipts_alarm = wf_clock_new_alarm (self->clock, on_write_again, self);
  wf_alarm_set (reminders->receipts_alarm,
                wf_clock_now (self->clock) +
                    wf_backoff_delay (reminders->n_refused, 0, g_random_double ()));
  reminders->n_refused++;
}

static void
release_all (WfRuntime *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (items, i);

      wf_reminders_release (self, item->activity->id, item->at);
    }
}

/* n: the first ones are in the store now, which knows from them that they were shown. */
static void
accept (WfRuntime *self, guint n)
{
  WfReminders *reminders = &self->reminders;

  reminders->n_refused = 0;
  reminders->not_claimed = FALSE;
  g_clear_pointer (&reminders->receipts_alarm, wf_alarm_free);
  for (guint i = 0; i < n; i++)
    {
      const WfReminderReceipts *receipts = g_ptr_array_index (reminders->receipts, i);

      release_all (self, receipts->single);
      release_all (self, receipts->catch_up);
      reminders->shown_until = MAX (reminders->shown_until, receipts->now);
    }
  g_ptr_array_remove_range (reminders->receipts, 0, n);
}

static void
on_receipts_written (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (WfChanges) changes = result;
  WfReminders *reminders = &self->reminders;
  guint n = reminders->n_writing;

  reminders->n_writing = 0;
  if (self->stopped)
    return;
  if (error != NULL)
    refuse (self, error);
  else
    {
      accept (self, n);
      wf_runtime_announce (self, changes);
    }
  if (error == NULL && reminders->receipts->len > 0)
    write_receipts (self);
  if (reminders->again && !reminders->busy)
    wf_reminders_kick (self);
  if (error == NULL)
    wf_scheduler_kick (self);
}

/* One transaction at a time, for all that was shown by then: an older catch-up is never noted after
 * a newer one, and nothing twice. */
static void
write_receipts (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;
  GPtrArray *all;
  WfCommit *commit;

  if (self->stopped || reminders->n_writing > 0 || reminders->receipts->len == 0)
    return;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_reminder_receipts_unref);
  for (guint i = 0; i < reminders->receipts->len; i++)
    g_ptr_array_add (all, wf_reminder_receipts_ref (g_ptr_array_index (reminders->receipts, i)));
  reminders->n_writing = all->len;
  commit = wf_runtime_new_commit (self);
  commit->arguments = all;
  commit->arguments_free = (GDestroyNotify) g_ptr_array_unref;
  wf_runtime_write (self, wf_reminder_receipts_job, commit, (GDestroyNotify) wf_commit_free,
                    (GDestroyNotify) wf_changes_free, on_receipts_written, NULL);
}

/* -- showing ----------------------------------------------------------------------------------- */

static gboolean
is_named (const GPtrArray *items, const char *activity)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((const WfDueReminder *) g_ptr_array_index (items, i))->activity->id,
                     activity))
      return TRUE;
  return FALSE;
}

/* The store does not know yet what the catch-up on the screen names: it goes into the new one. */
static void
take_up_unwritten (WfRuntime *self, GPtrArray *items, WfInstant now)
{
  for (guint i = 0; i < self->reminders.receipts->len; i++)
    {
      const WfReminderReceipts *receipts = g_ptr_array_index (self->reminders.receipts, i);

      for (guint j = 0; j < receipts->catch_up->len; j++)
        {
          const WfDueReminder *shown = g_ptr_array_index (receipts->catch_up, j);
          WfDueReminder *item;

          if (is_named (items, shown->activity->id))
            continue;
          item = g_new0 (WfDueReminder, 1);
          item->activity = wf_activity_ref (shown->activity);
          item->at = WF_INSTANT_NONE;
          g_ptr_array_add (items, item);
        }
    }
  wf_due_reminders_sort (items, now);
}

/* What only joins a catch-up that has popped up just now. */
static gboolean
only_joins (WfRuntime *self, const GPtrArray *items, WfInstant now)
{
  if (!was_just_now (self->reminders.catch_up_popped, now))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (items, i);

      if (item->at != WF_INSTANT_NONE && !wf_due_reminder_is_missed (item, now))
        return FALSE;
    }
  return TRUE;
}

static void
note_catch_up (WfRuntime *self, gboolean quiet, WfInstant now)
{
  self->reminders.caught_up = now;
  if (!quiet)
    self->reminders.catch_up_popped = now;
}

static void
show_catch_up (WfRuntime *self, GPtrArray *items, gboolean quiet, WfReminderReceipts *receipts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) activities = NULL;

  take_up_unwritten (self, items, receipts->now);
  quiet = quiet || only_joins (self, items, receipts->now);
  activities = wf_due_reminders_list_activities (items);
  if (!wf_notifier_show_catch_up (self->notifier, activities, receipts->now, quiet, &error))
    {
      note_failed (self, items);
      wf_reminders_note_not_shown (self, error);
      return;
    }
  wf_reminders_note_shown (self);
  note_not_failed (self, items);
  note_catch_up (self, quiet, receipts->now);
  g_ptr_array_extend_and_steal (receipts->catch_up, g_ptr_array_ref (items));
}

static void
show_singles (WfRuntime *self, GPtrArray *items, gboolean quiet, WfReminderReceipts *receipts)
{
  g_autoptr (GPtrArray) failed = wf_due_reminders_list_new ();

  while (items->len > 0)
    {
      WfDueReminder *item = g_ptr_array_steal_index (items, 0);
      g_autoptr (GError) error = NULL;
      gboolean shown =
          wf_notifier_show_reminder (self->notifier, item->activity, receipts->now, quiet, &error);

      if (shown && wf_due_reminder_is_missed (item, receipts->now))
        note_popped (self, receipts->now);
      if (shown)
        wf_reminders_note_shown (self);
      else
        wf_reminders_note_not_shown (self, error);
      g_ptr_array_add (shown ? receipts->single : failed, item);
    }
  note_not_failed (self, receipts->single);
  note_failed (self, failed);
}

void
wf_reminders_show (WfRuntime *self, WfDueReminders *due)
{
  WfReminders *reminders = &self->reminders;
  WfReminderReceipts *receipts = wf_reminder_receipts_new (wf_clock_now (self->clock));
  gboolean quiet = wf_reminder_rules_is_quiet (reminders->rules, receipts->now, reminders->zone);

  wf_reminders_remember (self, due->single);
  wf_reminders_remember (self, due->catch_up);
  if (due->catch_up->len > 0)
    show_catch_up (self, due->catch_up, quiet, receipts);
  show_singles (self, due->single, quiet, receipts);
  if (receipts->single->len + receipts->catch_up->len == 0)
    {
      wf_reminder_receipts_unref (receipts);
      return;
    }
  g_ptr_array_add (reminders->receipts, receipts);
  /* While the store refuses them, the pause is kept. */
  if (reminders->n_refused == 0)
    write_receipts (self);
}

/* -- the part's life --------------------------------------------------------------------------- */

void
wf_reminders_init_show (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;

  reminders->receipts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_reminder_receipts_unref);
  reminders->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reminders->caught_up = reminders->catch_up_popped = WF_INSTANT_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (reminders->popped); i++)
    reminders->popped[i] = WF_INSTANT_NONE;
}

void
wf_reminders_clear_show (WfRuntime *self)
{
  g_clear_pointer (&self->reminders.receipts_alarm, wf_alarm_free);
  g_clear_pointer (&self->reminders.failed_alarm, wf_alarm_free);
}
