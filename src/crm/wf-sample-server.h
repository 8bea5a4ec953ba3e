/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the demo CRM as its own process, or finds the one that already runs. */
#pragma once

#include "wf-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Names the program, instead of the installed one. */
#define WF_DEMO_CRM_VARIABLE "WORKFLOW_DEMO_CRM"

typedef struct
{
  char *url;   /* (owned) */
  char *token; /* (owned) of the person */
} WfSampleServer;

void wf_sample_server_free (WfSampleServer *self);

/* state_dir: the sample's data. person: who signs in. Errors: WF_CRM_ERROR. */
void wf_sample_server_start_async (WfClock *clock, const char *state_dir, const char *person,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
WfSampleServer *wf_sample_server_start_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSampleServer, wf_sample_server_free)

G_END_DECLS
