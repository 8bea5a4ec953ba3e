/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What workflowctl prints: results on standard output, messages on standard error. */
#pragma once

#include "wf-json-writer.h"
#include "wf-problem.h"

G_BEGIN_DECLS

/* FALSE with a message when it cannot be written (a full disk, a closed pipe). */
gboolean wf_ctl_print (const char *text);
gboolean wf_ctl_print_line (const char *line);
/* Writes out what is buffered. FALSE with a message when that fails. */
gboolean wf_ctl_flush (void);
/* One line on standard error. */
void wf_ctl_message (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* "file: path: reason" of each; with_warnings: not only the errors. */
void wf_ctl_print_problems (const WfProblems *problems, gboolean with_warnings);

/* One line on standard output: {"file", "path", "code", "severity", "text", "workflows"}. file,
 * workflows (of char*): nullable. FALSE when it cannot be written. */
gboolean wf_ctl_print_problem_line (const char *file, const char *path, const char *code,
                                    gboolean error, const char *text, GPtrArray *workflows);

G_END_DECLS
