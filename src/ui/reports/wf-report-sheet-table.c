/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table on paper: the first column has the names, which may take two lines, and what room the numbers leave. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-sheet-private.h"

#include <math.h>

#define SIZE 8.5
#define LEAST_SIZE 6.0
#define GAP 12.0    /* between columns */
#define PADDING 3.0 /* above and below a row */
#define NAMES 0.26  /* of the width at least for the names */
#define SAMPLE                                                                                     \
  200u /* rows that are measured for the width of a column: a long table must not block */
#define HEAD_MOST 62.0

struct _WfSheetTable
{
  PangoContext *context; /* (owned) */
  WfChartData *data;     /* (owned) */
  double width, size, head_height, name_width, line_height;
  double *widths; /* (owned) of the numbers' columns */
  gboolean mirrored;
  gboolean narrow; /* heads as narrow as their longest word */
};

static PangoLayout *
make_text (const WfSheetTable *self, const char *text, gboolean bold, double width)
{
  return wf_sheet_text_new (self->context, text, self->size, bold, width);
}

static double
measure (const WfSheetTable *self, const char *text, gboolean bold)
{
  g_autoptr (PangoLayout) layout = make_text (self, text, bold, 0);

  return wf_sheet_text_get_width (layout);
}

/* Heads are broken between words: in two lines where there is room, else as often as it must be. */
static double
measure_head (const WfSheetTable *self, const char *head)
{
  g_auto (GStrv) words = g_strsplit (head, " ", -1);
  double widest = self->narrow ? 0 : measure (self, head, TRUE) * 0.6;

  for (guint i = 0; words[i] != NULL; i++)
    widest = MAX (widest, measure (self, words[i], TRUE));
  return MIN (widest, HEAD_MOST);
}

/* The longest text is the widest, nearly enough: digits have one width. */
static double
measure_values (const WfSheetTable *self, const WfSeries *series)
{
  g_autofree char *longest = NULL;
  glong most = 0;

  for (guint i = 0; i < MIN (self->data->n_categories, SAMPLE); i++)
    {
      g_autofree char *text = wf_value_to_text (series->kind, series->values[i]);
      glong length = isnan (series->values[i]) ? 0 : g_utf8_strlen (text, -1);

      if (length <= most)
        continue;
      most = length;
      g_free (longest);
      longest = g_steal_pointer (&text);
    }
  return longest != NULL ? measure (self, longest, FALSE) : 0;
}

static double
measure_columns (WfSheetTable *self)
{
  double sum = 0;

  for (guint i = 0; i < self->data->n_series; i++)
    {
      const WfSeries *series = &self->data->series[i];

      self->widths[i] =
          ceil (MAX (measure_head (self, series->name), measure_values (self, series)));
      sum += self->widths[i] + GAP;
    }
  return sum;
}

/* Many columns are set in smaller type, down to what can still be read, and then narrowed. */
static void
fit (WfSheetTable *self)
{
  double room = self->width * (1 - NAMES);
  double sum = measure_columns (self);

  if (sum > room)
    {
      self->narrow = TRUE;
      sum = measure_columns (self);
    }
  while (sum > room && self->size > LEAST_SIZE)
    {
      self->size = MAX (self->size - 0.5, LEAST_SIZE);
      sum = measure_columns (self);
    }
  for (guint i = 0; sum > room && i < self->data->n_series; i++)
    self->widths[i] = MAX ((self->widths[i] + GAP) * room / sum - GAP, 8);
  self->name_width = self->width - MIN (sum, room);
}

static double
get_head_text_height (const WfSheetTable *self)
{
  g_autoptr (PangoLayout) name = make_text (self, self->data->head, TRUE, self->name_width);
  double height = wf_sheet_text_get_height (name);

  for (guint i = 0; i < self->data->n_series; i++)
    {
      g_autoptr (PangoLayout) head =
          make_text (self, self->data->series[i].name, TRUE, self->widths[i]);
      height = MAX (height, wf_sheet_text_get_height (head));
    }
  return height;
}

WfSheetTable *
wf_sheet_table_new (PangoContext *context, WfChartData *data, double width)
{
  WfSheetTable *self = g_new0 (WfSheetTable, 1);
  g_autoptr (PangoLayout) line = NULL;

  self->context = g_object_ref (context);
  self->data = wf_chart_data_ref (data);
  self->width = width;
  self->size = SIZE;
  self->widths = g_new0 (double, MAX (data->n_series, 1));
  self->mirrored = wf_sheet_text_is_mirrored (context);
  fit (self);
  line = make_text (self, "0", FALSE, 0);
  self->line_height = wf_sheet_text_get_height (line);
  self->head_height = get_head_text_height (self) + 2 * PADDING;
  return self;
}

void
wf_sheet_table_free (WfSheetTable *self)
{
  g_object_unref (self->context);
  wf_chart_data_unref (self->data);
  g_free (self->widths);
  g_free (self);
}

guint
wf_sheet_table_get_n_rows (const WfSheetTable *self)
{
  return self->data->n_categories;
}

double
wf_sheet_table_get_head_height (const WfSheetTable *self)
{
  return self->head_height;
}

static PangoLayout *
make_name (const WfSheetTable *self, guint row)
{
  const WfCategory *category = &self->data->categories[row];
  const char *name = category->name != NULL ? category->name : category->label;
  PangoLayout *text = make_text (self, name, FALSE, self->name_width);

  wf_sheet_text_limit (text, 2);
  return text;
}

double
wf_sheet_table_get_row_height (const WfSheetTable *self, guint row)
{
  g_autoptr (PangoLayout) name = make_name (self, row);

  return MAX (wf_sheet_text_get_height (name), self->line_height) + 2 * PADDING;
}

/* start: from the side where the language begins. */
static double
from_start (const WfSheetTable *self, double start, double width)
{
  return self->mirrored ? self->width - start - width : start;
}

/* At the end of its column, as numbers are. */
static void
draw_at_end (const WfSheetTable *self, cairo_t *cr, PangoLayout *text, double end, double width,
             double y, double ink)
{
  wf_sheet_text_align (text, TRUE);
  wf_sheet_text_draw (cr, text, from_start (self, end - width, width), y, ink);
}

static void
draw_rule (const WfSheetTable *self, cairo_t *cr, double y, double grey, double thickness)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_width (cr, thickness);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, self->width, y);
  cairo_stroke (cr);
}

void
wf_sheet_table_draw_head (const WfSheetTable *self, cairo_t *cr, double y)
{
  g_autoptr (PangoLayout) name = make_text (self, self->data->head, TRUE, self->name_width);
  double bottom = y + self->head_height - PADDING;
  double end = self->name_width;

  wf_sheet_text_draw (cr, name, from_start (self, 0, self->name_width),
                      bottom - wf_sheet_text_get_height (name), 0.25);
  for (guint i = 0; i < self->data->n_series; i++)
    {
      g_autoptr (PangoLayout) head =
          make_text (self, self->data->series[i].name, TRUE, self->widths[i]);

      end += GAP + self->widths[i];
      draw_at_end (self, cr, head, end, self->widths[i], bottom - wf_sheet_text_get_height (head),
                   0.25);
    }
  draw_rule (self, cr, y + self->head_height, 0.45, 0.75);
}

void
wf_sheet_table_draw_row (const WfSheetTable *self, cairo_t *cr, guint row, double y)
{
  g_autoptr (PangoLayout) name = make_name (self, row);
  double height = MAX (wf_sheet_text_get_height (name), self->line_height) + 2 * PADDING;
  double end = self->name_width;

  wf_sheet_text_draw (cr, name, from_start (self, 0, self->name_width), y + PADDING, 0);
  for (guint i = 0; i < self->data->n_series; i++)
    {
      const WfSeries *series = &self->data->series[i];
      gboolean none = isnan (series->values[row]);
      g_autofree char *value = none ? g_strdup ("–")
                                    : wf_value_to_text (series->kind, series->values[row]);
      g_autoptr (PangoLayout) text = make_text (self, value, FALSE, self->widths[i]);

      wf_sheet_text_limit (text, 1);
      end += GAP + self->widths[i];
      draw_at_end (self, cr, text, end, self->widths[i], y + PADDING, none ? 0.55 : 0);
    }
  draw_rule (self, cr, y + height, 0.85, 0.4);
}
