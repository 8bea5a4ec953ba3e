/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that check workflows share. Places are cursors without a value, except for
 * settings that are kept as JSON. */
#pragma once

#include "wf-step-catalogue.h"
#include "wf-workflow-private.h"

G_BEGIN_DECLS

/* Longest texts, in characters. */
#define WF_CHECK_MOST_NAME 200
#define WF_CHECK_MOST_LINE 1000
#define WF_CHECK_MOST_OBJECTIVE 2000
#define WF_CHECK_MOST_TEXT 10000
#define WF_CHECK_MOST_ID 100

typedef struct
{
  const WfWorkflow *workflow;
  const WfOrganisation *organisation; /* (nullable) */
  gboolean event_known;               /* the catalogue has the trigger's type */
  gboolean has_lead;                  /* FALSE: started by a schedule that is not for each lead */
  gboolean approval_above;            /* an approval was asked for in a step before this one */
  GHashTable *ids;                    /* (owned) borrowed step ids */
  guint n_steps;
} WfCheck;

/* FALSE when something is wrong there already: one mistake is one problem. */
gboolean wf_check_is_new (const WfJsonCursor *place);
/* The problem "missing", unless something is wrong there already. */
void wf_check_missing (const WfJsonCursor *place, const char *reason);
gboolean wf_check_is_blank (const char *text);
gboolean wf_check_has_control_character (const char *text);
void wf_check_length (const WfJsonCursor *place, const char *text, glong most);
void wf_check_duration (const WfJsonCursor *place, WfDuration duration, gboolean required);
/* S27, S6; within is set and counts from an event. */
void wf_check_minimum (const WfJsonCursor *within_place, WfDuration within);
void wf_check_notify (const WfJsonCursor *notify_place, WfDuration within, WfDuration notify);

/* References, each NULL-safe: what they name must exist. */
void wf_check_merge_text (const WfCheck *self, const WfJsonCursor *place, const char *text);
/* The field is a date that this event has. */
void wf_check_date_field (const WfCheck *self, const WfJsonCursor *place, const char *field);
void wf_check_group (const WfCheck *self, const WfJsonCursor *place, const char *group);
void wf_check_person (const WfCheck *self, const WfJsonCursor *place, const char *id);
/* record: "lead" or "deal" */
void wf_check_stage (const WfCheck *self, const WfJsonCursor *place, const char *record,
                     const char *stage);
/* The stage of the record that the trigger is about: the lead, and the deal of an event with
 * one. */
void wf_check_watched_stage (const WfCheck *self, const WfJsonCursor *place, const char *stage);
void wf_check_activity_type (const WfCheck *self, const WfJsonCursor *place, const char *type);
void wf_check_event_type (const WfCheck *self, const WfJsonCursor *place, const char *type);
/* recipient, assignee: NULL is the responsible. */
void wf_check_recipient (const WfCheck *self, const WfJsonCursor *place, const char *recipient);
void wf_check_assignee (const WfCheck *self, const WfJsonCursor *place, const char *assignee);
/* The problem "no-lead" for what needs one where there is none. */
void wf_check_lead (const WfCheck *self, const WfJsonCursor *place);
void wf_check_url (const WfCheck *self, const WfJsonCursor *place, const char *url);
/* extra: where reading has kept what it could not read; nullable. */
void wf_check_condition (const WfCheck *self, const WfCondition *condition, WfJsonDocument *extra,
                         const WfJsonCursor *place);

/* A step's own settings, by kind. */
void wf_check_activity_step (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor);
void wf_check_notify_step (const WfCheck *self, const WfNotify *step, const WfJsonCursor *cursor);
void wf_check_wait_step (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor);
/* Of the kinds whose settings the catalogue describes. */
void wf_check_settings_step (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor);

G_END_DECLS
