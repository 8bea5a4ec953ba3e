/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of charts. After the palette of Okabe and Ito, which people who see fewer colours can tell apart, with the contrast
 * of at least 3:1 against the card that WCAG 2.2 asks of graphics (1.4.11), light and dark. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-paint.h"

#include <adwaita.h>

#include <math.h>

typedef struct
{
  const char *light, *dark;
  WfMarker marker;
  float dash[2];
} Style;

static const Style role_styles[] = {
  [WF_SERIES_CREATED] = { "#0067b1", "#62a9ea", WF_MARKER_DISC, { 0 } },
  [WF_SERIES_ON_TIME] = { "#00815f", "#33c79c", WF_MARKER_DIAMOND, { 0 } },
  [WF_SERIES_LATE] = { "#c74a00", "#ff9a55", WF_MARKER_TRIANGLE, { 6, 3 } },
  [WF_SERIES_OPEN_LATE] = { "#a1286f", "#f09bd0", WF_MARKER_RING, { 2, 3 } },
  [WF_SERIES_CLOSED] = { "#6f6e74", "#a9a8ad", WF_MARKER_SQUARE, { 8, 3 } },
  [WF_SERIES_BEFORE] = { "#77767b", "#9a9a9f", WF_MARKER_NONE, { 3, 3 } },
};
static const Style plain_styles[] = {
  { "#0067b1", "#62a9ea", WF_MARKER_DISC, { 0 } },
  { "#c74a00", "#ff9a55", WF_MARKER_TRIANGLE, { 6, 3 } },
  { "#00815f", "#33c79c", WF_MARKER_DIAMOND, { 0 } },
  { "#a1286f", "#f09bd0", WF_MARKER_SQUARE, { 2, 3 } },
  { "#8a6100", "#e5c04c", WF_MARKER_RING, { 8, 3 } },
  { "#1585b5", "#7fd4ff", WF_MARKER_DISC, { 4, 2 } },
  { "#6a4fb3", "#b6a3f5", WF_MARKER_TRIANGLE, { 0 } },
  { "#7d4a2b", "#d0a483", WF_MARKER_DIAMOND, { 6, 3 } },
};

static GdkRGBA
parse (const char *text)
{
  GdkRGBA color = { 0 };

  gdk_rgba_parse (&color, text);
  return color;
}

static GdkRGBA
mix (const GdkRGBA *a, const GdkRGBA *b, float amount)
{
  return (GdkRGBA) {
    a->red + (b->red - a->red) * amount,
    a->green + (b->green - a->green) * amount,
    a->blue + (b->blue - a->blue) * amount,
    1,
  };
}

void
wf_chart_palette_init (WfChartPalette *self, gboolean dark, gboolean high_contrast,
                       const GdkRGBA *text)
{
  GdkRGBA opaque = *text;

  opaque.alpha = 1;
  self->dark = dark;
  self->high_contrast = high_contrast;
  self->card = parse (dark ? "#343437" : "#ffffff"); /* libadwaita's card over its window */
  self->text = mix (&self->card, &opaque, high_contrast ? 1 : text->alpha);
  self->dim = mix (&self->card, &opaque, high_contrast ? 1 : 0.68f);
  self->grid = mix (&self->card, &opaque, high_contrast ? 0.5f : 0.12f);
}

void
wf_chart_palette_init_for_paper (WfChartPalette *self)
{
  wf_chart_palette_init (self, FALSE, TRUE, &(const GdkRGBA) { 0, 0, 0, 1 });
  self->dim = parse ("#4a4a4a");
  self->grid = parse ("#c0c0c0");
}

void
wf_chart_palette_init_for_widget (WfChartPalette *self, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  GdkRGBA text;

  gtk_widget_get_color (widget, &text);
  wf_chart_palette_init (self, adw_style_manager_get_dark (manager),
                         adw_style_manager_get_high_contrast (manager), &text);
}

static const Style *
find_style (const WfChartData *data, guint series)
{
  guint n = 0;

  if (data->series[series].role != WF_SERIES_PLAIN)
    return &role_styles[data->series[series].role];
  for (guint i = 0; i < series; i++)
    n += data->series[i].role == WF_SERIES_PLAIN;
  return &plain_styles[n % G_N_ELEMENTS (plain_styles)];
}

/* What is still open is hollow. What is late, and every other plain series, is hatched where colours may be missing. */
static WfFill
find_fill (const WfChartPalette *palette, const WfChartData *data, guint series)
{
  switch (data->series[series].role)
    {
    case WF_SERIES_OPEN_LATE:
    case WF_SERIES_BEFORE:
      return WF_FILL_HOLLOW;
    case WF_SERIES_LATE:
      return palette->high_contrast ? WF_FILL_HATCHED : WF_FILL_SOLID;
    case WF_SERIES_PLAIN:
      return palette->high_contrast && series % 2 == 1 ? WF_FILL_HATCHED : WF_FILL_SOLID;
    case WF_SERIES_CREATED:
    case WF_SERIES_ON_TIME:
    case WF_SERIES_CLOSED:
    default:
      return WF_FILL_SOLID;
    }
}

/**
 * wf_series_style_init:
 * @self: (out): gets the style
 * @palette: that it is drawn with
 * @data: numbers
 * @series: which one
 */
void
wf_series_style_init (WfSeriesStyle *self, const WfChartPalette *palette, const WfChartData *data,
                      guint series)
{
  const Style *style = find_style (data, series);

  *self = (WfSeriesStyle) {
    .color = parse (palette->dark ? style->dark : style->light),
    .fill = find_fill (palette, data, series),
    .marker = style->marker,
    .dash = { style->dash[0], style->dash[1] },
  };
}

/* From hardly anything to blue, evenly in lightness. */
GdkRGBA
wf_chart_palette_get_shade (const WfChartPalette *self, double share)
{
  GdkRGBA full = parse (self->dark ? "#78bcff" : "#004e8c");
  double least = self->high_contrast ? 0.6 : 0.12;

  return mix (&self->card, &full, (float) (least + (1 - least) * CLAMP (share, 0, 1)));
}

static double
get_linear (float part)
{
  return part <= 0.03928f ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

/* Black or white, whichever has more contrast (WCAG's relative luminance: they are even at 0.179). */
GdkRGBA
wf_chart_palette_get_text_on (const GdkRGBA *color)
{
  double light = 0.2126 * get_linear (color->red) + 0.7152 * get_linear (color->green) +
                 0.0722 * get_linear (color->blue);

  return light > 0.179 ? (GdkRGBA) { 0, 0, 0, 1 } : (GdkRGBA) { 1, 1, 1, 1 };
}
