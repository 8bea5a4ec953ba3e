/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's activities: conditional creation (S16), changes with tags, lateness (S22), and
 * the events that follow. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"
#include "wf-demo-json.h"

#include "wf-activity.h"
#include "wf-instant.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>

static const WfDemoMember activity_members[] = {
  { "lead", WF_DEMO_TEXT, FALSE, FALSE, 128 },
  { "lead-name", WF_DEMO_TEXT, FALSE, FALSE, 300 },
  { "lead-phone", WF_DEMO_TEXT, FALSE, FALSE, 64 },
  { "lead-email", WF_DEMO_TEXT, FALSE, FALSE, 320 },
  { "type", WF_DEMO_TEXT, TRUE, FALSE, 128 },
  { "title", WF_DEMO_TEXT, TRUE, TRUE, 500 },
  { "notes", WF_DEMO_TEXT, FALSE, TRUE, 10000 },
  { "person", WF_DEMO_TEXT, FALSE, TRUE, 128 },
  { "due", WF_DEMO_INSTANT, TRUE, TRUE, 0 },
  { "original-due", WF_DEMO_INSTANT, FALSE, FALSE, 0 },
  { "remind", WF_DEMO_INSTANT, FALSE, TRUE, 0 },
  { "visible-from", WF_DEMO_INSTANT, FALSE, TRUE, 0 },
  { "created", WF_DEMO_INSTANT, FALSE, FALSE, 0 },
  { "completed", WF_DEMO_INSTANT, FALSE, TRUE, 0 },
  { "zone", WF_DEMO_TEXT, FALSE, FALSE, 64 },
  { "status", WF_DEMO_STATUS, FALSE, TRUE, 0 },
  { "kind", WF_DEMO_ACTIVITY_KIND, FALSE, FALSE, 0 },
  { "ends", WF_DEMO_INSTANT, FALSE, TRUE, 0 },
  { "place", WF_DEMO_TEXT, FALSE, TRUE, 500 },
  { "outcome", WF_DEMO_TEXT, FALSE, TRUE, 1000 },
  { "business-hours", WF_DEMO_BOOLEAN, FALSE, FALSE, 0 },
  { "arrived-late", WF_DEMO_BOOLEAN, FALSE, FALSE, 0 },
  { "pinned", WF_DEMO_BOOLEAN, FALSE, TRUE, 0 },
  { "workflow", WF_DEMO_TEXT, FALSE, FALSE, 64 },
  { "workflow-name", WF_DEMO_TEXT, FALSE, FALSE, 300 },
  { "workflow-version", WF_DEMO_NUMBER, FALSE, FALSE, 0 },
  { "step", WF_DEMO_TEXT, FALSE, FALSE, 128 },
  { "event-source", WF_DEMO_TEXT, FALSE, FALSE, 500 },
  { "event-id", WF_DEMO_TEXT, FALSE, FALSE, 500 },
  { "event-type", WF_DEMO_TEXT, FALSE, FALSE, 128 },
  { "cause", WF_DEMO_TEXT, FALSE, FALSE, 2000 },
  { "explanation", WF_DEMO_OBJECT, FALSE, FALSE, 0 },
  { NULL },
};

/* What tells whether a repeated creation is the same one: not the words, which another language
 * may change. */
static const WfDemoMember identity_members[] = {
  { "lead" }, { "type" }, { "workflow" }, { "step" }, { "event-source" }, { "event-id" }, { NULL },
};

/* Beside the members of a change: why, and what to say about it. */
#define REASON "reason"
#define COMMENT "comment"
#define COMMENT_ID "comment-id"

/* -- reading ----------------------------------------------------------------------------------- */

void
wf_demo_crm_get_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                          WfDemoOutcome *outcome)
{
  sqlite3_stmt *row = wf_demo_database_query (
      self->database, "SELECT body, revision, person FROM activities WHERE id = ?", "s", id);

  if (wf_demo_database_step (self->database, row))
    {
      if (wf_demo_caller_sees (caller, wf_demo_column_text (row, 2)))
        wf_demo_outcome_succeed (outcome, 200, g_strdup (wf_demo_column_text (row, 0)),
                                 sqlite3_column_int64 (row, 1));
      wf_demo_database_end (row);
    }
  if (outcome->status == 0)
    wf_demo_outcome_fail (outcome, 404, "not-found", _ ("There is no such activity."));
}

void
wf_demo_crm_list_activities (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                             WfDemoOutcome *outcome, char **next_page)
{
  const char *after_text = g_hash_table_lookup (query, "updated-after");
  const char *before_text = g_hash_table_lookup (query, "due-before");
  WfInstant after = G_MININT64, before = G_MAXINT64;
  gint64 page, last = 0;
  guint limit, n = 0;

  *next_page = NULL;
  if (!wf_demo_crm_read_page (query, &page, &limit, outcome))
    return;
  if ((after_text != NULL && !wf_instant_parse (after_text, &after)) ||
      (before_text != NULL && !wf_instant_parse (before_text, &before)))
    {
      wf_demo_outcome_fail (outcome, 400, "bad-request", _ ("A time in the query cannot be read."));
      return;
    }

  g_autoptr (GString) list = g_string_new ("[");
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT body, revision, person FROM activities WHERE revision > ?1 AND (?2 IS NULL OR person = ?2)"
      " AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR lead = ?4) AND updated > ?5 AND due < ?6 ORDER BY revision",
      "isssii", page, (const char *) g_hash_table_lookup (query, "person"),
      (const char *) g_hash_table_lookup (query, "status"),
      (const char *) g_hash_table_lookup (query, "lead"), after, before);
  while (wf_demo_database_step (self->database, row))
    {
      if (!wf_demo_caller_sees (caller, wf_demo_column_text (row, 2)))
        continue;
      if (n == limit)
        {
          *next_page = g_strdup_printf ("%" G_GINT64_FORMAT, last);
          wf_demo_database_end (row);
          break;
        }
      g_string_append_printf (list, "%s%s", n++ > 0 ? "," : "", wf_demo_column_text (row, 0));
      last = sqlite3_column_int64 (row, 1);
    }
  g_string_append_c (list, ']');
  wf_demo_outcome_succeed (outcome, 200, g_string_free (g_steal_pointer (&list), FALSE), 0);
}

/* -- storing ----------------------------------------------------------------------------------- */

static void
stamp_completion (WfJsonWriter *writer, const WfJson *body, const char *status, const char *now)
{
  if (!g_str_equal (status, "open"))
    wf_json_writer_add_string (writer, "completed",
                               wf_json_get_member_string (body, "completed") != NULL
                                   ? wf_json_get_member_string (body, "completed")
                                   : now);
  else
    wf_json_writer_add_null (writer, "completed");
}

/* Body with the server's own members. Owned by the caller. */
static WfJsonDocument *
stamp (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, const WfJson *body,
       const WfJson *old, gint64 *revision)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *now = wf_instant_format_utc (wf_demo_crm_now (self));
  const char *status = wf_json_get_member_string (body, "status");
  const char *author = wf_json_get_member_string (old, "author");

  *revision = wf_demo_crm_next_revision (self);
  g_autofree char *tag = wf_demo_crm_make_tag (*revision);
  if (status == NULL)
    status = "open";
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "status", status);
  if (wf_json_get_member (body, "kind") == NULL)
    wf_json_writer_add_string (writer, "kind", wf_activity_kind_names[WF_ACTIVITY_TASK]);
  if (wf_json_get_member (body, "created") == NULL)
    wf_json_writer_add_string (writer, "created", now);
  if (wf_json_get_member (body, "original-due") == NULL)
    wf_json_writer_add_string (writer, "original-due", wf_json_get_member_string (body, "due"));
  stamp_completion (writer, body, status, now);
  wf_json_writer_add_string (writer, "author",
                             author != NULL ? author : wf_demo_caller_get_id (caller));
  wf_json_writer_add_string (writer, "updated", now);
  wf_json_writer_add_string (writer, "etag", tag);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) stamps = wf_json_writer_finish_document (writer);
  return wf_demo_json_merge (body, wf_json_document_get_root (stamps));
}

static WfJsonDocument *
store (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, const WfJson *body,
       const WfJson *old, gint64 *revision)
{
  g_autoptr (WfJsonDocument) stored = stamp (self, caller, id, body, old, revision);
  const WfJson *root = wf_json_document_get_root (stored);
  g_autofree char *text = wf_json_to_text (root, FALSE);
  g_autoptr (WfJsonDocument) identity = wf_demo_json_keep_known (root, identity_members);
  g_autofree char *content = wf_demo_crm_fingerprint (wf_json_document_get_root (identity));
  gint64 due = wf_demo_json_get_instant (root, "due");

  wf_demo_database_run (
      self->database,
      "INSERT INTO activities (id, body, content, revision, lead, person, status, due, updated)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
      " ON CONFLICT (id) DO UPDATE SET body = ?2, revision = ?4, person = ?6, status = ?7, due = ?8,"
      " updated = ?9",
      "sssisssii", id, text, content, *revision, wf_json_get_member_string (root, "lead"),
      wf_json_get_member_string (root, "person"), wf_json_get_member_string (root, "status"), due,
      wf_demo_crm_now (self));
  return g_steal_pointer (&stored);
}

/* -- events ------------------------------------------------------------------------------------ */

static void
tell (WfDemoCrm *self, const WfDemoCaller *caller, const char *type, const WfJson *activity,
      const WfJson *old, const char *reason, const char *id)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const char *person = wf_json_get_member_string (activity, "person");
  const char *before = wf_json_get_member_string (old, "person");
  g_autofree char *people =
      g_strdup_printf ("%s %s", person != NULL ? person : "", before != NULL ? before : "");
  /* An activity's creation is an effect: its own chain of causes goes on, unless the request
   * names one. */
  const char *cause = caller->cause == NULL && g_str_equal (type, "activity.created")
                          ? wf_json_get_member_string (activity, "cause")
                          : NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "cause", cause);
  wf_json_writer_add_value (writer, "activity", activity);
  if (old != NULL && g_strcmp0 (person, before) != 0)
    {
      wf_json_writer_begin_object (writer, "previous");
      if (before != NULL)
        wf_json_writer_add_string (writer, "person", before);
      else
        wf_json_writer_add_null (writer, "person");
      wf_json_writer_end (writer);
    }
  wf_json_writer_add_string (writer, REASON, reason);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  WfDemoEventDraft draft = {
    .type = type,
    .id = id,
    .lead = wf_json_get_member_string (activity, "lead"),
    .people = people,
    .data = wf_json_document_get_root (data),
  };
  wf_demo_crm_add_event (self, caller, &draft);
}

static gboolean
is_done (const WfJson *activity)
{
  return g_strcmp0 (wf_json_get_member_string (activity, "status"), "done") == 0;
}

static void
tell_change (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *old, const WfJson *new,
             const char *reason)
{
  if (is_done (new) && !is_done (old))
    tell (self, caller, "activity.completed", new, old, reason, NULL);
  else if (g_strcmp0 (wf_json_get_member_string (old, "person"),
                      wf_json_get_member_string (new, "person")) != 0)
    tell (self, caller, "activity.reassigned", new, old, reason, NULL);
  else
    tell (self, caller, "activity.updated", new, old, reason, NULL);
}

/* -- checks ------------------------------------------------------------------------------------ */

static void
check_person (WfDemoCrm *self, const WfJson *body, const char *path, WfProblems *problems)
{
  const char *person = wf_json_get_member_string (body, "person");
  g_autofree char *pointer = g_strconcat (path, "/person", NULL);

  if (person != NULL && wf_organisation_get_person (self->organisation, person) == NULL)
    wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "unknown-person", "%s",
                     _ ("There is no such person."));
}

/* R88: whoever decides says how; a decision is not a mere "done". */
static void
check_decision (const WfJson *activity, const char *path, WfProblems *problems)
{
  const char *outcome = wf_json_get_member_string (activity, "outcome");
  g_autofree char *pointer = g_strconcat (path, "/outcome", NULL);

  if (is_done (activity) &&
      g_strcmp0 (wf_json_get_member_string (activity, "kind"),
                 wf_activity_kind_names[WF_ACTIVITY_APPROVAL]) == 0 &&
      g_strcmp0 (outcome, WF_OUTCOME_APPROVED) != 0 &&
      g_strcmp0 (outcome, WF_OUTCOME_REJECTED) != 0)
    wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "wrong-value", "%s",
                     _ ("An approval ends with “approved” or “rejected”."));
}

/* What is checked of an activity beside the members' types. */
static void
check_activity (WfDemoCrm *self, const WfJson *activity, const char *path, WfProblems *problems)
{
  check_person (self, activity, path, problems);
  check_decision (activity, path, problems);
}

/* -- permissions ------------------------------------------------------------------------------- */

static gboolean
may_create (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *body, WfDemoOutcome *outcome)
{
  if (!wf_demo_crm_caller_may_write (self, caller))
    wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role only reads."));
  else if (!wf_demo_caller_sees (caller, wf_json_get_member_string (body, "person")))
    wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("This person is in none of your groups."));
  else
    return TRUE;
  return FALSE;
}

#define AUDIT_REASSIGNED "activity.reassigned"

/* Whoever gave it to somebody else last may take it back: an undo, or an absence that ends early. */
static gboolean
gave_away (WfDemoCrm *self, const WfDemoCaller *caller, const char *id)
{
  g_autofree char *object = g_strconcat ("activity/", id, NULL);
  g_autofree char *last = wf_demo_database_dup_text (
      self->database,
      "SELECT person FROM audit WHERE object = ? AND action = '" AUDIT_REASSIGNED
      "' ORDER BY sequence DESC LIMIT 1",
      "s", object);

  return g_strcmp0 (last, wf_demo_caller_get_id (caller)) == 0;
}

/* One's own, what one gave away, a claim from the queue (S11), or anything within sight for those who
 * see everyone. */
static gboolean
may_change (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, const WfJson *old,
            WfDemoOutcome *outcome)
{
  const char *person = wf_json_get_member_string (old, "person");

  if (!wf_demo_crm_caller_may_write (self, caller))
    {
      wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role only reads."));
      return FALSE;
    }
  if (caller->kind != WF_DEMO_CALLER_PERSON || g_strcmp0 (person, caller->person->id) == 0 ||
      wf_demo_crm_caller_may (self, caller, WF_RIGHT_SEE_EVERYONE))
    return TRUE;
  if (person == NULL && wf_demo_crm_caller_may (self, caller, WF_RIGHT_CLAIM_UNASSIGNED))
    return TRUE;
  if (gave_away (self, caller, id))
    return TRUE;
  wf_demo_outcome_fail (outcome, 403, "forbidden",
                        _ ("Somebody else is responsible for this activity."));
  return FALSE;
}

/* -- operations -------------------------------------------------------------------------------- */

static WfJsonDocument *
load (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, gint64 *revision,
      WfDemoOutcome *outcome)
{
  g_auto (WfDemoOutcome) found = { 0 };

  wf_demo_crm_get_activity (self, caller, id, &found);
  if (wf_demo_outcome_is_problem (&found))
    {
      wf_demo_outcome_fail (outcome, found.status, found.problem, found.title);
      return NULL;
    }
  *revision = wf_demo_database_get_number (self->database, 0,
                                           "SELECT revision FROM activities WHERE id = ?", "s", id);
  return wf_json_document_parse (found.body, -1, 0, NULL);
}

/* TRUE when the id is taken: the outcome then says so, and whether by the same creation. */
static gboolean
is_taken (WfDemoCrm *self, const char *id, const WfJson *body, WfDemoOutcome *outcome)
{
  gboolean taken = FALSE;
  sqlite3_stmt *row = wf_demo_database_query (
      self->database, "SELECT content, revision FROM activities WHERE id = ?", "s", id);

  if (wf_demo_database_step (self->database, row))
    {
      g_autoptr (WfJsonDocument) identity = wf_demo_json_keep_known (body, identity_members);
      g_autofree char *content = wf_demo_crm_fingerprint (wf_json_document_get_root (identity));

      taken = TRUE;
      wf_demo_outcome_fail (outcome, 412, "already-exists", _ ("This activity exists already."));
      outcome->has_same_content = TRUE;
      outcome->same_content = g_strcmp0 (content, wf_demo_column_text (row, 0)) == 0;
      g_free (outcome->etag);
      outcome->etag = wf_demo_crm_make_tag (sqlite3_column_int64 (row, 1));
      wf_demo_database_end (row);
    }
  return taken;
}

void
wf_demo_crm_create_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                             const WfJson *body, const char *path, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  gint64 revision;

  wf_demo_json_check (body, activity_members, path, problems);
  check_activity (self, body, path, problems);
  if (wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }

  /* First: who may not create it is told all the same that somebody has. */
  g_autoptr (WfJsonDocument) known = wf_demo_json_keep_known (body, activity_members);
  if (is_taken (self, id, wf_json_document_get_root (known), outcome) ||
      !may_create (self, caller, body, outcome))
    return;
  g_autoptr (WfJsonDocument) stored =
      store (self, caller, id, wf_json_document_get_root (known), NULL, &revision);
  tell (self, caller, "activity.created", wf_json_document_get_root (stored), NULL, NULL, NULL);
  wf_demo_outcome_succeed (outcome, 201,
                           wf_json_to_text (wf_json_document_get_root (stored), FALSE), revision);
}

static void
change (WfDemoCrm *self, const WfDemoCaller *caller, const char *id, const WfJson *old,
        const WfJson *new, const char *reason, WfDemoOutcome *outcome)
{
  g_autofree char *object = g_strconcat ("activity/", id, NULL);
  gint64 revision;

  g_autoptr (WfJsonDocument) stored = store (self, caller, id, new, old, &revision);
  const WfJson *root = wf_json_document_get_root (stored);
  tell_change (self, caller, old, root, reason);
  if (g_strcmp0 (wf_json_get_member_string (old, "person"),
                 wf_json_get_member_string (root, "person")) != 0)
    wf_demo_crm_audit (self, caller, AUDIT_REASSIGNED, object, NULL);
  if (wf_demo_json_get_instant (old, "due") != wf_demo_json_get_instant (root, "due"))
    {
      g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "from", wf_json_get_member_string (old, "due"));
      wf_json_writer_add_string (writer, "to", wf_json_get_member_string (root, "due"));
      wf_json_writer_add_string (writer, REASON, reason);
      wf_json_writer_end (writer);
      g_autofree char *detail = wf_json_writer_finish (writer, FALSE);
      wf_demo_crm_audit (self, caller, "activity.rescheduled", object, detail);
    }
  wf_demo_outcome_succeed (outcome, 200, wf_json_to_text (root, FALSE), revision);
}

void
wf_demo_crm_replace_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                              const WfJson *body, const char *if_match, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  gint64 revision;

  wf_demo_json_check (body, activity_members, "", problems);
  check_activity (self, body, "", problems);
  if (wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }
  g_autoptr (WfJsonDocument) old = load (self, caller, id, &revision, outcome);
  if (old == NULL || !wf_demo_crm_check_match (if_match, revision, outcome) ||
      !may_change (self, caller, id, wf_json_document_get_root (old), outcome))
    return;
  g_autoptr (WfJsonDocument) known = wf_demo_json_keep_known (body, activity_members);
  change (self, caller, id, wf_json_document_get_root (old), wf_json_document_get_root (known),
          NULL, outcome);
}

/* A text beside the members of a change, checked; FALSE with a problem when it is none. */
static gboolean
read_note (const WfJson *patch, const char *name, const char **text, WfProblems *problems)
{
  const WfJson *value = wf_json_get_member (patch, name);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  *text = wf_json_get_string (value);
  if (value == NULL || wf_json_is (value, WF_JSON_NULL) || *text != NULL)
    return TRUE;
  wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "wrong-value", "%s",
                   _ ("This must be a text."));
  return FALSE;
}

/* TRUE when it is added, FALSE when it was before. */
static gboolean
add_comment (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *activity,
             const char *comment, const char *comment_id)
{
  g_autofree char *id = comment_id != NULL ? g_strdup (comment_id) : g_uuid_string_random ();
  WfDemoComment entry = { .id = id,
                          .lead = wf_json_get_member_string (activity, "lead"),
                          .author = wf_demo_caller_get_id (caller),
                          .text = comment };

  if (entry.lead == NULL || comment == NULL || *comment == '\0')
    return TRUE;
  return wf_demo_crm_add_comment (self, caller, &entry, FALSE);
}

static void
check_comment_id (const char *id, WfProblems *problems)
{
  if (id != NULL && !wf_uuid_is_valid (id))
    wf_problems_add (problems, WF_PROBLEM_ERROR, "/" COMMENT_ID, "wrong-value", "%s",
                     _ ("This must be a UUID."));
}

/* S7: a deadline that a person moved, with a reason, is pinned against later recalculation. */
static WfJsonDocument *
apply_patch (const WfJson *old, const WfJson *patch, const char *reason)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_null (writer, REASON);
  wf_json_writer_add_null (writer, COMMENT);
  wf_json_writer_add_null (writer, COMMENT_ID);
  if (reason != NULL && wf_json_get_member (patch, "due") != NULL)
    wf_json_writer_add_boolean (writer, "pinned", TRUE);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) last = wf_json_writer_finish_document (writer);
  g_autoptr (WfJsonDocument) patched = wf_demo_json_merge (old, patch);
  return wf_demo_json_merge (wf_json_document_get_root (patched), wf_json_document_get_root (last));
}

void
wf_demo_crm_patch_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                            const WfJson *patch, const char *if_match, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfJsonDocument) notes = wf_json_document_parse (
      "{\"" REASON "\":null,\"" COMMENT "\":null,\"" COMMENT_ID "\":null}", -1, 0, NULL);
  const char *reason, *comment, *comment_id;
  gint64 revision;

  g_autoptr (WfJsonDocument) old = load (self, caller, id, &revision, outcome);
  if (old == NULL || !wf_demo_crm_check_match (if_match, revision, outcome) ||
      !may_change (self, caller, id, wf_json_document_get_root (old), outcome))
    return;

  read_note (patch, REASON, &reason, problems);
  read_note (patch, COMMENT, &comment, problems);
  read_note (patch, COMMENT_ID, &comment_id, problems);
  check_comment_id (comment_id, problems);
  g_autoptr (WfJsonDocument) rest = wf_demo_json_merge (patch, wf_json_document_get_root (notes));
  gboolean only_comment = comment != NULL &&
                          wf_json_get_size (wf_json_document_get_root (rest)) == 0;
  g_autoptr (WfJsonDocument) new = apply_patch (wf_json_document_get_root (old), patch, reason);
  if (!only_comment)
    wf_demo_json_check_patch (wf_json_document_get_root (rest), activity_members, problems);
  check_person (self, patch, "", problems);
  check_decision (wf_json_document_get_root (new), "", problems);
  if (wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }
  if (!add_comment (self, caller, wf_json_document_get_root (old), comment, comment_id) &&
      only_comment)
    /* A repetition whose first answer was lost: everything is as it was asked for. */
    wf_demo_outcome_succeed (outcome, 200, wf_json_to_text (wf_json_document_get_root (old), FALSE),
                             revision);
  else
    change (self, caller, id, wf_json_document_get_root (old), wf_json_document_get_root (new),
            reason, outcome);
}

void
wf_demo_crm_retire_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                             const char *reason)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_auto (WfDemoOutcome) outcome = { 0 };
  g_autofree char *text = wf_demo_database_dup_text (
      self->database, "SELECT body FROM activities WHERE id = ? AND status = 'open'", "s", id);
  g_autoptr (WfJsonDocument) old = text != NULL ? wf_json_document_parse (text, -1, 0, NULL) : NULL;

  if (old == NULL)
    return;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "status",
                             wf_activity_status_names[WF_ACTIVITY_NO_LONGER_NEEDED]);
  wf_json_writer_add_string (writer, "outcome", reason);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) patch = wf_json_writer_finish_document (writer);
  g_autoptr (WfJsonDocument) new =
      apply_patch (wf_json_document_get_root (old), wf_json_document_get_root (patch), NULL);
  change (self, caller, id, wf_json_document_get_root (old), wf_json_document_get_root (new),
          reason, &outcome);
}

void
wf_demo_crm_delete_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                             const char *if_match, WfDemoOutcome *outcome)
{
  g_autofree char *object = g_strconcat ("activity/", id, NULL);
  gint64 revision;

  if (!wf_demo_crm_caller_may (self, caller, WF_RIGHT_SEE_EVERYONE) ||
      !wf_demo_crm_caller_may_write (self, caller))
    {
      wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role does not delete activities."));
      return;
    }
  if (wf_demo_database_get_number (self->database, 0, "SELECT 1 FROM activities WHERE id = ?", "s",
                                   id) == 0)
    {
      wf_demo_outcome_succeed (outcome, 204, NULL, 0);
      return;
    }
  g_autoptr (WfJsonDocument) old = load (self, caller, id, &revision, outcome);
  if (old == NULL || !wf_demo_crm_check_match (if_match, revision, outcome))
    return;
  tell (self, caller, "activity.deleted", wf_json_document_get_root (old), NULL, NULL, NULL);
  wf_demo_database_run (self->database, "DELETE FROM activities WHERE id = ?", "s", id);
  wf_demo_crm_audit (self, caller, "activity.deleted", object, NULL);
  wf_demo_outcome_succeed (outcome, 204, NULL, 0);
}

/* -- lateness ---------------------------------------------------------------------------------- */

static char *
find_late (WfDemoCrm *self)
{
  return wf_demo_database_dup_text (
      self->database,
      "SELECT body FROM activities WHERE status = 'open' AND announced = 0 AND due < ?"
      " ORDER BY due LIMIT 1",
      "i", wf_demo_crm_now (self));
}

WfInstant
wf_demo_crm_announce_late (WfDemoCrm *self)
{
  char *text;

  while ((text = find_late (self)) != NULL)
    {
      g_autofree char *body = text;
      g_autoptr (WfJsonDocument) activity = wf_json_document_parse (body, -1, 0, NULL);
      const WfJson *root = wf_json_document_get_root (activity);
      g_autofree char *id = g_strconcat ("late-", wf_json_get_member_string (root, "id"), NULL);
      g_auto (WfDemoCaller) caller = { 0 };

      wf_demo_crm_init_caller (self, &caller, WF_DEMO_CALLER_SELF, NULL);
      if (!wf_demo_database_run (self->database, "UPDATE activities SET announced = 1 WHERE id = ?",
                                 "s", wf_json_get_member_string (root, "id")))
        break;
      tell (self, &caller, "activity.became-late", root, NULL, NULL, id);
    }
  return wf_demo_database_get_number (
      self->database, WF_INSTANT_NONE,
      "SELECT min(due) FROM activities WHERE status = 'open' AND announced = 0", "");
}

void
wf_demo_crm_forget_late (WfDemoCrm *self)
{
  wf_demo_database_run (self->database,
                        "UPDATE activities SET announced = 1 WHERE status = 'open' AND due < ?",
                        "i", wf_demo_crm_now (self));
}
