/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl: the engine on the command line. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl.h"

#include "wf-ctl-command.h"
#include "wf-ctl-language.h"
#include "wf-ctl-output.h"

#include <glib/gi18n-lib.h>

static const WfCtlCommand *const commands[] = {
  &wf_command_deadline, &wf_command_check,   &wf_command_describe,
  &wf_command_replay,   &wf_command_compare, &wf_command_bench,
  &wf_command_engine,   &wf_command_export,  &wf_command_import,
};

static char *
make_help (void)
{
  GString *text = g_string_new (NULL);

  g_string_append (text, _ ("Usage: workflowctl COMMAND [OPTION…]"));
  g_string_append (text, "\n\n");
  g_string_append (text, _ ("Runs the engine of Workflow without a window. Results are JSON."));
  g_string_append_printf (text, "\n\n%s\n", _ ("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i]->name, _ (commands[i]->summary));
  g_string_append_printf (text, "\n%s\n", _ ("Options:"));
  g_string_append_printf (text, "  -h, --help     %s\n", _ ("Show this help"));
  g_string_append_printf (text, "  --version      %s\n\n", _ ("Show the version"));
  g_string_append (text, _ ("“workflowctl COMMAND --help” tells more about a command."));
  g_string_append_c (text, '\n');
  return g_string_free_and_steal (text);
}

static const WfCtlCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i]->name, name))
        return commands[i];
    }
  return NULL;
}

static WfCtlStatus
run (char **arguments)
{
  const char *name = arguments[0] != NULL ? arguments[1] : NULL;
  const WfCtlCommand *command;

  if (name == NULL)
    {
      g_autofree char *help = make_help ();

      wf_ctl_message ("%s", g_strchomp (help));
      return WF_CTL_USAGE;
    }
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h"))
    {
      g_autofree char *help = make_help ();

      return wf_ctl_print (help) ? WF_CTL_FINE : WF_CTL_PROBLEMS;
    }
  if (g_str_equal (name, "--version"))
    return wf_ctl_print_line ("workflowctl " WF_VERSION) ? WF_CTL_FINE : WF_CTL_PROBLEMS;
  command = find_command (name);
  if (command != NULL)
    return command->run (arguments + 1);
  wf_ctl_message (_ ("workflowctl: “%s” is no command. Try “workflowctl --help”."), name);
  return WF_CTL_USAGE;
}

/**
 * wf_ctl_main:
 * @arguments: NULL-terminated, the program's name first
 *
 * Runs one command.
 *
 * Returns: the exit status, a WfCtlStatus
 */
int
wf_ctl_main (char **arguments)
{
  WfCtlStatus status;

  wf_ctl_language_start (arguments);
  status = run (arguments);
  if (!wf_ctl_flush () && status == WF_CTL_FINE)
    status = WF_CTL_PROBLEMS;
  return status;
}
