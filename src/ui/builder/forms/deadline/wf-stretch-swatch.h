/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample of a pattern or mark of the deadline ruler, for its legend. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: part (int): a WfStretchKind, or WF_N_STRETCH_KINDS and a WfDeadlineMark. */
#define WF_TYPE_STRETCH_SWATCH (wf_stretch_swatch_get_type ())
G_DECLARE_FINAL_TYPE (WfStretchSwatch, wf_stretch_swatch, WF, STRETCH_SWATCH, GtkWidget)

G_END_DECLS
