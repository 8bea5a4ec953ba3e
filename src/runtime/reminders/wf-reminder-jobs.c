/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reminds now, in the store's thread: claiming it, looking at it again, its receipts. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-reminder-jobs.h"

#include "wf-reminder-plan.h"

#define MOST_REMINDERS 5000
/* A store that cannot be written is looked at once a minute. */
#define FIND_AHEAD (G_TIME_SPAN_MINUTE + WF_REMINDER_CLAIM_AHEAD)

void
wf_due_reminder_free (WfDueReminder *self)
{
  wf_activity_unref (self->activity);
  g_free (self);
}

GPtrArray *
wf_due_reminders_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wf_due_reminder_free);
}

WfDueReminders *
wf_due_reminders_new (void)
{
  WfDueReminders *self = g_new0 (WfDueReminders, 1);

  self->single = wf_due_reminders_list_new ();
  self->catch_up = wf_due_reminders_list_new ();
  self->ahead = wf_due_reminders_list_new ();
  return self;
}

void
wf_due_reminders_free (WfDueReminders *self)
{
  g_clear_pointer (&self->single, g_ptr_array_unref);
  g_clear_pointer (&self->catch_up, g_ptr_array_unref);
  g_clear_pointer (&self->ahead, g_ptr_array_unref);
  g_free (self);
}

static int
compare_urgency (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WfDueReminder *first = *(WfDueReminder *const *) a, *second = *(WfDueReminder *const *) b;
  WfInstant now = *(const WfInstant *) user_data;
  gboolean first_late = first->activity->due < now, second_late = second->activity->due < now;
  WfInstant difference = first->activity->due - second->activity->due;

  if (first_late != second_late)
    return first_late ? 1 : -1;
  if (difference == 0)
    return g_strcmp0 (first->activity->id, second->activity->id);
  return (difference < 0) == first_late ? 1 : -1;
}

void
wf_due_reminders_sort (GPtrArray *items, WfInstant now)
{
  g_ptr_array_sort_with_data (items, compare_urgency, &now);
}

void
wf_reminder_claim_free (WfReminderClaim *self)
{
  g_hash_table_unref (self->mine);
  g_hash_table_unref (self->failed);
  g_free (self);
}

/* What the catch-up on the screen names and is still open goes into the new one. */
static void
take_up_present (WfCommit *commit, GPtrArray *catch_up)
{
  g_autoptr (GPtrArray) ids = wf_on_screen_dup_catch_up (commit);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < catch_up->len; i++)
    g_hash_table_add (known, ((WfDueReminder *) g_ptr_array_index (catch_up, i))->activity->id);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (WfActivity) activity =
          g_hash_table_contains (known, id) ? NULL : wf_store_get_activity (commit->store, id);
      WfDueReminder *item;

      if (activity == NULL || activity->status != WF_ACTIVITY_OPEN ||
          !wf_commit_is_own (commit, activity->person))
        continue;
      item = g_new0 (WfDueReminder, 1);
      item->activity = g_steal_pointer (&activity);
      item->at = WF_INSTANT_NONE;
      g_ptr_array_add (catch_up, item);
    }
}

gboolean
wf_due_reminder_is_missed (const WfDueReminder *item, WfInstant now)
{
  return item->uncertain ||
         (item->at != WF_INSTANT_NONE && now - item->at > WF_REMINDER_MISSED_AFTER);
}

/* joins: there is a catch-up for it, or there were so many that there has to be one. */
static gboolean
has_to_be_together (const GPtrArray *items, WfInstant now, gboolean joins)
{
  guint n_missed = 0;
  gboolean uncertain = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (items, i);

      n_missed += wf_due_reminder_is_missed (item, now);
      uncertain |= item->uncertain;
    }
  return uncertain || n_missed > (joins ? 0 : 1);
}

/* Takes items. */
static WfDueReminders *
group (WfCommit *commit, GPtrArray *items, gboolean joins)
{
  WfDueReminders *due = wf_due_reminders_new ();
  gboolean missed_together = has_to_be_together (items, commit->now, joins);
  gsize n;
  WfDueReminder **all = (WfDueReminder **) g_ptr_array_steal (items, &n);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (missed_together && wf_due_reminder_is_missed (all[i], commit->now)
                         ? due->catch_up
                         : due->single,
                     all[i]);
  g_free (all);
  if (due->single->len > WF_REMINDER_MOST_AT_ONCE)
    {
      g_ptr_array_extend_and_steal (due->catch_up, g_steal_pointer (&due->single));
      due->single = wf_due_reminders_list_new ();
    }
  if (due->catch_up->len > 0)
    take_up_present (commit, due->catch_up);
  wf_due_reminders_sort (due->catch_up, commit->now);
  return due;
}

static gboolean
is_among (GHashTable *known, const WfReminder *reminder)
{
  const WfInstant *at = g_hash_table_lookup (known, reminder->activity);

  return at != NULL && *at == reminder->at;
}

static gboolean
can_remind (WfCommit *commit, const WfActivity *activity)
{
  return activity != NULL && activity->status == WF_ACTIVITY_OPEN &&
         wf_commit_is_own (commit, activity->person);
}

/* Takes activity. */
static WfDueReminder *
make_item (WfCommit *commit, const WfReminder *reminder, WfActivity *activity)
{
  const WfReminderClaim *claim = commit->arguments;
  WfDueReminder *item = g_new0 (WfDueReminder, 1);

  item->activity = activity;
  item->at = reminder->at;
  item->uncertain = reminder->claimed && reminder->at <= commit->now &&
                    !is_among (claim->failed, reminder);
  return item;
}

/* NULL without an error: nothing is to be shown of it, or it waits for its instant already. */
static WfDueReminder *
claim (WfCommit *commit, const WfReminder *reminder, GError **error)
{
  const WfReminderClaim *known = commit->arguments;

  if (is_among (known->mine, reminder))
    return NULL;

  g_autoptr (WfActivity) activity = wf_store_get_activity (commit->store, reminder->activity);

  if (!can_remind (commit, activity))
    {
      wf_store_finish_reminder (commit->store, reminder->activity, WF_INSTANT_NONE, error);
      return NULL;
    }
  if (!reminder->claimed &&
      !wf_store_claim_reminder (commit->store, reminder->activity, reminder->at, error))
    return NULL;
  return wf_reminder_is_held (commit, activity)
             ? NULL
             : make_item (commit, reminder, g_steal_pointer (&activity));
}

gpointer
wf_reminder_claim_job (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  g_autoptr (GPtrArray) items = wf_due_reminders_list_new ();
  g_autoptr (GPtrArray) ahead = wf_due_reminders_list_new ();
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (GError) local_error = NULL;
  guint done = 0;
  WfDueReminders *due;

  commit->store = store;
  /* Those that are held stay listed: the next ones are behind them. */
  for (guint most = MOST_REMINDERS; items->len + ahead->len == 0; most *= 8)
    {
      g_clear_pointer (&reminders, g_ptr_array_unref);
      reminders = wf_store_list_reminders_due (store, commit->person,
                                               commit->now + WF_REMINDER_CLAIM_AHEAD, most);
      for (guint i = done; i < reminders->len && local_error == NULL; i++)
        {
          WfDueReminder *item = claim (commit, g_ptr_array_index (reminders, i), &local_error);

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
  due = group (commit, items, ((const WfReminderClaim *) commit->arguments)->together);
  g_ptr_array_unref (due->ahead);
  due->ahead = g_steal_pointer (&ahead);
  return due;
}

static WfDueReminder *
find (WfCommit *commit, const WfReminder *reminder)
{
  const WfReminderClaim *known = commit->arguments;
  g_autoptr (WfActivity) activity = is_among (known->mine, reminder)
                                        ? NULL
                                        : wf_store_get_activity (commit->store, reminder->activity);

  return can_remind (commit, activity) && !wf_reminder_is_held (commit, activity)
             ? make_item (commit, reminder, g_steal_pointer (&activity))
             : NULL;
}

gpointer
wf_reminder_find_job (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  const WfReminderClaim *known = commit->arguments;
  g_autoptr (GPtrArray) items = wf_due_reminders_list_new ();
  g_autoptr (GPtrArray) ahead = wf_due_reminders_list_new ();
  g_autoptr (GPtrArray) reminders = NULL;
  WfDueReminders *due;

  commit->store = store;
  reminders =
      wf_store_list_reminders_due (store, commit->person, commit->now + FIND_AHEAD, G_MAXINT);
  for (guint i = 0; i < reminders->len; i++)
    {
      WfDueReminder *item = find (commit, g_ptr_array_index (reminders, i));

      if (item != NULL)
        g_ptr_array_add (item->at > commit->now ? ahead : items, item);
    }
  due = group (commit, items, known->together);
  g_ptr_array_extend_and_steal (due->ahead, g_steal_pointer (&ahead));
  return due;
}

/* Whether it still is as it was claimed: somebody may have closed, moved or put it off since. */
static gboolean
is_still_due (WfCommit *commit, WfDueReminder *item)
{
  WfActivity *activity = wf_store_get_activity (commit->store, item->activity->id);

  if (activity == NULL)
    return FALSE;
  wf_activity_unref (item->activity);
  item->activity = activity;
  return can_remind (commit, activity) &&
         wf_store_get_reminder (commit->store, activity->id) == item->at &&
         !wf_reminder_is_held (commit, activity);
}

gpointer
wf_reminder_look_job (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  GPtrArray *ready = commit->arguments;
  g_autoptr (GPtrArray) items = wf_due_reminders_list_new ();

  commit->store = store;
  while (ready->len > 0)
    {
      WfDueReminder *item = g_ptr_array_steal_index (ready, 0);

      if (is_still_due (commit, item))
        g_ptr_array_add (items, item);
      else
        wf_due_reminder_free (item);
    }
  return group (commit, items, FALSE);
}

/* -- receipts ---------------------------------------------------------------------------------- */

WfReminderReceipts *
wf_reminder_receipts_new (WfInstant now)
{
  WfReminderReceipts *self = g_new0 (WfReminderReceipts, 1);

  self->single = wf_due_reminders_list_new ();
  self->catch_up = wf_due_reminders_list_new ();
  self->now = now;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

WfReminderReceipts *
wf_reminder_receipts_ref (WfReminderReceipts *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_reminder_receipts_unref (WfReminderReceipts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->single);
  g_ptr_array_unref (self->catch_up);
  g_free (self);
}

WfInstant
wf_reminder_get_shown_until (WfStore *store)
{
  g_autofree char *text = wf_store_get_fact (store, WF_FACT_REMINDERS_SHOWN);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : WF_INSTANT_NONE;
}

gboolean
wf_reminder_set_shown_until (WfStore *store, WfInstant at, GError **error)
{
  g_autofree char *text = at != WF_INSTANT_NONE ? g_strdup_printf ("%" G_GINT64_FORMAT, at) : NULL;

  return wf_store_set_fact (store, WF_FACT_REMINDERS_SHOWN, text, error);
}

/* The activity may have changed while its reminder was shown. Then that stands on the screen in
 * vain, and what was planned meanwhile stays. *valid: it did not. */
static gboolean
write_receipt (WfCommit *commit, const WfDueReminder *item, WfInstant shown, gboolean *valid,
               GError **error)
{
  const char *id = item->activity->id;
  WfReceipt receipt = { .at = item->at,
                        .shown = shown,
                        .kind = wf_due_reminder_is_missed (item, shown) ? WF_RECEIPT_SHOWN_LATE
                                                                        : WF_RECEIPT_SHOWN };
  g_autoptr (WfActivity) activity = wf_store_get_activity (commit->store, id);

  *valid = can_remind (commit, activity) && activity->due == item->activity->due;
  if (activity == NULL || item->at == WF_INSTANT_NONE)
    return TRUE;
  if (wf_store_get_reminder (commit->store, id) != item->at)
    return wf_store_add_receipt (commit->store, id, &receipt, error);
  return wf_store_finish_reminder_as (commit->store, id, receipt.kind, shown, error) &&
         wf_reminder_plan (commit, activity, MAX (shown, item->at), error);
}

static gboolean
write_singles (WfCommit *commit, const WfReminderReceipts *receipts, GError **error)
{
  for (guint i = 0; i < receipts->single->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (receipts->single, i);
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
write_catch_up (WfCommit *commit, const WfReminderReceipts *receipts, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < receipts->catch_up->len; i++)
    {
      const WfDueReminder *item = g_ptr_array_index (receipts->catch_up, i);
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
note_latest (WfCommit *commit, const WfReminderReceipts *receipts, GError **error)
{
  return wf_reminder_get_shown_until (commit->store) >= receipts->now ||
         wf_reminder_set_shown_until (commit->store, receipts->now, error);
}

gpointer
wf_reminder_receipts_job (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  const GPtrArray *all = commit->arguments;

  commit->store = store;
  for (guint i = 0; i < all->len; i++)
    {
      const WfReminderReceipts *receipts = g_ptr_array_index (all, i);

      if (!write_singles (commit, receipts, error) || !write_catch_up (commit, receipts, error) ||
          !note_latest (commit, receipts, error))
        return NULL;
    }
  return wf_commit_finish (commit, error);
}

/* -- a catch-up that shrinks ------------------------------------------------------------------- */

GPtrArray *
wf_due_reminders_list_activities (const GPtrArray *items)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (activities,
                     wf_activity_ref (((WfDueReminder *) g_ptr_array_index (items, i))->activity));
  return activities;
}

gpointer
wf_reminder_catch_up_job (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  g_autoptr (GPtrArray) items = wf_due_reminders_list_new ();

  commit->store = store;
  take_up_present (commit, items);
  wf_due_reminders_sort (items, commit->now);
  return wf_due_reminders_list_activities (items);
}
