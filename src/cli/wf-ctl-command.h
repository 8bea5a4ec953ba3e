/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command of workflowctl, and how it reads its arguments. */
#pragma once

#include "wf-ctl.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *synopsis; /* what follows the name; not translated */
  const char *summary;  /* one sentence, marked for translation */
  /* arguments: NULL-terminated, the command's name first. */
  WfCtlStatus (*run) (char **arguments);
} WfCtlCommand;

extern const WfCtlCommand wf_command_deadline;
extern const WfCtlCommand wf_command_check;
extern const WfCtlCommand wf_command_describe;
extern const WfCtlCommand wf_command_replay;
extern const WfCtlCommand wf_command_compare;
extern const WfCtlCommand wf_command_bench;
extern const WfCtlCommand wf_command_engine;
extern const WfCtlCommand wf_command_export;
extern const WfCtlCommand wf_command_import;

/* Reads the options of a command and leaves the rest in *arguments (a new list, the name first;
 * owned by the caller). FALSE when the command is over: *status is the exit status then (wrong
 * options, or --help). */
gboolean wf_ctl_command_parse (const WfCtlCommand *self, const GOptionEntry *entries,
                               char **arguments, char ***rest, WfCtlStatus *status);
/* Says what is wrong with the usage, and how to get help. Result: WF_CTL_USAGE. */
WfCtlStatus wf_ctl_command_usage (const WfCtlCommand *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

G_END_DECLS
