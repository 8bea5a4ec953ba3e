/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a schedule, shared by its reading and its words. */
#pragma once

#include "wf-cron.h"
#include "wf-schedule.h"

G_BEGIN_DECLS

typedef enum
{
  WF_EVERY_DAY,
  WF_EVERY_WEEK,
  WF_EVERY_MONTH,
  WF_EVERY_YEAR,
} WfEvery;

#define WF_TIME_OF_DAY_NONE (-1)

struct _WfSchedule
{
  WfScheduleKind kind;
  WfJsonDocument *document; /* (owned) as it was read */
  int at;                   /* minute of the day; WF_TIME_OF_DAY_NONE: of the date itself */
  /* EVERY */
  WfEvery every;
  int interval;
  guint weekdays; /* WEEK: bit 0 is Monday */
  int day, month; /* MONTH, YEAR */
  gboolean working_days;
  /* CRON */
  WfCron cron;
  /* DATE */
  char *field; /* (owned) */
  WfDuration offset;
  gboolean after;
  gboolean yearly;
  gatomicrefcount ref_count;
};

G_END_DECLS
