/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program says to documents, for tests in other languages. Argument: "workflow", "event",
 * "organisation" or "workflow-package". Reads a document a line, and writes a line for each: "fine", or the codes and
 * paths of what is wrong. As in "workflowctl check", an unknown member is wrong. */
#include "wf-package.h"
#include "wf-workflow.h"

#include <stdio.h>
#include <string.h>

static void
check_workflow (const WfJson *root, WfProblems *problems)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_read (root, problems);

  if (workflow != NULL)
    wf_workflow_validate (workflow, NULL, problems);
}

static void
check (const char *kind, WfJsonDocument *document, WfProblems *problems)
{
  const WfJson *root = wf_json_document_get_root (document);

  if (strcmp (kind, "workflow") == 0)
    {
      check_workflow (root, problems);
    }
  else if (strcmp (kind, "event") == 0)
    {
      g_autoptr (GPtrArray) events = wf_events_read (document, 0, problems);
    }
  else if (strcmp (kind, "workflow-package") == 0)
    {
      g_autoptr (WfPackage) package = wf_package_read (root, problems);
    }
  else
    {
      g_autoptr (WfOrganisation) organisation = wf_organisation_read (root, problems);
    }
}

static void
report (const WfProblems *problems)
{
  gboolean fine = TRUE;

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      if (problem->severity != WF_PROBLEM_ERROR && strcmp (problem->code, "unknown-member") != 0)
        continue;
      printf ("%s%s %s", fine ? "" : ", ", problem->code, problem->path);
      fine = FALSE;
    }
  printf (fine ? "fine\n" : "\n");
}

int
main (int argc, char **argv)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (fileno (stdin));
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    return 2;
  for (;;)
    {
      g_autofree char *line = NULL;
      g_autoptr (WfJsonDocument) document = NULL;
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      GIOStatus status = g_io_channel_read_line (input, &line, NULL, NULL, &error);

      if (status == G_IO_STATUS_EOF)
        return 0;
      document = line != NULL ? wf_json_document_parse (line, -1, 0, &error) : NULL;
      if (document == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      check (argv[1], document, problems);
      report (problems);
    }
}
