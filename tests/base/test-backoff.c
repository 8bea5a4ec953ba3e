/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The retry policy. */
#include "wf-backoff.h"

static void
test_doubles (void)
{
  static const int seconds[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };

  for (guint attempt = 0; attempt < G_N_ELEMENTS (seconds); attempt++)
    {
      g_assert_cmpint (wf_backoff_delay (attempt, 0, 1.0), ==, seconds[attempt] * G_USEC_PER_SEC);
      g_assert_cmpint (wf_backoff_delay (attempt, 0, 0.0), ==,
                       seconds[attempt] * G_USEC_PER_SEC / 2);
      g_assert_cmpint (wf_backoff_delay (attempt, 0, 0.5), ==,
                       seconds[attempt] * G_USEC_PER_SEC * 3 / 4);
    }
  g_assert_cmpint (wf_backoff_delay (G_MAXUINT, 0, 1.0), ==, 60 * G_USEC_PER_SEC);
}

static void
test_server_wins (void)
{
  g_assert_cmpint (wf_backoff_delay (0, 30, 0.0), ==, 30 * G_USEC_PER_SEC);
  g_assert_cmpint (wf_backoff_delay (9, 2, 0.0), ==, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (wf_backoff_delay (0, 30, 1.0), ==, 33 * G_USEC_PER_SEC);
  g_assert_cmpint (wf_backoff_delay (0, G_MAXUINT, 0.0), ==, 3600 * (gint64) G_USEC_PER_SEC);
}

static void
test_random_is_clamped (void)
{
  g_assert_cmpint (wf_backoff_delay (0, 0, -5.0), ==, G_USEC_PER_SEC / 2);
  g_assert_cmpint (wf_backoff_delay (0, 0, 5.0), ==, G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/doubles", test_doubles);
  g_test_add_func ("/backoff/server-wins", test_server_wins);
  g_test_add_func ("/backoff/random-is-clamped", test_random_is_clamped);
  return g_test_run ();
}
