/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours of libadwaita's present style, for widgets that draw themselves. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean dark, high_contrast;
  GdkRGBA text, dim;           /* dim: of the same text colour, less of it */
  GdkRGBA error, warning;      /* of texts */
  GdkRGBA accent, accent_fill; /* of texts; of what texts stand on */
} WfPalette;
/* Of the style in which the widget is drawn; its text colour counts. */
void wf_palette_init (WfPalette *self, GtkWidget *widget);

typedef enum
{
  WF_TONE_PLAIN,
  WF_TONE_DIMMED,
  WF_TONE_WARNING,
  WF_TONE_ERROR,
} WfTone;
const GdkRGBA *wf_palette_get_tone (const WfPalette *self, WfTone tone);

/* Draws the widget anew whenever a colour changes of which GTK does not know that it draws with it. */
void wf_palette_follow (GtkWidget *widget);

G_END_DECLS
