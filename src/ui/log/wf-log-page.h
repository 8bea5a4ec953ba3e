/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log: why something happened, and why nothing did (B3). */
#pragma once

#include "wf-page.h"

G_BEGIN_DECLS

#define WF_TYPE_LOG_PAGE (wf_log_page_get_type ())
G_DECLARE_FINAL_TYPE (WfLogPage, wf_log_page, WF, LOG_PAGE, WfPage)

/* Shows the entries of one lead only; NULL: of all. */
void wf_log_page_follow (WfLogPage *self, const char *lead);

G_END_DECLS
