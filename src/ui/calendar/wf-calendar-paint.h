/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the views of the calendar draw with: colours of the present style, and signs. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean dark, high_contrast;
  GdkRGBA text, dim; /* dim: of the same text colour, less of it */
  GdkRGBA late, warning, accent;
  GdkRGBA back;   /* of what stands out from the view */
  GdkRGBA line;   /* between days */
  GdkRGBA closed; /* over days and hours that are closed */
} WfCalendarPalette;
/* Of the style in which the widget is drawn; its text colour counts. */
void wf_calendar_palette_init (WfCalendarPalette *self, GtkWidget *widget);

typedef enum
{
  WF_CALENDAR_SIGN_NONE,
  WF_CALENDAR_SIGN_LATE,    /* a filled disc with an exclamation mark */
  WF_CALENDAR_SIGN_REFUSED, /* a ring with an exclamation mark */
  WF_CALENDAR_SIGN_WAITING, /* three dots: on this computer only */
  WF_CALENDAR_SIGN_CLOSED,  /* a tick */
} WfCalendarSign;
void wf_calendar_draw_sign (GtkSnapshot *snapshot, const WfCalendarPalette *palette,
                            WfCalendarSign sign, float x, float y, float size);

/* Leaning lines over an area, told apart from a plain one without colour. tile: from one line to the next. */
void wf_calendar_draw_hatch (GtkSnapshot *snapshot, const graphene_rect_t *area,
                             const GdkRGBA *color, float tile, float stroke);

/* Of the widget's font. */
int wf_calendar_get_line_height (GtkWidget *widget);

G_END_DECLS
