/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the demo CRM's model, shared by its parts. */
#pragma once

#include "wf-demo-crm.h"

G_BEGIN_DECLS

struct _WfDemoCrm
{
  WfDemoDatabase *database; /* (owned) */
  WfClock *clock;           /* (owned) */
  WfInstant now;            /* WF_INSTANT_NONE: the clock's */
  char *log_id; /* (owned) part of cursors and of the ids of events: another log, other ids */
  char *source; /* (owned) */
  WfOrganisation *organisation; /* (owned) (nullable) until the sample is written */
  gint64 revision;              /* the last given out */
  gboolean changed;             /* in the open transaction */
  gboolean organisation_changed;
  void (*changed_func) (gpointer user_data);
  gpointer changed_data;
};

#define WF_DEMO_KIND_ORGANISATION "organisation"
#define WF_DEMO_KIND_WORKFLOW "workflow"

/* Reads the organisation again from its document. */
void wf_demo_crm_load_organisation (WfDemoCrm *self);

G_END_DECLS
