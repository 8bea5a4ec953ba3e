/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the canvas and the outline can point at: the trigger, a step, a path of a branch, or a place
 * where a step can be put. A value. Needs no display. */
#pragma once

#include "wf-workflow-edit.h"

G_BEGIN_DECLS

typedef enum
{
  WF_TARGET_NONE,
  WF_TARGET_TRIGGER,
  WF_TARGET_STEP,
  WF_TARGET_PATH,  /* of a branch */
  WF_TARGET_PLACE, /* between two steps, before the first or after the last of a sequence */
} WfTargetKind;

typedef struct
{
  WfTargetKind kind;
  char *step; /* (owned) (nullable) STEP: its id; PATH, PLACE: the branch's id, NULL at the top */
  guint path; /* PATH, PLACE in a branch */
  guint position; /* PLACE: index in the sequence; G_MAXUINT: at the end */
} WfTarget;

WfTarget *wf_target_new_trigger (void);
WfTarget *wf_target_new_step (const char *id);
WfTarget *wf_target_new_path (const char *branch, guint path);
WfTarget *wf_target_new_place (const char *branch, guint path, guint position);
WfTarget *wf_target_copy (const WfTarget *self); /* NULL gives NULL */
void wf_target_free (WfTarget *self);
gboolean wf_target_equal (const WfTarget *a, const WfTarget *b); /* both nullable */
/* FALSE when the workflow has no such thing any more. */
gboolean wf_target_exists (const WfTarget *self, const WfWorkflow *workflow);
/* Where a new step is put when this has the focus: directly after a step, at the beginning of a
 * path, before the first step for the trigger, at the end for NULL. place: its strings are borrowed
 * from self and the workflow. */
void wf_target_get_place (const WfTarget *self, const WfWorkflow *workflow, WfStepPlace *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTarget, wf_target_free)

G_END_DECLS
