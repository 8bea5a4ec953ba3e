/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the answer that completes an approval. */
#pragma once

#include "wf-activity.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* outcome: WF_OUTCOME_APPROVED, WF_OUTCOME_REJECTED, or NULL when the person gave no answer. */
typedef void (*WfApprovalAnswer) (const char *outcome, gpointer user_data);

void wf_approval_ask (GtkWidget *parent, const WfActivity *activity, WfApprovalAnswer answer,
                      gpointer user_data, GDestroyNotify free_data);

G_END_DECLS
