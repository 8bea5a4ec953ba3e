/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a ranking that fit, as large as they can be: to be read across a room. */
#pragma once

#include "wf-ranking-order.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row: accessible role list item, says place, name, value and movement, with its place in the set. CSS name: rankingrow. */
#define WF_TYPE_RANKING_ROW (wf_ranking_row_get_type ())
G_DECLARE_FINAL_TYPE (WfRankingRow, wf_ranking_row, WF, RANKING_ROW, GtkWidget)
void wf_ranking_row_set (WfRankingRow *self, const WfRanking *ranking, WfRankingBy by, guint index,
                         guint n);
void wf_ranking_row_set_height (WfRankingRow *self, int height); /* pixels */
const char *wf_ranking_row_get_words (WfRankingRow *self);

/* Accessible role: list. CSS name: rankinglist. Property: page-size (uint, read-only, notified): how many rows fit. */
#define WF_TYPE_RANKING_LIST (wf_ranking_list_get_type ())
G_DECLARE_FINAL_TYPE (WfRankingList, wf_ranking_list, WF, RANKING_LIST, GtkWidget)

#define WF_RANKING_MOST_ROWS 10
/* Shows rankings (of WfRanking) from first on; referenced. */
void wf_ranking_list_set (WfRankingList *self, GPtrArray *rankings, WfRankingBy by, guint first);
guint wf_ranking_list_get_page_size (WfRankingList *self);

G_END_DECLS
