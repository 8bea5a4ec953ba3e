/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the canvas and the outline can point at. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-builder-target.h"

static WfTarget *
target_new (WfTargetKind kind, const char *step, guint path, guint position)
{
  WfTarget *self = g_new0 (WfTarget, 1);

  self->kind = kind;
  self->step = g_strdup (step);
  self->path = path;
  self->position = position;
  return self;
}

/* Owned by the caller, as of all that follow. */
WfTarget *
wf_target_new_trigger (void)
{
  return target_new (WF_TARGET_TRIGGER, NULL, 0, 0);
}

WfTarget *
wf_target_new_step (const char *id)
{
  return target_new (WF_TARGET_STEP, id, 0, 0);
}

/* branch: a step's id; path: index of one of its paths. */
WfTarget *
wf_target_new_path (const char *branch, guint path)
{
  return target_new (WF_TARGET_PATH, branch, path, 0);
}

/* branch: nullable, the sequence at the top; position: G_MAXUINT for its end. */
WfTarget *
wf_target_new_place (const char *branch, guint path, guint position)
{
  return target_new (WF_TARGET_PLACE, branch, branch != NULL ? path : 0, position);
}

WfTarget *
wf_target_copy (const WfTarget *self)
{
  return self != NULL ? target_new (self->kind, self->step, self->path, self->position) : NULL;
}

void
wf_target_free (WfTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->step);
  g_free (self);
}

gboolean
wf_target_equal (const WfTarget *a, const WfTarget *b)
{
  if (a == b)
    return TRUE;
  return a != NULL && b != NULL && a->kind == b->kind && a->path == b->path &&
         a->position == b->position && g_strcmp0 (a->step, b->step) == 0;
}

/* The sequence of a place or a path; NULL when there is none. */
static GPtrArray *
get_sequence (const WfTarget *self, const WfWorkflow *workflow)
{
  const WfStepPlace place = { self->step, self->path, 0 };

  /* It is only looked at. */
  return wf_workflow_edit_get_sequence ((WfWorkflow *) workflow, &place);
}

gboolean
wf_target_exists (const WfTarget *self, const WfWorkflow *workflow)
{
  GPtrArray *sequence;

  switch (self->kind)
    {
    case WF_TARGET_NONE:
      return FALSE;
    case WF_TARGET_TRIGGER:
      return TRUE;
    case WF_TARGET_STEP:
      return self->step != NULL && wf_workflow_find_step (workflow, self->step) != NULL;
    case WF_TARGET_PATH:
      return self->step != NULL && get_sequence (self, workflow) != NULL;
    case WF_TARGET_PLACE:
      sequence = get_sequence (self, workflow);
      return sequence != NULL && (self->position <= sequence->len || self->position == G_MAXUINT);
    }
  return FALSE;
}

/**
 * wf_target_get_place:
 * @self: (nullable): what has the focus
 * @workflow: the workflow that it points into
 * @place: (out): where a new step goes; at the end of the workflow for what is not there any more
 */
void
wf_target_get_place (const WfTarget *self, const WfWorkflow *workflow, WfStepPlace *place)
{
  *place = (WfStepPlace) { .position = G_MAXUINT };
  if (self == NULL || !wf_target_exists (self, workflow))
    return;
  switch (self->kind)
    {
    case WF_TARGET_NONE:
      break;
    case WF_TARGET_TRIGGER:
      place->position = 0;
      break;
    case WF_TARGET_STEP:
      if (wf_workflow_edit_locate (workflow, self->step, place))
        place->position++;
      break;
    case WF_TARGET_PATH:
      *place = (WfStepPlace) { self->step, self->path, 0 };
      break;
    case WF_TARGET_PLACE:
      *place = (WfStepPlace) { self->step, self->path, self->position };
      break;
    }
}
