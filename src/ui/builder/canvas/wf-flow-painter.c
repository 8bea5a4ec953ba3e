/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the cards and edges of a layout: what it remembers, and the whole as one picture.
 *
 * A render node is remembered under everything that it shows, and not under the card or edge: after
 * an edit there is a new layout, most of which looks the same at another place. Nodes are drawn at
 * the origin and moved. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-painter-private.h"

#include <string.h>

/* What fits on a screen several times over; then all are forgotten, as keeping an order costs more
 * than drawing again. */
#define MOST_NODES 3000

G_DEFINE_FINAL_TYPE (WfFlowPainter, wf_flow_painter, G_TYPE_OBJECT)

static void
wf_flow_painter_dispose (GObject *object)
{
  WfFlowPainter *self = WF_FLOW_PAINTER (object);

  g_hash_table_remove_all (self->nodes);
  g_hash_table_remove_all (self->icons);
  g_clear_object (&self->theme);
  G_OBJECT_CLASS (wf_flow_painter_parent_class)->dispose (object);
}

static void
wf_flow_painter_finalize (GObject *object)
{
  WfFlowPainter *self = WF_FLOW_PAINTER (object);

  g_clear_pointer (&self->text, wf_flow_text_free);
  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->icons);
  g_byte_array_unref (self->key);
  for (guint i = 0; i < WF_N_SIGNS; i++)
    gsk_path_unref (self->signs[i]);
  G_OBJECT_CLASS (wf_flow_painter_parent_class)->finalize (object);
}

static void
wf_flow_painter_class_init (WfFlowPainterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_flow_painter_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_flow_painter_finalize;
}

static void
wf_flow_painter_init (WfFlowPainter *self)
{
  self->nodes = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                       (GDestroyNotify) gsk_render_node_unref);
  self->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->key = g_byte_array_new ();
  for (guint i = 0; i < WF_N_SIGNS; i++)
    self->signs[i] = wf_flow_make_sign (i);
  wf_flow_palette_init_for_print (&self->palette);
}

/**
 * wf_flow_painter_new:
 * @context: of the widget or of a print operation; its font is used. After its font has changed a
 *   new painter is needed
 *
 * Returns: (transfer full): a painter with paper's colours
 */
WfFlowPainter *
wf_flow_painter_new (PangoContext *context)
{
  WfFlowPainter *self = g_object_new (WF_TYPE_FLOW_PAINTER, NULL);

  /* For a file no display is needed: then this fails, but the kinds of render nodes are known
   * afterwards. */
  if (!gtk_is_initialized () && !gtk_init_check ())
    g_debug ("There is no display: a workflow is drawn without one");
  self->text = wf_flow_text_new (context);
  return self;
}

void
wf_flow_painter_set_palette (WfFlowPainter *self, const WfFlowPalette *palette)
{
  if (memcmp (&self->palette, palette, sizeof *palette) == 0)
    return;
  self->palette = *palette;
  g_hash_table_remove_all (self->nodes);
}

void
wf_flow_painter_measure (const char *text, WfFlowTextStyle style, float width, float *text_width,
                         float *text_height, gpointer user_data)
{
  wf_flow_text_measure (WF_FLOW_PAINTER (user_data)->text, text, style, width, text_width,
                        text_height);
}

/* ---- remembered nodes ---- */

void
wf_flow_painter_begin_key (WfFlowPainter *self, char kind)
{
  g_byte_array_set_size (self->key, 0);
  wf_flow_painter_add_bytes (self, &kind, 1);
}

void
wf_flow_painter_add_text (WfFlowPainter *self, const char *text)
{
  /* A missing text differs from an empty one. */
  wf_flow_painter_add_bytes (self, text != NULL ? "+" : "-", 1);
  if (text != NULL)
    wf_flow_painter_add_bytes (self, text, strlen (text) + 1);
}

void
wf_flow_painter_add_bytes (WfFlowPainter *self, gconstpointer data, gsize size)
{
  g_byte_array_append (self->key, data, (guint) size);
}

GskRenderNode *
wf_flow_painter_find (WfFlowPainter *self)
{
  g_autoptr (GBytes) key = g_bytes_new_static (self->key->data, self->key->len);

  return g_hash_table_lookup (self->nodes, key);
}

GskRenderNode *
wf_flow_painter_put (WfFlowPainter *self, GtkSnapshot *snapshot)
{
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);

  if (node == NULL)
    return NULL;
  if (g_hash_table_size (self->nodes) >= MOST_NODES)
    g_hash_table_remove_all (self->nodes);
  g_hash_table_insert (self->nodes, g_bytes_new (self->key->data, self->key->len), node);
  return node;
}

/* ---- icons ---- */

static GtkIconPaintable *
find_icon (WfFlowPainter *self, GtkIconTheme *icons, const char *name, int size, int scale_factor)
{
  char key[96];
  GtkIconPaintable *icon;

  if (icons != self->theme)
    {
      g_hash_table_remove_all (self->icons);
      g_set_object (&self->theme, icons);
    }
  g_snprintf (key, sizeof key, "%s %d %d", name, size, scale_factor);
  icon = g_hash_table_lookup (self->icons, key);
  if (icon != NULL)
    return icon;
  icon = gtk_icon_theme_lookup_icon (icons, name, NULL, size, scale_factor, GTK_TEXT_DIR_NONE,
                                     GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  g_hash_table_insert (self->icons, g_strdup (key), icon);
  return icon;
}

void
wf_flow_painter_draw_icon (WfFlowPainter *self, GtkSnapshot *snapshot, GtkIconTheme *icons,
                           const char *name, float x, float y, float size, int scale_factor,
                           const GdkRGBA *colour)
{
  const WfFlowPalette *palette = &self->palette;
  GdkRGBA colours[4] = { *colour, palette->error, palette->warning, palette->success };
  GtkIconPaintable *icon = find_icon (self, icons, name, (int) size, scale_factor);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, (double) size,
                                            (double) size, colours, G_N_ELEMENTS (colours));
  gtk_snapshot_restore (snapshot);
}
