/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of reminders do and look at. */
#include "wf-reminder-scene.h"

#include "wf-instant.h"

#include <string.h>

WfInstant
wf_reminder_scene_at (const char *text)
{
  g_autofree char *full = strchr (text, 'T') == NULL ? g_strdup_printf ("2026-11-18T%sZ", text)
                                                     : g_strdup (text);
  WfInstant instant = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (full, &instant));
  return instant;
}

void
wf_reminder_scene_begin (WfFixture *f)
{
  wf_fixture_set_up (f, "ana");
  wf_fixture_start (f);
}

void
wf_reminder_scene_pass_until (WfFixture *f, const char *text)
{
  wf_fixture_pass (f, wf_reminder_scene_at (text) - wf_fixture_now (f));
}

void
wf_reminder_scene_put (WfFixture *f, const char *id, const char *type, const char *due,
                       const char *remind)
{
  g_autoptr (WfActivity) activity = wf_activity_new (id);

  g_set_str (&activity->lead, "l-1");
  g_set_str (&activity->type, type);
  g_set_str (&activity->title, id);
  g_set_str (&activity->person, "ana");
  activity->created = wf_fixture_now (f);
  activity->due = wf_reminder_scene_at (due);
  activity->remind = remind != NULL ? wf_reminder_scene_at (remind) : WF_INSTANT_NONE;
  wf_scripted_crm_put_activity (f->crm, activity);
}

void
wf_reminder_scene_change (WfFixture *f, const char *id, WfActivityStatus status, const char *due)
{
  g_autoptr (WfActivity) activity = wf_activity_copy (wf_scripted_crm_get_activity (f->crm, id));
  WfInstant moved = due != NULL ? wf_reminder_scene_at (due) - activity->due : 0;

  activity->status = status;
  if (status != WF_ACTIVITY_OPEN)
    activity->completed = wf_fixture_now (f);
  if (activity->remind != WF_INSTANT_NONE)
    activity->remind += moved;
  activity->due += moved;
  wf_scripted_crm_put_activity (f->crm, activity);
  wf_fixture_settle (f);
}

guint
wf_reminder_scene_count (WfFixture *f, const char *prefix)
{
  return wf_recording_notifier_count (f->notifier, prefix);
}

const char *
wf_reminder_scene_get_last_line (WfFixture *f)
{
  GPtrArray *lines = wf_recording_notifier_get_lines (f->notifier);

  return lines->len > 0 ? g_ptr_array_index (lines, lines->len - 1) : "";
}

void
wf_reminder_scene_expect_receipts (WfFixture *f, const char *activity, const char *expected)
{
  g_autofree char *text = wf_fixture_describe_receipts (f, activity);

  g_assert_cmpstr (text, ==, expected);
}
