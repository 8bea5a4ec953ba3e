/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl bench: a workflow at the dates and in the orders on which others fail (B19). */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"
#include "wf-edge-bench.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_bench = {
  "bench",
  "--organisation ORG FILE",
  N_ ("Try a workflow with unusual dates and events"),
  run,
};

typedef struct
{
  char *organisation, *at_text, *file; /* (owned) (nullable) */
  gboolean lines;
  WfInstant at;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->organisation);
  g_free (self->at_text);
  g_free (self->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *options, char **arguments, WfCtlStatus *status)
{
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_FILENAME, &options->organisation, N_ ("The organisation"),
      "ORG" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options->at_text,
      N_ ("The time after which dates are chosen (now unless told)"), "TIME" },
    { "lines", 0, 0, G_OPTION_ARG_NONE, &options->lines,
      N_ ("Also print what happens in each case"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;

  if (!wf_ctl_command_parse (&wf_command_bench, entries, arguments, &rest, status))
    return FALSE;
  *status = WF_CTL_USAGE;
  if (options->organisation == NULL)
    wf_ctl_command_usage (&wf_command_bench, _ ("%s is missing."), "--organisation");
  else if (g_strv_length (rest) != 2)
    wf_ctl_command_usage (&wf_command_bench, "%s", _ ("One file is needed."));
  else if (options->at_text != NULL && !wf_instant_parse (options->at_text, &options->at))
    wf_ctl_command_usage (
        &wf_command_bench,
        _ ("--at: “%s” is no date and time with an offset, such as 2026-11-20T17:50:00-03:00."),
        options->at_text);
  else
    {
      options->file = g_strdup (rest[1]);
      return TRUE;
    }
  return FALSE;
}

/* The lines are JSON already. */
static void
add_lines (WfJsonWriter *writer, GPtrArray *lines)
{
  wf_json_writer_begin_array (writer, "lines");
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (WfJsonDocument) document =
          wf_json_document_parse (g_ptr_array_index (lines, i), -1, 0, NULL);

      wf_json_writer_add_value (writer, NULL, wf_json_document_get_root (document));
    }
  wf_json_writer_end (writer);
}

static gboolean
print_case (const WfEdgeCase *edge, gboolean lines)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "case", edge->name);
  wf_json_writer_add_string (writer, "text", edge->text);
  wf_json_writer_add_boolean (writer, "failed", edge->failed);
  wf_json_writer_begin_array (writer, "remarks");
  for (guint i = 0; i < edge->remarks->len; i++)
    wf_json_writer_add_string (writer, NULL, g_ptr_array_index (edge->remarks, i));
  wf_json_writer_end (writer);
  if (lines)
    add_lines (writer, edge->lines);
  text = wf_json_writer_finish (writer, FALSE);
  return wf_ctl_print_line (text);
}

static WfInstant
get_now (void)
{
  g_autoptr (WfClock) clock = wf_system_clock_new ();

  return wf_clock_now (clock);
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Options) options = { 0 };
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (WfWorkflow) workflow = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  WfCtlStatus status;
  gboolean fine;

  if (!parse (&options, arguments, &status))
    return status;
  organisation = wf_ctl_load_organisation (options.organisation);
  workflow = wf_ctl_load_workflow (options.file);
  if (organisation == NULL || workflow == NULL)
    return WF_CTL_PROBLEMS;
  fine = wf_ctl_validate_workflow (workflow, options.file, organisation);
  cases =
      wf_edge_bench_run (organisation, workflow, options.at_text != NULL ? options.at : get_now ());
  for (guint i = 0; i < cases->len; i++)
    {
      const WfEdgeCase *edge = g_ptr_array_index (cases, i);

      if (!print_case (edge, options.lines))
        return WF_CTL_PROBLEMS;
      if (edge->failed)
        wf_ctl_message (_ ("%1$s: %2$s: a rule was broken."), options.file, edge->name);
      fine &= !edge->failed;
    }
  return fine ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
