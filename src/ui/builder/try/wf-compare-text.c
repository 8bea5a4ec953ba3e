/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and choice of the figures of a comparison. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-compare-text.h"

#include "wf-instant.h"
#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>

const GPtrArray *
wf_compare_text_get_figures (const WfCompareResult *result, WfCompareBy by)
{
  switch (by)
    {
    case WF_COMPARE_BY_PERSON:
      return result->people;
    case WF_COMPARE_BY_DAY:
      return result->days;
    case WF_COMPARE_BY_TYPE:
      return result->types;
    case WF_COMPARE_BY_EFFECT:
      return result->effects;
    }
  g_return_val_if_reached (NULL);
}

static char *
day_to_text (const char *day)
{
  int year, month, day_of_month;
  g_autoptr (GDateTime) date = NULL;

  if (!wf_instant_parse_date (day, &year, &month, &day_of_month))
    return g_strdup (day);
  date = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  /* Translators: a weekday and a date, strftime format: "Fri, 20 Nov" */
  return date != NULL ? g_date_time_format (date, _ ("%a, %-d %b")) : g_strdup (day);
}

static char *
effect_to_text (const char *kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_find (kind);

  return g_strdup (info != NULL ? wf_step_kind_to_text (info->kind) : kind);
}

char *
wf_compare_text_name (const WfCompareFigure *figure, WfCompareBy by)
{
  const char *name = figure->name != NULL && *figure->name != '\0' ? figure->name : figure->id;

  switch (by)
    {
    case WF_COMPARE_BY_DAY:
      return day_to_text (figure->id);
    case WF_COMPARE_BY_EFFECT:
      return effect_to_text (figure->id);
    case WF_COMPARE_BY_PERSON:
      return g_strdup (*figure->id != '\0' ? name : _ ("Unassigned"));
    case WF_COMPARE_BY_TYPE:
      break;
    }
  return g_strdup (name);
}

static gint64
get_difference (const WfCompareFigure *figure)
{
  return ABS ((gint64) figure->after - (gint64) figure->before);
}

static int
compare_differences (gconstpointer a, gconstpointer b)
{
  gint64 x = get_difference (a), y = get_difference (b);

  return (y > x) - (y < x);
}

/**
 * wf_compare_text_choose:
 * @figures: (element-type WfCompareFigure): of a comparison
 * @most: how many are wanted at most
 *
 * Returns: (transfer container) (element-type WfCompareFigure): the figures that differ, in their
 *   order; with more than @most those that differ most
 */
GPtrArray *
wf_compare_text_choose (const GPtrArray *figures, guint most)
{
  g_autoptr (GPtrArray) ranked = g_ptr_array_new ();
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < figures->len; i++)
    if (get_difference (g_ptr_array_index (figures, i)) > 0)
      g_ptr_array_add (ranked, g_ptr_array_index (figures, i));
  g_ptr_array_sort_values (ranked, compare_differences);
  if (ranked->len > most)
    g_ptr_array_set_size (ranked, (int) most);
  for (guint i = 0; i < figures->len; i++)
    if (g_ptr_array_find (ranked, g_ptr_array_index (figures, i), NULL))
      g_ptr_array_add (chosen, g_ptr_array_index (figures, i));
  return chosen;
}
