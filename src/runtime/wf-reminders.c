/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reminders and messages for the person in front of this computer (S6-S8, S20, B11, B12). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include <glib/gi18n-lib.h>

#define MOST_REMINDERS 500
#define MISSED_AFTER (2 * G_TIME_SPAN_MINUTE)
#define MOST_AT_ONCE 3
#define TRY_AGAIN_AFTER G_TIME_SPAN_MINUTE

/* Notification policy.
 *   - A reminder is claimed in a transaction, then shown, then its receipt is written: shown at
 *     (B11). Nothing is marked as shown that was not; one that could not be shown is due again
 *     in a minute.
 *   - After a crash a claimed one may or may not have been seen. It does not pop up again: it is
 *     named in a catch-up.
 *   - What was missed by more than two minutes (the computer slept, the program was closed),
 *     when it is more than one, comes as one catch-up, and so do more than three at the same
 *     time (B12): the nearest deadline first.
 *   - Only the signed-in person's open activities; what was completed elsewhere meanwhile is
 *     dropped with a receipt. */

/* -- which ------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *single;   /* (owned) of WfActivity: one notification each */
  GPtrArray *catch_up; /* (owned) of WfActivity: one for all */
  WfInstant next;
} Due;

static Due *
due_new (void)
{
  Due *self = g_new0 (Due, 1);

  self->single = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  self->catch_up = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  self->next = WF_INSTANT_NONE;
  return self;
}

static void
due_free (Due *self)
{
  g_ptr_array_unref (self->single);
  g_ptr_array_unref (self->catch_up);
  g_free (self);
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const WfActivity *first = *(WfActivity *const *) a, *second = *(WfActivity *const *) b;

  return first->due < second->due ? -1 : first->due > second->due;
}

static void
move_all (GPtrArray *from, GPtrArray *to)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, wf_activity_ref (g_ptr_array_index (from, i)));
  g_ptr_array_set_size (from, 0);
}

/* missed, uncertain and fresh are emptied. */
static void
group (Due *due, GPtrArray *missed, GPtrArray *uncertain, GPtrArray *fresh)
{
  if (uncertain->len > 0 || missed->len > 1)
    {
      move_all (uncertain, due->catch_up);
      move_all (missed, due->catch_up);
    }
  else
    move_all (missed, due->single);
  if (fresh->len + due->single->len > MOST_AT_ONCE)
    {
      move_all (due->single, due->catch_up);
      move_all (fresh, due->catch_up);
    }
  else
    move_all (fresh, due->single);
  g_ptr_array_sort (due->catch_up, compare_due);
}

static gpointer
claim_due (WfStore *store, gpointer data, GError **error)
{
  WfCommit *commit = data;
  g_autoptr (GPtrArray) reminders =
      wf_store_list_reminders_due (store, commit->person, commit->now, MOST_REMINDERS);
  g_autoptr (GPtrArray) missed =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_autoptr (GPtrArray) uncertain =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < reminders->len; i++)
    {
      const WfReminder *reminder = g_ptr_array_index (reminders, i);
      WfActivity *activity = wf_store_get_activity (store, reminder->activity);
      gboolean needed = activity != NULL && activity->status == WF_ACTIVITY_OPEN &&
                        wf_commit_is_own (commit, activity->person);

      if (needed ? !wf_store_claim_reminder (store, reminder->activity, reminder->at, error)
                 : !wf_store_finish_reminder (store, reminder->activity, WF_INSTANT_NONE, error))
        {
          g_clear_pointer (&activity, wf_activity_unref);
          return NULL;
        }
      if (!needed)
        g_clear_pointer (&activity, wf_activity_unref);
      else if (reminder->claimed)
        g_ptr_array_add (uncertain, activity);
      else
        g_ptr_array_add (commit->now - reminder->at > MISSED_AFTER ? missed : fresh, activity);
    }

  Due *due = due_new ();
  group (due, missed, uncertain, fresh);
  return due;
}

/* -- showing ----------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *shown;  /* (owned) of char*: ids */
  GPtrArray *failed; /* (owned) of char*: ids */
  WfInstant now;
} Receipts;

static void
receipts_free (Receipts *self)
{
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->failed);
  g_free (self);
}

static gpointer
write_receipts (WfStore *store, gpointer data, GError **error)
{
  const Receipts *receipts = data;

  for (guint i = 0; i < receipts->shown->len; i++)
    if (!wf_store_finish_reminder (store, g_ptr_array_index (receipts->shown, i), receipts->now,
                                   error))
      return NULL;
  for (guint i = 0; i < receipts->failed->len; i++)
    if (!wf_store_set_reminder (store, g_ptr_array_index (receipts->failed, i),
                                receipts->now + TRY_AGAIN_AFTER, error))
      return NULL;
  return NULL;
}

static void
on_receipts_written (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  WfReminders *reminders = &self->reminders;
  gboolean again = reminders->again;

  reminders->busy = FALSE;
  if (self->stopped)
    return;
  if (error != NULL)
    g_warning ("Receipts of reminders could not be written: %s", error->message);
  else if (again)
    wf_reminders_kick (self);
  wf_scheduler_kick (self);
}

static void
note (const GPtrArray *activities, GPtrArray *ids)
{
  for (guint i = 0; i < activities->len; i++)
    g_ptr_array_add (ids, g_strdup (((WfActivity *) g_ptr_array_index (activities, i))->id));
}

static void
show_single (WfRuntime *self, WfActivity *activity, Receipts *receipts)
{
  g_autoptr (GError) error = NULL;
  gboolean shown = wf_notifier_show_reminder (self->notifier, activity, receipts->now, &error);

  if (!shown)
    g_warning ("A reminder could not be shown: %s",
               error != NULL ? error->message : "no reason given");
  g_ptr_array_add (shown ? receipts->shown : receipts->failed, g_strdup (activity->id));
}

static void
show_catch_up (WfRuntime *self, GPtrArray *activities, Receipts *receipts)
{
  g_autoptr (GError) error = NULL;
  gboolean shown = wf_notifier_show_catch_up (self->notifier, activities, receipts->now, &error);

  if (!shown)
    g_warning ("Missed reminders could not be shown: %s",
               error != NULL ? error->message : "no reason given");
  note (activities, shown ? receipts->shown : receipts->failed);
}

static void
on_claimed (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  WfReminders *reminders = &self->reminders;
  Due *due = result;

  if (self->stopped || error != NULL)
    {
      reminders->busy = FALSE;
      return;
    }
  if (due->single->len == 0 && due->catch_up->len == 0)
    {
      due_free (due);
      reminders->busy = FALSE;
      if (reminders->again)
        wf_reminders_kick (self);
      return;
    }

  Receipts *receipts = g_new0 (Receipts, 1);
  receipts->shown = g_ptr_array_new_with_free_func (g_free);
  receipts->failed = g_ptr_array_new_with_free_func (g_free);
  receipts->now = wf_clock_now (self->clock);
  if (due->catch_up->len > 0)
    show_catch_up (self, due->catch_up, receipts);
  for (guint i = 0; i < due->single->len; i++)
    show_single (self, g_ptr_array_index (due->single, i), receipts);
  due_free (due);
  wf_runtime_write (self, write_receipts, receipts, (GDestroyNotify) receipts_free, NULL,
                    on_receipts_written, NULL);
}

void
wf_reminders_kick (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;

  if (self->stopped || self->notifier == NULL || self->person == NULL)
    return;
  reminders->again = reminders->busy;
  if (reminders->busy)
    return;
  reminders->busy = TRUE;
  wf_runtime_write (self, claim_due, wf_runtime_new_commit (self), (GDestroyNotify) wf_commit_free,
                    (GDestroyNotify) due_free, on_claimed, NULL);
}

/* -- messages of notify steps ------------------------------------------------------------------ */

/* They are kept until they were shown. After a crash between showing and forgetting, a message
 * is shown once more under the same id: the desktop replaces the first one. */

static gpointer
read_messages (WfStore *store, gpointer data, GError **error)
{
  return wf_store_get_fact (store, WF_FACT_MESSAGES);
}

static gpointer
forget_messages (WfStore *store, gpointer data, GError **error)
{
  GHashTable *shown = data;
  g_autofree char *kept = wf_store_get_fact (store, WF_FACT_MESSAGES);
  g_autoptr (WfJsonDocument) list = kept != NULL ? wf_json_document_parse (kept, -1, 0, NULL)
                                                 : NULL;
  const WfJson *root = list != NULL ? wf_json_document_get_root (list) : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  guint n_left = 0;

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < wf_json_get_size (root); i++)
    {
      const WfJson *message = wf_json_get_element (root, i);
      const char *id = wf_json_get_member_string (message, "id");

      if (id == NULL || g_hash_table_contains (shown, id))
        continue;
      wf_json_writer_add_value (writer, NULL, message);
      n_left++;
    }
  wf_json_writer_end (writer);
  g_autofree char *left = wf_json_writer_finish (writer, FALSE);
  wf_store_set_fact (store, WF_FACT_MESSAGES, n_left > 0 ? left : NULL, error);
  return NULL;
}

static void
on_messages_forgotten (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  self->reminders.messages_busy = FALSE;
  if (!self->stopped && error == NULL && self->reminders.messages_again)
    wf_messages_kick (self);
}

static GHashTable *
show_messages (WfRuntime *self, const WfJson *list)
{
  GHashTable *shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const WfJson *message = wf_json_get_element (list, i);
      const char *id = wf_json_get_member_string (message, "id");
      const char *title = wf_json_get_member_string (message, "title");
      const char *text = wf_json_get_member_string (message, "text");
      g_autoptr (GError) error = NULL;

      if (id == NULL)
        continue;
      if (wf_notifier_show_message (self->notifier, id, title != NULL ? title : "",
                                    text != NULL ? text : "", &error))
        g_hash_table_add (shown, g_strdup (id));
      else
        g_warning ("A message could not be shown: %s",
                   error != NULL ? error->message : "no reason given");
    }
  return shown;
}

static void
on_messages_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);
  g_autoptr (WfJsonDocument) list = kept != NULL ? wf_json_document_parse (kept, -1, 0, NULL)
                                                 : NULL;

  if (self->stopped || list == NULL)
    {
      self->reminders.messages_busy = FALSE;
      if (!self->stopped && self->reminders.messages_again)
        wf_messages_kick (self);
      return;
    }
  wf_runtime_write (self, forget_messages, show_messages (self, wf_json_document_get_root (list)),
                    (GDestroyNotify) g_hash_table_unref, NULL, on_messages_forgotten, NULL);
}

void
wf_messages_kick (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;

  if (self->stopped || self->notifier == NULL || self->store == NULL)
    return;
  reminders->messages_again = reminders->messages_busy;
  if (reminders->messages_busy)
    return;
  reminders->messages_busy = TRUE;
  wf_store_thread_read_async (self->store, read_messages, NULL, NULL, g_free, self->cancellable,
                              on_messages_read, g_object_ref (self));
}
