/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of Today: Late, Now, Later today, Tomorrow, This week, Later; and Closed. Needs no display. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

typedef enum
{
  WF_DAY_SECTION_LATE,
  WF_DAY_SECTION_NOW,
  WF_DAY_SECTION_LATER_TODAY,
  WF_DAY_SECTION_TOMORROW,
  WF_DAY_SECTION_THIS_WEEK,
  WF_DAY_SECTION_LATER,
  WF_DAY_SECTION_CLOSED, /* below all times: what was done or closed lately */
} WfDaySection;
#define WF_N_DAY_SECTIONS 7

/* Section i is [bounds[i], bounds[i + 1]), in order and without gaps; the first bound and that after Later are WF_INSTANT_NONE. An
 * empty section has two equal bounds. The week ends with Sunday. Closed has none. */
void wf_day_sections_get_bounds (WfInstant now, GTimeZone *zone,
                                 WfInstant bounds[WF_N_DAY_SECTIONS + 1]);
const char *wf_day_section_to_text (WfDaySection section); /* translated heading */

G_END_DECLS
