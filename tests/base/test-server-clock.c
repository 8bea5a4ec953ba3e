/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's time on a computer whose clock goes wrong: alarms stay in the server's time. */
#include "wf-server-clock.h"

#include "wf-fake-clock.h"

#define HOUR G_TIME_SPAN_HOUR

typedef struct
{
  WfFakeClock *own;
  WfClock *clock;
  WfAlarm *alarm;
  guint n_due, n_changed;
  gboolean free_in_callback;
} Fixture;

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  Fixture *self = user_data;

  if (reason == WF_ALARM_DUE)
    self->n_due++;
  else
    self->n_changed++;
  if (self->free_in_callback)
    g_clear_pointer (&self->alarm, wf_alarm_free);
}

static void
set_up (Fixture *self)
{
  *self = (Fixture) { .own = wf_fake_clock_new_at ("2026-11-18T13:00:00Z") };
  self->clock = WF_CLOCK (wf_server_clock_new (WF_CLOCK (self->own)));
  self->alarm = wf_clock_new_alarm (self->clock, on_alarm, self);
}

static void
tear_down (Fixture *self)
{
  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_assert_finalize_object (self->clock);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->own), ==, 0);
  g_assert_finalize_object (self->own);
}

static void
set_offset (Fixture *self, gint64 offset)
{
  wf_server_clock_set_offset (WF_SERVER_CLOCK (self->clock), offset);
  g_assert_cmpint (wf_server_clock_get_offset (WF_SERVER_CLOCK (self->clock)), ==, offset);
  g_assert_cmpuint (self->n_changed, ==, 0); /* not from within */
  wf_fake_clock_run_idle ();
}

static void
test_same (void)
{
  Fixture f;
  gint64 monotonic;

  set_up (&f);
  g_assert_cmpint (wf_clock_now (f.clock), ==, wf_clock_now (WF_CLOCK (f.own)));
  wf_alarm_set (f.alarm, wf_clock_now (f.clock) + HOUR);
  monotonic = wf_clock_monotonic (f.clock);
  wf_fake_clock_advance (f.own, HOUR - 1);
  g_assert_cmpuint (f.n_due, ==, 0);
  wf_fake_clock_advance (f.own, 1);
  g_assert_cmpuint (f.n_due, ==, 1);
  g_assert_cmpint (wf_clock_monotonic (f.clock) - monotonic, ==, HOUR);
  wf_fake_clock_advance (f.own, HOUR);
  g_assert_cmpuint (f.n_due, ==, 1);
  tear_down (&f);
}

/* Ours is three hours ahead, or behind: what was armed before is due when the server says so. */
static void
test_wrong (gconstpointer user_data)
{
  gint64 offset = GPOINTER_TO_INT (user_data) * HOUR;
  Fixture f;
  WfInstant at;

  set_up (&f);
  wf_alarm_set (f.alarm, wf_clock_now (f.clock) + 10 * HOUR);
  at = wf_clock_now (f.clock) + 10 * HOUR;
  set_offset (&f, offset);
  g_assert_cmpuint (f.n_changed, ==, 1);
  g_assert_cmpuint (f.n_due, ==, 0);
  g_assert_cmpint (wf_clock_now (f.clock), ==, wf_clock_now (WF_CLOCK (f.own)) + offset);
  wf_fake_clock_advance (f.own, at - wf_clock_now (f.clock) - 1);
  g_assert_cmpuint (f.n_due, ==, 0);
  wf_fake_clock_advance (f.own, 1);
  g_assert_cmpuint (f.n_due, ==, 1);
  g_assert_cmpuint (f.n_changed, ==, 1);
  tear_down (&f);
}

static void
test_again (void)
{
  Fixture f;

  set_up (&f);
  set_offset (&f, HOUR); /* disarmed: told all the same, and not due */
  g_assert_cmpuint (f.n_changed, ==, 1);
  f.n_changed = 0;
  set_offset (&f, HOUR); /* nothing new */
  g_assert_cmpuint (f.n_changed, ==, 0);
  wf_fake_clock_jump (f.own, wf_clock_now (WF_CLOCK (f.own)) + HOUR);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (f.n_changed, ==, 1);
  wf_alarm_set (f.alarm, wf_clock_now (f.clock) - HOUR);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (f.n_due, ==, 1);
  f.n_changed = 0;
  f.free_in_callback = TRUE;
  set_offset (&f, 0);
  g_assert_null (f.alarm);
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-clock/same", test_same);
  g_test_add_data_func ("/server-clock/ahead", GINT_TO_POINTER (-3), test_wrong);
  g_test_add_data_func ("/server-clock/behind", GINT_TO_POINTER (3), test_wrong);
  g_test_add_func ("/server-clock/again", test_again);
  return g_test_run ();
}
