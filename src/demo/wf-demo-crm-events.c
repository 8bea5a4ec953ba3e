/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's event log: one order for everything, cursors, and what each person sees of it. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"
#include "wf-demo-json.h"

#include "wf-event.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows looked at for one answer, when most of them concern others. */
#define MOST_SCANNED 5000
#define MOST_KEPT_EVENTS 100000
#define MOST_KEPT_AUDIT 50000
#define MOST_KEPT_MESSAGES 20000
#define MOST_KEPT_CLOSED 50000
#define MOST_KEPT_ACTIONS 50000

static gint64
get_last_sequence (WfDemoCrm *self)
{
  return wf_demo_database_get_number (self->database, 0,
                                      "SELECT seq FROM sqlite_sequence WHERE name = 'events'", "");
}

static gint64
get_oldest_sequence (WfDemoCrm *self)
{
  return wf_demo_database_get_number (self->database, get_last_sequence (self) + 1,
                                      "SELECT min(sequence) FROM events", "");
}

static char *
format_sequence (gint64 sequence)
{
  return g_strdup_printf ("%020" G_GINT64_FORMAT, sequence);
}

/* " ana bruno ": whom the event concerns; NULL = nobody in particular, so everyone sees it. */
static char *
join_people (const char *owner, const char *others)
{
  if (owner == NULL && (others == NULL || others[strspn (others, " ")] == '\0'))
    return NULL;
  return g_strdup_printf (" %s %s ", owner != NULL ? owner : "", others != NULL ? others : "");
}

static void
store (WfDemoCrm *self, gint64 sequence, const char *source, const char *id, const char *type,
       WfInstant time, const char *lead, const char *people, const char *body)
{
  wf_demo_database_run (self->database,
                        "INSERT INTO events (sequence, source, id, type, time, lead, people, body)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        "isssisss", sequence, source, id, type, time, lead, people, body);
  self->changed = TRUE;
}

static void
write_data (WfJsonWriter *writer, const WfDemoCaller *caller, const WfDemoEventDraft *draft,
            const WfJson *lead)
{
  wf_json_writer_begin_object (writer, "data");
  if (lead != NULL)
    wf_json_writer_add_value (writer, "lead", lead);
  wf_json_writer_add_string (writer, "actor", wf_demo_caller_get_id (caller));
  wf_json_writer_add_string (writer, "cause", caller->cause);
  wf_json_writer_add_members (writer, draft->data);
  wf_json_writer_end (writer);
}

void
wf_demo_crm_add_event (WfDemoCrm *self, const WfDemoCaller *caller, const WfDemoEventDraft *draft)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *lead_text = draft->lead != NULL ? wf_demo_crm_dup_lead (self, draft->lead)
                                                   : NULL;
  g_autoptr (WfJsonDocument) lead =
      lead_text != NULL ? wf_json_document_parse (lead_text, -1, 0, NULL) : NULL;
  const WfJson *snapshot = lead != NULL ? wf_json_document_get_root (lead) : NULL;
  gint64 sequence = get_last_sequence (self) + 1;
  WfInstant now = wf_demo_crm_now (self);
  g_autofree char *time = wf_instant_format_utc (now);
  g_autofree char *place = format_sequence (sequence);
  g_autofree char *id = draft->id != NULL
                            ? g_strdup (draft->id)
                            : g_strdup_printf ("e-%s-%" G_GINT64_FORMAT, self->log_id, sequence);
  g_autofree char *subject = draft->lead != NULL ? g_strconcat ("lead/", draft->lead, NULL) : NULL;
  g_autofree char *people =
      join_people (wf_json_get_member_string (snapshot, "owner"), draft->people);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "source", self->source);
  wf_json_writer_add_string (writer, "type", draft->type);
  wf_json_writer_add_string (writer, "time", time);
  wf_json_writer_add_string (writer, "subject", subject);
  wf_json_writer_add_string (writer, "sequence", place);
  wf_json_writer_add_string (writer, "datacontenttype", "application/json");
  write_data (writer, caller, draft, snapshot);
  g_autofree char *body = wf_json_writer_finish (writer, FALSE);
  store (self, sequence, self->source, id, draft->type, now, draft->lead, people, body);
  wf_demo_crm_note_contact (self, draft->lead, draft->type, draft->data, now);
  wf_demo_crm_learn_deal (self, draft->lead, wf_json_get_member (draft->data, "deal"));
}

/* -- events of bridges ------------------------------------------------------------------------- */

static char *
add_stamps (WfDemoCrm *self, const WfEvent *event, gint64 sequence)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *place = format_sequence (sequence);
  g_autofree char *time = wf_instant_format_utc (wf_event_get_time (event));

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", wf_event_get_id (event));
  if (wf_json_get_member (wf_event_get_root (event), "time") == NULL)
    wf_json_writer_add_string (writer, "time", time);
  wf_json_writer_add_string (writer, "sequence", place);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) stamps = wf_json_writer_finish_document (writer);
  return wf_demo_json_merge_text (wf_event_get_root (event), wf_json_document_get_root (stamps));
}

static void
update_lead (WfDemoCrm *self, const WfDemoCaller *caller, const WfEvent *event)
{
  const WfJson *snapshot = wf_json_get_member (wf_event_get_data (event), "lead");

  if (g_str_equal (wf_event_get_event_type (event), "lead.deleted"))
    {
      wf_demo_database_run (self->database, "DELETE FROM leads WHERE id = ?", "s",
                            wf_event_get_lead (event));
      wf_demo_database_run (self->database, "DELETE FROM contacts WHERE lead = ?", "s",
                            wf_event_get_lead (event));
    }
  else if (wf_json_is (snapshot, WF_JSON_OBJECT) &&
           wf_json_get_member_string (snapshot, "id") != NULL)
    wf_demo_crm_learn_lead (self, snapshot);
}

static char *
find_owner (WfDemoCrm *self, const WfEvent *event)
{
  if (wf_event_get_owner (event) != NULL)
    return g_strdup (wf_event_get_owner (event));
  return wf_demo_database_dup_text (self->database, "SELECT owner FROM leads WHERE id = ?", "s",
                                    wf_event_get_lead (event));
}

static void
copy_problems (const WfProblems *from, const char *path, WfProblems *to)
{
  for (guint i = 0; i < wf_problems_get_n (from); i++)
    {
      const WfProblem *problem = wf_problems_get (from, i);
      g_autofree char *pointer = g_strconcat (path, problem->path, NULL);

      if (problem->severity == WF_PROBLEM_ERROR)
        wf_problems_add (to, WF_PROBLEM_ERROR, pointer, problem->code, "%s", problem->text);
    }
}

gboolean
wf_demo_crm_post_event (WfDemoCrm *self, const WfDemoCaller *caller, WfJsonDocument *document,
                        const WfJson *root, const char *path, gboolean *known, WfProblems *problems)
{
  g_autoptr (WfProblems) own = wf_problems_new (NULL);
  g_autoptr (WfEvent) event = wf_event_read (document, root, wf_demo_crm_now (self), own);

  *known = FALSE;
  if (event == NULL)
    {
      copy_problems (own, path, problems);
      return FALSE;
    }
  if (wf_demo_database_get_number (self->database, 0,
                                   "SELECT 1 FROM events WHERE source = ? AND id = ?", "ss",
                                   wf_event_get_source (event), wf_event_get_id (event)) != 0)
    {
      *known = TRUE;
      return TRUE;
    }

  g_autofree char *before = wf_demo_database_dup_text (
      self->database, "SELECT owner FROM leads WHERE id = ?", "s", wf_event_get_lead (event));
  g_autofree char *owner = find_owner (self, event);
  g_autofree char *people = join_people (owner, before);
  gint64 sequence = get_last_sequence (self) + 1;
  g_autofree char *body = add_stamps (self, event, sequence);

  update_lead (self, caller, event);
  wf_demo_crm_learn_deal (self, wf_event_get_lead (event),
                          wf_json_get_member (wf_event_get_data (event), "deal"));
  store (self, sequence, wf_event_get_source (event), wf_event_get_id (event),
         wf_event_get_event_type (event), wf_event_get_time (event), wf_event_get_lead (event),
         people, body);
  wf_demo_crm_note_contact (self, wf_event_get_lead (event), wf_event_get_event_type (event),
                            wf_event_get_data (event), wf_event_get_time (event));
  return TRUE;
}

/* -- reading ----------------------------------------------------------------------------------- */

char *
wf_demo_crm_make_cursor (WfDemoCrm *self, gint64 sequence)
{
  return g_strdup_printf ("%s.%" G_GINT64_FORMAT, self->log_id, sequence);
}

static void
refuse_expired (WfDemoCrm *self, WfDemoOutcome *outcome)
{
  wf_demo_outcome_fail (outcome, 410, "cursor-expired",
                        _ ("The event log no longer reaches back that far."));
  g_free (outcome->oldest_cursor);
  outcome->oldest_cursor = wf_demo_crm_make_cursor (self, get_oldest_sequence (self) - 1);
}

gboolean
wf_demo_crm_read_cursor (WfDemoCrm *self, const char *cursor, gint64 *after, WfDemoOutcome *outcome)
{
  gint64 last = get_last_sequence (self), oldest = get_oldest_sequence (self);

  if (cursor == NULL || *cursor == '\0')
    {
      *after = oldest - 1;
      return TRUE;
    }
  if (g_str_equal (cursor, "now"))
    {
      *after = last;
      return TRUE;
    }

  const char *point = strrchr (cursor, '.');
  if (point == NULL || !g_ascii_string_to_signed (point + 1, 10, 0, G_MAXINT64, after, NULL))
    {
      wf_demo_outcome_fail (outcome, 400, "bad-request", _ ("The cursor cannot be read."));
      return FALSE;
    }
  if (strncmp (cursor, self->log_id, (gsize) (point - cursor)) != 0 ||
      strlen (self->log_id) != (gsize) (point - cursor) || *after > last || *after < oldest - 1)
    {
      refuse_expired (self, outcome);
      return FALSE;
    }
  return TRUE;
}

static gboolean
concerns (const WfDemoCaller *caller, const char *people)
{
  if (people == NULL || caller->visible == NULL)
    return TRUE;

  g_auto (GStrv) ids = g_strsplit (people, " ", -1);
  for (guint i = 0; ids[i] != NULL; i++)
    if (ids[i][0] != '\0' && g_hash_table_contains (caller->visible, ids[i]))
      return TRUE;
  return FALSE;
}

guint
wf_demo_crm_read_events (WfDemoCrm *self, const WfDemoCaller *caller, const WfDemoEventQuery *query,
                         gint64 *next, gboolean *more, WfDemoEventFunc func, gpointer user_data)
{
  guint n = 0, scanned = 0;
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      "SELECT sequence, type, people, body FROM events WHERE sequence > ? ORDER BY sequence", "i",
      query->after);

  *next = query->after;
  *more = FALSE;
  while (wf_demo_database_step (self->database, row))
    {
      const char *type = wf_demo_column_text (row, 1);

      if (n == query->limit || scanned++ == MOST_SCANNED)
        {
          *more = TRUE;
          wf_demo_database_end (row);
          break;
        }
      *next = sqlite3_column_int64 (row, 0);
      if ((query->types != NULL && !g_strv_contains ((const char *const *) query->types, type)) ||
          !concerns (caller, wf_demo_column_text (row, 2)))
        continue;
      func (*next, type, wf_demo_column_text (row, 3), user_data);
      n++;
    }
  return n;
}

/* -- retention --------------------------------------------------------------------------------- */

void
wf_demo_crm_prune_events (WfDemoCrm *self, guint keep)
{
  wf_demo_database_run (self->database, "DELETE FROM events WHERE sequence <= ?", "i",
                        get_last_sequence (self) - (gint64) keep);
}

void
wf_demo_crm_prune (WfDemoCrm *self)
{
  wf_demo_crm_prune_events (self, MOST_KEPT_EVENTS);
  wf_demo_database_run (self->database,
                        "DELETE FROM audit WHERE sequence <= (SELECT max(sequence) FROM audit) - ?",
                        "i", (gint64) MOST_KEPT_AUDIT);
  wf_demo_database_run (
      self->database,
      "DELETE FROM messages WHERE id IN (SELECT id FROM messages ORDER BY time DESC LIMIT -1 OFFSET ?)",
      "i", (gint64) MOST_KEPT_MESSAGES);
  /* Their keys go with them; by then no outbox asks again. */
  wf_demo_database_run (
      self->database,
      "DELETE FROM actions WHERE key IN (SELECT key FROM actions WHERE state <> 'pending'"
      " ORDER BY revision DESC LIMIT -1 OFFSET ?)",
      "i", (gint64) MOST_KEPT_ACTIONS);
  wf_demo_database_run (
      self->database,
      "DELETE FROM activities WHERE id IN (SELECT id FROM activities WHERE status <> 'open'"
      " ORDER BY updated DESC LIMIT -1 OFFSET ?)",
      "i", (gint64) MOST_KEPT_CLOSED);
}
