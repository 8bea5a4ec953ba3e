/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reasons that a person gave lately for another deadline (S7), to be given again by a click. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The newest first, each once; the oldest are forgotten. */
void wf_recent_reasons_remember (const char *reason);
/* A button for each into an empty box, which is hidden when there are none. */
typedef void (*WfReasonChosen) (gpointer data, const char *reason);
void wf_recent_reasons_show (AdwWrapBox *box, WfReasonChosen func, gpointer data);

G_END_DECLS
