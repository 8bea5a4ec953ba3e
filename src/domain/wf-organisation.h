/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company: process, people, groups, teams, units, activity types, pipelines (R168). Immutable,
 * atomic reference count. */
#pragma once

#include "wf-working-hours.h"

G_BEGIN_DECLS

typedef enum
{
  WF_PROCESS_1,
  WF_PROCESS_2_WITHOUT_STORE_FLOW,
  WF_PROCESS_2_WITH_STORE_FLOW,
  WF_PROCESS_3,
} WfProcess;

typedef enum
{
  WF_ROLE_ADMINISTRATOR,
  WF_ROLE_COORDINATOR,
  WF_ROLE_ATTENDANT,
  WF_ROLE_SELLER,
  WF_ROLE_MANAGER,
  WF_ROLE_RECEPTION,
  WF_ROLE_MEDIA,
  WF_ROLE_RANKING,
  WF_ROLE_PRE_SELLER,
} WfRole;

typedef enum
{
  WF_RIGHT_EDIT_WORKFLOWS,   /* R7, R133 */
  WF_RIGHT_SEE_EVERYONE,     /* others' activities, of granted teams and units */
  WF_RIGHT_WORK_ACTIVITIES,  /* complete, snooze, reschedule own activities */
  WF_RIGHT_CLAIM_UNASSIGNED, /* S11 */
  WF_RIGHT_EDIT_ORGANISATION,
  WF_RIGHT_SEE_REPORTS,
  WF_RIGHT_FINALIZE_LEAD,    /* R52, A6 */
  WF_RIGHT_DIRECT_LEAD,      /* R66 */
  WF_RIGHT_CREATE_FLOW_LEAD, /* R58, R60, R64 */
  WF_RIGHT_SEE_LOG,
} WfRight;

/* How an activity of a type may end: what is asked when it is completed. */
typedef struct
{
  const char *id;
  const char *name;
} WfOutcome;

/* A named entry: group, team, unit, activity type, stage. All strings owned by the organisation. */
typedef struct
{
  const char *id;
  const char *name;
  const char *icon;        /* activity types; nullable */
  const char *coordinator; /* groups, teams, units; person id, nullable */
  gboolean store_flow;     /* units (R60) */
  WfWorkingHours *hours;   /* groups and units that override the company's (S3); nullable */
  /* activity types: one of them is chosen on completion; 0: none is asked */
  const WfOutcome *outcomes;
  guint n_outcomes;
  const char *closes; /* stages: WF_STAGE_CLOSES_...; nullable; see wf_stage_is_closing */
} WfEntry;
#define WF_STAGE_CLOSES_FINALIZED "finalized"
#define WF_STAGE_CLOSES_DISCARDED "discarded"

/* B10: what becomes of activities while their person is away. */
typedef enum
{
  WF_ABSENCE_HOLD,  /* they stay; no reminder until the return */
  WF_ABSENCE_SHIFT, /* deadlines within the absence move to the return */
  WF_ABSENCE_COVER, /* they go to the cover person, new ones too */
} WfAbsenceTreatment;
extern const char *const wf_absence_treatment_names[]; /* "hold", "shift", "cover", NULL */

/* of: an activity type; treatment of all others is the absence's own. */
typedef struct
{
  const char *type;
  WfAbsenceTreatment treatment;
} WfAbsenceRule;

typedef struct
{
  const char *id;        /* a UUID */
  WfInstant from, until; /* half-open */
  WfAbsenceTreatment treatment;
  const WfAbsenceRule *rules;
  guint n_rules;
  const char *cover;  /* nullable: the person's own cover */
  const char *reason; /* nullable; shown to colleagues */
} WfAbsence;

typedef struct
{
  const char *id;
  const char *name;
  WfRole role;
  gboolean active;
  const char *const *groups; /* NULL-terminated ids, as are the next */
  const char *const *teams;
  const char *const *units;
  const char *const *may;
  const char *cover; /* person who covers while inactive or away; nullable (S11) */
  guint capacity;    /* activities a working day (B6, B7); WF_DEFAULT_CAPACITY when not said */
  const WfAbsence *absences; /* by from */
  guint n_absences;
} WfPerson;
#define WF_DEFAULT_CAPACITY 20

typedef struct
{
  const char *id;
  const char *record; /* "lead" or "deal" */
  const WfEntry *stages;
  guint n_stages;
} WfPipeline;

typedef struct _WfOrganisation WfOrganisation;

/* problems: receives what is wrong, with paths. NULL when it cannot be used. Unknown members are
 * kept. */
WfOrganisation *wf_organisation_read (const WfJson *root, WfProblems *problems);
WfOrganisation *wf_organisation_new_empty (void);
WfOrganisation *wf_organisation_ref (WfOrganisation *self);
void wf_organisation_unref (WfOrganisation *self);
char *wf_organisation_to_text (const WfOrganisation *self, gboolean pretty);

const char *wf_organisation_get_name (const WfOrganisation *self);
WfProcess wf_organisation_get_process (const WfOrganisation *self);
WfWorkingHours *wf_organisation_get_hours (const WfOrganisation *self);
/* The calendar that counts for a person: the first own one of unit, then of group, else the
 * company's (S3). Borrowed. */
WfWorkingHours *wf_organisation_get_hours_for (const WfOrganisation *self, const WfPerson *person);
const WfPerson *wf_organisation_get_person (const WfOrganisation *self,
                                            const char *id); /* NULL when unknown; O(1) */
guint wf_organisation_get_n_people (const WfOrganisation *self);
const WfPerson *wf_organisation_get_person_at (const WfOrganisation *self, guint index);

typedef enum
{
  WF_ENTRY_GROUP,
  WF_ENTRY_TEAM,
  WF_ENTRY_UNIT,
  WF_ENTRY_ACTIVITY_TYPE,
} WfEntryKind;
const WfEntry *wf_organisation_get_entries (const WfOrganisation *self, WfEntryKind kind, guint *n);
const WfEntry *wf_organisation_get_entry (const WfOrganisation *self, WfEntryKind kind,
                                          const char *id); /* O(1) */
const WfPipeline *wf_organisation_get_pipelines (const WfOrganisation *self, guint *n);
/* The stage in any pipeline, or NULL. */
const WfEntry *wf_organisation_get_stage (const WfOrganisation *self, const char *id);

/* wf-organisation-names.c: the name; the id itself when nobody knows it. self, id: nullable.
 * Borrowed. */
const char *wf_organisation_get_person_name (const WfOrganisation *self, const char *id);
const char *wf_organisation_get_entry_name (const WfOrganisation *self, WfEntryKind kind,
                                            const char *id);
const char *wf_organisation_get_stage_name (const WfOrganisation *self, const char *id);
/* Of what a field of an event has: an id becomes a name, any other value stays. self: nullable. */
const char *wf_organisation_get_name_in_field (const WfOrganisation *self, const char *field,
                                               const char *value);

gboolean wf_person_in_group (const WfPerson *person, const char *group);
/* The absence that this instant is in, or NULL. Borrowed. */
const WfAbsence *wf_person_get_absence (const WfPerson *person, WfInstant at);
WfAbsenceTreatment wf_absence_get_treatment (const WfAbsence *absence, const char *type);
/* Who covers during it: its own cover, else the person's; NULL: nobody, or the treatment of the
 * type is another. Borrowed. */
const char *wf_person_get_cover_at (const WfPerson *person, WfInstant at, const char *type);
/* The permission matrix (A7) is data in wf-permission.c. */
gboolean wf_organisation_person_may (const WfOrganisation *self, const WfPerson *person,
                                     WfRight right);
/* Why it is refused, in the user's language, or NULL when it is allowed (R52, B25). Owned by the
 * caller. */
char *wf_organisation_explain_right (const WfOrganisation *self, const WfPerson *person,
                                     WfRight right);
gboolean wf_role_exists_in_process (WfRole role, WfProcess process); /* R41, R62, R65 */
const char *wf_role_to_text (WfRole role);                           /* translated */
const char *wf_role_get_name (WfRole role);
const char *wf_process_get_name (WfProcess process);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfOrganisation, wf_organisation_unref)

G_END_DECLS
