/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one source of time, and the system's own: alarms on a wall-clock timer of the kernel. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-clock.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

G_DEFINE_ABSTRACT_TYPE (WfClock, wf_clock, G_TYPE_OBJECT)

static void
wf_clock_class_init (WfClockClass *klass)
{
}

static void
wf_clock_init (WfClock *self)
{
}

WfInstant
wf_clock_now (WfClock *self)
{
  g_return_val_if_fail (WF_IS_CLOCK (self), 0);
  return WF_CLOCK_GET_CLASS (self)->now (self);
}

/* Microseconds that never go backwards; only differences mean something. */
gint64
wf_clock_monotonic (WfClock *self)
{
  g_return_val_if_fail (WF_IS_CLOCK (self), 0);
  return WF_CLOCK_GET_CLASS (self)->monotonic (self);
}

/**
 * wf_clock_new_alarm:
 * @self: the clock
 * @func: called when due and whenever the wall clock was set, armed or not; it may set or free the
 *   alarm
 * @user_data: for @func
 *
 * Returns: (transfer full): a disarmed alarm in the thread-default main context
 */
WfAlarm *
wf_clock_new_alarm (WfClock *self, WfAlarmFunc func, gpointer user_data)
{
  g_return_val_if_fail (WF_IS_CLOCK (self), NULL);
  return WF_CLOCK_GET_CLASS (self)->new_alarm (self, func, user_data);
}

void
wf_alarm_set (WfAlarm *self, WfInstant at)
{
  self->set (self, at);
}

void
wf_alarm_free (WfAlarm *self)
{
  if (self != NULL)
    self->free (self);
}

/* Policy of the system's alarms (S20): the kernel's timer runs on the wall clock, so that it
 * counts through sleep, and is cancelled when the clock is set, which also happens on resume. It
 * is never disarmed, because a disarmed one would not report that, and never set further than a
 * day ahead: one idle wake-up a day costs nothing and no far date overflows. Where the kernel
 * gives no such timer, a timeout looks at both clocks once a minute. */
#define FURTHEST_AHEAD (24 * G_TIME_SPAN_HOUR)
#define FALLBACK_PERIOD G_TIME_SPAN_MINUTE
#define FALLBACK_TOLERANCE G_TIME_SPAN_SECOND

typedef struct
{
  WfAlarm parent;
  GSource *source; /* (owned) */
  WfAlarmFunc func;
  gpointer user_data;
  WfInstant at;
} SystemAlarm;

typedef struct
{
  GSource parent;
  SystemAlarm *alarm;
  int fd;          /* -1: fallback */
  gpointer tag;    /* of fd */
  gint64 distance; /* fallback: wall clock minus monotonic clock */
} AlarmSource;

struct _WfSystemClock
{
  WfClock parent_instance;
};

G_DEFINE_FINAL_TYPE (WfSystemClock, wf_system_clock, WF_TYPE_CLOCK)

static void
arm_fallback (AlarmSource *source, WfInstant at)
{
  gint64 wait = FALLBACK_PERIOD;

  if (at != WF_INSTANT_NONE)
    wait = CLAMP (at - g_get_real_time (), 0, FALLBACK_PERIOD);
  g_source_set_ready_time (&source->parent, g_get_monotonic_time () + wait);
}

static void
arm (AlarmSource *source, WfInstant at)
{
  gint64 furthest = g_get_real_time () + FURTHEST_AHEAD;
  struct itimerspec spec = { 0 };

  if (source->fd < 0)
    {
      arm_fallback (source, at);
      return;
    }
  at = at == WF_INSTANT_NONE ? furthest : CLAMP (at, 1, furthest);
  spec.it_value.tv_sec = at / G_USEC_PER_SEC;
  spec.it_value.tv_nsec = at % G_USEC_PER_SEC * 1000;
  if (timerfd_settime (source->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) != 0)
    g_warning ("The wall-clock timer cannot be set: %s", g_strerror (errno));
}

static gboolean
on_source_check (GSource *base)
{
  AlarmSource *source = (AlarmSource *) base;

  if (source->fd < 0)
    return g_source_get_ready_time (base) <= g_source_get_time (base);
  return (g_source_query_unix_fd (base, source->tag) & G_IO_IN) != 0;
}

/* TRUE when the wall clock was set since the last look. */
static gboolean
take_clock_change (AlarmSource *source)
{
  guint64 expirations;

  if (source->fd < 0)
    {
      gint64 distance = g_get_real_time () - g_get_monotonic_time ();
      gboolean changed = ABS (distance - source->distance) > FALLBACK_TOLERANCE;

      source->distance = distance;
      return changed;
    }
  return read (source->fd, &expirations, sizeof expirations) < 0 && errno == ECANCELED;
}

/* The callback may free the alarm: nothing is touched after it. */
static gboolean
on_source_dispatch (GSource *base, GSourceFunc unused, gpointer user_data)
{
  AlarmSource *source = (AlarmSource *) base;
  SystemAlarm *alarm = source->alarm;
  WfAlarmReason reason = WF_ALARM_CLOCK_CHANGED;

  if (!take_clock_change (source))
    {
      if (alarm->at == WF_INSTANT_NONE || g_get_real_time () < alarm->at)
        {
          arm (source, alarm->at);
          return G_SOURCE_CONTINUE;
        }
      reason = WF_ALARM_DUE;
      alarm->at = WF_INSTANT_NONE;
    }
  arm (source, alarm->at);
  alarm->func (reason, alarm->user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_source_finalize (GSource *base)
{
  AlarmSource *source = (AlarmSource *) base;

  if (source->fd >= 0)
    close (source->fd);
}

static GSourceFuncs alarm_source_funcs = {
  .check = on_source_check,
  .dispatch = on_source_dispatch,
  .finalize = on_source_finalize,
};

static void
system_alarm_set (WfAlarm *base, WfInstant at)
{
  SystemAlarm *self = (SystemAlarm *) base;

  self->at = at;
  arm ((AlarmSource *) self->source, at);
}

static void
system_alarm_free (WfAlarm *base)
{
  SystemAlarm *self = (SystemAlarm *) base;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

static WfInstant
wf_system_clock_now (WfClock *clock)
{
  return g_get_real_time ();
}

static gint64
wf_system_clock_monotonic (WfClock *clock)
{
  return g_get_monotonic_time ();
}

static WfAlarm *
wf_system_clock_new_alarm (WfClock *clock, WfAlarmFunc func, gpointer user_data)
{
  SystemAlarm *self = g_new0 (SystemAlarm, 1);
  AlarmSource *source;

  self->parent.set = system_alarm_set;
  self->parent.free = system_alarm_free;
  self->func = func;
  self->user_data = user_data;
  self->at = WF_INSTANT_NONE;
  self->source = g_source_new (&alarm_source_funcs, sizeof (AlarmSource));
  g_source_set_static_name (self->source, "wall-clock alarm");
  /* Whoever hears that the clock was set hears it before anything is done with the new time. */
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  source = (AlarmSource *) self->source;
  source->alarm = self;
  source->distance = g_get_real_time () - g_get_monotonic_time ();
  source->fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (source->fd >= 0)
    source->tag = g_source_add_unix_fd (self->source, source->fd, G_IO_IN);
  arm (source, WF_INSTANT_NONE);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return &self->parent;
}

static void
wf_system_clock_class_init (WfSystemClockClass *klass)
{
  WfClockClass *clock_class = WF_CLOCK_CLASS (klass);

  clock_class->now = wf_system_clock_now;
  clock_class->monotonic = wf_system_clock_monotonic;
  clock_class->new_alarm = wf_system_clock_new_alarm;
}

static void
wf_system_clock_init (WfSystemClock *self)
{
}

WfClock *
wf_system_clock_new (void)
{
  return g_object_new (WF_TYPE_SYSTEM_CLOCK, NULL);
}
