/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change in words (R117): who did what to what, and what it was before. Needs no display. */
#pragma once

#include "wf-log-text.h"

G_BEGIN_DECLS

typedef struct
{
  char *who;           /* (owned) a person's name, or that no person did it */
  char *what;          /* (owned) "Deadline moved" */
  char *on;            /* (owned) (nullable) activity, lead, workflow or person */
  char *before, *after; /* (owned) (nullable) "Deadline: 3 November 2026, 10:00"; several parts: a line each */
  char *why;           /* (owned) (nullable) the reason that was given */
} WfAuditText;

/* names->zone: in which instants are told. lead_name: of the entry's lead; nullable. */
WfAuditText *wf_audit_text_new (const WfLogEntry *entry, const WfLogNames *names,
                                const char *lead_name);
void wf_audit_text_free (WfAuditText *self);

/* What was changed, to be opened; NULL: nothing that can be. Owned by the caller. */
char *wf_audit_dup_activity (const WfLogEntry *entry);
char *wf_audit_dup_workflow (const WfLogEntry *entry);

/* A table with time, person, change, subject, before, after and reason; times in the zone, as ISO 8601. */
void wf_audit_append_csv_head (GString *csv);
void wf_audit_append_csv (GString *csv, const WfLogEntry *entry, const WfLogNames *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAuditText, wf_audit_text_free)

G_END_DECLS
