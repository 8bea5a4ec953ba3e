/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command of workflowctl, and how it reads its arguments. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"

#include "wf-ctl-output.h"

#include <glib/gi18n-lib.h>

static GOptionContext *
make_context (const WfCtlCommand *self, const GOptionEntry *entries, gboolean *help)
{
  const GOptionEntry help_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, help, N_ ("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (self->synopsis);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (self->summary));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help_entries, GETTEXT_PACKAGE);
  return context;
}

/**
 * wf_ctl_command_parse:
 * @self: the command
 * @entries: (nullable): its options
 * @arguments: the command's name and what follows
 * @rest: (out) (transfer full): the name and what is no option
 * @status: (out): the exit status when the command is over
 *
 * Returns: whether to go on
 */
gboolean
wf_ctl_command_parse (const WfCtlCommand *self, const GOptionEntry *entries, char **arguments,
                      char ***rest, WfCtlStatus *status)
{
  g_autofree char *program = g_strconcat ("workflowctl ", self->name, NULL);
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) left = g_strdupv (arguments);
  gboolean help = FALSE;

  context = make_context (self, entries, &help);
  /* The help is headed by the program's name. */
  g_set_prgname (program);
  if (!g_option_context_parse_strv (context, &left, &error))
    {
      *status = wf_ctl_command_usage (self, "%s", error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      *status = wf_ctl_print (text) ? WF_CTL_FINE : WF_CTL_PROBLEMS;
      return FALSE;
    }
  *rest = g_steal_pointer (&left);
  return TRUE;
}

/**
 * wf_ctl_command_usage:
 * @self: the command
 * @format: what is wrong, translated
 *
 * Returns: WF_CTL_USAGE
 */
WfCtlStatus
wf_ctl_command_usage (const WfCtlCommand *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  wf_ctl_message ("workflowctl %s: %s", self->name, text);
  wf_ctl_message (_ ("Try “workflowctl %s --help”."), self->name);
  return WF_CTL_USAGE;
}
