/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calendar saves as iCalendar: what is shown, or all that is open; without a display. */
#include "wf-calendar-export.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"

#include <string.h>

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  WfMinuteClock *minutes;
  WfCalendarModel *model;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "ana");
  self->minutes = wf_minute_clock_new (WF_CLOCK (self->clock));
  self->model = wf_calendar_model_new (self->runtime, self->minutes);
  wf_calendar_model_set_view (self->model, WF_CALENDAR_MONTH);
  wf_fake_clock_run_idle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->model);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->minutes);
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

static void
add (Fixture *self, const char *id, const char *person, int days, WfActivityStatus status)
{
  WfActivity *activity = wf_fake_activity_new (
      id, id, person, wf_clock_now (WF_CLOCK (self->clock)) + days * G_TIME_SPAN_DAY);

  activity->status = status;
  wf_fake_runtime_add (self->runtime, activity);
}

static void
fill (Fixture *self)
{
  add (self, "today", "ana", 0, WF_ACTIVITY_OPEN);
  add (self, "done", "ana", -1, WF_ACTIVITY_DONE);
  add (self, "next-month", "ana", 14, WF_ACTIVITY_OPEN); /* in the month's grid, not of the month */
  add (self, "next-year", "ana", 300, WF_ACTIVITY_OPEN);
  add (self, "of-bruno", "bruno", 1, WF_ACTIVITY_OPEN);
}

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static char *
make (Fixture *self, gboolean all_open, guint n, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint found = 0;

  wf_calendar_export_make_async (self->model, all_open, NULL, on_made, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  bytes = wf_calendar_export_make_finish (self->model, result, &found, error);
  g_assert_cmpuint (found, ==, n);
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

static gboolean
has (const char *text, const char *id)
{
  g_autofree char *line = g_strdup_printf ("\r\nUID:%s@", id);

  return strstr (text, line) != NULL;
}

static void
test_shown (Fixture *self, gconstpointer data)
{
  const WfCalendarFilter closed = { .closed = TRUE };
  const WfCalendarFilter everyone = { .everyone = TRUE };

  fill (self);
  g_autofree char *mine = make (self, FALSE, 1, NULL);
  g_assert_true (has (mine, "today"));
  wf_calendar_model_set_filter (self->model, &closed);
  g_autofree char *also_done = make (self, FALSE, 2, NULL);
  g_assert_true (has (also_done, "done"));
  wf_calendar_model_set_filter (self->model, &everyone);
  g_autofree char *all = make (self, FALSE, 2, NULL);
  g_assert_true (has (all, "of-bruno"));
}

static void
test_all_open (Fixture *self, gconstpointer data)
{
  const WfCalendarFilter closed = { .closed = TRUE };

  fill (self);
  wf_calendar_model_set_filter (self->model, &closed);
  g_autofree char *text = make (self, TRUE, 3, NULL);
  g_assert_true (has (text, "next-year"));
  g_assert_false (has (text, "done"));
  g_assert_false (has (text, "of-bruno"));
}

static void
test_failure (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wf_fake_runtime_fail_next (self->runtime, "The disk is broken.");
  g_assert_null (make (self, TRUE, 0, &error));
  g_assert_cmpstr (error->message, ==, "The disk is broken.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/calendar-export/shown", Fixture, NULL, set_up, test_shown, tear_down);
  g_test_add ("/ui/calendar-export/all-open", Fixture, NULL, set_up, test_all_open, tear_down);
  g_test_add ("/ui/calendar-export/failure", Fixture, NULL, set_up, test_failure, tear_down);
  return g_test_run ();
}
