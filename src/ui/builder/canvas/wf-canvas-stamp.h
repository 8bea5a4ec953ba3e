/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child of the canvas as a picture of itself, for where everything is rasterised by the
 * processor: there a picture costs a fraction of what its boxes and letters do, each frame
 * again. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GdkTexture *texture; /* (owned) (nullable) */
  guint drawn; /* how often the child has drawn itself: another number makes the picture old */
  guint of;    /* the drawing that the picture is of */
  guint seen;  /* the last drawing that was shown without a picture */
  double zoom; /* that the picture is of */
  int scale;
  graphene_point_t phase; /* where the child's corner lay within a pixel */
  graphene_rect_t bounds; /* of the picture, from the child's corner, in pixels of the widget */
} WfCanvasStamp;

/* How a child is to be shown now. */
typedef struct
{
  GskRenderer *renderer;   /* (nullable) NULL: as it draws itself */
  graphene_point_t corner; /* of the child in the widget */
  double zoom;
  int scale;         /* device pixels to a pixel of the widget */
  gboolean is_rough; /* the zoom moves: a picture of another size will do */
  gint64 deadline;   /* monotonic, in microseconds: from then on no picture is made in this frame */
} WfCanvasStampPlace;

void wf_canvas_stamp_clear (WfCanvasStamp *self);
/* widget's snapshot shows child, which is a child of it. FALSE: by a picture of another size, which
 * is to be made anew. */
gboolean wf_canvas_stamp_show (WfCanvasStamp *self, GtkWidget *widget, GtkWidget *child,
                               const WfCanvasStampPlace *place, GtkSnapshot *snapshot);

G_END_DECLS
