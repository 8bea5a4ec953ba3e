/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clock that stands still until a test moves it. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-clock.h"
#include "wf-instant.h"

#define MOST_ROUNDS 10000

struct _WfFakeClock
{
  WfClock parent_instance;

  WfInstant now;
  gint64 monotonic;
  GPtrArray *alarms; /* of FakeAlarm; each takes itself out */
};

typedef struct
{
  WfAlarm parent;
  WfFakeClock *clock; /* (owned) */
  GSource *source;    /* (owned) ready when there is something to tell */
  WfAlarmFunc func;
  gpointer user_data;
  WfInstant at;
  gboolean changed;
} FakeAlarm;

G_DEFINE_FINAL_TYPE (WfFakeClock, wf_fake_clock, WF_TYPE_CLOCK)

static gboolean
is_due (const FakeAlarm *alarm)
{
  return alarm->at != WF_INSTANT_NONE && alarm->at <= alarm->clock->now;
}

static void
update_source (FakeAlarm *alarm)
{
  g_source_set_ready_time (alarm->source, alarm->changed || is_due (alarm) ? 0 : -1);
}

/* The callback may free the alarm: nothing is touched after it. */
static gboolean
on_alarm_ready (gpointer user_data)
{
  FakeAlarm *alarm = user_data;
  WfAlarmReason reason = WF_ALARM_CLOCK_CHANGED;

  if (alarm->changed)
    {
      alarm->changed = FALSE;
    }
  else if (is_due (alarm))
    {
      reason = WF_ALARM_DUE;
      alarm->at = WF_INSTANT_NONE;
    }
  else
    {
      update_source (alarm);
      return G_SOURCE_CONTINUE;
    }
  update_source (alarm);
  alarm->func (reason, alarm->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_source_dispatch (GSource *source, GSourceFunc func, gpointer user_data)
{
  return func (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = on_source_dispatch };

static void
fake_alarm_set (WfAlarm *base, WfInstant at)
{
  FakeAlarm *self = (FakeAlarm *) base;

  self->at = at;
  update_source (self);
}

static void
fake_alarm_free (WfAlarm *base)
{
  FakeAlarm *self = (FakeAlarm *) base;

  g_ptr_array_remove (self->clock->alarms, self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->clock);
  g_free (self);
}

static WfInstant
wf_fake_clock_now (WfClock *clock)
{
  return WF_FAKE_CLOCK (clock)->now;
}

static gint64
wf_fake_clock_monotonic (WfClock *clock)
{
  return WF_FAKE_CLOCK (clock)->monotonic;
}

static WfAlarm *
wf_fake_clock_new_alarm (WfClock *clock, WfAlarmFunc func, gpointer user_data)
{
  WfFakeClock *self = WF_FAKE_CLOCK (clock);
  FakeAlarm *alarm = g_new0 (FakeAlarm, 1);

  alarm->parent.set = fake_alarm_set;
  alarm->parent.free = fake_alarm_free;
  alarm->clock = g_object_ref (self);
  alarm->func = func;
  alarm->user_data = user_data;
  alarm->at = WF_INSTANT_NONE;
  alarm->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (alarm->source, "fake alarm");
  g_source_set_priority (alarm->source, G_PRIORITY_HIGH); /* as the system's */
  g_source_set_callback (alarm->source, on_alarm_ready, alarm, NULL);
  g_source_attach (alarm->source, g_main_context_get_thread_default ());
  g_ptr_array_add (self->alarms, alarm);
  return &alarm->parent;
}

static void
wf_fake_clock_finalize (GObject *object)
{
  WfFakeClock *self = WF_FAKE_CLOCK (object);

  g_ptr_array_unref (self->alarms);
  G_OBJECT_CLASS (wf_fake_clock_parent_class)->finalize (object);
}

static void
wf_fake_clock_class_init (WfFakeClockClass *klass)
{
  WfClockClass *clock_class = WF_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_fake_clock_finalize;
  clock_class->now = wf_fake_clock_now;
  clock_class->monotonic = wf_fake_clock_monotonic;
  clock_class->new_alarm = wf_fake_clock_new_alarm;
}

static void
wf_fake_clock_init (WfFakeClock *self)
{
  self->alarms = g_ptr_array_new ();
  self->monotonic = G_USEC_PER_SEC;
}

WfFakeClock *
wf_fake_clock_new (WfInstant start)
{
  WfFakeClock *self = g_object_new (WF_TYPE_FAKE_CLOCK, NULL);

  self->now = start;
  return self;
}

WfFakeClock *
wf_fake_clock_new_at (const char *start)
{
  WfInstant instant = 0;

  if (!wf_instant_parse (start, &instant))
    g_error ("“%s” is no RFC 3339 time", start);
  return wf_fake_clock_new (instant);
}

static void
set_now (WfFakeClock *self, WfInstant at)
{
  self->now = at;
  for (guint i = 0; i < self->alarms->len; i++)
    update_source (g_ptr_array_index (self->alarms, i));
}

void
wf_fake_clock_run_idle (void)
{
  GMainContext *context = g_main_context_get_thread_default ();

  for (guint i = 0; i < MOST_ROUNDS; i++)
    if (!g_main_context_iteration (context, FALSE))
      return;
  g_error ("The main context is not idle after %d rounds", MOST_ROUNDS);
}

void
wf_fake_clock_advance_to (WfFakeClock *self, WfInstant at)
{
  g_return_if_fail (at >= self->now);
  wf_fake_clock_run_idle ();
  for (guint i = 0; i < MOST_ROUNDS * 100 && self->now <= at; i++)
    {
      WfInstant next = wf_fake_clock_get_next_alarm (self);

      if (next == WF_INSTANT_NONE || next > at)
        next = at;
      next = MAX (next, self->now);
      self->monotonic += next - self->now;
      set_now (self, next);
      wf_fake_clock_run_idle ();
      next = wf_fake_clock_get_next_alarm (self);
      if (self->now == at && (next == WF_INSTANT_NONE || next > at))
        return;
    }
  g_error ("An alarm is armed again and again for the past");
}

void
wf_fake_clock_advance (WfFakeClock *self, gint64 microseconds)
{
  wf_fake_clock_advance_to (self, self->now + microseconds);
}

void
wf_fake_clock_pass_over (WfFakeClock *self, gint64 microseconds)
{
  g_return_if_fail (microseconds >= 0);
  self->monotonic += microseconds;
  set_now (self, self->now + microseconds);
}

void
wf_fake_clock_jump (WfFakeClock *self, WfInstant at)
{
  for (guint i = 0; i < self->alarms->len; i++)
    ((FakeAlarm *) g_ptr_array_index (self->alarms, i))->changed = TRUE;
  set_now (self, at);
}

guint
wf_fake_clock_get_n_alarms (WfFakeClock *self)
{
  return self->alarms->len;
}

WfInstant
wf_fake_clock_get_next_alarm (WfFakeClock *self)
{
  WfInstant next = WF_INSTANT_NONE;

  for (guint i = 0; i < self->alarms->len; i++)
    {
      const FakeAlarm *alarm = g_ptr_array_index (self->alarms, i);

      if (alarm->at != WF_INSTANT_NONE && (next == WF_INSTANT_NONE || alarm->at < next))
        next = alarm->at;
    }
  return next;
}
