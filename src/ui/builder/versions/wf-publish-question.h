/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a changed workflow is published: what changes, in words, a note for the list of versions
 * (R132), and what becomes of the runs that wait in earlier versions (S12, B14, B15). */
#pragma once

#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* publish: what is to be published: the edited workflow with the note in its document. Borrowed. */
typedef void (*WfPublishAnswer) (WfWorkflow *publish, WfInFlight in_flight, gpointer user_data);
/* published: the version that is live now; NULL: there is none, and nothing is asked. answer: is
 * called at most once, not when the person cancels; free_data always. */
void wf_publish_ask (GtkWidget *parent, WfRuntime *runtime, WfWorkflow *edited,
                     WfWorkflow *published, WfPublishAnswer answer, gpointer user_data,
                     GDestroyNotify free_data);

G_END_DECLS
