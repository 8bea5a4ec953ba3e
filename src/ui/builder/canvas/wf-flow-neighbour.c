/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the arrow keys lead: up and down follow the flow, left and right go to the path beside. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-layout-private.h"

#include <math.h>

static gboolean
is_end (const WfFlowLayout *self, guint index)
{
  return wf_flow_layout_card (self, index)->kind == WF_FLOW_END;
}

static guint
find_below (const WfFlowLayout *self, guint index)
{
  const WfFlowCard *card = wf_flow_layout_card (self, index);

  return card->n_next > 0 && !is_end (self, card->next[0]) ? card->next[0] : index;
}

/* The last card on the way through the first paths, from which "down" leads to what follows. */
static guint
find_last (const WfFlowLayout *self, guint index)
{
  const WfFlowBranch *branch = wf_flow_layout_node (self, index)->branch;

  while (branch != NULL)
    {
      const WfFlowSequence *sequence = &branch->columns[0].sequence;

      index = sequence->n_items > 0 ? sequence->items[sequence->n_items - 1].card
                                    : branch->columns[0].head;
      if (sequence->n_items == 0)
        break;
      branch = wf_flow_layout_node (self, index)->branch;
    }
  return index;
}

static guint
find_above (const WfFlowLayout *self, guint index)
{
  const WfFlowCard *card = wf_flow_layout_card (self, index);
  const WfFlowSequence *sequence = wf_flow_layout_node (self, index)->sequence;

  switch (card->kind)
    {
    case WF_FLOW_TRIGGER:
      return index;
    case WF_FLOW_PATH:
      return card->parent;
    case WF_FLOW_END:
      return sequence->n_items > 0 ? find_last (self, sequence->items[sequence->n_items - 1].card)
                                   : 0;
    default:
      if (card->position > 1)
        return find_last (self, sequence->items[card->position - 2].card);
      return card->parent != G_MAXUINT ? card->parent : 0;
    }
}

static float
get_middle (const WfFlowLayout *self, guint index)
{
  const graphene_rect_t *bounds = &wf_flow_layout_card (self, index)->bounds;

  return bounds->origin.y + bounds->size.height / 2;
}

static guint
choose (const WfFlowLayout *self, guint a, guint b, float y)
{
  return fabsf (get_middle (self, b) - y) < fabsf (get_middle (self, a) - y) ? b : a;
}

/* The card of a column that is nearest to a height; where paths are inside, in the one at the side
 * from which it is entered. */
static guint
find_nearest (const WfFlowLayout *self, const WfFlowColumn *column, float y, gboolean from_left)
{
  guint nearest = column->head;
  const WfFlowSequence *sequence = &column->sequence;

  while (sequence != NULL && sequence->n_items > 0)
    {
      guint low = 0, high = sequence->n_items - 1;
      const WfFlowItem *item;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (sequence->items[middle].bottom < y)
            low = middle + 1;
          else
            high = middle;
        }
      item = &sequence->items[low];
      nearest = choose (self, nearest, item->card, y);
      if (low > 0)
        nearest = choose (self, nearest, find_last (self, sequence->items[low - 1].card), y);
      if (item->branch == NULL)
        break;
      column =
          wf_flow_branch_column (self, item->branch, from_left ? 0 : item->branch->n_columns - 1);
      nearest = choose (self, nearest, column->head, y);
      sequence = &column->sequence;
    }
  return nearest;
}

/* Out of the paths that have none beside them, to the first that has. */
static guint
find_beside (const WfFlowLayout *self, guint index, gboolean to_right)
{
  float y = get_middle (self, index);
  guint at = index;

  while (at != G_MAXUINT)
    {
      const WfFlowCard *card = wf_flow_layout_card (self, at);
      const WfFlowBranch *branch = wf_flow_layout_node (self, at)->branch;
      guint path = card->position - 1;

      if (card->kind != WF_FLOW_PATH)
        {
          at = card->parent;
          continue;
        }
      if (to_right != self->metrics.mirrored ? path + 1 < branch->n_columns : path > 0)
        {
          path = to_right != self->metrics.mirrored ? path + 1 : path - 1;
          return wf_flow_layout_card (self, index)->kind == WF_FLOW_PATH && at == index
                     ? branch->columns[path].head
                     : find_nearest (self, &branch->columns[path], y, to_right);
        }
      at = card->parent;
    }
  return index;
}

/**
 * wf_flow_layout_find_neighbour:
 * @card: index of a card
 * @direction: of the arrow key, as it is seen
 *
 * Down follows the flow, of a branch its first path; up is the reverse. Left and right lead to the
 * card of the path beside that is nearest in height.
 *
 * Returns: the index of the card there; @card itself when there is none
 */
guint
wf_flow_layout_find_neighbour (const WfFlowLayout *self, guint card, WfFlowDirection direction)
{
  if (card >= self->cards->len)
    return card;
  switch (direction)
    {
    case WF_FLOW_UP:
      return find_above (self, card);
    case WF_FLOW_DOWN:
      return find_below (self, card);
    case WF_FLOW_LEFT:
      return find_beside (self, card, FALSE);
    case WF_FLOW_RIGHT:
      return find_beside (self, card, TRUE);
    }
  g_assert_not_reached ();
}
