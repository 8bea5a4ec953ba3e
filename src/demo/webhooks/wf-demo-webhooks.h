/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Webhooks that go out: delivered off the request, signed, repeated after failures. */
#pragma once

#include "wf-demo-crm.h"

G_BEGIN_DECLS

typedef struct _WfDemoWebhooks WfDemoWebhooks;

/* Delivers what waits in the database, at once and whenever it is woken. allow_private: actions
 * that say "allow-private" may go to addresses that are not public. crm: must live longer. */
WfDemoWebhooks *wf_demo_webhooks_new (WfDemoCrm *crm, WfClock *clock, gboolean allow_private);
/* What is on its way is broken off, and delivered again after the next start. */
void wf_demo_webhooks_free (WfDemoWebhooks *self);
/* There may be new ones. */
void wf_demo_webhooks_wake (WfDemoWebhooks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoWebhooks, wf_demo_webhooks_free)

G_END_DECLS
