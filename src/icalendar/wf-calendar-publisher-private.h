/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the publisher share. */
#pragma once

#include "wf-calendar-publisher.h"
#include "wf-published.h"

G_BEGIN_DECLS

/* What was too far ahead comes near. */
#define WF_CALENDAR_PUBLISHER_PERIOD G_TIME_SPAN_HOUR

/* One entry that is put or removed. */
typedef struct
{
  char *uid;            /* (owned) */
  WfActivity *activity; /* (owned) (nullable) NULL: the entry is removed */
  char *digest;         /* (owned) (nullable) of what is put */
  guint n_looks;
} WfPublisherJob;

struct _WfCalendarPublisher
{
  GObject parent_instance;

  WfRuntime *runtime;     /* (owned) */
  WfCalendars *calendars; /* (owned) */
  WfClock *clock;         /* (owned) */
  char *path;             /* (owned) of the file */
  WfPublished *published; /* (owned) */
  WfCalendarStore *store; /* (owned) (nullable) until it was opened */

  WfAlarm *alarm; /* (owned) the next pass */
  WfInstant due;
  guint n_failures;

  /* Of the pass under way, which holds a reference. */
  gboolean busy, again, forgetting, stopped;
  gboolean unsaved;          /* what the person chose is not on the disk yet */
  gboolean pass_leaving;     /* it removes everything */
  GCancellable *cancellable; /* (owned) (nullable) */
  GPtrArray *jobs;           /* (owned) (nullable) of WfPublisherJob */
  guint n_done;              /* jobs */
  GError *failure;           /* (owned) (nullable) */

  WfPublisherState state;
  char *problem; /* (owned) (nullable) */
  WfInstant last;
};

void wf_publisher_job_free (gpointer job);

/* ---- the object --------------------------------------------------------------------------------- */

/* problem: (nullable) in words. Tells everybody. */
void wf_calendar_publisher_set_state (WfCalendarPublisher *self, WfPublisherState state,
                                      const char *problem);
/* The next pass begins after the pause. */
void wf_calendar_publisher_arm (WfCalendarPublisher *self, gint64 pause);
/* Forgets the calendar, its password and what was published. */
void wf_calendar_publisher_turn_off (WfCalendarPublisher *self);

/* ---- a pass ------------------------------------------------------------------------------------- */

void wf_calendar_publisher_begin_pass (WfCalendarPublisher *self);
/* error: (nullable) taken. What the calendar took is written down, however it ended. */
void wf_calendar_publisher_end_pass (WfCalendarPublisher *self, GError *error);
/* Writes down what is published; the callback gets the publisher. */
void wf_calendar_publisher_save (WfCalendarPublisher *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback);
/* Finds out what there is to do, and does it. activities: by due. */
void wf_calendar_publisher_plan (WfCalendarPublisher *self, GPtrArray *activities);
/* The next of the jobs, or the end of the pass. */
void wf_calendar_publisher_next_job (WfCalendarPublisher *self);

G_END_DECLS
