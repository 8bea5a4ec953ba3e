/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a manager's decision: storms that are held (S13, B7), steps that failed for good (S18),
 * and deadlines that the working hours would set otherwise now (S25). */
#pragma once

#include "wf-runtime.h"

G_BEGIN_DECLS

/* Signal: changed (). */
#define WF_TYPE_ATTENTION (wf_attention_get_type ())
G_DECLARE_FINAL_TYPE (WfAttention, wf_attention, WF, ATTENTION, GObject)

/* Reads again by itself whenever the log or the workflows change, the deadlines whenever the
 * organisation does; stays empty for those who may not decide. */
WfAttention *wf_attention_new (WfRuntime *runtime);
WfRuntime *wf_attention_get_runtime (WfAttention *self);
GPtrArray *wf_attention_get_held (WfAttention *self);    /* of WfHeldStorm; borrowed */
GPtrArray *wf_attention_get_blocked (WfAttention *self); /* of WfBlockedStep; borrowed */
guint wf_attention_get_n_blocked (WfAttention *self);    /* also those that are not in the array */
GPtrArray *wf_attention_get_due_changes (WfAttention *self); /* of WfDueChange; borrowed */
/* "120 matches are held back, 3 steps have stopped". NULL when nothing waits; owned by the caller. */
char *wf_attention_to_text (WfAttention *self);
void wf_attention_reload (WfAttention *self);

G_END_DECLS
