/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one source of time: wall clock, monotonic clock and wall-clock alarms, replaceable in
 * tests. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* An instant: microseconds since 1970-01-01T00:00:00Z. WF_INSTANT_NONE means "no instant". */
typedef gint64 WfInstant;
#define WF_INSTANT_NONE G_MININT64

#define WF_TYPE_CLOCK (wf_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (WfClock, wf_clock, WF, CLOCK, GObject)

typedef struct _WfAlarm WfAlarm;

typedef enum
{
  WF_ALARM_DUE,           /* the instant was reached */
  WF_ALARM_CLOCK_CHANGED, /* the wall clock was set, or the computer resumed: look again (S20) */
} WfAlarmReason;

/* Called in the main context that was the thread default when the alarm was made. */
typedef void (*WfAlarmFunc) (WfAlarmReason reason, gpointer user_data);

struct _WfClockClass
{
  GObjectClass parent_class;

  WfInstant (*now) (WfClock *self);
  gint64 (*monotonic) (WfClock *self);
  WfAlarm *(*new_alarm) (WfClock *self, WfAlarmFunc func, gpointer user_data);
};

/* The first member of every kind of alarm; a clock derives its own struct from it. */
struct _WfAlarm
{
  void (*set) (WfAlarm *self, WfInstant at);
  void (*free) (WfAlarm *self);
};

WfInstant wf_clock_now (WfClock *self);
gint64 wf_clock_monotonic (WfClock *self);
WfAlarm *wf_clock_new_alarm (WfClock *self, WfAlarmFunc func, gpointer user_data);

/* at: when to call, WF_INSTANT_NONE disarms; an instant in the past is due at once (in the next
 * iteration). */
void wf_alarm_set (WfAlarm *self, WfInstant at);
void wf_alarm_free (WfAlarm *self);

#define WF_TYPE_SYSTEM_CLOCK (wf_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (WfSystemClock, wf_system_clock, WF, SYSTEM_CLOCK, WfClock)

WfClock *wf_system_clock_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAlarm, wf_alarm_free)

G_END_DECLS
