/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows what reminds now, once each, with a receipt (S6-S8, S20, B10-B12). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-reminder-plan.h"
#include "wf-reminder-show.h"

/* Notification policy.
 *   - A reminder is claimed in a transaction, then shown, then its receipt is written together with
 *     the next reminder of the activity: shown at (B11). Nothing is marked as shown that was not;
 *     one that could not be shown is tried again in a minute, for as long as there is nobody who
 *     takes it.
 *   - A store that cannot be written (full, damaged) keeps nothing from being shown: what is due is
 *     read instead of claimed until it can be, a minute ahead, since the next look is a minute away. This program
 *     remembers what it has shown, so that it is shown once, and writes the receipts after the
 *     pauses of wf_backoff_delay. Should the program end before it can, the next one shows it again.
 *   - It is claimed a moment ahead and kept ready, so that at its instant nothing stands between it
 *     and the screen: neither an import nor a large report makes it late. What happens to its
 *     activity in that moment takes it out again; were it shown meanwhile, that withdraws it.
 *   - After a crash a claimed one may or may not have been seen. It does not pop up again: it is
 *     named in a catch-up.
 *   - What was missed by more than two minutes (the computer slept, the program was closed),
 *     when it is more than one, comes as one catch-up, and so do more than three at the same
 *     time (B12): what can still be saved first, the nearest deadline before the others; then what
 *     is late, the latest deadline first. A catch-up that stands on the screen already is taken up:
 *     there is never a second.
 *   - What was missed and arrives one by one does not pop up one by one: after three of them within a
 *     minute, or a catch-up within the last one, the next ones join that, which pops up once a
 *     minute at most.
 *   - Within quiet hours (B23) it comes without a pop-up, also what is late.
 *   - While the person is away, activities that are held (B10) are claimed and not shown: they come
 *     in the catch-up at the return.
 *   - Only the signed-in person's open activities; what was completed elsewhere meanwhile is
 *     dropped with a receipt. */

static void
go_on (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;

  reminders->busy = FALSE;
  if (!self->stopped && reminders->again)
    wf_reminders_kick (self);
}

static void
collect_ids (const GPtrArray *items, GPtrArray *ids)
{
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (ids,
                     g_strdup (((WfDueReminder *) g_ptr_array_index (items, i))->activity->id));
}

/* -- at its instant ---------------------------------------------------------------------------- */

static void on_instant (WfAlarmReason reason, gpointer user_data);

/* There is an alarm only while something is ready: else the scheduler's is the only one. */
static void
arm (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;
  WfInstant next = WF_INSTANT_NONE;

  for (guint i = 0; i < reminders->ready->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (reminders->ready, i);

      if (next == WF_INSTANT_NONE || item->at < next)
        next = item->at;
    }
  if (next == WF_INSTANT_NONE)
    {
      g_clear_pointer (&reminders->alarm, wf_alarm_free);
      return;
    }
  if (reminders->alarm == NULL)
    reminders->alarm = wf_clock_new_alarm (self->clock, on_instant, self);
  wf_alarm_set (reminders->alarm, next);
}

typedef struct
{
  WfRuntime *runtime; /* (owned) */
  GPtrArray *ids;     /* (owned) of char * */
} Look;

static void
look_free (Look *self)
{
  g_object_unref (self->runtime);
  g_ptr_array_unref (self->ids);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
on_ready_looked_at (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  WfRuntime *self = look->runtime;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfDueReminders) due =
      wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  /* What is not due any more, or held now, is not this program's affair until it is claimed anew. */
  for (guint i = 0; i < look->ids->len; i++)
    g_hash_table_remove (self->reminders.mine, g_ptr_array_index (look->ids, i));
  if (error != NULL)
    g_warning ("What reminds now cannot be read: %s", error->message);
  self->reminders.n_showing--;
  if (!self->stopped && due != NULL)
    wf_reminders_show (self, due);
}

/* Takes those that are ready at an instant out, in order. */
static GPtrArray *
take_ready (WfRuntime *self, WfInstant until)
{
  GPtrArray *ready = self->reminders.ready;
  GPtrArray *due = wf_due_reminders_list_new ();

  for (guint i = ready->len; i > 0; i--)
    if (((WfDueReminder *) g_ptr_array_index (ready, i - 1))->at <= until)
      g_ptr_array_insert (due, 0, g_ptr_array_steal_index (ready, i - 1));
  return due;
}

/* What the clock has jumped over by far was missed: it is claimed anew, with the rest of that. */
static void
release_missed (WfRuntime *self)
{
  g_autoptr (GPtrArray) missed =
      take_ready (self, wf_clock_now (self->clock) - WF_REMINDER_MISSED_AFTER - 1);

  for (guint i = 0; i < missed->len; i++)
    g_hash_table_remove (self->reminders.mine,
                         ((WfDueReminder *) g_ptr_array_index (missed, i))->activity->id);
}

/* A few: each alone, without asking anybody. Takes commit and items. */
static void
show_ready (WfRuntime *self, WfCommit *commit, GPtrArray *items)
{
  g_autoptr (WfDueReminders) due = wf_due_reminders_new ();

  while (items->len > 0)
    {
      WfDueReminder *item = g_ptr_array_steal_index (items, 0);

      g_hash_table_remove (self->reminders.mine, item->activity->id);
      if (wf_reminder_is_held (commit, item->activity))
        wf_due_reminder_free (item);
      else
        g_ptr_array_add (due->single, item);
    }
  g_ptr_array_unref (items);
  wf_commit_free (commit);
  wf_reminders_show (self, due);
}

void
wf_reminders_forget (WfRuntime *self, const GPtrArray *ids)
{
  GPtrArray *ready = self->reminders.ready;

  for (guint i = 0; i < ids->len; i++)
    wf_reminders_forget_failed (self, g_ptr_array_index (ids, i));
  for (guint i = 0; ready->len > 0 && i < ids->len; i++)
    for (guint j = ready->len; j > 0; j--)
      {
        const WfDueReminder *item = g_ptr_array_index (ready, j - 1);
        const char *id = g_ptr_array_index (ids, i);

        if (!g_str_equal (item->activity->id, id))
          continue;
        g_hash_table_remove (self->reminders.mine, id);
        g_ptr_array_remove_index (ready, j - 1);
        arm (self);
      }
}

static void
on_instant (WfAlarmReason reason, gpointer user_data)
{
  WfRuntime *self = user_data;
  GPtrArray *due;
  WfCommit *commit;
  Look *look;

  release_missed (self);
  due = take_ready (self, wf_clock_now (self->clock));
  arm (self);
  if (due->len == 0)
    {
      g_ptr_array_unref (due);
      return;
    }
  commit = wf_runtime_new_commit (self);
  if (due->len <= WF_REMINDER_MOST_AT_ONCE)
    {
      show_ready (self, commit, due);
      return;
    }
  commit->arguments = due;
  commit->arguments_free = (GDestroyNotify) g_ptr_array_unref;
  look = g_new0 (Look, 1);
  look->runtime = g_object_ref (self);
  look->ids = g_ptr_array_new_with_free_func (g_free);
  collect_ids (due, look->ids);
  self->reminders.n_showing++;
  wf_store_thread_read_async (
      self->store, wf_reminder_look_job, commit, (GDestroyNotify) wf_commit_free,
      (GDestroyNotify) wf_due_reminders_free, self->cancellable, on_ready_looked_at, look);
}

/* -- claiming ---------------------------------------------------------------------------------- */

static void
keep_ready (WfRuntime *self, GPtrArray *ahead)
{
  if (ahead->len == 0)
    {
      g_ptr_array_unref (ahead);
      return;
    }
  wf_reminders_remember (self, ahead);
  g_ptr_array_extend_and_steal (self->reminders.ready, ahead);
  arm (self);
}

static WfCommit *
new_claim (WfRuntime *self)
{
  WfCommit *commit = wf_runtime_new_commit (self);

  commit->arguments = wf_reminders_new_claim (self);
  commit->arguments_free = (GDestroyNotify) wf_reminder_claim_free;
  return commit;
}

static void
take (WfRuntime *self, WfDueReminders *due)
{
  keep_ready (self, g_steal_pointer (&due->ahead));
  wf_reminders_show (self, due);
  go_on (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfDueReminders) due =
      wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (!self->stopped && due != NULL)
    {
      take (self, due);
      return;
    }
  self->reminders.busy = FALSE;
  if (!self->stopped)
    g_warning ("What reminds now cannot be read: %s", error->message);
}

/* Nothing is lost by a store that cannot be written. */
static void
show_unclaimed (WfRuntime *self)
{
  wf_store_thread_read_async (
      self->store, wf_reminder_find_job, new_claim (self), (GDestroyNotify) wf_commit_free,
      (GDestroyNotify) wf_due_reminders_free, self->cancellable, on_found, g_object_ref (self));
}

static void
on_claimed (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (WfDueReminders) due = result;

  if (self->stopped)
    self->reminders.busy = FALSE;
  else if (error != NULL)
    {
      if (!self->reminders.not_claimed)
        g_warning ("Reminders are shown without being claimed: %s", error->message);
      self->reminders.not_claimed = TRUE;
      show_unclaimed (self);
    }
  else
    take (self, due);
}

/* Claiming nothing succeeds in any store, but looks too short a time ahead. Whether it can be written
 * again, receipts and the scheduler find out. */
static gboolean
is_store_refusing (WfRuntime *self)
{
  const WfReminders *reminders = &self->reminders;

  return reminders->n_refused > 0 || reminders->not_claimed || self->scheduler.refused;
}

void
wf_reminders_kick (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;

  if (self->stopped || self->notifier == NULL || self->person == NULL)
    return;
  /* The catch-up on the screen is known once its receipt is written, or could not be. */
  reminders->again = reminders->busy || reminders->n_writing > 0;
  if (reminders->again)
    return;
  reminders->busy = TRUE;
  release_missed (self);
  if (is_store_refusing (self))
    {
      show_unclaimed (self);
      return;
    }
  wf_runtime_write (self, wf_reminder_claim_job, new_claim (self), (GDestroyNotify) wf_commit_free,
                    (GDestroyNotify) wf_due_reminders_free, on_claimed, NULL);
}

void
wf_reminders_init_ready (WfRuntime *self)
{
  self->reminders.ready = wf_due_reminders_list_new ();
  self->reminders.mine = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  wf_reminders_init_show (self);
}

void
wf_reminders_clear (WfRuntime *self)
{
  g_clear_pointer (&self->reminders.alarm, wf_alarm_free);
  wf_reminders_clear_show (self);
  if (self->reminders.ready != NULL)
    g_ptr_array_set_size (self->reminders.ready, 0);
}

/* -- a catch-up that shrinks ------------------------------------------------------------------- */

static void
on_catch_up_read (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GPtrArray) activities = result;
  g_autoptr (GError) local_error = NULL;

  self->reminders.catch_up_busy = FALSE;
  if (self->stopped || error != NULL)
    return;
  if (activities->len == 0)
    wf_notifier_withdraw (self->notifier, WF_NOTIFIER_CATCH_UP);
  else if (!wf_notifier_show_catch_up (self->notifier, activities, wf_clock_now (self->clock), TRUE,
                                       &local_error))
    g_warning ("The catch-up could not be brought up to date: %s",
               local_error != NULL ? local_error->message : "no reason given");
}

/* Something that it names is not open any more: it says so, without popping up again. */
void
wf_reminders_update_catch_up (WfRuntime *self)
{
  if (self->stopped || self->notifier == NULL || self->reminders.catch_up_busy)
    return;
  self->reminders.catch_up_busy = TRUE;
  wf_runtime_write (self, wf_reminder_catch_up_job, wf_runtime_new_commit (self),
                    (GDestroyNotify) wf_commit_free, (GDestroyNotify) g_ptr_array_unref,
                    on_catch_up_read, NULL);
}
