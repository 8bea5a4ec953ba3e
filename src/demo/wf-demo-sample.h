/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample company: its documents, its past months, and what happens while it runs. */
#pragma once

#include "wf-demo-crm.h"
#include "wf-demo-tokens.h"

G_BEGIN_DECLS

/* Writes the sample's organisation and workflows at the first start, as of an instant (before
 * its past begins). *made: whether it was the first. */
gboolean wf_demo_sample_ensure (WfDemoCrm *crm, WfInstant at, gboolean *made, GError **error);
/* The sample's names and words: data/sample/words.json. */
WfJsonDocument *wf_demo_sample_load (const char *name, GError **error);

/* Who signs in to the sample unless another person is chosen: what is hers waits for her. */
#define WF_DEMO_VISITOR "carla"

/* The months before now: leads with their events, meetings and activities, the same for the same
 * seed and instant. */
#define WF_DEMO_HISTORY_DAYS 120
gboolean wf_demo_history_write (WfDemoCrm *crm, guint seed, GError **error);

/* What happens by itself while the server runs. */
typedef struct _WfDemoGenerator WfDemoGenerator;
WfDemoGenerator *wf_demo_generator_new (WfDemoCrm *crm, WfDemoTokens *tokens, WfClock *clock,
                                        guint seed);
void wf_demo_generator_free (WfDemoGenerator *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoGenerator, wf_demo_generator_free)

G_END_DECLS
