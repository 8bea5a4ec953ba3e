/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a flow, laid out and measured. One Pango layout is used for all of them, as making one
 * costs more than breaking a sentence into lines; what was measured is remembered. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-painter-private.h"

#include "wf-font.h"

#include <math.h>
#include <string.h>

/* Beyond this a sentence is no longer read on a card; the whole is in the inspector and in the
 * tooltip. */
#define MOST_LINES 6
/* A workflow has a few thousand texts; older ones are of earlier edits. */
#define MOST_MEASURED 20000

typedef struct
{
  WfFlowTextStyle style;
  float width;
  char *text; /* (owned) of a kept one */
  float text_width, text_height;
} Measured;

struct _WfFlowText
{
  PangoLayout *layout;
  PangoFontDescription *fonts[WF_FLOW_TEXT_NAME + 1];
  GHashTable *measured; /* of Measured, which is its own key */
};

static guint
measured_hash (gconstpointer data)
{
  const Measured *measured = data;

  return g_str_hash (measured->text) * 31 + (guint) measured->width * 5 + measured->style;
}

static gboolean
measured_equal (gconstpointer a, gconstpointer b)
{
  const Measured *first = a;
  const Measured *second = b;

  return first->style == second->style && first->width == second->width &&
         strcmp (first->text, second->text) == 0;
}

static void
measured_free (gpointer data)
{
  g_free (((Measured *) data)->text);
  g_free (data);
}

static PangoFontDescription *
make_font (PangoContext *context, double scale, PangoWeight weight)
{
  PangoFontDescription *font = wf_font_new_scaled (context, scale);

  if (weight != PANGO_WEIGHT_NORMAL)
    pango_font_description_set_weight (font, weight);
  return font;
}

WfFlowText *
wf_flow_text_new (PangoContext *context)
{
  WfFlowText *self = g_new0 (WfFlowText, 1);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  self->layout = pango_layout_new (context);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (self->layout, attributes);
  self->fonts[WF_FLOW_TEXT_TITLE] = make_font (context, 1, PANGO_WEIGHT_NORMAL);
  self->fonts[WF_FLOW_TEXT_SUBTITLE] = make_font (context, 0.88, PANGO_WEIGHT_NORMAL);
  self->fonts[WF_FLOW_TEXT_CHIP] = make_font (context, 0.82, PANGO_WEIGHT_NORMAL);
  self->fonts[WF_FLOW_TEXT_NAME] = make_font (context, 1, PANGO_WEIGHT_BOLD);
  self->measured = g_hash_table_new_full (measured_hash, measured_equal, NULL, measured_free);
  return self;
}

void
wf_flow_text_free (WfFlowText *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->fonts); i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->layout);
  g_hash_table_unref (self->measured);
  g_free (self);
}

static void
set_text (WfFlowText *self, const char *text, WfFlowTextStyle style, float width)
{
  pango_layout_set_font_description (self->layout, self->fonts[style]);
  pango_layout_set_height (self->layout, -MOST_LINES);
  pango_layout_set_width (self->layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_text (self->layout, text, -1);
}

static Measured *
measure_now (WfFlowText *self, const Measured *key)
{
  Measured *measured = g_memdup2 (key, sizeof *key);
  PangoRectangle logical;

  set_text (self, key->text, key->style, key->width);
  pango_layout_get_extents (self->layout, NULL, &logical);
  measured->text = g_strdup (key->text);
  measured->text_width = ceilf ((float) logical.width / PANGO_SCALE);
  measured->text_height = ceilf ((float) logical.height / PANGO_SCALE);
  if (g_hash_table_size (self->measured) >= MOST_MEASURED)
    g_hash_table_remove_all (self->measured);
  g_hash_table_add (self->measured, measured);
  return measured;
}

void
wf_flow_text_measure (WfFlowText *self, const char *text, WfFlowTextStyle style, float width,
                      float *text_width, float *text_height)
{
  const Measured key = { .style = style, .width = width, .text = (char *) text };
  const Measured *measured = g_hash_table_lookup (self->measured, &key);

  if (measured == NULL)
    measured = measure_now (self, &key);
  *text_width = measured->text_width;
  *text_height = measured->text_height;
}

/* At the side of the interface, as labels are. Pango swaps left and right for a text that runs
 * against the context. */
static PangoAlignment
get_alignment (WfFlowText *self, gboolean mirrored)
{
  PangoDirection base = pango_context_get_base_dir (pango_layout_get_context (self->layout));
  gboolean base_rtl = base == PANGO_DIRECTION_RTL || base == PANGO_DIRECTION_WEAK_RTL;
  gboolean rtl = pango_layout_get_direction (self->layout, 0) == PANGO_DIRECTION_RTL;
  gboolean swapped = base != PANGO_DIRECTION_NEUTRAL && rtl != base_rtl;

  return mirrored != swapped ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

PangoLayout *
wf_flow_text_lay_out (WfFlowText *self, const char *text, WfFlowTextStyle style, float width,
                      gboolean mirrored)
{
  set_text (self, text, style, width);
  pango_layout_set_alignment (self->layout, get_alignment (self, mirrored));
  return self->layout;
}
