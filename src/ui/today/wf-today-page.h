/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today: what now (R2). One list by time, and the details of an activity beside or over it. */
#pragma once

#include "wf-page.h"

G_BEGIN_DECLS

#define WF_TYPE_TODAY_PAGE (wf_today_page_get_type ())
G_DECLARE_FINAL_TYPE (WfTodayPage, wf_today_page, WF, TODAY_PAGE, WfPage)

/* Shows the details of an activity, also of one that is not in the list. */
void wf_today_page_open (WfTodayPage *self, const char *activity);
/* The list of everybody's open activities, or the person's own, with this in its search. */
void wf_today_page_find (WfTodayPage *self, const char *text);

G_END_DECLS
