/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handbook of a workflow broken into pages, and drawn: a head with name and version, a foot
 * with date and page number, between them paragraphs and the picture. A paragraph is broken between
 * lines when it must be; headings stay with what follows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-print-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define HEAD 26.0 /* room of the head and of the foot */
#define INDENT 16.0
#define NUMBER_GAP 7.0
/* Less than that below a picture stays empty. */
#define LEAST_BELOW_PICTURE 0.25
#define PARAGRAPHS_AT_ONCE 40

typedef struct
{
  double size; /* of the font */
  gboolean bold, dim;
  double above; /* room above it */
} Look;

static const Look looks[WF_N_PRINT_STYLES] = {
  [WF_PRINT_TITLE] = { 20, TRUE, FALSE, 0 },     [WF_PRINT_SUBTITLE] = { 10, FALSE, TRUE, 3 },
  [WF_PRINT_HEADING] = { 13, TRUE, FALSE, 18 },  [WF_PRINT_TEXT] = { 10.5, FALSE, FALSE, 5 },
  [WF_PRINT_BULLET] = { 10.5, FALSE, FALSE, 3 }, [WF_PRINT_STEP] = { 10.5, FALSE, FALSE, 7 },
  [WF_PRINT_PATH] = { 10.5, TRUE, FALSE, 9 },    [WF_PRINT_NOTE] = { 9.5, FALSE, TRUE, 3 },
  [WF_PRINT_PICTURE] = { 10, FALSE, FALSE, 14 },
};

typedef struct
{
  const WfPrintParagraph *paragraph;
  PangoLayout *layout; /* (owned) (nullable) of a picture */
  PangoLayout *number; /* (owned) (nullable) */
  double indent, text; /* where the number and the text begin */
} Block;

/* Some lines of a block, or a piece of the picture, on a page. */
typedef struct
{
  guint page;
  guint block;
  double y;
  int first, n; /* lines; the first of a picture is its piece */
} Item;

struct _WfPrintPages
{
  PangoContext *context;
  double width, height;
  char *name, *version, *date;
  GPtrArray *paragraphs;
  GArray *blocks, *items;
  WfPrintPicture *picture;
  gboolean mirrored;
  /* While pages are made. */
  guint page;
  double y;
  double text_of_step; /* where the text of the last numbered paragraph begins */
};

/* ---- text ---- */

static PangoLayout *
make_layout (const WfPrintPages *self, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font =
      pango_font_description_copy (pango_context_get_font_description (self->context));

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.08f);
  if (self->mirrored)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

static double
get_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

/* Where the number and the text of a paragraph begin. Deep branches stop going in before the lines
 * become too short to read. */
static void
set_indent (WfPrintPages *self, Block *block)
{
  double number = block->number != NULL ? MAX (get_width (block->number) + NUMBER_GAP, INDENT) : 0;
  double most = MAX (self->width * 0.45 - number, 0);

  block->indent = MIN (block->paragraph->level * INDENT, most);
  block->text = block->indent + number;
  if (number > 0)
    self->text_of_step = block->text;
  else if (block->paragraph->level > 0)
    block->text = self->text_of_step; /* a note stands below what it belongs to */
}

static void
add_block (WfPrintPages *self, const WfPrintParagraph *paragraph)
{
  const Look *look = &looks[paragraph->style];
  const char *number = paragraph->style == WF_PRINT_BULLET ? "•" : paragraph->number;
  Block block = { .paragraph = paragraph };

  if (number != NULL)
    block.number = make_layout (self, number, look->size, TRUE, 0);
  set_indent (self, &block);
  if (paragraph->style != WF_PRINT_PICTURE)
    block.layout =
        make_layout (self, paragraph->text, look->size, look->bold, self->width - block.text);
  g_array_append_val (self->blocks, block);
}

static void
clear_block (gpointer data)
{
  Block *block = data;

  g_clear_object (&block->layout);
  g_clear_object (&block->number);
}

/* ---- pages ---- */

static double
get_room (const WfPrintPages *self)
{
  return self->height - HEAD - self->y;
}

static void
begin_page (WfPrintPages *self)
{
  self->page++;
  self->y = HEAD;
}

static void
put (WfPrintPages *self, guint block, int first, int n, double height)
{
  Item item = { self->page, block, self->y, first, n };

  g_array_append_val (self->items, item);
  self->y += height;
}

static void
put_picture (WfPrintPages *self, guint block)
{
  double whole = self->height - 2 * HEAD;
  guint n = wf_print_picture_cut (self->picture, self->width, get_room (self), whole);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        begin_page (self);
      put (self, block, (int) i, 1, wf_print_picture_get_height (self->picture, i));
    }
  if (get_room (self) < whole * LEAST_BELOW_PICTURE)
    begin_page (self);
}

static void
get_line (PangoLayout *layout, int line, double *top, double *bottom)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int y0, y1;

  for (int i = 0; i < line; i++)
    pango_layout_iter_next_line (iter);
  pango_layout_iter_get_line_yrange (iter, &y0, &y1);
  pango_layout_iter_free (iter);
  *top = (double) y0 / PANGO_SCALE;
  *bottom = (double) y1 / PANGO_SCALE;
}

/* How many lines from first on fit into the room; their height. */
static int
count_lines (PangoLayout *layout, int first, double room, double *height)
{
  int n = pango_layout_get_line_count (layout);
  double begin, top, bottom;
  int fits = 0;

  *height = 0;
  get_line (layout, first, &begin, &bottom);
  for (int i = first; i < n; i++)
    {
      get_line (layout, i, &top, &bottom);
      if (bottom - begin > room)
        break;
      fits++;
      *height = bottom - begin;
    }
  return fits;
}

/* Short paragraphs are not torn apart, and no line stands alone. */
static gboolean
may_break (int fits, int n)
{
  return fits >= n || (n >= 5 && fits >= 2 && n - fits >= 2);
}

static void
put_text (WfPrintPages *self, guint index)
{
  PangoLayout *layout = g_array_index (self->blocks, Block, index).layout;
  int n = pango_layout_get_line_count (layout);
  int first = 0;

  while (first < n)
    {
      double height;
      int fits = count_lines (layout, first, get_room (self), &height);

      /* On an empty page even what does not fit has to be put. */
      if (self->y > HEAD && !may_break (fits, n - first))
        {
          begin_page (self);
          continue;
        }
      fits = MAX (fits, 1);
      put (self, index, first, fits, height);
      first += fits;
      if (first < n)
        begin_page (self);
    }
}

/* A heading or a path's name at the bottom of a page says nothing. */
static double
get_least (const WfPrintPages *self, guint index)
{
  double least = 0;

  for (guint i = index; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);

      if (block->layout == NULL)
        return least;
      least += get_height (block->layout) + looks[block->paragraph->style].above;
      if (block->paragraph->style != WF_PRINT_HEADING && block->paragraph->style != WF_PRINT_PATH)
        return least;
    }
  return least;
}

static gboolean
stays_with_next (WfPrintStyle style)
{
  return style == WF_PRINT_HEADING || style == WF_PRINT_PATH;
}

static void
make_pages (WfPrintPages *self)
{
  double whole = self->height - 2 * HEAD;

  self->y = HEAD;
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);
      WfPrintStyle style = block->paragraph->style;
      double least = get_least (self, i);

      if (stays_with_next (style) && least > get_room (self) && least < whole && self->y > HEAD)
        begin_page (self);
      if (self->y > HEAD)
        self->y += looks[style].above;
      if (style == WF_PRINT_PICTURE)
        put_picture (self, i);
      else
        put_text (self, i);
    }
}

/**
 * wf_print_pages_begin:
 * @organisation: (nullable): for names
 * @context: of the paper, with a resolution of 72 dots an inch; its font and direction count
 * @width: of what can be printed on, in points; also @height
 * @date: when it is printed, in words
 * @icons: (nullable): for the picture
 *
 * Returns: (transfer full): the pages, which are to be prepared until they are complete
 */
WfPrintPages *
wf_print_pages_begin (const WfWorkflow *workflow, const WfOrganisation *organisation,
                      PangoContext *context, double width, double height, const char *date,
                      GtkIconTheme *icons)
{
  WfPrintPages *self = g_new0 (WfPrintPages, 1);

  self->context = g_object_ref (context);
  self->width = width;
  self->height = height;
  self->name = g_strdup (workflow->name);
  self->version = wf_print_make_version (workflow);
  self->date = g_strdup (date);
  self->mirrored = pango_context_get_base_dir (context) == PANGO_DIRECTION_RTL;
  self->paragraphs = wf_print_make_paragraphs (workflow, organisation);
  self->picture = wf_print_picture_new (workflow, organisation, context, icons);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, clear_block);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  return self;
}

/**
 * wf_print_pages_prepare:
 * @self: the pages
 *
 * Sets some more paragraphs; with the last of them the pages are there.
 *
 * Returns: whether they are complete
 */
gboolean
wf_print_pages_prepare (WfPrintPages *self)
{
  guint end = MIN (self->blocks->len + PARAGRAPHS_AT_ONCE, self->paragraphs->len);

  for (guint i = self->blocks->len; i < end; i++)
    add_block (self, g_ptr_array_index (self->paragraphs, i));
  if (end < self->paragraphs->len)
    return FALSE;
  make_pages (self);
  return TRUE;
}

/* As wf_print_pages_begin(), at once. */
WfPrintPages *
wf_print_pages_new (const WfWorkflow *workflow, const WfOrganisation *organisation,
                    PangoContext *context, double width, double height, const char *date,
                    GtkIconTheme *icons)
{
  WfPrintPages *self =
      wf_print_pages_begin (workflow, organisation, context, width, height, date, icons);

  while (!wf_print_pages_prepare (self))
    ;
  return self;
}

void
wf_print_pages_free (WfPrintPages *self)
{
  g_array_unref (self->items);
  g_array_unref (self->blocks);
  g_ptr_array_unref (self->paragraphs);
  wf_print_picture_free (self->picture);
  g_object_unref (self->context);
  g_free (self->name);
  g_free (self->version);
  g_free (self->date);
  g_free (self);
}

guint
wf_print_pages_get_n (const WfPrintPages *self)
{
  return self->items->len > 0 ? g_array_index (self->items, Item, self->items->len - 1).page + 1
                              : 1;
}

/* ---- drawing ---- */

static void
set_ink (cairo_t *cr, gboolean dim)
{
  double grey = dim ? 0.35 : 0;

  cairo_set_source_rgb (cr, grey, grey, grey);
}

/* Where something of a width is whose distance from the side at which reading begins is known. */
static double
from_start (const WfPrintPages *self, double start, double width)
{
  return self->mirrored ? self->width - start - width : start;
}

static void
draw_lines (cairo_t *cr, PangoLayout *layout, int first, int n, double x, double y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double top, bottom;

  get_line (layout, first, &top, &bottom);
  for (int i = 0; i < first + n; i++)
    {
      PangoRectangle logical;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      if (i >= first)
        {
          cairo_move_to (cr, x + (double) logical.x / PANGO_SCALE,
                         y - top + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE);
          pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
        }
      pango_layout_iter_next_line (iter);
    }
  pango_layout_iter_free (iter);
}

static void
draw_item (const WfPrintPages *self, cairo_t *cr, const Item *item)
{
  const Block *block = &g_array_index (self->blocks, Block, item->block);

  if (block->layout == NULL)
    {
      double width = wf_print_picture_get_width (self->picture, (guint) item->first);

      cairo_save (cr);
      cairo_translate (cr, MAX (0, (self->width - width) / 2), item->y);
      wf_print_picture_draw (self->picture, cr, (guint) item->first);
      cairo_restore (cr);
      return;
    }
  set_ink (cr, looks[block->paragraph->style].dim);
  draw_lines (cr, block->layout, item->first, item->n,
              from_start (self, block->text, self->width - block->text), item->y);
  if (block->number != NULL && item->first == 0)
    draw_lines (cr, block->number, 0, 1,
                from_start (self, block->indent, get_width (block->number)), item->y);
}

/* One text at each side, of which the first gives way. */
static void
draw_pair (const WfPrintPages *self, cairo_t *cr, double y, const char *start, const char *end)
{
  g_autoptr (PangoLayout) last = make_layout (self, end, 8.5, FALSE, 0);
  double width = get_width (last);
  double room = self->width - width - 12;
  g_autoptr (PangoLayout) first = make_layout (self, start, 8.5, FALSE, room);

  pango_layout_set_ellipsize (first, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (first, -1);
  set_ink (cr, TRUE);
  draw_lines (cr, first, 0, 1, from_start (self, 0, room), y);
  draw_lines (cr, last, 0, 1, from_start (self, self->width - width, width), y);
}

static void
draw_rule (const WfPrintPages *self, cairo_t *cr, double y)
{
  cairo_set_source_rgb (cr, 0.7, 0.7, 0.7);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, self->width, y);
  cairo_stroke (cr);
}

/**
 * wf_print_pages_draw:
 * @cr: drawn at its origin, in points
 * @page: from 0
 */
void
wf_print_pages_draw (const WfPrintPages *self, cairo_t *cr, guint page)
{
  /* Translators: the number of a page, and how many there are */
  g_autofree char *number =
      g_strdup_printf (_ ("Page %1$u of %2$u"), page + 1, wf_print_pages_get_n (self));

  draw_pair (self, cr, 0, self->name, self->version);
  draw_rule (self, cr, 15);
  for (guint i = 0; i < self->items->len; i++)
    if (g_array_index (self->items, Item, i).page == page)
      draw_item (self, cr, &g_array_index (self->items, Item, i));
  draw_rule (self, cr, self->height - 15);
  draw_pair (self, cr, self->height - 12, self->date, number);
}
