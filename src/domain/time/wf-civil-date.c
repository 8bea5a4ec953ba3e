/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar days as numbers: day 0 is 1970-01-01, proleptic Gregorian. Pure arithmetic, no zone. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-civil-date.h"

/* Days are counted from 1 March of year 0: the leap day is then the last of its year, and a month's
 * first day is a linear function of the month (153 days in each five months from March on). */
#define DAYS_FROM_MARCH_0_TO_1970 719468
#define DAYS_IN_400_YEARS 146097
#define THURSDAY 3 /* of 1970-01-01 */

/**
 * wf_civil_date_to_day:
 * @date: a valid date
 *
 * Returns: its number, 0 for 1970-01-01
 */
gint64
wf_civil_date_to_day (WfCivilDate date)
{
  gint64 year = date.month <= 2 ? date.year - 1 : date.year;
  gint64 month = (date.month + 9) % 12;
  gint64 era = wf_floor_divide (year, 400);
  gint64 year_of_era = year - era * 400;
  gint64 day_of_year = (153 * month + 2) / 5 + date.day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_IN_400_YEARS + day_of_era - DAYS_FROM_MARCH_0_TO_1970;
}

/**
 * wf_civil_date_from_day:
 * @day: a day's number
 *
 * Returns: its date
 */
WfCivilDate
wf_civil_date_from_day (gint64 day)
{
  gint64 shifted = day + DAYS_FROM_MARCH_0_TO_1970;
  gint64 era = wf_floor_divide (shifted, DAYS_IN_400_YEARS);
  gint64 day_of_era = shifted - era * DAYS_IN_400_YEARS;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
                       365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month = (5 * day_of_year + 2) / 153;
  WfCivilDate date;

  date.day = (int) (day_of_year - (153 * month + 2) / 5 + 1);
  date.month = (int) (month < 10 ? month + 3 : month - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

/**
 * wf_civil_date_get_weekday:
 * @day: a day's number
 *
 * Returns: 0 for Monday .. 6 for Sunday
 */
int
wf_civil_date_get_weekday (gint64 day)
{
  return (int) (day + THURSDAY - wf_floor_divide (day + THURSDAY, 7) * 7);
}

static gboolean
is_leap_year (gint64 year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/**
 * wf_civil_date_get_month_length:
 * @year: the year
 * @month: 1..12
 *
 * Returns: the number of days in the month
 */
int
wf_civil_date_get_month_length (gint64 year, int month)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap_year (year) ? 29 : lengths[month - 1];
}

/**
 * wf_civil_date_add_months:
 * @day: a day's number
 * @months: how many months on, negative to go back
 *
 * Calendar months, clamped to the last day of the target month (S4): 31 January and one month is 28
 * or 29 February.
 *
 * Returns: the day's number
 */
gint64
wf_civil_date_add_months (gint64 day, gint64 months)
{
  WfCivilDate date = wf_civil_date_from_day (day);
  gint64 month = date.year * 12 + date.month - 1 + months;
  int length;

  date.year = wf_floor_divide (month, 12);
  date.month = (int) (month - date.year * 12) + 1;
  length = wf_civil_date_get_month_length (date.year, date.month);
  date.day = MIN (date.day, length);
  return wf_civil_date_to_day (date);
}

/* Exactly that many digits. */
static gboolean
read_digits (const char *text, int n, int *number)
{
  *number = 0;
  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + (text[i] - '0');
    }
  return TRUE;
}

/**
 * wf_civil_date_parse:
 * @text: "2026-10-12", or "12-25" without a year
 * @with_year: which of the two is meant
 * @date: (out): the date; without a year its year is 0
 *
 * Returns: whether the text is such a date and the day exists
 */
gboolean
wf_civil_date_parse (const char *text, gboolean with_year, WfCivilDate *date)
{
  int year = 0, month, day;
  int length;

  if (with_year)
    {
      if (!read_digits (text, 4, &year) || text[4] != '-' || year < 1)
        return FALSE;
      text += 5;
    }
  if (!read_digits (text, 2, &month) || text[2] != '-' || !read_digits (text + 3, 2, &day) ||
      text[5] != '\0')
    return FALSE;
  if (month < 1 || month > 12)
    return FALSE;
  /* Year 0 is a leap year: 29 February may be a yearly holiday. */
  length = wf_civil_date_get_month_length (year, month);
  if (day < 1 || day > length)
    return FALSE;
  *date = (WfCivilDate) { year, month, day };
  return TRUE;
}
