/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the documents and event files that commands are given. */
#pragma once

#include "wf-event.h"
#include "wf-organisation.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

#define WF_CTL_LINE_MOST_BYTES                                                                     \
  ((gsize) 1024 * 1024) /* an event is some hundred bytes; a longer line is refused */

/* The name for messages: "-" is standard input. */
const char *wf_ctl_file_to_text (const char *path);

/* Reads a document. NULL with a problem at the whole when it is no JSON or cannot be read. */
WfJsonDocument *wf_ctl_load_document (const char *path, WfProblems *problems);
/* These print what is wrong; NULL after an error. */
WfOrganisation *wf_ctl_load_organisation (const char *path);
WfWorkflow *wf_ctl_load_workflow (const char *path);

/* A file read line by line. Memory does not grow with the file. */
typedef struct _WfCtlLines WfCtlLines;

typedef enum
{
  WF_CTL_LINE_READ,     /* *line is set */
  WF_CTL_LINE_TOO_LONG, /* more than WF_CTL_LINE_MOST_BYTES: skipped */
  WF_CTL_LINE_END,
  WF_CTL_LINE_FAILED, /* the file cannot be read further */
} WfCtlLineResult;

/* NULL with an error when it cannot be opened. "-" is standard input. */
WfCtlLines *wf_ctl_lines_new (const char *path, GError **error);
void wf_ctl_lines_free (WfCtlLines *self);
/* line: without its line break, borrowed until the next call; lines of white space are left out. */
WfCtlLineResult wf_ctl_lines_next (WfCtlLines *self, const char **line, gsize *length,
                                   GError **error);
/* Of the line read last, from 1. */
guint64 wf_ctl_lines_get_number (const WfCtlLines *self);
/* "events.ndjson:17". Owned by the caller. */
char *wf_ctl_lines_dup_place (const WfCtlLines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCtlLines, wf_ctl_lines_free)

/* Reads one line as an event. Problems carry the line's place as their file. NULL after an
 * error. */
WfEvent *wf_ctl_lines_read_event (const WfCtlLines *self, const char *line, gsize length,
                                  WfInstant received, WfProblems *problems);

/* Every event of a file, one a line. What cannot be read is named, and the rest goes on. FALSE when
 * anything was wrong. func: FALSE ends the reading. */
typedef gboolean (*WfCtlEventFunc) (WfEvent *event, gpointer user_data);
gboolean wf_ctl_foreach_event (const char *path, WfCtlEventFunc func, gpointer user_data);
/* Prints what a workflow lacks to run in this organisation. FALSE when that is something. */
gboolean wf_ctl_validate_workflow (const WfWorkflow *workflow, const char *path,
                                   const WfOrganisation *organisation);

G_END_DECLS
