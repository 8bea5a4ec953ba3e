/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old traces go by age and by size, in portions, and the log says so (S29). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define DAY G_TIME_SPAN_DAY

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gpointer
set_limit (WfStore *store, gpointer data, GError **error)
{
  wf_store_set_fact (store, WF_FACT_MOST_BYTES, data, error);
  return NULL;
}

static void
limit_to (WfFixture *f, const char *bytes)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wf_store_thread_write_async (f->runtime->store, set_limit, g_strdup (bytes), g_free, NULL, NULL,
                               on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  wf_store_thread_finish (f->runtime->store, result, &error);
  g_assert_no_error (error);
}

static void
add_events (WfFixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", f->n_events++);

      wf_fixture_add_event (f, id, "lead.updated", "l-1", "ana", NULL);
    }
  wf_fixture_settle (f);
}

/* The computer was off for so long. */
static void
sleep_for (WfFixture *f, gint64 days)
{
  wf_fixture_stop (f);
  wf_fake_clock_jump (f->clock, wf_fixture_now (f) + days * DAY);
  wf_fixture_start (f);
}

static void
begin (WfFixture *f)
{
  wf_fixture_set_up (f, "ana");
  wf_fixture_start (f);
}

static void
test_age (void)
{
  WfFixture f;
  guint before;

  begin (&f);
  add_events (&f, 3000);
  before = wf_fixture_count_log (&f, "event");
  g_assert_cmpuint (before, >=, 3000);
  sleep_for (&f, 395); /* thirteen months */
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_fixture_count_log (&f, "event"), ==, before);

  sleep_for (&f, 10);
  add_events (&f, 1);
  /* So many at once, and the rest after pauses. */
  g_assert_cmpuint (wf_fixture_count_log (&f, "event"), >, 500);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (wf_fixture_count_log (&f, "event"), <, 5);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 1); /* one notice */
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 0);

  /* Once a day: nothing more to say. */
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (wf_fixture_count_log (&f, "change"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* Over the limit the oldest weeks go, with a notice; the last month stays. */
static void
test_size (void)
{
  WfFixture f;
  guint n;

  begin (&f);
  add_events (&f, 1000);
  sleep_for (&f, 60);
  add_events (&f, 1000);
  limit_to (&f, "1000"); /* less than an empty file */
  sleep_for (&f, 2);
  add_events (&f, 1);
  wf_fixture_pass (&f, 20 * MINUTE);
  n = wf_fixture_count_log (&f, "event");
  g_assert_cmpuint (n, >=, 1001);
  g_assert_cmpuint (n, <, 1100);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* A crash in the middle changes nothing: it goes on. */
static void
test_goes_on (void)
{
  WfFixture f;

  begin (&f);
  add_events (&f, 3000);
  sleep_for (&f, 405);
  g_assert_cmpuint (wf_fixture_count_log (&f, "event"), >, 500);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  add_events (&f, 1);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (wf_fixture_count_log (&f, "event"), <, 5);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/retention/age", test_age);
  g_test_add_func ("/runtime/retention/size", test_size);
  g_test_add_func ("/runtime/retention/goes-on", test_goes_on);
  return g_test_run ();
}
