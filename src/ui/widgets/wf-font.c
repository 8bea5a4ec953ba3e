/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts of widgets that draw their words. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-font.h"

PangoFontDescription *
wf_font_new_scaled (PangoContext *context, double scale)
{
  PangoFontDescription *font =
      pango_font_description_copy (pango_context_get_font_description (context));
  int size = (int) (pango_font_description_get_size (font) * scale);

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, size);
  else
    pango_font_description_set_size (font, size);
  return font;
}

int
wf_font_get_line_height (PangoContext *context, const PangoFontDescription *font)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, font, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return height;
}
