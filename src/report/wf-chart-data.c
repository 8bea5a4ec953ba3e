/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with their names, and how they are written for a person and for a spreadsheet. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-chart-data.h"

#include "wf-csv.h"
#include "wf-time-left.h"

#include <glib/gi18n-lib.h>

#include <math.h>
#include <string.h>

#define MINUTES_AN_HOUR 60
#define MINUTES_A_DAY (24 * MINUTES_AN_HOUR)
#define EXACT_BELOW_MINUTES                                                                        \
  (3 * MINUTES_AN_HOUR) /* where wf_time_amount_to_text leaves nothing out */
#define MOST_PLAIN 1e15 /* above it, digits would only pretend to be known */

G_DEFINE_BOXED_TYPE (WfChartData, wf_chart_data, wf_chart_data_ref, wf_chart_data_unref)

/**
 * wf_chart_data_new:
 * @title: translated, "Activities by Person"
 * @head: translated, what the categories are: "Person"
 * @n_categories: how many
 * @n_series: how many
 *
 * Returns: (transfer full): numbers that are all 0, with empty names; to be filled before it is handed out
 */
WfChartData *
wf_chart_data_new (const char *title, const char *head, guint n_categories, guint n_series)
{
  WfChartData *self = g_new0 (WfChartData, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->title = g_strdup (title != NULL ? title : "");
  self->head = g_strdup (head != NULL ? head : "");
  self->n_categories = n_categories;
  self->n_series = n_series;
  self->categories = g_new0 (WfCategory, n_categories);
  self->series = g_new0 (WfSeries, n_series);
  for (guint i = 0; i < n_categories; i++)
    self->categories[i].label = g_strdup ("");
  for (guint i = 0; i < n_series; i++)
    {
      self->series[i].id = g_strdup ("");
      self->series[i].name = g_strdup ("");
      self->series[i].values = g_new0 (double, n_categories);
    }
  return self;
}

WfChartData *
wf_chart_data_ref (WfChartData *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
category_clear (WfCategory *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self->name);
}

static void
series_clear (WfSeries *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->values);
}

void
wf_chart_data_unref (WfChartData *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_categories; i++)
    category_clear (&self->categories[i]);
  for (guint i = 0; i < self->n_series; i++)
    series_clear (&self->series[i]);
  g_free (self->categories);
  g_free (self->series);
  g_free (self->title);
  g_free (self->head);
  g_free (self);
}

/**
 * wf_chart_data_set_category:
 * @self: numbers that nobody else has yet
 * @category: which one
 * @id: (nullable): of what it stands for
 * @label: (nullable): short, translated
 * @name: (nullable): whole, where @label is shortened
 */
void
wf_chart_data_set_category (WfChartData *self, guint category, const char *id, const char *label,
                            const char *name)
{
  WfCategory *entry;

  g_return_if_fail (self != NULL && category < self->n_categories);
  entry = &self->categories[category];
  g_set_str (&entry->id, id);
  g_set_str (&entry->label, label != NULL ? label : "");
  g_set_str (&entry->name, name);
}

/**
 * wf_chart_data_set_series:
 * @self: numbers that nobody else has yet
 * @series: which one
 * @id: (nullable): for what a click leads to
 * @name: (nullable): translated
 * @role: what it means
 * @kind: what its values are
 *
 * The values are written into the series' own array.
 */
void
wf_chart_data_set_series (WfChartData *self, guint series, const char *id, const char *name,
                          WfSeriesRole role, WfValueKind kind)
{
  WfSeries *entry;

  g_return_if_fail (self != NULL && series < self->n_series);
  entry = &self->series[series];
  g_set_str (&entry->id, id != NULL ? id : "");
  g_set_str (&entry->name, name != NULL ? name : "");
  entry->role = role;
  entry->kind = kind;
}

/**
 * wf_chart_data_is_empty:
 * @self: numbers
 *
 * Returns: whether there is nothing but 0 and missing values
 */
gboolean
wf_chart_data_is_empty (const WfChartData *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  for (guint s = 0; s < self->n_series; s++)
    {
      for (guint c = 0; c < self->n_categories; c++)
        {
          double value = self->series[s].values[c];

          if (!isnan (value) && fpclassify (value) != FP_ZERO)
            return FALSE;
        }
    }
  return TRUE;
}

/**
 * wf_chart_data_get_sum:
 * @self: numbers
 * @category: which one
 *
 * Returns: over all series, what a stacked bar reaches; missing values count as 0
 */
double
wf_chart_data_get_sum (const WfChartData *self, guint category)
{
  double sum = 0;

  g_return_val_if_fail (self != NULL && category < self->n_categories, 0);
  for (guint s = 0; s < self->n_series; s++)
    {
      double value = self->series[s].values[category];

      sum += isnan (value) ? 0 : value;
    }
  return sum;
}

/* ---- for a person ------------------------------------------------------------------------------ */

/* Lists and reminders leave minutes out from three hours on, and hours from a day on. A report's
 * numbers are compared, so here they stay; the words are the same. */
static char *
minutes_to_text (gint64 minutes)
{
  gint64 hours = minutes / MINUTES_AN_HOUR, days = minutes / MINUTES_A_DAY;

  if (minutes < EXACT_BELOW_MINUTES || minutes % MINUTES_A_DAY == 0 ||
      (days == 0 && minutes % MINUTES_AN_HOUR == 0))
    return wf_time_amount_to_text (minutes);
  if (days == 0)
    {
      /* Translators: a short amount of time, hours and minutes */
      return g_strdup_printf (_ ("%d h %d min"), (int) hours, (int) (minutes % MINUTES_AN_HOUR));
    }
  hours = (minutes % MINUTES_A_DAY + MINUTES_AN_HOUR - 1) / MINUTES_AN_HOUR;
  if (hours == 24)
    return wf_time_amount_to_text ((days + 1) * MINUTES_A_DAY);
  g_autofree char *days_text = wf_time_amount_to_text (days * MINUTES_A_DAY);
  /* Translators: an amount of time, "3 days" and hours */
  return g_strdup_printf (_ ("%s %d h"), days_text, (int) hours);
}

/* S24: whole minutes, rounded up. */
static char *
duration_to_text (double microseconds)
{
  double minutes = ceil (fabs (microseconds) / (double) G_TIME_SPAN_MINUTE);
  g_autofree char *text = minutes_to_text ((gint64) MIN (minutes, MOST_PLAIN));

  return microseconds < 0 && minutes > 0 ? g_strconcat ("−", text, NULL) : g_steal_pointer (&text);
}

static char *
number_to_text (double value, int decimals)
{
  if (fabs (value) >= MOST_PLAIN)
    return g_strdup_printf ("%.3g", value);
  return g_strdup_printf ("%'.*f", decimals, value);
}

static gboolean
is_whole (double value, int decimals)
{
  double scale = pow (10, decimals);

  return fabs (round (value) - round (value * scale) / scale) < 0.5 / scale;
}

/**
 * wf_value_to_text:
 * @kind: what it is
 * @value: in the kind's unit
 *
 * Returns: (transfer full): as the person's language writes it; a dash for a missing value
 */
char *
wf_value_to_text (WfValueKind kind, double value)
{
  if (isnan (value))
    return g_strdup ("–");
  switch (kind)
    {
    case WF_VALUE_COUNT:
      return number_to_text (value, 0);
    case WF_VALUE_DURATION:
      return duration_to_text (value);
    case WF_VALUE_PERCENT:
      {
        g_autofree char *number = number_to_text (value, is_whole (value, 1) ? 0 : 1);

        /* Translators: %s is a number; what stands between is a space that does not break the line */
        return g_strdup_printf (_ ("%s %%"), number);
      }
    case WF_VALUE_MONEY:
      return number_to_text (value, 2);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* ---- for a spreadsheet ------------------------------------------------------------------------- */

static char *
number_to_csv (double value, const char *format, gboolean trimmed)
{
  char text[512]; /* the largest double has 309 digits */

  g_ascii_formatd (text, sizeof text, format, value);
  if (trimmed && strchr (text, '.') != NULL)
    {
      gsize length = strlen (text);

      while (text[length - 1] == '0')
        length--;
      text[text[length - 1] == '.' ? length - 1 : length] = '\0';
    }
  return g_strdup (text);
}

/**
 * wf_value_to_csv:
 * @kind: what it is
 * @value: in the kind's unit
 *
 * Returns: (transfer full): a plain number with a point, durations in hours; nothing for a missing value
 */
char *
wf_value_to_csv (WfValueKind kind, double value)
{
  if (!isfinite (value))
    return g_strdup ("");
  switch (kind)
    {
    case WF_VALUE_COUNT:
      return number_to_csv (value, "%.0f", FALSE);
    case WF_VALUE_DURATION: /* a second is 0.0003 hours */
      return number_to_csv (value / (double) G_TIME_SPAN_HOUR, "%.4f", TRUE);
    case WF_VALUE_PERCENT:
      return number_to_csv (value, "%.1f", TRUE);
    case WF_VALUE_MONEY:
      return number_to_csv (value, "%.2f", FALSE);
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
get_column_head (const WfSeries *series)
{
  switch (series->kind)
    {
    case WF_VALUE_DURATION:
      /* Translators: the head of a column in a file; %s is what is measured: "Median Lateness (hours)" */
      return g_strdup_printf (_ ("%s (hours)"), series->name);
    case WF_VALUE_PERCENT:
      return g_strdup_printf ("%s (%%)", series->name);
    case WF_VALUE_COUNT:
    case WF_VALUE_MONEY:
    default:
      return g_strdup (series->name);
    }
}

/**
 * wf_chart_data_to_csv:
 * @self: numbers
 *
 * Returns: (transfer full): a line with heads, then one a category (RFC 4180)
 */
char *
wf_chart_data_to_csv (const WfChartData *self)
{
  g_autoptr (GString) csv = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  wf_csv_append_field (csv, self->head, self->n_series == 0);
  for (guint s = 0; s < self->n_series; s++)
    {
      g_autofree char *head = get_column_head (&self->series[s]);

      wf_csv_append_field (csv, head, s + 1 == self->n_series);
    }
  for (guint c = 0; c < self->n_categories; c++)
    {
      const WfCategory *category = &self->categories[c];

      wf_csv_append_field (csv, category->name != NULL ? category->name : category->label,
                           self->n_series == 0);
      for (guint s = 0; s < self->n_series; s++)
        {
          const WfSeries *series = &self->series[s];
          g_autofree char *value = wf_value_to_csv (series->kind, series->values[c]);

          wf_csv_append_field (csv, value, s + 1 == self->n_series);
        }
    }
  return g_string_free (g_steal_pointer (&csv), FALSE);
}
