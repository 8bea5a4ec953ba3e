/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One transaction of the runtime, in the store's thread: what engine and people decide becomes
 * rows, all or nothing (S16). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-reminder-plan.h"

#include <glib/gi18n-lib.h>

/* A lead as this transaction sees it. */
typedef struct
{
  WfJsonDocument *document; /* (owned) (nullable) NULL: not known */
  WfInstant at;
  gboolean changed, gone;
} WfCommitLead;

static void
commit_lead_free (WfCommitLead *self)
{
  g_clear_pointer (&self->document, wf_json_document_unref);
  g_free (self);
}

WfChanges *
wf_changes_new (void)
{
  WfChanges *self = g_new0 (WfChanges, 1);

  self->instant = WF_INSTANT_NONE;
  self->closed = g_ptr_array_new_with_free_func (g_free);
  self->withdrawn = g_ptr_array_new_with_free_func (g_free);
  self->reminders = g_ptr_array_new_with_free_func (g_free);
  self->stale = g_ptr_array_new_with_free_func (g_free);
  self->refused = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
wf_changes_free (WfChanges *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->closed);
  g_ptr_array_unref (self->withdrawn);
  g_ptr_array_unref (self->reminders);
  g_ptr_array_unref (self->stale);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

/**
 * wf_commit_new:
 * @engine: decides with the workflows known now; a new reference is taken
 * @person: (nullable): who is signed in
 * @everyone: everybody's activities are kept here
 * @reminds: reminders and messages are shown on this computer
 * @now: the transaction's instant
 *
 * Made in the main context, used in the store's thread by one job, freed with it.
 */
WfCommit *
wf_commit_new (WfEngine *engine, const char *person, gboolean everyone, gboolean reminds,
               WfInstant now)
{
  WfCommit *self = g_new0 (WfCommit, 1);

  self->engine = wf_engine_ref (engine);
  self->person = g_strdup (person);
  self->everyone = everyone;
  self->reminds = reminds;
  self->now = now;
  self->rules = wf_reminder_rules_new_default ();
  self->zone = g_time_zone_new_utc ();
  self->leads =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) commit_lead_free);
  self->held = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) wf_workflow_unref, NULL);
  self->gauges = wf_storm_gauges_new ();
  self->changes = wf_changes_new ();
  return self;
}

void
wf_commit_free (WfCommit *self)
{
  if (self->arguments_free != NULL)
    self->arguments_free (self->arguments);
  g_clear_pointer (&self->changes, wf_changes_free);
  g_hash_table_unref (self->leads);
  g_hash_table_unref (self->held);
  g_hash_table_unref (self->gauges);
  g_clear_pointer (&self->dated, g_ptr_array_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->given, g_hash_table_unref);
  g_clear_pointer (&self->failing, g_hash_table_unref);
  g_clear_pointer (&self->watched, g_hash_table_unref);
  wf_engine_unref (self->engine);
  wf_reminder_rules_unref (self->rules);
  g_time_zone_unref (self->zone);
  wf_on_screen_free (self->on_screen);
  g_free (self->person);
  g_free (self);
}

static gboolean
write_lead (WfCommit *self, const char *id, const WfCommitLead *lead, GError **error)
{
  self->changes->leads |= lead->gone || lead->changed;
  if (lead->gone)
    return wf_store_delete_lead (self->store, id, error);
  return !lead->changed ||
         wf_store_set_lead (self->store, id, wf_json_document_get_root (lead->document), lead->at,
                            error);
}

WfChanges *
wf_commit_finish (WfCommit *self, GError **error)
{
  GHashTableIter iter;
  gpointer id, value;

  if (!wf_commit_announce (self, error) || !wf_storm_announce (self, error) ||
      !wf_on_screen_save (self, error))
    return NULL;
  g_hash_table_iter_init (&iter, self->leads);
  while (g_hash_table_iter_next (&iter, &id, &value))
    if (!write_lead (self, id, value, error))
      return NULL;
  return g_steal_pointer (&self->changes);
}

WfOrganisation *
wf_commit_get_organisation (WfCommit *self)
{
  return wf_engine_get_organisation (self->engine);
}

gboolean
wf_commit_is_own (WfCommit *self, const char *person)
{
  return person != NULL && self->person != NULL && g_str_equal (person, self->person);
}

gboolean
wf_commit_keeps (WfCommit *self, const char *person)
{
  return self->everyone || person == NULL || wf_commit_is_own (self, person);
}

WfWorkingHours *
wf_commit_dup_hours (WfCommit *self, const char *person)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *found = organisation != NULL && person != NULL
                              ? wf_organisation_get_person (organisation, person)
                              : NULL;

  if (organisation == NULL)
    {
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

      return wf_working_hours_new_always_open (utc);
    }
  return wf_working_hours_ref (found != NULL ? wf_organisation_get_hours_for (organisation, found)
                                             : wf_organisation_get_hours (organisation));
}

gboolean
wf_commit_log (WfCommit *self, const char *kind, const char *title, const char *lead,
               const char *details, GError **error)
{
  self->changes->log = TRUE;
  return wf_store_add_log (self->store, self->now, kind, title, lead, details, error);
}

/* -- leads ------------------------------------------------------------------------------------- */

static WfCommitLead *
look_up_lead (WfCommit *self, const char *id)
{
  WfCommitLead *lead = g_hash_table_lookup (self->leads, id);

  if (lead == NULL)
    {
      lead = g_new0 (WfCommitLead, 1);
      lead->document = wf_store_get_lead_at (self->store, id, &lead->at);
      g_hash_table_insert (self->leads, g_strdup (id), lead);
    }
  return lead;
}

const WfJson *
wf_commit_get_lead (WfCommit *self, const char *lead)
{
  if (lead == NULL)
    return NULL;

  WfCommitLead *found = look_up_lead (self, lead);
  return found->document != NULL ? wf_json_document_get_root (found->document) : NULL;
}

WfInstant
wf_commit_get_lead_time (WfCommit *self, const char *lead)
{
  return lead != NULL ? look_up_lead (self, lead)->at : WF_INSTANT_NONE;
}

static gboolean
has_every_member (const WfJson *seen, const WfJson *known)
{
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  wf_json_iter_init (&iter, known);
  while (wf_json_iter_next (&iter, &name, &value))
    if (wf_json_get_member (seen, name) == NULL)
      return FALSE;
  return TRUE;
}

/* What an event shows goes over what is known; what it does not mention stays. */
static WfJsonDocument *
merge (const WfJson *known, const WfJson *seen)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_members (writer, seen);
  wf_json_iter_init (&iter, known);
  while (wf_json_iter_next (&iter, &name, &value))
    if (wf_json_get_member (seen, name) == NULL)
      wf_json_writer_add_value (writer, name, value);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

/**
 * wf_commit_learn_lead:
 * @self: a transaction
 * @lead: the lead's id
 * @seen: what an event shows of it; anything but an object is ignored
 * @at: the event's time: an older one changes nothing
 */
void
wf_commit_learn_lead (WfCommit *self, const char *lead, const WfJson *seen, WfInstant at)
{
  if (lead == NULL || !wf_json_is (seen, WF_JSON_OBJECT))
    return;

  WfCommitLead *known = look_up_lead (self, lead);
  known->gone = FALSE;
  if (known->at != WF_INSTANT_NONE && at < known->at)
    return;

  const WfJson *before = known->document != NULL ? wf_json_document_get_root (known->document)
                                                 : NULL;
  WfJsonDocument *after = before == NULL || has_every_member (seen, before)
                              ? wf_json_document_extract (seen)
                              : merge (before, seen);
  g_clear_pointer (&known->document, wf_json_document_unref);
  known->document = after;
  known->at = at;
  known->changed = TRUE;
}

void
wf_commit_forget_lead (WfCommit *self, const char *lead)
{
  look_up_lead (self, lead)->gone = TRUE;
}

/* -- messages for the signed-in person --------------------------------------------------------- */

gboolean
wf_commit_keep_message (WfCommit *self, const char *id, const char *title, const char *text,
                        GError **error)
{
  g_autofree char *kept = wf_store_get_fact (self->store, WF_FACT_MESSAGES);
  g_autoptr (WfJsonDocument) list = kept != NULL ? wf_json_document_parse (kept, -1, 0, NULL)
                                                 : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfJson *root = list != NULL ? wf_json_document_get_root (list) : NULL;

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < wf_json_get_size (root); i++)
    wf_json_writer_add_value (writer, NULL, wf_json_get_element (root, i));
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "title", title);
  wf_json_writer_add_string (writer, "text", text);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);

  g_autofree char *all = wf_json_writer_finish (writer, FALSE);
  self->changes->messages = TRUE;
  return wf_store_set_fact (self->store, WF_FACT_MESSAGES, all, error);
}
