/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets it: permission groups (R20-R22, A5) and missing or inactive people (S11). */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

typedef enum
{
  WF_RESPONSIBLE_OWNER,
  WF_RESPONSIBLE_COVER,          /* the owner is inactive: their cover */
  WF_RESPONSIBLE_COORDINATOR,    /* the owner is inactive: the coordinator of one of their groups */
  WF_RESPONSIBLE_FALLBACK,       /* the owner is inactive: the workflow's fallback person */
  WF_RESPONSIBLE_NO_OWNER,       /* nobody owns the lead: the unassigned queue */
  WF_RESPONSIBLE_UNKNOWN_OWNER,  /* the organisation does not know the owner: the queue */
  WF_RESPONSIBLE_NOBODY_ACTIVE,  /* the owner is inactive and nobody stands in: the queue */
  WF_RESPONSIBLE_MANAGER,        /* of the owner: coordinator of a group, team or unit */
  WF_RESPONSIBLE_NAMED,          /* the step names the person */
  WF_RESPONSIBLE_ROUND_ROBIN,    /* one of a group, by turns */
  WF_RESPONSIBLE_LEAST_LOADED,   /* one of a group, the least busy if the CRM knows better */
  WF_RESPONSIBLE_NO_MANAGER,     /* nobody coordinates the owner's people: the queue */
  WF_RESPONSIBLE_NO_MEMBER,      /* nobody of the group is active: the queue */
  WF_RESPONSIBLE_UNKNOWN_PERSON, /* the organisation does not know whom the step names: the queue */
} WfResponsibleHow;
extern const char *const wf_responsible_how_names[];

typedef struct
{
  WfResponsibleHow how;
  const char *owner;           /* id; borrowed from event or lead; NULL = nobody */
  const WfPerson *known_owner; /* borrowed from the organisation; nullable */
  const char *person;          /* id; borrowed; NULL = the unassigned queue */
  const char *group; /* the group that gave permission or the coordinator; borrowed; nullable */
  /* As the step says it ("person:ID", "round-robin:GROUP"); borrowed; NULL: the responsible. */
  const char *assignee;
  guint n_candidates, place; /* of a group: how many could get it, and which of them does */
  /* B10: who would have got it and is away, and how their activities of this type are treated;
   * borrowed from the organisation; nullable. */
  const WfPerson *away;
  const WfAbsence *absence;
  WfAbsenceTreatment treatment;
} WfResponsible;

/* The lead's owner as of the event: the event's own word when it carries the lead, else the lead
 * as cached. */
const char *wf_responsible_find_owner (const WfEvent *event, const WfJson *lead);
/* TRUE and *group when one of the groups has the person as of the event (R22). groups:
 * NULL-terminated, nullable. */
gboolean wf_responsible_is_permitted (const WfPerson *owner, char **groups, const char **group);
/* organisation: nullable, then the owner is taken as named. */
WfResponsible wf_responsible_resolve (const WfOrganisation *organisation,
                                      const WfWorkflow *workflow, const char *owner);
/* B10: whoever has it is away at that instant: notes it, and, where it is covered, gives it to the
 * cover, else as for somebody who is not active (S11). FALSE: they are there. */
gboolean wf_responsible_follow_absence (WfResponsible *self, const WfOrganisation *organisation,
                                        const WfWorkflow *workflow, const char *type, WfInstant at);
/* Whose calendar counts (S3): the owner's, or that of whom the step gives it to. Borrowed;
 * nullable. */
const WfPerson *wf_responsible_get_calendar_person (const WfResponsible *self,
                                                    const WfOrganisation *organisation);
/* Who coordinates the owner's group, else team, else unit; else the workflow's fallback person. */
gboolean wf_responsible_resolve_manager (const WfOrganisation *organisation,
                                         const WfWorkflow *workflow, const char *owner,
                                         WfResponsible *responsible, const char **reason);
/* A named person, or who stands in (S11). */
gboolean wf_responsible_resolve_person (const WfOrganisation *organisation,
                                        const WfWorkflow *workflow, const char *owner,
                                        const char *id, WfResponsible *responsible,
                                        const char **reason);
/* S11 for a group of which nobody is active: its coordinator, else the workflow's fallback person.
 * FALSE: nobody. */
gboolean wf_responsible_find_group_stand_in (const WfOrganisation *organisation,
                                             const WfWorkflow *workflow, const char *group,
                                             WfResponsible *responsible);
/* A notify step's recipient. FALSE with *reason when there is nobody to tell. */
gboolean wf_responsible_resolve_recipient (const WfOrganisation *organisation,
                                           const WfWorkflow *workflow, const char *owner,
                                           const char *recipient, WfResponsible *responsible,
                                           const char **reason);

G_END_DECLS
