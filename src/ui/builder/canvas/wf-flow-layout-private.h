/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that lay out a workflow share: its structure with places, beside the flat lists of
 * cards and edges. */
#pragma once

#include "wf-flow-layout.h"

G_BEGIN_DECLS

/* What a card says, measured: shared by the layouts of a workflow that is edited. Reference
 * counted. */
typedef struct
{
  gatomicrefcount ref_count;
  char *title, *sentence;
  char *subtitle; /* (nullable) */
  float title_height, subtitle_height;
  char *chip; /* (nullable) */
  float chip_width, chip_height;
} WfFlowContent;

typedef struct _WfFlowBranch WfFlowBranch;
typedef struct _WfFlowSequence WfFlowSequence;

/* A step of a sequence with the edge into it and, below a branch, everything until its paths have
 * joined. Those of one sequence follow each other without a gap, so that one can be found by
 * halving. */
typedef struct
{
  guint card;
  guint edge; /* into it */
  float top, bottom;
  WfFlowBranch *branch; /* (owned) (nullable) when it has paths */
} WfFlowItem;

struct _WfFlowSequence
{
  WfFlowItem *items; /* (owned) */
  guint n_items;
  guint edge_out;    /* after the last one */
  float left, right; /* room that it needs at both sides of its line */
  float x;           /* of its line */
};

typedef struct
{
  guint head; /* card */
  guint edge; /* from the branch */
  float left, right;
  WfFlowSequence sequence;
} WfFlowColumn;

struct _WfFlowBranch
{
  guint card;
  WfFlowColumn *columns; /* (owned) in the order of the paths */
  guint n_columns;
  float left, right; /* as of a sequence */
  float joint;       /* y where the paths meet */
};

/* Of each card, beside what is public. */
typedef struct
{
  const WfStep *step;       /* (nullable) STEP, WAIT, BRANCH; of a path its branch */
  WfFlowContent *content;   /* (owned) (nullable) END has none */
  WfFlowSequence *sequence; /* that it is in; of a path its own */
  WfFlowBranch *branch;     /* (nullable) its own; of a path that of its branch */
} WfFlowNode;

struct _WfFlowLayout
{
  gatomicrefcount ref_count;
  WfWorkflow *workflow;
  WfOrganisation *organisation; /* (owned) (nullable) */
  WfFlowMetrics metrics;
  WfFlowMeasureFunc measure;
  gpointer user_data; /* only compared after it is made */
  GArray *cards;      /* (owned) of WfFlowCard */
  GArray *nodes;      /* (owned) of WfFlowNode */
  GArray *edges;      /* (owned) of WfFlowEdge */
  GHashTable *by_id;  /* (owned) step id (borrowed) to index of its card */
  WfFlowSequence root;
  float width, height;
};

/* Parts of a card, for the layout and the painter. */
float wf_flow_metrics_get_card_width (const WfFlowMetrics *self, WfFlowKind kind);
float wf_flow_metrics_get_padding (const WfFlowMetrics *self, WfFlowKind kind); /* top, bottom */
float wf_flow_metrics_get_spacing (const WfFlowMetrics *self); /* between icon and text */
float wf_flow_metrics_get_text_width (const WfFlowMetrics *self, WfFlowKind kind);
float wf_flow_metrics_get_problem_width (const WfFlowMetrics *self, WfFlowKind kind);
float wf_flow_metrics_get_line_gap (const WfFlowMetrics *self); /* between title and subtitle */

static inline WfFlowCard *
wf_flow_layout_card (const WfFlowLayout *self, guint index)
{
  return &g_array_index (self->cards, WfFlowCard, index);
}

static inline WfFlowNode *
wf_flow_layout_node (const WfFlowLayout *self, guint index)
{
  return &g_array_index (self->nodes, WfFlowNode, index);
}

static inline WfFlowEdge *
wf_flow_layout_edge (const WfFlowLayout *self, guint index)
{
  return &g_array_index (self->edges, WfFlowEdge, index);
}

/* The column at a place counted from the left. */
static inline WfFlowColumn *
wf_flow_branch_column (const WfFlowLayout *self, const WfFlowBranch *branch, guint place)
{
  return &branch->columns[self->metrics.mirrored ? branch->n_columns - 1 - place : place];
}

/* wf-flow-content.c */
WfFlowContent *wf_flow_content_for_trigger (WfFlowLayout *self);
/* previous: nullable; taken from there when the step says the same. */
WfFlowContent *wf_flow_content_for_step (WfFlowLayout *self, const WfStep *step,
                                         const WfFlowLayout *previous);
WfFlowContent *wf_flow_content_for_path (WfFlowLayout *self, const WfStep *branch, guint path,
                                         const WfFlowLayout *previous);
/* Of a path: its name or number; when it is taken. Owned by the caller. */
char *wf_flow_make_path_title (const WfPath *path, guint index);
char *wf_flow_make_path_condition (const WfPath *path, guint index,
                                   const WfOrganisation *organisation);
void wf_flow_content_unref (WfFlowContent *self);
/* wf-flow-place.c: sizes and places of all cards, and the edges. */
void wf_flow_layout_place (WfFlowLayout *self);
/* wf-flow-problems.c: puts each problem to the card that it is about. */
void wf_flow_layout_put_problems (WfFlowLayout *self, const WfProblems *problems);
/* wf-flow-query.c: whether the edge, its chip or what is drawn beside it touches the rectangle. */
gboolean wf_flow_layout_edge_touches (const WfFlowLayout *self, guint index,
                                      const graphene_rect_t *rect);

G_END_DECLS
