/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of a file for a workflow. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-file-name.h"

#include <glib/gi18n-lib.h>

char *
wf_workflow_make_file_name (const WfWorkflow *workflow, const char *suffix)
{
  const char *name = workflow->name;
  g_autofree char *safe = g_strdup (name != NULL && *name != '\0' ? name : _ ("New Workflow"));

  g_strdelimit (safe, "/\\:*?\"<>|", '-');
  return g_strconcat (safe, suffix, NULL);
}
