/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a chart stand. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-layout.h"

#include <math.h>

#define MOST_TICKS 6
#define TICK_HEIGHTS 2.2f     /* of text, between two ticks at least */
#define LEAST_WORDS 40.0f     /* cut narrower, a name cannot be told any more */
#define BAR_SHARE 0.64f       /* of a slot */
#define MOST_BAR 48.0f        /* a bar that is wider looks like a wall */
#define MOST_LABEL_SHARE 0.4f /* of the width, for names before lying bars */
#define ROW_PADDING 10.0f
#define MOST_ROW_HEIGHTS 2.2f
#define CELL_PADDING 6.0f
#define FUNNEL_BAR_HEIGHTS 1.5f /* of text */

/* ---- words along an axis ----------------------------------------------------------------------- */

static float
get_label_x (float middle, float width, float from, float until)
{
  return CLAMP (middle - width / 2, from, MAX (from, until - width));
}

/* FALSE: with this stride some would touch. */
static gboolean
try_stride (const float *widths, const float *middles, guint n, guint stride, float from,
            float until, float most_width, WfLabelPlace *places)
{
  float end = -INFINITY;
  guint n_places = 0;

  for (guint i = 0; i < n; i += stride)
    {
      float width = MIN (widths[i], until - from);

      if (most_width > 0)
        width = MIN (width, most_width);
      places[n_places] = (WfLabelPlace) { i, get_label_x (middles[i], width, from, until), width };
      if (places[n_places].x < end)
        return FALSE;
      end = places[n_places++].x + width + WF_CHART_GAP;
    }
  return TRUE;
}

/**
 * wf_chart_place_labels:
 * @widths: (array length=n): of the words
 * @middles: (array length=n): where they belong, rising
 * @n: how many
 * @from: the first pixel that they may take
 * @until: the end of the pixels that they may take
 * @most_width: to which they may be cut; 0: never
 * @places: (array length=n): gets the places of those that are shown
 *
 * Returns: how many are shown
 */
guint
wf_chart_place_labels (const float *widths, const float *middles, guint n, float from, float until,
                       float most_width, WfLabelPlace *places)
{
  float cut = most_width >= LEAST_WORDS ? most_width : 0;
  guint stride = 1;

  if (n == 0 || until <= from)
    return 0;
  while (stride < n && !try_stride (widths, middles, n, stride, from, until, cut, places))
    stride++;
  if (stride >= n)
    try_stride (widths, middles, 1, 1, from, until, cut, places);
  return (n - 1) / stride + 1;
}

/* ---- categories side by side ------------------------------------------------------------------- */

guint
wf_plot_get_most_ticks (float height, float text_height)
{
  float ticks = (height - 2 * text_height) / (MAX (text_height, 1) * TICK_HEIGHTS);

  return (guint) CLAMP (ticks, 1, MOST_TICKS);
}

/**
 * wf_plot_init:
 * @self: (out): gets the places
 * @width: of the whole chart
 * @height: of the whole chart
 * @tick_width: of the widest words at the upright axis
 * @text_height: of a line
 * @top: the value at the upper edge
 * @n: how many categories
 */
void
wf_plot_init (WfPlot *self, float width, float height, float tick_width, float text_height,
              double top, guint n)
{
  float left = MIN (tick_width + WF_CHART_GAP, width / 2);
  float above = text_height + 2; /* the words over the highest bar */
  float below = text_height + WF_CHART_GAP;

  graphene_rect_init (&self->plot, left, above, MAX (width - left, 1),
                      MAX (height - above - below, 1));
  self->top = top > 0 ? top : 1;
  self->n = n;
}

float
wf_plot_get_slot_width (const WfPlot *self)
{
  return self->plot.size.width / (float) MAX (self->n, 1);
}

float
wf_plot_get_x (const WfPlot *self, guint category)
{
  return self->plot.origin.x + wf_plot_get_slot_width (self) * ((float) category + 0.5f);
}

float
wf_plot_get_y (const WfPlot *self, double value)
{
  double share = CLAMP (value / self->top, 0, 1);

  return self->plot.origin.y + self->plot.size.height * (float) (1 - share);
}

graphene_rect_t
wf_plot_get_slot (const WfPlot *self, guint category)
{
  float width = wf_plot_get_slot_width (self);

  return GRAPHENE_RECT_INIT (self->plot.origin.x + width * (float) category, self->plot.origin.y,
                             width, self->plot.size.height);
}

float
wf_plot_get_bar_width (const WfPlot *self)
{
  float slot = wf_plot_get_slot_width (self);

  return CLAMP (slot * BAR_SHARE, MIN (WF_CHART_LEAST_BAR, slot), MOST_BAR);
}

/* ---- stacks ------------------------------------------------------------------------------------ */

/**
 * wf_chart_stack:
 * @values: (array length=n): NAN and less than 0: none
 * @n: how many
 * @top: the value that fills @length
 * @length: in pixels
 * @begins: (array length=n): gets where each begins
 * @lengths: (array length=n): gets how long each is
 *
 * Returns: where the stack ends: a little more than its sum where small parts were made visible, never more than @length
 */
float
wf_chart_stack (const double *values, guint n, double top, float length, float *begins,
                float *lengths)
{
  float end = 0;

  for (guint i = 0; i < n; i++)
    {
      double value = isnan (values[i]) || values[i] < 0 ? 0 : values[i];

      lengths[i] = top > 0 ? (float) MIN (value / top, 1) * length : 0;
      if (value > 0)
        lengths[i] = MAX (lengths[i], MIN (WF_CHART_LEAST_BAR, length));
      begins[i] = end;
      end += lengths[i];
    }
  if (end <= length)
    return end;
  for (guint i = 0; i < n; i++)
    {
      begins[i] *= length / end;
      lengths[i] *= length / end;
    }
  return length;
}

/* ---- lying bars -------------------------------------------------------------------------------- */

float
wf_bar_rows_get_least_height (guint n, float text_height)
{
  return (float) n * (text_height + ROW_PADDING);
}

/**
 * wf_bar_rows_init:
 * @self: (out): gets the places
 * @width: of the whole chart
 * @height: of the whole chart
 * @label_width: of the widest name
 * @value_width: of the widest value behind a bar
 * @text_height: of a line
 * @n: how many bars
 */
void
wf_bar_rows_init (WfBarRows *self, float width, float height, float label_width, float value_width,
                  float text_height, guint n)
{
  float least = text_height + ROW_PADDING, room = height / (float) MAX (n, 1);

  self->n = n;
  self->label_width = MIN (label_width, width * MOST_LABEL_SHARE);
  self->row_height = CLAMP (room, MIN (least, MAX (room, 1)), least * MOST_ROW_HEIGHTS);
  self->bar_height = MAX (MIN (self->row_height * BAR_SHARE, MOST_BAR), 1);
  self->bar_x = self->label_width + WF_CHART_GAP;
  self->bar_length = MAX (width - self->bar_x - value_width - WF_CHART_GAP, 1);
}

graphene_rect_t
wf_bar_rows_get_row (const WfBarRows *self, guint row, float width)
{
  return GRAPHENE_RECT_INIT (0, self->row_height * (float) row, width, self->row_height);
}

float
wf_bar_rows_get_bar_y (const WfBarRows *self, guint row)
{
  return self->row_height * (float) row + (self->row_height - self->bar_height) / 2;
}

/* ---- cells ------------------------------------------------------------------------------------- */

float
wf_cells_get_least_height (guint n_rows, float text_height)
{
  return (float) n_rows * (text_height + CELL_PADDING) + text_height + WF_CHART_GAP;
}

void
wf_cells_init (WfCells *self, float width, float height, float label_width, float text_height,
               guint n_columns, guint n_rows)
{
  float below = text_height + WF_CHART_GAP;

  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->label_width = MIN (label_width, width * MOST_LABEL_SHARE) + WF_CHART_GAP;
  self->cell_width = MAX (width - self->label_width, 1) / (float) MAX (n_columns, 1);
  self->cell_height = MAX (height - below, 1) / (float) MAX (n_rows, 1);
}

graphene_rect_t
wf_cells_get_cell (const WfCells *self, guint row, guint column)
{
  return GRAPHENE_RECT_INIT (self->label_width + self->cell_width * (float) column,
                             self->cell_height * (float) row, self->cell_width, self->cell_height);
}

/* ---- a funnel ---------------------------------------------------------------------------------- */

/* Beside the bars two lines of words have room, above them the name and one more. */
float
wf_funnel_get_least_height (gboolean wide, guint n, float text_height)
{
  float row = wide ? 3 * text_height + ROW_PADDING
                   : 3 * text_height + FUNNEL_BAR_HEIGHTS * text_height + 2 * ROW_PADDING;

  return (float) n * row;
}

void
wf_funnel_init (WfFunnel *self, float width, float height, float text_height, guint n)
{
  float least, room = height / (float) MAX (n, 1);

  self->wide = width >= WF_FUNNEL_WIDE * text_height;
  self->n = n;
  self->width = width;
  least = wf_funnel_get_least_height (self->wide, 1, text_height);
  self->row_height = CLAMP (room, MIN (least, MAX (room, 1)), least * MOST_ROW_HEIGHTS);
  self->bars_x = self->wide ? width * 0.46f : 0;
  self->bars_width = MAX (width - self->bars_x, 1);
  self->bar_height = self->wide ? self->row_height * BAR_SHARE : FUNNEL_BAR_HEIGHTS * text_height;
}

graphene_rect_t
wf_funnel_get_bar (const WfFunnel *self, guint row, double share)
{
  float length = (float) CLAMP (share, 0, 1) * self->bars_width;
  float y = self->row_height * (float) row;

  if (share > 0)
    length = MAX (length, MIN (WF_CHART_LEAST_BAR, self->bars_width));
  y += self->wide ? (self->row_height - self->bar_height) / 2
                  : self->row_height - self->bar_height - ROW_PADDING;
  return GRAPHENE_RECT_INIT (self->bars_x + (self->bars_width - length) / 2, y, length,
                             self->bar_height);
}

graphene_rect_t
wf_funnel_get_words (const WfFunnel *self, guint row)
{
  float y = self->row_height * (float) row;

  if (self->wide)
    return GRAPHENE_RECT_INIT (0, y, MAX (self->bars_x - 2 * WF_CHART_GAP, 1), self->row_height);
  return GRAPHENE_RECT_INIT (0, y, self->width,
                             MAX (self->row_height - self->bar_height - 2 * WF_CHART_GAP, 1));
}

graphene_rect_t
wf_funnel_get_row (const WfFunnel *self, guint row)
{
  return GRAPHENE_RECT_INIT (0, self->row_height * (float) row, self->width, self->row_height);
}
