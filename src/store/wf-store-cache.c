/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the CRM said last: small facts, the organisation, the leads. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#define FACT_ORGANISATION "organisation"

/**
 * wf_store_get_fact:
 *
 * Result: (nullable): owned by the caller.
 */
char *
wf_store_get_fact (WfStore *self, const char *name)
{
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT value FROM facts WHERE name = ?");

  wf_bind_text (select, 1, name);
  return wf_store_step (self, select) ? wf_column_dup_text (select, 0) : NULL;
}

/**
 * wf_store_set_fact:
 * @value: (nullable): NULL deletes
 */
gboolean
wf_store_set_fact (WfStore *self, const char *name, const char *value, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  if (value == NULL)
    {
      g_auto (WfStatement) remove = wf_store_prepare (self, "DELETE FROM facts WHERE name = ?");

      wf_bind_text (remove, 1, name);
      return wf_store_run (self, remove, error);
    }
  g_auto (WfStatement) set =
      wf_store_prepare (self, "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)");

  wf_bind_text (set, 1, name);
  wf_bind_text (set, 2, value);
  return wf_store_run (self, set, error);
}

gboolean
wf_store_set_organisation (WfStore *self, WfOrganisation *organisation, GError **error)
{
  g_autofree char *text = wf_organisation_to_text (organisation, FALSE);

  return wf_store_set_fact (self, FACT_ORGANISATION, text, error);
}

/**
 * wf_store_get_organisation:
 *
 * Result: (nullable): a new reference; NULL when there is none yet.
 */
WfOrganisation *
wf_store_get_organisation (WfStore *self)
{
  g_autofree char *text = wf_store_get_fact (self, FACT_ORGANISATION);
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation;

  if (text == NULL)
    return NULL;
  document = wf_json_document_parse (text, -1, 0, NULL);
  organisation = document == NULL
                     ? NULL
                     : wf_organisation_read (wf_json_document_get_root (document), problems);
  if (organisation == NULL)
    g_warning ("The stored organisation cannot be read");
  return organisation;
}

/* ---- leads ---- */

static void
remember_lead (WfStore *self, const char *id, gint64 origin)
{
  g_free (self->last_lead);
  self->last_lead = g_strdup (id);
  self->last_origin = origin;
}

/* As the event that is being worked on says, for a lead that was not stored yet. */
static const char *
get_origin_in_event (WfStore *self, const char *lead)
{
  const WfLastEvent *last = &self->last_event;

  if (last->id == 0 || g_strcmp0 (wf_event_get_lead (last->event), lead) != 0)
    return NULL;
  return wf_json_get_string (wf_event_get_field (last->event, "lead.origin"));
}

gint64
wf_store_get_lead_origin (WfStore *self, const char *lead)
{
  const char *origin;
  WfKey key;

  if (lead == NULL)
    return 0;
  if (self->in_transaction && g_strcmp0 (lead, self->last_lead) == 0)
    return self->last_origin;
  origin = get_origin_in_event (self, lead);
  if (origin != NULL)
    {
      gint64 number = 0;

      if (wf_store_intern (self, origin, &number, NULL))
        remember_lead (self, lead, number);
      return number;
    }
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT origin FROM leads WHERE id = ?");

  wf_key_init (&key, lead);
  wf_bind_key (select, 1, &key);
  remember_lead (self, lead, wf_store_step (self, select) ? sqlite3_column_int64 (select, 0) : 0);
  return self->last_origin;
}

/* Activities carry their lead's origin for the Web / Store flow switch (R61). */
static gboolean
pass_origin_on (WfStore *self, const WfKey *lead, gint64 origin, GError **error)
{
  g_auto (WfStatement) update = wf_store_prepare (
      self,
      "UPDATE activities SET origin = ?1 WHERE origin IS NOT ?1 AND no IN (SELECT a.no FROM inbox i JOIN activities a ON a.no ="
      " i.id WHERE i.lead = ?2 AND a.apart = 0 UNION ALL SELECT no FROM activities WHERE lead = ?2 AND apart = 1)");

  wf_bind_number (update, 1, origin);
  wf_bind_key (update, 2, lead);
  return wf_store_run (self, update, error);
}

/**
 * wf_store_set_lead:
 * @lead: the lead's JSON object as last seen
 * @at: when it was seen
 *
 * An older state than the stored one changes nothing.
 */
gboolean
wf_store_set_lead (WfStore *self, const char *id, const WfJson *lead, WfInstant at, GError **error)
{
  g_autofree char *text = wf_json_to_text (lead, FALSE);
  gint64 origin, previous = wf_store_get_lead_origin (self, id);
  WfKey key;

  if (!wf_store_expect_transaction (self, error) ||
      !wf_store_intern (self, wf_json_get_member_string (lead, "origin"), &origin, error))
    return FALSE;
  g_auto (WfStatement) set = wf_store_prepare (
      self, "INSERT INTO leads (id, origin, at, lead) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (id) DO UPDATE SET origin = ?2, at = ?3, lead = ?4 WHERE at <= ?3");

  wf_key_init (&key, id);
  wf_bind_key (set, 1, &key);
  wf_bind_number (set, 2, origin);
  sqlite3_bind_int64 (set, 3, at);
  wf_bind_text (set, 4, text);
  if (!wf_store_run (self, set, error))
    return FALSE;
  if (sqlite3_changes (self->db) == 0 || previous == origin)
    return TRUE;
  remember_lead (self, id, origin);
  return pass_origin_on (self, &key, origin, error);
}

/**
 * wf_store_get_lead:
 *
 * Result: (nullable): the lead as last seen; owned by the caller.
 */
WfJsonDocument *
wf_store_get_lead (WfStore *self, const char *id)
{
  WfJsonDocument *document;
  WfKey key;
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT lead FROM leads WHERE id = ?");

  wf_key_init (&key, id);
  wf_bind_key (select, 1, &key);
  if (!wf_store_step (self, select))
    return NULL;
  document = wf_json_document_parse ((const char *) sqlite3_column_text (select, 0),
                                     sqlite3_column_bytes (select, 0), 0, NULL);
  if (document == NULL)
    g_warning ("A stored lead cannot be read");
  return document;
}
