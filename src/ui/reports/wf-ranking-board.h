/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranking for a screen on the wall (A7): people by what they achieved in a period, large, by itself. */
#pragma once

#include "wf-ranking-order.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Counts again each minute and when activities change; pages by itself, and by Page Up, Page Down, Left and Right. F11 fills the screen, which then does not sleep; Escape
 * leaves that, and then closes. CSS class: wf-ranking. */
#define WF_TYPE_RANKING_BOARD (wf_ranking_board_get_type ())
G_DECLARE_FINAL_TYPE (WfRankingBoard, wf_ranking_board, WF, RANKING_BOARD, AdwWindow)

/* filter: whom and when it is about; copied. origin: "web", "flow" or NULL. */
WfRankingBoard *wf_ranking_board_new (GtkApplication *application, WfRuntime *runtime,
                                      const WfReportFilter *filter, const char *origin);
/* By what commissions are counted; copied. A rule that pays something makes them a choice. */
void wf_ranking_board_set_rule (WfRankingBoard *self, const WfCommissionRule *rule);
void wf_ranking_board_set_by (WfRankingBoard *self, WfRankingBy by);
/* Of WfRanking; borrowed; nullable. */
GPtrArray *wf_ranking_board_get_rankings (WfRankingBoard *self);
guint wf_ranking_board_get_page (WfRankingBoard *self);
/* by: pages on; also negative. */
void wf_ranking_board_turn (WfRankingBoard *self, int by);

G_END_DECLS
