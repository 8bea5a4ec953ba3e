/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows what reminds now, once each, with a receipt (S6-S8, S20, B10-B12). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-reminder-plan.h"
#include "wf-runtime-private.h"

#define MOST_REMINDERS 5000
#define MISSED_AFTER (2 * G_TIME_SPAN_MINUTE)
#define MOST_AT_ONCE 3
#define TRY_AGAIN_AFTER G_TIME_SPAN_MINUTE

/* Notification policy.
 *   - A reminder is claimed in a transaction, then shown, then its receipt is written together with
 *     the next reminder of the activity: shown at (B11). Nothing is marked as shown that was not;
 *     one that could not be shown is due again in a minute.
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
 *   - Within quiet hours (B23) it comes without a pop-up, also what is late.
 *   - While the person is away, activities that are held (B10) are claimed and not shown: they come
 *     in the catch-up at the return.
 *   - Only the signed-in person's open activities; what was completed elsewhere meanwhile is
 *     dropped with a receipt. */

/* -- which ------------------------------------------------------------------------------------- */

typedef struct
{
  WfActivity *activity; /* (owned) */
  WfInstant at;         /* when it was due; WF_INSTANT_NONE: it is in the catch-up on the screen */
  gboolean uncertain;   /* claimed before: it may have been seen, or it was held */
} Item;

typedef struct
{
  GPtrArray *single;   /* (owned) of Item: one notification each */
  GPtrArray *catch_up; /* (owned) of Item: one for all */
  GPtrArray *ahead;    /* (owned) of Item: claimed, their instant is near */
} Due;

static void
item_free (Item *self)
{
  wf_activity_unref (self->activity);
  g_free (self);
}

static GPtrArray *
items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
}

static void due_free (Due *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Due, due_free)

static Due *
due_new (void)
{
  Due *self = g_new0 (Due, 1);

  self->single = items_new ();
  self->catch_up = items_new ();
  self->ahead = items_new ();
  return self;
}

static void
due_free (Due *self)
{
  g_clear_pointer (&self->single, g_ptr_array_unref);
  g_clear_pointer (&self->catch_up, g_ptr_array_unref);
  g_clear_pointer (&self->ahead, g_ptr_array_unref);
  g_free (self);
}

static int
compare_urgency (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Item *first = *(Item *const *) a, *second = *(Item *const *) b;
  WfInstant now = *(const WfInstant *) user_data;
  gboolean first_late = first->activity->due < now, second_late = second->activity->due < now;
  WfInstant difference = first->activity->due - second->activity->due;

  if (first_late != second_late)
    return first_late ? 1 : -1;
  if (difference == 0)
    return g_strcmp0 (first->activity->id, second->activity->id);
  return (difference < 0) == first_late ? 1 : -1;
}

/* What the catch-up on the screen names and is still open goes into the new one. */
static void
take_up_present (WfCommit *commit, GPtrArray *catch_up)
{
  g_autoptr (GPtrArray) ids = wf_on_screen_dup_catch_up (commit);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < catch_up->len; i++)
    g_hash_table_add (known, ((Item *) g_ptr_array_index (catch_up, i))->activity->id);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (WfActivity) activity =
          g_hash_table_contains (known, id) ? NULL : wf_store_get_activity (commit->store, id);
      Item *item;

      if (activity == NULL || activity->status != WF_ACTIVITY_OPEN ||
          !wf_commit_is_own (commit, activity->person))
        continue;
      item = g_new0 (Item, 1);
      item->activity = g_steal_pointer (&activity);
      item->at = WF_INSTANT_NONE;
      g_ptr_array_add (catch_up, item);
    }
}

static gboolean
is_missed (const Item *item, WfInstant now)
{
  return item->uncertain || (item->at != WF_INSTANT_NONE && now - item->at > MISSED_AFTER);
}

static gboolean
has_to_be_together (const GPtrArray *items, WfInstant now)
{
  guint n_missed = 0;
  gboolean uncertain = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      n_missed += is_missed (item, now);
      uncertain |= item->uncertain;
    }
  return uncertain || n_missed > 1;
}

/* Takes items. */
static Due *
group (WfCommit *commit, GPtrArray *items)
{
  Due *due = due_new ();
  gboolean missed_together = has_to_be_together (items, commit->now);
  gsize n;
  Item **all = (Item **) g_ptr_array_steal (items, &n);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (
        missed_together && is_missed (all[i], commit->now) ? due->catch_up : due->single, all[i]);
  g_free (all);
  if (due->single->len > MOST_AT_ONCE)
    {
      g_ptr_array_extend_and_steal (due->catch_up, g_steal_pointer (&due->single));
      due->single = items_new ();
    }
  if (due->catch_up->len > 0)
    take_up_present (commit, due->catch_up);
  g_ptr_array_sort_with_data (due->catch_up, compare_urgency, &commit->now);
  return due;
}

static gboolean
is_among (GHashTable *mine, const WfReminder *reminder)
{
  const WfInstant *at = g_hash_table_lookup (mine, reminder->activity);

  return at != NULL && *at == reminder->at;
}

/* NULL without an error: nothing is to be shown of it, or it waits for its instant already. */
static Item *
claim (WfCommit *commit, const WfReminder *reminder, GError **error)
{
  if (reminder->claimed && is_among (commit->arguments, reminder))
    return NULL;

  g_autoptr (WfActivity) activity = wf_store_get_activity (commit->store, reminder->activity);
  Item *item;

  if (activity == NULL || activity->status != WF_ACTIVITY_OPEN ||
      !wf_commit_is_own (commit, activity->person))
    {
      wf_store_finish_reminder (commit->store, reminder->activity, WF_INSTANT_NONE, error);
      return NULL;
    }
  if (!reminder->claimed &&
      !wf_store_claim_reminder (commit->store, reminder->activity, reminder->at, error))
    return NULL;
  if (wf_reminder_is_held (commit, activity))
    return NULL;
  item = g_new0 (Item, 1);
  item->activity = g_steal_pointer (&activity);
  item->at = reminder->at;
  item->uncertain = reminder->claimed && reminder->at <= commit->now;
  return item;
}

static gpointer
claim_due (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  g_autoptr (GPtrArray) items = items_new ();
  g_autoptr (GPtrArray) ahead = items_new ();
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (GError) local_error = NULL;
  guint done = 0;
  Due *due;

  commit->store = store;
  /* Those that are held stay listed: the next ones are behind them. */
  for (guint most = MOST_REMINDERS; items->len + ahead->len == 0; most *= 8)
    {
      g_clear_pointer (&reminders, g_ptr_array_unref);
      reminders = wf_store_list_reminders_due (store, commit->person,
                                               commit->now + WF_REMINDER_CLAIM_AHEAD, most);
      for (guint i = done; i < reminders->len && local_error == NULL; i++)
        {
          Item *item = claim (commit, g_ptr_array_index (reminders, i), &local_error);

          if (item != NULL)
            g_ptr_array_add (item->at > commit->now ? ahead : items, item);
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      done = reminders->len;
      if (reminders->len < most)
        break;
    }
  due = group (commit, items);
  g_ptr_array_unref (due->ahead);
  due->ahead = g_steal_pointer (&ahead);
  return due;
}

/* -- showing ----------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *single;   /* (owned) of Item: each was shown alone */
  GPtrArray *catch_up; /* (owned) of Item: shown as one */
  GPtrArray *failed;   /* (owned) of Item: could not be shown */
  WfInstant now;
} Receipts;

static Receipts *
receipts_new (WfInstant now)
{
  Receipts *self = g_new0 (Receipts, 1);

  self->single = items_new ();
  self->catch_up = items_new ();
  self->failed = items_new ();
  self->now = now;
  return self;
}

static void
receipts_free (Receipts *self)
{
  g_ptr_array_unref (self->single);
  g_ptr_array_unref (self->catch_up);
  g_ptr_array_unref (self->failed);
  g_free (self);
}

/* The activity may have changed while its reminder was shown. Then that stands on the screen in
 * vain, and what was planned meanwhile stays. *valid: it did not. */
static gboolean
write_receipt (WfCommit *commit, const Item *item, WfInstant shown, gboolean *valid, GError **error)
{
  const char *id = item->activity->id;
  WfReceipt receipt = { .at = item->at,
                        .shown = shown,
                        .kind = is_missed (item, shown) ? WF_RECEIPT_SHOWN_LATE
                                                        : WF_RECEIPT_SHOWN };
  g_autoptr (WfActivity) activity = wf_store_get_activity (commit->store, id);

  *valid = activity != NULL && activity->status == WF_ACTIVITY_OPEN &&
           wf_commit_is_own (commit, activity->person) && activity->due == item->activity->due;
  if (activity == NULL || item->at == WF_INSTANT_NONE)
    return TRUE;
  if (wf_store_get_reminder (commit->store, id) != item->at)
    return wf_store_add_receipt (commit->store, id, &receipt, error);
  return wf_store_finish_reminder_as (commit->store, id, receipt.kind, shown, error) &&
         wf_reminder_plan (commit, activity, MAX (shown, item->at), error);
}

static gboolean
write_singles (WfCommit *commit, const Receipts *receipts, GError **error)
{
  for (guint i = 0; i < receipts->single->len; i++)
    {
      const Item *item = g_ptr_array_index (receipts->single, i);
      gboolean valid;

      if (!write_receipt (commit, item, receipts->now, &valid, error))
        return FALSE;
      if (valid)
        wf_on_screen_add (commit, item->activity->id);
      else
        g_ptr_array_add (commit->changes->withdrawn, g_strdup (item->activity->id));
    }
  return TRUE;
}

static gboolean
write_catch_up (WfCommit *commit, const Receipts *receipts, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < receipts->catch_up->len; i++)
    {
      const Item *item = g_ptr_array_index (receipts->catch_up, i);
      char *id = item->activity->id;
      gboolean valid;

      if (!write_receipt (commit, item, receipts->now, &valid, error))
        return FALSE;
      /* What stood there alone is now among the others. */
      if (wf_on_screen_join_catch_up (commit, id))
        g_ptr_array_add (commit->changes->withdrawn, g_strdup (id));
      if (valid)
        g_ptr_array_add (ids, id);
    }
  if (receipts->catch_up->len == 0)
    return TRUE;
  wf_on_screen_set_catch_up (commit, ids);
  /* Something was closed while it was shown. */
  commit->changes->catch_up = ids->len < receipts->catch_up->len;
  return TRUE;
}

static gboolean
try_again (WfCommit *commit, const Receipts *receipts, GError **error)
{
  for (guint i = 0; i < receipts->failed->len; i++)
    {
      const Item *item = g_ptr_array_index (receipts->failed, i);
      const char *id = item->activity->id;

      if (item->at != WF_INSTANT_NONE && wf_store_get_reminder (commit->store, id) == item->at &&
          !wf_store_set_reminder (commit->store, id, receipts->now + TRY_AGAIN_AFTER, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
write_receipts (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  const Receipts *receipts = commit->arguments;

  commit->store = store;
  return write_singles (commit, receipts, error) && write_catch_up (commit, receipts, error) &&
                 try_again (commit, receipts, error)
             ? wf_commit_finish (commit, error)
             : NULL;
}

static void
remember (WfRuntime *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      if (item->at != WF_INSTANT_NONE)
        g_hash_table_replace (self->reminders.mine, g_strdup (item->activity->id),
                              g_memdup2 (&item->at, sizeof item->at));
    }
}

static void
go_on (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;

  reminders->busy = FALSE;
  if (!self->stopped && reminders->again)
    wf_reminders_kick (self);
}

/* Takes item. */
static void
show_single (WfRuntime *self, Item *item, gboolean quiet, Receipts *receipts)
{
  g_autoptr (GError) error = NULL;
  gboolean shown =
      wf_notifier_show_reminder (self->notifier, item->activity, receipts->now, quiet, &error);

  if (!shown)
    g_warning ("A reminder could not be shown: %s",
               error != NULL ? error->message : "no reason given");
  g_ptr_array_add (shown ? receipts->single : receipts->failed, item);
}

static GPtrArray *
list_activities (const GPtrArray *items)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (activities,
                     wf_activity_ref (((Item *) g_ptr_array_index (items, i))->activity));
  return activities;
}

/* Takes items. */
static void
show_catch_up (WfRuntime *self, GPtrArray *items, gboolean quiet, Receipts *receipts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) activities = list_activities (items);
  gboolean shown =
      wf_notifier_show_catch_up (self->notifier, activities, receipts->now, quiet, &error);

  if (!shown)
    g_warning ("Missed reminders could not be shown: %s",
               error != NULL ? error->message : "no reason given");
  g_ptr_array_extend_and_steal (shown ? receipts->catch_up : receipts->failed, items);
}

static gboolean
is_quiet (WfRuntime *self, WfInstant now)
{
  return wf_reminder_rules_is_quiet (self->reminders.rules, now, self->reminders.zone);
}

static Receipts *
show_all (WfRuntime *self, Due *due)
{
  Receipts *receipts = receipts_new (wf_clock_now (self->clock));
  gboolean quiet = is_quiet (self, receipts->now);

  if (due->catch_up->len > 0)
    show_catch_up (self, g_steal_pointer (&due->catch_up), quiet, receipts);
  while (due->single->len > 0)
    show_single (self, g_ptr_array_steal_index (due->single, 0), quiet, receipts);
  return receipts;
}

/* What was shown, on the way to its receipt. */
typedef struct
{
  GPtrArray *ids;  /* (owned) of char *: claimed until then */
  gboolean kicked; /* by what was claimed just now, not by what had waited for its instant */
} Showing;

static void
on_receipts_written (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  Showing *showing = user_data;
  gboolean kicked = showing->kicked;

  for (guint i = 0; i < showing->ids->len; i++)
    g_hash_table_remove (self->reminders.mine, g_ptr_array_index (showing->ids, i));
  g_ptr_array_unref (showing->ids);
  g_free (showing);
  if (error != NULL)
    self->reminders.again = FALSE;
  if (kicked)
    go_on (self);
  else
    self->reminders.n_showing--;
  if (!self->stopped)
    wf_scheduler_kick (self);
}

static void
collect_ids (const GPtrArray *items, GPtrArray *ids)
{
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (ids, g_strdup (((Item *) g_ptr_array_index (items, i))->activity->id));
}

/* Shows what is due and writes the receipts. */
static void
show (WfRuntime *self, Due *due, gboolean kicked)
{
  Showing *showing = g_new0 (Showing, 1);
  WfCommit *commit;

  showing->ids = g_ptr_array_new_with_free_func (g_free);
  showing->kicked = kicked;
  collect_ids (due->single, showing->ids);
  collect_ids (due->catch_up, showing->ids);
  remember (self, due->single);
  remember (self, due->catch_up);
  commit = wf_runtime_new_commit (self);
  commit->arguments = show_all (self, due);
  commit->arguments_free = (GDestroyNotify) receipts_free;
  wf_runtime_commit (self, write_receipts, commit, on_receipts_written, showing);
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
      const Item *item = g_ptr_array_index (reminders->ready, i);

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

/* Whether it still is as it was claimed: somebody may have closed, moved or put it off since. */
static gboolean
is_still_due (WfCommit *commit, Item *item)
{
  WfActivity *activity = wf_store_get_activity (commit->store, item->activity->id);

  if (activity == NULL)
    return FALSE;
  wf_activity_unref (item->activity);
  item->activity = activity;
  return activity->status == WF_ACTIVITY_OPEN && wf_commit_is_own (commit, activity->person) &&
         wf_store_get_reminder (commit->store, activity->id) == item->at &&
         !wf_reminder_is_held (commit, activity);
}

static gpointer
look_at_ready (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  GPtrArray *ready = commit->arguments;
  g_autoptr (GPtrArray) items = items_new ();

  commit->store = store;
  while (ready->len > 0)
    {
      Item *item = g_ptr_array_steal_index (ready, 0);

      if (is_still_due (commit, item))
        g_ptr_array_add (items, item);
      else
        item_free (item);
    }
  return group (commit, items);
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
  g_autoptr (Due) due = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  /* What is not due any more, or held now, is not this program's affair until it is claimed anew. */
  for (guint i = 0; i < look->ids->len; i++)
    g_hash_table_remove (self->reminders.mine, g_ptr_array_index (look->ids, i));
  if (error != NULL)
    g_warning ("What reminds now cannot be read: %s", error->message);
  if (!self->stopped && due != NULL && due->single->len + due->catch_up->len > 0)
    show (self, due, FALSE);
  else
    self->reminders.n_showing--;
}

/* Takes those that are ready at an instant out, in order. */
static GPtrArray *
take_ready (WfRuntime *self, WfInstant until)
{
  GPtrArray *ready = self->reminders.ready;
  GPtrArray *due = items_new ();

  for (guint i = ready->len; i > 0; i--)
    if (((Item *) g_ptr_array_index (ready, i - 1))->at <= until)
      g_ptr_array_insert (due, 0, g_ptr_array_steal_index (ready, i - 1));
  return due;
}

/* What the clock has jumped over by far was missed: it is claimed anew, with the rest of that. */
static void
release_missed (WfRuntime *self)
{
  g_autoptr (GPtrArray) missed = take_ready (self, wf_clock_now (self->clock) - MISSED_AFTER - 1);

  for (guint i = 0; i < missed->len; i++)
    g_hash_table_remove (self->reminders.mine,
                         ((Item *) g_ptr_array_index (missed, i))->activity->id);
}

/* A few: each alone, without asking anybody. Takes commit and items. */
static void
show_ready (WfRuntime *self, WfCommit *commit, GPtrArray *items)
{
  g_autoptr (Due) due = due_new ();

  while (items->len > 0)
    {
      Item *item = g_ptr_array_steal_index (items, 0);

      g_hash_table_remove (self->reminders.mine, item->activity->id);
      if (wf_reminder_is_held (commit, item->activity))
        item_free (item);
      else
        g_ptr_array_add (due->single, item);
    }
  g_ptr_array_unref (items);
  wf_commit_free (commit);
  if (due->single->len == 0)
    return;
  self->reminders.n_showing++;
  show (self, due, FALSE);
}

void
wf_reminders_forget (WfRuntime *self, const GPtrArray *ids)
{
  GPtrArray *ready = self->reminders.ready;

  for (guint i = 0; ready->len > 0 && i < ids->len; i++)
    for (guint j = ready->len; j > 0; j--)
      {
        const Item *item = g_ptr_array_index (ready, j - 1);
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
  if (due->len <= MOST_AT_ONCE)
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
  wf_store_thread_read_async (self->store, look_at_ready, commit, (GDestroyNotify) wf_commit_free,
                              (GDestroyNotify) due_free, self->cancellable, on_ready_looked_at,
                              look);
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
  remember (self, ahead);
  g_ptr_array_extend_and_steal (self->reminders.ready, ahead);
  arm (self);
}

static void
on_claimed (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (Due) due = result;

  if (self->stopped || error != NULL)
    {
      self->reminders.busy = FALSE;
      return;
    }
  keep_ready (self, g_steal_pointer (&due->ahead));
  if (due->single->len == 0 && due->catch_up->len == 0)
    go_on (self);
  else
    show (self, due, TRUE);
}

static GHashTable *
copy_mine (WfRuntime *self)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id, at;

  g_hash_table_iter_init (&iter, self->reminders.mine);
  while (g_hash_table_iter_next (&iter, &id, &at))
    g_hash_table_insert (copy, g_strdup (id), g_memdup2 (at, sizeof (WfInstant)));
  return copy;
}

void
wf_reminders_kick (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;
  WfCommit *commit;

  if (self->stopped || self->notifier == NULL || self->person == NULL)
    return;
  reminders->again = reminders->busy;
  if (reminders->busy)
    return;
  reminders->busy = TRUE;
  release_missed (self);
  commit = wf_runtime_new_commit (self);
  commit->arguments = copy_mine (self);
  commit->arguments_free = (GDestroyNotify) g_hash_table_unref;
  wf_runtime_write (self, claim_due, commit, (GDestroyNotify) wf_commit_free,
                    (GDestroyNotify) due_free, on_claimed, NULL);
}

void
wf_reminders_init_ready (WfRuntime *self)
{
  self->reminders.ready = items_new ();
  self->reminders.mine = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
wf_reminders_clear (WfRuntime *self)
{
  g_clear_pointer (&self->reminders.alarm, wf_alarm_free);
  if (self->reminders.ready != NULL)
    g_ptr_array_set_size (self->reminders.ready, 0);
}

/* -- a catch-up that shrinks ------------------------------------------------------------------- */

static gpointer
read_catch_up (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  g_autoptr (GPtrArray) items = items_new ();

  commit->store = store;
  take_up_present (commit, items);
  g_ptr_array_sort_with_data (items, compare_urgency, &commit->now);
  return list_activities (items);
}

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
  wf_runtime_write (self, read_catch_up, wf_runtime_new_commit (self),
                    (GDestroyNotify) wf_commit_free, (GDestroyNotify) g_ptr_array_unref,
                    on_catch_up_read, NULL);
}
