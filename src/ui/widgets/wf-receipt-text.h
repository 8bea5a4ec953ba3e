/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a reminder, in words (B11). Needs no display. */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

/* "Reminded at 14:02.", "Reminded at 14:02, late (planned for 09:50).", "Snoozed until 14:17."; with the day when it is not today. A
 * complete sentence. zone: the viewer's, borrowed. Owned by the caller. */
char *wf_receipt_to_text (const WfReceipt *receipt, WfInstant now, GTimeZone *zone);
/* The one that waits: "Will remind at 14:17."; NULL for WF_INSTANT_NONE. Owned by the caller. */
char *wf_next_reminder_to_text (WfInstant next, WfInstant now, GTimeZone *zone);

G_END_DECLS
