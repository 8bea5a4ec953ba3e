/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of notify steps for the person in front of this computer. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

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
  /* B23: as reminders do, it comes all the same, but without a pop-up. */
  gboolean quiet = wf_reminder_rules_is_quiet (self->reminders.rules, wf_clock_now (self->clock),
                                               self->reminders.zone);

  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const WfJson *message = wf_json_get_element (list, i);
      const char *id = wf_json_get_member_string (message, "id");
      const char *title = wf_json_get_member_string (message, "title");
      const char *text = wf_json_get_member_string (message, "text");
      g_autoptr (GError) error = NULL;

      if (id == NULL)
        continue;
      if (!wf_notifier_show_message (self->notifier, id, title != NULL ? title : "",
                                     text != NULL ? text : "", quiet, &error))
        {
          wf_reminders_note_not_shown (self, error);
          continue;
        }
      wf_reminders_note_shown (self);
      g_hash_table_add (shown, g_strdup (id));
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
