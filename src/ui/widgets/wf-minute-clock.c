/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves the window's texts on each full minute. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-minute-clock.h"

/* A little after the minute, so that what was due exactly on it has become late. */
#define AFTER_MINUTE (50 * G_TIME_SPAN_MILLISECOND)

struct _WfMinuteClock
{
  GObject parent_instance;

  WfClock *clock;
  WfAlarm *alarm;  /* (owned) (nullable) while started */
  GTimeZone *zone; /* (owned) */
  guint n_starts;
};

enum
{
  PROP_NOW = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfMinuteClock, wf_minute_clock, G_TYPE_OBJECT)

static void
arm (WfMinuteClock *self)
{
  WfInstant now = wf_clock_now (self->clock);

  wf_alarm_set (self->alarm, (now / G_TIME_SPAN_MINUTE + 1) * G_TIME_SPAN_MINUTE + AFTER_MINUTE);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  g_autoptr (WfMinuteClock) self = g_object_ref (WF_MINUTE_CLOCK (user_data));

  /* Nothing else tells that somebody set another zone. */
  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_new_local ();
  arm (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOW]);
}

static void
wf_minute_clock_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int64 (value, wf_minute_clock_get_now (WF_MINUTE_CLOCK (object)));
}

static void
wf_minute_clock_dispose (GObject *object)
{
  WfMinuteClock *self = WF_MINUTE_CLOCK (object);

  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (wf_minute_clock_parent_class)->dispose (object);
}

static void
wf_minute_clock_class_init (WfMinuteClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wf_minute_clock_get_property;
  object_class->dispose = wf_minute_clock_dispose;
  props[PROP_NOW] =
      g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_minute_clock_init (WfMinuteClock *self)
{
  self->zone = g_time_zone_new_local ();
}

WfMinuteClock *
wf_minute_clock_new (WfClock *clock)
{
  WfMinuteClock *self = g_object_new (WF_TYPE_MINUTE_CLOCK, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
wf_minute_clock_start (WfMinuteClock *self)
{
  g_return_if_fail (WF_IS_MINUTE_CLOCK (self));
  if (self->n_starts++ > 0)
    return;
  self->alarm = wf_clock_new_alarm (self->clock, on_alarm, self);
  arm (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOW]);
}

void
wf_minute_clock_stop (WfMinuteClock *self)
{
  g_return_if_fail (WF_IS_MINUTE_CLOCK (self) && self->n_starts > 0);
  if (--self->n_starts == 0)
    g_clear_pointer (&self->alarm, wf_alarm_free);
}

WfInstant
wf_minute_clock_get_now (WfMinuteClock *self)
{
  g_return_val_if_fail (WF_IS_MINUTE_CLOCK (self), 0);
  return wf_clock_now (self->clock);
}

GTimeZone *
wf_minute_clock_get_zone (WfMinuteClock *self)
{
  g_return_val_if_fail (WF_IS_MINUTE_CLOCK (self), NULL);
  return self->zone;
}
