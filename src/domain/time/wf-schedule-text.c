/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule in words. Common shapes are whole sentences for translators; other cron texts are put
 * together of when, in which hours, on which days and in which months. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-schedule-private.h"

#include "wf-civil-date.h"
#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>

#define ALL_WEEKDAYS 0x7f
#define MONDAY_TO_FRIDAY 0x1f
#define ALL_HOURS ((G_GUINT64_CONSTANT (1) << 24) - 1)
#define ALL_MONTHS (((G_GUINT64_CONSTANT (1) << 12) - 1) << 1)
#define ALL_DAYS (((G_GUINT64_CONSTANT (1) << 31) - 1) << 1)
#define MOST_TIMES 6 /* as many times of day are listed one by one */

static const char *const weekdays[] = {
  NC_ ("schedule", "Monday"),   NC_ ("schedule", "Tuesday"), NC_ ("schedule", "Wednesday"),
  NC_ ("schedule", "Thursday"), NC_ ("schedule", "Friday"),  NC_ ("schedule", "Saturday"),
  NC_ ("schedule", "Sunday"),
};
static const char *const months[] = {
  NC_ ("schedule", "January"), NC_ ("schedule", "February"), NC_ ("schedule", "March"),
  NC_ ("schedule", "April"),   NC_ ("schedule", "May"),      NC_ ("schedule", "June"),
  NC_ ("schedule", "July"),    NC_ ("schedule", "August"),   NC_ ("schedule", "September"),
  NC_ ("schedule", "October"), NC_ ("schedule", "November"), NC_ ("schedule", "December"),
};

typedef char *(*NameFunc) (int value);

static char *
name_weekday (int weekday)
{
  return g_strdup (g_dpgettext2 (NULL, "schedule", weekdays[weekday]));
}

static char *
name_month (int month)
{
  return g_strdup (g_dpgettext2 (NULL, "schedule", months[month - 1]));
}

static char *
name_number (int number)
{
  return g_strdup_printf ("%d", number);
}

/* Minutes of the day as "09:00". */
static char *
name_time (int minute)
{
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

static gboolean
has (guint64 mask, int value)
{
  return value < 64 && (mask >> value & 1) != 0;
}

static guint
count (guint64 mask)
{
  guint n = 0;

  for (int value = 0; value < 64; value++)
    n += has (mask, value);
  return n;
}

static int
find_first (guint64 mask)
{
  int value = 0;

  while (value < 63 && !has (mask, value))
    value++;
  return value;
}

/* "Monday, Wednesday and Friday". */
static char *
join (const GPtrArray *items)
{
  g_autoptr (GString) head = g_string_new (NULL);

  if (items->len == 1)
    return g_strdup (g_ptr_array_index (items, 0));
  for (guint i = 0; i + 1 < items->len; i++)
    {
      if (i > 0)
        g_string_append (head, C_ ("separator of a list", ", "));
      g_string_append (head, g_ptr_array_index (items, i));
    }
  /* Translators: the end of a list: “Monday, Wednesday” and “Friday” */
  return g_strdup_printf (C_ ("schedule", "%1$s and %2$s"), head->str,
                          (const char *) g_ptr_array_index (items, items->len - 1));
}

/* Three and more in a row are shown as a range. */
static char *
list (guint64 mask, NameFunc name)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (int first = 0; first < 64; first++)
    {
      g_autofree char *from = NULL, *to = NULL;
      int last = first;

      if (!has (mask, first))
        continue;
      while (has (mask, last + 1))
        last++;
      from = name (first);
      if (last - first < 2)
        {
          g_ptr_array_add (items, g_steal_pointer (&from));
          continue;
        }
      to = name (last);
      /* Translators: a range: “Monday” and “Friday” */
      g_ptr_array_add (items, g_strdup_printf (C_ ("schedule", "%1$s to %2$s"), from, to));
      first = last;
    }
  return join (items);
}

/* Every day, week, month and year */

static char *
make_week (const WfSchedule *self, const char *at)
{
  g_autofree char *days = list (self->weekdays, name_weekday);

  if (self->weekdays == ALL_WEEKDAYS && self->interval == 1)
    return g_strdup_printf (_ ("Every day at %s"), at);
  if (self->interval > 1)
    /* Translators: a number, weekdays such as “Monday and Thursday”, and a time such as “09:00” */
    return g_strdup_printf (ngettext ("Every %1$d week, %2$s, at %3$s",
                                      "Every %1$d weeks, %2$s, at %3$s", (gulong) self->interval),
                            self->interval, days, at);
  if (self->weekdays == MONDAY_TO_FRIDAY)
    return g_strdup_printf (_ ("Monday to Friday at %s"), at);
  /* Translators: weekdays such as “Monday and Thursday”, and a time such as “09:00” */
  return g_strdup_printf (_ ("Every %1$s at %2$s"), days, at);
}

static char *
make_month (const WfSchedule *self, const char *at)
{
  gulong n = (gulong) self->interval;

  if (self->day == 31 && self->interval > 1)
    return g_strdup_printf (ngettext ("On the last day of every %1$d month at %2$s",
                                      "On the last day of every %1$d months at %2$s", n),
                            self->interval, at);
  if (self->day == 31)
    return g_strdup_printf (_ ("On the last day of every month at %s"), at);
  if (self->interval > 1)
    return g_strdup_printf (ngettext ("On day %1$d of every %2$d month at %3$s",
                                      "On day %1$d of every %2$d months at %3$s", n),
                            self->day, self->interval, at);
  return g_strdup_printf (_ ("On day %1$d of every month at %2$s"), self->day, at);
}

static char *
make_year (const WfSchedule *self, const char *at)
{
  g_autofree char *month = name_month (self->month);
  /* Year 0 is a leap year. */
  int day = MIN (self->day, wf_civil_date_get_month_length (0, self->month));

  if (self->interval > 1)
    /* Translators: a number of years, a day, a month and a time */
    return g_strdup_printf (ngettext ("Every %1$d year on %2$d %3$s at %4$s",
                                      "Every %1$d years on %2$d %3$s at %4$s",
                                      (gulong) self->interval),
                            self->interval, day, month, at);
  /* Translators: a day, a month and a time: “Every year on 31 December at 09:00” */
  return g_strdup_printf (_ ("Every year on %1$d %2$s at %3$s"), day, month, at);
}

static char *
make_every (const WfSchedule *self)
{
  g_autofree char *at = name_time (self->at);
  gulong n = (gulong) self->interval;

  switch (self->every)
    {
    case WF_EVERY_DAY:
      if (self->interval == 1)
        return g_strdup_printf (_ ("Every day at %s"), at);
      return g_strdup_printf (ngettext ("Every %1$d day at %2$s", "Every %1$d days at %2$s", n),
                              self->interval, at);
    case WF_EVERY_WEEK:
      return make_week (self, at);
    case WF_EVERY_MONTH:
      return make_month (self, at);
    case WF_EVERY_YEAR:
      return make_year (self, at);
    }
  g_assert_not_reached ();
}

static char *
make_every_with_working_days (const WfSchedule *self)
{
  g_autofree char *at = NULL;
  g_autofree char *sentence = NULL;

  if (!self->working_days)
    return make_every (self);
  if (self->every == WF_EVERY_DAY && self->interval == 1)
    {
      at = name_time (self->at);
      return g_strdup_printf (_ ("Every working day at %s"), at);
    }
  sentence = make_every (self);
  /* Translators: a sentence such as “On day 1 of every month at 09:00” */
  return g_strdup_printf (_ ("%s, or on the next working day"), sentence);
}

/* Cron texts */

/* 0 when the mask is not each nth value from 0 to all of them. */
static int
find_step (guint64 mask, int n)
{
  int step = 1;
  guint64 expected = 0;

  if (!has (mask, 0))
    return 0;
  while (step < n && !has (mask, step))
    step++;
  if (step == n)
    return 0;
  for (int value = 0; value < n; value += step)
    expected |= G_GUINT64_CONSTANT (1) << value;
  return mask == expected ? step : 0;
}

static char *
list_times (const WfCron *cron)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (int minute = wf_cron_next_minute (cron, 0); minute >= 0;
       minute = wf_cron_next_minute (cron, minute + 1))
    g_ptr_array_add (items, name_time (minute));
  return join (items);
}

/* The minutes of hours that are all meant. */
static char *
make_minutes (const WfCron *cron)
{
  int step = find_step (cron->minutes, 60);
  g_autofree char *minutes = NULL;

  if (step == 1)
    return g_strdup (_ ("Every minute"));
  if (step > 0)
    return g_strdup_printf (ngettext ("Every %d minute", "Every %d minutes", (gulong) step), step);
  minutes = list (cron->minutes, name_number);
  if (count (cron->minutes) == 1 && has (cron->minutes, 0))
    return g_strdup (_ ("Every full hour"));
  /* Translators: minutes such as “15 and 45” */
  return g_strdup_printf (_ ("Every hour at minute %s"), minutes);
}

static char *
make_hours (const WfCron *cron)
{
  g_autofree char *minutes = make_minutes (cron);
  g_autofree char *hours = NULL;

  if (cron->hours == ALL_HOURS)
    return g_steal_pointer (&minutes);
  hours = list (cron->hours, name_number);
  /* Translators: “Every 15 minutes”, and hours such as “8 to 18” */
  return g_strdup_printf (
      ngettext ("%1$s, in the hour %2$s", "%1$s, in the hours %2$s", (gulong) count (cron->hours)),
      minutes, hours);
}

static char *
make_times (const WfCron *cron)
{
  g_autofree char *times = NULL;

  if (count (cron->minutes) * count (cron->hours) > MOST_TIMES)
    return make_hours (cron);
  times = list_times (cron);
  /* Translators: times of day such as “08:30 and 14:30” */
  return g_strdup_printf (_ ("At %s"), times);
}

static char *
make_days_of_month (const WfCron *cron)
{
  g_autofree char *days = list (cron->days, name_number);

  return g_strdup_printf (ngettext ("on day %s of the month", "on the days %s of the month",
                                    (gulong) count (cron->days)),
                          days);
}

/* NULL: every day. */
static char *
make_days (const WfCron *cron)
{
  gboolean has_days = cron->days != ALL_DAYS, has_weekdays = cron->weekdays != ALL_WEEKDAYS;
  g_autofree char *days = has_days ? make_days_of_month (cron) : NULL;
  g_autofree char *names = has_weekdays ? list (cron->weekdays, name_weekday) : NULL;
  gboolean either = !cron->any_day && !cron->any_weekday;

  if (either && (!has_days || !has_weekdays))
    return NULL;
  if (has_days && has_weekdays && either)
    /* Translators: “on day 1 of the month”, and weekdays; either is enough */
    return g_strdup_printf (_ ("%1$s or %2$s"), days, names);
  if (has_days && has_weekdays)
    /* Translators: “on the days 1 to 7 of the month”, and weekdays; both must be */
    return g_strdup_printf (_ ("%1$s if it is %2$s"), days, names);
  return has_days ? g_steal_pointer (&days) : g_steal_pointer (&names);
}

/* Puts the second part behind the first, and frees it. */
static void
extend (char **sentence, char *part)
{
  char *longer;

  if (part == NULL)
    return;
  /* Translators: parts of a schedule: “At 08:30” and “Monday to Friday” */
  longer = g_strdup_printf (C_ ("schedule", "%1$s, %2$s"), *sentence, part);
  g_free (*sentence);
  g_free (part);
  *sentence = longer;
}

/* One time on each day: the same words as without cron. */
static char *
make_daily (const WfCron *cron)
{
  int minute = wf_cron_next_minute (cron, 0);
  g_autofree char *at = name_time (minute);
  gboolean all_days = cron->days == ALL_DAYS, all_weekdays = cron->weekdays == ALL_WEEKDAYS;

  if (cron->months != ALL_MONTHS)
    {
      g_autofree char *month = name_month (find_first (cron->months));

      if (count (cron->months) != 1 || !all_weekdays || count (cron->days) != 1)
        return NULL;
      return g_strdup_printf (_ ("Every year on %1$d %2$s at %3$s"), find_first (cron->days), month,
                              at);
    }
  if (all_days && all_weekdays)
    return g_strdup_printf (_ ("Every day at %s"), at);
  if (all_weekdays && count (cron->days) == 1)
    return g_strdup_printf (_ ("On day %1$d of every month at %2$s"), find_first (cron->days), at);
  return NULL;
}

/* A cron text restricts to 31 only where there is one, so "last day" would be wrong here. */
static char *
make_cron (const WfCron *cron)
{
  char *sentence = NULL;

  if (count (cron->minutes) == 1 && count (cron->hours) == 1 &&
      (cron->any_day || cron->any_weekday))
    sentence = make_daily (cron);
  if (sentence != NULL)
    return sentence;
  sentence = make_times (cron);
  extend (&sentence, make_days (cron));
  if (cron->months != ALL_MONTHS)
    {
      g_autofree char *names = list (cron->months, name_month);

      /* Translators: months such as “January and July” */
      extend (&sentence, g_strdup_printf (_ ("in %s"), names));
    }
  return sentence;
}

/* Dates of leads */

static char *
make_date_alone (const WfSchedule *self)
{
  g_autofree char *offset = wf_duration_to_text (self->offset);
  const char *field = wf_field_to_text (self->field);

  if (!wf_duration_is_set (self->offset))
    /* Translators: a date such as “Renewal” */
    return g_strdup_printf (C_ ("schedule", "On %s"), field);
  /* Translators: an amount of time such as “3 days”, and a date such as “Renewal” */
  if (self->after)
    return g_strdup_printf (C_ ("schedule", "%1$s after %2$s"), offset, field);
  return g_strdup_printf (C_ ("schedule", "%1$s before %2$s"), offset, field);
}

static char *
make_date (const WfSchedule *self)
{
  char *sentence = make_date_alone (self);

  if (self->at != WF_TIME_OF_DAY_NONE)
    {
      g_autofree char *at = name_time (self->at);
      /* Translators: “3 days before Renewal”, and a time such as “09:00” */
      char *longer = g_strdup_printf (C_ ("schedule", "%1$s at %2$s"), sentence, at);

      g_free (sentence);
      sentence = longer;
    }
  if (self->yearly)
    extend (&sentence, g_strdup (C_ ("schedule", "every year")));
  return sentence;
}

/**
 * wf_schedule_to_text:
 * @self: a schedule
 *
 * Returns: (transfer full): when it is time, in the user's language: “Every Monday at 09:00”
 */
char *
wf_schedule_to_text (const WfSchedule *self)
{
  switch (self->kind)
    {
    case WF_SCHEDULE_EVERY:
      return make_every_with_working_days (self);
    case WF_SCHEDULE_CRON:
      return make_cron (&self->cron);
    case WF_SCHEDULE_DATE:
      return make_date (self);
    }
  g_assert_not_reached ();
}
