/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with a few activities whose figures are known, for tests of reports in the window. */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

/* The present time of the sample: Wednesday, 18 November 2026, 10:00 in São Paulo. */
#define WF_REPORT_SAMPLE_NOW "2026-11-18T13:00:00Z"
/* Of the last 30 days, as everyone sees them. */
#define WF_REPORT_SAMPLE_CREATED 7
#define WF_REPORT_SAMPLE_ON_TIME 2
#define WF_REPORT_SAMPLE_LATE 2
#define WF_REPORT_SAMPLE_OPEN_LATE 1

/* Ana and Bruno (inbound, São Paulo: they see no reports), Carla (administrator), Dora (media); with store flow. */
WfOrganisation *wf_report_sample_organisation (void);
/* In a folder of the test. Owned by the caller: wf_store_close(). */
WfStore *wf_report_sample_open (const char *path, WfOrganisation *organisation);
/* One more that was created, and is open, for Ana. */
void wf_report_sample_add (WfStore *store, const char *id);

G_END_DECLS
