/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines against a naive model that looks at each minute, over random calendars, zones and
 * durations. */
#include "wf-deadline.h"
#include "wf-test-calendar.h"

/* The model is a row of minutes. Wall times come from GDateTime's own rules, minute by minute, and
 * the calendar is looked up in plain lists, so that it shares neither arithmetic nor data
 * structures with the code under test. */

#define MODEL_MINUTES (50 * 24 * 60)
#define MARGIN_MINUTES (3 * 24 * 60)
#define WALL_MINUTES (MODEL_MINUTES + 4 * 24 * 60)
#define WALL_BEFORE (2 * 24 * 60)
#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define N_CALENDARS 200
#define N_CASES 60

static const char *const zones[] = { "America/Sao_Paulo",   "Europe/Berlin", "America/New_York",
                                     "Australia/Lord_Howe", "Asia/Kolkata",  "UTC" };
static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

typedef struct
{
  WfWorkingHours *hours;
  GTimeZone *zone;
  gint64 start;  /* minutes since 1970, UTC, of index 0 */
  gint32 *wall;  /* minute index -> wall minute relative to start */
  gint32 *first; /* wall minute + WALL_BEFORE -> first minute index that shows it, -1: none */
  guint8 *open;  /* minute index -> open? */
  int week[7][3][2], n[7]; /* spans in minutes of the day */
  gboolean holidays[60];   /* by day after the model's first local day */
} Model;

static WfInstant
to_instant (const Model *model, gint64 index)
{
  return (model->start + index) * MINUTE;
}

static gint64
get_wall_day (const Model *model, gint64 index)
{
  gint64 wall = model->start + model->wall[index];

  return (wall - (wall % 1440 + 1440) % 1440) / 1440;
}

/* Non-existent: from the last wall minute that exists before it as many minutes on. */
static gint64
find_index_of_wall (const Model *model, gint64 wall)
{
  gint64 relative = wall - model->start, back = 0;

  g_assert_cmpint (relative, >=, -WALL_BEFORE);
  g_assert_cmpint (relative, <, WALL_MINUTES - WALL_BEFORE);
  while (relative - back > -WALL_BEFORE && model->first[relative - back + WALL_BEFORE] < 0)
    back++;
  return model->first[relative - back + WALL_BEFORE] + back;
}

/* In minutes. */
static gint64
ask_offset (const Model *model, gint64 second)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (second);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, model->zone);

  return g_date_time_get_utc_offset (local) / MINUTE;
}

static void
fill_walls (Model *model)
{
  gint64 offset = ask_offset (model, model->start * 60);

  for (gint64 i = 0; i < WALL_MINUTES; i++)
    model->first[i] = -1;
  for (gint64 i = 0; i < MODEL_MINUTES; i++)
    {
      gint64 wall;

      /* Asking is slow; in the years of the model clocks change at full quarters of an hour
       * only. */
      if ((model->start + i) % 15 == 0)
        offset = ask_offset (model, (model->start + i) * 60);
      wall = i + offset;
      model->wall[i] = (gint32) wall;
      if (wall + WALL_BEFORE >= 0 && wall + WALL_BEFORE < WALL_MINUTES &&
          model->first[wall + WALL_BEFORE] < 0)
        model->first[wall + WALL_BEFORE] = (gint32) i;
    }
}

static void
fill_open (Model *model)
{
  gint64 first_day = get_wall_day (model, 0), last_day = get_wall_day (model, MODEL_MINUTES - 1);

  /* The first and the last day are cut off: nothing is open there in the model, and cases keep away
   * from them. */
  for (gint64 day = first_day + 1; day < last_day; day++)
    {
      int weekday = (int) ((day + 3) % 7);

      for (int i = 0; i < model->n[weekday] && !model->holidays[day - first_day]; i++)
        {
          gint64 open = find_index_of_wall (model, day * 1440 + model->week[weekday][i][0]);
          gint64 close = find_index_of_wall (model, day * 1440 + model->week[weekday][i][1]);

          for (gint64 j = open; j < close; j++)
            model->open[j] = TRUE;
        }
    }
}

/* Up to three spans on most days, often in the small hours, where the clocks change. */
static void
make_week (Model *model, GRand *random)
{
  for (int day = 0; day < 7; day++)
    {
      int at = g_rand_int_range (random, 0, 200);

      model->n[day] = 0;
      for (int i = g_rand_int_range (random, 0, 4); i > 0 && at < 1300; i--)
        {
          int close = at + g_rand_int_range (random, 1, 500);

          close = MIN (close, 1440);
          model->week[day][model->n[day]][0] = at;
          model->week[day][model->n[day]][1] = close;
          model->n[day]++;
          at = close + g_rand_int_range (random, 0, 180);
        }
    }
  if (model->n[2] == 0)
    {
      model->week[2][0][0] = 540;
      model->week[2][0][1] = 1080;
      model->n[2] = 1;
    }
}

static void
make_hours (Model *model, GRand *random, const char *zone)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 first_day = get_wall_day (model, 0);
  const char *comma = "";

  g_string_append_printf (text, "{'time-zone':'%s','week':{", zone);
  for (int day = 0; day < 7; day++)
    {
      g_string_append_printf (text, "%s'%s':[", day > 0 ? "," : "", weekdays[day]);
      for (int i = 0; i < model->n[day]; i++)
        {
          const int *span = model->week[day][i];

          g_string_append_printf (text, "%s['%02d:%02d','%02d:%02d']", i > 0 ? "," : "",
                                  span[0] / 60, span[0] % 60, span[1] / 60, span[1] % 60);
        }
      g_string_append (text, "]");
    }
  g_string_append (text, "},'holidays':[");
  for (guint i = 0; i < G_N_ELEMENTS (model->holidays); i++)
    {
      g_autoptr (GDateTime) day = NULL;
      g_autofree char *date = NULL;

      model->holidays[i] = g_rand_int_range (random, 0, 9) == 0;
      if (!model->holidays[i])
        continue;
      day = g_date_time_new_from_unix_utc ((first_day + i) * 86400);
      date = g_date_time_format (day,
                                 g_rand_boolean (random) ? "'date':'%Y-%m-%d'" : "'every':'%m-%d'");
      g_string_append_printf (text, "%s{%s}", comma, date);
      comma = ",";
    }
  g_string_append (text, "]}");
  model->hours = wf_test_hours (text->str);
}

/* Half of the models lie around a change of the clocks, wherever the zone has any. */
static gint64
choose_start (GRand *random)
{
  static const char *const changes[] = {
    "2009-10-18T03:00:00Z", "2009-11-01T06:00:00Z", "1996-03-31T01:00:00Z", "2017-10-15T03:00:00Z",
    "2018-02-18T02:00:00Z", "2018-11-04T03:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z",
    "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z", "2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"
  };

  if (g_rand_boolean (random))
    return wf_test_instant ("2006-01-01T00:00:00Z") / MINUTE +
           g_rand_int_range (random, 0, 30 * 365) * 1440;
  return wf_test_instant (changes[g_rand_int_range (random, 0, G_N_ELEMENTS (changes))]) / MINUTE -
         g_rand_int_range (random, 5, 40) * 1440;
}

static Model *
model_new (GRand *random, const char *zone)
{
  Model *model = g_new0 (Model, 1);

  model->zone = g_time_zone_new_identifier (zone);
  g_assert_nonnull (model->zone);
  model->start = choose_start (random);
  model->wall = g_new0 (gint32, MODEL_MINUTES);
  model->first = g_new0 (gint32, WALL_MINUTES);
  model->open = g_new0 (guint8, MODEL_MINUTES);
  fill_walls (model);
  make_week (model, random);
  make_hours (model, random, zone);
  fill_open (model);
  return model;
}

static void
model_free (Model *model)
{
  wf_working_hours_unref (model->hours);
  g_time_zone_unref (model->zone);
  g_free (model->wall);
  g_free (model->first);
  g_free (model->open);
  g_free (model);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Model, model_free)

/* The rules, said as simply as possible. All give an index, or -1 when the model is too short. */

static gint64
model_add_open (const Model *model, gint64 from, gint64 amount)
{
  for (gint64 i = from; i < MODEL_MINUTES - MARGIN_MINUTES; i++)
    {
      amount -= model->open[i];
      if (amount == 0)
        return i + 1;
    }
  return -1;
}

static gint64
model_subtract_open (const Model *model, gint64 from, gint64 amount)
{
  for (gint64 i = from - 1; i >= MARGIN_MINUTES; i--)
    {
      amount -= model->open[i];
      if (amount == 0)
        return i;
    }
  return -1;
}

static gint64
model_next_open (const Model *model, gint64 from)
{
  for (gint64 i = from; i < MODEL_MINUTES - MARGIN_MINUTES; i++)
    {
      if (model->open[i])
        return i;
    }
  return -1;
}

static gint64
model_previous_close (const Model *model, gint64 from)
{
  if (model->open[from])
    return from;
  for (gint64 i = from; i >= MARGIN_MINUTES; i--)
    {
      if (model->open[i - 1])
        return i;
    }
  return -1;
}

static gint64
model_find_day (const Model *model, gint64 from, gint64 day)
{
  for (gint64 i = from; i < MODEL_MINUTES; i++)
    {
      if (model->open[i] && get_wall_day (model, i) == day)
        return i;
    }
  return -1;
}

/* S2, by looking at each minute of the days that follow. */
static gint64
model_add_days (const Model *model, gint64 from, gint64 amount)
{
  gint64 start = model_next_open (model, from), day, target, at;

  if (start < 0)
    return -1;
  day = get_wall_day (model, start);
  at = start;
  while (amount > 0)
    {
      do
        {
          if (++at >= MODEL_MINUTES - MARGIN_MINUTES)
            return -1;
        }
      while (!model->open[at] || get_wall_day (model, at) <= day);
      day = get_wall_day (model, at);
      amount--;
    }
  target = find_index_of_wall (model, model->start + model->wall[start] +
                                          (day - get_wall_day (model, start)) * 1440);
  if (model->open[target] || (target > at && model->open[target - 1]))
    return target;
  if (target < at)
    return at; /* the day's first open minute */
  at = model_find_day (model, target, day);
  if (at >= 0)
    return at;
  for (at = target; !model->open[at - 1]; at--)
    ;
  return at;
}

static gint64
model_count_open (const Model *model, gint64 from, gint64 until)
{
  gint64 sum = 0;

  for (gint64 i = from; i < until; i++)
    sum += model->open[i];
  return sum;
}

/* Compares; a case that leaves the model is only counted. */
static gboolean
check (const Model *model, gint64 expected, WfInstant found, const char *what)
{
  if (expected < 0)
    return FALSE;
  if (found != to_instant (model, expected))
    {
      g_autofree char *a = wf_test_instant_text (to_instant (model, expected), model->hours);
      g_autofree char *b = wf_test_instant_text (found, model->hours);

      g_test_message ("%s in %s: expected %s, found %s", what,
                      g_time_zone_get_identifier (model->zone), a, b);
    }
  g_assert_cmpint (found, ==, to_instant (model, expected));
  return TRUE;
}

/* Adding open time and taking it away again leads back to the start, or to the opening where the
 * count began. */
static void
check_return (const Model *model, WfInstant from, WfInstant result, WfDuration duration)
{
  WfInstant back = wf_deadline_subtract (result, duration, TRUE, TRUE, model->hours);

  g_assert_cmpint (back, ==, wf_working_hours_next_open (model->hours, from));
}

/* A moment later is due no earlier; seconds and microseconds count. */
static void
check_monotone (const Model *model, GRand *random, WfInstant from, WfDuration duration)
{
  WfInstant later = from + g_rand_int_range (random, 0, 7200) * SECOND +
                    g_rand_int_range (random, 0, SECOND);
  WfDeadlineRequest request = {
    .from = from, .now = WF_INSTANT_NONE, .within = duration, .business_hours = TRUE
  };
  WfDeadline first = wf_deadline_compute (&request, model->hours, NULL), second;
  WfDuration longer = { duration.amount + 1, duration.unit };

  g_assert_cmpint (first.due % MINUTE, ==, 0);
  request.from = later;
  second = wf_deadline_compute (&request, model->hours, NULL);
  g_assert_cmpint (second.due, >=, first.due);
  g_assert_cmpint (second.due % MINUTE, ==, 0);
  g_assert_cmpint (wf_deadline_add (from, longer, TRUE, model->hours), >,
                   wf_deadline_add (from, duration, TRUE, model->hours));
  g_assert_cmpint (wf_deadline_subtract (later, duration, TRUE, TRUE, model->hours), >=,
                   wf_deadline_subtract (from, duration, TRUE, TRUE, model->hours));
}

static guint
check_open_time (const Model *model, GRand *random, gint64 from)
{
  WfDuration duration = { g_rand_int_range (random, 1, g_rand_boolean (random) ? 40 : 3000),
                          WF_TIME_UNIT_MINUTES };
  WfInstant at = to_instant (model, from);
  gint64 expected = model_add_open (model, from, duration.amount);
  guint n = 0;

  if (check (model, expected, wf_deadline_add (at, duration, TRUE, model->hours), "add"))
    {
      check_return (model, at, to_instant (model, expected), duration);
      n++;
    }
  n += check (model, model_subtract_open (model, from, duration.amount),
              wf_deadline_subtract (at, duration, TRUE, TRUE, model->hours), "subtract");
  check_monotone (model, random, at, duration);
  return n;
}

static guint
check_days (const Model *model, GRand *random, gint64 from)
{
  WfDuration duration = { g_rand_int_range (random, 1, 12), WF_TIME_UNIT_DAYS };

  return check (model, model_add_days (model, from, duration.amount),
                wf_deadline_add (to_instant (model, from), duration, TRUE, model->hours), "days");
}

/* Wall-time days without the flag, and what the flag makes of weeks. */
static guint
check_wall_time (const Model *model, GRand *random, gint64 from)
{
  gint64 days = g_rand_int_range (random, 1, 20);
  gint64 wall = model->start + model->wall[from];
  gint64 target = from + days * 1440 < MODEL_MINUTES - MARGIN_MINUTES
                      ? find_index_of_wall (model, wall + days * 1440)
                      : -1;
  WfDuration duration = { days, WF_TIME_UNIT_DAYS };
  guint n;

  n = check (model, target,
             wf_deadline_add (to_instant (model, from), duration, FALSE, model->hours),
             "wall days");
  if (target < 0 || days % 7 != 0)
    return n;
  duration = (WfDuration) { days / 7, WF_TIME_UNIT_WEEKS };
  return n + check (model, model_next_open (model, target),
                    wf_deadline_add (to_instant (model, from), duration, TRUE, model->hours),
                    "weeks");
}

static guint
check_calendar (const Model *model, GRand *random, gint64 from)
{
  WfInstant at = to_instant (model, from);
  gint64 until = g_rand_int_range (random, (gint32) from, MODEL_MINUTES - MARGIN_MINUTES + 1);
  g_autoptr (GArray) spans =
      wf_working_hours_get_spans (model->hours, at, to_instant (model, until));
  gint64 sum = 0, end = G_MININT64;
  guint n;

  g_assert_cmpint (wf_working_hours_is_open (model->hours, at), ==, model->open[from]);
  n = check (model, model_next_open (model, from), wf_working_hours_next_open (model->hours, at),
             "next open");
  n += check (model, model_previous_close (model, from),
              wf_working_hours_previous_close (model->hours, at), "previous close");
  for (guint i = 0; i < spans->len; i++)
    {
      WfOpenSpan span = g_array_index (spans, WfOpenSpan, i);

      g_assert_cmpint (span.open, >, end); /* apart, so touching ones are joined */
      g_assert_cmpint (span.open, <, span.close);
      sum += span.close - span.open;
      end = span.close;
    }
  g_assert_cmpint (sum, ==, model_count_open (model, from, until) * MINUTE);
  g_assert_cmpint (wf_working_hours_open_time_between (model->hours, at, to_instant (model, until)),
                   ==, sum);
  return n;
}

static void
test_against_model (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261120);
  guint n = 0;

  for (guint i = 0; i < N_CALENDARS; i++)
    {
      g_autoptr (Model) model = model_new (random, zones[i % G_N_ELEMENTS (zones)]);

      for (guint j = 0; j < N_CASES; j++)
        {
          gint64 from = g_rand_int_range (random, MARGIN_MINUTES, MODEL_MINUTES - MARGIN_MINUTES);

          n += check_open_time (model, random, from);
          n += check_days (model, random, from);
          n += check_wall_time (model, random, from);
          n += check_calendar (model, random, from);
        }
    }
  /* Cases that leave the model prove nothing: most must not. */
  g_test_message ("%u comparisons", n);
  g_assert_cmpuint (n, >, N_CALENDARS * N_CASES * 3);
}

/* No time near a change of the clocks: the reminder is in open time, not after the deadline, and
 * the deadline open. */
static void
test_reminders_in_open_time (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  guint n_at_once = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (Model) model = model_new (random, zones[i % G_N_ELEMENTS (zones)]);

      for (guint j = 0; j < 200; j++)
        {
          WfInstant from = to_instant (
              model, g_rand_int_range (random, MARGIN_MINUTES, MODEL_MINUTES - MARGIN_MINUTES));
          WfDeadlineRequest request = {
            .from = from,
            .now = from,
            .within = { g_rand_int_range (random, 30, 600), WF_TIME_UNIT_MINUTES },
            .business_hours = TRUE,
            .notify = { g_rand_int_range (random, 1, 300), g_rand_int_range (random, 0, 2) },
          };
          WfDeadline deadline = wf_deadline_compute (&request, model->hours, NULL);

          g_assert_cmpint (deadline.outcome, ==, WF_DEADLINE_OK);
          g_assert_false (deadline.arrived_late);
          g_assert_cmpint (deadline.remind, >=, from);
          g_assert_cmpint (deadline.remind, <=, deadline.due);
          g_assert_true (wf_working_hours_is_open (model->hours, deadline.remind));
          g_assert_cmpint (wf_working_hours_previous_close (model->hours, deadline.due), ==,
                           deadline.due);
          g_assert_cmpint (wf_working_hours_open_time_between (model->hours, from, deadline.due),
                           ==, request.within.amount * MINUTE);
          n_at_once += deadline.remind_at_once;
        }
    }
  g_assert_cmpuint (n_at_once, >, 100);
  g_assert_cmpuint (n_at_once, <, 7900);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline-properties/against-model", test_against_model);
  g_test_add_func ("/deadline-properties/reminders-in-open-time", test_reminders_in_open_time);
  return g_test_run ();
}
