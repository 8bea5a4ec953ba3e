/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of suggestions below a text that somebody types. The text keeps the focus: Up and Down
 * choose, Enter and Tab take, Escape closes; a pointer may choose, too. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: chosen (const char *value); dismissed (): by Escape. */
#define WF_TYPE_SUGGESTIONS (wf_suggestions_get_type ())
G_DECLARE_FINAL_TYPE (WfSuggestions, wf_suggestions, WF, SUGGESTIONS, GtkPopover)

/* Borrowed. text: what is typed in, a GtkText or GtkTextView; owns the list. take_first: the first
 * is chosen before any arrow, so that Enter takes it. */
WfSuggestions *wf_suggestions_new (GtkWidget *text, gboolean take_first);

/* What can be shown of one: what it gives, its name, and a dim remark (nullable). */
typedef struct
{
  const char *value, *title, *detail;
} WfSuggestion;
#define WF_SUGGESTIONS_MOST 50

/* Copied; none closes the list. at: in the coordinates of the text, nullable: below it. */
void wf_suggestions_show (WfSuggestions *self, const WfSuggestion *suggestions, guint n,
                          const GdkRectangle *at);
void wf_suggestions_hide (WfSuggestions *self);
/* -1: none. */
int wf_suggestions_get_selected (WfSuggestions *self);
guint wf_suggestions_get_n (WfSuggestions *self);

G_END_DECLS
