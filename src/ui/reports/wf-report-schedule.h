/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report that is saved into a folder by itself: which one, as what, where and when; and what became of it. Needs no display.
 * Values. */
#pragma once

#include "wf-report-filter.h"

G_BEGIN_DECLS

typedef enum
{
  WF_REPORT_EVERY_DAY,
  WF_REPORT_EVERY_WEEK,
  WF_REPORT_EVERY_MONTH,
} WfReportEvery;

typedef enum
{
  WF_REPORT_FILE_CSV = 1 << 0,
  WF_REPORT_FILE_PDF = 1 << 1,
} WfReportFiles;

typedef struct
{
  char *id;               /* (owned) a UUID */
  char *name;             /* (owned) its title, and how its files are called */
  char *saved;            /* (owned) (nullable) the name of a saved report, as it will be then */
  WfReportFilter *filter; /* (owned) (nullable) when saved is NULL */
  WfReportFiles files;
  char *folder; /* (owned) URI */
  WfReportEvery every;
  guint weekday;   /* 0: Monday */
  guint day;       /* 1-31; the last one where a month has no such day (S4) */
  guint minute;    /* of the day, wall time of this computer's zone */
  WfInstant since; /* made or changed: nothing before it was missed */
} WfReportSchedule;

/* With a new id: every day at 08:00 as PDF, no name, no folder. */
WfReportSchedule *wf_report_schedule_new (WfInstant since);
WfReportSchedule *wf_report_schedule_copy (const WfReportSchedule *self);
void wf_report_schedule_free (WfReportSchedule *self);
char *wf_report_schedule_to_text (const WfReportSchedule *self); /* JSON; owned by the caller */
/* NULL: it cannot be used. id: under which it is kept. */
WfReportSchedule *wf_report_schedule_read (const char *id, const char *text);
/* "Every Monday at 08:00", in the person's language. Owned by the caller. */
char *wf_report_schedule_describe (const WfReportSchedule *self);

/* A file that was written: only while it is still the same may it be replaced. */
typedef struct
{
  char *uri, *checksum; /* (owned) SHA-256 */
} WfReportMade;
void wf_report_made_free (WfReportMade *self);

#define WF_REPORT_NO_DAY G_MININT64

/* What became of a schedule. Written by who carries it out, and by nobody else. */
typedef struct
{
  gint64 day;        /* the last one that was carried out (wf-civil-date.h), or WF_REPORT_NO_DAY */
  WfInstant covered; /* when day was set */
  WfInstant at;      /* the last time, also by hand; WF_INSTANT_NONE: not yet */
  char *error;       /* (owned) (nullable) what went wrong then, in words */
  GPtrArray *made;   /* (owned) of WfReportMade: its files of then */
} WfReportScheduleRun;

WfReportScheduleRun *wf_report_schedule_run_new (void);
void wf_report_schedule_run_free (WfReportScheduleRun *self);
char *wf_report_schedule_run_to_text (const WfReportScheduleRun *self);
/* What cannot be read is as if it had not been carried out yet. Owned by the caller. */
WfReportScheduleRun *wf_report_schedule_run_read (const char *text);

/* The next time, which may be past: then it is due, once. A day counts once, whatever the clock and the zone do. run: nullable. */
WfInstant wf_report_schedule_get_next (const WfReportSchedule *self, const WfReportScheduleRun *run,
                                       WfInstant now, GTimeZone *zone);
/* The last of its days that has come; WF_REPORT_NO_DAY: none. What was missed before is made up for by it. */
gint64 wf_report_schedule_get_last_day (const WfReportSchedule *self, WfInstant now,
                                        GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReportSchedule, wf_report_schedule_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReportScheduleRun, wf_report_schedule_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReportMade, wf_report_made_free)

G_END_DECLS
