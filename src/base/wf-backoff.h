/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one retry policy: exponential back-off with jitter, an answer's Retry-After wins. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WF_BACKOFF_FIRST_SECONDS 1
#define WF_BACKOFF_MOST_SECONDS 60

/* attempt: 0 for the first retry. retry_after_seconds: 0 when the server named none, capped at
 * an hour. random: 0..1, makes half of the pause, so that many computers do not come back
 * together. Result: microseconds to wait. */
gint64 wf_backoff_delay (guint attempt, guint retry_after_seconds, double random);

G_END_DECLS
