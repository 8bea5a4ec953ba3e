/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A publisher of an account in memory. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-publisher-scene.h"

#define LONGEST_REAL_WAIT 90

static void
on_timeout (gpointer user_data)
{
  g_error ("The test waits for what does not come");
}

void
wf_publisher_scene_settle (WfPublisherScene *self)
{
  guint watchdog = g_timeout_add_seconds_once (LONGEST_REAL_WAIT, on_timeout, NULL);

  wf_fixture_settle (&self->fixture);
  while (self->publisher != NULL && wf_calendar_publisher_is_busy (self->publisher))
    {
      g_main_context_iteration (NULL, TRUE);
      wf_fake_clock_run_idle ();
    }
  wf_fixture_settle (&self->fixture);
  g_source_remove (watchdog);
}

void
wf_publisher_scene_pass (WfPublisherScene *self, gint64 time)
{
  WfInstant until = wf_fixture_now (&self->fixture) + time;

  while (wf_fixture_now (&self->fixture) < until)
    {
      WfInstant next = wf_fake_clock_get_next_alarm (self->fixture.clock);
      wf_fixture_pass (&self->fixture, next == WF_INSTANT_NONE || next > until
                                           ? until - wf_fixture_now (&self->fixture)
                                           : MAX (next - wf_fixture_now (&self->fixture), 1));
      wf_publisher_scene_settle (self);
    }
}

void
wf_publisher_scene_start (WfPublisherScene *self)
{
  self->publisher = wf_calendar_publisher_new (self->fixture.runtime, self->calendars);
}

void
wf_publisher_scene_stop (WfPublisherScene *self)
{
  guint watchdog = g_timeout_add_seconds_once (LONGEST_REAL_WAIT, on_timeout, NULL);

  wf_calendar_publisher_stop (self->publisher);
  while (wf_calendar_publisher_is_busy (self->publisher))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_finalize_object (g_steal_pointer (&self->publisher));
}

void
wf_publisher_scene_set_up (WfPublisherScene *self, WfCalendars *(*make) (WfClock *clock))
{
  wf_fixture_set_up (&self->fixture, "ana");
  self->calendars = make (WF_CLOCK (self->fixture.clock));
  wf_fixture_start (&self->fixture);
  wf_publisher_scene_start (self);
}

void
wf_publisher_scene_tear_down (WfPublisherScene *self)
{
  if (self->publisher != NULL)
    wf_publisher_scene_stop (self);
  wf_fixture_tear_down (&self->fixture);
  g_clear_object (&self->calendars);
}

void
wf_publisher_scene_begin (WfPublisherScene *self, const WfCalendarTarget *target)
{
  wf_calendar_publisher_begin (self->publisher, target, FALSE);
  wf_publisher_scene_settle (self);
}

void
wf_publisher_scene_add (WfPublisherScene *self, const char *id, WfActivityKind kind, gint64 ahead,
                        gint64 length, const char *place)
{
  g_autoptr (WfActivity) activity = wf_activity_new (id);

  activity->kind = kind;
  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, id);
  g_set_str (&activity->person, "ana");
  g_set_str (&activity->lead, "l-1");
  g_set_str (&activity->place, place);
  activity->created = wf_fixture_now (&self->fixture);
  activity->due = activity->created + ahead;
  if (length > 0)
    activity->ends = activity->due + length;
  wf_scripted_crm_put_activity (self->fixture.crm, activity);
  wf_fixture_settle (&self->fixture);
}

void
wf_publisher_scene_reschedule (WfPublisherScene *self, const char *id, gint64 ahead)
{
  g_autoptr (GError) error = NULL;

  wf_fixture_reschedule (&self->fixture, id, wf_fixture_now (&self->fixture) + ahead, "Asked",
                         &error);
  g_assert_no_error (error);
}

void
wf_publisher_scene_complete (WfPublisherScene *self, const char *id)
{
  g_autoptr (GError) error = NULL;

  wf_fixture_complete (&self->fixture, id, NULL, &error);
  g_assert_no_error (error);
}

void
wf_publisher_scene_check (WfPublisherScene *self, WfPublisherState state, guint n)
{
  g_assert_cmpstr (wf_calendar_publisher_get_problem (self->publisher), ==,
                   state == WF_PUBLISHER_UP_TO_DATE || state == WF_PUBLISHER_OFF
                       ? NULL
                       : wf_calendar_publisher_get_problem (self->publisher));
  g_assert_cmpint (wf_calendar_publisher_get_state (self->publisher), ==, state);
  g_assert_cmpuint (wf_calendar_publisher_get_n_published (self->publisher), ==, n);
}

void
wf_await_callback (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_set_object (&((WfAwait *) user_data)->result, result);
}

GAsyncResult *
wf_await (WfAwait *self)
{
  guint watchdog = g_timeout_add_seconds_once (LONGEST_REAL_WAIT, on_timeout, NULL);

  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  return self->result;
}

void
wf_await_clear (WfAwait *self)
{
  g_clear_object (&self->result);
}

/* ---- calls of real calendars ------------------------------------------------------------------- */

WfCalendarStore *
wf_await_open (WfAwait *self, WfCalendars *calendars, const WfCalendarTarget *target)
{
  g_autoptr (GError) error = NULL;
  WfCalendarStore *store;

  wf_await_clear (self);
  wf_calendars_open_async (calendars, target, NULL, wf_await_callback, self);
  store = wf_calendars_open_finish (calendars, wf_await (self), &error);
  g_assert_no_error (error);
  return store;
}

char *
wf_await_put (WfAwait *self, WfCalendarStore *store, const char *uid, const char *text,
              const char *etag, GError **error)
{
  wf_await_clear (self);
  wf_calendar_store_put_async (store, uid, text, etag, NULL, wf_await_callback, self);
  return wf_calendar_store_put_finish (store, wf_await (self), error);
}

char *
wf_await_find (WfAwait *self, WfCalendarStore *store, const char *uid)
{
  g_autoptr (GError) error = NULL;
  char *etag;

  wf_await_clear (self);
  wf_calendar_store_find_async (store, uid, NULL, wf_await_callback, self);
  etag = wf_calendar_store_find_finish (store, wf_await (self), &error);
  g_assert_no_error (error);
  return etag;
}

gboolean
wf_await_remove (WfAwait *self, WfCalendarStore *store, const char *uid, const char *etag,
                 GError **error)
{
  wf_await_clear (self);
  wf_calendar_store_remove_async (store, uid, etag, NULL, wf_await_callback, self);
  return wf_calendar_store_remove_finish (store, wf_await (self), error);
}
