/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alarms of the system's clock, and the clock that other tests use. */
#include "wf-clock.h"
#include "wf-fake-clock.h"

#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define FAR (365 * 24 * G_TIME_SPAN_HOUR)

typedef struct
{
  WfClock *clock;
  WfAlarm *alarm;
  guint n_due, n_changed;
  WfInstant last, again;
  gboolean free_in_callback;
} Seen;

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  Seen *seen = user_data;

  if (reason == WF_ALARM_DUE)
    seen->n_due++;
  else
    seen->n_changed++;
  seen->last = wf_clock_now (seen->clock);
  if (seen->again != 0)
    wf_alarm_set (seen->alarm, seen->last + seen->again);
  if (seen->free_in_callback)
    g_clear_pointer (&seen->alarm, wf_alarm_free);
}

static void
on_time_out (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Runs the main loop until the alarm was due that often; gives up after ten seconds. */
static void
wait_for (Seen *seen, guint n_due)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_once (10000, on_time_out, &late);

  while (seen->n_due < n_due && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (source);
}

static void
check_system_alarms (void)
{
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  Seen seen = { .clock = clock };
  WfInstant at = wf_clock_now (clock) + 20 * G_TIME_SPAN_MILLISECOND;

  seen.alarm = wf_clock_new_alarm (clock, on_alarm, &seen);
  wf_alarm_set (seen.alarm, at);
  wait_for (&seen, 1);
  g_assert_cmpint (seen.last, >=, at);

  wf_alarm_set (seen.alarm, 0); /* long ago */
  wait_for (&seen, 2);
  wf_alarm_set (seen.alarm, wf_clock_now (clock) + FAR);
  wf_alarm_set (seen.alarm, wf_clock_now (clock) + G_TIME_SPAN_MILLISECOND);
  wait_for (&seen, 3);

  seen.free_in_callback = TRUE;
  wf_alarm_set (seen.alarm, wf_clock_now (clock));
  wait_for (&seen, 4);
  g_assert_null (seen.alarm);
}

static void
test_system (void)
{
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  gint64 before = wf_clock_monotonic (clock);

  g_assert_cmpint (ABS (wf_clock_now (clock) - g_get_real_time ()), <, G_TIME_SPAN_MINUTE);
  g_assert_cmpint (wf_clock_monotonic (clock), >=, before);
  check_system_alarms ();
}

/* An alarm that is disarmed, or far away, is not due. */
static void
test_system_quiet (void)
{
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  Seen quiet = { .clock = clock }, busy = { .clock = clock };

  quiet.alarm = wf_clock_new_alarm (clock, on_alarm, &quiet);
  busy.alarm = wf_clock_new_alarm (clock, on_alarm, &busy);
  wf_alarm_set (quiet.alarm, wf_clock_now (clock));
  wf_alarm_set (quiet.alarm, WF_INSTANT_NONE);
  wf_alarm_set (busy.alarm, wf_clock_now (clock) + 10 * G_TIME_SPAN_MILLISECOND);
  wait_for (&busy, 1);
  wf_alarm_set (quiet.alarm, wf_clock_now (clock) + FAR);
  wf_alarm_set (busy.alarm, wf_clock_now (clock) + 10 * G_TIME_SPAN_MILLISECOND);
  wait_for (&busy, 2);
  g_assert_cmpuint (quiet.n_due, ==, 0);
  wf_alarm_free (quiet.alarm);
  wf_alarm_free (busy.alarm);
}

/* Without a free file descriptor there is no timer of the kernel: alarms still work. */
static void
test_system_fallback (void)
{
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (int));
  struct rlimit limit;
  int fd;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = MIN (limit.rlim_cur, 128);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  while ((fd = dup (1)) >= 0)
    g_array_append_val (used, fd);
  g_assert_cmpint (timerfd_create (CLOCK_REALTIME, 0), ==, -1);
  check_system_alarms ();
  for (guint i = 0; i < used->len; i++)
    close (g_array_index (used, int, i));
}

static void
test_fake_advance (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-20T20:50:00Z");
  WfInstant start = wf_clock_now (WF_CLOCK (clock));
  Seen seen = { .clock = WF_CLOCK (clock) };

  seen.alarm = wf_clock_new_alarm (WF_CLOCK (clock), on_alarm, &seen);
  wf_alarm_set (seen.alarm, start + G_TIME_SPAN_HOUR);
  wf_fake_clock_advance (clock, G_TIME_SPAN_HOUR - 1);
  g_assert_cmpuint (seen.n_due, ==, 0);
  wf_fake_clock_advance (clock, 1);
  g_assert_cmpuint (seen.n_due, ==, 1);
  g_assert_cmpint (seen.last, ==, start + G_TIME_SPAN_HOUR);
  g_assert_cmpint (wf_fake_clock_get_next_alarm (clock), ==, WF_INSTANT_NONE);

  seen.again = G_TIME_SPAN_HOUR; /* armed again on the way */
  wf_alarm_set (seen.alarm, start + 2 * G_TIME_SPAN_HOUR);
  wf_fake_clock_advance_to (clock, start + 5 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (seen.n_due, ==, 5);
  g_assert_cmpint (wf_clock_monotonic (WF_CLOCK (clock)), ==,
                   G_USEC_PER_SEC + 5 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (clock), ==, 1);
  wf_alarm_free (seen.alarm);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (clock), ==, 0);
}

static void
test_fake_jump (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new (0);
  Seen seen = { .clock = WF_CLOCK (clock) };

  seen.alarm = wf_clock_new_alarm (WF_CLOCK (clock), on_alarm, &seen);
  wf_fake_clock_jump (clock, G_TIME_SPAN_DAY);
  g_assert_cmpuint (seen.n_changed, ==, 0);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (seen.n_changed, ==, 1);
  g_assert_cmpuint (seen.n_due, ==, 0);

  wf_alarm_set (seen.alarm, 2 * G_TIME_SPAN_DAY);
  wf_fake_clock_jump (clock, 3 * G_TIME_SPAN_DAY);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (seen.n_changed, ==, 2);
  g_assert_cmpuint (seen.n_due, ==, 1);
  g_assert_cmpint (wf_clock_monotonic (WF_CLOCK (clock)), ==, G_USEC_PER_SEC);

  seen.free_in_callback = TRUE;
  wf_fake_clock_jump (clock, 0);
  wf_fake_clock_run_idle ();
  g_assert_null (seen.alarm);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/system-quiet", test_system_quiet);
  g_test_add_func ("/clock/system-fallback", test_system_fallback);
  g_test_add_func ("/clock/fake-advance", test_fake_advance);
  g_test_add_func ("/clock/fake-jump", test_fake_jump);
  return g_test_run ();
}
