/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl: the engine on the command line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The exit statuses are part of the program's public format. */
typedef enum
{
  WF_CTL_FINE = 0,
  WF_CTL_PROBLEMS = 1, /* the input has problems, each named on standard error */
  WF_CTL_USAGE = 2,    /* wrong usage */
} WfCtlStatus;

/* arguments: NULL-terminated, the program's name first. Result: exit status. */
int wf_ctl_main (char **arguments);

G_END_DECLS
