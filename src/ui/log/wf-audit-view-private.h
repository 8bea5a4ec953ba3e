/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the audit trail. */
#pragma once

#include "wf-audit-source.h"
#include "wf-audit-view.h"

G_BEGIN_DECLS

typedef enum
{
  WF_AUDIT_WHEN,
  WF_AUDIT_WHO,
  WF_AUDIT_WHAT,
  WF_AUDIT_BEFORE,
  WF_AUDIT_AFTER,
  WF_N_AUDIT_COLUMNS,
} WfAuditColumn;

struct _WfAuditView
{
  AdwBin parent_instance;

  WfRuntime *runtime;          /* (owned) (nullable) until it is opened */
  WfMinuteClock *minutes;      /* (owned) likewise */
  WfLeadNames *leads;          /* (owned) likewise */
  const WfLogNames *names;     /* borrowed */
  WfAuditSource *source;       /* (owned) (nullable) */
  GtkSingleSelection *selection; /* (owned) (nullable) */
  GStrv people;                /* (owned) (nullable) in the order of the drop-down, from its third entry on */
  GCancellable *cancellable;   /* (owned) */
  gboolean narrow;
  gboolean filling; /* the drop-downs are changed by the program */
  GtkDropDown *period;
  GtkDropDown *person;
  GtkDropDown *subject;
  GtkEditable *search;
  GtkLabel *count;
  GtkStack *states;
  GtkColumnView *table;
  AdwStatusPage *error;
  GtkColumnViewColumn *columns[WF_N_AUDIT_COLUMNS];
};

/* ---- wf-audit-columns.c ---- */

void wf_audit_view_set_up_columns (WfAuditView *self);

G_END_DECLS
