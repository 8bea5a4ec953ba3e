/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program dies at every commit and at every request, before and after it, and is started
 * again: the CRM ends up the same, nothing is reminded of twice and nothing is forgotten (S16,
 * S20, B4). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-crash-scene.h"

#define MINUTE G_TIME_SPAN_MINUTE

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
check_reminders (WfCrashScene *self)
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

static gboolean
play (guint crash_at, char **result)
{
  WfCrashScene scene;
  WfFixture *f = &scene.fixture;

  wf_crash_scene_set_up (&scene, "ana", crash_at);
  wf_fixture_put_workflow (f, 1, NULL, steps);
  wf_crash_scene_start (&scene);
  wf_crash_scene_revive (&scene);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_crash_scene_revive (&scene);
  wf_fixture_add_event (f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_add_event (f, "e-3", "lead.received", "l-3", "bruno", NULL);
  wf_crash_scene_revive (&scene);
  wf_crash_scene_pass (&scene, 2 * MINUTE); /* the pauses after a broken request end */
  wf_crash_scene_complete (&scene, "e-1", "call");
  wf_crash_scene_sleep_until (&scene, 29 * MINUTE);
  wf_crash_scene_pass (&scene, 2 * MINUTE); /* the delayed step */
  wf_crash_scene_sleep_until (&scene, 49 * MINUTE);
  wf_crash_scene_pass (&scene, 5 * MINUTE); /* two reminders */
  wf_crash_scene_sleep_until (&scene, 59 * MINUTE);
  wf_crash_scene_pass (&scene, 2 * MINUTE); /* late */

  *result = wf_crash_scene_describe (&scene);
  check_reminders (&scene);
  return wf_crash_scene_tear_down (&scene);
}

static void
test_every_point (void)
{
  static const char *const expected[] = { "e-1 then ana open", " change-stage l-3",
                                          " close-activities l-3", NULL };

  wf_crash_check_every_point (play, 100, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/crash/every-point", test_every_point);
  return g_test_run ();
}
