/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this account's notifications on the screen are about: durable, so that a later program takes
 * down what an earlier one has shown. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-reminder-plan.h"

#include "wf-json-writer.h"
#include "wf-notifier.h"

/* Policy. One notification an activity, or one catch-up for several. Whatever is not true any more
 * goes: its activity was closed, given away, put off or moved, here or elsewhere, now or while the
 * program was not running. A catch-up shrinks with what somebody else closes; what the person
 * closes at this computer only takes it down once nothing of it is left, since they have it before
 * them. Whether the person closed a notification is not known: taking it down again does no
 * harm. */

struct _WfOnScreen
{
  GHashTable *reminders; /* (owned) set of ids */
  GPtrArray *catch_up;   /* (owned) of char *, in the order shown */
  gboolean changed;
};

void
wf_on_screen_free (WfOnScreen *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->reminders);
  g_ptr_array_unref (self->catch_up);
  g_free (self);
}

static void
read_ids (const WfJson *list, WfOnScreen *self, gboolean catch_up)
{
  for (guint i = 0; i < wf_json_get_size (list); i++)
    {
      const char *id = wf_json_get_string (wf_json_get_element (list, i));

      if (id != NULL && catch_up)
        g_ptr_array_add (self->catch_up, g_strdup (id));
      else if (id != NULL)
        g_hash_table_add (self->reminders, g_strdup (id));
    }
}

static WfOnScreen *
get (WfCommit *commit)
{
  if (commit->on_screen != NULL)
    return commit->on_screen;

  g_autofree char *text = wf_store_get_fact (commit->store, WF_FACT_ON_SCREEN);
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;
  WfOnScreen *self = commit->on_screen = g_new0 (WfOnScreen, 1);

  self->reminders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->catch_up = g_ptr_array_new_with_free_func (g_free);
  read_ids (wf_json_get_member (root, "reminders"), self, FALSE);
  read_ids (wf_json_get_member (root, "catch-up"), self, TRUE);
  return self;
}

static gboolean
leave_catch_up (WfOnScreen *self, const char *activity)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->catch_up, activity, g_str_equal, &index))
    return FALSE;
  g_ptr_array_remove_index (self->catch_up, index);
  return TRUE;
}

void
wf_on_screen_add (WfCommit *commit, const char *activity)
{
  WfOnScreen *self = get (commit);

  self->changed = TRUE;
  g_hash_table_add (self->reminders, g_strdup (activity));
}

void
wf_on_screen_set_catch_up (WfCommit *commit, const GPtrArray *ids)
{
  WfOnScreen *self = get (commit);

  self->changed = TRUE;
  g_ptr_array_set_size (self->catch_up, 0);
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (self->catch_up, g_strdup (g_ptr_array_index (ids, i)));
}

gboolean
wf_on_screen_join_catch_up (WfCommit *commit, const char *activity)
{
  WfOnScreen *self = get (commit);
  gboolean alone = g_hash_table_remove (self->reminders, activity);

  self->changed |= alone;
  return alone;
}

GPtrArray *
wf_on_screen_dup_catch_up (WfCommit *commit)
{
  WfOnScreen *self = get (commit);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->catch_up->len; i++)
    g_ptr_array_add (ids, g_strdup (g_ptr_array_index (self->catch_up, i)));
  return ids;
}

gboolean
wf_on_screen_take_down (WfCommit *commit, const char *activity, gboolean elsewhere)
{
  WfOnScreen *self = get (commit);
  gboolean alone = g_hash_table_remove (self->reminders, activity);
  gboolean among_others = leave_catch_up (self, activity);

  self->changed |= alone || among_others;
  if (!among_others)
    return alone;
  if (self->catch_up->len == 0)
    g_ptr_array_add (commit->changes->withdrawn, g_strdup (WF_NOTIFIER_CATCH_UP));
  commit->changes->catch_up = self->catch_up->len > 0 && (elsewhere || commit->changes->catch_up);
  return alone;
}

GPtrArray *
wf_on_screen_take_all (WfCommit *commit)
{
  WfOnScreen *self = get (commit);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->reminders);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  if (self->catch_up->len > 0)
    g_ptr_array_add (ids, g_strdup (WF_NOTIFIER_CATCH_UP));
  self->changed |= ids->len > 0;
  g_hash_table_remove_all (self->reminders);
  g_ptr_array_set_size (self->catch_up, 0);
  return ids;
}

gboolean
wf_on_screen_save (WfCommit *commit, GError **error)
{
  WfOnScreen *self = commit->on_screen;
  g_autoptr (WfJsonWriter) writer = NULL;
  GHashTableIter iter;
  gpointer id;

  if (self == NULL || !self->changed)
    return TRUE;
  self->changed = FALSE;
  if (g_hash_table_size (self->reminders) == 0 && self->catch_up->len == 0)
    return wf_store_set_fact (commit->store, WF_FACT_ON_SCREEN, NULL, error);
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_array (writer, "reminders");
  g_hash_table_iter_init (&iter, self->reminders);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    wf_json_writer_add_string (writer, NULL, id);
  wf_json_writer_end (writer);
  wf_json_writer_begin_array (writer, "catch-up");
  for (guint i = 0; i < self->catch_up->len; i++)
    wf_json_writer_add_string (writer, NULL, g_ptr_array_index (self->catch_up, i));
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);

  g_autofree char *text = wf_json_writer_finish (writer, FALSE);
  return wf_store_set_fact (commit->store, WF_FACT_ON_SCREEN, text, error);
}
