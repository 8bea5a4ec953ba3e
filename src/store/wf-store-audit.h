/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail (R117): who changed what here, newest first. Read-only: entries are added by wf_store_add_log as "change". */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

/* What was changed. */
typedef enum
{
  WF_AUDIT_EVERYTHING,
  WF_AUDIT_ACTIVITIES,
  WF_AUDIT_LEADS,
  WF_AUDIT_WORKFLOWS,
  WF_AUDIT_OTHER, /* absences, what waited, and so on */
} WfAuditSubject;

typedef struct
{
  WfAuditSubject subject;
  const char *person;    /* id; "": what no person did; NULL: all */
  const char *lead;      /* nullable */
  const char *text;      /* nullable: found in what was done, in reasons and names, without regard to case and accents */
  WfInstant from, until; /* half-open; WF_INSTANT_NONE: no bound */
  guint offset, limit;   /* limit 0: all */
} WfAuditQuery;
WfAuditQuery *wf_audit_query_copy (const WfAuditQuery *self);
void wf_audit_query_free (WfAuditQuery *self); /* of a copy */

/* Of WfLogEntry, newest first. */
GPtrArray *wf_store_list_audit (WfStore *self, const WfAuditQuery *query);
guint wf_store_count_audit (WfStore *self, const WfAuditQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAuditQuery, wf_audit_query_free)

G_END_DECLS
