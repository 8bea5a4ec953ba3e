/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail (R117): who changed what, when, from what to what. */
#pragma once

#include "wf-lead-names.h"
#include "wf-log-text.h"
#include "wf-minute-clock.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Enter on a row opens what was changed. */
#define WF_TYPE_AUDIT_VIEW (wf_audit_view_get_type ())
G_DECLARE_FINAL_TYPE (WfAuditView, wf_audit_view, WF, AUDIT_VIEW, AdwBin)

/* Once. names: borrowed until wf_audit_view_close. */
void wf_audit_view_open (WfAuditView *self, WfRuntime *runtime, const WfLogNames *names,
                         WfLeadNames *leads, WfMinuteClock *minutes);
/* Nothing is read any more. */
void wf_audit_view_close (WfAuditView *self);
/* Asks for a file and writes what the filter finds. */
void wf_audit_view_export (WfAuditView *self);
/* The keyboard goes to the search, or to the table. */
void wf_audit_view_search (WfAuditView *self);
void wf_audit_view_focus (WfAuditView *self);

G_END_DECLS
