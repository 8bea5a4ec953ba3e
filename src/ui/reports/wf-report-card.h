/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure of a report: what it is, how much, how it was before, and how it went. */
#pragma once

#include "wf-report-text.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button: its action is what is behind the figure. Property: title (string). */
#define WF_TYPE_REPORT_CARD (wf_report_card_get_type ())
G_DECLARE_FINAL_TYPE (WfReportCard, wf_report_card, WF, REPORT_CARD, GtkButton)

/* value: in words. difference: nullable, in words; before: nullable, a sentence about the period before. values: nullable, of the
 * points of the period. */
void wf_report_card_show (WfReportCard *self, const char *value, WfTrend trend,
                          const char *difference, const char *before, const guint *values, guint n);
/* Before anything is shown: it is no button, but can still be reached and read. */
void wf_report_card_lead_nowhere (WfReportCard *self);
/* Nothing is known yet: the place is kept. */
void wf_report_card_show_nothing (WfReportCard *self);
const char *wf_report_card_get_value (WfReportCard *self);      /* borrowed */
const char *wf_report_card_get_difference (WfReportCard *self); /* borrowed */

G_END_DECLS
