/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of the canvas: where the cards, edges, chips and landing places of a workflow are,
 * in pixels of the canvas at zoom
 * 1. Structured flows only (a sequence with branches that join), so it needs one pass and nothing
 *   can dangle (R96). Immutable,
 * reference counted. Needs no display: the height of a text is asked through a function. */
#pragma once

#include "wf-builder-target.h"
#include "wf-workflow-document.h"

#include <graphene.h>

G_BEGIN_DECLS

typedef struct _WfFlowLayout WfFlowLayout;

typedef enum
{
  WF_FLOW_TRIGGER,
  WF_FLOW_STEP,
  WF_FLOW_WAIT,   /* a slim bar */
  WF_FLOW_BRANCH, /* its paths stand side by side below it and join again */
  WF_FLOW_PATH,   /* the head of a path: name and condition */
  WF_FLOW_END, /* a small dot after the last step; its target is of kind NONE, arrow keys skip it */
} WfFlowKind;

typedef struct
{
  WfFlowKind kind;
  WfTarget target; /* strings borrowed from the layout */
  graphene_rect_t bounds;
  const char *icon;  /* symbolic icon name; nullable */
  char *title;       /* (owned) what it does: the sentence (B24) without the run mode of the chip */
  char *subtitle;    /* (owned) (nullable) */
  char *problem;     /* (owned) (nullable) what is wrong with it */
  gboolean is_error; /* of the problem: it cannot be published */
  guint position;    /* 1.. in its sequence, or of the paths of its branch */
  guint set_size;    /* how many there are */
  guint level;       /* nesting, 1 at the top */
  guint *next;       /* (owned) indices of the cards that follow; those of a branch are its paths */
  guint n_next;
  guint parent; /* index of the path or branch that it is in; G_MAXUINT at the top */
  /* The whole sentence with its run mode, for screen readers and tooltips. Borrowed from the
   * layout. */
  const char *sentence;
} WfFlowCard;

typedef struct
{
  guint from, to; /* indices of cards */
  WfTarget place; /* what the "+" adds at; kind NONE: this edge has none */
  graphene_point_t
      points[4]; /* down from `from`, along, down to `to`; the corners are rounded when drawn */
  guint n_points;
  graphene_point_t plus; /* centre of the "+" */
  char *chip;            /* (owned) (nullable) run mode of `to`: "1 day later" (R72-R77) */
  graphene_rect_t chip_bounds;
  /* The edges out of the paths of a branch meet in one point, and one edge leads from there to what
   * follows the branch: `from` of that one is the branch, and it begins at the meeting point
   * instead of the card. */
  gboolean from_joint;
  gboolean to_joint; /* it ends there, without an arrow head */
} WfFlowEdge;

typedef struct
{
  float card_width, wait_width; /* pixels */
  float padding;                /* inside of a card */
  float icon_size;
  float gap_x, gap_y; /* between paths, between a card and the next */
  float margin;       /* around everything */
  float plus_size;
  /* Right to left: the first path is the rightmost, icons are at the right. The caller sets it; all
   * geometry and queries follow. */
  gboolean mirrored;
} WfFlowMetrics;
/* For text of the usual size; text_scale 1.3: large text. Left to right. */
void wf_flow_metrics_init (WfFlowMetrics *self, double text_scale);

typedef enum
{
  WF_FLOW_TEXT_TITLE,
  WF_FLOW_TEXT_SUBTITLE,
  WF_FLOW_TEXT_CHIP,
  WF_FLOW_TEXT_NAME, /* of a path: bold */
} WfFlowTextStyle;
/* The size that the text takes when it is broken at width (pixels). */
typedef void (*WfFlowMeasureFunc) (const char *text, WfFlowTextStyle style, float width,
                                   float *text_width, float *text_height, gpointer user_data);

/* problems, organisation: nullable. previous: nullable, an earlier layout with the same metrics,
 * organisation and measure: what did not change is taken from there (an edit of 1,000 steps lays
 * out in a few milliseconds). */
WfFlowLayout *wf_flow_layout_new (const WfWorkflow *workflow, const WfProblems *problems,
                                  const WfOrganisation *organisation, const WfFlowMetrics *metrics,
                                  WfFlowMeasureFunc measure, gpointer user_data,
                                  const WfFlowLayout *previous);
WfFlowLayout *wf_flow_layout_ref (WfFlowLayout *self);
void wf_flow_layout_unref (WfFlowLayout *self);

void wf_flow_layout_get_size (const WfFlowLayout *self, float *width, float *height);
guint wf_flow_layout_get_n_cards (const WfFlowLayout *self);
const WfFlowCard *wf_flow_layout_get_card (const WfFlowLayout *self,
                                           guint index); /* reading order */
guint wf_flow_layout_get_n_edges (const WfFlowLayout *self);
const WfFlowEdge *wf_flow_layout_get_edge (const WfFlowLayout *self, guint index);

/* G_MAXUINT when there is none. */
guint wf_flow_layout_find_card (const WfFlowLayout *self, const WfTarget *target);
guint wf_flow_layout_find_edge (const WfFlowLayout *self, const WfTarget *place);
guint wf_flow_layout_find_card_at (const WfFlowLayout *self, float x, float y);

/* Culling: indices of what touches the rectangle, appended; cost grows with what is found and the
 * depth, not with the workflow. */
void wf_flow_layout_list_cards_in (const WfFlowLayout *self, const graphene_rect_t *rect,
                                   GArray *indices);
void wf_flow_layout_list_edges_in (const WfFlowLayout *self, const graphene_rect_t *rect,
                                   GArray *indices);

/* Arrow keys: the card above, below, left or right of one; itself when there is none. */
typedef enum
{
  WF_FLOW_UP,
  WF_FLOW_DOWN,
  WF_FLOW_LEFT,
  WF_FLOW_RIGHT,
} WfFlowDirection;
guint wf_flow_layout_find_neighbour (const WfFlowLayout *self, guint card,
                                     WfFlowDirection direction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfFlowLayout, wf_flow_layout_unref)

G_END_DECLS
