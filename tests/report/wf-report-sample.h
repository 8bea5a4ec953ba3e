/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company, its activities and leads, generated; and its rows, ready to be asked by plain SQL. */
#pragma once

#include "wf-report.h"
#include "wf-store-fixture.h"

#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct
{
  WfStoreFixture *f;            /* (owned) */
  WfOrganisation *organisation; /* (owned) */
  GRand *random;                /* (owned) */
  sqlite3 *db;                  /* (owned) a connection of its own, with the views below */
} WfReportSample;

WfReportSample *wf_report_sample_new (guint32 seed, guint n_activities, guint n_leads);
void wf_report_sample_free (WfReportSample *self);
/* The store keeps its facts ready. */
void wf_report_sample_save_facts (WfReportSample *self);
const char *wf_report_sample_pick (WfReportSample *self, const char *const *from, guint n);

/* The views, temporary: names are texts, '' for none.
 *   act (no, person, type, workflow, version, origin, lead, stage, source, created, due, closed, status,
 *        arrived_late, reassigned, last_since, reminded, known)
 *   held (no, person, since, until): of what was done late, who had it when
 *   member (dimension, who, id): dimension 1 group, 2 team, 3 unit
 *   client (hash, owner, stage, source, origin, product, value, created, first)
 *   move (hash, stage, at, before, before_at, since_first)
 *   stage (id, place, won, closed)
 * and functions: open_time (person, from, until), hour_of_week (at), is_away (person, at). */
extern const char *const wf_sample_people[],
    *const wf_sample_groups[], *const wf_sample_teams[],
                                   *const wf_sample_units[],
                                       *const wf_sample_types[],
                                           *const wf_sample_workflows[],
                                               *const wf_sample_stages[],
                                                   *const wf_sample_sources[],
                                                       *const wf_sample_origins[],
                                                           *const wf_sample_products[];
#define WF_SAMPLE_VERSIONS 3
#define WF_SAMPLE_ZONE "America/Santiago" /* summer time */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReportSample, wf_report_sample_free)

G_END_DECLS
