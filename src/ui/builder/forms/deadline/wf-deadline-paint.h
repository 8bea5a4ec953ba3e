/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the parts of a deadline ruler look: stretches by pattern, marks by shape, so that nothing
 * depends on colour alone. Render nodes. */
#pragma once

#include "wf-deadline-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WF_MARK_EVENT,    /* a ring */
  WF_MARK_REMINDER, /* a triangle above the line */
  WF_MARK_DEADLINE, /* a bar with an arrow head */
} WfDeadlineMark;

typedef struct
{
  GdkRGBA text, accent;
  gboolean high_contrast;
} WfDeadlineColors;

/* As the desktop and the widget's style have them now. */
void wf_deadline_colors_init (WfDeadlineColors *self, GtkWidget *widget);
void wf_deadline_paint_stretch (GtkSnapshot *snapshot, WfStretchKind kind,
                                const graphene_rect_t *area, const WfDeadlineColors *colors);
/* x, area: the mark stands at x and spans the height of the area. to_left: the head of the deadline
 * points there. */
void wf_deadline_paint_mark (GtkSnapshot *snapshot, WfDeadlineMark mark, float x,
                             const graphene_rect_t *area, gboolean to_left,
                             const WfDeadlineColors *colors);

G_END_DECLS
