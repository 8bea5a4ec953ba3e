/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter that is active, with a button that removes it. */
#pragma once

#include "wf-report-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* CSS name: box, class wf-report-chip. Signal: removed (). */
#define WF_TYPE_REPORT_CHIP (wf_report_chip_get_type ())
G_DECLARE_FINAL_TYPE (WfReportChip, wf_report_chip, WF, REPORT_CHIP, GtkBox)

GtkWidget *wf_report_chip_new (WfDimension dimension, const char *id, const char *name);
WfDimension wf_report_chip_get_dimension (WfReportChip *self);
const char *wf_report_chip_get_id (WfReportChip *self); /* borrowed */

G_END_DECLS
