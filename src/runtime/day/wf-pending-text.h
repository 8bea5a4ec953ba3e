/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In words: what a person changed, and what the CRM has instead (B18). */
#pragma once

#include "wf-commit.h"

G_BEGIN_DECLS

/* "Completed with “Reached”"; activity: of the change, nullable. Owned by the caller. */
char *wf_pending_describe_change (WfCommit *self, const WfActivityChange *change,
                                  const WfActivity *activity);
/* Of what a person asked for: "Moved to the stage “Filter 2”". Owned by the caller. */
char *wf_pending_describe_action (WfCommit *self, const WfAction *action);
/* Why the change does not count: "Ana completed it at 14:02 with “Reached”." Owned by the caller. */
char *wf_pending_describe_conflict (WfCommit *self, const WfChangePayload *change,
                                    const WfActivity *present);

G_END_DECLS
