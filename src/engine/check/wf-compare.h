/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would change (B1, B14): two replays of the same events side by side,
 * and the differences of the documents in sentences. Streams. */
#pragma once

#include "wf-replay.h"

G_BEGIN_DECLS

typedef struct _WfCompare WfCompare;

/* One figure before and after. */
typedef struct
{
  /* (owned) person ("" = unassigned), local day "2026-11-20", activity type, or kind of effect */
  char *id;
  char *name; /* (owned) for people */
  guint before, after;
} WfCompareFigure;

typedef struct
{
  WfCompareFigure total; /* activities */
  GPtrArray *people, *days,
      *types; /* (owned) of WfCompareFigure: activities by each, those that differ or not; by id */
  GPtrArray *effects;            /* (owned) of WfCompareFigure: by kind of effect */
  guint late_before, late_after; /* activities that would be late at creation */
  GPtrArray *sentences; /* (owned) of char*: "Deadline of “Call”: 2 hours → 1 hour" (B14) */
  guint n_events;
} WfCompareResult;
void wf_compare_result_free (WfCompareResult *self);

/* before: nullable (a new workflow). Both are run as they are, in any state. */
WfCompare *wf_compare_new (WfOrganisation *organisation, WfWorkflow *before, WfWorkflow *after);
void wf_compare_add (WfCompare *self, WfEvent *event);
/* until: WF_INSTANT_NONE: the last event's time. The comparison is over. */
WfCompareResult *wf_compare_finish (WfCompare *self, WfInstant until);
void wf_compare_free (WfCompare *self);
/* As JSON for workflowctl. Owned by the caller. */
char *wf_compare_result_to_text (const WfCompareResult *self, gboolean pretty);
/* "+31 activities: Ana +12, Bruno −4; 3 would be late at creation", in the user's language. Owned
 * by the caller. */
char *wf_compare_result_to_sentence (const WfCompareResult *self);

/* B14 alone: what is different between two documents, in the user's language, nothing when they do
 * the same. Of char*; owned by the caller. before: nullable. */
GPtrArray *wf_difference_list (const WfWorkflow *before, const WfWorkflow *after,
                               const WfOrganisation *organisation);

/* The same for marking steps: what became of each that is not as it was. A step can be there twice,
 * moved and changed. before: nullable. Of WfDifferenceStep, in the order of the document (removed
 * ones first); owned by the caller. */
typedef enum
{
  WF_DIFFERENCE_REMOVED,
  WF_DIFFERENCE_ADDED,
  WF_DIFFERENCE_MOVED,
  WF_DIFFERENCE_CHANGED,
} WfDifferenceKind;
extern const char *const wf_difference_kind_names[]; /* "removed", "added", "moved", "changed" */
typedef struct
{
  char *id; /* (owned) of the step */
  WfDifferenceKind kind;
} WfDifferenceStep;
void wf_difference_step_free (WfDifferenceStep *self);
GPtrArray *wf_difference_list_steps (const WfWorkflow *before, const WfWorkflow *after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCompare, wf_compare_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCompareResult, wf_compare_result_free)

G_END_DECLS
