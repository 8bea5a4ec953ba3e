/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list to choose from: a check button a row, in sections with headings, which a search narrows. */
#pragma once

#include "wf-heading-factory.h"

G_BEGIN_DECLS

/* What is asked of an item, which has a property "active" (boolean). The texts are borrowed. */
typedef struct
{
  const char *(*get_name) (gpointer item);
  /* (nullable): by itself, for a screen reader and the search; NULL: the name */
  const char *(*get_whole) (gpointer item);
  gboolean (*is_below) (gpointer item); /* (nullable): it belongs to the one before */
  WfHeadingFunc get_heading;
  GCompareDataFunc compare_sections, compare_items;
} WfCheckListClass;

/* Returns what is shown: the items in order, those that were searched for. Borrowed from the list. The class is a constant of the
 * caller. */
GListModel *wf_check_list_set_up (GtkListView *list, GListModel *items,
                                  const WfCheckListClass *klass);
/* Only what contains the text; "": everything. */
void wf_check_list_search (GtkListView *list, const char *text);

G_END_DECLS
