/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is where: lookups by target, and culling. The steps of a sequence follow each other from the
 * top down and the paths of a branch from left to right, so that both are found by halving; the
 * rest is never looked at. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-layout-private.h"

#include <math.h>

/* ---- by target ---- */

static guint
find_step (const WfFlowLayout *self, const char *id)
{
  gpointer index;

  if (id == NULL || !g_hash_table_lookup_extended (self->by_id, id, NULL, &index))
    return G_MAXUINT;
  return GPOINTER_TO_UINT (index);
}

static const WfFlowColumn *
find_column (const WfFlowLayout *self, const char *branch, guint path)
{
  guint index = find_step (self, branch);
  const WfFlowBranch *found = index != G_MAXUINT ? wf_flow_layout_node (self, index)->branch : NULL;

  return found != NULL && path < found->n_columns ? &found->columns[path] : NULL;
}

/**
 * wf_flow_layout_find_card:
 * @target: the trigger, a step, or a path
 *
 * Returns: the index of its card; G_MAXUINT when there is none
 */
guint
wf_flow_layout_find_card (const WfFlowLayout *self, const WfTarget *target)
{
  const WfFlowColumn *column;

  switch (target->kind)
    {
    case WF_TARGET_TRIGGER:
      return 0;
    case WF_TARGET_STEP:
      return find_step (self, target->step);
    case WF_TARGET_PATH:
      column = find_column (self, target->step, target->path);
      return column != NULL ? column->head : G_MAXUINT;
    case WF_TARGET_PLACE:
    case WF_TARGET_NONE:
      break;
    }
  return G_MAXUINT;
}

/**
 * wf_flow_layout_find_edge:
 * @place: a target of kind PLACE
 *
 * Returns: the index of the edge whose "+" adds there; G_MAXUINT when there is none
 */
guint
wf_flow_layout_find_edge (const WfFlowLayout *self, const WfTarget *place)
{
  const WfFlowSequence *sequence = &self->root;

  if (place->kind != WF_TARGET_PLACE)
    return G_MAXUINT;
  if (place->step != NULL)
    {
      const WfFlowColumn *column = find_column (self, place->step, place->path);

      if (column == NULL)
        return G_MAXUINT;
      sequence = &column->sequence;
    }
  /* As everywhere, a position beyond the last means the end. */
  return place->position < sequence->n_items ? sequence->items[place->position].edge
                                             : sequence->edge_out;
}

/* ---- what touches a rectangle ---- */

/* Room beside an edge in which its "+" and the number of leads are drawn. */
static float
get_reach (const WfFlowLayout *self)
{
  return 4 * self->metrics.plus_size;
}

static gboolean
touches_segment (const graphene_point_t *a, const graphene_point_t *b, const graphene_rect_t *rect,
                 float reach)
{
  return MAX (a->x, b->x) + reach >= rect->origin.x &&
         MIN (a->x, b->x) - reach <= rect->origin.x + rect->size.width &&
         MAX (a->y, b->y) + 2 >= rect->origin.y &&
         MIN (a->y, b->y) - 2 <= rect->origin.y + rect->size.height;
}

static gboolean
touches_box (const graphene_rect_t *box, const graphene_rect_t *rect)
{
  return box->origin.x + box->size.width >= rect->origin.x &&
         box->origin.x <= rect->origin.x + rect->size.width &&
         box->origin.y + box->size.height >= rect->origin.y &&
         box->origin.y <= rect->origin.y + rect->size.height;
}

gboolean
wf_flow_layout_edge_touches (const WfFlowLayout *self, guint index, const graphene_rect_t *rect)
{
  const WfFlowEdge *edge = wf_flow_layout_edge (self, index);

  for (guint i = 0; i + 1 < edge->n_points; i++)
    if (touches_segment (&edge->points[i], &edge->points[i + 1], rect, get_reach (self)))
      return TRUE;
  return edge->chip != NULL && touches_box (&edge->chip_bounds, rect);
}

/* What is collected; either is NULL when it is not asked for. */
typedef struct
{
  const WfFlowLayout *layout;
  const graphene_rect_t *rect;
  GArray *cards, *edges;
  float left, right; /* of the rectangle, widened by the reach */
} Search;

static void
take_card (const Search *search, guint index)
{
  if (search->cards != NULL &&
      touches_box (&wf_flow_layout_card (search->layout, index)->bounds, search->rect))
    g_array_append_val (search->cards, index);
}

static void
take_edge (const Search *search, guint index)
{
  if (search->edges != NULL && wf_flow_layout_edge_touches (search->layout, index, search->rect))
    g_array_append_val (search->edges, index);
}

static gboolean
reaches_row (const Search *search, float top, float bottom)
{
  return bottom + 2 >= search->rect->origin.y &&
         top - 2 <= search->rect->origin.y + search->rect->size.height;
}

/* The first column, counted from the left, of which holds: its right end or (line) its line is at x
 * or beyond it. */
static guint
find_first_column (const WfFlowLayout *self, const WfFlowBranch *branch, float x, gboolean line)
{
  guint low = 0, high = branch->n_columns;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const WfFlowColumn *column = wf_flow_branch_column (self, branch, middle);

      if ((line ? column->sequence.x : column->right) < x)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Edges between the line of a branch and those of its paths. With along, the piece that runs from
 * side to side is within the rows of the rectangle, which it crosses when its path is beyond; else
 * only their upright pieces matter. */
static void
take_side_edges (const Search *search, const WfFlowBranch *branch, gboolean joins, gboolean along)
{
  float x = wf_flow_layout_edge (search->layout, branch->columns[0].edge)->points[0].x;
  float left = along && x >= search->left ? -INFINITY : search->left;
  float right = along && x <= search->right ? INFINITY : search->right;
  guint first = find_first_column (search->layout, branch, left, TRUE);

  for (guint i = first; i < branch->n_columns; i++)
    {
      const WfFlowColumn *column = wf_flow_branch_column (search->layout, branch, i);

      if (column->sequence.x > right)
        break;
      take_edge (search, joins ? column->sequence.edge_out : column->edge);
    }
}

static void list_sequence (const Search *search, const WfFlowSequence *sequence);

static void
list_columns (const Search *search, const WfFlowBranch *branch)
{
  guint first = find_first_column (search->layout, branch, search->left, FALSE);

  for (guint i = first; i < branch->n_columns; i++)
    {
      const WfFlowColumn *column = wf_flow_branch_column (search->layout, branch, i);

      if (column->left > search->right)
        break;
      take_card (search, column->head);
      list_sequence (search, &column->sequence);
    }
}

static void
list_branch (const Search *search, const WfFlowBranch *branch)
{
  const graphene_rect_t *card = &wf_flow_layout_card (search->layout, branch->card)->bounds;
  const graphene_rect_t *head =
      &wf_flow_layout_card (search->layout, branch->columns[0].head)->bounds;
  float top = card->origin.y + card->size.height;

  if (search->edges != NULL && reaches_row (search, top, head->origin.y))
    take_side_edges (search, branch, FALSE, TRUE);
  list_columns (search, branch);
  if (search->edges != NULL)
    take_side_edges (search, branch, TRUE, reaches_row (search, branch->joint, branch->joint));
}

/* The first step that ends at y or below it. */
static guint
find_first_item (const WfFlowSequence *sequence, float y)
{
  guint low = 0, high = sequence->n_items;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (sequence->items[middle].bottom < y)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
list_sequence (const Search *search, const WfFlowSequence *sequence)
{
  float bottom = search->rect->origin.y + search->rect->size.height + 2;

  for (guint i = find_first_item (sequence, search->rect->origin.y - 2); i < sequence->n_items; i++)
    {
      const WfFlowItem *item = &sequence->items[i];

      if (item->top > bottom)
        return;
      take_edge (search, item->edge);
      take_card (search, item->card);
      if (item->branch != NULL)
        list_branch (search, item->branch);
    }
}

static void
search_in (const WfFlowLayout *self, const graphene_rect_t *rect, GArray *cards, GArray *edges)
{
  graphene_rect_t normal;
  Search search = { self, &normal, cards, edges, 0, 0 };

  graphene_rect_normalize_r (rect, &normal);
  search.left = normal.origin.x - get_reach (self);
  search.right = normal.origin.x + normal.size.width + get_reach (self);
  take_card (&search, 0);
  list_sequence (&search, &self->root);
  take_edge (&search, self->root.edge_out);
  take_card (&search, self->cards->len - 1);
}

/**
 * wf_flow_layout_list_cards_in:
 * @rect: in coordinates of the layout
 * @indices: (element-type guint): gets the cards that touch @rect, in reading order
 */
void
wf_flow_layout_list_cards_in (const WfFlowLayout *self, const graphene_rect_t *rect,
                              GArray *indices)
{
  search_in (self, rect, indices, NULL);
}

/**
 * wf_flow_layout_list_edges_in:
 * @rect: in coordinates of the layout
 * @indices: (element-type guint): gets the edges that touch @rect with their chips and what is
 *   drawn beside them
 */
void
wf_flow_layout_list_edges_in (const WfFlowLayout *self, const graphene_rect_t *rect,
                              GArray *indices)
{
  search_in (self, rect, NULL, indices);
}

/* ---- at a point ---- */

guint
wf_flow_layout_find_card_at (const WfFlowLayout *self, float x, float y)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

  wf_flow_layout_list_cards_in (self, &GRAPHENE_RECT_INIT (x, y, 0, 0), found);
  return found->len > 0 ? g_array_index (found, guint, 0) : G_MAXUINT;
}
