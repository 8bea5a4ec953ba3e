/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts of widgets that draw their words. */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* The context's font, so many times as large. Owned by the caller. */
PangoFontDescription *wf_font_new_scaled (PangoContext *context, double scale);
/* In pixels; font NULL: the context's own. Dear to ask for. */
int wf_font_get_line_height (PangoContext *context, const PangoFontDescription *font);

G_END_DECLS
