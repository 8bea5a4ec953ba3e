/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of a flow on paper. It is made as small as can still be read; what does not fit then
 * is cut into pieces, where possible between the cards, that overlap a little so that they can be
 * put together. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-print-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The layout's pixels are 1/96 inch. */
#define LARGEST 0.75
/* Cards' texts are 11 points at 0.75: about 6 points, the size of a footnote. */
#define SMALLEST 0.42
/* When it must be cut anyway, it may as well be easy to read. */
#define OF_PIECES 0.56
/* Beyond that nobody puts them together: it is shown on one page, the handbook has the words. */
#define MOST_PIECES 24
#define OVERLAP 24.0f /* pixels of the layout */

typedef struct
{
  graphene_rect_t rect;
  guint row, column;
} Piece;

struct _WfPrintPicture
{
  WfFlowPainter *painter;
  WfFlowLayout *layout;
  GtkIconTheme *icons; /* (nullable) */
  float width, height; /* of the layout */
  double scale;
  GArray *pieces;       /* of Piece, rows from the top down; empty ones are left out */
  PangoContext *labels; /* its own context */
};

/* The layout is in pixels, whatever the paper's resolution is. */
static PangoContext *
make_context (PangoContext *paper)
{
  PangoContext *context = pango_font_map_create_context (pango_context_get_font_map (paper));
  PangoFontDescription *font =
      pango_font_description_copy (pango_context_get_font_description (paper));

  pango_font_description_set_absolute_size (font, 11.0 / LARGEST * PANGO_SCALE);
  pango_context_set_font_description (context, font);
  pango_context_set_base_dir (context, pango_context_get_base_dir (paper));
  pango_context_set_language (context, pango_context_get_language (paper));
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_font_description_free (font);
  return context;
}

WfPrintPicture *
wf_print_picture_new (const WfWorkflow *workflow, const WfOrganisation *organisation,
                      PangoContext *context, GtkIconTheme *icons)
{
  WfPrintPicture *self = g_new0 (WfPrintPicture, 1);
  PangoContext *own = make_context (context);
  WfFlowMetrics metrics;

  wf_flow_metrics_init (&metrics, 1);
  metrics.mirrored = pango_context_get_base_dir (context) == PANGO_DIRECTION_RTL;
  metrics.margin = 8;
  self->painter = wf_flow_painter_new (own);
  g_object_unref (own);
  g_set_object (&self->icons, icons);
  g_set_object (&self->labels, context);
  self->layout = wf_flow_layout_new (workflow, NULL, organisation, &metrics,
                                     wf_flow_painter_measure, self->painter, NULL);
  wf_flow_layout_get_size (self->layout, &self->width, &self->height);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  return self;
}

void
wf_print_picture_free (WfPrintPicture *self)
{
  wf_flow_layout_unref (self->layout);
  g_object_unref (self->painter);
  g_clear_object (&self->icons);
  g_object_unref (self->labels);
  g_array_unref (self->pieces);
  g_free (self);
}

/* ---- cutting ---- */

static guint
count_cards (const WfPrintPicture *self, gboolean level, float at)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  graphene_rect_t line = level ? GRAPHENE_RECT_INIT (0, at, self->width, OVERLAP)
                               : GRAPHENE_RECT_INIT (at, 0, OVERLAP, self->height);

  wf_flow_layout_list_cards_in (self->layout, &line, found);
  return found->len;
}

/* Where a piece that begins at a place ends, with the overlap: at most room further, and less when
 * fewer cards are cut there. */
static float
find_end (const WfPrintPicture *self, gboolean level, float begin, float room)
{
  float whole = level ? self->height : self->width;
  float best = begin + room - OVERLAP;
  guint fewest = G_MAXUINT;

  if (begin + room >= whole)
    return whole;
  for (float at = best; at > begin + room * 0.6f && fewest > 0; at -= 8)
    {
      guint n = count_cards (self, level, at);

      if (n >= fewest)
        continue;
      fewest = n;
      best = at;
    }
  return best + OVERLAP;
}

/* Pairs of floats: where each piece begins and ends. first: room of the first one. */
static GArray *
cut (const WfPrintPicture *self, gboolean level, float first, float room)
{
  GArray *ends = g_array_new (FALSE, FALSE, 2 * sizeof (float));
  float whole = level ? self->height : self->width;
  float begin = 0;

  while (TRUE)
    {
      float end = find_end (self, level, begin, ends->len == 0 ? first : room);

      g_array_append_vals (ends, (float[2]) { begin, end }, 1);
      if (end >= whole)
        return ends;
      begin = end - OVERLAP;
    }
}

static gboolean
is_empty (const WfPrintPicture *self, const graphene_rect_t *rect)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

  wf_flow_layout_list_cards_in (self->layout, rect, found);
  wf_flow_layout_list_edges_in (self->layout, rect, found);
  return found->len == 0;
}

static void
set_pieces (WfPrintPicture *self, GArray *columns, GArray *rows)
{
  g_array_set_size (self->pieces, 0);
  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < columns->len; j++)
      {
        const float *row = &g_array_index (rows, float, 2 * i);
        const float *column = &g_array_index (columns, float, 2 * j);
        Piece piece = { .row = i, .column = j };

        piece.rect = GRAPHENE_RECT_INIT (column[0], row[0], column[1] - column[0], row[1] - row[0]);
        if (!is_empty (self, &piece.rect))
          g_array_append_val (self->pieces, piece);
      }
}

/* FALSE when there would be too many. */
static gboolean
cut_at_scale (WfPrintPicture *self, double scale, double width, double first_height, double height)
{
  g_autoptr (GArray) columns = cut (self, FALSE, (float) (width / scale), (float) (width / scale));
  g_autoptr (GArray) rows =
      cut (self, TRUE, (float) (first_height / scale), (float) (height / scale));

  self->scale = scale;
  set_pieces (self, columns, rows);
  return self->pieces->len <= MOST_PIECES;
}

static void
show_whole (WfPrintPicture *self, double scale)
{
  const Piece whole = { .rect = GRAPHENE_RECT_INIT (0, 0, self->width, self->height) };

  self->scale = scale;
  g_array_set_size (self->pieces, 0);
  g_array_append_val (self->pieces, whole);
}

guint
wf_print_picture_cut (WfPrintPicture *self, double width, double first_height, double height)
{
  double by_width = width / (double) self->width;
  double by_height = first_height / (double) self->height;

  if (MIN (by_width, by_height) >= SMALLEST)
    show_whole (self, MIN (LARGEST, MIN (by_width, by_height)));
  else if (!cut_at_scale (self, by_width >= SMALLEST ? MIN (by_width, OF_PIECES) : OF_PIECES, width,
                          first_height, height) &&
           !cut_at_scale (self, SMALLEST, width, first_height, height))
    show_whole (self, MIN (by_width, by_height));
  return self->pieces->len;
}

double
wf_print_picture_get_width (const WfPrintPicture *self, guint piece)
{
  return (double) g_array_index (self->pieces, Piece, piece).rect.size.width * self->scale;
}

double
wf_print_picture_get_height (const WfPrintPicture *self, guint piece)
{
  return (double) g_array_index (self->pieces, Piece, piece).rect.size.height * self->scale;
}

/* ---- drawing ---- */

/* Only what is on the piece, so that a file does not have the whole on every page. */
static GskRenderNode *
make_node (const WfPrintPicture *self, const graphene_rect_t *piece)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint));

  wf_flow_layout_list_edges_in (self->layout, piece, edges);
  wf_flow_layout_list_cards_in (self->layout, piece, cards);
  wf_flow_painter_draw_edges (self->painter, snapshot, self->layout, edges, NULL, TRUE);
  for (guint i = 0; i < cards->len; i++)
    wf_flow_painter_draw_card (self->painter, snapshot, self->layout,
                               g_array_index (cards, guint, i), 0, NULL, TRUE, self->icons, 4);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
draw_cut (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

/* A dashed line where the next piece begins, so that both can be laid over each other. */
static void
draw_cuts (const WfPrintPicture *self, cairo_t *cr, guint index)
{
  const graphene_rect_t *piece = &g_array_index (self->pieces, Piece, index).rect;
  double width = (double) piece->size.width * self->scale;
  double height = (double) piece->size.height * self->scale;
  double overlap = (double) OVERLAP * self->scale;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
  cairo_set_line_width (cr, 0.5);
  cairo_set_dash (cr, (double[2]) { 3, 2 }, 2, 0);
  if (piece->origin.y > 0)
    draw_cut (cr, 0, overlap, width, overlap);
  if (piece->origin.y + piece->size.height < self->height)
    draw_cut (cr, 0, height - overlap, width, height - overlap);
  if (piece->origin.x > 0)
    draw_cut (cr, overlap, 0, overlap, height);
  if (piece->origin.x + piece->size.width < self->width)
    draw_cut (cr, width - overlap, 0, width - overlap, height);
  cairo_restore (cr);
}

static void
draw_label (const WfPrintPicture *self, cairo_t *cr, guint index)
{
  const Piece *piece = &g_array_index (self->pieces, Piece, index);
  g_autoptr (PangoLayout) layout = pango_layout_new (self->labels);
  PangoFontDescription *font =
      pango_font_description_copy (pango_context_get_font_description (self->labels));
  /* Translators: where a piece of a large picture belongs */
  g_autofree char *text =
      g_strdup_printf (_ ("Row %1$u, column %2$u"), piece->row + 1, piece->column + 1);
  int width, height;

  pango_font_description_set_size (font, 7 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, (double) piece->rect.size.width * self->scale - width - 6, 0);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, width + 6, height + 4);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.35, 0.35, 0.35);
  cairo_move_to (cr, 3, 2);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  pango_font_description_free (font);
}

/* At the origin of cr. */
void
wf_print_picture_draw (const WfPrintPicture *self, cairo_t *cr, guint piece)
{
  const graphene_rect_t *rect = &g_array_index (self->pieces, Piece, piece).rect;
  g_autoptr (GskRenderNode) node = make_node (self, rect);

  cairo_save (cr);
  cairo_scale (cr, self->scale, self->scale);
  cairo_rectangle (cr, 0, 0, (double) rect->size.width, (double) rect->size.height);
  cairo_clip (cr);
  cairo_translate (cr, (double) -rect->origin.x, (double) -rect->origin.y);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_restore (cr);
  if (self->pieces->len == 1)
    return;
  draw_cuts (self, cr, piece);
  draw_label (self, cr, piece);
}
