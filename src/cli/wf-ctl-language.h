/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of workflowctl's texts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The user's language; called first. */
void wf_ctl_language_start (void);
/* Another language, such as "pt_BR". FALSE when there is no translation into it. */
gboolean wf_ctl_language_set (const char *language);

G_END_DECLS
