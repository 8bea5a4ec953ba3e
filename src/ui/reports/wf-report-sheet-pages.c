/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report broken into pages, in slices, and drawn. A chart is never cut; its title stays with it. A table flows over pages, with
 * its heads again on each; neither its head nor one row stands alone. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-sheet-private.h"

#include <glib/gi18n-lib.h>

#define HEAD 26.0 /* room of the head of the second and further pages */
#define FOOT 24.0
#define CARDS_A_ROW 4
#define CARD_GAP 8.0
#define CARD_PADDING 8.0
#define PART_GAP 22.0
#define FIGURE_GAP 8.0
#define TABLE_GAP 10.0
#define MOST_FIGURE 0.45 /* of the page */
#define LEAST_ROWS 3u    /* that stay with the table's head */

typedef enum
{
  ITEM_TITLE,     /* of the report */
  ITEM_CARDS,     /* index: the first of a row */
  ITEM_HEADING,   /* index: the part */
  ITEM_CONTINUED, /* the same on a further page */
  ITEM_NOTHING,   /* a sentence in place of a chart */
  ITEM_FIGURE,
  ITEM_HEAD,
  ITEM_ROW, /* row: of the part's table */
} ItemKind;

typedef struct
{
  ItemKind kind;
  guint page, index, row;
  double y;
} Item;

typedef enum
{
  STAGE_TITLE,
  STAGE_FIGURE,
  STAGE_TABLE,
  STAGE_ROWS,
  STAGE_END,
} Stage;

struct _WfSheetPages
{
  WfSheetContent *content; /* (owned) */
  PangoContext *context;   /* (owned) */
  double width, height;
  gboolean mirrored;
  GArray *items;
  GPtrArray *figures, *tables; /* (owned) by part; NULL: there is none (yet) */
  /* While pages are made. */
  guint page, part, row;
  Stage stage;
  double y;
};

/* ---- texts ---- */

static PangoLayout *
make_text (const WfSheetPages *self, const char *text, double size, gboolean bold, double width)
{
  return wf_sheet_text_new (self->context, text, size, bold, width);
}

static double
measure_text (const WfSheetPages *self, const char *text, double size, gboolean bold, double width)
{
  g_autoptr (PangoLayout) layout = make_text (self, text, size, bold, width);

  return wf_sheet_text_get_height (layout);
}

typedef struct
{
  const char *text;
  double size, above, ink;
  gboolean bold;
} Line;

#define N_TITLE_LINES 4
static void
get_title_lines (const WfSheetPages *self, Line *lines)
{
  const WfSheetContent *content = self->content;

  lines[0] = (Line) { content->title, 20, 0, 0, TRUE };
  lines[1] = (Line) { content->period, 11, 4, 0.1, FALSE };
  lines[2] = (Line) { content->people, 9.5, 3, 0.3, FALSE };
  lines[3] = (Line) { content->before, 9.5, 2, 0.3, FALSE };
}

static const WfSheetPart *
get_part (const WfSheetPages *self, guint index)
{
  return self->content->parts->pdata[index];
}

static double
measure_heading (const WfSheetPages *self, const WfSheetPart *part)
{
  double height = measure_text (self, part->chart->title, 13, TRUE, self->width);

  if (part->note != NULL)
    height += 2 + measure_text (self, part->note, 9, FALSE, self->width);
  return height + FIGURE_GAP;
}

/* ---- cards ---- */

static double
get_card_width (const WfSheetPages *self)
{
  return (self->width - (CARDS_A_ROW - 1) * CARD_GAP) / CARDS_A_ROW;
}

static double
measure_card (const WfSheetPages *self, const WfSheetCard *card)
{
  double room = get_card_width (self) - 2 * CARD_PADDING, height;

  height = measure_text (self, card->label, 8.5, FALSE, room);
  height += 2 + measure_text (self, card->value, 17, TRUE, 0);
  /* The cards of a row are as high as if each had a difference, so that they are alike. */
  height += 1 +
            measure_text (self, card->difference != NULL ? card->difference : "0", 8, FALSE, room);
  return height + 2 * CARD_PADDING;
}

static double
measure_cards (const WfSheetPages *self, guint first)
{
  const GArray *cards = self->content->cards;
  double height = 0;

  for (guint i = first; i < cards->len && i < first + CARDS_A_ROW; i++)
    height = MAX (height, measure_card (self, &g_array_index (cards, WfSheetCard, i)));
  return height;
}

/* ---- breaking ---- */

static double
get_room (const WfSheetPages *self)
{
  return self->height - FOOT - self->y;
}

static void
begin_page (WfSheetPages *self)
{
  self->page++;
  self->y = HEAD;
}

static gboolean
is_fresh (const WfSheetPages *self)
{
  return self->page > 0 && self->y <= HEAD;
}

static void
need (WfSheetPages *self, double height)
{
  if (height > get_room (self) && !is_fresh (self))
    begin_page (self);
}

static void
put (WfSheetPages *self, ItemKind kind, guint index, guint row, double height)
{
  Item item = { kind, self->page, index, row, self->y };

  g_array_append_val (self->items, item);
  self->y += height;
}

static void
put_title (WfSheetPages *self)
{
  Line lines[N_TITLE_LINES];
  double height = 0;

  get_title_lines (self, lines);
  for (guint i = 0; i < N_TITLE_LINES; i++)
    height += lines[i].above +
              measure_text (self, lines[i].text, lines[i].size, lines[i].bold, self->width);
  put (self, ITEM_TITLE, 0, 0, height + 14);
  for (guint i = 0; i < self->content->cards->len; i += CARDS_A_ROW)
    {
      double cards = measure_cards (self, i);

      need (self, cards);
      put (self, ITEM_CARDS, i, 0, cards + CARD_GAP);
    }
}

static void
put_figure (WfSheetPages *self)
{
  const WfSheetPart *part = get_part (self, self->part);
  double heading = measure_heading (self, part), height;
  WfSheetFigure *figure;

  if (!is_fresh (self))
    self->y += PART_GAP;
  if (wf_chart_data_is_empty (part->chart))
    {
      height = 14;
      need (self, heading + height);
      put (self, ITEM_HEADING, self->part, 0, heading);
      put (self, ITEM_NOTHING, self->part, 0, height);
      return;
    }
  figure = wf_sheet_figure_new (part, self->width, self->height * MOST_FIGURE);
  self->figures->pdata[self->part] = figure;
  height = wf_sheet_figure_get_height (figure);
  need (self, heading + height);
  put (self, ITEM_HEADING, self->part, 0, heading);
  put (self, ITEM_FIGURE, self->part, 0, height);
}

/* The head and the rows that stay with it: all of them when there are few. */
static double
measure_least (const WfSheetTable *table, guint row)
{
  guint n = wf_sheet_table_get_n_rows (table);
  double height = wf_sheet_table_get_head_height (table);

  for (guint i = row; i < n && i < row + LEAST_ROWS; i++)
    height += wf_sheet_table_get_row_height (table, i);
  return height;
}

static double
measure_continued (const WfSheetPages *self, guint part)
{
  return measure_text (self, get_part (self, part)->chart->title, 9.5, TRUE, self->width) + 4;
}

static void
put_table_head (WfSheetPages *self, const WfSheetTable *table)
{
  gboolean fresh = is_fresh (self);

  if (fresh)
    put (self, ITEM_CONTINUED, self->part, 0, measure_continued (self, self->part));
  put (self, ITEM_HEAD, self->part, 0, wf_sheet_table_get_head_height (table));
}

/* FALSE: there is no table. */
static gboolean
begin_table (WfSheetPages *self)
{
  const WfSheetPart *part = get_part (self, self->part);
  WfSheetTable *table;

  if (part->table->n_categories == 0 || wf_chart_data_is_empty (part->table))
    return FALSE;
  table = wf_sheet_table_new (self->context, part->table, self->width);
  self->tables->pdata[self->part] = table;
  self->y += TABLE_GAP;
  need (self, measure_least (table, 0));
  put_table_head (self, table);
  self->row = 0;
  return TRUE;
}

/* The last two rows go to the next page together. */
static gboolean
fits (const WfSheetPages *self, const WfSheetTable *table, double height)
{
  guint left = wf_sheet_table_get_n_rows (table) - self->row;

  if (left == 2)
    height += wf_sheet_table_get_row_height (table, self->row + 1);
  return height <= get_room (self);
}

static void
put_row (WfSheetPages *self)
{
  const WfSheetTable *table = self->tables->pdata[self->part];
  double height = wf_sheet_table_get_row_height (table, self->row);

  if (!fits (self, table, height) && self->row > 0)
    {
      begin_page (self);
      put_table_head (self, table);
    }
  put (self, ITEM_ROW, self->part, self->row, height);
  self->row++;
}

static void
next_part (WfSheetPages *self)
{
  self->part++;
  self->stage = self->part < self->content->parts->len ? STAGE_FIGURE : STAGE_END;
}

static void
make_step (WfSheetPages *self)
{
  switch (self->stage)
    {
    case STAGE_TITLE:
      put_title (self);
      self->stage = self->content->parts->len > 0 ? STAGE_FIGURE : STAGE_END;
      break;
    case STAGE_FIGURE:
      put_figure (self);
      self->stage = STAGE_TABLE;
      break;
    case STAGE_TABLE:
      if (begin_table (self))
        self->stage = STAGE_ROWS;
      else
        next_part (self);
      break;
    case STAGE_ROWS:
      put_row (self);
      if (self->row >= get_part (self, self->part)->table->n_categories)
        next_part (self);
      break;
    case STAGE_END:
      break;
    }
}

gboolean
wf_sheet_pages_make (WfSheetPages *self, gint64 deadline)
{
  while (self->stage != STAGE_END)
    {
      make_step (self);
      if (g_get_monotonic_time () >= deadline)
        break;
    }
  return self->stage == STAGE_END;
}

static void
figure_clear (gpointer figure)
{
  if (figure != NULL)
    wf_sheet_figure_free (figure);
}

static void
table_clear (gpointer table)
{
  if (table != NULL)
    wf_sheet_table_free (table);
}

WfSheetPages *
wf_sheet_pages_new (WfSheetContent *content, PangoContext *context, double width, double height)
{
  WfSheetPages *self = g_new0 (WfSheetPages, 1);

  self->content = wf_sheet_content_ref (content);
  self->context = g_object_ref (context);
  self->width = width;
  self->height = height;
  self->mirrored = wf_sheet_text_is_mirrored (context);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->figures = g_ptr_array_new_with_free_func (figure_clear);
  self->tables = g_ptr_array_new_with_free_func (table_clear);
  g_ptr_array_set_size (self->figures, (int) content->parts->len);
  g_ptr_array_set_size (self->tables, (int) content->parts->len);
  return self;
}

void
wf_sheet_pages_free (WfSheetPages *self)
{
  wf_sheet_content_unref (self->content);
  g_object_unref (self->context);
  g_array_unref (self->items);
  g_ptr_array_unref (self->figures);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

guint
wf_sheet_pages_get_n (const WfSheetPages *self)
{
  return self->page + 1;
}

/* ---- drawing ---- */

static double
from_start (const WfSheetPages *self, double start, double width)
{
  return self->mirrored ? self->width - start - width : start;
}

/* Returns the height. */
static double
draw_line (const WfSheetPages *self, cairo_t *cr, const Line *line, double start, double width,
           double y)
{
  g_autoptr (PangoLayout) text = make_text (self, line->text, line->size, line->bold, width);

  wf_sheet_text_draw (cr, text, from_start (self, start, width), y + line->above, line->ink);
  return line->above + wf_sheet_text_get_height (text);
}

static void
draw_title (const WfSheetPages *self, cairo_t *cr, double y)
{
  Line lines[N_TITLE_LINES];

  get_title_lines (self, lines);
  for (guint i = 0; i < N_TITLE_LINES; i++)
    y += draw_line (self, cr, &lines[i], 0, self->width, y);
}

static void
draw_outline (cairo_t *cr, double x, double y, double width, double height)
{
  const double radius = 5;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_set_source_rgb (cr, 0.72, 0.72, 0.72);
  cairo_set_line_width (cr, 0.6);
  cairo_stroke (cr);
}

static void
draw_card (const WfSheetPages *self, cairo_t *cr, const WfSheetCard *card, double start, double y,
           double height)
{
  double width = get_card_width (self), room = width - 2 * CARD_PADDING;
  const Line label = { card->label, 8.5, 0, 0.3, FALSE };
  const Line value = { card->value, 17, 2, 0, TRUE };
  const Line difference = { card->difference, 8, 1, 0.3, FALSE };

  draw_outline (cr, from_start (self, start, width), y, width, height);
  start += CARD_PADDING;
  y += CARD_PADDING;
  y += draw_line (self, cr, &label, start, room, y);
  y += draw_line (self, cr, &value, start, room, y);
  if (card->difference != NULL)
    draw_line (self, cr, &difference, start, room, y);
}

static void
draw_cards (const WfSheetPages *self, cairo_t *cr, guint first, double y)
{
  const GArray *cards = self->content->cards;
  double height = measure_cards (self, first);

  for (guint i = first; i < cards->len && i < first + CARDS_A_ROW; i++)
    draw_card (self, cr, &g_array_index (cards, WfSheetCard, i),
               (i - first) * (get_card_width (self) + CARD_GAP), y, height);
}

static void
draw_heading (const WfSheetPages *self, cairo_t *cr, const WfSheetPart *part, double y)
{
  const Line title = { part->chart->title, 13, 0, 0, TRUE };
  const Line note = { part->note, 9, 2, 0.3, FALSE };

  y += draw_line (self, cr, &title, 0, self->width, y);
  if (part->note != NULL)
    draw_line (self, cr, &note, 0, self->width, y);
}

static void
draw_continued (const WfSheetPages *self, cairo_t *cr, const WfSheetPart *part, double y)
{
  const Line title = { part->chart->title, 9.5, 0, 0.3, TRUE };

  draw_line (self, cr, &title, 0, self->width, y);
}

static void
draw_item (const WfSheetPages *self, cairo_t *cr, const Item *item)
{
  const Line nothing = { _ ("There is nothing of it in this time."), 9.5, 0, 0.3, FALSE };

  switch (item->kind)
    {
    case ITEM_TITLE:
      draw_title (self, cr, item->y);
      break;
    case ITEM_CARDS:
      draw_cards (self, cr, item->index, item->y);
      break;
    case ITEM_HEADING:
      draw_heading (self, cr, get_part (self, item->index), item->y);
      break;
    case ITEM_CONTINUED:
      draw_continued (self, cr, get_part (self, item->index), item->y);
      break;
    case ITEM_NOTHING:
      draw_line (self, cr, &nothing, 0, self->width, item->y);
      break;
    case ITEM_FIGURE:
      wf_sheet_figure_draw (self->figures->pdata[item->index], cr, item->y);
      break;
    case ITEM_HEAD:
      wf_sheet_table_draw_head (self->tables->pdata[item->index], cr, item->y);
      break;
    case ITEM_ROW:
      wf_sheet_table_draw_row (self->tables->pdata[item->index], cr, item->row, item->y);
      break;
    }
}

/* One text at each side, of which the first gives way. */
static void
draw_pair (const WfSheetPages *self, cairo_t *cr, double y, const char *start, const char *end)
{
  g_autoptr (PangoLayout) last = make_text (self, end, 8.5, FALSE, 0);
  double width = wf_sheet_text_get_width (last), room = self->width - width - 16;
  g_autoptr (PangoLayout) first = make_text (self, start, 8.5, FALSE, room);

  wf_sheet_text_limit (first, 1);
  wf_sheet_text_draw (cr, first, from_start (self, 0, room), y, 0.35);
  wf_sheet_text_draw (cr, last, from_start (self, self->width - width, width), y, 0.35);
}

static void
draw_rule (const WfSheetPages *self, cairo_t *cr, double y)
{
  cairo_set_source_rgb (cr, 0.7, 0.7, 0.7);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, self->width, y);
  cairo_stroke (cr);
}

static void
draw_frame (const WfSheetPages *self, cairo_t *cr, guint page)
{
  /* Translators: the number of a page, and how many there are */
  g_autofree char *number =
      g_strdup_printf (_ ("Page %1$u of %2$u"), page + 1, wf_sheet_pages_get_n (self));
  g_autofree char *made =
      g_strdup_printf ("%s  ·  %s", self->content->company, self->content->date);

  if (page > 0)
    {
      draw_pair (self, cr, 0, self->content->title, self->content->period);
      draw_rule (self, cr, 15);
    }
  draw_rule (self, cr, self->height - 16);
  draw_pair (self, cr, self->height - 12, made, number);
}

static guint
find_first (const WfSheetPages *self, guint page)
{
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->items, Item, middle).page < page)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
wf_sheet_pages_draw (WfSheetPages *self, cairo_t *cr, guint page, guint *next, gint64 deadline)
{
  guint first = find_first (self, page);

  if (*next == 0)
    draw_frame (self, cr, page);
  for (; first + *next < self->items->len; (*next)++)
    {
      const Item *item = &g_array_index (self->items, Item, first + *next);

      if (item->page != page)
        return TRUE;
      if (*next > 0 && g_get_monotonic_time () >= deadline)
        return FALSE;
      draw_item (self, cr, item);
    }
  return TRUE;
}
