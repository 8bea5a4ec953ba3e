/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a workflow's document refers to: people, groups, types, stages, fields, addresses. One walk
 * over the document, following the step catalogue, serves packages (B22) and the health check
 * (B16). Pure. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

typedef enum
{
  WF_REFERENCE_ACTIVITY_TYPE,
  WF_REFERENCE_GROUP,
  WF_REFERENCE_PERSON,
  WF_REFERENCE_STAGE,
  WF_REFERENCE_FIELD,   /* also those in merge fields */
  WF_REFERENCE_ADDRESS, /* of another system */
} WfReferenceKind;
#define WF_N_REFERENCE_KINDS 6
/* "activity-type", "group", "person", "stage", "field", "address", NULL */
extern const char *const wf_reference_kind_names[];

/* All borrowed for the time of the call. */
typedef struct
{
  WfReferenceKind kind;
  const char *id;
  const char *step;   /* id of the step; NULL in the trigger */
  const char *path;   /* RFC 6901 */
  gboolean condition; /* in a condition: compared with, nothing is done with it */
} WfReference;

/* Result: what is to stand there instead, valid until the next call; NULL: as it is. */
typedef const char *(*WfReferenceFunc) (const WfReference *reference, gpointer user_data);

/* A copy of a workflow's document with other references. Owned by the caller. */
WfJsonDocument *wf_reference_map (const WfJson *workflow, WfReferenceFunc func, gpointer user_data);
/* Visits only; the results of func are not used. */
void wf_workflow_foreach_reference (const WfWorkflow *self, WfReferenceFunc func,
                                    gpointer user_data);

G_END_DECLS
