/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours of libadwaita's present style, for widgets that draw themselves. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-palette.h"

#include <adwaita.h>

static GdkRGBA
parse (const char *text)
{
  GdkRGBA color = { 0 };

  gdk_rgba_parse (&color, text);
  return color;
}

static AdwStyleManager *
get_manager (GtkWidget *widget)
{
  return adw_style_manager_get_for_display (gtk_widget_get_display (widget));
}

/**
 * wf_palette_init:
 * @self: (out): gets the colours
 * @widget: that is drawn; its text colour counts
 *
 * libadwaita's variables of the same names, which a style manager does not give: --error-color, --warning-color, --dim-opacity.
 */
void
wf_palette_init (WfPalette *self, GtkWidget *widget)
{
  AdwStyleManager *manager = get_manager (widget);
  AdwAccentColor accent = adw_style_manager_get_accent_color (manager);
  gboolean dark = adw_style_manager_get_dark (manager);

  self->dark = dark;
  self->high_contrast = adw_style_manager_get_high_contrast (manager);
  gtk_widget_get_color (widget, &self->text);
  self->dim = self->text;
  self->dim.alpha *= self->high_contrast ? 0.9f : 0.55f;
  self->error = parse (dark ? "#ff938c" : "#c30000");
  self->warning = parse (dark ? "#ffc252" : "#905400");
  adw_accent_color_to_standalone_rgba (accent, dark, &self->accent);
  adw_accent_color_to_rgba (accent, &self->accent_fill);
}

/**
 * wf_palette_get_tone:
 * @self: the colours
 * @tone: what a text says besides its words
 *
 * Returns: (transfer none): the colour of that text
 */
const GdkRGBA *
wf_palette_get_tone (const WfPalette *self, WfTone tone)
{
  switch (tone)
    {
    case WF_TONE_DIMMED:
      return &self->dim;
    case WF_TONE_WARNING:
      return &self->warning;
    case WF_TONE_ERROR:
      return &self->error;
    case WF_TONE_PLAIN:
    default:
      return &self->text;
    }
}

/**
 * wf_palette_follow:
 * @widget: draws with more than its text colour
 */
void
wf_palette_follow (GtkWidget *widget)
{
  AdwStyleManager *manager = get_manager (widget);

  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::accent-color", G_CALLBACK (gtk_widget_queue_draw),
                           widget, G_CONNECT_SWAPPED);
}
