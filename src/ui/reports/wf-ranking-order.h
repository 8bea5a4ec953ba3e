/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is first: people of a report by what they achieved. Needs no display. */
#pragma once

#include "wf-report.h"

G_BEGIN_DECLS

typedef enum
{
  WF_RANKING_ON_TIME,    /* done on time */
  WF_RANKING_DONE,       /* on time or late */
  WF_RANKING_RATE,       /* on time of all done, in per cent */
  WF_RANKING_DEALS,      /* closed in the period */
  WF_RANKING_COMMISSION, /* on them: only where a rule pays any */
} WfRankingBy;
#define WF_N_RANKINGS (WF_RANKING_COMMISSION + 1)
extern const char *const wf_ranking_names[]; /* "on-time", ..., NULL */

typedef struct
{
  char *id, *name; /* (owned) */
  double value;
  guint place;     /* from 1; equal values have the same place, and the next one counts them */
  int moved;       /* places up (negative: down) since before */
  gboolean is_new; /* was not there before */
  double share;    /* of the first one's value, 0-1 */
} WfRanking;

/* Of WfRanking, the first first; those who are equal by name. report: broken down by person; of COMMISSION: with a rule.
 * before: nullable: an earlier ranking. */
GPtrArray *wf_ranking_order (const WfReport *report, WfRankingBy by, const GPtrArray *before);
char *wf_ranking_value_to_text (WfRankingBy by,
                                double value); /* "12", "83 %"; owned by the caller */
/* For a screen reader: "2: Ana Souza, 12, up 1". Owned by the caller. */
char *wf_ranking_to_words (const WfRanking *ranking, WfRankingBy by);

G_END_DECLS
