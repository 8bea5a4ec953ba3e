/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command to one or many activities while it is carried out, and afterwards what its Undo needs. */
#pragma once

#include "wf-activity-commands.h"

G_BEGIN_DECLS

typedef struct _WfActivityBatch WfActivityBatch;

/* Both arguments are kept. */
WfActivityBatch *wf_activity_batch_new (GtkWidget *widget, WfRuntime *runtime);
void wf_activity_batch_free (WfActivityBatch *self);
void wf_activity_batch_set_callbacks (WfActivityBatch *self, WfCommandBegun begun,
                                      WfCommandCallback failed);
/* Activities to which the same is done; of WfActivity. text and person of the change are copied. note: a comment on each that
 * was done; nullable. */
void wf_activity_batch_add (WfActivityBatch *self, GPtrArray *activities,
                            const WfBulkChange *change, const char *note);
/* One that is left out beforehand, with the reason. */
void wf_activity_batch_leave (WfActivityBatch *self, WfActivity *activity, const char *reason);
/* An answer to a question cannot be taken back. */
void wf_activity_batch_set_final (WfActivityBatch *self);
/* Tells its widget that nothing was done. Takes the batch. */
void wf_activity_batch_give_up (WfActivityBatch *self);
/* Takes the batch. */
void wf_activity_batch_run (WfActivityBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfActivityBatch, wf_activity_batch_free)

G_END_DECLS
