/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes to a workflow that is not shared yet: insert, replace, remove and move steps. Needs no
 * display. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

#define WF_EDIT_MOST_STEPS 10000 /* as the format's reader takes */

/* A place in the document: the sequence at the top (branch NULL) or that of a branch's path, and a
 * position in it. */
typedef struct
{
  const char *branch; /* (nullable) step id */
  guint path;
  guint position; /* G_MAXUINT = at the end */
} WfStepPlace;

/* A step and where it stands; branch, also of the place, is borrowed from the workflow. */
typedef struct
{
  WfStep *step;
  GPtrArray *sequence; /* that has it */
  WfStepPlace place;
} WfStepRoot;

/* FALSE for a step that was made and not yet put into a document. */
gboolean wf_workflow_edit_has_id (const WfStep *step);
GPtrArray *wf_workflow_edit_get_sequence (WfWorkflow *workflow, const WfStepPlace *place);
/* FALSE when there is no such step. place: its string is borrowed from the workflow. */
gboolean wf_workflow_edit_locate (const WfWorkflow *workflow, const char *id, WfStepPlace *place);
gboolean wf_workflow_edit_insert (WfWorkflow *workflow, const WfStepPlace *place, WfStep *step);
gboolean wf_workflow_edit_replace (WfWorkflow *workflow, const char *id, WfStep *step);
/* RFC 6901 pointer of a step, such as "/steps/1/paths/0/steps/2". Owned by the caller; NULL when
 * there is none. */
char *wf_workflow_edit_make_pointer (const WfWorkflow *workflow, const char *id);

/* ---- several steps at once (wf-workflow-edit-many.c) ---- */

/* The steps with these ids (a set), in reading order; those inside of another one are left out. Of
 * WfStepRoot; valid until the workflow changes. Owned by the caller. */
GArray *wf_workflow_edit_find_roots (const WfWorkflow *workflow, GHashTable *ids);
/* Whether the steps stand one after another in one sequence. */
gboolean wf_workflow_edit_is_block (const GArray *roots);
/* Whether the place exists and is not inside of one of the roots. */
gboolean wf_workflow_edit_is_outside (const WfWorkflow *workflow, const GArray *roots,
                                      const WfStepPlace *place);
/* Takes the roots out of the workflow. Of WfStep; owned by the caller. */
GPtrArray *wf_workflow_edit_take (WfWorkflow *workflow, const GArray *roots);
/* steps: each is taken, the array stays empty behind; FALSE when there is no such place. */
gboolean wf_workflow_edit_insert_many (WfWorkflow *workflow, const WfStepPlace *place,
                                       GPtrArray *steps);
/* The roots go to the place, in their order; FALSE when they cannot, or stand there already. */
gboolean wf_workflow_edit_can_move_to (const WfWorkflow *workflow, const GArray *roots,
                                       const WfStepPlace *place);
gboolean wf_workflow_edit_move_to (WfWorkflow *workflow, const GArray *roots,
                                   const WfStepPlace *place);
/* Deep copies with the same ids; of WfStep, freed with the array. */
GPtrArray *wf_workflow_edit_copy_roots (const GArray *roots);
/* Every step, also those inside, gets an id that the workflow does not have. */
void wf_workflow_edit_renumber (const WfWorkflow *workflow, GPtrArray *steps);
/* Whether each has an id, of its own and that no step of the workflow has. */
gboolean wf_workflow_edit_have_free_ids (const WfWorkflow *workflow, GPtrArray *steps);
/* Whether the steps can be put there without passing the limits. */
gboolean wf_workflow_edit_fits (const WfWorkflow *workflow, const WfStepPlace *place,
                                GPtrArray *steps);
guint wf_workflow_edit_count (const WfWorkflow *workflow);
/* The two paths that a new branch has: "Path 1" and "Otherwise". branch: without paths. */
void wf_workflow_edit_add_usual_paths (WfStep *branch);

G_END_DECLS
