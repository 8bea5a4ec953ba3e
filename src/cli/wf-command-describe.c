/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl describe: a workflow as sentences (B24). */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-input.h"
#include "wf-ctl-language.h"
#include "wf-ctl-output.h"
#include "wf-sentence.h"

#include <glib/gi18n-lib.h>

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_describe = {
  "describe",
  "FILE",
  N_ ("Tell a workflow in sentences"),
  run,
};

/* One sentence a line, indented as deep as the step lies. */
static gboolean
print_sentences (const WfWorkflow *workflow)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *whole = wf_sentence_for_workflow (workflow, NULL);
  g_auto (GStrv) sentences = g_strsplit (whole, "\n", -1);
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", workflow->name != NULL ? workflow->name : "");
  wf_json_writer_begin_array (writer, "sentences");
  for (guint i = 0; sentences[i] != NULL; i++)
    {
      if (sentences[i][0] != '\0')
        wf_json_writer_add_string (writer, NULL, sentences[i]);
    }
  text = wf_json_writer_finish (writer, FALSE);
  return wf_ctl_print_line (text);
}

static WfCtlStatus
run (char **arguments)
{
  g_autofree char *language = NULL;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      N_ ("The language of the sentences, such as pt_BR"), "LANGUAGE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (WfWorkflow) workflow = NULL;
  WfCtlStatus status;

  if (!wf_ctl_command_parse (&wf_command_describe, entries, arguments, &rest, &status))
    return status;
  if (g_strv_length (rest) != 2)
    return wf_ctl_command_usage (&wf_command_describe, "%s", _ ("One file is needed."));
  if (language != NULL && !wf_ctl_language_is_set (language))
    wf_ctl_message (_ ("workflowctl describe: --language: there is no translation into “%s” here."),
                    language);
  workflow = wf_ctl_load_workflow (rest[1]);
  if (workflow == NULL)
    return WF_CTL_PROBLEMS;
  return print_sentences (workflow) ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
