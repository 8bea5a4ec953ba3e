/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow document (workflow-format). Immutable once read or built, atomic reference count. */
#pragma once

#include "wf-condition.h"
#include "wf-duration.h"
#include "wf-schedule.h"

G_BEGIN_DECLS

typedef enum
{
  WF_WORKFLOW_DRAFT,
  WF_WORKFLOW_LIVE,
  WF_WORKFLOW_PAUSED,
  WF_WORKFLOW_ARCHIVED,
} WfWorkflowState;

typedef enum
{
  WF_REENTRY_EVERY_EVENT,
  WF_REENTRY_ONCE_PER_LEAD,
  WF_REENTRY_ONCE_WHILE_OPEN,
  WF_REENTRY_RESTART,
} WfReentry;

typedef enum
{
  WF_STEP_CREATE_ACTIVITY,
  WF_STEP_SCHEDULE_CALL,    /* settings as of CREATE_ACTIVITY */
  WF_STEP_SCHEDULE_MEETING, /* settings as of CREATE_ACTIVITY */
  WF_STEP_NOTIFY,
  WF_STEP_WAIT,
  WF_STEP_BRANCH,
  /* The settings of those below are described by the step catalogue (wf-step-catalogue.h). */
  WF_STEP_POST_TO_STREAM,
  WF_STEP_CHANGE_STAGE,
  WF_STEP_CHANGE_RESPONSIBLE,
  WF_STEP_SET_FIELD,
  WF_STEP_ADD_SCORE,
  WF_STEP_SEND_EMAIL,
  WF_STEP_SEND_MESSAGE,
  WF_STEP_ADD_TO_AUDIENCE,
  WF_STEP_WEBHOOK,
  WF_STEP_DELETE_RECORD,
  WF_STEP_CONTROL,
  WF_STEP_CLOSE_ACTIVITIES,
  WF_STEP_REQUEST_APPROVAL,
  /* a kind that this version cannot carry out: kept whole, the workflow is held with the reason */
  WF_STEP_OTHER,
} WfStepKind;
#define WF_N_STEP_KINDS WF_STEP_OTHER
#define WF_WORKFLOW_MOST_DEPTH 16 /* of branches in branches; to read, to check and to edit */
typedef enum
{
  WF_RUN_IMMEDIATELY,
  WF_RUN_AFTER_PREVIOUS,
  WF_RUN_DELAY,
  WF_RUN_BEFORE,
} WfRunMode;

typedef struct
{
  WfRunMode mode;
  WfDuration delay;  /* DELAY */
  char *field;       /* (owned) (nullable) BEFORE: "meeting.start" */
  WfDuration offset; /* BEFORE */
  gboolean explicit; /* written even when it is "immediately" */
} WfRunSettings;

typedef enum
{
  WF_PERMISSION_ALL,
  WF_PERMISSION_GROUPS,
} WfPermissionScope;

typedef struct
{
  char *activity_type; /* (owned) */
  WfDuration complete_within;
  char *before; /* (owned) (nullable) "meeting.start": counts back (A1) */
  gboolean business_time;
  WfDuration notify; /* amount 0: none */
  WfPermissionScope scope;
  char **groups; /* (owned) (nullable) */
  char *notes;   /* (owned) (nullable) */
  gboolean business_hours;
  gboolean keep_when_closed; /* S10, member "keep" */
  /* (owned) (nullable) who gets it (R126): "responsible" (also when NULL), "manager", "person:ID",
   * "round-robin:GROUP", "least-loaded:GROUP" */
  char *assignee;
  char **retire_on; /* (owned) (nullable) event types that make it pointless (B9) */
  gboolean join;    /* B8: joins an open activity of the same type of the lead */
  /* Of calls and meetings. */
  WfDuration lasts; /* amount 0: not said */
  char *place;      /* (owned) (nullable) */
} WfCreateActivity;

typedef struct
{
  char *text; /* (owned) */
  /* (owned) "responsible", "manager" (of the responsible), "person:ID", or "group:ID" */
  char *recipient;
  char *sender; /* (owned) (nullable) person id shown as sender (R79) */
} WfNotify;

typedef enum
{
  WF_WAIT_FOR,
  WF_WAIT_UNTIL,
  WF_WAIT_UNTIL_CONDITION,
} WfWaitKind;

typedef struct
{
  WfWaitKind kind;
  WfDuration duration; /* FOR */
  gboolean business_hours;
  char *until;            /* (owned) UNTIL: date field */
  WfCondition *condition; /* (owned) UNTIL_CONDITION */
  WfDuration time_out;    /* UNTIL_CONDITION */
} WfWait;

typedef struct _WfStep WfStep;

typedef struct
{
  char *name;             /* (owned) */
  WfCondition *condition; /* (owned) (nullable) NULL always holds */
  GPtrArray *steps;       /* (owned) of WfStep */
  WfJsonDocument *extra;  /* (owned) (nullable) unknown members */
} WfPath;

struct _WfStep
{
  char *id; /* (owned) unique in the document */
  WfStepKind kind;
  char *kind_name; /* (owned) as in the document */
  WfRunSettings run;
  union
  {
    WfCreateActivity create_activity;
    WfNotify notify;
    WfWait wait;
    GPtrArray *paths; /* BRANCH: (owned) of WfPath */
    /* (owned) POST_TO_STREAM to REQUEST_APPROVAL: an object of the members that the catalogue
     * knows, as in the document; read them with wf-step-settings.h */
    WfJsonDocument *settings;
  };
  /* (owned) (nullable) unknown members, also {"run": {...}} of members inside run and the like;
   * for OTHER every member but id, kind and run */
  WfJsonDocument *extra;
};

typedef struct
{
  char *id;              /* (owned) UUID */
  char *name;            /* (owned) */
  char *objective;       /* (owned) (nullable) R136 */
  char *fallback_person; /* (owned) (nullable) id (S11) */
  WfWorkflowState state;
  gint64 version;
  char *event;             /* (owned) trigger's event type */
  WfCondition *conditions; /* (owned) (nullable) */
  WfReentry reentry;
  /* S14: also started by events that our own effects caused; member "own-events" */
  gboolean own_events;
  /* S19: what waits goes on when the record leaves the stage that started it; member
   * "keep-when-left" */
  gboolean keep_when_left;
  WfSchedule *schedule; /* (owned) (nullable) of "schedule.tick": when */
  /* of a schedule: once for each lead whose conditions hold; ask wf_workflow_is_for_each_lead() */
  gboolean for_each_lead;
  GPtrArray *steps;                      /* (owned) of WfStep */
  WfJsonDocument *extra, *trigger_extra; /* (owned) (nullable) */
  /*< private >*/
  gint64 format; /* of the document; others than 1 cannot run */
  gatomicrefcount ref_count;
} WfWorkflow;

/* Problems with RFC 6901 paths, warnings too (notify >= complete within, S6; unknown members).
 * NULL when the text cannot be a workflow at all; a workflow with problems is returned, so that
 * an editor can show it. */
WfWorkflow *wf_workflow_read (const WfJson *root, WfProblems *problems);
/* An empty draft with a new id. */
WfWorkflow *wf_workflow_new (const char *name);
WfWorkflow *wf_workflow_ref (WfWorkflow *self);
void wf_workflow_unref (WfWorkflow *self);
/* A deep copy with one reference, to be changed before it is shared. */
WfWorkflow *wf_workflow_copy (const WfWorkflow *self);
char *wf_workflow_to_text (const WfWorkflow *self, gboolean pretty);
/* What the author wrote when publishing this version (member "note"); NULL: nothing. Borrowed. It
 * belongs to the version: who publishes gives it, saving as a draft drops it. */
const char *wf_workflow_get_note (const WfWorkflow *self);
/* note: nullable; blank is none. Only for a workflow that is not shared yet. */
void wf_workflow_set_note (WfWorkflow *self, const char *note);

/* Everything that must hold before it can run, beyond reading: R14-R24, S27, R96, merge fields,
 * and with an organisation also unknown people, groups, types. Paths as in the document. */
void wf_workflow_validate (const WfWorkflow *self, const WfOrganisation *organisation,
                           WfProblems *problems);

/* Its schedule starts it once for each lead; also when it follows a date that each lead has. */
gboolean wf_workflow_is_for_each_lead (const WfWorkflow *self);
/* A member of the document (kept in extra) that tells what one account decided about what is under
 * way (S12, S13) or noted of a version: nothing of what the workflow does. */
gboolean wf_workflow_is_decision (const char *member);
/* wf-workflow-duplicate.c: only for a workflow that is not shared yet. */
void wf_workflow_drop_decisions (WfWorkflow *self);
/* A draft with an id of its own that does the same. Owned by the caller. */
WfWorkflow *wf_workflow_duplicate (const WfWorkflow *self);
/* CREATE_ACTIVITY, SCHEDULE_CALL, SCHEDULE_MEETING: step->create_activity is theirs. */
gboolean wf_step_kind_is_activity (WfStepKind kind);
WfStep *wf_step_new (WfStepKind kind);
WfStep *wf_step_copy (const WfStep *self);
/* One step as in a document: for forms and the clipboard. Problems with paths that begin at the
 * cursor; NULL when it is none. */
WfStep *wf_step_read (const WfJsonCursor *cursor);
char *wf_step_to_text (const WfStep *self);
void wf_step_free (WfStep *self);
WfPath *wf_path_new (const char *name);
void wf_path_free (WfPath *self);
/* An id such as "step-3" that no step of the workflow has. Owned by the caller. */
char *wf_workflow_make_step_id (const WfWorkflow *self);
/* Depth first; NULL when there is none. */
WfStep *wf_workflow_find_step (const WfWorkflow *self, const char *id);

/* All steps, those in branches too; depth first, in reading order. */
typedef void (*WfStepFunc) (WfStep *step, gpointer user_data);
void wf_workflow_foreach_step (const WfWorkflow *self, WfStepFunc func, gpointer user_data);

/* "create-activity", ..., "request-approval", NULL */
extern const char *const wf_step_kind_names[];
extern const char *const wf_workflow_state_names[];
extern const char *const wf_reentry_names[];
extern const char *const wf_run_mode_names[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfWorkflow, wf_workflow_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfStep, wf_step_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPath, wf_path_free)

G_END_DECLS
