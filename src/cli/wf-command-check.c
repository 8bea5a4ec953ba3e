/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl check: what is wrong with workflow, organisation and event files. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-document.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"

#include <glib/gi18n-lib.h>

/* Of one run over several files. */
typedef struct
{
  WfOrganisation *
      organisation; /* (nullable) (owned) the first among the files: workflows are checked against it */
  GHashTable *workflows; /* (owned) id (owned) -> file, borrowed */
  gboolean fine;
} Check;

static void
check_clear (Check *self)
{
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_hash_table_unref (self->workflows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_check = {
  "check",
  "FILE…",
  N_ ("Check workflow, organisation and event files"),
  run,
};

/* Documents keep what they do not know, so that a newer version loses nothing. Here somebody asks
 * what is wrong, and a misspelt member is. */
static gboolean
is_error (const WfProblem *problem)
{
  return problem->severity == WF_PROBLEM_ERROR || g_str_equal (problem->code, "unknown-member");
}

static void
print_problem (const WfProblem *problem)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "file", problem->file);
  wf_json_writer_add_string (writer, "path", problem->path);
  wf_json_writer_add_string (writer, "code", problem->code);
  wf_json_writer_add_string (writer, "severity", is_error (problem) ? "error" : "warning");
  wf_json_writer_add_string (writer, "text", problem->text);
  text = wf_json_writer_finish (writer, FALSE);
  wf_ctl_print_line (text);
}

static void
report (Check *self, const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      print_problem (problem);
      if (is_error (problem))
        self->fine = FALSE;
    }
  if (wf_problems_get_n_dropped (problems) > 0)
    self->fine = FALSE;
  wf_ctl_print_problems (problems, TRUE);
}

static void
check_workflow (Check *self, const char *path, const WfJson *root, WfProblems *problems)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_read (root, problems);
  const char *other;

  if (workflow == NULL)
    return;
  wf_workflow_validate (workflow, self->organisation, problems);
  if (workflow->id == NULL)
    return;
  other = g_hash_table_lookup (self->workflows, workflow->id);
  if (other != NULL)
    wf_problems_add (problems, WF_PROBLEM_ERROR, "/id", "duplicate-id",
                     _ ("The file %s has the same id."), other);
  else
    g_hash_table_insert (self->workflows, g_strdup (workflow->id), (gpointer) path);
}

static void
check_document (Check *self, const char *path, WfJsonDocument *document, WfProblems *problems)
{
  const WfJson *root = wf_json_document_get_root (document);
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (GPtrArray) events = NULL;

  wf_ctl_document_find_duplicates (root, problems);
  switch (wf_ctl_document_get_kind (root))
    {
    case WF_CTL_DOCUMENT_WORKFLOW:
      check_workflow (self, path, root, problems);
      break;
    case WF_CTL_DOCUMENT_ORGANISATION:
      organisation = wf_organisation_read (root, problems);
      break;
    case WF_CTL_DOCUMENT_EVENTS:
      events = wf_events_read (document, 0, problems);
      break;
    case WF_CTL_DOCUMENT_UNKNOWN:
      wf_problems_add (problems, WF_PROBLEM_ERROR, "", "unknown-document", "%s",
                       _ ("This is no workflow, no organisation and no event."));
      break;
    }
}

/* Events, one a line: each line is a document of its own. FALSE at the end. */
static gboolean
check_line (Check *self, WfCtlLines *lines)
{
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfEvent) event = NULL;
  g_autoptr (GError) error = NULL;
  const char *line = NULL;
  gsize length = 0;
  WfCtlLineResult result = wf_ctl_lines_next (lines, &line, &length, &error);
  g_autofree char *place = wf_ctl_lines_dup_place (lines);

  problems = wf_problems_new (place);
  switch (result)
    {
    case WF_CTL_LINE_READ:
      event = wf_ctl_lines_read_event (lines, line, length, 0, problems);
      break;
    case WF_CTL_LINE_TOO_LONG:
      wf_problems_add (problems, WF_PROBLEM_ERROR, "", "too-long",
                       _ ("This line is longer than %d bytes."), (int) WF_CTL_LINE_MOST_BYTES);
      break;
    case WF_CTL_LINE_FAILED:
      wf_problems_add (problems, WF_PROBLEM_ERROR, "", "unreadable-file", "%s", error->message);
      break;
    case WF_CTL_LINE_END:
      return FALSE;
    }
  if (event != NULL)
    wf_ctl_document_find_duplicates (wf_event_get_root (event), problems);
  report (self, problems);
  return result != WF_CTL_LINE_FAILED;
}

static void
check_lines (Check *self, const char *path)
{
  g_autoptr (WfCtlLines) lines = wf_ctl_lines_new (path, NULL);

  while (lines != NULL && check_line (self, lines))
    ;
}

static gboolean
is_document (const char *line, gsize length)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse (line, (gssize) length, WF_CTL_LINE_MOST_BYTES, NULL);

  return document != NULL;
}

/* A file is a list of lines when it is named so, or when its first line is a document of its own
 * and there is a second. */
static gboolean
has_lines (const char *path)
{
  g_autoptr (WfCtlLines) lines = wf_ctl_lines_new (path, NULL);
  const char *line = NULL;
  gsize length = 0;

  if (lines == NULL)
    return FALSE;
  if (g_str_has_suffix (path, ".ndjson") || g_str_has_suffix (path, ".jsonl"))
    return TRUE;
  return wf_ctl_lines_next (lines, &line, &length, NULL) == WF_CTL_LINE_READ &&
         is_document (line, length) &&
         wf_ctl_lines_next (lines, &line, &length, NULL) != WF_CTL_LINE_END;
}

static void
check_file (Check *self, const char *path)
{
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfJsonDocument) document = NULL;

  if (has_lines (path))
    {
      check_lines (self, path);
      return;
    }
  problems = wf_problems_new (path);
  document = wf_ctl_load_document (path, problems);
  if (document != NULL)
    check_document (self, path, document, problems);
  report (self, problems);
}

/* The organisation may stand behind the workflows. */
static WfOrganisation *
find_organisation (char **paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (WfJsonDocument) document = wf_json_document_load (paths[i], 0, NULL);
      WfOrganisation *organisation;

      if (document == NULL || wf_ctl_document_get_kind (wf_json_document_get_root (document)) !=
                                  WF_CTL_DOCUMENT_ORGANISATION)
        continue;
      organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);
      if (organisation != NULL)
        return organisation;
    }
  return NULL;
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Check) self = { NULL, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                          TRUE };
  g_auto (GStrv) rest = NULL;
  WfCtlStatus status;

  if (!wf_ctl_command_parse (&wf_command_check, NULL, arguments, &rest, &status))
    return status;
  if (g_strv_length (rest) < 2)
    return wf_ctl_command_usage (&wf_command_check, "%s", _ ("At least one file is needed."));
  self.organisation = find_organisation (rest + 1);
  for (guint i = 1; rest[i] != NULL; i++)
    check_file (&self, rest[i]);
  return self.fine ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
