/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that draw a workflow share. */
#pragma once

#include "wf-flow-layout-private.h"
#include "wf-flow-painter.h"

G_BEGIN_DECLS

typedef struct _WfFlowText WfFlowText;

/* Signs that are drawn as lines, so that they need no icon theme and print well. */
typedef enum
{
  WF_SIGN_CHECK,
  WF_SIGN_CLOCK,
  WF_SIGN_SKIP,
  WF_SIGN_NOT_TAKEN,
  WF_SIGN_STOP,
  WF_SIGN_PLUS,
  WF_SIGN_MINUS,
  WF_SIGN_NOT_EQUAL,
  WF_SIGN_MOVED,
  WF_SIGN_WARNING,
  WF_SIGN_ERROR,
} WfSign;
#define WF_N_SIGNS (WF_SIGN_ERROR + 1)

struct _WfFlowPainter
{
  GObject parent_instance;

  WfFlowPalette palette;
  WfFlowText *text; /* (owned) */
  GskPath *signs[WF_N_SIGNS];
  GHashTable *nodes;   /* (owned) GBytes that tell all that is drawn, to GskRenderNode */
  GByteArray *key;     /* (owned) while one is made */
  GHashTable *icons;   /* (owned) "name size scale" to GtkIconPaintable */
  GtkIconTheme *theme; /* (owned) (nullable) that the icons are of */
};

/* How a mark looks. */
typedef struct
{
  WfSign sign;
  GdkRGBA colour;
  gboolean dims; /* the card is faint: the flow did not go there */
} WfMarkLook;
/* FALSE for WF_MARK_NONE. */
gboolean wf_flow_painter_get_mark_look (WfFlowPainter *self, WfMarkKind kind, WfMarkLook *look);

/* wf-flow-text.c: texts laid out with the styles of a flow. */
WfFlowText *wf_flow_text_new (PangoContext *context);
void wf_flow_text_free (WfFlowText *self);
void wf_flow_text_measure (WfFlowText *self, const char *text, WfFlowTextStyle style, float width,
                           float *text_width, float *text_height);
/* width: 0: not broken. The alignment is that of the interface, not of the text's language.
 * Borrowed until the next call. */
PangoLayout *wf_flow_text_lay_out (WfFlowText *self, const char *text, WfFlowTextStyle style,
                                   float width, gboolean mirrored);

/* wf-flow-shapes.c */
GdkRGBA wf_flow_mix (const GdkRGBA *a, const GdkRGBA *b, float amount);
void wf_flow_fill_rounded (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius,
                           const GdkRGBA *colour);
/* A box with a line along its inside; both colours are opaque. Cheaper than a box and
 * wf_flow_outline() above it. */
void wf_flow_fill_framed (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius,
                          float width, const GdkRGBA *fill, const GdkRGBA *line);
void wf_flow_outline (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius, float width,
                      const GdkRGBA *colour);
GskPath *wf_flow_make_sign (WfSign sign);
void wf_flow_draw_sign (GtkSnapshot *snapshot, GskPath *sign, float x, float y, float size,
                        const GdkRGBA *colour);
void wf_flow_draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y,
                          const GdkRGBA *colour);
void wf_flow_add_edge_path (GskPathBuilder *builder, const WfFlowEdge *edge, float radius);
void wf_flow_add_arrow_path (GskPathBuilder *builder, const WfFlowEdge *edge, float size);

/* Remembered nodes. A key is begun, gets all that is drawn, and is looked up; without a node yet,
 * one is drawn and put. */
void wf_flow_painter_begin_key (WfFlowPainter *self, char kind);
void wf_flow_painter_add_text (WfFlowPainter *self, const char *text);
void wf_flow_painter_add_bytes (WfFlowPainter *self, gconstpointer data, gsize size);
GskRenderNode *wf_flow_painter_find (WfFlowPainter *self);
/* snapshot: taken. Returns the node, borrowed; NULL when it is empty. */
GskRenderNode *wf_flow_painter_put (WfFlowPainter *self, GtkSnapshot *snapshot);
void wf_flow_painter_draw_icon (WfFlowPainter *self, GtkSnapshot *snapshot, GtkIconTheme *icons,
                                const char *name, float x, float y, float size, int scale_factor,
                                const GdkRGBA *colour);
/* wf-flow-painter-edges.c: whether a test went along it. */
gboolean wf_flow_painter_went_along (const WfFlowLayout *layout, guint edge,
                                     const WfFlowMarks *marks);

G_END_DECLS
