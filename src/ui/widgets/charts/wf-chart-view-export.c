/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a picture, for the clipboard and for paper, and its numbers as a file. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-layout.h"
#include "wf-chart-view-private.h"
#include "wf-save-file.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define PICTURE_WIDTH 900
#define PICTURE_SCALE 2 /* sharp on paper and on fine screens */
#define MARGIN 18.0f
#define SPACING 8.0f
#define LEAST_CHART 60.0f

/* ---- drawing ----------------------------------------------------------------------------------- */

/* Returns its height. */
static float
draw_words (WfChartCanvas *canvas, GtkSnapshot *snapshot, const char *words, gboolean title,
            float y)
{
  g_autoptr (PangoLayout) line = wf_chart_canvas_get_text (canvas, words, title);
  g_autoptr (PangoLayout) text = pango_layout_copy (line);
  int height;

  pango_layout_set_width (text, (int) canvas->width * PANGO_SCALE);
  pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_NONE);
  pango_layout_get_pixel_size (text, NULL, &height);
  wf_chart_paint_text (canvas, snapshot, text,
                       &GRAPHENE_RECT_INIT (0, y, canvas->width, (float) height), 0,
                       title ? &canvas->palette.text : &canvas->palette.dim);
  return (float) height + SPACING;
}

/* Everything above the chart. Returns its height. */
static float
draw_head (WfChartView *self, WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  const char *note = wf_chart_view_get_note (self);
  float y = draw_words (canvas, snapshot, canvas->data->title, TRUE, 0), legend;

  if (*note != '\0')
    y += draw_words (canvas, snapshot, note, FALSE, y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, y));
  legend = wf_chart_legend_draw (canvas, snapshot, wf_chart_view_get_legend_kind (self));
  gtk_snapshot_restore (snapshot);
  return y + (legend > 0 ? legend + SPACING : 0);
}

static GskRenderNode *
draw_inside (WfChartView *self, WfChartCanvas *canvas, gboolean on_paper)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  float y = draw_head (self, canvas, snapshot);
  float height = MAX (canvas->height - y, LEAST_CHART);
  g_autoptr (GskRenderNode) chart =
      wf_chart_draw (wf_chart_view_get_chart (self), (int) canvas->width, (int) height, on_paper);

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, y));
  gtk_snapshot_append_node (snapshot, chart);
  return gtk_snapshot_to_node (snapshot);
}

/**
 * wf_chart_view_draw:
 * @self: a view
 * @width: in pixels
 * @height: in pixels
 * @on_paper: black on white, with patterns in place of colours that may be missing
 *
 * Returns: (transfer full) (nullable): title, legend and chart on their ground; %NULL without numbers
 */
GskRenderNode *
wf_chart_view_draw (WfChartView *self, int width, int height, gboolean on_paper)
{
  WfChartData *data;
  g_auto (WfChartCanvas) canvas = { 0 };
  g_autoptr (GskRenderNode) inside = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;

  g_return_val_if_fail (WF_IS_CHART_VIEW (self), NULL);
  data = wf_chart_get_data (wf_chart_view_get_chart (self));
  if (data == NULL || wf_chart_data_is_empty (data) || width <= 2 * (int) MARGIN)
    return NULL;
  wf_chart_canvas_init (&canvas, GTK_WIDGET (self), data, NULL, (float) width - 2 * MARGIN,
                        (float) height - 2 * MARGIN, on_paper);
  inside = draw_inside (self, &canvas, on_paper);
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_append_color (snapshot, &canvas.palette.card,
                             &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (MARGIN, MARGIN));
  gtk_snapshot_append_node (snapshot, inside);
  return gtk_snapshot_to_node (snapshot);
}

/* ---- the clipboard ----------------------------------------------------------------------------- */

static int
get_picture_height (WfChartView *self)
{
  WfChart *chart = wf_chart_view_get_chart (self);
  WfChartData *data = wf_chart_get_data (chart);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_auto (WfChartCanvas) canvas = { 0 };

  wf_chart_canvas_init (&canvas, GTK_WIDGET (self), data, NULL, PICTURE_WIDTH - 2 * MARGIN, 0,
                        TRUE);
  return (int) ceilf (draw_head (self, &canvas, snapshot) + 2 * MARGIN) +
         wf_chart_get_height (chart, PICTURE_WIDTH - (int) (2 * MARGIN));
}

/* As on paper, whatever the style of the desktop: it is pasted into letters. */
static GdkTexture *
make_picture (WfChartView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  int height = get_picture_height (self);
  g_autoptr (GskRenderNode) node = wf_chart_view_draw (self, PICTURE_WIDTH, height, TRUE);
  g_autoptr (GskTransform) transform = gsk_transform_scale (NULL, PICTURE_SCALE, PICTURE_SCALE);
  g_autoptr (GskRenderNode) scaled = NULL;

  if (node == NULL || renderer == NULL)
    return NULL;
  scaled = gsk_transform_node_new (node, transform);
  return gsk_renderer_render_texture (
      renderer, scaled,
      &GRAPHENE_RECT_INIT (0, 0, PICTURE_WIDTH * PICTURE_SCALE, (float) (height * PICTURE_SCALE)));
}

void
wf_chart_view_copy_picture (WfChartView *self)
{
  g_autoptr (GdkTexture) picture = make_picture (self);

  if (picture == NULL)
    {
      wf_toast_show (GTK_WIDGET (self), _ ("The chart cannot be copied now."));
      return;
    }
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), picture);
  wf_toast_show (GTK_WIDGET (self), _ ("Picture copied"));
}

/* ---- the file ---------------------------------------------------------------------------------- */

/* The numbers as they were when the person asked. */
typedef struct
{
  WfChartData *data; /* (owned) */
  GWeakRef view;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  wf_chart_data_unref (self->data);
  g_weak_ref_clear (&self->view);
  g_free (self);
}

static GBytes *
make_file (gpointer data)
{
  Saving *self = data;
  char *csv = wf_chart_data_to_csv (self->data);

  return g_bytes_new_take (csv, strlen (csv));
}

static void
say (gpointer data, const char *text)
{
  Saving *self = data;
  g_autoptr (GtkWidget) view = g_weak_ref_get (&self->view);

  if (view != NULL)
    wf_toast_show (view, text);
}

/* A title may have what a file's name may not. */
static char *
make_file_name (const char *title)
{
  g_autofree char *name = g_strdup (*title != '\0' ? title : _ ("Chart"));

  g_strdelimit (name, "/\\:*?\"<>|", '-');
  return g_strconcat (name, ".csv", NULL);
}

void
wf_chart_view_save (WfChartView *self)
{
  WfChartData *data = wf_chart_view_get_table (self);
  g_autofree char *name = NULL;
  Saving *saving;

  if (data == NULL)
    return;
  name = make_file_name (data->title);
  saving = g_new0 (Saving, 1);
  saving->data = wf_chart_data_ref (data);
  g_weak_ref_init (&saving->view, self);
  wf_save_file (GTK_WIDGET (self), _ ("Save as CSV"), name, _ ("File saved"), make_file, say,
                saving, saving_free);
}
