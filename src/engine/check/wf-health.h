/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The health check across workflows (B16, S14, R94): cycles through events, two workflows that give
 * the same activity for one event, groups without members, people who left, fields that the CRM no
 * longer has, workflows that never fired. Pure. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

typedef struct
{
  /* (owned) "cycle", "same-activity", "empty-group", "inactive-person", "unknown-field",
   * "never-fired", "no-hours" */
  char *code;
  GPtrArray *workflows; /* (owned) of char*: ids, the first is the one to look at */
  char *step;           /* (owned) (nullable) in the first workflow */
  char *path;           /* (owned) (nullable) RFC 6901 in the first workflow's document */
  gboolean error;       /* else a warning */
  char *text;           /* (owned) in the user's language */
} WfHealthFinding;
void wf_health_finding_free (WfHealthFinding *self);

/* What the documents do not tell. */
typedef struct
{
  gpointer user_data;
  WfInstant now;
  /* When the workflow last started; WF_INSTANT_NONE: never; since: from when that is known. NULL
   * func: not known. */
  WfInstant (*get_last_run) (const char *workflow, WfInstant *since, gpointer user_data);
  const char *const *known_fields; /* of the CRM; nullable: not known */
} WfHealthFacts;

/* workflows: of WfWorkflow; archived ones are left out. organisation, facts: nullable. Of
 * WfHealthFinding, in a fixed order; owned by the caller. */
GPtrArray *wf_health_check (GPtrArray *workflows, const WfOrganisation *organisation,
                            const WfHealthFacts *facts);

G_END_DECLS
