/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine decides should happen: a value, carried out by the shell. */
#pragma once

#include "wf-action.h"
#include "wf-activity.h"
#include "wf-uuid.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

typedef enum
{
  WF_EFFECT_CREATE_ACTIVITY,
  WF_EFFECT_NOTIFY,
  WF_EFFECT_ACTION, /* the CRM is asked to do something with a record */
} WfEffectKind;

typedef struct
{
  WfEffectKind kind;
  char key[WF_UUID_LENGTH + 1]; /* S15 */
  WfWorkflow *workflow;         /* (owned) the version that decided */
  char *step;                   /* (owned) */
  WfStepKind step_kind;
  guint iteration;
  WfInstant time; /* the instant at which the step was due to run: its base time */
  char *lead;     /* (owned) (nullable) */
  char *person;   /* (owned) (nullable) responsible or recipient; NULL = the unassigned queue */
  char *cause;    /* (owned) S14: chain for Workflow-Cause */
  WfActivity *activity;        /* (owned) CREATE_ACTIVITY, complete with explanation */
  char *title, *text, *sender; /* (owned) (nullable) NOTIFY */
  char **people;    /* (owned) (nullable) NOTIFY: several recipients; person is then NULL */
  WfAction *action; /* (owned) ACTION, complete with key and cause */
} WfEffect;

WfEffect *wf_effect_new (WfEffectKind kind);
void wf_effect_free (WfEffect *self);
/* S15: version 5 UUID of "source LF event-id LF step-id LF iteration" in the workflow's
 * namespace. */
void wf_effect_make_key (const char *workflow, const char *source, const char *event,
                         const char *step, guint iteration, char key[WF_UUID_LENGTH + 1]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEffect, wf_effect_free)

G_END_DECLS
