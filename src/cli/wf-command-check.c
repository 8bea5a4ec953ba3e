/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl check: what is wrong with workflow, organisation and event files. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-document.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"
#include "wf-ctl-template.h"
#include "wf-health.h"
#include "wf-package.h"

#include <glib/gi18n-lib.h>

/* Of one run over several files. */
typedef struct
{
  WfOrganisation *
      organisation; /* (nullable) (owned) the first among the files: workflows are checked against it */
  GHashTable *files;    /* (owned) id of a workflow (owned) -> file, borrowed */
  GPtrArray *workflows; /* (owned) of WfWorkflow: those that could be read, for the health check */
  GHashTable *told;     /* (owned) "file LF path LF code" of the problems that were printed */
  gboolean fine;
} Check;

static void
check_init (Check *self)
{
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fine = TRUE;
}

static void
check_clear (Check *self)
{
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->workflows, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_check = {
  "check",
  "FILE…",
  N_ ("Check workflow, package, organisation and event files"),
  run,
};

/* Documents keep what they do not know, so that a newer version loses nothing. Here somebody asks
 * what is wrong, and a misspelt member is. */
static gboolean
is_error (const WfProblem *problem)
{
  return problem->severity == WF_PROBLEM_ERROR || g_str_equal (problem->code, "unknown-member");
}

/* FALSE when it was told before. */
static gboolean
is_new (Check *self, const char *file, const char *path, const char *code)
{
  return g_hash_table_add (self->told,
                           g_strjoin ("\n", file != NULL ? file : "", path, code, NULL));
}

static void
report (Check *self, const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      is_new (self, problem->file, problem->path, problem->code);
      wf_ctl_print_problem_line (problem->file, problem->path, problem->code, is_error (problem),
                                 problem->text, NULL);
      if (is_error (problem))
        self->fine = FALSE;
    }
  if (wf_problems_get_n_dropped (problems) > 0)
    self->fine = FALSE;
  wf_ctl_print_problems (problems, TRUE);
}

static void
add_workflow (Check *self, const char *path, WfWorkflow *workflow, WfProblems *problems)
{
  const char *other = g_hash_table_lookup (self->files, workflow->id);

  if (other != NULL)
    {
      wf_problems_add (problems, WF_PROBLEM_ERROR, "/id", "duplicate-id",
                       _ ("The file %s has the same id."), other);
      return;
    }
  g_hash_table_insert (self->files, g_strdup (workflow->id), (gpointer) path);
  g_ptr_array_add (self->workflows, wf_workflow_ref (workflow));
}

static void
check_workflow (Check *self, const char *path, const WfJson *root, WfProblems *problems)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_read (root, problems);

  if (workflow == NULL)
    return;
  wf_workflow_validate (workflow, self->organisation, problems);
  if (workflow->id != NULL)
    add_workflow (self, path, workflow, problems);
}

/* Where in the package the workflow is. */
static char *
make_place (const WfPackage *package, const char *id)
{
  for (guint i = 0; i < package->workflows->len; i++)
    if (g_strcmp0 (((WfWorkflow *) g_ptr_array_index (package->workflows, i))->id, id) == 0)
      return g_strdup_printf ("/workflows/%u", i);
  return g_strdup ("");
}

/* place: of the workflow whose problems were found. */
static void
take_problems (const WfProblems *found, const char *place, WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (found); i++)
    {
      const WfProblem *problem = wf_problems_get (found, i);
      g_autofree char *path = g_strconcat (place, problem->path, NULL);

      wf_problems_add (problems, problem->severity, path, problem->code, "%s", problem->text);
    }
}

static void
check_packed (const WfWorkflow *workflow, guint index, WfProblems *problems)
{
  g_autoptr (WfProblems) found = wf_problems_new (NULL);
  g_autofree char *place = g_strdup_printf ("/workflows/%u", index);

  wf_workflow_validate (workflow, NULL, found);
  take_problems (found, place, problems);
}

/* What is wrong in every language is told once for each: the text says no language, the first is
 * enough. */
static void
check_template (const WfJson *root, WfProblems *problems)
{
  g_auto (GStrv) languages = wf_ctl_template_list_languages (root);
  gboolean fine = TRUE;

  if (languages[0] == NULL)
    wf_problems_add (problems, WF_PROBLEM_ERROR, "/name", "missing", "%s",
                     _ ("The template has no name in any language."));
  for (guint i = 0; fine && languages[i] != NULL; i++)
    {
      g_autoptr (WfJsonDocument) document = wf_ctl_template_get_workflow (root, languages[i]);
      g_autoptr (WfProblems) found = wf_problems_new (NULL);
      g_autoptr (WfWorkflow) workflow = NULL;

      if (document != NULL)
        workflow = wf_workflow_read (wf_json_document_get_root (document), found);
      else
        wf_problems_add (found, WF_PROBLEM_ERROR, "", "missing", "%s",
                         _ ("The template has no workflow."));
      if (workflow != NULL)
        wf_workflow_validate (workflow, NULL, found);
      take_problems (found, "/workflow", problems);
      fine = wf_problems_get_n (found) == 0;
    }
}

/* What a package needs is asked for when it is imported: here only whether its workflows could run
 * somewhere, and with each other. */
static void
check_package (const WfJson *root, WfProblems *problems)
{
  g_autoptr (WfPackage) package = wf_package_read (root, problems);
  g_autoptr (GPtrArray) findings = NULL;

  if (package == NULL)
    return;
  for (guint i = 0; i < package->workflows->len; i++)
    check_packed (g_ptr_array_index (package->workflows, i), i, problems);
  findings = wf_health_check (package->workflows, NULL, NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const WfHealthFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *place = make_place (package, g_ptr_array_index (finding->workflows, 0));
      g_autofree char *path = g_strconcat (place, finding->path != NULL ? finding->path : "", NULL);

      wf_problems_add (problems, finding->error ? WF_PROBLEM_ERROR : WF_PROBLEM_WARNING, path,
                       finding->code, "%s", finding->text);
    }
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
    case WF_CTL_DOCUMENT_PACKAGE:
      check_package (root, problems);
      break;
    case WF_CTL_DOCUMENT_TEMPLATE:
      check_template (root, problems);
      break;
    case WF_CTL_DOCUMENT_UNKNOWN:
      wf_problems_add (problems, WF_PROBLEM_ERROR, "", "unknown-document", "%s",
                       _ ("This is no workflow, no package, no organisation and no event."));
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

/* ---- across workflows (B16) ---- */

static void
report_finding (Check *self, const WfHealthFinding *finding)
{
  const char *id = g_ptr_array_index (finding->workflows, 0);
  const char *file = g_hash_table_lookup (self->files, id);
  const char *path = finding->path != NULL ? finding->path : "";

  /* Checking the file by itself has found some of it already. */
  if (finding->path != NULL && !is_new (self, file, path, finding->code))
    return;
  wf_ctl_print_problem_line (file, path, finding->code, finding->error, finding->text,
                             finding->workflows);
  wf_ctl_message ("%s: %s: %s", file, path, finding->text);
  if (finding->error)
    self->fine = FALSE;
}

/* One workflow alone, without its organisation, has nothing that could not fit. */
static void
check_health (Check *self)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (self->workflows->len == 0 || (self->workflows->len == 1 && self->organisation == NULL))
    return;
  findings = wf_health_check (self->workflows, self->organisation, NULL);
  for (guint i = 0; i < findings->len; i++)
    report_finding (self, g_ptr_array_index (findings, i));
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Check) self = { 0 };
  g_auto (GStrv) rest = NULL;
  WfCtlStatus status;

  if (!wf_ctl_command_parse (&wf_command_check, NULL, arguments, &rest, &status))
    return status;
  if (g_strv_length (rest) < 2)
    return wf_ctl_command_usage (&wf_command_check, "%s", _ ("At least one file is needed."));
  check_init (&self);
  self.organisation = find_organisation (rest + 1);
  for (guint i = 1; rest[i] != NULL; i++)
    check_file (&self, rest[i]);
  check_health (&self);
  return self.fine ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
