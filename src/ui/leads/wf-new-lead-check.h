/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a new lead as somebody types it (R58). Needs no display. */
#pragma once

#include "wf-runtime-leads.h"

G_BEGIN_DECLS

typedef enum
{
  WF_NEW_LEAD_OK,
  WF_NEW_LEAD_NAME,    /* there is none */
  WF_NEW_LEAD_CONTACT, /* neither phone nor e-mail */
  WF_NEW_LEAD_PHONE,   /* no telephone number */
  WF_NEW_LEAD_EMAIL,   /* no address */
} WfNewLeadProblem;

/* The first thing that is wrong, in the order of the form. */
WfNewLeadProblem wf_new_lead_check (const WfNewLead *lead);
const char *wf_new_lead_problem_to_text (
    WfNewLeadProblem problem); /* NULL when all is right; borrowed */
/* With digits enough, and nothing that is in no telephone number. */
gboolean wf_is_phone (const char *text);
/* A local part, an @ and a domain with a full stop. */
gboolean wf_is_email (const char *text);

G_END_DECLS
