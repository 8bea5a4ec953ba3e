/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a request: an answer or a problem (RFC 9457), ready for HTTP. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm.h"

#include <glib/gi18n-lib.h>

void
wf_demo_outcome_clear (WfDemoOutcome *self)
{
  g_free (self->body);
  g_free (self->etag);
  g_free (self->title);
  g_free (self->oldest_cursor);
  g_free (self->members);
  g_clear_pointer (&self->errors, wf_problems_free);
  *self = (WfDemoOutcome) { 0 };
}

gboolean
wf_demo_outcome_is_problem (const WfDemoOutcome *self)
{
  return self->problem != NULL;
}

void
wf_demo_outcome_fail (WfDemoOutcome *self, guint status, const char *problem, const char *title)
{
  if (self->problem != NULL)
    return;
  g_clear_pointer (&self->body, g_free);
  self->status = status;
  self->problem = problem;
  self->title = g_strdup (title);
}

void
wf_demo_outcome_refuse (WfDemoOutcome *self, WfProblems *problems)
{
  wf_demo_outcome_fail (self, 422, "validation", _ ("The content is not valid."));
  g_clear_pointer (&self->errors, wf_problems_free);
  self->errors = problems;
}

void
wf_demo_outcome_succeed (WfDemoOutcome *self, guint status, char *body, gint64 revision)
{
  self->status = status;
  g_free (self->body);
  self->body = body;
  g_free (self->etag);
  self->etag = revision != 0 ? wf_demo_crm_make_tag (revision) : NULL;
}

static void
write_errors (WfJsonWriter *writer, const WfProblems *problems)
{
  wf_json_writer_begin_array (writer, "errors");
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);
      g_autofree char *pointer = g_strconcat ("#", problem->path, NULL);

      if (problem->severity != WF_PROBLEM_ERROR)
        continue;
      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "pointer", pointer);
      wf_json_writer_add_string (writer, "code", problem->code);
      wf_json_writer_add_string (writer, "detail", problem->text);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

char *
wf_demo_outcome_to_text (const WfDemoOutcome *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *type = g_strconcat ("/problems/", self->problem, NULL);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "type", type);
  wf_json_writer_add_string (writer, "title", self->title);
  wf_json_writer_add_int (writer, "status", self->status);
  if (self->has_same_content)
    wf_json_writer_add_boolean (writer, "same-content", self->same_content);
  wf_json_writer_add_string (writer, "oldest-cursor", self->oldest_cursor);
  if (self->errors != NULL)
    write_errors (writer, self->errors);
  if (self->members != NULL)
    {
      g_autoptr (WfJsonDocument) members = wf_json_document_parse (self->members, -1, 0, NULL);

      wf_json_writer_add_members (writer, wf_json_document_get_root (members));
    }
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

char *
wf_demo_crm_make_tag (gint64 revision)
{
  return g_strdup_printf ("\"r%" G_GINT64_FORMAT "\"", revision);
}

gboolean
wf_demo_crm_check_match (const char *if_match, gint64 revision, WfDemoOutcome *outcome)
{
  g_autofree char *tag = wf_demo_crm_make_tag (revision);

  if (if_match == NULL)
    wf_demo_outcome_fail (outcome, 428, "precondition-required",
                          _ ("A change needs the tag it was made on (If-Match)."));
  else if (!g_str_equal (if_match, tag) && !g_str_equal (if_match, "*"))
    wf_demo_outcome_fail (outcome, 412, "changed", _ ("Somebody changed it meanwhile."));
  else
    return TRUE;

  g_free (outcome->etag);
  outcome->etag = g_steal_pointer (&tag);
  return FALSE;
}

gboolean
wf_demo_crm_read_page (GHashTable *query, gint64 *page, guint *limit, WfDemoOutcome *outcome)
{
  const char *page_text = query != NULL ? g_hash_table_lookup (query, "page") : NULL;
  const char *limit_text = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;
  guint64 limit_number = 100;

  *page = 0;
  if ((page_text != NULL && !g_ascii_string_to_signed (page_text, 10, 0, G_MAXINT64, page, NULL)) ||
      (limit_text != NULL &&
       !g_ascii_string_to_unsigned (limit_text, 10, 1, 1000, &limit_number, NULL)))
    {
      wf_demo_outcome_fail (outcome, 400, "bad-request",
                            _ ("The page or the limit cannot be read."));
      return FALSE;
    }
  *limit = (guint) limit_number;
  return TRUE;
}

char *
wf_demo_crm_fingerprint (const WfJson *value)
{
  g_autofree char *text = wf_json_to_text (value, FALSE);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}
