/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of the canvas: its cards in reading order, with what they say. Places and edges:
 * wf-flow-place.c; queries: wf-flow-query.c. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-layout-private.h"

#include "wf-step-catalogue.h"

#include <math.h>

/* ---- metrics ---- */

/**
 * wf_flow_metrics_init:
 * @self: (out): gets the measures in pixels at zoom 1
 * @text_scale: 1 for text of the usual size, more for large text
 */
void
wf_flow_metrics_init (WfFlowMetrics *self, double text_scale)
{
  float scale = (float) CLAMP (text_scale, 0.5, 4);

  /* Even widths, so that a card centred on its line begins on a whole pixel. */
  *self = (WfFlowMetrics) {
    .card_width = 2 * roundf (140 * scale),
    .wait_width = 2 * roundf (104 * scale),
    .padding = roundf (12 * scale),
    .icon_size = 2 * roundf (8 * scale),
    .gap_x = 2 * roundf (20 * scale),
    .gap_y = 2 * roundf (24 * scale),
    .margin = 2 * roundf (16 * scale),
    .plus_size = 2 * roundf (12 * scale),
  };
}

float
wf_flow_metrics_get_card_width (const WfFlowMetrics *self, WfFlowKind kind)
{
  switch (kind)
    {
    case WF_FLOW_WAIT:
    case WF_FLOW_PATH:
      return self->wait_width;
    case WF_FLOW_END:
      return self->plus_size / 2;
    default:
      return self->card_width;
    }
}

float
wf_flow_metrics_get_padding (const WfFlowMetrics *self, WfFlowKind kind)
{
  return kind == WF_FLOW_WAIT ? self->padding / 2 : self->padding;
}

float
wf_flow_metrics_get_spacing (const WfFlowMetrics *self)
{
  return roundf (self->padding * 0.75f);
}

float
wf_flow_metrics_get_line_gap (const WfFlowMetrics *self)
{
  return roundf (self->padding / 4);
}

float
wf_flow_metrics_get_text_width (const WfFlowMetrics *self, WfFlowKind kind)
{
  float width = wf_flow_metrics_get_card_width (self, kind) - 2 * self->padding;

  return kind == WF_FLOW_PATH ? width
                              : width - self->icon_size - wf_flow_metrics_get_spacing (self);
}

float
wf_flow_metrics_get_problem_width (const WfFlowMetrics *self, WfFlowKind kind)
{
  return wf_flow_metrics_get_text_width (self, kind) - self->icon_size -
         wf_flow_metrics_get_line_gap (self);
}

/* ---- cards ---- */

static const char *
get_icon (WfFlowKind kind, const WfStep *step)
{
  const WfStepKindInfo *info;

  switch (kind)
    {
    case WF_FLOW_TRIGGER:
      return "media-playback-start-symbolic";
    case WF_FLOW_PATH:
    case WF_FLOW_END:
      return NULL;
    default:
      info = wf_step_catalogue_get (step->kind);
      return info != NULL ? info->icon : "dialog-question-symbolic";
    }
}

/* content: taken, nullable. Returns its index. */
static guint
add_card (WfFlowLayout *self, WfFlowKind kind, const WfStep *step, WfFlowContent *content)
{
  WfFlowCard card = { .kind = kind, .position = 1, .set_size = 1, .level = 1 };
  WfFlowNode node = { .step = step, .content = content };

  card.icon = get_icon (kind, step);
  card.parent = G_MAXUINT;
  if (content != NULL)
    {
      card.title = content->title;
      card.subtitle = content->subtitle;
      card.sentence = content->sentence;
    }
  g_array_append_val (self->cards, card);
  g_array_append_val (self->nodes, node);
  return self->cards->len - 1;
}

static void
set_place (WfFlowLayout *self, guint index, guint parent, guint level, guint position,
           guint set_size)
{
  WfFlowCard *card = wf_flow_layout_card (self, index);

  card->parent = parent;
  card->level = level;
  card->position = position + 1;
  card->set_size = set_size;
}

static void add_sequence (WfFlowLayout *self, WfFlowSequence *sequence, GPtrArray *steps,
                          guint parent, guint level, const WfFlowLayout *previous);

static void
add_path (WfFlowLayout *self, WfFlowBranch *branch, const WfStep *step, guint path,
          const WfFlowLayout *previous)
{
  WfFlowColumn *column = &branch->columns[path];
  guint level = wf_flow_layout_card (self, branch->card)->level + 1;
  WfFlowContent *content = wf_flow_content_for_path (self, step, path, previous);

  column->head = add_card (self, WF_FLOW_PATH, step, content);
  set_place (self, column->head, branch->card, level, path, step->paths->len);
  wf_flow_layout_card (self, column->head)->target =
      (WfTarget) { .kind = WF_TARGET_PATH, .step = step->id, .path = path };
  wf_flow_layout_node (self, column->head)->sequence = &column->sequence;
  wf_flow_layout_node (self, column->head)->branch = branch;
  add_sequence (self, &column->sequence, ((WfPath *) g_ptr_array_index (step->paths, path))->steps,
                column->head, level + 1, previous);
}

static void
add_branch (WfFlowLayout *self, WfFlowItem *item, const WfStep *step, const WfFlowLayout *previous)
{
  WfFlowBranch *branch = g_new0 (WfFlowBranch, 1);
  guint *heads = g_new (guint, step->paths->len);

  item->branch = branch;
  branch->card = item->card;
  branch->n_columns = step->paths->len;
  branch->columns = g_new0 (WfFlowColumn, branch->n_columns);
  wf_flow_layout_node (self, item->card)->branch = branch;
  for (guint i = 0; i < branch->n_columns; i++)
    {
      add_path (self, branch, step, i, previous);
      heads[i] = branch->columns[i].head;
    }
  wf_flow_layout_card (self, item->card)->next = heads;
  wf_flow_layout_card (self, item->card)->n_next = branch->n_columns;
}

static WfFlowKind
get_kind (const WfStep *step)
{
  switch (step->kind)
    {
    case WF_STEP_WAIT:
      return WF_FLOW_WAIT;
    case WF_STEP_BRANCH:
      return WF_FLOW_BRANCH;
    default:
      return WF_FLOW_STEP;
    }
}

static void
add_sequence (WfFlowLayout *self, WfFlowSequence *sequence, GPtrArray *steps, guint parent,
              guint level, const WfFlowLayout *previous)
{
  sequence->n_items = steps->len;
  sequence->items = g_new0 (WfFlowItem, steps->len);
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);
      WfFlowItem *item = &sequence->items[i];

      item->card =
          add_card (self, get_kind (step), step, wf_flow_content_for_step (self, step, previous));
      set_place (self, item->card, parent, level, i, steps->len);
      wf_flow_layout_card (self, item->card)->target =
          (WfTarget) { .kind = WF_TARGET_STEP, .step = step->id };
      wf_flow_layout_node (self, item->card)->sequence = sequence;
      if (step->id != NULL)
        g_hash_table_insert (self->by_id, step->id, GUINT_TO_POINTER (item->card));
      if (step->kind == WF_STEP_BRANCH && step->paths->len > 0)
        add_branch (self, item, step, previous);
    }
}

static void
set_next (WfFlowLayout *self, guint card, guint next)
{
  WfFlowCard *of = wf_flow_layout_card (self, card);

  of->next = g_new (guint, 1);
  of->next[0] = next;
  of->n_next = 1;
}

/* after: the card to which the flow goes on behind the sequence; head: that before it. */
static void
connect_sequence (WfFlowLayout *self, WfFlowSequence *sequence, guint head, guint after)
{
  set_next (self, head, sequence->n_items > 0 ? sequence->items[0].card : after);
  for (guint i = 0; i < sequence->n_items; i++)
    {
      WfFlowItem *item = &sequence->items[i];
      guint next = i + 1 < sequence->n_items ? sequence->items[i + 1].card : after;

      if (item->branch == NULL)
        set_next (self, item->card, next);
      else
        for (guint j = 0; j < item->branch->n_columns; j++)
          connect_sequence (self, &item->branch->columns[j].sequence, item->branch->columns[j].head,
                            next);
    }
}

static void
add_cards (WfFlowLayout *self, const WfFlowLayout *previous)
{
  guint trigger = add_card (self, WF_FLOW_TRIGGER, NULL, wf_flow_content_for_trigger (self));
  guint end;

  wf_flow_layout_card (self, trigger)->target.kind = WF_TARGET_TRIGGER;
  wf_flow_layout_node (self, trigger)->sequence = &self->root;
  add_sequence (self, &self->root, self->workflow->steps, G_MAXUINT, 1, previous);
  end = add_card (self, WF_FLOW_END, NULL, NULL);
  wf_flow_layout_node (self, end)->sequence = &self->root;
  connect_sequence (self, &self->root, trigger, end);
}

/* ---- making and freeing ---- */

static void
clear_card (gpointer data)
{
  WfFlowCard *card = data;

  g_free (card->problem);
  g_free (card->next);
}

static void
clear_node (gpointer data)
{
  wf_flow_content_unref (((WfFlowNode *) data)->content);
}

static void
clear_sequence (WfFlowSequence *self)
{
  for (guint i = 0; i < self->n_items; i++)
    {
      WfFlowBranch *branch = self->items[i].branch;

      for (guint j = 0; branch != NULL && j < branch->n_columns; j++)
        clear_sequence (&branch->columns[j].sequence);
      if (branch != NULL)
        g_free (branch->columns);
      g_free (branch);
    }
  g_free (self->items);
}

static gboolean
is_of_use (const WfFlowLayout *previous, const WfFlowLayout *self)
{
  const WfFlowMetrics *a = &previous->metrics;
  const WfFlowMetrics *b = &self->metrics;

  return previous->organisation == self->organisation && previous->measure == self->measure &&
         previous->user_data == self->user_data && a->card_width == b->card_width &&
         a->wait_width == b->wait_width && a->padding == b->padding && a->icon_size == b->icon_size;
}

/**
 * wf_flow_layout_new:
 * @workflow: the workflow; it must not change any more
 * @problems: (nullable): what is wrong with it
 * @organisation: (nullable): for names in the sentences
 * @metrics: the measures
 * @measure: how much room a text takes
 * @user_data: for @measure; both are called only before this returns
 * @previous: (nullable): an earlier layout, of which is taken what did not change
 *
 * Returns: (transfer full): where everything is
 */
WfFlowLayout *
wf_flow_layout_new (const WfWorkflow *workflow, const WfProblems *problems,
                    const WfOrganisation *organisation, const WfFlowMetrics *metrics,
                    WfFlowMeasureFunc measure, gpointer user_data, const WfFlowLayout *previous)
{
  WfFlowLayout *self = g_new0 (WfFlowLayout, 1);
  guint size = previous != NULL ? previous->cards->len + 8 : 64;

  g_atomic_ref_count_init (&self->ref_count);
  self->workflow = wf_workflow_ref ((WfWorkflow *) workflow);
  if (organisation != NULL)
    self->organisation = wf_organisation_ref ((WfOrganisation *) organisation);
  self->metrics = *metrics;
  self->measure = measure;
  self->user_data = user_data;
  self->cards = g_array_sized_new (FALSE, TRUE, sizeof (WfFlowCard), size);
  self->nodes = g_array_sized_new (FALSE, TRUE, sizeof (WfFlowNode), size);
  self->edges = g_array_sized_new (FALSE, TRUE, sizeof (WfFlowEdge), size);
  g_array_set_clear_func (self->cards, clear_card);
  g_array_set_clear_func (self->nodes, clear_node);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  add_cards (self, previous != NULL && is_of_use (previous, self) ? previous : NULL);
  if (problems != NULL)
    wf_flow_layout_put_problems (self, problems);
  wf_flow_layout_place (self);
  return self;
}

WfFlowLayout *
wf_flow_layout_ref (WfFlowLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_flow_layout_unref (WfFlowLayout *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  clear_sequence (&self->root);
  g_array_unref (self->cards);
  g_array_unref (self->nodes);
  g_array_unref (self->edges);
  g_hash_table_unref (self->by_id);
  wf_workflow_unref (self->workflow);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_free (self);
}

/* ---- what there is ---- */

void
wf_flow_layout_get_size (const WfFlowLayout *self, float *width, float *height)
{
  *width = self->width;
  *height = self->height;
}

guint
wf_flow_layout_get_n_cards (const WfFlowLayout *self)
{
  return self->cards->len;
}

/* In reading order: the trigger is the first, the end the last. NULL beyond it. */
const WfFlowCard *
wf_flow_layout_get_card (const WfFlowLayout *self, guint index)
{
  return index < self->cards->len ? wf_flow_layout_card (self, index) : NULL;
}

guint
wf_flow_layout_get_n_edges (const WfFlowLayout *self)
{
  return self->edges->len;
}

/* NULL beyond the last. */
const WfFlowEdge *
wf_flow_layout_get_edge (const WfFlowLayout *self, guint index)
{
  return index < self->edges->len ? wf_flow_layout_edge (self, index) : NULL;
}
