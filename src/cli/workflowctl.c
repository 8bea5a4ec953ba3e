/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program workflowctl. */
#include "wf-ctl.h"

int
main (int argc, char **argv)
{
  return wf_ctl_main (argv);
}
