/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people did with leads here and the CRM has not confirmed yet. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-lead-changes.h"

#include "wf-lead-view.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Policy. Each change of a lead waits in the outbox as an action with a key of its own (S16), and
 * under the same key, with the members that it sets, in a list that belongs to the lead. What is shown
 * is what the CRM told last with the members of the list over it, in their order: an older state that
 * comes in between takes nothing away. Workflows see only what the CRM told, since every computer has
 * to come to the same answer.
 *   - Confirmed: its members leave the list, and the CRM's answer is what counts.
 *   - Refused, or overtaken by somebody else: they leave it too, and the lead says why. A new lead
 *     that is refused stays, since nothing else has what the person typed in.
 *   - On its way or waiting for another try: the lead says how far the least advanced one got. */

/* One change that waits. */
typedef struct
{
  char *key;               /* (owned) of its action */
  WfJsonDocument *members; /* (owned) (nullable) */
  gboolean sent, refused;
} Waiting;

static void
waiting_free (Waiting *self)
{
  g_free (self->key);
  g_clear_pointer (&self->members, wf_json_document_unref);
  g_free (self);
}

/* -- the list ---------------------------------------------------------------------------------- */

static Waiting *
read_waiting (const WfJson *item)
{
  Waiting *self = g_new0 (Waiting, 1);
  const WfJson *members = wf_json_get_member (item, "members");

  self->key = g_strdup (wf_json_get_member_string (item, "key"));
  self->members = members != NULL ? wf_json_document_extract (members) : NULL;
  self->sent = wf_json_get_boolean (wf_json_get_member (item, "sent"), FALSE);
  self->refused = wf_json_get_boolean (wf_json_get_member (item, "refused"), FALSE);
  return self;
}

static char *
make_fact (const char *lead)
{
  return g_strconcat (WF_FACT_LEAD_CHANGES, lead, NULL);
}

/* Of Waiting. */
static GPtrArray *
load (WfStore *store, const char *lead)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) waiting_free);
  g_autofree char *fact = make_fact (lead);
  g_autofree char *text = wf_store_get_fact (store, fact);
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL, *item;
  WfJsonIter iter;

  if (text != NULL && document == NULL)
    g_warning ("What waits of a lead cannot be read");
  wf_json_iter_init (&iter, root);
  while (wf_json_is (root, WF_JSON_ARRAY) && wf_json_iter_next (&iter, NULL, &item))
    if (wf_json_get_member_string (item, "key") != NULL)
      g_ptr_array_add (list, read_waiting (item));
  return list;
}

static gboolean
save (WfStore *store, const char *lead, const GPtrArray *list, GError **error)
{
  g_autofree char *fact = make_fact (lead);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  if (list->len == 0)
    return wf_store_set_fact (store, fact, NULL, error);
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const Waiting *waiting = g_ptr_array_index (list, i);

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "key", waiting->key);
      if (waiting->members != NULL)
        wf_json_writer_add_value (writer, "members", wf_json_document_get_root (waiting->members));
      if (waiting->sent)
        wf_json_writer_add_boolean (writer, "sent", TRUE);
      if (waiting->refused)
        wf_json_writer_add_boolean (writer, "refused", TRUE);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  return wf_store_set_fact (store, fact, text, error);
}

static Waiting *
find (const GPtrArray *list, const char *key)
{
  for (guint i = 0; i < list->len; i++)
    {
      Waiting *waiting = g_ptr_array_index (list, i);

      if (g_ascii_strcasecmp (waiting->key, key) == 0)
        return waiting;
    }
  return NULL;
}

/* All members in their order; NULL: none. */
static WfJsonDocument *
join (const GPtrArray *list)
{
  g_autoptr (WfJsonDocument) joined = NULL;

  for (guint i = 0; i < list->len; i++)
    {
      const Waiting *waiting = g_ptr_array_index (list, i);
      WfJsonDocument *next = NULL;

      if (waiting->members == NULL)
        continue;
      next = wf_lead_view_merge (joined != NULL ? wf_json_document_get_root (joined) : NULL,
                                 wf_json_document_get_root (waiting->members));
      g_clear_pointer (&joined, wf_json_document_unref);
      joined = next;
    }
  return g_steal_pointer (&joined);
}

static WfSyncState
find_sync (const GPtrArray *list, const char *refusal)
{
  gboolean waits = FALSE, all_sent = TRUE, refused = refusal != NULL;

  for (guint i = 0; i < list->len; i++)
    {
      const Waiting *waiting = g_ptr_array_index (list, i);

      refused |= waiting->refused;
      waits |= !waiting->refused;
      all_sent &= waiting->refused || waiting->sent;
    }
  if (waits)
    return all_sent ? WF_SYNC_SENT : WF_SYNC_LOCAL;
  return refused ? WF_SYNC_REFUSED : WF_SYNC_CONFIRMED;
}

/* refusal: nullable. */
static gboolean
show (WfStore *store, const char *lead, const GPtrArray *list, const char *refusal, GError **error)
{
  g_autoptr (WfJsonDocument) members = join (list);

  return save (store, lead, list, error) &&
         wf_store_set_lead_local (store, lead,
                                  members != NULL ? wf_json_document_get_root (members) : NULL,
                                  find_sync (list, refusal), refusal, error);
}

/* -- the lead as it is shown ------------------------------------------------------------------- */

WfLead *
wf_lead_changes_dup_lead (WfCommit *self, const char *id)
{
  const WfJson *told = wf_commit_get_lead (self, id);
  g_autoptr (GPtrArray) list = load (self->store, id);
  g_autoptr (WfJsonDocument) members = join (list);
  g_autoptr (WfJsonDocument) merged = NULL;

  if (told == NULL && members == NULL)
    return NULL;
  if (members != NULL)
    merged = wf_lead_view_merge (told, wf_json_document_get_root (members));
  return wf_lead_read (id, merged != NULL ? wf_json_document_get_root (merged) : told);
}

gboolean
wf_lead_changes_is_refused_lead (WfStore *store, const char *id)
{
  g_autoptr (GPtrArray) list = load (store, id);

  for (guint i = 0; i < list->len; i++)
    if (((const Waiting *) g_ptr_array_index (list, i))->refused)
      return TRUE;
  return FALSE;
}

/* -- what people do ---------------------------------------------------------------------------- */

static gboolean
queue (WfCommit *self, const WfAction *action, GError **error)
{
  g_autofree char *payload = wf_action_to_text (action, TRUE);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_PERFORM,
    .subject = (char *) action->key,
    .lead = action->lead,
    .payload = payload,
    .not_before = WF_INSTANT_NONE,
  };

  self->changes->outbox = self->changes->leads = TRUE;
  return wf_store_add_outbox (self->store, &item, self->now, error);
}

gboolean
wf_lead_changes_add (WfCommit *self, const WfAction *action, const WfJson *members, GError **error)
{
  g_autoptr (GPtrArray) list = load (self->store, action->lead);
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->key = g_strdup (action->key);
  waiting->members = members != NULL ? wf_json_document_extract (members) : NULL;
  g_ptr_array_add (list, waiting);
  return queue (self, action, error) && show (self->store, action->lead, list, NULL, error);
}

gboolean
wf_lead_changes_add_comment (WfCommit *self, const WfAction *action, const char *id,
                             const char *text, GError **error)
{
  self->changes->leads = TRUE;
  return (action->kind != WF_ACTION_POST_TO_STREAM || queue (self, action, error)) &&
         wf_store_add_comment (self->store, id, action->lead, self->person, text, self->now,
                               WF_SYNC_LOCAL, error);
}

/* -- what becomes of it ------------------------------------------------------------------------ */

/* What a person asked for, and not a run. */
static gboolean
is_of_person (const WfOutboxItem *item, const WfAction *action)
{
  return item->run_key == NULL && action != NULL && action->lead != NULL;
}

/* The comment that an action makes: itself, or the notes of a new lead. FALSE: none. */
static gboolean
find_comment (const WfAction *action, const char **text, char id[WF_UUID_LENGTH + 1])
{
  if (action->kind == WF_ACTION_POST_TO_STREAM)
    {
      *text = wf_action_get_text (action, "text");
      g_strlcpy (id, action->key, WF_UUID_LENGTH + 1);
    }
  else if (action->kind == WF_ACTION_CREATE_LEAD)
    {
      *text = wf_action_get_text (action, "notes");
      wf_uuid_v5 (action->key, WF_ACTION_NOTES, -1, id);
    }
  else
    return FALSE;
  return *text != NULL;
}

static gboolean
mark_comment (WfStore *store, const WfOutboxItem *item, const WfAction *action, WfSyncState sync,
              gboolean *changed, GError **error)
{
  const char *text = NULL;
  char id[WF_UUID_LENGTH + 1];

  if (!find_comment (action, &text, id))
    return TRUE;
  *changed = TRUE;
  return wf_store_add_comment (store, id, action->lead, wf_action_get_text (action, "sender"), text,
                               item->at, sync, error);
}

gboolean
wf_lead_changes_mark (WfStore *store, const WfOutboxItem *item, const WfAction *action,
                      WfSyncState sync, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Waiting *waiting;

  if (!is_of_person (item, action))
    return TRUE;
  if (!mark_comment (store, item, action, sync, changed, error))
    return FALSE;
  list = load (store, action->lead);
  waiting = find (list, action->key);
  if (waiting == NULL)
    return TRUE;
  *changed = TRUE;
  waiting->sent = sync == WF_SYNC_SENT;
  waiting->refused = FALSE;
  return show (store, action->lead, list, NULL, error);
}

/* The members that the CRM's answer does not have are gone there: null is what says so here. */
static WfJsonDocument *
complete (const WfJson *lead, const WfJson *members)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, members);
  while (wf_json_iter_next (&iter, &name, &value))
    if (lead == NULL)
      wf_json_writer_add_value (writer, name, value);
    else if (wf_json_get_member (lead, name) == NULL)
      wf_json_writer_add_null (writer, name);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

/* Why the CRM did not do what it was asked for; NULL: it did. */
static const char *
explain_note (const char *note)
{
  return g_strcmp0 (note, "already-further") == 0
             ? _ ("Somebody else moved this lead further meanwhile. Their change was kept, yours "
                  "was not.")
             : NULL;
}

gboolean
wf_lead_changes_confirm (WfCommit *self, const WfOutboxItem *item, const WfAction *action,
                         const WfJson *lead, const char *note, WfInstant at, GError **error)
{
  const char *refusal = explain_note (note);
  g_autoptr (GPtrArray) list = NULL;
  Waiting *waiting;

  if (!is_of_person (item, action))
    return TRUE;
  self->changes->leads = TRUE;
  if (!mark_comment (self->store, item, action, WF_SYNC_CONFIRMED, &self->changes->leads, error))
    return FALSE;
  list = load (self->store, action->lead);
  waiting = find (list, action->key);
  if (waiting == NULL)
    return TRUE;
  if (waiting->members != NULL && refusal == NULL)
    {
      g_autoptr (WfJsonDocument) rest =
          complete (lead, wf_json_document_get_root (waiting->members));

      wf_commit_learn_lead (self, action->lead, wf_json_document_get_root (rest), at);
    }
  g_ptr_array_remove (list, waiting);
  return show (self->store, action->lead, list, refusal, error);
}

gboolean
wf_lead_changes_refuse (WfCommit *self, const WfOutboxItem *item, const WfAction *action,
                        const char *reason, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Waiting *waiting;

  if (!is_of_person (item, action))
    return TRUE;
  self->changes->leads = TRUE;
  if (!mark_comment (self->store, item, action, WF_SYNC_REFUSED, &self->changes->leads, error))
    return FALSE;
  list = load (self->store, action->lead);
  waiting = find (list, action->key);
  if (waiting == NULL)
    return TRUE;
  if (action->kind == WF_ACTION_CREATE_LEAD)
    waiting->refused = TRUE;
  else
    g_ptr_array_remove (list, waiting);
  return show (self->store, action->lead, list, reason, error);
}

gboolean
wf_lead_changes_drop (WfStore *store, const WfOutboxItem *item, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Waiting *waiting;

  if (item->kind != WF_OUTBOX_PERFORM || item->run_key != NULL || item->lead == NULL)
    return TRUE;
  list = load (store, item->lead);
  waiting = find (list, item->subject);
  if (waiting != NULL)
    g_ptr_array_remove (list, waiting);
  return show (store, item->lead, list, NULL, error);
}
