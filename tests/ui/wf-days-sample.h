/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar of days in a window, over a runtime in memory; it is 18 November 2026, 10:20 in São Paulo. */
#pragma once

#include "wf-days-private.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-load-private.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  WfMinuteClock *minutes;
  WfCalendarModel *model;
  GtkWidget *window;
  GtkWidget *box;   /* above each other: the strip, the days */
  WfDaysView *view; /* of the window */
  WfDaysGrid *grid; /* of the view */
  WfLoadStrip *strip;
  GString *opened; /* what was opened and shown, a line each */
} WfDaysSample;

/* zone: an IANA name. now: RFC 3339. person: "carla" sees everyone, "ana" herself. */
void wf_days_sample_init (WfDaysSample *self, const char *zone, const char *now,
                          const char *person);
/* time: "2026-11-18T14:30:00-03:00". Taken by the runtime: change it before it is told. */
WfActivity *wf_days_sample_add (WfDaysSample *self, const char *id, const char *title,
                                const char *time);
/* A meeting of so many minutes. */
WfActivity *wf_days_sample_add_meeting (WfDaysSample *self, const char *id, const char *title,
                                        const char *time, int minutes);
/* A week as pre-sellers have it: late, done and open ones, meetings that overlap. */
void wf_days_sample_fill (WfDaysSample *self);
/* Figures for Ana, Bruno and Carla, for so many days: away, over capacity, closed. */
void wf_days_sample_set_workload (WfDaysSample *self, guint n_people, guint n_days);
/* Opens the window and waits until the days are read and drawn. */
void wf_days_sample_show (WfDaysSample *self, WfCalendarView view, int width, int height,
                          gboolean with_strip);
/* The runtime changed: waits until the model has read it. */
void wf_days_sample_tell (WfDaysSample *self);
/* The sources that are ready, at most a second of them. */
void wf_days_sample_settle (WfDaysSample *self);
/* Nothing of the view may be left: the test ends otherwise. */
void wf_days_sample_clear (WfDaysSample *self);

G_END_DECLS
