/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a report on paper: laid out by Pango, so that they stay text in a PDF file. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-sheet-private.h"

#define FONT "Sans 9"

void
wf_sheet_text_prepare (PangoContext *context)
{
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72); /* lengths are points */
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_font_description (context, font);
  pango_context_set_base_dir (context, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL
                                           ? PANGO_DIRECTION_RTL
                                           : PANGO_DIRECTION_LTR);
  pango_font_description_free (font);
}

gboolean
wf_sheet_text_is_mirrored (PangoContext *context)
{
  return pango_context_get_base_dir (context) == PANGO_DIRECTION_RTL;
}

/* Digits of one width stand below each other; letters stay letters of their own, so that a word is found in a PDF file. */
static void
set_tabular (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1, liga=0"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

#define LEFT_TO_RIGHT_MARK 0x200e

/* As the first letter runs; a text without one is neutral. */
static PangoDirection
find_direction (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == LEFT_TO_RIGHT_MARK)
        return PANGO_DIRECTION_LTR;
      if (!g_unichar_isalpha (c))
        continue;
      switch ((int) g_unichar_get_script (c))
        {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
        case G_UNICODE_SCRIPT_NKO:
          return PANGO_DIRECTION_RTL;
        default:
          return PANGO_DIRECTION_LTR;
        }
    }
  return PANGO_DIRECTION_NEUTRAL;
}

/* "70.2 %" has no letter that says in which direction it runs: between words that run from the right its parts would be turned
 * round. Marks (U+200E) make it run as numbers do. */
static char *
mark_direction (PangoContext *context, const char *text)
{
  if (*text == '\0' || !wf_sheet_text_is_mirrored (context) ||
      find_direction (text) != PANGO_DIRECTION_NEUTRAL)
    return g_strdup (text);
  return g_strconcat ("\342\200\216", text, "\342\200\216", NULL);
}

PangoLayout *
wf_sheet_text_new (PangoContext *context, const char *text, double size, gboolean bold,
                   double width)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font =
      pango_font_description_copy (pango_context_get_font_description (context));
  g_autofree char *marked = mark_direction (context, text);

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  set_tabular (layout);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, marked, -1);
  wf_sheet_text_align (layout, FALSE);
  return layout;
}

/* Pango turns the alignment round for texts that run against the language's direction. */
void
wf_sheet_text_align (PangoLayout *text, gboolean at_end)
{
  gboolean mirrored = wf_sheet_text_is_mirrored (pango_layout_get_context (text));
  PangoDirection direction = find_direction (pango_layout_get_text (text));
  gboolean turned = direction == (mirrored ? PANGO_DIRECTION_LTR : PANGO_DIRECTION_RTL);
  gboolean right = mirrored != at_end;

  pango_layout_set_alignment (text, right != turned ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

void
wf_sheet_text_limit (PangoLayout *text, int lines)
{
  pango_layout_set_height (text, -lines);
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
}

double
wf_sheet_text_get_width (PangoLayout *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (text, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

double
wf_sheet_text_get_height (PangoLayout *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (text, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

void
wf_sheet_text_draw (cairo_t *cr, PangoLayout *text, double x, double y, double ink)
{
  cairo_set_source_rgb (cr, ink, ink, ink);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, text);
}
