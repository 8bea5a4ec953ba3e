/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl export: workflows as one portable package (B22). */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"
#include "wf-package.h"

#include <glib/gi18n-lib.h>

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_export = {
  "export",
  "[--organisation ORG] [--output FILE] FILE…",
  N_ ("Pack workflows for another company"),
  run,
};

/* NULL after an error. */
static GPtrArray *
load_workflows (char **paths)
{
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal); /* id -> path */
  gboolean fine = TRUE;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      WfWorkflow *workflow = wf_ctl_load_workflow (paths[i]);
      const char *other;

      fine &= workflow != NULL;
      if (workflow == NULL)
        continue;
      g_ptr_array_add (workflows, workflow);
      other = g_hash_table_lookup (files, workflow->id);
      if (other != NULL)
        wf_ctl_message (_ ("%s: /id: %s has the same id."), paths[i], other);
      fine &= other == NULL;
      g_hash_table_insert (files, workflow->id, paths[i]);
    }
  return fine ? g_steal_pointer (&workflows) : NULL;
}

static gboolean
write_file (const char *path, const char *text, guint n)
{
  g_autoptr (WfJsonWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  if (!g_file_set_contents (path, text, -1, &error))
    {
      wf_ctl_message ("%s: %s", path, error->message);
      return FALSE;
    }
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "file", path);
  wf_json_writer_add_int (writer, "workflows", n);
  line = wf_json_writer_finish (writer, FALSE);
  return wf_ctl_print_line (line);
}

static WfCtlStatus
run (char **arguments)
{
  g_autofree char *organisation_path = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_FILENAME, &organisation_path,
      N_ ("The organisation, for names of what the workflows need"), "ORG" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Where to write the package (standard output unless told)"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (GPtrArray) workflows = NULL;
  g_autofree char *text = NULL;
  WfCtlStatus status;
  gboolean fine;

  if (!wf_ctl_command_parse (&wf_command_export, entries, arguments, &rest, &status))
    return status;
  if (g_strv_length (rest) < 2)
    return wf_ctl_command_usage (&wf_command_export, "%s", _ ("At least one file is needed."));
  if (organisation_path != NULL)
    {
      organisation = wf_ctl_load_organisation (organisation_path);
      if (organisation == NULL)
        return WF_CTL_PROBLEMS;
    }
  workflows = load_workflows (rest + 1);
  if (workflows == NULL)
    return WF_CTL_PROBLEMS;
  text = wf_package_write (workflows, organisation);
  fine = output != NULL ? write_file (output, text, workflows->len) : wf_ctl_print_line (text);
  return fine ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
