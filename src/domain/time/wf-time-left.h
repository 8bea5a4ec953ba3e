/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much time is left until a deadline, or how late it is, in words: the only home of "in 25 min"
 * and "2 h late", for lists and notifications alike. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

/* All results are owned by the caller. Minutes left are rounded up, so that a deadline is never
 * shown nearer than it is. */

/* Short: "in 25 min", "in 1 h 20 min", "in 3 days", "due now", "5 min late". */
char *wf_time_left_to_text (WfInstant due, WfInstant now);
/* The same with whole words, for a screen reader: "in 25 minutes", "2 hours late". */
char *wf_time_left_to_speech (WfInstant due, WfInstant now);
/* The same as a sentence of its own, for a notification: "Due in 25 minutes", "Due now". */
char *wf_time_left_to_sentence (WfInstant due, WfInstant now);
/* "25 min", "1 h 20 min", "5 h", "3 days". */
char *wf_time_amount_to_text (gint64 minutes);

G_END_DECLS
