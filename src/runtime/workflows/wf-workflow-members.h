/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a published document tells every computer beside what the workflow does: decisions about
 * what is under way (S12, S13). They travel with the document, because it is the only thing that
 * all computers share and that only a person with the right can change. */
#pragma once

#include "wf-runtime.h"

G_BEGIN_DECLS

/* Members of the document:
 *   "in-flight": "finish", "move" or "stop": what the publication of this version does to runs of
 *     older ones;
 *   "paused": the instant of the pause;
 *   "resume": {"choice": "run-now", "reschedule" or "skip", "paused", "resumed"}: the last pause;
 *   "release": [{"choice": "create", "spread" or "drop", "at", "until", "source", "event",
 *     "capacity", "by"}]: what became of held matches up to this event; the newest last;
 *   "storm-limit": matches in ten minutes that are no storm yet, 0: no limit;
 *   "schedule-start": from when the intervals of its schedule count. */

typedef struct
{
  WfResume choice;
  WfInstant paused, resumed;
} WfResumeDecision;

typedef struct
{
  WfRelease choice;
  WfInstant at;    /* when it was decided: spreading begins here */
  WfInstant until; /* the latest event's time, by the CRM's clock */
  guint capacity;
  /* Borrowed from the document: who decided (nullable), and the last event that is meant, in the
   * order of the CRM's log. */
  const char *by, *event_source, *event_id;
} WfReleaseDecision;

/* Those that change a document: before it is shared. */
void wf_workflow_set_in_flight (WfWorkflow *self, WfInFlight in_flight);
WfInFlight wf_workflow_get_in_flight (const WfWorkflow *self);
void wf_workflow_set_paused (WfWorkflow *self, WfInstant at);
void wf_workflow_set_resume (WfWorkflow *self, WfResume choice, WfInstant resumed);
/* FALSE: none. */
gboolean wf_workflow_get_resume (const WfWorkflow *self, WfResumeDecision *decision);
void wf_workflow_add_release (WfWorkflow *self, const WfReleaseDecision *decision);
guint wf_workflow_get_n_releases (const WfWorkflow *self);
gboolean wf_workflow_get_release (const WfWorkflow *self, guint index, WfReleaseDecision *decision);
/* FALSE: the document does not say. */
gboolean wf_workflow_get_storm_limit (const WfWorkflow *self, guint *limit);
void wf_workflow_set_schedule_start (WfWorkflow *self, WfInstant at);
WfInstant wf_workflow_get_schedule_start (const WfWorkflow *self); /* WF_INSTANT_NONE: not said */
/* An edited copy does not know what was decided since it was made: takes that from the published
 * version. */
void wf_workflow_take_decisions (WfWorkflow *self, const WfWorkflow *published);

G_END_DECLS
