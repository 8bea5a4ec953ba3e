/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the cards and edges of a layout: in the window, in the minimap, on paper. One look for all
 * of them. */
#pragma once

#include "wf-flow-layout.h"
#include "wf-flow-marks.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WF_CARD_FOCUSED = 1 << 0,
  WF_CARD_SELECTED = 1 << 1,
  WF_CARD_HOVERED = 1 << 2,
  WF_CARD_DRAGGED = 1 << 3, /* faint: it is being carried elsewhere */
} WfCardFlags;

typedef struct
{
  GdkRGBA window, card, border, text, dim, accent, edge;
  GdkRGBA success, warning, error;
  gboolean high_contrast;
} WfFlowPalette;
/* Of the widget's style: light, dark, high contrast, accent. */
void wf_flow_palette_init (WfFlowPalette *self, GtkWidget *widget);
/* Black on white, for print. */
void wf_flow_palette_init_for_print (WfFlowPalette *self);

#define WF_TYPE_FLOW_PAINTER (wf_flow_painter_get_type ())
G_DECLARE_FINAL_TYPE (WfFlowPainter, wf_flow_painter, WF, FLOW_PAINTER, GObject)

/* context: of the widget or of a print operation; its font is the text's. */
WfFlowPainter *wf_flow_painter_new (PangoContext *context);
void wf_flow_painter_set_palette (WfFlowPainter *self, const WfFlowPalette *palette);
/* For wf_flow_layout_new(); user_data: the painter. Remembers what it measured. */
void wf_flow_painter_measure (const char *text, WfFlowTextStyle style, float width,
                              float *text_width, float *text_height, gpointer user_data);
/* Each draws at the layout's coordinates and remembers its render node until palette, flags, marks
 * or the card's content change. marks: nullable. detail FALSE: below a zoom of about 0.4, a plain
 * rounded box with its icon. icons: of the display; nullable (print: none). */
void wf_flow_painter_draw_card (WfFlowPainter *self, GtkSnapshot *snapshot,
                                const WfFlowLayout *layout, guint card, WfCardFlags flags,
                                const WfFlowMarks *marks, gboolean detail, GtkIconTheme *icons,
                                int scale_factor);
void wf_flow_painter_draw_edge (WfFlowPainter *self, GtkSnapshot *snapshot,
                                const WfFlowLayout *layout, guint edge, const WfFlowMarks *marks,
                                gboolean detail);
/* Of guint: several edges, in the order in which the way of a test is not covered by others. */
void wf_flow_painter_draw_edges (WfFlowPainter *self, GtkSnapshot *snapshot,
                                 const WfFlowLayout *layout, GArray *edges,
                                 const WfFlowMarks *marks, gboolean detail);
/* What touches the rectangle as one node, cheap to draw however much it is, for zooms below about 0.2
 * and the minimap: plain boxes without text. NULL when it is empty. Owned by the caller. */
GskRenderNode *wf_flow_painter_make_overview_of (WfFlowPainter *self, const WfFlowLayout *layout,
                                                 const WfFlowMarks *marks,
                                                 const graphene_rect_t *rect);

G_END_DECLS
