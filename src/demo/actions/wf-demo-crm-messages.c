/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's messages: notifications to people, e-mails and text messages to leads. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"
#include "wf-demo-json.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

static const WfDemoMember message_members[] = {
  { "kind", WF_DEMO_TEXT, TRUE, FALSE, 32 },      { "person", WF_DEMO_TEXT, FALSE, FALSE, 128 },
  { "people", WF_DEMO_TEXTS, FALSE, FALSE, 128 }, { "to", WF_DEMO_TEXT, FALSE, FALSE, 320 },
  { "sender", WF_DEMO_TEXT, FALSE, FALSE, 128 },  { "title", WF_DEMO_TEXT, FALSE, FALSE, 500 },
  { "text", WF_DEMO_TEXT, TRUE, FALSE, 10000 },   { "lead", WF_DEMO_TEXT, FALSE, FALSE, 128 },
  { "cause", WF_DEMO_TEXT, FALSE, FALSE, 2000 },  { NULL },
};
/* What a client may send by itself; actions make the others. */
static const char *const message_kinds[] = { "notification", "e-mail", NULL };

/* "ana bruno": everybody to whom it goes. NULL when it goes to nobody in the company. */
static char *
join_recipients (const WfJson *message)
{
  const WfJson *people = wf_json_get_member (message, "people");
  const char *person = wf_json_get_member_string (message, "person");
  g_autoptr (GString) list = g_string_new (person);

  for (guint i = 0; i < wf_json_get_size (people); i++)
    {
      if (list->len > 0)
        g_string_append_c (list, ' ');
      g_string_append (list, wf_json_get_string (wf_json_get_element (people, i)));
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

/* -- reading ----------------------------------------------------------------------------------- */

/* Notifications are seen by who sees one of the recipients; the rest by who sees the lead. */
static gboolean
sees_message (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *message)
{
  g_autofree char *recipients = join_recipients (message);
  const char *lead = wf_json_get_member_string (message, "lead");

  if (g_strcmp0 (wf_json_get_member_string (message, "author"), wf_demo_caller_get_id (caller)) ==
      0)
    return TRUE;
  if (recipients == NULL)
    {
      g_autofree char *owner =
          lead != NULL ? wf_demo_database_dup_text (
                             self->database, "SELECT owner FROM leads WHERE id = ?", "s", lead)
                       : NULL;
      return wf_demo_caller_sees (caller, owner);
    }

  g_auto (GStrv) ids = g_strsplit (recipients, " ", -1);
  for (guint i = 0; ids[i] != NULL; i++)
    if (wf_demo_caller_sees (caller, ids[i]))
      return TRUE;
  return FALSE;
}

void
wf_demo_crm_get_message (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                         WfDemoOutcome *outcome)
{
  g_autofree char *text =
      wf_demo_database_dup_text (self->database, "SELECT body FROM messages WHERE id = ?", "s", id);
  g_autoptr (WfJsonDocument) message = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                    : NULL;

  if (message == NULL || !sees_message (self, caller, wf_json_document_get_root (message)))
    wf_demo_outcome_fail (outcome, 404, "not-found", _ ("There is no such message."));
  else
    wf_demo_outcome_succeed (outcome, 200, g_steal_pointer (&text), 0);
}

void
wf_demo_crm_list_messages (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                           WfDemoOutcome *outcome, char **next_page)
{
  g_autoptr (GString) list = g_string_new ("[");
  gint64 page, last = 0;
  guint limit, n = 0;

  *next_page = NULL;
  if (!wf_demo_crm_read_page (query, &page, &limit, outcome))
    return;
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT rowid, body FROM messages WHERE rowid > ?1 AND (?2 IS NULL OR lead = ?2)"
      " AND (?3 IS NULL OR kind = ?3) ORDER BY rowid",
      "iss", page, (const char *) g_hash_table_lookup (query, "lead"),
      (const char *) g_hash_table_lookup (query, "kind"));
  while (wf_demo_database_step (self->database, row))
    {
      g_autoptr (WfJsonDocument) message =
          wf_json_document_parse (wf_demo_column_text (row, 1), -1, 0, NULL);

      if (!sees_message (self, caller, wf_json_document_get_root (message)))
        continue;
      if (n == limit)
        {
          *next_page = g_strdup_printf ("%" G_GINT64_FORMAT, last);
          wf_demo_database_end (row);
          break;
        }
      g_string_append_printf (list, "%s%s", n++ > 0 ? "," : "", wf_demo_column_text (row, 1));
      last = sqlite3_column_int64 (row, 0);
    }
  g_string_append_c (list, ']');
  wf_demo_outcome_succeed (outcome, 200, g_string_free (g_steal_pointer (&list), FALSE), 0);
}

/* -- checks ------------------------------------------------------------------------------------ */

static void
check_people (WfDemoCrm *self, const WfJson *people, WfProblems *problems)
{
  for (guint i = 0; i < wf_json_get_size (people); i++)
    {
      const char *person = wf_json_get_string (wf_json_get_element (people, i));
      g_autofree char *pointer = g_strdup_printf ("/people/%u", i);

      if (person == NULL || wf_organisation_get_person (self->organisation, person) == NULL)
        wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "unknown-person", "%s",
                         _ ("There is no such person."));
    }
}

static void
check_message (WfDemoCrm *self, const WfJson *body, WfProblems *problems)
{
  const char *kind = wf_json_get_member_string (body, "kind");
  const char *person = wf_json_get_member_string (body, "person");
  const WfJson *people = wf_json_get_member (body, "people");

  wf_demo_json_check (body, message_members, "", problems);
  if (kind == NULL)
    return;
  check_people (self, people, problems);
  if (!g_strv_contains (message_kinds, kind))
    wf_problems_add (problems, WF_PROBLEM_ERROR, "/kind", "wrong-value", "%s",
                     _ ("This must be notification or e-mail."));
  else if (g_str_equal (kind, "notification") &&
           (person != NULL || wf_json_get_size (people) == 0) &&
           (person == NULL || wf_organisation_get_person (self->organisation, person) == NULL))
    wf_problems_add (problems, WF_PROBLEM_ERROR, "/person", "unknown-person", "%s",
                     _ ("There is no such person."));
  else if (g_str_equal (kind, "e-mail") && wf_json_get_member_string (body, "to") == NULL)
    wf_problems_add (problems, WF_PROBLEM_ERROR, "/to", "missing", "%s", _ ("This is required."));
}

/* -- writing ----------------------------------------------------------------------------------- */

static const char *
find_event (const char *kind)
{
  if (g_strcmp0 (kind, "e-mail") == 0)
    return "email.sent";
  return g_strcmp0 (kind, "notification") == 0 ? "notification.sent" : "message.sent";
}

static void
tell_message (WfDemoCrm *self, const WfDemoCaller *caller, const WfJson *message)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const char *kind = wf_json_get_member_string (message, "kind");
  g_autofree char *recipients = join_recipients (message);

  wf_json_writer_begin_object (writer, NULL);
  if (caller->cause == NULL)
    wf_json_writer_add_string (writer, "cause", wf_json_get_member_string (message, "cause"));
  wf_json_writer_add_value (writer, "message", message);
  if (g_strcmp0 (kind, "e-mail") == 0)
    {
      wf_json_writer_begin_object (writer, "email");
      wf_json_writer_add_string (writer, "id", wf_json_get_member_string (message, "id"));
      wf_json_writer_add_string (writer, "subject", wf_json_get_member_string (message, "title"));
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  WfDemoEventDraft draft = {
    .type = find_event (kind),
    .lead = wf_json_get_member_string (message, "lead"),
    .people = recipients,
    .data = wf_json_document_get_root (data),
  };
  wf_demo_crm_add_event (self, caller, &draft);
}

char *
wf_demo_crm_store_message (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                           const WfJson *body)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *now = wf_instant_format_utc (wf_demo_crm_now (self));
  g_autofree char *content = wf_demo_crm_fingerprint (body);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "state", "sent");
  wf_json_writer_add_string (writer, "author", wf_demo_caller_get_id (caller));
  wf_json_writer_add_string (writer, "sent", now);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) stamps = wf_json_writer_finish_document (writer);
  g_autoptr (WfJsonDocument) message =
      wf_demo_json_merge (body, wf_json_document_get_root (stamps));
  char *text = wf_json_to_text (wf_json_document_get_root (message), FALSE);
  wf_demo_database_run (
      self->database,
      "INSERT INTO messages (id, body, content, time, kind, lead) VALUES (?, ?, ?, ?, ?, ?)",
      "sssiss", id, text, content, wf_demo_crm_now (self), wf_json_get_member_string (body, "kind"),
      wf_json_get_member_string (body, "lead"));
  tell_message (self, caller, wf_json_document_get_root (message));
  return text;
}

void
wf_demo_crm_put_message (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                         const WfJson *body, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  check_message (self, body, problems);
  if (wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }

  g_autoptr (WfJsonDocument) known = wf_demo_json_keep_known (body, message_members);
  g_autofree char *content = wf_demo_crm_fingerprint (wf_json_document_get_root (known));
  g_autofree char *existing = wf_demo_database_dup_text (
      self->database, "SELECT content FROM messages WHERE id = ?", "s", id);
  if (existing == NULL && !wf_demo_crm_caller_may_write (self, caller))
    {
      wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role only reads."));
      return;
    }
  if (existing == NULL)
    {
      wf_demo_outcome_succeed (
          outcome, 201,
          wf_demo_crm_store_message (self, caller, id, wf_json_document_get_root (known)), 0);
      return;
    }
  wf_demo_outcome_fail (outcome, 412, "already-exists", _ ("This message was accepted already."));
  outcome->has_same_content = TRUE;
  outcome->same_content = g_str_equal (existing, content);
}

/* -- what leads do with e-mails ---------------------------------------------------------------- */

/* The member "state" as the column has it. */
static void
set_state (WfDemoCrm *self, const char *id, const WfJson *message, const char *state)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "state", state);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) patch = wf_json_writer_finish_document (writer);
  g_autofree char *text = wf_demo_json_merge_text (message, wf_json_document_get_root (patch));
  wf_demo_database_run (self->database, "UPDATE messages SET body = ?, state = ? WHERE id = ?",
                        "sss", text, state, id);
}

/* Only what is tracked is seen to be opened; a reply comes anyway. The newest first, so that some
 * never are. */
gboolean
wf_demo_crm_answer_mail (WfDemoCrm *self, gboolean reply)
{
  const char *to = reply ? "replied" : "opened";
  g_autofree char *text = wf_demo_database_dup_text (
      self->database,
      "SELECT body FROM messages WHERE kind = 'e-mail' AND lead IN (SELECT id FROM leads)"
      " AND CASE WHEN ifnull (json_extract (body, '$.\"track-opening\"'), 0)"
      "   THEN state = iif (?1, 'opened', 'sent') ELSE ?1 AND state = 'sent' END"
      " ORDER BY rowid DESC LIMIT 1",
      "i", (gint64) reply);
  g_autoptr (WfJsonDocument) message = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                    : NULL;
  const WfJson *root = message != NULL ? wf_json_document_get_root (message) : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *type = g_strconcat ("email.", to, NULL);
  g_auto (WfDemoCaller) lead = { 0 };

  if (root == NULL)
    return FALSE;
  set_state (self, wf_json_get_member_string (root, "id"), root, to);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "email");
  wf_json_writer_add_string (writer, "id", wf_json_get_member_string (root, "id"));
  wf_json_writer_add_string (writer, "subject", wf_json_get_member_string (root, "title"));
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  WfDemoEventDraft draft = { .type = type,
                             .lead = wf_json_get_member_string (root, "lead"),
                             .data = wf_json_document_get_root (data) };
  wf_demo_crm_init_caller (self, &lead, WF_DEMO_CALLER_SELF, NULL);
  wf_demo_crm_add_event (self, &lead, &draft);
  return TRUE;
}
