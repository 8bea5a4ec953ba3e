/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What workflowctl prints: results on standard output, messages on standard error. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-output.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

/* Results are JSON and therefore UTF-8 in every locale: they do not go through g_print. */
static gboolean
check_output (gboolean fine)
{
  if (!fine)
    wf_ctl_message (_ ("The result cannot be written: %s"), g_strerror (errno));
  return fine;
}

/**
 * wf_ctl_print:
 * @text: what to write to standard output
 *
 * Returns: whether it was written
 */
gboolean
wf_ctl_print (const char *text)
{
  return check_output (fputs (text, stdout) != EOF);
}

/**
 * wf_ctl_print_line:
 * @line: what to write to standard output, without its line break
 *
 * Returns: whether it was written
 */
gboolean
wf_ctl_print_line (const char *line)
{
  return check_output (fputs (line, stdout) != EOF && fputc ('\n', stdout) != EOF);
}

/**
 * wf_ctl_flush:
 *
 * Returns: whether all results are written
 */
gboolean
wf_ctl_flush (void)
{
  return check_output (fflush (stdout) == 0);
}

/**
 * wf_ctl_message:
 * @format: a message for people, translated
 */
void
wf_ctl_message (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s\n", text);
}

/**
 * wf_ctl_print_problems:
 * @problems: what is wrong with an input
 * @with_warnings: whether to print warnings too
 */
void
wf_ctl_print_problems (const WfProblems *problems, gboolean with_warnings)
{
  guint dropped = wf_problems_get_n_dropped (problems);

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);
      g_autofree char *text = NULL;

      if (problem->severity != WF_PROBLEM_ERROR && !with_warnings)
        continue;
      text = wf_problem_to_text (problem);
      wf_ctl_message ("%s", text);
    }
  if (dropped > 0)
    wf_ctl_message (
        ngettext ("%u more problem is not shown.", "%u more problems are not shown.", dropped),
        dropped);
}

/**
 * wf_ctl_print_problem_line:
 * @file: (nullable): where it is
 * @path: place in the document
 * @code: machine word
 * @error: FALSE: a warning
 * @text: the reason
 * @workflows: (nullable) (element-type utf8): ids of those that it is about
 *
 * Returns: whether it was written
 */
gboolean
wf_ctl_print_problem_line (const char *file, const char *path, const char *code, gboolean error,
                           const char *text, GPtrArray *workflows)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *line = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "file", file);
  wf_json_writer_add_string (writer, "path", path);
  wf_json_writer_add_string (writer, "code", code);
  wf_json_writer_add_string (writer, "severity", error ? "error" : "warning");
  wf_json_writer_add_string (writer, "text", text);
  if (workflows != NULL)
    {
      wf_json_writer_begin_array (writer, "workflows");
      for (guint i = 0; i < workflows->len; i++)
        wf_json_writer_add_string (writer, NULL, g_ptr_array_index (workflows, i));
      wf_json_writer_end (writer);
    }
  line = wf_json_writer_finish (writer, FALSE);
  return wf_ctl_print_line (line);
}
