/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's actions: who may ask for what, once for each key, and what became of it. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-perform.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_CAUSE 2000
#define MOST_ID 128

static const struct
{
  WfDemoPerformFunc perform;
  gboolean needs_lead;
} kinds[] = {
  [WF_ACTION_POST_TO_STREAM] = { wf_demo_perform_post, TRUE },
  [WF_ACTION_CHANGE_STAGE] = { wf_demo_perform_stage, TRUE },
  [WF_ACTION_CHANGE_RESPONSIBLE] = { wf_demo_perform_responsible, TRUE },
  [WF_ACTION_SET_FIELD] = { wf_demo_perform_field, TRUE },
  [WF_ACTION_ADD_SCORE] = { wf_demo_perform_score, TRUE },
  [WF_ACTION_SEND_EMAIL] = { wf_demo_perform_email, FALSE },
  [WF_ACTION_SEND_MESSAGE] = { wf_demo_perform_message, FALSE },
  [WF_ACTION_ADD_TO_AUDIENCE] = { wf_demo_perform_audience, FALSE },
  [WF_ACTION_WEBHOOK] = { wf_demo_perform_webhook, FALSE },
  [WF_ACTION_DELETE_RECORD] = { wf_demo_perform_deletion, TRUE },
  [WF_ACTION_CLOSE_ACTIVITIES] = { wf_demo_perform_closing, TRUE },
  [WF_ACTION_START_WORKFLOW] = { wf_demo_perform_start, FALSE },
  [WF_ACTION_CREATE_LEAD] = { wf_demo_perform_lead_creation, TRUE },
  [WF_ACTION_SET_ABSENCE] = { wf_demo_perform_absence, FALSE },
  [WF_ACTION_END_ABSENCE] = { wf_demo_perform_absence_end, FALSE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == WF_N_ACTION_KINDS);

/* -- what became of it ------------------------------------------------------------------------- */

#define COLUMNS "key, kind, state, note, attempts, author, time, body, content, lead, revision"
enum
{
  KEY,
  KIND,
  STATE,
  NOTE,
  ATTEMPTS,
  AUTHOR,
  TIME,
  BODY,
  CONTENT,
  LEAD,
  REVISION,
};

static void
write_lead (WfDemoCrm *self, WfJsonWriter *writer, const char *id)
{
  g_autofree char *text = id != NULL ? wf_demo_crm_dup_lead (self, id) : NULL;
  g_autoptr (WfJsonDocument) lead = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                 : NULL;

  if (lead != NULL)
    wf_json_writer_add_value (writer, "lead", wf_json_document_get_root (lead));
}

/* What somebody hears of it who may not see it: that the key is used, and by what. */
static void
write_row_head (WfJsonWriter *writer, sqlite3_stmt *row)
{
  wf_json_writer_add_string (writer, "key", wf_demo_column_text (row, KEY));
  wf_json_writer_add_string (writer, "kind", wf_demo_column_text (row, KIND));
  wf_json_writer_add_string (writer, "state", wf_demo_column_text (row, STATE));
  wf_json_writer_add_string (writer, "note", wf_demo_column_text (row, NOTE));
}

static void
write_row (WfJsonWriter *writer, sqlite3_stmt *row)
{
  g_autofree char *time = wf_instant_format_utc (sqlite3_column_int64 (row, TIME));
  g_autoptr (WfJsonDocument) body =
      wf_json_document_parse (wf_demo_column_text (row, BODY), -1, 0, NULL);
  WfActionKind kind = WF_ACTION_POST_TO_STREAM;

  write_row_head (writer, row);
  if (wf_action_kind_parse (wf_demo_column_text (row, KIND), &kind) && kind == WF_ACTION_WEBHOOK)
    wf_json_writer_add_int (writer, "attempts", sqlite3_column_int64 (row, ATTEMPTS));
  wf_json_writer_add_string (writer, "author", wf_demo_column_text (row, AUTHOR));
  wf_json_writer_add_string (writer, "time", time);
  wf_json_writer_add_value (writer, "action", wf_json_document_get_root (body));
}

/* Who sees the lead sees what was done with it; without one, those who see everyone do. */
static gboolean
sees_row (WfDemoCrm *self, const WfDemoCaller *caller, sqlite3_stmt *row)
{
  const char *lead = wf_demo_column_text (row, LEAD);

  if (g_strcmp0 (wf_demo_column_text (row, AUTHOR), wf_demo_caller_get_id (caller)) == 0)
    return TRUE;
  if (lead == NULL)
    return wf_demo_crm_caller_may (self, caller, WF_RIGHT_SEE_EVERYONE);

  g_autofree char *owner =
      wf_demo_database_dup_text (self->database, "SELECT owner FROM leads WHERE id = ?", "s", lead);
  return wf_demo_caller_sees (caller, owner);
}

/* The action as JSON with the lead as it is now. seen: whether the caller may see it; else only
 * what tells a repetition. content: receives its fingerprint. Owned by the caller; NULL when there
 * is none. */
static char *
describe (WfDemoCrm *self, const WfDemoCaller *caller, const char *key, gboolean *seen,
          char **content)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  sqlite3_stmt *row = wf_demo_database_query (
      self->database, "SELECT " COLUMNS " FROM actions WHERE key = ?", "s", key);

  if (!wf_demo_database_step (self->database, row))
    return NULL;
  *seen = sees_row (self, caller, row);
  *content = g_strdup (wf_demo_column_text (row, CONTENT));
  wf_json_writer_begin_object (writer, NULL);
  if (*seen)
    {
      write_row (writer, row);
      write_lead (self, writer, wf_demo_column_text (row, LEAD));
    }
  else
    write_row_head (writer, row);
  wf_json_writer_end (writer);
  wf_demo_database_end (row);
  return wf_json_writer_finish (writer, FALSE);
}

void
wf_demo_crm_get_action (WfDemoCrm *self, const WfDemoCaller *caller, const char *key,
                        WfDemoOutcome *outcome)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);
  g_autofree char *content = NULL;
  gboolean seen = FALSE;
  g_autofree char *text = describe (self, caller, lower, &seen, &content);

  if (text != NULL && seen)
    wf_demo_outcome_succeed (outcome, 200, g_steal_pointer (&text), 0);
  else
    wf_demo_outcome_fail (outcome, 404, "not-found", _ ("There is no such action."));
}

void
wf_demo_crm_list_actions (WfDemoCrm *self, const WfDemoCaller *caller, GHashTable *query,
                          WfDemoOutcome *outcome, char **next_page)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  gint64 page, last = 0;
  guint limit, n = 0;

  *next_page = NULL;
  if (!wf_demo_crm_read_page (query, &page, &limit, outcome))
    return;
  wf_json_writer_begin_array (writer, NULL);
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT " COLUMNS " FROM actions WHERE revision > ?1 AND (?2 IS NULL OR lead = ?2)"
      " AND (?3 IS NULL OR kind = ?3) ORDER BY revision",
      "iss", page, (const char *) g_hash_table_lookup (query, "lead"),
      (const char *) g_hash_table_lookup (query, "kind"));
  while (wf_demo_database_step (self->database, row))
    {
      if (!sees_row (self, caller, row))
        continue;
      if (n++ == limit)
        {
          *next_page = g_strdup_printf ("%" G_GINT64_FORMAT, last);
          wf_demo_database_end (row);
          break;
        }
      wf_json_writer_begin_object (writer, NULL);
      write_row (writer, row);
      wf_json_writer_end (writer);
      last = sqlite3_column_int64 (row, REVISION);
    }
  wf_json_writer_end (writer);
  wf_demo_outcome_succeed (outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}

/* -- who may ------------------------------------------------------------------------------------ */

/* "workflow/step/event" of the innermost cause without its step: one run. Owned by the caller. */
static char *
get_run (const char *cause)
{
  const char *last = cause != NULL ? strrchr (cause, ',') : NULL;
  g_auto (GStrv) parts = NULL;

  if (cause == NULL)
    return NULL;
  parts = g_strsplit (last != NULL ? last + 1 : cause, "/", 3);
  return g_strv_length (parts) == 3 ? g_strdup_printf ("%s/%s", parts[0], parts[2]) : NULL;
}

/* The steps after the one that gave the lead to somebody else belong to the same run, and the
 * same person's computer carries them out. */
static gboolean
gave_lead_away (WfDemoCrm *self, const WfDemoCaller *caller, const WfAction *action)
{
  g_autofree char *run = get_run (caller->cause);
  gboolean found = FALSE;
  sqlite3_stmt *row;

  if (run == NULL)
    return FALSE;
  row = wf_demo_database_query (
      self->database,
      "SELECT body FROM actions WHERE lead = ? AND author = ? AND kind = 'change-responsible'"
      " ORDER BY revision DESC LIMIT 20",
      "ss", action->lead, wf_demo_caller_get_id (caller));
  while (wf_demo_database_step (self->database, row))
    {
      g_autoptr (WfJsonDocument) body =
          wf_json_document_parse (wf_demo_column_text (row, 0), -1, 0, NULL);
      g_autofree char *other =
          get_run (wf_json_get_member_string (wf_json_document_get_root (body), "cause"));

      found |= g_strcmp0 (run, other) == 0;
    }
  return found;
}

static gboolean
forbid (WfDemoOutcome *outcome, const char *title)
{
  wf_demo_outcome_fail (outcome, 403, "forbidden", title);
  return FALSE;
}

/* R66, R155: what a person does without a workflow: directing a lead, where the role says so, and
 * commenting on whatever one sees, as with PUT on a comment. */
static gboolean
may_by_hand (WfDemoPerformance *self)
{
  if (self->caller->cause != NULL || self->lead == NULL)
    return FALSE;
  return self->action->kind == WF_ACTION_POST_TO_STREAM ||
         (self->action->kind == WF_ACTION_CHANGE_RESPONSIBLE &&
          wf_demo_crm_caller_may (self->crm, self->caller, WF_RIGHT_DIRECT_LEAD));
}

/* Machines and managers for everyone; people for what is theirs, since each desktop evaluates its
 * own person's leads. */
static gboolean
may_perform (WfDemoPerformance *self)
{
  const WfDemoCaller *caller = self->caller;
  const char *owner = wf_json_get_member_string (self->lead, "owner");

  if (!wf_demo_crm_caller_may_write (self->crm, caller))
    return forbid (self->outcome, _ ("Your role only reads."));
  if (caller->kind != WF_DEMO_CALLER_PERSON)
    return TRUE;
  if (self->action->kind == WF_ACTION_DELETE_RECORD)
    return wf_demo_crm_may_delete_lead (caller) ||
           forbid (self->outcome, _ ("Your role does not delete leads."));
  if (self->action->kind == WF_ACTION_START_WORKFLOW)
    return wf_demo_crm_caller_may (self->crm, caller, WF_RIGHT_WORK_ACTIVITIES) ||
           wf_demo_crm_caller_may (self->crm, caller, WF_RIGHT_EDIT_WORKFLOWS) ||
           forbid (self->outcome, _ ("Your role does not start workflows."));
  if (self->action->kind == WF_ACTION_CREATE_LEAD)
    return wf_demo_crm_caller_may (self->crm, caller, WF_RIGHT_CREATE_FLOW_LEAD) ||
           forbid (self->outcome, _ ("Your role does not create leads of the store flow."));
  if (self->action->kind == WF_ACTION_SET_ABSENCE || self->action->kind == WF_ACTION_END_ABSENCE)
    return TRUE; /* whose it is decides: wf-demo-perform-absence.c */
  if (wf_demo_crm_caller_may (self->crm, caller, WF_RIGHT_SEE_EVERYONE))
    return TRUE;
  if (self->lead == NULL)
    return forbid (self->outcome, _ ("Your role does this for its own leads only."));
  if (may_by_hand (self))
    return TRUE;
  return owner == NULL || g_str_equal (owner, caller->person->id) ||
         gave_lead_away (self->crm, caller, self->action) ||
         forbid (self->outcome, _ ("Somebody else is responsible for this lead."));
}

/* -- doing it ----------------------------------------------------------------------------------- */

void
wf_demo_perform_refuse (WfDemoPerformance *self, const char *pointer, const char *code,
                        const char *text)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, code, "%s", text);
  if (!wf_demo_outcome_is_problem (self->outcome))
    wf_demo_outcome_refuse (self->outcome, g_steal_pointer (&problems));
}

const char *
wf_demo_perform_get_text (WfDemoPerformance *self, const char *name, gboolean required, gsize most)
{
  const WfJson *value = wf_action_get_member (self->action, name);
  const char *text = wf_json_get_string (value);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  if (value == NULL || wf_json_is (value, WF_JSON_NULL))
    {
      if (required)
        wf_demo_perform_refuse (self, pointer, "missing", _ ("This is required."));
      return NULL;
    }
  if (text == NULL)
    wf_demo_perform_refuse (self, pointer, "wrong-type", _ ("This must be a text."));
  else if (required && *text == '\0')
    wf_demo_perform_refuse (self, pointer, "wrong-value", _ ("This must not be empty."));
  else if (strlen (text) > most)
    wf_demo_perform_refuse (self, pointer, "wrong-value", _ ("This text is too long."));
  return text;
}

/* These may be about a deal instead. */
static gboolean
is_about_deal (const WfAction *action)
{
  return action->record != NULL &&
         (action->kind == WF_ACTION_CHANGE_STAGE || action->kind == WF_ACTION_DELETE_RECORD);
}

static void
check_ids (WfDemoPerformance *self)
{
  const WfAction *action = self->action;

  if (kinds[action->kind].needs_lead && action->lead == NULL && !is_about_deal (action))
    wf_demo_perform_refuse (self, "/lead", "missing", _ ("This is required."));
  else if (action->lead != NULL && (*action->lead == '\0' || strlen (action->lead) > MOST_ID))
    wf_demo_perform_refuse (self, "/lead", "wrong-value", _ ("This is not an id."));
  else if (action->record != NULL && (*action->record == '\0' || strlen (action->record) > MOST_ID))
    wf_demo_perform_refuse (self, "/record", "wrong-value", _ ("This is not an id."));
  else if (action->cause != NULL && strlen (action->cause) > MOST_CAUSE)
    wf_demo_perform_refuse (self, "/cause", "wrong-value", _ ("This text is too long."));
}

static void
store_action (WfDemoPerformance *self, const char *content)
{
  WfDemoCrm *crm = self->crm;
  g_autofree char *body = wf_action_to_text (self->action, FALSE);
  gboolean pending = g_str_equal (self->state, WF_DEMO_ACTION_PENDING);
  gint64 revision = wf_demo_crm_next_revision (crm);

  wf_demo_database_run (
      crm->database,
      "INSERT INTO actions (key, revision, kind, lead, author, time, state, note, body, content, next)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, iif (?11, ?6, NULL))",
      "sisssissssi", self->action->key, revision, wf_action_kind_names[self->action->kind],
      self->action->lead, wf_demo_caller_get_id (self->caller), wf_demo_crm_now (crm), self->state,
      self->note, body, content, (gint64) pending);
}

/* A lead that is gone need not be deleted: the repetition under another key is no failure. */
static gboolean
is_gone (WfDemoPerformance *self)
{
  return self->action->kind == WF_ACTION_DELETE_RECORD && self->action->record == NULL &&
         self->action->lead != NULL &&
         wf_demo_database_get_number (self->crm->database, 0, "SELECT 1 FROM leads WHERE id = ?",
                                      "s", self->action->lead) == 0;
}

/* Whose lead it is decides who may, also where only the deal is named. Owned by the caller. NULL:
 * there is none yet. */
static char *
dup_lead_id (WfDemoCrm *self, const WfAction *action)
{
  if (action->kind == WF_ACTION_CREATE_LEAD)
    return NULL;
  if (action->lead == NULL && is_about_deal (action))
    return wf_demo_crm_dup_lead_of_deal (self, action->record);
  return g_strdup (action->lead);
}

static void
perform (WfDemoPerformance *self, const char *content)
{
  g_autoptr (WfJsonDocument) lead = NULL;
  g_autofree char *id = NULL;
  gboolean gone;
  gint64 revision;

  check_ids (self);
  gone = is_gone (self);
  id = dup_lead_id (self->crm, self->action);
  if (!wf_demo_outcome_is_problem (self->outcome) && id != NULL && !gone)
    lead = wf_demo_crm_load_lead (self->crm, self->caller, id, &revision, self->outcome);
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  self->lead = lead != NULL ? wf_json_document_get_root (lead) : NULL;
  if (!may_perform (self))
    return;
  if (gone)
    self->note = WF_DEMO_NOTE_SO;
  else
    kinds[self->action->kind].perform (self);
  if (wf_demo_outcome_is_problem (self->outcome))
    return;
  store_action (self, content);

  g_autofree char *stored = NULL;
  gboolean seen;
  wf_demo_outcome_succeed (
      self->outcome, 201, describe (self->crm, self->caller, self->action->key, &seen, &stored), 0);
}

/* TRUE when it was done before: the answer then is the first one's, told as a repetition (S16). */
static gboolean
is_known (WfDemoCrm *self, const WfDemoCaller *caller, const WfAction *action, const char *content,
          WfDemoOutcome *outcome)
{
  g_autofree char *first = NULL;
  gboolean seen;
  char *members = describe (self, caller, action->key, &seen, &first);

  if (members == NULL)
    return FALSE;
  wf_demo_outcome_fail (outcome, 412, "already-exists", _ ("This was done already."));
  outcome->has_same_content = TRUE;
  outcome->same_content = g_strcmp0 (first, content) == 0;
  g_free (outcome->members);
  outcome->members = members;
  return TRUE;
}

void
wf_demo_crm_put_action (WfDemoCrm *self, const WfDemoCaller *caller, const char *key,
                        const WfJson *body, WfDemoOutcome *outcome)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autofree char *lower = g_ascii_strdown (key, -1);
  g_autoptr (WfAction) action = wf_action_read (body, lower, problems);
  g_autofree char *text = NULL, *content = NULL;
  WfDemoCaller own = *caller;
  WfDemoPerformance performance = {
    .crm = self, .caller = &own, .action = action, .outcome = outcome, .state = WF_DEMO_ACTION_DONE
  };

  if (action == NULL)
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }
  text = wf_action_to_text (action, FALSE);
  content = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  if (is_known (self, caller, action, content, outcome))
    return;
  /* S14: the chain of causes is the action's own, unless the request names one. */
  if (own.cause == NULL)
    own.cause = action->cause;
  perform (&performance, content);
}
