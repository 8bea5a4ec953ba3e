/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of steps as data: what each is called, and what can be set. Reading, checking,
 * sentences and forms all follow this one description; a new kind is an entry here, a line in
 * the engine's table of step kinds, and its sentence. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

typedef enum
{
  WF_SETTING_TEXT,      /* one line, with merge fields (R140) */
  WF_SETTING_LONG_TEXT, /* several lines, with merge fields */
  WF_SETTING_WORD,      /* an id of something elsewhere: taken as it is */
  WF_SETTING_CHOICE,    /* one of choices */
  WF_SETTING_BOOLEAN,
  WF_SETTING_NUMBER, /* a whole number, not 0 */
  WF_SETTING_VALUE,  /* text (with merge fields), number or boolean */
  WF_SETTING_DURATION,
  WF_SETTING_DEADLINE,   /* a duration of at least 30 minutes (R16), may count back from a date */
  WF_SETTING_DATE_FIELD, /* "meeting.start" */
  WF_SETTING_FIELD,      /* a field of the lead that can be written */
  WF_SETTING_STAGE,
  WF_SETTING_PERSON,     /* id */
  WF_SETTING_RECIPIENT,  /* "responsible", "manager", "person:ID", "group:ID" */
  WF_SETTING_RECIPIENTS, /* a list of them */
  /* "responsible", "manager", "person:ID", "round-robin:GROUP", "least-loaded:GROUP" */
  WF_SETTING_ASSIGNEE,
  WF_SETTING_RULES, /* a list of {"if": condition, "to": assignee}: the first that holds (R126) */
  WF_SETTING_ACTIVITY_TYPE,
  WF_SETTING_ACTIVITY_TYPES, /* a list; empty: all */
  WF_SETTING_EVENT_TYPES,    /* a list */
  WF_SETTING_PERMISSION,     /* {"scope", "groups"} */
  WF_SETTING_URL,            /* http or https, with merge fields in the query */
  WF_SETTING_CONDITION,
  WF_SETTING_PATHS, /* of a branch */
} WfSettingType;

typedef enum
{
  WF_SETTING_OPTIONAL = 0,
  WF_SETTING_REQUIRED = 1 << 0,
  WF_SETTING_MUST_BE_TRUE = 1 << 1, /* a confirmation (R78) */
} WfSettingFlags;

/* Where a form shows a setting: what the step does first. */
typedef enum
{
  WF_SECTION_MAIN,
  WF_SECTION_DEADLINE,
  WF_SECTION_WHO,
  WF_SECTION_NOTES,
  WF_SECTION_MORE, /* what few people need */
} WfSettingSection;

typedef struct
{
  const char *name; /* member of the step in the document */
  WfSettingType type;
  WfSettingFlags flags;
  const char *label;          /* msgid, context "step setting" */
  const char *const *choices; /* CHOICE: ids, NULL-terminated */
  /* CHOICE, RECIPIENT, ASSIGNEE, ...: what counts when the member is missing; nullable */
  const char *fallback;
  WfSettingSection section;
  /* nullable; settings of a kind with the same question exclude each other. Its msgid, context
   * "step setting"; the answers are the names, see wf_setting_choice_to_text() */
  const char *question;
  /* nullable; the setting without which this one means nothing */
  const char *shown_with;
} WfSettingInfo;

typedef struct
{
  WfStepKind kind;
  const char *name;    /* "create-activity" */
  const char *label;   /* msgid: "Create an activity" */
  const char *summary; /* msgid: what it is for, one sentence */
  const char *icon;    /* symbolic icon name */
  const char *group;   /* "activities", "communication", "record", "flow", "systems" */
  const WfSettingInfo *settings;
  guint n_settings;
} WfStepKindInfo;

/* NULL for WF_STEP_OTHER. */
const WfStepKindInfo *wf_step_catalogue_get (WfStepKind kind);
const WfStepKindInfo *wf_step_catalogue_find (const char *name);
/* NULL when the kind has no such setting. */
const WfSettingInfo *wf_step_kind_info_get_setting (const WfStepKindInfo *self, const char *name);
const char *wf_step_kind_to_text (WfStepKind kind);            /* translated label */
const char *wf_step_kind_to_summary (WfStepKind kind);         /* translated summary */
const char *wf_step_group_to_text (const char *group);         /* translated heading */
const char *wf_setting_to_text (const WfSettingInfo *setting); /* translated label */
/* A choice's text in the user's language; the id itself when unknown. */
const char *wf_setting_choice_to_text (const WfSettingInfo *setting, const char *choice);

G_END_DECLS
