/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A larger company's month, for reports that have to fill pages and walls: always the same. */
#pragma once

#include "wf-report.h"
#include "wf-store.h"

G_BEGIN_DECLS

#define WF_REPORT_COMPANY_PEOPLE 64
#define WF_REPORT_COMPANY_NOW "2026-11-18T13:00:00Z"

WfOrganisation *wf_report_company_organisation (void);
/* In a folder of the test. Owned by the caller: wf_store_close(). */
WfStore *wf_report_company_open (const char *path, WfOrganisation *organisation);
/* Of the last 30 days; by a dimension. Owned by the caller. */
WfReportQuery *wf_report_company_query (WfOrganisation *organisation, WfDimension by);

G_END_DECLS
