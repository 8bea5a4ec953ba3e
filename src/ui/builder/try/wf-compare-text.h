/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a comparison by name, as chart and list show them. Needs no display. */
#pragma once

#include "wf-compare.h"

G_BEGIN_DECLS

typedef enum
{
  WF_COMPARE_BY_PERSON,
  WF_COMPARE_BY_DAY,
  WF_COMPARE_BY_TYPE,
  WF_COMPARE_BY_EFFECT,
} WfCompareBy;

/* Of WfCompareFigure; borrowed from the result. */
const GPtrArray *wf_compare_text_get_figures (const WfCompareResult *result, WfCompareBy by);
/* "Ana Souza", "Fri, 20 Nov", "Call", "Send an e-mail". Owned by the caller. */
char *wf_compare_text_name (const WfCompareFigure *figure, WfCompareBy by);
/* Those that differ, those that differ most first, at most so many; then in the order of the
 * result. The container is the caller's, the figures are the result's. */
GPtrArray *wf_compare_text_choose (const GPtrArray *figures, guint most);

G_END_DECLS
