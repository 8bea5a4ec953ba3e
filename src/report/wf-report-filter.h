/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report is about: time, people, kinds of activities and of leads. Saved reports are this and
 * a name. A value. */
#pragma once

#include "wf-json.h"
#include "wf-period.h"
#include "wf-problem.h"

G_BEGIN_DECLS

/* What numbers are told apart by. */
typedef enum
{
  WF_DIMENSION_PERSON,
  WF_DIMENSION_GROUP,
  WF_DIMENSION_TEAM,
  WF_DIMENSION_UNIT,
  WF_DIMENSION_TYPE,
  WF_DIMENSION_WORKFLOW,
  WF_DIMENSION_VERSION, /* of workflows */
  WF_DIMENSION_STAGE,   /* of the lead, as it is now */
  WF_DIMENSION_SOURCE,  /* of the lead */
  WF_DIMENSION_ORIGIN,  /* of the lead: web or flow (R59) */
} WfDimension;
#define WF_N_DIMENSIONS (WF_DIMENSION_ORIGIN + 1)
extern const char *const wf_dimension_names[];              /* "person", "group", ..., NULL */
const char *wf_dimension_get_title (WfDimension dimension); /* translated: "Person" */

typedef struct
{
  WfPeriod period;
  /* By dimension: ids, NULL-terminated, any of them; NULL: all. "" among them: also those without.
   * Of VERSION: "workflow-id/3". */
  GStrv only[WF_N_DIMENSIONS]; /* (owned) */
  WfDimension by;              /* what the break-down tells apart */
} WfReportFilter;

WfReportFilter *wf_report_filter_new (void); /* last 30 days, everything, by person */
WfReportFilter *wf_report_filter_copy (const WfReportFilter *self);
void wf_report_filter_free (WfReportFilter *self);
gboolean wf_report_filter_equal (const WfReportFilter *a, const WfReportFilter *b);
char *wf_report_filter_to_text (const WfReportFilter *self); /* JSON; owned by the caller */
/* NULL with problems (nullable) when it cannot be used. */
WfReportFilter *wf_report_filter_read (const WfJson *root, WfProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReportFilter, wf_report_filter_free)

G_END_DECLS
