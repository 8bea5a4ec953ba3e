/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a chart, kept as they were shaped: that takes longest of all that is drawn. */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* A small text with tabular digits. Owned by the caller. */
PangoLayout *wf_chart_text_new (PangoContext *context, const char *text, gboolean bold);

typedef struct _WfChartTexts WfChartTexts;

/* context: when it changes, so do the texts. */
WfChartTexts *wf_chart_texts_new (PangoContext *context);
void wf_chart_texts_free (WfChartTexts *self);
PangoContext *wf_chart_texts_get_context (WfChartTexts *self);
/* Not to be changed. Owned by the caller. */
PangoLayout *wf_chart_texts_get (WfChartTexts *self, const char *text, gboolean bold);
/* Other words come: drops those that were not asked for since the last call, when they have become many. */
void wf_chart_texts_age (WfChartTexts *self);

G_END_DECLS
