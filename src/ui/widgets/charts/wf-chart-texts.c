/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a chart, kept as they were shaped: that takes longest of all that is drawn. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-texts.h"

#define SMALL 0.85 /* of the font */
#define MANY 500

typedef struct
{
  PangoLayout *layout; /* (owned) */
  guint age;
} Entry;

struct _WfChartTexts
{
  PangoContext *context;      /* (owned) */
  GHashTable *regular, *bold; /* (owned) text -> Entry */
  guint age;
};

/**
 * wf_chart_text_new:
 * @context: its font and direction count
 * @text: words
 * @bold: whether they are bold
 */
PangoLayout *
wf_chart_text_new (PangoContext *context, const char *text, gboolean bold)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_object_unref (self->layout);
  g_free (self);
}

WfChartTexts *
wf_chart_texts_new (PangoContext *context)
{
  WfChartTexts *self = g_new0 (WfChartTexts, 1);

  self->context = g_object_ref (context);
  self->regular = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->bold = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
wf_chart_texts_free (WfChartTexts *self)
{
  g_hash_table_unref (self->regular);
  g_hash_table_unref (self->bold);
  g_object_unref (self->context);
  g_free (self);
}

PangoContext *
wf_chart_texts_get_context (WfChartTexts *self)
{
  return self->context;
}

PangoLayout *
wf_chart_texts_get (WfChartTexts *self, const char *text, gboolean bold)
{
  GHashTable *entries = bold ? self->bold : self->regular;
  Entry *entry = g_hash_table_lookup (entries, text);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->layout = wf_chart_text_new (self->context, text, bold);
      g_hash_table_insert (entries, g_strdup (text), entry);
    }
  entry->age = self->age;
  return g_object_ref (entry->layout);
}

static gboolean
is_old (gpointer text, gpointer data, gpointer user_data)
{
  const Entry *entry = data;
  const WfChartTexts *self = user_data;

  return entry->age != self->age;
}

void
wf_chart_texts_age (WfChartTexts *self)
{
  if (g_hash_table_size (self->regular) + g_hash_table_size (self->bold) > MANY)
    {
      g_hash_table_foreach_remove (self->regular, is_old, self);
      g_hash_table_foreach_remove (self->bold, is_old, self);
    }
  self->age++;
}
