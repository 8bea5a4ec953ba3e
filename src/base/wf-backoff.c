/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one retry policy. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-backoff.h"

#define MOST_RETRY_AFTER_SECONDS 3600

/* Policy: the pause doubles from 1 second to at most 60. Half of it is fixed and half random, so
 * that computers which failed together do not return together. A server that names a pause is
 * never asked earlier than that; up to a tenth is added, for the same reason. It cannot hold us
 * for more than an hour. */
gint64
wf_backoff_delay (guint attempt, guint retry_after_seconds, double random)
{
  gint64 pause;

  random = CLAMP (random, 0.0, 1.0);
  if (retry_after_seconds > 0)
    {
      pause = (gint64) MIN (retry_after_seconds, MOST_RETRY_AFTER_SECONDS) * G_USEC_PER_SEC;
      return pause + (gint64) ((double) pause / 10.0 * random);
    }
  pause = WF_BACKOFF_MOST_SECONDS;
  if (attempt < 6)
    pause = MIN ((gint64) WF_BACKOFF_FIRST_SECONDS << attempt, WF_BACKOFF_MOST_SECONDS);
  pause *= G_USEC_PER_SEC;
  return pause / 2 + (gint64) ((double) (pause / 2) * random);
}
