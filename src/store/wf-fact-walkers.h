/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who look at blocks of facts, one thread each: the one that reads them, and others that help it. */
#pragma once

#include "wf-fact-block.h"

G_BEGIN_DECLS

typedef struct _WfFactWalkers WfFactWalkers;

/* walkers: what func is called with, n of them, at least one; the first one by the caller's thread only. Borrowed. */
WfFactWalkers *wf_fact_walkers_new (WfActivityFactsFunc func, gpointer const *walkers, guint n);
/* Nothing may be under way any more. */
void wf_fact_walkers_free (WfFactWalkers *self);

/* Room for a block that the caller fills itself. Borrowed. */
WfFactBlock *wf_fact_walkers_get_own_block (WfFactWalkers *self);
/* Shows it to the caller's walker. */
void wf_fact_walkers_show_own_block (WfFactWalkers *self);
/* Takes packed columns, which are shown to another walker soon, or now to the caller's when the others have enough to do. */
void wf_fact_walkers_take (WfFactWalkers *self, gint64 block, GByteArray *columns);
/* One of them wants no more. */
gboolean wf_fact_walkers_have_enough (WfFactWalkers *self);
/* Waits for the others. GArray of gint64: blocks whose columns could not be unpacked; owned by the caller. */
GArray *wf_fact_walkers_finish (WfFactWalkers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfFactWalkers, wf_fact_walkers_free)

G_END_DECLS
