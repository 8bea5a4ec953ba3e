/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the CRM said last: small facts and the organisation. */
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

/* It is read again only when its text is another one: lists of leads ask for it each time. */
static WfOrganisation *
read_organisation (WfStore *self, const char *text)
{
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  if (g_strcmp0 (text, self->organisation_text) == 0)
    return self->organisation;
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  document = wf_json_document_parse (text, -1, 0, NULL);
  if (document != NULL)
    self->organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_set_str (&self->organisation_text, text);
  if (self->organisation == NULL)
    g_warning ("The stored organisation cannot be read");
  return self->organisation;
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
  WfOrganisation *organisation = text != NULL ? read_organisation (self, text) : NULL;

  return organisation != NULL ? wf_organisation_ref (organisation) : NULL;
}
