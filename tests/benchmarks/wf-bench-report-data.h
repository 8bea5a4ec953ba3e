/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year of a company of fifty people, as the benchmarks of reports look at it. */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

#define WF_BENCH_REPORT_VIEWER "person-0" /* whose store it is: an administrator */

/* Both make the same each time; owned by the caller. */
WfOrganisation *wf_bench_report_make_organisation (void);
/* Opens the store in path, and fills it when it is new, with n_rows activities over a year and what is known of their leads. Ends the
 * program after an error. */
WfStore *wf_bench_report_open (const char *path, guint n_rows);
/* As in a pause: what is not stored of the facts yet. */
void wf_bench_report_save_facts (WfStore *store);
/* The file and those beside it, and their folder. */
void wf_bench_report_remove_folder (const char *folder);

G_END_DECLS
