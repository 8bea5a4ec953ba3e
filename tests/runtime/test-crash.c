/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program dies at every commit and at every request, before and after it, and is started
 * again: the CRM ends up the same, nothing is reminded of twice and nothing is forgotten (S16,
 * S20, B4). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define MOST_POINTS 2000

static const char steps[] =
    "[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"call\","
    "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"},\"notify\":{\"amount\":10,\"unit\":\"minutes\"}},"
    "{\"id\":\"then\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"after-previous\"},\"activity-type\":\"visit\","
    "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"},\"notify\":{\"amount\":10,\"unit\":\"minutes\"}},"
    "{\"id\":\"tell\",\"kind\":\"notify\",\"run\":{\"mode\":\"immediately\"},\"text\":\"New: {lead.name}\","
    "\"recipient\":\"responsible\"},"
    "{\"id\":\"later\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":30,"
    "\"unit\":\"minutes\"}},\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}},"
    "{\"id\":\"stage\",\"kind\":\"change-stage\",\"stage\":\"filter-1\"},"
    "{\"id\":\"tidy\",\"kind\":\"close-activities\",\"run\":{\"mode\":\"after-previous\"},"
    "\"activity-types\":[\"visit\"]}]";

typedef struct
{
  WfFixture fixture;
  guint point;    /* points passed so far */
  guint crash_at; /* the point at which the program dies */
  gboolean crashed;
  WfInstant began;
} Scene;

static gboolean
is_the_point (Scene *self)
{
  if (self->crashed || self->point++ != self->crash_at)
    return FALSE;
  self->crashed = TRUE;
  return TRUE;
}

static gboolean
on_fault_point (WfFaultPoint point, gpointer user_data)
{
  return is_the_point (user_data);
}

static gboolean
on_request (WfScriptedCall call, gboolean carried_out, gpointer user_data)
{
  Scene *self = user_data;

  if (!is_the_point (self))
    return TRUE;
  if (self->fixture.runtime != NULL)
    wf_runtime_abandon (self->fixture.runtime);
  return FALSE;
}

static void
on_notify (gpointer user_data)
{
  Scene *self = user_data;

  if (is_the_point (self) && self->fixture.runtime != NULL)
    wf_runtime_abandon (self->fixture.runtime);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  wf_runtime_start_finish (WF_RUNTIME (source), result, &error);
  *(gboolean *) user_data = TRUE;
}

static void
start (Scene *self)
{
  WfFixture *f = &self->fixture;
  gboolean started = FALSE;

  f->runtime = wf_runtime_new (WF_CLOCK (f->clock), WF_CRM (f->crm), WF_NOTIFIER (f->notifier),
                               f->store_path);
  wf_runtime_set_fault_hook (f->runtime, on_fault_point, self);
  wf_runtime_start_async (f->runtime, NULL, on_started, &started);
  while (!started)
    g_main_context_iteration (NULL, TRUE);
  wf_fixture_settle (f);
}

/* After each thing that may have killed it: start it again, as often as needed. */
static void
revive (Scene *self)
{
  wf_fixture_settle (&self->fixture);
  while (self->fixture.runtime->stopped)
    {
      wf_fixture_stop (&self->fixture);
      start (self);
    }
}

static void
pass (Scene *self, gint64 microseconds)
{
  WfInstant until = wf_fixture_now (&self->fixture) + microseconds;

  while (wf_fixture_now (&self->fixture) < until)
    {
      wf_fixture_pass (&self->fixture, MIN (MINUTE, until - wf_fixture_now (&self->fixture)));
      revive (self);
    }
}

/* The computer sleeps until so long after the beginning. */
static void
sleep_until (Scene *self, gint64 microseconds)
{
  wf_fake_clock_jump (self->fixture.clock, self->began + microseconds);
  revive (self);
}

static WfActivity *
find_there (Scene *self, const char *event, const char *step)
{
  for (guint i = 0; i < wf_scripted_crm_get_n_activities (self->fixture.crm); i++)
    {
      WfActivity *activity = wf_scripted_crm_get_activity_at (self->fixture.crm, i);

      if (g_strcmp0 (activity->event_id, event) == 0 && g_strcmp0 (activity->step, step) == 0)
        return activity;
    }
  return NULL;
}

/* A person tries until it is done. */
static void
complete (Scene *self, const char *event, const char *step)
{
  const WfActivity *there = find_there (self, event, step);

  g_assert_nonnull (there);
  for (guint tries = 0; tries < 5; tries++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done = wf_fixture_complete (&self->fixture, there->id, "Reached", &error);

      revive (self);
      if (done || g_error_matches (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES))
        return;
    }
  g_assert_not_reached ();
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* What the CRM has in the end, as text. */
static char *
describe (Scene *self)
{
  WfScriptedCrm *crm = self->fixture.crm;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < wf_scripted_crm_get_n_activities (crm); i++)
    {
      const WfActivity *a = wf_scripted_crm_get_activity_at (crm, i);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s %s %s %s %s", a->id, a->event_id, a->step,
                                               a->person, wf_activity_status_names[a->status],
                                               a->outcome != NULL ? a->outcome : "-"));
    }
  for (guint i = 0; i < wf_scripted_crm_get_n_actions (crm); i++)
    {
      const WfAction *a = wf_scripted_crm_get_action_at (crm, i);

      g_ptr_array_add (
          lines, g_strdup_printf ("%s %s %s", a->key, wf_action_kind_names[a->kind], a->lead));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, g_strdup_printf ("messages %u", wf_scripted_crm_get_n_messages (crm)));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static guint
count_containing (GPtrArray *lines, const char *prefix, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      n += g_str_has_prefix (line, prefix) && g_strrstr (line, id) != NULL;
    }
  return n;
}

/* Each open activity of hers with a reminder popped up at most once, and was named at least
 * once. */
static void
check_reminders (Scene *self)
{
  GPtrArray *lines = wf_recording_notifier_get_lines (self->fixture.notifier);

  for (guint i = 0; i < wf_scripted_crm_get_n_activities (self->fixture.crm); i++)
    {
      const WfActivity *activity = wf_scripted_crm_get_activity_at (self->fixture.crm, i);
      guint n_single = count_containing (lines, "reminder", activity->id);
      guint n_grouped = count_containing (lines, "catch-up", activity->id);

      g_assert_cmpuint (n_single, <=, 1);
      if (g_strcmp0 (activity->person, "ana") == 0 && activity->status == WF_ACTIVITY_OPEN &&
          activity->remind != WF_INSTANT_NONE)
        g_assert_cmpuint (n_single + n_grouped, >=, 1);
    }
}

/* TRUE when the program died on the way. result: what the CRM has in the end. */
static gboolean
play (guint crash_at, char **result)
{
  Scene scene = { .crash_at = crash_at };
  WfFixture *f = &scene.fixture;

  wf_fixture_set_up (f, "ana");
  scene.began = wf_fixture_now (f);
  wf_fixture_put_workflow (f, 1, NULL, steps);
  wf_scripted_crm_set_hook (f->crm, on_request, &scene);
  wf_recording_notifier_set_hook (f->notifier, on_notify, &scene);
  start (&scene);
  revive (&scene);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  revive (&scene);
  wf_fixture_add_event (f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_add_event (f, "e-3", "lead.received", "l-3", "bruno", NULL);
  revive (&scene);
  pass (&scene, 2 * MINUTE); /* the pauses after a broken request end */
  complete (&scene, "e-1", "call");
  sleep_until (&scene, 29 * MINUTE);
  pass (&scene, 2 * MINUTE); /* the delayed step */
  sleep_until (&scene, 49 * MINUTE);
  pass (&scene, 5 * MINUTE); /* two reminders */
  sleep_until (&scene, 59 * MINUTE);
  pass (&scene, 2 * MINUTE); /* late */

  *result = describe (&scene);
  check_reminders (&scene);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f->runtime), ==, 0);
  wf_scripted_crm_set_hook (f->crm, NULL, NULL);
  wf_recording_notifier_set_hook (f->notifier, NULL, NULL);
  wf_fixture_tear_down (f);
  return scene.crashed;
}

static void
test_every_point (void)
{
  g_autofree char *expected = NULL;
  guint n = 0;

  g_assert_false (play (G_MAXUINT, &expected));
  g_assert_nonnull (g_strrstr (expected, "e-1 then ana open"));
  g_assert_nonnull (g_strrstr (expected, " change-stage l-3"));
  g_assert_nonnull (g_strrstr (expected, " close-activities l-3"));
  for (gboolean crashed = TRUE; crashed && n < MOST_POINTS; n++)
    {
      g_autofree char *result = NULL;

      crashed = play (n, &result);
      if (g_strcmp0 (result, expected) != 0)
        g_test_message ("the crash at point %u made a difference", n);
      g_assert_cmpstr (result, ==, expected);
    }
  g_test_message ("%u points of a crash", n);
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpuint (n, <, MOST_POINTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/crash/every-point", test_every_point);
  return g_test_run ();
}
