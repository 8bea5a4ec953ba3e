/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's comments: each is added once for its id, and stays with its lead. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"
#include "wf-demo-json.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define MOST_COMMENT 10000

static void
write_mentions (WfJsonWriter *writer, const char *const *mentions)
{
  if (mentions == NULL || mentions[0] == NULL)
    return;
  wf_json_writer_begin_array (writer, "mentions");
  for (guint i = 0; mentions[i] != NULL; i++)
    wf_json_writer_add_string (writer, NULL, mentions[i]);
  wf_json_writer_end (writer);
}

static void
tell_comment (WfDemoCrm *self, const WfDemoCaller *caller, const WfDemoComment *comment)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *people =
      comment->mentions != NULL ? g_strjoinv (" ", (char **) comment->mentions) : NULL;
  WfDemoEventDraft draft = { .type = "comment.added", .lead = comment->lead, .people = people };

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "comment");
  wf_json_writer_add_string (writer, "id", comment->id);
  wf_json_writer_add_string (writer, "author", comment->author);
  wf_json_writer_add_string (writer, "text", comment->text);
  write_mentions (writer, comment->mentions);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  draft.data = wf_json_document_get_root (data);
  wf_demo_crm_add_event (self, caller, &draft);
}

gboolean
wf_demo_crm_add_comment (WfDemoCrm *self, const WfDemoCaller *caller, const WfDemoComment *comment,
                         gboolean tell)
{
  g_autofree char *mentions = comment->mentions != NULL && comment->mentions[0] != NULL
                                  ? g_strjoinv (" ", (char **) comment->mentions)
                                  : NULL;

  if (wf_demo_database_get_number (self->database, 0, "SELECT 1 FROM comments WHERE id = ?", "s",
                                   comment->id) != 0)
    return FALSE;
  wf_demo_database_run (
      self->database,
      "INSERT INTO comments (id, lead, author, text, time, mentions) VALUES (?, ?, ?, ?, ?, ?)",
      "ssssis", comment->id, comment->lead, comment->author, comment->text, wf_demo_crm_now (self),
      mentions);
  if (tell)
    tell_comment (self, caller, comment);
  return TRUE;
}

void
wf_demo_crm_put_comment (WfDemoCrm *self, const WfDemoCaller *caller, const char *lead,
                         const char *id, const WfJson *body, WfDemoOutcome *outcome)
{
  static const WfDemoMember members[] = { { "text", WF_DEMO_TEXT, TRUE, FALSE, MOST_COMMENT },
                                          { NULL } };
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfDemoComment comment = { .id = id,
                            .lead = lead,
                            .author = wf_demo_caller_get_id (caller),
                            .text = wf_json_get_member_string (body, "text") };
  gint64 revision;

  wf_demo_json_check (body, members, "", problems);
  if (wf_problems_has_errors (problems))
    {
      wf_demo_outcome_refuse (outcome, g_steal_pointer (&problems));
      return;
    }
  g_autoptr (WfJsonDocument) known = wf_demo_crm_load_lead (self, caller, lead, &revision, outcome);
  if (known == NULL)
    return;
  if (!wf_demo_crm_caller_may_write (self, caller))
    {
      wf_demo_outcome_fail (outcome, 403, "forbidden", _ ("Your role only reads."));
      return;
    }
  if (wf_demo_crm_add_comment (self, caller, &comment, TRUE))
    {
      wf_demo_outcome_succeed (outcome, 201, g_strdup ("{}"), 0);
      return;
    }
  g_autofree char *existing = wf_demo_database_dup_text (
      self->database, "SELECT text FROM comments WHERE id = ? AND lead = ?", "ss", id, lead);
  wf_demo_outcome_fail (outcome, 412, "already-exists", _ ("This comment exists already."));
  outcome->has_same_content = TRUE;
  outcome->same_content = g_strcmp0 (existing, comment.text) == 0;
}

static void
write_row (WfJsonWriter *writer, sqlite3_stmt *row)
{
  g_autofree char *time = wf_instant_format_utc (sqlite3_column_int64 (row, 4));
  const char *text = wf_demo_column_text (row, 5);
  g_auto (GStrv) mentions = text != NULL ? g_strsplit (text, " ", -1) : NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", wf_demo_column_text (row, 1));
  wf_json_writer_add_string (writer, "author", wf_demo_column_text (row, 2));
  wf_json_writer_add_string (writer, "text", wf_demo_column_text (row, 3));
  wf_json_writer_add_string (writer, "time", time);
  write_mentions (writer, (const char *const *) mentions);
  wf_json_writer_end (writer);
}

/* FALSE with a problem. */
static gboolean
read_order (GHashTable *query, gboolean *newest, WfDemoOutcome *outcome)
{
  const char *order = g_hash_table_lookup (query, "order");

  *newest = g_strcmp0 (order, "newest") == 0;
  if (order == NULL || *newest || g_str_equal (order, "oldest"))
    return TRUE;
  wf_demo_outcome_fail (outcome, 400, "bad-request", _ ("The order must be oldest or newest."));
  return FALSE;
}

void
wf_demo_crm_list_comments (WfDemoCrm *self, const WfDemoCaller *caller, const char *lead,
                           GHashTable *query, WfDemoOutcome *outcome, char **next_page)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  gint64 page, revision, last = 0;
  gboolean newest;
  guint limit, n = 0;

  *next_page = NULL;
  if (!wf_demo_crm_read_page (query, &page, &limit, outcome) ||
      !read_order (query, &newest, outcome))
    return;
  g_autoptr (WfJsonDocument) known = wf_demo_crm_load_lead (self, caller, lead, &revision, outcome);
  if (known == NULL)
    return;
  wf_json_writer_begin_array (writer, NULL);
  sqlite3_stmt *row = wf_demo_database_query (
      self->database,
      newest ? "SELECT rowid, id, author, text, time, mentions FROM comments WHERE lead = ?1"
               " AND (?2 = 0 OR rowid < ?2) ORDER BY rowid DESC"
             : "SELECT rowid, id, author, text, time, mentions FROM comments WHERE lead = ?1"
               " AND rowid > ?2 ORDER BY rowid",
      "si", lead, page);
  while (wf_demo_database_step (self->database, row))
    {
      if (n++ == limit)
        {
          *next_page = g_strdup_printf ("%" G_GINT64_FORMAT, last);
          wf_demo_database_end (row);
          break;
        }
      write_row (writer, row);
      last = sqlite3_column_int64 (row, 0);
    }
  wf_json_writer_end (writer);
  wf_demo_outcome_succeed (outcome, 200, wf_json_writer_finish (writer, FALSE), 0);
}
