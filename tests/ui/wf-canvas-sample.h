/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows to show on a canvas, small and large, and a window with one. */
#pragma once

#include "wf-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Steps "a", the branch "b" with the paths "Hot" (steps "c", "d") and "Otherwise" (step "e"), the wait "f", and "g". */
WfWorkflow *wf_canvas_sample_new (void);
/* n steps with a branch after every seventh one. */
WfWorkflow *wf_canvas_sample_new_large (guint n);

typedef struct
{
  GtkWidget *window;
  WfCanvas *canvas;
  WfCanvasMinimap *minimap;
  GtkScrolledWindow *scrolled;
} WfCanvasSampleWindow;

void wf_canvas_sample_window_init (WfCanvasSampleWindow *self, WfBuilderContext *context, int width,
                                   int height);

G_END_DECLS
