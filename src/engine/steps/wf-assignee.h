/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who of several gets it (R126): "responsible", "manager", "person:ID", "round-robin:GROUP" and
 * "least-loaded:GROUP", and the members of groups that are told something. */
#pragma once

#include "wf-responsible.h"

G_BEGIN_DECLS

typedef enum
{
  WF_STRATEGY_NONE, /* one person in any case */
  WF_STRATEGY_ROUND_ROBIN,
  WF_STRATEGY_LEAST_LOADED,
} WfStrategy;
extern const char *const wf_strategy_names[]; /* NULL for NONE, "round-robin", "least-loaded" */

/* group: receives the group's id within the assignee; NULL for NONE. */
WfStrategy wf_assignee_get_strategy (const char *assignee, const char **group);

/* The active members of a group in the order of their ids: of const WfPerson, borrowed from the
 * organisation. The array belongs to the caller. organisation: nullable. */
GPtrArray *wf_group_list_active (const WfOrganisation *organisation, const char *group);
/* The people behind recipients such as "manager" or "group:ID", each once; those that stand for
 * nobody are left out. Owned by the caller, NULL-terminated. */
char **wf_recipients_list_people (const WfOrganisation *organisation, const WfWorkflow *workflow,
                                  const char *owner, const char *const *recipients);

/* assignee: nullable, the responsible. key: the effect's, from which the choice among several
 * follows: every computer proposes the same one. FALSE with *reason when there is nobody; the
 * rest of *responsible then tells why. */
gboolean wf_assignee_resolve (const WfOrganisation *organisation, const WfWorkflow *workflow,
                              const char *owner, const char *assignee, const char *key,
                              WfResponsible *responsible, const char **reason);

G_END_DECLS
