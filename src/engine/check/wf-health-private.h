/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the health check (B16) share. */
#pragma once

#include "wf-health.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *workflows;               /* (owned) of WfWorkflow, by name */
  const WfOrganisation *organisation; /* (nullable) */
  const WfHealthFacts *facts;         /* (nullable) */
  GPtrArray *findings;                /* (owned) of WfHealthFinding */
} WfHealth;

/* step, path: nullable. text: in the user's language, taken. Borrowed, for more workflows. */
WfHealthFinding *wf_health_add (WfHealth *self, const char *code, const WfWorkflow *workflow,
                                const char *step, const char *path, gboolean error, char *text);
void wf_health_finding_add_workflow (WfHealthFinding *self, const WfWorkflow *workflow);

/* Each check adds its findings. */
void wf_health_find_cycles (WfHealth *self);
void wf_health_find_same_activities (WfHealth *self);
void wf_health_find_references (WfHealth *self, WfWorkflow *workflow);

/* What a step makes the CRM tell: an event of this type, made up with what is known of it. */
typedef struct
{
  const WfStep *step;
  WfEvent *event; /* (owned) */
} WfHealthEmission;
/* Of WfHealthEmission; owned by the caller. */
GPtrArray *wf_health_list_emissions (const WfWorkflow *workflow);
/* FALSE when the conditions cannot hold for the emission: what it does not tell may be anything. */
gboolean wf_health_emission_may_start (const WfHealthEmission *self, const WfWorkflow *workflow,
                                       const WfOrganisation *organisation);
/* TRUE when every event that fulfils narrow fulfils wide too. Both nullable. */
gboolean wf_health_condition_implies (const WfCondition *narrow, const WfCondition *wide);

G_END_DECLS
