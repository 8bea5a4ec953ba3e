/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults that tests ask the demo CRM for: what goes wrong with which request. */
#pragma once

#include "wf-demo-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _WfDemoFaults WfDemoFaults;

WfDemoFaults *wf_demo_faults_new (WfClock *clock);
void wf_demo_faults_free (WfDemoFaults *self);
void wf_demo_faults_add (WfDemoFaults *self, const WfDemoFault *fault);
/* Uses up the first fault for this request. TRUE when the request is over and must not be
 * carried out. */
gboolean wf_demo_faults_before (WfDemoFaults *self, SoupServerMessage *message, const char *path,
                                WfDemoFault *taken);
/* After the answer is in the message. */
void wf_demo_faults_after (WfDemoFaults *self, SoupServerMessage *message,
                           const WfDemoFault *taken);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoFaults, wf_demo_faults_free)

G_END_DECLS
