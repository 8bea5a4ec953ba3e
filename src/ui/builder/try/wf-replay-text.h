/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a replay as sentences. Needs no display. */
#pragma once

#include "wf-replay.h"

G_BEGIN_DECLS

/* line: a JSON line of a replay of this workflow. "Mon, 23 Nov 2026, 09:20: Create “Call” for Ana,
 * due Mon, 23 Nov 2026, 09:50". Times in zone. Owned by the caller; a line that cannot be read is
 * given back as it is. */
char *wf_replay_text_line (const char *line, const WfWorkflow *workflow,
                           const WfOrganisation *organisation, GTimeZone *zone);

G_END_DECLS
