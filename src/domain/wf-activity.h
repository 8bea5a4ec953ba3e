/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An activity: what a pre-seller has to do for a lead, until when (R14-R24). A value: change it
 * before it is shared. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

typedef enum
{
  WF_ACTIVITY_OPEN,
  WF_ACTIVITY_DONE,
  WF_ACTIVITY_CANCELLED,
  WF_ACTIVITY_NO_LONGER_NEEDED, /* B9 */
} WfActivityStatus;

/* What it is in a calendar (R86, R87). */
typedef enum
{
  WF_ACTIVITY_TASK,
  WF_ACTIVITY_CALL,
  WF_ACTIVITY_MEETING,
  WF_ACTIVITY_APPROVAL, /* completed with the outcome "approved" or "rejected" */
} WfActivityKind;
#define WF_OUTCOME_APPROVED "approved"
#define WF_OUTCOME_REJECTED "rejected"

/* B18: how far a change got. */
typedef enum
{
  WF_SYNC_LOCAL,     /* on this computer */
  WF_SYNC_SENT,      /* sent, no answer yet */
  WF_SYNC_CONFIRMED, /* confirmed by the CRM */
  WF_SYNC_REFUSED,   /* the CRM refuses it; see sync_error */
} WfSyncState;

typedef struct
{
  WfActivityKind kind;
  char *id; /* (owned) the effect key (S15), or the CRM's id */
  char *lead, *lead_name, *lead_phone, *lead_email; /* (owned) (nullable) */
  char *type;                                       /* (owned) activity type id */
  char *title;                                      /* (owned) */
  char *notes;                                      /* (owned) (nullable) */
  char *person; /* (owned) (nullable) NULL = unassigned queue (S11) */
  /* WF_INSTANT_NONE where unset */
  WfInstant created, due, original_due, remind, visible_from, completed;
  char *zone; /* (owned) (nullable) IANA name with which due was computed (S3) */
  /* Calls and meetings begin at due; WF_INSTANT_NONE: how long they last is not said. */
  WfInstant ends;
  char *place; /* (owned) (nullable) of a meeting */
  WfActivityStatus status;
  char *outcome; /* (owned) (nullable) */
  gboolean business_hours, arrived_late, pinned;
  /* (owned) (nullable) */
  char *workflow, *workflow_name, *step, *event_source, *event_id, *event_type;
  gint64 workflow_version;
  /* (owned) (nullable) S14: the chain of causes that created it, sent to the CRM with it */
  char *cause;
  char *explanation; /* (owned) (nullable) JSON: why (B2); see wf-explanation in engine */
  char *etag;        /* (owned) (nullable) the CRM's */
  WfSyncState sync;
  char *sync_error; /* (owned) (nullable) */
  /*< private >*/
  gatomicrefcount ref_count;
} WfActivity;

WfActivity *wf_activity_new (const char *id);
WfActivity *wf_activity_copy (const WfActivity *self);
WfActivity *wf_activity_ref (WfActivity *self);
void wf_activity_unref (WfActivity *self);
/* S22: iff now > due and open; a done one iff completed > due. */
gboolean wf_activity_is_late (const WfActivity *self, WfInstant now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfActivity, wf_activity_unref)

/* "open", "done", "cancelled", "no-longer-needed", NULL */
extern const char *const wf_activity_status_names[];
/* "task", "call", "meeting", "approval", NULL */
extern const char *const wf_activity_kind_names[];

G_END_DECLS
