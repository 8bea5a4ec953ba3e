/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding what becomes of storms that are held and of steps that have stopped. */
#pragma once

#include "wf-attention.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_ATTENTION_DIALOG (wf_attention_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfAttentionDialog, wf_attention_dialog, WF, ATTENTION_DIALOG, AdwDialog)

WfAttentionDialog *wf_attention_dialog_new (WfAttention *attention);

G_END_DECLS
