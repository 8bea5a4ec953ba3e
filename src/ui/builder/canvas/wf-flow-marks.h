/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown on top of a workflow's cards and edges: numbers of leads (Traffic), the path of a
 * test, the differences between two versions. A value that the canvas draws; needs no display. */
#pragma once

#include "wf-builder-target.h"

G_BEGIN_DECLS

typedef enum
{
  WF_MARK_NONE,
  /* a test */
  WF_MARK_PASSED,
  WF_MARK_WAITS,
  WF_MARK_SKIPPED,
  WF_MARK_NOT_TAKEN,
  WF_MARK_STOPPED,
  /* versions */
  WF_MARK_ADDED,
  WF_MARK_REMOVED,
  WF_MARK_CHANGED,
  WF_MARK_MOVED,
} WfMarkKind;

typedef struct _WfFlowMarks WfFlowMarks;

WfFlowMarks *wf_flow_marks_new (void);
WfFlowMarks *wf_flow_marks_ref (WfFlowMarks *self);
void wf_flow_marks_unref (WfFlowMarks *self);
/* target: trigger, step or path. text: nullable, shown beside the card and read by screen readers
 * ("Mon 09:30", "3 changed"). */
void wf_flow_marks_set (WfFlowMarks *self, const WfTarget *target, WfMarkKind kind,
                        const char *text);
WfMarkKind wf_flow_marks_get (const WfFlowMarks *self, const WfTarget *target, const char **text);
/* How many leads passed the edge into the target; G_MAXUINT64 when unknown. */
void wf_flow_marks_set_count (WfFlowMarks *self, const WfTarget *target, guint64 count);
guint64 wf_flow_marks_get_count (const WfFlowMarks *self, const WfTarget *target);
/* "Added", "Passed"; translated. */
const char *wf_mark_kind_to_text (WfMarkKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfFlowMarks, wf_flow_marks_unref)

G_END_DECLS
