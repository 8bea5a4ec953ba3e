/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn, in words: for a screen reader and a tooltip. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-private.h"

#include <glib/gi18n-lib.h>

#include <math.h>

static const char *
get_name (const WfCategory *category)
{
  return category->name != NULL ? category->name : category->label;
}

static char *
get_value (const WfSeries *series, guint category)
{
  if (isnan (series->values[category]))
    {
      /* Translators: what is said in place of a number that there is none of */
      return g_strdup (_ ("none"));
    }
  return wf_value_to_text (series->kind, series->values[category]);
}

/* "Done on Time 12, Late 3"; of a series without a name or that is alone with the title's, only the number. */
static char *
join_values (const WfChartData *data, guint category)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint s = 0; s < data->n_series; s++)
    {
      g_autofree char *value = get_value (&data->series[s], category);

      if (s > 0)
        {
          /* Translators: between the parts of an enumeration: "Done on Time 12, Late 3" */
          g_string_append (text, _ (", "));
        }
      if (*data->series[s].name == '\0')
        g_string_append (text, value);
      else
        {
          /* Translators: the name of what is counted, and how many: "Done on Time 12" */
          g_string_append_printf (text, _ ("%s %s"), data->series[s].name, value);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wf_chart_words_get_category:
 * @data: numbers
 * @category: which one
 * @remark: (nullable): what is said beside the numbers
 *
 * Returns: (transfer full): "Ana: Done on Time 12, Late 3"
 */
char *
wf_chart_words_get_category (const WfChartData *data, guint category, const char *remark)
{
  g_autofree char *values = join_values (data, category);
  const char *name = get_name (&data->categories[category]);

  if (data->n_series == 0)
    return g_strdup (name);
  if (remark != NULL)
    {
      /* Translators: a name, a remark about it, and its numbers: "Filtro 1 (bottleneck): Entered 12, Left 3" */
      return g_strdup_printf (_ ("%s (%s): %s"), name, remark, values);
    }
  /* Translators: a name and its numbers: "Ana: Done on Time 12, Late 3" */
  return g_strdup_printf (_ ("%s: %s"), name, values);
}

char *
wf_chart_words_get_cell (const WfChartData *data, guint series, guint category)
{
  g_autofree char *value = get_value (&data->series[series], category);

  /* Translators: the names of a row and of a column, and the number there: "Monday, 14:00: 5" */
  return g_strdup_printf (_ ("%s, %s: %s"), data->series[series].name,
                          get_name (&data->categories[category]), value);
}

static char *
get_head (const WfChartData *data, guint series, guint category, const char *remark)
{
  const char *name = get_name (&data->categories[category]);

  if (series != G_MAXUINT)
    {
      /* Translators: the names of a row and of a column: "Monday, 14:00" */
      return g_strdup_printf (_ ("%s, %s"), data->series[series].name, name);
    }
  /* Translators: a name and a remark about it: "Filtro 1 (bottleneck)" */
  return remark != NULL ? g_strdup_printf (_ ("%s (%s)"), name, remark) : g_strdup (name);
}

/**
 * wf_chart_words_get_markup:
 * @data: numbers
 * @series: G_MAXUINT: all
 * @category: which one
 * @remark: (nullable): what is said beside the name
 *
 * Returns: (transfer full): Pango markup, a line for the name and one a number
 */
char *
wf_chart_words_get_markup (const WfChartData *data, guint series, guint category,
                           const char *remark)
{
  g_autofree char *head = get_head (data, series, category, remark);
  g_autofree char *bold = g_markup_printf_escaped ("<b>%s</b>", head);
  g_autoptr (GString) text = g_string_new (bold);

  for (guint s = 0; s < data->n_series; s++)
    {
      g_autofree char *value = get_value (&data->series[s], category);
      g_autofree char *line = NULL;

      if (series != G_MAXUINT && s != series)
        continue;
      if (series != G_MAXUINT || *data->series[s].name == '\0')
        line = g_markup_escape_text (value, -1);
      else
        {
          /* Translators: the name of what is counted, and how many: "Done on Time: 12" */
          line = g_markup_printf_escaped (_ ("%s: %s"), data->series[s].name, value);
        }
      g_string_append_printf (text, "\n<span font_features=\"tnum=1\">%s</span>", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
