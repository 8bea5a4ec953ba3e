/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the base of all charts share: its fields. Kinds of charts have no business with them. */
#pragma once

#include "wf-chart-private.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  WfChartData *data;    /* (owned) (nullable) */
  WfChartTexts *texts;  /* (owned) (nullable) */
  double *from, *shown; /* (owned) (nullable) series * n_categories + category */
  double from_top, top; /* of the axis */
  double progress;
  AdwAnimation *animation; /* (owned) */
  GPtrArray *marks;        /* of WfChartMark, children */
  graphene_rect_t *places; /* (owned) (nullable) of the marks, as they are on the screen */
  guint current;           /* the mark that had the focus last */
  int pointed;             /* under the pointer; -1 */
  gboolean activatable;
} WfChartPrivate;

WfChartPrivate *wf_chart_get_private (WfChart *self);

/* wf-chart.c */
void wf_chart_init_canvas (WfChart *self, WfChartCanvas *canvas, float width, float height);
guint wf_chart_get_series_of (WfChart *self, guint mark); /* G_MAXUINT: it stands for all */
guint wf_chart_get_category_of (WfChart *self, guint mark);
const char *wf_chart_get_remark (WfChart *self, guint mark); /* nullable */
int wf_chart_find_mark (WfChart *self, double x, double y);  /* -1: none is there */
void wf_chart_emit_activated (WfChart *self, guint series, guint category);

/* wf-chart-input.c */
void wf_chart_install_input (GtkWidgetClass *klass);
void wf_chart_add_controllers (WfChart *self);

G_END_DECLS
