/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the calendar's model share: its state, and the sheets that were read. */
#pragma once

#include "wf-calendar-model.h"

G_BEGIN_DECLS

/* The days of a span as they were read. */
typedef struct
{
  grefcount ref_count;
  WfCalendarSpan span;  /* (owned) */
  WfCalendarDays *days; /* (owned) */
  guint per_day;        /* how many of each day were asked for */
  gboolean stale;       /* something changed since */
} WfCalendarSheet;
void wf_calendar_sheet_unref (WfCalendarSheet *self);

/* A reading under way; freed by its answer. */
typedef struct _WfCalendarReading WfCalendarReading;

struct _WfCalendarModel
{
  GObject parent_instance;

  WfRuntime *runtime;     /* (owned) */
  WfMinuteClock *minutes; /* (owned) */
  GTimeZone *zone;        /* (owned) */
  WfCalendarView view;
  GDate date;
  WfCalendarFilter *filter; /* (owned) */
  guint per_day;            /* of a month's cell */
  gboolean active;
  guint changes;                      /* how often the store changed */
  WfCalendarSpan wanted;              /* (owned) of view and date */
  WfCalendarSheet *shown;             /* (owned) (nullable) */
  GPtrArray *sheets;                  /* (owned) of WfCalendarSheet, the last used first */
  WfCalendarReading *reading, *ahead; /* (nullable) of the wanted span, of a neighbour */
  guint patience, calm;               /* sources */
  GError *error;                      /* (owned) (nullable) */
  char *selected;                     /* (owned) (nullable) */
  WfActivity *selected_activity;      /* (owned) (nullable) as it was read last */
};

/* wf-calendar-model.c */
void wf_calendar_model_show (WfCalendarModel *self, WfCalendarSheet *sheet);
void wf_calendar_model_fail (WfCalendarModel *self, const GError *error);

/* wf-calendar-model-read.c */
gboolean wf_calendar_span_is (const WfCalendarSpan *a, const WfCalendarSpan *b);
/* The sheet of the wanted span with as many as are needed, or NULL. Borrowed. */
WfCalendarSheet *wf_calendar_model_find_sheet (WfCalendarModel *self);
/* Reads the wanted span, unless that is under way. */
void wf_calendar_model_read (WfCalendarModel *self);
void wf_calendar_model_read_ahead (WfCalendarModel *self);
void wf_calendar_model_cancel_reading (WfCalendarModel *self);
/* Of the filter: NULL-terminated ids; NULL: everyone. Owned by the caller. */
char **wf_calendar_model_list_people (WfCalendarModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCalendarSheet, wf_calendar_sheet_unref)

G_END_DECLS
