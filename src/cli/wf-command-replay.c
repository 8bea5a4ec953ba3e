/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl replay: what workflows would do with past events (B1, B3). */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"
#include "wf-instant.h"
#include "wf-replay.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *organisation, *until_text; /* (owned) (nullable) */
  char **workflows;                /* (owned) (nullable) */
  char *events;                    /* (owned) (nullable) */
  gboolean explain;
  WfInstant until;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->organisation);
  g_free (self->until_text);
  g_strfreev (self->workflows);
  g_free (self->events);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_replay = {
  "replay",
  "--organisation ORG --workflow FILE [--workflow FILE…] EVENTS",
  N_ ("Show what workflows would do with past events"),
  run,
};

static gboolean
parse (Options *options, char **arguments, WfCtlStatus *status)
{
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_FILENAME, &options->organisation, N_ ("The organisation"),
      "ORG" },
    { "workflow", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->workflows,
      N_ ("A workflow; may be given more than once"), "FILE" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options->until_text,
      N_ ("How long delays, reminders and lateness are followed (the last event’s time unless told)"),
      "TIME" },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &options->explain,
      N_ ("Tell for each event and workflow why it started or not"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;

  if (!wf_ctl_command_parse (&wf_command_replay, entries, arguments, &rest, status))
    return FALSE;
  *status = WF_CTL_USAGE;
  options->until = WF_INSTANT_NONE;
  if (options->organisation == NULL || options->workflows == NULL)
    wf_ctl_command_usage (&wf_command_replay, _ ("%s is missing."),
                          options->organisation == NULL ? "--organisation" : "--workflow");
  else if (g_strv_length (rest) != 2)
    wf_ctl_command_usage (&wf_command_replay, "%s",
                          _ ("One file of events is needed, or “-” for standard input."));
  else if (options->until_text != NULL && !wf_instant_parse (options->until_text, &options->until))
    wf_ctl_command_usage (
        &wf_command_replay,
        _ ("--until: “%s” is no date and time with an offset, such as 2026-11-20T17:50:00-03:00."),
        options->until_text);
  else
    {
      options->events = g_strdup (rest[1]);
      return TRUE;
    }
  return FALSE;
}

/* NULL after an error. *fine: whether all of them can run. */
static GPtrArray *
load_workflows (char **paths, const WfOrganisation *organisation, gboolean *fine)
{
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GHashTable) files =
      g_hash_table_new (g_str_hash, g_str_equal); /* borrowed: id -> path */
  gboolean usable = TRUE;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      WfWorkflow *workflow = wf_ctl_load_workflow (paths[i]);
      const char *other;

      if (workflow == NULL)
        {
          usable = FALSE;
          continue;
        }
      g_ptr_array_add (workflows, workflow);
      other = g_hash_table_lookup (files, workflow->id);
      if (other != NULL)
        {
          wf_ctl_message (_ ("%s: /id: %s has the same id."), paths[i], other);
          usable = FALSE;
        }
      g_hash_table_insert (files, workflow->id, paths[i]);
      /* The engine holds it, and the trace says so. */
      *fine &= wf_ctl_validate_workflow (workflow, paths[i], organisation);
    }
  return usable ? g_steal_pointer (&workflows) : NULL;
}

typedef struct
{
  WfReplay *replay; /* borrowed */
  gboolean failed;  /* output cannot be written: it ends quietly */
} Output;

static void
on_line (const char *line, gpointer user_data)
{
  Output *output = user_data;

  if (!output->failed)
    output->failed = !wf_ctl_print_line (line);
}

static gboolean
on_event (WfEvent *event, gpointer user_data)
{
  const Output *output = user_data;

  wf_replay_add (output->replay, event);
  return !output->failed;
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Options) options = { 0 };
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (GPtrArray) workflows = NULL;
  g_autoptr (WfReplay) replay = NULL;
  Output output = { NULL, FALSE };
  gboolean fine = TRUE;
  WfCtlStatus status;

  if (!parse (&options, arguments, &status))
    return status;
  organisation = wf_ctl_load_organisation (options.organisation);
  if (organisation == NULL)
    return WF_CTL_PROBLEMS;
  workflows = load_workflows (options.workflows, organisation, &fine);
  if (workflows == NULL)
    return WF_CTL_PROBLEMS;
  replay = wf_replay_new (organisation, workflows, options.explain, on_line, &output);
  output.replay = replay;
  fine &= wf_ctl_foreach_event (options.events, on_event, &output);
  wf_replay_finish (replay, options.until);
  return fine && !output.failed ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
