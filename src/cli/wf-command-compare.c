/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl compare: what an edited workflow would change (B1, B14). */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-compare.h"
#include "wf-ctl-command.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_compare = {
  "compare",
  "--organisation ORG OLD NEW EVENTS",
  N_ ("Show what an edited workflow would change"),
  run,
};

typedef struct
{
  char *organisation, *until_text; /* (owned) (nullable) */
  char **files;                    /* (owned) (nullable) the name, then old, new and events */
  WfInstant until;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->organisation);
  g_free (self->until_text);
  g_strfreev (self->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *options, char **arguments, WfCtlStatus *status)
{
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_FILENAME, &options->organisation, N_ ("The organisation"),
      "ORG" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options->until_text,
      N_ ("How long delays are followed (the last event’s time unless told)"), "TIME" },
    G_OPTION_ENTRY_NULL,
  };

  if (!wf_ctl_command_parse (&wf_command_compare, entries, arguments, &options->files, status))
    return FALSE;
  *status = WF_CTL_USAGE;
  options->until = WF_INSTANT_NONE;
  if (options->organisation == NULL)
    wf_ctl_command_usage (&wf_command_compare, _ ("%s is missing."), "--organisation");
  else if (g_strv_length (options->files) != 4)
    wf_ctl_command_usage (
        &wf_command_compare, "%s",
        _ ("Three files are needed: the old workflow, the new one, and events (or “-”)."));
  else if (options->until_text != NULL && !wf_instant_parse (options->until_text, &options->until))
    wf_ctl_command_usage (
        &wf_command_compare,
        _ ("--until: “%s” is no date and time with an offset, such as 2026-11-20T17:50:00-03:00."),
        options->until_text);
  else
    return TRUE;
  return FALSE;
}

static gboolean
on_event (WfEvent *event, gpointer user_data)
{
  wf_compare_add (user_data, event);
  return TRUE;
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Options) options = { 0 };
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (WfWorkflow) before = NULL;
  g_autoptr (WfWorkflow) after = NULL;
  g_autoptr (WfCompare) compare = NULL;
  g_autoptr (WfCompareResult) result = NULL;
  g_autofree char *text = NULL;
  gboolean fine = TRUE;
  WfCtlStatus status;

  if (!parse (&options, arguments, &status))
    return status;
  organisation = wf_ctl_load_organisation (options.organisation);
  before = wf_ctl_load_workflow (options.files[1]);
  after = wf_ctl_load_workflow (options.files[2]);
  if (organisation == NULL || before == NULL || after == NULL)
    return WF_CTL_PROBLEMS;
  fine &= wf_ctl_validate_workflow (before, options.files[1], organisation);
  fine &= wf_ctl_validate_workflow (after, options.files[2], organisation);
  compare = wf_compare_new (organisation, before, after);
  fine &= wf_ctl_foreach_event (options.files[3], on_event, compare);
  result = wf_compare_finish (compare, options.until);
  text = wf_compare_result_to_text (result, FALSE);
  fine &= wf_ctl_print_line (text);
  return fine ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
