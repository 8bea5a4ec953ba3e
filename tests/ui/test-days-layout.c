/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where in a day or a week: by wall time, also on days on which the clocks change; what has no room is told by a
 * "+N", and everything can be reached from its neighbour. */
#include "wf-days-layout.h"
#include "wf-load-private.h"

#include "wf-instant.h"

#define HOUR 60 /* pixels */

static const WfDaysMetrics metrics = {
  .hour_height = HOUR, .column_width = 120, .min_height = 20, .min_lane = 50, .more_width = 30
};

typedef struct
{
  WfZoneTable *zone;
  WfCalendarSpan span;
  WfCalendarDays days;
} Fixture;

static WfInstant
at (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static void
fixture_init (Fixture *self, const char *zone, WfCalendarView view, int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  g_autoptr (GTimeZone) local = g_time_zone_new_identifier (zone);
  self->zone = wf_zone_table_new (local);
  wf_calendar_span_init (&self->span, view, &date, G_DATE_MONDAY, local);
  self->days.n_days = self->span.n_days;
  self->days.first = g_new (GPtrArray *, self->span.n_days);
  for (guint i = 0; i < self->span.n_days; i++)
    self->days.first[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
}

static void
fixture_clear (Fixture *self)
{
  for (guint i = 0; i < self->days.n_days; i++)
    g_ptr_array_unref (self->days.first[i]);
  g_free (self->days.first);
  wf_calendar_span_clear (&self->span);
  wf_zone_table_free (self->zone);
}

/* minutes 0: a task that is due then. */
static WfActivity *
add (Fixture *self, const char *id, const char *time, int minutes)
{
  WfActivity *activity = wf_activity_new (id);
  int day;

  activity->due = at (time);
  if (minutes > 0)
    {
      activity->kind = WF_ACTIVITY_MEETING;
      activity->ends = activity->due + minutes * G_TIME_SPAN_MINUTE;
    }
  day = wf_calendar_span_find (&self->span, activity->due);
  g_assert_cmpint (day, >=, 0);
  g_ptr_array_add (self->days.first[day], activity);
  return activity;
}

static WfDaysLayout *
lay_out (Fixture *self)
{
  return wf_days_layout_new (&self->span, &self->days, self->zone, &metrics);
}

/* A task ends with its deadline, a meeting begins with it. */
static void
test_places (void)
{
  Fixture f;
  const WfDaysBlock *block;

  fixture_init (&f, "America/Sao_Paulo", WF_CALENDAR_WEEK, 2026, 11, 18);
  add (&f, "task", "2026-11-18T10:00:00-03:00", 0);
  add (&f, "meeting", "2026-11-19T14:00:00-03:00", 90);
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);

    g_assert_cmpuint (layout->blocks->len, ==, 2);
    block = wf_days_layout_find (layout, "task");
    g_assert_cmpuint (block->day, ==, 2);
    g_assert_cmpint (block->y, ==, 10 * HOUR - HOUR / 4);
    g_assert_cmpint (block->width, ==, 118);
    g_assert_cmpuint (block->position, ==, 1);
    g_assert_cmpuint (block->size, ==, 1);
    block = wf_days_layout_find (layout, "meeting");
    g_assert_cmpuint (block->day, ==, 3);
    g_assert_cmpint (block->y, ==, 14 * HOUR);
    g_assert_cmpint (block->height, ==, 90);
    g_assert_null (wf_days_layout_find (layout, "nothing"));
  }
  fixture_clear (&f);
}

/* What is due as the day begins, or lasts a day, has no place in a column. */
static void
test_whole (void)
{
  Fixture f;

  fixture_init (&f, "America/Sao_Paulo", WF_CALENDAR_DAY, 2026, 11, 18);
  add (&f, "midnight", "2026-11-18T00:00:00-03:00", 0);
  add (&f, "fair", "2026-11-18T09:00:00-03:00", 2 * 24 * 60);
  add (&f, "late-evening", "2026-11-18T23:30:00-03:00", 120);
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);

    g_assert_cmpuint (layout->whole->len, ==, 2);
    g_assert_cmpuint (layout->blocks->len, ==, 1);
    const WfDaysBlock *block = layout->blocks->pdata[0];
    g_assert_cmpint (block->y + block->height, ==, 24 * HOUR);
  }
  fixture_clear (&f);
}

static gboolean
overlap (const WfDaysBlock *a, const WfDaysBlock *b)
{
  return a->day == b->day && a->y < b->y + b->height && b->y < a->y + a->height &&
         a->x < b->x + b->width && b->x < a->x + a->width;
}

static void
assert_nothing_overlaps (const WfDaysLayout *layout)
{
  for (guint i = 0; i < layout->blocks->len; i++)
    {
      const WfDaysBlock *block = layout->blocks->pdata[i];

      g_assert_cmpint (block->x, >=, 0);
      g_assert_cmpint (block->x + block->width, <=, metrics.column_width);
      g_assert_cmpint (block->y, >=, 0);
      g_assert_cmpint (block->y + block->height, <=, 24 * HOUR);
      for (guint j = 0; j < i; j++)
        g_assert_false (overlap (block, layout->blocks->pdata[j]));
    }
}

/* Two fit beside each other, of three one stays and the others are in a "+2" that lists the hour. */
static void
test_more (void)
{
  Fixture f;

  fixture_init (&f, "America/Sao_Paulo", WF_CALENDAR_DAY, 2026, 11, 18);
  add (&f, "a", "2026-11-18T09:00:00-03:00", 30);
  add (&f, "b", "2026-11-18T09:00:00-03:00", 30);
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);

    g_assert_cmpuint (layout->blocks->len, ==, 2);
    g_assert_cmpint (((WfDaysBlock *) layout->blocks->pdata[0])->width, ==, 58);
    assert_nothing_overlaps (layout);
  }
  add (&f, "c", "2026-11-18T09:15:00-03:00", 30);
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);
    const WfDaysBlock *more = wf_days_layout_find (layout, "c");

    g_assert_cmpuint (layout->blocks->len, ==, 2);
    g_assert_nonnull (more);
    g_assert_null (more->activity);
    g_assert_cmpuint (more->n_hidden, ==, 2);
    g_assert_cmpuint (more->slot->len, ==, 3);
    g_assert_cmpuint (more->hour, ==, 9);
    g_assert_true (wf_days_layout_find (layout, "a") != more);
    assert_nothing_overlaps (layout);
  }
  fixture_clear (&f);
}

/* Two full clusters right after each other: what has no room in the first does not reach into the second. */
static void
test_more_between (void)
{
  Fixture f;

  fixture_init (&f, "America/Sao_Paulo", WF_CALENDAR_DAY, 2026, 11, 18);
  for (int i = 0; i < 5; i++)
    {
      const char *const times[] = { "2026-11-18T07:40:00-03:00", "2026-11-18T08:00:00-03:00",
                                    "2026-11-18T08:59:00-03:00", "2026-11-18T09:01:00-03:00",
                                    "2026-11-18T09:22:00-03:00" };
      for (guint j = 0; j < G_N_ELEMENTS (times); j++)
        {
          g_autofree char *id = g_strdup_printf ("%u-%d", j, i);
          add (&f, id, times[j], 0);
        }
    }
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);
    guint n = 0;

    assert_nothing_overlaps (layout);
    for (guint i = 0; i < layout->blocks->len; i++)
      {
        const WfDaysBlock *block = layout->blocks->pdata[i];
        n += block->activity != NULL ? 1 : block->n_hidden;
        if (block->activity == NULL)
          g_assert_cmpuint (block->hour_until, >, block->hour);
      }
    g_assert_cmpuint (n, ==, 25);
  }
  fixture_clear (&f);
}

/* 60 in a working day: all are either shown or counted in their hour, and nothing covers anything. */
static void
test_many (void)
{
  Fixture f;
  guint n = 0;

  fixture_init (&f, "America/Sao_Paulo", WF_CALENDAR_DAY, 2026, 11, 18);
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%d", i);
      g_autofree char *time =
          g_strdup_printf ("2026-11-18T%02d:%02d:00-03:00", 9 + i / 7, i * 11 % 60);
      add (&f, id, time, i % 9 == 0 ? 120 : 0);
    }
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);

    for (guint i = 0; i < layout->blocks->len; i++)
      {
        const WfDaysBlock *block = layout->blocks->pdata[i];
        n += block->activity != NULL ? 1 : block->n_hidden;
      }
    g_assert_cmpuint (n, ==, 60);
    assert_nothing_overlaps (layout);
  }
  fixture_clear (&f);
}

/* S21: nine o'clock is at the same height on every day. */
static void
test_clock_changes (void)
{
  static const struct
  {
    const char *zone;
    int year, month, day;
    const char *time;
    int y;
    gint64 from, until; /* hours */
  } vectors[] = {
    /* forward in the night */
    { "Europe/Berlin", 2026, 3, 29, "2026-03-29T09:00:00+02:00", 9 * HOUR, 2, 3 },
    { "Europe/Berlin", 2026, 3, 29, "2026-03-29T01:30:00+01:00", HOUR + HOUR / 2, 2, 3 },
    /* back: the second half past two stands where the first does */
    { "Europe/Berlin", 2026, 10, 25, "2026-10-25T02:30:00+02:00", 2 * HOUR + HOUR / 2, 3, 2 },
    { "Europe/Berlin", 2026, 10, 25, "2026-10-25T02:30:00+01:00", 2 * HOUR + HOUR / 2, 3, 2 },
    { "Europe/Berlin", 2026, 10, 25, "2026-10-25T09:00:00+01:00", 9 * HOUR, 3, 2 },
    /* midnight is skipped, and comes twice */
    { "America/Sao_Paulo", 2018, 11, 4, "2018-11-04T09:00:00-02:00", 9 * HOUR, 0, 1 },
    { "America/Sao_Paulo", 2018, 2, 17, "2018-02-17T09:00:00-02:00", 9 * HOUR, 24, 23 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      Fixture f;
      gint64 from, until;

      fixture_init (&f, vectors[i].zone, WF_CALENDAR_DAY, vectors[i].year, vectors[i].month,
                    vectors[i].day);
      add (&f, "a", vectors[i].time, 30);
      g_autoptr (WfDaysLayout) layout = lay_out (&f);
      g_assert_cmpint (wf_days_layout_find (layout, "a")->y, ==, vectors[i].y);
      g_assert_true (wf_days_get_clock_change (&f.span, 0, f.zone, &from, &until));
      g_assert_cmpint (from / G_TIME_SPAN_HOUR, ==, vectors[i].from);
      g_assert_cmpint (until / G_TIME_SPAN_HOUR, ==, vectors[i].until);
      fixture_clear (&f);
    }
}

/* What happens in both of the hours that come twice stands side by side. */
static void
test_twice (void)
{
  Fixture f;
  gint64 from, until;

  fixture_init (&f, "Europe/Berlin", WF_CALENDAR_DAY, 2026, 10, 25);
  add (&f, "first", "2026-10-25T02:30:00+02:00", 30);
  add (&f, "second", "2026-10-25T02:30:00+01:00", 30);
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);

    assert_nothing_overlaps (layout);
    g_assert_cmpint (wf_days_layout_find (layout, "first")->y, ==,
                     wf_days_layout_find (layout, "second")->y);
  }
  fixture_clear (&f);
  fixture_init (&f, "Europe/Berlin", WF_CALENDAR_DAY, 2026, 10, 26);
  g_assert_false (wf_days_get_clock_change (&f.span, 0, f.zone, &from, &until));
  fixture_clear (&f);
}

/* A place back into an instant: what does not exist is shifted by the gap, of two it is the earlier (S21). */
static void
test_instants (void)
{
  static const struct
  {
    int month, day;
    gint64 minutes;
    const char *time;
  } vectors[] = {
    { 3, 29, 9 * 60, "2026-03-29T07:00:00Z" },
    { 3, 29, 2 * 60 + 30, "2026-03-29T01:30:00Z" },
    { 10, 25, 2 * 60 + 30, "2026-10-25T00:30:00Z" },
    { 10, 25, 9 * 60, "2026-10-25T08:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      Fixture f;

      fixture_init (&f, "Europe/Berlin", WF_CALENDAR_DAY, 2026, vectors[i].month, vectors[i].day);
      WfInstant instant =
          wf_days_get_instant (&f.span, 0, vectors[i].minutes * G_TIME_SPAN_MINUTE, f.zone);
      g_autofree char *text = wf_instant_format_utc (instant);
      g_assert_cmpstr (text, ==, vectors[i].time);
      fixture_clear (&f);
    }
}

static void
test_snap (void)
{
  static const struct
  {
    gint64 minutes;
    int step, direction;
    gint64 snapped;
  } vectors[] = {
    { 607, 15, 0, 600 }, { 608, 15, 0, 615 },  { 607, 15, 1, 615 }, { 607, 15, -1, 600 },
    { 600, 15, 1, 615 }, { 600, 15, -1, 585 }, { 607, 5, 0, 605 },  { 0, 15, -1, -15 },
    { 7, 15, -1, 0 },    { -7, 15, 0, 0 },     { -8, 15, 0, -15 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    g_assert_cmpint (wf_days_snap (vectors[i].minutes * G_TIME_SPAN_MINUTE, vectors[i].step,
                                   vectors[i].direction) /
                         G_TIME_SPAN_MINUTE,
                     ==, vectors[i].snapped);
}

static const char *
go (const WfDaysLayout *layout, const char *from, int days, int steps)
{
  const WfDaysBlock *to =
      wf_days_layout_step (layout, wf_days_layout_find (layout, from), days, steps);

  return to != NULL ? to->activity->id : NULL;
}

static void
test_steps (void)
{
  Fixture f;

  fixture_init (&f, "America/Sao_Paulo", WF_CALENDAR_WEEK, 2026, 11, 18);
  add (&f, "mon-9", "2026-11-16T09:00:00-03:00", 0);
  add (&f, "mon-15", "2026-11-16T15:00:00-03:00", 0);
  add (&f, "wed-10", "2026-11-18T10:00:00-03:00", 0);
  add (&f, "wed-16", "2026-11-18T16:00:00-03:00", 0);
  {
    g_autoptr (WfDaysLayout) layout = lay_out (&f);

    g_assert_cmpstr (go (layout, "mon-9", 0, 1), ==, "mon-15");
    g_assert_cmpstr (go (layout, "mon-15", 0, 1), ==, NULL);
    g_assert_cmpstr (go (layout, "mon-15", 0, -1), ==, "mon-9");
    g_assert_cmpstr (go (layout, "mon-9", 1, 0), ==, "wed-10");
    g_assert_cmpstr (go (layout, "mon-15", 1, 0), ==, "wed-16");
    g_assert_cmpstr (go (layout, "wed-16", -1, 0), ==, "mon-15");
    g_assert_cmpstr (go (layout, "wed-16", 1, 0), ==, NULL);
  }
  fixture_clear (&f);
}

/* ---- workload ---------------------------------------------------------------------------------- */

static void
test_load (void)
{
  static const struct
  {
    WfDayLoad load;
    gboolean holiday;
    const char *text, *description;
  } vectors[] = {
    { { 10, 3, 1.2, 20, FALSE },
      FALSE,
      "14/20",
      "Ana, Monday, 23 November: 14 of 20. 10 certain, 3 committed, 1 expected" },
    { { 0, 0, 0, 20, FALSE }, FALSE, "0/20", "Ana, Monday, 23 November: 0 of 20" },
    { { 19, 3, 0, 20, FALSE },
      FALSE,
      "22/20",
      "Ana, Monday, 23 November: 22 of 20. 19 certain, 3 committed, 0 expected. 2 more than the "
      "capacity" },
    { { 0, 0, 0, 0, TRUE }, FALSE, "Away", "Ana, Monday, 23 November: 0 activities. Away" },
    { { 1, 0, 0, 0, FALSE },
      TRUE,
      "1",
      "Ana, Monday, 23 November: 1 activity. 1 certain, 0 committed, 0 expected. 1 more than the "
      "capacity. Natal" },
    { { 0, 0, 0, 0, FALSE }, FALSE, "", "Ana, Monday, 23 November: 0 activities. Closed day" },
    /* the parts make up the sum */
    { { 2, 1, 0.4, 5, FALSE },
      FALSE,
      "3/5",
      "Ana, Monday, 23 November: 3 of 5. 2 certain, 1 committed, 0 expected" },
  };
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 23, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      WfLoadFigures figures;

      wf_load_figures_init (&figures, &vectors[i].load, vectors[i].holiday);
      g_autofree char *text = wf_load_figures_to_text (&figures);
      g_autofree char *description =
          wf_load_figures_describe (&figures, "Ana", &date, vectors[i].holiday ? "Natal" : NULL);
      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_cmpstr (description, ==, vectors[i].description);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/days-layout/places", test_places);
  g_test_add_func ("/days-layout/whole", test_whole);
  g_test_add_func ("/days-layout/more", test_more);
  g_test_add_func ("/days-layout/more-between", test_more_between);
  g_test_add_func ("/days-layout/many", test_many);
  g_test_add_func ("/days-layout/clock-changes", test_clock_changes);
  g_test_add_func ("/days-layout/twice", test_twice);
  g_test_add_func ("/days-layout/instants", test_instants);
  g_test_add_func ("/days-layout/snap", test_snap);
  g_test_add_func ("/days-layout/steps", test_steps);
  g_test_add_func ("/days-layout/load", test_load);
  return g_test_run ();
}
