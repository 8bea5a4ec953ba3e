/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calendar's model says in words: the span, who is away; and whose hours count. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-model-private.h"

#include <glib/gi18n-lib.h>

#define MOST_NAMES 3

/* Some languages write months in lower case; a title begins with a capital letter. */
static char *
capitalized (char *text)
{
  gunichar first = g_utf8_get_char (text);
  GString *result = g_string_new (NULL);

  if (*text == '\0')
    return g_string_free_and_steal (result);
  g_string_append_unichar (result, g_unichar_totitle (first));
  g_string_append (result, g_utf8_next_char (text));
  g_free (text);
  return g_string_free_and_steal (result);
}

static char *
format (const GDate *date, const char *pattern)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (g_date_get_year (date), g_date_get_month (date),
                                                    g_date_get_day (date), 0, 0, 0);

  return time != NULL ? g_date_time_format (time, pattern) : g_strdup ("");
}

/**
 * wf_calendar_date_to_text:
 * @date: a date
 * @with_year: whether the year is said
 *
 * Returns: (transfer full): "Wednesday, 18 November 2026"
 */
char *
wf_calendar_date_to_text (const GDate *date, gboolean with_year)
{
  /* Translators: a day in full, strftime format: "Wednesday, 18 November 2026" */
  return capitalized (format (date, with_year ? _ ("%A, %-d %B %Y")
                                              /* Translators: the same without the year */
                                              : _ ("%A, %-d %B")));
}

static char *
describe_range (const GDate *first, guint n_days)
{
  GDate last = *first;
  g_autofree char *from = NULL, *until = NULL;

  g_date_add_days (&last, n_days - 1);
  if (g_date_get_year (first) != g_date_get_year (&last))
    {
      /* Translators: a day of a range, strftime format: "28 December 2026" */
      from = format (first, _ ("%-d %B %Y"));
      until = format (&last, _ ("%-d %B %Y"));
    }
  else if (g_date_get_month (first) != g_date_get_month (&last))
    {
      /* Translators: the first day of a range in one year, strftime format: "30 November" */
      from = format (first, _ ("%-d %B"));
      until = format (&last, _ ("%-d %B %Y"));
    }
  else
    {
      from = format (first, "%-d");
      until = format (&last, _ ("%-d %B %Y"));
      /* Translators: two days of a month, a number and a date: "16–22 November 2026" */
      return g_strdup_printf (_ ("%1$s–%2$s"), from, until);
    }
  /* Translators: two days: "30 November – 6 December 2026" */
  return g_strdup_printf (_ ("%1$s – %2$s"), from, until);
}

/**
 * wf_calendar_model_describe_span:
 * @self: a model
 *
 * Returns: (transfer full): the title of what is wanted, in the user's language
 */
char *
wf_calendar_model_describe_span (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);

  switch (self->view)
    {
    case WF_CALENDAR_MONTH:
      /* Translators: a month that stands alone, strftime format: "November 2026" */
      return capitalized (format (&self->date, _ ("%OB %Y")));
    case WF_CALENDAR_WEEK:
    case WF_CALENDAR_AGENDA:
      return describe_range (&self->wanted.first, self->wanted.n_days);
    case WF_CALENDAR_DAY:
    default:
      return wf_calendar_date_to_text (&self->date, TRUE);
    }
}

/**
 * wf_calendar_model_describe_span_briefly:
 * @self: a model
 *
 * Returns: (transfer full): a title for a narrow window: "Nov 2026", "15–21 Nov"
 */
char *
wf_calendar_model_describe_span_briefly (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  GDate last = self->wanted.first;
  g_autofree char *from = NULL, *until = NULL;

  if (self->view == WF_CALENDAR_MONTH)
    {
      /* Translators: a short month that stands alone, strftime format: "Nov 2026" */
      return capitalized (format (&self->date, _ ("%Ob %Y")));
    }
  if (self->view == WF_CALENDAR_DAY)
    {
      /* Translators: a short day, strftime format: "Wed, 18 Nov" */
      return capitalized (format (&self->date, _ ("%a, %-d %b")));
    }
  g_date_add_days (&last, self->wanted.n_days - 1);
  /* Translators: a short day of a range, strftime format: "18 Nov" */
  until = format (&last, _ ("%-d %b"));
  if (g_date_get_month (&self->wanted.first) == g_date_get_month (&last))
    {
      from = format (&self->wanted.first, "%-d");
      return g_strdup_printf (_ ("%1$s–%2$s"), from, until);
    }
  from = format (&self->wanted.first, _ ("%-d %b"));
  return g_strdup_printf (_ ("%1$s – %2$s"), from, until);
}

/* ---- people ------------------------------------------------------------------------------------ */

static const WfPerson *
get_only_person (WfCalendarModel *self, const WfOrganisation *organisation)
{
  g_auto (GStrv) people = wf_calendar_model_list_people (self);
  const WfPerson *found = NULL;

  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    {
      const WfPerson *person = wf_organisation_get_person (organisation, people[i]);
      if (person != NULL && found != NULL)
        return NULL;
      if (person != NULL)
        found = person;
    }
  return found;
}

/**
 * wf_calendar_model_get_hours:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the hours of the one person that is shown, else the company's
 */
WfWorkingHours *
wf_calendar_model_get_hours (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const WfPerson *person = organisation != NULL ? get_only_person (self, organisation) : NULL;

  if (organisation == NULL)
    return NULL;
  return person != NULL ? wf_organisation_get_hours_for (organisation, person)
                        : wf_organisation_get_hours (organisation);
}

gboolean
wf_calendar_model_shows_several (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), FALSE);
  const WfCalendarFilter *filter = self->filter;
  guint n = filter->people != NULL ? g_strv_length (filter->people) : 0;

  if (filter->groups != NULL && filter->groups[0] != NULL)
    return TRUE;
  return n > 0 ? n > 1 : filter->everyone;
}

static gboolean
is_away (const WfPerson *person, WfInstant from, WfInstant until)
{
  for (guint i = 0; person->active && i < person->n_absences; i++)
    {
      if (person->absences[i].from < until && person->absences[i].until > from)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
list_away (WfCalendarModel *self, const WfOrganisation *organisation, WfInstant from,
           WfInstant until)
{
  g_auto (GStrv) people = wf_calendar_model_list_people (self);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; people == NULL && i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (is_away (person, from, until))
        g_ptr_array_add (names, (gpointer) person->name);
    }
  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    {
      const WfPerson *person = wf_organisation_get_person (organisation, people[i]);
      if (person != NULL && is_away (person, from, until))
        g_ptr_array_add (names, (gpointer) person->name);
    }
  return names;
}

static char *
join_names (const GPtrArray *names)
{
  GString *text = g_string_new (NULL);
  guint n = names->len > MOST_NAMES ? MOST_NAMES - 1 : names->len;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  if (n < names->len)
    {
      /* Translators: after some names: "Ana, Bruno and 4 more" */
      g_string_append_printf (text, ngettext (" and %u more", " and %u more", names->len - n),
                              names->len - n);
    }
  return g_string_free_and_steal (text);
}

/**
 * wf_calendar_model_describe_absences:
 * @self: a model
 * @day: of the span
 *
 * Returns: (transfer full) (nullable): who of those shown is away on a day, in words
 */
char *
wf_calendar_model_describe_absences (WfCalendarModel *self, guint day)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const WfCalendarSpan *span = wf_calendar_model_get_span (self);

  g_return_val_if_fail (day < span->n_days, NULL);
  if (organisation == NULL)
    return NULL;
  g_autoptr (GPtrArray) names =
      list_away (self, organisation, span->bounds[day], span->bounds[day + 1]);
  if (names->len == 0)
    return NULL;
  g_autofree char *joined = join_names (names);
  /* Translators: one or several names */
  return g_strdup_printf (ngettext ("%s is away", "%s are away", names->len), joined);
}
