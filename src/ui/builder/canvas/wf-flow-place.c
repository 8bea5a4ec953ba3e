/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the cards and edges of a workflow are. Every sequence hangs on one vertical line; the paths
 * of a branch stand side by side, each with as much room at both sides of its line as its widest
 * step needs, and the branch is in the middle between the lines of the first and the last path.
 * Widths are found from the innermost outwards, heights from the top down: each step is seen once
 * in either direction. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-layout-private.h"

#include <math.h>

/* ---- sizes ---- */

static float
measure_problem (WfFlowLayout *self, const WfFlowCard *card)
{
  float width, height;

  if (card->problem == NULL)
    return 0;
  self->measure (card->problem, WF_FLOW_TEXT_SUBTITLE,
                 wf_flow_metrics_get_problem_width (&self->metrics, card->kind), &width, &height,
                 self->user_data);
  return MAX (height, self->metrics.icon_size) + wf_flow_metrics_get_line_gap (&self->metrics);
}

static void
size_card (WfFlowLayout *self, guint index)
{
  WfFlowCard *card = wf_flow_layout_card (self, index);
  const WfFlowContent *content = wf_flow_layout_node (self, index)->content;
  float width = wf_flow_metrics_get_card_width (&self->metrics, card->kind);
  float height = content->title_height;

  if (content->subtitle != NULL)
    height += content->subtitle_height + wf_flow_metrics_get_line_gap (&self->metrics);
  height = MAX (height, self->metrics.icon_size) + measure_problem (self, card) +
           2 * wf_flow_metrics_get_padding (&self->metrics, card->kind);
  card->bounds.size = GRAPHENE_SIZE_INIT (width, ceilf (height));
}

static void size_sequence (WfFlowLayout *self, WfFlowSequence *sequence);

/* The heads of the paths are of one height, so that their first steps stand in one row. */
static void
size_heads (WfFlowLayout *self, WfFlowBranch *branch)
{
  float height = 0;

  for (guint i = 0; i < branch->n_columns; i++)
    {
      size_card (self, branch->columns[i].head);
      height =
          MAX (height, wf_flow_layout_card (self, branch->columns[i].head)->bounds.size.height);
    }
  for (guint i = 0; i < branch->n_columns; i++)
    wf_flow_layout_card (self, branch->columns[i].head)->bounds.size.height = height;
}

/* The x of each column's sequence is for now counted from the left end of the branch. */
static void
size_branch (WfFlowLayout *self, WfFlowBranch *branch)
{
  float head = wf_flow_metrics_get_card_width (&self->metrics, WF_FLOW_PATH) / 2;
  float x = 0, first, last;

  size_heads (self, branch);
  for (guint i = 0; i < branch->n_columns; i++)
    {
      WfFlowColumn *column = wf_flow_branch_column (self, branch, i);
      WfFlowSequence *sequence = &column->sequence;

      size_sequence (self, sequence);
      sequence->left = MAX (sequence->left, head);
      sequence->right = MAX (sequence->right, head);
      column->left = x;
      sequence->x = x + sequence->left;
      column->right = sequence->x + sequence->right;
      x = column->right + self->metrics.gap_x;
    }
  first = wf_flow_branch_column (self, branch, 0)->sequence.x;
  last = wf_flow_branch_column (self, branch, branch->n_columns - 1)->sequence.x;
  branch->left = floorf ((first + last) / 2);
  branch->right = x - self->metrics.gap_x - branch->left;
}

static void
size_sequence (WfFlowLayout *self, WfFlowSequence *sequence)
{
  for (guint i = 0; i < sequence->n_items; i++)
    {
      WfFlowItem *item = &sequence->items[i];
      float half;

      size_card (self, item->card);
      half = wf_flow_layout_card (self, item->card)->bounds.size.width / 2;
      sequence->left = MAX (sequence->left, half);
      sequence->right = MAX (sequence->right, half);
      if (item->branch == NULL)
        continue;
      size_branch (self, item->branch);
      sequence->left = MAX (sequence->left, item->branch->left);
      sequence->right = MAX (sequence->right, item->branch->right);
    }
}

/* ---- places ---- */

/* Where the flow is at the moment: below which card, on which line. */
typedef struct
{
  guint card;
  float y;
  gboolean at_joint;
} Exit;

static void
put_card (WfFlowLayout *self, guint index, float x, float y)
{
  WfFlowCard *card = wf_flow_layout_card (self, index);

  card->bounds.origin = GRAPHENE_POINT_INIT (x - card->bounds.size.width / 2, y);
}

static guint
add_edge (WfFlowLayout *self, const Exit *from, guint to, WfTarget place)
{
  WfFlowEdge edge = { .from = from->card, .to = to, .place = place };

  edge.from_joint = from->at_joint;
  g_array_append_val (self->edges, edge);
  return self->edges->len - 1;
}

static void
set_line (WfFlowEdge *edge, float x, float top, float bottom)
{
  edge->points[0] = GRAPHENE_POINT_INIT (x, top);
  edge->points[1] = GRAPHENE_POINT_INIT (x, bottom);
  edge->n_points = 2;
}

static WfTarget
make_place (const WfFlowLayout *self, guint head, guint position)
{
  const WfTarget *path = &wf_flow_layout_card (self, head)->target;

  if (path->kind != WF_TARGET_PATH)
    return (WfTarget) { .kind = WF_TARGET_PLACE, .position = position };
  return (WfTarget) {
    .kind = WF_TARGET_PLACE, .step = path->step, .path = path->path, .position = position
  };
}

/* Straight down into a card: the "+" first, below it the chip that belongs to the card. Returns
 * where the card begins. */
static float
add_straight_edge (WfFlowLayout *self, const Exit *from, float x, guint to, WfTarget place)
{
  const WfFlowContent *content = wf_flow_layout_node (self, to)->content;
  const WfFlowMetrics *metrics = &self->metrics;
  WfFlowEdge *edge = wf_flow_layout_edge (self, add_edge (self, from, to, place));
  float bottom = from->y + metrics->gap_y;

  edge->plus = GRAPHENE_POINT_INIT (x, from->y + metrics->gap_y / 2);
  if (content != NULL && content->chip != NULL)
    {
      float width = 2 * ceilf (content->chip_width / 2 + metrics->padding * 0.75f);
      float height = ceilf (content->chip_height + metrics->padding / 2);

      edge->chip = content->chip;
      edge->chip_bounds = GRAPHENE_RECT_INIT (
          x - width / 2, from->y + metrics->gap_y / 2 + metrics->plus_size * 0.75f, width, height);
      bottom = edge->chip_bounds.origin.y + height + metrics->gap_y / 2;
    }
  set_line (edge, x, from->y, bottom);
  return bottom;
}

static Exit place_sequence (WfFlowLayout *self, WfFlowSequence *sequence, guint head, Exit at);

/* Down from the branch, along to the line of the path, and down into its head. */
static void
add_head_edge (WfFlowLayout *self, WfFlowColumn *column, const Exit *from, float x)
{
  float bus = from->y + self->metrics.gap_y / 2;
  float bottom = from->y + self->metrics.gap_y;
  float path = column->sequence.x;
  WfFlowEdge *edge;

  column->edge = add_edge (self, from, column->head, (WfTarget) { .kind = WF_TARGET_NONE });
  edge = wf_flow_layout_edge (self, column->edge);
  edge->plus = GRAPHENE_POINT_INIT (path, bus);
  set_line (edge, x, from->y, bottom);
  if (path == x)
    return;
  edge->points[1].y = bus;
  edge->points[2] = GRAPHENE_POINT_INIT (path, bus);
  edge->points[3] = GRAPHENE_POINT_INIT (path, bottom);
  edge->n_points = 4;
}

/* From the end of a path to where all paths of the branch meet. */
static void
add_join_edge (WfFlowLayout *self, WfFlowColumn *column, const Exit *from, float x, float joint,
               guint to)
{
  WfFlowSequence *sequence = &column->sequence;
  WfFlowEdge *edge;

  sequence->edge_out =
      add_edge (self, from, to, make_place (self, column->head, sequence->n_items));
  edge = wf_flow_layout_edge (self, sequence->edge_out);
  edge->to_joint = TRUE;
  edge->plus = GRAPHENE_POINT_INIT (sequence->x, from->y + self->metrics.gap_y / 2);
  set_line (edge, sequence->x, from->y, joint);
  if (sequence->x == x)
    return;
  edge->points[2] = GRAPHENE_POINT_INIT (x, joint);
  edge->n_points = 3;
}

/* The card that follows a branch whose paths end with it. */
static guint
find_after (const WfFlowLayout *self, guint card)
{
  const WfFlowNode *node = wf_flow_layout_node (self, card);

  while (node->branch != NULL)
    {
      const WfFlowColumn *column = &node->branch->columns[0];

      if (column->sequence.n_items == 0)
        return wf_flow_layout_card (self, column->head)->next[0];
      card = column->sequence.items[column->sequence.n_items - 1].card;
      node = wf_flow_layout_node (self, card);
    }
  return wf_flow_layout_card (self, card)->next[0];
}

static Exit
place_branch (WfFlowLayout *self, WfFlowBranch *branch, float x, float y)
{
  Exit from = { branch->card, y, FALSE };
  float shift = x - branch->left;
  g_autofree Exit *ends = g_new (Exit, branch->n_columns);
  guint after = find_after (self, branch->card);

  for (guint i = 0; i < branch->n_columns; i++)
    {
      WfFlowColumn *column = &branch->columns[i];
      float top = y + self->metrics.gap_y;

      column->left += shift;
      column->right += shift;
      column->sequence.x += shift;
      add_head_edge (self, column, &from, x);
      put_card (self, column->head, column->sequence.x, top);
      ends[i] = place_sequence (
          self, &column->sequence, column->head,
          (Exit) { column->head, top + wf_flow_layout_card (self, column->head)->bounds.size.height,
                   FALSE });
      branch->joint = MAX (branch->joint, ends[i].y + self->metrics.gap_y);
    }
  for (guint i = 0; i < branch->n_columns; i++)
    add_join_edge (self, &branch->columns[i], &ends[i], x, branch->joint, after);
  return (Exit) { branch->card, branch->joint, TRUE };
}

/* head: the card above it. Returns where it ends; the edge out of it is still to be added. */
static Exit
place_sequence (WfFlowLayout *self, WfFlowSequence *sequence, guint head, Exit at)
{
  for (guint i = 0; i < sequence->n_items; i++)
    {
      WfFlowItem *item = &sequence->items[i];
      float top;

      item->top = at.y;
      item->edge = self->edges->len;
      top = add_straight_edge (self, &at, sequence->x, item->card, make_place (self, head, i));
      put_card (self, item->card, sequence->x, top);
      at = (Exit) { item->card, top + wf_flow_layout_card (self, item->card)->bounds.size.height,
                    FALSE };
      if (item->branch != NULL)
        at = place_branch (self, item->branch, sequence->x, at.y);
      item->bottom = at.y;
    }
  return at;
}

/* The dot at the end, and the edge to it. */
static void
place_end (WfFlowLayout *self, const Exit *from)
{
  guint end = self->cards->len - 1;
  float size = wf_flow_metrics_get_card_width (&self->metrics, WF_FLOW_END);
  float top;

  self->root.edge_out = self->edges->len;
  top = add_straight_edge (self, from, self->root.x, end, make_place (self, 0, self->root.n_items));
  wf_flow_layout_card (self, end)->bounds.size = GRAPHENE_SIZE_INIT (size, size);
  put_card (self, end, self->root.x, top);
  self->height = top + size + self->metrics.margin;
}

void
wf_flow_layout_place (WfFlowLayout *self)
{
  WfFlowSequence *root = &self->root;
  float margin = self->metrics.margin;
  float half;
  Exit at = { 0 };

  size_card (self, 0);
  half = wf_flow_layout_card (self, 0)->bounds.size.width / 2;
  size_sequence (self, root);
  root->left = MAX (root->left, half);
  root->right = MAX (root->right, half);
  root->x = margin + root->left;
  self->width = 2 * margin + root->left + root->right;
  put_card (self, 0, root->x, margin);
  at.y = margin + wf_flow_layout_card (self, 0)->bounds.size.height;
  at = place_sequence (self, root, 0, at);
  place_end (self, &at);
}
