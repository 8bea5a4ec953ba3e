/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates (R27-R30, R147-R167): each with scenario, workflow and benefits, in the user's
 * language. Data in data/templates, compiled into the program. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

typedef struct
{
  char *id; /* (owned) "filter-1", "recover-lead", ... */
  /* (owned) "pre-sales", "sales", "onboarding", "support", "marketing", "operations", "partners" */
  char *category;
  char *name, *scenario, *flow, *benefits; /* (owned) in the language asked for */
  GPtrArray *requirements;                 /* (owned) of char*: "R27" */
  WfWorkflow *workflow;                    /* (owned) a draft in that language */
} WfTemplate;
void wf_template_free (WfTemplate *self);

/* language: "pt_BR", "en", or NULL for the user's. Of WfTemplate, in the order of the gallery;
 * owned by the caller. */
GPtrArray *wf_template_list (const char *language);
/* A draft to edit: new id, no step ids changed. Owned by the caller. */
WfWorkflow *wf_template_instantiate (const WfTemplate *self);
const char *wf_template_category_to_text (const char *category); /* translated */

G_END_DECLS
