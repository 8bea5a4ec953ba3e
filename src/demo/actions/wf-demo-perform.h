/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carrying out one action in the open transaction: each kind's rule has a function here. */
#pragma once

#include "wf-demo-crm-private.h"

#include "wf-action.h"

G_BEGIN_DECLS

/* What is known while an action is carried out. A kind's function changes records, makes the
 * events that follow, and fails the outcome when the action cannot be. */
typedef struct
{
  WfDemoCrm *crm;
  const WfDemoCaller *caller;
  const WfAction *action;
  const WfJson *lead;     /* (nullable) as it was before */
  WfDemoOutcome *outcome; /* a problem ends the action: everything is taken back */
  const char *state;      /* WF_DEMO_ACTION_DONE unless told */
  const char *note;       /* (nullable) why nothing was to be done */
} WfDemoPerformance;

#define WF_DEMO_NOTE_SO "already-so"
#define WF_DEMO_NOTE_FURTHER "already-further"

typedef void (*WfDemoPerformFunc) (WfDemoPerformance *self);

/* Leads: wf-demo-perform-lead.c, wf-demo-perform-responsible.c */
void wf_demo_perform_stage (WfDemoPerformance *self);
void wf_demo_perform_responsible (WfDemoPerformance *self);
void wf_demo_perform_field (WfDemoPerformance *self);
void wf_demo_perform_score (WfDemoPerformance *self);
void wf_demo_perform_deletion (WfDemoPerformance *self);
/* wf-demo-perform-creation.c */
void wf_demo_perform_lead_creation (WfDemoPerformance *self);
/* wf-demo-perform-absence.c */
void wf_demo_perform_absence (WfDemoPerformance *self);
void wf_demo_perform_absence_end (WfDemoPerformance *self);
/* An action that changes the lead by wf_action_apply. pointer: of the member that is wrong when
 * there is no such stage, person or field. */
void wf_demo_perform_change (WfDemoPerformance *self, const WfAction *action, const char *pointer);

/* Deals: wf-demo-crm-deals.c */
/* The lead to which a deal belongs. Owned by the caller; NULL without one. */
char *wf_demo_crm_dup_lead_of_deal (WfDemoCrm *self, const char *deal);
void wf_demo_perform_deal_stage (WfDemoPerformance *self);
void wf_demo_perform_deal_deletion (WfDemoPerformance *self);

/* What is said to people and leads: wf-demo-perform-message.c */
void wf_demo_perform_post (WfDemoPerformance *self);
void wf_demo_perform_email (WfDemoPerformance *self);
void wf_demo_perform_message (WfDemoPerformance *self);

/* The rest: wf-demo-perform-other.c */
void wf_demo_perform_audience (WfDemoPerformance *self);
void wf_demo_perform_webhook (WfDemoPerformance *self);
void wf_demo_perform_closing (WfDemoPerformance *self);
void wf_demo_perform_start (WfDemoPerformance *self);

/* 422 with this one fault. pointer: "/stage". */
void wf_demo_perform_refuse (WfDemoPerformance *self, const char *pointer, const char *code,
                             const char *text);
/* The text of a member; refuses when it is no text, empty or longer than most bytes. A member
 * that is missing is NULL, and refused only when required. */
const char *wf_demo_perform_get_text (WfDemoPerformance *self, const char *name, gboolean required,
                                      gsize most);

G_END_DECLS
