/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of workflowctl's texts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Called first: the user's language, or the one that arguments ask for with --language. */
void wf_ctl_language_start (char **arguments);
/* Whether texts come in this language, such as "pt_BR": there is a translation, and it was asked
 * for at the start. */
gboolean wf_ctl_language_is_set (const char *language);

G_END_DECLS
