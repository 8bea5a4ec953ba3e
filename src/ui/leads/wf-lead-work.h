/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with one lead or with many of them: then one sentence about it, with a way back where there is one. */
#pragma once

#include "wf-runtime-leads.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WF_LEAD_WORK_STAGE,    /* to the stage value, with a reason where that is needed */
  WF_LEAD_WORK_DIRECT,   /* to the person value; NULL: to the queue */
  WF_LEAD_WORK_WORKFLOW, /* starts the workflow value, called name */
  WF_LEAD_WORK_COMMENT,  /* the text value, mentions */
} WfLeadWorkKind;

typedef struct
{
  WfLeadWorkKind kind;
  const char *value, *name, *reason; /* nullable */
  const char *const *mentions;       /* nullable */
} WfLeadWork;

/* Begins; what is told goes to the foot of the window that over is in: what was done with Undo where there is a way back, or why
 * nothing was. leads: of WfLead, as they were before. done: called at the end when at least one was changed; nullable, together
 * with its data alive as long as over. */
typedef void (*WfLeadWorkDoneFunc) (gpointer user_data);
void wf_lead_work_begin (GtkWidget *over, WfRuntime *runtime, GPtrArray *leads,
                         const WfLeadWork *work, WfLeadWorkDoneFunc done, gpointer user_data);

/* The sentence about it, for tests: n_done of the leads were changed, n_refused were not, refusal (nullable): why the first of
 * them was not. Owned by the caller. */
char *wf_lead_work_to_text (const WfLeadWork *work, const WfOrganisation *organisation,
                            const char *lead_name, guint n_done, guint n_refused,
                            const char *refusal);

G_END_DECLS
