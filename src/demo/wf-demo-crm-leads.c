/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's leads: reading, conditional writing, and the events that a change makes. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"
#include "wf-demo-json.h"

#include "wf-instant.h"
#include "wf-lead.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const WfDemoMember lead_members[] = {
  { "name", WF_DEMO_TEXT, TRUE, TRUE, 300 },
  { "company", WF_DEMO_TEXT, FALSE, TRUE, 300 },
  { "email", WF_DEMO_TEXT, FALSE, TRUE, 320 },
  { "phone", WF_DEMO_TEXT, FALSE, TRUE, 64 },
  { "source", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "origin", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "stage", WF_DEMO_TEXT, TRUE, TRUE, 128 },
  { "owner", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "group", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "unit", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "score", WF_DEMO_NUMBER, FALSE, TRUE, 0 },
  { "interest", WF_DEMO_TEXT, FALSE, TRUE, 1000 },
  { "value", WF_DEMO_NUMBER, FALSE, TRUE, 0 },
  { "custom", WF_DEMO_OBJECT, FALSE, TRUE, 0 },
  { "url", WF_DEMO_TEXT, FALSE, TRUE, 2000 },
  { "external-id", WF_DEMO_TEXT, FALSE, TRUE, 200 },
  { "tags", WF_DEMO_TEXTS, FALSE, TRUE, 128 },
  { "region", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "city", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "job-title", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "company-size", WF_DEMO_NUMBER, FALSE, TRUE, 0 },
  { "created", WF_DEMO_INSTANT, FALSE, FALSE, 0 },
  { NULL },
};

/* A reason goes beside the members of a patch; it is told, not kept. */
#define REASON "reason"

char *
wf_demo_crm_dup_lead (WfDemoCrm *self, const char *id)
{
  return wf_demo_database_dup_text (self->database, "SELECT body FROM leads WHERE id = ?", "s", id);
}

/* -- reading ----------------------------------------------------------------------------------- */

static WfInstant
get_instant (sqlite3_stmt *row, int column)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL ? WF_INSTANT_NONE
                                                          : sqlite3_column_int64 (row, column);
}

void
wf_demo_crm_get_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                      WfDemoOutcome *outcome)
{
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT body, revision, owner, first, last FROM leads LEFT JOIN contacts ON lead = id WHERE id = ?",
      "s", id);

  if (wf_demo_database_step (self->database, row))
    {
      if (wf_demo_caller_sees (caller, wf_demo_column_text (row, 2)))
        wf_demo_outcome_succeed (outcome, 200,
                                 wf_demo_crm_write_contacts (wf_demo_column_text (row, 0),
                                                             get_instant (row, 3),
                                                             get_instant (row, 4)),
                                 sqlite3_column_int64 (row, 1));
      wf_demo_database_end (row);
    }
  if (outcome->status == 0)
    wf_demo_outcome_fail (outcome, 404, "not-found", _ ("There is no such lead."));
}

static gboolean
matches_words (const char *body, const char *words)
{
  g_autofree char *text = g_utf8_casefold (body, -1);
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (text, parts[i]) == NULL)
      return FALSE;
  return TRUE;
}

void
wf_demo_crm_list_leads (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                        WfDemoOutcome *outcome, char **next_page)
{
  const char *words = g_hash_table_lookup (query, "q");
  const char *after_text = g_hash_table_lookup (query, "updated-after");
  WfInstant after = G_MININT64;
  gint64 page, last = 0;
  guint limit, n = 0;

  *next_page = NULL;
  if (!wf_demo_crm_read_page (query, &page, &limit, outcome))
    return;
  if (after_text != NULL && !wf_instant_parse (after_text, &after))
    {
      wf_demo_outcome_fail (outcome, 400, "bad-request",
                            _ ("The time in updated-after cannot be read."));
      return;
    }

  g_autoptr (GString) list = g_string_new ("[");
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT body, revision, owner, first, last FROM leads LEFT JOIN contacts ON lead = id"
      " WHERE revision > ?1 AND (?2 IS NULL OR stage = ?2) AND (?3 IS NULL OR owner = ?3) AND updated > ?4 ORDER BY revision",
      "issi", page, (const char *) g_hash_table_lookup (query, "stage"),
      (const char *) g_hash_table_lookup (query, "owner"), after);
  while (wf_demo_database_step (self->database, row))
    {
      const char *body = wf_demo_column_text (row, 0);

      if (!wf_demo_caller_sees (caller, wf_demo_column_text (row, 2)) ||
          (words != NULL && !matches_words (body, words)))
        continue;
      if (n == limit)
        {
          *next_page = g_strdup_printf ("%" G_GINT64_FORMAT, last);
          wf_demo_database_end (row);
          break;
        }
      g_autofree char *whole =
          wf_demo_crm_write_contacts (body, get_instant (row, 3), get_instant (row, 4));
      g_string_append_printf (list, "%s%s", n++ > 0 ? "," : "", whole);
      last = sqlite3_column_int64 (row, 1);
    }
  g_string_append_c (list, ']');
  wf_demo_outcome_succeed (outcome, 200, g_string_free (g_steal_pointer (&list), FALSE), 0);
}

/* -- writing ----------------------------------------------------------------------------------- */

/* Since when the lead is in its stage, and from which it came. */
static void
write_stage (WfJsonWriter *writer, const WfJson *body, const WfJson *old, const char *now)
{
  const char *stage = wf_json_get_member_string (body, "stage"),
             *before = wf_json_get_member_string (old, "stage"),
             *since = wf_json_get_member_string (old, "stage-since"), *from = before;

  if (g_strcmp0 (stage, before) != 0)
    since = now;
  else
    from = wf_json_get_member_string (old, "stage-from");
  if (since != NULL)
    wf_json_writer_add_string (writer, "stage-since", since);
  else
    wf_json_writer_add_null (writer, "stage-since");
  if (from != NULL)
    wf_json_writer_add_string (writer, "stage-from", from);
  else
    wf_json_writer_add_null (writer, "stage-from");
}

/* Stores body with the server's own members. Owned by the caller: the stored value. */
static WfJsonDocument *
store_lead (WfDemoCrm *self, const char *id, const WfJson *body, const WfJson *old,
            gint64 *revision)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  WfInstant now = wf_demo_crm_now (self);
  g_autofree char *now_text = wf_instant_format_utc (now);
  const char *created = wf_json_get_member_string (old, "created");

  *revision = wf_demo_crm_next_revision (self);
  g_autofree char *tag = wf_demo_crm_make_tag (*revision);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "created",
                             created != NULL ? created
                             : wf_json_get_member_string (body, "created") != NULL
                                 ? wf_json_get_member_string (body, "created")
                                 : now_text);
  wf_json_writer_add_string (writer, "updated", now_text);
  wf_json_writer_add_string (writer, "etag", tag);
  write_stage (writer, body, old, now_text);
  /* Told beside the lead, whoever sends them back. */
  wf_json_writer_add_null (writer, "first-contact");
  wf_json_writer_add_null (writer, "last-contact");
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) stamps = wf_json_writer_finish_document (writer);
  g_autoptr (WfJsonDocument) stored = wf_demo_json_merge (body, wf_json_document_get_root (stamps));
  const WfJson *root = wf_json_document_get_root (stored);
  g_autofree char *text = wf_json_to_text (root, FALSE);

  wf_demo_database_run (
      self->database,
      "INSERT INTO leads (id, body, revision, stage, owner, updated) VALUES (?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET body = excluded.body, revision = excluded.revision,"
      " stage = excluded.stage, owner = excluded.owner, updated = excluded.updated",
      "ssissi", id, text, *revision, wf_json_get_member_string (root, "stage"),
      wf_json_get_member_string (root, "owner"), now);
  return g_steal_pointer (&stored);
}

void
wf_demo_crm_learn_lead (WfDemoCrm *self, const WfJson *snapshot)
{
  const char *id = wf_json_get_member_string (snapshot, "id");
  g_autofree char *old_text = wf_demo_crm_dup_lead (self, id);
  g_autoptr (WfJsonDocument) old = old_text != NULL ? wf_json_document_parse (old_text, -1, 0, NULL)
                                                    : NULL;
  const WfJson *old_root = old != NULL ? wf_json_document_get_root (old) : NULL;
  g_autoptr (WfJsonDocument) merged = wf_demo_json_merge (old_root, snapshot);
  gint64 revision;
  g_autoptr (WfJsonDocument) stored =
      store_lead (self, id, wf_json_document_get_root (merged), old_root, &revision);
}

/* -- events of a change ------------------------------------------------------------------------ */

static gboolean
member_changed (const WfJson *old, const WfJson *new, const char *name)
{
  const WfJson *a = wf_json_get_member (old, name), *b = wf_json_get_member (new, name);

  if (a == NULL || b == NULL)
    return a != b;
  return !wf_json_equal (a, b);
}

static void
write_value (WfJsonWriter *writer, const char *name, const WfJson *value)
{
  if (value != NULL)
    wf_json_writer_add_value (writer, name, value);
  else
    wf_json_writer_add_null (writer, name);
}

/* The names under which conditions and texts know the two sides of a change. */
static const struct
{
  const char *member, *from, *to;
} sides[] = {
  { "stage", "stage_from", "stage_to" },
  { "owner", "owner_from", "owner_to" },
  { "score", "score_from", "score_to" },
};

/* {"stage_from", "stage_to", ..., "reason", "changes": {member: [old, new]}}; NULL when nothing
 * changed. */
static WfJsonDocument *
describe_change (const WfJson *old, const WfJson *new, const char *reason)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  guint n = 0;

  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (member_changed (old, new, sides[i].member))
      {
        write_value (writer, sides[i].from, wf_json_get_member (old, sides[i].member));
        write_value (writer, sides[i].to, wf_json_get_member (new, sides[i].member));
      }
  wf_json_writer_add_string (writer, REASON, reason);
  wf_json_writer_begin_object (writer, "changes");
  for (const WfDemoMember *member = lead_members; member->name != NULL; member++)
    if (member->patchable && member_changed (old, new, member->name))
      {
        n++;
        wf_json_writer_begin_array (writer, member->name);
        write_value (writer, NULL, wf_json_get_member (old, member->name));
        write_value (writer, NULL, wf_json_get_member (new, member->name));
        wf_json_writer_end (writer);
      }
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  return n > 0 ? wf_json_writer_finish_document (writer) : NULL;
}

static void
tell_change (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, const WfJson *old,
             const WfJson *new, const char *reason)
{
  g_autoptr (WfJsonDocument) change = describe_change (old, new, reason);
  WfDemoEventDraft draft = { .lead = id, .people = wf_json_get_member_string (old, "owner") };
  gboolean told = FALSE;

  if (change == NULL)
    return;
  draft.data = wf_json_document_get_root (change);
  if (member_changed (old, new, "stage"))
    {
      draft.type = "lead.stage-changed";
      wf_demo_crm_add_event (self, caller, &draft);
      draft.type =
          wf_stage_get_closing_event (self->organisation, wf_json_get_member_string (new, "stage"));
      if (draft.type != NULL)
        wf_demo_crm_add_event (self, caller, &draft);
      told = TRUE;
    }
  if (member_changed (old, new, "owner"))
    {
      draft.type = "lead.reassigned";
      wf_demo_crm_add_event (self, caller, &draft);
      told = TRUE;
    }
  if (member_changed (old, new, "score"))
    {
      draft.type = "lead.score-changed";
      wf_demo_crm_add_event (self, caller, &draft);
      told = TRUE;
    }
  if (!told)
    {
      draft.type = "lead.updated";
      wf_demo_crm_add_event (self, caller, &draft);
    }
}

/* -- permissions ------------------------------------------------------------------------------- */

static gboolean
refuse_role (WfDemoOutcome *outcome, const char *title)
{
  wf_demo_outcome_fail (outcome, 403, "forbidden", title);
  return FALSE;
}

static gboolean
check_person (WfDemoCrm *self, const WfJson *body, WfProblems *problems)
{
  const char *owner = wf_json_get_member_string (body, "owner");

  if (owner == NULL || wf_organisation_get_person (self->organisation, owner) != NULL)
    return TRUE;
  wf_problems_add (problems, WF_PROBLEM_ERROR, "/owner", "unknown-person", "%s",
                   _ ("There is no such person."));
  return FALSE;
}

/* R7, R52, R66: the rule is the server's, whatever an interface offers. */
static gboolean
check_change (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *old, const WfJson *new,
              WfDemoOutcome *outcome)
{
  const char *owner = wf_json_get_member_string (old, "owner");
  const char *person = caller->person != NULL ? caller->person->id : NULL;
  gboolean stage = member_changed (old, new, "stage"),
           directed = member_changed (old, new, "owner");

  if (!wf_demo_crm_caller_may_write (self, caller))
    return refuse_role (outcome, _ ("Your role only reads."));
  if (stage && wf_stage_is_closing (self->organisation, wf_json_get_member_string (new, "stage")) &&
      !wf_demo_crm_caller_may (self, caller, WF_RIGHT_FINALIZE_LEAD))
    return refuse_role (outcome, _ ("Your role does not finalize leads."));
  if (caller->kind != WF_DEMO_CALLER_PERSON || owner == NULL || g_strcmp0 (owner, person) == 0 ||
      wf_demo_crm_caller_may (self, caller, WF_RIGHT_SEE_EVERYONE))
    return TRUE;
  if (directed && !stage && wf_demo_crm_caller_may (self, caller, WF_RIGHT_DIRECT_LEAD))
    return TRUE;
  return refuse_role (outcome, _ ("Somebody else is responsible for this lead."));
}

static gboolean
check_creation (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *body,
                WfDemoOutcome *outcome)
{
  if (caller->kind != WF_DEMO_CALLER_PERSON)
    return TRUE;
  if (!wf_demo_crm_caller_may_write (self, caller))
    return refuse_role (outcome, _ ("Your role only reads."));
  if (caller->person->role == WF_ROLE_MANAGER || caller->person->role == WF_ROLE_ADMINISTRATOR)
    return TRUE;
  if (g_strcmp0 (wf_json_get_member_string (body, "origin"), "flow") != 0)
    return refuse_role (outcome, _ ("Your role creates leads of the store flow only."));
  if (!wf_demo_crm_caller_may (self, caller, WF_RIGHT_CREATE_FLOW_LEAD))
    return refuse_role (outcome, _ ("Your role does not create leads of the store flow."));
  return TRUE;
}

/* -- operations -------------------------------------------------------------------------------- */

WfJsonDocument *
wf_demo_crm_load_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                       gint64 *revision, WfDemoOutcome *outcome)
{
  g_auto (WfDemoOutcome) found = { 0 };

  wf_demo_crm_get_lead (self, caller, id, &found);
  if (wf_demo_outcome_is_problem (&found))
    {
      wf_demo_outcome_fail (outcome, found.status, found.problem, found.title);
      return NULL;
    }
  *revision = wf_demo_database_get_number (self->database, 0,
                                           "SELECT revision FROM leads WHERE id = ?", "s", id);
  return wf_json_document_parse (found.body, -1, 0, NULL);
}

char *
wf_demo_crm_add_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                      const WfJson *body, const char *const *types, gint64 *revision)
{
  g_autoptr (WfJsonDocument) stored = store_lead (self, id, body, NULL, revision);

  for (guint i = 0; types[i] != NULL; i++)
    {
      WfDemoEventDraft draft = { .type = types[i], .lead = id };

      wf_demo_crm_add_event (self, caller, &draft);
    }
  return wf_json_to_text (wf_json_document_get_root (stored), FALSE);
}

static void
create_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, const WfJson *body,
             WfDemoOutcome *outcome)
{
  gint64 revision;
  gint64 existing = wf_demo_database_get_number (
      self->database, 0, "SELECT revision FROM leads WHERE id = ?", "s", id);

  if (existing != 0)
    {
      wf_demo_outcome_fail (outcome, 412, "already-exists", _ ("This lead exists already."));
      outcome->etag = wf_demo_crm_make_tag (existing);
      return;
    }
  if (!check_creation (self, caller, body, outcome))
    return;

  const char *types[] = { caller->kind == WF_DEMO_CALLER_PERSON ? "lead.created-manually"
                                                                : "lead.received",
                          NULL };
  char *text = wf_demo_crm_add_lead (self, caller, id, body, types, &revision);
  wf_demo_outcome_succeed (outcome, 201, text, revision);
}

void
wf_demo_crm_apply_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                        const WfJson *old, const WfJson *new, const char *reason,
                        WfDemoOutcome *outcome)
{
  gint64 revision;

  g_autoptr (WfJsonDocument) stored = store_lead (self, id, new, old, &revision);
  const WfJson *root = wf_json_document_get_root (stored);
  tell_change (self, caller, id, old, root, reason);
  if (reason != NULL)
    {
      g_autofree char *object = g_strconcat ("lead/", id, NULL);
      g_autoptr (WfJsonDocument) change = describe_change (old, root, reason);
      g_autofree char *detail =
          change != NULL ? wf_json_to_text (wf_json_document_get_root (change), FALSE) : NULL;

      wf_demo_crm_audit (self, caller, "lead.changed", object, detail);
    }
  wf_demo_outcome_succeed (outcome, 200, wf_json_to_text (root, FALSE), revision);
}

static void
change_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, const WfJson *old,
             const WfJson *new, const char *reason, WfDemoOutcome *outcome)
{
  if (check_change (self, caller, old, new, outcome))
    wf_demo_crm_apply_lead (self, caller, id, old, new, reason, outcome);
}

gboolean
wf_demo_crm_check_lead (WfDemoCrm *self, const WfJson *lead, WfProblems *problems)
{
  guint before = wf_problems_get_n (problems);

  wf_demo_json_check (lead, lead_members, "", problems);
  check_person (self, lead, problems);
  return wf_problems_get_n (problems) == before;
}

void
wf_demo_crm_put_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                      const WfJson *body, const char *if_match, gboolean create,
                      WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  gint64 revision = 0;

  if (!wf_demo_crm_check_lead (self, body, problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }

  g_autoptr (WfJsonDocument) known = wf_demo_json_keep_known (body, lead_members);
  if (create)
    {
      create_lead (self, caller, id, wf_json_document_get_root (known), outcome);
      return;
    }
  g_autoptr (WfJsonDocument) old = wf_demo_crm_load_lead (self, caller, id, &revision, outcome);
  if (old != NULL && wf_demo_crm_check_match (if_match, revision, outcome))
    change_lead (self, caller, id, wf_json_document_get_root (old),
                 wf_json_document_get_root (known), NULL, outcome);
}

void
wf_demo_crm_patch_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                        const WfJson *patch, const char *if_match, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  gint64 revision;

  g_autoptr (WfJsonDocument) old = wf_demo_crm_load_lead (self, caller, id, &revision, outcome);
  if (old == NULL || !wf_demo_crm_check_match (if_match, revision, outcome))
    return;

  const char *reason = wf_json_get_member_string (patch, REASON);
  g_autoptr (WfJsonDocument) drop = wf_json_document_parse ("{\"" REASON "\":null}", -1, 0, NULL);
  g_autoptr (WfJsonDocument) rest = wf_demo_json_merge (patch, wf_json_document_get_root (drop));
  const WfJson *plain = wf_json_document_get_root (rest);
  wf_demo_json_check_patch (plain, lead_members, problems);
  check_person (self, plain, problems);
  if (wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }
  g_autoptr (WfJsonDocument) new = wf_demo_json_merge (wf_json_document_get_root (old), plain);
  change_lead (self, caller, id, wf_json_document_get_root (old), wf_json_document_get_root (new),
               reason, outcome);
}

gboolean
wf_demo_crm_may_delete_lead (const WfDemoCaller *caller)
{
  return caller->kind != WF_DEMO_CALLER_PERSON || caller->person->role == WF_ROLE_MANAGER ||
         caller->person->role == WF_ROLE_ADMINISTRATOR;
}

void
wf_demo_crm_remove_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id)
{
  g_autofree char *object = g_strconcat ("lead/", id, NULL);
  WfDemoEventDraft draft = { .type = "lead.deleted", .lead = id };

  wf_demo_crm_add_event (self, caller, &draft);
  wf_demo_crm_audit (self, caller, "lead.deleted", object, NULL);
  wf_demo_database_run (self->database, "DELETE FROM comments WHERE lead = ?", "s", id);
  wf_demo_database_run (self->database, "DELETE FROM leads WHERE id = ?", "s", id);
  wf_demo_database_run (self->database, "DELETE FROM contacts WHERE lead = ?", "s", id);
}

void
wf_demo_crm_delete_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                         const char *if_match, WfDemoOutcome *outcome)
{
  gint64 revision;

  if (!wf_demo_crm_may_delete_lead (caller))
    {
      refuse_role (outcome, _ ("Your role does not delete leads."));
      return;
    }
  if (wf_demo_database_get_number (self->database, 0, "SELECT 1 FROM leads WHERE id = ?", "s",
                                   id) == 0)
    {
      wf_demo_outcome_succeed (outcome, 204, NULL, 0);
      return;
    }
  g_autoptr (WfJsonDocument) old = wf_demo_crm_load_lead (self, caller, id, &revision, outcome);
  if (old == NULL || !wf_demo_crm_check_match (if_match, revision, outcome))
    return;

  wf_demo_crm_remove_lead (self, caller, id);
  wf_demo_outcome_succeed (outcome, 204, NULL, 0);
}
