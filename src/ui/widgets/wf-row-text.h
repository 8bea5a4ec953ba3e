/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of a long list says: an icon and two lines where the language begins, two short lines at the end, and between them a
 * badge and a sign. */
#pragma once

#include "wf-palette.h"

G_BEGIN_DECLS

/* Has no accessible object: the row's own label says it all. */
#define WF_TYPE_ROW_TEXT (wf_row_text_get_type ())
G_DECLARE_FINAL_TYPE (WfRowText, wf_row_text, WF, ROW_TEXT, GtkWidget)

typedef enum
{
  WF_ROW_TITLE,
  WF_ROW_SUBTITLE,
  WF_ROW_BADGE,
  WF_ROW_END,      /* right of the title */
  WF_ROW_END_NOTE, /* below it */
} WfRowLine;
#define WF_ROW_N_LINES 5

typedef enum
{
  WF_ROW_ICON,     /* its place stays when there is none */
  WF_ROW_SIGN,     /* before the lines at the end */
  WF_ROW_END_ICON, /* before the upper one of them, in its tone */
} WfRowIcon;
#define WF_ROW_N_ICONS 3

/* Texts are plain; NULL: nothing. */
void wf_row_text_set_line (WfRowText *self, WfRowLine line, const char *text);
const char *wf_row_text_get_line (WfRowText *self, WfRowLine line);
void wf_row_text_set_tone (WfRowText *self, WfRowLine line, WfTone tone);
WfTone wf_row_text_get_tone (WfRowText *self, WfRowLine line);
/* A symbolic icon's name; NULL: none. */
void wf_row_text_set_icon (WfRowText *self, WfRowIcon icon, const char *name);
const char *wf_row_text_get_icon (WfRowText *self, WfRowIcon icon);
/* What the row is about is being read. */
void wf_row_text_wait (WfRowText *self);

/* Where it was drawn last, in the widget's coordinates: FALSE when it was not. */
gboolean wf_row_text_get_line_area (WfRowText *self, WfRowLine line, graphene_rect_t *area);
gboolean wf_row_text_get_icon_area (WfRowText *self, WfRowIcon icon, graphene_rect_t *area);

G_END_DECLS
