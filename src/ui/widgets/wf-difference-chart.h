/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Horizontal bars of something before and after a change, entry by entry. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  guint before, after;
} WfDifferenceEntry;

/* CSS name: differencechart. Accessible role: list, of list items with sentences ("Ana: 12 before, 24 after"). What was before is
 * an outline, what is after is filled, and both say their number in words, so that colour tells nothing alone. */
#define WF_TYPE_DIFFERENCE_CHART (wf_difference_chart_get_type ())
G_DECLARE_FINAL_TYPE (WfDifferenceChart, wf_difference_chart, WF, DIFFERENCE_CHART, GtkWidget)

GtkWidget *wf_difference_chart_new (void);
/* entries: in the order in which they are shown, copied. label: what is counted, for screen readers. */
void wf_difference_chart_set_entries (WfDifferenceChart *self, const WfDifferenceEntry *entries,
                                      guint n, const char *label);
guint wf_difference_chart_get_n (WfDifferenceChart *self);
/* "Ana: 12 before, 24 after". Owned by the caller. */
char *wf_difference_entry_to_text (const WfDifferenceEntry *self);

G_END_DECLS
