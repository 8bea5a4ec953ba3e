/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calendar shows: reading, reading ahead, filters, titles, absences; without a display. */
#include "wf-calendar-model.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  WfMinuteClock *minutes;
  WfCalendarModel *model;
  guint n_changed;
} Fixture;

static void
on_changed (Fixture *self)
{
  self->n_changed++;
}

static void
make_model (Fixture *self)
{
  self->model = wf_calendar_model_new (self->runtime, self->minutes);
  g_signal_connect_swapped (self->model, "changed", G_CALLBACK (on_changed), self);
}

static void
set_up (Fixture *self, gconstpointer person)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation,
                                       person != NULL ? person : "ana");
  self->minutes = wf_minute_clock_new (WF_CLOCK (self->clock));
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
add (Fixture *self, const char *id, const char *person, gint64 hours)
{
  wf_fake_runtime_add (self->runtime, wf_fake_activity_new (id, id, person,
                                                            wf_clock_now (WF_CLOCK (self->clock)) +
                                                                hours * G_TIME_SPAN_HOUR));
}

static GDate
make_date (guint year, guint month, guint day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return date;
}

static gboolean
is_loaded (Fixture *self)
{
  gboolean loaded;

  g_object_get (self->model, "loaded", &loaded, NULL);
  return loaded;
}

/* Runs until the days shown are as the store; the pause between two readings is real time. */
static void
settle (Fixture *self)
{
  gint64 until = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  wf_fake_clock_run_idle ();
  while (!is_loaded (self) && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_loaded (self));
  wf_fake_clock_run_idle ();
}

static guint
count_shown (Fixture *self)
{
  const WfCalendarDays *days = wf_calendar_model_get_days (self->model);
  guint n = 0;

  for (guint i = 0; days != NULL && i < days->n_days; i++)
    n += days->first[i]->len;
  return n;
}

static void
assert_title (Fixture *self, const char *expected)
{
  g_autofree char *title = wf_calendar_model_describe_span (self->model);

  g_assert_cmpstr (title, ==, expected);
}

/* ---- reading ---- */

static void
test_first (Fixture *self, gconstpointer data)
{
  const WfCalendarSpan *span;

  add (self, "a-1", "ana", -2);
  add (self, "a-2", "ana", 3);
  add (self, "a-3", "bruno", 3);
  add (self, "a-4", "ana", 24 * 40);
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  g_assert_null (wf_calendar_model_get_days (self->model));
  g_assert_false (is_loaded (self));
  span = wf_calendar_model_get_span (self->model);
  g_assert_cmpint (span->view, ==, WF_CALENDAR_MONTH);
  g_assert_cmpuint (span->n_days, ==, 35);
  settle (self);
  span = wf_calendar_model_get_span (self->model);
  int today = wf_calendar_span_find (span, wf_calendar_model_get_now (self->model));
  const WfCalendarDays *days = wf_calendar_model_get_days (self->model);
  g_assert_cmpint (today, ==, 17);
  g_assert_cmpuint (days->counts[today].open, ==, 2);
  g_assert_cmpuint (days->counts[today].late, ==, 1);
  g_assert_cmpuint (count_shown (self), ==, 2); /* the own ones */
}

/* The neighbours are read ahead: a step shows its days at once, and never a blank page before. */
static void
test_step (Fixture *self, gconstpointer data)
{
  add (self, "a-1", "ana", 24 * 30);
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  settle (self);
  self->n_changed = 0;
  wf_calendar_model_step (self->model, 1);
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_true (is_loaded (self));
  g_assert_cmpuint (count_shown (self), ==, 1);
  assert_title (self, "December 2026");
  wf_calendar_model_step (self->model, -1);
  wf_calendar_model_step (self->model, -1);
  g_assert_true (is_loaded (self));
  assert_title (self, "October 2026");
  settle (self);
}

/* A view that is not known yet: the old one stays until the answer is there. */
static void
test_no_blank (Fixture *self, gconstpointer data)
{
  add (self, "a-1", "ana", 1);
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  settle (self);
  wf_calendar_model_set_view (self->model, WF_CALENDAR_WEEK);
  g_assert_false (is_loaded (self));
  g_assert_cmpint (wf_calendar_model_get_span (self->model)->view, ==, WF_CALENDAR_MONTH);
  g_assert_nonnull (wf_calendar_model_get_days (self->model));
  assert_title (self, "15–21 November 2026");
  settle (self);
  g_assert_cmpint (wf_calendar_model_get_span (self->model)->view, ==, WF_CALENDAR_WEEK);
  g_assert_cmpuint (count_shown (self), ==, 1);
  /* back again: it is still known */
  wf_calendar_model_set_view (self->model, WF_CALENDAR_MONTH);
  g_assert_true (is_loaded (self));
}

/* Another date of the same span reads nothing. */
static void
test_same_span (Fixture *self, gconstpointer data)
{
  const GDate date = make_date (2026, 11, 25);

  make_model (self);
  settle (self);
  self->n_changed = 0;
  wf_calendar_model_set_date (self->model, &date);
  g_assert_cmpuint (self->n_changed, ==, 0);
  g_assert_true (is_loaded (self));
  g_assert_cmpint (g_date_compare (wf_calendar_model_get_date (self->model), &date), ==, 0);
}

static void
test_changes (Fixture *self, gconstpointer data)
{
  make_model (self);
  settle (self);
  add (self, "a-1", "ana", 1);
  wf_fake_runtime_tell (self->runtime);
  g_assert_false (is_loaded (self));
  settle (self);
  g_assert_cmpuint (count_shown (self), ==, 1);
  /* several while one reading is under way: the last state counts */
  add (self, "a-2", "ana", 2);
  wf_fake_runtime_tell (self->runtime);
  add (self, "a-3", "ana", 3);
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  g_assert_cmpuint (count_shown (self), ==, 3);
  /* a neighbour that was read before is shown, and read again */
  add (self, "a-4", "ana", 24 * 30);
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  wf_calendar_model_step (self->model, 1);
  g_assert_nonnull (wf_calendar_model_get_days (self->model));
  settle (self);
  g_assert_cmpuint (count_shown (self), ==, 1);
}

/* What was due in this minute is late in the next (R18). */
static void
test_minute (Fixture *self, gconstpointer data)
{
  const WfCalendarSpan *span;

  add (self, "a-1", "ana", 1);
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  wf_minute_clock_start (self->minutes);
  settle (self);
  span = wf_calendar_model_get_span (self->model);
  int today = wf_calendar_span_find (span, wf_calendar_model_get_now (self->model));
  g_assert_cmpuint (wf_calendar_model_get_days (self->model)->counts[today].late, ==, 0);
  wf_fake_clock_advance (self->clock, G_TIME_SPAN_HOUR + 2 * G_TIME_SPAN_MINUTE);
  settle (self);
  g_assert_cmpuint (wf_calendar_model_get_days (self->model)->counts[today].late, ==, 1);
  wf_minute_clock_stop (self->minutes);
}

static void
test_error (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  make_model (self);
  wf_fake_clock_run_idle ();
  g_object_get (self->model, "error", &error, NULL);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, "The disk is full.");
  g_assert_null (wf_calendar_model_get_days (self->model));
  wf_calendar_model_reload (self->model);
  settle (self);
  g_clear_error (&error);
  g_object_get (self->model, "error", &error, NULL);
  g_assert_no_error (error);
}

/* An error does not take away what is shown. */
static void
test_error_later (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add (self, "a-1", "ana", 1);
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  settle (self);
  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  wf_calendar_model_reload (self->model);
  wf_fake_clock_run_idle ();
  g_object_get (self->model, "error", &error, NULL);
  g_assert_nonnull (error);
  g_assert_cmpuint (count_shown (self), ==, 1);
}

static void
test_inactive (Fixture *self, gconstpointer data)
{
  make_model (self);
  settle (self);
  wf_calendar_model_set_active (self->model, FALSE);
  add (self, "a-1", "ana", 1);
  wf_fake_runtime_tell (self->runtime);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (count_shown (self), ==, 0);
  wf_calendar_model_set_active (self->model, TRUE);
  settle (self);
  g_assert_cmpuint (count_shown (self), ==, 1);
}

static void
test_per_day (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%02u", i);
      add (self, id, "ana", 1);
    }
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  settle (self);
  g_assert_cmpuint (count_shown (self), ==, 8);
  wf_calendar_model_set_per_day (self->model, 3); /* a smaller window reads nothing */
  g_assert_true (is_loaded (self));
  wf_calendar_model_set_per_day (self->model, 13);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (count_shown (self), ==, 16);
  wf_calendar_model_set_view (self->model, WF_CALENDAR_WEEK);
  settle (self);
  g_assert_cmpuint (count_shown (self), ==, 30);
}

/* ---- filter ---- */

static void
test_filter (Fixture *self, gconstpointer data)
{
  static char *const bruno[] = { "bruno", NULL }, *const both[] = { "ana", "bruno", NULL };
  static char *const inbound[] = { "inbound", NULL }, *const nobody[] = { "empty", NULL };
  static char *const calls[] = { "call", NULL }, *const flow[] = { "w-1", NULL };
  static const struct
  {
    WfCalendarFilter filter;
    guint n;
    gboolean several;
  } vectors[] = {
    { { 0 }, 0, FALSE },
    { { .everyone = TRUE }, 4, TRUE },
    { { .people = (char **) bruno }, 1, FALSE },
    { { .people = (char **) both }, 3, TRUE },
    { { .groups = (char **) inbound }, 3, TRUE },
    { { .groups = (char **) inbound, .people = (char **) bruno }, 3, TRUE },
    { { .groups = (char **) nobody }, 0, TRUE },
    { { .everyone = TRUE, .types = (char **) calls }, 1, TRUE },
    { { .everyone = TRUE, .workflows = (char **) flow }, 1, TRUE },
    { { .everyone = TRUE, .closed = TRUE }, 5, TRUE },
  };
  WfActivity *activity;

  add (self, "a-1", "ana", 1);
  add (self, "a-2", "ana", 2);
  add (self, "a-3", "bruno", 1);
  add (self, "a-4", NULL, 1);
  add (self, "a-5", "ana", 1);
  activity = wf_fake_runtime_change (self->runtime, "a-2");
  g_set_str (&activity->type, "call");
  activity = wf_fake_runtime_change (self->runtime, "a-3");
  g_set_str (&activity->workflow, "w-1");
  activity = wf_fake_runtime_change (self->runtime, "a-5");
  activity->status = WF_ACTIVITY_DONE;
  activity->completed = activity->due;
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%u", i);
      wf_calendar_model_set_filter (self->model, &vectors[i].filter);
      settle (self);
      g_assert_cmpuint (count_shown (self), ==, vectors[i].n);
      g_assert_cmpint (wf_calendar_model_shows_several (self->model), ==, vectors[i].several);
    }
}

static void
test_filter_text (void)
{
  static char *const some[] = { "a", "“b”", NULL };
  static const WfCalendarFilter filters[] = {
    { 0 },
    { .everyone = TRUE },
    { .closed = TRUE, .people = (char **) some, .types = (char **) some },
    { .groups = (char **) some, .workflows = (char **) some },
  };
  static const char *const wrong[] = {
    NULL, "", "nonsense", "[]", "{\"people\":7}", "{\"people\":[7,null,\"\"],\"everyone\":\"x\"}"
  };
  static const WfCalendarFilter none = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *text = wf_calendar_filter_to_text (&filters[i]);
      g_autoptr (WfCalendarFilter) read = wf_calendar_filter_parse (text);
      g_autoptr (WfCalendarFilter) copy = wf_calendar_filter_copy (read);
      g_assert_true (wf_calendar_filter_equal (read, &filters[i]));
      g_assert_true (wf_calendar_filter_equal (copy, read));
      for (guint j = 0; j < G_N_ELEMENTS (filters); j++)
        g_assert_cmpint (wf_calendar_filter_equal (read, &filters[j]), ==, i == j);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (WfCalendarFilter) read = wf_calendar_filter_parse (wrong[i]);
      g_assert_true (wf_calendar_filter_equal (read, &none));
    }
}

/* ---- words ---- */

static void
test_titles (Fixture *self, gconstpointer data)
{
  static const struct
  {
    WfCalendarView view;
    guint year, month, day;
    const char *title;
  } vectors[] = {
    { WF_CALENDAR_DAY, 2026, 11, 18, "Wednesday, 18 November 2026" },
    { WF_CALENDAR_WEEK, 2026, 11, 18, "15–21 November 2026" },
    { WF_CALENDAR_WEEK, 2026, 12, 1, "29 November – 5 December 2026" },
    { WF_CALENDAR_WEEK, 2026, 12, 30, "27 December 2026 – 2 January 2027" },
    { WF_CALENDAR_MONTH, 2026, 11, 18, "November 2026" },
    { WF_CALENDAR_AGENDA, 2026, 11, 18, "18 November – 15 December 2026" },
  };

  make_model (self);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const GDate date = make_date (vectors[i].year, vectors[i].month, vectors[i].day);
      wf_calendar_model_set_view (self->model, vectors[i].view);
      wf_calendar_model_set_date (self->model, &date);
      assert_title (self, vectors[i].title);
    }
  settle (self);
}

static WfOrganisation *
read_absences (void)
{
  static const char text[] =
      "{\"format\":1,\"name\":\"A\",\"process\":\"1\",\"people\":["
      "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"pre-seller\",\"active\":true,\"groups\":[\"g\"],"
      "\"absences\":[{\"id\":\"6f0c3b9e-2b0e-4d0e-9a55-0d4f6f1a1d01\",\"from\":"
      "\"2026-11-18T00:00:00Z\",\"until\":\"2026-11-20T00:00:00Z\",\"treatment\":\"hold\"}]},"
      "{\"id\":\"bruno\",\"name\":\"Bruno\",\"role\":\"pre-seller\",\"active\":true,"
      "\"groups\":[\"g\"],"
      "\"absences\":[{\"id\":\"6f0c3b9e-2b0e-4d0e-9a55-0d4f6f1a1d02\",\"from\":"
      "\"2026-11-19T12:00:00Z\",\"until\":\"2026-11-19T18:00:00Z\",\"treatment\":\"hold\"}]}],"
      "\"groups\":[{\"id\":\"g\",\"name\":\"G\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation;

  g_assert_no_error (error);
  organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_nonnull (organisation);
  return organisation;
}

static void
test_absences (Fixture *self, gconstpointer data)
{
  static char *const group[] = { "g", NULL };
  static const WfCalendarFilter filters[] = { { 0 },
                                              { .groups = (char **) group },
                                              { .everyone = TRUE } };
  static const char *const expected[][4] = {
    /* 17, 18, 19, 20 November */
    { NULL, "Ana is away", "Ana is away", NULL },
    { NULL, "Ana is away", "Ana, Bruno are away", NULL },
    { NULL, "Ana is away", "Ana, Bruno are away", NULL },
  };
  g_autoptr (WfOrganisation) organisation = read_absences ();

  wf_fake_runtime_set_account (self->runtime, organisation, "ana");
  make_model (self);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      wf_calendar_model_set_filter (self->model, &filters[i]);
      settle (self);
      for (guint j = 0; j < 4; j++)
        {
          g_autofree char *text = wf_calendar_model_describe_absences (self->model, 16 + j);
          g_assert_cmpstr (text, ==, expected[i][j]);
        }
    }
}

/* ---- selection ---- */

static void
on_selected (guint *n)
{
  (*n)++;
}

static void
test_selection (Fixture *self, gconstpointer data)
{
  guint n = 0;
  WfActivity *activity;

  add (self, "a-1", "ana", 1);
  wf_fake_runtime_tell (self->runtime);
  make_model (self);
  settle (self);
  g_signal_connect_swapped (self->model, "selected", G_CALLBACK (on_selected), &n);
  wf_calendar_model_select (self->model, "a-1");
  wf_calendar_model_select (self->model, "a-1");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (wf_calendar_model_get_selected_activity (self->model)->title, ==, "a-1");
  /* it follows the store */
  activity = wf_fake_runtime_change (self->runtime, "a-1");
  g_set_str (&activity->title, "Other");
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  g_assert_cmpstr (wf_calendar_model_get_selected_activity (self->model)->title, ==, "Other");
  /* what is gone stays known as it was */
  activity = wf_fake_runtime_change (self->runtime, "a-1");
  activity->status = WF_ACTIVITY_DONE;
  wf_fake_runtime_tell (self->runtime);
  settle (self);
  g_assert_cmpuint (count_shown (self), ==, 0);
  g_assert_cmpstr (wf_calendar_model_get_selected_activity (self->model)->title, ==, "Other");
  wf_calendar_model_select (self->model, "unknown");
  g_assert_null (wf_calendar_model_get_selected_activity (self->model));
  wf_calendar_model_select (self->model, NULL);
  g_assert_cmpuint (n, ==, 3);
}

static void
test_hours (Fixture *self, gconstpointer data)
{
  make_model (self);
  g_assert_true (wf_calendar_model_get_hours (self->model) ==
                 wf_organisation_get_hours (self->organisation));
  wf_fake_runtime_set_account (self->runtime, NULL, NULL);
  g_assert_null (wf_calendar_model_get_hours (self->model));
  settle (self);
}

#define ADD(path, person, function)                                                                \
  g_test_add ("/calendar-model/" path, Fixture, person, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first", "ana", test_first);
  ADD ("step", "ana", test_step);
  ADD ("no-blank", "ana", test_no_blank);
  ADD ("same-span", "ana", test_same_span);
  ADD ("changes", "ana", test_changes);
  ADD ("minute", "ana", test_minute);
  ADD ("error", "ana", test_error);
  ADD ("error-later", "ana", test_error_later);
  ADD ("inactive", "ana", test_inactive);
  ADD ("per-day", "ana", test_per_day);
  ADD ("filter", "carla", test_filter);
  g_test_add_func ("/calendar-model/filter-text", test_filter_text);
  ADD ("titles", "ana", test_titles);
  ADD ("absences", "ana", test_absences);
  ADD ("selection", "ana", test_selection);
  ADD ("hours", "ana", test_hours);
  return g_test_run ();
}
