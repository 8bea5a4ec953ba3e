/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's time as this computer knows it: its own clock, and how far that is wrong. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-server-clock.h"

struct _WfServerClock
{
  WfClock parent_instance;

  WfClock *clock; /* (owned) */
  gint64 offset;
  GPtrArray *alarms; /* (owned) of ServerAlarm (unowned); each takes itself out */
};

typedef struct
{
  WfAlarm parent;
  WfServerClock *clock; /* (owned) */
  WfAlarm *alarm;       /* (owned) of the computer's clock */
  WfAlarmFunc func;
  gpointer user_data;
  WfInstant at;
  gboolean changed; /* to be told that the clock was set */
} ServerAlarm;

G_DEFINE_FINAL_TYPE (WfServerClock, wf_server_clock, WF_TYPE_CLOCK)

/* -- alarms ------------------------------------------------------------------------------------ */

/* What is to be told of a change is told in the alarm's own main context: its alarm is due at
 * once. */
static void
arm (ServerAlarm *self)
{
  if (self->changed)
    wf_alarm_set (self->alarm, wf_clock_now (self->clock->clock));
  else
    wf_alarm_set (self->alarm,
                  self->at == WF_INSTANT_NONE ? WF_INSTANT_NONE : self->at - self->clock->offset);
}

/* The callback may free the alarm: nothing is touched after it. */
static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  ServerAlarm *self = user_data;

  if (self->changed)
    reason = WF_ALARM_CLOCK_CHANGED;
  self->changed = FALSE;
  if (reason == WF_ALARM_DUE)
    self->at = WF_INSTANT_NONE;
  else
    arm (self);
  self->func (reason, self->user_data);
}

static void
server_alarm_set (WfAlarm *base, WfInstant at)
{
  ServerAlarm *self = (ServerAlarm *) base;

  self->at = at;
  arm (self);
}

static void
server_alarm_free (WfAlarm *base)
{
  ServerAlarm *self = (ServerAlarm *) base;

  g_ptr_array_remove_fast (self->clock->alarms, self);
  wf_alarm_free (self->alarm);
  g_object_unref (self->clock);
  g_free (self);
}

static WfAlarm *
wf_server_clock_new_alarm (WfClock *clock, WfAlarmFunc func, gpointer user_data)
{
  WfServerClock *self = WF_SERVER_CLOCK (clock);
  ServerAlarm *alarm = g_new0 (ServerAlarm, 1);

  alarm->parent.set = server_alarm_set;
  alarm->parent.free = server_alarm_free;
  alarm->clock = g_object_ref (self);
  alarm->func = func;
  alarm->user_data = user_data;
  alarm->at = WF_INSTANT_NONE;
  alarm->alarm = wf_clock_new_alarm (self->clock, on_alarm, alarm);
  g_ptr_array_add (self->alarms, alarm);
  return &alarm->parent;
}

/* -- the object -------------------------------------------------------------------------------- */

static WfInstant
wf_server_clock_now (WfClock *clock)
{
  WfServerClock *self = WF_SERVER_CLOCK (clock);

  return wf_clock_now (self->clock) + self->offset;
}

static gint64
wf_server_clock_monotonic (WfClock *clock)
{
  return wf_clock_monotonic (WF_SERVER_CLOCK (clock)->clock);
}

static void
wf_server_clock_finalize (GObject *object)
{
  WfServerClock *self = WF_SERVER_CLOCK (object);

  g_ptr_array_unref (self->alarms);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (wf_server_clock_parent_class)->finalize (object);
}

static void
wf_server_clock_class_init (WfServerClockClass *klass)
{
  WfClockClass *clock_class = WF_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_server_clock_finalize;
  clock_class->now = wf_server_clock_now;
  clock_class->monotonic = wf_server_clock_monotonic;
  clock_class->new_alarm = wf_server_clock_new_alarm;
}

static void
wf_server_clock_init (WfServerClock *self)
{
  self->alarms = g_ptr_array_new ();
}

/**
 * wf_server_clock_new:
 * @clock: the computer's
 *
 * Its alarms may be set only in the thread in which the offset is set.
 *
 * Returns: (transfer full): a clock that shows the same time until it is told how far that is wrong
 */
WfServerClock *
wf_server_clock_new (WfClock *clock)
{
  WfServerClock *self = g_object_new (WF_TYPE_SERVER_CLOCK, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/**
 * wf_server_clock_set_offset:
 * @self: a server's clock
 * @offset: the server's time minus the computer's, microseconds
 *
 * Alarms stay where they are in the server's time.
 */
void
wf_server_clock_set_offset (WfServerClock *self, gint64 offset)
{
  if (self->offset == offset)
    return;
  self->offset = offset;
  for (guint i = 0; i < self->alarms->len; i++)
    {
      ServerAlarm *alarm = g_ptr_array_index (self->alarms, i);

      alarm->changed = TRUE;
      arm (alarm);
    }
}

/**
 * wf_server_clock_get_offset:
 * @self: a server's clock
 *
 * Returns: the server's time minus the computer's, microseconds
 */
gint64
wf_server_clock_get_offset (WfServerClock *self)
{
  return self->offset;
}
