/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of a flow: those of libadwaita's named colours that a style manager does not give. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-painter-private.h"

#include "wf-palette.h"

static GdkRGBA
parse (const char *text)
{
  GdkRGBA colour = { 0 };

  gdk_rgba_parse (&colour, text);
  return colour;
}

GdkRGBA
wf_flow_mix (const GdkRGBA *a, const GdkRGBA *b, float amount)
{
  return (GdkRGBA) {
    a->red + (b->red - a->red) * amount,
    a->green + (b->green - a->green) * amount,
    a->blue + (b->blue - a->blue) * amount,
    a->alpha + (b->alpha - a->alpha) * amount,
  };
}

/* Everything that follows from window, card, text and contrast. The text's own transparency is
 * mixed in, so that texts may be drawn on top of lines. */
static void
derive (WfFlowPalette *self)
{
  GdkRGBA opaque = self->text;

  opaque.alpha = 1;
  self->text = wf_flow_mix (&self->card, &opaque, self->high_contrast ? 1 : self->text.alpha);
  self->text.alpha = 1;
  self->dim = wf_flow_mix (&self->card, &opaque, self->high_contrast ? 0.9f : 0.6f);
  self->border = wf_flow_mix (&self->window, &opaque, self->high_contrast ? 0.6f : 0.14f);
  self->edge = wf_flow_mix (&self->window, &opaque, self->high_contrast ? 0.8f : 0.38f);
}

/**
 * wf_flow_palette_init:
 * @self: (out): gets the colours
 * @widget: that is drawn on; its text colour counts
 */
void
wf_flow_palette_init (WfFlowPalette *self, GtkWidget *widget)
{
  GdkRGBA white = { 1, 1, 1, 1 };
  WfPalette palette;

  wf_palette_init (&palette, widget);
  self->high_contrast = palette.high_contrast;
  self->window = parse (palette.dark ? "#222226" : "#fafafb");
  self->card = palette.dark ? wf_flow_mix (&self->window, &white, 0.08f) : white;
  self->text = palette.text;
  self->success = parse (palette.dark ? "#78e9ab" : "#007c3d");
  self->warning = palette.warning;
  self->error = palette.error;
  self->accent = palette.accent;
  derive (self);
}

/**
 * wf_flow_palette_init_for_print:
 * @self: (out): gets black on white; no large area is filled
 */
void
wf_flow_palette_init_for_print (WfFlowPalette *self)
{
  *self = (WfFlowPalette) {
    .window = { 1, 1, 1, 1 },
    .card = { 1, 1, 1, 1 },
    .text = { 0, 0, 0, 1 },
    .success = parse ("#007c3d"),
    .warning = parse ("#905400"),
    .error = parse ("#c30000"),
    .accent = parse ("#0461be"),
    .high_contrast = TRUE, /* no shades */
  };
  derive (self);
  self->border = parse ("#8a8a8a");
  self->edge = parse ("#5e5e5e");
  self->dim = parse ("#4a4a4a");
}
