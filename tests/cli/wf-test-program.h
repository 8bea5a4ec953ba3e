/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the real workflowctl in a folder with the documents of the specification. */
#pragma once

#include "wf-json.h"
#include "wf-test-folder.h"

typedef struct
{
  WfTestFolder *folder;  /* (owned) org.json, workflow.json, events.ndjson */
  int status;            /* of the last run */
  char *output, *errors; /* (owned) (nullable) of the last run */
} WfTestProgram;

extern const char wf_test_organisation[];
extern const char wf_test_workflow[];
extern const char wf_test_events[];

void wf_test_program_init (WfTestProgram *self);
void wf_test_program_clear (WfTestProgram *self);
/* arguments: as in a shell, run in the folder. input: standard input, NULL for none. environment:
 * "NAME=VALUE" or NULL. A program that is ended by a signal fails the test. */
void wf_test_program_run (WfTestProgram *self, const char *arguments, const char *input,
                          const char *environment);
/* The output is exactly one line of JSON. Owned by the caller. */
WfJsonDocument *wf_test_program_get_value (const WfTestProgram *self);
/* Number of lines of the output; each must be JSON. */
guint wf_test_program_count_lines (const WfTestProgram *self);
void wf_test_program_write (WfTestProgram *self, const char *name, const char *content);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfTestProgram, wf_test_program_clear)
