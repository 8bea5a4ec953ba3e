/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that dies at a chosen commit or request, and is started again. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-crash-scene.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define MOST_POINTS 2000

static gboolean
is_the_point (WfCrashScene *self)
{
  if (self->safe || self->crashed || self->point++ != self->crash_at)
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
  WfCrashScene *self = user_data;

  if (!is_the_point (self))
    return TRUE;
  if (self->fixture.runtime != NULL)
    wf_runtime_abandon (self->fixture.runtime);
  return FALSE;
}

static void
on_notify (gpointer user_data)
{
  WfCrashScene *self = user_data;

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

void
wf_crash_scene_start (WfCrashScene *self)
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

void
wf_crash_scene_revive (WfCrashScene *self)
{
  wf_fixture_settle (&self->fixture);
  while (self->fixture.runtime->stopped)
    {
      wf_fixture_stop (&self->fixture);
      wf_crash_scene_start (self);
    }
}

void
wf_crash_scene_pass (WfCrashScene *self, gint64 microseconds)
{
  WfInstant until = wf_fixture_now (&self->fixture) + microseconds;

  while (wf_fixture_now (&self->fixture) < until)
    {
      wf_fixture_pass (&self->fixture, MIN (MINUTE, until - wf_fixture_now (&self->fixture)));
      wf_crash_scene_revive (self);
    }
}

void
wf_crash_scene_sleep_until (WfCrashScene *self, gint64 microseconds)
{
  wf_fake_clock_jump (self->fixture.clock, self->began + microseconds);
  wf_crash_scene_revive (self);
}

WfActivity *
wf_crash_scene_find (WfCrashScene *self, const char *event, const char *step)
{
  for (guint i = 0; i < wf_scripted_crm_get_n_activities (self->fixture.crm); i++)
    {
      WfActivity *activity = wf_scripted_crm_get_activity_at (self->fixture.crm, i);

      if (g_strcmp0 (activity->event_id, event) == 0 && g_strcmp0 (activity->step, step) == 0)
        return activity;
    }
  return NULL;
}

void
wf_crash_scene_complete (WfCrashScene *self, const char *event, const char *step)
{
  const WfActivity *there = wf_crash_scene_find (self, event, step);

  g_assert_nonnull (there);
  for (guint tries = 0; tries < 5; tries++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done = wf_fixture_complete (&self->fixture, there->id, "Reached", &error);

      wf_crash_scene_revive (self);
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

char *
wf_crash_scene_describe (WfCrashScene *self)
{
  WfScriptedCrm *crm = self->fixture.crm;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < wf_scripted_crm_get_n_activities (crm); i++)
    {
      const WfActivity *a = wf_scripted_crm_get_activity_at (crm, i);

      g_ptr_array_add (lines,
                       g_strdup_printf ("%s %s %s %s %s %s %" G_GINT64_FORMAT, a->id, a->event_id,
                                        a->step, a->person, wf_activity_status_names[a->status],
                                        a->outcome != NULL ? a->outcome : "-",
                                        (a->due - self->began) / MINUTE));
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

void
wf_crash_scene_set_up (WfCrashScene *self, const char *person, guint crash_at)
{
  *self = (WfCrashScene) { .crash_at = crash_at };
  wf_fixture_set_up (&self->fixture, person);
  self->began = wf_fixture_now (&self->fixture);
  wf_scripted_crm_set_hook (self->fixture.crm, on_request, self);
  wf_recording_notifier_set_hook (self->fixture.notifier, on_notify, self);
}

gboolean
wf_crash_scene_tear_down (WfCrashScene *self)
{
  g_assert_cmpuint (wf_runtime_get_pending_changes (self->fixture.runtime), ==, 0);
  wf_scripted_crm_set_hook (self->fixture.crm, NULL, NULL);
  wf_recording_notifier_set_hook (self->fixture.notifier, NULL, NULL);
  wf_fixture_tear_down (&self->fixture);
  return self->crashed;
}

void
wf_crash_check_every_point (WfCrashPlay play, guint least, const char *const *expected)
{
  g_autofree char *undisturbed = NULL;
  guint n = 0;

  g_assert_false (play (G_MAXUINT, &undisturbed));
  for (guint i = 0; expected[i] != NULL; i++)
    {
      if (g_strrstr (undisturbed, expected[i]) == NULL)
        g_test_message ("“%s” is not in:\n%s", expected[i], undisturbed);
      g_assert_nonnull (g_strrstr (undisturbed, expected[i]));
    }
  for (gboolean crashed = TRUE; crashed && n < MOST_POINTS; n++)
    {
      g_autofree char *result = NULL;

      crashed = play (n, &result);
      if (g_strcmp0 (result, undisturbed) != 0)
        g_test_message ("the crash at point %u made a difference", n);
      g_assert_cmpstr (result, ==, undisturbed);
    }
  g_test_message ("%u points of a crash", n);
  g_assert_cmpuint (n, >, least);
  g_assert_cmpuint (n, <, MOST_POINTS);
}
